// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/nacos/userstore.h"

#include <mutex>
#include <QCryptographicHash>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMessageAuthenticationCode>
#include <QPasswordDigestor>
#include <QRandomGenerator>

using namespace Qt::StringLiterals;

namespace core::sandbox::nacos {

namespace {

constexpr int HashRounds = 4000; // a practice password; starting up is not to wait for it
constexpr qsizetype RememberedTokens = 1000;
constexpr auto Base64 = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

QByteArray randomBytes(int words)
{
    QByteArray bytes(words * 4, Qt::Uninitialized);
    QRandomGenerator::system()->fillRange(reinterpret_cast<quint32 *>(bytes.data()), words);
    return bytes;
}

/// In a time that does not depend on where they differ.
bool sameBytes(const QByteArray &a, const QByteArray &b)
{
    if (a.size() != b.size())
        return false;
    int difference = 0;
    for (qsizetype i = 0; i < a.size(); ++i)
        difference |= a.at(i) ^ b.at(i);
    return difference == 0;
}

} // namespace

UserStore::UserStore(const Clock &clock)
    : m_clock(clock)
    , m_key(randomBytes(8))
{
}

bool UserStore::createTables(Database &database)
{
    return database.execute("CREATE TABLE account(name TEXT PRIMARY KEY, salt BLOB NOT NULL, hash BLOB NOT NULL);"
                            "CREATE TABLE secret(name TEXT PRIMARY KEY, value BLOB NOT NULL)");
}

Result<Done> UserStore::load(Database &database)
{
    Statement accounts(database, "SELECT name, salt, hash FROM account");
    while (accounts.next())
        m_accounts.insert(accounts.text(0), {accounts.blob(1), accounts.blob(2)});
    Statement key(database, "SELECT value FROM secret WHERE name='token'");
    if (key.next() && key.blob(0).size() == m_key.size()) {
        m_key = key.blob(0);
        return Done{};
    }
    Statement store(database, "INSERT OR REPLACE INTO secret VALUES('token', ?)");
    if (!store.bind(m_key).run())
        return fail(Error::Kind::Internal, database.lastError());
    return Done{};
}

QByteArray UserStore::hashed(const QString &password, const QByteArray &salt)
{
    return QPasswordDigestor::deriveKeyPbkdf2(QCryptographicHash::Sha256, password.toUtf8(), salt, HashRounds, 32);
}

Result<Done> UserStore::setAdmin(const QString &user, const QString &password, Database *database)
{
    if (password.isEmpty()) {
        if (!m_accounts.contains(user))
            return fail(Error::Kind::NotFound, u"no password known for %1"_s.arg(user));
        m_admin = user;
        return Done{};
    }
    const QByteArray salt = randomBytes(4);
    const Account account{salt, hashed(password, salt)};
    m_accounts.insert(user, account);
    m_admin = user;
    if (database) {
        Statement store(*database, "INSERT OR REPLACE INTO account VALUES(?,?,?)");
        if (!store.bind(user).bind(account.salt).bind(account.hash).run())
            return fail(Error::Kind::Internal, database->lastError());
    }
    return Done{};
}

UserStore::Login UserStore::login(const QString &user, const QString &password) const
{
    const auto found = m_accounts.constFind(user);
    if (found == m_accounts.cend())
        return Login::UnknownUser;
    // The sender may repeat the pair with every request; the slow hash is for those who guess.
    const QByteArray pair = QMessageAuthenticationCode::hash((user + u'\0' + password).toUtf8(), m_key, QCryptographicHash::Sha256);
    {
        const std::shared_lock lock(m_mutex);
        if (sameBytes(pair, m_goodPassword))
            return Login::Accepted;
    }
    if (!sameBytes(hashed(password, found->salt), found->hash))
        return Login::WrongPassword;
    const std::unique_lock lock(m_mutex);
    m_goodPassword = pair;
    return Login::Accepted;
}

QString UserStore::issueToken(const QString &user) const
{
    if (!isLoginRequired())
        return u"AUTH_DISABLED"_s;
    const qint64 expiry = m_clock.now().toSecsSinceEpoch() + m_tokenSeconds;
    const QByteArray head = R"({"alg":"HS256"})"_ba.toBase64(Base64);
    const QByteArray claims =
        QJsonDocument(QJsonObject{{u"sub"_s, user}, {u"exp"_s, expiry}, {u"jti"_s, QString::fromLatin1(randomBytes(2).toHex())}})
            .toJson(QJsonDocument::Compact)
            .toBase64(Base64);
    const QByteArray signedPart = head + '.' + claims;
    return QString::fromLatin1(signedPart + '.' +
                               QMessageAuthenticationCode::hash(signedPart, m_key, QCryptographicHash::Sha256).toBase64(Base64));
}

tl::expected<UserStore::Identity, UserStore::Refusal> UserStore::checkToken(const QString &token) const
{
    const qint64 now = m_clock.now().toSecsSinceEpoch();
    {
        const std::shared_lock lock(m_mutex);
        const auto known = m_goodTokens.constFind(token);
        if (known != m_goodTokens.cend()) {
            if (*known <= now)
                return tl::unexpected(Refusal::ExpiredToken);
            return Identity{m_admin, true};
        }
    }
    const QByteArray raw = token.toLatin1();
    const qsizetype dot = raw.lastIndexOf('.');
    if (dot < 0)
        return tl::unexpected(Refusal::InvalidToken);
    const QByteArray signature = QMessageAuthenticationCode::hash(raw.first(dot), m_key, QCryptographicHash::Sha256).toBase64(Base64);
    if (!sameBytes(signature, raw.sliced(dot + 1)))
        return tl::unexpected(Refusal::InvalidToken);
    const QByteArray claims = raw.first(dot).sliced(raw.indexOf('.') + 1);
    const QJsonObject object = QJsonDocument::fromJson(QByteArray::fromBase64(claims, Base64)).object();
    const QString user = object.value("sub"_L1).toString();
    const qint64 expiry = object.value("exp"_L1).toInteger();
    if (user != m_admin)
        return tl::unexpected(Refusal::InvalidToken);
    if (expiry <= now)
        return tl::unexpected(Refusal::ExpiredToken);
    const std::unique_lock lock(m_mutex);
    if (m_goodTokens.size() >= RememberedTokens)
        m_goodTokens.clear();
    m_goodTokens.insert(token, expiry);
    return Identity{user, true};
}

tl::expected<UserStore::Identity, UserStore::Refusal> UserStore::check(const Credentials &credentials) const
{
    if (!isLoginRequired())
        return Identity{{}, true};
    if (!credentials.token.isEmpty())
        return checkToken(credentials.token);
    if (!credentials.user.isEmpty() && login(credentials.user, credentials.password) == Login::Accepted)
        return Identity{credentials.user, credentials.user == m_admin};
    return tl::unexpected(Refusal::NoCredentials);
}

QString UserStore::refusalText(Refusal refusal)
{
    switch (refusal) {
    case Refusal::NoCredentials:
        return u"User not found! Please check user exist or password is right!"_s;
    case Refusal::InvalidToken:
        return u"token invalid!"_s;
    case Refusal::ExpiredToken:
        return u"token expired!"_s;
    }
    return {};
}

} // namespace core::sandbox::nacos
