// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace core {

/// Turns SIGTERM, SIGINT and SIGHUP into a Qt signal in the main thread; a SIGHUP that is ignored (nohup) stays so. One per process.
class QuitSignals final : public QObject {
    Q_OBJECT
public:
    explicit QuitSignals(QObject *parent = nullptr);
    ~QuitSignals() override;

Q_SIGNALS:
    void received(int number);
};

} // namespace core
