// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/common/plans.h"

#include "core/commands/common/context.h"
#include "core/text/diff.h"

using namespace Qt::StringLiterals;

namespace core::commands {

namespace {

QString lower(guard::Verb verb)
{
    return guard::toString(verb).toLower();
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
        text += u"%1 %2\n%3"_s.arg(lower(change.verb), change.target.toString(), diff);
        items.append(QJsonObject{{u"address"_s, change.target.toString()},
                                 {u"verb"_s, lower(change.verb)},
                                 {u"atomic"_s, change.comparison == guard::Comparison::Atomic},
                                 {u"undo"_s, guard::toString(change.undo).toLower()},
                                 {u"diff"_s, diff}});
    }
    QJsonObject document{{u"dryRun"_s, true},
                         {u"items"_s, items},
                         {u"planHash"_s, QString::fromLatin1(request.plan.hash().toHex())},
                         {u"allowed"_s, review.allowed},
                         {u"needsUnlock"_s, review.needsUnlock},
                         {u"needsReason"_s, review.needsReason},
                         {u"warnings"_s, QJsonArray::fromStringList(review.warnings)}};
    out.document(document);
    out.text(text);
    if (!review.allowed)
        out.remark(review.why);
    call.finish(ExitDone);
}

struct Collected {
    PlanCall request;
    QList<guard::ChangeOutcome> outcomes;
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

void tell(Invocation &call, const Collected &all, const Result<Done> &end)
{
    Output &out = call.output();
    const auto &changes = all.request.plan.changes;
    QJsonArray items;
    int applied = 0;
    int worst = ExitDone;
    for (const guard::ChangeOutcome &outcome : all.outcomes) {
        const guard::Change &change = changes.at(size_t(outcome.index));
        items.append(outcomeObject(change, outcome));
        const int code = exitCodeOf(outcome);
        if (code == ExitDone)
            ++applied;
        else if (worst == ExitDone)
            worst = code;
        if (outcome.outcome == guard::Outcome::Applied || outcome.outcome == guard::Outcome::Unknown)
            out.text(sentence(change, outcome));
        if (outcome.error && all.request.answer == PlanCall::Answer::Many)
            out.remark(change.target.toString() + u": "_s + outcome.error->message);
    }
    if (all.request.answer == PlanCall::Answer::One && all.outcomes.size() == 1) {
        const guard::ChangeOutcome &outcome = all.outcomes.first();
        const bool told = outcome.outcome == guard::Outcome::Applied || outcome.outcome == guard::Outcome::Unknown;
        if (told) {
            QJsonObject document = items.first().toObject();
            for (auto it = all.request.more.begin(); it != all.request.more.end(); ++it)
                document.insert(it.key(), it.value());
            out.document(document);
        }
        if (outcome.outcome != guard::Outcome::Applied && outcome.error)
            out.error(*outcome.error);
        call.finish(exitCodeOf(outcome));
        return;
    }
    if (all.outcomes.isEmpty()) {
        call.finish(end ? Error{Error::Kind::Internal, u"nothing was done"_s, 0, false} : end.error());
        return;
    }
    QJsonObject document{{u"items"_s, items}, {u"planId"_s, all.request.plan.id.toString(QUuid::WithoutBraces)}};
    for (auto it = all.request.more.begin(); it != all.request.more.end(); ++it)
        document.insert(it.key(), it.value());
    out.document(document);
    if (!end)
        out.error(end.error());
    const bool whole = applied == int(changes.size());
    call.finish(whole ? ExitDone : applied > 0 ? ExitPartly : worst != ExitDone ? worst : end ? ExitFailed : exitCodeOf(end.error().kind));
}

void submit(Invocation &call, PlanCall request, const guard::Review &review)
{
    // --yes and the answer on the terminal stand for the typed word: the question named what goes.
    const guard::Consent consent{request.plan.hash(), review.typedText, call.global().reason};
    auto all = std::make_shared<Collected>();
    all->request = std::move(request);
    auto *stream = call.context().guard().submit(all->request.plan, consent);
    call.running(stream);
    stream->each(&call, [all](const QList<guard::ChangeOutcome> &batch) { all->outcomes += batch; });
    stream->then(&call, [&call, all](const Result<Done> &end) {
        if (!end && all->outcomes.isEmpty()) {
            call.finish(end.error());
            return;
        }
        tell(call, *all, end);
    });
}

} // namespace

QJsonObject outcomeObject(const guard::Change &change, const guard::ChangeOutcome &outcome)
{
    QJsonObject object{{u"outcome"_s, guard::toString(outcome.outcome)},
                       {u"verified"_s, outcome.verified},
                       {u"atomic"_s, change.comparison == guard::Comparison::Atomic},
                       {u"ledgerId"_s, outcome.ledgerId},
                       {u"address"_s, change.target.toString()},
                       {u"verb"_s, lower(change.verb)}};
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

void runPlan(Invocation &call, PlanCall request)
{
    const guard::Review review = call.context().guard().review(request.plan);
    if (call.has(u"dry-run"_s)) {
        showPlan(call, request, review);
        return;
    }
    if (review.needsUnlock) {
        const QString name = review.lockedProfiles.value(0);
        call.finish(Error{Error::Kind::Policy,
                          u"%1 is protected; signalboxctl profile unlock %1 --for 15m --reason TEXT opens it for a while"_s.arg(name), 0,
                          false});
        return;
    }
    if (!review.allowed) {
        call.finish(Error{Error::Kind::Policy, review.why, 0, false});
        return;
    }
    if (review.needsReason && call.global().reason.isEmpty()) {
        call.finish(Error{Error::Kind::Policy, u"this connection wants a reason; add --reason TEXT"_s, 0, false});
        return;
    }
    for (const QString &warning : review.warnings)
        call.output().remark(u"note: "_s + warning);
    if (request.kind == PlanCall::Kind::Plain && review.typedText.isEmpty()) {
        submit(call, std::move(request), review);
        return;
    }
    const QString question = request.question;
    auto held = std::make_shared<PlanCall>(std::move(request));
    call.confirm(question, [&call, held, review] { submit(call, *held, review); });
}

} // namespace core::commands
