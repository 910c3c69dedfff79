// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/configclient.h"
#include "core/nacos/config/configdecode.h"
#include "core/nacos/wire/fuzzymessages.h"
#include "core/nacos/wire/groupkey.h"
#include "core/nacos/wire/internalmessages.h"
#include "tests/core/nacos/told.h"
#include "tests/support/testmain.h"

#include <atomic>

using namespace Qt::StringLiterals;
using namespace core;
using namespace core::nacos;
using tests::await;
using tests::key;
using Live = tests::ListeningClient;
using tests::NacosFixture;
using tests::RpcAnswer;
using tests::Told;
using Deliver = ConfigClient::Deliver;
using Kind = ConfigEvent::Kind;
using Listen = wire::ConfigBatchListenRequest;

class TstWatch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void tellsChangesAndDeletions()
    {
        Live live;
        live.f.grpc.put({}, u"G"_s, u"d"_s, "one");
        QVERIFY(live.open());
        QSignalSpy changed(live.configs.get(), &ConfigClient::configChanged);
        Told content(live.configs->watch({key(u"d"_s)}, Deliver::Content)), keys(live.configs->watch({key(u"d"_s)}, Deliver::KeysOnly));
        QTRY_VERIFY(content.isReady() && keys.isReady());
        QCOMPARE(content.events.size(), 1); // what was there is no news
        live.f.grpc.put({}, u"G"_s, u"d"_s, "two");
        QTRY_COMPARE(content.count(Kind::Changed), 1);
        QCOMPARE(content.events.last().content, "two"_ba);
        QCOMPARE(content.events.last().md5, md5Of("two"));
        QTRY_COMPARE(keys.count(Kind::Changed), 1);
        QVERIFY(keys.events.last().content.isNull());
        live.f.grpc.remove({}, u"G"_s, u"d"_s);
        QTRY_COMPARE(content.count(Kind::Deleted), 1);
        live.f.grpc.put({}, u"G"_s, u"d"_s, "three");
        QTRY_COMPARE(content.count(Kind::Changed), 2);
        QVERIFY(changed.size() >= 3);
        // Every push was acknowledged, or the server would send it again and again.
        QTRY_VERIFY(live.f.grpc.onStream("ConfigChangeNotifyResponse").size() >= 3);
    }

    void anAbsentOneIsReadyAtOnce()
    {
        Live live;
        QVERIFY(live.open());
        Told told(live.configs->watch({{{}, u"G"_s, u"later"_s}}, Deliver::Content)); // public may be left out
        QTRY_VERIFY(told.isReady());
        live.f.grpc.put({}, u"G"_s, u"later"_s, "now");
        QTRY_COMPARE(told.count(Kind::Changed), 1);
        QCOMPARE(told.events.last().key, key(u"later"_s));
    }

    void keysThatCannotBeAreRefused()
    {
        Live live;
        QVERIFY(live.open());
        const auto told = await(live.configs->watch({key(u"with blank "_s)}, Deliver::KeysOnly));
        QVERIFY(told.end && !*told.end);
        QCOMPARE(told.end->error().kind, Error::Kind::Usage);
        QVERIFY(live.listens().isEmpty());
    }

    void aRestartMissesNothing()
    {
        Live live;
        for (const char *name : {"changed", "same", "deleted"})
            live.f.grpc.put({}, u"G"_s, QString::fromLatin1(name), "one");
        QVERIFY(live.open());
        Told told(live.configs->watch({key(u"changed"_s), key(u"same"_s), key(u"deleted"_s), key(u"created"_s)}, Deliver::Content));
        QTRY_VERIFY(told.isReady());
        QSignalSpy resynced(live.session.get(), &Session::resynced);
        live.f.grpc.stop();
        live.f.grpc.put({}, u"G"_s, u"changed"_s, "two");
        live.f.grpc.put({}, u"G"_s, u"created"_s, "new");
        live.f.grpc.remove({}, u"G"_s, u"deleted"_s);
        live.f.grpc.forget();
        live.f.grpc.resume();
        QTRY_COMPARE_WITH_TIMEOUT(resynced.size(), 1, 30000);
        QCOMPARE(told.count(Kind::Reconnected), 1);
        QCOMPARE(told.of(Kind::Changed).size(), 2);
        QCOMPARE(told.of(Kind::Deleted).size(), 1);
        QCOMPARE(told.of(Kind::Deleted).first().key, key(u"deleted"_s));
        QSet<QString> listened;
        for (const Listen &request : live.listens())
            for (const Listen::Item &item : request.items)
                listened.insert(item.key.dataId);
        QCOMPARE(listened.size(), 4); // all of them, redone
        // And it goes on.
        live.f.grpc.put({}, u"G"_s, u"same"_s, "after");
        QTRY_COMPARE(told.of(Kind::Changed).size(), 3);
    }

    void manyGoInBatches()
    {
        Live live;
        QVERIFY(live.open());
        QList<ConfigKey> keys;
        for (int i = 0; i < 3001; ++i)
            keys.append(key(u"k%1"_s.arg(i)));
        Told told(live.configs->watch(keys, Deliver::KeysOnly));
        QTRY_VERIFY_WITH_TIMEOUT(told.isReady(), 30000);
        QList<qsizetype> sizes;
        for (const Listen &request : live.listens())
            sizes.append(request.items.size());
        std::ranges::sort(sizes); // two calls at once arrive in any order
        QCOMPARE(sizes, (QList<qsizetype>{1, 3000}));
        QCOMPARE(live.queries(), 0); // nothing differs, so nothing is read
    }

    void oneRegistrationForAll()
    {
        Live live;
        live.f.grpc.put({}, u"G"_s, u"d"_s, "one");
        QVERIFY(live.open());
        Told first(live.configs->watch({key(u"d"_s)}, Deliver::KeysOnly));
        QTRY_VERIFY(first.isReady());
        const qsizetype before = live.listens().size();
        Told second(live.configs->watch({key(u"d"_s)}, Deliver::KeysOnly));
        QTRY_VERIFY(second.isReady());
        QCOMPARE(live.listens().size(), before);
        first.stream->cancel();
        live.f.grpc.put({}, u"G"_s, u"d"_s, "two");
        QTRY_COMPARE(second.count(Kind::Changed), 1);
        QCOMPARE(first.count(Kind::Changed), 0);
        second.stream->cancel();
        QTRY_VERIFY(live.listens().last().mode == Listen::Mode::StopListening);
        QCOMPARE(live.listens().last().items.size(), 1);
        QTRY_VERIFY(second.end && second.end->error().kind == Error::Kind::Cancelled);
    }

    void aLostCallerStopsListening()
    {
        Live live;
        QVERIFY(live.open());
        {
            Told told(live.configs->watch({key(u"d"_s)}, Deliver::KeysOnly));
            QTRY_VERIFY(told.isReady());
        }
        QTRY_VERIFY(!live.listens().isEmpty() && live.listens().last().mode == Listen::Mode::StopListening);
    }

    void aBusyServerIsAskedAgain_data()
    {
        QTest::addColumn<int>("fault");
        QTest::newRow("over its limit") << 503;
        QTest::newRow("never answered") << 0;
    }
    /// The connection stands, only the registration got lost: it must not wait for the next reconnect.
    void aBusyServerIsAskedAgain()
    {
        QFETCH(int, fault);
        Live live;
        live.f.profile.callTimeout = std::chrono::milliseconds(1500);
        const auto tries = std::make_shared<std::atomic<int>>(0);
        live.f.grpc.on(Listen::typeName, [=](const wire::Message &) {
            if (++*tries < 3)
                return fault == 0 ? RpcAnswer(RpcAnswer::Fault::Hang)
                                  : RpcAnswer(tests::refusal(wire::ConfigChangeBatchListenResponse::typeName, fault, u"over limit"_s));
            return RpcAnswer(wire::makeMessage(wire::ConfigChangeBatchListenResponse()));
        });
        QVERIFY(live.open());
        Told told(live.configs->watch({key(u"d"_s)}, Deliver::KeysOnly));
        QTRY_VERIFY_WITH_TIMEOUT(told.isReady(), 20000);
        QCOMPARE(live.f.grpc.setups(), 1);
    }

    void oneBadKeyDoesNotSpoilTheOthers()
    {
        Live live;
        live.f.grpc.on(Listen::typeName, [](const wire::Message &message) {
            const auto request = Listen::fromBody(message.body);
            for (const Listen::Item &item : request->items) {
                if (item.key.dataId == "bad"_L1)
                    return RpcAnswer(tests::refusal(wire::ConfigChangeBatchListenResponse::typeName, 400, u"Param check invalid: bad"_s));
            }
            return RpcAnswer(wire::makeMessage(wire::ConfigChangeBatchListenResponse()));
        });
        QVERIFY(live.open());
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"cannot watch bad among others"_s));
        QList<ConfigKey> keys{key(u"bad"_s)};
        for (int i = 0; i < 9; ++i)
            keys.append(key(u"k%1"_s.arg(i)));
        Told many(live.configs->watch(keys, Deliver::KeysOnly));
        QTRY_VERIFY(many.isReady());
        QVERIFY(!many.end);
        Told alone(live.configs->watch({{u"dev"_s, u"G"_s, u"bad"_s}}, Deliver::KeysOnly));
        QTRY_VERIFY(alone.end);
        QCOMPARE(alone.end->error().kind, Error::Kind::Rejected);
        QVERIFY(!many.end);
    }

    void aRefusedRegistrationEndsTheWatch_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("why");
        QTest::addColumn<Error::Kind>("kind");
        QTest::newRow("no right") << 403 << u"Code: 403, Message: authorization failed!."_s << Error::Kind::Forbidden;
        QTest::newRow("no handler") << 302 << u"no handler"_s << Error::Kind::Unsupported;
        QTest::newRow("not an answer") << 0 << QString() << Error::Kind::BadReply;
    }
    void aRefusedRegistrationEndsTheWatch()
    {
        QFETCH(int, code);
        QFETCH(QString, why);
        QFETCH(Error::Kind, kind);
        Live live;
        live.f.grpc.on(Listen::typeName, [=](const wire::Message &) {
            return code == 0 ? RpcAnswer(RpcAnswer::Fault::Garbage)
                             : RpcAnswer(tests::refusal(wire::ConfigChangeBatchListenResponse::typeName, code, why));
        });
        QVERIFY(live.open());
        Told told(live.configs->watch({key(u"d"_s)}, Deliver::KeysOnly));
        QTRY_VERIFY(told.end);
        QCOMPARE(told.end->error().kind, kind);
    }

    void aRightWithdrawnIsTold()
    {
        Live live;
        live.f.grpc.put({}, u"G"_s, u"d"_s, "one");
        QVERIFY(live.open());
        Told content(live.configs->watch({key(u"d"_s)}, Deliver::Content)), keys(live.configs->watch({key(u"d"_s)}, Deliver::KeysOnly));
        QTRY_VERIFY(content.isReady() && keys.isReady());
        live.f.grpc.on(wire::ConfigQueryRequest::typeName, [](const wire::Message &) {
            return RpcAnswer(tests::refusal(wire::ConfigQueryResponse::typeName, 403, u"Code: 403, Message: authorization failed!."_s));
        });
        live.f.grpc.put({}, u"G"_s, u"d"_s, "two");
        QTRY_VERIFY(content.end);
        QCOMPARE(content.end->error().kind, Error::Kind::Forbidden);
        QTRY_COMPARE(keys.count(Kind::Changed), 1); // who reads it finds out
        QVERIFY(keys.events.last().md5.isEmpty());
        QVERIFY(!keys.end);
    }

    /// Somebody is just writing it: asked again, but not all the time.
    void whatIsBeingWrittenIsReadLater()
    {
        Live live;
        live.f.grpc.put({}, u"G"_s, u"d"_s, "one");
        QVERIFY(live.open());
        Told told(live.configs->watch({key(u"d"_s)}, Deliver::Content));
        QTRY_VERIFY(told.isReady());
        const auto busy = std::make_shared<std::atomic<int>>(0);
        live.f.grpc.on(wire::ConfigQueryRequest::typeName, [busy](const wire::Message &) {
            if (++*busy <= 2)
                return RpcAnswer(
                    tests::refusal(wire::ConfigQueryResponse::typeName, 400, u"requested file is being modified, please try later."_s));
            wire::ConfigQueryResponse response;
            response.content = "two";
            response.md5 = md5Of("two");
            return RpcAnswer(wire::makeMessage(response));
        });
        live.f.grpc.put({}, u"G"_s, u"d"_s, "two");
        QElapsedTimer clock;
        clock.start();
        QTRY_COMPARE_WITH_TIMEOUT(told.count(Kind::Changed), 1, 20000);
        QVERIFY(clock.elapsed() >= 500); // two pauses at least
        QCOMPARE(told.events.last().content, "two"_ba);
        QCOMPARE(busy->load(), 3);
    }

    void oddPushesAreSurvived()
    {
        Live live;
        live.f.grpc.put({}, u"G"_s, u"d"_s, "one");
        QVERIFY(live.open());
        Told told(live.configs->watch({key(u"d"_s)}, Deliver::Content));
        QTRY_VERIFY(told.isReady());
        for (const char *body : {"{", "[]", R"({"dataId":"d"})", R"({"dataId":7,"group":"G"})"}) {
            QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"a change notification that cannot be read"_s));
            live.f.grpc.push({wire::ConfigChangeNotifyRequest::typeName, {}, {}, body});
        }
        // Of something nobody watches, and of ours in other spellings of the namespace.
        live.f.grpc.push({wire::ConfigChangeNotifyRequest::typeName, {}, {}, R"({"requestId":"1","dataId":"other","group":"G"})"});
        live.f.grpc.push(
            {wire::ConfigChangeNotifyRequest::typeName, {}, {}, R"({"requestId":"2","dataId":"d","group":"G","tenant":null})"});
        live.f.grpc.push({wire::ConfigChangeNotifyRequest::typeName, {}, {}, R"({"requestId":"3","dataId":"d","group":"G","tenant":""})"});
        QTRY_COMPARE(live.f.grpc.onStream("ConfigChangeNotifyResponse").size(), 7);
        live.f.grpc.put({}, u"G"_s, u"d"_s, "two");
        QTRY_COMPARE(told.count(Kind::Changed), 1);
        QVERIFY(!told.end);
    }

    void closingEndsTheWatches()
    {
        Live live;
        QVERIFY(live.open());
        Told told(live.configs->watch({key(u"d"_s)}, Deliver::Content));
        QTRY_VERIFY(told.isReady());
        live.configs.reset();
        QTRY_VERIFY(told.end);
        QCOMPARE(told.end->error().kind, Error::Kind::Cancelled);
    }

    // ---- Whole namespaces --------------------------------------------------------------------------------------------------------

    void aServerWithoutFuzzyWatchSaysSo()
    {
        Live live;
        live.f.grpc.setAbilities(QMap<QString, bool>{});
        QVERIFY(live.open());
        const auto told = await(live.configs->watchNamespace(u"public"_s));
        QVERIFY(told.end && !*told.end);
        QCOMPARE(told.end->error().kind, Error::Kind::Unsupported);
    }

    void aNamespaceIsWatched()
    {
        using Sync = wire::ConfigFuzzyWatchSyncRequest;
        using Change = wire::ConfigFuzzyWatchChangeNotifyRequest;
        Live live;
        live.f.grpc.on(wire::ConfigFuzzyWatchRequest::typeName,
                       [](const wire::Message &) { return RpcAnswer(wire::makeMessage(wire::ConfigFuzzyWatchResponse())); });
        QVERIFY(live.open());
        Told told(live.configs->watchNamespace({}));
        QTRY_COMPARE(live.f.grpc.seen(wire::ConfigFuzzyWatchRequest::typeName).size(), 1);
        const auto pushSync = [&](const char *type, const QList<Sync::Item> &items) {
            live.f.grpc.push(wire::makeMessage(Sync{u"1"_s, QString::fromLatin1(type), u"public>>*>>*"_s, items, 1, 1}));
        };
        pushSync(Sync::Init, {{u"old+G+public"_s, u"ADD_CONFIG"_s}});
        pushSync(Sync::InitFinished, {});
        QTRY_VERIFY(told.isReady());
        QCOMPARE(told.events.size(), 1); // what was there is no news
        QCOMPARE(told.events.first().keys, QList<ConfigKey>{key(u"old"_s)});
        live.f.grpc.push(wire::makeMessage(Change{u"2"_s, u"fresh+G+public"_s, u"CONFIG_CHANGED"_s})); // an addition, by its other name
        QTRY_COMPARE(told.count(Kind::Changed), 1);
        QCOMPARE(told.events.last().key, key(u"fresh"_s));
        // Whoever asks later has what is there now.
        Told later(live.configs->watchNamespace({}));
        QTRY_VERIFY(later.isReady());
        const auto &keys = later.events.first().keys;
        QCOMPARE(QSet<ConfigKey>(keys.begin(), keys.end()), (QSet<ConfigKey>{key(u"old"_s), key(u"fresh"_s)}));
        later.stream->cancel();
        live.f.grpc.push(wire::makeMessage(Change{u"3"_s, u"old+G+public"_s, u"DELETE_CONFIG"_s}));
        QTRY_COMPARE(told.count(Kind::Deleted), 1);
        live.f.grpc.push(wire::makeMessage(Change{u"4"_s, u"not a key"_s, u"ADD_CONFIG"_s}));
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"a fuzzy watch push that cannot be read"_s));
        live.f.grpc.push({Sync::typeName, {}, {}, "{"});
        QTRY_COMPARE(live.f.grpc.onStream("ConfigFuzzyWatchSyncResponse").size(), 3);
        QTRY_COMPARE(live.f.grpc.onStream("ConfigFuzzyWatchChangeNotifyResponse").size(), 3);
        // After a reconnect the server is told what is known, and sends the difference.
        live.f.grpc.endStreams(tests::FakeNacosGrpc::End::Unavailable);
        QTRY_COMPARE_WITH_TIMEOUT(live.f.grpc.seen(wire::ConfigFuzzyWatchRequest::typeName).size(), 2, 20000);
        const auto again = wire::ConfigFuzzyWatchRequest::fromBody(live.f.grpc.seen(wire::ConfigFuzzyWatchRequest::typeName).last().body);
        QCOMPARE(again->receivedGroupKeys, QList<QString>{u"fresh+G+public"_s});
        pushSync(Sync::Difference, {{u"fresh+G+public"_s, u"DELETE_CONFIG"_s}});
        QTRY_COMPARE(told.count(Kind::Deleted), 2);
        QCOMPARE(told.count(Kind::Reconnected), 1);
        told.stream->cancel();
        QTRY_COMPARE(live.f.grpc.seen(wire::ConfigFuzzyWatchRequest::typeName).size(), 3);
        const auto last = wire::ConfigFuzzyWatchRequest::fromBody(live.f.grpc.seen(wire::ConfigFuzzyWatchRequest::typeName).last().body);
        QVERIFY(last->mode == wire::ConfigFuzzyWatchRequest::Mode::Cancel);
    }

    void aLostNamespaceWatchIsAskedAgain_data()
    {
        QTest::addColumn<int>("fault");
        QTest::newRow("over its limit") << 503;
        QTest::newRow("never answered") << 0;
    }
    /// The connection stands, only the question got lost.
    void aLostNamespaceWatchIsAskedAgain()
    {
        QFETCH(int, fault);
        Live live;
        live.f.profile.callTimeout = std::chrono::milliseconds(1500);
        const auto tries = std::make_shared<std::atomic<int>>(0);
        live.f.grpc.on(wire::ConfigFuzzyWatchRequest::typeName, [=](const wire::Message &) {
            if (++*tries < 3)
                return fault == 0 ? RpcAnswer(RpcAnswer::Fault::Hang)
                                  : RpcAnswer(tests::refusal(wire::ConfigFuzzyWatchResponse::typeName, fault, u"over limit"_s));
            return RpcAnswer(wire::makeMessage(wire::ConfigFuzzyWatchResponse()));
        });
        QVERIFY(live.open());
        Told told(live.configs->watchNamespace({}));
        QTRY_VERIFY_WITH_TIMEOUT(*tries >= 3, 20000);
        using Sync = wire::ConfigFuzzyWatchSyncRequest;
        live.f.grpc.push(wire::makeMessage(Sync{u"1"_s, QString::fromLatin1(Sync::InitFinished), u"public>>*>>*"_s, {}, 1, 1}));
        QTRY_VERIFY(told.isReady());
        QVERIFY(!told.end);
        QCOMPARE(live.f.grpc.setups(), 1);
    }

    /// After a reconnect every namespace has been answered for before the session says that it is whole again.
    void resyncedWaitsForEveryNamespace()
    {
        Live live;
        const auto holding = std::make_shared<std::atomic<bool>>(false);
        const auto held = std::make_shared<std::atomic<int>>(0);
        live.f.grpc.on(wire::ConfigFuzzyWatchRequest::typeName, [=](const wire::Message &message) {
            const auto request = wire::ConfigFuzzyWatchRequest::fromBody(message.body);
            if (*holding && request->groupKeyPattern.startsWith("a>>"_L1)) {
                ++*held;
                return RpcAnswer(RpcAnswer::Fault::Hang);
            }
            return RpcAnswer(wire::makeMessage(wire::ConfigFuzzyWatchResponse()));
        });
        live.f.profile.callTimeout = std::chrono::milliseconds(1500);
        QVERIFY(live.open());
        Told first(live.configs->watchNamespace(u"a"_s)), last(live.configs->watchNamespace(u"b"_s));
        QTRY_COMPARE(live.f.grpc.seen(wire::ConfigFuzzyWatchRequest::typeName).size(), 2);
        *holding = true;
        QSignalSpy resynced(live.session.get(), &Session::resynced);
        live.f.grpc.endStreams(tests::FakeNacosGrpc::End::Unavailable);
        QTRY_COMPARE_WITH_TIMEOUT(*held, 1, 20000);
        // Both questions have been put; one of them is open, until it times out.
        QTRY_COMPARE_WITH_TIMEOUT(live.f.grpc.seen(wire::ConfigFuzzyWatchRequest::typeName).size(), 4, 20000);
        QCOMPARE(resynced.size(), 0);
        QTRY_COMPARE_WITH_TIMEOUT(resynced.size(), 1, 20000);
    }

    void tooManyPatterns()
    {
        Live live;
        live.f.grpc.on(wire::ConfigFuzzyWatchRequest::typeName, [](const wire::Message &) {
            return RpcAnswer(tests::refusal(wire::ConfigFuzzyWatchResponse::typeName, 50310, u"too many patterns"_s));
        });
        QVERIFY(live.open());
        const auto told = await(live.configs->watchNamespace(u"public"_s));
        QVERIFY(told.end && !*told.end);
        QCOMPARE(told.end->error().kind, Error::Kind::Unsupported);
    }

    /// Contents that nobody takes are not asked for; each change is told once it can be.
    void aSlowReceiverIsWaitedFor()
    {
        constexpr int Configs = 30;
        Live live;
        QList<ConfigKey> all;
        for (int i = 0; i < Configs; ++i) {
            live.f.grpc.put({}, u"G"_s, u"d%1"_s.arg(i), "old");
            all.append(key(u"d%1"_s.arg(i)));
        }
        QVERIFY(live.open());
        Told told(live.configs->watch(all, Deliver::Content));
        QTRY_VERIFY(told.isReady());
        QSignalSpy changed(live.configs.get(), &ConfigClient::configChanged);
        told.stream->setHighWater({.items = 1});
        told.stream->hold();
        const qsizetype before = live.queries();
        live.f.grpc.put({}, u"G"_s, u"d0"_s, "new");
        QTRY_COMPARE(changed.size(), 1);
        for (int i = 1; i < Configs; ++i)
            live.f.grpc.put({}, u"G"_s, u"d%1"_s.arg(i), "new");
        QTRY_COMPARE(live.f.grpc.onStream("ConfigChangeNotifyResponse").size(), Configs);
        QCOMPARE(live.queries(), before + 1);
        QCOMPARE(told.count(Kind::Changed), 0);
        told.stream->setHighWater({});
        told.stream->release();
        QTRY_COMPARE(told.count(Kind::Changed), Configs);
        for (const ConfigEvent &event : told.of(Kind::Changed))
            QCOMPARE(event.content, "new"_ba);
    }

    void whenASlowReceiverGoes_theOthersAreTold()
    {
        Live live;
        live.f.grpc.put({}, u"G"_s, u"slow"_s, "old");
        live.f.grpc.put({}, u"G"_s, u"other"_s, "old");
        QVERIFY(live.open());
        Told slow(live.configs->watch({key(u"slow"_s)}, Deliver::Content)), other(live.configs->watch({key(u"other"_s)}, Deliver::Content));
        QTRY_VERIFY(slow.isReady() && other.isReady());
        QSignalSpy changed(live.configs.get(), &ConfigClient::configChanged);
        slow.stream->setHighWater({.items = 1});
        slow.stream->hold();
        live.f.grpc.put({}, u"G"_s, u"slow"_s, "new");
        QTRY_COMPARE(changed.size(), 1);
        live.f.grpc.put({}, u"G"_s, u"other"_s, "new");
        QTRY_COMPARE(live.f.grpc.onStream("ConfigChangeNotifyResponse").size(), 2);
        slow.stream->cancel();
        QTRY_COMPARE(other.count(Kind::Changed), 1);
        QCOMPARE(slow.count(Kind::Changed), 0);
    }
};

SIGNALBOX_TEST(TstWatch)
#include "tst_watch.moc"
