// SPDX-License-Identifier: GPL-3.0-or-later
// Listeners: gRPC pushes, fuzzy watch, long polls of v1, and the lists of who listens.
#include "core/nacos/wire/fuzzymessages.h"
#include "tests/core/sandbox/registrybench.h"
#include "tests/support/testmain.h"

#include <QJsonArray>
#include <QNetworkReply>
#include <QUrl>

using namespace Qt::StringLiterals;
namespace wire = core::nacos::wire;

class TstNacosWatch : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void comparesWhatTheListenerHas();
    void pushesEveryChange();
    void echoesTheTenantAsSent();
    void pushesOnceForManyChangesWhileUnanswered();
    void repeatsAnUnansweredPush();
    void stopsWhenToldOrGone();
    void betaListenersAreToldTheirOwn();
    void fuzzyWatchTellsWhatIsThereAndWhatChanges();
    void fuzzyWatchKnowsWhatTheClientKnows();
    void fuzzyWatchHasLimits();
    void longPolls();
    void longPollsEndInTime();
    void showsListeners();
};

namespace {

using Sync = wire::ConfigFuzzyWatchSyncRequest;

QString listening(const QString &dataId, const QString &group, const QString &md5, const QString &tenant = {})
{
    QString item = dataId + QChar(2) + group + QChar(2) + md5;
    if (!tenant.isEmpty())
        item += QChar(2) + tenant;
    return item + QChar(1);
}

} // namespace

void TstNacosWatch::comparesWhatTheListenerHas()
{
    tests::RegistryBench bench;
    tests::GrpcProbe probe(bench.server->grpcPort());
    probe.connectStream();
    const auto absent = probe.listen({}, u"a"_s, {});
    QVERIFY(absent.success());
    QCOMPARE(absent.message.type, "ConfigChangeBatchListenResponse"_ba);
    QVERIFY(absent.body().value("changedConfigs"_L1).isArray());
    QVERIFY(absent.body().value("changedConfigs"_L1).toArray().isEmpty());
    QVERIFY(probe.publish(u"a"_s, "1").success());
    const QByteArray md5 = probe.query(u"a"_s).body().value("md5"_L1).toString().toLatin1();
    QCOMPARE(probe.listen({}, u"a"_s, "stale").body().value("changedConfigs"_L1).toArray().size(), 1);
    QCOMPARE(probe.listen({}, u"a"_s, md5).body().value("changedConfigs"_L1).toArray().size(), 0);
    QCOMPARE(probe.listen({}, u"b"_s, "has").body().value("changedConfigs"_L1).toArray().size(), 1); // absent here
    const auto empty = probe.call(wire::ConfigBatchListenRequest{});
    QVERIFY(empty.success() && empty.body().value("changedConfigs"_L1).isArray());
    wire::ConfigBatchListenRequest bad;
    bad.items.append({{{}, u"g"_s, u"a/b"_s}, {}});
    QCOMPARE(probe.call(bad).errorCode(), 400);
}

void TstNacosWatch::pushesEveryChange()
{
    tests::RegistryBench bench;
    tests::GrpcProbe probe(bench.server->grpcPort()), other(bench.server->grpcPort());
    probe.answerPushes();
    probe.connectStream();
    other.connectStream();
    QVERIFY(probe.listen({}, u"a"_s, {}).success());
    QVERIFY(other.publish(u"a"_s, "1").success());
    QVERIFY(probe.waitFor("ConfigChangeNotifyRequest", 0));
    QVERIFY(probe.publish(u"a"_s, "2").success()); // the publisher is told as well
    QVERIFY(probe.waitFor("ConfigChangeNotifyRequest", 1));
    QVERIFY(other.call(wire::ConfigRemoveRequest{{{}, u"g"_s, u"a"_s}, {}}).success());
    QVERIFY(probe.waitFor("ConfigChangeNotifyRequest", 2));
    // Unchanged content and other keys push nothing: the next push is that of the marker.
    QVERIFY(other.publish(u"a"_s, "3").success());
    QVERIFY(probe.waitFor("ConfigChangeNotifyRequest", 3));
    QVERIFY(other.publish(u"a"_s, "3").success());
    QVERIFY(other.publish(u"b"_s, "x").success());
    QVERIFY(probe.listen({}, u"marker"_s, {}).success());
    QVERIFY(other.publish(u"marker"_s, "x").success());
    QVERIFY(probe.waitFor("ConfigChangeNotifyRequest", 4));
    QCOMPARE(probe.push("ConfigChangeNotifyRequest", 4).value("dataId"_L1).toString(), u"marker"_s);
}

