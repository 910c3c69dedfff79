// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/nacos/httpapi.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QLoggingCategory>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace core::sandbox::nacos {

namespace {

Q_LOGGING_CATEGORY(logHttp, "signalbox.sandbox.http", QtInfoMsg)

UserStore::Credentials credentialsOf(const HttpRequest &request, const HttpParameters &parameters)
{
    UserStore::Credentials credentials;
    credentials.token = parameters.first(u"accessToken"_s); // a parameter overrides the headers
    const QByteArray authorization = request.header("authorization");
    if (credentials.token.isEmpty() && authorization.startsWith("Bearer "))
        credentials.token = QString::fromUtf8(authorization.sliced(7)).trimmed();
    if (credentials.token.isEmpty())
        credentials.token = QString::fromUtf8(request.header("accesstoken"));
    credentials.user = parameters.first(u"username"_s);
    credentials.password = parameters.first(u"password"_s);
    return credentials;
}

bool changesSomething(const QByteArray &method)
{
    return method != "GET" && method != "HEAD" && method != "OPTIONS";
}

/// A page of some web site must not write here just because the browser can reach loopback. Pages this server's own origin served may.
bool comesFromForeignPage(const HttpRequest &request)
{
    if (!request.hasHeader("origin"))
        return false;
    const QUrl origin(QString::fromUtf8(request.header("origin")));
    static const QStringList own{u"127.0.0.1"_s, u"localhost"_s, u"::1"_s};
    return !own.contains(origin.host()) || origin.authority() != QString::fromUtf8(request.header("host"));
}

/// Paths of v1 and v2 that 3.0 and 3.1 answer with 410.
bool isRetired(const QString &path)
{
    static const QStringList retired{u"/v1/console/"_s, u"/v1/cs/"_s, u"/v1/ns/"_s, u"/v1/core/"_s, u"/v2/"_s};
    return std::any_of(retired.begin(), retired.end(), [&path](const QString &prefix) { return path.startsWith(prefix); });
}

} // namespace

HttpResponse success(const QJsonValue &data)
{
    return HttpResponse::json(QJsonObject{{u"code"_s, 0}, {u"message"_s, u"success"_s}, {u"data"_s, data}});
}

HttpResponse failure(const ApiError &error)
{
    return HttpResponse::json(QJsonObject{{u"code"_s, error.code}, {u"message"_s, error.abstract}, {u"data"_s, error.detail}},
                              error.status);
}

HttpResponse parameterMissing(const QString &name)
{
    return failure({400, 10000, u"parameter missing"_s, u"Required parameter '%1' type String is not present"_s.arg(name)});
}

HttpResponse formParameterMissing(const QString &name)
{
    return failure({400, 10000, u"parameter missing"_s, u"required parameter '%1' is missing"_s.arg(name)});
}

HttpResponse requestParameterMissing(const QString &name, QLatin1StringView type)
{
    return failure({400, 10000, u"parameter missing"_s,
                    u"Required request parameter '%1' for method parameter type %2 is not present"_s.arg(name, type)});
}

HttpResponse notConvertible(const QString &name, QLatin1StringView type, const QString &text)
{
    const QString message = u"Method parameter '%1': Failed to convert value of type 'java.lang.String' to required type '%2'; "
                            "For input string: \"%3\""_s.arg(name, type, text);
    return HttpResponse::json(QJsonObject{{u"code"_s, 30000}, {u"message"_s, message}, {u"data"_s, QJsonValue::Null}}, 500);
}

HttpResponse refusedSoftly(int code, const QString &message)
{
    return HttpResponse::json(QJsonObject{{u"code"_s, code}, {u"message"_s, message}, {u"data"_s, false}});
}

HttpResponse badParameter(const QString &detail)
{
    return failure({400, 20002, u"parameter validate error"_s, detail});
}

HttpResponse goneAnswer(const QString &path)
{
    const QString result = u"{\"code\":40000,\"message\":\"Current API will be deprecated, please use API(s) of v3 instead, or set "
                           "`nacos.core.api.compatibility.admin.enabled=true` in application.properties.\"}"_s;
    return servletError(410, result, path);
}

HttpResponse notWritten()
{
    return failure({500, 10002, u"data access error"_s, u"the sandbox could not write its data folder"_s});
}

HttpResponse servletError(int status, const QString &message, const QString &path)
{
    const QString now = QDateTime::currentDateTimeUtc().toString(u"yyyy-MM-ddTHH:mm:ss.zzz"_s) + u"+00:00"_s;
    return HttpResponse::json(QJsonObject{{u"timestamp"_s, now},
                                          {u"status"_s, status},
                                          {u"error"_s, QString::fromLatin1(reasonPhrase(status))},
                                          {u"message"_s, message},
                                          {u"path"_s, path}},
                              status);
}

QJsonObject pageOf(const QJsonArray &items, qint64 total, int number, int size)
{
    return {{u"totalCount"_s, total}, {u"pageNumber"_s, number}, {u"pagesAvailable"_s, (total + size - 1) / size}, {u"pageItems"_s, items}};
}

