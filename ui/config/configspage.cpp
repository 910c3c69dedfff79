// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/config/configspage.h"

#include "core/nacos/registry.h"
#include "core/profiles/settings.h"
#include "core/store/overrides.h"
#include "core/store/viewstate.h"
#include "ui/common/actionregistry.h"
#include "ui/common/clipboard.h"
#include "ui/common/errortext.h"
#include "ui/common/filterbar.h"
#include "ui/common/foldingbar.h"
#include "ui/common/messagebar.h"
#include "ui/common/relativetime.h"
#include "ui/common/sizetext.h"
#include "ui/common/statepage.h"
#include "ui/common/widgets.h"
#include "ui/config/configcommands.h"
#include "ui/config/configdetail.h"
#include "ui/config/configfeed.h"
#include "ui/config/configwriting.h"
#include "ui/config/newconfigdialog.h"
#include "ui/config/outofreach.h"
#include "ui/models/tableview.h"
#include "ui/workbench/unreadable.h"
#include "ui/workbench/workbench.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QLineEdit>
#include <QMenu>
#include <QScrollBar>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui::config {

using core::nacos::ConfigKey;
using workbench::Workbench;

namespace {

const QString SavedFilters = u"configs/savedFilters"_s;
/// More selected rows than this are not looked through for overrides.
constexpr qsizetype MostOverrides = 1000;
const QString FilterHistory = u"configs/filterHistory"_s;

} // namespace

ConfigsPage::ConfigsPage(Workbench &workbench)
    : Page(workbench)
    , m_model([](const ConfigRow &row) { return rowId(row.summary.key); }, configColumns())
    , m_feed(new ConfigFeed(workbench, m_model, this))
{
    setObjectName(u"configsPage"_s);
    buildUi();
    retranslate();
    connect(m_feed, &ConfigFeed::stateChanged, this, &ConfigsPage::feedChanged);
    connect(m_feed, &ConfigFeed::progressed, this, &ConfigsPage::updateCounts);
    connect(m_feed, &ConfigFeed::progressed, this, [this] {
        if (m_states->state() != StatePage::State::Content && !m_model.records().isEmpty())
            feedChanged();
        // Not put off by every change: what changes all the time would never be watched.
        if (!m_visible.isActive())
            m_visible.start();
    });
    connect(m_feed, &ConfigFeed::clientsMoved, this, [this] { m_visible.start(); });
    connect(m_filter, &FilterBar::queryChanged, this, [this](const FilterQuery &query) {
        m_table->setQuery(query);
        m_filter->noteRunTime(m_table->proxy()->lastFilterTime());
        updateCounts();
        m_visible.start();
        Q_EMIT stateChanged();
    });
    connect(m_filter, &FilterBar::downRequested, m_table, &TableView::enter);
    connect(m_filter, &FilterBar::openRequested, m_table, &TableView::openOne);
    connect(m_table, &TableView::activatedId, this, [this] { openSelected(Workbench::Where::HereOrExisting); });
    connect(m_table, &TableView::activatedElsewhere, this, [this] { openSelected(Workbench::Where::NewWindow); });
    connect(m_table, &TableView::selectionCountChanged, this, &ConfigsPage::selectionChanged);
    connect(m_table, &TableView::currentIdChanged, this, &ConfigsPage::selectionChanged);
    connect(m_table, &TableView::menuRequested, this, &ConfigsPage::openMenu);
    connect(m_table, &TableView::stateChanged, this, [this] {
        m_visible.start();
        Q_EMIT stateChanged();
    });
    connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, this, [this] { m_visible.start(); });
    m_visible.setSingleShot(true);
    m_visible.setInterval(120);
    connect(&m_visible, &QTimer::timeout, this, &ConfigsPage::visibleRowsChanged);
    connect(&m_model, &QAbstractItemModel::dataChanged, this, [this](const QModelIndex &first, const QModelIndex &last) {
        const QString id = m_table->currentId();
        const int row = id.isEmpty() ? -1 : m_model.rowOf(id);
        if (row >= first.row() && row <= last.row())
            selectionChanged();
    });
    connect(m_detail, &ConfigDetailPanel::listenersCounted, this, [this](const ConfigKey &key, int count) {
        if (const ConfigRow *known = m_model.find(rowId(key))) {
            ConfigRow row = *known;
            row.listeners = count;
            m_model.upsert({row}, ConfigModel::Highlight::None);
        }
    });
    connect(m_detail, &ConfigDetailPanel::historyWanted, this, [this](const ConfigKey &key) {
        workbench::PageRequest request;
        request.address = addressOf(key);
        request.parameters = {{u"panel"_s, u"history"_s}};
        this->workbench().openPage(request);
    });
    connect(&workbench, &Workbench::namespacesChanged, this, [this] { showMissingNamespace(this->workbench(), subject(), m_bar); });
    followSavedFilters();
}