void TstNacosWatch::echoesTheTenantAsSent()
{
    tests::RegistryBench bench;
    tests::GrpcProbe probe(bench.server->grpcPort());
    probe.answerPushes();
    probe.connectStream();
    QVERIFY(probe.publish(u"a"_s, "1").success());
    QCOMPARE(
        probe.listen(u"public"_s, u"a"_s, {}).body().value("changedConfigs"_L1).toArray().at(0).toObject().value("tenant"_L1).toString(),
        u"public"_s);
    const QJsonObject changed = probe.listen(u""_s, u"a"_s, {}).body().value("changedConfigs"_L1).toArray().at(0).toObject();
    QCOMPARE(changed.value("tenant"_L1), QJsonValue(QString()));
    QVERIFY(probe.publish(u"a"_s, "2").success());
    QVERIFY(probe.waitFor("ConfigChangeNotifyRequest"));
    QVERIFY(!probe.push("ConfigChangeNotifyRequest").contains("tenant"_L1)); // the latest spelling, and never null
    QVERIFY(probe.listen(u"public"_s, u"a"_s, {}).success());
    QVERIFY(probe.publish(u"a"_s, "3").success());
    QVERIFY(probe.waitFor("ConfigChangeNotifyRequest", 1));
    QCOMPARE(probe.push("ConfigChangeNotifyRequest", 1).value("tenant"_L1).toString(), u"public"_s);
    QCOMPARE(probe.count("ConfigChangeNotifyRequest"), 2); // one registration, one push
}

void TstNacosWatch::pushesOnceForManyChangesWhileUnanswered()
{
    tests::RegistryBench bench;
    tests::GrpcProbe probe(bench.server->grpcPort());
    probe.connectStream();
    QVERIFY(probe.listen({}, u"a"_s, {}).success());
    for (int i = 0; i < 50; ++i)
        QVERIFY(probe.publish(u"a"_s, QByteArray::number(i)).success());
    QVERIFY(probe.waitFor("ConfigChangeNotifyRequest"));
    QCOMPARE(probe.count("ConfigChangeNotifyRequest"), 1);
    const QString id = probe.push("ConfigChangeNotifyRequest").value("requestId"_L1).toString();
    wire::PlainResponse response;
    response.head.requestId = id;
    probe.send({"ConfigChangeNotifyResponse", {}, {}, response.toBody()});
    QVERIFY(probe.waitFor("ConfigChangeNotifyRequest", 1)); // and once more for all the others
}

void TstNacosWatch::repeatsAnUnansweredPush()
{
    tests::RegistryBench bench;
    tests::GrpcProbe probe(bench.server->grpcPort());
    probe.connectStream();
    QVERIFY(probe.listen({}, u"a"_s, {}).success());
    QVERIFY(probe.publish(u"a"_s, "1").success());
    QVERIFY(probe.waitFor("ConfigChangeNotifyRequest", 1)); // 3 s without an answer, then a pause of 2 s
    QVERIFY(probe.push("ConfigChangeNotifyRequest", 0).value("requestId"_L1) !=
            probe.push("ConfigChangeNotifyRequest", 1).value("requestId"_L1));
}

void TstNacosWatch::stopsWhenToldOrGone()
{
    tests::RegistryBench bench;
    tests::GrpcProbe probe(bench.server->grpcPort()), other(bench.server->grpcPort());
    probe.answerPushes();
    probe.connectStream();
    other.connectStream();
    QVERIFY(probe.listen({}, u"a"_s, {}).success());
    wire::ConfigBatchListenRequest stop;
    stop.mode = wire::ConfigBatchListenRequest::Mode::StopListening;
    stop.items.append({{{}, u"g"_s, u"a"_s}, {}});
    QVERIFY(probe.call(stop).success());
    QVERIFY(other.publish(u"a"_s, "1").success());
    QVERIFY(probe.listen({}, u"marker"_s, {}).success());
    QVERIFY(other.publish(u"marker"_s, "1").success());
    QVERIFY(probe.waitFor("ConfigChangeNotifyRequest"));
    QCOMPARE(probe.push("ConfigChangeNotifyRequest").value("dataId"_L1).toString(), u"marker"_s);
    probe.drop();
    tests::HttpProbe http(bench.mainUrl());
    QTRY_VERIFY(http.get(u"/nacos/v3/admin/cs/config/listener"_s, {{u"dataId"_s, u"marker"_s}, {u"groupName"_s, u"g"_s}})
                    .data()
                    .toObject()
                    .value("listenersStatus"_L1)
                    .toObject()
                    .isEmpty());
    QVERIFY(other.publish(u"marker"_s, "2").success());
}

