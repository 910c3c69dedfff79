// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/wire/jsoncursor.h"

#include "core/nacos/session/rpcanswer.h"
#include "tests/support/testmain.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace core::nacos::wire;

namespace {

/// The member `content` of an object, everything else passed over; null when the text is malformed.
QByteArray content(const QByteArray &json)
{
    QByteArray value("absent");
    JsonCursor in(json);
    for (bool more = in.beginObject(); more; more = in.nextMember()) {
        if (in.name() == "content")
            value = in.string();
        else
            in.skip();
    }
    return in.finished() ? value : QByteArray();
}

QJsonValue randomValue(QRandomGenerator &random, int depth)
{
    const auto text = [&random] {
        QString out;
        for (int i = int(random.bounded(12)); i > 0; --i) {
            constexpr char16_t odd[] = u"\"\\/\b\f\n\r\t\u0001\u001f \u00e4\u4e2d\u20ac{}[]:,";
            out +=
                random.bounded(3) == 0 ? QChar(odd[random.bounded(int(std::size(odd)) - 1)]) : QChar(u'a' + char16_t(random.bounded(26)));
            if (random.bounded(20) == 0)
                out += u"😀"_s;
        }
        return out;
    };
    switch (random.bounded(depth > 3 ? 5 : 7)) {
    case 0:
        return QJsonValue::Null;
    case 1:
        return random.bounded(2) == 0;
    case 2:
        return qint64(random.generate64() >> 12);
    case 3:
        return random.generateDouble() * 1e6;
    case 4:
        return text();
    case 5: {
        QJsonArray array;
        for (int i = int(random.bounded(4)); i > 0; --i)
            array.append(randomValue(random, depth + 1));
        return array;
    }
    default: {
        QJsonObject object;
        for (int i = int(random.bounded(4)); i > 0; --i)
            object.insert(text(), randomValue(random, depth + 1));
        return object;
    }
    }
}

} // namespace

