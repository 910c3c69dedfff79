// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/text/format.h"

#include <QByteArrayView>
#include <QList>

namespace core::text {

/// A text seen as lines, without copying them. The lines with their ends put together again are the text, byte for byte; a text that
/// ends with a line end has no empty line after it, the empty text has no line.
class Lines {
public:
    Lines() = default;
    explicit Lines(QByteArray text);
    int count() const { return int(m_starts.size()); }
    /// `number` counts from 1; the view lives as long as this object.
    QByteArrayView withEnd(int number) const;
    QByteArrayView line(int number) const; ///< without its line end
    const QByteArray &text() const { return m_text; }
    /// The bytes of `count` lines from `first` on.
    QByteArray slice(int first, int count) const;

private:
    QByteArray m_text;
    QList<qsizetype> m_starts;
};

struct DiffOptions {
    enum class Blanks {
        Compare,
        IgnoreAtEnd, ///< trailing blanks and the kind of line end
        Ignore       ///< all blanks within a line
    };
    Blanks blanks = Blanks::Compare;
};

/// A range of lines on the left that became one on the right; one of the counts may be 0. A first line with count 0 is the line before
/// which nothing stands.
struct DiffRange {
    int left = 1, leftCount = 0;
    int right = 1, rightCount = 0;
    friend bool operator==(const DiffRange &, const DiffRange &) = default;
};

struct Diff {
    Lines left, right;
    QList<DiffRange> ranges; ///< what differs, in order, never touching each other
    bool exact = true;       ///< false: a budget was used up, the ranges are right but may be larger than needed
    bool isEmpty() const { return ranges.isEmpty(); }
    int added() const;   ///< lines
    int removed() const; ///< lines
};

/// Linear in the size for equal beginnings and ends, bounded for everything else (10 MiB against 10 MiB: well under two seconds).
Diff diffLines(const QByteArray &left, const QByteArray &right, const DiffOptions &options = {});

/// One line of the unified form.
struct DiffLine {
    enum class Kind { Same, Removed, Added };
    Kind kind = Kind::Same;
    int leftLine = 0, rightLine = 0; ///< 0: not there
    QByteArray text;                 ///< without its line end
    friend bool operator==(const DiffLine &, const DiffLine &) = default;
};
struct Hunk {
    int leftFirst = 0, leftCount = 0, rightFirst = 0, rightCount = 0; ///< as in `@@ -leftFirst,leftCount +rightFirst,rightCount @@`
    QList<DiffLine> lines;
};
/// `context` lines around each change; hunks that meet become one. A context of -1 gives one hunk with everything.
QList<Hunk> hunks(const Diff &diff, int context = 3);

/// One row of two texts side by side.
struct SideRow {
    enum class Kind { Same, Changed, Removed, Added };
    Kind kind = Kind::Same;
    int left = 0, right = 0; ///< line numbers; 0: a gap on this side
    friend bool operator==(const SideRow &, const SideRow &) = default;
};
/// Every line of both sides exactly once; within a range similar lines stand beside each other.
QList<SideRow> sideBySide(const Diff &diff);

struct Span {
    qsizetype offset = 0, length = 0; ///< bytes, never inside a UTF-8 character
    friend bool operator==(const Span &, const Span &) = default;
};
struct LineChange {
    QList<Span> left, right;
};
/// What differs between the two lines of a Changed row, by words.
LineChange changedSpans(QByteArrayView left, QByteArrayView right);

struct UnifiedOptions {
    enum class Secrets { Shown, Masked };
    QString leftLabel, rightLabel;
    int context = 3;
    Secrets secrets = Secrets::Shown;
    Format format = Format::Text; ///< for finding the secrets
};
/// What `diff -u` prints and `patch` reads; empty when both are equal.
QByteArray unifiedDiff(const QByteArray &before, const QByteArray &after, const UnifiedOptions &options = {});

struct KeyChange {
    QString path;
    std::optional<QString> before, after; ///< nullopt: not there
    bool secret = false;                  ///< show "changed", not the values
    int leftLine = 0, rightLine = 0;      ///< 0: not there
    friend bool operator==(const KeyChange &, const KeyChange &) = default;
};
/// The semantic difference of two contents of one format: the leaves of flatten() that were changed, removed or added, in the order of
/// `before`, the added ones after the neighbour they follow in `after`. Order and comments do not count; members of an array are compared
/// by position; duplicates in the order they appear. Error: as flatten(), the message says which side.
Result<QList<KeyChange>> diffKeys(Format format, const QByteArray &before, const QByteArray &after);

} // namespace core::text
