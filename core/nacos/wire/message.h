// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QMap>

namespace core::nacos::wire {

/// One request, answer or push as it travels over gRPC, without protobuf.
struct Message {
    QByteArray type;                      ///< simple class name, "ConfigQueryRequest"; chooses the parser on both sides
    QMap<QByteArray, QByteArray> headers; ///< of requests; answers carry none. `accessToken` is matched in this exact spelling
    QByteArray clientIp;                  ///< the sender's own idea of its address
    QByteArray body;                      ///< UTF-8 JSON object
    qsizetype weight() const { return body.size(); }
    friend bool operator==(const Message &, const Message &) = default;
};

/// The protobuf bytes of a message, and back. Error::Kind::BadReply when the bytes are no Payload or carry no type. Thread-safe.
QByteArray encodeMessage(const Message &message);
Result<Message> decodeMessage(const QByteArray &bytes);

/// A message around one of the structs of this folder (`typeName`, `toBody()`).
template <class T>
Message makeMessage(const T &value, const QMap<QByteArray, QByteArray> &headers = {})
{
    return Message{QByteArray(T::typeName), headers, {}, value.toBody()};
}

} // namespace core::nacos::wire
