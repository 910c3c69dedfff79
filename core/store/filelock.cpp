// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/filelock.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <QFile>
#include <sys/file.h>
#include <unistd.h>
#include <utility>

using namespace Qt::StringLiterals;

namespace core::store {

namespace {

bool apply(int fd, int operation)
{
    if (fd < 0)
        return false;
    int answer = 0;
    do {
        answer = ::flock(fd, operation);
    } while (answer != 0 && errno == EINTR);
    return answer == 0;
}

} // namespace

FileLock::FileLock(FileLock &&other) noexcept
    : m_fd(std::exchange(other.m_fd, -1))
{
}

FileLock &FileLock::operator=(FileLock &&other) noexcept
{
    if (this != &other) {
        close();
        m_fd = std::exchange(other.m_fd, -1);
    }
    return *this;
}

Result<Done> FileLock::open(const QString &path)
{
    close();
    m_fd = ::open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (m_fd < 0) {
        const int code = errno;
        return fail(Error::Kind::Internal, u"cannot open %1: %2"_s.arg(path, QString::fromLocal8Bit(std::strerror(code))), code);
    }
    return Done{};
}

bool FileLock::openExisting(const QString &path)
{
    close();
    m_fd = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC);
    return m_fd >= 0;
}

bool FileLock::tryLock(Mode mode)
{
    return apply(m_fd, (mode == Mode::Shared ? LOCK_SH : LOCK_EX) | LOCK_NB);
}

bool FileLock::lock(Mode mode)
{
    return apply(m_fd, mode == Mode::Shared ? LOCK_SH : LOCK_EX);
}

void FileLock::unlock()
{
    apply(m_fd, LOCK_UN);
}

void FileLock::close()
{
    if (m_fd >= 0)
        ::close(std::exchange(m_fd, -1));
}

} // namespace core::store
