// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/flatten.h"
#include "core/text/reformat.h"
#include "core/text/validate.h"
#include "tests/core/text/texttools.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace core::text;

class TstReformat : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tidies_data();
    void tidies();
    void refusesWhatDoesNotParse();
    void keepsTheMeaningOfRandomYaml();
    void keepsTheMeaningOfRandomJson();
    void keepsTheMeaningOfRandomProperties();
};

void TstReformat::tidies_data()
{
    QTest::addColumn<Format>("format");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, Format format, const QByteArray &content, const QByteArray &expected) {
        QTest::newRow(name) << format << content << expected;
    };
    row("json", Format::Json, "{\"b\":1.50,\"a\":[ ],\"c\":{\"d\":[1,\"\\u4e2d\"]},\"b\":1e2}",
        "{\n  \"b\": 1.50,\n  \"a\": [],\n  \"c\": {\n    \"d\": [\n      1,\n      \"\\u4e2d\"\n    ]\n  },\n  \"b\": 1e2\n}");
    row("json crlf, last line end, bom", Format::Json, "\xEF\xBB\xBF[1,\r\n2]\r\n", "\xEF\xBB\xBF[\r\n  1,\r\n  2\r\n]\r\n");
    row("json scalar", Format::Json, "  12", "12");

    row("yaml trailing blanks", Format::Yaml, "a: 1  \n   \nb:   2 # c  \n", "a: 1\n\nb:   2 # c\n");
    row("yaml indentation", Format::Yaml, "a:\n    b:\n        c: 1\n        d:\n        - e\n        - f:\n              g\n    h: 2\n",
        "a:\n  b:\n    c: 1\n    d:\n    - e\n    - f:\n        g\n  h: 2\n");
    row("yaml list in a list", Format::Yaml, "-   a: 1\n    b: 2\n-   -   c\n    -   d\n", "- a: 1\n  b: 2\n- -   c\n  -   d\n");
    row("yaml block scalar", Format::Yaml, "a:\n    b: |\n        x  \n          y\n\n        z\n    c: >-\n     w\n",
        "a:\n  b: |\n    x  \n      y\n\n    z\n  c: >-\n    w\n");
    row("yaml comments", Format::Yaml, "# top\na:\n    # of b\n    b: 1\n    # end of a\n# of c\nc: 2 # tail\n",
        "# top\na:\n  # of b\n  b: 1\n  # end of a\n# of c\nc: 2 # tail\n");
    row("yaml flow and quotes", Format::Yaml, "a:\n    b: [1,\n        2]\n    c: \"x  \n        y\"\n",
        "a:\n  b: [1,\n      2]\n  c: \"x  \n      y\"\n");
    row("yaml numbers, quotes, duplicates stay", Format::Yaml, "a: 0x10\nb: '1'\nc: 1.50\n", "a: 0x10\nb: '1'\nc: 1.50\n");
    row("yaml explicit indentation moves along", Format::Yaml, "a:\n    b: |2\n         x\n\n      y\n    c:\n        - |1\n           z\n",
        "a:\n  b: |2\n       x\n\n    y\n  c:\n    - |1\n       z\n");
    row("yaml documents", Format::Yaml, "---\na:\n    b: 1\n---\nc:\n   - d\n", "---\na:\n  b: 1\n---\nc:\n  - d\n");
    row("yaml crlf", Format::Yaml, "a:\r\n    b: 1  \r\n", "a:\r\n  b: 1\r\n");
    row("yaml anchors", Format::Yaml, "a: &x\n    b: 1\nc:\n    <<: *x\n", "a: &x\n  b: 1\nc:\n  <<: *x\n");

    row("toml", Format::Toml,
        "# top\na=1   # one\n  b   =  [1,\n2, # two\n    ]\n[t]\n  c='x'\n\n\n\n# of u\n[u]\nd=\"\"\"\n  x  \n\"\"\"\n",
        "# top\na = 1 # one\nb = [1,\n  2, # two\n]\n\n[t]\nc = 'x'\n\n# of u\n[u]\nd = \"\"\"\n  x  \n\"\"\"\n");
    row("toml numbers as written", Format::Toml, "a=1_000\nb=0xFF\nc=1e3", "a = 1_000\nb = 0xFF\nc = 1e3");

    row("properties", Format::Properties, "  # c  \n  a = 1  \nb:2\nc  3\n\nd=x\\\n\t\ty\ne\nf==\\u4e2d\n",
        "# c\na=1  \nb=2\nc=3\n\nd=x\\\n    y\ne\nf==\\u4e2d\n");
    row("properties list", Format::Properties, "a = \\\n  x,\\\n  y\n", "a=\\\n    x,\\\n    y\n");

    row("xml", Format::Xml,
        "<?xml version=\"1.0\"?><!-- c --><a x='1'><b>t</b><c><d/>\n\n\n<e><![CDATA[ z ]]></e></c><f>m <g/> n</f><h></h><i> </i></a>\n",
        "<?xml version=\"1.0\"?>\n<!-- c -->\n<a x='1'>\n  <b>t</b>\n  <c>\n    <d/>\n\n    <e><![CDATA[ z ]]></e>\n  </c>\n  <f>m <g/> "
        "n</f>\n  <h></h>\n  <i> </i>\n</a>\n");
    row("xml space preserve", Format::Xml, "<a><b xml:space=\"preserve\"> <c/> </b></a>",
        "<a>\n  <b xml:space=\"preserve\"> <c/> </b>\n</a>");

    row("html", Format::Html, "<p>a  \n</p>\t\n<pre>x  \ny</pre>  ", "<p>a\n</p>\n<pre>x  \ny</pre>");
    row("text", Format::Text, "a  \r\nb\n\xFF", "a  \r\nb\n\xFF");
}

