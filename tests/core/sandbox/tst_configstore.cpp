// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/nacos/configstore.h"
#include "core/sandbox/nacos/namespacestore.h"
#include "tests/support/manualclock.h"
#include "tests/support/testmain.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace core::sandbox;
using namespace core::sandbox::nacos;

class TstConfigStore : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void publishesAndReads();
    void comparesAndSwaps();
    void historyHoldsTheContentBefore();
    void keepsWhatAPublishLeavesOut();
    void unchangedContentIsNotReported();
    void betaGoesToItsAddresses();
    void grayVersionsAreLimited();
    void lists();
    void idsDoNotFitADouble();
    void forgetsOldHistory();
    void boundsHistoryInMemory();
    void survivesOnDisk();
    void takesBackWhatTheDiskRefuses();
    void namespacesSurviveOnDisk();
};

namespace {

/// A store without disk; every change is finished when the call returns.
struct Bench {
    tests::ManualClock clock;
    CommitLog log{nullptr};
    ConfigStore store{log, std::make_unique<MemoryHistory>(), clock};
    QList<ConfigChange> changes;
    Bench()
    {
        store.setObserver([this](const ConfigChange &change) { changes.append(change); });
    }
    static ConfigKey key(const QString &dataId = u"a.yaml"_s) { return {u"public"_s, u"g"_s, dataId}; }
    ConfigStore::Outcome publish(const QByteArray &content, const QString &casMd5 = {})
    {
        Publish request;
        request.key = key();
        request.content = content;
        request.type = u"yaml"_s;
        request.casMd5 = casMd5;
        request.origin = {u"ann"_s, u"10.0.0.1"_s};
        return run(request);
    }
    ConfigStore::Outcome run(const Publish &request)
    {
        std::optional<ConfigStore::Outcome> outcome;
        store.publish(request, [&outcome](ConfigStore::Outcome what) { outcome = what; });
        return *outcome;
    }
};

using Outcome = ConfigStore::Outcome;

} // namespace

void TstConfigStore::publishesAndReads()
{
    Bench bench;
    QVERIFY(!bench.store.find(Bench::key()));
    QCOMPARE(bench.publish("x: 1"), Outcome::Done);
    const ConfigPtr config = bench.store.find(Bench::key());
    QVERIFY(config);
    QCOMPARE(config->content, "x: 1"_ba);
    QCOMPARE(config->md5, "be28de7266b359a1a33699e95bfbb29a"_ba);
    QCOMPARE(config->createUser, u"ann"_s);
    QCOMPARE(bench.store.find(config->id), config);
    QCOMPARE(bench.changes.size(), 1);
    QVERIFY(bench.changes.at(0).kind == ConfigChange::Kind::Created);
    bench.store.remove(Bench::key(), {}, [](Outcome) {});
    QVERIFY(!bench.store.find(Bench::key()));
    QVERIFY(bench.changes.at(1).kind == ConfigChange::Kind::Deleted);
    Outcome again = Outcome::NotWritten;
    bench.store.remove(Bench::key(), {}, [&again](Outcome what) { again = what; });
    QCOMPARE(again, Outcome::Done); // an absent one is no mistake
    QCOMPARE(bench.changes.size(), 2);
}

void TstConfigStore::comparesAndSwaps()
{
    Bench bench;
    QCOMPARE(bench.publish("1", QString(32, u'0')), Outcome::Done); // absent: created all the same
    const QString md5 = QString::fromLatin1(bench.store.find(Bench::key())->md5);
    QCOMPARE(bench.publish("2", QString(32, u'0')), Outcome::CasMismatch);
    QCOMPARE(bench.store.find(Bench::key())->content, "1"_ba);
    QCOMPARE(bench.publish("2", md5), Outcome::Done);
    QCOMPARE(bench.publish("3", md5), Outcome::CasMismatch);
    QCOMPARE(bench.store.history().page(Bench::key(), 0, 10).total, 2);
}

