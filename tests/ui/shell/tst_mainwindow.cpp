// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/credentials/secretvault.h"
#include "core/guard/unlocks.h"
#include "core/profiles/practice.h"
#include "tests/e2e/support/console.h"
#include "tests/support/testmain.h"
#include "ui/common/messagebar.h"
#include "ui/shell/navigation.h"
#include "ui/shell/statusline.h"
#include "ui/shell/tabarea.h"
#include "ui/shell/topbar.h"

#include <QAction>
#include <QComboBox>
#include <QDialog>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QMouseEvent>
#include <QPushButton>
#include <QSplitter>
#include <QTabBar>

using namespace Qt::StringLiterals;
using core::profiles::Environment;
using core::profiles::Setting;
using ui::shell::MainWindow;

namespace {

QString text(tests::Console &console, const QString &button)
{
    const auto *found = console.find<QAbstractButton>(button);
    return found ? found->text() : QString();
}

/// QTest moves the pointer without a button held.
/// Draws the edge behind the first part of a splitter.
void drag(QSplitterHandle *handle, int by)
{
    QSplitter *splitter = handle->splitter();
    const QPointF start = splitter->mapToGlobal(QPointF(splitter->sizes().constFirst(), splitter->height() / 2.0));
    QTest::mousePress(handle, Qt::LeftButton, {}, {});
    for (int step = 1; step <= 8; ++step) {
        const QPointF at = start + QPointF(by, 0) * step / 8;
        QMouseEvent move(QEvent::MouseMove, handle->mapFromGlobal(at), at, Qt::NoButton, Qt::LeftButton, {});
        QCoreApplication::sendEvent(handle, &move);
    }
    const QPointF end = start + QPointF(by, 0);
    QMouseEvent release(QEvent::MouseButtonRelease, handle->mapFromGlobal(end), end, Qt::LeftButton, Qt::NoButton, {});
    QCoreApplication::sendEvent(handle, &release);
}

QStringList kinds(const MainWindow &window)
{
    QStringList all;
    for (int i = 0; i < window.tabs().count(); ++i)
        all.append(window.tabs().kindAt(i));
    return all;
}

} // namespace

