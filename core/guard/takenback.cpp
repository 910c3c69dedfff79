// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/guard/takenback.h"

using namespace Qt::StringLiterals;

namespace core::guard {

namespace {

const auto Undo = "undo: "_L1, Again = "again: "_L1;

} // namespace

TakenBack takenBack(const QString &summary)
{
    TakenBack line{summary};
    while (true) {
        const bool undo = line.what.startsWith(Undo);
        if (!undo && !line.what.startsWith(Again))
            return line;
        line.what.remove(0, undo ? Undo.size() : Again.size());
        line.times += undo ? 1 : 2;
    }
}

QString toString(const TakenBack &line)
{
    return line.isUndo() ? Undo + line.what : line.isAgain() ? Again + line.what : line.what;
}

} // namespace core::guard
