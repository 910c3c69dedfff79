// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace ui::shell {

class MainWindow;

/// Whether the connection in front logs in with a password.
bool usesPassword(const MainWindow &window);
/// Asks for it, keeps it where secrets are kept, and connects again.
void enterPassword(MainWindow &window);

} // namespace ui::shell
