// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/ledgerpage.h"

#include "core/base/savefile.h"
#include "core/guard/guard.h"
#include "core/guard/takenback.h"
#include "core/text/format.h"
#include "ui/common/clipboard.h"
#include "ui/common/coretext.h"
#include "ui/common/diffview.h"
#include "ui/common/filterbar.h"
#include "ui/common/messagebar.h"
#include "ui/common/prompts.h"
#include "ui/common/relativetime.h"
#include "ui/common/rowactions.h"
#include "ui/common/sizetext.h"
#include "ui/common/statepage.h"
#include "ui/common/widgets.h"
#include "ui/models/tableview.h"
#include "ui/workbench/activity.h"
#include "ui/workbench/subjecttext.h"
#include "ui/workbench/textsize.h"

#include <QEvent>
#include <QLineEdit>
#include <QSplitter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui::shell {

using core::store::LedgerEntry;
using core::store::LedgerReport;

namespace {

constexpr int Shown = 5000;
const QString ReportId = u"verify"_s;

bool isApplied(const LedgerEntry &entry)
{
    return entry.result && entry.result->outcome == "Applied"_L1;
}

} // namespace

void linkUndos(QList<LedgerRow> &rows)
{
    // What an undo is looked for by: its object, what it found and what it left.
    const auto key = [](const QString &address, const QByteArray &before, const QByteArray &after) {
        return address.toUtf8() + ' ' + before.toHex() + ' ' + after.toHex();
    };
    QHash<QByteArray, QList<qsizetype>> open; // undos whose counterpart is further down
    for (qsizetype at = 0; at < rows.size(); ++at) {
        LedgerRow &row = rows[at];
        row.undoes = row.undoneBy = 0;
        if (!isApplied(row.entry))
            continue;
        QList<qsizetype> &waiting = open[key(row.entry.address, row.entry.after, row.entry.before)];
        const core::guard::TakenBack line = core::guard::takenBack(row.entry.summary);
        for (qsizetype i = 0; i < waiting.size(); ++i) {
            LedgerRow &undo = rows[waiting.at(i)];
            const core::guard::TakenBack other = core::guard::takenBack(undo.entry.summary);
            if (other.what != line.what || other.isUndo() == line.isUndo())
                continue;
            undo.undoes = row.entry.id;
            if (undo.undoneBy == 0)
                row.undoneBy = undo.entry.id;
            waiting.removeAt(i);
            break;
        }
        if (line.times > 0)
            open[key(row.entry.address, row.entry.before, row.entry.after)].append(at);
    }
}

LedgerPage::LedgerPage(workbench::Workbench &workbench)
    : Page(workbench)
    , m_bar(new MessageBar(this))
{
    setObjectName(u"ledgerPage"_s);
    build();
    retranslate();
    core::store::Ledger &ledger = workbench.services().ledger;
    connect(&ledger, &core::store::Ledger::appended, this, [this] {
        if (m_started)
            load();
    });
    connect(&ledger, &core::store::Ledger::changedElsewhere, this, [this] {
        if (m_started)
            load();
    });
}

LedgerPage::~LedgerPage() = default;

