// SPDX-License-Identifier: GPL-3.0-or-later
// The plan panel's widgets and what they show; what it does is in planpanel.cpp.
#include "core/text/format.h"
#include "ui/common/errortext.h"
#include "ui/common/signalboxstyle.h"
#include "ui/workbench/attributechanges.h"
#include "ui/workbench/concerntext.h"
#include "ui/workbench/environment.h"
#include "ui/workbench/planpanel_p.h"
#include "ui/workbench/subjecttext.h"
#include "ui/workbench/textsize.h"
#include "ui/workbench/workbench.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui::workbench {

using core::guard::Change;
using core::guard::ChangeOutcome;
using core::guard::Outcome;
using core::guard::Verb;

namespace {

/// About what a sheet has across in a window of 1280.
constexpr int DialogWidth = 1150;

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
        return PlanPanel::tr("complete", "how far an undo goes");
    case core::guard::Undo::Partial:
        return PlanPanel::tr("in part", "how far an undo goes");
    case core::guard::Undo::None:
        return PlanPanel::tr("impossible", "how far an undo goes");
    }
    return {};
}

QString checkText(core::guard::Comparison comparison)
{
    return comparison == core::guard::Comparison::Atomic ? PlanPanel::tr("CAS", "compare and swap, by the server")
                                                         : PlanPanel::tr("read, then write", "there is no compare and swap for it");
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
        return wasGivenUp(outcome) ? std::pair(PlanPanel::tr("not sent"), StateColor::Neutral)
                                   : std::pair(PlanPanel::tr("failed"), StateColor::Error);
    case Outcome::Unknown:
        return {PlanPanel::tr("no answer"), StateColor::Warning};
    }
    return {};
}

std::pair<QString, StateColor> standingText(const core::guard::Standing &standing)
{
    using State = core::guard::Standing::State;
    switch (standing.state) {
    case State::Possible:
        return {PlanPanel::tr("possible"), StateColor::Ok};
    case State::Done:
        return {PlanPanel::tr("done already"), StateColor::Warning};
    case State::Conflict:
        return {PlanPanel::tr("in conflict"), StateColor::Error};
    case State::Unreadable:
        return {PlanPanel::tr("cannot be read"), StateColor::Warning};
    }
    return {};
}

/// What the short columns show whole in any window.
QStringList undoWords()
{
    using core::guard::Undo;
    return {undoText(Undo::Full), undoText(Undo::Partial), undoText(Undo::None)};
}

QStringList checkWords()
{
    using core::guard::Comparison;
    return {checkText(Comparison::Atomic), checkText(Comparison::Checked)};
}

/// The usual ones; "applied, not yet seen" may be cut.
QStringList resultWords()
{
    return {PlanPanel::tr("applied"), PlanPanel::tr("conflict"), PlanPanel::tr("failed"), PlanPanel::tr("no answer")};
}

} // namespace

