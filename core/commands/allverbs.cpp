// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/allverbs.h"

#include "core/commands/common/commandline.h"
#include "core/commands/completion/completionverbs.h"
#include "core/commands/config/configverbs.h"
#include "core/commands/ledger/ledgerverbs.h"
#include "core/commands/namespace/namespaceverbs.h"
#include "core/commands/plan/planverbs.h"
#include "core/commands/profile/profileverbs.h"
#include "core/commands/sandbox/sandboxverbs.h"

namespace core::commands {

void addAllVerbs(CommandTable &table)
{
    addProfileVerbs(table);
    addNamespaceVerbs(table);
    addConfigReadVerbs(table);
    addConfigWriteVerbs(table);
    addConfigCompareVerbs(table);
    addConfigLocalVerbs(table);
    addConfigFactsVerbs(table);
    addConfigManyVerbs(table);
    addPlanVerbs(table);
    addLedgerVerbs(table);
    addSandboxVerbs(table);
    addCompletionVerbs(table);
}

} // namespace core::commands
