// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/guard/planrun.h"

#include "core/base/log.h"
#include "core/base/transient.h"
#include "core/guard/settlement.h"

using namespace Qt::StringLiterals;

namespace core::guard {

namespace {

/// The server failed while it was at it (HTTP's 500 to 599): what it had begun may show a moment later, as after silence.
bool isAccident(const Error &error)
{
    return error.kind == Error::Kind::Rejected && error.code >= 500 && error.code < 600;
}

constexpr int MostActive = 64;
/// How far ahead of the first unfinished change others may start: outcomes are told in the order of the changes.
constexpr int Window = 256;
/// So many changes in a row that could not be reached end the plan.
constexpr int MostUnreachable = 3;
constexpr std::chrono::milliseconds FirstPause{10}, LongestPause{400};

store::LedgerIntent intentOf(const Plan &plan, int index, const QString &reason)
{
    const Change &change = plan.changes.at(size_t(index));
    store::LedgerIntent intent;
    intent.plan = plan.id;
    intent.index = index;
    intent.address = change.target.toString();
    intent.verb = toString(change.verb);
    intent.comparison = toString(change.comparison);
    intent.undo = toString(change.undo);
    intent.undoNote = change.undoNote;
    if (change.before)
        intent.before = change.before->canonical();
    if (change.after)
        intent.after = change.after->canonical();
    intent.reason = reason;
    intent.summary = change.summary;
    return intent;
}

Error conflictOf(const Change &change, const std::optional<Value> &live)
{
    QString what = u"it was changed by somebody else meanwhile"_s;
    if (!live)
        what = u"it does not exist any more"_s;
    else if (!change.before)
        what = u"it exists already"_s;
    return Error{Error::Kind::Conflict, what, 0, false};
}

} // namespace

Executor *Workshop::executorFor(const QString &kind) const
{
    for (const auto &executor : executors) {
        if (executor->handles(kind))
            return executor.get();
    }
    return nullptr;
}

void completePlan(const Workshop &workshop, const Plan &plan, QObject *context, const std::function<void(const Result<Plan> &)> &then,
                  size_t first)
{
    if (first == workshop.executors.size())
        return then(plan);
    workshop.executors.at(first)->complete(plan)->then(context, [&workshop, context, then, first](const Result<Plan> &completed) {
        completed ? completePlan(workshop, *completed, context, then, first + 1) : then(completed);
    });
}

ReadBack::ReadBack(Executor &executor, const Address &target, QObject *parent)
    : QObject(parent)
    , m_executor(executor)
    , m_target(target)
{
    m_patience.setSingleShot(true);
    m_pause.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, &ReadBack::timeIsUp);
    connect(&m_pause, &QTimer::timeout, this, &ReadBack::read);
}

void ReadBack::start(std::function<bool(const std::optional<Value> &)> done, std::function<void(const Seen &)> answer,
                     std::chrono::milliseconds patience, Slow slow)
{
    m_slow = slow;
    m_done = std::move(done);
    m_answer = std::move(answer);
    m_patience.start(patience);
    read();
}

void ReadBack::read()
{
    auto *reply = m_executor.read(m_target);
    m_reading = reply;
    reply->then(this, [this](const Result<std::optional<Value>> &live) {
        if (m_ended)
            return;
        if (live) {
            m_seen.any = true;
            m_seen.value = *live;
            m_seen.error.reset();
            m_seen.matched = m_done(*live);
            if (m_seen.matched)
                return end();
        } else {
            m_seen.error = live.error();
            // Nothing was asked: the time of the whole is over.
            if (live.error().kind == Error::Kind::Timeout && !live.error().retryable)
                return end();
        }
        if (!m_patience.isActive())
            return end();
        m_nextPause = std::clamp(m_nextPause * 2, FirstPause, LongestPause);
        m_pause.start(m_nextPause);
    });
}

void ReadBack::timeIsUp()
{
    const bool first = !m_seen.any && !m_seen.error;
    if (m_slow == Slow::Dropped || !first)
        end();
}

void ReadBack::end()
{
    if (std::exchange(m_ended, true))
        return;
    m_patience.stop();
    m_pause.stop();
    if (m_reading) {
        m_reading->detachReceivers();
        m_reading->cancel();
    }
    const auto answer = std::exchange(m_answer, {});
    answer(m_seen);
    deleteLater();
}

