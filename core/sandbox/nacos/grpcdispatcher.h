// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nacos/wire/configmessages.h"
#include "core/sandbox/nacos/configwatch.h"
#include "core/sandbox/nacos/userstore.h"

#include <functional>

namespace core::sandbox::nacos {

/// Answers the requests of the SDKs: the gateway's order of checks, then the handlers. Knows no gRPC; called in
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
    using Prepared = std::function<void(const GrpcDispatcher &dispatcher, Call &call)>;
    struct Handler {
        const char *type, *answerType;
        Result<Prepared> (*prepare)(const QByteArray &body);
        bool secured;
    };
    template <class Request, void (GrpcDispatcher::*Handle)(Call &, const Request &) const>
    static Result<Prepared> prepared(const QByteArray &body);
    static Result<Prepared> preparedHealthCheck(const QByteArray &body);
    static const Handler *handlerFor(const QByteArray &type);
    void fail(const Call &call, const char *answerType, int code, const QString &message) const;

    void query(Call &call, const wire::ConfigQueryRequest &request) const;
    void publish(Call &call, const wire::ConfigPublishRequest &request) const;
    void remove(Call &call, const wire::ConfigRemoveRequest &request) const;
    void listen(Call &call, const wire::ConfigBatchListenRequest &request) const;
    void fuzzyWatch(Call &call, const wire::ConfigFuzzyWatchRequest &request) const;

    const Collaborators m_with;
};

} // namespace core::sandbox::nacos
