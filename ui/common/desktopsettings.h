// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/theme.h"

#include <functional>
#include <optional>

class QObject;

namespace ui {

/// What the desktop's settings portal says about appearance and motion; Qt 6.4 does not ask it. Internal to the theme.
class DesktopSettings {
public:
    /// Asks in the background (nothing waits for it) and listens; `changed` is called in the GUI thread.
    static void watch(QObject *owner, std::function<void()> changed);
    static std::optional<Shade> shade(); ///< nothing: no portal, or no preference
    static bool reducedMotion();
};

} // namespace ui
