// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/config/namespacespage.h"

#include "core/nacos/config/configplans.h"
#include "core/nacos/registry.h"
#include "core/profiles/profilestore.h"
#include "ui/common/messagebar.h"
#include "ui/common/prompts.h"
#include "ui/common/rowactions.h"
#include "ui/common/sizetext.h"
#include "ui/common/statepage.h"
#include "ui/common/widgets.h"
#include "ui/config/namespacedeletion.h"
#include "ui/config/namespacedialog.h"
#include "ui/models/tableview.h"
#include "ui/workbench/planpanel.h"
#include "ui/workbench/unreadable.h"

#include <QHBoxLayout>
#include <QRegularExpression>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui::config {

using core::nacos::NamespaceInfo;

namespace {

QList<RecordColumn<NamespaceInfo>> columns()
{
    RecordColumn<NamespaceInfo> id;
    id.info.id = u"id"_s;
    id.info.title = NamespacesPage::tr("ID");
    id.info.kind = ColumnInfo::Kind::Ident;
    id.info.width = 220;
    id.text = [](const NamespaceInfo &info) { return info.id; };
    id.icon = [](const NamespaceInfo &) { return Theme::icon(Icon::Namespace); };
    RecordColumn<NamespaceInfo> name;
    name.info.id = u"name"_s;
    name.info.title = NamespacesPage::tr("Name");
    name.info.width = 200;
    name.text = [](const NamespaceInfo &info) { return info.name; };
    RecordColumn<NamespaceInfo> configs;
    configs.info.id = u"configs"_s;
    configs.info.title = NamespacesPage::tr("Configs");
    configs.info.kind = ColumnInfo::Kind::Number;
    configs.info.width = 90;
    configs.text = [](const NamespaceInfo &info) { return countText(info.configCount); };
    configs.sort = [](const NamespaceInfo &info) { return info.configCount < 0 ? SortValue() : SortValue(double(info.configCount)); };
    RecordColumn<NamespaceInfo> quota;
    quota.info.id = u"quota"_s;
    quota.info.title = NamespacesPage::tr("Quota");
    quota.info.kind = ColumnInfo::Kind::Number;
    quota.info.width = 80;
    quota.text = [](const NamespaceInfo &info) { return countText(info.quota); };
    quota.sort = [](const NamespaceInfo &info) { return info.quota < 0 ? SortValue() : SortValue(double(info.quota)); };
    RecordColumn<NamespaceInfo> description;
    description.info.id = u"description"_s;
    description.info.title = NamespacesPage::tr("Description");
    description.info.kind = ColumnInfo::Kind::Muted;
    description.info.stretch = ColumnInfo::Stretch::Yes;
    description.info.width = 260;
    description.text = [](const NamespaceInfo &info) {
        return info.typed                                ? NamespacesPage::tr("typed by hand")
            : info.builtIn && info.description.isEmpty() ? NamespacesPage::tr("built in")
                                                         : info.description;
    };
    return {id, name, configs, quota, description};
}

} // namespace

