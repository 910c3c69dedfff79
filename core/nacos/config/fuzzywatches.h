// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/stream.h"
#include "core/nacos/config/config.h"
#include "core/nacos/session/sessionprivate.h"
#include "core/nacos/wire/configmessages.h"
#include "core/net/backoff.h"

#include <map>
#include <QSet>

namespace core::nacos {

class ConfigMemory;

/// Watches of whole namespaces (fuzzy watch): one pattern a namespace and session, whoever asks for it. Told are keys,
/// never contents. Lives in the GUI thread.
class FuzzyWatches final : public QObject {
    Q_OBJECT
public:
    FuzzyWatches(Session::Private &session, ConfigMemory &memory, QObject *parent = nullptr);
    ~FuzzyWatches() override;

    Stream<ConfigEvent> *watch(const QString &namespaceId);

Q_SIGNALS:
    void changed(const core::nacos::ConfigKey &key);

private:
    struct Space {
        QList<QPointer<Stream<ConfigEvent>>> streams;
        QSet<QString> keys;     ///< group keys the server has told of
        bool ready = false;     ///< the first ones are complete
        bool requested = false; ///< on the present connection
    };
    Reply<Done> *send(const QString &namespaceId);
    void sendCancel(const QString &namespaceId);
    void answered(const QString &namespaceId);
    void drop(const QString &namespaceId, Operation *stream);
    void onSync(const wire::Message &message);
    void onChange(const wire::Message &message);
    void becameReady(Space &space);
    static ConfigEvent readyEvent(const Space &space);
    enum class When { Now, WhileListing };
    void note(Space &space, const wire::ConfigContext &context, const QString &changeType, When when);
    static QString patternOf(const QString &namespaceId);
    /// The session's redo is over when every namespace has been answered for.
    Reply<Done> *redo();
    void sendAgainLater();
    void sendPending();

    Session::Private &m_session;
    ConfigMemory &m_memory;
    std::map<QString, Space> m_spaces;
    /// Asked for, or given up, and not answered yet on the present connection: the next call about one waits, as a server may do what is
    /// under way at the same time in any order.
    QSet<QString> m_underWay;
    QSet<QString> m_toCancel;
    /// What got lost on a connection that stays up is sent again, ever more slowly.
    QTimer m_retry;
    net::Backoff m_backoff;
    OperationTracker m_operations;
};

} // namespace core::nacos
