// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/reformatters.h"
#include "core/text/yamlevents.h"

#include <algorithm>

namespace core::text {

namespace {

/// Works out a new indentation for every line from the structure; reformat() checks afterwards that nothing changed its meaning.
class Tidy final : public YamlSink {
public:
    enum class What { Indent, Trim };
    Tidy(const Source &source, What what)
        : m_source(source)
        , m_what(what)
        , m_lines(std::size_t(source.lineCount()))
    {
    }
    bool event(const YamlEvent &event) override;
    QByteArray text(const QByteArray &lineEnd);

private:
    static constexpr int Unknown = -1;
    static constexpr int Root = -2; // two less than the indentation of what stands at the root
    struct Line {
        int indent = Unknown;      // new
        bool verbatim = false;     // its end is content
        bool inScalar = false;     // not the first line of a scalar or a flow collection
        bool blankContent = false; // a blank line inside a block scalar, with blanks that are content
    };
    struct Level {
        bool map = false, flow = false;
        int column = 0, indent = 0; // old and new
    };

    Line &line(int number) { return m_lines[std::size_t(number) - 1]; }
    /// Blanks in front of the text of a line; a tab among them makes reindenting unsafe.
    int indentOf(int number);
    bool isFirst(qsizetype offset) const;
    int parentIndent() const { return m_stack.empty() ? Root : m_stack.back().indent; }
    void reach(int number);
    void open(const YamlEvent &event);
    void scalar(const YamlEvent &event);
    void blockScalar(const YamlEvent &event);
    void shift(int first, int last, int delta, int least);
    void comments();
    QByteArray plainText(const QByteArray &lineEnd) const;

