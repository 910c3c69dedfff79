// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/common/httpparser.h"

using namespace Qt::StringLiterals;

namespace core::sandbox {

namespace {

bool isToken(QByteArrayView text)
{
    if (text.isEmpty())
        return false;
    return std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
    });
}

bool hasControl(QByteArrayView text)
{
    return std::any_of(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f; });
}

/// Digits only, no sign, no overflow; -1 when it is no such number.
qsizetype parseSize(QByteArrayView text, int base)
{
    if (text.isEmpty() || text.size() > 15)
        return -1;
    qsizetype value = 0;
    for (const char c : text) {
        int digit = -1;
        if (c >= '0' && c <= '9')
            digit = c - '0';
        else if (base == 16 && c >= 'a' && c <= 'f')
            digit = c - 'a' + 10;
        else if (base == 16 && c >= 'A' && c <= 'F')
            digit = c - 'A' + 10;
        if (digit < 0)
            return -1;
        value = value * base + digit;
    }
    return value;
}

constexpr qsizetype MaximumChunkLine = 1024;
constexpr char TlsHandshake = 0x16; // the type of the first record

} // namespace

HttpParser::State HttpParser::feed(QByteArrayView bytes)
{
    m_buffer.append(bytes);
    if (m_state != State::NeedMore)
        return m_state;
    return advance();
}

HttpRequest HttpParser::take()
{
    m_state = State::NeedMore;
    m_phase = Phase::Header;
    m_scanned = 0;
    m_trailerBytes = 0;
    return std::exchange(m_request, {});
}

bool HttpParser::wantsContinue()
{
    return m_state == State::NeedMore && m_phase != Phase::Header && std::exchange(m_expectsContinue, false);
}

HttpParser::State HttpParser::failed(int status, const QString &reason)
{
    m_status = status;
    m_reason = reason;
    m_buffer.clear();
    return m_state = State::Failed;
}

HttpParser::State HttpParser::advance()
{
    if (m_phase == Phase::Header) {
        // Empty lines before a request are allowed (RFC 9112 §2.2).
        while (m_buffer.startsWith("\r\n"))
            m_buffer.remove(0, 2);
        // No request begins like that, and the client waits for an answer before it says more.
        if (m_buffer.startsWith(TlsHandshake))
            return failed(400, u"this port speaks plain http, and a TLS handshake came"_s);
        const qsizetype end = m_buffer.indexOf("\r\n\r\n", std::max<qsizetype>(0, m_scanned - 3));
        m_scanned = m_buffer.size();
        if ((end < 0 ? m_buffer.size() : end) > m_limits.headerBytes)
            return failed(431, u"the request line and headers are longer than %1 bytes"_s.arg(m_limits.headerBytes));
        if (end < 0)
            return m_state;
        const QByteArray head = m_buffer.first(end + 2);
        m_buffer.remove(0, end + 4);
        m_scanned = 0;
        if (!parseHeader(head) || !decideBody())
            return m_state;
    }
    if (m_phase == Phase::Body) {
        const qsizetype taken = std::min(m_remaining, m_buffer.size());
        m_request.body.append(m_buffer.constData(), taken);
        m_buffer.remove(0, taken);
        m_remaining -= taken;
        return m_remaining == 0 ? m_state = State::Complete : m_state;
    }
    if (m_phase != Phase::Header && readChunks())
        m_state = State::Complete;
    return m_state;
}

bool HttpParser::parseHeader(QByteArrayView head)
{
    const qsizetype lineEnd = head.indexOf("\r\n");
    const QByteArrayView line = head.first(lineEnd);
    const qsizetype first = line.indexOf(' '), last = line.lastIndexOf(' ');
    if (first <= 0 || last <= first || hasControl(line))
        return failed(400, u"malformed request line"_s) == State::Complete;
    const QByteArrayView version = line.sliced(last + 1);
    if (!version.startsWith("HTTP/1.") || version.size() != 8 || version[7] < '0' || version[7] > '9')
        return failed(505, u"only HTTP/1.0 and HTTP/1.1 are spoken here"_s) == State::Complete;
    m_request.minorVersion = version[7] - '0';
    m_request.method = line.first(first).toByteArray();
    QByteArrayView target = line.sliced(first + 1, last - first - 1);
    if (!isToken(m_request.method) || target.isEmpty() || target.contains(' '))
        return failed(400, u"malformed request line"_s) == State::Complete;
    m_request.target = target.toByteArray();
    // The absolute form, as proxies receive it.
    if (target.startsWith("http://") || target.startsWith("https://")) {
        const qsizetype slash = target.indexOf('/', target.indexOf("//") + 2);
        target = slash < 0 ? QByteArrayView("/") : target.sliced(slash);
    }
    const qsizetype question = target.indexOf('?');
    m_request.path = percentDecoded(question < 0 ? target : target.first(question), PlusSign::Literal);
    m_request.query = question < 0 ? QByteArray() : target.sliced(question + 1).toByteArray();
    if (!m_request.path.startsWith('/') && m_request.path != "*")
        return failed(400, u"malformed request target"_s) == State::Complete;

    qsizetype at = lineEnd + 2;
    while (at < head.size()) {
        const qsizetype end = head.indexOf("\r\n", at);
        if (!parseHeaderLine(head.sliced(at, end - at)))
            return false;
        at = end + 2;
    }
    return true;
}

