// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/sseparser.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace core::net {

namespace {

constexpr unsigned char Bom[] = {0xEF, 0xBB, 0xBF};

}

SseParser::SseParser(qsizetype limit)
    : m_limit(limit)
{
}

Result<QList<SseEvent>> SseParser::feed(QByteArrayView bytes)
{
    QList<SseEvent> events;
    qsizetype i = 0;
    // One byte order mark at the very beginning is skipped; it may come in pieces.
    while (!m_failed && m_bom >= 0 && i < bytes.size()) {
        if (static_cast<unsigned char>(bytes.at(i)) == Bom[m_bom]) {
            ++i;
            m_bom = m_bom == 2 ? -1 : m_bom + 1;
        } else {
            for (int k = 0; k < m_bom; ++k)
                m_line += static_cast<char>(Bom[k]);
            m_bom = -1;
        }
    }
    while (!m_failed && i < bytes.size()) {
        const auto *begin = bytes.begin() + i;
        const auto *end = std::find_if(begin, bytes.end(), [](char c) { return c == '\r' || c == '\n'; });
        // The LF of a CR LF whose halves came apart.
        if (m_afterCr && begin == end && *begin == '\n') {
            m_afterCr = false;
            ++i;
            continue;
        }
        m_afterCr = false;
        const qsizetype length = end - begin;
        if (m_line.size() + length > m_limit) {
            m_failed = true;
            break;
        }
        m_line.append(begin, length);
        i += length;
        if (end == bytes.end())
            break;
        m_afterCr = *end == '\r';
        ++i;
        m_failed = !takeLine(events);
    }
    if (m_failed) {
        m_line.clear();
        m_data.clear();
        return fail(Error::Kind::BadReply, u"event stream: a line or an event is longer than %1 bytes"_s.arg(m_limit));
    }
    return events;
}

bool SseParser::takeLine(QList<SseEvent> &events)
{
    const QByteArray line = std::exchange(m_line, {});
    if (line.isEmpty()) {
        m_lastId = m_id;
        if (m_hasData) {
            m_data.chop(1); // the line feed after the last data line
            events.append({m_type.isEmpty() ? "message"_ba : m_type, m_data, m_lastId});
        }
        m_data.clear();
        m_type.clear();
        m_hasData = false;
        return true;
    }
    const qsizetype colon = line.indexOf(':');
    if (colon == 0)
        return true; // a comment
    QByteArrayView value;
    if (colon > 0) {
        value = QByteArrayView(line).sliced(colon + 1);
        if (value.startsWith(' '))
            value = value.sliced(1);
    }
    takeField(colon > 0 ? QByteArrayView(line).first(colon) : QByteArrayView(line), value);
    return m_data.size() <= m_limit + 1;
}

void SseParser::takeField(QByteArrayView name, QByteArrayView value)
{
    if (name == "data") {
        m_data.append(value).append('\n');
        m_hasData = true;
    } else if (name == "event") {
        m_type = value.toByteArray();
    } else if (name == "id") {
        if (!value.contains('\0'))
            m_id = value.toByteArray();
    } else if (name == "retry") {
        const bool digits =
            !value.isEmpty() && value.size() <= 9 && std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
        if (digits)
            m_retry = std::chrono::milliseconds(value.toByteArray().toLongLong());
    }
}

} // namespace core::net