void TstConfigStore::historyHoldsTheContentBefore()
{
    Bench bench;
    bench.publish("one");
    bench.publish("two");
    bench.store.remove(Bench::key(), {u"bob"_s, u"10.0.0.2"_s}, [](Outcome) {});
    bench.publish("three");
    const HistoryPage page = bench.store.history().page(Bench::key(), 0, 10);
    QCOMPARE(page.total, 4);
    QByteArray operations;
    QList<QByteArray> contents;
    for (const HistoryRow &row : page.rows) {
        operations += row.operation;
        contents.append(bench.store.history().find(row.nid)->content);
    }
    QCOMPARE(operations, "IDUI"_ba); // newest first
    QCOMPARE(contents, (QList<QByteArray>{"three"_ba, "two"_ba, "one"_ba, "one"_ba}));
    QCOMPARE(page.rows.at(1).user, u"bob"_s);
    QVERIFY(page.rows.at(2).extra.contains(u"\"type\":\"yaml\""_s));
    const HistoryPage second = bench.store.history().page(Bench::key(), 2, 1);
    QCOMPARE(second.rows.size(), 1);
    QCOMPARE(second.rows.at(0).operation, 'U');
    // "previous" asks by the id of the configuration, and the one made anew has another.
    const ConfigPtr config = bench.store.find(Bench::key());
    QCOMPARE(bench.store.history().newestOf(config->id)->content, "three"_ba);
    QVERIFY(!bench.store.history().newestOf(page.rows.at(0).nid));
}

void TstConfigStore::keepsWhatAPublishLeavesOut()
{
    Bench bench;
    Publish request;
    request.key = Bench::key();
    request.content = "1";
    request.type = u"text"_s;
    request.appName = u"app"_s;
    request.tags = u"a,b"_s;
    request.description = u"words"_s;
    bench.run(request);
    request.content = "2";
    request.appName.reset();
    request.tags.reset();
    request.description = QString();
    bench.run(request);
    const ConfigPtr config = bench.store.find(Bench::key());
    QCOMPARE(config->appName, u"app"_s);
    QCOMPARE(config->tags, u"a,b"_s);
    QCOMPARE(config->description, QString());
    bench.store.editMetadata({Bench::key(), u"c"_s, u"new"_s}, [](Outcome) {});
    QCOMPARE(bench.store.find(Bench::key())->tags, u"c"_s);
    QCOMPARE(bench.store.history().page(Bench::key(), 0, 10).total, 2); // no history for that
}

void TstConfigStore::unchangedContentIsNotReported()
{
    Bench bench;
    bench.publish("same");
    bench.publish("same");
    QCOMPARE(bench.changes.size(), 1);
    QCOMPARE(bench.store.history().page(Bench::key(), 0, 10).total, 2);
}

void TstConfigStore::betaGoesToItsAddresses()
{
    Bench bench;
    bench.publish("formal");
    Publish beta;
    beta.key = Bench::key();
    beta.content = "beta";
    beta.type = u"yaml"_s;
    beta.betaAddresses = u"10.0.0.7,10.0.0.8"_s;
    QCOMPARE(bench.run(beta), Outcome::Done);
    Publish tagged = beta;
    tagged.betaAddresses.clear();
    tagged.tag = u"blue"_s;
    tagged.content = "tagged";
    QCOMPARE(bench.run(tagged), Outcome::Done);
    const ConfigPtr config = bench.store.find(Bench::key());
    QCOMPARE(config->content, "formal"_ba);
    QCOMPARE(choose(*config, {u"10.0.0.1"_s, {}})->content, "formal"_ba);
    QCOMPARE(choose(*config, {u"10.0.0.8"_s, {}})->content, "beta"_ba);
    QCOMPARE(choose(*config, {u"10.0.0.1"_s, u"blue"_s})->content, "tagged"_ba);
    QCOMPARE(choose(*config, {u"10.0.0.8"_s, u"blue"_s})->content, "beta"_ba); // a beta wins over a tag
    QVERIFY(config->gray(u"beta"_s)->rule().contains(u"10.0.0.7,10.0.0.8"_s));
    bench.store.removeGray(Bench::key(), u"beta"_s, {}, [](Outcome) {});
    QCOMPARE(choose(*bench.store.find(Bench::key()), {u"10.0.0.8"_s, {}})->content, "formal"_ba);
    const HistoryRow last = bench.store.history().page(Bench::key(), 0, 1).rows.at(0);
    QCOMPARE(last.grayName, u"beta"_s);
    QCOMPARE(last.operation, 'D');
}

void TstConfigStore::grayVersionsAreLimited()
{
    Bench bench;
    bench.publish("formal");
    for (int i = 0; i < 11; ++i) {
        Publish tagged;
        tagged.key = Bench::key();
        tagged.content = "t";
        tagged.tag = QString::number(i);
        QCOMPARE(bench.run(tagged), i < 10 ? Outcome::Done : Outcome::TooManyGrays);
    }
}

