// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/config/localfolderspage.h"

#include "core/nacos/registry.h"
#include "core/text/format.h"
#include "ui/common/diffview.h"
#include "ui/common/messagebar.h"
#include "ui/common/prompts.h"
#include "ui/common/relativetime.h"
#include "ui/common/rowactions.h"
#include "ui/common/sizetext.h"
#include "ui/common/statepage.h"
#include "ui/common/widgets.h"
#include "ui/models/tableview.h"
#include "ui/workbench/textsize.h"

#include <QDir>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSplitter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui::config {

using core::nacos::LocalComparison;
using core::nacos::LocalConfig;
using Row = LocalFoldersPage::Row;

namespace {

QString kindText(const Row &row)
{
    return row.item.kind == LocalConfig::Kind::Failover ? LocalFoldersPage::tr("failover") : LocalFoldersPage::tr("snapshot");
}

QString stateText(const Row &row)
{
    switch (row.state) {
    case Row::State::Same:
        return LocalFoldersPage::tr("same");
    case Row::State::Differs:
        return LocalFoldersPage::tr("differs");
    case Row::State::OnlyLocal:
        return LocalFoldersPage::tr("only here");
    case Row::State::Unknown:
        return LocalFoldersPage::tr("not known");
    case Row::State::Asking:
        break;
    }
    return u"…"_s;
}

CellLook stateLook(const Row &row)
{
    CellLook look;
    look.state = row.state == Row::State::Differs ? StateColor::Warning
        : row.state == Row::State::OnlyLocal      ? StateColor::Info
        : row.state == Row::State::Same           ? StateColor::Ok
                                                  : StateColor::Neutral;
    look.rank = row.state == Row::State::Unknown || row.state == Row::State::Asking ? CellLook::Rank::Muted : CellLook::Rank::AsColumn;
    return look;
}

RecordColumn<Row> column(const QString &id, const QString &title, ColumnInfo::Kind kind, int width,
                         std::function<QString(const Row &)> text)
{
    RecordColumn<Row> result;
    result.info.id = id;
    result.info.title = title;
    result.info.kind = kind;
    result.info.width = width;
    result.text = std::move(text);
    return result;
}

QList<RecordColumn<Row>> columns()
{
    using Kind = ColumnInfo::Kind;
    auto name = column(u"dataid"_s, LocalFoldersPage::tr("Data ID"), Kind::Name, 260, [](const Row &row) { return row.item.key.dataId; });
    name.info.stretch = ColumnInfo::Stretch::Yes;
    name.info.minWidth = 160;
    name.icon = [](const Row &row) { return Theme::icon(row.item.encryptedDataKey.isEmpty() ? Icon::Config : Icon::Secret); };
    name.toolTip = [](const Row &row) { return row.item.file; };
    auto state = column(u"state"_s, LocalFoldersPage::tr("Against the server"), Kind::Text, 140, stateText);
    state.look = stateLook;
    state.toolTip = [](const Row &row) { return row.problem; };
    auto size = column(u"size"_s, LocalFoldersPage::tr("Size"), Kind::Number, 80, [](const Row &row) { return sizeText(row.item.size); });
    size.sort = [](const Row &row) { return SortValue(double(row.item.size)); };
    auto changed = column(u"changed"_s, LocalFoldersPage::tr("Written"), Kind::Time, 100,
                          [](const Row &row) { return relativeTime(row.item.changedAt); });
    changed.sort = [](const Row &row) { return sortByTime(row.item.changedAt); };
    changed.toolTip = [](const Row &row) { return exactTime(row.item.changedAt); };
    auto kind = column(u"kind"_s, LocalFoldersPage::tr("Kind"), Kind::Muted, 80, kindText);
    kind.look = [](const Row &row) {
        CellLook look;
        // What a person wrote wins over the server, so it is what one looks for.
        if (row.item.kind == LocalConfig::Kind::Failover)
            look.state = StateColor::Warning;
        return look;
    };
    auto server = column(u"server"_s, LocalFoldersPage::tr("Server"), Kind::Muted, 160,
                         [](const Row &row) { return row.item.server.isEmpty() ? u"–"_s : row.item.server; });
    server.info.visibility = ColumnInfo::Visibility::Hidden;
    auto md5 = column(u"md5"_s, LocalFoldersPage::tr("MD5"), Kind::Ident, 84,
                      [](const Row &row) { return QString::fromLatin1(row.item.md5.left(8)); });
    md5.info.visibility = ColumnInfo::Visibility::Hidden;
    return {name,
            column(u"group"_s, LocalFoldersPage::tr("Group"), Kind::Muted, 130, [](const Row &row) { return row.item.key.group; }),
            column(u"namespace"_s, LocalFoldersPage::tr("Namespace"), Kind::Muted, 110,
                   [](const Row &row) { return row.item.key.namespaceId; }),
            column(u"sdk"_s, LocalFoldersPage::tr("SDK"), Kind::Muted, 70,
                   [](const Row &row) { return row.item.sdk == LocalConfig::Sdk::Java ? u"Java"_s : u"Python"_s; }),
            kind,
            size,
            changed,
            state,
            server,
            md5};
}

} // namespace

