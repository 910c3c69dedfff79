// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "ui/shell/shell.h"

#include <QStringList>

namespace app {

/// What was asked for on the command line (app/cli.md §3).
struct Options {
    enum class Action { Run, Tour, Smoke, ShowVersion, ShowHelp };
    Action action = Action::Run;
    ui::shell::StartRequest start;
    QString home; ///< empty: SIGNALBOX_HOME or the desktop's data folder
    QString tourFolder;
    QString language;     ///< empty: as the settings say
    QString theme;        ///< likewise
    double scale = 0;     ///< 0: likewise
    QStringList handover; ///< what another window process of this home should be told
};

/// Without the program's name. Usage: unknown option, missing or wrong value.
core::Result<Options> parseOptions(const QStringList &words);
QString helpText();

} // namespace app
