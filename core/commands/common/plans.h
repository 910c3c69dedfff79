// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/commands/common/invocation.h"
#include "core/guard/guard.h"

#include <functional>

namespace core::commands {

/// How a verb's write is asked for and told.
struct PlanCall {
    guard::Plan plan;
    enum class Kind {
        Plain,
        Many,       ///< confirmed on the terminal, if there is one
        Destructive ///< confirmed on the terminal or by --yes
    };
    Kind kind = Kind::Plain;
    QString question; ///< "Delete 3 configurations from shop/public?"
    enum class Answer { One, Many };
    Answer answer = Answer::One; ///< the document: one outcome, or {"items":[…]}
    QJsonObject more;            ///< further members of the document
    /// What belonged to the task and is not in the plan, with the reason. Shown; the exit code is then not 0.
    struct LeftOut {
        QString address;
        QJsonObject facts; ///< what names it in the document
        Error why;
    };
    QList<LeftOut> leftOut;
    /// Of a plan of one change: instead of telling that somebody else was faster. Empty: it is told.
    std::function<void()> overtaken;
    QString nothing; ///< said when the plan has no changes and nothing was left out
};

/// Review, consent, submit, outcome, exit code: the one way verbs write. With --dry-run the plan is shown and nothing is sent. An interrupt
/// waits for what is on the wire and tells what became of it; a second one does not.
void runPlan(Invocation &call, PlanCall request);

/// Ends the call of a write that has nothing to do, because the target is as wanted: a success.
void finishUnchanged(Invocation &call, const Address &target, const QJsonObject &more);

QJsonObject outcomeObject(const guard::Change &change, const guard::ChangeOutcome &outcome);
int exitCodeOf(const guard::ChangeOutcome &outcome);

} // namespace core::commands
