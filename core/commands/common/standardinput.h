// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QString>

namespace core::commands {

enum class InputPart { Line, Everything };
/// Reads standard input; without the line end for a line. Usage: it cannot be read, or has more than `most` bytes; Cancelled: a signal came
/// meanwhile. Blocks: there is nothing else to do.
Result<QByteArray> readStandardInput(InputPart part, qint64 most);

/// Asks on the terminal, without echo; empty when there is none. Cancelled after Ctrl+C, which is passed on as well.
Result<QString> askHidden(const QString &prompt);

} // namespace core::commands
