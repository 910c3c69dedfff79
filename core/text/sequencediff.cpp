// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/sequencediff.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace core::text {

namespace {

/// A rectangle of the edit graph.
struct Box {
    int left, leftEnd, right, rightEnd;
    int width() const { return leftEnd - left; }
    int height() const { return rightEnd - right; }
};

class Engine {
public:
    Engine(const std::vector<quint32> &left, const std::vector<quint32> &right, qint64 budget)
        : m_left(left)
        , m_right(right)
        , m_budget(budget)
        , m_leftGone(left.size(), 0)
        , m_rightGone(right.size(), 0)
    {
        const std::size_t diagonals = left.size() + right.size() + 3;
        m_forward.resize(diagonals);
        m_backward.resize(diagonals);
        m_base = int(right.size()) + 1;
        m_patience = std::max(256, int(std::sqrt(double(diagonals))));
    }

    void run();
    bool exact() const { return m_exact; }
    const std::vector<char> &leftGone() const { return m_leftGone; }
    const std::vector<char> &rightGone() const { return m_rightGone; }

private:
    struct Point {
        int left = 0, right = 0;
        bool found = false;
    };
    Point split(const Box &box);
    Point farthest(const Box &box, int cost) const;

    const std::vector<quint32> &m_left, &m_right;
    qint64 m_budget;
    std::vector<char> m_leftGone, m_rightGone;
    std::vector<int> m_forward, m_backward; // per diagonal left - right: the farthest left reached
    int m_base = 0, m_patience = 0;
    bool m_exact = true;
};

/// Where the search is cut in two: a point on a shortest path, or a good one when patience runs out.
Engine::Point Engine::split(const Box &box)
{
    const int from = box.left - box.right, to = box.leftEnd - box.rightEnd;
    const int lowest = box.left - box.rightEnd, highest = box.leftEnd - box.right;
    const bool odd = (from - to) & 1;
    int forwardLow = from, forwardHigh = from, backwardLow = to, backwardHigh = to;
    const auto forward = [&](int diagonal) -> int & { return m_forward[std::size_t(std::ptrdiff_t(m_base) + diagonal)]; };
    const auto backward = [&](int diagonal) -> int & { return m_backward[std::size_t(std::ptrdiff_t(m_base) + diagonal)]; };
    forward(from) = box.left;
    backward(to) = box.leftEnd;
    constexpr int none = -1;
    for (int cost = 1;; ++cost) {
        // One more edit from the top left.
        if (forwardLow > lowest)
            forward(--forwardLow - 1) = none;
        else
            ++forwardLow;
        if (forwardHigh < highest)
            forward(++forwardHigh + 1) = none;
        else
            --forwardHigh;
        for (int diagonal = forwardHigh; diagonal >= forwardLow; diagonal -= 2) {
            const int below = forward(diagonal - 1), above = forward(diagonal + 1);
            int x = below >= above ? below + 1 : above;
            int y = x - diagonal;
            const int begin = x;
            while (x < box.leftEnd && y < box.rightEnd && m_left[std::size_t(x)] == m_right[std::size_t(y)]) {
                ++x;
                ++y;
            }
            m_budget -= 1 + (x - begin) / 8;
            forward(diagonal) = x;
            if (odd && diagonal >= backwardLow && diagonal <= backwardHigh && backward(diagonal) <= x)
                return {x, y, true};
        }
        // And one more from the bottom right.
        const int much = box.leftEnd + 1;
        if (backwardLow > lowest)
            backward(--backwardLow - 1) = much;
        else
            ++backwardLow;
        if (backwardHigh < highest)
            backward(++backwardHigh + 1) = much;
        else
            --backwardHigh;
        for (int diagonal = backwardHigh; diagonal >= backwardLow; diagonal -= 2) {
            const int below = backward(diagonal - 1), above = backward(diagonal + 1);
            int x = below < above ? below : above - 1;
            int y = x - diagonal;
            const int begin = x;
            while (x > box.left && y > box.right && m_left[std::size_t(x) - 1] == m_right[std::size_t(y) - 1]) {
                --x;
                --y;
            }
            m_budget -= 1 + (begin - x) / 8;
            backward(diagonal) = x;
            if (!odd && diagonal >= forwardLow && diagonal <= forwardHigh && x <= forward(diagonal))
                return {x, y, true};
        }
        if (m_budget <= 0) {
            m_exact = false;
            return {};
        }
        if (cost >= m_patience) {
            m_exact = false;
            int bestSum = -1;
            Point best;
            for (int diagonal = forwardHigh; diagonal >= forwardLow; diagonal -= 2) {
                const int x = std::min(forward(diagonal), box.leftEnd), y = x - diagonal;
                if (x >= box.left && y >= box.right && y <= box.rightEnd && x + y > bestSum) {
                    bestSum = x + y;
                    best = {x, y, true};
                }
            }
            int worstSum = box.leftEnd + box.rightEnd + 1;
            Point last;
            for (int diagonal = backwardHigh; diagonal >= backwardLow; diagonal -= 2) {
                const int x = std::max(backward(diagonal), box.left), y = x - diagonal;
                if (x <= box.leftEnd && y >= box.right && y <= box.rightEnd && x + y < worstSum) {
                    worstSum = x + y;
                    last = {x, y, true};
                }
            }
            // The side that came farther.
            return (bestSum - box.left - box.right) >= (box.leftEnd + box.rightEnd - worstSum) ? best : last;
        }
    }
}

void Engine::run()
{
    std::vector<Box> work{{0, int(m_left.size()), 0, int(m_right.size())}};
    while (!work.empty()) {
        Box box = work.back();
        work.pop_back();
        while (box.width() > 0 && box.height() > 0 && m_left[std::size_t(box.left)] == m_right[std::size_t(box.right)]) {
            ++box.left;
            ++box.right;
        }
        while (box.width() > 0 && box.height() > 0 && m_left[std::size_t(box.leftEnd) - 1] == m_right[std::size_t(box.rightEnd) - 1]) {
            --box.leftEnd;
            --box.rightEnd;
        }
        Point point;
        if (box.width() > 0 && box.height() > 0)
            point = split(box);
        const bool progress =
            point.found && (point.left > box.left || point.right > box.right) && (point.left < box.leftEnd || point.right < box.rightEnd);
        if (!progress) {
            std::fill(m_leftGone.begin() + box.left, m_leftGone.begin() + box.leftEnd, 1);
            std::fill(m_rightGone.begin() + box.right, m_rightGone.begin() + box.rightEnd, 1);
            continue;
        }
        work.push_back({box.left, point.left, box.right, point.right});
        work.push_back({point.left, box.leftEnd, point.right, box.rightEnd});
    }
}

} // namespace

