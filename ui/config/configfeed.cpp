// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/config/configfeed.h"

#include "core/nacos/config/partiallist.h"
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

} // namespace ui::config
