// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/replay/tape.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace core::net;
using Request = core::sandbox::HttpRequest;
using core::sandbox::replay::Tape;

class TstTape : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void answersInTheOrderRecorded();
    void startsOverAtTheEnd();
    void credentialsDoNotCount();
    void planesAreApart();
    void whoNeverAnsweredIsNotHere();
    void saysWhatIsNotThere();
    void saysWhatWasLeftOut();
    void listensInAnyOrder();
    void pushesFollowWhatTheyFollowed();
    void connectionsAreTakenInTurn();
};

namespace {

RecordedEvent get(const QString &path, const FormFields &parameters, const QByteArray &body, int server = 1)
{
    RecordedHttp http;
    http.server = server;
    http.method = "GET";
    http.path = path;
    http.parameters = parameters;
    http.answer = RecordedHttp::Answer{200, {}, {body, 0}, 0};
    return {0, http};
}

RecordedEvent call(const QString &type, const QByteArray &body, const QByteArray &answer)
{
    return {0, RecordedCall{1, {type, {body, 0}}, RecordedMessage{u"Answer"_s, {answer, 0}}}};
}

RecordedEvent onStream(RecordedStream::Kind kind, const QString &type, int connection = 1, qint64 at = 0)
{
    return {at, RecordedStream{connection, kind, {type, {"{}", 0}}}};
}

Request request(const QByteArray &path, const QByteArray &query = {})
{
    Request asked;
    asked.method = "GET";
    asked.path = path;
    asked.query = query;
    return asked;
}

QByteArray body(Tape &tape, const Request &asked, Tape::Plane plane = Tape::Plane::Main)
{
    const auto played = tape.http(plane, asked);
    return played && played->answer ? played->answer->body.bytes : QByteArray();
}

} // namespace

void TstTape::answersInTheOrderRecorded()
{
    Tape tape({{}, {get(u"/a"_s, {}, "1"), get(u"/b"_s, {}, "b"), get(u"/a"_s, {}, "2"), get(u"/c"_s, {}, "c")}});
    QCOMPARE(body(tape, request("/a")), "1"_ba);
    QCOMPARE(body(tape, request("/a")), "2"_ba);
    QCOMPARE(body(tape, request("/a")), "2"_ba); // from then on the last one
    QCOMPARE(body(tape, request("/b")), "b"_ba);
}

void TstTape::startsOverAtTheEnd()
{
    Tape tape({{}, {get(u"/a"_s, {}, "1"), get(u"/b"_s, {}, "b"), get(u"/a"_s, {}, "2")}});
    for (int round = 0; round < 3; ++round) {
        QCOMPARE(body(tape, request("/a")), "1"_ba);
        QCOMPARE(body(tape, request("/b")), "b"_ba);
        QCOMPARE(body(tape, request("/a")), "2"_ba);
    }
}

void TstTape::credentialsDoNotCount()
{
    Tape tape({{}, {get(u"/a"_s, {{u"dataId"_s, u"x y"_s}, {u"group"_s, u"g"_s}}, "1")}});
    Request asked = request("/a", "group=g&accessToken=whatever&dataId=x+y&password=p");
    asked.headers = {{"authorization"_ba, "Bearer abc"_ba}, {"user-agent"_ba, "somebody"_ba}};
    QCOMPARE(body(tape, asked), "1"_ba);
    QVERIFY(!tape.http(Tape::Plane::Main, request("/a", "group=other&dataId=x+y")));
    asked.headers.append({"casmd5"_ba, "abc"_ba});
    QVERIFY(!tape.http(Tape::Plane::Main, asked)); // decides about the answer, so it counts
}

void TstTape::planesAreApart()
{
    RecordedEvent refused = get(u"/v3/console/server/state"_s, {}, "no");
    std::get<RecordedHttp>(refused.what).answer->status = 404;
    Tape tape({{}, {get(u"/nacos/v3/admin/core/state"_s, {}, "main"), refused, get(u"/v3/console/server/state"_s, {}, "console", 2)}});
    QCOMPARE(body(tape, request("/v3/console/server/state")), "no"_ba);
    QCOMPARE(body(tape, request("/v3/console/server/state"), Tape::Plane::Console), "console"_ba);
    QVERIFY(!tape.http(Tape::Plane::Console, request("/nacos/v3/admin/core/state")));
}

void TstTape::whoNeverAnsweredIsNotHere()
{
    RecordedEvent lost = get(u"/v3/console/server/state"_s, {}, {}, 2);
    std::get<RecordedHttp>(lost.what).answer.reset();
    RecordedEvent broken = get(u"/nacos/b"_s, {}, {});
    std::get<RecordedHttp>(broken.what).answer.reset();
    Tape tape({{}, {get(u"/nacos/a"_s, {}, "a"), lost, get(u"/v3/console/server/state"_s, {}, "console", 3), broken}});
    QCOMPARE(body(tape, request("/v3/console/server/state"), Tape::Plane::Console), "console"_ba); // the first time
    const auto played = tape.http(Tape::Plane::Main, request("/nacos/b"));
    QVERIFY(played && !played->answer); // who answers else breaks off here, too
}

