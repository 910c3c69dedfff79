// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/recordproxy.h"

#include <QElapsedTimer>
#include <QLocale>

namespace ui {

namespace {

/// The C locale has neither a collation nor numbers in texts; English has both.
QLocale collationLocale()
{
    const QLocale locale;
    return locale.language() == QLocale::C ? QLocale(QLocale::English) : locale;
}

} // namespace

RecordProxy::RecordProxy(QObject *parent)
    : QSortFilterProxyModel(parent)
    , m_collator(collationLocale())
{
    m_collator.setNumericMode(true);
    m_collator.setCaseSensitivity(Qt::CaseInsensitive);
    setSortRole(RecordModelBase::SortRole);
    setFilterRole(RecordModelBase::FilterRole);
}

void RecordProxy::setRecords(RecordModelBase *records)
{
    for (const QMetaObject::Connection &connection : std::as_const(m_connections))
        disconnect(connection);
    m_connections.clear();
    m_records = records;
    m_matcher = records ? FilterMatcher(m_query, records->filterFields()) : FilterMatcher();
    forgetKeys();
    if (records) {
        // Connected before the base class connects, so that the keys are up to date when it sorts.
        const auto touch = [](Keys &keys, int first, int last) {
            for (int row = first; row <= last && row < int(keys.rows.size()); ++row)
                keys.rows[std::size_t(row)] = {};
        };
        m_connections = {
            connect(records, &QAbstractItemModel::dataChanged, this,
                    [this, touch](const QModelIndex &from, const QModelIndex &to) {
                        touch(m_first, from.row(), to.row());
                        touch(m_second, from.row(), to.row());
                    }),
            connect(records, &QAbstractItemModel::rowsInserted, this,
                    [this](const QModelIndex &, int first, int last) {
                        for (Keys *keys : {&m_first, &m_second})
                            if (first < int(keys->rows.size()))
                                keys->rows.insert(keys->rows.begin() + first, std::size_t(last - first + 1), Key());
                    }),
            connect(records, &QAbstractItemModel::rowsRemoved, this,
                    [this](const QModelIndex &, int first, int last) {
                        for (Keys *keys : {&m_first, &m_second}) {
                            const int size = int(keys->rows.size());
                            if (first < size)
                                keys->rows.erase(keys->rows.begin() + first, keys->rows.begin() + qMin(last + 1, size));
                        }
                    }),
            connect(records, &QAbstractItemModel::modelAboutToBeReset, this, &RecordProxy::forgetKeys),
        };
    }
    setSourceModel(records);
    setSort(m_primary, m_secondary);
}

void RecordProxy::forgetKeys()
{
    m_first.rows.clear();
    m_second.rows.clear();
}

void RecordProxy::setQuery(const FilterQuery &query)
{
    if (query == m_query)
        return;
    m_query = query;
    m_matcher = m_records ? FilterMatcher(query, m_records->filterFields()) : FilterMatcher();
    QElapsedTimer timer;
    timer.start();
    invalidateRowsFilter();
    m_filterTime = std::chrono::milliseconds(timer.elapsed());
    Q_EMIT queryApplied();
}

void RecordProxy::setCondition(std::function<bool(int)> condition)
{
    m_condition = std::move(condition);
    invalidateRowsFilter();
}

void RecordProxy::invalidateCondition()
{
    invalidateRowsFilter();
}

void RecordProxy::setSort(const SortKey &primary, const SortKey &secondary)
{
    m_primary = primary;
    m_secondary = secondary.column == primary.column ? SortKey() : secondary;
    const int first = m_records ? m_records->columnIndex(primary.column) : -1;
    const int second = m_records ? m_records->columnIndex(m_secondary.column) : -1;
    if (m_first.column != first)
        m_first = {first, {}};
    if (m_second.column != second)
        m_second = {second, {}};
    // The base class does nothing when column and order are as before, but the second key may be new.
    if (first >= 0 && sortColumn() == first && sortOrder() == primary.order)
        invalidate();
    else
        QSortFilterProxyModel::sort(first, primary.order);
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
    return m_records->idAt(mapToSource(index(proxyRow, 0)).row());
}

int RecordProxy::rowOf(const QString &id) const
{
    const int row = m_records ? m_records->rowOf(id) : -1;
    return row < 0 ? -1 : mapFromSource(m_records->index(row, 0)).row();
}

bool RecordProxy::filterAcceptsRow(int sourceRow, const QModelIndex &) const
{
    if (m_condition && !m_condition(sourceRow))
        return false;
    if (!m_records || m_matcher.isEmpty())
        return true;
    return m_matcher.matches(
        [this, sourceRow](int field, FilterMatcher::Want want) { return m_records->filterText(sourceRow, field, want); });
}

const RecordProxy::Key &RecordProxy::key(const Keys &keys, int row) const
{
    if (keys.rows.size() <= std::size_t(row))
        keys.rows.resize(std::size_t(qMax(row + 1, m_records->rowCount())));
    Key &key = keys.rows[std::size_t(row)];
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

int RecordProxy::compare(const Key &left, const Key &right)
{
    if (left.state != right.state)
        return left.state < right.state ? -1 : 1;
    if (left.state == Key::State::Number)
        return left.number < right.number ? -1 : left.number > right.number ? 1 : 0;
    if (left.state == Key::State::Text)
        return left.text->compare(*right.text);
    return 0;
}

bool RecordProxy::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    if (!m_records || m_first.column < 0)
        return left.row() < right.row();
    const bool descending = sortOrder() == Qt::DescendingOrder;
    // For a descending sort the base class asks the other way round: what must not turn with it is turned here once more.
    const auto fixed = [descending](bool less) { return descending ? !less : less; };
    {
        const Key &l = key(m_first, left.row());
        const bool leftMissing = l.state == Key::State::Missing;
        // key() may grow the vector: look the first one up again after the second.
        const Key &r = key(m_first, right.row());
        const bool rightMissing = r.state == Key::State::Missing;
        if (leftMissing != rightMissing)
            return fixed(rightMissing);
        if (!leftMissing)
            if (const int order = compare(key(m_first, left.row()), r); order != 0)
                return order < 0;
    }
    if (m_second.column >= 0) {
        const bool secondDescending = m_secondary.order == Qt::DescendingOrder;
        const bool leftMissing = key(m_second, left.row()).state == Key::State::Missing;
        const Key &r = key(m_second, right.row());
        const bool rightMissing = r.state == Key::State::Missing;
        if (leftMissing != rightMissing)
            return fixed(rightMissing);
        if (!leftMissing)
            if (const int order = compare(key(m_second, left.row()), r); order != 0)
                return fixed(secondDescending ? order > 0 : order < 0);
    }
    return left.row() == right.row() ? false : fixed(left.row() < right.row());
}

} // namespace ui
