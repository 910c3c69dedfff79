// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <optional>
#include <QByteArray>
#include <QByteArrayView>
#include <vector>

namespace core::text {

/// Content without its byte order mark, and where its lines begin. Private to core/text; offsets are into body().
class Source {
public:
    struct Position {
        int line = 1, column = 1;
    };
    explicit Source(const QByteArray &content);
    const char *data() const { return m_content.constData() + m_bom; }
    qsizetype size() const { return m_content.size() - m_bom; }
    char at(qsizetype offset) const { return data()[offset]; }
    /// NUL behind the end, so that scanners can look ahead.
    char peek(qsizetype offset) const { return offset >= 0 && offset < size() ? data()[offset] : '\0'; }
    QByteArrayView body() const { return {data(), size()}; }
    QByteArrayView slice(qsizetype begin, qsizetype end) const { return body().sliced(begin, end - begin); }
    /// Bytes in front of body(): 3 with a byte order mark, otherwise 0.
    qsizetype bom() const { return m_bom; }
    Position position(qsizetype offset) const;
    int line(qsizetype offset) const;
    qsizetype lineStart(int line) const;
    int lineCount() const;
    /// The line without its end.
    QByteArrayView lineText(int line) const;

private:
    const std::vector<qsizetype> &starts() const;
    QByteArray m_content;
    qsizetype m_bom = 0;
    mutable std::vector<qsizetype> m_starts; // filled on first use
    mutable std::size_t m_last = 0;          // questions come in order
};

/// Why content does not parse, and where. The message never holds a value of the content.
struct SyntaxError {
    qsizetype offset = 0;
    QString message;
};
/// `line 3, column 5: message`
Error syntaxError(const Source &source, const SyntaxError &error);

/// The offset of the first byte that is not UTF-8, or -1.
qsizetype firstInvalidUtf8(QByteArrayView bytes);
/// What no structured format accepts: too large, not UTF-8, NUL bytes.
std::optional<SyntaxError> unreadable(const Source &source);

/// A key as it may stand in a message: shortened, control characters taken out.
QString shownKey(QByteArrayView key);
/// A character as it may stand in a message.
QString shownByte(const Source &source, qsizetype offset);

constexpr bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}
constexpr bool isLineEnd(char c)
{
    return c == '\n' || c == '\r';
}
constexpr bool isSpace(char c)
{
    return isBlank(c) || isLineEnd(c);
}
constexpr bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}
constexpr bool isHexDigit(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
constexpr bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
/// Behind the line end that begins at `offset` (CRLF counts as one).
inline qsizetype afterLineEnd(QByteArrayView bytes, qsizetype offset)
{
    return offset + 1 < bytes.size() && bytes[offset] == '\r' && bytes[offset + 1] == '\n' ? offset + 2 : offset + 1;
}
/// The line end most lines have; LF when there is none.
QByteArray dominantLineEnd(QByteArrayView bytes);
/// Appends the UTF-8 of a code point; what is no character becomes U+FFFD.
void appendUtf8(QByteArray &out, char32_t character);

} // namespace core::text
