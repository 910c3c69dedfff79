// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/localfolders.h"

#include "core/nacos/config/configclient.h"
#include "core/nacos/config/configdecode.h"
#include "tests/core/nacos/fixture.h"
#include "tests/support/testmain.h"

#include <fcntl.h>
#include <QDir>
#include <QFile>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace core;
using namespace core::nacos;
using tests::await;
using tests::errorOf;
using tests::NacosFixture;
using Kind = LocalConfig::Kind;
using Sdk = LocalConfig::Sdk;
using State = LocalComparison::State;

namespace {

/// A folder as SDKs leave it.
struct Folder {
    QTemporaryDir root;

    QString path(const QString &name = {}) const { return name.isEmpty() ? root.path() : root.filePath(name); }
    void write(const QString &name, const QByteArray &content) const
    {
        QDir().mkpath(QFileInfo(path(name)).path());
        QFile file(path(name));
        QVERIFY2(file.open(QIODevice::WriteOnly), qPrintable(file.errorString()));
        file.write(content);
    }
    LocalScan scan(const QString &below = {}) const
    {
        Workers workers;
        QObject parent;
        const auto scanned = await(scanLocalFolder(path(below), workers, &parent));
        if (!scanned || !*scanned) {
            qWarning("%s", qPrintable(errorOf(scanned)));
            return {};
        }
        return **scanned;
    }
};

const LocalConfig *find(const LocalScan &scan, const ConfigKey &key, Kind kind = Kind::Snapshot)
{
    for (const LocalConfig &item : scan.items) {
        if (item.key == key && item.kind == kind)
            return &item;
    }
    return nullptr;
}

constexpr auto Java = "nacos/config/fixed-dev-10.0.0.1_8848_nacos/"_L1;

} // namespace

