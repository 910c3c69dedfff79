// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/transient.h"
#include "core/commands/common/withregistry.h"

namespace core::commands {

/// Reading what the mirror can stand in for while the server is out of reach: exit 0 with what was seen last, said so with its age; the
/// server's error when nothing is remembered.
struct Reading {
    std::function<void(const Place &)> live;
    std::function<void(const Place &, const Error &)> remembered;
};
/// Memory::None: the home is opened only when the mirror is needed, and what is read is not remembered.
void withRegistryOrMirror(Invocation &call, Memory memory, const Reading &reading);

/// Says that what follows is not live. Invalid time: unknown.
void warnRemembered(Invocation &call, const QDateTime &seenAt, const Error &cause);

/// The last seen content of a configuration; the override of this home where there is one.
void getRemembered(Invocation &call, const Place &place, const nacos::ConfigKey &key, const Error &cause,
                   const std::function<void(const nacos::ConfigDetail &, const QDateTime &seenAt)> &deliver);
/// The states the mirror has, newest first, and when the newest of them was seen.
void historyRemembered(Invocation &call, const Place &place, const nacos::ConfigKey &key, const Error &cause,
                       const std::function<void(const QList<nacos::ConfigRevision> &, const QDateTime &seenAt)> &print);
/// One of them. A state that only the server has ends the call with `cause`.
void revisionRemembered(Invocation &call, const Place &place, const nacos::ConfigKey &key, const Error &cause,
                        const std::function<void(const nacos::ConfigRevisionDetail &)> &print);

} // namespace core::commands
