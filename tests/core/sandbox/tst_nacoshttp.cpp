// SPDX-License-Identifier: GPL-3.0-or-later
// The v3 HTTP planes: namespaces, configurations, history, odd answers.
#include "tests/core/sandbox/registrybench.h"
#include "tests/support/testmain.h"

#include <QJsonArray>
#include <QUuid>

using namespace Qt::StringLiterals;

class TstNacosHttp : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tellsWhatItIs();
    void namespaces();
    void namespacesOnTheConsole();
    void configurationsOnBothPlanes();
    void comparesAndSwaps();
    void listsPages();
    void historyOddities();
    void betaAndMetadata();
    void deletesBatches();
    void clientPlane();
    void oddErrors();
    void faultsAtRunTime();
    void webPagesMayNotWrite();
    void largeAndOddContents();
    void strangeForms();
};

namespace {

const QString config = u"/nacos/v3/admin/cs/config"_s;

tests::Form key(const QString &dataId, const QString &space = {})
{
    return {{u"dataId"_s, dataId}, {u"groupName"_s, u"g"_s}, {u"namespaceId"_s, space}};
}

tests::Form publish(const QString &dataId, const QString &content, const tests::Form &more = {})
{
    return key(dataId) + tests::Form{{u"content"_s, content}} + more;
}

} // namespace

void TstNacosHttp::tellsWhatItIs()
{
    tests::RegistryBench bench;
    tests::HttpProbe http(bench.mainUrl()), console(bench.consoleUrl());
    const QJsonObject state = http.get(u"/nacos/v3/admin/core/state"_s).data().toObject();
    QCOMPARE(state.value("version"_L1).toString(), u"3.1.0"_s);
    QCOMPARE(state.value("startup_mode"_L1).toString(), u"standalone"_s);
    QVERIFY(state.value("sandbox"_L1).toString().startsWith(u"signalbox"_s));
    for (const QJsonValue &value : state)
        QVERIFY(value.isString() || value.isNull());
    const auto flat = console.get(u"/v3/console/server/state"_s);
    QVERIFY(!flat.json().contains("code"_L1));
    QCOMPARE(flat.json().value("version"_L1).toString(), u"3.1.0"_s);
    QCOMPARE(flat.json().value("auth_admin_request"_L1).toString(), u"false"_s);
    QCOMPARE(http.get(u"/nacos/v3/admin/core/state/liveness"_s).code(), 0);
    QCOMPARE(console.get(u"/v3/console/health/readiness"_s).data().toString(), u"ok"_s);
    const auto tip = http.get(u"/nacos/"_s);
    QVERIFY(tip.headers.value("content-type").startsWith("text/plain"));
    QVERIFY(tip.body.contains(QByteArray::number(bench.server->consolePort())));
    QCOMPARE(http.get(u"/nacos"_s).status, 302);
    QCOMPARE(http.get(u"/nacos/v3/admin/core/cluster/node/list"_s).data().toArray().size(), 1);
    QCOMPARE(http.get(u"/nacos/v3/admin/cs/capacity"_s, {{u"namespaceId"_s, u"public"_s}}).data().toObject().value("quota"_L1).toInt(),
             200);
    // A group's usage is what it holds, in the namespace public.
    const auto usage = [&http](const char *name, const QString &value) {
        const auto answer = http.get(u"/nacos/v3/admin/cs/capacity"_s, {{QString::fromLatin1(name), value}});
        return answer.data().toObject().value("usage"_L1).toInt(-1);
    };
    for (const QString &dataId : {u"one"_s, u"two"_s})
        QCOMPARE(
            http.post(u"/nacos/v3/admin/cs/config"_s, {{u"dataId"_s, dataId}, {u"groupName"_s, u"G"_s}, {u"content"_s, u"x"_s}}).code(), 0);
    QCOMPARE(usage("groupName", u"G"_s), 2);
    QCOMPARE(usage("groupName", u"H"_s), 0);
}

