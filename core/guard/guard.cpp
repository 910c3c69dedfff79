// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/guard/guard.h"

#include "core/base/log.h"
#include "core/base/workers.h"
#include "core/guard/planrun.h"
#include "core/guard/settlement.h"
#include "core/guard/undoflow.h"
#include "core/guard/unlocks.h"

#include <algorithm>
#include <QPointer>
#include <QSet>

using namespace Qt::StringLiterals;

namespace core::guard {

/// Submitted and not begun yet.
struct Guard::Waiting {
    Plan plan;
    Consent consent;
    QPointer<Stream<ChangeOutcome>> stream;
    std::optional<bool> compared; ///< whether it is the plan that was shown; nullopt: still being hashed
    bool announced = false;       ///< planStarted was emitted
};

struct Guard::Private {
    bool isUnderWay(const QUuid &id) const
    {
        return std::ranges::any_of(runs, [&](const PlanRun *run) { return run->id() == id; }) ||
            std::ranges::any_of(submitted, [&](const auto &submission) { return submission->plan.id == id; });
    }

    Workshop workshop;
    const PolicySource &policies;
    Unlocks &unlocks;
    Workers *workers;
    QList<std::shared_ptr<Waiting>> submitted;
    QList<PlanRun *> runs;        // children of the guard
    PlanRun *beginning = nullptr; // one of them: still asks the ledger what became of it earlier
    OperationTracker operations;
};

Guard::Guard(const Collaborators &collaborators, QObject *parent)
    : QObject(parent)
    , m_d(new Private{
          .workshop =
              {.ledger = collaborators.ledger, .clock = collaborators.clock, .executors = {}, .busy = {}, .underWay = {}, .settling = {}},
          .policies = collaborators.policies,
          .unlocks = collaborators.unlocks,
          .workers = collaborators.workers,
          .submitted = {},
          .runs = {},
          .beginning = nullptr,
          .operations = {}})
{
    qRegisterMetaType<Plan>();
    qRegisterMetaType<ChangeOutcome>();
    qRegisterMetaType<PlanSummary>();
    qRegisterMetaType<Outcome>();
}

Guard::~Guard()
{
    // They use the workshop until they are gone; what is on the wire stays open in the ledger and is settled at the next start.
    m_d->submitted.clear();
    m_d->operations.cancelAll();
    const QObjectList parts = children();
    qDeleteAll(parts);
}

void Guard::add(std::unique_ptr<Executor> executor)
{
    m_d->workshop.executors.push_back(std::move(executor));
}

int Guard::running() const
{
    return int(m_d->submitted.size() + m_d->runs.size());
}

std::optional<int> Guard::onTheWay(const QUuid &plan) const
{
    const auto run = std::ranges::find(m_d->runs, plan, &PlanRun::id);
    return run == m_d->runs.end() ? std::nullopt : std::optional((*run)->active());
}

namespace {

/// What is said of `count` of `all` changes, in the place of %1.
QString phrase(int count, int all, const QString &ofOne, const QString &ofMany)
{
    const QString which = all == 1 ? u"the change"_s
        : count == all             ? u"all %1 changes"_s.arg(all)
                                   : u"%1 of %2 changes"_s.arg(count).arg(all);
    return (count == 1 ? ofOne : ofMany).arg(which);
}

/// Gathers what a review says from the changes one by one.
class Reviewer {
public:
    Reviewer(const Workshop &workshop, const PolicySource &policies, const Unlocks &unlocks)
        : m_workshop(workshop)
        , m_policies(policies)
        , m_unlocks(unlocks)
    {
    }

    Review review(const Plan &plan)
    {
        if (plan.changes.empty())
            return refuse(u"the plan has no changes"_s);
        if (const auto usable = m_workshop.ledger.usable(); !usable) {
            m_review.kind = usable.error().kind;
            return refuse(u"nothing is sent that cannot be journaled: "_s + usable.error().message);
        }
        for (const Change &change : plan.changes) {
            if (const QString why = look(change); !why.isEmpty())
                return refuse(why);
        }
        m_review.allowed = true;
        if (m_productionDeletes > 0 && m_review.typedText.isEmpty())
            m_review.typedText = m_productionDeletes == 1 ? m_deleted.path().last() : m_deleted.profile();
        concerns(plan);
        return m_review;
    }

private:
    Review refuse(const QString &why)
    {
        m_review.allowed = false;
        m_review.why = why;
        return m_review;
    }

