// SPDX-License-Identifier: GPL-3.0-or-later
// Painting and input of the difference.
#include "ui/common/clipboard.h"
#include "ui/common/diffcanvas.h"
#include "ui/common/theme.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int Ruler = 8;

QColor ground(DiffModel::Tone tone)
{
    switch (tone) {
    case DiffModel::Tone::Removed:
        return Theme::color(Token::Removed);
    case DiffModel::Tone::Added:
        return Theme::color(Token::Added);
    case DiffModel::Tone::Edited:
        return Theme::tint(Theme::color(Token::Accent), 10);
    case DiffModel::Tone::Changed:
        return Theme::color(Token::Changed);
    case DiffModel::Tone::Gap:
        return Theme::color(Token::Window);
    case DiffModel::Tone::None:
        break;
    }
    return Theme::color(Token::Base);
}

QString sign(DiffModel::Tone tone)
{
    switch (tone) {
    case DiffModel::Tone::Removed:
        return u"−"_s;
    case DiffModel::Tone::Added:
        return u"+"_s;
    case DiffModel::Tone::Edited:
        return u"~"_s;
    case DiffModel::Tone::Changed:
        return u"!"_s;
    default:
        return {};
    }
}

} // namespace

void DiffCanvas::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), Theme::color(Token::Base));
    painter.setFont(m_font);
    const int first = verticalScrollBar()->value();
    const int count = viewport()->height() / m_rowHeight + 2;
    const int width = viewport()->width() - Ruler;
    for (int i = first; i < qMin(int(m_items.size()), first + count); ++i) {
        const QRect rect(0, (i - first) * m_rowHeight, width, m_rowHeight);
        const Item &item = m_items.at(i);
        if (item.folded > 0) {
            paintFold(painter, rect, item.folded);
            continue;
        }
        paintSide(painter, rect, column(Side::Left), Side::Left, item);
        if (m_layout == DiffView::Layout::SideBySide)
            paintSide(painter, rect, column(Side::Right), Side::Right, item);
        if (m_layout == DiffView::Layout::SideBySide)
            painter.fillRect(QRect(column(Side::Left).width, rect.top(), 1, rect.height()), Theme::color(Token::Border));
        if (m_current >= 0 && rows().at(item.row).change == m_current) {
            painter.fillRect(QRect(0, rect.top(), 2, rect.height()), Theme::color(Token::Accent));
            if (m_layout == DiffView::Layout::SideBySide)
                painter.fillRect(QRect(column(Side::Right).left, rect.top(), 2, rect.height()), Theme::color(Token::Accent));
        }
    }
    paintRuler(painter);
    if (hasFocus() && window()->testAttribute(Qt::WA_KeyboardFocusChange)) {
        painter.setPen(QPen(Theme::color(Token::Accent), metrics::FocusRing));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(viewport()->rect().adjusted(1, 1, -1, -1));
    }
}

void DiffCanvas::paintFold(QPainter &painter, const QRect &rect, int folded) const
{
    painter.fillRect(rect, Theme::color(Token::Hover));
    painter.save();
    painter.setFont(Theme::smallFont());
    painter.setPen(Theme::color(Token::Muted));
    painter.drawText(rect, Qt::AlignCenter, tr("%n unchanged line(s), click to show", nullptr, folded));
    painter.restore();
}

