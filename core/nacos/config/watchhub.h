// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/stream.h"
#include "core/nacos/config/configclient.h"
#include "core/nacos/session/sessionprivate.h"
#include "core/net/backoff.h"

#include <QSet>

namespace core::nacos {

class ConfigMemory;

/// The session's one set of listened configurations: registers them in batches, asks for what a push names, tells
/// the watches, registers and compares everything again after a reconnect. No polling. While a watch is paused nothing more is asked
/// for: what changes meanwhile is asked for once, when it goes on.
///
/// A push says that there is something else than before. A reading that brings what was there before is one that lags: it is asked again,
/// ever more slowly, for a few seconds. Whatever gets lost all the same comes out when everything is compared, every few minutes.
/// Calls about one configuration follow each other: a server may do what is under way at the same time in any order.
/// Lives in the GUI thread.
class WatchHub final : public QObject {
    Q_OBJECT
public:
    static constexpr std::chrono::minutes CompareAllEvery{3};
    WatchHub(Session::Private &session, ConfigMemory &memory, std::chrono::milliseconds compareAllEvery = CompareAllEvery,
             QObject *parent = nullptr);
    ~WatchHub() override;

    Stream<ConfigEvent> *watch(const QList<ConfigKey> &keys, ConfigClient::Deliver deliver);
    /// Whether any watch wants it.
    bool listens(const ConfigKey &key) const { return m_entries.contains(key); }
    /// Somebody has read what should be over: what the server has is asked for once more.
    void check(const ConfigKey &key);

Q_SIGNALS:
    /// The server has another content than was known, or none any more.
    void changed(const core::nacos::ConfigKey &key);

private:
    struct Entry {
        int watches = 0;
        QByteArray md5;          ///< of what the watches know
        bool known = false;      ///< md5 was told by the server
        bool registered = false; ///< on the present connection
        bool asking = false, askAgain = false;
    };
    struct Watch {
        QPointer<Stream<ConfigEvent>> stream;
        QSet<ConfigKey> keys, missing; ///< missing: not registered yet, or what the server has is not known
        ConfigClient::Deliver deliver = ConfigClient::Deliver::KeysOnly;
        bool ready = false;
        bool paused = false; ///< its receiver has not taken what it was told
    };

    void add(const std::shared_ptr<Watch> &watch);
    void remove(const std::shared_ptr<Watch> &watch);
    void flushLater();
    void flush();
    QList<ConfigKey> takeFree(QSet<ConfigKey> &wanted);
    void sent(const QList<ConfigKey> &keys, int connection);
    void compareAll();
    void await(const ConfigKey &key);
    void readingLags(const ConfigKey &key);
    void sendBatch(const QList<ConfigKey> &keys);
    void sendStop(const QList<ConfigKey> &keys);
    void batchFailed(const QList<ConfigKey> &keys, const Error &error);
    void ask(const ConfigKey &key);
    void askNext();
    void answered(const ConfigKey &key, const Result<std::optional<ConfigContent>> &answer);
    void unreadable(const ConfigKey &key, const Error &error);
    void hand(Watch &watch, const ConfigEvent &event);
    bool isPaused() const;
    void tell(const ConfigKey &key, const std::optional<ConfigContent> &content);
    void becameKnown(const ConfigKey &key);
    void checkReady(const std::shared_ptr<Watch> &watch);
    void pushed(const wire::Message &message);
    Reply<Done> *redo();
    void roundStep();

    Session::Private &m_session;
    ConfigMemory &m_memory;
    QHash<ConfigKey, Entry> m_entries;
    QList<std::shared_ptr<Watch>> m_watches;
    QSet<ConfigKey> m_toListen, m_toStop;
    QSet<ConfigKey> m_underWay; ///< a call about them has no answer yet, on the present connection
    /// Announced, and no reading has brought it yet: when they are asked for again.
    QHash<ConfigKey, net::Backoff> m_awaited;
    QList<ConfigKey> m_toAsk; ///< waiting for a free place
    /// What the server had no time for: again when m_slowly is over.
    QSet<ConfigKey> m_listenLater;
    QList<ConfigKey> m_askLater;
    int m_asking = 0, m_batches = 0;
    bool m_flushPosted = false;
    QPointer<Reply<Done>> m_redo;
    QTimer m_slowly, m_compareAll;
    OperationTracker m_operations;
};

} // namespace core::nacos
