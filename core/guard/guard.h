// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/reply.h"
#include "core/base/stream.h"
#include "core/guard/plan.h"
#include "core/guard/policy.h"
#include "core/guard/standing.h"

#include <memory>
#include <QObject>

namespace core {
class Workers;
}
namespace core::store {
class Ledger;
}

namespace core::guard {

class Unlocks;

/// What a person should know before saying yes.
struct Concern {
    enum class Kind {
        Production,         ///< `count` changes in production
        SeveralConnections, ///< `count` connections in one plan
        NotAtomic,          ///< `count` changes that the server does not compare: somebody else's change in the same instant is overwritten
        UndoPartial,        ///< `count` changes, `detail` is the first one's note
        UndoNone,
        Note ///< of the plan, in `detail`
    };
    Kind kind = Kind::Note;
    int count = 0;
    QString detail;
};

/// What submit() would ask; pure, no side effect.
struct Review {
    bool allowed = false;                   ///< once everything below is given
    QString why;                            ///< when not; English, for people
    Error::Kind kind = Error::Kind::Policy; ///< of that; Internal: the journal cannot be written
    bool needsUnlock = false, needsReason = false;
    QStringList lockedProfiles; ///< to be unlocked
    QString typedText;          ///< to be typed by the person; empty: none
    QStringList warnings;       ///< English
    QList<Concern> concerns;    ///< the same, for programs that say it in another language
};

struct Consent {
    QByteArray planHash; ///< Plan::hash() of what was shown
    QString typedText, reason;
};

struct ChangeOutcome {
    int index = 0; ///< of the change in the plan
    Outcome outcome = Outcome::Unknown;
    bool verified = false; ///< read back and found so
    std::optional<Error> error;
    qint64 ledgerId = 0;
    Address target;
};

/// What became of a plan as a whole; the sums count changes.
struct PlanSummary {
    QUuid id;
    QString title;
    int changes = 0, applied = 0, unverified = 0, conflicts = 0, failed = 0, unknown = 0, notStarted = 0;
    std::optional<Error> error; ///< why it ended early
};

/// The writing calls of one module, visible nowhere else. Lives in the GUI thread. A target whose connection isn't open is answered with
/// Error::Kind::Network.
class Executor {
public:
    virtual ~Executor() = default;
    virtual bool handles(QStringView kind) const = 0;
    /// The live value, always from the wire; not found is nullopt.
    virtual Reply<std::optional<Value>> *read(const Address &target) = 0;
    /// Sends it. Conflict: the server's comparison failed, nothing was changed. After Network, Timeout, Cancelled and BadReply it may
    /// have taken effect all the same: the Guard finds out by reading. After the rest it has not.
    virtual Reply<Done> *apply(const Change &change) = 0;
    /// Is what was read the state expected? Not by equality only where a server keeps an attribute to itself.
    virtual bool isSame(const std::optional<Value> &expected, const std::optional<Value> &live) const { return expected == live; }
    /// The plan with what is known by now of values that a server keeps to itself: asked before a plan is shown that was not made from what
    /// is live (taking back, a plan from a file). It stays as it is where nothing more is known; the only error is Cancelled.
    virtual Reply<Plan> *complete(const Plan &plan) { return Reply<Plan>::settled(plan); }
    /// What the person must type before this change, besides what the Guard itself asks for; empty: nothing.
    virtual QString typedText(const Change &change) const
    {
        Q_UNUSED(change)
        return {};
    }
};

/// Every write of every module passes here: policy → journal the intent → check that each before is still so →
/// Executor::apply → read back → journal the outcome. Nothing is sent before its intent is on disk, and nothing at all when the ledger
/// cannot be written. Lives in the GUI thread.
class Guard final : public QObject {
    Q_OBJECT
public:
    struct Collaborators {
        store::Ledger &ledger;
        const PolicySource &policies;
        Unlocks &unlocks;
        const Clock &clock = Clock::system();
        Workers *workers = nullptr; ///< where long plans are hashed; none: at once
    };
    explicit Guard(const Collaborators &collaborators, QObject *parent = nullptr);
    ~Guard() override;

    void add(std::unique_ptr<Executor> executor);

    Review review(const Plan &plan) const;
    /// Outcomes in the order of the changes. Up to 64 changes for different targets are under way at once; changes of one target follow
    /// each other, and changes of one kind wait until those of another kind before them have been applied (a namespace is there before what
    /// goes into it; when one of those fails, the rest is not started). The stream ends with Done when every change has an outcome
    /// (whatever it is), with Policy when the plan is refused, Internal when the ledger fails, and with the connection's error when the
    /// server is gone (the rest has no intents and no outcomes: submit the plan again to go on). Cancel finishes what is on the wire and
    /// leaves the rest; what became of it is told by the signals (Submission gathers it). Losing the receivers cancels nothing.
    ///
    /// Plans begin in the order in which they were submitted. A long one (Plan::isLong()) is hashed by one of the workers first; it is
    /// known meanwhile (running(), planStarted), can be cancelled, and what may be written is looked at again right before it begins.
    Stream<ChangeOutcome> *submit(const Plan &plan, const Consent &consent);

    /// The plan that takes back one entry of the ledger, or all applied ones of a plan (last first; what cannot be taken back is in its
    /// notes). Usage says why there is none, NotFound: no such entry.
    Reply<Plan> *undoOf(qint64 ledgerId);
    Reply<Plan> *undoOf(const QUuid &plan);

    /// Executor::complete() of every executor: for a plan that comes from a file. undoOf() has done it.
    Reply<Plan> *complete(const Plan &plan);

    /// Where each change of the plan stands now: reads every target, at most eight at a time, and changes nothing. What cannot be read is
    /// Standing::State::Unreadable; there is no other error but Cancelled. progress() counts targets.
    Reply<QList<Standing>> *standing(const Plan &plan);

    /// Looks after intents without outcome: of dead processes and our own Unknown ones. Reads, compares and closes them; what cannot be
    /// reached stays Unknown. Call it at start and whenever a connection stands (then with its profile); Home::mayBeUnsettled() tells
    /// whether it is worth opening a ledger for. Index counts from 0.
    Stream<ChangeOutcome> *settle(const QString &profile = {});

    /// Plans under way, from submit() on.
    int running() const;
    /// Of a plan under way: how many of its changes were begun and have no outcome yet. None: it is not under way.
    std::optional<int> onTheWay(const QUuid &plan) const;

Q_SIGNALS:
    /// Submitted, and not refused at once; planFinished follows, with the error when it is refused or cancelled before it begins.
    void planStarted(const core::guard::Plan &plan);
    /// As soon as it is known, not in the order of the changes.
    void changeFinished(const QUuid &plan, const core::guard::ChangeOutcome &outcome);
    void planFinished(const core::guard::PlanSummary &summary);
    /// An outcome that was missing is known now.
    void settled(qint64 ledgerId, core::guard::Outcome outcome);

private:
    struct Waiting;
    void withdraw(const std::shared_ptr<Waiting> &waiting);
    void beginNext();
    void begin(const Waiting &waiting);

    struct Private;
    std::unique_ptr<Private> m_d;
};

} // namespace core::guard

Q_DECLARE_METATYPE(core::guard::Plan)
Q_DECLARE_METATYPE(core::guard::ChangeOutcome)
Q_DECLARE_METATYPE(core::guard::PlanSummary)
