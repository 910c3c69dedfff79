// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace ui {

/// Where an editor has hidden parts of its text. Goes along with what is typed, so that what is found anew after each pause is brought
/// about by the few changes that differ, some at a time: marking a hundred thousand spans takes longer than the next key may wait.
class MaskMarks {
public:
    struct Span {
        long from = 0, to = 0;
        bool torn = false; ///< its text was changed: it is marked anew
    };
    struct Change {
        enum class Kind { Clear, Fill };
        Kind kind = Kind::Clear;
        Span span;
    };

    void reset();
    /// One change of the text, as it happens.
    void edited(long at, long removed, long added);
    /// So much was changed that nothing is known: before the next found() all marks have to be cleared.
    bool isLost() const { return m_lost; }
    bool isEmpty() const { return m_marks.empty() && m_wanted.empty(); }
    /// From now on these are wanted, in order, none overlapping another. next() tells how to come there.
    void found(std::vector<Span> wanted);
    /// All are to be filled once more.
    void again();
    /// The next change; nullopt: everything is as it is wanted.
    std::optional<Change> next();
    /// Those in [from, to).
    std::vector<Span> in(long from, long to);
    /// Marked by whoever calls, though the text there is another now.
    void keep(long from, long to);

private:
    struct Edit {
        long at = 0, removed = 0, added = 0;
    };
    void apply(const Edit &edit);
    void stop();
    void catchUp();

    std::vector<Span> m_marks, m_wanted;
    std::size_t m_mark = 0, m_reached = 0; ///< how far next() has come in each
    std::vector<Edit> m_edits;             ///< not yet applied to m_marks
    bool m_behind = false, m_lost = false;
};

} // namespace ui
