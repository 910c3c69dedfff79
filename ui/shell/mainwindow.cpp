// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/mainwindow.h"

#include "core/base/missingsecret.h"
#include "core/guard/unlocks.h"
#include "core/profiles/settings.h"
#include "ui/common/clipboard.h"
#include "ui/common/messagebar.h"
#include "ui/common/widgets.h"
#include "ui/config/configfeature.h"
#include "ui/shell/activitypane.h"
#include "ui/shell/bookmarklookup.h"
#include "ui/shell/connections.h"
#include "ui/shell/enterpassword.h"
#include "ui/shell/logpane.h"
#include "ui/shell/navigation.h"
#include "ui/shell/palette.h"
#include "ui/shell/shell.h"
#include "ui/shell/shellworkbench.h"
#include "ui/shell/statusline.h"
#include "ui/shell/tabarea.h"
#include "ui/shell/tabswitcher.h"
#include "ui/shell/topbar.h"
#include "ui/shell/windowcommands.h"
#include "ui/workbench/environment.h"
#include "ui/workbench/subjecttext.h"

#include <QCloseEvent>
#include <QJsonArray>
#include <QMenu>
#include <QMenuBar>
#include <QPainter>
#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui::shell {

using core::profiles::Setting;
using workbench::Page;
using workbench::PageKind;
using workbench::PageRequest;
using workbench::Subject;
using workbench::Workbench;

MainWindow::MainWindow(Shell &shell)
    : m_shell(shell)
    , m_workbench(std::make_unique<ShellWorkbench>(shell, *this))
{
    setObjectName(u"mainWindow"_s);
    setWindowIcon(Theme::icon(Icon::Application));
    resize(1280, 800);
    build();
    registerWindowCommands(*this);
    config::registerLookups(*m_workbench);
    m_workbench->lookups().add(std::make_unique<BookmarkLookup>(*m_workbench, m_shell.bookmarks()));
    for (const workbench::FeatureCommands &feature : m_shell.pages().commands())
        if (feature.add)
            feature.add(*m_workbench);
    buildMenus();
    takeShortcuts();
    retranslate();
    refreshConnection();
}

MainWindow::~MainWindow()
{
    // Pages refer to the workbench: they go first.
    delete m_palette;
    delete m_tabs;
}

Workbench &MainWindow::workbench() const
{
    return *m_workbench;
}