LocalFoldersPage::LocalFoldersPage(workbench::Workbench &workbench)
    : Page(workbench)
    , m_model([](const Row &row) { return row.item.file; }, columns())
{
    setObjectName(u"localFoldersPage"_s);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(metrics::Around, metrics::Between, metrics::Around, metrics::Between);
    bar->setSpacing(metrics::Between);
    m_folder = new QLineEdit(this);
    m_folder->setObjectName(u"localFolder"_s);
    m_folder->setAccessibleName(tr("Folder of an SDK"));
    m_folder->setPlaceholderText(tr("Folder an SDK keeps its files in, for example ~/nacos"));
    auto *choose = new QuietButton(Icon::Open, tr("Choose…"), this);
    choose->setObjectName(u"localFolderChoose"_s);
    auto *go = new PrimaryButton(tr("Show"), this);
    go->setObjectName(u"localFolderShow"_s);
    bar->addWidget(m_folder, 1);
    bar->addWidget(choose);
    bar->addWidget(go);
    layout->addLayout(bar);
    layout->addWidget(new Separator(Qt::Horizontal, this));
    m_bar = new MessageBar(this);
    layout->addWidget(m_bar);

    m_splitter = new QSplitter(Qt::Vertical, this);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(1);
    m_table = new TableView(m_splitter);
    m_table->setObjectName(u"localTable"_s);
    m_table->setRecords(&m_model, tr("Files of the SDKs"));
    m_table->setSort({u"dataid"_s, Qt::AscendingOrder}, {u"kind"_s, Qt::AscendingOrder});
    auto *below = new QWidget(m_splitter);
    auto *belowLayout = new QVBoxLayout(below);
    belowLayout->setContentsMargins({});
    belowLayout->setSpacing(0);
    belowLayout->addWidget(new Separator(Qt::Horizontal, below));
    auto *line = new QHBoxLayout;
    line->setContentsMargins(metrics::Around, metrics::Inside, metrics::Around, metrics::Inside);
    m_counts = new QLabel(below);
    m_counts->setObjectName(u"localCounts"_s);
    Theme::setMuted(m_counts);
    m_open = new QuietButton(Icon::Edit, tr("Open the config"), below);
    m_open->setObjectName(u"localOpen"_s);
    m_open->setToolTip(tr("Opens what the server has in an editor"));
    line->addWidget(m_counts, 1);
    line->addWidget(m_open);
    belowLayout->addLayout(line);
    m_diff = new DiffView(this->workbench().services().workers, below);
    m_diff->setObjectName(u"localDiff"_s);
    workbench::followTextSize(this->workbench().services().viewState, m_diff);
    m_diffStates = new StatePage(below);
    m_diffStates->setContent(m_diff);
    belowLayout->addWidget(m_diffStates, 1);
    m_splitter->addWidget(m_table);
    m_splitter->addWidget(below);
    m_splitter->setSizes({300, 300});
    m_states = new StatePage(this);
    m_states->setContent(m_splitter);
    layout->addWidget(m_states, 1);

    connect(m_folder, &QLineEdit::returnPressed, this, &LocalFoldersPage::scan);
    connect(go, &QPushButton::clicked, this, &LocalFoldersPage::scan);
    connect(choose, &QToolButton::clicked, this, &LocalFoldersPage::chooseFolder);
    connect(m_table, &TableView::currentIdChanged, this, &LocalFoldersPage::showCurrent);
    connect(m_table, &TableView::activatedId, this, [this] { m_diff->setFocus(); });
    connect(m_table, &TableView::stateChanged, this, &Page::stateChanged);
    connect(m_open, &QToolButton::clicked, this, &LocalFoldersPage::openCurrent);
    m_splitter->setFocusProxy(m_table);
    setFocusProxy(m_states);
    auto *rows = new RowActions(m_table);
    rows->add(m_open, {QKeySequence(Qt::Key_F2)});
    rows->addLine();
    rows->addCopyRows(m_table);
}

