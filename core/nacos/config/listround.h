// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QList>

namespace core::nacos {

/// What one reading of all pages told, and whether it can be everything. Rows move from page to page while others add and delete: a row
/// that moves against the direction of reading is met twice, one that moves with it is not met at all.
struct ListRound {
    enum class Way {
        Up,  ///< several pages at once, the first to the last
        Down ///< one by one, the last to the first: what deletions move is met again
    };
    enum class Verdict {
        Steady,     ///< every page counted as many as came: everything, if the pages are still so (pagesToCheck())
        Everything, ///< it moved, but only so that nothing can have been passed over
        Moved,      ///< something may be missing
    };
    int number = 1; ///< of the list's rounds
    Way way = Way::Up;
    qint64 rows = 0, distinct = 0;
    qint64 fresh = 0;  ///< of the distinct, never seen in a round before
    qint64 total = -1; ///< as the newest answer counts
    qint64 before = 0; ///< as the last answer of the round before counted
    bool grew = false, fell = false;
    int repeats = 0;          ///< pages one after the other that brought nothing but what this round had already
    bool cut = false;         ///< there are more pages than anybody reads
    QHash<int, size_t> pages; ///< what each of them had

    void counted(qint64 now);
    Verdict verdict() const;
    /// The server says the same again: another round would bring nothing.
    bool isStuckAfter(const ListRound &former) const;
    /// All of them up to twenty, of more a sample with the first and the last.
    QList<int> pagesToCheck() const;
};

} // namespace core::nacos