class TstMainWindow : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { tests::strictWindows(); }

    void theFirstStartOffersThePracticeRegistry()
    {
        tests::Console console;
        console.start();
        QCOMPARE(console.currentKind(), u"start"_s);
        auto *practice = console.find<QAbstractButton>(u"startPractice"_s);
        QVERIFY(practice);
        QTRY_VERIFY(practice->hasFocus()); // Return begins
        QTest::keyClick(practice, Qt::Key_Space);
        QTRY_COMPARE_WITH_TIMEOUT(console.currentKind(), u"configs"_s, 30000);
    }

    void theEnvironmentIsAWordEverywhere()
    {
        tests::Console console;
        const QString slug = console.addProfile(u"Shop live"_s, Environment::Production);
        console.start();
        console.window().setCurrent({slug, u"dev"_s});
        QTRY_VERIFY2(console.window().windowTitle().contains(u"Shop live/dev (PRODUCTION)"_s), qPrintable(console.window().windowTitle()));
        const auto *selector = console.find<QAbstractButton>(u"connectionButton"_s);
        QCOMPARE(selector->text(), u"Shop live"_s);
        QVERIFY(selector->accessibleName().contains(u"PRODUCTION"_s));
        const auto *bar = console.find<QTabBar>(u"tabBar"_s);
        QVERIFY2(bar->tabText(bar->currentIndex()).endsWith(u"\tShop live/dev\tPRODUCTION"_s),
                 qPrintable(bar->tabText(bar->currentIndex())));
    }

    void productionIsLockedUntilUnlockedWithAReason()
    {
        tests::Console console;
        const QString slug = console.addProfile(u"Live"_s, Environment::Production);
        console.start();
        console.window().setCurrent({slug, u"public"_s});
        QTRY_COMPARE(text(console, u"lockButton"_s), u"Read-only"_s);
        QCOMPARE(text(console, u"statusLock"_s), u"· Read-only"_s);
        auto *bar = console.find<QTabBar>(u"tabBar"_s);
        QVERIFY(bar->tabToolTip(bar->currentIndex()).contains(u"Read-only"_s));
        QVERIFY(!console.window().actions().reasonDisabled(u"connection.lock"_s).isEmpty());

        console.window().actions().refreshNow();
        QTest::mouseClick(console.widget(u"lockButton"_s), Qt::LeftButton);
        QTRY_VERIFY(console.widget(u"unlockDialog"_s));
        auto *apply = console.find<QPushButton>(u"unlockApply"_s);
        QVERIFY(!apply->isEnabled()); // a reason is missing
        QTest::keyClicks(console.find<QLineEdit>(u"unlockReason"_s), u"OPS-7"_s);
        QVERIFY(apply->isEnabled());
        QTest::keyClick(console.widget(u"unlockReason"_s), Qt::Key_Return);
        QTRY_VERIFY(!console.widget(u"unlockDialog"_s));
        QTRY_VERIFY2(text(console, u"lockButton"_s).startsWith(u"Unlocked until"_s), qPrintable(text(console, u"lockButton"_s)));
        QVERIFY(text(console, u"statusLock"_s).contains(u"Unlocked until"_s));
        QVERIFY(bar->tabToolTip(bar->currentIndex()).contains(u"Unlocked until"_s));
        QVERIFY(console.widget(u"lockButton"_s)->toolTip().contains(u"OPS-7"_s));

        console.window().actions().refreshNow();
        console.window().actions().action(u"connection.lock"_s)->trigger();
        QTRY_COMPARE(text(console, u"statusLock"_s), u"· Read-only"_s);
    }

    void twoWindowsComeBack()
    {
        tests::Console console;
        console.start();
        console.workbench().openPage({.kind = u"ledger"_s});
        QTest::keyClick(&console.window(), Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(console.shell().windows().size(), 2);
        MainWindow *second = console.shell().windows().at(1);
        second->openPage({.kind = u"settings"_s}, ui::workbench::Workbench::Where::HereOrExisting);
        const QStringList one = kinds(console.window()), two = kinds(*second);
        QVERIFY(one.contains(u"ledger"_s) && !two.contains(u"ledger"_s) && two.contains(u"settings"_s));
        console.restart();
        QTRY_COMPARE(console.shell().windows().size(), 2);
        QCOMPARE(kinds(*console.shell().windows().at(0)), one);
        QCOMPARE(kinds(*console.shell().windows().at(1)), two);
        // Closing one leaves the other.
        console.shell().windows().at(1)->close();
        QTRY_COMPARE(console.shell().windows().size(), 1);
        QVERIFY(console.window().isVisible());
    }

    void aPageGoesToANewWindow()
    {
        tests::Console console;
        console.start();
        console.workbench().openPage({.kind = u"ledger"_s}, ui::workbench::Workbench::Where::NewWindow);
        QTRY_COMPARE(console.shell().windows().size(), 2);
        QCOMPARE(kinds(*console.shell().windows().at(1)), QStringList{u"ledger"_s});
        QVERIFY(!kinds(console.window()).contains(u"ledger"_s));
    }

    void aNamespaceOpensInTheListOfItsConnection()
    {
        tests::Console console;
        const QString slug = console.addProfile(u"Shop"_s);
        console.start();
        console.workbench().openAddress(*core::Address::build(slug, u"-"_s, u"namespace"_s, {u"dev"_s}));
        QTRY_COMPARE(console.currentKind(), u"namespaces"_s);
        QCOMPARE(console.window().current().profile, slug);
        QCOMPARE(console.window().current().namespaceId, u"dev"_s);
    }

    void severalConnectionsAreOpenAtOnce()
    {
        tests::Console console;
        const QString one = console.addProfile(u"Shop"_s, Environment::Staging);
        const QString two = console.addProfile(u"Bank"_s, Environment::Production);
        console.start();
        console.window().setCurrent({one, u"public"_s});
        console.workbench().openAddress(*core::Address::build(two, u"public"_s, u"config"_s, {u"G"_s, u"a"_s}));
        QTRY_COMPARE(console.window().current().profile, two);
        QVERIFY(console.shell().connections().openRegistry(one) && console.shell().connections().openRegistry(two));
        const auto *bar = console.find<QTabBar>(u"tabBar"_s);
        const int first = console.window().tabs().recentOrder().value(1);
        const auto color = [bar](int index) { return bar->tabData(index).toList().value(0).value<QColor>(); };
        QVERIFY(color(first).isValid() && color(first) != color(bar->currentIndex()));
        // Selector, title and status follow the tab.
        console.window().tabs().setCurrentIndex(first);
        QTRY_COMPARE(console.window().current().profile, one);
        QVERIFY(console.window().windowTitle().contains(u"STAGING"_s));
    }

    void anotherStartHandsItsArgumentsOver()
    {
        tests::Console console;
        const QString slug = console.addProfile(u"Shop"_s);
        console.start();
        const auto address = *core::Address::build(slug, u"dev"_s, u"config"_s, {u"G"_s, u"a b/c"_s});
        console.shell().take({.profile = {}, .address = address});
        QTRY_COMPARE(console.window().tabs().addressAt(console.window().tabs().currentIndex()), address);
        console.shell().take({.profile = u"shop"_s});
        QTRY_COMPARE(console.window().current(), (ui::workbench::Subject{slug, u"public"_s}));
        console.shell().take({.profile = {}, .address = *core::Address::parse(u"signalbox://-/-/page/ledger"_s)});
        QTRY_COMPARE(console.currentKind(), u"ledger"_s);
        console.shell().take({.profile = u"nobody"_s});
        QTRY_VERIFY(console.widget(u"windowMessages"_s));
    }

    void aNoticeBelongsToItsTab()
    {
        tests::Console console;
        console.start();
        auto &workbench = console.workbench();
        auto *ledger = workbench.openPage({.kind = u"ledger"_s});
        workbench.notify({.state = ui::StateColor::Warning, .text = u"standing"_s});
        const ui::Message done{.state = ui::StateColor::Ok, .text = u"done"_s, .closeAfter = std::chrono::minutes(10)};
        workbench.notify(done);
        const auto &bar = console.window().messageBar();
        QCOMPARE(bar.current().text, u"done"_s);
        auto *settings = workbench.openPage({.kind = u"settings"_s});
        QVERIFY(ledger && settings && workbench.currentPage() == settings);
        QCOMPARE(bar.messages().size(), 1);
        QCOMPARE(bar.current().text, u"standing"_s);
        // The page that did it closes by it: it is said on the next one.
        workbench.notify(done);
        console.window().actions().action(u"file.closeTab"_s)->trigger();
        QTRY_VERIFY(workbench.currentPage() == ledger);
        QCOMPARE(bar.current().text, u"done"_s);
    }

    void theLanguageChangesAtRunTime()
    {
        tests::Console console;
        console.start();
        console.workbench().openPage({.kind = u"ledger"_s});
        const auto *menus = console.find<QMenuBar>(u"menuBar"_s);
        const QString before = menus->actions().first()->text();
        console.window().actions().action(u"view.languageChinese"_s)->trigger();
        QTRY_VERIFY(menus->actions().first()->text() != before);
        QTRY_VERIFY2(console.window().windowTitle().startsWith(QString::fromUtf8("账本")) ||
                         !console.window().windowTitle().startsWith(u"Ledger"_s),
                     qPrintable(console.window().windowTitle()));
        console.window().actions().action(u"view.languageEnglish"_s)->trigger();
        QTRY_COMPARE(menus->actions().first()->text(), before);
        QTRY_VERIFY(console.window().windowTitle().startsWith(u"Ledger"_s));
    }

    void themeChangesAtRunTime()
    {
        tests::Console console;
        console.start();
        const QColor light = console.window().palette().color(QPalette::Window);
        console.window().actions().action(u"view.themeDark"_s)->trigger();
        QTRY_VERIFY(console.window().palette().color(QPalette::Window).lightness() < light.lightness());
        console.window().actions().action(u"view.themeLight"_s)->trigger();
        QTRY_COMPARE(console.window().palette().color(QPalette::Window), light);
    }

    void theMenuMarksWhatIsShownAndChosen()
    {
        tests::Console console;
        console.start();
        console.services().settings.set(Setting::Theme, u"dark"_s);
        console.window().toggleActivity();
        auto *view = console.window().findChild<QMenu *>(u"menuView"_s);
        QVERIFY(view);
        const auto marked = [&console](const QString &id) { return console.window().actions().action(id)->isChecked(); };
        Q_EMIT view->aboutToShow();
        QVERIFY(marked(u"view.themeDark"_s) && !marked(u"view.themeLight"_s) && !marked(u"view.themeSystem"_s));
        QVERIFY(marked(u"view.activity"_s) && !marked(u"view.log"_s));
        console.services().settings.set(Setting::Theme, u"light"_s);
        console.window().toggleActivity();
        Q_EMIT view->aboutToShow();
        QVERIFY(marked(u"view.themeLight"_s) && !marked(u"view.themeDark"_s));
        QVERIFY(!marked(u"view.activity"_s));
    }

    void aServerThatIsDeadIsAProblem()
    {
        tests::Console console;
        const QString slug = console.addProfile(u"Shop"_s);
        console.start();
        // All is well: nothing is said of it.
        QVERIFY(!console.widget(u"statusProblems"_s));
        console.window().setCurrent({slug, u"public"_s});
        QTRY_VERIFY_WITH_TIMEOUT(console.widget(u"statusProblems"_s), 30000);
        QVERIFY(text(console, u"statusProblems"_s).startsWith("1 warning"_L1));
        // It never was there: nothing is connected again.
        QTRY_VERIFY2(text(console, u"statusConnection"_s).startsWith("no answer yet"_L1), qPrintable(text(console, u"statusConnection"_s)));
        QVERIFY2(console.widget(u"statusProblems"_s)->toolTip().contains(u"Shop"_s),
                 qPrintable(console.widget(u"statusProblems"_s)->toolTip()));
        // Closed on purpose is none.
        console.window().actions().refreshNow();
        console.window().actions().action(u"connection.disconnect"_s)->trigger();
        QTRY_VERIFY(!console.widget(u"statusProblems"_s));
    }

    void everyDisabledCommandSaysWhy()
    {
        tests::Console console;
        console.start();
        console.window().actions().refreshNow();
        QStringList silent;
        const QStringList ids = console.window().actions().ids();
        for (const QString &id : ids)
            if (!console.window().actions().action(id)->isEnabled() && console.window().actions().reasonDisabled(id).isEmpty())
                silent.append(id);
        QCOMPARE(silent, QStringList());
    }

    void noTwoCommandsShareAKey()
    {
        tests::Console console;
        console.start();
        QStringList clashes;
        const QList<ui::KeyConflict> conflicts = console.window().actions().conflicts();
        for (const ui::KeyConflict &conflict : conflicts)
            clashes.append(conflict.key.toString() + u": "_s + conflict.ids.join(u", "_s));
        QCOMPARE(clashes, QStringList());
    }

    void ownKeysAreTakenByAllWindowsAndKept()
    {
        tests::Console console;
        console.start();
        MainWindow *second = console.shell().newWindow();
        second->show();
        second->start();
        console.set(Setting::Shortcuts, QJsonObject{{u"view.log"_s, u"Ctrl+Alt+L"_s}});
        for (MainWindow *window : console.shell().windows())
            QTRY_COMPARE(window->actions().keys(u"view.log"_s), QList<QKeySequence>{QKeySequence(u"Ctrl+Alt+L"_s)});
        console.restart();
        QCOMPARE(console.window().actions().keys(u"view.log"_s), QList<QKeySequence>{QKeySequence(u"Ctrl+Alt+L"_s)});
        QTest::keyClick(&console.window(), Qt::Key_L, Qt::ControlModifier | Qt::AltModifier);
        QTRY_VERIFY(console.window().isLogShown());
    }

    void aKeychainThatCannotBeUsedIsSaid()
    {
        // No session bus: there is no keychain to ask.
        const QByteArray bus = qgetenv("DBUS_SESSION_BUS_ADDRESS"), runtime = qgetenv("XDG_RUNTIME_DIR");
        qunsetenv("DBUS_SESSION_BUS_ADDRESS");
        qunsetenv("XDG_RUNTIME_DIR");
        {
            tests::Console console;
            console.addProfile(u"Shop"_s);
            console.set(Setting::SecretStore, u"keychain"_s);
            console.start();
            console.restart();
            QTRY_VERIFY(console.services().secrets.kind() == core::credentials::SecretStore::Kind::Memory);
            const auto said = [&console] {
                const auto labels = console.window().messageBar().findChildren<QLabel *>();
                return std::any_of(labels.cbegin(), labels.cend(),
                                   [](const QLabel *label) { return label->isVisible() && label->text().contains(u"keychain"_s); });
            };
            QTRY_VERIFY(said());
            console.set(Setting::SecretStore, u"memory"_s); // chosen: no longer worth a word
            console.restart();
            QVERIFY(!said());
        }
        if (!bus.isNull())
            qputenv("DBUS_SESSION_BUS_ADDRESS", bus);
        qputenv("XDG_RUNTIME_DIR", runtime);
    }

    void theKeySheetOpensByItsKey()
    {
        tests::Console console;
        console.start();
        QTest::keyClick(&console.window(), Qt::Key_Slash, Qt::ControlModifier);
        QTRY_VERIFY(QApplication::activeModalWidget());
        QTest::keyClick(QApplication::activeModalWidget(), Qt::Key_Escape);
        QTRY_VERIFY(!QApplication::activeModalWidget());
    }

    // The details keep their width, whatever else was shown on that side between.
    void eachSidePaneHasItsOwnWidth()
    {
        tests::Console console;
        console.start().resize(1280, 800);
        QVERIFY(console.startPractice());
        QWidget *side = nullptr;
        QTRY_VERIFY((side = console.widget(u"sidePane"_s)) != nullptr);
        const int before = side->width();
        QVERIFY(before > 200);
        for (int i = 0; i < 2; ++i) {
            console.window().toggleActivity();
            QCoreApplication::processEvents();
        }
        QCOMPARE(side->width(), before);
        console.workbench().openPage({.kind = u"ledger"_s});
        QTRY_VERIFY(console.widget(u"sidePane"_s) == nullptr);
        console.workbench().openPage({.kind = u"configs"_s, .subject = {core::profiles::PracticeServers::slug(), u"public"_s}});
        QTRY_VERIFY(console.widget(u"sidePane"_s) != nullptr);
        QCoreApplication::processEvents();
        QCOMPARE(side->width(), before);
    }

    void thePaneBesideThePagesIsDrawnShutAtItsEdge()
    {
        tests::Console console;
        console.addProfile(u"Shop"_s);
        console.start().resize(1280, 800);
        console.workbench().openPage({.kind = u"ledger"_s});
        console.window().toggleActivity();
        QWidget *side = nullptr;
        QTRY_VERIFY((side = console.widget(u"sidePane"_s)) != nullptr);
        QTRY_VERIFY(console.window().width() == 1280 && side->width() < 640);
        const int before = side->width();
        QSplitterHandle *edge = qobject_cast<QSplitter *>(side->parentWidget())->handle(1);
        drag(edge, -60);
        QTRY_VERIFY(side->width() > before + 40);
        const int drawn = side->width();
        drag(edge, drawn);
        QTRY_VERIFY(!console.window().isActivityShown());
        QVERIFY(!console.widget(u"sidePane"_s));
        // It comes back as wide as it was.
        console.window().toggleActivity();
        QTRY_VERIFY(console.widget(u"sidePane"_s));
        QTRY_COMPARE(side->width(), drawn);
    }

    void theSidebarKeepsItsWidth()
    {
        tests::Console console;
        console.addProfile(u"Shop"_s);
        console.start().resize(1280, 800);
        const auto columns = [&console] { return qobject_cast<QSplitter *>(console.window().navigation().parentWidget()); };
        QSplitterHandle *edge = columns()->handle(1);
        const int before = console.window().navigation().width();
        drag(edge, 80);
        QTRY_VERIFY(console.window().navigation().width() > before + 60);
        const int drawn = console.window().navigation().width();
        console.restart().resize(1280, 800);
        QTRY_COMPARE(console.window().navigation().width(), drawn);
    }

    void theStatusBarsTextsStandOnOneLine()
    {
        tests::Console console;
        console.addProfile(u"Shop"_s);
        console.start().resize(1280, 800);
        console.workbench().openPage({.kind = u"ledger"_s});
        for (const QString &language : {u"en"_s, u"zh_CN"_s}) {
            console.setLanguage(language);
            QTRY_VERIFY(console.widget(u"statusPage"_s));
            const QRect page = console.widget(u"statusPage"_s)->geometry();
            for (const QString &name : {u"statusConnection"_s, u"statusSecrets"_s, u"statusLog"_s}) {
                const QRect other = console.widget(name)->geometry();
                QTRY_COMPARE(page.top(), other.top());
                QCOMPARE(page.bottom(), other.bottom());
            }
        }
    }

    void aTabClosesByItsCross()
    {
        tests::Console console;
        console.start();
        console.workbench().openPage({.kind = u"ledger"_s});
        auto *bar = console.find<QTabBar>(u"tabBar"_s);
        const int index = bar->currentIndex();
        auto *cross = qobject_cast<QAbstractButton *>(bar->tabButton(index, QTabBar::RightSide));
        QVERIFY(cross);
        QTest::mouseClick(cross, Qt::LeftButton);
        QTRY_VERIFY(!kinds(console.window()).contains(u"ledger"_s));
    }
};

SIGNALBOX_TEST(TstMainWindow)
#include "tst_mainwindow.moc"
