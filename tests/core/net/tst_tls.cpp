// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/httpclient.h"
#include "core/net/tlspolicy.h"
#include "tests/core/net/echoclient.h"
#include "tests/core/net/echoserver.h"
#include "tests/support/await.h"
#include "tests/support/fakehttpserver.h"
#include "tests/support/fakerawserver.h"
#include "tests/support/testcertificates.h"
#include "tests/support/testmain.h"

#include <QFile>
#include <QRegularExpression>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslSocket>
#include <QTcpServer>
#include <QTest>

using namespace Qt::StringLiterals;
using core::Error;
using core::Result;
using core::net::HttpClient;
using core::net::HttpSettings;
using core::net::TlsPolicy;
using tests::EchoClient;
using tests::EchoServer;
using tests::FakeHttpServer;
using tests::HttpAnswer;
using tests::TestCertificates;

namespace {

/// Sends its first caller elsewhere, and hangs up on the second before there is any encryption.
class OnceTlsServer final : public QTcpServer {
public:
    explicit OnceTlsServer(const TestCertificates::Pair &pair)
    {
        QFile key(pair.keyFile);
        if (!key.open(QIODevice::ReadOnly) || !listen(QHostAddress::LocalHost))
            qFatal("no server");
        m_tls.setLocalCertificateChain(QSslCertificate::fromPath(pair.certFile));
        m_tls.setPrivateKey(QSslKey(&key, QSsl::Rsa));
        if (m_tls.privateKey().isNull()) {
            key.seek(0);
            m_tls.setPrivateKey(QSslKey(&key, QSsl::Ec));
        }
    }
    int callers = 0;

protected:
    void incomingConnection(qintptr handle) override
    {
        auto *socket = new QSslSocket(this);
        socket->setSocketDescriptor(handle);
        if (++callers > 1)
            return socket->abort();
        socket->setSslConfiguration(m_tls);
        connect(socket, &QSslSocket::readyRead, socket, [socket] {
            if (!socket->readAll().contains("\r\n\r\n"))
                return;
            socket->write("HTTP/1.1 302 Found\r\nLocation: /y\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            socket->disconnectFromHost();
        });
        socket->startServerEncryption();
    }

private:
    QSslConfiguration m_tls = QSslConfiguration::defaultConfiguration();
};

} // namespace

class TstTls final : public QObject {
    Q_OBJECT

    std::unique_ptr<TestCertificates> m_authority, m_other;
    TestCertificates::Pair m_server, m_expired, m_otherName, m_selfSigned;