void MainWindow::build()
{
    auto *top = new QWidget(this);
    auto *topLayout = new QVBoxLayout(top);
    topLayout->setContentsMargins(0, 0, 0, 0);
    topLayout->setSpacing(0);
    m_strip = new EnvironmentStrip(top);
    auto *menus = new QMenuBar(top);
    menus->setObjectName(u"menuBar"_s);
    menus->setNativeMenuBar(false);
    m_topBar = new TopBar({*m_workbench, m_shell.connections(), m_shell.basket()}, top);
    topLayout->addWidget(m_strip);
    topLayout->addWidget(menus);
    topLayout->addWidget(m_topBar);
    setMenuWidget(top);

    auto *central = new QWidget(this);
    auto *layout = new QVBoxLayout(central);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_columns = new QSplitter(Qt::Horizontal, central);
    m_columns->setHandleWidth(1);
    m_columns->setChildrenCollapsible(false);
    m_navigation = new Navigation(*m_workbench, m_shell.bookmarks(), m_columns);
    auto *main = new QWidget(m_columns);
    auto *mainLayout = new QVBoxLayout(main);
    mainLayout->setContentsMargins(0, 0, 0, 0);
    mainLayout->setSpacing(0);
    m_bar = new MessageBar(main);
    m_bar->setObjectName(u"windowMessages"_s);
    m_rows = new QSplitter(Qt::Vertical, main);
    m_rows->setHandleWidth(1);
    m_rows->setChildrenCollapsible(false);
    m_center = new QSplitter(Qt::Horizontal, m_rows);
    m_center->setHandleWidth(1);
    m_center->setChildrenCollapsible(false);
    m_tabs = new TabArea({*m_workbench, m_shell.connections()}, m_center);
    m_tabs->setMinimumWidth(360); // no page pushes the pane beside it aside
    m_side = new QStackedWidget(m_center);
    m_side->setObjectName(u"sidePane"_s);
    m_side->setMinimumWidth(180);
    m_detailHome = new QWidget(m_side);
    m_side->setBackgroundRole(QPalette::Base);
    m_side->setAutoFillBackground(true);
    auto *detailLayout = new QVBoxLayout(m_detailHome);
    detailLayout->setContentsMargins(0, 0, 0, 0);
    m_side->addWidget(m_detailHome);
    m_side->hide();
    m_center->addWidget(m_tabs);
    m_center->addWidget(m_side);
    m_center->setStretchFactor(0, 1);
    m_center->setStretchFactor(1, 0);
    m_center->setSizes({860, m_detailWidth});
    m_center->setCollapsible(1, true); // drawn shut at its edge
    m_center->handle(1)->installEventFilter(this);
    m_rows->addWidget(m_center);
    m_rows->setStretchFactor(0, 1);
    mainLayout->addWidget(m_rows, 1);
    // Below the pages: what comes and goes by itself must not push them down.
    m_bar->setEdge(Qt::TopEdge);
    mainLayout->addWidget(m_bar);
    main->setFocusProxy(m_tabs);
    m_columns->addWidget(m_navigation);
    m_columns->addWidget(main);
    m_columns->setStretchFactor(0, 0);
    m_columns->setStretchFactor(1, 1);
    m_columns->setSizes({180, 1100});
    layout->addWidget(m_columns, 1);
    m_status = new StatusLine(m_shell.services(), central);
    layout->addWidget(m_status);
    setCentralWidget(central);

    connect(m_tabs, &TabArea::currentChanged, this, &MainWindow::currentTabChanged);
    connect(m_tabs, &TabArea::faceChanged, this, &MainWindow::refreshFace);
    connect(m_tabs, &TabArea::detailChanged, this, &MainWindow::refreshDetail);
    connect(m_tabs, &TabArea::statusChanged, this, [this] {
        const Page *page = m_tabs->currentPage();
        m_status->setPageText(page ? page->statusText() : QString());
        m_actions.refresh();
    });
    connect(m_tabs, &TabArea::stateChanged, this, [this] {
        m_actions.refresh();
        Q_EMIT stateChanged();
    });
    connect(m_tabs, &TabArea::menuRequested, this, &MainWindow::tabMenu);
    const auto choose = [this](Workbench::Where where) {
        return [this, where](const QString &kind) { openPage({.kind = kind, .subject = m_current}, where); };
    };
    connect(m_navigation, &Navigation::chosen, this, choose(Workbench::Where::HereOrExisting));
    connect(m_navigation, &Navigation::chosenElsewhere, this, choose(Workbench::Where::NewTab));
    connect(m_topBar, &TopBar::searchRequested, this, [this] { openPalette(); });
    connect(m_topBar, &TopBar::planRequested, this, [this] {
        m_bar->close(u"collected"_s);
        openPage({.kind = u"plan"_s}, Workbench::Where::HereOrExisting);
    });
    connect(m_topBar, &TopBar::activityRequested, this, &MainWindow::toggleActivity);
    connect(m_status, &StatusLine::logRequested, this, &MainWindow::toggleLog);
    connect(m_status, &StatusLine::lockRequested, this, [this] {
        const bool open = m_shell.connections().lock(m_current.profile).state == LockFace::State::Unlocked;
        if (QAction *action = m_actions.action(open ? u"connection.lock"_s : u"connection.unlock"_s))
            action->trigger();
    });
    connect(m_status, &StatusLine::secretsRequested, this, [this] {
        openPage({.kind = u"settings"_s, .state = {{u"section"_s, u"secrets"_s}}}, Workbench::Where::HereOrExisting);
    });
    connect(m_status, &StatusLine::connectionRequested, this, [this] {
        const auto face = m_shell.connections().face(m_current.profile);
        if (face.error && core::isMissingSecret(*face.error) && usesPassword(*this, m_current.profile))
            return enterPassword(*this, m_current.profile);
        if (!m_current.profile.isEmpty())
            openPage({.kind = u"connections"_s, .state = {{u"profile"_s, m_current.profile}}}, Workbench::Where::HereOrExisting);
    });
    connect(m_status, &StatusLine::problemsRequested, this, [this] {
        const QStringList problems = m_status->problems();
        for (const QString &problem : problems)
            m_bar->show({.state = StateColor::Warning, .text = problem, .id = problem});
    });
    connect(&m_shell.services().unlocks, &core::guard::Unlocks::changed, this, &MainWindow::refreshConnection);
    connect(&m_shell.connections(), &Connections::changed, this, &MainWindow::refreshConnection);
    connect(&m_shell.connections(), &Connections::profilesChanged, this, [this] {
        refreshConnection();
        m_actions.refresh();
    });
    connect(&m_actions, &ActionRegistry::keysChanged, this, [this] { retranslate(); });
}

