// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/redactor.h"
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
