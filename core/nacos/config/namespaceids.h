// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/reply.h"

#include <QStringList>

namespace core::nacos {

class Registry;

/// Where "every namespace" is for an account.
struct NamespaceIds {
    QStringList ids;    ///< canonical (`public`, never empty), each once
    bool listed = true; ///< false: the account may not list them, these are the profile's own (its first and those typed by hand)
};

/// Every namespace the account can be expected to work in: those the server lists, or the profile's own where the server forbids to list
/// them. Any other failure to list them is the answer's. GET namespace list on the wire (namespaceclient.h).
Reply<NamespaceIds> *namespaceIds(Registry &registry, QObject *owner);

} // namespace core::nacos
