// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <optional>
#include <QList>
#include <QMetaType>
#include <QRegularExpression>
#include <QString>
#include <QStringList>
#include <QStringMatcher>
#include <vector>

namespace ui {

/// A field a filter can name: `group:payment`.
struct FilterField {
    QString name;       ///< what is typed, lower case, untranslated: "group"
    QString label;      ///< for the completion list, translated
    QStringList values; ///< to offer; may be empty
    enum class Match {
        Contains, ///< `group:pay` finds "payment"; the default
        Word,     ///< the whole value, or one of its comma separated words: `tag:core`, `type:yaml`
        Number    ///< `size:>10k`, `listeners:0`, `size:1k..2M`
    };
    Match match = Match::Contains;
    enum class FreeText { Searched, Skipped };
    FreeText freeText = FreeText::Searched; ///< whether text without a field looks here
    friend bool operator==(const FilterField &, const FilterField &) = default;
};

/// One part of a filter. All parts must hold.
struct FilterTerm {
    enum class Kind { Text, Regex };
    Kind kind = Kind::Text;
    QString field; ///< lower case; empty: any
    QString text;  ///< without quotes, slashes and minus; several values of a field separated by commas mean any of them
    bool negated = false;
    /// As it is typed, quoted where needed.
    QString toString() const;
    friend bool operator==(const FilterTerm &, const FilterTerm &) = default;
};

/// A filter as a value. `order type:yaml -group:RISK "two words" /svc-\d+/`: blanks separate terms, a minus in front negates, `field:`
/// restricts to a field, quotes keep blanks, slashes make a regular expression. Case never counts. A `name:` that is no field of the
/// page is plain text.
class FilterQuery {
public:
    FilterQuery() = default;
    static FilterQuery parse(const QString &text, const QList<FilterField> &fields);

    bool isEmpty() const { return m_terms.isEmpty(); }
    const QList<FilterTerm> &terms() const & { return m_terms; }
    QList<FilterTerm> terms() && { return std::move(m_terms); }
    QString toString() const;
    /// A regular expression that does not compile: what is wrong with it, English, from the engine. The term then matches nothing.
    QString problem() const { return m_problem; }
    /// The terms a cell of `field` should show as found.
    QList<FilterTerm> highlightsFor(const QString &field) const;
    friend bool operator==(const FilterQuery &a, const FilterQuery &b) { return a.m_terms == b.m_terms; }

private:
    QList<FilterTerm> m_terms;
    QString m_problem;
};

/// A query made ready for many records. `get(int field, Want want)` gives the text of a field by its position in the list of fields: as
/// it is shown, or for FilterField::Match::Number as a plain number ("3174", empty when unknown).
class FilterMatcher {
public:
    enum class Want { Shown, Number };
    FilterMatcher() = default;
    FilterMatcher(const FilterQuery &query, const QList<FilterField> &fields);
    bool isEmpty() const { return m_terms.empty(); }

    template <class Get>
    bool matches(Get &&get) const
    {
        return matches(get, [] { return nullptr; });
    }
    /// `freeText()` gives a pointer to what plain words are looked for in: all fields that take free text, a line each, case-folded. For
    /// those who keep it: one search instead of one a field.
    template <class Get, class FreeText>
    bool matches(Get &&get, FreeText &&freeText) const
    {
        for (const Term &term : m_terms) {
            bool found = false;
            const QString *text = term.free && term.kind != FilterTerm::Kind::Regex ? freeText() : nullptr;
            if (text) {
                found = std::any_of(term.folded.cbegin(), term.folded.cend(),
                                    [text](const QStringMatcher &matcher) { return matcher.indexIn(*text) >= 0; });
            }
            for (const int field : text ? QList<int>() : term.fields) {
                if (hit(term, get(field, term.ranges.isEmpty() ? Want::Shown : Want::Number))) {
                    found = true;
                    break;
                }
            }
            if (found == term.negated)
                return false;
        }
        return true;
    }

    /// Where the query's terms stand in the text of a field (position, length), in order, not overlapping; for highlighting.
    QList<std::pair<qsizetype, qsizetype>> spans(const QString &text, int field) const;

private:
    struct Range {
        double from = 0, to = 0;
    };
    struct Term {
        QList<int> fields;
        FilterTerm::Kind kind = FilterTerm::Kind::Text;
        std::vector<QStringMatcher> texts;
        std::vector<QStringMatcher> folded; ///< the same for case-folded text; of free terms
        QStringList words;
        QList<Range> ranges;
        QRegularExpression regex;
        bool negated = false;
        bool free = false; ///< names no field
    };
    static bool hit(const Term &term, const QString &text);
    std::vector<Term> m_terms;
    QList<FilterField> m_fields;
};

} // namespace ui

Q_DECLARE_METATYPE(ui::FilterQuery)
