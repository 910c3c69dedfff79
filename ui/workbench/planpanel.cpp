// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workbench/planpanel.h"

#include "core/guard/unlocks.h"
#include "core/profiles/settings.h"
#include "core/text/format.h"
#include "ui/common/diffview.h"
#include "ui/common/errortext.h"
#include "ui/common/messagebar.h"
#include "ui/common/signalboxstyle.h"
#include "ui/common/sizetext.h"
#include "ui/common/widgets.h"
#include "ui/models/tableview.h"
#include "ui/workbench/activity.h"
#include "ui/workbench/concerntext.h"
#include "ui/workbench/environment.h"
#include "ui/workbench/subjecttext.h"
#include "ui/workbench/workbench.h"

#include <QEvent>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QLineEdit>
#include <QProgressBar>
#include <QSplitter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui::workbench {

using core::guard::Change;
using core::guard::ChangeOutcome;
using core::guard::Outcome;
using core::guard::Verb;

namespace {

QString verbText(Verb verb)
{
    switch (verb) {
    case Verb::Create:
        return PlanPanel::tr("create");
    case Verb::Update:
        return PlanPanel::tr("update");
    case Verb::Delete:
        return PlanPanel::tr("delete");
    }
    return {};
}

QString undoText(core::guard::Undo undo)
{
    switch (undo) {
    case core::guard::Undo::Full:
        return PlanPanel::tr("full", "how far an undo goes");
    case core::guard::Undo::Partial:
        return PlanPanel::tr("partial", "how far an undo goes");
    case core::guard::Undo::None:
        return PlanPanel::tr("none", "how far an undo goes");
    }
    return {};
}

QString checkText(core::guard::Comparison comparison)
{
    return comparison == core::guard::Comparison::Atomic ? PlanPanel::tr("by the server", "who compares before a change")
                                                         : PlanPanel::tr("read first", "who compares before a change");
}

std::pair<QString, StateColor> outcomeText(const ChangeOutcome &outcome)
{
    switch (outcome.outcome) {
    case Outcome::Applied:
        return outcome.verified ? std::pair(PlanPanel::tr("applied"), StateColor::Ok)
                                : std::pair(PlanPanel::tr("applied, not yet seen"), StateColor::Warning);
    case Outcome::Conflict:
        return {PlanPanel::tr("conflict"), StateColor::Error};
    case Outcome::Failed:
        return {PlanPanel::tr("failed"), StateColor::Error};
    case Outcome::Unknown:
        return {PlanPanel::tr("no answer"), StateColor::Warning};
    }
    return {};
}

QString attributeText(const QJsonValue &value)
{
    if (value.isString())
        return value.toString();
    if (value.isArray()) {
        QStringList words;
        const QJsonArray array = value.toArray();
        for (const QJsonValue &word : array)
            words.append(attributeText(word));
        return words.join(u", "_s);
    }
    return value.toVariant().toString();
}

/// "type: yaml → json"; the values that are the same on both sides are left out.
QStringList attributeChanges(const Change &change)
{
    const QJsonObject before = change.before ? change.before->attributes : QJsonObject();
    const QJsonObject after = change.after ? change.after->attributes : QJsonObject();
    QStringList names = before.keys() + after.keys();
    names.removeDuplicates();
    names.sort();
    QStringList lines;
    for (const QString &name : std::as_const(names)) {
        const QString old = attributeText(before.value(name)), fresh = attributeText(after.value(name));
        if (old == fresh)
            continue;
        if (old.isEmpty())
            lines.append(PlanPanel::tr("%1: %2").arg(name, fresh));
        else if (fresh.isEmpty())
            lines.append(PlanPanel::tr("%1: %2 is taken away").arg(name, old));
        else
            lines.append(PlanPanel::tr("%1: %2 → %3").arg(name, old, fresh));
    }
    return lines;
}

} // namespace

