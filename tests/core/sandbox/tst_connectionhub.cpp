// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/nacos/connectionhub.h"
#include "tests/support/manualclock.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace core::sandbox::nacos;

class TstConnectionHub : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void splitsPeers();
    void keepsOneIdPerPeer();
    void acknowledgesTheSetupWhenAsked();
    void matchesAnswersToPushes();
    void timesPushesOut();
    void detectsTheDead();
    void requestsKeepAlive();
    void aSecondSetupReplacesTheFirst();
    void pushesToTheGoneFailAtOnce();
};

namespace {

struct Channel final : PushChannel {
    QList<wire::Message> written;
    QString closed;
    int hurried = 0;
    void write(const wire::Message &message) override { written.append(message); }
    void close(const QString &reason) override { closed = reason; }
    void hurry() override { ++hurried; }
};

struct Bench {
    tests::ManualClock clock;
    ConnectionHub hub{clock, {}};
    std::shared_ptr<Channel> channel = std::make_shared<Channel>();
    QList<QByteArray> gone;
    const std::string peer = "ipv4:127.0.0.1:50001";
    Bench()
    {
        hub.setGoneObserver([this](const ConnectionPtr &connection) { gone.append(connection->id); });
    }
    ConnectionPtr setUp(bool negotiate = false)
    {
        wire::ConnectionSetupRequest request;
        request.clientVersion = u"v"_s;
        if (negotiate)
            request.abilityTable.emplace();
        return hub.setUp({peer, request, u"10.1.1.1"_s, channel, {{u"fuzzyWatch"_s, true}}});
    }
    static wire::Message notify(const QString &id) { return wire::makeMessage(wire::ClientDetectionRequest{id}); }
    static wire::Message answer(const QString &id)
    {
        wire::PlainResponse response;
        response.head.requestId = id;
        return {"ClientDetectionResponse", {}, {}, response.toBody()};
    }
};

} // namespace

void TstConnectionHub::splitsPeers()
{
    QCOMPARE(splitPeer("ipv4:1.2.3.4:50123"), std::pair(u"1.2.3.4"_s, quint16(50123)));
    QCOMPARE(splitPeer("ipv6:%5B::1%5D:8080"), std::pair(u"::1"_s, quint16(8080)));
    QCOMPARE(splitPeer("ipv6:[::1]:8080"), std::pair(u"::1"_s, quint16(8080)));
    splitPeer("");
    splitPeer("unix:/x");
}

void TstConnectionHub::keepsOneIdPerPeer()
{
    Bench bench;
    const QByteArray id = bench.hub.identify(bench.peer);
    QVERIFY(id.endsWith("_127.0.0.1_50001"));
    bench.clock.advance(std::chrono::seconds(1));
    QCOMPARE(bench.hub.identify(bench.peer), id);
    QVERIFY(!bench.hub.registered(bench.peer));
    QCOMPARE(bench.setUp()->id, id);
    QCOMPARE(bench.hub.registered(bench.peer)->id, id);
    QCOMPARE(bench.hub.identify(bench.peer), id);
    // A peer that never sets up is forgotten and gets another id later.
    const QByteArray other = bench.hub.identify("ipv4:127.0.0.1:50002");
    bench.clock.advance(std::chrono::seconds(61));
    bench.hub.sweep();
    QVERIFY(bench.hub.identify("ipv4:127.0.0.1:50002") != other);
}

void TstConnectionHub::acknowledgesTheSetupWhenAsked()
{
    Bench silent;
    silent.setUp(false);
    QVERIFY(silent.channel->written.isEmpty());
    Bench asking;
    asking.setUp(true);
    QCOMPARE(asking.channel->written.size(), 1);
    QCOMPARE(asking.channel->written.at(0).type, "SetupAckRequest"_ba);
    const auto ack = wire::SetupAckRequest::fromBody(asking.channel->written.at(0).body);
    QVERIFY(ack && ack->abilityTable.value(u"fuzzyWatch"_s));
}

