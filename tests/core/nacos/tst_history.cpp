// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/configclient.h"
#include "core/nacos/config/configdecode.h"
#include "tests/core/nacos/fixture.h"
#include "tests/support/testmain.h"

using namespace Qt::StringLiterals;
using namespace core;
using namespace core::nacos;
using tests::await;
using tests::errorOf;
using tests::HttpAnswer;
using tests::HttpSeen;
using tests::NacosFixture;
using Verb = ConfigRevision::Verb;

namespace {

const ConfigKey Key{u"public"_s, u"G"_s, u"d"_s};
const QString Read = u"/nacos/v3/admin/cs/config"_s, List = u"/nacos/v3/admin/cs/history/list"_s, Row = u"/nacos/v3/admin/cs/history"_s;

/// One row of a server's history, with the content as such servers keep it: of `U` and `D` the one before the change.
struct Kept {
    int nid;
    QString type, content;
    qint64 minute;
};

QJsonObject json(const Kept &row)
{
    return {{u"id"_s, QString::number(row.nid)},
            {u"dataId"_s, u"d"_s},
            {u"groupName"_s, u"G"_s},
            {u"namespaceId"_s, u"public"_s},
            {u"opType"_s, row.type.leftJustified(10)},
            {u"publishType"_s, u"formal"_s},
            {u"md5"_s, QJsonValue()},
            {u"srcUser"_s, u"user%1"_s.arg(row.nid)},
            {u"createTime"_s, qint64(1273017600000)}, // means nothing
            {u"modifyTime"_s, qint64(1'700'000'000'000) + row.minute * 60'000}};
}

struct Place {
    NacosFixture f;
    std::unique_ptr<Session> session;
    std::unique_ptr<ConfigClient> configs;

    bool open(const QList<Kept> &rows, const std::optional<QString> &live, qint64 minute = 0)
    {
        keep(rows, live, minute);
        session = f.session(Session::Use::OneShot);
        const auto opened = await(session->open());
        configs = std::make_unique<ConfigClient>(*session, ConfigClient::Collaborators());
        return opened && *opened;
    }
    void keep(const QList<Kept> &rows, const std::optional<QString> &live, qint64 minute)
    {
        f.http.on("GET", List, [rows](const HttpSeen &) {
            QJsonArray items;
            for (const Kept &row : rows)
                items.append(json(row));
            return NacosFixture::result(QJsonObject{{u"totalCount"_s, items.size()}, {u"pageItems"_s, items}});
        });
        f.http.on("GET", Row, [rows](const HttpSeen &seen) {
            for (const Kept &row : rows) {
                if (QString::number(row.nid) != seen.query(u"nid"_s))
                    continue;
                QJsonObject object = json(row);
                object.insert(u"content"_s, row.content);
                object.insert(u"extInfo"_s, uR"({"type":"yaml","c_desc":"then"})"_s);
                return NacosFixture::result(object);
            }
            return NacosFixture::result(u"no such row"_s, 20002, 400);
        });
        if (!live)
            return f.http.on("GET", Read, NacosFixture::result(u"config data not exist"_s, 20004, 404));
        f.http.on("GET", Read,
                  NacosFixture::result(QJsonObject{{u"dataId"_s, u"d"_s},
                                                   {u"groupName"_s, u"G"_s},
                                                   {u"content"_s, *live},
                                                   {u"md5"_s, QString::fromLatin1(md5Of(live->toUtf8()))},
                                                   {u"createUser"_s, u"live-user"_s},
                                                   {u"modifyTime"_s, qint64(1'700'000'000'000) + minute * 60'000}}));
    }
    tests::Streamed<ConfigRevision> history() { return await(configs->history(Key)); }
    /// Contents of the states as they can be asked for, newest first; "-": did not exist.
    QStringList contents()
    {
        QStringList all;
        for (const ConfigRevision &state : history().items) {
            const auto detail = await(configs->revision(Key, state.id));
            if (!detail || !*detail)
                all.append(u"? "_s + errorOf(detail));
            else
                all.append((*detail)->content ? QString::fromUtf8(*(*detail)->content) : u"-"_s);
        }
        return all;
    }
};

} // namespace

/// The server's rows as "seen on a live": each holds the content before its change, and answers lag behind writes.
class TstHistory : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void tellsWhatWasWhen()
    {
        Place p;
        QVERIFY(p.open({{4, u"I"_s, u"three"_s, 4}, {3, u"D"_s, u"two"_s, 3}, {2, u"U"_s, u"one"_s, 2}, {1, u"I"_s, u"one"_s, 1}},
                       u"three"_s, 4));
        const auto history = p.history();
        QVERIFY2(history.end && *history.end, qPrintable(errorOf(history.end)));
        QList<Verb> verbs;
        QStringList who;
        for (const ConfigRevision &state : history.items) {
            verbs.append(state.verb);
            who.append(state.by);
            QVERIFY(state.at.isValid() && state.at.date().year() == 2023);
        }
        QCOMPARE(verbs, (QList<Verb>{Verb::Created, Verb::Deleted, Verb::Updated, Verb::Created}));
        QCOMPARE(who, (QStringList{u"user4"_s, u"user3"_s, u"user2"_s, u"user1"_s}));
        QVERIFY(history.items.first().current);
        QCOMPARE(history.items.at(2).md5, md5Of("two")); // looked up: the list does not tell
        QCOMPARE(p.contents(), (QStringList{u"three"_s, u"-"_s, u"two"_s, u"one"_s}));
    }

    void theAttributesOfThatTime()
    {
        Place p;
        QVERIFY(p.open({{2, u"U"_s, u"one"_s, 2}, {1, u"I"_s, u"one"_s, 1}}, u"two"_s, 2));
        const auto detail = await(p.configs->revision(Key, u"h:2"_s));
        QVERIFY2(detail && *detail, qPrintable(errorOf(detail)));
        QVERIFY((*detail)->complete);
        QCOMPARE((*detail)->attributes.type, u"yaml"_s);
        QCOMPARE((*detail)->attributes.description, u"then"_s);
    }

    void aDeletedOneStillHasAHistory()
    {
        Place p;
        QVERIFY(p.open({{2, u"D"_s, u"one"_s, 2}, {1, u"I"_s, u"one"_s, 1}}, std::nullopt));
        QCOMPARE(p.contents(), (QStringList{u"-"_s, u"one"_s}));
    }

    /// The row of the newest change is not there yet.
    void rowsLagBehind()
    {
        Place p;
        QVERIFY(p.open({{1, u"I"_s, u"one"_s, 1}}, u"two"_s, 9));
        QCOMPARE(p.contents(), (QStringList{u"two"_s, u"one"_s}));
        QCOMPARE(p.history().items.first().by, u"live-user"_s);
    }

    /// What was live when the list was shown has been replaced since: its id still leads to the same content.
    void aStateKeepsItsName()
    {
        Place p;
        QVERIFY(p.open({{1, u"I"_s, u"one"_s, 1}}, u"one"_s, 1));
        const QString id = p.history().items.first().id;
        p.keep({{2, u"U"_s, u"one"_s, 2}, {1, u"I"_s, u"one"_s, 1}}, u"two"_s, 2);
        auto detail = await(p.configs->revision(Key, id));
        QVERIFY2(detail && *detail, qPrintable(errorOf(detail)));
        QCOMPARE((*detail)->content, std::optional("one"_ba));
        p.keep({}, u"three"_s, 3);
        detail = await(p.configs->revision(Key, id));
        QVERIFY(detail && !*detail);
        QCOMPARE(detail->error().kind, Error::Kind::NotFound);
    }

    void revisionsThatAreNone()
    {
        Place p;
        QVERIFY(p.open({{1, u"I"_s, u"one"_s, 1}}, u"one"_s, 1));
        auto detail = await(p.configs->revision(Key, u"h:99"_s)); // the server answers 400
        QCOMPARE(detail->error().kind, Error::Kind::NotFound);
        detail = await(p.configs->revision({u"public"_s, u"G"_s, u"other"_s}, u"h:1"_s));
        QCOMPARE(detail->error().kind, Error::Kind::NotFound);
        detail = await(p.configs->revision(Key, u"m:1"_s)); // without a mirror
        QCOMPARE(detail->error().kind, Error::Kind::NotFound);
        detail = await(p.configs->revision(Key, u"nonsense"_s));
        QCOMPARE(detail->error().kind, Error::Kind::Usage);
    }

    void longHistoriesComeInPages()
    {
        Place p;
        QVERIFY(p.open({}, u"now"_s, 3000));
        p.f.http.on("GET", List, [](const HttpSeen &seen) {
            const int number = seen.query(u"pageNo"_s).toInt(), size = seen.query(u"pageSize"_s).toInt(), count = 1300;
            QJsonArray items;
            for (int i = (number - 1) * size; i < std::min(count, number * size); ++i) {
                QJsonObject row = json({count - i, i == count - 1 ? u"I"_s : u"U"_s, {}, 3000 - i});
                row.insert(u"md5"_s, QString::fromLatin1(md5Of(QByteArray::number(i))));
                items.append(row);
            }
            return NacosFixture::result(QJsonObject{{u"totalCount"_s, count}, {u"pageItems"_s, items}});
        });
        const auto history = p.history();
        QVERIFY2(history.end && *history.end, qPrintable(errorOf(history.end)));
        QCOMPARE(history.items.size(), 1300);
        QVERIFY(history.items.last().verb == Verb::Created);
    }

    void aTotalThatNeverEnds()
    {
        Place p;
        QVERIFY(p.open({}, u"now"_s, 1));
        p.f.http.on("GET", List, [](const HttpSeen &seen) {
            QJsonObject row = json({seen.query(u"pageNo"_s).toInt(), u"U"_s, {}, 0});
            row.insert(u"md5"_s, u"m"_s);
            return NacosFixture::result(QJsonObject{{u"totalCount"_s, 1'000'000'000}, {u"pageItems"_s, QJsonArray{row}}});
        });
        const auto history = p.history();
        QVERIFY2(history.end && *history.end, qPrintable(errorOf(history.end)));
        QVERIFY(p.f.http.seen(List).size() <= 100);
    }

    void aFailureIsTold()
    {
        Place p;
        QVERIFY(p.open({{1, u"I"_s, u"one"_s, 1}}, u"one"_s, 1));
        p.f.http.on("GET", List, NacosFixture::result(u"broken"_s, 30000, 500));
        auto history = p.history();
        QVERIFY(history.end && !*history.end);
        QCOMPARE(history.end->error().kind, Error::Kind::Rejected);
        p.keep({{1, u"I"_s, u"one"_s, 1}}, u"one"_s, 1);
        p.f.http.on("GET", Read, NacosFixture::result(u"broken"_s, 30000, 500));
        history = p.history();
        QVERIFY(history.end && !*history.end);
        // One row that cannot be read spoils nothing: its state is there, without MD5.
        p.keep({{2, u"U"_s, u"one"_s, 2}, {1, u"I"_s, u"one"_s, 1}}, u"two"_s, 2);
        p.f.http.on("GET", Row, NacosFixture::result(u"broken"_s, 30000, 500));
        history = p.history();
        QVERIFY(history.end && *history.end);
        QCOMPARE(history.items.size(), 2);
        QVERIFY(history.items.last().md5.isEmpty());
    }

    // ---- Listeners ---------------------------------------------------------------------------------------------------------------

    void whoListens()
    {
        NacosFixture f;
        f.grpc.put({}, u"G"_s, u"d"_s, "new");
        f.http.on("GET", u"/nacos/v3/admin/cs/config/listener"_s,
                  NacosFixture::result(QJsonObject{{u"queryType"_s, u"config"_s},
                                                   {u"listenersStatus"_s,
                                                    QJsonObject{{u"10.0.0.1"_s, QString::fromLatin1(md5Of("new"))},
                                                                {u"10.0.0.2"_s, QString::fromLatin1(md5Of("old"))}}}}));
        f.http.on("GET", u"/nacos/v3/admin/core/loader/current"_s,
                  NacosFixture::result(QJsonObject{
                      {u"c"_s,
                       QJsonObject{
                           {u"metaInfo"_s, QJsonObject{{u"clientIp"_s, u"10.0.0.1"_s}, {u"version"_s, u"Nacos-Java-Client:v3.1.0"_s}}}}}}));
        const auto session = f.session();
        QVERIFY(await(session->open()));
        ConfigClient configs(*session, {});
        const auto listeners = await(configs.listeners(Key));
        QVERIFY2(listeners && *listeners, qPrintable(errorOf(listeners)));
        QCOMPARE((*listeners)->size(), 2);
        QVERIFY((*listeners)->first().upToDate && !(*listeners)->last().upToDate);
        QCOMPARE((*listeners)->first().client, u"Java 3.1.0"_s);
        QVERIFY((*listeners)->last().client.isEmpty());
        // Not knowing the programs is no failure.
        f.http.on("GET", u"/nacos/v3/admin/core/loader/current"_s, NacosFixture::servlet(403, "Code: 403, Message: no"));
        QCOMPARE((**await(configs.listeners(Key))).size(), 2);
    }

    void whatOneClientListensTo()
    {
        NacosFixture f;
        f.http.on("GET", u"/nacos/v3/admin/cs/listener"_s,
                  NacosFixture::result(QJsonObject{
                      {u"queryType"_s, u"ip"_s},
                      {u"listenersStatus"_s, QJsonObject{{u"a%2Bb+G+public"_s, u"m"_s}, {u"old+G"_s, u"n"_s}, {u"c+G+dev"_s, u"o"_s}}}}));
        const auto session = f.session();
        QVERIFY(await(session->open()));
        ConfigClient configs(*session, {});
        auto listened = await(configs.listenedBy(u"10.0.0.1"_s, {}));
        QVERIFY2(listened && *listened, qPrintable(errorOf(listened)));
        QSet<ConfigKey> keys;
        for (const auto &[key, md5] : **listened)
            keys.insert(key);
        QCOMPARE(keys, (QSet<ConfigKey>{{u"public"_s, u"G"_s, u"a+b"_s}, {u"public"_s, u"G"_s, u"old"_s}, {u"dev"_s, u"G"_s, u"c"_s}}));
        // Without a namespace real servers answer with nothing.
        QCOMPARE(f.http.seen(u"/nacos/v3/admin/cs/listener"_s).first().query(u"namespaceId"_s), u"public"_s);
        f.http.on("GET", u"/nacos/v3/admin/cs/listener"_s,
                  NacosFixture::result(QJsonObject{{u"listenersStatus"_s, QJsonObject{{u"no group key"_s, u"m"_s}}}}));
        listened = await(configs.listenedBy(u"10.0.0.1"_s, {}));
        QVERIFY(listened && !*listened);
        QCOMPARE(listened->error().kind, Error::Kind::BadReply);
    }
};

SIGNALBOX_TEST(TstHistory)
#include "tst_history.moc"