struct PlanPanel::Ui {
    QLabel *title = nullptr;
    Badge *environment = nullptr;
    QLabel *place = nullptr;
    MessageBar *bar = nullptr;
    QLabel *facts = nullptr;
    QSplitter *split = nullptr;
    TableView *table = nullptr;
    RecordModel<PlanRow> *model = nullptr;
    QLabel *attributes = nullptr;
    DiffView *diff = nullptr;
    QWidget *lock = nullptr;
    QLabel *lockText = nullptr;
    QPushButton *unlock = nullptr;
    QWidget *needs = nullptr;
    QFormLayout *needsForm = nullptr;
    QLabel *reasonLabel = nullptr, *typedLabel = nullptr;
    QLineEdit *reason = nullptr, *typed = nullptr;
    QLabel *note = nullptr;
    QProgressBar *progress = nullptr;
    QPushButton *undo = nullptr, *cancel = nullptr, *apply = nullptr;
};

PlanPanel::PlanPanel(Workbench &workbench, PlanRequest request, QWidget *parent)
    : QWidget(parent)
    , m_workbench(workbench)
    , m_request(std::move(request))
    , m_ui(std::make_unique<Ui>())
{
    if (m_request.plan.title.isEmpty())
        m_request.plan.title = m_request.title;
    m_hash = m_request.plan.hash();
    build();
    retranslate();
    refreshRows();
    showChange(0);
    reviewAgain();
    connect(&m_workbench.services().unlocks, &core::guard::Unlocks::changed, this, &PlanPanel::reviewAgain);
}

PlanPanel::~PlanPanel()
{
    report();
}

