// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/config/outofreach.h"

#include "ui/common/errortext.h"
#include "ui/common/relativetime.h"
#include "ui/workbench/unreadable.h"

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

Message mirrorMessage(const std::optional<core::Error> &why, const QDateTime &seenAt)
{
    const QString reason = isOutOfReach(why) ? Words::tr("The server is out of reach.") : errorText(*why).sentence;
    Message message{.state = StateColor::Warning, .text = Words::tr("%1 You see what was there before.").arg(reason)};
    if (why)
        message.details = why->message;
    if (seenAt.isValid()) {
        message.time = seenAt;
        message.textAt = [reason](const QString &ago) {
            //: %1 is a sentence that says why
            return Words::tr("%1 You see what was there %2.").arg(reason, ago);
        };
        message.text = message.textAt(relativeTime(seenAt));
    }
    return message;
}

QList<MessageAction> mirrorActions(workbench::Workbench &workbench, const QString &profile, const std::optional<core::Error> &why,
                                   const Callback<void()> &again)
{
    QList<MessageAction> actions = why ? workbench::passwordActions(workbench, profile, *why) : QList<MessageAction>();
    actions.append({Words::tr("Try again"), again});
    return actions;
}

} // namespace ui::config
