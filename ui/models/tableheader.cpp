// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/tableheader.h"

#include "ui/common/stylepaint.h"

#include <QPainter>

namespace ui {

TableHeader::TableHeader(QWidget *parent)
    : QHeaderView(Qt::Horizontal, parent)
{
    setSectionsClickable(true);
    setSectionsMovable(true);
    setHighlightSections(false);
    setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    setMinimumSectionSize(24);
    setStretchLastSection(false);
    setFixedHeight(metrics::HeaderHeight);
    setContextMenuPolicy(Qt::CustomContextMenu);
}

void TableHeader::setSort(int first, Qt::SortOrder firstOrder, int second, Qt::SortOrder secondOrder)
{
    m_first = first;
    m_firstOrder = firstOrder;
    m_second = second;
    m_secondOrder = secondOrder;
    viewport()->update();
}

void TableHeader::paintSection(QPainter *painter, const QRect &rect, int logicalIndex) const
{
    using namespace stylepaint;
    const bool over = rect.contains(viewport()->mapFromGlobal(QCursor::pos())) && viewport()->underMouse();
    painter->fillRect(rect, Theme::color(over ? Token::Hover : Token::Base));
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), Theme::color(Token::Border));
    if (over)
        painter->fillRect(QRect(rect.right(), rect.top() + 7, 1, rect.height() - 14), Theme::color(Token::Border));
    const Qt::Alignment alignment(model()->headerData(logicalIndex, Qt::Horizontal, Qt::TextAlignmentRole).toInt());
    const bool right = alignment.testFlag(Qt::AlignRight);
    const QString title = model()->headerData(logicalIndex, Qt::Horizontal).toString();
    QRect text = rect.adjusted(metrics::Between, 0, -metrics::Between, -1);
    int room = logicalIndex == m_first ? 16 : logicalIndex == m_second ? 26 : 0;
    // A title that can be read is worth more than the mark of the second key.
    if (logicalIndex == m_second && fontMetrics().horizontalAdvance(title) + room > text.width())
        room = 0;
    if (right)
        text.setLeft(text.left() + room);
    else
        text.setRight(text.right() - room);
    painter->save();
    painter->setFont(font());
    painter->setPen(Theme::color(logicalIndex == m_first ? Token::Text : Token::Muted));
    const QString shown = fontMetrics().elidedText(title, Qt::ElideRight, qMax(0, text.width()));
    painter->drawText(text, int(alignment | Qt::AlignVCenter) | Qt::TextSingleLine, shown);
    if (room > 0) {
        const int width = fontMetrics().horizontalAdvance(shown);
        const int left = right ? text.right() - width - room : text.left() + width + 2;
        const Qt::SortOrder order = logicalIndex == m_first ? m_firstOrder : m_secondOrder;
        chevron(painter, QRect(left, text.center().y() - 6, 12, 14), order == Qt::AscendingOrder ? Arrow::Up : Arrow::Down,
                Theme::color(Token::Muted));
        if (logicalIndex == m_second) {
            painter->setFont(Theme::smallFont());
            painter->setPen(Theme::color(Token::Muted));
            painter->drawText(QRect(left + 12, text.top(), 10, text.height()), Qt::AlignVCenter | Qt::AlignLeft, QString(u'2'));
        }
    }
    painter->restore();
}

QSize TableHeader::sectionSizeFromContents(int logicalIndex) const
{
    const QString title = model()->headerData(logicalIndex, Qt::Horizontal).toString();
    return {fontMetrics().horizontalAdvance(title) + 2 * metrics::Between + 14, metrics::HeaderHeight};
}

} // namespace ui
