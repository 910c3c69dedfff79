// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace core::sandbox {

/// An flock(2) on a file for as long as this lives; a killed process lets go of it too. The file stays, with the owner's process id
/// in it, and is private.
class ProcessLock {
    Q_DISABLE_COPY_MOVE(ProcessLock)
public:
    ProcessLock() = default;
    ~ProcessLock();
    /// Conflict: another process holds it.
    Result<Done> take(const QString &file);

private:
    int m_descriptor = -1;
};

/// Looks whether any process still holds a lock (flock or fcntl) on a `*.lock` file of a folder. Emits `abandoned` once when nobody
/// did for ten seconds; a process that never had a user counts from its start.
class UsersWatch final : public QObject {
    Q_OBJECT
public:
    explicit UsersWatch(const QString &folder, QObject *parent = nullptr);
    static bool anyHeld(const QString &folder);

Q_SIGNALS:
    void abandoned();

private:
    void look();
    const QString m_folder;
    QTimer m_timer;
    QElapsedTimer m_alone;
};

} // namespace core::sandbox
