// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/guard/guard.h"
#include "ui/workbench/lookup.h"
#include "ui/workbench/workbench.h"

namespace ui::shell {

class MainWindow;
class Shell;

/// What pages see of their window.
class ShellWorkbench final : public workbench::Workbench {
    Q_OBJECT
public:
    ShellWorkbench(Shell &shell, MainWindow &window);

    workbench::Services &services() override;
    ActionRegistry &actions() override;
    workbench::PageRegistry &pages() override;
    workbench::Activity &activity() override;
    workbench::Lookups &lookups() override;
    QWidget *window() override;
    void openAddress(const core::Address &address, Where where) override;
    workbench::Page *openPage(const workbench::PageRequest &request, Where where) override;
    workbench::Page *currentPage() const override;
    QList<workbench::Page *> openPages() const override;
    workbench::Subject current() const override;
    void setCurrent(const workbench::Subject &subject) override;
    core::nacos::Registry *registry(const QString &profile) override;
    QString pathText(const workbench::Subject &subject) const override;
    QList<core::nacos::NamespaceInfo> namespaces(const QString &profile) const override;
    void refreshNamespaces(const QString &profile) override;
    void enterPassword(const QString &profile) override;
    void reviewPlan(workbench::PlanRequest request) override;
    void undoPlan(const QUuid &plan) override;
    void undoEntry(qint64 ledgerId) override;
    std::optional<core::profiles::Profile> profile(const QString &slug) const override;
    void notify(const Message &message) override;
    void notifyError(const core::Error &error, const QString &what) override;

private:
    core::Reply<core::Done> *addToPlan(const core::guard::Plan &plan);
    core::Result<core::Done> collect(const core::guard::Plan &plan);
    void reviewUndo(core::Reply<core::guard::Plan> *plan);
    /// When all of it was applied.
    void sayDone(const workbench::PlanRequest &request, const QList<core::guard::ChangeOutcome> &outcomes);
    Shell &m_shell;
    MainWindow &m_window;
    workbench::Lookups m_lookups;
};

} // namespace ui::shell
