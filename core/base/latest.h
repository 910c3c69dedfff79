// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/operation.h"

#include <QPointer>

namespace core {

/// Holds the newest of a kind of request. Assigning another one detaches the handlers of the one before and cancels it, so that an
/// answer for a former selection never paints and a superseded request never shows an error. The destructor does the same.
template <class R>
class Latest {
    Q_DISABLE_COPY_MOVE(Latest)
public:
    Latest() = default;
    ~Latest() { reset(); }
    Latest &operator=(R *next)
    {
        reset();
        m_current = next;
        return *this;
    }
    void reset()
    {
        if (R *old = m_current.data()) {
            m_current.clear();
            old->detachReceivers();
            old->cancel();
        }
    }
    /// Under way and not finished.
    bool isActive() const { return m_current && !m_current->isFinished(); }
    R *operator->() const { return m_current.data(); }
    R *get() const { return m_current.data(); }

private:
    QPointer<R> m_current;
};

} // namespace core