void TstNacosHttp::namespaces()
{
    tests::RegistryBench bench;
    tests::HttpProbe http(bench.mainUrl());
    const QString path = u"/nacos/v3/admin/core/namespace"_s;
    const auto make = [&](const QString &id, const QString &name) {
        return http.post(path, {{u"namespaceId"_s, id}, {u"namespaceName"_s, name}, {u"namespaceDesc"_s, u"d"_s}});
    };
    QCOMPARE(make(u"dev"_s, u"Development"_s).data(), QJsonValue(true));
    const auto exists = make(u"dev"_s, u"Again"_s);
    QCOMPARE(exists.status, 400);
    QCOMPARE(exists.code(), 22002);
    QCOMPARE(make(u"public"_s, u"x"_s).code(), 22002);
    QCOMPARE(make(u"a b"_s, u"x"_s).code(), 22000);
    QCOMPARE(make(QString(129, u'a'), u"x"_s).code(), 22000);
    QCOMPARE(make(u"x"_s, u"a@b"_s).code(), 22000);
    QCOMPARE(make(u"x"_s, QString()).code(), 22000);
    QCOMPARE(http.post(path, {{u"namespaceName"_s, u"no id member"_s}}).code(), 10000);
    QCOMPARE(make(QString(), u"With a made-up id"_s).data(), QJsonValue(true));
    QVERIFY(http.post(config, key(u"a"_s, u"dev"_s) + tests::Form{{u"content"_s, u"x"_s}}).data().toBool());

    const QJsonArray list = http.get(path + u"/list"_s).data().toArray();
    QCOMPARE(list.size(), 3);
    QCOMPARE(list.at(0).toObject().value("namespace"_L1).toString(), u"public"_s);
    QCOMPARE(list.at(0).toObject().value("type"_L1).toInt(), 0);
    QCOMPARE(list.at(1).toObject().value("configCount"_L1).toInt(), 1);
    QVERIFY(!QUuid::fromString(list.at(2).toObject().value("namespace"_L1).toString()).isNull());

    QCOMPARE(http.get(path + u"/check"_s, {{u"namespaceId"_s, u"dev"_s}}).data(), QJsonValue(1));
    QCOMPARE(http.get(path + u"/check"_s, {{u"namespaceId"_s, u"no"_s}}).data(), QJsonValue(0));
    const auto absent = http.get(path, {{u"namespaceId"_s, u"no"_s}});
    QCOMPARE(absent.status, 404);
    QCOMPARE(absent.code(), 22001);
    QVERIFY(http.put(path, {{u"namespaceId"_s, u"dev"_s}, {u"namespaceName"_s, u"Dev 2"_s}, {u"namespaceDesc"_s, u"e"_s}}).data().toBool());
    QCOMPARE(http.get(path, {{u"namespaceId"_s, u"dev"_s}}).data().toObject().value("namespaceShowName"_L1).toString(), u"Dev 2"_s);
    // Deleting leaves its configurations readable by id.
    QVERIFY(http.remove(path, {{u"namespaceId"_s, u"dev"_s}}).data().toBool());
    QCOMPARE(http.get(path, {{u"namespaceId"_s, u"dev"_s}}).status, 404);
    QCOMPARE(http.get(config, key(u"a"_s, u"dev"_s)).data().toObject().value("content"_L1).toString(), u"x"_s);
}

