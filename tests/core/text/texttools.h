// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/text/flatten.h"
#include "core/text/validate.h"

#include <QByteArray>
#include <QRandomGenerator>
#include <QStringList>

namespace tests {

/// `line:column:E message`, one string a problem.
inline QStringList described(const QList<core::text::Problem> &problems)
{
    QStringList lines;
    for (const core::text::Problem &problem : problems) {
        const QLatin1Char severity("EWH"[int(problem.severity)]);
        lines.append(QString::number(problem.line) + QLatin1Char(':') + QString::number(problem.column) + QLatin1Char(':') + severity +
                     QLatin1Char(' ') + problem.message);
    }
    return lines;
}

/// What a content says: paths, values, kinds and which of them are secret; lines may move.
inline QStringList meaning(core::text::Format format, const QByteArray &content)
{
    const auto keys = core::text::flatten(format, content);
    if (!keys)
        return {QStringLiteral("error ") + keys.error().message};
    QStringList result;
    for (const core::text::FlatKey &key : *keys)
        result.append(key.path + QLatin1Char('=') + key.value + QLatin1Char(' ') + QString::number(int(key.kind)) +
                      (key.secret ? QStringLiteral(" secret") : QString()));
    return result;
}

/// A text of short lines from a small alphabet, so that lines repeat.
inline QByteArray randomLines(QRandomGenerator &random, int most)
{
    static constexpr const char *words[] = {"a", "b", "c", "", "  x: 1", "中文", "}", "key=value"};
    static constexpr const char *ends[] = {"\n", "\n", "\n", "\r\n"};
    QByteArray text;
    const int lines = int(random.bounded(most + 1));
    for (int i = 0; i < lines; ++i)
        text += QByteArray(words[random.bounded(8)]) + ends[random.bounded(4)];
    if (random.bounded(3) == 0)
        text += "tail";
    return text;
}

/// A few lines removed, changed, inserted.
inline QByteArray randomEdit(QRandomGenerator &random, const QByteArray &text)
{
    QList<QByteArray> lines = text.split('\n');
    const int edits = 1 + int(random.bounded(4));
    for (int i = 0; i < edits; ++i) {
        const qsizetype at = random.bounded(lines.size() + 1);
        switch (random.bounded(3)) {
        case 0:
            lines.insert(at, "new" + QByteArray::number(random.bounded(5)));
            break;
        case 1:
            if (at < lines.size())
                lines.removeAt(at);
            break;
        default:
            if (at < lines.size())
                lines[at] += '!';
        }
        if (lines.isEmpty())
            lines.append(QByteArray());
    }
    return lines.join('\n');
}

inline QByteArray repeated(QByteArrayView piece, qsizetype bytes)
{
    QByteArray text;
    text.reserve(bytes + piece.size());
    while (text.size() < bytes)
        text.append(piece);
    return text;
}

} // namespace tests
