// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/reply.h"
#include "core/guard/plan.h"

#include <QList>

namespace core::guard {

struct Workshop;

/// Where a change of a plan that was made earlier stands now.
struct Standing {
    enum class State {
        Possible,  ///< it is as it was when the change was made, or will be once those before it in the plan are applied
        Done,      ///< it is as the change wants it
        Conflict,  ///< it is something else: applying would be refused
        Unreadable ///< not known; `error` says why
    };
    State state = State::Possible;
    std::optional<Value> live; ///< what is there; nullopt: nothing
    std::optional<Error> error;
};

/// The plan that begins where things stand: what is done is left out, what is in conflict starts from what is there now. The person
/// looks at it anew, so its id and its hash are others. Standings as Guard::standing() gave them for this plan.
Plan startingFrom(const Plan &plan, const QList<Standing> &standings);

/// Reads every target once, a few at a time; a child of the reply it settles.
class StandingFlow final : public QObject {
    Q_OBJECT
public:
    StandingFlow(const Workshop &workshop, const Plan &plan, Reply<QList<Standing>> *reply);
    void start();

private:
    void next();
    void take(const Address &target, const Result<std::optional<Value>> &live);

    const Workshop &m_workshop;
    const Plan m_plan;
    Reply<QList<Standing>> *m_reply;
    QList<Address> m_targets; ///< each once
    QList<Standing> m_standings;
    qsizetype m_next = 0, m_read = 0;
};

} // namespace core::guard
