// SPDX-License-Identifier: GPL-3.0-or-later
// The connection and the config requests over gRPC: what the SDKs rely on.
#include "tests/core/sandbox/registrybench.h"
#include "tests/support/testmain.h"

using namespace Qt::StringLiterals;
namespace wire = core::nacos::wire;

class TstNacosGrpc : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void serverCheckBeforeEverything();
    void businessBeforeSetupIs301();
    void unknownTypesAre302();
    void connectionsAreTcpConnections();
    void setupAckComesOnlyWhenNegotiated();
    void publishQueryRemove();
    void namespacesAreOne();
    void comparesAndSwaps();
    void checksParameters_data();
    void checksParameters();
    void attributesAndGrayVersions();
    void largeContents();
    void detectsAndEndsWithAnError();
    void detectionAnswered();
    void faultsReachGrpc();
    void malformedSetupEndsTheStream();
    void stopsWhileClientsAreConnected();
};

void TstNacosGrpc::serverCheckBeforeEverything()
{
    tests::RegistryBench bench;
    tests::GrpcProbe probe(bench.server->grpcPort());
    const auto answer = probe.call(wire::ServerCheckRequest{});
    QVERIFY(answer.ok && answer.success());
    QCOMPARE(answer.message.type, "ServerCheckResponse"_ba);
    QVERIFY(answer.body().value("connectionId"_L1).toString().contains(u"_127.0.0.1_"_s));
    QVERIFY(answer.body().value("supportAbilityNegotiation"_L1).toBool());
    const auto again = probe.call(wire::ServerCheckRequest{});
    QCOMPARE(again.body().value("connectionId"_L1), answer.body().value("connectionId"_L1));
}

void TstNacosGrpc::businessBeforeSetupIs301()
{
    tests::RegistryBench bench;
    tests::GrpcProbe probe(bench.server->grpcPort());
    for (const auto &answer : {probe.query(u"a"_s), probe.publish(u"a"_s, "x"), probe.call(wire::HealthCheckRequest{})}) {
        QVERIFY(answer.ok);
        QCOMPARE(answer.message.type, "ErrorResponse"_ba);
        QCOMPARE(answer.errorCode(), 301);
        QVERIFY(answer.body().value("resultCode"_L1).toInt() != 200);
    }
    probe.openStream(); // a stream alone is no registration
    QCOMPARE(probe.query(u"a"_s).errorCode(), 301);
}

void TstNacosGrpc::unknownTypesAre302()
{
    tests::RegistryBench bench;
    tests::GrpcProbe probe(bench.server->grpcPort());
    for (const QByteArray &type : {"InstanceRequest"_ba, "LockOperationRequest"_ba, ""_ba, "ServerCheckResponse"_ba}) {
        const auto answer = probe.call(wire::Message{type, {}, {}, "{}"});
        QVERIFY(answer.ok);
        QCOMPARE(answer.errorCode(), 302);
    }
}

void TstNacosGrpc::connectionsAreTcpConnections()
{
    tests::RegistryBench bench;
    tests::GrpcProbe one(bench.server->grpcPort()), two(bench.server->grpcPort());
    one.connectStream();
    two.connectStream();
    QVERIFY(!one.connectionId.isEmpty() && one.connectionId != two.connectionId);
    one.drop();
    QVERIFY(two.query(u"a"_s).ok);
    tests::HttpProbe http(bench.mainUrl());
    QTRY_COMPARE(http.get(u"/nacos/v3/admin/core/loader/current"_s).data().toObject().keys(), QStringList{two.connectionId});
}

void TstNacosGrpc::setupAckComesOnlyWhenNegotiated()
{
    tests::RegistryBench bench;
    tests::GrpcProbe with(bench.server->grpcPort()), without(bench.server->grpcPort());
    with.connectStream();
    QVERIFY(with.push("SetupAckRequest").value("abilityTable"_L1).toObject().value("fuzzyWatch"_L1).toBool());
    QVERIFY(!with.push("SetupAckRequest").value("abilityTable"_L1).toObject().contains("lock"_L1)); // not built, not promised
    without.connectStream(tests::GrpcProbe::Negotiation::No);
    QVERIFY(without.call(wire::HealthCheckRequest{}).success());
    QCOMPARE(without.pushes().size(), 0);
}