void PlanPanel::build()
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);

    auto *head = new QHBoxLayout;
    head->setContentsMargins(metrics::Around, metrics::Around, metrics::Around, metrics::Between);
    head->setSpacing(metrics::Between);
    m_ui->title = new QLabel(this);
    m_ui->title->setObjectName(u"planTitle"_s);
    m_ui->title->setTextFormat(Qt::PlainText);
    Theme::setHeadline(m_ui->title);
    m_ui->environment = new Badge(this);
    m_ui->place = new QLabel(this);
    m_ui->place->setTextFormat(Qt::PlainText);
    Theme::setMuted(m_ui->place);
    head->addWidget(m_ui->title);
    head->addWidget(m_ui->environment);
    head->addWidget(m_ui->place, 1);
    layout->addLayout(head);

    m_ui->bar = new MessageBar(this);
    layout->addWidget(m_ui->bar);

    auto *above = new QVBoxLayout;
    above->setContentsMargins(metrics::Around, 0, metrics::Around, metrics::Between);
    above->setSpacing(metrics::Inside);
    m_ui->facts = new QLabel(this);
    m_ui->facts->setWordWrap(true);
    m_ui->facts->setTextFormat(Qt::PlainText);
    Theme::setMuted(m_ui->facts);
    above->addWidget(m_ui->facts);
    if (m_request.extra) {
        m_request.extra->setParent(this);
        above->addWidget(m_request.extra);
        m_request.extra->show();
    }
    layout->addLayout(above);
    layout->addWidget(new Separator(Qt::Horizontal, this));

    m_ui->split = new QSplitter(Qt::Horizontal, this);
    m_ui->split->setChildrenCollapsible(false);
    m_ui->split->setHandleWidth(1);
    using Column = RecordColumn<PlanRow>;
    m_ui->model = new RecordModel<PlanRow>(
        [](const PlanRow &row) { return QString::number(row.index); },
        {
            Column{{.id = u"name"_s, .width = 180, .stretch = ColumnInfo::Stretch::Yes}, [](const PlanRow &row) { return row.name; }},
            Column{{.id = u"verb"_s, .kind = ColumnInfo::Kind::Muted, .width = 60}, [](const PlanRow &row) { return row.verb; }},
            Column{{.id = u"state"_s, .width = 110},
                   [](const PlanRow &row) { return row.state; },
                   {},
                   {},
                   {},
                   [](const PlanRow &row) { return CellLook{.state = row.stateColor}; }},
            Column{{.id = u"place"_s, .kind = ColumnInfo::Kind::Muted, .width = 120, .visibility = ColumnInfo::Visibility::Hidden},
                   [](const PlanRow &row) { return row.place; }},
            Column{{.id = u"undo"_s, .kind = ColumnInfo::Kind::Muted, .width = 70, .visibility = ColumnInfo::Visibility::Hidden},
                   [](const PlanRow &row) { return row.undo; }},
            Column{{.id = u"check"_s, .kind = ColumnInfo::Kind::Muted, .width = 90, .visibility = ColumnInfo::Visibility::Hidden},
                   [](const PlanRow &row) { return row.check; }},
        },
        this);
    m_ui->table = new TableView(m_ui->split);
    m_ui->table->setObjectName(u"planChanges"_s);
    m_ui->table->setFrameShape(QFrame::NoFrame);
    auto *right = new QWidget(m_ui->split);
    auto *rightLayout = new QVBoxLayout(right);
    rightLayout->setContentsMargins(0, 0, 0, 0);
    rightLayout->setSpacing(0);
    m_ui->attributes = new QLabel(right);
    m_ui->attributes->setTextFormat(Qt::PlainText);
    m_ui->attributes->setWordWrap(true);
    m_ui->attributes->setContentsMargins(metrics::Around, metrics::Between, metrics::Around, metrics::Between);
    m_ui->attributes->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_ui->diff = new DiffView(right);
    m_ui->diff->setObjectName(u"planDiff"_s);
    rightLayout->addWidget(m_ui->attributes);
    rightLayout->addWidget(m_ui->diff, 1);
    m_ui->split->addWidget(m_ui->table);
    m_ui->split->addWidget(right);
    m_ui->split->setStretchFactor(0, 0);
    m_ui->split->setStretchFactor(1, 1);
    m_ui->split->setSizes({360, 720});
    m_ui->table->setVisible(m_request.plan.changes.size() > 1);
    layout->addWidget(m_ui->split, 1);
    layout->addWidget(new Separator(Qt::Horizontal, this));

    m_ui->lock = new QWidget(this);
    auto *lockLayout = new QHBoxLayout(m_ui->lock);
    lockLayout->setContentsMargins(metrics::Around, metrics::Between, metrics::Around, 0);
    auto *lockIcon = new QLabel(m_ui->lock);
    lockIcon->setPixmap(Theme::icon(Icon::Lock, StateColor::Warning).pixmap(metrics::ListIcon, metrics::ListIcon));
    m_ui->lockText = new QLabel(m_ui->lock);
    m_ui->lockText->setWordWrap(true);
    m_ui->unlock = new QPushButton(m_ui->lock);
    m_ui->unlock->setObjectName(u"planUnlock"_s);
    lockLayout->addWidget(lockIcon);
    lockLayout->addWidget(m_ui->lockText, 1);
    lockLayout->addWidget(m_ui->unlock);
    layout->addWidget(m_ui->lock);

    m_ui->needs = new QWidget(this);
    m_ui->needsForm = new QFormLayout(m_ui->needs);
    m_ui->needsForm->setContentsMargins(metrics::Around, metrics::Between, metrics::Around, 0);
    m_ui->needsForm->setHorizontalSpacing(metrics::Between);
    m_ui->needsForm->setVerticalSpacing(metrics::Between);
    m_ui->reason = new QLineEdit(m_ui->needs);
    m_ui->reason->setObjectName(u"planReason"_s);
    m_ui->reason->setText(m_request.plan.reason);
    m_ui->reasonLabel = new QLabel(m_ui->needs);
    m_ui->reasonLabel->setBuddy(m_ui->reason);
    m_ui->typed = new QLineEdit(m_ui->needs);
    m_ui->typed->setObjectName(u"planTyped"_s);
    m_ui->typedLabel = new QLabel(m_ui->needs);
    m_ui->typedLabel->setBuddy(m_ui->typed);
    m_ui->needsForm->addRow(m_ui->reasonLabel, m_ui->reason);
    m_ui->needsForm->addRow(m_ui->typedLabel, m_ui->typed);
    layout->addWidget(m_ui->needs);

    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(metrics::Around, metrics::Between, metrics::Around, metrics::Around);
    foot->setSpacing(metrics::Between);
    m_ui->note = new QLabel(this);
    m_ui->note->setTextFormat(Qt::PlainText);
    m_ui->note->setWordWrap(true);
    Theme::setMuted(m_ui->note);
    m_ui->progress = new QProgressBar(this);
    m_ui->progress->setTextVisible(false);
    m_ui->progress->setMaximumWidth(200);
    m_ui->progress->hide();
    m_ui->undo = new QPushButton(this);
    m_ui->undo->setObjectName(u"planUndo"_s);
    m_ui->undo->hide();
    m_ui->cancel = new QPushButton(this);
    m_ui->cancel->setObjectName(u"planCancel"_s);
    m_ui->apply = new QPushButton(this);
    m_ui->apply->setObjectName(u"planApply"_s);
    const bool destructive = m_request.weight == PlanRequest::Weight::Destructive;
    (destructive ? m_ui->cancel : m_ui->apply)->setDefault(true); // nobody deletes by a reflex on Return
    m_ui->apply->setAutoDefault(!destructive);
    setButtonRole(m_ui->apply, destructive ? ButtonRole::Danger : ButtonRole::Primary);
    foot->addWidget(m_ui->note, 1);
    foot->addWidget(m_ui->progress);
    foot->addWidget(m_ui->undo);
    foot->addWidget(m_ui->cancel);
    foot->addWidget(m_ui->apply);
    layout->addLayout(foot);

    m_ui->table->setRecords(m_ui->model, tr("Changes of this plan"));
    connect(m_ui->table, &TableView::currentIdChanged, this, [this](const QString &id) {
        if (!id.isEmpty())
            showChange(id.toInt());
    });
    connect(m_ui->reason, &QLineEdit::textChanged, this, &PlanPanel::reviewAgain);
    connect(m_ui->typed, &QLineEdit::textChanged, this, &PlanPanel::reviewAgain);
    connect(m_ui->reason, &QLineEdit::returnPressed, this, [this] {
        if (m_ui->apply->isEnabled())
            apply();
    });
    connect(m_ui->typed, &QLineEdit::returnPressed, this, [this] {
        if (m_ui->apply->isEnabled())
            apply();
    });
    connect(m_ui->unlock, &QPushButton::clicked, this, &PlanPanel::unlock);
    connect(m_ui->cancel, &QPushButton::clicked, this, &PlanPanel::dismiss);
    connect(m_ui->apply, &QPushButton::clicked, this, &PlanPanel::apply);
    connect(m_ui->undo, &QPushButton::clicked, this, [this] {
        Workbench &workbench = m_workbench;
        const QUuid plan = m_request.plan.id;
        Q_EMIT done();
        workbench.undoPlan(plan);
    });
}

