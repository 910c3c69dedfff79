// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sandbox/common/database.h"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace core::sandbox {

/// One change of the state in memory on its way to the disk.
struct Write {
    std::function<bool(Database &)> persist; ///< in the writer thread, inside a transaction
    std::function<void()> undo;              ///< takes the change back in memory when it could not be written
    std::function<void(bool durable)> done;  ///< when it is on the disk, or was taken back; in the writer thread
};

/// Group commit: changes are queued in the order they were made in memory, a thread writes everything waiting in one transaction and
/// tells each of them after the fsync. When the disk refuses, everything not yet written is taken back in reverse order and answered
/// as failed; later changes are tried again.
class CommitLog {
    Q_DISABLE_COPY_MOVE(CommitLog)
public:
    /// Without a database nothing is kept: `done(true)` is called by submit's caller through `finish`.
    explicit CommitLog(std::unique_ptr<Database> database);
    /// Begins to write. What was submitted before goes into one transaction, all or nothing.
    void start();
    /// Writes what is waiting.
    ~CommitLog();

    enum class Accepted {
        Queued,   ///< done() will be called later
        InMemory, ///< nothing to write: the caller calls done(true) itself once it has let its locks go
        Refused   ///< taking back is under way: the caller undoes its change at once and fails
    };
    /// Call while holding the lock under which the change was made, so that the order on disk is the order in memory.
    Accepted submit(Write &write);
    bool isPersistent() const { return m_database != nullptr; }
    /// Stops the thread after writing what is waiting; further changes are refused.
    void stop();

private:
    void work();
    void commit(std::vector<Write> batch);
    std::unique_ptr<Database> m_database;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::vector<Write> m_waiting;
    bool m_refusing = false, m_stopping = false;
    std::thread m_thread;
};

} // namespace core::sandbox
