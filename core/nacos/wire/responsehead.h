// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/jsonreader.h"
#include "core/nacos/wire/jsonbody.h"

namespace core::nacos::wire {

/// Error codes of gRPC answers.
namespace code {
inline constexpr int Ok = 200;
inline constexpr int Failed = 500;
inline constexpr int ServerNotReady = 300;
inline constexpr int ConfigNotFound = 300;
inline constexpr int Unregistered = 301;
inline constexpr int NoHandler = 302;
inline constexpr int InvalidParameter = 400;
inline constexpr int ConfigBeingModified = 400;
inline constexpr int NoRight = 403;
inline constexpr int NotFound = 404;
inline constexpr int Conflict = 409;
inline constexpr int BadGateway = 502;
inline constexpr int OverThreshold = 503;
inline constexpr int FuzzyTooManyPatterns = 50310;
inline constexpr int FuzzyTooManyMatches = 50311;
} // namespace code

/// Members every answer carries. Success is 200 and 0 together on the way out; one of the two decides on the way in, because SDKs and
/// servers differ in which one they set.
struct ResponseHead {
    int resultCode = code::Ok;
    int errorCode = 0;
    QString message;
    QString requestId;
    bool isSuccess() const { return resultCode == code::Ok; }
    static ResponseHead failure(int errorCode, const QString &message) { return {code::Failed, errorCode, message, {}}; }

    void write(JsonBody &body) const;
    /// Tolerates absent members and nulls.
    static ResponseHead read(JsonReader &in);
    friend bool operator==(const ResponseHead &, const ResponseHead &) = default;
};

} // namespace core::nacos::wire