void TstNacosGrpc::publishQueryRemove()
{
    tests::RegistryBench bench;
    tests::GrpcProbe probe(bench.server->grpcPort());
    probe.connectStream();
    const auto absent = probe.query(u"a.yaml"_s);
    QCOMPARE(absent.message.type, "ConfigQueryResponse"_ba);
    QCOMPARE(absent.errorCode(), 300);
    QCOMPARE(absent.body().value("message"_L1).toString(), u"config data not exist"_s);
    // The Rust SDK reads no answer of this kind without it, not even a refusal.
    const auto refused = probe.query(u"a b"_s);
    QCOMPARE(refused.errorCode(), 400);
    for (const auto &answer : {absent, refused})
        QVERIFY(answer.body().contains("lastModified"_L1) && answer.body().contains("beta"_L1));
    QVERIFY(probe.publish(u"a.yaml"_s, "x: 你", {}, {{u"type"_s, u"yaml"_s}}).success());
    const auto found = probe.query(u"a.yaml"_s).body();
    QCOMPARE(found.value("content"_L1).toString(), u"x: 你"_s);
    QCOMPARE(found.value("contentType"_L1).toString(), u"yaml"_s);
    QCOMPARE(found.value("md5"_L1).toString().size(), 32);
    QVERIFY(found.value("lastModified"_L1).toInteger() > 1'600'000'000'000);
    QVERIFY(!found.contains("tag"_L1) && !found.value("beta"_L1).toBool());
    const wire::ConfigRemoveRequest remove{{{}, u"g"_s, u"a.yaml"_s}, {}};
    QVERIFY(probe.call(remove).success());
    QVERIFY(probe.call(remove).success());
    QCOMPARE(probe.query(u"a.yaml"_s).errorCode(), 300);
    QVERIFY(probe.publish(u"b"_s, "x", {}, {{u"type"_s, u"nonsense"_s}}).success());
    QCOMPARE(probe.query(u"b"_s).body().value("contentType"_L1).toString(), u"text"_s);
}

void TstNacosGrpc::namespacesAreOne()
{
    tests::RegistryBench bench;
    tests::GrpcProbe probe(bench.server->grpcPort());
    probe.connectStream();
    QVERIFY(probe.publish(u"a"_s, "x").success());
    probe.tenant = u"public"_s;
    QCOMPARE(probe.query(u"a"_s).body().value("content"_L1).toString(), u"x"_s);
    // A request without the member at all.
    const auto answer = probe.call(wire::Message{"ConfigQueryRequest", {}, {}, R"({"dataId":"a","group":"g"})"});
    QCOMPARE(answer.body().value("content"_L1).toString(), u"x"_s);
    probe.tenant = u"dev"_s;
    QCOMPARE(probe.query(u"a"_s).errorCode(), 300);
}

void TstNacosGrpc::comparesAndSwaps()
{
    tests::RegistryBench bench;
    tests::GrpcProbe probe(bench.server->grpcPort());
    probe.connectStream();
    QVERIFY(probe.publish(u"a"_s, "1", QString(32, u'0')).success());
    const QString md5 = probe.query(u"a"_s).body().value("md5"_L1).toString();
    const auto wrong = probe.publish(u"a"_s, "2", QString(32, u'0'));
    QCOMPARE(wrong.message.type, "ConfigPublishResponse"_ba);
    QCOMPARE(wrong.errorCode(), 500);
    QCOMPARE(wrong.body().value("resultCode"_L1).toInt(), 500);
    QVERIFY(wrong.body().value("message"_L1).toString().contains(u"md5 may have changed"_s));
    QVERIFY(probe.publish(u"a"_s, "2", md5).success());
    QVERIFY(!probe.publish(u"a"_s, "3", md5).success());
    QCOMPARE(probe.query(u"a"_s).body().value("content"_L1).toString(), u"2"_s);
}

void TstNacosGrpc::checksParameters_data()
{
    QTest::addColumn<QString>("dataId");
    QTest::addColumn<QString>("group");
    QTest::addColumn<QString>("tenant");
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("blank content") << u"a"_s << u"g"_s << QString() << "  \n"_ba;
    QTest::newRow("no content") << u"a"_s << u"g"_s << QString() << ""_ba;
    QTest::newRow("no dataId") << QString() << u"g"_s << QString() << "x"_ba;
    QTest::newRow("no group") << u"a"_s << QString() << QString() << "x"_ba;
    QTest::newRow("slash") << u"a/b"_s << u"g"_s << QString() << "x"_ba;
    QTest::newRow("chinese") << u"配置"_s << u"g"_s << QString() << "x"_ba;
    QTest::newRow("long dataId") << QString(257, u'a') << u"g"_s << QString() << "x"_ba;
    QTest::newRow("long group") << u"a"_s << QString(129, u'g') << QString() << "x"_ba;
    QTest::newRow("tenant with dot") << u"a"_s << u"g"_s << u"a.b"_s << "x"_ba;
    QTest::newRow("long tenant") << u"a"_s << u"g"_s << QString(65, u't') << "x"_ba;
    QTest::newRow("large content") << u"a"_s << u"g"_s << QString() << QByteArray(10 * 1024 * 1024 + 1, 'x');
}

