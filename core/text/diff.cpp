// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/diff.h"

#include "core/text/secrets.h"
#include "core/text/sequencediff.h"
#include "core/text/source.h"

#include <QHashFunctions>

#include <algorithm>
#include <bit>
#include <cstring>

using namespace Qt::StringLiterals;

namespace core::text {

namespace {

constexpr qint64 LineBudget = 40'000'000;

/// Lines as numbers: equal lines get equal numbers.
class LineNumbers {
public:
    explicit LineNumbers(std::size_t lines)
    {
        const std::size_t slots = std::bit_ceil(std::max<std::size_t>(lines * 2, 16));
        m_slots.assign(slots, 0);
    }
    quint32 of(QByteArrayView line)
    {
        const std::size_t hash = qHashBits(line.data(), std::size_t(line.size()), 0x5167'6e61);
        for (std::size_t slot = hash;; ++slot) {
            quint32 &number = m_slots[slot & (m_slots.size() - 1)];
            if (number == 0) {
                m_lines.push_back(line);
                return number = quint32(m_lines.size());
            }
            const QByteArrayView other = m_lines[number - 1];
            if (other.size() == line.size() && (line.isEmpty() || std::memcmp(other.data(), line.data(), std::size_t(line.size())) == 0))
                return number;
        }
    }

private:
    std::vector<quint32> m_slots; // 0: free
    std::vector<QByteArrayView> m_lines;
};

QByteArrayView withoutEndBlanks(QByteArrayView line)
{
    while (!line.isEmpty() && isSpace(line.back()))
        line.chop(1);
    return line;
}

std::vector<quint32> numbersOf(const Lines &lines, const DiffOptions &options, LineNumbers &numbers, std::vector<QByteArray> &keep)
{
    std::vector<quint32> result;
    result.reserve(std::size_t(lines.count()));
    for (int number = 1; number <= lines.count(); ++number) {
        QByteArrayView line = lines.withEnd(number);
        if (options.blanks != DiffOptions::Blanks::Compare)
            line = withoutEndBlanks(line);
        if (options.blanks == DiffOptions::Blanks::Ignore && std::any_of(line.begin(), line.end(), isBlank)) {
            QByteArray bare;
            bare.reserve(line.size());
            std::copy_if(line.begin(), line.end(), std::back_inserter(bare), [](char c) { return !isBlank(c); });
            keep.push_back(bare);
            line = keep.back();
        }
        result.push_back(numbers.of(line));
    }
    return result;
}

/// How well a block of inserted or removed lines stands at a place: high when it begins after a blank line or with an outer line.
int placeScore(const Lines &lines, int first, int count)
{
    const auto indentOf = [&](int number) {
        const QByteArrayView line = lines.line(number);
        int indent = 0;
        while (indent < line.size() && indent < 200 && isBlank(line[indent]))
            ++indent;
        return indent == line.size() ? -1 : indent;
    };
    const int begin = indentOf(first);
    const int after = first + count <= lines.count() ? indentOf(first + count) : 0;
    const bool blankBefore = first == 1 || indentOf(first - 1) < 0;
    return (blankBefore ? 40 : 0) + (begin < 0 ? -20 : -begin) - std::max(after, 0);
}

/// A pure insertion or removal can often stand a few lines higher or lower with the same effect; take the place a person would.
void slide(QList<DiffRange> &ranges, const Lines &left, const Lines &right, const std::vector<quint32> &leftNumbers,
           const std::vector<quint32> &rightNumbers)
{
    constexpr int farthest = 64;
    for (qsizetype i = 0; i < ranges.size(); ++i) {
        DiffRange &range = ranges[i];
        if ((range.leftCount == 0) == (range.rightCount == 0))
            continue;
        const bool inserted = range.leftCount == 0;
        const Lines &lines = inserted ? right : left;
        const std::vector<quint32> &numbers = inserted ? rightNumbers : leftNumbers;
        const int first = inserted ? range.right : range.left;
        const int count = inserted ? range.rightCount : range.leftCount;
        const auto at = [&](int line) { return numbers[std::size_t(line) - 1]; };
        // Never up or down to the neighbours: ranges must not touch.
        int room = first - 1;
        if (i > 0)
            room = first - 1 - (inserted ? ranges[i - 1].right + ranges[i - 1].rightCount : ranges[i - 1].left + ranges[i - 1].leftCount);
        int up = 0;
        while (up < std::min(farthest, room) && at(first - up - 1) == at(first + count - up - 1))
            ++up;
        const int limit = i + 1 < ranges.size() ? (inserted ? ranges[i + 1].right : ranges[i + 1].left) - 1 : lines.count() + 1;
        int down = 0;
        while (down < farthest && first + count + down < limit && at(first + down) == at(first + count + down))
            ++down;
        int best = 0, bestScore = placeScore(lines, first, count);
        for (int move = -up; move <= down; ++move) {
            const int score = move == 0 ? bestScore : placeScore(lines, first + move, count);
            // Equal places: the lowest, as diff does.
            if (score > bestScore || (score == bestScore && move > best)) {
                best = move;
                bestScore = score;
            }
        }
        range.left += best;
        range.right += best;
    }
}

} // namespace

Lines::Lines(QByteArray text)
    : m_text(std::move(text))
{
    const QByteArrayView bytes(m_text);
    for (qsizetype i = 0; i < bytes.size();) {
        m_starts.append(i);
        while (i < bytes.size() && !isLineEnd(bytes[i]))
            ++i;
        if (i < bytes.size())
            i = afterLineEnd(bytes, i);
    }
}

QByteArrayView Lines::withEnd(int number) const
{
    const qsizetype begin = m_starts[number - 1];
    const qsizetype end = number < m_starts.size() ? m_starts[number] : m_text.size();
    return QByteArrayView(m_text).sliced(begin, end - begin);
}

QByteArrayView Lines::line(int number) const
{
    QByteArrayView line = withEnd(number);
    if (line.endsWith('\n'))
        line.chop(1);
    if (line.endsWith('\r'))
        line.chop(1);
    return line;
}

QByteArray Lines::slice(int first, int count) const
{
    if (count <= 0)
        return {};
    const qsizetype begin = m_starts[first - 1];
    const qsizetype end = first + count - 1 < m_starts.size() ? m_starts[first + count - 1] : m_text.size();
    return m_text.mid(begin, end - begin);
}

int Diff::added() const
{
    int lines = 0;
    for (const DiffRange &range : ranges)
        lines += range.rightCount;
    return lines;
}

int Diff::removed() const
{
    int lines = 0;
    for (const DiffRange &range : ranges)
        lines += range.leftCount;
    return lines;
}

Diff diffLines(const QByteArray &left, const QByteArray &right, const DiffOptions &options)
{
    Diff diff{Lines(left), Lines(right), {}, true};
    if (left == right)
        return diff;
    LineNumbers numbers(std::size_t(diff.left.count()) + std::size_t(diff.right.count()));
    std::vector<QByteArray> keep;
    if (options.blanks == DiffOptions::Blanks::Ignore)
        keep.reserve(std::size_t(diff.left.count()) + std::size_t(diff.right.count())); // views into it must stay
    const std::vector<quint32> leftNumbers = numbersOf(diff.left, options, numbers, keep);
    const std::vector<quint32> rightNumbers = numbersOf(diff.right, options, numbers, keep);
    const SequenceDiff raw = diffSequences(leftNumbers, rightNumbers, LineBudget);
    diff.exact = raw.exact;
    diff.ranges.reserve(qsizetype(raw.ranges.size()));
    for (const SequenceRange &range : raw.ranges)
        diff.ranges.append({range.left + 1, range.leftCount, range.right + 1, range.rightCount});
    slide(diff.ranges, diff.left, diff.right, leftNumbers, rightNumbers);
    return diff;
}

QList<Hunk> hunks(const Diff &diff, int context)
{
    QList<Hunk> result;
    const int around = context < 0 ? std::max(diff.left.count(), diff.right.count()) : context;
    for (qsizetype i = 0; i < diff.ranges.size();) {
        qsizetype last = i;
        while (last + 1 < diff.ranges.size() &&
               diff.ranges[last + 1].left - (diff.ranges[last].left + diff.ranges[last].leftCount) <= 2 * qint64(around))
            ++last;
        Hunk hunk;
        int left = std::max(1, diff.ranges[i].left - around);
        int right = diff.ranges[i].right - (diff.ranges[i].left - left);
        hunk.leftFirst = left;
        hunk.rightFirst = right;
        const auto same = [&](int until) {
            for (; left < until; ++left, ++right)
                hunk.lines.append({DiffLine::Kind::Same, left, right, diff.left.line(left).toByteArray()});
        };
        for (; i <= last; ++i) {
            const DiffRange &range = diff.ranges[i];
            same(range.left);
            for (int line = 0; line < range.leftCount; ++line, ++left)
                hunk.lines.append({DiffLine::Kind::Removed, left, 0, diff.left.line(left).toByteArray()});
            for (int line = 0; line < range.rightCount; ++line, ++right)
                hunk.lines.append({DiffLine::Kind::Added, 0, right, diff.right.line(right).toByteArray()});
        }
        same(int(std::min<qint64>(diff.left.count() + 1, qint64(left) + around)));
        hunk.leftCount = left - hunk.leftFirst;
        hunk.rightCount = right - hunk.rightFirst;
        // As diff writes it: an empty side names the line before.
        if (hunk.leftCount == 0)
            --hunk.leftFirst;
        if (hunk.rightCount == 0)
            --hunk.rightFirst;
        result.append(hunk);
    }
    return result;
}

QByteArray unifiedDiff(const QByteArray &before, const QByteArray &after, const UnifiedOptions &options)
{
    const Diff diff = diffLines(before, after);
    if (diff.isEmpty())
        return {};
    const bool masked = options.secrets == UnifiedOptions::Secrets::Masked;
    // Masking keeps the number of lines, so masked lines stand in for the real ones.
    const Lines left = masked ? Lines(maskSecrets(options.format, before)) : diff.left;
    const Lines right = masked ? Lines(maskSecrets(options.format, after)) : diff.right;
    QByteArray out = "--- " + options.leftLabel.toUtf8() + "\n+++ " + options.rightLabel.toUtf8() + '\n';
    const auto count = [](int first, int lines) {
        return lines == 1 ? QByteArray::number(first) : QByteArray::number(first) + ',' + QByteArray::number(lines);
    };
    const auto write = [&](char sign, const Lines &lines, int number) {
        QByteArrayView line = lines.withEnd(number);
        out.append(sign);
        if (line.endsWith('\n')) {
            out.append(line);
        } else {
            out.append(line).append('\n');
            if (number == lines.count() && !line.endsWith('\r'))
                out.append("\\ No newline at end of file\n");
        }
    };
    const QList<Hunk> all = hunks(diff, options.context);
    for (const Hunk &hunk : all) {
        out += "@@ -" + count(hunk.leftFirst, hunk.leftCount) + " +" + count(hunk.rightFirst, hunk.rightCount) + " @@\n";
        for (const DiffLine &line : hunk.lines) {
            if (line.kind == DiffLine::Kind::Same)
                write(' ', left, line.leftLine);
            else if (line.kind == DiffLine::Kind::Removed)
                write('-', left, line.leftLine);
            else
                write('+', right, line.rightLine);
        }
    }
    return out;
}

} // namespace core::text
