// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/jsonreader.h"
#include "core/profiles/profile.h"
#include "tests/support/testmain.h"

#include <QFile>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace core::profiles;
using core::Error;

namespace {

QJsonObject golden(const QString &name)
{
    QFile file(QStringLiteral(SIGNALBOX_TEST_DATA "/profiles/") + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("golden file missing");
    return QJsonDocument::fromJson(file.readAll()).object();
}

Profile plain()
{
    Profile profile;
    profile.name = u"Shop"_s;
    profile.servers = {u"http://10.0.0.1:8848"_s};
    return profile;
}

} // namespace

class TstProfile final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void everyMember_survives()
    {
        const QJsonObject full = golden(u"full.json"_s);
        const auto profile = decodeProfile(full);
        QVERIFY2(profile, profile ? "" : qPrintable(profile.error().message));
        QCOMPARE(encode(*profile), full);
        QCOMPARE(profile->auth.user, u"deploy"_s);
        QCOMPARE(profile->headers.at(1).place, Header::Place::SecretStore);
        QCOMPARE(profile->environment, Environment::Staging);
        QCOMPARE(profile->protection, Protection::ReadOnly);
        QCOMPARE(profile->keep, Keep::Facts);
        QCOMPARE(profile->grpcTransport, Profile::GrpcTransport::Tls);
        QCOMPARE(profile->grpcTls.sha256.size(), 32);
        QCOMPARE(profile->proxy.port, 3128);
        QCOMPARE(profile->connectTimeout, std::chrono::seconds(3));
        QVERIFY(profile->extra.contains(u"futureMember"_s));
        QVERIFY(problemsOf(*profile).isEmpty());
    }

    void theLeast_takesDefaults()
    {
        const auto profile = decodeProfile(golden(u"least.json"_s));
        QVERIFY(profile);
        QCOMPARE(profile->contextPath, u"/nacos"_s);
        QCOMPARE(profile->callTimeout, std::chrono::seconds(15));
        QCOMPARE(profile->defaultNamespace, u"public"_s);
        QCOMPARE(profile->auth.kind, Auth::Kind::None);
        QVERIFY(!profile->isProtected());
        const auto valid = validate(*profile);
        QCOMPARE(valid->servers, QStringList{u"http://localhost:8848"_s});
    }

