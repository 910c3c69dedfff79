// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/watchhub.h"

#include "core/base/log.h"
#include "core/base/transient.h"
#include "core/nacos/config/configdecode.h"
#include "core/nacos/config/configmemory.h"
#include "core/nacos/config/queryanswer.h"
#include "core/nacos/wire/configmessages.h"
#include "core/nacos/wire/internalmessages.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace core::nacos {

namespace {

/// What the SDKs send at most; servers have no cap of their own.
constexpr qsizetype BatchSize = 3000;
constexpr int AskedAtOnce = 64;
constexpr auto AskAgainAfter = 500ms;
/// A reading that brings what was there before is tried again so often: ten seconds in all.
constexpr int MostReadings = 6;

net::Backoff::Settings lagPace()
{
    net::Backoff::Settings settings;
    settings.first = 200ms;
    settings.cap = 5s;
    return settings;
}

using Item = wire::ConfigBatchListenRequest::Item;

} // namespace

WatchHub::WatchHub(Session::Private &session, ConfigMemory &memory, std::chrono::milliseconds compareAllEvery, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_memory(memory)
{
    m_slowly.setSingleShot(true);
    connect(&m_slowly, &QTimer::timeout, this, [this] {
        m_toListen += std::exchange(m_listenLater, {});
        m_toAsk += std::exchange(m_askLater, {});
        flush();
        askNext();
        roundStep();
    });
    m_compareAll.setInterval(compareAllEvery);
    connect(&m_compareAll, &QTimer::timeout, this, &WatchHub::compareAll);
    // Without a connection nobody would say that something is back.
    connect(&m_session.link, &RpcLink::down, this, [this] { m_memory.forgetReplaced(); });
    m_session.addPushHandler(wire::ConfigChangeNotifyRequest::typeName, this, [this](const wire::Message &message) { pushed(message); });
    m_session.addRedo(this, [this] { return redo(); });
    // A one-shot program has nobody to show "still trying" to.
    connect(&m_session.link, &RpcLink::roundFailed, this, [this](const Error &why) {
        if (m_session.use != Session::Use::OneShot)
            return;
        for (const auto &watch : std::as_const(m_watches)) {
            if (watch->stream && !watch->ready)
                watch->stream->settle(fail(why));
        }
    });
}

WatchHub::~WatchHub() = default;

Stream<ConfigEvent> *WatchHub::watch(const QList<ConfigKey> &keys, ConfigClient::Deliver deliver)
{
    auto *stream = m_operations.track(new Stream<ConfigEvent>(this));
    const auto watch = std::make_shared<Watch>();
    watch->stream = stream;
    watch->deliver = deliver;
    for (ConfigKey key : keys) {
        key.namespaceId = ConfigKey::canonicalNamespace(key.namespaceId);
        if (const auto valid = checkKey(key); !valid) {
            stream->settle(fail(valid.error()));
            return stream;
        }
        watch->keys.insert(key);
    }
    connect(stream, &QObject::destroyed, this, [this, watch] { remove(watch); });
    connect(stream, &Operation::finished, this, [this, watch] { remove(watch); });
    stream->onCancel = [self = QPointer<WatchHub>(this), watch] {
        if (self)
            self->remove(watch);
    };
    stream->onResume = [this, watch] {
        watch->paused = false;
        askNext();
    };
    add(watch);
    m_session.whenOpened(stream, [this] {
        m_session.wantRpc();
        flushLater();
    });
    return stream;
}

void WatchHub::add(const std::shared_ptr<Watch> &watch)
{
    m_watches.append(watch);
    for (const ConfigKey &key : std::as_const(watch->keys)) {
        Entry &entry = m_entries[key];
        if (++entry.watches > 1)
            continue;
        m_toStop.remove(key);
        // Starting from what was last shown closes the gap between reading and watching.
        if (const auto seen = m_memory.md5(key)) {
            entry.md5 = *seen;
            entry.known = true;
        }
        m_toListen.insert(key);
    }
    for (const ConfigKey &key : std::as_const(watch->keys)) {
        const Entry &entry = m_entries[key];
        if (!entry.registered || !entry.known)
            watch->missing.insert(key);
    }
    flushLater();
    if (!m_compareAll.isActive())
        m_compareAll.start();
    checkReady(watch);
}

void WatchHub::remove(const std::shared_ptr<Watch> &watch)
{
    if (!m_watches.removeOne(watch))
        return;
    for (const ConfigKey &key : std::as_const(watch->keys)) {
        const auto entry = m_entries.find(key);
        if (entry == m_entries.end() || --entry->watches > 0)
            continue;
        if (entry->registered || m_underWay.contains(key))
            m_toStop.insert(key);
        m_toListen.remove(key);
        m_listenLater.remove(key);
        m_toAsk.removeOne(key);
        m_askLater.removeOne(key);
        m_awaited.remove(key);
        m_memory.forgetReplaced(key);
        m_entries.erase(entry);
    }
    if (m_entries.isEmpty())
        m_compareAll.stop();
    flushLater();
    // The others go on.
    if (std::exchange(watch->paused, false))
        QMetaObject::invokeMethod(this, &WatchHub::askNext, Qt::QueuedConnection);
}

void WatchHub::hand(Watch &watch, const ConfigEvent &event)
{
    if (watch.stream->push({event}) == Stream<ConfigEvent>::Flow::Pause)
        watch.paused = true;
}

bool WatchHub::isPaused() const
{
    return std::any_of(m_watches.cbegin(), m_watches.cend(),
                       [](const auto &watch) { return watch->paused && watch->stream && !watch->stream->isSettled(); });
}

void WatchHub::flushLater()
{
    if (std::exchange(m_flushPosted, true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_flushPosted = false;
            flush();
        },
        Qt::QueuedConnection);
}

void WatchHub::flush()
{
    if (!m_session.rpcUp()) {
        // The next connection knows nothing of us anyway.
        m_toStop.clear();
        return;
    }
    const auto inBatches = [](const QList<ConfigKey> &keys, auto &&send) {
        for (qsizetype i = 0; i < keys.size(); i += BatchSize)
            send(keys.mid(i, BatchSize));
    };
    inBatches(takeFree(m_toStop), [this](const QList<ConfigKey> &keys) { sendStop(keys); });
    inBatches(takeFree(m_toListen), [this](const QList<ConfigKey> &keys) { sendBatch(keys); });
}

/// Those no call is under way about; the others are left for afterwards.
QList<ConfigKey> WatchHub::takeFree(QSet<ConfigKey> &wanted)
{
    QList<ConfigKey> free;
    free.reserve(wanted.size());
    QSet<ConfigKey> busy;
    for (const ConfigKey &key : std::exchange(wanted, {})) {
        if (m_underWay.contains(key))
            busy.insert(key);
        else
            free.append(key);
    }
    wanted = busy;
    return free;
}

/// What a call of an earlier connection says is nothing about this one.
void WatchHub::sent(const QList<ConfigKey> &keys, int connection)
{
    if (connection != m_session.linkGeneration)
        return;
    for (const ConfigKey &key : keys)
        m_underWay.remove(key);
    if (!m_toStop.isEmpty() || !m_toListen.isEmpty())
        flushLater();
}

void WatchHub::compareAll()
{
    if (!m_session.rpcUp())
        return;
    for (auto it = m_entries.cbegin(); it != m_entries.cend(); ++it)
        m_toListen.insert(it.key());
    flush();
}

void WatchHub::sendStop(const QList<ConfigKey> &keys)
{
    m_underWay += QSet<ConfigKey>(keys.begin(), keys.end());
    wire::ConfigBatchListenRequest request;
    request.mode = wire::ConfigBatchListenRequest::Mode::StopListening;
    for (const ConfigKey &key : keys)
        request.items.append(Item{{m_session.wireTenant(key.namespaceId), key.group, key.dataId}, QByteArray()});
    m_session
        .rpc<Done>(
            wire::makeMessage(request), {},
            [](Result<wire::Message> &&message) -> Result<Done> { return message ? Result<Done>(Done{}) : fail(message.error()); }, this)
        ->then(this, [this, keys, connection = m_session.linkGeneration](const Result<Done> &) { sent(keys, connection); });
}

void WatchHub::sendBatch(const QList<ConfigKey> &keys)
{
    m_underWay += QSet<ConfigKey>(keys.begin(), keys.end());
    wire::ConfigBatchListenRequest request;
    QHash<ConfigKey, QByteArray> told;
    for (const ConfigKey &key : keys) {
        const auto entry = m_entries.constFind(key);
        if (entry == m_entries.constEnd())
            continue;
        request.items.append(Item{{m_session.wireTenant(key.namespaceId), key.group, key.dataId}, entry->md5});
        told.insert(key, entry->md5);
    }
    if (request.items.isEmpty())
        return sent(keys, m_session.linkGeneration);
    ++m_batches;
    using Answer = wire::ConfigChangeBatchListenResponse;
    m_session
        .rpc<Answer>(
            wire::makeMessage(request), {m_session.wireTenant(keys.first().namespaceId), {}},
            [](Result<wire::Message> &&message) { return openAnswer<Answer>(std::move(message)); }, this)
        ->then(this, [this, keys, told, connection = m_session.linkGeneration](const Result<Answer> &answer) {
            --m_batches;
            sent(keys, connection);
            if (!answer) {
                batchFailed(keys, answer.error());
            } else {
                QSet<ConfigKey> differ;
                for (const wire::ConfigContext &context : answer->changed)
                    differ.insert({ConfigKey::canonicalNamespace(context.tenant), context.group, context.dataId});
                for (auto it = told.cbegin(); it != told.cend(); ++it) {
                    const auto entry = m_entries.find(it.key());
                    if (entry == m_entries.end())
                        continue;
                    entry->registered = true;
                    if (differ.contains(it.key())) {
                        await(it.key());
                        ask(it.key());
                    } else if (entry->md5 == it.value())
                        entry->known = true; // the server has what we said, or nothing when we said nothing
                    becameKnown(it.key());
                }
            }
            roundStep();
        });
}

void WatchHub::batchFailed(const QList<ConfigKey> &keys, const Error &error)
{
    if (isTransient(error.kind) || error.kind == Error::Kind::Cancelled) {
        // A lost connection registers everything again when it is back; a busy one is asked again after a while.
        for (const ConfigKey &key : keys) {
            if (m_entries.contains(key))
                m_listenLater.insert(key);
        }
        if (m_session.rpcUp() && !m_slowly.isActive())
            m_slowly.start(AskAgainAfter);
        return;
    }
    switch (error.kind) {
    case Error::Kind::Rejected:
        // Servers check every key of a batch and refuse all for one: the others go without it.
        if (keys.size() > 1) {
            sendBatch(keys.mid(0, keys.size() / 2));
            sendBatch(keys.mid(keys.size() / 2));
            return;
        }
        break;
    default:
        break;
    }
    const QSet<ConfigKey> failed(keys.begin(), keys.end());
    const auto watches = m_watches;
    for (const auto &watch : watches) {
        const qsizetype concerned =
            std::count_if(watch->keys.begin(), watch->keys.end(), [&failed](const ConfigKey &key) { return failed.contains(key); });
        if (concerned == 0 || !watch->stream)
            continue;
        if (error.kind != Error::Kind::Rejected || concerned == watch->keys.size()) {
            watch->stream->settle(fail(error));
            continue;
        }
        qCWarning(logNacos).noquote() << "cannot watch" << keys.first().dataId << "among others:" << error.message;
        watch->missing -= failed;
        checkReady(watch);
    }
}

/// Called when the server has said that it has something else than what is known.
void WatchHub::await(const ConfigKey &key)
{
    const auto entry = m_entries.constFind(key);
    if (entry == m_entries.constEnd() || !entry->known)
        return;
    m_awaited.insert(key, net::Backoff(lagPace()));
}

void WatchHub::readingLags(const ConfigKey &key)
{
    const auto awaited = m_awaited.find(key);
    if (awaited == m_awaited.end())
        return;
    if (awaited->attempts() >= MostReadings) {
        // Some servers also announce what changes nothing for us: a release for other addresses. Who reads it another way finds out.
        qCInfo(logNacos).noquote() << key.dataId << "was announced as changed; the server still answers with the version before";
        m_awaited.erase(awaited);
        ConfigEvent event;
        event.kind = ConfigEvent::Kind::Changed;
        event.key = key;
        for (const auto &watch : std::as_const(m_watches)) {
            if (watch->stream && watch->keys.contains(key) && watch->deliver == ConfigClient::Deliver::KeysOnly)
                hand(*watch, event);
        }
        return;
    }
    QTimer::singleShot(awaited->next(), this, [this, key] {
        if (m_awaited.contains(key))
            check(key);
    });
}

void WatchHub::check(const ConfigKey &key)
{
    const auto entry = m_entries.constFind(key);
    if (entry != m_entries.constEnd() && entry->known && !entry->asking && m_session.rpcUp())
        ask(key);
}

void WatchHub::ask(const ConfigKey &key)
{
    Entry &entry = m_entries[key];
    if (entry.asking) {
        entry.askAgain = true;
        return;
    }
    entry.asking = true;
    m_toAsk.append(key);
    askNext();
}

void WatchHub::askNext()
{
    while (m_asking < AskedAtOnce && !m_toAsk.isEmpty() && m_session.rpcUp() && !isPaused()) {
        const ConfigKey key = m_toAsk.takeFirst();
        if (!m_entries.contains(key))
            continue;
        wire::ConfigQueryRequest request;
        request.key = {m_session.wireTenant(key.namespaceId), key.group, key.dataId};
        wire::Message message = wire::makeMessage(request);
        message.headers.insert("notify"_ba, "true"_ba);
        ++m_asking;
        m_session.rpc<std::optional<ConfigContent>>(message, {request.key.tenant, key.group}, openQueryAnswer, this)
            ->then(this, [this, key](const Result<std::optional<ConfigContent>> &answer) {
                --m_asking;
                answered(key, answer);
                becameKnown(key);
                askNext();
                roundStep();
            });
    }
}

void WatchHub::answered(const ConfigKey &key, const Result<std::optional<ConfigContent>> &answer)
{
    const auto entry = m_entries.find(key);
    if (entry == m_entries.end())
        return;
    entry->asking = false;
    const bool again = std::exchange(entry->askAgain, false);
    if (!answer) {
        const Error &error = answer.error();
        switch (error.kind) {
        case Error::Kind::Conflict:
        case Error::Kind::RateLimited:
        case Error::Kind::Timeout:
            entry->asking = true;
            m_askLater.append(key);
            if (!m_slowly.isActive())
                m_slowly.start(AskAgainAfter);
            return;
        case Error::Kind::Network:
        case Error::Kind::Cancelled:
            // A lost connection registers everything again when it is back; on one that stays up it is tried again after a while.
            m_listenLater.insert(key);
            if (m_session.rpcUp() && !m_slowly.isActive())
                m_slowly.start(AskAgainAfter);
            return;
        default:
            entry->known = true;
            m_awaited.remove(key);
            unreadable(key, error);
            return;
        }
    }
    const std::optional<ConfigContent> &content = *answer;
    const QByteArray md5 = content ? content->md5 : QByteArray();
    const bool first = !std::exchange(entry->known, true);
    const QByteArray before = std::exchange(entry->md5, md5);
    const bool differs = before != md5;
    if (differs) {
        m_awaited.remove(key);
        // The server shows our MD5 to whoever asks who is up to date, and compares it once more.
        m_toListen.insert(key);
        flushLater();
    }
    if (again)
        ask(key);
    else if (!differs)
        readingLags(key);
    if (differs && !first) {
        m_memory.replaced(key, before, md5, QDeadlineTimer::Forever);
        tell(key, content);
    } else if (first)
        m_memory.setMd5(key, md5);
}

/// It changed, and what it is now cannot be read: whoever wants contents must know, the others find out when they read it themselves.
void WatchHub::unreadable(const ConfigKey &key, const Error &error)
{
    qCInfo(logNacos).noquote() << "cannot read" << key.dataId << "after it changed:" << error.message;
    ConfigEvent event;
    event.kind = ConfigEvent::Kind::Changed;
    event.key = key;
    const auto watches = m_watches;
    for (const auto &watch : watches) {
        if (!watch->stream || !watch->keys.contains(key))
            continue;
        if (watch->deliver == ConfigClient::Deliver::Content)
            watch->stream->settle(fail(error));
        else
            hand(*watch, event);
    }
}

void WatchHub::tell(const ConfigKey &key, const std::optional<ConfigContent> &content)
{
    ConfigEvent event;
    event.kind = content ? ConfigEvent::Kind::Changed : ConfigEvent::Kind::Deleted;
    event.key = key;
    event.md5 = content ? content->md5 : QByteArray();
    if (content && !content->gray) {
        event.size = content->content.size();
        event.changedAt = content->changedAt;
        event.type = content->type;
    }
    ConfigEvent withContent = event;
    if (content)
        withContent.content = content->content;
    for (const auto &watch : std::as_const(m_watches)) {
        if (watch->stream && watch->keys.contains(key))
            hand(*watch, watch->deliver == ConfigClient::Deliver::Content ? withContent : event);
    }
    if (!content) {
        m_memory.absent(key);
    } else if (!content->gray) {
        ConfigDetail detail;
        detail.key = key;
        detail.content = content->content;
        detail.md5 = content->md5;
        detail.attributes.type = content->type;
        detail.attributes.encryptedDataKey = content->encryptedDataKey;
        detail.changedAt = content->changedAt;
        m_memory.seen(detail, ConfigMemory::Origin::Push);
    }
    Q_EMIT changed(key);
}

void WatchHub::becameKnown(const ConfigKey &key)
{
    const auto entry = m_entries.constFind(key);
    if (entry == m_entries.constEnd() || !entry->registered || !entry->known)
        return;
    for (const auto &watch : std::as_const(m_watches)) {
        if (!watch->ready && watch->missing.remove(key))
            checkReady(watch);
    }
}

void WatchHub::checkReady(const std::shared_ptr<Watch> &watch)
{
    if (watch->ready || !watch->missing.isEmpty() || !watch->stream)
        return;
    watch->ready = true;
    ConfigEvent event;
    event.kind = ConfigEvent::Kind::Ready;
    hand(*watch, event);
}

void WatchHub::pushed(const wire::Message &message)
{
    const auto request = wire::ConfigChangeNotifyRequest::fromBody(message.body);
    m_session.answerPush("ConfigChangeNotifyResponse"_ba, wire::requestIdOf(message.body));
    if (!request) {
        qCWarning(logNacos).noquote() << "a change notification that cannot be read:" << request.error().message;
        return;
    }
    const ConfigKey key{ConfigKey::canonicalNamespace(request->key.tenant), request->key.group, request->key.dataId};
    if (m_entries.contains(key)) {
        await(key);
        ask(key);
    }
}

Reply<Done> *WatchHub::redo()
{
    m_toStop.clear();
    m_underWay.clear();
    m_awaited.clear();
    if (m_watches.isEmpty())
        return nullptr;
    for (auto it = m_entries.begin(); it != m_entries.end(); ++it) {
        it->registered = false;
        m_toListen.insert(it.key());
    }
    m_listenLater.clear();
    for (const auto &watch : std::as_const(m_watches)) {
        if (!watch->stream || !watch->ready)
            continue;
        ConfigEvent event;
        event.kind = ConfigEvent::Kind::Reconnected;
        hand(*watch, event);
    }
    if (m_redo)
        m_redo->settle(Done{});
    auto *reply = m_operations.track(new Reply<Done>(this));
    m_redo = reply;
    flush();
    askNext();
    roundStep();
    return reply;
}

void WatchHub::roundStep()
{
    if (m_redo && m_batches == 0 && m_asking == 0 && m_toAsk.isEmpty() && m_askLater.isEmpty() && m_toListen.isEmpty() &&
        m_listenLater.isEmpty())
        m_redo->settle(Done{});
}

} // namespace core::nacos