class TstJsonCursor : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsStrings_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("plain") << R"({"content":"abc"})"_ba
                               << "abc"_ba;
        QTest::newRow("empty") << R"({"content":""})"_ba
                               << ""_ba;
        QTest::newRow("escapes") << "{\"content\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"}"_ba // no raw literal: moc stumbles over \" in one
                                 << "\"\\/\b\f\n\r\t"_ba;
        QTest::newRow("code points") << R"({"content":"\u0041\u00e4\u4e2d\ud83d\ude00"})"_ba << u"Aä中😀"_s.toUtf8();
        QTest::newRow("half a pair") << R"({"content":"\ud83dx"})"_ba
                                     << "\xef\xbf\xbdx"_ba;
        QTest::newRow("byte order mark") << "{\"content\":\"\xef\xbb\xbfx\"}"_ba
                                         << "\xef\xbb\xbfx"_ba;
        QTest::newRow("NUL") << R"({"content":"a\u0000b"})"_ba << QByteArray("a\0b", 3);
        QTest::newRow("white space") << " { \"a\" : [ 1 , { } ] ,\n\"content\"\t:\r\"x\" } "_ba
                                     << "x"_ba;
        QTest::newRow("after nested values") << "{\"a\":{\"b\":[{\"c\":null},true,-1.5e3,\"]}\"]},\"content\":\"x\"}"_ba
                                             << "x"_ba;
        QTest::newRow("absent") << R"({"a":1})"_ba
                                << "absent"_ba;
        QTest::newRow("no members") << "{}"_ba
                                    << "absent"_ba;
    }
    void readsStrings()
    {
        QFETCH(QByteArray, json);
        QTEST(content(json), "expected");
        QVERIFY(!content(json).isNull());
    }

    void refusesWhatIsMalformed_data()
    {
        QTest::addColumn<QByteArray>("json");
        const char *bad[] = {"",
                             "[]",
                             "\"x\"",
                             "{",
                             R"({"content")",
                             R"({"content":)",
                             "{\"content\":\"x",
                             R"({"a":1,})",
                             R"({"a" 1})",
                             R"({a:1})",
                             R"({"a":[1,})",
                             R"({"a":[1})",
                             R"({"a":{"b":1})",
                             R"({"a":tru})",
                             R"({"a":"\x"})",
                             R"({"a":"\u12"})",
                             R"({"a":"\u12g4"})",
                             R"({"a":1}x)",
                             R"({"a":})",
                             R"({"a":1 "b":2})",
                             "{\"a\":\"\xff\"}"};
        int i = 0;
        for (const char *json : bad)
            QTest::addRow("%d: %s", ++i, json) << QByteArray(json);
        QTest::newRow("too deep") << QByteArray(R"({"a":)") + QByteArray(100'000, '[') + QByteArray(100'000, ']') + "}";
    }
    void refusesWhatIsMalformed()
    {
        QFETCH(QByteArray, json);
        QVERIFY(content(json).isNull());
    }

    void readsNumbersHoweverTheyAreWritten()
    {
        const QByteArray json = R"({"a":1700000000000,"b":"42","c":null,"d":1e3,"e":true,"f":"true","g":null,"h":-7})";
        JsonCursor in(json);
        QMap<QByteArray, qint64> read;
        for (bool more = in.beginObject(); more; more = in.nextMember()) {
            const QByteArray name = in.name();
            read[name] = name >= "e" && name <= "g" ? qint64(in.boolean(false)) : in.integer(-1);
        }
        QVERIFY(in.finished());
        QCOMPARE(
            read,
            (QMap<QByteArray, qint64>{{"a", 1700000000000}, {"b", 42}, {"c", -1}, {"d", 1000}, {"e", 1}, {"f", 1}, {"g", 0}, {"h", -7}}));
    }

    void agreesWithQt()
    {
        QRandomGenerator random(20240101);
        for (int i = 0; i < 3000; ++i) {
            QJsonObject object;
            for (int member = 0; member < 4; ++member)
                object.insert(u"m%1"_s.arg(member), randomValue(random, 0));
            const QString expected = randomValue(random, 9).toString();
            object.insert(u"content"_s, expected);
            const QByteArray json = QJsonDocument(object).toJson(random.bounded(2) ? QJsonDocument::Compact : QJsonDocument::Indented);
            QCOMPARE(QString::fromUtf8(content(json)), expected);
            JsonCursor whole(json);
            QCOMPARE(whole.value(), QJsonValue(object));
            QVERIFY(whole.finished());
            // Cut anywhere, it is malformed to both.
            const QByteArray cut = json.trimmed().left(random.bounded(json.trimmed().size()));
            QVERIFY(content(cut).isNull());
        }
    }

    void treesOfAnyKind()
    {
        const auto tree = [](const QByteArray &json) -> std::optional<QJsonValue> {
            JsonCursor in(json);
            const QJsonValue value = in.value();
            return in.finished() ? std::optional(value) : std::nullopt;
        };
        QCOMPARE(tree("9007199254740993")->toInteger(), Q_INT64_C(9007199254740993));
        QCOMPARE(tree("-1.5e3")->toDouble(), -1500.0);
        QCOMPARE(tree(" [ ] "), QJsonArray());
        QCOMPARE(tree("null"), QJsonValue());
        QCOMPARE(tree("{\"a\":{\"b\":[true,{}]}}"),
                 QJsonValue(QJsonObject{{u"a"_s, QJsonObject{{u"b"_s, QJsonArray{true, QJsonObject()}}}}}));
        QCOMPARE(tree("\"\xef\xbb\xbf\\u0000x\"")->toString(), QString(QChar(0xfeff)) + QChar(0) + u'x');
        for (const char *wrong : {"", "{", "{\"a\":1,}", "[1,]", "1-2", "tru", "{\"a\" 1}", "[1]x"})
            QVERIFY2(!tree(wrong), wrong);
        QVERIFY(!tree(QByteArray(100000, '[')));
    }

    void readsTheHeadOfAnAnswer()
    {
        const auto head = core::nacos::readHead(
            R"({"content":"{\u0022resultCode\u0022:1}","resultCode":500,"errorCode":301,"message":"unregistered","success":false})");
        QVERIFY(head);
        QCOMPARE(head->errorCode, 301);
        QVERIFY(!head->isSuccess());
        QVERIFY(!core::nacos::readHead("[]"));
        QVERIFY(core::nacos::readHead("{}")->resultCode == 500); // what says nothing did not succeed
    }
};

SIGNALBOX_TEST(TstJsonCursor)
#include "tst_jsoncursor.moc"
