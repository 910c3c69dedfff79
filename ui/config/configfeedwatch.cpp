// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/watchlimits.h"
#include "core/nacos/registry.h"
#include "ui/config/configfeed.h"
#include "ui/config/readagain.h"

// What the server tells of changes to the rows, and what is read after it.

using namespace Qt::StringLiterals;

namespace ui::config {

using core::nacos::ConfigEvent;
using core::nacos::ConfigKey;
using core::nacos::ConfigSummary;

namespace {

/// Of a namespace too large for the server to tell what is new there.
constexpr std::chrono::minutes ListForNewAfter{2};
/// Rows that are listened to one by one where the namespace as a whole cannot be: four requests.
constexpr qsizetype MostFollowed = 12000;
/// Where the list and the watch differ in more, the list is read as a whole.
constexpr qsizetype MostReadSingly = 20;

} // namespace

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
