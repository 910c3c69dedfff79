// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/flatten.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace core::text;

class TstFlatten : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keys_data();
    void keys();
    void tellsWhereItFails();
    void limitsTheNumberOfKeys();
    void limitsThePaths();
};

static QString shown(const QList<FlatKey> &keys)
{
    QStringList lines;
    for (const FlatKey &key : keys)
        lines.append(u"%1:%2=%3%4%5"_s.arg(key.line).arg(key.path, key.value, QString(QLatin1Char("snb0de"[int(key.kind)])),
                                                         key.secret ? u"!"_s : QString()));
    return lines.join(u'|');
}

void TstFlatten::keys_data()
{
    QTest::addColumn<Format>("format");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("expected");
    QTest::newRow("json") << Format::Json
                          << "{\"a\": {\"b\": [1, {\"c\": \"x\\n\"}]},\n\"d\": null, \"e\": true, \"f\": {}, \"g\": [], \"a\": 1.50}"_ba
                          << u"1:a.b[0]=1n|1:a.b[1].c=x\ns|2:d=null0|2:e=trueb|2:f={}e|2:g=[]e|2:a=1.50n"_s;
    QTest::newRow("json root list") << Format::Json << "[1, [2]]"_ba << u"1:[0]=1n|1:[1][0]=2n"_s;
    QTest::newRow("json root scalar") << Format::Json << "\"\\ud83d\\ude00\""_ba << u"1:=😀s"_s;
    QTest::newRow("json secret") << Format::Json << "{\"db\": {\"password\": \"x\", \"user\": \"root\"}}"_ba
                                 << u"1:db.password=xs!|1:db.user=roots"_s;
    QTest::newRow("yaml") << Format::Yaml
                          << "a:\n  b:\n  - 1\n  - c: x\n  d: ~\ne: \"1\"\nf: true\ng: {}\nh: |\n  l1\n  l2\ni:\nj.k: 2\n"_ba
                          << u"3:a.b[0]=1n|4:a.b[1].c=xs|5:a.d=~0|6:e=1s|7:f=trueb|8:g={}e|9:h=l1\nl2\ns|12:i=0|13:j.k=2n"_s;
    QTest::newRow("yaml alias") << Format::Yaml << "a: &x {b: 1}\nc: *x\n<<: *x\n"_ba << u"1:a.b=1n|2:c=*xs|3:<<=*xs"_s;
    QTest::newRow("yaml documents") << Format::Yaml << "a: 1\n---\na: 2\n"_ba << u"1:a=1n|3:(2).a=2n"_s;
    QTest::newRow("yaml complex key") << Format::Yaml << "? [a, b]\n: c\nd: e\n"_ba << u"2:?=cs|3:d=es"_s;
    QTest::newRow("yaml bom crlf") << Format::Yaml
                                   << "\xEF\xBB\xBF"
                                      "a: 1\r\n中: 文\r\n"_ba
                                   << u"1:a=1n|2:中=文s"_s;
    QTest::newRow("yaml empty") << Format::Yaml << "# nothing\n"_ba << QString();
    QTest::newRow("toml")
        << Format::Toml
        << "t = 'x'\n[a.\"b c\"]\nd = 2020-01-01\ne = [1, [2.5], {f = true}]\n[[l]]\nx = 1\n[[l]]\nx.y = 0xff\n[[l.m]]\nz = \"\"\"\nq\\u4e2d\"\"\"\n"_ba
        << u"1:t=xs|3:a.b c.d=2020-01-01d|4:a.b c.e[0]=1n|4:a.b c.e[1][0]=2.5n|4:a.b c.e[2].f=trueb|6:l[0].x=1n|8:l[1].x.y=0xffn|10:l[1].m[0].z=q中s"_s;
    QTest::newRow("toml date and time") << Format::Toml << "a = [1979-05-27 07:32:00, 07:32:00]"_ba
                                        << u"1:a[0]=1979-05-27 07:32:00d|1:a[1]=07:32:00d"_s;
    QTest::newRow("properties") << Format::Properties
                                << "# c\na.b[0]=1\nc : x\\\n   y\nd=\\u4e2d\\t=\n e\\ f  g \nspring.datasource.password=x\n"_ba
                                << u"2:a.b[0]=1s|3:c=xys|5:d=中\t=s|6:e f=g s|7:spring.datasource.password=xs!"_s;
    QTest::newRow("xml") << Format::Xml << "<a x='1'>\n<b>t &lt;&#x4e2d;</b><b><![CDATA[<c>]]></b><d/><e></e><f><g y=\"2\"/></f></a>"_ba
                         << u"1:a@x=1s|2:a.b=t <中s|2:a.b[2]=<c>s|2:a.d=s|2:a.e=s|2:a.f.g@y=2s"_s;
    QTest::newRow("xml secret by attribute")
        << Format::Xml
        << "<p><property name=\"db.password\" value=\"x\"/><e key='token'>y</e><n><name>secret</name><value>z</value></n></p>"_ba
        << u"1:p.property@name=db.passwords|1:p.property@value=xs!|1:p.e@key=tokens|1:p.e=ys!|1:p.n.name=secrets|1:p.n.value=zs!"_s;
    QTest::newRow("yaml secret by name") << Format::Yaml << "env:\n- name: DB_PASSWORD\n  value: x\n- name: USER\n  value: y\n"_ba
                                         << u"2:env[0].name=DB_PASSWORDs|3:env[0].value=xs!|4:env[1].name=USERs|5:env[1].value=ys"_s;
    QTest::newRow("text") << Format::Text << "a=b"_ba << QString();
    QTest::newRow("html") << Format::Html << "<a>b</a>"_ba << QString();
}

void TstFlatten::keys()
{
    QFETCH(Format, format);
    QFETCH(QByteArray, content);
    QFETCH(QString, expected);
    const auto keys = flatten(format, content);
    QVERIFY2(keys, keys ? "" : qPrintable(keys.error().message));
    QCOMPARE(shown(*keys), expected);
}

void TstFlatten::tellsWhereItFails()
{
    const auto json = flatten(Format::Json, "{\n\"a\": 1,\n}");
    QVERIFY(!json);
    QCOMPARE(json.error().kind, core::Error::Kind::Usage);
    QCOMPARE(json.error().message, u"line 2, column 7: a comma before the closing bracket"_s);
    QVERIFY(!flatten(Format::Yaml, "a: \xFF\n"));
    QVERIFY(!flatten(Format::Toml, QByteArray("a = '\0'", 7)));
    QVERIFY(!flatten(Format::Xml, "<a>&nope;</a>"));
}

void TstFlatten::limitsTheNumberOfKeys()
{
    QByteArray content = "[";
    for (int i = 0; i < MaxFlatKeys; ++i)
        content += i == 0 ? "1" : ",1";
    const auto most = flatten(Format::Json, content + "]");
    QVERIFY(most);
    QCOMPARE(most->size(), MaxFlatKeys);
    const auto more = flatten(Format::Json, content + ",1]");
    QVERIFY(!more);
    QVERIFY(more.error().message.contains(u"more than 200000 keys"_s));
}

void TstFlatten::limitsThePaths()
{
    QByteArray content = "{\"" + QByteArray(1000000, 'k') + "\":[";
    for (int i = 0; i < 1000; ++i)
        content += i == 0 ? "1" : ",1";
    const auto keys = flatten(Format::Json, content + "]}");
    QVERIFY(!keys);
    QVERIFY(keys.error().message.contains(u"too long"_s));
}

SIGNALBOX_TEST(TstFlatten)
#include "tst_flatten.moc"