void DiffCanvas::paintSide(QPainter &painter, const QRect &rect, const Column &column, Side columnSide, const Item &item) const
{
    const int rowIndex = item.row;
    const DiffModel::Row &row = rows().at(rowIndex);
    const bool unified = m_layout == DiffView::Layout::Unified;
    const Side side = sideOf(row, columnSide);
    const DiffModel::Tone tone = side == Side::Left ? row.leftTone : row.rightTone;
    const QRect area(column.left, rect.top(), column.width, rect.height());
    painter.fillRect(area, ground(tone));
    if (tone == DiffModel::Tone::Gap) {
        painter.fillRect(area, QBrush(Theme::color(Token::Hover), Qt::BDiagPattern));
        return;
    }
    const int number = lineOf(row, side);
    if (number <= 0)
        return;
    const int numberWidth = unified ? (column.gutter - 2 * m_charWidth) / 2 : column.gutter - 2 * m_charWidth;
    painter.setPen(Theme::color(Token::Muted));
    const auto drawNumber = [&](int line, int left) {
        if (line > 0 && item.part == 0)
            painter.drawText(QRect(left, rect.top(), numberWidth - 4, rect.height()), Qt::AlignRight | Qt::AlignVCenter,
                             QString::number(line));
    };
    if (unified) {
        drawNumber(row.left, column.left);
        drawNumber(row.right, column.left + numberWidth);
    } else {
        drawNumber(number, column.left);
    }
    if (const QString mark = sign(tone); !mark.isEmpty() && item.part == 0) {
        painter.setPen(Theme::color(tone == DiffModel::Tone::Removed      ? Token::Error
                                        : tone == DiffModel::Tone::Added  ? Token::Ok
                                        : tone == DiffModel::Tone::Edited ? Token::Accent
                                                                          : Token::Warning));
        painter.drawText(QRect(column.textLeft() - 2 * m_charWidth, rect.top(), 2 * m_charWidth, rect.height()), Qt::AlignCenter, mark);
    }

    const Shown &line = shown(side, row);
    const QFontMetrics fontMetrics(m_font);
    painter.save();
    painter.setClipRect(QRect(column.textLeft(), rect.top(), column.textWidth(), rect.height()));
    const int left = column.textLeft() - horizontalScrollBar()->value();
    const qsizetype first = line.begin(item.part), last = line.end(item.part);
    const QString text = line.text.mid(first, last - first);
    // A place of the whole line, brought into the piece that is drawn here.
    const auto x = [&](qsizetype character) {
        return left + fontMetrics.horizontalAdvance(text.left(qBound<qsizetype>(0, character - first, text.size())));
    };
    for (const Piece &piece : line.pieces)
        if (piece.kind == Piece::Kind::Marked)
            painter.fillRect(QRect(x(piece.from), rect.top(), x(piece.from + piece.length) - x(piece.from), rect.height()),
                             Theme::color(tone == DiffModel::Tone::Removed     ? Token::RemovedMark
                                              : tone == DiffModel::Tone::Added ? Token::AddedMark
                                                                               : Token::Match));
    if (m_anchor.row >= 0 && m_anchor != m_head && (unified || m_selectionSide == columnSide)) {
        const auto [from, to] = std::minmax(m_anchor, m_head);
        if (rowIndex >= from.row && rowIndex <= to.row) {
            const int begin = rowIndex == from.row ? x(from.character) : left;
            const int end = rowIndex == to.row ? x(to.character) : x(line.text.size()) + (last == line.text.size() ? m_charWidth : 0);
            QColor color = Theme::color(Token::Accent);
            color.setAlphaF(0.28F);
            painter.fillRect(QRect(begin, rect.top(), end - begin, rect.height()), color);
        }
    }
    painter.setPen(Theme::color(Token::Text));
    painter.drawText(QPoint(left, rect.top() + (rect.height() - fontMetrics.height()) / 2 + fontMetrics.ascent()), text);
    for (const Piece &piece : line.pieces) {
        const qsizetype from = qMax(piece.from, first), to = qMin(piece.from + piece.length, last);
        if (piece.kind != Piece::Kind::Note || from >= to)
            continue;
        // Drawn over in its own rank: it is no part of the text.
        const QRect place(x(piece.from), rect.top(), x(piece.from + piece.length) - x(piece.from), rect.height());
        painter.fillRect(place, ground(tone));
        painter.setPen(Theme::color(Token::Warning));
        painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter, line.text.mid(from, to - from));
    }
    // A difference nobody would see otherwise; no part of the text.
    if (tone != DiffModel::Tone::None && last == line.text.size() &&
        isUnended(side == Side::Left ? m_model->left : m_model->right, number)) {
        painter.setFont(Theme::smallFont());
        painter.setPen(Theme::color(Token::Muted));
        const int from = x(last) + 2 * m_charWidth;
        painter.drawText(QRect(from, rect.top(), column.left + column.width - from, rect.height()), Qt::AlignLeft | Qt::AlignVCenter,
                         tr("no newline at the end"));
    }
    painter.restore();
}

