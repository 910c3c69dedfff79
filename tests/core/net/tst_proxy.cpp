// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/httpclient.h"
#include "core/net/tlspolicy.h"
#include "tests/core/net/echoclient.h"
#include "tests/core/net/echoserver.h"
#include "tests/core/net/relayproxy.h"
#include "tests/support/await.h"
#include "tests/support/fakehttpserver.h"
#include "tests/support/fakerawserver.h"
#include "tests/support/testcertificates.h"
#include "tests/support/testmain.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using core::Error;
using core::net::HttpClient;
using core::net::HttpSettings;
using core::net::ProxyPolicy;
using core::net::TlsPolicy;
using tests::EchoClient;
using tests::EchoServer;
using tests::FakeHttpServer;
using tests::HttpAnswer;
using tests::RelayProxy;
using tests::TestCertificates;
using Kind = ProxyPolicy::Kind;

namespace {

/// Variables of the environment, for as long as it lives.
class Environment {
    Q_DISABLE_COPY_MOVE(Environment)
public:
    explicit Environment(const QByteArray &proxy, const QByteArray &except = {})
    {
        for (const char *name : {"http_proxy", "https_proxy"})
            qputenv(name, proxy);
        qputenv("no_proxy", except);
    }
    ~Environment()
    {
        for (const char *name : {"http_proxy", "https_proxy", "no_proxy"})
            qunsetenv(name);
    }
};

auto askThrough(const ProxyPolicy &proxy, const QString &url, const TlsPolicy &tls = {})
{
    HttpSettings settings;
    settings.proxy = proxy;
    settings.tls = tls;
    settings.connectTimeout = std::chrono::seconds(2);
    HttpClient client(settings);
    core::net::HttpRequest request;
    request.url = QUrl(url);
    request.headers = {{"Authorization", "Bearer geheim"}};
    return tests::await(client.send(request), std::chrono::seconds(20));
}

auto sayThrough(const ProxyPolicy &proxy, const QString &target, const std::optional<TlsPolicy> &tls = {})
{
    core::net::GrpcRuntime runtime;
    core::net::ChannelOptions options;
    options.proxy = proxy;
    if (tls)
        options.tls = *core::net::readTlsFiles(*tls);
    options.connectTimeout = std::chrono::seconds(2);
    EchoClient client(runtime, target, options);
    auto call = client.call(u"hello"_s, std::chrono::seconds(10));
    call.metadata = {{"accesstoken", "geheim"}};
    return tests::await(core::net::unaryReply(client.channel(), std::move(call), client.starter()), std::chrono::seconds(20));
}

ProxyPolicy through(Kind kind, const RelayProxy &proxy)
{
    return {kind, u"127.0.0.1"_s, proxy.port()};
}

TlsPolicy pinned(const TestCertificates::Pair &certificate)
{
    TlsPolicy policy;
    policy.trust = TlsPolicy::Trust::Fingerprint;
    policy.sha256 = certificate.sha256;
    return policy;
}

} // namespace

/// Names that only the proxy can resolve (`.invalid`) show that it was really used.
class TstProxy final : public QObject {
    Q_OBJECT
    std::unique_ptr<TestCertificates> m_authority;
    TestCertificates::Pair m_certificate;

private Q_SLOTS:
    void initTestCase()
    {
        m_authority = std::make_unique<TestCertificates>();
        m_certificate = m_authority->server();
    }
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void http_throughSocks5()
    {
        FakeHttpServer server;
        server.on({}, u"/x"_s, HttpAnswer::json("{}"));
        RelayProxy proxy(server.port());
        const auto got = askThrough(through(Kind::Socks5, proxy), u"http://registry.invalid:8848/x"_s);
        QVERIFY2(got && *got, qPrintable(tests::errorOf(got)));
        QCOMPARE(proxy.asked(), QStringList{u"registry.invalid:8848"_s});
        QCOMPARE(server.seen().size(), 1);
    }