PlanRun::PlanRun(Workshop &workshop, const Plan &plan, const QString &reason, Stream<ChangeOutcome> *stream, QObject *parent)
    : QObject(parent)
    , m_workshop(workshop)
    , m_plan(plan)
    , m_reason(reason)
    , m_stream(stream)
    , m_steps(plan.changes.size())
{
    m_summary.id = plan.id;
    m_summary.title = plan.displayTitle();
    m_summary.changes = int(plan.changes.size());
    for (size_t i = 0; i < m_steps.size(); ++i) {
        m_steps[i].outcome.index = int(i);
        m_steps[i].outcome.target = plan.changes[i].target;
        // What is in something comes after it: changes of another kind wait for each other.
        if (i > 0)
            m_steps[i].after = plan.changes[i].target.kind() == plan.changes[i - 1].target.kind() ? m_steps[i - 1].after : int(i);
    }
    stream->onCancel = [this] {
        m_cancelled = true;
        stop({Error::Kind::Cancelled, u"cancelled"_s, 0, false});
    };
}

PlanRun::~PlanRun()
{
    for (size_t i = 0; i < m_steps.size(); ++i) {
        if (m_steps[i].state == Step::State::Active)
            release(int(i));
    }
    if (m_stream)
        m_stream->onCancel = {};
}

Executor &PlanRun::executor(int index) const
{
    return *m_workshop.executorFor(change(index).target.kind()); // the review has seen that there is one
}

void PlanRun::start()
{
    m_workshop.ledger.planEntries(m_plan.id)->then(this, [this](const Result<QList<store::LedgerEntry>> &entries) {
        if (!entries)
            return begin(entries.error());
        const bool open = std::ranges::any_of(*entries, [](const store::LedgerEntry &entry) { return !entry.result; });
        if (open)
            return checkOwners(*entries);
        resume(*entries);
        begin();
    });
}

void PlanRun::begin(const std::optional<Error> &error)
{
    if (error)
        stop(*error);
    m_started = true;
    pumpSoon();
    Q_EMIT begun();
}

/// A living program may be at work on what it left open so far: only what is our own, or of a dead one, is looked after here.
void PlanRun::checkOwners(const QList<store::LedgerEntry> &entries)
{
    using Open = Result<QList<store::LedgerEntry>>;
    const auto ids = [](const QList<store::LedgerEntry> &list, QSet<qint64> into) {
        for (const store::LedgerEntry &entry : list)
            into.insert(entry.id);
        return into;
    };
    m_workshop.ledger.openIntents(store::Ledger::Whose::Mine)->then(this, [this, entries, ids](const Open &mine) {
        if (!mine)
            return begin(mine.error());
        m_workshop.ledger.openIntents(store::Ledger::Whose::DeadOwners)
            ->then(this, [this, entries, ids, known = ids(*mine, {})](const Open &dead) {
                if (!dead)
                    return begin(dead.error());
                const QSet<qint64> ours = ids(*dead, known);
                const auto taken = [&ours](const store::LedgerEntry &entry) { return !entry.result && !ours.contains(entry.id); };
                if (std::ranges::any_of(entries, taken))
                    return begin(Error{Error::Kind::Policy, u"another program is carrying out this plan"_s, 0, false});
                resume(entries);
                begin();
            });
    });
}

/// What an earlier attempt at the same plan came to: applied changes are not done again.
void PlanRun::resume(const QList<store::LedgerEntry> &entries)
{
    for (const store::LedgerEntry &entry : entries) {
        const bool known = entry.index >= 0 && entry.index < int(m_steps.size());
        if (!known || change(entry.index).target.toString() != entry.address || toString(change(entry.index).verb) != entry.verb)
            return stop({Error::Kind::Usage, u"another plan with this id was carried out before"_s, 0, false});
        if (!change(entry.index).secrets.isEmpty())
            return stop({Error::Kind::Policy, u"a plan with secrets cannot be tried again: make a new one"_s, 0, false});
        Step &mine = step(entry.index);
        if (!entry.result) {
            mine.open = entry;
            continue;
        }
        mine.open.reset();
        if (entry.result->outcome != toString(Outcome::Applied))
            continue;
        mine.outcome.outcome = Outcome::Applied;
        mine.outcome.verified = entry.result->verified;
        mine.outcome.ledgerId = entry.id;
        mine.state = Step::State::Done;
        done(entry.index);
    }
}

