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

#include <ctime>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SIGNALBOX_HAS_ASAN 1
#endif
#endif

using namespace Qt::StringLiterals;
using namespace core::text;

/// Large and hostile content: everything comes back, in bounded time of the processor. The bounds are generous, for sanitizers; what they
/// would catch takes minutes or for ever.
class TstTextLimits : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void boundedJson_data() { rows(Format::Json); }
    void boundedJson() { bounded(); }
    void boundedYaml_data() { rows(Format::Yaml); }
    void boundedYaml() { bounded(); }
    void boundedToml_data() { rows(Format::Toml); }
    void boundedToml() { bounded(); }
    void boundedProperties_data() { rows(Format::Properties); }
    void boundedProperties() { bounded(); }
    void boundedXml_data() { rows(Format::Xml); }
    void boundedXml() { bounded(); }
    void boundedHtml_data() { rows(Format::Html); }
    void boundedHtml() { bounded(); }
    void boundedText_data() { rows(Format::Text); }
    void boundedText() { bounded(); }
    void deepNestingIsRefused_data();
    void deepNestingIsRefused();
    void largerThanTheLimitIsNotParsed();
    void largeDiffs_data();
    void largeDiffs();
    void longLines();

private:
    static constexpr qint64 MostMilliseconds = 20'000;
#if defined(__SANITIZE_ADDRESS__) || SIGNALBOX_HAS_ASAN
    static constexpr qsizetype Large = 1024 * 1024, Hostile = 256 * 1024;
#else
    static constexpr qsizetype Large = 10 * 1024 * 1024, Hostile = 2 * 1024 * 1024;
#endif
    void rows(Format format);
    void bounded();
};

namespace {

/// Milliseconds of this process' processor time; others on the machine don't count.
class CpuTimer {
public:
    qint64 restart()
    {
        const std::clock_t now = std::clock(), from = std::exchange(m_from, now);
        return qint64(now - from) * 1000 / CLOCKS_PER_SEC;
    }

private:
    std::clock_t m_from = std::clock();
};

} // namespace

static QByteArray numbered(const QByteArray &pattern, qsizetype bytes)
{
    QByteArray text;
    text.reserve(bytes + 100);
    for (int i = 0; text.size() < bytes; ++i)
        text += QByteArray(pattern).replace("%", QByteArray::number(i));
    return text;
}

void TstTextLimits::rows(Format wanted)
{
    QTest::addColumn<Format>("format");
    QTest::addColumn<QByteArray>("content");
    using tests::repeated;
    const auto row = [&](const char *name, Format format, auto &&content) {
        if (format == wanted)
            QTest::newRow(name) << format << QByteArray(content());
    };
    row("json list", Format::Json, [] { return QByteArray("[" + repeated("{\"a\": 1, \"b\": \"x\"},\n", Large) + "1]"); });
    row("json one line string", Format::Json, [] { return QByteArray("\"" + repeated("中文", Hostile) + "\""); });
    row("json duplicates", Format::Json, [] { return QByteArray("{" + repeated("\"a\":1,", Hostile) + "\"a\":1}"); });
    row("yaml map", Format::Yaml, [] { return numbered("key%:\n    sub: value here\n    n: 12\n", Large); });
    row("yaml list", Format::Yaml, [] { return repeated("- a\n", Hostile); });
    row("yaml is json", Format::Yaml, [] { return QByteArray("[" + repeated("{\"a\": 1, \"b\": \"x\"},", Hostile) + "1]"); });
    row("yaml flow", Format::Yaml, [] { return QByteArray("a: [" + repeated("x,", Hostile)); });
    row("yaml block text", Format::Yaml, [] { return QByteArray("a: |\n" + repeated("  text, text\n", Large)); });
    row("yaml commas", Format::Yaml, [] { return repeated(",", Hostile); });
    row("yaml questions", Format::Yaml, [] { return repeated("? ", Hostile); });
    row("yaml anchors", Format::Yaml, [] { return repeated("&a ", Hostile); });
    row("yaml bomb", Format::Yaml, [] {
        return "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d "
               "[*c,*c,*c,*c,*c,*c,*c,*c,*c]\n"
               "e: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\ng: &g [*f,*f,*f,*f,*f,*f,*f,*f,*f]\nh: &h [*g,*g,*g,*g,*g,*g,*g,*g,*g]\n"_ba;
    });
    row("toml tables", Format::Toml, [] { return numbered("[t%]\na = 1\n", Large); });
    row("toml dotted", Format::Toml, [] { return numbered("x%.a=1\nx%.b=1\n", Hostile); });
    row("toml dots", Format::Toml, [] { return repeated("a.", Hostile); });
    row("toml floats", Format::Toml, [] { return QByteArray("a = [" + repeated("1.5,", Hostile) + "]\n"); });
    row("properties", Format::Properties, [] { return numbered("app.key.%=some value\n", Large); });
    row("properties one line", Format::Properties, [] { return QByteArray("a=" + repeated("x\\\n", Hostile)); });
    row("xml", Format::Xml, [] { return QByteArray("<a>" + repeated("<b c=\"1\">x</b>\n", Hostile) + "</a>"); });
    row("xml attributes", Format::Xml, [] { return QByteArray("<a " + numbered("a%='1' ", Hostile) + "/>"); });
    row("xml bomb", Format::Xml, [] {
        return QByteArray("<!DOCTYPE a [<!ENTITY a \"xxxxxxxxxx\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c "
                          "\"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">"
                          "<!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;\"><!ENTITY e \"&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;\">]><a>" +
                          repeated("&e;", Hostile) + "</a>");
    });
    row("html", Format::Html, [] { return repeated("<div><p>x</p>\n", Large); });
    row("html angles", Format::Html, [] { return repeated("<", Hostile); });
    row("text tokens", Format::Text, [] { return repeated("token ", Hostile); });
    row("text urls", Format::Text, [] { return repeated("a://b:c@", Hostile); });
    row("text jwt", Format::Text, [] { return repeated("eyJ.", Hostile); });
    row("text pem", Format::Text, [] { return repeated("-----BEGIN PRIVATE KEY-----", Hostile); });
    row("text chinese", Format::Text, [] { return repeated("中文", Large); });
}

void TstTextLimits::bounded()
{
    QFETCH(Format, format);
    QFETCH(QByteArray, content);
    CpuTimer timer;
    const QList<Problem> problems = validate(format, content);
    QVERIFY(problems.size() <= MaxProblems);
    const qint64 validated = timer.restart();
    const auto keys = flatten(format, content);
    QVERIFY(!keys || keys->size() <= MaxFlatKeys);
    const qint64 flattened = timer.restart();
    const QList<SecretSpan> secrets = findSecrets(format, content);
    const qint64 searched = timer.restart();
    // Tidying reads everything several times: a part is enough here.
    const bool lines = content.size() > 2 * Hostile && (format == Format::Yaml || format == Format::Toml);
    const auto tidy = reformat(format, lines ? content.left(content.lastIndexOf('\n', Hostile) + 1) : content);
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
    CpuTimer timer;
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
    CpuTimer timer;
    const QByteArray left = tests::repeated("word ", Large), right = tests::repeated("drow ", Large);
    const LineChange change = changedSpans(left, right);
    QCOMPARE(change.left.size(), 1);
    QVERIFY(timer.restart() < MostMilliseconds);
}

SIGNALBOX_TEST(TstTextLimits)
#include "tst_textlimits.moc"