void TstNacosWatch::betaListenersAreToldTheirOwn()
{
    tests::RegistryBench bench;
    tests::GrpcProbe plain(bench.server->grpcPort()), beta(bench.server->grpcPort());
    plain.answerPushes();
    beta.answerPushes();
    plain.connectStream();
    beta.connectStream(tests::GrpcProbe::Negotiation::Yes, "10.9.9.9");
    QVERIFY(plain.publish(u"a"_s, "formal").success());
    const QByteArray md5 = plain.query(u"a"_s).body().value("md5"_L1).toString().toLatin1();
    QVERIFY(plain.listen({}, u"a"_s, md5).body().value("changedConfigs"_L1).toArray().isEmpty());
    QVERIFY(beta.listen({}, u"a"_s, md5).body().value("changedConfigs"_L1).toArray().isEmpty());
    QVERIFY(plain.publish(u"a"_s, "beta", {}, {{u"betaIps"_s, u"10.9.9.9"_s}}).success());
    QVERIFY(beta.waitFor("ConfigChangeNotifyRequest"));
    QVERIFY(plain.listen({}, u"a"_s, md5).body().value("changedConfigs"_L1).toArray().isEmpty());
    QCOMPARE(beta.listen({}, u"a"_s, md5).body().value("changedConfigs"_L1).toArray().size(), 1);
}

void TstNacosWatch::fuzzyWatchTellsWhatIsThereAndWhatChanges()
{
    tests::RegistryBench bench;
    tests::GrpcProbe probe(bench.server->grpcPort());
    probe.answerPushes();
    probe.connectStream();
    for (int i = 0; i < 45; ++i)
        QVERIFY(probe.publish(u"app-%1"_s.arg(i), "x").success());
    QVERIFY(probe.publish(u"other"_s, "x").success());
    wire::ConfigFuzzyWatchRequest watch{
        u"public>>*>>app-*"_s, {}, wire::ConfigFuzzyWatchRequest::Mode::Watch, wire::ConfigFuzzyWatchRequest::Phase::Initializing};
    QVERIFY(probe.call(watch).success());
    QVERIFY(probe.waitFor("ConfigFuzzyWatchSyncRequest", 3)); // 20 + 20 + 5, and the end
    int keys = 0;
    for (int i = 0; i < 3; ++i) {
        const QJsonObject batch = probe.push("ConfigFuzzyWatchSyncRequest", i);
        QCOMPARE(batch.value("syncType"_L1).toString(), QLatin1String(Sync::Init));
        QCOMPARE(batch.value("totalBatch"_L1).toInt(), 3);
        QCOMPARE(batch.value("currentBatch"_L1).toInt(), i + 1);
        const QJsonArray contexts = batch.value("contexts"_L1).toArray();
        QVERIFY(contexts.size() <= 20);
        keys += int(contexts.size());
        QVERIFY(contexts.at(0).toObject().value("groupKey"_L1).toString().endsWith(u"+g+public"_s));
        QCOMPARE(contexts.at(0).toObject().value("changedType"_L1).toString(), u"ADD_CONFIG"_s);
    }
    QCOMPARE(keys, 45);
    const QJsonObject end = probe.push("ConfigFuzzyWatchSyncRequest", 3);
    QCOMPARE(end.value("syncType"_L1).toString(), QLatin1String(Sync::InitFinished));
    QVERIFY(!end.contains("contexts"_L1));
    QCOMPARE(end.value("totalBatch"_L1).toInt(), 0);

    QVERIFY(probe.publish(u"app-new"_s, "x").success());
    QVERIFY(probe.publish(u"unrelated"_s, "x").success());
    QVERIFY(probe.publish(u"app-0"_s, "y").success());
    QVERIFY(probe.call(wire::ConfigRemoveRequest{{{}, u"g"_s, u"app-1"_s}, {}}).success());
    QVERIFY(probe.waitFor("ConfigFuzzyWatchChangeNotifyRequest", 1));
    QStringList seen;
    for (int i = 0; i < 2; ++i) {
        const QJsonObject change = probe.push("ConfigFuzzyWatchChangeNotifyRequest", i);
        seen.append(change.value("groupKey"_L1).toString() + u' ' + change.value("changeType"_L1).toString());
    }
    // Not app-0: a new content is no news to a fuzzy watch.
    QCOMPARE(seen, (QStringList{u"app-new+g+public CONFIG_CHANGED"_s, u"app-1+g+public DELETE_CONFIG"_s}));
    watch.mode = wire::ConfigFuzzyWatchRequest::Mode::Cancel;
    QVERIFY(probe.call(watch).success());
    QVERIFY(probe.publish(u"app-newer"_s, "y").success());
    QVERIFY(probe.listen({}, u"marker"_s, {}).success());
    QVERIFY(probe.publish(u"marker"_s, "1").success());
    QVERIFY(probe.waitFor("ConfigChangeNotifyRequest"));
    QCOMPARE(probe.count("ConfigFuzzyWatchChangeNotifyRequest"), 2);
}

