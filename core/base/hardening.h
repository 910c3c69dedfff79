// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace core {

/// First thing in main(): no core dump of this process (secrets in memory), not readable by other processes of the user.
/// Answers false when the system refused.
///
/// A program that calls it also has its standard streams held, before anything else: one that came closed keeps its number, or the next
/// file opened would get it, and what is meant for the terminal would be written into a database. Using such a stream fails as on a closed
/// one.
bool forbidCoreDumps();

} // namespace core
