// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/htmlcheck.h"

#include "core/text/tree.h"

#include <QHash>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace core::text {

namespace {

struct Tag {
    enum class Kind { End, Open, Close, Comment, Other, Unclosed };
    Kind kind = Kind::End;
    qsizetype begin = 0, end = 0;
    QByteArray name; // lower case
    bool selfClosing = false;
};

Tag nextTag(const Source &source, qsizetype from)
{
    const QByteArrayView bytes = source.body();
    for (qsizetype i = bytes.indexOf('<', from); i >= 0; i = bytes.indexOf('<', i + 1)) {
        Tag tag;
        tag.begin = i;
        if (bytes.sliced(i).startsWith("<!--")) {
            const qsizetype end = bytes.indexOf("-->", i + 4);
            tag.kind = end < 0 ? Tag::Kind::Unclosed : Tag::Kind::Comment;
            tag.end = end < 0 ? bytes.size() : end + 3;
            return tag;
        }
        const bool close = source.peek(i + 1) == '/';
        const bool other = source.peek(i + 1) == '!' || source.peek(i + 1) == '?';
        qsizetype at = i + (close ? 2 : 1);
        if (!other && !isLetter(source.peek(at)))
            continue; // a sign of its own
        const qsizetype nameBegin = at;
        while (at < bytes.size() && !isSpace(bytes[at]) && bytes[at] != '>' && bytes[at] != '/')
            ++at;
        tag.name = bytes.sliced(nameBegin, at - nameBegin).toByteArray().toLower();
        while (at < bytes.size() && bytes[at] != '>') {
            // Quotes matter only where a value may begin.
            if ((bytes[at] == '"' || bytes[at] == '\'') && bytes[at - 1] == '=') {
                const qsizetype quote = bytes.indexOf(bytes[at], at + 1);
                at = quote < 0 ? bytes.size() : quote;
            }
            if (at < bytes.size())
                ++at;
        }
        tag.selfClosing = at < bytes.size() && bytes[at - 1] == '/';
        tag.end = std::min(at + 1, bytes.size());
        tag.kind = at >= bytes.size() ? Tag::Kind::Unclosed : other ? Tag::Kind::Other : close ? Tag::Kind::Close : Tag::Kind::Open;
        return tag;
    }
    return {.kind = Tag::Kind::End, .begin = bytes.size(), .end = bytes.size()};
}

/// script, style and their kin hold text up to their end tag.
bool isRawText(const QByteArray &name)
{
    return name == "script" || name == "style" || name == "textarea" || name == "title";
}

qsizetype rawEnd(const Source &source, const Tag &tag)
{
    const QByteArrayView bytes = source.body();
    for (qsizetype i = bytes.indexOf("</", tag.end); i >= 0; i = bytes.indexOf("</", i + 2)) {
        if (bytes.size() - i - 2 >= tag.name.size() && bytes.sliced(i + 2, tag.name.size()).toByteArray().toLower() == tag.name)
            return i;
    }
    return -1;
}

} // namespace

void checkHtml(const Source &source, const HtmlProblem &found)
{
    static const QSet<QByteArray> empty{"area",  "base", "br",   "col",   "embed",  "hr",    "img",
                                        "input", "link", "meta", "param", "source", "track", "wbr"};
    static const QSet<QByteArray> optional{"html", "head", "body",  "p",     "li",    "dt",       "dd",      "option", "optgroup", "tr",
                                           "td",   "th",   "thead", "tbody", "tfoot", "colgroup", "caption", "rp",     "rt"};
    using Severity = Problem::Severity;
    struct Open {
        QByteArray name;
        qsizetype begin;
    };
    std::vector<Open> open;
    QHash<QByteArray, int> depth; // of each name that is open
    const auto unclosed = [&](const Open &element) {
        if (--depth[element.name] == 0)
            depth.remove(element.name);
        return optional.contains(element.name) ||
            found(Severity::Warning, element.begin, u"<%1> is not closed"_s.arg(shownKey(element.name)));
    };
    for (qsizetype at = 0;;) {
        const Tag tag = nextTag(source, at);
        at = tag.end;
        switch (tag.kind) {
        case Tag::Kind::End:
            while (!open.empty()) {
                const Open element = open.back();
                open.pop_back();
                if (!unclosed(element))
                    return;
            }
            return;
        case Tag::Kind::Unclosed:
            found(Severity::Error, tag.begin,
                  source.peek(tag.begin + 1) == '!' ? u"the comment is not closed"_s : u"the tag is not closed"_s);
            return;
        case Tag::Kind::Open: {
            if (empty.contains(tag.name) || tag.selfClosing)
                break;
            if (isRawText(tag.name)) {
                at = rawEnd(source, tag);
                if (at < 0) {
                    found(Severity::Error, tag.begin, u"<%1> is not closed: everything behind it is lost"_s.arg(shownKey(tag.name)));
                    return;
                }
            }
            if (open.size() >= std::size_t(MaxDepth)) {
                found(Severity::Warning, tag.begin, u"nested deeper than %1 levels"_s.arg(MaxDepth));
                return;
            }
            open.push_back({tag.name, tag.begin});
            ++depth[tag.name];
            break;
        }
        case Tag::Kind::Close:
            if (!depth.contains(tag.name)) {
                if (tag.name != "p" && tag.name != "br" &&
                    !found(Severity::Warning, tag.begin, u"</%1> closes nothing"_s.arg(shownKey(tag.name))))
                    return;
                break;
            }
            while (open.back().name != tag.name) {
                const Open element = open.back();
                open.pop_back();
                if (!unclosed(element))
                    return;
            }
            if (--depth[tag.name] == 0)
                depth.remove(tag.name);
            open.pop_back();
            break;
        case Tag::Kind::Comment:
        case Tag::Kind::Other:
            break;
        }
    }
}

QList<HtmlStretch> htmlVerbatim(const Source &source)
{
    QList<HtmlStretch> stretches;
    for (qsizetype at = 0;;) {
        const Tag tag = nextTag(source, at);
        if (tag.kind == Tag::Kind::End)
            return stretches;
        at = tag.end;
        // A tag itself may hold a value of several lines.
        stretches.append({tag.begin, tag.end});
        if (tag.kind != Tag::Kind::Open || (!isRawText(tag.name) && tag.name != "pre"))
            continue;
        const qsizetype end = rawEnd(source, tag);
        at = end < 0 ? source.size() : end;
        stretches.append({tag.begin, at});
    }
}

} // namespace core::text
