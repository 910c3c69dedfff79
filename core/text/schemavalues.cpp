// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/schemachecker.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

// What a JSON Schema asks of lists, texts and numbers.

namespace core::text {

using Kind = TreeNode::Kind;

bool SchemaChecker::applyToList(Keyword keyword, int schema, int rule, int value, Out *out, int depth)
{
    const TreeNode &node = m_tree.at(value);
    const TreeNode &rules = m_rules.at(rule);
    const auto from = [&](std::size_t first, int with) {
        bool good = true;
        for (std::size_t i = first; i < node.children.size() && (good || out) && spend(1); ++i)
            good = eval(with, node.children[i], out, depth + 1) && good;
        return good;
    };
    const auto eachOf = [&](const TreeNode &list) {
        bool good = true;
        for (std::size_t i = 0; i < std::min(list.children.size(), node.children.size()) && (good || out) && spend(1); ++i)
            good = eval(list.children[i], node.children[i], out, depth + 1) && good;
        return good;
    };
    switch (keyword) {
    case Keyword::Items: {
        if (rules.kind == Kind::List)
            return eachOf(rules);
        const int prefix = m_schema.find(schema, "prefixItems");
        return from(prefix >= 0 ? m_rules.at(prefix).children.size() : 0, rule);
    }
    case Keyword::PrefixItems:
        return eachOf(rules);
    case Keyword::AdditionalItems: {
        const int items = m_schema.find(schema, "items");
        return items < 0 || m_rules.at(items).kind != Kind::List || from(m_rules.at(items).children.size(), rule);
    }
    case Keyword::Contains:
        return contains(schema, rule, value, out, depth);
    case Keyword::UniqueItems:
        return rules.text != "true" || unique(value, out);
    case Keyword::MinItems:
        return double(node.children.size()) >= size(rule) || say(out, node.place(), u"has fewer than %1 entries"_s.arg(number(rule)));
    case Keyword::MaxItems:
        return double(node.children.size()) <= size(rule) || say(out, node.place(), u"has more than %1 entries"_s.arg(number(rule)));
    default:
        return true;
    }
}

bool SchemaChecker::contains(int schema, int rule, int value, Out *out, int depth)
{
    const int least = m_schema.find(schema, "minContains"), most = m_schema.find(schema, "maxContains");
    double found = 0, possible = 0;
    for (const int one : m_tree.at(value).children) {
        if (!spend(1))
            return true;
        const Fit entry = fit(rule, one, depth + 1);
        found += entry == Fit::Yes;
        possible += entry == Fit::Maybe;
    }
    if (stopped())
        return true;
    m_unsure = m_unsure || possible > 0;
    if (found + possible < (least >= 0 ? size(least) : 1))
        return say(out, m_tree.at(value).place(), u"lacks an entry the schema asks for"_s);
    return most < 0 || found <= size(most) || say(out, m_tree.at(value).place(), u"has too many entries of one kind"_s);
}

bool SchemaChecker::unique(int value, Out *out)
{
    QSet<QByteArray> seen;
    bool good = true;
    for (const int one : m_tree.at(value).children) {
        const QByteArray spelled = m_tree.canonical(one, MaxCanonical);
        if (!spend(1 + spelled.size() / 32))
            return true;
        // Of something longer only the beginning was looked at.
        if (spelled.size() >= MaxCanonical || m_tree.at(one).kind == Kind::Unknown)
            continue;
        if (!seen.contains(spelled)) {
            seen.insert(spelled);
            continue;
        }
        good = say(out, m_tree.at(one).begin, u"the same entry stands in the list before"_s);
        if (!out)
            break;
    }
    return good;
}

bool SchemaChecker::applyToScalar(Keyword keyword, int schema, int rule, int value, Out *out)
{
    const TreeNode &node = m_tree.at(value);
    if (node.kind == Kind::Number)
        return bound(keyword, schema, rule, value, out);
    if (node.kind != Kind::String)
        return true;
    const auto length = [&node] {
        return double(std::count_if(node.text.begin(), node.text.end(), [](char c) { return (uchar(c) & 0xC0) != 0x80; }));
    };
    switch (keyword) {
    case Keyword::MinLength:
        spend(node.text.size() / 256);
        return length() >= size(rule) || say(out, node.begin, u"has fewer than %1 characters"_s.arg(number(rule)));
    case Keyword::MaxLength:
        spend(node.text.size() / 256);
        return length() <= size(rule) || say(out, node.begin, u"has more than %1 characters"_s.arg(number(rule)));
    case Keyword::Pattern:
        return matchesKey(m_rules.at(rule).text, node.text) ||
            say(out, node.begin, u"does not match the pattern %1"_s.arg(shownKey(m_rules.at(rule).text)));
    default:
        return true;
    }
}

bool SchemaChecker::bound(Keyword keyword, int schema, int rule, int value, Out *out)
{
    const auto found = m_tree.number(value);
    const auto limit = m_rules.number(rule);
    if (!found || !limit || std::isnan(*found))
        return true;
    // Draft 4: an exclusive bound is a word beside the bound.
    const auto isExclusive = [&](const char *name) {
        const int beside = m_schema.find(schema, name);
        return beside >= 0 && m_rules.at(beside).kind == Kind::Bool && m_rules.at(beside).text == "true";
    };
    const qsizetype at = m_tree.at(value).begin;
    switch (keyword) {
    case Keyword::Minimum:
        if (isExclusive("exclusiveMinimum"))
            return *found > *limit || say(out, at, u"must be greater than %1"_s.arg(number(rule)));
        return *found >= *limit || say(out, at, u"must be at least %1"_s.arg(number(rule)));
    case Keyword::Maximum:
        if (isExclusive("exclusiveMaximum"))
            return *found < *limit || say(out, at, u"must be less than %1"_s.arg(number(rule)));
        return *found <= *limit || say(out, at, u"must be at most %1"_s.arg(number(rule)));
    case Keyword::ExclusiveMinimum:
        return *found > *limit || say(out, at, u"must be greater than %1"_s.arg(number(rule)));
    case Keyword::ExclusiveMaximum:
        return *found < *limit || say(out, at, u"must be less than %1"_s.arg(number(rule)));
    case Keyword::MultipleOf: {
        const double times = *found / *limit;
        return !std::isfinite(times) || std::abs(times - std::round(times)) <= 1e-9 * std::max(1.0, std::abs(times)) ||
            say(out, at, u"must be a multiple of %1"_s.arg(number(rule)));
    }
    default:
        return true;
    }
}

} // namespace core::text
