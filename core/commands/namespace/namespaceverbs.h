// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace core::commands {

class CommandTable;

/// The area `namespace` (cli.md §1.3).
void addNamespaceVerbs(CommandTable &table);

} // namespace core::commands
