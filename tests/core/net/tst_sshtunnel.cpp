// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/httpclient.h"
#include "core/net/sshtunnel.h"
#include "tests/core/net/echoclient.h"
#include "tests/core/net/echoserver.h"
#include "tests/support/await.h"
#include "tests/support/fakehttpserver.h"
#include "tests/support/fakessh.h"
#include "tests/support/testcertificates.h"
#include "tests/support/testmain.h"

#include <QDir>
#include <QRegularExpression>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using core::Error;
using core::net::HttpClient;
using core::net::HttpSettings;
using core::net::ProxyPolicy;
using core::net::SshTunnel;
using core::net::TlsPolicy;
using tests::EchoClient;
using tests::EchoServer;
using tests::FakeHttpServer;
using tests::FakeSsh;
using tests::HttpAnswer;
using tests::TestCertificates;

namespace {

ProxyPolicy by(const QString &host, std::chrono::milliseconds connectTimeout = std::chrono::seconds(20))
{
    ProxyPolicy policy;
    policy.kind = ProxyPolicy::Kind::Ssh;
    policy.host = host;
    return core::net::withTunnel(policy, connectTimeout);
}

auto ask(const ProxyPolicy &proxy, const QString &url, const TlsPolicy &tls = {}, const QByteArray &method = "GET")
{
    HttpSettings settings;
    settings.proxy = proxy;
    settings.tls = tls;
    settings.connectTimeout = std::chrono::seconds(20);
    settings.deadline = std::chrono::seconds(30);
    HttpClient client(settings);
    core::net::HttpRequest request;
    request.url = QUrl(url);
    request.method = method;
    request.headers = {{"Authorization", "Bearer geheim"}};
    return tests::await(client.send(request), std::chrono::seconds(60));
}

auto say(const ProxyPolicy &proxy, const QString &target, const std::optional<TlsPolicy> &tls = {})
{
    core::net::GrpcRuntime runtime;
    core::net::ChannelOptions options;
    options.proxy = proxy;
    if (tls)
        options.tls = *core::net::readTlsFiles(*tls);
    options.connectTimeout = std::chrono::seconds(20);
    EchoClient client(runtime, target, options);
    return tests::await(client.say(u"hello"_s, std::chrono::seconds(30)), std::chrono::seconds(60));
}

QByteArray knock(quint16 port, const QByteArray &request)
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, port);
    QByteArray answer;
    QObject::connect(&socket, &QTcpSocket::connected, &socket, [&] { socket.write(request); });
    QObject::connect(&socket, &QTcpSocket::readyRead, &socket, [&] { answer += socket.readAll(); });
    std::ignore =
        QTest::qWaitFor([&] { return answer.contains("\r\n\r\n") && socket.state() == QAbstractSocket::UnconnectedState; }, 20'000);
    return answer;
}

} // namespace

