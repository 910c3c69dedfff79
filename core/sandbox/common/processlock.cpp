// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/common/processlock.h"

#include <fcntl.h>
#include <QDir>
#include <QFile>
#include <sys/file.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace core::sandbox {

namespace {

constexpr int LookEveryMs = 1000;
constexpr qint64 AloneMs = 10000;

bool isHeld(const QString &file)
{
    const int descriptor = ::open(QFile::encodeName(file).constData(), O_RDWR | O_CLOEXEC);
    if (descriptor < 0)
        return false;
    struct flock range = {};
    range.l_type = F_WRLCK;
    range.l_whence = SEEK_SET;
    bool held = ::fcntl(descriptor, F_GETLK, &range) == 0 && range.l_type != F_UNLCK;
    // Shared and for a moment: two programs that look at once do not take each other for users.
    if (!held && ::flock(descriptor, LOCK_SH | LOCK_NB) != 0)
        held = errno == EWOULDBLOCK;
    ::close(descriptor);
    return held;
}

} // namespace

ProcessLock::~ProcessLock()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

Result<Done> ProcessLock::take(const QString &file)
{
    m_descriptor = ::open(QFile::encodeName(file).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (m_descriptor < 0)
        return fail(Error::Kind::Internal, u"cannot open the lock %1: %2"_s.arg(file, qt_error_string(errno)));
    if (::flock(m_descriptor, LOCK_EX | LOCK_NB) != 0)
        return fail(Error::Kind::Conflict, u"another sandbox holds the lock %1"_s.arg(file));
    const QByteArray pid = QByteArray::number(qint64(::getpid())) + '\n';
    if (::ftruncate(m_descriptor, 0) != 0 || ::write(m_descriptor, pid.constData(), size_t(pid.size())) != pid.size())
        return fail(Error::Kind::Internal, u"cannot write the lock %1: %2"_s.arg(file, qt_error_string(errno)));
    return Done{};
}

UsersWatch::UsersWatch(const QString &folder, QObject *parent)
    : QObject(parent)
    , m_folder(folder)
{
    m_alone.start();
    m_timer.setInterval(LookEveryMs);
    connect(&m_timer, &QTimer::timeout, this, &UsersWatch::look);
    m_timer.start();
}

bool UsersWatch::anyHeld(const QString &folder)
{
    const QDir dir(folder);
    const QStringList files = dir.entryList({u"*.lock"_s}, QDir::Files | QDir::Hidden);
    return std::any_of(files.begin(), files.end(), [&dir](const QString &file) { return isHeld(dir.filePath(file)); });
}

void UsersWatch::look()
{
    if (anyHeld(m_folder)) {
        m_alone.restart();
    } else if (m_alone.elapsed() >= AloneMs) {
        m_timer.stop();
        Q_EMIT abandoned();
    }
}

} // namespace core::sandbox
