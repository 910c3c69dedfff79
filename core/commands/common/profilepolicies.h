// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/guard/policy.h"

#include <functional>
#include <QSet>
#include <QStringList>

namespace core::profiles {
class ProfileStore;
}

namespace core::commands {

/// Answers the Guard from the saved profiles. The connection that is not saved (`~…`) is an unprotected development one, unless a
/// protected profile has the same server, however it is spelled: then it is as protected as that and opened by its unlock. What cannot be
/// read counts as protected. The practice registry is unprotected.
class ProfilePolicies final : public guard::PolicySource {
public:
    /// The store is asked for at the first question, so that a program that writes nothing reads no profiles. unsavedServers: those of
    /// the connection that is not saved, if there is one.
    ProfilePolicies(std::function<profiles::ProfileStore &()> store, const QStringList &unsavedServers);
    std::optional<guard::Policy> policyOf(const QString &profile) const override;
    /// A sentence, when no unlock of this version opens what Policy::unlockedWith names; English.
    QString whyClosed(const QString &unlockedWith) const;

private:
    guard::Policy unsavedPolicy(const QString &slug) const;
    bool isUnsaved(const QStringList &servers, const QString &consoleUrl) const;
    std::function<profiles::ProfileStore &()> m_store;
    QSet<QString> m_unsavedPlaces; ///< as placeOf() spells them
};

} // namespace core::commands