class TstSshTunnel final : public QObject {
    Q_OBJECT
    std::unique_ptr<TestCertificates> m_authority;
    TestCertificates::Pair m_certificate;
    QTemporaryDir m_run;
    QByteArray m_runBefore = qgetenv("XDG_RUNTIME_DIR");

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("XDG_RUNTIME_DIR", QFile::encodeName(m_run.path()));
        m_authority = std::make_unique<TestCertificates>();
        m_certificate = m_authority->server();
    }
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    /// The folders of the control sockets are gone.
    void cleanupTestCase()
    {
        QTRY_COMPARE_WITH_TIMEOUT(QDir(m_run.path()).entryList(QDir::NoDotAndDotDot | QDir::AllEntries), QStringList(), 30'000);
        qputenv("XDG_RUNTIME_DIR", m_runBefore);
    }

    void everythingGoesThroughOneLogin()
    {
        FakeHttpServer server;
        server.on({}, u"/x"_s, HttpAnswer::json("{}"));
        const FakeSsh ssh(server.port());
        qputenv("SIGNALBOX_PASSWORD", "geheim");
        qputenv("NACOS_PASSWORD", "geheim");
        {
            const ProxyPolicy proxy = by(u"ops@bastion"_s);
            for (int i = 0; i < 3; ++i) {
                const auto got = ask(proxy, u"http://registry.invalid:8848/x"_s);
                QVERIFY2(got && *got, qPrintable(tests::errorOf(got)));
            }
        }
        qunsetenv("SIGNALBOX_PASSWORD");
        qunsetenv("NACOS_PASSWORD");
        QCOMPARE(ssh.logins(), 1);
        QCOMPARE(ssh.starts().size(), 4);
        QTRY_VERIFY_WITH_TIMEOUT(ssh.allEnded(), 30'000);
        for (const auto &start : ssh.starts()) {
            // The host is the last word, where nothing is taken for an option; nobody is asked, and nothing of ours is told.
            QCOMPARE(start.arguments.last(), u"ops@bastion"_s);
            QCOMPARE(start.arguments.at(start.arguments.size() - 2), u"--"_s);
            QVERIFY(start.arguments.contains(u"BatchMode=yes"_s));
            // What the person's configuration says of it is for terminals.
            QVERIFY(start.arguments.contains(u"ForkAfterAuthentication=no"_s) && start.arguments.contains(u"StdinNull=no"_s));
            QVERIFY(!start.arguments.join(u' ').contains("geheim"_L1));
            QVERIFY(!start.environment.contains(u"SIGNALBOX_PASSWORD"_s) && !start.environment.contains(u"NACOS_PASSWORD"_s));
            QVERIFY(start.environment.contains(u"PATH"_s));
        }
        // What is plain http stays a tunnel: the request is not the proxy's to read.
        QCOMPARE(server.seen().first().target, "/x"_ba);
    }

    void thisMachineIsTheJumpHosts_too()
    {
        FakeHttpServer server;
        server.on({}, u"/x"_s, HttpAnswer::json("{}"));
        const FakeSsh ssh;
        const auto got = ask(by(u"bastion"_s), server.url(u"/x"_s).toString());
        QVERIFY2(got && *got, qPrintable(tests::errorOf(got)));
        QCOMPARE(ssh.starts().size(), 2);
    }

    void port_isToldToSsh()
    {
        const FakeSsh ssh;
        ProxyPolicy policy;
        policy.kind = ProxyPolicy::Kind::Ssh;
        policy.host = u"bastion"_s;
        policy.port = 2222;
        policy = core::net::withTunnel(policy, std::chrono::seconds(20));
        QCOMPARE(policy.tunnel->name(), u"bastion:2222"_s);
        const auto opened = tests::await(policy.tunnel->open(), std::chrono::seconds(60));
        QVERIFY2(opened && *opened, qPrintable(tests::errorOf(opened)));
        const QStringList arguments = ssh.starts().first().arguments;
        QCOMPARE(arguments.at(arguments.indexOf(u"-p"_s) + 1), u"2222"_s);
    }

    void tls_isEndToEnd_withTheServersName()
    {
        FakeHttpServer server(FakeHttpServer::Tls{m_certificate, {}});
        server.on({}, u"/x"_s, HttpAnswer::json("{}"));
        const FakeSsh ssh(server.port());
        TlsPolicy pinned;
        pinned.trust = TlsPolicy::Trust::Fingerprint;
        pinned.sha256 = m_certificate.sha256;
        const ProxyPolicy proxy = by(u"bastion"_s);
        const auto got = ask(proxy, u"https://registry.invalid:8443/x"_s, pinned);
        QVERIFY2(got && *got, qPrintable(tests::errorOf(got)));
        TlsPolicy byCa;
        byCa.trust = TlsPolicy::Trust::CaFile;
        byCa.caFile = m_authority->caFile();
        const auto other = ask(proxy, u"https://registry.invalid:8443/x"_s, byCa);
        QVERIFY(other && !*other);
        QCOMPARE(other->error().kind, Error::Kind::Tls);
        QVERIFY2(other->error().message.contains(u"host name"_s), qPrintable(other->error().message));
        const auto right = ask(proxy, u"https://127.0.0.1:%1/x"_s.arg(server.port()), byCa);
        QVERIFY2(right && *right, qPrintable(tests::errorOf(right)));

        core::net::CertificateTarget target;
        target.host = u"registry.invalid"_s;
        target.port = 8443;
        target.proxy = proxy;
        target.timeout = std::chrono::seconds(20);
        const auto seen = tests::await(core::net::inspectCertificate(target), std::chrono::seconds(60));
        QVERIFY2(seen && *seen, qPrintable(tests::errorOf(seen)));
        QCOMPARE((*seen)->sha256, m_certificate.sha256);
    }

    void grpc_goesThrough_data()
    {
        QTest::addColumn<bool>("tls");
        QTest::newRow("plain") << false;
        QTest::newRow("TLS") << true;
    }
    void grpc_goesThrough()
    {
        QFETCH(bool, tls);
        EchoServer server(tls ? std::optional(EchoServer::Tls{m_certificate, {}}) : std::nullopt);
        const FakeSsh ssh(quint16(server.port()));
        // What the environment says of proxies is for others: neither used nor a way round.
        qputenv("no_proxy", "registry.invalid,127.0.0.1");
        qputenv("http_proxy", "http://127.0.0.1:1");
        std::optional<TlsPolicy> byCa;
        if (tls) {
            byCa.emplace();
            byCa->trust = TlsPolicy::Trust::CaFile;
            byCa->caFile = m_authority->caFile();
        }
        const auto got = say(by(u"bastion"_s), u"127.0.0.1:%1"_s.arg(server.port()), byCa);
        const auto named = say(by(u"bastion"_s), u"registry.invalid:9848"_s, byCa);
        qunsetenv("no_proxy");
        qunsetenv("http_proxy");
        QVERIFY2(got && *got, qPrintable(tests::errorOf(got)));
        QCOMPARE(ssh.logins(), 2);
        QVERIFY(named);
        QCOMPARE(bool(*named), !tls); // the certificate is of 127.0.0.1
        QVERIFY2(!tls || named->error().kind == Error::Kind::Tls, qPrintable(tests::errorOf(named)));
    }

    void bigBodies_bothWays()
    {
        FakeHttpServer server;
        const QByteArray big(8 * 1024 * 1024, 'x');
        server.on({}, u"/x"_s, [&](const tests::HttpSeen &seen) {
            HttpAnswer answer = HttpAnswer::json("{}");
            answer.body = seen.body + big;
            return answer;
        });
        const FakeSsh ssh(server.port());
        HttpSettings settings;
        settings.proxy = by(u"bastion"_s);
        settings.deadline = std::chrono::seconds(60);
        settings.connectTimeout = std::chrono::seconds(20);
        HttpClient client(settings);
        core::net::HttpRequest request;
        request.method = "POST";
        request.url = QUrl(u"http://registry.invalid:8848/x"_s);
        request.body = big;
        request.contentType = "text/plain";
        request.bodyCap = 64 * 1024 * 1024;
        const auto got = tests::await(client.send(request), std::chrono::seconds(90));
        QVERIFY2(got && *got, qPrintable(tests::errorOf(got)));
        QCOMPARE((*got)->body.size(), 2 * big.size());
    }

    void whatIsWrong_isSaid_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<QString>("words");
        QTest::addColumn<bool>("again");
        QTest::newRow("login refused") << u"ops@denied"_s << u"ssh-add"_s << false;
        QTest::newRow("unknown host key") << u"unknown"_s << u"not known yet"_s << false;
        QTest::newRow("changed host key") << u"changed"_s << u"ssh-keygen -R"_s << false;
        QTest::newRow("unknown name") << u"nowhere"_s << u"unknown host name of the jump host"_s << true;
        QTest::newRow("no sshd") << u"down"_s << u"Connection refused"_s << true;
        QTest::newRow("not allowed") << u"closed"_s << u"AllowTcpForwarding"_s << false;
    }
    void whatIsWrong_isSaid()
    {
        QFETCH(QString, host);
        QFETCH(QString, words);
        QFETCH(bool, again);
        const FakeSsh ssh;
        const ProxyPolicy proxy = by(host);
        const QString url = u"http://registry.invalid:8848/x"_s;
        const auto got = ask(proxy, url);
        QVERIFY(got && !*got);
        QCOMPARE(got->error().kind, Error::Kind::Network);
        QVERIFY2(got->error().message.contains(words) && got->error().message.contains(host), qPrintable(got->error().message));
        QCOMPARE(got->error().retryable, again);
        const auto post = ask(proxy, url, {}, "POST");
        QVERIFY(post && !*post);
        QVERIFY2(post->error().message.contains(words), qPrintable(post->error().message));
        const auto said = say(proxy, u"registry.invalid:9848"_s);
        QVERIFY(said && !*said);
        QCOMPARE(said->error().kind, Error::Kind::Network);
        // A person has to do something first: until then nobody knocks again.
        if (!again && host != u"closed"_s) {
            QCOMPARE(ssh.logins(), 1);
            QVERIFY(proxy.tunnel->needsPerson());
        }
    }

    void missingProgram_isSaid()
    {
        const QByteArray path = qgetenv("PATH");
        const QTemporaryDir empty;
        qputenv("PATH", QFile::encodeName(empty.path()));
        const ProxyPolicy proxy = by(u"bastion"_s);
        const auto got = ask(proxy, u"http://registry.invalid:8848/x"_s);
        const auto opened = tests::await(proxy.tunnel->open());
        qputenv("PATH", path);
        QVERIFY(got && !*got);
        QVERIFY2(got->error().message.contains(u"openssh-client"_s), qPrintable(got->error().message));
        QVERIFY(opened && !*opened);
        QCOMPARE(opened->error().kind, Error::Kind::Network);
    }

    void targetThatRefuses_isSaid_andOthersGoOn()
    {
        FakeHttpServer server;
        server.on({}, u"/x"_s, HttpAnswer::json("{}"));
        quint16 closed = 0;
        {
            const FakeHttpServer gone;
            closed = gone.port();
        }
        const FakeSsh ssh;
        const ProxyPolicy proxy = by(u"bastion"_s);
        const auto refused = ask(proxy, u"http://127.0.0.1:%1/x"_s.arg(closed));
        QVERIFY(refused && !*refused);
        QVERIFY2(refused->error().message.contains(u"cannot reach 127.0.0.1:%1: connect failed: Connection refused"_s.arg(closed)),
                 qPrintable(refused->error().message));
        QVERIFY(refused->error().retryable);
        const auto got = ask(proxy, server.url(u"/x"_s).toString());
        QVERIFY2(got && *got, qPrintable(tests::errorOf(got)));
        QCOMPARE(ssh.logins(), 1);
    }

    /// However much the login has said by then.
    void everyRefusal_hasItsReason()
    {
        quint16 closed = 0;
        {
            const FakeHttpServer gone;
            closed = gone.port();
        }
        const FakeSsh ssh;
        const ProxyPolicy proxy = by(u"talkative"_s);
        for (int i = 0; i < 5; ++i) {
            const auto refused = ask(proxy, u"http://127.0.0.1:%1/x"_s.arg(closed));
            QVERIFY(refused && !*refused);
            QVERIFY2(refused->error().message.contains(u"connect failed: Connection refused"_s),
                     qPrintable(u"%1: %2"_s.arg(i).arg(refused->error().message)));
        }
        QCOMPARE(ssh.logins(), 1);
    }

    /// The login does not say which target a reason is about.
    void refusedTogether_noneIsGivenTheOthersReason()
    {
        quint16 closed = 0;
        {
            const FakeHttpServer gone;
            closed = gone.port();
        }
        const FakeSsh ssh;
        HttpSettings settings;
        settings.proxy = by(u"bastion"_s);
        settings.deadline = std::chrono::seconds(60);
        settings.connectTimeout = std::chrono::seconds(20);
        HttpClient client(settings);
        const auto opened = tests::await(settings.proxy.tunnel->open(), std::chrono::seconds(60));
        QVERIFY(opened && *opened);
        QHash<QString, QString> said;
        QObject context;
        const QStringList urls{u"http://forbidden.invalid:8848/x"_s, u"http://127.0.0.1:%1/x"_s.arg(closed)};
        for (const QString &url : urls) {
            core::net::HttpRequest request;
            request.url = QUrl(url);
            client.send(request)->then(&context, [&said, url](const core::Result<core::net::HttpResponse> &answer) {
                said.insert(url, answer ? u"an answer"_s : answer.error().message);
            });
        }
        QTRY_COMPARE_WITH_TIMEOUT(said.size(), 2, 60'000);
        const QString forbidden = said.value(urls.first()), unreachable = said.value(urls.last());
        const auto ofBoth = [](const QString &text) { return text.contains("and other targets at the same time"_L1); };
        QVERIFY2(ofBoth(forbidden) || !forbidden.contains("Connection refused"_L1), qPrintable(forbidden));
        QVERIFY2(ofBoth(unreachable) || !unreachable.contains("does not allow"_L1), qPrintable(unreachable));
        QVERIFY(forbidden.contains("SSH tunnel"_L1) && unreachable.contains("SSH tunnel"_L1));
    }

    void sshBefore8_7_isStartedWithoutWhatItDoesNotKnow()
    {
        FakeHttpServer server;
        server.on({}, u"/x"_s, HttpAnswer::json("{}"));
        const FakeSsh ssh;
        const ProxyPolicy proxy = by(u"old"_s);
        for (int i = 0; i < 2; ++i) {
            const auto got = ask(proxy, server.url(u"/x"_s).toString());
            QVERIFY2(got && *got, qPrintable(tests::errorOf(got)));
        }
        QCOMPARE(ssh.logins(), 2); // the first one was refused
    }

    void whatSshSays_isBoundedAndMasked()
    {
        const FakeSsh ssh;
        const ProxyPolicy proxy = by(u"chatty"_s);
        const auto got = tests::await(proxy.tunnel->open(), std::chrono::seconds(60));
        QVERIFY(got && !*got);
        const QString message = got->error().message;
        QVERIFY2(message.size() < 400 && !message.contains(u"geheim123"_s) && !message.contains(QChar(0x1b)), qPrintable(message));
    }

    void lostLogin_endsTheConnections_andTheNextOneLogsInAgain()
    {
        FakeHttpServer server;
        HttpAnswer silence;
        silence.fault = HttpAnswer::Fault::Hang;
        server.on({}, u"/slow"_s, silence);
        server.on({}, u"/x"_s, HttpAnswer::json("{}"));
        const FakeSsh ssh(server.port());
        HttpSettings settings;
        settings.proxy = by(u"bastion"_s);
        settings.deadline = std::chrono::seconds(60);
        settings.connectTimeout = std::chrono::seconds(20);
        HttpClient client(settings);
        core::net::HttpRequest request;
        request.method = "POST"; // is not sent again
        request.url = QUrl(u"http://registry.invalid:8848/slow"_s);
        auto *reply = client.send(request);
        QTRY_COMPARE_WITH_TIMEOUT(server.seen().size(), 1, 30'000);
        for (const auto &start : ssh.starts()) {
            if (start.login)
                ::kill(pid_t(start.pid), SIGKILL);
        }
        const auto lost = tests::await(reply, std::chrono::seconds(60));
        QVERIFY(lost && !*lost);
        QCOMPARE(lost->error().kind, Error::Kind::Network);
        QVERIFY2(lost->error().message.contains(u"SSH tunnel"_s), qPrintable(lost->error().message));
        QTRY_VERIFY_WITH_TIMEOUT(ssh.allEnded(), 30'000);
        QTRY_VERIFY_WITH_TIMEOUT((request.url = QUrl(u"http://registry.invalid:8848/x"_s), request.method = "GET",
                                  [&] {
                                      const auto got = tests::await(client.send(request), std::chrono::seconds(60));
                                      return got && *got;
                                  }()),
                                 60'000);
        QCOMPARE(ssh.logins(), 2);
    }

    /// As every server does with a connection nobody used for a while: the next request finds a new one.
    void serverThatClosesAnIdleConnection_isAskedOnAnother()
    {
        FakeHttpServer server;
        server.on({}, u"/x"_s, HttpAnswer::json("{}"));
        const FakeSsh ssh;
        HttpSettings settings;
        settings.proxy = by(u"bastion"_s);
        settings.deadline = std::chrono::seconds(60);
        settings.connectTimeout = std::chrono::seconds(20);
        HttpClient client(settings);
        core::net::HttpRequest request;
        request.url = server.url(u"/x"_s);
        for (const char *method : {"GET", "POST", "GET"}) {
            request.method = method;
            const auto got = tests::await(client.send(request), std::chrono::seconds(60));
            QVERIFY2(got && *got, qPrintable(tests::errorOf(got)));
            server.closeAll();
            // Every one but the login.
            QTRY_VERIFY_WITH_TIMEOUT(ssh.running() == 1, 30'000);
        }
        QCOMPARE(ssh.starts().size(), 4);
        QCOMPARE(server.seen().size(), 3);
    }

    void closing_endsWhatWaits()
    {
        const FakeSsh ssh;
        {
            const ProxyPolicy proxy = by(u"silent"_s);
            auto *reply = proxy.tunnel->open();
            std::optional<core::Result<core::Done>> result;
            QObject context;
            reply->then(&context, [&](const core::Result<core::Done> &answer) { result = answer; });
            QTRY_COMPARE_WITH_TIMEOUT(ssh.starts().size(), 1, 30'000);
            QVERIFY(!proxy.tunnel->needsPerson());
            proxy.tunnel->close();
            QTRY_VERIFY(result);
            QCOMPARE(result->error().kind, Error::Kind::Cancelled);
            QTRY_VERIFY_WITH_TIMEOUT(ssh.allEnded(), 30'000);
            const auto after = tests::await(proxy.tunnel->open());
            QVERIFY(after && !*after);
        }
        QVERIFY(ssh.allEnded());
    }

    /// Not even for an ssh that will not end; it is killed in the end.
    void closing_waitsForNobody()
    {
        FakeHttpServer server;
        server.on({}, u"/x"_s, HttpAnswer::json("{}"));
        const FakeSsh ssh;
        {
            const ProxyPolicy proxy = by(u"stubborn"_s);
            const auto got = ask(proxy, server.url(u"/x"_s).toString());
            QVERIFY2(got && *got, qPrintable(tests::errorOf(got)));
        }
        // Killed by a timer, which nobody has let run.
        QVERIFY(ssh.running() > 0);
        QTRY_VERIFY_WITH_TIMEOUT(ssh.allEnded(), 30'000);
    }

    void strangers_areTurnedAway_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<QByteArray>("status");
        QTest::newRow("no word") << "CONNECT registry:8848 HTTP/1.1\r\n\r\n"_ba
                                 << "407"_ba;
        QTest::newRow("wrong word") << "CONNECT registry:8848 HTTP/1.1\r\nProxy-Authorization: Basic eDp5\r\n\r\n"_ba
                                    << "407"_ba;
        QTest::newRow("not CONNECT") << "GET http://registry:8848/ HTTP/1.1\r\nProxy-Authorization: WORD\r\n\r\n"_ba
                                     << "400"_ba;
        QTest::newRow("an option") << "CONNECT -oProxyCommand=x:1 HTTP/1.1\r\nProxy-Authorization: WORD\r\n\r\n"_ba
                                   << "400"_ba;
        QTest::newRow("a command") << "CONNECT a;b:1 HTTP/1.1\r\nProxy-Authorization: WORD\r\n\r\n"_ba
                                   << "400"_ba;
        QTest::newRow("no port") << "CONNECT registry HTTP/1.1\r\nProxy-Authorization: WORD\r\n\r\n"_ba
                                 << "400"_ba;
        QTest::newRow("port 0") << "CONNECT registry:0 HTTP/1.1\r\nProxy-Authorization: WORD\r\n\r\n"_ba
                                << "400"_ba;
        QTest::newRow("port 70000") << "CONNECT registry:70000 HTTP/1.1\r\nProxy-Authorization: WORD\r\n\r\n"_ba
                                    << "400"_ba;
        QTest::newRow("talks on") << "CONNECT registry:1 HTTP/1.1\r\nProxy-Authorization: WORD\r\n\r\nmore"_ba
                                  << "400"_ba;
        QTest::newRow("endless") << QByteArray("CONNECT registry:1 HTTP/1.1\r\nX: ").append(20'000, 'x') << "400"_ba;
    }
    void strangers_areTurnedAway()
    {
        QFETCH(QByteArray, request);
        QFETCH(QByteArray, status);
        const FakeSsh ssh;
        const ProxyPolicy proxy = by(u"bastion"_s);
        const QByteArray answer = knock(proxy.tunnel->port(), request.replace("WORD", proxy.tunnel->authorization()));
        QVERIFY2(answer.startsWith("HTTP/1.1 " + status), answer.constData());
        QVERIFY(ssh.starts().isEmpty());
    }

    void badJumpHosts_startNothing()
    {
        const FakeSsh ssh;
        for (const QString &host : {u"-oProxyCommand=touch /tmp/x"_s, u"ops@-x"_s, u"-x@host"_s, u"a b"_s, u"`id`"_s, u"$(id)"_s, u""_s}) {
            const ProxyPolicy proxy = by(host);
            const auto opened = tests::await(proxy.tunnel->open());
            QVERIFY(opened && !*opened);
            QCOMPARE(opened->error().kind, Error::Kind::Usage);
        }
        QVERIFY(ssh.starts().isEmpty());
    }
};

SIGNALBOX_TEST(TstSshTunnel)
#include "tst_sshtunnel.moc"
