// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sandbox/common/faults.h"
#include "core/sandbox/common/httpserver.h"
#include "core/sandbox/nacos/configwatch.h"
#include "core/sandbox/nacos/faultgate.h"
#include "core/sandbox/nacos/longpolls.h"
#include "core/sandbox/nacos/namespacestore.h"
#include "core/sandbox/nacos/userstore.h"

#include <QJsonObject>

namespace core::sandbox::nacos {

/// What the HTTP planes work on, and what they say about the server.
struct Services {
    ConfigStore &configs;
    NamespaceStore &spaces;
    const UserStore &users;
    ConfigWatch &watch;
    ConnectionHub &hub;
    LongPolls &polls;
    Faults &faults;
    const Clock &clock;
    Generation generation;
    quint16 port = 0, consolePort = 0; ///< 0: off
    bool logRequests = false;
};

enum class Plane {
    Main,   ///< `/nacos/…`: admin, client, legacy, auth
    Console ///< `/v3/console/…`, auth
};

/// One request on its way through the API; copied into whatever answers later.
struct ApiCall {
    HttpRequest request;
    HttpParameters parameters;
    QString path; ///< without the context path
    Plane plane = Plane::Main;
    UserStore::Identity identity;
    HttpResponder responder;
    void send(const HttpResponse &response) const { responder.send(response); }
};

/// The routes of one plane. Lives in the thread of its HttpServer.
class HttpApi {
    Q_DISABLE_COPY_MOVE(HttpApi)
public:
    enum class Right { Open, LoggedIn };
    using Handler = std::function<void(const ApiCall &)>;

    HttpApi(Plane plane, const Services &services);

    void add(const char *method, const char *path, Right right, Handler handler);
    void handle(const HttpRequest &request, const HttpResponder &responder) const;
    const Services &services() const { return m_services; }
    Plane plane() const { return m_plane; }

private:
    struct Route {
        Right right = Right::LoggedIn;
        Handler handler;
    };
    void route(const HttpRequest &request, const HttpResponder &responder) const;
    HttpResponse unknownPath(const HttpRequest &request) const;
    HttpResponse wrongMethod(const HttpRequest &request, const QList<QByteArray> &allowed) const;

    const Plane m_plane;
    const Services &m_services;
    const FaultGate m_gate;
    QHash<QString, QHash<QByteArray, Route>> m_routes; ///< by path, then by method
};

// The routes, by area; each in its own file.
void addCoreRoutes(HttpApi &api);    ///< namespaces, state, cluster: /v3/admin/core, /v3/console/core, /v3/console/server
void addConfigRoutes(HttpApi &api);  ///< configurations: /v3/admin/cs, /v3/client/cs, /v3/console/cs
void addHistoryRoutes(HttpApi &api); ///< history and listeners of the same bases
void addAuthRoutes(HttpApi &api);    ///< /v3/auth, /v1/auth
void addV2Routes(HttpApi &api);      ///< /v2 of 2.4
void addLegacyRoutes(HttpApi &api);  ///< /v1: for older SDKs, and the consoles' part of 2.x

// Answers as the real server spells them.
HttpResponse success(const QJsonValue &data);
struct ApiError {
    int status = 500, code = 30000;
    QString abstract; ///< the generic text of the code
    QString detail;
};
HttpResponse failure(const ApiError &error);
HttpResponse parameterMissing(const QString &name);
HttpResponse formParameterMissing(const QString &name);
HttpResponse requestParameterMissing(const QString &name, QLatin1StringView type = QLatin1StringView("String"));
/// A text where the real server expects a number: its framework refuses it, with another status than its own checks.
HttpResponse notConvertible(const QString &name, QLatin1StringView type, const QString &text);
/// The result that is neither: HTTP 200, but not done.
HttpResponse refusedSoftly(int code, const QString &message);
HttpResponse badParameter(const QString &detail);
/// 3.0 and 3.1 about what 2.x had.
HttpResponse goneAnswer(const QString &path);
HttpResponse notWritten();
/// The servlet container's own error page in its JSON form.
HttpResponse servletError(int status, const QString &message, const QString &path);
QJsonObject pageOf(const QJsonArray &items, qint64 total, int number, int size);

struct PageRequest {
    int number = 1, size = 100;
    qint64 offset() const { return qint64(number - 1) * size; }
};
tl::expected<PageRequest, HttpResponse> pageRequest(const HttpParameters &parameters);

} // namespace core::sandbox::nacos
