// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/sshprocess.h"

#include <QProcessEnvironment>
#include <QTimer>
#include <sys/prctl.h>
#include <unistd.h>

#include <csignal>

using namespace Qt::StringLiterals;

namespace core::net {

namespace {

constexpr qsizetype MostSaid = 16 * 1024;

/// Without what is meant for us or for a registry: `SendEnv` and ProxyCommand would carry it on.
QProcessEnvironment environment()
{
    QProcessEnvironment all = QProcessEnvironment::systemEnvironment();
    for (const QString &name : all.keys()) {
        if (name.startsWith("SIGNALBOX_"_L1) || name.startsWith("NACOS_"_L1))
            all.remove(name);
    }
    return all;
}

} // namespace

SshProcess::SshProcess(QObject *parent)
    : QObject(parent)
{
    m_process.setProgram(u"ssh"_s);
    m_process.setProcessEnvironment(environment());
    m_process.setStandardInputFile(QProcess::nullDevice());
    m_process.setStandardOutputFile(QProcess::nullDevice());
    const auto over = [this] {
        if (std::exchange(m_over, true))
            return;
        listen();
        // A program that is missing is found out inside start().
        QTimer::singleShot(0, this, [this] { Q_EMIT ended(); });
    };
    connect(&m_process, &QProcess::readyReadStandardError, this, [this] { listen(); });
    connect(&m_process, &QProcess::finished, this, over);
    connect(&m_process, &QProcess::errorOccurred, this, [this, over](QProcess::ProcessError error) {
        if (error != QProcess::FailedToStart)
            return;
        m_missing = true;
        over();
    });
}

SshProcess::~SshProcess()
{
    m_process.disconnect(this);
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.kill();
    m_process.waitForFinished(10'000);
}

void SshProcess::start(const QStringList &arguments, int socket)
{
    m_process.setArguments(arguments);
    m_process.setChildProcessModifier([socket] {
        ::prctl(PR_SET_PDEATHSIG, SIGTERM, 0, 0, 0);
        if (socket < 0)
            return;
        ::dup2(socket, STDIN_FILENO);
        ::dup2(socket, STDOUT_FILENO);
    });
    m_process.start();
}

bool SshProcess::isSuccess() const
{
    return !m_missing && m_process.exitStatus() == QProcess::NormalExit && m_process.exitCode() == 0;
}

void SshProcess::listen()
{
    const QByteArray bytes = m_process.readAllStandardError();
    if (bytes.isEmpty())
        return;
    m_said = (m_said + bytes).right(MostSaid);
    Q_EMIT spoke();
}

} // namespace core::net
