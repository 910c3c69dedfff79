// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/net/proxypolicy.h"
#include "core/net/tlspolicy.h"

#include <QList>
#include <QString>
#include <QUrl>

namespace core::profiles {
struct Profile;
struct Tls;
struct Proxy;
} // namespace core::profiles

namespace core::nacos {

/// One node of a registry as the profile names it.
struct ServerAddress {
    QUrl origin;         ///< scheme, host, port
    QString contextPath; ///< "/nacos" or empty
    QString grpcTarget;  ///< host:port, IPv6 in brackets
    QString host() const { return origin.host(); }
    QUrl base() const;         ///< origin and context path
    QUrl consoleGuess() const; ///< the same host at port 8080, without a path
    friend bool operator==(const ServerAddress &, const ServerAddress &) = default;
};

/// The servers of a profile in its order; Usage: one is not an address, or there is none. A path in an address wins over the
/// profile's context path.
Result<QList<ServerAddress>> serversOf(const profiles::Profile &profile);

/// What names the registry whichever profile leads to it: its addresses in one spelling and order.
QString serverIdentity(const profiles::Profile &profile);

/// Console addresses to try, best first: the profile's, or the guess for each server.
QList<QUrl> consoleCandidates(const profiles::Profile &profile, const QList<ServerAddress> &servers);

net::TlsPolicy tlsPolicy(const profiles::Tls &tls, const QString &passphrase);
net::ProxyPolicy proxyPolicy(const profiles::Proxy &proxy);

} // namespace core::nacos
