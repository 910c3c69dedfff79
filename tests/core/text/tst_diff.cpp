// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/diff.h"
#include "tests/core/text/texttools.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace core::text;

class TstDiff : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void linesAreTheText();
    void ranges_data();
    void ranges();
    void ignoresBlanksWhenAsked();
    void slidesToWhereAPersonWouldPutIt();
    void unified_data();
    void unified();
    void unifiedMasksSecrets();
    void sideBySideShowsEveryLineOnce();
    void sideBySidePutsSimilarLinesTogether();
    void changedSpans_data();
    void changedSpans();
    void randomDiffsRebuildTheRightSide();
    void randomDiffsAreShortest();
    void keyChanges();
    void keyChangesOfDuplicatesAndKinds();
    void keyChangesSayWhichSideIsWrong();
};

static QString shown(const QList<DiffRange> &ranges)
{
    QStringList lines;
    for (const DiffRange &range : ranges)
        lines.append(u"%1,%2>%3,%4"_s.arg(range.left).arg(range.leftCount).arg(range.right).arg(range.rightCount));
    return lines.join(u' ');
}

/// The right side, made of the left one and the ranges.
static QByteArray applied(const Diff &diff)
{
    QByteArray out;
    int left = 1;
    for (const DiffRange &range : diff.ranges) {
        out += diff.left.slice(left, range.left - left);
        out += diff.right.slice(range.right, range.rightCount);
        left = range.left + range.leftCount;
    }
    return out + diff.left.slice(left, diff.left.count() + 1 - left);
}

void TstDiff::linesAreTheText()
{
    for (const QByteArray &text : {""_ba, "a"_ba, "a\n"_ba, "\n\n"_ba, "a\r\nb\rc\n\r\n"_ba, "\r"_ba}) {
        const Lines lines(text);
        QByteArray joined;
        for (int i = 1; i <= lines.count(); ++i)
            joined += lines.withEnd(i);
        QCOMPARE(joined, text);
        QCOMPARE(lines.slice(1, lines.count()), text);
    }
    const Lines lines("a\r\nb\rc\n");
    QCOMPARE(lines.count(), 3);
    QCOMPARE(lines.line(1).toByteArray(), "a"_ba);
    QCOMPARE(lines.line(2).toByteArray(), "b"_ba);
    QCOMPARE(lines.withEnd(3).toByteArray(), "c\n"_ba);
}

void TstDiff::ranges_data()
{
    QTest::addColumn<QByteArray>("left");
    QTest::addColumn<QByteArray>("right");
    QTest::addColumn<QString>("expected");
    QTest::newRow("equal") << "a\nb\n"_ba
                           << "a\nb\n"_ba << QString();
    QTest::newRow("both empty") << ""_ba
                                << ""_ba << QString();
    QTest::newRow("from nothing") << ""_ba
                                  << "a\nb"_ba << u"1,0>1,2"_s;
    QTest::newRow("to nothing") << "a\n"_ba
                                << ""_ba << u"1,1>1,0"_s;
    QTest::newRow("changed") << "a\nb\nc\n"_ba
                             << "a\nx\nc\n"_ba << u"2,1>2,1"_s;
    QTest::newRow("inserted") << "a\nc\n"_ba
                              << "a\nb\nc\n"_ba << u"2,0>2,1"_s;
    QTest::newRow("removed at the end") << "a\nb\n"_ba
                                        << "a\n"_ba << u"2,1>2,0"_s;
    QTest::newRow("last line end") << "a\nb"_ba
                                   << "a\nb\n"_ba << u"2,1>2,1"_s;
    QTest::newRow("line ends") << "a\r\nb\n"_ba
                               << "a\nb\n"_ba << u"1,1>1,1"_s;
    QTest::newRow("two places") << "a\nb\nc\nd\ne\n"_ba
                                << "a\nB\nc\nd\nE\ne\n"_ba << u"2,1>2,1 5,0>5,1"_s;
}

