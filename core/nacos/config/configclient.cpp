// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/configclient.h"

#include "core/base/behind.h"
#include "core/base/log.h"
#include "core/nacos/config/configclientprivate.h"
#include "core/nacos/config/configdecode.h"
#include "core/nacos/config/confighistory.h"
#include "core/nacos/config/configlist.h"
#include "core/nacos/config/configplans.h"
#include "core/nacos/config/detailread.h"
#include "core/nacos/config/queryanswer.h"
#include "core/nacos/config/untoldflow.h"
#include "core/nacos/wire/configmessages.h"
#include "core/store/mirror.h"
#include "core/store/overrides.h"

#include <QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace core::nacos {

namespace {

/// A reading of before a change the server has told of is tried again so often, the first time after so long; four seconds in all.
constexpr int BehindTries = 5;

net::Backoff::Settings behindPace()
{
    net::Backoff::Settings settings;
    settings.first = 150ms;
    settings.cap = 2s;
    return settings;
}

constexpr int FetchTries = 10;
constexpr auto FetchAgainAfter = 100ms;

/// Cancelling `outer` cancels what it waits for.
void cancelWith(Operation *outer, Operation *inner)
{
    outer->onCancel = [inner = QPointer<Operation>(inner)] {
        if (inner)
            inner->cancel();
    };
}

ConfigRevisionDetail stateFrom(const ConfigDetail &detail)
{
    ConfigRevisionDetail state;
    state.revision.id = RevisionId{RevisionId::Kind::Live, QString::fromLatin1(detail.md5)}.toString();
    state.revision.at = detail.changedAt;
    state.revision.by = detail.changedBy;
    state.revision.from = detail.changedFrom;
    state.revision.md5 = detail.md5;
    state.revision.size = detail.content.size();
    state.revision.current = true;
    state.content = detail.content;
    state.attributes = detail.attributes;
    return state;
}

Error noSuchRevision()
{
    return {Error::Kind::NotFound, u"there is no such revision any more"_s, 0, false};
}

} // namespace

ConfigClient::Private::Private(ConfigClient *client, Session &opened, const Collaborators &collaborators)
    : q(client)
    , session(opened.d())
    , deps(collaborators)
    , memory(collaborators.mirror, store::MirrorScope{opened.identity()}, opened.profileSlug())
    , hub(session, memory)
    , spaces(session, memory)
{
    if (deps.mirror)
        deps.mirror->setKeep(
            memory.scope(), session.profile.keep == profiles::Keep::Facts ? store::Mirror::Keep::FactsOnly : store::Mirror::Keep::Contents);
    QObject::connect(&hub, &WatchHub::changed, q, [this](const ConfigKey &key) { Q_EMIT q->configChanged(key); });
    QObject::connect(&spaces, &FuzzyWatches::changed, q, [this](const ConfigKey &key) { Q_EMIT q->configChanged(key); });
}

void ConfigClient::Private::saw(const ConfigKey &key, const std::optional<ConfigDetail> &detail)
{
    const auto before = memory.md5(key);
    const QByteArray md5 = detail ? detail->md5 : QByteArray();
    if (detail) // what is not complete carries as much as a push does
        memory.seen(*detail, detail->complete ? ConfigMemory::Origin::Live : ConfigMemory::Origin::Push);
    else
        memory.absent(key);
    if (before && *before != md5)
        Q_EMIT q->configChanged(key);
}

ConfigClient::ConfigClient(Session &session, Collaborators collaborators, QObject *parent)
    : QObject(parent)
    , m_d(std::make_unique<Private>(this, session, collaborators))
{
}

ConfigClient::~ConfigClient() = default;

Stream<ConfigSummary> *ConfigClient::list(const ConfigQuery &query)
{
    auto *stream = m_d->operations.track(new Stream<ConfigSummary>(this));
    ConfigQuery canonical = query;
    canonical.namespaceId = ConfigKey::canonicalNamespace(query.namespaceId);
    // Its requests are children of it and end with the stream.
    auto *run = new ConfigList(m_d->session, m_d->memory, canonical, stream);
    stream->onCancel = [run = QPointer<QObject>(run)] { delete run.data(); };
    connect(run, &ConfigList::gone, this, &ConfigClient::configChanged);
    run->start();
    return stream;
}

