// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/reply.h"
#include "core/base/stream.h"

#include <QTest>
#include <QTestEventLoop>

namespace tests {

/// Runs the event loop until the reply has its answer; nullopt when none came in time.
///     const auto answer = tests::await(client.send(request)); QVERIFY(answer && *answer);
template <class T>
std::optional<core::Result<T>> await(core::Reply<T> *reply, std::chrono::milliseconds limit = std::chrono::seconds(10))
{
    std::optional<core::Result<T>> answer;
    QTestEventLoop loop; // not QTest::qWaitFor, which naps 10 ms each time
    QObject context;
    reply->then(&context, [&](const core::Result<T> &result) {
        answer = result;
        loop.exitLoop();
    });
    loop.enterLoopMSecs(static_cast<int>(limit.count()));
    return answer;
}

template <class T>
struct Streamed {
    QList<T> items;
    int batches = 0;
    std::optional<core::Result<core::Done>> end; ///< nullopt: it did not end in time
};

template <class T>
Streamed<T> await(core::Stream<T> *stream, std::chrono::milliseconds limit = std::chrono::seconds(10))
{
    Streamed<T> got;
    QTestEventLoop loop;
    QObject context;
    stream->each(&context, [&got](const QList<T> &batch) {
        got.items += batch;
        ++got.batches;
    });
    stream->then(&context, [&](const core::Result<core::Done> &result) {
        got.end = result;
        loop.exitLoop();
    });
    loop.enterLoopMSecs(static_cast<int>(limit.count()));
    return got;
}

/// What QCOMPARE can show of an answer.
template <class R>
QString errorOf(const std::optional<R> &answer)
{
    if (!answer)
        return QStringLiteral("no answer in time");
    return *answer ? QString() : answer->error().kindName() + QStringLiteral(": ") + answer->error().message;
}

} // namespace tests