void TstDiff::ranges()
{
    QFETCH(QByteArray, left);
    QFETCH(QByteArray, right);
    QFETCH(QString, expected);
    const Diff diff = diffLines(left, right);
    QCOMPARE(shown(diff.ranges), expected);
    QCOMPARE(diff.isEmpty(), left == right);
    QVERIFY(diff.exact);
    QCOMPARE(applied(diff), right);
}

void TstDiff::ignoresBlanksWhenAsked()
{
    QVERIFY(diffLines("a  \r\nb\n", "a\nb", {.blanks = DiffOptions::Blanks::IgnoreAtEnd}).isEmpty());
    QVERIFY(!diffLines(" a\n", "a\n", {.blanks = DiffOptions::Blanks::IgnoreAtEnd}).isEmpty());
    QVERIFY(diffLines(" a : 1\n", "a:\t1\n", {.blanks = DiffOptions::Blanks::Ignore}).isEmpty());
    QVERIFY(!diffLines("ab\n", "ac\n", {.blanks = DiffOptions::Blanks::Ignore}).isEmpty());
}

void TstDiff::slidesToWhereAPersonWouldPutIt()
{
    const QByteArray left = "a:\n  x: 1\n\nb:\n  x: 1\n";
    const QByteArray right = "a:\n  x: 1\n\nc:\n  x: 1\n\nb:\n  x: 1\n";
    QCOMPARE(shown(diffLines(left, right).ranges), u"4,0>4,3"_s);
}

void TstDiff::unified_data()
{
    QTest::addColumn<QByteArray>("left");
    QTest::addColumn<QByteArray>("right");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("equal") << "a\n"_ba
                           << "a\n"_ba
                           << ""_ba;
    QTest::newRow("from nothing") << ""_ba
                                  << "a\n"_ba
                                  << "--- l\n+++ r\n@@ -0,0 +1 @@\n+a\n"_ba;
    QTest::newRow("no last line end") << "a\nb"_ba
                                      << "a\nb\n"_ba
                                      << "--- l\n+++ r\n@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+b\n"_ba;
    QTest::newRow("context") << "1\n2\n3\n4\n5\n6\n7\n8\n9\n"_ba
                             << "1\n2\n3\n4\nx\n6\n7\n8\n9\n"_ba
                             << "--- l\n+++ r\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+x\n 6\n 7\n 8\n"_ba;
    QTest::newRow("two hunks") << "1\n2\n3\n4\n5\n6\n7\n8\n9\n"_ba
                               << "x\n2\n3\n4\n5\n6\n7\n8\ny\n"_ba
                               << "--- l\n+++ r\n@@ -1,4 +1,4 @@\n-1\n+x\n 2\n 3\n 4\n@@ -6,4 +6,4 @@\n 6\n 7\n 8\n-9\n+y\n"_ba;
    QTest::newRow("crlf") << "a\r\n"_ba
                          << "b\r\n"_ba
                          << "--- l\n+++ r\n@@ -1 +1 @@\n-a\r\n+b\r\n"_ba;
}

void TstDiff::unified()
{
    QFETCH(QByteArray, left);
    QFETCH(QByteArray, right);
    QFETCH(QByteArray, expected);
    QCOMPARE(QString::fromUtf8(unifiedDiff(left, right, {.leftLabel = u"l"_s, .rightLabel = u"r"_s})), QString::fromUtf8(expected));
}

void TstDiff::unifiedMasksSecrets()
{
    const QByteArray text =
        unifiedDiff("a: 1\npassword: old\n", "a: 2\npassword: new\n",
                    {.leftLabel = u"l"_s, .rightLabel = u"r"_s, .secrets = UnifiedOptions::Secrets::Masked, .format = Format::Yaml});
    QVERIFY(!text.contains("old") && !text.contains("new"));
    QVERIFY(text.contains("-password: ••••••••\n"_ba));
    QVERIFY(text.contains("+password: ••••••••\n"_ba));
    QVERIFY(text.contains("-a: 1\n"));
}

