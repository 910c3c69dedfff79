// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/usualkeys.h"

#include <QAbstractButton>
#include <QApplication>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QLineEdit>

namespace ui {

bool UsualKeys::eventFilter(QObject *receiver, QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        if (!qobject_cast<QLineEdit *>(receiver) || !static_cast<QKeyEvent *>(event)->matches(QKeySequence::DeleteEndOfLine))
            return false;
        event->ignore();
        return true;
    }
    if (event->type() != QEvent::KeyPress)
        return false;
    auto *widget = qobject_cast<QWidget *>(receiver);
    if (!widget || widget != QApplication::focusWidget())
        return false;
    const auto *key = static_cast<QKeyEvent *>(event);
    const auto modifiers = key->modifiers() & ~Qt::KeypadModifier;
    if (modifiers == Qt::ShiftModifier && key->key() == Qt::Key_F10) {
        const QPoint at = widget->inputMethodQuery(Qt::ImCursorRectangle).toRect().center();
        QContextMenuEvent menu(QContextMenuEvent::Keyboard, at, widget->mapToGlobal(at));
        menu.ignore();
        QCoreApplication::sendEvent(widget, &menu);
        return menu.isAccepted();
    }
    if (modifiers == Qt::NoModifier && (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter)) {
        // What is ticked is ticked with Space alone, as everywhere.
        auto *button = qobject_cast<QAbstractButton *>(widget);
        if (!button || button->isCheckable() || !button->isEnabled() || key->isAutoRepeat())
            return false;
        event->accept();
        button->click();
        return true;
    }
    return false;
}

} // namespace ui