void PlanPanel::build()
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);

    auto *head = new QHBoxLayout;
    head->setContentsMargins(metrics::Around, metrics::Around, metrics::Around, metrics::Between);
    head->setSpacing(metrics::Between);
    m_ui->title = new ElidedLabel(this);
    m_ui->title->setObjectName(u"planTitle"_s);
    m_ui->title->setElideMode(Qt::ElideMiddle);
    Theme::setHeadline(m_ui->title);
    m_ui->environment = new Badge(this);
    m_ui->place = new ElidedLabel(this);
    Theme::setMuted(m_ui->place);
    head->addWidget(m_ui->title);
    head->addWidget(m_ui->environment);
    head->addWidget(m_ui->place);
    head->addStretch(1);
    layout->addLayout(head);

    m_ui->bar = new MessageBar(this);
    layout->addWidget(m_ui->bar);

    m_ui->above = new QWidget(this);
    auto *above = new QVBoxLayout(m_ui->above);
    above->setContentsMargins(metrics::Around, metrics::Inside, metrics::Around, metrics::Between);
    above->setSpacing(metrics::Inside);
    m_ui->facts = new QLabel(m_ui->above);
    m_ui->facts->setWordWrap(true);
    m_ui->facts->setTextFormat(Qt::PlainText);
    Theme::setMuted(m_ui->facts);
    above->addWidget(m_ui->facts);
    if (m_request.extra) {
        m_request.extra->setParent(m_ui->above);
        above->addWidget(m_request.extra);
        m_request.extra->show();
    }
    layout->addWidget(m_ui->above);
    buildNeeds();
    if (isPage()) {
        layout->addWidget(m_ui->lock);
        layout->addWidget(m_ui->needs);
    }
    layout->addWidget(new Separator(Qt::Horizontal, this));

    m_ui->split = new QSplitter(Qt::Horizontal, this);
    m_ui->split->setChildrenCollapsible(false);
    m_ui->split->setHandleWidth(1);
    using Column = RecordColumn<PlanRow>;
    QList<Column> aside;
    if (!m_request.aside.title.isEmpty())
        aside.append(Column{{.id = u"aside"_s, .kind = ColumnInfo::Kind::Number, .width = 80, .visibility = ColumnInfo::Visibility::Hidden},
                            [](const PlanRow &row) { return row.aside; }});
    m_ui->model = new RecordModel<PlanRow>(
        [](const PlanRow &row) { return QString::number(row.index); },
        QList<Column>{
            Column{{.id = u"name"_s, .kind = ColumnInfo::Kind::Name, .width = 160, .minWidth = 90, .stretch = ColumnInfo::Stretch::Yes},
                   [](const PlanRow &row) { return row.name; }},
            Column{{.id = u"group"_s, .kind = ColumnInfo::Kind::Muted, .width = 120, .minWidth = 60},
                   [](const PlanRow &row) { return row.group; }},
            Column{{.id = u"verb"_s, .kind = ColumnInfo::Kind::Muted, .width = 70}, [](const PlanRow &row) { return row.verb; }},
            Column{{.id = u"state"_s, .width = 110, .visibility = ColumnInfo::Visibility::Hidden, .whole = resultWords},
                   [](const PlanRow &row) { return row.state; },
                   {},
                   {},
                   {},
                   [](const PlanRow &row) { return CellLook{.state = row.stateColor}; }},
            Column{{.id = u"place"_s,
                    .kind = ColumnInfo::Kind::Muted,
                    .width = 130,
                    .minWidth = 80,
                    .visibility = ColumnInfo::Visibility::Hidden},
                   [](const PlanRow &row) { return row.place; }},
            Column{{.id = u"undo"_s,
                    .kind = ColumnInfo::Kind::Muted,
                    .width = 84,
                    .visibility = ColumnInfo::Visibility::Hidden,
                    .whole = undoWords},
                   [](const PlanRow &row) { return row.undo; }},
            Column{{.id = u"check"_s,
                    .kind = ColumnInfo::Kind::Muted,
                    .width = 120,
                    .visibility = ColumnInfo::Visibility::Hidden,
                    .whole = checkWords},
                   [](const PlanRow &row) { return row.check; }},
        } + aside,
        this);
    m_ui->table = new TableView(m_ui->split);
    m_ui->table->setObjectName(u"planChanges"_s);
    m_ui->table->setFrameShape(QFrame::NoFrame);
    auto *right = new QWidget(m_ui->split);
    auto *rightLayout = new QVBoxLayout(right);
    rightLayout->setContentsMargins(0, 0, 0, 0);
    rightLayout->setSpacing(0);
    m_ui->attributes = new QLabel(right);
    m_ui->attributes->setObjectName(u"planAttributes"_s);
    m_ui->attributes->setTextFormat(Qt::PlainText);
    m_ui->attributes->setWordWrap(true);
    m_ui->attributes->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_ui->attributes->setContentsMargins(metrics::Around, metrics::Between, metrics::Around, metrics::Between);
    m_ui->attributes->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_ui->diff = new DiffView(m_workbench.services().workers, right);
    m_ui->diff->setObjectName(u"planDiff"_s);
    followTextSize(m_workbench.services().viewState, m_ui->diff);
    rightLayout->addWidget(m_ui->attributes);
    rightLayout->addWidget(m_ui->diff, 1);
    m_ui->split->addWidget(m_ui->table);
    m_ui->split->addWidget(right);
    m_ui->split->setStretchFactor(0, 0);
    m_ui->split->setStretchFactor(1, 1);
    m_ui->split->setSizes(isPage() ? QList<int>{600, 512} : QList<int>{420, DialogWidth - 420});
    if (isPage())
        setFocusProxy(m_ui->table);
    layout->addWidget(m_ui->split, 1);
    m_ui->splitLine = new Separator(Qt::Horizontal, this);
    layout->addWidget(m_ui->splitLine);

    if (!isPage()) {
        layout->addWidget(m_ui->lock);
        layout->addWidget(m_ui->needs);
    }

    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(metrics::Around, metrics::Between, metrics::Around, metrics::Around);
    foot->setSpacing(metrics::Between);
    m_ui->note = new QLabel(this);
    m_ui->note->setObjectName(u"planNote"_s);
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
    m_ui->collect = new QPushButton(this);
    m_ui->collect->setObjectName(u"planCollect"_s);
    m_ui->collect->setIcon(Theme::icon(Icon::AddToPlan));
    m_ui->collect->setAutoDefault(false);
    m_ui->collect->setVisible(bool(m_request.addToPlan));
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
    foot->addWidget(m_ui->collect);
    foot->addWidget(m_ui->cancel);
    foot->addWidget(m_ui->apply);
    layout->addLayout(foot);

    m_ui->table->setRecords(m_ui->model, tr("Changes of this plan"));
    if (isPage())
        m_ui->table->setColumnShown(u"undo"_s, true);
    connect(m_ui->table, &TableView::currentIdChanged, this, [this](const QString &id) {
        if (!id.isEmpty())
            showChange(id.toInt());
    });
    connect(m_ui->reason, &QLineEdit::textChanged, this, &PlanPanel::reviewAgain);
    connect(m_ui->typed, &QLineEdit::textChanged, this, &PlanPanel::reviewAgain);
    m_ui->reason->installEventFilter(this);
    m_ui->typed->installEventFilter(this);
    connect(m_ui->unlock, &QPushButton::clicked, this, &PlanPanel::unlock);
    connect(m_ui->cancel, &QPushButton::clicked, this, &PlanPanel::dismiss);
    connect(m_ui->collect, &QPushButton::clicked, this, &PlanPanel::collect);
    connect(m_ui->table, &TableView::selectionCountChanged, this, &PlanPanel::selectionChanged);
    connect(m_ui->apply, &QPushButton::clicked, this, &PlanPanel::apply);
    connect(m_ui->undo, &QPushButton::clicked, this, [this] {
        Workbench &workbench = m_workbench;
        const QUuid plan = m_request.plan.id;
        Q_EMIT done();
        workbench.undoPlan(plan);
    });
}

