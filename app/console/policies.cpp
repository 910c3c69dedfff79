// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/policies.h"

#include "core/guard/profilepolicy.h"
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
    return core::guard::policyOf(*profile);
}

} // namespace app
