// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/secrets.h"

#include "core/text/diff.h"
#include "core/text/secretrules.h"

#include <algorithm>
#include <string_view>

using namespace Qt::StringLiterals;

namespace core::text {

namespace {

bool isTokenByte(char c)
{
    return isLetter(c) || isDigit(c) || c == '_' || c == '-';
}

bool startsWithWord(QByteArrayView text, std::string_view word)
{
    if (text.size() < qsizetype(word.size()))
        return false;
    for (std::size_t i = 0; i < word.size(); ++i) {
        const char c = text[qsizetype(i)];
        if ((c >= 'A' && c <= 'Z' ? char(c + 32) : c) != word[i])
            return false;
    }
    return true;
}

void findPem(QByteArrayView text, const FoundSecret &found)
{
    constexpr QByteArrayView begin("-----BEGIN ");
    for (qsizetype at = text.indexOf(begin); at >= 0; at = text.indexOf(begin, at)) {
        const QByteArrayView head = text.sliced(at, std::min<qsizetype>(text.size() - at, 64));
        const qsizetype key = head.indexOf("PRIVATE KEY");
        const qsizetype dashes = head.indexOf("-----", begin.size());
        if (key < 0 || dashes < key) {
            at += begin.size();
            continue;
        }
        const qsizetype from = at + dashes + 5;
        qsizetype to = text.indexOf("-----END", from);
        if (to < 0)
            to = text.size();
        found(from, to - from, {});
        at = to;
    }
}

void findJwt(QByteArrayView text, const FoundSecret &found)
{
    for (qsizetype at = text.indexOf("eyJ"); at >= 0; at = text.indexOf("eyJ", at)) {
        const qsizetype begin = at;
        const bool boundary = begin == 0 || !isTokenByte(text[begin - 1]);
        int dots = 0;
        qsizetype firstDot = -1;
        while (at < text.size() && (isTokenByte(text[at]) || (text[at] == '.' && dots < 4))) {
            if (text[at] == '.' && ++dots == 1)
                firstDot = at;
            ++at;
        }
        if (boundary && dots >= 2 && firstDot - begin >= 8)
            found(begin, at - begin, {});
        at = std::max(at, begin + 3);
    }
}

void findInUrls(QByteArrayView text, const FoundSecret &found)
{
    for (qsizetype at = text.indexOf("://"); at >= 0; at = text.indexOf("://", at)) {
        at += 3;
        const qsizetype begin = at;
        const qsizetype most = std::min(text.size(), begin + 1024);
        qsizetype sign = -1, colon = -1;
        qsizetype i = begin;
        for (; i < most; ++i) {
            const char c = text[i];
            if (isSpace(c) || c == '/' || c == '?' || c == '#' || c == '"' || c == '\'' || c == '<' || c == '>' || c == '\\')
                break;
            if (c == ':' && sign >= 0 && text.sliced(i).startsWith("://"))
                break; // the next one of a list
            if (c == '@')
                sign = i;
            else if (c == ':' && colon < 0 && sign < 0)
                colon = i;
        }
        at = i;
        if (sign < 0)
            continue;
        const qsizetype from = colon >= 0 && colon < sign ? colon + 1 : begin;
        const bool long_ = colon < 0 && sign - begin >= 20; // a bare token, not a user's name
        if (((colon >= 0 && colon < sign) || long_) && sign > from && !isReference(text.sliced(from, sign - from)))
            found(from, sign - from, {});
    }
    // jdbc:oracle:thin:user/password@//host
    for (qsizetype at = text.indexOf(":thin:"); at >= 0; at = text.indexOf(":thin:", at + 6)) {
        const QByteArrayView rest = text.sliced(at + 6, std::min<qsizetype>(text.size() - at - 6, 256));
        const qsizetype slash = rest.indexOf('/'), sign = rest.indexOf('@');
        if (slash > 0 && sign > slash + 1 && std::none_of(rest.begin(), rest.begin() + sign, isSpace))
            found(at + 6 + slash + 1, sign - slash - 1, {});
    }
}

void findKnownTokens(QByteArrayView text, const FoundSecret &found)
{
    struct Known {
        QByteArrayView prefix;
        qsizetype atLeast;          // behind the prefix
        std::string_view more = {}; // may be in it besides letters, digits, _ and -
    };
    static constexpr Known table[] = {{"ghp_", 30},        {"gho_", 30},     {"ghs_", 30},     {"ghu_", 30},  {"ghr_", 30},
                                      {"github_pat_", 30}, {"glpat-", 16},   {"xoxb-", 20},    {"xoxp-", 20}, {"AKIA", 16},
                                      {"ASIA", 16},        {"LTAI", 12},     {"AKID", 28},     {"AIza", 30},  {"sk-", 24},
                                      {"sk_live_", 16},    {"rk_live_", 16}, {"sk_test_", 16}, {"npm_", 30},  {"hf_", 30},
                                      {"pypi-", 50},       {"hvs.", 20},     {"SG.", 40, "."}, {"ya29.", 20}, {"dop_v1_", 40}};
    // Addresses that are a secret as a whole: who knows them may post.
    static constexpr Known addresses[] = {{"hooks.slack.com/services/", 16, "/"},
                                          {"/cgi-bin/webhook/send?key=", 16},
                                          {"/open-apis/bot/v2/hook/", 16},
                                          {"api.telegram.org/bot", 20, ":"}};
    const auto look = [&](const Known &known, qsizetype hidden) {
        for (qsizetype at = text.indexOf(known.prefix); at >= 0; at = text.indexOf(known.prefix, at)) {
            const qsizetype begin = at;
            at += known.prefix.size();
            while (at < text.size() && (isTokenByte(text[at]) || known.more.find(text[at]) != std::string_view::npos))
                ++at;
            const bool boundary = begin == 0 || hidden > 0 || !isTokenByte(text[begin - 1]);
            if (boundary && at - begin - known.prefix.size() >= known.atLeast)
                found(begin + hidden, at - begin - hidden, {});
        }
    };
    for (const Known &known : table)
        look(known, 0);
    for (const Known &known : addresses)
        look(known, known.prefix.size());
    for (const QByteArrayView word : {QByteArrayView("Bearer "), QByteArrayView("bearer ")}) {
        for (qsizetype at = text.indexOf(word); at >= 0; at = text.indexOf(word, at)) {
            at += word.size();
            const qsizetype begin = at;
            while (at < text.size() && (isTokenByte(text[at]) || std::string_view(".~+/=").find(text[at]) != std::string_view::npos))
                ++at;
            if (at - begin >= 8)
                found(begin, at - begin, {});
        }
    }
}

bool isNameByte(char c)
{
    return isTokenByte(c) || c == '.' || uchar(c) >= 0x80;
}

/// The full-width signs that people write between a Chinese name and its value.
bool isWideSign(QByteArrayView text, qsizetype at)
{
    const QByteArrayView rest = text.sliced(std::min(at, text.size()));
    return rest.startsWith("\xEF\xBC\x9A") || rest.startsWith("\xEF\xBC\x9D");
}

/// One pass over a stretch of text for names and what stands behind them.
class NamedScan {
public:
    NamedScan(QByteArrayView text, Loose how, const FoundSecret &found)
        : m_text(text)
        , m_how(how)
        , m_found(found)
    {
    }
    void run();

private:
    char peek(qsizetype at) const { return at >= 0 && at < m_text.size() ? m_text[at] : '\0'; }
    qsizetype skipBlanks(qsizetype at) const
    {
        while (isBlank(peek(at)))
            ++at;
        return at;
    }
    qsizetype name(qsizetype begin);
    qsizetype value(qsizetype at, QByteArrayView name);
    qsizetype blockValue(qsizetype at, QByteArrayView name);
    void give(qsizetype begin, qsizetype end, QByteArrayView name)
    {
        const QByteArrayView text = m_text.sliced(begin, end - begin);
        if (isReference(text) || text == "true" || text == "false" || text == "null" || text == "~" || text == "{" || text == "[" ||
            text == "{}" || text == "[]")
            return;
        m_found(begin, end - begin, name);
    }

