// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/ledger.h"
#include "tests/core/store/storefixture.h"
#include "tests/support/testmain.h"

#include <QRandomGenerator>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace core::store;
using tests::await;
using tests::errorOf;

namespace {

constexpr int Intents = 12;

LedgerIntent intent(int index)
{
    LedgerIntent one;
    one.plan = QUuid::createUuid();
    one.index = index;
    one.address = u"signalbox://shop/public/config/g/%1"_s.arg(index);
    one.verb = u"update"_s;
    one.comparison = u"checked"_s;
    one.undo = u"none"_s;
    one.undoNote = u"a note"_s;
    one.before = "{}\nbefore " + QByteArray::number(index);
    one.after = "{}\nafter " + QByteArray::number(index) + QByteArray(300, 'x');
    one.reason = u"reason"_s;
    one.summary = u"summary"_s;
    return one;
}

/// A ledger with outcomes for all but the last two intents, closed.
void fill(tests::StoreFixture &fixture, int intents = Intents)
{
    Ledger ledger(fixture.open(), u"test"_s);
    for (int i = 0; i < intents; ++i) {
        ledger.appendIntents({intent(i)});
        if (i < intents - 2)
            ledger.appendOutcomes({{i + 1, u"Applied"_s, true, i % 2 ? u"a remark"_s : QString()}});
    }
}

LedgerReport verified(tests::StoreFixture &fixture)
{
    Ledger ledger(fixture.open(), u"test"_s);
    const auto report = await(ledger.verify());
    if (!report || !*report)
        qFatal("%s", qPrintable(errorOf(report)));
    return **report;
}

QString told(const LedgerReport &report)
{
    QStringList lines;
    for (const LedgerProblem &problem : report.problems)
        lines << problem.place + u": "_s + problem.what;
    return lines.join(u'\n');
}

} // namespace