void LedgerPage::build()
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_filter = new FilterBar(this);
    m_verify = new QuietButton(Icon::Validate, {}, this);
    m_export = new QuietButton(Icon::Export, {}, this);
    m_undo = new QuietButton(Icon::Undo, {}, this);
    m_verify->setObjectName(u"ledgerVerify"_s);
    m_export->setObjectName(u"ledgerExport"_s);
    m_undo->setObjectName(u"ledgerUndo"_s);
    m_filter->addWidget(m_undo);
    m_filter->addWidget(m_export);
    m_filter->addWidget(m_verify);
    layout->addWidget(m_filter);
    layout->addWidget(m_bar);
    m_pages = new StatePage(this);
    m_split = new QSplitter(Qt::Vertical, m_pages);
    m_split->setChildrenCollapsible(false);
    m_split->setHandleWidth(1);
    m_table = new TableView(m_split);
    m_table->setObjectName(u"ledgerTable"_s);
    m_table->setFrameShape(QFrame::NoFrame);

    using Column = RecordColumn<LedgerRow>;
    using Kind = ColumnInfo::Kind;
    m_model = new RecordModel<LedgerRow>(
        [](const LedgerRow &row) { return QString::number(row.entry.id); },
        {
            Column{.info = {.id = u"id"_s, .kind = Kind::Number, .width = 56},
                   .text = [](const LedgerRow &row) { return QString::number(row.entry.id); },
                   .sort = [](const LedgerRow &row) { return SortValue(double(row.entry.id)); }},
            Column{.info = {.id = u"at"_s, .kind = Kind::Time, .width = 100, .minWidth = 70},
                   .text = [](const LedgerRow &row) { return relativeTime(row.entry.at); },
                   .sort = [](const LedgerRow &row) { return sortByTime(row.entry.at); },
                   .toolTip = [](const LedgerRow &row) { return exactTime(row.entry.at); }},
            Column{
                .info = {.id = u"verb"_s,
                         .width = 110,
                         .minWidth = 70,
                         .whole =
                             [] {
                                 QStringList words{undoWord(9999), restoredWord()};
                                 for (const auto verb : {core::guard::Verb::Create, core::guard::Verb::Update, core::guard::Verb::Delete})
                                     words.append(verbWord(verb));
                                 return words;
                             },
                         .filter = ColumnInfo::Filter::Word},
                .text = [this](const LedgerRow &row) { return verbWord(row); },
                .toolTip = [](const LedgerRow &row) { return workbench::summaryText(row.entry.summary); }},
            Column{.info = {.id = u"name"_s, .kind = Kind::Name, .width = 200, .minWidth = 120, .stretch = ColumnInfo::Stretch::Yes},
                   .text = [](const LedgerRow &row) { return workbench::nameOf(row.address); },
                   .toolTip = [](const LedgerRow &row) { return row.entry.address; }},
            Column{.info = {.id = u"group"_s, .kind = Kind::Muted, .width = 130, .minWidth = 60},
                   .text = [](const LedgerRow &row) { return workbench::groupOf(row.address); }},
            Column{.info = {.id = u"namespace"_s, .kind = Kind::Muted, .width = 100, .minWidth = 60},
                   .text = [](const LedgerRow &row) { return workbench::subjectOf(row.address).namespaceId; }},
            Column{.info = {.id = u"place"_s, .kind = Kind::Muted, .width = 100, .minWidth = 60},
                   .text =
                       [this](const LedgerRow &row) {
                           return this->workbench().pathText({row.address.profile(), {}});
                       }},
            Column{.info = {.id = u"kind"_s, .kind = Kind::Muted, .width = 90, .visibility = ColumnInfo::Visibility::Hidden},
                   .text = [](const LedgerRow &row) { return row.address.kind(); }},
            Column{.info = {.id = u"outcome"_s, .width = 120, .minWidth = 70, .filter = ColumnInfo::Filter::Word},
                   .text = [this](const LedgerRow &row) { return outcomeWord(row.entry); },
                   .toolTip = [](const LedgerRow &row) { return row.entry.result ? coreText(row.entry.result->error) : QString(); },
                   .look = [this](const LedgerRow &row) { return CellLook{.state = outcomeColor(row.entry)}; }},
            // Program and reason also stand below the table.
            Column{.info = {.id = u"program"_s,
                            .kind = Kind::Muted,
                            .width = 90,
                            .whole =
                                [] {
                                    return QStringList{u"signalbox"_s, u"signalboxctl"_s};
                                },
                            .yields = 2},
                   .text = [](const LedgerRow &row) { return row.entry.program.section(u' ', 0, 0); },
                   .toolTip = [](const LedgerRow &row) { return row.entry.program; }},
            Column{.info = {.id = u"reason"_s, .kind = Kind::Muted, .width = 150, .minWidth = 60, .yields = 1},
                   .text = [](const LedgerRow &row) { return row.entry.reason; }},
        },
        this);

    m_below = new QWidget(m_split);
    auto *belowLayout = new QVBoxLayout(m_below);
    belowLayout->setContentsMargins(0, 0, 0, 0);
    belowLayout->setSpacing(0);
    m_about = new QLabel(m_below);
    m_about->setTextFormat(Qt::PlainText);
    m_about->setWordWrap(true);
    m_about->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_about->setContentsMargins(metrics::Between + metrics::Inside, metrics::Between, metrics::Between + metrics::Inside, metrics::Between);
    Theme::setMuted(m_about);
    m_diff = new DiffView(workbench().services().workers, m_below);
    m_diff->setObjectName(u"ledgerDiff"_s);
    workbench::followTextSize(workbench().services().viewState, m_diff);
    belowLayout->addWidget(m_about);
    belowLayout->addWidget(m_diff, 1);
    m_below->hide();
    m_split->addWidget(m_table);
    m_split->addWidget(m_below);
    m_split->setStretchFactor(0, 3);
    m_split->setStretchFactor(1, 2);
    m_split->setSizes({420, 280});
    m_pages->setContent(m_split);
    layout->addWidget(m_pages, 1);

    m_table->setRecords(m_model, tr("Ledger entries"));
    m_table->setSort({u"id"_s, Qt::DescendingOrder});
    m_filter->setFields(m_model->filterFields());
    connect(m_filter, &FilterBar::queryChanged, this, [this](const FilterQuery &query) {
        m_table->setQuery(query);
        m_filter->noteRunTime(m_table->proxy()->lastFilterTime());
        Q_EMIT statusChanged();
        Q_EMIT stateChanged();
    });
    connect(m_filter, &FilterBar::downRequested, m_table, &TableView::enter);
    connect(m_filter, &FilterBar::openRequested, m_table, &TableView::enter);
    connect(m_table, &TableView::currentIdChanged, this, &LedgerPage::showEntry);
    connect(m_table, &TableView::stateChanged, this, &LedgerPage::stateChanged);
    connect(m_table, &TableView::activatedId, this, [this](const QString &id) {
        if (const LedgerRow *row = m_model->find(id); row && !row->address.isEmpty())
            this->workbench().openAddress(row->address);
    });
    connect(m_verify, &QAbstractButton::clicked, this, &LedgerPage::verify);
    connect(m_export, &QAbstractButton::clicked, this, &LedgerPage::exportLines);
    connect(m_undo, &QAbstractButton::clicked, this, &LedgerPage::undoSelected);
    m_undo->setEnabled(false);
    m_split->setFocusProxy(m_table);
    setFocusProxy(m_pages);
    addRowActions();
}

