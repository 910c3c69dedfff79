// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/actionregistry.h"
#include "ui/workbench/workbench.h"

#include <memory>
#include <QMainWindow>
#include <QPointer>

class QSplitter;
class QStackedWidget;
class QTimer;

namespace ui {
class MessageBar;
}

namespace ui::shell {

class ActivityPane;
class EnvironmentStrip;
class LogPane;
class Navigation;
class Palette;
class Shell;
class ShellWorkbench;
class StatusLine;
class TabArea;
class TabSwitcher;
class TopBar;

/// One main window: strip, menu, top bar, navigation, tabs, detail, status, log. Made by Shell; everything that isn't needed for
/// the first picture is built when it is asked for.
class MainWindow final : public QMainWindow {
    Q_OBJECT
public:
    explicit MainWindow(Shell &shell);
    ~MainWindow() override;

    Shell &shell() const { return m_shell; }
    workbench::Workbench &workbench() const;
    ActionRegistry &actions() { return m_actions; }
    TabArea &tabs() const { return *m_tabs; }
    Navigation &navigation() const { return *m_navigation; }
    TopBar &topBar() const { return *m_topBar; }
    StatusLine &statusLine() const { return *m_status; }
    MessageBar &messageBar() const { return *m_bar; }

    workbench::Subject current() const { return m_current; }
    void setCurrent(const workbench::Subject &subject);
    workbench::Page *openPage(const workbench::PageRequest &request, workbench::Workbench::Where where);

    void openPalette(const QString &text = {});
    void openQuickOpen();
    TabSwitcher &switcher();
    void toggleBookmark();
    void bookmarkSelection();
    /// The person's own keys, as the settings have them now.
    void takeShortcuts();
    void toggleDetail();
    void toggleActivity();
    void toggleLog();
    bool isDetailShown() const { return m_detailWanted; }
    bool isLogShown() const;
    bool isActivityShown() const;

    /// Geometry, panes and tabs; for the session.
    QJsonObject save() const;
    void restore(const QJsonObject &state);
    /// After the first picture: activates the current tab, or opens the page to begin with.
    void start();
    /// The same with the list of this connection and namespace; an empty subject: as start().
    void startWith(const workbench::Subject &subject);
    /// Asks all pages, then closes without asking again.
    void closeAsking();
    /// Asks nobody: lets the pages keep what they can, then closes.
    void closeKept();

Q_SIGNALS:
    void firstPainted();
    /// The first page is there.
    void started();
    void stateChanged();
    void closing();

protected:
    void closeEvent(QCloseEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool event(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    enum class SidePane { None, Detail, Activity };
    void showSidePane(SidePane pane);
    void shutSidePane();
    void build();
    void buildMenus();
    void currentTabChanged();
    void refreshFace();
    void refreshDetail();
    void refreshConnection();
    void tabMenu(int index, const QPoint &at);
    void retranslate();
    void emptied();
    /// Says it once above the pages when secrets cannot be kept as wished.
    void refreshSecrets();
    void refreshHome();

    Shell &m_shell;
    ActionRegistry m_actions;
    std::unique_ptr<ShellWorkbench> m_workbench;
    EnvironmentStrip *m_strip = nullptr;
    TopBar *m_topBar = nullptr;
    MessageBar *m_bar = nullptr;
    Navigation *m_navigation = nullptr;
    TabArea *m_tabs = nullptr;
    StatusLine *m_status = nullptr;
    QSplitter *m_columns = nullptr; ///< navigation | the rest
    QSplitter *m_rows = nullptr;    ///< pages over log
    QSplitter *m_center = nullptr;  ///< tabs | side pane
    QStackedWidget *m_side = nullptr;
    QWidget *m_detailHome = nullptr;
    QPointer<QWidget> m_detail;
    QPointer<workbench::Page> m_detailOwner, m_shownPage;
    ActivityPane *m_activity = nullptr;
    LogPane *m_log = nullptr;
    Palette *m_palette = nullptr;
    TabSwitcher *m_switcher = nullptr;
    workbench::Subject m_current;
    SidePane m_sidePane = SidePane::None;
    int m_detailWidth = 250, m_activityWidth = 300;
    bool m_detailWanted = true, m_activityWanted = false;
    bool m_closeAgreed = false, m_painted = false, m_started = false;
};

} // namespace ui::shell
