// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/session/authenticator.h"

#include "core/base/log.h"
#include "core/base/missingsecret.h"
#include "core/base/redactor.h"
#include "core/credentials/secretstore.h"
#include "core/nacos/session/envelope.h"
#include "core/nacos/wire/jsoncursor.h"

#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace core::nacos {

namespace {

constexpr auto LoginDeadline = 15s;
/// However long a token is said to be good, a new one is fetched once a day (at nine tenths).
constexpr std::chrono::seconds LongestTtl = 26h + 40min;
/// A new token that is refused at once will not be accepted a moment later; a refused password must not be tried for every request.
constexpr auto QuietAfterRenewal = 5s;
constexpr auto QuietAfterRefusal = 60s;
constexpr auto RetryRefused = 1s;

QStringList loginPaths(Authenticator::Place::Dialect dialect)
{
    using Dialect = Authenticator::Place::Dialect;
    QStringList paths;
    if (dialect != Dialect::V1Only)
        paths.append(u"/v3/auth/user/login"_s);
    if (dialect != Dialect::V3Only)
        paths.append({u"/v1/auth/login"_s, u"/v1/auth/users/login"_s});
    return paths;
}

/// 403 and 500 both mean that user or password is wrong, depending on port and version.
Error loginError(const net::HttpResponse &response)
{
    const auto opened = openEnvelope({response.status, response.body, response.header("Location"), {}}, Envelope::Flat);
    if (opened)
        return Error{Error::Kind::BadReply, u"the login's answer has no token"_s, response.status, false};
    Error error = opened.error();
    if (response.status == 403 || response.status == 500 || response.status == 401 || error.kind == Error::Kind::Forbidden) {
        if (error.kind == Error::Kind::Unsupported)
            return error;
        error.kind = Error::Kind::Auth;
        // What servers say to it when they have nothing to say.
        const bool silent = error.message.isEmpty() || error.message.contains("No message available"_L1);
        error.message = silent ? u"user name or password refused"_s : u"user name or password refused: "_s + error.message;
    } else if (error.code == 23000) {
        error.kind = Error::Kind::Unsupported;
        error.message = u"this registry uses another way of logging in: "_s + error.message;
    }
    return error;
}

} // namespace

Result<LoginAnswer> decodeLogin(const QByteArray &body)
{
    LoginAnswer answer;
    wire::JsonCursor in(body);
    for (bool more = in.beginObject(); more; more = in.nextMember()) {
        if (in.name() == "accessToken")
            answer.token = in.string();
        else if (in.name() == "tokenTtl")
            answer.ttl = std::chrono::seconds(in.integer());
        else if (in.name() == "globalAdmin" && !in.isNull())
            answer.globalAdmin = in.boolean();
        else if (in.name() == "username")
            answer.user = QString::fromUtf8(in.string());
        else
            in.skip();
    }
    if (!in.finished() || answer.token.isEmpty())
        return fail(Error::Kind::BadReply, u"the login's answer has no token"_s);
    for (const char c : std::as_const(answer.token)) {
        if (c < 0x21 || c > 0x7e)
            return fail(Error::Kind::BadReply, u"the login's token cannot be sent in a header"_s);
    }
    return answer;
}

/// Not "wrong": there was nothing to try. Says why when it is the store's fault.
Error missing(const QString &what, const credentials::SecretStore &secrets)
{
    QString text = u"no %1 is kept for this connection"_s.arg(what);
    if (!secrets.rawError().isEmpty())
        text += u"; %1: %2"_s.arg(secrets.stateText(), secrets.rawError());
    else if (secrets.kind() == credentials::SecretStore::Kind::Keychain)
        text += u"; the desktop keychain has none, or it is locked"_s; // which it does not tell apart
    return {Error::Kind::Auth, text, int(what == "password"_L1 ? MissingSecret::Password : MissingSecret::Key), false};
}