void TstNacosHttp::namespacesOnTheConsole()
{
    tests::RegistryBench bench;
    tests::HttpProbe console(bench.consoleUrl());
    const QString path = u"/v3/console/core/namespace"_s;
    QVERIFY(console.post(path, {{u"customNamespaceId"_s, u"dev"_s}, {u"namespaceName"_s, u"Dev"_s}}).data().toBool());
    QVERIFY(console.post(path, {{u"namespaceName"_s, u"No id"_s}}).data().toBool());
    QCOMPARE(console.get(path + u"/list"_s).data().toArray().size(), 3);
    QCOMPARE(console.get(path + u"/exist"_s, {{u"customNamespaceId"_s, u"dev"_s}}).data(), QJsonValue(true));
    QCOMPARE(console.get(path + u"/exist"_s, {{u"customNamespaceId"_s, u"no"_s}}).data(), QJsonValue(false));
    QVERIFY(console.put(path, {{u"namespaceId"_s, u"dev"_s}, {u"namespaceName"_s, u"New"_s}}).data().toBool());
    QVERIFY(console.remove(path, {{u"namespaceId"_s, u"dev"_s}}).data().toBool());
    QCOMPARE(console.get(path, {{u"namespaceId"_s, u"dev"_s}}).status, 404);
}

void TstNacosHttp::configurationsOnBothPlanes()
{
    tests::RegistryBench bench;
    const std::pair<QString, QString> planes[] = {{bench.mainUrl(), config}, {bench.consoleUrl(), u"/v3/console/cs/config"_s}};
    for (const auto &[url, path] : planes) {
        tests::HttpProbe http(url);
        const auto absent = http.get(path, key(u"a.yaml"_s));
        // The console answers with a success without data.
        const bool isConsole = url == bench.consoleUrl();
        QCOMPARE(absent.status, isConsole ? 200 : 404);
        QCOMPARE(absent.code(), isConsole ? 0 : 20004);
        QVERIFY(absent.data().isString() || absent.data().isNull());
        QVERIFY(http.post(path,
                          publish(u"a.yaml"_s, u"x: 你 & +%"_s,
                                  {{u"type"_s, u"yaml"_s},
                                   {u"appName"_s, u"shop"_s},
                                   {u"desc"_s, u"words"_s},
                                   {u"configTags"_s, u"a,b"_s},
                                   {u"srcUser"_s, u"ann"_s}}))
                    .data()
                    .toBool());
        const QJsonObject detail = http.get(path, key(u"a.yaml"_s)).data().toObject();
        QCOMPARE(detail.value("content"_L1).toString(), u"x: 你 & +%"_s);
        QCOMPARE(detail.value("namespaceId"_L1).toString(), u"public"_s);
        QVERIFY(detail.value("id"_L1).isString());
        QCOMPARE(detail.value("configTags"_L1).toString(), u"a,b"_s);
        QCOMPARE(detail.value("createUser"_L1).toString(), u"ann"_s);
        QVERIFY(detail.value("modifyTime"_L1).toInteger() > 0);
        // Without a description it is gone, tags and application stay.
        QVERIFY(http.post(path, publish(u"a.yaml"_s, u"y"_s, {{u"type"_s, u"bogus"_s}})).data().toBool());
        const QJsonObject second = http.get(path, key(u"a.yaml"_s)).data().toObject();
        QVERIFY(second.value("desc"_L1).isNull());
        QCOMPARE(second.value("configTags"_L1).toString(), u"a,b"_s);
        QCOMPARE(second.value("appName"_L1).toString(), u"shop"_s);
        QCOMPARE(second.value("type"_L1).toString(), u"text"_s);
        QVERIFY(second.value("createUser"_L1).isNull()); // who changed it last, in spite of its name
        QVERIFY(http.remove(path, key(u"a.yaml"_s)).data().toBool());
        QVERIFY(http.remove(path, key(u"a.yaml"_s)).data().toBool());
        QCOMPARE(http.get(path, key(u"a.yaml"_s)).code(), isConsole ? 0 : 20004);
        const auto wrong = http.send("PATCH", path, {});
        QCOMPARE(wrong.status, isConsole ? 500 : 405);
        QCOMPARE(wrong.headers.contains("allow"), !isConsole);
        const auto options = http.send("OPTIONS", path, {});
        QCOMPARE(options.status, 200);
        QVERIFY(options.headers.value("allow").contains("POST"));
    }
}