void PlanPanel::buildNeeds()
{
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

    m_ui->needs = new QWidget(this);
    m_ui->needsForm = new QFormLayout(m_ui->needs);
    m_ui->needsForm->setContentsMargins(metrics::Around, metrics::Between, metrics::Around, isPage() ? metrics::Between : 0);
    m_ui->needsForm->setHorizontalSpacing(metrics::Between);
    m_ui->needsForm->setVerticalSpacing(metrics::Between);
    m_ui->reason = new QLineEdit(m_ui->needs);
    m_ui->reason->setObjectName(u"planReason"_s);
    m_ui->reason->setText(m_request.reason && !m_request.reason->isEmpty() ? *m_request.reason : m_request.plan.reason);
    connect(m_ui->reason, &QLineEdit::textChanged, this, [kept = m_request.reason](const QString &text) {
        if (kept)
            *kept = text;
    });
    m_ui->reasonLabel = new QLabel(m_ui->needs);
    m_ui->reasonLabel->setBuddy(m_ui->reason);
    m_ui->typed = new QLineEdit(m_ui->needs);
    m_ui->typed->setObjectName(u"planTyped"_s);
    m_ui->typedLabel = new QLabel(m_ui->needs);
    m_ui->typedLabel->setBuddy(m_ui->typed);
    m_ui->needsForm->addRow(m_ui->reasonLabel, m_ui->reason);
    m_ui->needsForm->addRow(m_ui->typedLabel, m_ui->typed);
}

void PlanPanel::retranslate()
{
    m_ui->title->setText(m_request.title.isEmpty() ? summaryText(m_request.plan.displayTitle()) : m_request.title);
    const QString profile = m_request.plan.changes.empty() ? QString() : m_request.plan.changes.front().target.profile();
    QStringList places;
    for (const Change &change : m_request.plan.changes) {
        const QString place = placeOf(change.target);
        if (!places.contains(place))
            places.append(place);
    }
    // Where each goes is worth a column when it is not the same for all; the headline says it otherwise.
    m_ui->table->setColumnShown(u"place"_s, places.size() > 1);
    m_ui->place->setText(places.size() > 3 ? tr("%n places", nullptr, int(places.size())) : places.join(tr(", ")));
    const Environment environment = environmentOf(m_workbench.profile(profile));
    m_ui->environment->setVisible(environment != Environment::None);
    m_ui->environment->setEnvironment(environment);
    m_ui->environment->setText(environmentWord(environment));
    showConcerns();
    QStringList titles{tr("Object"), tr("Group"), tr("Change"), tr("Result"), tr("Where"), tr("Undo"), tr("Conflict check")};
    if (!m_request.aside.title.isEmpty())
        titles.append(m_request.aside.title);
    m_ui->model->setTitles(titles);
    m_ui->reason->setPlaceholderText(tr("Goes into the ledger, for example a ticket number"));
    m_ui->undo->setText(tr("&Undo…"));
    m_ui->collect->setText(tr("&Add to plan"));
    m_ui->collect->setToolTip(tr("Keeps it to be reviewed and applied later, together with other changes"));
    m_ui->table->setAccessibleName(tr("Changes of this plan"));
    refreshRows();
    showChange(std::exchange(m_shown, -1));
}

