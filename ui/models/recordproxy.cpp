// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/recordproxy.h"

#include <algorithm>
#include <numeric>
#include <QElapsedTimer>
#include <QLocale>
#include <QScopedValueRollback>

namespace ui {

namespace {

/// So many runs of neighbouring rows are told one by one.
constexpr int MostRuns = 32;

/// So many rows that come at once are made ready for the filter there and then.
constexpr int MostPrepared = 5000;

/// The C locale has neither a collation nor numbers in texts; English has both.
QLocale collationLocale()
{
    const QLocale locale;
    return locale.language() == QLocale::C ? QLocale(QLocale::English) : locale;
}

struct Run {
    int first = 0, last = 0;
};

/// Runs of positions in [0, count) for which `is` holds; nullopt: more than anybody wants to hear of.
template <class Predicate>
std::optional<std::vector<Run>> runsOf(int count, Predicate is)
{
    std::vector<Run> runs;
    for (int at = 0; at < count; ++at) {
        if (!is(at))
            continue;
        if (!runs.empty() && runs.back().last == at - 1) {
            runs.back().last = at;
        } else {
            if (int(runs.size()) == MostRuns)
                return std::nullopt;
            runs.push_back({at, at});
        }
    }
    return runs;
}

} // namespace

RecordProxy::RecordProxy(QObject *parent)
    : QAbstractProxyModel(parent)
    , m_collator(collationLocale())
{
    m_collator.setNumericMode(true);
    m_collator.setCaseSensitivity(Qt::CaseInsensitive);
}

void RecordProxy::setRecords(RecordModelBase *records)
{
    beginResetModel();
    for (const QMetaObject::Connection &connection : std::as_const(m_connections))
        disconnect(connection);
    m_connections.clear();
    m_records = records;
    setSourceModel(records);
    m_matcher = records ? FilterMatcher(m_query, records->filterFields()) : FilterMatcher();
    if (records) {
        using Model = QAbstractItemModel;
        m_connections = {
            connect(records, &Model::rowsInserted, this, [this](const QModelIndex &, int first, int last) { sourceInserted(first, last); }),
            connect(records, &Model::rowsAboutToBeRemoved, this,
                    [this](const QModelIndex &, int first, int last) { sourceAboutToRemove(first, last); }),
            connect(records, &Model::rowsRemoved, this, [this](const QModelIndex &, int first, int last) { sourceRemoved(first, last); }),
            connect(records, &Model::dataChanged, this,
                    [this](const QModelIndex &from, const QModelIndex &to) { sourceChanged(from.row(), to.row()); }),
            connect(records, &Model::headerDataChanged, this, &Model::headerDataChanged),
            connect(records, &Model::modelAboutToBeReset, this,
                    [this] {
                        m_following = !m_records->rowsNow().isEmpty();
                        beginResetModel();
                    }),
            connect(records, &Model::modelReset, this,
                    [this] {
                        if (m_following)
                            sourceThinned(m_records->rowsNow());
                        else
                            sourceReset();
                        endResetModel();
                        m_following = false;
                    }),
        };
    }
    m_first.column = m_second.column = -1;
    sourceReset();
    endResetModel();
    setSort(m_primary, m_secondary);
}

void RecordProxy::setQuery(const FilterQuery &query)
{
    if (query == m_query)
        return;
    m_query = query;
    m_matcher = m_records ? FilterMatcher(query, m_records->filterFields()) : FilterMatcher();
    QElapsedTimer timer;
    timer.start();
    filterAll();
    m_filterTime = std::chrono::milliseconds(timer.elapsed());
    Q_EMIT queryApplied();
}

void RecordProxy::setCondition(std::function<bool(int)> condition)
{
    m_condition = std::move(condition);
    filterAll();
}

void RecordProxy::invalidateCondition()
{
    filterAll();
}

void RecordProxy::setSort(const SortKey &primary, const SortKey &secondary)
{
    m_primary = primary;
    m_secondary = secondary.column == primary.column ? SortKey() : secondary;
    const auto use = [this](Keys &keys, const SortKey &sort) {
        const int column = m_records ? m_records->columnIndex(sort.column) : -1;
        if (keys.column != column)
            keys = {column, sort.order, {}};
        keys.order = sort.order;
    };
    use(m_first, m_primary);
    use(m_second, m_secondary);
    sortAll();
    show(accepted());
    Q_EMIT sortChanged();
}

void RecordProxy::sort(int column, Qt::SortOrder order)
{
    if (!m_records)
        return;
    const QString id = column >= 0 && column < m_records->columns().size() ? m_records->columns().at(column).id : QString();
    setSort({id, order}, m_secondary);
}

QString RecordProxy::idAt(int proxyRow) const
{
    if (!m_records || proxyRow < 0 || proxyRow >= rowCount())
        return {};
    return m_records->idAt(m_shown[size_t(proxyRow)]);
}

int RecordProxy::rowOf(const QString &id) const
{
    const int row = m_records ? m_records->rowOf(id) : -1;
    return row < 0 || row >= int(m_place.size()) ? -1 : m_place[size_t(row)];
}

QModelIndex RecordProxy::index(int row, int column, const QModelIndex &parent) const
{
    return hasIndex(row, column, parent) ? createIndex(row, column) : QModelIndex();
}

QModelIndex RecordProxy::parent(const QModelIndex &) const
{
    return {};
}

int RecordProxy::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_shown.size());
}

