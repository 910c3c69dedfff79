// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/config/listenedpage.h"

#include "ui/common/clipboard.h"
#include "ui/common/rowactions.h"
#include "ui/common/statepage.h"
#include "ui/common/widgets.h"
#include "ui/config/askbar.h"
#include "ui/config/configrow.h"
#include "ui/config/listenerspanel.h"
#include "ui/models/tableview.h"
#include "ui/workbench/unreadable.h"

#include <QLineEdit>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui::config {

namespace {

QList<RecordColumn<ListenedPage::Row>> columns()
{
    using Row = ListenedPage::Row;
    RecordColumn<Row> name;
    name.info.id = u"dataid"_s;
    name.info.title = ListenedPage::tr("Data ID");
    name.info.kind = ColumnInfo::Kind::Name;
    name.info.width = 300;
    name.info.stretch = ColumnInfo::Stretch::Yes;
    name.text = [](const Row &row) { return row.key.dataId; };
    name.icon = [](const Row &) { return Theme::icon(Icon::Config); };
    RecordColumn<Row> group;
    group.info.id = u"group"_s;
    group.info.title = ListenedPage::tr("Group");
    group.info.kind = ColumnInfo::Kind::Muted;
    group.info.width = 180;
    group.text = [](const Row &row) { return row.key.group; };
    RecordColumn<Row> md5;
    md5.info.id = u"md5"_s;
    md5.info.title = ListenedPage::tr("Has MD5");
    md5.info.kind = ColumnInfo::Kind::Ident;
    md5.info.width = 260;
    md5.text = [](const Row &row) { return QString::fromLatin1(row.by.md5); };
    RecordColumn<Row> client;
    client.info.id = u"client"_s;
    client.info.title = ListenedPage::tr("Client");
    client.info.kind = ColumnInfo::Kind::Muted;
    client.info.width = 240;
    client.text = [](const Row &row) {
        const QString program = listenerName(row.by);
        return program.isEmpty() ? u"–"_s : program;
    };
    return {name, group, md5, client};
}

} // namespace

ListenedPage::ListenedPage(workbench::Workbench &workbench)
    : Page(workbench)
    , m_model([](const Row &row) { return rowId(row.key); }, columns())
{
    setObjectName(u"listenedPage"_s);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    m_ask = new AskBar({tr("IP address of a client"), tr("IP address of a client, for example 10.0.3.17"), tr("Show")},
                       AskBar::Field::Short, this);
    m_ask->nameParts(u"listenedIp"_s, u"showListenedButton"_s);
    m_ip = m_ask->field();
    layout->addWidget(m_ask);
    layout->addWidget(new Separator(Qt::Horizontal, this));
    m_table = new TableView(this);
    m_table->setObjectName(u"listenedTable"_s);
    m_table->setRecords(&m_model, tr("What this client listens to"));
    m_table->setSort({u"dataid"_s, Qt::AscendingOrder});
    m_states = new StatePage(this);
    m_states->setContent(m_table);
    m_states->showEmpty({Icon::Push, tr("See what one client listens to, and which content it has."), {}, {}, {}});
    layout->addWidget(m_states, 1);
    connect(m_ask, &AskBar::asked, this, &ListenedPage::refresh);
    const auto addressOf = [this](const QString &id) {
        const Row *row = m_model.find(id);
        return row ? row->key.address(subject().profile) : core::Result<core::Address>(core::fail({}, {}));
    };
    const auto open = [this, addressOf](const QString &id) {
        if (const auto address = addressOf(id))
            this->workbench().openAddress(*address);
    };
    connect(m_table, &TableView::activatedId, this, open);
    setFocusProxy(m_states);
    auto *rows = new RowActions(m_table);
    const auto any = [this] { return !m_table->currentId().isEmpty(); };
    rows->add({.text = [] { return tr("&Open"); },
               .icon = Icon::Open,
               .shown = QKeySequence(Qt::Key_Return),
               .possible = any,
               .run = {this, [this, open] { open(m_table->currentId()); }}});
    rows->addLine();
    rows->addCopy(m_table);
    rows->add({.text = [] { return tr("Copy &link"); },
               .icon = Icon::Link,
               .keys = {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C)},
               .possible = any,
               .run = {this, [this, addressOf] {
                           if (const auto address = addressOf(m_table->currentId()))
                               clipboard::copy(address->toString());
                       }}});
}

ListenedPage::~ListenedPage() = default;

void ListenedPage::setSubject(const workbench::Subject &subject)
{
    const bool changed = subject != this->subject();
    Page::setSubject(subject);
    if (changed && !m_ip->text().isEmpty())
        refresh();
    Q_EMIT faceChanged();
}

void ListenedPage::activated()
{
    m_ip->setFocus();
}

void ListenedPage::focusFilter()
{
    m_ask->enter();
}

void ListenedPage::refresh()
{
    const QString ip = m_ip->text().trimmed();
    auto *registry = workbench().registry(subject().profile);
    if (ip.isEmpty() || !registry)
        return;
    m_states->showLoading(ip);
    m_loading = registry->configs().listenedBy(ip, subject().namespaceId);
    m_loading->then(this, [this, ip](const core::Result<QList<core::nacos::ListenedConfig>> &answer) {
        if (!answer) {
            workbench::showUnreadable(*m_states, workbench(),
                                      {subject().profile, answer.error(), tr("Cannot load what %1 listens to").arg(ip)},
                                      [this] { refresh(); });
            return;
        }
        QList<Row> rows;
        for (const auto &[key, by] : *answer)
            rows.append({key, by});
        m_model.reset(rows);
        if (rows.isEmpty())
            m_states->showEmpty({Icon::Push, tr("%1 listens to nothing in this namespace.").arg(ip), {}, {}, {}});
        else
            m_states->showContent();
        Q_EMIT statusChanged();
    });
    Q_EMIT stateChanged();
}

QJsonObject ListenedPage::saveState() const
{
    return {{u"ip"_s, m_ip->text()}, {u"table"_s, m_table->state()}};
}

void ListenedPage::restoreState(const QJsonObject &state)
{
    m_ip->setText(state.value(u"ip"_s).toString());
    m_table->restoreState(state.value(u"table"_s).toObject());
}

} // namespace ui::config
