// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/session/session.h"

#include "core/base/log.h"
#include "core/nacos/session/sessionprivate.h"
#include "core/net/sshtunnel.h"
#include "core/net/tlsfiles.h"
#include "core/profiles/practice.h"
#include "core/store/mirror.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace core::nacos {

namespace {

constexpr auto ProbeDeadline = 5s;
constexpr auto AdminPatience = 15s;
/// While gRPC is still being tried, opening doesn't wait longer than that for it.
constexpr auto LinkPatience = 4s;

} // namespace

// ---- Public face ---------------------------------------------------------------------------------------------------------------------

Session::Session(const profiles::Profile &profile, Collaborators collaborators, Use use, QObject *parent)
    : QObject(parent)
    , m_d(std::make_unique<Private>(this, profile, collaborators, use))
{
}

Session::~Session() = default;

Reply<Capabilities> *Session::open()
{
    return m_d->open();
}

void Session::close()
{
    m_d->close();
}

Reply<Capabilities> *Session::everyPlane()
{
    auto *reply = m_d->operations.track(new Reply<Capabilities>(this));
    const auto answer = [this, reply = QPointer(reply)] {
        if (reply)
            reply->settle(m_d->caps);
    };
    const bool isOpen = m_d->state == SessionState::Live || m_d->state == SessionState::Degraded;
    if (isOpen && m_d->consolePending)
        m_d->waiters.append({reply, answer});
    else
        answer();
    return reply;
}

SessionState Session::state() const
{
    return m_d->state;
}

std::optional<Error> Session::lastError() const
{
    return m_d->lastError;
}

const Capabilities &Session::capabilities() const
{
    return m_d->caps;
}

QString Session::profileSlug() const
{
    return m_d->profile.slug;
}

QByteArray Session::identity() const
{
    // The practice registry is the same one on whichever ports it comes up.
    const QString server = profileSlug() == profiles::PracticeServers::slug() ? u"practice"_s : serverIdentity(m_d->profile);
    return store::MirrorScope::of(server, account()).key;
}

QString Session::account() const
{
    switch (m_d->profile.auth.kind) {
    case profiles::Auth::Kind::Password:
        return m_d->profile.auth.user;
    case profiles::Auth::Kind::AkSk:
        return m_d->profile.auth.accessKeyId;
    default:
        return {};
    }
}

// ---- Opening and closing -------------------------------------------------------------------------------------------------------------

Session::Private::Private(Session *session, const profiles::Profile &chosen, Collaborators collaborators, Use how)
    : q(session)
    , profile(chosen)
    , deps(collaborators)
    , use(how)
    , auth(profile, collaborators.secrets)
    , http(auth, *collaborators.workers)
    , link(collaborators.grpc)
{
    if (deps.client.address.isEmpty())
        deps.client.address = ownAddress();
    retry.setSingleShot(true);
    QObject::connect(&retry, &QTimer::timeout, q, [this] {
        if (mainPlane || link.isStarted())
            ping();
        else if (!opening)
            open();
    });
    QObject::connect(&link, &RpcLink::up, q, [this] { linkUp(); });
    QObject::connect(&link, &RpcLink::down, q, [this](const Error &why) { linkDown(why); });
    QObject::connect(&link, &RpcLink::roundFailed, q, [this](const Error &why) { linkRoundFailed(why); });
    QObject::connect(&link, &RpcLink::pushed, q, [this](const wire::Message &message) {
        const PushEntry entry = pushHandlers.value(message.type);
        if (entry.owner)
            entry.handler(message);
        else
            qCInfo(logNacos).noquote() << "the server sent a" << message.type << "which is not answered";
    });
    QObject::connect(&auth, &Authenticator::refused, q, [this](const Error &why) { refused(why); });
    QObject::connect(&auth, &Authenticator::loggedIn, q, [this] {
        if (caps.globalAdmin != auth.globalAdmin()) {
            caps.globalAdmin = auth.globalAdmin();
            Q_EMIT q->capabilitiesChanged();
        }
        if (state == SessionState::Refused && !opening)
            setState(rpcUp() ? SessionState::Live : SessionState::Degraded, std::nullopt);
    });
    QObject::connect(&http, &HttpAccess::unreachable, q, [this](const Error &why) {
        httpOk = false;
        if (opening || state == SessionState::Closed || state == SessionState::Refused)
            return;
        setState(rpcUp() ? SessionState::Degraded : SessionState::Reconnecting, why);
        retryLater();
    });
    QObject::connect(&http, &HttpAccess::reached, q, [this] { httpOk = true; });
}

Session::Private::~Private()
{
    link.disconnect(q);
    auth.disconnect(q);
}

bool Session::Private::isRefusal(const Error &error) const
{
    const bool tunnel = proxy.tunnel && proxy.tunnel->needsPerson();
    return tunnel || error.kind == Error::Kind::Auth || error.kind == Error::Kind::Tls;
}

