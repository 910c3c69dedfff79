// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>
#include <vector>

namespace core::text {

/// A stretch of one sequence that became a stretch of the other, both from 0. Private to core/text.
struct SequenceRange {
    int left = 0, leftCount = 0;
    int right = 0, rightCount = 0;
};
struct SequenceDiff {
    std::vector<SequenceRange> ranges; ///< in order, never touching
    bool exact = true;
};

/// The difference of two sequences of numbers, after Myers' linear-space method ("An O(ND) difference algorithm and its variations").
/// `budget` limits the elementary steps; when it is used up what is left becomes one range each, and exact is false.
SequenceDiff diffSequences(const std::vector<quint32> &left, const std::vector<quint32> &right, qint64 budget);

} // namespace core::text
