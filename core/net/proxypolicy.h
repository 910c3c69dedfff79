// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace core::net {

/// How a connection leaves this machine. HTTP takes all four; gRPC takes System (the environment's http(s)_proxy), None and Http
/// (CONNECT), and answers Socks5 with Error::Kind::Unsupported.
struct ProxyPolicy {
    enum class Kind { System, None, Http, Socks5 };
    Kind kind = Kind::System;
    QString host;
    quint16 port = 0;

    friend bool operator==(const ProxyPolicy &, const ProxyPolicy &) = default;
};

} // namespace core::net
