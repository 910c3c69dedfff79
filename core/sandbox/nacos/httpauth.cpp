// SPDX-License-Identifier: GPL-3.0-or-later
// Login and what belongs to the first administrator, on both planes.
#include "core/sandbox/nacos/httpapi.h"

using namespace Qt::StringLiterals;

namespace core::sandbox::nacos {

namespace {

enum class LoginApi { V3, V1 };

/// The refusals are a collection of accidents that clients have to live with (nacos-core.md §5.10).
HttpResponse refusal(const ApiCall &call, LoginApi api, UserStore::Login why)
{
    const QString path = QString::fromUtf8(call.request.path);
    const bool unknown = why == UserStore::Login::UnknownUser;
    if (call.plane == Plane::Console) {
        return unknown ? HttpResponse::text(u"caused: User %1 not found;"_s.arg(call.parameters.value(u"username"_s)), 500)
                       : HttpResponse::text(u"User not found!"_s, 403);
    }
    if (api == LoginApi::V1)
        return servletError(500, u"User not found!"_s, path);
    return unknown ? servletError(403, u"User not found!"_s, path) : servletError(500, u"User not found!"_s, path);
}

void login(const Services &with, const ApiCall &call, LoginApi api)
{
    const QString user = call.parameters.value(u"username"_s), password = call.parameters.value(u"password"_s);
    if (with.users.isLoginRequired()) {
        const UserStore::Login result = with.users.login(user, password);
        if (result != UserStore::Login::Accepted)
            return call.send(refusal(call, api, result));
    }
    const QString token = with.users.issueToken(user);
    HttpResponse response = HttpResponse::json(QJsonObject{{u"accessToken"_s, token},
                                                           {u"tokenTtl"_s, with.users.tokenSeconds()},
                                                           {u"globalAdmin"_s, true},
                                                           {u"username"_s, user.isEmpty() ? u"nacos"_s : user}});
    response.headers.append({"Authorization"_ba, "Bearer " + token.toLatin1()});
    call.send(response);
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
    if (api.plane() == Plane::Console)
        return;
    for (const char *path : {"/v1/auth/login", "/v1/auth/users/login"}) {
        api.add("POST", path, Right::Open, [&with](const ApiCall &call) { login(with, call, LoginApi::V1); });
    }
}

} // namespace core::sandbox::nacos
