// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace core::commands {

class CommandTable;

/// The area `ledger`.
void addLedgerVerbs(CommandTable &table);

} // namespace core::commands
