// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/schemacaret.h"

#include "core/text/jsonscan.h"

#include <algorithm>

namespace core::text {

namespace {

using At = SchemaCaret::At;
using Step = SchemaCaret::Step;

// ---- JSON ---------------------------------------------------------------------------------------------------------------------------

class JsonCaret {
public:
    JsonCaret(const Source &source, qsizetype offset, CaretUse use)
        : m_source(source)
        , m_offset(offset)
        , m_use(use)
    {
    }
    SchemaCaret find();

private:
    enum class Expect { Key, Colon, Value, Comma };
    struct Frame {
        bool map = false;
        Expect expect = Expect::Value;
        QByteArray key;
        qsizetype index = 0;
        QSet<QByteArray> keys;
    };
    bool touches(const JsonToken &token) const
    {
        return m_use == CaretUse::Look ? token.begin <= m_offset && m_offset < token.end
                                       : token.begin < m_offset && (m_offset < token.end || (m_offset == token.end && isWord(token)));
    }
    static bool isWord(const JsonToken &token)
    {
        return token.kind == JsonToken::Kind::String || token.kind == JsonToken::Kind::Word || token.kind == JsonToken::Kind::Number;
    }
    QByteArray textOf(const JsonToken &token) const
    {
        if (token.kind != JsonToken::Kind::String)
            return m_source.slice(token.begin, token.end).toByteArray();
        return decodeJsonString(m_source.slice(token.begin + 1, std::max(token.begin + 1, token.closed ? token.end - 1 : token.end)));
    }
    void capture(const JsonToken *word);
    void follow(const JsonToken &token);
    bool gather(const JsonToken &token);

