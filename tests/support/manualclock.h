// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <chrono>

namespace tests {

/// A clock that goes only when told to.
class ManualClock final : public core::Clock {
public:
    explicit ManualClock(const QDateTime &start = QDateTime::fromMSecsSinceEpoch(1'700'000'000'000, Qt::UTC))
        : m_now(start)
    {
    }
    QDateTime now() const override { return m_now; }
    void advance(std::chrono::milliseconds by) { m_now = m_now.addMSecs(by.count()); }
    void set(const QDateTime &now) { m_now = now; }

private:
    QDateTime m_now;
};

} // namespace tests
