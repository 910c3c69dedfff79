// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/workers.h"

#include <memory>
#include <QObject>
#include <QSemaphore>
#include <QThread>

namespace tests {

/// Every thread of `workers` has something to do until free() (or its end): what is asked of them meanwhile waits, as it would for a
/// disk that does not answer. Declared after them.
class BusyWorkers {
    Q_DISABLE_COPY_MOVE(BusyWorkers)
public:
    explicit BusyWorkers(core::Workers &workers)
    {
        for (int i = 0; i < m_threads; ++i) {
            workers.run(
                &m_context,
                [gate = m_gate] {
                    gate->acquire();
                    return true;
                },
                [](bool) {});
        }
    }
    ~BusyWorkers() { free(); }
    void free() { m_gate->release(std::exchange(m_threads, 0)); }

private:
    QObject m_context;
    int m_threads = QThread::idealThreadCount();
    std::shared_ptr<QSemaphore> m_gate = std::make_shared<QSemaphore>();
};

} // namespace tests
