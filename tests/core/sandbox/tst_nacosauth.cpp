// SPDX-License-Identifier: GPL-3.0-or-later
// Login and what is refused without it, on every plane.
#include "tests/core/sandbox/registrybench.h"
#include "tests/support/testmain.h"

using namespace Qt::StringLiterals;
namespace wire = core::nacos::wire;

class TstNacosAuth : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void withoutAuthEverythingIsOpen();
    void refusesWrongPasswordsOddly();
    void nothingWorksWithoutLogin();
    void tokensInEveryPlace();
    void gRpcNeedsTheToken();
    void gRpcTakesOtherCredentials();
    void expiredTokens();
    void makesUpAPassword();
};

namespace {

const QString config = u"/nacos/v3/admin/cs/config"_s;
const tests::Form key{{u"dataId"_s, u"a"_s}, {u"groupName"_s, u"g"_s}};

tests::RegistryBench::Options withLogin()
{
    auto options = tests::RegistryBench::options();
    options.admin = u"nacos"_s;
    options.password = u"sec ret+1"_s;
    return options;
}

tests::Form credentials(const QString &user = u"nacos"_s, const QString &password = u"sec ret+1"_s)
{
    return {{u"username"_s, user}, {u"password"_s, password}};
}

QByteArray login(tests::HttpProbe &http)
{
    return http.post(u"/nacos/v3/auth/user/login"_s, credentials()).json().value("accessToken"_L1).toString().toLatin1();
}

} // namespace

void TstNacosAuth::withoutAuthEverythingIsOpen()
{
    tests::RegistryBench bench;
    tests::HttpProbe http(bench.mainUrl());
    const auto answer = http.post(u"/nacos/v3/auth/user/login"_s, credentials(u"who"_s, u"ever"_s));
    QCOMPARE(answer.json().value("accessToken"_L1).toString(), u"AUTH_DISABLED"_s);
    QCOMPARE(http.get(u"/nacos/v3/admin/core/namespace/list"_s).code(), 0);
    QVERIFY(bench.server->generatedPassword().isEmpty());
}

void TstNacosAuth::refusesWrongPasswordsOddly()
{
    tests::RegistryBench bench(withLogin());
    tests::HttpProbe http(bench.mainUrl()), console(bench.consoleUrl());
    const QString v3 = u"/nacos/v3/auth/user/login"_s, onConsole = u"/v3/auth/user/login"_s;
    const auto good = http.post(v3, credentials());
    QCOMPARE(good.status, 200);
    QVERIFY(!good.json().contains("code"_L1)); // flat
    QCOMPARE(good.json().value("username"_L1).toString(), u"nacos"_s);
    QCOMPARE(good.json().value("tokenTtl"_L1).toInt(), 18000);
    QVERIFY(good.json().value("globalAdmin"_L1).toBool());
    QVERIFY(good.headers.value("authorization").startsWith("Bearer "));
    QCOMPARE(http.post(v3 + u'?' + QString::fromLatin1(tests::HttpProbe::encoded(credentials())), {}).status, 200); // as the SDKs do it

    const auto wrong = http.post(v3, credentials(u"nacos"_s, u"no"_s)), unknown = http.post(v3, credentials(u"who"_s));
    QCOMPARE(wrong.status, 500);
    QCOMPARE(unknown.status, 403);
    QVERIFY(wrong.json().contains("timestamp"_L1) && unknown.json().contains("timestamp"_L1));
    const auto wrongThere = console.post(onConsole, credentials(u"nacos"_s, u"no"_s)),
               unknownThere = console.post(onConsole, credentials(u"who"_s));
    QCOMPARE(wrongThere.status, 403);
    QCOMPARE(unknownThere.status, 500);
    QVERIFY(wrongThere.headers.value("content-type").startsWith("text/plain"));
    QVERIFY(unknownThere.headers.value("content-type").startsWith("text/plain"));
    for (const QString &path : {u"/nacos/v1/auth/login"_s, u"/nacos/v1/auth/users/login"_s}) {
        QCOMPARE(http.post(path, credentials()).status, 200);
        QCOMPARE(http.post(path, credentials(u"nacos"_s, u"no"_s)).status, 500);
        QCOMPARE(http.post(path, credentials(u"who"_s)).status, 500);
    }
    const auto text = console.post(onConsole, {});
    QCOMPARE(text.status, 403);
    QCOMPARE(text.body, "User not found! Please check user exist or password is right!"_ba);
    const auto admin = http.post(u"/nacos/v3/auth/user/admin"_s, {{u"password"_s, u"x"_s}});
    QCOMPARE(admin.status, 200);
    QCOMPARE(admin.code(), 409);
}