Reply<SecretBundle> *loadSecrets(const profiles::Profile &profile, credentials::SecretStore &secrets, QObject *parent)
{
    using profiles::Auth;
    using profiles::Secret;
    struct Progress {
        SecretBundle bundle;
        int open = 1;
    };
    auto *reply = new Reply<SecretBundle>(parent);
    const auto progress = std::make_shared<Progress>();
    const auto done = [reply, progress] {
        if (--progress->open == 0)
            reply->settle(progress->bundle);
    };
    // Without `what` it may be absent.
    const auto fetch = [&](const QString &key, const QString &what, auto take) {
        ++progress->open;
        secrets.read(key)->then(reply, [reply, done, take, what, store = &secrets](const Result<std::optional<QString>> &value) {
            if (!value)
                return reply->settle(fail(value.error()));
            if (!*value && !what.isEmpty())
                return reply->settle(fail(missing(what, *store)));
            if (*value)
                take(**value);
            done();
        });
    };
    const auto hasKeyFile = [](const profiles::Tls &tls) { return !tls.keyFile.isEmpty(); };
    if (hasKeyFile(profile.httpTls))
        fetch(profiles::secretKey(profile.slug, Secret::HttpKeyPassphrase), {},
              [progress](const QString &v) { progress->bundle.httpKeyPassphrase = v; });
    if (hasKeyFile(profile.grpcTls))
        fetch(profiles::secretKey(profile.slug, Secret::GrpcKeyPassphrase), {},
              [progress](const QString &v) { progress->bundle.grpcKeyPassphrase = v; });
    if (profile.auth.kind == Auth::Kind::Token)
        fetch(profiles::secretKey(profile.slug, Secret::Token), u"token"_s,
              [progress](const QString &v) { progress->bundle.bearerToken = v.toUtf8(); });
    if (profile.auth.kind == Auth::Kind::AkSk) {
        progress->bundle.accessKey.id = profile.auth.accessKeyId;
        progress->bundle.accessKey.region = profile.extra.value("signatureRegion"_L1).toString();
        fetch(profiles::secretKey(profile.slug, Secret::SecretKey), u"secret key"_s,
              [progress](const QString &v) { progress->bundle.accessKey.secret = v.toUtf8(); });
        fetch(profiles::secretKey(profile.slug, Secret::SecurityToken), {},
              [progress](const QString &v) { progress->bundle.accessKey.securityToken = v.toUtf8(); });
    }
    for (const profiles::Header &header : profile.headers) {
        const QByteArray name = header.name.toUtf8();
        if (header.place == profiles::Header::Place::File)
            progress->bundle.headers.append({name, header.value.toUtf8()});
        else
            fetch(profiles::headerSecretKey(profile.slug, header.name), u"value of the header %1"_s.arg(header.name),
                  [progress, name](const QString &v) {
                      progress->bundle.headers.append({name, v.toUtf8()});
                  });
    }
    done();
    return reply;
}

Authenticator::Authenticator(const profiles::Profile &profile, credentials::SecretStore &secrets, QObject *parent)
    : QObject(parent)
    , m_profile(profile)
    , m_secrets(secrets)
{
    m_renewal.setSingleShot(true);
    connect(&m_renewal, &QTimer::timeout, this, [this] {
        login()->then(this, [this](const Result<Done> &result) {
            // The old token is good for a while yet; requests find out when it isn't.
            if (!result && result.error().kind != Error::Kind::Auth)
                m_renewal.start(30s);
        });
    });
}

Authenticator::~Authenticator()
{
    reset();
}

bool Authenticator::usesPassword() const
{
    return m_profile.auth.kind == profiles::Auth::Kind::Password;
}

void Authenticator::reset()
{
    m_renewal.stop();
    if (!m_token.isEmpty())
        Redactor::forget(QString::fromLatin1(m_token));
    m_token.clear();
    m_globalAdmin.reset();
    m_quiet = QDeadlineTimer();
    m_renewing = false;
    if (m_step) {
        m_step->detachReceivers();
        m_step->cancel();
    }
    m_step.clear();
    for (const auto &reply : std::exchange(m_waiting, {})) {
        if (reply)
            reply->cancel();
    }
}

Reply<Done> *Authenticator::login(std::chrono::milliseconds patience)
{
    auto *reply = m_operations.track(new Reply<Done>(this));
    if (!usesPassword()) {
        reply->settle(Done{});
        return reply;
    }
    const bool underWay = !m_waiting.isEmpty();
    m_waiting.append(reply);
    if (!underWay) {
        m_patience = QDeadlineTimer(patience);
        begin();
    }
    return reply;
}

