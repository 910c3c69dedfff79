// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nacos/wire/configmessages.h"

namespace core::nacos::wire {

/// `dataId+group+tenant` with `+` and `%` escaped inside the parts. An empty tenant is left out, as old servers do.
QString encodeGroupKey(const ConfigContext &key);
/// Error::Kind::BadReply when it is no group key.
Result<ConfigContext> decodeGroupKey(const QString &groupKey);

/// A fuzzy watch pattern: `namespace>>groupPattern>>dataIdPattern`. `*` stands for anything at the start, the end or both; everything
/// else is exact; the namespace is exact, empty means `public`.
struct FuzzyPattern {
    QString tenant, group, dataId;
    QString toString() const;
    static Result<FuzzyPattern> parse(const QString &text);
    bool matches(const ConfigContext &canonicalKey) const;
    /// One part of a pattern against one name.
    static bool partMatches(const QString &pattern, const QString &name);
};

} // namespace core::nacos::wire
