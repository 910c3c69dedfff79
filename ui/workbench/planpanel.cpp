// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workbench/planpanel.h"

#include "core/guard/unlocks.h"
#include "core/nacos/registry.h"
#include "core/profiles/settings.h"
#include "ui/common/coretext.h"
#include "ui/common/errortext.h"
#include "ui/common/sizetext.h"
#include "ui/workbench/activity.h"
#include "ui/workbench/planpanel_p.h"
#include "ui/workbench/subjecttext.h"
#include "ui/workbench/unseen.h"
#include "ui/workbench/workbench.h"

#include <QEvent>
#include <QKeyEvent>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace ui::workbench {

using core::guard::ChangeOutcome;
using core::guard::Outcome;

namespace {

const QString Meanwhile = u"meanwhile"_s;
const QString OutOfReach = u"reach"_s;

} // namespace

PlanPanel::PlanPanel(Workbench &workbench, PlanRequest request, QWidget *parent)
    : QWidget(parent)
    , m_workbench(workbench)
    , m_request(std::move(request))
    , m_ui(std::make_unique<Ui>())
{
    build();
    takePlan(m_request.plan);
    retranslate();
    showChange(0);
    followServers();
    connect(&m_workbench.services().unlocks, &core::guard::Unlocks::changed, this, &PlanPanel::reviewAgain);
    if (m_request.news) {
        connect(m_request.news, &PlanNews::changed, this, &PlanPanel::compareAgain);
        connect(m_request.news, &PlanNews::replaced, this, &PlanPanel::replace);
        connect(m_request.news, &PlanNews::held, this, [this](const QString &why) {
            m_held = why;
            reviewAgain();
        });
    }
}

PlanPanel::~PlanPanel()
{
    if (m_phase == Phase::Running && m_submission) {
        // The plan goes on without its panel.
        m_submission->disconnect(this);
        m_submission->letGo(m_request.finished);
    } else {
        report();
    }
}

void PlanPanel::takePlan(core::guard::Plan plan)
{
    if (plan.title.isEmpty())
        plan.title = m_request.title;
    m_request.plan = plan;
    m_hash.clear();
    const int generation = ++m_generation;
    if (!plan.isLong()) {
        m_hash = plan.hash();
    } else {
        m_workbench.services().workers.run(
            this, [plan] { return plan.hash(); },
            [this, generation](const QByteArray &hash) {
                if (generation != m_generation)
                    return;
                m_hash = hash;
                reviewAgain();
            });
    }
    reviewAgain();
}

void PlanPanel::replace(const PlanReplacement &replacement)
{
    if (m_phase != Phase::Review)
        return;
    m_standing.reset();
    m_standings.clear();
    m_ui->bar->close(Meanwhile);
    m_held.clear();
    m_request.applyText = replacement.applyText;
    m_request.doneText = replacement.doneText;
    m_request.facts = replacement.facts;
    m_request.aside.texts = replacement.aside;
    takePlan(replacement.plan);
    refreshRows();
    m_shown = -1;
    showChange(0);
    Q_EMIT shapeChanged();
}