void TstNacosHttp::comparesAndSwaps()
{
    tests::RegistryBench bench;
    tests::HttpProbe http(bench.mainUrl());
    QVERIFY(http.post(config, publish(u"a"_s, u"1"_s), {{"casMd5", QByteArray(32, '0')}}).data().toBool());
    const QByteArray md5 = http.get(config, key(u"a"_s)).data().toObject().value("md5"_L1).toString().toLatin1();
    const auto wrong = http.post(config, publish(u"a"_s, u"2"_s), {{"casMd5", QByteArray(32, '0')}});
    QCOMPARE(wrong.status, 500);
    QCOMPARE(wrong.code(), 20005);
    QVERIFY(http.post(config, publish(u"a"_s, u"2"_s), {{"casMd5", md5}}).data().toBool());
    QCOMPARE(http.get(config, key(u"a"_s)).data().toObject().value("content"_L1).toString(), u"2"_s);
}

void TstNacosHttp::listsPages()
{
    tests::RegistryBench bench;
    tests::HttpProbe http(bench.mainUrl()), console(bench.consoleUrl());
    for (int i = 0; i < 7; ++i)
        QVERIFY(
            http.post(config, publish(u"app-%1"_s.arg(i), u"value %1"_s.arg(i), {{u"configTags"_s, u"t%1"_s.arg(i % 2)}})).data().toBool());
    const auto list = [&](const tests::Form &query) { return http.get(config + u"/list"_s, query).data().toObject(); };
    const QJsonObject page = list({{u"pageNo"_s, u"2"_s}, {u"pageSize"_s, u"3"_s}});
    QCOMPARE(page.value("totalCount"_L1).toInt(), 7);
    QCOMPARE(page.value("pageNumber"_L1).toInt(), 2);
    QCOMPARE(page.value("pagesAvailable"_L1).toInt(), 3);
    const QJsonObject row = page.value("pageItems"_L1).toArray().at(0).toObject();
    QCOMPARE(row.value("dataId"_L1).toString(), u"app-3"_s);
    QCOMPARE(row.value("modifyTime"_L1).toInt(), 0); // lists carry no times
    QVERIFY(!row.contains("content"_L1));
    QVERIFY(row.value("md5"_L1).isString());
    QVERIFY(list({{u"configTags"_s, u"t1"_s}}).value("pageItems"_L1).toArray().at(0).toObject().value("md5"_L1).isNull());
    QCOMPARE(list({{u"dataId"_s, u"app"_s}}).value("totalCount"_L1).toInt(), 0);
    QCOMPARE(list({{u"dataId"_s, u"app*"_s}}).value("totalCount"_L1).toInt(), 7);
    QCOMPARE(list({{u"configDetail"_s, u"*value 3*"_s}}).value("totalCount"_L1).toInt(), 1);
    QCOMPARE(list({{u"search"_s, u"accurate"_s}, {u"dataId"_s, u"app-1"_s}}).value("totalCount"_L1).toInt(), 1);
    QCOMPARE(list({{u"pageNo"_s, u"9"_s}}).value("pageItems"_L1).toArray().size(), 0);
    QCOMPARE(console.get(u"/v3/console/cs/config/searchDetail"_s, {{u"configDetail"_s, u"*value*"_s}, {u"search"_s, u"blur"_s}})
                 .data()
                 .toObject()
                 .value("totalCount"_L1)
                 .toInt(),
             7);
    for (const QString &bad : {u"0"_s, u"-1"_s})
        QCOMPARE(http.get(config + u"/list"_s, {{u"pageNo"_s, bad}}).code(), 20002);
    QCOMPARE(http.get(config + u"/list"_s, {{u"pageNo"_s, u"x"_s}}).status, 500);
    QCOMPARE(http.get(config + u"/list"_s, {{u"dataId"_s, u"a b"_s}}).status, 400);
    QCOMPARE(list({{u"dataId"_s, u"a b"_s}, {u"search"_s, u"blur"_s}}).value("totalCount"_L1).toInt(), 0); // a pattern may be anything
    QCOMPARE(http.get(config + u"/list"_s, {{u"groupName"_s, u"*"_s}}).code(), 0);
    const QJsonArray sorted = list({}).value("pageItems"_L1).toArray();
    for (qsizetype i = 1; i < sorted.size(); ++i)
        QVERIFY(sorted.at(i - 1).toObject().value("dataId"_L1).toString() < sorted.at(i).toObject().value("dataId"_L1).toString());
}

