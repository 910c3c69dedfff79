// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/nacos/configwatch.h"

using namespace Qt::StringLiterals;

namespace core::sandbox::nacos {

namespace {

constexpr qsizetype MaximumPatterns = 20;
constexpr qsizetype MaximumMatches = 500;
constexpr qsizetype KeysPerBatch = 20;
constexpr int MaximumTries = 50;
constexpr qint64 PauseStep = 2000; // ms, times the number of tries

} // namespace

ConfigWatch::ConfigWatch(const ConfigStore &store, ConnectionHub &hub, const Generation &generation, const Clock &clock)
    : m_store(store)
    , m_hub(hub)
    , m_generation(generation)
    , m_clock(clock)
{
}

QByteArray ConfigWatch::md5For(const ConfigKey &key, const Connection &connection) const
{
    const ConfigPtr config = m_store.find(key);
    if (!config)
        return {};
    const auto chosen = choose(*config, {connection.clientIp, connection.label(u"Vipserver-Tag"_s)});
    return chosen ? chosen->md5 : QByteArray();
}

QList<wire::ConfigContext> ConfigWatch::listen(const ConnectionPtr &connection, const QList<wire::ConfigBatchListenRequest::Item> &items)
{
    // Registered first and compared afterwards: a change in between is pushed, at worst it is told twice.
    {
        const std::lock_guard lock(m_mutex);
        QSet<ConfigKey> &keys = m_keysOf[connection->id];
        for (const auto &item : items) {
            const ConfigKey key{m_generation.canonicalSpace(item.key.tenant), item.key.group, item.key.dataId};
            Listening &listening = m_listening[key][connection->id];
            listening.connection = connection;
            listening.md5 = item.md5;
            listening.tenant = item.key.tenant;
            keys.insert(key);
        }
    }
    QList<wire::ConfigContext> changed;
    for (const auto &item : items) {
        const ConfigKey key{m_generation.canonicalSpace(item.key.tenant), item.key.group, item.key.dataId};
        if (md5For(key, *connection) != item.md5)
            changed.append(item.key);
    }
    return changed;
}

void ConfigWatch::stopListening(const ConnectionPtr &connection, const QList<wire::ConfigBatchListenRequest::Item> &items)
{
    const std::lock_guard lock(m_mutex);
    for (const auto &item : items) {
        const ConfigKey key{m_generation.canonicalSpace(item.key.tenant), item.key.group, item.key.dataId};
        const auto found = m_listening.find(key);
        if (found != m_listening.end()) {
            found->remove(connection->id);
            if (found->isEmpty())
                m_listening.erase(found);
        }
        m_keysOf[connection->id].remove(key);
    }
}

void ConfigWatch::forget(const ConnectionPtr &connection)
{
    const std::lock_guard lock(m_mutex);
    const QSet<ConfigKey> keys = m_keysOf.take(connection->id);
    for (const ConfigKey &key : keys) {
        const auto found = m_listening.find(key);
        if (found == m_listening.end())
            continue;
        found->remove(connection->id);
        if (found->isEmpty())
            m_listening.erase(found);
    }
    m_fuzzy.remove(connection->id);
}

void ConfigWatch::changed(const ConfigChange &change)
{
    QList<ConnectionPtr> listeners;
    QList<ConnectionPtr> watchers;
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_listening.find(change.key);
        if (found != m_listening.end()) {
            for (Listening &listening : *found) {
                // While a push is unanswered the client has not asked for the content yet, or asks again after the answer: one more
                // push then is enough, however many changes there were.
                if (std::exchange(listening.pushing, true)) {
                    listening.again = true;
                } else {
                    listening.tries = 0;
                    listening.retryAt = 0;
                    listeners.append(listening.connection);
                }
            }
        }
        const wire::ConfigContext key{change.key.space, change.key.group, change.key.dataId};
        // Keys that come and go; of a new content only the listeners hear, as on the real server.
        const bool isNews = change.kind != ConfigChange::Kind::Changed;
        for (const QHash<QString, Fuzzy> &patterns : std::as_const(m_fuzzy)) {
            if (!isNews)
                break;
            const auto match = std::find_if(patterns.begin(), patterns.end(), [&key](const Fuzzy &f) { return f.pattern.matches(key); });
            if (match != patterns.end())
                watchers.append(match->connection);
        }
    }
    for (const ConnectionPtr &connection : std::as_const(listeners))
        push(connection, change.key);
    using Notify = wire::ConfigFuzzyWatchChangeNotifyRequest;
    for (const ConnectionPtr &connection : std::as_const(watchers)) {
        // A created configuration is told as changed: so does the real server.
        const QString type = QLatin1String(change.kind == ConfigChange::Kind::Deleted ? Notify::Deleted : Notify::Changed);
        const QString groupKey = wire::encodeGroupKey({change.key.space, change.key.group, change.key.dataId});
        m_hub.push(
            connection,
            [&](const QString &id) {
                return wire::makeMessage(Notify{id, groupKey, type});
            },
            [](bool) {});
    }
}

