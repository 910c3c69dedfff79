// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/net/httpclient.h"

#include <optional>
#include <QByteArray>
#include <QString>
#include <variant>
#include <vector>

namespace core::net {

// A recorded conversation: a text file with one JSON object a line. The first line is
//     {"signalboxRecording":1,"program":"signalboxctl 0.1.0","startedAt":"2026-01-31T12:00:00.000Z"}
// every other one an event, with `at` in milliseconds since the start:
//     {"at":3,"kind":"server","server":1,"scheme":"http","port":8848}          an address seen for the first time; its host stays out
//     {"at":5,"kind":"http","server":1,"method":"GET","path":"/p","parameters":[["a","b"]],"headers":[["casMd5","…"]],"body":"…",
//      "answer":{"status":200,"headers":[["Content-Type","…"]],"body":"…","ms":4}}   `answer` null: the connection broke
//     {"at":9,"kind":"call","connection":1,"request":{"type":"T","body":"{…}"},"answer":{"type":"T","body":"{…}"}}   unary gRPC
//     {"at":9,"kind":"sent"|"received","connection":1,"message":{"type":"T","body":"{…}"}}                           on the stream
//     {"at":9,"kind":"closed","connection":1}                                                                        end of the stream
//     {"at":9,"kind":"full"}                                                       nothing more was recorded: the limit was reached
// A body that was too large or no text has `"omitted":BYTES` in place of `"body"`. Credentials never get in (WireRecorder).

struct RecordedBody {
    QByteArray bytes;   ///< UTF-8
    qint64 omitted = 0; ///< bytes that were there and are not recorded; then `bytes` is empty
    friend bool operator==(const RecordedBody &, const RecordedBody &) = default;
};

struct RecordedServer {
    int server = 1;
    QString scheme;
    quint16 port = 0;
    friend bool operator==(const RecordedServer &, const RecordedServer &) = default;
};

struct RecordedHttp {
    struct Answer {
        int status = 200;
        HttpHeaders headers;
        RecordedBody body;
        qint64 milliseconds = 0;
        friend bool operator==(const Answer &, const Answer &) = default;
    };
    int server = 1;
    QByteArray method;
    QString path;          ///< decoded
    FormFields parameters; ///< of the query and of a form
    HttpHeaders headers;   ///< those that decide about the answer
    RecordedBody body;     ///< of anything but a form
    std::optional<Answer> answer;
    friend bool operator==(const RecordedHttp &, const RecordedHttp &) = default;
};

struct RecordedMessage {
    QString type;
    RecordedBody body;
    friend bool operator==(const RecordedMessage &, const RecordedMessage &) = default;
};

struct RecordedCall {
    int connection = 1;
    RecordedMessage request;
    std::optional<RecordedMessage> answer;
    friend bool operator==(const RecordedCall &, const RecordedCall &) = default;
};

struct RecordedStream {
    enum class Kind { Sent, Received, Closed };
    int connection = 1;
    Kind kind = Kind::Sent;
    RecordedMessage message; ///< empty when closed
    friend bool operator==(const RecordedStream &, const RecordedStream &) = default;
};

struct RecordedEnd {
    friend bool operator==(const RecordedEnd &, const RecordedEnd &) = default;
};

struct RecordedEvent {
    qint64 at = 0; ///< ms since the start
    std::variant<RecordedServer, RecordedHttp, RecordedCall, RecordedStream, RecordedEnd> what;
    friend bool operator==(const RecordedEvent &, const RecordedEvent &) = default;
};

struct Recording {
    QString program;
    std::vector<RecordedEvent> events;
    friend bool operator==(const Recording &, const Recording &) = default;
};

/// With the line feed.
QByteArray encodeRecordingHead(const QString &program, const QDateTime &startedAt);
QByteArray encodeRecordedEvent(const RecordedEvent &event);
/// Error::Kind::BadReply names the line and what is wrong with it. A last line without a line feed (a recorder that was killed) is left
/// out when it cannot be read.
Result<Recording> decodeRecording(const QByteArray &file);
/// The same from a file, up to 256 MiB. NotFound, Internal (cannot be read), BadReply.
Result<Recording> readRecording(const QString &path);
/// Whether a file begins like a recording.
bool looksLikeRecording(const QByteArray &beginning);

} // namespace core::net
