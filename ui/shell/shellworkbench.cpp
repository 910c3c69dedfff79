// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/shellworkbench.h"

#include "core/guard/guard.h"
#include "ui/common/messagebar.h"
#include "ui/shell/connections.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/plandialog.h"
#include "ui/shell/shell.h"
#include "ui/shell/tabarea.h"

using namespace Qt::StringLiterals;

namespace ui::shell {

using workbench::Page;
using workbench::PageRequest;
using workbench::PlanRequest;
using workbench::Subject;

ShellWorkbench::ShellWorkbench(Shell &shell, MainWindow &window)
    : m_shell(shell)
    , m_window(window)
{
    connect(&shell.connections(), &Connections::namespacesChanged, this, &Workbench::namespacesChanged);
}

workbench::Services &ShellWorkbench::services()
{
    return m_shell.services();
}

ActionRegistry &ShellWorkbench::actions()
{
    return m_window.actions();
}

workbench::PageRegistry &ShellWorkbench::pages()
{
    return m_shell.pages();
}

workbench::Activity &ShellWorkbench::activity()
{
    return m_shell.activity();
}

workbench::Lookups &ShellWorkbench::lookups()
{
    return m_lookups;
}

QWidget *ShellWorkbench::window()
{
    return &m_window;
}

void ShellWorkbench::openAddress(const core::Address &address, Where where)
{
    if (!pages().forAddress(address)) {
        notify({.state = StateColor::Warning,
                .text = tr("Nothing here can open %1.").arg(address.toString()),
                .closeAfter = std::chrono::seconds(8)});
        return;
    }
    openPage({.address = address}, where);
}

Page *ShellWorkbench::openPage(const PageRequest &request, Where where)
{
    return m_window.openPage(request, where);
}

Page *ShellWorkbench::currentPage() const
{
    return m_window.tabs().currentPage();
}

QList<Page *> ShellWorkbench::openPages() const
{
    return m_window.tabs().pages();
}

Subject ShellWorkbench::current() const
{
    return m_window.current();
}

void ShellWorkbench::setCurrent(const Subject &subject)
{
    m_window.setCurrent(subject);
}

core::nacos::Registry *ShellWorkbench::registry(const QString &profile)
{
    return m_shell.connections().registry(profile);
}

QString ShellWorkbench::pathText(const Subject &subject) const
{
    if (subject.profile.isEmpty())
        return {};
    const QString name = m_shell.connections().displayName(subject.profile);
    return subject.namespaceId.isEmpty() ? name : name + u'/' + subject.namespaceId;
}

QList<core::nacos::NamespaceInfo> ShellWorkbench::namespaces(const QString &profile) const
{
    return m_shell.connections().namespaces(profile);
}

void ShellWorkbench::refreshNamespaces(const QString &profile)
{
    m_shell.connections().refreshNamespaces(profile);
}

std::optional<core::profiles::Profile> ShellWorkbench::profile(const QString &slug) const
{
    return m_shell.connections().profile(slug);
}

void ShellWorkbench::reviewPlan(PlanRequest request)
{
    const auto original = std::move(request.finished);
    const QPointer<QObject> context = request.context;
    const QUuid plan = request.plan.id;
    const size_t changes = request.plan.changes.size();
    const QString doneText = request.doneText.isEmpty() ? tr("Done: %1").arg(request.title) : request.doneText;
    request.context = this;
    request.finished = [this, original, context, plan, changes, doneText](const QList<core::guard::ChangeOutcome> &outcomes) {
        const auto applied = std::count_if(outcomes.cbegin(), outcomes.cend(), [](const core::guard::ChangeOutcome &outcome) {
            return outcome.outcome == core::guard::Outcome::Applied;
        });
        if (size_t(applied) == changes && changes > 0)
            notify({.state = StateColor::Ok,
                    .text = doneText,
                    .actions = {{tr("Undo…"), [this, plan] { undoPlan(plan); }}},
                    .closeAfter = std::chrono::seconds(10),
                    .id = u"plan"_s});
        if (original && context)
            original(outcomes);
    };
    auto *dialog = new PlanDialog(*this, std::move(request), &m_window);
    dialog->open();
}

void ShellWorkbench::reviewUndo(core::Reply<core::guard::Plan> *undo)
{
    undo->then(this, [this](const core::Result<core::guard::Plan> &plan) {
        if (!plan) {
            notifyError(plan.error(), tr("This cannot be undone"));
            return;
        }
        PlanRequest request;
        request.plan = *plan;
        request.title = tr("Undo: %1").arg(plan->displayTitle());
        request.applyText = tr("Undo %n changes", nullptr, int(plan->changes.size()));
        request.doneText = tr("Undone");
        reviewPlan(std::move(request));
    });
}

void ShellWorkbench::undoPlan(const QUuid &plan)
{
    reviewUndo(m_shell.services().guard.undoOf(plan));
}

void ShellWorkbench::undoEntry(qint64 ledgerId)
{
    reviewUndo(m_shell.services().guard.undoOf(ledgerId));
}

void ShellWorkbench::notify(const Message &message)
{
    m_window.messageBar().show(message);
}

void ShellWorkbench::notifyError(const core::Error &error, const QString &what)
{
    m_window.messageBar().showError(error, what);
}

} // namespace ui::shell
