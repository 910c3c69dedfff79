// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/navigation.h"

#include "ui/common/sizetext.h"
#include "ui/common/theme.h"
#include "ui/workbench/subjecttext.h"

#include <QAbstractListModel>
#include <QEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyledItemDelegate>

using namespace Qt::StringLiterals;

namespace ui::shell {

using workbench::PageKind;

namespace {

constexpr int EntryHeight = 32;
constexpr int GapHeight = 17;

struct Entry {
    QString kind; // of a page
    QString title;
    Icon icon = Icon::Tab;
    QString count;
    int level = 0;
    core::Address bookmark; // instead of a kind
    QString toolTip;
    /// The line between registry pages, tools and bookmarks.
    bool isLine() const { return kind.isEmpty() && bookmark.isEmpty(); }
};

constexpr int MostBookmarks = 20; // the rest is on the page

} // namespace

class NavigationModel final : public QAbstractListModel {
public:
    using QAbstractListModel::QAbstractListModel;
    void set(const QList<Entry> &entries)
    {
        beginResetModel();
        m_entries = entries;
        endResetModel();
    }
    void setCount(int row, const QString &text)
    {
        if (m_entries.at(row).count == text)
            return;
        m_entries[row].count = text;
        Q_EMIT dataChanged(index(row), index(row));
    }
    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : int(m_entries.size()); }
    Qt::ItemFlags flags(const QModelIndex &index) const override
    {
        return m_entries.value(index.row()).isLine() ? Qt::NoItemFlags : Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    }
    QVariant data(const QModelIndex &index, int role) const override
    {
        if (!checkIndex(index, CheckIndexOption::IndexIsValid))
            return {};
        const Entry &entry = m_entries.at(index.row());
        if (role == Qt::DisplayRole)
            return entry.title;
        if (role == Qt::AccessibleTextRole)
            return entry.count.isEmpty() ? entry.title : entry.title + u", "_s + entry.count;
        if (role == Qt::ToolTipRole)
            return entry.toolTip;
        return {};
    }
    const QList<Entry> &entries() const { return m_entries; }

private:
    QList<Entry> m_entries;
};

namespace {

class NavigationDelegate final : public QStyledItemDelegate {
public:
    NavigationDelegate(const NavigationModel &model, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_model(model)
    {
    }

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const override
    {
        return {100, m_model.entries().at(index.row()).isLine() ? GapHeight : EntryHeight};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Entry &entry = m_model.entries().at(index.row());
        const QRect row = option.rect.adjusted(metrics::Between, 1, -metrics::Between, -1);
        if (entry.isLine()) {
            painter->fillRect(QRect(row.left(), row.center().y(), row.width(), 1), Theme::color(Token::Border));
            return;
        }
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const bool selected = option.state & QStyle::State_Selected;
        painter->setPen(Qt::NoPen);
        if (selected || option.state & QStyle::State_MouseOver) {
            painter->setBrush(selected ? Theme::tint(Theme::color(Token::Accent), 15, Theme::color(Token::Window))
                                       : Theme::color(Token::Hover));
            painter->drawRoundedRect(row, metrics::SmallRadius, metrics::SmallRadius);
        }
        if (option.state & QStyle::State_HasFocus) {
            painter->setPen(QPen(Theme::color(Token::Accent), metrics::FocusRing));
            painter->setBrush(Qt::NoBrush);
            painter->drawRoundedRect(QRectF(row).adjusted(1, 1, -1, -1), metrics::SmallRadius, metrics::SmallRadius);
        }
        const int indent = entry.level * metrics::Around;
        const QRect icon(row.left() + metrics::Between + 2 + indent, row.center().y() - metrics::ListIcon / 2 + 1, metrics::ListIcon,
                         metrics::ListIcon);
        Theme::icon(entry.icon).paint(painter, icon);
        int right = row.right() - metrics::Between;
        if (!entry.count.isEmpty()) {
            painter->setFont(Theme::tabular(Theme::smallFont()));
            painter->setPen(Theme::color(Token::Muted));
            const int width = painter->fontMetrics().horizontalAdvance(entry.count);
            painter->drawText(QRect(right - width, row.top(), width, row.height()), Qt::AlignVCenter, entry.count);
            right -= width + metrics::Inside;
        }
        painter->setFont(selected ? Theme::strongFont() : Theme::font());
        painter->setPen(Theme::color(Token::Text));
        const int left = icon.right() + 1 + metrics::Between + 2;
        if (!entry.bookmark.isEmpty())
            right = row.right() - metrics::Inside; // as much of the name as there is room for
        painter->drawText(QRect(left, row.top(), right - left, row.height()), Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(entry.title, entry.level > 0 ? Qt::ElideMiddle : Qt::ElideRight, right - left));
        painter->restore();
    }

private:
    const NavigationModel &m_model;
};

} // namespace

Navigation::Navigation(workbench::Workbench &workbench, Bookmarks &bookmarks, QWidget *parent)
    : QListView(parent)
    , m_workbench(workbench)
    , m_bookmarks(bookmarks)
    , m_model(new NavigationModel(this))
{
    setObjectName(u"navigation"_s);
    setFrameShape(QFrame::NoFrame);
    setModel(m_model);
    setItemDelegate(new NavigationDelegate(*m_model, this));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setMouseTracking(true);
    viewport()->setBackgroundRole(QPalette::Window);
    setAutoFillBackground(false);
    setContentsMargins(0, metrics::Between, 0, 0);
    setViewportMargins(0, metrics::Between, 0, metrics::Between);
    setMinimumWidth(120);
    connect(&m_workbench.pages(), &workbench::PageRegistry::countChanged, this, [this](const QString &kind) {
        const PageKind *known = m_workbench.pages().find(kind);
        if (!known || !known->count)
            return;
        for (int row = 0; row < m_model->rowCount(); ++row)
            if (m_model->entries().at(row).kind == kind) {
                const auto count = known->count(m_workbench);
                m_model->setCount(row, count ? countText(*count) : QString());
            }
    });
    connect(&m_bookmarks, &Bookmarks::changed, this, &Navigation::rebuild);
    rebuild();
}

Navigation::~Navigation() = default;

QSize Navigation::sizeHint() const
{
    return {180, 400};
}

void Navigation::setSubject(const workbench::Subject &subject)
{
    const bool had = !m_subject.profile.isEmpty();
    m_subject = subject;
    if (had != !subject.profile.isEmpty() || m_model->rowCount() == 0) {
        rebuild();
        return;
    }
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const PageKind *kind = m_workbench.pages().find(m_model->entries().at(row).kind);
        if (!kind || !kind->count)
            continue;
        const auto count = kind->count(m_workbench);
        m_model->setCount(row, count ? countText(*count) : QString());
    }
}

