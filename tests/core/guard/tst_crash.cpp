// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/guard/memoryserver.h"
#include "tests/support/await.h"
#include "tests/support/testmain.h"

#include <QDir>
#include <QJsonDocument>
#include <QLocalServer>
#include <QLocalSocket>
#include <QProcess>
#include <QRandomGenerator>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace core::guard;
using namespace tests;

namespace {

/// The registry the writers talk to; at every write it looks into the ledger for the intent.
class WireServer final : public QObject {
    Q_OBJECT
public:
    explicit WireServer(const QString &name, QString ledgerFile)
        : m_ledgerFile(std::move(ledgerFile))
    {
        if (!m_server.listen(name))
            qFatal("cannot listen");
        connect(&m_server, &QLocalServer::newConnection, this, [this] {
            QLocalSocket *socket = m_server.nextPendingConnection();
            ++connections;
            connect(socket, &QLocalSocket::readyRead, this, [this, socket] {
                while (socket->canReadLine())
                    answer(socket, QJsonDocument::fromJson(socket->readLine()).object());
            });
            connect(socket, &QLocalSocket::disconnected, this, [this, socket] {
                ++closed;
                socket->deleteLater();
            });
        });
    }
    QString name() const { return m_server.fullServerName(); }
    std::map<QString, Value> values;
    int connections = 0, closed = 0, writes = 0, withoutIntent = 0;

private:
    void answer(QLocalSocket *socket, const QJsonObject &question)
    {
        QJsonObject reply{{u"id"_s, question.value("id"_L1)}};
        if (question.contains("write"_L1)) {
            const QString address = question.value("write"_L1).toString();
            ++writes;
            if (!hasIntent(address))
                ++withoutIntent;
            if (question.contains("value"_L1))
                values.insert_or_assign(address, *Value::fromJson(question.value("value"_L1).toObject()));
            else
                values.erase(address);
        } else if (const auto found = values.find(question.value("read"_L1).toString()); found != values.end()) {
            reply.insert(u"value"_s, found->second.toJson());
        }
        socket->write(QJsonDocument(reply).toJson(QJsonDocument::Compact) + '\n');
    }

    bool hasIntent(const QString &address)
    {
        bool there = false;
        {
            QSqlDatabase db = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"witness"_s);
            db.setDatabaseName(m_ledgerFile);
            QSqlQuery query(db.open() ? db : QSqlDatabase());
            query.prepare(u"SELECT count(*) FROM intent WHERE address = ? AND id NOT IN (SELECT intent FROM outcome)"_s);
            query.addBindValue(address);
            there = query.exec() && query.next() && query.value(0).toInt() == 1;
        }
        QSqlDatabase::removeDatabase(u"witness"_s);
        return there;
    }

    QLocalServer m_server;
    const QString m_ledgerFile;
};

/// The same state seen from this process, for settling.
class DirectExecutor final : public Executor {
public:
    explicit DirectExecutor(WireServer &server)
        : m_server(server)
    {
    }
    bool handles(QStringView kind) const override { return kind == u"config"; }
    core::Reply<std::optional<Value>> *read(const core::Address &target) override
    {
        const auto found = m_server.values.find(target.toString());
        return core::Reply<std::optional<Value>>::settled(found == m_server.values.end() ? std::nullopt : std::optional(found->second));
    }
    core::Reply<core::Done> *apply(const Change &) override { return core::Reply<core::Done>::settled(core::Done{}); }

private:
    WireServer &m_server;
};

/// The next start happens a while later: nothing is on its way any more.
class LaterClock final : public core::Clock {
public:
    QDateTime now() const override { return QDateTime::currentDateTimeUtc().addSecs(60); }
};

struct Writer {
    QString prefix;
    int writes = 3;
    int crashAt = 0;
    QStringList more;
};

void start(QProcess &process, const QString &home, const WireServer &server, const Writer &writer)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"SIGNALBOX_CRASH_AT"_s, QString::number(writer.crashAt));
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(QStringLiteral(SIGNALBOX_BIN_DIR "/crashwriter"),
                  QStringList{u"--home"_s, home, u"--server"_s, server.name(), u"--prefix"_s, writer.prefix, u"--writes"_s,
                              QString::number(writer.writes)} +
                      writer.more);
}