int RecordProxy::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() || !m_records ? 0 : m_records->columnCount();
}

bool RecordProxy::hasChildren(const QModelIndex &parent) const
{
    return rowCount(parent) > 0 && columnCount(parent) > 0;
}

QVariant RecordProxy::headerData(int section, Qt::Orientation orientation, int role) const
{
    return m_records && orientation == Qt::Horizontal ? m_records->headerData(section, orientation, role) : QVariant();
}

QModelIndex RecordProxy::mapToSource(const QModelIndex &proxyIndex) const
{
    if (!m_records || !proxyIndex.isValid() || proxyIndex.row() >= rowCount())
        return {};
    return m_records->index(m_shown[size_t(proxyIndex.row())], proxyIndex.column());
}

QModelIndex RecordProxy::mapFromSource(const QModelIndex &sourceIndex) const
{
    if (!sourceIndex.isValid() || sourceIndex.row() >= int(m_place.size()))
        return {};
    const int row = m_place[size_t(sourceIndex.row())];
    return row < 0 ? QModelIndex() : createIndex(row, sourceIndex.column());
}

bool RecordProxy::accepts(int sourceRow) const
{
    if (m_condition && !m_condition(sourceRow))
        return false;
    if (m_matcher.isEmpty())
        return true;
    return m_matcher.matches(
        [this, sourceRow](int field, FilterMatcher::Want want) { return m_records->filterText(sourceRow, field, want); },
        [this, sourceRow] { return &freeText(sourceRow); });
}

/// Kept, because asking a hundred thousand records for eight texts each takes longer than searching them.
const QString &RecordProxy::freeText(int sourceRow) const
{
    QString &text = m_freeTexts[size_t(sourceRow)];
    if (text.isNull()) {
        text = QLatin1String("");
        const QList<FilterField> &fields = m_records->filterFields();
        for (int field = 0; field < int(fields.size()); ++field) {
            if (fields.at(field).freeText == FilterField::FreeText::Searched)
                text += m_records->filterText(sourceRow, field) + u'\n';
        }
        text = text.toCaseFolded();
        text.squeeze();
    }
    return text;
}

const RecordProxy::Key &RecordProxy::key(const Keys &keys, int row) const
{
    Key &key = keys.rows[size_t(row)];
    if (key.state == Key::State::Unknown) {
        const SortValue value = m_records->sortValue(row, keys.column);
        if (const double *number = std::get_if<double>(&value)) {
            key.state = Key::State::Number;
            key.number = *number;
        } else if (const QString *text = std::get_if<QString>(&value)) {
            key.state = Key::State::Text;
            key.text = m_collator.sortKey(*text);
        } else {
            key.state = Key::State::Missing;
        }
    }
    return key;
}

/// Below, at or above zero, in the order wanted; what is missing is last both ways.
int RecordProxy::compare(const Keys &keys, int left, int right) const
{
    const Key &l = key(keys, left);
    const Key &r = key(keys, right);
    if (l.state == Key::State::Missing || r.state == Key::State::Missing)
        return int(l.state == Key::State::Missing) - int(r.state == Key::State::Missing);
    int order = 0;
    if (l.state != r.state)
        order = l.state < r.state ? -1 : 1;
    else if (l.state == Key::State::Number)
        order = l.number < r.number ? -1 : l.number > r.number ? 1 : 0;
    else
        order = l.text->compare(*r.text);
    return keys.order == Qt::DescendingOrder ? -order : order;
}

