// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/profiles/profile.h"
#include "ui/common/theme.h"

#include <optional>

namespace ui::workbench {

/// The environment's hue and word; a connection without an environment has none.
Environment environmentOf(core::profiles::Environment environment);
Environment environmentOf(const std::optional<core::profiles::Profile> &profile);
/// `STAGING`, translated; empty for None.
QString environmentWord(Environment environment);
/// The connection's own colour where it has one, otherwise the environment's; the accent without one.
QColor connectionColor(const std::optional<core::profiles::Profile> &profile);

} // namespace ui::workbench
