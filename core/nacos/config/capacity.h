// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/reply.h"

#include <QDateTime>

namespace core::nacos {

class Session;

/// What a namespace or a group may hold. Servers enforce it only where their capacity management is switched on.
struct Capacity {
    QString namespaceId, group;                       ///< one of them
    qint64 quota = -1, usage = -1;                    ///< configurations; -1: not told
    qint64 maxSize = -1;                              ///< bytes of one configuration
    qint64 maxAggregates = -1, maxAggregateSize = -1; ///< parts of an aggregated one, bytes of a part
    QDateTime createdAt, changedAt;                   ///< invalid: not told
};
struct CapacityOf {
    QString namespaceId; ///< canonical; used when `group` is empty
    QString group;
};
/// Admin plane, or v1. Unsupported: the connection reaches neither, or a 2.x server is asked for `public`, of which it knows none.
Reply<Capacity> *readCapacity(Session &session, const CapacityOf &of, QObject *parent);

} // namespace core::nacos
