// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/reply.h"
#include "core/net/proxypolicy.h"

#include <chrono>
#include <memory>
#include <QObject>

namespace core::net {

/// A way to servers that only a jump host can reach, through the system's `ssh` with the person's own configuration, keys and agent: one
/// login at the jump host, made when it is first needed, and one channel in it for each connection (`ssh -W`). On this side it is an HTTP
/// proxy on loopback that takes CONNECT from whoever knows a word only this process has; names are resolved by the jump host, TLS goes
/// through unseen. Nothing is asked (BatchMode): a key that is not loaded or a host that is not known is an error that says so. There is
/// no other way to the servers: what the tunnel cannot reach fails.
///
/// Lives in the GUI thread. Its processes end with it, and with the program. After an error that a person has to mend (needsPerson())
/// `ssh` is not started again.
class SshTunnel final : public QObject {
    Q_OBJECT
public:
    struct Settings {
        QString host;     ///< "[user@]host", or a name of the person's ssh configuration
        quint16 port = 0; ///< 0: what ssh takes
        std::chrono::milliseconds connectTimeout = std::chrono::seconds(5);
    };
    explicit SshTunnel(const Settings &settings, QObject *parent = nullptr);
    ~SshTunnel() override;

    /// "[user@]host[:port]", for people.
    QString name() const;
    /// Logs in at the jump host, if that has not been done. Errors: Network.
    Reply<Done> *open();
    /// Ends every connection and the login. Nothing opens it again.
    void close();

    /// Why the newest connection to `target` ("host:port") did not come about, or was lost; nothing when it is not the tunnel's fault.
    std::optional<Error> failureOf(const QString &target) const;
    bool needsPerson() const;
    /// It stands, or is on its way, or has not been asked for.
    bool isUsable() const;

    // For core/net: where the proxy listens, and the Proxy-Authorization it wants.
    quint16 port() const;
    QByteArray authorization() const;

private:
    struct Private;
    std::unique_ptr<Private> m_d;
};

/// The policy with its tunnel, when it needs one and has none.
ProxyPolicy withTunnel(ProxyPolicy policy, std::chrono::milliseconds connectTimeout);

/// `error` of a connection to `target`, or what the tunnel knows about it.
Error throughTunnel(Error error, const SshTunnel &tunnel, const QString &target);
/// "host:port" as connections name it, with brackets round IPv6.
QString tunnelTarget(const QString &host, int port);

} // namespace core::net
