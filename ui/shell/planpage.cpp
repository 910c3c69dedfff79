// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/planpage.h"

#include "core/guard/planfiles.h"
#include "ui/common/messagebar.h"
#include "ui/common/prompts.h"
#include "ui/common/rowactions.h"
#include "ui/common/statepage.h"
#include "ui/common/widgets.h"
#include "ui/models/tableview.h"

#include <QEvent>
#include <QFileInfo>
#include <QHash>
#include <QHBoxLayout>
#include <QSet>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace ui::shell {

using core::guard::ChangeOutcome;
using core::guard::Plan;
using workbench::PlanPanel;

namespace {

const QString FileMessage = u"file"_s;

/// What was collected of the same objects while the plan ran is another change, and stays.
void takeOutApplied(core::guard::PlanBasket &basket, const Plan &submitted, const QList<ChangeOutcome> &outcomes)
{
    QSet<QString> done;
    for (const ChangeOutcome &outcome : outcomes)
        if (outcome.outcome == core::guard::Outcome::Applied)
            done.insert(outcome.target.toString());
    QHash<QString, const core::guard::Change *> collected;
    for (const core::guard::Change &change : basket.plan().changes)
        collected.insert(change.target.toString(), &change);
    QList<core::Address> applied;
    for (const core::guard::Change &change : submitted.changes) {
        const QString target = change.target.toString();
        if (const auto *now = collected.value(target); now && done.contains(target) && *now == change)
            applied.append(change.target);
    }
    if (!applied.isEmpty())
        basket.remove(applied);
}

} // namespace

PlanPage::PlanPage(workbench::Workbench &workbench, core::guard::PlanBasket &basket)
    : Page(workbench)
    , m_basket(basket)
    , m_compare(new QuietButton(Icon::Refresh, {}, this))
    , m_open(new QuietButton(Icon::Open, {}, this))
    , m_save(new QuietButton(Icon::Save, {}, this))
    , m_takeOut(new QuietButton(Icon::Remove, {}, this))
    , m_discard(new QuietButton(Icon::Clear, {}, this))
    , m_bar(new MessageBar(this))
    , m_pages(new StatePage(this))
    , m_home(new QWidget(m_pages))
{
    setObjectName(u"planPage"_s);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *tools = new QHBoxLayout;
    tools->setContentsMargins(metrics::Between, metrics::Inside, metrics::Between, metrics::Inside);
    tools->setSpacing(metrics::Inside);
    m_compare->setObjectName(u"planCompare"_s);
    m_open->setObjectName(u"planOpen"_s);
    m_save->setObjectName(u"planSave"_s);
    m_takeOut->setObjectName(u"planTakeOut"_s);
    m_discard->setObjectName(u"planDiscard"_s);
    tools->addWidget(m_compare);
    tools->addWidget(m_takeOut);
    tools->addWidget(m_discard);
    tools->addStretch(1);
    tools->addWidget(m_open);
    tools->addWidget(m_save);
    layout->addLayout(tools);
    layout->addWidget(new Separator(Qt::Horizontal, this));
    layout->addWidget(m_bar);
    auto *inner = new QVBoxLayout(m_home);
    inner->setContentsMargins(0, 0, 0, 0);
    m_pages->setContent(m_home);
    layout->addWidget(m_pages, 1);
    setFocusProxy(m_pages);
    connect(m_compare, &QAbstractButton::clicked, this, &PlanPage::compareAgain);
    connect(m_open, &QAbstractButton::clicked, this, &PlanPage::openFile);
    connect(m_save, &QAbstractButton::clicked, this, &PlanPage::saveAs);
    connect(m_takeOut, &QAbstractButton::clicked, this, &PlanPage::takeOut);
    connect(m_discard, &QAbstractButton::clicked, this, &PlanPage::discard);
    m_fileWork.setSingleShot(true);
    connect(&m_basket, &core::guard::PlanBasket::changed, this, &PlanPage::basketChanged);
    retranslate();
}

PlanPage::~PlanPage()
{
    delete m_panel;
}

