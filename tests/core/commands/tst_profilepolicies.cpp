// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/common/profilepolicies.h"

#include "core/profiles/profilestore.h"
#include "tests/support/temphome.h"
#include "tests/support/testmain.h"

#include <QDir>
#include <QSysInfo>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;
using core::commands::ProfilePolicies;
using Protection = core::guard::Policy::Protection;

namespace {

const QString Unsaved = u"~0123456789abcdef"_s;

QByteArray file(const QByteArray &profiles)
{
    return "{\"version\":2,\"default\":\"\",\"profiles\":[" + profiles + "]}";
}

QByteArray profile(const QByteArray &slug, const QByteArray &servers, const QByteArray &more)
{
    const QByteArray text =
        "{'slug':'" + slug + "','name':'" + slug + "','kind':'nacos','servers':[" + servers + "],'auth':{'kind':'none'}," + more + "}";
    return QByteArray(text).replace('\'', '"');
}

} // namespace

/// What the Guard hears of a connection that was given by its address alone.
class TstProfilePolicies final : public QObject {
    Q_OBJECT

    std::unique_ptr<tests::TempHome> m_home;
    std::unique_ptr<profiles::ProfileStore> m_store;

    ProfilePolicies policies(const QStringList &servers)
    {
        m_store = std::make_unique<profiles::ProfileStore>(m_home->path());
        return {[this]() -> profiles::ProfileStore & { return *m_store; }, servers};
    }
    bool isClosed(const QString &server) { return policies({server}).policyOf(Unsaved)->protection == Protection::ReadOnly; }

private Q_SLOTS:
    void init() { m_home = std::make_unique<tests::TempHome>(); }
    void cleanup()
    {
        m_store.reset();
        m_home.reset();
    }

    void everySpellingOfAProtectedServer_data()
    {
        QTest::addColumn<QByteArray>("saved");
        QTest::addColumn<QString>("given");
        QTest::addColumn<bool>("closed");
        const auto here = "'http://127.0.0.1:8848'"_ba, shop = "'http://shop.example:8848'"_ba;
        QTest::newRow("itself") << here << u"http://127.0.0.1:8848"_s << true;
        QTest::newRow("name of the loopback") << here << u"http://localhost:8848"_s << true;
        QTest::newRow("a name under it") << here << u"http://nacos.localhost:8848"_s << true;
        QTest::newRow("IPv6 loopback") << here << u"http://[::1]:8848"_s << true;
        QTest::newRow("IPv6 written out") << here << u"http://[0:0:0:0:0:0:0:1]:8848"_s << true;
        QTest::newRow("IPv4 in IPv6") << here << u"http://[::ffff:127.0.0.1]:8848"_s << true;
        QTest::newRow("another of the loopback") << here << u"http://127.8.8.8:8848"_s << true;
        QTest::newRow("any address") << here << u"http://0.0.0.0:8848"_s << true;
        QTest::newRow("this machine's name") << here << u"http://%1:8848"_s.arg(QSysInfo::machineHostName()) << true;
        QTest::newRow("the other way round") << "'http://localhost:8848'"_ba << u"127.0.0.1"_s << true;
        QTest::newRow("no scheme, no port") << shop << u"shop.example"_s << true;
        QTest::newRow("case, slash, path") << shop << u"HTTP://Shop.EXAMPLE:8848/nacos/"_s << true;
        QTest::newRow("last dot") << shop << u"http://shop.example.:8848"_s << true;
        QTest::newRow("blanks") << shop << u"  http://shop.example:8848 "_s << true;
        QTest::newRow("https to the same port") << shop << u"https://shop.example:8848"_s << true;
        QTest::newRow("its console") << shop << u"http://shop.example:8080"_s << true;
        QTest::newRow("leading zeros") << shop << u"http://shop.example:08848"_s << true;
        QTest::newRow("second server") << "'http://a:1','http://shop.example:8848'"_ba << u"http://shop.example:8848"_s << true;
        QTest::newRow("another port") << shop << u"http://shop.example:8849"_s << false;
        QTest::newRow("another host") << shop << u"http://shop2.example:8848"_s << false;
        QTest::newRow("another address") << "'http://10.0.0.1:8848'"_ba << u"http://10.0.0.2:8848"_s << false;
    }
    void everySpellingOfAProtectedServer()
    {
        QFETCH(QByteArray, saved);
        QFETCH(QString, given);
        QFETCH(bool, closed);
        m_home->write(u"profiles.json"_s, file(profile("prod", saved, "'environment':'production'")));
        QCOMPARE(isClosed(given), closed);
        if (closed)
            QCOMPARE(policies({given}).policyOf(Unsaved)->unlockedWith, u"prod"_s);
        m_home->write(u"profiles.json"_s, file(profile("prod", saved, "'protection':'read-only'")));
        QCOMPARE(isClosed(given), closed);
        m_home->write(u"profiles.json"_s, file(profile("prod", saved, "'environment':'staging'")));
        QVERIFY(!isClosed(given));
    }