ConfigsPage::~ConfigsPage() = default;

/// Saved filters and the filter's history belong to all lists of configs, of every window and of the next start.
void ConfigsPage::followSavedFilters()
{
    auto &state = workbench().services().viewState;
    const auto read = [this, &state] {
        QList<SavedFilter> saved;
        for (const QJsonValue &value : state.value(SavedFilters).toArray()) {
            const QJsonObject filter = value.toObject();
            saved.append({filter.value("name"_L1).toString(), filter.value("text"_L1).toString()});
        }
        QStringList history;
        for (const QJsonValue &value : state.value(FilterHistory).toArray())
            history.append(value.toString());
        m_filter->setSavedFilters(saved);
        m_filter->setHistory(history);
    };
    read();
    connect(&state, &core::store::ViewState::changed, this, [read](const QString &key) {
        if (key == SavedFilters || key == FilterHistory)
            read();
    });
    connect(m_filter, &FilterBar::savedFiltersChanged, this, [this, &state] {
        QJsonArray saved;
        for (const SavedFilter &filter : m_filter->savedFilters())
            saved.append(QJsonObject{{u"name"_s, filter.name}, {u"text"_s, filter.text}});
        state.setValue(SavedFilters, saved);
    });
    connect(m_filter, &FilterBar::historyChanged, this,
            [this, &state] { state.setValue(FilterHistory, QJsonArray::fromStringList(m_filter->history())); });
}

void ConfigsPage::buildUi()
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    m_filter = new FilterBar(this);
    m_filter->setObjectName(u"configsFilter"_s);
    m_filter->edit()->setObjectName(u"configsFilterEdit"_s);
    m_filter->setFields(m_model.filterFields());
    m_new = new PrimaryButton(QString(), this);
    m_new->setObjectName(u"newConfigButton"_s);
    connect(m_new, &QPushButton::clicked, this, &ConfigsPage::newConfig);
    m_filter->addWidget(m_new);
    layout->addWidget(m_filter);
    m_bar = new MessageBar(this);
    layout->addWidget(m_bar);

    m_table = new TableView(this);
    m_table->setObjectName(u"configsTable"_s);
    m_table->setRecords(&m_model, tr("Configurations"));
    // The name is copied wherever its column stands.
    m_table->setCopyText([](const QStringList &ids) {
        QStringList names;
        for (const QString &id : ids)
            names << keyOfRow(id, {}).dataId;
        return names.join(u'\n');
    });
    m_table->setSort({u"dataid"_s, Qt::AscendingOrder}, {u"group"_s, Qt::AscendingOrder});
    m_states = new StatePage(this);
    m_states->setContent(m_table);
    layout->addWidget(m_states, 1);
    setFocusProxy(m_states);

    layout->addWidget(new Separator(Qt::Horizontal, this));
    auto *folding = new FoldingBar(this);
    m_selectionBar = folding;
    m_selectionBar->setFixedHeight(36);
    auto *bar = new QHBoxLayout(m_selectionBar);
    bar->setContentsMargins(metrics::Between, 0, metrics::Between, 0);
    bar->setSpacing(metrics::Between);
    m_selectedLabel = new QLabel(m_selectionBar);
    Theme::setMuted(m_selectedLabel);
    m_compare = new QuietButton(Icon::Compare, QString(), m_selectionBar);
    m_compare->setObjectName(u"compareSelectedButton"_s);
    connect(m_compare, &QToolButton::clicked, this, &ConfigsPage::compareSelected);
    m_duplicate = new QuietButton(Icon::Copy, QString(), m_selectionBar);
    m_duplicate->setObjectName(u"duplicateButton"_s);
    connect(m_duplicate, &QToolButton::clicked, this, &ConfigsPage::duplicateSelected);
    m_override = new QuietButton(Icon::Restore, QString(), m_selectionBar);
    m_override->setObjectName(u"overrideOffButton"_s);
    connect(m_override, &QToolButton::clicked, this, &ConfigsPage::takeOverridesOff);
    m_copyLink = new QuietButton(Icon::Link, QString(), m_selectionBar);
    m_copyLink->setObjectName(u"copyLinkButton"_s);
    connect(m_copyLink, &QToolButton::clicked, this, &ConfigsPage::copyLinks);
    m_delete = new QuietButton(Icon::Delete, QString(), m_selectionBar);
    m_delete->setObjectName(u"deleteSelectedButton"_s);
    connect(m_delete, &QToolButton::clicked, this, &ConfigsPage::deleteSelected);
    m_countLabel = new QLabel(m_selectionBar);
    m_countLabel->setObjectName(u"configsCount"_s);
    Theme::setMuted(m_countLabel);
    bar->addWidget(m_selectedLabel);
    bar->addWidget(m_compare);
    bar->addWidget(m_duplicate);
    bar->addWidget(m_copyLink);
    bar->addWidget(m_override);
    bar->addWidget(m_delete);
    bar->addStretch();
    bar->addWidget(m_countLabel);
    for (QToolButton *button : {m_compare, m_duplicate, m_copyLink, m_override})
        folding->addFolding(button);
    layout->addWidget(m_selectionBar);

    m_detail = new ConfigDetailPanel(workbench().services().mirror, this);
    m_detail->hide();
}

