// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/reply.h"
#include "core/guard/plan.h"
#include "core/nacos/config/configread.h"

namespace core::nacos {

struct CloneRequest {
    QString from, to; ///< namespaces, canonical
    QString name;     ///< of the new namespace; empty: its ID
};

/// The plan of copying a namespace: the namespace itself when there is none with that ID, then every configuration with type,
/// application, tags, description and the rest, encrypted ones together with their data key. Nothing that exists is overwritten.
struct ClonePlan {
    guard::Plan plan; ///< the namespace's creation, if any, is the first change; without changes: everything is there already
    /// Conflict: it exists there with another state; Policy: it is encrypted and its data key is not known; Forbidden: the account may not
    /// read all of it; the rest as they came.
    QList<LeftOut> leftOut;
    qint64 looked = 0, alike = 0; ///< configurations in `from`; those that `to` has just so
    bool createsNamespace = false;
};
/// Errors: Usage (the same namespace twice, an ID the server would not take), NotFound (`from`), those of the session.
/// progress(): read, listed. Gray versions stay where they are.
Reply<ClonePlan> *planClone(Registry &registry, const CloneRequest &request, QObject *parent);

} // namespace core::nacos