Reply<std::optional<ConfigDetail>> *ConfigClient::getLive(const ConfigKey &key)
{
    auto *reply = m_d->operations.track(new Reply<std::optional<ConfigDetail>>(this));
    const ConfigKey canonical{ConfigKey::canonicalNamespace(key.namespaceId), key.group, key.dataId};
    if (const auto valid = checkKey(canonical); !valid) {
        reply->settle(fail(valid.error()));
        return reply;
    }
    m_d->readLive(reply, canonical, net::Backoff(behindPace()));
    return reply;
}

void ConfigClient::Private::readLive(Reply<std::optional<ConfigDetail>> *reply, const ConfigKey &key, net::Backoff pace)
{
    auto *read = readDetail(session, key, reply);
    cancelWith(reply, read);
    read->then(reply, [this, reply, key, pace](const Result<std::optional<ConfigDetail>> &answer) mutable {
        if (!answer)
            return reply->settle(answer);
        Result<std::optional<ConfigDetail>> detail = answer;
        if (*detail)
            (*detail)->casKept = !session.isRnacos();
        if (!memory.isOver(key, *detail ? (*detail)->md5 : QByteArray())) {
            saw(key, *detail);
            return reply->settle(detail);
        }
        // Either this reading is behind, or what was there before is there again: the other way in tells.
        if (pace.attempts() == 0)
            hub.check(key);
        if (pace.attempts() >= BehindTries)
            return reply->settle(fail(behindError(u"%1, %2"_s.arg(key.dataId, key.group))));
        const auto wait = pace.next();
        QTimer::singleShot(wait, reply, [this, reply, key, pace] {
            if (!reply->isSettled())
                readLive(reply, key, pace);
        });
    });
}

Reply<std::optional<ConfigDetail>> *ConfigClient::get(const ConfigKey &key)
{
    const Result<Address> address = key.address(m_d->session.profile.slug);
    store::Overrides *overrides = m_d->deps.overrides;
    if (!overrides || !address || (overrides->isLoaded() && !overrides->addresses().contains(*address)))
        return getLive(key);
    auto *reply = m_d->operations.track(new Reply<std::optional<ConfigDetail>>(this));
    auto *find = overrides->find(*address);
    cancelWith(reply, find);
    find->then(this, [this, reply, alive = QPointer<Operation>(reply), key, address](const Result<std::optional<store::Override>> &found) {
        // The client may go first, or whoever asked.
        if (!alive || reply->isSettled())
            return;
        if (!found && m_d->deps.overrides && m_d->deps.overrides->addresses().contains(*address)) {
            // There is one, and it cannot be read: what the server has is not what was asked for.
            return reply->settle(fail(found.error()));
        }
        if (!found)
            qCWarning(logNacos).noquote() << "cannot look for a local override:" << found.error().message;
        if (!found || !*found) {
            auto *live = getLive(key);
            cancelWith(reply, live);
            live->then(reply, [reply](const Result<std::optional<ConfigDetail>> &detail) { reply->settle(detail); });
            return;
        }
        ConfigDetail detail;
        detail.key = {ConfigKey::canonicalNamespace(key.namespaceId), key.group, key.dataId};
        detail.content = (*found)->content;
        detail.md5 = md5Of(detail.content);
        detail.attributes.type = (*found)->type;
        detail.changedAt = (*found)->setAt;
        detail.localOverride = true;
        reply->settle(std::optional(detail));
    });
    return reply;
}

Reply<std::optional<ConfigContent>> *ConfigClient::fetch(const ConfigKey &key)
{
    const ConfigKey canonical{ConfigKey::canonicalNamespace(key.namespaceId), key.group, key.dataId};
    if (m_d->session.rpcUp()) {
        auto *reply = m_d->operations.track(new Reply<std::optional<ConfigContent>>(this));
        m_d->fetchByRpc(reply, canonical, FetchTries);
        return reply;
    }
    auto *reply = m_d->operations.track(new Reply<std::optional<ConfigContent>>(this));
    follow(reply, getLive(canonical), [](const Result<std::optional<ConfigDetail>> &detail) -> Result<std::optional<ConfigContent>> {
        if (!detail)
            return fail(detail.error());
        if (!*detail)
            return std::optional<ConfigContent>();
        const ConfigDetail &d = **detail;
        return std::optional(ConfigContent{d.content, d.md5, d.attributes.type, d.attributes.encryptedDataKey, d.changedAt, false});
    });
    return reply;
}

