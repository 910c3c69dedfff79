// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connection/connectionlist.h"

#include "core/profiles/practice.h"
#include "ui/common/theme.h"
#include "ui/workbench/environment.h"

#include <QAbstractListModel>
#include <QDropEvent>
#include <QKeyEvent>
#include <QMimeData>
#include <QPainter>
#include <QStyledItemDelegate>

using namespace Qt::StringLiterals;

namespace ui::connection {

using core::profiles::Profile;

namespace {
const QString DragType = u"application/x-signalbox-connection"_s;
}

class ConnectionListModel final : public QAbstractListModel {
public:
    using QAbstractListModel::QAbstractListModel;
    void set(const QList<Profile> &profiles, const QString &defaultSlug)
    {
        beginResetModel();
        m_profiles = profiles;
        m_default = defaultSlug;
        endResetModel();
    }
    /// Those that are saved have an order; others may be dropped between them.
    Qt::ItemFlags flags(const QModelIndex &index) const override
    {
        if (!index.isValid())
            return Qt::ItemIsDropEnabled;
        const bool saved = m_profiles.at(index.row()).slug != core::profiles::PracticeServers::slug();
        return QAbstractListModel::flags(index) | (saved ? Qt::ItemIsDragEnabled : Qt::NoItemFlags);
    }
    Qt::DropActions supportedDropActions() const override { return Qt::MoveAction; }
    QStringList mimeTypes() const override { return {DragType}; }
    QMimeData *mimeData(const QModelIndexList &indexes) const override
    {
        if (indexes.isEmpty())
            return nullptr;
        auto *data = new QMimeData;
        data->setData(DragType, m_profiles.at(indexes.first().row()).slug.toUtf8());
        return data;
    }
    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : int(m_profiles.size()); }
    QVariant data(const QModelIndex &index, int role) const override
    {
        if (!checkIndex(index, CheckIndexOption::IndexIsValid))
            return {};
        const Profile &profile = m_profiles.at(index.row());
        if (role == Qt::DisplayRole)
            return profile.name;
        if (role == Qt::AccessibleTextRole) {
            const QString word = workbench::environmentWord(workbench::environmentOf(profile.environment));
            return QStringList{profile.name, word, profile.servers.value(0)}.join(u", "_s);
        }
        if (role == Qt::ToolTipRole)
            return profile.servers.join(u'\n');
        return {};
    }
    const QList<Profile> &profiles() const { return m_profiles; }
    bool isDefault(int row) const { return m_profiles.at(row).slug == m_default; }

private:
    QList<Profile> m_profiles;
    QString m_default;
};

namespace {

class ConnectionDelegate final : public QStyledItemDelegate {
public:
    ConnectionDelegate(const ConnectionListModel &model, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_model(model)
    {
    }
    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override { return {160, 48}; }
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Profile &profile = m_model.profiles().at(index.row());
        painter->save();
        const bool selected = option.state & QStyle::State_Selected;
        if (selected)
            painter->fillRect(option.rect, Theme::color(Token::Selection));
        else if (option.state & QStyle::State_MouseOver)
            painter->fillRect(option.rect, Theme::color(Token::Hover));
        const QColor color = workbench::connectionColor(profile);
        painter->fillRect(QRect(option.rect.left(), option.rect.top() + 8, 3, option.rect.height() - 16), color);
        const QRect area = option.rect.adjusted(metrics::Around, 0, -metrics::Between, 0);
        const QFontMetrics big(Theme::font()), small(Theme::smallFont());
        const int top = area.top() + (area.height() - big.height() - small.height() - 2) / 2;
        int right = area.right();
        const QString word = workbench::environmentWord(workbench::environmentOf(profile.environment));
        if (!word.isEmpty()) {
            painter->setFont(Theme::smallFont());
            painter->setPen(color);
            const int width = small.horizontalAdvance(word);
            painter->drawText(QRect(right - width, top, width, big.height()), Qt::AlignVCenter, word);
            right -= width + metrics::Between;
        }
        painter->setFont(selected ? Theme::strongFont() : Theme::font());
        painter->setPen(Theme::color(Token::Text));
        const QString name = profile.name.isEmpty() ? profile.slug : profile.name;
        painter->drawText(QRect(area.left(), top, right - area.left(), big.height()), Qt::AlignVCenter,
                          QFontMetrics(painter->font()).elidedText(name, Qt::ElideRight, right - area.left()));
        painter->setFont(Theme::smallFont());
        painter->setPen(Theme::color(Token::Muted));
        QString below = profile.servers.value(0);
        if (m_model.isDefault(index.row()))
            below = ConnectionList::tr("default · %1").arg(below);
        painter->drawText(QRect(area.left(), top + big.height() + 2, area.width(), small.height()), Qt::AlignVCenter,
                          small.elidedText(below, Qt::ElideMiddle, area.width()));
        if (option.state & QStyle::State_HasFocus) {
            painter->setPen(QPen(Theme::color(Token::Accent), 2));
            painter->drawRect(option.rect.adjusted(1, 1, -1, -1));
        }
        painter->restore();
    }

private:
    const ConnectionListModel &m_model;
};

} // namespace

