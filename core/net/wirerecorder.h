// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/wirerecording.h"

#include <memory>
#include <mutex>
#include <QElapsedTimer>
#include <QFile>
#include <QHash>

namespace core::net {

/// Writes what goes over the wire to a file that `signalbox-sandbox --replay` plays (format: wirerecording.h): HTTP exchanges with their
/// answers, unary gRPC calls, gRPC streams in both directions. Thread-safe; a line is in the file when the call returns.
///
/// What never gets in: request headers (but the few that decide about an answer), gRPC metadata, parameters and JSON members that are
/// credentials by name, every value the Redactor has learned, whatever is shaped like a secret (contents of configurations included;
/// an MD5 beside such a content becomes the MD5 of what is left), the names of hosts. The file is readable by its owner only.
///
/// Bounded: larger bodies are left out and said to be; at the end of the room nothing more is recorded.
class WireRecorder {
    Q_DISABLE_COPY_MOVE(WireRecorder)
public:
    struct Limits {
        qint64 bodyBytes = 1024 * 1024;
        qint64 fileBytes = 64 * 1024 * 1024;
    };

    /// Replaces an empty file or another recording; refuses to replace anything else (Usage). Internal: cannot be written.
    static Result<std::shared_ptr<WireRecorder>> open(const QString &path, const Limits &limits);
    static Result<std::shared_ptr<WireRecorder>> open(const QString &path) { return open(path, Limits()); }

    void exchange(const HttpRequest &request, const HttpResponse &response);
    void lost(const HttpRequest &request);

    struct Message {
        QString type;
        QByteArray body; ///< JSON
    };
    /// A gRPC connection begins; its number in what follows.
    int connection();
    void call(int connection, const Message &request, const std::optional<Message> &answer);
    void sent(int connection, const Message &message);
    void received(int connection, const Message &message);
    void closed(int connection);

    /// False once the limit was reached or the disk refused a line.
    bool isRecording() const;

private:
    WireRecorder(const QString &path, const Limits &limits);
    RecordedHttp recorded(const HttpRequest &request);
    RecordedBody body(const QByteArray &bytes) const;
    RecordedMessage message(const Message &message) const;
    void write(RecordedEvent event);
    void append(const QByteArray &line);
    int serverOf(const QUrl &url);

    mutable std::mutex m_mutex;
    QFile m_file;
    const Limits m_limits;
    QElapsedTimer m_clock;
    qint64 m_written = 0;
    bool m_ended = false;
    int m_connections = 0;
    QHash<QString, int> m_servers; ///< numbers by scheme, host and port
};

} // namespace core::net
