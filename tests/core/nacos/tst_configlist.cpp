// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/configclient.h"
#include "core/nacos/config/configdecode.h"
#include "core/nacos/config/partiallist.h"
#include "core/nacos/session/sessionprivate.h"
#include "tests/core/nacos/fixture.h"
#include "tests/core/nacos/flowplace.h"
#include "tests/support/testmain.h"

using namespace Qt::StringLiterals;
using namespace core;
using namespace core::nacos;
using tests::await;
using tests::errorOf;
using tests::HttpAnswer;
using tests::HttpSeen;
using tests::NacosFixture;
using tests::Place;

namespace {

const QString List = u"/nacos/v3/admin/cs/config/list"_s;
const QString Read = u"/nacos/v3/admin/cs/config"_s;

QJsonObject row(const QString &dataId, const QString &type = u"text"_s)
{
    return {{u"dataId"_s, dataId}, {u"groupName"_s, u"G"_s}, {u"md5"_s, QString::fromLatin1(md5Of(dataId.toUtf8()))}, {u"type"_s, type}};
}

HttpAnswer page(const QJsonArray &items, qint64 total)
{
    // The page count of real servers is wrong now and then.
    return NacosFixture::result(
        QJsonObject{{u"totalCount"_s, total}, {u"pageNumber"_s, 1}, {u"pagesAvailable"_s, 99}, {u"pageItems"_s, items}});
}

/// `count` rows, at most `cap` a page whatever was asked for.
tests::FakeHttpServer::Handler rows(int count, int cap)
{
    return [count, cap](const HttpSeen &seen) {
        const int number = seen.query(u"pageNo"_s).toInt(), size = std::min(cap, seen.query(u"pageSize"_s).toInt());
        QJsonArray items;
        for (int i = (number - 1) * size; i < std::min(count, number * size); ++i)
            items.append(row(u"c%1"_s.arg(i)));
        return page(items, count);
    };
}

/// A server others write to while its list is read: `after` runs when a page has been answered.
struct Shelf {
    QStringList names;
    int cap = 5, answered = 0;
    std::function<void(Shelf &, int page)> after;

    explicit Shelf(int count)
    {
        for (int i = 0; i < count; ++i)
            names.append(u"c%1"_s.arg(i, 2, 10, QChar(u'0')));
    }
    void serve(NacosFixture &f)
    {
        f.http.on("GET", List, [this](const HttpSeen &seen) {
            const int number = seen.query(u"pageNo"_s).toInt(), size = std::min(cap, seen.query(u"pageSize"_s).toInt());
            QJsonArray items;
            for (const QString &name : names.mid((number - 1) * size, size))
                items.append(row(name));
            const HttpAnswer answer = page(items, names.size());
            ++answered;
            if (after)
                after(*this, number);
            return answer;
        });
        f.http.on("GET", Read, [this](const HttpSeen &seen) {
            const QString name = seen.query(u"dataId"_s);
            return names.contains(name) ? NacosFixture::result(tests::detailOf(name, name)) : NacosFixture::result({}, 20004, 404);
        });
    }
};

struct Lists {
    NacosFixture f;
    std::unique_ptr<Session> session;
    std::unique_ptr<ConfigClient> configs;

    bool open(Session::Use use = Session::Use::OneShot)
    {
        session = f.session(use);
        const auto opened = await(session->open());
        configs = std::make_unique<ConfigClient>(*session, ConfigClient::Collaborators());
        return opened && *opened;
    }
    tests::Streamed<ConfigSummary> list(const ConfigQuery &query) { return await(configs->list(query), std::chrono::seconds(30)); }
};

QStringList names(const QList<ConfigSummary> &items)
{
    QStringList names;
    for (const ConfigSummary &item : items)
        names.append(item.key.dataId);
    names.sort();
    return names;
}

ConfigQuery in(const QString &space)
{
    ConfigQuery query;
    query.namespaceId = space;
    return query;
}

} // namespace

Q_DECLARE_METATYPE(std::function<void(Shelf &, int)>)

