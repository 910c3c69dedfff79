// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

namespace core::text {

/// A stretch of a three-way merge. The bytes are whole lines with their ends as each side has them.
struct MergeChunk {
    enum class Kind {
        Same,    ///< nobody touched it
        Mine,    ///< only I changed it
        Theirs,  ///< only they changed it
        Both,    ///< both made the same change
        Conflict ///< both changed it, differently
    };
    enum class Choice { Open, Mine, Theirs, Base, MineThenTheirs, TheirsThenMine };
    Kind kind = Kind::Same;
    QByteArray base, mine, theirs;
    int baseLine = 1, mineLine = 1, theirsLine = 1; ///< the first line of the stretch on each side, from 1
    Choice choice = Choice::Open;                   ///< what a person decided about a Conflict; may override Mine and Theirs as well

    /// The bytes this stretch contributes; an open conflict is written with markers (`<<<<<<< mine`).
    QByteArray text() const;
    bool isOpen() const { return kind == Kind::Conflict && choice == Choice::Open; }
};

struct MergeResult {
    QList<MergeChunk> chunks; ///< change `choice` in place to resolve
    bool exact = true;        ///< false: a comparison budget was used up, stretches may be larger than needed
    int conflicts() const;    ///< still open
    bool clean() const { return conflicts() == 0; }
    QByteArray text() const;
};

/// Line merge. merge(b, x, b) is x, merge(b, b, x) is x, merge(b, x, x) is x, byte for byte: line ends and a missing last line end are
/// kept. Bounded like diffLines().
MergeResult merge(const QByteArray &base, const QByteArray &mine, const QByteArray &theirs);

} // namespace core::text