ConnectionList::ConnectionList(QWidget *parent)
    : QListView(parent)
    , m_model(new ConnectionListModel(this))
{
    setObjectName(u"connectionList"_s);
    setFrameShape(QFrame::NoFrame);
    setModel(m_model);
    setItemDelegate(new ConnectionDelegate(*m_model, this));
    setUniformItemSizes(true);
    setMouseTracking(true);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setDragDropMode(QAbstractItemView::DragDrop);
    setDefaultDropAction(Qt::MoveAction);
    setDropIndicatorShown(true);
    connect(this, &QListView::doubleClicked, this,
            [this](const QModelIndex &index) { Q_EMIT opened(m_model->profiles().at(index.row()).slug); });
}

void ConnectionList::setProfiles(const QList<Profile> &profiles, const QString &defaultSlug)
{
    const QString before = currentSlug();
    m_filling = true;
    m_model->set(profiles, defaultSlug);
    m_filling = false;
    setCurrentSlug(before);
}

QString ConnectionList::currentSlug() const
{
    const int row = currentIndex().row();
    return row >= 0 && row < m_model->rowCount() ? m_model->profiles().at(row).slug : QString();
}

void ConnectionList::setCurrentSlug(const QString &slug)
{
    m_filling = true;
    int found = -1;
    for (int row = 0; row < m_model->rowCount(); ++row)
        if (m_model->profiles().at(row).slug == slug && !slug.isEmpty())
            found = row;
    setCurrentIndex(found < 0 ? QModelIndex() : m_model->index(found));
    if (found < 0)
        clearSelection();
    m_filling = false;
}

void ConnectionList::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        if (const QString slug = currentSlug(); !slug.isEmpty())
            Q_EMIT opened(slug);
        return;
    }
    if (event->modifiers() == Qt::AltModifier && (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down)) {
        Q_EMIT moveRequested(event->key() == Qt::Key_Up ? -1 : 1);
        return;
    }
    QListView::keyPressEvent(event);
}

void ConnectionList::dropEvent(QDropEvent *event)
{
    const QByteArray slug = event->mimeData()->data(DragType);
    if (slug.isEmpty())
        return;
    const QPoint at = event->position().toPoint();
    const QModelIndex under = indexAt(at);
    const int row = !under.isValid() ? m_model->rowCount() : under.row() + (at.y() > visualRect(under).center().y() ? 1 : 0);
    // The store moves it, not the model: as a copy nothing is taken out here.
    event->setDropAction(Qt::CopyAction);
    event->accept();
    stopAutoScroll();
    setState(NoState);
    viewport()->update();
    Q_EMIT dropped(QString::fromUtf8(slug), row);
}

void ConnectionList::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QListView::currentChanged(current, previous);
    if (!m_filling && current.isValid())
        Q_EMIT chosen(m_model->profiles().at(current.row()).slug);
}

} // namespace ui::connection
