// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/address.h"
#include "core/store/mirror.h"
#include "tests/core/store/storefixture.h"
#include "tests/support/testmain.h"

#include <QCryptographicHash>
#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace core::store;
using core::Address;
using tests::await;
using tests::errorOf;

namespace {

const MirrorScope Mine = MirrorScope::of(u"server"_s, u"me"_s);
const MirrorScope Other = MirrorScope::of(u"server"_s, u"somebody else"_s);

QString local(const QString &name, const QString &space = u"public"_s)
{
    return Address::build(u"x"_s, space, u"config"_s, {u"DEFAULT_GROUP"_s, name})->local();
}

QDateTime at(int seconds)
{
    return QDateTime::fromMSecsSinceEpoch(1'700'000'000'000 + 1000LL * seconds, Qt::UTC);
}

MirrorItem item(const QString &name, int seen = 0)
{
    MirrorItem one;
    one.local = local(name);
    one.md5 = "aa";
    one.type = u"yaml"_s;
    one.seenAt = at(seen);
    return one;
}

MirrorState state(const QByteArray &content, int seen = 0)
{
    MirrorState one;
    one.content = content;
    one.md5 = QCryptographicHash::hash(content, QCryptographicHash::Md5).toHex();
    one.type = u"yaml"_s;
    one.source = u"live"_s;
    one.seenAt = at(seen);
    return one;
}

QStringList names(const QList<MirrorHit> &hits)
{
    QStringList all;
    for (const MirrorHit &hit : hits)
        all << hit.item.local.section(u'/', -1);
    all.sort();
    return all;
}

} // namespace