void LedgerPage::retranslate()
{
    m_filter->setPlaceholder(tr("Filter: text, verb:, outcome:, reason: …"));
    m_verify->setText(tr("Verify"));
    m_verify->setToolTip(tr("Checks the hash chain and every stored value"));
    m_export->setText(tr("Export…"));
    m_export->setToolTip(tr("One JSON document a line"));
    m_undo->setText(tr("Undo…"));
    m_model->setTitles({tr("No."), tr("When"), tr("What"), tr("Object"), tr("Group"), tr("Namespace"), tr("Connection"), tr("Kind"),
                        tr("Outcome"), tr("Program"), tr("Reason")});
    m_table->setAccessibleName(tr("Ledger entries"));
    if (m_pages->state() == StatePage::State::Empty)
        showNothing();
}

void LedgerPage::showNothing()
{
    m_pages->showEmpty({Icon::Ledger,
                        tr("Nothing has been written yet."),
                        {},
                        {},
                        tr("Every change made here or with signalboxctl is kept in this ledger, with what was there before.")});
}

QString LedgerPage::undoWord(qint64 entry)
{
    return tr("undo of %1", "the number of a ledger entry").arg(entry);
}

QString LedgerPage::restoredWord()
{
    return tr("restored");
}

QString LedgerPage::verbWord(core::guard::Verb verb)
{
    switch (verb) {
    case core::guard::Verb::Create:
        return tr("created");
    case core::guard::Verb::Update:
        return tr("changed");
    case core::guard::Verb::Delete:
        return tr("deleted");
    }
    return {};
}

