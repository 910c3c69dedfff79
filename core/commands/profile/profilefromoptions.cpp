// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/jumphost.h"
#include "core/commands/common/invocation.h"
#include "core/commands/profile/profileverbs.h"

#include <QFileInfo>
#include <QRegularExpression>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace core::commands {

namespace {

tl::unexpected<Error> usage(const QString &message)
{
    return fail(Error::Kind::Usage, message);
}

Result<std::chrono::milliseconds> seconds(const Invocation &call, const QString &name, std::chrono::milliseconds otherwise)
{
    if (!call.has(name))
        return otherwise;
    bool ok = false;
    const double value = call.option(name).toDouble(&ok);
    if (!ok || !(value > 0) || value > 3600)
        return usage(u"--%1 takes a number of seconds above 0"_s.arg(name));
    return std::chrono::milliseconds(qint64(value * 1000));
}

/// With its whole path: the profile is used from any folder. Usage when it cannot be read.
Result<QString> fileNamed(const Invocation &call, const QString &option)
{
    if (!call.has(option))
        return QString();
    const QFileInfo file(call.option(option));
    if (!file.isFile() || !file.isReadable())
        return usage(u"--%1: cannot read %2"_s.arg(option, file.filePath()));
    return file.absoluteFilePath();
}

/// The options `--ca`, `--client-cert`, `--client-key` behind `prefix`; what is not given stays as in `tls`.
Result<profiles::Tls> tlsOf(const Invocation &call, const QString &prefix, profiles::Tls tls)
{
    const QString ca = prefix + u"ca"_s, certificate = prefix + u"client-cert"_s, key = prefix + u"client-key"_s;
    if (call.has(certificate) != call.has(key))
        return usage(u"--%1 and --%2 go together"_s.arg(certificate, key));
    const auto caFile = fileNamed(call, ca);
    const auto certFile = fileNamed(call, certificate);
    const auto keyFile = fileNamed(call, key);
    for (const auto *file : {&caFile, &certFile, &keyFile}) {
        if (!*file)
            return fail(file->error());
    }
    if (!caFile->isEmpty()) {
        tls.trust = profiles::Tls::Trust::CaFile;
        tls.caFile = *caFile;
    }
    if (!certFile->isEmpty()) {
        tls.certFile = *certFile;
        tls.keyFile = *keyFile;
    }
    return tls;
}

/// A word alone is taken for a host by the SDKs' variables; typed as a URL it is a slip.
bool isBareWord(const QString &server)
{
    static const QRegularExpression pattern(u"^[A-Za-z0-9_-]+\\z"_s);
    return pattern.match(server).hasMatch() && server.compare("localhost"_L1, Qt::CaseInsensitive) != 0;
}

Result<profiles::Proxy> proxyOf(const QString &text)
{
    using Kind = profiles::Proxy::Kind;
    if (text == "system"_L1)
        return profiles::Proxy{Kind::System, {}, 0};
    if (text == "none"_L1)
        return profiles::Proxy{Kind::None, {}, 0};
    constexpr auto Ssh = "ssh://"_L1;
    if (text.startsWith(Ssh)) {
        const profiles::Proxy proxy = profiles::sshProxy(text.mid(Ssh.size()));
        const bool hasPassword = text.lastIndexOf(u'@') > text.indexOf(u':', Ssh.size()) && text.indexOf(u':', Ssh.size()) > 0;
        if (hasPassword)
            return usage(u"--proxy takes no password in the URL; ssh logs in with your key"_s);
        if (!isJumpHost(proxy.host) || proxy.port < 0 || proxy.port > 65535)
            return usage(
                u"--proxy takes ssh:// and a host, or a name of your ssh configuration; a user before it with @, a port behind it"_s);
        return proxy;
    }
    const QUrl url(text);
    const bool socks = url.scheme() == "socks5"_L1 || url.scheme() == "socks5h"_L1;
    if (!url.isValid() || url.host().isEmpty() || (!socks && url.scheme() != "http"_L1))
        return usage(u"--proxy takes system, none, http://host:port, socks5://host:port or ssh://host"_s);
    if (!url.userInfo().isEmpty())
        return usage(u"--proxy takes no user or password in the URL"_s);
    return profiles::Proxy{socks ? Kind::Socks5 : Kind::Http, url.host(), url.port(socks ? 1080 : 8080)};
}

} // namespace

