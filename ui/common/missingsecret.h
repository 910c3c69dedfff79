// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

namespace ui {

/// Nothing was refused: no password, token or key is kept for the connection, so there was nothing to log in with.
bool isMissingSecret(const core::Error &error);

} // namespace ui
