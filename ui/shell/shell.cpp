// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/shell.h"

#include "core/guard/guard.h"
#include "core/profiles/profilestore.h"
#include "core/profiles/settings.h"
#include "core/store/home.h"
#include "ui/common/altkeys.h"
#include "ui/common/theme.h"
#include "ui/common/usualkeys.h"
#include "ui/config/configfeature.h"
#include "ui/connection/connectionspage.h"
#include "ui/settings/settingspage.h"
#include "ui/shell/bookmarkspage.h"
#include "ui/shell/ledgerpage.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/planpage.h"
#include "ui/shell/startpage.h"
#include "ui/shell/tabarea.h"
#include "ui/shell/tourrunner.h"

#include <QApplication>
#include <QJsonArray>
#include <QJsonObject>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace ui::shell {

using core::profiles::Setting;
using workbench::PageKind;
using workbench::PageRequest;
using workbench::Workbench;

Shell::Shell(workbench::Services &services, Hooks hooks, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_hooks(std::move(hooks))
    , m_connections(services)
    , m_basket(services.home.path())
    , m_bookmarks(services.settings)
    , m_saveTimer(new QTimer(this))
{
    qApp->installEventFilter(new AltKeys(this));
    qApp->installEventFilter(new UsualKeys(this));
    m_saveTimer->setSingleShot(true);
    m_saveTimer->setInterval(1000);
    connect(m_saveTimer, &QTimer::timeout, this, &Shell::saveSession);
    m_activity.follow(m_services.guard, [this](const workbench::Subject &subject) { return m_connections.pathText(subject); });
    registerPages();
    connect(&m_services.settings, &core::profiles::Settings::changed, this, &Shell::settingChanged);
    connect(&m_basket, &core::guard::PlanBasket::changed, this, [this] { Q_EMIT m_pages.countChanged(u"plan"_s); });
    connect(&m_basket, &core::guard::PlanBasket::saveFailed, this, [this](const core::Error &error) {
        if (MainWindow *window = activeWindow())
            window->workbench().notifyError(error, tr("The plan lasts only until the program ends"));
    });
}

Shell::~Shell()
{
    qDeleteAll(std::exchange(m_windows, {}));
}

void Shell::registerPages()
{
    m_pages.add({.id = u"start"_s,
                 .title = [] { return StartPage::tr("Start"); },
                 .icon = Icon::Application,
                 .needsConnection = false,
                 .make = [this](Workbench &workbench, const PageRequest &) -> workbench::Page * {
                     return new StartPage(workbench, m_connections);
                 }});
    m_pages.add({.id = u"ledger"_s,
                 .title = [] { return LedgerPage::tr("Ledger"); },
                 .icon = Icon::Ledger,
                 .place = PageKind::Place::Tools,
                 .order = 80,
                 .needsConnection = false,
                 .make = [](Workbench &workbench, const PageRequest &) -> workbench::Page * { return new LedgerPage(workbench); }});
    m_pages.add(
        {.id = u"plan"_s,
         .title = [] { return PlanPage::tr("Plan"); },
         .icon = Icon::Plan,
         .place = PageKind::Place::Tools,
         .order = 70,
         .needsConnection = false,
         .make = [this](Workbench &workbench, const PageRequest &) -> workbench::Page * { return new PlanPage(workbench, m_basket); },
         .count = [this](Workbench &) { return m_basket.count() > 0 ? std::optional<qint64>(m_basket.count()) : std::nullopt; }});
    m_pages.add({.id = u"bookmarks"_s,
                 .title = [] { return BookmarksPage::tr("Bookmarks"); },
                 .icon = Icon::Bookmarks,
                 .place = PageKind::Place::Bookmarks,
                 .order = 0,
                 .needsConnection = false,
                 .make = [this](Workbench &workbench, const PageRequest &) -> workbench::Page * {
                     return new BookmarksPage(workbench, m_bookmarks);
                 }});
    config::registerPages(m_pages);
    connection::registerPages(m_pages);
    settings::registerPages(m_pages);
}

MainWindow *Shell::newWindow()
{
    auto *window = new MainWindow(*this);
    m_windows.append(window);
    connect(window, &MainWindow::closing, this, [this, window] { windowClosed(window); });
    connect(window, &MainWindow::stateChanged, this, &Shell::saveSessionSoon);
    return window;
}

MainWindow *Shell::start(const StartRequest &request)
{
    m_request = request;
    const QJsonObject session = m_services.settings.object(Setting::WindowState);
    const bool restore = m_services.settings.isOn(Setting::OpenLastTabs);
    const QJsonArray windows = session.value("windows"_L1).toArray();
    MainWindow *first = newWindow();
    QJsonObject state = windows.isEmpty() ? QJsonObject() : windows.first().toObject();
    if (!restore)
        state.remove(u"tabs"_s);
    first->restore(state);
    connect(first, &MainWindow::firstPainted, this, &Shell::afterFirstPicture, Qt::QueuedConnection);
    first->show();
    if (restore) {
        for (qsizetype i = 1; i < std::min<qsizetype>(windows.size(), 4); ++i) {
            MainWindow *other = newWindow();
            other->restore(windows.at(i).toObject());
            connect(other, &MainWindow::firstPainted, other, &MainWindow::start, Qt::QueuedConnection);
            other->show();
        }
    }
    return first;
}

void Shell::afterFirstPicture()
{
    MainWindow *first = m_windows.value(0);
    if (!first)
        return;
    apply(m_request, *first);
    first->start();
    if (const auto loaded = m_basket.load(); !loaded)
        first->workbench().notifyError(loaded.error(), tr("The plan of last time cannot be read"));
    m_services.profiles.watch();
    m_services.settings.watch();
    // What a crash left open is looked after as soon as its connection stands (Connections); what needs no connection now.
    m_services.guard.settle();
}

void Shell::apply(const StartRequest &request, MainWindow &window)
{
    if (!request.profile.isEmpty()) {
        if (const auto profile = m_services.profiles.findByName(request.profile)) {
            window.setCurrent({profile->slug, core::nacos::ConfigKey::canonicalNamespace(profile->defaultNamespace)});
        } else {
            window.workbench().notifyError({core::Error::Kind::NotFound, u"no connection %1"_s.arg(request.profile), 0, false},
                                           tr("There is no connection “%1”").arg(request.profile));
        }
    }
    if (request.practice == StartRequest::Practice::Start) {
        const core::Address address = request.address;
        const QPointer<MainWindow> target = &window;
        // A session that is on the practice registry stays as it was left.
        const bool there = window.tabs().count() > 0 && window.tabs().currentSubject().profile == core::profiles::PracticeServers::slug();
        m_connections.startPractice()->then(this, [this, target, address, there](const core::Result<QString> &slug) {
            if (!target)
                return;
            if (!slug) {
                // Said already by the page to begin with, or by the window where it is the home's fault.
                if (m_services.home.state() == core::store::Home::State::Ready &&
                    target->tabs().kindAt(target->tabs().currentIndex()) != u"start"_s)
                    target->workbench().notifyError(slug.error(), tr("The practice registry did not start"));
                return;
            }
            if (!address.isEmpty())
                target->workbench().openAddress(address);
            else if (!there)
                target->setCurrent({*slug, u"public"_s});
        });
        return;
    }
    if (!request.address.isEmpty())
        window.workbench().openAddress(request.address);
}

void Shell::take(const StartRequest &request)
{
    MainWindow *window = activeWindow();
    if (!window)
        return;
    if (window->isMinimized())
        window->showNormal();
    window->raise();
    window->activateWindow();
    apply(request, *window);
}

MainWindow *Shell::activeWindow() const
{
    for (MainWindow *window : m_windows)
        if (window->isActiveWindow())
            return window;
    return m_windows.isEmpty() ? nullptr : m_windows.last();
}

void Shell::windowClosed(MainWindow *window)
{
    // The last window's tabs are the session; a window closed while others stay is not part of it any more. At the end all windows are,
    // as they were before the first of them closed.
    if (m_windows.size() == 1 && !m_ending)
        saveSession();
    m_windows.removeAll(window);
    window->deleteLater();
    if (m_windows.isEmpty())
        Q_EMIT ended();
    else if (!m_ending)
        saveSessionSoon();
}

void Shell::quit()
{
    m_ending = true;
    saveSession();
    m_saveTimer->stop();
    const QList<MainWindow *> all = m_windows;
    for (MainWindow *window : all)
        window->closeAsking();
}

void Shell::stay()
{
    m_ending = false;
}

void Shell::endNow()
{
    m_ending = true;
    saveSession();
    m_saveTimer->stop();
    const QList<MainWindow *> all = m_windows;
    for (MainWindow *window : all)
        window->closeKept();
    if (all.isEmpty())
        Q_EMIT ended();
}

void Shell::keep()
{
    saveSession();
    std::ignore = m_services.settings.flush();
    for (const MainWindow *window : std::as_const(m_windows))
        window->tabs().keepAll([] {});
}

void Shell::saveSessionSoon()
{
    if (!m_ending && !m_saveTimer->isActive())
        m_saveTimer->start();
}

void Shell::saveSession()
{
    QJsonArray windows;
    for (const MainWindow *window : std::as_const(m_windows))
        windows.append(window->save());
    if (!windows.isEmpty())
        m_services.settings.set(Setting::WindowState, QJsonObject{{u"windows"_s, windows}});
}

void Shell::openEveryPage()
{
    MainWindow *window = m_windows.value(0);
    if (!window)
        return;
    for (const PageKind &kind : m_pages.all())
        if (!kind.needsConnection || !window->current().profile.isEmpty())
            window->openPage({.kind = kind.id, .subject = window->current()}, Workbench::Where::HereOrExisting);
}

void Shell::settingChanged(Setting key)
{
    const core::profiles::Settings &settings = m_services.settings;
    switch (key) {
    case Setting::Theme: {
        const QString name = settings.text(Setting::Theme);
        Theme::setAppearance(name == "dark"_L1 ? Appearance::Dark : name == "light"_L1 ? Appearance::Light : Appearance::System);
        break;
    }
    case Setting::Language:
        if (m_hooks.setLanguage)
            m_hooks.setLanguage(settings.text(Setting::Language));
        break;
    case Setting::ReducedMotion:
        Theme::setMotion(settings.isOn(Setting::ReducedMotion) ? Theme::Motion::Reduced : Theme::Motion::Desktop);
        break;
    case Setting::Shortcuts:
        for (MainWindow *window : std::as_const(m_windows))
            window->takeShortcuts();
        return;
    default:
        return;
    }
    for (MainWindow *window : std::as_const(m_windows))
        Q_EMIT window->workbench().appearanceChanged();
}

workbench::TourScript Shell::tourScript() const
{
    workbench::TourScript script;
    addOpeningSteps(script);
    config::addTourSteps(script);
    addClosingSteps(script);
    return script;
}

} // namespace ui::shell