void Navigation::rebuild()
{
    setAccessibleName(tr("Pages"));
    QList<Entry> entries;
    PageKind::Place place = PageKind::Place::Registry;
    for (const PageKind &kind : m_workbench.pages().all()) {
        if (kind.place == PageKind::Place::Hidden || (kind.needsConnection && m_subject.profile.isEmpty()))
            continue;
        if (kind.place != place && !entries.isEmpty())
            entries.append(Entry{});
        // The first page of its place is the heading of what is under it.
        const int level = kind.place == PageKind::Place::Bookmarks && place == kind.place ? 1 : 0;
        place = kind.place;
        const auto count = kind.count ? kind.count(m_workbench) : std::nullopt;
        entries.append({kind.id, kind.title(), kind.icon, count ? countText(*count) : QString(), level, {}, {}});
    }
    const QList<Bookmark> bookmarks = m_bookmarks.all();
    for (const Bookmark &one : bookmarks.first(std::min<qsizetype>(bookmarks.size(), MostBookmarks))) {
        const auto page = pageOf(one.address);
        const QString title = titleOf(one, m_workbench.pages());
        const QString where = m_workbench.pathText(page ? page->subject : workbench::subjectOf(one.address));
        QStringList about{title};
        if (const QString name = page ? QString() : workbench::nameOf(one.address); !name.isEmpty() && name != title)
            about.append(name);
        if (const QString group = page ? QString() : workbench::groupOf(one.address); !group.isEmpty())
            about.append(group);
        if (!where.isEmpty())
            about.append(where);
        entries.append({{}, title, iconOf(one.address, m_workbench.pages()), {}, 1, one.address, about.join(u'\n')});
    }
    m_model->set(entries);
    setCurrentKind(m_current);
}

void Navigation::setCurrentKind(const QString &kind)
{
    m_current = kind;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (m_model->entries().at(row).kind == kind && !kind.isEmpty()) {
            setCurrentIndex(m_model->index(row));
            return;
        }
    }
    setCurrentIndex({});
    clearSelection();
}

QStringList Navigation::kinds() const
{
    QStringList all;
    for (const Entry &entry : m_model->entries())
        if (!entry.kind.isEmpty())
            all.append(entry.kind);
    return all;
}

QStringList Navigation::titles() const
{
    QStringList all;
    for (const Entry &entry : m_model->entries())
        if (!entry.isLine())
            all.append(entry.title);
    return all;
}

void Navigation::choose(int row, Where where)
{
    if (row < 0 || row >= m_model->rowCount())
        return;
    const Entry entry = m_model->entries().at(row);
    if (!entry.bookmark.isEmpty()) {
        setCurrentKind(m_current);
        m_workbench.openAddress(entry.bookmark,
                                where == Where::Here ? workbench::Workbench::Where::HereOrExisting : workbench::Workbench::Where::NewTab);
    } else if (!entry.kind.isEmpty()) {
        where == Where::Here ? Q_EMIT chosen(entry.kind) : Q_EMIT chosenElsewhere(entry.kind);
    }
}

void Navigation::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space) {
        choose(currentIndex().row(), event->modifiers() & Qt::ControlModifier ? Where::Elsewhere : Where::Here);
        return;
    }
    QListView::keyPressEvent(event);
}

void Navigation::mouseReleaseEvent(QMouseEvent *event)
{
    QListView::mouseReleaseEvent(event);
    const int row = indexAt(event->position().toPoint()).row();
    if (event->button() == Qt::MiddleButton || (event->button() == Qt::LeftButton && event->modifiers() & Qt::ControlModifier))
        choose(row, Where::Elsewhere);
    else if (event->button() == Qt::LeftButton)
        choose(row, Where::Here);
}

void Navigation::paintEvent(QPaintEvent *event)
{
    QPainter(viewport()).fillRect(viewport()->rect(), Theme::color(Token::Window));
    QListView::paintEvent(event);
}

void Navigation::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        rebuild();
    QListView::changeEvent(event);
}

} // namespace ui::shell
