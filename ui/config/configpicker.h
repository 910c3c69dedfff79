// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/address.h"

class QLineEdit;

namespace ui::workbench {
class Workbench;
}

namespace ui::config {

/// Completes data IDs of the current connection's mirror in a line edit; choosing one fills in its address.
void attachConfigPicker(QLineEdit *edit, workbench::Workbench &workbench);
/// What was typed: an address, `group/dataId`, or a data ID of the current connection and namespace. Usage: neither.
core::Result<core::Address> addressOfPicked(const QString &text, workbench::Workbench &workbench);

} // namespace ui::config
