// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/guard/submission.h"

namespace core::guard {

Submission::Submission(Guard &guard, const Plan &plan, const Consent &consent, QObject *parent)
    : QObject(parent)
    , m_guard(&guard)
    , m_plan(plan.id)
{
    connect(&guard, &Guard::planStarted, this, [this](const Plan &started) { m_begun |= started.id == m_plan; });
    connect(&guard, &Guard::changeFinished, this, [this](const QUuid &id, const ChangeOutcome &outcome) {
        if (id == m_plan && m_begun)
            take(outcome);
    });
    connect(&guard, &Guard::planFinished, this, [this](const PlanSummary &summary) {
        if (summary.id == m_plan && m_state == State::Stopping)
            end();
    });
    // The program ends; what is on the wire stays open in the ledger.
    connect(&guard, &QObject::destroyed, this, [this] {
        if (m_state == State::Stopping)
            end();
    });
    m_stream = guard.submit(plan, consent);
    m_stream->then(this, [this](const Result<Done> &result) { streamEnded(result); });
}

void Submission::cancel()
{
    if (m_stream)
        m_stream->cancel();
}

int Submission::applied() const
{
    return int(std::count_if(m_outcomes.cbegin(), m_outcomes.cend(),
                             [](const ChangeOutcome &outcome) { return outcome.outcome == Outcome::Applied; }));
}

int Submission::onTheWay() const
{
    return m_guard ? m_guard->onTheWay(m_plan).value_or(0) : 0;
}

void Submission::letGo(std::function<void(const QList<ChangeOutcome> &)> told)
{
    setParent(m_guard);
    connect(this, &Submission::ended, this, [this, told = std::move(told)] {
        told(m_outcomes.values());
        deleteLater();
    });
}

void Submission::take(const ChangeOutcome &outcome)
{
    m_outcomes.insert(outcome.index, outcome);
    m_fresh.append(outcome);
    if (!std::exchange(m_posted, true))
        QMetaObject::invokeMethod(
            this,
            [this] {
                m_posted = false;
                deliver();
            },
            Qt::QueuedConnection);
}

void Submission::deliver()
{
    if (!m_fresh.isEmpty())
        Q_EMIT advanced(std::exchange(m_fresh, {}));
}

void Submission::streamEnded(const Result<Done> &result)
{
    m_result = result;
    m_stream.clear();
    // Only a cancelled stream is over before its plan.
    if (!wasCancelled() || !m_guard || !m_guard->onTheWay(m_plan))
        return end();
    m_state = State::Stopping;
    Q_EMIT stopping();
}

void Submission::end()
{
    m_state = State::Ended;
    const QPointer<Submission> alive(this); // who hears the last outcomes may be done with it
    deliver();
    if (alive)
        Q_EMIT ended();
}

} // namespace core::guard
