// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/grpc/runtimecore.h"

#include <algorithm>
#include <QCoreApplication>
#include <QEvent>
#include <QObject>
#include <utility>

namespace core::net {

CallCore::~CallCore()
{
    Q_ASSERT(m_thread == std::this_thread::get_id());
}

RuntimeCore::RuntimeCore(QObject *sink)
    : m_sink(sink)
{
}

// Mutex held.
void RuntimeCore::post()
{
    if (m_sink && !std::exchange(m_posted, true))
        QCoreApplication::postEvent(m_sink, new QEvent(DrainEvent));
}

bool RuntimeCore::begin(const std::shared_ptr<CallCore> &call)
{
    const std::lock_guard lock(m_mutex);
    if (m_closed)
        return false;
    call->m_live = true;
    m_live.insert(call.get());
    ++call->m_channel->m_live;
    return true;
}

void RuntimeCore::wake(std::shared_ptr<CallCore> call)
{
    if (!call)
        return;
    const std::lock_guard lock(m_mutex);
    if (!std::exchange(call->m_queued, true))
        m_ready.push_back(std::move(call));
    post();
}

void RuntimeCore::end(std::shared_ptr<CallCore> call)
{
    const std::lock_guard lock(m_mutex);
    if (std::exchange(call->m_live, false)) {
        m_live.erase(call.get());
        ChannelState *channel = call->m_channel;
        if (--channel->m_live == 0 && channel->m_dropped)
            m_somethingToBury = true;
    }
    // Even when it is queued already: the last reference holds the channel and must go in the GUI thread.
    call->m_queued = true;
    m_ready.push_back(std::move(call));
    post();
    if (m_live.empty())
        m_idle.notify_all();
}

void RuntimeCore::add(std::shared_ptr<ChannelState> channel)
{
    const std::lock_guard lock(m_mutex);
    m_channels.push_back(std::move(channel));
}

void RuntimeCore::drop(ChannelState *channel)
{
    std::vector<std::shared_ptr<CallCore>> toCancel;
    {
        const std::lock_guard lock(m_mutex);
        channel->m_dropped = true;
        if (channel->m_live == 0)
            m_somethingToBury = true;
        for (CallCore *call : m_live) {
            if (call->m_channel == channel)
                toCancel.push_back(call->shared_from_this());
        }
    }
    for (const auto &call : toCancel)
        call->cancelOnWire();
    bury();
}

// In the GUI thread and without the mutex: closing waits for gRPC's threads.
void RuntimeCore::bury()
{
    std::vector<std::shared_ptr<ChannelState>> buried;
    {
        const std::lock_guard lock(m_mutex);
        if (!std::exchange(m_somethingToBury, false))
            return;
        std::erase_if(m_channels, [&](std::shared_ptr<ChannelState> &channel) {
            if (!channel->m_dropped || channel->m_live != 0)
                return false;
            buried.push_back(std::move(channel));
            return true;
        });
    }
    for (const auto &channel : buried)
        channel->close();
}

void RuntimeCore::drain()
{
    std::vector<std::shared_ptr<CallCore>> ready;
    {
        const std::lock_guard lock(m_mutex);
        m_posted = false;
        ready.swap(m_ready);
        for (const auto &call : ready)
            call->m_queued = false;
    }
    for (auto &call : ready) {
        call->deliver();
        call.reset(); // before the next one: what a handler holds may be big
    }
    bury();
}

bool RuntimeCore::shutdown(std::chrono::milliseconds limit)
{
    std::vector<std::shared_ptr<CallCore>> toCancel;
    {
        const std::lock_guard lock(m_mutex);
        m_closed = true;
        m_sink = nullptr;
        for (CallCore *call : m_live)
            toCancel.push_back(call->shared_from_this());
    }
    for (const auto &call : toCancel)
        call->cancelOnWire();
    toCancel.clear();

    std::vector<std::shared_ptr<CallCore>> ready;
    std::vector<std::shared_ptr<ChannelState>> channels;
    bool clean = false;
    {
        std::unique_lock lock(m_mutex);
        clean = m_idle.wait_for(lock, limit, [this] { return m_live.empty(); });
        ready.swap(m_ready);
        if (clean)
            channels.swap(m_channels);
        else
            // Closing a channel with calls on it may block for ever.
            new std::vector<std::shared_ptr<ChannelState>>(std::exchange(m_channels, {}));
    }
    ready.clear(); // their contexts hold the channel as well
    for (const auto &channel : channels)
        channel->close();
    return clean;
}

std::size_t RuntimeCore::liveCalls() const
{
    const std::lock_guard lock(m_mutex);
    return m_live.size();
}

std::size_t RuntimeCore::openChannels() const
{
    const std::lock_guard lock(m_mutex);
    return m_channels.size();
}

} // namespace core::net
