// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/text/tree.h"

namespace core::text {

/// One token of XML. Private to core/text.
struct XmlToken {
    enum class Kind { End, Text, CData, Comment, Instruction, Doctype, Start, Close, Bad };
    struct Attribute {
        qsizetype nameBegin = 0, nameEnd = 0;
        qsizetype valueBegin = 0, valueEnd = 0; ///< between the quotes
    };
    Kind kind = Kind::End;
    qsizetype begin = 0, end = 0;
    qsizetype nameBegin = 0, nameEnd = 0; ///< Start, Close
    QList<Attribute> attributes;          ///< Start
    bool selfClosing = false;             ///< Start
    QString message;                      ///< Bad: why
};

class XmlScanner {
public:
    explicit XmlScanner(const Source &source)
        : m_source(source)
    {
    }
    XmlToken next();

private:
    XmlToken bad(qsizetype at, const QString &message);
    XmlToken tag(qsizetype begin);
    XmlToken until(XmlToken::Kind kind, QByteArrayView end, const QString &unclosed);
    XmlToken doctype(qsizetype begin);
    const Source &m_source;
    qsizetype m_at = 0;
};

/// The character references and the five entities resolved; others stay as written.
QByteArray decodeXmlText(QByteArrayView text);
/// Nesting with our words, everything else with QXmlStreamReader's.
std::optional<SyntaxError> checkXml(const Source &source);

} // namespace core::text
