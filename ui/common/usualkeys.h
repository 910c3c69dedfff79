// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace ui {

/// Put on the application, for what people press everywhere and the toolkit hears in some places only: Return presses the button with the
/// focus as Space does, Shift+F10 opens the context menu as the Menu key does, Ctrl+K in a field is first of all the window's.
class UsualKeys final : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    bool eventFilter(QObject *receiver, QEvent *event) override;
};

} // namespace ui