Reply<Capabilities> *Session::Private::open()
{
    auto *reply = operations.track(new Reply<Capabilities>(q));
    openers.append(reply);
    if (!opening)
        begin();
    return reply;
}

void Session::Private::close()
{
    opening.reset();
    retry.stop();
    link.stop();
    auth.reset();
    auth.setClient(nullptr);
    http.setClient(nullptr);
    probe.reset();
    mainPlane.reset();
    httpOk = wasLive = consolePending = consoleLooked = false;
    openers.clear();
    waiters.clear();
    operations.cancelAll();
    // Its requests settle with Cancelled; nothing of ours listens any more.
    client.reset();
    if (proxy.tunnel)
        proxy.tunnel->close();
    proxy = {};
    setState(SessionState::Closed, std::nullopt);
}

void Session::Private::beginOpening(Opening::Login login)
{
    opening = std::make_unique<Opening>(use == Use::Interactive ? Opening::Link::Wanted : Opening::Link::NotWanted, login);
    // Queued: ending it destroys it.
    QObject::connect(
        opening.get(), &Opening::linkGivenUp, q, [this] { maybeFinish(); }, Qt::QueuedConnection);
}

void Session::Private::begin()
{
    beginOpening(Opening::Login::Wanted);
    httpOk = consolePending = consoleLooked = false;
    mainPlane.reset();
    retry.stop();
    setState(SessionState::Connecting, std::nullopt);
    const Result<QList<ServerAddress>> parsed = serversOf(profile);
    if (!parsed)
        return QMetaObject::invokeMethod(
                   opening.get(), [this, error = parsed.error()] { finishOpening(fail(error)); }, Qt::QueuedConnection),
               void();
    servers = *parsed;
    operations.track(loadSecrets(profile, deps.secrets, q))->then(opening.get(), [this](const Result<SecretBundle> &bundle) {
        if (!bundle)
            return finishOpening(fail(bundle.error()));
        withSecrets(*bundle);
    });
}

/// A tunnel that stands is kept; one that does not is tried anew.
net::ProxyPolicy Session::Private::wayOut() const
{
    net::ProxyPolicy policy = proxyPolicy(profile.proxy);
    policy.tunnel = proxy.tunnel && proxy.tunnel->isUsable() ? proxy.tunnel : deps.tunnel;
    return net::withTunnel(policy, profile.connectTimeout);
}

void Session::Private::withSecrets(const SecretBundle &bundle)
{
    net::HttpSettings settings;
    settings.tls = tlsPolicy(profile.httpTls, bundle.httpKeyPassphrase);
    settings.proxy = proxy = wayOut();
    settings.deadline = profile.callTimeout;
    settings.connectTimeout = profile.connectTimeout;
    settings.recorder = deps.recorder;
    settings.budget = deps.budget;
    settings.workers = deps.workers;
    client = std::make_unique<net::HttpClient>(settings);
    auth.setSecrets(bundle);
    auth.setClient(client.get());
    http.setClient(client.get());
    http.setServers(servers, http.currentServer() < servers.size() ? http.currentServer() : 0);
    if (proxy.tunnel)
        return reachJumpHost();
    findPlanes();
}

/// Its login may take longer than a connection to a server may, and belongs to no request: nothing is asked before it stands.
void Session::Private::reachJumpHost()
{
    const QPointer<QTimer> limit(new QTimer(opening.get()));
    limit->setSingleShot(true);
    const std::chrono::milliseconds patience = callTimeout();
    // Queued: ending it destroys it.
    QObject::connect(
        limit, &QTimer::timeout, opening.get(),
        [this, limit, patience] {
            if (limit)
                finishOpening(fail(Error{
                    Error::Kind::Timeout,
                    u"SSH tunnel through %1: not logged in within %2 ms"_s.arg(proxy.tunnel->name()).arg(patience.count()), 0, true}));
        },
        Qt::QueuedConnection);
    limit->start(patience);
    operations.track(proxy.tunnel->open())->then(opening.get(), [this, limit](const Result<Done> &result) {
        delete limit;
        if (!result)
            return finishOpening(fail(result.error()));
        findPlanes();
    });
}

void Session::Private::findPlanes()
{
    if (use == Use::OneShot && useRemembered()) {
        opening->mainFound();
        return logIn();
    }
    probeMain();
}

