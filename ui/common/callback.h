// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <QPointer>

namespace ui {

template <class Signature>
class Callback;

/// What a page hands to somebody who may outlive it (a sheet of the window, say), to be called back: with its context gone the call does
/// nothing and answers a default value. Members of ui's headers that are called back are of this type (tests/arch, "callback").
template <class R, class... A>
class Callback<R(A...)> {
public:
    Callback() = default;
    template <class F>
    Callback(QObject *context, F &&call)
        : m_context(context)
        , m_call(std::make_shared<const std::function<R(A...)>>(std::forward<F>(call)))
    {
    }

    /// Whether a call does anything: it was given and its context is still there.
    explicit operator bool() const { return m_call && m_context; }
    /// nullptr: none was given, or it is gone.
    QObject *context() const { return m_context; }
    R operator()(A... arguments) const
    {
        // The call may end the object that holds this.
        const auto call = m_call;
        if (!call || !m_context)
            return R();
        return (*call)(std::forward<A>(arguments)...);
    }

private:
    QPointer<QObject> m_context;
    std::shared_ptr<const std::function<R(A...)>> m_call;
};

} // namespace ui
