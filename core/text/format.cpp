// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/format.h"

#include "core/text/source.h"
#include "core/text/tree.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace core::text {

namespace {

/// How much is looked at to guess a format.
constexpr qsizetype GuessBytes = 64 * 1024;

bool startsWithInsensitive(QByteArrayView text, QByteArrayView what)
{
    return text.size() >= what.size() && text.first(what.size()).toByteArray().toLower() == what;
}

/// What the lines look like. `equals`: key = value; of those `typed` have a value that is written so in TOML alone, `empty` none.
struct Votes {
    int lines = 0, equals = 0, colons = 0, lists = 0, tables = 0, typed = 0, empty = 0, markers = 0, other = 0;
};

bool isDate(QByteArrayView value)
{
    constexpr QByteArrayView Shape = "0000-00-00";
    return value.size() >= Shape.size() &&
        std::equal(Shape.begin(), Shape.end(), value.begin(), [](char shape, char c) { return shape == '0' ? isDigit(c) : c == shape; });
}

/// Numbers, true, false and lists of JSON are in properties as well, and say nothing.
bool isTyped(QByteArrayView value)
{
    const bool quoted = value.size() > 1 && (value[0] == '"' || value[0] == '\'');
    const bool table = value.startsWith('{') && value.contains('=');
    return quoted || table || isDate(value);
}

Votes countVotes(const Source &source)
{
    Votes votes;
    const int most = std::min(source.lineCount(), 2000);
    for (int number = 1; number <= most; ++number) {
        const QByteArrayView line = source.lineText(number).trimmed();
        if (line.isEmpty() || line.startsWith('#') || line.startsWith('!'))
            continue;
        ++votes.lines;
        if (line == "---" || line.startsWith("%YAML")) {
            ++votes.markers;
            continue;
        }
        if (line.startsWith('[') && line.endsWith(']') && !line.contains(',') && !line.contains('"') && line.size() > 2) {
            ++votes.tables;
            continue;
        }
        if (line.startsWith("- ") || line == "-") {
            ++votes.lists;
            continue;
        }
        qsizetype i = 0;
        while (i < line.size() && line[i] != '=' && line[i] != ':' && !isBlank(line[i]))
            ++i;
        const qsizetype keyEnd = i;
        while (i < line.size() && isBlank(line[i]))
            ++i;
        if (keyEnd == 0 || i >= line.size() || (line[i] != '=' && line[i] != ':')) {
            ++votes.other;
        } else if (line[i] == '=') {
            const QByteArrayView value = line.sliced(i + 1).trimmed();
            ++votes.equals;
            votes.typed += isTyped(value);
            votes.empty += value.isEmpty();
        } else if (i + 1 == line.size() || isBlank(line[i + 1])) {
            ++votes.colons;
        } else {
            ++votes.other;
        }
    }
    return votes;
}

Format fromLines(const Source &source)
{
    const Votes votes = countVotes(source);
    if (votes.lines == 0)
        return Format::Text;
    const LeafSink nothing = [](const Leaf &) { return true; };
    const auto parses = [&](Format format) { return !walkLeaves(format, source, nothing); };
    // Prose has lines that are neither.
    if (votes.other * 4 > votes.lines)
        return Format::Text;
    if (votes.equals > votes.colons + votes.lists) {
        // "c2VjcmV0Cg==" is no key.
        if (votes.empty == votes.equals)
            return Format::Text;
        const bool toml = votes.tables > 0 || votes.typed > 0;
        return toml && (source.size() >= GuessBytes || parses(Format::Toml)) ? Format::Toml : Format::Properties;
    }
    const bool yaml = votes.colons > 0 || votes.markers > 0 || votes.lists > 0;
    // One line with a colon may be anything: "note: call back".
    if (yaml && (votes.colons + votes.lists + votes.markers > 1 || votes.lines == 1) &&
        (source.size() >= GuessBytes || parses(Format::Yaml)))
        return Format::Yaml;
    return Format::Text;
}

} // namespace

QString formatName(Format format)
{
    switch (format) {
    case Format::Json:
        return u"json"_s;
    case Format::Yaml:
        return u"yaml"_s;
    case Format::Toml:
        return u"toml"_s;
    case Format::Properties:
        return u"properties"_s;
    case Format::Xml:
        return u"xml"_s;
    case Format::Html:
        return u"html"_s;
    case Format::Text:
        break;
    }
    return u"text"_s;
}

std::optional<Format> formatFromName(QStringView name)
{
    struct Name {
        QLatin1String name;
        Format format;
    };
    static constexpr Name names[] = {
        {"text"_L1, Format::Text}, {"txt"_L1, Format::Text},  {"unset"_L1, Format::Text}, {"json"_L1, Format::Json},
        {"yaml"_L1, Format::Yaml}, {"yml"_L1, Format::Yaml},  {"toml"_L1, Format::Toml},  {"properties"_L1, Format::Properties},
        {"xml"_L1, Format::Xml},   {"html"_L1, Format::Html}, {"htm"_L1, Format::Html}};
    const QStringView trimmed = name.trimmed();
    for (const Name &known : names) {
        if (trimmed.compare(known.name, Qt::CaseInsensitive) == 0)
            return known.format;
    }
    return {};
}

Format detect(const QByteArray &content, QStringView dataId)
{
    const qsizetype dot = dataId.lastIndexOf(u'.');
    if (dot >= 0) {
        const QStringView suffix = dataId.sliced(dot + 1);
        if (suffix.compare("unset"_L1, Qt::CaseInsensitive) != 0 && suffix.compare("text"_L1, Qt::CaseInsensitive) != 0) {
            if (const auto format = formatFromName(suffix))
                return *format;
        }
        if (suffix.compare("xhtml"_L1, Qt::CaseInsensitive) == 0)
            return Format::Html;
    }
    // A whole content is parsed only when it is small; of a large one the beginning says enough.
    QByteArray head = content.left(GuessBytes);
    while (head.size() == GuessBytes && !isLineEnd(head.back()) && head.contains('\n'))
        head.chop(1);
    const Source source(head);
    if (firstInvalidUtf8(source.body().first(std::max<qsizetype>(source.size() - 4, 0))) >= 0 || head.contains('\0'))
        return Format::Text;
    const QByteArrayView text = source.body().trimmed();
    if (text.isEmpty())
        return Format::Text;
    if (startsWithInsensitive(text, "<!doctype html") || startsWithInsensitive(text, "<html"))
        return Format::Html;
    const LeafSink nothing = [](const Leaf &) { return true; };
    const bool whole = head.size() == content.size();
    if (text.startsWith("<?xml"))
        return Format::Xml;
    if (text.startsWith('<') && text.size() > 2 && (isLetter(text[1]) || text[1] == '!'))
        return !whole || !walkLeaves(Format::Xml, source, nothing) ? Format::Xml : Format::Html;
    if (text.startsWith('{') || text.startsWith('[')) {
        if (!whole || !walkLeaves(Format::Json, source, nothing))
            return text.startsWith('[') && !whole ? fromLines(source) : Format::Json;
        // Broken JSON is JSON still, so that it is checked as such; `[table]` is not.
        if (text.startsWith('{') && text.endsWith('}'))
            return Format::Json;
    }
    return fromLines(source);
}

} // namespace core::text