class TstLedgerDamage final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"QSql|QObject|QThread"_s)); }

    void cutOffEnd_isReported_data()
    {
        QTest::addColumn<QStringList>("statements");
        QTest::newRow("last intent") << QStringList{u"DELETE FROM intent WHERE id = 12"_s};
        QTest::newRow("last two") << QStringList{u"DELETE FROM intent WHERE id >= 11"_s};
        QTest::newRow("with outcome") << QStringList{u"DELETE FROM intent WHERE id >= 10"_s, u"DELETE FROM outcome WHERE intent >= 10"_s};
        QTest::newRow("everything") << QStringList{u"DELETE FROM intent"_s, u"DELETE FROM outcome"_s};
        QTest::newRow("and the inner head put right") << QStringList{
            u"DELETE FROM intent WHERE id = 12"_s, u"UPDATE head SET rows = rows - 1, hash = (SELECT hash FROM intent WHERE id = 11)"_s};
    }
    void cutOffEnd_isReported()
    {
        QFETCH(QStringList, statements);
        tests::StoreFixture fixture;
        fill(fixture);
        QVERIFY2(verified(fixture).isIntact(), qPrintable(told(verified(fixture))));
        fixture.home.reset();
        for (const QString &statement : statements)
            fixture.sql(u"ledger.db"_s, statement);
        const LedgerReport report = verified(fixture);
        QVERIFY(!report.isIntact());
        QVERIFY2(told(report).contains(u"at the end are missing"_s), qPrintable(told(report)));
    }

    void missingRowInTheMiddle_isNamed()
    {
        tests::StoreFixture fixture;
        fill(fixture);
        fixture.home.reset();
        fixture.sql(u"ledger.db"_s, u"DELETE FROM outcome WHERE intent = 4"_s);
        const LedgerReport report = verified(fixture);
        QVERIFY2(!report.isIntact() && report.problems.first().place == u"intent 5"_s, qPrintable(told(report)));
    }

    /// Every column of every row, one bit.
    void flippedBit_isNamed()
    {
        tests::StoreFixture fixture;
        fill(fixture, 4);
        fixture.home.reset();
        struct Column {
            QString table, key, name;
            bool number;
        };
        QList<Column> columns;
        for (const QString &name : {u"at"_s, u"owner"_s, u"program"_s, u"plan"_s, u"address"_s, u"verb"_s, u"comparison"_s, u"undo"_s,
                                    u"before"_s, u"after"_s, u"reason"_s, u"summary"_s, u"previous"_s, u"hash"_s})
            columns.append({u"intent"_s, u"id"_s, name, false});
        columns.append({u"intent"_s, u"id"_s, u"idx"_s, true});
        for (const QString &name : {u"at"_s, u"outcome"_s, u"previous"_s, u"hash"_s})
            columns.append({u"outcome"_s, u"intent"_s, name, false});
        columns.append({u"outcome"_s, u"intent"_s, u"verified"_s, true});
        Ledger ledger(fixture.open(), u"test"_s);
        int flips = 0;
        for (const Column &column : columns) {
            for (int row = 1; row <= (column.table == u"outcome"_s ? 2 : 4); ++row) {
                const QString where = u" WHERE %1 = %2"_s.arg(column.key).arg(row);
                const QString what = column.table + u' ' + QString::number(row);
                const QVariant old = fixture.sql(
                    u"ledger.db"_s,
                    u"SELECT %1 FROM %2"_s.arg(column.number ? column.name : u"hex("_s + column.name + u')', column.table) + where);
                const auto set = [&](const QString &literal) {
                    fixture.sql(u"ledger.db"_s, u"UPDATE %1 SET %2 = %3"_s.arg(column.table, column.name, literal) + where);
                };
                const bool blob =
                    column.name == u"before"_s || column.name == u"after"_s || column.name == u"previous"_s || column.name == u"hash"_s;
                const auto literal = [&](const QByteArray &bytes) {
                    const QString hex = u"x'%1'"_s.arg(QString::fromLatin1(bytes.toHex()));
                    return blob ? hex : u"CAST(%1 AS TEXT)"_s.arg(hex);
                };
                const QByteArray bytes = QByteArray::fromHex(old.toByteArray());
                const int bits = column.number ? 3 : 8;
                for (const int bit : {QRandomGenerator::global()->bounded(bits), column.number ? 0 : 5}) { // 5: upper and lower case
                    if (column.number) {
                        set(QString::number(old.toLongLong() ^ (1 << bit)));
                    } else {
                        QByteArray changed = bytes;
                        const qsizetype at = QRandomGenerator::global()->bounded(int(changed.size()));
                        changed[at] = char(changed.at(at) ^ (1 << bit));
                        set(literal(changed));
                    }
                    ++flips;
                    const auto report = await(ledger.verify());
                    QVERIFY2(report && *report, qPrintable(errorOf(report)));
                    QVERIFY2(!(*report)->isIntact(), qPrintable(what + u'.' + column.name));
                    // The row itself, or the one that should follow it.
                    QVERIFY2(told(**report).contains(what) || told(**report).contains(u"follow"_s),
                             qPrintable(what + u'\n' + told(**report)));
                    set(column.number ? old.toString() : literal(bytes));
                }
            }
        }
        QVERIFY(flips > 100);
        const auto report = await(ledger.verify());
        QVERIFY2((*report)->isIntact(), qPrintable(told(**report)));
    }

    void flippedBitInAValue_isNamed()
    {
        tests::StoreFixture fixture;
        fill(fixture, 4);
        fixture.home.reset();
        fixture.sql(u"ledger.db"_s,
                    u"UPDATE blob SET zstd = CAST(zstd || x'00' AS BLOB) WHERE sha256 = (SELECT after FROM intent WHERE id = 2)"_s);
        const QString hash = fixture.sql(u"ledger.db"_s, u"SELECT lower(hex(after)) FROM intent WHERE id = 2"_s).toString();
        LedgerReport report = verified(fixture);
        QVERIFY2(told(report).contains(hash), qPrintable(told(report)));
        fixture.home.reset();
        fixture.sql(u"ledger.db"_s,
                    u"UPDATE blob SET zstd = (SELECT zstd FROM blob b WHERE b.sha256 != blob.sha256 LIMIT 1) WHERE sha256 = (SELECT "
                    "after FROM intent WHERE id = 2)"_s);
        report = verified(fixture);
        QVERIFY2(told(report).contains(hash), qPrintable(told(report)));
    }

    void headFile_isChecked()
    {
        tests::StoreFixture fixture;
        fill(fixture);
        fixture.home.reset();
        const QByteArray good = fixture.read(u"ledger.head"_s);
        const auto with = [&](const QByteArray &content) {
            QFile file(fixture.file(u"ledger.head"_s));
            if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(content) != content.size())
                qFatal("cannot write ledger.head");
            file.close();
            return verified(fixture);
        };
        for (qsizetype i = 0; i < good.size() - 1; ++i) {
            QByteArray bad = good;
            bad[i] = char(bad.at(i) ^ 1);
            const LedgerReport report = with(bad);
            QVERIFY2(!report.isIntact(), bad.constData());
        }
        QVERIFY(!with("").isIntact());
        QVERIFY(!with("nonsense").isIntact());
        QVERIFY(with(good).isIntact());
        // Of another ledger of the same length: the rows fit each other, so it is the file that is named.
        const LedgerReport other = with(QByteArray(64, '0') + good.mid(64));
        QCOMPARE(other.problems.first().place, u"ledger.db"_s);
        QVERIFY2(other.problems.first().what.contains(u"the ledger was replaced"_s), qPrintable(told(other)));
        QVERIFY(QFile::remove(fixture.file(u"ledger.head"_s)));
        QCOMPARE(verified(fixture).problems.first().place, u"ledger.head"_s);
    }

    /// The next append writes ledger.head anew: what it said before must not be forgotten by that.
    void whatWasLost_isToldAfterMoreWasWritten_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("place");
        for (const QString &what : {u"taken away"_s, u"emptied"_s, u"older copy"_s, u"another ledger"_s, u"end cut off"_s})
            QTest::newRow(qPrintable(what)) << what << u"ledger.db"_s;
        for (const QString &what : {u"garbage in the head"_s, u"no head"_s, u"empty head"_s})
            QTest::newRow(qPrintable(what)) << what << u"ledger.head"_s;
    }
    void whatWasLost_isToldAfterMoreWasWritten()
    {
        QFETCH(QString, what);
        QFETCH(QString, place);
        tests::StoreFixture fixture;
        fill(fixture, 6);
        fixture.home.reset();
        const auto write = [&fixture](const QString &name, const QByteArray &content) {
            QFile file(fixture.file(name));
            if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(content) != content.size())
                qFatal("cannot write a test file");
        };
        const auto append = [&fixture](int index) {
            Ledger ledger(fixture.open(), u"test"_s);
            const auto ids = await(ledger.appendIntents({intent(index)}));
            if (!ids || !*ids)
                qFatal("%s", qPrintable(errorOf(ids)));
        };
        if (what == "taken away"_L1) {
            QVERIFY(QFile::remove(fixture.file(u"ledger.db"_s)));
        } else if (what == "emptied"_L1) {
            write(u"ledger.db"_s, {});
        } else if (what == "older copy"_L1) {
            const QByteArray older = fixture.read(u"ledger.db"_s);
            append(50);
            fixture.home.reset();
            write(u"ledger.db"_s, older);
        } else if (what == "another ledger"_L1) {
            tests::StoreFixture other;
            fill(other, 9);
            other.home.reset();
            write(u"ledger.db"_s, other.read(u"ledger.db"_s));
        } else if (what == "end cut off"_L1) {
            fixture.sql(u"ledger.db"_s, u"DELETE FROM intent WHERE id = 6"_s);
            fixture.sql(u"ledger.db"_s, u"DELETE FROM open WHERE intent = 6"_s);
            fixture.sql(u"ledger.db"_s, u"UPDATE head SET rows = rows - 1, hash = (SELECT hash FROM intent WHERE id = 5)"_s);
        } else if (what == "no head"_L1) {
            QVERIFY(QFile::remove(fixture.file(u"ledger.head"_s)));
        } else {
            write(u"ledger.head"_s, what == "empty head"_L1 ? QByteArray() : QByteArray("nonsense \xff\x00", 11));
        }
        QVERIFY(!verified(fixture).isIntact());
        for (int index = 60; index < 63; ++index) { // once, however much follows
            append(index);
            const LedgerReport report = verified(fixture);
            QVERIFY2(report.problems.size() == 1 && report.problems.first().place == place, qPrintable(told(report)));
        }
        const auto rights = QFileInfo(fixture.file(u"ledger.lost"_s)).permissions();
        QCOMPARE(rights & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
        {
            Ledger ledger(fixture.open(), u"test"_s);
            // Others than those that are open: none is accepted.
            const auto unseen = await(ledger.acknowledgeLosses({}, u"unseen"_s));
            QVERIFY(unseen && !*unseen);
            QCOMPARE(unseen->error().kind, core::Error::Kind::Conflict);
            const auto losses = **await(ledger.openLosses());
            QCOMPARE(losses.size(), 1);
            QCOMPARE(losses.first().place, place);
            QVERIFY(*await(ledger.acknowledgeLosses(losses, u"the disk broke"_s)));
            QVERIFY((**await(ledger.openLosses())).isEmpty());
            QVERIFY(!*await(ledger.acknowledgeLosses(losses, u"again"_s)));
        }
        const LedgerReport report = verified(fixture);
        QVERIFY2(report.isIntact(), qPrintable(told(report)));
        QCOMPARE(report.acknowledged, 1);
        QVERIFY(fixture.read(u"ledger.lost"_s).contains("the disk broke"));
        // What comes later is another one.
        fixture.home.reset();
        QVERIFY(QFile::remove(fixture.file(u"ledger.db"_s)));
        append(70);
        QCOMPARE(verified(fixture).problems.size(), 1);
    }

    /// A loss that was not followed by a write yet can be acknowledged, too.
    void lossNotYetWrittenOver_canBeAcknowledged()
    {
        tests::StoreFixture fixture;
        fill(fixture, 6);
        fixture.home.reset();
        QVERIFY(QFile::remove(fixture.file(u"ledger.db"_s)));
        {
            Ledger ledger(fixture.open(), u"test"_s);
            const auto losses = **await(ledger.openLosses());
            QCOMPARE(losses.size(), 1);
            QVERIFY(*await(ledger.acknowledgeLosses(losses, {})));
        }
        QVERIFY2(verified(fixture).isIntact(), qPrintable(told(verified(fixture))));
    }

    void lostFile_isReadWhateverIsInIt()
    {
        tests::StoreFixture fixture;
        fill(fixture, 3);
        QFile file(fixture.file(u"ledger.lost"_s));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("{\"at\":\"2026") > 0);
        file.close();
        const LedgerReport report = verified(fixture);
        QVERIFY2(report.problems.size() == 1 && report.problems.first().place == u"ledger.lost"_s, qPrintable(told(report)));
        fixture.home.reset();
        QVERIFY(QFile::remove(fixture.file(u"ledger.head"_s)));
        {
            Ledger ledger(fixture.open(), u"test"_s);
            QVERIFY(*await(ledger.appendIntents({intent(9)})));
        }
        QCOMPARE(verified(fixture).problems.size(), 2); // the half line is no part of the next
    }

    /// A program killed between its commit and ledger.head, over and over: nothing is lost by it, and nothing is said.
    void killedBeforeTheHead_isNoLoss()
    {
        tests::StoreFixture fixture;
        fill(fixture);
        for (int round = 0; round < 3; ++round) {
            fixture.open();
            const QByteArray before = fixture.read(u"ledger.head"_s);
            for (int commit = 0; commit < (round == 2 ? 70 : 1); ++commit) {
                Ledger ledger(*fixture.home, u"test"_s);
                QVERIFY(*await(ledger.appendIntents({intent(50)})));
            }
            fixture.home.reset();
            QFile file(fixture.file(u"ledger.head"_s));
            QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(before) > 0);
        }
        {
            Ledger ledger(fixture.open(), u"test"_s);
            QVERIFY(*await(ledger.appendIntents({intent(51)})));
        }
        QVERIFY2(verified(fixture).isIntact(), qPrintable(told(verified(fixture))));
        QVERIFY(!QFile::exists(fixture.file(u"ledger.lost"_s)));
    }

    /// A crash between a commit and the writing of ledger.head.
    void headFileOneCommitBehind_isFine()
    {
        tests::StoreFixture fixture;
        fill(fixture);
        const QByteArray before = fixture.read(u"ledger.head"_s);
        {
            Ledger ledger(*fixture.home, u"test"_s);
            await(ledger.appendIntents({intent(50), intent(51), intent(52)}));
        }
        fixture.home.reset();
        QFile file(fixture.file(u"ledger.head"_s));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(before) > 0);
        file.close();
        QVERIFY2(verified(fixture).isIntact(), qPrintable(told(verified(fixture))));
    }

    /// Whatever happens to the file: the store opens, says what it lost, and never passes off something altered as intact.
    void flippedBitsInTheFile_areFoundOrHarmless()
    {
        QRandomGenerator random(4711);
        tests::StoreFixture good;
        fill(good, 60);
        QList<QByteArray> rowsBefore;
        {
            Ledger ledger(*good.home, u"test"_s);
            rowsBefore = await(ledger.exportLines({})).items;
            QCOMPARE(rowsBefore.size(), 60);
        }
        good.home.reset();
        const QByteArray content = good.read(u"ledger.db"_s);
        const QByteArray head = good.read(u"ledger.head"_s);
        int found = 0, harmless = 0;
        for (int round = 0; round < 80; ++round) {
            tests::StoreFixture fixture;
            QVERIFY(QDir().mkpath(fixture.path()));
            const qsizetype at = random.bounded(int(content.size()));
            QByteArray bad = content;
            bad[at] = char(bad.at(at) ^ (1 << random.bounded(8)));
            for (const auto &[name, bytes] : {std::pair(u"ledger.db"_s, bad), std::pair(u"ledger.head"_s, head)}) {
                QFile file(fixture.file(name));
                QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
            }
            Ledger ledger(fixture.open(), u"test"_s);
            const auto report = await(ledger.verify());
            const QList<QByteArray> rowsAfter = await(ledger.exportLines({})).items;
            if (report && *report && (*report)->isIntact()) {
                QVERIFY2(rowsAfter == rowsBefore, qPrintable(u"byte %1 went unnoticed"_s.arg(at)));
                ++harmless;
            } else {
                ++found;
            }
        }
        QVERIFY2(found > 20, qPrintable(QString::number(found)));
        QVERIFY(harmless > 0);
    }

    void destroyedHeader_rowsAreSaved()
    {
        tests::StoreFixture fixture;
        fill(fixture, 40);
        fixture.home.reset();
        fixture.damage(u"ledger.db"_s, 0, QByteArray(40, '\xAA'));
        Ledger ledger(fixture.open(), u"test"_s);
        QSignalSpy health(fixture.home.get(), &Home::healthChanged);
        const auto entries = await(ledger.entries({}));
        QVERIFY2(entries.end && *entries.end, qPrintable(errorOf(entries.end)));
        QCOMPARE(entries.items.size(), 40);
        QTRY_COMPARE(health.count(), 1);
        const auto what = health.first().first().value<Health>();
        QCOMPARE(what.kind, Health::Kind::Quarantined);
        QCOMPARE(what.file, u"ledger.db"_s);
        QVERIFY(QFileInfo::exists(fixture.file(what.movedTo)));
        const auto report = await(ledger.verify());
        QVERIFY2((*report)->isIntact(), qPrintable(told(**report)));
        // And it goes on.
        QVERIFY(*await(ledger.appendIntents({intent(99)})));
        QVERIFY((*await(ledger.verify()))->isIntact());
    }

    void destroyedPage_theRestIsSavedAndTheGapIsNamed()
    {
        tests::StoreFixture fixture;
        fill(fixture, 200);
        fixture.home.reset();
        fixture.sql(u"ledger.db"_s, u"PRAGMA wal_checkpoint(TRUNCATE)"_s);
        // A leaf of the table of intents somewhere in the middle.
        const QByteArray content = fixture.read(u"ledger.db"_s);
        const qsizetype row = content.indexOf("signalbox://shop/public/config/g/100");
        QVERIFY(row > 0);
        fixture.damage(u"ledger.db"_s, row / 4096 * 4096, QByteArray(4096, '\x5A'));
        Ledger ledger(fixture.open(), u"test"_s);
        const auto entries = await(ledger.entries({}));
        QVERIFY2(entries.end && *entries.end, qPrintable(errorOf(entries.end)));
        QVERIFY2(entries.items.size() > 180 && entries.items.size() < 200, qPrintable(QString::number(entries.items.size())));
        const auto report = await(ledger.verify());
        QVERIFY(!(*report)->isIntact());
        QVERIFY2((*report)->problems.first().place.startsWith(u"intent "_s), qPrintable(told(**report)));
    }

    void garbageInsteadOfAFile_isSetAside()
    {
        tests::StoreFixture fixture;
        fixture.open();
        fixture.home.reset();
        QFile file(fixture.file(u"ledger.db"_s));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(QByteArray(9000, 'g')) == 9000);
        file.close();
        Ledger ledger(fixture.open(), u"test"_s);
        const auto ids = await(ledger.appendIntents({intent(0)}));
        QVERIFY2(ids && *ids, qPrintable(errorOf(ids)));
        QCOMPARE(fixture.home->health().size(), 1);
    }

    void damage_whileAnotherProgramUsesTheHome_isReportedAndPutRightLater()
    {
        tests::StoreFixture fixture;
        fill(fixture);
        fixture.home.reset();
        fixture.damage(u"ledger.db"_s, 0, QByteArray(16, '\xAA'));
        auto other = Home::open(fixture.path());
        QVERIFY(other);
        {
            // The other program has another file open, and so holds the home.
            QFile untouched(fixture.file(u"other"_s));
            Ledger mine(fixture.open(), u"mine"_s);
            Ledger theirs(**other, u"theirs"_s);
            const auto first = await(mine.entries({}));
            const auto second = await(theirs.entries({}));
            // Whoever came first put it right alone, or both wait: nobody pulls the file away under the other.
            QVERIFY(first.end && second.end);
        }
        other->reset();
        Ledger ledger(fixture.open(), u"test"_s);
        const auto entries = await(ledger.entries({}));
        QVERIFY(entries.end && *entries.end);
        QCOMPARE(entries.items.size(), Intents);
    }
};

SIGNALBOX_TEST(TstLedgerDamage)
#include "tst_ledgerdamage.moc"
