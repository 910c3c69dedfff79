// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>

namespace core::store {

/// An advisory lock of the operating system on a file (flock): it belongs to the open file, so it is gone however the process ends.
/// Children that are exec'ed do not inherit it.
class FileLock {
    Q_DISABLE_COPY(FileLock)
public:
    enum class Mode { Shared, Exclusive };
    FileLock() = default;
    ~FileLock() { close(); }
    FileLock(FileLock &&other) noexcept;
    FileLock &operator=(FileLock &&other) noexcept;

    /// Opens (and makes, 0600) the file without locking it. The error's code is errno.
    Result<Done> open(const QString &path);
    /// Opens only a file that is there. False: it isn't, or may not be opened.
    bool openExisting(const QString &path);
    bool isOpen() const { return m_fd >= 0; }
    /// At once or not at all. Changing the mode gives the old one up first.
    bool tryLock(Mode mode);
    /// Waits, for worker threads.
    bool lock(Mode mode);
    void unlock();
    void close();

private:
    int m_fd = -1;
};

} // namespace core::store
