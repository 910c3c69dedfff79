// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/quitsignals.h"
#include "ui/shell/shell.h"

namespace app {

/// The program is told to end from outside: by SIGTERM, SIGINT, SIGHUP, or by the desktop's session manager. Nobody is asked; drafts and
/// session are kept, and the next start finds nothing to repair.
class Ending final : public QObject {
    Q_OBJECT
public:
    explicit Ending(ui::shell::Shell &shell, QObject *parent = nullptr);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    ui::shell::Shell &m_shell;
    core::QuitSignals m_signals;
};

} // namespace app