void ConfigWatch::push(const ConnectionPtr &connection, const ConfigKey &key)
{
    QString tenant;
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_listening.constFind(key);
        if (found == m_listening.cend() || !found->contains(connection->id))
            return;
        tenant = found->value(connection->id).tenant;
    }
    m_hub.push(
        connection,
        [&](const QString &id) {
            return wire::makeMessage(wire::ConfigChangeNotifyRequest{id, {tenant, key.group, key.dataId}});
        },
        [this, connection, key](bool answered) { pushed(connection, key, answered); });
}

void ConfigWatch::pushed(const ConnectionPtr &connection, const ConfigKey &key, bool answered)
{
    bool again = false, giveUp = false;
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_listening.find(key);
        if (found == m_listening.end())
            return;
        const auto listening = found->find(connection->id);
        if (listening == found->end())
            return;
        if (answered) {
            again = listening->pushing = std::exchange(listening->again, false);
            listening->tries = 0;
        } else if (++listening->tries > MaximumTries) {
            giveUp = true;
        } else {
            listening->retryAt = m_clock.now().toMSecsSinceEpoch() + listening->tries * PauseStep;
        }
    }
    if (again)
        push(connection, key);
    if (giveUp)
        m_hub.disconnect(connection, u"changes could not be pushed"_s);
}

void ConfigWatch::sweep()
{
    QList<Pending> due;
    {
        const std::lock_guard lock(m_mutex);
        const qint64 now = m_clock.now().toMSecsSinceEpoch();
        for (auto key = m_listening.begin(); key != m_listening.end(); ++key) {
            for (Listening &listening : *key) {
                if (listening.retryAt != 0 && listening.retryAt <= now) {
                    listening.retryAt = 0;
                    due.append({listening.connection, key.key()});
                }
            }
        }
    }
    for (const Pending &pending : std::as_const(due))
        push(pending.first, pending.second);
}

QList<QString> ConfigWatch::matching(const wire::FuzzyPattern &pattern) const
{
    QList<QString> keys;
    const QList<ConfigPtr> all = m_store.all(m_generation.canonicalSpace(pattern.tenant));
    for (const ConfigPtr &config : all) {
        const wire::ConfigContext key{config->key.space, config->key.group, config->key.dataId};
        if (pattern.matches(key))
            keys.append(wire::encodeGroupKey(key));
    }
    return keys;
}

