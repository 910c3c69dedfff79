// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/database.h"

#include "core/base/log.h"
#include "core/store/home.h"

#include <array>
#include <fcntl.h>
#include <QFile>
#include <QFileInfo>
#include <QFileSystemWatcher>
#include <QTimer>
#include <semaphore>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace core::store {

namespace {

constexpr std::chrono::seconds RetryAfter{1};
constexpr int WalAttempts = 100; ///< each waits until it was alone with the file
/// A commit shows only after its fsync, through shared memory that no watcher sees; the last event may come long before.
constexpr std::array<std::chrono::milliseconds, 5> LookAroundAfter{std::chrono::milliseconds{30}, std::chrono::milliseconds{150},
                                                                   std::chrono::milliseconds{600}, std::chrono::milliseconds{2000},
                                                                   std::chrono::milliseconds{6000}};

} // namespace

DatabaseCore::DatabaseCore(Home &home, DatabaseSpec spec)
    : m_home(home)
    , m_spec(std::move(spec))
{
}

DatabaseCore::~DatabaseCore() = default;

/// SQLite makes its files with the usual rights; the first file made here decides for its WAL as well.
void DatabaseCore::makePrivate(const QString &path)
{
    const int fd = ::open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd >= 0)
        ::close(fd);
}

QString DatabaseCore::path() const
{
    return m_home.filePath(m_spec.file);
}

void DatabaseCore::queueOpen()
{
    if (m_openQueued.exchange(true))
        return;
    WriteTask task;
    task.target = shared_from_this();
    task.run = [this] {
        m_openQueued = false;
        std::ignore = ensureReady();
    };
    m_home.workers().write(std::move(task));
}

void DatabaseCore::queueWrite(WriteTask task)
{
    task.target = shared_from_this();
    m_home.workers().write(std::move(task));
}

void DatabaseCore::queueRead(Read read)
{
    const auto urgency = read.urgency;
    m_home.workers().read(
        [self = shared_from_this(), read = std::move(read)](int lane) {
            if (*read.cancelled)
                return;
            Result<Done> result = self->readIn(lane, read.work);
            self->m_home.workers().deliver([finish = read.finish, result = std::move(result)] { finish(result); });
        },
        urgency);
}

Result<Done> DatabaseCore::readIn(int lane, const Work &work)
{
    Result<Done> result = Done{};
    for (int attempt = 0; attempt < 2; ++attempt) {
        {
            std::unique_lock lock(m_mutex);
            m_changed.wait(lock, [this] { return m_state != State::Opening || m_closing; });
            if (m_closing)
                return fail(Error::Kind::Cancelled, u"closing"_s);
            if (m_state == State::Failed) {
                const Error error = m_error;
                lock.unlock();
                queueOpen(); // perhaps it works by the next time
                return fail(error);
            }
            ++m_readers;
        }
        const auto connection = readConnection(lane);
        result = connection ? work(**connection) : fail(connection.error());
        {
            const std::lock_guard lock(m_mutex);
            --m_readers;
        }
        m_changed.notify_all();
        if (result || !isDamage(result.error()))
            return result;
        damaged();
    }
    return result;
}

Result<Connection *> DatabaseCore::readConnection(int lane)
{
    Lane &mine = m_lanes.at(size_t(lane));
    if (mine.connection && mine.generation == m_generation)
        return mine.connection.get();
    mine.connection.reset();
    auto access = Connection::Access::ReadOnly;
    // Without rights on the folder a WAL that a crash left can still be read, but none can be made.
    const bool readOnly = m_home.state() == Home::State::ReadOnly && QFile::exists(path());
    if (readOnly && QFileInfo(path() + u"-wal"_s).size() == 0)
        access = Connection::Access::Immutable;
    else if (readOnly)
        access = Connection::Access::ReadOnly;
    else if (m_home.state() == Home::State::ReadOnly || m_home.state() == Home::State::Unusable)
        access = Connection::Access::Memory;
    auto opened = Connection::open(path(), access);
    if (readOnly && access == Connection::Access::ReadOnly && (!opened || !(*opened)->single(u"PRAGMA schema_version"_s)))
        opened = Connection::open(path(), Connection::Access::Immutable);
    if (!opened)
        return fail(opened.error());
    if (access == Connection::Access::Memory) {
        if (const auto made = migrate(**opened, 0); !made)
            return fail(made.error());
    }
    std::ignore = (*opened)->run(u"PRAGMA cache_size = -16000"_s);
    mine.connection = std::move(*opened);
    mine.generation = m_generation;
    return mine.connection.get();
}

