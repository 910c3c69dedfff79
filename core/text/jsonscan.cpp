// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/jsonscan.h"

#include <cstring>

using namespace Qt::StringLiterals;

namespace core::text {

namespace {

bool isWordByte(char c)
{
    return isLetter(c) || isDigit(c) || c == '_' || c == '$' || c == '.' || c == '-' || c == '+' || uchar(c) >= 0x80;
}

int hexValue(char c)
{
    return isDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10;
}

bool isNumber(QByteArrayView t)
{
    qsizetype i = 0;
    const auto digits = [&] {
        const qsizetype from = i;
        while (i < t.size() && isDigit(t[i]))
            ++i;
        return i > from;
    };
    if (i < t.size() && t[i] == '-')
        ++i;
    if (i < t.size() && t[i] == '0')
        ++i;
    else if (!digits())
        return false;
    if (i < t.size() && t[i] == '.') {
        ++i;
        if (!digits())
            return false;
    }
    if (i < t.size() && (t[i] | 0x20) == 'e') {
        ++i;
        if (i < t.size() && (t[i] == '+' || t[i] == '-'))
            ++i;
        if (!digits())
            return false;
    }
    return i == t.size();
}

/// The grammar as a machine with an explicit stack; gets over the mistakes people make, so that all of them are listed.
class JsonWalker {
public:
    JsonWalker(const Source &source, TreeHandler &handler)
        : m_source(source)
        , m_handler(handler)
        , m_scanner(source)
    {
    }
    std::optional<SyntaxError> run();

private:
    enum class Expect { Value, ValueOrClose, Key, KeyOrClose, Colon, CommaOrClose, End };
    bool step(const JsonToken &token);
    bool value(const JsonToken &token);
    bool key(const JsonToken &token);
    bool open(const JsonToken &token);
    bool close(const JsonToken &token);
    bool afterValue(const JsonToken &token);
    bool unexpected(const JsonToken &token, const QString &expected);
    bool fatal(qsizetype offset, const QString &message);
    void mistake(qsizetype offset, const QString &message) { m_handler.problem(Problem::Severity::Error, offset, message); }
    void checkString(const JsonToken &token);
    Scalar stringScalar(const JsonToken &token);
    bool pass(bool goOn);
    void settle() { m_expect = m_stack.empty() ? Expect::End : Expect::CommaOrClose; }

