// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

namespace core::nacos {

/// How ConfigClient::list() ends when what the server told does not fit together however often it is read: what came is true, and there
/// may be more. Nothing may be taken for deleted because it is not among it.
inline bool isPartialList(const Error &error)
{
    return error.kind == Error::Kind::Conflict;
}

} // namespace core::nacos
