// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/common/plans.h"

#include "core/commands/common/context.h"
#include "core/commands/common/profilepolicies.h"
#include "core/guard/submission.h"
#include "core/net/budget.h"
#include "core/text/diff.h"

using namespace Qt::StringLiterals;

namespace core::commands {

namespace {

QString lower(guard::Verb verb)
{
    return guard::toString(verb).toLower();
}

QJsonArray leftOutArray(const PlanCall &request)
{
    QJsonArray array;
    for (const PlanCall::LeftOut &item : request.leftOut) {
        QJsonObject object = item.facts;
        object.insert(u"address"_s, item.address);
        object.insert(u"reason"_s, Output::errorObject(item.why).value(u"message"_s));
        object.insert(u"kind"_s, item.why.kindName());
        array.append(object);
    }
    return array;
}

void insertMore(QJsonObject &document, const PlanCall &request)
{
    for (auto it = request.more.begin(); it != request.more.end(); ++it)
        document.insert(it.key(), it.value());
    if (request.answer == PlanCall::Answer::Many && (!request.leftOut.isEmpty() || !request.nothing.isEmpty()))
        document.insert(u"leftOut"_s, leftOutArray(request));
}

void tellLeftOut(Invocation &call, const PlanCall &request)
{
    if (call.output().isJson())
        return;
    for (const PlanCall::LeftOut &item : request.leftOut)
        call.output().remark(u"left out %1: %2"_s.arg(item.address, item.why.message));
}

/// What the plan would do, for --dry-run.
void showPlan(Invocation &call, const PlanCall &request, const guard::Review &review)
{
    Output &out = call.output();
    QJsonArray items;
    QString text;
    for (const guard::Change &change : request.plan.changes) {
        const QByteArray before = change.before ? change.before->content : QByteArray();
        const QByteArray after = change.after ? change.after->content : QByteArray();
        text::UnifiedOptions options{change.before ? u"live"_s : u"absent"_s, change.after ? u"new"_s : u"absent"_s};
        options.secrets = text::UnifiedOptions::Secrets::Masked;
        options.format = text::detect(change.after ? after : before, change.target.path().last());
        const QString diff = QString::fromUtf8(text::unifiedDiff(before, after, options));
        text += u"would %1 %2\n%3"_s.arg(lower(change.verb), change.target.toString(), diff);
        QJsonObject item{{u"address"_s, change.target.toString()},
                         {u"verb"_s, lower(change.verb)},
                         {u"atomic"_s, change.comparison == guard::Comparison::Atomic},
                         {u"undo"_s, guard::toString(change.undo).toLower()},
                         {u"diff"_s, diff}};
        if (!change.undoNote.isEmpty())
            item.insert(u"undoNote"_s, change.undoNote);
        items.append(item);
    }
    QJsonObject document{{u"dryRun"_s, true},
                         {u"items"_s, items},
                         {u"planHash"_s, QString::fromLatin1(request.plan.hash().toHex())},
                         {u"allowed"_s, review.allowed},
                         {u"needsUnlock"_s, review.needsUnlock},
                         {u"needsReason"_s, review.needsReason},
                         {u"warnings"_s, QJsonArray::fromStringList(review.warnings)}};
    insertMore(document, request);
    if (!review.allowed)
        out.remark(review.why);
    out.document(document);
    out.text(text);
    tellLeftOut(call, request);
    if (!out.isJson())
        out.remark(u"dry run: nothing was changed"_s);
    call.finish(ExitDone);
}

/// A submitted plan and what came of it.
struct Run {
    PlanCall request;
    QMap<int, guard::ChangeOutcome> outcomes; ///< by index
    Result<Done> end;
    const guard::Change &change(int index) const { return request.plan.changes.at(size_t(index)); }
};

QString sentence(const guard::Change &change, const guard::ChangeOutcome &outcome)
{
    QString text = u"%1 %2: %3"_s.arg(lower(change.verb), change.target.toString(), guard::toString(outcome.outcome).toLower());
    if (outcome.outcome == guard::Outcome::Applied && !outcome.verified)
        text += u" (not yet seen when read back)"_s;
    if (outcome.outcome == guard::Outcome::Unknown)
        text += u" (no answer; settled when the server is reachable again)"_s;
    return text;
}

/// What was found out could not be written down: then the ledger does not say what happened, however well it went.
std::optional<Error> ledgerTrouble(const Run &run)
{
    if (run.end || run.end.error().kind != Error::Kind::Internal)
        return std::nullopt;
    return run.end.error();
}

bool isTold(const guard::ChangeOutcome &outcome)
{
    return outcome.outcome == guard::Outcome::Applied || outcome.outcome == guard::Outcome::Unknown;
}

void tellOne(Invocation &call, const Run &run)
{
    const guard::ChangeOutcome outcome = run.outcomes.first();
    const guard::Change &change = run.change(outcome.index);
    if (isTold(outcome)) {
        call.output().text(sentence(change, outcome));
        QJsonObject document = outcomeObject(change, outcome);
        insertMore(document, run.request);
        call.output().document(document);
    }
    std::optional<Error> error = outcome.outcome == guard::Outcome::Applied ? std::nullopt : outcome.error;
    const std::optional<Error> trouble = ledgerTrouble(run);
    if (error && trouble)
        error->message += u"; "_s + trouble->message;
    else if (trouble)
        error = trouble;
    if (error)
        call.output().error(call.context().withHint(*error));
    const bool interrupted = !run.end && run.end.error().kind == Error::Kind::Cancelled;
    const int code = exitCodeOf(outcome);
    call.finish(interrupted ? int(ExitInterrupted) : code == ExitDone && trouble ? exitCodeOf(trouble->kind) : code);
}

/// None of it was done: one error stands for all.
void tellNothingDone(Invocation &call, const Run &run)
{
    Error error = run.end ? Error{Error::Kind::Internal, u"nothing was done"_s, 0, false} : run.end.error();
    int failed = 0;
    for (const guard::ChangeOutcome &outcome : run.outcomes) {
        if (failed++ > 0 || !outcome.error)
            continue;
        error = *outcome.error;
        if (outcome.outcome == guard::Outcome::Conflict)
            error.kind = Error::Kind::Conflict;
        error.message = run.change(outcome.index).target.toString() + u": "_s + error.message;
    }
    const std::optional<Error> trouble = ledgerTrouble(run);
    if (trouble && failed > 0)
        error.message += u"; "_s + trouble->message;
    if (failed > 1)
        error.message += u" (and %1 more; nothing was changed)"_s.arg(failed - 1);
    call.finish(error);
}

void tell(Invocation &call, const Run &run)
{
    Output &out = call.output();
    if (run.outcomes.isEmpty())
        return tellNothingDone(call, run);
    if (run.request.answer == PlanCall::Answer::One && run.request.plan.changes.size() == 1)
        return tellOne(call, run);
    QJsonArray items;
    int applied = 0, unknown = 0, worst = ExitDone;
    for (const guard::ChangeOutcome &outcome : run.outcomes) {
        items.append(outcomeObject(run.change(outcome.index), outcome));
        applied += outcome.outcome == guard::Outcome::Applied ? 1 : 0;
        unknown += outcome.outcome == guard::Outcome::Unknown ? 1 : 0;
        if (const int code = exitCodeOf(outcome); worst == ExitDone)
            worst = code;
    }
    if (applied + unknown == 0)
        return tellNothingDone(call, run);
    for (const guard::ChangeOutcome &outcome : run.outcomes) {
        if (isTold(outcome))
            out.text(sentence(run.change(outcome.index), outcome));
        if (outcome.error && !out.isJson())
            out.remark(run.change(outcome.index).target.toString() + u": "_s + outcome.error->message);
    }
    tellLeftOut(call, run.request);
    QJsonObject document{{u"items"_s, items}, {u"planId"_s, run.request.plan.id.toString(QUuid::WithoutBraces)}};
    insertMore(document, run.request);
    out.document(document);
    if (!run.end) {
        out.error(run.end.error());
        if (run.end.error().kind == Error::Kind::Cancelled)
            return call.finish(ExitInterrupted);
    }
    const bool whole = applied == int(run.request.plan.changes.size()) && run.request.leftOut.isEmpty();
    const std::optional<Error> trouble = ledgerTrouble(run);
    call.finish(whole ? trouble ? exitCodeOf(trouble->kind) : int(ExitDone) : applied > 0 ? int(ExitPartly) : worst);
}

void submit(Invocation &call, PlanCall request, const guard::Review &review)
{
    // --yes and the answer on the terminal stand for the typed word: the question named what goes.
    const guard::Consent consent{request.plan.hash(), review.typedText, call.global().reason};
    auto *submission = new guard::Submission(call.context().guard(), request.plan, consent, &call);
    call.running(submission->operation());
    QObject::connect(submission, &guard::Submission::advanced, &call, [&call] { call.context().budget().renew(); });
    QObject::connect(submission, &guard::Submission::ended, &call, [&call, submission, held = std::move(request)] {
        const QMap<int, guard::ChangeOutcome> outcomes = submission->outcomes();
        if (held.overtaken && submission->result() && outcomes.size() == 1 && outcomes.first().outcome == guard::Outcome::Conflict)
            return held.overtaken();
        tell(call, {held, submission->outcomes(), submission->result()});
    });
}

/// What an earlier run left open at this connection is looked after first; then it is known what the plan meets.
void settleThenSubmit(Invocation &call, PlanCall request, const guard::Review &review)
{
    const QString profile = request.plan.changes.front().target.profile();
    auto held = std::make_shared<PlanCall>(std::move(request));
    auto *settling = call.context().guard().settle(profile);
    settling->then(&call, [&call, held, review](const Result<Done> &) { submit(call, std::move(*held), review); });
}

/// A plan without changes.
void tellEmpty(Invocation &call, const PlanCall &request)
{
    if (!request.leftOut.isEmpty() && !call.has(u"dry-run"_s)) {
        const PlanCall::LeftOut &first = request.leftOut.first();
        Error error = first.why;
        error.message = u"%1: %2"_s.arg(first.address, error.message);
        if (request.leftOut.size() > 1)
            error.message += u" (and %1 more; nothing was changed)"_s.arg(request.leftOut.size() - 1);
        tellLeftOut(call, request);
        return call.finish(error);
    }
    tellLeftOut(call, request);
    QJsonObject document{{u"items"_s, QJsonArray()}};
    if (call.has(u"dry-run"_s))
        document.insert(u"dryRun"_s, true);
    insertMore(document, request);
    call.output().document(document);
    if (request.leftOut.isEmpty())
        call.output().text(request.nothing);
    call.finish(ExitDone);
}

} // namespace

void finishUnchanged(Invocation &call, const Address &target, const QJsonObject &more)
{
    QJsonObject document{{u"outcome"_s, guard::toString(guard::Outcome::Applied)},
                         {u"verified"_s, true},
                         {u"atomic"_s, true},
                         {u"ledgerId"_s, QJsonValue::Null},
                         {u"address"_s, target.toString()},
                         {u"unchanged"_s, true}};
    for (auto it = more.begin(); it != more.end(); ++it)
        document.insert(it.key(), it.value());
    if (call.has(u"dry-run"_s))
        document = {{u"dryRun"_s, true}, {u"items"_s, QJsonArray()}, {u"unchanged"_s, true}};
    call.output().document(document);
    call.output().text(u"%1: it is like that already, nothing to change"_s.arg(target.toString()));
    call.finish(ExitDone);
}

QJsonObject outcomeObject(const guard::Change &change, const guard::ChangeOutcome &outcome)
{
    QJsonObject object{{u"outcome"_s, guard::toString(outcome.outcome)},
                       {u"verified"_s, outcome.verified},
                       {u"atomic"_s, change.comparison == guard::Comparison::Atomic},
                       {u"ledgerId"_s, outcome.ledgerId},
                       {u"address"_s, change.target.toString()},
                       {u"verb"_s, lower(change.verb)},
                       {u"undo"_s, guard::toString(change.undo).toLower()}};
    if (!change.undoNote.isEmpty())
        object.insert(u"undoNote"_s, change.undoNote);
    if (outcome.error)
        object.insert(u"error"_s, Output::errorObject(*outcome.error));
    return object;
}

int exitCodeOf(const guard::ChangeOutcome &outcome)
{
    switch (outcome.outcome) {
    case guard::Outcome::Applied:
        return ExitDone;
    case guard::Outcome::Conflict:
        return ExitConflict;
    case guard::Outcome::Unknown:
        return ExitNetwork;
    case guard::Outcome::Failed:
        break;
    }
    return outcome.error ? exitCodeOf(outcome.error->kind) : int(ExitFailed);
}

namespace {

/// Why nothing may be written here, and what opens it.
Error lockedError(Invocation &call, const PlanCall &request, const guard::Review &review)
{
    const auto policy = [](const QString &message) { return Error{Error::Kind::Policy, message, 0, false}; };
    const QString name = review.lockedProfiles.value(0);
    const ProfilePolicies &policies = call.context().policies();
    if (const QString why = policies.whyClosed(name); !why.isEmpty())
        return policy(why + u"; nothing was sent"_s);
    const bool isItself = std::ranges::any_of(request.plan.changes, [&](const guard::Change &one) { return one.target.profile() == name; });
    if (isItself)
        return policy(u"%1 is protected; signalboxctl profile unlock %1 --for 15m --reason TEXT opens it for a while"_s.arg(name));
    if (const QString lost = policies.whyUnsure(name); !lost.isEmpty())
        return policy(
            u"whether %1 is the protected connection %2 cannot be told, as the name %3 was not found; nothing was sent: unlock it "
            "with signalboxctl profile unlock %2 --for 15m --reason TEXT, or save this server as a connection of its own"_s.arg(
                call.global().server, name, lost));
    return policy(u"%1 is the protected connection %2: unlock it with signalboxctl profile unlock %2 --for 15m --reason TEXT"_s.arg(
        call.global().server, name));
}

void runReviewed(Invocation &call, PlanCall request)
{
    const guard::Review review = call.context().guard().review(request.plan);
    if (call.has(u"dry-run"_s)) {
        showPlan(call, request, review);
        return;
    }
    if (review.needsUnlock) {
        call.finish(lockedError(call, request, review));
        return;
    }
    if (!review.allowed) {
        call.finish(Error{review.kind, review.why, 0, false});
        return;
    }
    if (review.needsReason && call.global().reason.isEmpty()) {
        call.finish(Error{Error::Kind::Policy, u"this connection wants a reason; add --reason TEXT"_s, 0, false});
        return;
    }
    for (qsizetype i = 0; i < review.warnings.size(); ++i) {
        // Of a single change the document says it (`atomic`); said every time nobody would read it.
        const bool obvious = request.plan.changes.size() == 1 && review.concerns.at(i).kind == guard::Concern::Kind::NotAtomic;
        if (!obvious)
            call.output().remark(u"note: "_s + review.warnings.at(i));
    }
    const bool asks = request.kind == PlanCall::Kind::Destructive || (request.kind == PlanCall::Kind::Many && call.canAsk());
    if (!asks && review.typedText.isEmpty()) {
        settleThenSubmit(call, std::move(request), review);
        return;
    }
    const QString question = request.question;
    auto held = std::make_shared<PlanCall>(std::move(request));
    call.confirm(question, [&call, held, review] { settleThenSubmit(call, std::move(*held), review); });
}

} // namespace

void runPlan(Invocation &call, PlanCall request)
{
    if (request.plan.changes.empty())
        return tellEmpty(call, request);
    auto held = std::make_shared<PlanCall>(std::move(request));
    auto *naming = call.context().policies().findNames(&call);
    call.running(naming);
    naming->then(&call, [&call, held](const Result<Done> &found) {
        found ? runReviewed(call, std::move(*held)) : call.finish(found.error()); // interrupted
    });
}

} // namespace core::commands
