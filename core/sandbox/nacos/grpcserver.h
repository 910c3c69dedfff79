// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sandbox/common/faults.h"
#include "core/sandbox/nacos/rpchandler.h"

namespace core::sandbox::nacos {

/// The gRPC plane on loopback: `/Request/request` and `/BiRequestStream/requestBiStream` in front of an RpcHandler. Its threads are
/// gRPC's own. stop() returns when every call has ended.
class GrpcServer {
    Q_DISABLE_COPY_MOVE(GrpcServer)
public:
    /// Runs something later, in any thread; for the fault `latency`.
    using Later = std::function<void(int milliseconds, std::function<void()>)>;

    GrpcServer(const RpcHandler &handler, const Faults &faults, Later later);
    ~GrpcServer();
    enum class Families { Ipv4, Both };
    /// Error::Kind::Network: the port is taken.
    Result<Done> listenOnLoopback(quint16 port, Families families);
    void stop();

private:
    struct Private;
    std::unique_ptr<Private> m_d;
};

} // namespace core::sandbox::nacos
