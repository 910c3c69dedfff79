// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/guard/policy.h"

namespace core::profiles {
struct Profile;
}

namespace core::guard {

/// What a saved connection says about writing: the one place where its protection and environment become the Guard's.
Policy policyOf(const profiles::Profile &profile);

} // namespace core::guard
