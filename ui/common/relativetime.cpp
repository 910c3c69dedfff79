// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/relativetime.h"

#include <QCoreApplication>
#include <QLocale>
#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::RelativeTime)
};

constexpr qint64 Minute = 60, Hour = 3600, Day = 86400;

/// Day and month in the locale's order, without the year.
QString shortDate(const QDate &date, bool withYear)
{
    const QLocale locale;
    if (locale.language() == QLocale::Chinese || locale.language() == QLocale::Japanese)
        return locale.toString(date, withYear ? u"yyyy年M月d日"_s : u"M月d日"_s);
    return locale.toString(date, withYear ? u"d MMM yyyy"_s : u"d MMM"_s);
}

} // namespace

namespace ui {

QDateTime currentSecond()
{
    return QDateTime::fromSecsSinceEpoch(QDateTime::currentSecsSinceEpoch(), Qt::UTC);
}

QString relativeTime(const QDateTime &time, const QDateTime &now)
{
    if (!time.isValid())
        return u"–"_s;
    const qint64 seconds = time.secsTo(now);
    const QDate today = now.toLocalTime().date();
    const QDate date = time.toLocalTime().date();
    if (seconds < -2) {
        const qint64 ahead = -seconds;
        if (ahead < Minute)
            //: A time span from now; %1 is a number of seconds
            return Words::tr("in %1 s").arg(ahead);
        if (ahead < Hour)
            return Words::tr("in %1 min").arg(ahead / Minute);
        if (ahead < Day)
            return Words::tr("in %1 h").arg(ahead / Hour);
        return shortDate(date, date.year() != today.year());
    }
    if (seconds < 3)
        return Words::tr("just now");
    if (seconds < Minute)
        return Words::tr("%1 s ago").arg(seconds);
    if (seconds < Hour)
        return Words::tr("%1 min ago").arg(seconds / Minute);
    if (date == today || seconds < 6 * Hour)
        return Words::tr("%1 h ago").arg(seconds / Hour);
    const qint64 days = date.daysTo(today);
    if (days == 1)
        return Words::tr("yesterday");
    if (days < 7)
        return Words::tr("%n day(s) ago", nullptr, int(days));
    return shortDate(date, date.year() != today.year());
}

QString exactTime(const QDateTime &time)
{
    if (!time.isValid())
        return {};
    const QDateTime local = time.toLocalTime();
    return QLocale().toString(local, u"yyyy-MM-dd HH:mm:ss"_s) + u' ' + local.timeZoneAbbreviation();
}

QString clockTime(const QDateTime &time)
{
    if (!time.isValid())
        return {};
    const QDateTime local = time.toLocalTime();
    const bool today = local.date() == QDate::currentDate();
    return QLocale().toString(local, today ? u"HH:mm"_s : u"yyyy-MM-dd HH:mm"_s);
}

std::chrono::seconds nextChange(const QDateTime &time, const QDateTime &now)
{
    const qint64 seconds = qAbs(time.secsTo(now));
    if (seconds < Minute)
        return std::chrono::seconds(1);
    if (seconds < Hour)
        return std::chrono::seconds(Minute - seconds % Minute);
    return std::chrono::seconds(qMin(Hour - seconds % Hour, 10 * Minute));
}

QString durationText(std::chrono::milliseconds duration)
{
    const qint64 ms = duration.count();
    const QLocale locale;
    if (ms < 1)
        return Words::tr("< 1 ms", "a duration");
    if (ms < 1000)
        return Words::tr("%1 ms").arg(ms);
    if (ms < 60'000)
        return Words::tr("%1 s").arg(locale.toString(double(ms) / 1000, 'f', ms < 10'000 ? 1 : 0));
    if (ms < 3'600'000)
        return Words::tr("%1 min %2 s").arg(ms / 60'000).arg(ms / 1000 % 60);
    return Words::tr("%1 h %2 min").arg(ms / 3'600'000).arg(ms / 60'000 % 60);
}

} // namespace ui
