// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/database.h"

namespace core::store {

/// drafts.db: drafts and local overrides.
std::shared_ptr<Database> draftsDatabase(Home &home);

} // namespace core::store
