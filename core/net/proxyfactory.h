// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/proxypolicy.h"

#include <QNetworkProxy>

namespace core::net {

/// Private to core/net: the policy for QNetworkAccessManager and sockets.
class ProxyFactory final : public QNetworkProxyFactory {
public:
    explicit ProxyFactory(ProxyPolicy policy);
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &query) override;

private:
    ProxyPolicy m_policy;
};

/// The system's proxy is never asked to reach this machine.
bool isLoopback(const QString &host);

} // namespace core::net
