// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/diff.h"
#include "core/text/flatten.h"
#include "core/text/inspect.h"
#include "core/text/merge.h"
#include "core/text/reformat.h"
#include "core/text/secrets.h"
#include "core/text/validate.h"
#include "tests/core/text/texttools.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace core::text;

/// Large and hostile content: everything comes back, in bounded time. The bounds are generous, for busy machines and sanitizers; what
/// they would catch takes minutes or for ever.
class TstTextLimits : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void bounded_data();
    void bounded();
    void deepNestingIsRefused_data();
    void deepNestingIsRefused();
    void largerThanTheLimitIsNotParsed();
    void largeDiffs_data();
    void largeDiffs();
    void longLines();

private:
    static constexpr int MostMilliseconds = 30'000;
    static constexpr qsizetype Large = 10 * 1024 * 1024;
    static constexpr qsizetype Hostile = 2 * 1024 * 1024;
};

static QByteArray numbered(const QByteArray &pattern, qsizetype bytes)
{
    QByteArray text;
    text.reserve(bytes + 100);
    for (int i = 0; text.size() < bytes; ++i)
        text += QByteArray(pattern).replace("%", QByteArray::number(i));
    return text;
}

void TstTextLimits::bounded_data()
{
    QTest::addColumn<Format>("format");
    QTest::addColumn<QByteArray>("content");
    using tests::repeated;
    QTest::newRow("json list") << Format::Json << QByteArray("[" + repeated("{\"a\": 1, \"b\": \"x\"},\n", Large) + "1]");
    QTest::newRow("json one line string") << Format::Json << QByteArray("\"" + repeated("中文", Hostile) + "\"");
    QTest::newRow("json duplicates") << Format::Json << QByteArray("{" + repeated("\"a\":1,", Hostile) + "\"a\":1}");
    QTest::newRow("yaml map") << Format::Yaml << numbered("key%:\n    sub: value here\n    n: 12\n", Large);
    QTest::newRow("yaml list") << Format::Yaml << repeated("- a\n", Hostile);
    QTest::newRow("yaml is json") << Format::Yaml << QByteArray("[" + repeated("{\"a\": 1, \"b\": \"x\"},", Hostile) + "1]");
    QTest::newRow("yaml flow") << Format::Yaml << QByteArray("a: [" + repeated("x,", 3 * 1024 * 1024));
    QTest::newRow("yaml block text") << Format::Yaml << QByteArray("a: |\n" + repeated("  text, text\n", Large));
    QTest::newRow("yaml commas") << Format::Yaml << repeated(",", 1024 * 1024);
    QTest::newRow("yaml questions") << Format::Yaml << repeated("? ", 1024 * 1024);
    QTest::newRow("yaml anchors") << Format::Yaml << repeated("&a ", 1024 * 1024);
    QTest::newRow("yaml bomb")
        << Format::Yaml
        << "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d "
           "[*c,*c,*c,*c,*c,*c,*c,*c,*c]\n"
           "e: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\ng: &g [*f,*f,*f,*f,*f,*f,*f,*f,*f]\nh: &h [*g,*g,*g,*g,*g,*g,*g,*g,*g]\n"_ba;
    QTest::newRow("toml tables") << Format::Toml << numbered("[t%]\na = 1\n", Large);
    QTest::newRow("toml dotted") << Format::Toml << numbered("x%.a=1\nx%.b=1\n", Hostile);
    QTest::newRow("toml dots") << Format::Toml << repeated("a.", Hostile);
    QTest::newRow("toml floats") << Format::Toml << QByteArray("a = [" + repeated("1.5,", Hostile) + "]\n");
    QTest::newRow("properties") << Format::Properties << numbered("app.key.%=some value\n", Large);
    QTest::newRow("properties one line") << Format::Properties << QByteArray("a=" + repeated("x\\\n", Hostile));
    QTest::newRow("xml") << Format::Xml << QByteArray("<a>" + repeated("<b c=\"1\">x</b>\n", Large) + "</a>");
    QTest::newRow("xml attributes") << Format::Xml << QByteArray("<a " + numbered("a%='1' ", Hostile) + "/>");
    QTest::newRow("xml bomb") << Format::Xml
                              << QByteArray(
                                     "<!DOCTYPE a [<!ENTITY a \"xxxxxxxxxx\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c "
                                     "\"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">"
                                     "<!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;\"><!ENTITY e \"&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;\">]><a>" +
                                     repeated("&e;", 1024 * 1024) + "</a>");
    QTest::newRow("html") << Format::Html << repeated("<div><p>x</p>\n", Large);
    QTest::newRow("html angles") << Format::Html << repeated("<", Hostile);
    QTest::newRow("text tokens") << Format::Text << repeated("token ", Hostile);
    QTest::newRow("text urls") << Format::Text << repeated("a://b:c@", Hostile);
    QTest::newRow("text jwt") << Format::Text << repeated("eyJ.", Hostile);
    QTest::newRow("text pem") << Format::Text << repeated("-----BEGIN PRIVATE KEY-----", Hostile);
    QTest::newRow("text chinese") << Format::Text << repeated("中文", Large);
}

