// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/profiles/practice.h"

#include "core/base/childenvironment.h"
#include "core/base/jsonreader.h"

#include <csignal>
#include <fcntl.h>
#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QStandardPaths>
#include <QTimer>
#include <QUuid>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace core::profiles {

namespace {

constexpr auto Slug = "practice"_L1;
constexpr auto PollInterval = std::chrono::milliseconds(10);
constexpr auto StopTimeout = std::chrono::seconds(5);

/// An flock(2) on a file; given up when this goes, or the process does.
class FileLock {
    Q_DISABLE_COPY_MOVE(FileLock)
public:
    FileLock() = default;
    ~FileLock() { release(); }
    /// False: somebody else holds it, or the file cannot be opened.
    bool take(const QString &path)
    {
        release();
        m_descriptor = ::open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (m_descriptor >= 0 && ::flock(m_descriptor, LOCK_EX | LOCK_NB) != 0)
            release();
        return m_descriptor >= 0;
    }
    void release()
    {
        if (m_descriptor >= 0)
            ::close(m_descriptor);
        m_descriptor = -1;
    }
    bool isHeld() const { return m_descriptor >= 0; }

private:
    int m_descriptor = -1;
};

/// A shared lock is asked for and given back at once, so that two who look don't see each other.
bool isLockedByOther(const QString &path)
{
    const int descriptor = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return false;
    const bool locked = ::flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    ::close(descriptor);
    return locked;
}

Result<PracticeEndpoints> parseReady(const QByteArray &line)
{
    const auto document = JsonReader::parseObject(line);
    if (!document)
        return fail(document.error());
    JsonReader in(*document);
    PracticeEndpoints endpoints;
    endpoints.pid = in.integer("pid"_L1);
    JsonReader nacos(in.object("nacos"_L1), u"/nacos"_s);
    endpoints.nacosHttp = nacos.string("http"_L1, {});
    endpoints.nacosGrpc = nacos.string("grpc"_L1, {});
    endpoints.nacosConsole = nacos.string("console"_L1, {});
    endpoints.nacosUser = nacos.string("user"_L1, {});
    endpoints.ready = *document;
    if (const auto error = in.error())
        return fail(*error);
    if (const auto error = nacos.error())
        return fail(*error);
    return endpoints;
}

} // namespace

struct PracticeServers::Private {
    enum class Step { WaitForOther, WaitForReady };

    Options options;
    QString folder;
    FileLock user, starting;
    QString userFile;
    QTimer poll;
    QElapsedTimer clock;
    Step step = Step::WaitForOther;
    Lifetime lifetime = Lifetime::WithUsers;
    qint64 child = 0;
    QPointer<Reply<PracticeEndpoints>> reply;
    OperationTracker operations;

    QString path(QLatin1StringView name) const { return folder + u'/' + name; }
    QString lockFile() const { return path("sandbox.lock"_L1); }

    std::optional<PracticeEndpoints> ready() const
    {
        QFile file(path("ready.json"_L1));
        if (!isLockedByOther(lockFile()) || !file.open(QIODevice::ReadOnly))
            return std::nullopt;
        // The last whole line: a line still being written doesn't count.
        const QByteArray text = file.readAll();
        const QByteArray whole = text.left(text.lastIndexOf('\n') + 1).trimmed();
        auto endpoints = parseReady(whole.mid(whole.lastIndexOf('\n') + 1));
        return endpoints ? std::optional(*std::move(endpoints)) : std::nullopt;
    }
    QString lastWords() const
    {
        QFile file(path("sandbox.log"_L1));
        if (!file.open(QIODevice::ReadOnly))
            return {};
        file.seek(std::max<qint64>(0, file.size() - 2000));
        const QStringList lines = QString::fromUtf8(file.readAll()).trimmed().split(u'\n');
        return lines.isEmpty() ? QString() : lines.constLast();
    }
    QString program() const
    {
        if (!options.program.isEmpty())
            return QFileInfo(options.program).isExecutable() ? options.program : QString();
        const QString beside = QCoreApplication::applicationDirPath() + u"/signalbox-sandbox"_s;
        return QFileInfo(beside).isExecutable() ? beside : QStandardPaths::findExecutable(u"signalbox-sandbox"_s);
    }
    Result<Done> becomeUser()
    {
        if (user.isHeld())
            return Done{};
        const QString users = path("users"_L1);
        if (!QDir().mkpath(users))
            return fail(Error::Kind::Internal, u"%1: the folder cannot be made"_s.arg(users));
        ::chmod(QFile::encodeName(folder).constData(), 0700);
        userFile = users + u'/' + QUuid::createUuid().toString(QUuid::WithoutBraces) + u".lock"_s;
        if (!user.take(userFile))
            return fail(Error::Kind::Internal, u"%1: cannot be locked"_s.arg(userFile));
        return Done{};
    }
    Result<Done> launch()
    {
        const QString executable = program();
        if (executable.isEmpty())
            return fail(Error::Kind::NotFound, u"signalbox-sandbox is not installed beside this program"_s);
        // A ready line of former servers must not be taken for theirs. Emptied, not replaced: servers somebody else has just started
        // go on writing into it.
        std::ignore = ::truncate(QFile::encodeName(path("ready.json"_L1)).constData(), 0);
        QProcess process;
        process.setProgram(executable);
        process.setProcessEnvironment(childEnvironment());
        QStringList arguments{u"--port"_s, u"0"_s, u"--data"_s, folder, u"--seed"_s, u"demo"_s, u"--lock"_s, lockFile()};
        if (lifetime == Lifetime::WithUsers)
            arguments << u"--end-with-users"_s << path("users"_L1);
        process.setArguments(arguments);
        process.setWorkingDirectory(folder);
        process.setStandardInputFile(QProcess::nullDevice());
        process.setStandardOutputFile(path("ready.json"_L1), QIODevice::Append);
        process.setStandardErrorFile(path("sandbox.log"_L1));
        if (!process.startDetached(&child))
            return fail(Error::Kind::Internal, u"signalbox-sandbox does not start: "_s + process.errorString());
        return Done{};
    }
    void settle(Result<PracticeEndpoints> result)
    {
        poll.stop();
        starting.release();
        if (reply)
            reply->settle(std::move(result));
    }
    void tick()
    {
        const bool wanted = reply && !reply->isSettled();
        // Servers that are starting are waited for even when nobody asks any more: the start lock keeps others from starting more.
        if (!wanted && step != Step::WaitForReady) {
            poll.stop();
            return;
        }
        if (auto endpoints = ready()) {
            endpoints->startedHere = step == Step::WaitForReady;
            return settle(*std::move(endpoints));
        }
        if (clock.hasExpired(options.startTimeout.count()))
            return settle(fail(Error::Kind::Timeout, u"the practice servers did not become ready. %1"_s.arg(lastWords()).trimmed()));
        if (step == Step::WaitForReady) {
            const bool alive = ::kill(static_cast<pid_t>(child), 0) == 0 || errno == EPERM;
            if (alive)
                return;
            step = Step::WaitForOther;
            // With the lock held somebody else's were quicker; those are waited for.
            if (!isLockedByOther(lockFile()))
                settle(fail(Error::Kind::Internal, u"the practice servers ended at once: %1"_s.arg(lastWords())));
            starting.release();
            return;
        }
        // Nobody runs and nobody else is starting them: our turn.
        if (isLockedByOther(lockFile()) || !starting.take(path("start.lock"_L1)))
            return;
        if (const auto launched = launch(); !launched)
            return settle(fail(launched.error()));
        step = Step::WaitForReady;
    }
};

