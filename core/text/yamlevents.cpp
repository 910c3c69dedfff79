// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/yamlevents.h"

#include "core/text/yamlwords.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <istream>
#include <streambuf>

using namespace Qt::StringLiterals;

namespace core::text {

namespace {

/// Leaves the parser from inside an event.
struct Stop {
    std::optional<SyntaxError> error;
};

bool isFlowSign(char c)
{
    return c == ',' || c == '[' || c == ']' || c == '{' || c == '}';
}

/// Feeds yaml-cpp in pieces and cuts it off when a flow collection would fill its token queue without bound.
class Feed final : public std::streambuf {
public:
    explicit Feed(QByteArrayView bytes)
        : m_bytes(bytes)
    {
    }
    void reached() { m_signs = 0; }
    bool cutOff() const { return m_cutOff; }

protected:
    int_type underflow() override
    {
        constexpr qsizetype piece = 64 * 1024;
        constexpr qsizetype mostSigns = 500'000;
        if (m_at >= m_bytes.size() || m_cutOff)
            return traits_type::eof();
        const qsizetype length = std::min(piece, m_bytes.size() - m_at);
        const QByteArrayView part = m_bytes.sliced(m_at, length);
        m_signs += std::count_if(part.begin(), part.end(), isFlowSign);
        if (m_signs > mostSigns) {
            m_cutOff = true;
            return traits_type::eof();
        }
        // The get area is never written to.
        char *begin = const_cast<char *>(part.data());
        setg(begin, begin, begin + length);
        m_at += length;
        return traits_type::to_int_type(*begin);
    }

private:
    QByteArrayView m_bytes;
    qsizetype m_at = 0;
    qsizetype m_signs = 0; // since the last event
    bool m_cutOff = false;
};

class Handler final : public YAML::EventHandler {
public:
    Handler(const Source &source, YamlSink &sink, Feed &feed)
        : m_source(source)
        , m_sink(sink)
        , m_feed(feed)
    {
    }
    qsizetype last() const { return m_last; }

    void OnDocumentStart(const YAML::Mark &mark) override
    {
        const qsizetype at = offset(mark);
        if (++m_documents > 1 && at <= m_document)
            throw Stop{SyntaxError{at, u"%1 does not belong here"_s.arg(shownByte(m_source, at))}};
        if (m_documents > 1 && !hasMarker(m_last, at))
            throw Stop{SyntaxError{at, u"text after the end of the document: another document needs a line “---” before it"_s}};
        m_document = at;
        m_last = std::max(m_last, at);
        send({.kind = YamlEvent::Kind::Document, .node = at, .begin = at, .end = at});
    }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark &mark, YAML::anchor_t anchor) override
    {
        YamlEvent event = make(YamlEvent::Kind::Null, mark);
        event.anchor = anchor;
        if (event.inFlow && event.node == event.begin && m_source.peek(event.begin) == ',' && (event.isKey || !m_stack.back().map))
            m_sink.problem(Problem::Severity::Error, event.begin, u"nothing before this comma"_s);
        if (event.isKey && m_source.peek(event.begin) == ':')
            m_sink.problem(Problem::Severity::Error, event.begin, u"nothing before this “:”: the key is missing"_s);
        event.end = writtenNullEnd(event);
        if (event.end == event.begin && event.node == event.begin)
            event.node = event.begin = event.end = impliedNull(event.begin);
        event.value = {m_source.data() + event.begin, std::size_t(event.end - event.begin)};
        finish(event);
    }
    void OnAlias(const YAML::Mark &mark, YAML::anchor_t anchor) override
    {
        YamlEvent event = make(YamlEvent::Kind::Alias, mark);
        event.anchor = anchor;
        event.end = event.begin;
        while (event.end < m_source.size() && !isSpace(m_source.at(event.end)) && !isFlowSign(m_source.at(event.end)))
            ++event.end;
        finish(event);
    }
    void OnScalar(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor, const std::string &value) override
    {
        YamlEvent event = make(YamlEvent::Kind::Scalar, mark);
        event.tag = tag;
        event.anchor = anchor;
        event.value = value;
        const char first = m_source.peek(event.begin);
        if (first == '"' || first == '\'') {
            event.style = first;
            event.end = quotedEnd(event.begin);
        } else if ((first == '|' || first == '>') && !event.inFlow) {
            event.style = first;
            event.end = blockEnd(event.begin, event.parentColumn);
        } else {
            event.end = plainEnd(event);
        }
        finish(event);
    }
    void OnSequenceStart(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor, YAML::EmitterStyle::value style) override
    {
        open(YamlEvent::Kind::OpenList, mark, tag, anchor, style);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor, YAML::EmitterStyle::value style) override
    {
        open(YamlEvent::Kind::OpenMap, mark, tag, anchor, style);
    }
    void OnMapEnd() override { close(); }

private:
    struct Frame {
        bool map = false, flow = false, keyNext = true;
        int column = -1;
    };

