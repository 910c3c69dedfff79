// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/configclient.h"
#include "core/nacos/session/sessionprivate.h"
#include "core/nacos/wire/internalmessages.h"
#include "tests/core/nacos/fixture.h"
#include "tests/support/testmain.h"

#include <QMessageAuthenticationCode>

using namespace Qt::StringLiterals;
using namespace core;
using namespace core::nacos;
using tests::await;
using tests::errorOf;
using tests::HttpAnswer;
using tests::HttpSeen;
using tests::NacosFixture;
using tests::RpcAnswer;

namespace {

const ConfigKey Key{u"public"_s, u"G"_s, u"d"_s};
const QString List = u"/nacos/v3/admin/core/namespace/list"_s;
const QString Login = u"/nacos/v3/auth/user/login"_s;

QByteArray sign(const QByteArray &secret, const QByteArray &text)
{
    return QMessageAuthenticationCode::hash(text, secret, QCryptographicHash::Sha1).toBase64();
}

/// A session with password on the fakes, open.
struct LoggedIn {
    NacosFixture f;
    std::unique_ptr<Session> session;
    std::unique_ptr<ConfigClient> configs;
    std::unique_ptr<NamespaceClient> namespaces;

    bool open()
    {
        f.usePassword();
        f.serveLogin("token-one");
        f.grpc.put({}, u"G"_s, u"d"_s, "x");
        session = f.session();
        const auto opened = await(session->open());
        configs = std::make_unique<ConfigClient>(*session, ConfigClient::Collaborators());
        namespaces = std::make_unique<NamespaceClient>(*session);
        return opened && *opened && session->state() == SessionState::Live;
    }
    /// Only this token is good from now on.
    void accept(const QByteArray &token)
    {
        f.grpc.requireToken(token);
        f.http.on("GET", List, [token](const HttpSeen &seen) {
            return seen.header("Authorization") == "Bearer " + token ? NacosFixture::result(QJsonArray())
                                                                     : NacosFixture::servlet(403, "Code: 401, Message: token expired!");
        });
    }
    int logins() const { return int(f.http.seen(Login).size()); }
    int queries() const { return int(f.grpc.seen(wire::ConfigQueryRequest::typeName).size()); }
};

} // namespace

