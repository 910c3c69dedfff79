// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/validate.h"
#include "tests/core/text/texttools.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace core::text;

class TstValidate : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void problems_data();
    void problems();
    void isCleanOnGoodContent_data();
    void isCleanOnGoodContent();
    void endsTheListWithAHint();
    void neverShowsValues();
};

void TstValidate::problems_data()
{
    QTest::addColumn<Format>("format");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QStringList>("expected");
    const auto json = [](const char *name, const QByteArray &content, const QStringList &expected) {
        QTest::newRow(name) << Format::Json << content << expected;
    };
    json("json empty", "", {u"1:1:E empty: JSON needs a value"_s});
    json("json trailing comma", "{\n  \"a\": 1,\n}", {u"2:9:E a comma before the closing bracket"_s});
    json("json trailing comma in a list", "[1,]", {u"1:3:E a comma before the closing bracket"_s});
    json("json missing comma", "{\n  \"a\": 1\n  \"b\": 2\n}", {u"3:3:E a comma is missing before this"_s});
    json("json comment", "{ // c\n \"a\": 1 }", {u"1:3:E JSON has no comments"_s});
    json("json single quotes", "{'a': 1}", {u"1:2:E JSON strings stand in double quotes"_s});
    json("json bare key", "{a: 1}", {u"1:2:E a key must stand in double quotes"_s});
    json("json bare text", "{\"a\": b}", {u"1:7:E text must stand in double quotes"_s});
    json("json True", "[True]", {u"1:2:E true, false and null are written in lower case"_s});
    json("json leading zero", "[01]", {u"1:2:E not a JSON number: no leading zeros"_s});
    json("json NaN", "[NaN]", {u"1:2:E JSON has no such number"_s});
    json("json unclosed", "{\"a\": [1, 2", {u"1:12:E the end comes too early: “[” of line 1 is not closed"_s});
    json("json unclosed string", "{\"a\": \"b\n}", {u"1:7:E the string is not closed"_s});
    json("json escaped end", "[\"a\\\"",
         {u"1:2:E the string is not closed"_s, u"1:6:E the end comes too early: “[” of line 1 is not closed"_s});
    json("json wrong bracket", "[\n1}", {u"2:2:E “}” does not close “[” of line 1"_s});
    json("json bad escape", "[\"C:\\dir\"]", {u"1:5:E an unknown escape in a string: a backslash is written \\\\"_s});
    json("json bad \\u", "[\"\\u12g4\"]", {u"1:3:E \\u needs four hexadecimal digits"_s});
    json("json tab in a string", "[\"a\tb\"]", {u"1:4:E a tab inside a string must be escaped"_s});
    json("json behind the end", "{} x", {u"1:4:E something follows the end of the value: “x”"_s});
    json("json duplicate", "{\n\"a\": 1,\n\"中\": {\"a\": 2},\n\"a\": 3}", {u"4:1:W duplicated key \"a\" (first in line 2)"_s});
    json("json duplicate by escape", "{\"a\": 1, \"\\u0061\": 2}", {u"1:10:W duplicated key \"a\" (first in line 1)"_s});
    json("json columns in characters", "{\"中文\": x}", {u"1:8:E text must stand in double quotes"_s});
    json("json with bom", "\xEF\xBB\xBF{x}",
         {u"1:2:E a key must stand in double quotes"_s, u"1:3:E expected “:” after the key, found “}”"_s});
    json("json nul", QByteArray("{\0}", 3), {u"1:2:E a NUL byte"_s});
    json("json not utf-8", "{\"a\": \"\xFF\"}", {u"1:8:E the byte 0xff is not UTF-8"_s});
    json("json crlf", "{\r\n\"a\": 1,\r\n}", {u"2:7:E a comma before the closing bracket"_s});

    const auto yaml = [](const char *name, const QByteArray &content, const QStringList &expected) {
        QTest::newRow(name) << Format::Yaml << content << expected;
    };
    yaml("yaml tab", "a:\n\tb: 1\n", {u"2:1:E a tab in the indentation: YAML allows blanks only"_s});
    yaml("yaml tab the parser lets pass", "\ta\n", {u"1:1:E a tab in the indentation: YAML allows blanks only"_s});
    yaml("yaml two keys in a line", "a: b: c\n",
         {u"1:5:E “:” is not allowed here: a second key on one line, or the indentation differs from the lines above"_s});
    yaml("yaml wrong indentation", "key:\n  a: 1\n b: 2\n",
         {u"3:2:E the indentation does not match the lines above, or text follows a complete value"_s});
    yaml("yaml duplicate", "a: 1\nb:\n  a: 2\n\"a\": 3\n", {u"4:1:E duplicated key \"a\" (first in line 1)"_s});
    yaml("yaml duplicate in another document", "a: 1\n---\na: 2\n", {});
    yaml("yaml 1 and '1'", "1: a\n\"1\": b\n", {});
    yaml("yaml duplicate in flow", "{a: 1, a: 2, b: [x]}", {u"1:8:E duplicated key \"a\" (first in line 1)"_s});
    yaml("yaml unclosed single quote", "a: 'x\nb: 2\n", {u"1:4:E the quoted text is not closed"_s});
    yaml("yaml unclosed double quote", "a: \"x\nb: 2\n", {u"1:4:E the quoted text is not closed"_s});
    yaml("yaml unclosed bracket", "a: [1, 2\nb: 3\n", {u"2:2:E “[” is not closed"_s});
    yaml("yaml comma without value", "a: [1, , 2]\n", {u"1:8:E nothing before this comma"_s});
    yaml("yaml unknown alias", "a: *x\n", {u"1:4:E there is no anchor of this name above"_s});
    yaml("yaml reserved sign", "a: @foo\n", {u"1:4:E “@” cannot begin a value: put the text in quotes"_s});
    yaml("yaml backslash", "a: \"C:\\dir\"\n",
         {u"1:7:E an unknown escape in double quotes: a backslash is written \\\\, or use single quotes"_s});
    yaml("yaml text behind", "- a\nb: c\n", {u"2:1:E text after the end of the document: another document needs a line “---” before it"_s});
    const QString noColon = u"“:” is missing behind this key, or the line is not indented enough to belong to the text above"_s;
    yaml("yaml key without colon", "a: 1\nport\n", {u"2:1:E "_s + noColon});
    yaml("yaml key without colon inside", "a:\n  b: 1 # c\n  port\nc: 2\n", {u"3:3:E "_s + noColon});
    yaml("yaml colon without key", "a: 1\n: b\n", {u"2:1:E nothing before this “:”: the key is missing"_s});
    yaml("yaml unknown directive", "%a: 1\nb: 2\n", {u"1:1:E a line that begins with “%” is a directive, and this one is unknown"_s});
    yaml("yaml lone comma", ",\n", {u"1:1:E “,” does not belong here"_s});
    yaml("yaml control character", "a: \x04\nb\n", {u"1:4:E the control character U+0004 is not allowed"_s});
    yaml("yaml wide colon", "a：1\nb: 2\n", {u"1:2:E "_s + noColon + u" (the full-width “：” is not a colon)"_s});
    yaml("yaml blank missing", "a:1\nb: 2\n", {u"1:2:E a blank is missing behind “:”"_s});
    yaml("yaml strange blank", "a:\n\xC2\xA0 b\n",
         {u"2:1:E "_s + noColon, u"2:1:W not an ordinary blank: it counts as text, not as indentation"_s});
    yaml("yaml chinese columns", "中: 文: x\n",
         {u"1:5:E “:” is not allowed here: a second key on one line, or the indentation differs from the lines above"_s});

    const auto toml = [](const char *name, const QByteArray &content, const QStringList &expected) {
        QTest::newRow(name) << Format::Toml << content << expected;
    };
    toml("toml duplicate", "a = 1\n[t]\na = 2\na = 3\n", {u"4:1:E duplicated key \"a\" (first in line 3)"_s});
    toml("toml duplicate table", "[a]\n[b]\n[a]\n", {u"3:1:E duplicated key \"a\" (first in line 1)"_s});
    toml("toml no value", "a =\n", {u"1:4:E key-value pair: expected value, saw '\\n'"_s});
    toml("toml bare key in chinese", "中 = 1\n",
         {u"1:1:E expected a key, a table or a comment, found “中” (keys with other than Latin letters stand in quotes)"_s});

    const auto properties = [](const char *name, const QByteArray &content, const QStringList &expected) {
        QTest::newRow(name) << Format::Properties << content << expected;
    };
    properties("properties bad \\u", "a=\\u12\n", {u"1:3:E \\u needs four hexadecimal digits; a backslash is written \\\\"_s});
    properties("properties backslash", "a=C:\\dir\n", {u"1:5:W the backslash before “d” is dropped; a backslash is written \\\\"_s});
    properties("properties duplicate", "a=1\nb=2\n\\u0061=3\n", {u"3:1:W duplicated key \"a\" (first in line 1)"_s});
    properties("properties no sign", "a\nb=\n", {u"1:1:W no “=” in this line: all of it is a key without a value"_s});
    properties("properties wide sign", "a＝1\n", {u"1:1:W the full-width “＝” and “：” separate nothing: the whole line is a key"_s});
    properties("properties blank", "a b\n", {u"1:2:H a blank separates key and value here"_s});
    properties("properties blanks at the end", "a=b  \n", {u"1:5:H the blanks at the end belong to the value"_s});
    properties("properties dangling", "a=b\\", {u"1:4:W the line ends with a backslash, but nothing follows"_s});

    const auto xml = [](const char *name, const QByteArray &content, const QStringList &expected) {
        QTest::newRow(name) << Format::Xml << content << expected;
    };
    xml("xml empty", " ", {u"1:2:E empty: XML needs an element"_s});
    xml("xml nesting", "<a>\n<b>\n</a>", {u"3:1:E </a> does not close <b> of line 2"_s});
    xml("xml unclosed", "<a>\n <b>", {u"2:2:E <b> is not closed"_s});
    xml("xml two roots", "<a/>\n<b/>", {u"2:1:E a second root element"_s});
    xml("xml attribute twice", "<a x='1' x='2'/>", {u"1:10:E the attribute \"x\" is there twice"_s});
    xml("xml attribute without quotes", "<a x=1/>", {u"1:6:E the value of an attribute stands in quotes"_s});
    xml("xml angle in a value", "<a x=\"<\"/>", {u"1:7:E “<” inside a value is written &lt; (or the quote before it is not closed)"_s});
    xml("xml lone angle", "<a>1 < 2</a>", {u"1:6:E “<” begins a tag; as text it is written &lt;"_s});
    xml("xml comment", "<a><!-- x</a>", {u"1:4:E the comment is not closed"_s});

    const auto html = [](const char *name, const QByteArray &content, const QStringList &expected) {
        QTest::newRow(name) << Format::Html << content << expected;
    };
    html("html unclosed", "<div>\n <b>x\n</div>", {u"2:2:W <b> is not closed"_s});
    html("html closes nothing", "<p>x</b>", {u"1:5:W </b> closes nothing"_s});
    html("html script", "<script>if (a</b>c)", {u"1:1:E <script> is not closed: everything behind it is lost"_s});

    QTest::newRow("text nul") << Format::Text << QByteArray("a\0b", 3) << QStringList{u"1:2:W a NUL byte"_s};
    QTest::newRow("text not utf-8") << Format::Text << "a\n中\xFF"_ba << QStringList{u"2:2:E the byte 0xff is not UTF-8"_s};
}

