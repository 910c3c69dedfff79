// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/reply.h"

#include <chrono>
#include <functional>
#include <optional>
#include <QHash>
#include <QSet>

namespace core::commands {

/// Which names lead to the same machine. Lives in the GUI thread.
class HostNames final {
public:
    using Found = std::function<void(const std::optional<QStringList> &addresses)>; ///< nullopt: not found, or nobody answers
    /// Looks one name up; calls back once, later, and not when `receiver` is gone.
    using Lookup = std::function<void(const QString &name, QObject *receiver, const Found &found)>;
    static Lookup ofTheSystem();

    explicit HostNames(Lookup lookup, std::chrono::milliseconds limit = std::chrono::seconds(3));

    /// One spelling for what is known without asking anybody: this machine's names and addresses, case, forms of an address.
    static QString machineOf(const QString &host);
    static bool isName(const QString &machine); ///< rather than an address or this machine

    /// Looks up those of them (as machineOf() spells them) that are names and not known yet, at once and within the limit.
    Reply<Done> *find(const QSet<QString> &machines, QObject *parent);

    enum class Same { Yes, No, Unknown };
    /// Unknown until both were looked for, and when one was not found. A name that is not found is none of this machine's.
    Same same(const QString &machine, const QString &other) const;
    bool isLost(const QString &machine) const; ///< it was looked for and not found

private:
    Lookup m_lookup;
    std::chrono::milliseconds m_limit;
    QHash<QString, std::optional<QSet<QString>>> m_known; ///< machines that a name leads to
    QSet<QString> m_unanswered;                           ///< names nobody answered for in time
};

} // namespace core::commands
