// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/guard/submission.h"
#include "tests/core/guard/memoryserver.h"
#include "tests/support/await.h"
#include "tests/support/testmain.h"

#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace core::guard;
using core::Error;
using namespace tests;

namespace {

constexpr int Patience = 30'000;

Plan many(int count)
{
    std::vector<Change> changes;
    for (int i = 0; i < count; ++i)
        changes.push_back(create(u"item-%1"_s.arg(i), QByteArray::number(i)));
    return plan(std::move(changes));
}

struct Submitted {
    explicit Submitted(GuardFixture &fixture, const Plan &what)
        : submission(std::make_unique<Submission>(*fixture.guard, what, fixture.consent(what)))
        , stopping(submission.get(), &Submission::stopping)
        , ended(submission.get(), &Submission::ended)
    {
        QObject::connect(submission.get(), &Submission::advanced, submission.get(),
                         [this](const QList<ChangeOutcome> &outcomes) { told += outcomes; });
    }
    std::unique_ptr<Submission> submission;
    QSignalSpy stopping, ended;
    QList<ChangeOutcome> told;
};

} // namespace

class TstSubmission final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void everyOutcome_isToldBeforeTheEnd()
    {
        GuardFixture fixture;
        Submitted given(fixture, many(100));
        QVERIFY(given.submission->operation());
        QTRY_COMPARE_WITH_TIMEOUT(given.ended.count(), 1, Patience);
        QVERIFY(given.submission->result());
        QCOMPARE(given.submission->state(), Submission::State::Ended);
        QCOMPARE(given.submission->applied(), 100);
        QCOMPARE(given.told.size(), 100);
        QCOMPARE(given.stopping.count(), 0);
        QCOMPARE(given.submission->onTheWay(), 0);
    }

    void cancelled_whatIsOnTheWireIsWaitedFor()
    {
        GuardFixture fixture;
        fixture.server.behaviour.latency = 100ms;
        Submitted given(fixture, many(200));
        QTRY_VERIFY_WITH_TIMEOUT(fixture.server.writes > 0, Patience);
        given.submission->cancel();
        QTRY_COMPARE_WITH_TIMEOUT(given.stopping.count(), 1, Patience);
        QCOMPARE(given.submission->state(), Submission::State::Stopping);
        QVERIFY(given.submission->onTheWay() > 0);
        QCOMPARE(given.ended.count(), 0);
        given.submission->cancel(); // again
        QTRY_COMPARE_WITH_TIMEOUT(given.ended.count(), 1, Patience);
        QVERIFY(given.submission->wasCancelled());
        QCOMPARE(given.submission->applied(), int(fixture.server.values.size()));
        QVERIFY(given.submission->applied() > 0 && given.submission->outcomes().size() < 200);
        QCOMPARE(given.told.size(), given.submission->outcomes().size());
        QCOMPARE(fixture.entries().size(), given.told.size());
    }

    void cancelledByAnother_isTheSame()
    {
        GuardFixture fixture;
        fixture.server.behaviour.latency = 100ms;
        Submitted given(fixture, many(1));
        QTRY_VERIFY_WITH_TIMEOUT(fixture.server.writes > 0, Patience);
        given.submission->operation()->cancel();
        QTRY_COMPARE_WITH_TIMEOUT(given.ended.count(), 1, Patience);
        QCOMPARE(given.stopping.count(), 1);
        QCOMPARE(given.submission->applied(), 1);
    }

    void cancelledAtOnce_nothingIsBegun()
    {
        GuardFixture fixture;
        Submitted given(fixture, many(3));
        given.submission->cancel();
        QTRY_COMPARE_WITH_TIMEOUT(given.ended.count(), 1, Patience);
        QVERIFY(given.submission->wasCancelled());
        QVERIFY(given.submission->outcomes().isEmpty());
        QCOMPARE(fixture.guard->running(), 0);
        QCOMPARE(fixture.server.writes, 0);
    }

    void refused_endsWithTheReason()
    {
        GuardFixture fixture;
        const Plan one = many(1);
        Submission submission(*fixture.guard, one, {"another hash", {}, {}});
        QSignalSpy ended(&submission, &Submission::ended);
        QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, Patience);
        QCOMPARE(submission.result().error().kind, Error::Kind::Policy);
        QVERIFY(submission.outcomes().isEmpty());
    }

    void ofAnotherPlan_nothingIsHeard()
    {
        GuardFixture fixture;
        fixture.server.behaviour.latency = 100ms;
        Submitted one(fixture, plan({create(u"a"_s, "1")})), two(fixture, plan({create(u"b"_s, "1")}));
        QTRY_VERIFY_WITH_TIMEOUT(fixture.server.writes == 2, Patience);
        one.submission->cancel();
        QTRY_COMPARE_WITH_TIMEOUT(one.ended.count() + two.ended.count(), 2, Patience);
        QCOMPARE(one.told.size(), 1);
        QCOMPARE(two.told.size(), 1);
        QVERIFY(one.submission->wasCancelled() && !two.submission->wasCancelled());
    }

    void letGo_tellsAtTheEnd_andIsGone()
    {
        GuardFixture fixture;
        fixture.server.behaviour.latency = 100ms;
        const Plan one = many(5);
        QPointer<Submission> submission(new Submission(*fixture.guard, one, fixture.consent(one)));
        QTRY_VERIFY_WITH_TIMEOUT(fixture.server.writes > 0, Patience);
        QList<ChangeOutcome> told;
        submission->letGo([&told](const QList<ChangeOutcome> &outcomes) { told = outcomes; });
        QCOMPARE(submission->parent(), fixture.guard.get());
        QTRY_VERIFY_WITH_TIMEOUT(!submission, Patience);
        QCOMPARE(told.size(), 5);
    }

    void destroyed_thePlanGoesOn()
    {
        GuardFixture fixture;
        fixture.server.behaviour.latency = 100ms;
        QSignalSpy finished(fixture.guard.get(), &Guard::planFinished);
        {
            Submitted given(fixture, many(5));
            QTRY_VERIFY_WITH_TIMEOUT(fixture.server.writes > 0, Patience);
        }
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, Patience);
        QCOMPARE(finished.first().first().value<PlanSummary>().applied, 5);
    }

    void guardGone_itEnds_data()
    {
        QTest::addColumn<bool>("cancelled");
        QTest::newRow("running") << false;
        QTest::newRow("stopping") << true;
    }
    void guardGone_itEnds()
    {
        QFETCH(bool, cancelled);
        GuardFixture fixture;
        fixture.server.behaviour.latency = 400ms;
        Submitted given(fixture, many(5));
        QTRY_VERIFY_WITH_TIMEOUT(fixture.server.writes > 0, Patience);
        if (cancelled) {
            given.submission->cancel();
            QTRY_COMPARE_WITH_TIMEOUT(given.stopping.count(), 1, Patience);
        }
        fixture.restart();
        QTRY_COMPARE_WITH_TIMEOUT(given.ended.count(), 1, Patience);
        QVERIFY(given.submission->wasCancelled());
        QCOMPARE(given.submission->onTheWay(), 0);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.server.underWay, 0, Patience); // what was on the wire arrives
    }
};

SIGNALBOX_TEST(TstSubmission)
#include "tst_submission.moc"
