// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <QDateTime>
#include <QString>

namespace ui {

/// The whole second the clock on the wall shows: words made within one second agree.
QDateTime currentSecond();
/// "just now", "12 s ago", "2 h ago", "yesterday", "3 days ago", "12 Nov", "12 Nov 2023"; also ahead ("in 5 min"). An invalid time is "–".
QString relativeTime(const QDateTime &time, const QDateTime &now = currentSecond());
/// Date and time to the second with the zone, by the locale, in local time. Empty for an invalid time.
QString exactTime(const QDateTime &time);
/// The time of day to the minute, "14:32"; of another day with the date.
QString clockTime(const QDateTime &time);
/// When the relative text will change next; at least one second. PassingTime waits for it.
std::chrono::seconds nextChange(const QDateTime &time, const QDateTime &now = currentSecond());
/// "340 ms", "4.2 s", "3 min 12 s".
QString durationText(std::chrono::milliseconds duration);

} // namespace ui