Result<profiles::Profile> profileFromOptions(const Invocation &call, const QString &name)
{
    profiles::Profile profile;
    profile.name = name;
    const QString server = call.has(u"server"_s) ? call.option(u"server"_s) : call.global().server;
    profile.servers = server.split(u',', Qt::SkipEmptyParts);
    for (const QString &each : std::as_const(profile.servers)) {
        if (isBareWord(each.trimmed()))
            return usage(u"--server: \"%1\" is not a URL; for a host of that name write http://%1:8848"_s.arg(each.trimmed()));
    }
    if (call.has(u"kind"_s)) {
        const auto kind = profiles::kindFromText(call.option(u"kind"_s));
        if (!kind || *kind != profiles::Kind::Nacos)
            return usage(u"--kind takes nacos"_s);
        profile.kind = *kind;
    }
    if (call.has(u"environment"_s)) {
        const auto environment = profiles::environmentFromText(call.option(u"environment"_s));
        if (!environment)
            return usage(u"--environment takes development, staging or production"_s);
        profile.environment = *environment;
    }
    if (call.has(u"keep"_s)) {
        const auto keep = profiles::keepFromText(call.option(u"keep"_s));
        if (!keep)
            return usage(u"--keep takes contents or facts"_s);
        profile.keep = *keep;
    }
    if (call.has(u"read-only"_s))
        profile.protection = profiles::Protection::ReadOnly;
    profile.auth.user = call.has(u"user"_s) ? call.option(u"user"_s) : call.global().user;
    profile.auth.accessKeyId = call.option(u"access-key"_s);
    if (call.has(u"auth"_s)) {
        const auto kind = profiles::authFromText(call.option(u"auth"_s));
        if (!kind)
            return usage(u"--auth takes password, aksk, token, apikey, jwt, internal or none"_s);
        profile.auth.kind = *kind;
    } else if (!profile.auth.user.isEmpty()) {
        profile.auth.kind = profiles::Auth::Kind::Password;
    } else if (!profile.auth.accessKeyId.isEmpty()) {
        profile.auth.kind = profiles::Auth::Kind::AkSk;
    }
    for (const QString &header : call.options(u"header"_s)) {
        const qsizetype colon = header.indexOf(u':');
        if (colon <= 0)
            return usage(u"--header takes 'Name: value'"_s);
        const QString headerName = header.left(colon).trimmed();
        if (profiles::isSecretHeader(headerName))
            return usage(u"--header %1 would be a secret on the command line; use --auth token with --password-stdin"_s.arg(headerName));
        profile.headers.append({headerName, header.mid(colon + 1).trimmed(), profiles::Header::Place::File});
    }
    profile.consoleUrl = call.option(u"console-url"_s);
    if (call.has(u"grpc-port"_s)) {
        bool ok = false;
        profile.grpcPort = call.option(u"grpc-port"_s).toInt(&ok);
        if (!ok || profile.grpcPort < 1 || profile.grpcPort > 65535)
            return usage(u"--grpc-port takes a port"_s);
    }
    profile.contextPath = call.option(u"context-path"_s, profile.contextPath);
    const auto http = tlsOf(call, {}, {});
    if (!http)
        return fail(http.error());
    const auto grpc = tlsOf(call, u"grpc-"_s, *http);
    if (!grpc)
        return fail(grpc.error());
    profile.httpTls = *http;
    profile.grpcTls = *grpc;
    if (call.has(u"grpc"_s)) {
        const QString transport = call.option(u"grpc"_s);
        if (transport != "plain"_L1 && transport != "tls"_L1)
            return usage(u"--grpc takes plain or tls"_s);
        profile.grpcTransport = transport == "tls"_L1 ? profiles::Profile::GrpcTransport::Tls : profiles::Profile::GrpcTransport::Plain;
    }
    if (call.has(u"proxy"_s)) {
        const auto proxy = proxyOf(call.option(u"proxy"_s));
        if (!proxy)
            return fail(proxy.error());
        profile.proxy = *proxy;
    }
    const auto connect = seconds(call, u"timeout-connect"_s, profile.connectTimeout);
    const auto answer = seconds(call, u"timeout-call"_s, profile.callTimeout);
    if (!connect || !answer)
        return fail(connect ? answer.error() : connect.error());
    profile.connectTimeout = *connect;
    profile.callTimeout = *answer;
    if (call.global().namespaceGiven)
        profile.defaultNamespace = call.global().namespaceId;
    return profile;
}

} // namespace core::commands
