// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/diffcanvas.h"

#include "ui/common/theme.h"

#include <algorithm>
#include <QApplication>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollBar>

using namespace Qt::StringLiterals;

namespace ui {

namespace {
constexpr int Ruler = 8;
} // namespace

DiffCanvas::DiffCanvas(QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_model(std::make_shared<DiffModel>())
    , m_cache(4000)
    , m_font(Theme::fixedFont())
{
    setObjectName(u"diffText"_s);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setCursor(Qt::IBeamCursor);
    viewport()->setBackgroundRole(QPalette::Base);
    setAccessibleName(tr("Difference"));
    verticalScrollBar()->setSingleStep(1);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &DiffCanvas::measureShown);
    setModel(m_model);
}

const QList<DiffModel::Row> &DiffCanvas::rows() const
{
    return m_layout == DiffView::Layout::SideBySide ? m_model->side : m_model->unified;
}

const QList<DiffModel::Change> &DiffCanvas::changes() const
{
    return m_layout == DiffView::Layout::SideBySide ? m_model->sideChanges : m_model->unifiedChanges;
}

void DiffCanvas::setModel(std::shared_ptr<const DiffModel> model)
{
    m_model = std::move(model);
    m_unfolded.clear();
    m_revealed[0].clear();
    m_revealed[1].clear();
    m_current = -1;
    m_anchor = m_head = {};
    m_cache.clear();
    m_items.clear(); // nothing on top that would stay there
    rebuildItems();
    horizontalScrollBar()->setValue(0);
    Q_EMIT maskedCountChanged(maskedCount());
}

void DiffCanvas::setLayoutMode(DiffView::Layout layout)
{
    if (m_layout == layout)
        return;
    m_layout = layout;
    m_unfolded.clear();
    m_anchor = m_head = {};
    m_cache.clear();
    rebuildItems();
    if (m_current >= 0)
        goToChange(qMin(m_current, changeCount() - 1));
}

void DiffCanvas::setContext(int lines)
{
    m_context = lines;
    m_unfolded.clear();
    rebuildItems();
    Q_EMIT foldingChanged();
}

void DiffCanvas::unfoldAll()
{
    setContext(-1);
}

bool DiffCanvas::isFolded() const
{
    return std::any_of(m_items.cbegin(), m_items.cend(), [](const Item &item) { return item.folded > 0; });
}

void DiffCanvas::setZoom(int points)
{
    if (std::exchange(m_zoom, points) != points)
        takeFont();
}

void DiffCanvas::takeFont()
{
    m_font = Theme::fixedFont();
    m_font.setPointSizeF(qMax(4.0, m_font.pointSizeF() + m_zoom));
    m_cache.clear(); // where lines are broken depends on it
    rebuildItems();
}

void DiffCanvas::measure()
{
    const QFontMetrics fontMetrics(m_font);
    m_rowHeight = fontMetrics.height() + 3;
    m_charWidth = qMax(1, fontMetrics.horizontalAdvance(u'0'));
}

void DiffCanvas::updateScrollBars()
{
    verticalScrollBar()->setPageStep(page());
    verticalScrollBar()->setRange(0, qMax(0, int(m_items.size()) - page()));
    const int text = column(Side::Left).textWidth() - 8;
    const int wanted = m_wraps ? 0 : int(qMin<qsizetype>(m_model->longest, 4000)) * m_charWidth;
    horizontalScrollBar()->setPageStep(qMax(1, text));
    horizontalScrollBar()->setSingleStep(m_charWidth * 4);
    horizontalScrollBar()->setRange(0, qMax(0, wanted - text));
}

DiffCanvas::Column DiffCanvas::column(Side side) const
{
    const int width = viewport()->width() - Ruler;
    const int digits = qMax(3, int(QString::number(qMax(m_model->left.count(), m_model->right.count())).size()));
    const int numbers = digits * m_charWidth + 12;
    if (m_layout == DiffView::Layout::Unified)
        return {0, width, 2 * numbers + 2 * m_charWidth};
    const int half = width / 2;
    return side == Side::Left ? Column{0, half, numbers + 2 * m_charWidth} : Column{half + 1, width - half - 1, numbers + 2 * m_charWidth};
}

int DiffCanvas::page() const
{
    return qMax(1, viewport()->height() / m_rowHeight);
}

/// Of the narrower column.
int DiffCanvas::textWidth() const
{
    return qMin(column(Side::Left).textWidth(), column(Side::Right).textWidth()) - 8;
}

QByteArrayView DiffCanvas::lineBytes(Side side, int number) const
{
    return (side == Side::Left ? m_model->left : m_model->right).line(number);
}

int DiffCanvas::lineOf(const DiffModel::Row &row, Side side) const
{
    return side == Side::Left ? row.left : row.right;
}

/// The line of the other side a changed line is compared with, word by word; 0: none.
int DiffCanvas::mateOf(const DiffModel::Row &row, Side side) const
{
    if (m_layout == DiffView::Layout::Unified)
        return row.mate;
    const bool changed = row.left > 0 && row.right > 0 && row.leftTone != DiffModel::Tone::None && row.rightTone != DiffModel::Tone::None;
    return changed ? lineOf(row, side == Side::Left ? Side::Right : Side::Left) : 0;
}

DiffCanvas::Side DiffCanvas::sideOf(const DiffModel::Row &row, Side column) const
{
    if (m_layout == DiffView::Layout::SideBySide)
        return column;
    return row.right > 0 ? Side::Right : Side::Left;
}

const DiffCanvas::Shown &DiffCanvas::shown(Side side, const DiffModel::Row &row) const
{
    const qint64 key = qint64(lineOf(row, side)) * 2 + (side == Side::Left ? 0 : 1);
    if (Shown *known = m_cache.object(key)) {
        if (std::exchange(known->brokenAt, m_textWidth) != m_textWidth)
            known->breaks = breaksOf(known->text);
        return *known;
    }
    auto *made = new Shown(compose(side, row));
    made->breaks = breaksOf(made->text);
    made->brokenAt = m_textWidth;
    m_cache.insert(key, made);
    return *made;
}

/// The text of a line as it is shown: tabs as blanks, masked values as dots, what differs marked.
DiffCanvas::Shown DiffCanvas::compose(Side side, const DiffModel::Row &row) const
{
    Shown result;
    const int number = lineOf(row, side);
    if (number <= 0)
        return result;
    const core::text::Lines &lines = side == Side::Left ? m_model->left : m_model->right;
    const auto hidden = [this](Side which, int line) {
        // Masked stretches of a line: begin and end within it, and the index of the secret.
        struct Hidden {
            qsizetype from, to;
            int secret;
        };
        QList<Hidden> list;
        if (line <= 0)
            return list;
        const core::text::Lines &source = which == Side::Left ? m_model->left : m_model->right;
        const auto &secrets = which == Side::Left ? m_model->leftSecrets : m_model->rightSecrets;
        const QByteArrayView bytes = source.line(line);
        const qsizetype start = bytes.data() - source.text().constData(), end = start + bytes.size();
        auto it = std::lower_bound(secrets.cbegin(), secrets.cend(), start, [](const core::text::SecretSpan &span, qsizetype offset) {
            return span.offset + span.length <= offset;
        });
        for (; it != secrets.cend() && it->offset < end; ++it) {
            const int index = int(it - secrets.cbegin());
            if (!m_revealed[which == Side::Left ? 0 : 1].contains(index))
                list.append({qMax(it->offset, start) - start, qMin(it->offset + it->length, end) - start, index});
        }
        return list;
    };
    const QByteArrayView bytes = lines.line(number);
    const auto masks = hidden(side, number);
    QList<core::text::Span> marks;
    const Side other = side == Side::Left ? Side::Right : Side::Left;
    const int mate = mateOf(row, side);
    if (mate > 0) {
        const int left = side == Side::Left ? number : mate, right = side == Side::Left ? mate : number;
        const core::text::LineChange change = core::text::changedSpans(m_model->left.line(left), m_model->right.line(right));
        marks = side == Side::Left ? change.left : change.right;
    }
    // Whether a masked value is another one than on the other side.
    const auto differs = [&](int order) {
        if (mate <= 0)
            return false;
        const auto others = hidden(other, mate);
        if (order >= others.size())
            return true;
        const QByteArrayView theirs = (other == Side::Left ? m_model->left : m_model->right).line(mate);
        return bytes.sliced(masks.at(order).from, masks.at(order).to - masks.at(order).from) !=
            theirs.sliced(others.at(order).from, others.at(order).to - others.at(order).from);
    };
    const auto append = [&result](QByteArrayView part) {
        const QString text = QString::fromUtf8(part);
        for (const QChar c : text) {
            if (c == u'\t')
                result.text += QString(Tab - result.text.size() % Tab, u' ');
            else
                result.text += c.unicode() < 0x20 ? QChar(0xFFFD) : c;
        }
    };
    qsizetype at = 0;
    qsizetype mark = 0;
    const auto plainUntil = [&](qsizetype until) {
        until = qMin(until, Longest);
        while (at < until) {
            while (mark < marks.size() && marks.at(mark).offset + marks.at(mark).length <= at)
                ++mark;
            if (mark < marks.size() && marks.at(mark).offset < until) {
                const qsizetype begin = qMax(at, marks.at(mark).offset), end = qMin(until, marks.at(mark).offset + marks.at(mark).length);
                append(bytes.sliced(at, begin - at));
                const qsizetype from = result.text.size();
                append(bytes.sliced(begin, end - begin));
                result.pieces.append({Piece::Kind::Marked, from, result.text.size() - from, -1});
                at = end;
            } else {
                append(bytes.sliced(at, until - at));
                at = until;
            }
        }
    };
    for (int i = 0; i < masks.size(); ++i) {
        plainUntil(masks.at(i).from);
        const bool changed = differs(i);
        const qsizetype from = result.text.size();
        result.text += QString(8, u'•');
        if (changed)
            result.pieces.append({Piece::Kind::Marked, from, 8, -1});
        result.pieces.append({Piece::Kind::Dots, from, 8, masks.at(i).secret});
        if (changed && side == Side::Right) {
            const QString note = u"  "_s + tr("changed", "a masked value that differs");
            result.pieces.append({Piece::Kind::Note, result.text.size(), note.size(), -1});
            result.text += note;
        }
        at = masks.at(i).to;
    }
    plainUntil(bytes.size());
    if (bytes.size() > Longest)
        result.text += u" …"_s;
    return result;
}

int DiffCanvas::changeCount() const
{
    return int(changes().size());
}

void DiffCanvas::setCurrent(int index)
{
    if (std::exchange(m_current, index) == index)
        return;
    viewport()->update();
    Q_EMIT currentChangeChanged(index);
}

void DiffCanvas::goToChange(int index)
{
    if (index < 0 || index >= changeCount())
        return;
    const DiffModel::Change &change = changes().at(index);
    const int top = verticalScrollBar()->value();
    if (itemOfRow(change.first) < top + 2 || itemOfRow(change.last) > top + page() - 3) {
        measureAround(change.first);
        const int first = itemOfRow(change.first), last = itemOfRow(change.last);
        verticalScrollBar()->setValue(qMax(0, first - qMax(3, (page() - (last - first)) / 3)));
    }
    setCurrent(index);
    viewport()->update();
}

void DiffCanvas::showLine(Side side, int line)
{
    const auto &all = rows();
    for (int row = 0; row < all.size(); ++row) {
        if (lineOf(all.at(row), side) != line)
            continue;
        measureAround(row);
        verticalScrollBar()->setValue(itemOfRow(row) - page() / 2);
        if (all.at(row).change >= 0)
            setCurrent(all.at(row).change);
        return;
    }
}

int DiffCanvas::maskedCount() const
{
    return int(m_model->leftSecrets.size() + m_model->rightSecrets.size() - m_revealed[0].size() - m_revealed[1].size());
}

int DiffCanvas::maskedPlaces() const
{
    QHash<int, int> left, right; // by the line where they begin
    const auto fill = [](QHash<int, int> &lines, const QList<core::text::SecretSpan> &secrets, const QSet<int> &revealed) {
        for (int i = 0; i < secrets.size(); ++i)
            if (!revealed.contains(i))
                ++lines[secrets.at(i).line];
    };
    fill(left, m_model->leftSecrets, m_revealed[0]);
    fill(right, m_model->rightSecrets, m_revealed[1]);
    if (left.isEmpty() && right.isEmpty())
        return 0;
    int count = 0;
    for (const DiffModel::Row &row : m_model->side)
        count += qMax(row.left > 0 ? left.value(row.left) : 0, row.right > 0 ? right.value(row.right) : 0);
    return count;
}

void DiffCanvas::reveal(Side side, int secret)
{
    m_revealed[side == Side::Left ? 0 : 1].insert(secret);
    m_cache.clear();
    rebuildItems(); // it may be longer than its dots
    Q_EMIT maskedCountChanged(maskedCount());
}

void DiffCanvas::revealAll()
{
    for (int i = 0; i < m_model->leftSecrets.size(); ++i)
        m_revealed[0].insert(i);
    for (int i = 0; i < m_model->rightSecrets.size(); ++i)
        m_revealed[1].insert(i);
    m_cache.clear();
    rebuildItems();
    Q_EMIT maskedCountChanged(0);
}

void DiffCanvas::revealNext()
{
    if (maskedCount() == 0)
        return;
    for (int i = verticalScrollBar()->value(); i < m_items.size(); ++i) {
        if (m_items.at(i).folded > 0)
            continue;
        const DiffModel::Row &row = rows().at(m_items.at(i).row);
        for (const Side side : {Side::Left, Side::Right}) {
            if (lineOf(row, side) <= 0)
                continue;
            for (const Piece &piece : shown(side, row).pieces) {
                if (piece.kind == Piece::Kind::Dots) {
                    reveal(side, piece.secret);
                    return;
                }
            }
        }
    }
}

qsizetype DiffCanvas::characterAt(const QString &text, int x) const
{
    const QFontMetrics fontMetrics(m_font);
    qsizetype low = 0, high = text.size();
    while (low < high) {
        const qsizetype middle = (low + high + 1) / 2;
        if (fontMetrics.horizontalAdvance(text.left(middle)) <= x + m_charWidth / 2)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

std::optional<std::pair<DiffCanvas::Side, DiffCanvas::Spot>> DiffCanvas::spotAt(const QPoint &position) const
{
    const int item = qBound(0, verticalScrollBar()->value() + position.y() / m_rowHeight, int(m_items.size()) - 1);
    if (m_items.isEmpty() || m_items.at(item).folded > 0)
        return std::nullopt;
    const DiffModel::Row &row = rows().at(m_items.at(item).row);
    const Side column = m_layout == DiffView::Layout::Unified || position.x() <= this->column(Side::Left).width ? Side::Left : Side::Right;
    const Side side = sideOf(row, column);
    const int x = position.x() - this->column(column).textLeft() + horizontalScrollBar()->value();
    qsizetype character = 0;
    if (lineOf(row, side) > 0) {
        const Shown &line = shown(side, row);
        const qsizetype begin = line.begin(m_items.at(item).part), end = line.end(m_items.at(item).part);
        character = begin + characterAt(line.text.mid(begin, end - begin), qMax(0, x));
    }
    return std::pair(column, Spot{m_items.at(item).row, character});
}

int DiffCanvas::secretAt(const QPoint &position, Side *side) const
{
    const auto spot = spotAt(position);
    if (!spot)
        return -1;
    const DiffModel::Row &row = rows().at(spot->second.row);
    *side = sideOf(row, spot->first);
    if (lineOf(row, *side) <= 0)
        return -1;
    for (const Piece &piece : shown(*side, row).pieces)
        if (piece.kind == Piece::Kind::Dots && spot->second.character >= piece.from && spot->second.character <= piece.from + piece.length)
            return piece.secret;
    return -1;
}

QString DiffCanvas::selectedText() const
{
    if (m_anchor.row < 0 || m_anchor == m_head)
        return {};
    const auto [from, to] = std::minmax(m_anchor, m_head);
    QStringList lines;
    for (int index = from.row; index <= to.row; ++index) {
        const DiffModel::Row &row = rows().at(index);
        const Side side = sideOf(row, m_selectionSide);
        if (lineOf(row, side) <= 0)
            continue;
        const QString text = shown(side, row).text;
        const qsizetype begin = index == from.row ? from.character : 0;
        const qsizetype end = index == to.row ? to.character : text.size();
        lines.append(text.mid(begin, end - begin));
    }
    return lines.join(u'\n');
}

} // namespace ui