void PlanPage::retranslate()
{
    m_compare->setText(tr("Compare again"));
    m_compare->setToolTip(tr("Reads everything the plan would change again: what is still possible, done already, or in conflict now"));
    m_open->setText(tr("Open a plan…"));
    m_open->setToolTip(tr("Takes the changes of a plan file"));
    m_save->setText(tr("Save as…"));
    m_save->setToolTip(tr("A file, for somebody else or for later"));
    m_takeOut->setText(tr("Take out"));
    m_takeOut->setToolTip(tr("Takes the selected changes out of the plan"));
    m_discard->setText(tr("Discard the plan…"));
    refreshButtons();
}

QString PlanPage::statusText() const
{
    return tr("%n changes", nullptr, m_basket.count());
}

void PlanPage::activated()
{
    if (std::exchange(m_started, true))
        return;
    rebuild();
}

void PlanPage::refresh()
{
    if (m_started && (!m_panel || m_panel->phase() == PlanPanel::Phase::Review))
        rebuild();
}

void PlanPage::basketChanged()
{
    // Outcomes stay on show until the person goes on.
    if (m_started && (!m_panel || (m_panel->phase() == PlanPanel::Phase::Review && !(m_shown == m_basket.plan()))))
        rebuild();
    refreshButtons();
    Q_EMIT statusChanged();
}

void PlanPage::rebuild()
{
    m_comparing.reset();
    m_bar->close(u"compare"_s);
    const QWidget *focus = window()->focusWidget();
    const bool hadFocus = focus && m_pages->isAncestorOf(focus);
    if (m_panel) {
        m_panel->hide();
        m_panel->deleteLater();
        m_panel = nullptr;
    }
    m_shown = m_basket.plan();
    if (m_shown.changes.empty()) {
        m_pages->showEmpty({Icon::Plan, tr("The plan is empty."), tr("Open a plan…"), [this] { openFile(); },
                            tr("“Add to plan” in the review of a change keeps it here, to be applied together with others.")});
        refreshButtons();
        return;
    }
    workbench::PlanRequest request;
    request.plan = m_shown;
    request.title = m_shown.title.isEmpty() ? tr("Plan of %n changes", nullptr, m_basket.count()) : m_shown.title;
    request.applyText = tr("Apply %n changes", nullptr, m_basket.count());
    const bool deletes = std::any_of(m_shown.changes.cbegin(), m_shown.changes.cend(),
                                     [](const core::guard::Change &change) { return change.verb == core::guard::Verb::Delete; });
    if (deletes)
        request.weight = workbench::PlanRequest::Weight::Destructive;
    request.frame = workbench::PlanRequest::Frame::Page;
    // By the basket: the page may be gone when the last outcome comes.
    request.finished = {&m_basket, [&basket = m_basket, submitted = m_shown](const QList<ChangeOutcome> &outcomes) {
                            takeOutApplied(basket, submitted, outcomes);
                        }};
    m_panel = new PlanPanel(workbench(), std::move(request), m_home);
    m_home->layout()->addWidget(m_panel);
    connect(m_panel, &PlanPanel::phaseChanged, this, &PlanPage::refreshButtons);
    connect(m_panel, &PlanPanel::selectionChanged, this, &PlanPage::refreshButtons);
    connect(m_panel, &PlanPanel::done, this, &PlanPage::rebuild, Qt::QueuedConnection);
    m_home->setFocusProxy(m_panel);
    auto *rows = new RowActions(m_panel->table());
    rows->add(m_takeOut, {QKeySequence(QKeySequence::Delete)});
    rows->addLine();
    rows->addCopyRows(m_panel->table());
    rows->addLine();
    rows->add(m_compare);
    rows->add(m_save);
    rows->add(m_discard);
    m_pages->showContent();
    if (hadFocus)
        m_pages->setFocus(Qt::OtherFocusReason);
    refreshButtons();
}

void PlanPage::refreshButtons()
{
    const bool any = m_basket.count() > 0;
    const bool reviewing = m_panel && m_panel->phase() == PlanPanel::Phase::Review;
    const bool files = m_reading.isActive() || m_writing.isActive();
    m_save->setEnabled(any && !files);
    m_compare->setEnabled(any && m_panel && m_panel->phase() != PlanPanel::Phase::Running && !m_comparing.isActive());
    m_discard->setEnabled(any && reviewing);
    m_takeOut->setEnabled(reviewing && !m_panel->selectedTargets().isEmpty());
    m_open->setEnabled(!files && (!m_panel || m_panel->phase() != PlanPanel::Phase::Running));
}

