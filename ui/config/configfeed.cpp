// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/config/configfeed.h"

#include "core/nacos/config/partiallist.h"
#include "core/nacos/config/watchlimits.h"
#include "core/nacos/registry.h"
#include "core/store/overrides.h"
#include "ui/config/readagain.h"
#include "ui/workbench/workbench.h"

using namespace Qt::StringLiterals;

namespace ui::config {

using core::nacos::ConfigEvent;
using core::nacos::ConfigKey;
using core::nacos::ConfigSummary;

namespace {

/// The pushes that tell of one change come within this time; what they brought is shown at once, who changed it is read after them.
constexpr std::chrono::milliseconds ReadAfter{150};
constexpr std::chrono::seconds WatchAgainAfter{15};
constexpr std::chrono::seconds ListAgainAfter{15};
/// Of a namespace too large for the server to tell what is new there.
constexpr std::chrono::minutes ListForNewAfter{2};
/// Rows that are listened to one by one where the namespace as a whole cannot be: four requests.
constexpr qsizetype MostFollowed = 12000;
/// Where the list and the watch differ in more, the list is read as a whole.
constexpr qsizetype MostReadSingly = 20;
constexpr qsizetype MostReadSoon = 200;

std::optional<ConfigKey> keyOf(const QString &local)
{
    const auto address = core::Address::parse(u"signalbox://x/"_s + local);
    if (!address)
        return std::nullopt;
    const auto key = ConfigKey::of(*address);
    return key ? std::optional(*key) : std::nullopt;
}

} // namespace

ConfigFeed::ConfigFeed(workbench::Workbench &workbench, ConfigModel &model, QObject *parent)
    : QObject(parent)
    , m_workbench(workbench)
    , m_model(model)
{
    m_readSoon.setSingleShot(true);
    m_readSoon.setInterval(ReadAfter);
    connect(&m_readSoon, &QTimer::timeout, this, [this] {
        if (m_toRead.size() > MostReadSoon) {
            if (m_fromServer.isActive())
                return m_readSoon.start();
            m_toRead.clear();
            return loadLive();
        }
        for (const ConfigKey &key : std::exchange(m_toRead, {}))
            readAgain(key);
    });
    m_watchAgain.setSingleShot(true);
    m_watchAgain.setInterval(WatchAgainAfter);
    connect(&m_watchAgain, &QTimer::timeout, this, &ConfigFeed::watchAgain);
    m_listAgain.setSingleShot(true);
    connect(&m_listAgain, &QTimer::timeout, this, [this] {
        if (m_state == State::Live && !m_fromServer.isActive())
            loadLive();
    });
    m_readLater.setSingleShot(true);
    m_readLater.setInterval(ReadAgainAfter);
    connect(&m_readLater, &QTimer::timeout, this, [this] {
        for (const ConfigKey &key : std::exchange(m_unread, {}))
            readSoon(key, {});
        const QStringList again = std::exchange(m_wantAgain, {});
        for (const QString &id : again)
            m_asked.remove(id);
        wantDetails(again);
    });
    for (const auto moved : {&ComeBack::back, &ComeBack::due}) {
        connect(&m_comeBack, moved, this, [this] {
            m_listenersAsked.clear();
            Q_EMIT clientsMoved();
        });
    }
    auto &services = workbench.services();
    connect(&services.registries, &core::nacos::Registries::aboutToClose, this, &ConfigFeed::closing);
    // Later: whoever opens it connects it first.
    connect(&services.registries, &core::nacos::Registries::opened, this, &ConfigFeed::openedAgain, Qt::QueuedConnection);
    connect(&services.drafts, &core::store::Drafts::saved, this, &ConfigFeed::refreshMarks);
    connect(&services.drafts, &core::store::Drafts::removed, this, &ConfigFeed::refreshMarks);
    connect(&services.drafts, &core::store::Drafts::changedElsewhere, this, &ConfigFeed::refreshMarks);
    connect(&services.overrides, &core::store::Overrides::changed, this, &ConfigFeed::refreshMarks);
}

ConfigFeed::~ConfigFeed() = default;

core::nacos::Registry *ConfigFeed::registry() const
{
    return m_registry;
}

qint64 ConfigFeed::loaded() const
{
    return m_state == State::Loading && m_fromServer.isActive() ? m_complete.size() : m_model.records().size();
}

void ConfigFeed::setState(State state)
{
    m_state = state;
    Q_EMIT stateChanged();
}

void ConfigFeed::setSubject(const workbench::Subject &subject)
{
    ++m_generation;
    m_fromMirror.reset();
    m_fromServer.reset();
    m_watch.reset();
    m_rowsWatch.reset();
    m_allRowsWatch.reset();
    m_followedKeys.clear();
    m_watchedRows.clear();
    m_watchError.reset();
    m_partial.reset();
    m_followed = Followed::Everything;
    m_listAgain.stop();
    m_watchAgain.stop();
    m_readSoon.stop();
    m_readLater.stop();
    m_toRead.clear();
    m_unread.clear();
    m_fromPush.clear();
    m_rereading.clear();
    for (const auto &connection : std::exchange(m_connections, {}))
        QObject::disconnect(connection);
    m_wanted.clear();
    m_asked.clear();
    m_wantAgain.clear();
    m_listenersWanted.clear();
    m_listenersAsked.clear();
    m_draftIds.clear();
    m_overrideIds.clear();
    m_complete.clear();
    m_toldMeanwhile.clear();
    m_present.reset();
    m_error.reset();
    m_total = -1;
    m_seenAt = {};
    m_model.reset();
    m_subject = subject;
    m_registry = subject.profile.isEmpty() ? nullptr : m_workbench.registry(subject.profile);
    m_comeBack.follow(m_registry);
    if (!m_registry) {
        setState(State::Idle);
        return;
    }
    auto &session = m_registry->session();
    m_connections << connect(&session, &core::nacos::Session::resynced, this, &ConfigFeed::loadLive);
    m_connections << connect(&session, &core::nacos::Session::stateChanged, this, [this](core::nacos::SessionState state) {
        using S = core::nacos::SessionState;
        if ((state == S::Live || state == S::Degraded) && m_state != State::Live && !m_fromServer.isActive())
            loadLive();
        else if ((state == S::Reconnecting || state == S::Refused || state == S::Closed) && !m_fromMirror.isActive())
            outOfReach();
    });
    m_connections << connect(&m_registry->configs(), &core::nacos::ConfigClient::configChanged, this, [this](const ConfigKey &key) {
        if (key.namespaceId != m_subject.namespaceId)
            return;
        // The list itself may find that what it told of is gone.
        if (m_fromServer.isActive() && !m_toldMeanwhile.contains(key))
            m_toldMeanwhile.insert(key, ConfigEvent::Kind::Deleted);
        // What is being read tells of it as well.
        if (m_state != State::Loading && !m_rereading.contains(key))
            readSoon(key, {});
    });
    setState(State::Loading);
    refreshMarks();
    loadMirror();
    const auto state = session.state();
    if (state == core::nacos::SessionState::Live || state == core::nacos::SessionState::Degraded)
        loadLive();
}

void ConfigFeed::outOfReach()
{
    if (!m_registry || m_fromServer.isActive() || m_state == State::Idle)
        return;
    m_error = m_registry->session().lastError();
    setState(m_model.records().isEmpty() ? State::Failed : State::Stale);
}

/// What is known stays on show; nothing is asked of a connection somebody closed.
void ConfigFeed::closing(const core::nacos::Registry *registry)
{
    if (registry != m_registry)
        return;
    m_fromServer.reset();
    m_watch.reset();
    m_rowsWatch.reset();
    m_allRowsWatch.reset();
    m_followedKeys.clear();
    m_watchedRows.clear();
    m_watchAgain.stop();
    m_readSoon.stop();
    m_readLater.stop();
    m_error = core::Error{core::Error::Kind::Network, u"the connection %1 is closed"_s.arg(m_subject.profile), 0, true};
    setState(m_model.records().isEmpty() ? State::Failed : State::Stale);
}

void ConfigFeed::openedAgain()
{
    if (!m_registry && !m_subject.profile.isEmpty() && m_workbench.services().registries.find(m_subject.profile))
        setSubject(m_subject);
}

void ConfigFeed::reload()
{
    m_listenersAsked.clear();
    m_asked.clear();
    if (m_registry)
        loadLive();
    else
        setSubject(m_subject);
}

ConfigRow ConfigFeed::merged(const ConfigSummary &summary, ConfigRow::Source source) const
{
    ConfigRow row;
    row.summary = summary;
    row.source = source;
    const QString id = rowId(summary.key);
    if (const ConfigRow *known = m_model.find(id)) {
        row.listeners = known->listeners;
        const ConfigSummary &old = known->summary;
        // Facts the list does not carry stay true as long as the content is the same.
        if (summary.md5.isEmpty() || old.md5 == summary.md5) {
            if (!row.summary.size)
                row.summary.size = old.size;
            if (!row.summary.changedAt.isValid())
                row.summary.changedAt = old.changedAt;
            if (row.summary.changedBy.isEmpty())
                row.summary.changedBy = old.changedBy;
            if (row.summary.md5.isEmpty())
                row.summary.md5 = old.md5;
        }
        if (row.summary.tags.isEmpty())
            row.summary.tags = old.tags;
    }
    row.hasDraft = m_draftIds.contains(id);
    row.overridden = m_overrideIds.contains(id);
    return row;
}

void ConfigFeed::loadMirror()
{
    const core::store::MirrorScope scope{m_registry->mirrorScope()};
    m_fromMirror = m_workbench.services().mirror.list(scope, m_subject.namespaceId, u"config"_s);
    m_fromMirror->each(this, [this](const QList<core::store::MirrorItem> &batch) {
        QList<ConfigRow> rows;
        rows.reserve(batch.size());
        for (const core::store::MirrorItem &item : batch) {
            const auto key = keyOf(item.local);
            if (!key)
                continue;
            const ConfigRow *known = m_model.find(rowId(*key));
            ConfigSummary summary = known ? known->summary : ConfigSummary();
            const bool live = known && known->source == ConfigRow::Source::Live;
            summary.key = *key;
            if (!live) {
                summary.type = item.type;
                summary.app = item.app;
                summary.tags = item.tags;
                summary.md5 = item.md5;
            }
            if (item.md5 == summary.md5) {
                if (item.size >= 0)
                    summary.size = item.size;
                summary.changedAt = item.changedAt;
                summary.changedBy = item.changedBy;
            }
            rows.append(merged(summary, live ? ConfigRow::Source::Live : ConfigRow::Source::Mirror));
            if (!m_seenAt.isValid() || item.seenAt > m_seenAt)
                m_seenAt = item.seenAt;
        }
        m_model.upsert(rows, ConfigModel::Highlight::None);
        Q_EMIT progressed();
    });
    m_fromMirror->then(this, [this](const core::Result<core::Done> &) {
        if (m_state == State::Loading && m_registry && m_registry->session().lastError())
            outOfReach();
    });
}

void ConfigFeed::loadLive()
{
    if (!m_registry)
        return;
    core::nacos::ConfigQuery query;
    query.namespaceId = m_subject.namespaceId;
    m_complete.clear();
    m_toldMeanwhile.clear();
    if (m_state != State::Live)
        setState(State::Loading);
    m_fromServer = m_registry->configs().list(query);
    connect(m_fromServer.get(), &core::Operation::progress, this, [this](qint64, qint64 total) {
        m_total = total;
        Q_EMIT progressed();
    });
    m_fromServer->each(this, [this](const QList<ConfigSummary> &batch) { upsert(batch); });
    m_fromServer->then(this, [this](const core::Result<core::Done> &end) {
        m_partial.reset();
        if (!end && core::nacos::isPartialList(end.error())) {
            // What came is so; of what did not come nobody knows.
            m_partial = end.error();
            m_complete.clear();
            m_listAgain.start(ListAgainAfter);
            return listed();
        }
        if (!end) {
            m_error = end.error();
            setState(m_model.records().isEmpty() ? State::Failed : State::Stale);
            return;
        }
        // Whatever the complete list did not bring is gone.
        m_model.sync(std::exchange(m_complete, {}));
        listed();
    });
}

void ConfigFeed::listed()
{
    m_fromMirror.reset();
    m_total = m_model.records().size();
    m_error.reset();
    m_seenAt = QDateTime::currentDateTimeUtc();
    m_watchError.reset();
    if (!m_rowsWatch.isActive())
        m_watchedRows.clear();
    setState(State::Live);
    readToldMeanwhile();
    compareWithPresent();
    m_followed == Followed::Everything ? watch() : followRows();
}

void ConfigFeed::upsert(const QList<ConfigSummary> &batch)
{
    QList<ConfigRow> rows;
    rows.reserve(batch.size());
    for (const ConfigSummary &summary : batch)
        rows.append(merged(summary, ConfigRow::Source::Live));
    m_complete += rows;
    m_model.upsert(rows, m_state == State::Live ? ConfigModel::Highlight::Changed : ConfigModel::Highlight::None);
    Q_EMIT progressed();
}

void ConfigFeed::watch()
{
    if (!m_registry || m_watch.isActive() || !m_registry->session().capabilities().fuzzyWatch())
        return;
    m_watch = m_registry->configs().watchNamespace(m_subject.namespaceId);
    m_watch->each(this, [this](const QList<ConfigEvent> &events) {
        for (const ConfigEvent &event : events) {
            if (event.kind != ConfigEvent::Kind::Ready)
                continue;
            m_present.emplace();
            for (const ConfigKey &key : event.keys)
                m_present->insert(rowId(key));
        }
        took(events);
        compareWithPresent();
    });
    m_watch->then(this, [this](const core::Result<core::Done> &end) {
        if (end || !core::nacos::isTooManyToWatch(end.error()))
            return watchEnded(end);
        m_followed = Followed::Rows;
        if (m_state == State::Live && !m_fromServer.isActive())
            followRows();
    });
}

/// The rows that are there, one by one: the server has their MD5s already, so that nothing is asked for. What is new it does not tell: the
/// list is read again now and then.
void ConfigFeed::followRows()
{
    QSet<ConfigKey> keys;
    for (const ConfigRow &row : m_model.records()) {
        if (!row.summary.md5.isEmpty())
            keys.insert(row.summary.key);
    }
    m_followed = keys.size() > MostFollowed ? Followed::RowsInView : Followed::Rows;
    if (m_followed == Followed::RowsInView) {
        m_allRowsWatch.reset();
        m_followedKeys.clear();
    } else if (!m_allRowsWatch.isActive() || keys != m_followedKeys) {
        m_followedKeys = keys;
        // The new one begins before the former ends: what both have stays listened to.
        m_allRowsWatch = m_registry->configs().watch(keys.values(), core::nacos::ConfigClient::Deliver::KeysOnly);
        m_allRowsWatch->each(this, [this](const QList<ConfigEvent> &events) { took(events); });
        m_allRowsWatch->then(this, [this](const core::Result<core::Done> &end) { watchEnded(end); });
    }
    if (!m_listAgain.isActive() && m_followed == Followed::Rows)
        m_listAgain.start(ListForNewAfter);
    setState(m_state);
}

/// What came or went between the list's answer and the moment the watch stood was told by neither.
void ConfigFeed::compareWithPresent()
{
    if (!m_present || m_state != State::Live || m_fromServer.isActive())
        return;
    QSet<QString> present = *std::exchange(m_present, std::nullopt);
    QList<ConfigKey> differing;
    for (const ConfigRow &row : m_model.records()) {
        if (!present.remove(rowId(row.summary.key)))
            differing.append(row.summary.key);
    }
    for (const QString &id : std::as_const(present))
        differing.append(keyOfRow(id, m_subject.namespaceId));
    if (differing.size() > MostReadSingly)
        return loadLive();
    for (const ConfigKey &key : std::as_const(differing))
        readSoon(key, {});
}

void ConfigFeed::readToldMeanwhile()
{
    const auto told = std::exchange(m_toldMeanwhile, {});
    for (auto it = told.begin(); it != told.end(); ++it) {
        if ((it.value() == ConfigEvent::Kind::Deleted) == (m_model.find(rowId(it.key())) != nullptr))
            readSoon(it.key(), {});
    }
}

void ConfigFeed::took(const QList<ConfigEvent> &events)
{
    QStringList gone;
    for (const ConfigEvent &event : events) {
        if (m_fromServer.isActive() && (event.kind == ConfigEvent::Kind::Deleted || event.kind == ConfigEvent::Kind::Changed))
            m_toldMeanwhile.insert(event.key, event.kind);
        if (event.kind == ConfigEvent::Kind::Deleted) {
            gone.append(rowId(event.key));
            m_toRead.remove(event.key);
        } else if (event.kind == ConfigEvent::Kind::Changed) {
            if (event.md5.isEmpty()) // what it is now, nobody knows
                m_fromPush.remove(event.key);
            const bool news = show(event);
            readSoon(event.key, news && !m_rereading.contains(event.key) ? QByteArray() : event.md5);
        }
    }
    m_model.remove(gone);
    if (!gone.isEmpty())
        Q_EMIT progressed();
}

/// What the push brought is true now; who changed it is not known yet. False: it told nothing that the row does not show.
bool ConfigFeed::show(const ConfigEvent &event)
{
    const ConfigRow *known = m_model.find(rowId(event.key));
    if (!known || !event.size || known->summary.md5 == event.md5)
        return false;
    ConfigRow row = *known;
    row.summary.md5 = event.md5;
    row.summary.size = event.size;
    row.summary.changedAt = event.changedAt;
    row.summary.changedBy.clear();
    if (!event.type.isEmpty())
        row.summary.type = event.type;
    m_model.upsert({row});
    m_fromPush.insert(event.key);
    return true;
}

/// Watches are endless: one that ends was refused, or is lost for good.
void ConfigFeed::watchEnded(const core::Result<core::Done> &end)
{
    if (!end && end.error().kind == core::Error::Kind::Cancelled)
        return;
    m_watchError = end ? core::Error{core::Error::Kind::BadReply, u"the watch ended"_s, 0, true} : end.error();
    if (m_watchError->retryable)
        m_watchAgain.start();
    setState(m_state);
}

void ConfigFeed::watchAgain()
{
    if (!m_registry || m_state != State::Live)
        return;
    m_watchError.reset();
    if (!m_rowsWatch.isActive())
        m_watchedRows.clear();
    m_followed == Followed::Everything ? watch() : followRows();
    setState(m_state); // the page says again which rows it shows
}

void ConfigFeed::watchRows(const QStringList &rowIds)
{
    const QSet<QString> wanted(rowIds.begin(), rowIds.end());
    // Scrolling back over rows that are watched already needs nothing new.
    if (!m_registry || ((m_rowsWatch.isActive() || m_watchError) && m_watchedRows.contains(wanted)))
        return;
    QList<ConfigKey> keys;
    for (const QString &id : rowIds)
        keys.append(keyOfRow(id, m_subject.namespaceId));
    if (keys.isEmpty())
        return;
    m_watchedRows = wanted;
    m_rowsWatch = m_registry->configs().watch(keys, core::nacos::ConfigClient::Deliver::KeysOnly);
    m_rowsWatch->each(this, [this](const QList<ConfigEvent> &events) { took(events); });
    m_rowsWatch->then(this, [this](const core::Result<core::Done> &end) { watchEnded(end); });
}

/// One change is told by the namespace's watch, by the rows' and by whoever else reads it: it is read once.
void ConfigFeed::readSoon(const ConfigKey &key, const QByteArray &md5)
{
    if (const auto reading = m_rereading.find(key); reading != m_rereading.end()) {
        reading->append(md5);
        return;
    }
    const ConfigRow *known = m_model.find(rowId(key));
    if (known && !md5.isEmpty() && known->summary.md5 == md5 && known->summary.size && known->summary.changedAt.isValid()) {
        m_toRead.remove(key);
        return;
    }
    m_toRead.insert(key);
    if (!m_readSoon.isActive())
        m_readSoon.start();
}

void ConfigFeed::readAgain(const ConfigKey &key)
{
    if (!m_registry)
        return;
    m_rereading.insert(key, {});
    auto *reply = m_registry->configs().getLive(key);
    reply->then(this, [this, key, generation = m_generation](const core::Result<std::optional<core::nacos::ConfigDetail>> &answer) {
        if (generation != m_generation)
            return;
        const QList<QByteArray> meanwhile = m_rereading.take(key);
        if (!answer) {
            if (answer.error().kind == core::Error::Kind::Cancelled)
                return;
            if (!m_fromPush.contains(key))
                forgetDetails(key);
            if (mayPass(answer.error())) {
                m_unread.insert(key);
                m_readLater.start();
            }
        } else if (*answer) {
            applyDetail(**answer);
        } else {
            m_model.remove({rowId(key)});
        }
        if (!meanwhile.isEmpty())
            readSoon(key, meanwhile.last());
        Q_EMIT progressed();
    });
}

/// It changed and cannot be read: what was known of the former content is not true any more.
void ConfigFeed::forgetDetails(const ConfigKey &key)
{
    const ConfigRow *known = m_model.find(rowId(key));
    if (!known)
        return;
    ConfigRow row = *known;
    row.summary.md5.clear();
    row.summary.size.reset();
    row.summary.changedAt = {};
    row.summary.changedBy.clear();
    m_model.upsert({row});
}

void ConfigFeed::applyDetail(const core::nacos::ConfigDetail &detail)
{
    m_fromPush.remove(detail.key);
    const ConfigRow *known = m_model.find(rowId(detail.key));
    ConfigSummary summary = known ? known->summary : ConfigSummary();
    summary.key = detail.key;
    if (!detail.id.isEmpty())
        summary.id = detail.id;
    summary.type = detail.attributes.type;
    summary.app = detail.attributes.app;
    if (!detail.attributes.tags.isEmpty())
        summary.tags = detail.attributes.tags;
    summary.md5 = detail.md5;
    summary.size = detail.content.size();
    summary.changedAt = detail.changedAt;
    summary.changedBy = detail.changedBy;
    // Who changed what is shown already is no second change.
    const bool shown = known && known->summary.md5 == summary.md5 && known->summary.type == summary.type &&
        known->summary.app == summary.app && known->summary.tags == summary.tags;
    m_model.upsert({merged(summary, ConfigRow::Source::Live)}, shown ? ConfigModel::Highlight::None : ConfigModel::Highlight::Changed);
}

} // namespace ui::config
