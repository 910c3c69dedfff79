// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/filterquery.h"

#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace {

using ui::FilterField;
using ui::FilterTerm;

bool isNameCharacter(QChar c)
{
    return c.isLetterOrNumber() || c == u'_' || c == u'-' || c == u'.';
}

const FilterField *findField(const QList<FilterField> &fields, QStringView name)
{
    for (const FilterField &field : fields)
        if (name.compare(field.name, Qt::CaseInsensitive) == 0)
            return &field;
    return nullptr;
}

QRegularExpression expression(const QString &pattern)
{
    return QRegularExpression(pattern, QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
}

/// "10k" → 10240; nothing when it is no number.
std::optional<double> number(QStringView text)
{
    text = text.trimmed();
    double factor = 1;
    if (!text.isEmpty()) {
        switch (text.back().toLower().unicode()) {
        case u'k':
            factor = 1024.0;
            break;
        case u'm':
            factor = 1024.0 * 1024;
            break;
        case u'g':
            factor = 1024.0 * 1024 * 1024;
            break;
        default:
            break;
        }
        if (factor > 1)
            text.chop(1);
    }
    bool ok = false;
    const double value = text.toDouble(&ok);
    return ok && std::isfinite(value) ? std::optional(value * factor) : std::nullopt;
}

/// ">10k", "<=3", "1..5", "0"; both ends included.
std::optional<std::pair<double, double>> range(QStringView text)
{
    constexpr double Infinity = std::numeric_limits<double>::infinity();
    const auto after = [&](qsizetype n) { return number(text.mid(n)); };
    if (text.startsWith(u">="_s)) {
        if (const auto n = after(2))
            return std::pair(*n, Infinity);
    } else if (text.startsWith(u"<="_s)) {
        if (const auto n = after(2))
            return std::pair(-Infinity, *n);
    } else if (text.startsWith(u'>')) {
        if (const auto n = after(1))
            return std::pair(std::nextafter(*n, Infinity), Infinity);
    } else if (text.startsWith(u'<')) {
        if (const auto n = after(1))
            return std::pair(-Infinity, std::nextafter(*n, -Infinity));
    } else if (const qsizetype dots = text.indexOf(u".."_s); dots > 0) {
        const auto from = number(text.left(dots)), to = number(text.mid(dots + 2));
        if (from && to)
            return std::pair(*from, *to);
    } else if (const auto n = number(text)) {
        return std::pair(*n, *n);
    }
    return std::nullopt;
}

QStringList valuesOf(const FilterTerm &term)
{
    if (term.field.isEmpty() || !term.text.contains(u','))
        return {term.text};
    QStringList values;
    for (const QString &value : term.text.split(u','))
        if (const QString trimmed = value.trimmed(); !trimmed.isEmpty())
            values.append(trimmed);
    return values;
}

/// One of the words of a cell like "payment, core".
bool hasWord(QStringView text, QStringView word)
{
    if (text.compare(word, Qt::CaseInsensitive) == 0)
        return true;
    for (const QStringView part : text.tokenize(u',', Qt::SkipEmptyParts))
        if (part.trimmed().compare(word, Qt::CaseInsensitive) == 0)
            return true;
    return false;
}

} // namespace

namespace ui {

QString FilterTerm::toString() const
{
    QString value;
    if (kind == Kind::Regex) {
        value = u'/' + text + u'/';
    } else {
        bool quote = text.isEmpty() || text.startsWith(u'"') || text.startsWith(u'/');
        for (const QChar c : text)
            quote = quote || c.isSpace() || (field.isEmpty() && c == u':');
        quote = quote || (field.isEmpty() && !negated && text.startsWith(u'-'));
        value = quote ? u'"' + QString(text).replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s) + u'"' : text;
    }
    return (negated ? u"-"_s : QString()) + (field.isEmpty() ? QString() : field + u':') + value;
}

FilterQuery FilterQuery::parse(const QString &text, const QList<FilterField> &fields)
{
    FilterQuery query;
    const qsizetype end = text.size();
    qsizetype at = 0;
    while (at < end) {
        if (text.at(at).isSpace()) {
            ++at;
            continue;
        }
        FilterTerm term;
        if (text.at(at) == u'-' && at + 1 < end && !text.at(at + 1).isSpace()) {
            term.negated = true;
            ++at;
        }
        qsizetype name = at;
        while (name < end && isNameCharacter(text.at(name)))
            ++name;
        if (name > at && name < end && text.at(name) == u':') {
            if (const FilterField *field = findField(fields, QStringView(text).mid(at, name - at))) {
                term.field = field->name;
                at = name + 1;
            }
        }
        bool quoted = false;
        if (at < end && text.at(at) == u'"') {
            quoted = true;
            ++at;
            while (at < end && text.at(at) != u'"') {
                if (text.at(at) == u'\\' && at + 1 < end)
                    ++at;
                term.text += text.at(at++);
            }
            ++at; // the closing quote; a missing one means the rest of the line
        } else if (at < end && text.at(at) == u'/') {
            // It ends at a slash before a blank; without one it is a path and no expression.
            for (qsizetype close = at + 2; close < end; ++close) {
                if (text.at(close) == u'/' && (close + 1 == end || text.at(close + 1).isSpace())) {
                    term.kind = FilterTerm::Kind::Regex;
                    term.text = text.mid(at + 1, close - at - 1);
                    at = close + 1;
                    break;
                }
            }
        }
        if (!quoted && term.kind == FilterTerm::Kind::Text)
            while (at < end && !text.at(at).isSpace())
                term.text += text.at(at++);
        if (term.text.isEmpty())
            continue; // `group:` while it is being typed
        if (term.kind == FilterTerm::Kind::Regex && query.m_problem.isEmpty())
            if (const QRegularExpression regex = expression(term.text); !regex.isValid())
                query.m_problem = regex.errorString();
        query.m_terms.append(term);
    }
    return query;
}

