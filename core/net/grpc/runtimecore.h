// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <QEvent>
#include <thread>
#include <unordered_set>
#include <vector>

class QObject;

namespace core::net {

class ChannelState;

/// One call as the runtime sees it. Made in the GUI thread, completed on a gRPC thread, delivered in the GUI thread.
class CallCore : public std::enable_shared_from_this<CallCore> {
public:
    explicit CallCore(ChannelState *channel)
        : m_channel(channel)
    {
    }
    CallCore(const CallCore &) = delete;
    CallCore &operator=(const CallCore &) = delete;
    /// In the GUI thread: a call holds its channel, and the last reference to a channel must not go on a gRPC thread.
    virtual ~CallCore();

    /// Any thread; may be called after the end.
    virtual void cancelOnWire() = 0;
    /// GUI thread: hands out what has come in.
    virtual void deliver() = 0;

private:
    friend class RuntimeCore;
    ChannelState *m_channel;
    std::thread::id m_thread = std::this_thread::get_id();
    bool m_queued = false; ///< guarded by RuntimeCore::m_mutex
    bool m_live = false;   ///< the same
};

/// A channel as the runtime sees it: closed in the GUI thread once its owner is gone and its last call has ended.
class ChannelState {
public:
    virtual ~ChannelState() = default;
    /// GUI thread, no calls left: lets go of the channel.
    virtual void close() = 0;

private:
    friend class RuntimeCore;
    std::size_t m_live = 0; ///< guarded by RuntimeCore::m_mutex
    bool m_dropped = false; ///< the same
};

/// Shared by GrpcRuntime and every call. Counts live calls, carries completions to the GUI thread, buries channels.
class RuntimeCore {
public:
    /// What the sink receives when there is something to drain().
    static constexpr QEvent::Type DrainEvent = static_cast<QEvent::Type>(QEvent::User + 7001);

    explicit RuntimeCore(QObject *sink);

    /// GUI thread. False after shutdown: the call must not be started.
    bool begin(const std::shared_ptr<CallCore> &call);
    /// Any thread: something to deliver. Any number of calls until the GUI thread gets round to it cost one queued event.
    void wake(std::shared_ptr<CallCore> call);
    /// gRPC thread, the very last thing a call's reactor does: wake() and one live call less.
    void end(std::shared_ptr<CallCore> call);

    void add(std::shared_ptr<ChannelState> channel);
    /// GUI thread: the owner no longer needs it; calls on it are cancelled.
    void drop(ChannelState *channel);

    /// GUI thread.
    void drain();
    bool shutdown(std::chrono::milliseconds limit);
    std::size_t liveCalls() const;
    std::size_t openChannels() const;

private:
    void post();
    void bury();

    mutable std::mutex m_mutex;
    std::condition_variable m_idle;
    QObject *m_sink;
    bool m_posted = false, m_closed = false, m_somethingToBury = false;
    std::unordered_set<CallCore *> m_live;
    std::vector<std::shared_ptr<CallCore>> m_ready;
    std::vector<std::shared_ptr<ChannelState>> m_channels;
};

} // namespace core::net
