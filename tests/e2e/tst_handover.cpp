// SPDX-License-Identifier: GPL-3.0-or-later
// Two starts of the real program on one home: the second hands over what it was asked for and ends.
#include "tests/support/temphome.h"
#include "tests/support/testmain.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

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
        first.terminate();
        if (!first.waitForFinished(10000)) {
            first.kill();
            first.waitForFinished();
        }
    }
};

SIGNALBOX_TEST(TstHandover)
#include "tst_handover.moc"
