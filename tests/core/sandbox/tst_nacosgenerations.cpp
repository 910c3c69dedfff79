// SPDX-License-Identifier: GPL-3.0-or-later
// What differs between 2.4, 3.0, 3.1 and 3.2.
#include "core/nacos/wire/fuzzymessages.h"
#include "tests/core/sandbox/registrybench.h"
#include "tests/support/testmain.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;
namespace wire = core::nacos::wire;

class TstNacosGenerations : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void refusesUnbuiltOnes();
    void planes_data();
    void planes();
    void legacyClientApi();
    void legacyConsoleApi();
    void v2Api();
    void asksForATagGetThatTag();
    void legacyHistoryAndListeners();
    void publicIsTwoSpacesIn24();
    void descriptions();
};

namespace {

tests::RegistryBench::Options version(const QString &name)
{
    auto options = tests::RegistryBench::options();
    options.version = name;
    return options;
}

const tests::Form oldKey{{u"dataId"_s, u"a.yaml"_s}, {u"group"_s, u"g"_s}};
const QString configs = u"/nacos/v1/cs/configs"_s, spaces = u"/nacos/v1/console/namespaces"_s;

} // namespace

void TstNacosGenerations::refusesUnbuiltOnes()
{
    core::sandbox::Faults faults;
    core::sandbox::nacos::NacosServer server(version(u"3.3"_s), faults, core::Clock::system());
    const auto started = server.start();
    QVERIFY(!started);
    QCOMPARE(started.error().kind, core::Error::Kind::Usage);
    QVERIFY(started.error().message.contains(u"3.3"_s));
}

void TstNacosGenerations::planes_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("v3State");
    QTest::addColumn<int>("v1State");
    QTest::addColumn<int>("v1Configs");
    QTest::addColumn<int>("metadata");
    QTest::addColumn<bool>("console");
    QTest::addColumn<bool>("fuzzy");
    QTest::newRow("2.4") << u"2.4"_s << 404 << 200 << 404 << 404 << false << false;
    QTest::newRow("3.0") << u"3.0"_s << 200 << 410 << 404 << 404 << true << true;
    QTest::newRow("3.1") << u"3.1"_s << 200 << 410 << 404 << 404 << true << true;
    QTest::newRow("3.2") << u"3.2"_s << 200 << 404 << 404 << 404 << true << true;
}

void TstNacosGenerations::planes()
{
    QFETCH(const QString, name);
    QFETCH(const int, v3State);
    QFETCH(const int, v1State);
    QFETCH(const bool, console);
    QFETCH(const bool, fuzzy);
    tests::RegistryBench bench(version(name));
    tests::HttpProbe http(bench.mainUrl());
    QCOMPARE(http.get(u"/nacos/v3/admin/core/state"_s).status, v3State);
    QCOMPARE(http.get(u"/nacos/v1/console/server/state"_s).status, v1State);
    QCOMPARE(bench.server->consolePort() != 0, console);
    QCOMPARE(bench.server->readyMember().contains("console"_L1), console);
    QCOMPARE(http.get(u"/nacos/"_s).body.contains("Console"), console);
    QCOMPARE(http.post(u"/nacos/v1/auth/login"_s, {}).status, 200); // in every generation
    QCOMPARE(http.post(u"/nacos/v3/auth/user/login"_s, {}).status, name == u"2.4" ? 404 : 200);
    const auto v1 = http.get(configs, oldKey);
    QCOMPARE(v1.status, 404);
    QCOMPARE(v1.body == "config data not exist\n", name != u"3.2"); // there the path itself is unknown
    tests::GrpcProbe probe(bench.server->grpcPort());
    probe.connectStream();
    QCOMPARE(probe.push("SetupAckRequest").value("abilityTable"_L1).toObject().value("fuzzyWatch"_L1).toBool(), fuzzy);
    const wire::ConfigFuzzyWatchRequest watch{u"public>>*>>*"_s, {}, {}, {}};
    QCOMPARE(probe.call(watch).errorCode(), fuzzy ? 0 : 302);
    QVERIFY(probe.publish(u"a"_s, "x").success());
    QCOMPARE(probe.query(u"a"_s).body().value("content"_L1).toString(), u"x"_s);
}

