// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/address.h"
#include "ui/workbench/page.h"

#include <functional>

class QLineEdit;

namespace ui::config {

/// Completes data IDs of a connection's mirror in a line edit; choosing one fills in its address.
void attachConfigPicker(QLineEdit *edit, workbench::Workbench &workbench, std::function<workbench::Subject()> where);
/// What was typed: an address, `group/dataId`, or a data ID of the connection and namespace. Usage: neither.
core::Result<core::Address> addressOfPicked(const QString &text, const workbench::Subject &where);

} // namespace ui::config