void ConfigClient::Private::fetchByRpc(Reply<std::optional<ConfigContent>> *reply, const ConfigKey &key, int triesLeft)
{
    if (reply->isSettled())
        return;
    wire::ConfigQueryRequest request;
    request.key = {session.wireTenant(key.namespaceId), key.group, key.dataId};
    session.rpcInto<std::optional<ConfigContent>>(
        reply, wire::makeMessage(request), {request.key.tenant, key.group}, &openQueryAnswer,
        [this, reply, key, triesLeft](Result<std::optional<ConfigContent>> &&answer) {
            // Somebody is writing it this very moment; the SDKs try again, too.
            const bool busy = !answer && answer.error().kind == Error::Kind::Conflict && answer.error().retryable;
            if (busy && triesLeft > 1)
                QTimer::singleShot(FetchAgainAfter, reply, [this, reply, key, triesLeft] { fetchByRpc(reply, key, triesLeft - 1); });
            else
                reply->settle(std::move(answer));
        });
}

Reply<std::optional<BetaRelease>> *ConfigClient::beta(const ConfigKey &given)
{
    using Answer = std::optional<BetaRelease>;
    const ConfigKey key{ConfigKey::canonicalNamespace(given.namespaceId), given.group, given.dataId};
    const calls::Target target{key, m_d->session.wireTenant(key.namespaceId)};
    auto *reply = m_d->operations.track(new Reply<Answer>(this));
    auto *asked = m_d->session.routed<Answer>(
        requestkind::ConfigRead,
        [this, target](Plane plane) -> std::optional<HttpCall> {
            return m_d->session.isRnacos() ? std::nullopt : std::optional(calls::beta(plane, target));
        },
        [key](Plane plane, HttpData &&data) { return decodeBeta(dialectOf(plane), data.data, data.response.body, key); }, reply);
    follow(reply, asked, [this](const Result<Answer> &answer) -> Result<Answer> {
        if (!answer && (answer.error().kind == Error::Kind::NotFound || m_d->session.isRnacos()))
            return Answer();
        return answer;
    });
    return reply;
}

Reply<QList<Untold>> *ConfigClient::untold(const QList<ConfigDetail> &live, Look look)
{
    auto *reply = m_d->operations.track(new Reply<QList<Untold>>(this));
    recallUntold({m_d->session, m_d->deps.ledger, m_d->memory.profile()}, live, look, reply);
    return reply;
}

Reply<std::pair<ConfigDetail, QString>> *ConfigClient::completed(const ConfigDetail &live)
{
    using Answer = std::pair<ConfigDetail, QString>;
    auto *reply = m_d->operations.track(new Reply<Answer>(this));
    follow(reply, untold({live}, Look::LedgerAndHistory), [live](const Result<QList<Untold>> &known) -> Result<Answer> {
        if (!known)
            return fail(known.error());
        return Answer{known->first().into(live), known->first().loss()};
    });
    return reply;
}

Reply<QList<NewestRow>> *ConfigClient::newestRows(const QList<ConfigKey> &keys)
{
    auto *reply = m_d->operations.track(new Reply<QList<NewestRow>>(this));
    readNewestRows(m_d->session, keys, reply);
    return reply;
}

Stream<ConfigRevision> *ConfigClient::history(const ConfigKey &key)
{
    auto *stream = m_d->operations.track(new Stream<ConfigRevision>(this));
    auto *run =
        new ConfigHistory(m_d->session, m_d->memory, {ConfigKey::canonicalNamespace(key.namespaceId), key.group, key.dataId}, stream);
    stream->onCancel = [run = QPointer<QObject>(run)] { delete run.data(); };
    run->start();
    return stream;
}

