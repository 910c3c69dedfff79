// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/common/profilepolicies.h"

#include "core/profiles/practice.h"
#include "core/profiles/profilestore.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace core::commands {

namespace {

/// Scheme, host and port of a server's address in one spelling; empty: not an address.
QString originOf(const QString &server)
{
    const auto url = profiles::parseServer(server);
    if (!url)
        return {};
    const int standard = url->scheme() == "https"_L1 ? 443 : 80;
    return u"%1://%2:%3"_s.arg(url->scheme(), url->host()).arg(url->port(standard));
}

guard::Policy policyFrom(const profiles::Profile &saved)
{
    const auto environment = saved.environment == profiles::Environment::Production ? guard::Environment::Production
        : saved.environment == profiles::Environment::Staging                       ? guard::Environment::Staging
                                                                                    : guard::Environment::Development;
    const auto protection = saved.isProtected() ? guard::Policy::Protection::ReadOnly : guard::Policy::Protection::None;
    return guard::Policy{protection, environment, saved.name};
}

} // namespace

ProfilePolicies::ProfilePolicies(std::function<profiles::ProfileStore &()> store, const QStringList &unsavedServers)
    : m_store(std::move(store))
{
    for (const QString &server : unsavedServers)
        m_unsavedServers.insert(originOf(server));
    m_unsavedServers.remove(QString());
}

std::optional<guard::Policy> ProfilePolicies::policyOf(const QString &profile) const
{
    if (profile == profiles::PracticeServers::slug())
        return guard::Policy{guard::Policy::Protection::None, guard::Environment::Development, profile};
    if (profile.startsWith(u'~'))
        return unsavedPolicy(profile);
    const auto saved = m_store().find(profile);
    if (!saved)
        return std::nullopt;
    return policyFrom(*saved);
}

guard::Policy ProfilePolicies::unsavedPolicy(const QString &slug) const
{
    guard::Policy policy{guard::Policy::Protection::None, guard::Environment::Development, slug};
    for (const profiles::Profile &saved : m_store().profiles()) {
        const bool isSame =
            std::ranges::any_of(saved.servers, [this](const QString &server) { return m_unsavedServers.contains(originOf(server)); });
        // Of several the strictest counts.
        if (!isSame || !saved.isProtected() || policy.environment == guard::Environment::Production)
            continue;
        if (policy.unlockedWith.isEmpty() || saved.environment == profiles::Environment::Production) {
            policy = policyFrom(saved);
            policy.unlockedWith = saved.slug;
        }
    }
    return policy;
}

} // namespace core::commands
