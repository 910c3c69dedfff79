// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/queryanswer.h"

#include "core/nacos/config/configdecode.h"
#include "core/nacos/session/rpcanswer.h"
#include "core/nacos/wire/configmessages.h"
#include "core/nacos/wire/jsoncursor.h"

using namespace Qt::StringLiterals;

namespace core::nacos {

Result<std::optional<ConfigContent>> openQueryAnswer(Result<wire::Message> &&message)
{
    if (!message)
        return fail(std::move(message.error()));
    ConfigContent content;
    wire::ResponseHead head;
    head.resultCode = wire::code::Failed;
    wire::JsonCursor in(message->body);
    for (bool more = in.beginObject(); more; more = in.nextMember()) {
        const QByteArray &name = in.name();
        if (name == "content") {
            content.content = in.string();
        } else if (name == "md5") {
            content.md5 = in.string();
        } else if (name == "contentType") {
            content.type = QString::fromUtf8(in.string());
        } else if (name == "encryptedDataKey") {
            content.encryptedDataKey = QString::fromUtf8(in.string());
        } else if (name == "lastModified") {
            const qint64 ms = in.integer();
            content.changedAt = ms > 0 ? QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC) : QDateTime();
        } else if (name == "beta") {
            content.gray |= in.boolean();
        } else if (name == "tag") {
            content.gray |= !in.string().isEmpty();
        } else if (name == "resultCode") {
            head.resultCode = int(in.integer(wire::code::Failed));
        } else if (name == "errorCode") {
            head.errorCode = int(in.integer());
        } else if (name == "message") {
            head.message = QString::fromUtf8(in.string());
        } else {
            in.skip();
        }
    }
    if (!in.finished())
        return fail(Error::Kind::BadReply, u"the registry's answer is not a JSON object"_s);
    const bool typed = message->type == wire::ConfigQueryResponse::typeName;
    if (head.isSuccess()) {
        if (!typed)
            return fail(Error::Kind::BadReply, u"expected a ConfigQueryResponse, got a "_s + QString::fromLatin1(message->type));
        if (content.content.isNull())
            return fail(Error::Kind::BadReply, u"/content: missing"_s);
        if (content.md5.isEmpty())
            content.md5 = md5Of(content.content);
        return std::optional(std::move(content));
    }
    // The two codes mean something else in every other answer.
    if (typed && head.errorCode == wire::code::ConfigNotFound)
        return std::optional<ConfigContent>();
    if (typed && head.errorCode == wire::code::ConfigBeingModified && !head.message.startsWith("Param check"_L1))
        return fail(Error{Error::Kind::Conflict, head.message, head.errorCode, true});
    return fail(rpcError(head));
}

} // namespace core::nacos