void TstNacosAuth::nothingWorksWithoutLogin()
{
    tests::RegistryBench bench(withLogin());
    tests::HttpProbe http(bench.mainUrl()), console(bench.consoleUrl());
    const auto refused = http.get(u"/nacos/v3/admin/core/namespace/list"_s);
    QCOMPARE(refused.status, 403);
    QVERIFY(refused.json().value("message"_L1).toString().startsWith(u"Code: 401"_s));
    QCOMPARE(http.post(config, key + tests::Form{{u"content"_s, u"x"_s}}).status, 403);
    QCOMPARE(http.remove(config, key).status, 403);
    QCOMPARE(http.get(u"/nacos/v3/client/cs/config"_s, key).status, 403);
    QCOMPARE(http.get(u"/nacos/v1/cs/configs"_s, {{u"dataId"_s, u"a"_s}, {u"group"_s, u"g"_s}}).status, 403);
    QCOMPARE(http.post(u"/nacos/v1/cs/configs"_s, {{u"dataId"_s, u"a"_s}, {u"group"_s, u"g"_s}, {u"content"_s, u"x"_s}}).status, 403);
    QCOMPARE(console.get(u"/v3/console/core/namespace/list"_s).status, 403);
    QCOMPARE(console.post(u"/v3/console/cs/config"_s, key + tests::Form{{u"content"_s, u"x"_s}}).status, 403);
    for (const QByteArray &token : {"AUTH_DISABLED"_ba, "x.y.z"_ba, ""_ba}) {
        http.headers.insert("Authorization", "Bearer " + token);
        QCOMPARE(http.get(config, key).status, 403);
    }
    http.headers.clear();
    // Always open.
    QCOMPARE(http.get(u"/nacos/v3/admin/core/state"_s).code(), 0);
    QCOMPARE(http.get(u"/nacos/v3/admin/core/state/readiness"_s).code(), 0);
    QCOMPARE(http.get(u"/nacos/"_s).status, 200);
    QCOMPARE(console.get(u"/v3/console/server/state"_s).status, 200);
    QCOMPARE(console.get(u"/v3/console/health/liveness"_s).status, 200);
}

void TstNacosAuth::tokensInEveryPlace()
{
    tests::RegistryBench bench(withLogin());
    tests::HttpProbe http(bench.mainUrl()), console(bench.consoleUrl());
    const QByteArray token = login(http);
    const QString list = u"/nacos/v3/admin/core/namespace/list"_s;
    QCOMPARE(http.send("GET", list, {}, {{"Authorization", "Bearer " + token}}).code(), 0);
    QCOMPARE(http.send("GET", list, {}, {{"accessToken", token}}).code(), 0);
    QCOMPARE(http.get(list, {{u"accessToken"_s, QString::fromLatin1(token)}}).code(), 0);
    QCOMPARE(http.get(list, credentials()).code(), 0);
    QCOMPARE(http.get(list, credentials(u"nacos"_s, u"no"_s)).status, 403);
    // A parameter overrides the header.
    QCOMPARE(http.send("GET", list + u"?accessToken=bad"_s, {}, {{"Authorization", "Bearer " + token}}).status, 403);
    // One login serves both planes.
    QCOMPARE(console.send("GET", u"/v3/console/core/namespace/list"_s, {}, {{"Authorization", "Bearer " + token}}).code(), 0);
    http.headers.insert("Authorization", "Bearer " + token);
    QVERIFY(http.post(config, key + tests::Form{{u"content"_s, u"x"_s}}).data().toBool());
    QCOMPARE(http.get(config, key).data().toObject().value("createUser"_L1).toString(), u"nacos"_s);
}

