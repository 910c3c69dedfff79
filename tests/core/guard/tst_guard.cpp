// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/workers.h"
#include "tests/core/guard/memoryserver.h"
#include "tests/support/await.h"
#include "tests/support/busyworkers.h"
#include "tests/support/testmain.h"

#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace core::guard;
using core::Error;
using namespace tests;

namespace {

Policy production(Policy::Protection protection = Policy::Protection::ReadOnly)
{
    return {protection, Environment::Production, u"Shop"_s};
}

Change elsewhere(Change change, const QString &profile)
{
    change.target = *change.target.withProfile(profile);
    return change;
}

} // namespace

/// Policy: what is asked for, and that nothing leaves without it.
class TstGuard final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void plainPlan_needsNothing()
    {
        GuardFixture fixture;
        const Review review = fixture.guard->review(plan({create(u"a"_s, "1")}));
        QVERIFY(review.allowed);
        QVERIFY(!review.needsReason && !review.needsUnlock && review.typedText.isEmpty());
        QCOMPARE(review.concerns.size(), 1); // not atomic
        QCOMPARE(review.concerns.first().kind, Concern::Kind::NotAtomic);
        QCOMPARE(review.warnings.size(), 1);
    }

    void review_sends_nothing()
    {
        GuardFixture fixture;
        fixture.guard->review(plan({create(u"a"_s, "1")}));
        QCOMPARE(fixture.server.reads + fixture.server.writes, 0);
        QCOMPARE(fixture.entries().size(), 0);
    }

    void badPlans_areNotAllowed()
    {
        GuardFixture fixture;
        const auto why = [&](const Plan &bad) {
            const Review review = fixture.guard->review(bad);
            return review.allowed ? QString() : review.why;
        };
        QVERIFY(why({}).contains(u"no changes"_s));
        QVERIFY(why(plan({update(u"a"_s, "1", "1")})).contains(u"nothing would change"_s));
        QVERIFY(why(plan({elsewhere(create(u"a"_s, "1"), u"unknown"_s)})).contains(u"unknown"_s));
        Change other = create(u"a"_s, "1");
        other.target = *core::Address::build(u"dev"_s, u"public"_s, u"service"_s, {u"g"_s, u"a"_s});
        QVERIFY(why(plan({create(u"a"_s, "1"), other})).contains(u"service"_s));
    }

    void production_wantsReasonUnlockAndTypedName()
    {
        GuardFixture fixture;
        fixture.policies.policies[u"prod"_s] = production();
        const Plan one = plan({elsewhere(erase(u"payment.yaml"_s, "1"), u"prod"_s)});
        Review review = fixture.guard->review(one);
        QVERIFY(review.allowed && review.needsReason && review.needsUnlock);
        QCOMPARE(review.lockedProfiles, QStringList{u"prod"_s});
        QCOMPARE(review.typedText, u"payment.yaml"_s);
        QVERIFY(std::ranges::any_of(review.concerns, [](const Concern &c) { return c.kind == Concern::Kind::Production; }));
        const Plan two = plan({elsewhere(erase(u"a"_s, "1"), u"prod"_s), elsewhere(erase(u"b"_s, "1"), u"prod"_s)});
        QCOMPARE(fixture.guard->review(two).typedText, u"prod"_s);
        QVERIFY(fixture.guard->review(plan({elsewhere(update(u"a"_s, "1", "2"), u"prod"_s)})).typedText.isEmpty());
        QVERIFY(fixture.unlocks->unlock(u"prod"_s, 15min, u"release"_s));
        review = fixture.guard->review(one);
        QVERIFY(!review.needsUnlock && review.needsReason);
    }

    void executorsTypedText_isAskedEverywhere()
    {
        GuardFixture fixture;
        fixture.executor->typed = u"namespace-7"_s;
        const Plan one = plan({erase(u"a"_s, "1")});
        QCOMPARE(fixture.guard->review(one).typedText, u"namespace-7"_s);
        fixture.server.set(at(u"a"_s), value("1"));
        const auto refused = await(fixture.guard->submit(one, {one.hash(), {}, {}}));
        QCOMPARE(refused.end->error().kind, Error::Kind::Policy);
        const auto done = await(fixture.submit(one));
        QVERIFY(done.end && *done.end);
        QVERIFY(!fixture.server.value(at(u"a"_s)));
    }

    void severalConnections_areAConcern()
    {
        GuardFixture fixture;
        fixture.policies.policies[u"stage"_s] = {};
        const Review review = fixture.guard->review(plan({create(u"a"_s, "1"), elsewhere(create(u"a"_s, "1"), u"stage"_s)}));
        QVERIFY(review.allowed);
        QVERIFY(std::ranges::any_of(review.concerns, [](const Concern &c) { return c.kind == Concern::Kind::SeveralConnections; }));
    }

    void undoLimits_areConcerns()
    {
        GuardFixture fixture;
        Change partial = update(u"a"_s, "1", "2");
        partial.undo = Undo::Partial;
        partial.undoNote = u"listeners keep it"_s;
        Change none = update(u"b"_s, "1", "2");
        none.undo = Undo::None;
        Plan one = plan({partial, none});
        one.notes = QStringList{u"read this"_s};
        const Review review = fixture.guard->review(one);
        QCOMPARE(review.concerns.size(), 3);
        QCOMPARE(review.concerns.at(0).detail, partial.undoNote);
        QCOMPARE(review.concerns.at(1).kind, Concern::Kind::UndoNone);
        QCOMPARE(review.concerns.at(2).detail, u"read this"_s);
    }

    void withoutConsent_nothingLeaves_data()
    {
        QTest::addColumn<int>("what");
        QTest::newRow("locked") << 0;
        QTest::newRow("no reason") << 1;
        QTest::newRow("name not typed") << 2;
        QTest::newRow("another plan shown") << 3;
        QTest::newRow("not allowed") << 4;
        QTest::newRow("unlock ran out") << 5;
    }
    void withoutConsent_nothingLeaves()
    {
        QFETCH(int, what);
        GuardFixture fixture;
        fixture.policies.policies[u"prod"_s] = production();
        fixture.server.set(at(u"a"_s, u"prod"_s), value("1"));
        Plan one = plan({elsewhere(erase(u"a"_s, "1"), u"prod"_s)});
        Consent consent{one.hash(), u"a"_s, u"because"_s};
        if (what == 5) {
            QVERIFY(fixture.unlocks->unlock(u"prod"_s, 1s, u"release"_s));
            QTRY_VERIFY(!fixture.unlocks->state(u"prod"_s));
        } else if (what != 0) {
            QVERIFY(fixture.unlocks->unlock(u"prod"_s, 15min, u"release"_s));
        }
        if (what == 1)
            consent.reason = u" "_s;
        if (what == 2)
            consent.typedText = u"A"_s;
        if (what == 3)
            consent.planHash = plan({elsewhere(erase(u"a"_s, "2"), u"prod"_s)}).hash();
        if (what == 4)
            one.changes.clear();
        QSignalSpy started(fixture.guard.get(), &Guard::planStarted);
        const auto outcome = await(fixture.guard->submit(one, consent));
        QVERIFY(outcome.end && !*outcome.end);
        QCOMPARE(outcome.end->error().kind, Error::Kind::Policy);
        QVERIFY(!outcome.end->error().message.isEmpty());
        QCOMPARE(outcome.items.size(), 0);
        QCOMPARE(fixture.server.reads + fixture.server.writes, 0);
        QCOMPARE(fixture.entries().size(), 0);
        QCOMPARE(started.count(), 0);
        // And with everything it goes.
        if (what == 0 || what == 5)
            QVERIFY(fixture.unlocks->unlock(u"prod"_s, 15min, u"release"_s));
        if (what != 4) {
            const auto done = await(fixture.guard->submit(one, {one.hash(), u"a"_s, u"because"_s}));
            QVERIFY2(done.end && *done.end, qPrintable(errorOf(done.end)));
            QCOMPARE(done.items.first().outcome, Outcome::Applied);
        }
    }

    /// Every verb on a protected profile, in every mix with unprotected ones.
    void protectedProfile_zeroWritesLeave()
    {
        GuardFixture fixture;
        fixture.policies.policies[u"prod"_s] = production();
        const std::vector<Change> verbs{create(u"a"_s, "1"), update(u"b"_s, "1", "2"), erase(u"c"_s, "1")};
        fixture.server.set(at(u"b"_s), value("1"));
        fixture.server.set(at(u"c"_s), value("1"));
        for (const Change &verb : verbs) {
            for (const Change &other : verbs) {
                for (const bool first : {true, false}) {
                    Change locked = elsewhere(verb, u"prod"_s);
                    Plan mixed = plan({first ? locked : other, first ? other : locked});
                    mixed.reason = u"because"_s;
                    const auto outcome = await(fixture.submit(mixed));
                    QVERIFY(outcome.end && !*outcome.end);
                    QCOMPARE(outcome.end->error().kind, Error::Kind::Policy);
                }
            }
        }
        QCOMPARE(fixture.server.writes, 0);
        QCOMPARE(fixture.server.reads, 0);
    }

    void unlockThatRunsOut_doesNotStopARunningPlan()
    {
        ManualClockHolder holder;
        GuardFixture fixture(holder.clock);
        fixture.policies.policies[u"prod"_s] = production();
        QVERIFY(fixture.unlocks->unlock(u"prod"_s, 15min, u"release"_s));
        std::vector<Change> many;
        for (int i = 0; i < 100; ++i)
            many.push_back(elsewhere(create(QString::number(i), "1"), u"prod"_s));
        fixture.server.onWrite = [&](const core::Address &) { holder.clock.advance(1min); };
        const auto outcome = await(fixture.submit(plan(many)));
        QVERIFY2(outcome.end && *outcome.end, qPrintable(errorOf(outcome.end)));
        QCOMPARE(outcome.items.size(), 100);
        QVERIFY(!fixture.unlocks->state(u"prod"_s));
    }

    void reason_goesIntoTheLedger()
    {
        GuardFixture fixture;
        Plan one = plan({create(u"a"_s, "1")});
        one.reason = u"of the plan"_s;
        QVERIFY(*await(fixture.guard->submit(one, {one.hash(), {}, {}})).end);
        Plan two = plan({create(u"b"_s, "1")});
        two.reason = u"of the plan"_s;
        QVERIFY(*await(fixture.guard->submit(two, {two.hash(), {}, u"of the person"_s})).end);
        QCOMPARE(fixture.entries().at(0).reason, u"of the plan"_s);
        QCOMPARE(fixture.entries().at(1).reason, u"of the person"_s);
    }

    void aLongPlan_isHashedElsewhere_andComparedAllTheSame()
    {
        core::Workers workers;
        GuardFixture fixture;
        Guard guard({.ledger = *fixture.ledger, .policies = fixture.policies, .unlocks = *fixture.unlocks, .workers = &workers});
        guard.add(std::make_unique<MemoryExecutor>(fixture.server));
        const Plan one = plan({create(u"a"_s, QByteArray(1 << 20, 'x'))});
        const auto other = await(guard.submit(one, {plan({create(u"a"_s, "y")}).hash(), {}, {}}));
        QCOMPARE(other.end->error().kind, Error::Kind::Policy);
        QCOMPARE(fixture.server.writes, 0);
        // Given up meanwhile: nothing is begun.
        auto *given = guard.submit(one, {one.hash(), {}, {}});
        given->cancel();
        QCOMPARE(await(given).end->error().kind, Error::Kind::Cancelled);
        const auto done = await(guard.submit(one, {one.hash(), {}, {}}));
        QVERIFY(*done.end);
        QCOMPARE(done.items.first().outcome, Outcome::Applied);
        QCOMPARE(fixture.server.writes, 1);
        // Its end while one is being hashed.
        auto last = std::make_unique<Guard>(Guard::Collaborators{
            .ledger = *fixture.ledger, .policies = fixture.policies, .unlocks = *fixture.unlocks, .workers = &workers});
        last->add(std::make_unique<MemoryExecutor>(fixture.server));
        auto *lost = last->submit(one, {one.hash(), {}, {}});
        last.reset();
        QCOMPARE(await(lost).end->error().kind, Error::Kind::Cancelled);
        QCOMPARE(fixture.server.writes, 1);
    }

    void aLongPlan_isKnownFromItsSubmission_andBeginsInItsTurn()
    {
        core::Workers workers;
        GuardFixture fixture;
        Guard guard({.ledger = *fixture.ledger, .policies = fixture.policies, .unlocks = *fixture.unlocks, .workers = &workers});
        guard.add(std::make_unique<MemoryExecutor>(fixture.server));
        BusyWorkers busy(workers);
        const Plan first = plan({create(u"a"_s, QByteArray(1 << 20, 'x'))}), second = plan({create(u"b"_s, "y")});
        QSignalSpy started(&guard, &Guard::planStarted), finished(&guard, &Guard::planFinished);
        auto *longOne = guard.submit(first, {first.hash(), {}, {}});
        auto *shortOne = guard.submit(second, {second.hash(), {}, {}});
        QCOMPARE(guard.running(), 2);
        QCOMPARE(started.count(), 0); // nothing inside the call
        QTRY_COMPARE(started.count(), 2);
        QCOMPARE(started.first().first().value<Plan>().id, first.id);
        const auto twice = await(guard.submit(first, {first.hash(), {}, {}}));
        QCOMPARE(twice.end->error().kind, Error::Kind::Policy);
        QCOMPARE(fixture.server.reads + fixture.server.writes, 0);
        QCOMPARE(finished.count(), 0);
        bool done = false;
        longOne->then(this, [&done](const core::Result<core::Done> &end) { done = end.has_value(); });
        busy.free();
        const auto other = await(shortOne);
        QVERIFY(other.end && *other.end);
        QTRY_VERIFY(done);
        QTRY_COMPARE(guard.running(), 0);
        QCOMPARE(finished.count(), 2);
        QCOMPARE(started.count(), 2);
        QCOMPARE(fixture.entries().at(0).plan, first.id);
        QCOMPARE(fixture.entries().at(1).plan, second.id);
    }

    void whatIsForbiddenMeanwhile_isNotBegun_data()
    {
        QTest::addColumn<int>("what");
        QTest::newRow("protected") << 0;
        QTest::newRow("cancelled") << 1;
        QTest::newRow("cancelled at once") << 2;
    }
    void whatIsForbiddenMeanwhile_isNotBegun()
    {
        QFETCH(int, what);
        core::Workers workers;
        GuardFixture fixture;
        fixture.policies.policies[u"stage"_s] = {};
        Guard guard({.ledger = *fixture.ledger, .policies = fixture.policies, .unlocks = *fixture.unlocks, .workers = &workers});
        guard.add(std::make_unique<MemoryExecutor>(fixture.server));
        BusyWorkers busy(workers);
        const Plan one = plan({elsewhere(create(u"a"_s, QByteArray(1 << 20, 'x')), u"stage"_s)}), next = plan({create(u"b"_s, "y")});
        QSignalSpy started(&guard, &Guard::planStarted), finished(&guard, &Guard::planFinished);
        auto *stream = guard.submit(one, {one.hash(), {}, {}});
        auto *behind = guard.submit(next, {next.hash(), {}, {}});
        if (what < 2)
            QTRY_COMPARE(started.count(), 2);
        if (what == 0) {
            fixture.policies.policies[u"stage"_s].protection = Policy::Protection::ReadOnly;
            busy.free();
        } else {
            stream->cancel();
        }
        std::optional<Error> why;
        stream->then(this, [&why](const core::Result<core::Done> &end) { why = end ? std::nullopt : std::optional(end.error()); });
        // Whoever waited behind it goes on, although the threads are still busy.
        const auto after = await(behind);
        QVERIFY(after.end && *after.end);
        QTRY_VERIFY(why);
        QCOMPARE(why->kind, what == 0 ? Error::Kind::Policy : Error::Kind::Cancelled);
        QTRY_COMPARE(guard.running(), 0);
        QCOMPARE(started.count(), what == 2 ? 1 : 2);
        QTRY_COMPARE(finished.count(), started.count()); // who was told of a beginning is told of the end
        if (what < 2) {
            const auto summary = finished.first().first().value<PlanSummary>();
            QCOMPARE(summary.id, one.id);
            QCOMPARE(summary.notStarted, 1);
            QCOMPARE(summary.error->kind, why->kind);
        }
        QCOMPARE(fixture.server.writes, 1);
        QCOMPARE(fixture.entries().size(), 1);
    }

    void withoutALedger_nothingIsSent()
    {
        GuardFixture fixture;
        const auto home = core::store::Home::open(u"/proc/signalbox-home"_s);
        core::store::Ledger ledger(**home, u"test"_s);
        Unlocks unlocks(**home, u"test"_s);
        Guard guard({ledger, fixture.policies, unlocks});
        guard.add(std::make_unique<MemoryExecutor>(fixture.server));
        const Plan one = plan({create(u"a"_s, "1")});
        const Review review = guard.review(one);
        QVERIFY(!review.allowed);
        QVERIFY2(review.why.contains(u"journaled"_s), qPrintable(review.why));
        const auto outcome = await(guard.submit(one, {one.hash(), {}, {}}));
        QCOMPARE(outcome.end->error().kind, Error::Kind::Internal); // the disk's refusal, not the person's
        QCOMPARE(fixture.server.writes, 0);
    }

private:
    struct ManualClockHolder {
        struct Clock final : core::Clock {
            QDateTime m_now = QDateTime::fromMSecsSinceEpoch(1'700'000'000'000, Qt::UTC);
            QDateTime now() const override { return m_now; }
            void advance(std::chrono::milliseconds by) { m_now = m_now.addMSecs(by.count()); }
        } clock;
    };
};

SIGNALBOX_TEST(TstGuard)
#include "tst_guard.moc"
