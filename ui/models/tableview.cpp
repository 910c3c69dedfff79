// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/tableview.h"

#include "ui/common/passingtime.h"
#include "ui/models/recorddelegate.h"
#include "ui/models/tableheader.h"

#include <algorithm>
#include <QGuiApplication>
#include <QMenu>
#include <QScrollBar>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::milliseconds SampleAfter{120};
constexpr qint64 FlashTime = 1000; // ms
constexpr qsizetype MostFlashes = 500;

} // namespace

namespace ui {

TableView::TableView(QWidget *parent)
    : QTableView(parent)
    , m_proxy(new RecordProxy(this))
    , m_header(new TableHeader(this))
    , m_delegate(nullptr)
    , m_sampleTimer(new QTimer(this))
    , m_flashTimer(new QTimer(this))
    , m_passing(new PassingTime(this, [this] { return tellTimes(); }))
{
    setHorizontalHeader(m_header);
    verticalHeader()->hide();
    verticalHeader()->setMinimumSectionSize(metrics::RowHeight);
    verticalHeader()->setDefaultSectionSize(metrics::RowHeight);
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    setShowGrid(false);
    setWordWrap(false);
    setFrameShape(QFrame::NoFrame);
    setCornerButtonEnabled(false);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setTabKeyNavigation(false);
    setMouseTracking(true);
    m_delegate = new RecordDelegate(this);
    setItemDelegate(m_delegate);

    // Connected before the selection model connects, so that the selection is remembered before the rows go.
    connect(m_proxy, &QAbstractItemModel::rowsAboutToBeRemoved, this, &TableView::modelAboutToChange);
    connect(m_proxy, &QAbstractItemModel::modelAboutToBeReset, this, [this] {
        rememberPlace();
        modelAboutToChange();
    });
    setModel(m_proxy);
    connect(m_proxy, &QAbstractItemModel::rowsRemoved, this, [this] {
        m_restoring = false;
        setHoverRow(-1);
    });
    connect(m_proxy, &QAbstractItemModel::rowsInserted, this, [this] {
        // Later, once for all batches: while the proxy inserts, not all of its rows can be asked for yet.
        if (!m_selectionDirty && !m_wanted.isEmpty() && !std::exchange(m_restorePosted, true)) {
            QMetaObject::invokeMethod(
                this,
                [this] {
                    m_restorePosted = false;
                    modelChanged();
                },
                Qt::QueuedConnection);
        }
    });
    connect(m_proxy, &QAbstractItemModel::modelReset, this, &TableView::modelWasReset);
    connect(m_proxy, &RecordProxy::sortChanged, this, [this] {
        const RecordModelBase *model = records();
        m_header->setSort(model ? model->columnIndex(m_proxy->primary().column) : -1, m_proxy->primary().order,
                          model ? model->columnIndex(m_proxy->secondary().column) : -1, m_proxy->secondary().order);
        fitColumns(); // the mark needs room
        Q_EMIT stateChanged();
    });

    connect(m_header, &QHeaderView::sectionClicked, this, &TableView::headerClicked);
    connect(m_header, &QHeaderView::sectionMoved, this, [this] {
        if (!m_fitting)
            Q_EMIT stateChanged();
    });
    connect(m_header, &QHeaderView::sectionResized, this, [this](int column, int, int size) {
        if (m_fitting || column >= m_columns.size() || m_header->isSectionHidden(column) || size == 0)
            return;
        m_columns[column].width = size;
        fitColumns(column);
        Q_EMIT stateChanged();
    });
    connect(m_header, &QWidget::customContextMenuRequested, this, [this](const QPoint &position) {
        QMenu *menu = createColumnMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        menu->popup(m_header->mapToGlobal(position));
    });
    connect(m_header, &QHeaderView::sectionHandleDoubleClicked, this, [this](int column) {
        // Wide enough for what is on the screen; all rows would take seconds.
        int width = m_header->sectionSizeHint(column);
        const int first = rowAt(0), last = rowAt(viewport()->height() - 1);
        const int end = last < 0 ? m_proxy->rowCount() - 1 : last;
        for (int row = qMax(0, first); row <= end; ++row)
            width = qMax(width, m_delegate->sizeHint({}, m_proxy->index(row, column)).width());
        m_header->resizeSection(column, qMin(width + 4, 640));
    });

    m_sampleTimer->setSingleShot(true);
    m_sampleTimer->setInterval(SampleAfter);
    connect(m_sampleTimer, &QTimer::timeout, this, &TableView::sample);
    const auto sampleSoon = [this] {
        if (!m_sampleTimer->isActive())
            m_sampleTimer->start();
    };
    connect(m_proxy, &QAbstractItemModel::rowsInserted, this, sampleSoon);
    connect(m_proxy, &QAbstractItemModel::dataChanged, this, sampleSoon);
    connect(m_proxy, &QAbstractItemModel::modelReset, this, [this, sampleSoon] {
        for (Column &column : m_columns)
            column.need = 0;
        sampleSoon();
    });
    connect(m_proxy, &QAbstractItemModel::headerDataChanged, this, [this] { fitColumns(); });
    m_flashTimer->setInterval(50);
    connect(m_flashTimer, &QTimer::timeout, this, &TableView::stepFlash);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, m_passing, &PassingTime::again);
    m_clock.start();
}