void TstNacosAuth::gRpcNeedsTheToken()
{
    tests::RegistryBench bench(withLogin());
    tests::GrpcProbe probe(bench.server->grpcPort());
    tests::HttpProbe http(bench.mainUrl());
    probe.connectStream(); // the connection itself needs no login
    QVERIFY(probe.call(wire::HealthCheckRequest{}).success());
    const auto query = probe.query(u"a"_s), publish = probe.publish(u"a"_s, "x");
    QCOMPARE(query.message.type, "ConfigQueryResponse"_ba); // the typed answer, not an ErrorResponse
    QCOMPARE(query.errorCode(), 403);
    QCOMPARE(query.body().value("resultCode"_L1).toInt(), 500);
    QCOMPARE(publish.errorCode(), 403);
    QCOMPARE(probe.listen({}, u"a"_s, {}).errorCode(), 403);
    probe.headers.insert("accesstoken", login(http)); // another spelling is another header
    QCOMPARE(probe.query(u"a"_s).errorCode(), 403);
    probe.headers.insert("accessToken", login(http));
    QVERIFY(probe.publish(u"a"_s, "x").success());
    QCOMPARE(probe.query(u"a"_s).body().value("content"_L1).toString(), u"x"_s);
}

void TstNacosAuth::gRpcTakesOtherCredentials()
{
    tests::RegistryBench bench(withLogin());
    tests::GrpcProbe probe(bench.server->grpcPort());
    tests::HttpProbe http(bench.mainUrl());
    probe.connectStream();
    probe.headers = {{"Authorization", "Bearer " + login(http)}};
    QCOMPARE(probe.query(u"a"_s).errorCode(), 300);
    probe.headers = {{"username", "nacos"}, {"password", "sec ret+1"}};
    QCOMPARE(probe.query(u"a"_s).errorCode(), 300);
    probe.headers = {{"username", "nacos"}, {"password", "no"}};
    QCOMPARE(probe.query(u"a"_s).errorCode(), 403);
}

void TstNacosAuth::expiredTokens()
{
    auto options = withLogin();
    options.tokenSeconds = 1;
    tests::RegistryBench bench(options);
    tests::HttpProbe http(bench.mainUrl());
    tests::GrpcProbe probe(bench.server->grpcPort());
    probe.connectStream();
    const QByteArray token = login(http);
    http.headers.insert("Authorization", "Bearer " + token);
    probe.headers.insert("accessToken", token);
    QTRY_COMPARE(http.get(config, key).status, 403);
    QVERIFY(http.get(config, key).json().value("message"_L1).toString().contains(u"token expired!"_s));
    QCOMPARE(probe.query(u"a"_s).errorCode(), 403);
}

void TstNacosAuth::makesUpAPassword()
{
    auto options = withLogin();
    options.password.clear();
    tests::RegistryBench bench(options);
    tests::HttpProbe http(bench.mainUrl());
    const QString password = bench.server->generatedPassword();
    QVERIFY(password.size() >= 16);
    QCOMPARE(http.post(u"/nacos/v3/auth/user/login"_s, credentials(u"nacos"_s, password)).status, 200);
    tests::RegistryBench other(options);
    QVERIFY(other.server->generatedPassword() != password);
}

SIGNALBOX_TEST(TstNacosAuth)
#include "tst_nacosauth.moc"
