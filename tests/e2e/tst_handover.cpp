// SPDX-License-Identifier: GPL-3.0-or-later
// Two starts of the real program on one home: the second hands over what it was asked for and ends.
#include "tests/support/temphome.h"
#include "tests/support/testmain.h"

#include <csignal>
#include <fcntl.h>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalServer>
#include <QProcess>
#include <QTest>
#include <sys/file.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

const QString Program = QStringLiteral(SIGNALBOX_BIN_DIR "/signalbox");

/// Kinds and addresses of the tabs the running window has saved.
QStringList tabs(const tests::TempHome &home)
{
    QStringList found;
    const QJsonObject settings = QJsonDocument::fromJson(home.read(u"settings.json"_s)).object();
    for (const QJsonValue &value : settings) {
        const QJsonArray windows = value.toObject().value("windows"_L1).toArray();
        for (const QJsonValue &window : windows) {
            const QJsonArray all = window.toObject().value("tabs"_L1).toArray();
            for (const QJsonValue &tab : all)
                found.append(tab.toObject().value("kind"_L1).toString() + u' ' + tab.toObject().value("address"_L1).toString());
        }
    }
    return found;
}

} // namespace

class TstHandover : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theSecondStartHandsOverAndEnds()
    {
        tests::TempHome home;
        const QJsonObject shop{
            {u"slug"_s, u"shop"_s}, {u"name"_s, u"Shop"_s}, {u"kind"_s, u"nacos"_s}, {u"servers"_s, QJsonArray{u"http://127.0.0.1:9"_s}}};
        home.write(u"profiles.json"_s, QJsonDocument(QJsonObject{{u"version"_s, 1}, {u"profiles"_s, QJsonArray{shop}}}).toJson());
        QProcess first;
        first.start(Program, {u"--home"_s, home.path()});
        QVERIFY(first.waitForStarted());
        QTRY_VERIFY_WITH_TIMEOUT(!tabs(home).isEmpty(), 30000); // its window stands

        const QStringList targets{u"signalbox://shop/dev/config/G/a%20b.yaml"_s, u"signalbox://-/-/page/ledger"_s};
        for (const QString &target : targets) {
            QProcess second;
            second.start(Program, {u"--home"_s, home.path(), u"--open"_s, target});
            QVERIFY(second.waitForFinished(30000));
            QCOMPARE(second.exitCode(), 0);
        }
        QTRY_VERIFY2_WITH_TIMEOUT(tabs(home).contains(u"config "_s + targets.first()), qPrintable(tabs(home).join(u", "_s)), 20000);
        QTRY_VERIFY2_WITH_TIMEOUT(tabs(home).contains(u"ledger "_s), qPrintable(tabs(home).join(u", "_s)), 20000);
        QCOMPARE(first.state(), QProcess::Running);

        // What is no address is wrong usage, and nobody is bothered.
        QProcess wrong;
        wrong.start(Program, {u"--home"_s, home.path(), u"--open"_s, u"http://somewhere"_s});
        QVERIFY(wrong.waitForFinished(20000));
        QCOMPARE(wrong.exitCode(), 2);
        endInOrder(first, home);
    }

    // Nothing is left for the next start to repair, and the session is as it was.
    void aTerminatedWindowEndsInOrder_data()
    {
        QTest::addColumn<int>("signal");
        QTest::newRow("SIGTERM") << SIGTERM;
        QTest::newRow("SIGINT") << SIGINT;
    }
    void aTerminatedWindowEndsInOrder()
    {
        QFETCH(int, signal);
        tests::TempHome home;
        QProcess window;
        window.start(Program, {u"--home"_s, home.path(), u"--open"_s, u"signalbox://-/-/page/ledger"_s});
        QVERIFY(window.waitForStarted());
        QTRY_VERIFY_WITH_TIMEOUT(tabs(home).contains(u"ledger "_s), 30000);
        QVERIFY(!owners(home).isEmpty());
        endInOrder(window, home, signal);
        QVERIFY(tabs(home).contains(u"ledger "_s));
    }

    /// Killed a moment ago: it still has the lock and the socket, and answers nothing any more.
    void startBesideADyingWindow_opensTheWindow()
    {
        tests::TempHome home;
        QVERIFY(QDir(home.path()).mkpath(u"run"_s));
        const int lock = ::open(QFile::encodeName(home.path() + u"/run/window.lock"_s).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        QVERIFY(lock >= 0 && ::flock(lock, LOCK_EX | LOCK_NB) == 0);
        QLocalServer dying;
        QVERIFY(dying.listen(home.path() + u"/run/window.socket"_s));
        QProcess next;
        next.start(Program, {u"--home"_s, home.path(), u"--open"_s, u"signalbox://-/-/page/ledger"_s});
        QVERIFY(next.waitForStarted());
        QTRY_VERIFY_WITH_TIMEOUT(dying.hasPendingConnections(), 30000);
        ::close(lock);
        QTRY_VERIFY_WITH_TIMEOUT(tabs(home).contains(u"ledger "_s), 30000);
        endInOrder(next, home);
    }

private:
    /// The locks of running programs, named by their UUIDs.
    static QStringList owners(const tests::TempHome &home) { return QDir(home.path() + u"/run"_s).entryList({u"*-*.lock"_s}, QDir::Files); }
    static void endInOrder(QProcess &window, const tests::TempHome &home, int signal = SIGTERM)
    {
        QCOMPARE(::kill(pid_t(window.processId()), signal), 0);
        QVERIFY(window.waitForFinished(30000));
        QCOMPARE(window.exitStatus(), QProcess::NormalExit);
        QCOMPARE(window.exitCode(), 0);
        QCOMPARE(owners(home), QStringList());
    }
};

SIGNALBOX_TEST(TstHandover)
#include "tst_handover.moc"
