// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/tomlscan.h"

#include <QHash>

using namespace Qt::StringLiterals;

namespace core::text {

namespace {

qsizetype skipBlanks(const Source &source, qsizetype at)
{
    while (at < source.size() && isBlank(source.at(at)))
        ++at;
    return at;
}

qsizetype lineEndFrom(const Source &source, qsizetype at)
{
    while (at < source.size() && !isLineEnd(source.at(at)))
        ++at;
    return at;
}

bool isQuote(char c)
{
    return c == '"' || c == '\'';
}

/// Up to the sign that ends a key, or the line.
qsizetype keyEnd(const Source &source, qsizetype at, char sign)
{
    while (at < source.size() && !isLineEnd(source.at(at)) && source.at(at) != sign && source.at(at) != '#')
        at = isQuote(source.at(at)) ? tomlStringEnd(source, at) : at + 1;
    return at;
}

qsizetype trimmedEnd(const Source &source, qsizetype begin, qsizetype end)
{
    while (end > begin && isSpace(source.at(end - 1)))
        --end;
    return end;
}

/// Behind a value: to the line end, or the comment, outside of all brackets and strings.
qsizetype valueEnd(const Source &source, qsizetype at)
{
    int depth = 0;
    while (at < source.size()) {
        const char c = source.at(at);
        if (isQuote(c)) {
            at = tomlStringEnd(source, at);
            continue;
        }
        if (c == '#') {
            if (depth == 0)
                break;
            at = lineEndFrom(source, at);
            continue;
        }
        if (isLineEnd(c) && depth == 0)
            break;
        if (c == '[' || c == '{')
            ++depth;
        else if ((c == ']' || c == '}') && depth > 0)
            --depth;
        ++at;
    }
    return at;
}

/// Walks the values of valid TOML; deeper than toml++ allows it never goes.
class Leaves {
public:
    Leaves(const Source &source, const LeafSink &sink)
        : m_source(source)
        , m_sink(sink)
    {
    }
    std::optional<SyntaxError> run();

private:
    void header(const TomlStatement &statement);
    qsizetype value(qsizetype at);
    qsizetype list(qsizetype at);
    qsizetype map(qsizetype at);
    qsizetype skip(qsizetype at) const;
    void append(QByteArrayView key);
    void give(const Scalar &scalar);