void TstNacosGenerations::legacyClientApi()
{
    for (const QString &name : {u"2.4"_s, u"3.1"_s}) {
        tests::RegistryBench bench(version(name));
        tests::HttpProbe http(bench.mainUrl());
        QCOMPARE(http.post(configs, oldKey + tests::Form{{u"content"_s, u"x: 你"_s}, {u"type"_s, u"yaml"_s}}).body, "true"_ba);
        const auto found = http.get(configs, oldKey);
        QCOMPARE(found.status, 200);
        QCOMPARE(found.body, "x: 你"_ba);
        QCOMPARE(found.headers.value("config-type"), "yaml"_ba);
        QCOMPARE(found.headers.value("content-md5").size(), 32);
        QVERIFY(found.headers.value("last-modified").endsWith("GMT"));
        const auto cas = http.post(configs, oldKey + tests::Form{{u"content"_s, u"y"_s}}, {{"casMd5", "bad"}});
        QCOMPARE(cas.status, 500);
        QVERIFY(name == u"2.4" ? cas.body.contains("md5 may have changed") : cas.body == "false");
        QCOMPARE(http.post(configs, oldKey + tests::Form{{u"content"_s, u"y"_s}, {u"desc"_s, QString(129, u'd')}}).body, "false"_ba);
        QCOMPARE(http.get(u"/nacos/v1/ns/operator/metrics"_s).json().value("status"_L1).toString(), u"UP"_s);
        QCOMPARE(http.remove(configs, oldKey).body, "true"_ba);
        QCOMPARE(http.get(configs, oldKey).status, 404);
        QCOMPARE(http.post(configs, {{u"dataId"_s, u"a"_s}, {u"content"_s, u"y"_s}}).status, 400);
    }
}

void TstNacosGenerations::legacyConsoleApi()
{
    tests::RegistryBench bench(version(u"2.4"_s));
    tests::HttpProbe http(bench.mainUrl());
    const QJsonObject state = http.get(u"/nacos/v1/console/server/state"_s).json();
    QVERIFY(state.value("version"_L1).toString().startsWith(u"2.4"_s));
    QCOMPARE(http.post(spaces, {{u"customNamespaceId"_s, u"dev"_s}, {u"namespaceName"_s, u"Dev"_s}}).body, "true"_ba);
    QCOMPARE(http.post(spaces, {{u"customNamespaceId"_s, u"dev"_s}, {u"namespaceName"_s, u"Dev"_s}}).body, "false"_ba);
    const auto list = http.get(spaces);
    QCOMPARE(list.code(), 200); // a RestResult, not a Result
    QCOMPARE(list.data().toArray().size(), 2);
    QCOMPARE(list.data().toArray().at(0).toObject().value("namespace"_L1).toString(), QString());
    QCOMPARE(http.get(spaces, {{u"checkNamespaceIdExist"_s, u"true"_s}, {u"customNamespaceId"_s, u"dev"_s}}).body, "true"_ba);
    QCOMPARE(http.put(spaces, {{u"namespace"_s, u"dev"_s}, {u"namespaceShowName"_s, u"Dev 2"_s}}).body, "true"_ba);
    QCOMPARE(http.get(spaces, {{u"show"_s, u"all"_s}, {u"namespaceId"_s, u"dev"_s}}).json().value("namespaceShowName"_L1).toString(),
             u"Dev 2"_s);
    QVERIFY(http.post(configs,
                      oldKey + tests::Form{{u"content"_s, u"x"_s}, {u"config_tags"_s, u"t"_s}, {u"desc"_s, u"d"_s}, {u"appName"_s, u"p"_s}})
                .body == "true");
    const QJsonObject page =
        http.get(configs,
                 {{u"search"_s, u"blur"_s}, {u"dataId"_s, u"a*"_s}, {u"group"_s, u""_s}, {u"pageNo"_s, u"1"_s}, {u"pageSize"_s, u"10"_s}})
            .json();
    QCOMPARE(page.value("totalCount"_L1).toInt(), 1);
    const QJsonObject row = page.value("pageItems"_L1).toArray().at(0).toObject();
    QCOMPARE(row.value("tenant"_L1).toString(), QString());
    QCOMPARE(row.value("content"_L1).toString(), u"x"_s);
    const QJsonObject detail = http.get(configs, oldKey + tests::Form{{u"show"_s, u"all"_s}}).json();
    QCOMPARE(detail.value("configTags"_L1).toString(), u"t"_s);
    QCOMPARE(detail.value("desc"_L1).toString(), u"d"_s);
    QCOMPARE(http.remove(spaces, {{u"namespaceId"_s, u"dev"_s}}).body, "true"_ba);
    QCOMPARE(http.get(spaces).data().toArray().size(), 1);
}