    QByteArrayView m_text;
    Loose m_how;
    const FoundSecret &m_found;
    qsizetype m_line = 0; // where the line begins
    bool m_first = true;  // no name yet in this line
};

void NamedScan::run()
{
    for (qsizetype i = 0; i < m_text.size();) {
        const char c = m_text[i];
        if (isLineEnd(c)) {
            m_line = ++i;
            m_first = true;
        } else if (isNameByte(c)) {
            i = name(i);
        } else {
            ++i;
        }
    }
}

/// A word and what follows; returns where to go on.
qsizetype NamedScan::name(qsizetype begin)
{
    qsizetype end = begin;
    while (end < m_text.size() && isNameByte(m_text[end]) && !isWideSign(m_text, end))
        ++end;
    if (end == begin)
        return begin + 3; // a sign alone
    qsizetype from = begin;
    while (from < end && m_text[from] == '-')
        ++from;
    const QByteArrayView word = m_text.sliced(from, end - from);
    // A word of prose or base64 is no name.
    if (word.isEmpty() || word.size() > 128 || !isSecretKey(QString::fromUtf8(word))) {
        const bool prefix = word == "export" || word == "set" || word == "ENV" || word == "env" || word.isEmpty();
        m_first = m_first && prefix;
        return end;
    }
    qsizetype at = end;
    bool quoted = false;
    if (peek(at) == '\\' && peek(at + 1) == '"') {
        at += 2;
        quoted = true;
    } else if (peek(at) == '"' || peek(at) == '\'') {
        ++at;
        quoted = true;
    }
    at = skipBlanks(at);
    const char sign = peek(at);
    if (sign == '=' || (sign == ':' && (quoted || m_how == Loose::Line))) {
        ++at;
        if (peek(at) == '=' || peek(at) == '>')
            ++at;
        return value(skipBlanks(at), word);
    }
    if (isWideSign(m_text, at))
        return value(skipBlanks(at + 3), word);
    if (sign == '>' && peek(begin - 1) == '<' && at == end) {
        qsizetype close = at + 1;
        while (close < m_text.size() && m_text[close] != '<')
            ++close;
        give(at + 1, close, word);
        m_first = false;
        return close;
    }
    if (from - begin == 2 && !quoted && at > end && !isSpace(sign) && sign != '\0' && sign != '-')
        return value(at, word);
    m_first = false;
    return end;
}

qsizetype NamedScan::value(qsizetype at, QByteArrayView name)
{
    const bool wholeLine = m_first && m_how == Loose::Line;
    m_first = false;
    char quote = peek(at);
    const bool escaped = quote == '\\' && (peek(at + 1) == '"' || peek(at + 1) == '\'');
    if (escaped)
        quote = peek(++at);
    if (quote == '"' || quote == '\'') {
        const qsizetype begin = ++at;
        while (at < m_text.size() && !isLineEnd(m_text[at])) {
            if (escaped && m_text[at] == '\\' && peek(at + 1) == quote)
                break;
            if (m_text[at] == quote)
                break;
            at += m_text[at] == '\\' && !escaped && at + 1 < m_text.size() && !isLineEnd(m_text[at + 1]) ? 2 : 1;
        }
        give(begin, at, name);
        return at < m_text.size() && !isLineEnd(m_text[at]) ? at + 1 : at;
    }
    if (wholeLine && (quote == '|' || quote == '>'))
        return blockValue(at, name);
    const qsizetype begin = at;
    if (wholeLine) {
        while (at < m_text.size() && !isLineEnd(m_text[at]))
            ++at;
        const qsizetype lineEnd = at;
        while (at > begin && (isSpace(m_text[at - 1]) || m_text[at - 1] == ',' || m_text[at - 1] == ';'))
            --at;
        give(begin, at, name);
        return lineEnd;
    }
    const auto ends = [](char c) { return isSpace(c) || std::string_view("&;,\"'<>)}]\\").find(c) != std::string_view::npos; };
    const QByteArrayView rest = m_text.sliced(begin);
    for (const std::string_view scheme : {std::string_view("bearer "), std::string_view("basic ")}) {
        if (startsWithWord(rest, scheme))
            at = begin + qsizetype(scheme.size());
    }
    // A reference may hold what would end a value.
    if (peek(at) == '$' && peek(at + 1) == '{') {
        while (at < m_text.size() && !isSpace(m_text[at]) && m_text[at] != '}')
            ++at;
        at = std::min(at + 1, m_text.size());
    } else {
        while (at < m_text.size() && !ends(m_text[at]))
            ++at;
    }
    give(begin, at, name);
    return at;
}

/// `key: |` and the deeper lines under it.
qsizetype NamedScan::blockValue(qsizetype at, QByteArrayView name)
{
    const auto indentOf = [&](qsizetype line) { return skipBlanks(line) - line; };
    const qsizetype indent = indentOf(m_line);
    while (at < m_text.size() && !isLineEnd(m_text[at]))
        ++at;
    qsizetype begin = -1, end = at;
    while (at < m_text.size()) {
        const qsizetype line = afterLineEnd(m_text, at);
        const qsizetype text = skipBlanks(line);
        if (text < m_text.size() && !isLineEnd(m_text[text]) && indentOf(line) <= indent)
            break;
        at = text;
        while (at < m_text.size() && !isLineEnd(m_text[at]))
            ++at;
        if (at > text) {
            begin = begin < 0 ? text : begin;
            end = at;
        }
    }
    if (begin >= 0)
        give(begin, end, name);
    return end;
}

/// Collects spans, puts them in order and joins those that overlap.
class Collector {
public:
    explicit Collector(const Source &source)
        : m_source(source)
    {
    }
    void add(qsizetype begin, qsizetype end, const QString &key)
    {
        if (end > begin)
            m_spans.append({begin, end - begin, 0, key});
    }
    void stretch(qsizetype begin, qsizetype end, Loose how, const QString &key)
    {
        if (end <= begin)
            return;
        const QByteArrayView text = m_source.slice(begin, end);
        const FoundSecret found = [&](qsizetype offset, qsizetype length, QByteArrayView name) {
            add(begin + offset, begin + offset + length, !key.isEmpty() ? key : QString::fromUtf8(name));
        };
        findNamed(text, how, found);
        findShapes(text, found);
    }
    qsizetype size() const { return m_spans.size(); }
    QList<SecretSpan> take();

private:
    const Source &m_source;
    QList<SecretSpan> m_spans;
};

/// From the first comment to the end of the last one in what lies between two values; empty when there is none.
Span commentsIn(Format format, const Source &source, const Span &gap)
{
    const qsizetype end = gap.offset + gap.length;
    if (format == Format::Xml) {
        const QByteArrayView text = source.slice(gap.offset, end);
        const qsizetype first = text.indexOf("<!--"), last = text.lastIndexOf("-->");
        return first < 0 || last < first ? Span() : Span{gap.offset + first + 4, last - first - 4};
    }
    if (format == Format::Json)
        return {};
    qsizetype first = -1, last = -1;
    bool lineBegins = gap.offset == 0 || isLineEnd(source.at(gap.offset - 1)), comment = false;
    for (qsizetype i = gap.offset; i < end; ++i) {
        const char c = source.at(i);
        if (isLineEnd(c)) {
            lineBegins = true;
            comment = false;
            continue;
        }
        const bool behindBlank = i > 0 && isBlank(source.at(i - 1)) && format != Format::Properties;
        comment = comment || (c == '#' && (lineBegins || behindBlank || format == Format::Toml)) ||
            (c == '!' && lineBegins && format == Format::Properties);
        if (comment) {
            first = first < 0 ? i : first;
            last = i + 1;
        }
        lineBegins = lineBegins && isBlank(c);
    }
    return first < 0 ? Span() : Span{first, last - first};
}

QList<SecretSpan> Collector::take()
{
    std::stable_sort(m_spans.begin(), m_spans.end(), [](const SecretSpan &a, const SecretSpan &b) { return a.offset < b.offset; });
    QList<SecretSpan> joined;
    for (const SecretSpan &span : std::as_const(m_spans)) {
        if (!joined.isEmpty() && span.offset < joined.last().offset + joined.last().length) {
            SecretSpan &last = joined.last();
            last.length = std::max(last.length, span.offset + span.length - last.offset);
            if (last.key.isEmpty())
                last.key = span.key;
        } else {
            joined.append(span);
        }
    }
    for (SecretSpan &span : joined) {
        span.line = m_source.line(span.offset);
        span.offset += m_source.bom();
    }
    return joined;
}

} // namespace

void findShapes(QByteArrayView text, const FoundSecret &found)
{
    if (text.size() < 8)
        return;
    findPem(text, found);
    findJwt(text, found);
    findInUrls(text, found);
    findKnownTokens(text, found);
}

void findNamed(QByteArrayView text, Loose how, const FoundSecret &found)
{
    // The inside of a value needs a sign to hold a name and a value.
    if (how == Loose::Inner && !text.contains('=') && !text.contains(':') && !text.contains("--"))
        return;
    NamedScan(text, how, found).run();
}

QList<SecretSpan> findSecrets(Format format, const QByteArray &content)
{
    const Source source(content);
    constexpr qsizetype mostKeys = MaxFlatKeys; // beyond that spans lose their names
    Collector collector(source);
    qsizetype behind = 0, leaves = 0;
    const auto comments = [&](qsizetype end) {
        const Span span = end > behind ? commentsIn(format, source, {behind, end - behind}) : Span();
        collector.stretch(span.offset, span.offset + span.length, Loose::Line, {});
    };
    bool parsed = format != Format::Text && format != Format::Html;
    if (parsed) {
        const auto error = walkLeaves(format, source, [&](const Leaf &leaf) {
            const Scalar &scalar = leaf.scalar;
            comments(std::min(scalar.begin, source.size()));
            behind = std::max(behind, scalar.end);
            const QString key = ++leaves <= mostKeys ? leaf.path : QString();
            if (!isSecretLeaf(leaf))
                return true;
            const qsizetype before = collector.size();
            const bool whole = leaf.secret || isSecretKey(leaf.path);
            if (!whole)
                collector.stretch(scalar.innerBegin, scalar.innerEnd, Loose::Inner, key);
            // A shape seen only in the decoded value: escapes hide its place, so all of it goes.
            if (collector.size() == before)
                collector.add(scalar.innerBegin, scalar.innerEnd, key);
            return true;
        });
        parsed = !error;
    }
    if (parsed) {
        comments(source.size());
        return collector.take();
    }
    Collector loose(source);
    loose.stretch(0, source.size(), Loose::Line, {});
    return loose.take();
}

QString secretMask()
{
    return u"••••••••"_s;
}

QByteArray maskSecrets(Format format, const QByteArray &content)
{
    return maskSpans(content, findSecrets(format, content));
}

QByteArray maskSpans(const QByteArray &content, const QList<SecretSpan> &spans)
{
    const QByteArray mask = secretMask().toUtf8();
    QByteArray out;
    out.reserve(content.size());
    qsizetype at = 0;
    for (const SecretSpan &span : spans) {
        const qsizetype begin = std::clamp<qsizetype>(span.offset, at, content.size());
        const qsizetype end = std::clamp<qsizetype>(span.offset + span.length, begin, content.size());
        out.append(content.constData() + at, begin - at);
        // Line by line: ends and indentation stay, the rest goes.
        for (qsizetype i = begin; i < end;) {
            if (isSpace(content[i])) {
                out.append(content[i++]);
                continue;
            }
            while (i < end && !isLineEnd(content[i]))
                ++i;
            out.append(mask);
        }
        at = end;
    }
    out.append(content.constData() + at, content.size() - at);
    return out;
}

} // namespace core::text