void PlanPanel::retranslate()
{
    m_ui->title->setText(m_request.title.isEmpty() ? m_request.plan.displayTitle() : m_request.title);
    const QString profile = m_request.plan.changes.empty() ? QString() : m_request.plan.changes.front().target.profile();
    QStringList places;
    for (const Change &change : m_request.plan.changes) {
        const QString place = placeText(change.target);
        if (!places.contains(place))
            places.append(place);
    }
    m_ui->place->setText(places.size() > 3 ? tr("%n places", nullptr, int(places.size())) : places.join(tr(", ")));
    const Environment environment = environmentOf(m_workbench.profile(profile));
    m_ui->environment->setVisible(environment != Environment::None);
    m_ui->environment->setEnvironment(environment);
    m_ui->environment->setText(environmentWord(environment));
    m_ui->facts->setText(m_request.facts.join(u'\n'));
    m_ui->facts->setVisible(!m_request.facts.isEmpty());
    m_ui->model->setTitles({tr("Change"), tr("Verb"), tr("State"), tr("Where"), tr("Undo"), tr("Comparison")});
    m_ui->reason->setPlaceholderText(tr("Goes into the ledger, for example a ticket number"));
    m_ui->undo->setText(tr("&Undo…"));
    refreshRows();
}

QString PlanPanel::lineAbout(const Change &change) const
{
    QStringList parts;
    if (change.verb == Verb::Update)
        parts.append(change.comparison == core::guard::Comparison::Atomic
                         ? tr("The server compares before it writes: a change made meanwhile is never overwritten.")
                         : tr("Compared by reading first: a change made in the very same moment would be overwritten."));
    if (change.undo != core::guard::Undo::Full)
        parts.append(change.undoNote.isEmpty() ? tr("This cannot be undone completely.") : change.undoNote);
    return parts.join(u' ');
}

