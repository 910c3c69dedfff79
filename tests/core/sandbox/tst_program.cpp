// SPDX-License-Identifier: GPL-3.0-or-later
// The program itself: ready line, signals, data that survives kill -9, locks (app/cli.md §2).
#include "core/sandbox/common/processlock.h"
#include "tests/core/sandbox/grpcprobe.h"
#include "tests/core/sandbox/httpprobe.h"
#include "tests/core/sandbox/programs.h"
#include "tests/support/testmain.h"

#include <atomic>
#include <csignal>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>
#include <thread>

using namespace Qt::StringLiterals;

class TstProgram : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readyLine();
    void endsOnSignals();
    void refusesBadOptions();
    void refusesTakenPorts();
    void killedWithDataLosesNothing();
    void passwordIsShownOnce();
    void passwordOfADataFolderIsKept();
    void locks();
    void dataFolderIsForOne();
    void endsWithItsUsers();
    void writesPidAndLog();
    void demoIsSeededOnce();
    void portsOff();
};

namespace {

using Program = tests::SandboxProgram;
const QStringList freePorts = Program::freePorts();

} // namespace

void TstProgram::readyLine()
{
    Program program(freePorts);
    QVERIFY(program.waitReady());
    QCOMPARE(program.output.count('\n'), 1);
    QCOMPARE(program.ready.keys(), (QStringList{u"nacos"_s, u"pid"_s, u"ready"_s, u"startupMs"_s}));
    QCOMPARE(program.ready.value("pid"_L1).toInteger(), program.process.processId());
    QVERIFY(program.ready.value("startupMs"_L1).toInt() < 5000);
    QCOMPARE(program.nacos().keys(), (QStringList{u"console"_s, u"grpc"_s, u"http"_s, u"user"_s}));
    const int port = program.http().section(u':', 2).toInt();
    QCOMPARE(int(program.grpcPort()), port + 1000);
    tests::HttpProbe http(program.http()), console(program.nacos().value("console"_L1).toString());
    QCOMPARE(http.get(u"/nacos/v3/admin/core/state"_s).code(), 0);
    QCOMPARE(console.get(u"/v3/console/server/state"_s).status, 200);
    tests::HttpProbe six(u"http://[::1]:%1"_s.arg(port));
    const auto answer = six.get(u"/nacos/v3/admin/core/state"_s);
    QVERIFY(answer.code() == 0 || answer.status == 0); // where there is IPv6
}

