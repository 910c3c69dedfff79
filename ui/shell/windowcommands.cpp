// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/windowcommands.h"

#include "core/guard/unlocks.h"
#include "core/profiles/settings.h"
#include "ui/common/clipboard.h"
#include "ui/common/keysheet.h"
#include "ui/common/prompts.h"
#include "ui/connection/connectionspage.h"
#include "ui/shell/connections.h"
#include "ui/shell/editcommands.h"
#include "ui/shell/enterpassword.h"
#include "ui/shell/ledgerpage.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/shell.h"
#include "ui/shell/tabarea.h"
#include "ui/shell/tabswitcher.h"
#include "ui/shell/topbar.h"
#include "ui/shell/unlockdialog.h"
#include "ui/workbench/textsize.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace ui::shell {

using core::profiles::Setting;
using workbench::Page;
using workbench::PageKind;
using workbench::Subject;
using workbench::Workbench;

namespace {

/// The words of the commands; a class of its own so that lupdate finds their context.
class WindowCommands {
    Q_DECLARE_TR_FUNCTIONS(WindowCommands)
public:
    explicit WindowCommands(MainWindow &window)
        : w(window)
    {
    }
    void addAll()
    {
        addFile();
        addEditCommands(w);
        addEdit();
        addView();
        addGo();
        addConnection();
        addTools();
    }
    QList<MenuDescription> menus() const;

private:
    void add(const Command &command)
    {
        QAction *action = w.actions().add(command);
        // Keys work also for commands that stand in no menu.
        if (command.scope == Command::Scope::Window && !w.QWidget::actions().contains(action))
            w.addAction(action);
    }
    static QList<QKeySequence> keys(const char *first, const char *second = nullptr)
    {
        QList<QKeySequence> list{QKeySequence(QLatin1String(first), QKeySequence::PortableText)};
        if (second)
            list.append(QKeySequence(QLatin1String(second), QKeySequence::PortableText));
        return list;
    }
    void addFile();
    void addEdit();
    void addView();
    void addGo();
    void addConnection();
    void addTools();
    Availability needsPage() const { return w.tabs().count() > 0 ? Availability{} : Availability{tr("No page is open.")}; }
    Availability needsConnection() const
    {
        return w.current().profile.isEmpty() ? Availability{tr("No connection is chosen.")} : Availability{};
    }
    void openAddress();
    void about();
    ui::connection::ConnectionsPage *connectionsPage();

