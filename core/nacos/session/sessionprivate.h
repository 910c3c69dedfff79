// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// For core/nacos only.

#include "core/nacos/session/authenticator.h"
#include "core/nacos/session/httpaccess.h"
#include "core/nacos/session/opening.h"
#include "core/nacos/session/probe.h"
#include "core/nacos/session/rpcanswer.h"
#include "core/nacos/session/rpclink.h"
#include "core/nacos/session/session.h"
#include "core/net/backoff.h"
#include "core/net/budget.h"
#include "core/profiles/profile.h"

#include <QDeadlineTimer>
#include <QTimer>

namespace core::nacos {

/// Kinds of request for Capabilities::detours.
namespace requestkind {
inline constexpr QLatin1String ConfigRead("config-read");
inline constexpr QLatin1String ConfigList("config-list");
inline constexpr QLatin1String ConfigWrite("config-write");
inline constexpr QLatin1String ConfigHistory("config-history");
inline constexpr QLatin1String ConfigListeners("config-listeners");
inline constexpr QLatin1String ConfigCapacity("config-capacity");
inline constexpr QLatin1String NamespaceRead("namespace-read");
inline constexpr QLatin1String NamespaceWrite("namespace-write");
} // namespace requestkind

struct Session::Private {
    Private(Session *session, const profiles::Profile &profile, Collaborators collaborators, Use use);
    ~Private();

    // ---- What the services of core/nacos use -------------------------------------------------------------------------------------

    /// On one plane. `decode(HttpData &&) -> Result<T>` is pure and may run on another thread.
    template <class T, class Decode>
    Reply<T> *onPlane(Plane plane, const HttpCall &call, Decode decode, QObject *parent);

    /// On whichever plane carries it: the usual one of the server's generation, then (when the account is refused there, or the server
    /// lacks it) the others, which is recorded in Capabilities::detours. `make(Plane) -> std::optional<HttpCall>`: nullopt, not on this
    /// one. `decode(Plane, HttpData &&) -> Result<T>`. Waits for an open() under way.
    template <class T, class Make, class Decode>
    Reply<T> *routed(QLatin1String kind, Make make, Decode decode, QObject *parent);

    /// Over gRPC: with credentials, sent again once after a silent login or when the connection was not registered any more.
    /// `decode(Result<wire::Message> &&) -> Result<T>` is pure and runs on a gRPC thread. Network at once when there is no connection.
    template <class T, class Decode>
    Reply<T> *rpc(const wire::Message &message, const SignScope &scope, Decode decode, QObject *parent);

    /// The same for a reply that exists already; what comes of it goes to `handler(Result<T> &&)`.
    template <class T, class Decode, class Handler>
    void rpcInto(Reply<T> *reply, const wire::Message &message, const SignScope &scope, const Decode &decode, const Handler &handler,
                 int triesLeft = 2);

    bool rpcUp() const { return link.current() != nullptr; }
    /// Starts the gRPC connection of a one-shot session (watch).
    void wantRpc();
    /// Starts it when need be and calls back: when it stands, or when no server has it.
    void withRpc(QObject *receiver, const std::function<void()> &then, const std::function<void()> &giveUp);
    /// The connection has nothing to log in with.
    bool isAnonymous() const { return !auth.usesPassword() && auth.secrets().bearerToken.isEmpty() && auth.secrets().headers.isEmpty(); }
    /// The spelling this server expects.
    QString wireTenant(const QString &canonicalNamespace) const;
    bool isLegacy() const { return caps.generation == Generation::V2; }
    /// It takes a beta release for a publish to everybody.
    bool isRnacos() const { return caps.version == QLatin1String("r-nacos"); }
    /// A path that the server does not have, said with what is missed ("the history of a configuration"); other errors as they are.
    Error inWords(const Error &error, const QString &what) const;
    /// Run whenever a gRPC connection stands; `resynced` and Live wait for all of them.
    using Redo = std::function<Reply<Done> *()>;
    void addRedo(QObject *owner, Redo redo);
    /// What the server sends of that type goes to the handler (GUI thread) while `owner` lives; other types are logged, not answered.
    using PushHandler = std::function<void(const wire::Message &)>;
    void addPushHandler(const char *type, QObject *owner, PushHandler handler);
    /// A plain success on the stream, as servers want for most pushes.
    void answerPush(const QByteArray &type, const QString &requestId);
    void recordDetour(QLatin1String kind, Plane plane);
    /// The server's own word about the request, rather than a way that is closed.
    static bool saysSomething(const Error &error);
    /// Calls back at once when no open() is under way.
    void whenOpened(QObject *receiver, std::function<void()> then);
    std::chrono::milliseconds callTimeout() const { return deps.budget ? deps.budget->of(profile.callTimeout) : profile.callTimeout; }

