// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nacos/wire/configmessages.h"
#include "core/sandbox/nacos/configwatch.h"
#include "core/sandbox/nacos/userstore.h"

namespace core::sandbox::nacos {

/// Answers the requests of the SDKs: the gateway's order of checks, then the handlers (nacos-core.md §2.3, §3). Knows no gRPC; called in
/// gRPC's threads.
class GrpcDispatcher final : public RpcHandler {
public:
    struct Collaborators {
        ConfigStore &configs;
        ConfigWatch &watch;
        ConnectionHub &hub;
        const UserStore &users;
        Generation generation;
    };
    explicit GrpcDispatcher(const Collaborators &collaborators);

    void request(const std::string &peer, const wire::Message &request, Answer answer) const override;
    void streamed(const std::string &peer, const wire::Message &message, const std::shared_ptr<PushChannel> &channel) const override;
    void streamEnded(const std::string &peer, const PushChannel *channel) const override;

private:
    struct Call {
        const wire::Message &message;
        ConnectionPtr connection;
        Answer answer;
        UserStore::Identity identity;
    };
    struct Handler {
        const char *type, *answerType;
        void (GrpcDispatcher::*handle)(Call &call) const;
        bool secured;
    };
    static const Handler *handlerFor(const QByteArray &type);
    void fail(const Call &call, const char *answerType, int code, const QString &message) const;

    void healthCheck(Call &call) const;
    void query(Call &call) const;
    void publish(Call &call) const;
    void remove(Call &call) const;
    void listen(Call &call) const;
    void fuzzyWatch(Call &call) const;

    const Collaborators m_with;
};

} // namespace core::sandbox::nacos