    static constexpr std::size_t Deepest = 1000;
    const Source &m_source;
    qsizetype m_offset;
    CaretUse m_use;
    std::vector<Frame> m_stack;
    SchemaCaret m_caret;
    std::size_t m_depth = 0; // of the captured frame
    bool m_captured = false;
};

void JsonCaret::capture(const JsonToken *word)
{
    m_captured = true;
    m_caret.begin = m_caret.end = m_offset;
    if (word) {
        m_caret.begin = word->begin;
        m_caret.end = word->kind == JsonToken::Kind::String && !word->closed ? m_offset : word->end;
        const qsizetype from = word->begin + (word->kind == JsonToken::Kind::String);
        m_caret.typed = m_source.slice(std::min(from, m_offset), m_offset).toByteArray();
    }
    m_depth = m_stack.size();
    if (m_stack.empty())
        return;
    for (const Frame &frame : m_stack)
        m_caret.path.append(frame.map ? Step{frame.key, -1} : Step{{}, frame.index});
    const Frame &frame = m_stack.back();
    if (!frame.map) {
        m_caret.at = At::Entry;
        return;
    }
    m_caret.path.removeLast();
    m_caret.at = frame.expect == Expect::Value ? At::Value : At::Key;
    m_caret.key = m_caret.at == At::Value ? frame.key : word ? textOf(*word) : QByteArray();
    m_caret.siblings = frame.keys;
}

void JsonCaret::follow(const JsonToken &token)
{
    using Kind = JsonToken::Kind;
    switch (token.kind) {
    case Kind::OpenMap:
    case Kind::OpenList:
        m_stack.push_back({token.kind == Kind::OpenMap, token.kind == Kind::OpenMap ? Expect::Key : Expect::Value, {}, 0, {}});
        return;
    case Kind::CloseMap:
    case Kind::CloseList:
        if (!m_stack.empty())
            m_stack.pop_back();
        if (!m_stack.empty())
            m_stack.back().expect = Expect::Comma;
        return;
    default:
        break;
    }
    if (m_stack.empty())
        return;
    Frame &frame = m_stack.back();
    if (token.kind == Kind::Colon) {
        frame.expect = Expect::Value;
    } else if (token.kind == Kind::Comma) {
        ++frame.index;
        frame.expect = frame.map ? Expect::Key : Expect::Value;
    } else if (isWord(token)) {
        if (!frame.map || frame.expect == Expect::Value) {
            frame.expect = Expect::Comma;
            return;
        }
        frame.key = textOf(token);
        frame.keys.insert(frame.key);
        frame.expect = Expect::Colon;
    }
}

/// The rest of the map, for the keys that are there already. False: it is over.
bool JsonCaret::gather(const JsonToken &token)
{
    if (token.kind == JsonToken::Kind::End || m_stack.size() < m_depth || m_stack.size() > Deepest)
        return false;
    const bool own = m_caret.at == At::Key && m_stack.size() == m_depth && !m_stack.empty();
    if (own && token.kind == JsonToken::Kind::Colon && m_stack.back().expect == Expect::Colon && m_stack.back().key == m_caret.key)
        m_caret.colon = true;
    follow(token);
    if (own && m_stack.size() == m_depth && isWord(token) && m_stack.back().expect == Expect::Colon && token.begin != m_caret.begin)
        m_caret.siblings.insert(m_stack.back().key);
    return true;
}

SchemaCaret JsonCaret::find()
{
    JsonScanner scanner(m_source);
    for (;;) {
        const JsonToken token = scanner.next();
        if (!m_captured && isWord(token) && touches(token))
            capture(&token);
        else if (!m_captured && token.kind == JsonToken::Kind::Comment && touches(token))
            return {};
        else if (!m_captured && (token.begin >= m_offset || token.kind == JsonToken::Kind::End)) {
            if (m_use == CaretUse::Look)
                return {};
            capture(nullptr);
        }
        if (m_captured && !gather(token))
            return m_caret;
        if (!m_captured)
            follow(token);
        if (m_stack.size() > Deepest)
            return {};
    }
}

// ---- YAML ---------------------------------------------------------------------------------------------------------------------------

struct YamlLine {
    enum class Kind { Blank, Comment, Marker, Content };
    Kind kind = Kind::Blank;
    QList<qsizetype> dashes; // columns
    qsizetype column = 0;    // of what follows them
    qsizetype wordEnd = 0;   // of the key or, without one, of the text
    qsizetype comment = -1;  // where one begins
    bool hasKey = false;
    QByteArray key;
    qsizetype colon = -1;
    qsizetype valueBegin = 0, valueEnd = 0;
    bool hasValue = false; // more than an anchor or a tag
    bool quoted = false;
    qsizetype left() const { return dashes.isEmpty() ? column : dashes.first(); }
};

bool endsKey(QByteArrayView text, qsizetype at)
{
    return text[at] == ':' && (at + 1 == text.size() || isBlank(text[at + 1]));
}

qsizetype skip(QByteArrayView text, qsizetype at)
{
    while (at < text.size() && isBlank(text[at]))
        ++at;
    return at;
}

qsizetype trimmed(QByteArrayView text, qsizetype begin, qsizetype end)
{
    while (end > begin && isBlank(text[end - 1]))
        --end;
    return end;
}

/// Behind the quote that closes the one at `at`; the end of the line when there is none.
qsizetype behindQuote(QByteArrayView text, qsizetype at)
{
    const char quote = text[at];
    for (qsizetype i = at + 1; i < text.size(); ++i) {
        if (text[i] == '\\' && quote == '"')
            ++i;
        else if (text[i] == quote)
            return i + 1;
    }
    return text.size();
}

bool isQuote(char c)
{
    return c == '"' || c == '\'';
}

QByteArray unquoted(QByteArrayView text)
{
    if (text.size() < 2 || !isQuote(text.front()) || text.back() != text.front())
        return text.toByteArray();
    const QByteArrayView inner = text.sliced(1, text.size() - 2);
    return text.front() == '"' ? decodeJsonString(inner) : inner.toByteArray().replace("''", "'");
}

YamlLine parseYamlLine(QByteArrayView text)
{
    YamlLine line;
    qsizetype i = skip(text, 0);
    line.column = i;
    line.wordEnd = i;
    if (i >= text.size())
        return line;
    if (text[i] == '#') {
        line.kind = YamlLine::Kind::Comment;
        return line;
    }
    if (i == 0 && (text.startsWith("---") || text.startsWith("..."))) {
        line.kind = YamlLine::Kind::Marker;
        return line;
    }
    line.kind = YamlLine::Kind::Content;
    while (i < text.size() && text[i] == '-' && (i + 1 == text.size() || isBlank(text[i + 1]))) {
        line.dashes.append(i);
        i = skip(text, i + 1);
    }
    line.column = i;
    line.quoted = i < text.size() && isQuote(text[i]);
    qsizetype end = i;
    if (line.quoted) {
        end = behindQuote(text, i);
        line.colon = skip(text, end);
        if (line.colon >= text.size() || !endsKey(text, line.colon))
            line.colon = -1;
    } else {
        for (; end < text.size(); ++end) {
            if (text[end] == '#' && end > i && isBlank(text[end - 1])) {
                line.comment = end;
                break;
            }
            if (endsKey(text, end)) {
                line.colon = end;
                break;
            }
        }
        end = trimmed(text, i, end);
    }
    line.wordEnd = end;
    line.hasKey = line.colon >= 0;
    if (!line.hasKey)
        return line;
    line.key = unquoted(text.sliced(i, end - i));
    qsizetype value = skip(text, line.colon + 1);
    line.valueBegin = value;
    line.valueEnd = text.size();
    if (value < text.size() && isQuote(text[value])) {
        line.valueEnd = behindQuote(text, value);
    } else {
        for (qsizetype k = value; k < text.size(); ++k) {
            if (text[k] == '#' && isBlank(text[k - 1])) {
                line.comment = k;
                line.valueEnd = k;
                break;
            }
        }
    }
    line.valueEnd = trimmed(text, value, line.valueEnd);
    line.hasValue = line.valueEnd > value;
    // An anchor or a tag, and what they are of follows below.
    if (line.hasValue && (text[value] == '&' || text[value] == '!') && !text.sliced(value, line.valueEnd - value).contains(' '))
        line.hasValue = false;
    return line;
}

class YamlCaret {
public:
    YamlCaret(const Source &source, qsizetype offset, CaretUse use)
        : m_source(source)
        , m_use(use)
        , m_number(source.line(offset))
        , m_begin(source.lineStart(m_number))
        , m_at(offset - m_begin)
    {
    }
    SchemaCaret find();

private:
    YamlLine line(int number) const { return parseYamlLine(m_source.lineText(number)); }
    bool here();
    bool climb();
    void gatherSiblings();

