// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/tlsfiles.h"

#include "core/net/httpclient.h"
#include "tests/support/await.h"
#include "tests/support/busyworkers.h"
#include "tests/support/fakehttpserver.h"
#include "tests/support/testcertificates.h"
#include "tests/support/testmain.h"

#include <QFile>
#include <QRegularExpression>
#include <QSslCertificate>
#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace core::net;
using core::Error;
using core::Result;
using core::Workers;
using tests::BusyWorkers;

/// The files of a TLS policy, and those who wait for them.
class TstTlsFiles final : public QObject {
    Q_OBJECT

    std::unique_ptr<tests::TestCertificates> m_authority;

    TlsPolicy byCa() const
    {
        TlsPolicy policy;
        policy.trust = TlsPolicy::Trust::CaFile;
        policy.caFile = m_authority->caFile();
        return policy;
    }
    static HttpSettings settingsWith(const TlsPolicy &policy, const std::shared_ptr<Workers> &workers)
    {
        HttpSettings settings;
        settings.tls = policy;
        settings.proxy.kind = ProxyPolicy::Kind::None;
        settings.workers = workers;
        return settings;
    }

private Q_SLOTS:
    void initTestCase() { m_authority = std::make_unique<tests::TestCertificates>(); }
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void areReadAnewForEachWhoAsks()
    {
        Workers workers;
        TlsPolicy policy = byCa();
        policy.caFile = m_authority->folder() + u"/comes-and-goes.pem"_s;
        TlsFilesReader reader(policy, &workers);
        const auto gone = tests::await(reader.read(30s));
        QVERIFY(gone && !*gone);
        QCOMPARE(gone->error().kind, Error::Kind::Usage);
        QVERIFY(QFile::copy(m_authority->caFile(), policy.caFile));
        const auto there = tests::await(reader.read(30s));
        const bool removed = QFile::remove(policy.caFile);
        QVERIFY(removed && there && *there);
        QCOMPARE((*there)->authorities->size(), 1);
        QCOMPARE((*there)->policy, policy);
        const auto again = tests::await(reader.read(30s));
        QVERIFY(again && !*again);
        QCOMPARE(again->error(), gone->error());
    }

    /// Nobody writes into it: opening it would wait for ever.
    void aPipeIsNoFile()
    {
        TlsPolicy policy = byCa();
        policy.caFile = m_authority->folder() + u"/pipe.pem"_s;
        QCOMPARE(mkfifo(QFile::encodeName(policy.caFile).constData(), 0600), 0);
        Workers workers;
        TlsFilesReader reader(policy, &workers);
        const auto read = tests::await(reader.read(30s));
        QVERIFY(QFile::remove(policy.caFile));
        QVERIFY(read && !*read);
        QCOMPARE(read->error().kind, Error::Kind::Usage);
        QVERIFY(read->error().message.contains(u"not a file"_s));
    }

    void whoAsksMeanwhile_sharesTheReading()
    {
        auto workers = std::make_unique<Workers>();
        TlsFilesReader reader(byCa(), workers.get());
        BusyWorkers busy(*workers);
        const auto late = tests::await(reader.read(20ms));
        QVERIFY(late && !*late);
        QCOMPARE(late->error().kind, Error::Kind::Timeout);
        QVERIFY(late->error().retryable);
        QVERIFY2(late->error().message.contains(u"20 ms"_s), qPrintable(late->error().message));
        auto *given = reader.read(30s);
        given->cancel();
        QCOMPARE(tests::await(given)->error().kind, Error::Kind::Cancelled);
        auto *first = reader.read(30s), *second = reader.read(0ms);
        bool told = false;
        second->then(this, [&told](const Result<TlsFiles> &files) { told = files.has_value(); });
        busy.free();
        const auto read = tests::await(first, 30s);
        QVERIFY(read && *read);
        QTRY_VERIFY(told);
    }

    void itsEnd_settlesWhoWaits()
    {
        Workers workers;
        BusyWorkers busy(workers);
        auto reader = std::make_unique<TlsFilesReader>(byCa(), &workers);
        auto *lost = reader->read(30s);
        // One whose owner goes first.
        auto owner = std::make_unique<QObject>();
        reader->read(30s, owner.get());
        owner.reset();
        reader.reset();
        QCOMPARE(tests::await(lost)->error().kind, Error::Kind::Cancelled);
    }

    void aRequestThatWaitsForThem_hasItsDeadline()
    {
        const auto workers = std::make_shared<Workers>();
        tests::FakeHttpServer server(tests::FakeHttpServer::Tls{m_authority->server(), {}});
        server.on({}, u"/x"_s, tests::HttpAnswer::json("{}"));
        HttpClient client(settingsWith(byCa(), workers));
        HttpRequest request;
        request.url = server.url(u"/x"_s);
        BusyWorkers busy(*workers);
        request.deadline = 50ms;
        const auto late = tests::await(client.send(request));
        QVERIFY(late && !*late);
        QCOMPARE(late->error().kind, Error::Kind::Timeout);
        QVERIFY2(late->error().message.contains(u"files of the TLS settings"_s), qPrintable(late->error().message));
        request.deadline = 60s;
        auto *given = client.send(request);
        given->cancel();
        QCOMPARE(tests::await(given)->error().kind, Error::Kind::Cancelled);
        auto *patient = client.send(request);
        busy.free();
        const auto answer = tests::await(patient, 60s);
        QVERIFY2(answer && *answer, qPrintable(tests::errorOf(answer)));
        QCOMPARE(server.seen().size(), 1);
    }

    void aLookAtACertificate_hasItsDeadline()
    {
        Workers workers;
        BusyWorkers busy(workers);
        CertificateTarget target;
        target.host = u"127.0.0.1"_s;
        target.port = 1;
        target.tls = byCa();
        target.proxy.kind = ProxyPolicy::Kind::None;
        target.timeout = 20ms;
        const auto late = tests::await(inspectCertificate(target, this, &workers));
        QVERIFY(late && !*late);
        QCOMPARE(late->error().kind, Error::Kind::Timeout);
        target.timeout = 60s;
        auto *given = inspectCertificate(target, this, &workers);
        given->cancel();
        QCOMPARE(tests::await(given)->error().kind, Error::Kind::Cancelled);
        auto owner = std::make_unique<QObject>();
        inspectCertificate(target, owner.get(), &workers);
        owner.reset();
    }
};

SIGNALBOX_TEST(TstTlsFiles)
#include "tst_tlsfiles.moc"