SequenceDiff diffSequences(const std::vector<quint32> &left, const std::vector<quint32> &right, qint64 budget)
{
    const int shorter = int(std::min(left.size(), right.size()));
    int begin = 0;
    while (begin < shorter && left[std::size_t(begin)] == right[std::size_t(begin)])
        ++begin;
    int leftEnd = int(left.size()), rightEnd = int(right.size());
    while (leftEnd > begin && rightEnd > begin && left[std::size_t(leftEnd) - 1] == right[std::size_t(rightEnd) - 1]) {
        --leftEnd;
        --rightEnd;
    }
    std::vector<char> leftGone(left.size(), 0), rightGone(right.size(), 0);

    // What the other side doesn't have at all is changed for sure; the search need not see it.
    const quint32 highest = std::max(left.empty() ? 0 : *std::max_element(left.begin(), left.end()),
                                     right.empty() ? 0 : *std::max_element(right.begin(), right.end()));
    std::vector<char> inLeft(std::size_t(highest) + 1, 0), inRight(std::size_t(highest) + 1, 0);
    for (int i = begin; i < leftEnd; ++i)
        inLeft[left[std::size_t(i)]] = 1;
    for (int i = begin; i < rightEnd; ++i)
        inRight[right[std::size_t(i)]] = 1;
    std::vector<quint32> leftCommon, rightCommon;
    std::vector<int> leftPlace, rightPlace;
    for (int i = begin; i < leftEnd; ++i) {
        if (inRight[left[std::size_t(i)]]) {
            leftCommon.push_back(left[std::size_t(i)]);
            leftPlace.push_back(i);
        } else {
            leftGone[std::size_t(i)] = 1;
        }
    }
    for (int i = begin; i < rightEnd; ++i) {
        if (inLeft[right[std::size_t(i)]]) {
            rightCommon.push_back(right[std::size_t(i)]);
            rightPlace.push_back(i);
        } else {
            rightGone[std::size_t(i)] = 1;
        }
    }
    Engine engine(leftCommon, rightCommon, budget);
    engine.run();
    for (std::size_t i = 0; i < leftPlace.size(); ++i)
        leftGone[std::size_t(leftPlace[i])] = engine.leftGone()[i];
    for (std::size_t i = 0; i < rightPlace.size(); ++i)
        rightGone[std::size_t(rightPlace[i])] = engine.rightGone()[i];

    SequenceDiff diff;
    diff.exact = engine.exact();
    int l = 0, r = 0;
    const int leftSize = int(left.size()), rightSize = int(right.size());
    while (l < leftSize || r < rightSize) {
        SequenceRange range{l, 0, r, 0};
        while (l < leftSize && leftGone[std::size_t(l)])
            ++l;
        while (r < rightSize && rightGone[std::size_t(r)])
            ++r;
        range.leftCount = l - range.left;
        range.rightCount = r - range.right;
        if (range.leftCount > 0 || range.rightCount > 0)
            diff.ranges.push_back(range);
        if (l < leftSize)
            ++l;
        if (r < rightSize)
            ++r;
    }
    return diff;
}

} // namespace core::text
