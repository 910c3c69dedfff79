// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/wirerecording.h"
#include "core/sandbox/replay/tape.h"

#include <cstdlib>
#include <QDateTime>

using namespace core::net;

namespace {

QByteArray written(const Recording &recording)
{
    QByteArray file = encodeRecordingHead(recording.program, QDateTime());
    for (const RecordedEvent &event : recording.events)
        file += encodeRecordedEvent(event);
    return file;
}

} // namespace

/// A recording that was read and written (which replaces halves of characters) is read the same from then on, and playing it bears
/// every request it holds.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const auto recording = decodeRecording(bytes);
    if (!recording)
        return 0;
    const auto once = decodeRecording(written(*recording));
    if (!once || once->events.size() != recording->events.size())
        std::abort();
    const auto twice = decodeRecording(written(*once));
    if (!twice || twice->events != once->events)
        std::abort();
    core::sandbox::replay::Tape tape(*recording);
    for (const RecordedEvent &event : recording->events) {
        if (const auto *http = std::get_if<RecordedHttp>(&event.what)) {
            core::sandbox::HttpRequest request;
            request.method = http->method;
            request.path = http->path.toUtf8();
            request.query = formEncode(http->parameters);
            request.headers = http->headers;
            request.body = http->body.bytes;
            std::ignore = tape.http(core::sandbox::replay::Tape::Plane::Main, request);
            std::ignore = tape.http(core::sandbox::replay::Tape::Plane::Console, request);
        } else if (const auto *call = std::get_if<RecordedCall>(&event.what)) {
            std::ignore = tape.call(call->request.type, call->request.body.bytes);
        } else if (const auto *stream = std::get_if<RecordedStream>(&event.what)) {
            if (const auto setUp = tape.setUp(stream->message.body.bytes); setUp && event.at % 2 == 0)
                tape.left(setUp->connection);
        }
    }
    std::ignore = tape.user();
    return 0;
}
