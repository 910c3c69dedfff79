// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/validate.h"

#include "core/text/htmlcheck.h"
#include "core/text/propertiesscan.h"
#include "core/text/tomlscan.h"
#include "core/text/tree.h"
#include "core/text/xmlscan.h"

#include <QHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace core::text {

namespace {

using Severity = Problem::Severity;

/// Gathers problems up to the limit, by offset until the end.
class Problems {
public:
    explicit Problems(const Source &source)
        : m_source(source)
    {
    }
    void add(Severity severity, qsizetype offset, const QString &message)
    {
        const auto same = [&](const Found &found) { return found.offset == offset && found.message == message; };
        if (m_found.size() < MaxProblems * 2 && std::none_of(m_found.begin(), m_found.end(), same))
            m_found.append({severity, offset, message});
    }
    bool isFull() const { return m_found.size() >= MaxProblems * 2; }
    QList<Problem> take()
    {
        std::stable_sort(m_found.begin(), m_found.end(), [](const Found &a, const Found &b) { return a.offset < b.offset; });
        QList<Problem> problems;
        for (const Found &found : std::as_const(m_found)) {
            const Source::Position at = m_source.position(found.offset);
            if (problems.size() == MaxProblems - 1 && m_found.size() > MaxProblems) {
                problems.append({Severity::Hint, at.line, at.column, u"more problems follow; they are not listed"_s});
                break;
            }
            problems.append({found.severity, at.line, at.column, found.message});
        }
        return problems;
    }

private:
    struct Found {
        Severity severity;
        qsizetype offset;
        QString message;
    };
    const Source &m_source;
    QList<Found> m_found;
};

/// Finds keys that are twice in one map.
class Duplicates final : public TreeHandler {
public:
    Duplicates(const Source &source, Problems &problems, Severity severity)
        : m_source(source)
        , m_problems(problems)
        , m_severity(severity)
    {
    }
    bool document(int) override
    {
        m_maps.clear();
        return true;
    }
    bool open(Container container, qsizetype) override
    {
        m_maps.emplace_back();
        m_maps.back().isMap = container == Container::Map;
        return !m_problems.isFull();
    }
    bool close(Container, qsizetype) override
    {
        m_maps.pop_back();
        return true;
    }
    bool key(const Scalar &scalar) override
    {
        if (scalar.kind == FlatKey::Kind::Empty)
            return true; // a collection as a key is not compared
        // Plain 1 and quoted "1" are different keys in YAML.
        QByteArray name = scalar.text;
        if (scalar.kind != FlatKey::Kind::String)
            name += '\0';
        auto &seen = m_maps.back().keys;
        const auto it = seen.constFind(name);
        if (it == seen.constEnd()) {
            seen.insert(name, scalar.begin);
            return true;
        }
        const bool mergeKey = scalar.text == "<<";
        m_problems.add(mergeKey ? Severity::Warning : m_severity, scalar.begin,
                       u"duplicated key \"%1\" (first in line %2)"_s.arg(shownKey(scalar.text)).arg(m_source.line(*it)));
        return !m_problems.isFull();
    }
    void problem(Severity severity, qsizetype offset, const QString &message) override { m_problems.add(severity, offset, message); }

private:
    struct Map {
        bool isMap = false;
        QHash<QByteArray, qsizetype> keys;
    };
    const Source &m_source;
    Problems &m_problems;
    Severity m_severity;
    std::vector<Map> m_maps;
};

void checkProperties(const Source &source, Problems &problems)
{
    QHash<QByteArray, qsizetype> seen;
    for (qsizetype at = 0; at < source.size() && !problems.isFull();) {
        const PropertyLine line = scanProperty(source, at);
        at = line.next;
        if (line.kind != PropertyLine::Kind::Pair)
            continue;
        const QByteArrayView key = source.slice(line.textBegin, line.keyEnd);
        const QByteArrayView value = source.slice(line.valueBegin, line.textEnd);
        for (qsizetype i = line.textBegin; i < line.textEnd; ++i) {
            if (source.at(i) != '\\' || i + 1 >= line.textEnd)
                continue;
            const char c = source.at(++i);
            if (c == 'u') {
                bool good = i + 4 < line.textEnd;
                for (qsizetype digit = i + 1; good && digit <= i + 4; ++digit)
                    good = isHexDigit(source.at(digit));
                if (!good)
                    problems.add(Severity::Error, i - 1, u"\\u needs four hexadecimal digits; a backslash is written \\\\"_s);
            } else if (isLetter(c) && c != 't' && c != 'n' && c != 'r' && c != 'f') {
                problems.add(Severity::Warning, i - 1,
                             u"the backslash before “%1” is dropped; a backslash is written \\\\"_s.arg(QLatin1Char(c)));
            }
        }
        if (line.dangling)
            problems.add(Severity::Warning, std::max(line.textEnd - 1, line.textBegin),
                         u"the line ends with a backslash, but nothing follows"_s);
        if (key.isEmpty())
            problems.add(Severity::Warning, line.textBegin, u"the key is empty"_s);
        if (line.separator == '\0' && (key.contains("\xEF\xBC\x9D") || key.contains("\xEF\xBC\x9A")))
            problems.add(Severity::Warning, line.textBegin, u"the full-width “＝” and “：” separate nothing: the whole line is a key"_s);
        else if (line.separator == '\0')
            problems.add(Severity::Warning, line.textBegin, u"no “=” in this line: all of it is a key without a value"_s);
        else if (line.separator == ' ')
            problems.add(Severity::Hint, line.keyEnd, u"a blank separates key and value here"_s);
        const QByteArray name = decodeProperty(key);
        const auto it = seen.constFind(name);
        if (it == seen.constEnd())
            seen.insert(name, line.textBegin);
        else
            problems.add(Severity::Warning, line.textBegin,
                         u"duplicated key \"%1\" (first in line %2)"_s.arg(shownKey(name)).arg(source.line(*it)));
        const QByteArrayView trimmed = value.trimmed();
        if (trimmed.size() < value.size() && !value.isEmpty() && isPropertyBlank(value.back()) && !value.endsWith("\\ "))
            problems.add(Severity::Hint, line.textEnd - 1, u"the blanks at the end belong to the value"_s);
    }
}

/// Blanks that look like blanks and are none, at the beginning of lines.
void checkStrangeBlanks(const Source &source, Problems &problems)
{
    for (int line = 1; line <= source.lineCount() && !problems.isFull(); ++line) {
        const QByteArrayView text = source.lineText(line);
        qsizetype i = 0;
        while (i < text.size() && isBlank(text[i]))
            ++i;
        const QByteArrayView rest = text.sliced(i);
        if (rest.startsWith("\xC2\xA0") || rest.startsWith("\xE3\x80\x80"))
            problems.add(Severity::Warning, source.lineStart(line) + i, u"not an ordinary blank: it counts as text, not as indentation"_s);
    }
}

} // namespace

