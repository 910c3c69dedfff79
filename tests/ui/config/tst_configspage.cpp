// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/registry.h"
#include "core/store/ledger.h"
#include "core/store/mirror.h"
#include "tests/support/testmain.h"
#include "tests/ui/config/scene.h"
#include "ui/common/actionregistry.h"
#include "ui/common/filterbar.h"
#include "ui/common/messagebar.h"
#include "ui/common/statepage.h"
#include "ui/config/configdocument.h"
#include "ui/shell/bookmarks.h"
#include "ui/shell/tabarea.h"

#include <QAction>
#include <QClipboard>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QToolButton>

using namespace Qt::StringLiterals;
using core::nacos::ConfigKey;
using tests::rowOf;

namespace {

const ConfigKey Banner{u"public"_s, u"SHOP"_s, u"banner.txt"_s};
const ConfigKey Payments{u"public"_s, u"PAYMENTS"_s, u"payments.yaml"_s};
const ConfigKey Gateway{u"public"_s, u"PLATFORM"_s, u"gateway.yaml"_s};
const QString Table = u"configsTable"_s;

} // namespace

class TstConfigsPage : public tests::SceneTest {
    Q_OBJECT
private Q_SLOTS:
    void rowsCompleteThemselves_unknownIsADash();
    void filter_chipsNegationAndRegex();
    void slashFocusesTheFilter_escapeClears();
    void returnInTheFilterOpensWhatIsLeft();
    void details_areOfTheSelectedRowOnly();
    void bookmarksTheSelection();
    void selection_byKeyboard();
    void copying_namesAndLinks();
    void enterOpens_controlEnterInANewWindow();
    void deleting_previewsAndCanBeTakenBack();
    void deletingSeveral_isOnePlan();
    void duplicating_startsFromTheContent();
    void menu_isWhatTheBarAndThePaletteHave();
    void columnsSortAndFilters_surviveARestart();
    void at1280_nothingScrollsSideways_groupsAreWhole();
    void listeners_areCountedForTheScreen();
    void otherClientsChanges_arrive();
    void emptyNamespace_offersTheFirstConfig();
    void aHundredThousandRows();

private:
    ui::TableView *table() { return m_scene->table(Table); }
};

void TstConfigsPage::rowsCompleteThemselves_unknownIsADash()
{
    QVERIFY(m_scene->list());
    WAIT(table()->records()->rowCount() == 21);
    // The server's list tells neither size nor time; the rows on the screen are read.
    WAIT(m_scene->cell(Table, rowOf(Payments), u"size"_s) == "342 B"_L1);
    QVERIFY(m_scene->cell(Table, rowOf(Payments), u"changed"_s) != u"–"_s);
    auto *records = table()->records();
    const int changed = records->columnIndex(u"changed"_s);
    for (int row = 0; row < records->rowCount(); ++row)
        QVERIFY(!records->cellText(row, changed).contains("1970"_L1));
    WAIT(m_scene->console.find<QLabel>(u"configsCount"_s)->text().contains("live"_L1));
}

void TstConfigsPage::filter_chipsNegationAndRegex()
{
    QVERIFY(m_scene->list());
    auto *edit = m_scene->console.find<QLineEdit>(u"configsFilterEdit"_s);
    edit->setFocus();
    QTest::keyClicks(edit, u"type:yaml "_s);
    int yaml = 0;
    for (int row = 0; row < table()->records()->rowCount(); ++row)
        yaml += table()->records()->idAt(row).endsWith(".yaml"_L1) ? 1 : 0;
    QVERIFY(yaml > 3);
    WAIT(table()->proxy()->rowCount() == yaml);
    QTest::keyClicks(edit, u"-group:PLATFORM "_s);
    WAIT(table()->proxy()->rowCount() == yaml - 3); // gateway, postgres, rate-limits
    QVERIFY(table()->proxy()->rowOf(rowOf(Gateway)) < 0);
    QTest::keyClicks(edit, u"/^pay.*s\\./"_s);
    WAIT(table()->proxy()->rowCount() == 1);
    QCOMPARE(table()->proxy()->idAt(0), rowOf(Payments));
}

