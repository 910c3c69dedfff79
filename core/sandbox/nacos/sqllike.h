// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace core::sandbox::nacos {

/// SQL's LIKE without an escape character, case-sensitive: `%` any characters, `_` exactly one. The real server hands patterns to its
/// database unescaped, so `a_b` finds `a-b` there and here.
bool sqlLike(const QString &pattern, QStringView text);
/// The server's own step before LIKE: every `*` becomes `%`.
QString starsToPercent(QString pattern);

} // namespace core::sandbox::nacos
