// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace core::commands {

class CommandTable;

/// The area `sandbox`: the practice servers of this home in the background (app/cli.md §2).
void addSandboxVerbs(CommandTable &table);

} // namespace core::commands
