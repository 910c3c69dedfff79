// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/wire/jsoncursor.h"

#include "core/base/hexdigit.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QUtf8StringView>

using namespace Qt::StringLiterals;

namespace core::nacos::wire {

namespace {

constexpr int MaxDepth = 512;

void appendUtf8(QByteArray &out, char32_t c)
{
    const auto byte = [&out](char32_t value) { out.append(static_cast<char>(static_cast<unsigned char>(value))); };
    if (c < 0x80) {
        byte(c);
    } else if (c < 0x800) {
        byte(0xc0 | (c >> 6));
        byte(0x80 | (c & 0x3f));
    } else if (c < 0x10000) {
        byte(0xe0 | (c >> 12));
        byte(0x80 | ((c >> 6) & 0x3f));
        byte(0x80 | (c & 0x3f));
    } else {
        byte(0xf0 | (c >> 18));
        byte(0x80 | ((c >> 12) & 0x3f));
        byte(0x80 | ((c >> 6) & 0x3f));
        byte(0x80 | (c & 0x3f));
    }
}

} // namespace

JsonCursor::JsonCursor(QByteArrayView json)
    : m_at(json.data())
    , m_end(json.data() + json.size())
{
    if (!QUtf8StringView(json.data(), json.size()).isValidUtf8())
        fail();
}

bool JsonCursor::fail()
{
    m_failed = true;
    m_at = m_end;
    return false;
}

void JsonCursor::space()
{
    while (m_at < m_end && (*m_at == ' ' || *m_at == '\n' || *m_at == '\r' || *m_at == '\t'))
        ++m_at;
}

bool JsonCursor::take(char c)
{
    space();
    if (m_at < m_end && *m_at == c) {
        ++m_at;
        return true;
    }
    return false;
}

bool JsonCursor::literal(QByteArrayView word)
{
    space();
    if (m_end - m_at >= word.size() && QByteArrayView(m_at, word.size()) == word) {
        m_at += word.size();
        return true;
    }
    return false;
}

bool JsonCursor::beginObject()
{
    if (m_failed || literal("null"))
        return false;
    if (!take('{'))
        return fail();
    if (take('}'))
        return false;
    m_name.clear();
    return (quoted(&m_name) && take(':')) || fail();
}

bool JsonCursor::nextMember()
{
    if (m_failed || take('}'))
        return false;
    if (!take(','))
        return fail();
    m_name.clear();
    return (quoted(&m_name) && take(':')) || fail();
}

bool JsonCursor::beginArray()
{
    if (m_failed || literal("null"))
        return false;
    if (!take('['))
        return fail();
    return !take(']');
}

bool JsonCursor::nextElement()
{
    if (m_failed || take(']'))
        return false;
    return take(',') || fail();
}

bool JsonCursor::escape(QByteArray &out)
{
    if (m_at >= m_end)
        return fail();
    switch (*m_at++) {
    case '"':
        out.append('"');
        return true;
    case '\\':
        out.append('\\');
        return true;
    case '/':
        out.append('/');
        return true;
    case 'b':
        out.append('\b');
        return true;
    case 'f':
        out.append('\f');
        return true;
    case 'n':
        out.append('\n');
        return true;
    case 'r':
        out.append('\r');
        return true;
    case 't':
        out.append('\t');
        return true;
    case 'u':
        break;
    default:
        return fail();
    }
    const auto unit = [this](const char *at, char32_t &value) {
        if (m_end - at < 4)
            return false;
        value = 0;
        for (int i = 0; i < 4; ++i) {
            const int digit = hexDigit(at[i]);
            if (digit < 0)
                return false;
            value = (value << 4) | static_cast<char32_t>(digit);
        }
        return true;
    };
    char32_t high = 0;
    if (!unit(m_at, high))
        return fail();
    m_at += 4;
    if (high >= 0xd800 && high < 0xdc00) {
        char32_t low = 0;
        if (m_end - m_at >= 6 && m_at[0] == '\\' && m_at[1] == 'u' && unit(m_at + 2, low) && low >= 0xdc00 && low < 0xe000) {
            m_at += 6;
            appendUtf8(out, 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00));
            return true;
        }
    }
    // Half a surrogate pair cannot be written in UTF-8.
    appendUtf8(out, high >= 0xd800 && high < 0xe000 ? 0xfffd : high);
    return true;
}

bool JsonCursor::quoted(QByteArray *out)
{
    if (!take('"'))
        return fail();
    QByteArray ignored;
    for (;;) {
        const char *run = m_at;
        while (m_at < m_end && *m_at != '"' && *m_at != '\\')
            ++m_at;
        if (m_at == m_end)
            return fail();
        if (out)
            out->append(run, m_at - run);
        if (*m_at++ == '"')
            return true;
        if (!escape(out ? *out : ignored))
            return false;
    }
}

