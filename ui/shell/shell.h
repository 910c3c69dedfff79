// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/guard/planbasket.h"
#include "core/profiles/settings.h"
#include "ui/shell/bookmarks.h"
#include "ui/shell/connections.h"
#include "ui/workbench/activity.h"
#include "ui/workbench/tour.h"
#include "ui/workbench/workbench.h"

#include <functional>
#include <QObject>

class QTimer;

namespace ui::shell {

class MainWindow;

/// What the window process is asked to do, at start or by another start on the same home.
struct StartRequest {
    QString profile; ///< name or slug
    core::Address address;
    enum class Practice { No, Start };
    Practice practice = Practice::No;
};

/// All windows of the process and what they share: page kinds, activity, lookups, connections, session, appearance. Made by app/console
/// after the services, destroyed before them. GUI thread.
class Shell final : public QObject {
    Q_OBJECT
public:
    struct Hooks {
        std::function<void(const QString &language)> setLanguage; ///< "", "en", "zh_CN"; installs the translators
    };
    Shell(workbench::Services &services, Hooks hooks, QObject *parent = nullptr);
    ~Shell() override;

    workbench::Services &services() { return m_services; }
    workbench::PageRegistry &pages() { return m_pages; }
    workbench::Activity &activity() { return m_activity; }
    Connections &connections() { return m_connections; }
    core::guard::PlanBasket &basket() { return m_basket; }
    Bookmarks &bookmarks() { return m_bookmarks; }

    /// The first window, with the tabs of last time where the settings say so; what `request` asks for comes after the first picture.
    MainWindow *start(const StartRequest &request);
    /// From another start on this home: comes to the front and does it.
    void take(const StartRequest &request);
    MainWindow *newWindow();
    QList<MainWindow *> windows() const { return m_windows; }
    MainWindow *activeWindow() const;
    /// Asks every page, then ends the program.
    void quit();
    /// A page would not be closed: the program goes on.
    void stay();
    /// As the system or the desktop says: asks nobody, keeps drafts and session, then ends the program. A page that does not come to an
    /// end with keeping is waited for a few seconds.
    void endNow();
    /// Session and settings are written, drafts handed to the thread that writes them; goes on as before.
    void keep();
    /// Opens every page once, for --smoke; the window must have been started.
    void openEveryPage();

    void saveSession();
    /// The main job, by the window and all features.
    workbench::TourScript tourScript() const;

Q_SIGNALS:
    /// The last window is gone; the program ends.
    void ended();

private:
    void registerPages();
    void windowClosed(MainWindow *window);
    void apply(const StartRequest &request, MainWindow &window);
    void settingChanged(core::profiles::Setting key);
    void saveSessionSoon();
    void afterFirstPicture();

    workbench::Services &m_services;
    Hooks m_hooks;
    workbench::PageRegistry m_pages;
    workbench::Activity m_activity;
    Connections m_connections;
    core::guard::PlanBasket m_basket;
    Bookmarks m_bookmarks;
    QList<MainWindow *> m_windows;
    QTimer *m_saveTimer;
    StartRequest m_request;
    bool m_ending = false;
};

} // namespace ui::shell
