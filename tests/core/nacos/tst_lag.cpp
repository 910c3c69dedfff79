// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/behind.h"
#include "core/nacos/config/configdecode.h"
#include "core/nacos/config/configmemory.h"
#include "core/nacos/config/watchhub.h"
#include "tests/core/nacos/told.h"
#include "tests/support/testmain.h"

#include <atomic>
#include <future>

using namespace Qt::StringLiterals;
using namespace core;
using namespace core::nacos;
using tests::await;
using tests::key;
using tests::NacosFixture;
using tests::RpcAnswer;
using tests::Told;
using Live = tests::ListeningClient;
using Deliver = ConfigClient::Deliver;
using Kind = ConfigEvent::Kind;
using Listen = wire::ConfigBatchListenRequest;

/// Pushes, and readings that lag behind them.
class TstLag : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void aReadingThatLags_isAskedAgain()
    {
        Live live;
        live.f.grpc.put({}, u"G"_s, u"d"_s, "one");
        QVERIFY(live.open());
        Told told(live.configs->watch({key(u"d"_s)}, Deliver::Content));
        QTRY_VERIFY(told.isReady());
        const auto asked = std::make_shared<std::atomic<int>>(0);
        live.f.grpc.on(wire::ConfigQueryRequest::typeName, [asked](const wire::Message &) {
            wire::ConfigQueryResponse response;
            response.content = ++*asked < 3 ? "one" : "two";
            response.md5 = md5Of(response.content);
            return RpcAnswer(wire::makeMessage(response));
        });
        live.f.grpc.put({}, u"G"_s, u"d"_s, "two");
        QTRY_COMPARE_WITH_TIMEOUT(told.count(Kind::Changed), 1, 20000);
        QCOMPARE(told.events.last().content, "two"_ba);
        QCOMPARE(asked->load(), 3);
    }

    void aPushCostsOneReading()
    {
        Live live;
        live.f.grpc.put({}, u"G"_s, u"d"_s, "one");
        QVERIFY(live.open());
        Told told(live.configs->watch({key(u"d"_s)}, Deliver::Content));
        QTRY_VERIFY(told.isReady());
        const auto before = live.queries();
        const auto listens = live.listens().size();
        for (int i = 1; i <= 5; ++i) {
            live.f.grpc.put({}, u"G"_s, u"d"_s, QByteArray::number(i));
            QTRY_COMPARE(told.count(Kind::Changed), i);
            QTRY_COMPARE(live.listens().size(), listens + i); // what is known now is compared once more
        }
        QCOMPARE(live.queries(), before + 5);
    }

    /// A push that never came: what is listened to is compared every now and then.
    void whatIsNotTold_comesOut()
    {
        Live live;
        live.f.grpc.put({}, u"G"_s, u"d"_s, "one");
        QVERIFY(live.open());
        ConfigMemory memory(nullptr, {}, u"test"_s);
        memory.setMd5(key(u"d"_s), md5Of("one"));
        WatchHub hub(live.session->d(), memory, std::chrono::milliseconds(50));
        live.f.grpc.on(Listen::typeName,
                       [](const wire::Message &) { return RpcAnswer(wire::makeMessage(wire::ConfigChangeBatchListenResponse())); });
        Told told(hub.watch({key(u"d"_s)}, Deliver::Content));
        QTRY_VERIFY(told.isReady());
        live.f.grpc.put({}, u"G"_s, u"d"_s, "two");
        live.f.grpc.builtIn(Listen::typeName);
        QTRY_COMPARE(told.count(Kind::Changed), 1);
        QCOMPARE(told.events.last().content, "two"_ba);
    }

    /// Reading by HTTP after a push: what was there before is neither taken nor remembered.
    void aReadThatIsBehind_isNotTaken_data()
    {
        QTest::addColumn<bool>("catchesUp");
        QTest::newRow("for a while") << true;
        QTest::newRow("for good") << false;
    }
    void aReadThatIsBehind_isNotTaken()
    {
        QFETCH(bool, catchesUp);
        Live live;
        live.f.grpc.put({}, u"G"_s, u"d"_s, "one");
        const auto reads = std::make_shared<std::atomic<int>>(0);
        const auto behind = std::make_shared<std::atomic<int>>(0); // so many readings
        live.f.http.on("GET", u"/nacos/v3/admin/cs/config"_s, [&live, reads, behind](const tests::HttpSeen &) {
            const QByteArray content = ++*reads <= *behind ? "one"_ba : live.f.grpc.content({}, u"G"_s, u"d"_s);
            return NacosFixture::result(QJsonObject{{u"id"_s, u"1"_s},
                                                    {u"namespaceId"_s, u"public"_s},
                                                    {u"groupName"_s, u"G"_s},
                                                    {u"dataId"_s, u"d"_s},
                                                    {u"content"_s, QString::fromUtf8(content)},
                                                    {u"md5"_s, QString::fromLatin1(md5Of(content))},
                                                    {u"type"_s, u"text"_s}});
        });
        QVERIFY(live.open());
        Told told(live.configs->watch({key(u"d"_s)}, Deliver::KeysOnly));
        QTRY_VERIFY(told.isReady());
        *behind = catchesUp ? 2 : 1000;
        live.f.grpc.put({}, u"G"_s, u"d"_s, "two");
        QTRY_COMPARE(told.count(Kind::Changed), 1);
        QSignalSpy changed(live.configs.get(), &ConfigClient::configChanged);
        const auto got = await(live.configs->getLive(key(u"d"_s)), std::chrono::seconds(30));
        QVERIFY(got);
        QVERIFY(changed.isEmpty()); // nothing has changed since the push
        if (!catchesUp) {
            QVERIFY(!*got && isBehind(got->error()) && got->error().retryable);
            // The same content is there again: that is told, and then it is not behind any more.
            live.f.grpc.put({}, u"G"_s, u"d"_s, "one");
            QTRY_COMPARE(told.count(Kind::Changed), 2);
            const auto again = await(live.configs->getLive(key(u"d"_s)), std::chrono::seconds(30));
            QVERIFY(again && *again && **again && (**again)->content == "one");
            return;
        }
        QVERIFY(*got && **got);
        QCOMPARE((**got)->content, "two"_ba);
        QCOMPARE(reads->load(), 3);
        // And without a lag it is one reading.
        QVERIFY(await(live.configs->getLive(key(u"d"_s))));
        QCOMPARE(reads->load(), 4);
    }

    /// A server may do in any order what is under way at the same time.
    void stopAndListen_followEachOther()
    {
        Live live;
        std::promise<void> release;
        const std::shared_future<void> released(release.get_future());
        live.f.grpc.on(Listen::typeName, [released](const wire::Message &message) {
            if (Listen::fromBody(message.body)->mode == Listen::Mode::StopListening)
                released.wait();
            return RpcAnswer(wire::makeMessage(wire::ConfigChangeBatchListenResponse()));
        });
        QVERIFY(live.open());
        Told first(live.configs->watch({key(u"d"_s)}, Deliver::KeysOnly));
        QTRY_VERIFY(first.isReady());
        first.stream->cancel();
        QTRY_COMPARE(live.listens().size(), 2);
        Told again(live.configs->watch({key(u"d"_s)}, Deliver::KeysOnly)), other(live.configs->watch({key(u"e"_s)}, Deliver::KeysOnly));
        QTRY_VERIFY(other.isReady());
        QCOMPARE(live.listens().size(), 3); // the other one waits for nothing
        QVERIFY(!again.isReady());
        release.set_value();
        QTRY_VERIFY(again.isReady());
        QCOMPARE(live.listens().last().mode, Listen::Mode::Listen);
    }
};

SIGNALBOX_TEST(TstLag)
#include "tst_lag.moc"
