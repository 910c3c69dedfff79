// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <thread>

namespace core::sandbox {

/// Runs things later in a thread of its own, which starts with the first of them. Thread-safe.
class DelayQueue {
public:
    DelayQueue() = default;
    DelayQueue(const DelayQueue &) = delete;
    DelayQueue &operator=(const DelayQueue &) = delete;
    ~DelayQueue();
    void run(int milliseconds, std::function<void()> what);
    /// Runs everything that still waits, at once; from now on run() does not wait any more.
    void flush();

private:
    using Clock = std::chrono::steady_clock;
    void work();
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::multimap<Clock::time_point, std::function<void()>> m_waiting;
    std::thread m_thread;
    bool m_flushed = false;
};

} // namespace core::sandbox
