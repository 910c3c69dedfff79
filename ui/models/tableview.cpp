// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/tableview.h"

#include "ui/models/recorddelegate.h"
#include "ui/models/tableheader.h"

#include <algorithm>
#include <QActionGroup>
#include <QGuiApplication>
#include <QJsonArray>
#include <QMenu>
#include <QScrollBar>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 FlashTime = 1000; // ms
constexpr qsizetype MostFlashes = 500;

} // namespace

namespace ui {

TableView::TableView(QWidget *parent)
    : QTableView(parent)
    , m_proxy(new RecordProxy(this))
    , m_header(new TableHeader(this))
    , m_delegate(nullptr)
    , m_flashTimer(new QTimer(this))
    , m_clockTimer(new QTimer(this))
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
    connect(m_proxy, &QAbstractItemModel::modelAboutToBeReset, this, &TableView::modelAboutToChange);
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
        Q_EMIT stateChanged();
    });

    connect(m_header, &QHeaderView::sectionClicked, this, &TableView::headerClicked);
    connect(m_header, &QHeaderView::sectionMoved, this, [this] {
        if (!m_fitting)
            Q_EMIT stateChanged();
    });
    connect(m_header, &QHeaderView::sectionResized, this, [this](int column, int, int size) {
        if (m_fitting || column >= m_wishes.size() || m_header->isSectionHidden(column) || size == 0)
            return;
        m_wishes[column] = size;
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

    m_flashTimer->setInterval(50);
    connect(m_flashTimer, &QTimer::timeout, this, &TableView::stepFlash);
    m_clockTimer->setInterval(20'000);
    connect(m_clockTimer, &QTimer::timeout, viewport(), qOverload<>(&QWidget::update));
    m_clock.start();
}

TableView::~TableView() = default;

void TableView::setRecords(RecordModelBase *records, const QString &accessibleName)
{
    setAccessibleName(accessibleName);
    if (RecordModelBase *old = m_proxy->records())
        disconnect(old, nullptr, this, nullptr);
    m_proxy->setRecords(records);
    m_wishes.clear();
    bool hasTimes = false;
    for (const ColumnInfo &column : records->columns()) {
        m_wishes.append(column.width);
        hasTimes = hasTimes || column.kind == ColumnInfo::Kind::Time;
    }
    connect(records, &RecordModelBase::recordsChanged, this, &TableView::flash);
    if (hasTimes)
        m_clockTimer->start();
    else
        m_clockTimer->stop();
    applyColumns();
}

void TableView::applyColumns()
{
    const RecordModelBase *model = records();
    if (!model)
        return;
    m_fitting = true;
    for (int column = 0; column < model->columns().size(); ++column) {
        m_header->setSectionHidden(column, model->columns().at(column).visibility == ColumnInfo::Visibility::Hidden);
        m_header->moveSection(m_header->visualIndex(column), column);
    }
    m_fitting = false;
    fitColumns();
}

void TableView::resetColumns()
{
    if (!records())
        return;
    for (int column = 0; column < m_wishes.size(); ++column)
        m_wishes[column] = records()->columns().at(column).width;
    applyColumns();
    Q_EMIT stateChanged();
}

/// Gives every column what it wants; what is left goes to the stretching one, what is missing is taken from all, each down to its
/// minimum. `keep`: a column being resized by hand, which stays as it is.
void TableView::fitColumns(int keep)
{
    const RecordModelBase *model = records();
    if (!model || m_wishes.size() != model->columns().size() || m_fitting)
        return;
    struct Part {
        int column, width, least;
    };
    QList<Part> parts;
    int total = 0, stretch = -1;
    for (int column = 0; column < m_wishes.size(); ++column) {
        if (m_header->isSectionHidden(column))
            continue;
        const ColumnInfo &info = model->columns().at(column);
        const int width = qMax(m_wishes.at(column), info.minWidth);
        if (info.stretch == ColumnInfo::Stretch::Yes && column != keep)
            stretch = int(parts.size());
        parts.append({column, width, column == keep ? width : qMin(width, info.minWidth)});
        total += width;
    }
    const int available = viewport()->width();
    if (total < available && stretch >= 0) {
        parts[stretch].width += available - total;
    } else if (total > available) {
        // The stretching column gives first, then all others in proportion to what they can spare.
        int missing = total - available;
        if (stretch >= 0) {
            const int least = qMax(parts.at(stretch).least, parts.at(stretch).width * 6 / 10);
            const int given = qMin(missing, qMax(0, parts.at(stretch).width - least));
            parts[stretch].width -= given;
            missing -= given;
        }
        int spare = 0;
        for (const Part &part : std::as_const(parts))
            spare += part.width - part.least;
        const int take = qMin(missing, spare);
        int taken = 0, seen = 0;
        for (Part &part : parts) {
            seen += part.width - part.least;
            const int upTo = spare > 0 ? int(qint64(take) * seen / spare) : 0;
            part.width -= upTo - taken;
            taken = upTo;
        }
    }
    m_fitting = true;
    for (const Part &part : std::as_const(parts))
        m_header->resizeSection(part.column, part.width);
    m_fitting = false;
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
    tellCurrent();
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

bool TableView::isColumnShown(const QString &columnId) const
{
    const int column = records() ? records()->columnIndex(columnId) : -1;
    return column >= 0 && !m_header->isSectionHidden(column);
}

void TableView::setColumnShown(const QString &columnId, bool shown)
{
    const int column = records() ? records()->columnIndex(columnId) : -1;
    if (column < 0 || m_header->isSectionHidden(column) != shown)
        return;
    if (!shown && m_header->count() - m_header->hiddenSectionCount() <= 1)
        return; // the last one stays
    m_header->setSectionHidden(column, !shown);
    fitColumns();
    Q_EMIT stateChanged();
}

QMenu *TableView::createColumnMenu(QWidget *parent)
{
    auto *menu = new QMenu(parent);
    QMenu *sortMenu = menu->addMenu(tr("Sort by"));
    auto *group = new QActionGroup(menu);
    for (int visual = 0; visual < m_header->count(); ++visual) {
        const int column = m_header->logicalIndex(visual);
        const QString id = records()->columns().at(column).id;
        const QString title = records()->columns().at(column).title;
        QAction *sortAction = sortMenu->addAction(title);
        sortAction->setCheckable(true);
        sortAction->setActionGroup(group);
        sortAction->setChecked(m_proxy->primary().column == id);
        connect(sortAction, &QAction::triggered, this, [this, id] {
            m_proxy->setSort({id, m_proxy->primary().order}, m_proxy->secondary());
        });
    }
    sortMenu->addSeparator();
    QAction *descending = sortMenu->addAction(tr("Descending"));
    descending->setCheckable(true);
    descending->setChecked(m_proxy->primary().order == Qt::DescendingOrder);
    connect(descending, &QAction::triggered, this, [this](bool on) {
        m_proxy->setSort({m_proxy->primary().column, on ? Qt::DescendingOrder : Qt::AscendingOrder}, m_proxy->secondary());
    });
    menu->addSeparator();
    for (int visual = 0; visual < m_header->count(); ++visual) {
        const int column = m_header->logicalIndex(visual);
        const QString id = records()->columns().at(column).id;
        QAction *action = menu->addAction(records()->columns().at(column).title);
        action->setCheckable(true);
        action->setChecked(!m_header->isSectionHidden(column));
        connect(action, &QAction::triggered, this, [this, id](bool on) { setColumnShown(id, on); });
    }
    menu->addSeparator();
    connect(menu->addAction(tr("Reset Columns")), &QAction::triggered, this, &TableView::resetColumns);
    return menu;
}

QJsonObject TableView::state() const
{
    QJsonObject state;
    if (!records())
        return state;
    QJsonArray columns;
    for (int visual = 0; visual < m_header->count(); ++visual) {
        const int column = m_header->logicalIndex(visual);
        columns.append(QJsonObject{{u"id"_s, records()->columns().at(column).id},
                                   {u"width"_s, m_wishes.value(column)},
                                   {u"shown"_s, !m_header->isSectionHidden(column)}});
    }
    QJsonArray sort;
    for (const SortKey &key : {m_proxy->primary(), m_proxy->secondary()})
        if (!key.column.isEmpty())
            sort.append(QJsonObject{{u"column"_s, key.column}, {u"descending"_s, key.order == Qt::DescendingOrder}});
    state.insert("columns"_L1, columns);
    state.insert("sort"_L1, sort);
    const QStringList selected = m_selectionDirty ? selectedIds() : m_wanted;
    // A selection of thousands is a passing thing and would make the state a file of megabytes.
    if (selected.size() <= 1000)
        state.insert("selected"_L1, QJsonArray::fromStringList(selected));
    state.insert("current"_L1, m_selectionDirty ? currentId() : m_wantedCurrent);
    state.insert("top"_L1, m_proxy->idAt(rowAt(0)));
    return state;
}

void TableView::restoreState(const QJsonObject &state)
{
    const RecordModelBase *model = records();
    if (!model)
        return;
    m_fitting = true;
    int visual = 0;
    for (const QJsonValue &value : state.value("columns"_L1).toArray()) {
        const QJsonObject saved = value.toObject();
        const int column = model->columnIndex(saved.value("id"_L1).toString());
        if (column < 0)
            continue; // a column of another version
        m_wishes[column] = qBound(model->columns().at(column).minWidth, int(saved.value("width"_L1).toInteger()), 2000);
        m_header->setSectionHidden(column, !saved.value("shown"_L1).toBool(true));
        m_header->moveSection(m_header->visualIndex(column), visual++);
    }
    m_fitting = false;
    fitColumns();
    SortKey keys[2];
    const QJsonArray sort = state.value("sort"_L1).toArray();
    for (qsizetype i = 0; i < qMin<qsizetype>(2, sort.size()); ++i) {
        const QJsonObject key = sort.at(i).toObject();
        if (model->columnIndex(key.value("column"_L1).toString()) >= 0)
            keys[i] = {key.value("column"_L1).toString(), key.value("descending"_L1).toBool() ? Qt::DescendingOrder : Qt::AscendingOrder};
    }
    if (!sort.isEmpty())
        m_proxy->setSort(keys[0], keys[1]);
    QStringList ids;
    for (const QJsonValue &id : state.value("selected"_L1).toArray())
        ids.append(id.toString());
    select(ids, state.value("current"_L1).toString());
    if (const int row = m_proxy->rowOf(state.value("top"_L1).toString()); row >= 0)
        scrollTo(rowIndex(row), QAbstractItemView::PositionAtTop);
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
