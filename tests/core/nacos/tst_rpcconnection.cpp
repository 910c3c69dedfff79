// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/session/rpcconnection.h"

#include "core/nacos/session/rpclink.h"
#include "core/nacos/wire/internalmessages.h"
#include "core/net/grpc/grpcruntime.h"
#include "core/net/tlsfiles.h"
#include "tests/support/await.h"
#include "tests/support/busyworkers.h"
#include "tests/support/fakehttpserver.h"
#include "tests/support/nacos/fakenacosgrpc.h"
#include "tests/support/testcertificates.h"
#include "tests/support/testmain.h"

#include <future>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace core;
using namespace core::nacos;
using tests::FakeNacosGrpc;
using tests::RpcAnswer;

namespace {

RpcConnection::Settings settingsFor(const FakeNacosGrpc &server)
{
    RpcConnection::Settings settings;
    settings.target = server.target();
    settings.proxy.kind = net::ProxyPolicy::Kind::None;
    settings.tenant = u"public"_s;
    settings.labels = {{u"source"_s, u"sdk"_s}, {u"module"_s, u"config"_s}};
    return settings;
}

/// A connection with what became of it.
struct Watched {
    net::GrpcRuntime runtime;
    FakeNacosGrpc server;
    std::unique_ptr<RpcConnection> connection;
    int readies = 0;
    QList<Error> ends;
    QList<wire::Message> pushes;

    void open(const RpcConnection::Settings &settings)
    {
        connection = std::make_unique<RpcConnection>(runtime, settings);
        QObject::connect(connection.get(), &RpcConnection::ready, connection.get(), [this] { ++readies; });
        QObject::connect(connection.get(), &RpcConnection::ended, connection.get(), [this](const Error &why) { ends.append(why); });
        QObject::connect(connection.get(), &RpcConnection::pushed, connection.get(),
                         [this](const wire::Message &message) { pushes.append(message); });
        connection->open();
    }
    void open() { open(settingsFor(server)); }
    ~Watched()
    {
        connection.reset();
        std::ignore = QTest::qWaitFor([this] { return runtime.liveCalls() == 0; }, 5000);
    }
};

wire::Message failure(int code)
{
    wire::PlainResponse response;
    response.head = wire::ResponseHead::failure(code, u"said the server"_s);
    return {wire::PlainResponse::typeName, {}, {}, response.toBody()};
}

wire::Message push(const char *type, const QByteArray &body)
{
    return {type, {}, {}, body};
}

/// A question to the server; what came of it as text.
void ask(RpcConnection &connection, QObject *receiver, std::function<void(const QString &)> tell)
{
    wire::ConfigQueryRequest request;
    request.key = {u"public"_s, u"G"_s, u"d"_s};
    RpcConnection::Call call;
    call.message = wire::makeMessage(request);
    call.decode = [](Result<wire::Message> &&message) -> std::shared_ptr<void> {
        return std::make_shared<QString>(message ? QString::fromLatin1(message->type) : message.error().kindName());
    };
    connection.call(std::move(call), receiver,
                    [tell = std::move(tell)](const std::shared_ptr<void> &value) { tell(*static_cast<QString *>(value.get())); });
}

} // namespace