void ConfigsPage::retranslate()
{
    QStringList titles;
    for (const auto &column : configColumns())
        titles << column.info.title;
    m_model.setTitles(titles);
    m_filter->setPlaceholder(tr("Filter: text, group:, type:yaml, tag:, /regex/ …"));
    m_new->setText(tr("New config"));
    m_copyLink->setText(tr("Copy link"));
    m_compare->setText(tr("Compare"));
    m_duplicate->setText(tr("Duplicate…"));
    m_override->setText(tr("Take off the override"));
    m_override->setToolTip(tr("Reads what the server has again, instead of this computer's own content"));
    m_table->setAccessibleName(tr("Configurations"));
    selectionChanged();
    updateCounts();
}

void ConfigsPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        if (m_started)
            feedChanged(); // its sentences
    }
    Page::changeEvent(event);
}

QString ConfigsPage::title() const
{
    return tr("Configs");
}

void ConfigsPage::setSubject(const workbench::Subject &subject)
{
    if (subject == this->subject() && m_started)
        return;
    Page::setSubject(subject);
    m_detail->clear();
    if (m_started)
        m_feed->setSubject(subject);
    Q_EMIT faceChanged();
}

void ConfigsPage::activated()
{
    if (!std::exchange(m_started, true))
        m_feed->setSubject(subject());
    else
        workbench().refreshNamespaces(subject().profile);
    m_visible.start();
    m_table->setFocus();
}

void ConfigsPage::refresh()
{
    m_feed->reload();
    m_detail->reload();
    workbench().refreshNamespaces(subject().profile);
}

void ConfigsPage::focusFilter()
{
    m_filter->edit()->setFocus(Qt::ShortcutFocusReason);
    m_filter->edit()->selectAll();
}

QJsonObject ConfigsPage::saveState() const
{
    return {{u"table"_s, m_table->state()}, {u"filter"_s, m_filter->text()}};
}

void ConfigsPage::restoreState(const QJsonObject &state)
{
    m_table->restoreState(state.value(u"table"_s).toObject());
    m_filter->setText(state.value(u"filter"_s).toString());
}

QWidget *ConfigsPage::detail()
{
    return m_detail;
}

QString ConfigsPage::statusText() const
{
    return m_model.records().isEmpty() ? QString() : tr("%n config(s)", nullptr, int(m_model.records().size()));
}

