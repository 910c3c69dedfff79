// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/session/probe.h"

#include "core/base/transient.h"
#include "core/nacos/session/envelope.h"

#include <QJsonDocument>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace core::nacos {

namespace {

constexpr qint64 ProbeCap = 1024 * 1024;

/// Keys hold strings in most versions, but not in all.
QString textOf(const QJsonValue &value)
{
    if (value.isBool())
        return value.toBool() ? u"true"_s : u"false"_s;
    return value.isDouble() ? QString::number(value.toInteger()) : value.toString();
}

RawAnswer answerOf(const net::HttpResponse &response)
{
    return {response.status, response.body, response.header("Location"), response.header("WWW-Authenticate")};
}

/// Where somebody is sent on to who asked for `path`, as the address of a connection; empty when it is no such address.
QString sentOnTo(const net::HttpResponse &response, const QString &path)
{
    if (response.status < 301 || response.status > 308)
        return {};
    const QUrl target = response.url.resolved(QUrl::fromEncoded(response.header("Location"), QUrl::StrictMode));
    const bool usable = target.isValid() && !target.host().isEmpty() && (target.scheme() == "http"_L1 || target.scheme() == "https"_L1);
    if (!usable)
        return {};
    QString shown = target.toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment);
    if (shown.endsWith(path))
        shown.chop(path.size());
    return serverWords(shown);
}

} // namespace

Generation generationOf(const QString &version)
{
    const QStringList parts = version.split(u'.');
    bool ok = false;
    const int major = parts.value(0).toInt(&ok);
    if (!ok || major < 1)
        return Generation::Unknown;
    if (major < 3)
        return Generation::V2;
    static const QRegularExpression digits(u"^\\d+"_s);
    const int minor = digits.match(parts.value(1)).captured(0).toInt();
    if (major > 3 || minor >= 3)
        return Generation::V3_3;
    constexpr Generation lines[] = {Generation::V3_0, Generation::V3_1, Generation::V3_2};
    return lines[minor];
}

void readServerState(const QJsonObject &state, Capabilities &capabilities)
{
    const auto text = [&state](QLatin1String key) { return textOf(state.value(key)); };
    if (const QString version = text("version"_L1); !version.isEmpty()) {
        capabilities.version = version;
        capabilities.generation = generationOf(version);
    }
    const QString mode = text("startup_mode"_L1).isEmpty() ? text("standalone_mode"_L1) : text("startup_mode"_L1);
    if (!mode.isEmpty())
        capabilities.standalone = mode == "standalone"_L1 || mode == "true"_L1;
    if (const QString first = text("auth_admin_request"_L1); !first.isEmpty())
        capabilities.needsFirstAdmin = first == "true"_L1;
    if (const qint64 most = text("maxContent"_L1).toLongLong(); most > 0)
        capabilities.maxContent = most;
    if (const int days = text("config_retention_days"_L1).toInt(); days > 0)
        capabilities.historyDays = days;
    for (auto it = state.constBegin(); it != state.constEnd(); ++it)
        capabilities.sandbox |= it.key().contains("sandbox"_L1) && textOf(it.value()) != "false"_L1;
}

int consolePortOf(const QByteArray &tip)
{
    static const QRegularExpression port(u"port\\D{0,40}?(\\d{2,5})"_s, QRegularExpression::CaseInsensitiveOption);
    const int number = port.match(QString::fromUtf8(tip.left(4096))).captured(1).toInt();
    return number > 0 && number < 65536 ? number : 0;
}

struct Probe::Walk {
    QPointer<Reply<MainPlane>> reply;
    QList<ServerAddress> servers; ///< in the order to try
    QList<qsizetype> indices;
    qsizetype at = 0;
    QStringList contexts;
    qsizetype context = 0;
    std::optional<Error> error;
    std::optional<Error> sentOn; ///< the server at hand names another address, which is not followed

    ServerAddress address() const
    {
        ServerAddress address = servers.at(at);
        address.contextPath = contexts.at(context);
        return address;
    }
};