QByteArrayView JsonCursor::number()
{
    space();
    const char *start = m_at;
    while (m_at < m_end && ((*m_at >= '0' && *m_at <= '9') || *m_at == '-' || *m_at == '+' || *m_at == '.' || *m_at == 'e' || *m_at == 'E'))
        ++m_at;
    if (m_at == start)
        fail();
    return QByteArrayView(start, m_at - start);
}

bool JsonCursor::isNull()
{
    space();
    return m_end - m_at >= 4 && QByteArrayView(m_at, 4) == "null";
}

QByteArray JsonCursor::string()
{
    if (m_failed || literal("null"))
        return {};
    space();
    if (m_at < m_end && *m_at == '"') {
        QByteArray out("", 0);
        // One allocation for the usual case: the closing quote is where the next one is.
        const auto next = QByteArrayView(m_at + 1, m_end - m_at - 1).indexOf('"');
        if (next > 0)
            out.reserve(next);
        return quoted(&out) ? out : QByteArray();
    }
    if (literal("true"))
        return "true"_ba;
    if (literal("false"))
        return "false"_ba;
    return number().toByteArray();
}

QJsonValue JsonCursor::value()
{
    return value(0);
}

QJsonValue JsonCursor::value(int depth)
{
    const auto text = [](const QByteArray &utf8) {
        const QString decoded = QString::fromUtf8(utf8);
        return utf8.startsWith("\xef\xbb\xbf") ? QChar(QChar::ByteOrderMark) + decoded : decoded;
    };
    space();
    if (m_failed || m_at == m_end || depth > MaxDepth) {
        fail();
        return {};
    }
    if (*m_at == '{') {
        QJsonObject object;
        for (bool more = beginObject(); more; more = nextMember()) {
            const QString member = text(name()); // before the value's own members take its place
            object.insert(member, value(depth + 1));
        }
        return object;
    }
    if (*m_at == '[') {
        QJsonArray array;
        for (bool more = beginArray(); more; more = nextElement())
            array.append(value(depth + 1));
        return array;
    }
    if (*m_at == '"')
        return text(string());
    if (literal("null"))
        return {};
    if (literal("true"))
        return true;
    if (literal("false"))
        return false;
    const QByteArray digits = number().toByteArray();
    bool ok = false;
    if (const qint64 whole = digits.toLongLong(&ok); ok)
        return whole;
    const double real = digits.toDouble(&ok);
    if (!ok)
        fail();
    return real;
}

qint64 JsonCursor::integer(qint64 otherwise)
{
    if (m_failed || literal("null"))
        return otherwise;
    space();
    const bool inQuotes = m_at < m_end && *m_at == '"';
    const QByteArray digits = inQuotes ? string() : number().toByteArray();
    bool ok = false;
    qint64 value = digits.toLongLong(&ok);
    if (!ok) {
        const double real = digits.toDouble(&ok);
        ok = ok && real >= -9.2e18 && real <= 9.2e18;
        value = ok ? static_cast<qint64>(real) : otherwise;
    }
    if (!ok)
        fail();
    return ok ? value : otherwise;
}

bool JsonCursor::boolean(bool otherwise)
{
    if (m_failed || literal("null"))
        return otherwise;
    if (literal("true") || literal("\"true\""))
        return true;
    if (literal("false") || literal("\"false\""))
        return false;
    fail();
    return otherwise;
}

void JsonCursor::skip()
{
    QByteArray closers;
    do {
        space();
        if (m_failed || m_at >= m_end) {
            fail();
            return;
        }
        const char c = *m_at;
        bool value = true;
        if (c == '{' || c == '[') {
            ++m_at;
            closers.append(c == '{' ? '}' : ']');
            if (closers.size() > MaxDepth) {
                fail();
                return;
            }
            space();
            if (m_at < m_end && *m_at == closers.back()) {
                ++m_at;
                closers.chop(1);
            } else {
                value = false;
            }
        } else if (c == '"') {
            quoted(nullptr);
        } else if (!literal("null") && !literal("true") && !literal("false")) {
            number();
        }
        // Close what ends here and step to the next value.
        while (value && !m_failed && !closers.isEmpty()) {
            if (take(closers.back())) {
                closers.chop(1);
                continue;
            }
            if (!take(','))
                fail();
            value = false;
        }
        if (!value && !m_failed && closers.back() == '}' && !(quoted(nullptr) && take(':')))
            fail();
    } while (!m_failed && !closers.isEmpty());
}

bool JsonCursor::finished()
{
    space();
    return !m_failed && m_at == m_end;
}

} // namespace core::nacos::wire
