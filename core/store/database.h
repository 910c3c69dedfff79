// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/reply.h"
#include "core/base/stream.h"
#include "core/store/sql/connection.h"
#include "core/store/workers.h"

#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <QPointer>
#include <QStringList>

class QFileSystemWatcher;
class QTimer;

namespace core::store {

class Home;

/// How many rows came over from a damaged file.
struct Salvage {
    qint64 saved = 0, lost = 0; ///< lost: known to be missing; more may be
    std::optional<Error> error; ///< the new file cannot be written: nothing is lost, it is tried again later

    Salvage &operator+=(const Salvage &part)
    {
        saved += part.saved;
        lost += part.lost;
        if (!error)
            error = part.error;
        return *this;
    }
};

/// One file of the home.
struct DatabaseSpec {
    enum class Sync {
        Full,  ///< on disk when a write answers
        Normal ///< survives a crash of the program, not always one of the machine
    };
    QString file;
    Sync sync = Sync::Full;
    QStringList prelude;           ///< pragmas that must come before a new file's first page
    QList<QStringList> migrations; ///< statements that bring schema version i to i + 1; never changed once shipped
    /// Copies what can be read from the damaged file into the new one, inside a transaction; empty: the file is disposable.
    std::function<Salvage(Connection &damaged, Connection &fresh)> salvage;
    /// Writer thread, around each group: before BEGIN and after COMMIT (or ROLLBACK); for what must be in step with the file.
    std::function<Result<Done>(Connection &)> beforeGroup;
    enum class Ended { Committed, RolledBack };
    std::function<void(Connection &, Ended)> afterGroup;
};

/// The part of a database that the worker threads share.
class DatabaseCore final : public WriteTarget, public std::enable_shared_from_this<DatabaseCore> {
public:
    DatabaseCore(Home &home, DatabaseSpec spec);
    ~DatabaseCore() override;

    using Work = std::function<Result<Done>(Connection &)>;
    using Finish = std::function<void(const Result<Done> &)>;
    struct Read {
        Work work;
        Finish finish; ///< in the thread of the home
        std::shared_ptr<std::atomic_bool> cancelled;
        Workers::ReadUrgency urgency = Workers::ReadUrgency::Now;
    };
    void queueRead(Read read);
    void queueWrite(WriteTask task);
    void queueOpen();
    void close(); ///< waits until everything queued for writing is done
    void writeGroup(std::vector<WriteTask> &tasks) override;
    /// Calls `answer` in the thread of the home when others committed since the last call.
    void askChanged(std::function<void()> answer);

    Home &home() { return m_home; }
    const DatabaseSpec &spec() const { return m_spec; }
    std::function<void()> onOpened; ///< in the thread of the home

private:
    enum class State { Opening, Ready, Failed };
    struct Lane {
        std::unique_ptr<Connection> connection;
        int generation = -1;
    };

    Result<Done> ensureReady(); // writer
    Result<Done> openFile();    // writer
    std::function<bool()> ending();
    static Result<Done> turnToWal(Connection &connection);
    Result<Done> setUp(Connection &connection) const;       // pragmas
    Result<Done> migrate(Connection &connection, int from); // writer
    Result<Done> quarantine();                              // writer
    Result<Done> rebuild(Salvage &sum);                     // writer
    void finishQuarantine();                                // writer
    static void makePrivate(const QString &path);
    Result<Done> salvageFrom(const QString &damaged, Connection &fresh, Salvage &sum);
    void exclusively(const std::function<void()> &what); // writer; no reader is at work meanwhile
    Result<Done> transact(std::vector<WriteTask> &tasks, std::vector<Result<Done>> &results);
    Result<Done> readIn(int lane, const Work &work);
    Result<Connection *> readConnection(int lane);
    void damaged();
    void closeLanes(); // exclusively()
    Error explained(const Error &error) const;
    void checkInBackground();
    void setFailed(const Error &error);
    QString path() const;

    Home &m_home;
    const DatabaseSpec m_spec;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    State m_state = State::Opening; // m_mutex
    Error m_error;                  // m_mutex
    int m_readers = 0;              // m_mutex: reading right now
    bool m_closing = false;         // m_mutex
    bool m_damaged = false;         // m_mutex
    std::atomic_int m_generation = 0;
    std::atomic_bool m_openQueued = false;
    std::chrono::steady_clock::time_point m_lastAttempt;
    bool m_attempted = false;                 // writer
    std::array<Lane, Workers::Lanes> m_lanes; // each by its own thread, or exclusively()
    qint64 m_dataVersion = 0;                 // writer
};

struct WriteUrgency {
    WriteTask::Urgency urgency = WriteTask::Urgency::Now;
    int weight = 1; ///< rows
};

/// One file of the home behind the async convention. Lives in the GUI thread; `work` functions run in worker threads and must not touch
/// anything that is not theirs.
class Database final {
    Q_DISABLE_COPY_MOVE(Database)
public:
    Database(Home &home, DatabaseSpec spec);
    ~Database();

