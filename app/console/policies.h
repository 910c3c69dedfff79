// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/guard/policy.h"

namespace core::profiles {
class ProfileStore;
}

namespace app {

/// What the Guard asks about a connection, answered from the saved profiles; the practice registry may always be written to.
class Policies final : public core::guard::PolicySource {
public:
    explicit Policies(const core::profiles::ProfileStore &profiles)
        : m_profiles(profiles)
    {
    }
    std::optional<core::guard::Policy> policyOf(const QString &profile) const override;

private:
    const core::profiles::ProfileStore &m_profiles;
};

} // namespace app
