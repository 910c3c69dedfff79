// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/guard/memoryserver.h"

#include "tests/support/await.h"

#include <QTimer>

using namespace Qt::StringLiterals;

namespace tests {

std::optional<Value> MemoryServer::value(const core::Address &address) const
{
    const auto found = values.find(address.toString());
    return found == values.end() ? std::nullopt : std::optional<Value>(found->second);
}

void MemoryServer::set(const core::Address &address, const std::optional<Value> &value)
{
    if (value)
        values.insert_or_assign(address.toString(), *value);
    else
        values.erase(address.toString());
}

MemoryExecutor::MemoryExecutor(MemoryServer &server, QString kind)
    : m_server(server)
    , m_kind(std::move(kind))
{
}

bool MemoryExecutor::isSame(const std::optional<Value> &expected, const std::optional<Value> &live) const
{
    return same ? same(expected, live) : Executor::isSame(expected, live);
}

QString MemoryExecutor::typedText(const Change &change) const
{
    return change.verb == core::guard::Verb::Delete ? typed : QString();
}

core::Reply<std::optional<Value>> *MemoryExecutor::read(const core::Address &target)
{
    using Answer = core::Result<std::optional<Value>>;
    ++m_server.reads;
    m_server.mostReadsUnderWay = std::max(m_server.mostReadsUnderWay, ++m_server.readsUnderWay);
    auto *reply = new core::Reply<std::optional<Value>>;
    const auto answer = [&server = m_server, target, reply] { // the executor may be gone by then
        --server.readsUnderWay;
        if (server.allTrouble || server.readTrouble)
            return reply->settle(core::fail(server.allTrouble ? *server.allTrouble : *server.readTrouble));
        auto &lag = server.m_lag[target];
        if (lag.left > 0) {
            --lag.left;
            return reply->settle(Answer(lag.before));
        }
        reply->settle(Answer(server.value(target)));
    };
    if (m_server.behaviour.latency.count() > 0)
        QTimer::singleShot(m_server.behaviour.latency, reply, answer);
    else
        answer();
    return reply;
}

core::Reply<core::Done> *MemoryExecutor::apply(const Change &change)
{
    ++m_server.writes;
    m_server.mostUnderWay = std::max(m_server.mostUnderWay, ++m_server.underWay);
    if (++m_server.busy[change.target] > 1)
        m_server.sameTargetTwice = true;
    if (m_server.onWrite)
        m_server.onWrite(change.target);
    auto *reply = new core::Reply<core::Done>;
    const auto answer = [&server = m_server, change, reply] {
        --server.underWay;
        --server.busy[change.target];
        reply->settle(act(server, change));
    };
    if (m_server.behaviour.latency.count() > 0)
        QTimer::singleShot(m_server.behaviour.latency, reply, answer);
    else
        answer();
    return reply;
}

core::Result<core::Done> MemoryExecutor::act(MemoryServer &server, const Change &change)
{
    if (server.allTrouble)
        return core::fail(*server.allTrouble);
    const auto trouble = server.applyTrouble.find(change.target);
    const bool troubled = trouble != server.applyTrouble.end();
    const MemoryServer::Trouble what = troubled ? *trouble : MemoryServer::Trouble();
    if (troubled)
        server.applyTrouble.erase(trouble);
    if (troubled && !what.takesEffect)
        return core::fail(what.error);
    const auto before = server.value(change.target);
    if (server.behaviour.compares && change.comparison == core::guard::Comparison::Atomic && before != change.before)
        return core::fail(core::Error::Kind::Conflict, u"md5 differs"_s);
    server.m_lag[change.target] = {before, server.behaviour.laggingReads};
    server.set(change.target, change.after);
    server.order.append(change.target);
    if (troubled)
        return core::fail(what.error);
    return core::Done{};
}

std::optional<core::guard::Policy> FixedPolicies::policyOf(const QString &profile) const
{
    const auto found = policies.find(profile);
    return found == policies.end() ? std::nullopt : std::optional<core::guard::Policy>(found->second);
}

GuardFixture::GuardFixture(const core::Clock &theClock)
    : clock(theClock)
{
    restart();
}

void GuardFixture::restart()
{
    guard.reset();
    unlocks.reset();
    ledger.reset();
    home.reset();
    auto opened = core::store::Home::open(path());
    if (!opened)
        qFatal("the home cannot be opened");
    home = std::move(*opened);
    ledger = std::make_unique<core::store::Ledger>(*home, u"test"_s, clock);
    unlocks = std::make_unique<core::guard::Unlocks>(*home, u"test"_s, clock);
    guard = std::make_unique<core::guard::Guard>(core::guard::Guard::Collaborators{*ledger, policies, *unlocks, clock});
    auto made = std::make_unique<MemoryExecutor>(server);
    executor = made.get();
    guard->add(std::move(made));
}

core::guard::Consent GuardFixture::consent(const Plan &plan) const
{
    return {plan.hash(), guard->review(plan).typedText, u"because"_s};
}

QList<core::store::LedgerEntry> GuardFixture::entries()
{
    const auto all = await(ledger->entries({}));
    if (!all.end || !*all.end)
        qFatal("the ledger cannot be read");
    QList<core::store::LedgerEntry> oldestFirst = all.items;
    std::ranges::reverse(oldestFirst);
    return oldestFirst;
}

core::Address at(const QString &name, const QString &profile)
{
    return *core::Address::build(profile, u"public"_s, u"config"_s, {u"g"_s, name});
}

Value value(const QByteArray &content)
{
    return {content, {{u"type"_s, u"text"_s}}};
}

Change create(const QString &name, const QByteArray &content)
{
    Change change;
    change.target = at(name);
    change.verb = core::guard::Verb::Create;
    change.after = value(content);
    change.summary = u"create "_s + name;
    return change;
}

Change update(const QString &name, const QByteArray &before, const QByteArray &after)
{
    Change change;
    change.target = at(name);
    change.verb = core::guard::Verb::Update;
    change.comparison = core::guard::Comparison::Atomic;
    change.before = value(before);
    change.after = value(after);
    change.summary = u"publish "_s + name;
    return change;
}

Change erase(const QString &name, const QByteArray &before)
{
    Change change;
    change.target = at(name);
    change.verb = core::guard::Verb::Delete;
    change.before = value(before);
    change.summary = u"delete "_s + name;
    return change;
}

Plan plan(std::vector<Change> changes)
{
    Plan made;
    made.changes = std::move(changes);
    return made;
}

} // namespace tests
