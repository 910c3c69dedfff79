// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/guard/guard.h"

#include <functional>
#include <QMap>
#include <QPointer>

namespace core::guard {

/// One plan on its way, from Guard::submit() to its real end. The Guard's stream is over as soon as it is cancelled, while what is on the
/// wire is brought to its end: that belongs to the answer, too. Both faces submit through this class. When it is destroyed the plan goes
/// on; nobody hears of it here. GUI thread.
class Submission final : public QObject {
    Q_OBJECT
public:
    /// Submits at once; nothing is emitted inside this call.
    Submission(Guard &guard, const Plan &plan, const Consent &consent, QObject *parent = nullptr);

    enum class State {
        Running,
        Stopping, ///< cancelled; what is on the wire is waited for
        Ended
    };
    State state() const { return m_state; }
    /// Begins nothing more. Does nothing when it is over or stopping already.
    void cancel();
    /// For those who offer Cancel elsewhere (activity, an interrupt); nullptr when there is nothing to cancel any more.
    Operation *operation() const { return m_stream; }

    /// By the index of the change; whole when ended.
    const QMap<int, ChangeOutcome> &outcomes() const { return m_outcomes; }
    int applied() const;
    /// Changes that were begun and have no outcome yet.
    int onTheWay() const;
    /// As Guard::submit() tells it: Cancelled when it was stopped, whatever came of it. Valid once ended.
    const Result<Done> &result() const { return *m_result; }
    /// Whoever it belongs to goes, the plan goes on: belongs to the Guard from now on, calls this with the outcomes at its end, and is
    /// gone.
    void letGo(std::function<void(const QList<ChangeOutcome> &)> told);
    bool wasCancelled() const { return m_result && !*m_result && m_result->error().kind == Error::Kind::Cancelled; }

Q_SIGNALS:
    /// As they become known, not in the order of the changes; those of one turn of the event loop together.
    void advanced(const QList<core::guard::ChangeOutcome> &outcomes);
    void stopping();
    /// Once, after the last outcome.
    void ended();

private:
    void take(const ChangeOutcome &outcome);
    void deliver();
    void streamEnded(const Result<Done> &result);
    void end();

    const QPointer<Guard> m_guard;
    const QUuid m_plan;
    QPointer<Stream<ChangeOutcome>> m_stream;
    QMap<int, ChangeOutcome> m_outcomes;
    QList<ChangeOutcome> m_fresh;
    std::optional<Result<Done>> m_result;
    State m_state = State::Running;
    bool m_begun = false, m_posted = false;
};

} // namespace core::guard