tl::expected<PageRequest, HttpResponse> pageRequest(const HttpParameters &parameters)
{
    PageRequest page;
    const std::pair<QString, int *> members[] = {{u"pageNo"_s, &page.number}, {u"pageSize"_s, &page.size}};
    for (const auto &[name, target] : members) {
        const auto text = parameters.find(name);
        if (!text || text->isEmpty())
            continue;
        bool ok = false;
        *target = text->toInt(&ok);
        if (!ok)
            return tl::unexpected(notConvertible(name, "int"_L1, *text));
        if (*target < 1)
            return tl::unexpected(
                badParameter(u"Required parameter '%1' should be positive integer, current is %2"_s.arg(name).arg(*target)));
    }
    return page;
}

HttpApi::HttpApi(Plane plane, const Services &services)
    : m_plane(plane)
    , m_services(services)
    , m_gate(services.faults, plane == Plane::Main ? FaultGate::Control::Here : FaultGate::Control::Elsewhere, &services.polls)
{
    addAuthRoutes(*this);
    addCoreRoutes(*this);
    addConfigRoutes(*this);
    addHistoryRoutes(*this);
    if (plane == Plane::Main) {
        addLegacyRoutes(*this);
        addV2Routes(*this);
    }
}

void HttpApi::add(const char *method, const char *path, Right right, Handler handler)
{
    m_routes[QString::fromLatin1(path)].insert(QByteArray(method), Route{right, std::move(handler)});
}

void HttpApi::handle(const HttpRequest &request, const HttpResponder &responder) const
{
    // Without the query: SDKs put passwords and tokens there.
    if (m_services.logRequests)
        qCInfo(logHttp).noquote() << request.method << QString::fromUtf8(request.path);
    m_gate.pass(request, responder, [this](const HttpRequest &passed, const HttpResponder &answer) { route(passed, answer); });
}

HttpResponse HttpApi::unknownPath(const HttpRequest &request) const
{
    const QString path = QString::fromUtf8(request.path);
    if (m_plane == Plane::Main)
        return servletError(404, u"No endpoint %1 %2."_s.arg(QString::fromLatin1(request.method), path), path);
    QString resource = path.mid(1);
    if (resource.endsWith(u'/'))
        resource.chop(1);
    return HttpResponse::text(u"caused: No static resource %1.;"_s.arg(resource), 500);
}

HttpResponse HttpApi::wrongMethod(const HttpRequest &request, const QList<QByteArray> &allowed) const
{
    const QString method = QString::fromLatin1(request.method);
    QList<QByteArray> methods = allowed;
    std::sort(methods.begin(), methods.end());
    if (request.method == "OPTIONS") {
        HttpResponse response;
        response.contentType.clear();
        response.headers.append({"Allow"_ba, methods.join(',') + ",HEAD,OPTIONS"});
        return response;
    }
    if (m_plane == Plane::Console)
        return HttpResponse::text(u"caused: Request method &#39;%1&#39; is not supported;"_s.arg(method.toHtmlEscaped()), 500);
    HttpResponse response = servletError(405, u"Method '%1' is not supported."_s.arg(method), QString::fromUtf8(request.path));
    response.headers.append({"Allow"_ba, methods.join(", ")});
    return response;
}

void HttpApi::route(const HttpRequest &request, const HttpResponder &responder) const
{
    const QString whole = QString::fromUtf8(request.path);
    QString path = whole;
    if (m_plane == Plane::Main) {
        if (path == u"/nacos") {
            HttpResponse redirect = HttpResponse::text({}, 302);
            redirect.headers.append({"Location"_ba, "/nacos/"_ba});
            return responder.send(redirect);
        }
        if (!path.startsWith(u"/nacos/"))
            return responder.send(unknownPath(request));
        path.remove(0, 6);
    }
    if (changesSomething(request.method) && comesFromForeignPage(request))
        return responder.send(servletError(403, u"requests from web pages of another origin may not write here"_s, whole));
    const auto found = m_routes.constFind(path);
    const QByteArray method = request.method == "HEAD" ? "GET"_ba : request.method;
    if (found == m_routes.cend() || !found->contains(method)) {
        const bool known = found != m_routes.cend();
        if (m_services.generation.answersGone() && m_plane == Plane::Main && isRetired(path) && (!known || request.method == "GET"))
            return responder.send(goneAnswer(whole));
        return responder.send(known ? wrongMethod(request, found->keys()) : unknownPath(request));
    }
    ApiCall call{request, request.parameters(), path, m_plane, {}, responder};
    const Route route = found->value(method);
    if (route.right == Right::LoggedIn) {
        const auto identity = m_services.users.check(credentialsOf(request, call.parameters));
        if (!identity) {
            const bool old = !m_services.generation.hasV3();
            const QString text = old && identity.error() == UserStore::Refusal::NoCredentials
                ? u"user not found!"_s
                : (old ? u"%1"_s : u"Code: 401, Message: %1."_s).arg(UserStore::refusalText(identity.error()));
            return responder.send(servletError(403, text, whole));
        }
        call.identity = *identity;
    }
    route.handler(call);
}

} // namespace core::sandbox::nacos
