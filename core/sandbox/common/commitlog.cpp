// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/common/commitlog.h"

#include <QLoggingCategory>

namespace core::sandbox {

Q_LOGGING_CATEGORY(logSandboxData, "signalbox.sandbox.data", QtInfoMsg)

CommitLog::CommitLog(std::unique_ptr<Database> database)
    : m_database(std::move(database))
{
}

void CommitLog::start()
{
    if (m_database)
        m_thread = std::thread([this] { work(); });
}

CommitLog::~CommitLog()
{
    stop();
}

void CommitLog::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_one();
    if (m_thread.joinable())
        m_thread.join();
}

CommitLog::Accepted CommitLog::submit(Write &write)
{
    if (!m_database)
        return Accepted::InMemory;
    {
        const std::lock_guard lock(m_mutex);
        if (m_refusing || m_stopping)
            return Accepted::Refused;
        m_waiting.push_back(std::move(write));
        if (m_waiting.size() > 1)
            return Accepted::Queued; // the thread has been told already
    }
    m_wake.notify_one();
    return Accepted::Queued;
}

void CommitLog::work()
{
    for (;;) {
        std::vector<Write> batch;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [this] { return m_stopping || !m_waiting.empty(); });
            if (m_waiting.empty())
                return;
            batch.swap(m_waiting);
        }
        commit(std::move(batch));
    }
}

void CommitLog::commit(std::vector<Write> batch)
{
    bool durable = m_database->execute("BEGIN IMMEDIATE");
    for (size_t i = 0; durable && i < batch.size(); ++i)
        durable = batch[i].persist(*m_database);
    durable = durable && m_database->execute("COMMIT");
    if (!durable) {
        qCWarning(logSandboxData) << "cannot write:" << m_database->lastError();
        m_database->execute("ROLLBACK");
        {
            const std::lock_guard lock(m_mutex);
            m_refusing = true;
            std::move(m_waiting.begin(), m_waiting.end(), std::back_inserter(batch));
            m_waiting.clear();
        }
        for (auto write = batch.rbegin(); write != batch.rend(); ++write)
            write->undo();
        const std::lock_guard lock(m_mutex);
        m_refusing = false;
    }
    for (const Write &write : batch)
        write.done(durable);
}

} // namespace core::sandbox