LocalFoldersPage::~LocalFoldersPage() = default;

void LocalFoldersPage::setSubject(const workbench::Subject &subject)
{
    const bool otherServer = subject.profile != this->subject().profile;
    Page::setSubject(subject);
    if (m_started && otherServer && !m_model.records().isEmpty()) {
        m_shown.clear();
        compareAll();
        showCurrent();
    }
    Q_EMIT faceChanged();
}

void LocalFoldersPage::activated()
{
    if (std::exchange(m_started, true)) {
        m_table->setFocus();
        return;
    }
    // Where the SDKs keep their files unless told otherwise.
    const QString usual = QDir::home().filePath(u"nacos"_s);
    if (m_folder->text().isEmpty() && QDir(usual).exists())
        m_folder->setText(usual);
    if (!m_folder->text().isEmpty())
        scan();
    else
        m_states->showEmpty({Icon::Folder, tr("See what the SDKs on this computer keep, and whether the server has the same."),
                             tr("Choose a folder…"), [this] { chooseFolder(); },
                             tr("Snapshots are what a client got last; failover files are used instead of the server.")});
    m_folder->setFocus();
}

void LocalFoldersPage::focusFilter()
{
    m_folder->setFocus(Qt::ShortcutFocusReason);
    m_folder->selectAll();
}

void LocalFoldersPage::refresh()
{
    scan();
}

QString LocalFoldersPage::statusText() const
{
    return m_model.records().isEmpty() ? QString() : tr("%n file(s)", nullptr, int(m_model.records().size()));
}

QJsonObject LocalFoldersPage::saveState() const
{
    return {{u"folder"_s, m_folder->text()}, {u"table"_s, m_table->state()}};
}

void LocalFoldersPage::restoreState(const QJsonObject &state)
{
    m_folder->setText(state.value(u"folder"_s).toString());
    m_table->restoreState(state.value(u"table"_s).toObject());
}

void LocalFoldersPage::chooseFolder()
{
    prompts::File question;
    question.title = tr("Folder of an SDK");
    question.suggestion = m_folder->text().isEmpty() ? QDir::homePath() : m_folder->text();
    prompts::folder(this, question)->then(this, [this](const core::Result<QString> &folder) {
        if (!folder)
            return;
        m_folder->setText(*folder);
        scan();
    });
}

void LocalFoldersPage::scan()
{
    QString folder = m_folder->text().trimmed();
    if (folder.isEmpty())
        return;
    if (folder == "~"_L1 || folder.startsWith("~/"_L1))
        folder.replace(0, 1, QDir::homePath());
    m_comparing.reset();
    m_bar->clear();
    m_shown.clear();
    m_states->showLoading(folder);
    m_scanning = core::nacos::scanLocalFolder(folder, workbench().services().workers, this);
    m_scanning->then(this, [this, folder](const core::Result<core::nacos::LocalScan> &found) {
        if (!found && found.error().kind == core::Error::Kind::NotFound) {
            m_model.reset();
            m_states->showEmpty({Icon::Folder, tr("No SDK keeps anything in this folder."), tr("Choose another folder…"),
                                 [this] { chooseFolder(); }, folder});
            return;
        }
        if (!found) {
            m_model.reset();
            m_states->showError(found.error(), tr("Cannot read the folder"), [this] { scan(); });
            return;
        }
        QList<Row> rows;
        for (const LocalConfig &item : found->items)
            rows.append({item, Row::State::Asking, {}});
        m_model.sync(rows, RecordModel<Row>::Highlight::None);
        if (!found->notes.isEmpty()) {
            Message message;
            message.id = u"notes"_s;
            message.state = StateColor::Warning;
            message.text = tr("%n file(s) were left out.", nullptr, int(found->notes.size()));
            message.details = found->notes.join(u'\n');
            m_bar->show(message);
        }
        m_states->showContent();
        if (m_table->currentId().isEmpty() && m_table->proxy()->rowCount() > 0)
            m_table->selectRow(0);
        compareAll();
        showCurrent();
        Q_EMIT statusChanged();
    });
    Q_EMIT stateChanged();
}

