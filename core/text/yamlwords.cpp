// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/yamlwords.h"

#include <QList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace core::text {

namespace {

bool isFlowSign(char c)
{
    return c == ',' || c == '[' || c == ']' || c == '{' || c == '}';
}

/// yaml-cpp's words are short and about itself.
QString plainWords(const std::string &message, QString found)
{
    struct Words {
        const char *theirs;
        QString ours;
    };
    static const QList<Words> table{
        {"illegal map value", u"“:” is not allowed here: a second key on one line, or the indentation differs from the lines above"_s},
        {"illegal map key", u"a key is not allowed here"_s},
        {"illegal block entry", u"a list entry is not allowed here: “- ” must begin a line"_s},
        {"illegal flow end", u"this bracket closes nothing"_s},
        {"end of map not found", u"the indentation does not match the lines above, or text follows a complete value"_s},
        {"end of sequence not found", u"the indentation does not match the list above, or text follows a complete value"_s},
        {"end of map flow not found", u"“{” is not closed"_s},
        {"end of sequence flow not found", u"“[” is not closed"_s},
        {"illegal document indicator", u"a document marker inside a quoted text"_s},
        {"illegal EOF in scalar", u"the quoted text is not closed"_s},
        {"illegal tab when looking for indentation", u"a tab in the indentation: YAML allows blanks only"_s},
        {"the referenced anchor is not defined", u"there is no anchor of this name above"_s},
        {"alias not found after *", u"“*” begins the name of an alias; text that begins with it stands in quotes"_s},
        {"anchor not found after &", u"“&” begins the name of an anchor; text that begins with it stands in quotes"_s},
        {"illegal character found while scanning alias", u"a character that the name of an alias cannot have"_s},
        {"illegal character found while scanning anchor", u"a character that the name of an anchor cannot have"_s},
        {"cannot assign multiple anchors to the same node", u"two anchors for one value"_s},
        {"cannot assign multiple tags to the same node", u"two tags for one value"_s},
        {"cannot assign an anchor to an alias", u"an alias cannot have an anchor"_s},
        {"cannot assign a tag to an alias", u"an alias cannot have a tag"_s},
        {"unexpected character in block scalar", u"only blanks, a digit, + or - may follow “|” or “>”"_s},
        {"cannot set zero indentation for a block scalar", u"the indentation after “|” or “>” cannot be 0"_s},
        {"unknown escape character", u"an unknown escape in double quotes: a backslash is written \\\\, or use single quotes"_s},
        {"invalid unicode", u"an escape that is no Unicode character"_s},
        {"bad character found while scanning hex number", u"an escape that needs hexadecimal digits"_s},
        {"illegal character found while scanning tag handle", u"a character that a tag cannot have"_s},
        {"tag handle with no suffix", u"“!” begins a tag; text that begins with it stands in quotes"_s},
        {"end of verbatim tag not found", u"the tag is not closed"_s},
        {"bad file", u"nested too deeply"_s},
    };
    const QByteArrayView text(message.data(), qsizetype(message.size()));
    for (const Words &words : table) {
        if (text.startsWith(words.theirs))
            return words.ours;
    }
    if (text.startsWith("unknown token"))
        return u"%1 cannot begin a value: put the text in quotes"_s.arg(found);
    return QString::fromLatin1(text.first(std::min<qsizetype>(text.size(), 60)));
}

/// A key behind a line without a colon: the line without it is the mistake.
SyntaxError illegalMapValue(const Source &source, SyntaxError error)
{
    int number = source.line(error.offset) - 1;
    QByteArrayView line;
    for (; number >= 1; --number) {
        line = source.lineText(number).trimmed();
        if (!line.isEmpty() && !line.startsWith('#'))
            break;
    }
    if (number < 1 || line.startsWith("- ") || line.endsWith(':') || line.contains(": ") ||
        std::any_of(line.begin(), line.end(),
                    [](char c) { return isFlowSign(c) || c == '"' || c == '\'' || c == '|' || c == '>' || c == '\t'; }))
        return error;
    qsizetype begin = source.lineStart(number);
    while (isBlank(source.peek(begin)))
        ++begin;
    const qsizetype colon = line.indexOf(':');
    return colon > 0 ? SyntaxError{begin + colon, u"a blank is missing behind “:”"_s} : SyntaxError{begin, missingYamlColon()};
}

/// The mistake people really made is often one of these, a little before the place the parser stumbled over.
SyntaxError likelier(const Source &source, SyntaxError error)
{
    const int line = source.line(error.offset);
    for (int number = line; number >= 1 && number > line - 20; --number) {
        const QByteArrayView text = source.lineText(number);
        qsizetype i = 0;
        while (i < text.size() && text[i] == ' ')
            ++i;
        if (i < text.size() && text[i] == '\t') {
            while (i < text.size() && isBlank(text[i]))
                ++i;
            if (i < text.size() && text[i] != '#')
                return {source.lineStart(number), u"a tab in the indentation: YAML allows blanks only"_s};
        }
    }
    for (int number = line; number >= 1 && number >= line - 1; --number) {
        const QByteArrayView text = source.lineText(number);
        const qsizetype wide = text.indexOf("\xEF\xBC\x9A");
        if (wide >= 0 && !text.first(wide).contains(':'))
            return {source.lineStart(number) + wide, error.message + u" (the full-width “：” is not a colon)"_s};
    }
    return error;
}

/// Only %YAML and %TAG are directives; yaml-cpp drops other lines of this kind without a word.
std::optional<SyntaxError> unknownDirective(const Source &source)
{
    for (int number = 1; number <= source.lineCount(); ++number) {
        const QByteArrayView line = source.lineText(number);
        const QByteArrayView text = line.trimmed();
        if (text.isEmpty() || text.startsWith('#') || line.startsWith("%YAML ") || line.startsWith("%TAG "))
            continue;
        if (line.startsWith('%'))
            return SyntaxError{source.lineStart(number), u"a line that begins with “%” is a directive, and this one is unknown"_s};
        break;
    }
    return {};
}

std::optional<SyntaxError> unprintable(const Source &source)
{
    for (qsizetype i = 0; i < source.size(); ++i) {
        const auto c = uchar(source.at(i));
        if ((c < 0x20 && !isSpace(char(c))) || c == 0x7F)
            return SyntaxError{i, u"the control character %1 is not allowed"_s.arg(shownByte(source, i))};
    }
    return {};
}

} // namespace

QString separatingTab()
{
    return u"a tab separates here: SnakeYAML, which Spring and other Java clients use, refuses it"_s;
}

QString missingYamlColon()
{
    return u"“:” is missing behind this key, or the line is not indented enough to belong to the text above"_s;
}

SyntaxError explainedYaml(const Source &source, const std::string &message, qsizetype offset)
{
    const SyntaxError error{offset, plainWords(message, shownByte(source, offset))};
    const bool mapValue = QByteArrayView(message.c_str()).startsWith("illegal map value");
    return likelier(source, mapValue ? illegalMapValue(source, error) : error);
}

std::optional<SyntaxError> unreadableYaml(const Source &source)
{
    const auto error = unprintable(source);
    return error ? error : unknownDirective(source);
}

} // namespace core::text
