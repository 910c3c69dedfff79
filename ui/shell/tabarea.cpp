// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/tabarea.h"

#include "core/guard/unlocks.h"
#include "ui/common/errortext.h"
#include "ui/common/statepage.h"
#include "ui/common/widgets.h"
#include "ui/shell/connections.h"
#include "ui/workbench/subjecttext.h"
#include "ui/workbench/unreadable.h"

#include <QEvent>
#include <QJsonObject>
#include <QMouseEvent>
#include <QPointer>
#include <QStackedWidget>
#include <QTabBar>
#include <QTimer>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui::shell {

using workbench::Page;
using workbench::PageKind;
using workbench::PageRequest;
using workbench::Subject;

struct TabArea::Tab {
    PageRequest request;
    QString title;      // while there is no page
    StatePage *frame{}; // what the stack holds; its content is the page
    QPointer<Page> page;
};

TabArea::TabArea(const Collaborators &collaborators, QWidget *parent)
    : QWidget(parent)
    , m_with(collaborators)
    , m_bar(new QTabBar(this))
    , m_stack(new QStackedWidget(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_bar->setObjectName(u"tabBar"_s);
    m_bar->setAccessibleName(tr("Open pages"));
    m_bar->setDocumentMode(true);
    m_bar->setDrawBase(false);
    m_bar->setExpanding(false);
    m_bar->setMovable(true);
    m_bar->setTabsClosable(true);
    m_bar->setUsesScrollButtons(true);
    m_bar->setElideMode(Qt::ElideNone); // it would count the part after the tab character wrongly; refreshTab() shortens
    m_bar->setIconSize({metrics::ListIcon, metrics::ListIcon});
    m_bar->setContextMenuPolicy(Qt::CustomContextMenu);
    m_bar->setFocusPolicy(Qt::TabFocus);
    m_bar->installEventFilter(this);
    layout->addWidget(m_bar);
    layout->addWidget(new Separator(Qt::Horizontal, this));
    layout->addWidget(m_stack, 1);

    connect(m_stack, &QStackedWidget::currentChanged, this, [this] { setFocusProxy(m_stack->currentWidget()); });
    connect(m_bar, &QTabBar::tabCloseRequested, this, &TabArea::close);
    connect(&m_with.workbench.services().unlocks, &core::guard::Unlocks::changed, this, &TabArea::refreshAll);
    connect(m_bar, &QTabBar::currentChanged, this, &TabArea::activate);
    connect(m_bar, &QTabBar::tabMoved, this, [this](int from, int to) {
        if (m_moving)
            return;
        auto moved = std::move(m_tabs[size_t(from)]);
        m_tabs.erase(m_tabs.begin() + from);
        m_tabs.insert(m_tabs.begin() + to, std::move(moved));
        Q_EMIT stateChanged();
    });
    connect(m_bar, &QWidget::customContextMenuRequested, this, [this](const QPoint &at) {
        if (const int index = m_bar->tabAt(at); index >= 0)
            Q_EMIT menuRequested(index, m_bar->mapToGlobal(at));
    });
    connect(&m_with.connections, &Connections::aboutToDrop, this, [this](const QString &profile) {
        for (const auto &each : m_tabs)
            if (each->page && each->page->subject().profile == profile)
                dropPage(*each);
    });
    connect(&m_with.connections, &Connections::changed, this, [this](const QString &profile) {
        const int index = currentIndex();
        if (Tab *current = tab(index); current && !current->page && current->request.subject.profile == profile)
            activate(index);
    });
    connect(&m_with.connections, &Connections::profilesChanged, this, &TabArea::refreshAll);
}

TabArea::~TabArea()
{
    // Pages go while the workbench they refer to is still whole.
    for (const auto &each : m_tabs)
        delete each->page;
}

int TabArea::count() const
{
    return int(m_tabs.size());
}

int TabArea::currentIndex() const
{
    return m_bar->currentIndex();
}

TabArea::Tab *TabArea::tab(int index) const
{
    return index >= 0 && index < count() ? m_tabs.at(size_t(index)).get() : nullptr;
}

int TabArea::indexOf(const Page *page) const
{
    for (int index = 0; index < count(); ++index)
        if (m_tabs.at(size_t(index))->page == page)
            return index;
    return -1;
}

int TabArea::indexOf(const Tab *wanted) const
{
    for (int index = 0; index < count(); ++index)
        if (m_tabs.at(size_t(index)).get() == wanted)
            return index;
    return -1;
}

Page *TabArea::pageAt(int index) const
{
    const Tab *at = tab(index);
    return at ? at->page.data() : nullptr;
}

Page *TabArea::currentPage() const
{
    return pageAt(currentIndex());
}

QList<Page *> TabArea::pages() const
{
    QList<Page *> all;
    for (const auto &each : m_tabs)
        if (each->page)
            all.append(each->page);
    return all;
}

Subject TabArea::subjectAt(int index) const
{
    const Tab *at = tab(index);
    if (!at)
        return {};
    return at->page ? at->page->subject() : at->request.subject;
}

Subject TabArea::currentSubject() const
{
    return subjectAt(currentIndex());
}

QString TabArea::kindAt(int index) const
{
    const Tab *at = tab(index);
    return at ? at->request.kind : QString();
}

core::Address TabArea::addressAt(int index) const
{
    const Tab *at = tab(index);
    if (!at)
        return {};
    return at->page ? at->page->address() : at->request.address;
}

Icon TabArea::iconAt(int index) const
{
    const Tab *at = tab(index);
    if (at && at->page)
        return at->page->icon();
    const PageKind *kind = at ? m_with.workbench.pages().find(at->request.kind) : nullptr;
    return kind ? kind->icon : Icon::Tab;
}

QString TabArea::titleAt(int index) const
{
    const Tab *at = tab(index);
    if (!at)
        return {};
    if (at->page)
        return at->page->title();
    if (!at->request.address.isEmpty())
        return workbench::nameOf(at->request.address);
    const PageKind *kind = m_with.workbench.pages().find(at->request.kind);
    return kind && kind->title ? kind->title() : at->title;
}

QString TabArea::pathAt(int index) const
{
    return m_with.workbench.pathText(subjectAt(index));
}

bool TabArea::isModifiedAt(int index) const
{
    const Page *page = pageAt(index);
    return page && page->isModified();
}

QList<int> TabArea::recentOrder() const
{
    QList<int> order;
    for (const Tab *each : m_recent)
        if (const int index = indexOf(each); index >= 0)
            order.append(index);
    for (int index = 0; index < count(); ++index)
        if (!order.contains(index))
            order.append(index);
    return order;
}

int TabArea::find(const PageRequest &request) const
{
    int sameConnection = -1;
    for (int index = 0; index < count(); ++index) {
        if (!request.address.isEmpty()) {
            if (addressAt(index) == request.address)
                return index;
            continue;
        }
        const Tab &each = *m_tabs.at(size_t(index));
        if (each.request.kind != request.kind || !addressAt(index).isEmpty() || each.request.parameters != request.parameters)
            continue;
        const Subject subject = subjectAt(index);
        if (subject == request.subject || request.subject.profile.isEmpty())
            return index;
        if (subject.profile == request.subject.profile && (!each.page || each.page->follows() == Page::Follows::Namespace))
            sameConnection = index;
    }
    return sameConnection;
}

int TabArea::open(const PageRequest &request, Activate how)
{
    const int known = find(request);
    if (known < 0)
        return openNew(request, how);
    Tab &at = *tab(known);
    if (request.address.isEmpty() && !request.subject.profile.isEmpty() && !(subjectAt(known) == request.subject)) {
        at.request.subject = request.subject;
        if (at.page)
            at.page->setSubject(request.subject);
        refreshTab(known);
    }
    if (at.page && !request.state.isEmpty())
        at.page->restoreState(request.state);
    if (how == Activate::Now)
        setCurrentIndex(known);
    return known;
}

int TabArea::openNew(const PageRequest &request, Activate how)
{
    PageRequest whole = request;
    const workbench::PageRegistry &kinds = m_with.workbench.pages();
    const PageKind *kind = whole.kind.isEmpty() ? kinds.forAddress(whole.address) : kinds.find(whole.kind);
    if (!kind)
        return -1;
    whole.kind = kind->id;
    if (whole.subject.profile.isEmpty() && !whole.address.isEmpty())
        whole.subject = {whole.address.profile(), whole.address.space() == u"-"_s ? QString() : whole.address.space()};
    auto fresh = std::make_unique<Tab>();
    fresh->request = whole;
    fresh->frame = new StatePage(m_stack);
    m_stack->addWidget(fresh->frame);
    const int place = count() == 0 ? 0 : currentIndex() + 1;
    m_tabs.insert(m_tabs.begin() + place, std::move(fresh));
    {
        const QSignalBlocker quiet(m_bar);
        m_bar->insertTab(place, QString());
    }
    refreshTab(place);
    Q_EMIT tabsChanged();
    if (how == Activate::Now) {
        setCurrentIndex(place);
    }
    Q_EMIT stateChanged();
    return place;
}

void TabArea::setCurrentIndex(int index)
{
    if (index == currentIndex())
        activate(index);
    else
        m_bar->setCurrentIndex(index);
}

void TabArea::activate(int index)
{
    Tab *now = tab(index);
    if (!now) {
        Q_EMIT currentChanged(-1);
        return;
    }
    m_recent.removeAll(now);
    m_recent.prepend(now);
    const bool walking = m_bar->hasFocus(); // with the arrow keys from tab to tab
    if (!now->page)
        makePage(*now);
    const bool fresh = !now->frame->focusWidget(); // the stack would take its first button
    m_stack->setCurrentWidget(now->frame);
    if (fresh)
        now->frame->setFocus(Qt::OtherFocusReason);
    if (now->page)
        now->page->activated();
    else
        showPlaceholder(*now);
    walking ? m_bar->setFocus(Qt::OtherFocusReason) : focusPage();
    Q_EMIT currentChanged(index);
    Q_EMIT stateChanged();
}

void TabArea::makePage(Tab &tab)
{
    const PageKind *kind = m_with.workbench.pages().find(tab.request.kind);
    if (!kind || !kind->make)
        return;
    if (kind->needsConnection && !m_with.connections.registry(tab.request.subject.profile))
        return;
    if (tab.page) // asking for the connection has opened it, and told so: the page was made there
        return;
    Page *page = kind->make(m_with.workbench, tab.request);
    if (!page)
        return;
    tab.page = page;
    page->setSubject(tab.request.subject);
    tab.frame->setContent(page);
    tab.frame->showContent();
    if (!tab.request.state.isEmpty())
        page->restoreState(tab.request.state);
    tab.request.state = {};
    connect(page, &Page::faceChanged, this, [this, page] {
        if (const int index = indexOf(page); index >= 0) {
            m_tabs.at(size_t(index))->request.subject = page->subject();
            refreshTab(index);
            if (page == currentPage())
                Q_EMIT faceChanged();
            Q_EMIT stateChanged();
        }
    });
    connect(page, &Page::detailChanged, this, [this, page] {
        if (page == currentPage())
            Q_EMIT detailChanged();
    });
    connect(page, &Page::statusChanged, this, [this, page] {
        if (page == currentPage())
            Q_EMIT statusChanged();
    });
    connect(page, &Page::stateChanged, this, &TabArea::stateChanged);
    connect(
        page, &Page::closeNow, this, [this, page] { remove(indexOf(page)); }, Qt::QueuedConnection);
    refreshTab(indexOf(page));
}

void TabArea::remakePages()
{
    for (const auto &each : m_tabs)
        if (each->page && each->page->newLanguage() == Page::NewLanguage::MadeAnew)
            dropPage(*each);
    refreshAll();
    if (Tab *current = tab(currentIndex()); current && !current->page)
        activate(currentIndex());
    if (count() == 0 && m_nothing)
        showNothing();
}

void TabArea::dropPage(Tab &tab)
{
    tab.request.subject = tab.page->subject();
    tab.request.address = tab.page->address();
    tab.request.state = tab.page->saveState();
    tab.title = tab.page->title();
    delete tab.page;
    auto *frame = new StatePage(m_stack);
    const bool shown = m_stack->currentWidget() == tab.frame;
    m_stack->addWidget(frame);
    if (shown)
        m_stack->setCurrentWidget(frame);
    tab.frame->deleteLater();
    tab.frame = frame;
    showPlaceholder(tab);
    if (shown) {
        Q_EMIT detailChanged();
        Q_EMIT statusChanged();
    }
}

void TabArea::showPlaceholder(Tab &tab)
{
    const QString profile = tab.request.subject.profile;
    const auto connectNow = [this, profile] { m_with.connections.reconnect(profile); };
    if (const auto error = m_with.connections.problem(profile)) {
        workbench::showUnreadable(*tab.frame, m_with.workbench,
                                  {profile, *error, tr("Cannot connect to %1").arg(m_with.connections.displayName(profile))}, connectNow);
    } else if (m_with.connections.isHeldClosed(profile)) {
        tab.frame->showEmpty(
            {Icon::Disconnect, tr("%1 is not connected.").arg(m_with.connections.displayName(profile)), tr("Connect"), connectNow, {}});
    } else {
        tab.frame->showLoading(tr("Connecting to %1 …").arg(m_with.connections.displayName(profile)));
    }
}

void TabArea::refreshAll()
{
    for (int index = 0; index < count(); ++index)
        refreshTab(index);
    Q_EMIT faceChanged();
}

bool TabArea::resubject(const Subject &subject)
{
    const int index = currentIndex();
    Tab *now = tab(index);
    if (!now || !now->page || now->page->follows() != Page::Follows::Namespace)
        return false;
    if (now->page->subject().profile != subject.profile) {
        // Another connection: the page is made anew, with the same view state.
        if (!m_with.connections.registry(subject.profile) && !m_with.connections.isStarting(subject.profile))
            return false;
        dropPage(*now);
        now->request.subject = subject;
        refreshTab(index);
        activate(index);
        return true;
    }
    now->request.subject = subject;
    now->page->setSubject(subject);
    refreshTab(index);
    Q_EMIT stateChanged();
    return true;
}

void TabArea::close(int index)
{
    Tab *at = tab(index);
    if (!at)
        return;
    if (!at->page) {
        remove(index);
        return;
    }
    const QPointer<Page> page = at->page;
    page->requestClose([this, page](Page::Close answer) {
        if (page && answer == Page::Close::Now)
            remove(indexOf(page));
    });
}

void TabArea::remove(int index)
{
    Tab *at = tab(index);
    if (!at)
        return;
    if (addressAt(index).isEmpty() && at->request.kind.isEmpty())
        return;
    m_closed.prepend(requestAt(index));
    while (m_closed.size() > 20)
        m_closed.removeLast();
    m_recent.removeAll(at);
    const bool current = index == currentIndex();
    const int next = recentOrder().value(0, -1);
    auto gone = std::move(m_tabs[size_t(index)]);
    m_tabs.erase(m_tabs.begin() + index);
    {
        const QSignalBlocker quiet(m_bar);
        m_bar->removeTab(index);
    }
    delete gone->page;
    m_stack->removeWidget(gone->frame);
    gone->frame->deleteLater();
    if (count() == 0)
        showNothing();
    else if (current)
        setCurrentIndex(std::clamp(next > index ? next - 1 : next, 0, count() - 1));
    Q_EMIT tabsChanged();
    Q_EMIT stateChanged();
}

void TabArea::move(int from, int to)
{
    if (tab(from) && to >= 0 && to < count())
        m_bar->moveTab(from, to);
}

PageRequest TabArea::requestAt(int index) const
{
    const Tab *at = tab(index);
    if (!at)
        return {};
    PageRequest request = at->request;
    if (at->page) {
        request.subject = at->page->subject();
        request.address = at->page->address();
        request.state = at->page->saveState();
    }
    return request;
}

void TabArea::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange) {
        m_bar->setAccessibleName(tr("Open pages"));
        refreshAll();
    }
    if (event->type() == QEvent::LanguageChange)
        // Not while the event is still on its way through the pages.
        QTimer::singleShot(0, this, &TabArea::remakePages);
    QWidget::changeEvent(event);
}

bool TabArea::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_bar && event->type() == QEvent::MouseButtonRelease) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        if (mouse->button() == Qt::MiddleButton) {
            close(m_bar->tabAt(mouse->position().toPoint()));
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace ui::shell