void LocalFoldersPage::compareAll()
{
    m_comparing.reset();
    QList<LocalConfig> items;
    QList<Row> rows;
    auto *registry = workbench().registry(subject().profile);
    for (const Row &row : m_model.records()) {
        items.append(row.item);
        rows.append({row.item, registry ? Row::State::Asking : Row::State::Unknown, registry ? QString() : tr("No connection is open.")});
    }
    m_model.upsert(rows, RecordModel<Row>::Highlight::None);
    sayCounts();
    if (!registry)
        return;
    m_comparing = core::nacos::compareLocal(registry->configs(), items, this);
    m_comparing->each(this, [this](const QList<LocalComparison> &batch) {
        QList<Row> known;
        for (const LocalComparison &comparison : batch) {
            using State = LocalComparison::State;
            Row row{comparison.item, Row::State::Unknown, comparison.problem};
            row.state = comparison.state == State::Same ? Row::State::Same
                : comparison.state == State::Differs    ? Row::State::Differs
                : comparison.state == State::OnlyLocal  ? Row::State::OnlyLocal
                                                        : Row::State::Unknown;
            known.append(row);
        }
        m_model.upsert(known, RecordModel<Row>::Highlight::None);
        sayCounts();
    });
}

void LocalFoldersPage::sayCounts()
{
    int same = 0, differs = 0, only = 0, unknown = 0;
    for (const Row &row : m_model.records()) {
        same += row.state == Row::State::Same ? 1 : 0;
        differs += row.state == Row::State::Differs ? 1 : 0;
        only += row.state == Row::State::OnlyLocal ? 1 : 0;
        unknown += row.state == Row::State::Unknown ? 1 : 0;
    }
    QStringList words{tr("%1 same").arg(countText(same)), tr("%1 differ").arg(countText(differs)), tr("%1 only here").arg(countText(only))};
    if (unknown > 0)
        words << tr("%1 not known").arg(countText(unknown));
    m_counts->setText(words.join(u" · "_s));
}

void LocalFoldersPage::showCurrent()
{
    const Row *row = m_model.find(m_table->currentId());
    m_open->setEnabled(row && !subject().profile.isEmpty());
    if (!row) {
        m_shown.clear();
        m_diffStates->showEmpty({Icon::Compare, tr("Choose a file to see it beside what the server has."), {}, {}, {}});
        return;
    }
    if (m_shown == row->item.file)
        return;
    m_shown = row->item.file;
    m_local.reset();
    m_live.reset();
    m_diffStates->showLoading(row->item.key.dataId);
    m_reading = core::nacos::readLocalConfig(row->item, workbench().services().workers, this);
    m_reading->then(this, [this](const core::Result<QByteArray> &content) {
        if (!content) {
            m_diffStates->showError(content.error(), tr("Cannot read the file"), [this] {
                m_shown.clear();
                showCurrent();
            });
            return;
        }
        m_local = *content;
        showDiff();
    });
    auto *registry = workbench().registry(subject().profile);
    if (!registry) {
        m_live.emplace();
        return;
    }
    m_asking = registry->configs().getLive(row->item.key);
    m_asking->then(this, [this](const core::Result<std::optional<core::nacos::ConfigDetail>> &detail) {
        if (!detail) {
            m_diffStates->showError(detail.error(), tr("Cannot read what the server has"), [this] {
                m_shown.clear();
                showCurrent();
            });
            return;
        }
        m_live = *detail;
        showDiff();
    });
}

void LocalFoldersPage::showDiff()
{
    const Row *row = m_model.find(m_shown);
    if (!row || !m_local || !m_live)
        return;
    const std::optional<core::nacos::ConfigDetail> &live = *m_live;
    DiffInput input;
    input.leftLabel = (row->item.sdk == LocalConfig::Sdk::Java ? u"Java"_s : u"Python"_s) + u" · "_s + kindText(*row);
    input.rightLabel = subject().profile.isEmpty()
        ? tr("no connection")
        : workbench().pathText({subject().profile, row->item.key.namespaceId}) + (live ? QString() : u" · "_s + tr("does not exist"));
    input.left = *m_local;
    input.right = live ? live->content : QByteArray();
    input.format = core::text::detect(input.left, row->item.key.dataId);
    m_diff->compare(input);
    m_diffStates->showContent();
}

void LocalFoldersPage::openCurrent()
{
    const Row *row = m_model.find(m_table->currentId());
    const auto address = row ? row->item.key.address(subject().profile) : core::Result<core::Address>(core::fail({}, {}));
    if (address)
        workbench().openAddress(*address);
}

} // namespace ui::config