void TstNacosGrpc::checksParameters()
{
    QFETCH(const QString, dataId);
    QFETCH(const QString, tenant);
    QFETCH(const QByteArray, content);
    tests::RegistryBench bench;
    tests::GrpcProbe probe(bench.server->grpcPort());
    probe.connectStream();
    QFETCH(QString, group);
    probe.group = group;
    probe.tenant = tenant;
    const auto answer = probe.publish(dataId, content);
    QCOMPARE(answer.message.type, "ConfigPublishResponse"_ba);
    QCOMPARE(answer.errorCode(), 400);
    QVERIFY(!answer.body().value("message"_L1).toString().isEmpty());
}

void TstNacosGrpc::attributesAndGrayVersions()
{
    tests::RegistryBench bench;
    tests::GrpcProbe probe(bench.server->grpcPort()), beta(bench.server->grpcPort());
    probe.connectStream();
    beta.connectStream(tests::GrpcProbe::Negotiation::Yes, "10.9.9.9");
    QVERIFY(probe
                .publish(u"a"_s, "formal", {},
                         {{u"appName"_s, u"shop"_s},
                          {u"config_tags"_s, u"x,y"_s},
                          {u"desc"_s, u"words"_s},
                          {u"src_user"_s, u"ann"_s},
                          {u"encryptedDataKey"_s, u"key"_s},
                          {u"betaIps"_s, QString()},
                          {u"tag"_s, QString()}})
                .success());
    QVERIFY(probe.publish(u"a"_s, "beta", {}, {{u"betaIps"_s, u"10.9.9.9"_s}}).success());
    QVERIFY(probe.publish(u"a"_s, "blue", {}, {{u"tag"_s, u"blue"_s}}).success());
    QCOMPARE(probe.query(u"a"_s).body().value("content"_L1).toString(), u"formal"_s);
    QCOMPARE(probe.query(u"a"_s).body().value("encryptedDataKey"_L1).toString(), u"key"_s);
    QCOMPARE(probe.query(u"a"_s, u"blue"_s).body().value("content"_L1).toString(), u"blue"_s);
    QCOMPARE(probe.query(u"a"_s, u"blue"_s).body().value("tag"_L1).toString(), u"blue"_s);
    const auto noTag = probe.query(u"a"_s, u"green"_s);
    QCOMPARE(noTag.errorCode(), 300);
    QCOMPARE(noTag.body().value("tag"_L1).toString(), u"green"_s);
    QCOMPARE(beta.query(u"a"_s).body().value("content"_L1).toString(), u"beta"_s);
    QVERIFY(beta.query(u"a"_s, u"blue"_s).body().value("beta"_L1).toBool());
    QVERIFY(probe.call(wire::ConfigRemoveRequest{{{}, u"g"_s, u"a"_s}, u"blue"_s}).success());
    QCOMPARE(probe.query(u"a"_s, u"blue"_s).errorCode(), 300);
    QCOMPARE(probe.query(u"a"_s).body().value("content"_L1).toString(), u"formal"_s);
    tests::HttpProbe http(bench.mainUrl());
    const QJsonObject detail =
        http.get(u"/nacos/v3/admin/cs/config"_s, {{u"dataId"_s, u"a"_s}, {u"groupName"_s, u"g"_s}}).data().toObject();
    QCOMPARE(detail.value("configTags"_L1).toString(), u"x,y"_s);
    QCOMPARE(detail.value("createUser"_L1).toString(), u"ann"_s);
    QCOMPARE(detail.value("createIp"_L1).toString(), u"10.1.1.1"_s); // what the client calls itself
}

