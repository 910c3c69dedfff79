// SPDX-License-Identifier: GPL-3.0-or-later
// What signalboxctl recorded, the practice registry plays, and signalboxctl sees the same again.
#include "tests/core/sandbox/grpcprobe.h"
#include "tests/core/sandbox/httpprobe.h"
#include "tests/core/sandbox/programs.h"
#include "tests/support/testmain.h"

#include <QDir>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

class TstReplay : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void clientSeesTheSame_data();
    void clientSeesTheSame();
    void pushesComeInOrder();
    void strangersGetClearErrors();
    void bearsFaults();
    void refusesWhatItCannotPlay();
};

namespace {

const QString password = u"replayed-password-1"_s;

/// One run of signalboxctl in a home of its own.
class Ctl {
    Q_DISABLE_COPY_MOVE(Ctl)
public:
    Ctl(const QString &server, const QStringList &arguments)
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"SIGNALBOX_PASSWORD"_s, password);
        process.setProcessEnvironment(environment);
        process.start(QString::fromUtf8(SIGNALBOX_BIN_DIR "/signalboxctl"),
                      QStringList{u"--home"_s, home.path(), u"--server"_s, server, u"--user"_s, u"nacos"_s, u"--timeout"_s, u"60"_s} +
                          arguments);
    }
    ~Ctl()
    {
        if (process.state() != QProcess::NotRunning) {
            process.kill();
            process.waitForFinished(5000);
        }
    }
    bool waitEnd()
    {
        return QTest::qWaitFor([this] { return process.state() == QProcess::NotRunning; }, 60000);
    }
    /// Without what names the server and the home.
    QByteArray output()
    {
        static const QRegularExpression place(u"signalbox://[^/]+/|\"ledgerId\":\\d+|\"seenAt\":\"[^\"]*\""_s);
        all += process.readAllStandardOutput();
        return QString::fromUtf8(all).replace(place, u"-"_s).toUtf8();
    }
    bool waitFor(const QByteArray &text)
    {
        return QTest::qWaitFor([&] { return output().contains(text); }, 60000);
    }
    QTemporaryDir home;
    QProcess process;
    QByteArray all;
};

QStringList withLogin(const QStringList &more)
{
    return tests::SandboxProgram::freePorts() + QStringList{u"--auth"_s, u"nacos"_s} + more;
}

const QStringList environment{u"SIGNALBOX_SANDBOX_PASSWORD="_s + password};

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

void TstReplay::clientSeesTheSame_data()
{
    QTest::addColumn<QStringList>("arguments");
    const QString json = u"--json"_s;
    QTest::newRow("list") << QStringList{json, u"config"_s, u"list"_s};
    QTest::newRow("get") << QStringList{json, u"config"_s, u"get"_s, u"catalog.yaml"_s, u"--group"_s, u"SHOP"_s};
    QTest::newRow("plain") << QStringList{u"config"_s, u"get"_s, u"shop-texts.zh.properties"_s, u"--group"_s, u"SHOP"_s};
    QTest::newRow("absent") << QStringList{json, u"config"_s, u"get"_s, u"nothing-here"_s};
    QTest::newRow("history") << QStringList{json, u"config"_s, u"history"_s, u"catalog.yaml"_s, u"--group"_s, u"SHOP"_s};
    QTest::newRow("namespaces") << QStringList{json, u"namespace"_s, u"list"_s};
    QTest::newRow("delete") << QStringList{json, u"--yes"_s, u"config"_s, u"delete"_s, u"banner.txt"_s, u"--group"_s, u"SHOP"_s};
}

void TstReplay::clientSeesTheSame()
{
    QFETCH(const QStringList, arguments);
    QTemporaryDir folder;
    const QString recording = folder.filePath(u"conversation.jsonl"_s);
    QByteArray first;
    int code = -1;
    {
        tests::SandboxProgram live(withLogin({u"--seed"_s, u"demo"_s}), environment);
        QVERIFY(live.waitReady());
        Ctl ctl(live.http(), QStringList{u"--record"_s, recording} + arguments);
        QVERIFY(ctl.waitEnd());
        first = ctl.output();
        code = ctl.process.exitCode();
        QVERIFY2(code == 0 || code == 3, ctl.process.readAllStandardError().constData());
    }
    const QByteArray recorded = contentOf(recording);
    QVERIFY(recorded.contains("\"kind\":\"http\""));
    QVERIFY(!recorded.contains(password.toUtf8()));
    QVERIFY(!recorded.contains("eyJ")); // no token either
    tests::SandboxProgram played(tests::SandboxProgram::freePorts() + QStringList{u"--replay"_s, recording});
    QVERIFY(played.waitReady());
    QVERIFY(played.nacos().value("recordedExchanges"_L1).toInt() > 0);
    for (int round = 0; round < 2; ++round) { // and again from the beginning
        Ctl ctl(played.http(), arguments);
        QVERIFY(ctl.waitEnd());
        QCOMPARE(ctl.process.exitCode(), code);
        QCOMPARE(ctl.output(), first);
    }
}