std::optional<ConfigWatch::Refused> ConfigWatch::watch(const ConnectionPtr &connection, const wire::ConfigFuzzyWatchRequest &request)
{
    const Result<wire::FuzzyPattern> pattern = wire::FuzzyPattern::parse(request.groupKeyPattern);
    if (!pattern)
        return Refused{wire::code::InvalidParameter, pattern.error().message};
    if (request.mode == wire::ConfigFuzzyWatchRequest::Mode::Cancel) {
        const std::lock_guard lock(m_mutex);
        m_fuzzy[connection->id].remove(request.groupKeyPattern);
        return std::nullopt;
    }
    if (matching(*pattern).size() > MaximumMatches)
        return Refused{wire::code::FuzzyTooManyMatches, u"fuzzy watch pattern matches more than %1 configurations"_s.arg(MaximumMatches)};
    const std::lock_guard lock(m_mutex);
    QSet<QString> patterns;
    for (const auto &ofConnection : std::as_const(m_fuzzy)) {
        for (auto it = ofConnection.begin(); it != ofConnection.end(); ++it)
            patterns.insert(it.key());
    }
    if (!patterns.contains(request.groupKeyPattern) && patterns.size() >= MaximumPatterns)
        return Refused{wire::code::FuzzyTooManyPatterns, u"fuzzy watch pattern count is over %1"_s.arg(MaximumPatterns)};
    m_fuzzy[connection->id].insert(request.groupKeyPattern, {connection, *pattern});
    return std::nullopt;
}

void ConfigWatch::startPushing(const ConnectionPtr &connection, const wire::ConfigFuzzyWatchRequest &request)
{
    using Sync = wire::ConfigFuzzyWatchSyncRequest;
    using Notify = wire::ConfigFuzzyWatchChangeNotifyRequest;
    const Result<wire::FuzzyPattern> pattern = wire::FuzzyPattern::parse(request.groupKeyPattern);
    if (!pattern || request.mode == wire::ConfigFuzzyWatchRequest::Mode::Cancel)
        return;
    const bool first = request.phase == wire::ConfigFuzzyWatchRequest::Phase::Initializing;
    const QList<QString> now = matching(*pattern);
    const QSet<QString> current(now.begin(), now.end());
    const QSet<QString> received(request.receivedGroupKeys.begin(), request.receivedGroupKeys.end());
    QList<Sync::Item> items;
    for (const QString &key : now) {
        if (!received.contains(key))
            items.append({key, QLatin1String(Notify::Added)});
    }
    for (const QString &key : request.receivedGroupKeys) {
        if (!current.contains(key))
            items.append({key, QLatin1String(Notify::Deleted)});
    }
    const int batches = int((items.size() + KeysPerBatch - 1) / KeysPerBatch);
    const auto send = [&](const Sync &sync) {
        m_hub.push(
            connection,
            [&sync](const QString &id) {
                Sync numbered = sync;
                numbered.requestId = id;
                return wire::makeMessage(numbered);
            },
            [](bool) {});
    };
    for (int batch = 0; batch < batches; ++batch) {
        send({{},
              QLatin1String(first ? Sync::Init : Sync::Difference),
              request.groupKeyPattern,
              items.mid(batch * KeysPerBatch, KeysPerBatch),
              batches,
              batch + 1});
    }
    if (first)
        send({{}, QLatin1String(Sync::InitFinished), request.groupKeyPattern, {}, 0, 0});
}

QList<ConfigWatch::Listener> ConfigWatch::listenersOf(const ConfigKey &key) const
{
    const std::lock_guard lock(m_mutex);
    QList<Listener> listeners;
    const auto found = m_listening.constFind(key);
    if (found != m_listening.cend()) {
        for (const Listening &listening : *found)
            listeners.append({listening.connection->clientIp, listening.md5});
    }
    return listeners;
}

QList<ConfigWatch::ListenedKey> ConfigWatch::listenedBy(const QString &address) const
{
    const std::lock_guard lock(m_mutex);
    QList<ListenedKey> keys;
    for (auto key = m_listening.cbegin(); key != m_listening.cend(); ++key) {
        for (const Listening &listening : *key) {
            if (listening.connection->clientIp == address)
                keys.append({key.key(), listening.md5});
        }
    }
    return keys;
}

} // namespace core::sandbox::nacos