    void consoleThatIsSaidCounts()
    {
        m_home->write(u"profiles.json"_s,
                      file(profile("prod", "'http://shop.example:8848'", "'environment':'production','consoleUrl':'http://console:99'")));
        QVERIFY(isClosed(u"http://console:99"_s));
        QVERIFY(!isClosed(u"http://shop.example:8080"_s));
    }

    void connectionNotUnderstood_countsAsProtected()
    {
        const QByteArray server = "'http://shop.example:8848'"_ba;
        m_home->write(u"profiles.json"_s, file(profile("new", server, "'environment':'lunar'")));
        ProfilePolicies strange = policies({u"shop.example"_s});
        QVERIFY(strange.policyOf(Unsaved)->protection == Protection::ReadOnly);
        const QString why = strange.whyClosed(strange.policyOf(Unsaved)->unlockedWith);
        QVERIFY2(why.contains(u"does not understand"_s) && why.contains(u"\"new\""_s), qPrintable(why));
        QVERIFY(!isClosed(u"http://other.example"_s));
        // Understood as far as it matters.
        m_home->write(u"profiles.json"_s, file(profile("new", server, "'environment':'development','keep':'ashes'")));
        QVERIFY(!isClosed(u"shop.example"_s));
    }

    void fileThatCannotBeRead_closesEverything()
    {
        QVERIFY(QDir(m_home->path()).mkdir(u"profiles.json"_s));
        ProfilePolicies blind = policies({u"shop.example"_s});
        QVERIFY(blind.policyOf(Unsaved)->protection == Protection::ReadOnly);
        QVERIFY(blind.whyClosed(blind.policyOf(Unsaved)->unlockedWith).contains(u"cannot be read"_s));
    }

    void fileThatWasDamaged_closesTheCallThatFoundIt()
    {
        m_home->write(u"profiles.json"_s, "{");
        ProfilePolicies found = policies({u"shop.example"_s});
        QVERIFY(found.policyOf(Unsaved)->protection == Protection::ReadOnly);
        QVERIFY(found.whyClosed(found.policyOf(Unsaved)->unlockedWith).contains(u"profiles.json.damaged-"_s));
        QVERIFY(!isClosed(u"shop.example"_s)); // it was said
    }

    void savedConnectionOfThePracticesName_isTheSavedOne()
    {
        m_home->write(u"profiles.json"_s, file(profile("practice", "'http://a:1'", "'environment':'production'")));
        QVERIFY(policies({}).policyOf(u"practice"_s)->protection == Protection::ReadOnly);
        m_home->write(u"profiles.json"_s, file({}));
        QVERIFY(policies({}).policyOf(u"practice"_s)->protection == Protection::None);
        QVERIFY(!policies({}).policyOf(u"nobody"_s));
    }
};

SIGNALBOX_TEST(TstProfilePolicies)
#include "tst_profilepolicies.moc"