    QString look(const Change &change)
    {
        if (const auto sound = check(change); !sound)
            return sound.error().message;
        Executor *executor = m_workshop.executorFor(change.target.kind());
        if (!executor)
            return u"nothing here can change objects of kind %1"_s.arg(change.target.kind());
        const QString profile = change.target.profile();
        const auto policy = m_policies.policyOf(profile);
        if (!policy)
            return u"there is no connection %1"_s.arg(profile);
        if (!m_profiles.contains(profile)) {
            m_profiles.insert(profile);
            const QString unlockedWith = policy->unlockedWith.isEmpty() ? profile : policy->unlockedWith;
            if (policy->protection == Policy::Protection::ReadOnly && !m_unlocks.state(unlockedWith)) {
                m_review.needsUnlock = true;
                if (!m_review.lockedProfiles.contains(unlockedWith))
                    m_review.lockedProfiles.append(unlockedWith);
            }
        }
        if (policy->environment == Environment::Production) {
            ++m_production;
            m_review.needsReason = true;
            if (change.verb == Verb::Delete) {
                ++m_productionDeletes;
                m_deleted = change.target;
            }
        }
        if (m_review.typedText.isEmpty())
            m_review.typedText = executor->typedText(change);
        return {};
    }

    void concern(Concern::Kind kind, int count, const QString &detail, const QString &text)
    {
        m_review.concerns.append({kind, count, detail});
        m_review.warnings.append(text);
    }

    void concerns(const Plan &plan)
    {
        const int all = int(plan.changes.size());
        if (m_production > 0)
            concern(Concern::Kind::Production, m_production, {},
                    phrase(m_production, all, u"%1 is in production"_s, u"%1 are in production"_s));
        if (m_profiles.size() > 1)
            concern(Concern::Kind::SeveralConnections, int(m_profiles.size()), {},
                    u"the plan changes %1 connections"_s.arg(m_profiles.size()));
        int notAtomic = 0, partial = 0, none = 0;
        QString partialNote, noneNote;
        for (const Change &change : plan.changes) {
            notAtomic += change.comparison == Comparison::Checked ? 1 : 0;
            if (change.undo == Undo::Partial && partial++ == 0)
                partialNote = change.undoNote;
            if (change.undo == Undo::None && none++ == 0)
                noneNote = change.undoNote;
        }
        const auto noted = [](const QString &text, const QString &note) { return note.isEmpty() ? text : text + u": "_s + note; };
        if (notAtomic > 0)
            concern(Concern::Kind::NotAtomic, notAtomic, {},
                    phrase(notAtomic, all, u"%1 is compared by reading first"_s, u"%1 are compared by reading first"_s) +
                        u": a change by somebody else in the same instant would go unnoticed"_s);
        if (partial > 0)
            concern(
                Concern::Kind::UndoPartial, partial, partialNote,
                noted(phrase(partial, all, u"%1 can be taken back only in part"_s, u"%1 can be taken back only in part"_s), partialNote));
        if (none > 0)
            concern(Concern::Kind::UndoNone, none, noneNote,
                    noted(phrase(none, all, u"%1 cannot be taken back"_s, u"%1 cannot be taken back"_s), noneNote));
        for (const QString &note : plan.notes)
            concern(Concern::Kind::Note, 1, note, note);
    }

