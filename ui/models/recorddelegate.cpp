// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/recorddelegate.h"

#include "ui/models/tableview.h"

#include <QApplication>
#include <QHeaderView>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int Padding = 8;
constexpr int IconGap = 6;
constexpr int BadgePadding = 5;
constexpr int MarkWidth = 8;
constexpr int TellingWidth = 110; ///< what a name gives up, at most, for where else it was found
constexpr int LeastName = 60;
constexpr int Rounding = 2; ///< advances are rounded, eliding counts fractions

} // namespace

RecordDelegate::RecordDelegate(TableView *view)
    : QStyledItemDelegate(view)
    , m_view(view)
{
    refresh();
}

void RecordDelegate::refresh()
{
    m_font = m_view->font();
    m_strong = m_font;
    m_strong.setWeight(QFont::DemiBold);
    m_fixed = Theme::fixedFont();
    m_tabular = Theme::tabular(m_font);
}

int RecordDelegate::widthOf(const ColumnInfo &column, const QString &text) const
{
    return QFontMetrics(fontFor(column, {})).horizontalAdvance(text) + Rounding + 2 * Padding;
}

/// Eliding measures the dots in another font than they are drawn in where the desktop's language has one of its own for them.
QString RecordDelegate::elided(const QFont &font, const QString &text, Qt::TextElideMode mode, int width)
{
    const QFontMetrics whole(font);
    const QFontMetricsF exact(font);
    QString shown = whole.elidedText(text, mode, width);
    for (int less = 1; shown != text && less < width && exact.horizontalAdvance(shown) > width; ++less)
        shown = whole.elidedText(text, mode, width - less);
    return shown;
}

QFont RecordDelegate::fontFor(const ColumnInfo &column, const CellLook &look) const
{
    if (look.weight == CellLook::Weight::Strong)
        return m_strong;
    if (column.kind == ColumnInfo::Kind::Ident)
        return m_fixed;
    if (column.kind == ColumnInfo::Kind::Number)
        return m_tabular;
    return m_font;
}

QRect RecordDelegate::textRect(const QStyleOptionViewItem &option, const QModelIndex &index, const CellLook &look) const
{
    QRect rect = option.rect.adjusted(Padding, 0, -Padding, 0);
    if (index.data(Qt::DecorationRole).canConvert<QIcon>())
        rect.setLeft(rect.left() + metrics::ListIcon + IconGap);
    if (!look.badge.isEmpty()) {
        // The name comes first: where both do not fit the badge is a mark without words.
        const int text = QFontMetrics(fontFor(m_view->records()->columns().at(index.column()), look))
                             .horizontalAdvance(index.data(Qt::DisplayRole).toString());
        const int whole = badgeWidth(look.badge) + IconGap;
        rect.setRight(rect.right() - (text + whole <= rect.width() ? whole : MarkWidth + IconGap));
    }
    return rect;
}

int RecordDelegate::badgeWidth(const QString &badge) const
{
    return QFontMetrics(Theme::smallFont()).horizontalAdvance(badge) + 2 * BadgePadding;
}

/// Directly behind the text, or at the end of the cell when the text is cut.
void RecordDelegate::paintBadge(QPainter *painter, const BadgePlace &at, int textWidth, const CellLook &look) const
{
    const QFont font = Theme::smallFont();
    const int height = QFontMetrics(font).height() + 2;
    const QRect &text = at.text;
    if (at.room < badgeWidth(look.badge)) {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(Theme::color(look.badgeState));
        painter->drawEllipse(QRectF(text.left() + qMin(textWidth, text.width()) + IconGap, text.center().y() - MarkWidth / 2 + 1.5,
                                    MarkWidth - 1, MarkWidth - 1));
        painter->restore();
        return;
    }
    const QRect place(text.left() + qMin(textWidth, text.width()) + IconGap, text.center().y() - height / 2 + 1, badgeWidth(look.badge),
                      height);
    const QColor color = Theme::color(look.badgeState);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(Theme::tint(color, 10));
    painter->drawRoundedRect(place, metrics::SmallRadius, metrics::SmallRadius);
    painter->setFont(font);
    painter->setPen(Theme::badgeInk(look.badgeState));
    painter->drawText(place, Qt::AlignCenter | Qt::TextSingleLine, look.badge);
    painter->restore();
}

