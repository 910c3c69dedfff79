// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace ui {

struct SearchPattern {
    enum class Kind { Text, Regex };
    enum class Case { Ignored, Counts };
    QString text;
    Kind kind = Kind::Text;
    Case sensitivity = Case::Ignored;
    friend bool operator==(const SearchPattern &, const SearchPattern &) = default;
};

struct SearchHit {
    qsizetype offset = 0, length = 0; ///< bytes
    friend bool operator==(const SearchHit &, const SearchHit &) = default;
};

struct SearchResult {
    QList<SearchHit> hits;
    bool complete = true; ///< false: there are more than MaxHits
    QString problem;      ///< of the expression, from the engine
};

inline constexpr qsizetype MaxHits = 20000;

/// Everything found in UTF-8 text, as byte ranges in order. `^` and `$` mean lines with any line end; empty hits are left out. A regular
/// expression that takes too long on a text gives up where the engine's limits say so.
SearchResult findAll(const QByteArray &utf8, const SearchPattern &pattern);

/// What stands in place of one hit: for an expression `\1`…`\9` (also `$1`) and `\n`, `\t` are expanded; plain text is taken as it is.
QByteArray replacementFor(const QByteArray &hit, const SearchPattern &pattern, const QString &replacement);

} // namespace ui
