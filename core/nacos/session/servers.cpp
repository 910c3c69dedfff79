// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/session/servers.h"

#include "core/profiles/profile.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace core::nacos {

namespace {

constexpr int DefaultPort = 8848;
constexpr int ConsolePort = 8080;
constexpr int GrpcOffset = 1000;

QString tidyPath(QString path)
{
    while (path.endsWith(u'/'))
        path.chop(1);
    if (!path.isEmpty() && !path.startsWith(u'/'))
        path.prepend(u'/');
    return path;
}

QUrl originOf(const QUrl &url)
{
    QUrl origin;
    origin.setScheme(url.scheme().toLower());
    origin.setHost(url.host());
    origin.setPort(url.port(DefaultPort));
    return origin;
}

} // namespace

QUrl ServerAddress::base() const
{
    QUrl url = origin;
    url.setPath(contextPath);
    return url;
}

QUrl ServerAddress::consoleGuess() const
{
    QUrl url = origin;
    url.setPort(ConsolePort);
    return url;
}

Result<QList<ServerAddress>> serversOf(const profiles::Profile &profile)
{
    QList<ServerAddress> servers;
    for (const QString &text : profile.servers) {
        const Result<QUrl> url = profiles::parseServer(text);
        if (!url)
            return fail(url.error());
        ServerAddress server;
        server.origin = originOf(*url);
        const QString path = tidyPath(url->path());
        server.contextPath = path.isEmpty() ? tidyPath(profile.contextPath) : path;
        const QString host = url->host().contains(u':') ? u'[' + url->host() + u']' : url->host();
        const int port = profile.grpcPort > 0 ? profile.grpcPort : server.origin.port() + GrpcOffset;
        server.grpcTarget = u"%1:%2"_s.arg(host).arg(port);
        if (!servers.contains(server))
            servers.append(server);
    }
    if (servers.isEmpty())
        return fail(Error::Kind::Usage, u"the connection has no server address"_s);
    return servers;
}

QString serverIdentity(const profiles::Profile &profile)
{
    QStringList names;
    if (const auto servers = serversOf(profile)) {
        for (const ServerAddress &server : *servers)
            // What answers in the clear is nobody's proof of what answers with a certificate.
            names.append(u"%1%2:%3%4"_s.arg(server.origin.scheme() == "https"_L1 ? u"https://"_s : QString(), server.host().toLower())
                             .arg(server.origin.port())
                             .arg(server.contextPath));
    } else {
        names = profile.servers;
    }
    names.sort();
    names.removeDuplicates();
    // The same address behind another jump host is another server.
    const bool tunnel = profile.proxy.kind == profiles::Proxy::Kind::Ssh;
    return u"nacos "_s + names.join(u' ') + (tunnel ? u" ssh "_s + profiles::addressOf(profile.proxy) : QString());
}

QList<QUrl> consoleCandidates(const profiles::Profile &profile, const QList<ServerAddress> &servers)
{
    if (!profile.consoleUrl.isEmpty()) {
        QUrl url(profile.consoleUrl.contains("://"_L1) ? profile.consoleUrl : u"http://"_s + profile.consoleUrl);
        url.setPath(tidyPath(url.path()));
        url.setQuery(QString());
        url.setFragment(QString());
        return {url};
    }
    QList<QUrl> urls;
    for (const ServerAddress &server : servers) {
        if (!urls.contains(server.consoleGuess()))
            urls.append(server.consoleGuess());
    }
    return urls;
}

net::TlsPolicy tlsPolicy(const profiles::Tls &tls, const QString &passphrase)
{
    net::TlsPolicy policy;
    switch (tls.trust) {
    case profiles::Tls::Trust::System:
        policy.trust = net::TlsPolicy::Trust::System;
        break;
    case profiles::Tls::Trust::CaFile:
        policy.trust = net::TlsPolicy::Trust::CaFile;
        break;
    case profiles::Tls::Trust::Fingerprint:
        policy.trust = net::TlsPolicy::Trust::Fingerprint;
        break;
    }
    policy.caFile = tls.caFile;
    policy.sha256 = tls.sha256;
    policy.certFile = tls.certFile;
    policy.keyFile = tls.keyFile;
    policy.keyPassphrase = passphrase;
    return policy;
}

net::ProxyPolicy proxyPolicy(const profiles::Proxy &proxy)
{
    net::ProxyPolicy policy;
    switch (proxy.kind) {
    case profiles::Proxy::Kind::System:
        policy.kind = net::ProxyPolicy::Kind::System;
        break;
    case profiles::Proxy::Kind::None:
        policy.kind = net::ProxyPolicy::Kind::None;
        break;
    case profiles::Proxy::Kind::Http:
        policy.kind = net::ProxyPolicy::Kind::Http;
        break;
    case profiles::Proxy::Kind::Socks5:
        policy.kind = net::ProxyPolicy::Kind::Socks5;
        break;
    case profiles::Proxy::Kind::Ssh:
        policy.kind = net::ProxyPolicy::Kind::Ssh;
        break;
    }
    policy.host = proxy.host;
    policy.port = quint16(proxy.port);
    return policy;
}

} // namespace core::nacos
