// SPDX-License-Identifier: GPL-3.0-or-later
// Hostile and broken clients: the registry answers or closes, and goes on serving others.
#include "tests/core/sandbox/rawprobe.h"
#include "tests/core/sandbox/registrybench.h"
#include "tests/support/testmain.h"

#include <QRandomGenerator>

using namespace Qt::StringLiterals;
namespace wire = core::nacos::wire;

class TstNacosBadInput : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void rawHttp_data();
    void rawHttp();
    void randomBytes();
    void randomParameters();
    void brokenBodiesOverGrpc();
    void clientsThatVanish();
};

namespace {

void stillServes(tests::RegistryBench &bench)
{
    tests::HttpProbe http(bench.mainUrl());
    QCOMPARE(http.get(u"/nacos/v3/admin/core/state/liveness"_s).code(), 0);
    tests::GrpcProbe probe(bench.server->grpcPort());
    probe.connectStream();
    QVERIFY(probe.publish(u"alive"_s, "x").success());
}

} // namespace

void TstNacosBadInput::rawHttp_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("huge header") << "GET / HTTP/1.1\r\nX: "_ba + QByteArray(100000, 'x') << "HTTP/1.1 431"_ba;
    QTest::newRow("huge path") << "GET /"_ba + QByteArray(100000, 'x') << "HTTP/1.1 431"_ba;
    QTest::newRow("many headers") << "GET / HTTP/1.1\r\n"_ba + QByteArray("A: b\r\n").repeated(500) + "\r\n"
                                  << "HTTP/1.1 431"_ba;
    QTest::newRow("negative length") << "POST /nacos/v3/admin/cs/config HTTP/1.1\r\nContent-Length: -1\r\n\r\n"_ba
                                     << "HTTP/1.1 400"_ba;
    QTest::newRow("endless body") << "POST /nacos/v3/admin/cs/config HTTP/1.1\r\nContent-Length: 1099511627776\r\n\r\n"_ba
                                  << "HTTP/1.1 413"_ba;
    QTest::newRow("not HTTP") << "\x16\x03\x01\x02\x00\x01\x00\r\n\r\n"_ba
                              << "HTTP/1.1 400"_ba;
    QTest::newRow("HTTP/2 preface") << "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"_ba
                                    << "HTTP/1.1 505"_ba;
    QTest::newRow("dots") << "GET /nacos/../../etc/passwd HTTP/1.1\r\n\r\n"_ba
                          << "HTTP/1.1 404"_ba;
    QTest::newRow("NUL path") << "GET /nacos/%00 HTTP/1.1\r\n\r\n"_ba
                              << "HTTP/1.1 404"_ba;
    QTest::newRow("bad UTF-8") << "GET /nacos/%ff%fe?dataId=%ff HTTP/1.1\r\n\r\n"_ba
                               << "HTTP/1.1 404"_ba;
    QTest::newRow("bad UTF-8 key") << "GET /nacos/v3/admin/cs/config?dataId=%ff&groupName=g HTTP/1.1\r\n\r\n"_ba
                                   << "HTTP/1.1 400"_ba;
    QTest::newRow("odd method") << "BREW /nacos/v3/admin/cs/config HTTP/1.1\r\n\r\n"_ba
                                << "HTTP/1.1 405"_ba;
    QTest::newRow("options") << "OPTIONS * HTTP/1.1\r\n\r\n"_ba
                             << "HTTP/1.1 404"_ba;
}

void TstNacosBadInput::rawHttp()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QByteArray, answer);
    tests::RegistryBench bench;
    for (const quint16 port : {bench.server->port(), bench.server->consolePort()}) {
        tests::RawProbe probe(port);
        probe.send(bytes);
        QVERIFY(probe.waitFor("HTTP/1.1 "));
        if (port == bench.server->port())
            QVERIFY2(probe.received().startsWith(answer), probe.received().left(200).constData());
    }
    stillServes(bench);
}

