// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/reply.h"

#include <memory>
#include <QObject>
#include <QStringList>

namespace core::store {

class Home;

/// One window process a home. The first one holds the lock and listens on a local socket in HOME/run; a second one hands its arguments
/// over and ends. The lock goes away with the process, however it ends. Lives in the GUI thread.
class WindowLock final : public QObject {
    Q_OBJECT
public:
    explicit WindowLock(const Home &home, QObject *parent = nullptr);
    ~WindowLock() override;

    /// True: this process is the window of the home from now on (also when the home cannot be written: then nobody can tell).
    bool acquire();
    enum class HandOver {
        Taken,    ///< the other process has the arguments
        OwnerGone ///< it ended meanwhile; this process is the window of the home now, as after acquire()
    };
    /// To be called when acquire() said no. Timeout: the other process holds the lock and does not answer (3 s).
    Reply<HandOver> *handOver(const QStringList &arguments, const QString &workingFolder);

Q_SIGNALS:
    /// Another process was started on this home; the window should come to the front and do what the arguments say.
    void argumentsReceived(const QStringList &arguments, const QString &workingFolder);

private:
    struct Private;
    std::unique_ptr<Private> m_d;
};

} // namespace core::store
