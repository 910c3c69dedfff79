// SPDX-License-Identifier: GPL-3.0-or-later
// Loaded into an unmodified program (LD_PRELOAD): kills it with SIGKILL at the n-th call that leaves a trace outside of it, before or
// after the call. SIGNALBOX_CRASH_AT names the point (0: none); the number of points passed is kept in the file SIGNALBOX_CRASH_COUNT.
#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <string>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

namespace {

std::atomic_int here = 0;
std::atomic_int *passed = &here;
int crashAt = 0;

void point()
{
    if (++*passed == crashAt)
        ::kill(::getpid(), SIGKILL);
}

/// With SIGNALBOX_CRASH_FILE only what is done to that file and its write-ahead log counts.
bool counts(int fd)
{
    static const char *const only = std::getenv("SIGNALBOX_CRASH_FILE");
    if (!only)
        return true;
    struct stat what = {}, file = {};
    if (::fstat(fd, &what) != 0)
        return false;
    for (const std::string &path : {std::string(only), std::string(only) + "-wal"}) {
        if (::stat(path.c_str(), &file) == 0 && file.st_dev == what.st_dev && file.st_ino == what.st_ino)
            return true;
    }
    return false;
}

template <class Call>
auto counted(int fd, Call call)
{
    if (!counts(fd))
        return call();
    point();
    const auto answer = call();
    point();
    return answer;
}

/// Not the wake-ups between threads.
bool leavesATrace(int fd)
{
    struct stat what = {};
    return ::fstat(fd, &what) == 0 && (S_ISSOCK(what.st_mode) || S_ISREG(what.st_mode));
}

} // namespace

__attribute__((constructor)) static void begin()
{
    if (const char *at = std::getenv("SIGNALBOX_CRASH_AT"))
        crashAt = std::atoi(at);
    const char *file = std::getenv("SIGNALBOX_CRASH_COUNT");
    const int fd = file ? ::open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0666) : -1;
    if (fd < 0 || ::ftruncate(fd, 4096) != 0)
        return;
    // Shared, so that the count outlives the program however it ends.
    if (void *memory = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0); memory != MAP_FAILED)
        passed = static_cast<std::atomic_int *>(memory);
    ::close(fd);
}

extern "C" {

int fsync(int fd)
{
    return counted(fd, [&] { return int(::syscall(SYS_fsync, fd)); });
}

int fdatasync(int fd)
{
    return counted(fd, [&] { return int(::syscall(SYS_fdatasync, fd)); });
}

ssize_t send(int fd, const void *data, size_t size, int flags)
{
    return counted(fd, [&] { return ssize_t(::syscall(SYS_sendto, fd, data, size, flags, nullptr, 0)); });
}

ssize_t sendmsg(int fd, const msghdr *message, int flags)
{
    return counted(fd, [&] { return ssize_t(::syscall(SYS_sendmsg, fd, message, flags)); });
}

ssize_t write(int fd, const void *data, size_t size)
{
    const auto call = [&] { return ssize_t(::syscall(SYS_write, fd, data, size)); };
    return leavesATrace(fd) ? counted(fd, call) : call();
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at)
{
    const auto answer = ssize_t(::syscall(SYS_pwrite64, fd, data, size, at));
    if (counts(fd))
        point();
    return answer;
}

int rename(const char *from, const char *to)
{
    return counted(-1, [&] { return int(::syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0)); });
}

int unlink(const char *path)
{
    return counted(-1, [&] { return int(::syscall(SYS_unlinkat, AT_FDCWD, path, 0)); });
}
}
