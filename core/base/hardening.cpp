// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/hardening.h"

#include <sys/prctl.h>
#include <sys/resource.h>

namespace core {

bool forbidCoreDumps()
{
    const rlimit none{0, 0};
    const bool limited = setrlimit(RLIMIT_CORE, &none) == 0;
    // Also keeps other processes of the user from attaching.
    const bool hidden = prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0;
    return limited && hidden;
}

} // namespace core
