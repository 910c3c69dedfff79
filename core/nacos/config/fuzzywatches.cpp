// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/fuzzywatches.h"

#include "core/base/log.h"
#include "core/base/transient.h"
#include "core/nacos/config/configdecode.h"
#include "core/nacos/config/configmemory.h"
#include "core/nacos/wire/fuzzymessages.h"
#include "core/nacos/wire/groupkey.h"
#include "core/nacos/wire/internalmessages.h"

#include <algorithm>

using namespace Qt::StringLiterals;

using namespace std::chrono_literals;

namespace core::nacos {

namespace {

net::Backoff::Settings pace()
{
    net::Backoff::Settings settings;
    settings.first = 500ms;
    settings.cap = 15s;
    return settings;
}

/// How long readings may be of before what was told; by then it may be another state again that nobody tells of.
constexpr auto LagAtMost = 30s;

/// The question may be right all the same: it, or the answer, got lost, or the server had no time.
bool mayComeRight(const Error &error)
{
    return isTransient(error.kind) || error.kind == Error::Kind::Cancelled;
}

} // namespace

FuzzyWatches::FuzzyWatches(Session::Private &session, ConfigMemory &memory, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_memory(memory)
    , m_backoff(pace())
{
    m_session.addPushHandler(wire::ConfigFuzzyWatchSyncRequest::typeName, this, [this](const wire::Message &message) { onSync(message); });
    m_session.addPushHandler(wire::ConfigFuzzyWatchChangeNotifyRequest::typeName, this,
                             [this](const wire::Message &message) { onChange(message); });
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, [this] { sendPending(); });
    m_session.addRedo(this, [this] { return redo(); });
}

FuzzyWatches::~FuzzyWatches() = default;

QString FuzzyWatches::patternOf(const QString &namespaceId)
{
    return wire::FuzzyPattern{namespaceId, u"*"_s, u"*"_s}.toString();
}

Stream<ConfigEvent> *FuzzyWatches::watch(const QString &namespaceId)
{
    const QString canonical = ConfigKey::canonicalNamespace(namespaceId);
    auto *stream = m_operations.track(new Stream<ConfigEvent>(this));
    stream->onCancel = [self = QPointer<FuzzyWatches>(this), canonical, stream] {
        if (self)
            self->drop(canonical, stream);
    };
    connect(stream, &Operation::finished, this, [this, canonical, stream] { drop(canonical, stream); });
    m_session.whenOpened(stream, [this, canonical, stream] {
        m_session.wantRpc();
        Space &space = m_spaces[canonical];
        space.streams.append(stream);
        if (space.ready)
            stream->push({readyEvent(space)});
        m_toCancel.remove(canonical);
        if (m_session.rpcUp() && !space.requested && !m_underWay.contains(canonical))
            send(canonical);
    });
    return stream;
}

Reply<Done> *FuzzyWatches::send(const QString &namespaceId)
{
    Space &space = m_spaces[namespaceId];
    space.requested = true;
    const auto failAll = [this, namespaceId](const Error &error) {
        const auto it = m_spaces.find(namespaceId);
        if (it == m_spaces.end())
            return;
        it->second.requested = false;
        if (mayComeRight(error))
            return sendAgainLater();
        for (const auto &stream : std::exchange(it->second.streams, {})) {
            if (stream)
                stream->settle(fail(error));
        }
        m_spaces.erase(namespaceId);
    };
    if (!m_session.caps.fuzzyWatch()) {
        QMetaObject::invokeMethod(
            this,
            [failAll] {
                failAll(Error{Error::Kind::Unsupported, u"this registry cannot watch a whole namespace"_s, 0, false});
            },
            Qt::QueuedConnection);
        return nullptr;
    }
    wire::ConfigFuzzyWatchRequest request;
    request.groupKeyPattern = patternOf(namespaceId);
    request.receivedGroupKeys = QList<QString>(space.keys.begin(), space.keys.end());
    request.phase = space.ready ? wire::ConfigFuzzyWatchRequest::Phase::Again : wire::ConfigFuzzyWatchRequest::Phase::Initializing;
    m_underWay.insert(namespaceId);
    auto *reply = m_session.rpc<Done>(
        wire::makeMessage(request), {namespaceId, {}},
        [](Result<wire::Message> &&message) -> Result<Done> {
            const auto answer = openAnswer<wire::ConfigFuzzyWatchResponse>(std::move(message));
            return answer ? Result<Done>(Done{}) : fail(answer.error());
        },
        this);
    reply->then(this, [this, failAll, namespaceId, connection = m_session.linkGeneration](const Result<Done> &result) {
        // Of an earlier connection it says nothing about this one.
        if (connection != m_session.linkGeneration)
            return;
        m_underWay.remove(namespaceId);
        const auto it = m_spaces.find(namespaceId);
        if (it == m_spaces.end() || !it->second.requested) // given up meanwhile, and perhaps wanted anew
            return answered(namespaceId);
        if (!result)
            return failAll(result.error());
        m_backoff.reset();
    });
    return reply;
}

/// Without a connection the next one sends everything again anyway.
void FuzzyWatches::sendAgainLater()
{
    if (!m_session.rpcUp() || m_retry.isActive())
        return;
    m_retry.start(m_backoff.next());
}

void FuzzyWatches::sendPending()
{
    if (!m_session.rpcUp())
        return;
    QStringList names;
    for (const auto &[name, space] : m_spaces) {
        if (!space.requested && !m_underWay.contains(name))
            names.append(name);
    }
    for (const QString &name : std::as_const(names))
        send(name);
}

void FuzzyWatches::drop(const QString &namespaceId, Operation *stream)
{
    const auto it = m_spaces.find(namespaceId);
    if (it == m_spaces.end())
        return;
    it->second.streams.removeIf([stream](const QPointer<Stream<ConfigEvent>> &entry) { return !entry || entry == stream; });
    if (!it->second.streams.isEmpty())
        return;
    const bool requested = it->second.requested;
    m_spaces.erase(it);
    if (!requested || !m_session.rpcUp())
        return;
    if (m_underWay.contains(namespaceId))
        m_toCancel.insert(namespaceId);
    else
        sendCancel(namespaceId);
}

void FuzzyWatches::sendCancel(const QString &namespaceId)
{
    wire::ConfigFuzzyWatchRequest request;
    request.groupKeyPattern = patternOf(namespaceId);
    request.mode = wire::ConfigFuzzyWatchRequest::Mode::Cancel;
    m_underWay.insert(namespaceId);
    m_session
        .rpc<Done>(
            wire::makeMessage(request), {namespaceId, {}}, [](Result<wire::Message> &&) -> Result<Done> { return Done{}; }, this)
        ->then(this, [this, namespaceId, connection = m_session.linkGeneration](const Result<Done> &) {
            if (connection != m_session.linkGeneration)
                return;
            m_underWay.remove(namespaceId);
            answered(namespaceId);
        });
}

/// What was wanted while a call about it was under way.
void FuzzyWatches::answered(const QString &namespaceId)
{
    const auto it = m_spaces.find(namespaceId);
    if (it == m_spaces.end()) {
        if (m_toCancel.remove(namespaceId) && m_session.rpcUp())
            sendCancel(namespaceId);
    } else if (!it->second.requested && m_session.rpcUp()) {
        send(namespaceId);
    }
}

void FuzzyWatches::note(Space &space, const wire::ConfigContext &context, const QString &changeType, When when)
{
    const ConfigKey key{ConfigKey::canonicalNamespace(context.tenant), context.group, context.dataId};
    const QString groupKey = wire::encodeGroupKey({key.namespaceId, key.group, key.dataId});
    const bool deleted = changeType == QLatin1StringView(wire::ConfigFuzzyWatchChangeNotifyRequest::Deleted);
    const bool isNew = !deleted && !space.keys.contains(groupKey);
    if (deleted)
        space.keys.remove(groupKey);
    else
        space.keys.insert(groupKey);
    if (when == When::WhileListing)
        return;
    const auto known = m_memory.md5(key);
    if (deleted && known)
        m_memory.replaced(key, *known, QByteArray(), QDeadlineTimer(LagAtMost));
    else if (isNew && known.value_or(QByteArray()).isEmpty())
        m_memory.replaced(key, {}, std::nullopt, QDeadlineTimer(LagAtMost));
    ConfigEvent event;
    event.kind = deleted ? ConfigEvent::Kind::Deleted : ConfigEvent::Kind::Changed;
    event.key = key;
    if (deleted)
        m_memory.absent(key);
    for (const auto &stream : std::as_const(space.streams)) {
        if (stream)
            stream->push({event});
    }
    Q_EMIT changed(key);
}

ConfigEvent FuzzyWatches::readyEvent(const Space &space)
{
    ConfigEvent event;
    event.kind = ConfigEvent::Kind::Ready;
    for (const QString &groupKey : space.keys) {
        if (const auto context = wire::decodeGroupKey(groupKey))
            event.keys.append({ConfigKey::canonicalNamespace(context->tenant), context->group, context->dataId});
    }
    return event;
}

void FuzzyWatches::becameReady(Space &space)
{
    if (std::exchange(space.ready, true))
        return;
    const ConfigEvent event = readyEvent(space);
    for (const auto &stream : std::as_const(space.streams)) {
        if (stream)
            stream->push({event});
    }
}

void FuzzyWatches::onSync(const wire::Message &message)
{
    using Sync = wire::ConfigFuzzyWatchSyncRequest;
    const auto sync = Sync::fromBody(message.body);
    m_session.answerPush("ConfigFuzzyWatchSyncResponse"_ba, wire::requestIdOf(message.body));
    if (!sync) {
        qCWarning(logNacos).noquote() << "a fuzzy watch push that cannot be read:" << sync.error().message;
        return;
    }
    const auto pattern = wire::FuzzyPattern::parse(sync->groupKeyPattern);
    if (!pattern)
        return;
    const QString name = ConfigKey::canonicalNamespace(pattern->tenant);
    const bool first = sync->syncType == QLatin1StringView(Sync::Init);
    for (const Sync::Item &item : sync->items) {
        // Looked up each time: whoever hears of a change may end the watch.
        const auto it = m_spaces.find(name);
        const auto context = wire::decodeGroupKey(item.groupKey);
        if (it != m_spaces.end() && context)
            note(it->second, *context, item.changedType, first && !it->second.ready ? When::WhileListing : When::Now);
    }
    const auto it = m_spaces.find(name);
    if (it != m_spaces.end() && sync->syncType == QLatin1StringView(Sync::InitFinished))
        becameReady(it->second);
}

void FuzzyWatches::onChange(const wire::Message &message)
{
    const auto change = wire::ConfigFuzzyWatchChangeNotifyRequest::fromBody(message.body);
    m_session.answerPush("ConfigFuzzyWatchChangeNotifyResponse"_ba, wire::requestIdOf(message.body));
    if (!change) {
        qCWarning(logNacos).noquote() << "a fuzzy watch push that cannot be read:" << change.error().message;
        return;
    }
    const auto context = wire::decodeGroupKey(change->groupKey);
    const auto it = context ? m_spaces.find(ConfigKey::canonicalNamespace(context->tenant)) : m_spaces.end();
    if (it != m_spaces.end())
        note(it->second, *context, change->changeType, When::Now);
}

Reply<Done> *FuzzyWatches::redo()
{
    m_underWay.clear();
    m_toCancel.clear();
    if (m_spaces.empty())
        return nullptr;
    m_retry.stop();
    m_backoff.reset();
    QStringList names;
    for (const auto &[name, space] : m_spaces)
        names.append(name);
    auto *all = m_operations.track(new Reply<Done>(this));
    const auto open = std::make_shared<qsizetype>(1);
    const auto answered = [all, open] {
        if (--*open == 0)
            all->settle(Done{});
    };
    for (const QString &name : std::as_const(names)) {
        Space &space = m_spaces[name];
        if (space.ready) {
            ConfigEvent event;
            event.kind = ConfigEvent::Kind::Reconnected;
            for (const auto &stream : std::as_const(space.streams)) {
                if (stream)
                    stream->push({event});
            }
        }
        if (Reply<Done> *reply = send(name)) {
            ++*open;
            // One that failed is tried again, or its watches have been told.
            reply->then(all, [answered](const Result<Done> &) { answered(); });
        }
    }
    answered();
    return all;
}

} // namespace core::nacos
