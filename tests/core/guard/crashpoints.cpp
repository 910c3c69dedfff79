// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/guard/crashpoints.h"

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace {

std::atomic_bool armed = false;
std::atomic_int passed = 0;
int crashAt = 0;

void point()
{
    if (armed && ++passed == crashAt)
        ::kill(::getpid(), SIGKILL);
}

} // namespace

void tests::CrashPoints::arm()
{
    const char *at = std::getenv("SIGNALBOX_CRASH_AT");
    crashAt = at ? std::atoi(at) : 0;
    armed = true;
}

int tests::CrashPoints::count()
{
    return passed;
}

extern "C" {

int fsync(int fd)
{
    point();
    const int answer = int(::syscall(SYS_fsync, fd));
    point();
    return answer;
}

int fdatasync(int fd)
{
    point();
    const int answer = int(::syscall(SYS_fdatasync, fd));
    point();
    return answer;
}

ssize_t send(int fd, const void *data, size_t size, int flags)
{
    point();
    const ssize_t answer = ::syscall(SYS_sendto, fd, data, size, flags, nullptr, 0);
    point();
    return answer;
}
}