    // ---- Inside the session ------------------------------------------------------------------------------------------------------

    Reply<Capabilities> *open();
    void close();
    void begin();
    void beginOpening(Opening::Login login);
    void withSecrets(const SecretBundle &bundle);
    void reachJumpHost();
    void findPlanes();
    bool useRemembered();
    net::ProxyPolicy wayOut() const;
    void makeProbe();
    void probeMain();
    void mainKnown(const Result<MainPlane> &main);
    void probeConsole();
    bool lookForConsole();
    void logIn();
    void startLink();
    void finishOpening(const Result<Done> &result);
    void maybeFinish();
    void setState(SessionState next, const std::optional<Error> &why);
    void linkUp();
    void linkDown(const Error &why);
    void linkRoundFailed(const Error &why);
    void ping();
    static net::Backoff::Settings pingPace();
    void retryLater();
    void refused(const Error &why);
    /// Trying again by itself is of no use.
    bool isRefusal(const Error &error) const;
    void learnAbilities();
    QList<Plane> planesFor(QLatin1String kind) const;
    wire::Message withCredentials(wire::Message message, const SignScope &scope) const;
    /// True when `again` will be called (or `giveUp`).
    bool sendAgain(const Error &error, const QByteArray &token, QObject *receiver, std::function<void()> again,
                   std::function<void()> giveUp);
    void waitForLink(QObject *receiver, std::function<void()> then, std::function<void()> giveUp);

    template <class T, class Make, class Decode>
    void tryPlane(Reply<T> *reply, QLatin1String kind, const Make &make, const Decode &decode, const QList<Plane> &tried,
                  std::optional<Error> first);
    /// Remembered planes may be of yesterday: probes, once a session, and calls back. For requests that were sent on what was remembered.
    bool probeInstead(const Error &error, const QByteArray &method, QObject *receiver, std::function<void()> then);

    Session *q;
    const profiles::Profile profile;
    Collaborators deps;
    const Use use;

