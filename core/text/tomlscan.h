// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/text/jsontree.h"

namespace core::text {

/// One statement of TOML with its line ends. Tolerant: toml++ says what is valid. Private to core/text.
struct TomlStatement {
    enum class Kind { Blank, Comment, Table, ArrayTable, Pair, Other };
    Kind kind = Kind::Blank;
    qsizetype begin = 0;                    ///< of the line
    qsizetype textBegin = 0, textEnd = 0;   ///< without blanks around, comment included
    qsizetype keyBegin = 0, keyEnd = 0;     ///< Pair, Table, ArrayTable: the dotted key as written, without blanks around
    qsizetype valueBegin = 0, valueEnd = 0; ///< Pair
    qsizetype comment = -1;                 ///< where the comment behind it begins
    qsizetype next = 0;                     ///< the next statement
};
TomlStatement scanToml(const Source &source, qsizetype at);
/// Behind the string that begins at `at`; an unclosed one ends with its line (or with the content, for the long forms).
qsizetype tomlStringEnd(const Source &source, qsizetype at);
/// The parts of a dotted key, unquoted.
QList<QByteArray> tomlKeyParts(QByteArrayView key);
/// toml++'s judgement.
std::optional<SyntaxError> checkToml(const Source &source);
/// The values of a TOML that is valid; what an empty one holds is null.
ValueTree::Read readTomlTree(const Source &source);

} // namespace core::text
