// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/core/nacos/liveclient.h"

#include <algorithm>

namespace tests {

inline core::nacos::ConfigKey key(const QString &dataId)
{
    return {QStringLiteral("public"), QStringLiteral("G"), dataId};
}

/// What a watch has told.
struct Told {
    QObject context;
    QList<core::nacos::ConfigEvent> events;
    std::optional<core::Result<core::Done>> end;
    QPointer<core::Stream<core::nacos::ConfigEvent>> stream;

    explicit Told(core::Stream<core::nacos::ConfigEvent> *watch)
        : stream(watch)
    {
        watch->each(&context, [this](const QList<core::nacos::ConfigEvent> &batch) { events += batch; });
        watch->then(&context, [this](const core::Result<core::Done> &result) { end = result; });
    }
    int count(core::nacos::ConfigEvent::Kind kind) const
    {
        return int(
            std::count_if(events.begin(), events.end(), [kind](const core::nacos::ConfigEvent &event) { return event.kind == kind; }));
    }
    bool isReady() const { return count(core::nacos::ConfigEvent::Kind::Ready) > 0; }
    QList<core::nacos::ConfigEvent> of(core::nacos::ConfigEvent::Kind kind) const
    {
        QList<core::nacos::ConfigEvent> found;
        std::copy_if(events.begin(), events.end(), std::back_inserter(found),
                     [kind](const core::nacos::ConfigEvent &event) { return event.kind == kind; });
        return found;
    }
};

/// With what it has asked to be told of.
struct ListeningClient : LiveClient {
    QList<core::nacos::wire::ConfigBatchListenRequest> listens() const
    {
        QList<core::nacos::wire::ConfigBatchListenRequest> all;
        for (const core::nacos::wire::Message &message : f.grpc.seen(core::nacos::wire::ConfigBatchListenRequest::typeName))
            all.append(*core::nacos::wire::ConfigBatchListenRequest::fromBody(message.body));
        return all;
    }
};

} // namespace tests
