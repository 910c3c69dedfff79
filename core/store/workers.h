// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <array>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <QObject>
#include <thread>
#include <vector>

namespace core::store {

class WriteTarget;

/// One piece of writing. `work` runs in the writer thread inside a transaction it may share with others of the same target; `done` is
/// called in the writer thread once that transaction is on disk or has failed.
struct WriteTask {
    enum class Urgency {
        Now,  ///< somebody waits: ledger, drafts
        Later ///< the mirror and other things that may wait a moment
    };
    std::shared_ptr<WriteTarget> target;
    Urgency urgency = Urgency::Now;
    int weight = 1;            ///< rows, for the limit of a group
    std::function<void()> run; ///< for a task outside any transaction: then `work` is empty
    std::function<Result<Done>(class Connection &)> work;
    std::function<void(const Result<Done> &)> done;
};

/// Something the writer writes to, one transaction for a group of tasks.
class WriteTarget {
public:
    static constexpr int GroupLimit = 64;
    virtual ~WriteTarget() = default;
    virtual void writeGroup(std::vector<WriteTask> &tasks) = 0;
};

/// The threads of this process that touch databases: one writer, two readers. What is queued for writing is written before the
/// destructor returns; what is queued for reading is dropped. Results come back through deliver(), in the thread of this object.
class Workers final : public QObject {
public:
    static constexpr int Writer = 0;
    static constexpr int Lanes = 3; ///< the writer and two readers
    enum class ReadUrgency {
        Now,
        Background ///< one reader only, when nobody waits
    };

    explicit Workers(QObject *parent = nullptr);
    ~Workers() override;

    void write(WriteTask task);
    /// `job(lane)` runs in a reader thread; lane is 1 or 2.
    void read(std::function<void(int)> job, ReadUrgency urgency = ReadUrgency::Now);
    /// Any thread. `call` runs in the thread of this object, in order, soon; not at all when this object is gone by then.
    void deliver(std::function<void()> call);
    /// Writes what is queued and ends the threads; the destructor does the same.
    void stop();
    bool isStopping() const;

private:
    void writeLoop();
    void readLoop(int lane);
    void deliverAll();

    mutable std::mutex m_mutex;
    std::condition_variable m_toWrite, m_toRead;
    std::deque<WriteTask> m_now, m_later;
    std::deque<std::function<void(int)>> m_reads, m_background;
    bool m_stopping = false, m_backgroundBusy = false;
    std::mutex m_deliveryMutex;
    std::vector<std::function<void()>> m_deliveries;
    bool m_posted = false;
    std::array<std::thread, Lanes> m_threads;
};

} // namespace core::store