class TstMirror final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { tests::failOnAnyWarning(); }

    void scopes_neverMeet()
    {
        QVERIFY(!(Mine == Other));
        QVERIFY(!(MirrorScope::of(u"ab"_s, u"c"_s) == MirrorScope::of(u"a"_s, u"bc"_s)));
        tests::StoreFixture fixture;
        Mirror mirror(fixture.open());
        QVERIFY(*await(mirror.putContent(Mine, local(u"a"_s), state("x: 1"))));
        QVERIFY(!**await(mirror.content(Other, local(u"a"_s))));
        QCOMPARE(await(mirror.list(Other, u"public"_s, u"config"_s)).items.size(), 0);
        QCOMPARE(await(mirror.search({.text = u"x"_s, .scopes = {Other}})).items.size(), 0);
        QCOMPARE(await(mirror.search({.text = u"x"_s})).items.size(), 0);
    }

    void item_comesBackAsSeen_alsoAfterReopening()
    {
        tests::StoreFixture fixture;
        MirrorItem one = item(u"a/配置 %"_s);
        one.app = u"shop"_s;
        one.tags = QStringList{u"x"_s, u"y"_s};
        one.description = u"说明"_s;
        one.changedBy = u"deploy"_s;
        one.changedAt = at(-5);
        one.size = 12;
        one.facts = {{u"listeners"_s, 3}};
        {
            Mirror mirror(fixture.open());
            const auto done = await(mirror.upsert(Mine, {one}));
            QVERIFY2(done && *done, qPrintable(errorOf(done)));
        }
        Mirror mirror(fixture.open());
        const auto found = await(mirror.item(Mine, one.local));
        QVERIFY2(found && *found && **found, qPrintable(errorOf(found)));
        QCOMPARE(***found, one);
        QCOMPARE(await(mirror.list(Mine, u"public"_s, u"config"_s)).items, QList<MirrorItem>{one});
        QCOMPARE(await(mirror.list(Mine, u"publi"_s, u"config"_s)).items.size(), 0);
        QCOMPARE(await(mirror.list(Mine, u"public"_s, u"conf"_s)).items.size(), 0);
        QCOMPARE(**await(mirror.count(Mine, u"public"_s, u"config"_s)), 1);
    }

    void upsert_keepsWhatTheSourceDoesNotTell_whileTheMd5IsTheSame()
    {
        tests::StoreFixture fixture;
        Mirror mirror(fixture.open());
        MirrorItem full = item(u"a"_s);
        full.changedAt = at(-10);
        full.changedBy = u"me"_s;
        full.size = 5;
        full.description = u"about"_s;
        await(mirror.upsert(Mine, {full}));
        await(mirror.upsert(Mine, {item(u"a"_s, 5)}));
        MirrorItem now = ***await(mirror.item(Mine, full.local));
        QCOMPARE(now.changedAt, full.changedAt);
        QCOMPARE(now.description, full.description);
        QCOMPARE(now.size, 5);
        QCOMPARE(now.seenAt, at(5));
        MirrorItem other = item(u"a"_s, 6);
        other.md5 = "bb";
        other.description = u""_s; // told: empty
        await(mirror.upsert(Mine, {other}));
        now = ***await(mirror.item(Mine, full.local));
        QVERIFY(!now.changedAt.isValid());
        QVERIFY(now.description.isEmpty());
        QCOMPARE(now.size, -1);
        // Something older that arrives late changes nothing.
        await(mirror.upsert(Mine, {item(u"a"_s, 2)}));
        QCOMPARE((**await(mirror.item(Mine, full.local)))->md5, QByteArray("bb"));
    }

    void markMissing_deletesWhatTheListDidNotHave()
    {
        tests::StoreFixture fixture;
        Mirror mirror(fixture.open());
        MirrorItem elsewhere = item(u"b"_s);
        elsewhere.local = local(u"b"_s, u"dev"_s);
        await(mirror.upsert(Mine, {item(u"a"_s), item(u"b"_s), item(u"c"_s), elsewhere}));
        await(mirror.upsert(Mine, {item(u"b"_s, 10)}));
        QSignalSpy changed(&mirror, &Mirror::changed);
        const auto missing = await(mirror.markMissing(Mine, u"public"_s, u"config"_s, at(10)));
        QCOMPARE(**missing, 2);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(changed.first().at(1).toStringList(), (QStringList{local(u"a"_s), local(u"c"_s)}));
        QCOMPARE(await(mirror.list(Mine, u"public"_s, u"config"_s)).items.size(), 1);
        QCOMPARE(await(mirror.list(Mine, u"public"_s, u"config"_s, Mirror::Include::WithDeleted)).items.size(), 3);
        QCOMPARE(await(mirror.list(Mine, u"dev"_s, u"config"_s)).items.size(), 1);
        QCOMPARE(await(mirror.revisions(Mine, local(u"a"_s))).items.size(), 1);
        QVERIFY(!await(mirror.revisions(Mine, local(u"a"_s))).items.first().exists);
        // It is there again.
        await(mirror.upsert(Mine, {item(u"a"_s, 20)}));
        QCOMPARE(**await(mirror.count(Mine, u"public"_s, u"config"_s)), 2);
        QCOMPARE(**await(mirror.spaces(Mine)), (QList<std::pair<QString, qint64>>{{u"dev"_s, 1}, {u"public"_s, 2}}));
    }

    void content_isKeptWithEveryRevision()
    {
        tests::StoreFixture fixture;
        Mirror mirror(fixture.open());
        const QString name = local(u"a"_s);
        MirrorState first = state("v: 1", 1);
        first.attributes = {{u"type"_s, u"yaml"_s}, {u"app"_s, u"shop"_s}, {u"tags"_s, u"x, y"_s}, {u"description"_s, u"d"_s}};
        first.by = u"me"_s;
        first.changedAt = at(-100);
        await(mirror.putContent(Mine, name, first));
        await(mirror.putContent(Mine, name, first)); // seen again: no revision of its own
        await(mirror.putContent(Mine, name, state("v: 2", 2)));
        await(mirror.putContent(Mine, name, state("v: 1", 3))); // back again: a revision, the same content
        auto revisions = await(mirror.revisions(Mine, name)).items;
        QCOMPARE(revisions.size(), 3);
        QCOMPARE(revisions.at(0).sha, revisions.at(2).sha);
        QCOMPARE(revisions.at(2).by, u"me"_s);
        const auto old = await(mirror.revisionContent(revisions.at(1).id));
        QCOMPARE((**old)->content, QByteArray("v: 2"));
        QCOMPARE((***await(mirror.revisionContent(revisions.at(2).id))).attributes, first.attributes);
        const MirrorState now = ***await(mirror.content(Mine, name));
        QCOMPARE(now.content, QByteArray("v: 1"));
        const MirrorItem facts = ***await(mirror.item(Mine, name));
        QCOMPARE(facts.size, 4);
        QVERIFY(!facts.stale);
        // A list says that it is another one by now.
        MirrorItem moved = item(u"a"_s, 10);
        await(mirror.upsert(Mine, {moved}));
        QVERIFY((**await(mirror.item(Mine, name)))->stale);
        // Deleted, and what it was at a moment in between.
        await(mirror.markDeleted(Mine, name, at(20), u"you"_s));
        await(mirror.markDeleted(Mine, name, at(21)));
        revisions = await(mirror.revisions(Mine, name)).items;
        QCOMPARE(revisions.size(), 4);
        QVERIFY(!revisions.first().exists);
        QCOMPARE(revisions.first().by, u"you"_s);
        QCOMPARE(revisions.first().seenAt, at(20)); // when it was found gone, not when somebody looked again
        QVERIFY(!**await(mirror.revisionContent(revisions.first().id)));
        QCOMPARE((**await(mirror.asOf(Mine, name, at(2))))->md5, state("v: 2").md5);
        QVERIFY(!(**await(mirror.asOf(Mine, name, at(500))))->exists);
        QVERIFY(!**await(mirror.asOf(Mine, name, at(-500))));
    }

    void attributesFromAState_areTheItems()
    {
        tests::StoreFixture fixture;
        Mirror mirror(fixture.open());
        MirrorState one = state("v: 1", 1);
        one.attributes = {{u"app"_s, u"shop"_s}, {u"tags"_s, u"x, y"_s}, {u"description"_s, u"d"_s}};
        await(mirror.putContent(Mine, local(u"a"_s), one));
        MirrorItem facts = ***await(mirror.item(Mine, local(u"a"_s)));
        QCOMPARE(facts.app, u"shop"_s);
        QCOMPARE(facts.tags, (QStringList{u"x"_s, u"y"_s}));
        // The same content, attributes taken off: a revision, and the item shows it.
        one.attributes = {};
        one.seenAt = at(2);
        await(mirror.putContent(Mine, local(u"a"_s), one));
        facts = ***await(mirror.item(Mine, local(u"a"_s)));
        QVERIFY(facts.app.isEmpty() && facts.tags.isEmpty() && facts.description.isEmpty());
    }

    void history_isPutInItsPlaceByTime()
    {
        tests::StoreFixture fixture;
        Mirror mirror(fixture.open());
        const QString name = local(u"a"_s);
        MirrorState live = state("v: 3", 100);
        live.changedAt = at(50);
        await(mirror.putContent(Mine, name, live));
        MirrorState past = state("v: 1", 100);
        past.source = u"history"_s;
        past.changedAt = at(10);
        past.by = u"first"_s;
        await(mirror.putContent(Mine, name, past));
        await(mirror.putContent(Mine, name, past)); // fetched again
        MirrorState same = state("v: 3", 100);      // the server's row of what is live
        same.source = u"history"_s;
        same.changedAt = at(50).addMSecs(300);
        same.by = u"third"_s;
        await(mirror.putContent(Mine, name, same));
        const auto revisions = await(mirror.revisions(Mine, name)).items;
        QCOMPARE(revisions.size(), 2);
        QCOMPARE(revisions.at(0).md5, live.md5);
        QCOMPARE(revisions.at(0).by, u"third"_s);
        QCOMPARE(revisions.at(1).by, u"first"_s);
        QCOMPARE((**await(mirror.content(Mine, name)))->content, QByteArray("v: 3"));
        // Something only the history knows is not there now.
        await(mirror.putContent(Mine, local(u"old"_s), past));
        QCOMPARE(**await(mirror.count(Mine, u"public"_s, u"config"_s)), 1);
        QCOMPARE(await(mirror.revisions(Mine, local(u"old"_s))).items.size(), 1);
    }

    void bytes_areKeptAsTheyAre()
    {
        tests::StoreFixture fixture;
        Mirror mirror(fixture.open());
        QByteArray large(10 << 20, Qt::Uninitialized);
        for (qsizetype i = 0; i < large.size(); ++i)
            large[i] = char(i * 31 % 251);
        int number = 0;
        for (const QByteArray &content : {QByteArray(), QByteArray("\0\xff\r\n\xef\xbb\xbf", 7), large, QByteArray("只有中文")}) {
            const QString name = local(QString::number(++number));
            const auto done = await(mirror.putContent(Mine, name, state(content)));
            QVERIFY2(done && *done, qPrintable(errorOf(done)));
            QCOMPARE((**await(mirror.content(Mine, name)))->content, content);
        }
    }

    void largeList_showsItsFirstRowsAtOnce()
    {
        tests::StoreFixture fixture;
        Mirror mirror(fixture.open());
        QList<MirrorItem> many;
        for (int i = 0; i < 20000; ++i)
            many.append(item(u"application-%1.yaml"_s.arg(i, 6, 10, QChar(u'0'))));
        const auto done = await(mirror.upsert(Mine, many), std::chrono::seconds(60));
        QVERIFY2(done && *done, qPrintable(errorOf(done)));
        auto *stream = mirror.list(Mine, u"public"_s, u"config"_s);
        QList<qsizetype> batches;
        QStringList order;
        bool ended = false;
        stream->each(this, [&](const QList<MirrorItem> &batch) {
            batches.append(batch.size());
            for (const MirrorItem &one : batch)
                order.append(one.local);
        });
        stream->then(this, [&](const core::Result<core::Done> &) { ended = true; });
        QTRY_VERIFY(ended);
        QCOMPARE(order.size(), 20000);
        QVERIFY(std::ranges::is_sorted(order));
        QVERIFY(batches.size() > 3);
        QVERIFY(batches.first() <= 500);
    }

    void cancelledList_endsAsCancelled()
    {
        tests::StoreFixture fixture;
        Mirror mirror(fixture.open());
        await(mirror.upsert(Mine, {item(u"a"_s)}));
        auto *stream = mirror.list(Mine, u"public"_s, u"config"_s);
        int batches = 0;
        std::optional<core::Result<core::Done>> end;
        stream->each(this, [&](const QList<MirrorItem> &) { ++batches; });
        stream->then(this, [&](const core::Result<core::Done> &result) { end = result; });
        stream->cancel();
        QTRY_VERIFY(end);
        QVERIFY(!*end);
        QCOMPARE(end->error().kind, core::Error::Kind::Cancelled);
        QCOMPARE(batches, 0);
    }

    void search_findsWhatIsThere()
    {
        struct Row {
            const char *what;
            QString text;
            QStringList found;
        };
        const QList<Row> rows{
            {"word", u"connectionTimeout"_s, QStringList{u"a.yaml"_s}},
            {"part of a word", u"ctionTim"_s, QStringList{u"a.yaml"_s}},
            {"any case", u"CONNECTIONTIMEOUT"_s, QStringList{u"a.yaml"_s}},
            {"with spaces and punctuation", u"url: jdbc:mysql://db"_s, QStringList{u"a.yaml"_s}},
            {"quotes", u"say \"hi\""_s, QStringList{u"b.properties"_s}},
            {"two letters, begin of a word", u"jd"_s, QStringList{u"a.yaml"_s}},
            {"two letters, name", u"b."_s, QStringList{u"b.properties"_s}},
            {"one Chinese character", u"库"_s, QStringList{u"b.properties"_s}},
            {"two", u"数据"_s, QStringList{u"b.properties"_s}},
            {"four", u"数据库连"_s, QStringList{u"b.properties"_s}},
            {"not in this order", u"据数"_s, {}},
            {"pieces that are there, but not together", u"连接数据"_s, {}},
            {"punctuation alone", u"://"_s, QStringList{u"a.yaml"_s}},
            {"two signs", u"\"h"_s, QStringList{u"b.properties"_s}},
            {"name", u"properties"_s, QStringList{u"b.properties"_s}},
            {"description", u"Beschreibung"_s, QStringList{u"c.txt"_s}},
            {"tag", u"blue-green"_s, QStringList{u"c.txt"_s}},
            {"like wildcard", u"con%out"_s, {}},
            {"secret value", u"hunter2secret"_s, {}},
            {"short secret value", u"hu"_s, {}},
            {"encrypted", u"opaque bytes"_s, {}},
            {"nothing", u""_s, {}},
            {"miss", u"zzzzz"_s, {}},
        };
        tests::StoreFixture fixture;
        Mirror mirror(fixture.open());
        await(mirror.putContent(Mine, local(u"a.yaml"_s),
                                state("server:\n  connectionTimeout: 30\n  url: jdbc:mysql://db/shop\n  password: hunter2secret\n")));
        MirrorState properties = state("greeting=say \"hi\"\r\ntitle=数据库连接池\r\n");
        properties.type = u"properties"_s;
        await(mirror.putContent(Mine, local(u"b.properties"_s), properties));
        MirrorItem described = item(u"c.txt"_s);
        described.description = u"eine beschreibung"_s;
        described.tags = QStringList{u"blue-green"_s};
        await(mirror.upsert(Mine, {described}));
        MirrorState encrypted = state("opaque bytes");
        encrypted.opaque = true;
        await(mirror.putContent(Mine, local(u"cipher-x"_s), encrypted));
        // Before the index is made, and from it.
        for (const bool indexed : {false, true}) {
            if (indexed)
                QTRY_COMPARE((**await(mirror.coverage({Mine}))).pending, 0);
            for (const Row &row : rows) {
                const auto hits = await(mirror.search({.text = row.text, .scopes = {Mine}}));
                QVERIFY2(hits.end && *hits.end, qPrintable(errorOf(hits.end)));
                QVERIFY2(names(hits.items) == row.found, qPrintable(QString::fromUtf8(row.what) + u": "_s + names(hits.items).join(u' ')));
            }
        }
        const auto coverage = **await(mirror.coverage({Mine}));
        QCOMPARE(coverage.items, 4);
        QCOMPARE(coverage.withContent, 3);
        QCOMPARE(coverage.maskedValues, 1);
        QCOMPARE(coverage.newest, at(0));
    }

    /// A large content is indexed in pieces; what stands across their edges is found all the same.
    void search_inALargeContent()
    {
        tests::StoreFixture fixture;
        Mirror mirror(fixture.open());
        QByteArray content;
        for (int i = 0; content.size() < 700'000; ++i)
            content += "needle-" + QByteArray::number(i) + "-数据库 and some more text to fill the line\n";
        MirrorState large = state(content);
        large.type = u"text"_s;
        await(mirror.putContent(Mine, local(u"large.txt"_s), large));
        QTRY_COMPARE_WITH_TIMEOUT((**await(mirror.coverage({Mine}))).pending, 0, 20000);
        const int lines = int(content.count('\n'));
        for (int i = 0; i < lines; i += 97) {
            const auto hits = await(mirror.search({.text = u"needle-%1-数据库"_s.arg(i), .scopes = {Mine}}));
            QCOMPARE(hits.items.size(), 1);
            QCOMPARE(hits.items.first().places.first().line, i + 1);
        }
        QCOMPARE(await(mirror.search({.text = u"needle-%1-"_s.arg(lines + 5), .scopes = {Mine}})).items.size(), 0);
    }

    /// Which attributes a push leaves unknown is known of what is remembered, too.
    void push_leavesTheOtherAttributesUnknown()
    {
        tests::StoreFixture fixture;
        Mirror mirror(fixture.open());
        MirrorState whole = state("value: 1", 1);
        whole.attributes = {{u"type"_s, u"yaml"_s}, {u"app"_s, u"shop"_s}};
        await(mirror.putContent(Mine, local(u"a"_s), whole));
        QCOMPARE((**await(mirror.content(Mine, local(u"a"_s))))->source, u"mirror"_s);
        MirrorState pushed = state("value: 2", 2);
        pushed.source = u"push"_s;
        pushed.attributes = {{u"type"_s, u"yaml"_s}};
        await(mirror.putContent(Mine, local(u"a"_s), pushed));
        const auto remembered = await(mirror.content(Mine, local(u"a"_s)));
        QCOMPARE((**remembered)->source, u"push"_s);
        QCOMPARE((**remembered)->attributes, pushed.attributes);
        whole.seenAt = at(3);
        await(mirror.putContent(Mine, local(u"a"_s), whole));
        QCOMPARE((**await(mirror.content(Mine, local(u"a"_s))))->source, u"mirror"_s);
    }

    void searchHit_showsLineAndKey()
    {
        tests::StoreFixture fixture;
        Mirror mirror(fixture.open());
        await(mirror.putContent(Mine, local(u"a.yaml"_s), state("# pool\nserver:\n  pool:\n    size: 10\n  token: abc123def\n")));
        QTRY_COMPARE((**await(mirror.coverage({Mine}))).pending, 0);
        auto hits = await(mirror.search({.text = u"size"_s, .scopes = {Mine}})).items;
        QCOMPARE(hits.size(), 1);
        QCOMPARE(hits.first().places.size(), 1);
        QCOMPARE(hits.first().places.first().line, 4);
        QCOMPARE(hits.first().places.first().key, u"server.pool.size"_s);
        QCOMPARE(hits.first().places.first().text, u"    size: 10"_s);
        QCOMPARE(hits.first().places.first().column, 4);
        QCOMPARE(hits.first().places.first().context, u"  pool:"_s);
        QCOMPARE(hits.first().places.first().contextLine, 3);
        // The first line has but what stands below it; what is secret stays so.
        hits = await(mirror.search({.text = u"# pool"_s, .scopes = {Mine}})).items;
        QCOMPARE(hits.first().places.first().context, u"server:"_s);
        QCOMPARE(hits.first().places.first().contextLine, 2);
        await(mirror.putContent(Mine, local(u"b.yaml"_s), state("token: abc123def\r\n\r\n  \r\nafter: zebra\r\n")));
        hits = await(mirror.search({.text = u"zebra"_s, .scopes = {Mine}})).items;
        QCOMPARE(hits.first().places.first().contextLine, 1);
        QVERIFY(hits.first().places.first().context.startsWith("token: "_L1));
        QVERIFY(!hits.first().places.first().context.contains(u"abc123"_s) && !hits.first().places.first().context.endsWith(u'\r'));
        hits = await(mirror.search({.text = u"token"_s, .scopes = {Mine}})).items;
        QVERIFY(!hits.first().places.first().text.contains(u"abc123"_s));
        // By key.
        hits = await(mirror.search({.text = u"1"_s, .key = u"server.pool.size"_s, .scopes = {Mine}})).items;
        QCOMPARE(hits.size(), 1);
        QCOMPARE(hits.first().places.first().line, 4);
        QCOMPARE(await(mirror.search({.text = u"2"_s, .key = u"server.pool.size"_s, .scopes = {Mine}})).items.size(), 0);
        QCOMPARE(await(mirror.search({.text = {}, .key = u"server.*"_s, .scopes = {Mine}})).items.first().places.size(), 2);
        QCOMPARE(await(mirror.search({.text = u"10"_s, .key = u"*.SIZE"_s, .scopes = {Mine}})).items.size(), 1);
        QCOMPARE(await(mirror.search({.text = u"abc"_s, .key = u"*"_s, .scopes = {Mine}})).items.size(), 0);
    }

    void search_isOfTheNewestContentInTheRightPlaces()
    {
        tests::StoreFixture fixture;
        Mirror mirror(fixture.open());
        await(mirror.putContent(Mine, local(u"a"_s), state("value: before", 1)));
        QTRY_COMPARE((**await(mirror.coverage({Mine}))).pending, 0);
        await(mirror.putContent(Mine, local(u"a"_s), state("value: afterwards", 2)));
        await(mirror.putContent(Mine, local(u"b"_s, u"dev"_s), state("value: afterwards", 2)));
        QTRY_COMPARE((**await(mirror.coverage({Mine}))).pending, 0);
        QCOMPARE(await(mirror.search({.text = u"before"_s, .scopes = {Mine}})).items.size(), 0);
        QCOMPARE(await(mirror.search({.text = u"afterwards"_s, .scopes = {Mine}})).items.size(), 2);
        QCOMPARE(await(mirror.search({.text = u"afterwards"_s, .scopes = {Mine, Other}, .limit = 1})).items.size(), 1);
        QCOMPARE(await(mirror.search({.text = u"afterwards"_s, .scopes = {Mine}, .spaces = {u"dev"_s}})).items.size(), 1);
        QCOMPARE(await(mirror.search({.text = u"afterwards"_s, .scopes = {Mine}, .kinds = {u"service"_s}})).items.size(), 0);
        await(mirror.markDeleted(Mine, local(u"a"_s), at(5)));
        QCOMPARE(await(mirror.search({.text = u"afterwards"_s, .scopes = {Mine}})).items.size(), 1);
    }

    void factsOnly_keepsNoContent()
    {
        tests::StoreFixture fixture;
        Mirror mirror(fixture.open());
        await(mirror.putContent(Mine, local(u"a"_s), state("private: text", 1)));
        await(mirror.putContent(Other, local(u"a"_s), state("theirs: text", 1)));
        QTRY_COMPARE((**await(mirror.coverage({Mine}))).pending, 0);
        QVERIFY(*await(mirror.setKeep(Mine, Mirror::Keep::FactsOnly)));
        await(mirror.putContent(Mine, local(u"b"_s), state("private: more", 1)));
        for (const QString &name : {u"a"_s, u"b"_s}) {
            QVERIFY(!**await(mirror.content(Mine, local(name))));
            QVERIFY((**await(mirror.item(Mine, local(name))))->size > 0);
            QCOMPARE(await(mirror.revisions(Mine, local(name))).items.size(), 0);
        }
        QCOMPARE(await(mirror.search({.text = u"private"_s, .scopes = {Mine}})).items.size(), 0);
        QCOMPARE(fixture.sql(u"mirror.db"_s, u"SELECT count(*) FROM blob"_s).toInt(), 1);
        QCOMPARE((**await(mirror.content(Other, local(u"a"_s))))->content, QByteArray("theirs: text"));
        QVERIFY(*await(mirror.setKeep(Mine, Mirror::Keep::Contents)));
        await(mirror.putContent(Mine, local(u"a"_s), state("again: text", 2)));
        QVERIFY(**await(mirror.content(Mine, local(u"a"_s))));
    }

    void limit_dropsTheOldestRevisionsFirst()
    {
        tests::StoreFixture fixture;
        Mirror mirror(fixture.open());
        QRandomGenerator random(1);
        QByteArray noise(20000, Qt::Uninitialized);
        for (int i = 0; i < 100; ++i) {
            random.generate(noise.begin(), noise.end());
            mirror.putContent(Mine, local(u"a"_s), state(noise, i));
        }
        QVERIFY(*await(mirror.putContent(Mine, local(u"b"_s), state("small: 1", 0))));
        QCOMPARE(await(mirror.revisions(Mine, local(u"a"_s))).items.size(), 100);
        const qint64 before = **await(mirror.sizeOnDisk());
        mirror.setLimit(1'000'000);
        QTRY_VERIFY(await(mirror.revisions(Mine, local(u"a"_s))).items.size() < 100);
        QTRY_COMPARE(**await(mirror.purge()), 0);
        const auto left = await(mirror.revisions(Mine, local(u"a"_s))).items;
        QVERIFY(!left.isEmpty());
        QCOMPARE(left.first().seenAt, at(99));
        QVERIFY(**await(mirror.content(Mine, local(u"a"_s))));
        QVERIFY(**await(mirror.content(Mine, local(u"b"_s))));
        QVERIFY(before > 2'000'000);
    }

    void clear_forgets()
    {
        tests::StoreFixture fixture;
        Mirror mirror(fixture.open());
        await(mirror.putContent(Mine, local(u"a"_s), state("some: text", 1)));
        await(mirror.putContent(Other, local(u"a"_s), state("other: text", 1)));
        QTRY_COMPARE((**await(mirror.coverage({Mine, Other}))).pending, 0);
        QSignalSpy cleared(&mirror, &Mirror::cleared);
        QVERIFY(*await(mirror.clear(Mine)));
        QCOMPARE(**await(mirror.count(Mine, u"public"_s, u"config"_s)), 0);
        QCOMPARE(**await(mirror.count(Other, u"public"_s, u"config"_s)), 1);
        QVERIFY(*await(mirror.clear()));
        QCOMPARE(**await(mirror.count(Other, u"public"_s, u"config"_s)), 0);
        QCOMPARE(cleared.count(), 2);
        QCOMPARE(await(mirror.search({.text = u"text"_s, .scopes = {Mine, Other}})).items.size(), 0);
        await(mirror.putContent(Mine, local(u"a"_s), state("new: text", 2)));
        QTRY_COMPARE((**await(mirror.coverage({Mine}))).pending, 0);
        QCOMPARE(await(mirror.search({.text = u"text"_s, .scopes = {Mine}})).items.size(), 1);
    }

    void anotherProgramsItems_areTold()
    {
        tests::StoreFixture fixture;
        Mirror mirror(fixture.open());
        await(mirror.upsert(Mine, {item(u"a"_s)}));
        QSignalSpy told(&mirror, &Mirror::changedElsewhere);
        const auto home = Home::open(fixture.path());
        Mirror theirs(**home);
        await(theirs.upsert(Mine, {item(u"b"_s)}));
        QTRY_VERIFY(told.count() > 0);
        QCOMPARE(**await(mirror.count(Mine, u"public"_s, u"config"_s)), 2);
    }

    void damagedFile_isMadeAnew()
    {
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"mirror.db was damaged"_s));
        tests::StoreFixture fixture;
        {
            Mirror mirror(fixture.open());
            await(mirror.putContent(Mine, local(u"a"_s), state("some: text", 1)));
        }
        fixture.home.reset();
        fixture.damage(u"mirror.db"_s, 0, QByteArray(5000, '\x11'));
        Mirror mirror(fixture.open());
        QCOMPARE(**await(mirror.count(Mine, u"public"_s, u"config"_s)), 0);
        const auto done = await(mirror.putContent(Mine, local(u"a"_s), state("some: text", 1)));
        QVERIFY2(done && *done, qPrintable(errorOf(done)));
        QCOMPARE(fixture.home->health().size(), 1);
        QCOMPARE(fixture.home->health().first().kind, Health::Kind::Quarantined);
    }

    void withoutAHome_readsAreEmptyAndWritesRefused()
    {
        const auto home = Home::open(u"/proc/signalbox-home"_s);
        Mirror mirror(**home);
        QCOMPARE(await(mirror.list(Mine, u"public"_s, u"config"_s)).items.size(), 0);
        const auto done = await(mirror.upsert(Mine, {item(u"a"_s)}));
        QVERIFY(done && !*done);
        const auto put = await(mirror.putContent(Mine, local(u"a"_s), state("x")));
        QVERIFY(put && !*put);
        const auto hits = await(mirror.search({.text = u"x"_s, .scopes = {Mine}}));
        QVERIFY(hits.end && *hits.end);
    }
};

SIGNALBOX_TEST(TstMirror)
#include "tst_mirror.moc"
