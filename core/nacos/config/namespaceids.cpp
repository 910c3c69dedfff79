// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/namespaceids.h"

#include "core/nacos/config/config.h"
#include "core/nacos/config/namespaceclient.h"
#include "core/nacos/registry.h"
#include "core/profiles/profile.h"

namespace core::nacos {

Reply<NamespaceIds> *namespaceIds(Registry &registry, QObject *owner)
{
    auto *reply = new Reply<NamespaceIds>(owner);
    const profiles::Profile &profile = registry.profile();
    NamespaceIds own{{}, false};
    for (const QString &id : QStringList{profile.defaultNamespace} + profile.typedNamespaces)
        own.ids.append(ConfigKey::canonicalNamespace(id));
    own.ids.removeDuplicates();
    follow(reply, registry.namespaces().list(), [own](const Result<QList<NamespaceInfo>> &all) -> Result<NamespaceIds> {
        if (!all && all.error().kind == Error::Kind::Forbidden)
            return own;
        if (!all)
            return fail(all.error());
        NamespaceIds found;
        for (const NamespaceInfo &info : *all)
            found.ids.append(ConfigKey::canonicalNamespace(info.id));
        found.ids.removeDuplicates();
        return found;
    });
    return reply;
}

} // namespace core::nacos