    qsizetype offset(const YAML::Mark &mark) const { return std::clamp<qsizetype>(mark.pos, 0, m_source.size()); }
    bool hasMarker(qsizetype from, qsizetype to) const;
    qsizetype afterProperties(qsizetype at) const;
    qsizetype quotedEnd(qsizetype begin);
    qsizetype blockEnd(qsizetype begin, int parentColumn) const;
    qsizetype plainEnd(const YamlEvent &event) const;
    qsizetype writtenNullEnd(const YamlEvent &event) const;
    qsizetype impliedNull(qsizetype next) const;
    enum class Where { Block, Flow };
    void checkTabs(qsizetype begin, Where where);
    qsizetype commentEnd(qsizetype begin) const;
    void checkColon(const YamlEvent &key);
    bool isExplicitKey(qsizetype node) const;

    YamlEvent make(YamlEvent::Kind kind, const YAML::Mark &mark)
    {
        YamlEvent event;
        event.kind = kind;
        event.node = offset(mark);
        event.begin = afterProperties(event.node);
        event.inFlow = !m_stack.empty() && m_stack.back().flow;
        event.isKey = !m_stack.empty() && m_stack.back().map && m_stack.back().keyNext;
        event.parentColumn = m_stack.empty() ? -1 : m_stack.back().column;
        return event;
    }
    void advance()
    {
        if (!m_stack.empty() && m_stack.back().map)
            m_stack.back().keyNext = !m_stack.back().keyNext;
    }
    void finish(YamlEvent &event)
    {
        if (event.kind != YamlEvent::Kind::Null || event.end > event.begin)
            checkTabs(event.node, event.inFlow ? Where::Flow : Where::Block);
        if (!event.inFlow && event.isKey && event.end > event.begin)
            checkColon(event);
        m_last = std::max(m_last, event.end);
        m_plain = event.kind == YamlEvent::Kind::Scalar && event.style == '\0';
        m_block = event.style == '|' || event.style == '>';
        advance();
        send(event);
    }
    void open(YamlEvent::Kind kind, const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor, YAML::EmitterStyle::value style);
    void close();
    void send(const YamlEvent &event)
    {
        m_feed.reached();
        if (!m_sink.event(event))
            throw Stop{};
    }

