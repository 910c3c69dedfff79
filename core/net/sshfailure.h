// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QByteArray>

namespace core::net {

/// Private to core/net: what `ssh` says on standard error, as an Error of kind Network that says what to do. Not `retryable`: a person
/// has to do something first.

/// The program does not start.
Error sshMissing();
/// No way to the jump host `name` ("[user@]host[:port]"), or its end.
Error sshLoginError(const QString &name, const QByteArray &said);
/// The jump host does not lead to `target`.
Error sshTargetError(const QString &name, const QString &target, const QByteArray &said);

} // namespace core::net