/// The command line's way: what the last probe found is believed until something contradicts it.
bool Session::Private::useRemembered()
{
    const auto found = decodeCapabilities(profile.extra.value(QLatin1StringView(RememberedProbe)).toObject());
    if (!found)
        return false;
    const Plane plane = found->generation == Generation::V2 ? Plane::Legacy : Plane::Admin;
    const QUrl url(found->planes.value(plane).url);
    for (qsizetype i = 0; i < servers.size(); ++i) {
        if (!net::isSameOrigin(servers.at(i).origin, url))
            continue;
        MainPlane main;
        main.capabilities = *found;
        main.server = i;
        main.address = servers.at(i);
        main.address.contextPath = url.path();
        for (ServerAddress &server : servers)
            server.contextPath = main.address.contextPath;
        caps = *found;
        mainPlane = main;
        remembered = true;
        http.setServers(servers, i);
        http.setConsole(QUrl(found->planes.value(Plane::Console).url));
        return true;
    }
    return false;
}

void Session::Private::makeProbe()
{
    Probe::Settings settings;
    settings.servers = servers;
    settings.consoles = consoleCandidates(profile, servers);
    settings.consolesAre = profile.consoleUrl.isEmpty() ? Probe::Settings::Consoles::Guessed : Probe::Settings::Consoles::Named;
    settings.headers = auth.secrets().headers;
    settings.deadline = std::min<std::chrono::milliseconds>(profile.callTimeout, ProbeDeadline);
    // What the one before had asked is not answered any more.
    if (std::exchange(consolePending, false))
        consoleLooked = false;
    probe = std::make_unique<Probe>(*client, settings);
}

void Session::Private::probeMain()
{
    // Without what was remembered of them.
    if (const auto configured = serversOf(profile))
        servers = *configured;
    makeProbe();
    if (use == Use::Interactive) {
        // It needs no login: it comes up while the rest goes on.
        startLink();
        opening->limitLink(LinkPatience);
    }
    probe->main(http.currentServer())->then(opening.get(), [this](const Result<MainPlane> &main) { mainKnown(main); });
}

void Session::Private::mainKnown(const Result<MainPlane> &main)
{
    const Capabilities before = caps;
    caps = main ? main->capabilities : Capabilities();
    caps.abilities = before.abilities;
    caps.detours = before.detours;
    if (before.planes.contains(Plane::Grpc))
        caps.planes.insert(Plane::Grpc, before.planes.value(Plane::Grpc));
    if (main) {
        mainPlane = *main;
        opening->mainFound();
        remembered = false;
        for (ServerAddress &server : servers)
            server.contextPath = main->address.contextPath;
        http.setServers(servers, main->server);
    } else {
        PlaneState none;
        none.problem = main.error().message;
        none.url = servers.first().base().toString();
        if (main.error().code >= 100)
            none.status = main.error().code;
        caps.planes.insert(Plane::Admin, none);
    }
    if (before.needsFirstAdmin && !caps.needsFirstAdmin)
        adminMadeLately = QDeadlineTimer(AdminPatience);
    // 2.x serves its console on the main port.
    if (!main || (main->capabilities.generation != Generation::V2 && use == Use::Interactive))
        probeConsole();
    if (main)
        return logIn();
    opening->mainFailed(main.error());
    maybeFinish();
}

void Session::Private::probeConsole()
{
    consolePending = true;
    if (opening)
        opening->consoleAsked();
    probe->console(mainPlane)->then(q, [this](const Result<ConsolePlane> &console) {
        consolePending = false;
        if (!console || state == SessionState::Closed)
            return;
        caps.planes.insert(Plane::Console, console->state);
        if (console->needsFirstAdmin)
            caps.needsFirstAdmin = *console->needsFirstAdmin;
        if (console->state.reachable) {
            http.setConsole(QUrl(console->state.url));
            if (caps.version.isEmpty()) {
                caps.version = console->version;
                caps.generation = generationOf(console->version);
            }
        }
        if (opening && console->state.reachable) {
            opening->consoleFound();
            if (!mainPlane)
                return logIn();
        } else if (opening) {
            // Neither port may answer; gRPC may.
            opening->consoleMissing();
            maybeFinish();
        }
        Q_EMIT q->capabilitiesChanged();
        for (const Waiter &waiter : std::exchange(waiters, {})) {
            if (waiter.receiver)
                waiter.then();
        }
    });
}

/// A one-shot session asks for the console only when the main port refuses the account.
bool Session::Private::lookForConsole()
{
    if (use != Use::OneShot || isLegacy() || !client || caps.has(Plane::Console) || std::exchange(consoleLooked, true))
        return false;
    if (!probe)
        makeProbe();
    probeConsole();
    return true;
}

