// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/sandbox.h"

#include "core/base/clock.h"
#include "core/sandbox/common/faults.h"
#include "core/sandbox/common/processlock.h"
#include "core/sandbox/nacos/nacosserver.h"
#include "core/sandbox/replay/replayserver.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

using namespace Qt::StringLiterals;

namespace core::sandbox {

struct Sandbox::Private {
    Options options;
    Faults faults;
    ProcessLock lock, dataLock;
    std::unique_ptr<UsersWatch> users;
    std::unique_ptr<nacos::NacosServer> nacos;
    std::unique_ptr<replay::ReplayServer> replayed;

    Result<Done> startReplay()
    {
        const auto recording = net::readRecording(options.replayFile);
        if (!recording)
            return fail(Error::Kind::Usage, u"--replay: "_s + recording.error().message);
        const replay::ReplayServer::Options with{options.port, options.consolePort, !options.logFile.isEmpty()};
        replayed = std::make_unique<replay::ReplayServer>(with, *recording, faults);
        return replayed->start();
    }
    /// Two servers on one folder would each answer from what they remember, and overwrite the other's.
    Result<Done> lockData()
    {
        if (!QDir().mkpath(options.dataFolder))
            return fail(Error::Kind::Internal, u"cannot make the data folder %1"_s.arg(options.dataFolder));
        Result<Done> locked = dataLock.take(QDir(options.dataFolder).filePath(u"data.lock"_s));
        if (!locked && locked.error().kind == Error::Kind::Conflict)
            return fail(Error::Kind::Conflict, u"the data folder %1 is in use by another practice server"_s.arg(options.dataFolder));
        return locked;
    }

    Result<Done> startNacos(const QString &password)
    {
        nacos::NacosServer::Options with;
        with.port = options.port;
        with.consolePort = options.consolePort;
        with.dataFolder = options.dataFolder;
        with.seed = options.seed == Options::Seed::Demo ? nacos::NacosServer::Seed::Demo : nacos::NacosServer::Seed::Empty;
        with.admin = options.admin;
        with.password = password;
        with.version = options.nacosVersion;
        with.tokenSeconds = options.tokenSeconds;
        with.logRequests = !options.logFile.isEmpty();
        nacos = std::make_unique<nacos::NacosServer>(with, faults, Clock::system());
        return nacos->start();
    }
};

Sandbox::Sandbox(const Options &options, QObject *parent)
    : QObject(parent)
    , m_d(std::make_unique<Private>())
{
    m_d->options = options;
}

Sandbox::~Sandbox()
{
    if (!m_d->options.pidFile.isEmpty())
        QFile::remove(m_d->options.pidFile);
}

Result<Done> Sandbox::start(const QString &password)
{
    const Options &options = m_d->options;
    if (options.nacosOff)
        return fail(Error::Kind::Usage,
                    u"--port off leaves nothing to serve: the registry is the only server this version has. Leave --port out, or give it a "
                    "port (0: a free one)"_s);
    if (Result<Done> faults = m_d->faults.set(options.faults); !faults)
        return faults;
    if (!options.lockFile.isEmpty()) {
        if (Result<Done> locked = m_d->lock.take(options.lockFile); !locked)
            return locked;
    }
    if (!options.dataFolder.isEmpty()) {
        if (Result<Done> locked = m_d->lockData(); !locked)
            return locked;
    }
    if (Result<Done> started = options.replayFile.isEmpty() ? m_d->startNacos(password) : m_d->startReplay(); !started)
        return started;
    if (!options.pidFile.isEmpty()) {
        QFile file(options.pidFile);
        const QByteArray pid = QByteArray::number(QCoreApplication::applicationPid()) + '\n';
        if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(pid) != pid.size())
            return fail(Error::Kind::Internal, u"cannot write %1: %2"_s.arg(options.pidFile, file.errorString()));
    }
    if (!options.usersFolder.isEmpty()) {
        m_d->users = std::make_unique<UsersWatch>(options.usersFolder);
        connect(m_d->users.get(), &UsersWatch::abandoned, this, &Sandbox::abandoned);
    }
    return Done{};
}

QJsonObject Sandbox::readyLine() const
{
    QJsonObject line{{u"ready"_s, true}, {u"pid"_s, QCoreApplication::applicationPid()}};
    if (m_d->nacos)
        line.insert(u"nacos"_s, m_d->nacos->readyMember());
    else if (m_d->replayed)
        line.insert(u"nacos"_s, m_d->replayed->readyMember());
    return line;
}

QString Sandbox::generatedPassword() const
{
    return m_d->nacos ? m_d->nacos->generatedPassword() : QString();
}

} // namespace core::sandbox
