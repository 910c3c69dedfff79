// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/reply.h"

#include <functional>
#include <memory>
#include <QFutureWatcher>
#include <QPromise>
#include <QThreadPool>
#include <type_traits>

namespace core {

/// Threads for what takes longer than a moment: decoding, searching, deriving keys, reading folders. One set a program, made by whoever
/// composes it and passed on. Never Qt's global pool: the window is painted with its threads, and would wait. Lives in the GUI thread;
/// its end waits for the work under way.
class Workers final {
    Q_DISABLE_COPY_MOVE(Workers)
public:
    Workers() = default;

    /// Does `work()` on one of the threads; `handler(its answer)` in the thread of `context`, never inside this call, not when that is
    /// gone. The work itself can touch nothing but what it owns.
    template <class Work, class Handler>
    void run(QObject *context, Work work, Handler handler)
    {
        using Answer = std::invoke_result_t<Work>;
        auto *watcher = new QFutureWatcher<Answer>(context);
        QObject::connect(watcher, &QFutureWatcherBase::finished, context, [watcher, handler = std::move(handler)]() mutable {
            watcher->deleteLater();
            handler(watcher->result());
        });
        // The pool wants something that can be copied.
        const auto promise = std::make_shared<QPromise<Answer>>();
        watcher->setFuture(promise->future());
        m_pool.start([promise, work = std::move(work)]() mutable {
            promise->start();
            promise->addResult(work());
            promise->finish();
        });
    }

    /// The same as a reply: `work() -> Result<T>`.
    template <class T, class Work>
    Reply<T> *reply(Work work, QObject *parent)
    {
        auto *reply = new Reply<T>(parent);
        run(reply, std::move(work), [reply](const Result<T> &answer) { reply->settle(answer); });
        return reply;
    }

private:
    QThreadPool m_pool;
};

} // namespace core
