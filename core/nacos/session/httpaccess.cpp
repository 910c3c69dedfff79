// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/session/httpaccess.h"

#include "core/base/transient.h"

#include <QDateTime>
#include <QPointer>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace core::nacos {

namespace {

constexpr qsizetype DecodeHere = 256 * 1024;
/// With a read that has no answer yet, while there is another server to ask: then it is found out whether the server lives.
constexpr auto FirstDoubt = 2s;
constexpr auto LaterDoubts = 10s;
/// For an answer that takes no work.
constexpr auto KnockPatience = 3s;

bool isRead(const HttpCall &call)
{
    return call.method == "GET" || call.method == "HEAD";
}

/// Gateways answer 503 also when the connection behind them broke after the request had gone through: as after 502 and 504 it is open
/// whether a write arrived.
Error ofWrite(const Error &error, int status)
{
    Error told = error;
    if (status == 503 && error.kind == Error::Kind::RateLimited)
        told.kind = Error::Kind::Network;
    return told;
}

std::shared_ptr<void> openAndDecode(net::HttpResponse response, const HttpCall &call, const HttpAccess::Decode &decode)
{
    Result<QJsonValue> data =
        openEnvelope({response.status, response.body, response.header("Location"), response.header("WWW-Authenticate")}, call.envelope);
    if (!data)
        return decode(fail(isRead(call) ? data.error() : ofWrite(data.error(), response.status)));
    return decode(HttpData{std::move(*data), std::move(response)});
}

} // namespace

/// One call from its first attempt to its answer. Child of the HttpAccess; deletes itself.
class HttpAccess::Try final : public QObject {
public:
    Try(HttpAccess &access, Plane plane, const HttpCall &call, Decode decode, QObject *receiver, Handler handler)
        : QObject(&access)
        , m_access(access)
        , m_plane(plane)
        , m_call(call)
        , m_decode(std::move(decode))
        , m_receiver(receiver)
        , m_handler(std::move(handler))
    {
        connect(receiver, &QObject::destroyed, this, [this] { giveUp(); });
        connect(&m_doubt, &QTimer::timeout, this, [this] {
            m_doubt.setInterval(LaterDoubts);
            m_access.knock(m_plane, m_server);
        });
        connect(&access, &HttpAccess::silent, this, [this](qsizetype server) {
            if (server == m_server && m_doubt.isActive())
                leave();
        });
    }
    /// The Operation under way is cancelled because its receiver (this) goes away.
    void giveUp()
    {
        m_handler = {};
        m_doubt.stop();
        if (m_receiver)
            disconnect(m_receiver, nullptr, this, nullptr);
        deleteLater();
    }

    void begin()
    {
        if (m_access.m_authenticator.isReady())
            return attempt();
        m_access.m_authenticator.login()->then(this, [this](const Result<Done> &result) {
            if (!result)
                return finish(fail(result.error()));
            attempt();
        });
    }

private:
    void attempt()
    {
        if (!m_access.m_client)
            return finishLater(Error{Error::Kind::Network, u"the session is closed"_s, 0, true});
        m_server = m_access.m_server;
        m_left = false;
        const QUrl base = m_access.base(m_plane);
        if (base.isEmpty())
            return finishLater(Error{Error::Kind::Unsupported,
                                     u"this registry has no %1 interface, or it was not found"_s.arg(planeName(m_plane)), 0, false});
        net::HttpRequest request;
        request.method = m_call.method;
        request.url = net::makeUrl(base, m_call.path, m_call.query);
        request.headers = m_call.headers;
        addCredentials(request.headers);
        request.body = m_call.body;
        request.contentType = m_call.contentType;
        if (!m_call.form.isEmpty()) {
            request.body = net::formEncode(m_call.form);
            request.contentType = "application/x-www-form-urlencoded"_ba;
        }
        request.bodyCap = m_call.bodyCap;
        auto *reply = m_access.m_client->send(request);
        m_wire = reply;
        reply->then(this, [this](const Result<net::HttpResponse> &response) { answered(response); });
        if (isRead(m_call) && m_plane != Plane::Console && m_servers + 1 < m_access.m_servers.size()) {
            connect(reply, &Operation::progress, &m_doubt, &QTimer::stop);
            m_doubt.start(FirstDoubt);
        }
    }
    /// For the next server.
    void leave()
    {
        m_doubt.stop();
        m_left = true;
        if (m_wire)
            m_wire->cancel();
    }

    void addCredentials(net::HttpHeaders &headers)
    {
        const SecretBundle &secrets = m_access.m_authenticator.secrets();
        headers += secrets.headers;
        m_token = m_access.m_authenticator.token();
        const QByteArray bearer = m_token.isEmpty() ? secrets.bearerToken : m_token;
        if (!bearer.isEmpty())
            headers.append({"Authorization"_ba, "Bearer " + bearer});
        if (!secrets.accessKey.isEmpty())
            headers += configSignature(secrets.accessKey, m_call.scope.tenant, m_call.scope.group, QDateTime::currentMSecsSinceEpoch());
    }

