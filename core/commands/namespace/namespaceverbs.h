// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace core::commands {

class CommandTable;

/// The area `namespace`.
void addNamespaceVerbs(CommandTable &table);

} // namespace core::commands
