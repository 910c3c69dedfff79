// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/operation.h"
#include "core/base/result.h"

#include <optional>

namespace core {

/// One answer that comes later. The caller receives a pointer it does not own:
///     m_configs.get(key)->then(this, [this](const core::Result<...> &answer) { ... });
/// The handler is called exactly once, never inside the call that returned the reply, always in the thread of the reply (the GUI
/// thread), and not at all when `context` is gone by then, or is an operation that has ended (given up, its service gone): the handler
/// of such a one may refer to the service.
template <class T>
class Reply final : public Operation {
public:
    explicit Reply(QObject *parent = nullptr)
        : Operation(parent)
    {
    }

    /// By the producer: the first call wins, later ones are ignored.
    void settle(Result<T> result)
    {
        if (m_settled)
            return;
        m_settled = true;
        m_result = std::move(result);
        finishLater();
    }
    void abort(const Error &error) override { settle(tl::unexpected(error)); }

    /// Valid once settled.
    const Result<T> &result() const { return *m_result; }

    template <class Context, class F>
    Reply *then(Context *context, F &&handler)
    {
        addReceiver(context);
        QObject::connect(this, &Operation::finished, context, [this, context, handler = std::forward<F>(handler)]() mutable {
            if (!hasEnded(context))
                handler(std::as_const(*m_result));
        });
        return this;
    }

    template <class Context, class F>
    Reply *then(const QPointer<Context> &context, F &&handler)
    {
        return then(context.data(), std::forward<F>(handler));
    }

    static Reply *settled(Result<T> result, QObject *parent = nullptr)
    {
        auto *reply = new Reply(parent);
        reply->settle(std::move(result));
        return reply;
    }

private:
    std::optional<Result<T>> m_result;
};

/// `target` takes over what `source` comes to, changed by `convert(const Result<S> &) -> Result<T>`; cancelling the target cancels the
/// source. Both live in the same thread; the target outlives neither handler.
template <class T, class S, class F>
void follow(Reply<T> *target, Reply<S> *source, F &&convert)
{
    target->onCancel = [source = QPointer<Operation>(source)] {
        if (source)
            source->cancel();
    };
    source->then(target,
                 [target, convert = std::forward<F>(convert)](const Result<S> &result) mutable { target->settle(convert(result)); });
}

} // namespace core
