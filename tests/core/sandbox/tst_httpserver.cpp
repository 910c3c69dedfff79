// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/common/httpserver.h"
#include "tests/core/sandbox/httpprobe.h"
#include "tests/core/sandbox/rawprobe.h"
#include "tests/support/testmain.h"

#include <QSignalSpy>
#include <QTest>
#include <thread>

using namespace Qt::StringLiterals;
using namespace core::sandbox;

class TstHttpServer : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void answersAndKeepsTheConnection();
    void answersPipelinedRequestsInOrder();
    void headHasNoBody();
    void continues();
    void refusesAndCloses();
    void answersFromAnotherThread();
    void forgottenRequestsGet500();
    void dropsAndTruncates();
    void closesSlowHeaders();
    void limitsConnections();
    void survivesClientsThatLeave();
    void waitsForClientsThatDoNotRead();
    void aTakenPortIsAnError();
    void lateAnswersFindNobody();
};

namespace {

HttpServer::Handler echo()
{
    return [](const HttpRequest &request, const HttpResponder &responder) {
        responder.send(HttpResponse::text(QString::fromUtf8(request.method + ' ' + request.path + ' ' + request.body)));
    };
}

} // namespace

void TstHttpServer::answersAndKeepsTheConnection()
{
    HttpServer server(echo());
    QVERIFY(server.listenOnLoopback(0));
    tests::RawProbe probe(server.port());
    probe.send("GET /one HTTP/1.1\r\n\r\n");
    QVERIFY(probe.waitFor("GET /one"));
    probe.send("POST /two HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc");
    QVERIFY(probe.waitFor("POST /two abc"));
    QCOMPARE(server.connectionCount(), 1);
    probe.send("GET /three HTTP/1.1\r\nConnection: close\r\n\r\n");
    QVERIFY(probe.waitFor("GET /three"));
    QVERIFY(probe.waitForClose());
    QTRY_COMPARE(server.connectionCount(), 0);
}

void TstHttpServer::answersPipelinedRequestsInOrder()
{
    QList<HttpResponder> held;
    HttpServer server([&held](const HttpRequest &request, const HttpResponder &responder) {
        if (request.path == "/held")
            held.append(responder);
        else
            responder.send(HttpResponse::text(QString::fromUtf8("<" + request.path + ">")));
    });
    QVERIFY(server.listenOnLoopback(0));
    tests::RawProbe probe(server.port());
    probe.send("GET /a HTTP/1.1\r\n\r\nGET /held HTTP/1.1\r\n\r\nGET /b HTTP/1.1\r\n\r\nGET /c HTTP/1.1\r\n\r\n");
    QTRY_COMPARE(held.size(), 1);
    QVERIFY(probe.waitFor("</a>"));
    QVERIFY(!probe.received().contains("</b>")); // nothing overtakes
    held.takeFirst().send(HttpResponse::text(u"<held>"_s));
    QVERIFY(probe.waitFor("</c>"));
    const QByteArray all = probe.received();
    QVERIFY(all.indexOf("</a>") < all.indexOf("<held>") && all.indexOf("<held>") < all.indexOf("</b>"));
}

void TstHttpServer::headHasNoBody()
{
    HttpServer server(echo());
    QVERIFY(server.listenOnLoopback(0));
    tests::RawProbe probe(server.port());
    probe.send("HEAD /x HTTP/1.1\r\n\r\nGET /y HTTP/1.1\r\n\r\n");
    QVERIFY(probe.waitFor("GET /y"));
    QVERIFY(probe.received().contains("Content-Length: 8"));
    QVERIFY(!probe.received().contains("HEAD /x"));
}

