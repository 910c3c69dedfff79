// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/commands/common/hostnames.h"
#include "core/guard/policy.h"

#include <QStringList>

namespace core::profiles {
class ProfileStore;
struct Profile;
} // namespace core::profiles

namespace core::commands {

/// Answers the Guard from the saved profiles. The connection that is not saved (`~…`) is an unprotected development one, unless a
/// protected profile has the same server, however it is spelled and by whatever name: then it is as protected as that and opened by its
/// unlock. What cannot be read or found out counts as protected. The practice registry is unprotected.
class ProfilePolicies final : public guard::PolicySource {
public:
    struct Place {
        QString home;
        QStringList unsavedServers; ///< of the connection that is not saved, if there is one
    };
    /// The store is asked for at the first question, so that a program that writes nothing reads no profiles.
    ProfilePolicies(std::function<profiles::ProfileStore &()> store, const Place &place,
                    HostNames::Lookup lookup = HostNames::ofTheSystem());
    /// Finds out which names lead to the server that is not saved; asks nobody when there is nothing to tell apart. Until then every name
    /// counts as one of it.
    Reply<Done> *findNames(QObject *parent);
    std::optional<guard::Policy> policyOf(const QString &profile) const override;
    /// A sentence, when no unlock of this version opens what Policy::unlockedWith names; English.
    QString whyClosed(const QString &unlockedWith) const;
    /// A name that was not found, when nothing but that makes the connection count as the protected one; else empty.
    QString whyUnsure(const QString &unlockedWith) const;

private:
    struct Server {
        QString machine;
        int port = 0;
    };
    /// Where one saved connection writes. Names that a proxy or a jump host resolves are compared as they are.
    struct Servers {
        QList<Server> list;
        bool resolvedHere = true;
    };
    static std::optional<Server> serverOf(const QString &address);
    static Servers serversOf(const QStringList &servers, const QString &consoleUrl);
    static Servers serversOf(const profiles::Profile &saved);
    guard::Policy unsavedPolicy(const QString &slug) const;
    HostNames::Same isUnsaved(const Servers &saved) const;
    std::function<profiles::ProfileStore &()> m_store;
    QString m_home;
    QList<Server> m_unsaved;
    HostNames m_names;
};

} // namespace core::commands
