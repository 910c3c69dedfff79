// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nacos/config/config.h"
#include "ui/workbench/workbench.h"

namespace ui::config {

/// Use, effect and schema as this home published them last, for servers that never tell them: from the ledger, and only while the server
/// still has the content that went with them (`md5`). The handler is not called when there is nothing to tell.
void recallUntold(workbench::Workbench &workbench, QObject *context, const core::Address &address, const QByteArray &md5,
                  std::function<void(const core::nacos::ConfigAttributes &)> handler);

} // namespace ui::config
