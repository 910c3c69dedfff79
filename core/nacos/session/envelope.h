// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QJsonValue>

namespace core::nacos {

/// How a successful answer is wrapped.
enum class Envelope {
    Result, ///< {"code":0|200,"message":…,"data":…}; the data is what the caller gets
    Flat,   ///< a JSON value without a wrapper; an object that is a failed Result all the same is taken as one
    Raw     ///< any bytes; not looked at
};

/// What came over HTTP, without the transport's types.
struct RawAnswer {
    int status = 0;
    QByteArray body;
    QByteArray location;  ///< of a redirect that was not followed
    QByteArray challenge; ///< WWW-Authenticate
};

/// The one place that decides what an HTTP answer of a registry means: the data, or an Error whose message is what the server said
/// (redacted, at most 500 characters) and whose code is the server's detailed code, else the HTTP status.
///
/// Unsupported: this address does not exist here (404 without a Result, 410, 501, the console's 500 "No static resource"): the next plane
/// or generation may have it. Auth: no token, or one that is not good any more. Forbidden: logged in without the right.
Result<QJsonValue> openEnvelope(const RawAnswer &answer, Envelope envelope);

/// What a write was answered with: `true`, or a Result around it. False is Rejected; after anything else it is not known whether it was
/// done: BadReply.
Result<Done> wasDone(const QJsonValue &data);

/// What a server said, to be shown in an error: redacted, in one line, valid, at most 500 characters.
QString serverWords(const QString &text);

/// The text of a 403, on HTTP or gRPC, tells whether logging in can help.
Error::Kind kindOfRefusal(const QString &serverText);

/// Kind for one of the codes that the v3 HTTP interface answers with; nullopt: not one of those.
std::optional<Error::Kind> kindOfCode(qint64 code);

} // namespace core::nacos
