// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/workbench/pagekind.h"

namespace ui::config {

/// The commands of the configs page and the editor; each acts on the page in front.
workbench::FeatureCommands configCommands();

/// The commands that copy sample code, one a language, for menus.
QStringList codeCommands();

} // namespace ui::config
