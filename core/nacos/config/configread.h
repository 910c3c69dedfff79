// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/stream.h"
#include "core/nacos/config/config.h"

namespace core::nacos {

class Registry;

/// One configuration of many that are read.
struct ConfigRead {
    ConfigKey key;
    Result<ConfigDetail> detail; ///< an error: this one could not be read, the others could
    qsizetype weight() const { return detail ? detail->content.size() : detail.error().message.size() * 2; }
};

/// Lists every query, one after the other, and reads what it finds, whole and from the wire, many at once and in no order. What vanishes
/// between list and read is not told. Ends with the error of a list, or when the connection is lost (Network, Timeout, Tls, Auth): then
/// not everything was seen. Paused, it begins no more reads: what is under way (at most 16) still comes. progress(): read so far, listed
/// so far.
Stream<ConfigRead> *readConfigs(Registry &registry, const QList<ConfigQuery> &queries, QObject *parent);

/// A configuration that a change of many does not touch, and why. Policy: encrypted content cannot be treated so; Conflict: something else
/// is there already; the rest as they came.
struct LeftOut {
    ConfigKey key;
    Error why;
};

} // namespace core::nacos