void TstHttpServer::continues()
{
    HttpServer server(echo());
    QVERIFY(server.listenOnLoopback(0));
    tests::RawProbe probe(server.port());
    probe.send("POST /x HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
    QVERIFY(probe.waitFor("100 Continue"));
    probe.send("body");
    QVERIFY(probe.waitFor("POST /x body"));
}

void TstHttpServer::refusesAndCloses()
{
    HttpServer server(echo());
    QVERIFY(server.listenOnLoopback(0));
    tests::RawProbe probe(server.port());
    probe.send("POST /x HTTP/1.1\r\nContent-Length: -5\r\n\r\n");
    QVERIFY(probe.waitFor("HTTP/1.1 400 Bad Request"));
    QVERIFY(probe.waitForClose());
    tests::RawProbe large(server.port());
    large.send("GET /" + QByteArray(70 * 1024, 'x'));
    QVERIFY(large.waitFor("HTTP/1.1 431"));
}

void TstHttpServer::answersFromAnotherThread()
{
    std::thread worker;
    HttpServer server([&worker](const HttpRequest &, const HttpResponder &responder) {
        worker = std::thread([responder] {
            responder.send(HttpResponse::text(u"from afar"_s));
            responder.send(HttpResponse::text(u"twice"_s));
        });
    });
    QVERIFY(server.listenOnLoopback(0));
    tests::RawProbe probe(server.port());
    probe.send("GET / HTTP/1.1\r\n\r\n");
    QVERIFY(probe.waitFor("from afar"));
    worker.join();
    QVERIFY(!probe.received().contains("twice"));
}

void TstHttpServer::forgottenRequestsGet500()
{
    HttpServer server([](const HttpRequest &, const HttpResponder &) {});
    QVERIFY(server.listenOnLoopback(0));
    tests::RawProbe probe(server.port());
    probe.send("GET / HTTP/1.1\r\n\r\n");
    QVERIFY(probe.waitFor("HTTP/1.1 500"));
}

void TstHttpServer::dropsAndTruncates()
{
    HttpServer server([](const HttpRequest &request, const HttpResponder &responder) {
        if (request.path == "/drop")
            responder.drop();
        else
            responder.sendTruncated(HttpResponse::text(u"0123456789"_s));
    });
    QVERIFY(server.listenOnLoopback(0));
    tests::RawProbe dropped(server.port());
    dropped.send("GET /drop HTTP/1.1\r\n\r\n");
    QVERIFY(dropped.waitForClose());
    QVERIFY(dropped.received().isEmpty());
    tests::RawProbe cut(server.port());
    cut.send("GET /cut HTTP/1.1\r\n\r\n");
    QVERIFY(cut.waitForClose());
    QVERIFY(cut.received().contains("Content-Length: 10"));
    QVERIFY(cut.received().endsWith("\r\n\r\n01234"));
}

void TstHttpServer::closesSlowHeaders()
{
    HttpLimits limits;
    limits.headerSeconds = 0;
    limits.idleSeconds = 0;
    HttpServer server(echo(), limits);
    QVERIFY(server.listenOnLoopback(0));
    tests::RawProbe slow(server.port());
    slow.send("GET / HT");
    tests::RawProbe silent(server.port());
    QVERIFY(slow.waitForClose());
    QVERIFY(silent.waitForClose());
}

void TstHttpServer::limitsConnections()
{
    HttpLimits limits;
    limits.connections = 2;
    HttpServer server(echo(), limits);
    QVERIFY(server.listenOnLoopback(0));
    tests::RawProbe one(server.port()), two(server.port());
    QTRY_COMPARE(server.connectionCount(), 2);
    tests::RawProbe three(server.port());
    QVERIFY(three.waitForClose());
    one.send("GET /still HTTP/1.1\r\n\r\n");
    QVERIFY(one.waitFor("GET /still"));
}

void TstHttpServer::survivesClientsThatLeave()
{
    QList<HttpResponder> held;
    HttpServer server([&held](const HttpRequest &, const HttpResponder &responder) { held.append(responder); });
    QVERIFY(server.listenOnLoopback(0));
    {
        tests::RawProbe probe(server.port());
        probe.send("GET / HTTP/1.1\r\n\r\n");
        QTRY_COMPARE(held.size(), 1);
        probe.socket.abort();
    }
    QTRY_COMPARE(server.connectionCount(), 0);
    held.takeFirst().send(HttpResponse::text(u"too late"_s));
}

void TstHttpServer::waitsForClientsThatDoNotRead()
{
    int handled = 0;
    HttpServer server([&handled](const HttpRequest &, const HttpResponder &responder) {
        ++handled;
        HttpResponse response;
        response.body = QByteArray(1024 * 1024, 'x');
        responder.send(response);
    });
    QVERIFY(server.listenOnLoopback(0));
    QTcpSocket reader;
    reader.setReadBufferSize(1024);
    reader.connectToHost(QHostAddress(QHostAddress::LocalHost), server.port());
    QTRY_COMPARE(reader.state(), QAbstractSocket::ConnectedState);
    for (int i = 0; i < 100; ++i)
        reader.write("GET / HTTP/1.1\r\n\r\n");
    QTRY_VERIFY(handled > 0);
    // The operating system's buffers take some answers, the server's own not more than a few.
    QTRY_VERIFY(reader.bytesToWrite() == 0);
    QVERIFY2(handled < 60, qPrintable(QString::number(handled)));
    qint64 got = 0;
    reader.setReadBufferSize(0);
    connect(&reader, &QTcpSocket::readyRead, this, [&] { got += reader.readAll().size(); });
    got += reader.readAll().size();
    QTRY_VERIFY_WITH_TIMEOUT(got > 100 * 1024 * 1024, 30000);
    QCOMPARE(handled, 100);
}

void TstHttpServer::aTakenPortIsAnError()
{
    HttpServer first(echo());
    QVERIFY(first.listenOnLoopback(0));
    HttpServer second(echo());
    const auto result = second.listenOnLoopback(first.port());
    QVERIFY(!result);
    QCOMPARE(result.error().kind, core::Error::Kind::Network);
}

void TstHttpServer::lateAnswersFindNobody()
{
    QList<HttpResponder> held;
    auto server = std::make_unique<HttpServer>([&held](const HttpRequest &, const HttpResponder &responder) { held.append(responder); });
    QVERIFY(server->listenOnLoopback(0));
    tests::RawProbe probe(server->port());
    probe.send("GET / HTTP/1.1\r\n\r\n");
    QTRY_COMPARE(held.size(), 1);
    server.reset();
    held.takeFirst().send(HttpResponse::text(u"nobody"_s));
    QVERIFY(probe.waitForClose());
}

SIGNALBOX_TEST(TstHttpServer)
#include "tst_httpserver.moc"
