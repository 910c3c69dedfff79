// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/session/envelope.h"

#include "core/base/redactor.h"
#include "core/nacos/session/rpcanswer.h"
#include "core/nacos/wire/configmessages.h"
#include "tests/support/testmain.h"

#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;
using namespace core::nacos;

Q_DECLARE_METATYPE(core::Error::Kind)

class TstEnvelope : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void opens()
    {
        const auto data = openEnvelope({200, R"({"code":0,"message":"success","data":{"a":1}})", {}, {}}, Envelope::Result);
        QVERIFY(data);
        QCOMPARE(data->toObject().value(u"a"_s).toInt(), 1);
        QVERIFY(openEnvelope({200, R"({"code":200,"message":null,"data":[]})", {}, {}}, Envelope::Result)->isArray());
        QVERIFY(openEnvelope({200, R"({"code":0,"message":"success"})", {}, {}}, Envelope::Result)->isUndefined());
        QVERIFY(openEnvelope({200, "true", {}, {}}, Envelope::Flat)->toBool());
        QCOMPARE(openEnvelope({200, R"({"version":"2.4.3"})", {}, {}}, Envelope::Flat)->toObject().size(), 1);
        QVERIFY(openEnvelope({200, "not json at all", {}, {}}, Envelope::Raw));
    }

    void maps_data()
    {
        using Kind = Error::Kind;
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<Kind>("kind");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("message");
        const auto result = [](int code, const char *data) {
            return QByteArray(R"({"code":)") + QByteArray::number(code) + R"(,"message":"generic","data":)" + data + "}";
        };
        QTest::newRow("absent configuration") << 404 << result(20004, R"("config data not exist")") << Kind::NotFound << 20004
                                              << u"config data not exist"_s;
        QTest::newRow("absent, status 200") << 200 << result(20004, R"("config data not exist")") << Kind::NotFound << 20004
                                            << u"config data not exist"_s;
        QTest::newRow("CAS") << 500 << result(20005, R"("md5 may have changed")") << Kind::Conflict << 20005 << u"md5 may have changed"_s;
        QTest::newRow("unknown namespace") << 404 << result(22001, R"("namespace [x] not exist")") << Kind::NotFound << 22001
                                           << u"namespace [x] not exist"_s;
        QTest::newRow("namespace exists") << 400 << result(22002, R"("already exist")") << Kind::Conflict << 22002 << u"already exist"_s;
        QTest::newRow("parameter") << 400 << result(20002, R"("bad value")") << Kind::Rejected << 20002 << u"bad value"_s;
        QTest::newRow("denied inside") << 403 << result(10001, R"("no")") << Kind::Forbidden << 10001 << u"no"_s;
        QTest::newRow("quota") << 500 << result(5031, R"("over limit")") << Kind::Rejected << 5031 << u"over limit"_s;
        QTest::newRow("retired inside")
            << 410
            << R"({"timestamp":1,"status":410,"error":"Gone","message":"x {\u0022code\u0022:40000,\u0022message\u0022:\u0022API deprecated\u0022,\u0022data\u0022:\u0022use v3\u0022}","path":"/p"})"_ba
            << Kind::Unsupported << 410 << u"use v3"_s;
        QTest::newRow("no token") << 403
                                  << R"({"status":403,"error":"Forbidden","message":"Code: 401, Message: user not found!.","path":"/p"})"_ba
                                  << Kind::Auth << 403 << u"Code: 401"_s;
        QTest::newRow("no right")
            << 403 << R"({"status":403,"error":"Forbidden","message":"Code: 403, Message: authorization failed!.","path":"/p"})"_ba
            << Kind::Forbidden << 403 << u"authorization failed"_s;
        QTest::newRow("expired, old words") << 403 << R"({"status":403,"error":"Forbidden","message":"token expired!","path":"/p"})"_ba
                                            << Kind::Auth << 403 << u"token expired"_s;
        QTest::newRow("a proxy wants a login") << 401 << "<html>Unauthorized</html>"_ba << Kind::Auth << 401 << u"HTTP 401"_s;
        QTest::newRow("unknown path") << 404 << R"({"status":404,"error":"Not Found","message":"","path":"/nacos/v3/x"})"_ba
                                      << Kind::Unsupported << 404 << u"Not Found"_s;
        QTest::newRow("unknown path on the console")
            << 500 << "caused: No static resource v3/x."_ba << Kind::Unsupported << 500 << u"No static resource"_s;
        QTest::newRow("v1: absent, plain text") << 404 << "config data not exist"_ba << Kind::NotFound << 404 << u"config data not exist"_s;
        QTest::newRow("parameter check, plain text") << 400 << "Param check invalid: too long"_ba << Kind::Rejected << 400 << u"too long"_s;
        QTest::newRow("empty body") << 500 << QByteArray() << Kind::Rejected << 500 << u"HTTP 500"_s;
        QTest::newRow("HTML") << 500 << "<html><body>secret internals</body></html>"_ba << Kind::Rejected << 500 << u"HTTP 500"_s;
        QTest::newRow("too large, a proxy") << 413 << "<html>413 Request Entity Too Large</html>"_ba << Kind::Rejected << 413
                                            << u"too large"_s;
        QTest::newRow("too large, with a limit") << 413 << R"({"status":413,"error":"x","message":"max-size 100 KiB","path":"/p"})"_ba
                                                 << Kind::Rejected << 413 << u"too large for the server: max-size 100 KiB"_s;
        QTest::newRow("overload") << 503 << "server is busy"_ba << Kind::RateLimited << 503 << u"busy"_s;
        QTest::newRow("gateway") << 502 << QByteArray() << Kind::Network << 502 << u"HTTP 502"_s;
        QTest::newRow("conflict") << 409 << QByteArray() << Kind::Conflict << 409 << u"HTTP 409"_s;
        QTest::newRow("not JSON") << 200 << "hello"_ba << Kind::BadReply << 200 << u"not JSON"_s;
        QTest::newRow("nothing") << 200 << QByteArray() << Kind::BadReply << 200 << u"empty"_s;
        QTest::newRow("half a JSON") << 200 << R"({"code":0,"data":[)"_ba << Kind::BadReply << 200 << u"not JSON"_s;
        QTest::newRow("another document") << 200 << R"({"hello":"world"})"_ba << Kind::BadReply << 200 << u"no code"_s;
        QTest::newRow("odd status") << 299 + 300 << QByteArray() << Kind::Rejected << 599 << u"HTTP 599"_s;
    }
    void maps()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(QString, message);
        const auto data = openEnvelope({status, body, {}, {}}, Envelope::Result);
        QVERIFY(!data);
        QTEST(data.error().kind, "kind");
        QTEST(data.error().code, "code");
        QVERIFY2(data.error().message.contains(message), qPrintable(data.error().message));
        QCOMPARE(data.error().retryable, data.error().kind == Error::Kind::Network || data.error().kind == Error::Kind::RateLimited);
    }

    void aRedirectNamesItsTargetWithoutSecrets()
    {
        const auto data = openEnvelope({302, {}, "http://user:pass@elsewhere/path?accessToken=abc", {}}, Envelope::Result);
        QCOMPARE(data.error().kind, Error::Kind::BadReply);
        QVERIFY(data.error().message.contains(u"http://elsewhere/path"_s));
        QVERIFY(!data.error().message.contains(u"pass"_s) && !data.error().message.contains(u"abc"_s));
    }

    void textsAreShortAndRedacted()
    {
        Redactor::learn(u"my-secret-token"_s);
        const auto data = openEnvelope({400, QByteArray("my-secret-token ") + QByteArray(5000, 'x'), {}, {}}, Envelope::Result);
        QVERIFY(!data.error().message.contains(u"my-secret-token"_s));
        QVERIFY(data.error().message.size() <= 500);
        Redactor::forget(u"my-secret-token"_s);
    }

    /// Cut where they may be cut: half of a pair is not text any more.
    void longTexts_areCutBetweenCharacters()
    {
        const QString smile(u"😀"_s);
        for (qsizetype before = 496; before <= 500; ++before) {
            const QString said = QString(before, u'x') + smile + u"tail"_s;
            const auto http = openEnvelope({400, said.toUtf8(), {}, {}}, Envelope::Result);
            QVERIFY(!http);
            wire::ResponseHead head;
            head.resultCode = 500;
            head.message = said;
            for (const QString &text : {http.error().message, rpcError(head).message}) {
                QVERIFY(text.size() <= 500);
                QVERIFY(text.isValidUtf16());
                QVERIFY(text.endsWith(u'…'));
            }
        }
        const auto half = openEnvelope({400, R"({"code":10000,"message":"bad \ud800 name"})", {}, {}}, Envelope::Result);
        QVERIFY(!half && half.error().message.isValidUtf16());
    }

    void rpcErrors_data()
    {
        using Kind = Error::Kind;
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("message");
        QTest::addColumn<Kind>("kind");
        QTest::newRow("starting") << 300 << u"server is starting"_s << Kind::Network;
        QTest::newRow("unregistered") << 301 << QString() << Kind::Network;
        QTest::newRow("no handler") << 302 << QString() << Kind::Unsupported;
        QTest::newRow("parameter") << 400 << u"Param check invalid: x"_s << Kind::Rejected;
        QTest::newRow("no right") << 403 << u"authorization failed!"_s << Kind::Forbidden;
        QTest::newRow("no token") << 403 << u"Code: 401, Message: token expired!"_s << Kind::Auth;
        QTest::newRow("conflict") << 20005 << QString() << Kind::Conflict;
        QTest::newRow("too fast") << 503 << QString() << Kind::RateLimited;
        QTest::newRow("too many patterns") << 50310 << QString() << Kind::Unsupported;
        QTest::newRow("failure") << 500 << u"oops"_s << Kind::Rejected;
    }
    void rpcErrors()
    {
        QFETCH(int, code);
        QFETCH(QString, message);
        const Error error = rpcError(wire::ResponseHead::failure(code, message));
        QTEST(error.kind, "kind");
        QCOMPARE(error.code, code);
        QVERIFY(!error.message.isEmpty());
    }

    void answersOfAnotherTypeAreErrors()
    {
        using Answer = wire::ConfigPublishResponse;
        const QByteArray good = R"({"resultCode":200,"errorCode":0})", bad = R"({"resultCode":500,"errorCode":302,"message":"no handler"})";
        QVERIFY(openAnswer<Answer>(wire::Message{Answer::typeName, {}, {}, good}));
        QCOMPARE(openAnswer<Answer>(wire::Message{"ErrorResponse", {}, {}, bad}).error().kind, Error::Kind::Unsupported);
        QCOMPARE(openAnswer<Answer>(wire::Message{"OtherResponse", {}, {}, good}).error().kind, Error::Kind::BadReply);
        QCOMPARE(openAnswer<Answer>(wire::Message{Answer::typeName, {}, {}, "{"}).error().kind, Error::Kind::BadReply);
        QCOMPARE(openAnswer<Answer>(wire::Message{"ErrorResponse", {}, {}, "nonsense"}).error().kind, Error::Kind::BadReply);
    }
};

SIGNALBOX_TEST(TstEnvelope)
#include "tst_envelope.moc"