/// Where in the whole the changes are, at the right edge.
void DiffCanvas::paintRuler(QPainter &painter) const
{
    const QRect ruler(viewport()->width() - Ruler, 0, Ruler, viewport()->height());
    painter.fillRect(ruler, Theme::color(Token::Window));
    if (m_items.isEmpty())
        return;
    const double scale = double(ruler.height()) / double(qMax<qsizetype>(m_items.size(), viewport()->height() / m_rowHeight));
    for (int index = 0; index < changeCount(); ++index) {
        const DiffModel::Change &change = changes().at(index);
        bool removed = false, added = false, conflict = false;
        for (int row = change.first; row <= qMin(change.last, int(rows().size()) - 1) && !(removed && added); ++row) {
            removed = removed || rows().at(row).leftTone == DiffModel::Tone::Removed;
            added = added || rows().at(row).rightTone == DiffModel::Tone::Added;
            conflict =
                conflict || rows().at(row).leftTone == DiffModel::Tone::Changed || rows().at(row).rightTone == DiffModel::Tone::Changed;
        }
        const int top = int(itemOfRow(change.first) * scale);
        const int height = qMax(3, int((itemOfRow(change.last) - itemOfRow(change.first) + 1) * scale));
        const QColor color = Theme::color(conflict               ? Token::Warning
                                              : removed && added ? Token::Accent
                                              : removed          ? Token::Error
                                                                 : Token::Ok);
        painter.fillRect(QRect(ruler.left() + 2, top, Ruler - 3, height), index == m_current ? color : Theme::tint(color, 60));
    }
}

void DiffCanvas::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    if (textWidth() == m_textWidth)
        measureShown();
    else
        rebuildItems();
}

void DiffCanvas::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::ApplicationFontChange)
        takeFont();
    if (event->type() == QEvent::PaletteChange)
        viewport()->update();
}

void DiffCanvas::wheelEvent(QWheelEvent *event)
{
    if (!event->modifiers().testFlag(Qt::ControlModifier))
        return QAbstractScrollArea::wheelEvent(event);
    constexpr int Step = 120;
    m_wheel += event->angleDelta().y();
    if (const int steps = m_wheel / Step; steps != 0) {
        m_wheel -= steps * Step;
        Q_EMIT zoomWanted(steps);
    }
    event->accept();
}

void DiffCanvas::keyPressEvent(QKeyEvent *event)
{
    QScrollBar *bar = verticalScrollBar();
    if (event->matches(QKeySequence::Copy)) {
        copy();
    } else if (event->matches(QKeySequence::SelectAll)) {
        if (!rows().isEmpty()) {
            const int last = int(rows().size()) - 1;
            const Side side = sideOf(rows().at(last), m_selectionSide);
            m_anchor = {0, 0};
            m_head = {last, lineOf(rows().at(last), side) > 0 ? shown(side, rows().at(last)).text.size() : 0};
            viewport()->update();
        }
    } else if (event->modifiers().testFlag(Qt::ControlModifier) && event->key() == Qt::Key_Period) {
        revealNext();
    } else if (event->modifiers().testFlag(Qt::AltModifier)) {
        event->ignore(); // the view walks the changes with it; a scroll area would take the arrows for its own
    } else {
        switch (event->key()) {
        case Qt::Key_Up:
            bar->setValue(bar->value() - 1);
            break;
        case Qt::Key_Down:
            bar->setValue(bar->value() + 1);
            break;
        case Qt::Key_PageUp:
            bar->setValue(bar->value() - bar->pageStep() + 1);
            break;
        case Qt::Key_PageDown:
            bar->setValue(bar->value() + bar->pageStep() - 1);
            break;
        case Qt::Key_Home:
            bar->setValue(0);
            break;
        case Qt::Key_End:
            bar->setValue(bar->maximum());
            break;
        case Qt::Key_Left:
            horizontalScrollBar()->triggerAction(QAbstractSlider::SliderSingleStepSub);
            break;
        case Qt::Key_Right:
            horizontalScrollBar()->triggerAction(QAbstractSlider::SliderSingleStepAdd);
            break;
        default:
            QAbstractScrollArea::keyPressEvent(event);
        }
    }
}

