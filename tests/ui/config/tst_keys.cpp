// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/drafts.h"
#include "tests/support/testmain.h"
#include "tests/ui/config/scene.h"
#include "ui/common/actionregistry.h"
#include "ui/common/codeeditor.h"
#include "ui/common/filterbar.h"
#include "ui/common/messagebar.h"
#include "ui/common/widgets.h"
#include "ui/config/configdocument.h"
#include "ui/config/searchresults.h"

#include <QAbstractButton>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QTabBar>

using namespace Qt::StringLiterals;
using core::nacos::ConfigKey;
using ui::config::EditorPage;

namespace {

const ConfigKey Payments{u"public"_s, u"PAYMENTS"_s, u"payments.yaml"_s};
const ConfigKey Gateway{u"public"_s, u"PLATFORM"_s, u"gateway.yaml"_s};
const QString Table = u"configsTable"_s;

/// What Shift+F10 offers on a table.
QStringList offered(QAbstractItemView *table)
{
    table->setFocus();
    QTest::keyClick(table, Qt::Key_F10, Qt::ShiftModifier);
    QMenu *menu = tests::rowMenu();
    if (!menu)
        return {};
    const QStringList all = tests::wordsOf(menu);
    menu->close();
    table->window()->activateWindow();
    return QTest::qWaitForWindowActive(table->window()) ? all : QStringList();
}

bool isInside(const QWidget *around)
{
    const QWidget *focus = QApplication::focusWidget();
    return focus && around && (around == focus || around->isAncestorOf(focus));
}

} // namespace

/// Lists, panels and editor without a mouse.
class TstKeys : public tests::SceneTest {
    Q_OBJECT
private Q_SLOTS:
    void namespaces_keysAndMenu();
    void panels_takeTheFocusAndGiveItBack();
    void drafts_keysAndMenu();
    void listenersAndSearch_haveTheirMenus();
    void configs_shiftF10();
    void barButtons_giveTheFocusBack();
    void details_showWhatIsSelected();
    void replace_isACommandOfTheEditor();
    void edit_worksOnTheEditor();
    void found_inWhatIsNotShown();

private:
    ui::TableView *table(const QString &name) const { return m_scene->table(name); }
};

void TstKeys::namespaces_keysAndMenu()
{
    m_scene->page(u"namespaces"_s);
    WAIT(table(u"namespacesTable"_s) && table(u"namespacesTable"_s)->records()->rowCount() >= 3);
    ui::TableView *view = table(u"namespacesTable"_s);
    WAIT(view->hasFocus());
    m_scene->select(u"namespacesTable"_s, {u"staging"_s});
    const QStringList menu = offered(view);
    for (const QString &text : {u"Use"_s, u"Edit…"_s, u"New namespace"_s, u"Type an ID…"_s, u"Copy"_s, u"Delete…"_s})
        QVERIFY2(menu.contains(text), qPrintable(menu.join(u", "_s)));
    QTest::keyClick(view, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"staging"_s);

    QTest::keyClick(view, Qt::Key_N, Qt::ControlModifier);
    WAIT(m_scene->console.widget(u"namespaceDialog"_s));
    QTest::keyClick(m_scene->console.widget(u"namespaceDialog"_s), Qt::Key_Escape);
    WAIT(!m_scene->console.widget(u"namespaceDialog"_s));
    view->setFocus();
    QTest::keyClick(view, Qt::Key_F2);
    WAIT(m_scene->console.widget(u"namespaceDialog"_s));
    QTest::keyClick(m_scene->console.widget(u"namespaceDialog"_s), Qt::Key_Escape);
    WAIT(!m_scene->console.widget(u"namespaceDialog"_s));
    view->setFocus();
    QTest::keyClick(view, Qt::Key_Delete);
    WAIT(m_scene->console.widget(u"planDialog"_s));
    QTest::keyClick(m_scene->console.widget(u"planDialog"_s), Qt::Key_Escape);
    WAIT(!m_scene->console.widget(u"planDialog"_s));
}

