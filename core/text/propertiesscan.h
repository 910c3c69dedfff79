// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/text/source.h"

namespace core::text {

/// One logical line of a properties file as java.util.Properties reads it. Private to core/text.
struct PropertyLine {
    enum class Kind { Blank, Comment, Pair };
    Kind kind = Kind::Blank;
    qsizetype begin = 0;      ///< of the line
    qsizetype textBegin = 0;  ///< behind leading blanks
    qsizetype textEnd = 0;    ///< before the line end
    qsizetype next = 0;       ///< the next line
    qsizetype keyEnd = 0;     ///< Pair: the key is [textBegin, keyEnd)
    qsizetype valueBegin = 0; ///< Pair: the value is [valueBegin, textEnd), continuation lines included
    char separator = '\0';    ///< '=', ':', ' ' or NUL for none
    bool dangling = false;    ///< ends with a backslash that joins nothing
};

PropertyLine scanProperty(const Source &source, qsizetype at);
constexpr bool isPropertyBlank(char c)
{
    return isBlank(c) || c == '\f';
}
/// Unescaped, continuation lines joined. A malformed \u escape stays as it is.
QByteArray decodeProperty(QByteArrayView raw);

} // namespace core::text