void PlanPage::compareAgain()
{
    if (m_panel && m_panel->phase() == PlanPanel::Phase::Finished)
        rebuild();
    if (!m_panel || m_panel->phase() != PlanPanel::Phase::Review || m_comparing.isActive())
        return;
    Message message{.state = StateColor::Neutral, .text = tr("Reading what the plan would change …"), .id = u"compare"_s};
    message.actions.append({tr("Cancel"), {this, [this] {
                                               m_comparing.reset();
                                               m_bar->close(u"compare"_s);
                                               refreshButtons();
                                           }}});
    m_bar->show(message);
    m_comparing = workbench().services().guard.standing(m_shown);
    m_comparing->then(this, [this](const core::Result<QList<core::guard::Standing>> &standings) {
        m_bar->close(u"compare"_s);
        refreshButtons();
        if (standings && m_panel && m_panel->phase() == PlanPanel::Phase::Review)
            compared(*standings);
    });
    refreshButtons();
}

void PlanPage::compared(const QList<core::guard::Standing> &standings)
{
    using core::guard::Standing;
    m_panel->setStandings(standings);
    const auto count = [&standings](Standing::State state) {
        return int(
            std::count_if(standings.cbegin(), standings.cend(), [state](const Standing &standing) { return standing.state == state; }));
    };
    const int done = count(Standing::State::Done), conflicts = count(Standing::State::Conflict),
              unread = count(Standing::State::Unreadable);
    QStringList parts{tr("%n still possible", "changes of a plan", count(Standing::State::Possible))};
    if (done > 0)
        parts.append(tr("%n done already", "changes of a plan", done));
    if (conflicts > 0)
        parts.append(tr("%n in conflict", "changes of a plan", conflicts));
    if (unread > 0)
        parts.append(tr("%n cannot be read", "changes of a plan", unread));
    Message message{.state = StateColor::Ok, .text = tr("Compared just now: %1.").arg(parts.join(tr(", "))), .id = u"compare"_s};
    if (conflicts > 0)
        message.state = StateColor::Error;
    else if (done > 0 || unread > 0)
        message.state = StateColor::Warning;
    if (conflicts > 0)
        message.actions.append(
            {tr("Begin from what is there now"), {this, [this, standings] { put(core::guard::startingFrom(m_shown, standings)); }}});
    if (conflicts > 0 || done > 0) {
        message.actions.append({tr("Take these out"), {this, [this, standings] {
                                                           Plan rest = m_shown;
                                                           rest.id = QUuid::createUuid();
                                                           rest.changes.clear();
                                                           for (size_t i = 0; i < m_shown.changes.size(); ++i) {
                                                               const Standing::State state = standings.value(qsizetype(i)).state;
                                                               if (state == Standing::State::Possible ||
                                                                   state == Standing::State::Unreadable)
                                                                   rest.changes.push_back(m_shown.changes.at(i));
                                                           }
                                                           put(rest);
                                                       }}});
    }
    m_bar->show(message);
}

void PlanPage::put(const Plan &plan)
{
    if (plan.changes.empty())
        m_basket.clear();
    else if (const auto done = m_basket.replace(plan); !done)
        m_bar->showError(done.error(), tr("The plan was not changed"));
}

void PlanPage::takeOut()
{
    if (m_panel && m_panel->phase() == PlanPanel::Phase::Review)
        m_basket.remove(m_panel->selectedTargets());
}

void PlanPage::discard()
{
    if (m_basket.count() == 0)
        return;
    prompts::Confirm question;
    question.title = tr("Discard the plan?");
    question.text = tr("Nothing of it was applied. The changes are lost unless they are saved as a file.");
    question.verb = tr("Discard %n changes", nullptr, m_basket.count());
    question.state = StateColor::Warning;
    prompts::confirm(this, question)->then(this, [this](const core::Result<prompts::ConfirmAnswer> &answer) {
        if (answer)
            m_basket.clear();
    });
}

