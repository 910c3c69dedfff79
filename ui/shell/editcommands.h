// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/keysheet.h"

#include <QObject>
#include <QPointer>
#include <QWidget>

namespace ui::shell {

class MainWindow;

/// What Undo, Redo, Cut, Copy, Paste and Select all of the Edit menu work on: what has the focus, or had it before the menu bar or the
/// palette took it. Editors, fields, texts and lists can be worked on, each as far as it goes. One a window.
class EditTarget final : public QObject {
    Q_OBJECT
public:
    explicit EditTarget(MainWindow &window);

    enum class Act { Undo, Redo, Cut, Copy, Paste, SelectAll };
    bool can(Act act) const;
    void run(Act act);

private:
    QWidget *widget() const;
    void focusMoved(QWidget *now);
    MainWindow &m_window;
    QPointer<QWidget> m_last;
};

/// Adds the commands to the window, or gives them their words again.
void addEditCommands(MainWindow &window);
/// Their ids, in the order of the menu, "-" for a line.
QStringList editCommands();
/// What lists and editors take by themselves, for the key sheet.
QList<KeySheet::FixedKey> fixedKeys();

} // namespace ui::shell
