// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/sharedfile.h"

#include "core/base/savefile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QFileSystemWatcher>
#include <QLockFile>

using namespace Qt::StringLiterals;

namespace core {

namespace {

/// As plan files: contents of many configurations. Most files of this kind are small.
constexpr qint64 MaxSize = 256LL * 1024 * 1024;
constexpr auto Retry = std::chrono::milliseconds(20);

Result<Done> makeFolder(const QString &path)
{
    const QDir folder = QFileInfo(path).dir();
    if (folder.exists())
        return Done{};
    const QString parent = QFileInfo(folder.path()).path();
    if (!QDir().mkpath(parent) || !QDir(parent).mkdir(folder.dirName(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner)) {
        if (!folder.exists())
            return fail(Error::Kind::Internal, u"%1: the folder cannot be made"_s.arg(folder.path()));
    }
    return Done{};
}

} // namespace

SharedFile::SharedFile(const QString &path, QObject *parent)
    : QObject(parent)
    , m_path(path)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] { work(); });
}

SharedFile::~SharedFile()
{
    // What was asked for is still done: the file is small, and nobody else would do it.
    for (const Job &job : std::exchange(m_jobs, {})) {
        const Result<Done> result = editNow(job.change, std::chrono::milliseconds(500));
        if (job.reply)
            job.reply->settle(result);
    }
}

Result<QByteArray> SharedFile::read() const
{
    QFile file(m_path);
    if (!file.exists())
        return QByteArray();
    if (!QFileInfo(m_path).isFile() || file.size() > MaxSize)
        return fail(Error::Kind::Internal, m_path + u": not a file this program writes"_s);
    if (!file.open(QIODevice::ReadOnly))
        return fail(Error::Kind::Internal, u"%1: %2"_s.arg(m_path, file.errorString()));
    QByteArray content = file.readAll();
    if (file.error() != QFileDevice::NoError)
        return fail(Error::Kind::Internal, u"%1: %2"_s.arg(m_path, file.errorString()));
    if (content.isNull())
        content = ""_ba; // there is a file, and it is empty
    return content;
}

Reply<Done> *SharedFile::edit(Change change)
{
    auto *reply = new Reply<Done>;
    reply->setWhenAbandoned(Operation::WhenAbandoned::Continue);
    m_jobs.push_back({std::move(change), reply, std::chrono::steady_clock::now() + m_patience});
    m_timer.start(0);
    return reply;
}

Result<Done> SharedFile::editNow(const Change &change, std::chrono::milliseconds patience)
{
    if (auto result = attempt(change, patience))
        return *std::move(result);
    return fail(Error::Kind::Timeout, m_path + u": another program holds its lock"_s);
}

void SharedFile::work()
{
    while (!m_jobs.empty()) {
        Job &job = m_jobs.front();
        if (job.reply && job.reply->isSettled()) { // cancelled before its turn
            m_jobs.pop_front();
            continue;
        }
        auto result = attempt(job.change, std::chrono::milliseconds(0));
        if (!result && std::chrono::steady_clock::now() < job.deadline) {
            m_timer.start(Retry);
            return;
        }
        const Job done = std::move(job);
        m_jobs.pop_front();
        if (done.reply)
            done.reply->settle(result ? *std::move(result) : fail(Error::Kind::Timeout, m_path + u": another program holds its lock"_s));
    }
}

std::optional<Result<Done>> SharedFile::attempt(const Change &change_, std::chrono::milliseconds patience)
{
    if (const auto folder = makeFolder(m_path); !folder)
        return folder;
    QLockFile lock(m_path + u".lock"_s);
    if (!lock.tryLock(static_cast<int>(patience.count()))) {
        if (lock.error() == QLockFile::LockFailedError)
            return std::nullopt;
        return fail(Error::Kind::Internal, m_path + u": its lock file cannot be written"_s);
    }
    return change(change_);
}

Result<Done> SharedFile::change(const Change &change)
{
    const auto current = read();
    if (!current)
        return fail(current.error());
    const auto next = change(*current);
    if (!next)
        return fail(next.error());
    if (*next == *current && next->isNull() == current->isNull())
        return Done{};
    if (next->size() > MaxSize) // it could never be read again
        return fail(Error::Kind::Internal, m_path + u": more than 256 MiB are not written"_s);
    QSaveFile file(m_path);
    if (!file.open(QIODevice::WriteOnly))
        return fail(Error::Kind::Internal, u"%1: %2"_s.arg(m_path, file.errorString()));
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    if (file.write(*next) != next->size() || !commitWhole(file))
        return fail(Error::Kind::Internal, u"%1: %2"_s.arg(m_path, file.errorString()));
    return Done{};
}

void SharedFile::watch()
{
    if (m_watcher)
        return;
    std::ignore = makeFolder(m_path);
    m_watcher = new QFileSystemWatcher(this);
    // Replacing the file ends the watch on it, so the folder is watched as well.
    connect(m_watcher, &QFileSystemWatcher::directoryChanged, this, [this] { rewatch(); });
    connect(m_watcher, &QFileSystemWatcher::fileChanged, this, [this] {
        rewatch();
        Q_EMIT changedOnDisk();
    });
    m_watcher->addPath(QFileInfo(m_path).path());
    rewatch();
}

void SharedFile::rewatch()
{
    if (m_watcher->files().contains(m_path) || !QFile::exists(m_path))
        return;
    const bool isNew = m_watcher->addPath(m_path);
    if (isNew)
        Q_EMIT changedOnDisk();
}

} // namespace core
