// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/format.h"
#include "core/text/inspect.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace core::text;

class TstFormat : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void namesGoBothWays();
    void namesOfNacosAndTheirKin();
    void detects_data();
    void detects();
    void inspects_data();
    void inspects();
};

Q_DECLARE_METATYPE(core::text::TextFacts)

void TstFormat::namesGoBothWays()
{
    for (const Format format : {Format::Text, Format::Json, Format::Yaml, Format::Toml, Format::Properties, Format::Xml, Format::Html})
        QCOMPARE(formatFromName(formatName(format)), std::optional(format));
}

void TstFormat::namesOfNacosAndTheirKin()
{
    QCOMPARE(formatFromName(u"unset"), std::optional(Format::Text));
    QCOMPARE(formatFromName(u"YML"), std::optional(Format::Yaml));
    QCOMPARE(formatFromName(u" Json "), std::optional(Format::Json));
    QCOMPARE(formatFromName(u""), std::optional<Format>());
    QCOMPARE(formatFromName(u"ini"), std::optional<Format>());
}

void TstFormat::detects_data()
{
    QTest::addColumn<QString>("dataId");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<Format>("format");
    QTest::newRow("suffix json") << u"a.b.json"_s << "x"_ba << Format::Json;
    QTest::newRow("suffix yml") << u"app.YML"_s << "{}"_ba << Format::Yaml;
    QTest::newRow("suffix htm") << u"a.htm"_s << ""_ba << Format::Html;
    QTest::newRow("suffix txt") << u"a.txt"_s << "{}"_ba << Format::Text;
    QTest::newRow("suffix unknown, json") << u"app.conf"_s << "{\"a\": 1}"_ba << Format::Json;
    QTest::newRow("json list") << u"x"_s << " [1, 2]"_ba << Format::Json;
    QTest::newRow("json broken") << u"x"_s << "{\"a\": 1,}"_ba << Format::Json;
    QTest::newRow("json with bom") << u"x"_s << "\xEF\xBB\xBF{\"a\":1}"_ba << Format::Json;
    QTest::newRow("yaml") << u"x"_s << "server:\n  port: 80\n"_ba << Format::Yaml;
    QTest::newRow("yaml list") << u"x"_s << "- a\n- b\n"_ba << Format::Yaml;
    QTest::newRow("yaml marker") << u"x"_s << "---\na: 1\n"_ba << Format::Yaml;
    QTest::newRow("toml") << u"x"_s << "[server]\nport = 80\nname = \"x\"\n"_ba << Format::Toml;
    QTest::newRow("toml without tables") << u"x"_s << "port = 80\nname = \"x\"\n"_ba << Format::Toml;
    QTest::newRow("toml with a date") << u"x"_s << "since = 2026-01-31T12:00:00Z\nport = 80\n"_ba << Format::Toml;
    QTest::newRow("toml with a table in a line") << u"x"_s << "owner = { name = \"x\" }\n"_ba << Format::Toml;
    QTest::newRow("toml of a table of numbers") << u"x"_s << "[limits]\nmost = 3\n"_ba << Format::Toml;
    QTest::newRow("toml by its name") << u"x.toml"_s << "a=1"_ba << Format::Toml;
    QTest::newRow("one number") << u"x"_s << "a=1"_ba << Format::Properties;
    QTest::newRow("numbers") << u"x"_s << "a=1\nb=2\nc=3\n"_ba << Format::Properties;
    QTest::newRow("numbers with blanks") << u"x"_s << "a = 1\nb = 2.5\n"_ba << Format::Properties;
    QTest::newRow("one dotted key") << u"x"_s << "a.b=c"_ba << Format::Properties;
    QTest::newRow("switches") << u"x"_s << "feature.on=true\nfeature.off=false\n"_ba << Format::Properties;
    QTest::newRow("lists of json in properties") << u"x"_s << "hosts=[\"a\",\"b\"]\nports=[1,2]\n"_ba << Format::Properties;
    QTest::newRow("object of json in properties") << u"x"_s << "limits={\"a\":1}\nname=x\n"_ba << Format::Properties;
    QTest::newRow("quotes that are not toml") << u"x"_s << "name=\"x\"\nother=y z\n"_ba << Format::Properties;
    QTest::newRow("an empty value") << u"x"_s << "user=\nname=x\n"_ba << Format::Properties;
    QTest::newRow("properties by their name") << u"x.properties"_s << "[a]\nb = \"c\"\n"_ba << Format::Properties;
    QTest::newRow("suffix wins over content") << u"x.yaml"_s << "a=1"_ba << Format::Yaml;
    QTest::newRow("name without a suffix") << u"application"_s << "a=1"_ba << Format::Properties;
    QTest::newRow("padded base64") << u"x"_s << "c2VjcmV0IGNvbnRlbnQ=\n"_ba << Format::Text;
    QTest::newRow("one bracket") << u"x"_s << "[note]\n"_ba << Format::Text;
    QTest::newRow("a comparison") << u"x"_s << "select a from b where c=1"_ba << Format::Text;
    QTest::newRow("a url") << u"x"_s << "http://host/?a=1&b=2"_ba << Format::Text;
    QTest::newRow("a number") << u"x"_s << "42"_ba << Format::Text;
    QTest::newRow("properties") << u"x"_s << "# c\nserver.port=80\nspring.name=app\n"_ba << Format::Properties;
    QTest::newRow("properties crlf") << u"x"_s << "a.b=x y\r\nc.d=e\r\n"_ba << Format::Properties;
    QTest::newRow("xml") << u"x"_s << "<?xml version=\"1.0\"?><a/>"_ba << Format::Xml;
    QTest::newRow("xml without head") << u"x"_s << "<a><b/></a>"_ba << Format::Xml;
    QTest::newRow("html") << u"x"_s << "<!DOCTYPE html><p>x"_ba << Format::Html;
    QTest::newRow("html fragment") << u"x"_s << "<div><br>x</div>"_ba << Format::Html;
    QTest::newRow("prose") << u"x"_s << "This is a note.\nIt says nothing: really.\nNothing at all.\n"_ba << Format::Text;
    QTest::newRow("chinese prose") << u"说明"_s << "这是说明。\n没有别的。\n"_ba << Format::Text;
    QTest::newRow("empty") << u"x"_s << ""_ba << Format::Text;
    QTest::newRow("nul") << u"x"_s << QByteArray("a: 1\0b: 2", 9) << Format::Text;
    QTest::newRow("not utf-8") << u"x"_s << "a: \xFF\xFE\xFD\xFC\xFB\nb: 2\n"_ba << Format::Text;
}