    const Source &m_source;
    const LeafSink &m_sink;
    QString m_path;
    QHash<QString, int> m_lists; // how many tables each array of tables has
    qsizetype m_chars = 0;
    bool m_stopped = false;
    int m_depth = 0;
    std::optional<SyntaxError> m_error;
};

qsizetype Leaves::skip(qsizetype at) const
{
    for (;;) {
        while (at < m_source.size() && isSpace(m_source.at(at)))
            ++at;
        if (m_source.peek(at) != '#')
            return at;
        at = lineEndFrom(m_source, at);
    }
}

void Leaves::append(QByteArrayView key)
{
    if (!m_path.isEmpty())
        m_path += u'.';
    m_path += QString::fromUtf8(key);
}

void Leaves::give(const Scalar &scalar)
{
    m_chars += m_path.size();
    if (m_chars > MaxPathChars) {
        m_error = SyntaxError{scalar.begin, u"the names of all keys together are too long"_s};
        m_stopped = true;
    }
    if (!m_stopped)
        m_stopped = !m_sink({m_path, scalar});
}

void Leaves::header(const TomlStatement &statement)
{
    m_path.clear();
    const QList<QByteArray> parts = tomlKeyParts(m_source.slice(statement.keyBegin, statement.keyEnd));
    for (qsizetype i = 0; i < parts.size(); ++i) {
        append(parts[i]);
        if (i + 1 == parts.size() && statement.kind == TomlStatement::Kind::ArrayTable)
            m_path += u'[' + QString::number(m_lists[m_path]++) + u']';
        else if (const auto it = m_lists.constFind(m_path); it != m_lists.constEnd())
            m_path += u'[' + QString::number(*it - 1) + u']';
    }
}

qsizetype Leaves::list(qsizetype at)
{
    const qsizetype begin = at;
    const qsizetype length = m_path.size();
    int index = 0;
    at = skip(at + 1);
    while (at < m_source.size() && m_source.at(at) != ']' && !m_stopped) {
        if (m_source.at(at) == ',') {
            at = skip(at + 1);
            continue;
        }
        m_path += u'[' + QString::number(index++) + u']';
        at = skip(value(at));
        m_path.truncate(length);
    }
    at = std::min(at + 1, m_source.size());
    if (index == 0)
        give({FlatKey::Kind::Empty, begin, at, begin, at, "[]"});
    return at;
}

qsizetype Leaves::map(qsizetype at)
{
    const qsizetype begin = at;
    const qsizetype length = m_path.size();
    bool empty = true;
    at = skip(at + 1);
    while (at < m_source.size() && m_source.at(at) != '}' && !m_stopped) {
        if (m_source.at(at) == ',') {
            at = skip(at + 1);
            continue;
        }
        const qsizetype end = keyEnd(m_source, at, '=');
        const QList<QByteArray> parts = tomlKeyParts(m_source.slice(at, end));
        for (const QByteArray &part : parts)
            append(part);
        at = skip(value(skip(end + 1)));
        m_path.truncate(length);
        empty = false;
    }
    at = std::min(at + 1, m_source.size());
    if (empty)
        give({FlatKey::Kind::Empty, begin, at, begin, at, "{}"});
    return at;
}

QByteArray decodeTomlString(QByteArrayView token)
{
    const char quote = token[0];
    const bool longForm = token.size() >= 6 && token[1] == quote && token[2] == quote;
    const qsizetype cut = longForm ? 3 : 1;
    QByteArrayView inner = token.sliced(std::min(cut, token.size()));
    inner = inner.first(std::max<qsizetype>(inner.size() - cut, 0));
    if (longForm && !inner.isEmpty() && isLineEnd(inner[0]))
        inner = inner.sliced(afterLineEnd(inner, 0));
    if (quote == '\'' || !inner.contains('\\'))
        return inner.toByteArray();
    QByteArray out;
    out.reserve(inner.size());
    for (qsizetype i = 0; i < inner.size(); ++i) {
        if (inner[i] != '\\' || i + 1 >= inner.size()) {
            out.append(inner[i]);
            continue;
        }
        const char c = inner[++i];
        if (isSpace(c)) {
            while (i + 1 < inner.size() && isSpace(inner[i + 1]))
                ++i;
        } else if (c == 'u' || c == 'U') {
            const qsizetype digits = std::min<qsizetype>(c == 'u' ? 4 : 8, inner.size() - i - 1);
            appendUtf8(out, char32_t(inner.sliced(i + 1, digits).toByteArray().toUInt(nullptr, 16)));
            i += digits;
        } else {
            out.append(c == 'b' ? '\b' : c == 't' ? '\t' : c == 'n' ? '\n' : c == 'f' ? '\f' : c == 'r' ? '\r' : c == 'e' ? '\x1B' : c);
        }
    }
    return out;
}

qsizetype Leaves::value(qsizetype at)
{
    const char c = m_source.peek(at);
    if (c == '[' || c == '{') {
        if (++m_depth > MaxDepth) {
            m_stopped = true;
            --m_depth;
            return m_source.size();
        }
        const qsizetype end = c == '[' ? list(at) : map(at);
        --m_depth;
        return end;
    }
    if (isQuote(c)) {
        const qsizetype end = tomlStringEnd(m_source, at);
        const bool longForm = end - at >= 6 && m_source.at(at + 1) == c && m_source.at(at + 2) == c;
        const qsizetype cut = std::min<qsizetype>(longForm ? 3 : 1, (end - at) / 2);
        give({FlatKey::Kind::String, at, end, at + cut, end - cut, decodeTomlString(m_source.slice(at, end))});
        return end;
    }
    const auto ends = [](char sign) { return isSpace(sign) || sign == ',' || sign == ']' || sign == '}' || sign == '#'; };
    qsizetype end = at;
    while (end < m_source.size() && !ends(m_source.at(end)))
        ++end;
    if (end - at == 10 && m_source.at(at + 4) == '-' && m_source.peek(end) == ' ' && isDigit(m_source.peek(end + 1))) {
        for (++end; end < m_source.size() && !ends(m_source.at(end));)
            ++end;
    }
    if (end == at)
        return std::min(at + 1, m_source.size());
    const QByteArrayView text = m_source.slice(at, end);
    FlatKey::Kind kind = FlatKey::Kind::Number;
    if (text == "true" || text == "false")
        kind = FlatKey::Kind::Bool;
    else if (text.contains(':') || (text.size() >= 10 && text[4] == '-' && text[7] == '-'))
        kind = FlatKey::Kind::Date;
    give({kind, at, end, at, end, text.toByteArray()});
    return end;
}

std::optional<SyntaxError> Leaves::run()
{
    QString table;
    for (qsizetype at = 0; at < m_source.size() && !m_stopped;) {
        const TomlStatement statement = scanToml(m_source, at);
        at = statement.next;
        if (statement.kind == TomlStatement::Kind::Table || statement.kind == TomlStatement::Kind::ArrayTable) {
            header(statement);
            table = m_path;
        } else if (statement.kind == TomlStatement::Kind::Pair) {
            m_path = table;
            const QList<QByteArray> parts = tomlKeyParts(m_source.slice(statement.keyBegin, statement.keyEnd));
            for (const QByteArray &part : parts)
                append(part);
            value(statement.valueBegin);
        }
    }
    return m_error;
}

} // namespace

qsizetype tomlStringEnd(const Source &source, qsizetype at)
{
    const char quote = source.at(at);
    if (source.peek(at + 1) == quote && source.peek(at + 2) == quote) {
        for (qsizetype i = at + 3; i < source.size(); ++i) {
            if (source.at(i) == '\\' && quote == '"') {
                ++i;
            } else if (source.at(i) == quote && source.peek(i + 1) == quote && source.peek(i + 2) == quote) {
                i += 3;
                // Up to two quotes may stand before the closing three.
                for (int more = 0; more < 2 && source.peek(i) == quote; ++more)
                    ++i;
                return i;
            }
        }
        return source.size();
    }
    for (qsizetype i = at + 1; i < source.size(); ++i) {
        const char c = source.at(i);
        if (isLineEnd(c))
            return i;
        if (c == quote)
            return i + 1;
        if (c == '\\' && quote == '"' && i + 1 < source.size() && !isLineEnd(source.at(i + 1)))
            ++i;
    }
    return source.size();
}

TomlStatement scanToml(const Source &source, qsizetype at)
{
    TomlStatement statement;
    statement.begin = at;
    statement.textBegin = skipBlanks(source, at);
    const qsizetype text = statement.textBegin;
    const auto finish = [&](qsizetype end) {
        statement.textEnd = trimmedEnd(source, text, end);
        statement.next = end < source.size() ? afterLineEnd(source.body(), end) : source.size();
        return statement;
    };
    const char first = source.peek(text);
    if (text >= source.size() || isLineEnd(first))
        return finish(text);
    if (first == '#') {
        statement.kind = TomlStatement::Kind::Comment;
        return finish(lineEndFrom(source, text));
    }
    const auto comment = [&](qsizetype from) {
        const qsizetype sign = skipBlanks(source, from);
        if (source.peek(sign) == '#')
            statement.comment = sign;
        return finish(lineEndFrom(source, sign));
    };
    if (first == '[') {
        const bool list = source.peek(text + 1) == '[';
        statement.keyBegin = skipBlanks(source, text + (list ? 2 : 1));
        const qsizetype end = keyEnd(source, statement.keyBegin, ']');
        statement.keyEnd = trimmedEnd(source, statement.keyBegin, end);
        statement.kind = source.peek(end) != ']' ? TomlStatement::Kind::Other
            : list                               ? TomlStatement::Kind::ArrayTable
                                                 : TomlStatement::Kind::Table;
        qsizetype behind = end;
        while (source.peek(behind) == ']')
            ++behind;
        return comment(behind);
    }
    statement.keyBegin = text;
    const qsizetype sign = keyEnd(source, text, '=');
    statement.keyEnd = trimmedEnd(source, text, sign);
    if (source.peek(sign) != '=') {
        statement.kind = TomlStatement::Kind::Other;
        return finish(lineEndFrom(source, sign));
    }
    statement.kind = TomlStatement::Kind::Pair;
    statement.valueBegin = skipBlanks(source, sign + 1);
    const qsizetype end = valueEnd(source, statement.valueBegin);
    statement.valueEnd = trimmedEnd(source, statement.valueBegin, end);
    return comment(end);
}

QList<QByteArray> tomlKeyParts(QByteArrayView key)
{
    QList<QByteArray> parts;
    const Source source(key.toByteArray());
    for (qsizetype i = skipBlanks(source, 0); i < source.size();) {
        if (isQuote(source.at(i))) {
            const qsizetype end = tomlStringEnd(source, i);
            parts.append(decodeTomlString(source.slice(i, end)));
            i = end;
        } else {
            const qsizetype begin = i;
            while (i < source.size() && source.at(i) != '.' && !isBlank(source.at(i)))
                ++i;
            parts.append(source.slice(begin, i).toByteArray());
        }
        i = skipBlanks(source, i);
        if (source.peek(i) == '.')
            i = skipBlanks(source, i + 1);
    }
    return parts;
}

std::optional<SyntaxError> tomlLeaves(const Source &source, const LeafSink &sink)
{
    if (auto error = checkToml(source))
        return error;
    return Leaves(source, sink).run();
}

} // namespace core::text
