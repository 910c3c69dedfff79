// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace core::guard {

/// What a change's line (Change::summary) says, apart from how often it was taken back: `undo: X` once, `again: X` twice. Ledgers of
/// earlier versions say `undo: undo: X`.
struct TakenBack {
    QString what;
    int times = 0;
    bool isUndo() const { return times % 2 == 1; }
    bool isAgain() const { return times > 0 && !isUndo(); }
};
TakenBack takenBack(const QString &summary);
/// One word in front at most, however often it went to and fro.
QString toString(const TakenBack &line);

} // namespace core::guard