PracticeServers::PracticeServers(Options options, QObject *parent)
    : QObject(parent)
    , m_d(std::make_unique<Private>())
{
    m_d->folder = options.home + u"/sandbox"_s;
    m_d->options = std::move(options);
    connect(&m_d->poll, &QTimer::timeout, this, [this] { m_d->tick(); });
}

PracticeServers::~PracticeServers()
{
    if (m_d->user.isHeld())
        QFile::remove(m_d->userFile);
}

Reply<PracticeEndpoints> *PracticeServers::start(Lifetime lifetime)
{
    if (m_d->reply && !m_d->reply->isSettled())
        return Reply<PracticeEndpoints>::settled(fail(Error::Kind::Conflict, u"the practice servers are being started already"_s));
    auto *reply = m_d->operations.track(new Reply<PracticeEndpoints>);
    if (const auto user = m_d->becomeUser(); !user) {
        reply->settle(fail(user.error()));
        return reply;
    }
    m_d->reply = reply;
    m_d->clock.start();
    if (!m_d->starting.isHeld()) {
        m_d->lifetime = lifetime;
        m_d->step = Private::Step::WaitForOther;
    }
    m_d->poll.start(PollInterval);
    m_d->tick();
    return reply;
}

Reply<Done> *PracticeServers::stop()
{
    auto *reply = m_d->operations.track(new Reply<Done>);
    if (!isRunning()) {
        reply->settle(Done{});
        return reply;
    }
    const auto endpoints = running();
    if (!endpoints || endpoints->pid <= 1 || ::kill(static_cast<pid_t>(endpoints->pid), SIGTERM) != 0) {
        reply->settle(fail(Error::Kind::Internal, u"the practice servers run, but they cannot be told to end"_s));
        return reply;
    }
    auto *timer = new QTimer(reply);
    QElapsedTimer clock;
    clock.start();
    connect(timer, &QTimer::timeout, this, [this, reply, clock] {
        if (!isRunning())
            reply->settle(Done{});
        else if (clock.hasExpired(std::chrono::milliseconds(StopTimeout).count()))
            reply->settle(fail(Error::Kind::Timeout, u"the practice servers do not end"_s));
    });
    timer->start(PollInterval);
    return reply;
}

bool PracticeServers::isRunning() const
{
    return isLockedByOther(m_d->lockFile());
}

std::optional<PracticeEndpoints> PracticeServers::running() const
{
    return m_d->ready();
}

Profile PracticeServers::profile(const PracticeEndpoints &endpoints)
{
    Profile profile;
    profile.slug = slug();
    profile.name = u"Practice registry"_s;
    profile.servers = {endpoints.nacosHttp};
    profile.consoleUrl = endpoints.nacosConsole;
    if (const qsizetype colon = endpoints.nacosGrpc.lastIndexOf(u':'); colon >= 0)
        profile.grpcPort = endpoints.nacosGrpc.mid(colon + 1).toInt();
    profile.proxy.kind = Proxy::Kind::None;
    const auto valid = validate(profile);
    return valid ? *valid : profile;
}

QString PracticeServers::slug()
{
    return Slug;
}

} // namespace core::profiles