    SessionState state = SessionState::Closed;
    std::optional<Error> lastError;
    Capabilities caps;
    Authenticator auth;
    HttpAccess http;
    RpcLink link;
    net::ProxyPolicy proxy; ///< with its tunnel, from begin() to close()
    std::unique_ptr<net::HttpClient> client;
    std::unique_ptr<Probe> probe;
    QList<ServerAddress> servers;
    std::optional<MainPlane> mainPlane;
    std::unique_ptr<Opening> opening; ///< null when none is under way
    QList<QPointer<Reply<Capabilities>>> openers;
    bool consolePending = false;
    bool consoleLooked = false; ///< by a one-shot session, after a refusal
    bool remembered = false;    ///< caps come from the profile, not from a probe
    bool httpOk = false;        ///< what an opening found out, and what requests meet since
    bool wasLive = false;       ///< since open(): the next `up` is a reconnect
    int rounds = 0;
    QDeadlineTimer adminMadeLately;
    QTimer retry;
    net::Backoff backoff{pingPace()};
    int linkGeneration = 0; ///< counts connections, so that the redo of an older one ends nothing
    struct PushEntry {
        QPointer<QObject> owner;
        PushHandler handler;
    };
    QHash<QByteArray, PushEntry> pushHandlers;
    struct RedoEntry {
        QPointer<QObject> owner;
        Redo redo;
    };
    QList<RedoEntry> redos;
    struct Waiter {
        QPointer<QObject> receiver;
        std::function<void()> then;
    };
    QList<Waiter> waiters;
    OperationTracker operations; ///< last: destroyed first
};

// ---- Templates -----------------------------------------------------------------------------------------------------------------------

template <class T, class Decode>
Reply<T> *Session::Private::onPlane(Plane plane, const HttpCall &call, Decode decode, QObject *parent)
{
    auto *reply = operations.track(new Reply<T>(parent));
    reply->onCancel = http.send(
        plane, call,
        [decode = std::move(decode)](Result<HttpData> &&data) -> std::shared_ptr<void> {
            return std::make_shared<Result<T>>(data ? decode(std::move(*data)) : Result<T>(fail(std::move(data.error()))));
        },
        reply, [reply](const std::shared_ptr<void> &value) { reply->settle(std::move(*static_cast<Result<T> *>(value.get()))); });
    return reply;
}

template <class T, class Make, class Decode>
Reply<T> *Session::Private::routed(QLatin1String kind, Make make, Decode decode, QObject *parent)
{
    auto *reply = operations.track(new Reply<T>(parent));
    whenOpened(reply, [this, reply, kind, make, decode] { tryPlane<T>(reply, kind, make, decode, {}, std::nullopt); });
    return reply;
}

template <class T, class Make, class Decode>
void Session::Private::tryPlane(Reply<T> *reply, QLatin1String kind, const Make &make, const Decode &decode, const QList<Plane> &tried,
                                std::optional<Error> first)
{
    if (reply->isSettled())
        return;
    // Looked up each time: the console may have been found meanwhile.
    QList<Plane> planes = planesFor(kind);
    planes.removeIf([&tried](Plane plane) { return tried.contains(plane); });
    if (planes.isEmpty()) {
        // The console may still be looked for: what it is needed for waits.
        if (first && first->kind == Error::Kind::Forbidden && (consolePending || lookForConsole())) {
            waiters.append({reply, [=, this] { tryPlane<T>(reply, kind, make, decode, tried, first); }});
            return;
        }
        reply->settle(fail(first.value_or(lastError.value_or(Error{Error::Kind::Network, QStringLiteral("not connected"), 0, true}))));
        return;
    }
    const Plane plane = planes.first();
    const QList<Plane> triedNow = tried + QList{plane};
    const std::optional<HttpCall> call = make(plane);
    if (!call) {
        const Error none{Error::Kind::Unsupported, QStringLiteral("the %1 interface cannot do that").arg(planeName(plane)), 0, false};
        return tryPlane<T>(reply, kind, make, decode, triedNow, first ? first : std::optional(none));
    }
    reply->onCancel = http.send(
        plane, *call,
        [decode, plane](Result<HttpData> &&data) -> std::shared_ptr<void> {
            return std::make_shared<Result<T>>(data ? decode(plane, std::move(*data)) : Result<T>(fail(std::move(data.error()))));
        },
        reply,
        [this, reply, kind, make, decode, plane, triedNow, first, method = call->method,
         believed = remembered](const std::shared_ptr<void> &value) {
            auto &result = *static_cast<Result<T> *>(value.get());
            if (!result) {
                const Error error = result.error();
                if (believed && probeInstead(error, method, reply, [=, this] { tryPlane<T>(reply, kind, make, decode, {}, std::nullopt); }))
                    return;
                if (error.kind == Error::Kind::Forbidden || error.kind == Error::Kind::Unsupported)
                    return tryPlane<T>(reply, kind, make, decode, triedNow, first ? first : std::optional(error));
                // Another way that does not work either says less than why it was tried.
                if (first && !saysSomething(error))
                    return reply->settle(fail(*first));
            } else if (first) {
                recordDetour(kind, plane);
            }
            reply->settle(std::move(result));
        });
}

template <class T, class Decode>
Reply<T> *Session::Private::rpc(const wire::Message &message, const SignScope &scope, Decode decode, QObject *parent)
{
    auto *reply = operations.track(new Reply<T>(parent));
    rpcInto<T>(reply, message, scope, decode, [reply](Result<T> &&result) { reply->settle(std::move(result)); });
    return reply;
}

template <class T, class Decode, class Handler>
void Session::Private::rpcInto(Reply<T> *reply, const wire::Message &message, const SignScope &scope, const Decode &decode,
                               const Handler &handler, int triesLeft)
{
    if (reply->isSettled())
        return;
    RpcConnection *connection = link.current();
    if (!connection) {
        reply->settle(fail(Error::Kind::Network, QStringLiteral("no gRPC connection")));
        return;
    }
    RpcConnection::Call call;
    call.message = withCredentials(message, scope);
    call.deadline = callTimeout();
    call.decode = [decode](Result<wire::Message> &&answer) -> std::shared_ptr<void> {
        return std::make_shared<Result<T>>(decode(std::move(answer)));
    };
    reply->onCancel = connection->call(
        std::move(call), reply,
        [this, reply, message, scope, decode, handler, triesLeft, token = auth.token()](const std::shared_ptr<void> &value) {
            auto &result = *static_cast<Result<T> *>(value.get());
            if (!result && triesLeft > 1 &&
                sendAgain(
                    result.error(), token, reply,
                    [this, reply, message, scope, decode, handler, triesLeft] {
                        rpcInto<T>(reply, message, scope, decode, handler, triesLeft - 1);
                    },
                    [reply, error = result.error()] { reply->settle(fail(error)); }))
                return;
            handler(std::move(result));
        });
}

} // namespace core::nacos
