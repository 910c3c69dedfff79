// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

namespace core::nacos {

/// How ConfigClient::watchNamespace() ends on a server that can do it, but not for this namespace: it holds more than such a watch may
/// match (500 unless the server is set otherwise), or the server follows as many patterns as it will. Single keys can be watched.
inline bool isTooManyToWatch(const Error &error)
{
    return error.code == 50310 || error.code == 50311;
}

} // namespace core::nacos
