// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/sseparser.h"

#include <cstdlib>

namespace {

QList<core::net::SseEvent> feed(core::net::SseParser &parser, QByteArrayView bytes, qsizetype step)
{
    QList<core::net::SseEvent> events;
    for (qsizetype at = 0; at < bytes.size(); at += step) {
        const auto got = parser.feed(bytes.sliced(at, std::min(step, bytes.size() - at)));
        if (!got)
            return events;
        events += *got;
    }
    return events;
}

} // namespace

/// The events don't depend on where the stream is split; the first byte chooses the step.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    if (size == 0)
        return 0;
    const QByteArrayView bytes(reinterpret_cast<const char *>(data) + 1, static_cast<qsizetype>(size) - 1);
    core::net::SseParser whole, parts;
    if (feed(whole, bytes, std::max<qsizetype>(1, bytes.size())) != feed(parts, bytes, 1 + data[0] % 7))
        std::abort();
    if (whole.lastEventId() != parts.lastEventId() || whole.retry() != parts.retry())
        std::abort();
    core::net::SseParser small(64);
    std::ignore = feed(small, bytes, 1 + data[0] % 7);
    return 0;
}