void DatabaseCore::damaged()
{
    {
        const std::lock_guard lock(m_mutex);
        m_damaged = true;
        m_state = State::Opening;
        m_attempted = false;
    }
    queueOpen();
}

/// The writer last: only it can move what is in the WAL into the file, so that the file alone is whole.
void DatabaseCore::closeLanes()
{
    for (int lane = Workers::Lanes - 1; lane >= 0; --lane)
        m_lanes.at(size_t(lane)).connection.reset();
}

/// What the disk refuses, in words that help.
Error DatabaseCore::explained(const Error &error) const
{
    if (!isNoSpace(error) || error.message.startsWith(path()))
        return error;
    Error clear = error;
    clear.message = u"%1 cannot be written, perhaps the disk is full (%2)"_s.arg(path(), error.message);
    return clear;
}

void DatabaseCore::setFailed(const Error &error)
{
    {
        const std::lock_guard lock(m_mutex);
        m_state = State::Failed;
        m_error = error;
    }
    m_changed.notify_all();
}

void DatabaseCore::exclusively(const std::function<void()> &what)
{
    {
        std::unique_lock lock(m_mutex);
        m_state = State::Opening;
        m_changed.wait(lock, [this] { return m_readers == 0; });
    }
    what();
    m_changed.notify_all();
}

Result<Done> DatabaseCore::ensureReady()
{
    bool isDamaged = false;
    {
        const std::lock_guard lock(m_mutex);
        if (m_state == State::Ready)
            return Done{};
        const auto now = std::chrono::steady_clock::now();
        if (m_state == State::Failed && m_attempted && now - m_lastAttempt < RetryAfter)
            return fail(m_error);
        m_attempted = true;
        m_lastAttempt = now;
        isDamaged = m_damaged;
    }
    Result<Done> result = Done{};
    exclusively([&] {
        closeLanes();
        ++m_generation;
        result = isDamaged ? quarantine() : openFile();
        if (!result && isDamage(result.error()) && !isDamaged)
            result = quarantine();
        if (!result) {
            result = fail(explained(result.error()));
            m_lanes[Workers::Writer].connection.reset();
            setFailed(result.error());
            return;
        }
        const std::lock_guard lock(m_mutex);
        m_state = State::Ready;
        m_damaged = false;
    });
    if (!result) {
        if (isNoSpace(result.error()))
            m_home.report({.kind = Health::Kind::NoSpace, .file = m_spec.file, .detail = result.error().message});
        qCWarning(logStore).noquote() << m_spec.file << "cannot be opened:" << result.error().message;
        return result;
    }
    m_home.workers().deliver([self = shared_from_this()] {
        if (self->onOpened)
            self->onOpened();
    });
    if (m_home.needsCheck(m_spec.file))
        checkInBackground();
    return result;
}

std::function<bool()> DatabaseCore::ending()
{
    return [this] {
        const std::lock_guard lock(m_mutex);
        return m_closing;
    };
}

