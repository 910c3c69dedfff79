// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/recordmodel.h"

#include <QAbstractProxyModel>
#include <QCollator>

namespace ui {

struct SortKey {
    QString column; ///< ColumnInfo::id; empty: none
    Qt::SortOrder order = Qt::AscendingOrder;
    friend bool operator==(const SortKey &, const SortKey &) = default;
};

/// Filter and sort of a RecordModelBase, reading the records and not data(): 100,000 rows filter in less than 100 ms. Texts in natural
/// order of the locale (img2 before img10, Chinese by the collation), missing values last in both directions, equal ones by the second
/// key and then by their place in the model.
///
/// Few rows that come, go or move are told one by one; many scattered ones as a reset, because a view needs longer for each of them than
/// for everything anew. TableView keeps selection and current row over both.
class RecordProxy final : public QAbstractProxyModel {
    Q_OBJECT
public:
    explicit RecordProxy(QObject *parent = nullptr);

    void setRecords(RecordModelBase *records);
    RecordModelBase *records() const { return m_records; }

    void setQuery(const FilterQuery &query);
    const FilterQuery &query() const { return m_query; }
    const FilterMatcher &matcher() const { return m_matcher; }
    /// A further condition by source row, beside the query (for example a side-bar scope). Call invalidate after its inputs changed.
    void setCondition(std::function<bool(int sourceRow)> condition);
    void invalidateCondition();

    /// Empty primary column: the model's own order.
    void setSort(const SortKey &primary, const SortKey &secondary = {});
    SortKey primary() const { return m_primary; }
    SortKey secondary() const { return m_secondary; }
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

    QString idAt(int proxyRow) const;
    int rowOf(const QString &id) const; ///< proxy row, or -1 when filtered out or unknown
    /// What the views are told now comes from the records, not from another filter or order.
    bool followsRecords() const { return m_following; }
    /// How long the last complete filter run took.
    std::chrono::milliseconds lastFilterTime() const { return m_filterTime; }

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    bool hasChildren(const QModelIndex &parent = {}) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    QModelIndex mapToSource(const QModelIndex &proxyIndex) const override;
    QModelIndex mapFromSource(const QModelIndex &sourceIndex) const override;

Q_SIGNALS:
    void sortChanged();
    void queryApplied();

private:
    /// A column's values made comparable, computed when first needed and kept while the row stands unchanged.
    struct Key {
        enum class State : quint8 { Unknown, Missing, Number, Text };
        State state = State::Unknown;
        double number = 0;
        std::optional<QCollatorSortKey> text;
    };
    struct Keys {
        int column = -1;
        Qt::SortOrder order = Qt::AscendingOrder;
        mutable std::vector<Key> rows; ///< by source row
    };
    const Key &key(const Keys &keys, int row) const;
    int compare(const Keys &keys, int left, int right) const;
    bool less(int left, int right) const;
    bool accepts(int sourceRow) const;
    const QString &freeText(int sourceRow) const;

    using Rows = std::vector<int>;
    void sortAll();
    void filterAll();
    Rows accepted() const;
    void insertSorted(Rows fresh);
    void show(Rows wanted);
    void take(Rows rows);

    void sourceInserted(int first, int last);
    void sourceAboutToRemove(int first, int last);
    void sourceRemoved(int first, int last);
    void sourceChanged(int first, int last);
    void sourceReset();
    void sourceThinned(const QList<int> &rowsNow);

    RecordModelBase *m_records = nullptr;
    QList<QMetaObject::Connection> m_connections;
    FilterQuery m_query;
    FilterMatcher m_matcher;
    std::function<bool(int)> m_condition;
    SortKey m_primary, m_secondary;
    QCollator m_collator;
    Keys m_first, m_second;
    mutable std::vector<QString> m_freeTexts; ///< by source row, null: not made yet
    Rows m_sorted;                            ///< all source rows in their order
    Rows m_shown;                             ///< of these, what the filter lets through: source row by proxy row
    Rows m_place;                             ///< proxy row by source row, -1: not shown
    std::chrono::milliseconds m_filterTime{0};
    bool m_following = false;
};

} // namespace ui