void TstProgram::endsOnSignals()
{
    for (const int number : {SIGTERM, SIGINT}) {
        Program program(freePorts);
        QVERIFY(program.waitReady());
        tests::GrpcProbe probe(program.grpcPort());
        probe.connectStream();
        QElapsedTimer timer;
        timer.start();
        ::kill(pid_t(program.process.processId()), number);
        QVERIFY(program.waitEnd());
        QVERIFY(timer.elapsed() < 2000);
        QCOMPARE(program.process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(program.process.exitCode(), 0);
        QCOMPARE(program.process.readAllStandardError(), QByteArray());
    }
}

void TstProgram::refusesBadOptions()
{
    for (const QStringList &arguments : {QStringList{u"--bogus"_s}, QStringList{u"--nacos-version"_s, u"3.3"_s, u"--port"_s, u"0"_s},
                                         QStringList{u"--fault"_s, u"x"_s, u"--port"_s, u"0"_s}}) {
        Program program(arguments);
        QVERIFY(program.waitEnd());
        QCOMPARE(program.process.exitCode(), 2);
        QVERIFY(program.process.readAllStandardError().startsWith("signalbox-sandbox: "));
        QVERIFY(program.process.readAllStandardOutput().isEmpty());
    }
    Program help({u"--help"_s});
    QVERIFY(help.waitEnd());
    QCOMPARE(help.process.exitCode(), 0);
    QVERIFY(help.process.readAllStandardOutput().contains("--nacos-version"));
}

void TstProgram::refusesTakenPorts()
{
    Program first(freePorts);
    QVERIFY(first.waitReady());
    const QString port = first.http().section(u':', 2);
    Program second({u"--port"_s, port, u"--console-port"_s, u"off"_s});
    QVERIFY(second.waitEnd());
    QCOMPARE(second.process.exitCode(), 6);
    Program third({u"--port"_s, QString::number(port.toInt() + 1000), u"--console-port"_s, u"off"_s}); // our gRPC port
    QVERIFY(third.waitEnd());
    QCOMPARE(third.process.exitCode(), 6);
}

void TstProgram::killedWithDataLosesNothing()
{
    QTemporaryDir folder;
    const QStringList arguments = freePorts + QStringList{u"--data"_s, folder.path()};
    QMap<QString, int> acknowledged;
    {
        Program program(arguments);
        QVERIFY(program.waitReady());
        std::atomic<int> total = 0;
        std::atomic<bool> stop = false;
        std::mutex mutex;
        std::vector<std::thread> writers;
        for (int w = 0; w < 4; ++w) {
            writers.emplace_back([&, w] {
                tests::GrpcProbe probe(program.grpcPort());
                probe.connectStream(tests::GrpcProbe::Negotiation::No);
                for (int i = 1; !stop; ++i) {
                    const QString dataId = u"w%1"_s.arg(w);
                    if (!probe.publish(dataId, QByteArray::number(i)).success())
                        return;
                    ++total;
                    const std::lock_guard lock(mutex);
                    acknowledged.insert(dataId, i);
                }
            });
        }
        QTRY_VERIFY_WITH_TIMEOUT(total > 200, 30000);
        ::kill(pid_t(program.process.processId()), SIGKILL);
        QVERIFY(program.waitEnd());
        stop = true;
        for (std::thread &writer : writers)
            writer.join();
    }
    Program program(arguments);
    QVERIFY(program.waitReady());
    tests::GrpcProbe probe(program.grpcPort());
    probe.connectStream();
    QCOMPARE(acknowledged.size(), 4);
    for (auto it = acknowledged.cbegin(); it != acknowledged.cend(); ++it) {
        const int stored = probe.query(it.key()).body().value("content"_L1).toString().toInt();
        QVERIFY2(stored >= it.value() && stored <= it.value() + 1, qPrintable(u"%1: %2 of %3"_s.arg(it.key()).arg(stored).arg(it.value())));
    }
    tests::HttpProbe http(program.http());
    const QJsonObject page =
        http.get(u"/nacos/v3/admin/cs/history/list"_s, {{u"dataId"_s, u"w0"_s}, {u"groupName"_s, u"g"_s}}).data().toObject();
    QVERIFY(page.value("totalCount"_L1).toInt() >= acknowledged.value(u"w0"_s));
}

void TstProgram::passwordIsShownOnce()
{
    Program program(freePorts + QStringList{u"--auth"_s, u"boss"_s});
    QVERIFY(program.waitReady());
    QCOMPARE(program.nacos().value("user"_L1).toString(), u"boss"_s);
    QTRY_VERIFY(program.process.bytesAvailable() > 0 || !(program.output += QByteArray()).isEmpty());
    program.process.setReadChannel(QProcess::StandardError);
    QTRY_VERIFY(program.process.canReadLine());
    const QByteArray line = program.process.readLine().trimmed();
    QVERIFY(line.startsWith("password of boss: "));
    const QString password = QString::fromLatin1(line.sliced(18));
    QVERIFY(!program.output.contains(password.toLatin1()));
    tests::HttpProbe http(program.http());
    QCOMPARE(http.post(u"/nacos/v3/auth/user/login"_s, {{u"username"_s, u"boss"_s}, {u"password"_s, password}}).status, 200);
}

void TstProgram::passwordOfADataFolderIsKept()
{
    QTemporaryDir folder;
    const QStringList arguments = freePorts + QStringList{u"--auth"_s, u"nacos"_s, u"--data"_s, folder.path()};
    const tests::Form credentials{{u"username"_s, u"nacos"_s}, {u"password"_s, u"given-1"_s}};
    {
        Program program(arguments, {u"SIGNALBOX_SANDBOX_PASSWORD=given-1"_s});
        QVERIFY(program.waitReady());
        QCOMPARE(program.process.readAllStandardError(), QByteArray());
        tests::HttpProbe http(program.http());
        QCOMPARE(http.post(u"/nacos/v3/auth/user/login"_s, credentials).status, 200);
    }
    Program again(arguments);
    QVERIFY(again.waitReady());
    QCOMPARE(again.process.readAllStandardError(), QByteArray());
    tests::HttpProbe http(again.http());
    QCOMPARE(http.post(u"/nacos/v3/auth/user/login"_s, credentials).status, 200);
}

void TstProgram::locks()
{
    QTemporaryDir folder;
    const QString lock = folder.filePath(u"lock"_s);
    {
        Program first(freePorts + QStringList{u"--lock"_s, lock});
        QVERIFY(first.waitReady());
        Program second(freePorts + QStringList{u"--lock"_s, lock});
        QVERIFY(second.waitEnd());
        QCOMPARE(second.process.exitCode(), 5);
        ::kill(pid_t(first.process.processId()), SIGKILL);
        QVERIFY(first.waitEnd());
    }
    Program third(freePorts + QStringList{u"--lock"_s, lock});
    QVERIFY(third.waitReady());
    QFile file(lock);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll().trimmed().toLongLong(), third.process.processId());
}

