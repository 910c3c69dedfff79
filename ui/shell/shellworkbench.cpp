// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/shellworkbench.h"

#include "core/guard/guard.h"
#include "core/guard/planbasket.h"
#include "core/guard/takenback.h"
#include "ui/common/messagebar.h"
#include "ui/common/prompts.h"
#include "ui/shell/connections.h"
#include "ui/shell/enterpassword.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/plandialog.h"
#include "ui/shell/shell.h"
#include "ui/shell/tabarea.h"
#include "ui/workbench/subjecttext.h"
#include "ui/workbench/unseen.h"

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
    connect(&shell.basket(), &core::guard::PlanBasket::changed, this, [this] {
        if (m_shell.basket().count() == 0)
            m_window.messageBar().close(u"collected"_s);
    });
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
    if (const auto page = pageOf(address)) {
        const workbench::PageKind *kind = pages().find(page->kind);
        if (kind && (!kind->needsConnection || !page->subject.profile.isEmpty())) {
            openPage(*page, where);
            return;
        }
    }
    // A namespace is shown in the list of its connection.
    if (address.kind() == u"namespace"_s && !address.path().isEmpty() && pages().find(u"namespaces"_s)) {
        openPage({.kind = u"namespaces"_s, .subject = {address.profile(), address.path().first()}}, where);
        return;
    }
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
    return m_shell.connections().pathText(subject);
}

QList<core::nacos::NamespaceInfo> ShellWorkbench::namespaces(const QString &profile) const
{
    return m_shell.connections().namespaces(profile);
}

void ShellWorkbench::refreshNamespaces(const QString &profile)
{
    m_shell.connections().refreshNamespaces(profile);
}

void ShellWorkbench::enterPassword(const QString &profile)
{
    shell::enterPassword(m_window, profile);
}

std::optional<core::profiles::Profile> ShellWorkbench::profile(const QString &slug) const
{
    return m_shell.connections().profile(slug);
}

void ShellWorkbench::reviewPlan(PlanRequest request)
{
    const auto asked = std::move(request.finished);
    // What was asked for may have been replaced in the sheet by another plan.
    const auto panel = std::make_shared<QPointer<workbench::PlanPanel>>();
    request.finished = {this, [this, asked, panel](const QList<core::guard::ChangeOutcome> &outcomes) {
                            if (*panel)
                                sayDone((*panel)->request(), outcomes);
                            asked(outcomes);
                        }};
    const bool secrets = std::any_of(request.plan.changes.cbegin(), request.plan.changes.cend(),
                                     [](const core::guard::Change &change) { return !change.secrets.isEmpty(); });
    if (!secrets)
        request.addToPlan = {this, [this](const core::guard::Plan &collected) { return addToPlan(collected); }};
    auto *dialog = new PlanDialog(*this, std::move(request), &m_window);
    *panel = dialog->panel();
    dialog->open();
}

void ShellWorkbench::sayDone(const PlanRequest &request, const QList<core::guard::ChangeOutcome> &outcomes)
{
    const auto applied = std::count_if(outcomes.cbegin(), outcomes.cend(), [](const core::guard::ChangeOutcome &outcome) {
        return outcome.outcome == core::guard::Outcome::Applied;
    });
    if (applied == 0 || size_t(applied) != request.plan.changes.size())
        return;
    Message message{.state = StateColor::Ok, .id = u"plan"_s};
    message.text = request.doneText.isEmpty() ? tr("Done: %1").arg(request.title) : request.doneText;
    message.closeAfter = std::chrono::seconds(10);
    // No good news before it was seen, and not gone before it was read.
    if (const auto unseen = workbench::countUnseen(request.plan, outcomes); unseen > 0) {
        message.state = StateColor::Warning;
        message.closeAfter = {};
        message.text =
            (unseen == applied ? tr("Applied, not yet seen when read back: %1") : tr("Applied, in part not yet seen when read back: %1"))
                .arg(message.text);
    }
    if (request.afterwards == PlanRequest::Afterwards::OfferUndo)
        message.actions = {{tr("Undo…"), {this, [this, plan = request.plan.id] { undoPlan(plan); }}}};
    notify(message);
}

