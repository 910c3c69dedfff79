// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/nacos/grpcdispatcher.h"

#include "core/base/utf8.h"
#include "core/sandbox/nacos/paramcheck.h"

using namespace Qt::StringLiterals;

namespace core::sandbox::nacos {

namespace {

wire::Message plain(const char *type, const wire::ResponseHead &head)
{
    return {QByteArray(type), {}, {}, wire::PlainResponse{head}.toBody()};
}

wire::ResponseHead failure(int code, const QString &message)
{
    return wire::ResponseHead::failure(code, message);
}

UserStore::Credentials credentialsOf(const wire::Message &message)
{
    UserStore::Credentials credentials;
    credentials.token = QString::fromUtf8(message.headers.value("accessToken"));
    if (credentials.token.isEmpty()) {
        const QByteArray authorization = message.headers.value("Authorization");
        if (authorization.startsWith("Bearer "))
            credentials.token = QString::fromUtf8(authorization.sliced(7));
    }
    credentials.user = QString::fromUtf8(message.headers.value("username"));
    credentials.password = QString::fromUtf8(message.headers.value("password"));
    return credentials;
}

std::optional<QString> checked(const wire::ConfigContext &key)
{
    return checkIdentity({key.tenant, key.group, key.dataId});
}

std::optional<QString> added(const wire::ConfigPublishRequest &request, const QString &name)
{
    // An empty string clears what was there, as on the real server; only what is not sent at all is kept.
    const auto it = request.additions.constFind(name);
    return it == request.additions.constEnd() ? std::nullopt : std::optional(*it);
}

} // namespace

GrpcDispatcher::GrpcDispatcher(const Collaborators &collaborators)
    : m_with(collaborators)
{
}

/// Reads the body, once; what comes of it waits for the checks between.
template <class Request, void (GrpcDispatcher::*Handle)(GrpcDispatcher::Call &, const Request &) const>
Result<GrpcDispatcher::Prepared> GrpcDispatcher::prepared(const QByteArray &body)
{
    Result<Request> request = Request::fromBody(body);
    if (!request)
        return core::fail(request.error());
    return [request = std::move(*request)](const GrpcDispatcher &dispatcher, Call &call) { (dispatcher.*Handle)(call, request); };
}

/// Nothing in the body is of interest.
Result<GrpcDispatcher::Prepared> GrpcDispatcher::preparedHealthCheck(const QByteArray &body)
{
    if (!body.isEmpty() && !JsonReader::parseObject(body))
        return core::fail(Error::Kind::BadReply, u"Invalid request"_s);
    return [](const GrpcDispatcher &, Call &call) { call.answer(plain("HealthCheckResponse", {})); };
}

const GrpcDispatcher::Handler *GrpcDispatcher::handlerFor(const QByteArray &type)
{
    using D = GrpcDispatcher;
    static constexpr Handler handlers[] = {
        {"HealthCheckRequest", "HealthCheckResponse", &D::preparedHealthCheck, false},
        {"ConfigQueryRequest", "ConfigQueryResponse", &D::prepared<wire::ConfigQueryRequest, &D::query>, true},
        {"ConfigPublishRequest", "ConfigPublishResponse", &D::prepared<wire::ConfigPublishRequest, &D::publish>, true},
        {"ConfigRemoveRequest", "ConfigRemoveResponse", &D::prepared<wire::ConfigRemoveRequest, &D::remove>, true},
        {"ConfigBatchListenRequest", "ConfigChangeBatchListenResponse", &D::prepared<wire::ConfigBatchListenRequest, &D::listen>, true},
        {"ConfigFuzzyWatchRequest", "ConfigFuzzyWatchResponse", &D::prepared<wire::ConfigFuzzyWatchRequest, &D::fuzzyWatch>, true},
    };
    for (const Handler &handler : handlers) {
        if (type == handler.type)
            return &handler;
    }
    return nullptr;
}

void GrpcDispatcher::request(const std::string &peer, const wire::Message &request, Answer answer) const
{
    if (request.type == wire::ServerCheckRequest::typeName) {
        wire::ServerCheckResponse response;
        response.connectionId = QString::fromLatin1(m_with.hub.identify(peer));
        response.supportAbilityNegotiation = true;
        return answer(wire::makeMessage(response));
    }
    const Handler *handler = handlerFor(request.type);
    if (!handler || (request.type == "ConfigFuzzyWatchRequest" && !m_with.generation.hasFuzzyWatch()))
        return answer(plain("ErrorResponse", failure(wire::code::NoHandler, u"RequestHandler Not Found"_s)));
    Call call{request, m_with.hub.registered(peer), std::move(answer), {}};
    if (!call.connection)
        return call.answer(plain("ErrorResponse", failure(wire::code::Unregistered, u"Connection is unregistered."_s)));
    const Result<Prepared> prepared = handler->prepare(request.body);
    if (!prepared)
        return fail(call, "ErrorResponse", wire::code::BadGateway, prepared.error().message);
    if (handler->secured) {
        const auto identity = m_with.users.check(credentialsOf(request));
        if (!identity) {
            return fail(call, handler->answerType, wire::code::NoRight,
                        u"Code: 401, Message: %1."_s.arg(UserStore::refusalText(identity.error())));
        }
        call.identity = *identity;
    }
    (*prepared)(*this, call);
}

void GrpcDispatcher::fail(const Call &call, const char *answerType, int code, const QString &message) const
{
    // It has members that are always there, and clients that do not read it without them.
    if (QByteArrayView(answerType) == wire::ConfigQueryResponse::typeName) {
        wire::ConfigQueryResponse response;
        response.head = failure(code, message);
        return call.answer(wire::makeMessage(response));
    }
    call.answer(plain(answerType, failure(code, message)));
}

void GrpcDispatcher::streamed(const std::string &peer, const wire::Message &message, const std::shared_ptr<PushChannel> &channel) const
{
    if (message.type != wire::ConnectionSetupRequest::typeName)
        return m_with.hub.answered(peer, message);
    const Result<wire::ConnectionSetupRequest> request = wire::ConnectionSetupRequest::fromBody(message.body);
    if (!request)
        return channel->close(u"malformed ConnectionSetupRequest"_s);
    m_with.hub.setUp({peer, *request, QString::fromUtf8(message.clientIp), channel, m_with.generation.abilities()});
}

void GrpcDispatcher::streamEnded(const std::string &peer, const PushChannel *channel) const
{
    m_with.hub.gone(peer, channel);
}

void GrpcDispatcher::query(Call &call, const wire::ConfigQueryRequest &request) const
{
    if (const auto wrong = checked(request.key))
        return fail(call, "ConfigQueryResponse", wire::code::InvalidParameter, u"Param check invalid:"_s + *wrong);
    wire::ConfigQueryResponse response;
    const ConfigPtr config =
        m_with.configs.find({m_with.generation.canonicalSpace(request.key.tenant), request.key.group, request.key.dataId});
    std::optional<Chosen> chosen;
    if (config) {
        const QString label = call.connection->label(u"Vipserver-Tag"_s);
        chosen = choose(*config, {call.connection->clientIp, request.tag.isEmpty() ? label : request.tag});
    }
    // Who asks for a tag gets that tag, or a beta, but never the formal content.
    if (!chosen || (!request.tag.isEmpty() && !chosen->beta && chosen->tag != request.tag)) {
        response.head = failure(wire::code::ConfigNotFound, u"config data not exist"_s);
        response.tag = request.tag;
        return call.answer(wire::makeMessage(response));
    }
    response.content = chosen->content;
    response.contentType = chosen->type;
    response.md5 = chosen->md5;
    response.encryptedDataKey = chosen->encryptedDataKey;
    response.lastModified = chosen->modified;
    response.beta = chosen->beta;
    response.tag = chosen->tag;
    call.answer(wire::makeMessage(response));
}

void GrpcDispatcher::publish(Call &call, const wire::ConfigPublishRequest &request) const
{
    static constexpr char answerType[] = "ConfigPublishResponse";
    if (const auto wrong = checked(request.key))
        return fail(call, answerType, wire::code::InvalidParameter, u"Param check invalid:"_s + *wrong);
    const auto &additions = request.additions;
    const CheckedPublish toCheck{{request.key.tenant, request.key.group, request.key.dataId},
                                 fromUtf8Exactly(request.content),
                                 additions.value(u"tag"_s),
                                 additions.value(u"config_tags"_s),
                                 additions.value(u"desc"_s),
                                 additions.value(u"use"_s),
                                 additions.value(u"effect"_s),
                                 additions.value(u"type"_s),
                                 additions.value(u"schema"_s)};
    if (const auto wrong = checkPublish(toCheck))
        return fail(call, answerType, wire::code::InvalidParameter, *wrong);

    Publish publish;
    publish.key = {m_with.generation.canonicalSpace(request.key.tenant), request.key.group, request.key.dataId};
    publish.content = request.content;
    publish.type = validType(additions.value(u"type"_s));
    publish.appName = added(request, u"appName"_s);
    publish.tags = added(request, u"config_tags"_s);
    publish.description = additions.value(u"desc"_s); // absent clears it
    if (m_with.generation.keepsAbsentDescription())
        publish.description = added(request, u"desc"_s);
    publish.use = additions.value(u"use"_s);
    publish.effect = additions.value(u"effect"_s);
    publish.schema = additions.value(u"schema"_s);
    publish.encryptedDataKey = additions.value(u"encryptedDataKey"_s);
    publish.casMd5 = request.casMd5;
    publish.betaAddresses = additions.value(u"betaIps"_s);
    publish.tag = additions.value(u"tag"_s);
    publish.origin = {additions.value(u"src_user"_s, call.identity.user), call.connection->clientIp};
    if (publish.origin.user.isEmpty())
        publish.origin.user = call.identity.user;
    m_with.configs.publish(publish, [answer = std::move(call.answer)](ConfigStore::Outcome outcome) {
        wire::ResponseHead head;
        switch (outcome) {
        case ConfigStore::Outcome::Done:
            break;
        case ConfigStore::Outcome::CasMismatch:
            head = failure(wire::code::Failed, u"Cas publish fail, server md5 may have changed."_s);
            break;
        case ConfigStore::Outcome::TooManyGrays:
            head = failure(wire::code::Failed, u"gray config version is over max count"_s);
            break;
        case ConfigStore::Outcome::NotWritten:
            head = failure(wire::code::Failed, u"the sandbox could not write its data folder"_s);
            break;
        }
        answer(wire::makeMessage(wire::ConfigPublishResponse{head}));
    });
}

void GrpcDispatcher::remove(Call &call, const wire::ConfigRemoveRequest &request) const
{
    static constexpr char answerType[] = "ConfigRemoveResponse";
    if (const auto wrong = checked(request.key))
        return fail(call, answerType, wire::code::InvalidParameter, u"Param check invalid:"_s + *wrong);
    if (request.key.dataId.isEmpty() || request.key.group.isEmpty())
        return fail(call, answerType, wire::code::InvalidParameter, u"invalid dataId or group"_s);
    const ConfigKey key{m_with.generation.canonicalSpace(request.key.tenant), request.key.group, request.key.dataId};
    const Origin origin{call.identity.user, call.connection->clientIp};
    auto completion = [answer = std::move(call.answer)](ConfigStore::Outcome outcome) {
        const bool done = outcome == ConfigStore::Outcome::Done;
        answer(wire::makeMessage(wire::ConfigRemoveResponse{
            done ? wire::ResponseHead() : failure(wire::code::Failed, u"the sandbox could not write its data folder"_s)}));
    };
    if (request.tag.isEmpty())
        m_with.configs.remove(key, origin, std::move(completion));
    else
        m_with.configs.removeGray(key, u"tag_"_s + request.tag, origin, std::move(completion));
}

void GrpcDispatcher::listen(Call &call, const wire::ConfigBatchListenRequest &request) const
{
    for (const auto &item : request.items) {
        if (const auto wrong = checked(item.key)) {
            wire::ConfigChangeBatchListenResponse refused;
            refused.head = failure(wire::code::InvalidParameter, u"Param check invalid:"_s + *wrong);
            return call.answer(wire::makeMessage(refused));
        }
    }
    wire::ConfigChangeBatchListenResponse response;
    if (request.mode == wire::ConfigBatchListenRequest::Mode::Listen)
        response.changed = m_with.watch.listen(call.connection, request.items);
    else
        m_with.watch.stopListening(call.connection, request.items);
    call.answer(wire::makeMessage(response));
}

void GrpcDispatcher::fuzzyWatch(Call &call, const wire::ConfigFuzzyWatchRequest &request) const
{
    wire::ConfigFuzzyWatchResponse response;
    if (const auto refused = m_with.watch.watch(call.connection, request))
        response.head = failure(refused->code, refused->message);
    const bool accepted = response.head.isSuccess();
    call.answer(wire::makeMessage(response));
    if (accepted)
        m_with.watch.startPushing(call.connection, request);
}

} // namespace core::sandbox::nacos
