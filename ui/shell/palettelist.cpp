// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/palettelist.h"

#include "ui/common/theme.h"

#include <QPainter>

namespace ui::shell {

void PaletteDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const PaletteItem *item = m_model.at(index.row());
    if (!item)
        return;
    painter->save();
    const QRect row = option.rect.adjusted(metrics::Inside, 0, -metrics::Inside, 0);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    if (option.state & QStyle::State_Selected) {
        painter->setBrush(Theme::color(Token::Selection));
        painter->drawRoundedRect(row, metrics::SmallRadius, metrics::SmallRadius);
    } else if (option.state & QStyle::State_MouseOver) {
        painter->setBrush(Theme::color(Token::Hover));
        painter->drawRoundedRect(row, metrics::SmallRadius, metrics::SmallRadius);
    }
    const bool enabled = item->reason.isEmpty();
    const QRect iconRect(row.left() + metrics::Between, row.center().y() - metrics::ListIcon / 2 + 1, metrics::ListIcon, metrics::ListIcon);
    Theme::icon(item->icon).paint(painter, iconRect, Qt::AlignCenter, enabled ? QIcon::Normal : QIcon::Disabled);
    int right = row.right() - metrics::Between;
    const QFont font = Theme::font();
    if (!item->keys.isEmpty()) {
        painter->setFont(Theme::smallFont());
        painter->setPen(Theme::color(Token::Muted));
        const int width = painter->fontMetrics().horizontalAdvance(item->keys);
        painter->drawText(QRect(right - width, row.top(), width, row.height()), Qt::AlignVCenter, item->keys);
        right -= width + metrics::Around;
    }
    int x = iconRect.right() + 1 + metrics::Between + 2;
    painter->setFont(font);
    QFont strong = Theme::strongFont();
    const QColor ink = Theme::color(enabled ? Token::Text : Token::Muted);
    // Title, the letters that matched in the accent colour.
    const QFontMetrics metricsOf(font);
    const int room = right - x;
    const QString title = metricsOf.elidedText(item->title, Qt::ElideMiddle, room);
    int at = 0;
    while (at < title.size()) {
        const bool marked = title == item->title && item->marks.contains(at);
        int end = at + 1;
        while (end < title.size() && (title == item->title && item->marks.contains(end)) == marked)
            ++end;
        const QString part = title.mid(at, end - at);
        painter->setFont(marked ? strong : font);
        painter->setPen(marked ? Theme::color(Token::Accent) : ink);
        const int width = painter->fontMetrics().horizontalAdvance(part);
        painter->drawText(QRect(x, row.top(), width + 2, row.height()), Qt::AlignVCenter, part);
        x += width;
        at = end;
    }
    const QString detail = enabled || item->reason.isEmpty() ? item->detail : item->reason;
    if (!detail.isEmpty() && right - x > 60) {
        x += metrics::Around - metrics::Inside;
        painter->setFont(Theme::smallFont());
        painter->setPen(Theme::color(Token::Muted));
        painter->drawText(QRect(x, row.top(), right - x, row.height()), Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(detail, Qt::ElideRight, right - x));
    }
    painter->restore();
}

} // namespace ui::shell