QString LedgerPage::verbWord(const LedgerRow &row) const
{
    if (row.undoes != 0)
        return undoWord(row.undoes);
    if (row.entry.summary.startsWith("Restore "_L1))
        return restoredWord();
    const auto known = core::guard::verbFrom(row.entry.verb);
    return known ? verbWord(*known) : row.entry.verb;
}

QString LedgerPage::outcomeWord(const LedgerEntry &entry) const
{
    if (!entry.result)
        return tr("under way or unknown");
    if (entry.result->outcome == "Applied"_L1)
        return entry.result->verified ? tr("applied") : tr("applied, not verified");
    if (entry.result->outcome == "Conflict"_L1)
        return tr("conflict");
    if (entry.result->outcome == "Failed"_L1)
        return tr("failed");
    return tr("no answer");
}

StateColor LedgerPage::outcomeColor(const LedgerEntry &entry) const
{
    if (!entry.result)
        return StateColor::Warning;
    if (entry.result->outcome == "Applied"_L1)
        return entry.result->verified ? StateColor::Ok : StateColor::Warning;
    return entry.result->outcome == "Unknown"_L1 ? StateColor::Warning : StateColor::Error;
}

void LedgerPage::activated()
{
    if (!std::exchange(m_started, true))
        load();
}

void LedgerPage::refresh()
{
    load();
}

void LedgerPage::load()
{
    if (m_model->rowCount() == 0)
        m_pages->showLoading(tr("Reading the ledger …"));
    m_arriving.clear();
    core::store::LedgerQuery query;
    query.limit = Shown;
    m_loading = workbench().services().ledger.entries(query);
    m_loading->each(this, [this](const QList<LedgerEntry> &batch) {
        for (const LedgerEntry &entry : batch) {
            LedgerRow row{.entry = entry, .address = {}};
            if (const auto address = core::Address::parse(entry.address))
                row.address = *address;
            m_arriving.append(row);
        }
    });
    m_loading->then(this, [this](const core::Result<core::Done> &result) {
        if (!result) {
            if (m_model->rowCount() == 0)
                m_pages->showError(result.error(), tr("Cannot read the ledger"), [this] { load(); });
            else
                m_bar->showError(result.error(), tr("Cannot read the ledger"));
            return;
        }
        linkUndos(m_arriving);
        m_model->sync(m_arriving);
        m_arriving.clear();
        showEntry(); // the entry on show may have its outcome now
        if (m_model->rowCount() == 0)
            showNothing();
        else
            m_pages->showContent();
        if (m_table->selectedCount() == 0 && m_table->proxy()->rowCount() > 0)
            m_table->select({m_table->proxy()->idAt(0)}, m_table->proxy()->idAt(0));
        Q_EMIT statusChanged();
    });
}

QString LedgerPage::statusText() const
{
    const int all = m_model->rowCount();
    const int shown = m_table->proxy()->rowCount();
    return all == shown ? tr("%n entries", nullptr, all) : tr("%1 entries").arg(countOfText(shown, all));
}