void TstFormat::detects()
{
    QFETCH(QString, dataId);
    QFETCH(QByteArray, content);
    QFETCH(Format, format);
    QCOMPARE(formatName(detect(content, dataId)), formatName(format));
}

void TstFormat::inspects_data()
{
    using End = TextFacts::LineEnd;
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<TextFacts>("facts");
    const auto row = [](const char *name, const QByteArray &content, TextFacts facts) {
        facts.bytes = content.size();
        QTest::newRow(name) << content << facts;
    };
    row("empty", "", {.lines = 1});
    row("lf", "a\nb\n", {.lineEnd = End::Lf, .finalLineEnd = true, .lines = 3});
    row("crlf", "a\r\nb", {.lineEnd = End::CrLf, .lines = 2});
    row("cr", "a\rb\r", {.lineEnd = End::Cr, .finalLineEnd = true, .lines = 3});
    row("mixed", "a\r\nb\n", {.lineEnd = End::Mixed, .finalLineEnd = true, .lines = 3});
    row("bom", "\xEF\xBB\xBFx", {.bom = true, .lines = 1});
    row("nul", QByteArray("a\0b", 3), {.nul = true, .lines = 1});
    row("chinese", "中文", {.lines = 1});
    row("not utf-8", "ab\xC0\xAF", {.utf8 = false, .lines = 1, .firstInvalid = 2});
    row("cut off", "ab\xE4\xB8", {.utf8 = false, .lines = 1, .firstInvalid = 2});
    row("surrogate", "\xED\xA0\x80", {.utf8 = false, .lines = 1, .firstInvalid = 0});
    row("beyond unicode", "\xF4\x90\x80\x80", {.utf8 = false, .lines = 1, .firstInvalid = 0});
    row("last character", "\xF4\x8F\xBF\xBF", {.lines = 1});
}

void TstFormat::inspects()
{
    QFETCH(QByteArray, content);
    QFETCH(TextFacts, facts);
    QVERIFY(inspect(content) == facts);
}

SIGNALBOX_TEST(TstFormat)
#include "tst_format.moc"
