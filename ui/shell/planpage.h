// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/guard/planbasket.h"
#include "ui/workbench/planpanel.h"
#include "ui/workbench/workbench.h"

#include <QTimer>

namespace ui {
class MessageBar;
class QuietButton;
class StatePage;
} // namespace ui

namespace ui::shell {

/// The plan in the top bar: what was collected by “Add to plan”, reviewed and applied together; kept as a file, opened from one.
class PlanPage final : public workbench::Page {
    Q_OBJECT
public:
    PlanPage(workbench::Workbench &workbench, core::guard::PlanBasket &basket);
    ~PlanPage() override;

    QString kind() const override { return QStringLiteral("plan"); }
    QString title() const override { return tr("Plan"); }
    Icon icon() const override { return Icon::Plan; }
    QString statusText() const override;
    void activated() override;
    void refresh() override;

    /// Reads every target again and shows which changes are possible, done already or in conflict now.
    void compareAgain();
    void saveAs();
    void openFile();
    void takeOut();
    void discard();
    workbench::PlanPanel *panel() const { return m_panel; }

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void rebuild();
    void basketChanged();
    void refreshButtons();
    void complete(const core::guard::Plan &plan, const QString &file);
    void take(const core::guard::Plan &plan, const QString &file);
    void compared(const QList<core::guard::Standing> &standings);
    void put(const core::guard::Plan &plan);
    void showFileWork(const QString &text, core::Operation *work);
    void fileWorkEnded();

    core::guard::PlanBasket &m_basket;
    QuietButton *m_compare, *m_open, *m_save, *m_takeOut, *m_discard;
    MessageBar *m_bar;
    StatePage *m_pages;
    QWidget *m_home;
    workbench::PlanPanel *m_panel = nullptr;
    core::guard::Plan m_shown;
    core::Latest<core::Reply<QList<core::guard::Standing>>> m_comparing;
    core::Latest<core::Reply<core::guard::Plan>> m_reading;
    core::Latest<core::Reply<core::Done>> m_writing;
    QTimer m_fileWork;
    bool m_started = false;
};

} // namespace ui::shell