void ConfigsPage::feedChanged()
{
    using State = ConfigFeed::State;
    const bool some = !m_model.records().isEmpty();
    m_bar->close(u"feed"_s);
    showMissingNamespace(workbench(), subject(), m_bar);
    if (m_feed->state() != State::Stale)
        m_wasStale = false;
    switch (m_feed->state()) {
    case State::Idle:
        m_states->showEmpty({Icon::Connection, tr("No connection is open."), {}, {}, tr("Choose one at the top left.")});
        break;
    case State::Loading:
        some ? m_states->showContent() : m_states->showLoading(tr("configurations"));
        break;
    case State::Live:
        if (m_feed->partial()) {
            Message message;
            message.id = u"feed"_s;
            message.state = StateColor::Warning;
            message.text = tr("Not complete: configurations came and went while the list was read. It is read again soon.");
            message.details = m_feed->partial()->message;
            message.actions = {{tr("Try again"), {this, [this] { refresh(); }}}};
            m_bar->show(message);
        } else if (m_feed->watchError()) {
            Message message;
            message.id = u"feed"_s;
            message.state = StateColor::Warning;
            message.text = errorText(*m_feed->watchError(), tr("Not live: the server does not tell of changes")).sentence;
            message.details = m_feed->watchError()->message;
            message.actions = {{tr("Try again"), {this, [this] { refresh(); }}}};
            m_bar->show(message);
        } else if (m_feed->followed() != ConfigFeed::Followed::Everything) {
            Message message;
            message.id = u"feed"_s;
            message.state = StateColor::Info;
            message.text = m_feed->followed() == ConfigFeed::Followed::Rows
                ? tr("There is too much in this namespace for the server to tell what is new. Changes and deletions are shown at once, new "
                     "configurations within two minutes.")
                : tr("There is too much in this namespace for the server to tell what changes. Only the rows in view are kept up to date; "
                     "reload for the others.");
            m_bar->show(message);
        }
        if (some) {
            m_states->showContent();
        } else {
            m_states->showEmpty(
                {Icon::Config, tr("There are no configurations in this namespace."), tr("New config"), [this] { newConfig(); }, {}});
        }
        break;
    case State::Stale: {
        m_states->showContent();
        // Who listened before says nothing of now.
        if (!std::exchange(m_wasStale, true))
            m_detail->reload();
        Message message = mirrorMessage(m_feed->error(), m_feed->seenAt());
        message.id = u"feed"_s;
        message.actions = mirrorActions(workbench(), subject().profile, m_feed->error(), {this, [this] { refresh(); }});
        m_bar->show(message);
        break;
    }
    case State::Failed:
        workbench::showUnreadable(*m_states, workbench(),
                                  {subject().profile, m_feed->error().value_or(core::Error()), tr("Cannot load the configurations")},
                                  [this] { refresh(); });
        break;
    }
    updateCounts();
    m_visible.start();
}

void ConfigsPage::updateCounts()
{
    const qint64 shown = m_table->proxy()->rowCount();
    const qint64 all = m_model.records().size();
    QString text;
    if (m_feed->state() == ConfigFeed::State::Loading && m_feed->total() > 0)
        text = tr("%1 loaded").arg(countOfText(m_feed->loaded(), m_feed->total()));
    else if (m_feed->state() == ConfigFeed::State::Stale)
        text = countOfText(shown, all) + u" · "_s + tr("from the mirror");
    else if (m_feed->state() == ConfigFeed::State::Live)
        text = (shown == all ? countText(all) : countOfText(shown, all)) + u" · "_s +
            (m_feed->partial()                                            ? tr("not complete")
                 : m_feed->watchError()                                   ? tr("not live")
                 : m_feed->followed() == ConfigFeed::Followed::RowsInView ? tr("rows in view live")
                                                                          : tr("live"));
    m_countLabel->setText(text);
    m_filter->setCount(m_filter->query().isEmpty() ? QString() : countOfText(shown, all));
    Q_EMIT statusChanged();
}

void ConfigsPage::selectionChanged()
{
    const qsizetype count = m_table->selectedCount();
    m_selectedLabel->setVisible(count > 0);
    m_selectedLabel->setText(tr("%n selected", nullptr, int(count)));
    m_compare->setVisible(count == 1 || count == 2);
    m_duplicate->setVisible(count == 1);
    m_copyLink->setVisible(count > 0);
    m_override->setVisible(count > 0 && count <= MostOverrides && !overriddenKeys().isEmpty());
    m_delete->setVisible(count > 0);
    m_delete->setText(count > 1 ? tr("Delete %n configs…", nullptr, int(count)) : tr("Delete…"));
    // The one that is selected, or of several the one in front; that may have been filtered away. A row that only has the focus is not
    // selected.
    QString about = count > 1 ? m_table->currentId() : QString();
    if (count > 0 && about.isEmpty())
        about = m_table->selectedIds().constFirst();
    const ConfigRow *row = m_model.find(about);
    if (row && m_feed->registry())
        m_detail->show(m_feed->registry(), *row);
    else
        m_detail->clear();
    Q_EMIT detailChanged();
    workbench().actions().refresh();
}

void ConfigsPage::visibleRowsChanged()
{
    if (!isVisible() || m_feed->state() != ConfigFeed::State::Live)
        return;
    const int first = std::max(0, m_table->rowAt(0));
    int last = m_table->rowAt(m_table->viewport()->height() - 1);
    if (last < 0)
        last = m_table->proxy()->rowCount() - 1;
    QStringList ids;
    // The newest wish is served first, so the top row comes last in the list.
    for (int row = std::min(last, first + 120); row >= first; --row)
        ids.append(m_table->proxy()->idAt(row));
    m_feed->wantDetails(ids);
    m_feed->watchRows(ids);
    if (m_table->isColumnShown(u"listeners"_s))
        m_feed->wantListeners(ids);
}

