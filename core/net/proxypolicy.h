// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <QString>

namespace core::net {

class SshTunnel;

/// How a connection leaves this machine. HTTP takes all; gRPC takes System (the environment's http(s)_proxy), None, Http (CONNECT) and
/// Ssh, and answers Socks5 with Error::Kind::Unsupported.
struct ProxyPolicy {
    enum class Kind { System, None, Http, Socks5, Ssh };
    Kind kind = Kind::System;
    QString host;     ///< Ssh: the jump host as ssh takes it
    quint16 port = 0; ///< Ssh: 0 is what ssh takes
    /// Ssh: made by withTunnel(), shared by all the connections of one session. Without it nothing is connected.
    std::shared_ptr<SshTunnel> tunnel = nullptr;

    friend bool operator==(const ProxyPolicy &, const ProxyPolicy &) = default;
};

} // namespace core::net
