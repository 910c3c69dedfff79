// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/configclient.h"
#include "core/nacos/config/configplans.h"
#include "core/nacos/session/sessionprivate.h"
#include "core/nacos/wire/internalmessages.h"
#include "tests/core/nacos/executorplace.h"
#include "tests/core/nacos/flowplace.h"
#include "tests/core/nacos/liveclient.h"
#include "tests/support/testmain.h"

#include <atomic>

using namespace Qt::StringLiterals;
using namespace core;
using namespace core::nacos;
using tests::await;
using tests::errorOf;
using tests::HttpAnswer;
using tests::NacosFixture;
using tests::RpcAnswer;
using Use = Session::Use;

namespace {

const ConfigKey Key{u"public"_s, u"G"_s, u"d"_s};
const QString Beta = u"/nacos/v3/admin/cs/config/beta"_s;

guard::Change betaOf(const QByteArray &content)
{
    return *betaChange(u"test"_s, std::nullopt, BetaRelease{Key, content, {}, {u"10.0.0.1"_s}});
}

guard::Change endOfBeta()
{
    return *betaChange(u"test"_s, BetaRelease{Key, "new", {}, {u"10.0.0.1"_s}}, std::nullopt);
}

} // namespace

/// What goes over gRPC or comes out of the mirror: who cancels, who is gone, what is lost. (By HTTP: TstMethods.)
class TstMethodsByRpc final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    // ---- fetch -------------------------------------------------------------------------------------------------------------------

    void fetch_whatIsBeingWrittenIsReadAgain()
    {
        tests::LiveClient live;
        const auto asked = std::make_shared<std::atomic<int>>(0);
        live.f.grpc.on(wire::ConfigQueryRequest::typeName, [asked](const wire::Message &) {
            if (++*asked <= 3)
                return RpcAnswer(
                    tests::refusal(wire::ConfigQueryResponse::typeName, 400, u"requested file is being modified, please try later."_s));
            wire::ConfigQueryResponse response;
            response.content = "two";
            return RpcAnswer(wire::makeMessage(response));
        });
        QVERIFY(live.open());
        const auto content = await(live.configs->fetch(Key));
        QVERIFY2(content && *content && **content, qPrintable(errorOf(content)));
        QCOMPARE((**content)->content, "two"_ba);
        QCOMPARE(asked->load(), 4);
    }

    void fetch_whatIsBeingWrittenForEver_isAConflict()
    {
        tests::LiveClient live;
        live.f.grpc.on(wire::ConfigQueryRequest::typeName, [](const wire::Message &) {
            return RpcAnswer(
                tests::refusal(wire::ConfigQueryResponse::typeName, 400, u"requested file is being modified, please try later."_s));
        });
        QVERIFY(live.open());
        const auto content = await(live.configs->fetch(Key), std::chrono::seconds(30));
        QVERIFY(content && !*content);
        QCOMPARE(content->error().kind, Error::Kind::Conflict);
        QVERIFY(content->error().retryable);
        QCOMPARE(live.queries(), 10);
    }

    void fetch_cancelledBetweenTwoTries()
    {
        tests::LiveClient live;
        live.f.grpc.on(wire::ConfigQueryRequest::typeName, [](const wire::Message &) {
            return RpcAnswer(
                tests::refusal(wire::ConfigQueryResponse::typeName, 400, u"requested file is being modified, please try later."_s));
        });
        QVERIFY(live.open());
        QObject context;
        std::optional<Result<std::optional<ConfigContent>>> told;
        const QPointer<Reply<std::optional<ConfigContent>>> reply(live.configs->fetch(Key));
        reply->then(&context, [&told](const auto &result) { told = result; });
        QTRY_VERIFY(live.queries() >= 2);
        reply->cancel();
        const qsizetype asked = live.queries();
        QTRY_VERIFY(told);
        QCOMPARE(told->error().kind, Error::Kind::Cancelled);
        QTRY_VERIFY(reply.isNull());
        // Another one takes its own time and tries; of the first none comes any more.
        const auto other = await(live.configs->fetch(Key), std::chrono::seconds(30));
        QVERIFY(other && !*other);
        QCOMPARE(live.queries(), asked + 10);
    }

    void fetch_cancelledOrAbandoned_whileItIsAsked_data()
    {
        QTest::addColumn<int>("how");
        QTest::newRow("cancelled") << 0;
        QTest::newRow("nobody is left") << 1;
        QTest::newRow("the client goes") << 2;
        QTest::newRow("the session closes") << 3;
    }
    void fetch_cancelledOrAbandoned_whileItIsAsked()
    {
        QFETCH(int, how);
        tests::LiveClient live;
        live.f.grpc.on(wire::ConfigQueryRequest::typeName, [](const wire::Message &) { return RpcAnswer::Fault::Hang; });
        QVERIFY(live.open());
        auto context = std::make_unique<QObject>();
        int told = 0;
        Error error;
        const QPointer<Reply<std::optional<ConfigContent>>> reply(live.configs->fetch(Key));
        reply->then(context.get(), [&](const Result<std::optional<ConfigContent>> &result) {
            ++told;
            error = result ? Error() : result.error();
        });
        QTRY_COMPARE(live.queries(), 1);
        if (how == 0)
            reply->cancel();
        else if (how == 1)
            context.reset();
        else if (how == 2)
            live.configs.reset();
        else
            live.session->close();
        QCOMPARE(told, 0); // never inside the call
        QTRY_VERIFY(reply.isNull());
        QCOMPARE(told, how == 1 ? 0 : 1);
        if (how != 1) // what is on gRPC is lost with it
            QCOMPARE(error.kind, how == 3 ? Error::Kind::Network : Error::Kind::Cancelled);
        // What hangs on the server is given up there, too: the next is not behind it.
        QTRY_COMPARE(live.f.runtime.liveCalls(), how == 3 ? 0 : 1);
    }

    // ---- revision ----------------------------------------------------------------------------------------------------------------

    void mirrorRevision_cancelledOrAbandoned_data()
    {
        QTest::addColumn<int>("how");
        QTest::newRow("cancelled") << 0;
        QTest::newRow("nobody is left") << 1;
        QTest::newRow("the registry closes") << 2;
        QTest::newRow("nothing happens") << 3;
    }
    void mirrorRevision_cancelledOrAbandoned()
    {
        QFETCH(int, how);
        tests::Place p;
        tests::serveConfigs(p.f, 1);
        QVERIFY(p.open(Use::OneShot));
        const ConfigKey key{u"public"_s, u"G"_s, u"c0"_s};
        QVERIFY(await(p.configs().getLive(key)));
        const QString local = key.address(u"test"_s)->local();
        std::optional<qint64> id;
        QTRY_VERIFY((id = [&]() -> std::optional<qint64> {
            const auto listed = await(p.mirror->revisions(p.scope(), local));
            return listed.items.isEmpty() ? std::nullopt : std::optional(listed.items.first().id);
        }()));
        auto context = std::make_unique<QObject>();
        int told = 0;
        Result<ConfigRevisionDetail> got = fail(Error::Kind::Internal, u"none"_s);
        const QPointer<Reply<ConfigRevisionDetail>> reply(p.configs().revision(key, u"m:%1"_s.arg(*id)));
        reply->then(context.get(), [&](const Result<ConfigRevisionDetail> &detail) {
            ++told;
            got = detail;
        });
        if (how == 0)
            reply->cancel();
        else if (how == 1)
            context.reset();
        else if (how == 2)
            p.registry.reset();
        QCOMPARE(told, 0);
        QTRY_VERIFY(reply.isNull());
        QCOMPARE(told, how == 1 ? 0 : 1);
        if (how == 3) {
            QVERIFY2(got, got ? "" : qPrintable(got.error().message));
            QCOMPARE(got->content, std::optional("c0"_ba));
        } else if (how != 1) {
            QCOMPARE(got.error().kind, Error::Kind::Cancelled);
        }
    }

    /// What was live when it was shown is a state of the past by now: the way there is cancelled and left like any other.
    void liveRevision_onTheWayThroughTheHistory_data()
    {
        QTest::addColumn<int>("how");
        QTest::newRow("cancelled") << 0;
        QTest::newRow("nobody is left") << 1;
        QTest::newRow("the client goes") << 2;
        QTest::newRow("the server goes") << 3;
    }
    void liveRevision_onTheWayThroughTheHistory()
    {
        QFETCH(int, how);
        const QString rows = u"/nacos/v3/admin/cs/history/list"_s;
        tests::Place p;
        p.f.http.on("GET", u"/nacos/v3/admin/cs/config"_s, NacosFixture::result(tests::detailOf(u"d"_s, u"now"_s)));
        HttpAnswer hang;
        hang.fault = HttpAnswer::Fault::Hang;
        p.f.http.on("GET", rows, hang);
        p.f.profile.callTimeout = std::chrono::milliseconds(10000);
        QVERIFY(p.open(Use::OneShot));
        auto context = std::make_unique<QObject>();
        int told = 0;
        Error error;
        const QPointer<Reply<ConfigRevisionDetail>> reply(p.configs().revision(Key, u"live:"_s + QString::fromLatin1(md5Of("then"))));
        reply->then(context.get(), [&](const Result<ConfigRevisionDetail> &detail) {
            ++told;
            error = detail ? Error() : detail.error();
        });
        QTRY_VERIFY(!p.f.http.seen(rows).isEmpty());
        if (how == 0)
            reply->cancel();
        else if (how == 1)
            context.reset();
        else if (how == 2)
            p.registry.reset();
        else {
            p.f.http.stop();
            p.f.http.closeAll();
        }
        QTRY_VERIFY_WITH_TIMEOUT(reply.isNull(), 20000);
        QCOMPARE(told, how == 1 ? 0 : 1);
        if (how == 3)
            QCOMPARE(error.kind, Error::Kind::Network);
        else if (how != 1)
            QCOMPARE(error.kind, Error::Kind::Cancelled);
    }

    // ---- Beta releases -----------------------------------------------------------------------------------------------------------

    void betaWritesThatFail_data()
    {
        using Kind = Error::Kind;
        using Fault = RpcAnswer::Fault;
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("why");
        QTest::addColumn<int>("fault");
        QTest::addColumn<Kind>("kind");
        QTest::newRow("refused") << 500 << u"no"_s << int(Fault::None) << Kind::Rejected;
        QTest::newRow("no right") << 403 << u"Code: 403, Message: authorization failed!."_s << int(Fault::None) << Kind::Forbidden;
        QTest::newRow("no handler") << 302 << u"no handler"_s << int(Fault::None) << Kind::Unsupported;
        QTest::newRow("dropped") << 0 << QString() << int(Fault::Drop) << Kind::Network;
        QTest::newRow("not JSON") << 0 << QString() << int(Fault::Garbage) << Kind::BadReply;
        QTest::newRow("no type") << 0 << QString() << int(Fault::NoType) << Kind::BadReply;
        QTest::newRow("never answered") << 0 << QString() << int(Fault::Hang) << Kind::Timeout;
    }
    /// Once on the wire, and never as something for everybody.
    void betaWritesThatFail()
    {
        QFETCH(int, code);
        QFETCH(QString, why);
        QFETCH(int, fault);
        QFETCH(Error::Kind, kind);
        tests::ExecutorPlace place;
        if (fault == int(RpcAnswer::Fault::Hang))
            place.f.profile.callTimeout = std::chrono::milliseconds(1500);
        place.f.grpc.on(wire::ConfigPublishRequest::typeName, [=](const wire::Message &) {
            return code == 0 ? RpcAnswer(RpcAnswer::Fault(fault))
                             : RpcAnswer(tests::refusal(wire::ConfigPublishResponse::typeName, code, why));
        });
        QVERIFY(place.open(Use::Interactive));
        const auto applied = await(place.configs->apply(betaOf("new")));
        QVERIFY(applied && !*applied);
        QVERIFY2(applied->error().kind == kind, qPrintable(errorOf(applied)));
        const auto sent = place.f.grpc.seen(wire::ConfigPublishRequest::typeName);
        QCOMPARE(sent.size(), 1);
        QCOMPARE(wire::ConfigPublishRequest::fromBody(sent.first().body)->additions.value(u"betaIps"_s), u"10.0.0.1"_s);
        QVERIFY(place.f.http.seen(u"/nacos/v3/admin/cs/config"_s).isEmpty());
    }

    void endingABetaThatFails_data()
    {
        using Kind = Error::Kind;
        QTest::addColumn<HttpAnswer>("answer");
        QTest::addColumn<QList<Kind>>("kinds");
        HttpAnswer drop, half = NacosFixture::result(true), hang;
        drop.fault = HttpAnswer::Fault::Drop;
        half.fault = HttpAnswer::Fault::Truncate;
        hang.fault = HttpAnswer::Fault::Hang;
        QTest::newRow("refused") << NacosFixture::result(u"no"_s, 30000, 500) << QList{Kind::Rejected};
        QTest::newRow("no right") << NacosFixture::servlet(403, "Code: 403, Message: authorization failed!.") << QList{Kind::Forbidden};
        QTest::newRow("not JSON") << HttpAnswer::json("done") << QList{Kind::BadReply};
        QTest::newRow("null") << NacosFixture::result(QJsonValue::Null) << QList{Kind::BadReply};
        QTest::newRow("cut off") << half << QList{Kind::BadReply, Kind::Network};
        QTest::newRow("closed") << drop << QList{Kind::Network};
        QTest::newRow("never answered") << hang << QList{Kind::Timeout};
    }
    /// There is no gRPC request for it, so it goes by HTTP while gRPC is up; the configuration is never removed instead.
    void endingABetaThatFails()
    {
        QFETCH(HttpAnswer, answer);
        QFETCH(QList<Error::Kind>, kinds);
        tests::ExecutorPlace place;
        if (answer.fault == HttpAnswer::Fault::Hang)
            place.f.profile.callTimeout = std::chrono::milliseconds(1500);
        place.f.http.on("DELETE", Beta, answer);
        place.f.console.stop();
        QVERIFY(place.open(Use::Interactive));
        QVERIFY(place.registry->session().d().rpcUp());
        const auto applied = await(place.configs->apply(endOfBeta()));
        QVERIFY(applied && !*applied);
        QVERIFY2(kinds.contains(applied->error().kind), qPrintable(errorOf(applied)));
        QCOMPARE(place.f.http.seen(Beta).size(), 1);
        QVERIFY(place.f.grpc.seen(wire::ConfigRemoveRequest::typeName).isEmpty());
    }

    // ---- Session -----------------------------------------------------------------------------------------------------------------

    void everyPlane_waitsForTheConsole()
    {
        NacosFixture f;
        HttpAnswer late = HttpAnswer::json(R"({"version":"3.1.0","auth_admin_request":"false"})");
        late.delay = std::chrono::milliseconds(400);
        f.console.on("GET", u"/v3/console/server/state"_s, late);
        const auto session = f.session();
        const auto opened = await(session->open());
        QVERIFY2(opened && *opened, qPrintable(errorOf(opened)));
        QVERIFY(!session->capabilities().has(Plane::Console)); // an opening does not wait for it
        const auto all = await(session->everyPlane());
        QVERIFY2(all && *all, qPrintable(errorOf(all)));
        QVERIFY((*all)->has(Plane::Console) && (*all)->has(Plane::Admin));
        // Nothing is being asked: at once, without asking.
        f.console.forget();
        f.http.forget();
        const auto again = await(session->everyPlane());
        QVERIFY(again && *again && (*again)->has(Plane::Console));
        QVERIFY(f.console.seen().isEmpty() && f.http.seen().isEmpty());
    }

    void everyPlane_withoutAConsole_andBeforeTheSessionIsOpen()
    {
        NacosFixture f;
        f.console.stop();
        const auto session = f.session();
        const auto before = await(session->everyPlane());
        QVERIFY(before && *before && !(*before)->has(Plane::Admin));
        QVERIFY(await(session->open()));
        const auto all = await(session->everyPlane());
        QVERIFY2(all && *all, qPrintable(errorOf(all)));
        QVERIFY((*all)->has(Plane::Admin) && !(*all)->has(Plane::Console));
        QVERIFY(!(*all)->planes.value(Plane::Console).problem.isEmpty());
    }

    void everyPlane_cancelledOrAbandoned_data()
    {
        QTest::addColumn<int>("how");
        QTest::newRow("cancelled") << 0;
        QTest::newRow("nobody is left") << 1;
        QTest::newRow("the session closes") << 2;
        QTest::newRow("the session goes") << 3;
    }
    void everyPlane_cancelledOrAbandoned()
    {
        QFETCH(int, how);
        NacosFixture f;
        HttpAnswer hang;
        hang.fault = HttpAnswer::Fault::Hang;
        f.console.on("GET", u"/v3/console/server/state"_s, hang);
        auto session = f.session();
        QVERIFY(await(session->open()));
        auto context = std::make_unique<QObject>();
        int told = 0;
        std::optional<Error> error;
        const QPointer<Reply<Capabilities>> reply(session->everyPlane());
        reply->then(context.get(), [&](const Result<Capabilities> &caps) {
            ++told;
            if (!caps)
                error = caps.error();
        });
        if (how == 0)
            reply->cancel();
        else if (how == 1)
            context.reset();
        else if (how == 2)
            session->close();
        else
            session.reset();
        QCOMPARE(told, 0);
        QTRY_VERIFY(reply.isNull());
        QCOMPARE(told, how == 1 ? 0 : 1);
        if (how != 1)
            QVERIFY(error && error->kind == Error::Kind::Cancelled);
    }
};

SIGNALBOX_TEST(TstMethodsByRpc)
#include "tst_methodsbyrpc.moc"
