// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/sshprocess.h"

#include "core/base/childenvironment.h"

#include <QCoreApplication>
#include <QProcess>
#include <QTimer>
#include <sys/prctl.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <tuple>

using namespace Qt::StringLiterals;

namespace core::net {

namespace {

constexpr qsizetype MostSaid = 16 * 1024;
/// For ssh to say goodbye to the other side.
constexpr std::chrono::seconds Grace{2};

/// Looks after a process nobody wants any more until it is over. The application's: at its end whatever is left is killed.
class Reaper final : public QObject {
public:
    Reaper(std::unique_ptr<QProcess> process, std::shared_ptr<void> kept)
        : QObject(QCoreApplication::instance())
        , m_kept(std::move(kept))
        , m_process(std::move(process))
    {
        // A program that does not start is over, too.
        connect(m_process.get(), &QProcess::stateChanged, this, [this](QProcess::ProcessState state) {
            if (state == QProcess::NotRunning)
                deleteLater();
        });
        m_process->terminate();
        QTimer::singleShot(Grace, m_process.get(), &QProcess::kill);
    }
    ~Reaper() override
    {
        m_process->disconnect(this);
        if (m_process->state() == QProcess::NotRunning)
            return;
        m_process->kill();
        // The program ends, and the system takes what is left of both. Destroyed here, it would wait for the process.
        std::ignore = m_process.release();
    }

private:
    std::shared_ptr<void> m_kept;
    std::unique_ptr<QProcess> m_process;
};

} // namespace

SshProcess::SshProcess(std::shared_ptr<void> kept, QObject *parent)
    : QObject(parent)
    , m_kept(std::move(kept))
    , m_process(std::make_unique<QProcess>())
{
    m_process->setProgram(u"ssh"_s);
    m_process->setProcessEnvironment(childEnvironment()); // `SendEnv` and ProxyCommand would carry ours on
    m_process->setStandardInputFile(QProcess::nullDevice());
    m_process->setStandardOutputFile(QProcess::nullDevice());
    const auto over = [this] {
        if (std::exchange(m_over, true))
            return;
        listen();
        // A program that is missing is found out inside start().
        QTimer::singleShot(0, this, [this] { Q_EMIT ended(); });
    };
    connect(m_process.get(), &QProcess::readyReadStandardError, this, [this] { listen(); });
    connect(m_process.get(), &QProcess::finished, this, over);
    connect(m_process.get(), &QProcess::errorOccurred, this, [this, over](QProcess::ProcessError error) {
        if (error != QProcess::FailedToStart)
            return;
        m_missing = true;
        over();
    });
}

SshProcess::~SshProcess()
{
    m_process->disconnect(this);
    if (m_process->state() != QProcess::NotRunning)
        new Reaper(std::move(m_process), std::move(m_kept));
}

void SshProcess::start(const QStringList &arguments, int socket)
{
    m_process->setArguments(arguments);
    m_process->setChildProcessModifier([socket] {
        ::prctl(PR_SET_PDEATHSIG, SIGTERM, 0, 0, 0);
        if (socket < 0)
            return;
        ::dup2(socket, STDIN_FILENO);
        ::dup2(socket, STDOUT_FILENO);
    });
    m_process->start();
}

bool SshProcess::isSuccess() const
{
    return !m_missing && m_process->exitStatus() == QProcess::NormalExit && m_process->exitCode() == 0;
}

void SshProcess::listen()
{
    const QByteArray bytes = m_process->readAllStandardError();
    if (bytes.isEmpty())
        return;
    m_said = (m_said + bytes).right(MostSaid);
    Q_EMIT spoke();
}

} // namespace core::net