    void answered(const Result<net::HttpResponse> &response)
    {
        m_doubt.stop();
        if (!response && m_left && response.error().kind == Error::Kind::Cancelled)
            return unanswered({Error::Kind::Timeout, u"the server answers nothing"_s, 0, true});
        if (!response)
            return unanswered(response.error());
        ++m_access.m_heard[m_server];
        if (!std::exchange(m_access.m_reachable, true))
            Q_EMIT m_access.reached();
        if ((response->status == 401 || response->status == 403) && !std::exchange(m_renewed, true) &&
            m_access.m_authenticator.usesPassword()) {
            const auto opened = openEnvelope({response->status, response->body, {}, {}}, Envelope::Raw);
            // "Code: 403" is final: logged in, and not allowed.
            if (!opened && (opened.error().kind == Error::Kind::Auth || !opened.error().message.contains("Code: 403"_L1)))
                return renew(*response);
        }
        deliver(*response);
    }

    void unanswered(const Error &error)
    {
        if (isOutOfReach(error) && m_plane != Plane::Console) {
            const qsizetype count = m_access.m_servers.size();
            // Whoever comes next starts at the next server; only a read is sent again here.
            if (count > 1 && m_access.m_server == m_server)
                m_access.m_server = (m_server + 1) % count;
            if (isRead(m_call) && ++m_servers < count)
                return attempt();
            if (std::exchange(m_access.m_reachable, false))
                Q_EMIT m_access.unreachable(error);
        }
        finish(fail(error));
    }

    void renew(const net::HttpResponse &refusal)
    {
        m_access.m_authenticator.renew(m_token)->then(this, [this, refusal](const Result<Done> &result) {
            if (result)
                return attempt();
            // What the server said about the request itself tells more than that logging in again did not help.
            deliver(refusal);
        });
    }

    void deliver(const net::HttpResponse &response)
    {
        if (response.body.size() <= DecodeHere)
            return handOut(openAndDecode(response, m_call, m_decode));
        m_access.m_workers.run(
            this, [response, call = m_call, decode = m_decode] { return openAndDecode(response, call, decode); },
            [this](const std::shared_ptr<void> &value) { handOut(value); });
    }

    void finishLater(const Error &error)
    {
        QMetaObject::invokeMethod(
            this, [this, error] { finish(fail(error)); }, Qt::QueuedConnection);
    }
    void finish(Result<HttpData> &&result) { handOut(m_decode(std::move(result))); }
    void handOut(const std::shared_ptr<void> &value)
    {
        const Handler handler = std::exchange(m_handler, {});
        deleteLater();
        if (handler && m_receiver)
            handler(value);
    }

    HttpAccess &m_access;
    const Plane m_plane;
    const HttpCall m_call;
    const Decode m_decode;
    const QPointer<QObject> m_receiver;
    Handler m_handler;
    QByteArray m_token;
    qsizetype m_server = 0, m_servers = 0;
    bool m_renewed = false, m_left = false;
    QPointer<Operation> m_wire;
    QTimer m_doubt; ///< runs while no byte of the answer is there and another server could be asked
};

HttpAccess::HttpAccess(Authenticator &authenticator, Workers &workers, QObject *parent)
    : QObject(parent)
    , m_authenticator(authenticator)
    , m_workers(workers)
{
}

HttpAccess::~HttpAccess() = default;

void HttpAccess::setServers(const QList<ServerAddress> &servers, qsizetype current)
{
    m_servers = servers;
    m_server = current;
    m_reachable = true;
}

void HttpAccess::knock(Plane plane, qsizetype server)
{
    if (!m_client || server >= m_servers.size() || m_knocking.contains(server))
        return;
    m_knocking.insert(server);
    net::HttpRequest request;
    const bool isLegacy = plane == Plane::Legacy;
    request.url = net::makeUrl(m_servers.at(server).base(), isLegacy ? u"/v1/console/server/state"_s : u"/v3/admin/core/state"_s);
    request.headers = m_authenticator.secrets().headers;
    request.patience = KnockPatience;
    m_client->send(request)->then(this, [this, server, heard = m_heard.value(server)](const Result<net::HttpResponse> &response) {
        m_knocking.remove(server);
        // It may have waited for a connection behind those that take long.
        if (!response && isOutOfReach(response.error()) && heard == m_heard.value(server))
            Q_EMIT silent(server);
    });
}

QUrl HttpAccess::base(Plane plane) const
{
    if (plane == Plane::Console)
        return m_console.isEmpty() ? QUrl() : net::makeUrl(m_console, u"/v3/console"_s);
    if (plane == Plane::Grpc || m_server >= m_servers.size())
        return {};
    return net::makeUrl(m_servers.at(m_server).base(), plane == Plane::Admin ? u"/v3/admin"_s : u"/v1"_s);
}

std::function<void()> HttpAccess::send(Plane plane, const HttpCall &call, Decode decode, QObject *receiver, Handler handler)
{
    const QPointer<Try> attempt(new Try(*this, plane, call, std::move(decode), receiver, std::move(handler)));
    attempt->begin();
    return [attempt] {
        if (attempt)
            attempt->giveUp();
    };
}

} // namespace core::nacos
