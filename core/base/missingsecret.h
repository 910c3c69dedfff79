// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/behind.h"
#include "core/base/error.h"

namespace core {

/// Error::code of Kind::Auth when nothing was refused: no password, token or key is kept for the connection, so there was nothing to log
/// in with. Below zero, as no server's code is; it is shown to nobody.
enum class MissingSecret { Password = -101, Key = -102 };

inline bool isMissing(const Error &error, MissingSecret secret)
{
    return error.kind == Error::Kind::Auth && error.code == int(secret);
}

inline bool isMissingSecret(const Error &error)
{
    return isMissing(error, MissingSecret::Password) || isMissing(error, MissingSecret::Key);
}

/// The server's own code; 0 when it is one of ours.
inline int shownCode(const Error &error)
{
    return isMissingSecret(error) || isBehind(error) ? 0 : error.code;
}

} // namespace core
