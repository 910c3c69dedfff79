// SPDX-License-Identifier: GPL-3.0-or-later
// The program ends because somebody outside says so: nothing is asked, nothing typed is lost.
#include "app/console/ending.h"
#include "core/profiles/practice.h"
#include "core/store/drafts.h"
#include "tests/e2e/support/console.h"
#include "tests/support/await.h"
#include "tests/support/testmain.h"
#include "ui/common/codeeditor.h"
#include "ui/shell/tabarea.h"

#include <csignal>
#include <QAction>
#include <QLineEdit>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using ui::shell::MainWindow;

namespace {

constexpr int Long = 30000;

/// What the editor in front was typed into, as it is on disk.
QByteArray draft(tests::Console &console, const core::Address &address)
{
    const auto loaded = tests::await(console.services().drafts.load(address));
    return loaded && *loaded && **loaded ? (**loaded)->content : QByteArray();
}

QStringList kinds(const MainWindow &window)
{
    QStringList all;
    for (int i = 0; i < window.tabs().count(); ++i)
        all.append(window.tabs().kindAt(i));
    return all;
}

} // namespace

class TstEnding : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { tests::strictWindows(); }

    void asksNobodyAndKeepsDrafts_data()
    {
        QTest::addColumn<int>("signal"); // 0: the session manager's "quit"
        QTest::newRow("terminated") << SIGTERM;
        QTest::newRow("interrupted") << SIGINT;
        QTest::newRow("hung up") << SIGHUP;
        QTest::newRow("session manager") << 0;
    }
    void asksNobodyAndKeepsDrafts()
    {
        QFETCH(int, signal);
        tests::Console console;
        console.start();
        const app::Ending ending(console.shell());
        QVERIFY(console.startPractice());
        const auto address =
            *core::Address::build(core::profiles::PracticeServers::slug(), u"public"_s, u"config"_s, {u"PAYMENTS"_s, u"payments.yaml"_s});
        // A form with something in it would be asked about.
        console.window().actions().refreshNow();
        console.window().actions().action(u"connection.new"_s)->trigger();
        auto *name = console.find<QLineEdit>(u"field.name"_s);
        QVERIFY(name);
        name->setText(u"half typed"_s);
        QVERIFY(console.workbench().currentPage()->isModified());
        console.workbench().openAddress(address);
        ui::CodeEditor *editor = nullptr;
        const auto loaded = [&] {
            editor = console.find<ui::CodeEditor>(u"configEditor"_s);
            return editor && editor->access() == ui::CodeEditor::Access::Editable && editor->byteCount() > 0;
        };
        QTRY_VERIFY_WITH_TIMEOUT(loaded(), Long);
        editor->setFocus();
        editor->insertText(u"typed: last\n"_s);
        // A dialog in front holds nothing up.
        console.window().actions().action(u"help.keys"_s)->trigger();
        QTRY_VERIFY(console.widget(u"keySheet"_s));

        QSignalSpy ended(&console.shell(), &ui::shell::Shell::ended);
        if (signal != 0) {
            ::raise(signal);
        } else {
            QEvent quit(QEvent::Quit);
            QCoreApplication::sendEvent(qApp, &quit);
        }
        QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, Long);
        QVERIFY(console.shell().windows().isEmpty());
        QVERIFY2(draft(console, address).startsWith("typed: last\n"), draft(console, address).constData());
    }

    void quittingKeepsEveryWindow_data()
    {
        QTest::addColumn<bool>("asking");
        QTest::newRow("quit") << true;
        QTest::newRow("told to end") << false;
    }
    void quittingKeepsEveryWindow()
    {
        QFETCH(bool, asking);
        tests::Console console;
        console.start();
        console.workbench().openPage({.kind = u"ledger"_s});
        MainWindow *second = console.shell().newWindow();
        second->show();
        second->start();
        second->openPage({.kind = u"settings"_s}, ui::workbench::Workbench::Where::HereOrExisting);
        const QStringList one = kinds(console.window()), two = kinds(*second);
        QSignalSpy ended(&console.shell(), &ui::shell::Shell::ended);
        asking ? console.shell().quit() : console.shell().endNow();
        QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, Long);
        console.restart();
        QTRY_COMPARE(console.shell().windows().size(), 2);
        QCOMPARE(kinds(*console.shell().windows().at(0)), one);
        QCOMPARE(kinds(*console.shell().windows().at(1)), two);
    }

    // The session manager asks to save, and may still think better of it.
    void keepingGoesOnAsBefore()
    {
        tests::Console console;
        console.start();
        console.workbench().openPage({.kind = u"ledger"_s});
        console.shell().keep();
        QVERIFY(console.home().read(u"settings.json"_s).contains("ledger"));
        QCoreApplication::processEvents();
        QCOMPARE(console.shell().windows().size(), 1);
        QVERIFY(console.window().isVisible());
    }
};

SIGNALBOX_TEST(TstEnding)
#include "tst_ending.moc"
