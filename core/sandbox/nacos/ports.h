// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sandbox/common/delayqueue.h"
#include "core/sandbox/common/httpserver.h"
#include "core/sandbox/nacos/grpcserver.h"

#include <optional>

namespace core::sandbox::nacos {

/// The three ports of a registry, on loopback: HTTP on N, gRPC on N+1000, the console's HTTP anywhere. Main thread.
class Ports {
    Q_DISABLE_COPY_MOVE(Ports)
public:
    /// Who answers. All of it outlives the ports.
    struct Behind {
        HttpServer::Handler main, console;
        const RpcHandler &rpc;
        const Faults &faults;
    };
    struct Wanted {
        quint16 main = 8848;            ///< 0: a free one whose N+1000 is free as well
        std::optional<quint16> console; ///< none: off; 0: a free one
    };

    Ports() = default;
    ~Ports() { close(); }
    /// Usage: ports that cannot be. Network: one is taken.
    Result<Done> open(const Wanted &wanted, const Behind &behind);
    /// Every call ends; what was delayed happens now.
    void close();
    quint16 main() const { return m_main ? m_main->port() : 0; }
    quint16 grpc() const;
    quint16 console() const { return m_console ? m_console->port() : 0; } ///< 0: off
    DelayQueue &delays() { return m_delays; }

private:
    Result<Done> openPair(quint16 port, const Behind &behind);
    Result<Done> openConsole(quint16 port, const Behind &behind);
    DelayQueue m_delays;
    std::unique_ptr<GrpcServer> m_grpc;
    std::unique_ptr<HttpServer> m_main, m_console;
};

} // namespace core::sandbox::nacos
