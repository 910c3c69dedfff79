// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/policies.h"

#include "core/profiles/practice.h"
#include "core/profiles/profilestore.h"

using namespace Qt::StringLiterals;

namespace app {

using core::guard::Policy;

std::optional<Policy> Policies::policyOf(const QString &slug) const
{
    const auto profile = m_profiles.find(slug);
    if (!profile && slug == core::profiles::PracticeServers::slug())
        return Policy{Policy::Protection::None, core::guard::Environment::Development, u"Practice"_s};
    if (!profile)
        return {};
    Policy policy;
    policy.protection = profile->isProtected() ? Policy::Protection::ReadOnly : Policy::Protection::None;
    policy.displayName = profile->name;
    switch (profile->environment) {
    case core::profiles::Environment::Production:
        policy.environment = core::guard::Environment::Production;
        break;
    case core::profiles::Environment::Staging:
        policy.environment = core::guard::Environment::Staging;
        break;
    case core::profiles::Environment::None:
    case core::profiles::Environment::Development:
        policy.environment = core::guard::Environment::Development;
        break;
    }
    return policy;
}

} // namespace app