void TstProgram::dataFolderIsForOne()
{
    QTemporaryDir folder;
    const QStringList arguments = freePorts + QStringList{u"--data"_s, folder.path()};
    {
        Program first(arguments);
        QVERIFY(first.waitReady());
        Program second(arguments);
        QVERIFY(second.waitEnd());
        QCOMPARE(second.process.exitCode(), 5);
        const QByteArray said = second.process.readAllStandardError();
        QVERIFY2(said.contains(folder.path().toUtf8()) && said.contains("in use"), said.constData());
        tests::HttpProbe http(first.http());
        QCOMPARE(http.get(u"/nacos/v3/admin/core/state"_s).code(), 0); // undisturbed
        ::kill(pid_t(first.process.processId()), SIGKILL);
        QVERIFY(first.waitEnd());
    }
    Program third(arguments);
    QVERIFY(third.waitReady());
}

void TstProgram::endsWithItsUsers()
{
    QTemporaryDir folder;
    using core::sandbox::ProcessLock;
    using core::sandbox::UsersWatch;
    QVERIFY(!UsersWatch::anyHeld(folder.path()));
    Program program(freePorts + QStringList{u"--end-with-users"_s, folder.path()});
    QVERIFY(program.waitReady());
    QElapsedTimer timer;
    {
        ProcessLock user;
        QVERIFY(user.take(folder.filePath(u"me.lock"_s)));
        QVERIFY(UsersWatch::anyHeld(folder.path()));
        QVERIFY(!program.process.waitForFinished(11500)); // held: it stays longer than its ten seconds
        timer.start();
    }
    QVERIFY(!UsersWatch::anyHeld(folder.path()));
    QVERIFY(program.waitEnd());
    QVERIFY(timer.elapsed() > 8000 && timer.elapsed() < 15000);
    QCOMPARE(program.process.exitCode(), 0);
}

void TstProgram::writesPidAndLog()
{
    QTemporaryDir folder;
    const QString pidFile = folder.filePath(u"pid"_s), logFile = folder.filePath(u"log"_s);
    Program program(freePorts + QStringList{u"--pid-file"_s, pidFile, u"--log-file"_s, logFile});
    QVERIFY(program.waitReady());
    QFile pid(pidFile);
    QVERIFY(pid.open(QIODevice::ReadOnly));
    QCOMPARE(pid.readAll().trimmed().toLongLong(), program.process.processId());
    tests::HttpProbe http(program.http());
    QCOMPARE(http.post(u"/nacos/v3/auth/user/login"_s, {{u"username"_s, u"a"_s}, {u"password"_s, u"hunter22"_s}}).status, 200);
    ::kill(pid_t(program.process.processId()), SIGTERM);
    QVERIFY(program.waitEnd());
    QVERIFY(!QFile::exists(pidFile));
    QFile log(logFile);
    QVERIFY(log.open(QIODevice::ReadOnly));
    const QByteArray text = log.readAll();
    QVERIFY(text.contains("/nacos/v3/auth/user/login"));
    QVERIFY(!text.contains("hunter22"));
}

void TstProgram::demoIsSeededOnce()
{
    QTemporaryDir folder;
    const QStringList arguments = freePorts + QStringList{u"--data"_s, folder.path(), u"--seed"_s, u"demo"_s};
    const QString config = u"/nacos/v3/admin/cs/config"_s;
    const tests::Form key{{u"dataId"_s, u"banner.txt"_s}, {u"groupName"_s, u"SHOP"_s}};
    {
        Program program(arguments);
        QVERIFY(program.waitReady());
        tests::HttpProbe http(program.http());
        QCOMPARE(http.get(config, key).code(), 0);
        QVERIFY(http.remove(config, key).data().toBool());
    }
    Program program(arguments);
    QVERIFY(program.waitReady());
    tests::HttpProbe http(program.http());
    QCOMPARE(http.get(config, key).code(), 20004); // what was deleted stays so
    QVERIFY(http.get(config + u"/list"_s).data().toObject().value("totalCount"_L1).toInt() > 15);
}

void TstProgram::portsOff()
{
    Program noConsole(freePorts + QStringList{u"--console-port"_s, u"off"_s, u"--aun-port"_s, u"off"_s, u"--prefab-port"_s, u"5"_s});
    QVERIFY(noConsole.waitReady());
    QVERIFY(!noConsole.nacos().contains("console"_L1));
    // A program that says it is ready serves something.
    Program nothing({u"--port"_s, u"off"_s});
    QVERIFY(nothing.waitEnd());
    QCOMPARE(nothing.process.exitCode(), 2);
    QVERIFY(nothing.process.readAllStandardOutput().isEmpty());
    QVERIFY(nothing.process.readAllStandardError().contains("Leave --port out"));
}

SIGNALBOX_TEST(TstProgram)
#include "tst_program.moc"