Probe::Probe(net::HttpClient &client, const Settings &settings, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_settings(settings)
{
}

Reply<net::HttpResponse> *Probe::get(const QUrl &url, const net::HttpHeaders &headers)
{
    net::HttpRequest request;
    request.url = url;
    request.headers = headers;
    request.bodyCap = ProbeCap;
    request.deadline = m_settings.deadline;
    return m_client.send(request);
}

Reply<MainPlane> *Probe::main(qsizetype first)
{
    auto *reply = new Reply<MainPlane>(this);
    const auto walk = std::make_shared<Walk>();
    walk->reply = reply;
    for (qsizetype i = 0; i < m_settings.servers.size(); ++i) {
        const qsizetype index = (first + i) % m_settings.servers.size();
        walk->servers.append(m_settings.servers.at(index));
        walk->indices.append(index);
    }
    walk->at = -1;
    nextServer(walk, Error{Error::Kind::Usage, u"the connection has no server address"_s, 0, false});
    return reply;
}

void Probe::nextServer(const std::shared_ptr<Walk> &walk, const Error &why)
{
    // A refused certificate or login says more than "no connection" of a later one.
    const auto weight = [](const Error &error) { return isOutOfReach(error) ? 0 : 1; };
    if (walk->at <= 0 || weight(why) >= weight(*walk->error))
        walk->error = why;
    if (!walk->reply)
        return;
    if (++walk->at >= walk->servers.size())
        return walk->reply->settle(fail(*walk->error));
    const QString own = walk->servers.at(walk->at).contextPath;
    walk->contexts = {own, own.isEmpty() ? u"/nacos"_s : QString()};
    walk->context = 0;
    walk->sentOn.reset();
    askState(walk);
}

void Probe::nextContext(const std::shared_ptr<Walk> &walk, const Error &why)
{
    if (++walk->context >= walk->contexts.size())
        return nextServer(walk, why);
    askState(walk);
}

void Probe::askState(const std::shared_ptr<Walk> &walk)
{
    if (!walk->reply)
        return;
    const ServerAddress address = walk->address();
    const QString path = u"/v3/admin/core/state"_s;
    get(net::makeUrl(address.base(), path), m_settings.headers)
        ->then(walk->reply, [this, walk, address, path](const Result<net::HttpResponse> &response) {
            if (!response)
                return nextServer(walk, response.error());
            const QString target = sentOnTo(*response, path);
            if (!target.isEmpty() && !walk->sentOn)
                walk->sentOn =
                    Error{Error::Kind::BadReply,
                          u"%1 sends on to %2 – if that is the registry, give the connection that address; nothing was sent there"_s.arg(
                              address.origin.toString(), target),
                          response->status, false};
            MainPlane found;
            found.server = walk->indices.at(walk->at);
            found.address = address;
            PlaneState plane{true, address.base().toString(), response->status, {}, response->elapsed.count()};
            const auto data = openEnvelope(answerOf(*response), Envelope::Result);
            if (data && data->isObject()) {
                readServerState(data->toObject(), found.capabilities);
                if (found.capabilities.generation == Generation::Unknown)
                    found.capabilities.generation = Generation::V3_0;
                found.capabilities.planes.insert(Plane::Admin, plane);
                return walk->reply->settle(found);
            }
            const Error why = data ? Error{Error::Kind::Unsupported, u"not a Nacos registry"_s, response->status, false} : data.error();
            switch (why.kind) {
            case Error::Kind::Forbidden:
                return askHealth(walk, plane);
            case Error::Kind::Auth:
            case Error::Kind::RateLimited:
            case Error::Kind::Network:
            case Error::Kind::Timeout:
                return nextServer(walk, why);
            default:
                askLegacy(walk);
            }
        });
}

void Probe::askLegacy(const std::shared_ptr<Walk> &walk)
{
    const ServerAddress address = walk->address();
    get(net::makeUrl(address.base(), u"/v1/console/server/state"_s), m_settings.headers)
        ->then(walk->reply, [this, walk, address](const Result<net::HttpResponse> &response) {
            if (!response)
                return nextServer(walk, response.error());
            const auto data = openEnvelope(answerOf(*response), Envelope::Flat);
            MainPlane found;
            if (data)
                readServerState(data->toObject(), found.capabilities);
            if (found.capabilities.generation == Generation::Unknown)
                return askRnacos(walk);
            found.server = walk->indices.at(walk->at);
            found.address = address;
            found.capabilities.planes.insert(Plane::Legacy,
                                             {true, address.base().toString(), response->status, {}, response->elapsed.count()});
            walk->reply->settle(found);
        });
}

/// The state page is refused. r-nacos with logins refuses every path below /nacos, known or not, and has a page of its own beside it; else
/// somebody closed the state page, and the rest of the admin plane is there.
void Probe::askHealth(const std::shared_ptr<Walk> &walk, const PlaneState &plane)
{
    get(net::makeUrl(walk->address().origin, u"/health"_s), m_settings.headers)
        ->then(walk->reply, [walk, plane](const Result<net::HttpResponse> &response) {
            MainPlane found;
            found.server = walk->indices.at(walk->at);
            found.address = walk->address();
            const bool rnacos = response && response->status == 200 && response->body.trimmed() == "success";
            found.capabilities.generation = rnacos ? Generation::V2 : Generation::V3_0;
            if (rnacos)
                found.capabilities.version = u"r-nacos"_s;
            found.capabilities.planes.insert(rnacos ? Plane::Legacy : Plane::Admin, plane);
            walk->reply->settle(found);
        });
}

void Probe::askRnacos(const std::shared_ptr<Walk> &walk)
{
    const ServerAddress address = walk->address();
    get(net::makeUrl(address.base(), u"/v1/ns/operator/switches"_s), m_settings.headers)
        ->then(walk->reply, [this, walk, address](const Result<net::HttpResponse> &response) {
            if (!response)
                return nextServer(walk, response.error());
            const auto data = openEnvelope(answerOf(*response), Envelope::Flat);
            const QString name = data ? data->toObject().value("name"_L1).toString() : QString();
            if (name != "R-NACOS"_L1)
                return nextContext(
                    walk,
                    walk->sentOn.value_or(Error{Error::Kind::Unsupported,
                                                u"%1 answers, but it is not a Nacos registry"_s.arg(address.origin.toString()),
                                                response->status, false}));
            MainPlane found;
            found.server = walk->indices.at(walk->at);
            found.address = address;
            found.capabilities.generation = Generation::V2;
            found.capabilities.version = u"r-nacos"_s;
            found.capabilities.planes.insert(Plane::Legacy,
                                             {true, address.base().toString(), response->status, {}, response->elapsed.count()});
            walk->reply->settle(found);
        });
}

Reply<ConsolePlane> *Probe::console(const std::optional<MainPlane> &main)
{
    auto *reply = new Reply<ConsolePlane>(this);
    ConsolePlane none;
    none.state.problem = u"no address to try"_s;
    if (main && m_settings.consolesAre == Settings::Consoles::Guessed)
        askTip(reply, *main, none);
    else
        askConsole(reply, {m_settings.consoles, m_settings.consolesAre == Settings::Consoles::Named ? Trust::Named : Trust::Guessed, {}},
                   none);
    return reply;
}

/// The port that the server itself names is its console. What merely answers at the usual port may be anybody's.
void Probe::askTip(const QPointer<Reply<ConsolePlane>> &reply, const MainPlane &main, const ConsolePlane &before)
{
    get(net::makeUrl(main.address.base(), u"/"_s), m_settings.headers)
        ->then(reply, [this, reply, main, before](const Result<net::HttpResponse> &response) {
            const int port = response && response->isSuccess() ? consolePortOf(response->body) : 0;
            QUrl url = main.address.origin;
            url.setPort(port);
            if (port == 0)
                return askConsole(reply, {m_settings.consoles, Trust::Guessed, {}}, before);
            askConsole(reply, {{url}, Trust::NamedByServer, main.capabilities.version}, before);
        });
}

void Probe::askConsole(const QPointer<Reply<ConsolePlane>> &reply, const Consoles &consoles, const ConsolePlane &before)
{
    if (!reply)
        return;
    if (consoles.urls.isEmpty())
        return reply->settle(before);
    const QUrl url = consoles.urls.first();
    get(net::makeUrl(url, u"/v3/console/server/state"_s), consoles.trust == Trust::Named ? m_settings.headers : net::HttpHeaders())
        ->then(reply, [this, reply, consoles, url](const Result<net::HttpResponse> &response) {
            ConsolePlane plane;
            plane.state.url = url.toString();
            const auto next = [&] {
                Consoles rest = consoles;
                rest.urls.removeFirst();
                askConsole(reply, rest, plane);
            };
            if (!response) {
                plane.state.problem = response.error().message;
                return next();
            }
            plane.state.status = response->status;
            plane.state.milliseconds = response->elapsed.count();
            const auto data = openEnvelope(answerOf(*response), Envelope::Flat);
            Capabilities facts;
            if (data)
                readServerState(data->toObject(), facts);
            if (facts.version.isEmpty()) {
                plane.state.problem = data ? u"not the console of a Nacos registry"_s : data.error().message;
                return next();
            }
            if (consoles.trust == Trust::Guessed) {
                plane.state.problem = u"something answers there, but the server does not name it as its console; not used unless the "
                                      "connection names it"_s;
                return next();
            }
            if (consoles.trust == Trust::NamedByServer && !consoles.version.isEmpty() && facts.version != consoles.version) {
                plane.state.problem = u"answers as version %1, the server is %2: not used unless the connection names it"_s.arg(
                    facts.version, consoles.version);
                return next();
            }
            plane.state.reachable = true;
            plane.version = facts.version;
            if (data->toObject().contains("auth_admin_request"_L1))
                plane.needsFirstAdmin = facts.needsFirstAdmin;
            reply->settle(plane);
        });
}

Reply<bool> *Probe::loginNeeded(const MainPlane &main)
{
    auto *reply = new Reply<bool>(this);
    const bool legacy = main.capabilities.has(Plane::Legacy);
    const QUrl url = legacy
        ? net::makeUrl(main.address.base(), u"/v1/cs/configs"_s,
                       {{u"search"_s, u"accurate"_s}, {u"dataId"_s, {}}, {u"group"_s, {}}, {u"pageNo"_s, u"1"_s}, {u"pageSize"_s, u"1"_s}})
        : net::makeUrl(main.address.base(), u"/v3/admin/core/namespace/list"_s);
    follow(reply, get(url, m_settings.headers), [](const Result<net::HttpResponse> &response) -> Result<bool> {
        if (!response)
            return fail(response.error());
        return response->status == 401 || response->status == 403;
    });
    return reply;
}

} // namespace core::nacos