void TstReformat::tidies()
{
    QFETCH(Format, format);
    QFETCH(QByteArray, content);
    QFETCH(QByteArray, expected);
    const auto once = reformat(format, content);
    QVERIFY2(once, once ? "" : qPrintable(once.error().message));
    QCOMPARE(QString::fromUtf8(*once), QString::fromUtf8(expected));
    const auto twice = reformat(format, *once);
    QVERIFY(twice);
    QCOMPARE(*twice, *once);
}

void TstReformat::refusesWhatDoesNotParse()
{
    for (const auto &[format, content] : QList<std::pair<Format, QByteArray>>{{Format::Json, "{"},
                                                                              {Format::Json, "// c\n{}"},
                                                                              {Format::Yaml, "a: [\n"},
                                                                              {Format::Toml, "a"},
                                                                              {Format::Xml, "<a>"},
                                                                              {Format::Html, "\xFF"}}) {
        const auto result = reformat(format, content);
        QVERIFY2(!result, content.constData());
        QCOMPARE(result.error().kind, core::Error::Kind::Usage);
        QVERIFY(result.error().message.startsWith(u"line "_s));
    }
}

namespace {

/// Random YAML in odd but legal layouts.
class YamlMaker {
public:
    explicit YamlMaker(QRandomGenerator &random)
        : m_random(random)
    {
    }
    QByteArray make()
    {
        m_out.clear();
        map(0, 3);
        return m_out;
    }

private:
    int pick(int n) { return int(m_random.bounded(n)); }
    void indent(int column) { m_out.append(column, ' '); }
    void scalar(int column)
    {
        static constexpr const char *scalars[] = {"1",    "x y",         "'it''s'", "\"a: #b\"", "0x1F",        "~",
                                                  "true", "[a, {b: c}]", "中文",    "*none",     "http://h:1/p"};
        const int kind = pick(14);
        if (kind < 9 || kind == 10) {
            m_out += scalars[kind];
        } else if (kind == 11) {
            m_out += "|\n";
            const int deeper = column + 1 + pick(4);
            indent(deeper);
            m_out += "line one  \n";
            indent(deeper + pick(3));
            m_out += "# no comment\n\n";
            indent(deeper);
            m_out += "end";
        } else if (kind == 12) {
            m_out += "plain\n";
            indent(column + 1 + pick(5));
            m_out += "goes on";
        } else {
            m_out += "\"quoted \n";
            indent(column + 1 + pick(5));
            m_out += "goes on\"";
        }
        m_out += pick(4) == 0 ? "   \n" : "\n";
    }
    void noise(int column)
    {
        if (pick(5) == 0) {
            indent(column + (pick(3) == 0 ? 1 : 0));
            m_out += "# comment\n";
        }
        if (pick(6) == 0)
            m_out += "  \n";
    }
    void value(int column, int depth)
    {
        switch (depth == 0 ? 0 : pick(3)) {
        case 1: {
            m_out += "\n";
            const int deeper = column + 1 + pick(4);
            noise(deeper);
            map(deeper, depth - 1);
            break;
        }
        case 2:
            m_out += "\n";
            list(column + pick(4), depth - 1);
            break;
        default:
            m_out += " ";
            scalar(column);
        }
    }
    void map(int column, int depth, bool inlineFirst = false)
    {
        const int members = 1 + pick(3);
        for (int i = 0; i < members; ++i) {
            if (i > 0 || !inlineFirst) {
                noise(column);
                indent(column);
            }
            m_out += "k" + QByteArray::number(i) + ":";
            value(column, depth);
        }
    }
    void list(int column, int depth)
    {
        const int members = 1 + pick(3);
        for (int i = 0; i < members; ++i) {
            noise(column);
            indent(column);
            m_out += "-";
            const int blanks = 1 + pick(3);
            switch (depth == 0 ? 0 : pick(3)) {
            case 1:
                indent(blanks);
                map(column + 1 + blanks, depth - 1, true);
                break;
            case 2: {
                m_out += "\n";
                map(column + 1 + pick(3), depth - 1);
                break;
            }
            default:
                indent(blanks);
                scalar(column);
            }
        }
    }
    QRandomGenerator &m_random;
    QByteArray m_out;
};

} // namespace

