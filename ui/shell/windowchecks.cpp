// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/profiles/settings.h"
#include "ui/common/actionregistry.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/shell.h"
#include "ui/shell/windowcommands.h"

#include <QAction>

// Which commands of the window show a check mark.

using namespace Qt::StringLiterals;
using core::profiles::Setting;

namespace ui::shell {

void checkWindowCommands(MainWindow &window)
{
    const core::profiles::Settings &settings = window.shell().services().settings;
    const auto check = [&window](const QString &id, bool on) {
        if (QAction *action = window.actions().action(id))
            action->setChecked(on);
    };
    check(u"view.detail"_s, window.isDetailShown() && !window.isActivityShown());
    check(u"view.activity"_s, window.isActivityShown());
    check(u"view.log"_s, window.isLogShown());
    const QString theme = settings.text(Setting::Theme), language = settings.text(Setting::Language);
    check(u"view.themeSystem"_s, theme != "light"_L1 && theme != "dark"_L1);
    check(u"view.themeLight"_s, theme == "light"_L1);
    check(u"view.themeDark"_s, theme == "dark"_L1);
    check(u"view.languageEnglish"_s, language == "en"_L1);
    check(u"view.languageChinese"_s, language == "zh_CN"_L1);
}

} // namespace ui::shell
