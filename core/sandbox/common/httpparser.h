// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sandbox/common/httpmessage.h"

namespace core::sandbox {

struct HttpLimits {
    qsizetype headerBytes = 64 * 1024; ///< request line and all headers
    qsizetype headerCount = 100;
    qsizetype bodyBytes = 96 * 1024 * 1024; ///< a form of 10 Mi characters, percent-encoded
    qsizetype connections = 1024;           ///< open at once; more are closed at once
    int idleSeconds = 75;                   ///< between two requests
    int headerSeconds = 15;                 ///< from the first byte to the last header
    int bodyIdleSeconds = 20;               ///< without a byte of the body
};

/// Takes HTTP/1.x requests out of a stream of bytes. Pure: no sockets, no clock. Refuses whatever would make it disagree with another
/// reader about where a message ends (two lengths, length and chunks, line folding, bare line feeds in chunk sizes).
class HttpParser {
public:
    enum class State { NeedMore, Complete, Failed };

    explicit HttpParser(const HttpLimits &limits = {})
        : m_limits(limits)
    {
    }

    /// Adds bytes and parses on. Bytes after a complete request are kept for the next one.
    State feed(QByteArrayView bytes);
    State state() const { return m_state; }
    /// Of State::Complete: the request; parsing of what follows begins with the next feed.
    HttpRequest take();
    /// Of State::Failed: the status to answer, and why.
    int status() const { return m_status; }
    QString reason() const { return m_reason; }

    /// The headers are there and the sender waits for `100 Continue` before it sends the body; true once a request.
    bool wantsContinue();
    /// Something of a request has arrived, its headers have not.
    bool isInHeader() const { return m_phase == Phase::Header && !m_buffer.isEmpty(); }
    bool isInBody() const { return m_phase != Phase::Header && m_state == State::NeedMore; }

private:
    enum class Phase { Header, Body, ChunkSize, ChunkData, ChunkEnd, Trailer };
    State advance();
    bool parseHeader(QByteArrayView head);
    bool parseHeaderLine(QByteArrayView line);
    bool decideBody();
    bool readChunks();
    State failed(int status, const QString &reason);

    HttpLimits m_limits;
    QByteArray m_buffer;
    HttpRequest m_request;
    State m_state = State::NeedMore;
    Phase m_phase = Phase::Header;
    qsizetype m_remaining = 0; ///< of the body, or of the chunk
    qsizetype m_scanned = 0;   ///< of m_buffer, while looking for the end of the headers
    qsizetype m_trailerBytes = 0;
    int m_status = 400;
    QString m_reason;
    bool m_expectsContinue = false;
};

} // namespace core::sandbox