class TstConfigList : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void completeWhateverThePages_data()
    {
        QTest::addColumn<int>("count");
        QTest::addColumn<int>("cap");
        QTest::newRow("none") << 0 << 500;
        QTest::newRow("one") << 1 << 500;
        QTest::newRow("exactly a page") << 500 << 500;
        QTest::newRow("one more") << 501 << 500;
        QTest::newRow("several") << 1703 << 500;
        QTest::newRow("a server with a limit of its own") << 350 << 100;
        QTest::newRow("one that gives hardly any") << 23 << 10;
    }
    void completeWhateverThePages()
    {
        QFETCH(int, count);
        QFETCH(int, cap);
        Lists l;
        l.f.http.on("GET", List, rows(count, cap));
        QVERIFY(l.open());
        auto *stream = l.configs->list(in({}));
        qint64 lastDone = -1, lastTotal = -1;
        connect(stream, &Operation::progress, this, [&](qint64 done, qint64 total) {
            lastDone = done;
            lastTotal = total;
        });
        const auto listed = await(stream, std::chrono::seconds(30));
        QVERIFY2(listed.end && *listed.end, qPrintable(errorOf(listed.end)));
        QCOMPARE(listed.items.size(), count);
        const QStringList all = names(listed.items);
        QCOMPARE(QSet<QString>(all.begin(), all.end()).size(), count);
        QCOMPARE(lastDone, count);
        QCOMPARE(lastTotal, count);
        const HttpSeen first = l.f.http.seen(List).first();
        QCOMPARE(first.query(u"namespaceId"_s), u"public"_s);
        QCOMPARE(first.query(u"search"_s), u"blur"_s);
    }

    /// Whatever others add and delete meanwhile, what was there all the time is listed, and once.
    void aListThatMovesIsReadAgain_data()
    {
        QTest::addColumn<std::function<void(Shelf &, int)>>("after");
        using After = std::function<void(Shelf &, int)>;
        const auto once = [](auto change) -> After {
            return [change](Shelf &shelf, int) {
                if (shelf.answered == 1)
                    change(shelf.names);
            };
        };
        QTest::newRow("one goes") << once([](QStringList &names) { names.removeFirst(); });
        QTest::newRow("one comes") << once([](QStringList &names) { names.prepend(u"b"_s); });
        QTest::newRow("one comes at the end") << once([](QStringList &names) { names.append(u"d"_s); });
        QTest::newRow("one goes, another comes") << once([](QStringList &names) {
            names.removeFirst();
            names.append(u"d"_s);
        });
        QTest::newRow("one comes, another goes") << once([](QStringList &names) {
            names.prepend(u"b"_s);
            names.removeLast();
        });
        QTest::newRow("between the first and the last") << After([](Shelf &shelf, int) {
            if (shelf.answered == 2) {
                shelf.names.removeAt(6);
                shelf.names.insert(13, u"c99"_s);
            }
        });
        QTest::newRow("many go") << After([](Shelf &shelf, int) {
            if (shelf.answered < 12)
                shelf.names.removeFirst();
        });
        QTest::newRow("many come") << After([](Shelf &shelf, int) {
            if (shelf.answered < 12)
                shelf.names.prepend(u"b%1"_s.arg(shelf.answered));
        });
        QTest::newRow("many come and go") << After([](Shelf &shelf, int) {
            if (shelf.answered >= 12)
                return;
            if (shelf.answered % 2 == 0)
                shelf.names.insert(shelf.answered, u"b%1"_s.arg(shelf.answered));
            else
                shelf.names.removeFirst();
        });
    }
    void aListThatMovesIsReadAgain()
    {
        QFETCH(const std::function<void(Shelf &, int)>, after);
        Lists l;
        Shelf shelf(30);
        const QStringList before = shelf.names;
        shelf.after = after;
        shelf.serve(l.f);
        QVERIFY(l.open());
        const auto listed = l.list(in(u"public"_s));
        QVERIFY2(listed.end && *listed.end, qPrintable(errorOf(listed.end)));
        const QStringList got = names(listed.items);
        QCOMPARE(QSet<QString>(got.begin(), got.end()).size(), got.size());
        for (const QString &name : before) {
            if (shelf.names.contains(name))
                QVERIFY2(got.contains(name), qPrintable(name));
        }
    }

    /// One that cannot be read without something moving says so; nothing is taken for deleted because of it.
    void aListThatNeverStandsStillIsPartial()
    {
        Place p;
        Shelf shelf(30);
        shelf.serve(p.f);
        QVERIFY(p.open());
        QVERIFY(*await(p.configs().list(in(u"public"_s))).end);
        int next = 0;
        shelf.after = [&next](Shelf &moving, int) {
            moving.names.removeAt(moving.answered % 3);
            moving.names.insert(20, u"n%1"_s.arg(next++));
        };
        const auto listed = await(p.configs().list(in(u"public"_s)), std::chrono::seconds(30));
        QVERIFY(listed.end && !*listed.end);
        QVERIFY2(isPartialList(listed.end->error()) && listed.end->error().retryable, qPrintable(errorOf(listed.end)));
        QVERIFY(!listed.items.isEmpty());
        QVERIFY2(shelf.answered < 200, qPrintable(QString::number(shelf.answered)));
        for (int i = 0; i < 30; ++i)
            QVERIFY(!p.remembered({u"public"_s, u"G"_s, u"c%1"_s.arg(i, 2, 10, QChar(u'0'))})->deleted);
    }

    void whatGoesWhileTheListIsReadIsTold()
    {
        Place p;
        Shelf shelf(10);
        shelf.serve(p.f);
        QVERIFY(p.open());
        shelf.after = [](Shelf &moving, int) {
            if (moving.answered == 1)
                moving.names.removeFirst();
        };
        QList<ConfigKey> changed;
        connect(&p.configs(), &ConfigClient::configChanged, this, [&changed](const ConfigKey &key) { changed.append(key); });
        const auto listed = await(p.configs().list(in(u"public"_s)), std::chrono::seconds(30));
        QVERIFY2(listed.end && *listed.end, qPrintable(errorOf(listed.end)));
        QCOMPARE(listed.items.size(), 10);
        QCOMPARE(changed, (QList<ConfigKey>{{u"public"_s, u"G"_s, u"c00"_s}}));
        QTRY_VERIFY(p.remembered({u"public"_s, u"G"_s, u"c00"_s})->deleted);
        QVERIFY(!p.remembered({u"public"_s, u"G"_s, u"c05"_s})->deleted);
    }

    /// What is known and not listed is asked for before it is taken for deleted.
    void whatTheListDoesNotHaveIsAskedFor()
    {
        Place p;
        Shelf shelf(12);
        shelf.serve(p.f);
        QVERIFY(p.open());
        QVERIFY(*await(p.configs().list(in(u"public"_s))).end);
        const ConfigKey there{u"public"_s, u"G"_s, u"c03"_s}, gone{u"public"_s, u"G"_s, u"c04"_s}, unknown{u"public"_s, u"G"_s, u"c07"_s};
        p.f.http.on("GET", Read, [](const HttpSeen &seen) {
            const QString name = seen.query(u"dataId"_s);
            return name == "c03"_L1 ? NacosFixture::result(tests::detailOf(name, name))
                : name == "c04"_L1  ? NacosFixture::result({}, 20004, 404)
                                    : NacosFixture::result(u"broken"_s, 30000, 500);
        });
        shelf.names.removeIf([](const QString &name) { return name == "c03"_L1 || name == "c04"_L1 || name == "c07"_L1; });
        const auto listed = await(p.configs().list(in(u"public"_s)));
        QVERIFY2(listed.end && *listed.end, qPrintable(errorOf(listed.end)));
        QVERIFY(names(listed.items).contains(u"c03"_s));
        QCOMPARE(listed.items.size(), 10);
        QTRY_VERIFY(p.remembered(gone)->deleted);
        QVERIFY(!p.remembered(there)->deleted);
        QVERIFY(!p.remembered(unknown)->deleted);
        // Known and listed: nothing is asked for.
        p.f.http.forget();
        QVERIFY(*await(p.configs().list(in(u"public"_s))).end);
        QCOMPARE(p.f.http.seen(Read).size(), 2); // what is there and not listed, and what nobody could tell of
    }

    void anEmptyPageIsTheEnd()
    {
        Lists l;
        l.f.http.on("GET", List, [](const HttpSeen &seen) {
            return page(seen.query(u"pageNo"_s) == u"1" ? QJsonArray{row(u"a"_s)} : QJsonArray(), 1000);
        });
        QVERIFY(l.open());
        const auto listed = l.list(in(u"public"_s));
        QCOMPARE(names(listed.items), QStringList{u"a"_s});
        QVERIFY(listed.end && !*listed.end && isPartialList(listed.end->error()));
        QCOMPARE(listed.end->error().message, u"the server counts 1000 configurations and lists 1"_s);
        QVERIFY(l.f.http.seen(List).size() < 20);
    }

    void aServerThatRepeatsItselfIsNotAskedForEver()
    {
        Lists l;
        l.f.http.on("GET", List, page({row(u"a"_s), row(u"b"_s)}, 1'000'000'000));
        QVERIFY(l.open());
        const auto listed = l.list(in(u"public"_s));
        QCOMPARE(names(listed.items), (QStringList{u"a"_s, u"b"_s}));
        QVERIFY(listed.end && !*listed.end && isPartialList(listed.end->error()));
        QVERIFY(l.f.http.seen(List).size() < 20);
    }

    void aBusyServerIsAskedAgain()
    {
        Lists l;
        const auto refused = std::make_shared<int>(0);
        l.f.http.on("GET", List, [refused](const HttpSeen &seen) {
            if (seen.query(u"pageNo"_s) == u"2" && ++*refused <= 2)
                return HttpAnswer::json("server is busy", 503);
            return rows(1100, 500)(seen);
        });
        QVERIFY(l.open());
        const auto listed = l.list(in(u"public"_s));
        QVERIFY2(listed.end && *listed.end, qPrintable(errorOf(listed.end)));
        QCOMPARE(listed.items.size(), 1100);
    }

    void aFailureInTheMiddleIsNoSuccess()
    {
        Lists l;
        l.f.http.on("GET", List, [](const HttpSeen &seen) {
            return seen.query(u"pageNo"_s) == u"2" ? NacosFixture::result(u"broken"_s, 30000, 500) : rows(1100, 500)(seen);
        });
        QVERIFY(l.open());
        const auto listed = l.list(in(u"public"_s));
        QVERIFY(listed.end && !*listed.end);
        QCOMPARE(listed.end->error().kind, Error::Kind::Rejected);
    }

    void whatLikeMatchesTooMuchIsTakenOut()
    {
        Lists l;
        l.f.http.on("GET", List, page({row(u"a_c"_s), row(u"abc"_s), row(u"a_cd"_s)}, 3));
        QVERIFY(l.open());
        ConfigQuery query = in(u"dev"_s);
        query.dataId = u"a_c"_s;
        query.group = u"G*"_s;
        auto listed = l.list(query);
        QCOMPARE(names(listed.items), QStringList{u"a_c"_s});
        QCOMPARE(l.f.http.seen(List).last().query(u"dataId"_s), u"a_c"_s);
        QCOMPARE(l.f.http.seen(List).last().query(u"namespaceId"_s), u"dev"_s);
        query.dataId = u"a_c*"_s;
        listed = l.list(query);
        QCOMPARE(names(listed.items), (QStringList{u"a_c"_s, u"a_cd"_s}));
    }

    void filtersGoToTheServer()
    {
        Lists l;
        l.f.http.on("GET", List, page({row(u"a"_s, u"yaml"_s), row(u"b"_s, u"json"_s)}, 2));
        QVERIFY(l.open());
        ConfigQuery query = in(u"public"_s);
        query.app = u"shop"_s;
        query.type = u"yaml"_s;
        query.tags = {u"x"_s, u"y"_s};
        const auto listed = l.list(query);
        QVERIFY2(listed.end && *listed.end, qPrintable(errorOf(listed.end)));
        QCOMPARE(names(listed.items), QStringList{u"a"_s}); // servers that ignore the type
        const HttpSeen seen = l.f.http.seen(List).first();
        QCOMPARE(seen.query(u"appName"_s), u"shop"_s);
        QCOMPARE(seen.query(u"type"_s), u"yaml"_s);
        QCOMPARE(seen.query(u"configTags"_s), u"x,y"_s);
    }

    void contentsAreSearchedByTheServer()
    {
        Lists l;
        l.f.http.on("GET", List, page({row(u"a"_s), row(u"b"_s)}, 2));
        QVERIFY(l.open());
        ConfigQuery query = in(u"public"_s);
        query.content = u"数字 needle"_s;
        const auto listed = l.list(query);
        QCOMPARE(names(listed.items), (QStringList{u"a"_s, u"b"_s}));
        QCOMPARE(l.f.http.seen(List).first().query(u"configDetail"_s), u"*数字 needle*"_s);
        QVERIFY(l.f.http.seen(Read).isEmpty());
    }

    /// `_` and `*` mean something to the server: what it finds is looked at.
    void aSearchIsLiteral()
    {
        Lists l;
        l.f.http.on("GET", List, page({row(u"right"_s), row(u"wrong"_s), row(u"unreadable"_s)}, 3));
        l.f.http.on("GET", Read, [](const HttpSeen &seen) {
            const QString name = seen.query(u"dataId"_s);
            if (name == "unreadable"_L1)
                return NacosFixture::result(u"broken"_s, 30000, 500);
            return NacosFixture::result(QJsonObject{
                {u"dataId"_s, name}, {u"groupName"_s, u"G"_s}, {u"content"_s, name == "right"_L1 ? u"max_size*2"_s : u"maxXsize 2"_s}});
        });
        QVERIFY(l.open());
        ConfigQuery query = in(u"public"_s);
        query.content = u"x_size*"_s;
        const auto listed = l.list(query);
        QVERIFY2(listed.end && *listed.end, qPrintable(errorOf(listed.end)));
        QCOMPARE(names(listed.items), (QStringList{u"right"_s, u"unreadable"_s})); // what cannot be looked at is not hidden
    }

    void theConsoleSearchesElsewhere()
    {
        Lists l;
        l.f.http.on("GET", List, NacosFixture::servlet(403, "Code: 403, Message: authorization failed!."));
        l.f.console.on("GET", u"/v3/console/cs/config/list"_s, page({row(u"a"_s)}, 1));
        l.f.console.on("GET", u"/v3/console/cs/config/searchDetail"_s, page({row(u"b"_s)}, 1));
        QVERIFY(l.open(Session::Use::Interactive));
        QTRY_VERIFY(l.session->capabilities().has(Plane::Console));
        QCOMPARE(names(l.list(in(u"public"_s)).items), QStringList{u"a"_s});
        QCOMPARE(l.session->capabilities().detours.value(requestkind::ConfigList), Plane::Console);
        ConfigQuery query = in(u"public"_s);
        query.content = u"needle"_s;
        QCOMPARE(names(l.list(query).items), QStringList{u"b"_s});
    }

    void generationTwo()
    {
        Lists l;
        l.f.http.on("GET", u"/nacos/v3/admin/core/state"_s, NacosFixture::servlet(404, "Not Found"));
        l.f.http.on("GET", u"/nacos/v1/console/server/state"_s, HttpAnswer::json(R"({"version":"2.4.3","standalone_mode":"standalone"})"));
        l.f.http.on("GET", u"/nacos/v1/cs/configs"_s, HttpAnswer::json(R"({"totalCount":2,"pageItems":[
            {"id":5,"dataId":"a","group":"G","tenant":"","content":"has max_size","md5":"m","type":null},
            {"id":6,"dataId":"b","group":"G","tenant":"","content":"has maxXsize","md5":"n","type":"json"}]})"));
        QVERIFY(l.open());
        QCOMPARE(names(l.list(in(u"public"_s)).items), (QStringList{u"a"_s, u"b"_s}));
        QVERIFY(l.f.http.seen(u"/nacos/v1/cs/configs"_s).first().target.contains("tenant=&"));
        ConfigQuery query = in(u"public"_s);
        query.content = u"x_s"_s;
        QCOMPARE(names(l.list(query).items), QStringList{u"a"_s}); // the list carries the contents, nothing more is asked for
    }

    /// A reader that is slow does not make the pages pile up.
    void aSlowReaderIsWaitedFor()
    {
        Lists l;
        l.f.http.on("GET", List, rows(5000, 500));
        QVERIFY(l.open());
        auto *stream = l.configs->list(in(u"public"_s));
        stream->setHighWater({.items = 500});
        const auto listed = await(stream, std::chrono::seconds(30));
        QVERIFY2(listed.end && *listed.end, qPrintable(errorOf(listed.end)));
        QCOMPARE(listed.items.size(), 5000);
        QVERIFY(listed.batches >= 5);
    }

    /// Nor does what must be looked at one by one.
    void aSlowReaderIsWaitedFor_byTheSearch()
    {
        constexpr int Hits = 200;
        Lists l;
        l.f.http.on("GET", List, rows(Hits, 500));
        l.f.http.on("GET", Read, [](const HttpSeen &seen) {
            return NacosFixture::result(
                QJsonObject{{u"dataId"_s, seen.query(u"dataId"_s)}, {u"groupName"_s, u"G"_s}, {u"content"_s, u"a_b"_s}});
        });
        QVERIFY(l.open());
        ConfigQuery query = in(u"public"_s);
        query.content = u"a_b"_s;
        auto *stream = l.configs->list(query);
        stream->setHighWater({.items = 10});
        stream->hold();
        QList<ConfigSummary> got;
        std::optional<Result<Done>> end;
        stream->each(this, [&got](const QList<ConfigSummary> &batch) { got += batch; });
        stream->then(this, [&end](const Result<Done> &result) { end = result; });
        const auto asked = [&l] { return l.f.http.seen(Read).size(); };
        QTRY_VERIFY(asked() >= 10 + 15);
        // Were another asked for, it would be in the turns that bring the answers of these.
        qsizetype last = 0;
        QTRY_VERIFY(std::exchange(last, asked()) == asked());
        QVERIFY2(asked() <= 10 + 16, qPrintable(u"%1 were looked at"_s.arg(asked())));
        stream->setHighWater({});
        stream->release();
        QTRY_VERIFY_WITH_TIMEOUT(end, 20000);
        QCOMPARE(got.size(), Hits);
    }
};

SIGNALBOX_TEST(TstConfigList)
#include "tst_configlist.moc"
