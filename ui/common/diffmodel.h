// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/text/diff.h"
#include "core/text/merge.h"
#include "core/text/secrets.h"
#include "ui/common/diffview.h"
#include "ui/common/mergeview.h"

namespace ui {

/// A comparison worked out for showing. Values only: made in any thread, never changed afterwards. Internal to DiffView and MergeView.
struct DiffModel {
    /// Changed: of a conflict. Edited: of a line that one side changed.
    enum class Tone { None, Removed, Added, Edited, Changed, Gap };
    struct Row {
        int left = 0, right = 0; ///< line numbers from 1; 0: a gap
        Tone leftTone = Tone::None, rightTone = Tone::None;
        int change = -1; ///< index into changes
        int mate = 0;    ///< in one column: the line of the other side this one became; 0: none
    };
    struct Change {
        int first = 0, last = 0; ///< rows, both included
    };
    core::text::Lines left, right;
    QList<core::text::SecretSpan> leftSecrets, rightSecrets;
    QList<Row> side;    ///< for two columns
    QList<Row> unified; ///< for one column: each row has one line, or the same on both sides
    QList<Change> sideChanges, unifiedChanges;
    QList<core::text::KeyChange> keys;
    bool exact = true;
    qsizetype longest = 0; ///< bytes of the longest line
};

/// The line is the last one and nothing ends it.
bool isUnended(const core::text::Lines &lines, int number);

DiffModel makeDiffModel(const DiffInput &input);
/// Mine on the left, theirs on the right; the changes are the conflicts. Secrets are masked.
DiffModel makeMergeModel(const MergeInput &input, const core::text::MergeResult &merge);

} // namespace ui
