// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace core::commands {

class CommandTable;

/// The area `completion`: prints a script for bash or zsh made from the table itself, so that it never lags behind.
void addCompletionVerbs(CommandTable &table);

QString bashCompletion(const CommandTable &table);
QString zshCompletion(const CommandTable &table);

} // namespace core::commands