    const Workshop &m_workshop;
    const PolicySource &m_policies;
    const Unlocks &m_unlocks;
    Review m_review;
    QSet<QString> m_profiles;
    int m_production = 0, m_productionDeletes = 0;
    Address m_deleted;
};

/// Said of a hash that does not fit.
const QString OtherPlan = u"the plan is not the one that was shown"_s;

PlanSummary nothingDone(const Plan &plan, const Error &why)
{
    PlanSummary summary;
    summary.id = plan.id;
    summary.title = plan.displayTitle();
    summary.changes = summary.notStarted = int(plan.changes.size());
    summary.error = why;
    return summary;
}

std::optional<QString> refusal(const Review &review, const Plan &plan, const Consent &consent)
{
    if (!review.allowed)
        return review.why;
    if (review.needsUnlock)
        return u"%1 is protected: unlock its writes first"_s.arg(review.lockedProfiles.join(u", "_s));
    if (review.needsReason && consent.reason.trimmed().isEmpty() && plan.reason.trimmed().isEmpty())
        return u"a change in production needs a reason"_s;
    if (consent.typedText != review.typedText)
        return u"not confirmed: %1 must be typed"_s.arg(review.typedText);
    return std::nullopt;
}

} // namespace

Review Guard::review(const Plan &plan) const
{
    return Reviewer(m_d->workshop, m_d->policies, m_d->unlocks).review(plan);
}

Stream<ChangeOutcome> *Guard::submit(const Plan &plan, const Consent &consent)
{
    auto *stream = m_d->operations.track(new Stream<ChangeOutcome>);
    stream->setWhenAbandoned(Operation::WhenAbandoned::Continue);
    const Review reviewed = review(plan);
    const auto refuse = [stream](Error::Kind kind, const QString &why) {
        qCInfo(logGuard).noquote() << "refused:" << why;
        stream->settle(fail(kind, why));
        return stream;
    };
    if (const auto why = refusal(reviewed, plan, consent))
        return refuse(reviewed.allowed ? Error::Kind::Policy : reviewed.kind, *why);
    if (m_d->isUnderWay(plan.id))
        return refuse(Error::Kind::Policy, u"this plan is under way"_s);
    const bool elsewhere = m_d->workers && plan.isLong();
    if (!elsewhere && plan.hash() != consent.planHash)
        return refuse(Error::Kind::Policy, OtherPlan);
    const auto submission = std::make_shared<Waiting>(
        Waiting{.plan = plan, .consent = consent, .stream = stream, .compared = elsewhere ? std::nullopt : std::optional(true)});
    m_d->submitted.append(submission);
    stream->onCancel = [this, submission] { withdraw(submission); };
    // Not inside the call, as everything else.
    QMetaObject::invokeMethod(
        this,
        [this, submission] {
            if (!m_d->submitted.contains(submission))
                return; // withdrawn
            submission->announced = true;
            Q_EMIT planStarted(submission->plan);
            beginNext();
        },
        Qt::QueuedConnection);
    if (elsewhere) {
        m_d->workers->run(
            this, [plan] { return plan.hash(); },
            [this, submission](const QByteArray &hash) {
                submission->compared = hash == submission->consent.planHash;
                beginNext();
            });
    }
    return stream;
}

/// Cancelled before it was begun.
void Guard::withdraw(const std::shared_ptr<Waiting> &submission)
{
    if (!m_d->submitted.removeOne(submission))
        return;
    const Error why{Error::Kind::Cancelled, u"cancelled"_s, 0, false};
    QMetaObject::invokeMethod(
        this,
        [this, submission, why] {
            if (submission->announced)
                Q_EMIT planFinished(nothingDone(submission->plan, why));
            beginNext();
        },
        Qt::QueuedConnection);
}

/// In the order in which they were submitted: a short plan waits until the long one before it has been hashed, and until the ledger, which
/// has more than one reader, has answered that one.
void Guard::beginNext()
{
    const QPointer<Guard> alive(this);
    while (alive && !m_d->beginning && !m_d->submitted.isEmpty()) {
        const std::shared_ptr<Waiting> next = m_d->submitted.first();
        if (!next->announced || !next->compared)
            return;
        m_d->submitted.removeFirst();
        begin(*next);
    }
}

void Guard::begin(const Waiting &submission)
{
    const Plan &plan = submission.plan;
    const Consent &consent = submission.consent;
    // What was allowed then may not be any more.
    const Review reviewed = review(plan);
    auto why = refusal(reviewed, plan, consent);
    if (!why && !*submission.compared)
        why = OtherPlan;
    if (why) {
        qCInfo(logGuard).noquote() << "refused:" << *why;
        const Error error{reviewed.allowed ? Error::Kind::Policy : reviewed.kind, *why, 0, false};
        submission.stream->settle(fail(error));
        Q_EMIT planFinished(nothingDone(plan, error));
        return;
    }
    auto *run =
        new PlanRun(m_d->workshop, plan, consent.reason.trimmed().isEmpty() ? plan.reason : consent.reason, submission.stream, this);
    m_d->runs.append(run);
    m_d->beginning = run;
    const auto letNext = [this, run] {
        if (m_d->beginning != run)
            return;
        m_d->beginning = nullptr;
        beginNext();
    };
    connect(run, &PlanRun::begun, this, letNext);
    connect(run, &PlanRun::changeFinished, this,
            [this, id = plan.id](const ChangeOutcome &outcome) { Q_EMIT changeFinished(id, outcome); });
    connect(run, &PlanRun::freed, this, [this, run] {
        for (PlanRun *other : std::as_const(m_d->runs)) {
            if (other != run)
                other->goOn();
        }
    });
    connect(run, &PlanRun::finished, this, [this, run, letNext](const PlanSummary &summary) {
        m_d->runs.removeOne(run);
        run->deleteLater();
        letNext();
        Q_EMIT planFinished(summary);
    });
    run->start();
}

Reply<Plan> *Guard::undoOf(qint64 ledgerId)
{
    auto *reply = m_d->operations.track(new Reply<Plan>);
    auto *flow = new UndoFlow(m_d->workshop, reply, UndoFlow::Missing::Fails);
    m_d->workshop.ledger.entry(ledgerId)->then(flow, [reply, flow, ledgerId](const Result<std::optional<store::LedgerEntry>> &entry) {
        if (!entry)
            return reply->settle(fail(entry.error()));
        if (!*entry)
            return reply->settle(fail(Error::Kind::NotFound, u"the ledger has no entry %1"_s.arg(ledgerId)));
        flow->start({**entry});
    });
    return reply;
}

Reply<Plan> *Guard::undoOf(const QUuid &plan)
{
    auto *reply = m_d->operations.track(new Reply<Plan>);
    auto *flow = new UndoFlow(m_d->workshop, reply, UndoFlow::Missing::IsNoted);
    m_d->workshop.ledger.planEntries(plan)->then(flow, [reply, flow](const Result<QList<store::LedgerEntry>> &entries) {
        if (!entries)
            return reply->settle(fail(entries.error()));
        if (entries->isEmpty())
            return reply->settle(fail(Error::Kind::NotFound, u"the ledger has no such plan"_s));
        // The last one first; of several attempts at one change only what was applied, or the last, counts.
        QList<store::LedgerEntry> order;
        for (const store::LedgerEntry &entry : *entries) {
            if (!order.isEmpty() && order.first().index == entry.index)
                order.removeFirst();
            order.prepend(entry);
        }
        flow->start(order);
    });
    return reply;
}

Reply<Plan> *Guard::complete(const Plan &plan)
{
    auto *reply = m_d->operations.track(new Reply<Plan>);
    auto *flow = new QObject(reply);
    reply->onCancel = [flow = QPointer<QObject>(flow)] { delete flow.data(); };
    completePlan(m_d->workshop, plan, flow, [reply](const Result<Plan> &completed) { reply->settle(completed); });
    return reply;
}

Reply<QList<Standing>> *Guard::standing(const Plan &plan)
{
    auto *reply = m_d->operations.track(new Reply<QList<Standing>>);
    auto *flow = new StandingFlow(m_d->workshop, plan, reply);
    flow->start();
    return reply;
}

Stream<ChangeOutcome> *Guard::settle(const QString &profile)
{
    auto *stream = m_d->operations.track(new Stream<ChangeOutcome>);
    stream->setWhenAbandoned(Operation::WhenAbandoned::Continue);
    auto *settlement = new Settlement(m_d->workshop, profile, stream, this);
    connect(settlement, &Settlement::settled, this, &Guard::settled);
    connect(settlement, &Settlement::finished, settlement, &QObject::deleteLater);
    settlement->start();
    return stream;
}

} // namespace core::guard
