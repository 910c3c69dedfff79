// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/reply.h"
#include "core/base/workers.h"
#include "core/nacos/session/capabilities.h"

#include <memory>
#include <QDateTime>
#include <QObject>

namespace core::net {
class Budget;
class GrpcRuntime;
class SshTunnel;
class WireRecorder;
} // namespace core::net
namespace core::profiles {
struct Profile;
}
namespace core::credentials {
class SecretStore;
}

namespace core::nacos {

/// Where a session stands; every state has a sentence for the status bar.
enum class SessionState {
    Closed,
    Connecting,   ///< probing, logging in, opening the gRPC connection
    Live,         ///< requests and pushes work
    Degraded,     ///< requests work, pushes don't (no gRPC), or the other way round
    Reconnecting, ///< lost, trying again with back-off
    Refused       ///< credentials or certificate refused; waits for the person
};

/// As what servers list a client.
struct ClientName {
    QString app = QStringLiteral("signalbox");
    QByteArray address; ///< empty: this computer's
};

/// One account on one registry: planes, login, gRPC connection with redo. Everything that talks to the server goes through it, so
/// that renewal of tokens, failover between servers and reconnects happen in one place. Lives in the GUI thread.
///
/// Wire: RpcConnection (connection), RpcLink (reconnects), Probe (planes), Authenticator (login). Passwords are read from the SecretStore
/// when needed
/// (`profile/<slug>/password`), the token stays in memory.
/// Errors callers must expect from any method of the services built on it: Network, Timeout, Tls, Auth, Forbidden, RateLimited,
/// Rejected, BadReply, Unsupported, Cancelled.
class Session final : public QObject {
    Q_OBJECT
public:
    struct Collaborators {
        net::GrpcRuntime &grpc;
        credentials::SecretStore &secrets;
        std::shared_ptr<net::WireRecorder> recorder = nullptr; ///< what this session says and hears goes there, redacted
        std::shared_ptr<const net::Budget> budget = nullptr;   ///< of all its requests together; null: each has its own deadline only
        std::shared_ptr<Workers> workers = std::make_shared<Workers>(); ///< for large answers
        std::shared_ptr<net::SshTunnel> tunnel = nullptr; ///< one that stands already, for a profile that needs it; null: it makes its own
        ClientName client = {};
    };
    enum class Use {
        Interactive, ///< all planes, gRPC connection kept, pushes
        OneShot      ///< the command line: what one verb needs, no probe of what the profile remembers
    };

    Session(const profiles::Profile &profile, Collaborators collaborators, Use use, QObject *parent = nullptr);
    ~Session() override;

    /// Probes, logs in, connects. Settles when the session is Live or Degraded, or with the reason it is not. May be called again.
    Reply<Capabilities> *open();
    /// When every interface has been asked, the console included, which an opening does not wait for; at once when nothing is being asked.
    Reply<Capabilities> *everyPlane();
    /// Ends the gRPC connection and every operation (Cancelled); the session can be opened again.
    void close();

    SessionState state() const;
    std::optional<Error> lastError() const; ///< why it is Degraded, Reconnecting or Refused
    const Capabilities &capabilities() const;
    QString profileSlug() const;
    /// Names server and account for the mirror's scope: the same for two profiles that lead to the same place.
    QByteArray identity() const;
    QString account() const; ///< user name, access key id, or empty

    struct Private;
    Private &d() { return *m_d; } ///< for core/nacos only (session/sessionprivate.h)

Q_SIGNALS:
    void stateChanged(core::nacos::SessionState state);
    void capabilitiesChanged();
    /// After a reconnect, when every listener has been registered and compared again: whoever shows lists reloads them now.
    void resynced();

private:
    std::unique_ptr<Private> m_d;
};

} // namespace core::nacos

Q_DECLARE_METATYPE(core::nacos::SessionState)
