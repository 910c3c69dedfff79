// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/address.h"
#include "ui/workbench/page.h"

namespace ui::workbench {

/// `staging/public`, `shop-staging`; empty for a subject without connection.
QString placeText(const Subject &subject);
QString placeText(const core::Address &address);
/// The last segment of the address, the object's own name.
QString nameOf(const core::Address &address);

} // namespace ui::workbench
