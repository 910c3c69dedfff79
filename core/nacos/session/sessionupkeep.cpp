// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/log.h"
#include "core/nacos/session/sessionprivate.h"
#include "core/nacos/wire/internalmessages.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace core::nacos {

// ---- Staying connected ---------------------------------------------------------------------------------------------------------------

void Session::Private::addRedo(QObject *owner, Redo redo)
{
    redos.append({owner, std::move(redo)});
}

void Session::Private::addPushHandler(const char *type, QObject *owner, PushHandler handler)
{
    pushHandlers.insert(type, {owner, std::move(handler)});
}

void Session::Private::answerPush(const QByteArray &type, const QString &requestId)
{
    wire::PlainResponse response;
    response.head.requestId = requestId;
    if (RpcConnection *connection = link.current())
        connection->answer({type, {}, {}, response.toBody()});
}

void Session::Private::learnAbilities()
{
    const auto abilities = link.current()->abilities();
    if (abilities)
        caps.abilities = *abilities;
    caps.planes.insert(Plane::Grpc, PlaneState{true, link.current()->target(), std::nullopt, {}, -1});
}

void Session::Private::linkUp()
{
    learnAbilities();
    const bool again = !opening && wasLive;
    const auto open = std::make_shared<int>(1);
    const auto done = [this, open, again, generation = ++linkGeneration] {
        if (--*open > 0 || !rpcUp() || generation != linkGeneration)
            return;
        if (opening) {
            opening->linkUp();
            return maybeFinish();
        }
        if (state == SessionState::Refused)
            return;
        if (!httpOk && mainPlane)
            ping();
        setState(httpOk ? SessionState::Live : SessionState::Degraded, httpOk ? std::nullopt : lastError);
        Q_EMIT q->capabilitiesChanged();
        if (again)
            Q_EMIT q->resynced();
    };
    redos.removeIf([](const RedoEntry &entry) { return entry.owner.isNull(); });
    for (const RedoEntry &entry : std::as_const(redos)) {
        if (Reply<Done> *step = entry.redo()) {
            ++*open;
            // A failure here is the listener's to show; a lost connection brings us back anyway.
            step->then(q, [done](const Result<Done> &) { done(); });
        }
    }
    done();
}

void Session::Private::linkDown(const Error &why)
{
    caps.planes[Plane::Grpc].reachable = false;
    caps.planes[Plane::Grpc].problem = why.message;
    if (!opening && state != SessionState::Refused && state != SessionState::Closed)
        setState(SessionState::Reconnecting, why);
}

void Session::Private::linkRoundFailed(const Error &why)
{
    PlaneState plane;
    plane.url = servers.isEmpty() ? QString() : servers.first().grpcTarget;
    plane.problem = why.message;
    caps.planes.insert(Plane::Grpc, plane);
    if (opening) {
        opening->linkFailed();
        return maybeFinish();
    }
    // Requests may work all the same: ask, rather than guess.
    if (state == SessionState::Reconnecting)
        ping();
}

/// Is the HTTP side there? After a restart of the server it may also be another version.
void Session::Private::ping()
{
    if (!client || opening || state == SessionState::Closed)
        return;
    if (!mainPlane && !caps.has(Plane::Console)) {
        open();
        return;
    }
    if (!mainPlane)
        return;
    if (!probe)
        makeProbe();
    probe->main(http.currentServer())->then(q, [this](const Result<MainPlane> &main) {
        if (opening || state == SessionState::Closed || state == SessionState::Refused)
            return;
        if (!main) {
            httpOk = false;
            setState(rpcUp() ? SessionState::Degraded : SessionState::Reconnecting, main.error());
            return retryLater();
        }
        backoff.reset();
        httpOk = true;
        http.setServers(servers, main->server);
        if (caps.version != main->capabilities.version) {
            caps.version = main->capabilities.version;
            caps.generation = main->capabilities.generation;
            mainPlane = *main;
            Q_EMIT q->capabilitiesChanged();
        }
        const bool live = rpcUp() || use == Use::OneShot;
        const bool back = live && state != SessionState::Live;
        setState(live ? SessionState::Live : SessionState::Degraded, live ? std::nullopt : link.lastError());
        if (back)
            Q_EMIT q->capabilitiesChanged();
    });
}

net::Backoff::Settings Session::Private::pingPace()
{
    net::Backoff::Settings pace;
    pace.first = 500ms;
    pace.cap = 5s;
    return pace;
}

void Session::Private::retryLater()
{
    if (use == Use::OneShot || retry.isActive())
        return;
    retry.start(backoff.next());
}

void Session::Private::refused(const Error &why)
{
    if (!opening && state != SessionState::Closed)
        setState(SessionState::Refused, why);
}

// ---- Requests ------------------------------------------------------------------------------------------------------------------------

QString Session::Private::wireTenant(const QString &canonicalNamespace) const
{
    return isLegacy() && canonicalNamespace == "public"_L1 ? QString() : canonicalNamespace;
}

QList<Plane> Session::Private::planesFor(QLatin1String kind) const
{
    QList<Plane> planes;
    if (mainPlane)
        planes.append(isLegacy() ? Plane::Legacy : Plane::Admin);
    if (caps.has(Plane::Console))
        planes.append(Plane::Console);
    const auto detour = caps.detours.constFind(kind);
    if (detour != caps.detours.constEnd() && planes.removeOne(*detour))
        planes.prepend(*detour);
    return planes;
}

