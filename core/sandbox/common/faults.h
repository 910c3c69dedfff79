// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QJsonArray>
#include <QStringList>
#include <shared_mutex>

namespace core::sandbox {

/// Faults on demand, for trying how a client bears them: `latency:MS`, `drop:PCT`, `error:STATUS`, `truncate:PCT`, `deny:PATH`.
/// PATH is the beginning of an HTTP path, or a gRPC request type. Thread-safe.
class Faults {
    Q_DISABLE_COPY_MOVE(Faults)
public:
    Faults() = default;
    /// Error::Kind::Usage names the one that is wrong; then nothing changes. An empty list ends all faults.
    Result<Done> set(const QStringList &faults);
    Result<Done> set(const QJsonArray &faults);
    QStringList list() const;

    /// What is to happen to one request.
    struct Fate {
        int latencyMs = 0;
        int status = 0; ///< answer this HTTP status (gRPC: this error code); 0: none
        bool drop = false, truncate = false, deny = false;
        bool isHarmless() const { return latencyMs == 0 && status == 0 && !drop && !truncate && !deny; }
    };
    Fate decide(QByteArrayView pathOrType) const;

private:
    mutable std::shared_mutex m_mutex;
    QStringList m_list;
    int m_latencyMs = 0, m_status = 0, m_dropPercent = 0, m_truncatePercent = 0;
    QList<QByteArray> m_denied;
};

} // namespace core::sandbox
