// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/profiles/profile.h"

#include "core/base/address.h"
#include "core/base/jumphost.h"

#include <array>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSet>

using namespace Qt::StringLiterals;

namespace core::profiles {

namespace {

template <class T, std::size_t N>
std::optional<T> valueOf(const std::array<std::pair<T, const char *>, N> &table, QStringView text)
{
    for (const auto &[value, word] : table) {
        if (text.compare(QLatin1StringView(word), Qt::CaseInsensitive) == 0)
            return value;
    }
    return std::nullopt;
}

template <class T, std::size_t N>
QString wordOf(const std::array<std::pair<T, const char *>, N> &table, T value)
{
    for (const auto &[entry, word] : table) {
        if (entry == value)
            return QString::fromLatin1(word);
    }
    return {};
}

constexpr std::array<std::pair<Kind, const char *>, 5> Kinds{
    {{Kind::Nacos, "nacos"}, {Kind::Aun, "aun"}, {Kind::Storage, "storage"}, {Kind::S3, "s3"}, {Kind::Prefab, "prefab"}}};
constexpr std::array<std::pair<Environment, const char *>, 4> Environments{{{Environment::None, "none"},
                                                                            {Environment::Development, "development"},
                                                                            {Environment::Staging, "staging"},
                                                                            {Environment::Production, "production"}}};
constexpr std::array<std::pair<Auth::Kind, const char *>, 7> Auths{{{Auth::Kind::None, "none"},
                                                                    {Auth::Kind::Password, "password"},
                                                                    {Auth::Kind::AkSk, "aksk"},
                                                                    {Auth::Kind::Token, "token"},
                                                                    {Auth::Kind::ApiKey, "apikey"},
                                                                    {Auth::Kind::Jwt, "jwt"},
                                                                    {Auth::Kind::Internal, "internal"}}};
constexpr std::array<std::pair<Keep, const char *>, 2> Keeps{{{Keep::Contents, "contents"}, {Keep::Facts, "facts"}}};

int defaultPort(Kind kind, const QString &scheme)
{
    if (kind == Kind::Nacos)
        return scheme == "https"_L1 ? 443 : 8848;
    return scheme == "https"_L1 ? 443 : 80;
}

bool isHeaderName(const QString &name)
{
    static const QRegularExpression pattern(u"^[!#$%&'*+.^_`|~0-9A-Za-z-]+\\z"_s);
    return pattern.match(name).hasMatch();
}

bool hasControl(const QString &text)
{
    return std::any_of(text.begin(), text.end(), [](QChar c) { return c.unicode() < 0x20 || c.unicode() == 0x7f; });
}

Result<QUrl> parseAddress(const QString &text, Kind kind)
{
    const auto bad = [](const QString &why) { return fail(Error::Kind::Usage, why); };
    QString address = text.trimmed();
    if (address.isEmpty())
        return bad(u"the address is empty"_s);
    static const QRegularExpression scheme(u"^[A-Za-z][A-Za-z0-9+.-]*://"_s);
    if (!scheme.match(address).hasMatch())
        address.prepend(u"http://"_s);
    // QUrl would quote the whole address, a password in it included: no text of it goes into the message.
    QUrl url(address, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty())
        return bad(u"not an address: host, host:port or http(s)://host:port is needed"_s);
    if (!url.userInfo().isEmpty())
        return bad(u"user and password do not belong into the address"_s);
    const bool known = url.scheme() == "http"_L1 || url.scheme() == "https"_L1 ||
        (kind != Kind::Nacos && (url.scheme() == "grpc"_L1 || url.scheme() == "wss"_L1 || url.scheme() == "ws"_L1));
    if (!known)
        return bad(u"unknown kind of address: "_s + url.scheme());
    if (url.hasQuery() || url.hasFragment())
        return bad(u"an address has no ? and no #"_s);
    if (url.port() == 0)
        return bad(u"port 0 cannot be connected to"_s);
    if (url.port() < 0)
        url.setPort(defaultPort(kind, url.scheme()));
    QString path = url.path(QUrl::FullyEncoded);
    while (path.endsWith(u'/'))
        path.chop(1);
    url.setPath(path, QUrl::StrictMode);
    return url;
}

void checkTls(QList<Problem> &problems, const Tls &tls, const QString &pointer)
{
    if (tls.trust == Tls::Trust::CaFile && tls.caFile.isEmpty())
        problems.append({pointer + u"/caFile"_s, u"the file with the authorities is missing"_s});
    if (tls.trust == Tls::Trust::Fingerprint && tls.sha256.size() != 32)
        problems.append({pointer + u"/sha256"_s, u"a SHA-256 fingerprint has 64 hexadecimal digits"_s});
    if (tls.certFile.isEmpty() && !tls.keyFile.isEmpty())
        problems.append({pointer + u"/certFile"_s, u"a key needs its certificate"_s});
    if (!tls.certFile.isEmpty() && tls.keyFile.isEmpty())
        problems.append({pointer + u"/keyFile"_s, u"a certificate needs its key"_s});
}

void checkHeaders(QList<Problem> &problems, const QList<Header> &headers)
{
    QSet<QString> seen;
    for (qsizetype i = 0; i < headers.size(); ++i) {
        const Header &header = headers.at(i);
        const QString pointer = u"/headers/%1"_s.arg(i);
        if (!isHeaderName(header.name))
            problems.append({pointer + u"/name"_s, u"not a header name"_s});
        else if (seen.contains(header.name.toLower()))
            problems.append({pointer + u"/name"_s, u"this header is there twice"_s});
        seen.insert(header.name.toLower());
        if (hasControl(header.value))
            problems.append({pointer + u"/value"_s, u"a header value has no line breaks"_s});
        if (header.place == Header::Place::File && isSecretHeader(header.name) && !header.value.isEmpty())
            problems.append({pointer + u"/value"_s, u"the value of this header is a secret and does not belong into the file"_s});
        if (header.place == Header::Place::SecretStore && !header.value.isEmpty())
            problems.append({pointer + u"/value"_s, u"the value belongs into the secret store"_s});
    }
}

} // namespace

QList<Problem> problemsOf(const Profile &profile)
{
    QList<Problem> problems;
    if (!profile.slug.isEmpty() && !Address::build(profile.slug, u"-"_s, u"profile"_s, {u"x"_s}))
        problems.append({u"/slug"_s, u"it takes 1 to 40 of a-z, 0-9 and -"_s});
    if (profile.name.trimmed().isEmpty())
        problems.append({u"/name"_s, u"a name is needed"_s});
    else if (profile.name.size() > 200 || hasControl(profile.name))
        problems.append({u"/name"_s, u"a name has at most 200 characters and no control characters"_s});
    if (profile.servers.isEmpty())
        problems.append({u"/servers"_s, u"an address is needed"_s});
    for (qsizetype i = 0; i < profile.servers.size(); ++i) {
        if (const auto server = parseAddress(profile.servers.at(i), profile.kind); !server)
            problems.append({u"/servers/%1"_s.arg(i), server.error().message});
    }
    if (!profile.consoleUrl.isEmpty()) {
        if (const auto console = parseAddress(profile.consoleUrl, Kind::Nacos); !console)
            problems.append({u"/consoleUrl"_s, console.error().message});
    }
    if (profile.grpcPort < 0 || profile.grpcPort > 65535)
        problems.append({u"/grpcPort"_s, u"a port is 1 to 65535"_s});
    if (profile.contextPath.contains(u'?') || profile.contextPath.contains(u'#') || hasControl(profile.contextPath))
        problems.append({u"/contextPath"_s, u"a path such as /nacos"_s});
    if (profile.auth.kind == Auth::Kind::Password && profile.auth.user.isEmpty())
        problems.append({u"/auth/user"_s, u"a user name is needed"_s});
    if (profile.auth.kind == Auth::Kind::AkSk && profile.auth.accessKeyId.isEmpty())
        problems.append({u"/auth/accessKeyId"_s, u"an access key ID is needed"_s});
    checkHeaders(problems, profile.headers);
    static const QRegularExpression colour(u"^#[0-9A-Fa-f]{6}\\z"_s);
    if (!profile.colour.isEmpty() && !colour.match(profile.colour).hasMatch())
        problems.append({u"/colour"_s, u"a colour is #rrggbb"_s});
    checkTls(problems, profile.httpTls, u"/httpTls"_s);
    checkTls(problems, profile.grpcTls, u"/grpcTls"_s);
    const bool ownProxy = profile.proxy.kind == Proxy::Kind::Http || profile.proxy.kind == Proxy::Kind::Socks5;
    if (ownProxy && QUrl(u"http://"_s + profile.proxy.host).host().isEmpty())
        problems.append({u"/proxy/host"_s, u"the proxy's host is needed"_s});
    if (ownProxy && (profile.proxy.port < 1 || profile.proxy.port > 65535))
        problems.append({u"/proxy/port"_s, u"a port is 1 to 65535"_s});
    if (profile.proxy.kind == Proxy::Kind::Ssh && !isJumpHost(profile.proxy.host))
        problems.append({u"/proxy/host"_s, u"a jump host is [user@]host, or a name of the ssh configuration"_s});
    if (profile.proxy.kind == Proxy::Kind::Ssh && (profile.proxy.port < 0 || profile.proxy.port > 65535))
        problems.append({u"/proxy/port"_s, u"a port is 1 to 65535"_s});
    const auto isTime = [](std::chrono::milliseconds time) {
        return time >= std::chrono::milliseconds(100) && time <= std::chrono::hours(1);
    };
    if (!isTime(profile.connectTimeout))
        problems.append({u"/connectTimeoutMs"_s, u"100 ms to one hour"_s});
    if (!isTime(profile.callTimeout))
        problems.append({u"/callTimeoutMs"_s, u"100 ms to one hour"_s});
    return problems;
}

Result<Profile> validate(const Profile &profile)
{
    if (const auto problems = problemsOf(profile); !problems.isEmpty())
        return fail(Error::Kind::Usage, problems.constFirst().pointer + u": "_s + problems.constFirst().message);
    Profile normal = profile;
    normal.name = profile.name.trimmed();
    for (QString &server : normal.servers) {
        QUrl url = *parseAddress(server, profile.kind);
        // A registry's path is the context path: "http://host:8848/nacos" says it in the address.
        if (profile.kind == Kind::Nacos && !url.path().isEmpty()) {
            normal.contextPath = url.path();
            url.setPath(QString());
        }
        server = url.toString(QUrl::FullyEncoded);
    }
    if (!normal.consoleUrl.isEmpty())
        normal.consoleUrl = parseAddress(normal.consoleUrl, Kind::Nacos)->toString(QUrl::FullyEncoded);
    normal.contextPath = normal.contextPath.trimmed();
    while (normal.contextPath.endsWith(u'/'))
        normal.contextPath.chop(1);
    if (!normal.contextPath.isEmpty() && !normal.contextPath.startsWith(u'/'))
        normal.contextPath.prepend(u'/');
    if (normal.defaultNamespace.isEmpty())
        normal.defaultNamespace = u"public"_s;
    return normal;
}

Result<QUrl> parseServer(const QString &text)
{
    return parseAddress(text, Kind::Nacos);
}

Proxy sshProxy(const QString &text)
{
    static const QRegularExpression withPort(
        u"^(?:(?<user>[^@]*)@)?(?:\\[(?<six>[^\\]]*)\\]|(?<host>[^:\\[\\]]*))(?::(?<port>[0-9]{1,5}))?\\z"_s);
    const QString trimmed = text.trimmed();
    Proxy proxy{Proxy::Kind::Ssh, trimmed, 0};
    const auto match = withPort.match(trimmed);
    if (!match.hasMatch())
        return proxy; // an IPv6 address without brackets is one; anything else is not a jump host
    const QString user = match.captured(u"user"_s);
    const QString host = match.captured(u"six"_s) + match.captured(u"host"_s);
    proxy.host = match.capturedStart(u"user"_s) < 0 ? host : user + u'@' + host;
    const QString port = match.captured(u"port"_s);
    proxy.port = port.isEmpty() ? 0 : port.toInt() > 0 ? port.toInt() : -1;
    return proxy;
}

QString addressOf(const Proxy &proxy)
{
    if (proxy.host.isEmpty() || (proxy.kind == Proxy::Kind::Ssh && proxy.port == 0))
        return proxy.host;
    const qsizetype at = proxy.host.lastIndexOf(u'@') + 1;
    const QString host = proxy.host.mid(at);
    return proxy.host.left(at) + (host.contains(u':') ? u'[' + host + u']' : host) + u':' + QString::number(proxy.port);
}

QString secretKey(const QString &slug, Secret secret)
{
    const char *name = "password";
    switch (secret) {
    case Secret::Password:
        break;
    case Secret::SecretKey:
        name = "secret-key";
        break;
    case Secret::SecurityToken:
        name = "security-token";
        break;
    case Secret::Token:
        name = "token";
        break;
    case Secret::HttpKeyPassphrase:
        name = "http-key-passphrase";
        break;
    case Secret::GrpcKeyPassphrase:
        name = "grpc-key-passphrase";
        break;
    }
    return u"profile/%1/%2"_s.arg(slug, QLatin1StringView(name));
}

QString headerSecretKey(const QString &slug, const QString &headerName)
{
    return u"profile/%1/header/%2"_s.arg(slug, headerName.toLower());
}

QStringList secretKeys(const Profile &profile)
{
    QStringList keys;
    for (const Secret secret :
         {Secret::Password, Secret::SecretKey, Secret::SecurityToken, Secret::Token, Secret::HttpKeyPassphrase, Secret::GrpcKeyPassphrase})
        keys << secretKey(profile.slug, secret);
    for (const Header &header : profile.headers)
        keys << headerSecretKey(profile.slug, header.name);
    return keys;
}

bool isSecretHeader(const QString &name)
{
    static const QRegularExpression pattern(u"auth|token|secret|passw|cookie|signature|credential|session|api-?key|access-?key|private"_s,
                                            QRegularExpression::CaseInsensitiveOption);
    return pattern.match(name).hasMatch();
}

QString toText(Kind kind)
{
    return wordOf(Kinds, kind);
}
QString toText(Environment environment)
{
    return wordOf(Environments, environment);
}
QString toText(Auth::Kind kind)
{
    return wordOf(Auths, kind);
}
QString toText(Keep keep)
{
    return wordOf(Keeps, keep);
}
std::optional<Kind> kindFromText(QStringView text)
{
    return valueOf(Kinds, text);
}
std::optional<Environment> environmentFromText(QStringView text)
{
    return valueOf(Environments, text);
}
std::optional<Auth::Kind> authFromText(QStringView text)
{
    return valueOf(Auths, text);
}
std::optional<Keep> keepFromText(QStringView text)
{
    return valueOf(Keeps, text);
}

} // namespace core::profiles
