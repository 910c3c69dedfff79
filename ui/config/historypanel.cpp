// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/config/historypanel.h"

#include "core/nacos/registry.h"
#include "ui/common/errortext.h"
#include "ui/common/followlanguage.h"
#include "ui/common/messagebar.h"
#include "ui/common/relativetime.h"
#include "ui/common/rowactions.h"
#include "ui/common/sizetext.h"
#include "ui/common/statepage.h"
#include "ui/common/theme.h"
#include "ui/common/widgets.h"
#include "ui/models/tableview.h"
#include "ui/workbench/unreadable.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui::config {

using core::nacos::ConfigRevision;

namespace {

const QString FailureMessage = u"unread"_s;

/// By id: when the version was made whose content is there again.
using Returns = QHash<QString, QDateTime>;

QString words(const ConfigRevision &revision, const Returns &returns)
{
    using Verb = ConfigRevision::Verb;
    if (const QDateTime of = returns.value(revision.id); of.isValid() && revision.verb == Verb::Updated)
        //: the content is that of an earlier version again; %1 is a time
        return HistoryPanel::tr("back to the version of %1").arg(exactTime(of));
    switch (revision.verb) {
    case Verb::Created:
        return HistoryPanel::tr("created");
    case Verb::Updated:
        return HistoryPanel::tr("changed");
    case Verb::Deleted:
        return HistoryPanel::tr("deleted");
    case Verb::Seen:
        break;
    }
    return HistoryPanel::tr("seen");
}

QList<RecordColumn<ConfigRevision>> columns(const Returns &returns)
{
    const auto make = [](const QString &id, const QString &title, ColumnInfo::Kind kind, int width,
                         std::function<QString(const ConfigRevision &)> text) {
        RecordColumn<ConfigRevision> column;
        column.info.id = id;
        column.info.title = title;
        column.info.kind = kind;
        column.info.width = width;
        column.text = std::move(text);
        return column;
    };
    auto at =
        make(u"at"_s, HistoryPanel::tr("When"), ColumnInfo::Kind::Time, 120, [](const ConfigRevision &r) { return relativeTime(r.at); });
    at.sort = [](const ConfigRevision &r) { return sortByTime(r.at); };
    at.toolTip = [](const ConfigRevision &r) { return exactTime(r.at); };
    auto what = make(u"what"_s, HistoryPanel::tr("Change"), ColumnInfo::Kind::Text, 110, [&returns](const ConfigRevision &r) {
        return r.current ? HistoryPanel::tr("%1 · live now").arg(words(r, returns)) : words(r, returns);
    });
    what.info.stretch = ColumnInfo::Stretch::Yes;
    what.look = [](const ConfigRevision &r) {
        CellLook look;
        look.weight = r.current ? CellLook::Weight::Strong : CellLook::Weight::Normal;
        return look;
    };
    auto by = make(u"by"_s, HistoryPanel::tr("By"), ColumnInfo::Kind::Muted, 110,
                   [](const ConfigRevision &r) { return r.by.isEmpty() ? u"–"_s : r.by; });
    auto from = make(u"from"_s, HistoryPanel::tr("From"), ColumnInfo::Kind::Ident, 120, [](const ConfigRevision &r) { return r.from; });
    auto md5 = make(u"md5"_s, HistoryPanel::tr("MD5"), ColumnInfo::Kind::Ident, 90,
                    [](const ConfigRevision &r) { return QString::fromLatin1(r.md5.left(8)); });
    auto size = make(u"size"_s, HistoryPanel::tr("Size"), ColumnInfo::Kind::Number, 80,
                     [](const ConfigRevision &r) { return sizeText(r.size.value_or(-1)); });
    size.sort = [](const ConfigRevision &r) { return r.size ? SortValue(double(*r.size)) : SortValue(); };
    auto source = make(u"source"_s, HistoryPanel::tr("Known from"), ColumnInfo::Kind::Muted, 100, [](const ConfigRevision &r) {
        return r.source == ConfigRevision::Source::Server ? HistoryPanel::tr("server") : HistoryPanel::tr("mirror");
    });
    return {at, what, by, from, md5, size, source};
}

} // namespace

