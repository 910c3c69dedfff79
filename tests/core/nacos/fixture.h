// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/redactor.h"
#include "core/nacos/registry.h"
#include "core/net/grpc/grpcruntime.h"
#include "core/profiles/profile.h"
#include "core/store/home.h"
#include "core/store/mirror.h"
#include "core/store/overrides.h"
#include "tests/support/await.h"
#include "tests/support/fakehttpserver.h"
#include "tests/support/fakesecretstore.h"
#include "tests/support/nacos/fakenacosgrpc.h"
#include "tests/support/temphome.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>

namespace tests {

/// A Nacos server made of the two fakes, and everything a session needs.
struct NacosFixture {
    FakeHttpServer http;
    FakeHttpServer console;
    FakeNacosGrpc grpc;
    FakeSecretStore secrets;
    core::net::GrpcRuntime runtime;
    core::profiles::Profile profile;

    NacosFixture()
    {
        profile.slug = QStringLiteral("test");
        profile.name = QStringLiteral("Test");
        profile.servers = {http.url().toString()};
        profile.consoleUrl = console.url().toString();
        profile.grpcPort = grpc.port();
        profile.proxy.kind = core::profiles::Proxy::Kind::None;
        profile.callTimeout = std::chrono::seconds(5);
        speak("3.1.0");
    }

    static HttpAnswer result(const QJsonValue &data, int code = 0, int status = 200)
    {
        return HttpAnswer::json(QJsonDocument(QJsonObject{{QStringLiteral("code"), code},
                                                          {QStringLiteral("message"), QStringLiteral("success")},
                                                          {QStringLiteral("data"), data}})
                                    .toJson(QJsonDocument::Compact),
                                status);
    }
    static HttpAnswer servlet(int status, const QByteArray &message)
    {
        return HttpAnswer::json(R"({"timestamp":"2025-01-01T00:00:00.000+00:00","status":)" + QByteArray::number(status) +
                                    R"(,"error":"Error","message":")" + message + R"(","path":"/nacos/x"})",
                                status);
    }
    static HttpAnswer text(const QByteArray &body, int status = 200)
    {
        HttpAnswer answer = HttpAnswer::json(body, status);
        answer.contentType = "text/plain";
        return answer;
    }

    /// State pages of a 3.x server.
    void speak(const char *version)
    {
        const QJsonObject state{{QStringLiteral("version"), QLatin1String(version)},
                                {QStringLiteral("startup_mode"), QStringLiteral("standalone")},
                                {QStringLiteral("maxContent"), QStringLiteral("10485760")},
                                {QStringLiteral("config_retention_days"), QStringLiteral("30")}};
        http.on("GET", QStringLiteral("/nacos/v3/admin/core/state"), result(state));
        http.on("GET", QStringLiteral("/nacos/v3/admin/core/namespace/list"), result(QJsonArray()));
        QJsonObject flat = state;
        flat.insert(QStringLiteral("auth_admin_request"), QStringLiteral("false"));
        console.on("GET", QStringLiteral("/v3/console/server/state"), HttpAnswer::json(QJsonDocument(flat).toJson()));
    }
    void usePassword(const QString &password = QStringLiteral("right-password"))
    {
        profile.auth.kind = core::profiles::Auth::Kind::Password;
        profile.auth.user = QStringLiteral("nacos");
        secrets.secrets[core::profiles::secretKey(profile.slug, core::profiles::Secret::Password)] = password;
    }
    /// Hands out `token` for the right password.
    void serveLogin(const QByteArray &token = "token-one", qint64 ttl = 18000)
    {
        http.on("POST", QStringLiteral("/nacos/v3/auth/user/login"), [token, ttl](const HttpSeen &seen) {
            if (seen.form(QStringLiteral("password")) != QLatin1String("right-password"))
                return servlet(500, "caused: User nacos not found or password error");
            return HttpAnswer::json(R"({"accessToken":")" + token + R"(","tokenTtl":)" + QByteArray::number(ttl) +
                                    R"(,"globalAdmin":true,"username":"nacos"})");
        });
    }
    core::nacos::Session::Collaborators collaborators() { return {runtime, secrets}; }
    std::unique_ptr<core::nacos::Session> session(core::nacos::Session::Use use = core::nacos::Session::Use::Interactive)
    {
        return std::make_unique<core::nacos::Session>(profile, collaborators(), use);
    }
};

} // namespace tests