bool RecordProxy::less(int left, int right) const
{
    for (const Keys *keys : {&m_first, &m_second}) {
        if (keys->column < 0)
            continue;
        if (const int order = compare(*keys, left, right); order != 0)
            return order < 0;
    }
    return left < right;
}

void RecordProxy::sortAll()
{
    const size_t count = m_records ? size_t(m_records->rowCount()) : 0;
    m_first.rows.resize(count);
    m_second.rows.resize(count);
    m_freeTexts.resize(count);
    m_sorted.resize(count);
    std::iota(m_sorted.begin(), m_sorted.end(), 0);
    if (m_first.column >= 0 || m_second.column >= 0)
        std::sort(m_sorted.begin(), m_sorted.end(), [this](int left, int right) { return less(left, right); });
}

void RecordProxy::filterAll()
{
    show(accepted());
}

RecordProxy::Rows RecordProxy::accepted() const
{
    Rows rows;
    rows.reserve(m_sorted.size());
    for (const int row : m_sorted) {
        if (accepts(row))
            rows.push_back(row);
    }
    return rows;
}

/// Puts source rows that are not in m_sorted into their places there.
void RecordProxy::insertSorted(Rows fresh)
{
    const auto before = [this](int left, int right) { return less(left, right); };
    std::sort(fresh.begin(), fresh.end(), before);
    Rows merged;
    merged.reserve(m_sorted.size() + fresh.size());
    auto from = m_sorted.cbegin();
    for (const int row : fresh) {
        // Few comparisons: they are what costs.
        const auto to = std::lower_bound(from, m_sorted.cend(), row, before);
        merged.insert(merged.end(), from, to);
        merged.push_back(row);
        from = to;
    }
    merged.insert(merged.end(), from, m_sorted.cend());
    m_sorted = std::move(merged);
}

void RecordProxy::take(Rows rows)
{
    m_shown = std::move(rows);
    std::fill(m_place.begin(), m_place.end(), -1);
    for (size_t at = 0; at < m_shown.size(); ++at)
        m_place[size_t(m_shown[at])] = int(at);
}

/// Makes `wanted` what is shown, and tells the views how it came to that.
void RecordProxy::show(Rows wanted)
{
    const size_t count = m_records ? size_t(m_records->rowCount()) : 0;
    m_place.resize(count, -1);
    Rows places(count, -1);
    for (size_t at = 0; at < wanted.size(); ++at)
        places[size_t(wanted[at])] = int(at);
    const auto gone = runsOf(int(m_shown.size()), [&](int at) { return places[size_t(m_shown[size_t(at)])] < 0; });
    const auto come = runsOf(int(wanted.size()), [&](int at) { return m_place[size_t(wanted[size_t(at)])] < 0; });
    if (!gone || !come) {
        beginResetModel();
        take(std::move(wanted));
        endResetModel();
        return;
    }
    for (auto run = gone->crbegin(); run != gone->crend(); ++run) {
        beginRemoveRows({}, run->first, run->last);
        Rows rest = m_shown;
        rest.erase(rest.begin() + run->first, rest.begin() + run->last + 1);
        take(std::move(rest));
        endRemoveRows();
    }
    Rows kept;
    kept.reserve(m_shown.size());
    for (const int row : wanted) {
        if (m_place[size_t(row)] >= 0)
            kept.push_back(row);
    }
    if (kept != m_shown) {
        Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
        const QModelIndexList before = persistentIndexList();
        const Rows old = m_shown;
        take(std::move(kept));
        QModelIndexList after;
        after.reserve(before.size());
        for (const QModelIndex &index : before)
            after.append(createIndex(m_place[size_t(old[size_t(index.row())])], index.column()));
        changePersistentIndexList(before, after);
        Q_EMIT layoutChanged({}, VerticalSortHint);
    }
    for (const Run &run : *come) {
        beginInsertRows({}, run.first, run.last);
        Rows more = m_shown;
        more.insert(more.begin() + run.first, wanted.begin() + run.first, wanted.begin() + run.last + 1);
        take(std::move(more));
        endInsertRows();
    }
}

