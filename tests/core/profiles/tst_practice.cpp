// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/profiles/practice.h"
#include "tests/support/await.h"
#include "tests/support/temphome.h"
#include "tests/support/testmain.h"

#include <csignal>
#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using core::Error;
using core::profiles::PracticeEndpoints;
using core::profiles::PracticeServers;

class TstPractice final : public QObject {
    Q_OBJECT

    std::unique_ptr<tests::TempHome> m_home;

    PracticeServers::Options options() const
    {
        PracticeServers::Options options;
        options.home = m_home->path();
        options.program = QStringLiteral(FAKE_SANDBOX);
        options.startTimeout = std::chrono::seconds(10);
        return options;
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".?"_s));
        qunsetenv("FAKE_SANDBOX_MODE");
        m_home = std::make_unique<tests::TempHome>();
    }
    void cleanup()
    {
        PracticeServers servers(options());
        QVERIFY(*tests::await(servers.stop()));
        m_home.reset();
        qunsetenv("FAKE_SANDBOX_MODE");
    }

    void startsThem_andFindsThemAgain()
    {
        PracticeServers first(options());
        QVERIFY(!first.isRunning());
        QVERIFY(!first.running());
        const auto started = tests::await(first.start(PracticeServers::Lifetime::WithUsers));
        QVERIFY2(started && *started, qPrintable(tests::errorOf(started)));
        QCOMPARE((*started)->nacosHttp, u"http://127.0.0.1:18848"_s);
        QCOMPARE((*started)->nacosUser, u"nacos"_s);
        QVERIFY((*started)->startedHere);
        QVERIFY(first.isRunning());
        const QString arguments = (*started)->ready.value(u"arguments"_s).toString();
        QVERIFY(arguments.contains(u"--port 0 --data %1/sandbox "_s.arg(m_home->path())));
        QVERIFY(arguments.contains(u"--end-with-users"_s));

        PracticeServers second(options());
        const auto found = tests::await(second.start(PracticeServers::Lifetime::WithUsers));
        QVERIFY(*found);
        QVERIFY(!(*found)->startedHere);
        QCOMPARE((*found)->pid, (*started)->pid);
        QCOMPARE(second.running()->pid, (*started)->pid);
    }

    /// They live on when this program is gone, and what they were given can be read as long.
    void passwordsOfOurs_areNotHandedOn()
    {
        const QList<QByteArray> names{"SIGNALBOX_PASSPHRASE", "SIGNALBOX_PASSWORD", "NACOS_PASSWORD"};
        for (const QByteArray &name : names)
            qputenv(name.constData(), "secret");
        const auto unset = qScopeGuard([names] {
            for (const QByteArray &name : names)
                qunsetenv(name.constData());
        });
        PracticeServers servers(options());
        const auto started = tests::await(servers.start(PracticeServers::Lifetime::WithUsers));
        QVERIFY2(started && *started, qPrintable(tests::errorOf(started)));
        QCOMPARE((*started)->ready.value(u"ours"_s).toInt(-1), 0);
    }

    void twoAtOnce_startOne()
    {
        qputenv("FAKE_SANDBOX_MODE", "slow");
        PracticeServers one(options()), two(options());
        std::optional<PracticeEndpoints> a, b;
        one.start(PracticeServers::Lifetime::WithUsers)->then(this, [&](const auto &got) { a = got.value_or(PracticeEndpoints{}); });
        two.start(PracticeServers::Lifetime::WithUsers)->then(this, [&](const auto &got) { b = got.value_or(PracticeEndpoints{}); });
        QTRY_VERIFY_WITH_TIMEOUT(a && b, 15000);
        QVERIFY(a->pid > 0);
        QCOMPARE(a->pid, b->pid);
        QVERIFY(a->startedHere != b->startedHere);
    }

    void theyEndAfterTheirLastUser()
    {
        auto user = std::make_unique<PracticeServers>(options());
        QVERIFY(*tests::await(user->start(PracticeServers::Lifetime::WithUsers)));
        QCOMPARE(QDir(m_home->filePath(u"sandbox/users"_s)).entryList(QDir::Files).size(), 1);
        user.reset();
        QCOMPARE(QDir(m_home->filePath(u"sandbox/users"_s)).entryList(QDir::Files).size(), 0);
        PracticeServers watcher(options());
        QTRY_VERIFY_WITH_TIMEOUT(!watcher.isRunning(), 15000);
    }

    void untilStop_outlivesItsUsers_andStopEndsIt()
    {
        {
            PracticeServers user(options());
            const auto started = tests::await(user.start(PracticeServers::Lifetime::UntilStop));
            QVERIFY(*started);
            QVERIFY(!(*started)->ready.value(u"arguments"_s).toString().contains(u"--end-with-users"_s));
        }
        PracticeServers other(options());
        QVERIFY(other.isRunning());
        QVERIFY(*tests::await(other.stop()));
        QVERIFY(!other.isRunning());
        QVERIFY(!other.running());
        QVERIFY(*tests::await(other.stop())); // none runs: fine
    }

    void killedServers_areStartedAgain()
    {
        PracticeServers user(options());
        const auto first = tests::await(user.start(PracticeServers::Lifetime::WithUsers));
        QCOMPARE(::kill(static_cast<pid_t>((*first)->pid), SIGKILL), 0);
        QTRY_VERIFY(!user.isRunning());
        QVERIFY2(m_home->exists(u"sandbox/ready.json"_s), "the old ready line is still there, and not believed");
        QVERIFY(!user.running());
        const auto second = tests::await(user.start(PracticeServers::Lifetime::WithUsers));
        QVERIFY(*second);
        QVERIFY((*second)->startedHere);
        QVERIFY((*second)->pid != (*first)->pid);
    }

    void programMissing_isNotFound()
    {
        auto wrong = options();
        wrong.program = m_home->filePath(u"no-such-program"_s);
        PracticeServers servers(wrong);
        QCOMPARE(tests::await(servers.start(PracticeServers::Lifetime::WithUsers))->error().kind, Error::Kind::NotFound);
    }

    void programThatEndsAtOnce_isToldWithItsLastWords()
    {
        qputenv("FAKE_SANDBOX_MODE", "dies");
        PracticeServers servers(options());
        const auto got = tests::await(servers.start(PracticeServers::Lifetime::WithUsers));
        QCOMPARE(got->error().kind, Error::Kind::Internal);
        QVERIFY2(got->error().message.contains(u"port 8848 is taken"_s), qPrintable(got->error().message));
        qunsetenv("FAKE_SANDBOX_MODE");
        QVERIFY(*tests::await(servers.start(PracticeServers::Lifetime::WithUsers)));
    }

    void programThatNeverIsReady_isATimeout()
    {
        qputenv("FAKE_SANDBOX_MODE", "silent");
        auto short_ = options();
        short_.startTimeout = std::chrono::milliseconds(400);
        qint64 pid = 0;
        {
            PracticeServers servers(short_);
            QCOMPARE(tests::await(servers.start(PracticeServers::Lifetime::WithUsers))->error().kind, Error::Kind::Timeout);
            QVERIFY(servers.isRunning());
            QVERIFY(!servers.running());
            pid = 1;
        }
        QVERIFY(pid > 0);
        PracticeServers watcher(options());
        QTRY_VERIFY_WITH_TIMEOUT(!watcher.isRunning(), 15000); // it had no users left
    }

    void callerGone_orCancelled_leavesNoLockBehind()
    {
        qputenv("FAKE_SANDBOX_MODE", "slow");
        PracticeServers servers(options());
        auto *reply = servers.start(PracticeServers::Lifetime::WithUsers);
        reply->cancel();
        QCOMPARE(tests::await(reply)->error().kind, Error::Kind::Cancelled);
        const auto got = tests::await(servers.start(PracticeServers::Lifetime::WithUsers));
        QVERIFY2(got && *got, qPrintable(tests::errorOf(got)));
    }

    void profileOfThePracticeRegistry()
    {
        PracticeEndpoints endpoints;
        endpoints.nacosHttp = u"http://127.0.0.1:18848"_s;
        endpoints.nacosGrpc = u"127.0.0.1:19900"_s;
        endpoints.nacosConsole = u"http://127.0.0.1:18080"_s;
        const auto profile = PracticeServers::profile(endpoints);
        QCOMPARE(profile.slug, u"practice"_s);
        QCOMPARE(profile.servers, QStringList{u"http://127.0.0.1:18848"_s});
        QCOMPARE(profile.grpcPort, 19900);
        QCOMPARE(profile.consoleUrl, u"http://127.0.0.1:18080"_s);
        QVERIFY(core::profiles::problemsOf(profile).isEmpty());
        QVERIFY(!profile.isProtected());
    }
};

SIGNALBOX_TEST(TstPractice)
#include "tst_practice.moc"