void PlanPanel::reviewAgain()
{
    if (m_phase != Phase::Review)
        return;
    m_review = m_workbench.services().guard.review(m_request.plan);
    m_ui->bar->close(u"policy"_s);
    if (!m_review.allowed && !m_review.why.isEmpty() && !m_review.needsUnlock)
        m_ui->bar->show(Message{.state = StateColor::Error, .text = coreText(m_review.why), .id = u"policy"_s});
    showConcerns();

    m_ui->lock->setVisible(m_review.needsUnlock);
    const int minutes = m_workbench.services().settings.number(core::profiles::Setting::DefaultUnlockMinutes);
    QStringList locked;
    for (const QString &profile : std::as_const(m_review.lockedProfiles))
        locked.append(m_workbench.pathText({profile, {}}));
    m_ui->lockText->setText(tr("%1 is read-only. Unlocking its writes needs a reason.").arg(locked.join(tr(", "))));
    m_ui->unlock->setText(tr("&Unlock for %n minutes", nullptr, minutes));
    m_ui->unlock->setEnabled(!m_ui->reason->text().trimmed().isEmpty());
    const bool wantsTyping = !m_review.typedText.isEmpty();
    m_ui->typed->setVisible(wantsTyping);
    m_ui->typedLabel->setVisible(wantsTyping);
    m_ui->typedLabel->setText(tr("T&ype “%1”").arg(m_review.typedText));
    m_ui->reasonLabel->setText(m_review.needsReason || m_review.needsUnlock ? tr("&Reason") : tr("&Reason (optional)"));

    QString missing;
    if (m_review.needsUnlock)
        missing = tr("Unlock writes first.");
    else if (!m_review.allowed)
        missing = coreText(m_review.why);
    else if (!m_held.isEmpty())
        missing = m_held;
    else if (isStale())
        missing = isPage() ? tr("Some of it is done already or in conflict: take that out, or begin from what is there now.")
                           : tr("It was changed by somebody else meanwhile.");
    else if (wantsTyping && m_ui->typed->text() != m_review.typedText)
        missing = tr("Type “%1” first.").arg(m_review.typedText);
    else if (m_review.needsReason && m_ui->reason->text().trimmed().isEmpty())
        missing = tr("Give a reason first.");
    else if (m_hash.isEmpty())
        missing = tr("One moment: the changes are being read.");
    m_ui->apply->setText(m_request.applyText.isEmpty() ? tr("Apply") : m_request.applyText);
    m_ui->apply->setEnabled(missing.isEmpty());
    m_ui->apply->setToolTip(missing);
    m_ui->cancel->setText(tr("Cancel"));
    // A page has nothing to give up; it is left by its tab.
    m_ui->cancel->setVisible(!isPage());
}

void PlanPanel::collect()
{
    if (m_phase != Phase::Review || !m_request.addToPlan)
        return;
    core::guard::Plan plan = m_request.plan;
    plan.reason = m_ui->reason->text().trimmed();
    m_ui->collect->setEnabled(false);
    m_collecting = m_request.addToPlan(plan);
    m_collecting->then(this, [this](const core::Result<core::Done> &result) {
        m_ui->collect->setEnabled(true);
        if (result) {
            report();
            Q_EMIT done();
        } else if (result.error().kind != core::Error::Kind::Cancelled) {
            m_ui->bar->showError(result.error(), tr("It was not added to the plan"));
        }
    });
}

TableView *PlanPanel::table() const
{
    return m_ui->table;
}

QList<core::Address> PlanPanel::selectedTargets() const
{
    QList<core::Address> targets;
    const QStringList ids = m_ui->table->selectedIds();
    for (const QString &id : ids)
        if (const size_t index = id.toUInt(); index < m_request.plan.changes.size())
            targets.append(m_request.plan.changes.at(index).target);
    return targets;
}

void PlanPanel::setStandings(const QList<core::guard::Standing> &standings)
{
    m_standings = standings;
    refreshRows();
    showChange(std::exchange(m_shown, -1));
    reviewAgain();
}

/// What stands here as the server's is that of now only while the server is there.
void PlanPanel::followServers()
{
    QStringList profiles;
    for (const core::guard::Change &change : m_request.plan.changes)
        if (!profiles.contains(change.target.profile()))
            profiles.append(change.target.profile());
    for (const QString &profile : std::as_const(profiles))
        if (core::nacos::Registry *registry = m_workbench.services().registries.find(profile))
            connect(&registry->session(), &core::nacos::Session::stateChanged, this, &PlanPanel::showReach);
    showReach();
}

bool PlanPanel::isOutOfReach(const QString &profile) const
{
    using State = core::nacos::SessionState;
    core::nacos::Registry *registry = m_workbench.services().registries.find(profile);
    if (!registry)
        return false;
    const State state = registry->session().state();
    if (state == State::Connecting) // another attempt is not an answer
        return m_away.contains(m_workbench.pathText({profile, {}}));
    return state != State::Live && state != State::Degraded;
}