Result<Done> DatabaseCore::openFile()
{
    if (m_home.state() == Home::State::ReadOnly || m_home.state() == Home::State::Unusable)
        return Done{}; // readers help themselves, writers are turned away
    if (const auto joined = m_home.share(ending()); !joined)
        return joined;
    finishQuarantine();
    makePrivate(path());
    auto opened = Connection::open(path(), Connection::Access::ReadWrite);
    if (!opened)
        return fail(opened.error());
    Connection &connection = **opened;
    if (const auto set = setUp(connection); !set)
        return set;
    const auto version = connection.single(u"PRAGMA user_version"_s);
    if (!version)
        return fail(version.error());
    const int known = int(m_spec.migrations.size());
    if (version->toInt() < 0) // no version of ours
        return fail(Error::Kind::Internal, u"local database: its version is damaged"_s, int(SqlCode::Corrupt));
    if (version->toInt() > known) {
        const QString why = u"%1 was written by a newer version of this program"_s.arg(m_spec.file);
        m_home.report({.kind = Health::Kind::Newer, .file = m_spec.file, .detail = why});
        return fail(Error::Kind::Internal, why);
    }
    if (version->toInt() < known) {
        // A new file is made by whoever comes first; an old one is changed only while nobody else uses the home.
        const bool existed = version->toInt() > 0;
        if (existed && !m_home.tryExclusive(ending()))
            return fail(Error::Kind::Internal,
                        u"%1 must be brought up to date: end the other programs that use this home"_s.arg(m_spec.file));
        const auto migrated = migrate(connection, version->toInt());
        if (existed) {
            if (const auto shared = m_home.backToShared(ending()); !shared)
                return shared;
        }
        if (!migrated)
            return migrated;
    }
    const auto dataVersion = connection.single(u"PRAGMA data_version"_s);
    m_dataVersion = dataVersion ? dataVersion->toLongLong() : 0;
    m_lanes[Workers::Writer].connection = std::move(*opened);
    return Done{};
}

/// SQLite does not wait for a lock while it turns to WAL: with two programs making the file at once one of them would be refused. It
/// does wait to begin alone.
Result<Done> DatabaseCore::turnToWal(Connection &connection)
{
    for (int attempt = 1;; ++attempt) {
        const auto turned = connection.run(u"PRAGMA journal_mode = WAL"_s);
        if (turned || !isSql(turned.error(), SqlCode::Busy) || attempt == WalAttempts)
            return turned;
        if (const auto alone = connection.run(u"BEGIN EXCLUSIVE"_s); !alone)
            return alone;
        if (const auto ended = connection.run(u"COMMIT"_s); !ended)
            return ended;
    }
}

Result<Done> DatabaseCore::setUp(Connection &connection) const
{
    for (const QString &pragma : m_spec.prelude) {
        if (const auto set = connection.run(pragma); !set)
            return set;
    }
    if (const auto turned = turnToWal(connection); !turned)
        return turned;
    for (const QString &pragma :
         QStringList{u"PRAGMA journal_size_limit = 67108864"_s, u"PRAGMA temp_store = MEMORY"_s, u"PRAGMA cache_size = -16000"_s,
                     u"PRAGMA synchronous = %1"_s.arg(m_spec.sync == DatabaseSpec::Sync::Full ? u"FULL"_s : u"NORMAL"_s)}) {
        if (const auto set = connection.run(pragma); !set)
            return set;
    }
    connection.forgetStatements();
    return Done{};
}

Result<Done> DatabaseCore::migrate(Connection &connection, int from)
{
    if (const auto begun = connection.run(u"BEGIN IMMEDIATE"_s); !begun)
        return begun;
    const auto attempt = [&]() -> Result<Done> {
        const auto version = connection.single(u"PRAGMA user_version"_s); // another process may have been faster
        if (!version)
            return fail(version.error());
        for (int step = std::max(from, version->toInt()); step < m_spec.migrations.size(); ++step) {
            for (const QString &statement : m_spec.migrations.at(step)) {
                if (const auto done = connection.run(statement); !done)
                    return done;
            }
        }
        if (const auto set = connection.run(u"PRAGMA user_version = %1"_s.arg(m_spec.migrations.size())); !set)
            return set;
        return connection.run(u"COMMIT"_s);
    };
    auto result = attempt();
    if (!result)
        std::ignore = connection.run(u"ROLLBACK"_s);
    connection.forgetStatements();
    return result;
}