void TstKeys::panels_takeTheFocusAndGiveItBack()
{
    QVERIFY(m_scene->listen(u"storefront"_s, "192.0.2.2", {Payments}));
    EditorPage *page = m_scene->open(Payments);
    QVERIFY(page);
    WAIT(isInside(page->editor()));
    m_scene->trigger(u"editor.history"_s);
    WAIT(table(u"historyTable"_s) && table(u"historyTable"_s)->hasFocus());
    ui::TableView *history = table(u"historyTable"_s);
    WAIT(history->selectedCount() == 1 && history->records()->rowCount() >= 2);
    WAIT(history->currentIndex().row() == 0);
    QTest::keyClick(history, Qt::Key_Down);
    QCOMPARE(history->currentIndex().row(), 1);
    QCOMPARE(history->selectedIds(), QStringList{history->proxy()->idAt(1)});
    const QStringList menu = offered(history);
    QVERIFY2(menu.contains(u"Compare with live"_s) && menu.contains(u"Restore this version…"_s) && menu.contains(u"Copy"_s),
             qPrintable(menu.join(u", "_s)));
    QTest::keyClick(history, Qt::Key_Escape);
    WAIT(isInside(page->editor()));

    m_scene->trigger(u"editor.listeners"_s);
    WAIT(table(u"listenersTable"_s) && table(u"listenersTable"_s)->hasFocus());
    WAIT(table(u"listenersTable"_s)->selectedCount() == 1);
    QCOMPARE(offered(table(u"listenersTable"_s)), QStringList{u"Copy"_s});
    QTest::keyClick(table(u"listenersTable"_s), Qt::Key_Escape);
    WAIT(isInside(page->editor()));
    // Nothing to go through: the caret stays.
    page->validateNow();
    QVERIFY(isInside(page->editor()));
}

void TstKeys::drafts_keysAndMenu()
{
    EditorPage *page = m_scene->open(Payments);
    QVERIFY(page);
    page->editor()->insertText(u"# mine\n"_s);
    page->saveDraftNow();
    m_scene->page(u"drafts"_s);
    WAIT(table(u"draftsTable"_s) && table(u"draftsTable"_s)->records()->rowCount() == 1);
    ui::TableView *view = table(u"draftsTable"_s);
    WAIT(view->hasFocus());
    m_scene->select(u"draftsTable"_s, {view->records()->idAt(0)});
    const QStringList menu = offered(view);
    QVERIFY2(menu.contains(u"Open"_s) && menu.contains(u"Discard…"_s), qPrintable(menu.join(u", "_s)));
    m_scene->console.answers().confirm();
    view->setFocus();
    QTest::keyClick(view, Qt::Key_Delete);
    WAIT(!table(u"draftsTable"_s));
}

void TstKeys::listenersAndSearch_haveTheirMenus()
{
    QVERIFY(m_scene->listen(u"storefront"_s, "192.0.2.2", {Payments}));
    m_scene->page(u"listened"_s);
    QTest::keyClicks(m_scene->console.find<QLineEdit>(u"listenedIp"_s), u"192.0.2.2"_s);
    QTest::keyClick(m_scene->console.find<QLineEdit>(u"listenedIp"_s), Qt::Key_Return);
    WAIT(table(u"listenedTable"_s) && table(u"listenedTable"_s)->records()->rowCount() == 1);
    ui::TableView *view = table(u"listenedTable"_s);
    m_scene->select(u"listenedTable"_s, {view->records()->idAt(0)});
    QCOMPARE(offered(view), (QStringList{u"Open"_s, u"Copy"_s, u"Copy link"_s}));
    view->setFocus();
    QTest::keyClick(view, Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), m_scene->address(Payments).toString());

    m_scene->page(u"search"_s);
    QTest::keyClicks(m_scene->console.find<QLineEdit>(u"searchQuery"_s), u"backoff-ms"_s);
    QTest::keyClick(m_scene->console.find<QLineEdit>(u"searchQuery"_s), Qt::Key_Return);
    const auto results = [this] { return m_scene->console.find<ui::config::SearchView>(u"searchResults"_s); };
    WAIT(results() && results()->model()->rowCount() == 2);
    results()->enter();
    WAIT(results()->currentPlace());
    QCOMPARE(offered(results()), (QStringList{u"Open"_s, u"Open in a new window"_s, u"Copy the line"_s, u"Copy link"_s}));
}

void TstKeys::configs_shiftF10()
{
    QVERIFY(m_scene->list());
    m_scene->select(Table, {tests::rowOf(Payments)});
    QTest::keyClick(table(Table), Qt::Key_F10, Qt::ShiftModifier);
    auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    QVERIFY(menu);
    QVERIFY(menu->actions().contains(m_scene->console.window().actions().action(u"config.open"_s)));
    menu->close();
}

void TstKeys::barButtons_giveTheFocusBack()
{
    EditorPage *page = m_scene->open(Payments);
    QVERIFY(page);
    page->editor()->insertText(u"# mine\n"_s);
    QVERIFY(m_scene->write(Payments, "theirs: 1\n"));
    const auto keep = [page] {
        const auto buttons = page->findChildren<QAbstractButton *>(u"messageBarAction"_s);
        for (QAbstractButton *button : buttons)
            if (button->isVisible() && button->text() == "Keep mine"_L1)
                return button;
        return static_cast<QAbstractButton *>(nullptr);
    };
    WAIT(keep());
    keep()->setFocus();
    QVERIFY(keep()->hasFocus());
    QTest::keyClick(keep(), Qt::Key_Return);
    WAIT(!keep());
    QVERIFY2(isInside(page->editor()), qPrintable(QApplication::focusWidget() ? QApplication::focusWidget()->objectName() : u"none"_s));
}