HistoryPanel::HistoryPanel(workbench::Workbench &workbench, QWidget *parent)
    : QWidget(parent)
    , m_workbench(workbench)
    , m_model([](const ConfigRevision &revision) { return revision.id; }, columns(m_returns))
{
    setObjectName(u"historyPanel"_s);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(metrics::Between, metrics::Inside, metrics::Between, metrics::Inside);
    m_compare = new QuietButton(Icon::Diff, {}, this);
    m_compare->setObjectName(u"historyCompareButton"_s);
    m_restore = new QuietButton(Icon::Restore, {}, this);
    m_restore->setObjectName(u"historyRestoreButton"_s);
    m_hint = new QLabel(this);
    Theme::setMuted(m_hint);
    bar->addWidget(m_compare);
    bar->addWidget(m_restore);
    bar->addStretch();
    bar->addWidget(m_hint);
    layout->addLayout(bar);
    m_table = new TableView(this);
    m_table->setObjectName(u"historyTable"_s);
    m_table->setRecords(&m_model, tr("History"));
    m_bar = new MessageBar(this);
    layout->addWidget(m_bar);
    m_states = new StatePage(this);
    m_states->setContent(m_table);
    layout->addWidget(m_states, 1);
    setFocusProxy(m_states);
    auto *rows = new RowActions(m_table);
    rows->add(m_compare, {}, QKeySequence(Qt::Key_Return));
    rows->add(m_restore);
    rows->addLine();
    rows->addCopyRows(m_table);
    connect(m_table, &TableView::selectionCountChanged, this, &HistoryPanel::selectionChanged);
    connect(m_table, &TableView::activatedId, this, [this] { m_compare->click(); });
    connect(m_compare, &QToolButton::clicked, this, [this] {
        const QStringList ids = m_table->selectedIds();
        if (ids.size() == 1)
            Q_EMIT compareWanted(ids.first(), {});
        else if (ids.size() == 2)
            Q_EMIT compareWanted(m_model.rowOf(ids.at(0)) > m_model.rowOf(ids.at(1)) ? ids.at(0) : ids.at(1),
                                 m_model.rowOf(ids.at(0)) > m_model.rowOf(ids.at(1)) ? ids.at(1) : ids.at(0));
    });
    connect(m_restore, &QToolButton::clicked, this, [this] {
        if (const QStringList ids = m_table->selectedIds(); ids.size() == 1)
            Q_EMIT restoreWanted(ids.first());
    });
    followLanguage(this, [this] {
        m_restore->setText(tr("Restore this version…"));
        m_hint->setText(tr("Select two versions to compare them."));
        m_table->setAccessibleName(tr("History"));
        m_model.setTitles({tr("When"), tr("Change"), tr("By"), tr("From"), tr("MD5"), tr("Size"), tr("Known from")});
        selectionChanged();
    });
}

HistoryPanel::~HistoryPanel() = default;

int HistoryPanel::count() const
{
    return int(m_model.records().size());
}

void HistoryPanel::setSubject(core::nacos::Registry *registry, const core::nacos::ConfigKey &key)
{
    m_registry = registry;
    m_key = key;
    reload();
}

void HistoryPanel::reload()
{
    m_stale = true;
    if (isVisible())
        showEvent(nullptr);
}

void HistoryPanel::showEvent(QShowEvent *event)
{
    if (event)
        QWidget::showEvent(event);
    if (!m_registry || !std::exchange(m_stale, false))
        return;
    if (m_model.records().isEmpty())
        m_states->showLoading(tr("history"));
    auto all = std::make_shared<QList<ConfigRevision>>();
    m_loading = m_registry->configs().history(m_key);
    m_loading->each(this, [this, all](const QList<ConfigRevision> &batch) {
        *all += batch;
        m_model.upsert(batch, RecordModel<ConfigRevision>::Highlight::None);
        m_states->showContent();
    });
    m_loading->then(this, [this, all](const core::Result<core::Done> &end) { ended(*all, end); });
}

void HistoryPanel::ended(QList<ConfigRevision> all, const core::Result<core::Done> &end)
{
    if (end)
        m_bar->close(FailureMessage);
    else
        showFailure(end.error());
    if (!end && all.isEmpty())
        return;
    // The order of the server's answer is the order of time; rows that come late must not end up below older ones.
    findReturns(all);
    m_model.reset(all);
    if (all.isEmpty())
        m_states->showEmpty({Icon::History, tr("Nothing is known about earlier versions."), {}, {}, {}});
    else
        m_states->showContent();
    if (m_table->hasFocus())
        m_table->enter();
    Q_EMIT countChanged(count());
    selectionChanged();
}

/// What the mirror or an earlier answer knows stays: it can be compared and restored all the same.
void HistoryPanel::showFailure(const core::Error &error)
{
    const QString what = tr("Cannot load the history"), profile = m_registry ? m_registry->slug() : QString();
    if (m_model.records().isEmpty())
        return workbench::showUnreadable(*m_states, m_workbench, {profile, error, what}, [this] { reload(); });
    const auto text = errorText(error, what);
    Message message{.state = StateColor::Warning, .text = text.sentence, .details = text.details, .id = FailureMessage};
    message.actions = workbench::passwordActions(m_workbench, profile, error);
    message.actions.append({tr("Try again"), {this, [this] { reload(); }}});
    m_bar->show(message);
}

/// Newest first. Whoever brought it back, and by whatever program: servers tell it as any other change.
void HistoryPanel::findReturns(const QList<ConfigRevision> &all)
{
    m_returns.clear();
    QHash<QByteArray, QDateTime> earlier;
    for (qsizetype at = all.size() - 1; at >= 0; --at) {
        const ConfigRevision &revision = all.at(at);
        const bool moved = at + 1 < all.size() && all.at(at + 1).md5 != revision.md5;
        if (moved && earlier.contains(revision.md5))
            m_returns.insert(revision.id, earlier.value(revision.md5));
        if (!revision.md5.isEmpty() && !revision.gray)
            earlier.insert(revision.md5, revision.at);
    }
}

void HistoryPanel::selectionChanged()
{
    const qsizetype selected = m_table->selectedCount();
    const ConfigRevision *current = selected == 1 ? m_model.find(m_table->selectedIds().first()) : nullptr;
    const QString live = current && current->current ? tr("This version is the live one.") : QString();
    m_compare->setEnabled(selected == 2 || (selected == 1 && live.isEmpty()));
    m_compare->setToolTip(live);
    m_compare->setText(selected == 2 ? tr("Compare these two") : tr("Compare with live"));
    m_restore->setEnabled(current && !current->current);
    m_restore->setToolTip(live);
}

} // namespace ui::config