    const Source &m_source;
    CaretUse m_use;
    int m_number;
    qsizetype m_begin, m_at;
    YamlLine m_line;
    SchemaCaret m_caret;
    QList<Step> m_steps; // from the inside out
    qsizetype m_limit = 0;
    bool m_inList = false; // the outermost thing known so far is an entry of a list at m_limit
};

/// What the line itself says.
bool YamlCaret::here()
{
    const QByteArrayView text = m_source.lineText(m_number);
    m_at = std::min(m_at, text.size());
    m_line = parseYamlLine(text);
    const auto word = [&](qsizetype begin, qsizetype end) {
        m_caret.begin = m_begin + begin;
        m_caret.end = m_begin + std::max(begin, end);
        const qsizetype from = begin < text.size() && isQuote(text[begin]) ? begin + 1 : begin;
        m_caret.typed = m_at > from ? text.sliced(from, std::min(m_at, std::max(from, end)) - from).toByteArray() : QByteArray();
    };
    if (m_line.kind == YamlLine::Kind::Comment || m_line.kind == YamlLine::Kind::Marker)
        return false;
    if (m_line.comment >= 0 && m_at > m_line.comment)
        return false;
    if (m_line.kind == YamlLine::Kind::Blank) {
        if (m_use == CaretUse::Look)
            return false;
        m_caret.at = At::Key;
        m_line.column = m_at;
        word(m_at, m_at);
        return true;
    }
    if (m_at < m_line.left() || (m_use == CaretUse::Look && m_at < m_line.column))
        return false;
    if (m_line.hasKey && m_at > m_line.wordEnd && m_at > m_line.colon) {
        m_caret.at = At::Value;
        m_caret.key = m_line.key;
        const qsizetype begin = m_line.valueEnd > m_line.valueBegin ? m_line.valueBegin : m_at;
        word(std::min(begin, m_at), m_line.valueEnd > m_line.valueBegin ? m_line.valueEnd : m_at);
        m_caret.blank = m_at > m_line.colon + 1;
        m_caret.simple = m_line.valueEnd == m_line.valueBegin || !QByteArrayView("{[|>&*!").contains(text[m_line.valueBegin]);
        return m_use == CaretUse::Write || m_at <= m_line.valueEnd;
    }
    if (m_line.hasKey) {
        m_caret.at = At::Key;
        m_caret.key = m_line.key;
        m_caret.colon = true;
        word(m_line.column, m_line.wordEnd);
        return true;
    }
    m_caret.at = m_line.dashes.isEmpty() ? At::Key : At::KeyOrEntry;
    if (m_line.column < text.size() && QByteArrayView("{[|>&*!?").contains(text[m_line.column]))
        return false;
    if (m_line.wordEnd > m_line.column)
        word(m_line.column, m_line.wordEnd);
    else
        word(m_at, m_at);
    m_caret.key = m_source.slice(m_caret.begin, m_caret.end).toByteArray();
    return true;
}

/// What the lines above say.
bool YamlCaret::climb()
{
    m_limit = m_line.column;
    for (auto dash = m_line.dashes.crbegin(); dash != m_line.dashes.crend(); ++dash) {
        m_steps.append({{}, 0});
        m_limit = *dash;
        m_inList = true;
    }
    for (int number = m_number - 1; number >= 1 && (m_limit > 0 || m_inList); --number) {
        const YamlLine above = line(number);
        if (above.kind == YamlLine::Kind::Marker)
            break;
        if (above.kind != YamlLine::Kind::Content || above.left() > m_limit)
            continue;
        if (above.left() == m_limit) {
            if (!m_inList)
                continue;
            if (!above.dashes.isEmpty()) {
                ++m_steps.last().index;
                continue;
            }
            // A list may stand as far left as its key.
            if (!above.hasKey || above.hasValue)
                return false;
            m_steps.append({above.key, -1});
            m_inList = false;
            continue;
        }
        if (above.hasKey && above.column < m_limit) {
            if (above.hasValue)
                return false;
            m_steps.append({above.key, -1});
            m_limit = above.column;
            m_inList = false;
        } else if (!above.hasKey && above.wordEnd > above.column) {
            return false; // a text that goes on
        }
        for (auto dash = above.dashes.crbegin(); dash != above.dashes.crend(); ++dash) {
            if (*dash >= m_limit)
                continue;
            m_steps.append({{}, 0});
            m_limit = *dash;
            m_inList = true;
        }
    }
    std::reverse(m_steps.begin(), m_steps.end());
    m_caret.path = m_steps;
    return true;
}

void YamlCaret::gatherSiblings()
{
    const qsizetype column = m_line.column;
    const auto take = [&](const YamlLine &one) {
        if (one.kind == YamlLine::Kind::Content && one.hasKey && one.column == column)
            m_caret.siblings.insert(one.key);
    };
    // A line with a dash begins the map, and no line above it belongs to it.
    for (int number = m_number - 1; number >= 1 && m_line.dashes.isEmpty(); --number) {
        const YamlLine one = line(number);
        if (one.kind == YamlLine::Kind::Marker)
            break;
        if (one.kind != YamlLine::Kind::Content)
            continue;
        take(one);
        if (one.left() < column)
            break;
    }
    for (int number = m_number + 1; number <= m_source.lineCount(); ++number) {
        const YamlLine one = line(number);
        if (one.kind == YamlLine::Kind::Marker || (one.kind == YamlLine::Kind::Content && one.left() < column))
            break;
        if (one.dashes.isEmpty())
            take(one);
    }
}

SchemaCaret YamlCaret::find()
{
    if (!here() || !climb())
        return {};
    if (m_caret.at == At::Key || m_caret.at == At::KeyOrEntry)
        gatherSiblings();
    return m_caret;
}

} // namespace

SchemaCaret findCaret(Format format, const Source &source, qsizetype offset, CaretUse use)
{
    qsizetype first = 0;
    while (first < source.size() && isSpace(source.at(first)))
        ++first;
    const bool braces = source.peek(first) == '{' || source.peek(first) == '[';
    if (format == Format::Json || braces)
        return JsonCaret(source, offset, use).find();
    return YamlCaret(source, offset, use).find();
}

} // namespace core::text
