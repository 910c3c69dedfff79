// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testmain.h"
#include "tests/ui/models/samplerecords.h"
#include "ui/models/recorddelegate.h"
#include "ui/models/tableview.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QElapsedTimer>
#include <QHeaderView>
#include <QJsonArray>
#include <QMenu>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace ui;
using tests::Sample;
using tests::SampleModel;

class TstTableView : public QObject {
    Q_OBJECT

    std::unique_ptr<SampleModel> m_model;
    std::unique_ptr<TableView> m_view;

    void fill(int count)
    {
        QList<Sample> rows;
        for (int i = 0; i < count; ++i)
            rows.append({u"row%1"_s.arg(i), i % 2 ? u"odd"_s : u"even"_s, i, {}});
        m_model->upsert(rows);
    }
    void show()
    {
        m_view->resize(600, 300);
        m_view->show();
        QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
        m_view->setFocus();
    }
    FilterQuery query(const QString &text) const { return FilterQuery::parse(text, m_model->filterFields()); }

private Q_SLOTS:
    void initTestCase() { tests::ensureTheme(); }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".?"_s));
        m_model = std::make_unique<SampleModel>();
        m_view = std::make_unique<TableView>();
        m_view->setRecords(m_model.get(), u"Rows"_s);
    }
    void cleanup()
    {
        m_view.reset();
        m_model.reset();
    }

    void rowsAre26PixelsHighAndTheHeaderIsFlat()
    {
        fill(3);
        show();
        QCOMPARE(m_view->rowHeight(0), metrics::RowHeight);
        QVERIFY(!m_view->showGrid());
        QVERIFY(!m_view->verticalHeader()->isVisible());
        QCOMPARE(m_view->accessibleName(), u"Rows"_s);
    }

    void columnsFitWithoutScrollingSideways()
    {
        fill(3);
        show();
        int width = 0;
        for (int column = 0; column < 4; ++column)
            width += m_view->columnWidth(column);
        QCOMPARE(width, m_view->viewport()->width());
        m_view->resize(320, 300);
        QTRY_VERIFY(!m_view->horizontalScrollBar()->isVisible());
        width = 0;
        for (int column = 0; column < 4; ++column)
            width += m_view->columnWidth(column);
        QCOMPARE(width, m_view->viewport()->width());
    }

    void narrow_whatYieldsIsLeftOut_whatMustBeWholeIs()
    {
        auto columns = SampleModel::makeColumns();
        columns[1].info.whole = [] { return QStringList{u"DEFAULT_GROUP"_s}; };
        columns[2].info.yields = 1;
        columns[3].info.yields = 2;
        columns[3].info.whole = [] { return QStringList{u"2026-01-01T00:00:00"_s}; };
        SampleModel model(columns);
        m_view->setRecords(&model, u"Rows"_s);
        model.upsert({{u"row"_s, u"DEFAULT_GROUP"_s, 1, {}}});
        show();
        const auto width = [this](const QString &id) { return m_view->columnWidth(m_view->records()->columnIndex(id)); };
        const auto all = [&] { return width(u"id"_s) + width(u"group"_s) + width(u"size"_s) + width(u"changed"_s); };
        QVERIFY(width(u"changed"_s) > 0);
        m_view->resize(300, 300);
        QTRY_COMPARE(width(u"changed"_s), 0);
        QVERIFY(m_view->isColumnShown(u"changed"_s)); // by choice
        QVERIFY(width(u"group"_s) > m_view->fontMetrics().horizontalAdvance(u"DEFAULT_GROUP"_s));
        QCOMPARE(all(), m_view->viewport()->width());
        // Saved is the choice, not what a narrow window made of it.
        const QJsonObject state = m_view->state();
        m_view->resize(900, 300);
        QTRY_VERIFY(width(u"changed"_s) > 0);
        QCOMPARE(m_view->state().value("columns"_L1), state.value("columns"_L1));
        // One that the person has put on stays.
        m_view->setColumnShown(u"changed"_s, false);
        m_view->setColumnShown(u"changed"_s, true);
        m_view->resize(300, 300);
        QTRY_COMPARE(width(u"size"_s), 0);
        QVERIFY(width(u"changed"_s) > 0);
        m_view.reset();
    }

    void theColumnMenuTicksWhatIsSeen()
    {
        auto columns = SampleModel::makeColumns();
        columns[3].info.yields = 2;
        columns[3].info.whole = [] { return QStringList{u"2026-01-01T00:00:00"_s}; };
        SampleModel model(columns);
        m_view->setRecords(&model, u"Rows"_s);
        model.upsert({{u"row"_s, u"DEFAULT_GROUP"_s, 1, {}}});
        show();
        m_view->resize(300, 300);
        const int changed = m_view->records()->columnIndex(u"changed"_s);
        QTRY_VERIFY(m_view->isColumnHidden(changed));
        const auto entry = [](const QMenu &menu, const QString &text) {
            for (QAction *action : menu.actions())
                if (action->text() == text)
                    return action;
            return static_cast<QAction *>(nullptr);
        };
        std::unique_ptr<QMenu> menu(m_view->createColumnMenu(nullptr));
        QVERIFY(entry(*menu, u"Reset columns"_s));
        QVERIFY(entry(*menu, u"GROUP"_s)->isChecked());
        QAction *out = entry(*menu, u"CHANGED (no room)"_s);
        QVERIFY(out && !out->isChecked());
        // Asked for it is shown all the same.
        out->trigger();
        QTRY_VERIFY(!m_view->isColumnHidden(changed));
        menu.reset(m_view->createColumnMenu(nullptr));
        QVERIFY(entry(*menu, u"CHANGED"_s)->isChecked());
        entry(*menu, u"CHANGED"_s)->trigger();
        QVERIFY(m_view->isColumnHidden(changed) && !m_view->isColumnShown(u"changed"_s));
        m_view.reset();
    }

    void whatIsFoundInAHiddenColumnIsTold()
    {
        SampleModel model;
        m_view->setRecords(&model, u"Rows"_s);
        model.upsert({{u"gateway"_s, u"edge"_s, 1, {}}, {u"edge-proxy"_s, u"other"_s, 1, {}}});
        m_view->setSort({u"id"_s, Qt::AscendingOrder});
        show();
        m_view->setColumnShown(u"group"_s, false);
        const auto picture = [this](const QString &id) {
            const QRect cell = m_view->visualRect(m_view->proxy()->index(m_view->proxy()->rowOf(id), 0));
            return m_view->viewport()->grab(cell).toImage();
        };
        const auto marks = [&picture](const QString &id) {
            const QImage cell = picture(id);
            int marked = 0;
            for (int x = 0; x < cell.width(); ++x)
                marked += cell.pixelColor(x, cell.height() / 2 - 5) == Theme::color(Token::Match) ? 1 : 0;
            return marked;
        };
        QCOMPARE(marks(u"gateway"_s), 0);
        m_view->setQuery(FilterQuery::parse(u"edge"_s, model.filterFields()));
        QCOMPARE(m_view->proxy()->rowCount(), 2);
        QVERIFY(marks(u"gateway"_s) > 0); // "GROUP: edge" behind its name
        // In view it needs no telling, and a name that says it neither.
        const int own = marks(u"edge-proxy"_s);
        m_view->setColumnShown(u"group"_s, true);
        QCOMPARE(marks(u"gateway"_s), 0);
        QCOMPARE(marks(u"edge-proxy"_s), own);
        m_view.reset();
    }

    /// Names are what one reads: the others give their room first.
    void narrow_namesStayWhole()
    {
        auto columns = SampleModel::makeColumns();
        columns[0].info.kind = ColumnInfo::Kind::Name;
        columns[1].info.width = 60;
        SampleModel model(columns);
        m_view->setRecords(&model, u"Rows"_s);
        const QString name = u"mail.order-confirmation.html"_s;
        model.upsert({{name, u"a.group.with.a.rather.long.name.that.goes.on"_s, 1, {}}});
        show();
        const auto width = [this](const QString &id) { return m_view->columnWidth(m_view->records()->columnIndex(id)); };
        const auto room = [&] { return width(u"id"_s) - 16; };
        const int need = m_view->fontMetrics().horizontalAdvance(name);
        for (const int wide : {600, 560, 520, 480}) {
            m_view->resize(wide, 300);
            QTRY_VERIFY(m_view->viewport()->width() > wide - 20 && m_view->viewport()->width() <= wide);
            QVERIFY2(room() >= need, qPrintable(u"%1: %2 of %3"_s.arg(wide).arg(room()).arg(need)));
        }
        QVERIFY(width(u"group"_s) >= m_view->fontMetrics().horizontalAdvance(u"GROUP"_s));
        m_view.reset();
    }

    void elidedTextFitsAsItIsDrawn()
    {
        const QString name = u"mail.order-confirmation.html"_s;
        for (const QString &family : {QApplication::font().family(), u"Noto Sans CJK SC"_s, u"monospace"_s}) {
            QFont font(family);
            for (int size = 9; size < 15; ++size) {
                font.setPixelSize(size);
                for (int width = 40; width < 200; ++width) {
                    const QString shown = RecordDelegate::elided(font, name, Qt::ElideMiddle, width);
                    QVERIFY(QFontMetricsF(font).horizontalAdvance(shown) <= width);
                    QVERIFY(shown == name || shown.contains(QChar(0x2026)));
                }
            }
        }
    }

    void widthsFollowTheContents_untilSomebodySetsThem()
    {
        fill(3);
        show();
        const auto width = [this] { return m_view->columnWidth(1); };
        const int before = width();
        m_model->upsert({{u"row1"_s, u"a.group.with.a.rather.long.name"_s, 1, {}}});
        QTRY_VERIFY(width() > before);
        QVERIFY(width() > m_view->fontMetrics().horizontalAdvance(u"a.group.with.a.rather.long.name"_s));
        m_view->horizontalHeader()->resizeSection(1, 60);
        QCOMPARE(width(), 60);
        m_model->upsert({{u"row2"_s, u"another.group.with.an.even.longer.name"_s, 1, {}}});
        m_view->resize(700, 300);
        QTRY_VERIFY(m_view->viewport()->width() > 600);
        QCOMPARE(width(), 60);
        const QJsonObject state = m_view->state();
        TableView other;
        other.setRecords(m_model.get(), u"Rows"_s);
        other.resize(900, 300);
        other.restoreState(state);
        other.show();
        QVERIFY(QTest::qWaitForWindowExposed(&other));
        QCOMPARE(other.columnWidth(1), 60);
        other.resetColumns();
        QTRY_VERIFY(other.columnWidth(1) > 60);
    }

    void keysMoveSelectAndOpen()
    {
        fill(10);
        show();
        QSignalSpy opened(m_view.get(), &TableView::activatedId), elsewhere(m_view.get(), &TableView::activatedElsewhere);
        QTest::keyClick(m_view.get(), Qt::Key_Home);
        QCOMPARE(m_view->currentId(), u"row0"_s);
        QTest::keyClick(m_view.get(), Qt::Key_Down);
        QTest::keyClick(m_view.get(), Qt::Key_Return);
        QCOMPARE(opened.count(), 1);
        QCOMPARE(opened.at(0).at(0).toString(), u"row1"_s);
        QTest::keyClick(m_view.get(), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(elsewhere.count(), 1);
        QTest::keyClick(m_view.get(), Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(m_view->selectedIds(), (QStringList{u"row1"_s, u"row2"_s}));
        QTest::keyClick(m_view.get(), Qt::Key_Space);
        QCOMPARE(m_view->selectedIds(), (QStringList{u"row1"_s}));
        QTest::keyClick(m_view.get(), Qt::Key_End);
        QCOMPARE(m_view->selectedIds(), (QStringList{u"row9"_s}));
        QTest::keyClick(m_view.get(), Qt::Key_Home, Qt::ShiftModifier);
        QCOMPARE(m_view->selectedCount(), 10);
        QTest::keyClick(m_view.get(), Qt::Key_Home);
        QCOMPARE(m_view->selectedCount(), 1);
        QTest::keyClick(m_view.get(), Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(m_view->selectedCount(), 10);
    }

    // Return in a filter above: with nothing selected the first row, else the one that is current.
    void openOne_takesTheCurrentRowOrTheFirst()
    {
        fill(10);
        show();
        QSignalSpy opened(m_view.get(), &TableView::activatedId);
        m_view->openOne();
        QCOMPARE(opened.count(), 1);
        QCOMPARE(opened.last().at(0).toString(), u"row0"_s);
        m_view->select({u"row3"_s}, u"row3"_s);
        m_view->clearSelection(); // focused, without a selection
        m_view->openOne();
        QCOMPARE(opened.last().at(0).toString(), u"row3"_s);
        QCOMPARE(m_view->selectedIds(), QStringList{u"row3"_s});
        m_view->setQuery(query(u"row7"_s));
        m_view->openOne();
        QCOMPARE(opened.last().at(0).toString(), u"row7"_s);
        m_view->setQuery(query(u"nothing of that kind"_s));
        m_view->openOne();
        QCOMPARE(opened.count(), 3);
    }

    void selectAllMeansTheFilteredRows()
    {
        fill(1000);
        show();
        m_view->setQuery(query(u"group:odd"_s));
        QSignalSpy counts(m_view.get(), &TableView::selectionCountChanged);
        QTest::keyClick(m_view.get(), Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(m_view->selectedCount(), 500);
        QCOMPARE(counts.last().at(0).value<qsizetype>(), 500);
    }

    void selectionSurvivesRefreshFilterAndSort()
    {
        fill(20);
        show();
        m_view->select({u"row3"_s, u"row7"_s}, u"row7"_s);
        m_view->setSort({u"id"_s, Qt::DescendingOrder});
        QCOMPARE(m_view->selectedIds(), (QStringList{u"row7"_s, u"row3"_s}));
        m_view->setQuery(query(u"row1"_s));
        QCOMPARE(m_view->selectedCount(), 0);
        m_view->setQuery({});
        QCOMPARE(m_view->selectedIds(), (QStringList{u"row7"_s, u"row3"_s}));
        QCOMPARE(m_view->currentId(), u"row7"_s);
        QList<Sample> rows = m_model->records();
        rows.removeIf([](const Sample &s) { return s.id == u"row3"_s; });
        m_model->sync(rows);
        QCOMPARE(m_view->selectedIds(), QStringList{u"row7"_s});
        m_model->reset(rows);
        QCOMPARE(m_view->selectedIds(), QStringList{u"row7"_s});
    }

    void scatteredChangesElsewhere_keepSelectionAndPlace()
    {
        fill(2000);
        m_view->setSort({u"size"_s});
        show();
        m_view->select({u"row101"_s, u"row1300"_s, u"row1301"_s}, u"row101"_s);
        m_view->scrollTo(m_view->proxy()->index(1300, 0), QAbstractItemView::PositionAtTop);
        m_view->verticalScrollBar()->setValue(m_view->verticalScrollBar()->value() + 7);
        const auto top = [this](const QString &id) { return m_view->rowViewportPosition(m_view->proxy()->rowOf(id)); };
        QCOMPARE(top(u"row1300"_s), -7);
        const int next = top(u"row1301"_s);
        QStringList gone;
        QList<Sample> back;
        for (int i = 0; i < 2000; i += 2) {
            gone.append(u"row%1"_s.arg(i));
            back.append({gone.last(), u"even"_s, i, {}});
        }
        m_model->remove(gone);
        QCOMPARE(m_view->proxy()->rowCount(), 1000);
        QCOMPARE(top(u"row1301"_s), next);
        QCOMPARE(m_view->selectedIds(), (QStringList{u"row101"_s, u"row1301"_s}));
        QCOMPARE(m_view->currentId(), u"row101"_s);
        QCOMPARE(top(u"row1299"_s), -7);
        m_model->upsert(back);
        QCOMPARE(m_view->proxy()->rowCount(), 2000);
        QCOMPARE(top(u"row1299"_s), -7);
        QTRY_COMPARE(m_view->selectedIds(), (QStringList{u"row101"_s, u"row1300"_s, u"row1301"_s}));
        // All of them are others: what is looked at stays, and so does the selection.
        for (Sample &sample : back)
            sample.group = u"changed"_s;
        m_model->upsert(back);
        QCOMPARE(top(u"row1299"_s), -7);
        QCOMPARE(m_view->selectedIds(), (QStringList{u"row101"_s, u"row1300"_s, u"row1301"_s}));
    }

    void ownChoiceWinsOverWhatWasRemembered()
    {
        fill(20);
        show();
        m_view->select({u"row3"_s});
        m_view->setQuery(query(u"row1"_s));
        m_view->setCurrentIndex(m_view->proxy()->index(0, 0));
        QCOMPARE(m_view->selectedIds(), QStringList{u"row1"_s});
        m_view->setQuery({});
        QCOMPARE(m_view->selectedIds(), QStringList{u"row1"_s});
    }

    void wantedRowsAreSelectedWhenTheyCome()
    {
        m_view->select({u"row5"_s});
        QCOMPARE(m_view->selectedCount(), 0);
        fill(10);
        QTRY_COMPARE(m_view->selectedIds(), QStringList{u"row5"_s});
    }

    void clickOnHeaderSortsAndShiftAddsTheSecondKey()
    {
        fill(10);
        show();
        const auto click = [this](int column, Qt::KeyboardModifiers modifiers) {
            QHeaderView *header = m_view->horizontalHeader();
            const QPoint at(header->sectionViewportPosition(column) + 20, header->height() / 2);
            QTest::mouseClick(header->viewport(), Qt::LeftButton, modifiers, at);
        };
        click(1, Qt::NoModifier);
        QCOMPARE(m_view->proxy()->primary(), (SortKey{u"group"_s, Qt::AscendingOrder}));
        click(1, Qt::NoModifier);
        QCOMPARE(m_view->proxy()->primary(), (SortKey{u"group"_s, Qt::DescendingOrder}));
        click(2, Qt::NoModifier);
        QCOMPARE(m_view->proxy()->primary(), (SortKey{u"size"_s, Qt::AscendingOrder}));
        QCOMPARE(m_view->proxy()->secondary(), (SortKey{u"group"_s, Qt::DescendingOrder}));
    }

    void stateIsKeptAndRestored()
    {
        fill(200);
        show();
        m_view->setColumnShown(u"group"_s, false);
        m_view->horizontalHeader()->moveSection(2, 0);
        m_view->setSort({u"size"_s, Qt::DescendingOrder}, {u"id"_s});
        m_view->select({u"row100"_s, u"row101"_s}, u"row101"_s);
        m_view->scrollTo(m_view->proxy()->index(90, 0), QAbstractItemView::PositionAtTop);
        const QString top = m_view->proxy()->idAt(m_view->rowAt(0));
        const QJsonObject state = m_view->state();

        TableView other;
        other.setRecords(m_model.get(), u"Rows"_s);
        other.resize(600, 300);
        other.show();
        QVERIFY(QTest::qWaitForWindowExposed(&other));
        other.restoreState(state);
        QVERIFY(!other.isColumnShown(u"group"_s));
        QCOMPARE(other.horizontalHeader()->visualIndex(2), 0);
        QCOMPARE(other.proxy()->primary(), (SortKey{u"size"_s, Qt::DescendingOrder}));
        QCOMPARE(other.proxy()->secondary(), (SortKey{u"id"_s}));
        QCOMPARE(other.selectedIds(), (QStringList{u"row101"_s, u"row100"_s}));
        QCOMPARE(other.currentId(), u"row101"_s);
        QCOMPARE(other.proxy()->idAt(other.rowAt(0)), top);
        QCOMPARE(other.state(), state);
        other.resetColumns();
        QVERIFY(other.isColumnShown(u"group"_s));
    }

    void stateOfAnotherVersionDoesNoHarm()
    {
        fill(3);
        QJsonObject state = m_view->state();
        state.insert(
            "columns"_L1,
            QJsonArray{QJsonObject{{u"id"_s, u"gone"_s}, {u"width"_s, 9e9}}, QJsonObject{{u"id"_s, u"id"_s}, {u"width"_s, -5}}, 7});
        state.insert("sort"_L1, QJsonArray{QJsonObject{{u"column"_s, u"gone"_s}}});
        state.insert("selected"_L1, u"no list"_s);
        m_view->restoreState(state);
        QVERIFY(m_view->isColumnShown(u"id"_s));
    }

    void lastColumnCannotBeHidden()
    {
        for (const QString &column : {u"id"_s, u"group"_s, u"size"_s, u"changed"_s})
            m_view->setColumnShown(column, false);
        QVERIFY(m_view->isColumnShown(u"changed"_s));
    }

    void copyGivesNamesOrWhatThePageSays()
    {
        fill(4);
        show();
        m_view->select({u"row1"_s, u"row2"_s});
        QTest::keyClick(m_view.get(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"row1\nrow2"_s);
        m_view->setCopyText([](const QStringList &ids) { return u"link:"_s + ids.join(u','); });
        QTest::keyClick(m_view.get(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"link:row1,row2"_s);
        m_view->setColumnShown(u"changed"_s, false);
        QCOMPARE(m_view->selectedAsTable(), u"ID\tGROUP\tSIZE\nrow1\todd\t1\nrow2\teven\t2\n"_s);
    }

    void rightClickKeepsASelectionItHits()
    {
        fill(6);
        show();
        m_view->select({u"row1"_s, u"row2"_s});
        QSignalSpy menu(m_view.get(), &TableView::menuRequested);
        const QPoint at = m_view->visualRect(m_view->proxy()->index(2, 0)).center();
        QTest::mousePress(m_view->viewport(), Qt::RightButton, Qt::NoModifier, at);
        QCOMPARE(m_view->selectedCount(), 2);
        QTest::mousePress(m_view->viewport(), Qt::RightButton, Qt::NoModifier, m_view->visualRect(m_view->proxy()->index(4, 0)).center());
        QCOMPARE(m_view->selectedIds(), QStringList{u"row4"_s});
        QContextMenuEvent event(QContextMenuEvent::Keyboard, at, m_view->viewport()->mapToGlobal(at));
        QCoreApplication::sendEvent(m_view->viewport(), &event);
        QCOMPARE(menu.count(), 1);
    }

    void lettersBelongToThePage()
    {
        fill(6);
        show();
        QTest::keyClick(m_view.get(), Qt::Key_Home);
        QKeyEvent letter(QEvent::KeyPress, Qt::Key_R, Qt::NoModifier, u"r"_s);
        QCoreApplication::sendEvent(m_view.get(), &letter);
        QVERIFY(!letter.isAccepted());
        QCOMPARE(m_view->currentId(), u"row0"_s);
    }

    void changedRowsFlashForASecond()
    {
        Theme::setMotion(Theme::Motion::Full);
        fill(3);
        show();
        m_model->upsert({{u"row1"_s, u"changed"_s, 1, {}}});
        QVERIFY(m_view->flashStrength(1) > 0);
        QCOMPARE(m_view->flashStrength(0), 0.0);
        QTRY_COMPARE(m_view->flashStrength(1), 0.0);
        Theme::setMotion(Theme::Motion::Reduced);
        m_model->upsert({{u"row1"_s, u"again"_s, 1, {}}});
        QCOMPARE(m_view->flashStrength(1), 0.0);
        Theme::setMotion(Theme::Motion::Desktop);
    }

    void columnMenuSortsAndHides()
    {
        fill(3);
        const std::unique_ptr<QMenu> menu(m_view->createColumnMenu(nullptr));
        for (QAction *action : menu->actions())
            if (action->text() == u"GROUP"_s)
                action->trigger();
        QVERIFY(!m_view->isColumnShown(u"group"_s));
        QMenu *sort = menu->actions().at(0)->menu();
        QVERIFY(sort);
        sort->actions().at(2)->trigger();
        QCOMPARE(m_view->proxy()->primary().column, u"size"_s);
    }

    void hundredThousandRowsStayQuick()
    {
        fill(100'000);
        show();
        m_view->setSort({u"size"_s});
        QElapsedTimer timer;
        timer.start();
        QTest::keyClick(m_view.get(), Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(m_view->selectedCount(), 100'000);
        qInfo("select all: %lld ms", static_cast<long long>(timer.restart()));
        m_view->setQuery(query(u"row9999"_s));
        qInfo("filter with all selected: %lld ms", static_cast<long long>(timer.restart()));
        m_view->setQuery({});
        qInfo("filter off with all selected: %lld ms", static_cast<long long>(timer.restart()));
        QCOMPARE(m_view->selectedCount(), 100'000);
        m_view->grab();
        timer.restart();
        for (int i = 0; i < 20; ++i) {
            m_view->verticalScrollBar()->setValue(i * 10'000);
            m_view->grab();
        }
        qInfo("a scrolled frame: %lld ms", static_cast<long long>(timer.elapsed() / 20));
        QVERIFY(timer.elapsed() / 20 < 200);
    }
};

SIGNALBOX_TEST(TstTableView)
#include "tst_tableview.moc"