QString FilterQuery::toString() const
{
    QStringList parts;
    for (const FilterTerm &term : m_terms)
        parts.append(term.toString());
    return parts.join(u' ');
}

QList<FilterTerm> FilterQuery::highlightsFor(const QString &field) const
{
    QList<FilterTerm> result;
    for (const FilterTerm &term : m_terms)
        if (!term.negated && (term.field.isEmpty() || term.field == field))
            result.append(term);
    return result;
}

FilterMatcher::FilterMatcher(const FilterQuery &query, const QList<FilterField> &fields)
    : m_fields(fields)
{
    for (const FilterTerm &source : query.terms()) {
        Term term;
        term.kind = source.kind;
        term.negated = source.negated;
        term.free = source.field.isEmpty();
        FilterField::Match match = FilterField::Match::Contains;
        for (int i = 0; i < fields.size(); ++i) {
            if (term.free ? fields.at(i).freeText == FilterField::FreeText::Searched : fields.at(i).name == source.field) {
                term.fields.append(i);
                if (!term.free)
                    match = fields.at(i).match;
            }
        }
        if (source.kind == FilterTerm::Kind::Regex) {
            term.regex = expression(source.text);
            term.regex.optimize();
        } else {
            for (const QString &value : valuesOf(source)) {
                if (match == FilterField::Match::Word) {
                    term.words.append(value);
                } else if (match == FilterField::Match::Number) {
                    if (const auto bounds = range(value))
                        term.ranges.append({bounds->first, bounds->second});
                    else
                        term.texts.emplace_back(value, Qt::CaseInsensitive); // `size:unknown`
                } else {
                    term.texts.emplace_back(value, Qt::CaseInsensitive);
                    if (term.free)
                        term.folded.emplace_back(value.toCaseFolded(), Qt::CaseSensitive);
                }
            }
        }
        m_terms.push_back(std::move(term));
    }
}

bool FilterMatcher::hit(const Term &term, const QString &text)
{
    if (term.kind == FilterTerm::Kind::Regex)
        return term.regex.isValid() && term.regex.match(text).hasMatch();
    for (const QString &word : term.words)
        if (hasWord(text, word))
            return true;
    if (!term.ranges.isEmpty()) {
        bool ok = false;
        const double value = text.toDouble(&ok);
        if (!ok)
            return false;
        for (const Range &bounds : term.ranges)
            if (value >= bounds.from && value <= bounds.to)
                return true;
        return false;
    }
    for (const QStringMatcher &matcher : term.texts)
        if (matcher.indexIn(text) >= 0)
            return true;
    return false;
}

QList<std::pair<qsizetype, qsizetype>> FilterMatcher::spans(const QString &text, int field) const
{
    QList<std::pair<qsizetype, qsizetype>> found;
    for (const Term &term : m_terms) {
        if (term.negated || !term.fields.contains(field))
            continue;
        if (term.kind == FilterTerm::Kind::Regex) {
            if (!term.regex.isValid())
                continue;
            for (auto it = term.regex.globalMatch(text); it.hasNext();) {
                const QRegularExpressionMatch match = it.next();
                if (match.capturedLength() > 0)
                    found.append({match.capturedStart(), match.capturedLength()});
            }
            continue;
        }
        for (const QStringMatcher &matcher : term.texts)
            for (qsizetype at = matcher.indexIn(text); at >= 0; at = matcher.indexIn(text, at + matcher.pattern().size()))
                found.append({at, matcher.pattern().size()});
        for (const QString &word : term.words)
            if (const qsizetype at = text.indexOf(word, 0, Qt::CaseInsensitive); at >= 0)
                found.append({at, word.size()});
    }
    std::sort(found.begin(), found.end());
    QList<std::pair<qsizetype, qsizetype>> merged;
    for (const auto &span : std::as_const(found)) {
        if (!merged.isEmpty() && span.first <= merged.last().first + merged.last().second)
            merged.last().second = qMax(merged.last().second, span.first + span.second - merged.last().first);
        else
            merged.append(span);
    }
    return merged;
}

} // namespace ui