    void https_throughEitherKind_data()
    {
        QTest::addColumn<Kind>("kind");
        QTest::newRow("CONNECT") << Kind::Http;
        QTest::newRow("SOCKS5") << Kind::Socks5;
    }
    void https_throughEitherKind()
    {
        QFETCH(Kind, kind);
        FakeHttpServer server(FakeHttpServer::Tls{m_certificate, {}});
        server.on({}, u"/x"_s, HttpAnswer::json("{}"));
        RelayProxy proxy(server.port());
        const auto got = askThrough(through(kind, proxy), u"https://registry.invalid:8443/x"_s, pinned(m_certificate));
        QVERIFY2(got && *got, qPrintable(tests::errorOf(got)));
        QCOMPARE(proxy.asked(), QStringList{u"registry.invalid:8443"_s});
        // What is meant for the server is not told to the proxy.
        QVERIFY(!proxy.greetings().contains("geheim") && !proxy.greetings().contains("Authorization"));
        QVERIFY(!proxy.tunnelled().isEmpty() && !proxy.tunnelled().contains("geheim"));

        // The tunnel proves nothing: the certificate is looked at all the same.
        TlsPolicy byCa;
        byCa.trust = TlsPolicy::Trust::CaFile;
        byCa.caFile = m_authority->caFile();
        const auto refused = askThrough(through(kind, proxy), u"https://registry.invalid:8443/x"_s, byCa);
        QVERIFY(refused && !*refused);
        QCOMPARE(refused->error().kind, Error::Kind::Tls);
        QVERIFY2(refused->error().message.contains(u"host name"_s), qPrintable(refused->error().message));
        QCOMPARE(server.seen().size(), 1);
    }

    void certificate_isInspectedThroughTheProxy()
    {
        FakeHttpServer server(FakeHttpServer::Tls{m_certificate, {}});
        RelayProxy proxy(server.port());
        for (const Kind kind : {Kind::Http, Kind::Socks5}) {
            core::net::CertificateTarget target;
            target.host = u"registry.invalid"_s;
            target.port = 8443;
            target.proxy = through(kind, proxy);
            const auto got = tests::await(core::net::inspectCertificate(target));
            QVERIFY2(got && *got, qPrintable(tests::errorOf(got)));
            QCOMPARE((*got)->sha256, m_certificate.sha256);
        }
        QCOMPARE(proxy.asked().size(), 2);
    }

    void grpc_throughConnect_data()
    {
        QTest::addColumn<bool>("tls");
        QTest::newRow("plain") << false;
        QTest::newRow("TLS") << true;
    }
    void grpc_throughConnect()
    {
        QFETCH(bool, tls);
        EchoServer server(tls ? std::optional(EchoServer::Tls{m_certificate, {}}) : std::nullopt);
        RelayProxy proxy(quint16(server.port()));
        const auto got =
            sayThrough(through(Kind::Http, proxy), u"registry.invalid:9848"_s, tls ? std::optional(pinned(m_certificate)) : std::nullopt);
        QVERIFY2(got && *got, qPrintable(tests::errorOf(got)));
        QCOMPARE(proxy.asked(), QStringList{u"registry.invalid:9848"_s});
        QVERIFY(!proxy.greetings().contains("geheim"));
        QVERIFY(!tls || !proxy.tunnelled().contains("geheim"));
    }

    void systemProxy_isTakenFromTheEnvironment()
    {
        FakeHttpServer server;
        server.on({}, u"/x"_s, HttpAnswer::json("{}"));
        EchoServer echo;
        FakeHttpServer proxy; // speaks to plain HTTP by absolute addresses
        proxy.otherwise([](const tests::HttpSeen &seen) { return HttpAnswer::json(seen.target); });
        RelayProxy tunnel(quint16(echo.port()));
        {
            const Environment environment("http://127.0.0.1:" + QByteArray::number(proxy.port()));
            const auto got = askThrough({}, u"http://registry.invalid:8848/x"_s);
            QVERIFY2(got && *got, qPrintable(tests::errorOf(got)));
            QCOMPARE((*got)->body, "http://registry.invalid:8848/x"_ba);
        }
        {
            const Environment environment("http://" + tunnel.address().toLatin1());
            const auto said = sayThrough({}, u"registry.invalid:9848"_s);
            QVERIFY2(said && *said, qPrintable(tests::errorOf(said)));
            QCOMPARE(tunnel.asked(), QStringList{u"registry.invalid:9848"_s});
        }
    }

    void systemProxy_isNotAskedForThisMachine_norForWhatIsExcepted()
    {
        FakeHttpServer server;
        server.on({}, u"/x"_s, HttpAnswer::json("{}"));
        EchoServer echo;
        const Environment environment("http://127.0.0.1:1", "registry.invalid");
        for (const char *host : {"127.0.0.1", "localhost"}) {
            const auto got = askThrough({}, u"http://%1:%2/x"_s.arg(QLatin1String(host)).arg(server.port()));
            QVERIFY2(got && *got, qPrintable(tests::errorOf(got)));
            const auto said = sayThrough({}, u"%1:%2"_s.arg(QLatin1String(host)).arg(echo.port()));
            QVERIFY2(said && *said, qPrintable(tests::errorOf(said)));
        }
        // Not led to the dead proxy, but looked up here: an unknown name, not a refused connection.
        const auto excepted = askThrough({}, u"http://registry.invalid:8848/x"_s);
        QVERIFY(excepted && !*excepted);
        QVERIFY2(!excepted->error().message.contains(u"refused"_s), qPrintable(excepted->error().message));
    }

