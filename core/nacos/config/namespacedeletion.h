// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nacos/config/deletionflow.h"

namespace core::nacos {

/// What deleting a namespace would do.
struct NamespaceDeletion {
    /// The configurations that go with it, then the namespace itself. Nothing is sent before the Guard has it.
    guard::Plan plan;
    QList<ConfigKey> configs;            ///< what is in it, by name
    std::optional<Error> unlisted;       ///< why that is not known
    QList<std::optional<int>> listeners; ///< as Deletion::listeners, of the configurations that go
};

/// Keep: they stay on the server, can be read by ID, and are listed again when the namespace is made again.
enum class Contents { Keep, Delete };

/// Lists what is in the namespace and makes the plan. Keep: the list may fail, the answer then says why. Delete: every live state is read
/// (progress(): read so far, all) and who listens is asked; fails with the first that cannot be read. Cancelled when the connection is
/// closed meanwhile.
Reply<NamespaceDeletion> *planNamespaceDeletion(Registry &registry, const NamespaceInfo &info, Contents contents, QObject *parent);

} // namespace core::nacos
