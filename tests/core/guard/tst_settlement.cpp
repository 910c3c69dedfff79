// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/guard/settlement.h"
#include "tests/core/guard/memoryserver.h"
#include "tests/support/await.h"
#include "tests/support/manualclock.h"
#include "tests/support/testmain.h"

#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace core::guard;
using core::Error;
using core::store::LedgerIntent;
using namespace tests;

namespace {

LedgerIntent intentOf(const Change &change)
{
    LedgerIntent intent;
    intent.plan = QUuid::createUuid();
    intent.address = change.target.toString();
    intent.verb = toString(change.verb);
    intent.comparison = toString(change.comparison);
    intent.undo = toString(change.undo);
    if (change.before)
        intent.before = change.before->canonical();
    if (change.after)
        intent.after = change.after->canonical();
    return intent;
}

/// Tells when it is asked.
class WatchedClock final : public core::Clock {
public:
    QDateTime now() const override
    {
        if (onAsked)
            onAsked();
        return Clock::system().now();
    }
    std::function<void()> onAsked;
};

} // namespace

/// What a crash left, seen at the next start.
class TstSettlement final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void intentOfADeadOwner_isSettledByReading_data()
    {
        QTest::addColumn<QByteArray>("live"); // null: absent
        QTest::addColumn<Outcome>("outcome");
        QTest::newRow("as before") << QByteArray("1") << Outcome::Failed;
        QTest::newRow("as after") << QByteArray("2") << Outcome::Applied;
        QTest::newRow("something else") << QByteArray("3") << Outcome::Conflict;
        QTest::newRow("gone") << QByteArray() << Outcome::Conflict;
    }
    void intentOfADeadOwner_isSettledByReading()
    {
        QFETCH(QByteArray, live);
        QFETCH(Outcome, outcome);
        ManualClock clock;
        GuardFixture fixture(clock);
        QVERIFY(*await(fixture.ledger->appendIntents({intentOf(update(u"a"_s, "1", "2"))})));
        if (!live.isNull())
            fixture.server.set(at(u"a"_s), value(live));
        clock.advance(1h);
        fixture.restart();
        const auto settled = await(fixture.guard->settle());
        QVERIFY(settled.end && *settled.end);
        QCOMPARE(settled.items.size(), 1);
        QCOMPARE(settled.items.first().outcome, outcome);
        QCOMPARE(fixture.entries().first().result->outcome, toString(outcome));
        if (outcome == Outcome::Failed)
            QCOMPARE(fixture.entries().first().result->error, u"not in effect"_s);
        QCOMPARE(fixture.server.writes, 0);
        QCOMPARE(await(fixture.guard->settle()).items.size(), 0);
    }

    void absentValues_areComparedToo()
    {
        ManualClock clock;
        GuardFixture fixture(clock);
        QVERIFY(*await(fixture.ledger->appendIntents({intentOf(create(u"a"_s, "1")), intentOf(erase(u"b"_s, "1"))})));
        fixture.server.set(at(u"b"_s), value("1"));
        clock.advance(1h);
        fixture.restart();
        const auto settled = await(fixture.guard->settle());
        QCOMPARE(settled.items.size(), 2);
        for (const ChangeOutcome &one : settled.items)
            QCOMPARE(one.outcome, Outcome::Failed);
    }

    void intentOfALivingOwner_isLeftAlone()
    {
        ManualClock clock;
        GuardFixture fixture(clock);
        const auto otherHome = core::store::Home::open(fixture.path());
        core::store::Ledger others(**otherHome, u"other"_s, clock);
        QVERIFY(*await(others.appendIntents({intentOf(create(u"a"_s, "1"))})));
        clock.advance(1h);
        QCOMPARE(await(fixture.guard->settle()).items.size(), 0);
        QVERIFY(!fixture.entries().first().result);
    }

    /// By trying its plan again neither: that program may be about to send it.
    void planOfALivingOwner_isNotTakenOver()
    {
        GuardFixture fixture;
        auto otherHome = core::store::Home::open(fixture.path());
        auto others = std::make_unique<core::store::Ledger>(**otherHome, u"other"_s);
        const Plan one = plan({create(u"a"_s, "1")});
        auto intent = intentOf(one.changes.front());
        intent.plan = one.id;
        QVERIFY(*await(others->appendIntents({intent})));
        const auto refused = await(fixture.submit(one));
        QVERIFY(refused.end && !*refused.end);
        QCOMPARE(refused.end->error().kind, core::Error::Kind::Policy);
        QVERIFY(!fixture.entries().first().result);
        QCOMPARE(fixture.server.writes, 0);
        // It ends, and leaves it open: now it is ours.
        others.reset();
        otherHome->reset();
        const auto tried = await(fixture.submit(one));
        QVERIFY2(tried.end && *tried.end, qPrintable(errorOf(tried.end)));
        QCOMPARE(tried.items.value(0).outcome, Outcome::Applied);
        QCOMPARE(fixture.server.writes, 1);
    }

    void youngIntent_isLookedAtUntilItIsOld()
    {
        GuardFixture fixture;
        QVERIFY(*await(fixture.ledger->appendIntents({intentOf(create(u"a"_s, "1"))})));
        fixture.restart();
        // The request was still on its way when its sender died.
        QTimer::singleShot(300ms, this, [&] { fixture.server.set(at(u"a"_s), value("1")); });
        const auto settled = await(fixture.guard->settle());
        QCOMPARE(settled.items.first().outcome, Outcome::Applied);
    }

    /// However slow a server is: what it says in the end counts, and nobody after it is told that it is away.
    void slowServer_isWaitedFor()
    {
        GuardFixture fixture;
        QVERIFY(*await(fixture.ledger->appendIntents({intentOf(create(u"a"_s, "1"))})));
        fixture.server.set(at(u"a"_s), value("1"));
        fixture.restart();
        fixture.server.behaviour.latency = 3300ms; // more than a write is read back for
        const auto settled = await(fixture.guard->settle());
        QCOMPARE(settled.items.size(), 1);
        QCOMPARE(settled.items.first().outcome, Outcome::Applied);
    }

    void twoPrograms_settleOnce()
    {
        ManualClock clock;
        GuardFixture fixture(clock);
        QList<LedgerIntent> intents;
        for (int i = 0; i < 60; ++i)
            intents.append(intentOf(create(QString::number(i), "1")));
        QVERIFY(*await(fixture.ledger->appendIntents(intents)));
        clock.advance(1h);
        fixture.restart();
        const auto otherHome = core::store::Home::open(fixture.path());
        core::store::Ledger others(**otherHome, u"other"_s, clock);
        Unlocks unlocks(**otherHome, u"other"_s, clock);
        Guard theirs({others, fixture.policies, unlocks, clock});
        theirs.add(std::make_unique<MemoryExecutor>(fixture.server));
        auto *first = fixture.guard->settle();
        auto *second = theirs.settle();
        int ended = 0;
        for (auto *stream : {first, second})
            stream->then(this, [&](const core::Result<core::Done> &) { ++ended; });
        QTRY_COMPARE(ended, 2);
        for (const auto &entry : fixture.entries())
            QVERIFY(entry.result);
        QVERIFY((*await(fixture.ledger->verify()))->isIntact());
        QCOMPARE((*await(fixture.ledger->verify()))->rows, 120);
    }

    void unknownKindOrServer_staysUnknown()
    {
        ManualClock clock;
        GuardFixture fixture(clock);
        LedgerIntent foreign = intentOf(create(u"a"_s, "1"));
        foreign.address = u"signalbox://dev/public/service/g/a"_s;
        LedgerIntent nonsense = foreign;
        nonsense.address = u"no address"_s;
        QVERIFY(*await(fixture.ledger->appendIntents({foreign, nonsense})));
        clock.advance(1h);
        fixture.restart();
        const auto settled = await(fixture.guard->settle());
        QVERIFY(settled.end && *settled.end);
        QCOMPARE(settled.items.size(), 2);
        for (const ChangeOutcome &one : settled.items) {
            QCOMPARE(one.outcome, Outcome::Unknown);
            QVERIFY(one.error);
        }
        QVERIFY(!fixture.entries().first().result);
    }

    void runningPlan_isNotSettled()
    {
        GuardFixture fixture;
        fixture.server.behaviour.latency = 100ms;
        auto *stream = fixture.submit(plan({create(u"a"_s, "1")}));
        QTRY_COMPARE(fixture.server.writes, 1);
        QCOMPARE(await(fixture.guard->settle()).items.size(), 0);
        QCOMPARE(await(stream).items.first().outcome, Outcome::Applied);
    }

    /// A settlement may read the intent before the ledger has answered that it is written: the change belongs to its plan already.
    void runningPlan_holdsItsChangesBeforeTheyAreJournaled()
    {
        WatchedClock clock;
        GuardFixture fixture(clock);
        Workshop workshop{.ledger = *fixture.ledger, .clock = clock, .executors = {}, .busy = {}, .underWay = {}, .settling = {}};
        workshop.executors.push_back(std::make_unique<MemoryExecutor>(fixture.server));
        const Plan one = plan({create(u"a"_s, "1"), create(u"b"_s, "1")});
        auto *stream = new core::Stream<ChangeOutcome>;
        auto run = std::make_unique<PlanRun>(workshop, one, u"because"_s, stream, nullptr);
        std::optional<QSet<std::pair<QUuid, int>>> whenJournaled;
        clock.onAsked = [&] {
            if (!whenJournaled)
                whenJournaled = workshop.underWay;
        };
        run->start();
        const auto result = await(stream);
        clock.onAsked = {};
        QVERIFY(result.end && *result.end);
        QVERIFY(whenJournaled);
        QCOMPARE(*whenJournaled, (QSet<std::pair<QUuid, int>>{{one.id, 0}, {one.id, 1}}));
        QVERIFY(workshop.underWay.isEmpty());

        // And what is held is left alone, although its intent is ours and open.
        LedgerIntent intent = intentOf(create(u"c"_s, "1"));
        QVERIFY(*await(fixture.ledger->appendIntents({intent})));
        workshop.underWay.insert({intent.plan, intent.index});
        Settlement settlement(workshop, {}, nullptr, nullptr);
        QSignalSpy finished(&settlement, &Settlement::finished);
        settlement.start();
        QTRY_COMPARE(finished.count(), 1);
        QVERIFY(!fixture.entries().last().result);
    }

    /// One outcome for ever: when somebody else has closed the entry as something else, the plan says so.
    void entryClosedByOthers_isNotPassedOver_data()
    {
        QTest::addColumn<Outcome>("theirs");
        QTest::addColumn<bool>("agrees");
        QTest::newRow("the same") << Outcome::Applied << true;
        QTest::newRow("another") << Outcome::Failed << false;
    }
    void entryClosedByOthers_isNotPassedOver()
    {
        QFETCH(Outcome, theirs);
        QFETCH(bool, agrees);
        GuardFixture fixture;
        fixture.server.onWrite = [&](const core::Address &) { fixture.ledger->appendOutcomes({{1, toString(theirs), false, {}}}); };
        const auto result = await(fixture.submit(plan({create(u"a"_s, "1")})));
        QVERIFY(result.end);
        QCOMPARE(result.end->has_value(), agrees);
        QCOMPARE(result.items.first().outcome, Outcome::Applied);
        if (!agrees) {
            QCOMPARE(result.end->error().kind, Error::Kind::Internal);
            QVERIFY(result.end->error().message.contains(u"entry 1 of the ledger"_s));
        }
    }

    void resumedPlan_settlesWhatItsDeadPredecessorLeft()
    {
        ManualClock clock;
        GuardFixture fixture(clock);
        const Plan one = plan({create(u"a"_s, "1"), create(u"b"_s, "1"), create(u"c"_s, "1")});
        QList<LedgerIntent> intents;
        for (int i = 0; i < 2; ++i) {
            intents.append(intentOf(one.changes[size_t(i)]));
            intents.last().plan = one.id;
            intents.last().index = i;
        }
        QVERIFY(*await(fixture.ledger->appendIntents(intents)));
        fixture.server.set(at(u"a"_s), value("1")); // arrived; b did not
        clock.advance(1h);
        fixture.restart();
        const auto result = await(fixture.submit(one));
        QVERIFY(result.end && *result.end);
        QCOMPARE(result.items.size(), 3);
        for (const ChangeOutcome &outcome : result.items)
            QCOMPARE(outcome.outcome, Outcome::Applied);
        QCOMPARE(result.items.first().ledgerId, 1);
        QCOMPARE(fixture.server.writes, 2);
        const auto entries = fixture.entries();
        QCOMPARE(entries.size(), 4);
        QCOMPARE(entries.at(1).result->outcome, u"Failed"_s);
        for (const auto &entry : entries)
            QVERIFY(entry.result);
    }

    /// A server may keep an attribute to itself: what the executor takes for the same state is the same state here, too.
    void theExecutorSaysWhatIsTheSame_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("live");
        QTest::addColumn<Outcome>("outcome");
        QTest::newRow("applied") << "1"_ba
                                 << "2"_ba << Outcome::Applied;
        QTest::newRow("not applied") << "1"_ba
                                     << "1"_ba << Outcome::Failed;
        QTest::newRow("something else") << "1"_ba
                                        << "3"_ba << Outcome::Conflict;
        QTest::newRow("only what is kept back was to change") << "2"_ba
                                                              << "2"_ba << Outcome::Unknown;
    }
    void theExecutorSaysWhatIsTheSame()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, live);
        QFETCH(Outcome, outcome);
        ManualClock clock;
        GuardFixture fixture(clock);
        Change change = update(u"a"_s, before, "2");
        change.after->attributes.insert(u"use"_s, u"told to nobody"_s);
        if (outcome != Outcome::Unknown)
            change.before->attributes.insert(u"use"_s, u"what it was"_s);
        QVERIFY(*await(fixture.ledger->appendIntents({intentOf(change)})));
        fixture.server.set(at(u"a"_s), value(live));
        clock.advance(1h);
        fixture.restart();
        fixture.executor->same = [](const std::optional<Value> &expected, const std::optional<Value> &seen) {
            return expected && seen ? expected->content == seen->content : expected == seen;
        };
        const auto settled = await(fixture.guard->settle());
        QVERIFY(settled.end && *settled.end);
        QCOMPARE(settled.items.size(), 1);
        QCOMPARE(settled.items.first().outcome, outcome);
        QCOMPARE(settled.items.first().verified, outcome == Outcome::Applied);
    }
};

SIGNALBOX_TEST(TstSettlement)
#include "tst_settlement.moc"