void TstNacosHttp::historyOddities()
{
    tests::RegistryBench bench;
    tests::HttpProbe http(bench.mainUrl()), console(bench.consoleUrl());
    for (const QString &content : {u"one"_s, u"two"_s, u"three"_s})
        QVERIFY(http.post(config, publish(u"a"_s, content, {{u"type"_s, u"text"_s}, {u"srcUser"_s, u"ann"_s}})).data().toBool());
    const QString id = http.get(config, key(u"a"_s)).data().toObject().value("id"_L1).toString();
    QVERIFY(http.remove(config, key(u"a"_s)).data().toBool());
    const QString path = u"/nacos/v3/admin/cs/history"_s;
    const QJsonObject page =
        http.get(path + u"/list"_s, key(u"a"_s) + tests::Form{{u"pageNo"_s, u"1"_s}, {u"pageSize"_s, u"1000"_s}}).data().toObject();
    const QJsonArray rows = page.value("pageItems"_L1).toArray();
    QCOMPARE(rows.size(), 4);
    QStringList seen;
    for (const QJsonValue &value : rows) {
        const QJsonObject row = value.toObject();
        QCOMPARE(row.value("opType"_L1).toString().size(), 10); // padded
        QVERIFY(!row.contains("content"_L1));
        QVERIFY(row.contains("md5"_L1) && row.value("md5"_L1).isNull());
        QCOMPARE(row.value("createTime"_L1).toInteger(), 1273017600000);
        const QJsonObject detail = http.get(path, key(u"a"_s) + tests::Form{{u"nid"_s, row.value("id"_L1).toString()}}).data().toObject();
        seen.append(row.value("opType"_L1).toString().trimmed() + u' ' + detail.value("content"_L1).toString());
    }
    // A change's row holds the content before it, an insert's the inserted content.
    QCOMPARE(seen, (QStringList{u"D three"_s, u"U two"_s, u"U one"_s, u"I one"_s}));
    const QString nid = rows.at(0).toObject().value("id"_L1).toString();
    QCOMPARE(http.get(path, key(u"b"_s) + tests::Form{{u"nid"_s, nid}}).status, 403); // not of that configuration
    QCOMPARE(http.get(path, key(u"a"_s) + tests::Form{{u"nid"_s, u"99"_s}}).code(), 20002);
    QCOMPARE(http.get(path, key(u"a"_s)).code(), 10000);
    QCOMPARE(http.get(path, key(u"a"_s) + tests::Form{{u"nid"_s, u"x"_s}}).status, 500);
    QCOMPARE(http.get(path + u"/previous"_s, key(u"a"_s) + tests::Form{{u"id"_s, id}}).data().toObject().value("content"_L1).toString(),
             u"three"_s);
    QCOMPARE(http.get(path + u"/previous"_s, key(u"a"_s) + tests::Form{{u"id"_s, nid}}).code(), 20002); // a history id is no id
    QVERIFY(http.post(config, publish(u"b"_s, u"x"_s)).data().toBool());
    QCOMPARE(console.get(u"/v3/console/cs/history/configs"_s, {{u"namespaceId"_s, u"public"_s}}).data().toArray().size(), 1);
    QCOMPARE(console.get(u"/v3/console/cs/history/list"_s, key(u"a"_s)).data().toObject().value("totalCount"_L1).toInt(), 4);
}

