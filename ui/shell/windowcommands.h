// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/workbench/pagekind.h"

#include <optional>
#include <QStringList>

namespace ui::shell {

class MainWindow;

/// The commands every window has, whatever features are there.
void registerWindowCommands(MainWindow &window);
/// After a change of language.
void retextWindowCommands(MainWindow &window);

struct MenuDescription {
    QString title, objectName;
    std::optional<workbench::MenuPlace> place; ///< where features' commands go
    QStringList commands, last;
};
QList<MenuDescription> windowMenus(MainWindow &window);
/// Marks what is shown and chosen now, before a menu opens.
void checkWindowCommands(MainWindow &window);

} // namespace ui::shell
