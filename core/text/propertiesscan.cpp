// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/propertiesscan.h"

#include "core/text/tree.h"

using namespace Qt::StringLiterals;

namespace core::text {

namespace {

/// Behind a backslash, the line end after it and the blanks that begin the next line.
qsizetype afterContinuation(QByteArrayView bytes, qsizetype backslash)
{
    qsizetype i = afterLineEnd(bytes, backslash + 1);
    while (i < bytes.size() && isPropertyBlank(bytes[i]))
        ++i;
    return i;
}

} // namespace

PropertyLine scanProperty(const Source &source, qsizetype at)
{
    const QByteArrayView bytes = source.body();
    const qsizetype size = bytes.size();
    PropertyLine line;
    line.begin = at;
    qsizetype i = at;
    while (i < size && isPropertyBlank(bytes[i]))
        ++i;
    line.textBegin = i;
    const auto finish = [&] {
        line.textEnd = i;
        line.next = i < size ? afterLineEnd(bytes, i) : size;
        return line;
    };
    if (i >= size || isLineEnd(bytes[i]))
        return finish();
    if (bytes[i] == '#' || bytes[i] == '!') {
        line.kind = PropertyLine::Kind::Comment;
        while (i < size && !isLineEnd(bytes[i]))
            ++i;
        return finish();
    }
    line.kind = PropertyLine::Kind::Pair;
    enum class Part { Key, Separator, Value } part = Part::Key;
    line.keyEnd = -1;
    while (i < size && !isLineEnd(bytes[i])) {
        const char c = bytes[i];
        if (c == '\\' && i + 1 < size && isLineEnd(bytes[i + 1])) {
            i = afterContinuation(bytes, i);
            line.dangling = i >= size || isLineEnd(bytes[i]);
            continue;
        }
        if (part == Part::Key && (c == '=' || c == ':' || isPropertyBlank(c))) {
            line.keyEnd = i;
            part = Part::Separator;
        }
        if (part == Part::Separator) {
            const bool sign = (c == '=' || c == ':') && (line.separator == '\0' || line.separator == ' ');
            if (sign || isPropertyBlank(c)) {
                if (sign)
                    line.separator = c;
                else if (line.separator == '\0')
                    line.separator = ' ';
                ++i;
                continue;
            }
            part = Part::Value;
            line.valueBegin = i;
        }
        if (c == '\\' && i + 1 >= size) {
            line.dangling = true;
            ++i;
        } else {
            i += c == '\\' ? 2 : 1;
        }
    }
    if (line.keyEnd < 0)
        line.keyEnd = i;
    if (part != Part::Value)
        line.valueBegin = i;
    // Blanks alone behind a key separate nothing.
    if (line.separator == ' ' && line.valueBegin == i)
        line.separator = '\0';
    return finish();
}

QByteArray decodeProperty(QByteArrayView raw)
{
    if (!raw.contains('\\'))
        return raw.toByteArray();
    QByteArray out;
    out.reserve(raw.size());
    char16_t high = 0; // a surrogate waiting for its other half
    const auto flush = [&] {
        if (high)
            appendUtf8(out, 0xFFFD);
        high = 0;
    };
    for (qsizetype i = 0; i < raw.size();) {
        if (raw[i] != '\\') {
            flush();
            out.append(raw[i++]);
            continue;
        }
        if (i + 1 >= raw.size())
            break;
        const char c = raw[i + 1];
        if (isLineEnd(c)) {
            i = afterContinuation(raw, i);
            continue;
        }
        if (c == 'u' && i + 6 <= raw.size() && isHexDigit(raw[i + 2]) && isHexDigit(raw[i + 3]) && isHexDigit(raw[i + 4]) &&
            isHexDigit(raw[i + 5])) {
            const auto unit = char16_t(raw.sliced(i + 2, 4).toByteArray().toUInt(nullptr, 16));
            i += 6;
            if (QChar::isHighSurrogate(unit)) {
                flush();
                high = unit;
            } else if (QChar::isLowSurrogate(unit) && high) {
                appendUtf8(out, QChar::surrogateToUcs4(high, unit));
                high = 0;
            } else {
                flush();
                appendUtf8(out, unit);
            }
            continue;
        }
        flush();
        i += 2;
        out.append(c == 't' ? '\t' : c == 'n' ? '\n' : c == 'r' ? '\r' : c == 'f' ? '\f' : c);
    }
    flush();
    return out;
}

std::optional<SyntaxError> propertiesLeaves(const Source &source, const LeafSink &sink)
{
    for (qsizetype at = 0; at < source.size();) {
        const PropertyLine line = scanProperty(source, at);
        at = line.next;
        if (line.kind != PropertyLine::Kind::Pair)
            continue;
        const QString path = QString::fromUtf8(decodeProperty(source.slice(line.textBegin, line.keyEnd)));
        const Scalar scalar{FlatKey::Kind::String, line.valueBegin, line.textEnd,
                            line.valueBegin,       line.textEnd,    decodeProperty(source.slice(line.valueBegin, line.textEnd))};
        if (!sink({path, scalar}))
            return {};
    }
    return {};
}

} // namespace core::text
