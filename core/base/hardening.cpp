// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/hardening.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <tuple>
#include <unistd.h>

namespace core {

namespace {

/// Before the constructors of libraries that are linked in, which open things as well.
[[gnu::constructor(101)]] void holdStandardStreams()
{
    for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; ++stream) {
        // The wrong way round, so that using it fails; the lowest free number is this one.
        if (::fcntl(stream, F_GETFD) == -1 && errno == EBADF)
            std::ignore = ::open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY);
    }
}

} // namespace

bool forbidCoreDumps()
{
    const rlimit none{0, 0};
    const bool limited = setrlimit(RLIMIT_CORE, &none) == 0;
    // Also keeps other processes of the user from attaching.
    const bool hidden = prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0;
    return limited && hidden;
}

} // namespace core