void TstTape::saysWhatIsNotThere()
{
    Tape tape({{}, {get(u"/a"_s, {{u"dataId"_s, u"x"_s}}, "1"), call(u"ConfigQueryRequest"_s, R"({"dataId":"x"})", "{}")}});
    const auto http = tape.http(Tape::Plane::Main, request("/a", "dataId=other"));
    QCOMPARE(http.error().kind, core::Error::Kind::NotFound);
    QCOMPARE(http.error().message, u"the recording holds no GET /a?dataId=other; it holds 1 like it with other members"_s);
    const auto rpc = tape.call(u"ConfigQueryRequest"_s, R"({"dataId":"other"})");
    QVERIFY(rpc.error().message.contains(u"ConfigQueryRequest"_s) && rpc.error().message.contains(u"1 like it"_s));
    QVERIFY(tape.call(u"HealthCheckRequest"_s, "{}")); // says nothing about what was recorded
}

void TstTape::saysWhatWasLeftOut()
{
    RecordedEvent large = get(u"/a"_s, {}, {});
    std::get<RecordedHttp>(large.what).answer->body.omitted = 5000000;
    Tape tape({{}, {large}});
    const auto played = tape.http(Tape::Plane::Main, request("/a"));
    QCOMPARE(played.error().kind, core::Error::Kind::Unsupported);
    QVERIFY(played.error().message.contains(u"5000000"_s));
}

void TstTape::listensInAnyOrder()
{
    Tape tape({{},
               {call(u"ConfigBatchListenRequest"_s,
                     R"({"listen":true,"configListenContexts":[{"dataId":"a","group":"g"},{"dataId":"b","group":"g"}],"requestId":"7"})",
                     R"({"changedConfigs":[]})")}});
    QVERIFY(tape.call(
        u"ConfigBatchListenRequest"_s,
        R"({"requestId":null,"headers":{},"configListenContexts":[{"group":"g","dataId":"b","tenant":""},{"dataId":"a","group":"g"}],"listen":true})"));
    QVERIFY(!tape.call(u"ConfigBatchListenRequest"_s, R"({"listen":true,"configListenContexts":[{"dataId":"a","group":"g"}]})"));
}

void TstTape::pushesFollowWhatTheyFollowed()
{
    using Kind = RecordedStream::Kind;
    Recording recording{{},
                        {onStream(Kind::Sent, u"ConnectionSetupRequest"_s), get(u"/late"_s, {}, "x"),
                         onStream(Kind::Received, u"SetupAckRequest"_s), call(u"ConfigBatchListenRequest"_s, R"({"listen":true})", "{}"),
                         call(u"HealthCheckRequest"_s, "{}", "{}"), onStream(Kind::Received, u"ConfigChangeNotifyRequest"_s, 1, 90000),
                         onStream(Kind::Sent, u"ConfigChangeNotifyResponse"_s), onStream(Kind::Closed, {})}};
    Tape tape(recording);
    const auto setUp = tape.setUp("{}");
    QVERIFY(setUp);
    QCOMPARE(setUp->pushes.size(), 1u); // the acknowledgement, whatever came in between
    QCOMPARE(setUp->pushes[0].message.type, u"SetupAckRequest"_s);
    QVERIFY(tape.http(Tape::Plane::Main, request("/late"))->pushes.empty());
    QVERIFY(tape.call(u"HealthCheckRequest"_s, "{}")->pushes.empty());
    const auto listened = tape.call(u"ConfigBatchListenRequest"_s, R"({"listen":true})");
    QCOMPARE(listened->pushes.size(), 2u);
    QCOMPARE(listened->pushes[0].message.type, u"ConfigChangeNotifyRequest"_s);
    QVERIFY(listened->pushes[0].milliseconds > 0 && listened->pushes[0].milliseconds <= 2000); // nobody waits a minute and a half
    QVERIFY(listened->pushes[1].kind == Kind::Closed);
    QVERIFY(tape.call(u"ConfigBatchListenRequest"_s, R"({"listen":true})")->pushes.empty()); // once
}

void TstTape::connectionsAreTakenInTurn()
{
    using Kind = RecordedStream::Kind;
    Tape tape({{}, {onStream(Kind::Sent, u"ConnectionSetupRequest"_s, 1), onStream(Kind::Sent, u"ConnectionSetupRequest"_s, 2)}});
    QCOMPARE(tape.setUp("{}")->connection, 1);
    QCOMPARE(tape.setUp("{}")->connection, 2);
    QVERIFY(!tape.setUp("{}"));
    tape.left(1);
    tape.left(2);
    QCOMPARE(tape.setUp("{}")->connection, 1); // a new session
}

SIGNALBOX_TEST(TstTape)
#include "tst_tape.moc"