void TstNacosHttp::betaAndMetadata()
{
    tests::RegistryBench bench;
    tests::HttpProbe http(bench.mainUrl());
    QVERIFY(http.post(config, publish(u"a"_s, u"formal"_s)).data().toBool());
    QCOMPARE(http.get(config + u"/beta"_s, key(u"a"_s)).status, 404);
    QVERIFY(http.post(config, publish(u"a"_s, u"beta"_s), {{"betaIps", "10.0.0.1,10.0.0.2"}}).data().toBool());
    const QJsonObject gray = http.get(config + u"/beta"_s, key(u"a"_s)).data().toObject();
    QCOMPARE(gray.value("content"_L1).toString(), u"beta"_s);
    QCOMPARE(gray.value("grayName"_L1).toString(), u"beta"_s);
    QVERIFY(gray.value("grayRule"_L1).toString().contains(u"10.0.0.1,10.0.0.2"_s));
    QCOMPARE(http.get(config, key(u"a"_s)).data().toObject().value("content"_L1).toString(), u"formal"_s);
    QVERIFY(http.remove(config + u"/beta"_s, key(u"a"_s)).data().toBool());
    QCOMPARE(http.get(config + u"/beta"_s, key(u"a"_s)).code(), 20004);
    const auto again = http.remove(config + u"/beta"_s, key(u"a"_s));
    QCOMPARE(again.status, 200);
    QCOMPARE(again.code(), 30000); // nothing to stop
    QVERIFY(!again.data().toBool(true));
    // A gray version outlives the formal content.
    QVERIFY(http.post(config, publish(u"b"_s, u"formal"_s)).data().toBool());
    QVERIFY(http.post(config, publish(u"b"_s, u"gray"_s), {{"betaIps", "10.0.0.1"}}).data().toBool());
    QVERIFY(http.remove(config, key(u"b"_s)).data().toBool());
    QCOMPARE(http.get(config, key(u"b"_s)).status, 404);
    QCOMPARE(http.get(config + u"/beta"_s, key(u"b"_s)).data().toObject().value("content"_L1).toString(), u"gray"_s);
    QVERIFY(http.remove(config + u"/beta"_s, key(u"b"_s)).data().toBool());
    QCOMPARE(http.get(config + u"/beta"_s, key(u"b"_s)).status, 404);
    QVERIFY(http.put(config + u"/metadata"_s, key(u"a"_s) + tests::Form{{u"configTags"_s, u"x"_s}, {u"desc"_s, u"new"_s}}).data().toBool());
    QCOMPARE(http.get(config, key(u"a"_s)).data().toObject().value("desc"_L1).toString(), u"new"_s);
    QCOMPARE(http.put(config + u"/metadata"_s, key(u"no"_s)).status, 404);
}

void TstNacosHttp::deletesBatches()
{
    tests::RegistryBench bench;
    tests::HttpProbe http(bench.mainUrl()), console(bench.consoleUrl());
    QStringList ids;
    for (int i = 0; i < 6; ++i) {
        const QString dataId = u"a%1"_s.arg(i);
        QVERIFY(http.post(config, publish(dataId, u"x"_s)).data().toBool());
        ids.append(http.get(config, key(dataId)).data().toObject().value("id"_L1).toString());
    }
    QVERIFY(http.remove(config + u"/batch"_s, {{u"ids"_s, ids.mid(0, 2).join(u',') + u",12345"_s}}).data().toBool());
    QVERIFY(http.remove(config + u"/batch"_s, {{u"ids"_s, ids.at(2)}, {u"ids"_s, ids.at(3)}}).data().toBool());
    QVERIFY(console.remove(u"/v3/console/cs/config/batchDelete"_s, {{u"ids"_s, ids.at(4)}}).data().toBool());
    QCOMPARE(http.get(config + u"/list"_s).data().toObject().value("totalCount"_L1).toInt(), 1);
    QCOMPARE(http.remove(config + u"/batch"_s, {{u"ids"_s, u"x"_s}}).status, 500);
    QCOMPARE(http.remove(config + u"/batch"_s).code(), 10000);
}