QList<ConfigKey> ConfigsPage::selectedKeys() const
{
    QList<ConfigKey> keys;
    for (const QString &id : m_table->selectedIds())
        keys.append(keyOfRow(id, subject().namespaceId));
    return keys;
}

qsizetype ConfigsPage::selectedCount() const
{
    return m_table->selectedCount();
}

bool ConfigsPage::isComplete() const
{
    return m_feed->state() == ConfigFeed::State::Live && !m_feed->partial();
}

QList<ConfigKey> ConfigsPage::overriddenKeys() const
{
    QList<ConfigKey> keys;
    if (m_table->selectedCount() > MostOverrides)
        return keys;
    for (const QString &id : m_table->selectedIds()) {
        if (const ConfigRow *row = m_model.find(id); row && row->overridden)
            keys.append(row->summary.key);
    }
    return keys;
}

void ConfigsPage::overrideSelected()
{
    if (const auto keys = selectedKeys(); !keys.isEmpty())
        overrideConfig(workbench(), this, subject().profile, keys.first());
}

void ConfigsPage::takeOverridesOff()
{
    QList<core::Address> addresses;
    for (const ConfigKey &key : overriddenKeys())
        addresses.append(addressOf(key));
    config::takeOverridesOff(workbench(), this, m_bar, addresses);
}

core::Address ConfigsPage::addressOf(const ConfigKey &key) const
{
    const auto address = key.address(subject().profile);
    return address ? *address : core::Address();
}

QList<core::Address> ConfigsPage::selectedAddresses() const
{
    QList<core::Address> addresses;
    const QList<ConfigKey> keys = selectedKeys();
    for (const ConfigKey &key : keys)
        addresses.append(addressOf(key));
    return addresses;
}

void ConfigsPage::openSelected(Workbench::Where where)
{
    for (const ConfigKey &key : selectedKeys().mid(0, 20))
        workbench().openAddress(addressOf(key), where);
}

void ConfigsPage::newConfig()
{
    if (!m_feed->registry())
        return;
    auto *dialog = new NewConfigDialog(workbench(), subject(), this);
    dialog->open();
}

void ConfigsPage::duplicateSelected()
{
    const auto keys = selectedKeys();
    if (keys.isEmpty() || !m_feed->registry())
        return;
    auto *dialog = new NewConfigDialog(workbench(), subject(), this);
    const int row = m_model.rowOf(rowId(keys.first()));
    dialog->startFrom(keys.first(), row < 0 ? QString() : m_model.records().at(row).summary.type);
    dialog->open();
}

void ConfigsPage::deleteSelected()
{
    deleteConfigs(workbench(), this, subject().profile, selectedKeys());
}

void ConfigsPage::compareSelected()
{
    const auto keys = selectedKeys();
    if (keys.isEmpty())
        return;
    workbench::PageRequest request;
    request.kind = u"compare"_s;
    request.subject = subject();
    request.parameters = {{u"left"_s, addressOf(keys.first()).toString()},
                          {u"right"_s, keys.size() > 1 ? addressOf(keys.at(1)).toString() : QString()}};
    workbench().openPage(request, Workbench::Where::NewTab);
}

void ConfigsPage::copyNames()
{
    QStringList names;
    for (const ConfigKey &key : selectedKeys())
        names << key.dataId;
    clipboard::copy(names.join(u'\n'));
}

void ConfigsPage::copyLinks()
{
    QStringList links;
    for (const ConfigKey &key : selectedKeys())
        links << addressOf(key).toString();
    clipboard::copy(links.join(u'\n'));
}

void ConfigsPage::openMenu(const QPoint &position)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    workbench().actions().populate(menu,
                                   {u"config.open"_s, u"config.openWindow"_s, u"-"_s, u"config.compare"_s, u"config.duplicate"_s, u"-"_s,
                                    u"config.copyName"_s, u"config.copyLink"_s});
    workbench().actions().populate(menu->addMenu(tr("Copy as code")), codeCommands());
    menu->addSeparator();
    workbench().actions().populate(menu, {u"config.override"_s, u"config.overrideOff"_s, u"-"_s, u"config.delete"_s});
    menu->popup(position);
}

} // namespace ui::config