void TstValidate::problems()
{
    QFETCH(Format, format);
    QFETCH(QByteArray, content);
    QFETCH(QStringList, expected);
    QCOMPARE(tests::described(validate(format, content)), expected);
}

void TstValidate::isCleanOnGoodContent_data()
{
    QTest::addColumn<Format>("format");
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("json") << Format::Json << "{\"a\": [1, -0.5e+10, true, null, \"\\u4e2d\\n\"], \"b\": {}}\r\n"_ba;
    QTest::newRow("json scalar") << Format::Json << " 12 "_ba;
    QTest::newRow("yaml")
        << Format::Yaml
        << "# c\na: &x [1, 2]\nb: *x\nc: |\n  text\n\n  more\nd:\n- e\n-\n  f: 'it''s'\ng: \"a\n  b\"\nh: plain\n  goes on\ni: {j: k, l}\n? m\n: n\n? o\n"_ba;
    QTest::newRow("yaml documents") << Format::Yaml << "%YAML 1.2\n---\na: 1\n...\n---\nb\n--- c\n"_ba;
    QTest::newRow("yaml crlf and bom") << Format::Yaml
                                       << "\xEF\xBB\xBF"
                                          "a: 1\r\nb:\r\n  - c\r\n"_ba;
    QTest::newRow("yaml empty") << Format::Yaml << ""_ba;
    QTest::newRow("yaml is json") << Format::Yaml << "{\"a\": [1, 2]}"_ba;
    QTest::newRow("toml") << Format::Toml
                          << "a.b = 1\n[t]\nd = 1979-05-27 07:32:00\ns = '''\nx\n'''\n[[l]]\nx = {y = [1, 2.5]}\n[[l]]\n"_ba;
    QTest::newRow("properties") << Format::Properties << "# c\n! d\na=1\nb : 2\nc=x\\\n  y\nd=\\u4e2d\\tx\n中=文\ne=\n"_ba;
    QTest::newRow("xml")
        << Format::Xml
        << "<?xml version=\"1.0\" encoding=\"GBK\"?>\n<!DOCTYPE a [<!ENTITY e \"x\">]>\n<a b='1'>&e;<![CDATA[<]]><!-- c --><中/></a>\n"_ba;
    QTest::newRow("html") << Format::Html
                          << "<!DOCTYPE html>\n<html><body><p>a<br>b<ul><li>c</ul><script>if (a < b) c('</b>')</script></body></html>"_ba;
    QTest::newRow("text") << Format::Text << "任何 <{ text\r\n"_ba;
}

