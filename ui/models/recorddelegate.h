// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/recordmodel.h"

#include <optional>
#include <QStyledItemDelegate>

namespace ui {

class TableView;

/// Paints the cells of a TableView: the filter's matches highlighted, numbers with figures of one width, IDs in the fixed font elided in
/// the middle, flashing and hovered rows, the whole text in the tooltip when it is cut.
class RecordDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    explicit RecordDelegate(TableView *view);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option, const QModelIndex &index) override;
    /// Fonts and colours are kept between cells; called when they changed.
    void refresh();
    /// What a cell of that column needs to show a plain text whole.
    int widthOf(const ColumnInfo &column, const QString &text) const;
    /// Never drawn wider than `width`.
    static QString elided(const QFont &font, const QString &text, Qt::TextElideMode mode, int width);

private:
    /// What was looked for stands in a column that is not shown.
    struct HiddenMatch {
        QString column, text;
        QList<std::pair<qsizetype, qsizetype>> spans;
        QString words() const; ///< "Tags: edge, gateway"
    };
    std::optional<HiddenMatch> hiddenMatch(int row) const;
    /// The column that tells of it, -1: none is shown.
    int tellingColumn() const;
    void paintHiddenMatch(QPainter *painter, const QRect &rect, const HiddenMatch &match, const QColor &ink) const;
    QRect textRect(const QStyleOptionViewItem &option, const QModelIndex &index, const CellLook &look) const;
    int badgeWidth(const QString &badge) const;
    struct BadgePlace {
        QRect text;
        int room = 0; ///< behind the text's place
    };
    void paintBadge(QPainter *painter, const BadgePlace &at, int textWidth, const CellLook &look) const;
    QFont fontFor(const ColumnInfo &column, const CellLook &look) const;
    TableView *m_view;
    QFont m_font, m_strong, m_fixed, m_tabular;
};

} // namespace ui
