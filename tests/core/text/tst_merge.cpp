// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/merge.h"
#include "tests/core/text/texttools.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace core::text;

class TstMerge : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void merges_data();
    void merges();
    void choicesSettleConflicts();
    void chunksCoverAllSides();
    void oneSidedMergesAreThatSide();
    void independentEditsMergeCleanly();
};

void TstMerge::merges_data()
{
    QTest::addColumn<QByteArray>("base");
    QTest::addColumn<QByteArray>("mine");
    QTest::addColumn<QByteArray>("theirs");
    QTest::addColumn<QByteArray>("expected");
    QTest::addColumn<int>("conflicts");
    QTest::newRow("both sides, apart") << "a\nb\nc\n"_ba
                                       << "A\nb\nc\n"_ba
                                       << "a\nb\nC\n"_ba
                                       << "A\nb\nC\n"_ba << 0;
    QTest::newRow("same change") << "a\nb\n"_ba
                                 << "a\nB\n"_ba
                                 << "a\nB\n"_ba
                                 << "a\nB\n"_ba << 0;
    QTest::newRow("conflict") << "a\nb\nc\n"_ba
                              << "a\nM\nc\n"_ba
                              << "a\nT\nc\n"_ba
                              << "a\n<<<<<<< mine\nM\n||||||| base\nb\n=======\nT\n>>>>>>> theirs\nc\n"_ba << 1;
    QTest::newRow("touching changes conflict") << "a\nb\n"_ba
                                               << "A\nb\n"_ba
                                               << "a\nB\n"_ba
                                               << "<<<<<<< mine\nA\nb\n||||||| base\na\nb\n=======\na\nB\n>>>>>>> theirs\n"_ba << 1;
    QTest::newRow("crlf stays") << "a\r\nb\r\nc\r\n"_ba
                                << "A\r\nb\r\nc\r\n"_ba
                                << "a\r\nb\r\nC\r\n"_ba
                                << "A\r\nb\r\nC\r\n"_ba << 0;
    QTest::newRow("crlf conflict") << "a\r\n"_ba
                                   << "M\r\n"_ba
                                   << "T\r\n"_ba
                                   << "<<<<<<< mine\r\nM\r\n||||||| base\r\na\r\n=======\r\nT\r\n>>>>>>> theirs\r\n"_ba << 1;
    QTest::newRow("no last line end") << "a\nb\nc"_ba
                                      << "A\nb\nc"_ba
                                      << "a\nb\nC"_ba
                                      << "A\nb\nC"_ba << 0;
    QTest::newRow("last line end removed by one") << "a\nb\nc\n"_ba
                                                  << "a\nb\nc"_ba
                                                  << "A\nb\nc\n"_ba
                                                  << "A\nb\nc"_ba << 0;
    QTest::newRow("removed and changed") << "a\nb\nc\n"_ba
                                         << "a\nc\n"_ba
                                         << "a\nB\nc\n"_ba
                                         << "a\n<<<<<<< mine\n||||||| base\nb\n=======\nB\n>>>>>>> theirs\nc\n"_ba << 1;
    QTest::newRow("both from nothing") << ""_ba
                                       << "a"_ba
                                       << "b"_ba
                                       << "<<<<<<< mine\na\n||||||| base\n=======\nb\n>>>>>>> theirs\n"_ba << 1;
    QTest::newRow("all empty") << ""_ba
                               << ""_ba
                               << ""_ba
                               << ""_ba << 0;
}

void TstMerge::merges()
{
    QFETCH(QByteArray, base);
    QFETCH(QByteArray, mine);
    QFETCH(QByteArray, theirs);
    QFETCH(QByteArray, expected);
    QFETCH(int, conflicts);
    const MergeResult result = merge(base, mine, theirs);
    QCOMPARE(QString::fromUtf8(result.text()), QString::fromUtf8(expected));
    QCOMPARE(result.conflicts(), conflicts);
    QCOMPARE(result.clean(), conflicts == 0);
}

void TstMerge::choicesSettleConflicts()
{
    const MergeResult open = merge("a\nb\nc", "a\nM", "a\nT");
    QCOMPARE(open.conflicts(), 1);
    const auto chosen = [&](MergeChunk::Choice choice) {
        MergeResult result = open;
        for (MergeChunk &chunk : result.chunks) {
            if (chunk.kind == MergeChunk::Kind::Conflict)
                chunk.choice = choice;
        }
        return result.clean() ? result.text() : "open"_ba;
    };
    using Choice = MergeChunk::Choice;
    QCOMPARE(chosen(Choice::Mine), "a\nM"_ba);
    QCOMPARE(chosen(Choice::Theirs), "a\nT"_ba);
    QCOMPARE(chosen(Choice::Base), "a\nb\nc"_ba);
    QCOMPARE(chosen(Choice::MineThenTheirs), "a\nM\nT"_ba);
    QCOMPARE(chosen(Choice::TheirsThenMine), "a\nT\nM"_ba);
    QCOMPARE(chosen(Choice::Open), "open"_ba);
}

void TstMerge::chunksCoverAllSides()
{
    QRandomGenerator random(17);
    for (int round = 0; round < 2000; ++round) {
        const QByteArray base = tests::randomLines(random, 30);
        const QByteArray mine = tests::randomEdit(random, base), theirs = tests::randomEdit(random, base);
        const MergeResult result = merge(base, mine, theirs);
        QByteArray allBase, allMine, allTheirs;
        for (const MergeChunk &chunk : result.chunks) {
            allBase += chunk.base;
            allMine += chunk.mine;
            allTheirs += chunk.theirs;
            using Kind = MergeChunk::Kind;
            QCOMPARE(chunk.kind == Kind::Same || chunk.kind == Kind::Theirs,
                     chunk.base == chunk.mine && chunk.kind != Kind::Conflict && chunk.kind != Kind::Both);
            if (chunk.kind == Kind::Both)
                QVERIFY(chunk.mine == chunk.theirs);
        }
        QCOMPARE(allBase, base);
        QCOMPARE(allMine, mine);
        QCOMPARE(allTheirs, theirs);
    }
}

void TstMerge::oneSidedMergesAreThatSide()
{
    QRandomGenerator random(23);
    for (int round = 0; round < 2000; ++round) {
        const QByteArray base = tests::randomLines(random, 30);
        const QByteArray edited = random.bounded(2) == 0 ? tests::randomEdit(random, base) : tests::randomLines(random, 30);
        QCOMPARE(merge(base, edited, base).text(), edited);
        QCOMPARE(merge(base, base, edited).text(), edited);
        QCOMPARE(merge(base, edited, edited).text(), edited);
        QVERIFY(merge(base, edited, edited).clean());
    }
}

void TstMerge::independentEditsMergeCleanly()
{
    QByteArray base, mine, theirs, both;
    for (int i = 0; i < 1000; ++i) {
        const QByteArray line = "key" + QByteArray::number(i) + ": " + QByteArray::number(i) + '\n';
        base += line;
        const bool byMe = i % 10 == 2, byThem = i % 10 == 7;
        mine += byMe ? "mine\n" + line : line;
        theirs += byThem ? QByteArray() : line;
        both += byThem ? QByteArray() : byMe ? "mine\n" + line : line;
    }
    const MergeResult result = merge(base, mine, theirs);
    QVERIFY(result.clean());
    QVERIFY(result.exact);
    QCOMPARE(result.text(), both);
}

SIGNALBOX_TEST(TstMerge)
#include "tst_merge.moc"