void PlanPanel::refreshRows()
{
    QList<PlanRow> rows;
    for (size_t index = 0; index < m_request.plan.changes.size(); ++index) {
        const Change &change = m_request.plan.changes.at(index);
        PlanRow row;
        row.index = int(index);
        row.name = nameOf(change.target);
        row.place = placeText(change.target);
        row.verb = verbText(change.verb);
        row.check = checkText(change.comparison);
        row.undo = undoText(change.undo);
        for (const ChangeOutcome &outcome : std::as_const(m_outcomes))
            if (outcome.index == row.index)
                std::tie(row.state, row.stateColor) = outcomeText(outcome);
        rows.append(row);
    }
    m_ui->model->sync(rows, RecordModel<PlanRow>::Highlight::None);
}

void PlanPanel::showChange(int index)
{
    if (index < 0 || index >= int(m_request.plan.changes.size()) || index == m_shown)
        return;
    m_shown = index;
    const Change &change = m_request.plan.changes.at(size_t(index));
    // What is deleted goes whole: a list of what it loses says nothing.
    const QStringList attributes = change.verb == Verb::Delete ? QStringList() : attributeChanges(change);
    m_ui->attributes->setText(attributes.join(u'\n'));
    m_ui->attributes->setVisible(!attributes.isEmpty());
    m_ui->note->setText(lineAbout(change));
    const QByteArray before = change.before ? change.before->content : QByteArray();
    const QByteArray after = change.after ? change.after->content : QByteArray();
    m_ui->diff->setVisible(!before.isEmpty() || !after.isEmpty());
    DiffInput input;
    input.leftLabel = change.before ? tr("now · %1").arg(placeText(change.target)) : tr("does not exist");
    input.rightLabel = change.after ? tr("after") : tr("deleted");
    input.left = before;
    input.right = after;
    const QJsonObject attributesNow = change.after ? change.after->attributes : change.before ? change.before->attributes : QJsonObject();
    const auto format = core::text::formatFromName(attributesNow.value("type"_L1).toString());
    input.format = format ? *format : core::text::detect(change.after ? after : before, nameOf(change.target));
    if (m_ui->diff->isVisibleTo(this))
        m_ui->diff->compare(input);
}

void PlanPanel::reviewAgain()
{
    if (m_phase != Phase::Review)
        return;
    m_review = m_workbench.services().guard.review(m_request.plan);
    m_ui->bar->close(u"policy"_s);
    if (!m_review.allowed && !m_review.why.isEmpty() && !m_review.needsUnlock)
        m_ui->bar->show(Message{.state = StateColor::Error, .text = m_review.why, .id = u"policy"_s});
    const QStringList concerns = concernTexts(m_review.concerns, int(m_request.plan.changes.size()));
    if (!concerns.isEmpty())
        m_ui->bar->show(Message{.state = StateColor::Warning, .text = concerns.join(u'\n'), .id = u"warnings"_s});
    else
        m_ui->bar->close(u"warnings"_s);

    m_ui->lock->setVisible(m_review.needsUnlock);
    const int minutes = m_workbench.services().settings.number(core::profiles::Setting::DefaultUnlockMinutes);
    m_ui->lockText->setText(tr("%1 is read-only. Unlocking its writes needs a reason.").arg(m_review.lockedProfiles.join(tr(", "))));
    m_ui->unlock->setText(tr("&Unlock for %n minutes", nullptr, minutes));
    m_ui->unlock->setEnabled(!m_ui->reason->text().trimmed().isEmpty());
    const bool wantsTyping = !m_review.typedText.isEmpty();
    m_ui->typed->setVisible(wantsTyping);
    m_ui->typedLabel->setVisible(wantsTyping);
    m_ui->typedLabel->setText(tr("&Type “%1”").arg(m_review.typedText));
    m_ui->reasonLabel->setText(m_review.needsReason || m_review.needsUnlock ? tr("&Reason") : tr("&Reason (optional)"));

    QString missing;
    if (m_review.needsUnlock)
        missing = tr("Unlock writes first.");
    else if (!m_review.allowed)
        missing = m_review.why;
    else if (wantsTyping && m_ui->typed->text() != m_review.typedText)
        missing = tr("Type “%1” first.").arg(m_review.typedText);
    else if (m_review.needsReason && m_ui->reason->text().trimmed().isEmpty())
        missing = tr("Give a reason first.");
    m_ui->apply->setText(m_request.applyText.isEmpty() ? tr("Apply") : m_request.applyText);
    m_ui->apply->setEnabled(missing.isEmpty());
    m_ui->apply->setToolTip(missing);
    m_ui->cancel->setText(tr("Cancel"));
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
    else if (m_ui->typed->isVisibleTo(this) && m_ui->typed->text().isEmpty() && !m_review.needsUnlock)
        m_ui->typed->setFocus(Qt::OtherFocusReason);
    else
        m_ui->reason->setFocus(Qt::OtherFocusReason);
}

