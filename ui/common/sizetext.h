// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace ui {

/// "940 B", "3.1 KiB", "12 MiB" by the locale; "–" below 0 (unknown).
QString sizeText(qint64 bytes);
/// With the locale's separators: "1,204"; "–" below 0.
QString countText(qint64 count);
/// "21 of 1,204".
QString countOfText(qint64 shown, qint64 total);

} // namespace ui