Reply<ConfigRevisionDetail> *ConfigClient::revision(const ConfigKey &given, const QString &revisionId)
{
    const ConfigKey key{ConfigKey::canonicalNamespace(given.namespaceId), given.group, given.dataId};
    auto *reply = m_d->operations.track(new Reply<ConfigRevisionDetail>(this));
    const Result<RevisionId> id = RevisionId::parse(revisionId);
    if (!id) {
        reply->settle(fail(id.error()));
        return reply;
    }
    switch (id->kind) {
    case RevisionId::Kind::Gone: {
        ConfigRevisionDetail gone;
        gone.revision.id = revisionId;
        gone.revision.verb = ConfigRevision::Verb::Deleted;
        reply->settle(gone);
        return reply;
    }
    case RevisionId::Kind::Live:
        m_d->revisionLive(reply, key, id->value.toLatin1());
        return reply;
    case RevisionId::Kind::Row: {
        auto *row = readHistoryRow(m_d->session, key, id->value, reply);
        cancelWith(reply, row);
        row->then(reply, [reply, revisionId](const Result<HistoryDetail> &detail) {
            if (!detail) {
                // An id the server does not know (any more) is a bad request to it.
                const bool unknown = detail.error().kind == Error::Kind::NotFound || detail.error().code == 20002;
                return reply->settle(fail(unknown ? noSuchRevision() : detail.error()));
            }
            ConfigRevisionDetail state;
            state.revision.id = revisionId;
            state.revision.md5 = detail->row.md5;
            state.revision.size = detail->content.size();
            state.revision.gray = detail->row.gray;
            if (detail->row.change == HistoryRow::Change::Insert) {
                state.revision.verb = ConfigRevision::Verb::Created;
                state.revision.at = detail->row.at;
                state.revision.by = detail->row.by;
                state.revision.from = detail->row.from;
            }
            state.content = detail->content;
            state.attributes = detail->attributes;
            state.complete = detail->complete;
            reply->settle(state);
        });
        return reply;
    }
    case RevisionId::Kind::Mirror:
        m_d->revisionFromMirror(reply, key, id->value.toLongLong());
        return reply;
    }
    return reply;
}

void ConfigClient::Private::revisionLive(Reply<ConfigRevisionDetail> *reply, const ConfigKey &key, const QByteArray &md5)
{
    auto *live = q->getLive(key);
    cancelWith(reply, live);
    live->then(reply, [this, reply, key, md5](const Result<std::optional<ConfigDetail>> &detail) {
        if (!detail)
            return reply->settle(fail(detail.error()));
        if (*detail && (md5.isEmpty() || (*detail)->md5 == md5))
            return reply->settle(stateFrom(**detail));
        // It was live when the history was shown; by now it is a state of the past with another name.
        auto found = std::make_shared<QString>();
        auto *states = q->history(key);
        cancelWith(reply, states);
        states->each(reply, [found, md5](const QList<ConfigRevision> &batch) {
            for (const ConfigRevision &state : batch) {
                if (found->isEmpty() && state.md5 == md5 && !state.gray && !state.id.startsWith("live:"_L1))
                    *found = state.id;
            }
        });
        states->then(reply, [this, reply, key, found](const Result<Done> &result) {
            if (found->isEmpty())
                return reply->settle(fail(result ? noSuchRevision() : result.error()));
            auto *past = q->revision(key, *found);
            cancelWith(reply, past);
            past->then(reply, [reply](const Result<ConfigRevisionDetail> &state) { reply->settle(state); });
        });
    });
}

