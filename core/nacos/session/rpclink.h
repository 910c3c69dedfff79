// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nacos/session/rpcconnection.h"
#include "core/net/backoff.h"

#include <QElapsedTimer>
#include <QList>
#include <QTimer>

namespace core::nacos {

/// Keeps one RpcConnection to one of several servers: takes the next one when it is lost, with back-off, for ever.
/// Lives in the GUI thread.
class RpcLink final : public QObject {
    Q_OBJECT
public:
    explicit RpcLink(net::GrpcRuntime &runtime, QObject *parent = nullptr);
    ~RpcLink() override;

    /// Begins with the given server. Ends what was before.
    void start(const QList<RpcConnection::Settings> &servers, qsizetype first = 0);
    void stop();
    bool isStarted() const { return m_started; }

    /// The connection that works; nullptr while there is none.
    RpcConnection *current() const;
    /// Why there is none.
    std::optional<Error> lastError() const { return m_lastError; }
    /// Gives the current connection up and makes another one (the server said that it does not know us).
    void renew(const Error &why);

Q_SIGNALS:
    /// A connection works; every time after `down` or a move to another server, too: register everything again.
    void up();
    void down(const core::Error &why);
    /// A whole round over the servers has failed.
    void roundFailed(const core::Error &why);
    void pushed(const core::nacos::wire::Message &message);

private:
    void attempt(qsizetype server);
    void attemptAfter(std::chrono::milliseconds wait, qsizetype server);
    qsizetype nextServer() const { return (m_server + 1) % m_servers.size(); }
    bool hasLasted();
    void attemptFailed(const Error &why);
    void attemptReady();
    void lost(const Error &why);
    void moveTo(const QString &ip, const QString &port);
    void onPush(RpcConnection *from, const wire::Message &message);
    void discard(std::unique_ptr<RpcConnection> &connection);

    net::GrpcRuntime &m_runtime;
    QList<RpcConnection::Settings> m_servers;
    std::unique_ptr<RpcConnection> m_current, m_candidate;
    std::optional<Error> m_lastError;
    QTimer m_retry;
    /// The one pace of this link: between rounds over all servers, and after a connection that did not last, whether it was lost or the
    /// server asked to go elsewhere.
    net::Backoff m_backoff;
    QElapsedTimer m_upSince;
    qsizetype m_server = 0;   ///< of the newest attempt
    qsizetype m_next = 0;     ///< of the attempt that waits
    qsizetype m_failures = 0; ///< since the last connection
    bool m_started = false;
};

} // namespace core::nacos
