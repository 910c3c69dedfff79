// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/guard/profilepolicy.h"

#include "core/profiles/profile.h"

namespace core::guard {

namespace {

/// A switch without default: an environment nobody thought of here is a compiler's warning, not an unprotected connection.
Environment environmentOf(profiles::Environment environment)
{
    switch (environment) {
    case profiles::Environment::Production:
        return Environment::Production;
    case profiles::Environment::Staging:
        return Environment::Staging;
    case profiles::Environment::None:
    case profiles::Environment::Development:
        break;
    }
    return Environment::Development;
}

} // namespace

Policy policyOf(const profiles::Profile &profile)
{
    const auto protection = profile.isProtected() ? Policy::Protection::ReadOnly : Policy::Protection::None;
    return {protection, environmentOf(profile.environment), profile.name};
}

} // namespace core::guard
