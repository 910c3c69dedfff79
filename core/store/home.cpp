// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/home.h"

#include "core/base/log.h"
#include "core/store/filelock.h"
#include "core/store/workers.h"

#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <mutex>
#include <pwd.h>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>
#include <QUuid>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace core::store {

namespace {

/// Without the variable HOME everything would go to the root of the file system.
QString dataFolder()
{
    if (qEnvironmentVariableIsEmpty("HOME") && qEnvironmentVariableIsEmpty("XDG_DATA_HOME")) {
        std::array<char, 16384> space{};
        passwd entry = {};
        passwd *found = nullptr;
        if (::getpwuid_r(::getuid(), &entry, space.data(), space.size(), &found) == 0 && found && found->pw_dir && *found->pw_dir)
            return QFile::decodeName(found->pw_dir) + u"/.local/share"_s;
    }
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation);
}

constexpr std::chrono::milliseconds Endless = std::chrono::hours(24 * 3650); // in nanoseconds, too
constexpr std::chrono::milliseconds LookAgainAfter{20}, TellAfter{500}, PatienceAtTheEnd{1000};
constexpr auto LockSuffix = ".lock"_L1;
constexpr auto UnsettledName = "/unsettled"_L1;

QString systemText(int code)
{
    return QString::fromLocal8Bit(std::strerror(code));
}

Home::State stateFor(int code)
{
    switch (code) {
    case EROFS:
    case EACCES:
    case EPERM:
        return Home::State::ReadOnly;
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        return Home::State::NoSpace;
    default:
        return Home::State::Unusable;
    }
}

/// Names of the processes whose lock files are there although they are gone.
QStringList deadIn(const QString &runFolder, const QString &me)
{
    QStringList dead;
    for (const QString &name : QDir(runFolder).entryList({u"*.lock"_s}, QDir::Files)) {
        const QString owner = name.chopped(LockSuffix.size());
        FileLock other;
        // Shared: two programs that look at the same moment don't take each other for the owner.
        if (owner != me && !QUuid::fromString(owner).isNull() && other.openExisting(runFolder + u'/' + name) &&
            other.tryLock(FileLock::Mode::Shared))
            dead.append(owner);
    }
    return dead;
}

bool makeFolder(const QString &path)
{
    if (QFileInfo(path).isDir())
        return true;
    const QString parent = QFileInfo(path).path();
    if (parent != path && !makeFolder(parent))
        return false;
    return ::mkdir(QFile::encodeName(path).constData(), 0700) == 0 || errno == EEXIST;
}

} // namespace

struct Home::Private {
    QString path, owner;
    std::atomic<State> state = State::Ready;
    std::atomic_bool leaveLock = false; ///< no word could be left that something is open
    mutable std::mutex mutex;           // guards everything below
    QString why;
    QList<Health> health;
    FileLock ownLock;
    QStringList dead;

    // The writer thread's: it waits for the lock, which nobody may have to wait for who only asks how the home is.
    FileLock homeLock;
    bool sharing = false;
    bool gaveUp = false; ///< at the end of the program: the databases that are closed after it wait no more

    std::atomic<std::chrono::milliseconds> patience = Endless;
    Workers *workers = nullptr;                        // child of the home
    QHash<QString, std::weak_ptr<Database>> databases; // home's thread

    QString runFile(const QString &name) const { return path + u"/run/"_s + name; }
};

QString Home::resolve(const QString &given)
{
    QString chosen = given;
    if (chosen.isEmpty())
        chosen = qEnvironmentVariable("SIGNALBOX_HOME");
    if (chosen.isEmpty())
        chosen = dataFolder() + u"/signalbox"_s;
    return QDir::cleanPath(QFileInfo(chosen).absoluteFilePath());
}

Result<std::unique_ptr<Home>> Home::open(const QString &path)
{
    if (path.isEmpty())
        return fail(Error::Kind::Usage, u"no home folder given"_s);
    const QFileInfo info(path);
    if (info.exists() && !info.isDir())
        return fail(Error::Kind::Usage, u"%1 is not a folder"_s.arg(path));
    std::unique_ptr<Home> home(new Home(QDir::cleanPath(info.absoluteFilePath())));
    home->prepare();
    return home;
}

Home::Home(const QString &path)
    : m_d(std::make_unique<Private>())
{
    qRegisterMetaType<Health>();
    m_d->path = path;
    m_d->owner = QUuid::createUuid().toString(QUuid::WithoutBraces);
    m_d->workers = new Workers(this);
}