void TstReformat::keepsTheMeaningOfRandomYaml()
{
    QRandomGenerator random(20240601);
    int valid = 0, changed = 0;
    for (int round = 0; round < 3000; ++round) {
        const QByteArray content = YamlMaker(random).make();
        if (!flatten(Format::Yaml, content))
            continue; // an alias to nothing and the like
        ++valid;
        const auto once = reformat(Format::Yaml, content);
        QVERIFY2(once, content.constData());
        changed += *once != content;
        QCOMPARE(tests::meaning(Format::Yaml, *once), tests::meaning(Format::Yaml, content));
        const auto twice = reformat(Format::Yaml, *once);
        QVERIFY(twice);
        QVERIFY2(*twice == *once, (content + "\n=====\n" + *once + "\n=====\n" + *twice).constData());
    }
    QVERIFY2(valid > 1500, QByteArray::number(valid).constData());
    QVERIFY2(changed > valid / 2, QByteArray::number(changed).constData());
}

void TstReformat::keepsTheMeaningOfRandomJson()
{
    QRandomGenerator random(7);
    const std::function<QByteArray(int)> value = [&](int depth) -> QByteArray {
        static constexpr const char *scalars[] = {"1", "-0.0", "1.50e+3", "\"a\\\"b\"", "\"\\u4e2d{\"", "null", "true", "\"//\""};
        const int kind = depth == 0 ? 0 : int(random.bounded(3));
        if (kind == 0)
            return scalars[random.bounded(8)];
        QByteArrayList parts;
        const int members = int(random.bounded(4));
        for (int i = 0; i < members; ++i)
            parts.append((kind == 1 ? "\"k" + QByteArray::number(random.bounded(3)) + "\" :" : QByteArray()) +
                         QByteArray(qsizetype(random.bounded(3)), '\n') + value(depth - 1));
        return (kind == 1 ? "{" : "[") + parts.join(random.bounded(2) == 0 ? " ,\t" : ",") + (kind == 1 ? "}" : " ]");
    };
    for (int round = 0; round < 2000; ++round) {
        const QByteArray content = value(4);
        const auto once = reformat(Format::Json, content);
        QVERIFY2(once, content.constData());
        QCOMPARE(tests::meaning(Format::Json, *once), tests::meaning(Format::Json, content));
        QCOMPARE(*reformat(Format::Json, *once), *once);
    }
}

void TstReformat::keepsTheMeaningOfRandomProperties()
{
    QRandomGenerator random(11);
    static constexpr const char *pieces[] = {"a",   "key",     "=", ":", " ",  "\t",   "\\",     "\n",  "\\\n",
                                             "\\ ", "\\u4e2d", "#", "!", "中", "\r\n", "\\\r\n", "\\=", "\f"};
    for (int round = 0; round < 20000; ++round) {
        QByteArray content;
        const int length = int(random.bounded(14));
        for (int i = 0; i < length; ++i)
            content += pieces[random.bounded(int(std::size(pieces)))];
        const auto once = reformat(Format::Properties, content);
        QVERIFY2(once, content.constData());
        QCOMPARE(tests::meaning(Format::Properties, *once), tests::meaning(Format::Properties, content));
        const auto twice = reformat(Format::Properties, *once);
        QVERIFY2(*twice == *once, (content + "\n=====\n" + *once + "\n=====\n" + *twice).constData());
    }
}

SIGNALBOX_TEST(TstReformat)
#include "tst_reformat.moc"