void PlanPanel::showReach()
{
    if (m_phase != Phase::Review)
        return;
    QStringList away;
    for (const core::guard::Change &change : m_request.plan.changes) {
        const QString name = m_workbench.pathText({change.target.profile(), {}});
        if (isOutOfReach(change.target.profile()) && !away.contains(name))
            away.append(name);
    }
    // Said once: at every attempt to connect again it would come before what was said since.
    if (std::exchange(m_away, away) == away)
        return;
    if (away.isEmpty())
        m_ui->bar->close(OutOfReach);
    else
        m_ui->bar->show(
            {.state = StateColor::Warning,
             .text = tr("%1 is out of reach: what stands here as the server's is what was seen last, and nothing can be written "
                        "until it is back.")
                         .arg(away.join(tr(", "))),
             .id = OutOfReach});
    showChange(std::exchange(m_shown, -1));
}

void PlanPanel::compareAgain()
{
    if (m_phase != Phase::Review)
        return;
    m_standing = m_workbench.services().guard.standing(m_request.plan);
    m_standing->then(this, [this](const core::Result<QList<core::guard::Standing>> &standings) {
        if (!standings || m_phase != Phase::Review)
            return;
        setStandings(*standings);
        showNews();
    });
}

/// What somebody else changed while the person was reading; what is on show compares with what is there now.
void PlanPanel::showNews()
{
    using State = core::guard::Standing::State;
    const auto first = std::find_if(m_standings.cbegin(), m_standings.cend(), [](const core::guard::Standing &standing) {
        return standing.state == State::Done || standing.state == State::Conflict;
    });
    m_ui->bar->close(Meanwhile);
    if (first == m_standings.cend())
        return;
    ChangeOutcome outcome{.index = int(first - m_standings.cbegin()), .outcome = Outcome::Conflict};
    outcome.target = m_request.plan.changes.at(size_t(outcome.index)).target;
    Message message{.state = StateColor::Warning, .id = Meanwhile};
    if (first->state == State::Done) {
        message.text = tr("%1 is like this already: somebody else made the same change.").arg(nameOf(outcome.target));
    } else {
        message.text = tr("%1 was changed by somebody else meanwhile. You see what it is now.").arg(nameOf(outcome.target));
        if (m_request.resolveConflict)
            message.actions.append({tr("&Merge…"), {this, [this, outcome] { resolve(outcome); }}});
        else
            message.actions.append({tr("Begin from what is there now"), {this, [this] {
                                                                             core::guard::Plan fresh =
                                                                                 core::guard::startingFrom(m_request.plan, m_standings);
                                                                             fresh.id = m_request.plan.id; // none of it was submitted
                                                                             m_standings.clear();
                                                                             takePlan(fresh);
                                                                             refreshRows();
                                                                             showChange(std::exchange(m_shown, -1));
                                                                         }}});
    }
    m_ui->bar->show(message);
}

void PlanPanel::resolve(const ChangeOutcome &outcome)
{
    const auto merge = m_request.resolveConflict;
    Q_EMIT done();
    merge(outcome);
}

bool PlanPanel::isStale() const
{
    using State = core::guard::Standing::State;
    return std::any_of(m_standings.cbegin(), m_standings.cend(), [](const core::guard::Standing &standing) {
        return standing.state == State::Done || standing.state == State::Conflict;
    });
}

void PlanPanel::unlock()
{
    const int minutes = m_workbench.services().settings.number(core::profiles::Setting::DefaultUnlockMinutes);
    for (const QString &profile : std::as_const(m_review.lockedProfiles)) {
        const auto done = m_workbench.services().unlocks.unlock(profile, std::chrono::minutes(minutes), m_ui->reason->text().trimmed());
        if (!done)
            m_ui->bar->showError(done.error(), tr("Writes were not unlocked"));
    }
    reviewAgain();
    focusFirst();
}

void PlanPanel::focusFirst()
{
    if (m_ui->apply->isEnabled())
        (m_request.weight == PlanRequest::Weight::Destructive ? m_ui->cancel : m_ui->apply)->setFocus(Qt::OtherFocusReason);
    else if (m_ui->typed->isVisibleTo(this) && m_ui->typed->text().isEmpty() && !m_review.needsUnlock &&
             !(m_review.needsReason && m_ui->reason->text().isEmpty()))
        m_ui->typed->setFocus(Qt::OtherFocusReason);
    else
        m_ui->reason->setFocus(Qt::OtherFocusReason);
}

