// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/guard/guard.h"

#include <algorithm>

namespace ui::workbench {

/// How many changes were applied and did not show when they were read back; what nobody can read back (secrets) is not among them.
inline qsizetype countUnseen(const core::guard::Plan &plan, const QList<core::guard::ChangeOutcome> &outcomes)
{
    return std::count_if(outcomes.cbegin(), outcomes.cend(), [&plan](const core::guard::ChangeOutcome &outcome) {
        const bool readable =
            outcome.index < 0 || size_t(outcome.index) >= plan.changes.size() || plan.changes[size_t(outcome.index)].secrets.isEmpty();
        return outcome.outcome == core::guard::Outcome::Applied && !outcome.verified && readable;
    });
}

} // namespace ui::workbench
