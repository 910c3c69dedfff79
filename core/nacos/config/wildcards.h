// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringView>

namespace core::nacos {

/// `*` in `pattern` stands for anything, everything else for itself; an empty pattern matches everything. The servers compare with SQL
/// LIKE, where `_` and `%` of a name match too much; what they answer is filtered with this.
bool wildcardMatches(QStringView pattern, QStringView name);

} // namespace core::nacos
