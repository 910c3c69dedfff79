// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/nacos/wire/internalmessages.h"
#include "core/sandbox/nacos/rpchandler.h"

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <QHash>
#include <shared_mutex>
#include <string>

namespace core::sandbox::nacos {

/// One client: a TCP connection whose stream has sent its ConnectionSetupRequest.
struct Connection {
    QByteArray id; ///< `{epochMillis}_{remoteIp}_{remotePort}`
    std::string peer;
    QString remoteIp;
    quint16 remotePort = 0;
    QString clientIp; ///< what the client calls its own address; beta versions go by it
    wire::ConnectionSetupRequest setup;
    std::shared_ptr<PushChannel> channel;
    qint64 created = 0;                 ///< ms since 1970
    mutable std::atomic<qint64> active; ///< ms since 1970 of the last sign of life
    QString label(const QString &name) const { return setup.labels.value(name); }
};
using ConnectionPtr = std::shared_ptr<const Connection>;

/// Which clients are connected, which pushes they have not answered, and whether they are still alive. Thread-safe.
class ConnectionHub {
    Q_DISABLE_COPY_MOVE(ConnectionHub)
public:
    /// Milliseconds; the protocol's own values, shorter in tests.
    struct Times {
        qint64 idleUntilDetection = 20000;
        qint64 detectionAnswer = 5000;
        qint64 pushAnswer = 3000;
        qint64 unregistered = 60000; ///< a peer that never set up is forgotten
    };
    using PushDone = std::function<void(bool answered)>;
    using GoneObserver = std::function<void(const ConnectionPtr &)>;

    ConnectionHub(const Clock &clock, const Times &times);
    void setGoneObserver(GoneObserver observer) { m_gone = std::move(observer); }

    /// The id of a TCP connection, made at first sight; setup or not.
    QByteArray identify(const std::string &peer);
    /// The registered client behind a TCP connection, marked as alive; null: 301.
    ConnectionPtr registered(const std::string &peer) const;
    /// Registers and pushes the SetupAckRequest when the client negotiates. A second setup on one connection replaces the first.
    struct Setup {
        std::string peer;
        wire::ConnectionSetupRequest request;
        QString clientIp;
        std::shared_ptr<PushChannel> channel;
        QMap<QString, bool> abilities;
    };
    ConnectionPtr setUp(const Setup &setup);
    /// The stream has ended.
    void gone(const std::string &peer, const PushChannel *channel);

    /// `build(requestId)` makes the message. `done` is called once: answered, or not in time, or the client left.
    void push(const ConnectionPtr &connection, const std::function<wire::Message(const QString &)> &build, PushDone done);
    /// Something came over the stream after the setup.
    void answered(const std::string &peer, const wire::Message &message);
    void disconnect(const ConnectionPtr &connection, const QString &reason);

    /// Detects dead clients, times pushes out, forgets peers; call about once a second.
    void sweep();
    QList<ConnectionPtr> connections() const;

private:
    struct Outstanding {
        PushDone done;
        qint64 deadline = 0;
    };
    struct Entry {
        std::shared_ptr<Connection> connection;
        qint64 detectionDeadline = 0; ///< 0: none under way
        bool closing = false;
        std::map<quint64, Outstanding> outstanding;
    };
    struct Seen {
        QByteArray id;
        qint64 at = 0;
    };
    QByteArray makeId(const std::string &peer);
    qint64 now() const;
    void forget(Entry entry);

    const Clock &m_clock;
    const Times m_times;
    GoneObserver m_gone;
    mutable std::shared_mutex m_mutex;
    std::unordered_map<std::string, Entry> m_entries;
    std::unordered_map<std::string, Seen> m_seen;
    quint64 m_nextRequest = 0;
};

/// "ipv4:127.0.0.1:50123" or "ipv6:%5B::1%5D:50123" taken apart.
std::pair<QString, quint16> splitPeer(const std::string &peer);

} // namespace core::sandbox::nacos
