// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/appearance.h"

#include "core/profiles/settings.h"
#include "ui/common/theme.h"

#include <QApplication>
#include <QFile>
#include <QFont>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace app {

using core::profiles::Setting;
using core::profiles::Settings;

namespace {

/// The saved scale, read before there is an application (Settings needs one for its timer). 0: none.
double savedScale(const QString &home)
{
    QFile file(home + u"/settings.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QJsonObject object = QJsonDocument::fromJson(file.read(4 * 1024 * 1024)).object();
    return object.value(Settings::name(Setting::ScalePercent)).toDouble(100) / 100;
}

} // namespace

void prepareEnvironment(const Options &options, const QString &home)
{
    const double scale = options.scale > 0 ? options.scale : savedScale(home);
    if (scale > 0 && qAbs(scale - 1) > 0.01 && qEnvironmentVariableIsEmpty("QT_SCALE_FACTOR"))
        qputenv("QT_SCALE_FACTOR", QByteArray::number(scale));
    const bool display = !qEnvironmentVariableIsEmpty("DISPLAY") || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY");
    const bool automatic = options.action == Options::Action::Tour || options.action == Options::Action::Smoke;
    if (automatic && !display && qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
}

bool isPlatformNoise(const core::LogLine &line)
{
    if (line.type == QtCriticalMsg || line.type == QtFatalMsg)
        return false;
    // Qt's base class of platform windows has no category for it.
    return line.category.startsWith("qt.qpa."_L1) ||
        (line.category == "default"_L1 && line.text.startsWith("This plugin does not support "_L1));
}

void applyAppearance(QApplication &application, const Options &options, const Settings &settings)
{
    if (const int points = settings.number(Setting::FontSize); points > 0) {
        QFont font = QApplication::font();
        font.setPointSize(points);
        QApplication::setFont(font);
    }
    const QString theme = options.theme.isEmpty() ? settings.text(Setting::Theme) : options.theme;
    const ui::Appearance appearance = theme == "dark"_L1 ? ui::Appearance::Dark
        : theme == "light"_L1                            ? ui::Appearance::Light
                                                         : ui::Appearance::System;
    ui::Theme::install(application, appearance);
    if (settings.isOn(Setting::ReducedMotion))
        ui::Theme::setMotion(ui::Theme::Motion::Reduced);
}

} // namespace app
