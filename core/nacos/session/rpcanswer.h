// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/nacos/wire/message.h"
#include "core/nacos/wire/responsehead.h"

namespace core::nacos {

/// The one place that decides what a failed gRPC answer of a registry means. `code` is the server's error code.
/// Network with code 301: the connection is not registered any more; the session reconnects and sends again.
Error rpcError(const wire::ResponseHead &head);

/// Head of any answer, read without building a tree of its content.
Result<wire::ResponseHead> readHead(const QByteArray &body);

/// Opens an answer: ErrorResponse and failed heads become errors, another type than expected BadReply. Called on a gRPC thread. T is one
/// of the structs of core/nacos/wire with a head.
template <class T>
Result<T> openAnswer(Result<wire::Message> &&message)
{
    if (!message)
        return fail(std::move(message.error()));
    if (message->type != T::typeName) {
        const Result<wire::ResponseHead> head = readHead(message->body);
        if (!head)
            return fail(head.error());
        if (head->isSuccess())
            return fail(Error::Kind::BadReply,
                        QStringLiteral("expected a %1, got a %2").arg(QLatin1String(T::typeName), QString::fromLatin1(message->type)));
        return fail(rpcError(*head));
    }
    Result<T> answer = T::fromBody(message->body);
    if (answer && !answer->head.isSuccess())
        return fail(rpcError(answer->head));
    return answer;
}

} // namespace core::nacos
