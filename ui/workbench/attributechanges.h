// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace core::guard {
struct Change;
}

namespace ui::workbench {

/// "type: yaml → json", a line each, in the language in use; what is the same on both sides is left out, long texts are cut.
QStringList attributeChanges(const core::guard::Change &change);

} // namespace ui::workbench
