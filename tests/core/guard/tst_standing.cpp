// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/guard/memoryserver.h"
#include "tests/support/await.h"
#include "tests/support/testmain.h"

#include <QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace core::guard;
using core::Error;
using namespace tests;
using State = Standing::State;

namespace {

QList<State> statesOf(const std::optional<core::Result<QList<Standing>>> &answer)
{
    QList<State> states;
    if (answer && *answer)
        for (const Standing &standing : **answer)
            states << standing.state;
    return states;
}

} // namespace

class TstStanding final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void eachChange_isPossibleDoneOrInConflict()
    {
        GuardFixture fixture;
        for (const QString &name : {u"possible"_s, u"gone"_s, u"kept"_s})
            fixture.server.set(at(name), value("1"));
        fixture.server.set(at(u"done"_s), value("2"));
        fixture.server.set(at(u"theirs"_s), value("3"));
        const Plan made = plan({update(u"possible"_s, "1", "2"), update(u"done"_s, "1", "2"), update(u"theirs"_s, "1", "2"),
                                update(u"missing"_s, "1", "2"), create(u"new"_s, "2"), create(u"gone"_s, "2"), erase(u"absent"_s, "1"),
                                erase(u"kept"_s, "1")});
        const auto standing = await(fixture.guard->standing(made));
        QCOMPARE(statesOf(standing),
                 (QList<State>{State::Possible, State::Done, State::Conflict, State::Conflict, State::Possible, State::Conflict,
                               State::Done, State::Possible}));
        QCOMPARE((*standing)->at(2).live, std::optional(value("3")));
        QCOMPARE((*standing)->at(3).live, std::optional<Value>());
        QCOMPARE(fixture.server.writes, 0);

        // What begins there is wholly possible, and does what the person wanted.
        const Plan fresh = startingFrom(made, **standing);
        QVERIFY(fresh.id != made.id && fresh.hash() != made.hash());
        QCOMPARE(fresh.changes.size(), 6u);
        QCOMPARE(fresh.changes.at(2).verb, Verb::Create); // "missing"
        QCOMPARE(fresh.changes.at(4).verb, Verb::Update); // "gone"
        const auto again = await(fixture.guard->standing(fresh));
        QCOMPARE(statesOf(again), QList<State>(6, State::Possible));
        const auto done = await(fixture.submit(fresh));
        QVERIFY(std::all_of(done.items.begin(), done.items.end(), [](const ChangeOutcome &o) { return o.outcome == Outcome::Applied; }));
        QCOMPARE(fixture.server.value(at(u"theirs"_s)), std::optional(value("2")));
        QCOMPARE(statesOf(await(fixture.guard->standing(made))), QList<State>(8, State::Done));
    }

    void changesOfOneTarget_followEachOther_data()
    {
        QTest::addColumn<QByteArray>("live");
        QTest::addColumn<QList<State>>("expected");
        using L = QList<State>;
        QTest::newRow("none") << "1"_ba << L{State::Possible, State::Possible, State::Possible};
        QTest::newRow("one") << "2"_ba << L{State::Done, State::Possible, State::Possible};
        QTest::newRow("two") << "3"_ba << L{State::Done, State::Done, State::Possible};
        QTest::newRow("all") << "4"_ba << L{State::Done, State::Done, State::Done};
        QTest::newRow("other") << "x"_ba << L{State::Conflict, State::Conflict, State::Conflict};
    }
    void changesOfOneTarget_followEachOther()
    {
        QFETCH(QByteArray, live);
        QFETCH(QList<State>, expected);
        GuardFixture fixture;
        fixture.server.set(at(u"a"_s), value(live));
        const Plan made = plan({update(u"a"_s, "1", "2"), update(u"a"_s, "2", "3"), update(u"a"_s, "3", "4")});
        const auto standing = await(fixture.guard->standing(made));
        QCOMPARE(statesOf(standing), expected);
        QCOMPARE(fixture.server.reads, 1);
        const Plan fresh = startingFrom(made, **standing);
        if (fresh.changes.empty())
            return;
        await(fixture.submit(fresh));
        QCOMPARE(fixture.server.value(at(u"a"_s)), std::optional(value("4")));
    }

    void whatCannotBeRead_isToldForEach()
    {
        GuardFixture fixture;
        fixture.server.readTrouble = Error{Error::Kind::Network, u"gone"_s, 0, true};
        Change other = create(u"b"_s, "1");
        other.target = *core::Address::parse(u"signalbox://dev/public/stone/b"_s);
        const auto standing = await(fixture.guard->standing(plan({update(u"a"_s, "1", "2"), other})));
        QCOMPARE(statesOf(standing), (QList<State>{State::Unreadable, State::Unreadable}));
        QCOMPARE((*standing)->at(0).error->kind, Error::Kind::Network);
        QCOMPARE((*standing)->at(1).error->kind, Error::Kind::Unsupported);
    }

    void manyTargets_areReadAFewAtATime()
    {
        GuardFixture fixture;
        fixture.server.behaviour.latency = 2ms;
        std::vector<Change> changes;
        for (int i = 0; i < 200; ++i)
            changes.push_back(create(QString::number(i), "1"));
        auto *reply = fixture.guard->standing(plan(changes));
        qint64 last = 0, total = 0;
        connect(reply, &core::Operation::progress, this, [&](qint64 done, qint64 of) {
            last = done;
            total = of;
        });
        QCOMPARE(statesOf(await(reply, 60s)), QList<State>(200, State::Possible));
        QCOMPARE(last, 200);
        QCOMPARE(total, 200);
        QCOMPARE(fixture.server.mostReadsUnderWay, 8);
    }

    void cancelled_orWithoutChanges()
    {
        GuardFixture fixture;
        fixture.server.behaviour.latency = 1h;
        auto *reply = fixture.guard->standing(plan({create(u"a"_s, "1")}));
        QTimer::singleShot(0, reply, &core::Operation::cancel);
        const auto cancelled = await(reply);
        QVERIFY(cancelled && !*cancelled);
        QCOMPARE(cancelled->error().kind, Error::Kind::Cancelled);
        const auto none = await(fixture.guard->standing(plan({})));
        QVERIFY(none && *none && (*none)->isEmpty());
    }
};

SIGNALBOX_TEST(TstStanding)
#include "tst_standing.moc"