void MainWindow::buildMenus()
{
    auto *bar = findChild<QMenuBar *>(u"menuBar"_s);
    const QList<QAction *> old = bar->actions();
    for (QAction *action : old)
        delete action->menu();
    bar->clear();
    using workbench::MenuPlace;
    const QList<MenuDescription> menus = windowMenus(*this);
    for (const MenuDescription &description : menus) {
        QMenu *menu = bar->addMenu(description.title);
        menu->setObjectName(description.objectName);
        m_actions.populate(menu, description.commands);
        for (const workbench::FeatureCommands &feature : m_shell.pages().commands()) {
            for (const auto &[place, ids] : feature.menus) {
                if (!description.place || place != *description.place)
                    continue;
                if (!menu->isEmpty())
                    menu->addSeparator();
                m_actions.populate(menu, ids);
            }
            bool first = true;
            for (const workbench::FeatureCommands::Submenu &below : feature.submenus) {
                if (!description.place || below.place != *description.place)
                    continue;
                if (std::exchange(first, false))
                    menu->addSeparator();
                m_actions.populate(menu->addMenu(below.title()), below.ids);
            }
        }
        if (!description.last.isEmpty()) {
            menu->addSeparator();
            m_actions.populate(menu, description.last);
        }
        connect(menu, &QMenu::aboutToShow, &m_actions, &ActionRegistry::refreshNow);
        connect(menu, &QMenu::aboutToShow, this, [this] { checkWindowCommands(*this); });
    }
}

void MainWindow::setCurrent(const Subject &subject)
{
    if (subject.profile.isEmpty())
        return;
    m_shell.connections().registry(subject.profile);
    m_current = subject;
    if (!m_tabs->resubject(subject)) {
        // An editor stays with what it shows; the list of the registry is opened beside it.
        for (const PageKind &kind : m_shell.pages().all()) {
            if (kind.place == PageKind::Place::Registry && kind.needsConnection) {
                const int start = m_tabs->kindAt(m_tabs->currentIndex()) == u"start"_s ? m_tabs->currentIndex() : -1;
                openPage({.kind = kind.id, .subject = subject}, Workbench::Where::HereOrExisting);
                if (start >= 0)
                    m_tabs->close(start);
                break;
            }
        }
    }
    refreshConnection();
    Q_EMIT m_workbench->currentChanged(m_current);
    m_actions.refresh();
    Q_EMIT stateChanged();
}

Page *MainWindow::openPage(const PageRequest &request, Workbench::Where where)
{
    PageRequest whole = request;
    const PageKind *kind = request.kind.isEmpty() ? m_shell.pages().forAddress(request.address) : m_shell.pages().find(request.kind);
    if (!kind)
        return nullptr;
    whole.kind = kind->id;
    if (kind->needsConnection && whole.subject.profile.isEmpty() && whole.address.isEmpty())
        whole.subject = m_current;
    if (!kind->needsConnection && whole.address.isEmpty())
        whole.subject = {};
    if (where == Workbench::Where::NewWindow) {
        MainWindow *other = m_shell.newWindow();
        other->m_current = m_current;
        other->m_started = true;
        other->show();
        other->m_tabs->openNew(whole);
        return nullptr;
    }
    const int index = where == Workbench::Where::NewTab ? m_tabs->openNew(whole) : m_tabs->open(whole);
    return m_tabs->pageAt(index);
}