void Session::Private::logIn()
{
    QList<Authenticator::Place> places;
    using Dialect = Authenticator::Place::Dialect;
    for (qsizetype i = 0; mainPlane && i < servers.size(); ++i) {
        const ServerAddress &server = servers.at((mainPlane->server + i) % servers.size());
        places.append({server.base(), isLegacy() ? Dialect::V1Only : Dialect::Any});
    }
    if (const PlaneState console = caps.planes.value(Plane::Console); console.reachable)
        places.append({QUrl(console.url), Dialect::V3Only});
    auth.setPlaces(places);
    if (use == Use::Interactive && !auth.usesPassword() && mainPlane) {
        operations.track(probe->loginNeeded(*mainPlane))->then(opening.get(), [this](const Result<bool> &needed) {
            if (needed)
                caps.loginNeeded = *needed;
            opening->loggedIn();
            maybeFinish();
        });
        return;
    }
    if (!auth.usesPassword() || (use == Use::OneShot && auth.isReady())) {
        opening->loggedIn();
        return maybeFinish();
    }
    const auto patience = std::chrono::milliseconds(std::max<qint64>(0, adminMadeLately.remainingTime()));
    operations.track(auth.login(patience))->then(opening.get(), [this](const Result<Done> &result) {
        if (result) {
            caps.globalAdmin = auth.globalAdmin();
            opening->loggedIn();
            return maybeFinish();
        }
        const Error::Kind kind = result.error().kind;
        if ((kind == Error::Kind::Network || kind == Error::Kind::Unsupported) && std::exchange(remembered, false)) {
            mainPlane.reset();
            opening->mainDoubted();
            return probeMain();
        }
        opening->loginFailed(result.error());
        maybeFinish();
    });
}

void Session::Private::startLink()
{
    QList<RpcConnection::Settings> targets;
    std::shared_ptr<net::TlsFilesReader> tls;
    if (profile.grpcTransport == profiles::Profile::GrpcTransport::Tls)
        tls = std::make_shared<net::TlsFilesReader>(tlsPolicy(profile.grpcTls, auth.secrets().grpcKeyPassphrase), deps.workers.get());
    for (const ServerAddress &server : std::as_const(servers)) {
        RpcConnection::Settings settings;
        settings.target = server.grpcTarget;
        settings.tls = tls;
        settings.proxy = proxy;
        settings.connectTimeout = profile.connectTimeout;
        settings.tenant = profile.defaultNamespace;
        settings.recorder = deps.recorder;
        settings.address = deps.client.address;
        settings.labels = {{u"source"_s, u"sdk"_s},
                           {u"module"_s, u"config"_s},
                           {u"taskId"_s, u"0"_s},
                           {u"AppName"_s, deps.client.app},
                           {u"tls.enable"_s, settings.tls ? u"true"_s : u"false"_s}};
        targets.append(settings);
    }
    link.start(targets, http.currentServer());
}

void Session::Private::wantRpc()
{
    if (!link.isStarted() && state != SessionState::Closed)
        startLink();
}

void Session::Private::maybeFinish()
{
    if (!opening)
        return;
    if (const auto verdict = opening->verdict())
        finishOpening(*verdict);
}

void Session::Private::finishOpening(const Result<Done> &result)
{
    const std::unique_ptr<Opening> over = std::move(opening);
    if (!over)
        return;
    httpOk = over->httpFound();
    if (!result) {
        setState(isRefusal(result.error()) || use == Use::OneShot ? SessionState::Refused : SessionState::Reconnecting, result.error());
        if (isRefusal(result.error()))
            link.stop();
        else if (use == Use::Interactive)
            retryLater();
    } else {
        backoff.reset();
        std::optional<Error> problem;
        if (use == Use::Interactive && !rpcUp())
            problem = link.lastError().value_or(Error{Error::Kind::Network, u"no gRPC connection"_s, 0, true});
        else if (!httpOk)
            problem = over->mainError();
        else if (caps.loginNeeded.value_or(false) && isAnonymous())
            problem = Error{Error::Kind::Auth, u"this registry wants a login, and the connection has none"_s, 0, false};
        setState(problem ? SessionState::Degraded : SessionState::Live, problem);
        if (!rpcUp() && use == Use::Interactive)
            qCInfo(logNacos).noquote() << "gRPC of" << profile.slug << "is not reachable:" << problem->message;
    }
    const auto replies = std::exchange(openers, {});
    const auto waiting = std::exchange(waiters, {});
    for (const auto &reply : replies) {
        if (reply)
            reply->settle(result ? Result<Capabilities>(caps) : Result<Capabilities>(fail(result.error())));
    }
    Q_EMIT q->capabilitiesChanged();
    for (const Waiter &waiter : waiting) {
        if (waiter.receiver)
            waiter.then();
    }
}

void Session::Private::setState(SessionState next, const std::optional<Error> &why)
{
    const bool changed = next != state || why != lastError;
    state = next;
    lastError = why;
    wasLive |= next == SessionState::Live;
    if (changed)
        Q_EMIT q->stateChanged(next);
}

void Session::Private::whenOpened(QObject *receiver, std::function<void()> then)
{
    if (opening)
        waiters.append({receiver, std::move(then)});
    else
        then();
}

} // namespace core::nacos
