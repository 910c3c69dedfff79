// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/messagebar.h"

#include <functional>

namespace ui {
class StatePage;
}

namespace ui::workbench {

class Workbench;

/// What of a connection could not be read.
struct Unreadable {
    QString profile;
    core::Error why;
    QString what; ///< as for MessageBar::showError(): "Cannot load the history"
};

/// In place of the content: the error with Retry; where only the password of the connection is missing, its name and a button to enter it.
void showUnreadable(StatePage &states, Workbench &workbench, const Unreadable &failed, std::function<void()> retry);
/// "Enter the password…" of that connection; none where that is not what is missing.
QList<MessageAction> passwordActions(Workbench &workbench, const QString &profile, const core::Error &why);

} // namespace ui::workbench