void TstNacosBadInput::randomBytes()
{
    tests::RegistryBench bench;
    QRandomGenerator random(20240601);
    for (int i = 0; i < 40; ++i) {
        tests::RawProbe probe(i % 2 ? bench.server->port() : bench.server->grpcPort());
        QByteArray bytes(random.bounded(1, 3000), Qt::Uninitialized);
        for (char &byte : bytes)
            byte = char(random.bounded(256));
        if (i % 4 == 1)
            bytes.prepend("POST /nacos/v3/admin/cs/config HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n");
        if (i % 4 == 0)
            bytes.prepend("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        probe.send(bytes);
        QTRY_COMPARE(probe.socket.bytesToWrite(), 0);
    }
    stillServes(bench);
}

void TstNacosBadInput::randomParameters()
{
    tests::RegistryBench bench;
    tests::HttpProbe http(bench.mainUrl()), console(bench.consoleUrl());
    QRandomGenerator random(7);
    const QStringList paths{u"/v3/admin/cs/config"_s,       u"/v3/admin/cs/config/list"_s, u"/v3/admin/cs/history"_s,
                            u"/v3/admin/cs/history/list"_s, u"/v3/admin/cs/listener"_s,    u"/v3/admin/core/namespace"_s,
                            u"/v3/client/cs/config"_s,      u"/v1/cs/configs"_s,           u"/v1/cs/configs/listener"_s,
                            u"/v3/admin/cs/config/batch"_s, u"/v3/admin/cs/capacity"_s};
    const QStringList names{u"dataId"_s, u"groupName"_s, u"group"_s, u"namespaceId"_s, u"content"_s,          u"pageNo"_s,
                            u"nid"_s,    u"ids"_s,       u"ip"_s,    u"search"_s,      u"Listening-Configs"_s};
    const QStringList values{u""_s,
                             u"a"_s,
                             u"-1"_s,
                             u"99999999999999999999"_s,
                             u"%"_s,
                             u"*"_s,
                             QString(300, u'x'),
                             u"\u0000\u0001"_s,
                             u"中文"_s,
                             QString(QChar(2)) + QChar(1)};
    const QList<QByteArray> methods{"GET"_ba, "POST"_ba, "PUT"_ba, "DELETE"_ba};
    const auto any = [&random](const auto &list) { return list.at(random.bounded(int(list.size()))); };
    for (int i = 0; i < 400; ++i) {
        tests::Form form;
        for (int k = random.bounded(5); k >= 0; --k)
            form.append({any(names), any(values)});
        const auto answer =
            http.send(any(methods), u"/nacos"_s + any(paths) + u'?' + QString::fromLatin1(tests::HttpProbe::encoded(form)), {});
        // A text in place of a number is a failure of the real server's framework.
        const bool framework = answer.status == 500 && answer.json().value("message"_L1).toString().contains(u"Failed to convert"_s);
        QVERIFY2(answer.status >= 200 && (answer.status < 500 || framework), answer.body.constData());
    }
    stillServes(bench);
}

void TstNacosBadInput::brokenBodiesOverGrpc()
{
    tests::RegistryBench bench;
    tests::GrpcProbe probe(bench.server->grpcPort());
    probe.connectStream();
    const QByteArray nested = QByteArray(100000, '[') + QByteArray(100000, ']');
    for (const QByteArray &type : {"ConfigQueryRequest"_ba, "ConfigPublishRequest"_ba, "ConfigRemoveRequest"_ba,
                                   "ConfigBatchListenRequest"_ba, "ConfigFuzzyWatchRequest"_ba}) {
        for (const QByteArray &body : {"{"_ba, "[]"_ba, "\xff\xfe"_ba, "{\"dataId\":5}"_ba, "{\"dataId\":\"a\",\"group\":{}}"_ba, nested,
                                       "{\"configListenContexts\":7,\"receivedGroupKeys\":7,\"dataId\":[]}"_ba}) {
            const auto answer = probe.call(wire::Message{type, {}, {}, body});
            QVERIFY(answer.ok); // always a payload
            // A listen request without contexts is a good one, whatever else it carries.
            QVERIFY2(type == "ConfigBatchListenRequest" || !answer.success(), body.left(100).constData());
            QCOMPARE(answer.body().value("resultCode"_L1).toInt() == 200, answer.errorCode() == 0);
        }
    }
    QVERIFY(!probe.call(wire::Message{"ConfigQueryRequest", {}, {}, {}}).success()); // no body at all
    stillServes(bench);
}

void TstNacosBadInput::clientsThatVanish()
{
    tests::RegistryBench bench;
    for (int i = 0; i < 15; ++i) {
        tests::GrpcProbe probe(bench.server->grpcPort());
        probe.connectStream();
        QVERIFY(probe.listen({}, u"alive"_s, {}).success());
        if (i % 2)
            QVERIFY(probe.publish(u"alive"_s, QByteArray::number(i)).success());
        probe.drop();
    }
    stillServes(bench);
    tests::HttpProbe http(bench.mainUrl());
    QTRY_VERIFY(http.get(u"/nacos/v3/admin/core/loader/current"_s).data().toObject().isEmpty());
}

SIGNALBOX_TEST(TstNacosBadInput)
#include "tst_nacosbadinput.moc"
