// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

namespace core {

/// No answer came: nobody is there, or not in time. A certificate that is refused is an answer.
inline bool isOutOfReach(const Error &error)
{
    return error.kind == Error::Kind::Network || error.kind == Error::Kind::Timeout;
}

/// The connection is the trouble, or the login at its end: the next call on it would fare the same.
inline bool isConnectionTrouble(const Error &error)
{
    return isOutOfReach(error) || error.kind == Error::Kind::Tls || error.kind == Error::Kind::Auth;
}

/// No answer, or none that can be understood: whether a write took effect is open.
inline bool leavesOpen(const Error &error)
{
    return isOutOfReach(error) || error.kind == Error::Kind::Cancelled || error.kind == Error::Kind::BadReply;
}

/// Out of reach, and nobody has to set anything right first: what was seen before may stand in for the answer. Not after a login that was
/// refused or a key that is another one: whoever asks has to learn of it.
inline bool isAwayForNow(const Error &error)
{
    return isOutOfReach(error) && error.retryable;
}

/// May the same call succeed later without anybody changing anything? What a kind says about it (Error::retryable); a single error may
/// know better.
inline bool isTransient(Error::Kind kind)
{
    return kind == Error::Kind::Network || kind == Error::Kind::Timeout || kind == Error::Kind::RateLimited;
}

} // namespace core
