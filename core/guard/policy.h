// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <QString>

namespace core::guard {

enum class Environment { Development, Staging, Production };

/// What a connection's profile says about writing.
struct Policy {
    enum class Protection {
        None,
        ReadOnly ///< writes only while unlocked
    };
    Protection protection = Protection::None;
    Environment environment = Environment::Development;
    QString displayName;
    QString unlockedWith = {}; ///< the profile whose unlock opens this connection; empty: its own
};

/// Answers for a profile by its slug; implemented by core/profiles' owner. Asked at every review and submit, so it answers from memory.
class PolicySource {
public:
    virtual ~PolicySource() = default;
    /// nullopt: no such profile; nothing may be written through it. Connections that are not saved (`~…`) are the source's to answer too.
    virtual std::optional<Policy> policyOf(const QString &profile) const = 0;
};

} // namespace core::guard
