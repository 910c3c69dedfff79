// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/profiles/profilestore.h"
#include "tests/support/await.h"
#include "tests/support/temphome.h"
#include "tests/support/testmain.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLockFile>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace core::profiles;
using core::Done;
using core::Error;
using core::Result;

namespace {

Profile named(const QString &name)
{
    Profile profile;
    profile.name = name;
    profile.servers = {u"http://10.0.0.1:8848"_s};
    return profile;
}

} // namespace

class TstProfileStore final : public QObject {
    Q_OBJECT

    std::unique_ptr<tests::TempHome> m_home;

    Profile addTo(ProfileStore &store, const Profile &profile)
    {
        const auto added = tests::await(store.add(profile));
        if (!added || !*added)
            qFatal("%s", qPrintable(tests::errorOf(added)));
        return **added;
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".?"_s));
        m_home = std::make_unique<tests::TempHome>();
    }
    void cleanup() { m_home.reset(); }

    void emptyHome_isNoError()
    {
        const ProfileStore store(m_home->path());
        QVERIFY(store.profiles().isEmpty());
        QVERIFY(!store.loadError());
        QVERIFY(store.defaultSlug().isEmpty());
        QVERIFY(!m_home->exists(u"profiles.json"_s));
    }

    void added_isFoundAgain_byThisAndTheNextProgram()
    {
        ProfileStore store(m_home->path());
        QSignalSpy changed(&store, &ProfileStore::changed);
        const Profile added = addTo(store, named(u"Shop Staging"_s));
        QCOMPARE(added.slug, u"shop-staging"_s);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(store.profiles(), QList<Profile>{added});
        QCOMPARE(store.defaultSlug(), added.slug); // the first is the default
        QCOMPARE(store.find(u"shop-staging"_s), added);
        QCOMPARE(store.findByName(u"shop staging"_s), added);
        QCOMPARE(store.findByName(u"shop-staging"_s), added);
        QVERIFY(!store.findByName(u"other"_s));
        QCOMPARE(QFileInfo(m_home->filePath(u"profiles.json"_s)).permissions() & 0x0077, QFile::Permissions());
        const ProfileStore next(m_home->path());
        QCOMPARE(next.profiles(), QList<Profile>{added});
        QCOMPARE(next.defaultSlug(), added.slug);
    }

    void slugs_areUnique_andStay()
    {
        ProfileStore store(m_home->path());
        const Profile first = addTo(store, named(u"生产"_s));
        QCOMPARE(first.slug, u"connection"_s);
        QCOMPARE(addTo(store, named(u"测试"_s)).slug, u"connection-2"_s);
        QCOMPARE(addTo(store, named(QString(60, u'a'))).slug, QString(40, u'a'));
        QCOMPARE(addTo(store, named(QString(61, u'a'))).slug, QString(38, u'a') + u"-2"_s);
        Profile renamed = first;
        renamed.name = u"Production"_s;
        QCOMPARE((*tests::await(store.update(renamed)))->slug, u"connection"_s);
        Profile chosen = named(u"Chosen"_s);
        chosen.slug = u"my-own"_s;
        QCOMPARE(addTo(store, chosen).slug, u"my-own"_s);
    }

    void aNameTaken_isAConflict()
    {
        ProfileStore store(m_home->path());
        addTo(store, named(u"Shop"_s));
        const Profile other = addTo(store, named(u"Other"_s));
        QCOMPARE(tests::await(store.add(named(u"sHOP"_s)))->error().kind, Error::Kind::Conflict);
        Profile renamed = other;
        renamed.name = u"Shop"_s;
        QCOMPARE(tests::await(store.update(renamed))->error().kind, Error::Kind::Conflict);
        QCOMPARE(store.find(other.slug)->name, u"Other"_s);
        QVERIFY(*tests::await(store.update(other))); // its own name is no conflict
    }

    void problems_areUsage_andUnknownSlugs_NotFound()
    {
        ProfileStore store(m_home->path());
        const auto bad = tests::await(store.add(named({})));
        QCOMPARE(bad->error().kind, Error::Kind::Usage);
        QVERIFY(bad->error().message.startsWith(u"/name: "_s));
        Profile ghost = named(u"Ghost"_s);
        ghost.slug = u"ghost"_s;
        QCOMPARE(tests::await(store.update(ghost))->error().kind, Error::Kind::NotFound);
        QCOMPARE(tests::await(store.remove(u"ghost"_s))->error().kind, Error::Kind::NotFound);
        QCOMPARE(tests::await(store.setDefault(u"ghost"_s))->error().kind, Error::Kind::NotFound);
        QCOMPARE(tests::await(store.rememberNamespace(u"ghost"_s, u"x"_s))->error().kind, Error::Kind::NotFound);
        QVERIFY(!m_home->exists(u"profiles.json"_s));
    }

    void removeDefaultAndOrder()
    {
        ProfileStore store(m_home->path());
        const QString a = addTo(store, named(u"A"_s)).slug, b = addTo(store, named(u"B"_s)).slug, c = addTo(store, named(u"C"_s)).slug;
        QVERIFY(*tests::await(store.setDefault(b)));
        QCOMPARE(store.defaultSlug(), b);
        QVERIFY(*tests::await(store.setOrder({c, a, b})));
        QCOMPARE(store.profiles().constFirst().slug, c);
        QVERIFY(*tests::await(store.setOrder({b})));
        QCOMPARE(store.profiles().constFirst().slug, b);
        QCOMPARE(store.profiles().size(), 3);
        QVERIFY(*tests::await(store.remove(b)));
        QVERIFY(store.defaultSlug().isEmpty());
        QVERIFY(*tests::await(store.remove(a)));
        QCOMPARE(store.profiles().size(), 1);
    }

    void namespacesTyped_areRemembered()
    {
        ProfileStore store(m_home->path());
        const QString slug = addTo(store, named(u"A"_s)).slug;
        QVERIFY(*tests::await(store.rememberNamespace(slug, u"prod"_s)));
        QVERIFY(*tests::await(store.rememberNamespace(slug, u"prod"_s)));
        QVERIFY(*tests::await(store.rememberNamespace(slug, {})));
        QCOMPARE(store.find(slug)->typedNamespaces, QStringList{u"prod"_s});
    }

    void twoPrograms_loseNoEdit()
    {
        ProfileStore window(m_home->path()), ctl(m_home->path());
        int done = 0;
        for (int i = 0; i < 10; ++i) {
            window.add(named(u"window %1"_s.arg(i)))->then(this, [&](const Result<Profile> &result) { done += result ? 1 : 0; });
            ctl.add(named(u"ctl %1"_s.arg(i)))->then(this, [&](const Result<Profile> &result) { done += result ? 1 : 0; });
        }
        QTRY_COMPARE_WITH_TIMEOUT(done, 20, 20000);
        QCOMPARE(ProfileStore(m_home->path()).profiles().size(), 20);
    }

    void othersEdits_areNoticed()
    {
        ProfileStore window(m_home->path()), ctl(m_home->path());
        window.watch();
        QSignalSpy changed(&window, &ProfileStore::changed);
        addTo(ctl, named(u"From ctl"_s));
        QTRY_COMPARE(window.profiles().size(), 1);
        QCOMPARE(changed.count(), 1);
        QVERIFY(*tests::await(ctl.remove(u"from-ctl"_s)));
        QTRY_VERIFY(window.profiles().isEmpty());
        // Without watching, a change of ours brings theirs along.
        ProfileStore third(m_home->path());
        addTo(ctl, named(u"Again"_s));
        addTo(third, named(u"Mine"_s));
        QCOMPARE(third.profiles().size(), 2);
    }

    void membersOfNewerVersions_survive()
    {
        m_home->write(
            u"profiles.json"_s,
            R"({"version":1,"default":"a","newThing":{"x":1},"profiles":[{"slug":"a","name":"A","servers":["h:1"],"colourScheme":"x"}]})");
        ProfileStore store(m_home->path());
        QCOMPARE(store.profiles().size(), 1);
        addTo(store, named(u"B"_s));
        const QJsonObject document = QJsonDocument::fromJson(m_home->read(u"profiles.json"_s)).object();
        QCOMPARE(document.value(u"newThing"_s).toObject().value(u"x"_s).toInt(), 1);
        QCOMPARE(document.value(u"profiles"_s).toArray().at(0).toObject().value(u"colourScheme"_s).toString(), u"x"_s);
    }

    void damagedFile_isKeptAsideWhole_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<int>("saved");
        QTest::newRow("text") << "hello"_ba << 0;
        QTest::newRow("zeros") << QByteArray(50, '\0') << 0;
        QTest::newRow("cut off") << "{\"version\":1,\"profiles\":[{\"slug\":\"a\""_ba << 0;
        QTest::newRow("list") << "[]"_ba << 0;
        QTest::newRow("profiles is no list") << R"({"profiles":{}})"_ba << 0;
        QTest::newRow("a profile is no object") << R"({"profiles":[7,{"name":"x","slug":"a"}]})"_ba << 1;
        QTest::newRow("no slug") << R"({"profiles":[{"name":"x"}]})"_ba << 0;
        QTest::newRow("slug twice") << R"({"profiles":[{"name":"x","slug":"a"},{"name":"y","slug":"a"}]})"_ba << 1;
        QTest::newRow("hostile slug") << R"({"profiles":[{"name":"x","slug":"../../etc"},{"name":"x","slug":"a"}]})"_ba << 1;
    }
    void damagedFile_isKeptAsideWhole()
    {
        QFETCH(QByteArray, content);
        QFETCH(int, saved);
        m_home->write(u"profiles.json"_s, content);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"profiles.json was damaged"_s));
        ProfileStore store(m_home->path());
        QVERIFY2(!store.loadError(), qPrintable(store.loadError() ? store.loadError()->message : QString()));
        QVERIFY(store.setAside());
        QCOMPARE(m_home->read(store.setAside()->movedTo), content);
        QCOMPARE(store.setAside()->saved, saved);
        QCOMPARE(store.profiles().size(), saved);
        QVERIFY(*tests::await(store.add(named(u"A"_s))));
        const ProfileStore again(m_home->path());
        QVERIFY(!again.loadError() && !again.setAside());
        QCOMPARE(again.profiles().size(), saved + 1);
        QCOMPARE(QDir(m_home->path()).entryList({u"profiles.json.damaged-*"_s}).size(), 1);
    }

    void fileOfANewerVersion_isNeverOverwritten()
    {
        // Whether or not what this version reads of it makes sense.
        for (const char *kind : {"of the future", "nacos"}) {
            QByteArray content = R"({"version":9,"profiles":[{"name":"x","slug":"a","servers":["h:1"],"kind":"KIND"}]})"_ba;
            content.replace("KIND", kind);
            m_home->write(u"profiles.json"_s, content);
            ProfileStore store(m_home->path());
            QVERIFY(!store.loadError() && !store.setAside());
            QCOMPARE(store.profiles().size() + store.notUnderstood().size(), 1);
            const auto added = *tests::await(store.add(named(u"A"_s)));
            QVERIFY(!added);
            QCOMPARE(added.error().kind, Error::Kind::Unsupported);
            QCOMPARE(m_home->read(u"profiles.json"_s), content);
        }
        const QByteArray damaged = R"({"version":9,"profiles":[7]})"_ba;
        m_home->write(u"profiles.json"_s, damaged);
        const ProfileStore store(m_home->path());
        QVERIFY(store.loadError() && !store.setAside());
        QVERIFY2(store.loadError()->message.startsWith(u"profiles.json: "_s), qPrintable(store.loadError()->message));
        QCOMPARE(m_home->read(u"profiles.json"_s), damaged);
    }

    /// A word of another version is no damage: the connection is not shown, and not lost by whatever is done to the others.
    void connectionNotUnderstood_staysAsItIs()
    {
        m_home->write(
            u"profiles.json"_s,
            R"({"version":1,"default":"b","profiles":[{"slug":"a","name":"A","servers":["h:1"]},{"slug":"b","name":"B","servers":["h:1"],"proxy":{"kind":"wormhole"},"x":[1]},{"slug":"c","name":"C","servers":["h:1"]}]})");
        const auto entry = [this](int index) {
            return QJsonDocument::fromJson(m_home->read(u"profiles.json"_s)).object().value("profiles"_L1).toArray().at(index).toObject();
        };
        const QJsonObject before = entry(1);
        ProfileStore store(m_home->path());
        QVERIFY(!store.loadError() && !store.setAside());
        QCOMPARE(store.profiles().size(), 2);
        QCOMPARE(store.notUnderstood().size(), 1);
        QCOMPARE(store.notUnderstood().first().name, u"B"_s);
        QVERIFY2(store.notUnderstood().first().what.startsWith(u"/proxy/kind: "_s), qPrintable(store.notUnderstood().first().what));
        QVERIFY(store.defaultSlug().isEmpty());
        addTo(store, named(u"D"_s));
        QCOMPARE(entry(1), before);
        // Its name and its slug are taken.
        const auto again = *tests::await(store.add(named(u"b"_s)));
        QVERIFY(!again);
        QCOMPARE(again.error().kind, Error::Kind::Conflict);
        QVERIFY(*tests::await(store.remove(u"a"_s)));
        QVERIFY(*tests::await(store.remove(u"c"_s)));
        QVERIFY(*tests::await(store.remove(u"d"_s)));
        QCOMPARE(entry(0), before);
        QVERIFY(QDir(m_home->path()).entryList({u"profiles.json.damaged-*"_s}).isEmpty());
    }

    void damageThatCannotBeKept_changesNothing()
    {
        m_home->write(u"profiles.json"_s, "{ damaged");
        // No lock, no change: another program is at it.
        QLockFile other(m_home->path() + u"/profiles.json.lock"_s);
        QVERIFY(other.tryLock(0));
        const ProfileStore store(m_home->path());
        QVERIFY(store.loadError());
        QVERIFY(!store.setAside());
        QCOMPARE(m_home->read(u"profiles.json"_s), "{ damaged"_ba);
    }

    void fileDamagedWhileRunning_keepsWhatWasRead()
    {
        ProfileStore store(m_home->path());
        addTo(store, named(u"A"_s));
        m_home->write(u"profiles.json"_s, "{ half an edit");
        store.reload();
        QVERIFY(store.loadError());
        QCOMPARE(store.profiles().size(), 1);
        m_home->write(u"profiles.json"_s, "");
        store.reload();
        QVERIFY(!store.loadError());
        QVERIFY(store.profiles().isEmpty());
    }

    void exportAndImport_carryNoSecrets()
    {
        ProfileStore store(m_home->path());
        Profile profile = named(u"Shop"_s);
        profile.auth = {Auth::Kind::Password, u"deploy"_s, {}};
        profile.headers = {{u"X-Tenant"_s, u"shop"_s}, {u"X-Api-Key"_s, {}, Header::Place::SecretStore}};
        const Profile shop = addTo(store, profile);
        addTo(store, named(u"Other"_s));
        const auto document = store.exportDocument({shop.slug});
        QVERIFY(document);
        QCOMPARE(store.exportDocument({u"ghost"_s}).error().kind, Error::Kind::NotFound);

        const tests::TempHome elsewhere;
        ProfileStore there(elsewhere.path());
        const auto imported = there.readDocument(*document);
        QVERIFY(imported);
        QCOMPARE(imported->profiles, QList<Profile>{shop});
        QVERIFY(imported->notes.isEmpty());
        QVERIFY(there.profiles().isEmpty()); // for review first

        // At home there is one of that name already.
        const auto again = store.readDocument(*document);
        QCOMPARE(again->profiles.constFirst().slug, u"shop-2"_s);
        QCOMPARE(again->profiles.constFirst().name, u"Shop (2)"_s);
        QCOMPARE(again->notes.size(), 1);
        QVERIFY(*tests::await(store.add(again->profiles.constFirst())));
    }

    void import_takesNoSecretFromAFile()
    {
        ProfileStore store(m_home->path());
        const auto imported = store.readDocument(
            R"({"format":"signalbox-profiles","version":1,"profiles":[{"name":"X","servers":["h"],"headers":[{"name":"Authorization","value":"Bearer leaked"}]}]})");
        QVERIFY(imported);
        QCOMPARE(imported->profiles.constFirst().headers.constFirst().place, Header::Place::SecretStore);
        QVERIFY(imported->profiles.constFirst().headers.constFirst().value.isEmpty());
        QCOMPARE(imported->notes.size(), 1);
        QVERIFY(!imported->notes.constFirst().contains(u"leaked"_s));
    }

    void badDocuments_areUsage_data()
    {
        QTest::addColumn<QByteArray>("document");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("text") << "hello"_ba;
        QTest::newRow("other") << R"({"format":"x"})"_ba;
        QTest::newRow("no list") << R"({"format":"signalbox-profiles"})"_ba;
        QTest::newRow("bad profile") << R"({"format":"signalbox-profiles","profiles":[{"name":"X","servers":["ftp://h"]}]})"_ba;
        QTest::newRow("no object") << R"({"format":"signalbox-profiles","profiles":[1]})"_ba;
    }
    void badDocuments_areUsage()
    {
        QFETCH(QByteArray, document);
        const ProfileStore store(m_home->path());
        QCOMPARE(store.readDocument(document).error().kind, Error::Kind::Usage);
    }

    void whatTheGuardAsks()
    {
        ProfileStore store(m_home->path());
        Profile production = named(u"P"_s);
        production.environment = Environment::Production;
        addTo(store, production);
        QVERIFY(store.isProtected(u"p"_s));
        QCOMPARE(store.environment(u"p"_s), Environment::Production);
        QVERIFY(!store.isProtected(u"ghost"_s));
        QCOMPARE(store.environment(u"ghost"_s), Environment::None);
    }

    void storeGone_theEditIsDone()
    {
        std::optional<Result<Profile>> got;
        {
            ProfileStore store(m_home->path());
            store.add(named(u"A"_s))->then(this, [&](const Result<Profile> &result) { got = result; });
        }
        QTRY_VERIFY(got);
        QCOMPARE(ProfileStore(m_home->path()).profiles().size(), 1);
    }
};

SIGNALBOX_TEST(TstProfileStore)
#include "tst_profilestore.moc"