class TstLocalFolders : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void findsWhatTheJavaClientKeeps()
    {
        Folder f;
        f.write(Java + u"snapshot/G/app.yaml"_s, "a: 1\n");
        f.write(Java + u"snapshot-tenant/dev/G/app.yaml"_s, "a: 2\n");
        f.write(Java + u"data/config-data/G/app.yaml"_s, "a: 3\n");
        f.write(Java + u"data/config-data-tenant/dev/G/cipher-x"_s, "secret");
        f.write(Java + u"encrypted-data-key/failover-tenant/dev/G/cipher-x"_s, "wrapped");
        f.write(Java + u"encrypted-data-key/snapshot/G/app.yaml"_s, "");
        const LocalScan scan = f.scan();
        QCOMPARE(scan.notes, QStringList());
        QCOMPARE(scan.items.size(), 4);
        const LocalConfig *item = find(scan, {u"public"_s, u"G"_s, u"app.yaml"_s});
        QVERIFY(item);
        QCOMPARE(item->md5, md5Of("a: 1\n"));
        QCOMPARE(item->size, 5);
        QCOMPARE(item->server, u"fixed-dev-10.0.0.1_8848"_s);
        QVERIFY(item->changedAt.isValid());
        QVERIFY(!item->encrypted());
        QVERIFY(find(scan, {u"dev"_s, u"G"_s, u"app.yaml"_s}));
        item = find(scan, {u"public"_s, u"G"_s, u"app.yaml"_s}, Kind::Failover);
        QVERIFY(item);
        QCOMPARE(item->md5, md5Of("a: 3\n"));
        item = find(scan, {u"dev"_s, u"G"_s, u"cipher-x"_s}, Kind::Failover);
        QVERIFY(item);
        QVERIFY(item->encrypted());
        QCOMPARE(item->encryptedDataKey, u"wrapped"_s);
        QObject parent;
        const auto content = await(readLocalConfig(*item, workers, &parent));
        QVERIFY2(content && *content, qPrintable(errorOf(content)));
        QCOMPARE(**content, "secret"_ba);
    }

    void anyFolderOnTheWayWillDo_data()
    {
        QTest::addColumn<QString>("below");
        for (const char *below : {"", "nacos", "nacos/config", "nacos/config/fixed-dev-10.0.0.1_8848_nacos"})
            QTest::newRow(below) << QString::fromLatin1(below);
    }
    void anyFolderOnTheWayWillDo()
    {
        QFETCH(QString, below);
        Folder f;
        f.write(Java + u"snapshot/G/d"_s, "x");
        QCOMPARE(f.scan(below).items.size(), 1);
    }

    void findsWhatThePythonClientKeeps()
    {
        Folder f;
        f.write(u"nacos/cache/config/app.json@@G@@"_s, "{}");
        f.write(u"nacos/cache/config/app.json@@G@@dev"_s, "{\"a\":1}");
        f.write(u"nacos/cache/config/app.json@@G@@dev_failover"_s, "{\"a\":2}");
        f.write(u"nacos/cache/config/cipher-kms-aes-128-x@@G@@"_s, "secret");
        f.write(u"nacos/cache/config/encrypted-data-key/cipher-kms-aes-128-x@@G@@"_s, "wrapped");
        f.write(u"nacos/cache/config/a@@b@@c@@d"_s, "odd");
        const LocalScan scan = f.scan();
        QCOMPARE(scan.items.size(), 4);
        QCOMPARE(scan.notes.size(), 1);
        QVERIFY(scan.notes.first().contains(u"a@@b@@c@@d"_s));
        const LocalConfig *item = find(scan, {u"public"_s, u"G"_s, u"app.json"_s});
        QVERIFY(item && item->sdk == Sdk::Python && item->server.isEmpty());
        item = find(scan, {u"dev"_s, u"G"_s, u"app.json"_s}, Kind::Failover);
        QVERIFY(item);
        QCOMPARE(item->md5, md5Of("{\"a\":2}"));
        item = find(scan, {u"public"_s, u"G"_s, u"cipher-kms-aes-128-x"_s});
        QVERIFY(item);
        QCOMPARE(item->encryptedDataKey, u"wrapped"_s);
    }

    void nothingThere()
    {
        Folder f;
        QObject parent;
        auto scanned = await(scanLocalFolder(f.path(), workers, &parent));
        QVERIFY(scanned && !*scanned);
        QCOMPARE(scanned->error().kind, Error::Kind::NotFound);
        for (const QString &folder : {f.path(u"absent"_s), QString()}) {
            scanned = await(scanLocalFolder(folder, workers, &parent));
            QVERIFY(scanned && !*scanned);
            QCOMPARE(scanned->error().kind, Error::Kind::Usage);
        }
    }

    /// Names nobody could have published are left out and told; nothing in them reaches a terminal.
    void hostileNames()
    {
        Folder f;
        f.write(Java + u"snapshot/G/good"_s, "x");
        f.write(Java + u"snapshot/G/with blank"_s, "x");
        f.write(Java + u"snapshot/G/\u001b[31mred"_s, "x");
        f.write(Java + u"snapshot/G/"_s + QString(250, u'a') + u".b"_s, "x");
        f.write(Java + u"snapshot/G'; DROP/d"_s, "x");
        f.write(Java + u"snapshot/G/配置"_s, "x");
        f.write(Java + u"snapshot-tenant/d v/G/d"_s, "x");
        f.write(Java + u"snapshot/G/.hidden"_s, "x");
        const QByteArray broken = QFile::encodeName(f.path(Java + u"snapshot/G/"_s)) + "\xff\xfe"; // no name at all in UTF-8
        const int descriptor = ::open(broken.constData(), O_CREAT | O_WRONLY, 0600);
        QVERIFY(descriptor >= 0);
        ::close(descriptor);
        const LocalScan scan = f.scan();
        QStringList names;
        for (const LocalConfig &item : scan.items)
            names.append(item.key.dataId);
        QCOMPARE(names, (QStringList{u".hidden"_s, QString(250, u'a') + u".b"_s, u"good"_s}));
        QCOMPARE(scan.notes.size(), 5);
        for (const QString &note : scan.notes)
            QVERIFY(!note.contains(u'\u001b'));
        QCOMPARE(::unlink(broken.constData()), 0);
    }

    void linksAreNotFollowed()
    {
        Folder f, elsewhere;
        elsewhere.write(u"secret"_s, "password");
        elsewhere.write(u"G/secret"_s, "password");
        f.write(Java + u"snapshot/G/good"_s, "x");
        QVERIFY(QFile::link(elsewhere.path(u"secret"_s), f.path(Java + u"snapshot/G/link"_s)));
        QVERIFY(QFile::link(elsewhere.path(), f.path(Java + u"snapshot/group"_s)));
        QVERIFY(QFile::link(elsewhere.path(), f.path(Java + u"snapshot-tenant"_s)));
        QVERIFY(QFile::link(u"/dev/zero"_s, f.path(Java + u"snapshot/G/endless"_s)));
        QDir().mkpath(f.path(Java + u"encrypted-data-key/snapshot/G"_s));
        QVERIFY(QFile::link(elsewhere.path(u"secret"_s), f.path(Java + u"encrypted-data-key/snapshot/G/good"_s)));
        QDir().mkpath(f.path(Java + u"data"_s));
        QVERIFY(QFile::link(elsewhere.path(), f.path(Java + u"data/config-data"_s)));
        const LocalScan scan = f.scan();
        QCOMPARE(scan.items.size(), 1);
        QCOMPARE(scan.items.first().key.dataId, u"good"_s);
        QVERIFY(scan.items.first().encryptedDataKey.isEmpty());
        // The folder a person chose may be one: that was meant.
        Folder outer;
        QVERIFY(QFile::link(f.path(), outer.path(u"chosen"_s)));
        QCOMPARE(outer.scan(u"chosen"_s).items.size(), 1);
        // Replaced by one after the scan.
        const LocalConfig item = scan.items.first();
        QVERIFY(QFile::remove(item.file) && QFile::link(elsewhere.path(u"secret"_s), item.file));
        QObject parent;
        const auto content = await(readLocalConfig(item, workers, &parent));
        QVERIFY(content && !*content);
        QCOMPARE(content->error().kind, Error::Kind::Internal);
    }

    void pipesAndUnreadableFiles()
    {
        Folder f;
        f.write(Java + u"snapshot/G/good"_s, "x");
        f.write(Java + u"snapshot/G/folder/d"_s, "x");
        QCOMPARE(::mkfifo(QFile::encodeName(f.path(Java + u"snapshot/G/pipe"_s)).constData(), 0600), 0);
        const LocalScan scan = f.scan();
        QCOMPARE(scan.items.size(), 1);
        LocalConfig pipe = scan.items.first();
        pipe.file = f.path(Java + u"snapshot/G/pipe"_s);
        QObject parent;
        auto content = await(readLocalConfig(pipe, workers, &parent)); // answers at once instead of waiting for a writer
        QVERIFY(content && !*content);
        QCOMPARE(content->error().kind, Error::Kind::Internal);
        pipe.file = f.path(Java + u"snapshot/G/gone"_s);
        content = await(readLocalConfig(pipe, workers, &parent));
        QVERIFY(content && !*content);
        QCOMPARE(content->error().kind, Error::Kind::NotFound);
    }

    void hugeFilesAreLeftOut()
    {
        Folder f;
        f.write(Java + u"snapshot/G/good"_s, "x");
        f.write(Java + u"snapshot/G/huge"_s, {});
        QVERIFY(QFile::resize(f.path(Java + u"snapshot/G/huge"_s), 65 * 1024 * 1024)); // sparse
        f.write(Java + u"snapshot/G/key"_s, "x");
        f.write(Java + u"encrypted-data-key/snapshot/G/key"_s, QByteArray(70'000, 'k'));
        const LocalScan scan = f.scan();
        QCOMPARE(scan.items.size(), 1);
        QCOMPARE(scan.notes.size(), 2);
        LocalConfig huge = scan.items.first();
        huge.file = f.path(Java + u"snapshot/G/huge"_s);
        QObject parent;
        const auto content = await(readLocalConfig(huge, workers, &parent));
        QVERIFY(content && !*content);
        QCOMPARE(content->error().kind, Error::Kind::Internal);
    }

    void manyNotesAreSummedUp()
    {
        Folder f;
        for (int i = 0; i < 250; ++i)
            f.write(Java + u"snapshot/G/bad %1"_s.arg(i), "x");
        const LocalScan scan = f.scan();
        QCOMPARE(scan.notes.size(), 201);
        QVERIFY(scan.notes.last().contains(u"50"_s));
    }

    void contentsOfEveryKind()
    {
        Folder f;
        const QByteArray odd = QByteArray("\xef\xbb\xbf\0\r\n\xff", 7);
        f.write(Java + u"snapshot/G/odd"_s, odd);
        f.write(Java + u"snapshot/G/empty"_s, {});
        const LocalScan scan = f.scan();
        QCOMPARE(scan.items.size(), 2);
        QCOMPARE(find(scan, {u"public"_s, u"G"_s, u"odd"_s})->md5, md5Of(odd));
        QObject parent;
        QCOMPARE(**await(readLocalConfig(*find(scan, {u"public"_s, u"G"_s, u"odd"_s}), workers, &parent)), odd);
        QCOMPARE(**await(readLocalConfig(*find(scan, {u"public"_s, u"G"_s, u"empty"_s}), workers, &parent)), QByteArray());
    }

    void comparesWithTheServer()
    {
        Folder f;
        for (const char *name : {"same", "differs", "absent"})
            f.write(Java + u"snapshot/G/"_s + QString::fromLatin1(name), "x");
        NacosFixture server;
        server.grpc.put({}, u"G"_s, u"same"_s, "x");
        server.grpc.put({}, u"G"_s, u"differs"_s, "y");
        const auto session = server.session();
        QVERIFY(await(session->open()));
        ConfigClient configs(*session, {});
        QObject parent;
        const auto compared = await(compareLocal(configs, f.scan().items, &parent));
        QVERIFY2(compared.end && *compared.end, qPrintable(errorOf(compared.end)));
        QMap<QString, State> states;
        for (const LocalComparison &one : compared.items)
            states.insert(one.item.key.dataId, one.state);
        QCOMPARE(states, (QMap<QString, State>{{u"same"_s, State::Same}, {u"differs"_s, State::Differs}, {u"absent"_s, State::OnlyLocal}}));
        const auto nothing = await(compareLocal(configs, {}, &parent));
        QVERIFY(nothing.end && *nothing.end && nothing.items.isEmpty());
        server.grpc.on(wire::ConfigQueryRequest::typeName, [](const wire::Message &) { return tests::RpcAnswer::Fault::Drop; });
        const auto unknown = await(compareLocal(configs, f.scan().items, &parent));
        QCOMPARE(unknown.items.size(), 3);
        for (const LocalComparison &one : unknown.items)
            QVERIFY(one.state == State::Unknown && !one.problem.isEmpty());
    }

    void aSlowReceiverIsWaitedFor()
    {
        Folder f;
        for (int i = 0; i < 100; ++i)
            f.write(Java + u"snapshot/G/d%1"_s.arg(i), "x");
        NacosFixture server;
        const auto session = server.session();
        QVERIFY(await(session->open()));
        ConfigClient configs(*session, {});
        QObject parent;
        auto *stream = compareLocal(configs, f.scan().items, &parent);
        stream->setHighWater({.items = 10});
        stream->hold();
        qint64 answered = 0;
        connect(stream, &Operation::progress, &parent, [&answered](qint64 done) { answered = done; });
        const auto asked = [&server] { return server.grpc.seen(wire::ConfigQueryRequest::typeName).size(); };
        QTRY_VERIFY(answered >= 10 && answered == asked());
        QVERIFY2(asked() <= 10 + 16, qPrintable(u"%1 were asked for"_s.arg(asked())));
        stream->release();
        const auto compared = await(stream);
        QVERIFY2(compared.end && *compared.end, qPrintable(errorOf(compared.end)));
        QCOMPARE(compared.items.size(), 100);
    }

    void theConnectionGoesAway()
    {
        Folder f;
        f.write(Java + u"snapshot/G/d"_s, "x");
        NacosFixture server;
        server.grpc.on(wire::ConfigQueryRequest::typeName, [](const wire::Message &) { return tests::RpcAnswer::Fault::Hang; });
        const auto session = server.session();
        QVERIFY(await(session->open()));
        auto configs = std::make_unique<ConfigClient>(*session, ConfigClient::Collaborators());
        QObject parent;
        auto *stream = compareLocal(*configs, f.scan().items, &parent);
        QTRY_COMPARE(server.grpc.seen(wire::ConfigQueryRequest::typeName).size(), 1);
        QTimer::singleShot(0, this, [&configs] { configs.reset(); });
        const auto compared = await(stream);
        QVERIFY(compared.end);
        // Cancelled as a whole, or the one question was.
        QVERIFY(!*compared.end || compared.items.value(0).state == State::Unknown);
    }

    void theReceiverGoesAway()
    {
        Folder f;
        for (int i = 0; i < 50; ++i)
            f.write(Java + u"snapshot/G/d%1"_s.arg(i), "x");
        auto parent = std::make_unique<QObject>();
        bool told = false;
        scanLocalFolder(f.path(), workers, parent.get())->then(parent.get(), [&told](const Result<LocalScan> &) { told = true; });
        parent.reset();
        QCOMPARE(f.scan().items.size(), 50); // the next one is unharmed
        QVERIFY(!told);
    }

private:
    Workers workers;
};

SIGNALBOX_TEST(TstLocalFolders)
#include "tst_localfolders.moc"