Home::~Home()
{
    delete m_d->workers;
    m_d->workers = nullptr;
    if (m_d->ownLock.isOpen() && !m_d->leaveLock)
        QFile::remove(m_d->runFile(m_d->owner + LockSuffix));
}

void Home::prepare()
{
    const auto refuse = [this](int code, const QString &what) {
        const State state = stateFor(code);
        m_d->state = state;
        Health health{.file = {}, .detail = u"%1 (%2): %3"_s.arg(what, m_d->path, systemText(code))};
        health.kind = state == State::ReadOnly ? Health::Kind::ReadOnly
            : state == State::NoSpace          ? Health::Kind::NoSpace
                                               : Health::Kind::Unusable;
        {
            const std::lock_guard lock(m_d->mutex);
            m_d->why = health.detail;
        }
        report(health);
    };
    if (!makeFolder(m_d->path)) {
        refuse(errno, u"the home folder cannot be made"_s);
        if (m_d->state == State::ReadOnly)
            m_d->state = State::Unusable; // there is nothing to read either
        return;
    }
    ::chmod(QFile::encodeName(m_d->path).constData(), 0700);
    if (!makeFolder(m_d->path + u"/run"_s))
        return refuse(errno, u"the home folder cannot be written"_s);
    if (const auto joined = join(); !joined)
        return refuse(joined.error().code, u"the home folder cannot be written"_s);
    for (const QString &owner : deadOwners())
        m_d->dead.append(owner);
    if (m_d->dead.isEmpty())
        return;
    qCWarning(logStore) << "a program using this home ended unexpectedly; its databases are checked in the background";
    for (const QString &file : QDir(m_d->path).entryList({u"*.db"_s}, QDir::Files))
        markForCheck(file);
    if (QFile::exists(filePath(u"ledger.db"_s)))
        setUnsettled(Unsettled::Perhaps);
    for (const QString &owner : std::as_const(m_d->dead))
        QFile::remove(m_d->runFile(owner + LockSuffix)); // an owner without a lock file is dead just as well
}

/// Takes this process's own lock; before its databases are touched also waits for a migration or quarantine elsewhere to end.
Result<Done> Home::join()
{
    const std::lock_guard lock(m_d->mutex);
    if (!m_d->ownLock.isOpen()) {
        // Locked before it gets its name: nobody ever sees it unlocked and takes us for dead.
        const QString unnamed = m_d->runFile(u"."_s + m_d->owner + u".new"_s);
        FileLock mine;
        if (const auto opened = mine.open(unnamed); !opened)
            return opened;
        if (!mine.tryLock(FileLock::Mode::Exclusive))
            return fail(Error::Kind::Internal, u"the home folder is on a file system without locks"_s, ENOLCK);
        if (::rename(QFile::encodeName(unnamed).constData(), QFile::encodeName(m_d->runFile(m_d->owner + LockSuffix)).constData()) != 0)
            return fail(Error::Kind::Internal, u"the home folder cannot be written: "_s + systemText(errno), errno);
        m_d->ownLock = std::move(mine);
    }
    return Done{};
}

Result<Done> Home::share(const Ending &ending)
{
    if (const auto joined = join(); !joined)
        return joined;
    if (m_d->sharing)
        return Done{};
    if (!m_d->homeLock.isOpen()) {
        if (const auto opened = m_d->homeLock.open(m_d->path + u"/home.lock"_s); !opened)
            return opened;
    }
    return backToShared(ending);
}

bool Home::tryExclusive(const Ending &ending)
{
    if (m_d->homeLock.tryLock(FileLock::Mode::Exclusive))
        return true;
    std::ignore = backToShared(ending); // a failed change of mode may have lost it
    return false;
}

/// Asks again and again instead of waiting in the system, which nothing could end.
Result<Done> Home::backToShared(const Ending &ending)
{
    using Clock = std::chrono::steady_clock;
    const auto began = Clock::now();
    std::optional<Clock::time_point> end;
    bool told = false;
    while (!(m_d->sharing = m_d->homeLock.tryLock(FileLock::Mode::Shared))) {
        const auto now = Clock::now();
        if (!end && (ending() || m_d->workers->isStopping()))
            end = now;
        if (end && (m_d->gaveUp || now - *end >= PatienceAtTheEnd)) {
            m_d->gaveUp = true;
            break;
        }
        if (now - began >= m_d->patience.load())
            break;
        if (!told && now - began >= TellAfter) {
            told = true;
            qCInfo(logStore) << "waiting for another program that has the home for itself";
            report({.kind = Health::Kind::Waiting, .file = {}, .detail = u"another program is bringing the databases up to date"_s});
        }
        std::this_thread::sleep_for(LookAgainAfter);
    }
    if (told)
        withdraw(Health::Kind::Waiting, {});
    if (m_d->sharing)
        return Done{};
    return fail(Error::Kind::Timeout,
                u"another program is bringing the databases in %1 up to date: try again when it is done"_s.arg(m_d->path));
}