void DatabaseCore::checkInBackground()
{
    queueRead({[this](Connection &connection) -> Result<Done> {
                   QStringList tables;
                   {
                       auto rows = connection.rows(u"SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"_s);
                       if (!rows)
                           return fail(rows.error());
                       while (rows->next())
                           tables.append(rows->text(0));
                   }
                   for (const QString &table : std::as_const(tables)) {
                       if (m_home.workers().isStopping())
                           return Done{};
                       const auto answer = connection.single(u"PRAGMA quick_check('%1')"_s.arg(QString(table).replace(u'\'', u"''"_s)));
                       if (!answer)
                           return fail(answer.error());
                       if (answer->isValid() && answer->toString() != "ok"_L1)
                           return fail(Error::Kind::Internal, u"local database: "_s + answer->toString(), int(SqlCode::Corrupt));
                   }
                   m_home.checked(m_spec.file);
                   return Done{};
               },
               [](const Result<Done> &result) {
                   if (!result)
                       qCWarning(logStore).noquote() << "check after a crash:" << result.error().message;
               },
               std::make_shared<std::atomic_bool>(false), Workers::ReadUrgency::Background});
}

void DatabaseCore::writeGroup(std::vector<WriteTask> &tasks)
{
    std::vector<Result<Done>> results(tasks.size(), Result<Done>(Done{}));
    Result<Done> whole = m_home.writable();
    for (int attempt = 0; whole && attempt < 2; ++attempt) {
        whole = ensureReady();
        if (!whole)
            break;
        whole = transact(tasks, results);
        if (whole || !isDamage(whole.error()))
            break;
        if (attempt == 0) {
            damaged();
            whole = Done{};
        }
    }
    if (whole) {
        m_home.wrote(m_spec.file);
    } else if (isNoSpace(whole.error())) {
        whole = fail(explained(whole.error()));
        m_home.report({.kind = Health::Kind::NoSpace, .file = m_spec.file, .detail = whole.error().message});
    }
    for (size_t i = 0; i < tasks.size(); ++i)
        tasks.at(i).done(whole ? results.at(i) : whole);
}

Result<Done> DatabaseCore::transact(std::vector<WriteTask> &tasks, std::vector<Result<Done>> &results)
{
    Connection &connection = *m_lanes[Workers::Writer].connection;
    if (m_spec.beforeGroup) {
        if (const auto ready = m_spec.beforeGroup(connection); !ready)
            return ready;
    }
    const auto attempt = [&]() -> Result<Done> {
        if (const auto begun = connection.run(u"BEGIN IMMEDIATE"_s); !begun)
            return begun;
        for (size_t i = 0; i < tasks.size(); ++i) {
            if (const auto saved = connection.run(u"SAVEPOINT one"_s); !saved)
                return saved;
            results.at(i) = tasks.at(i).work(connection);
            if (!results.at(i)) {
                if (isDamage(results.at(i).error()) || isNoSpace(results.at(i).error()))
                    return results.at(i);
                if (const auto back = connection.run(u"ROLLBACK TO one"_s); !back)
                    return back;
            }
            if (const auto released = connection.run(u"RELEASE one"_s); !released)
                return released;
        }
        return connection.run(u"COMMIT"_s);
    };
    auto whole = attempt();
    if (!whole)
        std::ignore = connection.run(u"ROLLBACK"_s); // fails when there is nothing to roll back
    if (m_spec.afterGroup)
        m_spec.afterGroup(connection, whole ? DatabaseSpec::Ended::Committed : DatabaseSpec::Ended::RolledBack);
    return whole;
}