/// Settles what is open, then compares the ledger with the server. Empty: all is well.
QString disagreement(const QString &home, WireServer &server)
{
    auto opened = core::store::Home::open(home);
    if (!opened)
        return opened.error().message;
    LaterClock clock;
    core::store::Ledger ledger(**opened, u"next start"_s, clock);
    FixedPolicies policies;
    Unlocks unlocks(**opened, u"next start"_s, clock);
    Guard guard({ledger, policies, unlocks, clock});
    guard.add(std::make_unique<DirectExecutor>(server));
    const auto before = await(ledger.verify());
    if (!before || !*before || !(*before)->isIntact())
        return u"before settling: "_s +
            ((before && *before) ? (*before)->problems.value(0).place + u' ' + (*before)->problems.value(0).what : errorOf(before));
    const auto settled = await(guard.settle(), std::chrono::seconds(30));
    if (!settled.end || !*settled.end)
        return u"settling failed"_s;
    const auto report = await(ledger.verify());
    if (!report || !*report || !(*report)->isIntact() || (*report)->open != 0)
        return u"after settling"_s;
    auto entries = await(ledger.entries({})).items;
    std::ranges::reverse(entries);
    std::map<QString, QByteArray> expected;
    for (const auto &entry : entries) {
        if (entry.result->outcome == u"Conflict"_s || entry.result->outcome == u"Unknown"_s)
            return entry.address + u' ' + entry.result->outcome;
        if (entry.result->outcome == u"Applied"_s)
            expected[entry.address] = entry.after;
    }
    for (const auto &[address, after] : expected) {
        const auto live = server.values.find(address);
        const QByteArray hash = live == server.values.end() ? QByteArray() : live->second.sha256();
        if (hash != after)
            return address + u" is not as last applied"_s;
    }
    for (const auto &[address, value] : server.values) {
        if (!expected.contains(address))
            return address + u" was written and the ledger does not say so"_s;
    }
    if (server.withoutIntent > 0)
        return u"%1 writes without intent"_s.arg(server.withoutIntent);
    return {};
}

} // namespace