void TstDiff::sideBySideShowsEveryLineOnce()
{
    QRandomGenerator random(3);
    for (int round = 0; round < 500; ++round) {
        const QByteArray left = tests::randomLines(random, 30);
        const Diff diff = diffLines(left, tests::randomEdit(random, left));
        int nextLeft = 1, nextRight = 1;
        for (const SideRow &row : sideBySide(diff)) {
            if (row.left > 0)
                QCOMPARE(row.left, nextLeft++);
            if (row.right > 0)
                QCOMPARE(row.right, nextRight++);
            const bool both = row.left > 0 && row.right > 0;
            QCOMPARE(both, row.kind == SideRow::Kind::Same || row.kind == SideRow::Kind::Changed);
            if (row.kind == SideRow::Kind::Same)
                QVERIFY(diff.left.withEnd(row.left) == diff.right.withEnd(row.right));
        }
        QCOMPARE(nextLeft, diff.left.count() + 1);
        QCOMPARE(nextRight, diff.right.count() + 1);
    }
}

void TstDiff::sideBySidePutsSimilarLinesTogether()
{
    const QList<SideRow> rows = sideBySide(diffLines("server.port=80\nname=x\n", "# ports first\nserver.port=8080\nname=x\n"));
    QCOMPARE(rows.size(), 3);
    QCOMPARE(rows[0], (SideRow{SideRow::Kind::Added, 0, 1}));
    QCOMPARE(rows[1], (SideRow{SideRow::Kind::Changed, 1, 2}));
    QCOMPARE(rows[2], (SideRow{SideRow::Kind::Same, 2, 3}));
}

void TstDiff::changedSpans_data()
{
    QTest::addColumn<QByteArray>("left");
    QTest::addColumn<QByteArray>("right");
    QTest::addColumn<QString>("expected");
    QTest::newRow("equal") << "a"_ba
                           << "a"_ba << u" | "_s;
    QTest::newRow("word") << "port: 80 # x"_ba
                          << "port: 8080 # x"_ba << u"[80] | [8080]"_s;
    QTest::newRow("two words") << "a=1, b=2, c=3"_ba
                               << "a=9, b=2, c=8"_ba << u"[1][3] | [9][8]"_s;
    QTest::newRow("inserted") << "a c"_ba
                              << "a b c"_ba << u" | [b ]"_s;
    QTest::newRow("chinese") << "名称: 测试环境"_ba
                             << "名称: 测验环境"_ba << u"[试] | [验]"_s;
    QTest::newRow("not utf-8") << "a\xE4\xB8"_ba
                               << "a\xE4\xB9"_ba << u"[] | []"_s;
}

void TstDiff::changedSpans()
{
    QFETCH(QByteArray, left);
    QFETCH(QByteArray, right);
    QFETCH(QString, expected);
    const LineChange change = core::text::changedSpans(left, right);
    const auto show = [](const QByteArray &line, const QList<Span> &spans) {
        QString text;
        for (const Span &span : spans) {
            const QByteArray part = line.mid(span.offset, span.length);
            if (part.size() != span.length)
                return u"outside"_s;
            text += u'[' + QString::fromUtf8(part).remove(QChar(QChar::ReplacementCharacter)) + u']';
        }
        return text;
    };
    const QString shownLeft = show(left, change.left), shownRight = show(right, change.right);
    QCOMPARE((shownLeft.isEmpty() ? u" |"_s : shownLeft + u" |"_s) + u' ' + shownRight, expected);
}

