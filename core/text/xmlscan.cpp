// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/xmlscan.h"

#include "core/text/secrets.h"

#include <QSet>
#include <QXmlStreamReader>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace core::text {

namespace {

bool isNameStart(char c)
{
    return isLetter(c) || c == '_' || c == ':' || uchar(c) >= 0x80;
}

bool isNameByte(char c)
{
    return isNameStart(c) || isDigit(c) || c == '-' || c == '.';
}

qsizetype nameEnd(const Source &source, qsizetype at)
{
    if (at < source.size() && isNameStart(source.at(at))) {
        while (at < source.size() && isNameByte(source.at(at)))
            ++at;
    }
    return at;
}

qsizetype skipSpaces(const Source &source, qsizetype at)
{
    while (at < source.size() && isSpace(source.at(at)))
        ++at;
    return at;
}

} // namespace

XmlToken XmlScanner::bad(qsizetype at, const QString &message)
{
    XmlToken token;
    token.kind = XmlToken::Kind::Bad;
    token.begin = at;
    token.end = m_at = m_source.size();
    token.message = message;
    return token;
}

XmlToken XmlScanner::until(XmlToken::Kind kind, QByteArrayView end, const QString &unclosed)
{
    const qsizetype begin = m_at;
    const qsizetype found = m_source.body().indexOf(end, begin + (kind == XmlToken::Kind::Comment ? 4 : 2));
    if (found < 0)
        return bad(begin, unclosed);
    XmlToken token;
    token.kind = kind;
    token.begin = begin;
    token.end = m_at = found + end.size();
    return token;
}

XmlToken XmlScanner::doctype(qsizetype begin)
{
    int depth = 0;
    for (qsizetype i = begin + 2; i < m_source.size(); ++i) {
        const char c = m_source.at(i);
        if (c == '"' || c == '\'') {
            i = m_source.body().indexOf(c, i + 1);
            if (i < 0)
                break;
        } else if (c == '<' && m_source.slice(i, std::min(i + 4, m_source.size())) == "<!--") {
            i = m_source.body().indexOf("-->", i + 4);
            if (i < 0)
                break;
            i += 2;
        } else if (c == '[') {
            ++depth;
        } else if (c == ']') {
            --depth;
        } else if (c == '>' && depth <= 0) {
            XmlToken token;
            token.kind = XmlToken::Kind::Doctype;
            token.begin = begin;
            token.end = m_at = i + 1;
            return token;
        }
    }
    return bad(begin, u"the document type is not closed"_s);
}

XmlToken XmlScanner::tag(qsizetype begin)
{
    XmlToken token;
    token.begin = begin;
    const bool close = m_source.peek(begin + 1) == '/';
    token.kind = close ? XmlToken::Kind::Close : XmlToken::Kind::Start;
    token.nameBegin = begin + (close ? 2 : 1);
    token.nameEnd = nameEnd(m_source, token.nameBegin);
    if (token.nameEnd == token.nameBegin)
        return bad(begin, u"“<” begins a tag; as text it is written &lt;"_s);
    qsizetype i = token.nameEnd;
    for (;;) {
        const qsizetype behind = i;
        i = skipSpaces(m_source, i);
        const char c = m_source.peek(i);
        if (i >= m_source.size())
            return bad(begin, u"the tag is not closed"_s);
        if (c == '>' || (c == '/' && !close && m_source.peek(i + 1) == '>')) {
            token.selfClosing = c == '/';
            token.end = m_at = i + (c == '/' ? 2 : 1);
            return token;
        }
        XmlToken::Attribute attribute;
        attribute.nameBegin = i;
        attribute.nameEnd = nameEnd(m_source, i);
        if (close || attribute.nameEnd == i)
            return bad(c == '<' ? begin : i,
                       c == '<' ? u"the tag is not closed"_s : u"%1 does not belong into a tag"_s.arg(shownByte(m_source, i)));
        if (behind == i)
            return bad(i, u"a blank is missing before this attribute"_s);
        i = skipSpaces(m_source, attribute.nameEnd);
        if (m_source.peek(i) != '=')
            return bad(attribute.nameBegin, u"the attribute has no value"_s);
        i = skipSpaces(m_source, i + 1);
        const char quote = m_source.peek(i);
        if (quote != '"' && quote != '\'')
            return bad(i, u"the value of an attribute stands in quotes"_s);
        attribute.valueBegin = i + 1;
        attribute.valueEnd = m_source.body().indexOf(quote, i + 1);
        if (attribute.valueEnd < 0)
            return bad(i, u"the value of the attribute is not closed"_s);
        const qsizetype angle = m_source.slice(attribute.valueBegin, attribute.valueEnd).indexOf('<');
        if (angle >= 0)
            return bad(attribute.valueBegin + angle, u"“<” inside a value is written &lt; (or the quote before it is not closed)"_s);
        i = attribute.valueEnd + 1;
        token.attributes.append(attribute);
    }
}

