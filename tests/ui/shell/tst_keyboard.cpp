// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/profiles/profilestore.h"
#include "tests/e2e/support/console.h"
#include "tests/support/testmain.h"
#include "ui/common/codeeditor.h"
#include "ui/models/tableview.h"
#include "ui/shell/navigation.h"
#include "ui/shell/palette.h"
#include "ui/shell/tabarea.h"

#include <QAction>
#include <QActionGroup>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QTabBar>
#include <QTreeView>

using namespace Qt::StringLiterals;
using core::profiles::Setting;
using ui::TableView;
using ui::shell::Palette;

namespace {

QAction *command(tests::Console &console, const QString &id)
{
    console.window().actions().refreshNow();
    return console.window().actions().action(id);
}

/// Its letters behind an ampersand, as pressed.
QStringList mnemonics(const QMenu *menu)
{
    QStringList letters;
    for (const QAction *action : menu->actions())
        if (const QKeySequence key = QKeySequence::mnemonic(action->text()); !key.isEmpty())
            letters.append(key.toString(QKeySequence::PortableText));
    return letters;
}

} // namespace

/// What is done without a mouse.
class TstKeyboard : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { tests::strictWindows(); }

    void startPage_returnDoesWhatSpaceDoes()
    {
        tests::Console console;
        console.start();
        auto *add = console.find<QAbstractButton>(u"startAdd"_s);
        QVERIFY(add);
        add->setFocus();
        QTest::keyClick(add, Qt::Key_Return);
        QTRY_COMPARE(console.currentKind(), u"connections"_s);
    }

    void aPageThatIsOpenedHasTheFocus_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("widget");
        QTest::newRow("ledger") << u"ledger"_s << QString();
        QTest::newRow("plan") << u"plan"_s << QString();
        QTest::newRow("connections") << u"connections"_s << u"connectionList"_s;
        QTest::newRow("settings") << u"settings"_s << u"settingsSections"_s;
        QTest::newRow("bookmarks") << u"bookmarks"_s << u"bookmarksTable"_s;
    }
    void aPageThatIsOpenedHasTheFocus()
    {
        QFETCH(QString, kind);
        QFETCH(QString, widget);
        tests::Console console;
        console.addProfile(u"Shop"_s);
        console.shell().bookmarks().add({ui::shell::pageAddress(u"settings"_s, {}), u"My corner"_s});
        console.start();
        auto *navigation = console.find<QListView>(u"navigation"_s);
        navigation->setFocus();
        int row = 0;
        const QString title = console.workbench().pages().find(kind)->title();
        while (navigation->model()->index(row, 0).data().toString() != title)
            QVERIFY(++row < navigation->model()->rowCount());
        navigation->setCurrentIndex(navigation->model()->index(row, 0));
        QTest::keyClick(navigation, Qt::Key_Return);
        QTRY_COMPARE(console.currentKind(), kind);
        const ui::workbench::Page *page = console.workbench().currentPage();
        QTRY_VERIFY(QApplication::focusWidget() && page->isAncestorOf(QApplication::focusWidget()));
        if (!widget.isEmpty())
            QTRY_COMPARE(QApplication::focusWidget()->objectName(), widget);
        // It is there again when one comes back.
        console.workbench().openPage({.kind = u"start"_s});
        console.workbench().openPage({.kind = kind});
        page = console.workbench().currentPage();
        QTRY_VERIFY(QApplication::focusWidget() && page->isAncestorOf(QApplication::focusWidget()));
    }

    void tabsAreWalkedThroughWithArrows()
    {
        tests::Console console;
        console.start();
        console.workbench().openPage({.kind = u"settings"_s});
        console.workbench().openPage({.kind = u"ledger"_s});
        auto *bar = console.find<QTabBar>(u"tabBar"_s);
        bar->setFocus();
        QTest::keyClick(bar, Qt::Key_Left);
        QTRY_COMPARE(console.currentKind(), u"settings"_s);
        QVERIFY(bar->hasFocus());
        QTest::keyClick(bar, Qt::Key_Left);
        QTRY_COMPARE(console.currentKind(), u"start"_s);
    }

    void theLastTabLeavesAWayOn()
    {
        tests::Console console;
        const QString slug = console.addProfile(u"Shop"_s);
        console.start();
        console.window().setCurrent({slug, u"public"_s});
        QTRY_COMPARE(console.currentKind(), u"configs"_s);
        while (console.window().tabs().count() > 0)
            command(console, u"file.closeTab"_s)->trigger();
        QTRY_VERIFY(console.widget(u"noTabs"_s));
        const auto *sentence = console.widget(u"noTabs"_s)->findChild<QLabel *>(u"statePageSentence"_s);
        QCOMPARE(sentence->text(), u"No page is open."_s);
        QVERIFY(!console.window().navigation().currentIndex().isValid());
        auto *action = console.widget(u"noTabs"_s)->findChild<QPushButton *>(u"statePageAction"_s);
        QCOMPARE(action->text(), u"Open Configs"_s);
        QTRY_VERIFY(action->hasFocus());
        QTest::keyClick(action, Qt::Key_Return);
        QTRY_COMPARE(console.currentKind(), u"configs"_s);
        QVERIFY(!console.widget(u"noTabs"_s));
    }

    void editMenu_worksOnWhatHasTheFocus()
    {
        tests::Console console;
        console.start();
        console.workbench().openPage({.kind = u"ledger"_s});
        auto *filter = console.find<QLineEdit>(u"filterEdit"_s);
        if (!filter)
            filter = console.widget(u"ledgerPage"_s)->findChild<QLineEdit *>();
        QVERIFY(filter);
        filter->setFocus();
        QVERIFY(!command(console, u"edit.undo"_s)->isEnabled());
        QVERIFY(!console.window().actions().reasonDisabled(u"edit.undo"_s).isEmpty());
        QVERIFY(!command(console, u"edit.copy"_s)->isEnabled());
        QTest::keyClicks(filter, u"abc"_s);
        QVERIFY(command(console, u"edit.undo"_s)->isEnabled());
        command(console, u"edit.selectAll"_s)->trigger();
        QCOMPARE(filter->selectedText(), u"abc"_s);
        command(console, u"edit.cut"_s)->trigger();
        QCOMPARE(QGuiApplication::clipboard()->text(), u"abc"_s);
        QVERIFY(filter->text().isEmpty());
        command(console, u"edit.paste"_s)->trigger();
        QCOMPARE(filter->text(), u"abc"_s);
        command(console, u"edit.undo"_s)->trigger();
        QVERIFY(filter->text().isEmpty());
        command(console, u"edit.redo"_s)->trigger();
        QCOMPARE(filter->text(), u"abc"_s);

        // The palette runs them on what had the focus before it.
        console.window().openPalette(u">select all"_s);
        QTRY_VERIFY(console.find<QLineEdit>(u"paletteEdit"_s));
        filter->deselect();
        QTest::keyClick(console.widget(u"paletteEdit"_s), Qt::Key_Return);
        QTRY_COMPARE(filter->selectedText(), u"abc"_s);
    }

    void menus_nothingTwiceAndNoLetterTwice()
    {
        tests::Console console;
        console.start();
        const auto *bar = console.find<QMenuBar>(u"menuBar"_s);
        for (const QAction *top : bar->actions()) {
            QStringList words = tests::wordsOf(top->menu()), letters = mnemonics(top->menu());
            QVERIFY2(words.removeDuplicates() == 0, qPrintable(top->text() + u": "_s + words.join(u", "_s)));
            const QStringList all = letters;
            QVERIFY2(letters.removeDuplicates() == 0, qPrintable(top->text() + u": "_s + all.join(u' ')));
        }
        const auto *edit = console.window().findChild<QMenu *>(u"menuEdit"_s);
        QCOMPARE(tests::wordsOf(edit).mid(0, 9),
                 (QStringList{u"Undo"_s, u"Redo"_s, u"Cut"_s, u"Copy"_s, u"Paste"_s, u"Select all"_s, u"Find or filter"_s, u"Replace…"_s,
                              u"Go to line…"_s}));
        // What belongs together is one line: it fits a small screen.
        QVERIFY2(edit->sizeHint().height() < 640, qPrintable(QString::number(edit->sizeHint().height())));
        int overrides = 0;
        for (const QAction *action : edit->actions()) {
            if (!action->menu())
                continue;
            QStringList letters = mnemonics(action->menu());
            QVERIFY2(letters.removeDuplicates() == 0, qPrintable(action->text()));
            overrides += int(tests::wordsOf(action->menu()).count(u"Override on this computer…"_s));
        }
        QCOMPARE(overrides, 1);
    }

    void viewMenu_themeAndLanguageAreOneOfSeveral()
    {
        tests::Console console;
        console.start();
        auto *view = console.window().findChild<QMenu *>(u"menuView"_s);
        Q_EMIT view->aboutToShow();
        const auto chosen = [&console](const QStringList &ids) {
            QStringList on;
            for (const QString &id : ids) {
                const QAction *action = console.window().actions().action(id);
                if (action->isChecked() && action->actionGroup() && action->actionGroup()->isExclusive())
                    on.append(id);
            }
            return on;
        };
        const QStringList themes{u"view.themeSystem"_s, u"view.themeLight"_s, u"view.themeDark"_s};
        const QStringList languages{u"view.languageEnglish"_s, u"view.languageChinese"_s};
        QCOMPARE(chosen(themes).size(), 1);
        QCOMPARE(chosen(languages).size(), 1); // also while it is the system's
        console.services().settings.set(Setting::Language, u"zh_CN"_s);
        Q_EMIT console.window().findChild<QMenu *>(u"menuView"_s)->aboutToShow();
        QCOMPARE(chosen(languages), QStringList{u"view.languageChinese"_s});
        console.services().settings.set(Setting::Language, u"en"_s);
        // The one in use stays marked when it is chosen again.
        command(console, u"view.themeLight"_s)->trigger();
        command(console, u"view.themeLight"_s)->trigger();
        QCOMPARE(chosen(themes), QStringList{u"view.themeLight"_s});
    }

    void keySheet_hasTheKeysOfListsAndOfReplace()
    {
        tests::Console console;
        console.start();
        command(console, u"help.keys"_s)->trigger();
        QTRY_VERIFY(console.find<QTreeView>(u"keySheetList"_s));
        const QAbstractItemModel *model = console.find<QTreeView>(u"keySheetList"_s)->model();
        QHash<QString, QString> keys;
        for (int group = 0; group < model->rowCount(); ++group) {
            const QModelIndex heading = model->index(group, 0);
            for (int row = 0; row < model->rowCount(heading); ++row)
                keys.insert(heading.data().toString() + u'/' + model->index(row, 0, heading).data().toString(),
                            model->index(row, 1, heading).data().toString());
        }
        QCOMPARE(keys.value(u"Editor/Replace…"_s), u"Ctrl+H"_s);
        QCOMPARE(keys.value(u"Lists/Open"_s), u"Return"_s);
        QCOMPARE(keys.value(u"Lists/Open in a new window"_s), u"Ctrl+Return"_s);
        QCOMPARE(keys.value(u"Lists/Copy the selected rows"_s), u"Ctrl+C"_s);
        QCOMPARE(keys.value(u"Edit/Undo"_s), u"Ctrl+Z"_s);
    }

    void quickOpen_takesTheLettersItsHintNames()
    {
        tests::Console console;
        const QString slug = console.addProfile(u"Shop"_s);
        console.start();
        console.window().setCurrent({slug, u"public"_s});
        QTRY_COMPARE(console.currentKind(), u"configs"_s);
        console.window().openQuickOpen();
        auto *palette = console.find<Palette>(u"palette"_s);
        QVERIFY(palette);
        QTest::keyClicks(palette->edit(), u">full screen"_s);
        QTRY_VERIFY(palette->resultCount() > 0);
        QCOMPARE(palette->itemAt(0)->title, u"Full screen"_s);
        palette->edit()->setText(u":ledger"_s);
        QTRY_VERIFY(palette->resultCount() > 0);
        QCOMPARE(palette->itemAt(0)->title, u"Ledger"_s);
        palette->edit()->setText(u"ledger"_s); // no object of this connection
        QTRY_COMPARE(palette->resultCount(), 0);
        const auto *nothing = palette->findChild<QLabel *>(u"paletteNothing"_s);
        QTRY_VERIFY(nothing->isVisible());
        QVERIFY2(nothing->text().startsWith(u"Nothing fits “ledger”."_s), qPrintable(nothing->text()));
        QVERIFY(nothing->text().contains(u"Ctrl+K"_s));

        // On to everything, with what was typed.
        QTest::keyClick(palette->edit(), Qt::Key_K, Qt::ControlModifier);
        QTRY_VERIFY(palette->resultCount() > 0);
        QCOMPARE(palette->edit()->text(), u"ledger"_s);
        QTest::keyClick(palette->edit(), Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(palette->edit()->text(), u">ledger"_s);
        QTest::keyClick(palette->edit(), Qt::Key_P, Qt::ControlModifier);
        QCOMPARE(palette->edit()->text(), u"ledger"_s);
        QTRY_VERIFY(nothing->isVisible());
        QTest::keyClick(palette->edit(), Qt::Key_Escape);
        QTRY_VERIFY(palette->isHidden());
    }

    void bookmarks_keysAndMenu()
    {
        tests::Console console;
        console.shell().bookmarks().add({ui::shell::pageAddress(u"settings"_s, {}), u"My corner"_s});
        console.shell().bookmarks().add({ui::shell::pageAddress(u"ledger"_s, {}), u"The book"_s});
        console.start();
        console.workbench().openPage({.kind = u"bookmarks"_s});
        auto *table = console.find<TableView>(u"bookmarksTable"_s);
        QTRY_VERIFY(table && table->records()->rowCount() == 2 && table->hasFocus());
        QCOMPARE(table->selectedCount(), 1);
        QTest::keyClick(table, Qt::Key_F10, Qt::ShiftModifier);
        QVERIFY(tests::rowMenu());
        const QStringList menu = tests::wordsOf(tests::rowMenu());
        for (const QString &text : {u"Open"_s, u"Rename…"_s, u"Move up"_s, u"Copy link"_s, u"Remove"_s})
            QVERIFY2(menu.contains(text), qPrintable(menu.join(u", "_s)));
        tests::rowMenu()->close();
        console.window().activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&console.window()));
        console.answers().input(u"Mine"_s);
        QTest::keyClick(table, Qt::Key_F2);
        QTRY_COMPARE(console.shell().bookmarks().all().first().title, u"Mine"_s);
        QTest::keyClick(table, Qt::Key_Down, Qt::AltModifier);
        QTRY_COMPARE(console.shell().bookmarks().all().last().title, u"Mine"_s);
        QTest::keyClick(table, Qt::Key_Delete);
        QTRY_COMPARE(console.shell().bookmarks().all().size(), 1);
    }

    void connections_keysAndMenu()
    {
        tests::Console console;
        console.addProfile(u"Shop"_s);
        console.start();
        console.workbench().openPage({.kind = u"connections"_s});
        auto *list = console.find<QListView>(u"connectionList"_s);
        QTRY_VERIFY(list && list->hasFocus());
        QTest::keyClick(list, Qt::Key_F10, Qt::ShiftModifier);
        QVERIFY(tests::rowMenu());
        const QStringList menu = tests::wordsOf(tests::rowMenu());
        for (const QString &text : {u"Connect"_s, u"Edit"_s, u"Make default"_s, u"Add"_s, u"Move up"_s, u"Remove…"_s})
            QVERIFY2(menu.contains(text), qPrintable(menu.join(u", "_s)));
        tests::rowMenu()->close();
        console.window().activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&console.window()));
        QTest::keyClick(list, Qt::Key_F2);
        QTRY_VERIFY(qobject_cast<QLineEdit *>(QApplication::focusWidget()));
        list->setFocus();
        console.answers().confirm();
        QTest::keyClick(list, Qt::Key_Delete);
        QTRY_VERIFY(console.services().profiles.profiles().isEmpty());
    }
};

SIGNALBOX_TEST(TstKeyboard)
#include "tst_keyboard.moc"