void ConfigClient::Private::revisionFromMirror(Reply<ConfigRevisionDetail> *reply, const ConfigKey &key, qint64 id)
{
    const QString local = deps.mirror ? memory.local(key) : QString();
    if (local.isEmpty())
        return reply->settle(fail(noSuchRevision()));
    auto *content = deps.mirror->revisionContent(id);
    cancelWith(reply, content);
    content->then(reply, [this, reply, id, local](const Result<std::optional<store::MirrorState>> &state) {
        if (!state)
            return reply->settle(fail(state.error()));
        // The id alone does not say of which configuration: only what its list of revisions has belongs to it.
        auto listed = std::make_shared<std::optional<store::MirrorRevision>>();
        auto *revisions = deps.mirror->revisions(memory.scope(), local);
        revisions->each(reply, [listed, id](const QList<store::MirrorRevision> &batch) {
            for (const store::MirrorRevision &revision : batch) {
                if (revision.id == id)
                    *listed = revision;
            }
        });
        revisions->then(reply, [reply, id, listed, state](const Result<Done> &result) {
            if (!result)
                return reply->settle(fail(result.error()));
            if (!*listed || ((*listed)->exists && !*state))
                return reply->settle(fail(noSuchRevision()));
            ConfigRevisionDetail detail;
            detail.revision.id = RevisionId{RevisionId::Kind::Mirror, QString::number(id)}.toString();
            detail.revision.source = ConfigRevision::Source::Mirror;
            detail.revision.verb = (*listed)->exists ? ConfigRevision::Verb::Seen : ConfigRevision::Verb::Deleted;
            detail.revision.at = (*listed)->changedAt.isValid() ? (*listed)->changedAt : (*listed)->seenAt;
            detail.revision.by = (*listed)->by;
            detail.revision.md5 = (*listed)->md5;
            if (!(*listed)->exists)
                return reply->settle(detail);
            detail.content = (**state).content;
            detail.revision.size = detail.content->size();
            detail.attributes = attributesOf({detail.content.value_or(QByteArray()), (**state).attributes});
            // A push carries content and type only.
            detail.complete = (**state).source != "push"_L1;
            reply->settle(detail);
        });
    });
}

Reply<QList<ConfigListener>> *ConfigClient::listeners(const ConfigKey &given)
{
    const ConfigKey key{ConfigKey::canonicalNamespace(given.namespaceId), given.group, given.dataId};
    auto *reply = m_d->operations.track(new Reply<QList<ConfigListener>>(this));
    const calls::Target target{key, m_d->session.wireTenant(key.namespaceId)};
    using Listed = QList<std::pair<QString, QByteArray>>;
    auto *listed = m_d->session.routed<Listed>(
        requestkind::ConfigListeners, [target](Plane plane) -> std::optional<HttpCall> { return calls::listeners(plane, target); },
        [](Plane, HttpData &&data) { return decodeListeners(data.data); }, reply);
    cancelWith(reply, listed);
    listed->then(reply, [this, reply, key](const Result<Listed> &clients) {
        if (!clients)
            return reply->settle(fail(m_d->session.inWords(clients.error(), u"the list of who listens"_s)));
        m_d->compareListeners(reply, key, *clients);
    });
    return reply;
}

/// Who is up to date is known by comparing with what is live now; which program listens, by the list of connections where it may be read.
void ConfigClient::Private::compareListeners(Reply<QList<ConfigListener>> *reply, const ConfigKey &key,
                                             const QList<std::pair<QString, QByteArray>> &clients)
{
    struct Gathered {
        std::optional<Result<std::optional<ConfigContent>>> content;
        Programs programs;
        int open = 1;
    };
    const auto gathered = std::make_shared<Gathered>();
    const auto done = [this, reply, gathered, clients, key, listened = hub.listens(key)] {
        if (--gathered->open > 0)
            return;
        if (!*gathered->content)
            return reply->settle(fail(gathered->content->error()));
        const std::optional<ConfigContent> &content = **gathered->content;
        const QByteArray md5 = content ? content->md5 : QByteArray();
        const Watched watched = listened || hub.listens(key) ? Watched::Yes : Watched::No;
        QList<ConfigListener> result;
        for (const auto &[ip, has] : clients) {
            ConfigListener listener = listenerAt(ip, has, gathered->programs, watched);
            listener.upToDate = has == md5;
            result.append(listener);
        }
        reply->settle(result);
    };
    auto *live = q->fetch(key);
    cancelWith(reply, live);
    if (!clients.isEmpty()) {
        ++gathered->open;
        readPrograms(reply, [gathered, done](const Programs &programs) {
            gathered->programs = programs;
            done();
        });
    }
    live->then(reply, [gathered, done](const Result<std::optional<ConfigContent>> &content) {
        gathered->content = content;
        done();
    });
}