XmlToken XmlScanner::next()
{
    const qsizetype begin = m_at;
    XmlToken token;
    token.begin = token.end = begin;
    if (begin >= m_source.size())
        return token;
    const QByteArrayView rest = m_source.body().sliced(begin);
    if (rest[0] != '<') {
        const qsizetype end = rest.indexOf('<');
        token.kind = XmlToken::Kind::Text;
        token.end = m_at = end < 0 ? m_source.size() : begin + end;
        return token;
    }
    if (rest.startsWith("<!--"))
        return until(XmlToken::Kind::Comment, "-->", u"the comment is not closed"_s);
    if (rest.startsWith("<![CDATA["))
        return until(XmlToken::Kind::CData, "]]>", u"the CDATA section is not closed"_s);
    if (rest.startsWith("<?"))
        return until(XmlToken::Kind::Instruction, "?>", u"the processing instruction is not closed"_s);
    if (rest.startsWith("<!"))
        return doctype(begin);
    return tag(begin);
}

QByteArray decodeXmlText(QByteArrayView text)
{
    if (!text.contains('&'))
        return text.toByteArray();
    struct Entity {
        QByteArrayView name;
        char character;
    };
    static constexpr Entity entities[] = {{"lt", '<'}, {"gt", '>'}, {"amp", '&'}, {"quot", '"'}, {"apos", '\''}};
    QByteArray out;
    out.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const qsizetype end = text[i] == '&' ? text.sliced(i, std::min<qsizetype>(text.size() - i, 16)).indexOf(';') : -1;
        if (end < 0) {
            out.append(text[i]);
            continue;
        }
        const QByteArrayView name = text.sliced(i + 1, end - 1);
        const qsizetype before = out.size();
        if (name.startsWith('#')) {
            bool ok = false;
            const bool hex = name.size() > 1 && (name[1] == 'x' || name[1] == 'X');
            const uint code = name.sliced(hex ? 2 : 1).toByteArray().toUInt(&ok, hex ? 16 : 10);
            if (ok)
                appendUtf8(out, code);
        }
        for (const Entity &entity : entities) {
            if (name == entity.name)
                out.append(entity.character);
        }
        if (out.size() == before)
            out.append(text[i]);
        else
            i += end;
    }
    return out;
}