class TstRpcConnection : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void setsUpInOrder()
    {
        Watched w;
        w.server.setAbilities(QMap<QString, bool>{{u"fuzzyWatch"_s, true}, {u"mcp"_s, false}});
        w.open();
        QTRY_COMPARE(w.readies, 1);
        QVERIFY(w.connection->isReady());
        QCOMPARE(w.server.seen(wire::ServerCheckRequest::typeName).size(), 1);
        const auto setups = w.server.onStream(wire::ConnectionSetupRequest::typeName);
        QCOMPARE(setups.size(), 1);
        const auto setup = wire::ConnectionSetupRequest::fromBody(setups.first().body);
        QVERIFY(setup);
        QVERIFY(setup->clientVersion.startsWith(u"Nacos-Signalbox-Client:v"_s));
        QCOMPARE(setup->labels.value(u"source"_s), u"sdk"_s);
        QCOMPARE(setup->labels.value(u"module"_s), u"config"_s);
        QVERIFY(setup->abilityTable); // without one the server would not tell its own
        QCOMPARE(w.connection->abilities()->value(u"fuzzyWatch"_s), true);
        QCOMPARE(w.connection->abilities()->value(u"mcp"_s), false);
    }

    void aServerThatDoesNotNegotiate()
    {
        Watched w;
        w.server.setAbilities(std::nullopt);
        w.open();
        QTRY_COMPARE(w.readies, 1);
        QVERIFY(!w.connection->abilities());
    }

    void anAcknowledgementThatComesLate()
    {
        Watched w;
        w.server.setSilentSetup(true);
        w.open();
        QTRY_COMPARE(w.server.onStream(wire::ConnectionSetupRequest::typeName).size(), 1);
        QCOMPARE(w.readies, 0);
        w.server.push(push(wire::SetupAckRequest::typeName, R"({"requestId":"1","abilityTable":{"fuzzyWatch":true}})"));
        QTRY_COMPARE(w.readies, 1);
        QVERIFY(w.connection->abilities()->value(u"fuzzyWatch"_s));
        // Clients do not answer it, and a second one changes nothing.
        w.server.push(push(wire::SetupAckRequest::typeName, R"({"requestId":"2","abilityTable":{}})"));
        w.server.push(push(wire::ClientDetectionRequest::typeName, R"({"requestId":"3"})"));
        QTRY_COMPARE(w.server.onStream("ClientDetectionResponse").size(), 1);
        QCOMPARE(w.readies, 1);
        QVERIFY(w.server.onStream("SetupAckResponse").isEmpty());
    }

    void noAcknowledgement()
    {
        Watched w;
        w.server.setSilentSetup(true);
        w.open();
        QTRY_COMPARE_WITH_TIMEOUT(w.ends.size(), 1, 20000);
        QCOMPARE(w.ends.first().kind, Error::Kind::Timeout);
        QCOMPARE(w.readies, 0);
    }

    void checksThatFail_data()
    {
        QTest::addColumn<int>("fault");
        QTest::addColumn<int>("code");
        QTest::addColumn<Error::Kind>("kind");
        using Fault = RpcAnswer::Fault;
        QTest::newRow("starting") << int(Fault::None) << 300 << Error::Kind::Network;
        QTest::newRow("refused") << int(Fault::None) << 500 << Error::Kind::Rejected;
        QTest::newRow("dropped") << int(Fault::Drop) << 0 << Error::Kind::Network;
        QTest::newRow("not JSON") << int(Fault::Garbage) << 0 << Error::Kind::BadReply;
        QTest::newRow("no type") << int(Fault::NoType) << 0 << Error::Kind::BadReply;
        QTest::newRow("never answered") << int(Fault::Hang) << 0 << Error::Kind::Timeout;
    }
    void checksThatFail()
    {
        QFETCH(int, fault);
        QFETCH(int, code);
        QFETCH(Error::Kind, kind);
        Watched w;
        w.server.on(wire::ServerCheckRequest::typeName,
                    [=](const wire::Message &) { return code != 0 ? RpcAnswer(failure(code)) : RpcAnswer(RpcAnswer::Fault(fault)); });
        w.open();
        QTRY_COMPARE_WITH_TIMEOUT(w.ends.size(), 1, 20000);
        QCOMPARE(w.ends.first().kind, kind);
        QVERIFY(w.server.onStream(wire::ConnectionSetupRequest::typeName).isEmpty());
    }

    void nobodyListens()
    {
        Watched w;
        w.server.stop();
        w.open();
        QTRY_COMPARE_WITH_TIMEOUT(w.ends.size(), 1, 20000);
        QVERIFY(w.ends.first().kind == Error::Kind::Network || w.ends.first().kind == Error::Kind::Timeout);
    }

    void certificatesThatAreRefused_data()
    {
        QTest::addColumn<int>("which");
        QTest::addColumn<QString>("says");
        QTest::newRow("expired") << 0 << u"expired"_s;
        QTest::newRow("another host's") << 1 << u"host name"_s;
        QTest::newRow("of an authority nobody trusts") << 2 << u"certificate"_s;
        QTest::newRow("ours is missing") << 3 << u"client certificate"_s;
        QTest::newRow("not the accepted one") << 4 << u"not the certificate that was accepted"_s;
    }
    /// Each with what is the matter; the server hears nothing of us.
    void certificatesThatAreRefused()
    {
        QFETCH(int, which);
        QFETCH(QString, says);
        tests::TestCertificates ours, other;
        const auto certificate = which == 0 ? ours.make({.validFromDays = -30, .validToDays = -1})
            : which == 1                    ? ours.make({.commonName = u"elsewhere"_s, .names = u"DNS:elsewhere.example"_s})
                                            : ours.server();
        // Any server that speaks TLS will do: there is no more than the handshake.
        tests::FakeHttpServer server(tests::FakeHttpServer::Tls{certificate, which == 3 ? ours.caFile() : QString()});
        Watched w;
        auto settings = settingsFor(w.server);
        settings.target = u"127.0.0.1:%1"_s.arg(server.port());
        net::TlsPolicy policy;
        policy.trust = which == 4 ? net::TlsPolicy::Trust::Fingerprint : net::TlsPolicy::Trust::CaFile;
        policy.caFile = which == 2 ? other.caFile() : ours.caFile();
        policy.sha256 = QByteArray(32, 'x');
        settings.tls = std::make_shared<net::TlsFilesReader>(policy);
        w.open(settings);
        QTRY_COMPARE_WITH_TIMEOUT(w.ends.size(), 1, 30000);
        const Error &why = w.ends.first();
        QVERIFY2(why.message.contains(says), qPrintable(why.kindName() + u": "_s + why.message));
        if (which != 3) {
            QCOMPARE(why.kind, Error::Kind::Tls);
            QVERIFY(!why.retryable);
        }
        QVERIFY(server.seen().isEmpty());
    }

    /// Never in the way of the window, and never for ever.
    void theFilesForTls_areWaitedForElsewhere()
    {
        tests::TestCertificates authority;
        tests::FakeHttpServer server(tests::FakeHttpServer::Tls{authority.server(), {}});
        net::TlsPolicy policy;
        policy.trust = net::TlsPolicy::Trust::CaFile;
        policy.caFile = authority.caFile();
        Workers workers;
        tests::BusyWorkers busy(workers);
        Watched w;
        auto settings = settingsFor(w.server);
        settings.target = u"127.0.0.1:%1"_s.arg(server.port());
        settings.tls = std::make_shared<net::TlsFilesReader>(policy, &workers);
        settings.connectTimeout = std::chrono::milliseconds(20);
        w.open(settings);
        QVERIFY(w.ends.isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(w.ends.size(), 1, 30000);
        QCOMPARE(w.ends.first().kind, Error::Kind::Timeout);
        QVERIFY2(w.ends.first().message.contains(u"files"_s), qPrintable(w.ends.first().message));
        // Gone while they are being read.
        settings.connectTimeout = std::chrono::seconds(60);
        w.open(settings);
        w.connection.reset();
        QCOMPARE(w.ends.size(), 1);
        // Tried again and again, as after a loss: connected as soon as they are there, with the one reading.
        w.open(settings);
        busy.free();
        QTRY_COMPARE_WITH_TIMEOUT(w.ends.size(), 2, 60000); // it speaks no gRPC, but was spoken to
        QVERIFY2(w.ends.last().message.contains(u"gRPC"_s), qPrintable(w.ends.last().message));
        // They are read for each connection: one that has vanished since is named.
        policy.caFile += u".none"_s;
        settings.tls = std::make_shared<net::TlsFilesReader>(policy, &workers);
        w.open(settings);
        QTRY_COMPARE_WITH_TIMEOUT(w.ends.size(), 3, 30000);
        QCOMPARE(w.ends.last().kind, Error::Kind::Usage);
        QVERIFY(w.ends.last().message.contains(policy.caFile));
    }

    void detectionIsAnswered()
    {
        Watched w;
        w.open();
        QTRY_COMPARE(w.readies, 1);
        w.server.push(push(wire::ClientDetectionRequest::typeName, R"({"requestId":"77","module":"internal"})"));
        QTRY_COMPARE(w.server.onStream("ClientDetectionResponse").size(), 1);
        const wire::Message answer = w.server.onStream("ClientDetectionResponse").first();
        QCOMPARE(wire::requestIdOf(answer.body), u"77"_s);
        QVERIFY(wire::PlainResponse::fromBody(answer.body)->head.isSuccess());
        QVERIFY(w.pushes.isEmpty());
    }

    void oddPushesHurtNobody()
    {
        Watched w;
        w.open();
        QTRY_COMPARE(w.readies, 1);
        const QByteArray bodies[] = {
            "", "{", "[]", "null", "\"x\"", R"({"requestId":7})", R"({"abilityTable":[1]})", QByteArray(100'000, '[')};
        for (const QByteArray &body : bodies) {
            w.server.push(push(wire::SetupAckRequest::typeName, body));
            w.server.push(push("NobodyKnowsThis", body));
            w.server.push(push("", body));
        }
        w.server.push(push(wire::ClientDetectionRequest::typeName, "{"));
        w.server.push(push(wire::ClientDetectionRequest::typeName, R"({"requestId":"last"})"));
        QTRY_COMPARE(w.server.onStream("ClientDetectionResponse").size(), 2);
        QVERIFY(w.ends.isEmpty());
        QCOMPARE(w.pushes.size(), 2 * qsizetype(std::size(bodies)));
        QCOMPARE(w.readies, 1);
    }

    void silenceIsChecked()
    {
        Watched w;
        RpcConnection::Settings settings = settingsFor(w.server);
        settings.idle = std::chrono::milliseconds(50);
        w.open(settings);
        QTRY_VERIFY(w.server.seen(wire::HealthCheckRequest::typeName).size() >= 2);
        QVERIFY(w.ends.isEmpty());
        // Forgotten by the server: nothing but the check would tell.
        w.server.forgetConnections();
        QTRY_COMPARE(w.ends.size(), 1);
        QCOMPARE(w.ends.first().code, wire::code::Unregistered);
    }

    void aCheckThatIsNeverAnsweredEndsIt()
    {
        Watched w;
        w.server.on(wire::HealthCheckRequest::typeName, [](const wire::Message &) { return RpcAnswer::Fault::Hang; });
        RpcConnection::Settings settings = settingsFor(w.server);
        settings.idle = std::chrono::milliseconds(50);
        w.open(settings);
        QTRY_COMPARE_WITH_TIMEOUT(w.ends.size(), 1, 30000);
        QCOMPARE(w.ends.first().kind, Error::Kind::Timeout);
        QVERIFY(w.server.seen(wire::HealthCheckRequest::typeName).size() >= 2); // one may get lost
    }

    void anEndIsALoss_data()
    {
        QTest::addColumn<bool>("clean");
        QTest::newRow("clean") << true;
        QTest::newRow("unavailable") << false;
    }
    void anEndIsALoss()
    {
        QFETCH(bool, clean);
        Watched w;
        w.open();
        QTRY_COMPARE(w.readies, 1);
        w.server.endStreams(clean ? FakeNacosGrpc::End::Clean : FakeNacosGrpc::End::Unavailable);
        QTRY_COMPARE(w.ends.size(), 1);
        QCOMPARE(w.ends.first().kind, Error::Kind::Network);
        QVERIFY(!w.connection->isReady());
        QString told;
        ask(*w.connection, this, [&told](const QString &answer) { told = answer; });
        QVERIFY(told.isEmpty()); // never inside the call
        QTRY_COMPARE(told, u"Network"_s);
    }

    void aMessageTheServerTakesNot_data()
    {
        QTest::addColumn<RpcAnswer::Fault>("fault");
        QTest::addColumn<Error::Kind>("kind");
        QTest::addColumn<QString>("words");
        QTest::newRow("says its limit") << RpcAnswer::Fault::TooLong << Error::Kind::Rejected << u"at most 10.0 MiB (10485760 bytes)"_s;
        QTest::newRow("breaks off") << RpcAnswer::Fault::CutOff << Error::Kind::Network << u"no message of that size"_s;
    }
    void aMessageTheServerTakesNot()
    {
        QFETCH(RpcAnswer::Fault, fault);
        QFETCH(Error::Kind, kind);
        QFETCH(QString, words);
        Watched w;
        w.server.on(wire::ConfigPublishRequest::typeName, [fault](const wire::Message &) { return RpcAnswer(fault); });
        w.open();
        QTRY_COMPARE(w.readies, 1);
        const auto publish = [&w, this](qsizetype bytes) {
            wire::ConfigPublishRequest request;
            request.key = {u"public"_s, u"G"_s, u"d"_s};
            request.content = QByteArray(bytes, 'x');
            RpcConnection::Call call;
            call.message = wire::makeMessage(request);
            call.deadline = std::chrono::seconds(60);
            call.decode = [](Result<wire::Message> &&message) -> std::shared_ptr<void> {
                return std::make_shared<Error>(message ? Error{} : message.error());
            };
            auto told = std::make_shared<std::optional<Error>>();
            w.connection->call(std::move(call), this,
                               [told](const std::shared_ptr<void> &value) { *told = *static_cast<Error *>(value.get()); });
            std::ignore = QTest::qWaitFor([told] { return told->has_value(); }, 60000);
            return told->value_or(Error{});
        };
        const Error large = publish(10 * 1024 * 1024);
        QCOMPARE(large.kind, kind);
        QVERIFY(!large.retryable);
        QVERIFY2(large.message.contains(words), qPrintable(large.message));
        QVERIFY2(large.message.contains(u"bytes)"_s), qPrintable(large.message));
        // Of a small one the size is no reason.
        if (fault == RpcAnswer::Fault::CutOff) {
            const Error small = publish(10);
            QVERIFY(small.retryable);
            QVERIFY2(!small.message.contains(words), qPrintable(small.message));
        }
    }

    void anotherServerTakesOver()
    {
        net::GrpcRuntime runtime;
        FakeNacosGrpc first, second;
        first.stop();
        {
            RpcLink link(runtime);
            QSignalSpy ups(&link, &RpcLink::up), downs(&link, &RpcLink::down);
            link.start({settingsFor(first), settingsFor(second)});
            QTRY_COMPARE_WITH_TIMEOUT(ups.size(), 1, 20000);
            QCOMPARE(link.current()->target(), second.target());
            first.resume();
            second.stop();
            QTRY_COMPARE_WITH_TIMEOUT(ups.size(), 2, 30000);
            QCOMPARE(downs.size(), 1);
            QCOMPARE(link.current()->target(), first.target());
        }
        QTRY_COMPARE(runtime.liveCalls(), 0);
    }

    /// Back-off, not a tight loop: a server that takes everyone and drops them has trouble enough.
    void connectionsThatDoNotLast_areMadeLessAndLessOften()
    {
        net::GrpcRuntime runtime;
        FakeNacosGrpc server;
        RpcLink link(runtime);
        QSignalSpy ups(&link, &RpcLink::up);
        QElapsedTimer since;
        since.start();
        connect(&link, &RpcLink::up, this, [&server] { server.endStreams(FakeNacosGrpc::End::Clean); });
        link.start({settingsFor(server)});
        QTRY_VERIFY_WITH_TIMEOUT(ups.size() >= 5, 60000);
        // 100, 200, 400 and 800 ms, each less 30 % at most.
        QVERIFY2(since.elapsed() >= 1050, qPrintable(QString::number(since.elapsed())));
    }

    void aRoundThatFailedIsTold()
    {
        net::GrpcRuntime runtime;
        FakeNacosGrpc first, second;
        first.stop();
        second.stop();
        RpcLink link(runtime);
        QSignalSpy rounds(&link, &RpcLink::roundFailed), ups(&link, &RpcLink::up);
        link.start({settingsFor(first), settingsFor(second)});
        QTRY_VERIFY_WITH_TIMEOUT(rounds.size() >= 2, 30000);
        QVERIFY(link.lastError());
        second.resume();
        QTRY_COMPARE_WITH_TIMEOUT(ups.size(), 1, 30000);
        QVERIFY(!link.lastError());
    }

    void movesWhereItIsSent_data()
    {
        QTest::addColumn<int>("wish");
        QTest::newRow("anywhere") << 0;
        QTest::newRow("to one of ours") << 1;
        QTest::newRow("to a stranger") << 2; // never followed: credentials would go there
    }
    void movesWhereItIsSent()
    {
        QFETCH(int, wish);
        net::GrpcRuntime runtime;
        FakeNacosGrpc first, second, third, stranger;
        {
            RpcLink link(runtime);
            QSignalSpy ups(&link, &RpcLink::up), downs(&link, &RpcLink::down);
            link.start({settingsFor(first), settingsFor(second), settingsFor(third)});
            QTRY_COMPARE(ups.size(), 1);
            wire::ConnectResetRequest reset;
            reset.requestId = u"5"_s;
            if (wish == 1) {
                reset.serverIp = u"127.0.0.1"_s;
                reset.serverPort = QString::number(third.port() - 1000);
            } else if (wish == 2) {
                reset.serverIp = u"10.1.2.3"_s;
                reset.serverPort = QString::number(stranger.port() - 1000);
            }
            first.push(wire::makeMessage(reset));
            QTRY_COMPARE(ups.size(), 2);
            QCOMPARE(link.current()->target(), wish == 1 ? third.target() : second.target());
            QCOMPARE(downs.size(), 0); // the old one is left only when the new one stands
            QTRY_COMPARE(first.streams(), 0);
            QCOMPARE(wire::requestIdOf(first.onStream("ConnectResetResponse").value(0).body), u"5"_s);
            QCOMPARE(stranger.setups(), 0);
        }
        QTRY_COMPARE(runtime.liveCalls(), 0);
    }

    /// The first time at once, then ever more slowly: each new connection reads everything anew.
    void aServerThatSendsUsOnAndOn_isFollowedSlowly()
    {
        net::GrpcRuntime runtime;
        {
            FakeNacosGrpc server;
            RpcLink link(runtime);
            QSignalSpy ups(&link, &RpcLink::up), downs(&link, &RpcLink::down);
            connect(&link, &RpcLink::up, &link, [&server] {
                server.push(wire::makeMessage(wire::ConnectResetRequest{u"1"_s, {}, {}, {}}));
            });
            QElapsedTimer clock;
            clock.start();
            link.start({settingsFor(server)});
            QTRY_COMPARE_WITH_TIMEOUT(ups.size(), 5, 30000);
            QVERIFY(clock.elapsed() >= 900); // at least seven tenths of 0.2 + 0.4 + 0.8 s
            QCOMPARE(downs.size(), 0);       // meanwhile the old connection serves
        }
        QTRY_COMPARE(runtime.liveCalls(), 0);
    }

    void aMoveThatFailsChangesNothing()
    {
        net::GrpcRuntime runtime;
        FakeNacosGrpc first, second;
        second.stop();
        RpcLink link(runtime);
        QSignalSpy ups(&link, &RpcLink::up), downs(&link, &RpcLink::down);
        link.start({settingsFor(first), settingsFor(second)});
        QTRY_COMPARE(ups.size(), 1);
        first.push(wire::makeMessage(wire::ConnectResetRequest{u"1"_s, {}, {}, {}}));
        QTRY_COMPARE(first.onStream("ConnectResetResponse").size(), 1);
        // It still works, and is asked again for a second move.
        QString told;
        ask(*link.current(), this, [&told](const QString &answer) { told = answer; });
        QTRY_COMPARE(told, u"ConfigQueryResponse"_s);
        QCOMPARE(ups.size(), 1);
        QCOMPARE(downs.size(), 0);
        QCOMPARE(link.current()->target(), first.target());
    }

    /// What is on the wire when the server sends us elsewhere still gets its answer.
    void callsOutliveAMove()
    {
        net::GrpcRuntime runtime;
        FakeNacosGrpc first, second;
        std::promise<void> release;
        const std::shared_future<void> released(release.get_future());
        first.on(wire::ConfigQueryRequest::typeName, [released](const wire::Message &) {
            released.wait();
            return RpcAnswer(wire::makeMessage(wire::ConfigQueryResponse{.content = "x"}));
        });
        {
            RpcLink link(runtime);
            QSignalSpy ups(&link, &RpcLink::up);
            link.start({settingsFor(first), settingsFor(second)});
            QTRY_COMPARE(ups.size(), 1);
            QString told;
            ask(*link.current(), this, [&told](const QString &answer) { told = answer; });
            QTRY_COMPARE(first.seen(wire::ConfigQueryRequest::typeName).size(), 1);
            first.push(wire::makeMessage(wire::ConnectResetRequest{u"1"_s, {}, {}, {}}));
            QTRY_COMPARE(ups.size(), 2);
            QVERIFY(told.isEmpty());
            release.set_value();
            QTRY_COMPARE(told, u"ConfigQueryResponse"_s);
            QTRY_COMPARE(first.streams(), 0); // and then the old connection goes
        }
        QTRY_COMPARE(runtime.liveCalls(), 0);
    }

    void renewedOnDemand()
    {
        net::GrpcRuntime runtime;
        FakeNacosGrpc server;
        RpcLink link(runtime);
        QSignalSpy ups(&link, &RpcLink::up), downs(&link, &RpcLink::down);
        link.start({settingsFor(server)});
        QTRY_COMPARE(ups.size(), 1);
        link.renew({Error::Kind::Network, u"unregistered"_s, 301, true});
        QCOMPARE(downs.size(), 1);
        QTRY_COMPARE(ups.size(), 2);
        QCOMPARE(server.setups(), 2);
        link.stop();
        QVERIFY(!link.current());
        QTRY_COMPARE(server.streams(), 0);
    }
};

SIGNALBOX_TEST(TstRpcConnection)
#include "tst_rpcconnection.moc"
