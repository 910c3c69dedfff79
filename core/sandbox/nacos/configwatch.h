// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nacos/wire/fuzzymessages.h"
#include "core/nacos/wire/groupkey.h"
#include "core/sandbox/nacos/configstore.h"
#include "core/sandbox/nacos/connectionhub.h"
#include "core/sandbox/nacos/generation.h"

#include <QSet>

namespace core::sandbox::nacos {

/// Who listens to which configuration over gRPC, and the pushes that follow from a change: to listeners of the key and to fuzzy
/// watchers. A push that is not answered is repeated with growing pauses. Thread-safe.
class ConfigWatch {
    Q_DISABLE_COPY_MOVE(ConfigWatch)
public:
    ConfigWatch(const ConfigStore &store, ConnectionHub &hub, const Generation &generation, const Clock &clock);

    /// Registers, and says which of the contexts differ from what the server has, spelled as they came.
    QList<wire::ConfigContext> listen(const ConnectionPtr &connection, const QList<wire::ConfigBatchListenRequest::Item> &items);
    void stopListening(const ConnectionPtr &connection, const QList<wire::ConfigBatchListenRequest::Item> &items);
    /// Error code and text, or nothing; the pushes follow once `startPushing` is called, after the answer has left.
    struct Refused {
        int code = 0;
        QString message;
    };
    std::optional<Refused> watch(const ConnectionPtr &connection, const wire::ConfigFuzzyWatchRequest &request);
    void startPushing(const ConnectionPtr &connection, const wire::ConfigFuzzyWatchRequest &request);

    void changed(const ConfigChange &change);
    void forget(const ConnectionPtr &connection);
    /// Repeats what is due; call about once a second.
    void sweep();

    struct Listener {
        QString address;
        QByteArray md5;
    };
    QList<Listener> listenersOf(const ConfigKey &key) const;
    struct ListenedKey {
        ConfigKey key;
        QByteArray md5;
    };
    QList<ListenedKey> listenedBy(const QString &address) const;

    /// What this client is to be given for that key: beta and tag versions included.
    QByteArray md5For(const ConfigKey &key, const Connection &connection) const;

private:
    struct Listening {
        ConnectionPtr connection;
        QByteArray md5;
        QString tenant;       ///< as the latest request spelled it
        bool pushing = false; ///< a push is not answered yet
        bool again = false;   ///< changed meanwhile
        int tries = 0;
        qint64 retryAt = 0; ///< 0: nothing to repeat
    };
    using Pending = std::pair<ConnectionPtr, ConfigKey>;
    void push(const ConnectionPtr &connection, const ConfigKey &key);
    void pushed(const ConnectionPtr &connection, const ConfigKey &key, bool answered);
    QList<QString> matching(const wire::FuzzyPattern &pattern) const;

    const ConfigStore &m_store;
    ConnectionHub &m_hub;
    const Generation m_generation;
    const Clock &m_clock;
    mutable std::mutex m_mutex;
    QHash<ConfigKey, QHash<QByteArray, Listening>> m_listening; ///< by key, then by connection id
    QHash<QByteArray, QSet<ConfigKey>> m_keysOf;
    struct Fuzzy {
        ConnectionPtr connection;
        wire::FuzzyPattern pattern;
    };
    QHash<QByteArray, QHash<QString, Fuzzy>> m_fuzzy; ///< by connection id, then by pattern
};

} // namespace core::sandbox::nacos
