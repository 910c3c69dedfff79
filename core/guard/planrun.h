// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/guard/guard.h"
#include "core/store/ledger.h"

#include <chrono>
#include <QHash>
#include <QPointer>
#include <QSet>
#include <QTimer>

namespace core::guard {

/// What the parts of the Guard share.
struct Workshop {
    store::Ledger &ledger;
    const Clock &clock;
    std::vector<std::unique_ptr<Executor>> executors;
    QSet<Address> busy;                   ///< targets somebody is at work on
    QSet<std::pair<QUuid, int>> underWay; ///< plan and index of changes that are being carried out, from before their intents are written
    QSet<qint64> settling;                ///< entries of the ledger that a settlement is at work on

    Executor *executorFor(const QString &kind) const;
};

/// What each executor in turn made of the plan (Executor::complete()).
void completePlan(const Workshop &workshop, const Plan &plan, QObject *context, const std::function<void(const Result<Plan> &)> &then,
                  size_t first = 0);

/// How long a write is read back until it shows.
inline constexpr std::chrono::milliseconds VerifyFor{3000};

/// Reads a target again and again until `done` says so or the time is up; deletes itself. `answer` is called once.
class ReadBack final : public QObject {
    Q_OBJECT
public:
    struct Seen {
        bool matched = false;
        bool any = false;           ///< a read succeeded
        std::optional<Value> value; ///< of the last one that did
        std::optional<Error> error; ///< of the last one that didn't
    };
    /// What becomes of the first reading when the time is up before its answer came. Later ones are always dropped.
    enum class Slow { Dropped, AwaitedOnce };
    ReadBack(Executor &executor, const Address &target, QObject *parent);
    void start(std::function<bool(const std::optional<Value> &)> done, std::function<void(const Seen &)> answer,
               std::chrono::milliseconds patience, Slow slow = Slow::Dropped);

private:
    void read();
    void timeIsUp();
    void end();
    Executor &m_executor;
    const Address m_target;
    std::function<bool(const std::optional<Value> &)> m_done;
    std::function<void(const Seen &)> m_answer;
    QPointer<Operation> m_reading;
    QTimer m_patience, m_pause;
    std::chrono::milliseconds m_nextPause{0};
    Slow m_slow = Slow::Dropped;
    bool m_ended = false;
    Seen m_seen;
};

/// One submitted plan under way. Lives until `finished` was emitted.
class PlanRun final : public QObject {
    Q_OBJECT
public:
    PlanRun(Workshop &workshop, const Plan &plan, const QString &reason, Stream<ChangeOutcome> *stream, QObject *parent);
    ~PlanRun() override;
    void start();
    const QUuid &id() const { return m_plan.id; }
    /// Changes begun and not done.
    int active() const { return m_active; }
    /// Something another plan worked on is free again.
    void goOn() { pumpSoon(); }

Q_SIGNALS:
    /// It knows what became of it earlier; its first intents come before those of a plan that is started now.
    void begun();
    void changeFinished(const core::guard::ChangeOutcome &outcome);
    void freed();
    void finished(const core::guard::PlanSummary &summary);

private:
    struct Step {
        enum class State { Waiting, Active, Done };
        State state = State::Waiting;
        ChangeOutcome outcome;
        std::optional<store::LedgerEntry> open; ///< of an earlier attempt, without outcome
        int after = 0;                          ///< so many changes must have been applied before this one may start
    };
    void begin(const std::optional<Error> &error = {});
    void checkOwners(const QList<store::LedgerEntry> &entries);
    void resume(const QList<store::LedgerEntry> &entries);
    void pumpSoon();
    void pump();
    bool mayStart(int index) const;
    void journal(const QList<int> &indices);
    void settleOpen(int index);
    void compare(int index);
    void apply(int index);
    void verify(int index);
    void findOut(int index, const Error &error);
    void conclude(int index, Outcome outcome, std::optional<Error> error = {});
    void closeSoon();
    void close();
    void compareWithLedger(int index);
    void release(int index);
    void done(int index);
    void stop(const Error &error);
    void finishWhenDone();
    const Change &change(int index) const { return m_plan.changes.at(size_t(index)); }
    Step &step(int index) { return m_steps.at(size_t(index)); }
    Executor &executor(int index) const;

    Workshop &m_workshop;
    const Plan m_plan;
    const QString m_reason;
    QPointer<Stream<ChangeOutcome>> m_stream;
    std::vector<Step> m_steps;
    QList<int> m_toClose;
    int m_active = 0, m_delivered = 0, m_firstWaiting = 0, m_unreachable = 0;
    bool m_stopping = false, m_cancelled = false, m_finished = false, m_pumpPosted = false, m_closePosted = false, m_started = false;
    std::optional<Error> m_error;
    PlanSummary m_summary;
};

} // namespace core::guard
