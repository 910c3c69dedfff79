// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <QString>

namespace ui::clipboard {

void copy(const QString &text);
/// For secrets: told to clipboard managers not to be kept, and taken off the clipboard after `keep` if it is still what lies there.
void copySecret(const QString &secret, std::chrono::milliseconds keep = std::chrono::seconds(30));
/// The same for text that is put there by somebody else (the editor's own copying) right now.
void forgetLater(const QString &text, std::chrono::milliseconds keep = std::chrono::seconds(30));
/// Takes the last secret off now if it is still there; called when the program ends.
void clearSecret();

} // namespace ui::clipboard
