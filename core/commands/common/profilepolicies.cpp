// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/common/profilepolicies.h"

#include "core/profiles/practice.h"
#include "core/profiles/profilestore.h"

using namespace Qt::StringLiterals;

namespace core::commands {

ProfilePolicies::ProfilePolicies(std::function<profiles::ProfileStore &()> store)
    : m_store(std::move(store))
{
}

std::optional<guard::Policy> ProfilePolicies::policyOf(const QString &profile) const
{
    if (profile.startsWith(u'~') || profile == profiles::PracticeServers::slug())
        return guard::Policy{guard::Policy::Protection::None, guard::Environment::Development, profile};
    const auto saved = m_store().find(profile);
    if (!saved)
        return std::nullopt;
    const auto environment = saved->environment == profiles::Environment::Production ? guard::Environment::Production
        : saved->environment == profiles::Environment::Staging                       ? guard::Environment::Staging
                                                                                     : guard::Environment::Development;
    const auto protection = saved->isProtected() ? guard::Policy::Protection::ReadOnly : guard::Policy::Protection::None;
    return guard::Policy{protection, environment, saved->name};
}

} // namespace core::commands
