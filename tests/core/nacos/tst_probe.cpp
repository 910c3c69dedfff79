// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/session/probe.h"

#include "core/nacos/config/configclient.h"
#include "core/nacos/session/sessionprivate.h"
#include "tests/core/nacos/fixture.h"
#include "tests/support/testmain.h"

using namespace Qt::StringLiterals;
using namespace core;
using namespace core::nacos;
using tests::await;
using tests::errorOf;
using tests::FakeHttpServer;
using tests::HttpAnswer;
using tests::HttpSeen;
using tests::NacosFixture;

namespace {

HttpAnswer state(const char *version)
{
    return NacosFixture::result(QJsonObject{{u"version"_s, QLatin1String(version)}, {u"startup_mode"_s, u"cluster"_s}});
}

HttpAnswer flat(const char *version)
{
    return HttpAnswer::json(R"({"version":")" + QByteArray(version) + R"(","standalone_mode":"standalone","function_mode":null})");
}

} // namespace

/// Which server it is, asked step by step and never guessed.
class TstProbe : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void generations_data()
    {
        QTest::addColumn<HttpAnswer>("modern");
        QTest::addColumn<HttpAnswer>("legacy");
        QTest::addColumn<QString>("generation");
        QTest::addColumn<QString>("version");
        const HttpAnswer absent = NacosFixture::servlet(404, "Not Found"), gone = NacosFixture::servlet(410, "gone");
        QTest::newRow("3.0") << state("3.0.2") << gone << u"3.0"_s << u"3.0.2"_s;
        QTest::newRow("3.1") << state("3.1.0-bugfix") << gone << u"3.1"_s << u"3.1.0-bugfix"_s;
        QTest::newRow("3.2") << state("3.2.0-BETA") << absent << u"3.2"_s << u"3.2.0-BETA"_s;
        QTest::newRow("3.3") << state("3.3.0") << absent << u"3.3"_s << u"3.3.0"_s;
        QTest::newRow("the state page is closed") << NacosFixture::servlet(403, "Code: 403, Message: no") << gone << u"3.0"_s << QString();
        QTest::newRow("2.x") << absent << flat("2.4.3") << u"2"_s << u"2.4.3"_s;
        QTest::newRow("1.x") << absent << flat("1.4.6") << u"2"_s << u"1.4.6"_s;
        QTest::newRow("2.x with a catch-all page") << NacosFixture::text("<html>console</html>") << flat("2.1.0") << u"2"_s << u"2.1.0"_s;
    }
    void generations()
    {
        QFETCH(HttpAnswer, modern);
        QFETCH(HttpAnswer, legacy);
        QFETCH(QString, generation);
        QFETCH(QString, version);
        NacosFixture f;
        f.http.on("GET", u"/nacos/v3/admin/core/state"_s, modern);
        f.http.on("GET", u"/nacos/v1/console/server/state"_s, legacy);
        f.http.on("GET", u"/nacos/v1/cs/configs"_s, HttpAnswer::json(R"({"totalCount":0,"pageItems":[]})"));
        const auto session = f.session(Session::Use::OneShot);
        const auto opened = await(session->open());
        QVERIFY2(opened && *opened, qPrintable(errorOf(opened)));
        QCOMPARE(generationName((*opened)->generation), generation);
        QCOMPARE((*opened)->version, version);
        QVERIFY((*opened)->has(generation == "2"_L1 ? Plane::Legacy : Plane::Admin));
        QVERIFY(!(*opened)->has(generation == "2"_L1 ? Plane::Admin : Plane::Legacy));
    }

    void otherSoftwareThatSpeaksIt()
    {
        NacosFixture f;
        f.http.on("GET", u"/nacos/v3/admin/core/state"_s, NacosFixture::servlet(404, "Not Found"));
        f.http.on("GET", u"/nacos/v1/ns/operator/switches"_s, HttpAnswer::json(R"({"name":"R-NACOS"})"));
        const auto session = f.session(Session::Use::OneShot);
        const auto opened = await(session->open());
        QVERIFY2(opened && *opened, qPrintable(errorOf(opened)));
        QCOMPARE((*opened)->version, u"r-nacos"_s);
        QCOMPARE(generationName((*opened)->generation), u"2"_s);
    }

    void otherSoftwareThatRefusesEverything()
    {
        NacosFixture f;
        const HttpAnswer refused = NacosFixture::servlet(403, "unknown user!");
        for (const QString &path :
             {u"/nacos/v3/admin/core/state"_s, u"/nacos/v1/console/server/state"_s, u"/nacos/v1/ns/operator/switches"_s})
            f.http.on("GET", path, refused);
        f.http.on("GET", u"/health"_s, NacosFixture::text("success"));
        const auto session = f.session(Session::Use::OneShot);
        const auto opened = await(session->open());
        QVERIFY2(opened && *opened, qPrintable(errorOf(opened)));
        QCOMPARE((*opened)->version, u"r-nacos"_s);
        QCOMPARE(generationName((*opened)->generation), u"2"_s);
    }

    void sentOnToAnotherAddress_isSaid()
    {
        NacosFixture f;
        f.console.stop();
        f.grpc.stop();
        const auto elsewhere = [](const HttpSeen &seen) {
            return HttpAnswer::redirect("https://nacos.example:8443" + seen.path().toUtf8(), 307);
        };
        f.http.on("GET", u"/nacos/v3/admin/core/state"_s, elsewhere);
        f.http.otherwise(elsewhere);
        const auto session = f.session(Session::Use::OneShot);
        const auto opened = await(session->open());
        QVERIFY(opened && !*opened);
        QCOMPARE(opened->error().kind, Error::Kind::BadReply);
        QCOMPARE(opened->error().code, 307);
        QVERIFY2(opened->error().message.contains("sends on to https://nacos.example:8443/nacos "_L1), qPrintable(opened->error().message));
    }

    void theContextPathIsFound()
    {
        NacosFixture f;
        f.http.on("GET", u"/nacos/v3/admin/core/state"_s, NacosFixture::servlet(404, "Not Found"));
        f.http.on("GET", u"/v3/admin/core/state"_s, state("3.1.0"));
        f.http.on("GET", u"/v3/admin/core/namespace/list"_s, NacosFixture::result(QJsonArray()));
        const auto session = f.session(Session::Use::OneShot);
        const auto opened = await(session->open());
        QVERIFY2(opened && *opened, qPrintable(errorOf(opened)));
        NamespaceClient namespaces(*session);
        QVERIFY(*await(namespaces.list()));
        QVERIFY(!f.http.seen(u"/v3/admin/core/namespace/list"_s).isEmpty());
    }

    void theConsoleIsFoundByTheTip()
    {
        NacosFixture f;
        f.profile.consoleUrl.clear(); // guessed at 8080, where nobody is, or somebody else
        f.http.on("GET", u"/nacos/"_s,
                  NacosFixture::text("Nacos Console default port is " + QByteArray::number(f.console.port()) + ", and the path is /."));
        const auto session = f.session();
        QVERIFY(await(session->open()));
        QTRY_VERIFY_WITH_TIMEOUT(
            session->capabilities().has(Plane::Console) || !session->capabilities().planes.value(Plane::Console).problem.isEmpty(), 20000);
        QTRY_VERIFY_WITH_TIMEOUT(session->capabilities().has(Plane::Console), 20000);
        QVERIFY(session->capabilities().planes.value(Plane::Console).url.contains(QString::number(f.console.port())));
    }

    /// What answers at the usual port may be anybody's: it is told, and neither password nor token nor content goes there.
    void whatOnlyAnswersAtTheUsualPortIsNotUsed_data()
    {
        QTest::addColumn<QString>("version"); // of the console that the server's tip names; empty: it names none
        QTest::addColumn<bool>("used");
        QTest::newRow("not named") << QString() << false;
        QTest::newRow("named") << u"3.1.0"_s << true;
        QTest::newRow("another registry at the port it names") << u"3.0.2"_s << false;
    }
    void whatOnlyAnswersAtTheUsualPortIsNotUsed()
    {
        QFETCH(QString, version);
        QFETCH(bool, used);
        NacosFixture f;
        net::HttpClient client{net::HttpSettings()};
        Probe::Settings settings;
        f.profile.consoleUrl.clear();
        settings.servers = *serversOf(f.profile);
        settings.consoles = {f.console.url()};
        Probe probe(client, settings);
        if (!version.isEmpty()) {
            f.http.on("GET", u"/nacos/"_s,
                      NacosFixture::text("Nacos Console default port is " + QByteArray::number(f.console.port()) + ", and the path is /."));
            f.console.on("GET", u"/v3/console/server/state"_s, flat(version.toLatin1().constData()));
        }
        const auto main = await(probe.main());
        QVERIFY2(main && *main, qPrintable(errorOf(main)));
        const auto console = await(probe.console(**main));
        QVERIFY(console && *console);
        QCOMPARE((*console)->state.reachable, used);
        QCOMPARE((*console)->state.problem.contains(u"unless the connection names it"_s), !used);
        // Nor when the server is away.
        const auto alone = await(probe.console(std::nullopt));
        QVERIFY(alone && *alone && !(*alone)->state.reachable);
        QVERIFY((*alone)->state.problem.contains(u"does not name it"_s));
        // Named by the person it is the console, whatever it says.
        settings.consolesAre = Probe::Settings::Consoles::Named;
        Probe named(client, settings);
        const auto told = await(named.console(std::nullopt));
        QVERIFY(told && *told && (*told)->state.reachable);
    }

    void onlyTheConsoleIsThere()
    {
        NacosFixture f;
        f.usePassword();
        f.http.stop();
        f.grpc.stop();
        f.console.on("POST", u"/v3/auth/user/login"_s,
                     HttpAnswer::json(R"({"accessToken":"console-token","tokenTtl":18000,"globalAdmin":false})"));
        f.console.on("GET", u"/v3/console/cs/config/list"_s,
                     NacosFixture::result(QJsonObject{{u"totalCount"_s, 0}, {u"pageItems"_s, QJsonArray()}}));
        const auto session = f.session();
        const auto opened = await(session->open(), std::chrono::seconds(30));
        QVERIFY2(opened && *opened, qPrintable(errorOf(opened)));
        QVERIFY(session->capabilities().has(Plane::Console) && !session->capabilities().has(Plane::Admin));
        QCOMPARE(session->capabilities().version, u"3.1.0"_s);
        ConfigClient configs(*session, {});
        ConfigQuery query;
        const auto listed = await(configs.list(query));
        QVERIFY2(listed.end && *listed.end, qPrintable(errorOf(listed.end)));
        QCOMPARE(f.console.seen(u"/v3/console/cs/config/list"_s).first().header("Authorization"), "Bearer console-token"_ba);
    }

    /// The two ports refuse a password differently, both in words of their own.
    void wrongPasswordsOnTheConsolePort_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("wrong password") << 403 << "caused: user password error"_ba;
        QTest::newRow("unknown user") << 500 << "caused: User nobody not found"_ba;
    }
    void wrongPasswordsOnTheConsolePort()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        NacosFixture f;
        f.usePassword();
        f.http.stop();
        f.grpc.stop();
        f.console.on("POST", u"/v3/auth/user/login"_s, NacosFixture::text(body, status));
        const auto session = f.session();
        const auto opened = await(session->open(), std::chrono::seconds(30));
        QVERIFY(opened && !*opened);
        QCOMPARE(opened->error().kind, Error::Kind::Auth);
        QVERIFY(opened->error().message.contains(QString::fromLatin1(body.mid(8))));
        QCOMPARE(session->state(), SessionState::Refused);
    }

    /// An administrator made a moment ago is refused for up to 15 s: the cache of real servers.
    void aNewAdministratorIsWaitedFor()
    {
        NacosFixture f;
        f.usePassword();
        const auto first = std::make_shared<bool>(true);
        const auto logins = std::make_shared<int>(0);
        f.http.on("GET", u"/nacos/v3/admin/core/state"_s, [first](const HttpSeen &) {
            return NacosFixture::result(
                QJsonObject{{u"version"_s, u"3.1.0"_s}, {u"auth_admin_request"_s, *first ? u"true"_s : u"false"_s}});
        });
        f.console.stop();
        f.http.on("POST", u"/nacos/v3/auth/user/login"_s, [logins, first](const HttpSeen &) {
            ++*logins;
            if (*first || *logins < 4)
                return NacosFixture::servlet(403, "caused: unknown user");
            return HttpAnswer::json(R"({"accessToken":"t","tokenTtl":18000,"globalAdmin":true})");
        });
        const auto session = f.session(Session::Use::OneShot);
        auto opened = await(session->open());
        QVERIFY(opened && !*opened);
        QVERIFY(session->capabilities().needsFirstAdmin);
        *first = false; // somebody set the first password
        opened = await(session->open(), std::chrono::seconds(30));
        QVERIFY2(opened && *opened, qPrintable(errorOf(opened)));
        QVERIFY(*logins >= 4);
    }

    void failoverFindsTheOneThatAnswers()
    {
        NacosFixture f;
        FakeHttpServer closed, hanging;
        HttpAnswer hang;
        hang.fault = HttpAnswer::Fault::Hang;
        hanging.otherwise([hang](const HttpSeen &) { return hang; });
        closed.stop();
        f.profile.callTimeout = std::chrono::milliseconds(1500);
        f.profile.servers = {closed.url().toString(), hanging.url().toString(), f.http.url().toString()};
        const auto session = f.session(Session::Use::OneShot);
        const auto opened = await(session->open(), std::chrono::seconds(30));
        QVERIFY2(opened && *opened, qPrintable(errorOf(opened)));
        NamespaceClient namespaces(*session);
        QVERIFY(*await(namespaces.list()));
        QVERIFY(hanging.seen(u"/nacos/v3/admin/core/namespace/list"_s).isEmpty()); // it stays with the one that works
    }

    void badAddressesAreToldBeforeAnythingIsSent()
    {
        NacosFixture f;
        for (const QStringList &servers : {QStringList(), QStringList{u"http://user:pass@host"_s}, QStringList{u"not an address"_s}}) {
            f.profile.servers = servers;
            const auto session = f.session();
            const auto opened = await(session->open());
            QVERIFY(opened && !*opened);
            QCOMPARE(opened->error().kind, Error::Kind::Usage);
            QVERIFY(!opened->error().message.contains(u"pass@"_s));
        }
        QVERIFY(f.http.seen().isEmpty());
    }
};

SIGNALBOX_TEST(TstProbe)
#include "tst_probe.moc"
