// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <QObject>

class QSocketNotifier;

namespace app {

/// SIGINT and SIGTERM as a call in the event loop. One per process.
class Interrupts final : public QObject {
    Q_OBJECT
public:
    explicit Interrupts(std::function<void()> handler, QObject *parent = nullptr);
    ~Interrupts() override;

private:
    std::function<void()> m_handler;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace app
