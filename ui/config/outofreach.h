// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/messagebar.h"

#include <optional>
#include <QDateTime>

namespace ui::workbench {
class Workbench;
}

namespace ui::config {

/// What is shown comes from the mirror: why (the server is out of reach, no password is known, …), and of when it is.
Message mirrorMessage(const std::optional<core::Error> &why, const QDateTime &seenAt);
/// What helps: the password, or `again`.
QList<MessageAction> mirrorActions(workbench::Workbench &workbench, const QString &profile, const std::optional<core::Error> &why,
                                   const Callback<void()> &again);

} // namespace ui::config
