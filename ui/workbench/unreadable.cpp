// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workbench/unreadable.h"

#include "core/base/missingsecret.h"
#include "ui/common/statepage.h"
#include "ui/workbench/workbench.h"

#include <QCoreApplication>
#include <QPointer>

namespace ui::workbench {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::workbench::Unreadable)
};

} // namespace

void showUnreadable(StatePage &states, Workbench &workbench, const Unreadable &failed, std::function<void()> retry)
{
    if (!core::isMissing(failed.why, core::MissingSecret::Password))
        return states.showError(failed.why, failed.what, std::move(retry));
    const QString name = workbench.pathText({failed.profile, {}});
    states.showEmpty({Icon::Lock,
                      //: %1 is what failed ("Cannot load the history"), %2 a connection
                      Words::tr("%1: no password is known for %2.").arg(failed.what, name),
                      Words::tr("Enter the password of %1…").arg(name),
                      [window = QPointer(&workbench), profile = failed.profile] {
                          if (window)
                              window->enterPassword(profile);
                      },
                      {}});
}

QList<MessageAction> passwordActions(Workbench &workbench, const QString &profile, const core::Error &why)
{
    if (!core::isMissing(why, core::MissingSecret::Password))
        return {};
    return {{Words::tr("Enter the password…"),
             {&workbench, [&workbench, profile] { workbench.enterPassword(profile); }},
             MessageAction::Then::Stay}};
}

} // namespace ui::workbench