bool HttpParser::parseHeaderLine(QByteArrayView line)
{
    const qsizetype colon = line.indexOf(':');
    if (colon <= 0 || !isToken(line.first(colon)) || hasControl(line.sliced(colon + 1)))
        return failed(400, u"malformed header"_s) == State::Complete;
    if (m_request.headers.size() >= m_limits.headerCount)
        return failed(431, u"more than %1 headers"_s.arg(m_limits.headerCount)) == State::Complete;
    m_request.headers.append({line.first(colon).toByteArray().toLower(), line.sliced(colon + 1).toByteArray().trimmed()});
    return true;
}

bool HttpParser::decideBody()
{
    QList<QByteArray> lengths, codings;
    for (const auto &header : std::as_const(m_request.headers)) {
        if (header.first == "content-length")
            lengths.append(header.second);
        else if (header.first == "transfer-encoding")
            codings.append(header.second.toLower());
    }
    m_expectsContinue = m_request.header("expect").toLower() == "100-continue";
    if (!codings.isEmpty()) {
        if (!lengths.isEmpty() || codings != QList<QByteArray>{"chunked"_ba})
            return failed(lengths.isEmpty() ? 501 : 400, u"unusable body framing"_s) == State::Complete;
        m_phase = Phase::ChunkSize;
        return true;
    }
    m_remaining = 0;
    if (!lengths.isEmpty()) {
        m_remaining = parseSize(lengths.first(), 10);
        if (m_remaining < 0 || lengths.count(lengths.first()) != lengths.size())
            return failed(400, u"malformed Content-Length"_s) == State::Complete;
        if (m_remaining > m_limits.bodyBytes)
            return failed(413, u"a body of more than %1 bytes"_s.arg(m_limits.bodyBytes)) == State::Complete;
    }
    m_phase = Phase::Body;
    return true;
}

bool HttpParser::readChunks()
{
    for (;;) {
        if (m_phase == Phase::ChunkData) {
            const qsizetype taken = std::min(m_remaining, m_buffer.size());
            m_request.body.append(m_buffer.constData(), taken);
            m_buffer.remove(0, taken);
            m_remaining -= taken;
            if (m_remaining > 0)
                return false;
            m_phase = Phase::ChunkEnd;
        }
        const qsizetype end = m_buffer.indexOf("\r\n");
        if (end < 0) {
            if (m_buffer.size() > MaximumChunkLine)
                failed(400, u"malformed chunk"_s);
            return false;
        }
        const QByteArray line = m_buffer.first(end);
        m_buffer.remove(0, end + 2);
        if (m_phase == Phase::ChunkEnd) {
            if (!line.isEmpty())
                return failed(400, u"malformed chunk"_s) == State::Complete;
            m_phase = Phase::ChunkSize;
        } else if (m_phase == Phase::ChunkSize) {
            const qsizetype semicolon = line.indexOf(';');
            m_remaining = parseSize((semicolon < 0 ? line : line.first(semicolon)).trimmed(), 16);
            if (m_remaining < 0 || line.contains('\n'))
                return failed(400, u"malformed chunk size"_s) == State::Complete;
            if (m_remaining > m_limits.bodyBytes - m_request.body.size())
                return failed(413, u"a body of more than %1 bytes"_s.arg(m_limits.bodyBytes)) == State::Complete;
            m_phase = m_remaining == 0 ? Phase::Trailer : Phase::ChunkData;
        } else { // Trailer: fields nobody here reads, up to the empty line
            m_trailerBytes += line.size() + 2;
            if (m_trailerBytes > m_limits.headerBytes)
                return failed(431, u"trailers too long"_s) == State::Complete;
            if (line.isEmpty())
                return true;
        }
    }
}

} // namespace core::sandbox
