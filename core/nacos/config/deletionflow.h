// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/reply.h"
#include "core/guard/plan.h"
#include "core/nacos/config/config.h"

namespace core::nacos {

class Registry;

/// What deleting some configurations would do.
struct Deletion {
    guard::Plan plan;         ///< in the order asked for; nothing is sent before the Guard has it
    QList<ConfigKey> missing; ///< those that do not exist (any more)
    /// Of each change of the plan: how many applications listen to what goes; nullopt: the server did not say, or not
    /// clearly (see ConfigListener::Who). Empty when not asked.
    QList<std::optional<int>> listeners;
};

enum class Listeners { Count, Leave };

/// Reads the live states, eight at a time, and makes the plan that deletes them. progress(): read so far, all. Fails with the first
/// that cannot be read or deleted; Cancelled when the connection is closed meanwhile. Who listens is asked too, if wanted: that fails
/// nothing, and a server that does not tell is not asked about the rest.
Reply<Deletion> *planDeletion(Registry &registry, const QList<ConfigKey> &keys, QObject *parent, Listeners listeners = Listeners::Leave);

} // namespace core::nacos
