// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/guard/memoryserver.h"
#include "tests/support/await.h"
#include "tests/support/manualclock.h"
#include "tests/support/testmain.h"

#include <QRandomGenerator>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace core::guard;
using core::Error;
using namespace tests;

class TstUndo final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void oneEntry_isTakenBack()
    {
        GuardFixture fixture;
        fixture.server.set(at(u"a"_s), value("1"));
        await(fixture.submit(plan({update(u"a"_s, "1", "2")})));
        const auto undo = await(fixture.guard->undoOf(1));
        QVERIFY2(undo && *undo, qPrintable(errorOf(undo)));
        QCOMPARE((*undo)->changes.size(), 1u);
        QVERIFY(!(*undo)->displayTitle().isEmpty());
        const auto done = await(fixture.submit(**undo));
        QCOMPARE(done.items.first().outcome, Outcome::Applied);
        QCOMPARE(fixture.server.value(at(u"a"_s)), std::optional(value("1")));
        // And the undo as well.
        const auto redo = await(fixture.guard->undoOf(done.items.first().ledgerId));
        QVERIFY(redo && *redo);
        await(fixture.submit(**redo));
        QCOMPARE(fixture.server.value(at(u"a"_s)), std::optional(value("2")));
    }

    void undo_ofWhatWasChangedSince_isAConflict()
    {
        GuardFixture fixture;
        await(fixture.submit(plan({create(u"a"_s, "1")})));
        fixture.server.set(at(u"a"_s), value("theirs"));
        const auto done = await(fixture.submit(**await(fixture.guard->undoOf(1))));
        QCOMPARE(done.items.first().outcome, Outcome::Conflict);
        QCOMPARE(fixture.server.value(at(u"a"_s)), std::optional(value("theirs")));
    }

    /// Taken back, and taken back again: said as what it is, not as somebody else's change.
    void twice_saysWhatTookItBack()
    {
        GuardFixture fixture;
        fixture.server.set(at(u"a"_s), value("1"));
        await(fixture.submit(plan({update(u"a"_s, "1", "2")})));
        const auto back = await(fixture.submit(**await(fixture.guard->undoOf(1))));
        const qint64 by = back.items.first().ledgerId;
        const auto again = await(fixture.guard->undoOf(1));
        QVERIFY(again && !*again);
        QCOMPARE(again->error().kind, Error::Kind::Conflict);
        QVERIFY2(again->error().message.contains(u"by entry %1"_s.arg(by)), qPrintable(again->error().message));
        // Made once more by somebody else, it is there to be taken back; something else is for the comparison before the write.
        fixture.server.set(at(u"a"_s), value("2"));
        QVERIFY(*await(fixture.guard->undoOf(1)));
        fixture.server.set(at(u"a"_s), value("theirs"));
        QCOMPARE(await(fixture.submit(**await(fixture.guard->undoOf(1)))).items.first().outcome, Outcome::Conflict);
        fixture.server.set(at(u"a"_s), value("1"));
        QVERIFY(!*await(fixture.guard->undoOf(1)));
        // Made once more since then, it can be taken back once more.
        await(fixture.submit(plan({update(u"a"_s, "1", "2")})));
        QVERIFY(*await(fixture.guard->undoOf(1)));
        // A plan in which one item is created and deleted is none that was taken back.
        const Plan both = plan({create(u"b"_s, "x"), erase(u"b"_s, "x"), create(u"c"_s, "y")});
        await(fixture.submit(both));
        const auto undo = await(fixture.guard->undoOf(both.id));
        QVERIFY(undo && *undo);
        QCOMPARE((*undo)->changes.size(), 3u);
        // Of a plan as of an entry.
        const Plan one = plan({create(u"d"_s, "1"), create(u"e"_s, "1")});
        await(fixture.submit(one));
        await(fixture.submit(**await(fixture.guard->undoOf(one.id))));
        const auto planAgain = await(fixture.guard->undoOf(one.id));
        QVERIFY(planAgain && !*planAgain);
        QCOMPARE(planAgain->error().kind, Error::Kind::Conflict);
    }

    /// Random plans with every verb, several changes of one target among them; then the server is as at the start.
    void plan_takenBack_leavesTheServerAsItWas()
    {
        QRandomGenerator random(42);
        for (int round = 0; round < 15; ++round) {
            GuardFixture fixture;
            for (int i = 0; i < 10; ++i) {
                if (random.bounded(2))
                    fixture.server.set(at(QString::number(i)), value(QByteArray::number(random.bounded(5))));
            }
            const auto start = fixture.server.values;
            auto expected = start;
            std::vector<Change> changes;
            for (int i = 0; i < 40; ++i) {
                const QString name = QString::number(random.bounded(10));
                const QByteArray next = QByteArray::number(random.generate());
                const auto now = expected.find(at(name).toString());
                if (now == expected.end()) {
                    changes.push_back(create(name, next));
                    expected.insert_or_assign(at(name).toString(), value(next));
                } else if (random.bounded(3) == 0) {
                    changes.push_back(erase(name, now->second.content));
                    expected.erase(now);
                } else {
                    changes.push_back(update(name, now->second.content, next));
                    now->second = value(next);
                }
            }
            const Plan one = plan(changes);
            const auto done = await(fixture.submit(one));
            QVERIFY(done.end && *done.end);
            QVERIFY(fixture.server.values == expected);
            const auto undo = await(fixture.guard->undoOf(one.id));
            QVERIFY2(undo && *undo, qPrintable(errorOf(undo)));
            const auto undone = await(fixture.submit(**undo));
            QVERIFY(undone.end && *undone.end);
            for (const ChangeOutcome &outcome : undone.items)
                QCOMPARE(outcome.outcome, Outcome::Applied);
            QVERIFY(fixture.server.values == start);
        }
    }

    void onlyWhatWasApplied_isTakenBack()
    {
        GuardFixture fixture;
        fixture.server.set(at(u"b"_s), value("theirs"));
        const Plan one = plan({create(u"a"_s, "1"), create(u"b"_s, "1"), create(u"c"_s, "1")});
        await(fixture.submit(one));
        const auto undo = await(fixture.guard->undoOf(one.id));
        QVERIFY(undo && *undo);
        QCOMPARE((*undo)->changes.size(), 2u);
        QCOMPARE((*undo)->changes.front().target, at(u"c"_s)); // last first
        QCOMPARE((*undo)->notes.size(), 1);
        QVERIFY((*undo)->notes.first().contains(u"not applied"_s));
    }

    void noUndo_saysWhy()
    {
        ManualClock clock;
        GuardFixture fixture(clock);
        Change never = create(u"a"_s, "1");
        never.undo = Undo::None;
        never.undoNote = u"the server forgets it"_s;
        await(fixture.submit(plan({never, create(u"b"_s, "1")})));
        auto undo = await(fixture.guard->undoOf(1));
        QCOMPARE(undo->error().kind, Error::Kind::Usage);
        QVERIFY(undo->error().message.contains(never.undoNote));
        undo = await(fixture.guard->undoOf(99));
        QCOMPARE(undo->error().kind, Error::Kind::NotFound);
        undo = await(fixture.guard->undoOf(QUuid::createUuid()));
        QCOMPARE(undo->error().kind, Error::Kind::NotFound);
        clock.advance(1h);
        await(fixture.ledger->purgeValues(clock.now()));
        undo = await(fixture.guard->undoOf(2));
        QCOMPARE(undo->error().kind, Error::Kind::Usage);
        QVERIFY(undo->error().message.contains(u"purged"_s));
    }

    void partialUndo_isNoted()
    {
        GuardFixture fixture;
        Change partial = create(u"a"_s, "1");
        partial.undo = Undo::Partial;
        partial.undoNote = u"its history stays"_s;
        await(fixture.submit(plan({partial})));
        const auto undo = await(fixture.guard->undoOf(1));
        QVERIFY(undo && *undo);
        QVERIFY((*undo)->notes.first().contains(partial.undoNote));
    }
};

SIGNALBOX_TEST(TstUndo)
#include "tst_undo.moc"
