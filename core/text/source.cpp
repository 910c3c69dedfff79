// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/source.h"

#include "core/text/format.h"

#include <algorithm>
#include <cstring>

using namespace Qt::StringLiterals;

namespace core::text {

Source::Source(const QByteArray &content)
    : m_content(content)
    , m_bom(content.startsWith("\xEF\xBB\xBF") ? 3 : 0)
{
}

const std::vector<qsizetype> &Source::starts() const
{
    if (m_starts.empty()) {
        m_starts.push_back(0);
        const QByteArrayView bytes = body();
        for (qsizetype i = 0; i < bytes.size();) {
            if (isLineEnd(bytes[i])) {
                i = afterLineEnd(bytes, i);
                m_starts.push_back(i);
            } else {
                ++i;
            }
        }
    }
    return m_starts;
}

int Source::line(qsizetype offset) const
{
    const std::vector<qsizetype> &all = starts();
    if (m_last < all.size() && all[m_last] <= offset) {
        for (int step = 0; step < 8; ++step) {
            if (m_last + 1 == all.size() || all[m_last + 1] > offset)
                return int(m_last) + 1;
            ++m_last;
        }
    }
    m_last = std::size_t(std::upper_bound(all.begin(), all.end(), offset) - all.begin()) - 1;
    return int(m_last) + 1;
}

qsizetype Source::lineStart(int line) const
{
    return starts()[std::size_t(line) - 1];
}

int Source::lineCount() const
{
    return int(starts().size());
}

QByteArrayView Source::lineText(int line) const
{
    const qsizetype begin = lineStart(line);
    qsizetype end = std::size_t(line) < starts().size() ? starts()[std::size_t(line)] : size();
    while (end > begin && isLineEnd(at(end - 1)))
        --end;
    return slice(begin, end);
}

Source::Position Source::position(qsizetype offset) const
{
    offset = std::clamp<qsizetype>(offset, 0, size());
    const int number = line(offset);
    int column = 1;
    for (qsizetype i = lineStart(number); i < offset; ++i)
        column += (uchar(at(i)) & 0xC0) != 0x80;
    return {number, column};
}

Error syntaxError(const Source &source, const SyntaxError &error)
{
    const Source::Position at = source.position(error.offset);
    return {.kind = Error::Kind::Usage, .message = u"line %1, column %2: %3"_s.arg(at.line).arg(at.column).arg(error.message)};
}

qsizetype firstInvalidUtf8(QByteArrayView bytes)
{
    const auto *p = reinterpret_cast<const uchar *>(bytes.data());
    const qsizetype size = bytes.size();
    qsizetype i = 0;
    const auto follows = [&](qsizetype at) { return at < size && (p[at] & 0xC0) == 0x80; };
    while (i < size) {
        // Eight ASCII bytes at a time: most of most contents.
        quint64 word = 0;
        if (i + 8 <= size) {
            std::memcpy(&word, p + i, 8);
            if (!(word & 0x8080808080808080ULL)) {
                i += 8;
                continue;
            }
        }
        const uchar c = p[i];
        if (c < 0x80) {
            ++i;
        } else if (c >= 0xC2 && c <= 0xDF && follows(i + 1)) {
            i += 2;
        } else if (c >= 0xE0 && c <= 0xEF && follows(i + 1) && follows(i + 2) && !(c == 0xE0 && p[i + 1] < 0xA0) &&
                   !(c == 0xED && p[i + 1] > 0x9F)) {
            i += 3;
        } else if (c >= 0xF0 && c <= 0xF4 && follows(i + 1) && follows(i + 2) && follows(i + 3) && !(c == 0xF0 && p[i + 1] < 0x90) &&
                   !(c == 0xF4 && p[i + 1] > 0x8F)) {
            i += 4;
        } else {
            return i;
        }
    }
    return -1;
}

std::optional<SyntaxError> unreadable(const Source &source)
{
    if (source.size() > MaxParsedBytes)
        return SyntaxError{0, u"larger than %1 MiB: not checked"_s.arg(MaxParsedBytes / 1024 / 1024)};
    const qsizetype invalid = firstInvalidUtf8(source.body());
    if (invalid >= 0)
        return SyntaxError{invalid, u"the byte 0x%1 is not UTF-8"_s.arg(uint(uchar(source.at(invalid))), 2, 16, QLatin1Char('0'))};
    const qsizetype nul = source.body().indexOf('\0');
    if (nul >= 0)
        return SyntaxError{nul, u"a NUL byte"_s};
    return {};
}

QString shownKey(QByteArrayView key)
{
    constexpr qsizetype longest = 80;
    QString text = QString::fromUtf8(key.first(std::min<qsizetype>(key.size(), longest * 4)));
    const bool cut = text.size() > longest || key.size() > longest * 4;
    text.truncate(longest);
    for (QChar &c : text) {
        if (c.unicode() < 0x20 || c.unicode() == 0x7F)
            c = u' ';
    }
    return cut ? text + u'…' : text;
}

QString shownByte(const Source &source, qsizetype offset)
{
    if (offset >= source.size())
        return u"the end"_s;
    const char c = source.at(offset);
    if (isLineEnd(c))
        return u"the end of the line"_s;
    if (c == '\t')
        return u"a tab"_s;
    if (uchar(c) < 0x20 || c == 0x7F)
        return u"U+%1"_s.arg(uint(uchar(c)), 4, 16, QLatin1Char('0')).toUpper();
    qsizetype end = offset + 1;
    while (end < source.size() && (uchar(source.at(end)) & 0xC0) == 0x80)
        ++end;
    return u"“%1”"_s.arg(QString::fromUtf8(source.slice(offset, end)));
}

QByteArray dominantLineEnd(QByteArrayView bytes)
{
    qsizetype lf = 0, crlf = 0, cr = 0;
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        if (bytes[i] == '\n')
            ++lf;
        else if (bytes[i] == '\r')
            ++(i + 1 < bytes.size() && bytes[i + 1] == '\n' ? (++i, crlf) : cr);
    }
    if (crlf > lf && crlf >= cr)
        return "\r\n";
    return cr > lf ? "\r" : "\n";
}

void appendUtf8(QByteArray &out, char32_t character)
{
    if (character > 0x10FFFF || (character >= 0xD800 && character <= 0xDFFF))
        character = 0xFFFD;
    if (character < 0x80) {
        out.append(char(character));
    } else if (character < 0x800) {
        out.append(char(0xC0 | (character >> 6)));
        out.append(char(0x80 | (character & 0x3F)));
    } else if (character < 0x10000) {
        out.append(char(0xE0 | (character >> 12)));
        out.append(char(0x80 | ((character >> 6) & 0x3F)));
        out.append(char(0x80 | (character & 0x3F)));
    } else {
        out.append(char(0xF0 | (character >> 18)));
        out.append(char(0x80 | ((character >> 12) & 0x3F)));
        out.append(char(0x80 | ((character >> 6) & 0x3F)));
        out.append(char(0x80 | (character & 0x3F)));
    }
}

} // namespace core::text
