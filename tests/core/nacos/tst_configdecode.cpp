// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/configdecode.h"

#include "core/nacos/config/queryanswer.h"
#include "core/nacos/config/wildcards.h"
#include "core/nacos/session/probe.h"
#include "core/nacos/session/servers.h"
#include "core/profiles/profile.h"
#include "tests/support/testmain.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;
using namespace core::nacos;

namespace {

QJsonValue value(const QByteArray &json)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    return document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
}

const ConfigKey Key{u"public"_s, u"G"_s, u"d"_s};

} // namespace

class TstConfigDecode : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aPageOfV3()
    {
        const auto page = decodeConfigPage(Dialect::V3, value(R"({"totalCount":7,"pageNumber":1,"pagesAvailable":4,"pageItems":[
            {"id":"1098966054471733248","namespaceId":"public","groupName":"G","dataId":"a","md5":"m","type":"yaml","appName":null,"createTime":0,"modifyTime":0},
            {"id":"2","namespaceId":"public","groupName":"G","dataId":"b","md5":null,"type":"unset","appName":"x","configTags":"b, a,,b"}]})"),
                                           {}, u"public"_s);
        QVERIFY(page);
        QCOMPARE(page->total, 7);
        QCOMPARE(page->items.size(), 2);
        QCOMPARE(page->items.first().id, u"1098966054471733248"_s);
        QCOMPARE(page->items.first().key, (ConfigKey{u"public"_s, u"G"_s, u"a"_s}));
        QVERIFY(!page->items.first().changedAt.isValid());
        QVERIFY(page->items.last().md5.isEmpty() && page->items.last().type.isEmpty());
        QCOMPARE(page->items.last().tags, (QStringList{u"a"_s, u"b"_s}));
    }

    void aPageOfV1CarriesContents()
    {
        const QByteArray body = R"({"totalCount":4,"pageItems":[
            {"id":5,"dataId":"a","group":"G","tenant":"","content":"x","md5":"m","type":null,"appName":""},
            {"id":6,"dataId":"b","group":"G","tenant":"","content":"x","md5":null},
            {"id":7,"dataId":"c","group":"G","tenant":"","content":"\ufeffx"},
            {"id":8,"dataId":"d","group":"G","tenant":"","content":null}]})";
        const auto page = decodeConfigPage(Dialect::V1, value(body), body, u"public"_s);
        QVERIFY(page);
        QCOMPARE(page->items.first().id, u"5"_s);
        QCOMPARE(page->items.first().size, std::optional<qint64>(1));
        QCOMPARE(page->contents, (QList<QByteArray>{"x", "x", "\xef\xbb\xbfx", {}}));
        // What the server does not say of the content, the content says.
        QCOMPARE(page->items.at(0).md5, "m"_ba);
        QCOMPARE(page->items.at(1).md5, md5Of("x"));
        QCOMPARE(page->items.at(2).md5, md5Of("\xef\xbb\xbfx"));
        QCOMPARE(page->items.at(2).size, std::optional<qint64>(4));
        QVERIFY(page->items.at(3).md5.isEmpty() && !page->items.at(3).size);
    }

    void whatIsNoPage_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("pointer");
        QTest::newRow("no total") << R"({"pageItems":[]})"_ba << u"/totalCount"_s;
        QTest::newRow("items are not a list") << R"({"totalCount":1,"pageItems":{}})"_ba << u"/pageItems"_s;
        QTest::newRow("an item without a name") << R"({"totalCount":1,"pageItems":[{"groupName":"G"}]})"_ba << u"/pageItems/0/dataId"_s;
        QTest::newRow("a name that is a number")
            << R"({"totalCount":1,"pageItems":[{"dataId":1,"groupName":"G"}]})"_ba << u"/pageItems/0/dataId"_s;
    }
    void whatIsNoPage()
    {
        QFETCH(QByteArray, json);
        QFETCH(QString, pointer);
        const auto page = decodeConfigPage(Dialect::V3, value(json), json, u"public"_s);
        QVERIFY(!page);
        QCOMPARE(page.error().kind, Error::Kind::BadReply);
        QVERIFY2(page.error().message.startsWith(pointer), qPrintable(page.error().message));
    }

    void aDetail()
    {
        const QByteArray body =
            R"({"id":"9","namespaceId":"","groupName":"G","dataId":"d","md5":"abc","type":"json","appName":"shop","createTime":1700000000000,
            "modifyTime":1700000001000,"content":"{\u0022a\u0022:1}","desc":"text","encryptedDataKey":"k","createUser":"nacos","createIp":"10.0.0.1","configTags":"b,a"})";
        const auto detail = decodeConfigDetail(Dialect::V3, value(body), body, Key);
        QVERIFY(detail && *detail);
        QCOMPARE((*detail)->content, "{\"a\":1}"_ba);
        QCOMPARE((*detail)->attributes.tags, (QStringList{u"a"_s, u"b"_s}));
        QCOMPARE((*detail)->attributes.description, u"text"_s);
        QCOMPARE((*detail)->changedBy, u"nacos"_s);
        QCOMPARE((*detail)->changedAt.toMSecsSinceEpoch(), 1700000001000);
        QVERIFY((*detail)->encrypted());
    }

    void aByteOrderMarkIsContent()
    {
        const QByteArray wrapped = "{\"code\":0,\"message\":\"success\",\"data\":{\"content\":\"\xef\xbb\xbfx\",\"dataId\":\"d\"}}";
        const auto detail = decodeConfigDetail(Dialect::V3, value(wrapped).toObject().value(u"data"_s), wrapped, Key);
        QVERIFY(detail && *detail);
        QCOMPARE((*detail)->content, "\xef\xbb\xbfx"_ba);
        QCOMPARE((*detail)->md5, md5Of("\xef\xbb\xbfx"));
    }

    void nothingIsAbsent()
    {
        QVERIFY(!*decodeConfigDetail(Dialect::V3, QJsonValue::Null, {}, Key));
        QVERIFY(!decodeConfigDetail(Dialect::V3, QJsonValue(u"text"_s), {}, Key));
        QVERIFY(!decodeConfigDetail(Dialect::V3, value(R"({"dataId":"d"})"), {}, Key));
        QVERIFY(!decodeConfigDetail(Dialect::V3, value(R"({"dataId":"other","content":"x"})"), {}, Key));
    }

    void historyRows()
    {
        const auto page = decodeHistoryPage(Dialect::V3, value(R"({"totalCount":2,"pageItems":[
            {"id":"52","md5":null,"createTime":1273017600000,"modifyTime":1700000000000,"srcIp":"10.0.0.1","srcUser":"nacos","opType":"U         ","publishType":"formal"},
            {"id":"51","modifyTime":1700000000000,"srcUser":null,"opType":"I","publishType":"gray"}]})"));
        QVERIFY(page);
        QCOMPARE(int(page->rows.first().change), int(HistoryRow::Change::Update));
        QCOMPARE(page->rows.first().at.toMSecsSinceEpoch(), 1700000000000);
        QVERIFY(page->rows.last().gray);
        QVERIFY(!decodeHistoryPage(Dialect::V3, value(R"({"totalCount":1,"pageItems":[{"opType":"I"}]})")));
    }

    void historyOfV1()
    {
        const auto page =
            decodeHistoryPage(Dialect::V1, value(R"({"totalCount":1,"pageItems":[{"id":"3","lastId":-1,"dataId":"d","group":"G",
            "opType":"D         ","createdTime":"2010-05-04T16:00:00.000+0000","lastModifiedTime":"2023-11-14T22:13:20.000+0000"}]})"));
        QVERIFY(page);
        QCOMPARE(int(page->rows.first().change), int(HistoryRow::Change::Delete));
        QCOMPARE(page->rows.first().at.toMSecsSinceEpoch(), 1700000000000);
    }

    void aHistoryRowTellsItsAttributes()
    {
        const QByteArray body =
            R"({"id":"49","dataId":"d","groupName":"G","namespaceId":"","content":"one","opType":"I","type":null,"appName":"shop",
            "encryptedDataKey":"","extInfo":"{\u0022src_user\u0022:\u0022nacos\u0022,\u0022type\u0022:\u0022json\u0022,\u0022config_tags\u0022:\u0022a,b\u0022,\u0022c_desc\u0022:\u0022text\u0022}"})";
        const auto detail = decodeHistoryDetail(Dialect::V3, value(body), body);
        QVERIFY(detail);
        QVERIFY(detail->complete);
        QCOMPARE(detail->attributes.type, u"json"_s);
        QCOMPARE(detail->attributes.description, u"text"_s);
        QCOMPARE(detail->attributes.tags, (QStringList{u"a"_s, u"b"_s}));
        QCOMPARE(detail->attributes.app, u"shop"_s);
        QCOMPARE(detail->namespaceId, u"public"_s);
        QCOMPARE(detail->row.md5, md5Of("one"));
        const QByteArray old = R"({"id":"1","dataId":"d","group":"G","tenant":"","content":"x","opType":"U"})";
        QVERIFY(!decodeHistoryDetail(Dialect::V1, value(old), old)->complete);
    }

    void listeners()
    {
        auto listeners = decodeListeners(value(R"({"queryType":"config","listenersStatus":{"10.0.0.1":"m"}})"));
        QVERIFY(listeners);
        QCOMPARE(listeners->first().first, u"10.0.0.1"_s);
        listeners = decodeListeners(value(R"({"collectStatus":200,"lisentersGroupkeyStatus":{"10.0.0.2":"n"}})"));
        QCOMPARE(listeners->first().second, "n"_ba);
        QVERIFY(decodeListeners(value(R"({"listenersStatus":null})"))->isEmpty());
        QVERIFY(!decodeListeners(value(R"({"listenersStatus":[]})")));
        QVERIFY(!decodeListeners(value("[]")));
        QCOMPARE(*keyOfGroupKey(u"d%2Bx+G+dev"_s), (ConfigKey{u"dev"_s, u"G"_s, u"d+x"_s}));
        QCOMPARE(keyOfGroupKey(u"d+G"_s)->namespaceId, u"public"_s);
        QVERIFY(!keyOfGroupKey(u"d"_s));
    }

    void programs()
    {
        const auto programs = programsOf(value(R"({"1_a":{"metaInfo":{"clientIp":"10.0.0.1","version":"Nacos-Java-Client:v3.1.0"}},
            "2_b":{"metaInfo":{"clientIp":"10.0.0.1","version":"Nacos-Python-Client:v3.2.0"}},"3_c":{"metaInfo":{"clientIp":"10.0.0.2","version":"odd"}},"4":7,
            "5_d":{"metaInfo":{"clientIp":"10.0.0.3","version":"Nacos-CPP-Client:v3.1.0","appName":"signalbox"}},
            "6_e":{"metaInfo":{"clientIp":"10.0.0.4","version":"Nacos-Java-Client:v3.1.0","appName":"shop"}},
            "7_f":{"metaInfo":{"clientIp":"10.0.0.4","version":"Nacos-Signalbox-Client:v0.1.0","appName":"signalbox"}},
            "8_g":{"metaInfo":{"clientIp":"10.0.0.5","version":"Nacos-Java-Client:v3.1.0","appName":"unknown"}}})"));
        QVERIFY(programs.value(u"10.0.0.3"_s).consolesOnly());
        QCOMPARE(programs.value(u"10.0.0.3"_s).consoles, 1);
        QCOMPARE(programs.value(u"10.0.0.4"_s).clients, QStringList(u"Java 3.1.0"_s));
        QCOMPARE(programs.value(u"10.0.0.4"_s).consoles, 1);
        QCOMPARE(programs.value(u"10.0.0.1"_s).consoles, 0);
        QCOMPARE(programs.value(u"10.0.0.1"_s).clients, (QStringList{u"Java 3.1.0"_s, u"Python 3.2.0"_s}));
        QCOMPARE(programs.value(u"10.0.0.2"_s).clients, QStringList(u"odd"_s));
        QVERIFY(!programs.value(u"10.0.0.4"_s).consolesOnly());
        QCOMPARE(programs.value(u"10.0.0.4"_s).apps, QStringList(u"shop"_s));
        QVERIFY(programs.value(u"10.0.0.5"_s).apps.isEmpty());
    }

    void namespaces()
    {
        const auto list = decodeNamespaces(
            value(R"([{"namespace":"dev","namespaceShowName":"Dev","namespaceDesc":null,"quota":200,"configCount":3,"type":2},
            {"namespace":"","namespaceShowName":"public","configCount":1,"type":0}])"));
        QVERIFY(list);
        QCOMPARE(list->first().id, u"public"_s); // first, whatever the server's order
        QVERIFY(list->first().builtIn && !list->last().builtIn);
        QCOMPARE(list->last().configCount, 3);
        QVERIFY(!decodeNamespaces(value("{}")));
        QVERIFY(!decodeNamespaces(value(R"([{"namespace":5}])")));
    }

    void wildcards_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("matches");
        const auto add = [](const char *pattern, const char *name, bool matches) {
            QTest::addRow("%s ~ %s", pattern, name) << QString::fromLatin1(pattern) << QString::fromLatin1(name) << matches;
        };
        add("", "anything", true);
        add("*", "", true);
        add("a*", "abc", true);
        add("*c", "abc", true);
        add("a*c", "abc", true);
        add("a*c*", "abcd", true);
        add("*b*", "abc", true);
        add("a**c", "ac", true);
        add("*ab", "aab", true);
        add("a*b*c", "a-b-b-d", false);
        add("a_c", "abc", false);
        add("a_c", "a_c", true);
        add("a%", "abc", false);
        add("abc", "abcd", false);
        add("A*", "abc", false);
    }
    void wildcards()
    {
        QFETCH(QString, pattern);
        QFETCH(QString, name);
        QTEST(wildcardMatches(pattern, name), "matches");
    }

    void queryAnswers()
    {
        const auto open = [](const char *type, const QByteArray &body) { return openQueryAnswer(wire::Message{type, {}, {}, body}); };
        const auto found = open(
            "ConfigQueryResponse",
            R"({"resultCode":200,"errorCode":0,"content":"a\nb","contentType":"yaml","md5":"m","lastModified":1700000000000,"beta":false})");
        QVERIFY(found && *found);
        QCOMPARE((*found)->content, "a\nb"_ba);
        QCOMPARE((*found)->type, u"yaml"_s);
        QVERIFY(!(*found)->gray);
        QVERIFY((**open("ConfigQueryResponse", R"({"resultCode":200,"content":"x","beta":true})")).gray);
        const auto absent = open("ConfigQueryResponse", R"({"resultCode":500,"errorCode":300,"message":"config data not exist"})");
        QVERIFY(absent && !*absent);
        const auto busy = open("ConfigQueryResponse", R"({"resultCode":500,"errorCode":400,"message":"requested file is being modified"})");
        QVERIFY(!busy && busy.error().retryable);
        QCOMPARE(busy.error().kind, Error::Kind::Conflict);
        QCOMPARE(open("ConfigQueryResponse", R"({"resultCode":500,"errorCode":400,"message":"Param check invalid: x"})").error().kind,
                 Error::Kind::Rejected);
        // The same number of an ErrorResponse is another thing.
        QCOMPARE(open("ErrorResponse", R"({"resultCode":500,"errorCode":300,"message":"starting"})").error().kind, Error::Kind::Network);
        QCOMPARE(open("ConfigQueryResponse", R"({"resultCode":200})").error().kind, Error::Kind::BadReply);
        QCOMPARE(open("ConfigQueryResponse", "{\"resultCode\":200,\"content\":\"x").error().kind, Error::Kind::BadReply);
        QCOMPARE(open("Other", R"({"resultCode":200,"content":"x"})").error().kind, Error::Kind::BadReply);
    }

    void generations()
    {
        QCOMPARE(generationOf(u"2.4.3"_s), Generation::V2);
        QCOMPARE(generationOf(u"1.4.1"_s), Generation::V2);
        QCOMPARE(generationOf(u"3.0.2"_s), Generation::V3_0);
        QCOMPARE(generationOf(u"3.1.0-bugfix"_s), Generation::V3_1);
        QCOMPARE(generationOf(u"3.2"_s), Generation::V3_2);
        QCOMPARE(generationOf(u"3.2-BETA"_s), Generation::V3_2);
        QCOMPARE(generationOf(u"3.3.0"_s), Generation::V3_3);
        QCOMPARE(generationOf(u"3.17.0"_s), Generation::V3_3);
        QCOMPARE(generationOf(u"4.0"_s), Generation::V3_3);
        QCOMPARE(generationOf({}), Generation::Unknown);
        QCOMPARE(generationOf(u"r-nacos"_s), Generation::Unknown);
    }

    void theTipPageNamesThePort()
    {
        QCOMPARE(consolePortOf("Nacos Console default port is 8080, and the path is /. Please visit it."), 8080);
        QCOMPARE(consolePortOf("port:18080"), 18080);
        QCOMPARE(consolePortOf("<html>nothing</html>"), 0);
        QCOMPARE(consolePortOf("port 99999"), 0);
    }

    void servers()
    {
        profiles::Profile profile;
        profile.servers = {u"http://b:8848"_s, u"https://A:9000/base"_s, u"http://b:8848"_s};
        const auto servers = serversOf(profile);
        QVERIFY(servers);
        QCOMPARE(servers->size(), 2);
        QCOMPARE(servers->first().base().toString(), u"http://b:8848/nacos"_s);
        QCOMPARE(servers->first().grpcTarget, u"b:9848"_s);
        QCOMPARE(servers->last().contextPath, u"/base"_s);
        QCOMPARE(servers->last().grpcTarget, u"a:10000"_s);
        QCOMPARE(servers->first().consoleGuess().toString(), u"http://b:8080"_s);
        profiles::Profile turned = profile;
        turned.servers = {u"https://a:9000/base"_s, u"http://b:8848"_s};
        QCOMPARE(serverIdentity(profile), serverIdentity(turned));
        turned.servers = {u"https://a:9000/base"_s, u"https://b:8848"_s};
        QVERIFY(serverIdentity(profile) != serverIdentity(turned)); // what answers in the clear is another one
        turned = profile;
        // The same addresses behind a jump host are another registry.
        turned.proxy = profiles::sshProxy(u"ops@bastion"_s);
        QVERIFY(serverIdentity(profile) != serverIdentity(turned));
        profile.grpcPort = 7000;
        QCOMPARE(serversOf(profile)->first().grpcTarget, u"b:7000"_s);
        profile.servers = {u"http://[::1]:8848"_s};
        QCOMPARE(serversOf(profile)->first().grpcTarget, u"[::1]:7000"_s);
        profile.servers.clear();
        QCOMPARE(serversOf(profile).error().kind, Error::Kind::Usage);
    }

    void capabilitiesAreRemembered()
    {
        Capabilities caps;
        caps.generation = Generation::V3_1;
        caps.version = u"3.1.0"_s;
        caps.planes.insert(Plane::Admin, {true, u"http://x/nacos"_s, 200, {}, 4});
        caps.planes.insert(Plane::Console, {false, u"http://x:8080"_s, {}, u"refused"_s, 4});
        caps.detours.insert(u"config-read"_s, Plane::Console);
        caps.abilities.insert(u"fuzzyWatch"_s, true);
        caps.maxContent = 5;
        const auto back = decodeCapabilities(encode(caps));
        QVERIFY(back);
        QCOMPARE(back->generation, caps.generation);
        QCOMPARE(back->planes.value(Plane::Admin).url, u"http://x/nacos"_s);
        QVERIFY(!back->has(Plane::Console));
        QCOMPARE(back->detours, caps.detours);
        QVERIFY(back->fuzzyWatch());
        QCOMPARE(back->maxContent, 5);
        QVERIFY(!decodeCapabilities({}));
        QVERIFY(!decodeCapabilities({{u"format"_s, 99}}));
    }
};

SIGNALBOX_TEST(TstConfigDecode)
#include "tst_configdecode.moc"
