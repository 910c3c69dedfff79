// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/config/draftspage.h"

#include "ui/common/prompts.h"
#include "ui/common/relativetime.h"
#include "ui/common/rowactions.h"
#include "ui/common/sizetext.h"
#include "ui/common/statepage.h"
#include "ui/common/widgets.h"
#include "ui/models/tableview.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui::config {

using core::store::DraftInfo;

namespace {

QList<RecordColumn<DraftInfo>> columns(const workbench::Workbench &workbench)
{
    RecordColumn<DraftInfo> name;
    name.info.id = u"name"_s;
    name.info.title = DraftsPage::tr("Name");
    name.info.kind = ColumnInfo::Kind::Name;
    name.info.width = 300;
    name.info.stretch = ColumnInfo::Stretch::Yes;
    name.text = [](const DraftInfo &draft) { return draft.address.path().last(); };
    name.icon = [](const DraftInfo &) { return Theme::icon(Icon::Drafts); };
    RecordColumn<DraftInfo> place;
    place.info.id = u"place"_s;
    place.info.title = DraftsPage::tr("Place");
    place.info.kind = ColumnInfo::Kind::Muted;
    place.info.width = 260;
    place.text = [&workbench](const DraftInfo &draft) {
        QStringList words{workbench.pathText({draft.address.profile(), draft.address.space()}), draft.address.path().first()};
        if (draft.address.revision() == "override"_L1)
            words << DraftsPage::tr("local override");
        return words.join(u" · "_s);
    };
    RecordColumn<DraftInfo> saved;
    saved.info.id = u"saved"_s;
    saved.info.title = DraftsPage::tr("Saved");
    saved.info.kind = ColumnInfo::Kind::Time;
    saved.info.width = 120;
    saved.text = [](const DraftInfo &draft) { return relativeTime(draft.savedAt); };
    saved.sort = [](const DraftInfo &draft) { return sortByTime(draft.savedAt); };
    saved.toolTip = [](const DraftInfo &draft) { return exactTime(draft.savedAt); };
    RecordColumn<DraftInfo> size;
    size.info.id = u"size"_s;
    size.info.title = DraftsPage::tr("Size");
    size.info.kind = ColumnInfo::Kind::Number;
    size.info.width = 90;
    size.text = [](const DraftInfo &draft) { return sizeText(draft.size); };
    size.sort = [](const DraftInfo &draft) { return SortValue(double(draft.size)); };
    return {name, place, saved, size};
}

} // namespace

DraftsPage::DraftsPage(workbench::Workbench &workbench)
    : Page(workbench)
    , m_model([](const DraftInfo &draft) { return draft.address.toString(); }, columns(workbench))
{
    setObjectName(u"draftsPage"_s);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(metrics::Around, metrics::Between, metrics::Around, metrics::Between);
    auto *hint = new QLabel(tr("What you typed and have not published."), this);
    Theme::setMuted(hint);
    m_open = new QuietButton(Icon::Open, tr("Open"), this);
    m_open->setObjectName(u"openDraftButton"_s);
    m_discard = new QuietButton(Icon::Delete, tr("Discard…"), this);
    m_discard->setObjectName(u"discardDraftButton"_s);
    bar->addWidget(hint);
    bar->addStretch();
    bar->addWidget(m_open);
    bar->addWidget(m_discard);
    layout->addLayout(bar);
    layout->addWidget(new Separator(Qt::Horizontal, this));
    m_table = new TableView(this);
    m_table->setObjectName(u"draftsTable"_s);
    m_table->setRecords(&m_model, tr("Drafts"));
    m_table->setSort({u"saved"_s, Qt::DescendingOrder});
    m_states = new StatePage(this);
    m_states->setContent(m_table);
    layout->addWidget(m_states, 1);
    const auto selection = [this] {
        m_open->setEnabled(m_table->selectedCount() > 0);
        m_discard->setEnabled(m_table->selectedCount() > 0);
    };
    selection();
    connect(m_table, &TableView::selectionCountChanged, this, selection);
    const auto open = [this] {
        for (const QString &id : m_table->selectedIds()) {
            if (const auto address = core::Address::parse(id))
                this->workbench().openAddress(address->withRevision({}));
        }
    };
    connect(m_table, &TableView::activatedId, this, open);
    connect(m_open, &QToolButton::clicked, this, open);
    connect(m_discard, &QToolButton::clicked, this, &DraftsPage::discardSelected);
    connect(m_table, &TableView::stateChanged, this, &Page::stateChanged);
    setFocusProxy(m_states);
    auto *rows = new RowActions(m_table);
    rows->add(m_open, {}, QKeySequence(Qt::Key_Return));
    rows->addLine();
    rows->addCopy(m_table);
    rows->addLine();
    rows->add(m_discard, {QKeySequence(QKeySequence::Delete)});
    auto &drafts = workbench.services().drafts;
    connect(&drafts, &core::store::Drafts::saved, this, &DraftsPage::refresh);
    connect(&drafts, &core::store::Drafts::removed, this, &DraftsPage::refresh);
    connect(&drafts, &core::store::Drafts::changedElsewhere, this, &DraftsPage::refresh);
}

DraftsPage::~DraftsPage() = default;

void DraftsPage::activated()
{
    refresh();
    m_table->setFocus();
}

void DraftsPage::refresh()
{
    if (m_model.records().isEmpty())
        m_states->showLoading(tr("drafts"));
    m_loading = workbench().services().drafts.list();
    m_loading->then(this, [this](const core::Result<QList<DraftInfo>> &drafts) {
        if (!drafts) {
            m_states->showError(drafts.error(), tr("Cannot read the drafts"), [this] { refresh(); });
            return;
        }
        m_model.sync(*drafts);
        if (drafts->isEmpty())
            m_states->showEmpty({Icon::Drafts,
                                 tr("There are no drafts."),
                                 {},
                                 {},
                                 tr("Whatever you type in an editor is kept here until you publish it.")});
        else
            m_states->showContent();
    });
}

void DraftsPage::discardSelected()
{
    const QStringList ids = m_table->selectedIds();
    prompts::Confirm question;
    question.title = tr("Discard %n draft(s)?", nullptr, int(ids.size()));
    question.text = tr("What was typed is gone; the server is not touched.");
    question.verb = tr("Discard %n draft(s)", nullptr, int(ids.size()));
    question.state = StateColor::Warning;
    for (const QString &id : ids) {
        if (const auto address = core::Address::parse(id))
            question.items << address->path().last();
    }
    prompts::confirm(this, question)->then(this, [this, ids](const core::Result<prompts::ConfirmAnswer> &answer) {
        if (!answer)
            return;
        for (const QString &id : ids) {
            if (const auto address = core::Address::parse(id))
                workbench().services().drafts.remove(*address);
        }
    });
}

QJsonObject DraftsPage::saveState() const
{
    return {{u"table"_s, m_table->state()}};
}

void DraftsPage::restoreState(const QJsonObject &state)
{
    m_table->restoreState(state.value(u"table"_s).toObject());
}

} // namespace ui::config
