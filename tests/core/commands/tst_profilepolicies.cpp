// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/common/profilepolicies.h"

#include "core/profiles/profilestore.h"
#include "tests/support/await.h"
#include "tests/support/temphome.h"
#include "tests/support/testmain.h"

#include <QDir>
#include <QSysInfo>
#include <QTest>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace core;
using core::commands::HostNames;
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

    QMap<QString, QStringList> m_hosts; ///< addresses of the names there are
    QStringList m_asked;                ///< in order

    HostNames::Lookup lookup()
    {
        return [this](const QString &name, QObject *receiver, const HostNames::Found &found) {
            m_asked.append(name);
            QTimer::singleShot(0, receiver, [this, name, found] {
                const auto it = m_hosts.constFind(name);
                if (it == m_hosts.cend())
                    return found(std::nullopt);
                if (!it->isEmpty()) // else nobody answers
                    found(*it);
            });
        };
    }
    std::unique_ptr<ProfilePolicies> unasked(const QStringList &servers)
    {
        m_store = std::make_unique<profiles::ProfileStore>(m_home->path());
        return std::make_unique<ProfilePolicies>([this]() -> profiles::ProfileStore & { return *m_store; },
                                                 ProfilePolicies::Place{m_home->path(), servers}, lookup());
    }
    std::unique_ptr<ProfilePolicies> policies(const QStringList &servers)
    {
        auto made = unasked(servers);
        tests::await(made->findNames(this));
        return made;
    }
    bool isClosed(const QString &server) { return policies({server})->policyOf(Unsaved)->protection == Protection::ReadOnly; }