void RecordProxy::sourceInserted(int first, int last)
{
    const QScopedValueRollback following(m_following, true);
    const int added = last - first + 1;
    const int before = int(m_sorted.size());
    for (Keys *keys : {&m_first, &m_second})
        keys->rows.insert(keys->rows.begin() + first, size_t(added), Key());
    m_freeTexts.insert(m_freeTexts.begin() + first, size_t(added), QString());
    if (first < before) {
        // Not at the end: those behind have other numbers now.
        for (Rows *rows : {&m_sorted, &m_shown}) {
            for (int &row : *rows)
                row += row >= first ? added : 0;
        }
    }
    m_place.resize(size_t(before + added), -1);
    take(std::move(m_shown));
    // While a long list comes in pieces, the first key in the filter line shall not have to wait for all of them.
    for (int row = first; row <= last && added <= MostPrepared; ++row)
        freeText(row);
    Rows fresh(static_cast<size_t>(added));
    std::iota(fresh.begin(), fresh.end(), first);
    insertSorted(std::move(fresh));
    Rows wanted;
    wanted.reserve(m_shown.size() + size_t(added));
    for (const int row : m_sorted) {
        const bool isNew = row >= first && row <= last;
        if (isNew ? accepts(row) : m_place[size_t(row)] >= 0)
            wanted.push_back(row);
    }
    show(std::move(wanted));
}

/// Takes them out of the view while they can still be asked for.
void RecordProxy::sourceAboutToRemove(int first, int last)
{
    Rows rest;
    rest.reserve(m_shown.size());
    std::copy_if(m_shown.cbegin(), m_shown.cend(), std::back_inserter(rest), [&](int row) { return row < first || row > last; });
    if (rest.size() != m_shown.size())
        show(std::move(rest));
}

void RecordProxy::sourceRemoved(int first, int last)
{
    const int removed = last - first + 1;
    for (Keys *keys : {&m_first, &m_second})
        keys->rows.erase(keys->rows.begin() + first, keys->rows.begin() + last + 1);
    m_freeTexts.erase(m_freeTexts.begin() + first, m_freeTexts.begin() + last + 1);
    std::erase_if(m_sorted, [&](int row) { return row >= first && row <= last; });
    for (Rows *rows : {&m_sorted, &m_shown}) {
        for (int &row : *rows)
            row -= row > last ? removed : 0;
    }
    m_place.resize(m_sorted.size());
    take(std::move(m_shown));
}

void RecordProxy::sourceChanged(int first, int last)
{
    const QScopedValueRollback following(m_following, true);
    for (Keys *keys : {&m_first, &m_second})
        std::fill(keys->rows.begin() + first, keys->rows.begin() + last + 1, Key());
    std::fill(m_freeTexts.begin() + first, m_freeTexts.begin() + last + 1, QString());
    if (last - first + 1 > MostRuns) {
        sortAll();
        show(accepted());
    } else {
        const auto changed = [&](int row) { return row >= first && row <= last; };
        std::erase_if(m_sorted, changed);
        Rows fresh(static_cast<size_t>(last - first + 1));
        std::iota(fresh.begin(), fresh.end(), first);
        insertSorted(std::move(fresh));
        Rows wanted;
        wanted.reserve(m_shown.size() + size_t(last - first + 1));
        for (const int row : m_sorted) {
            if (changed(row) ? accepts(row) : m_place[size_t(row)] >= 0)
                wanted.push_back(row);
        }
        show(std::move(wanted));
    }
    const int lastColumn = columnCount() - 1;
    const auto runs = runsOf(rowCount(), [&](int at) {
        const int row = m_shown[size_t(at)];
        return row >= first && row <= last;
    });
    if (!runs) {
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, lastColumn));
        return;
    }
    for (const Run &run : *runs)
        Q_EMIT dataChanged(index(run.first, 0), index(run.last, lastColumn));
}

/// Inside a reset of ours.
void RecordProxy::sourceReset()
{
    m_first.rows.clear();
    m_second.rows.clear();
    m_freeTexts.clear();
    sortAll();
    m_place.assign(m_sorted.size(), -1);
    take(accepted());
}

/// Inside a reset of ours: what is known of the rows that stay is kept.
void RecordProxy::sourceThinned(const QList<int> &rowsNow)
{
    const auto thin = [&rowsNow](auto &rows) {
        size_t kept = 0;
        for (size_t row = 0; row < rows.size(); ++row)
            if (rowsNow.at(qsizetype(row)) >= 0 && kept++ != row)
                rows[kept - 1] = std::move(rows[row]);
        rows.resize(kept);
    };
    thin(m_first.rows);
    thin(m_second.rows);
    thin(m_freeTexts);
    for (Rows *rows : {&m_sorted, &m_shown}) {
        for (int &row : *rows)
            row = rowsNow.at(row);
        std::erase(*rows, -1);
    }
    m_place.assign(m_sorted.size(), -1);
    take(std::move(m_shown));
}

} // namespace ui
