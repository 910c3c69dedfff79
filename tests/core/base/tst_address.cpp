// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/address.h"
#include "tests/support/testmain.h"

#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using core::Address;
using core::Error;

class TstAddress final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void roundTrip_data()
    {
        QTest::addColumn<QStringList>("path");
        QTest::newRow("plain") << QStringList{u"DEFAULT_GROUP"_s, u"app.yaml"_s};
        QTest::newRow("slashes") << QStringList{u"io.github.user/server"_s, u"a/b/c"_s};
        QTest::newRow("dots") << QStringList{u".."_s, u"."_s, u"..."_s, u"a/../b"_s};
        QTest::newRow("Chinese") << QStringList{u"配置"_s, u"订单服务.yaml"_s};
        QTest::newRow("astral") << QStringList{u"🚀"_s, u"𝒳"_s};
        QTest::newRow("reserved") << QStringList{u"a?b#c&d=e%f+g h;i,j:k@l!$'()*[]|\\^`{}\"<>~"_s};
        QTest::newRow("percent digits") << QStringList{u"%41"_s, u"%2F"_s, u"100%"_s, u"%"_s};
        QTest::newRow("control") << QStringList{u"a\tb\nc\x01"_s + QChar(0x7f)};
        QTest::newRow("what Nacos allows") << QStringList{u"a.b:c-d_e"_s};
        QTest::newRow("blank") << QStringList{u" "_s, u"\u00a0"_s};
        QTest::newRow("byte order mark") << QStringList{u"\ufeffx"_s};
    }
    void roundTrip()
    {
        QFETCH(QStringList, path);
        const auto built = Address::build(u"shop-staging"_s, u"public"_s, u"config"_s, path);
        QVERIFY(built);
        const auto again = Address::parse(built->toString());
        QVERIFY2(again, qPrintable(built->toString()));
        QCOMPARE(again->path(), path);
        QCOMPARE(*again, *built);
        QCOMPARE(qHash(*again), qHash(*built));
        const QString text = built->toString();
        QVERIFY2(std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() > 0x20 && c.unicode() < 0x7f; }), "ASCII only");
    }

    void text_isAsDocumented()
    {
        const auto address = Address::build(u"shop"_s, u"公共"_s, u"config"_s, {u"G"_s, u"a/b.yaml"_s});
        QVERIFY(address);
        QCOMPARE(address->toString(), u"signalbox://shop/%E5%85%AC%E5%85%B1/config/G/a%2Fb.yaml"_s);
        QCOMPARE(address->local(), u"%E5%85%AC%E5%85%B1/config/G/a%2Fb.yaml"_s);
        QCOMPARE(address->withRevision(u"7/1"_s).withVersion(u"1.0.0"_s).toString(),
                 u"signalbox://shop/%E5%85%AC%E5%85%B1/config/G/a%2Fb.yaml?rev=7%2F1&version=1.0.0"_s);
        QCOMPARE(address->withRevision(u"7"_s).local(), address->local());
        QVERIFY(Address().isEmpty());
        QVERIFY(Address().toString().isEmpty());
    }

    void queryIsRead()
    {
        const auto address = Address::parse(u"signalbox://shop/-/mcp/io.github.x%2Fy?version=1.2&rev=%E4%B8%80");
        QVERIFY(address);
        QCOMPARE(address->version(), u"1.2"_s);
        QCOMPARE(address->revision(), u"一"_s);
        QCOMPARE(*Address::parse(address->toString()), *address);
    }

    void otherProfile()
    {
        const auto address = Address::parse(u"signalbox://shop/public/config/G/x?rev=3");
        const auto other = address->withProfile(u"~0123456789abcdef"_s);
        QVERIFY(other);
        QCOMPARE(other->toString(), u"signalbox://~0123456789abcdef/public/config/G/x?rev=3"_s);
        QVERIFY(!address->withProfile(u"Not A Slug"_s));
    }

    void hostile_data()
    {
        QTest::addColumn<QString>("text");
        const auto row = [](const char *name, const QString &text) { QTest::newRow(name) << text; };
        row("empty", {});
        row("other scheme", u"http://shop/public/config/G/x"_s);
        row("scheme in capitals", u"SIGNALBOX://shop/public/config/G/x"_s);
        row("no name", u"signalbox://shop/public/config"_s);
        row("empty name", u"signalbox://shop/public/config/"_s);
        row("empty middle", u"signalbox://shop/public/config//x"_s);
        row("empty space", u"signalbox://shop//config/G/x"_s);
        row("empty profile", u"signalbox:///public/config/G/x"_s);
        row("capital in profile", u"signalbox://Shop/public/config/x"_s);
        row("41 characters of profile", u"signalbox://"_s + QString(41, u'a') + u"/public/config/x"_s);
        row("line feed after the profile", u"signalbox://shop%0A/public/config/x"_s);
        row("short hash", u"signalbox://~0123/public/config/x"_s);
        row("kind with capital", u"signalbox://shop/public/Config/x"_s);
        row("kind with blank", u"signalbox://shop/public/con%20fig/x"_s);
        row("percent at the end", u"signalbox://shop/public/config/x%"_s);
        row("half a percent", u"signalbox://shop/public/config/x%4"_s);
        row("percent with letters", u"signalbox://shop/public/config/%zz"_s);
        row("percent with sign", u"signalbox://shop/public/config/%+1"_s);
        row("percent with blank", u"signalbox://shop/public/config/% 1"_s);
        row("percent with wide digits", u"signalbox://shop/public/config/%１１"_s);
        row("NUL", u"signalbox://shop/public/config/a%00b"_s);
        row("NUL as it is", u"signalbox://shop/public/config/a"_s + QChar(u'\0'));
        row("overlong UTF-8", u"signalbox://shop/public/config/%C0%AF"_s);
        row("UTF-8 surrogate", u"signalbox://shop/public/config/%ED%A0%80"_s);
        row("half a surrogate", u"signalbox://shop/public/config/a"_s + QChar(0xd800));
        row("beyond Unicode", u"signalbox://shop/public/config/%F4%90%80%80"_s);
        row("Latin-1 byte", u"signalbox://shop/public/config/%E9"_s);
        row("unknown query", u"signalbox://shop/public/config/x?other=1"_s);
        row("query without value", u"signalbox://shop/public/config/x?rev="_s);
        row("query without name", u"signalbox://shop/public/config/x?=1"_s);
        row("query NUL", u"signalbox://shop/public/config/x?rev=%00"_s);
        row("query not UTF-8", u"signalbox://shop/public/config/x?rev=%FF"_s);
        row("too long", u"signalbox://shop/public/config/"_s + QString(4096, u'x'));
        row("too long when encoded", u"signalbox://shop/public/config/"_s + QString(1000, u'配'));
        row("revision too long when encoded", u"signalbox://shop/public/config/x?rev="_s + QString(1000, u'配'));
        row("user info", u"signalbox://user:pw@shop/public/config/x"_s);
        row("port", u"signalbox://shop:80/public/config/x"_s);
    }
    void hostile()
    {
        QFETCH(QString, text);
        const auto address = Address::parse(text);
        QVERIFY(!address);
        QCOMPARE(address.error().kind, Error::Kind::Usage);
        QVERIFY(address.error().message.startsWith(u"not an address: "_s));
    }

    void build_refusesWhatParseWould()
    {
        QVERIFY(!Address::build(u"shop"_s, u"public"_s, u"config"_s, {}));
        QVERIFY(!Address::build(u"shop"_s, u"public"_s, u"config"_s, {u"a"_s, QString()}));
        QVERIFY(!Address::build(u"shop"_s, {}, u"config"_s, {u"a"_s}));
        QVERIFY(!Address::build(u"shop"_s, u"public"_s, {}, {u"a"_s}));
        QVERIFY(!Address::build(u"shop"_s, u"public"_s, u"config"_s, {QString(QChar(0xdc00))}));
        QVERIFY(!Address::build(u"shop"_s, u"public"_s, u"config"_s, {QString(5000, u'a')}));
        QVERIFY(Address::build(QString(40, u'a'), u"-"_s, u"message"_s, {u"1"_s}));
    }

    void anythingParsed_isSpelledTheSameAgain()
    {
        // Seeded: a failure can be repeated.
        QRandomGenerator random(20240131);
        const QString alphabet = u"abz09-~/%?=&#.:@ \\\"é配🚀\u0000\u0007rev=version=signalbox://E8"_s;
        int parsed = 0;
        for (int i = 0; i < 20000; ++i) {
            QString text = u"signalbox://p/s/k/"_s;
            const int length = random.bounded(24);
            for (int k = 0; k < length; ++k)
                text += alphabet.at(random.bounded(int(alphabet.size())));
            const auto address = Address::parse(text);
            if (!address)
                continue;
            ++parsed;
            const auto again = Address::parse(address->toString());
            QVERIFY2(again && *again == *address, qPrintable(text));
        }
        QVERIFY(parsed > 100);
    }

    void slug_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("slug");
        QTest::newRow("words") << u"Shop Staging"_s << u"shop-staging"_s;
        QTest::newRow("marks") << u"  Shop — (EU) #2 "_s << u"shop-eu-2"_s;
        QTest::newRow("Chinese") << u"生产"_s << u"connection"_s;
        QTest::newRow("mixed") << u"生产 prod"_s << u"prod"_s;
        QTest::newRow("empty") << QString() << u"connection"_s;
        QTest::newRow("long") << QString(60, u'a') << QString(40, u'a');
        QTest::newRow("cut at a dash") << QString(39, u'a') + u" b"_s << QString(39, u'a');
        QTest::newRow("accents") << u"café"_s << u"caf"_s;
    }
    void slug()
    {
        QFETCH(QString, name);
        QTEST(Address::slug(name), "slug");
        QVERIFY(Address::build(Address::slug(name), u"-"_s, u"config"_s, {u"x"_s}));
    }
};

SIGNALBOX_TEST(TstAddress)
#include "tst_address.moc"
