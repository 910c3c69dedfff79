// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace core {

/// Is it "[user@]host", or a name of an ssh configuration, and nothing that `ssh` takes for an option or a shell (of a ProxyCommand, say)
/// for a command?
bool isJumpHost(const QString &text);

} // namespace core
