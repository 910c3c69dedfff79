// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/guard/standing.h"

#include "core/guard/planrun.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace core::guard {

namespace {

constexpr qsizetype AtOnce = 8;

/// The changes of one target follow each other: `at` are their places in the plan.
void judge(const Executor &executor, const Plan &plan, const QList<int> &at, QList<Standing> &standings, const std::optional<Value> &live)
{
    const auto change = [&](qsizetype step) -> const Change & { return plan.changes.at(size_t(at.at(step))); };
    // The first one that begins here, or the one after the last that ends here.
    qsizetype begin = executor.isSame(change(0).before, live) ? 0 : -1;
    for (qsizetype step = at.size() - 1; step >= 0 && begin < 0; --step) {
        if (executor.isSame(change(step).after, live))
            begin = step + 1;
    }
    for (qsizetype step = 0; step < at.size(); ++step) {
        Standing &standing = standings[at.at(step)];
        standing.live = live;
        standing.state = begin < 0 ? Standing::State::Conflict : step < begin ? Standing::State::Done : Standing::State::Possible;
    }
}

} // namespace

Plan startingFrom(const Plan &plan, const QList<Standing> &standings)
{
    Plan fresh = plan;
    fresh.id = QUuid::createUuid();
    fresh.changes.clear();
    QList<Address> moved;
    for (size_t index = 0; index < plan.changes.size(); ++index) {
        Change change = plan.changes.at(index);
        const Standing standing = standings.value(qsizetype(index));
        if (standing.state == Standing::State::Done)
            continue;
        // Only the first of a target begins there; the next begins where that one ends.
        if (standing.state == Standing::State::Conflict && !moved.contains(change.target)) {
            moved.append(change.target);
            const Verb verb = change.verb;
            change.before = standing.live;
            change.verb = !change.after ? Verb::Delete : change.before ? Verb::Update : Verb::Create;
            if (change.verb != verb) // which of them a server compares is not known here
                change.comparison = Comparison::Checked;
        }
        fresh.changes.push_back(std::move(change));
    }
    return fresh;
}

StandingFlow::StandingFlow(const Workshop &workshop, const Plan &plan, Reply<QList<Standing>> *reply)
    : QObject(reply)
    , m_workshop(workshop)
    , m_plan(plan)
    , m_reply(reply)
    , m_standings(qsizetype(plan.changes.size()))
{
    QSet<Address> seen;
    for (const Change &change : plan.changes) {
        if (!seen.contains(change.target))
            m_targets.append(change.target);
        seen.insert(change.target);
    }
}

void StandingFlow::start()
{
    if (m_targets.isEmpty())
        return m_reply->settle(QList<Standing>());
    const qsizetype first = std::min(AtOnce, m_targets.size());
    for (qsizetype i = 0; i < first; ++i)
        next();
}

void StandingFlow::next()
{
    if (m_next == m_targets.size())
        return;
    const Address target = m_targets.at(m_next++);
    Executor *executor = m_workshop.executorFor(target.kind());
    auto *reading = executor ? executor->read(target)
                             : Reply<std::optional<Value>>::settled(
                                   fail(Error::Kind::Unsupported, u"nothing here can read objects of kind %1"_s.arg(target.kind())), this);
    reading->then(this, [this, target](const Result<std::optional<Value>> &live) { take(target, live); });
}

void StandingFlow::take(const Address &target, const Result<std::optional<Value>> &live)
{
    QList<int> at;
    for (size_t index = 0; index < m_plan.changes.size(); ++index) {
        if (m_plan.changes.at(index).target == target)
            at.append(int(index));
    }
    Executor *executor = m_workshop.executorFor(target.kind());
    if (live && executor) {
        judge(*executor, m_plan, at, m_standings, *live);
    } else {
        for (const int index : std::as_const(at))
            m_standings[index] = {Standing::State::Unreadable, std::nullopt, live ? std::nullopt : std::optional(live.error())};
    }
    ++m_read;
    Q_EMIT m_reply->progress(m_read, m_targets.size());
    if (m_read == m_targets.size())
        m_reply->settle(m_standings);
    else
        next();
}

} // namespace core::guard