void MainWindow::currentTabChanged()
{
    const int index = m_tabs->currentIndex();
    // What was done on a page is said there; of a page that closes by it (deleted), on the one after it.
    const QPointer<workbench::Page> left = std::exchange(m_shownPage, m_tabs->currentPage());
    if (left && left != m_shownPage)
        m_bar->closePassing();
    if (m_tabs->count() == 0) {
        m_navigation->setCurrentKind({});
        m_status->setPageText({});
        refreshDetail();
        refreshFace();
        QTimer::singleShot(0, this, &MainWindow::emptied);
        return;
    }
    m_navigation->setCurrentKind(m_tabs->kindAt(index));
    refreshFace();
    refreshDetail();
    const Page *page = m_tabs->currentPage();
    m_status->setPageText(page ? page->statusText() : QString());
    m_actions.refresh();
}

void MainWindow::emptied()
{
    if (m_tabs->count() > 0 || m_closeAgreed)
        return;
    if (m_current.profile.isEmpty())
        openPage({.kind = u"start"_s}, Workbench::Where::HereOrExisting);
    else
        refreshFace();
}

void MainWindow::refreshFace()
{
    const int index = m_tabs->currentIndex();
    const Subject subject = m_tabs->subjectAt(index);
    const Subject before = m_current;
    if (!subject.profile.isEmpty()) {
        m_current.profile = subject.profile;
        if (!subject.namespaceId.isEmpty())
            m_current.namespaceId = subject.namespaceId;
        else if (before.profile != subject.profile)
            m_current.namespaceId = u"public"_s;
    }
    refreshConnection();
    if (!(before == m_current))
        Q_EMIT m_workbench->currentChanged(m_current);
    QStringList parts;
    if (const Page *page = m_tabs->currentPage(); page && !page->longTitle().isEmpty())
        parts.append(page->longTitle());
    else if (index >= 0)
        parts.append(m_tabs->titleAt(index));
    if (!m_current.profile.isEmpty()) {
        const auto profile = m_shell.connections().profile(m_current.profile);
        const QString word = workbench::environmentWord(workbench::environmentOf(profile));
        const QString path = m_workbench->pathText(m_current);
        parts.append(word.isEmpty() ? path : u"%1 (%2)"_s.arg(path, word));
    }
    parts.append(u"Signalbox"_s);
    setWindowTitle((m_tabs->isModifiedAt(index) ? u"● "_s : QString()) + parts.join(u" — "_s));
}

void MainWindow::refreshConnection()
{
    const auto profile = m_shell.connections().profile(m_current.profile);
    const bool coloured = profile && (profile->environment != core::profiles::Environment::None || !profile->colour.isEmpty());
    m_strip->setColor(coloured ? workbench::connectionColor(profile) : QColor());
    m_topBar->setSubject(m_current);
    m_topBar->refresh();
    m_navigation->setSubject(m_current);
    m_status->setConnection(m_current.profile.isEmpty() ? QString() : m_shell.connections().displayName(m_current.profile),
                            m_shell.connections().face(m_current.profile), m_shell.connections().lock(m_current.profile));
    m_actions.refresh();
}

void MainWindow::refreshDetail()
{
    Page *page = m_tabs->currentPage();
    QWidget *wanted = page ? page->detail() : nullptr;
    if (m_detail != wanted || !m_detail) {
        if (m_detail) {
            m_detailHome->layout()->removeWidget(m_detail);
            m_detail->hide();
        }
        m_detail = wanted;
        m_detailOwner = page;
        if (wanted) {
            m_detailHome->layout()->addWidget(wanted);
            wanted->show();
            // The page owns it, but while docked it hangs here: it goes when the page goes.
            connect(page, &QObject::destroyed, wanted, &QObject::deleteLater, Qt::UniqueConnection);
        }
    }
    showSidePane(m_activityWanted ? SidePane::Activity : m_detailWanted && m_detail ? SidePane::Detail : SidePane::None);
}

