// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/theme.h"
#include "ui/models/filterquery.h"

#include <functional>
#include <QAbstractTableModel>
#include <QDateTime>
#include <QHash>
#include <QSet>
#include <variant>

namespace ui {

/// What a cell is sorted by: nothing (always last), a number, or a text in natural order.
using SortValue = std::variant<std::monostate, double, QString>;
inline SortValue sortByTime(const QDateTime &time)
{
    return time.isValid() ? SortValue(double(time.toMSecsSinceEpoch())) : SortValue();
}

struct ColumnInfo {
    QString id;    ///< for saved layouts, sort state and filters: "group"; untranslated
    QString title; ///< tr()
    enum class Kind {
        Text,   ///< left, elided at the right
        Name,   ///< as Text, elided in the middle: names that differ at both ends
        Muted,  ///< second-rank text
        Ident,  ///< fixed font, elided in the middle, whole in the tooltip
        Number, ///< right, figures of one width
        Time    ///< text of relativeTime(): the view repaints it as time goes by
    };
    Kind kind = Kind::Text;
    int width = 120;   ///< wanted
    int minWidth = 40; ///< the view shrinks columns down to this before it scrolls sideways
    enum class Stretch { No, Yes };
    Stretch stretch = Stretch::No; ///< takes what is left; one column of a table
    enum class Visibility { Shown, Hidden };
    Visibility visibility = Visibility::Shown; ///< at first
    /// Such texts are never cut: part of the least width, in whatever font and language.
    std::function<QStringList()> whole;
    /// While there is no room for everybody's least width the columns that yield are left out, the highest number first; 0: never. One
    /// that the person has put on stays.
    int yields = 0;
    QString toolTip;
    enum class Filter { Contains, Word, Number, FieldOnly, None };
    Filter filter = Filter::Contains; ///< FieldOnly: `name:` only, not searched by free text
};

/// How one cell differs from its column.
struct CellLook {
    StateColor state = StateColor::Neutral; ///< text colour; Neutral: the column's own
    enum class Weight { Normal, Strong };
    Weight weight = Weight::Normal;
    enum class Rank { AsColumn, Muted };
    Rank rank = Rank::AsColumn;
    QString badge; ///< a word on a quiet ground behind the text ("local override"); empty: none
    StateColor badgeState = StateColor::Warning;
};

/// The part of RecordModel<T> that does not depend on T; what proxies, views and delegates work with.
class RecordModelBase : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Role {
        IdRole = Qt::UserRole + 1,
        SortRole,
        FilterRole,
        LookRole ///< CellLook
    };

    const QList<ColumnInfo> &columns() const { return m_columns; }
    int columnIndex(const QString &columnId) const;
    /// One per column that filters; FilterMatcher's positions are those of this list.
    const QList<FilterField> &filterFields() const { return m_fields; }
    /// The position of a column in filterFields(), or -1.
    int filterField(int column) const { return m_fieldOfColumn.value(column, -1); }
    /// Values to offer for a field (distinct texts, at most `limit`), computed on demand.
    QStringList distinctTexts(int column, int limit = 50) const;

    virtual int rowOf(const QString &id) const = 0;
    virtual QString idAt(int row) const = 0;
    virtual QString cellText(int row, int column) const = 0;
    virtual SortValue sortValue(int row, int column) const = 0;
    QString filterText(int row, int field, FilterMatcher::Want want = FilterMatcher::Want::Shown) const;
    /// During a reset that only takes rows away: where each former row is now, -1 where it went. Empty: everything may be another.
    const QList<int> &rowsNow() const { return m_rowsNow; }

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    /// New titles after a change of language; count and ids stay.
    void setTitles(const QStringList &titles);

Q_SIGNALS:
    /// Rows whose record was replaced by a different one; views let them flash.
    void recordsChanged(const QStringList &ids);

protected:
    RecordModelBase(QList<ColumnInfo> columns, QObject *parent);
    void beginThinning(QList<int> rowsNow);
    void endThinning();

private:
    QList<int> m_rowsNow;
    QList<ColumnInfo> m_columns;
    QList<FilterField> m_fields;
    QList<int> m_columnOfField;
    QHash<int, int> m_fieldOfColumn;
};

template <class T>
struct RecordColumn {
    ColumnInfo info;
    /// What is shown and filtered.
    std::function<QString(const T &)> text;
    /// What it is sorted by; none: the text in natural order, empty texts last.
    std::function<SortValue(const T &)> sort;
    std::function<QIcon(const T &)> icon;
    std::function<QString(const T &)> toolTip;
    std::function<CellLook(const T &)> look;
};

