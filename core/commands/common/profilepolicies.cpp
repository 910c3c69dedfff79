// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/common/profilepolicies.h"

#include "core/profiles/practice.h"
#include "core/profiles/profilestore.h"

#include <algorithm>
#include <QHostAddress>
#include <QNetworkInterface>
#include <QSysInfo>

using namespace Qt::StringLiterals;

namespace core::commands {

namespace {

/// No slug: in the place of one that cannot be read.
constexpr auto Unreadable = "?"_L1;
constexpr int ConsolePort = 8080;

bool isThisMachine(const QHostAddress &address)
{
    const QString text = address.toString();
    const bool isUnspecified = text == "0.0.0.0"_L1 || text == "::"_L1; // connecting to it ends here
    return address.isLoopback() || isUnspecified || QNetworkInterface::allAddresses().contains(address);
}

/// One spelling for the many names of one machine, as far as they are known without asking anybody.
QString machineOf(const QString &host)
{
    constexpr auto Here = "localhost"_L1;
    QString name = host.toLower();
    while (name.endsWith(u'.'))
        name.chop(1);
    QHostAddress address(name);
    if (address.isNull()) {
        const QString own = QSysInfo::machineHostName().toLower();
        const bool isOwn = !own.isEmpty() && (name == own || name == own.section(u'.', 0, 0));
        return isOwn || name == Here || name.endsWith(".localhost"_L1) ? QString(Here) : name;
    }
    address.setScopeId({});
    bool isFour = false;
    const quint32 four = address.toIPv4Address(&isFour); // ::ffff:127.0.0.1, too
    if (isFour)
        address = QHostAddress(four);
    return isThisMachine(address) ? QString(Here) : address.toString();
}

/// Machine and port of a server's address in one spelling; empty: not an address. One port speaks http or https, never both.
QString placeOf(const QString &server)
{
    const auto url = profiles::parseServer(server);
    return url ? u"%1 %2"_s.arg(machineOf(url->host())).arg(url->port()) : QString();
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
        m_unsavedPlaces.insert(placeOf(server));
    m_unsavedPlaces.remove(QString());
}

std::optional<guard::Policy> ProfilePolicies::policyOf(const QString &profile) const
{
    if (profile.startsWith(u'~'))
        return unsavedPolicy(profile);
    if (const auto saved = m_store().find(profile))
        return policyFrom(*saved);
    if (profile == profiles::PracticeServers::slug())
        return guard::Policy{guard::Policy::Protection::None, guard::Environment::Development, profile};
    return std::nullopt;
}

/// The servers themselves, and their console: it writes as well.
bool ProfilePolicies::isUnsaved(const QStringList &servers, const QString &consoleUrl) const
{
    if (!consoleUrl.isEmpty() && m_unsavedPlaces.contains(placeOf(consoleUrl)))
        return true;
    return std::ranges::any_of(servers, [&](const QString &server) {
        const auto url = profiles::parseServer(server);
        if (!url)
            return false;
        const bool isConsole = consoleUrl.isEmpty() && m_unsavedPlaces.contains(u"%1 %2"_s.arg(machineOf(url->host())).arg(ConsolePort));
        return isConsole || m_unsavedPlaces.contains(placeOf(server));
    });
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
        if (!saved.isProtected() || policy.environment == guard::Environment::Production || !isUnsaved(saved.servers, saved.consoleUrl))
            continue;
        if (policy.unlockedWith.isEmpty() || saved.environment == profiles::Environment::Production) {
            policy = policyFrom(saved);
            policy.unlockedWith = saved.slug;
        }
    }
    for (const auto &unknown : store.notUnderstood()) {
        if (unknown.mayBeProtected && isUnsaved(unknown.servers, {}))
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
        if (const auto aside = store.setAside())
            return u"profiles.json was damaged, and a protected connection may have been among what could not be read: look at %1 in its "
                   "folder, then try again"_s.arg(aside->movedTo);
        return {};
    }
    for (const auto &unknown : store.notUnderstood()) {
        if (unknown.slug == unlockedWith)
            return u"this server is one of the connection \"%1\", which this version does not understand (%2) and takes for protected"_s
                .arg(unknown.name, unknown.what);
    }
    return {};
}

} // namespace core::commands