void PlanPage::saveAs()
{
    prompts::File question;
    question.title = tr("Save the plan");
    question.suggestion = u"signalbox-plan.json"_s;
    question.filters = QStringList{tr("Plans (*.json)")};
    prompts::saveFile(this, question)->then(this, [this, plan = m_basket.plan()](const core::Result<QString> &name) {
        if (!name)
            return;
        const QString file = QFileInfo(*name).fileName();
        m_writing = core::guard::writePlanFile(plan, *name, workbench().services().workers, this);
        showFileWork(tr("Saving %1 …").arg(file), m_writing.get());
        m_writing->then(this, [this, file](const core::Result<core::Done> &done) {
            fileWorkEnded();
            if (done)
                m_bar->show({.state = StateColor::Ok,
                             .text = tr("Saved as %1.").arg(file),
                             .closeAfter = std::chrono::seconds(6),
                             .id = FileMessage});
            else if (done.error().kind != core::Error::Kind::Cancelled)
                m_bar->showError(done.error(), tr("The plan was not saved"));
        });
    });
}

void PlanPage::openFile()
{
    prompts::File question;
    question.title = tr("Open a plan");
    question.filters = QStringList{tr("Plans (*.json)"), tr("All files (*)")};
    prompts::openFile(this, question)->then(this, [this](const core::Result<QString> &name) {
        if (!name)
            return;
        const QString file = QFileInfo(*name).fileName();
        m_reading = core::guard::readPlanFile(*name, workbench().services().workers, this);
        showFileWork(tr("Reading %1 …").arg(file), m_reading.get());
        m_reading->then(this, [this, file](const core::Result<Plan> &plan) {
            fileWorkEnded();
            if (plan)
                complete(*plan, file);
            else if (plan.error().kind != core::Error::Kind::Cancelled)
                m_bar->showError(plan.error(), tr("Cannot open the plan"));
        });
    });
}

/// Who made the file may have known less of what is replaced.
void PlanPage::complete(const Plan &plan, const QString &file)
{
    m_reading = workbench().services().guard.complete(plan);
    showFileWork(tr("Reading %1 …").arg(file), m_reading.get());
    m_reading->then(this, [this, file](const core::Result<Plan> &completed) {
        fileWorkEnded();
        if (completed)
            take(*completed, file);
        else if (completed.error().kind != core::Error::Kind::Cancelled)
            m_bar->showError(completed.error(), tr("Cannot open the plan"));
    });
}

/// What takes longer than a blink is seen, and can be given up.
void PlanPage::showFileWork(const QString &text, core::Operation *work)
{
    m_fileWork.start(300ms);
    m_fileWork.callOnTimeout(work, [this, text, work] {
        m_bar->show({.state = StateColor::Neutral,
                     .text = text,
                     .actions = {{tr("Cancel"), {work, [work] { work->cancel(); }}}},
                     .id = FileMessage});
    });
    refreshButtons();
}

void PlanPage::fileWorkEnded()
{
    m_fileWork.stop();
    m_bar->close(FileMessage);
    refreshButtons();
}

void PlanPage::take(const Plan &plan, const QString &file)
{
    const auto use = [this, plan] {
        m_bar->close(FileMessage);
        if (const auto done = m_basket.replace(plan); !done)
            m_bar->showError(done.error(), tr("Cannot open the plan"));
        else if (m_panel && m_panel->phase() == PlanPanel::Phase::Finished)
            rebuild();
    };
    if (m_basket.count() == 0) {
        use();
        return;
    }
    prompts::Confirm question;
    question.title = tr("Open %1 instead?").arg(file);
    question.text =
        tr("The plan holds %n changes that were not applied. They are lost unless they are saved as a file.", nullptr, m_basket.count());
    question.verb = tr("Open instead");
    question.state = StateColor::Warning;
    prompts::confirm(this, question)->then(this, [use](const core::Result<prompts::ConfirmAnswer> &answer) {
        if (answer)
            use();
    });
}

void PlanPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        if (m_started && (!m_panel || m_panel->phase() == PlanPanel::Phase::Review))
            rebuild();
        Q_EMIT faceChanged();
    }
    Page::changeEvent(event);
}

} // namespace ui::shell
