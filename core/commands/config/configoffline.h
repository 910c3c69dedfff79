// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/transient.h"
#include "core/commands/common/withregistry.h"

namespace core::commands {

/// Reading what the mirror can stand in for while the server is out of reach: exit 0 with what was seen last, said so with its age; the
/// server's error when nothing is remembered, or when it is none that comes right by itself (isAwayForNow()).
struct Reading {
    std::function<void(const Place &)> live;
    std::function<void(const Place &, const Error &)> remembered;
};
/// Memory::None: the home is opened only when the mirror is needed, and what is read is not remembered.
void withRegistryOrMirror(Invocation &call, Memory memory, const Reading &reading);

/// Says that what follows is not live. Invalid time: unknown.
void warnRemembered(Invocation &call, const QDateTime &seenAt, const Error &cause);

enum class Wanted {
    Document, ///< says where the content comes from and how old it is
    Bytes     ///< the content alone
};
/// The override of this home where there is one; else the last seen content of a configuration, as a document. Whoever wants the bytes
/// takes them for the server's: that ends the call with `cause`, and a hint when something is remembered.
void getRemembered(Invocation &call, const Place &place, const nacos::ConfigKey &key, const Error &cause, Wanted wanted,
                   const std::function<void(const nacos::ConfigDetail &, const QDateTime &seenAt)> &deliver);
/// The states the mirror has, newest first, and when the newest of them was seen.
void historyRemembered(Invocation &call, const Place &place, const nacos::ConfigKey &key, const Error &cause,
                       const std::function<void(const QList<nacos::ConfigRevision> &, const QDateTime &seenAt)> &print);
/// One of them. A state that only the server has ends the call with `cause`.
void revisionRemembered(Invocation &call, const Place &place, const nacos::ConfigKey &key, const Error &cause,
                        const std::function<void(const nacos::ConfigRevisionDetail &)> &print);

} // namespace core::commands
