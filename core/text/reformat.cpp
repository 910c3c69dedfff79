// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/reformat.h"

#include "core/text/htmlcheck.h"
#include "core/text/jsonscan.h"
#include "core/text/propertiesscan.h"
#include "core/text/reformatters.h"
#include "core/text/yamlevents.h"

#include <QCryptographicHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace core::text {

namespace {

/// A fingerprint of what a content means: leaves with kind and value; for YAML all events with tags, anchors and aliases.
class Meaning final : public YamlSink {
public:
    static std::optional<SyntaxError> of(Format format, const Source &source, QByteArray &print)
    {
        Meaning meaning;
        std::optional<SyntaxError> error = unreadable(source);
        if (error)
            return error;
        if (format == Format::Yaml) {
            error = walkYamlEvents(source, meaning);
        } else {
            error = walkLeaves(format, source, [&](const Leaf &leaf) {
                meaning.add(leaf.path.toUtf8());
                meaning.add(QByteArray::number(int(leaf.scalar.kind)));
                meaning.add(leaf.scalar.text);
                return true;
            });
        }
        print = meaning.m_hash.result();
        return meaning.m_error ? meaning.m_error : error;
    }
    bool event(const YamlEvent &event) override
    {
        add(QByteArray::number(int(event.kind) * 2 + event.isKey));
        add(QByteArray::fromRawData(event.tag.data(), qsizetype(event.tag.size())));
        add(QByteArray::number(quint64(event.anchor)));
        add(QByteArray::fromRawData(event.value.data(), qsizetype(event.value.size())));
        return !m_error;
    }
    void problem(Problem::Severity severity, qsizetype offset, const QString &message) override
    {
        if (severity == Problem::Severity::Error && !m_error)
            m_error = SyntaxError{offset, message};
    }

private:
    void add(const QByteArray &part)
    {
        const qint64 size = part.size();
        m_hash.addData({reinterpret_cast<const char *>(&size), sizeof size});
        m_hash.addData(part);
    }
    std::optional<SyntaxError> m_error;
    QCryptographicHash m_hash{QCryptographicHash::Sha1}; // against accidents, not attackers
};

QByteArray withBom(const Source &source, const QByteArray &body)
{
    return source.bom() > 0 ? "\xEF\xBB\xBF" + body : body;
}

QByteArray tidyTextLike(Format format, const Source &source, const QByteArray &lineEnd)
{
    switch (format) {
    case Format::Yaml:
        return tidyYaml(source, lineEnd);
    case Format::Toml:
        return tidyToml(source, lineEnd);
    case Format::Properties:
        return tidyProperties(source, lineEnd);
    default:
        return tidyHtml(source, lineEnd);
    }
}

} // namespace

std::optional<QByteArray> tidyJson(const Source &source, const QByteArray &lineEnd)
{
    using Kind = JsonToken::Kind;
    QByteArray out;
    out.reserve(source.size() + source.size() / 2);
    JsonScanner scanner(source);
    int depth = 0;
    bool opened = false; // just now, so that an empty container closes up
    const auto breakLine = [&] {
        out.append(lineEnd);
        out.append(depth * 2, ' ');
    };
    for (JsonToken token = scanner.next(); token.kind != Kind::End; token = scanner.next()) {
        const bool closing = token.kind == Kind::CloseMap || token.kind == Kind::CloseList;
        if (closing) {
            --depth;
            if (!opened)
                breakLine();
        } else if (opened) {
            breakLine();
        }
        out.append(source.slice(token.begin, token.end));
        opened = token.kind == Kind::OpenMap || token.kind == Kind::OpenList;
        if (opened)
            ++depth;
        else if (token.kind == Kind::Comma)
            breakLine();
        else if (token.kind == Kind::Colon)
            out.append(' ');
        if (out.size() > MaxFormattedBytes)
            return {};
    }
    if (source.size() > 0 && isLineEnd(source.at(source.size() - 1)))
        out.append(lineEnd);
    return out;
}

