// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <memory>
#include <QObject>

namespace core::net {

class RuntimeCore;

/// Every gRPC call and channel of the process: made by the program, passed down, destroyed after all who make calls. Lives in the GUI
/// thread; answers come there in batches (one queued event for any number of completions). gRPC itself stays behind grpc/bridge.h,
/// which only .cpp files of protocol modules include.
class GrpcRuntime final : public QObject {
    Q_OBJECT
public:
    explicit GrpcRuntime(QObject *parent = nullptr);
    /// Does shutdown().
    ~GrpcRuntime() override;

    enum class Ending {
        Clean,    ///< every call ended, every channel is closed
        Abandoned ///< some did not within the limit; they are leaked on purpose, the process is about to end
    };
    /// From aboutToQuit: cancels all calls, waits on a condition variable until they have ended (no event loop is needed), then closes
    /// the channels. The handlers of calls that were under way are not called any more; calls made afterwards fail with Cancelled.
    Ending shutdown(std::chrono::milliseconds limit = std::chrono::seconds(3));

    int liveCalls() const;
    int openChannels() const;

    /// For grpc/bridge.h.
    const std::shared_ptr<RuntimeCore> &core() const { return m_core; }

protected:
    bool event(QEvent *event) override;

private:
    std::shared_ptr<RuntimeCore> m_core;
};

} // namespace core::net
