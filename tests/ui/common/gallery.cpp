// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of the shared widgets, for looking at: gallery --shots FOLDER [NAME...]. Not a test.
#include "tests/ui/common/galleryscenes.h"
#include "ui/common/theme.h"

#include <cstdio>
#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QWidget>

using namespace Qt::StringLiterals;

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    QStringList arguments = app.arguments().mid(1);
    const qsizetype at = arguments.indexOf("--shots"_L1);
    if (at < 0 || at + 1 >= arguments.size()) {
        std::fprintf(stderr, "gallery --shots FOLDER [NAME...]\n");
        return 2;
    }
    const QDir folder(arguments.at(at + 1));
    arguments.remove(at, 2);
    folder.mkpath(u"."_s);
    ui::Theme::install(app, ui::Appearance::Light);
    for (const tests::Scene &scene : tests::scenes()) {
        if (!arguments.isEmpty() && !arguments.contains(scene.name))
            continue;
        ui::Theme::setAppearance(ui::Appearance::Light);
        const std::unique_ptr<QWidget> widget = scene.make();
        widget->show();
        for (const ui::Appearance appearance : {ui::Appearance::Light, ui::Appearance::Dark}) {
            ui::Theme::setAppearance(appearance);
            QElapsedTimer timer;
            timer.start();
            while (timer.elapsed() < 250) // until what loads in the background has come
                QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents, 20);
            const QString name = scene.name + (appearance == ui::Appearance::Light ? u"-light.png"_s : u"-dark.png"_s);
            if (!widget->grab().save(folder.filePath(name)))
                return 1;
            std::printf("%s\n", qPrintable(name));
        }
    }
    return 0;
}
