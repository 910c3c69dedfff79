// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/guard/guard.h"
#include "core/guard/unlocks.h"
#include "core/store/home.h"
#include "core/store/ledger.h"

#include <map>
#include <QHash>
#include <QTemporaryDir>

namespace tests {

using core::guard::Change;
using core::guard::Plan;
using core::guard::Value;

/// A registry in memory: what the executors under test write to. Counts, delays and misbehaves as told.
class MemoryServer {
public:
    std::optional<Value> value(const core::Address &address) const;
    void set(const core::Address &address, const std::optional<Value> &value);
    std::map<QString, Value> values; ///< by address

    struct Behaviour {
        std::chrono::milliseconds latency{0};
        int laggingReads = 0; ///< so many reads after a write still show the state before it
        bool compares = true; ///< refuses atomic changes whose before is not what is there
    };
    Behaviour behaviour;
    /// By address: what the next apply answers, and whether it takes effect all the same.
    struct Trouble {
        core::Error error;
        bool takesEffect = false;
    };
    QHash<core::Address, Trouble> applyTrouble;
    std::optional<core::Error> readTrouble; ///< of every read while set
    std::optional<core::Error> allTrouble;  ///< of everything while set: the server is gone

    int reads = 0, writes = 0, underWay = 0, mostUnderWay = 0, readsUnderWay = 0, mostReadsUnderWay = 0;
    QList<core::Address> order; ///< writes as they came
    QHash<core::Address, int> busy;
    bool sameTargetTwice = false; ///< two writes for one target were under way at once
    std::function<void(const core::Address &)> onWrite;

private:
    friend class MemoryExecutor;
    struct Lag {
        std::optional<Value> before;
        int left = 0;
    };
    QHash<core::Address, Lag> m_lag;
};

class MemoryExecutor final : public core::guard::Executor {
public:
    explicit MemoryExecutor(MemoryServer &server, QString kind = QStringLiteral("config"));
    bool handles(QStringView kind) const override { return kind == m_kind; }
    core::Reply<std::optional<Value>> *read(const core::Address &target) override;
    core::Reply<core::Done> *apply(const Change &change) override;
    bool isSame(const std::optional<Value> &expected, const std::optional<Value> &live) const override;
    std::function<bool(const std::optional<Value> &, const std::optional<Value> &)> same; ///< null: equality
    QString typedText(const Change &change) const override;
    QString typed; ///< what deletes must be confirmed with

private:
    static core::Result<core::Done> act(MemoryServer &server, const Change &change);
    MemoryServer &m_server;
    const QString m_kind;
};

class FixedPolicies final : public core::guard::PolicySource {
public:
    std::optional<core::guard::Policy> policyOf(const QString &profile) const override;
    std::map<QString, core::guard::Policy> policies{{QStringLiteral("dev"), {}}};
};

/// Home, ledger, unlocks, policies, a server and a Guard on top.
class GuardFixture {
public:
    explicit GuardFixture(const core::Clock &clock = core::Clock::system());
    /// As after a new start of the program: everything but the server and the folder is made again.
    void restart();
    QString path() const { return folder.path() + QStringLiteral("/home"); }
    core::guard::Consent consent(const Plan &plan) const;
    core::Stream<core::guard::ChangeOutcome> *submit(const Plan &plan) { return guard->submit(plan, consent(plan)); }
    QList<core::store::LedgerEntry> entries();

    QTemporaryDir folder;
    const core::Clock &clock;
    FixedPolicies policies;
    MemoryServer server;
    std::unique_ptr<core::store::Home> home;
    std::unique_ptr<core::store::Ledger> ledger;
    std::unique_ptr<core::guard::Unlocks> unlocks;
    std::unique_ptr<core::guard::Guard> guard;
    MemoryExecutor *executor = nullptr;
};

core::Address at(const QString &name, const QString &profile = QStringLiteral("dev"));
Value value(const QByteArray &content);
Change create(const QString &name, const QByteArray &content);
Change update(const QString &name, const QByteArray &before, const QByteArray &after);
Change erase(const QString &name, const QByteArray &before);
Plan plan(std::vector<Change> changes);

} // namespace tests
