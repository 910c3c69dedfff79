// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/plan/planverbs.h"

#include "core/commands/common/context.h"
#include "core/commands/common/plans.h"
#include "core/commands/common/withregistry.h"
#include "core/guard/takenback.h"

using namespace Qt::StringLiterals;

namespace core::commands {

namespace {

QStringList profilesOf(const guard::Plan &plan)
{
    QStringList profiles;
    for (const guard::Change &change : plan.changes) {
        if (!profiles.contains(change.target.profile()))
            profiles.append(change.target.profile());
    }
    return profiles;
}

/// What the argument names: an entry of the ledger by its number, else a plan.
Reply<guard::Plan> *undoOf(Invocation &call)
{
    bool isNumber = false;
    const qint64 entry = call.argument(0).toLongLong(&isNumber);
    guard::Guard &guard = call.context().guard();
    auto *reply = isNumber ? guard.undoOf(entry) : guard.undoOf(QUuid::fromString(call.argument(0)));
    call.running(reply);
    return reply;
}

/// Of one change; what is an undo itself is not said so once more.
QString undoQuestion(const guard::Change &back)
{
    const guard::TakenBack line = guard::takenBack(back.summary);
    return line.isAgain() ? u"Do “%1” again?"_s.arg(line.what) : u"Take back “%1”?"_s.arg(line.what);
}

void runUndo(Invocation &call, const guard::Plan &back)
{
    PlanCall request;
    request.plan = back;
    request.plan.reason = call.global().reason;
    request.kind = PlanCall::Kind::Destructive;
    bool isNumber = false;
    call.argument(0).toLongLong(&isNumber);
    request.answer = isNumber ? PlanCall::Answer::One : PlanCall::Answer::Many;
    request.question = back.changes.size() == 1 ? undoQuestion(back.changes.front()) : u"Take back %1 changes?"_s.arg(back.changes.size());
    request.more = {{u"undoes"_s, call.argument(0)}};
    runPlan(call, std::move(request));
}

/// Opens the connections one after the other; what was taken back already shows when they are open.
void openThenRun(Invocation &call, QStringList profiles)
{
    if (profiles.isEmpty()) {
        undoOf(call)->then(&call, [&call](const Result<guard::Plan> &back) { back ? runUndo(call, *back) : call.finish(back.error()); });
        return;
    }
    const auto profile = call.context().profile(profiles.takeFirst());
    if (!profile)
        return call.finish(profile.error());
    withConnection(call, *profile, nacos::Session::Use::OneShot, [&call, profiles](nacos::Registry &) { openThenRun(call, profiles); });
}

void undo(Invocation &call)
{
    bool isNumber = false;
    call.argument(0).toLongLong(&isNumber);
    if (!isNumber && QUuid::fromString(call.argument(0)).isNull())
        return call.finish(Error{
            Error::Kind::Usage,
            u"\"%1\" is neither a plan (planId) nor an entry (id); signalboxctl ledger list shows both"_s.arg(call.argument(0)), 0, false});
    if (const auto home = call.context().home(); !home)
        return call.finish(home.error());
    undoOf(call)->then(
        &call, [&call](const Result<guard::Plan> &back) { back ? openThenRun(call, profilesOf(*back)) : call.finish(back.error()); });
}

} // namespace

void addPlanVerbs(CommandTable &table)
{
    table.add({u"plan"_s,
               u"undo"_s,
               u"ID [--dry-run]"_s,
               u"takes back what a plan (planId) or one entry of the ledger (id) did, but for what was changed since; destructive"_s,
               1,
               1,
               {{u"dry-run"_s, {}, u"show what would be done, change nothing"_s}},
               undo});
}

} // namespace core::commands
