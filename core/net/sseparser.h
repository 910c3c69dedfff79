// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <chrono>
#include <optional>
#include <QByteArray>
#include <QList>

namespace core::net {

struct SseEvent {
    QByteArray type = "message";
    QByteArray data;
    QByteArray id; ///< the last event id as of this event

    friend bool operator==(const SseEvent &, const SseEvent &) = default;
};

/// Server-sent events (WHATWG HTML §9.2): bytes in, events out, any split. Pure; knows nothing of connections. An event that the end of
/// the input cuts off is dropped, as the standard says.
class SseParser {
public:
    static constexpr qsizetype DefaultLimit = 10 * 1024 * 1024;
    /// `limit`: bytes of one line and of one event's data.
    explicit SseParser(qsizetype limit = DefaultLimit);

    /// The events that became complete. BadReply when a line or an event is over the limit; every later call then fails as well.
    Result<QList<SseEvent>> feed(QByteArrayView bytes);
    QByteArray lastEventId() const { return m_lastId; }
    std::optional<std::chrono::milliseconds> retry() const { return m_retry; } ///< what the server asked for

private:
    bool takeLine(QList<SseEvent> &events);
    void takeField(QByteArrayView name, QByteArrayView value);

    qsizetype m_limit;
    QByteArray m_line, m_data, m_type, m_id, m_lastId;
    std::optional<std::chrono::milliseconds> m_retry;
    bool m_afterCr = false, m_hasData = false, m_failed = false;
    int m_bom = 0;
};

} // namespace core::net
