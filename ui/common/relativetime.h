// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>

namespace ui {

/// "just now", "12 s ago", "2 h ago", "yesterday", "3 days ago", "12 Nov", "12 Nov 2023"; also ahead ("in 5 min"). An invalid time is "–".
QString relativeTime(const QDateTime &time, const QDateTime &now = QDateTime::currentDateTimeUtc());
/// Date and time to the second with the zone, by the locale, in local time. Empty for an invalid time.
QString exactTime(const QDateTime &time);
/// When the relative text will change next, for a timer; at least one second.
std::chrono::seconds nextChange(const QDateTime &time, const QDateTime &now = QDateTime::currentDateTimeUtc());
/// "340 ms", "4.2 s", "3 min 12 s".
QString durationText(std::chrono::milliseconds duration);

} // namespace ui