/// Records of one kind by id: T needs operator== and to be cheap to copy. Rows keep their place; new ones come at the end; sorting and
/// filtering is RecordProxy's. Never reset for a refresh: use upsert() for what comes in pieces, sync() for a complete new list,
/// reset() only when the subject changes. Many scattered rows that go at once are told as one reset that says which (rowsNow()).
template <class T>
class RecordModel : public RecordModelBase {
public:
    RecordModel(std::function<QString(const T &)> id, QList<RecordColumn<T>> columns, QObject *parent = nullptr)
        : RecordModelBase(infos(columns), parent)
        , m_id(std::move(id))
        , m_cells(std::move(columns))
    {
    }

    enum class Highlight { Changed, None };

    /// Replaces records with the same id, appends the others; unchanged ones are left alone. Of two with one id in `incoming` the later
    /// wins.
    void upsert(const QList<T> &incoming, Highlight highlight = Highlight::Changed)
    {
        QList<T> fresh;
        QHash<QString, int> freshById;
        QList<int> changed;
        QStringList changedIds;
        for (const T &record : incoming) {
            const QString id = m_id(record);
            const int row = m_rowById.value(id, -1);
            if (row < 0) {
                if (const auto seen = freshById.constFind(id); seen != freshById.constEnd()) {
                    fresh[*seen] = record;
                } else {
                    freshById.insert(id, int(fresh.size()));
                    fresh.append(record);
                }
            } else if (!(m_rows.at(row) == record)) {
                m_rows[row] = record;
                changed.append(row);
                changedIds.append(id);
            }
        }
        announce(changed);
        if (highlight == Highlight::Changed && !changedIds.isEmpty())
            Q_EMIT recordsChanged(changedIds);
        if (fresh.isEmpty())
            return;
        const int start = int(m_rows.size());
        beginInsertRows({}, start, start + int(fresh.size()) - 1);
        // No reserve(): it takes what is asked for and no more, and every batch of a long list would copy all rows before it.
        for (const T &record : std::as_const(fresh))
            append(m_id(record), record);
        endInsertRows();
    }
    void remove(const QStringList &ids)
    {
        QList<int> rows;
        for (const QString &id : ids)
            if (const int row = m_rowById.value(id, -1); row >= 0)
                rows.append(row);
        std::sort(rows.begin(), rows.end());
        rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
        if (rangesOf(rows) > MostRanges)
            return removeScattered(rows);
        // From the end, whole ranges at once: the rows in front keep their numbers meanwhile.
        for (qsizetype last = rows.size() - 1; last >= 0;) {
            qsizetype first = last;
            while (first > 0 && rows.at(first - 1) == rows.at(first) - 1)
                --first;
            beginRemoveRows({}, rows.at(first), rows.at(last));
            for (int row = rows.at(first); row <= rows.at(last); ++row)
                m_rowById.remove(m_ids.at(row));
            m_rows.remove(rows.at(first), rows.at(last) - rows.at(first) + 1);
            m_ids.remove(rows.at(first), rows.at(last) - rows.at(first) + 1);
            for (int row = rows.at(first); row < int(m_rows.size()); ++row)
                m_rowById[m_ids.at(row)] = row;
            endRemoveRows();
            last = first - 1;
        }
    }
    /// The complete new list: upsert, and what is not in it goes.
    void sync(const QList<T> &complete, Highlight highlight = Highlight::Changed)
    {
        QSet<QString> keep;
        keep.reserve(complete.size());
        for (const T &record : complete)
            keep.insert(m_id(record));
        QStringList gone;
        for (const QString &id : std::as_const(m_ids))
            if (!keep.contains(id))
                gone.append(id);
        remove(gone);
        upsert(complete, highlight);
    }
    void reset(const QList<T> &records = {})
    {
        beginResetModel();
        m_rows.clear();
        m_ids.clear();
        m_rowById.clear();
        for (const T &record : records) {
            const QString id = m_id(record);
            if (const int row = m_rowById.value(id, -1); row >= 0) {
                m_rows[row] = record;
                continue;
            }
            append(id, record);
        }
        endResetModel();
    }

    const QList<T> &records() const { return m_rows; }
    const T &at(int row) const { return m_rows.at(row); }
    /// nullptr: not there. Valid until the next change.
    const T *find(const QString &id) const
    {
        const int row = m_rowById.value(id, -1);
        return row < 0 ? nullptr : &m_rows.at(row);
    }

