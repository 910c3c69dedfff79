// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/config/outofreach.h"

#include "core/base/missingsecret.h"
#include "ui/common/actionregistry.h"
#include "ui/common/errortext.h"
#include "ui/common/relativetime.h"
#include "ui/workbench/workbench.h"

#include <QAction>
#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace ui::config {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::config::OutOfReach)
};

bool isOutOfReach(const std::optional<core::Error> &why)
{
    using Kind = core::Error::Kind;
    return !why || why->kind == Kind::Network || why->kind == Kind::Timeout || why->kind == Kind::Cancelled;
}

} // namespace

QString mirrorText(const std::optional<core::Error> &why, const QDateTime &seenAt)
{
    const QString reason = isOutOfReach(why) ? Words::tr("The server is out of reach.") : errorText(*why).sentence;
    //: %1 is a sentence that says why
    return seenAt.isValid() ? Words::tr("%1 You see what was there %2.").arg(reason, relativeTime(seenAt))
                            : Words::tr("%1 You see what was there before.").arg(reason);
}

QList<MessageAction> mirrorActions(workbench::Workbench &workbench, const std::optional<core::Error> &why, std::function<void()> again)
{
    QAction *enter = why && core::isMissingSecret(*why) ? workbench.actions().action(u"connection.password"_s) : nullptr;
    QList<MessageAction> actions;
    if (enter) {
        actions.append({Words::tr("Enter the password…"),
                        [&workbench] {
                            workbench.actions().refreshNow();
                            if (QAction *action = workbench.actions().action(u"connection.password"_s))
                                action->trigger();
                        },
                        MessageAction::Then::Stay});
    }
    actions.append({Words::tr("Try again"), std::move(again)});
    return actions;
}

} // namespace ui::config