void TstDiff::randomDiffsRebuildTheRightSide()
{
    QRandomGenerator random(1);
    for (int round = 0; round < 3000; ++round) {
        const QByteArray left = tests::randomLines(random, 40);
        const QByteArray right = random.bounded(2) == 0 ? tests::randomEdit(random, left) : tests::randomLines(random, 40);
        const Diff diff = diffLines(left, right);
        QCOMPARE(applied(diff), right);
        // In order, never touching, and what lies between is equal.
        int behindLeft = 0, behindRight = 0;
        for (const DiffRange &range : diff.ranges) {
            QVERIFY(range.leftCount > 0 || range.rightCount > 0);
            QVERIFY(range.left > behindLeft && range.right > behindRight);
            behindLeft = range.left + range.leftCount;
            behindRight = range.right + range.rightCount;
        }
        // The unified form with everything around holds both sides.
        const QList<Hunk> all = hunks(diff, -1);
        if (diff.isEmpty())
            continue;
        QCOMPARE(all.size(), 1);
        int leftLines = 0, rightLines = 0;
        for (const DiffLine &line : all[0].lines) {
            leftLines += line.leftLine > 0;
            rightLines += line.rightLine > 0;
        }
        QCOMPARE(leftLines, diff.left.count());
        QCOMPARE(rightLines, diff.right.count());
    }
}

void TstDiff::randomDiffsAreShortest()
{
    QRandomGenerator random(5);
    for (int round = 0; round < 400; ++round) {
        const QByteArray left = tests::randomLines(random, 25), right = tests::randomLines(random, 25);
        const Diff diff = diffLines(left, right);
        // The textbook table of longest common subsequences.
        const int n = diff.left.count(), m = diff.right.count();
        QList<QList<int>> table(n + 1, QList<int>(m + 1, 0));
        for (int i = n - 1; i >= 0; --i) {
            for (int j = m - 1; j >= 0; --j)
                table[i][j] = diff.left.withEnd(i + 1) == diff.right.withEnd(j + 1) ? table[i + 1][j + 1] + 1
                                                                                    : std::max(table[i + 1][j], table[i][j + 1]);
        }
        QCOMPARE(diff.added() + diff.removed(), n + m - 2 * table[0][0]);
    }
}

static QString shown(const QList<KeyChange> &changes)
{
    QStringList lines;
    for (const KeyChange &change : changes)
        lines.append(u"%1: %2 > %3%4"_s.arg(change.path, change.before.value_or(u"-"_s), change.after.value_or(u"-"_s),
                                            change.secret ? u"!"_s : QString()));
    return lines.join(u" | "_s);
}

void TstDiff::keyChanges()
{
    const auto yaml =
        diffKeys(Format::Yaml, "a: 1\nb: {c: 2, d: 3}\npassword: x\ne: 5\n", "z: 0\na: 1\ne: 5\nf: 6\npassword: y\nb: {c: 9}\n");
    QVERIFY(yaml);
    QCOMPARE(shown(*yaml), u"z: - > 0 | b.c: 2 > 9 | b.d: 3 > - | password: x > y! | f: - > 6"_s);
    const auto same = diffKeys(Format::Json, "{\"a\": 1, \"b\": 2}", "{ \"b\": 2,\n\"a\": 1 }");
    QVERIFY(same && same->isEmpty());
}

void TstDiff::keyChangesOfDuplicatesAndKinds()
{
    const auto properties = diffKeys(Format::Properties, "a=1\na=2\n", "a=1\na=3\na=4\n");
    QVERIFY(properties);
    QCOMPARE(shown(*properties), u"a: 2 > 3 | a: - > 4"_s);
    const auto kinds = diffKeys(Format::Json, "{\"a\": 1, \"b\": {}}", "{\"a\": \"1\", \"b\": []}");
    QVERIFY(kinds);
    QCOMPARE(shown(*kinds), u"a: 1 > 1 | b: {} > []"_s);
}

void TstDiff::keyChangesSayWhichSideIsWrong()
{
    const auto result = diffKeys(Format::Json, "{}", "{");
    QVERIFY(!result);
    QVERIFY(result.error().message.startsWith(u"after: line 1, column 2: "_s));
}

SIGNALBOX_TEST(TstDiff)
#include "tst_diff.moc"
