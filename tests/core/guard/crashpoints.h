// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace tests {

/// Counts the moments of this process at which a crash may leave something half done: before and after every fsync (of SQLite and Qt
/// alike: the functions of the C library are defined once more in this program and so come first) and every write to a socket. With
/// SIGNALBOX_CRASH_AT=N the process kills itself at the Nth.
struct CrashPoints {
    /// Counting begins; what happened before does not count.
    static void arm();
    static int count();
};

} // namespace tests
