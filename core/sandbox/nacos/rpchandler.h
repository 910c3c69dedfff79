// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nacos/wire/message.h"

#include <functional>
#include <memory>
#include <QString>
#include <string>

namespace core::sandbox::nacos {

namespace wire = core::nacos::wire;

/// The stream of one client. Thread-safe.
class PushChannel {
    Q_DISABLE_COPY_MOVE(PushChannel)
public:
    PushChannel() = default;
    virtual ~PushChannel() = default;
    /// Queued; written one after another.
    virtual void write(const wire::Message &message) = 0;
    /// Ends the stream with a status that is not OK: some SDKs do not notice a clean end.
    virtual void close(const QString &reason) = 0;
    /// Called about every second after close(), for an end that waits for a client that does not read.
    virtual void hurry() = 0;
};

/// What stands behind a GrpcServer. Knows no gRPC; called in gRPC's threads. `peer` names the TCP connection.
class RpcHandler {
    Q_DISABLE_COPY_MOVE(RpcHandler)
public:
    RpcHandler() = default;
    virtual ~RpcHandler() = default;
    /// Called once, possibly in another thread. A message without a type: no answer, the call fails as on a broken connection.
    using Answer = std::function<void(const wire::Message &)>;
    virtual void request(const std::string &peer, const wire::Message &request, Answer answer) const = 0;
    /// Something on the stream; `channel` is that stream.
    virtual void streamed(const std::string &peer, const wire::Message &message, const std::shared_ptr<PushChannel> &channel) const = 0;
    virtual void streamEnded(const std::string &peer, const PushChannel *channel) const = 0;
};

} // namespace core::sandbox::nacos