void TstNacosGenerations::v2Api()
{
    tests::RegistryBench bench(version(u"2.4"_s));
    tests::HttpProbe http(bench.mainUrl());
    const QString config = u"/nacos/v2/cs/config"_s, space = u"/nacos/v2/console/namespace"_s;
    const tests::Form key = oldKey + tests::Form{{u"namespaceId"_s, u"dev"_s}};
    QCOMPARE(http.post(space, {{u"namespaceId"_s, u"dev"_s}, {u"namespaceName"_s, u"Dev"_s}}).data(), QJsonValue(true));
    QCOMPARE(http.post(space, {{u"namespaceId"_s, u"dev"_s}, {u"namespaceName"_s, u"Dev"_s}}).code(), 22002);
    QCOMPARE(http.get(space + u"/list"_s).data().toArray().size(), 2);
    QCOMPARE(http.get(space, {{u"namespaceId"_s, u"dev"_s}}).data().toObject().value("namespaceShowName"_L1).toString(), u"Dev"_s);
    QCOMPARE(http.put(space, {{u"namespaceId"_s, u"dev"_s}, {u"namespaceName"_s, u"Dev 2"_s}}).data(), QJsonValue(true));
    const auto absent = http.get(config, key);
    QCOMPARE(absent.status, 404);
    QCOMPARE(absent.code(), 20004);
    for (const QString &content : {u"one: 你"_s, u"two"_s})
        QCOMPARE(http.post(config, key + tests::Form{{u"content"_s, content}, {u"type"_s, u"yaml"_s}}).data(), QJsonValue(true));
    const auto found = http.get(config, key);
    QCOMPARE(found.code(), 0);
    QCOMPARE(found.data().toString(), u"two"_s); // the content itself
    const QJsonArray rows = http.get(u"/nacos/v2/cs/history/list"_s, key).data().toObject().value("pageItems"_L1).toArray();
    QCOMPARE(rows.size(), 2);
    const tests::Form nid{{u"nid"_s, rows.at(0).toObject().value("id"_L1).toString()}};
    QCOMPARE(http.get(u"/nacos/v2/cs/history"_s, key + nid).data().toObject().value("content"_L1).toString(), u"one: 你"_s);
    QCOMPARE(http.get(u"/nacos/v2/cs/history"_s, oldKey + nid).status, 403);
    QCOMPARE(http.get(u"/nacos/v2/cs/history"_s, key).code(), 10000);
    const QJsonArray all = http.get(u"/nacos/v2/cs/history/configs"_s, {{u"namespaceId"_s, u"dev"_s}}).data().toArray();
    QCOMPARE(all.size(), 1);
    const tests::Form id{{u"id"_s, all.at(0).toObject().value("id"_L1).toString()}};
    QCOMPARE(http.get(u"/nacos/v2/cs/history/previous"_s, key + id).data().toObject().value("content"_L1).toString(), u"one: 你"_s);
    QCOMPARE(http.remove(config, key).data(), QJsonValue(true));
    QCOMPARE(http.get(config, key).status, 404);
    QCOMPARE(http.get(u"/nacos/v2/core/cluster/node/list"_s).data().toArray().size(), 1);
    QCOMPARE(http.get(u"/nacos/v2/console/health/readiness"_s).code(), 0);
    QCOMPARE(http.remove(space, {{u"namespaceId"_s, u"dev"_s}}).data(), QJsonValue(true));
}

void TstNacosGenerations::asksForATagGetThatTag()
{
    tests::RegistryBench bench(version(u"2.4"_s));
    tests::HttpProbe http(bench.mainUrl());
    QCOMPARE(http.post(configs, oldKey + tests::Form{{u"content"_s, u"formal"_s}}).body, "true"_ba);
    QCOMPARE(http.get(configs, oldKey + tests::Form{{u"tag"_s, u"blue"_s}}).status, 404);
    QCOMPARE(http.post(configs, oldKey + tests::Form{{u"content"_s, u"blue one"_s}, {u"tag"_s, u"blue"_s}}).body, "true"_ba);
    QCOMPARE(http.get(configs, oldKey + tests::Form{{u"tag"_s, u"blue"_s}}).body, "blue one"_ba);
    QCOMPARE(http.get(configs, oldKey).body, "formal"_ba);
    QCOMPARE(http.post(configs, oldKey + tests::Form{{u"content"_s, u"b"_s}}, {{"betaIps", "127.0.0.1"}}).body, "true"_ba);
    QCOMPARE(http.get(configs, oldKey).body, "b"_ba); // we are in the beta
    QCOMPARE(http.get(configs, oldKey + tests::Form{{u"beta"_s, u"true"_s}}).data().toObject().value("betaIps"_L1).toString(),
             u"127.0.0.1"_s);
    QCOMPARE(http.remove(configs, oldKey + tests::Form{{u"beta"_s, u"true"_s}}).code(), 200);
    QCOMPARE(http.get(configs, oldKey).body, "formal"_ba);
    const QString id = http.get(configs, oldKey + tests::Form{{u"show"_s, u"all"_s}}).json().value("id"_L1).toString();
    QCOMPARE(http.remove(configs, {{u"delType"_s, u"ids"_s}, {u"ids"_s, id}}).code(), 200);
    QCOMPARE(http.get(configs, oldKey).status, 404);
}