void TstConfigsPage::slashFocusesTheFilter_escapeClears()
{
    QVERIFY(m_scene->list());
    table()->setFocus();
    QTest::keyClick(table(), Qt::Key_Slash);
    auto *edit = m_scene->console.find<QLineEdit>(u"configsFilterEdit"_s);
    WAIT(edit->hasFocus());
    QTest::keyClicks(edit, u"pay"_s);
    WAIT(table()->proxy()->rowCount() < 21);
    QTest::keyClick(edit, Qt::Key_Escape);
    WAIT(table()->proxy()->rowCount() == 21);
    QTest::keyClick(edit, Qt::Key_Down);
    WAIT(table()->hasFocus());
    QCOMPARE(table()->currentIndex().row(), 0);
}

void TstConfigsPage::returnInTheFilterOpensWhatIsLeft()
{
    QVERIFY(m_scene->list());
    auto *edit = m_scene->console.find<QLineEdit>(u"configsFilterEdit"_s);
    edit->setFocus();
    QTest::keyClicks(edit, u"banner"_s);
    WAIT(table()->proxy()->rowCount() == 1);
    QTest::keyClick(edit, Qt::Key_Return);
    WAIT(m_scene->editor() && m_scene->editor()->document()->key() == Banner);
}

// What is asked about one row is never shown under the name of another.
void TstConfigsPage::details_areOfTheSelectedRowOnly()
{
    QVERIFY(m_scene->list());
    QLabel *nothing = nullptr;
    // The list may still arrive and put its first selection back.
    const auto cleared = [&] {
        table()->clearSelection();
        return (nothing = m_scene->console.find<QLabel>(u"configDetailEmpty"_s)) != nullptr;
    };
    WAIT(cleared());
    m_scene->select(Table, {rowOf(Payments)});
    auto *preview = m_scene->console.window().findChild<QPlainTextEdit *>(u"configPreview"_s);
    WAIT(preview && preview->toPlainText().contains("payments:"_L1));
    QVERIFY(!m_scene->console.find<QLabel>(u"configDetailEmpty"_s));
    m_scene->select(Table, {rowOf(Banner)});
    QVERIFY(!preview->isVisible()); // no heading, no text of the row before
    WAIT(preview->isVisible());
    QVERIFY(preview->toPlainText().contains("Tidewater"_L1));
}

void TstConfigsPage::bookmarksTheSelection()
{
    QVERIFY(m_scene->list());
    m_scene->select(Table, {rowOf(Banner), rowOf(Payments)});
    QAction *command = m_scene->console.window().actions().action(u"bookmark.selection"_s);
    QVERIFY(command);
    WAIT(command->isEnabled());
    QTest::keyClick(table(), Qt::Key_B, Qt::ControlModifier | Qt::ShiftModifier);
    WAIT(m_scene->console.shell().bookmarks().all().size() == 2);
    QCOMPARE(m_scene->console.shell().bookmarks().all().first().title, u"banner.txt"_s);
}

