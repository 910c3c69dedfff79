// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/config/searchresults.h"

#include "ui/common/clipboard.h"
#include "ui/common/relativetime.h"
#include "ui/common/sizetext.h"
#include "ui/common/theme.h"

#include <algorithm>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QToolTip>

using namespace Qt::StringLiterals;

namespace ui::config {

using core::nacos::ConfigKey;

namespace {

constexpr int Gutter = 64; ///< of the line numbers
constexpr int IconGap = 6;
constexpr int Lead = 10; ///< above a config's row, from what stands before it

/// Blanks in front that both lines have say nothing.
qsizetype indentOf(const QString &line)
{
    qsizetype blanks = 0;
    while (blanks < line.size() && line.at(blanks).isSpace())
        ++blanks;
    return blanks;
}

QString plain(QString line)
{
    return line.replace(u'\t', u"    "_s);
}

struct Lines {
    QString text, context;
    bool above = false;
};

Lines linesOf(const SearchPlace &place)
{
    Lines lines{plain(place.text), plain(place.context), place.contextLine > 0 && place.contextLine < place.line};
    qsizetype cut = indentOf(lines.text);
    if (place.contextLine > 0)
        cut = std::min(cut, indentOf(lines.context));
    lines.text.remove(0, cut);
    lines.context.remove(0, place.contextLine > 0 ? cut : 0);
    return lines;
}

class ResultDelegate final : public QStyledItemDelegate {
public:
    ResultDelegate(SearchModel &model, QListView *view)
        : QStyledItemDelegate(view)
        , m_model(model)
        , m_view(view)
    {
        refresh();
    }
    void refresh()
    {
        m_code = Theme::fixedFont();
        m_strong = Theme::strongFont();
        m_number = Theme::tabular(Theme::smallFont());
    }
    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const override
    {
        const SearchPlace *place = m_model.placeAt(index.row());
        if (!place)
            return {0, metrics::RowHeight + (index.row() > 0 ? Lead : 0)};
        return {0, lineHeight() * (place->contextLine > 0 ? 2 : 1) + 6};
    }
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        painter->save();
        const SearchPlace *place = m_model.placeAt(index.row());
        place ? paintPlace(painter, option, *place) : paintConfig(painter, option, index.row());
        painter->restore();
    }

private:
    int lineHeight() const { return QFontMetrics(m_code).height() + 2; }
    void paintConfig(QPainter *painter, const QStyleOptionViewItem &option, int row) const
    {
        const SearchFound &found = m_model.foundAt(row);
        painter->fillRect(option.rect, Theme::color(Token::Base));
        QRect rect = option.rect.adjusted(metrics::Around, row > 0 ? Lead : 0, -metrics::Around, 0);
        if (row > 0)
            painter->fillRect(QRect(option.rect.left(), option.rect.top() + Lead / 2, option.rect.width(), 1), Theme::color(Token::Border));
        Theme::icon(Icon::Config)
            .paint(painter, QRect(rect.left(), rect.center().y() - metrics::ListIcon / 2 + 1, metrics::ListIcon, metrics::ListIcon));
        rect.setLeft(rect.left() + metrics::ListIcon + IconGap);
        const QString from = found.source == SearchFound::Source::Server
            ? SearchView::tr("read from the server")
            : SearchView::tr("known here, seen %1").arg(relativeTime(found.seen));
        painter->setFont(Theme::smallFont());
        const int fromWidth = QFontMetrics(painter->font()).horizontalAdvance(from);
        painter->setPen(Theme::color(Token::Muted));
        painter->drawText(rect, int(Qt::AlignRight | Qt::AlignVCenter) | Qt::TextSingleLine, from);
        rect.setRight(rect.right() - fromWidth - metrics::Around);
        painter->setFont(m_strong);
        const QFontMetrics strong(m_strong);
        const QString name = strong.elidedText(found.key.dataId, Qt::ElideMiddle, rect.width());
        painter->setPen(Theme::color(Token::Text));
        painter->drawText(rect, int(Qt::AlignLeft | Qt::AlignVCenter) | Qt::TextSingleLine, name);
        rect.setLeft(rect.left() + strong.horizontalAdvance(name) + metrics::Between);
        painter->setFont(Theme::font());
        painter->setPen(Theme::color(Token::Muted));
        const QString rest = QFontMetrics(painter->font()).elidedText(m_model.placeText(found.key), Qt::ElideRight, rect.width());
        painter->drawText(rect, int(Qt::AlignLeft | Qt::AlignVCenter) | Qt::TextSingleLine, rest);
    }
    void paintPlace(QPainter *painter, const QStyleOptionViewItem &option, const SearchPlace &place) const
    {
        const bool selected = option.state.testFlag(QStyle::State_Selected);
        QColor ground = Theme::color(Token::Base);
        if (selected)
            ground = Theme::color(Token::Selection);
        else if (option.state.testFlag(QStyle::State_MouseOver))
            ground = Theme::color(Token::Hover);
        painter->fillRect(option.rect, ground);
        const Lines lines = linesOf(place);
        const int height = lineHeight();
        const int first = option.rect.top() + 3;
        const bool both = place.contextLine > 0;
        const QColor quiet = selected ? Theme::tint(Theme::color(Token::Muted), 65, Theme::color(Token::Text)) : Theme::color(Token::Muted);
        if (both) {
            const QRect rect(option.rect.left(), lines.above ? first : first + height, option.rect.width() - metrics::Around, height);
            number(painter, rect, place.contextLine, quiet);
            line(painter, rect, lines.context, quiet, {});
        }
        const QRect rect(option.rect.left(), both && lines.above ? first + height : first, option.rect.width() - metrics::Around, height);
        number(painter, rect, place.line, quiet);
        line(painter, rect, lines.text, Theme::color(Token::Text), m_model.text());
        if (m_view->hasFocus() && option.state.testFlag(QStyle::State_HasFocus) &&
            m_view->window()->testAttribute(Qt::WA_KeyboardFocusChange)) {
            painter->setPen(QPen(Theme::color(Token::Accent), metrics::FocusRing));
            painter->drawRect(option.rect.adjusted(1, 1, -1, -1));
        }
    }
    void number(QPainter *painter, const QRect &rect, int number, const QColor &ink) const
    {
        painter->setFont(m_number);
        painter->setPen(ink);
        painter->drawText(QRect(rect.left(), rect.top(), Gutter, rect.height()),
                          int(Qt::AlignRight | Qt::AlignVCenter) | Qt::TextSingleLine, countText(number));
    }
    /// `found` is painted on the ground of what was found, wherever it stands.
    void line(QPainter *painter, const QRect &row, const QString &text, const QColor &ink, const QString &found) const
    {
        const QRect rect = row.adjusted(Gutter + metrics::Around, 0, 0, 0);
        const QFontMetrics metrics(m_code);
        painter->setFont(m_code);
        const QString shown = metrics.elidedText(text, Qt::ElideRight, rect.width());
        const int flags = int(Qt::AlignLeft | Qt::AlignVCenter) | Qt::TextSingleLine;
        if (!found.isEmpty()) {
            for (qsizetype at = shown.indexOf(found, 0, Qt::CaseInsensitive); at >= 0;
                 at = shown.indexOf(found, at + found.size(), Qt::CaseInsensitive)) {
                const int from = rect.left() + metrics.horizontalAdvance(shown.left(at));
                const int to = rect.left() + metrics.horizontalAdvance(shown.left(at + found.size()));
                painter->fillRect(QRect(from, rect.top(), to - from, rect.height()), Theme::color(Token::Match));
            }
        }
        painter->setPen(ink);
        painter->drawText(rect, flags, shown);
    }