    const Source &m_source;
    YamlSink &m_sink;
    Feed &m_feed;
    std::vector<Frame> m_stack;
    qsizetype m_last = 0;                  // behind everything seen
    bool m_plain = false, m_block = false; // what ended there: plain text, a block
    qsizetype m_document = -1;
    int m_documents = 0;
};

bool Handler::hasMarker(qsizetype from, qsizetype to) const
{
    const QByteArrayView bytes = m_source.body();
    qsizetype at = std::max<qsizetype>(from - 3, 0);
    while ((at = bytes.indexOf("---", at)) >= 0 && at <= to) {
        if (at == 0 || isLineEnd(bytes[at - 1]))
            return true;
        at += 3;
    }
    return false;
}

/// Tabs between what was seen and the node that begins here: YAML has none in the indentation of blocks; elsewhere the standard allows
/// them, but not every parser does.
void Handler::checkTabs(qsizetype begin, Where where)
{
    qsizetype i = begin;
    bool indented = false;
    while (i > 0 && isBlank(m_source.at(i - 1)))
        indented = m_source.at(--i) == '\t' || indented;
    if (where == Where::Block && indented && (i == 0 || isLineEnd(m_source.at(i - 1))))
        return m_sink.problem(Problem::Severity::Error, i, u"a tab in the indentation: YAML allows blanks only"_s);
    i = m_last;
    // Blanks behind plain text, and blank lines behind a block, belong to them.
    while (m_plain && isBlank(m_source.peek(i)))
        ++i;
    while (m_block && isSpace(m_source.peek(i)))
        ++i;
    for (; i < begin; ++i) {
        if (m_source.at(i) == '\t')
            return m_sink.problem(Problem::Severity::Warning, i, separatingTab());
        if (m_source.at(i) == '#')
            i = commentEnd(i) - 1;
    }
}

qsizetype Handler::commentEnd(qsizetype begin) const
{
    while (begin < m_source.size() && !isLineEnd(m_source.at(begin)))
        ++begin;
    return begin;
}

/// yaml-cpp takes a line of text between the lines of a map for a key without a value: a colon was forgotten.
void Handler::checkColon(const YamlEvent &key)
{
    qsizetype behind = key.end;
    while (isBlank(m_source.peek(behind)))
        ++behind;
    if (m_source.peek(behind) != ':' && !isExplicitKey(key.node))
        m_sink.problem(Problem::Severity::Error, key.begin, missingYamlColon());
}

/// Behind a `?` that begins a line or an entry.
bool Handler::isExplicitKey(qsizetype node) const
{
    qsizetype before = node;
    while (before > 0 && isSpace(m_source.at(before - 1)))
        --before;
    if (before == 0 || before == node || m_source.at(before - 1) != '?')
        return false;
    --before;
    while (before > 0 && isBlank(m_source.at(before - 1)))
        --before;
    return before == 0 || isLineEnd(m_source.at(before - 1)) || m_source.at(before - 1) == '-' || m_source.at(before - 1) == '?';
}

/// Behind tags and anchors and what separates them from their node.
qsizetype Handler::afterProperties(qsizetype at) const
{
    const auto isProperty = [&](qsizetype i) { return m_source.peek(i) == '&' || m_source.peek(i) == '!'; };
    if (!isProperty(at))
        return at;
    qsizetype i = at;
    while (isProperty(i)) {
        const bool verbatim = m_source.peek(i + 1) == '<';
        while (i < m_source.size() && !isSpace(m_source.at(i)) && (verbatim || !isFlowSign(m_source.at(i))))
            ++i;
        for (;;) {
            while (i < m_source.size() && isSpace(m_source.at(i)))
                ++i;
            if (m_source.peek(i) != '#' || !isSpace(m_source.peek(i - 1)))
                break;
            i = commentEnd(i);
        }
    }
    return i;
}

qsizetype Handler::quotedEnd(qsizetype begin)
{
    const char quote = m_source.at(begin);
    for (qsizetype i = begin + 1; i < m_source.size(); ++i) {
        const char c = m_source.at(i);
        if (c == '\\' && quote == '"') {
            ++i;
        } else if (c == quote) {
            if (quote == '"' || m_source.peek(i + 1) != quote)
                return i + 1;
            ++i;
        }
    }
    m_sink.problem(Problem::Severity::Error, begin, u"the quoted text is not closed"_s);
    return m_source.size();
}

qsizetype Handler::blockEnd(qsizetype begin, int parentColumn) const
{
    const QByteArrayView bytes = m_source.body();
    qsizetype i = begin;
    int indent = -1;
    while (i < bytes.size() && !isLineEnd(bytes[i])) {
        if (isDigit(bytes[i]) && i - begin <= 2)
            indent = std::max(parentColumn, 0) + (bytes[i] - '0');
        ++i;
    }
    qsizetype end = i;
    while (i < bytes.size()) {
        const qsizetype line = afterLineEnd(bytes, i);
        qsizetype text = line;
        while (text < bytes.size() && bytes[text] == ' ')
            ++text;
        const int column = int(std::min<qsizetype>(text - line, 1 << 20));
        i = text;
        while (i < bytes.size() && !isLineEnd(bytes[i]))
            ++i;
        if (text >= bytes.size() || isLineEnd(bytes[text]))
            continue; // blank lines belong to it when text follows
        if (indent < 0)
            indent = column > parentColumn ? column : parentColumn + 1;
        if (column < indent)
            break;
        if (column == 0 && i - line >= 3 && (bytes.sliced(line, 3) == "---" || bytes.sliced(line, 3) == "...") &&
            (i - line == 3 || isBlank(bytes[line + 3])))
            break;
        end = i;
    }
    return end;
}

qsizetype Handler::plainEnd(const YamlEvent &event) const
{
    const QByteArrayView bytes = m_source.body();
    qsizetype end = event.begin;
    for (qsizetype i = event.begin; i < bytes.size();) {
        // One line of the scalar.
        for (; i < bytes.size() && !isLineEnd(bytes[i]); ++i) {
            const char c = bytes[i];
            const char next = m_source.peek(i + 1);
            if (c == '#' && i > event.begin && isSpace(bytes[i - 1]))
                return end;
            if (c == ':' && (i + 1 >= bytes.size() || isSpace(next) || (event.inFlow && isFlowSign(next))))
                return end;
            if (event.inFlow && isFlowSign(c))
                return end;
            if (!isBlank(c))
                end = i + 1;
        }
        // The next one belongs to it when it is indented deeper than what the scalar stands in.
        qsizetype line = i;
        while (i < bytes.size() && isSpace(bytes[i])) {
            if (isLineEnd(bytes[i])) {
                i = afterLineEnd(bytes, i);
                line = i;
            } else {
                ++i;
            }
        }
        if (i >= bytes.size() || bytes[i] == '#')
            return end;
        if (!event.inFlow && i - line <= event.parentColumn)
            return end;
        if (i == line && i + 3 <= bytes.size() && (bytes.sliced(i, 3) == "---" || bytes.sliced(i, 3) == "...") &&
            (i + 3 == bytes.size() || isSpace(bytes[i + 3])))
            return end;
    }
    return end;
}

/// Behind `~` or `null`; where nothing is written yaml-cpp names the place of the next token, which may be a key of that name.
qsizetype Handler::writtenNullEnd(const YamlEvent &event) const
{
    const QByteArrayView rest = m_source.body().sliced(event.begin);
    for (const QByteArrayView word : {QByteArrayView("~"), QByteArrayView("null"), QByteArrayView("Null"), QByteArrayView("NULL")}) {
        if (!rest.startsWith(word) || plainEnd(event) != event.begin + word.size())
            continue;
        qsizetype behind = event.begin + word.size();
        while (isBlank(m_source.peek(behind)))
            ++behind;
        if (event.isKey || m_source.peek(behind) != ':')
            return event.begin + word.size();
    }
    return event.begin;
}

/// Behind the `:` or `-` that has no value.
qsizetype Handler::impliedNull(qsizetype next) const
{
    qsizetype place = m_last;
    for (qsizetype i = m_last; i < next; ++i) {
        const char c = m_source.at(i);
        if (c == ':' || c == '-' || c == '?')
            place = i + 1;
        else if (!isSpace(c))
            break;
    }
    return std::min(place, next);
}

void Handler::open(YamlEvent::Kind kind, const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
                   YAML::EmitterStyle::value style)
{
    if (m_stack.size() >= std::size_t(MaxDepth))
        throw Stop{SyntaxError{offset(mark), u"nested deeper than %1 levels"_s.arg(MaxDepth)}};
    YamlEvent event = make(kind, mark);
    event.flow = style == YAML::EmitterStyle::Flow;
    event.tag = tag;
    event.anchor = anchor;
    // An anchor in front of the first key of a block map belongs to the key.
    if (!event.flow && anchor == 0 && (tag.empty() || tag == "?"))
        event.begin = event.node;
    event.end = event.begin;
    qsizetype line = event.begin;
    if (event.begin == event.node)
        event.column = mark.column;
    else if (!event.flow) {
        while (line > event.node && !isLineEnd(m_source.at(line - 1)))
            --line;
        event.column = line > event.node ? int(event.begin - line) : mark.column + int(event.begin - event.node);
    }
    checkTabs(event.node, event.inFlow ? Where::Flow : Where::Block);
    Frame frame;
    frame.map = kind == YamlEvent::Kind::OpenMap;
    frame.flow = event.flow;
    frame.column = event.flow ? event.parentColumn : event.column;
    m_last = std::max(m_last, event.flow ? event.begin + 1 : event.begin);
    m_plain = m_block = false;
    advance();
    m_stack.push_back(frame);
    send(event);
}

void Handler::close()
{
    YamlEvent event;
    event.kind = YamlEvent::Kind::Close;
    event.flow = m_stack.back().flow;
    m_stack.pop_back();
    event.inFlow = !m_stack.empty() && m_stack.back().flow;
    if (event.flow) {
        qsizetype i = m_last;
        while (i < m_source.size() && m_source.at(i) != ']' && m_source.at(i) != '}') {
            i = m_source.at(i) == '#' ? commentEnd(i) : i + 1;
        }
        m_last = std::min(i + 1, m_source.size());
        m_plain = m_block = false;
    }
    event.begin = event.end = event.node = m_last;
    send(event);
}

} // namespace

std::optional<SyntaxError> walkYamlEvents(const Source &source, YamlSink &sink)
{
    if (auto error = unreadableYaml(source))
        return error;
    Feed feed(source.body());
    Handler handler(source, sink, feed);
    try {
        std::istream in(&feed);
        YAML::Parser parser(in);
        while (parser.HandleNextDocument(handler)) {
        }
    } catch (const Stop &stop) {
        return stop.error;
    } catch (const YAML::Exception &exception) {
        if (feed.cutOff())
            return SyntaxError{handler.last(), u"too many values in one pair of brackets: not checked"_s};
        qsizetype at = exception.mark.is_null() ? handler.last() : std::clamp<qsizetype>(exception.mark.pos, 0, source.size());
        // This mark stands behind the escape.
        if (at >= 2 && source.at(at - 2) == '\\' && QByteArrayView(exception.msg.c_str()).startsWith("unknown escape"))
            at -= 2;
        return explainedYaml(source, exception.msg, at);
    } catch (const std::exception &) {
        return SyntaxError{handler.last(), u"the YAML parser gave up"_s};
    }
    if (feed.cutOff())
        return SyntaxError{handler.last(), u"too many values in one pair of brackets: not checked"_s};
    return {};
}

} // namespace core::text