/// Not knowing them is no failure.
void ConfigClient::Private::readPrograms(Operation *reply, const std::function<void(const Programs &)> &then)
{
    if (!session.mainPlane || session.isLegacy() || !session.caps.globalAdmin.value_or(!session.auth.usesPassword()))
        return then({});
    HttpCall call;
    call.path = u"/core/loader/current"_s;
    session
        .onPlane<QMap<QString, ProgramsAt>>(
            Plane::Admin, call, [](HttpData &&data) -> Result<QMap<QString, ProgramsAt>> { return programsOf(data.data); }, reply)
        ->then(reply, [then, own = session.rpcUp() ? 1 : 0](const Result<QMap<QString, ProgramsAt>> &programs) {
            then(programs ? Programs{*programs, own} : Programs());
        });
}

/// Servers tell who listens by address. What is connected from there narrows it down, no more: a console among others may be the one
/// that listens, or one of them, or not.
ConfigListener ConfigClient::Private::listenerAt(const QString &ip, const QByteArray &md5, const Programs &programs, Watched watched) const
{
    using Who = ConfigListener::Who;
    const ProgramsAt there = programs.at.value(ip);
    ConfigListener listener{.ip = ip, .md5 = md5, .client = there.clients.join(u", "_s), .app = there.apps.join(u", "_s)};
    const bool here = ip == QString::fromLatin1(session.deps.client.address);
    const bool ours = here && watched == Watched::Yes;
    if (there.consolesOnly()) {
        listener.client = u"Signalbox"_s;
        listener.who = ours ? Who::ThisConsole : Who::Console;
    } else if (ours) {
        listener.who = Who::ThisConsolePerhapsMore;
    } else if (there.consoles > (here ? programs.own : 0)) { // the own connection listens to other things
        listener.who = Who::ConsolePerhapsMore;
    }
    return listener;
}

Reply<QList<ListenedConfig>> *ConfigClient::listenedBy(const QString &ip, const QString &namespaceId)
{
    using Listed = QList<std::pair<ConfigKey, QByteArray>>;
    const QString tenant = m_d->session.wireTenant(ConfigKey::canonicalNamespace(namespaceId));
    auto *reply = m_d->operations.track(new Reply<QList<ListenedConfig>>(this));
    auto *asked = m_d->session.routed<Listed>(
        requestkind::ConfigListeners, [ip, tenant](Plane plane) -> std::optional<HttpCall> { return calls::listenedBy(plane, ip, tenant); },
        [](Plane, HttpData &&data) -> Result<Listed> {
            const auto listed = decodeListeners(data.data);
            if (!listed)
                return fail(listed.error());
            Listed result;
            for (const auto &[groupKey, md5] : *listed) {
                const Result<ConfigKey> key = keyOfGroupKey(groupKey);
                if (!key)
                    return fail(key.error());
                result.append({*key, md5});
            }
            return result;
        },
        reply);
    cancelWith(reply, asked);
    asked->then(reply, [this, reply, ip](const Result<Listed> &answer) {
        if (!answer)
            return reply->settle(fail(m_d->session.inWords(answer.error(), u"the list of who listens"_s)));
        if (answer->isEmpty())
            return reply->settle(QList<ListenedConfig>());
        m_d->readPrograms(reply, [this, reply, ip, listed = *answer](const Private::Programs &programs) {
            QList<ListenedConfig> result;
            for (const auto &[key, md5] : listed) {
                const auto watched = m_d->hub.listens(key) ? Private::Watched::Yes : Private::Watched::No;
                result.append({key, m_d->listenerAt(ip, md5, programs, watched)});
            }
            reply->settle(result);
        });
    });
    return reply;
}

Stream<ConfigEvent> *ConfigClient::watch(const QList<ConfigKey> &keys, Deliver deliver)
{
    return m_d->hub.watch(keys, deliver);
}

Stream<ConfigEvent> *ConfigClient::watchNamespace(const QString &namespaceId)
{
    return m_d->spaces.watch(namespaceId);
}

} // namespace core::nacos