void TstKeys::details_showWhatIsSelected()
{
    QVERIFY(m_scene->list());
    // All, with the row in front somewhere else; then a filter that leaves one.
    m_scene->select(Table, {tests::rowOf(Gateway)});
    WAIT(m_scene->console.window().findChild<QWidget *>(u"configDetail"_s));
    QTest::keyClick(table(Table), Qt::Key_A, Qt::ControlModifier);
    QVERIFY(table(Table)->selectedCount() > 10);
    m_scene->console.find<ui::FilterBar>(u"configsFilter"_s)->setText(u"payments.yaml"_s);
    WAIT(table(Table)->selectedCount() == 1);
    const auto *nothing = m_scene->console.window().findChild<QLabel *>(u"configDetailEmpty"_s);
    WAIT(!nothing->isVisible());
    const auto labels = m_scene->console.widget(u"configDetail"_s)->findChildren<ui::ElidedLabel *>();
    QVERIFY(std::any_of(labels.begin(), labels.end(), [](const ui::ElidedLabel *label) { return label->text() == Payments.dataId; }));
}

void TstKeys::replace_isACommandOfTheEditor()
{
    EditorPage *page = m_scene->open(Payments);
    QVERIFY(page);
    m_scene->trigger(u"editor.replace"_s);
    QVERIFY(page->editor()->isFindOpen());
    page->editor()->closeFind();
    WAIT(isInside(page->editor()));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_H, Qt::ControlModifier);
    WAIT(page->editor()->isFindOpen());
}

void TstKeys::edit_worksOnTheEditor()
{
    EditorPage *page = m_scene->open(Payments);
    QVERIFY(page);
    WAIT(isInside(page->editor()));
    auto &actions = m_scene->console.window().actions();
    const auto on = [&actions](const QString &id) {
        actions.refreshNow();
        return actions.action(id)->isEnabled();
    };
    QVERIFY(!on(u"edit.undo"_s) && !on(u"edit.copy"_s));
    const QByteArray before = page->editor()->content();
    page->editor()->insertText(u"# mine\n"_s);
    m_scene->trigger(u"edit.undo"_s);
    QCOMPARE(page->editor()->content(), before);
    m_scene->trigger(u"edit.redo"_s);
    QVERIFY(page->editor()->content() != before);
    m_scene->trigger(u"edit.selectAll"_s);
    QVERIFY(on(u"edit.cut"_s));
    m_scene->trigger(u"edit.cut"_s);
    QCOMPARE(page->editor()->content(), QByteArray());
    m_scene->trigger(u"edit.paste"_s);
    QVERIFY(page->editor()->content().contains("# mine"));
    // A list has rows to copy, and nothing to undo.
    QVERIFY(m_scene->list());
    m_scene->select(Table, {tests::rowOf(Payments)});
    QVERIFY(!on(u"edit.undo"_s));
    m_scene->trigger(u"edit.copy"_s);
    QCOMPARE(QGuiApplication::clipboard()->text(), Payments.dataId);
}

void TstKeys::found_inWhatIsNotShown()
{
    QVERIFY(m_scene->list());
    ui::TableView *view = table(Table);
    WAIT(m_scene->cell(Table, tests::rowOf(Gateway), u"tag"_s).contains("edge"_L1));
    view->setColumnShown(u"tag"_s, false);
    m_scene->console.find<ui::FilterBar>(u"configsFilter"_s)->setText(u"edge"_s);
    WAIT(view->proxy()->rowCount() > 0);
    const int row = view->proxy()->rowOf(tests::rowOf(Gateway));
    QVERIFY(row >= 0);
    const int column = view->records()->columnIndex(u"dataid"_s);
    const QRect cell = view->visualRect(view->proxy()->index(row, column));
    const QImage picture = view->viewport()->grab(cell).toImage();
    int marked = 0;
    for (int y = 0; y < picture.height(); ++y)
        for (int x = 0; x < picture.width(); ++x)
            marked += picture.pixelColor(x, y) == ui::Theme::color(ui::Token::Match) ? 1 : 0;
    QVERIFY(marked > 0);
}

SIGNALBOX_TEST(TstKeys)
#include "tst_keys.moc"
