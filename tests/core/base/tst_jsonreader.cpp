// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/jsonreader.h"
#include "tests/support/testmain.h"

#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using core::Error;
using core::JsonReader;

class TstJsonReader final : public QObject {
    Q_OBJECT

    static QJsonObject object(const QByteArray &json) { return QJsonDocument::fromJson(json).object(); }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void parseObject()
    {
        QVERIFY(JsonReader::parseObject("{}"));
        for (const QByteArray &bad : {""_ba, "[]"_ba, "7"_ba, "{"_ba, "{\"a\":}"_ba, "<html>"_ba, "\xff\xfe"_ba, "null"_ba, "{}{}"_ba}) {
            const auto parsed = JsonReader::parseObject(bad);
            QVERIFY2(!parsed, bad.constData());
            QCOMPARE(parsed.error().kind, Error::Kind::BadReply);
        }
        QByteArray deep;
        for (int i = 0; i < 100'000; ++i)
            deep += "{\"a\":";
        QVERIFY(!JsonReader::parseObject(deep));
    }

    void membersThatAreThere()
    {
        JsonReader in(
            object(R"({"s":"x","i":7,"n":1.5,"b":true,"o":{"k":1},"a":[1,2],"big":9007199254740993,"text":"-9223372036854775808"})"));
        QCOMPARE(in.string("s"_L1), u"x"_s);
        QCOMPARE(in.integer("i"_L1), 7);
        QCOMPARE(in.number("n"_L1, 0), 1.5);
        QCOMPARE(in.boolean("b"_L1, false), true);
        QCOMPARE(in.object("o"_L1).size(), 1);
        QCOMPARE(in.array("a"_L1).size(), 2);
        QCOMPARE(in.integer("big"_L1), 9007199254740993LL);
        QCOMPARE(in.integer("text"_L1), std::numeric_limits<qint64>::min());
        QVERIFY(in.has("s"_L1));
        QVERIFY(!in.has("none"_L1));
        QVERIFY(!in.error());
    }

    void absentOrNull_takesTheOtherValue()
    {
        JsonReader in(object(R"({"s":null,"i":null,"n":null,"b":null,"o":null,"a":null})"));
        for (const char *suffix : {"", "x"}) { // null, then absent
            const auto name = [&](const char *base) { return QByteArray(base) + suffix; };
            QCOMPARE(in.string(QLatin1String(name("s")), u"d"_s), u"d"_s);
            QCOMPARE(in.integer(QLatin1String(name("i")), 3), 3);
            QCOMPARE(in.number(QLatin1String(name("n")), 0.5), 0.5);
            QCOMPARE(in.boolean(QLatin1String(name("b")), true), true);
            QVERIFY(in.object(QLatin1String(name("o"))).isEmpty());
            QCOMPARE(in.array(QLatin1String(name("a")), QJsonArray{1}).size(), 1);
        }
        QVERIFY(!in.error());
    }

    void mistakes_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("message");
        QTest::newRow("missing") << "{}"_ba << u"/items/3/s: missing"_s;
        QTest::newRow("null") << R"({"s":null})"_ba << u"/items/3/s: missing"_s;
        QTest::newRow("number") << R"({"s":7})"_ba << u"/items/3/s: expected string"_s;
        QTest::newRow("object") << R"({"s":{}})"_ba << u"/items/3/s: expected string"_s;
    }
    void mistakes()
    {
        QFETCH(QByteArray, json);
        JsonReader in(object(json), u"/items/3"_s);
        QCOMPARE(in.string("s"_L1), QString());
        QVERIFY(in.error());
        QCOMPARE(in.error()->kind, Error::Kind::BadReply);
        QTEST(in.error()->message, "message");
    }

    void integers_data()
    {
        QTest::addColumn<QByteArray>("json");
        for (const char *bad : {"1.5", "1e300", "\"12x\"", "\"\"", "true", "[]", "{}", "\"9223372036854775808\"", "\"1.0\""})
            QTest::newRow(bad) << "{\"i\":"_ba + bad + '}';
    }
    void integers()
    {
        QFETCH(QByteArray, json);
        JsonReader in(object(json));
        QCOMPARE(in.integer("i"_L1, 5), 5);
        QVERIFY(in.error());
        QCOMPARE(in.error()->message, u"/i: expected integer"_s);
    }

    void theFirstMistakeIsKept()
    {
        JsonReader in(object(R"({"b":"yes","a":{}})"));
        QCOMPARE(in.boolean("b"_L1, true), true);
        std::ignore = in.array("a"_L1);
        in.reject("c"_L1, u"later"_s);
        QCOMPARE(in.error()->message, u"/b: expected boolean"_s);
    }
};

SIGNALBOX_TEST(TstJsonReader)
#include "tst_jsonreader.moc"
