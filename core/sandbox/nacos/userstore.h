// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/sandbox/common/database.h"

#include <QHash>
#include <shared_mutex>

namespace core::sandbox::nacos {

/// Who may do what. Without an administrator login is off: everybody may do everything and tokens are the word AUTH_DISABLED.
/// Thread-safe once set up.
class UserStore {
    Q_DISABLE_COPY_MOVE(UserStore)
public:
    /// Why somebody is refused; the texts are the server's own.
    enum class Refusal { NoCredentials, InvalidToken, ExpiredToken };
    struct Identity {
        QString user; ///< empty when login is off
        bool admin = false;
    };
    enum class Login { Accepted, WrongPassword, UnknownUser };

    explicit UserStore(const Clock &clock);
    static bool createTables(Database &database);
    /// Takes over password hashes and the signing key of a data folder; makes the key when there is none.
    Result<Done> load(Database &database);

    bool isLoginRequired() const { return !m_admin.isEmpty(); }
    QString admin() const { return m_admin; }
    /// Switches login on. An empty password keeps the one this data folder knows; NotFound when it knows none.
    Result<Done> setAdmin(const QString &user, const QString &password, Database *database);
    void setTokenSeconds(qint64 seconds) { m_tokenSeconds = seconds; }
    qint64 tokenSeconds() const { return m_tokenSeconds; }

    Login login(const QString &user, const QString &password) const;
    /// A JSON Web Token (HS256) with subject and expiry.
    QString issueToken(const QString &user) const;

    struct Credentials {
        QString token, user, password;
    };
    tl::expected<Identity, Refusal> check(const Credentials &credentials) const;
    static QString refusalText(Refusal refusal);

private:
    struct Account {
        QByteArray salt, hash;
    };
    static QByteArray hashed(const QString &password, const QByteArray &salt);
    tl::expected<Identity, Refusal> checkToken(const QString &token) const;
    const Clock &m_clock;
    QString m_admin;
    QByteArray m_key;
    qint64 m_tokenSeconds = 18000;
    QHash<QString, Account> m_accounts;
    mutable std::shared_mutex m_mutex;
    mutable QHash<QString, qint64> m_goodTokens; ///< verified already, with the second they expire
    mutable QByteArray m_goodPassword;           ///< fast hash of the last pair accepted: hashing a password is slow on purpose
};

} // namespace core::sandbox::nacos