void TstConfigStore::lists()
{
    Bench bench;
    for (int i = 0; i < 25; ++i) {
        Publish request;
        request.key = {i % 2 ? u"public"_s : u"dev"_s, i < 10 ? u"A"_s : u"B"_s, u"app-%1.%2"_s.arg(i).arg(i % 3 ? u"yaml"_s : u"json"_s)};
        request.content = "value: " + QByteArray::number(i);
        request.type = i % 3 ? u"yaml"_s : u"json"_s;
        request.tags = i % 5 ? QString() : u"five,x"_s;
        request.appName = u"app"_s;
        bench.run(request);
    }
    const auto total = [&bench](const ConfigFilter &filter) { return bench.store.page(filter, 0, 1000).total; };
    ConfigFilter all;
    all.space = u"public"_s;
    QCOMPARE(total(all), 12);
    ConfigFilter filter = all;
    filter.dataId = u"app-1"_s;
    QCOMPARE(total(filter), 0); // no star, no wildcard
    filter.dataId = u"app-1*"_s;
    QCOMPARE(total(filter), 6);
    filter.group = u"A"_s;
    QCOMPARE(total(filter), 1);
    ConfigFilter content = all;
    content.content = u"*: 1*"_s;
    QCOMPARE(total(content), 6);
    ConfigFilter types = all;
    types.types = QStringList{u"json"_s};
    QCOMPARE(total(types), 4);
    ConfigFilter tags = all;
    tags.tags = QStringList{u"five"_s, u"nothing"_s};
    QCOMPARE(total(tags), 2);
    ConfigFilter accurate = all;
    accurate.search = ConfigFilter::Search::Accurate;
    accurate.dataId = u"app-1.yaml"_s;
    QCOMPARE(total(accurate), 1);
    accurate.dataId = u"app-*"_s;
    QCOMPARE(total(accurate), 0);
    const ConfigPage page = bench.store.page(all, 10, 5);
    QCOMPARE(page.total, 12);
    QCOMPARE(page.items.size(), 2);
    QCOMPARE(bench.store.countBySpace().value(u"dev"_s), 13);
}

void TstConfigStore::idsDoNotFitADouble()
{
    Bench bench;
    bench.publish("x");
    const qint64 id = bench.store.find(Bench::key())->id;
    QVERIFY(qint64(double(id)) != id || qint64(double(id + 1)) != id + 1);
}

void TstConfigStore::forgetsOldHistory()
{
    Bench bench;
    bench.publish("1");
    bench.clock.advance(std::chrono::hours(24 * 29));
    bench.publish("2");
    bench.clock.advance(std::chrono::hours(48));
    bench.store.trimHistory();
    const HistoryPage page = bench.store.history().page(Bench::key(), 0, 10);
    QCOMPARE(page.total, 1);
    QCOMPARE(page.rows.at(0).operation, 'U');
}

void TstConfigStore::boundsHistoryInMemory()
{
    MemoryHistory history(10000);
    for (int i = 1; i <= 100; ++i) {
        HistoryRow row;
        row.nid = i;
        row.key = Bench::key(i % 2 ? u"odd"_s : u"even"_s);
        row.content = QByteArray(400, 'x');
        history.append(row);
    }
    QCOMPARE(history.page(Bench::key(u"odd"_s), 0, 100).total, 5);
    QVERIFY(!history.find(90));
    QCOMPARE(history.find(91)->nid, 91);
    QCOMPARE(history.find(100)->nid, 100);
    QCOMPARE(history.page(Bench::key(u"even"_s), 1, 2).rows.at(0).nid, 98);
}

void TstConfigStore::survivesOnDisk()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(u"n.db"_s);
    tests::ManualClock clock;
    qint64 id = 0;
    {
        auto writer = Database::open(file, Database::Access::ReadWrite);
        QVERIFY(writer && ConfigStore::createTables(**writer));
        auto reader = Database::open(file, Database::Access::ReadOnly);
        CommitLog log(std::move(*writer));
        ConfigStore store(log, std::make_unique<SqliteHistory>(std::move(*reader)), clock);
        log.start();
        std::atomic<int> done = 0;
        Publish request;
        request.key = Bench::key();
        request.type = u"json"_s;
        request.description = u"d"_s;
        request.tags = u"t"_s;
        request.appName = u"a"_s;
        request.encryptedDataKey = u"k"_s;
        for (const QByteArray &content : {"one"_ba, QByteArray("nul\0bytes \xff", 11), "\xe4\xb8\xad"_ba}) {
            request.content = content;
            store.publish(request, [&done](Outcome outcome) { done += outcome == Outcome::Done; });
        }
        request.betaAddresses = u"10.0.0.1"_s;
        store.publish(request, [&done](Outcome outcome) { done += outcome == Outcome::Done; });
        QTRY_COMPARE(done.load(), 4);
        QCOMPARE(store.history().page(Bench::key(), 0, 10).total, 4);
        id = store.find(Bench::key())->id;
    }
    auto writer = Database::open(file, Database::Access::ReadWrite);
    auto reader = Database::open(file, Database::Access::ReadOnly);
    Database &database = **writer;
    CommitLog log(std::move(*writer));
    ConfigStore store(log, std::make_unique<SqliteHistory>(std::move(*reader)), clock);
    store.load(database);
    log.start();
    const ConfigPtr config = store.find(Bench::key());
    QVERIFY(config);
    QCOMPARE(config->id, id);
    QCOMPARE(config->content, "\xe4\xb8\xad"_ba);
    QCOMPARE(config->description + config->tags + config->appName + config->encryptedDataKey, u"dtak"_s);
    QCOMPARE(config->gray(u"beta"_s)->content, "\xe4\xb8\xad"_ba);
    const HistoryPage page = store.history().page(Bench::key(), 0, 10);
    QCOMPARE(store.history().find(page.rows.at(1).nid)->content, QByteArray("nul\0bytes \xff", 11));
    QCOMPARE(store.history().newestOf(id)->grayName, u"beta"_s);
    std::atomic<bool> gone = false;
    store.remove(Bench::key(), {}, [&gone](Outcome outcome) { gone = outcome == Outcome::Done; });
    QTRY_VERIFY(gone);
    QVERIFY(store.history().page(Bench::key(), 0, 1).rows.at(0).nid > page.rows.at(0).nid);
}