/// Nothing of it reached the server, and all of it may.
bool PlanPanel::mayTryAgain() const
{
    return m_phase == Phase::Finished && !isPage() && std::all_of(m_outcomes.cbegin(), m_outcomes.cend(), [](const ChangeOutcome &outcome) {
               return outcome.outcome == Outcome::Failed;
           });
}

/// Another attempt in the ledger; what was typed stays.
void PlanPanel::beginAgain()
{
    m_phase = Phase::Review;
    m_outcomes.clear();
    m_ui->bar->close(u"outcome"_s);
    m_ui->cancel->setEnabled(true);
    core::guard::Plan again = m_request.plan;
    again.id = QUuid::createUuid();
    takePlan(again);
    refreshRows();
    showReach();
    showChange(std::exchange(m_shown, -1));
}

void PlanPanel::apply()
{
    if (mayTryAgain())
        beginAgain();
    if (m_phase != Phase::Review || !m_ui->apply->isEnabled())
        return;
    m_phase = Phase::Running;
    m_standing.reset();
    m_ui->bar->close(u"warnings"_s); // read, and agreed to
    m_ui->bar->close(OutOfReach);
    m_ui->needs->setEnabled(false);
    m_ui->apply->setEnabled(false);
    m_ui->collect->hide();
    m_ui->cancel->show();
    m_ui->progress->setRange(0, int(m_request.plan.changes.size()));
    m_ui->progress->setValue(0);
    m_ui->progress->show();
    m_request.plan.reason = m_ui->reason->text().trimmed();
    const core::guard::Consent consent{m_hash, m_ui->typed->text(), m_request.plan.reason};
    using core::guard::Submission;
    if (m_submission) // of an earlier attempt
        m_submission->deleteLater();
    m_submission = new Submission(m_workbench.services().guard, m_request.plan, consent, this);
    m_workbench.activity().attach(m_request.plan.id, m_submission->operation());
    connect(m_submission, &Submission::advanced, this, &PlanPanel::showOutcomes);
    connect(m_submission, &Submission::stopping, this, &PlanPanel::showStopping);
    connect(m_submission, &Submission::ended, this, &PlanPanel::ended);
    Q_EMIT phaseChanged();
}

bool PlanPanel::isStopping() const
{
    return m_submission && m_submission->state() == core::guard::Submission::State::Stopping;
}

/// What was sent cannot be called back: it stays on show until it is known what came of it.
void PlanPanel::showStopping()
{
    const int onTheWay = m_submission->onTheWay();
    m_ui->note->setText(onTheWay > 0 ? tr("Stopping… %n on their way", nullptr, onTheWay) : tr("Stopping…"));
    m_ui->cancel->setEnabled(false);
}

void PlanPanel::ended()
{
    m_phase = Phase::Finished;
    m_outcomes = m_submission->outcomes().values();
    m_ui->progress->hide();
    m_ui->cancel->setEnabled(true);
    const auto &result = m_submission->result();
    Q_EMIT phaseChanged();
    if (result && m_submission->applied() == int(m_request.plan.changes.size())) {
        report();
        if (!isPage()) {
            Q_EMIT done();
            return;
        }
    }
    if (!result && m_outcomes.isEmpty() && !m_submission->wasCancelled()) {
        // Nothing was begun: the person may put it right and try again.
        m_phase = Phase::Review;
        m_ui->needs->setEnabled(true);
        m_ui->collect->setVisible(bool(m_request.addToPlan));
        m_ui->bar->showError(result.error(), tr("Nothing was changed"));
        reviewAgain();
        return;
    }
    showEnd();
}