void PlanRun::pumpSoon()
{
    // Everything that ends in one turn of the event loop starts what follows together: one commit for all their intents.
    if (!std::exchange(m_pumpPosted, true))
        QMetaObject::invokeMethod(
            this,
            [this] {
                m_pumpPosted = false;
                pump();
            },
            Qt::QueuedConnection);
}

bool PlanRun::mayStart(int index) const
{
    if (m_steps.at(size_t(index)).state != Step::State::Waiting)
        return false;
    if (m_steps.at(size_t(index)).after > m_delivered)
        return false;
    const Address &target = change(index).target;
    if (m_workshop.busy.contains(target))
        return false;
    // An earlier change of the same target waits for something: it goes first.
    for (int before = m_firstWaiting; before < index; ++before) {
        if (m_steps.at(size_t(before)).state == Step::State::Waiting && change(before).target == target)
            return false;
    }
    return true;
}

void PlanRun::pump()
{
    if (!m_started || m_finished)
        return;
    if (!m_stopping) {
        const int count = int(m_steps.size());
        while (m_firstWaiting < count && step(m_firstWaiting).state != Step::State::Waiting)
            ++m_firstWaiting;
        QList<int> starting;
        const int end = std::min(count, m_delivered + Window);
        for (int index = m_firstWaiting; index < end && m_active < MostActive; ++index) {
            if (!mayStart(index))
                continue;
            step(index).state = Step::State::Active;
            m_workshop.busy.insert(change(index).target);
            m_workshop.underWay.insert({m_plan.id, index});
            ++m_active;
            if (step(index).open)
                settleOpen(index);
            else
                starting.append(index);
        }
        if (!starting.isEmpty())
            journal(starting);
    }
    finishWhenDone();
}

void PlanRun::journal(const QList<int> &indices)
{
    QList<store::LedgerIntent> intents;
    for (const int index : indices)
        intents.append(intentOf(m_plan, index, m_reason));
    m_workshop.ledger.appendIntents(intents)->then(this, [this, indices](const Result<QList<qint64>> &ids) {
        if (!ids) {
            for (const int index : indices) { // nothing was sent and nothing written: as if they had never been started
                step(index).state = Step::State::Waiting;
                release(index);
            }
            Error error = ids.error();
            error.message = u"nothing is sent that cannot be journaled: "_s + error.message;
            return stop(error);
        }
        for (qsizetype i = 0; i < indices.size(); ++i) {
            step(indices.at(i)).outcome.ledgerId = ids->at(i);
            compare(indices.at(i));
        }
    });
}

/// An earlier attempt left this change without an outcome.
void PlanRun::settleOpen(int index)
{
    const store::LedgerEntry entry = *std::exchange(step(index).open, std::nullopt);
    auto *one = new EntrySettlement(m_workshop, entry, this);
    one->start([this, index](const ChangeOutcome &outcome) {
        Step &mine = step(index);
        if (outcome.outcome == Outcome::Failed || outcome.outcome == Outcome::Conflict) {
            // Not in effect: now it is done for the first time.
            if (m_stopping) {
                mine.state = Step::State::Waiting;
                release(index);
                return pumpSoon();
            }
            return journal({index});
        }
        mine.outcome.outcome = outcome.outcome;
        mine.outcome.verified = outcome.verified;
        mine.outcome.error = outcome.error;
        mine.outcome.ledgerId = outcome.ledgerId;
        if (outcome.outcome == Outcome::Unknown && outcome.error && isConnectionTrouble(*outcome.error) &&
            ++m_unreachable >= MostUnreachable)
            stop(*outcome.error);
        done(index);
    });
}

void PlanRun::compare(int index)
{
    if (m_cancelled)
        return conclude(index, Outcome::Failed, Error{Error::Kind::Cancelled, u"cancelled before it was sent"_s, 0, false});
    executor(index).read(change(index).target)->then(this, [this, index](const Result<std::optional<Value>> &live) {
        if (!live)
            return conclude(index, Outcome::Failed, live.error());
        if (!executor(index).isSame(change(index).before, *live))
            return conclude(index, Outcome::Conflict, conflictOf(change(index), *live));
        if (m_cancelled)
            return conclude(index, Outcome::Failed, Error{Error::Kind::Cancelled, u"cancelled before it was sent"_s, 0, false});
        apply(index);
    });
}

