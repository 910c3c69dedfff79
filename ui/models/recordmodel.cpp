// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/recordmodel.h"

namespace ui {

RecordModelBase::RecordModelBase(QList<ColumnInfo> columns, QObject *parent)
    : QAbstractTableModel(parent)
    , m_columns(std::move(columns))
{
    for (int column = 0; column < m_columns.size(); ++column) {
        const ColumnInfo &info = m_columns.at(column);
        if (info.filter == ColumnInfo::Filter::None)
            continue;
        FilterField field;
        field.name = info.id.toLower();
        field.label = info.title;
        field.match = info.filter == ColumnInfo::Filter::Word ? FilterField::Match::Word
            : info.filter == ColumnInfo::Filter::Number       ? FilterField::Match::Number
                                                              : FilterField::Match::Contains;
        if (info.filter == ColumnInfo::Filter::FieldOnly)
            field.freeText = FilterField::FreeText::Skipped;
        m_fieldOfColumn.insert(column, int(m_fields.size()));
        m_columnOfField.append(column);
        m_fields.append(field);
    }
}

int RecordModelBase::columnIndex(const QString &columnId) const
{
    for (int column = 0; column < m_columns.size(); ++column)
        if (m_columns.at(column).id == columnId)
            return column;
    return -1;
}

QStringList RecordModelBase::distinctTexts(int column, int limit) const
{
    QSet<QString> seen;
    for (int row = 0, rows = rowCount(); row < rows && seen.size() < limit; ++row)
        if (const QString text = cellText(row, column); !text.isEmpty())
            seen.insert(text);
    QStringList texts(seen.cbegin(), seen.cend());
    texts.sort(Qt::CaseInsensitive);
    return texts;
}

QString RecordModelBase::filterText(int row, int field, FilterMatcher::Want want) const
{
    const int column = m_columnOfField.at(field);
    if (want == FilterMatcher::Want::Shown)
        return cellText(row, column);
    const SortValue value = sortValue(row, column);
    const double *number = std::get_if<double>(&value);
    return number ? QString::number(*number, 'g', 17) : QString();
}

int RecordModelBase::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_columns.size());
}

QVariant RecordModelBase::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= m_columns.size())
        return {};
    const ColumnInfo &info = m_columns.at(section);
    switch (role) {
    case Qt::DisplayRole:
        return info.title;
    case Qt::ToolTipRole:
        return info.toolTip.isEmpty() ? QVariant() : info.toolTip;
    case Qt::TextAlignmentRole:
        return int(info.kind == ColumnInfo::Kind::Number ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignLeft | Qt::AlignVCenter);
    default:
        return {};
    }
}

void RecordModelBase::setTitles(const QStringList &titles)
{
    if (m_columns.isEmpty())
        return;
    for (int column = 0; column < m_columns.size() && column < titles.size(); ++column) {
        m_columns[column].title = titles.at(column);
        if (const int field = filterField(column); field >= 0)
            m_fields[field].label = titles.at(column);
    }
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, int(m_columns.size()) - 1);
}

void RecordModelBase::beginThinning(QList<int> rowsNow)
{
    m_rowsNow = std::move(rowsNow);
    beginResetModel();
}

void RecordModelBase::endThinning()
{
    endResetModel();
    m_rowsNow.clear();
}

} // namespace ui