void TstNacosGrpc::largeContents()
{
    tests::RegistryBench bench;
    tests::GrpcProbe probe(bench.server->grpcPort());
    probe.connectStream();
    // Ten million characters that all have to be escaped.
    const QByteArray large = QByteArray("\n\"").repeated(5 * 1024 * 1024 - 1) + "x";
    QVERIFY(probe.publish(u"large"_s, large).success());
    QCOMPARE(probe.query(u"large"_s).body().value("content"_L1).toString().toUtf8(), large);
    const QByteArray odd = QByteArray("a\0b\r\n", 5) + "\xef\xbb\xbf\xf0\xa0\xae\xb7";
    QVERIFY(probe.publish(u"odd"_s, odd).success());
    QCOMPARE(probe.query(u"odd"_s).body().value("content"_L1).toString().toUtf8(), odd);
}

void TstNacosGrpc::detectsAndEndsWithAnError()
{
    auto options = tests::RegistryBench::options();
    options.idleUntilDetection = 100;
    options.detectionAnswer = 100;
    tests::RegistryBench bench(options);
    tests::GrpcProbe probe(bench.server->grpcPort());
    probe.connectStream();
    QVERIFY(probe.waitFor("ClientDetectionRequest"));
    QTRY_VERIFY_WITH_TIMEOUT(probe.streamEnded(), 10000);
    QCOMPARE(probe.streamStatus(), 14); // UNAVAILABLE: a clean end would not be noticed by some SDKs
    QTRY_COMPARE(probe.query(u"a"_s).errorCode(), 301);
}

void TstNacosGrpc::detectionAnswered()
{
    auto options = tests::RegistryBench::options();
    options.idleUntilDetection = 100;
    options.detectionAnswer = 3000;
    tests::RegistryBench bench(options);
    tests::GrpcProbe probe(bench.server->grpcPort());
    probe.answerPushes();
    probe.connectStream();
    QVERIFY(probe.waitFor("ClientDetectionRequest", 2));
    QVERIFY(!probe.streamEnded());
}

void TstNacosGrpc::faultsReachGrpc()
{
    tests::RegistryBench bench;
    tests::GrpcProbe probe(bench.server->grpcPort());
    probe.connectStream();
    QVERIFY(bench.faults.set(QStringList{u"error:503"_s}));
    QCOMPARE(probe.query(u"a"_s).errorCode(), 503);
    QVERIFY(bench.faults.set(QStringList{u"deny:ConfigPublish"_s}));
    QCOMPARE(probe.publish(u"a"_s, "x").errorCode(), 403);
    QCOMPARE(probe.query(u"a"_s).errorCode(), 300);
    QVERIFY(bench.faults.set(QStringList{u"drop:100"_s}));
    QCOMPARE(probe.query(u"a"_s).status, 14);
    QVERIFY(bench.faults.set(QStringList{u"truncate:100"_s}));
    QVERIFY(probe.query(u"a"_s).body().isEmpty());
    QVERIFY(bench.faults.set(QStringList{u"latency:150"_s}));
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(probe.query(u"a"_s).errorCode(), 300);
    QVERIFY(timer.elapsed() >= 150);
}

void TstNacosGrpc::malformedSetupEndsTheStream()
{
    tests::RegistryBench bench;
    tests::GrpcProbe probe(bench.server->grpcPort());
    probe.openStream();
    probe.send({"ConnectionSetupRequest", {}, {}, "{\"labels\":5}"});
    QTRY_VERIFY(probe.streamEnded());
    QVERIFY(probe.streamStatus() != 0);
    tests::GrpcProbe other(bench.server->grpcPort());
    other.openStream();
    for (int i = 0; i < 100; ++i)
        other.send({"Whatever" + QByteArray::number(i), {}, {}, QByteArray(i, '\xff')});
    other.send(wire::makeMessage(wire::ConnectionSetupRequest{}));
    QTRY_VERIFY(other.call(wire::HealthCheckRequest{}).success());
}

void TstNacosGrpc::stopsWhileClientsAreConnected()
{
    tests::RegistryBench bench;
    tests::GrpcProbe one(bench.server->grpcPort()), two(bench.server->grpcPort());
    one.connectStream();
    two.connectStream();
    QVERIFY(one.listen({}, u"a"_s, {}).success());
    QElapsedTimer timer;
    timer.start();
    bench.server.reset();
    QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
    QTRY_VERIFY(one.streamEnded() && two.streamEnded());
    QVERIFY(one.streamStatus() != 0);
}

SIGNALBOX_TEST(TstNacosGrpc)
#include "tst_nacosgrpc.moc"