TableView::~TableView() = default;

void TableView::setRecords(RecordModelBase *records, const QString &accessibleName)
{
    setAccessibleName(accessibleName);
    if (RecordModelBase *old = m_proxy->records())
        disconnect(old, nullptr, this, nullptr);
    m_proxy->setRecords(records);
    m_columns.clear();
    for (const ColumnInfo &column : records->columns()) {
        m_columns.append(Column{.shown = column.visibility == ColumnInfo::Visibility::Shown});
    }
    connect(records, &RecordModelBase::recordsChanged, this, &TableView::flash);
    applyColumns();
    m_passing->again();
}

void TableView::setQuery(const FilterQuery &query)
{
    m_proxy->setQuery(query);
    modelChanged();
    viewport()->update();
}

QModelIndex TableView::rowIndex(int proxyRow) const
{
    for (int visual = 0; visual < m_header->count(); ++visual) {
        const int column = m_header->logicalIndex(visual);
        if (!m_header->isSectionHidden(column))
            return m_proxy->index(proxyRow, column);
    }
    return m_proxy->index(proxyRow, 0);
}

QString TableView::currentId() const
{
    return currentIndex().isValid() ? m_proxy->idAt(currentIndex().row()) : QString();
}

QStringList TableView::selectedIds() const
{
    QList<int> rows;
    for (const QItemSelectionRange &range : selectionModel()->selection())
        for (int row = range.top(); row <= range.bottom(); ++row)
            rows.append(row);
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    QStringList ids;
    ids.reserve(rows.size());
    for (const int row : std::as_const(rows))
        ids.append(m_proxy->idAt(row));
    return ids;
}

qsizetype TableView::selectedCount() const
{
    return m_selected;
}

void TableView::select(const QStringList &ids, const QString &current)
{
    m_wanted = ids;
    m_wantedCurrent = current.isEmpty() ? ids.value(0) : current;
    m_selectionDirty = false;
    restoreSelection();
}

void TableView::scrollToId(const QString &id)
{
    if (const int row = m_proxy->rowOf(id); row >= 0)
        scrollTo(rowIndex(row));
}

void TableView::rememberSelection()
{
    if (!std::exchange(m_selectionDirty, false))
        return;
    m_wanted = selectedIds();
    m_wantedCurrent = currentId();
}

void TableView::restoreSelection()
{
    QItemSelection selection;
    const int lastColumn = m_proxy->columnCount() - 1;
    QList<int> rows;
    for (const QString &id : std::as_const(m_wanted))
        if (const int row = m_proxy->rowOf(id); row >= 0)
            rows.append(row);
    std::sort(rows.begin(), rows.end());
    for (qsizetype first = 0; first < rows.size();) {
        qsizetype last = first;
        while (last + 1 < rows.size() && rows.at(last + 1) == rows.at(last) + 1)
            ++last;
        selection.append(QItemSelectionRange(m_proxy->index(rows.at(first), 0), m_proxy->index(rows.at(last), lastColumn)));
        first = last + 1;
    }
    const bool before = std::exchange(m_restoring, true);
    selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
    if (const int row = m_proxy->rowOf(m_wantedCurrent); row >= 0 && currentIndex().row() != row)
        selectionModel()->setCurrentIndex(rowIndex(row), QItemSelectionModel::NoUpdate);
    m_restoring = before;
}

void TableView::modelAboutToChange()
{
    rememberSelection();
    m_restoring = true;
}

void TableView::modelChanged()
{
    m_restoring = false;
    setHoverRow(-1);
    // A person's own choice after the last change wins over what was remembered before it.
    if (!m_selectionDirty && (m_selected < m_wanted.size() || (!m_wantedCurrent.isEmpty() && currentId() != m_wantedCurrent)))
        restoreSelection();
}