    using Urgent = WriteUrgency;
    /// `work` may run twice (when the file turns out to be damaged). Not cancelled by losing its receivers.
    template <class T>
    Reply<T> *write(std::function<Result<T>(Connection &)> work, Urgent urgent = {})
    {
        auto *reply = m_operations.track(new Reply<T>);
        reply->setWhenAbandoned(Operation::WhenAbandoned::Continue);
        auto value = std::make_shared<std::optional<T>>();
        WriteTask task;
        task.urgency = urgent.urgency;
        task.weight = urgent.weight;
        task.work = [value, work = std::move(work)](Connection &connection) -> Result<Done> {
            Result<T> result = work(connection);
            if (!result)
                return fail(result.error());
            *value = std::move(*result);
            return Done{};
        };
        task.done = [value, workers = m_workers, reply = QPointer<Reply<T>>(reply)](const Result<Done> &result) {
            workers->deliver([value, reply, result] {
                if (!reply)
                    return;
                if (result)
                    reply->settle(std::move(**value));
                else
                    reply->abort(result.error());
            });
        };
        m_core->queueWrite(std::move(task));
        return reply;
    }

    template <class T>
    Reply<T> *read(std::function<Result<T>(Connection &)> work, Workers::ReadUrgency urgency = Workers::ReadUrgency::Now)
    {
        auto *reply = m_operations.track(new Reply<T>);
        auto cancelled = std::make_shared<std::atomic_bool>(false);
        reply->onCancel = [cancelled] { *cancelled = true; };
        auto value = std::make_shared<std::optional<T>>();
        m_core->queueRead({[value, work = std::move(work)](Connection &connection) -> Result<Done> {
                               Result<T> result = work(connection);
                               if (!result)
                                   return fail(result.error());
                               *value = std::move(*result);
                               return Done{};
                           },
                           [value, reply = QPointer<Reply<T>>(reply)](const Result<Done> &result) {
                               if (!reply)
                                   return;
                               if (result)
                                   reply->settle(std::move(**value));
                               else
                                   reply->abort(result.error());
                           },
                           cancelled, urgency});
        return reply;
    }

    template <class T>
    struct Page {
        QList<T> rows;
        bool last = false;
    };
    /// `next` is called again and again, never twice at a time, until it says last. It keeps its place itself (no cursor stays open, so
    /// a slow page holds up nobody); a call that failed may be repeated.
    template <class T>
    Stream<T> *stream(std::function<Result<Page<T>>(Connection &)> next, Workers::ReadUrgency urgency = Workers::ReadUrgency::Now)
    {
        auto *stream = m_operations.track(new Stream<T>);
        auto pump = std::make_shared<Pump<T>>();
        pump->next = std::move(next);
        pump->stream = stream;
        pump->core = m_core;
        pump->urgency = urgency;
        pump->cancelled = std::make_shared<std::atomic_bool>(false);
        stream->onCancel = [cancelled = pump->cancelled] { *cancelled = true; };
        request(pump);
        return stream;
    }

    /// Calls back, as long as `context` lives, when another program committed something.
    void watch(QObject *context, std::function<void()> changedElsewhere);
    Home &home() { return m_core->home(); }
    const std::shared_ptr<DatabaseCore> &core() { return m_core; }

private:
    template <class T>
    struct Pump {
        std::function<Result<Page<T>>(Connection &)> next;
        QPointer<Stream<T>> stream;
        std::shared_ptr<DatabaseCore> core;
        std::shared_ptr<std::atomic_bool> cancelled;
        Workers::ReadUrgency urgency = Workers::ReadUrgency::Now;
    };
    template <class T>
    static void request(const std::shared_ptr<Pump<T>> &pump)
    {
        auto page = std::make_shared<Page<T>>();
        pump->core->queueRead({[pump, page](Connection &connection) -> Result<Done> {
                                   Result<Page<T>> result = pump->next(connection);
                                   if (!result)
                                       return fail(result.error());
                                   *page = std::move(*result);
                                   return Done{};
                               },
                               [pump, page](const Result<Done> &result) {
                                   Stream<T> *stream = pump->stream;
                                   if (!stream || stream->isSettled())
                                       return;
                                   if (!result)
                                       return stream->settle(fail(result.error()));
                                   const auto flow = page->rows.isEmpty() ? Stream<T>::Flow::GoOn : stream->push(std::move(page->rows));
                                   if (page->last)
                                       stream->settle(Done{});
                                   else if (flow == Stream<T>::Flow::GoOn)
                                       request(pump);
                                   else
                                       stream->onResume = [pump] { request(pump); };
                               },
                               pump->cancelled, pump->urgency});
    }
    struct Watch {
        QPointer<QObject> context;
        std::function<void()> call;
    };
    void lookAround();
    size_t m_stage = 0; ///< of LookAroundAfter

    std::shared_ptr<DatabaseCore> m_core;
    Workers *m_workers;
    std::unique_ptr<QFileSystemWatcher> m_watcher;
    std::unique_ptr<QTimer> m_lookAround;
    std::vector<Watch> m_watches;
    OperationTracker m_operations;
};

/// The database of that file in this home, made when nobody has it yet: two Database objects for one file would not know of each
/// other's connections.
std::shared_ptr<Database> sharedDatabase(Home &home, const DatabaseSpec &spec);

} // namespace core::store
