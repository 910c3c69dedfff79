// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <optional>
#include <QStringList>

namespace core::sandbox {

/// What `signalbox-sandbox` was asked for (app/cli.md §2).
struct Options {
    enum class Action { Run, ShowHelp, ShowVersion };
    enum class Seed { Empty, Demo };
    Action action = Action::Run;
    quint16 port = 8848;
    std::optional<quint16> consolePort; ///< none: off
    bool nacosOff = false;
    QString dataFolder;
    Seed seed = Seed::Empty;
    QString admin, nacosVersion = QStringLiteral("3.1");
    QStringList faults;
    QString pidFile, logFile;
    QString replayFile;  ///< a recorded conversation in place of a registry
    QString lockFile;    ///< held with flock(2) while running; taken: somebody runs already
    QString usersFolder; ///< ends 10 s after the last lock of a `*.lock` file in there is let go
    qint64 tokenSeconds = 18000;
};

/// Usage: what is wrong, in one sentence.
Result<Options> parseOptions(const QStringList &arguments);
QString helpText();

} // namespace core::sandbox