QByteArray tidyProperties(const Source &source, const QByteArray &lineEnd)
{
    QByteArray out;
    out.reserve(source.size());
    // Continuation lines keep their text; their indentation, which means nothing, becomes four blanks.
    const auto joined = [&](qsizetype begin, qsizetype end) {
        for (qsizetype i = begin; i < end;) {
            const char c = source.at(i);
            if (c == '\\' && i + 1 < end && isLineEnd(source.at(i + 1))) {
                i = afterLineEnd(source.body(), i + 1);
                while (i < end && isPropertyBlank(source.at(i)))
                    ++i;
                out.append('\\').append(lineEnd).append("    ");
            } else if (c == '\\' && i + 1 < end) {
                out.append(c).append(source.at(i + 1));
                i += 2;
            } else {
                out.append(c);
                ++i;
            }
        }
    };
    for (qsizetype at = 0; at < source.size();) {
        const PropertyLine line = scanProperty(source, at);
        at = line.next;
        if (line.kind == PropertyLine::Kind::Comment) {
            out.append(source.slice(line.textBegin, line.textEnd));
            while (!out.isEmpty() && isPropertyBlank(out.back()))
                out.chop(1);
        } else if (line.kind == PropertyLine::Kind::Pair) {
            joined(line.textBegin, line.keyEnd);
            if (line.separator != '\0') {
                out.append('=');
                // A list that begins on the next line stays there.
                const QByteArrayView between = source.slice(line.keyEnd, line.valueBegin);
                if (std::any_of(between.begin(), between.end(), isLineEnd))
                    out.append('\\').append(lineEnd).append("    ");
                joined(line.valueBegin, line.textEnd);
            }
        }
        if (line.next > line.textEnd)
            out.append(lineEnd);
    }
    return out;
}

QByteArray tidyHtml(const Source &source, const QByteArray &lineEnd)
{
    const QList<HtmlStretch> verbatim = htmlVerbatim(source);
    qsizetype next = 0;
    QByteArray out;
    out.reserve(source.size());
    for (int line = 1; line <= source.lineCount(); ++line) {
        const QByteArrayView text = source.lineText(line);
        const qsizetype end = source.lineStart(line) + text.size();
        qsizetype keep = text.size();
        while (keep > 0 && isBlank(text[keep - 1]))
            --keep;
        while (next < verbatim.size() && verbatim[next].end <= end)
            ++next;
        const bool inside = next < verbatim.size() && verbatim[next].begin < end;
        out.append(text.first(inside ? text.size() : keep));
        if (line < source.lineCount())
            out.append(lineEnd);
    }
    return out;
}

Result<QByteArray> reformat(Format format, const QByteArray &content)
{
    if (format == Format::Text)
        return content;
    const Source source(content);
    const QByteArray lineEnd = dominantLineEnd(source.body());
    QByteArray before;
    if (const auto error = Meaning::of(format, source, before))
        return fail(syntaxError(source, *error));
    std::optional<QByteArray> body;
    if (format == Format::Json)
        body = tidyJson(source, lineEnd);
    else if (format == Format::Xml)
        body = tidyXml(source, lineEnd);
    else
        body = tidyTextLike(format, source, lineEnd);
    if (!body)
        return fail(Error::Kind::Usage, u"the result would be larger than %1 MiB"_s.arg(MaxFormattedBytes / 1024 / 1024));
    // Nothing is trusted to keep the meaning: it is compared, and what differs is left as it was.
    const auto keepsMeaning = [&](const QByteArray &text) {
        QByteArray after;
        return text == source.body() || (!Meaning::of(format, Source(text), after) && after == before);
    };
    const bool measurable = format != Format::Html && body->size() <= MaxParsedBytes;
    if (measurable && !keepsMeaning(*body)) {
        body = format == Format::Yaml ? trimYaml(source, lineEnd) : source.body().toByteArray();
        if (!keepsMeaning(*body))
            body = source.body().toByteArray();
    }
    return withBom(source, *body);
}

} // namespace core::text
