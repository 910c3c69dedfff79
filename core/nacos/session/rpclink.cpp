// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/session/rpclink.h"

#include "core/base/log.h"
#include "core/nacos/wire/internalmessages.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace core::nacos {

namespace {

constexpr int GrpcOffset = 1000;
/// A connection that lasted so long was a good one: the next is tried at once.
constexpr std::chrono::seconds Lasting{10};

net::Backoff::Settings pace()
{
    net::Backoff::Settings settings;
    settings.first = std::chrono::milliseconds(100);
    settings.cap = std::chrono::seconds(5);
    return settings;
}

} // namespace

RpcLink::RpcLink(net::GrpcRuntime &runtime, QObject *parent)
    : QObject(parent)
    , m_runtime(runtime)
    , m_backoff(pace())
{
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, [this] { attempt(m_next); });
}

RpcLink::~RpcLink() = default;

RpcConnection *RpcLink::current() const
{
    return m_current && m_current->isReady() ? m_current.get() : nullptr;
}

/// Connections are dropped from inside their own signals.
void RpcLink::discard(std::unique_ptr<RpcConnection> &connection)
{
    if (RpcConnection *old = connection.release()) {
        old->disconnect(this);
        old->setParent(this);
        old->deleteLater();
    }
}

void RpcLink::start(const QList<RpcConnection::Settings> &servers, qsizetype first)
{
    stop();
    m_servers = servers;
    m_started = !m_servers.isEmpty();
    if (m_started)
        attempt(std::clamp<qsizetype>(first, 0, m_servers.size() - 1));
}

void RpcLink::stop()
{
    m_started = false;
    m_retry.stop();
    m_failures = 0;
    m_backoff.reset();
    m_lastError.reset();
    discard(m_candidate);
    discard(m_current);
}

void RpcLink::attempt(qsizetype server)
{
    if (!m_started)
        return;
    m_retry.stop();
    m_server = server;
    discard(m_candidate);
    m_candidate = std::make_unique<RpcConnection>(m_runtime, m_servers.at(server));
    RpcConnection *candidate = m_candidate.get();
    connect(candidate, &RpcConnection::ready, this, [this] { attemptReady(); });
    connect(candidate, &RpcConnection::ended, this, [this, candidate](const Error &why) {
        if (candidate == m_current.get())
            lost(why);
        else if (candidate == m_candidate.get())
            attemptFailed(why);
    });
    connect(candidate, &RpcConnection::pushed, this, [this, candidate](const wire::Message &message) { onPush(candidate, message); });
    candidate->open();
}

void RpcLink::attemptAfter(std::chrono::milliseconds wait, qsizetype server)
{
    m_next = server;
    m_retry.start(wait);
}

/// After a good connection the pace begins anew.
bool RpcLink::hasLasted()
{
    const bool lasted = m_upSince.hasExpired(std::chrono::milliseconds(Lasting).count());
    if (lasted)
        m_backoff.reset();
    return lasted;
}

void RpcLink::attemptReady()
{
    if (RpcConnection *old = m_current.release()) {
        old->disconnect(this);
        old->setParent(this);
        old->retire();
    }
    m_current = std::move(m_candidate);
    m_failures = 0;
    m_upSince.start();
    m_lastError.reset();
    qCInfo(logNacos).noquote() << "gRPC connected to" << m_current->target();
    Q_EMIT up();
}

void RpcLink::attemptFailed(const Error &why)
{
    discard(m_candidate);
    // A move to a recommended server that fails leaves us where we are.
    if (current())
        return;
    m_lastError = why;
    ++m_failures;
    const bool roundOver = m_failures % m_servers.size() == 0;
    attemptAfter(roundOver ? m_backoff.next() : std::chrono::milliseconds(0), nextServer());
    if (roundOver)
        Q_EMIT roundFailed(why);
}

void RpcLink::lost(const Error &why)
{
    qCInfo(logNacos).noquote() << "gRPC connection to" << m_current->target() << "lost:" << why.message;
    discard(m_current);
    m_lastError = why;
    m_failures = 0;
    // A server that takes us and drops us again is not asked in a tight loop.
    const bool lasted = hasLasted();
    if (!m_candidate)
        attemptAfter(lasted ? std::chrono::milliseconds(0) : m_backoff.next(), nextServer());
    Q_EMIT down(why);
}

void RpcLink::renew(const Error &why)
{
    if (m_current)
        lost(why);
}

void RpcLink::onPush(RpcConnection *from, const wire::Message &message)
{
    if (message.type != wire::ConnectResetRequest::typeName) {
        Q_EMIT pushed(message);
        return;
    }
    const auto request = wire::ConnectResetRequest::fromBody(message.body);
    wire::PlainResponse response;
    response.head.requestId = wire::requestIdOf(message.body);
    from->answer({"ConnectResetResponse"_ba, {}, {}, response.toBody()});
    if (request && from == m_current.get() && !m_candidate && !m_retry.isActive())
        moveTo(request->serverIp, request->serverPort);
}

/// Only to a server of our own list, as the SDKs do: a registry must not send credentials elsewhere. The port named is that of its HTTP
/// interface, if any; of several servers at one address it chooses. The first time at once; whoever sends us on and on is followed ever
/// more slowly, on the connection there is meanwhile.
void RpcLink::moveTo(const QString &ip, const QString &port)
{
    const qsizetype here = m_server;
    qsizetype next = nextServer();
    int best = 0;
    for (qsizetype i = 0; i < m_servers.size(); ++i) {
        const QString &target = m_servers.at(i).target;
        const auto colon = target.lastIndexOf(u':');
        const QString host = target.left(colon);
        if (ip.isEmpty() || (host != ip && host != u'[' + ip + u']'))
            continue;
        const int number = QStringView(target).mid(colon + 1).toInt(), wanted = port.toInt();
        const int fit = number == wanted || number == wanted + GrpcOffset ? 3 : i != here ? 2 : 1;
        if (fit > best) {
            best = fit;
            next = i;
        }
    }
    qCInfo(logNacos).noquote() << "the server asks to move; recommended:" << (ip.isEmpty() ? u"none"_s : ip + u':' + port);
    hasLasted();
    const bool first = m_backoff.attempts() == 0;
    const auto wait = m_backoff.next();
    if (first)
        attempt(next);
    else
        attemptAfter(wait, next);
}

} // namespace core::nacos
