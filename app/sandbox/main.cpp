// SPDX-License-Identifier: GPL-3.0-or-later
// signalbox-sandbox: the embedded practice servers as a program of their own (app/cli.md §2).
#include "core/base/hardening.h"
#include "core/base/quitsignals.h"
#include "core/sandbox/common/logfile.h"
#include "core/sandbox/sandbox.h"

#include <csignal>
#include <cstdio>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace {

int complain(const core::Error &error)
{
    std::fprintf(stderr, "signalbox-sandbox: %s\n", qPrintable(error.message));
    switch (error.kind) {
    case core::Error::Kind::Usage:
        return 2;
    case core::Error::Kind::Conflict:
        return 5;
    case core::Error::Kind::Network:
        return 6;
    default:
        return 1;
    }
}

void print(const QByteArray &text)
{
    std::fwrite(text.constData(), 1, size_t(text.size()), stdout);
    std::fflush(stdout);
}

} // namespace

int main(int argc, char **argv)
{
    core::forbidCoreDumps();
    QElapsedTimer since;
    since.start();
    ::signal(SIGPIPE, SIG_IGN);
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(u"signalbox-sandbox"_s);
    const core::Result<core::sandbox::Options> options = core::sandbox::parseOptions(app.arguments());
    if (!options)
        return complain(options.error());
    using Action = core::sandbox::Options::Action;
    if (options->action != Action::Run) {
        print(options->action == Action::ShowHelp ? core::sandbox::helpText().toUtf8()
                                                  : QByteArray("signalbox-sandbox " SIGNALBOX_VERSION "\n"));
        return 0;
    }
    core::sandbox::LogFile log;
    if (!options->logFile.isEmpty()) {
        if (const auto opened = log.open(options->logFile); !opened)
            return complain(opened.error());
    }
    core::QuitSignals quitSignals;
    QObject::connect(&quitSignals, &core::QuitSignals::received, &app, &QCoreApplication::quit);
    core::sandbox::Sandbox sandbox(*options);
    const QString password = qEnvironmentVariable("SIGNALBOX_SANDBOX_PASSWORD");
    qunsetenv("SIGNALBOX_SANDBOX_PASSWORD");
    if (const auto started = sandbox.start(password); !started)
        return complain(started.error());
    QObject::connect(&sandbox, &core::sandbox::Sandbox::abandoned, &app, &QCoreApplication::quit);
    if (!sandbox.generatedPassword().isEmpty())
        std::fprintf(stderr, "password of %s: %s\n", qPrintable(options->admin), qPrintable(sandbox.generatedPassword()));
    QJsonObject ready = sandbox.readyLine();
    ready.insert(u"startupMs"_s, since.elapsed());
    print(QJsonDocument(ready).toJson(QJsonDocument::Compact) + '\n');
    return app.exec();
}