void PlanPanel::apply()
{
    if (m_phase != Phase::Review || !m_ui->apply->isEnabled())
        return;
    m_phase = Phase::Running;
    m_ui->needs->setEnabled(false);
    m_ui->apply->setEnabled(false);
    m_ui->progress->setRange(0, int(m_request.plan.changes.size()));
    m_ui->progress->setValue(0);
    m_ui->progress->show();
    m_request.plan.reason = m_ui->reason->text().trimmed();
    const core::guard::Consent consent{m_hash, m_ui->typed->text(), m_request.plan.reason};
    m_stream = m_workbench.services().guard.submit(m_request.plan, consent);
    m_workbench.activity().attach(m_request.plan.id, m_stream);
    m_stream->each(this, [this](const QList<ChangeOutcome> &batch) {
        m_outcomes += batch;
        m_ui->progress->setValue(int(m_outcomes.size()));
        refreshRows();
    });
    m_stream->then(this, [this](const core::Result<core::Done> &result) { streamEnded(result); });
    Q_EMIT phaseChanged();
}

void PlanPanel::streamEnded(const core::Result<core::Done> &result)
{
    m_phase = Phase::Finished;
    m_ui->progress->hide();
    refreshRows();
    const auto applied = std::count_if(m_outcomes.cbegin(), m_outcomes.cend(),
                                       [](const ChangeOutcome &outcome) { return outcome.outcome == Outcome::Applied; });
    Q_EMIT phaseChanged();
    if (result && applied == qsizetype(m_request.plan.changes.size())) {
        report();
        Q_EMIT done();
        return;
    }
    if (!result && m_outcomes.isEmpty() && result.error().kind != core::Error::Kind::Cancelled) {
        // Nothing was begun: the person may put it right and try again.
        m_phase = Phase::Review;
        m_ui->needs->setEnabled(true);
        m_ui->bar->showError(result.error(), tr("Nothing was changed"));
        reviewAgain();
        return;
    }
    if (!result)
        m_ui->bar->showError(result.error(), tr("Not all changes were made"));
    for (const ChangeOutcome &outcome : std::as_const(m_outcomes)) {
        if (outcome.outcome == Outcome::Applied)
            continue;
        const QString name = nameOf(outcome.target);
        Message message{.id = u"outcome"_s};
        message.state = outcome.outcome == Outcome::Unknown ? StateColor::Warning : StateColor::Error;
        if (outcome.outcome == Outcome::Conflict) {
            message.text = tr("%1 was changed by somebody else meanwhile. Nothing was overwritten.").arg(name);
            if (m_request.resolveConflict)
                message.actions.append({tr("Merge…"), [this, outcome] {
                                            const auto resolve = m_request.resolveConflict;
                                            Q_EMIT done();
                                            resolve(outcome);
                                        }});
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
        break;
    }
    m_ui->needs->hide();
    m_ui->lock->hide();
    m_ui->apply->hide();
    m_ui->cancel->setText(tr("Close"));
    m_ui->cancel->setFocus(Qt::OtherFocusReason);
    m_ui->undo->setVisible(applied > 0);
    m_ui->note->setText(tr("%1 of %n changes applied.", nullptr, int(m_request.plan.changes.size())).arg(countText(applied)));
}

void PlanPanel::dismiss()
{
    if (m_phase == Phase::Running) {
        if (m_stream)
            m_stream->cancel();
        return;
    }
    report();
    Q_EMIT done();
}

void PlanPanel::report()
{
    if (std::exchange(m_reported, true))
        return;
    if (m_request.finished && m_request.context)
        m_request.finished(m_outcomes);
}

void PlanPanel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        reviewAgain();
    }
    QWidget::changeEvent(event);
}

} // namespace ui::workbench
