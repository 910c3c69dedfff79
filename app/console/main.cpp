// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/appearance.h"
#include "app/console/automatic.h"
#include "app/console/composition.h"
#include "app/console/ending.h"
#include "app/console/languages.h"
#include "app/console/options.h"
#include "core/base/hardening.h"
#include "core/profiles/settings.h"
#include "core/store/home.h"
#include "core/store/windowlock.h"

#include <cstdio>
#include <optional>
#include <QApplication>
#include <QDir>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;

namespace {

int complain(const core::Error &error)
{
    std::fprintf(stderr, "signalbox: %s\n", qPrintable(error.message));
    return error.kind == core::Error::Kind::Usage ? 2 : 1;
}

/// Another window of this home is open: it does what was asked. The program's exit code; nullopt: it has ended meanwhile, and this process
/// is the window.
std::optional<int> handOver(core::store::WindowLock &lock, const app::Options &options)
{
    using HandOver = core::store::WindowLock::HandOver;
    std::optional<int> code;
    lock.handOver(options.handover, QDir::currentPath())->then(qApp, [&code](const core::Result<HandOver> &result) {
        if (!result)
            code = complain(result.error());
        else if (*result == HandOver::Taken)
            code = 0;
        QCoreApplication::quit();
    });
    QApplication::exec();
    return code;
}

int run(QApplication &application, const app::Options &options, const QString &home)
{
    core::LogSink log(core::LogSink::Echo::Silent, app::isPlatformNoise);
    const auto made = app::Composition::make(home, log);
    if (!made)
        return complain(made.error());
    app::Composition &composition = **made;
    ui::workbench::Services &services = composition.services();
    core::store::WindowLock lock(services.home);
    if (options.action == app::Options::Action::Run && !lock.acquire()) {
        if (const auto code = handOver(lock, options))
            return *code;
    }

    app::Languages languages;
    languages.set(options.language.isEmpty() ? services.settings.text(core::profiles::Setting::Language) : options.language);
    app::applyAppearance(application, options, services.settings);
    int code = 0;
    {
        ui::shell::Shell shell(services, {.setLanguage = [&languages](const QString &language) { languages.set(language); }});
        const app::Ending ending(shell);
        QObject::connect(&shell, &ui::shell::Shell::ended, qApp, [&options] {
            // A tour or smoke test that did not get to its end has not passed.
            QCoreApplication::exit(options.action == app::Options::Action::Run ? 0 : 1);
        });
        QObject::connect(&lock, &core::store::WindowLock::argumentsReceived, &shell, [&shell](const QStringList &arguments) {
            if (const auto request = app::parseOptions(arguments))
                shell.take(request->start);
        });
        shell.start(options.start);
        if (options.action != app::Options::Action::Run)
            app::runAutomatic(shell, options);
        code = QApplication::exec();
    }
    composition.shutDown();
    return code;
}

} // namespace

int main(int argc, char **argv)
{
    core::forbidCoreDumps();
    QStringList words;
    for (int i = 1; i < argc; ++i)
        words.append(QString::fromLocal8Bit(argv[i]));
    const core::Result<app::Options> options = app::parseOptions(words);
    if (!options)
        return complain(options.error());
    using Action = app::Options::Action;
    if (options->action == Action::ShowVersion || options->action == Action::ShowHelp) {
        std::printf("%s", options->action == Action::ShowVersion ? "signalbox " SIGNALBOX_VERSION "\n" : qPrintable(app::helpText()));
        return 0;
    }
    // A tour changes things: it has a home of its own unless one is named.
    QTemporaryDir temporary;
    const bool automatic = options->action != Action::Run;
    const QString home = automatic && options->home.isEmpty() ? temporary.path() : core::store::Home::resolve(options->home);
    app::prepareEnvironment(*options, home);

    QCoreApplication::setApplicationName(u"signalbox"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(SIGNALBOX_VERSION));
    QGuiApplication::setApplicationDisplayName(u"Signalbox"_s);
    QGuiApplication::setDesktopFileName(u"io.github.signalbox.Signalbox"_s);
    QApplication::setQuitOnLastWindowClosed(false);
    QApplication application(argc, argv);
    return run(application, *options, home);
}
