// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace core::text {

/// What an editor must know before it opens content. Content that is not UTF-8 or holds NUL is opened read-only.
struct TextFacts {
    enum class LineEnd { None, Lf, CrLf, Cr, Mixed };
    bool utf8 = true; ///< valid UTF-8, surrogates and overlong forms excluded
    bool bom = false; ///< begins with a UTF-8 byte order mark
    bool nul = false; ///< holds a NUL byte
    LineEnd lineEnd = LineEnd::None;
    bool finalLineEnd = false; ///< the last line is ended
    qsizetype lines = 0;       ///< as an editor counts: 1 for empty content, "a\n" has 2
    qsizetype bytes = 0;
    qsizetype firstInvalid = -1; ///< offset of the first byte that is not UTF-8, or -1
    friend bool operator==(const TextFacts &, const TextFacts &) = default;
};

TextFacts inspect(const QByteArray &content);

} // namespace core::text