void PlanRun::apply(int index)
{
    auto *reply = executor(index).apply(change(index));
    reply->setWhenAbandoned(Operation::WhenAbandoned::Continue);
    reply->then(this, [this, index](const Result<Done> &result) {
        if (result)
            return verify(index);
        if (result.error().kind == Error::Kind::Conflict)
            return conclude(index, Outcome::Conflict, result.error());
        findOut(index, result.error());
    });
}

void PlanRun::verify(int index)
{
    auto *reading = new ReadBack(executor(index), change(index).target, this);
    reading->start([this, index](const std::optional<Value> &live) { return executor(index).isSame(change(index).after, live); },
                   [this, index](const ReadBack::Seen &seen) {
                       // A secret cannot be read back, so reading proves nothing about it.
                       step(index).outcome.verified = seen.matched && change(index).secrets.isEmpty();
                       conclude(index, Outcome::Applied);
                   },
                   VerifyFor);
}

/// The answer was an error, or there was none: what the server holds decides.
void PlanRun::findOut(int index, const Error &error)
{
    const Change &what = change(index);
    const bool canTell = !executor(index).isSame(what.before, what.after);
    auto *reading = new ReadBack(executor(index), what.target, this);
    const bool late = leavesOpen(error) || isAccident(error);
    // What the server does not show may be all that was to change: then it is as before and as after.
    const auto isAfter = [this, index](const std::optional<Value> &live) {
        return executor(index).isSame(change(index).after, live) && !executor(index).isSame(change(index).before, live);
    };
    const auto matches = [canTell, late, isAfter](const std::optional<Value> &live) {
        // A refusal is believed at the first look; otherwise the request may still take effect.
        return canTell && (isAfter(live) || !late);
    };
    const auto answer = [this, index, canTell, late, isAfter, error](const ReadBack::Seen &seen) {
        const Change &asked = change(index);
        if (canTell && seen.any && isAfter(seen.value)) {
            step(index).outcome.verified = true;
            return conclude(index, Outcome::Applied, error);
        }
        if (!late)
            return conclude(index, Outcome::Failed, error);
        if (!seen.any || !canTell || executor(index).isSame(asked.after, seen.value))
            return conclude(index, Outcome::Unknown, error);
        if (executor(index).isSame(asked.before, seen.value))
            return conclude(index, Outcome::Failed, error);
        conclude(index, Outcome::Conflict, conflictOf(asked, seen.value));
    };
    reading->start(matches, answer, VerifyFor);
}

/// An outcome is known (or is known to be unknown: then the intent stays open for a settlement later).
void PlanRun::conclude(int index, Outcome outcome, std::optional<Error> error)
{
    Step &mine = step(index);
    mine.outcome.outcome = outcome;
    mine.outcome.error = std::move(error);
    if (outcome != Outcome::Applied && mine.outcome.error && isConnectionTrouble(*mine.outcome.error)) {
        if (++m_unreachable >= MostUnreachable)
            stop(*mine.outcome.error);
    } else {
        m_unreachable = 0;
    }
    if (outcome == Outcome::Unknown)
        return done(index);
    m_toClose.append(index);
    closeSoon();
}

void PlanRun::closeSoon()
{
    if (!std::exchange(m_closePosted, true))
        QMetaObject::invokeMethod(
            this,
            [this] {
                m_closePosted = false;
                close();
            },
            Qt::QueuedConnection);
}

void PlanRun::close()
{
    const QList<int> closing = std::exchange(m_toClose, {});
    QList<store::LedgerOutcome> outcomes;
    for (const int index : closing) {
        const ChangeOutcome &outcome = step(index).outcome;
        outcomes.append(
            {outcome.ledgerId, toString(outcome.outcome), outcome.verified, outcome.error ? outcome.error->message : QString()});
    }
    m_workshop.ledger.appendOutcomes(outcomes)->then(this, [this, closing](const Result<QList<bool>> &written) {
        if (!written) {
            Error error = written.error();
            error.message = u"the outcome cannot be journaled: "_s + error.message;
            stop(error);
        }
        for (qsizetype i = 0; i < closing.size(); ++i)
            !written || written->at(i) ? done(closing.at(i)) : compareWithLedger(closing.at(i));
    });
}

