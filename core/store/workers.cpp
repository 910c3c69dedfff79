// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/workers.h"

#include <QMetaObject>
#include <utility>

namespace core::store {

Workers::Workers(QObject *parent)
    : QObject(parent)
{
    m_threads[Writer] = std::thread([this] { writeLoop(); });
    for (int lane = Writer + 1; lane < Lanes; ++lane)
        m_threads.at(size_t(lane)) = std::thread([this, lane] { readLoop(lane); });
}

Workers::~Workers()
{
    stop();
}

void Workers::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
        m_reads.clear();
        m_background.clear();
    }
    m_toWrite.notify_all();
    m_toRead.notify_all();
    for (std::thread &thread : m_threads) {
        if (thread.joinable())
            thread.join();
    }
}

bool Workers::isStopping() const
{
    const std::lock_guard lock(m_mutex);
    return m_stopping;
}

void Workers::write(WriteTask task)
{
    {
        const std::lock_guard lock(m_mutex);
        (task.urgency == WriteTask::Urgency::Now ? m_now : m_later).push_back(std::move(task));
    }
    m_toWrite.notify_one();
}

void Workers::read(std::function<void(int)> job, ReadUrgency urgency)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_stopping)
            return;
        (urgency == ReadUrgency::Now ? m_reads : m_background).push_back(std::move(job));
    }
    m_toRead.notify_one();
}

void Workers::deliver(std::function<void()> call)
{
    {
        const std::lock_guard lock(m_deliveryMutex);
        m_deliveries.push_back(std::move(call));
        if (std::exchange(m_posted, true))
            return;
    }
    QMetaObject::invokeMethod(
        this, [this] { deliverAll(); }, Qt::QueuedConnection);
}

void Workers::deliverAll()
{
    std::vector<std::function<void()>> calls;
    {
        const std::lock_guard lock(m_deliveryMutex);
        m_posted = false;
        calls.swap(m_deliveries);
    }
    for (const auto &call : calls)
        call();
}

void Workers::writeLoop()
{
    std::unique_lock lock(m_mutex);
    while (true) {
        m_toWrite.wait(lock, [this] { return m_stopping || !m_now.empty() || !m_later.empty(); });
        std::deque<WriteTask> &queue = m_now.empty() ? m_later : m_now;
        if (queue.empty())
            return; // stopping, and everything is written
        std::vector<WriteTask> group;
        group.push_back(std::move(queue.front()));
        queue.pop_front();
        // What came in for the same target while the last group was being synced goes together: one sync for all of it.
        int weight = group.front().weight;
        while (group.front().work && !queue.empty() && queue.front().work && queue.front().target == group.front().target &&
               weight + queue.front().weight <= WriteTarget::GroupLimit) {
            weight += queue.front().weight;
            group.push_back(std::move(queue.front()));
            queue.pop_front();
        }
        lock.unlock();
        if (group.front().work)
            group.front().target->writeGroup(group);
        else
            group.front().run();
        group.clear(); // outside the lock: it may drop the last reference to a database
        lock.lock();
    }
}

void Workers::readLoop(int lane)
{
    std::unique_lock lock(m_mutex);
    while (true) {
        const auto ready = [this] { return m_stopping || !m_reads.empty() || (!m_background.empty() && !m_backgroundBusy); };
        m_toRead.wait(lock, ready);
        if (m_stopping)
            return;
        const bool background = m_reads.empty();
        std::deque<std::function<void(int)>> &queue = background ? m_background : m_reads;
        std::function<void(int)> job = std::move(queue.front());
        queue.pop_front();
        if (background)
            m_backgroundBusy = true;
        lock.unlock();
        job(lane);
        job = {};
        lock.lock();
        if (background) {
            m_backgroundBusy = false;
            if (!m_background.empty())
                m_toRead.notify_one();
        }
    }
}

} // namespace core::store