QList<Problem> validate(Format format, const QByteArray &content)
{
    const Source source(content);
    Problems problems(source);
    if (const auto error = unreadable(source)) {
        const bool large = source.size() > MaxParsedBytes;
        const bool nulInText = (format == Format::Text || format == Format::Html) && source.peek(error->offset) == '\0';
        problems.add(large ? Severity::Hint : nulInText ? Severity::Warning : Severity::Error, error->offset, error->message);
        return problems.take();
    }
    std::optional<SyntaxError> error;
    switch (format) {
    case Format::Text:
        break;
    case Format::Json: {
        Duplicates handler(source, problems, Severity::Warning);
        error = walkJson(source, handler);
        break;
    }
    case Format::Yaml: {
        Duplicates handler(source, problems, Severity::Error);
        error = walkYaml(source, handler);
        checkStrangeBlanks(source, problems);
        break;
    }
    case Format::Toml:
        error = checkToml(source);
        break;
    case Format::Properties:
        checkProperties(source, problems);
        checkStrangeBlanks(source, problems);
        break;
    case Format::Xml:
        error = checkXml(source);
        break;
    case Format::Html:
        checkHtml(source, [&](Severity severity, qsizetype offset, const QString &message) {
            problems.add(severity, offset, message);
            return !problems.isFull();
        });
        break;
    }
    if (error)
        problems.add(Severity::Error, error->offset, error->message);
    return problems.take();
}

bool hasErrors(const QList<Problem> &problems)
{
    return std::any_of(problems.begin(), problems.end(), [](const Problem &problem) { return problem.severity == Severity::Error; });
}

} // namespace core::text