QString RecordDelegate::HiddenMatch::words() const
{
    return RecordDelegate::tr("%1: %2", "a column that is not shown, and what it holds").arg(column, text);
}

int RecordDelegate::tellingColumn() const
{
    const QHeaderView *header = m_view->horizontalHeader();
    const QList<ColumnInfo> &columns = m_view->records()->columns();
    int first = -1;
    for (int visual = 0; visual < header->count(); ++visual) {
        const int column = header->logicalIndex(visual);
        if (header->isSectionHidden(column))
            continue;
        if (columns.at(column).kind == ColumnInfo::Kind::Name)
            return column;
        if (first < 0)
            first = column;
    }
    return first;
}

std::optional<RecordDelegate::HiddenMatch> RecordDelegate::hiddenMatch(int row) const
{
    const RecordModelBase *records = m_view->records();
    const FilterMatcher &matcher = m_view->proxy()->matcher();
    if (matcher.isEmpty())
        return {};
    const QHeaderView *header = m_view->horizontalHeader();
    const auto textOf = [&](int column) { return m_view->proxy()->index(row, column).data(Qt::DisplayRole).toString(); };
    QStringList seen;
    for (int column = 0; column < records->columns().size(); ++column) {
        const int field = records->filterField(column);
        if (field < 0 || header->isSectionHidden(column))
            continue;
        const QString text = textOf(column);
        for (const auto &[from, length] : matcher.spans(text, field))
            seen.append(text.mid(from, length));
    }
    for (int column = 0; column < records->columns().size(); ++column) {
        const int field = records->filterField(column);
        if (field < 0 || !header->isSectionHidden(column))
            continue;
        const QString text = textOf(column);
        const auto spans = matcher.spans(text, field);
        for (const auto &[from, length] : spans)
            if (!seen.contains(text.mid(from, length), Qt::CaseInsensitive))
                return HiddenMatch{records->columns().at(column).title, text, spans};
    }
    return {};
}

void RecordDelegate::paintHiddenMatch(QPainter *painter, const QRect &rect, const HiddenMatch &match, const QColor &ink) const
{
    const QFont font = Theme::smallFont();
    const QFontMetrics fontMetrics(font);
    HiddenMatch shown = match;
    if (fontMetrics.horizontalAdvance(shown.words()) > rect.width()) {
        // Only what was found.
        const auto [from, length] = match.spans.constFirst();
        shown.text = match.text.mid(from, length);
        shown.spans = {{0, length}};
    }
    const QString words = elided(font, shown.words(), Qt::ElideRight, rect.width());
    const qsizetype before = shown.words().size() - shown.text.size();
    const int flags = int(Qt::AlignLeft | Qt::AlignVCenter) | Qt::TextSingleLine | Qt::TextDontClip;
    painter->save();
    painter->setFont(font);
    painter->setPen(ink);
    painter->drawText(rect, flags, words);
    painter->setPen(Theme::color(Token::Text));
    for (const auto &[from, length] : std::as_const(shown.spans)) {
        const int start = rect.left() + fontMetrics.horizontalAdvance(words.left(before + from));
        const int stop = rect.left() + fontMetrics.horizontalAdvance(words.left(before + from + length));
        const QRect piece(start, rect.center().y() - fontMetrics.height() / 2, stop - start, fontMetrics.height() + 1);
        painter->fillRect(piece, Theme::color(Token::Match));
        painter->setClipRect(piece);
        painter->drawText(rect, flags, words);
        painter->setClipping(false);
    }
    painter->restore();
}

void RecordDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const RecordModelBase *records = m_view->records();
    if (!records)
        return;
    const ColumnInfo &column = records->columns().at(index.column());
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    QColor ground = Theme::color(Token::Base);
    if (selected)
        ground = Theme::color(Token::Selection);
    else if (index.row() == m_view->hoverRow())
        ground = Theme::color(Token::Hover);
    if (const double strength = m_view->flashStrength(index.row()); strength > 0)
        ground = Theme::tint(Theme::color(Token::Flash), int(strength * 100), ground);
    painter->fillRect(option.rect, ground);

    const QVariant lookData = index.data(RecordModelBase::LookRole);
    const CellLook look = lookData.isValid() ? lookData.value<CellLook>() : CellLook();
    if (const QVariant icon = index.data(Qt::DecorationRole); icon.canConvert<QIcon>()) {
        const QRect place(option.rect.left() + Padding, option.rect.center().y() - metrics::ListIcon / 2 + 1, metrics::ListIcon,
                          metrics::ListIcon);
        icon.value<QIcon>().paint(painter, place, Qt::AlignCenter, enabled ? QIcon::Normal : QIcon::Disabled);
    }

    const bool muted = column.kind == ColumnInfo::Kind::Muted || look.rank == CellLook::Rank::Muted;
    QColor ink = Theme::color(Token::Text);
    if (!enabled)
        ink = option.palette.color(QPalette::Disabled, QPalette::Text);
    else if (look.state != StateColor::Neutral)
        ink = Theme::color(look.state);
    else if (muted)
        // On the selection's ground plain muted text falls short of its contrast.
        ink = selected ? Theme::tint(Theme::color(Token::Muted), 65, Theme::color(Token::Text)) : Theme::color(Token::Muted);

    const QString text = index.data(Qt::DisplayRole).toString();
    QRect rect = textRect(option, index, look);
    painter->save();
    const QFont font = fontFor(column, look);
    painter->setFont(font);
    const QFontMetrics fontMetrics(font);
    // A row whose reason cannot be seen tells it behind its name.
    if (!m_view->proxy()->matcher().isEmpty() && look.badge.isEmpty() && index.column() == tellingColumn()) {
        if (const auto elsewhere = hiddenMatch(index.row())) {
            const int need = qMin(TellingWidth, QFontMetrics(Theme::smallFont()).horizontalAdvance(elsewhere->words()) + Rounding);
            const int whole = fontMetrics.horizontalAdvance(text) + Rounding;
            const int name = qMin(whole, rect.width() - need - 2 * IconGap);
            if (name >= qMin(whole, LeastName)) {
                paintHiddenMatch(painter, rect.adjusted(name + 2 * IconGap, 0, 0, 0), *elsewhere,
                                 selected ? Theme::tint(Theme::color(Token::Muted), 65, Theme::color(Token::Text))
                                          : Theme::color(Token::Muted));
                rect.setWidth(name);
            }
        }
    }
    const bool middle = column.kind == ColumnInfo::Kind::Ident || column.kind == ColumnInfo::Kind::Name;
    const Qt::TextElideMode elide = middle ? Qt::ElideMiddle : Qt::ElideRight;
    const QString shown = elided(font, text, elide, rect.width());
    const Qt::Alignment alignment =
        QStyle::visualAlignment(option.direction, column.kind == ColumnInfo::Kind::Number ? Qt::AlignRight : Qt::AlignLeft);
    // What is elided may be a fraction wider than asked for; the padding has room for it.
    const int flags = int(alignment | Qt::AlignVCenter) | Qt::TextSingleLine | Qt::TextDontClip;
    painter->setPen(ink);
    painter->drawText(rect, flags, shown);
    const int field = records->filterField(index.column());
    const FilterMatcher &matcher = m_view->proxy()->matcher();
    if (field >= 0 && !matcher.isEmpty() && !shown.isEmpty()) {
        // Found pieces once more, on their ground and in the text's own colour.
        const int width = fontMetrics.horizontalAdvance(shown);
        const int left = alignment.testFlag(Qt::AlignRight) ? rect.right() + 1 - width : rect.left();
        for (const auto &[from, length] : matcher.spans(shown, field)) {
            const int start = left + fontMetrics.horizontalAdvance(shown.left(from));
            const int stop = left + fontMetrics.horizontalAdvance(shown.left(from + length));
            const QRect piece(start, rect.center().y() - fontMetrics.height() / 2, stop - start, fontMetrics.height() + 1);
            painter->fillRect(piece, Theme::color(Token::Match));
            painter->setClipRect(piece);
            painter->setPen(Theme::color(Token::Text));
            painter->drawText(rect, flags, shown);
            painter->setClipping(false);
        }
    }
    painter->restore();
    if (!look.badge.isEmpty())
        paintBadge(painter, {rect, option.rect.right() - Padding - rect.right()}, fontMetrics.horizontalAdvance(shown), look);

    // The ring goes round the row; shown once the keyboard is used, as the selection says the same for the mouse.
    if (m_view->hasFocus() && m_view->currentIndex().row() == index.row() && m_view->window()->testAttribute(Qt::WA_KeyboardFocusChange)) {
        const QHeaderView *header = m_view->horizontalHeader();
        const int visual = header->visualIndex(index.column());
        const auto isEdge = [header](int from, int step) {
            for (int i = from + step; i >= 0 && i < header->count(); i += step)
                if (!header->isSectionHidden(header->logicalIndex(i)))
                    return false;
            return true;
        };
        const QColor accent = Theme::color(Token::Accent);
        const QRect r = option.rect;
        painter->fillRect(QRect(r.left(), r.top(), r.width(), metrics::FocusRing), accent);
        painter->fillRect(QRect(r.left(), r.bottom() - 1, r.width(), metrics::FocusRing), accent);
        if (isEdge(visual, -1))
            painter->fillRect(QRect(r.left(), r.top(), metrics::FocusRing, r.height()), accent);
        if (isEdge(visual, 1))
            painter->fillRect(QRect(r.right() - 1, r.top(), metrics::FocusRing, r.height()), accent);
    }
}