/// The selection model has forgotten everything without a word.
void TableView::modelWasReset()
{
    m_restoring = false;
    setHoverRow(-1);
    if (!m_selectionDirty && (!m_wanted.isEmpty() || !m_wantedCurrent.isEmpty()))
        restoreSelection();
    if (selectionModel()->selection().isEmpty() && std::exchange(m_selected, 0) != 0)
        Q_EMIT selectionCountChanged(0);
    restorePlace();
    tellCurrent();
}

/// Rows that go or come elsewhere don't move what is being looked at. Another filter or order begins where the current row is.
void TableView::rememberPlace()
{
    m_place.clear();
    if (!m_proxy->followsRecords() || verticalScrollBar()->value() == 0)
        return;
    const int first = rowAt(0), last = rowAt(viewport()->height() - 1), end = last < 0 ? m_proxy->rowCount() - 1 : last;
    for (int row = first; row >= 0 && row <= end; ++row)
        m_place.append({m_proxy->idAt(row), rowViewportPosition(row)});
}

void TableView::restorePlace()
{
    for (const auto &[id, top] : std::exchange(m_place, {})) {
        if (const int row = m_proxy->rowOf(id); row >= 0) {
            updateGeometries(); // the scroll bar knows the new rows
            verticalScrollBar()->setValue(verticalHeader()->sectionPosition(row) - top);
            return;
        }
    }
}

void TableView::tellCurrent()
{
    const QString id = currentId();
    if (std::exchange(m_toldCurrent, id) != id)
        Q_EMIT currentIdChanged(id);
}

void TableView::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    QTableView::selectionChanged(selected, deselected);
    // With nothing in either, rows merely moved.
    if (!m_restoring && !(selected.isEmpty() && deselected.isEmpty()))
        m_selectionDirty = true;
    qsizetype count = 0;
    for (const QItemSelectionRange &range : selectionModel()->selection())
        count += range.height();
    if (std::exchange(m_selected, count) != count || count == 1)
        Q_EMIT selectionCountChanged(count);
}

void TableView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    if (!m_restoring)
        m_selectionDirty = true;
    viewport()->update();
    if (current.row() != previous.row() || !previous.isValid())
        tellCurrent();
}

void TableView::setSort(const SortKey &primary, const SortKey &secondary)
{
    m_proxy->setSort(primary, secondary);
}

void TableView::headerClicked(int column)
{
    const QString id = records()->columns().at(column).id;
    SortKey first = m_proxy->primary(), second = m_proxy->secondary();
    const auto turned = [](Qt::SortOrder order) { return order == Qt::AscendingOrder ? Qt::DescendingOrder : Qt::AscendingOrder; };
    if (QGuiApplication::keyboardModifiers().testFlag(Qt::ShiftModifier) && !first.column.isEmpty() && first.column != id) {
        second = second.column == id ? SortKey{id, turned(second.order)} : SortKey{id, Qt::AscendingOrder};
    } else if (first.column == id) {
        first.order = turned(first.order);
    } else {
        // What it was sorted by before stays as the order among equals.
        second = first;
        first = {id, Qt::AscendingOrder};
    }
    m_proxy->setSort(first, second);
    if (currentIndex().isValid())
        scrollTo(currentIndex());
}

void TableView::flash(const QStringList &ids)
{
    if (Theme::reducedMotion() || ids.size() > MostFlashes || !isVisible())
        return;
    const qint64 now = m_clock.elapsed();
    for (const QString &id : ids)
        m_flashes.insert(id, now);
    m_flashTimer->start();
    viewport()->update();
}

void TableView::stepFlash()
{
    const qint64 now = m_clock.elapsed();
    for (auto it = m_flashes.begin(); it != m_flashes.end();) {
        if (const int row = m_proxy->rowOf(it.key()); row >= 0)
            viewport()->update(0, rowViewportPosition(row), viewport()->width(), metrics::RowHeight);
        it = now - it.value() > FlashTime ? m_flashes.erase(it) : std::next(it);
    }
    if (m_flashes.isEmpty())
        m_flashTimer->stop();
}

double TableView::flashStrength(int proxyRow) const
{
    if (m_flashes.isEmpty())
        return 0;
    const auto it = m_flashes.constFind(m_proxy->idAt(proxyRow));
    if (it == m_flashes.constEnd())
        return 0;
    return qBound(0.0, 1.0 - double(m_clock.elapsed() - *it) / double(FlashTime), 1.0);
}

void TableView::setHoverRow(int row)
{
    if (row == m_hoverRow)
        return;
    for (const int changed : {std::exchange(m_hoverRow, row), row})
        if (changed >= 0 && changed < m_proxy->rowCount())
            viewport()->update(0, rowViewportPosition(changed), viewport()->width(), metrics::RowHeight);
}

} // namespace ui
