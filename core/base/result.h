// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <tl/expected.hpp>

namespace core {

/// A value or an Error. Test with `if (!r)`, then use `*r` or `r.error()`; never `.value()`, which throws.
template <class T>
using Result = tl::expected<T, Error>;

/// The value of something that only succeeds or fails.
struct Done {
    friend bool operator==(const Done &, const Done &) = default;
};

/// `return fail(Error::Kind::BadReply, u"..."_s);`
inline tl::unexpected<Error> fail(Error::Kind kind, QString message, int code = 0)
{
    const bool retryable = kind == Error::Kind::Network || kind == Error::Kind::Timeout || kind == Error::Kind::RateLimited;
    return tl::unexpected(Error{kind, std::move(message), code, retryable});
}
inline tl::unexpected<Error> fail(Error error)
{
    return tl::unexpected(std::move(error));
}

} // namespace core
