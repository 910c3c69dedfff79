// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/inspect.h"

#include "core/text/source.h"

namespace core::text {

TextFacts inspect(const QByteArray &content)
{
    TextFacts facts;
    facts.bytes = content.size();
    facts.bom = content.startsWith("\xEF\xBB\xBF");
    facts.nul = content.contains('\0');
    facts.firstInvalid = firstInvalidUtf8(content);
    facts.utf8 = facts.firstInvalid < 0;
    qsizetype lf = 0, crlf = 0, cr = 0;
    for (qsizetype i = 0; i < content.size(); ++i) {
        if (content[i] == '\n')
            ++lf;
        else if (content[i] == '\r')
            ++(i + 1 < content.size() && content[i + 1] == '\n' ? (++i, crlf) : cr);
    }
    const int kinds = (lf > 0) + (crlf > 0) + (cr > 0);
    facts.lineEnd = kinds == 0 ? TextFacts::LineEnd::None
        : kinds > 1            ? TextFacts::LineEnd::Mixed
        : lf > 0               ? TextFacts::LineEnd::Lf
        : crlf > 0             ? TextFacts::LineEnd::CrLf
                               : TextFacts::LineEnd::Cr;
    facts.lines = lf + crlf + cr + 1;
    facts.finalLineEnd = !content.isEmpty() && isLineEnd(content.back());
    return facts;
}

} // namespace core::text
