// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace core::commands {

class CommandTable;

/// The area `config`, in six files.
void addConfigReadVerbs(CommandTable &table);    ///< list get history show listeners watch
void addConfigCompareVerbs(CommandTable &table); ///< diff matrix
void addConfigWriteVerbs(CommandTable &table);   ///< publish delete restore override
void addConfigLocalVerbs(CommandTable &table);   ///< validate
void addConfigFactsVerbs(CommandTable &table);   ///< snippet capacity
void addConfigManyVerbs(CommandTable &table);    ///< replace

} // namespace core::commands