void TstReplay::pushesComeInOrder()
{
    QTemporaryDir folder;
    const QString recording = folder.filePath(u"watch.jsonl"_s);
    const QStringList watch{u"config"_s, u"watch"_s, u"banner.txt"_s, u"--group"_s, u"SHOP"_s, u"--json"_s};
    QByteArray first;
    {
        tests::SandboxProgram live(withLogin({u"--seed"_s, u"demo"_s}), environment);
        QVERIFY(live.waitReady());
        Ctl ctl(live.http(), QStringList{u"--record"_s, recording} + watch);
        QVERIFY(ctl.waitFor("\"ready\""));
        tests::HttpProbe http(live.http());
        for (const QString &content : {u"one"_s, u"two"_s, u"three"_s}) {
            const auto published = http.post(u"/nacos/v3/admin/cs/config"_s,
                                             {{u"dataId"_s, u"banner.txt"_s},
                                              {u"groupName"_s, u"SHOP"_s},
                                              {u"content"_s, content},
                                              {u"username"_s, u"nacos"_s},
                                              {u"password"_s, password}});
            QCOMPARE(published.status, 200);
            QVERIFY(ctl.waitFor('"' + content.toUtf8() + '"'));
        }
        first = ctl.output();
        ctl.process.kill(); // whatever was written stays readable
        QVERIFY(ctl.waitEnd());
    }
    tests::SandboxProgram played(tests::SandboxProgram::freePorts() + QStringList{u"--replay"_s, recording});
    QVERIFY(played.waitReady());
    Ctl ctl(played.http(), watch);
    QVERIFY2(ctl.waitFor("\"three\""), (ctl.output() + ctl.process.readAllStandardError()).constData());
    QCOMPARE(ctl.output(), first);
}

void TstReplay::strangersGetClearErrors()
{
    QTemporaryDir folder;
    const QString recording = folder.filePath(u"r.jsonl"_s);
    {
        tests::SandboxProgram live(withLogin({}), environment);
        QVERIFY(live.waitReady());
        Ctl ctl(live.http(), {u"--record"_s, recording, u"namespace"_s, u"list"_s});
        QVERIFY(ctl.waitEnd());
    }
    tests::SandboxProgram played(tests::SandboxProgram::freePorts() + QStringList{u"--replay"_s, recording});
    QVERIFY(played.waitReady());
    tests::HttpProbe http(played.http()), console(played.nacos().value("console"_L1).toString());
    const auto unknown = http.get(u"/nacos/v3/admin/cs/config"_s, {{u"dataId"_s, u"x"_s}});
    QCOMPARE(unknown.status, 501);
    QVERIFY(unknown.json().value("message"_L1).toString().startsWith(u"the recording holds no GET /nacos/v3/admin/cs/config?dataId=x"_s));
    QCOMPARE(console.get(u"/v3/console/nothing"_s).status, 501);
    tests::GrpcProbe probe(played.grpcPort());
    const auto rpc = probe.query(u"a"_s);
    QVERIFY(rpc.ok);
    QCOMPARE(rpc.errorCode(), 501);
    QVERIFY(rpc.body().value("message"_L1).toString().contains(u"ConfigQueryRequest"_s));
    probe.openStream();
    probe.send({"ConnectionSetupRequest"_ba, {}, {}, "{}"_ba});
    QTRY_VERIFY(probe.streamEnded()); // there was no such connection
}

void TstReplay::bearsFaults()
{
    tests::SandboxProgram played(tests::SandboxProgram::freePorts() +
                                 QStringList{u"--fault"_s, u"error:503"_s, u"--replay"_s, u":/none"_s});
    QVERIFY(played.waitEnd());
    QTemporaryDir folder;
    const QString recording = folder.filePath(u"r.jsonl"_s);
    QFile file(recording);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"signalboxRecording\":1}\n"
               R"({"kind":"http","server":1,"method":"GET","path":"/nacos/a","answer":{"status":200,"body":"x"}})"
               "\n"
               R"({"kind":"http","server":1,"method":"GET","path":"/nacos/lost","answer":null})"
               "\n");
    file.close();
    tests::SandboxProgram faulty(tests::SandboxProgram::freePorts() + QStringList{u"--fault"_s, u"error:503"_s, u"--replay"_s, recording});
    QVERIFY(faulty.waitReady());
    tests::HttpProbe http(faulty.http());
    QCOMPARE(http.get(u"/nacos/a"_s).status, 503);
    QCOMPARE(http.send("POST", u"/sandbox/faults"_s, "[]").status, 200);
    QCOMPARE(http.get(u"/nacos/a"_s).body, "x"_ba);
    QCOMPARE(http.get(u"/nacos/lost"_s).status, 0); // the connection breaks, as it did
}

void TstReplay::refusesWhatItCannotPlay()
{
    QTemporaryDir folder;
    const QString hostile = folder.filePath(u"hostile"_s), good = folder.filePath(u"good"_s);
    for (const auto &[path, text] : {std::pair(hostile, "{\"signalboxRecording\":1}\n{\"kind\":\"http\",\"server\":1e300}\n"_ba),
                                     std::pair(good, "{\"signalboxRecording\":1}\n"_ba)}) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
    }
    const QStringList replay = tests::SandboxProgram::freePorts() + QStringList{u"--replay"_s};
    for (const QStringList &arguments :
         {replay + QStringList{folder.filePath(u"absent"_s)}, replay + QStringList{folder.path()}, replay + QStringList{hostile},
          replay + QStringList{QString()}, replay + QStringList{good, u"--seed"_s, u"demo"_s},
          replay + QStringList{good, u"--data"_s, u"d"_s}, replay + QStringList{good, u"--nacos-version"_s, u"3.0"_s},
          QStringList{u"--port"_s, u"off"_s, u"--replay"_s, good}}) {
        tests::SandboxProgram program(arguments);
        QVERIFY(program.waitEnd());
        QCOMPARE(program.process.exitCode(), 2);
        const QByteArray said = program.process.readAllStandardError();
        QVERIFY2(said.startsWith("signalbox-sandbox: --replay"), said.constData());
        QCOMPARE(said.count('\n'), 1);
    }
}

SIGNALBOX_TEST(TstReplay)
#include "tst_replay.moc"