void TstNacosHttp::clientPlane()
{
    tests::RegistryBench bench;
    tests::HttpProbe http(bench.mainUrl());
    const QString path = u"/nacos/v3/client/cs/config"_s;
    const auto absent = http.get(path, key(u"a"_s));
    QCOMPARE(absent.status, 200); // so it is
    QVERIFY(absent.data().isNull());
    QCOMPARE(absent.code(), 20004);
    QVERIFY(http.post(config, publish(u"a"_s, u"x"_s, {{u"type"_s, u"json"_s}})).data().toBool());
    const QJsonObject found = http.get(path, key(u"a"_s)).data().toObject();
    QCOMPARE(found.value("content"_L1).toString(), u"x"_s);
    QCOMPARE(found.value("contentType"_L1).toString(), u"json"_s);
    QCOMPARE(found.value("resultCode"_L1).toInt(), 200);
    QCOMPARE(http.post(path, publish(u"a"_s, u"y"_s)).status, 405); // there is no publish here
}

void TstNacosHttp::oddErrors()
{
    tests::RegistryBench bench;
    tests::HttpProbe http(bench.mainUrl()), console(bench.consoleUrl());
    const auto missing = http.get(config, {{u"dataId"_s, u"a"_s}});
    QCOMPARE(missing.status, 400);
    QCOMPARE(missing.code(), 10000);
    QVERIFY(missing.data().toString().contains(u"groupName"_s));
    const auto bad = http.get(config, key(u"a/b"_s));
    QCOMPARE(bad.status, 400);
    QVERIFY(!bad.headers.contains("content-type")); // the parameter check is not the envelope
    QVERIFY(bad.body.contains("dataId"));
    QCOMPARE(http.post(config, publish(u"a"_s, u"  "_s)).code(), 10000);
    QCOMPARE(http.post(config, key(u"a"_s)).code(), 10000);
    const auto unknown = http.get(u"/nacos/v3/admin/nothing"_s);
    QCOMPARE(unknown.status, 404);
    QCOMPARE(unknown.json().value("path"_L1).toString(), u"/nacos/v3/admin/nothing"_s);
    QVERIFY(!unknown.json().contains("code"_L1));
    QCOMPARE(http.get(u"/elsewhere"_s).status, 404);
    const auto onConsole = console.get(u"/v3/console/nothing"_s);
    QCOMPARE(onConsole.status, 500);
    QVERIFY(onConsole.body.startsWith("caused: No static resource"));
    const auto gone = http.get(u"/nacos/v1/console/namespaces"_s);
    QCOMPARE(gone.status, 410);
    QVERIFY(gone.json().value("message"_L1).toString().contains(u"40000"_s));
    QCOMPARE(http.get(u"/nacos/v2/cs/config"_s, key(u"a"_s)).status, 410);
    QCOMPARE(http.get(u"/nacos/v1/cs/configs"_s, {{u"search"_s, u"blur"_s}}).status, 410);
}

void TstNacosHttp::faultsAtRunTime()
{
    tests::RegistryBench bench;
    tests::HttpProbe http(bench.mainUrl());
    const QString faults = u"/sandbox/faults"_s, alive = u"/nacos/v3/admin/core/state/liveness"_s;
    QCOMPARE(http.send("POST", faults, R"(["error:503"])").status, 200);
    QCOMPARE(http.get(alive).status, 503);
    QCOMPARE(http.send("POST", faults, R"(["deny:/nacos/v3/admin/cs"])").status, 200);
    const auto denied = http.get(config, key(u"a"_s));
    QCOMPARE(denied.status, 403);
    QVERIFY(denied.json().value("message"_L1).toString().startsWith(u"Code: 403"_s));
    QCOMPARE(http.get(alive).status, 200);
    QCOMPARE(http.send("POST", faults, R"(["drop:100"])").status, 200);
    QCOMPARE(http.get(alive).status, 0);
    QCOMPARE(http.send("POST", faults, R"(["truncate:100"])").status, 200);
    QVERIFY(!http.get(alive).networkError.isEmpty());
    QCOMPARE(http.send("POST", faults, R"(["latency:200"])").status, 200);
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(http.get(alive).status, 200);
    QVERIFY(timer.elapsed() >= 200);
    QCOMPARE(http.send("POST", faults, R"(["nonsense"])").status, 400);
    QCOMPARE(http.send("POST", faults, R"({"a":1})").status, 400);
    QCOMPARE(http.send("POST", faults, "[]", {{"Origin", bench.mainUrl().toLatin1()}}).status, 403); // not even our own
    QCOMPARE(http.get(faults).body, R"(["latency:200"])"_ba);
    QCOMPARE(http.send("POST", faults, "[]").status, 200);
    QVERIFY(bench.faults.list().isEmpty());
}

