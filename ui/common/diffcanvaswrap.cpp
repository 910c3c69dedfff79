// SPDX-License-Identifier: GPL-3.0-or-later
// Which lines of the view the rows of the difference take: folding and wrapping.
#include "ui/common/diffcanvas.h"

#include <algorithm>
#include <QFontMetricsF>
#include <QScopedValueRollback>
#include <QScrollBar>

namespace ui {

namespace {
constexpr int LeastFold = 3; ///< hiding fewer lines costs more than it saves
/// Differences of more rows than this are scrolled sideways instead: wrapping goes through all of them at each new width.
constexpr qsizetype MostWrapped = 50'000;
constexpr int DotsAndNote = 24; ///< what masking may add to a line, in characters
} // namespace

void DiffCanvas::rebuildItems()
{
    const Item top = m_items.value(verticalScrollBar()->value());
    m_items.clear();
    m_lines = 0;
    measure();
    const auto &all = rows();
    m_wraps = all.size() <= MostWrapped;
    m_textWidth = textWidth();
    m_measured = QBitArray(all.size());
    const auto append = [&](int row) {
        const int parts = estimatedParts(all.at(row));
        ++m_lines;
        for (int part = 0; part < parts; ++part)
            m_items.append({row, 0, part});
    };
    for (int row = 0; row < all.size();) {
        const auto plain = [&](int i) {
            return all.at(i).change < 0 && all.at(i).leftTone == DiffModel::Tone::None && all.at(i).rightTone == DiffModel::Tone::None;
        };
        if (m_context < 0 || !plain(row)) {
            append(row++);
            continue;
        }
        int end = row;
        while (end < all.size() && plain(end))
            ++end;
        // Context only towards a change; a text without any change shows its beginning.
        const int from = row == 0 && end < all.size() ? row : row + m_context;
        const int to = end == all.size() && row > 0 ? end : end - m_context;
        const bool fold = to - from >= LeastFold && !m_unfolded.contains(row);
        for (int i = row; i < end; ++i) {
            if (fold && i == from) {
                m_items.append({from, to - from, 0});
                ++m_lines;
                i = to - 1;
                continue;
            }
            append(i);
        }
        row = end;
    }
    if (m_lines <= page())
        measureFrom(0);
    updateScrollBars();
    verticalScrollBar()->setValue(itemOf(top)); // what was on top stays there
    measureShown();
    viewport()->update();
}

bool DiffCanvas::wraps() const
{
    return m_wraps && m_textWidth >= m_charWidth; // before it has been laid out there is no width to wrap at
}

int DiffCanvas::estimatedParts(const DiffModel::Row &row) const
{
    if (!wraps())
        return 1;
    int parts = 1;
    for (const Side which : {Side::Left, Side::Right}) {
        const Side side = sideOf(row, which);
        const int number = lineOf(row, side);
        if (number <= 0)
            continue;
        const QByteArrayView line = lineBytes(side, number), bytes = line.first(qMin(Longest, line.size()));
        if (bytes.size() * Tab * m_charWidth <= m_textWidth)
            continue;
        const qsizetype columns = bytes.size() + (Tab - 1) * std::count(bytes.begin(), bytes.end(), '\t');
        parts = qMax(parts, int((columns * m_charWidth + m_textWidth - 1) / m_textWidth));
    }
    return parts;
}

int DiffCanvas::partsOf(const DiffModel::Row &row) const
{
    int parts = 1;
    const bool masks = !m_model->leftSecrets.isEmpty() || !m_model->rightSecrets.isEmpty();
    for (const Side which : {Side::Left, Side::Right}) {
        const Side side = sideOf(row, which);
        const int number = lineOf(row, side);
        if (number <= 0)
            continue;
        // Most lines are short, which their bytes tell: the width of a character is a rounded one.
        const QByteArrayView bytes = lineBytes(side, number);
        if ((bytes.size() + (masks ? DotsAndNote : 0)) * (m_charWidth + 1) <= m_textWidth && !bytes.contains('\t'))
            continue;
        parts = qMax(parts, int(shown(side, row).breaks.size()) + 1);
    }
    return parts;
}

/// Gives a row, of which this is the first item, as many items as it takes.
DiffCanvas::Measured DiffCanvas::measureRow(int item)
{
    const Item first = m_items.at(item);
    if (first.folded > 0 || m_measured.testBit(first.row))
        return Measured::AsBefore;
    m_measured.setBit(first.row);
    const int parts = partsOf(rows().at(first.row)), had = partsAt(item);
    if (parts == had)
        return Measured::AsBefore;
    if (parts < had)
        m_items.remove(item + parts, had - parts);
    else
        m_items.insert(item + had, parts - had, Item());
    for (int part = had; part < parts; ++part)
        m_items[item + part] = {first.row, 0, part};
    return Measured::Anew;
}

int DiffCanvas::partsAt(int item) const
{
    int parts = 1;
    while (item + parts < m_items.size() && m_items.at(item + parts).row == m_items.at(item).row)
        ++parts;
    return parts;
}

DiffCanvas::Measured DiffCanvas::measureFrom(int item)
{
    auto result = Measured::AsBefore;
    if (!wraps())
        return result;
    const int end = item + page() + 2;
    for (int i = item - m_items.value(item).part; i < qMin(end, int(m_items.size())); i += partsAt(i)) {
        if (measureRow(i) == Measured::Anew)
            result = Measured::Anew;
    }
    return result;
}

/// Only what is visible is wrapped exactly. A text that fits the view is always visible as a whole: whether there is a scroll bar, which
/// takes from the width, never hangs on an estimate.
void DiffCanvas::measureShown()
{
    m_measureAgain = true; // the scroll bars lead back here
    if (m_measuring)
        return;
    const QScopedValueRollback measuring(m_measuring, true);
    QScrollBar *bar = verticalScrollBar();
    while (std::exchange(m_measureAgain, false)) {
        const bool atEnd = bar->maximum() > 0 && bar->value() == bar->maximum();
        const Item top = m_items.value(bar->value());
        const Measured measured = measureFrom(m_lines <= page() ? 0 : bar->value());
        updateScrollBars();
        if (measured == Measured::Anew) {
            bar->setValue(atEnd ? bar->maximum() : itemOf(top));
            m_measureAgain = true;
            viewport()->update();
        }
    }
}

/// Before the view jumps to a row: what will be above and below it.
void DiffCanvas::measureAround(int row)
{
    if (!wraps())
        return;
    for (int i = qMax(0, row - page()); i < qMin(int(rows().size()), row + page()); ++i) {
        if (const int item = itemOfRow(i); m_items.value(item, {-1}).row == i)
            measureRow(item);
    }
    updateScrollBars();
}

/// Behind a blank or a comma where there is one near the edge, else anywhere.
QList<qsizetype> DiffCanvas::breaksOf(const QString &text) const
{
    QList<qsizetype> breaks;
    const QFontMetricsF metrics(m_font);
    const double narrow = metrics.horizontalAdvance(u'0');
    if (!wraps() || double(text.size()) * narrow * 2 <= m_textWidth)
        return breaks;
    double x = 0;
    qsizetype begin = 0, after = -1;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if (c.isLowSurrogate())
            continue;
        const double width = c.unicode() < 0x80 ? narrow : c.isHighSurrogate() ? 2 * narrow : metrics.horizontalAdvance(c);
        if (x + width > m_textWidth && i > begin) {
            begin = after > begin + (i - begin) * 2 / 3 ? after : i;
            breaks.append(begin);
            after = -1;
            i = begin - 1;
            x = 0;
            continue;
        }
        x += width;
        if (c == u' ' || c == u',' || c == u';')
            after = i + 1;
    }
    return breaks;
}

int DiffCanvas::itemOfRow(int row) const
{
    const auto it = std::upper_bound(m_items.cbegin(), m_items.cend(), row, [](int wanted, const Item &item) { return wanted < item.row; });
    const int item = qMax(0, int(it - m_items.cbegin()) - 1);
    return m_items.isEmpty() ? 0 : item - m_items.at(item).part;
}

int DiffCanvas::itemOf(const Item &item) const
{
    const int first = itemOfRow(item.row);
    return m_items.isEmpty() ? 0 : first + qMin(item.part, partsAt(first) - 1);
}

} // namespace ui
