// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

namespace core {

/// Error::code of Kind::Timeout when the server told of a change and still answers with what was there before it. Below zero, as no
/// server's code is; it is shown to nobody.
constexpr int BehindCode = -103;

inline Error behindError(const QString &what)
{
    return {Error::Kind::Timeout, QStringLiteral("%1: changed, but the server still answers with the version before the change").arg(what),
            BehindCode, true};
}

inline bool isBehind(const Error &error)
{
    return error.kind == Error::Kind::Timeout && error.code == BehindCode;
}

} // namespace core
