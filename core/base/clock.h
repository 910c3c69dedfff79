// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>

namespace core {

/// Where the time comes from, so that tests can move it. Passed by reference; the system clock is `Clock::system()`.
class Clock {
public:
    virtual ~Clock() = default;
    virtual QDateTime now() const = 0; ///< UTC
    static const Clock &system();
};

/// RFC 3339 UTC with milliseconds, the form of every time in the ledger and in `--json`.
QString toRfc3339(const QDateTime &time);

} // namespace core