void DatabaseCore::askChanged(std::function<void()> answer)
{
    WriteTask task;
    task.target = shared_from_this();
    task.run = [this, answer = std::move(answer)] {
        const std::unique_ptr<Connection> &connection = m_lanes[Workers::Writer].connection;
        if (!connection)
            return;
        const auto version = connection->single(u"PRAGMA data_version"_s);
        if (!version || std::exchange(m_dataVersion, version->toLongLong()) == version->toLongLong())
            return;
        m_home.workers().deliver([answer] { answer(); });
    };
    m_home.workers().write(std::move(task));
}

void DatabaseCore::close()
{
    {
        const std::lock_guard lock(m_mutex);
        m_closing = true;
    }
    m_changed.notify_all();
    std::binary_semaphore closed(0);
    WriteTask task;
    task.target = shared_from_this();
    // Behind everything that is queued: `Later` tasks run when no `Now` task is left.
    task.urgency = WriteTask::Urgency::Later;
    task.run = [this, &closed] {
        exclusively([this] { closeLanes(); });
        closed.release();
    };
    m_home.workers().write(std::move(task));
    closed.acquire();
}

Database::Database(Home &home, DatabaseSpec spec)
    : m_core(std::make_shared<DatabaseCore>(home, std::move(spec)))
    , m_workers(&home.workers())
{
    m_core->queueOpen();
}

Database::~Database()
{
    m_core->onOpened = {};
    m_core->close();
}

void Database::watch(QObject *context, std::function<void()> changedElsewhere)
{
    m_watches.push_back({context, std::move(changedElsewhere)});
    if (m_watcher)
        return;
    m_watcher = std::make_unique<QFileSystemWatcher>();
    m_lookAround = std::make_unique<QTimer>();
    m_lookAround->setSingleShot(true);
    QObject::connect(m_lookAround.get(), &QTimer::timeout, m_lookAround.get(), [this] { lookAround(); });
    // Every commit of anybody changes the WAL; whether it was ours is asked only then.
    QObject::connect(m_watcher.get(), &QFileSystemWatcher::fileChanged, m_lookAround.get(), [this] {
        // Not put off by further events; one that waits for a late fsync begins anew.
        if (m_stage > 0 || !m_lookAround->isActive()) {
            m_stage = 0;
            m_lookAround->start(LookAroundAfter.front());
        }
    });
    // The WAL comes and goes with its first and last user.
    m_watcher->addPath(m_core->home().path());
    QObject::connect(m_watcher.get(), &QFileSystemWatcher::directoryChanged, m_lookAround.get(), [this] { m_core->onOpened(); });
    m_core->onOpened = [this] {
        const QString wal = m_core->home().filePath(m_core->spec().file + u"-wal"_s);
        if (!QFile::exists(wal) || m_watcher->files().contains(wal))
            return; // the folder tells when it comes
        m_watcher->addPath(wal);
        // What was committed between opening and now raised no event.
        m_stage = 0;
        m_lookAround->start(LookAroundAfter.front());
    };
    m_core->onOpened();
}

void Database::lookAround()
{
    m_core->onOpened(); // the WAL may have been made anew
    if (++m_stage < LookAroundAfter.size())
        m_lookAround->start(LookAroundAfter.at(m_stage));
    m_core->askChanged([alive = QPointer<QTimer>(m_lookAround.get()), this] {
        if (!alive)
            return;
        const std::vector<Watch> watches = m_watches;
        for (const Watch &watch : watches) {
            if (watch.context)
                watch.call();
        }
    });
}

std::shared_ptr<Database> sharedDatabase(Home &home, const DatabaseSpec &spec)
{
    std::weak_ptr<Database> &entry = home.openDatabases()[spec.file];
    std::shared_ptr<Database> database = entry.lock();
    if (!database) {
        database = std::make_shared<Database>(home, spec);
        entry = database;
    }
    return database;
}

} // namespace core::store