    MainWindow &w;
};

void WindowCommands::addFile()
{
    const QString area = tr("Window");
    add({.id = u"file.newWindow"_s,
         .text = tr("New &window"),
         .context = area,
         .keys = keys("Ctrl+Shift+N"),
         .icon = Icon::Window,
         .run = [&w = w] {
             MainWindow *other = w.shell().newWindow();
             other->show();
             other->startWith(w.current());
         }});
    add({.id = u"file.openAddress"_s,
         .text = tr("Open &link…"),
         .description = tr("Opens a signalbox:// address"),
         .context = area,
         .keys = keys("Ctrl+L"),
         .icon = Icon::Link,
         .run = [*this]() mutable { openAddress(); }});
    add({.id = u"file.closeTab"_s,
         .text = tr("&Close tab"),
         .context = area,
         .keys = keys("Ctrl+W"),
         .icon = Icon::Close,
         .rule = [*this] { return needsPage(); },
         .run = [&w = w] { w.tabs().close(w.tabs().currentIndex()); }});
    add({.id = u"file.reopenTab"_s,
         .text = tr("&Reopen closed tab"),
         .context = area,
         .keys = keys("Ctrl+Shift+T"),
         .icon = Icon::Restore,
         .rule = [&w = w] { return w.tabs().canReopen() ? Availability{} : Availability{tr("No tab was closed.")}; },
         .run = [&w = w] { w.tabs().reopenClosed(); }});
    add({.id = u"file.quit"_s, .text = tr("&Quit"), .context = area, .keys = keys("Ctrl+Q"), .icon = Icon::Stop, .run = [&w = w] {
             w.shell().quit();
         }});
}

void WindowCommands::addEdit()
{
    const QString area = tr("Page");
    add({.id = u"page.filter"_s,
         .text = tr("&Find or filter"),
         .context = area,
         .keys = keys("Ctrl+F", "/"),
         .icon = Icon::Filter,
         .rule = [*this] { return needsPage(); },
         .run =
             [&w = w] {
                 if (Page *page = w.tabs().currentPage())
                     page->focusFilter();
             }});
    add({.id = u"page.copyLink"_s,
         .text = tr("Cop&y link to this page"),
         .context = area,
         .icon = Icon::Link,
         .rule =
             [&w = w] {
                 return w.tabs().linkAt(w.tabs().currentIndex()).isEmpty() ? Availability{tr("This page has no address.")} : Availability{};
             },
         .run = [&w = w] { clipboard::copy(w.tabs().linkAt(w.tabs().currentIndex()).toString()); }});
    add({.id = u"bookmark.toggle"_s,
         .text = tr("&Bookmark this page"),
         .description = tr("Keeps it under Bookmarks, or takes it away from there"),
         .context = area,
         .keys = keys("Ctrl+B"),
         .icon = Icon::Bookmark,
         .rule = [*this] { return needsPage(); },
         .run = [&w = w] { w.toggleBookmark(); }});
    add({.id = u"bookmark.selection"_s,
         .text = tr("B&ookmark the selection"),
         .description = tr("Keeps the selected objects under Bookmarks"),
         .context = area,
         .keys = keys("Ctrl+Shift+B"),
         .icon = Icon::Bookmark,
         .rule =
             [&w = w] {
                 const Page *page = w.tabs().currentPage();
                 return page && !page->selectedAddresses().isEmpty() ? Availability{} : Availability{tr("Nothing is selected.")};
             },
         .run = [&w = w] { w.bookmarkSelection(); }});
    add({.id = u"page.refresh"_s,
         .text = tr("&Refresh"),
         .context = area,
         .keys = keys("F5"),
         .icon = Icon::Refresh,
         .rule = [*this] { return needsPage(); },
         .run =
             [&w = w] {
                 if (Page *page = w.tabs().currentPage())
                     page->refresh();
             }});
}

void WindowCommands::addView()
{
    const QString area = tr("View");
    core::profiles::Settings &settings = w.shell().services().settings;
    add({.id = u"view.detail"_s,
         .text = tr("&Details"),
         .description = tr("Shows or hides the details beside the page"),
         .context = area,
         .keys = keys("F4"),
         .icon = Icon::Details,
         .kind = Command::Kind::Checkable,
         .run = [&w = w] { w.toggleDetail(); }});
    add({.id = u"view.activity"_s,
         .text = tr("&Activity"),
         .description = tr("Running and finished operations"),
         .context = area,
         .keys = keys("Ctrl+Shift+A"),
         .icon = Icon::Time,
         .kind = Command::Kind::Checkable,
         .run = [&w = w] { w.toggleActivity(); }});
    add({.id = u"view.log"_s,
         .text = tr("&Log"),
         .description = tr("What this program did, without secrets"),
         .context = area,
         .keys = keys("Ctrl+Shift+L"),
         .icon = Icon::Terminal,
         .kind = Command::Kind::Checkable,
         .run = [&w = w] { w.toggleLog(); }});
    // The ids are older than the command: people's own keys are kept under them.
    core::store::ViewState &state = w.shell().services().viewState;
    const auto textSize = [&state](int step) {
        return [&state, step] { workbench::setTextSize(state, step == 0 ? 0 : workbench::textSize(state) + step); };
    };
    add({.id = u"editor.zoomIn"_s,
         .text = tr("Larger te&xt"),
         .description = tr("In editors and differences"),
         .context = area,
         .keys = keys("Ctrl++", "Ctrl+="),
         .icon = Icon::Up,
         .run = textSize(1)});
    add({.id = u"editor.zoomOut"_s,
         .text = tr("S&maller text"),
         .description = tr("In editors and differences"),
         .context = area,
         .keys = keys("Ctrl+-"),
         .icon = Icon::Down,
         .run = textSize(-1)});
    add({.id = u"editor.zoomReset"_s,
         .text = tr("&Normal text size"),
         .description = tr("In editors and differences"),
         .context = area,
         .keys = keys("Ctrl+0"),
         .icon = Icon::Restore,
         .run = textSize(0)});
    const auto theme = [&settings](const QString &name) { return [&settings, name] { settings.set(Setting::Theme, name); }; };
    add({.id = u"view.themeSystem"_s,
         .text = tr("&System colours"),
         .context = area,
         .kind = Command::Kind::Checkable,
         .run = theme(u"system"_s)});
    add({.id = u"view.themeLight"_s, .text = tr("Li&ght"), .context = area, .kind = Command::Kind::Checkable, .run = theme(u"light"_s)});
    add({.id = u"view.themeDark"_s, .text = tr("Dar&k"), .context = area, .kind = Command::Kind::Checkable, .run = theme(u"dark"_s)});
    const auto language = [&settings](const QString &name) { return [&settings, name] { settings.set(Setting::Language, name); }; };
    // The names of languages are not translated: whoever looks for one reads it.
    add({.id = u"view.languageEnglish"_s,
         .text = u"&English"_s,
         .context = area,
         .kind = Command::Kind::Checkable,
         .run = language(u"en"_s)});
    add({.id = u"view.languageChinese"_s,
         .text = u"简体中文(&Z)"_s,
         .context = area,
         .kind = Command::Kind::Checkable,
         .run = language(u"zh_CN"_s)});
    add({.id = u"view.fullScreen"_s,
         .text = tr("&Full screen"),
         .context = area,
         .keys = keys("F11"),
         .icon = Icon::Window,
         .run = [&w = w] { w.setWindowState(w.windowState() ^ Qt::WindowFullScreen); }});
}

void WindowCommands::addGo()
{
    const QString area = tr("Go");
    add({.id = u"go.palette"_s,
         .text = tr("&Search everything…"),
         .context = area,
         .keys = keys("Ctrl+K"),
         .icon = Icon::Search,
         .run = [&w = w] { w.openPalette(); },
         .palette = Command::Palette::Hidden});
    add({.id = u"go.commands"_s,
         .text = tr("Run a &command…"),
         .context = area,
         .keys = keys("Ctrl+Shift+P"),
         .icon = Icon::Terminal,
         .run = [&w = w] { w.openPalette(u">"_s); },
         .palette = Command::Palette::Hidden});
    add({.id = u"go.quickOpen"_s,
         .text = tr("Quick &open…"),
         .description = tr("Opens an object of this connection by name"),
         .context = area,
         .keys = keys("Ctrl+P"),
         .icon = Icon::Open,
         .rule = [*this] { return needsConnection(); },
         .run = [&w = w] { w.openQuickOpen(); },
         .palette = Command::Palette::Hidden});
    add({.id = u"go.recentTab"_s,
         .text = tr("&Last used tab"),
         .context = area,
         .keys = keys("Ctrl+Tab"),
         .icon = Icon::Tab,
         .run = [&w = w] { w.switcher().step(TabSwitcher::Step::Forward); },
         .palette = Command::Palette::Hidden});
    add({.id = u"go.recentTabBack"_s,
         .text = tr("Last used tab, &backwards"),
         .context = area,
         .keys = keys("Ctrl+Shift+Tab", "Ctrl+Shift+Backtab"),
         .icon = Icon::Tab,
         .run = [&w = w] { w.switcher().step(TabSwitcher::Step::Back); },
         .palette = Command::Palette::Hidden});
    const auto beside = [&w = w](int step) {
        return [&w, step] {
            if (const int count = w.tabs().count(); count > 1)
                w.tabs().setCurrentIndex((w.tabs().currentIndex() + step + count) % count);
        };
    };
    add({.id = u"go.nextTab"_s,
         .text = tr("&Next tab"),
         .context = area,
         .keys = keys("Ctrl+PgDown"),
         .icon = Icon::Forward,
         .run = beside(1)});
    add({.id = u"go.previousTab"_s,
         .text = tr("&Previous tab"),
         .context = area,
         .keys = keys("Ctrl+PgUp"),
         .icon = Icon::Back,
         .run = beside(-1)});
    for (const PageKind &kind : w.shell().pages().all()) {
        if (kind.place == PageKind::Place::Hidden || !kind.title)
            continue;
        Command command{
            .id = u"go."_s + kind.id, .text = kind.title(), .context = area, .icon = kind.icon, .palette = Command::Palette::Hidden};
        if (!kind.shortcut.isEmpty())
            command.keys = {QKeySequence(kind.shortcut, QKeySequence::PortableText)};
        if (kind.needsConnection)
            command.rule = [*this] { return needsConnection(); };
        command.run = [&w = w, id = kind.id] { w.openPage({.kind = id, .subject = w.current()}, Workbench::Where::HereOrExisting); };
        add(command);
    }
}

ui::connection::ConnectionsPage *WindowCommands::connectionsPage()
{
    return qobject_cast<ui::connection::ConnectionsPage *>(w.openPage({.kind = u"connections"_s}, Workbench::Where::HereOrExisting));
}

void WindowCommands::addConnection()
{
    const QString area = tr("Connection");
    Connections &connections = w.shell().connections();
    add({.id = u"connection.choose"_s,
         .text = tr("&Choose connection…"),
         .context = area,
         .keys = keys("Ctrl+Shift+O"),
         .icon = Icon::Connection,
         .run = [&w = w] { w.topBar().openConnectionMenu(); }});
    add({.id = u"connection.namespace"_s,
         .text = tr("Choose &namespace…"),
         .context = area,
         .keys = keys("Ctrl+Shift+M"),
         .icon = Icon::Namespace,
         .rule = [*this] { return needsConnection(); },
         .run = [&w = w] { w.topBar().openNamespaceMenu(); }});
    add({.id = u"connection.new"_s, .text = tr("&Add a connection…"), .context = area, .icon = Icon::Add, .run = [*this]() mutable {
             if (auto *page = connectionsPage())
                 page->addNew();
         }});
    add({.id = u"connection.fromEnvironment"_s,
         .text = tr("Import from the &environment…"),
         .description = tr("Takes NACOS_SERVER_ADDR and the other variables of the SDKs"),
         .context = area,
         .icon = Icon::Import,
         .run = [*this]() mutable {
             if (auto *page = connectionsPage())
                 page->importFromEnvironment();
         }});
    add({.id = u"connection.manage"_s, .text = tr("&Manage connections…"), .context = area, .icon = Icon::Edit, .run = [*this]() mutable {
             if (auto *page = connectionsPage(); page && !w.current().profile.isEmpty())
                 page->choose(w.current().profile);
         }});
    add({.id = u"connection.practice"_s, .text = tr("Start the &practice registry"), .context = area, .icon = Icon::Run, .run = [&w = w] {
             w.shell().connections().startPractice()->then(&w, [&w](const core::Result<QString> &slug) {
                 if (slug)
                     w.setCurrent({*slug, u"public"_s});
                 else
                     w.workbench().notifyError(slug.error(), tr("The practice registry did not start"));
             });
         }});
    add({.id = u"connection.password"_s,
         .text = tr("Enter the pass&word…"),
         .description = tr("Of the connection in front; kept where passwords are kept"),
         .context = area,
         .icon = Icon::Lock,
         .rule =
             [&w = w] {
                 return usesPassword(w, w.current().profile) ? Availability{}
                                                             : Availability{tr("This connection does not log in with a password.")};
             },
         .run = [&w = w] { enterPassword(w, w.current().profile); }});
    add({.id = u"connection.reconnect"_s,
         .text = tr("&Reconnect"),
         .context = area,
         .icon = Icon::Connect,
         .rule = [*this] { return needsConnection(); },
         .run = [&w = w, &connections] { connections.reconnect(w.current().profile); }});
    add({.id = u"connection.disconnect"_s,
         .text = tr("&Disconnect"),
         .context = area,
         .icon = Icon::Disconnect,
         .rule =
             [&w = w, &connections] {
                 return connections.openRegistry(w.current().profile) ? Availability{} : Availability{tr("It is not connected.")};
             },
         .run = [&w = w, &connections] { connections.disconnectFrom(w.current().profile); }});
    add({.id = u"connection.unlock"_s,
         .text = tr("&Unlock writes…"),
         .description = tr("Lets a protected connection be written to for a while"),
         .context = area,
         .icon = Icon::Unlock,
         .rule =
             [&w = w, &connections] {
                 const auto profile = connections.profile(w.current().profile);
                 if (!profile)
                     return Availability{tr("No connection is chosen.")};
                 return profile->isProtected() ? Availability{}
                                               : Availability{tr("This connection is not protected: it can be written to.")};
             },
         .run =
             [&w = w, &connections] {
                 const QString slug = w.current().profile;
                 auto *dialog = new UnlockDialog(w.shell().services(), slug, connections.displayName(slug), &w);
                 dialog->open();
             }});
    add({.id = u"connection.lock"_s,
         .text = tr("&Lock writes again"),
         .context = area,
         .icon = Icon::Lock,
         .rule =
             [&w = w] {
                 return w.shell().services().unlocks.state(w.current().profile) ? Availability{}
                                                                                : Availability{tr("Writes are not unlocked.")};
             },
         .run =
             [&w = w] {
                 if (const auto done = w.shell().services().unlocks.lock(w.current().profile); !done)
                     w.workbench().notifyError(done.error(), tr("Writes were not locked"));
             }});
    QObject::connect(&w.shell().services().unlocks, &core::guard::Unlocks::changed, &w.actions(), &ActionRegistry::refresh,
                     Qt::UniqueConnection);
}

void WindowCommands::addTools()
{
    const QString area = tr("Tools");
    const auto ledger = [&w = w](void (LedgerPage::*what)()) {
        return [&w, what] {
            if (auto *page = qobject_cast<LedgerPage *>(w.openPage({.kind = u"ledger"_s}, Workbench::Where::HereOrExisting)))
                (page->*what)();
        };
    };
    add({.id = u"ledger.verify"_s,
         .text = tr("&Verify the ledger"),
         .context = area,
         .icon = Icon::Validate,
         .run = ledger(&LedgerPage::verify)});
    add({.id = u"ledger.export"_s,
         .text = tr("&Export the ledger…"),
         .context = area,
         .icon = Icon::Export,
         .run = ledger(&LedgerPage::exportLines)});
    const QString help = tr("Help");
    add({.id = u"help.keys"_s,
         .text = tr("&Keys"),
         .description = tr("Every command with its keys"),
         .context = help,
         .keys = keys("Ctrl+/"),
         .icon = Icon::Keyboard,
         .run = [&w = w] {
             auto *sheet = new KeySheet(w.actions(), fixedKeys(), &w);
             sheet->setAttribute(Qt::WA_DeleteOnClose);
             sheet->open();
         }});
    add({.id = u"help.about"_s, .text = tr("&About Signalbox"), .context = help, .icon = Icon::Application, .run = [*this]() mutable {
             about();
         }});
}

void WindowCommands::openAddress()
{
    prompts::Input question;
    question.title = tr("Open a link");
    question.label = tr("&Address");
    question.placeholder = u"signalbox://profile/namespace/config/GROUP/data-id"_s;
    question.verb = tr("Open");
    question.problem = [](const QString &text) {
        return core::Address::parse(text.trimmed()) ? QString() : tr("This is not a signalbox:// address.");
    };
    prompts::input(&w, question)->then(&w, [&w = w](const core::Result<QString> &answer) {
        if (!answer)
            return;
        if (const auto address = core::Address::parse(answer->trimmed()))
            w.workbench().openAddress(*address);
    });
}

void WindowCommands::about()
{
    prompts::Confirm box;
    box.title = tr("Signalbox %1").arg(QCoreApplication::applicationVersion());
    box.text = tr("A native desktop console for agent registries. Free software under the GNU General Public License, version 3 or later.");
    box.verb = tr("Copy version");
    box.details = u"Signalbox %1\nQt %2\n"_s.arg(QCoreApplication::applicationVersion(), QLatin1String(qVersion()));
    prompts::confirm(&w, box)->then(&w, [details = box.details](const core::Result<prompts::ConfirmAnswer> &answer) {
        if (answer)
            clipboard::copy(details);
    });
}

QList<MenuDescription> WindowCommands::menus() const
{
    using workbench::MenuPlace;
    const QString line = u"-"_s;
    QStringList registry, tools, marks;
    for (const PageKind &kind : w.shell().pages().all()) {
        if (kind.place == PageKind::Place::Registry)
            registry.append(u"go."_s + kind.id);
        else if (kind.place == PageKind::Place::Tools)
            tools.append(u"go."_s + kind.id);
        else if (kind.place == PageKind::Place::Bookmarks)
            marks.append(u"go."_s + kind.id);
    }
    QStringList go{u"go.palette"_s, u"go.commands"_s, u"go.quickOpen"_s, line};
    go += registry;
    go.append(line);
    go += tools;
    go.append(line);
    go += marks;
    go += QStringList{line, u"go.recentTab"_s, u"go.nextTab"_s, u"go.previousTab"_s};
    return {
        {tr("&File"),
         u"menuFile"_s,
         MenuPlace::File,
         {u"file.newWindow"_s, u"file.openAddress"_s},
         {u"file.closeTab"_s, u"file.reopenTab"_s, line, u"file.quit"_s}},
        {tr("&Edit"),
         u"menuEdit"_s,
         MenuPlace::Edit,
         editCommands() + QStringList{line, u"page.filter"_s},
         {u"page.copyLink"_s, u"bookmark.toggle"_s, u"bookmark.selection"_s}},
        {tr("&View"),
         u"menuView"_s,
         MenuPlace::View,
         {u"page.refresh"_s, line, u"view.detail"_s, u"view.activity"_s, u"view.log"_s, line, u"editor.zoomIn"_s, u"editor.zoomOut"_s,
          u"editor.zoomReset"_s, line, u"view.themeSystem"_s, u"view.themeLight"_s, u"view.themeDark"_s, line, u"view.languageEnglish"_s,
          u"view.languageChinese"_s},
         {u"view.fullScreen"_s}},
        {tr("&Go"), u"menuGo"_s, MenuPlace::Go, go, {}},
        {tr("&Connection"),
         u"menuConnection"_s,
         MenuPlace::Connection,
         {u"connection.choose"_s, u"connection.namespace"_s, line, u"connection.new"_s, u"connection.fromEnvironment"_s,
          u"connection.manage"_s, u"connection.practice"_s, line, u"connection.unlock"_s, u"connection.lock"_s, line,
          u"connection.password"_s, u"connection.reconnect"_s, u"connection.disconnect"_s},
         {}},
        {tr("&Tools"), u"menuTools"_s, MenuPlace::Tools, {u"ledger.verify"_s, u"ledger.export"_s}, {u"go.settings"_s}},
        {tr("&Help"), u"menuHelp"_s, std::nullopt, {u"help.keys"_s, u"help.about"_s}, {}},
    };
}

} // namespace

void registerWindowCommands(MainWindow &window)
{
    WindowCommands(window).addAll();
}

void retextWindowCommands(MainWindow &window)
{
    window.actions().retext([&window] {
        WindowCommands(window).addAll();
        for (const workbench::FeatureCommands &feature : window.shell().pages().commands())
            if (feature.add)
                feature.add(window.workbench());
    });
}

QList<MenuDescription> windowMenus(MainWindow &window)
{
    return WindowCommands(window).menus();
}

} // namespace ui::shell
