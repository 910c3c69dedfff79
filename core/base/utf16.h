// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>

namespace core {

/// The text with U+FFFD for what is not text and is not stored as it is: halves of pairs that stand alone (they have no UTF-8), U+FFFE and
/// U+FFFF (which are no characters).
inline QString validText(QString text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar unit = text.at(i);
        if (unit.isHighSurrogate() && i + 1 < text.size() && text.at(i + 1).isLowSurrogate())
            ++i;
        else if (unit.isSurrogate() || unit.unicode() >= 0xfffe)
            text[i] = QChar::ReplacementCharacter;
    }
    return text;
}

/// At most `most` units, the last of them an ellipsis when something is left out. A pair is not cut in two.
inline QString shortened(const QString &text, qsizetype most)
{
    if (text.size() <= most)
        return text;
    const qsizetype end = most - 1;
    const bool inAPair = text.at(end).isLowSurrogate() && text.at(end - 1).isHighSurrogate();
    return text.left(inAPair ? end - 1 : end) + QChar(u'…');
}

} // namespace core
