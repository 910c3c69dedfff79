// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/operation.h"
#include "core/base/result.h"
#include "core/base/weight.h"

#include <optional>
#include <QList>

namespace core {

/// Many items that come in batches, then the end. Same guarantees as Reply; in addition: items pushed before a successful end are all
/// delivered before `then`, after a cancel nothing more is. Endless subscriptions (watch) are streams as well: cancel() unsubscribes.
///
/// Back-pressure: push() answers whether the producer may go on. Above the high-water mark (items pending for delivery, or their bytes as
/// weightOf() counts them) the producer stops reading and is called back through onResume when everything pending has been delivered.
/// Only what cannot be stopped goes on: the outcomes of a write under way. A receiver that works on with what it got elsewhere and has
/// enough for now calls hold(): nothing is delivered until release(), so that pending grows to the mark and the producer pauses.
template <class T>
class Stream final : public Operation {
public:
    explicit Stream(QObject *parent = nullptr)
        : Operation(parent)
    {
    }

    enum class Flow { GoOn, Pause };

    /// By the producer; any number of pushes per event loop turn become one batch.
    Flow push(QList<T> items)
    {
        if (m_settled)
            return Flow::Pause;
        for (const T &item : std::as_const(items))
            m_pendingBytes += weightOf(item);
        m_pending += std::move(items);
        post();
        m_paused = m_pending.size() >= m_highWater.items || m_pendingBytes >= m_highWater.bytes;
        return m_paused ? Flow::Pause : Flow::GoOn;
    }
    void settle(Result<Done> result)
    {
        if (m_settled)
            return;
        m_settled = true;
        m_result = std::move(result);
        finishLater();
    }
    void abort(const Error &error) override { settle(tl::unexpected(error)); }
    struct HighWater {
        qsizetype items = 4096;
        qsizetype bytes = 8 * 1024 * 1024;
    };
    void setHighWater(HighWater mark) { m_highWater = mark; }

    /// By the receiver, from inside or outside its handler. What is pending when the stream ends well is delivered all the same, before
    /// `then`: it is no more than the mark and what was under way. Not counted: one release() undoes any number of hold().
    void hold() { m_held = true; }
    void release()
    {
        if (std::exchange(m_held, false) && !m_pending.isEmpty())
            post();
    }

    /// Valid once settled.
    const Result<Done> &result() const { return *m_result; }

    /// handler(const QList<T> &batch)
    template <class Context, class F>
    Stream *each(Context *context, F &&handler)
    {
        addReceiver(context);
        QObject::connect(this, &Operation::advanced, context, [this, context, handler = std::forward<F>(handler)]() mutable {
            if (!hasEnded(context))
                handler(std::as_const(m_batch));
        });
        return this;
    }
    /// handler(const Result<Done> &)
    template <class Context, class F>
    Stream *then(Context *context, F &&handler)
    {
        addReceiver(context);
        QObject::connect(this, &Operation::finished, context, [this, context, handler = std::forward<F>(handler)]() mutable {
            if (!hasEnded(context))
                handler(std::as_const(*m_result));
        });
        return this;
    }

    /// Set by the producer: everything pending was delivered after a push answered Pause.
    std::function<void()> onResume;

private:
    void post()
    {
        if (m_held || std::exchange(m_posted, true))
            return;
        QMetaObject::invokeMethod(
            this,
            [this] {
                m_posted = false;
                if (!m_held)
                    deliver();
            },
            Qt::QueuedConnection);
    }
    void deliver()
    {
        if (m_pending.isEmpty() || (m_settled && !*m_result))
            return;
        m_batch = std::exchange(m_pending, {});
        m_pendingBytes = 0;
        const QPointer<Operation> alive(this); // a handler may destroy the service whose child we are
        Q_EMIT advanced();
        if (!alive)
            return;
        m_batch.clear();
        if (std::exchange(m_paused, false) && !m_settled && onResume)
            onResume();
    }
    void beforeFinished() override { deliver(); }

    QList<T> m_pending, m_batch;
    std::optional<Result<Done>> m_result;
    HighWater m_highWater;
    qsizetype m_pendingBytes = 0;
    bool m_posted = false, m_paused = false, m_held = false;
};

} // namespace core
