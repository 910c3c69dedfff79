// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/recordproxy.h"

#include <QHeaderView>

namespace ui {

/// The header of a TableView: first sort key as an arrow, the second as an arrow with a 2. Internal to TableView.
class TableHeader final : public QHeaderView {
    Q_OBJECT
public:
    explicit TableHeader(QWidget *parent = nullptr);
    void setSort(int first, Qt::SortOrder firstOrder, int second, Qt::SortOrder secondOrder);

protected:
    void paintSection(QPainter *painter, const QRect &rect, int logicalIndex) const override;
    QSize sectionSizeFromContents(int logicalIndex) const override;

private:
    int m_first = -1, m_second = -1;
    Qt::SortOrder m_firstOrder = Qt::AscendingOrder, m_secondOrder = Qt::AscendingOrder;
};

} // namespace ui
