// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/profiles/settings.h"
#include "ui/common/actionregistry.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/shell.h"
#include "ui/shell/windowcommands.h"

#include <QAction>
#include <QActionGroup>
#include <QLocale>

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
    // One of each is in use.
    const auto choose = [&window](const QStringList &ids, qsizetype chosen) {
        auto *group = window.findChild<QActionGroup *>(ids.first());
        if (!group) {
            group = new QActionGroup(&window);
            group->setObjectName(ids.first());
        }
        for (qsizetype i = 0; i < ids.size(); ++i) {
            if (QAction *action = window.actions().action(ids.at(i))) {
                action->setActionGroup(group);
                if (i == chosen)
                    action->setChecked(true);
            }
        }
    };
    const QString theme = settings.text(Setting::Theme), language = settings.text(Setting::Language);
    choose({u"view.themeSystem"_s, u"view.themeLight"_s, u"view.themeDark"_s}, theme == "light"_L1 ? 1 : theme == "dark"_L1 ? 2 : 0);
    const bool chinese = language.isEmpty() ? QLocale::system().language() == QLocale::Chinese : language == "zh_CN"_L1;
    choose({u"view.languageEnglish"_s, u"view.languageChinese"_s}, chinese ? 1 : 0);
}

} // namespace ui::shell