bool Home::needsCheck(const QString &file) const
{
    return QFile::exists(m_d->runFile(u"check-"_s + file));
}

void Home::markForCheck(const QString &file)
{
    QFile marker(m_d->runFile(u"check-"_s + file));
    marker.open(QIODevice::WriteOnly);
}

void Home::checked(const QString &file)
{
    QFile::remove(m_d->runFile(u"check-"_s + file));
}

QString Home::path() const
{
    return m_d->path;
}

QString Home::filePath(const QString &name) const
{
    return m_d->path + u'/' + name;
}

Home::State Home::state() const
{
    return m_d->state;
}

Result<Done> Home::writable() const
{
    const State state = m_d->state;
    if (state == State::Ready || state == State::NoSpace)
        return Done{}; // a full disk is tried again with every write
    const std::lock_guard lock(m_d->mutex);
    return fail(Error::Kind::Internal, m_d->why);
}

QList<Health> Home::health() const
{
    const std::lock_guard lock(m_d->mutex);
    return m_d->health;
}

QString Home::owner() const
{
    return m_d->owner;
}

bool Home::isAlive(const QString &owner) const
{
    if (owner == m_d->owner)
        return true;
    FileLock other;
    // Shared: two programs that look at the same moment don't take each other for the owner.
    return other.openExisting(m_d->runFile(owner + LockSuffix)) && !other.tryLock(FileLock::Mode::Shared);
}

QStringList Home::deadOwners() const
{
    QStringList dead = m_d->dead + deadIn(m_d->path + u"/run"_s, m_d->owner);
    dead.removeDuplicates();
    return dead;
}

bool Home::mayBeUnsettled(const QString &path)
{
    const QString run = path + u"/run"_s;
    return QFile::exists(path + u"/ledger.db"_s) && (QFile::exists(run + UnsettledName) || !deadIn(run, {}).isEmpty());
}

void Home::setUnsettled(Unsettled state)
{
    const QString marker = m_d->runFile(UnsettledName.mid(1));
    m_d->leaveLock = false;
    if (state == Unsettled::No) {
        QFile::remove(marker);
        return;
    }
    QFile file(marker);
    if (!file.open(QIODevice::WriteOnly))
        m_d->leaveLock = true; // a process that seems to have crashed is looked after as well, and needs no room for it
}

bool Home::crashedBefore() const
{
    return !m_d->dead.isEmpty();
}

void Home::setPatience(std::chrono::milliseconds patience)
{
    m_d->patience = patience;
}

Workers &Home::workers()
{
    return *m_d->workers;
}

QHash<QString, std::weak_ptr<Database>> &Home::openDatabases()
{
    return m_d->databases;
}

/// Any thread.
void Home::report(const Health &health)
{
    {
        const std::lock_guard lock(m_d->mutex);
        const auto same = [&](const Health &other) { return other.kind == health.kind && other.file == health.file; };
        if (health.kind != Health::Kind::Quarantined && std::ranges::any_of(m_d->health, same))
            return;
        if (health.kind == Health::Kind::Quarantined)
            m_d->health.removeIf([&](const Health &other) { return other.file == health.file && other.kind == Health::Kind::Damaged; });
        m_d->health.append(health);
    }
    const State before = m_d->state;
    if (health.kind == Health::Kind::NoSpace && before == State::Ready)
        m_d->state = State::NoSpace;
    m_d->workers->deliver([this, health, changed = m_d->state != before] {
        Q_EMIT healthChanged(health);
        if (changed)
            Q_EMIT stateChanged(m_d->state);
    });
}

/// Writer thread: a write succeeded, so there is room again.
void Home::wrote(const QString &file)
{
    if (m_d->state != State::NoSpace)
        return;
    m_d->state = State::Ready;
    withdraw(Health::Kind::NoSpace, file);
    m_d->workers->deliver([this] { Q_EMIT stateChanged(m_d->state); });
}

/// Any thread: what was reported is over.
void Home::withdraw(Health::Kind kind, const QString &file)
{
    {
        const std::lock_guard lock(m_d->mutex);
        m_d->health.removeIf([kind](const Health &entry) { return entry.kind == kind; });
    }
    m_d->workers->deliver([this, file] { Q_EMIT healthChanged({.kind = Health::Kind::Fine, .file = file}); });
}

} // namespace core::store
