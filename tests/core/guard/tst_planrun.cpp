// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/guard/memoryserver.h"
#include "tests/support/await.h"
#include "tests/support/testmain.h"

#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlQuery>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace core::guard;
using core::Error;
using namespace tests;

namespace {

Error error(Error::Kind kind)
{
    return {kind, u"as told"_s, 0, false};
}

QList<Outcome> outcomes(const QList<ChangeOutcome> &items)
{
    QList<Outcome> all;
    for (const ChangeOutcome &item : items)
        all.append(item.outcome);
    return all;
}

std::vector<Change> creates(int count)
{
    std::vector<Change> many;
    for (int i = 0; i < count; ++i)
        many.push_back(create(u"item-%1"_s.arg(i), QByteArray::number(i)));
    return many;
}

} // namespace

/// Carrying plans out.
class TstPlanRun final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void everyVerb_isAppliedVerifiedAndJournaled()
    {
        GuardFixture fixture;
        fixture.server.set(at(u"b"_s), value("1"));
        fixture.server.set(at(u"c"_s), value("1"));
        const Plan one = plan({create(u"a"_s, "new"), update(u"b"_s, "1", "2"), erase(u"c"_s, "1")});
        QSignalSpy started(fixture.guard.get(), &Guard::planStarted);
        QSignalSpy finished(fixture.guard.get(), &Guard::planFinished);
        QSignalSpy known(fixture.guard.get(), &Guard::changeFinished);
        const auto result = await(fixture.submit(one));
        QVERIFY2(result.end && *result.end, qPrintable(errorOf(result.end)));
        QCOMPARE(outcomes(result.items), QList<Outcome>(3, Outcome::Applied));
        for (int i = 0; i < 3; ++i) {
            QCOMPARE(result.items.at(i).index, i);
            QVERIFY(result.items.at(i).verified);
            QCOMPARE(result.items.at(i).ledgerId, i + 1);
            QCOMPARE(result.items.at(i).target, one.changes[size_t(i)].target);
        }
        QCOMPARE(fixture.server.value(at(u"a"_s)), std::optional(value("new")));
        QCOMPARE(fixture.server.value(at(u"b"_s)), std::optional(value("2")));
        QVERIFY(!fixture.server.value(at(u"c"_s)));
        const auto entries = fixture.entries();
        QCOMPARE(entries.size(), 3);
        QCOMPARE(entries.at(1).verb, u"update"_s);
        QCOMPARE(entries.at(1).comparison, u"atomic"_s);
        QCOMPARE(entries.at(1).before, value("1").sha256());
        QCOMPARE(entries.at(1).plan, one.id);
        QCOMPARE(entries.at(1).result->outcome, u"Applied"_s);
        QVERIFY(entries.at(1).result->verified);
        QCOMPARE(started.count(), 1);
        QCOMPARE(known.count(), 3);
        QTRY_COMPARE(finished.count(), 1);
        const auto summary = finished.first().first().value<PlanSummary>();
        QCOMPARE(summary.applied, 3);
        QCOMPARE(summary.notStarted, 0);
        QVERIFY(!summary.error);
        QCOMPARE(fixture.guard->running(), 0);
    }

    /// The fake server asks the ledger, with eyes of its own, at every write it gets.
    void nothingIsSentWithoutAnIntent()
    {
        GuardFixture fixture;
        int asked = 0, missing = 0;
        fixture.server.onWrite = [&](const core::Address &address) {
            {
                QSqlDatabase db = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"witness"_s);
                db.setDatabaseName(fixture.path() + u"/ledger.db"_s);
                QVERIFY(db.open());
                QSqlQuery query(db);
                query.prepare(u"SELECT count(*) FROM intent WHERE address = ? AND id NOT IN (SELECT intent FROM outcome)"_s);
                query.addBindValue(address.toString());
                QVERIFY(query.exec() && query.next());
                ++asked;
                if (query.value(0).toInt() != 1)
                    ++missing;
            }
            QSqlDatabase::removeDatabase(u"witness"_s);
        };
        const auto result = await(fixture.submit(plan(creates(150))));
        QVERIFY(result.end && *result.end);
        QCOMPARE(asked, 150);
        QCOMPARE(missing, 0);
    }

    void whatIsNotAsThePlanSays_isAConflict_data()
    {
        QTest::addColumn<int>("which");
        QTest::newRow("create: exists") << 0;
        QTest::newRow("update: changed") << 1;
        QTest::newRow("update: gone") << 2;
        QTest::newRow("delete: changed") << 3;
        QTest::newRow("delete: gone") << 4;
        QTest::newRow("only an attribute differs") << 5;
        QTest::newRow("changed between read and write") << 6;
    }
    void whatIsNotAsThePlanSays_isAConflict()
    {
        QFETCH(int, which);
        GuardFixture fixture;
        const auto live = [&](const QByteArray &content) { fixture.server.set(at(u"a"_s), value(content)); };
        Change change = update(u"a"_s, "1", "2");
        switch (which) {
        case 0:
            live("0");
            change = create(u"a"_s, "1");
            break;
        case 1:
            live("0");
            break;
        case 3:
            live("0");
            change = erase(u"a"_s, "1");
            break;
        case 4:
            change = erase(u"a"_s, "1");
            break;
        case 5:
            fixture.server.set(at(u"a"_s), Value{"1", {{u"type"_s, u"json"_s}}});
            break;
        case 6:
            live("1");
            fixture.server.onWrite = [&](const core::Address &) { live("0"); };
            break;
        default:
            break;
        }
        const auto before = fixture.server.value(at(u"a"_s));
        const auto result = await(fixture.submit(plan({change})));
        QVERIFY(result.end && *result.end);
        QCOMPARE(result.items.first().outcome, Outcome::Conflict);
        QCOMPARE(result.items.first().error->kind, Error::Kind::Conflict);
        QCOMPARE(fixture.server.order.size(), 0);
        if (which != 6)
            QCOMPARE(fixture.server.value(at(u"a"_s)), before);
        QCOMPARE(fixture.entries().first().result->outcome, u"Conflict"_s);
    }

    void lateReads_areWaitedFor()
    {
        GuardFixture fixture;
        fixture.server.behaviour.laggingReads = 4;
        const auto result = await(fixture.submit(plan({create(u"a"_s, "1")})));
        QVERIFY(result.items.first().verified);
        QVERIFY(fixture.server.reads >= 6);
    }

    void readsThatNeverAgree_areAppliedUnverified()
    {
        GuardFixture fixture;
        fixture.server.behaviour.laggingReads = 1'000'000;
        const auto result = await(fixture.submit(plan({create(u"a"_s, "1")})));
        QCOMPARE(result.items.first().outcome, Outcome::Applied);
        QVERIFY(!result.items.first().verified);
        QVERIFY(!fixture.entries().first().result->verified);
    }

    void readsThatFailAfterwards_areAppliedUnverified()
    {
        GuardFixture fixture;
        fixture.server.onWrite = [&](const core::Address &) { fixture.server.readTrouble = error(Error::Kind::Forbidden); };
        const auto result = await(fixture.submit(plan({create(u"a"_s, "1")})));
        QCOMPARE(result.items.first().outcome, Outcome::Applied);
        QVERIFY(!result.items.first().verified);
    }

    void errors_becomeOutcomes_data()
    {
        QTest::addColumn<Error::Kind>("kind");
        QTest::addColumn<bool>("takesEffect");
        QTest::addColumn<Outcome>("outcome");
        for (const auto kind :
             {Error::Kind::Rejected, Error::Kind::Forbidden, Error::Kind::RateLimited, Error::Kind::Unsupported, Error::Kind::Tls,
              Error::Kind::Internal, Error::Kind::BadReply, Error::Kind::Network, Error::Kind::Timeout}) {
            const QByteArray name = error(kind).kindName().toUtf8();
            QTest::newRow((name + ", no effect").constData()) << kind << false << Outcome::Failed;
            QTest::newRow((name + ", in effect").constData()) << kind << true << Outcome::Applied;
        }
        QTest::newRow("Conflict") << Error::Kind::Conflict << false << Outcome::Conflict;
    }
    void errors_becomeOutcomes()
    {
        QFETCH(Error::Kind, kind);
        QFETCH(bool, takesEffect);
        QFETCH(Outcome, outcome);
        GuardFixture fixture;
        fixture.server.set(at(u"a"_s), value("1"));
        fixture.server.applyTrouble.insert(at(u"a"_s), {error(kind), takesEffect});
        const auto result = await(fixture.submit(plan({update(u"a"_s, "1", "2")})));
        QVERIFY(result.end && *result.end);
        QCOMPARE(result.items.size(), 1);
        QCOMPARE(result.items.first().outcome, outcome);
        QVERIFY(result.items.first().error);
        QCOMPARE(result.items.first().error->kind, kind);
        QCOMPARE(fixture.entries().first().result->outcome, toString(outcome));
        QCOMPARE(fixture.server.value(at(u"a"_s)), std::optional(value(takesEffect ? "2" : "1")));
    }

    /// A server that fails over a write may have done it all the same, and its reads lag behind.
    void serverError_isNotTakenForARefusal_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<Outcome>("outcome");
        QTest::newRow("refused") << 400 << Outcome::Failed;
        QTest::newRow("failed") << 500 << Outcome::Applied;
        QTest::newRow("another code of the server") << 5031 << Outcome::Failed;
    }
    void serverError_isNotTakenForARefusal()
    {
        QFETCH(int, code);
        QFETCH(Outcome, outcome);
        GuardFixture fixture;
        fixture.server.behaviour.laggingReads = 3;
        fixture.server.set(at(u"a"_s), value("1"));
        Error trouble = error(Error::Kind::Rejected);
        trouble.code = code;
        fixture.server.applyTrouble.insert(at(u"a"_s), {trouble, true});
        const auto result = await(fixture.submit(plan({update(u"a"_s, "1", "2")})));
        QVERIFY(result.end && *result.end);
        QCOMPARE(result.items.first().outcome, outcome);
        QCOMPARE(fixture.entries().first().result->outcome, toString(outcome));
    }

    /// Nobody has seen what came of it, so nobody says that it failed: it is settled later.
    void serverErrorAndThenNoAnswer_isUnknown()
    {
        GuardFixture fixture;
        fixture.server.set(at(u"a"_s), value("1"));
        Error trouble = error(Error::Kind::Rejected);
        trouble.code = 500;
        fixture.server.applyTrouble.insert(at(u"a"_s), {trouble, true});
        fixture.server.onWrite = [&](const core::Address &) { fixture.server.readTrouble = error(Error::Kind::Network); };
        const auto result = await(fixture.submit(plan({update(u"a"_s, "1", "2")})));
        QVERIFY(result.end && *result.end);
        QCOMPARE(result.items.first().outcome, Outcome::Unknown);
        QCOMPARE(result.items.first().error->code, 500);
        QVERIFY(!fixture.entries().first().result);
        fixture.server.readTrouble.reset();
        const auto settled = await(fixture.guard->settle());
        QCOMPARE(settled.items.size(), 1);
        QCOMPARE(settled.items.first().outcome, Outcome::Applied);
    }

    void serverGoneBeforeSending_isFailed()
    {
        GuardFixture fixture;
        fixture.server.allTrouble = error(Error::Kind::Network);
        const auto result = await(fixture.submit(plan({create(u"a"_s, "1")})));
        QVERIFY(result.end && *result.end);
        QCOMPARE(result.items.first().outcome, Outcome::Failed);
        QCOMPARE(fixture.server.writes, 0);
        QVERIFY(fixture.entries().first().result);
    }

    void serverGoneWhileSending_isUnknown_andSettledLater()
    {
        for (const bool takesEffect : {false, true}) {
            GuardFixture fixture;
            fixture.server.applyTrouble.insert(at(u"a"_s), {error(Error::Kind::Network), takesEffect});
            fixture.server.onWrite = [&](const core::Address &) { fixture.server.readTrouble = error(Error::Kind::Network); };
            const auto result = await(fixture.submit(plan({create(u"a"_s, "1")})));
            QVERIFY(result.end && *result.end);
            QCOMPARE(result.items.first().outcome, Outcome::Unknown);
            QVERIFY(!fixture.entries().first().result);
            // Still away: stays so.
            auto settled = await(fixture.guard->settle());
            QCOMPARE(outcomes(settled.items), QList<Outcome>{Outcome::Unknown});
            fixture.server.readTrouble.reset();
            settled = await(fixture.guard->settle(u"another"_s));
            QCOMPARE(settled.items.size(), 0);
            QSignalSpy told(fixture.guard.get(), &Guard::settled);
            settled = await(fixture.guard->settle(u"dev"_s));
            QCOMPARE(outcomes(settled.items), QList<Outcome>{takesEffect ? Outcome::Applied : Outcome::Failed});
            QCOMPARE(told.count(), 1);
            QCOMPARE(fixture.entries().first().result->outcome, takesEffect ? u"Applied"_s : u"Failed"_s);
            QVERIFY((*await(fixture.ledger->verify()))->isIntact());
        }
    }

    void serverGoneInALongPlan_endsIt_andItGoesOnLater()
    {
        GuardFixture fixture;
        const Plan one = plan(creates(400));
        int left = 150;
        fixture.server.onWrite = [&](const core::Address &) {
            if (--left == 0)
                fixture.server.allTrouble = error(Error::Kind::Network);
        };
        auto result = await(fixture.submit(one), 30s);
        QVERIFY(result.end && !*result.end);
        QCOMPARE(result.end->error().kind, Error::Kind::Network);
        const auto applied = std::ranges::count(result.items, Outcome::Applied, &ChangeOutcome::outcome);
        QVERIFY(applied >= 100 && applied < 400);
        QVERIFY(result.items.size() < 400);
        QVERIFY(fixture.entries().size() < 300); // the rest has no intents
        fixture.server.allTrouble.reset();
        fixture.server.onWrite = {};
        const int writesBefore = fixture.server.writes;
        const auto there = qint64(fixture.server.values.size());
        result = await(fixture.submit(one), 30s);
        QVERIFY2(result.end && *result.end, qPrintable(errorOf(result.end)));
        QCOMPARE(outcomes(result.items), QList<Outcome>(400, Outcome::Applied));
        QCOMPARE(fixture.server.values.size(), 400u);
        QCOMPARE(fixture.server.writes - writesBefore, int(400 - there)); // what was applied is not done again
        QVERIFY((*await(fixture.ledger->verify()))->isIntact());
    }

    void outcomes_comeInTheOrderOfTheChanges_manyAtOnce()
    {
        GuardFixture fixture;
        fixture.server.behaviour.latency = 3ms;
        const auto result = await(fixture.submit(plan(creates(500))), 30s);
        QVERIFY(result.end && *result.end);
        QCOMPARE(result.items.size(), 500);
        for (int i = 0; i < 500; ++i)
            QCOMPARE(result.items.at(i).index, i);
        QVERIFY2(fixture.server.mostUnderWay > 20, qPrintable(QString::number(fixture.server.mostUnderWay)));
        QVERIFY(fixture.server.mostUnderWay <= 64);
    }

    void oneTarget_isWrittenInSequence()
    {
        GuardFixture fixture;
        fixture.server.behaviour.latency = 1ms;
        std::vector<Change> changes{create(u"a"_s, "0"), create(u"b"_s, "0")};
        for (int i = 0; i < 20; ++i) {
            changes.push_back(update(u"a"_s, QByteArray::number(i), QByteArray::number(i + 1)));
            changes.push_back(update(u"b"_s, QByteArray::number(i), QByteArray::number(i + 1)));
        }
        changes.push_back(erase(u"b"_s, "20"));
        const auto result = await(fixture.submit(plan(changes)));
        QCOMPARE(outcomes(result.items), QList<Outcome>(43, Outcome::Applied));
        QVERIFY(!fixture.server.sameTargetTwice);
        QCOMPARE(fixture.server.value(at(u"a"_s)), std::optional(value("20")));
        QVERIFY(!fixture.server.value(at(u"b"_s)));
    }

    void changesOfAnotherKind_waitForThoseBeforeThem()
    {
        GuardFixture fixture;
        fixture.guard->add(std::make_unique<MemoryExecutor>(fixture.server, u"namespace"_s));
        fixture.server.behaviour.latency = 2ms;
        Change space = create(u"s"_s, "space");
        space.target = *core::Address::build(u"dev"_s, u"-"_s, u"namespace"_s, {u"s"_s});
        std::vector<Change> changes = creates(20);
        changes.insert(changes.begin(), space);
        const Plan whole = plan(changes);
        const auto result = await(fixture.submit(whole));
        QCOMPARE(outcomes(result.items), QList<Outcome>(21, Outcome::Applied));
        QCOMPARE(fixture.server.order.first(), space.target);
        // Taken back in the other direction: first what is in it, then itself.
        fixture.server.order.clear();
        const auto undo = await(fixture.guard->undoOf(whole.id));
        QVERIFY2(undo && *undo, qPrintable(errorOf(undo)));
        const auto back = await(fixture.submit(**undo));
        QCOMPARE(outcomes(back.items), QList<Outcome>(21, Outcome::Applied));
        QCOMPARE(fixture.server.order.last(), space.target);
        QVERIFY(fixture.server.values.empty());
    }

    void whenWhatTheRestBuildsOnFails_theRestIsNotStarted()
    {
        GuardFixture fixture;
        fixture.guard->add(std::make_unique<MemoryExecutor>(fixture.server, u"namespace"_s));
        Change space = create(u"s"_s, "space");
        space.target = *core::Address::build(u"dev"_s, u"-"_s, u"namespace"_s, {u"s"_s});
        fixture.server.applyTrouble.insert(space.target, {error(Error::Kind::Forbidden), false});
        std::vector<Change> changes = creates(20);
        changes.insert(changes.begin(), space);
        const auto result = await(fixture.submit(plan(changes)));
        QVERIFY(result.end && !*result.end);
        QCOMPARE(result.end->error().kind, Error::Kind::Forbidden);
        QCOMPARE(outcomes(result.items), QList<Outcome>{Outcome::Failed});
        QVERIFY(fixture.server.values.empty());
        QCOMPARE(fixture.entries().size(), 1);
    }

    void twoPlans_onOneTarget_doNotMeet()
    {
        GuardFixture fixture;
        fixture.server.behaviour.latency = 5ms;
        fixture.server.set(at(u"a"_s), value("0"));
        const Plan one = plan({update(u"a"_s, "0", "1")});
        const Plan two = plan({update(u"a"_s, "1", "2"), create(u"b"_s, "x")});
        auto *first = fixture.submit(one);
        auto *second = fixture.submit(two);
        int ended = 0;
        QList<Outcome> ofFirst, ofSecond;
        first->each(this, [&](const QList<ChangeOutcome> &batch) { ofFirst += outcomes(batch); });
        second->each(this, [&](const QList<ChangeOutcome> &batch) { ofSecond += outcomes(batch); });
        for (auto *stream : {first, second})
            stream->then(this, [&](const core::Result<core::Done> &) { ++ended; });
        QTRY_COMPARE(ended, 2);
        QVERIFY(!fixture.server.sameTargetTwice);
        QCOMPARE(ofFirst, QList<Outcome>{Outcome::Applied});
        QCOMPARE(ofSecond.size(), 2);
        QCOMPARE(ofSecond.at(1), Outcome::Applied);
        // Whichever came to the target first: the second one is either on top of the first, or has noticed that it is not.
        const bool onTop = ofSecond.at(0) == Outcome::Applied;
        QVERIFY(onTop || ofSecond.at(0) == Outcome::Conflict);
        QCOMPARE(fixture.server.value(at(u"a"_s)), std::optional(value(onTop ? "2" : "1")));
    }

    void samePlanTwiceAtOnce_isRefused()
    {
        GuardFixture fixture;
        fixture.server.behaviour.latency = 5ms;
        const Plan one = plan({create(u"a"_s, "1")});
        auto *first = fixture.submit(one);
        const auto second = await(fixture.submit(one));
        QCOMPARE(second.end->error().kind, Error::Kind::Policy);
        QVERIFY(*await(first).end);
        QCOMPARE(fixture.server.writes, 1);
    }

    void samePlanAgain_doesNothingTwice()
    {
        GuardFixture fixture;
        Plan one = plan({create(u"a"_s, "1")});
        await(fixture.submit(one));
        const auto again = await(fixture.submit(one));
        QCOMPARE(outcomes(again.items), QList<Outcome>{Outcome::Applied});
        QCOMPARE(again.items.first().ledgerId, 1);
        QCOMPARE(fixture.server.writes, 1);
        one.changes.front() = create(u"b"_s, "1"); // another plan under the same id
        const auto other = await(fixture.submit(one));
        QCOMPARE(other.end->error().kind, Error::Kind::Usage);
        QCOMPARE(fixture.server.writes, 1);
    }

    void failedPlanAgain_isTriedAgain()
    {
        GuardFixture fixture;
        fixture.server.applyTrouble.insert(at(u"a"_s), {error(Error::Kind::Rejected), false});
        const Plan one = plan({create(u"a"_s, "1")});
        QCOMPARE(await(fixture.submit(one)).items.first().outcome, Outcome::Failed);
        QCOMPARE(await(fixture.submit(one)).items.first().outcome, Outcome::Applied);
        QCOMPARE(fixture.entries().size(), 2);
    }

    void cancel_finishesWhatIsOnTheWire()
    {
        GuardFixture fixture;
        fixture.server.behaviour.latency = 10ms;
        QSignalSpy finished(fixture.guard.get(), &Guard::planFinished);
        auto *stream = fixture.submit(plan(creates(1000)));
        std::optional<core::Result<core::Done>> end;
        stream->then(this, [&](const core::Result<core::Done> &result) { end = result; });
        QTRY_VERIFY(fixture.server.order.size() > 100);
        stream->cancel();
        QTRY_VERIFY(end);
        QCOMPARE(end->error().kind, Error::Kind::Cancelled);
        QTRY_COMPARE(finished.count(), 1);
        const auto summary = finished.first().first().value<PlanSummary>();
        QVERIFY(summary.notStarted > 500);
        QCOMPARE(summary.applied + summary.failed + summary.notStarted, 1000);
        QCOMPARE(summary.applied, int(fixture.server.values.size()));
        QCOMPARE(fixture.entries().size(), 1000 - summary.notStarted);
        for (const auto &entry : fixture.entries())
            QVERIFY(entry.result);
    }

    void losingTheReceivers_cancelsNothing()
    {
        GuardFixture fixture;
        fixture.server.behaviour.latency = 2ms;
        QSignalSpy finished(fixture.guard.get(), &Guard::planFinished);
        {
            QObject page;
            fixture.submit(plan(creates(100)))->then(&page, [](const core::Result<core::Done> &) {});
        }
        QTRY_COMPARE(finished.count(), 1);
        QCOMPARE(finished.first().first().value<PlanSummary>().applied, 100);
    }

    void guardDestroyed_everyoneIsAnswered_andTheNextStartSettles()
    {
        GuardFixture fixture;
        fixture.server.behaviour.latency = 400ms; // all of it is still on the wire when the guard goes, however busy the machine
        std::optional<core::Result<core::Done>> end;
        fixture.submit(plan(creates(10)))->then(this, [&](const core::Result<core::Done> &result) { end = result; });
        QTRY_VERIFY(fixture.server.writes > 0);
        fixture.restart();
        QTRY_VERIFY(end);
        QVERIFY(!*end);
        QTRY_COMPARE(fixture.server.values.size(), 10u); // it was on the wire
        const auto settled = await(fixture.guard->settle());
        QCOMPARE(settled.items.size(), 10);
        for (const ChangeOutcome &outcome : settled.items)
            QCOMPARE(outcome.outcome, Outcome::Applied);
    }

    void secrets_areNotJournaled_andCannotBeProven()
    {
        GuardFixture fixture;
        fixture.server.set(at(u"user"_s), value("profile"));
        Change change = update(u"user"_s, "profile", "profile");
        change.undo = Undo::None;
        change.secrets = {{u"password"_s, u"store-reference-7"_s}};
        const auto result = await(fixture.submit(plan({change})));
        QCOMPARE(result.items.first().outcome, Outcome::Applied);
        QVERIFY(!result.items.first().verified);
        fixture.ledger.reset();
        fixture.guard.reset();
        fixture.home.reset();
        QFile file(fixture.path() + u"/ledger.db"_s);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains("store-reference-7"));
        fixture.restart();
        // Without an answer nobody can tell.
        fixture.server.applyTrouble.insert(at(u"user"_s), {error(Error::Kind::Network), true});
        const auto unknown = await(fixture.submit(plan({change})));
        QCOMPARE(unknown.items.first().outcome, Outcome::Unknown);
        const auto settled = await(fixture.guard->settle());
        QCOMPARE(settled.items.first().outcome, Outcome::Unknown);
        QVERIFY(fixture.entries().last().result); // closed: it will never be known
        QCOMPARE(fixture.entries().last().result->outcome, u"Unknown"_s);
    }
};

SIGNALBOX_TEST(TstPlanRun)
#include "tst_planrun.moc"
