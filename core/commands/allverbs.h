// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace core::commands {

class CommandTable;

/// Every verb of signalboxctl, in the order of the help text.
void addAllVerbs(CommandTable &table);

} // namespace core::commands