void MainWindow::showSidePane(SidePane pane)
{
    if (pane == SidePane::Activity && !m_activity) {
        m_activity = new ActivityPane(*m_workbench, m_side);
        m_side->addWidget(m_activity);
        connect(m_activity, &ActivityPane::closeRequested, this, &MainWindow::toggleActivity);
    }
    if (pane == SidePane::None) {
        m_side->hide();
        m_sidePane = pane;
        return;
    }
    m_side->setCurrentWidget(pane == SidePane::Activity ? static_cast<QWidget *>(m_activity) : m_detailHome);
    m_side->show();
    // Each pane has the width it was given, whatever was shown between.
    if (std::exchange(m_sidePane, pane) != pane) {
        const int width = pane == SidePane::Activity ? m_activityWidth : m_detailWidth;
        const int all = m_center->width();
        const int fits = std::min(width, all / 2);
        if (fits == width || m_center->sizes().value(1) == 0)
            m_center->setSizes({all - fits - m_center->handleWidth(), fits});
    }
}

void MainWindow::takeShortcuts()
{
    QHash<QString, QStringList> own;
    const QJsonObject saved = m_shell.services().settings.object(Setting::Shortcuts);
    for (auto it = saved.begin(); it != saved.end(); ++it)
        own.insert(it.key(), it.value().toString().split(u"; "_s, Qt::SkipEmptyParts));
    if (m_actions.overrides() != own)
        m_actions.setOverrides(own);
}

void MainWindow::toggleBookmark()
{
    const int index = m_tabs->currentIndex();
    const core::Address address = m_tabs->linkAt(index);
    if (address.isEmpty())
        return;
    Bookmarks &bookmarks = m_shell.bookmarks();
    const bool marked = bookmarks.contains(address);
    if (marked)
        bookmarks.remove({address});
    else
        bookmarks.add({address, pageOf(address) ? QString() : m_tabs->titleAt(index)});
    m_bar->show({.state = StateColor::Ok,
                 .text = marked ? tr("The bookmark is removed.") : tr("Kept under Bookmarks."),
                 .closeAfter = std::chrono::seconds(4),
                 .id = u"bookmarks"_s});
}

void MainWindow::bookmarkSelection()
{
    const Page *page = m_tabs->currentPage();
    const QList<core::Address> addresses = page ? page->selectedAddresses() : QList<core::Address>();
    for (const core::Address &address : addresses)
        m_shell.bookmarks().add({address, workbench::nameOf(address)});
    if (!addresses.isEmpty())
        m_bar->show({.state = StateColor::Ok,
                     .text = tr("%n objects are kept under Bookmarks.", nullptr, int(addresses.size())),
                     .closeAfter = std::chrono::seconds(4),
                     .id = u"bookmarks"_s});
}

void MainWindow::toggleDetail()
{
    m_detailWanted = m_activityWanted || !m_side->isVisible() || !m_detailWanted;
    m_activityWanted = false;
    refreshDetail();
    m_actions.refresh();
    Q_EMIT stateChanged();
}

bool MainWindow::eventFilter(QObject *watched, QEvent *event)
{
    // Only what stands when the button is let go counts: on the way the pane gets narrow, and it may be drawn open again.
    if (event->type() == QEvent::MouseButtonRelease && watched == m_center->handle(1) && m_sidePane != SidePane::None) {
        if (const int width = m_center->sizes().value(1); width > 0)
            (m_sidePane == SidePane::Activity ? m_activityWidth : m_detailWidth) = width;
        else
            QMetaObject::invokeMethod(this, &MainWindow::shutSidePane, Qt::QueuedConnection);
    }
    return QMainWindow::eventFilter(watched, event);
}

/// What was drawn shut stays so: no other pane comes in its place.
void MainWindow::shutSidePane()
{
    m_activityWanted = false;
    m_detailWanted = m_detailWanted && !m_detail;
    refreshDetail();
    m_actions.refresh();
    Q_EMIT stateChanged();
}

