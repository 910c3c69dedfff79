// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/wire/payloadcodec.h"

#include <google/protobuf/stubs/logging.h>
#include <nacos_grpc_service.pb.h>

using namespace Qt::StringLiterals;

namespace core::nacos::wire {

namespace {

QByteArray bytes(const std::string &text)
{
    return QByteArray(text.data(), qsizetype(text.size()));
}

} // namespace

void toPayload(const Message &message, ::Payload *payload)
{
    ::Metadata *metadata = payload->mutable_metadata();
    metadata->set_type(message.type.constData(), size_t(message.type.size()));
    metadata->set_clientip(message.clientIp.constData(), size_t(message.clientIp.size()));
    auto &headers = *metadata->mutable_headers();
    for (auto it = message.headers.cbegin(); it != message.headers.cend(); ++it)
        headers[it.key().toStdString()] = it.value().toStdString();
    payload->mutable_body()->set_value(message.body.constData(), size_t(message.body.size()));
}

Message fromPayload(const ::Payload &payload)
{
    Message message;
    const ::Metadata &metadata = payload.metadata();
    message.type = bytes(metadata.type());
    message.clientIp = bytes(metadata.clientip());
    for (const auto &header : metadata.headers())
        message.headers.insert(bytes(header.first), bytes(header.second));
    message.body = bytes(payload.body().value());
    return message;
}

QByteArray encodeMessage(const Message &message)
{
    ::Payload payload;
    toPayload(message, &payload);
    return bytes(payload.SerializeAsString());
}

Result<Message> decodeMessage(const QByteArray &raw)
{
    const google::protobuf::LogSilencer silencer; // malformed bytes are the caller's news, not standard error's
    ::Payload payload;
    if (!payload.ParseFromArray(raw.constData(), int(raw.size())))
        return fail(Error::Kind::BadReply, u"not a Nacos payload"_s);
    Message message = fromPayload(payload);
    if (message.type.isEmpty())
        return fail(Error::Kind::BadReply, u"a Nacos payload without a type"_s);
    return message;
}

} // namespace core::nacos::wire