    void none_ignoresTheEnvironment()
    {
        RelayProxy proxy(1);
        const Environment environment("http://" + proxy.address().toLatin1());
        ProxyPolicy none;
        none.kind = Kind::None;
        QVERIFY(!*askThrough(none, u"http://registry.invalid:8848/x"_s));
        QVERIFY(!*sayThrough(none, u"registry.invalid:9848"_s));
        QCOMPARE(proxy.greetings(), QByteArray());
    }

    void deadProxy_isANetworkError()
    {
        quint16 port = 0;
        {
            tests::FakeRawServer gone;
            port = gone.port();
        }
        for (const Kind kind : {Kind::Http, Kind::Socks5}) {
            const auto got = askThrough({kind, u"127.0.0.1"_s, port}, u"http://registry.invalid/x"_s);
            QVERIFY(got && !*got);
            QCOMPARE(got->error().kind, Error::Kind::Network);
            QVERIFY2(got->error().message.contains(u"proxy"_s, Qt::CaseInsensitive), qPrintable(got->error().message));
        }
        const auto said = sayThrough({Kind::Http, u"127.0.0.1"_s, port}, u"registry.invalid:9848"_s);
        QVERIFY(said && !*said);
        QCOMPARE(said->error().kind, Error::Kind::Network);
    }

    void proxyThatNeverAnswers_isATimeout()
    {
        tests::FakeRawServer silent;
        for (const Kind kind : {Kind::Http, Kind::Socks5}) {
            const auto got = askThrough({kind, u"127.0.0.1"_s, silent.port()}, u"https://registry.invalid/x"_s);
            QVERIFY(got && !*got);
            QCOMPARE(got->error().kind, Error::Kind::Timeout);
        }
        const auto said = sayThrough({Kind::Http, u"127.0.0.1"_s, silent.port()}, u"registry.invalid:9848"_s);
        QVERIFY(said && !*said);
        QVERIFY2(said->error().kind == Error::Kind::Timeout || said->error().kind == Error::Kind::Network,
                 qPrintable(tests::errorOf(said)));
    }

    void proxyThatWantsALogin_orRefuses_isSaid()
    {
        tests::FakeRawServer proxy;
        QByteArray answer;
        proxy.onBytes = [&](QTcpSocket *socket, const QByteArray &) {
            socket->write(answer);
            socket->disconnectFromHost();
        };
        const ProxyPolicy policy{Kind::Http, u"127.0.0.1"_s, proxy.port()};
        answer = "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"p\"\r\nContent-Length: 0\r\n\r\n";
        const auto login = askThrough(policy, u"https://registry.invalid/x"_s);
        QVERIFY(login && !*login);
        QCOMPARE(login->error().kind, Error::Kind::Network);
        QVERIFY2(login->error().message.contains(u"proxy asks for a login"_s), qPrintable(login->error().message));
        answer = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n";
        const auto refused = askThrough(policy, u"https://registry.invalid/x"_s);
        QVERIFY(refused && !*refused);
        QVERIFY2(refused->error().message.contains(u"proxy"_s, Qt::CaseInsensitive), qPrintable(refused->error().message));
        answer = QByteArray("\x05\xff", 2); // no way to log in that both know
        const auto socks = askThrough({Kind::Socks5, u"127.0.0.1"_s, proxy.port()}, u"http://registry.invalid/x"_s);
        QVERIFY(socks && !*socks);
        QVERIFY2(socks->error().message.contains(u"proxy"_s, Qt::CaseInsensitive), qPrintable(socks->error().message));
    }

    void proxyByIpv6Address()
    {
        QTcpServer listener;
        if (!listener.listen(QHostAddress::LocalHostIPv6))
            return; // a machine without IPv6 has no such proxy
        QByteArray got;
        connect(&listener, &QTcpServer::newConnection, this, [&] {
            QTcpSocket *socket = listener.nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, socket, [&got, socket] {
                got += socket->readAll();
                socket->disconnectFromHost();
            });
        });
        std::ignore = sayThrough({Kind::Http, u"::1"_s, listener.serverPort()}, u"registry.invalid:9848"_s);
        QVERIFY2(got.startsWith("CONNECT registry.invalid:9848 "), got.constData());
    }
};

SIGNALBOX_TEST(TstProxy)
#include "tst_proxy.moc"
