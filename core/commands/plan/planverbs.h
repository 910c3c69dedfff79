// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace core::commands {

class CommandTable;

/// The area `plan`, as far as it goes: undo.
void addPlanVerbs(CommandTable &table);

} // namespace core::commands
