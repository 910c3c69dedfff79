// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/merge.h"
#include "tests/fuzz/text/fuzztext.h"

/// The input is three texts separated by NUL.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, std::size_t size)
{
    using namespace core::text;
    const QList<QByteArray> texts = QByteArray(reinterpret_cast<const char *>(data), qsizetype(size)).split('\0');
    const QByteArray base = texts[0], mine = texts.value(1), theirs = texts.value(2);

    const Diff diff = diffLines(base, mine);
    QByteArray rebuilt;
    int left = 1;
    for (const DiffRange &range : diff.ranges) {
        rebuilt += diff.left.slice(left, range.left - left) + diff.right.slice(range.right, range.rightCount);
        left = range.left + range.leftCount;
    }
    rebuilt += diff.left.slice(left, diff.left.count() + 1 - left);
    fuzz::require(rebuilt == mine, "a diff rebuilds the right side");
    for (const SideRow &row : sideBySide(diff)) {
        if (row.kind == SideRow::Kind::Changed)
            changedSpans(diff.left.line(row.left), diff.right.line(row.right));
    }
    unifiedDiff(base, mine);
    for (const DiffOptions::Blanks blanks : {DiffOptions::Blanks::IgnoreAtEnd, DiffOptions::Blanks::Ignore})
        sideBySide(diffLines(base, mine, {.blanks = blanks}));

    fuzz::require(merge(base, mine, base).text() == mine, "only my change: mine");
    fuzz::require(merge(base, base, theirs).text() == theirs, "only their change: theirs");
    fuzz::require(merge(base, mine, mine).text() == mine, "the same change: that");
    MergeResult merged = merge(base, mine, theirs);
    QByteArray allBase, allMine, allTheirs;
    for (MergeChunk &chunk : merged.chunks) {
        allBase += chunk.base;
        allMine += chunk.mine;
        allTheirs += chunk.theirs;
        chunk.choice = MergeChunk::Choice::Mine;
    }
    fuzz::require(allBase == base && allMine == mine && allTheirs == theirs, "the chunks cover all sides");
    fuzz::require(merged.text() == mine, "everything mine is mine");
    return 0;
}