    const Source &m_source;
    What m_what;
    std::vector<Line> m_lines;
    std::vector<Level> m_stack;
    std::vector<std::pair<qsizetype, qsizetype>> m_gaps; // between a dash and its map: become one blank
    int m_next = 1;                                      // first line not yet looked at
    int m_flowLine = 0;
    bool m_safe = true;
};

int Tidy::indentOf(int number)
{
    const QByteArrayView text = m_source.lineText(number);
    qsizetype i = 0;
    while (i < text.size() && text[i] == ' ')
        ++i;
    if (i < text.size() && text[i] == '\t')
        m_safe = m_safe && text.trimmed().isEmpty();
    return int(i);
}

bool Tidy::isFirst(qsizetype offset) const
{
    while (offset > 0 && isBlank(m_source.at(offset - 1)))
        --offset;
    return offset == 0 || isLineEnd(m_source.at(offset - 1));
}

/// Lines up to this one that begin with a dash or a key of an open collection.
void Tidy::reach(int number)
{
    for (; m_next <= number; ++m_next) {
        const QByteArrayView text = m_source.lineText(m_next);
        const int column = indentOf(m_next);
        if (line(m_next).inScalar || column >= text.size() || text[column] == '#')
            continue;
        const bool lone = column + 1 == text.size() || isBlank(text[column + 1]);
        if ((text[column] == '?' || text[column] == ':') && lone)
            m_safe = false;
        const bool dash = text[column] == '-' && lone;
        for (auto level = m_stack.rbegin(); level != m_stack.rend(); ++level) {
            if (!level->flow && level->column == column && level->map != dash) {
                line(m_next).indent = level->indent;
                break;
            }
        }
    }
}

/// Lines of one scalar or flow collection move together.
void Tidy::shift(int first, int last, int delta, int least)
{
    for (int number = first; number <= last; ++number) {
        line(number).inScalar = true;
        const QByteArrayView text = m_source.lineText(number);
        const int old = indentOf(number);
        if (old < text.size())
            line(number).indent = std::max({old + delta, least, 0});
    }
}

void Tidy::open(const YamlEvent &event)
{
    const int number = m_source.line(event.begin);
    Level level{event.kind == YamlEvent::Kind::OpenMap, event.flow, event.column, 0};
    if (event.inFlow) {
        level.indent = parentIndent();
        m_stack.push_back(level);
        return;
    }
    reach(number);
    const bool first = isFirst(event.begin);
    if (event.node != event.begin && isFirst(event.node))
        m_safe = false; // an anchor or a tag alone on its line
    if (event.flow) {
        if (first)
            line(number).indent = parentIndent() + 2;
        m_flowLine = number;
        level.indent = parentIndent();
        m_stack.push_back(level);
        return;
    }
    const bool inMap = !m_stack.empty() && m_stack.back().map;
    if (first) {
        const bool flush = inMap && !level.map && m_stack.back().column == event.column;
        level.indent = parentIndent() + (flush ? 0 : 2);
        line(number).indent = level.indent;
    } else if (!m_stack.empty() && !inMap && event.node == event.begin) {
        // `- key:` and `- - item`
        level.indent = parentIndent() + 2;
        qsizetype dash = event.begin;
        while (dash > 0 && isBlank(m_source.at(dash - 1)))
            --dash;
        if (dash == 0 || m_source.at(dash - 1) != '-')
            m_safe = false;
        else
            m_gaps.push_back({dash, event.begin});
    } else {
        m_safe = false;
    }
    m_stack.push_back(level);
}

void Tidy::blockScalar(const YamlEvent &event)
{
    const int first = m_source.line(event.begin), last = m_source.line(event.end);
    const QByteArrayView header = m_source.slice(event.begin, std::min(event.begin + 3, m_source.size()));
    int content = Unknown, delta = 0;
    const auto digit = std::find_if(header.begin(), header.end(), isDigit);
    if (digit != header.end()) {
        // Its indentation is written down, counted from what it stands in: it moves with that.
        content = std::max(event.parentColumn, 0) + (*digit - '0');
        delta = m_stack.empty() ? 0 : parentIndent() - event.parentColumn;
    }
    for (int number = first + 1; number <= last; ++number) {
        const QByteArrayView text = m_source.lineText(number);
        qsizetype old = 0;
        while (old < text.size() && text[old] == ' ')
            ++old;
        line(number).inScalar = true;
        line(number).verbatim = true;
        if (old == text.size() && (content == Unknown || old <= content)) {
            line(number).verbatim = false;
            continue;
        }
        if (content == Unknown) {
            content = int(old);
            delta = m_stack.empty() ? 0 : parentIndent() + 2 - content;
        }
        line(number).blankContent = old == text.size();
        line(number).indent = std::max(int(old) + delta, 0);
    }
}

void Tidy::scalar(const YamlEvent &event)
{
    const int first = m_source.line(event.begin);
    reach(first);
    if (event.kind == YamlEvent::Kind::Null)
        return;
    if (event.node != event.begin && isFirst(event.node))
        m_safe = false;
    if (!event.isKey && isFirst(event.begin))
        line(first).indent = parentIndent() + 2;
    if (event.style == '|' || event.style == '>') {
        blockScalar(event);
        return;
    }
    const int last = m_source.line(std::max(event.end - 1, event.begin));
    if (last == first)
        return;
    const int delta = line(first).indent == Unknown ? 0 : line(first).indent - indentOf(first);
    shift(first + 1, last, delta, parentIndent() + 1);
    if (event.style != '\0') {
        for (int number = first; number < last; ++number)
            line(number).verbatim = true;
    }
}

bool Tidy::event(const YamlEvent &event)
{
    using Kind = YamlEvent::Kind;
    switch (event.kind) {
    case Kind::Document:
        m_stack.clear();
        break;
    case Kind::OpenMap:
    case Kind::OpenList:
        open(event);
        break;
    case Kind::Close:
        m_stack.pop_back();
        if (event.flow && !event.inFlow) {
            const int last = m_source.line(std::max<qsizetype>(event.end - 1, 0));
            const int delta = line(m_flowLine).indent == Unknown ? 0 : line(m_flowLine).indent - indentOf(m_flowLine);
            shift(m_flowLine + 1, last, delta, 0);
        }
        break;
    case Kind::Scalar:
    case Kind::Null:
    case Kind::Alias:
        if (!event.inFlow) {
            scalar(event);
        } else if (event.style == '"' || event.style == '\'') {
            const int last = m_source.line(std::max(event.end - 1, event.begin));
            for (int number = m_source.line(event.begin); number < last; ++number)
                line(number).verbatim = true;
        }
        break;
    }
    return true;
}

/// Comments go with the line they stand at: the next one of the same indentation, otherwise the last one.
void Tidy::comments()
{
    const int count = m_source.lineCount();
    const auto isComment = [&](int number) {
        const QByteArrayView text = m_source.lineText(number).trimmed();
        return !line(number).inScalar && text.startsWith('#');
    };
    int previous = 0;
    for (int number = 1; number <= count; ++number) {
        if (!isComment(number)) {
            if (line(number).indent != Unknown)
                previous = number;
            continue;
        }
        int end = number;
        while (end <= count && (isComment(end) || m_source.lineText(end).trimmed().isEmpty()))
            ++end;
        const int next = end <= count && line(end).indent != Unknown ? end : 0;
        for (; number < end; ++number) {
            if (!isComment(number))
                continue;
            const int old = indentOf(number);
            int same = 0; // the line above that it stands under
            for (int up = previous; up > 0 && up > previous - 200 && same == 0; --up) {
                if (line(up).indent == Unknown || line(up).inScalar)
                    continue;
                const int indent = indentOf(up);
                if (indent == old)
                    same = up;
                else if (indent < old)
                    break;
            }
            if (next > 0 && indentOf(next) == old)
                line(number).indent = line(next).indent;
            else if (same > 0)
                line(number).indent = line(same).indent;
            else if (previous > 0)
                line(number).indent = std::max(old + line(previous).indent - indentOf(previous), 0);
        }
        --number;
    }
}

QByteArray Tidy::plainText(const QByteArray &lineEnd) const
{
    QByteArray out;
    out.reserve(m_source.size());
    const bool indent = m_what == What::Indent && m_safe;
    std::size_t gap = 0;
    const int count = m_source.lineCount();
    for (int number = 1; number <= count; ++number) {
        const Line &info = m_lines[std::size_t(number) - 1];
        const qsizetype begin = m_source.lineStart(number);
        const QByteArrayView text = m_source.lineText(number);
        qsizetype end = text.size();
        if (!info.verbatim) {
            while (end > 0 && isBlank(text[end - 1]))
                --end;
        }
        qsizetype at = 0;
        if (indent && info.indent != Unknown && end > 0) {
            while (at < end && text[at] == ' ')
                ++at;
            out.append(info.indent, ' ');
        }
        while (gap < m_gaps.size() && m_gaps[gap].first < begin)
            ++gap;
        for (; indent && gap < m_gaps.size() && m_gaps[gap].second <= begin + end; ++gap) {
            out.append(text.sliced(at, m_gaps[gap].first - begin - at)).append(' ');
            at = m_gaps[gap].second - begin;
        }
        out.append(text.sliced(at, end - at));
        if (number < count)
            out.append(lineEnd);
        if (out.size() > MaxFormattedBytes)
            return m_source.body().toByteArray();
    }
    return out;
}

QByteArray Tidy::text(const QByteArray &lineEnd)
{
    if (m_what == What::Indent)
        comments();
    return plainText(lineEnd);
}

QByteArray tidied(const Source &source, const QByteArray &lineEnd, Tidy::What what)
{
    Tidy tidy(source, what);
    if (walkYamlEvents(source, tidy))
        return source.body().toByteArray();
    return tidy.text(lineEnd);
}

} // namespace

QByteArray tidyYaml(const Source &source, const QByteArray &lineEnd)
{
    return tidied(source, lineEnd, Tidy::What::Indent);
}

QByteArray trimYaml(const Source &source, const QByteArray &lineEnd)
{
    return tidied(source, lineEnd, Tidy::What::Trim);
}

} // namespace core::text