void TstTextLimits::bounded()
{
    QFETCH(Format, format);
    QFETCH(QByteArray, content);
    QElapsedTimer timer;
    timer.start();
    const QList<Problem> problems = validate(format, content);
    QVERIFY(problems.size() <= MaxProblems);
    const qint64 validated = timer.restart();
    const auto keys = flatten(format, content);
    QVERIFY(!keys || keys->size() <= MaxFlatKeys);
    const qint64 flattened = timer.restart();
    const QList<SecretSpan> secrets = findSecrets(format, content);
    const qint64 searched = timer.restart();
    const auto tidy = reformat(format, content);
    const qint64 tidied = timer.restart();
    const QByteArray times = "validate " + QByteArray::number(validated) + " flatten " + QByteArray::number(flattened) + " secrets " +
        QByteArray::number(searched) + " (" + QByteArray::number(secrets.size()) + ") reformat " + QByteArray::number(tidied);
    if (qEnvironmentVariableIsSet("SIGNALBOX_SHOW_TIMES"))
        qInfo("%s", times.constData());
    QVERIFY2(std::max({validated, flattened, searched, tidied}) < MostMilliseconds, times.constData());
    Q_UNUSED(tidy)
}

void TstTextLimits::deepNestingIsRefused_data()
{
    QTest::addColumn<Format>("format");
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("json lists") << Format::Json << tests::repeated("[", Large);
    QTest::newRow("json maps") << Format::Json << tests::repeated("{\"a\":", Large);
    QTest::newRow("yaml flow") << Format::Yaml << tests::repeated("[", Hostile);
    QTest::newRow("yaml block") << Format::Yaml << tests::repeated("- ", Large);
    QTest::newRow("yaml flow maps") << Format::Yaml << tests::repeated("{a: ", Hostile);
    QTest::newRow("toml lists") << Format::Toml << QByteArray("a = " + tests::repeated("[", Large));
    QTest::newRow("toml header") << Format::Toml << QByteArray("[a" + tests::repeated(".a", Large) + "]");
    QTest::newRow("toml key in a table") << Format::Toml << QByteArray("a = {b" + tests::repeated(".a", Large) + " = 1}");
    QTest::newRow("xml") << Format::Xml << tests::repeated("<a>", Large);
}

void TstTextLimits::deepNestingIsRefused()
{
    QFETCH(Format, format);
    QFETCH(QByteArray, content);
    QVERIFY(hasErrors(validate(format, content)));
    QVERIFY(!flatten(format, content));
    QVERIFY(!reformat(format, content));
    findSecrets(format, content);
}

void TstTextLimits::largerThanTheLimitIsNotParsed()
{
    const QByteArray content = "[" + tests::repeated("1,", MaxParsedBytes) + "1]";
    const QList<Problem> problems = validate(Format::Json, content);
    QCOMPARE(problems.size(), 1);
    QCOMPARE(problems[0].severity, Problem::Severity::Hint);
    QVERIFY(!flatten(Format::Json, content));
    QVERIFY(!reformat(Format::Json, content));
    QCOMPARE(maskSecrets(Format::Json, "{\"token\": \"abc\"," + content).indexOf("abc"), -1);
    QCOMPARE(inspect(content).bytes, content.size());
}

void TstTextLimits::largeDiffs_data()
{
    QTest::addColumn<QByteArray>("left");
    QTest::addColumn<QByteArray>("right");
    QRandomGenerator random(31);
    const auto shuffled = [&](int alphabet) {
        QByteArray text;
        text.reserve(Large + 100);
        while (text.size() < Large)
            text += "line " + QByteArray::number(random.bounded(alphabet)) + '\n';
        return text;
    };
    const QByteArray even = numbered("key%: value\n", Large);
    QTest::newRow("one line changed") << even << QByteArray(even).replace(Large / 2, 1, "?");
    QTest::newRow("nothing in common") << even << numbered("other%=value\n", Large);
    QTest::newRow("few different lines, shuffled") << shuffled(10) << shuffled(10);
    QTest::newRow("many different lines, shuffled") << shuffled(300000) << shuffled(300000);
    QByteArray everyTenth = even;
    for (qsizetype i = 0; i < everyTenth.size(); i += 150)
        everyTenth[i] = everyTenth[i] == '\n' ? '\n' : '?';
    QTest::newRow("every tenth line changed") << even << everyTenth;
    QTest::newRow("short lines") << tests::repeated("a\nb\n", Large) << tests::repeated("b\nc\na\n", Large);
    QTest::newRow("one line each") << tests::repeated("a", Large) << tests::repeated("b", Large);
}

void TstTextLimits::largeDiffs()
{
    QFETCH(QByteArray, left);
    QFETCH(QByteArray, right);
    QElapsedTimer timer;
    timer.start();
    const Diff diff = diffLines(left, right);
    const qint64 compared = timer.restart();
    const QList<SideRow> rows = sideBySide(diff);
    const qint64 aligned = timer.restart();
    const MergeResult merged = merge(left, right, left);
    const qint64 mergedIn = timer.restart();
    const QByteArray times =
        "diff " + QByteArray::number(compared) + " rows " + QByteArray::number(aligned) + " merge " + QByteArray::number(mergedIn);
    if (qEnvironmentVariableIsSet("SIGNALBOX_SHOW_TIMES"))
        qInfo("%s exact %d ranges %d", times.constData(), int(diff.exact), int(diff.ranges.size()));
    QVERIFY(!diff.isEmpty());
    QVERIFY(rows.size() >= std::max(diff.left.count(), diff.right.count()));
    QVERIFY(merged.text() == right);
    QVERIFY2(std::max({compared, aligned, mergedIn}) < MostMilliseconds, times.constData());
}

void TstTextLimits::longLines()
{
    QElapsedTimer timer;
    timer.start();
    const QByteArray left = tests::repeated("word ", Large), right = tests::repeated("drow ", Large);
    const LineChange change = changedSpans(left, right);
    QCOMPARE(change.left.size(), 1);
    QVERIFY(timer.elapsed() < MostMilliseconds);
}

SIGNALBOX_TEST(TstTextLimits)
#include "tst_textlimits.moc"
