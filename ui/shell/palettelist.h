// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/palette.h"

#include <QAbstractListModel>
#include <QStyledItemDelegate>

namespace ui::shell {

/// The lines the palette found.
class PaletteModel final : public QAbstractListModel {
public:
    using QAbstractListModel::QAbstractListModel;
    void set(const QList<PaletteItem> &items)
    {
        beginResetModel();
        m_items = items;
        endResetModel();
    }
    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : int(m_items.size()); }
    QVariant data(const QModelIndex &index, int role) const override
    {
        if (!checkIndex(index, CheckIndexOption::IndexIsValid))
            return {};
        const PaletteItem &item = m_items.at(index.row());
        if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole)
            return item.detail.isEmpty() ? item.title : item.title + QStringLiteral(", ") + item.detail;
        if (role == Qt::ToolTipRole)
            return item.reason;
        return {};
    }
    const PaletteItem *at(int row) const { return row >= 0 && row < m_items.size() ? &m_items.at(row) : nullptr; }

private:
    QList<PaletteItem> m_items;
};

/// Icon, title with what matched, detail or reason, keys.
class PaletteDelegate final : public QStyledItemDelegate {
public:
    static constexpr int RowHeight = 32;
    PaletteDelegate(const PaletteModel &model, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_model(model)
    {
    }

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override { return {100, RowHeight}; }
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    const PaletteModel &m_model;
};

} // namespace ui::shell
