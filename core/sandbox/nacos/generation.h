// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QMap>

namespace core::sandbox::nacos {

/// Which Nacos this registry answers as: versions, which HTTP planes exist, what an empty namespace means.
struct Generation {
    enum class Name { V2_4, V3_0, V3_1, V3_2 };
    Name name = Name::V3_1;

    /// "2.4", "3.0", "3.1", "3.2"; Error::Kind::Usage for everything else, "3.3" among it.
    static Result<Generation> parse(const QString &text);
    QString version() const;

    bool hasV3() const { return name != Name::V2_4; }
    bool hasConsolePort() const { return hasV3(); }
    bool hasFuzzyWatch() const { return hasV3(); }
    bool hasMetadataEdit() const { return name == Name::V3_1 || name == Name::V3_2; }
    /// v1 for SDKs: all of 2.4, compatibility mode of 3.0 and 3.1, gone (404) in 3.2.
    bool hasLegacyClientApi() const { return name != Name::V3_2; }
    /// v1 and v2 for consoles and administrators: 2.4 only; 3.0 and 3.1 answer 410, 3.2 404.
    bool hasLegacyAdminApi() const { return name == Name::V2_4; }
    bool answersGone() const { return name == Name::V3_0 || name == Name::V3_1; }
    /// Up to 3.1 a publish without a description clears it, later it stays.
    bool keepsAbsentDescription() const { return name == Name::V3_2; }
    QMap<QString, bool> abilities() const;

    /// The one spelling of a namespace of configurations. From 3.0 on `""` and `public` are the same; in 2.x `""` is the public
    /// namespace, kept as `public` here, and a tenant literally named `public` is another, normally empty, space.
    QString canonicalSpace(const QString &spelled) const;
    /// How this generation writes a canonical namespace in its answers.
    QString spelledSpace(const QString &canonical) const;
};

} // namespace core::sandbox::nacos