void PlanPanel::showConcerns()
{
    // How it is compared is a fact of every deletion, no alarm; of a single change it stands below the difference.
    QList<core::guard::Concern> alarms, facts;
    for (const core::guard::Concern &concern : std::as_const(m_review.concerns))
        (concern.kind == core::guard::Concern::Kind::NotAtomic ? facts : alarms).append(concern);
    const int changes = int(m_request.plan.changes.size());
    const QStringList warnings = concernTexts(alarms, changes);
    if (warnings.isEmpty() || m_phase != Phase::Review)
        m_ui->bar->close(u"warnings"_s);
    else
        m_ui->bar->show(Message{.state = StateColor::Warning, .text = warnings.join(u'\n'), .id = u"warnings"_s});
    QStringList lines = m_request.facts;
    if (changes > 1 && !isPage())
        lines += concernTexts(facts, changes);
    m_ui->facts->setText(lines.join(u'\n'));
    m_ui->facts->setVisible(!lines.isEmpty());
    m_ui->above->setVisible(!lines.isEmpty() || m_request.extra);
}

/// As tabs and titles name it.
QString PlanPanel::placeOf(const core::Address &target) const
{
    return m_workbench.pathText({target.profile(), target.space() == u"-"_s ? QString() : target.space()});
}

QString PlanPanel::lineAbout(const Change &change) const
{
    using core::guard::Comparison;
    QStringList parts;
    const bool ofAll = m_request.plan.changes.size() > 1 && !isPage(); // stands above the changes
    if (change.verb != Verb::Create && change.comparison == Comparison::Atomic)
        parts.append(tr("The server compares before it writes: a change made meanwhile is never overwritten."));
    else if (change.verb == Verb::Delete && !ofAll)
        parts.append(tr("Read and compared, then deleted: a change somebody makes in between goes with it."));
    else if (change.verb == Verb::Update && !ofAll)
        parts.append(tr("Read and compared, then written: a change somebody makes in between would be overwritten."));
    if (change.undo != core::guard::Undo::Full)
        parts.append(change.undoNote.isEmpty() ? tr("This cannot be undone completely.") : change.undoNote);
    return parts.join(u' ');
}

PlanRow PlanPanel::rowOf(int index) const
{
    const Change &change = m_request.plan.changes.at(size_t(index));
    PlanRow row;
    row.index = index;
    row.name = nameOf(change.target);
    row.group = groupOf(change.target);
    row.place = placeOf(change.target);
    row.verb = verbText(change.verb);
    row.check = checkText(change.comparison);
    row.undo = undoText(change.undo);
    row.aside = m_request.aside.texts.value(index);
    if (index < m_standings.size())
        std::tie(row.state, row.stateColor) = standingText(m_standings.at(index));
    return row;
}

/// How it will be checked matters until there is something to say about each.
void PlanPanel::showColumns()
{
    const bool said = !m_outcomes.isEmpty() || !m_standings.isEmpty();
    m_ui->table->setColumnShown(u"state"_s, said);
    m_ui->table->setColumnShown(u"check"_s, isPage() && !said);
    m_ui->table->setColumnShown(u"aside"_s, !m_request.aside.texts.isEmpty());
    if (isPage())
        return;
    // Each column has room to be read; the difference has what is left.
    int wanted = 420;
    for (const auto &[column, width] : {std::pair(u"place"_s, 140), std::pair(u"aside"_s, 90), std::pair(u"state"_s, 110)})
        wanted += m_ui->table->isColumnShown(column) ? width : 0;
    if (std::exchange(m_ui->tableWidth, wanted) != wanted)
        m_ui->split->setSizes({wanted, DialogWidth - wanted});
}

