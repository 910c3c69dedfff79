// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/commands/common/invocation.h"
#include "core/guard/guard.h"

namespace core::commands {

/// How a verb's write is asked for and told.
struct PlanCall {
    guard::Plan plan;
    enum class Kind { Plain, Destructive };
    Kind kind = Kind::Plain; ///< Destructive: confirmed on the terminal or by --yes
    QString question;        ///< "Delete 3 configurations from shop/public?"
    enum class Answer { One, Many };
    Answer answer = Answer::One; ///< the document: one outcome, or {"items":[…]}
    QJsonObject more;            ///< further members of the document
};

/// Review, consent, submit, outcome, exit code: the one way verbs write. With --dry-run the plan is shown and nothing is sent.
void runPlan(Invocation &call, PlanCall request);

QJsonObject outcomeObject(const guard::Change &change, const guard::ChangeOutcome &outcome);
int exitCodeOf(const guard::ChangeOutcome &outcome);

} // namespace core::commands
