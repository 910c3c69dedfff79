// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/proxyfactory.h"

#include "core/net/sshtunnel.h"

#include <QHostAddress>

using namespace Qt::StringLiterals;

namespace core::net {

namespace {

/// Only CONNECT, also for plain http: the way is for bytes. Without a tunnel it leads nowhere.
QNetworkProxy tunnelProxy(const ProxyPolicy &policy)
{
    QNetworkProxy proxy(QNetworkProxy::HttpProxy, u"127.0.0.1"_s, policy.tunnel ? policy.tunnel->port() : 0);
    proxy.setCapabilities(QNetworkProxy::TunnelingCapability | QNetworkProxy::HostNameLookupCapability);
    if (policy.tunnel)
        proxy.setRawHeader("Proxy-Authorization", policy.tunnel->authorization());
    return proxy;
}

} // namespace

ProxyFactory::ProxyFactory(ProxyPolicy policy)
    : m_policy(std::move(policy))
{
}

QList<QNetworkProxy> ProxyFactory::queryProxy(const QNetworkProxyQuery &query)
{
    switch (m_policy.kind) {
    case ProxyPolicy::Kind::None:
        break;
    case ProxyPolicy::Kind::Http:
        return {QNetworkProxy(QNetworkProxy::HttpProxy, m_policy.host, m_policy.port)};
    case ProxyPolicy::Kind::Socks5:
        return {QNetworkProxy(QNetworkProxy::Socks5Proxy, m_policy.host, m_policy.port)};
    case ProxyPolicy::Kind::Ssh:
        return {tunnelProxy(m_policy)};
    case ProxyPolicy::Kind::System:
        if (!isLoopback(query.peerHostName()))
            return systemProxyForQuery(query);
        break;
    }
    return {QNetworkProxy(QNetworkProxy::NoProxy)};
}

bool isLoopback(const QString &host)
{
    return host.compare("localhost"_L1, Qt::CaseInsensitive) == 0 || QHostAddress(host).isLoopback();
}

} // namespace core::net
