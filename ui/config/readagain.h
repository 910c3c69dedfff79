// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <chrono>

namespace ui::config {

/// What could not be read after a change is tried again after this time,
constexpr std::chrono::seconds ReadAgainAfter{15};
/// unless it fails for a reason that only a person can put right. (A server's fault may pass, whatever it calls it.)
inline bool mayPass(const core::Error &error)
{
    using Kind = core::Error::Kind;
    return error.kind != Kind::Forbidden && error.kind != Kind::Auth && error.kind != Kind::Unsupported && error.kind != Kind::Usage &&
        error.kind != Kind::Policy;
}

} // namespace ui::config
