// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/workbench/pagekind.h"
#include "ui/workbench/workbench.h"

#include <memory>
#include <QJsonArray>
#include <QWidget>

class QStackedWidget;
class QTabBar;

namespace ui {
class StatePage;
}

namespace ui::shell {

class Connections;

/// The tabs of one window: bar, pages, and what belongs to them. A page is made when its tab is looked at for the first time and its
/// connection is there; until then the tab shows why it isn't. Tabs know their connection's colour and path. GUI thread.
class TabArea final : public QWidget {
    Q_OBJECT
public:
    struct Collaborators {
        workbench::Workbench &workbench;
        Connections &connections;
    };
    explicit TabArea(const Collaborators &collaborators, QWidget *parent = nullptr);
    ~TabArea() override;

    enum class Activate { Now, No };
    /// Opens a tab, or activates the one that shows the same already. Answers its position; -1 when nothing can show it.
    int open(const workbench::PageRequest &request, Activate activate = Activate::Now);
    int openNew(const workbench::PageRequest &request, Activate activate = Activate::Now);
    int count() const;
    int currentIndex() const;
    void setCurrentIndex(int index);
    workbench::Page *currentPage() const;
    workbench::Page *pageAt(int index) const;
    QList<workbench::Page *> pages() const;
    /// What the tab is about, known also while it has no page.
    workbench::Subject subjectAt(int index) const;
    workbench::Subject currentSubject() const;
    QString kindAt(int index) const;
    QString titleAt(int index) const;
    QString pathAt(int index) const;
    Icon iconAt(int index) const;
    bool isModifiedAt(int index) const;
    core::Address addressAt(int index) const;
    /// The address to keep or hand on: of the object, or of the page.
    core::Address linkAt(int index) const;
    /// Positions, last used first.
    QList<int> recentOrder() const;

    /// Gives the active list tab another subject; false: it has none that follows.
    bool resubject(const workbench::Subject &subject);
    /// Asks the page, then closes.
    void close(int index);
    void closeOthers(int index);
    /// Asks all pages one after another; `answer` gets Now when every one agreed. Closes nothing.
    void askAll(std::function<void(workbench::Page::Close)> answer);
    /// Lets every page keep what it can, asking nobody; each has been told when this returns. `kept` comes when all have answered or are
    /// gone, never inside the call.
    void keepAll(std::function<void()> kept);
    bool canReopen() const { return !m_closed.isEmpty(); }
    void reopenClosed();
    void move(int from, int to);

    QJsonArray save() const;
    /// Makes the tabs without looking at any of them: nothing is loaded until start().
    void restore(const QJsonArray &tabs, int current);
    /// Activates the current tab.
    void start();
    workbench::PageRequest requestAt(int index) const;

Q_SIGNALS:
    void currentChanged(int index);
    /// Something the bar, title, dock or status shows of the current page.
    void faceChanged();
    void detailChanged();
    void statusChanged();
    void tabsChanged();
    void stateChanged();
    void menuRequested(int index, const QPoint &globalPosition);

protected:
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Tab;
    Tab *tab(int index) const;
    int indexOf(const workbench::Page *page) const;
    int indexOf(const Tab *tab) const;
    int find(const workbench::PageRequest &request) const;
    void activate(int index);
    void makePage(Tab &tab);
    void remakePages();
    void raiseScrollButtons();
    void dropPage(Tab &tab);
    void showPlaceholder(Tab &tab);
    void focusPage();
    void showNothing();
    void refreshTab(int index);
    void refreshAll();
    void remove(int index);
    void askFrom(int index, std::function<void(workbench::Page::Close)> answer);

    Collaborators m_with;
    QTabBar *m_bar;
    QStackedWidget *m_stack;
    StatePage *m_nothing = nullptr; ///< shown while there is no tab
    std::vector<std::unique_ptr<Tab>> m_tabs;
    QList<const Tab *> m_recent;
    QList<workbench::PageRequest> m_closed;
    bool m_moving = false;
};

} // namespace ui::shell
