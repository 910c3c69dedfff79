// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/session/session.h"

#include "core/nacos/session/sessionprivate.h"
#include "tests/core/nacos/flowplace.h"
#include "tests/support/fakessh.h"
#include "tests/support/testmain.h"

using namespace Qt::StringLiterals;
using namespace core;
using namespace core::nacos;
using tests::await;
using tests::errorOf;
using tests::HttpAnswer;
using tests::HttpSeen;
using tests::NacosFixture;

class TstSession : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void opensOnEveryPlane()
    {
        NacosFixture f;
        const auto session = f.session();
        const auto opened = await(session->open());
        QVERIFY2(opened && *opened, qPrintable(errorOf(opened)));
        QCOMPARE(session->state(), SessionState::Live);
        const Capabilities &caps = session->capabilities();
        QCOMPARE(caps.generation, Generation::V3_1);
        QCOMPARE(caps.version, u"3.1.0"_s);
        QVERIFY(caps.has(Plane::Admin));
        QVERIFY(caps.has(Plane::Grpc));
        QVERIFY(caps.fuzzyWatch());
        QTRY_VERIFY(caps.has(Plane::Console));
        QCOMPARE(caps.loginNeeded, std::optional(false));
        QCOMPARE(caps.summary(), u"Nacos 3.1.0 (admin, console, gRPC)"_s);
    }

    void withoutGrpcItIsDegraded()
    {
        NacosFixture f;
        f.grpc.stop();
        const auto session = f.session();
        const auto opened = await(session->open());
        QVERIFY2(opened && *opened, qPrintable(errorOf(opened)));
        QCOMPARE(session->state(), SessionState::Degraded);
        QVERIFY(session->lastError());
        QVERIFY(!session->capabilities().has(Plane::Grpc));
        // It comes up by itself as soon as the server does.
        f.grpc.resume();
        QTRY_COMPARE_WITH_TIMEOUT(session->state(), SessionState::Live, 10000);
    }

    void nothingAnswers()
    {
        NacosFixture f;
        f.http.stop();
        f.console.stop();
        f.grpc.stop();
        const auto session = f.session();
        const auto opened = await(session->open());
        QVERIFY(opened && !*opened);
        QCOMPARE(opened->error().kind, Error::Kind::Network);
        QCOMPARE(session->state(), SessionState::Reconnecting);
        f.http.resume();
        f.console.resume();
        f.grpc.resume();
        QTRY_COMPARE_WITH_TIMEOUT(session->state(), SessionState::Live, 15000);
    }

    void aServerThatNeverAnswers()
    {
        NacosFixture f;
        f.profile.callTimeout = std::chrono::milliseconds(300);
        HttpAnswer hang;
        hang.fault = HttpAnswer::Fault::Hang;
        f.http.otherwise([hang](const HttpSeen &) { return hang; });
        f.http.on("GET", u"/nacos/v3/admin/core/state"_s, hang);
        f.console.on("GET", u"/v3/console/server/state"_s, hang);
        f.grpc.stop();
        const auto session = f.session();
        const auto opened = await(session->open());
        QVERIFY(opened && !*opened);
        QCOMPARE(opened->error().kind, Error::Kind::Timeout);
    }

    void notARegistry()
    {
        NacosFixture f;
        f.grpc.stop();
        f.console.stop();
        f.http.on("GET", u"/nacos/v3/admin/core/state"_s, NacosFixture::text("<html>hello</html>", 200));
        const auto session = f.session();
        const auto opened = await(session->open());
        QVERIFY(opened && !*opened);
        QCOMPARE(opened->error().kind, Error::Kind::Unsupported);
    }

    void logsInAndSendsTheToken()
    {
        NacosFixture f;
        f.usePassword();
        f.serveLogin();
        f.grpc.requireToken("token-one");
        f.grpc.put({}, u"g"_s, u"d"_s, "x");
        const auto session = f.session();
        const auto opened = await(session->open());
        QVERIFY2(opened && *opened, qPrintable(errorOf(opened)));
        QCOMPARE((*opened)->globalAdmin, std::optional(true));
        const auto login = f.http.seen(u"/nacos/v3/auth/user/login"_s);
        QCOMPARE(login.size(), 1);
        QVERIFY(!login.first().target.contains('?')); // credentials stay out of access logs
        ConfigClient configs(*session, {});
        const auto content = await(configs.fetch({u"public"_s, u"g"_s, u"d"_s}));
        QVERIFY2(content && *content, qPrintable(errorOf(content)));
        QCOMPARE((**content)->content, "x"_ba);
    }

    void wrongPasswordIsRefused_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("8848: wrong password")
            << 500 << R"({"status":500,"error":"Internal Server Error","message":"caused: password error","path":"/x"})"_ba;
        QTest::newRow("8848: unknown user") << 403 << R"({"status":403,"error":"Forbidden","message":"unknown user","path":"/x"})"_ba;
        QTest::newRow("8080: plain text") << 403 << "unknown user!"_ba;
        QTest::newRow("8080: plain text, 500") << 500 << "caused: user not found"_ba;
        QTest::newRow("nothing at all") << 403 << QByteArray();
    }
    void wrongPasswordIsRefused()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        NacosFixture f;
        f.usePassword(u"wrong-password"_s);
        f.http.on("POST", u"/nacos/v3/auth/user/login"_s, HttpAnswer::json(body, status));
        const auto session = f.session();
        const auto opened = await(session->open());
        QVERIFY(opened && !*opened);
        QCOMPARE(opened->error().kind, Error::Kind::Auth);
        QVERIFY(!opened->error().message.contains(u"wrong-password"_s));
        QCOMPARE(session->state(), SessionState::Refused);
    }

    void noPasswordKept()
    {
        NacosFixture f;
        f.usePassword();
        f.secrets.secrets.clear();
        const auto session = f.session();
        const auto opened = await(session->open());
        QVERIFY(opened && !*opened);
        QCOMPARE(opened->error().kind, Error::Kind::Auth);
        QVERIFY(f.http.seen(u"/nacos/v3/auth/user/login"_s).isEmpty());
    }

    void oldLoginPathsAreTried()
    {
        NacosFixture f;
        f.usePassword();
        f.http.on("POST", u"/nacos/v3/auth/user/login"_s, NacosFixture::servlet(404, "Not Found"));
        f.http.on("POST", u"/nacos/v1/auth/login"_s, NacosFixture::servlet(410, "gone"));
        f.http.on("POST", u"/nacos/v1/auth/users/login"_s,
                  HttpAnswer::json(R"({"accessToken":"t0ken","tokenTtl":18000,"globalAdmin":false})"));
        const auto session = f.session();
        const auto opened = await(session->open());
        QVERIFY2(opened && *opened, qPrintable(errorOf(opened)));
        QCOMPARE(session->d().auth.token(), "t0ken"_ba);
    }

    void forbiddenIsToldFromNotLoggedIn()
    {
        NacosFixture f;
        f.usePassword();
        f.serveLogin();
        const auto session = f.session();
        QVERIFY(await(session->open()));
        QTRY_VERIFY(session->capabilities().has(Plane::Console));
        NamespaceClient namespaces(*session);
        f.http.on("GET", u"/nacos/v3/admin/core/namespace/list"_s,
                  NacosFixture::servlet(403, "Code: 403, Message: authorization failed!."));
        f.console.on("GET", u"/v3/console/core/namespace/list"_s, NacosFixture::servlet(403, "Code: 403, Message: authorization failed!."));
        auto list = await(namespaces.list());
        QVERIFY(list && !*list);
        QCOMPARE(list->error().kind, Error::Kind::Forbidden);
        QCOMPARE(f.http.seen(u"/nacos/v3/auth/user/login"_s).size(), 1); // no login for what it cannot help
        f.http.on("GET", u"/nacos/v3/admin/core/namespace/list"_s, NacosFixture::servlet(403, "Code: 401, Message: token invalid!"));
        list = await(namespaces.list());
        QVERIFY(list && !*list);
        QCOMPARE(list->error().kind, Error::Kind::Auth);
    }

    void theConsoleIsUsedAndRecordedWhereOnlyItAnswers()
    {
        NacosFixture f;
        f.usePassword();
        f.serveLogin();
        const auto session = f.session();
        QVERIFY(await(session->open()));
        NamespaceClient namespaces(*session);
        f.http.on("GET", u"/nacos/v3/admin/core/namespace/list"_s,
                  NacosFixture::servlet(403, "Code: 403, Message: authorization failed!."));
        f.console.on(
            "GET", u"/v3/console/core/namespace/list"_s,
            NacosFixture::result(QJsonArray{QJsonObject{{u"namespace"_s, u"dev"_s}, {u"namespaceShowName"_s, u"Dev"_s}, {u"type"_s, 2}}}));
        const auto list = await(namespaces.list());
        QVERIFY2(list && *list, qPrintable(errorOf(list)));
        QCOMPARE((*list)->first().name, u"Dev"_s);
        QCOMPARE(session->capabilities().detours.value(requestkind::NamespaceRead), Plane::Console);
        f.http.forget();
        QVERIFY(await(namespaces.list()));
        QVERIFY(f.http.seen(u"/nacos/v3/admin/core/namespace/list"_s).isEmpty());
        QCOMPARE(f.console.seen(u"/v3/console/core/namespace/list"_s).last().header("Authorization"), "Bearer token-one"_ba);
    }

    void aRedirectElsewhereLeaksNothing()
    {
        NacosFixture f;
        tests::FakeHttpServer elsewhere;
        f.usePassword();
        f.serveLogin();
        const auto session = f.session();
        QVERIFY(await(session->open()));
        f.http.on("GET", u"/nacos/v3/admin/core/namespace/list"_s, HttpAnswer::redirect(elsewhere.url(u"/steal"_s).toEncoded()));
        NamespaceClient namespaces(*session);
        const auto list = await(namespaces.list());
        QVERIFY(list && !*list);
        QCOMPARE(list->error().kind, Error::Kind::BadReply);
        QCOMPARE(elsewhere.connections(), 0);
    }

    void aRestartIsSurvived()
    {
        NacosFixture f;
        const auto session = f.session();
        QVERIFY(await(session->open()));
        QCOMPARE(session->state(), SessionState::Live);
        QSignalSpy resynced(session.get(), &Session::resynced);
        // It may be back before anybody looks.
        QList<SessionState> states;
        connect(session.get(), &Session::stateChanged, this, [&states](SessionState state) { states.append(state); });
        f.grpc.endStreams(tests::FakeNacosGrpc::End::Clean);
        QTRY_COMPARE(resynced.count(), 1);
        QTRY_COMPARE(session->state(), SessionState::Live);
        QVERIFY(states.contains(SessionState::Reconnecting));
        QCOMPARE(f.grpc.setups(), 2);
    }

    void anUnknownConnectionIsRenewed()
    {
        NacosFixture f;
        f.grpc.put({}, u"g"_s, u"d"_s, "x");
        const auto session = f.session();
        QVERIFY(await(session->open()));
        ConfigClient configs(*session, {});
        f.grpc.forgetConnections();
        const auto content = await(configs.fetch({u"public"_s, u"g"_s, u"d"_s}));
        QVERIFY2(content && *content && **content, qPrintable(errorOf(content)));
        QCOMPARE(f.grpc.setups(), 2);
    }

    void closesAndOpensAgain()
    {
        NacosFixture f;
        const auto session = f.session();
        QVERIFY(await(session->open()));
        NamespaceClient namespaces(*session);
        HttpAnswer slow = NacosFixture::result(QJsonArray());
        slow.delay = std::chrono::seconds(5);
        f.http.on("GET", u"/nacos/v3/admin/core/namespace/list"_s, slow);
        auto *pending = namespaces.list();
        session->close();
        QCOMPARE(session->state(), SessionState::Closed);
        const auto answer = await(pending);
        QVERIFY(answer && !*answer);
        QCOMPARE(answer->error().kind, Error::Kind::Cancelled);
        f.speak("3.1.0");
        const auto opened = await(session->open());
        QVERIFY2(opened && *opened, qPrintable(errorOf(opened)));
        QCOMPARE(session->state(), SessionState::Live);
    }

    void anotherServerTakesOver()
    {
        NacosFixture f;
        tests::FakeHttpServer second;
        second.on("GET", u"/nacos/v3/admin/core/state"_s, NacosFixture::result(QJsonObject{{u"version"_s, u"3.1.0"_s}}));
        second.on("GET", u"/nacos/v3/admin/core/namespace/list"_s, NacosFixture::result(QJsonArray()));
        f.profile.servers = {f.http.url().toString(), second.url().toString()};
        const auto session = f.session();
        QVERIFY(await(session->open()));
        f.http.stop();
        NamespaceClient namespaces(*session);
        const auto list = await(namespaces.list());
        QVERIFY2(list && *list, qPrintable(errorOf(list)));
        QVERIFY(!second.seen(u"/nacos/v3/admin/core/namespace/list"_s).isEmpty());
    }

    void aOneShotSessionAsksOnlyWhatItMust()
    {
        NacosFixture f;
        const auto first = f.session(Session::Use::OneShot);
        const auto opened = await(first->open());
        QVERIFY2(opened && *opened, qPrintable(errorOf(opened)));
        QCOMPARE(f.grpc.setups(), 0);
        QCOMPARE(f.http.seen().size(), 1);
        f.profile.extra.insert(QLatin1String(RememberedProbe), encode(**opened));
        f.http.forget();
        const auto second = f.session(Session::Use::OneShot);
        QVERIFY(await(second->open()));
        NamespaceClient namespaces(*second);
        const auto list = await(namespaces.list());
        QVERIFY2(list && *list, qPrintable(errorOf(list)));
        QCOMPARE(f.http.seen().size(), 1);
    }

    void whatWasRememberedIsDoubtedWhenItFails()
    {
        NacosFixture f;
        f.profile.contextPath = u"/other"_s;
        Capabilities caps;
        caps.generation = Generation::V3_1;
        caps.planes.insert(Plane::Admin, {true, f.http.url(u"/moved"_s).toString(), {}, {}, -1});
        f.profile.extra.insert(QLatin1String(RememberedProbe), encode(caps));
        f.profile.contextPath = u"/nacos"_s;
        const auto session = f.session(Session::Use::OneShot);
        QVERIFY(await(session->open()));
        NamespaceClient namespaces(*session);
        const auto list = await(namespaces.list());
        QVERIFY2(list && *list, qPrintable(errorOf(list)));
        QVERIFY(!session->d().remembered);
    }

    /// Whichever of several requests on what was remembered fails first, or last: all of them are asked again.
    void severalDoubtWhatWasRemembered()
    {
        NacosFixture f;
        Capabilities caps;
        caps.generation = Generation::V3_1;
        caps.planes.insert(Plane::Admin, {true, f.http.url(u"/moved"_s).toString(), {}, {}, -1});
        f.profile.extra.insert(QLatin1String(RememberedProbe), encode(caps));
        // One fails when all is known again.
        HttpAnswer late = NacosFixture::servlet(404, "Not Found");
        late.delay = std::chrono::milliseconds(1500);
        f.http.on("GET", u"/moved/v3/admin/core/namespace"_s, late);
        f.http.on("GET", u"/nacos/v3/admin/core/namespace"_s,
                  NacosFixture::result(QJsonObject{{u"namespace"_s, u"dev"_s}, {u"namespaceShowName"_s, u"Dev"_s}}));
        const auto session = f.session(Session::Use::OneShot);
        QVERIFY(await(session->open()));
        NamespaceClient namespaces(*session);
        int good = 0, bad = 0;
        const auto count = [&](const auto &result) { result ? ++good : ++bad; };
        namespaces.get(u"dev"_s)->then(this, count);
        for (int i = 0; i < 4; ++i)
            namespaces.list()->then(this, count);
        QTRY_COMPARE_WITH_TIMEOUT(good + bad, 5, 20000);
        QCOMPARE(bad, 0);
        QCOMPARE(f.http.seen(u"/nacos/v3/admin/core/state"_s).size(), 1);
    }

    /// The question for the console is lost when what was remembered is doubted; who waited for it is not.
    void theConsoleIsAskedAgainAfterADoubt()
    {
        NacosFixture f;
        const auto first = f.session(Session::Use::OneShot);
        const auto opened = await(first->open());
        QVERIFY2(opened && *opened, qPrintable(errorOf(opened)));
        f.profile.extra.insert(QLatin1String(RememberedProbe), encode(**opened));
        f.http.on("GET", u"/nacos/v3/admin/core/namespace/list"_s, NacosFixture::servlet(403, "Code: 403, Message: no"));
        f.http.on("GET", u"/nacos/v3/admin/core/namespace"_s, NacosFixture::servlet(404, "Not Found"));
        f.console.on("GET", u"/v3/console/core/namespace/list"_s, NacosFixture::result(QJsonArray()));
        const auto asked = std::make_shared<int>(0);
        f.console.on("GET", u"/v3/console/server/state"_s, [asked](const HttpSeen &) {
            HttpAnswer answer = HttpAnswer::json(R"({"version":"3.1.0","startup_mode":"standalone"})");
            if (++*asked == 1)
                answer.fault = HttpAnswer::Fault::Hang;
            return answer;
        });
        f.console.forget();
        const auto session = f.session(Session::Use::OneShot);
        QVERIFY(await(session->open()));
        NamespaceClient namespaces(*session);
        std::optional<Result<QList<NamespaceInfo>>> list;
        namespaces.list()->then(this, [&list](const Result<QList<NamespaceInfo>> &result) { list = result; });
        QTRY_COMPARE(*asked, 1);
        namespaces.get(u"dev"_s);
        QTRY_VERIFY_WITH_TIMEOUT(list, 20000);
        QVERIFY2(*list, qPrintable(errorOf(list)));
        QCOMPARE(*asked, 2);
    }

    void anOpeningOnWhatWasRememberedEnds_data()
    {
        QTest::addColumn<HttpAnswer>("answer");
        const auto broken = [](HttpAnswer::Fault fault) {
            HttpAnswer answer = NacosFixture::text("sorry", 500);
            answer.fault = fault;
            return answer;
        };
        QTest::newRow("error") << NacosFixture::servlet(500, "no");
        QTest::newRow("drop") << broken(HttpAnswer::Fault::Drop);
        QTest::newRow("truncate") << broken(HttpAnswer::Fault::Truncate);
        QTest::newRow("garbage") << NacosFixture::text("<html>", 200);
        QTest::newRow("gone") << NacosFixture::text("", 404);
    }
    /// The login fails, what was remembered is doubted, and the probe fails, too: all of that has an end.
    void anOpeningOnWhatWasRememberedEnds()
    {
        QFETCH(HttpAnswer, answer);
        NacosFixture f;
        f.usePassword();
        f.serveLogin();
        f.grpc.stop();
        {
            const auto first = f.session(Session::Use::OneShot);
            const auto opened = await(first->open());
            QVERIFY2(opened && *opened, qPrintable(errorOf(opened)));
            f.profile.extra.insert(QLatin1String(RememberedProbe), encode(**opened));
        }
        f.http.on("POST", u"/nacos/v3/auth/user/login"_s, answer);
        f.http.on("GET", u"/nacos/v3/admin/core/state"_s, answer);
        f.http.otherwise([answer](const HttpSeen &) { return answer; });
        f.console.stop();
        const auto session = f.session(Session::Use::OneShot);
        const auto opened = await(session->open());
        QVERIFY(opened && !*opened);
        QCOMPARE(session->state(), SessionState::Refused);
    }

    /// Each request alone is fast enough; all of them together are not.
    void oneBudgetForEverything()
    {
        NacosFixture f;
        f.usePassword();
        const auto slow = [](HttpAnswer answer) {
            answer.delay = std::chrono::milliseconds(400);
            return answer;
        };
        f.http.on("GET", u"/nacos/v3/admin/core/state"_s, slow(NacosFixture::result(QJsonObject{{u"version"_s, u"3.1.0"_s}})));
        f.http.on("POST", u"/nacos/v3/auth/user/login"_s, slow(HttpAnswer::json(R"({"accessToken":"t","tokenTtl":18000})")));
        f.http.on("GET", u"/nacos/v3/admin/core/namespace/list"_s, slow(NacosFixture::result(QJsonArray())));
        const auto budget = std::make_shared<net::Budget>(std::chrono::milliseconds(1000));
        auto collaborators = f.collaborators();
        collaborators.budget = budget;
        Session session(f.profile, collaborators, Session::Use::OneShot);
        NamespaceClient namespaces(session);
        session.open();
        const auto list = await(namespaces.list());
        QVERIFY(list && !*list);
        QCOMPARE(list->error().kind, Error::Kind::Timeout);
        // Nothing more is even sent.
        const auto again = await(namespaces.get(u"dev"_s));
        QVERIFY(again && !*again);
        QCOMPARE(again->error().kind, Error::Kind::Timeout);
        QVERIFY(std::ranges::none_of(f.http.seen(), [](const HttpSeen &seen) { return seen.path() == u"/nacos/v3/admin/core/namespace"; }));
        budget->lift();
        QVERIFY(await(session.open()));
        const auto late = await(namespaces.list());
        QVERIFY2(late && *late, qPrintable(errorOf(late)));
    }

    void identityIsServerAndAccount()
    {
        NacosFixture f;
        const QByteArray one = f.session()->identity();
        f.profile.slug = u"renamed"_s;
        QCOMPARE(f.session()->identity(), one);
        f.usePassword();
        QVERIFY(f.session()->identity() != one);
    }

    void destroyedWhileOpening()
    {
        NacosFixture f;
        for (int i = 0; i < 20; ++i) {
            auto session = f.session();
            QObject context;
            bool called = false;
            session->open()->then(&context, [&called](const Result<Capabilities> &) { called = true; });
            for (int step = 0; step < i; ++step)
                QCoreApplication::processEvents(QEventLoop::AllEvents, 1);
            session.reset();
            QTRY_VERIFY(called);
        }
        QTRY_COMPARE(f.runtime.liveCalls(), 0);
    }

    /// It accepts, and says nothing: the next one is asked long before the time for a request is over.
    void serverThatGoesSilent_isLeftForTheNext()
    {
        const QString list = u"/nacos/v3/admin/core/namespace/list"_s;
        tests::FakeHttpServer other;
        tests::Place p;
        p.f.profile.servers.append(other.url().toString());
        p.f.profile.callTimeout = std::chrono::minutes(30);
        other.on("GET", list, NacosFixture::result(QJsonArray{QJsonObject{{u"namespace"_s, u"dev"_s}, {u"type"_s, 2}}}));
        QVERIFY(p.open());
        HttpAnswer silence;
        silence.fault = HttpAnswer::Fault::Hang;
        p.f.http.on("GET", list, silence);
        p.f.http.on("GET", u"/nacos/v3/admin/core/state"_s, silence);
        const auto spaces = await(p.registry->namespaces().list(), std::chrono::seconds(60));
        QVERIFY2(spaces && *spaces, qPrintable(errorOf(spaces)));
        QCOMPARE(other.seen(list).size(), 1);
        // Whoever comes next begins there.
        const auto asked = p.f.http.seen(list).size();
        QVERIFY(*await(p.registry->namespaces().list(), std::chrono::seconds(60)));
        QCOMPARE(p.f.http.seen(list).size(), asked);
        QCOMPARE(other.seen(list).size(), 2);
    }

    /// What takes long is waited for while the server answers others: the next one would take as long.
    void serverThatIsOnlySlow_isWaitedFor()
    {
        const QString list = u"/nacos/v3/admin/core/namespace/list"_s;
        tests::FakeHttpServer other;
        tests::Place p;
        p.f.profile.servers.append(other.url().toString());
        p.f.profile.callTimeout = std::chrono::minutes(30);
        other.on("GET", list, NacosFixture::result(QJsonArray()));
        QVERIFY(p.open());
        HttpAnswer slow = NacosFixture::result(QJsonArray{QJsonObject{{u"namespace"_s, u"dev"_s}, {u"type"_s, 2}}});
        slow.delay = std::chrono::seconds(8);
        p.f.http.on("GET", list, slow);
        const auto asked = p.f.http.seen(list).size();
        const auto spaces = await(p.registry->namespaces().list(), std::chrono::seconds(60));
        QVERIFY2(spaces && *spaces, qPrintable(errorOf(spaces)));
        QCOMPARE(p.f.http.seen(list).size(), asked + 1);
        QVERIFY(other.seen(list).isEmpty());
    }

    // ---- Through a jump host -----------------------------------------------------------------------------------------------------

    void loginAtTheJumpHost_maySurpassTheTimeForAConnection_data()
    {
        QTest::addColumn<bool>("oneShot");
        QTest::newRow("window") << false;
        QTest::newRow("command line") << true;
    }
    void loginAtTheJumpHost_maySurpassTheTimeForAConnection()
    {
        QFETCH(bool, oneShot);
        const tests::FakeSsh ssh;
        NacosFixture f;
        f.profile.proxy = {profiles::Proxy::Kind::Ssh, u"slow"_s, 0};
        f.profile.connectTimeout = std::chrono::seconds(1);
        f.profile.callTimeout = std::chrono::seconds(60);
        const auto session = f.session(oneShot ? Session::Use::OneShot : Session::Use::Interactive);
        const auto opened = await(session->open(), std::chrono::seconds(60));
        QVERIFY2(opened && *opened, qPrintable(errorOf(opened)));
        QVERIFY(session->capabilities().has(Plane::Admin));
        QCOMPARE(ssh.logins(), 1);
        session->close();
    }

    void jumpHostThatNeverAnswers_isSaid()
    {
        const tests::FakeSsh ssh;
        NacosFixture f;
        f.profile.proxy = {profiles::Proxy::Kind::Ssh, u"silent"_s, 0};
        f.profile.callTimeout = std::chrono::seconds(1);
        const auto session = f.session(Session::Use::OneShot);
        const auto opened = await(session->open(), std::chrono::seconds(60));
        QVERIFY(opened && !*opened);
        QCOMPARE(opened->error().kind, Error::Kind::Timeout);
        QVERIFY2(opened->error().message.contains(u"SSH tunnel through silent"_s), qPrintable(opened->error().message));
        QVERIFY(f.http.seen().isEmpty());
        session->close();
    }
};

SIGNALBOX_TEST(TstSession)
#include "tst_session.moc"