void TstNacosHttp::webPagesMayNotWrite()
{
    tests::RegistryBench bench;
    tests::HttpProbe http(bench.mainUrl());
    for (const QByteArray &origin : {"http://evil.example"_ba, "null"_ba, "http://127.0.0.1:1"_ba, "http://evil.example:80@127.0.0.1"_ba}) {
        QCOMPARE(http.post(config, publish(u"a"_s, u"x"_s), {{"Origin", origin}}).status, 403);
        QCOMPARE(http.send("DELETE", config + u"?dataId=a&groupName=g"_s, {}, {{"Origin", origin}}).status, 403);
    }
    QCOMPARE(http.get(config, key(u"a"_s)).status, 404);
    QVERIFY(http.post(config, publish(u"a"_s, u"x"_s), {{"Origin", bench.mainUrl().toLatin1()}}).data().toBool());
}

void TstNacosHttp::largeAndOddContents()
{
    tests::RegistryBench bench;
    tests::HttpProbe http(bench.mainUrl());
    const QString large = QString(10 * 1024 * 1024, u'中'); // 30 MB of UTF-8, 90 MB percent-encoded
    const auto answer = http.post(config, publish(u"large"_s, large));
    QVERIFY2(answer.data().toBool(), answer.body.left(300).constData());
    QCOMPARE(http.get(config, key(u"large"_s)).data().toObject().value("content"_L1).toString().size(), large.size());
    QCOMPARE(http.post(config, publish(u"large"_s, large + u'x')).code(), 20002);
    const QString odd = u"\uFEFFa\r\nb\tc\u0000d\U00020BB7"_s + QChar(0) + u"e"_s;
    QVERIFY(http.post(config, publish(u"odd"_s, odd)).data().toBool());
    QCOMPARE(http.get(config, key(u"odd"_s)).data().toObject().value("content"_L1).toString(), odd);
}

/// As curl -F and careless scripts send them; the real server answers so.
void TstNacosHttp::strangeForms()
{
    tests::RegistryBench bench;
    tests::HttpProbe http(bench.mainUrl());
    QByteArray body;
    for (const auto &[name, value] : publish(u"parts"_s, u"a=1&b 中+%20"_s))
        body += "--B\r\nContent-Disposition: form-data; name=\"" + name.toUtf8() + "\"\r\n\r\n" + value.toUtf8() + "\r\n";
    QVERIFY(http.send("POST", config, body + "--B--\r\n", {{"Content-Type", "multipart/form-data; boundary=B"}}).data().toBool());
    QCOMPARE(http.get(config, key(u"parts"_s)).data().toObject().value("content"_L1).toString(), u"a=1&b 中+%20"_s);
    // Named twice, the values become one, which is no name of anything.
    QCOMPARE(http.get(config, key(u"parts"_s) + tests::Form{{u"dataId"_s, u"other"_s}}).status, 400);
    QCOMPARE(http.post(config + u"?dataId=parts"_s, publish(u"parts"_s, u"twice"_s)).status, 400);
    QCOMPARE(http.get(config, key(u"parts"_s)).data().toObject().value("content"_L1).toString(), u"a=1&b 中+%20"_s);
}

SIGNALBOX_TEST(TstNacosHttp)
#include "tst_nacoshttp.moc"
