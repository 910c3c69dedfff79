// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/sizetext.h"

#include <array>
#include <QCoreApplication>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace {
struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::SizeText)
};
} // namespace

namespace ui {

QString sizeText(qint64 bytes)
{
    if (bytes < 0)
        return u"–"_s;
    const QLocale locale;
    if (bytes < 1024)
        return locale.toString(bytes) + " B"_L1;
    static const std::array units{"KiB"_L1, "MiB"_L1, "GiB"_L1, "TiB"_L1, "PiB"_L1};
    double value = double(bytes) / 1024;
    std::size_t unit = 0;
    // What would be rounded to 1024 is written in the next unit.
    while (value >= 1023.95 && unit + 1 < units.size()) {
        value /= 1024;
        ++unit;
    }
    return locale.toString(value, 'f', value < 99.95 ? 1 : 0) + u' ' + units.at(unit);
}

QString countText(qint64 count)
{
    return count < 0 ? u"–"_s : QLocale().toString(count);
}

QString countOfText(qint64 shown, qint64 total)
{
    if (shown == total)
        return countText(total);
    return Words::tr("%1 of %2").arg(countText(shown), countText(total));
}

} // namespace ui
