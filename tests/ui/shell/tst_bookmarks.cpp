// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/profiles/settings.h"
#include "tests/e2e/support/console.h"
#include "tests/support/testmain.h"
#include "ui/models/tableview.h"
#include "ui/shell/bookmarks.h"
#include "ui/shell/navigation.h"
#include "ui/shell/tabarea.h"

#include <QSignalSpy>

using namespace Qt::StringLiterals;
using ui::TableView;
using ui::shell::Bookmark;

class TstBookmarks : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { tests::strictWindows(); }

    void pagesHaveAddresses()
    {
        const core::Address list = ui::shell::pageAddress(u"configs"_s, {u"shop"_s, u"public"_s});
        QCOMPARE(list.toString(), u"signalbox://shop/public/page/configs"_s);
        const auto request = ui::shell::pageOf(*core::Address::parse(list.toString()));
        QVERIFY(request);
        QCOMPARE(request->kind, u"configs"_s);
        QCOMPARE(request->subject, (ui::workbench::Subject{u"shop"_s, u"public"_s}));
        const auto tool = ui::shell::pageOf(ui::shell::pageAddress(u"ledger"_s, {}));
        QVERIFY(tool);
        QCOMPARE(tool->subject, ui::workbench::Subject());
        QVERIFY(!ui::shell::pageOf(*core::Address::build(u"shop"_s, u"public"_s, u"config"_s, {u"G"_s, u"a"_s})));
    }

    void keepsOrderAndTitles()
    {
        tests::Console console;
        ui::shell::Bookmarks &bookmarks = console.shell().bookmarks();
        QSignalSpy changed(&bookmarks, &ui::shell::Bookmarks::changed);
        const auto a = *core::Address::build(u"shop"_s, u"public"_s, u"config"_s, {u"G"_s, u"a"_s});
        const auto b = *core::Address::build(u"shop"_s, u"public"_s, u"config"_s, {u"G"_s, u"b"_s});
        bookmarks.add({a, u"A"_s});
        bookmarks.add({b, u"B"_s});
        bookmarks.add({a, u"A again"_s});
        QCOMPARE(bookmarks.all(), (QList<Bookmark>{{a, u"A again"_s}, {b, u"B"_s}}));
        bookmarks.move(b, ui::shell::Bookmarks::Direction::Up);
        bookmarks.move(b, ui::shell::Bookmarks::Direction::Up);
        bookmarks.rename(a, u"  "_s);
        bookmarks.rename(a, u"Alpha"_s);
        QCOMPARE(bookmarks.all(), (QList<Bookmark>{{b, u"B"_s}, {a, u"Alpha"_s}}));
        bookmarks.remove({b});
        QVERIFY(!bookmarks.contains(b));
        QCOMPARE(changed.count(), 6);
    }

    void theKeyKeepsThePageUnderBookmarks()
    {
        tests::Console console;
        console.start();
        console.workbench().openPage({.kind = u"ledger"_s});
        const ui::shell::Navigation &navigation = console.window().navigation();
        const QStringList before = navigation.titles();
        QVERIFY(before.contains(u"Bookmarks"_s));
        // Drafts stand under Bookmarks.
        QCOMPARE(before.indexOf(u"Drafts"_s), before.indexOf(u"Bookmarks"_s) + 1);
        QTest::keyClick(&console.window(), Qt::Key_B, Qt::ControlModifier);
        QTRY_COMPARE(navigation.titles().size(), before.size() + 1);
        QCOMPARE(navigation.titles().last(), u"Ledger"_s);

        console.restart();
        const ui::shell::Navigation &again = console.window().navigation();
        QCOMPARE(again.titles().last(), u"Ledger"_s);
        // It is called as the page is, in whatever language.
        console.set(core::profiles::Setting::Language, u"zh_CN"_s);
        QTRY_COMPARE(again.titles().last(), QString::fromUtf8("账本"));
        console.set(core::profiles::Setting::Language, u"en"_s);
        QTRY_COMPARE(again.titles().last(), u"Ledger"_s);
        console.workbench().openPage({.kind = u"settings"_s});
        auto *list = console.find<QListView>(u"navigation"_s);
        const QModelIndex last = list->model()->index(list->model()->rowCount() - 1, 0);
        list->scrollTo(last);
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(last).center());
        QTRY_COMPARE(console.currentKind(), u"ledger"_s);
        QTest::keyClick(&console.window(), Qt::Key_B, Qt::ControlModifier);
        QTRY_COMPARE(again.titles().size(), before.size());
    }

    void objectsOpenFromTheirBookmark()
    {
        tests::Console console;
        const QString slug = console.addProfile(u"Shop"_s);
        const auto address = *core::Address::build(slug, u"dev"_s, u"config"_s, {u"G"_s, u"app.yaml"_s});
        console.start();
        console.workbench().openAddress(address);
        QTRY_COMPARE(console.currentKind(), u"config"_s);
        QTest::keyClick(&console.window(), Qt::Key_B, Qt::ControlModifier);
        QVERIFY(console.shell().bookmarks().contains(address));
        console.window().tabs().close(console.window().tabs().currentIndex());

        console.workbench().openPage({.kind = u"bookmarks"_s});
        auto *table = console.find<TableView>(u"bookmarksTable"_s);
        QTRY_VERIFY(table && table->records()->rowCount() == 1);
        QCOMPARE(table->records()->cellText(0, table->records()->columnIndex(u"name"_s)), u"app.yaml"_s);
        QCOMPARE(table->records()->cellText(0, table->records()->columnIndex(u"place"_s)), u"Shop/dev"_s);
        table->setFocus();
        table->select({address.toString()}, address.toString());
        console.answers().input(u"The app"_s);
        QTRY_VERIFY(console.find<QAbstractButton>(u"bookmarkRename"_s)->isEnabled());
        QTest::mouseClick(console.widget(u"bookmarkRename"_s), Qt::LeftButton);
        QTRY_COMPARE(console.shell().bookmarks().all().first().title, u"The app"_s);
        // Beside the pages there may be little room: the whole is told under the mouse.
        const QAbstractItemModel *beside = console.window().navigation().model();
        const QString about = beside->index(beside->rowCount() - 1, 0).data(Qt::ToolTipRole).toString();
        QCOMPARE(about, u"The app\napp.yaml\nG\nShop/dev"_s);
        QTest::keyClick(table, Qt::Key_Return);
        QTRY_COMPARE(console.currentKind(), u"config"_s);
        QCOMPARE(console.window().tabs().addressAt(console.window().tabs().currentIndex()), address);
    }

    void thePaletteFindsThem()
    {
        tests::Console console;
        console.shell().bookmarks().add({ui::shell::pageAddress(u"settings"_s, {}), u"My corner"_s});
        console.start();
        console.window().openPalette(u"*corner"_s);
        auto *edit = console.widget(u"paletteEdit"_s);
        QTRY_VERIFY(edit);
        QTRY_VERIFY(console.find<QAbstractItemView>(u"paletteList"_s));
        auto *list = console.find<QAbstractItemView>(u"paletteList"_s);
        QTRY_COMPARE(list->model()->rowCount(), 1);
        QTest::keyClick(edit, Qt::Key_Return);
        QTRY_COMPARE(console.currentKind(), u"settings"_s);
    }

    void anUnknownPageIsSaidAndNotOpened()
    {
        tests::Console console;
        console.start();
        const int before = console.window().tabs().count();
        console.workbench().openAddress(ui::shell::pageAddress(u"nowhere"_s, {}));
        QCOMPARE(console.window().tabs().count(), before);
        QTRY_VERIFY(console.widget(u"windowMessages"_s));
    }
};

SIGNALBOX_TEST(TstBookmarks)
#include "tst_bookmarks.moc"
