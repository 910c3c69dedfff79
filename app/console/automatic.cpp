// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/automatic.h"

#include "core/profiles/practice.h"
#include "ui/common/theme.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/tourrunner.h"

#include <cstdio>
#include <QApplication>
#include <QTimer>

namespace app {

namespace {

void startTour(ui::shell::Shell &shell, const Options &options)
{
    ui::shell::MainWindow *window = shell.windows().value(0);
    window->resize(1280, 800);
    ui::Theme::setMotion(ui::Theme::Motion::Reduced);
    auto *runner = new ui::shell::TourRunner(*window, shell.tourScript(), options.tourFolder, window);
    QObject::connect(runner, &ui::shell::TourRunner::finished, qApp, [&shell](int failures) {
        std::printf("%s\n", failures == 0 ? "tour complete" : "tour incomplete");
        std::fflush(stdout);
        shell.services().practice.stop()->then(
            qApp, [failures](const core::Result<core::Done> &) { QCoreApplication::exit(failures == 0 ? 0 : 1); });
    });
    runner->start();
}

void smoke(ui::shell::Shell &shell)
{
    shell.openEveryPage();
    QTimer::singleShot(0, qApp, [] { QCoreApplication::exit(0); });
}

} // namespace

void runAutomatic(ui::shell::Shell &shell, const Options &options)
{
    ui::shell::MainWindow *window = shell.windows().value(0);
    QObject::connect(
        window, &ui::shell::MainWindow::started, qApp,
        [&shell, options] {
            if (options.action == Options::Action::Tour)
                startTour(shell, options);
            else
                smoke(shell);
        },
        Qt::QueuedConnection);
}

} // namespace app