void TstConnectionHub::matchesAnswersToPushes()
{
    Bench bench;
    const ConnectionPtr connection = bench.setUp();
    QList<bool> done;
    bench.hub.push(connection, Bench::notify, [&done](bool answered) { done.append(answered); });
    const QString id = wire::requestIdOf(bench.channel->written.at(0).body);
    QVERIFY(!id.isEmpty());
    bench.hub.answered(bench.peer, Bench::answer(u"999999"_s));
    bench.hub.answered("ipv4:127.0.0.1:1", Bench::answer(id));
    bench.hub.answered(bench.peer, {"X", {}, {}, "no json"});
    QVERIFY(done.isEmpty());
    bench.hub.answered(bench.peer, Bench::answer(id));
    QCOMPARE(done, QList<bool>{true});
    bench.hub.answered(bench.peer, Bench::answer(id));
    QCOMPARE(done.size(), 1);
}

void TstConnectionHub::timesPushesOut()
{
    Bench bench;
    const ConnectionPtr connection = bench.setUp();
    QList<bool> done;
    bench.hub.push(connection, Bench::notify, [&done](bool answered) { done.append(answered); });
    bench.clock.advance(std::chrono::milliseconds(2999));
    bench.hub.sweep();
    QVERIFY(done.isEmpty());
    bench.clock.advance(std::chrono::milliseconds(1));
    bench.hub.sweep();
    QCOMPARE(done, QList<bool>{false});
}

void TstConnectionHub::detectsTheDead()
{
    Bench bench;
    bench.setUp();
    bench.clock.advance(std::chrono::seconds(19));
    bench.hub.sweep();
    QVERIFY(bench.channel->written.isEmpty());
    bench.clock.advance(std::chrono::seconds(1));
    bench.hub.sweep();
    QCOMPARE(bench.channel->written.size(), 1);
    QCOMPARE(bench.channel->written.at(0).type, "ClientDetectionRequest"_ba);
    bench.clock.advance(std::chrono::seconds(4));
    bench.hub.sweep();
    QVERIFY(bench.channel->closed.isEmpty());
    bench.clock.advance(std::chrono::seconds(1));
    bench.hub.sweep();
    QVERIFY(!bench.channel->closed.isEmpty());
    bench.hub.sweep();
    QCOMPARE(bench.channel->hurried, 1);
    bench.hub.gone(bench.peer, bench.channel.get());
    QCOMPARE(bench.gone.size(), 1);
    QVERIFY(!bench.hub.registered(bench.peer));
}

void TstConnectionHub::requestsKeepAlive()
{
    Bench bench;
    bench.setUp();
    for (int i = 0; i < 10; ++i) {
        bench.clock.advance(std::chrono::seconds(15));
        QVERIFY(bench.hub.registered(bench.peer));
        bench.hub.sweep();
    }
    QVERIFY(bench.channel->written.isEmpty());
    // The answer to a detection keeps alive as well.
    bench.clock.advance(std::chrono::seconds(21));
    bench.hub.sweep();
    QCOMPARE(bench.channel->written.size(), 1);
    bench.hub.answered(bench.peer, Bench::answer(wire::requestIdOf(bench.channel->written.at(0).body)));
    bench.clock.advance(std::chrono::seconds(6));
    bench.hub.sweep();
    QVERIFY(bench.channel->closed.isEmpty());
}

void TstConnectionHub::aSecondSetupReplacesTheFirst()
{
    Bench bench;
    const ConnectionPtr first = bench.setUp();
    const auto old = bench.channel;
    bench.channel = std::make_shared<Channel>();
    bench.setUp();
    QCOMPARE(bench.gone, QList<QByteArray>{first->id});
    bench.hub.gone(bench.peer, old.get()); // the first stream's end is no end of the second
    QVERIFY(bench.hub.registered(bench.peer));
    QCOMPARE(bench.hub.connections().size(), 1);
}

void TstConnectionHub::pushesToTheGoneFailAtOnce()
{
    Bench bench;
    const ConnectionPtr connection = bench.setUp();
    QList<bool> done;
    const auto remember = [&done](bool answered) { done.append(answered); };
    bench.hub.push(connection, Bench::notify, remember);
    bench.hub.gone(bench.peer, bench.channel.get());
    QCOMPARE(done, QList<bool>{false});
    bench.hub.push(connection, Bench::notify, remember);
    QCOMPARE(done, (QList<bool>{false, false}));
}

SIGNALBOX_TEST(TstConnectionHub)
#include "tst_connectionhub.moc"