void TstNacosWatch::fuzzyWatchKnowsWhatTheClientKnows()
{
    tests::RegistryBench bench;
    tests::GrpcProbe probe(bench.server->grpcPort());
    probe.answerPushes();
    probe.connectStream();
    QVERIFY(probe.publish(u"known"_s, "x").success());
    QVERIFY(probe.publish(u"fresh"_s, "x").success());
    const wire::ConfigFuzzyWatchRequest watch{u"public>>g>>*"_s,
                                              {u"known+g+public"_s, u"gone+g+public"_s},
                                              wire::ConfigFuzzyWatchRequest::Mode::Watch,
                                              wire::ConfigFuzzyWatchRequest::Phase::Again};
    QVERIFY(probe.call(watch).success());
    QVERIFY(probe.waitFor("ConfigFuzzyWatchSyncRequest"));
    const QJsonObject batch = probe.push("ConfigFuzzyWatchSyncRequest");
    QCOMPARE(batch.value("syncType"_L1).toString(), QLatin1String(Sync::Difference));
    QStringList seen;
    const QJsonArray contexts = batch.value("contexts"_L1).toArray();
    for (const QJsonValue &context : contexts)
        seen.append(context.toObject().value("groupKey"_L1).toString() + u' ' + context.toObject().value("changedType"_L1).toString());
    QCOMPARE(seen, (QStringList{u"fresh+g+public ADD_CONFIG"_s, u"gone+g+public DELETE_CONFIG"_s}));
}

void TstNacosWatch::fuzzyWatchHasLimits()
{
    tests::RegistryBench bench;
    tests::GrpcProbe probe(bench.server->grpcPort());
    probe.answerPushes();
    probe.connectStream();
    wire::ConfigFuzzyWatchRequest watch;
    watch.groupKeyPattern = u"nonsense"_s;
    QCOMPARE(probe.call(watch).errorCode(), 400);
    for (int i = 0; i < 21; ++i) {
        watch.groupKeyPattern = u"public>>g>>p%1*"_s.arg(i);
        QCOMPARE(probe.call(watch).errorCode(), i < 20 ? 0 : 50310);
    }
    for (int i = 0; i < 501; ++i)
        QVERIFY(probe.publish(u"m-%1"_s.arg(i), "x").success());
    watch.groupKeyPattern = u"public>>g>>m-*"_s;
    QCOMPARE(probe.call(watch).errorCode(), 50311);
}

void TstNacosWatch::longPolls()
{
    tests::RegistryBench bench;
    tests::GrpcProbe probe(bench.server->grpcPort());
    tests::HttpProbe http(bench.mainUrl());
    probe.connectStream();
    const QMap<QByteArray, QByteArray> patient{{"Long-Pulling-Timeout", "30000"}, {"Content-Type", "application/x-www-form-urlencoded"}};
    const auto body = [](const QString &listened) { return "Listening-Configs=" + QUrl::toPercentEncoding(listened); };
    const QString path = u"/nacos/v1/cs/configs/listener"_s;
    // Differs already: answered at once.
    const auto stale = http.send("POST", path, body(listening(u"a"_s, u"g"_s, u"stale"_s)), patient);
    QCOMPARE(stale.status, 200);
    QCOMPARE(QUrl::fromPercentEncoding(stale.body.trimmed()), u"a"_s + QChar(2) + u'g' + QChar(1));
    // Same: waits for the change.
    QNetworkReply *waiting =
        http.start("POST", path, body(listening(u"a"_s, u"g"_s, {}) + listening(u"b"_s, u"g"_s, {}, u"dev"_s)), patient);
    QTRY_VERIFY(!http.get(u"/nacos/v3/admin/cs/config/listener"_s, {{u"dataId"_s, u"a"_s}, {u"groupName"_s, u"g"_s}})
                     .data()
                     .toObject()
                     .value("listenersStatus"_L1)
                     .toObject()
                     .isEmpty());
    QVERIFY(!waiting->isFinished());
    QVERIFY(probe.publish(u"unrelated"_s, "x").success());
    probe.tenant = u"dev"_s;
    QVERIFY(probe.publish(u"b"_s, "x").success());
    QTRY_VERIFY(waiting->isFinished());
    QCOMPARE(QUrl::fromPercentEncoding(waiting->readAll().trimmed()), u"b"_s + QChar(2) + u'g' + QChar(2) + u"dev"_s + QChar(1));
    waiting->deleteLater();
    for (const QString &bad : {QString(), u"nothing"_s, u"a"_s + QChar(2) + u"g"_s, listening(u"a/b"_s, u"g"_s, {})})
        QCOMPARE(http.send("POST", path, body(bad), patient).status, 400);
}