void TstConfigsPage::selection_byKeyboard()
{
    auto *page = m_scene->list();
    QVERIFY(page);
    m_scene->select(Table, {table()->proxy()->idAt(0)});
    QTest::keyClick(table(), Qt::Key_Down, Qt::ShiftModifier);
    QTest::keyClick(table(), Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(page->selectedCount(), 3);
    QTest::keyClick(table(), Qt::Key_Space);
    QCOMPARE(page->selectedCount(), 2);
    QTest::keyClick(table(), Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(page->selectedCount(), 21);
    QCOMPARE(page->selectedKeys().size(), 21);
    auto *remove = m_scene->console.find<QToolButton>(u"deleteSelectedButton"_s);
    QVERIFY(remove && remove->text().contains("21"_L1));
}

void TstConfigsPage::copying_namesAndLinks()
{
    QVERIFY(m_scene->list());
    // The name is copied, whichever column stands first.
    table()->horizontalHeader()->moveSection(1, 0);
    m_scene->select(Table, {rowOf(Banner), rowOf(Payments)});
    QTest::keyClick(table(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"banner.txt\npayments.yaml"_s);
    QTest::keyClick(table(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    WAIT(QGuiApplication::clipboard()->text().startsWith("signalbox://"_L1));
    QCOMPARE(QGuiApplication::clipboard()->text(),
             u"signalbox://practice/public/config/SHOP/banner.txt\nsignalbox://practice/public/config/PAYMENTS/payments.yaml"_s);
}

void TstConfigsPage::enterOpens_controlEnterInANewWindow()
{
    QVERIFY(m_scene->list());
    m_scene->select(Table, {rowOf(Payments)});
    QTest::keyClick(table(), Qt::Key_Return);
    WAIT(m_scene->editor() && m_scene->editor()->document()->key() == Payments);
    QVERIFY(m_scene->list());
    m_scene->select(Table, {rowOf(Banner)});
    QTest::keyClick(table(), Qt::Key_Return, Qt::ControlModifier);
    WAIT(m_scene->console.shell().windows().size() == 2);
    auto *second = m_scene->console.shell().windows().at(1);
    WAIT(qobject_cast<ui::config::EditorPage *>(second->tabs().currentPage()));
    second->close();
    WAIT(m_scene->console.shell().windows().size() == 1);
}

void TstConfigsPage::deleting_previewsAndCanBeTakenBack()
{
    QVERIFY(m_scene->list());
    const auto before = m_scene->read(Banner);
    QVERIFY(before);
    m_scene->select(Table, {rowOf(Banner)});
    QTest::keyClick(table(), Qt::Key_Delete);
    WAIT(m_scene->planIsReady());
    // Nothing goes before the preview is agreed to.
    QVERIFY(m_scene->read(Banner));
    QVERIFY(m_scene->apply());
    QVERIFY(!m_scene->read(Banner));
    WAIT(table()->records()->rowOf(rowOf(Banner)) < 0);
    const auto entries = tests::await(m_scene->console.services().ledger.entries({.limit = 1}));
    QCOMPARE(entries.items.size(), 1);
    auto &bar = m_scene->console.window().messageBar();
    WAIT(bar.current().actions.size() == 1); // Undo…
    m_scene->console.workbench().undoEntry(entries.items.first().id);
    QVERIFY(m_scene->apply());
    QCOMPARE(m_scene->read(Banner), before);
    // Who has just undone it is not asked to undo that.
    WAIT(bar.current().text == u"%1 is there again."_s.arg(Banner.dataId));
    QVERIFY(bar.current().actions.isEmpty());
    WAIT(table()->records()->rowOf(rowOf(Banner)) >= 0);
}

void TstConfigsPage::deletingSeveral_isOnePlan()
{
    QVERIFY(m_scene->list());
    m_scene->select(Table, {rowOf(Banner), rowOf(Payments), rowOf(Gateway)});
    m_scene->trigger(u"config.delete"_s);
    WAIT(m_scene->planIsReady());
    QCOMPARE(m_scene->table(u"planChanges"_s)->records()->rowCount(), 3);
    QVERIFY(m_scene->apply());
    for (const ConfigKey &key : {Banner, Payments, Gateway})
        QVERIFY(!m_scene->read(key));
    WAIT(table()->records()->rowCount() == 18);
}

void TstConfigsPage::duplicating_startsFromTheContent()
{
    QVERIFY(m_scene->list());
    m_scene->select(Table, {rowOf(Payments)});
    QTest::keyClick(table(), Qt::Key_D, Qt::ControlModifier);
    WAIT(m_scene->console.widget(u"newConfigDialog"_s));
    auto *name = m_scene->console.find<QLineEdit>(u"newConfigDataId"_s);
    QCOMPARE(name->text(), u"payments.yaml"_s);
    name->setText(u"payments-2.yaml"_s);
    QTest::keyClick(name, Qt::Key_Return);
    WAIT(m_scene->editor() && m_scene->editor()->document()->key().dataId == "payments-2.yaml"_L1);
    const auto original = m_scene->read(Payments);
    WAIT(m_scene->editor()->document()->content() == *original);
    const ConfigKey copy{u"public"_s, u"PAYMENTS"_s, u"payments-2.yaml"_s};
    QVERIFY(!m_scene->read(copy));
    m_scene->trigger(u"editor.publish"_s);
    QVERIFY(m_scene->apply());
    QCOMPARE(m_scene->read(copy), original);
}

void TstConfigsPage::menu_isWhatTheBarAndThePaletteHave()
{
    QVERIFY(m_scene->list());
    m_scene->select(Table, {rowOf(Payments)});
    Q_EMIT table()->menuRequested(table()->viewport()->mapToGlobal(QPoint(20, 20)));
    auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    QVERIFY(menu);
    QList<QAction *> actions;
    for (QAction *action : menu->actions()) {
        if (!action->isSeparator())
            actions.append(action);
    }
    for (const char *id : {"config.open", "config.openWindow", "config.compare", "config.duplicate", "config.copyName", "config.copyLink",
                           "config.override", "config.delete"})
        QVERIFY2(actions.contains(m_scene->console.window().actions().action(QString::fromLatin1(id))), id);
    // With the keys of the table, too.
    const auto key = [this](const QString &id) { return m_scene->console.window().actions().action(id)->shortcut(); };
    QCOMPARE(key(u"config.open"_s), QKeySequence(Qt::Key_Return));
    QCOMPARE(key(u"config.openWindow"_s), QKeySequence(u"Ctrl+Return"_s));
    QCOMPARE(key(u"config.copyName"_s), QKeySequence(QKeySequence::Copy));
    menu->close();
}

void TstConfigsPage::columnsSortAndFilters_surviveARestart()
{
    QVERIFY(m_scene->list());
    table()->setColumnShown(u"md5"_s, false);
    table()->setColumnShown(u"gray"_s, true);
    table()->setSort({u"group"_s, Qt::DescendingOrder}, {u"size"_s, Qt::AscendingOrder});
    auto *bar = m_scene->console.find<ui::FilterBar>(u"configsFilter"_s);
    bar->setSavedFilters({{u"Mine"_s, u"group:PAYMENTS"_s}});
    Q_EMIT bar->savedFiltersChanged();
    bar->setText(u"type:yaml"_s);
    m_scene->console.restart();
    WAIT(m_scene->console.currentKind() == "configs"_L1);
    WAIT(table());
    QVERIFY(!table()->isColumnShown(u"md5"_s));
    QVERIFY(table()->isColumnShown(u"gray"_s));
    QCOMPARE(table()->proxy()->primary().column, u"group"_s);
    QCOMPARE(table()->proxy()->primary().order, Qt::DescendingOrder);
    QCOMPARE(table()->proxy()->secondary().column, u"size"_s);
    bar = m_scene->console.find<ui::FilterBar>(u"configsFilter"_s);
    QCOMPARE(bar->text().trimmed(), u"type:yaml"_s);
    // They belong to all lists, and come as soon as the file is read.
    const QList<ui::SavedFilter> mine{{u"Mine"_s, u"group:PAYMENTS"_s}};
    WAIT(bar->savedFilters() == mine);
}

void TstConfigsPage::at1280_nothingScrollsSideways_groupsAreWhole()
{
    const ConfigKey wide{u"public"_s, u"DEFAULT_GROUP"_s, u"wide.properties"_s};
    QVERIFY(m_scene->write(wide, "a.rather.long.key=" + QByteArray(400, 'x') + '\n', u"properties"_s));
    QVERIFY(m_scene->list());
    WAIT(m_scene->cell(Table, rowOf(wide), u"group"_s) == "DEFAULT_GROUP"_L1);
    m_scene->select(Table, {rowOf(wide)});
    auto *preview = m_scene->console.window().findChild<QPlainTextEdit *>(u"configPreview"_s);
    WAIT(preview && preview->isVisible() && preview->toPlainText().contains("xxx"_L1));
    for (const QSize size : {QSize(1280, 800), QSize(1440, 900), QSize(1920, 1080)}) {
        m_scene->console.window().resize(size);
        QCoreApplication::processEvents();
        WAIT(!table()->horizontalScrollBar()->isVisible());
        QVERIFY(!preview->horizontalScrollBar()->isVisible());
        QCOMPARE(preview->horizontalScrollBar()->maximum(), 0);
        for (const QString &column : {u"group"_s, u"type"_s, u"size"_s, u"changed"_s}) {
            const int index = table()->records()->columnIndex(column);
            const int room = table()->columnWidth(index);
            for (int row = 0; row < table()->proxy()->rowCount(); ++row) {
                const QString text = table()->proxy()->index(row, index).data().toString();
                QVERIFY2(table()->fontMetrics().elidedText(text, Qt::ElideRight, room - 16) == text, qPrintable(column));
            }
        }
        // What one reads, with its icon and beside a scroll bar; even where the bar above takes a line.
        const int room = table()->columnWidth(table()->records()->columnIndex(u"dataid"_s)) - 16 - 22;
        for (const QString &name : {u"mail.order-confirmation.html"_s, u"shop-texts.zh.properties"_s}) {
            const int needs = table()->fontMetrics().horizontalAdvance(name);
            QVERIFY2(room >= needs, qPrintable(u"%1 of %2 for %3 at %4"_s.arg(room).arg(needs).arg(name).arg(size.width())));
        }
    }
}

void TstConfigsPage::listeners_areCountedForTheScreen()
{
    QVERIFY(m_scene->list());
    QVERIFY(table()->isColumnShown(u"listeners"_s));
    // The list watches what it shows; that makes no listener of it.
    WAIT(m_scene->cell(Table, rowOf(Banner), u"listeners"_s).isEmpty());
    QVERIFY(m_scene->listen(u"storefront"_s, "10.0.3.17", {Banner}));
    m_scene->console.workbench().currentPage()->refresh();
    WAIT(m_scene->cell(Table, rowOf(Banner), u"listeners"_s) == "1"_L1);
    m_scene->select(Table, {rowOf(Banner)});
    const auto *state = m_scene->console.window().findChild<QLabel *>(u"configListenersState"_s);
    WAIT(state->text() == "1 of 1 have it"_L1);
}

void TstConfigsPage::otherClientsChanges_arrive()
{
    QVERIFY(m_scene->list());
    WAIT(m_scene->cell(Table, rowOf(Banner), u"size"_s) == "110 B"_L1);
    QVERIFY(m_scene->write(Banner, "short", u"text"_s));
    WAIT(m_scene->cell(Table, rowOf(Banner), u"size"_s) == "5 B"_L1);
    const ConfigKey fresh{u"public"_s, u"SHOP"_s, u"fresh.yaml"_s};
    QVERIFY(m_scene->write(fresh, "a: 1\n"));
    WAIT(table()->records()->rowOf(rowOf(fresh)) >= 0);
    QVERIFY(m_scene->remove(fresh));
    WAIT(table()->records()->rowOf(rowOf(fresh)) < 0);
}

void TstConfigsPage::emptyNamespace_offersTheFirstConfig()
{
    QVERIFY(m_scene->list(u"nowhere"_s));
    auto *states = m_scene->console.workbench().currentPage()->findChild<ui::StatePage *>();
    WAIT(states->state() == ui::StatePage::State::Empty);
    // Back, and the rows are there again.
    QVERIFY(m_scene->list());
    WAIT(table() && table()->records()->rowCount() == 21);
}

void TstConfigsPage::aHundredThousandRows()
{
    auto *registry = m_scene->console.workbench().registry(u"practice"_s);
    QList<core::store::MirrorItem> items;
    for (int i = 0; i < 100'000; ++i) {
        core::store::MirrorItem item;
        item.local = u"big/config/G%1/service-%2.yaml"_s.arg(i % 50).arg(i);
        item.md5 = QByteArray::number(i);
        item.type = u"yaml"_s;
        item.seenAt = QDateTime::currentDateTimeUtc();
        items.append(item);
    }
    const core::store::MirrorScope scope{registry->mirrorScope()};
    const auto stored = tests::await(m_scene->console.services().mirror.upsert(scope, items), std::chrono::seconds(60));
    QVERIFY(stored && *stored);
    // Without its server the list is what was seen last.
    QVERIFY(tests::await(m_scene->console.services().practice.stop()));
    m_scene->console.workbench().openPage({.kind = u"configs"_s, .subject = {u"practice"_s, u"big"_s}});
    WAIT(table() && table()->records()->rowCount() == 100'000);
    table()->setFocus();
    QTest::keyClick(table(), Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(table()->selectedCount(), 100'000);
    auto *edit = m_scene->console.find<QLineEdit>(u"configsFilterEdit"_s);
    edit->setFocus();
    QTest::keyClicks(edit, u"service-99999"_s);
    WAIT(table()->proxy()->rowCount() == 1);
    QTest::keyClick(edit, Qt::Key_Escape);
    WAIT(table()->proxy()->rowCount() == 100'000);
}

SIGNALBOX_TEST(TstConfigsPage)
#include "tst_configspage.moc"