void MainWindow::toggleActivity()
{
    m_activityWanted = !m_activityWanted;
    refreshDetail();
    if (m_activityWanted)
        m_activity->setFocus(Qt::OtherFocusReason);
    m_actions.refresh();
}

bool MainWindow::isActivityShown() const
{
    return m_activityWanted;
}

bool MainWindow::isLogShown() const
{
    return m_log && !m_log->isHidden();
}

void MainWindow::toggleLog()
{
    if (!m_log) {
        m_log = new LogPane(m_shell.services().log, m_shell.services().settings, m_rows);
        m_rows->addWidget(m_log);
        m_rows->setStretchFactor(1, 0);
        m_rows->setSizes({height() * 3 / 4, height() / 4});
        connect(m_log, &LogPane::closeRequested, this, &MainWindow::toggleLog);
        m_log->show();
    } else {
        m_log->setVisible(m_log->isHidden());
    }
    m_shell.services().settings.set(Setting::ShowLog, isLogShown());
    m_actions.refresh();
}

void MainWindow::openPalette(const QString &text)
{
    if (!m_palette)
        m_palette = new Palette(*m_workbench, this);
    m_actions.refreshNow();
    const SearchButton *anchor = m_topBar->search();
    m_palette->popup(Palette::Mode::Everything, {anchor->mapTo(this, QPoint()), anchor->size()}, text);
}

void MainWindow::openQuickOpen()
{
    if (!m_palette)
        m_palette = new Palette(*m_workbench, this);
    const SearchButton *anchor = m_topBar->search();
    m_palette->popup(Palette::Mode::QuickOpen, {anchor->mapTo(this, QPoint()), anchor->size()});
}

TabSwitcher &MainWindow::switcher()
{
    if (!m_switcher)
        m_switcher = new TabSwitcher(*m_tabs, this);
    return *m_switcher;
}

void MainWindow::tabMenu(int index, const QPoint &at)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(tr("&Close")), &QAction::triggered, this, [this, index] { m_tabs->close(index); });
    QAction *others = menu->addAction(tr("Close &others"));
    others->setEnabled(m_tabs->count() > 1);
    connect(others, &QAction::triggered, this, [this, index] { m_tabs->closeOthers(index); });
    menu->addSeparator();
    QAction *move = menu->addAction(Theme::icon(Icon::Window), tr("Open in a new &window"));
    const PageRequest request = m_tabs->requestAt(index);
    connect(move, &QAction::triggered, this, [this, request] { openPage(request, Workbench::Where::NewWindow); });
    const core::Address address = m_tabs->linkAt(index);
    connect(menu->addAction(Theme::icon(Icon::Link), tr("Copy &link")), &QAction::triggered, this,
            [address] { clipboard::copy(address.toString()); });
    Bookmarks &bookmarks = m_shell.bookmarks();
    const bool marked = bookmarks.contains(address);
    QAction *mark = menu->addAction(Theme::icon(Icon::Bookmark), marked ? tr("Remove &bookmark") : tr("&Bookmark"));
    const QString title = pageOf(address) ? QString() : m_tabs->titleAt(index);
    connect(mark, &QAction::triggered, this, [&bookmarks, marked, address, title] {
        if (marked)
            bookmarks.remove({address});
        else
            bookmarks.add({address, title});
    });
    menu->popup(at);
}

void MainWindow::retranslate()
{
    const QList<QKeySequence> keys = m_actions.keys(u"go.palette"_s);
    m_topBar->search()->setKeys(keys.isEmpty() ? QString() : keys.first().toString(QKeySequence::NativeText));
}

void MainWindow::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange && m_tabs) {
        retextWindowCommands(*this);
        buildMenus();
        retranslate();
        refreshFace();
        const Page *page = m_tabs->currentPage();
        m_status->setPageText(page ? page->statusText() : QString());
        Q_EMIT m_workbench->appearanceChanged();
    } else if (event->type() == QEvent::PaletteChange && m_tabs) {
        refreshConnection();
    }
    QMainWindow::changeEvent(event);
}

} // namespace ui::shell
