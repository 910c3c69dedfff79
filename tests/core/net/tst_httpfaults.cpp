// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/net/httprequests.h"
#include "tests/support/await.h"
#include "tests/support/fakehttpserver.h"
#include "tests/support/fakerawserver.h"
#include "tests/support/testmain.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using core::Error;
using core::Reply;
using core::Result;
using core::net::HttpClient;
using core::net::HttpRequest;
using core::net::HttpResponse;
using core::net::HttpSettings;
using tests::FakeHttpServer;
using tests::get;
using tests::HttpAnswer;
using tests::HttpSeen;
using tests::plain;
using tests::post;
using Fault = tests::HttpAnswer::Fault;

/// What goes wrong on the wire, and who gives up: of each an answer comes, once, and nothing is sent twice that must not be.
class TstHttpFaults final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void faults_data()
    {
        QTest::addColumn<int>("fault");
        QTest::addColumn<Error::Kind>("kind");
        QTest::newRow("dropped") << int(Fault::Drop) << Error::Kind::Network;
        QTest::newRow("cut in the head") << int(Fault::CutHead) << Error::Kind::Network;
        QTest::newRow("cut in the body") << int(Fault::Truncate) << Error::Kind::Network;
        QTest::newRow("never answers") << int(Fault::Hang) << Error::Kind::Timeout;
        QTest::newRow("stops in the body") << int(Fault::Stall) << Error::Kind::Timeout;
        QTest::newRow("not HTTP, then closed") << int(Fault::Garbage) << Error::Kind::Network;
    }
    void faults()
    {
        QFETCH(int, fault);
        QFETCH(Error::Kind, kind);
        for (const char *method : {"GET", "POST", "DELETE"}) {
            FakeHttpServer server;
            HttpAnswer answer = HttpAnswer::json(QByteArray(1000, 'x'));
            answer.fault = Fault(fault);
            server.on({}, u"/path"_s, answer);
            HttpClient client(plain());
            HttpRequest request = post(server.url(u"/path"_s), "a=1");
            if (qstrcmp(method, "POST") != 0)
                request.body.clear();
            request.method = method;
            request.deadline = std::chrono::milliseconds(400);
            const auto got = tests::await(client.send(request));
            QVERIFY(got && !*got);
            QVERIFY2(got->error().kind == kind, qPrintable(QString::fromLatin1(method) + u' ' + tests::errorOf(got)));
            QVERIFY2(got->error().message.contains(u"/path"_s), qPrintable(got->error().message));
            // A write reaches the server at most once, whatever happens to its connection.
            if (qstrcmp(method, "GET") != 0)
                QCOMPARE(server.seen().size(), 1);
        }
    }

    void writeOnAStaleConnection_isNeverSentTwice()
    {
        FakeHttpServer server;
        server.on("GET", u"/x"_s, HttpAnswer::json("{}"));
        HttpAnswer drop;
        drop.fault = Fault::Drop;
        server.on("POST", u"/x"_s, drop);
        server.on("DELETE", u"/x"_s, drop);
        HttpClient client(plain());
        for (const char *method : {"POST", "DELETE"}) {
            QVERIFY(*tests::await(client.send(get(server.url(u"/x"_s))))); // a kept-alive connection to be used again
            server.forget();
            HttpRequest request = post(server.url(u"/x"_s), qstrcmp(method, "POST") == 0 ? "a=1"_ba : QByteArray());
            request.method = method;
            const auto got = tests::await(client.send(request));
            QVERIFY(!*got);
            QCOMPARE(got->error().kind, Error::Kind::Network);
            QCOMPARE(server.seen().size(), 1);
        }
    }

    void largeBodyThatIsCutOff_isNotTriedAgain()
    {
        tests::FakeRawServer server;
        server.onBytes = [](QTcpSocket *socket, const QByteArray &) { socket->abort(); };
        HttpClient client(plain());
        for (const qsizetype bytes : {qsizetype(10), qsizetype(10 * 1024 * 1024)}) {
            HttpRequest request = post(QUrl(u"http://"_s + server.address()), QByteArray(bytes, 'x'));
            request.deadline = std::chrono::seconds(30);
            const auto got = tests::await(client.send(request));
            QVERIFY(got && !*got);
            QCOMPARE(got->error().kind, Error::Kind::Network);
            const bool isLarge = bytes > 1000;
            QCOMPARE(got->error().retryable, !isLarge);
            QVERIFY2(got->error().message.contains(u"10.0 MiB (10485760 bytes)"_s) == isLarge, qPrintable(got->error().message));
        }
    }

    void portForTls_isNamed_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("Tomcat") << "Bad Request\r\nThis combination of host and port requires TLS.\r\n"_ba;
        QTest::newRow("nginx") << "<html><center>The plain HTTP request was sent to HTTPS port</center></html>"_ba;
        QTest::newRow("Go") << "Client sent an HTTP request to an HTTPS server.\n"_ba;
    }
    void portForTls_isNamed()
    {
        QFETCH(QByteArray, answer);
        FakeHttpServer server;
        HttpAnswer refusal = HttpAnswer::json(answer);
        refusal.status = 400;
        server.on({}, u"/x"_s, refusal);
        HttpClient client(plain());
        const auto got = tests::await(client.send(get(server.url(u"/x"_s))));
        QVERIFY(got && !*got);
        QCOMPARE(got->error().kind, Error::Kind::Tls);
        QVERIFY2(got->error().message.contains(u"speaks https, not plain http"_s), qPrintable(got->error().message));
    }

    void alertOfTls_isTakenForIt()
    {
        tests::FakeRawServer server;
        server.onBytes = [](QTcpSocket *socket, const QByteArray &) {
            socket->write(QByteArray("\x15\x03\x01\x00\x02\x02\x46", 7));
            socket->disconnectFromHost();
        };
        HttpClient client(plain());
        const auto got = tests::await(client.send(get(QUrl(u"http://"_s + server.address()))));
        QVERIFY(got && !*got);
        QVERIFY2(got->error().message.contains(u"perhaps this port speaks https"_s), qPrintable(got->error().message));
    }

    void refusedConnection_isANetworkError()
    {
        FakeHttpServer server;
        const QUrl url = server.url(u"/x"_s);
        server.stop();
        HttpClient client(plain());
        const auto got = tests::await(client.send(get(url)));
        QCOMPARE(got->error().kind, Error::Kind::Network);
        QVERIFY(got->error().retryable);
        QVERIFY2(got->error().message.contains(u"refused"_s), qPrintable(got->error().message));
        server.resume();
        QVERIFY(*tests::await(client.send(get(url))));
    }

    void unknownHost_isANetworkError()
    {
        HttpClient client(plain());
        const auto got = tests::await(client.send(get(QUrl(u"http://no-such-host.invalid/x"_s))));
        QVERIFY(got && !*got);
        QCOMPARE(got->error().kind, Error::Kind::Network);
    }

    void garbage_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("SSH") << "SSH-2.0-OpenSSH_9.2\r\n"_ba;
        QTest::newRow("HTTP/2 settings frame") << QByteArray("\0\0\0\4\0\0\0\0\0", 9);
        QTest::newRow("status is no number") << "HTTP/1.1 abc OK\r\n\r\n"_ba;
        QTest::newRow("no status") << "HTTP/1.1\r\n\r\n"_ba;
        QTest::newRow("chunk size is no number") << "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nx\r\n0\r\n\r\n"_ba;
        QTest::newRow("huge chunk size") << "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\nx"_ba;
        QTest::newRow("negative length") << "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello"_ba;
        QTest::newRow("broken gzip") << "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello"_ba;
        QTest::newRow("endless head") << "HTTP/1.1 200 OK\r\nX: "_ba + QByteArray(2'000'000, 'x');
        QTest::newRow("NULs") << QByteArray(1000, '\0');
    }
    void garbage()
    {
        QFETCH(QByteArray, bytes);
        tests::FakeRawServer server;
        server.onBytes = [&](QTcpSocket *socket, const QByteArray &) {
            socket->write(bytes);
            socket->disconnectFromHost();
        };
        HttpClient client(plain());
        HttpRequest request = get(QUrl(u"http://"_s + server.address()));
        request.deadline = std::chrono::seconds(2);
        const auto got = tests::await(client.send(request));
        QVERIFY(got);
        // No crash, no hang; where it is not HTTP, it is not taken for an answer.
        if (*got)
            QVERIFY((*got)->status >= 100 && (*got)->body.size() <= 5);
        else
            QVERIFY(got->error().kind == Error::Kind::BadReply || got->error().kind == Error::Kind::Network ||
                    got->error().kind == Error::Kind::Timeout);
    }

    void everyTruncation_ofAnAnswer_isSurvived()
    {
        const QByteArray whole = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 8\r\n\r\n{\"a\":12}";
        qsizetype length = 0;
        tests::FakeRawServer server;
        server.onBytes = [&](QTcpSocket *socket, const QByteArray &) {
            socket->write(whole.left(length));
            socket->disconnectFromHost();
        };
        for (length = 0; length <= whole.size(); length += 3) {
            HttpClient client(plain());
            HttpRequest request = post(QUrl(u"http://"_s + server.address()), "x");
            request.deadline = std::chrono::seconds(2);
            const auto got = tests::await(client.send(request));
            QVERIFY(got);
            if (length < whole.size())
                QVERIFY2(!*got, qPrintable(QString::number(length)));
            else
                QCOMPARE((*got)->body, "{\"a\":12}"_ba);
        }
    }

    void bodyOverTheCap_isRefused_data()
    {
        QTest::addColumn<int>("framing");
        QTest::newRow("length") << int(HttpAnswer::Framing::Length);
        QTest::newRow("chunked") << int(HttpAnswer::Framing::Chunked);
    }
    void bodyOverTheCap_isRefused()
    {
        QFETCH(int, framing);
        FakeHttpServer server;
        HttpAnswer answer = HttpAnswer::json(QByteArray(200'000, 'x'));
        answer.framing = HttpAnswer::Framing(framing);
        server.on("GET", u"/x"_s, answer);
        HttpClient client(plain());
        HttpRequest request = get(server.url(u"/x"_s));
        request.bodyCap = 199'999;
        auto got = tests::await(client.send(request));
        QCOMPARE(got->error().kind, Error::Kind::BadReply);
        QVERIFY(got->error().message.contains(u"199999"_s));
        request.bodyCap = 200'000;
        QVERIFY(*tests::await(client.send(request)));
    }

    void decompressionBomb_staysUnderTheCap()
    {
        // 20 MiB of blanks.
        QByteArray zipped = qCompress(QByteArray(20 * 1024 * 1024, ' ')).mid(4);
        FakeHttpServer server;
        HttpAnswer answer = HttpAnswer::json(zipped);
        answer.headers.emplaceBack("Content-Encoding", "deflate");
        server.on("GET", u"/x"_s, answer);
        HttpClient client(plain());
        const auto got = tests::await(client.send(get(server.url(u"/x"_s))));
        QVERIFY(got && !*got);
        QCOMPARE(got->error().kind, Error::Kind::BadReply);
    }

    void deadline_countsFromSendToTheLastByte()
    {
        tests::FakeRawServer server;
        QTimer drip;
        QPointer<QTcpSocket> open;
        server.onBytes = [&](QTcpSocket *socket, const QByteArray &) {
            socket->write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
            open = socket;
            drip.start(10);
        };
        connect(&drip, &QTimer::timeout, this, [&] {
            if (open)
                open->write("x"); // never idle, never done
        });
        HttpClient client(plain());
        HttpRequest request = get(QUrl(u"http://"_s + server.address()));
        request.deadline = std::chrono::milliseconds(300);
        QElapsedTimer clock;
        clock.start();
        const auto got = tests::await(client.send(request));
        QCOMPARE(got->error().kind, Error::Kind::Timeout);
        QVERIFY(got->error().retryable);
        QVERIFY2(clock.elapsed() >= 250 && clock.elapsed() < 3000, qPrintable(QString::number(clock.elapsed())));
    }

    void cancel_endsTheRequestOnTheWire()
    {
        FakeHttpServer server;
        HttpAnswer hang;
        hang.fault = Fault::Hang;
        server.on({}, u"/x"_s, hang);
        HttpClient client(plain());
        auto *reply = client.send(get(server.url(u"/x"_s)));
        std::optional<Result<HttpResponse>> got;
        reply->then(this, [&](const Result<HttpResponse> &result) { got = result; });
        QTRY_COMPARE(server.seen().size(), 1);
        reply->cancel();
        QTRY_VERIFY(got);
        QCOMPARE(got->error().kind, Error::Kind::Cancelled);
    }

    void callerGone_endsTheRequest()
    {
        FakeHttpServer server;
        HttpAnswer slow = HttpAnswer::json("{}");
        slow.delay = std::chrono::milliseconds(100);
        server.on({}, u"/x"_s, slow);
        HttpClient client(plain());
        auto *page = new QObject;
        QPointer<Reply<HttpResponse>> reply = client.send(get(server.url(u"/x"_s)));
        reply->then(page, [](const Result<HttpResponse> &) { QFAIL("called"); });
        QTRY_COMPARE(server.seen().size(), 1);
        delete page;
        QTRY_VERIFY(reply.isNull());
        // The client goes on working.
        QVERIFY(*tests::await(client.send(get(server.url(u"/x"_s)))));
    }

    void clientGone_everyCallerIsAnswered()
    {
        FakeHttpServer server;
        HttpAnswer hang;
        hang.fault = Fault::Hang;
        server.on({}, u"/x"_s, hang);
        auto client = std::make_unique<HttpClient>(plain());
        int cancelled = 0;
        for (int i = 0; i < 10; ++i)
            client->send(get(server.url(u"/x"_s)))->then(this, [&](const Result<HttpResponse> &result) {
                cancelled += !result && result.error().kind == Error::Kind::Cancelled ? 1 : 0;
            });
        QTRY_VERIFY(!server.seen().isEmpty());
        client.reset();
        QTRY_COMPARE(cancelled, 10);
    }

    void clientGoneInsideAHandler()
    {
        FakeHttpServer server;
        server.on({}, u"/x"_s, HttpAnswer::json("{}"));
        auto client = std::make_unique<HttpClient>(plain());
        int answers = 0;
        for (int i = 0; i < 5; ++i)
            client->send(get(server.url(u"/x"_s)))->then(this, [&](const Result<HttpResponse> &) {
                ++answers;
                client.reset();
            });
        QTRY_COMPARE(answers, 5);
    }

    /// The time a connection may take runs while one is made, not while others are answered slowly.
    void manyAtASlowServer_allComeThrough()
    {
        FakeHttpServer server;
        HttpAnswer slow = HttpAnswer::json("{}");
        slow.delay = std::chrono::milliseconds(3500);
        server.on({}, u"/slow"_s, slow);
        HttpSettings settings = plain();
        settings.connectTimeout = std::chrono::seconds(3);
        settings.deadline = std::chrono::seconds(60);
        HttpClient client(settings);
        QObject context;
        QStringList came;
        constexpr int Many = 8; // more than there are connections
        for (int i = 0; i < Many; ++i) {
            client.send(get(server.url(u"/slow"_s)))->then(&context, [&came](const Result<HttpResponse> &answer) {
                came.append(answer ? QString() : answer.error().message);
            });
        }
        QTRY_COMPARE_WITH_TIMEOUT(came.size(), Many, 60'000);
        came.removeDuplicates();
        QCOMPARE(came, QStringList{QString()});
    }

    void whoWaitsItsTurn_mayGoAndMayBeLate()
    {
        FakeHttpServer server;
        HttpAnswer silence;
        silence.fault = Fault::Hang;
        server.on({}, u"/never"_s, silence);
        server.on({}, u"/x"_s, HttpAnswer::json("{}"));
        HttpSettings settings = plain();
        settings.deadline = std::chrono::seconds(60);
        HttpClient client(settings);
        QList<QPointer<Reply<HttpResponse>>> hanging;
        for (int i = 0; i < 6; ++i)
            hanging.append(client.send(get(server.url(u"/never"_s))));
        QTRY_COMPARE_WITH_TIMEOUT(server.seen().size(), 6, 30'000);
        HttpRequest request = get(server.url(u"/x"_s));
        request.deadline = std::chrono::milliseconds(200);
        const auto late = tests::await(client.send(request), std::chrono::seconds(60));
        QVERIFY(late && !*late);
        QCOMPARE(late->error().kind, Error::Kind::Timeout);
        QVERIFY2(late->error().message.contains(u"waited behind other requests"_s), qPrintable(late->error().message));
        client.send(get(server.url(u"/x"_s)))->cancel();
        auto *next = client.send(get(server.url(u"/x"_s)));
        QCOMPARE(server.seen().size(), 6);
        hanging.first()->cancel();
        const auto got = tests::await(next, std::chrono::seconds(60));
        QVERIFY2(got && *got, qPrintable(tests::errorOf(got)));
        QCOMPARE(server.seen().size(), 7);
    }

    void noAnswerBeginsInTime_isATimeout_butALongOneMayTakeItsTime()
    {
        FakeHttpServer server;
        HttpAnswer silence;
        silence.fault = Fault::Hang;
        server.on("GET", u"/silent"_s, silence);
        HttpAnswer halfway = HttpAnswer::json(QByteArray(1000, 'x'));
        halfway.fault = Fault::Stall;
        server.on("GET", u"/slow"_s, halfway);
        HttpSettings settings = plain();
        settings.deadline = std::chrono::minutes(30);
        HttpClient client(settings);
        HttpRequest request = get(server.url(u"/silent"_s));
        request.patience = std::chrono::milliseconds(50);
        const auto silent = tests::await(client.send(request), std::chrono::seconds(60));
        QVERIFY(silent && !*silent);
        QCOMPARE(silent->error().kind, Error::Kind::Timeout);
        QVERIFY2(silent->error().message.contains(u"no answer within 50 ms"_s), qPrintable(silent->error().message));
        // It has begun, and then the deadline counts.
        request = get(server.url(u"/slow"_s));
        request.patience = std::chrono::seconds(4);
        request.deadline = std::chrono::seconds(5);
        const auto slow = tests::await(client.send(request), std::chrono::seconds(90));
        QVERIFY(slow && !*slow);
        QVERIFY2(slow->error().message.contains(u"no complete answer"_s), qPrintable(slow->error().message));
    }

    void anAnswerThatStopsInTheMiddle_isGivenUpBeforeALongDeadline()
    {
        FakeHttpServer server;
        HttpAnswer halfway = HttpAnswer::json(QByteArray(1000, 'x'));
        halfway.fault = Fault::Stall;
        server.on("GET", u"/stops"_s, halfway);
        HttpAnswer late = HttpAnswer::json("{}");
        late.delay = std::chrono::milliseconds(1500);
        server.on("GET", u"/late"_s, late);
        HttpSettings settings = plain();
        settings.deadline = std::chrono::minutes(30);
        settings.idleTimeout = std::chrono::milliseconds(200);
        HttpClient client(settings);
        const auto stopped = tests::await(client.send(get(server.url(u"/stops"_s))), std::chrono::seconds(60));
        QVERIFY(stopped && !*stopped);
        QCOMPARE(stopped->error().kind, Error::Kind::Timeout);
        QVERIFY2(stopped->error().message.contains(u"stopped in the middle"_s), qPrintable(stopped->error().message));
        // The head is a part of it.
        HttpAnswer onlyHead = HttpAnswer::json("x");
        onlyHead.fault = Fault::Stall;
        server.on("GET", u"/head"_s, onlyHead);
        const auto head = tests::await(client.send(get(server.url(u"/head"_s))), std::chrono::seconds(60));
        QVERIFY(head && !*head);
        QVERIFY2(head->error().message.contains(u"stopped in the middle"_s), qPrintable(head->error().message));
        // One that takes its time to begin has not stopped.
        const auto begun = tests::await(client.send(get(server.url(u"/late"_s))), std::chrono::seconds(60));
        QVERIFY2(begun && *begun, qPrintable(tests::errorOf(begun)));
    }
};

SIGNALBOX_TEST(TstHttpFaults)
#include "tst_httpfaults.moc"
