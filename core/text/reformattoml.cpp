// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/reformatters.h"
#include "core/text/tomlscan.h"

namespace core::text {

namespace {

/// The value with the lines of its arrays indented by their depth; strings of several lines stay as they are.
void appendValue(QByteArray &out, const Source &source, const TomlStatement &statement, const QByteArray &lineEnd)
{
    int depth = 0;
    for (qsizetype i = statement.valueBegin; i < statement.valueEnd;) {
        const char c = source.at(i);
        if (c == '"' || c == '\'') {
            const qsizetype end = tomlStringEnd(source, i);
            out.append(source.slice(i, end));
            i = end;
        } else if (c == '#') {
            qsizetype end = i;
            while (end < statement.valueEnd && !isLineEnd(source.at(end)))
                ++end;
            out.append(source.slice(i, end));
            i = end;
        } else if (isLineEnd(c)) {
            while (!out.isEmpty() && isBlank(out.back()))
                out.chop(1);
            // Blank lines in an array: at most one.
            int lines = 0;
            while (i < statement.valueEnd && isSpace(source.at(i))) {
                if (isLineEnd(source.at(i))) {
                    ++lines;
                    i = afterLineEnd(source.body(), i);
                } else {
                    ++i;
                }
            }
            for (int line = 0; line < std::min(lines, 2); ++line)
                out.append(lineEnd);
            const char next = source.peek(i);
            const int level = depth - (next == ']' || next == '}' ? 1 : 0);
            out.append(std::max(level, 0) * 2, ' ');
        } else {
            depth += c == '[' || c == '{';
            depth -= c == ']' || c == '}';
            out.append(c);
            ++i;
        }
    }
}

} // namespace

QByteArray tidyToml(const Source &source, const QByteArray &lineEnd)
{
    using Kind = TomlStatement::Kind;
    std::vector<TomlStatement> statements;
    for (qsizetype at = 0; at < source.size();) {
        statements.push_back(scanToml(source, at));
        at = statements.back().next;
    }
    QByteArray out;
    out.reserve(source.size() + source.size() / 8);
    bool blankBefore = true; // nothing yet counts as blank
    const auto isTable = [](const TomlStatement &statement) { return statement.kind == Kind::Table || statement.kind == Kind::ArrayTable; };
    for (std::size_t i = 0; i < statements.size(); ++i) {
        const TomlStatement &statement = statements[i];
        const bool ended = statement.next > statement.textEnd && isLineEnd(source.at(statement.next - 1));
        if (statement.kind == Kind::Blank) {
            if (!blankBefore && ended)
                out.append(lineEnd);
            blankBefore = true;
            continue;
        }
        // A blank line before a table, or before the comments that belong to it.
        std::size_t ahead = i;
        const bool afterComment = i > 0 && statements[i - 1].kind == Kind::Comment;
        while (ahead < statements.size() && statements[ahead].kind == Kind::Comment && !afterComment)
            ++ahead;
        if (!blankBefore && !afterComment && ahead < statements.size() && isTable(statements[ahead]))
            out.append(lineEnd);
        blankBefore = false;
        const bool pair = statement.kind == Kind::Pair;
        if (pair) {
            out.append(source.slice(statement.keyBegin, statement.keyEnd)).append(" = ");
            appendValue(out, source, statement, lineEnd);
            if (statement.comment >= 0)
                out.append(' ').append(source.slice(statement.comment, statement.textEnd));
        } else {
            out.append(source.slice(statement.textBegin, statement.textEnd));
        }
        while (!out.isEmpty() && isBlank(out.back()))
            out.chop(1);
        if (ended)
            out.append(lineEnd);
    }
    return out;
}

} // namespace core::text