void DiffCanvas::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    const QPoint position = event->position().toPoint();
    if (position.x() >= viewport()->width() - Ruler && !m_items.isEmpty()) {
        const double scale = double(viewport()->height()) / double(qMax<qsizetype>(m_items.size(), viewport()->height() / m_rowHeight));
        verticalScrollBar()->setValue(int(position.y() / scale) - verticalScrollBar()->pageStep() / 2);
        return;
    }
    const int item = verticalScrollBar()->value() + position.y() / m_rowHeight;
    if (item >= 0 && item < m_items.size() && m_items.at(item).folded > 0) {
        // The fold is known by the first row of its unchanged stretch.
        int row = m_items.at(item).row;
        while (row > 0 && rows().at(row - 1).change < 0 && rows().at(row - 1).leftTone == DiffModel::Tone::None &&
               rows().at(row - 1).rightTone == DiffModel::Tone::None)
            --row;
        m_unfolded.insert(row);
        rebuildItems();
        Q_EMIT foldingChanged();
        return;
    }
    Side side = Side::Left;
    if (const int secret = secretAt(position, &side); secret >= 0) {
        reveal(side, secret);
        return;
    }
    if (const auto spot = spotAt(position)) {
        m_selectionSide = spot->first;
        m_head = spot->second;
        if (!event->modifiers().testFlag(Qt::ShiftModifier) || m_anchor.row < 0)
            m_anchor = m_head;
        m_selecting = true;
        if (const int change = rows().at(spot->second.row).change; change >= 0)
            setCurrent(change);
        viewport()->update();
    }
}

void DiffCanvas::mouseMoveEvent(QMouseEvent *event)
{
    const QPoint position = event->position().toPoint();
    if (!m_selecting) {
        Side side = Side::Left;
        const int item = verticalScrollBar()->value() + position.y() / m_rowHeight;
        const bool fold = item >= 0 && item < m_items.size() && m_items.at(item).folded > 0;
        viewport()->setCursor(fold || secretAt(position, &side) >= 0 ? Qt::PointingHandCursor : Qt::IBeamCursor);
        return;
    }
    if (position.y() < 0)
        verticalScrollBar()->setValue(verticalScrollBar()->value() - 1);
    else if (position.y() > viewport()->height())
        verticalScrollBar()->setValue(verticalScrollBar()->value() + 1);
    if (const auto spot = spotAt(QPoint(position.x(), qBound(0, position.y(), viewport()->height() - 1)))) {
        // A selection stays in the column it began in.
        m_head = spot->first == m_selectionSide ? spot->second : Spot{spot->second.row, 0};
        viewport()->update();
    }
}

void DiffCanvas::mouseReleaseEvent(QMouseEvent *)
{
    m_selecting = false;
}

void DiffCanvas::mouseDoubleClickEvent(QMouseEvent *event)
{
    const auto spot = spotAt(event->position().toPoint());
    if (!spot)
        return;
    const DiffModel::Row &row = rows().at(spot->second.row);
    const Side side = sideOf(row, spot->first);
    if (lineOf(row, side) <= 0)
        return;
    const QString text = shown(side, row).text;
    const auto isWord = [&](qsizetype i) { return i >= 0 && i < text.size() && (text.at(i).isLetterOrNumber() || text.at(i) == u'_'); };
    qsizetype from = spot->second.character, to = from;
    while (isWord(from - 1))
        --from;
    while (isWord(to))
        ++to;
    m_selectionSide = spot->first;
    m_anchor = {spot->second.row, from};
    m_head = {spot->second.row, to};
    viewport()->update();
}

void DiffCanvas::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    Side side = Side::Left;
    if (const int secret = secretAt(event->pos(), &side); secret >= 0)
        connect(menu->addAction(Theme::icon(Icon::Reveal), tr("Show this value")), &QAction::triggered, this,
                [this, side, secret] { reveal(side, secret); });
    QAction *copyAction = menu->addAction(Theme::icon(Icon::Copy), tr("Copy"));
    copyAction->setShortcut(QKeySequence::Copy);
    copyAction->setEnabled(!selectedText().isEmpty());
    connect(copyAction, &QAction::triggered, this, &DiffCanvas::copy);
    QAction *all = menu->addAction(tr("Show all lines"));
    all->setEnabled(isFolded());
    connect(all, &QAction::triggered, this, &DiffCanvas::unfoldAll);
    menu->popup(event->globalPos());
}

void DiffCanvas::copy() const
{
    const QString text = selectedText();
    if (text.isEmpty())
        return;
    // What was revealed here may be part of it: then it does not stay on the clipboard.
    if (m_revealed[0].isEmpty() && m_revealed[1].isEmpty())
        clipboard::copy(text);
    else
        clipboard::copySecret(text);
}

} // namespace ui