void LedgerPage::showEntry()
{
    const LedgerRow *row = m_model->find(m_table->currentId());
    m_below->setVisible(row != nullptr);
    m_undo->setEnabled(row && isApplied(row->entry) && row->entry.undo != "none"_L1 && row->undoneBy == 0);
    if (!row) {
        m_shown.reset();
        return;
    }
    m_undo->setToolTip(row->undoneBy != 0 ? tr("Taken back by entry %1").arg(row->undoneBy) : coreText(row->entry.undoNote));
    showAbout(*row);
    if (m_shown && m_shown->id == row->entry.id && m_shown->result.has_value() == row->entry.result.has_value())
        return;
    m_shown = row->entry;
    m_purged = false;
    m_left.reset();
    m_right.reset();
    loadValue(row->entry.before, Side::Before);
    loadValue(row->entry.after, Side::After);
    showDiff();
}

void LedgerPage::showAbout(const LedgerRow &row)
{
    QStringList lines;
    const QString what = row.entry.summary.isEmpty() ? row.entry.address : workbench::summaryText(row.entry.summary);
    lines.append(QStringList{what, exactTime(row.entry.at), row.entry.program}.join(u" · "_s));
    QStringList second;
    if (row.undoneBy != 0)
        second.append(tr("Taken back by entry %1").arg(row.undoneBy));
    if (!row.entry.reason.isEmpty())
        second.append(tr("Reason: %1").arg(row.entry.reason));
    if (row.entry.result && !row.entry.result->error.isEmpty())
        second.append(coreText(row.entry.result->error));
    if (!row.entry.undoNote.isEmpty())
        second.append(coreText(row.entry.undoNote));
    if (!second.isEmpty())
        lines.append(second.join(u" · "_s));
    if (m_purged && m_shown && m_shown->id == row.entry.id)
        lines.append(tr("The stored value was purged."));
    m_about->setText(lines.join(u'\n'));
}

void LedgerPage::loadValue(const QByteArray &sha, Side side)
{
    auto &slot = side == Side::Before ? m_before : m_after;
    if (sha.isEmpty()) {
        slot.reset();
        (side == Side::Before ? m_left : m_right) = QByteArray();
        return;
    }
    slot = workbench().services().ledger.value(sha);
    slot->then(this, [this, side](const core::Result<std::optional<QByteArray>> &value) {
        QByteArray bytes;
        if (value && *value) {
            if (const auto whole = core::guard::Value::fromCanonical(**value))
                bytes = whole->content;
        } else if (value) {
            m_purged = true;
            if (const LedgerRow *row = m_model->find(m_table->currentId()))
                showAbout(*row);
        }
        (side == Side::Before ? m_left : m_right) = bytes;
        showDiff();
    });
}

void LedgerPage::showDiff()
{
    if (!m_shown || !m_left || !m_right)
        return;
    m_diff->setVisible(!m_left->isEmpty() || !m_right->isEmpty());
    DiffInput input;
    input.left = *m_left;
    input.right = *m_right;
    input.leftLabel = m_shown->before.isEmpty() ? tr("did not exist") : tr("before");
    input.rightLabel = m_shown->after.isEmpty() ? tr("deleted") : tr("after");
    const auto address = core::Address::parse(m_shown->address);
    input.format = core::text::detect(m_right->isEmpty() ? *m_left : *m_right, address ? workbench::nameOf(*address) : QString());
    m_diff->compare(input);
}

void LedgerPage::verify()
{
    m_verify->setEnabled(false);
    auto *reply = workbench().services().ledger.verify();
    workbench().activity().track(reply, tr("Verify the ledger"));
    m_verifying = reply;
    m_verifying->then(this, [this](const core::Result<LedgerReport> &report) {
        m_verify->setEnabled(true);
        if (!report) {
            m_bar->showError(report.error(), tr("Cannot verify the ledger"));
            return;
        }
        m_report = *report;
        showReport();
    });
}

