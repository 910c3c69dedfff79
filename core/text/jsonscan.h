// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/text/tree.h"

namespace core::text {

/// One token of JSON. Private to core/text.
struct JsonToken {
    enum class Kind { End, OpenMap, CloseMap, OpenList, CloseList, Colon, Comma, String, Number, Word, Comment, Bad };
    Kind kind = Kind::End;
    qsizetype begin = 0, end = 0;
    bool closed = true; ///< a string has its second quote
};

/// Cuts JSON into tokens; spaces lie between them. Knows the usual mistakes (comments, single quotes) as tokens.
class JsonScanner {
public:
    explicit JsonScanner(const Source &source)
        : m_source(source)
    {
    }
    JsonToken next();

private:
    const Source &m_source;
    qsizetype m_at = 0;
};

/// The text between the quotes of a string token; surrogate pairs are joined.
QByteArray decodeJsonString(QByteArrayView inner);

} // namespace core::text