/// Credentials on the wire, and what happens when they are refused in the middle of a session.
class TstAuth : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void whatSdksMayReadIsReadWithoutALogin_data()
    {
        QTest::addColumn<Session::Use>("use");
        QTest::newRow("window") << Session::Use::Interactive;
        QTest::newRow("one request") << Session::Use::OneShot;
    }
    /// A server as it comes: SDKs need no login, consoles do.
    void whatSdksMayReadIsReadWithoutALogin()
    {
        QFETCH(Session::Use, use);
        NacosFixture f;
        const HttpAnswer refused = NacosFixture::servlet(403, "Code: 401, Message: User not found!.");
        f.http.on("GET", List, refused);
        f.http.on("GET", u"/nacos/v3/admin/cs/config"_s, refused);
        f.console.on("GET", u"/v3/console/cs/config"_s, NacosFixture::text("Code: 401", 403));
        f.grpc.put(u"public"_s, u"G"_s, u"d"_s, "x");
        const auto session = f.session(use);
        QVERIFY(await(session->open()));
        ConfigClient configs(*session, ConfigClient::Collaborators());
        const auto read = await(configs.getLive(Key));
        QVERIFY2(read && *read, qPrintable(errorOf(read)));
        QVERIFY(**read);
        QCOMPARE((**read)->content, "x"_ba);
        QVERIFY(!(**read)->complete);
        // Where gRPC is closed, too, the first refusal is what is said.
        f.grpc.requireToken("none");
        const auto none = await(configs.getLive(Key));
        QVERIFY(none && !*none);
        QCOMPARE(none->error().kind, Error::Kind::Auth);
    }

    void anExpiredTokenIsRenewedByHttp()
    {
        LoggedIn l;
        QVERIFY(l.open());
        l.f.serveLogin("token-two");
        l.accept("token-two");
        l.f.http.forget();
        const auto list = await(l.namespaces->list());
        QVERIFY2(list && *list, qPrintable(errorOf(list)));
        QCOMPARE(l.logins(), 1);
        QCOMPARE(l.f.http.seen(List).size(), 2); // once with the old, once with the new
        QCOMPARE(l.session->state(), SessionState::Live);
    }

    void anExpiredTokenIsRenewedByRpc()
    {
        LoggedIn l;
        QVERIFY(l.open());
        l.f.serveLogin("token-two");
        l.accept("token-two");
        const auto content = await(l.configs->fetch(Key));
        QVERIFY2(content && *content && **content, qPrintable(errorOf(content)));
        QCOMPARE(l.logins(), 2);
        QCOMPARE(l.queries(), 2);
        QCOMPARE(l.f.grpc.seen(wire::ConfigQueryRequest::typeName).last().headers.value("accessToken"), "token-two"_ba);
        QCOMPARE(l.f.grpc.setups(), 1); // the connection itself needs no token
    }

    void manyAtOnceLogInOnce()
    {
        LoggedIn l;
        QVERIFY(l.open());
        l.f.serveLogin("token-two");
        l.accept("token-two");
        QObject context;
        int good = 0, answered = 0;
        for (int i = 0; i < 40; ++i) {
            l.configs->fetch(Key)->then(&context, [&](const Result<std::optional<ConfigContent>> &content) {
                ++answered;
                good += content && *content;
            });
            l.namespaces->list()->then(&context, [&](const Result<QList<NamespaceInfo>> &list) {
                ++answered;
                good += list ? 1 : 0;
            });
        }
        QTRY_COMPARE_WITH_TIMEOUT(answered, 80, 30000);
        QCOMPARE(good, 80);
        QCOMPARE(l.logins(), 2);
    }

    void repeatedOnceAndNotForEver()
    {
        LoggedIn l;
        QVERIFY(l.open());
        l.accept("nobody's token");
        l.f.http.forget();
        const auto list = await(l.namespaces->list());
        QVERIFY(list && !*list);
        QCOMPARE(list->error().kind, Error::Kind::Auth);
        QCOMPARE(l.f.http.seen(List).size(), 2);
        QCOMPARE(l.logins(), 1);
        const auto content = await(l.configs->fetch(Key));
        QVERIFY(content && !*content);
        QCOMPARE(content->error().kind, Error::Kind::Auth);
        QVERIFY(l.queries() <= 2);
        // A login a moment ago did not help, so no storm of them follows.
        for (int i = 0; i < 10; ++i)
            QVERIFY(await(l.namespaces->list()));
        QVERIFY(l.logins() <= 2);
    }

    void aRightWithdrawnIsForbidden()
    {
        LoggedIn l;
        QVERIFY(l.open());
        const QByteArray no = "Code: 403, Message: authorization failed!.";
        l.f.http.on("GET", List, NacosFixture::servlet(403, no));
        l.f.console.on("GET", u"/v3/console/core/namespace/list"_s, NacosFixture::servlet(403, no));
        l.f.grpc.on(wire::ConfigQueryRequest::typeName, [](const wire::Message &) {
            wire::ConfigQueryResponse response;
            response.head = wire::ResponseHead::failure(403, u"Code: 403, Message: authorization failed!."_s);
            return RpcAnswer(wire::makeMessage(response));
        });
        const auto list = await(l.namespaces->list());
        QVERIFY(list && !*list);
        QCOMPARE(list->error().kind, Error::Kind::Forbidden);
        const auto content = await(l.configs->fetch(Key));
        QVERIFY(content && !*content);
        QCOMPARE(content->error().kind, Error::Kind::Forbidden);
        QCOMPARE(l.queries(), 1);
        QCOMPARE(l.logins(), 1); // logging in again cannot help
        QCOMPARE(l.session->state(), SessionState::Live);
    }

    /// A way round that is closed as well must not hide why it was tried.
    void aDeadConsoleDoesNotHideTheRefusal()
    {
        LoggedIn l;
        QVERIFY(l.open());
        QTRY_VERIFY(l.session->capabilities().has(Plane::Console));
        l.f.console.stop();
        l.f.http.on("GET", List, NacosFixture::servlet(403, "Code: 403, Message: authorization failed!."));
        const auto list = await(l.namespaces->list());
        QVERIFY(list && !*list);
        QCOMPARE(list->error().kind, Error::Kind::Forbidden);
    }

    void renewedBeforeItEnds()
    {
        NacosFixture f;
        f.usePassword();
        f.serveLogin("short-lived", 1);
        const auto session = f.session();
        QVERIFY(await(session->open()));
        QTRY_VERIFY_WITH_TIMEOUT(f.http.seen(Login).size() >= 3, 20000); // nobody asked for anything
        QCOMPARE(session->state(), SessionState::Live);
    }

    void aPasswordThatWasChangedIsTold()
    {
        LoggedIn l;
        QVERIFY(l.open());
        l.f.http.on("POST", Login, NacosFixture::servlet(500, "caused: User nacos not found or password error"));
        l.accept("token-two");
        const auto list = await(l.namespaces->list());
        QVERIFY(list && !*list);
        QCOMPARE(list->error().kind, Error::Kind::Auth);
        QCOMPARE(l.session->state(), SessionState::Refused);
        QVERIFY(l.session->lastError()->message.contains(u"refused"_s));
        // Tried again at once it would lock the account somewhere.
        const int before = l.logins();
        QVERIFY(await(l.namespaces->list()));
        QCOMPARE(l.logins(), before);
        // The person types the new one: opened again.
        l.f.serveLogin("token-two");
        const auto opened = await(l.session->open());
        QVERIFY2(opened && *opened, qPrintable(errorOf(opened)));
        QTRY_COMPARE(l.session->state(), SessionState::Live);
    }

    void loginAnswersThatAreNone_data()
    {
        QTest::addColumn<HttpAnswer>("answer");
        QTest::addColumn<QList<Error::Kind>>("kinds");
        using Kind = Error::Kind;
        const auto faulty = [](HttpAnswer::Fault fault) {
            HttpAnswer answer = HttpAnswer::json(R"({"accessToken":"t","tokenTtl":18000,"globalAdmin":true})");
            answer.fault = fault;
            return answer;
        };
        QTest::newRow("not JSON") << HttpAnswer::json("<html>welcome</html>") << QList<Kind>{Kind::BadReply};
        QTest::newRow("nothing") << HttpAnswer::json({}) << QList<Kind>{Kind::BadReply};
        QTest::newRow("no token") << HttpAnswer::json(R"({"tokenTtl":18000})") << QList<Kind>{Kind::BadReply};
        QTest::newRow("a token with a line break")
            << HttpAnswer::json(R"({"accessToken":"a\r\nX-Evil: 1"})") << QList<Kind>{Kind::BadReply};
        QTest::newRow("another way of logging in") << NacosFixture::result(u"oidc"_s, 23000) << QList<Kind>{Kind::Unsupported};
        QTest::newRow("a captcha's redirect") << HttpAnswer::redirect("http://127.0.0.1:1/captcha") << QList<Kind>{Kind::BadReply};
        QTest::newRow("overload") << HttpAnswer::json("busy", 503) << QList<Kind>{Kind::RateLimited};
        QTest::newRow("cut off") << faulty(HttpAnswer::Fault::Truncate) << QList<Kind>{Kind::BadReply, Kind::Network};
        QTest::newRow("closed") << faulty(HttpAnswer::Fault::Drop) << QList<Kind>{Kind::Network};
    }
    void loginAnswersThatAreNone()
    {
        QFETCH(HttpAnswer, answer);
        QFETCH(QList<Error::Kind>, kinds);
        NacosFixture f;
        f.usePassword();
        f.console.stop();
        f.http.on("POST", Login, answer);
        const auto session = f.session();
        const auto opened = await(session->open());
        QVERIFY(opened && !*opened);
        QVERIFY2(kinds.contains(opened->error().kind), qPrintable(errorOf(opened)));
        QVERIFY(!opened->error().message.contains(u"right-password"_s));
    }

    void accessKeysSignEveryRequest_data()
    {
        QTest::addColumn<QString>("token");
        QTest::newRow("permanent") << QString();
        QTest::newRow("temporary (STS)") << u"sts-token"_s;
    }
    void accessKeysSignEveryRequest()
    {
        QFETCH(QString, token);
        NacosFixture f;
        f.profile.auth.kind = profiles::Auth::Kind::AkSk;
        f.profile.auth.accessKeyId = u"key-id"_s;
        f.secrets.secrets[profiles::secretKey(u"test"_s, profiles::Secret::SecretKey)] = u"key-secret"_s;
        if (!token.isEmpty())
            f.secrets.secrets[profiles::secretKey(u"test"_s, profiles::Secret::SecurityToken)] = token;
        f.grpc.put({}, u"G"_s, u"d"_s, "x");
        f.http.on("GET", u"/nacos/v3/admin/cs/config"_s, NacosFixture::result(QJsonValue()));
        const auto session = f.session();
        QVERIFY(await(session->open()));
        QCOMPARE(session->account(), u"key-id"_s);
        ConfigClient configs(*session, {});
        QVERIFY(await(configs.fetch(Key)));
        const auto headers = f.grpc.seen(wire::ConfigQueryRequest::typeName).first().headers;
        QCOMPARE(headers.value("Spas-AccessKey"), "key-id"_ba);
        QCOMPARE(headers.value("Spas-Signature"), sign("key-secret", "public+G+" + headers.value("Timestamp")));
        QCOMPARE(headers.value("Spas-SecurityToken"), token.toLatin1());
        QVERIFY(!headers.contains("accessToken"));
        QVERIFY(await(configs.getLive(Key)));
        const HttpSeen seen = f.http.seen(u"/nacos/v3/admin/cs/config"_s).first();
        QCOMPARE(seen.header("Spas-AccessKey"), "key-id"_ba);
        QCOMPARE(seen.header("Spas-Signature"), sign("key-secret", "public+G+" + seen.header("Timestamp")));
        QCOMPARE(seen.header("Spas-SecurityToken"), token.toLatin1());
        // The secret itself goes nowhere, and nobody logs in.
        for (const HttpSeen &request : f.http.seen())
            QVERIFY(!request.target.contains("key-secret") && !request.body.contains("key-secret") && request.path() != Login);
    }

    void bearerTokensAndHeadersOfOnesOwn()
    {
        NacosFixture f;
        f.profile.auth.kind = profiles::Auth::Kind::Token;
        f.secrets.secrets[profiles::secretKey(u"test"_s, profiles::Secret::Token)] = u"given-token"_s;
        f.profile.headers = {{u"X-Team"_s, u"shop"_s, profiles::Header::Place::File},
                             {u"X-Api-Key"_s, {}, profiles::Header::Place::SecretStore}};
        f.secrets.secrets[profiles::headerSecretKey(u"test"_s, u"X-Api-Key"_s)] = u"api-key"_s;
        f.grpc.put({}, u"G"_s, u"d"_s, "x");
        const auto session = f.session();
        QVERIFY(await(session->open()));
        ConfigClient configs(*session, {});
        NamespaceClient namespaces(*session);
        QVERIFY(await(configs.fetch(Key)));
        const auto headers = f.grpc.seen(wire::ConfigQueryRequest::typeName).first().headers;
        QCOMPARE(headers.value("accessToken"), "given-token"_ba);
        QCOMPARE(headers.value("X-Team"), "shop"_ba);
        QCOMPARE(headers.value("X-Api-Key"), "api-key"_ba);
        f.http.forget();
        QVERIFY(await(namespaces.list()));
        const HttpSeen seen = f.http.seen(List).first();
        QCOMPARE(seen.header("Authorization"), "Bearer given-token"_ba);
        QCOMPARE(seen.header("X-Team"), "shop"_ba);
        QCOMPARE(seen.header("X-Api-Key"), "api-key"_ba);
    }

    void withoutAnyNothingIsSent()
    {
        NacosFixture f;
        f.grpc.put({}, u"G"_s, u"d"_s, "x");
        const auto session = f.session();
        QVERIFY(await(session->open()));
        ConfigClient configs(*session, {});
        QVERIFY(await(configs.fetch(Key)));
        const auto headers = f.grpc.seen(wire::ConfigQueryRequest::typeName).first().headers;
        QVERIFY(headers.isEmpty());
        for (const HttpSeen &request : f.http.seen())
            QVERIFY(request.header("Authorization").isEmpty() && request.header("Spas-AccessKey").isEmpty());
    }

    void anAnonymousAccountIsToldThatALoginIsNeeded()
    {
        NacosFixture f;
        f.http.on("GET", List, NacosFixture::servlet(403, "Code: 401, Message: user not found!."));
        const auto session = f.session();
        const auto opened = await(session->open());
        QVERIFY2(opened && *opened, qPrintable(errorOf(opened)));
        QCOMPARE((*opened)->loginNeeded, std::optional(true));
        QCOMPARE(session->state(), SessionState::Degraded);
        QCOMPARE(session->lastError()->kind, Error::Kind::Auth);
    }

    void aSecretStoreThatFailsIsTold()
    {
        NacosFixture f;
        f.usePassword();
        f.secrets.failure = Error{Error::Kind::Internal, u"keychain locked"_s, 0, false};
        const auto session = f.session();
        const auto opened = await(session->open());
        QVERIFY(opened && !*opened);
        QCOMPARE(opened->error().message, u"keychain locked"_s);
        QVERIFY(f.http.seen(Login).isEmpty());
    }
};

SIGNALBOX_TEST(TstAuth)
#include "tst_auth.moc"
