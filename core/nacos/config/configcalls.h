// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nacos/config/config.h"
#include "core/nacos/session/httpaccess.h"

namespace core::nacos::calls {

/// The reading HTTP requests for configurations, on each plane. nullopt: that plane has no such request.
/// `tenant` is the namespace as this server wants it spelled. The writing ones are in configexecutor.cpp.

struct Page {
    int number = 1, size = 500;
};
/// v1 lists carry the contents as well.
inline int pageSizeFor(Plane plane)
{
    return plane == Plane::Legacy ? 100 : 500;
}

struct Target {
    ConfigKey key;
    QString tenant;
};

HttpCall list(Plane plane, const ConfigQuery &query, const QString &tenant, Page page);
HttpCall detail(Plane plane, const Target &target);
HttpCall beta(Plane plane, const Target &target);
HttpCall historyList(Plane plane, const Target &target, Page page);
HttpCall historyRow(Plane plane, const Target &target, const QString &nid);
HttpCall listeners(Plane plane, const Target &target);
HttpCall listenedBy(Plane plane, const QString &ip, const QString &tenant);

/// Identity parameters in the plane's spelling.
net::FormFields identity(Plane plane, const Target &target);

} // namespace core::nacos::calls
