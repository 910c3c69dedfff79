// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/common/profilepolicies.h"

#include "core/guard/profilepolicy.h"
#include "core/profiles/practice.h"
#include "core/profiles/profilestore.h"

#include <QDir>

using namespace Qt::StringLiterals;

namespace core::commands {

namespace {

using Same = HostNames::Same;

/// No slug: in the place of one that cannot be read.
constexpr auto Unreadable = "?"_L1;
constexpr int ConsolePort = 8080;

} // namespace

ProfilePolicies::ProfilePolicies(std::function<profiles::ProfileStore &()> store, const Place &place, HostNames::Lookup lookup)
    : m_store(std::move(store))
    , m_home(place.home)
    , m_names(std::move(lookup))
{
    for (const QString &server : place.unsavedServers) {
        if (const auto known = serverOf(server))
            m_unsaved.append(*known);
    }
}

/// One port speaks http or https, never both.
std::optional<ProfilePolicies::Server> ProfilePolicies::serverOf(const QString &address)
{
    const auto url = profiles::parseServer(address);
    return url ? std::optional(Server{HostNames::machineOf(url->host()), url->port()}) : std::nullopt;
}

/// The servers themselves, and their console: it writes as well.
ProfilePolicies::Servers ProfilePolicies::serversOf(const QStringList &servers, const QString &consoleUrl)
{
    Servers places;
    for (const QString &server : servers) {
        const auto known = serverOf(server);
        if (!known)
            continue;
        places.list.append(*known);
        if (consoleUrl.isEmpty())
            places.list.append({known->machine, ConsolePort});
    }
    if (const auto console = consoleUrl.isEmpty() ? std::nullopt : serverOf(consoleUrl))
        places.list.append(*console);
    return places;
}

ProfilePolicies::Servers ProfilePolicies::serversOf(const profiles::Profile &saved)
{
    using Kind = profiles::Proxy::Kind;
    Servers places = serversOf(saved.servers, saved.consoleUrl);
    places.resolvedHere = saved.proxy.kind == Kind::None || saved.proxy.kind == Kind::System;
    return places;
}

HostNames::Same ProfilePolicies::isUnsaved(const Servers &saved) const
{
    Same result = Same::No;
    for (const Server &one : m_unsaved) {
        for (const Server &other : saved.list) {
            if (one.port != other.port)
                continue;
            Same same = one.machine == other.machine ? Same::Yes : Same::No;
            if (saved.resolvedHere)
                same = m_names.same(one.machine, other.machine);
            if (same == Same::Yes)
                return same;
            if (same == Same::Unknown)
                result = same;
        }
    }
    return result;
}

Reply<Done> *ProfilePolicies::findNames(QObject *parent)
{
    QSet<QString> names;
    const auto take = [&](const Servers &saved) {
        for (const Server &one : m_unsaved) {
            for (const Server &other : saved.list) {
                if (saved.resolvedHere && one.port == other.port && m_names.same(one.machine, other.machine) == Same::Unknown)
                    names << one.machine << other.machine;
            }
        }
    };
    if (!m_unsaved.isEmpty()) {
        const profiles::ProfileStore &store = m_store();
        for (const profiles::Profile &saved : store.profiles()) {
            if (saved.isProtected())
                take(serversOf(saved));
        }
        for (const auto &unknown : store.notUnderstood()) {
            if (unknown.mayBeProtected)
                take(serversOf(unknown.servers, {}));
        }
    }
    return m_names.find(names, parent);
}

std::optional<guard::Policy> ProfilePolicies::policyOf(const QString &profile) const
{
    if (profile.startsWith(u'~'))
        return unsavedPolicy(profile);
    if (const auto saved = m_store().find(profile))
        return guard::policyOf(*saved);
    if (profile == profiles::PracticeServers::slug())
        return guard::Policy{guard::Policy::Protection::None, guard::Environment::Development, profile};
    return std::nullopt;
}

guard::Policy ProfilePolicies::unsavedPolicy(const QString &slug) const
{
    guard::Policy policy{guard::Policy::Protection::None, guard::Environment::Development, slug};
    const profiles::ProfileStore &store = m_store();
    const auto lockWith = [&policy](const QString &by) {
        policy.protection = guard::Policy::Protection::ReadOnly;
        policy.unlockedWith = by;
    };
    if (!whyClosed(Unreadable).isEmpty()) {
        lockWith(Unreadable);
        return policy;
    }
    for (const profiles::Profile &saved : store.profiles()) {
        // Of several the strictest counts.
        if (!saved.isProtected() || policy.environment == guard::Environment::Production || isUnsaved(serversOf(saved)) == Same::No)
            continue;
        if (policy.unlockedWith.isEmpty() || saved.environment == profiles::Environment::Production) {
            policy = guard::policyOf(saved);
            policy.unlockedWith = saved.slug;
        }
    }
    for (const auto &unknown : store.notUnderstood()) {
        if (unknown.mayBeProtected && isUnsaved(serversOf(unknown.servers, {})) != Same::No)
            lockWith(unknown.slug);
    }
    return policy;
}

QString ProfilePolicies::whyClosed(const QString &unlockedWith) const
{
    const profiles::ProfileStore &store = m_store();
    if (unlockedWith == Unreadable) {
        if (const auto error = store.loadError())
            return u"the saved connections cannot be read, so nobody knows whether this server is protected: "_s + error->message;
        // As long as it lies there, whichever call found it.
        const QStringList damaged = QDir(m_home).entryList({u"profiles.json.damaged-*"_s}, QDir::Files, QDir::Name);
        if (!damaged.isEmpty())
            return u"profiles.json was damaged, and a protected connection may have been among what could not be read: look at %1, add "
                   u"what "
                   "is missing with signalboxctl profile add, then delete that file (or write by a saved connection, with --profile)"_s.arg(
                       QDir(m_home).filePath(damaged.first()));
        return {};
    }
    for (const auto &unknown : store.notUnderstood()) {
        if (unknown.slug == unlockedWith)
            return u"this server is one of the connection \"%1\", which this version does not understand (%2) and takes for protected"_s
                .arg(unknown.name, unknown.what);
    }
    return {};
}

QString ProfilePolicies::whyUnsure(const QString &unlockedWith) const
{
    const auto saved = m_store().find(unlockedWith);
    const Servers places = saved ? serversOf(*saved) : Servers();
    if (isUnsaved(places) != Same::Unknown)
        return {};
    for (const Server &one : m_unsaved) {
        for (const Server &other : places.list) {
            if (one.port == other.port && m_names.same(one.machine, other.machine) == Same::Unknown)
                return m_names.isLost(other.machine) ? other.machine : one.machine;
        }
    }
    return {};
}

} // namespace core::commands
