// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/guard/policy.h"

#include <functional>

namespace core::profiles {
class ProfileStore;
}

namespace core::commands {

/// Answers the Guard from the saved profiles; connections that are not saved (`~…`) are unprotected development ones, the practice
/// registry is too.
class ProfilePolicies final : public guard::PolicySource {
public:
    /// Asked at the first question, so that a program that writes nothing reads no profiles.
    explicit ProfilePolicies(std::function<profiles::ProfileStore &()> store);
    std::optional<guard::Policy> policyOf(const QString &profile) const override;

private:
    std::function<profiles::ProfileStore &()> m_store;
};

} // namespace core::commands