Reply<Done> *Authenticator::renew(const QByteArray &used)
{
    if (!usesPassword())
        return m_operations.track(Reply<Done>::settled(fail(Error::Kind::Auth, u"the credentials were refused"_s), this));
    if (!m_waiting.isEmpty())
        return login();
    if (used != m_token && !m_token.isEmpty())
        return m_operations.track(Reply<Done>::settled(Done{}, this));
    if (!m_quiet.hasExpired())
        return m_operations.track(Reply<Done>::settled(fail(Error::Kind::Auth, u"refused although logged in a moment ago"_s), this));
    m_renewing = true;
    return login();
}

void Authenticator::begin()
{
    auto *read = m_secrets.read(profiles::secretKey(m_profile.slug, profiles::Secret::Password));
    m_step = read;
    read->then(this, [this](const Result<std::optional<QString>> &password) {
        if (!password)
            return finish(fail(password.error()));
        if (!*password)
            return finish(fail(missing(u"password"_s, m_secrets)));
        const QByteArray form = net::formEncode({{u"username"_s, m_profile.auth.user}, {u"password"_s, **password}});
        tryPlace(form, 0, 0, Error{Error::Kind::Network, u"no address to log in at"_s, 0, true});
    });
}

void Authenticator::tryPlace(const QByteArray &form, qsizetype place, qsizetype path, const Error &before)
{
    if (place >= m_places.size() || !m_client)
        return finish(fail(before));
    const QStringList paths = loginPaths(m_places.at(place).dialect);
    if (path >= paths.size())
        return tryPlace(form, place + 1, 0, before);
    net::HttpRequest request;
    request.method = "POST";
    request.url = net::makeUrl(m_places.at(place).base, paths.at(path));
    request.headers = m_bundle.headers;
    request.body = form;
    request.contentType = "application/x-www-form-urlencoded"_ba;
    request.deadline = std::min<std::chrono::milliseconds>(LoginDeadline, m_profile.callTimeout);
    auto *sent = m_client->send(request);
    m_step = sent;
    sent->then(this, [this, form, place, path](const Result<net::HttpResponse> &response) {
        if (!response) {
            if (response.error().kind == Error::Kind::Cancelled)
                return finish(fail(response.error()));
            return tryPlace(form, place + 1, 0, response.error());
        }
        if (response->isSuccess()) {
            const Result<LoginAnswer> answer = decodeLogin(response->body);
            if (answer)
                return finish(answer);
        }
        const Error error = loginError(*response);
        if (error.kind == Error::Kind::Unsupported && error.code != 23000)
            return tryPlace(form, place, path + 1, error);
        if (error.kind == Error::Kind::Auth && !m_patience.hasExpired()) {
            QTimer::singleShot(RetryRefused, this, [this, form, place, path, error] {
                if (!m_waiting.isEmpty())
                    tryPlace(form, place, path, error);
            });
            return;
        }
        finish(fail(error));
    });
}

void Authenticator::finish(const Result<LoginAnswer> &answer)
{
    m_step.clear();
    Result<Done> result = Done{};
    if (answer) {
        const QString text = QString::fromLatin1(answer->token);
        // Known to the redactor as long as it is ours; a server without authentication hands out a word.
        if (answer->token != m_token) {
            if (!m_token.isEmpty())
                Redactor::forget(QString::fromLatin1(m_token));
            m_token = answer->token;
            Redactor::learn(text);
        }
        m_globalAdmin = answer->globalAdmin;
        // What was right when the session opened may not be any more: the first refusal is always worth a login.
        m_quiet = m_renewing ? QDeadlineTimer(QuietAfterRenewal) : QDeadlineTimer();
        if (answer->ttl > 0s)
            m_renewal.start(std::chrono::milliseconds(std::min<std::chrono::seconds>(answer->ttl, LongestTtl)) * 9 / 10);
    } else {
        result = fail(answer.error());
        m_quiet = answer.error().kind == Error::Kind::Auth ? QDeadlineTimer(QuietAfterRefusal) : QDeadlineTimer();
    }
    m_renewing = false;
    const auto waiting = std::exchange(m_waiting, {});
    if (answer)
        Q_EMIT loggedIn();
    else if (answer.error().kind == Error::Kind::Auth)
        Q_EMIT refused(answer.error());
    for (const auto &reply : waiting) {
        if (reply)
            reply->settle(result);
    }
}

} // namespace core::nacos