namespace {

/// What QXmlStreamReader would need more than linear time for.
struct Burden {
    qsizetype doctype = 0, tags = 0, references = 0;
    int namespaces = 0; // in scope
};

std::optional<SyntaxError> nesting(const Source &source)
{
    struct Open {
        QByteArrayView name;
        qsizetype begin;
        int namespaces;
    };
    std::vector<Open> open;
    Burden burden;
    bool root = false;
    XmlScanner scanner(source);
    for (;;) {
        const XmlToken token = scanner.next();
        using Kind = XmlToken::Kind;
        const QByteArrayView name = source.slice(token.nameBegin, token.nameEnd);
        switch (token.kind) {
        case Kind::End:
            if (!open.empty())
                return SyntaxError{open.back().begin, u"<%1> is not closed"_s.arg(shownKey(open.back().name))};
            if (!root)
                return SyntaxError{token.begin, u"empty: XML needs an element"_s};
            return {};
        case Kind::Bad:
            return SyntaxError{token.begin, token.message};
        case Kind::Doctype:
            burden.doctype += token.end - token.begin;
            if (burden.doctype > 64 * 1024)
                return SyntaxError{token.begin, u"the document type is larger than 64 KiB: not checked"_s};
            break;
        case Kind::Text:
            if (burden.doctype > 0)
                burden.references += source.slice(token.begin, token.end).count('&');
            break;
        case Kind::Start: {
            ++burden.tags;
            if (token.attributes.size() > 1000)
                return SyntaxError{token.begin, u"more than 1000 attributes: not checked"_s};
            QSet<QByteArrayView> names;
            int namespaces = 0;
            for (const XmlToken::Attribute &attribute : token.attributes) {
                const QByteArrayView attributeName = source.slice(attribute.nameBegin, attribute.nameEnd);
                if (names.contains(attributeName))
                    return SyntaxError{attribute.nameBegin, u"the attribute \"%1\" is there twice"_s.arg(shownKey(attributeName))};
                names.insert(attributeName);
                namespaces += attributeName.startsWith("xmlns");
                if (burden.doctype > 0)
                    burden.references += source.slice(attribute.valueBegin, attribute.valueEnd).count('&');
            }
            if (open.empty() && root)
                return SyntaxError{token.begin, u"a second root element"_s};
            root = true;
            if (burden.namespaces + namespaces > 200)
                return SyntaxError{token.begin, u"more than 200 namespaces: not checked"_s};
            if (token.selfClosing)
                break;
            if (open.size() >= std::size_t(MaxDepth))
                return SyntaxError{token.begin, u"nested deeper than %1 levels"_s.arg(MaxDepth)};
            burden.namespaces += namespaces;
            open.push_back({name, token.begin, namespaces});
            break;
        }
        case Kind::Close:
            if (open.empty())
                return SyntaxError{token.begin, u"</%1> closes nothing"_s.arg(shownKey(name))};
            if (open.back().name != name)
                return SyntaxError{token.begin,
                                   u"</%1> does not close <%2> of line %3"_s.arg(shownKey(name), shownKey(open.back().name))
                                       .arg(source.line(open.back().begin))};
            burden.namespaces -= open.back().namespaces;
            open.pop_back();
            break;
        case Kind::CData:
        case Kind::Comment:
        case Kind::Instruction:
            break;
        }
        if (burden.doctype * burden.tags > 1'000'000'000 || burden.references > 10'000)
            return SyntaxError{token.begin, u"too large for a content with a document type: not checked"_s};
    }
}

/// Paths as flatten.h describes them.
class Leaves {
public:
    Leaves(const Source &source, const LeafSink &sink)
        : m_source(source)
        , m_sink(sink)
    {
    }
    std::optional<SyntaxError> run();

private:
    struct Element {
        qsizetype length; // of the path
        QHash<QByteArray, int> children;
        bool hasContent = false;
        bool secret = false; // by its name or key attribute
        bool named = false;  // a <value> in it is secret: <name>password</name><value>…</value>
        bool isName = false, isValue = false;
    };
    void start(const XmlToken &token);
    void text(qsizetype begin, qsizetype end, XmlToken::Kind kind);
    void give(const Scalar &scalar, bool secret);

