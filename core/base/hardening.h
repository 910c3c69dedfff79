// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace core {

/// First thing in main(): no core dump of this process (secrets in memory), not readable by other processes of the user.
/// Answers false when the system refused.
bool forbidCoreDumps();

} // namespace core
