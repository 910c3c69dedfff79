// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/jsonreader.h"
#include "core/base/result.h"

namespace core::nacos::wire {

/// How every message reads its body: the object, its members, and at the end whether all of them were what they should be. BadReply with a
/// JSON pointer otherwise. Private to core/nacos/wire.
inline Result<JsonReader> readBody(const QByteArray &json)
{
    Result<QJsonObject> object = JsonReader::parseObject(json);
    if (!object)
        return fail(object.error());
    return JsonReader(*object);
}

template <class T>
Result<T> checked(const JsonReader &in, T value)
{
    if (const auto error = in.error())
        return fail(*error);
    return value;
}

} // namespace core::nacos::wire