    static QByteArray contentOf(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    static HttpSettings settingsWith(const TlsPolicy &policy)
    {
        HttpSettings settings;
        settings.tls = policy;
        settings.proxy.kind = core::net::ProxyPolicy::Kind::None;
        settings.workers = std::make_shared<core::Workers>(); // as the programs have them
        return settings;
    }
    static std::optional<Result<core::net::HttpResponse>> ask(const FakeHttpServer &server, const TlsPolicy &policy)
    {
        HttpClient client(settingsWith(policy));
        core::net::HttpRequest request;
        request.url = server.url(u"/x"_s);
        request.headers = {{"Authorization", "Bearer secret"}};
        return tests::await(client.send(request));
    }
    static std::optional<Result<QString>> say(const EchoServer &server, const TlsPolicy &policy)
    {
        core::net::GrpcRuntime runtime;
        auto options = EchoClient::direct();
        options.tls = *core::net::readTlsFiles(policy);
        EchoClient client(runtime, server.target(), options);
        return tests::await(client.say(u"hello"_s, std::chrono::seconds(5)));
    }
    TlsPolicy byCa() const
    {
        TlsPolicy policy;
        policy.trust = TlsPolicy::Trust::CaFile;
        policy.caFile = m_authority->caFile();
        return policy;
    }
    static TlsPolicy byFingerprint(const QByteArray &sha256)
    {
        TlsPolicy policy;
        policy.trust = TlsPolicy::Trust::Fingerprint;
        policy.sha256 = sha256;
        return policy;
    }

    void addServers() const
    {
        QTest::addColumn<int>("certificate");
        QTest::addColumn<TlsPolicy>("policy");
        QTest::addColumn<bool>("accepted");
        TlsPolicy otherCa = byCa();
        otherCa.caFile = m_other->caFile();
        QTest::newRow("its authority") << 0 << byCa() << true;
        QTest::newRow("another authority") << 0 << otherCa << false;
        QTest::newRow("the system's authorities") << 0 << TlsPolicy{} << false;
        QTest::newRow("expired") << 1 << byCa() << false;
        QTest::newRow("another name") << 2 << byCa() << false;
        QTest::newRow("self-signed") << 3 << byCa() << false;
        QTest::newRow("accepted certificate") << 0 << byFingerprint(m_server.sha256) << true;
        QTest::newRow("accepted certificate, expired") << 1 << byFingerprint(m_expired.sha256) << true;
        QTest::newRow("accepted certificate, another name") << 2 << byFingerprint(m_otherName.sha256) << true;
        QTest::newRow("accepted certificate, self-signed") << 3 << byFingerprint(m_selfSigned.sha256) << true;
        QTest::newRow("another certificate was accepted") << 3 << byFingerprint(m_server.sha256) << false;
    }
    const TestCertificates::Pair &certificate(int number) const
    {
        return number == 0 ? m_server : number == 1 ? m_expired : number == 2 ? m_otherName : m_selfSigned;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_authority = std::make_unique<TestCertificates>();
        m_other = std::make_unique<TestCertificates>();
        m_server = m_authority->server();
        m_expired = m_authority->make({.validFromDays = -30, .validToDays = -1});
        m_otherName = m_authority->make({.commonName = u"elsewhere"_s, .names = u"DNS:elsewhere.example"_s});
        m_selfSigned = m_authority->make({.selfSigned = true});
    }
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void http_waitsForItsFiles()
    {
        FakeHttpServer server(FakeHttpServer::Tls{m_server, {}});
        server.on({}, u"/x"_s, HttpAnswer::json("{}"));
        core::net::HttpRequest request;
        request.url = server.url(u"/x"_s);
        auto client = std::make_unique<HttpClient>(settingsWith(byCa()));
        QList<std::optional<Error::Kind>> ends; // nullopt: answered
        const auto send = [&] {
            auto *reply = client->send(request);
            reply->then(this, [&ends](const Result<core::net::HttpResponse> &got) {
                ends.append(got ? std::nullopt : std::optional(got.error().kind));
            });
            return reply;
        };
        send();
        send()->cancel();
        send();
        QTRY_COMPARE_WITH_TIMEOUT(ends.size(), 3, 30'000);
        QCOMPARE(ends.count(std::nullopt), 2);
        QVERIFY(ends.contains(std::optional(Error::Kind::Cancelled)));
        QCOMPARE(server.seen().size(), 2);
        // Unreadable: every one that waits is told, and the next tries anew.
        TlsPolicy missing = byCa();
        missing.caFile += u".none"_s;
        client = std::make_unique<HttpClient>(settingsWith(missing));
        ends.clear();
        send();
        send();
        QTRY_COMPARE_WITH_TIMEOUT(ends.size(), 2, 30'000);
        QCOMPARE(ends.count(std::optional(Error::Kind::Usage)), 2);
        QVERIFY(QFile::copy(m_authority->caFile(), missing.caFile));
        const bool now = bool(*tests::await(client->send(request)));
        QVERIFY(QFile::remove(missing.caFile));
        QVERIFY(now);
        // Its end while they are being read.
        client = std::make_unique<HttpClient>(settingsWith(byCa()));
        client->send(request);
        client.reset();
        QCOMPARE(server.seen().size(), 3);
    }

    void http_data() { addServers(); }
    void http()
    {
        QFETCH(int, certificate);
        QFETCH(TlsPolicy, policy);
        QFETCH(bool, accepted);
        FakeHttpServer server(FakeHttpServer::Tls{this->certificate(certificate), {}});
        server.on({}, u"/x"_s, HttpAnswer::json("{}"));
        const auto got = ask(server, policy);
        QVERIFY(got);
        QVERIFY2(got->has_value() == accepted, qPrintable(tests::errorOf(got)));
        if (!accepted) {
            QCOMPARE(got->error().kind, Error::Kind::Tls);
            QVERIFY(!got->error().retryable);
            static const QStringList says{u"certificate"_s, u"expired"_s, u"host name"_s, u"self-signed"_s};
            const bool pinned = policy.trust == TlsPolicy::Trust::Fingerprint;
            QVERIFY2(got->error().message.contains(pinned ? u"accepted"_s : says.at(certificate)), qPrintable(tests::errorOf(got)));
            QVERIFY2(server.seen().isEmpty(), "nothing was sent to a server that is not believed");
        }
    }

    void httpInTheClear_isNamed_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<Error::Kind>("kind");
        QTest::addColumn<QString>("words");
        QTest::newRow("answers") << "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"_ba << Error::Kind::Tls
                                 << u"speaks plain http, not https"_s;
        QTest::newRow("hangs up") << QByteArray() << Error::Kind::Network << u"perhaps this port speaks plain http"_s;
    }
    void httpInTheClear_isNamed()
    {
        QFETCH(QByteArray, answer);
        QFETCH(Error::Kind, kind);
        QFETCH(QString, words);
        tests::FakeRawServer server;
        server.onBytes = [&answer](QTcpSocket *socket, const QByteArray &) {
            socket->write(answer);
            socket->disconnectFromHost();
        };
        HttpClient client(settingsWith(byCa()));
        core::net::HttpRequest request;
        request.url = QUrl(u"https://%1/x"_s.arg(server.address()));
        request.deadline = std::chrono::seconds(60);
        const auto got = tests::await(client.send(request));
        QVERIFY(got && !*got);
        QVERIFY2(got->error().message.contains(words), qPrintable(got->error().message));
        QCOMPARE(got->error().kind, kind);
    }

    void grpc_data() { addServers(); }
    void grpc()
    {
        QFETCH(int, certificate);
        QFETCH(TlsPolicy, policy);
        QFETCH(bool, accepted);
        EchoServer server(EchoServer::Tls{this->certificate(certificate), {}});
        const auto got = say(server, policy);
        QVERIFY(got);
        QVERIFY2(got->has_value() == accepted, qPrintable(tests::errorOf(got)));
        if (!accepted) {
            QVERIFY2(got->error().kind == Error::Kind::Tls, qPrintable(tests::errorOf(got)));
            QCOMPARE(server.calls(), 0);
        }
    }

    void clientCertificate_data()
    {
        QTest::addColumn<QString>("passphrase");
        QTest::addColumn<bool>("pinned");
        QTest::newRow("plain key") << QString() << false;
        QTest::newRow("key with passphrase") << u"correct horse"_s << false;
        QTest::newRow("plain key, accepted certificate") << QString() << true;
        QTest::newRow("key with passphrase, accepted certificate") << u"correct horse"_s << true;
    }
    void clientCertificate()
    {
        QFETCH(QString, passphrase);
        QFETCH(bool, pinned);
        const auto client = m_authority->make({.commonName = u"operator"_s, .names = u"DNS:operator"_s, .passphrase = passphrase});
        FakeHttpServer http(FakeHttpServer::Tls{m_server, m_authority->caFile()});
        http.on({}, u"/x"_s, HttpAnswer::json("{}"));
        EchoServer grpc(EchoServer::Tls{m_server, contentOf(m_authority->caFile())});

        const TlsPolicy without = pinned ? byFingerprint(m_server.sha256) : byCa();
        const auto refused = ask(http, without);
        QVERIFY(!*refused);
        QVERIFY2(refused->error().message.contains(u"certificate"_s), qPrintable(tests::errorOf(refused)));
        QVERIFY(!*say(grpc, without));

        TlsPolicy with = without;
        with.certFile = client.certFile;
        with.keyFile = client.keyFile;
        with.keyPassphrase = passphrase;
        const auto httpAnswer = ask(http, with);
        QVERIFY2(*httpAnswer, qPrintable(tests::errorOf(httpAnswer)));
        const auto grpcAnswer = say(grpc, with);
        QVERIFY2(*grpcAnswer, qPrintable(tests::errorOf(grpcAnswer)));
    }

    void files_data()
    {
        QTest::addColumn<TlsPolicy>("policy");
        QTest::addColumn<QString>("about");
        const auto client = m_authority->make({.passphrase = u"right"_s});
        const auto second = m_authority->make({});
        const QString junk = m_authority->folder() + u"/junk.pem"_s;
        QFile file(junk);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        file.close();
        const QString text = m_authority->folder() + u"/text.pem"_s;
        QFile plain(text);
        QVERIFY(plain.open(QIODevice::WriteOnly));
        plain.write("hello");
        plain.close();
        const auto row = [](const char *name, const TlsPolicy &policy, const QString &about) { QTest::newRow(name) << policy << about; };
        TlsPolicy policy = byCa();
        policy.caFile = u"/no/such/file.pem"_s;
        row("CA file missing", policy, u"/no/such/file.pem"_s);
        policy.caFile = text;
        row("CA file is no PEM", policy, u"not a PEM file"_s);
        policy.caFile = junk;
        row("CA file without certificate", policy, u"no certificate"_s);
        policy = {};
        policy.certFile = client.certFile;
        row("certificate without key", policy, u"together"_s);
        policy.keyFile = client.keyFile;
        row("no passphrase", policy, u"passphrase"_s);
        policy.keyPassphrase = u"geheim-wrong"_s;
        row("wrong passphrase", policy, u"wrong passphrase"_s);
        policy.keyPassphrase = u"right"_s;
        policy.certFile = second.certFile;
        row("another key's certificate", policy, u"does not belong"_s);
        policy.certFile = junk;
        row("certificate is junk", policy, u"not a certificate"_s);
        policy.certFile = client.certFile;
        policy.keyFile = junk;
        row("key is junk", policy, u"not a private key"_s);
        row("fingerprint too short", byFingerprint("abc"), u"32 bytes"_s);
    }
    void files()
    {
        QFETCH(TlsPolicy, policy);
        QFETCH(QString, about);
        const auto checked = core::net::checkTlsFiles(policy);
        QVERIFY(!checked);
        QCOMPARE(checked.error().kind, Error::Kind::Usage);
        QVERIFY2(checked.error().message.contains(about), qPrintable(checked.error().message));
        QVERIFY(!checked.error().message.contains(u"geheim"_s));

        // The same words from every place that uses the files.
        HttpClient client(settingsWith(policy));
        core::net::HttpRequest request;
        request.url = QUrl(u"https://127.0.0.1:1/"_s);
        QCOMPARE(tests::await(client.send(request))->error(), checked.error());
        QCOMPARE(core::net::readTlsFiles(policy).error(), checked.error());
        core::Workers workers;
        QCOMPARE(tests::await(core::net::checkTlsFiles(policy, workers, this))->error(), checked.error());
    }

    void inspection_showsWhatIsThere()
    {
        FakeHttpServer server(FakeHttpServer::Tls{m_expired, {}});
        core::net::CertificateTarget target;
        target.host = u"127.0.0.1"_s;
        target.port = server.port();
        target.tls = byCa();
        target.proxy.kind = core::net::ProxyPolicy::Kind::None;
        auto got = tests::await(core::net::inspectCertificate(target));
        QVERIFY2(got && *got, qPrintable(tests::errorOf(got)));
        QCOMPARE((*got)->sha256, m_expired.sha256);
        QVERIFY((*got)->subject.contains(u"CN=localhost"_s));
        QVERIFY((*got)->issuer.contains(u"CN=Signalbox test authority"_s));
        QVERIFY((*got)->names.contains(u"localhost"_s));
        QVERIFY((*got)->notAfter < QDateTime::currentDateTime());
        QVERIFY2(!(*got)->problems.isEmpty(), "it has expired");

        target.tls = byFingerprint(m_expired.sha256);
        got = tests::await(core::net::inspectCertificate(target));
        QVERIFY((*got)->problems.isEmpty());
        target.tls = byFingerprint(m_server.sha256);
        got = tests::await(core::net::inspectCertificate(target));
        QCOMPARE((*got)->problems.size(), 1);
        QVERIFY(server.seen().isEmpty());
    }

    void inspection_ofAServerThatWantsACertificate()
    {
        FakeHttpServer server(FakeHttpServer::Tls{m_server, m_authority->caFile()});
        core::net::CertificateTarget target;
        target.host = u"127.0.0.1"_s;
        target.port = server.port();
        target.tls = byCa();
        target.proxy.kind = core::net::ProxyPolicy::Kind::None;
        const auto got = tests::await(core::net::inspectCertificate(target));
        QVERIFY2(got && *got, qPrintable(tests::errorOf(got)));
        QCOMPARE((*got)->sha256, m_server.sha256);
    }

    void inspection_ofSomethingElse()
    {
        core::net::CertificateTarget target;
        target.host = u"127.0.0.1"_s;
        target.proxy.kind = core::net::ProxyPolicy::Kind::None;
        target.timeout = std::chrono::milliseconds(400);
        {
            tests::FakeRawServer garbage;
            garbage.onBytes = [](QTcpSocket *socket, const QByteArray &) { socket->write("HTTP/1.1 400 Bad Request\r\n\r\n"); };
            target.port = garbage.port();
            QCOMPARE(tests::await(core::net::inspectCertificate(target))->error().kind, Error::Kind::Tls);
        }
        {
            tests::FakeRawServer silent;
            target.port = silent.port();
            QCOMPARE(tests::await(core::net::inspectCertificate(target))->error().kind, Error::Kind::Timeout);
            auto *cancelled = core::net::inspectCertificate(target);
            cancelled->cancel();
            QCOMPARE(tests::await(cancelled)->error().kind, Error::Kind::Cancelled);
            silent.stop();
            QCOMPARE(tests::await(core::net::inspectCertificate(target))->error().kind, Error::Kind::Network);
        }
    }

    void fingerprints()
    {
        const QString text = core::net::fingerprintText(m_server.sha256);
        QCOMPARE(text.size(), 95);
        QCOMPARE(*core::net::parseFingerprint(text), m_server.sha256);
        QCOMPARE(*core::net::parseFingerprint(text.toLower().remove(u':')), m_server.sha256);
        QCOMPARE(*core::net::parseFingerprint(QString(text).replace(u':', u' ')), m_server.sha256);
        for (const QString &bad :
             {QString(), u"abc"_s, text + u"00"_s, QString(text).replace(0, 1, u"g"_s), QString(text).replace(0, 1, u"１"_s)})
            QCOMPARE(core::net::parseFingerprint(bad).error().kind, Error::Kind::Usage);
    }

    /// That the certificate of one connection was accepted says nothing about the one that is made after a redirect.
    void aRedirectForgetsTheConnectionBefore()
    {
        OnceTlsServer server(m_server);
        HttpClient client(settingsWith(byCa()));
        core::net::HttpRequest request;
        request.url = QUrl(u"https://127.0.0.1:%1/x"_s.arg(server.serverPort()));
        const auto got = tests::await(client.send(request));
        QVERIFY(got && !*got);
        QVERIFY(server.callers > 1);
        QVERIFY2(!got->error().message.contains(u"client certificate"_s), qPrintable(got->error().message));
        QVERIFY2(got->error().kind == Error::Kind::Network, qPrintable(got->error().message));
    }
};

SIGNALBOX_TEST(TstTls)
#include "tst_tls.moc"
