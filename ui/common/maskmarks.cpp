// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/maskmarks.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace ui {

namespace {

/// Each of them costs a walk over all marks.
constexpr std::size_t MostEdits = 64;

} // namespace

void MaskMarks::reset()
{
    *this = {};
}

void MaskMarks::edited(long at, long removed, long added)
{
    stop();
    if (m_lost || m_marks.empty())
        return;
    // Typing and deleting at one place is one edit.
    if (!m_edits.empty()) {
        Edit &last = m_edits.back();
        if (removed == 0 && at >= last.at && at <= last.at + last.added) {
            last.added += added;
            return;
        }
        if (added == 0 && at >= last.at && at + removed <= last.at + last.added) {
            last.added -= removed;
            return;
        }
    }
    if (m_edits.size() < MostEdits) {
        m_edits.push_back({at, removed, added});
        return;
    }
    reset();
    m_lost = true;
}

void MaskMarks::apply(const Edit &edit)
{
    const long end = edit.at + edit.removed, shift = edit.added - edit.removed;
    const auto first = std::partition_point(m_marks.begin(), m_marks.end(), [&edit](const Span &mark) { return mark.to <= edit.at; });
    for (auto mark = first; mark != m_marks.end(); ++mark) {
        if (mark->from >= end) {
            mark->from += shift;
            mark->to += shift;
            continue;
        }
        // Text that comes into a mark is part of it, as Scintilla has it.
        mark->torn = true;
        const bool inside = mark->from < edit.at;
        mark->to = mark->to > end ? mark->to + shift : inside ? edit.at : edit.at + edit.added;
        mark->from = inside ? mark->from : edit.at + edit.added;
    }
    const auto gone = std::remove_if(first, m_marks.end(), [](const Span &mark) { return mark.to <= mark.from; });
    m_marks.erase(gone, m_marks.end());
}

/// What next() has done so far is all there is.
void MaskMarks::stop()
{
    if (!std::exchange(m_behind, false))
        return;
    m_wanted.resize(m_reached);
    m_wanted.insert(m_wanted.end(), m_marks.cbegin() + std::ptrdiff_t(m_mark), m_marks.cend());
    m_marks = std::exchange(m_wanted, {});
    m_mark = m_reached = 0;
}

void MaskMarks::catchUp()
{
    stop();
    for (const Edit &edit : std::exchange(m_edits, {}))
        apply(edit);
}

void MaskMarks::found(std::vector<Span> wanted)
{
    catchUp();
    m_wanted = std::move(wanted);
    m_behind = true;
    m_lost = false;
}

void MaskMarks::again()
{
    catchUp();
    found(std::exchange(m_marks, {}));
}

std::optional<MaskMarks::Change> MaskMarks::next()
{
    while (m_behind && (m_reached < m_wanted.size() || m_mark < m_marks.size())) {
        const bool more = m_reached < m_wanted.size();
        if (m_mark < m_marks.size()) {
            const Span &mark = m_marks[m_mark];
            if (more && !mark.torn && mark.from == m_wanted[m_reached].from && mark.to == m_wanted[m_reached].to) {
                ++m_mark;
                ++m_reached;
                continue;
            }
            // First whatever lies under the next one that is wanted.
            if (!more || mark.from < m_wanted[m_reached].to)
                return Change{Change::Kind::Clear, m_marks[m_mark++]};
        }
        return Change{Change::Kind::Fill, m_wanted[m_reached++]};
    }
    stop();
    return std::nullopt;
}

std::vector<MaskMarks::Span> MaskMarks::in(long from, long to)
{
    catchUp();
    std::vector<Span> there;
    std::copy_if(m_marks.cbegin(), m_marks.cend(), std::back_inserter(there),
                 [from, to](const Span &mark) { return mark.from < to && mark.to > from; });
    return there;
}

void MaskMarks::keep(long from, long to)
{
    catchUp();
    const auto place = std::partition_point(m_marks.begin(), m_marks.end(), [from](const Span &mark) { return mark.from < from; });
    m_marks.insert(place, {from, to, true});
}

} // namespace ui