void LedgerPage::showReport()
{
    Message message{.id = ReportId};
    if (m_report->isIntact()) {
        message.state = StateColor::Ok;
        message.text =
            tr("The chain is intact: %1 rows and %2 values checked.").arg(countText(m_report->rows), countText(m_report->values));
        if (m_report->open > 0)
            message.text += u' ' + tr("%n entries have no outcome yet.", nullptr, int(m_report->open));
    } else {
        message.state = StateColor::Error;
        message.text = tr("The ledger is not intact: %n problems, the first at %1.", nullptr, int(m_report->problems.size()))
                           .arg(m_report->problems.first().place);
        QStringList lines;
        for (const core::store::LedgerProblem &problem : m_report->problems)
            lines.append(problem.place + u": "_s + problem.what);
        message.details = lines.join(u'\n');
    }
    m_bar->show(message);
}

void LedgerPage::exportLines()
{
    prompts::File question;
    question.title = tr("Export the ledger");
    question.suggestion = u"ledger.jsonl"_s;
    question.filters = QStringList{tr("JSON lines (*.jsonl)")};
    prompts::saveFile(this, question)->then(this, [this](const core::Result<QString> &name) {
        if (!name)
            return;
        auto file = std::make_shared<QSaveFile>(*name);
        if (!file->open(QIODevice::WriteOnly)) {
            m_bar->show({.state = StateColor::Error, .text = tr("Cannot write %1: %2").arg(*name, file->errorString())});
            return;
        }
        auto *stream = workbench().services().ledger.exportLines({});
        workbench().activity().track(stream, tr("Export the ledger"), *name);
        stream->each(this, [file](const QList<QByteArray> &lines) {
            for (const QByteArray &line : lines) {
                file->write(line);
                if (!line.endsWith('\n'))
                    file->write("\n");
            }
        });
        stream->then(this, [this, file, path = *name](const core::Result<core::Done> &result) {
            if (!result)
                m_bar->showError(result.error(), tr("Cannot export the ledger"));
            else if (!core::commitWhole(*file))
                m_bar->show({.state = StateColor::Error, .text = tr("Cannot write %1: %2").arg(path, file->errorString())});
            else
                m_bar->show({.state = StateColor::Ok, .text = tr("Exported to %1").arg(path), .closeAfter = std::chrono::seconds(5)});
        });
    });
}

void LedgerPage::undoSelected()
{
    if (m_undo->isEnabled() && m_shown)
        workbench().undoEntry(m_shown->id);
}

void LedgerPage::addRowActions()
{
    auto *rows = new RowActions(m_table);
    const auto address = [this] {
        const LedgerRow *row = m_model->find(m_table->currentId());
        return row ? row->address : core::Address();
    };
    const auto has = [address] { return !address().isEmpty(); };
    rows->add({.text = [] { return tr("&Open"); },
               .icon = Icon::Open,
               .shown = QKeySequence(Qt::Key_Return),
               .possible = has,
               .run = {this, [this, address] { workbench().openAddress(address()); }}});
    rows->add(m_undo);
    rows->addLine();
    rows->addCopyRows(m_table);
    rows->add({.text = [] { return tr("Copy &link"); },
               .icon = Icon::Link,
               .keys = {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C)},
               .possible = has,
               .run = {this, [address] { clipboard::copy(address().toString()); }}});
    rows->addLine();
    rows->add(m_export);
    rows->add(m_verify);
}

void LedgerPage::focusFilter()
{
    m_filter->edit()->setFocus(Qt::ShortcutFocusReason);
}

QJsonObject LedgerPage::saveState() const
{
    return {{u"filter"_s, m_filter->text()}, {u"table"_s, m_table->state()}};
}

void LedgerPage::restoreState(const QJsonObject &state)
{
    m_filter->setText(state.value("filter"_L1).toString());
    m_table->restoreState(state.value("table"_L1).toObject());
}

void LedgerPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        m_shown.reset();
        showEntry();
        const QList<Message> messages = m_bar->messages();
        if (std::ranges::any_of(messages, [](const Message &message) { return message.id == ReportId; }))
            showReport();
        Q_EMIT faceChanged();
        Q_EMIT statusChanged();
    }
    Page::changeEvent(event);
}

} // namespace ui::shell