void TstNacosWatch::longPollsEndInTime()
{
    tests::RegistryBench bench;
    tests::HttpProbe http(bench.mainUrl());
    const QByteArray body = "Listening-Configs=" + QUrl::toPercentEncoding(listening(u"a"_s, u"g"_s, {}));
    QElapsedTimer timer;
    timer.start();
    const auto answer = http.send("POST", u"/nacos/v1/cs/configs/listener"_s, body,
                                  {{"Long-Pulling-Timeout", "700"}, {"Content-Type", "application/x-www-form-urlencoded"}});
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.body.isEmpty());
    QVERIFY(timer.elapsed() >= 190 && timer.elapsed() < 5000);
    // Without the header the client does not wait, and is answered in headers.
    const auto compare = [&](const QByteArray &what) {
        return http.send("POST", u"/nacos/v1/cs/configs/listener"_s, what, {{"Content-Type", "application/x-www-form-urlencoded"}});
    };
    QCOMPARE(compare(body).status, 200);
    QVERIFY(!compare(body).headers.contains("probe-modify-response"));
    const auto stale = compare("Listening-Configs=" + QUrl::toPercentEncoding(listening(u"a"_s, u"g"_s, u"stale"_s)));
    QVERIFY(stale.body.isEmpty());
    QCOMPARE(stale.headers.value("probe-modify-response"), "a:g;"_ba);
    QCOMPARE(stale.headers.value("probe-modify-response-new"), "a%02g%01"_ba);
}

void TstNacosWatch::showsListeners()
{
    tests::RegistryBench bench;
    tests::GrpcProbe probe(bench.server->grpcPort());
    tests::HttpProbe http(bench.mainUrl()), console(bench.consoleUrl());
    probe.connectStream();
    QVERIFY(probe.publish(u"a"_s, "x").success());
    QVERIFY(probe.listen({}, u"a"_s, "abc").success());
    for (const auto &answer : {http.get(u"/nacos/v3/admin/cs/config/listener"_s, {{u"dataId"_s, u"a"_s}, {u"groupName"_s, u"g"_s}}),
                               console.get(u"/v3/console/cs/config/listener"_s, {{u"dataId"_s, u"a"_s}, {u"groupName"_s, u"g"_s}})}) {
        const QJsonObject data = answer.data().toObject();
        QCOMPARE(data.value("queryType"_L1).toString(), u"config"_s);
        QCOMPARE(data.value("listenersStatus"_L1).toObject().value("10.1.1.1"_L1).toString(), u"abc"_s);
    }
    const QString byIp = u"/nacos/v3/admin/cs/listener"_s;
    const auto status = [&](const tests::Form &query) {
        return http.get(byIp, query).data().toObject().value("listenersStatus"_L1).toObject();
    };
    QCOMPARE(status({{u"ip"_s, u"10.1.1.1"_s}, {u"namespaceId"_s, u"public"_s}}).value("a+g+public"_L1).toString(), u"abc"_s);
    QVERIFY(status({{u"ip"_s, u"10.1.1.1"_s}}).isEmpty()); // the namespace is needed
    QVERIFY(status({{u"ip"_s, u"10.2.2.2"_s}, {u"namespaceId"_s, u"public"_s}}).isEmpty());
    QCOMPARE(http.get(byIp).status, 400);
}

SIGNALBOX_TEST(TstNacosWatch)
#include "tst_nacoswatch.moc"