NamespacesPage::NamespacesPage(workbench::Workbench &workbench)
    : Page(workbench)
    , m_model([](const NamespaceInfo &info) { return info.id; }, columns())
{
    setObjectName(u"namespacesPage"_s);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(metrics::Around, metrics::Between, metrics::Around, metrics::Between);
    bar->setSpacing(metrics::Between);
    m_use = new QuietButton(Icon::Forward, tr("Use"), this);
    m_use->setObjectName(u"useNamespaceButton"_s);
    m_use->setToolTip(tr("Show this namespace's configs"));
    m_edit = new QuietButton(Icon::Edit, tr("Edit…"), this);
    m_edit->setObjectName(u"editNamespaceButton"_s);
    m_delete = new QuietButton(Icon::Delete, tr("Delete…"), this);
    m_delete->setObjectName(u"deleteNamespaceButton"_s);
    m_type = new QuietButton(Icon::Keyboard, tr("Type an ID…"), this);
    m_type->setObjectName(u"typeNamespaceButton"_s);
    m_type->setToolTip(tr("For an account that may not list the namespaces"));
    m_create = new PrimaryButton(tr("New namespace"), this);
    m_create->setObjectName(u"newNamespaceButton"_s);
    bar->addWidget(m_use);
    bar->addWidget(m_edit);
    bar->addWidget(m_delete);
    bar->addStretch();
    bar->addWidget(m_type);
    bar->addWidget(m_create);
    layout->addLayout(bar);
    layout->addWidget(new Separator(Qt::Horizontal, this));
    m_bar = new MessageBar(this);
    layout->addWidget(m_bar);
    m_table = new TableView(this);
    m_table->setObjectName(u"namespacesTable"_s);
    m_table->setRecords(&m_model, tr("Namespaces"));
    m_states = new StatePage(this);
    m_states->setContent(m_table);
    layout->addWidget(m_states, 1);
    const auto use = [this] {
        const NamespaceInfo *info = selected();
        if (!info)
            return;
        const QString id = info->id;
        workbench::PageRequest request;
        request.kind = u"configs"_s;
        request.subject = {subject().profile, id};
        this->workbench().openPage(request);
        this->workbench().setCurrent(request.subject);
    };
    connect(m_table, &TableView::activatedId, this, use);
    connect(m_use, &QToolButton::clicked, this, use);
    connect(m_edit, &QToolButton::clicked, this, &NamespacesPage::editSelected);
    connect(m_delete, &QToolButton::clicked, this, &NamespacesPage::deleteSelected);
    connect(m_type, &QToolButton::clicked, this, &NamespacesPage::typeId);
    connect(m_create, &QPushButton::clicked, this, &NamespacesPage::create);
    connect(m_table, &TableView::selectionCountChanged, this, &NamespacesPage::selectionChanged);
    connect(m_table, &TableView::stateChanged, this, &Page::stateChanged);
    // Also what another page, or an undo, made of them.
    auto &guard = this->workbench().services().guard;
    connect(&guard, &core::guard::Guard::planStarted, this, [this](const core::guard::Plan &plan) {
        for (const core::guard::Change &change : plan.changes)
            if (change.target.kind() == "namespace"_L1 && change.target.profile() == subject().profile)
                m_plans.insert(plan.id);
    });
    connect(&guard, &core::guard::Guard::planFinished, this, [this](const core::guard::PlanSummary &summary) {
        if (!m_plans.remove(summary.id) || !m_started)
            return;
        refresh();
        this->workbench().refreshNamespaces(subject().profile);
    });
    setFocusProxy(m_states);
    auto *rows = new RowActions(m_table);
    rows->add(m_use, {}, QKeySequence(Qt::Key_Return));
    rows->add(m_edit, {QKeySequence(Qt::Key_F2)});
    rows->addLine();
    rows->add(m_create, {QKeySequence(QKeySequence::New)});
    rows->add(m_type);
    rows->addLine();
    rows->addCopy(m_table);
    rows->addLine();
    rows->add(m_delete, {QKeySequence(QKeySequence::Delete)});
    selectionChanged();
}

NamespacesPage::~NamespacesPage() = default;

void NamespacesPage::setSubject(const workbench::Subject &subject)
{
    const bool sameConnection = subject.profile == this->subject().profile;
    Page::setSubject(subject);
    if (m_started && !sameConnection) {
        m_model.reset();
        refresh();
    }
    Q_EMIT faceChanged();
}

void NamespacesPage::activated()
{
    // No server tells of namespaces: each look at the page is at what there is now.
    m_started = true;
    refresh();
    m_table->setFocus();
}

void NamespacesPage::refresh()
{
    auto *registry = workbench().registry(subject().profile);
    if (!registry) {
        m_states->showEmpty({Icon::Connection, tr("No connection is open."), {}, {}, tr("Choose one at the top left.")});
        return;
    }
    if (m_model.records().isEmpty())
        m_states->showLoading(tr("namespaces"));
    m_loading = registry->namespaces().list();
    m_loading->then(this, [this](const core::Result<QList<NamespaceInfo>> &list) {
        if (!list) {
            const bool refused = list.error().kind == core::Error::Kind::Forbidden;
            if (refused)
                m_states->showEmpty({Icon::Lock, tr("This account may not list the namespaces."), tr("Type an ID…"), [this] { typeId(); },
                                     tr("A typed ID is remembered with the connection.")});
            else
                workbench::showUnreadable(*m_states, workbench(), {subject().profile, list.error(), tr("Cannot load the namespaces")},
                                          [this] { refresh(); });
            return;
        }
        m_model.sync(*list);
        m_states->showContent();
        selectionChanged();
        Q_EMIT statusChanged();
    });
}