void Session::Private::recordDetour(QLatin1String kind, Plane plane)
{
    const auto known = caps.detours.constFind(kind);
    if (known != caps.detours.constEnd() && *known == plane)
        return;
    caps.detours.insert(kind, plane);
    qCInfo(logNacos).noquote() << profile.slug << "sends" << kind << "requests by the" << planeName(plane)
                               << "interface: refused on the usual one";
    Q_EMIT q->capabilitiesChanged();
}

Error Session::Private::inWords(const Error &error, const QString &what) const
{
    constexpr int NoSuchMethod = 405;
    const bool isBare = error.message.startsWith("HTTP "_L1); // else it is in words already
    if (!isBare || (error.kind != Error::Kind::Unsupported && error.code != NoSuchMethod))
        return error;
    const QString name = isRnacos() ? u"r-nacos"_s : u"Nacos %1"_s.arg(caps.version).trimmed();
    return {Error::Kind::Unsupported, u"this server (%1) does not offer %2"_s.arg(name, what), 0, false};
}

bool Session::Private::saysSomething(const Error &error)
{
    switch (error.kind) {
    case Error::Kind::NotFound:
    case Error::Kind::Conflict:
    case Error::Kind::Rejected:
    case Error::Kind::RateLimited:
    case Error::Kind::Cancelled:
        return true;
    default:
        return false;
    }
}

bool Session::Private::probeInstead(const Error &error, const QByteArray &method, QObject *receiver, std::function<void()> then)
{
    // A write that got no answer may have arrived; it is not sent again.
    const bool unanswered = error.kind == Error::Kind::Network || error.kind == Error::Kind::BadReply;
    const bool stale = error.kind == Error::Kind::Unsupported || (unanswered && method == "GET");
    if (!stale || !client)
        return false;
    // Of several that were sent on the same belief the first one has it looked into.
    const bool first = !opening && std::exchange(remembered, false);
    if (first) {
        beginOpening(Opening::Login::Done);
        mainPlane.reset();
    }
    whenOpened(receiver, std::move(then));
    if (first)
        probeMain();
    return true;
}

wire::Message Session::Private::withCredentials(wire::Message message, const SignScope &scope) const
{
    const SecretBundle &secrets = auth.secrets();
    const QByteArray &token = auth.token().isEmpty() ? secrets.bearerToken : auth.token();
    if (!token.isEmpty())
        message.headers.insert("accessToken"_ba, token);
    for (const auto &[name, value] : secrets.headers)
        message.headers.insert(name, value);
    if (!secrets.accessKey.isEmpty()) {
        for (const auto &[name, value] : configSignature(secrets.accessKey, scope.tenant, scope.group, QDateTime::currentMSecsSinceEpoch()))
            message.headers.insert(name, value);
    }
    return message;
}

bool Session::Private::sendAgain(const Error &error, const QByteArray &token, QObject *receiver, std::function<void()> again,
                                 std::function<void()> giveUp)
{
    if (error.code == wire::code::Unregistered) {
        // Refused before it was looked at, so even a write may be sent again.
        link.renew(error);
        waitForLink(receiver, std::move(again), std::move(giveUp));
        return true;
    }
    const bool login = error.kind == Error::Kind::Auth || (error.kind == Error::Kind::Forbidden && !error.message.contains("Code: 403"_L1));
    if (!login || error.code != wire::code::NoRight || !auth.usesPassword())
        return false;
    auth.renew(token)->then(receiver, [again = std::move(again), giveUp = std::move(giveUp)](const Result<Done> &result) {
        if (result)
            again();
        else
            giveUp();
    });
    return true;
}

void Session::Private::waitForLink(QObject *receiver, std::function<void()> then, std::function<void()> giveUp)
{
    if (rpcUp())
        return then();
    auto *timer = new QTimer(receiver);
    timer->setSingleShot(true);
    QObject::connect(timer, &QTimer::timeout, receiver, [timer, giveUp] {
        timer->deleteLater();
        giveUp();
    });
    QObject::connect(&link, &RpcLink::up, timer, [timer, then] {
        timer->stop();
        timer->deleteLater();
        then();
    });
    timer->start(callTimeout());
}

void Session::Private::withRpc(QObject *receiver, const std::function<void()> &then, const std::function<void()> &giveUp)
{
    wantRpc();
    if (rpcUp())
        return then();
    auto *wait = new QTimer(receiver);
    wait->setSingleShot(true);
    const auto end = [wait](const std::function<void()> &call) {
        return [wait, call] {
            if (!wait->isActive())
                return;
            wait->stop();
            wait->deleteLater();
            call();
        };
    };
    QObject::connect(&link, &RpcLink::up, wait, end(then));
    QObject::connect(&link, &RpcLink::roundFailed, wait, end(giveUp));
    QObject::connect(wait, &QTimer::timeout, receiver, [wait, giveUp] {
        wait->deleteLater();
        giveUp();
    });
    wait->start(callTimeout());
}

} // namespace core::nacos