QSize RecordDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const RecordModelBase *records = m_view->records();
    if (!records)
        return {};
    const QVariant lookData = index.data(RecordModelBase::LookRole);
    const CellLook look = lookData.isValid() ? lookData.value<CellLook>() : CellLook();
    const QFont font = fontFor(records->columns().at(index.column()), look);
    const int badge = look.badge.isEmpty() ? 0 : badgeWidth(look.badge) + IconGap;
    const int text = QFontMetrics(font).horizontalAdvance(index.data(Qt::DisplayRole).toString());
    const int icon = index.data(Qt::DecorationRole).canConvert<QIcon>() ? metrics::ListIcon + IconGap : 0;
    Q_UNUSED(option)
    return {text + icon + badge + Rounding + 2 * Padding, metrics::RowHeight};
}

bool RecordDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip || !index.isValid() || !m_view->records())
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    const QVariant lookData = index.data(RecordModelBase::LookRole);
    const CellLook look = lookData.isValid() ? lookData.value<CellLook>() : CellLook();
    const QFont font = fontFor(m_view->records()->columns().at(index.column()), look);
    const QString text = index.data(Qt::DisplayRole).toString();
    QStringList lines;
    if (QFontMetrics(font).horizontalAdvance(text) > textRect(option, index, look).width())
        lines.append(text);
    if (const QString tip = index.data(Qt::ToolTipRole).toString(); !tip.isEmpty())
        lines.append(tip);
    if (index.column() == tellingColumn())
        if (const auto elsewhere = hiddenMatch(index.row()))
            lines.append(tr("Found in %1").arg(elsewhere->words()));
    if (lines.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(event->globalPos(), lines.join(u'\n').toHtmlEscaped().replace(u'\n', "<br>"_L1), view);
    return true;
}

} // namespace ui
