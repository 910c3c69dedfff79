// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/net/echoclient.h"
#include "tests/core/net/echoserver.h"
#include "tests/support/await.h"
#include "tests/support/fakerawserver.h"
#include "tests/support/testmain.h"

#include <atomic>
#include <QElapsedTimer>
#include <QRegularExpression>
#include <QTest>
#include <QTestEventLoop>
#include <QThread>

using namespace Qt::StringLiterals;
using core::Done;
using core::Error;
using core::Result;
using core::net::GrpcRuntime;
using tests::EchoClient;
using tests::EchoServer;

class TstGrpcBridge final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void unary_answersInTheGuiThread_neverInsideTheCall()
    {
        EchoServer server;
        GrpcRuntime runtime;
        EchoClient client(runtime, server.target());
        std::optional<Result<QString>> got;
        QThread *thread = nullptr;
        auto *reply = client.say(u"配置 hello"_s);
        QVERIFY(!reply->isSettled());
        reply->then(this, [&](const Result<QString> &result) {
            got = result;
            thread = QThread::currentThread();
        });
        QTRY_VERIFY(got);
        QVERIFY2(*got, qPrintable(tests::errorOf(got)));
        QCOMPARE(**got, u"配置 hello"_s);
        QCOMPARE(thread, QThread::currentThread());
        QTRY_COMPARE(runtime.liveCalls(), 0);
    }

    void decode_runsElsewhere_andMayFail()
    {
        EchoServer server;
        GrpcRuntime runtime;
        EchoClient client(runtime, server.target());
        auto call = client.call(u"x"_s);
        std::atomic<QThread *> thread = nullptr;
        call.decode = [&](tests::Word &&) -> Result<QString> {
            thread = QThread::currentThread();
            return core::fail(Error::Kind::BadReply, u"/body: not what was promised"_s);
        };
        const auto got = tests::await(core::net::unaryReply(client.channel(), std::move(call), client.starter()));
        QCOMPARE(got->error().kind, Error::Kind::BadReply);
        QVERIFY(thread != QThread::currentThread());
    }

    void statuses_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<Error::Kind>("kind");
        using Kind = Error::Kind;
        QTest::newRow("CANCELLED") << 1 << Kind::Cancelled;
        QTest::newRow("UNKNOWN") << 2 << Kind::BadReply;
        QTest::newRow("INVALID_ARGUMENT") << 3 << Kind::Rejected;
        QTest::newRow("DEADLINE_EXCEEDED") << 4 << Kind::Timeout;
        QTest::newRow("NOT_FOUND") << 5 << Kind::NotFound;
        QTest::newRow("ALREADY_EXISTS") << 6 << Kind::Conflict;
        QTest::newRow("PERMISSION_DENIED") << 7 << Kind::Forbidden;
        QTest::newRow("RESOURCE_EXHAUSTED") << 8 << Kind::RateLimited;
        QTest::newRow("FAILED_PRECONDITION") << 9 << Kind::Rejected;
        QTest::newRow("ABORTED") << 10 << Kind::Conflict;
        QTest::newRow("UNIMPLEMENTED") << 12 << Kind::Unsupported;
        QTest::newRow("INTERNAL") << 13 << Kind::BadReply;
        QTest::newRow("UNAVAILABLE") << 14 << Kind::Network;
        QTest::newRow("UNAUTHENTICATED") << 16 << Kind::Auth;
    }
    void statuses()
    {
        QFETCH(int, code);
        QFETCH(Error::Kind, kind);
        EchoServer server;
        GrpcRuntime runtime;
        EchoClient client(runtime, server.target());
        const auto got = tests::await(client.say(u"fail %1"_s.arg(code)));
        QVERIFY(got && !*got);
        QCOMPARE(got->error().kind, kind);
        QCOMPARE(got->error().code, code);
        QVERIFY2(got->error().message.endsWith(u"accessToken=•••"_s), qPrintable(got->error().message));
    }

    void metadataIsSent()
    {
        EchoServer server;
        GrpcRuntime runtime;
        EchoClient client(runtime, server.target());
        auto call = client.call(u"metadata"_s);
        call.metadata = {{"x-test", "value"}};
        QCOMPARE(**tests::await(core::net::unaryReply(client.channel(), std::move(call), client.starter())), u"value"_s);
    }

    void deadline_isATimeout()
    {
        EchoServer server;
        GrpcRuntime runtime;
        EchoClient client(runtime, server.target());
        QElapsedTimer clock;
        clock.start();
        const auto got = tests::await(client.say(u"never"_s, std::chrono::milliseconds(200)));
        QCOMPARE(got->error().kind, Error::Kind::Timeout);
        QVERIFY(got->error().retryable);
        QVERIFY(clock.elapsed() < 3000);
    }

    void noServer_isANetworkError()
    {
        int port = 0;
        {
            EchoServer server;
            port = server.port();
        }
        GrpcRuntime runtime;
        EchoClient client(runtime, u"127.0.0.1:%1"_s.arg(port));
        const auto got = tests::await(client.say(u"x"_s));
        QCOMPARE(got->error().kind, Error::Kind::Network);
        QVERIFY(got->error().retryable);
    }

    void serverThatIsNotGrpc_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("HTTP/1.1") << "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"_ba;
        QTest::newRow("garbage") << QByteArray(5000, '\xff');
        QTest::newRow("silence") << QByteArray();
        QTest::newRow("huge frame") << QByteArray(
            "\0\0\x12\x04\0\0\0\0\0\0\3\0\0\0\x80\0\4\0\1\0\0\0\5\0\xff\xff\xff\xff\xff\xff\0\0\0\0\0\1", 36);
    }
    void serverThatIsNotGrpc()
    {
        QFETCH(QByteArray, bytes);
        tests::FakeRawServer server;
        server.onBytes = [&](QTcpSocket *socket, const QByteArray &) { socket->write(bytes); };
        GrpcRuntime runtime;
        EchoClient client(runtime, server.address());
        const auto got = tests::await(client.say(u"x"_s, std::chrono::milliseconds(800)));
        QVERIFY(got && !*got);
        QVERIFY2(got->error().kind == Error::Kind::Network || got->error().kind == Error::Kind::Timeout ||
                     got->error().kind == Error::Kind::BadReply,
                 qPrintable(tests::errorOf(got)));
    }

    void answerOverTheLimit_isABadReply()
    {
        EchoServer server;
        GrpcRuntime runtime;
        auto options = EchoClient::direct();
        options.maxMessage = 100'000;
        EchoClient client(runtime, server.target(), options);
        const auto got = tests::await(client.say(u"big 200000"_s));
        QCOMPARE(got->error().kind, Error::Kind::BadReply);
        EchoClient roomy(runtime, server.target());
        QCOMPARE((*tests::await(roomy.say(u"big 20000000"_s)))->size(), 20'000'000);
    }

    void cancel_isAnsweredAtOnce_andNothingComesAfter()
    {
        EchoServer server;
        GrpcRuntime runtime;
        EchoClient client(runtime, server.target());
        int calls = 0;
        auto *reply = client.say(u"never"_s);
        reply->then(this, [&](const Result<QString> &result) {
            ++calls;
            QCOMPARE(result.error().kind, Error::Kind::Cancelled);
        });
        QTRY_COMPARE(server.calls(), 1);
        reply->cancel();
        QTRY_COMPARE(calls, 1);
        QTRY_COMPARE(runtime.liveCalls(), 0);
        QCOMPARE(calls, 1);
    }

    void callerGone_isNotCalled()
    {
        EchoServer server;
        GrpcRuntime runtime;
        EchoClient client(runtime, server.target());
        auto *page = new QObject;
        client.say(u"slow 50"_s)->then(page, [](const Result<QString> &) { QFAIL("called"); });
        delete page;
        QTRY_COMPARE(runtime.liveCalls(), 0);
    }

    void lowLevelCall_isSilentAfterCancelAndWithoutReceiver()
    {
        EchoServer server;
        GrpcRuntime runtime;
        EchoClient client(runtime, server.target());
        int calls = 0;
        auto handle =
            core::net::startUnary(client.channel(), client.call(u"a"_s), client.starter(), this, [&](Result<QString> &&) { calls += 100; });
        handle.cancel();
        handle.cancel();
        auto *receiver = new QObject;
        core::net::startUnary(client.channel(), client.call(u"b"_s), client.starter(), receiver, [&](Result<QString> &&) { calls += 100; });
        delete receiver;
        core::net::startUnary(client.channel(), client.call(u"c"_s), client.starter(), this,
                              [&](Result<QString> &&result) { calls += result && *result == u"c"_s ? 1 : 0; });
        QTRY_COMPARE(runtime.liveCalls(), 0);
        QTRY_COMPARE(calls, 1);
    }

    void eachChannel_isAConnectionOfItsOwn()
    {
        EchoServer server;
        GrpcRuntime runtime;
        EchoClient one(runtime, server.target()), two(runtime, server.target());
        for (int i = 0; i < 3; ++i) {
            QVERIFY(*tests::await(one.say(u"x"_s)));
            QVERIFY(*tests::await(two.say(u"x"_s)));
        }
        QCOMPARE(server.peers(), 2);
        QCOMPARE(runtime.openChannels(), 2);
    }

    void channelGone_closesItAndAnswersItsCallers()
    {
        EchoServer server;
        GrpcRuntime runtime;
        auto client = std::make_unique<EchoClient>(runtime, server.target());
        std::optional<Result<QString>> got;
        client->say(u"never"_s)->then(this, [&](const Result<QString> &result) { got = result; });
        QTRY_COMPARE(server.calls(), 1);
        client.reset();
        QTRY_VERIFY(got);
        QCOMPARE(got->error().kind, Error::Kind::Cancelled);
        QTRY_COMPARE(runtime.openChannels(), 0);
    }

    void channelGoneInsideAHandler()
    {
        EchoServer server;
        GrpcRuntime runtime;
        auto client = std::make_unique<EchoClient>(runtime, server.target());
        int answers = 0;
        for (int i = 0; i < 20; ++i)
            client->say(u"x"_s)->then(this, [&](const Result<QString> &) {
                ++answers;
                client.reset();
            });
        QTRY_COMPARE(answers, 20);
        QTRY_COMPARE(runtime.openChannels(), 0);
    }

    void shutdown_isCleanWithCallsUnderWay()
    {
        EchoServer server;
        auto runtime = std::make_unique<GrpcRuntime>();
        auto client = std::make_unique<EchoClient>(*runtime, server.target());
        int cancelled = 0;
        for (int i = 0; i < 50; ++i)
            client->say(u"never"_s)->then(this, [&](const Result<QString> &) { ++cancelled; });
        auto stream = client->talk({}, {});
        stream->write(tests::word(u"quiet"_s));
        QTRY_COMPARE(server.calls(), 50);
        QElapsedTimer clock;
        clock.start();
        QCOMPARE(runtime->shutdown(), GrpcRuntime::Ending::Clean);
        QVERIFY(clock.elapsed() < 2900);
        QCOMPARE(runtime->liveCalls(), 0);
        // What is asked afterwards is refused, not started.
        const int before = server.calls();
        std::optional<Result<QString>> late;
        std::optional<Result<Done>> lateEnd;
        client->say(u"x"_s)->then(this, [&](const Result<QString> &result) { late = result; });
        auto lateStream = client->talk({}, [&](const Result<Done> &result) { lateEnd = result; });
        QVERIFY(!late && !lateEnd);
        QTRY_VERIFY(late && lateEnd);
        QCOMPARE(late->error().kind, Error::Kind::Cancelled);
        QCOMPARE(lateEnd->error().kind, Error::Kind::Cancelled);
        stream.reset();
        lateStream.reset();
        client.reset();
        runtime.reset();
        QCOMPARE(server.calls(), before);
        QCOMPARE(cancelled, 0); // answered to nobody: the program is ending
    }

    void manyInFlight_areBatched()
    {
        EchoServer server;
        GrpcRuntime runtime;
        EchoClient client(runtime, server.target());
        constexpr int Total = 20000, InFlight = 64;
        int started = 0, done = 0;
        QTestEventLoop loop;
        std::function<void()> next = [&] {
            if (started == Total)
                return;
            ++started;
            core::net::startUnary(client.channel(), client.call(u"x"_s), client.starter(), this, [&](Result<QString> &&result) {
                QVERIFY(result);
                if (++done == Total)
                    loop.exitLoop();
                next();
            });
        };
        QElapsedTimer clock;
        clock.start();
        for (int i = 0; i < InFlight; ++i)
            next();
        loop.enterLoop(60);
        QCOMPARE(done, Total);
        qInfo("%d unary calls, %d in flight: %.0f/s", Total, InFlight, Total * 1000.0 / double(clock.elapsed()));
    }

    void badTargets_areRefused_data()
    {
        QTest::addColumn<QString>("target");
        for (const char *target :
             {"", "host", "host:", ":9848", "host:0", "host:99999", "http://host:1", "user:pw@host:1", "host:1/x", "host:1 "})
            QTest::newRow(target) << QString::fromLatin1(target);
    }
    void badTargets_areRefused()
    {
        QFETCH(QString, target);
        GrpcRuntime runtime;
        const auto channel = core::net::GrpcChannel::open(runtime, target, {});
        QVERIFY(!channel);
        QCOMPARE(channel.error().kind, Error::Kind::Usage);
    }

    void socksProxy_isUnsupported()
    {
        GrpcRuntime runtime;
        core::net::ChannelOptions options;
        options.proxy = {core::net::ProxyPolicy::Kind::Socks5, u"127.0.0.1"_s, 1080};
        const auto channel = core::net::GrpcChannel::open(runtime, u"127.0.0.1:1"_s, options);
        QCOMPARE(channel.error().kind, Error::Kind::Unsupported);
    }

    void httpProxy_isAskedToConnect()
    {
        tests::FakeRawServer proxy;
        proxy.onBytes = [](QTcpSocket *socket, const QByteArray &) {
            socket->write("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
            socket->disconnectFromHost();
        };
        GrpcRuntime runtime;
        core::net::ChannelOptions options;
        options.proxy = {core::net::ProxyPolicy::Kind::Http, u"127.0.0.1"_s, proxy.port()};
        EchoClient client(runtime, u"registry.invalid:9848"_s, options);
        const auto got = tests::await(client.say(u"x"_s, std::chrono::seconds(5)));
        QVERIFY(got && !*got);
        QVERIFY2(proxy.received().startsWith("CONNECT registry.invalid:9848 HTTP/1.1\r\n"), proxy.received().constData());
    }
};

SIGNALBOX_TEST(TstGrpcBridge)
#include "tst_grpcbridge.moc"
