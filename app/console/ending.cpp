// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/ending.h"

#include <QEvent>
#include <QGuiApplication>

namespace app {

Ending::Ending(ui::shell::Shell &shell, QObject *parent)
    : QObject(parent)
    , m_shell(shell)
{
    connect(&m_signals, &core::QuitSignals::received, &m_shell, &ui::shell::Shell::endNow);
    // The session manager asks to save first, and may still think better of it; then it says "quit". Direct: when it goes on, session and
    // settings are on disk, and what was typed is with the thread that writes it there, whatever becomes of this one.
    connect(
        qGuiApp, &QGuiApplication::commitDataRequest, this, [this] { m_shell.keep(); }, Qt::DirectConnection);
    qGuiApp->installEventFilter(this);
}

bool Ending::eventFilter(QObject *watched, QEvent *event)
{
    // Qt would close one window after the other as if by hand, and stop at the first that asks something.
    if (watched == qGuiApp && event->type() == QEvent::Quit) {
        m_shell.endNow();
        return true;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace app
