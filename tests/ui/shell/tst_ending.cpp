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
#include <QDeadlineTimer>
#include <QLineEdit>
#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QThread>

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

/// How many the file holds, read past the program.
int draftsIn(const QString &file)
{
    int count = 0;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"beside"_s);
        database.setConnectOptions(u"QSQLITE_OPEN_READONLY;QSQLITE_BUSY_TIMEOUT=5000"_s);
        database.setDatabaseName(file);
        QSqlQuery query(database.open() ? database : QSqlDatabase());
        if (query.exec(u"SELECT count(*) FROM draft"_s) && query.next())
            count = query.value(0).toInt();
    }
    QSqlDatabase::removeDatabase(u"beside"_s);
    return count;
}

core::Address payments()
{
    return *core::Address::build(core::profiles::PracticeServers::slug(), u"public"_s, u"config"_s, {u"PAYMENTS"_s, u"payments.yaml"_s});
}

/// The editor of it, once its text can be changed.
ui::CodeEditor *openEditor(tests::Console &console, const core::Address &address)
{
    console.workbench().openAddress(address);
    ui::CodeEditor *editor = nullptr;
    const auto loaded = [&] {
        editor = console.find<ui::CodeEditor>(u"configEditor"_s);
        return editor && editor->access() == ui::CodeEditor::Access::Editable && editor->byteCount() > 0;
    };
    return QTest::qWaitFor(loaded, Long) ? editor : nullptr;
}

/// Never comes to an end with keeping.
class SilentPage final : public ui::workbench::Page {
public:
    using Page::Page;
    QString kind() const override { return u"silent"_s; }
    QString title() const override { return u"Silent"_s; }
    ui::Icon icon() const override { return ui::Icon::Config; }
    void keep(std::function<void()>) override {}
};

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
        const core::Address address = payments();
        // A form with something in it would be asked about.
        console.window().actions().refreshNow();
        console.window().actions().action(u"connection.new"_s)->trigger();
        auto *name = console.find<QLineEdit>(u"field.name"_s);
        QVERIFY(name);
        name->setText(u"half typed"_s);
        QVERIFY(console.workbench().currentPage()->isModified());
        ui::CodeEditor *editor = openEditor(console, address);
        QVERIFY(editor);
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

    void aPageThatNeverAnswersHoldsNothingUp()
    {
        tests::Console console;
        ui::workbench::PageKind kind;
        kind.id = u"silent"_s;
        kind.title = [] { return u"Silent"_s; };
        kind.needsConnection = false;
        kind.make = [](ui::workbench::Workbench &workbench, const ui::workbench::PageRequest &) -> ui::workbench::Page * {
            return new SilentPage(workbench);
        };
        console.shell().pages().add(kind);
        console.start();
        console.workbench().openPage({.kind = u"silent"_s});
        QCOMPARE(console.currentKind(), u"silent"_s);
        QSignalSpy ended(&console.shell(), &ui::shell::Shell::ended);
        console.shell().endNow();
        QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, Long);
        QVERIFY(console.shell().windows().isEmpty());
    }

    // Whoever is killed after the session manager has asked runs nothing more: what was typed is on its way by then.
    void whatWasTypedIsOnItsWayToTheDiskWhenTheSessionManagerGoesOn()
    {
        tests::Console console;
        console.start();
        const app::Ending ending(console.shell());
        QVERIFY(console.startPractice());
        const core::Address address = payments();
        ui::CodeEditor *editor = openEditor(console, address);
        QVERIFY(editor);
        editor->insertText(u"typed: last\n"_s);
        console.shell().keep();
        // Without this thread: no event of it is handled.
        const QDeadlineTimer limit(Long);
        while (draftsIn(console.home().filePath(u"drafts.db"_s)) == 0 && !limit.hasExpired())
            QThread::yieldCurrentThread();
        QVERIFY(!limit.hasExpired());
        QVERIFY(draft(console, address).startsWith("typed: last\n"));
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