void TstNacosGenerations::legacyHistoryAndListeners()
{
    tests::RegistryBench bench(version(u"2.4"_s));
    tests::HttpProbe http(bench.mainUrl());
    tests::GrpcProbe probe(bench.server->grpcPort());
    for (const QString &content : {u"one"_s, u"two"_s})
        QCOMPARE(http.post(configs, oldKey + tests::Form{{u"content"_s, content}}).body, "true"_ba);
    const QString path = u"/nacos/v1/cs/history"_s;
    const QJsonObject page =
        http.get(path, oldKey + tests::Form{{u"search"_s, u"accurate"_s}, {u"pageNo"_s, u"1"_s}, {u"pageSize"_s, u"10"_s}}).json();
    QCOMPARE(page.value("totalCount"_L1).toInt(), 2);
    const QJsonObject row = page.value("pageItems"_L1).toArray().at(0).toObject();
    QCOMPARE(row.value("opType"_L1).toString().trimmed(), u"U"_s);
    QVERIFY(QDateTime::fromString(row.value("lastModifiedTime"_L1).toString(), Qt::ISODateWithMs).isValid());
    QCOMPARE(http.get(path, oldKey + tests::Form{{u"nid"_s, row.value("id"_L1).toString()}}).json().value("content"_L1).toString(),
             u"one"_s);
    QCOMPARE(http.get(path, oldKey + tests::Form{{u"nid"_s, u"77"_s}}).status, 404);
    probe.connectStream();
    QVERIFY(probe.listen({}, u"a.yaml"_s, "m").success());
    QCOMPARE(
        http.get(configs + u"/listener"_s, oldKey).json().value("lisentersGroupkeyStatus"_L1).toObject().value("10.1.1.1"_L1).toString(),
        u"m"_s);
    QCOMPARE(http.get(u"/nacos/v1/cs/listener"_s, {{u"ip"_s, u"10.1.1.1"_s}})
                 .json()
                 .value("lisentersGroupkeyStatus"_L1)
                 .toObject()
                 .value("a.yaml+g"_L1)
                 .toString(),
             u"m"_s);
}

void TstNacosGenerations::publicIsTwoSpacesIn24()
{
    tests::RegistryBench bench(version(u"2.4"_s));
    tests::GrpcProbe probe(bench.server->grpcPort());
    probe.connectStream();
    QVERIFY(probe.publish(u"a"_s, "empty").success());
    probe.tenant = u"public"_s;
    QCOMPARE(probe.query(u"a"_s).errorCode(), 300);
    QVERIFY(probe.publish(u"a"_s, "literal").success());
    probe.tenant.clear();
    QCOMPARE(probe.query(u"a"_s).body().value("content"_L1).toString(), u"empty"_s);
}

void TstNacosGenerations::descriptions()
{
    for (const auto &[name, kept] : {std::pair(u"3.1"_s, QString()), std::pair(u"3.2"_s, u"words"_s)}) {
        tests::RegistryBench bench(version(name));
        tests::HttpProbe http(bench.mainUrl());
        const QString path = u"/nacos/v3/admin/cs/config"_s;
        const tests::Form key{{u"dataId"_s, u"a"_s}, {u"groupName"_s, u"g"_s}};
        QVERIFY(http.post(path, key + tests::Form{{u"content"_s, u"1"_s}, {u"desc"_s, u"words"_s}}).data().toBool());
        QVERIFY(http.post(path, key + tests::Form{{u"content"_s, u"2"_s}}).data().toBool());
        QCOMPARE(http.get(path, key).data().toObject().value("desc"_L1).toString(), kept);
    }
}

SIGNALBOX_TEST(TstNacosGenerations)
#include "tst_nacosgenerations.moc"
