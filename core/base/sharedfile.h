// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/reply.h"

#include <chrono>
#include <deque>
#include <QByteArray>
#include <QObject>
#include <QTimer>

class QFileSystemWatcher;

namespace core {

/// A small file that several programs change: every edit takes the lock `<path>.lock`, reads the file again, changes it and replaces it in
/// one step (0600, folder 0700), so that nobody's edit is lost and a crash leaves the old or the new content. Edits of one object happen
/// in order. Lives in the GUI thread; waiting for the lock never blocks it.
class SharedFile final : public QObject {
    Q_OBJECT
public:
    /// Gets the present content (null: there is no file) and answers the new one; the same content writes nothing, an error changes
    /// nothing.
    using Change = std::function<Result<QByteArray>(const QByteArray &current)>;

    explicit SharedFile(const QString &path, QObject *parent = nullptr);
    ~SharedFile() override;

    QString path() const { return m_path; }
    /// The present content; null: there is no file. Internal: it cannot be read.
    Result<QByteArray> read() const;
    /// Goes on when nobody waits for it. Errors: the change's own; Timeout: another program holds the lock; Internal: folder or disk.
    Reply<Done> *edit(Change change);
    /// The same at once, for the end of a program; blocks for at most `patience`.
    Result<Done> editNow(const Change &change, std::chrono::milliseconds patience);
    /// Announces other programs' edits (and our own) by changedOnDisk from now on.
    void watch();
    void setPatience(std::chrono::milliseconds patience) { m_patience = patience; }

Q_SIGNALS:
    void changedOnDisk();

private:
    struct Job {
        Change change;
        QPointer<Reply<Done>> reply;
        std::chrono::steady_clock::time_point deadline;
    };
    void work();
    void rewatch();
    /// nullopt: the lock is held by somebody else.
    std::optional<Result<Done>> attempt(const Change &change, std::chrono::milliseconds patience);
    Result<Done> change(const Change &change);

    QString m_path;
    std::deque<Job> m_jobs;
    QTimer m_timer;
    QFileSystemWatcher *m_watcher = nullptr;
    std::chrono::milliseconds m_patience = std::chrono::seconds(5);
};

} // namespace core
