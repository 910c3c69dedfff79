// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

class QWidget;

namespace ui {

/// Sets the words of a widget: at once, and again whenever the language changes while it is open.
void followLanguage(QWidget *widget, std::function<void()> setWords);

} // namespace ui