    SearchModel &m_model;
    QListView *m_view;
    QFont m_code, m_strong, m_number;
};

bool isBefore(const ConfigKey &a, const ConfigKey &b)
{
    if (const int order = QString::compare(a.dataId, b.dataId, Qt::CaseInsensitive); order != 0)
        return order < 0;
    return std::tie(a.dataId, a.group, a.namespaceId) < std::tie(b.dataId, b.group, b.namespaceId);
}

} // namespace

SearchModel::SearchModel(QObject *parent)
    : QAbstractListModel(parent)
{
}

void SearchModel::begin(const QString &text)
{
    beginResetModel();
    m_text = text;
    m_rows.clear();
    m_found.clear();
    m_known.clear();
    m_places = 0;
    endResetModel();
}

void SearchModel::add(const QList<SearchFound> &found)
{
    for (const SearchFound &one : found) {
        if (isFull() || one.places.isEmpty() || m_known.contains(one.key))
            continue;
        const auto at =
            std::lower_bound(m_found.begin(), m_found.end(), one.key,
                             [](const std::unique_ptr<SearchFound> &other, const ConfigKey &key) { return isBefore(other->key, key); });
        int row = 0;
        for (auto before = m_found.begin(); before != at; ++before)
            row += 1 + int((*before)->places.size());
        auto kept = std::make_unique<SearchFound>(one);
        beginInsertRows({}, row, row + int(kept->places.size()));
        m_rows.insert(row, kept->places.size() + 1, Row{kept.get(), -1});
        for (int place = 0; place < int(kept->places.size()); ++place)
            m_rows[row + 1 + place].place = place;
        m_known.insert(one.key);
        m_places += int(kept->places.size());
        m_found.insert(at, std::move(kept));
        endInsertRows();
    }
}

