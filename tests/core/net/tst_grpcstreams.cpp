// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/net/echoclient.h"
#include "tests/core/net/echoserver.h"
#include "tests/support/testmain.h"

#include <atomic>
#include <QDeadlineTimer>
#include <QRegularExpression>
#include <QTest>
#include <QThread>

using namespace Qt::StringLiterals;
using core::Done;
using core::Error;
using core::Result;
using core::net::GrpcRuntime;
using tests::EchoClient;
using tests::EchoServer;
using tests::Talk;

/// Calls of many words both ways.
class TstGrpcStreams final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void stream_wordsComeBackInOrder()
    {
        EchoServer server;
        GrpcRuntime runtime;
        EchoClient client(runtime, server.target());
        QStringList got;
        auto stream = client.talk(
            [&](std::vector<QString> &&words) {
                QVERIFY(!words.empty());
                for (const QString &text : words)
                    got << text;
            },
            [](const Result<Done> &) { QFAIL("closed"); });
        QStringList expected;
        for (int i = 0; i < 500; ++i) {
            stream->write(tests::word(u"w%1 "_s.arg(i)));
            expected << u"w%1 0"_s.arg(i);
        }
        QTRY_COMPARE(got.size(), 500);
        QCOMPARE(got, expected);
        QTRY_COMPARE(stream->unsent(), std::size_t(0));
        QVERIFY(stream->isOpen());
        stream.reset();
        QTRY_COMPARE(server.openStreams(), 0);
        QTRY_COMPARE(runtime.liveCalls(), 0);
    }

    void stream_thatNobodyReads_isGivenUp_data()
    {
        QTest::addColumn<int>("bytes");
        QTest::addColumn<int>("messages");
        QTest::newRow("large ones") << 1024 * 1024 << 100;
        QTest::newRow("many small ones") << 100 << 60'000;
    }
    void stream_thatNobodyReads_isGivenUp()
    {
        QFETCH(int, bytes);
        QFETCH(int, messages);
        EchoServer server;
        GrpcRuntime runtime;
        EchoClient client(runtime, server.target());
        std::optional<Result<Done>> end;
        auto stream = client.talk([](std::vector<QString> &&) {}, [&](const Result<Done> &result) { end = result; });
        stream->write(tests::word(u"deaf"_s));
        const auto text = tests::word(QString(bytes, u'x'));
        std::size_t most = 0;
        for (int i = 0; i < messages; ++i) {
            stream->write(text);
            most = std::max(most, stream->unsent());
        }
        QTRY_VERIFY(end);
        QVERIFY(!*end && end->error().kind == Error::Kind::Network);
        QVERIFY2(end->error().message.contains("does not read"_L1), qPrintable(end->error().message));
        QVERIFY(most <= tests::Talk::MostUnsent && most * std::size_t(bytes) <= tests::Talk::MostUnsentBytes + std::size_t(bytes));
        QTRY_COMPARE(server.openStreams(), 0);
    }

    void stream_moreThanTheHighWaterMark_losesNothing()
    {
        EchoServer server;
        GrpcRuntime runtime;
        EchoClient client(runtime, server.target());
        int got = 0;
        std::size_t most = 0;
        auto stream = client.talk(
            [&](std::vector<QString> &&words) {
                most = std::max(most, words.size());
                for (const QString &text : words)
                    QCOMPARE(text, u"one of many%1"_s.arg(got++));
            },
            {});
        stream->write(tests::word(u"many 20000"_s));
        QTRY_COMPARE_WITH_TIMEOUT(got, 20000, 20000);
        QVERIFY(most <= Talk::HighWater);
    }

    /// Few messages can be many bytes: while nobody takes them no more are read than those the mark allows.
    void stream_heavyMessages_areReadByTheirBytes()
    {
        constexpr int Total = 40, Few = 4; // of 2 MiB each as text of Qt
        EchoServer server;
        GrpcRuntime runtime;
        EchoClient client(runtime, server.target());
        std::atomic_int decoded = 0;
        int got = 0;
        qsizetype most = 0;
        auto stream = client.talk(
            [&](std::vector<QString> &&words) {
                qsizetype bytes = 0;
                for (const QString &text : words) {
                    bytes += core::weightOf(text);
                    QVERIFY(text.endsWith(u'x' + QString::number(got++)));
                }
                most = std::max(most, bytes);
            },
            {}, [&] { ++decoded; });
        stream->write(tests::word(u"heavy %1"_s.arg(Total)));
        // This thread takes nothing yet.
        QDeadlineTimer limit(20000);
        while (decoded < Few && !limit.hasExpired())
            QThread::yieldCurrentThread();
        limit.setRemainingTime(300); // long enough for one more to come, were it read
        while (decoded == Few && !limit.hasExpired())
            QThread::yieldCurrentThread();
        QCOMPARE(decoded.load(), Few);
        QTRY_COMPARE_WITH_TIMEOUT(got, Total, 20000);
        QVERIFY(most < Talk::HighWaterBytes + 3 * 1024 * 1024);
    }

    void stream_serverEnds_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<int>("code");
        QTest::newRow("cleanly") << u"end"_s << 0;
        QTest::newRow("UNAVAILABLE") << u"end 14"_s << 14;
        QTest::newRow("UNAUTHENTICATED") << u"end 16"_s << 16;
    }
    void stream_serverEnds()
    {
        QFETCH(QString, words);
        QFETCH(int, code);
        EchoServer server;
        GrpcRuntime runtime;
        EchoClient client(runtime, server.target());
        QStringList order;
        std::optional<Result<Done>> end;
        auto stream = client.talk([&](std::vector<QString> &&got) { order << u"%1 words"_s.arg(got.size()); },
                                  [&](const Result<Done> &result) {
                                      order << u"closed"_s;
                                      end = result;
                                  });
        stream->write(tests::word(u"hello"_s));
        QTRY_COMPARE(order, QStringList{u"1 words"_s});
        stream->write(tests::word(words));
        QTRY_VERIFY(end);
        QCOMPARE(order, (QStringList{u"1 words"_s, u"closed"_s}));
        QCOMPARE(end->has_value(), code == 0);
        if (code != 0)
            QCOMPARE(end->error().code, code);
        QVERIFY(!stream->isOpen());
        stream->write(tests::word(u"too late"_s));
        QTRY_COMPARE(runtime.liveCalls(), 0);
    }

    void stream_writesDone_endsWhatWasQueued()
    {
        EchoServer server;
        GrpcRuntime runtime;
        EchoClient client(runtime, server.target());
        int got = 0;
        std::optional<Result<Done>> end;
        auto stream =
            client.talk([&](std::vector<QString> &&words) { got += int(words.size()); }, [&](const Result<Done> &result) { end = result; });
        for (int i = 0; i < 50; ++i)
            stream->write(tests::word(u"x"_s));
        stream->writesDone();
        stream->writesDone();
        stream->write(tests::word(u"ignored"_s));
        QTRY_VERIFY(end);
        QVERIFY(*end);
        QCOMPARE(got, 50);
    }

    void stream_serverDies_isNoticed()
    {
        auto server = std::make_unique<EchoServer>();
        GrpcRuntime runtime;
        EchoClient client(runtime, server->target());
        std::optional<Result<Done>> end;
        bool talking = false;
        auto stream = client.talk([&](std::vector<QString> &&) { talking = true; }, [&](const Result<Done> &result) { end = result; });
        stream->write(tests::word(u"x"_s));
        QTRY_VERIFY(talking);
        server.reset();
        QTRY_VERIFY(end);
        QVERIFY(!*end);
        QVERIFY(end->error().kind == Error::Kind::Network || end->error().kind == Error::Kind::Cancelled);
    }

    void stream_toNowhere_isClosedWithAnError()
    {
        int port = 0;
        {
            EchoServer server;
            port = server.port();
        }
        GrpcRuntime runtime;
        EchoClient client(runtime, u"127.0.0.1:%1"_s.arg(port));
        std::optional<Result<Done>> end;
        auto stream = client.talk({}, [&](const Result<Done> &result) { end = result; });
        stream->write(tests::word(u"x"_s));
        QTRY_VERIFY(end);
        QCOMPARE(end->error().kind, Error::Kind::Network);
    }

    void stream_destroyedInsideItsHandlers()
    {
        EchoServer server;
        GrpcRuntime runtime;
        EchoClient client(runtime, server.target());
        std::unique_ptr<Talk> stream;
        int batches = 0;
        stream = client.talk(
            [&](std::vector<QString> &&) {
                ++batches;
                stream.reset();
            },
            [](const Result<Done> &) { QFAIL("closed"); });
        stream->write(tests::word(u"many 10"_s));
        QTRY_COMPARE(batches, 1);
        bool closed = false;
        std::unique_ptr<Talk> second;
        second = client.talk({}, [&](const Result<Done> &) {
            closed = true;
            second.reset();
        });
        second->write(tests::word(u"end"_s));
        QTRY_VERIFY(closed);
        QTRY_COMPARE(runtime.liveCalls(), 0);
    }

    void streamNeverStarted_isHarmless()
    {
        EchoServer server;
        GrpcRuntime runtime;
        EchoClient client(runtime, server.target());
        Talk stream(client.channel(), {});
        stream.write(tests::word(u"x"_s));
        QVERIFY(!stream.isOpen());
        stream.cancel();
    }
};

SIGNALBOX_TEST(TstGrpcStreams)
#include "tst_grpcstreams.moc"