core::Reply<core::Done> *ShellWorkbench::addToPlan(const core::guard::Plan &plan)
{
    const QStringList known = m_shell.basket().profiles();
    QStringList names, others;
    for (const QString &profile : known)
        names.append(m_shell.connections().displayName(profile));
    for (const core::guard::Change &change : plan.changes)
        if (const QString profile = change.target.profile(); !known.isEmpty() && !known.contains(profile) && !others.contains(profile))
            others.append(profile);
    if (others.isEmpty())
        return core::Reply<core::Done>::settled(collect(plan));
    for (QString &profile : others)
        profile = m_shell.connections().displayName(profile);
    // One plan for several connections is possible, never by accident.
    prompts::Confirm question;
    question.title = tr("Mix connections in one plan?");
    question.text = tr("The plan holds changes of %1. This one belongs to %2: they would be applied together.")
                        .arg(names.join(tr(", ")), others.join(tr(", ")));
    question.verb = tr("Add to the same plan");
    question.state = StateColor::Warning;
    auto *answer = new core::Reply<core::Done>(this);
    core::follow(answer, prompts::confirm(&m_window, question),
                 [this, plan](const core::Result<prompts::ConfirmAnswer> &chosen) -> core::Result<core::Done> {
                     return chosen ? collect(plan) : core::Result<core::Done>(core::fail(chosen.error()));
                 });
    return answer;
}

core::Result<core::Done> ShellWorkbench::collect(const core::guard::Plan &plan)
{
    const auto added = m_shell.basket().add(plan);
    if (!added)
        return core::fail(added.error());
    QString text = tr("%n changes are in the plan and not applied yet.", nullptr, m_shell.basket().count());
    if (added->replaced > 0)
        text = tr("%n earlier changes of the same objects were replaced.", nullptr, added->replaced) + u' ' + text;
    notify({.state = StateColor::Info,
            .text = text,
            .actions = {{tr("Review…"), {this, [this] { openPage({.kind = u"plan"_s}, Where::HereOrExisting); }}}},
            .closeAfter = std::chrono::seconds(10),
            .id = u"collected"_s});
    return core::Done{};
}

namespace {

/// An undo of one change, by the name of what is changed: its size and place stand elsewhere in the sheet.
struct UndoWords {
    QString title, done;
};

UndoWords undoWords(const core::guard::Plan &plan)
{
    using core::guard::Verb;
    const core::guard::TakenBack line = core::guard::takenBack(plan.displayTitle());
    const core::guard::Change &change = plan.changes.front();
    if (plan.changes.size() > 1 || change.target.kind() != "config"_L1) {
        const QString what = workbench::summaryText(line.what);
        return {plan.changes.size() > 1 ? ShellWorkbench::tr("Undo %n changes", nullptr, int(plan.changes.size()))
                                        : workbench::summaryText(plan.displayTitle()),
                line.isAgain() ? ShellWorkbench::tr("Done again: %1").arg(what) : ShellWorkbench::tr("Undone: %1").arg(what)};
    }
    const QString name = workbench::nameOf(change.target);
    switch (change.verb) {
    case Verb::Create:
        return line.isAgain()
            ? UndoWords{ShellWorkbench::tr("Create %1 again").arg(name), ShellWorkbench::tr("%1 is created again.").arg(name)}
            : UndoWords{ShellWorkbench::tr("Undo the deletion of %1").arg(name), ShellWorkbench::tr("%1 is there again.").arg(name)};
    case Verb::Delete:
        return line.isAgain()
            ? UndoWords{ShellWorkbench::tr("Delete %1 again").arg(name), ShellWorkbench::tr("%1 is deleted again.").arg(name)}
            : UndoWords{ShellWorkbench::tr("Undo the creation of %1").arg(name), ShellWorkbench::tr("%1 is taken away again.").arg(name)};
    case Verb::Update:
        break;
    }
    return line.isAgain()
        ? UndoWords{ShellWorkbench::tr("Change %1 again").arg(name), ShellWorkbench::tr("%1 is changed again.").arg(name)}
        : UndoWords{ShellWorkbench::tr("Undo the change of %1").arg(name), ShellWorkbench::tr("The change of %1 is undone.").arg(name)};
}

} // namespace

void ShellWorkbench::reviewUndo(core::Reply<core::guard::Plan> *undo)
{
    undo->then(this, [this](const core::Result<core::guard::Plan> &plan) {
        if (!plan) {
            notifyError(plan.error(), tr("This cannot be undone"));
            return;
        }
        PlanRequest request;
        request.plan = *plan;
        const UndoWords words = undoWords(*plan);
        request.plan.title = request.title = words.title; // in Activity, too
        request.applyText = tr("Undo %n changes", nullptr, int(plan->changes.size()));
        request.doneText = words.done;
        request.afterwards = PlanRequest::Afterwards::Nothing;
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
