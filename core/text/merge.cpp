// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/merge.h"

#include "core/text/diff.h"
#include "core/text/source.h"

#include <algorithm>

namespace core::text {

namespace {

/// The side of a stretch: lines of base and what they became.
struct Side {
    const Diff &diff;
    qsizetype next = 0; // the next range not yet used
    int shift = 0;      // line of this side minus line of base, behind the ranges used

    /// Where the next range begins in base; far away when there is none.
    int begin() const { return next < diff.ranges.size() ? diff.ranges[next].left : INT_MAX; }
    int end() const { return diff.ranges[next].left + diff.ranges[next].leftCount; }
    void use()
    {
        const DiffRange &range = diff.ranges[next++];
        shift = (range.right + range.rightCount) - (range.left + range.leftCount);
    }
};

bool endsLine(const QByteArray &text)
{
    return text.isEmpty() || isLineEnd(text.back());
}

/// Joins pieces so that a piece without a last line end does not swallow the next line.
void appendPiece(QByteArray &out, const QByteArray &piece, const QByteArray &lineEnd)
{
    if (!piece.isEmpty() && !endsLine(out))
        out.append(lineEnd);
    out.append(piece);
}

QByteArray lineEndOf(const MergeChunk &chunk)
{
    return dominantLineEnd(!chunk.mine.isEmpty() ? chunk.mine : !chunk.theirs.isEmpty() ? chunk.theirs : chunk.base);
}

} // namespace

QByteArray MergeChunk::text() const
{
    QByteArray out;
    switch (choice) {
    case Choice::Mine:
        return mine;
    case Choice::Theirs:
        return theirs;
    case Choice::Base:
        return base;
    case Choice::MineThenTheirs:
        out = mine;
        appendPiece(out, theirs, lineEndOf(*this));
        return out;
    case Choice::TheirsThenMine:
        out = theirs;
        appendPiece(out, mine, lineEndOf(*this));
        return out;
    case Choice::Open:
        break;
    }
    if (kind == Kind::Theirs)
        return theirs;
    if (kind != Kind::Conflict)
        return mine;
    const QByteArray lineEnd = lineEndOf(*this);
    out = "<<<<<<< mine" + lineEnd;
    appendPiece(out, mine, lineEnd);
    appendPiece(out, "||||||| base" + lineEnd, lineEnd);
    appendPiece(out, base, lineEnd);
    appendPiece(out, "=======" + lineEnd, lineEnd);
    appendPiece(out, theirs, lineEnd);
    appendPiece(out, ">>>>>>> theirs" + lineEnd, lineEnd);
    return out;
}

int MergeResult::conflicts() const
{
    return int(std::count_if(chunks.begin(), chunks.end(), [](const MergeChunk &chunk) { return chunk.isOpen(); }));
}

QByteArray MergeResult::text() const
{
    QByteArray out, lineEnd;
    for (const MergeChunk &chunk : chunks) {
        const QByteArray piece = chunk.text();
        if (!endsLine(out) && lineEnd.isEmpty())
            lineEnd = dominantLineEnd(out);
        appendPiece(out, piece, lineEnd);
    }
    return out;
}

MergeResult merge(const QByteArray &base, const QByteArray &mine, const QByteArray &theirs)
{
    const Diff toMine = diffLines(base, mine), toTheirs = diffLines(base, theirs);
    const Lines &baseLines = toMine.left;
    MergeResult result;
    result.exact = toMine.exact && toTheirs.exact;
    Side my{toMine}, their{toTheirs};
    int line = 1; // of base
    const auto add = [&](MergeChunk::Kind kind, int end, int mineFirst, int theirsFirst) {
        const int mineEnd = end + my.shift, theirsEnd = end + their.shift;
        MergeChunk chunk;
        chunk.kind = kind;
        chunk.base = baseLines.slice(line, end - line);
        chunk.mine = toMine.right.slice(mineFirst, mineEnd - mineFirst);
        chunk.theirs = toTheirs.right.slice(theirsFirst, theirsEnd - theirsFirst);
        chunk.baseLine = line;
        chunk.mineLine = mineFirst;
        chunk.theirsLine = theirsFirst;
        line = end;
        if (chunk.base.isEmpty() && chunk.mine.isEmpty() && chunk.theirs.isEmpty())
            return;
        if (kind == MergeChunk::Kind::Conflict && chunk.mine == chunk.theirs)
            chunk.kind = MergeChunk::Kind::Both;
        result.chunks.append(chunk);
    };
    for (;;) {
        const int begin = std::min(my.begin(), their.begin());
        const int until = begin == INT_MAX ? baseLines.count() + 1 : begin;
        if (until > line)
            add(MergeChunk::Kind::Same, until, line + my.shift, line + their.shift);
        if (begin == INT_MAX)
            return result;
        // Everything that overlaps or touches becomes one stretch.
        const int mineFirst = line + my.shift, theirsFirst = line + their.shift;
        int end = begin;
        bool byMe = false, byThem = false;
        for (bool grown = true; grown;) {
            grown = false;
            if (my.begin() <= end) {
                end = std::max(end, my.end());
                my.use();
                byMe = grown = true;
            }
            if (their.begin() <= end) {
                end = std::max(end, their.end());
                their.use();
                byThem = grown = true;
            }
        }
        const auto kind = byMe && byThem ? MergeChunk::Kind::Conflict : byMe ? MergeChunk::Kind::Mine : MergeChunk::Kind::Theirs;
        add(kind, end, mineFirst, theirsFirst);
    }
}

} // namespace core::text