    struct Open {
        TreeHandler::Container container;
        qsizetype offset;
    };
    const Source &m_source;
    TreeHandler &m_handler;
    JsonScanner m_scanner;
    std::vector<Open> m_stack;
    Expect m_expect = Expect::Value;
    qsizetype m_comma = -1;
    std::optional<SyntaxError> m_error;
    bool m_stopped = false;
};

bool JsonWalker::fatal(qsizetype offset, const QString &message)
{
    m_error = SyntaxError{offset, message};
    return false;
}

bool JsonWalker::pass(bool goOn)
{
    m_stopped = m_stopped || !goOn;
    return goOn;
}

bool JsonWalker::unexpected(const JsonToken &token, const QString &expected)
{
    if (token.kind == JsonToken::Kind::End && !m_stack.empty()) {
        const bool map = m_stack.back().container == TreeHandler::Container::Map;
        return fatal(token.begin,
                     u"the end comes too early: “%1” of line %2 is not closed"_s.arg(QChar(map ? u'{' : u'['))
                         .arg(m_source.line(m_stack.back().offset)));
    }
    return fatal(token.begin, u"expected %1, found %2"_s.arg(expected, shownByte(m_source, token.begin)));
}

void JsonWalker::checkString(const JsonToken &token)
{
    const char quote = m_source.at(token.begin);
    if (quote == '\'')
        mistake(token.begin, u"JSON strings stand in double quotes"_s);
    if (!token.closed) {
        mistake(token.begin, u"the string is not closed"_s);
        return;
    }
    for (qsizetype i = token.begin + 1; i < token.end - 1; ++i) {
        const char c = m_source.at(i);
        if (uchar(c) < 0x20) {
            mistake(i, u"%1 inside a string must be escaped"_s.arg(c == '\t' ? u"a tab"_s : u"a control character"_s));
        } else if (c == '\\') {
            const char kind = m_source.at(++i);
            if (kind == 'u') {
                for (int digit = 1; digit <= 4; ++digit) {
                    if (!isHexDigit(m_source.peek(i + digit))) {
                        mistake(i - 1, u"\\u needs four hexadecimal digits"_s);
                        break;
                    }
                }
            } else if (kind == '\0' || (!std::strchr("\"\\/bfnrt", kind) && !(kind == '\'' && quote == '\''))) {
                mistake(i - 1, u"an unknown escape in a string: a backslash is written \\\\"_s);
            }
        }
    }
}

Scalar JsonWalker::stringScalar(const JsonToken &token)
{
    checkString(token);
    const qsizetype innerEnd = token.closed ? token.end - 1 : token.end;
    return {FlatKey::Kind::String, token.begin, token.end,
            token.begin + 1,       innerEnd,    decodeJsonString(m_source.slice(token.begin + 1, innerEnd))};
}

bool JsonWalker::open(const JsonToken &token)
{
    if (m_stack.size() >= std::size_t(MaxDepth))
        return fatal(token.begin, u"nested deeper than %1 levels"_s.arg(MaxDepth));
    const bool map = token.kind == JsonToken::Kind::OpenMap;
    m_stack.push_back({map ? TreeHandler::Container::Map : TreeHandler::Container::List, token.begin});
    m_expect = map ? Expect::KeyOrClose : Expect::ValueOrClose;
    return pass(m_handler.open(m_stack.back().container, token.begin));
}

bool JsonWalker::close(const JsonToken &token)
{
    const bool map = token.kind == JsonToken::Kind::CloseMap;
    if (m_stack.empty())
        return fatal(token.begin, u"“%1” closes nothing"_s.arg(QChar(map ? u'}' : u']')));
    const Open open = m_stack.back();
    if ((open.container == TreeHandler::Container::Map) != map)
        return fatal(token.begin,
                     u"“%1” does not close “%2” of line %3"_s.arg(QChar(map ? u'}' : u']'))
                         .arg(QChar(map ? u'[' : u'{'))
                         .arg(m_source.line(open.offset)));
    m_stack.pop_back();
    settle();
    return pass(m_handler.close(open.container, token.begin));
}

bool JsonWalker::value(const JsonToken &token)
{
    using Kind = JsonToken::Kind;
    if (token.kind == Kind::OpenMap || token.kind == Kind::OpenList)
        return open(token);
    Scalar scalar{FlatKey::Kind::Number, token.begin, token.end, token.begin, token.end, {}};
    if (token.kind == Kind::String) {
        scalar = stringScalar(token);
    } else if (token.kind == Kind::Number || token.kind == Kind::Word) {
        const QByteArrayView text = m_source.slice(token.begin, token.end);
        scalar.text = text.toByteArray();
        if (text == "true" || text == "false")
            scalar.kind = FlatKey::Kind::Bool;
        else if (text == "null")
            scalar.kind = FlatKey::Kind::Null;
        else if (token.kind == Kind::Number && !isNumber(text))
            mistake(token.begin,
                    text.startsWith('0') || text.startsWith("-0") ? u"not a JSON number: no leading zeros"_s : u"not a JSON number"_s);
        else if (token.kind == Kind::Word) {
            scalar.kind = FlatKey::Kind::String;
            const QByteArray lower = scalar.text.toLower();
            if (lower == "true" || lower == "false" || lower == "null")
                mistake(token.begin, u"true, false and null are written in lower case"_s);
            else if (lower == "none" || lower == "undefined")
                mistake(token.begin, u"JSON has null for nothing"_s);
            else if (lower.endsWith("nan") || lower.endsWith("infinity"))
                mistake(token.begin, u"JSON has no such number"_s);
            else
                mistake(token.begin, u"text must stand in double quotes"_s);
        }
    } else {
        return unexpected(token, u"a value"_s);
    }
    settle();
    return pass(m_handler.scalar(scalar));
}

bool JsonWalker::key(const JsonToken &token)
{
    Scalar scalar;
    if (token.kind == JsonToken::Kind::String) {
        scalar = stringScalar(token);
    } else if (token.kind == JsonToken::Kind::Word || token.kind == JsonToken::Kind::Number) {
        mistake(token.begin, u"a key must stand in double quotes"_s);
        scalar = {FlatKey::Kind::String, token.begin, token.end,
                  token.begin,           token.end,   m_source.slice(token.begin, token.end).toByteArray()};
    } else {
        return unexpected(token, u"a key in double quotes"_s);
    }
    m_expect = Expect::Colon;
    return pass(m_handler.key(scalar));
}

bool JsonWalker::afterValue(const JsonToken &token)
{
    using Kind = JsonToken::Kind;
    if (token.kind == Kind::CloseMap || token.kind == Kind::CloseList)
        return close(token);
    const bool map = m_stack.back().container == TreeHandler::Container::Map;
    if (token.kind == Kind::Comma) {
        m_comma = token.begin;
        m_expect = map ? Expect::Key : Expect::Value;
        return true;
    }
    // A comma forgotten at the end of the line before is the commonest mistake of all.
    const bool starts =
        token.kind == Kind::String || (!map && (token.kind == Kind::OpenMap || token.kind == Kind::OpenList || token.kind == Kind::Number));
    if (!starts)
        return unexpected(token, map ? u"“,” or “}”"_s : u"“,” or “]”"_s);
    mistake(token.begin, u"a comma is missing before this"_s);
    return map ? key(token) : value(token);
}

bool JsonWalker::step(const JsonToken &token)
{
    using Kind = JsonToken::Kind;
    if (token.kind == Kind::Comment) {
        mistake(token.begin, u"JSON has no comments"_s);
        return true;
    }
    if (token.kind == Kind::Bad)
        return fatal(token.begin, u"%1 does not belong here"_s.arg(shownByte(m_source, token.begin)));
    const bool closing = token.kind == Kind::CloseMap || token.kind == Kind::CloseList;
    switch (m_expect) {
    case Expect::Value:
    case Expect::Key:
        if (closing && m_comma >= 0) {
            mistake(m_comma, u"a comma before the closing bracket"_s);
            m_comma = -1;
            return close(token);
        }
        return m_expect == Expect::Key ? key(token) : value(token);
    case Expect::ValueOrClose:
        return closing ? close(token) : value(token);
    case Expect::KeyOrClose:
        return closing ? close(token) : key(token);
    case Expect::Colon:
        m_comma = -1;
        m_expect = Expect::Value;
        if (token.kind == Kind::Colon)
            return true;
        return unexpected(token, u"“:” after the key"_s);
    case Expect::CommaOrClose:
        m_comma = -1;
        return afterValue(token);
    case Expect::End:
        break;
    }
    return fatal(token.begin, u"something follows the end of the value: %1"_s.arg(shownByte(m_source, token.begin)));
}

std::optional<SyntaxError> JsonWalker::run()
{
    for (;;) {
        const JsonToken token = m_scanner.next();
        if (token.kind == JsonToken::Kind::End) {
            if (m_expect == Expect::Value && m_stack.empty())
                return SyntaxError{token.begin, u"empty: JSON needs a value"_s};
            if (m_expect != Expect::End)
                unexpected(token, u"more"_s);
            return m_error;
        }
        if (!step(token))
            return m_error;
    }
}

} // namespace

JsonToken JsonScanner::next()
{
    using Kind = JsonToken::Kind;
    const Source &s = m_source;
    while (m_at < s.size() && isSpace(s.at(m_at)))
        ++m_at;
    const qsizetype begin = m_at;
    if (begin >= s.size())
        return {Kind::End, begin, begin};
    const auto single = [&](Kind kind) {
        ++m_at;
        return JsonToken{kind, begin, m_at};
    };
    const char c = s.at(begin);
    switch (c) {
    case '{':
        return single(Kind::OpenMap);
    case '}':
        return single(Kind::CloseMap);
    case '[':
        return single(Kind::OpenList);
    case ']':
        return single(Kind::CloseList);
    case ':':
        return single(Kind::Colon);
    case ',':
        return single(Kind::Comma);
    case '"':
    case '\'':
        ++m_at;
        while (m_at < s.size() && s.at(m_at) != c && !isLineEnd(s.at(m_at)))
            m_at += s.at(m_at) == '\\' && m_at + 1 < s.size() && !isLineEnd(s.at(m_at + 1)) ? 2 : 1;
        if (m_at >= s.size() || s.at(m_at) != c)
            return {Kind::String, begin, m_at, false};
        return {Kind::String, begin, ++m_at, true};
    case '#':
        while (m_at < s.size() && !isLineEnd(s.at(m_at)))
            ++m_at;
        return {Kind::Comment, begin, m_at};
    case '/':
        if (s.peek(begin + 1) == '/') {
            while (m_at < s.size() && !isLineEnd(s.at(m_at)))
                ++m_at;
            return {Kind::Comment, begin, m_at};
        }
        if (s.peek(begin + 1) == '*') {
            const qsizetype close = s.body().indexOf("*/", begin + 2);
            m_at = close < 0 ? s.size() : close + 2;
            return {Kind::Comment, begin, m_at};
        }
        return single(Kind::Bad);
    default:
        break;
    }
    if (!isWordByte(c))
        return single(Kind::Bad);
    while (m_at < s.size() && isWordByte(s.at(m_at)))
        ++m_at;
    const bool number = isDigit(c) || ((c == '-' || c == '+' || c == '.') && isDigit(s.peek(begin + 1)));
    return {number ? Kind::Number : Kind::Word, begin, m_at};
}

QByteArray decodeJsonString(QByteArrayView inner)
{
    if (!inner.contains('\\'))
        return inner.toByteArray();
    QByteArray out;
    out.reserve(inner.size());
    const auto unit = [&](qsizetype at) -> int {
        if (at + 4 > inner.size())
            return -1;
        int value = 0;
        for (qsizetype i = at; i < at + 4; ++i) {
            if (!isHexDigit(inner[i]))
                return -1;
            value = value * 16 + hexValue(inner[i]);
        }
        return value;
    };
    for (qsizetype i = 0; i < inner.size(); ++i) {
        if (inner[i] != '\\' || i + 1 >= inner.size()) {
            out.append(inner[i]);
            continue;
        }
        const char c = inner[++i];
        switch (c) {
        case 'b':
            out.append('\b');
            break;
        case 'f':
            out.append('\f');
            break;
        case 'n':
            out.append('\n');
            break;
        case 'r':
            out.append('\r');
            break;
        case 't':
            out.append('\t');
            break;
        case 'u': {
            const int high = unit(i + 1);
            if (high < 0) {
                out.append("\\u");
                break;
            }
            i += 4;
            char32_t character = char32_t(high);
            if (high >= 0xD800 && high < 0xDC00 && i + 2 < inner.size() && inner[i + 1] == '\\' && inner[i + 2] == 'u') {
                const int low = unit(i + 3);
                if (low >= 0xDC00 && low < 0xE000) {
                    character = char32_t(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00));
                    i += 6;
                }
            }
            appendUtf8(out, character);
            break;
        }
        default:
            out.append(c);
        }
    }
    return out;
}

std::optional<SyntaxError> walkJson(const Source &source, TreeHandler &handler)
{
    return JsonWalker(source, handler).run();
}

} // namespace core::text
