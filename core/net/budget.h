// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <chrono>
#include <QDeadlineTimer>

namespace core::net {

/// How long a whole piece of work may take, however many requests it needs; shared by all that is done for it. A request that begins
/// when nothing is left fails with Timeout at once, and says that another try is of no use. Lives in the thread of its requests.
class Budget {
public:
    explicit Budget(std::chrono::milliseconds total)
        : m_total(total)
        , m_end(total)
    {
    }

    /// What a request that wants `most` may take.
    std::chrono::milliseconds of(std::chrono::milliseconds most) const
    {
        if (m_end.isForever())
            return most;
        return std::clamp(std::chrono::milliseconds(m_end.remainingTime()), std::chrono::milliseconds(1), most);
    }
    bool isSpent() const { return m_end.hasExpired(); }
    /// The work is made of parts, and one is done: the whole time again for the next.
    void renew()
    {
        if (!m_end.isForever())
            m_end = QDeadlineTimer(m_total);
    }
    /// No end any more: each request has its own.
    void lift() { m_end = QDeadlineTimer(QDeadlineTimer::Forever); }

private:
    std::chrono::milliseconds m_total;
    QDeadlineTimer m_end;
};

} // namespace core::net
