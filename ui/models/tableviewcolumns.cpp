// SPDX-License-Identifier: GPL-3.0-or-later
// The table's columns: which are shown, how wide, and what is kept of that.
#include "ui/common/passingtime.h"
#include "ui/common/relativetime.h"
#include "ui/models/recorddelegate.h"
#include "ui/models/tableheader.h"
#include "ui/models/tableview.h"

#include <algorithm>
#include <QActionGroup>
#include <QJsonArray>
#include <QMenu>

using namespace Qt::StringLiterals;

namespace {

/// Rows looked at to find how much room contents need; all would take seconds.
constexpr int Sampled = 48;
/// No content takes more than this of its own accord.
constexpr int WidestNeed = 420;

} // namespace

namespace ui {

void TableView::applyColumns()
{
    const RecordModelBase *model = records();
    if (!model)
        return;
    m_fitting = true;
    for (int column = 0; column < model->columns().size(); ++column)
        m_header->moveSection(m_header->visualIndex(column), column);
    m_fitting = false;
    fitColumns();
}

void TableView::resetColumns()
{
    if (!records())
        return;
    for (int column = 0; column < m_columns.size(); ++column) {
        const int need = m_columns.at(column).need;
        m_columns[column] = Column{.need = need, .shown = records()->columns().at(column).visibility == ColumnInfo::Visibility::Shown};
    }
    applyColumns();
    Q_EMIT stateChanged();
}

/// Of the rows in sight.
std::optional<std::chrono::seconds> TableView::tellTimes()
{
    std::optional<std::chrono::seconds> soonest;
    const RecordModelBase *model = records();
    for (int column = 0; model && column < model->columns().size() && column < m_columns.size(); ++column) {
        if (model->columns().at(column).kind != ColumnInfo::Kind::Time || isColumnHidden(column))
            continue;
        viewport()->update(columnViewportPosition(column), 0, columnWidth(column), viewport()->height());
        const int first = qMax(0, rowAt(0));
        const int end = qMin(m_proxy->rowCount(), first + viewport()->height() / metrics::RowHeight + 2);
        for (int row = first; row < end; ++row) {
            const SortValue at = model->sortValue(m_proxy->mapToSource(m_proxy->index(row, column)).row(), column);
            if (const double *time = std::get_if<double>(&at)) {
                const auto next = nextChange(QDateTime::fromMSecsSinceEpoch(qint64(*time), Qt::UTC));
                soonest = soonest ? std::min(*soonest, next) : next;
            }
        }
    }
    return soonest;
}

/// What the contents at the top and on the screen need. Grows only, so that nothing jumps while one scrolls.
void TableView::sample()
{
    m_passing->again();
    const int rows = m_proxy->rowCount();
    if (!records() || rows == 0 || m_columns.size() != records()->columns().size())
        return;
    QList<int> some;
    for (int row = 0; row < qMin(rows, Sampled / 2); ++row)
        some.append(row);
    const int top = qMax(0, rowAt(0));
    for (int row = qMax(top, Sampled / 2); row < qMin(rows, top + Sampled / 2); ++row)
        some.append(row);
    bool grown = false;
    for (int column = 0; column < m_columns.size(); ++column) {
        if (!m_columns.at(column).shown)
            continue;
        int need = m_columns.at(column).need;
        for (const int row : std::as_const(some))
            need = qMax(need, qMin(WidestNeed, m_delegate->sizeHint({}, m_proxy->index(row, column)).width()));
        grown = grown || need > m_columns.at(column).need;
        m_columns[column].need = need;
    }
    if (grown)
        fitColumns();
}

/// Below this a column says too little: its title, and what its kind of content looks like.
int TableView::leastWidth(int column) const
{
    const ColumnInfo &info = records()->columns().at(column);
    const bool sorted = records()->columnIndex(m_proxy->primary().column) == column;
    const int title = m_header->fontMetrics().horizontalAdvance(info.title) + 2 + 2 * metrics::Between + (sorted ? 16 : 0);
    int least = qMax(info.minWidth, title);
    const QStringList texts = info.whole ? info.whole() : QStringList();
    for (const QString &text : texts)
        least = qMax(least, m_delegate->widthOf(info, text));
    return least;
}

/// Gives every column what it wants; what is left goes to the stretching one. What is missing is taken first from room that nobody needs,
/// then from the stretching column (of names: from the others), then from all, each down to its least; where that is not enough, columns
/// that yield are left out. `keep`: a column being resized by hand, which stays as it is.
void TableView::fitColumns(int keep)
{
    const RecordModelBase *model = records();
    if (!model || m_columns.size() != model->columns().size() || m_fitting)
        return;
    struct Part {
        int column, width, least, need;
        int kept = 0; ///< rather than less, a column that yields is left out
    };
    QList<Part> parts;
    int total = 0, leasts = 0, stretch = -1;
    for (int column = 0; column < m_columns.size(); ++column) {
        const Column &has = m_columns.at(column);
        if (!has.shown)
            continue;
        const ColumnInfo &info = model->columns().at(column);
        const int own = leastWidth(column);
        Part part{column, has.width, has.width, has.width};
        if (has.width == 0) {
            part.least = own;
            part.need = qMax(own, has.need);
            part.width = qMax(info.width, part.need);
        } else if (column != keep) {
            part.least = part.need = qMin(has.width, own);
        }
        // Names are what one reads.
        part.kept = info.kind == ColumnInfo::Kind::Name ? qMax(part.least, qMin(part.need, info.width)) : part.least;
        parts.append(part);
        total += part.width;
        leasts += part.kept;
    }
    const int available = viewport()->width();
    QList<int> out;
    while (leasts > available) {
        const auto yields = [&](const Part &part) {
            return m_columns.at(part.column).put || m_columns.at(part.column).width > 0 ? 0 : model->columns().at(part.column).yields;
        };
        const auto last = std::max_element(parts.begin(), parts.end(), [&](const Part &a, const Part &b) { return yields(a) < yields(b); });
        if (last == parts.end() || yields(*last) == 0)
            break;
        out.append(last->column);
        total -= last->width;
        leasts -= last->kept;
        parts.erase(last);
    }
    for (int i = 0; i < parts.size(); ++i)
        if (model->columns().at(parts.at(i).column).stretch == ColumnInfo::Stretch::Yes && parts.at(i).column != keep)
            stretch = i;
    if (total < available && stretch >= 0) {
        parts[stretch].width += available - total;
    } else if (total > available) {
        int missing = total - available;
        const auto takeDownTo = [&](int Part::*floor, int spared = -1) {
            const auto spareOf = [&](int i) { return i == spared ? 0 : qMax(0, parts.at(i).width - parts.at(i).*floor); };
            int spare = 0;
            for (int i = 0; i < parts.size(); ++i)
                spare += spareOf(i);
            const int take = qMin(missing, spare);
            int taken = 0, seen = 0;
            for (int i = 0; i < parts.size(); ++i) {
                Part &part = parts[i];
                seen += spareOf(i);
                const int upTo = spare > 0 ? int(qint64(take) * seen / spare) : 0;
                part.width -= upTo - taken;
                taken = upTo;
            }
            missing -= take;
        };
        takeDownTo(&Part::need);
        if (stretch >= 0 && model->columns().at(parts.at(stretch).column).kind == ColumnInfo::Kind::Name) {
            // The others give first.
            takeDownTo(&Part::least, stretch);
        } else if (stretch >= 0) {
            const int least = qMax(parts.at(stretch).least, parts.at(stretch).width * 6 / 10);
            const int given = qMin(missing, qMax(0, parts.at(stretch).width - least));
            parts[stretch].width -= given;
            missing -= given;
        }
        takeDownTo(&Part::least);
    }
    m_fitting = true;
    for (int column = 0; column < m_columns.size(); ++column)
        m_header->setSectionHidden(column, !m_columns.at(column).shown || out.contains(column));
    for (const Part &part : std::as_const(parts))
        m_header->resizeSection(part.column, part.width);
    m_fitting = false;
}

bool TableView::isColumnShown(const QString &columnId) const
{
    const int column = records() ? records()->columnIndex(columnId) : -1;
    return column >= 0 && m_columns.at(column).shown;
}

void TableView::setColumnShown(const QString &columnId, bool shown)
{
    const int column = records() ? records()->columnIndex(columnId) : -1;
    // One that was left out for want of room is shown when a person says so.
    if (column < 0 || (m_columns.at(column).shown == shown && !(shown && m_header->isSectionHidden(column))))
        return;
    if (!shown && std::count_if(m_columns.cbegin(), m_columns.cend(), [](const Column &other) { return other.shown; }) <= 1)
        return; // the last one stays
    m_columns[column].shown = shown;
    m_columns[column].put = shown;
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
        const QString title = records()->columns().at(column).title;
        const bool leftOut = m_columns.at(column).shown && m_header->isSectionHidden(column);
        QAction *action = menu->addAction(leftOut ? tr("%1 (no room)", "a column").arg(title) : title);
        action->setCheckable(true);
        action->setChecked(!m_header->isSectionHidden(column));
        connect(action, &QAction::triggered, this, [this, id](bool on) { setColumnShown(id, on); });
    }
    menu->addSeparator();
    connect(menu->addAction(tr("Reset columns")), &QAction::triggered, this, &TableView::resetColumns);
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
        const Column &has = m_columns.at(column);
        QJsonObject saved{{u"id"_s, records()->columns().at(column).id}, {u"shown"_s, has.shown}};
        // What nobody chose follows the contents, the font and the version.
        if (has.width > 0)
            saved.insert(u"width"_s, has.width);
        if (has.put)
            saved.insert(u"put"_s, true);
        columns.append(saved);
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
        const auto width = saved.value("width"_L1).toInteger();
        m_columns[column].width = width > 0 ? int(std::clamp<qint64>(width, m_header->minimumSectionSize(), 2000)) : 0;
        m_columns[column].shown = saved.value("shown"_L1).toBool(true);
        m_columns[column].put = saved.value("put"_L1).toBool();
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

} // namespace ui
