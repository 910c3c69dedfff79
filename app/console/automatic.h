// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/console/options.h"

namespace app {

/// --tour and --smoke: what happens once the first window stands. Ends the event loop with the exit code.
void runAutomatic(ui::shell::Shell &shell, const Options &options);

} // namespace app