    int rowOf(const QString &id) const override { return m_rowById.value(id, -1); }
    QString idAt(int row) const override { return m_ids.value(row); }
    QString cellText(int row, int column) const override { return m_cells.at(column).text(m_rows.at(row)); }
    SortValue sortValue(int row, int column) const override
    {
        const RecordColumn<T> &cell = m_cells.at(column);
        if (cell.sort)
            return cell.sort(m_rows.at(row));
        QString text = cell.text(m_rows.at(row));
        return text.isEmpty() ? SortValue() : SortValue(std::move(text));
    }
    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : int(m_rows.size()); }
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override
    {
        if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
            return {};
        const T &record = m_rows.at(index.row());
        const RecordColumn<T> &cell = m_cells.at(index.column());
        switch (role) {
        case Qt::DisplayRole:
        case FilterRole:
            return cell.text(record);
        case Qt::DecorationRole:
            return cell.icon ? QVariant(cell.icon(record)) : QVariant();
        case Qt::ToolTipRole:
            return cell.toolTip ? QVariant(cell.toolTip(record)) : QVariant();
        case Qt::TextAlignmentRole:
            return int(cell.info.kind == ColumnInfo::Kind::Number ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignLeft | Qt::AlignVCenter);
        case IdRole:
            return m_ids.at(index.row());
        case SortRole: {
            const SortValue value = sortValue(index.row(), index.column());
            if (const double *number = std::get_if<double>(&value))
                return *number;
            if (const QString *text = std::get_if<QString>(&value))
                return *text;
            return {};
        }
        case LookRole:
            return cell.look ? QVariant::fromValue(cell.look(record)) : QVariant();
        default:
            return {};
        }
    }

private:
    static QList<ColumnInfo> infos(const QList<RecordColumn<T>> &columns)
    {
        QList<ColumnInfo> result;
        for (const RecordColumn<T> &column : columns)
            result.append(column.info);
        return result;
    }
    void append(const QString &id, const T &record)
    {
        m_rowById.insert(id, int(m_rows.size()));
        m_ids.append(id);
        m_rows.append(record);
    }
    /// Of rows in order.
    static qsizetype rangesOf(const QList<int> &rows)
    {
        qsizetype ranges = rows.isEmpty() ? 0 : 1;
        for (qsizetype i = 1; i < rows.size(); ++i)
            ranges += rows.at(i) > rows.at(i - 1) + 1 ? 1 : 0;
        return ranges;
    }
    /// In one go: range by range every row behind would be renumbered for each of them.
    void removeScattered(const QList<int> &gone)
    {
        QList<int> now(m_rows.size(), 0);
        for (const int row : gone)
            now[row] = -1;
        int kept = 0;
        for (int &row : now)
            row = row < 0 ? -1 : kept++;
        beginThinning(now);
        QList<T> rows;
        QStringList ids;
        rows.reserve(kept);
        ids.reserve(kept);
        m_rowById.clear();
        for (int row = 0; row < int(now.size()); ++row) {
            if (now.at(row) < 0)
                continue;
            m_rowById.insert(m_ids.at(row), now.at(row));
            ids.append(std::move(m_ids[row]));
            rows.append(std::move(m_rows[row]));
        }
        m_rows = std::move(rows);
        m_ids = std::move(ids);
        endThinning();
    }
    /// dataChanged for ranges of neighbouring rows; one for all when there are many of them.
    void announce(QList<int> rows)
    {
        if (rows.isEmpty())
            return;
        std::sort(rows.begin(), rows.end());
        const int lastColumn = columnCount() - 1;
        if (rangesOf(rows) > MostRanges) {
            Q_EMIT dataChanged(index(rows.first(), 0), index(rows.last(), lastColumn));
            return;
        }
        for (qsizetype first = 0; first < rows.size();) {
            qsizetype last = first;
            while (last + 1 < rows.size() && rows.at(last + 1) <= rows.at(last) + 1)
                ++last;
            Q_EMIT dataChanged(index(rows.at(first), 0), index(rows.at(last), lastColumn));
            first = last + 1;
        }
    }

    /// So many ranges of neighbouring rows are told one by one.
    static constexpr qsizetype MostRanges = 32;

    std::function<QString(const T &)> m_id;
    QList<RecordColumn<T>> m_cells;
    QList<T> m_rows;
    QStringList m_ids; ///< by row: making one again costs more than keeping it
    QHash<QString, int> m_rowById;
};

} // namespace ui

Q_DECLARE_METATYPE(ui::CellLook)