void TstValidate::isCleanOnGoodContent()
{
    QFETCH(Format, format);
    QFETCH(QByteArray, content);
    QCOMPARE(tests::described(validate(format, content)), QStringList());
    QVERIFY(!hasErrors(validate(format, content)));
}

void TstValidate::endsTheListWithAHint()
{
    const QList<Problem> problems = validate(Format::Properties, tests::repeated("a=1\n", 4000));
    QCOMPARE(problems.size(), MaxProblems);
    QCOMPARE(problems.last().message, u"more problems follow; they are not listed"_s);
    QVERIFY(!hasErrors(problems));
}

void TstValidate::neverShowsValues()
{
    const QByteArray secret = "hunter2hunter2";
    const QList<std::pair<Format, QByteArray>> contents{
        {Format::Json, "{\"password\": " + secret + "}"},    {Format::Json, "{\"password\": \"" + secret},
        {Format::Yaml, "password: " + secret + ": x\n"},     {Format::Yaml, "password: \"" + secret + "\n"},
        {Format::Toml, "password = " + secret + "\n"},       {Format::Toml, "password = \"" + secret + "\n"},
        {Format::Toml, "password = 99999999999999999999\n"}, {Format::Properties, "password=" + secret + "\\u12\n"},
        {Format::Xml, "<password>" + secret + "</pass>"},
    };
    for (const auto &[format, content] : contents) {
        const QString all = tests::described(validate(format, content)).join(u'\n');
        QVERIFY2(!all.isEmpty(), content.constData());
        QVERIFY2(!all.contains(QString::fromLatin1(secret)) && !all.contains(u"9999999999"_s), qPrintable(all));
    }
}

SIGNALBOX_TEST(TstValidate)
#include "tst_validate.moc"
