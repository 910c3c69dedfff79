// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace ui::shell {

class MainWindow;

/// Whether a connection logs in with a password.
bool usesPassword(const MainWindow &window, const QString &profile);
/// Asks for it, keeps it where secrets are kept, and connects again.
void enterPassword(MainWindow &window, const QString &profile);

} // namespace ui::shell