class TstCrash final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"QSql|QObject|QThread"_s)); }

    void killedAnywhere_isSettledRight()
    {
        int points = 0, killed = 0;
        // The first round goes through and tells how many points there are. How many a round has depends on which changes share a commit;
        // the last ones may be beyond those of this round, and then it goes through as well, and says so.
        for (int at = 0; at == 0 || at <= points; ++at) {
            QTemporaryDir folder;
            const QString home = folder.path() + u"/home"_s;
            WireServer server(folder.path() + u"/socket"_s, home + u"/ledger.db"_s);
            QProcess process;
            start(process, home, server, {.prefix = u"a"_s, .writes = 4, .crashAt = at});
            QTRY_COMPARE_WITH_TIMEOUT(process.state(), QProcess::NotRunning, 20000);
            QTRY_COMPARE(server.closed, server.connections);
            const QString output = QString::fromUtf8(process.readAllStandardOutput());
            const bool wentThrough = process.exitStatus() == QProcess::NormalExit;
            const int passed = wentThrough ? output.section(u' ', 0, 0).toInt() : 0;
            if (wentThrough) {
                QVERIFY2(output.endsWith(u" 4 done\n"_s), qPrintable(output));
                QVERIFY2(at == 0 || passed < at, qPrintable(u"it was not killed at %1: %2"_s.arg(at).arg(output)));
                points = std::max(points, passed);
            } else {
                ++killed;
            }
            if (at == 0)
                QVERIFY2(points > 30, qPrintable(output));
            const QString wrong = disagreement(home, server);
            QVERIFY2(wrong.isEmpty(), qPrintable(u"killed at %1 of %2: %3"_s.arg(at).arg(points).arg(wrong)));
        }
        QVERIFY2(killed > 30, qPrintable(u"%1 of %2"_s.arg(killed).arg(points)));
    }

    void twoPrograms_oneKilled_leaveOneWholeLedger()
    {
        for (int round = 0; round < 3; ++round) {
            QTemporaryDir folder;
            const QString home = folder.path() + u"/home"_s;
            WireServer server(folder.path() + u"/socket"_s, home + u"/ledger.db"_s);
            QProcess survivor, victim;
            start(survivor, home, server, {.prefix = u"s"_s, .writes = 500});
            start(victim, home, server, {.prefix = u"v"_s, .writes = 500});
            const int when = 50 + QRandomGenerator::global()->bounded(500);
            QTRY_VERIFY_WITH_TIMEOUT(server.writes >= when, 30000);
            victim.kill();
            QTRY_COMPARE_WITH_TIMEOUT(victim.state(), QProcess::NotRunning, 20000);
            QTRY_COMPARE_WITH_TIMEOUT(survivor.state(), QProcess::NotRunning, 60000);
            QTRY_COMPARE(server.closed, server.connections);
            const QString output = QString::fromUtf8(survivor.readAllStandardOutput());
            QVERIFY2(output.contains(u" 500 done"_s), qPrintable(output));
            const QString wrong = disagreement(home, server);
            QVERIFY2(wrong.isEmpty(), qPrintable(u"killed after %1 writes: %2"_s.arg(when).arg(wrong)));
        }
    }

    void fullDisk_nothingIsSentThatIsNotJournaled()
    {
        QTemporaryDir folder;
        const QString home = folder.path() + u"/home"_s;
        WireServer server(folder.path() + u"/socket"_s, home + u"/ledger.db"_s);
        {
            QProcess first; // makes the files while there is room
            start(first, home, server, {.prefix = u"a"_s, .writes = 2});
            QTRY_COMPARE_WITH_TIMEOUT(first.state(), QProcess::NotRunning, 20000);
        }
        QProcess process;
        start(process, home, server, {.prefix = u"b"_s, .writes = 500, .more = {u"--file-limit"_s, u"300000"_s}});
        QTRY_COMPARE_WITH_TIMEOUT(process.state(), QProcess::NotRunning, 60000);
        QTRY_COMPARE(server.closed, server.connections);
        const QString output = QString::fromUtf8(process.readAllStandardOutput());
        // Which of the two it meets first is a matter of how they share commits; either says what was not written, and why.
        static const QRegularExpression said(
            uR"(\A\d+ (\d+) Internal: (nothing is sent that cannot|the outcome cannot) be journaled: (.+)\n\z)"_s);
        const auto match = said.match(output);
        QVERIFY2(match.hasMatch(), qPrintable(output));
        QVERIFY2(match.captured(3).startsWith(home + u"/ledger.db cannot be written, perhaps the disk is full ("_s), qPrintable(output));
        QVERIFY(match.captured(1).toInt() <= server.writes - 2);
        QVERIFY(server.writes > 2 && server.writes < 502);
        const QString wrong = disagreement(home, server);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    }

    void readOnlyHome_nothingIsSent()
    {
        QTemporaryDir folder;
        const QString home = folder.path() + u"/home"_s;
        WireServer server(folder.path() + u"/socket"_s, home + u"/ledger.db"_s);
        {
            QProcess first;
            start(first, home, server, {.prefix = u"a"_s, .writes = 2});
            QTRY_COMPARE_WITH_TIMEOUT(first.state(), QProcess::NotRunning, 20000);
        }
        const auto change = [](const QString &path, mode_t mode) { return ::chmod(QFile::encodeName(path).constData(), mode) == 0; };
        QVERIFY(change(folder.path(), 0755) && change(home, 0555) && change(home + u"/run"_s, 0555) &&
                change(folder.path() + u"/socket"_s, 0777));
        for (const QFileInfo &file : QDir(home).entryInfoList(QDir::Files))
            QVERIFY(change(file.filePath(), 0444));
        QProcess process;
        start(process, home, server, {.prefix = u"b"_s, .writes = 2, .more = {u"--as-nobody"_s}});
        QTRY_COMPARE_WITH_TIMEOUT(process.state(), QProcess::NotRunning, 20000);
        const QString output = QString::fromUtf8(process.readAllStandardOutput());
        QVERIFY(change(home, 0700) && change(home + u"/run"_s, 0700));
        QVERIFY2(output.contains(u"Internal: nothing is sent that cannot be journaled"_s), qPrintable(output));
        QVERIFY2(output.contains(home), qPrintable(output)); // it says which folder
        QCOMPARE(server.writes, 2);
    }
};

SIGNALBOX_TEST(TstCrash)
#include "tst_crash.moc"
