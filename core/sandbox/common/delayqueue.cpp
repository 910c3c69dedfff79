// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/common/delayqueue.h"

namespace core::sandbox {

DelayQueue::~DelayQueue()
{
    flush();
}

void DelayQueue::run(int milliseconds, std::function<void()> what)
{
    {
        const std::lock_guard lock(m_mutex);
        if (!m_flushed) {
            m_waiting.emplace(Clock::now() + std::chrono::milliseconds(milliseconds), std::move(what));
            if (!m_thread.joinable())
                m_thread = std::thread([this] { work(); });
            m_wake.notify_one();
            return;
        }
    }
    what();
}

void DelayQueue::flush()
{
    {
        const std::lock_guard lock(m_mutex);
        m_flushed = true;
    }
    m_wake.notify_one();
    if (m_thread.joinable())
        m_thread.join();
}

void DelayQueue::work()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        if (m_waiting.empty()) {
            if (m_flushed)
                return;
            m_wake.wait(lock);
            continue;
        }
        const auto next = m_waiting.begin();
        if (!m_flushed && next->first > Clock::now()) {
            m_wake.wait_until(lock, next->first);
            continue;
        }
        const std::function<void()> what = std::move(next->second);
        m_waiting.erase(next);
        lock.unlock();
        what();
        lock.lock();
    }
}

} // namespace core::sandbox
