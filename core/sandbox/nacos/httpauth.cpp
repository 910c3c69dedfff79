// SPDX-License-Identifier: GPL-3.0-or-later
// Login and what belongs to the first administrator, on both planes.
#include "core/sandbox/nacos/httpapi.h"

using namespace Qt::StringLiterals;

namespace core::sandbox::nacos {

namespace {

enum class LoginApi { V3, V1 };

/// The refusals are a collection of accidents that clients have to live with.
HttpResponse refusal(const Services &with, const ApiCall &call, LoginApi api, UserStore::Login why)
{
    const QString path = QString::fromUtf8(call.request.path);
    const QString user = call.parameters.value(u"username"_s);
    const bool unknown = why == UserStore::Login::UnknownUser && !user.isEmpty();
    if (!with.generation.hasV3() && !unknown)
        return HttpResponse::text(u"user not found!"_s, 403);
    if (call.plane == Plane::Console || !with.generation.hasV3()) {
        return unknown ? HttpResponse::text(u"caused: User %1 not found;"_s.arg(user), 500)
                       : HttpResponse::text(UserStore::refusalText(UserStore::Refusal::NoCredentials), 403);
    }
    if (api == LoginApi::V1)
        return servletError(500, u"Handle API Compatibility failed, please see log for detail."_s, path);
    return unknown ? servletError(403, u"Access Denied"_s, path) : servletError(500, u"No message available"_s, path);
}

void login(const Services &with, const ApiCall &call, LoginApi api)
{
    const QString user = call.parameters.value(u"username"_s), password = call.parameters.value(u"password"_s);
    if (with.users.isLoginRequired()) {
        const UserStore::Login result = with.users.login(user, password);
        if (result != UserStore::Login::Accepted)
            return call.send(refusal(with, call, api, result));
    }
    const QString token = with.users.issueToken(user);
    HttpResponse response = HttpResponse::json(QJsonObject{{u"accessToken"_s, token},
                                                           {u"tokenTtl"_s, with.users.tokenSeconds()},
                                                           {u"globalAdmin"_s, true},
                                                           {u"username"_s, user.isEmpty() ? u"nacos"_s : user}});
    response.headers.append({"Authorization"_ba, "Bearer " + token.toLatin1()});
    call.send(response);
}

QJsonObject onePage(const QJsonArray &items)
{
    return pageOf(items, items.size(), 1, 100);
}

/// There is one user, and it may do everything; what a console's pages of users, roles and permissions show of that.
void addReads(HttpApi &api)
{
    const Services &with = api.services();
    if (!with.generation.hasV3())
        return;
    using Right = HttpApi::Right;
    const auto user = [&with] { return with.users.admin().isEmpty() ? u"nacos"_s : with.users.admin(); };
    // No hash leaves here: the member is what clients expect, its value helps nobody.
    api.add("GET", "/v3/auth/user/list", Right::LoggedIn, [user](const ApiCall &call) {
        call.send(success(onePage({QJsonObject{{u"username"_s, user()}, {u"password"_s, QString()}}})));
    });
    api.add("GET", "/v3/auth/user/search", Right::LoggedIn, [user](const ApiCall &call) {
        call.send(success(user().contains(call.parameters.value(u"username"_s)) ? QJsonArray{user()} : QJsonArray()));
    });
    api.add("GET", "/v3/auth/role/list", Right::LoggedIn, [user](const ApiCall &call) {
        call.send(success(onePage({QJsonObject{{u"role"_s, u"ROLE_ADMIN"_s}, {u"username"_s, user()}}})));
    });
    api.add("GET", "/v3/auth/permission/list", Right::LoggedIn, [](const ApiCall &call) { call.send(success(onePage({}))); });
}

} // namespace

void addAuthRoutes(HttpApi &api)
{
    const Services &with = api.services();
    using Right = HttpApi::Right;
    if (with.generation.hasV3()) {
        api.add("POST", "/v3/auth/user/login", Right::Open, [&with](const ApiCall &call) { login(with, call, LoginApi::V3); });
        api.add("POST", "/v3/auth/user/admin", Right::Open, [](const ApiCall &call) {
            // There always is one: the option --auth names it, and without the option nobody needs one.
            call.send(HttpResponse::json(
                QJsonObject{{u"code"_s, 409}, {u"message"_s, u"have admin user cannot use it."_s}, {u"data"_s, QJsonValue::Null}}));
        });
    }
    addReads(api);
    if (api.plane() == Plane::Console && !with.generation.answersGone())
        return;
    if (api.plane() == Plane::Main && !with.generation.hasV3()) {
        api.add("POST", "/v1/auth/users/admin", Right::Open,
                [](const ApiCall &call) { call.send(HttpResponse::text(u"have admin user cannot use it"_s, 409)); });
    }
    for (const char *path : {"/v1/auth/login", "/v1/auth/users/login"}) {
        api.add("POST", path, Right::Open, [&with](const ApiCall &call) { login(with, call, LoginApi::V1); });
    }
}

} // namespace core::sandbox::nacos
