// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nacos/config/configclient.h"
#include "core/nacos/wire/configmessages.h"
#include "core/nacos/wire/internalmessages.h"
#include "tests/core/nacos/fixture.h"

namespace tests {

/// What a server says over gRPC instead of an answer of `type`.
inline core::nacos::wire::Message refusal(const char *type, int code, const QString &why)
{
    core::nacos::wire::PlainResponse response;
    response.head = core::nacos::wire::ResponseHead::failure(code, why);
    return {type, {}, {}, response.toBody()};
}

/// A live session on the fakes, gRPC included, and the client of its configurations.
struct LiveClient {
    NacosFixture f;
    std::unique_ptr<core::nacos::Session> session;
    std::unique_ptr<core::nacos::ConfigClient> configs;

    bool open()
    {
        session = f.session();
        const auto opened = await(session->open());
        configs = std::make_unique<core::nacos::ConfigClient>(*session, core::nacos::ConfigClient::Collaborators());
        return opened && *opened && session->state() == core::nacos::SessionState::Live;
    }
    qsizetype queries() const { return f.grpc.seen(core::nacos::wire::ConfigQueryRequest::typeName).size(); }
};

} // namespace tests
