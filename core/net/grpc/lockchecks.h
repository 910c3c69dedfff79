// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace core::net {

/// Debian builds Abseil, gRPC's base, with its deadlock detection on: every lock is entered into a graph, 4 % of the processor time of a
/// call. It finds mistakes inside gRPC, which are not looked for here; so it goes off, once and for the whole process. Before the first
/// call; any thread.
void leaveOutLockChecks();

} // namespace core::net