    void rejected_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("pointer");
        const auto row = [](const char *name, const QByteArray &member, const QString &pointer) {
            QTest::newRow(name) << "{\"name\":\"x\"," + member + '}' << pointer;
        };
        QTest::newRow("no name") << "{}"_ba << u"/name: "_s;
        row("kind", "\"kind\":\"zookeeper\"", u"/kind: "_s);
        row("servers", "\"servers\":\"x\"", u"/servers: "_s);
        row("server", "\"servers\":[1]", u"/servers: "_s);
        row("grpcPort", "\"grpcPort\":70000", u"/grpcPort: "_s);
        row("grpcPort text", "\"grpcPort\":\"x\"", u"/grpcPort: "_s);
        row("auth", "\"auth\":7", u"/auth: "_s);
        row("auth kind", "\"auth\":{\"kind\":\"magic\"}", u"/auth/kind: "_s);
        row("headers", "\"headers\":[7]", u"/headers/0: "_s);
        row("header name", "\"headers\":[{\"name\":\"a\"},{\"value\":\"x\"}]", u"/headers/1/name: "_s);
        row("environment", "\"environment\":\"prod\"", u"/environment: "_s);
        row("protection", "\"protection\":true", u"/protection: "_s);
        row("fingerprint", "\"httpTls\":{\"sha256\":\"abc\"}", u"/httpTls/sha256: "_s);
        row("trust", "\"grpcTls\":{\"trust\":\"all\"}", u"/grpcTls/trust: "_s);
        row("grpc", "\"grpc\":\"maybe\"", u"/grpc: "_s);
        row("proxy", "\"proxy\":{\"kind\":\"ftp\"}", u"/proxy/kind: "_s);
        row("timeout", "\"callTimeoutMs\":-1", u"/callTimeoutMs: "_s);
        row("keep", "\"keep\":\"nothing\"", u"/keep: "_s);
    }
    void rejected()
    {
        QFETCH(QByteArray, json);
        QFETCH(QString, pointer);
        const auto profile = decodeProfile(QJsonDocument::fromJson(json).object());
        QVERIFY(!profile);
        QCOMPARE(profile.error().kind, Error::Kind::BadReply);
        QVERIFY2(profile.error().message.startsWith(pointer), qPrintable(profile.error().message));
    }

    void servers_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("normal");
        const auto row = [](const QString &text, const QString &normal) { QTest::newRow(text.toUtf8().constData()) << text << normal; };
        row(u"localhost"_s, u"http://localhost:8848"_s);
        row(u"10.0.0.1:8848"_s, u"http://10.0.0.1:8848"_s);
        row(u" http://Host/ "_s, u"http://host:8848"_s);
        row(u"https://registry.example"_s, u"https://registry.example:443"_s);
        row(u"https://registry.example:8443/nacos/"_s, u"https://registry.example:8443/nacos"_s);
        row(u"[::1]:8848"_s, u"http://[::1]:8848"_s);
        row(u"http://配置.example:1"_s, u"http://xn--vuqr4n.example:1"_s);
    }
    void servers()
    {
        QFETCH(QString, text);
        QFETCH(QString, normal);
        const auto server = parseServer(text);
        QVERIFY2(server, server ? "" : qPrintable(server.error().message));
        if (!text.contains(u"配置"_s)) // the spelling of names in other scripts is Qt's affair
            QCOMPARE(server->toString(QUrl::FullyEncoded), normal);
        QCOMPARE(parseServer(server->toString(QUrl::FullyEncoded)), server);
    }

    void badServers_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text :
             {"", " ", "http://", "ftp://host", "http://user:geheim@host", "user:geheim@host:8848", "http://host:99999", "http://host:0",
              "http://host/?x=1", "http://host/#x", "::1", "host name", "http://ho st", "javascript:alert(1)", "http://[::1"})
            QTest::newRow(text) << QString::fromLatin1(text);
    }
    void badServers()
    {
        QFETCH(QString, text);
        const auto server = parseServer(text);
        QVERIFY(!server);
        QCOMPARE(server.error().kind, Error::Kind::Usage);
        QVERIFY2(!server.error().message.contains(u"geheim"_s), "a password typed into the address is not repeated");
    }

    void problems_standAtTheirField_data()
    {
        QTest::addColumn<Profile>("profile");
        QTest::addColumn<QString>("pointer");
        const auto row = [](const char *name, const QString &pointer, auto change) {
            Profile profile = plain();
            change(profile);
            QTest::newRow(name) << profile << pointer;
        };
        row("name", u"/name"_s, [](Profile &p) { p.name = u"  "_s; });
        row("name with line feed", u"/name"_s, [](Profile &p) { p.name = u"a\nb"_s; });
        row("slug", u"/slug"_s, [](Profile &p) { p.slug = u"Not OK"_s; });
        row("no server", u"/servers"_s, [](Profile &p) { p.servers.clear(); });
        row("bad server", u"/servers/1"_s, [](Profile &p) { p.servers << u"ftp://x"_s; });
        row("console", u"/consoleUrl"_s, [](Profile &p) { p.consoleUrl = u"http://"_s; });
        row("gRPC port", u"/grpcPort"_s, [](Profile &p) { p.grpcPort = 70000; });
        row("context path", u"/contextPath"_s, [](Profile &p) { p.contextPath = u"/a?b"_s; });
        row("user", u"/auth/user"_s, [](Profile &p) { p.auth.kind = Auth::Kind::Password; });
        row("access key", u"/auth/accessKeyId"_s, [](Profile &p) { p.auth.kind = Auth::Kind::AkSk; });
        row("header name", u"/headers/0/name"_s, [](Profile &p) { p.headers = {{u"a b"_s, u"x"_s}}; });
        row("header twice", u"/headers/1/name"_s, [](Profile &p) { p.headers = {{u"X-A"_s, u"1"_s}, {u"x-a"_s, u"2"_s}}; });
        row("header smuggling", u"/headers/0/value"_s, [](Profile &p) { p.headers = {{u"X-A"_s, u"1\r\nX-B: 2"_s}}; });
        row("secret in the file", u"/headers/0/value"_s, [](Profile &p) { p.headers = {{u"Authorization"_s, u"Bearer x"_s}}; });
        row("value beside the store", u"/headers/0/value"_s, [](Profile &p) {
            p.headers = {{u"X-A"_s, u"x"_s, Header::Place::SecretStore}};
        });
        row("colour", u"/colour"_s, [](Profile &p) { p.colour = u"red"_s; });
        row("CA file", u"/httpTls/caFile"_s, [](Profile &p) { p.httpTls.trust = Tls::Trust::CaFile; });
        row("fingerprint", u"/grpcTls/sha256"_s, [](Profile &p) { p.grpcTls.trust = Tls::Trust::Fingerprint; });
        row("key without certificate", u"/grpcTls/certFile"_s, [](Profile &p) { p.grpcTls.keyFile = u"/k"_s; });
        row("certificate without key", u"/httpTls/keyFile"_s, [](Profile &p) { p.httpTls.certFile = u"/c"_s; });
        row("proxy host", u"/proxy/host"_s, [](Profile &p) { p.proxy = {Proxy::Kind::Http, {}, 3128}; });
        row("proxy port", u"/proxy/port"_s, [](Profile &p) { p.proxy = {Proxy::Kind::Socks5, u"proxy"_s, 0}; });
        row("jump host", u"/proxy/host"_s, [](Profile &p) { p.proxy = {Proxy::Kind::Ssh, {}, 0}; });
        row("jump host is an option", u"/proxy/host"_s, [](Profile &p) { p.proxy = {Proxy::Kind::Ssh, u"-oProxyCommand=x"_s, 0}; });
        row("its user is an option", u"/proxy/host"_s, [](Profile &p) { p.proxy = {Proxy::Kind::Ssh, u"-oProxyCommand=x@host"_s, 0}; });
        row("user is all", u"/proxy/host"_s, [](Profile &p) { p.proxy = {Proxy::Kind::Ssh, u"ops@"_s, 0}; });
        row("jump host is a command", u"/proxy/host"_s, [](Profile &p) { p.proxy = {Proxy::Kind::Ssh, u"ops@$(id)"_s, 0}; });
        row("jump host's port", u"/proxy/port"_s, [](Profile &p) { p.proxy = {Proxy::Kind::Ssh, u"host"_s, 70'000}; });
        row("connect timeout", u"/connectTimeoutMs"_s, [](Profile &p) { p.connectTimeout = std::chrono::milliseconds(0); });
        row("call timeout", u"/callTimeoutMs"_s, [](Profile &p) { p.callTimeout = std::chrono::hours(2); });
    }
    void problems_standAtTheirField()
    {
        QFETCH(Profile, profile);
        QFETCH(QString, pointer);
        const auto problems = problemsOf(profile);
        QCOMPARE(problems.size(), 1);
        QCOMPARE(problems.constFirst().pointer, pointer);
        const auto valid = validate(profile);
        QCOMPARE(valid.error().kind, Error::Kind::Usage);
        QVERIFY(valid.error().message.startsWith(pointer + u": "_s));
    }

    void jumpHosts_asPeopleWriteThem_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("host");
        QTest::addColumn<int>("port");
        QTest::newRow("alias") << u"bastion"_s << u"bastion"_s << 0;
        QTest::newRow("user") << u"ops@bastion.example"_s << u"ops@bastion.example"_s << 0;
        QTest::newRow("port") << u"ops@10.0.0.1:2222"_s << u"ops@10.0.0.1"_s << 2222;
        QTest::newRow("IPv6") << u"ops@[fe80::1%eth0]:22"_s << u"ops@fe80::1%eth0"_s << 22;
        QTest::newRow("IPv6 alone") << u"fe80::1"_s << u"fe80::1"_s << 0;
        QTest::newRow("Chinese name") << u"跳板机"_s << u"跳板机"_s << 0;
    }
    void jumpHosts_asPeopleWriteThem()
    {
        QFETCH(QString, text);
        const Proxy proxy = sshProxy(u' ' + text + u' ');
        QCOMPARE(proxy.kind, Proxy::Kind::Ssh);
        QTEST(proxy.host, "host");
        QTEST(proxy.port, "port");
        QCOMPARE(sshProxy(addressOf(proxy)), proxy);
        Profile profile = plain();
        profile.proxy = proxy;
        QCOMPARE(problemsOf(profile), QList<Problem>());
        const auto again = decodeProfile(encode(profile));
        QVERIFY(again);
        QCOMPARE(again->proxy, proxy);
    }

    void jumpHost_withWhatIsNone_isAProblem()
    {
        for (const QString &text : {u"host:port"_s, u"host:0"_s, u"a b"_s, u"ssh://host"_s, u"-x"_s, u"ops:word@host"_s, u"host:22:33"_s}) {
            Profile profile = plain();
            profile.proxy = sshProxy(text);
            QVERIFY2(!problemsOf(profile).isEmpty(), qPrintable(text));
        }
    }

    void severalProblems_areAllTold()
    {
        Profile profile;
        profile.auth.kind = Auth::Kind::Password;
        QCOMPARE(problemsOf(profile).size(), 3);
    }

    void validate_normalises()
    {
        Profile profile = plain();
        profile.name = u"  Shop  "_s;
        profile.servers = {u"Host"_s, u"https://b/registry/"_s};
        profile.consoleUrl = u"console:8080/"_s;
        profile.contextPath = u"nacos/"_s;
        profile.defaultNamespace.clear();
        const auto valid = validate(profile);
        QVERIFY(valid);
        QCOMPARE(valid->name, u"Shop"_s);
        QCOMPARE(valid->servers, (QStringList{u"http://host:8848"_s, u"https://b:443"_s}));
        QCOMPARE(valid->consoleUrl, u"http://console:8080"_s);
        QCOMPARE(valid->defaultNamespace, u"public"_s);
        QCOMPARE(*validate(*valid), *valid);
        profile.servers = {u"host:8848"_s};
        QCOMPARE(validate(profile)->contextPath, u"/nacos"_s);
        profile.contextPath = u"/"_s;
        QCOMPARE(validate(profile)->contextPath, QString());
    }

    void protection()
    {
        Profile profile = plain();
        QVERIFY(!profile.isProtected());
        profile.environment = Environment::Production;
        QVERIFY(profile.isProtected());
        profile.environment = Environment::Development;
        profile.protection = Protection::ReadOnly;
        QVERIFY(profile.isProtected());
    }

    void secretsHaveTheirOwnKeys()
    {
        QCOMPARE(secretKey(u"shop"_s, Secret::Password), u"profile/shop/password"_s);
        QCOMPARE(secretKey(u"shop"_s, Secret::GrpcKeyPassphrase), u"profile/shop/grpc-key-passphrase"_s);
        QCOMPARE(headerSecretKey(u"shop"_s, u"X-Api-Key"_s), u"profile/shop/header/x-api-key"_s);
        Profile profile = plain();
        profile.slug = u"shop"_s;
        profile.headers = {{u"X-Api-Key"_s, {}, Header::Place::SecretStore}};
        const QStringList keys = secretKeys(profile);
        QCOMPARE(keys.size(), 7);
        QCOMPARE(QSet<QString>(keys.begin(), keys.end()).size(), 7);
        for (const QString &name :
             {u"Authorization"_s, u"X-API-Key"_s, u"Cookie"_s, u"X-Auth-Token"_s, u"accessToken"_s, u"X-Internal-Token"_s})
            QVERIFY2(isSecretHeader(name), qPrintable(name));
        for (const QString &name : {u"X-Tenant"_s, u"Accept-Language"_s, u"X-Request-Id"_s})
            QVERIFY2(!isSecretHeader(name), qPrintable(name));
    }

    void words()
    {
        for (const auto kind : {Kind::Nacos, Kind::Aun, Kind::Storage, Kind::S3, Kind::Prefab})
            QCOMPARE(kindFromText(toText(kind)), kind);
        for (const auto environment : {Environment::None, Environment::Development, Environment::Staging, Environment::Production})
            QCOMPARE(environmentFromText(toText(environment)), environment);
        for (const auto auth : {Auth::Kind::None, Auth::Kind::Password, Auth::Kind::AkSk, Auth::Kind::Token, Auth::Kind::ApiKey,
                                Auth::Kind::Jwt, Auth::Kind::Internal})
            QCOMPARE(authFromText(toText(auth)), auth);
        QCOMPARE(keepFromText(u"FACTS"), Keep::Facts);
        QCOMPARE(kindFromText(u"zookeeper"), std::nullopt);
        QCOMPARE(environmentFromText(u""), std::nullopt);
    }
};

SIGNALBOX_TEST(TstProfile)
#include "tst_profile.moc"
