// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/httpclient.h"

namespace tests {

inline core::net::HttpSettings plain()
{
    core::net::HttpSettings settings;
    settings.proxy.kind = core::net::ProxyPolicy::Kind::None;
    return settings;
}

inline core::net::HttpRequest get(const QUrl &url)
{
    core::net::HttpRequest request;
    request.url = url;
    return request;
}

inline core::net::HttpRequest post(const QUrl &url, const QByteArray &body)
{
    core::net::HttpRequest request;
    request.method = "POST";
    request.url = url;
    request.body = body;
    request.contentType = "application/x-www-form-urlencoded";
    return request;
}

} // namespace tests