int SearchModel::configs(SearchFound::Source source) const
{
    return int(std::count_if(m_found.begin(), m_found.end(),
                             [source](const std::unique_ptr<SearchFound> &found) { return found->source == source; }));
}

const SearchPlace *SearchModel::placeAt(int row) const
{
    const Row &at = m_rows.at(row);
    return at.place < 0 ? nullptr : &at.found->places.at(at.place);
}

const SearchFound &SearchModel::foundAt(int row) const
{
    return *m_rows.at(row).found;
}

int SearchModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant SearchModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const SearchPlace *place = placeAt(index.row());
    const SearchFound &found = foundAt(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return place ? place->text.trimmed() : found.key.dataId;
    case Qt::AccessibleTextRole:
        return place ? SearchView::tr("%1, line %2: %3").arg(found.key.dataId, countText(place->line), place->text.trimmed())
                     : found.key.dataId + u", "_s + placeText(found.key);
    default:
        return {};
    }
}

Qt::ItemFlags SearchModel::flags(const QModelIndex &index) const
{
    if (!index.isValid() || !placeAt(index.row()))
        return Qt::NoItemFlags; // the arrows pass it by
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

SearchView::SearchView(SearchModel &model, QWidget *parent)
    : QListView(parent)
    , m_model(model)
{
    setModel(&model);
    setItemDelegate(new ResultDelegate(model, this));
    setFrameShape(QFrame::NoFrame);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_Hover);
    setAccessibleName(tr("Places found"));
    connect(&model, &QAbstractItemModel::rowsInserted, this, &SearchView::haveCurrent);
}

/// There is always one to begin with.
void SearchView::haveCurrent()
{
    if (currentIndex().isValid())
        return;
    if (const int row = nextPlace(0, 1); row >= 0) {
        setCurrentIndex(m_model.index(row));
        scrollToTop(); // its config's name stands above it
    }
}

const SearchPlace *SearchView::currentPlace() const
{
    return currentIndex().isValid() ? m_model.placeAt(currentIndex().row()) : nullptr;
}

const SearchFound *SearchView::currentFound() const
{
    return currentIndex().isValid() ? &m_model.foundAt(currentIndex().row()) : nullptr;
}

void SearchView::copyLine() const
{
    if (const SearchPlace *place = currentPlace())
        clipboard::copy(place->text);
}

void SearchView::enter()
{
    haveCurrent();
    setFocus(Qt::ShortcutFocusReason);
}

/// The place nearest to a row in one direction, the row itself included; -1: there is none.
int SearchView::nextPlace(int from, int step) const
{
    for (int row = from; row >= 0 && row < m_model.rowCount(); row += step)
        if (m_model.placeAt(row))
            return row;
    return -1;
}

QModelIndex SearchView::moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers)
{
    const int row = currentIndex().row();
    int to = -1;
    switch (action) {
    case MoveUp:
    case MovePrevious:
        to = nextPlace(row - 1, -1);
        break;
    case MoveDown:
    case MoveNext:
        to = nextPlace(row + 1, 1);
        break;
    case MoveHome:
        to = nextPlace(0, 1);
        break;
    case MoveEnd:
        to = nextPlace(m_model.rowCount() - 1, -1);
        break;
    default:
        return QListView::moveCursor(action, modifiers);
    }
    return to < 0 ? currentIndex() : m_model.index(to);
}

void SearchView::keyPressEvent(QKeyEvent *event)
{
    const bool control = event->modifiers().testFlag(Qt::ControlModifier);
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        if (currentPlace() && control)
            Q_EMIT openedElsewhere();
        else if (currentPlace())
            Q_EMIT opened();
        return;
    }
    if (event->matches(QKeySequence::Copy))
        return copyLine();
    if (!event->text().isEmpty() && event->text().at(0).isPrint() && !control)
        return event->ignore(); // no search by typing: that is what the field is for
    QListView::keyPressEvent(event);
    // The name of the config whose first place this is belongs on the screen with it.
    const int row = currentIndex().row();
    if (row > 0 && !m_model.placeAt(row - 1))
        scrollTo(m_model.index(row - 1));
}

void SearchView::mouseDoubleClickEvent(QMouseEvent *event)
{
    QListView::mouseDoubleClickEvent(event);
    if (event->button() == Qt::LeftButton && indexAt(event->pos()) == currentIndex() && currentPlace())
        Q_EMIT opened();
}

void SearchView::changeEvent(QEvent *event)
{
    QListView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::ApplicationFontChange) {
        if (auto *delegate = dynamic_cast<ResultDelegate *>(itemDelegate()))
            delegate->refresh();
        scheduleDelayedItemsLayout();
    }
}

} // namespace ui::config