/// Somebody else has closed the entry. What it says then is there for good: when that is something else than what was found out here, it
/// is not passed over.
void PlanRun::compareWithLedger(int index)
{
    m_workshop.ledger.entry(step(index).outcome.ledgerId)
        ->then(this, [this, index](const Result<std::optional<store::LedgerEntry>> &entry) {
            const ChangeOutcome &outcome = step(index).outcome;
            const bool known = entry && *entry && (*entry)->result;
            if (!known || (*entry)->result->outcome != toString(outcome.outcome)) {
                const QString there = known ? (*entry)->result->outcome : u"unknown"_s;
                stop({Error::Kind::Internal,
                      u"entry %1 of the ledger was closed by another program as %2, but it is %3"_s.arg(outcome.ledgerId)
                          .arg(there, toString(outcome.outcome)),
                      0, false});
            }
            done(index);
        });
}

/// Others may work on its target and look after its intent.
void PlanRun::release(int index)
{
    m_workshop.busy.remove(change(index).target);
    m_workshop.underWay.remove({m_plan.id, index});
    --m_active;
}

void PlanRun::done(int index)
{
    Step &mine = step(index);
    if (mine.state == Step::State::Active) {
        release(index);
        Q_EMIT freed();
    }
    mine.state = Step::State::Done;
    const ChangeOutcome &outcome = mine.outcome;
    switch (outcome.outcome) {
    case Outcome::Applied:
        ++m_summary.applied;
        if (!outcome.verified)
            ++m_summary.unverified;
        break;
    case Outcome::Conflict:
        ++m_summary.conflicts;
        break;
    case Outcome::Failed:
        ++m_summary.failed;
        break;
    case Outcome::Unknown:
        ++m_summary.unknown;
        break;
    }
    Q_EMIT changeFinished(outcome);
    if (outcome.outcome != Outcome::Applied && m_steps.back().after > index)
        stop(outcome.error.value_or(Error{Error::Kind::Internal, u"what the rest builds on was not applied"_s, 0, false}));
    QList<ChangeOutcome> ready;
    while (m_delivered < int(m_steps.size()) && step(m_delivered).state == Step::State::Done)
        ready.append(step(m_delivered++).outcome);
    if (m_stream && !ready.isEmpty()) {
        m_stream->push(ready);
        Q_EMIT m_stream->progress(m_delivered, qint64(m_steps.size()));
    }
    pumpSoon();
}

/// What is under way is brought to its end, nothing new is begun.
void PlanRun::stop(const Error &error)
{
    m_stopping = true;
    if (!m_error)
        m_error = error;
    pumpSoon();
}

void PlanRun::finishWhenDone()
{
    const bool all = std::ranges::all_of(m_steps, [](const Step &entry) { return entry.state == Step::State::Done; });
    if (m_active > 0 || (!all && !m_stopping))
        return;
    m_finished = true;
    if (m_stream) {
        // Those behind a change that was never started are known as well.
        QList<ChangeOutcome> rest;
        for (int index = m_delivered; index < int(m_steps.size()); ++index) {
            if (step(index).state == Step::State::Done)
                rest.append(step(index).outcome);
        }
        if (!rest.isEmpty())
            m_stream->push(rest);
    }
    m_summary.notStarted = int(std::ranges::count(m_steps, Step::State::Waiting, &Step::state));
    // An error that came when everything had an outcome already is told by those.
    const bool ledgerFailed = m_error && m_error->kind == Error::Kind::Internal;
    if (all && !ledgerFailed)
        m_error.reset();
    m_summary.error = m_error;
    // A stream that ends with an error drops what is not delivered yet: one more turn of the event loop.
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (m_stream)
                m_stream->settle(m_error ? Result<Done>(fail(*m_error)) : Result<Done>(Done{}));
            Q_EMIT finished(m_summary);
        },
        Qt::QueuedConnection);
}

} // namespace core::guard
