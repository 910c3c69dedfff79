// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/altkeys.h"

#include <QKeyEvent>
#include <QWidget>

namespace ui {

bool AltKeys::eventFilter(QObject *receiver, QEvent *event)
{
    // Shortcuts and mnemonics were asked before it became a key press. AltGr types, and comes without Alt or with Ctrl.
    if (event->type() != QEvent::KeyPress)
        return false;
    const auto *key = static_cast<QKeyEvent *>(event);
    const auto modifiers = key->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier);
    if (modifiers != Qt::AltModifier || key->text().isEmpty() || !key->text().front().isPrint())
        return false;
    const auto *widget = qobject_cast<QWidget *>(receiver);
    if (!widget || !widget->testAttribute(Qt::WA_InputMethodEnabled))
        return false;
    event->accept();
    return true;
}

} // namespace ui
