// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/reformatters.h"
#include "core/text/xmlscan.h"

#include <algorithm>

namespace core::text {

namespace {

/// What kind of content each element has, by the number of its start tag.
std::vector<char> elementsWithText(const Source &source)
{
    std::vector<char> verbatim;
    struct Element {
        std::size_t number;
        bool parts = false, blanks = false;
    };
    std::vector<Element> open;
    XmlScanner scanner(source);
    for (XmlToken token = scanner.next(); token.kind != XmlToken::Kind::End && token.kind != XmlToken::Kind::Bad; token = scanner.next()) {
        using Kind = XmlToken::Kind;
        const QByteArrayView text = source.slice(token.begin, token.end);
        const bool matters = token.kind == Kind::CData || (token.kind == Kind::Text && !std::all_of(text.begin(), text.end(), isSpace));
        if (!open.empty()) {
            if (matters)
                verbatim[open.back().number] = 1;
            else if (token.kind == Kind::Text)
                open.back().blanks = true;
            else if (token.kind != Kind::Close)
                open.back().parts = true;
        }
        if (token.kind == Kind::Start) {
            const bool preserve = std::any_of(token.attributes.begin(), token.attributes.end(), [&](const XmlToken::Attribute &attribute) {
                return source.slice(attribute.nameBegin, attribute.nameEnd) == "xml:space" &&
                    source.slice(attribute.valueBegin, attribute.valueEnd) == "preserve";
            });
            verbatim.push_back(preserve ? 1 : 0);
            if (!token.selfClosing)
                open.push_back({verbatim.size() - 1});
        } else if (token.kind == Kind::Close && !open.empty()) {
            // Blanks alone may be the value.
            if (open.back().blanks && !open.back().parts)
                verbatim[open.back().number] = 1;
            open.pop_back();
        }
    }
    return verbatim;
}

} // namespace

std::optional<QByteArray> tidyXml(const Source &source, const QByteArray &lineEnd)
{
    using Kind = XmlToken::Kind;
    const std::vector<char> verbatim = elementsWithText(source);
    QByteArray out;
    out.reserve(source.size() + source.size() / 4);
    std::size_t element = 0;
    int depth = 0, kept = 0; // kept: inside so many elements whose content stays as it is
    struct Open {
        bool verbatim = false, empty = true;
    };
    std::vector<Open> open;
    // One blank line between two parts stays, more become one.
    bool first = true;
    int lines = 0;
    const auto breakLine = [&] {
        if (!first) {
            out.append(lineEnd);
            if (lines > 1)
                out.append(lineEnd);
        }
        first = false;
        lines = 0;
        out.append(depth * 2, ' ');
    };
    XmlScanner scanner(source);
    for (XmlToken token = scanner.next(); token.kind != Kind::End && token.kind != Kind::Bad; token = scanner.next()) {
        const QByteArrayView text = source.slice(token.begin, token.end);
        if (token.kind == Kind::Text && kept == 0) {
            for (qsizetype i = 0; i < text.size();) {
                lines += isLineEnd(text[i]);
                i = isLineEnd(text[i]) ? afterLineEnd(text, i) : i + 1;
            }
            continue;
        }
        const bool free = kept == 0;
        if (token.kind == Kind::Close) {
            const Open closed = open.empty() ? Open() : open.back();
            if (!open.empty())
                open.pop_back();
            kept -= closed.verbatim;
            depth = int(open.size());
            lines = std::min(lines, 1);
            if (kept == 0 && !closed.verbatim && !closed.empty)
                breakLine();
            lines = 0;
            out.append(text);
        } else {
            if (!open.empty())
                open.back().empty = false;
            if (free)
                breakLine();
            out.append(text);
        }
        if (token.kind == Kind::Start) {
            const bool keep = element < verbatim.size() && verbatim[element] != 0;
            ++element;
            if (!token.selfClosing) {
                open.push_back({keep, true});
                kept += keep;
                depth = int(open.size());
                lines = 0;
            }
        }
        if (out.size() > MaxFormattedBytes)
            return {};
    }
    if (source.size() > 0 && isLineEnd(source.at(source.size() - 1)))
        out.append(lineEnd);
    return out;
}

} // namespace core::text