void PlanPanel::showEnd()
{
    const auto &result = m_submission->result();
    const int applied = m_submission->applied(), changes = int(m_request.plan.changes.size());
    if (!result)
        m_ui->bar->showError(result.error(), tr("Not all changes were made"));
    if (applied == changes) {
        const auto unseen = countUnseen(m_request.plan, m_outcomes);
        m_ui->bar->show({.state = result && unseen == 0 ? StateColor::Ok : StateColor::Warning,
                         .text = !result         ? tr("Too late to stop: %n changes were on their way and are applied.", nullptr, applied)
                             : unseen == 0       ? tr("%n changes applied.", nullptr, applied)
                             : unseen == applied ? tr("All changes were applied; none was seen yet when it was read back.")
                                                 : tr("All changes were applied; not all were seen yet when they were read back."),
                         .id = u"outcome"_s});
    }
    showOutcome();
    // The editor that would merge may be closed while its sheet is open.
    if (const QObject *resolver = m_request.resolveConflict.context())
        connect(resolver, &QObject::destroyed, this, &PlanPanel::showOutcome, Qt::QueuedConnection); // a widget says it before it is gone
    const bool again = mayTryAgain();
    m_ui->needs->setVisible(again);
    m_ui->needs->setEnabled(again);
    m_ui->lock->hide();
    m_ui->apply->setVisible(again);
    m_ui->apply->setEnabled(again);
    m_ui->apply->setText(tr("&Try again"));
    m_ui->apply->setToolTip({});
    m_ui->cancel->setText(isPage() ? tr("Go on") : tr("Close"));
    QWidget *next = again ? m_ui->apply : m_ui->cancel;
    // What the bar offers comes before closing.
    const auto offers = m_ui->bar->findChildren<QToolButton *>(u"messageBarAction"_s);
    for (QToolButton *offer : offers)
        if (!offer->isHidden() && !isPage())
            next = offer;
    next->setFocus(Qt::OtherFocusReason);
    m_ui->undo->setVisible(applied > 0);
    if (isPage())
        report();
    // When all went well the bar has said it.
    m_ui->note->setText(applied == changes && result ? QString()
                                                     : tr("%1 of %n changes applied.", nullptr, changes).arg(countText(applied)));
}

/// Of the first change that was not applied; what was given up before it was sent needs no words.
void PlanPanel::showOutcome()
{
    const auto first = std::find_if(m_outcomes.cbegin(), m_outcomes.cend(), [](const ChangeOutcome &outcome) {
        return outcome.outcome != Outcome::Applied && !wasGivenUp(outcome);
    });
    if (first == m_outcomes.cend())
        return;
    const ChangeOutcome &outcome = *first;
    const QString name = nameOf(outcome.target);
    Message message{.id = u"outcome"_s};
    message.state = outcome.outcome == Outcome::Unknown ? StateColor::Warning : StateColor::Error;
    if (outcome.outcome == Outcome::Conflict) {
        message.text = tr("%1 was changed by somebody else meanwhile. Nothing was overwritten.").arg(name);
        if (m_request.resolveConflict)
            message.actions.append({tr("&Merge…"), {this, [this, outcome] { resolve(outcome); }}});
    } else if (outcome.outcome == Outcome::Unknown) {
        message.text = tr("The server gave no answer about %1. It is looked up as soon as the server can be reached.").arg(name);
    } else {
        message.text =
            outcome.error ? errorText(*outcome.error, tr("%1 was not changed").arg(name)).both() : tr("%1 was not changed.").arg(name);
    }
    if (outcome.error)
        message.details = errorText(*outcome.error).details;
    m_ui->bar->show(message);
    m_ui->table->select({QString::number(outcome.index)}, QString::number(outcome.index));
}

void PlanPanel::dismiss()
{
    if (m_phase == Phase::Running)
        return m_submission->cancel();
    report();
    Q_EMIT done();
}

void PlanPanel::report()
{
    if (std::exchange(m_reported, true))
        return;
    m_request.finished(m_outcomes);
}

/// Return in a field applies, and is not handed on: the sheet would press its default button, which is Cancel where something is lost.
bool PlanPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress || (watched != m_ui->reason && watched != m_ui->typed))
        return QWidget::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    if ((key->key() != Qt::Key_Return && key->key() != Qt::Key_Enter) || (key->modifiers() & ~Qt::KeypadModifier) != Qt::NoModifier)
        return QWidget::eventFilter(watched, event);
    if (m_ui->apply->isEnabled() && !key->isAutoRepeat())
        apply();
    return true;
}

void PlanPanel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        m_away.clear();
        showReach();
        reviewAgain();
        if (isStopping())
            showStopping();
    }
    QWidget::changeEvent(event);
}

} // namespace ui::workbench
