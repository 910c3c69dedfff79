// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QByteArray>
#include <QList>

namespace core::net {

/// Private to core/net: what `ssh` says on standard error, as an Error of kind Network that says what to do. Not `retryable`: a person
/// has to do something first.

/// The program does not start.
Error sshMissing();
/// No way to the jump host `name` ("[user@]host[:port]"), or its end.
Error sshLoginError(const QString &name, const QByteArray &said);
/// The lines about refused targets in what the login said; `end`: after the last of them.
QList<QByteArray> refusalsIn(const QByteArray &said, qsizetype &end);
/// The jump host does not lead to `target`. `reasons`: what the login said about it, or about all that were refused meanwhile; `said` by
/// the target's own ssh.
Error sshTargetError(const QString &name, const QString &target, const QList<QByteArray> &reasons, const QByteArray &said);

} // namespace core::net
