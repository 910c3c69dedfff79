// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/diff.h"

#include "core/text/sequencediff.h"
#include "core/text/source.h"

#include <QHash>

#include <algorithm>

namespace core::text {

namespace {

/// What a line consists of, for telling how alike two lines are: the pairs of its letters, sorted.
using Pairs = std::vector<quint16>;

Pairs pairsOf(QByteArrayView line)
{
    constexpr qsizetype longest = 240;
    Pairs pairs;
    line = line.trimmed();
    line = line.first(std::min(line.size(), longest));
    for (qsizetype i = 0; i + 1 < line.size(); ++i)
        pairs.push_back(quint16(uchar(line[i]) << 8 | uchar(line[i + 1])));
    std::sort(pairs.begin(), pairs.end());
    return pairs;
}

/// 0 … 100
int likeness(const Pairs &a, const Pairs &b)
{
    if (a.empty() || b.empty())
        return a.size() == b.size() ? 100 : 0;
    std::size_t i = 0, j = 0, common = 0;
    while (i < a.size() && j < b.size()) {
        if (a[i] == b[j]) {
            ++common;
            ++i;
            ++j;
        } else if (a[i] < b[j]) {
            ++i;
        } else {
            ++j;
        }
    }
    return int(200 * common / (a.size() + b.size()));
}

/// Puts similar lines of a range beside each other without changing their order.
void alignRange(const Diff &diff, const DiffRange &range, QList<SideRow> &rows)
{
    constexpr int alike = 45;
    const int n = range.leftCount, m = range.rightCount;
    std::vector<Pairs> left, right;
    for (int i = 0; i < n; ++i)
        left.push_back(pairsOf(diff.left.line(range.left + i)));
    for (int j = 0; j < m; ++j)
        right.push_back(pairsOf(diff.right.line(range.right + j)));
    std::vector<int> score(std::size_t(n + 1) * std::size_t(m + 1), 0), own(std::size_t(n) * std::size_t(m), 0);
    const auto at = [&](int i, int j) -> int & { return score[std::size_t(i) * std::size_t(m + 1) + std::size_t(j)]; };
    const auto like = [&](int i, int j) -> int & { return own[std::size_t(i) * std::size_t(m) + std::size_t(j)]; };
    for (int i = n - 1; i >= 0; --i) {
        for (int j = m - 1; j >= 0; --j) {
            like(i, j) = likeness(left[std::size_t(i)], right[std::size_t(j)]);
            at(i, j) = std::max(at(i + 1, j), at(i, j + 1));
            if (like(i, j) >= alike)
                at(i, j) = std::max(at(i, j), at(i + 1, j + 1) + like(i, j));
        }
    }
    int i = 0, j = 0;
    while (i < n || j < m) {
        if (i < n && j < m && like(i, j) >= alike && at(i, j) == at(i + 1, j + 1) + like(i, j)) {
            rows.append({SideRow::Kind::Changed, range.left + i++, range.right + j++});
        } else if (i < n && (j == m || at(i, j) == at(i + 1, j))) {
            rows.append({SideRow::Kind::Removed, range.left + i++, 0});
        } else {
            rows.append({SideRow::Kind::Added, 0, range.right + j++});
        }
    }
}

struct Word {
    qsizetype begin, end;
};

/// Words, single CJK characters, runs of blanks, single signs.
std::vector<Word> wordsOf(QByteArrayView line, qsizetype from, qsizetype to)
{
    std::vector<Word> words;
    const auto isWord = [](char c) { return isLetter(c) || isDigit(c) || c == '_'; };
    for (qsizetype i = from; i < to;) {
        const qsizetype begin = i++;
        const char c = line[begin];
        if (isWord(c)) {
            while (i < to && isWord(line[i]))
                ++i;
        } else if (isBlank(c)) {
            while (i < to && isBlank(line[i]))
                ++i;
        } else if (uchar(c) >= 0x80) {
            while (i < to && (uchar(line[i]) & 0xC0) == 0x80)
                ++i;
        }
        words.push_back({begin, i});
    }
    return words;
}

void addSpan(QList<Span> &spans, qsizetype begin, qsizetype end)
{
    if (end <= begin)
        return;
    // A blank alone between two changes is no island.
    if (!spans.isEmpty() && begin - (spans.last().offset + spans.last().length) <= 1)
        spans.last().length = end - spans.last().offset;
    else
        spans.append({begin, end - begin});
}

} // namespace

QList<SideRow> sideBySide(const Diff &diff)
{
    // Aligning costs the product of both counts; large ranges are paired in order.
    constexpr qint64 mostPairs = 10'000;
    qint64 budget = 300'000;
    QList<SideRow> rows;
    rows.reserve(std::max(diff.left.count(), diff.right.count()));
    int left = 1, right = 1;
    const auto same = [&](int until) {
        while (left < until)
            rows.append({SideRow::Kind::Same, left++, right++});
    };
    for (const DiffRange &range : diff.ranges) {
        same(range.left);
        const qint64 pairs = qint64(range.leftCount) * range.rightCount;
        if (pairs > 0 && pairs <= mostPairs && pairs <= budget) {
            budget -= pairs;
            alignRange(diff, range, rows);
        } else {
            for (int i = 0; i < std::max(range.leftCount, range.rightCount); ++i) {
                const bool onLeft = i < range.leftCount, onRight = i < range.rightCount;
                rows.append({onLeft && onRight ? SideRow::Kind::Changed
                                 : onLeft      ? SideRow::Kind::Removed
                                               : SideRow::Kind::Added,
                             onLeft ? range.left + i : 0, onRight ? range.right + i : 0});
            }
        }
        left += range.leftCount;
        right += range.rightCount;
    }
    same(diff.left.count() + 1);
    return rows;
}

LineChange changedSpans(QByteArrayView left, QByteArrayView right)
{
    constexpr std::size_t mostWords = 4000;
    const auto continues = [](QByteArrayView line, qsizetype at) { return at < line.size() && (uchar(line[at]) & 0xC0) == 0x80; };
    qsizetype begin = 0;
    const qsizetype shorter = std::min(left.size(), right.size());
    while (begin < shorter && left[begin] == right[begin])
        ++begin;
    qsizetype end = 0;
    while (end < shorter - begin && left[left.size() - 1 - end] == right[right.size() - 1 - end])
        ++end;
    LineChange change;
    if (begin == left.size() && begin == right.size())
        return change;
    // Back to whole words: half a word changed is a changed word.
    const auto isWord = [](char c) { return isLetter(c) || isDigit(c) || c == '_'; };
    while (begin > 0 && (continues(left, begin) || continues(right, begin) || isWord(left[begin - 1])))
        --begin;
    while (end > 0 && (continues(left, left.size() - end) || continues(right, right.size() - end) || isWord(left[left.size() - end])))
        --end;
    const std::vector<Word> leftWords = wordsOf(left, begin, left.size() - end);
    const std::vector<Word> rightWords = wordsOf(right, begin, right.size() - end);
    if (leftWords.size() > mostWords || rightWords.size() > mostWords) {
        addSpan(change.left, begin, left.size() - end);
        addSpan(change.right, begin, right.size() - end);
        return change;
    }
    QHash<QByteArrayView, quint32> numbers;
    const auto number = [&](QByteArrayView line, const std::vector<Word> &words) {
        std::vector<quint32> result;
        result.reserve(words.size());
        for (const Word &word : words) {
            const QByteArrayView text = line.sliced(word.begin, word.end - word.begin);
            auto it = numbers.find(text);
            if (it == numbers.end())
                it = numbers.insert(text, quint32(numbers.size()) + 1);
            result.push_back(*it);
        }
        return result;
    };
    const std::vector<quint32> leftNumbers = number(left, leftWords), rightNumbers = number(right, rightWords);
    const SequenceDiff diff = diffSequences(leftNumbers, rightNumbers, 200'000);
    for (const SequenceRange &range : diff.ranges) {
        if (range.leftCount > 0)
            addSpan(change.left, leftWords[std::size_t(range.left)].begin, leftWords[std::size_t(range.left + range.leftCount) - 1].end);
        if (range.rightCount > 0)
            addSpan(change.right, rightWords[std::size_t(range.right)].begin,
                    rightWords[std::size_t(range.right + range.rightCount) - 1].end);
    }
    return change;
}

} // namespace core::text
