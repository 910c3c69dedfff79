// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/canonicaljson.h"
#include "tests/support/testmain.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using core::canonicalJson;

class TstCanonicalJson final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void spelling_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("canonical");
        const auto row = [](const char *name, const QByteArray &json, const QByteArray &canonical) {
            QTest::newRow(name) << json << canonical;
        };
        row("sorted", R"({"b":1,"a":{"d":2,"c":3}})", R"({"a":{"c":3,"d":2},"b":1})");
        row("white space", "{ \"a\" : [ 1 , 2 ] }", R"({"a":[1,2]})");
        row("slash", R"(["a\/b"])", R"(["a/b"])");
        row("numbers", R"([1.0,1e2,0.1,-0,1.50,9007199254740993,-9223372036854775808])",
            R"([1,100,0.1,0,1.5,9007199254740993,-9223372036854775808])");
        row("escapes", "[\"\\u0041\\u000a\\t\\\"\\\\\\u4e2d\"]", "[\"A\\n\\t\\\"\\\\中\"]");
        row("control characters", "[\"\\u0001\\u001f\"]", "[\"\\u0001\\u001f\"]");
        row("literals", R"([true,false,null,"",{},[]])", R"([true,false,null,"",{},[]])");
        row("keys by code unit", "{\"\\uff5e\":1,\"\\ud83d\\ude80\":2,\"z\":3,\"é\":4,\"Z\":5}",
            "{\"Z\":5,\"z\":3,\"é\":4,\"🚀\":2,\"～\":1}");
    }
    void spelling()
    {
        QFETCH(QByteArray, json);
        const QJsonDocument document = QJsonDocument::fromJson(json);
        QVERIFY(!document.isNull());
        const QJsonValue value = document.isObject() ? QJsonValue(document.object()) : QJsonValue(document.array());
        QTEST(canonicalJson(value), "canonical");
        const QJsonDocument again = QJsonDocument::fromJson(canonicalJson(value));
        const QJsonValue second = again.isObject() ? QJsonValue(again.object()) : QJsonValue(again.array());
        QCOMPARE(canonicalJson(second), canonicalJson(value));
    }

    void bothWaysToMakeAnObject_giveOneSpelling()
    {
        // Lookup must hold as well: what is written is what is there.
        QJsonObject made;
        for (const QString &name : {u"～"_s, u"🚀"_s, u"é"_s, u"z"_s})
            made.insert(name, name);
        const QByteArray text = canonicalJson(made);
        QCOMPARE(text, R"({"z":"z","é":"é","🚀":"🚀","～":"～"})"_ba);
        QCOMPARE(canonicalJson(QJsonDocument::fromJson(text).object()), text);
    }

    void halfSurrogates_stayApart()
    {
        QCOMPARE(canonicalJson(QJsonValue(QString(QChar(0xd800)))), "\"\\ud800\""_ba);
        QVERIFY(canonicalJson(QJsonValue(QString(QChar(0xd800)))) != canonicalJson(QJsonValue(QString(QChar(0xd801)))));
    }

    void scalars()
    {
        QCOMPARE(canonicalJson(QJsonValue(u"a\"b"_s)), "\"a\\\"b\""_ba);
        QCOMPARE(canonicalJson(QJsonValue(5)), "5"_ba);
        QCOMPARE(canonicalJson(QJsonValue(QJsonValue::Null)), "null"_ba);
        QCOMPARE(canonicalJson(QJsonValue(true)), "true"_ba);
    }

    void equalValues_equalBytes()
    {
        QCOMPARE(canonicalJson(QJsonValue(1)), canonicalJson(QJsonValue(1.0)));
        QCOMPARE(canonicalJson(QJsonValue(0.0)), canonicalJson(QJsonValue(-0.0)));
        QCOMPARE(canonicalJson(QJsonObject{{u"a"_s, 1}, {u"b"_s, 2}}), canonicalJson(QJsonObject{{u"b"_s, 2.0}, {u"a"_s, 1}}));
        QVERIFY(canonicalJson(QJsonValue(u"1"_s)) != canonicalJson(QJsonValue(1)));
    }
};

SIGNALBOX_TEST(TstCanonicalJson)
#include "tst_canonicaljson.moc"