private Q_SLOTS:
    void init()
    {
        m_home = std::make_unique<tests::TempHome>();
        m_hosts = {{u"shop.example"_s, {u"10.1.1.1"_s}}, {u"shop2.example"_s, {u"10.1.1.2"_s, u"fd00::2"_s}}};
        m_asked.clear();
    }
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
            QCOMPARE(policies({given})->policyOf(Unsaved)->unlockedWith, u"prod"_s);
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
        const auto strange = policies({u"shop.example"_s});
        QVERIFY(strange->policyOf(Unsaved)->protection == Protection::ReadOnly);
        const QString why = strange->whyClosed(strange->policyOf(Unsaved)->unlockedWith);
        QVERIFY2(why.contains(u"does not understand"_s) && why.contains(u"\"new\""_s), qPrintable(why));
        QVERIFY(!isClosed(u"http://shop2.example"_s));
        // Understood as far as it matters.
        m_home->write(u"profiles.json"_s, file(profile("new", server, "'environment':'development','keep':'ashes'")));
        QVERIFY(!isClosed(u"shop.example"_s));
    }

    void fileThatCannotBeRead_closesEverything()
    {
        QVERIFY(QDir(m_home->path()).mkdir(u"profiles.json"_s));
        const auto blind = policies({u"shop.example"_s});
        QVERIFY(blind->policyOf(Unsaved)->protection == Protection::ReadOnly);
        QVERIFY(blind->whyClosed(blind->policyOf(Unsaved)->unlockedWith).contains(u"cannot be read"_s));
    }

    void fileThatWasDamaged_closesEveryCallUntilItWasLookedAt()
    {
        m_home->write(u"profiles.json"_s, "{");
        for (int call = 0; call < 3; ++call) {
            const auto found = policies({u"shop.example"_s});
            QVERIFY(found->policyOf(Unsaved)->protection == Protection::ReadOnly);
            const QString why = found->whyClosed(found->policyOf(Unsaved)->unlockedWith);
            QVERIFY2(why.contains(m_home->path() + u"/profiles.json.damaged-"_s) && why.contains(u"delete that file"_s), qPrintable(why));
        }
        QDir home(m_home->path());
        for (const QString &name : home.entryList({u"profiles.json.damaged-*"_s}))
            QVERIFY(home.remove(name));
        QVERIFY(!isClosed(u"shop.example"_s));
    }

    void everyNameOfAProtectedServer_data()
    {
        QTest::addColumn<QByteArray>("saved");
        QTest::addColumn<QString>("given");
        QTest::addColumn<bool>("closed");
        QTest::addColumn<QString>("lost");
        const auto shop = "'http://shop.example:8848'"_ba;
        QTest::newRow("another name") << shop << u"http://registry.example:8848"_s << true << QString();
        QTest::newRow("another name, its console") << shop << u"http://registry.example:8080"_s << true << QString();
        QTest::newRow("another name, another port") << shop << u"http://registry.example:8849"_s << false << QString();
        QTest::newRow("one address of several") << shop << u"http://both.example:8848"_s << true << QString();
        QTest::newRow("its address") << shop << u"http://10.1.1.1:8848"_s << true << QString();
        QTest::newRow("another address") << shop << u"http://10.1.1.9:8848"_s << false << QString();
        QTest::newRow("saved by its address") << "'http://10.1.1.1:8848'"_ba << u"http://registry.example"_s << true << QString();
        QTest::newRow("IPv4 in IPv6") << "'http://10.1.1.1:8848'"_ba << u"http://mapped.example"_s << true << QString();
        QTest::newRow("a name of this machine") << "'http://127.0.0.1:8848'"_ba << u"http://mine.example"_s << true << QString();
        QTest::newRow("another machine") << shop << u"http://shop2.example:8848"_s << false << QString();
        QTest::newRow("saved name that is not found")
            << "'http://gone.example:8848'"_ba << u"http://shop.example"_s << true << u"gone.example"_s;
        QTest::newRow("… and an address") << "'http://gone.example:8848'"_ba << u"http://10.1.1.1"_s << true << u"gone.example"_s;
        QTest::newRow("… and this machine") << "'http://gone.example:8848'"_ba << u"http://127.0.0.1"_s << false << QString();
        QTest::newRow("… and another port") << "'http://gone.example:8848'"_ba << u"http://shop.example:1"_s << false << QString();
        QTest::newRow("given name that is not found") << shop << u"http://gone.example"_s << true << u"gone.example"_s;
    }
    void everyNameOfAProtectedServer()
    {
        QFETCH(QByteArray, saved);
        QFETCH(QString, given);
        QFETCH(bool, closed);
        m_hosts.insert({{u"registry.example"_s, {u"10.1.1.1"_s}},
                        {u"both.example"_s, {u"fd00::7"_s, u"10.1.1.1"_s}},
                        {u"mapped.example"_s, {u"::ffff:10.1.1.1"_s}},
                        {u"mine.example"_s, {u"127.0.1.1"_s}}});
        m_home->write(u"profiles.json"_s, file(profile("prod", saved, "'environment':'production'")));
        const auto found = policies({given});
        const guard::Policy policy = *found->policyOf(Unsaved);
        QCOMPARE(policy.protection == Protection::ReadOnly, closed);
        QCOMPARE(policy.unlockedWith, closed ? u"prod"_s : QString());
        QTEST(found->whyUnsure(policy.unlockedWith), "lost");
        m_home->write(u"profiles.json"_s, file(profile("free", saved, "'environment':'staging'")));
        QVERIFY(!isClosed(given));
    }

    void namesThatWereNotAskedFor_countAsTheProtectedServer()
    {
        m_home->write(u"profiles.json"_s, file(profile("prod", "'http://shop.example:8848'", "'environment':'production'")));
        QVERIFY(unasked({u"shop2.example"_s})->policyOf(Unsaved)->protection == Protection::ReadOnly);
        QVERIFY(unasked({u"shop2.example:1"_s})->policyOf(Unsaved)->protection == Protection::None);
    }

    /// Nobody who only reads, or has nothing to tell apart, waits for a name server.
    void namesAreAskedForOnlyWhereTheyTellSomething()
    {
        m_home->write(u"profiles.json"_s, file(profile("prod", "'http://shop.example:8848'", "'environment':'production'")));
        for (const QString &given : {u"shop.example"_s, u"SHOP.example."_s, u"shop2.example:99"_s}) {
            policies({given});
            QCOMPARE(m_asked, QStringList());
        }
        policies({});
        QCOMPARE(m_asked, QStringList());
        policies({u"shop2.example"_s});
        QCOMPARE(QSet<QString>(m_asked.cbegin(), m_asked.cend()), (QSet<QString>{u"shop.example"_s, u"shop2.example"_s}));
        m_asked.clear();
        policies({u"10.0.0.1"_s});
        QCOMPARE(m_asked, QStringList{u"shop.example"_s});
        // What another network resolves is compared as it is.
        m_asked.clear();
        m_home->write(u"profiles.json"_s,
                      file(profile("prod", "'http://shop.example:8848'",
                                   "'environment':'production','proxy':{'kind':'ssh','host':'jump.example','port':22}")));
        QVERIFY(!isClosed(u"10.1.1.1"_s));
        QVERIFY(isClosed(u"shop.example"_s));
        QCOMPARE(m_asked, QStringList());
    }

    void nameServerThatNeverAnswers_isNotWaitedForLong()
    {
        m_hosts.insert(u"slow.example"_s, {});
        m_home->write(u"profiles.json"_s, file(profile("prod", "'http://slow.example:8848'", "'environment':'production'")));
        const auto found = unasked({u"shop.example"_s});
        QVERIFY(tests::await(found->findNames(this), std::chrono::seconds(30)));
        QCOMPARE(found->whyUnsure(found->policyOf(Unsaved)->unlockedWith), u"slow.example"_s);
    }

    void savedConnectionOfThePracticesName_isTheSavedOne()
    {
        m_home->write(u"profiles.json"_s, file(profile("practice", "'http://a:1'", "'environment':'production'")));
        QVERIFY(policies({})->policyOf(u"practice"_s)->protection == Protection::ReadOnly);
        m_home->write(u"profiles.json"_s, file({}));
        QVERIFY(policies({})->policyOf(u"practice"_s)->protection == Protection::None);
        QVERIFY(!policies({})->policyOf(u"nobody"_s));
    }
};

SIGNALBOX_TEST(TstProfilePolicies)
#include "tst_profilepolicies.moc"
