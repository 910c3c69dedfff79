// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/httpclient.h"
#include "tests/support/testmain.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace core::net;

class TstHttpUrl final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void formEncode_data()
    {
        QTest::addColumn<QString>("value");
        QTest::addColumn<QByteArray>("encoded");
        const auto row = [](const char *name, const QString &value, const QByteArray &encoded) { QTest::newRow(name) << value << encoded; };
        row("plain", u"abc-._~09"_s, "abc-._~09");
        row("plus and blank", u"a+b c"_s, "a%2Bb%20c");
        row("percent", u"100%41"_s, "100%2541");
        row("separators", u"a&b=c;d"_s, "a%26b%3Dc%3Bd");
        row("Chinese", u"配置"_s, "%E9%85%8D%E7%BD%AE");
        row("astral", u"🚀"_s, "%F0%9F%9A%80");
        row("line ends", u"a\r\nb\tc"_s, "a%0D%0Ab%09c");
        row("NUL", QString(u"a"_s + QChar(u'\0')), "a%00");
        row("star and quote", u"*'\"!()"_s, "%2A%27%22%21%28%29");
        row("empty", {}, "");
    }
    void formEncode()
    {
        QFETCH(QString, value);
        QFETCH(QByteArray, encoded);
        QCOMPARE(core::net::formEncode({{u"a b"_s, value}, {u"z"_s, u"1"_s}}), "a%20b=" + encoded + "&z=1");
        QCOMPARE(makeUrl(QUrl(u"http://h"_s), u"/p"_s, {{u"v"_s, value}}).toEncoded(), "http://h/p?v=" + encoded);
    }

    void makeUrl_joins()
    {
        QCOMPARE(makeUrl(QUrl(u"http://h:8848"_s), u"/nacos/v3"_s).toEncoded(), "http://h:8848/nacos/v3"_ba);
        QCOMPARE(makeUrl(QUrl(u"http://h:8848/nacos/"_s), u"v3"_s).toEncoded(), "http://h:8848/nacos/v3"_ba);
        QCOMPARE(makeUrl(QUrl(u"http://h:8848/nacos"_s), u"/v3/a%2Fb"_s).toEncoded(), "http://h:8848/nacos/v3/a%2Fb"_ba);
        QCOMPARE(makeUrl(QUrl(u"http://h/%E4%B8%80"_s), u"/x"_s).toEncoded(), "http://h/%E4%B8%80/x"_ba);
        QCOMPARE(makeUrl(QUrl(u"http://h/nacos"_s), {}).toEncoded(), "http://h/nacos"_ba);
    }

    void origin()
    {
        QVERIFY(isSameOrigin(QUrl(u"http://h/a"_s), QUrl(u"http://h:80/b"_s)));
        QVERIFY(isSameOrigin(QUrl(u"https://H/a"_s), QUrl(u"https://h:443/"_s)));
        QVERIFY(!isSameOrigin(QUrl(u"http://h/"_s), QUrl(u"https://h/"_s)));
        QVERIFY(!isSameOrigin(QUrl(u"http://h/"_s), QUrl(u"http://h:8080/"_s)));
        QVERIFY(!isSameOrigin(QUrl(u"http://h/"_s), QUrl(u"http://h.evil/"_s)));
    }
};

SIGNALBOX_TEST(TstHttpUrl)
#include "tst_httpurl.moc"