    const Source &m_source;
    const LeafSink &m_sink;
    QString m_path;
    std::vector<Element> m_open;
    qsizetype m_chars = 0;
    bool m_stopped = false;
    std::optional<SyntaxError> m_error;
};

void Leaves::give(const Scalar &scalar, bool secret)
{
    m_chars += m_path.size();
    if (m_chars > MaxPathChars) {
        m_error = SyntaxError{scalar.begin, u"the names of all keys together are too long"_s};
        m_stopped = true;
    }
    if (!m_stopped)
        m_stopped = !m_sink({m_path, scalar, secret});
}

void Leaves::start(const XmlToken &token)
{
    const QByteArray name = m_source.slice(token.nameBegin, token.nameEnd).toByteArray();
    Element element;
    if (!m_open.empty()) {
        Element &parent = m_open.back();
        parent.hasContent = true;
        m_path.truncate(parent.length);
        m_path += u'.';
        m_path += QString::fromUtf8(name);
        const int number = ++parent.children[name];
        if (number > 1)
            m_path += u'[' + QString::number(number) + u']';
        element.isName = name == "name" || name == "key";
        element.isValue = name == "value";
        element.secret = element.isValue && parent.named;
        // <property name="passwords"><list><value>…
        element.named = parent.named && (name == "list" || name == "set" || name == "array");
    } else {
        m_path = QString::fromUtf8(name);
    }
    element.length = m_path.size();
    for (const XmlToken::Attribute &attribute : token.attributes) {
        const QByteArrayView attributeName = m_source.slice(attribute.nameBegin, attribute.nameEnd);
        if (attributeName == "name" || attributeName == "key")
            element.secret = element.secret || isSecretKey(QString::fromUtf8(m_source.slice(attribute.valueBegin, attribute.valueEnd)));
    }
    element.named = element.named || element.secret;
    for (const XmlToken::Attribute &attribute : token.attributes) {
        const QByteArrayView attributeName = m_source.slice(attribute.nameBegin, attribute.nameEnd);
        m_path += u'@' + QString::fromUtf8(attributeName);
        const Scalar scalar{FlatKey::Kind::String,  attribute.valueBegin - 1,
                            attribute.valueEnd + 1, attribute.valueBegin,
                            attribute.valueEnd,     decodeXmlText(m_source.slice(attribute.valueBegin, attribute.valueEnd))};
        give(scalar, element.secret && (attributeName == "value" || attributeName == "defaultValue"));
        m_path.truncate(element.length);
    }
    if (token.selfClosing) {
        if (token.attributes.isEmpty())
            give({FlatKey::Kind::String, token.begin, token.end, token.end, token.end, {}}, false);
        m_path.truncate(m_open.empty() ? 0 : m_open.back().length);
        return;
    }
    element.hasContent = !token.attributes.isEmpty();
    m_open.push_back(element);
}

void Leaves::text(qsizetype begin, qsizetype end, XmlToken::Kind kind)
{
    if (m_open.empty())
        return;
    Scalar scalar{FlatKey::Kind::String, begin, end, begin, end, {}};
    if (kind == XmlToken::Kind::CData) {
        scalar.innerBegin += 9;
        scalar.innerEnd -= 3;
        scalar.text = m_source.slice(scalar.innerBegin, scalar.innerEnd).toByteArray();
    } else {
        while (scalar.begin < scalar.end && isSpace(m_source.at(scalar.begin)))
            ++scalar.begin;
        while (scalar.end > scalar.begin && isSpace(m_source.at(scalar.end - 1)))
            --scalar.end;
        if (scalar.begin == scalar.end)
            return;
        scalar.innerBegin = scalar.begin;
        scalar.innerEnd = scalar.end;
        scalar.text = decodeXmlText(m_source.slice(scalar.begin, scalar.end));
    }
    Element &element = m_open.back();
    element.hasContent = true;
    if (element.isName && m_open.size() > 1)
        m_open[m_open.size() - 2].named = isSecretKey(QString::fromUtf8(scalar.text));
    give(scalar, element.secret);
}

std::optional<SyntaxError> Leaves::run()
{
    XmlScanner scanner(m_source);
    while (!m_stopped) {
        const XmlToken token = scanner.next();
        switch (token.kind) {
        case XmlToken::Kind::End:
        case XmlToken::Kind::Bad:
            return m_error;
        case XmlToken::Kind::Start:
            start(token);
            break;
        case XmlToken::Kind::Close: {
            if (m_open.empty())
                break;
            const Element element = m_open.back();
            m_open.pop_back();
            m_path.truncate(element.length);
            if (!element.hasContent)
                give({FlatKey::Kind::String, token.begin, token.begin, token.begin, token.begin, {}}, false);
            m_path.truncate(m_open.empty() ? 0 : m_open.back().length);
            break;
        }
        case XmlToken::Kind::Text:
        case XmlToken::Kind::CData:
            text(token.begin, token.end, token.kind);
            break;
        case XmlToken::Kind::Comment:
        case XmlToken::Kind::Instruction:
        case XmlToken::Kind::Doctype:
            break;
        }
    }
    return m_error;
}

} // namespace

std::optional<SyntaxError> checkXml(const Source &source)
{
    if (auto error = nesting(source))
        return error;
    QXmlStreamReader reader(QString::fromUtf8(source.body()));
    while (!reader.atEnd())
        reader.readNext();
    if (!reader.hasError())
        return {};
    const int line = std::clamp<int>(int(reader.lineNumber()), 1, source.lineCount());
    qsizetype offset = source.lineStart(line);
    for (qint64 column = reader.columnNumber(); column > 0 && offset < source.size() && !isLineEnd(source.at(offset)); --column) {
        do
            ++offset;
        while (offset < source.size() && (uchar(source.at(offset)) & 0xC0) == 0x80);
    }
    QString message = reader.errorString().simplified();
    // The reader's place is behind what it complains about.
    const QByteArrayView read = source.slice(std::max<qsizetype>(offset - 4096, 0), std::min(offset, source.size()));
    const auto backTo = [&](char sign) {
        const qsizetype at = read.lastIndexOf(sign);
        return at < 0 ? offset : offset - read.size() + at;
    };
    if (message.startsWith("Expected ';'"_L1) || message.startsWith("Entity '"_L1)) {
        const qsizetype sign = backTo('&');
        if (sign < offset)
            return SyntaxError{sign, u"“&” begins an entity, and this one is unknown or not ended by “;”; as text it is written &amp;"_s};
    }
    if (message.startsWith("Namespace prefix '"_L1))
        offset = backTo('<');
    while (message.endsWith(u'.'))
        message.chop(1);
    message.truncate(200);
    return SyntaxError{offset, message};
}

std::optional<SyntaxError> xmlLeaves(const Source &source, const LeafSink &sink)
{
    if (auto error = checkXml(source))
        return error;
    return Leaves(source, sink).run();
}

} // namespace core::text
