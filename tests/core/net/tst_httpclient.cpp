// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/redactor.h"
#include "core/net/httpclient.h"
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
using tests::HttpAnswer;
using tests::HttpSeen;
using Fault = tests::HttpAnswer::Fault;

namespace {

HttpSettings plain()
{
    HttpSettings settings;
    settings.proxy.kind = core::net::ProxyPolicy::Kind::None;
    return settings;
}

HttpRequest get(const QUrl &url)
{
    HttpRequest request;
    request.url = url;
    return request;
}

HttpRequest post(const QUrl &url, const QByteArray &body)
{
    HttpRequest request;
    request.method = "POST";
    request.url = url;
    request.body = body;
    request.contentType = "application/x-www-form-urlencoded";
    return request;
}

} // namespace

class TstHttpClient final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void answersWithStatusHeadersAndBody()
    {
        FakeHttpServer server;
        HttpAnswer answer = HttpAnswer::json("{\"配置\":1}");
        answer.headers.emplaceBack("X-Trace", "abc");
        server.on("GET", u"/x"_s, answer);
        HttpClient client(plain());
        const auto got = tests::await(client.send(get(server.url(u"/x?a=%2F%20%2B"_s))));
        QVERIFY2(got && *got, qPrintable(tests::errorOf(got)));
        QCOMPARE((*got)->status, 200);
        QVERIFY((*got)->isSuccess());
        QCOMPARE((*got)->body, "{\"配置\":1}"_ba);
        QCOMPARE((*got)->header("x-trace"), "abc"_ba);
        QCOMPARE((*got)->header("none"), QByteArray());
        QCOMPARE(server.seen().size(), 1);
        QCOMPARE(server.seen().constFirst().target, "/x?a=%2F%20%2B"_ba);
        QVERIFY(server.seen().constFirst().header("User-Agent").startsWith("signalbox/"));
        QVERIFY(server.seen().constFirst().header("Cookie").isEmpty());
    }

    void everyMethodAndBodyReachesTheServer_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("body");
        for (const char *method : {"POST", "PUT", "DELETE", "PATCH"}) {
            QTest::addRow("%s with body", method) << QByteArray(method) << "content=a%20b"_ba;
            QTest::addRow("%s without body", method) << QByteArray(method) << QByteArray();
        }
        QTest::newRow("big body") << "POST"_ba << QByteArray(3'000'000, 'x');
        QTest::newRow("binary body") << "PUT"_ba << QByteArray("\0\r\n\xff\0", 5);
        QTest::newRow("HEAD") << "HEAD"_ba << QByteArray();
    }
    void everyMethodAndBodyReachesTheServer()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, body);
        FakeHttpServer server;
        server.otherwise([](const HttpSeen &) { return HttpAnswer::json("{}"); });
        HttpClient client(plain());
        HttpRequest request = post(server.url(u"/x"_s), body);
        request.method = method;
        const auto got = tests::await(client.send(request));
        QVERIFY2(got && *got, qPrintable(tests::errorOf(got)));
        QCOMPARE(server.seen().size(), 1);
        QCOMPARE(server.seen().constFirst().method, method);
        QCOMPARE(server.seen().constFirst().body, body);
        QCOMPARE(server.seen().constFirst().header("Content-Type"), "application/x-www-form-urlencoded"_ba);
        if (method != "HEAD")
            QCOMPARE(server.seen().constFirst().header("Content-Length"), QByteArray::number(body.size()));
    }

    void anyStatusIsAnAnswer_data()
    {
        QTest::addColumn<int>("status");
        for (const int status : {201, 202, 204, 304, 400, 401, 403, 404, 405, 409, 410, 418, 429, 500, 501, 502, 503, 504})
            QTest::addRow("%d", status) << status;
    }
    void anyStatusIsAnAnswer()
    {
        QFETCH(int, status);
        const QByteArray body = status == 204 || status == 304 ? QByteArray() : "{\"code\":20004,\"message\":\"不存在\"}"_ba;
        FakeHttpServer server;
        server.on({}, u"/x"_s, HttpAnswer::json(body, status));
        HttpClient client(plain());
        for (const char *method : {"GET", "POST"}) {
            HttpRequest request = get(server.url(u"/x"_s));
            request.method = method;
            const auto got = tests::await(client.send(request));
            QVERIFY2(got && *got, qPrintable(tests::errorOf(got)));
            QCOMPARE((*got)->status, status);
            QCOMPARE((*got)->body, body);
        }
    }

    void loginDemand_isAnAnswer()
    {
        FakeHttpServer server;
        HttpAnswer answer = HttpAnswer::json("who are you", 401);
        answer.headers.emplaceBack("WWW-Authenticate", "Basic realm=\"x\"");
        server.on({}, u"/x"_s, answer);
        HttpClient client(plain());
        const auto got = tests::await(client.send(get(server.url(u"/x"_s))));
        QVERIFY2(got && *got, qPrintable(tests::errorOf(got)));
        QCOMPARE((*got)->status, 401);
        QCOMPARE((*got)->body, "who are you"_ba);
        QCOMPARE(server.seen().size(), 1);
    }

    void framings_data()
    {
        QTest::addColumn<int>("framing");
        QTest::newRow("length") << int(HttpAnswer::Framing::Length);
        QTest::newRow("chunked") << int(HttpAnswer::Framing::Chunked);
        QTest::newRow("until close") << int(HttpAnswer::Framing::UntilClose);
    }
    void framings()
    {
        QFETCH(int, framing);
        FakeHttpServer server;
        HttpAnswer answer = HttpAnswer::json(QByteArray(20'000, 'y'));
        answer.framing = HttpAnswer::Framing(framing);
        server.on("GET", u"/x"_s, answer);
        HttpClient client(plain());
        const auto got = tests::await(client.send(get(server.url(u"/x"_s))));
        QVERIFY2(got && *got, qPrintable(tests::errorOf(got)));
        QCOMPARE((*got)->body.size(), 20'000);
    }

    void defaultHeaders_areReplacedByTheRequests()
    {
        FakeHttpServer server;
        server.otherwise([](const HttpSeen &) { return HttpAnswer::json("{}"); });
        HttpSettings settings = plain();
        settings.defaultHeaders = {{"X-Tenant", "default"}, {"X-Other", "kept"}};
        settings.userAgent = "test/1";
        HttpClient client(settings);
        HttpRequest request = get(server.url(u"/x"_s));
        request.headers = {{"x-tenant", "own"}};
        QVERIFY(*tests::await(client.send(request)));
        QCOMPARE(server.seen().constFirst().header("X-Tenant"), "own"_ba);
        QCOMPARE(server.seen().constFirst().header("X-Other"), "kept"_ba);
        QCOMPARE(server.seen().constFirst().header("User-Agent"), "test/1"_ba);
    }

    void redirectWithinTheOrigin_isFollowedForReads()
    {
        FakeHttpServer server;
        server.on({}, u"/a"_s, HttpAnswer::redirect("/b?x=1"));
        server.on({}, u"/b"_s, HttpAnswer::json("there"));
        HttpClient client(plain());
        HttpRequest request = get(server.url(u"/a"_s));
        request.headers = {{"Authorization", "Bearer secret"}};
        const auto got = tests::await(client.send(request));
        QCOMPARE((*got)->body, "there"_ba);
        QCOMPARE((*got)->url, server.url(u"/b?x=1"_s));
        QCOMPARE(server.seen(u"/b"_s).constFirst().header("Authorization"), "Bearer secret"_ba);
    }

    void redirectOfAWrite_isNotFollowed()
    {
        for (const int status : {301, 302, 303, 307, 308}) {
            FakeHttpServer server;
            server.on({}, u"/a"_s, HttpAnswer::redirect("/b", status));
            server.on({}, u"/b"_s, HttpAnswer::json("there"));
            HttpClient client(plain());
            const auto got = tests::await(client.send(post(server.url(u"/a"_s), "x=1")));
            QVERIFY(got);
            if (status < 307)
                QCOMPARE((*got)->status, status);
            else
                QCOMPARE(got->error().kind, Error::Kind::Network);
            QCOMPARE(server.seen().size(), 1);
        }
    }

    void redirectToAnotherHost_leaksNothing_data()
    {
        QTest::addColumn<QString>("host");
        QTest::newRow("other port") << u"http://127.0.0.1"_s;
        QTest::newRow("other name") << u"http://localhost"_s;
        QTest::newRow("no scheme") << u"//127.0.0.1"_s;
    }
    void redirectToAnotherHost_leaksNothing()
    {
        QFETCH(QString, host);
        FakeHttpServer home, elsewhere;
        elsewhere.otherwise([](const HttpSeen &) { return HttpAnswer::json("stolen"); });
        home.on({}, u"/a"_s, HttpAnswer::redirect(u"%1:%2/a"_s.arg(host).arg(elsewhere.port()).toLatin1()));
        HttpClient client(plain());
        HttpRequest request = get(home.url(u"/a"_s));
        request.headers = {{"Authorization", "Bearer secret"}, {"accessToken", "secret"}};
        const auto got = tests::await(client.send(request));
        QCOMPARE((*got)->status, 302);
        QCOMPARE(elsewhere.seen().size(), 0);
        QCOMPARE(elsewhere.connections(), 0);
    }

    void redirectLoop_ends()
    {
        FakeHttpServer server;
        server.on({}, u"/a"_s, HttpAnswer::redirect("/a"));
        HttpClient client(plain());
        const auto got = tests::await(client.send(get(server.url(u"/a"_s))));
        QCOMPARE(got->error().kind, Error::Kind::BadReply);
        QCOMPARE(server.seen().size(), 6);
    }

    void oddRedirects_areAnswers_data()
    {
        QTest::addColumn<QByteArray>("location");
        QTest::newRow("user info") << "http://user:pw@127.0.0.1/"_ba;
        QTest::newRow("other scheme") << "file:///etc/passwd"_ba;
        QTest::newRow("script") << "javascript:alert(1)"_ba;
        QTest::newRow("not a URL") << "http://[::1"_ba;
    }
    void oddRedirects_areAnswers()
    {
        QFETCH(QByteArray, location);
        FakeHttpServer server;
        server.on({}, u"/a"_s, HttpAnswer::redirect(location));
        HttpClient client(plain());
        const auto got = tests::await(client.send(get(server.url(u"/a"_s))));
        QVERIFY2(got && *got, qPrintable(tests::errorOf(got)));
        QCOMPARE((*got)->status, 302);
        QCOMPARE(server.seen().size(), 1);
    }

    void cookies_areNeitherKeptNorSent()
    {
        FakeHttpServer server;
        HttpAnswer answer = HttpAnswer::json("{}");
        answer.headers.emplaceBack("Set-Cookie", "id=1; Path=/");
        server.on({}, u"/x"_s, answer);
        HttpClient client(plain());
        QVERIFY(*tests::await(client.send(get(server.url(u"/x"_s)))));
        QVERIFY(*tests::await(client.send(get(server.url(u"/x"_s)))));
        QVERIFY(server.seen().constLast().header("Cookie").isEmpty());
        QCOMPARE(server.connections(), 1); // kept alive
    }

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

    void manyAtOnce()
    {
        FakeHttpServer server;
        server.on({}, u"/x"_s, [](const HttpSeen &seen) { return HttpAnswer::json(seen.query(u"n"_s).toLatin1()); });
        HttpClient client(plain());
        int right = 0;
        for (int i = 0; i < 300; ++i)
            client.send(get(server.url(u"/x?n=%1"_s.arg(i))))->then(this, [&right, i](const Result<HttpResponse> &result) {
                right += result && result->body.toInt() == i ? 1 : 0;
            });
        QTRY_COMPARE_WITH_TIMEOUT(right, 300, 20000);
        QVERIFY(server.connections() <= 6);
    }

    void progressCountsBytes()
    {
        FakeHttpServer server;
        server.on({}, u"/x"_s, HttpAnswer::json(QByteArray(500'000, 'x')));
        HttpClient client(plain());
        auto *reply = client.send(get(server.url(u"/x"_s)));
        qint64 last = 0, total = 0;
        connect(reply, &core::Operation::progress, this, [&](qint64 done, qint64 all) {
            QVERIFY(done >= last);
            last = done;
            total = all;
        });
        QVERIFY(*tests::await(reply));
        QCOMPARE(last, 500'000);
        QCOMPARE(total, 500'000);
    }

    void mistakesOfTheCaller_areFoundBeforeAnythingIsSent_data()
    {
        QTest::addColumn<QUrl>("url");
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("header");
        QTest::newRow("no scheme") << QUrl(u"//host/x"_s) << "GET"_ba << QByteArray();
        QTest::newRow("ftp") << QUrl(u"ftp://host/x"_s) << "GET"_ba << QByteArray();
        QTest::newRow("empty") << QUrl() << "GET"_ba << QByteArray();
        QTest::newRow("user info") << QUrl(u"http://user:geheim@127.0.0.1:1/x"_s) << "GET"_ba << QByteArray();
        QTest::newRow("method") << QUrl(u"http://127.0.0.1:1/x"_s) << "GET /y HTTP/1.1\r\nX:"_ba << QByteArray();
        QTest::newRow("header") << QUrl(u"http://127.0.0.1:1/x"_s) << "GET"_ba
                                << "a\r\nX-Smuggled: 1"_ba;
        QTest::newRow("header NUL") << QUrl(u"http://127.0.0.1:1/x"_s) << "GET"_ba << QByteArray("a\0b", 3);
    }
    void mistakesOfTheCaller_areFoundBeforeAnythingIsSent()
    {
        QFETCH(QUrl, url);
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, header);
        HttpClient client(plain());
        HttpRequest request = get(url);
        request.method = method;
        if (!header.isEmpty())
            request.headers = {{"X-A", header}};
        const auto got = tests::await(client.send(request));
        QVERIFY(got && !*got);
        QCOMPARE(got->error().kind, Error::Kind::Usage);
        QVERIFY(!got->error().message.contains(u"geheim"_s));
    }

    void errorTexts_holdNoSecrets()
    {
        core::Redactor::learn(u"hunter2-token"_s);
        FakeHttpServer server;
        HttpAnswer drop;
        drop.fault = Fault::Drop;
        server.otherwise([drop](const HttpSeen &) { return drop; });
        HttpClient client(plain());
        const auto got = tests::await(client.send(get(server.url(u"/x/hunter2-token?accessToken=hunter2-token"_s))));
        QVERIFY(!got->error().message.contains(u"hunter2"_s));
        core::Redactor::forget(u"hunter2-token"_s);
    }

    void httpProxy_isUsedWhenAsked()
    {
        FakeHttpServer proxy;
        proxy.otherwise([](const HttpSeen &seen) { return HttpAnswer::json("via " + seen.target); });
        HttpSettings settings;
        settings.proxy = {core::net::ProxyPolicy::Kind::Http, u"127.0.0.1"_s, proxy.port()};
        HttpClient client(settings);
        const auto got = tests::await(client.send(get(QUrl(u"http://registry.invalid:8848/x"_s))));
        QVERIFY2(got && *got, qPrintable(tests::errorOf(got)));
        QCOMPARE((*got)->body, "via http://registry.invalid:8848/x"_ba);
    }

    void systemProxy_isNotAskedToReachThisMachine()
    {
        qputenv("http_proxy", "http://127.0.0.1:1");
        FakeHttpServer server;
        server.on({}, u"/x"_s, HttpAnswer::json("direct"));
        HttpClient client(HttpSettings{});
        const auto got = tests::await(client.send(get(server.url(u"/x"_s))));
        qunsetenv("http_proxy");
        QVERIFY2(got && *got, qPrintable(tests::errorOf(got)));
    }
};

SIGNALBOX_TEST(TstHttpClient)
#include "tst_httpclient.moc"