void PlanPanel::refreshRows()
{
    QList<PlanRow> rows;
    for (int index = 0; index < int(m_request.plan.changes.size()); ++index)
        rows.append(rowOf(index));
    for (const ChangeOutcome &outcome : std::as_const(m_outcomes))
        if (outcome.index >= 0 && outcome.index < rows.size())
            std::tie(rows[outcome.index].state, rows[outcome.index].stateColor) = outcomeText(outcome);
    m_ui->table->setColumnShown(u"group"_s, std::ranges::any_of(rows, [](const PlanRow &row) { return !row.group.isEmpty(); }));
    showColumns();
    m_ui->model->sync(rows, RecordModel<PlanRow>::Highlight::None);
}

/// Of a long plan only what has come: everything anew at each batch would take longer the longer it is.
void PlanPanel::showOutcomes(const QList<ChangeOutcome> &batch)
{
    const bool first = m_outcomes.isEmpty();
    m_outcomes += batch;
    if (first)
        showColumns();
    m_ui->progress->setValue(int(m_outcomes.size()));
    QList<PlanRow> rows;
    for (const ChangeOutcome &outcome : batch) {
        if (outcome.index < 0 || outcome.index >= int(m_request.plan.changes.size()))
            continue;
        rows.append(rowOf(outcome.index));
        std::tie(rows.last().state, rows.last().stateColor) = outcomeText(outcome);
    }
    m_ui->model->upsert(rows, RecordModel<PlanRow>::Highlight::None);
    if (isStopping())
        showStopping();
}

void PlanPanel::showChange(int index)
{
    if (index < 0 || index >= int(m_request.plan.changes.size()) || index == m_shown)
        return;
    m_shown = index;
    Change change = m_request.plan.changes.at(size_t(index));
    const core::guard::Standing standing = m_standings.value(index);
    if (standing.state == core::guard::Standing::State::Conflict)
        change.before = standing.live;
    // What is deleted goes whole: a list of what it loses says nothing.
    const QStringList attributes = change.verb == Verb::Delete ? QStringList() : attributeChanges(change);
    m_ui->attributes->setText(attributes.join(u'\n'));
    m_ui->attributes->setVisible(!attributes.isEmpty());
    if (m_phase != Phase::Finished && !isStopping()) // then it says what came of it all
        m_ui->note->setText(standing.error ? errorText(*standing.error, tr("%1 cannot be read").arg(nameOf(change.target))).both()
                                           : lineAbout(change));
    const QByteArray before = change.before ? change.before->content : QByteArray();
    const QByteArray after = change.after ? change.after->content : QByteArray();
    m_ui->diff->setVisible(!before.isEmpty() || !after.isEmpty());
    DiffInput input;
    const bool former = isOutOfReach(change.target.profile());
    const QString place = placeOf(change.target);
    input.leftLabel = !change.before ? (former ? tr("did not exist") : tr("does not exist"))
        : former                     ? tr("seen last · %1").arg(place)
                                     : tr("now · %1").arg(place);
    input.rightLabel = change.after ? tr("after") : tr("deleted");
    input.left = before;
    input.right = after;
    const QJsonObject attributesNow = change.after ? change.after->attributes : change.before ? change.before->attributes : QJsonObject();
    const auto format = core::text::formatFromName(attributesNow.value("type"_L1).toString());
    input.format = format ? *format : core::text::detect(change.after ? after : before, nameOf(change.target));
    arrange();
    if (m_ui->diff->isVisibleTo(this))
        m_ui->diff->compare(input);
}

bool PlanPanel::isShort() const
{
    if (isPage() || m_request.plan.changes.size() != 1)
        return false;
    const Change &change = m_request.plan.changes.front();
    return (!change.before || change.before->content.isEmpty()) && (!change.after || change.after->content.isEmpty());
}

/// Where there is nothing to compare what the feature shows has the room.
void PlanPanel::arrange()
{
    m_ui->table->setVisible(isPage() || m_request.plan.changes.size() > 1);
    const bool bare = isShort();
    const bool empty = bare && m_ui->attributes->isHidden();
    m_ui->split->setVisible(!empty);
    m_ui->splitLine->setVisible(!empty);
    m_ui->split->setMaximumHeight(bare ? m_ui->attributes->sizeHint().height() : QWIDGETSIZE_MAX);
    auto *column = static_cast<QVBoxLayout *>(layout());
    column->setStretchFactor(m_ui->above, bare ? 1 : 0);
}

} // namespace ui::workbench
