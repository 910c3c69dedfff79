// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/detailread.h"

#include "core/nacos/config/configcalls.h"
#include "core/nacos/config/configdecode.h"
#include "core/nacos/config/configstate.h"
#include "core/nacos/config/queryanswer.h"
#include "core/nacos/wire/configmessages.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace core::nacos {

namespace {

/// Does the server answer with the content alone? Of any other it is a page of somebody else.
enum class Bare { Never, Perhaps };

/// v1 answers with nothing at all when there is none.
Result<std::optional<ConfigDetail>> decodeDetail(Plane plane, HttpData &&data, const ConfigKey &key, Bare bare)
{
    if (plane != Plane::Legacy)
        return decodeConfigDetail(Dialect::V3, data.data, data.response.body, key);
    const net::HttpResponse &answer = data.response;
    const auto content = bare == Bare::Perhaps
        ? decodeBareContent(answer.body, answer.header("Content-MD5"), answer.header("Content-Type"), key)
        : std::nullopt;
    if (content)
        return *content ? Result<std::optional<ConfigDetail>>(std::move(**content)) : fail(content->error());
    const QByteArray body = answer.body.trimmed();
    if (body.isEmpty() || body == "null")
        return std::optional<ConfigDetail>();
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(body, &error);
    if (error.error != QJsonParseError::NoError)
        return fail(Error::Kind::BadReply, u"the answer is not JSON: "_s + error.errorString());
    return decodeConfigDetail(Dialect::V1, document.object(), body, key);
}

using DetailReply = Reply<std::optional<ConfigDetail>>;
/// Why it is not read by HTTP.
enum class Http { Closed, Unreachable };

/// The SDKs' way in may be open where the others are not; it lacks description, tags and so on. `otherwise`: it is not open, either.
void readPartial(Session::Private &session, const calls::Target &target, DetailReply *reply, Http why, std::function<void()> otherwise)
{
    wire::ConfigQueryRequest request;
    request.key = {target.tenant, target.key.group, target.key.dataId};
    auto *asked =
        session.rpc<std::optional<ConfigContent>>(wire::makeMessage(request), {target.tenant, target.key.group}, openQueryAnswer, reply);
    reply->onCancel = [asked = QPointer<Operation>(asked)] {
        if (asked)
            asked->cancel();
    };
    asked->then(
        reply,
        [&session, reply, key = target.key, why, otherwise = std::move(otherwise)](const Result<std::optional<ConfigContent>> &answer) {
            // A gray version is not what an edit starts from.
            if (!answer || (*answer && (*answer)->gray))
                return otherwise();
            if (why == Http::Closed)
                session.recordDetour(requestkind::ConfigRead, Plane::Grpc);
            if (!*answer)
                return reply->settle(std::optional<ConfigDetail>());
            ConfigDetail partial;
            partial.key = key;
            partial.content = (*answer)->content;
            partial.md5 = (*answer)->md5;
            partial.attributes.type = (*answer)->type;
            partial.attributes.encryptedDataKey = (*answer)->encryptedDataKey;
            partial.changedAt = (*answer)->changedAt;
            partial.complete = false;
            reply->settle(std::optional(partial));
        });
}

void readByHttp(Session::Private &session, const calls::Target &target, DetailReply *reply)
{
    auto *http = session.routed<std::optional<ConfigDetail>>(
        requestkind::ConfigRead, [target](Plane plane) -> std::optional<HttpCall> { return calls::detail(plane, target); },
        [key = target.key, bare = session.isRnacos() ? Bare::Perhaps : Bare::Never](Plane plane, HttpData &&data) {
            return decodeDetail(plane, std::move(data), key, bare);
        },
        reply);
    reply->onCancel = [http = QPointer<Operation>(http)] {
        if (http)
            http->cancel();
    };
    http->then(reply, [&session, reply, target](const Result<std::optional<ConfigDetail>> &detail) {
        // The content alone does not tell its type; the SDKs' way in does.
        if (detail && *detail && lacksType(**detail) && session.rpcUp())
            return readPartial(session, target, reply, Http::Unreachable, [reply, detail] { reply->settle(detail); });
        if (detail)
            return reply->settle(detail);
        const Error error = detail.error();
        if (error.kind == Error::Kind::NotFound)
            return reply->settle(std::optional<ConfigDetail>());
        // A server as it comes lets SDKs read without a login, but no consoles.
        const bool closed = error.kind == Error::Kind::Forbidden || error.kind == Error::Kind::Unsupported ||
            (error.kind == Error::Kind::Auth && session.isAnonymous());
        if (!closed && (error.kind != Error::Kind::Network || !session.rpcUp()))
            return reply->settle(fail(error));
        const auto otherwise = [reply, error] { reply->settle(fail(error)); };
        if (!closed)
            return readPartial(session, target, reply, Http::Unreachable, otherwise);
        // A window has tried for long, a program that runs once has not.
        if (!session.rpcUp() && session.use == Session::Use::Interactive)
            return otherwise();
        session.withRpc(
            reply, [&session, target, reply, otherwise] { readPartial(session, target, reply, Http::Closed, otherwise); }, otherwise);
    });
}

} // namespace

Reply<std::optional<ConfigDetail>> *readDetail(Session::Private &session, const ConfigKey &key, QObject *parent)
{
    const calls::Target target{key, session.wireTenant(key.namespaceId)};
    auto *reply = session.operations.track(new DetailReply(parent));
    // Always first: what is closed for one namespace may be open for the next, and only this way tells everything.
    readByHttp(session, target, reply);
    return reply;
}

} // namespace core::nacos
