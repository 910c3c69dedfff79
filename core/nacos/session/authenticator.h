// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/reply.h"
#include "core/nacos/session/signature.h"
#include "core/net/httpclient.h"
#include "core/profiles/profile.h"

#include <chrono>
#include <optional>
#include <QDeadlineTimer>
#include <QList>
#include <QTimer>

namespace core::credentials {
class SecretStore;
}

namespace core::nacos {

/// The secrets of a profile that every request or connection needs. The password is not among them: it is read for each login.
struct SecretBundle {
    QString httpKeyPassphrase, grpcKeyPassphrase;
    QByteArray bearerToken;
    AccessKey accessKey;
    net::HttpHeaders headers; ///< the profile's own headers, those of the SecretStore filled in
};

/// Reads them one and all; settles within this turn of the event loop's next when there is nothing to read. Errors: the SecretStore's.
Reply<SecretBundle> *loadSecrets(const profiles::Profile &profile, credentials::SecretStore &secrets, QObject *parent);

/// What a login answered.
struct LoginAnswer {
    QByteArray token;
    std::chrono::seconds ttl{0};
    std::optional<bool> globalAdmin;
    QString user;
};
Result<LoginAnswer> decodeLogin(const QByteArray &body);

/// User and password → token: logs in, renews before the token ends, logs in again when it is refused. Other kinds of
/// authentication need no login; then it is always ready. Lives in the GUI thread.
class Authenticator final : public QObject {
    Q_OBJECT
public:
    struct Place {
        QUrl base; ///< up to and without /v3
        enum class Dialect { Any, V3Only, V1Only } dialect = Dialect::Any;
    };
    Authenticator(const profiles::Profile &profile, credentials::SecretStore &secrets, QObject *parent = nullptr);
    ~Authenticator() override;

    void setClient(net::HttpClient *client) { m_client = client; }
    void setSecrets(const SecretBundle &secrets) { m_bundle = secrets; }
    const SecretBundle &secrets() const { return m_bundle; }
    /// Where to log in, best first.
    void setPlaces(const QList<Place> &places) { m_places = places; }

    bool usesPassword() const;
    /// A request may be sent now.
    bool isReady() const { return !usesPassword() || !m_token.isEmpty(); }
    const QByteArray &token() const { return m_token; }
    std::optional<bool> globalAdmin() const { return m_globalAdmin; }

    /// Logs in (or joins the login under way). Auth: refused, or no password is saved; otherwise the transport's errors. `patience`: an
    /// administrator made a moment ago is known to the server only after up to 15 s; until then a refusal is tried again.
    Reply<Done> *login(std::chrono::milliseconds patience = std::chrono::milliseconds(0));
    /// `used` was refused. Settles at once when there is a newer token; logs in otherwise, unless that was done a moment ago or the
    /// password itself was refused within the last minute (Auth).
    Reply<Done> *renew(const QByteArray &used);
    /// Forgets the token and stops renewing.
    void reset();

Q_SIGNALS:
    void loggedIn();
    /// A silent login was refused: the password has been changed, or the account is gone.
    void refused(const core::Error &why);

private:
    void begin();
    void tryPlace(const QByteArray &form, qsizetype place, qsizetype path, const Error &before);
    void finish(const Result<LoginAnswer> &answer);
    const profiles::Profile m_profile;
    credentials::SecretStore &m_secrets;
    net::HttpClient *m_client = nullptr;
    SecretBundle m_bundle;
    QList<Place> m_places;
    QByteArray m_token;
    std::optional<bool> m_globalAdmin;
    QDeadlineTimer m_patience, m_quiet;
    bool m_renewing = false;
    QTimer m_renewal;
    QList<QPointer<Reply<Done>>> m_waiting;
    QPointer<Operation> m_step;
    OperationTracker m_operations;
};

} // namespace core::nacos
