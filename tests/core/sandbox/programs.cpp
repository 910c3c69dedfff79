// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/sandbox/programs.h"

#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;

namespace tests {

SandboxProgram::SandboxProgram(const QStringList &arguments, const QStringList &environment)
{
    QProcessEnvironment all = QProcessEnvironment::systemEnvironment();
    for (const QString &entry : environment)
        all.insert(entry.section(u'=', 0, 0), entry.section(u'=', 1));
    process.setProcessEnvironment(all);
    process.start(QString::fromUtf8(SIGNALBOX_BIN_DIR "/signalbox-sandbox"), arguments);
}

SandboxProgram::~SandboxProgram()
{
    if (process.state() != QProcess::NotRunning) {
        process.kill();
        process.waitForFinished(5000);
    }
}

bool SandboxProgram::waitReady()
{
    const bool got = QTest::qWaitFor(
        [this] {
            output += process.readAllStandardOutput();
            return output.contains('\n') || process.state() == QProcess::NotRunning;
        },
        20000);
    ready = QJsonDocument::fromJson(output).object();
    return got && !ready.isEmpty();
}

bool SandboxProgram::waitEnd()
{
    return QTest::qWaitFor([this] { return process.state() == QProcess::NotRunning; }, 20000);
}

quint16 SandboxProgram::grpcPort() const
{
    return nacos().value("grpc"_L1).toString().section(u':', 1).toUShort();
}

} // namespace tests