void TstConfigStore::takesBackWhatTheDiskRefuses()
{
    QTemporaryDir folder;
    tests::ManualClock clock;
    auto writer = Database::open(folder.filePath(u"n.db"_s), Database::Access::ReadWrite);
    QVERIFY(ConfigStore::createTables(**writer));
    // What a full disk does, without filling one.
    QVERIFY((*writer)->execute("CREATE TRIGGER full BEFORE INSERT ON config WHEN NEW.content = x'66756c6c'"
                               " BEGIN SELECT RAISE(ABORT, 'disk full'); END"));
    CommitLog log(std::move(*writer));
    ConfigStore store(log, std::make_unique<MemoryHistory>(), clock);
    log.start();
    std::atomic<int> good = 0, bad = 0;
    const auto completion = [&](Outcome outcome) { ++(outcome == Outcome::Done ? good : bad); };
    Publish request;
    request.key = Bench::key();
    request.content = "before";
    store.publish(request, completion);
    QTRY_COMPARE(good.load(), 1);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"cannot write: .*disk full"_s));
    request.content = "full";
    store.publish(request, completion);
    QTRY_COMPARE(bad.load(), 1);
    QCOMPARE(store.find(Bench::key())->content, "before"_ba);
    QCOMPARE(store.history().page(Bench::key(), 0, 10).total, 1);
    request.content = "after";
    store.publish(request, completion);
    QTRY_COMPARE(good.load(), 2);
    QCOMPARE(store.find(Bench::key())->content, "after"_ba);
}

void TstConfigStore::namespacesSurviveOnDisk()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(u"n.db"_s);
    using SpaceOutcome = NamespaceStore::Outcome;
    {
        auto writer = Database::open(file, Database::Access::ReadWrite);
        QVERIFY(NamespaceStore::createTables(**writer));
        CommitLog log(std::move(*writer));
        NamespaceStore store(log);
        log.start();
        std::atomic<int> done = 0, exists = 0;
        const auto completion = [&](SpaceOutcome outcome) { ++(outcome == SpaceOutcome::Exists ? exists : done); };
        store.create({u"b"_s, u"Beta"_s, {}, false, 2}, completion);
        store.create({u"a"_s, u"Alpha"_s, {}, false, 1}, completion);
        store.create({u"a"_s, u"Again"_s, {}, false, 3}, completion);
        store.create({u"public"_s, u"No"_s, {}, false, 3}, completion);
        store.update({u"a"_s, u"Alpha 2"_s, u"words"_s, false, 0}, completion);
        store.create({u"c"_s, u"Gone"_s, {}, false, 4}, completion);
        store.remove(u"c"_s, completion);
        QTRY_COMPARE(done.load(), 5);
        QCOMPARE(exists.load(), 2);
    }
    auto reader = Database::open(file, Database::Access::ReadOnly);
    CommitLog log(nullptr);
    NamespaceStore store(log);
    store.load(**reader);
    const QList<Namespace> all = store.all();
    QCOMPARE(all.size(), 3);
    QVERIFY(all.at(0).builtIn);
    QCOMPARE(all.at(1).name, u"Alpha 2"_s);
    QCOMPARE(all.at(1).description, u"words"_s);
    QCOMPARE(all.at(2).id, u"b"_s);
    QVERIFY(store.find(u"public"_s) && !store.find(u"c"_s));
}

SIGNALBOX_TEST(TstConfigStore)
#include "tst_configstore.moc"