QString NamespacesPage::statusText() const
{
    return m_model.records().isEmpty() ? QString() : tr("%n namespace(s)", nullptr, int(m_model.records().size()));
}

QJsonObject NamespacesPage::saveState() const
{
    return {{u"table"_s, m_table->state()}};
}

void NamespacesPage::restoreState(const QJsonObject &state)
{
    m_table->restoreState(state.value(u"table"_s).toObject());
}

/// The one that is selected; nullptr: none or several.
const NamespaceInfo *NamespacesPage::selected() const
{
    return m_table->selectedCount() == 1 ? m_model.find(m_table->selectedIds().value(0)) : nullptr;
}

void NamespacesPage::selectionChanged()
{
    const NamespaceInfo *info = selected();
    m_use->setEnabled(info);
    m_edit->setEnabled(info && !info->builtIn && !info->typed);
    m_delete->setEnabled(info && !info->builtIn && !info->typed);
    m_delete->setToolTip(info && info->builtIn ? tr("The built-in namespace stays.") : QString());
}

void NamespacesPage::written(const QList<core::guard::ChangeOutcome> &outcomes)
{
    if (outcomes.isEmpty())
        return;
    refresh();
    workbench().refreshNamespaces(subject().profile);
}

void NamespacesPage::write(const std::optional<NamespaceInfo> &before, const NamespaceInfo &after)
{
    auto change = core::nacos::namespaceChange(subject().profile, before, after);
    if (!change)
        return m_bar->showError(change.error(), tr("Cannot do this"));
    workbench::PlanRequest plan;
    const QString id = after.id;
    if (!before) {
        plan.title = tr("Create namespace %1").arg(id);
        plan.applyText = tr("Create");
        plan.doneText = tr("Namespace %1 is created.").arg(id);
    } else {
        plan.title = tr("Change namespace %1").arg(id);
        plan.applyText = tr("Save");
        plan.doneText = tr("Namespace %1 is changed.").arg(id);
    }
    plan.plan.title = plan.title;
    plan.plan.changes.push_back(std::move(*change));
    plan.finished = {this, [this](const QList<core::guard::ChangeOutcome> &outcomes) { written(outcomes); }};
    workbench().reviewPlan(std::move(plan));
}

void NamespacesPage::create()
{
    auto *dialog = new NamespaceDialog({}, this);
    connect(dialog, &NamespaceDialog::chosen, this, [this](const NamespaceInfo &info) { write(std::nullopt, info); });
    dialog->open();
}

void NamespacesPage::editSelected()
{
    const NamespaceInfo *info = selected();
    if (!info)
        return;
    auto *dialog = new NamespaceDialog(*info, this);
    connect(dialog, &NamespaceDialog::chosen, this, [this, before = *info](const NamespaceInfo &after) { write(before, after); });
    dialog->open();
}

void NamespacesPage::deleteSelected()
{
    const NamespaceInfo *info = selected();
    if (!info)
        return;
    m_bar->close(u"deletion"_s);
    reviewNamespaceDeletion(workbench(), this, m_bar, subject().profile, *info,
                            {this, [this](const QList<core::guard::ChangeOutcome> &outcomes) { written(outcomes); }});
}

void NamespacesPage::typeId()
{
    prompts::Input question;
    question.title = tr("Namespace ID");
    question.label = tr("ID of a namespace you may use");
    question.verb = tr("Use it");
    question.problem = [](const QString &text) {
        static const QRegularExpression pattern(u"^[A-Za-z0-9_-]{1,128}$"_s);
        return pattern.match(text).hasMatch() ? QString() : tr("Letters, digits, - and _ only.");
    };
    prompts::input(this, question)->then(this, [this](const core::Result<QString> &id) {
        if (!id)
            return;
        workbench().services().profiles.rememberNamespace(subject().profile, *id);
        workbench::PageRequest request;
        request.kind = u"configs"_s;
        request.subject = {subject().profile, *id};
        workbench().openPage(request);
        workbench().setCurrent(request.subject);
    });
}

} // namespace ui::config
