// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/stream.h"
#include "core/nacos/config/configclient.h"

#include <chrono>

namespace core::nacos {

struct ConvergenceOptions {
    QByteArray md5; ///< of what was published; empty: whatever the server answers at the moment, which may lag behind the publish
    std::chrono::milliseconds limit = std::chrono::seconds(30);
    std::chrono::milliseconds firstPause = std::chrono::milliseconds(100);
    std::chrono::milliseconds longestPause = std::chrono::seconds(2);
};

/// After a publish: who listens, and who has the new content by now. Each listener is told once at first and again when it becomes up to
/// date (or falls behind); progress() counts the applications that are. Ends with Done when all of them are, with Timeout when the limit
/// is reached before; failures that may pass are borne until then. No server pushes this: it is asked, at growing intervals.
Stream<ConfigListener> *watchConvergence(ConfigClient &configs, const ConfigKey &key, const ConvergenceOptions &options, QObject *parent);

} // namespace core::nacos
