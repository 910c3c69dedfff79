// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/ledger.h"
#include "core/store/ledgerhead.h"
#include "tests/core/store/storefixture.h"
#include "tests/support/manualclock.h"
#include "tests/support/testmain.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QJsonDocument>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace core::store;
using tests::await;
using tests::errorOf;

namespace {

LedgerIntent intent(int index, const QUuid &plan = QUuid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11))
{
    LedgerIntent one;
    one.plan = plan;
    one.index = index;
    one.address = u"signalbox://shop/public/config/g/%1"_s.arg(index);
    one.verb = u"update"_s;
    one.comparison = u"atomic"_s;
    one.undo = u"full"_s;
    one.before = "{}\nbefore";
    one.after = "{}\nafter " + QByteArray::number(index);
    one.reason = u"because"_s;
    one.summary = u"publish 配置"_s;
    return one;
}

} // namespace

class TstLedger final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { tests::failOnAnyWarning(); }

    void entryAndValues_comeBackAsWritten()
    {
        tests::StoreFixture fixture;
        Ledger ledger(fixture.open(), u"test 1"_s, m_clock);
        const auto ids = await(ledger.appendIntents({intent(0), intent(1)}));
        QVERIFY2(ids && *ids, qPrintable(errorOf(ids)));
        QCOMPARE(**ids, (QList<qint64>{1, 2}));
        const auto written = await(ledger.appendOutcomes({{1, u"Applied"_s, true, {}}}));
        QVERIFY2(written && *written, qPrintable(errorOf(written)));
        QCOMPARE(**written, QList<bool>{true});

        const auto entry = await(ledger.entry(1));
        QVERIFY(entry && *entry && **entry);
        const LedgerEntry &row = ***entry;
        QCOMPARE(row.address, u"signalbox://shop/public/config/g/0"_s);
        QCOMPARE(row.summary, u"publish 配置"_s);
        QCOMPARE(row.owner, fixture.home->owner());
        QCOMPARE(row.program, u"test 1"_s);
        QCOMPARE(row.at, m_clock.now());
        QVERIFY(row.result);
        QCOMPARE(row.result->outcome, u"Applied"_s);
        QVERIFY(row.result->verified);
        const auto value = await(ledger.value(row.after));
        QVERIFY(value && *value && **value);
        QCOMPARE(***value, QByteArray("{}\nafter 0"));
        const auto none = await(ledger.entry(77));
        QVERIFY(none && *none && !**none);
    }

    void absentValue_isNotAnEmptyOne()
    {
        tests::StoreFixture fixture;
        Ledger ledger(fixture.open(), u"test"_s);
        LedgerIntent create = intent(0);
        create.before.reset();
        create.after = QByteArray("");
        QVERIFY(**await(ledger.appendIntents({create})) == QList<qint64>{1});
        const auto entry = await(ledger.entry(1));
        QVERIFY((**entry)->before.isEmpty());
        QCOMPARE((**entry)->after.size(), 32);
        const auto value = await(ledger.value((**entry)->after));
        QVERIFY(**value);
        QCOMPARE(***value, QByteArray());
    }

    /// Whatever text a server or a person comes up with: what is stored is what was hashed.
    void anyText_isStoredAsHashed_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("stored");
        const QString mark = QChar(QChar::ByteOrderMark), swapped = QChar(QChar::ByteOrderSwapped);
        const QString high = QChar(0xd83d), low = QChar(0xde00);
        QTest::newRow("half of a pair") << u"bad "_s + high + u" name"_s << u"bad \ufffd name"_s;
        QTest::newRow("half at the end") << u"cut "_s + high << u"cut \ufffd"_s;
        QTest::newRow("the other half") << low + high << u"\ufffd\ufffd"_s;
        QTest::newRow("a whole pair") << high + low << high + low;
        QTest::newRow("byte order mark") << mark + u"text"_s << mark + u"text"_s;
        QTest::newRow("two marks") << mark + mark << mark + mark;
        QTest::newRow("swapped mark") << swapped + u"text"_s << u"\ufffdtext"_s;
        QTest::newRow("no character") << u"a\uffff"_s << u"a\ufffd"_s;
        QTest::newRow("zero inside") << u"a"_s + QChar(u'\0') + u"b"_s << u"a"_s + QChar(u'\0') + u"b"_s;
    }
    void anyText_isStoredAsHashed()
    {
        QFETCH(QString, text);
        QFETCH(QString, stored);
        tests::StoreFixture fixture;
        Ledger ledger(fixture.open(), u"test "_s + text, m_clock);
        LedgerIntent one = intent(0);
        one.reason = one.summary = one.undoNote = text;
        QVERIFY(*await(ledger.appendIntents({one, intent(1)})));
        QVERIFY(*await(ledger.appendOutcomes({{1, u"Failed"_s, false, text}, {2, u"Applied"_s, true, {}}})));
        const auto report = await(ledger.verify());
        QVERIFY(report && *report);
        QVERIFY2((*report)->isIntact(), qPrintable((*report)->isIntact() ? QString() : (*report)->problems.first().what));
        const auto entry = await(ledger.entry(1));
        QVERIFY(entry && *entry && **entry);
        QCOMPARE((**entry)->reason, stored);
        QCOMPARE((**entry)->summary, stored);
        QCOMPARE((**entry)->undoNote, stored);
        QCOMPARE((**entry)->result->error, stored);
    }

    void outcome_isWrittenOnlyOnce()
    {
        tests::StoreFixture fixture;
        Ledger ledger(fixture.open(), u"test"_s);
        await(ledger.appendIntents({intent(0)}));
        QCOMPARE(**await(ledger.appendOutcomes({{1, u"Applied"_s, true, {}}})), QList<bool>{true});
        QCOMPARE(**await(ledger.appendOutcomes({{1, u"Failed"_s, false, u"no"_s}, {9, u"Failed"_s, false, {}}})),
                 (QList<bool>{false, false}));
        QCOMPARE((**await(ledger.entry(1)))->result->outcome, u"Applied"_s);
        QVERIFY((*await(ledger.verify()))->isIntact());
    }

    void entries_comeNewestFirstAndFiltered()
    {
        tests::StoreFixture fixture;
        Ledger ledger(fixture.open(), u"test"_s, m_clock);
        const QUuid other = QUuid::createUuid();
        QList<LedgerIntent> batch;
        for (int i = 0; i < 64; ++i)
            batch.append(intent(i));
        for (int i = 0; i < 10; ++i)
            QVERIFY(*await(ledger.appendIntents(batch)));
        m_clock.advance(std::chrono::hours(1));
        LedgerIntent elsewhere = intent(0, other);
        elsewhere.address = u"signalbox://stage/public/config/g/x"_s;
        QVERIFY(*await(ledger.appendIntents({elsewhere})));
        QVERIFY(*await(ledger.appendOutcomes({{641, u"Conflict"_s, false, u"changed"_s}, {3, u"Applied"_s, true, {}}})));

        auto all = await(ledger.entries({}));
        QVERIFY(all.end && *all.end);
        QCOMPARE(all.items.size(), 641);
        QCOMPARE(all.items.first().id, 641);
        QCOMPARE(all.items.last().id, 1);
        QVERIFY(all.batches > 1); // the first rows come at once
        QCOMPARE(await(ledger.entries({.limit = 150})).items.size(), 150);
        QCOMPARE(await(ledger.entries({.since = m_clock.now()})).items.size(), 1);
        QCOMPARE(await(ledger.entries({.until = m_clock.now().addSecs(-1)})).items.size(), 640);
        QCOMPARE(await(ledger.entries({.addressPrefix = u"signalbox://stage/"_s})).items.size(), 1);
        QCOMPARE(await(ledger.entries({.plan = other})).items.size(), 1);
        QCOMPARE(await(ledger.entries({.outcomes = {u"open"_s}})).items.size(), 639);
        QCOMPARE(await(ledger.entries({.outcomes = {u"Applied"_s, u"Conflict"_s}})).items.size(), 2);
        QCOMPARE((**await(ledger.planEntries(other))).size(), 1);
    }

    void entriesOfOneAddress_areNotThoseThatBeginLikeIt()
    {
        tests::StoreFixture fixture;
        Ledger ledger(fixture.open(), u"test"_s, m_clock);
        LedgerIntent longer = intent(0);
        longer.address += u"-2"_s;
        QVERIFY(*await(ledger.appendIntents({intent(0), longer, intent(1)})));
        const auto found = await(ledger.entries({.address = intent(0).address}));
        QCOMPARE(found.items.size(), 1);
        QCOMPARE(found.items.first().address, intent(0).address);
    }

    void newestStates_areThoseOfWhatWasAppliedLast()
    {
        tests::StoreFixture fixture;
        Ledger ledger(fixture.open(), u"test"_s, m_clock);
        const auto change = [this](int index, const std::optional<QByteArray> &after) {
            LedgerIntent one = intent(index);
            one.after = after;
            return one;
        };
        QVERIFY(*await(ledger.appendIntents({change(0, "a old"), change(0, "a new"), change(0, "a refused"), change(1, "b"),
                                             change(1, std::nullopt), change(2, "c open")})));
        QVERIFY(*await(ledger.appendOutcomes({{1, u"Applied"_s, true, {}},
                                              {2, u"Applied"_s, true, {}},
                                              {3, u"Failed"_s, false, {}},
                                              {4, u"Applied"_s, true, {}},
                                              {5, u"Applied"_s, true, {}}})));
        const QStringList asked{intent(0).address, intent(1).address, intent(2).address, intent(3).address};
        const auto states = await(ledger.newestStates(asked, [](const QByteArray &value) { return "<" + value + ">"; }));
        QVERIFY(states && *states);
        QCOMPARE((*states)->size(), 2);
        QHash<QString, LedgerState> byAddress;
        for (const LedgerState &state : **states)
            byAddress.insert(state.address, state);
        const LedgerState &a = byAddress[intent(0).address], &b = byAddress[intent(1).address];
        QCOMPARE(a.entry, 2);
        QCOMPARE(a.extract, std::optional<QByteArray>("<a new>"));
        QVERIFY(a.exists);
        QCOMPARE(b.entry, 5);
        QVERIFY(!b.exists && !b.extract);
        QVERIFY((*await(ledger.newestStates({}, {})))->isEmpty());
        // More than one statement takes.
        QStringList many = asked;
        for (int i = 0; i < 40000; ++i)
            many.append(u"signalbox://shop/public/config/g/%1"_s.arg(i));
        QCOMPARE((*await(ledger.newestStates(many, [](const QByteArray &value) { return value; })))->size(), 2);
    }

    void export_isOneDocumentALineOldestFirst()
    {
        tests::StoreFixture fixture;
        Ledger ledger(fixture.open(), u"test"_s, m_clock);
        await(ledger.appendIntents({intent(0), intent(1)}));
        await(ledger.appendOutcomes({{1, u"Applied"_s, false, {}}}));
        const auto lines = await(ledger.exportLines({}));
        QCOMPARE(lines.items.size(), 2);
        QVERIFY(lines.items.first().endsWith('\n') && lines.items.first().count('\n') == 1);
        const QJsonObject first = QJsonDocument::fromJson(lines.items.first()).object();
        for (const QString &name : {u"id"_s, u"at"_s, u"program"_s, u"address"_s, u"verb"_s, u"outcome"_s, u"verified"_s, u"atomic"_s,
                                    u"reason"_s, u"undo"_s, u"planId"_s, u"hash"_s})
            QVERIFY2(first.contains(name), qPrintable(name));
        QCOMPARE(first.value("outcome"_L1).toString(), u"Applied"_s);
        QCOMPARE(first.value("atomic"_L1).toBool(), true);
        QVERIFY(QJsonDocument::fromJson(lines.items.last()).object().value("outcome"_L1).isNull());
    }

    void head_isKeptOutsideAfterEachCommit()
    {
        tests::StoreFixture fixture;
        Ledger ledger(fixture.open(), u"test"_s);
        await(ledger.appendIntents({intent(0), intent(1)}));
        await(ledger.appendOutcomes({{2, u"Failed"_s, false, {}}}));
        const auto head = await(ledger.head());
        QVERIFY(head && *head);
        QCOMPARE((*head)->second, 3);
        QCOMPARE(fixture.read(u"ledger.head"_s), (*head)->first.toHex() + " 3\n");
        QCOMPARE(QFileInfo(fixture.file(u"ledger.head"_s)).permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
        QCOMPARE(QFileInfo(fixture.file(u"ledger.db"_s)).permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    }

    void verify_acceptsWhatWasWritten_alsoAfterReopening()
    {
        tests::StoreFixture fixture;
        {
            Ledger ledger(fixture.open(), u"test"_s);
            QCOMPARE((*await(ledger.verify()))->rows, 0);
            QVERIFY((*await(ledger.verify()))->isIntact());
            for (int i = 0; i < 20; ++i) {
                const auto ids = await(ledger.appendIntents({intent(i), intent(i + 100)}));
                await(ledger.appendOutcomes({{(*ids)->first(), u"Applied"_s, true, {}}}));
            }
        }
        Ledger ledger(fixture.open(), u"test"_s);
        const auto report = await(ledger.verify());
        QVERIFY2(report && *report, qPrintable(errorOf(report)));
        QVERIFY2((*report)->isIntact(), qPrintable((*report)->problems.value(0).place + (*report)->problems.value(0).what));
        QCOMPARE((*report)->rows, 60);
        QCOMPARE((*report)->open, 20);
        QVERIFY((*report)->values > 20);
    }

    void openIntents_tellsMineFromTheDead()
    {
        tests::StoreFixture fixture;
        QString firstOwner;
        {
            Ledger ledger(fixture.open(), u"first"_s);
            firstOwner = fixture.home->owner();
            await(ledger.appendIntents({intent(0), intent(1)}));
            await(ledger.appendOutcomes({{1, u"Applied"_s, true, {}}}));
            const auto mine = await(ledger.openIntents(Ledger::Whose::Mine));
            QCOMPARE((**mine).size(), 1);
            QCOMPARE((**await(ledger.openIntents(Ledger::Whose::DeadOwners))).size(), 0);
        }
        Ledger ledger(fixture.open(), u"second"_s);
        await(ledger.appendIntents({intent(5)}));
        const auto dead = await(ledger.openIntents(Ledger::Whose::DeadOwners));
        QCOMPARE((**dead).size(), 1);
        QCOMPARE((**dead).first().id, 2);
        QCOMPARE((**dead).first().owner, firstOwner);
        QCOMPARE((**await(ledger.openIntents(Ledger::Whose::Mine))).size(), 1);
    }

    /// Whatever kept a ledger from closing its own intents, the next program finds word of it.
    void ownIntentsLeftOpen_areLeftWordOf()
    {
        tests::StoreFixture fixture;
        {
            Ledger ledger(fixture.open(), u"test"_s);
            QVERIFY(*await(ledger.appendIntents({intent(0), intent(1)})));
            QVERIFY(*await(ledger.appendOutcomes({{1, u"Applied"_s, true, {}}})));
        }
        fixture.home.reset();
        QVERIFY(Home::mayBeUnsettled(fixture.path()));
        {
            // Another one's is not forgotten over one's own.
            Ledger ledger(fixture.open(), u"test"_s);
            QVERIFY(*await(ledger.appendIntents({intent(2)})));
            QVERIFY(*await(ledger.appendOutcomes({{3, u"Applied"_s, true, {}}})));
            QVERIFY(*await(ledger.noteWhetherSettled()));
        }
        fixture.home.reset();
        QVERIFY(Home::mayBeUnsettled(fixture.path()));
        {
            Ledger ledger(fixture.open(), u"test"_s);
            QVERIFY(*await(ledger.appendOutcomes({{2, u"Failed"_s, false, u"not in effect"_s}})));
            QVERIFY(*await(ledger.noteWhetherSettled()));
        }
        fixture.home.reset();
        QVERIFY(!Home::mayBeUnsettled(fixture.path()));
        {
            // An intent nobody has heard of yet when the program ends.
            Ledger ledger(fixture.open(), u"test"_s);
            ledger.appendIntents({intent(3)});
        }
        fixture.home.reset();
        QVERIFY(Home::mayBeUnsettled(fixture.path()));
    }

    /// Where no file can be made either, the lock file that is there already stands for it.
    void wordThatCannotBeLeft_isNotLost()
    {
        tests::StoreFixture fixture;
        {
            Ledger ledger(fixture.open(), u"test"_s);
            QVERIFY(*await(ledger.appendIntents({intent(0)})));
            QVERIFY(QFile::link(u"no/such/folder/file"_s, fixture.file(u"run/unsettled"_s)));
        }
        fixture.home.reset();
        QVERIFY(QFile::remove(fixture.file(u"run/unsettled"_s)));
        QVERIFY(Home::mayBeUnsettled(fixture.path()));
    }

    void twoPrograms_appendToOneChain()
    {
        tests::StoreFixture fixture;
        Ledger first(fixture.open(), u"first"_s);
        const auto otherHome = Home::open(fixture.path());
        QVERIFY(otherHome);
        Ledger second(**otherHome, u"second"_s);
        QSignalSpy told(&first, &Ledger::changedElsewhere);
        QList<core::Reply<QList<qint64>> *> waiting;
        int answered = 0;
        for (int i = 0; i < 100; ++i) {
            for (Ledger *ledger : {&first, &second})
                ledger->appendIntents({intent(i)})->then(this, [&](const core::Result<QList<qint64>> &ids) { answered += ids ? 1 : 0; });
        }
        QTRY_COMPARE_WITH_TIMEOUT(answered, 200, 20000);
        const auto report = await(first.verify());
        QVERIFY2((*report)->isIntact(), qPrintable((*report)->problems.value(0).place + (*report)->problems.value(0).what));
        QCOMPARE((*report)->rows, 200);
        // What the second wrote before the first had opened the file is no change for the first.
        told.clear();
        QVERIFY(*await(second.appendIntents({intent(100)})));
        QTRY_VERIFY_WITH_TIMEOUT(told.count() > 0, 20000);
    }

    /// A program that was stopped while it appends: the first write waits for it, those behind it only look whether it has gone on.
    void lockThatIsNotGivenBack_holdsUpOneWrite()
    {
        tests::StoreFixture fixture;
        constexpr std::chrono::milliseconds First{500}, Again{1};
        const HeadKeeper keeper(fixture.open(), u"test"_s, core::Clock::system(), {First, Again});
        FileLock theirs, mine;
        QVERIFY(theirs.open(fixture.file(u"run/ledger.lock"_s)));
        const auto refusedAfter = [&] {
            QElapsedTimer waited;
            waited.start();
            const bool had = keeper.lock(mine).has_value();
            return std::chrono::milliseconds(had ? -1 : waited.elapsed());
        };
        for (int round = 0; round < 2; ++round) {
            QVERIFY(theirs.tryLock(FileLock::Mode::Exclusive));
            QVERIFY(refusedAfter() >= First);
            for (int write = 0; write < 3; ++write) {
                const auto waited = refusedAfter();
                QVERIFY(waited >= Again && waited < First);
            }
            // It goes on: everything is as before.
            theirs.unlock();
            QVERIFY(keeper.lock(mine));
            mine.unlock();
        }
    }

    void purge_dropsValuesAndKeepsTheChain()
    {
        tests::StoreFixture fixture;
        Ledger ledger(fixture.open(), u"test"_s, m_clock);
        await(ledger.appendIntents({intent(0), intent(1)}));
        await(ledger.appendOutcomes({{1, u"Applied"_s, true, {}}})); // 2 stays open: its values are needed
        m_clock.advance(std::chrono::hours(1));
        const QDateTime limit = m_clock.now();
        m_clock.advance(std::chrono::hours(1));
        await(ledger.appendIntents({intent(7)}));
        const auto purged = await(ledger.purgeValues(limit));
        QVERIFY2(purged && *purged, qPrintable(errorOf(purged)));
        QCOMPARE(**purged, 1); // "before" is shared with the newer ones
        const auto entry = await(ledger.entry(1));
        QVERIFY(!**await(ledger.value((**entry)->after)));
        const auto report = await(ledger.verify());
        QVERIFY((*report)->isIntact());
        QCOMPARE((*report)->purgedValues, 1);
    }

    void tooManyAtOnce_isRefused()
    {
        tests::StoreFixture fixture;
        Ledger ledger(fixture.open(), u"test"_s);
        const auto ids = await(ledger.appendIntents(QList<LedgerIntent>(65, intent(0))));
        QVERIFY(ids && !*ids);
        QCOMPARE(ids->error().kind, core::Error::Kind::Usage);
    }

    void withoutAHome_appendsAreRefusedAndReadsAreEmpty()
    {
        const auto home = Home::open(u"/proc/signalbox-home"_s);
        Ledger ledger(**home, u"test"_s);
        QVERIFY(!ledger.usable());
        const auto ids = await(ledger.appendIntents({intent(0)}));
        QVERIFY(ids && !*ids);
        QCOMPARE(ids->error().kind, core::Error::Kind::Internal);
        const auto all = await(ledger.entries({}));
        QVERIFY2(all.end && *all.end, qPrintable(errorOf(all.end)));
        QVERIFY(all.items.isEmpty());
    }

    void destroyedLedger_writesWhatWasQueuedAndAnswers()
    {
        tests::StoreFixture fixture;
        int answers = 0;
        {
            Ledger ledger(fixture.open(), u"test"_s);
            for (int i = 0; i < 10; ++i)
                ledger.appendIntents({intent(i)})->then(this, [&](const core::Result<QList<qint64>> &) { ++answers; });
        }
        QTRY_COMPARE(answers, 10);
        Ledger ledger(fixture.open(), u"test"_s);
        QCOMPARE(await(ledger.entries({})).items.size(), 10);
    }

private:
    tests::ManualClock m_clock;
};

SIGNALBOX_TEST(TstLedger)
#include "tst_ledger.moc"
