// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/schemachecker.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

// A content held against a JSON Schema.

namespace core::text {

using Kind = TreeNode::Kind;

namespace {

/// Evaluations of one content: a second or two at the most.
constexpr qint64 MostSteps = 2'000'000;
/// A schema within a schema within a value …: every content that is nested as deep as the walkers allow, and no endless reference.
constexpr int MostNested = 1500;

QString typeWords(const QByteArray &type)
{
    if (type == "string")
        return u"a text"_s;
    if (type == "number")
        return u"a number"_s;
    if (type == "integer")
        return u"a whole number"_s;
    if (type == "boolean")
        return u"true or false"_s;
    if (type == "object")
        return u"a map"_s;
    return type == "array" ? u"a list"_s : u"null"_s;
}

QString kindWords(Kind kind)
{
    switch (kind) {
    case Kind::Bool:
        return u"true or false"_s;
    case Kind::Number:
        return u"a number"_s;
    case Kind::String:
        return u"a text"_s;
    case Kind::Map:
        return u"a map"_s;
    case Kind::List:
        return u"a list"_s;
    case Kind::Null:
    case Kind::Unknown:
        break;
    }
    return u"null"_s;
}

} // namespace

bool SchemaChecker::spend(qint64 steps)
{
    m_steps += steps;
    if (m_steps > MostSteps)
        giveUp(u"the check was given up: it takes too long"_s);
    if (m_steps - m_askedAt > 1000) {
        m_askedAt = m_steps;
        if (m_deadline.hasExpired())
            giveUp(u"the check was given up: it takes too long"_s);
    }
    return !stopped();
}

QList<Problem> SchemaChecker::run()
{
    Out out;
    for (const int root : m_tree.roots()) {
        const TreeNode &value = m_tree.at(root);
        // Nothing there yet.
        if (value.kind == Kind::Null && value.text.isEmpty())
            continue;
        eval(m_schema.root, root, &out, 0);
    }
    std::stable_sort(out.begin(), out.end(), [](const Found &a, const Found &b) { return a.offset < b.offset; });
    QList<Problem> problems;
    qsizetype last = -1;
    QSet<QString> here;
    for (const Found &found : out) {
        if (found.offset != last)
            here.clear();
        last = found.offset;
        if (here.contains(found.message))
            continue;
        here.insert(found.message);
        const Source::Position place = m_source.position(found.offset);
        if (problems.size() == MaxProblems - 1) {
            problems.append({Problem::Severity::Hint, place.line, place.column, u"schema: more problems follow; they are not listed"_s});
            break;
        }
        problems.append({found.severity, place.line, place.column, u"schema: "_s + found.message});
    }
    if (stopped())
        problems.append({Problem::Severity::Hint, 1, 1, u"schema: "_s + m_gaveUp});
    else if (!m_slow.isEmpty())
        problems.append({Problem::Severity::Hint, 1, 1, u"schema: a pattern takes too long; it is not checked"_s});
    while (problems.size() > MaxProblems)
        problems.removeFirst();
    return problems;
}

bool SchemaChecker::eval(int schema, int value, Out *out, int depth)
{
    const TreeNode &rules = m_rules.at(schema);
    if (!spend(1 + qint64(rules.children.size()) / 4))
        return true;
    if (depth > MostNested) {
        giveUp(u"the check was given up: the schema refers to itself without end"_s);
        return true;
    }
    const TreeNode &node = m_tree.at(value);
    if (rules.kind == Kind::Bool) {
        if (rules.text == "true")
            return true;
        if (node.keyBegin >= 0)
            return say(out, node.keyBegin, u"the key \"%1\" may not stand here"_s.arg(shownKey(node.key)));
        return say(out, node.begin, u"nothing may stand here"_s);
    }
    if (node.kind == Kind::Unknown)
        return true;
    bool good = true;
    for (const int rule : rules.children) {
        const Keyword keyword = m_schema.keywords[std::size_t(rule)];
        if (keyword == Keyword::None || apply(keyword, schema, rule, value, out, depth))
            continue;
        good = false;
        if (!out || stopped())
            break;
    }
    return good;
}

SchemaChecker::Fit SchemaChecker::fit(int schema, int value, int depth)
{
    const bool before = std::exchange(m_unsure, false);
    const bool good = eval(schema, value, nullptr, depth);
    const bool unsure = std::exchange(m_unsure, before);
    // What does not fit does not, whatever the rest is.
    return !good ? Fit::No : unsure ? Fit::Maybe : Fit::Yes;
}

bool SchemaChecker::apply(Keyword keyword, int schema, int rule, int value, Out *out, int depth)
{
    const TreeNode &node = m_tree.at(value);
    switch (keyword) {
    case Keyword::None:
        return true;
    case Keyword::Ref: {
        const int target = m_schema.references.value(rule, -1);
        m_unsure = m_unsure || target < 0;
        return target < 0 || eval(target, value, out, depth + 1);
    }
    case Keyword::AllOf: {
        bool good = true;
        for (const int one : m_rules.at(rule).children)
            good = eval(one, value, out, depth + 1) && good;
        return good;
    }
    case Keyword::AnyOf:
    case Keyword::OneOf:
        return alternatives(keyword, rule, value, out, depth);
    case Keyword::Not:
        switch (fit(rule, value, depth + 1)) {
        case Fit::Yes:
            return stopped() || say(out, node.place(), u"is what the schema rules out"_s);
        case Fit::Maybe:
            m_unsure = true;
            break;
        case Fit::No:
            break;
        }
        return true;
    case Keyword::If: {
        const Fit found = fit(rule, value, depth + 1);
        if (found == Fit::Maybe) {
            m_unsure = true;
            return true;
        }
        const int then = m_schema.find(schema, found == Fit::Yes ? "then" : "else");
        return then < 0 || stopped() || eval(then, value, out, depth + 1);
    }
    case Keyword::Type:
        if (typed(rule, value))
            return true;
        if (m_rules.at(rule).kind == Kind::List && m_rules.at(rule).children.size() != 1)
            return say(out, node.place(), u"expected one of the types %1, found %2"_s.arg(wordsOf(rule), kindWords(node.kind)));
        return say(
            out, node.place(),
            u"expected %1, found %2"_s.arg(typeWords(m_rules.at(m_rules.at(rule).kind == Kind::List ? m_rules.item(rule, 0) : rule).text),
                                           kindWords(node.kind)));
    case Keyword::Enum:
    case Keyword::Const:
        return listed(rule, value) || say(out, node.place(), u"must be one of: %1"_s.arg(wordsOf(rule)));
    case Keyword::Deprecated:
        if (m_rules.at(rule).text == "true" && out)
            say(out, node.place(), node.key.isEmpty() ? u"is deprecated"_s : u"the key \"%1\" is deprecated"_s.arg(shownKey(node.key)),
                Problem::Severity::Hint);
        return true;
    default:
        break;
    }
    switch (node.kind) {
    case Kind::Map:
        return applyToMap(keyword, schema, rule, value, out, depth);
    case Kind::List:
        return applyToList(keyword, schema, rule, value, out, depth);
    default:
        return applyToScalar(keyword, schema, rule, value, out);
    }
}

bool SchemaChecker::isOf(const QByteArray &type, int value) const
{
    switch (m_tree.at(value).kind) {
    case Kind::Null:
        return type == "null" || type == "any";
    case Kind::Bool:
        return type == "boolean" || type == "any";
    case Kind::Number:
        return type == "number" || type == "any" || (type == "integer" && m_tree.isInteger(value));
    case Kind::String:
        return type == "string" || type == "any";
    case Kind::Map:
        return type == "object" || type == "any";
    case Kind::List:
        return type == "array" || type == "any";
    case Kind::Unknown:
        break;
    }
    return true;
}

bool SchemaChecker::typed(int rule, int value) const
{
    const TreeNode &types = m_rules.at(rule);
    if (types.kind != Kind::List)
        return isOf(types.text, value);
    return std::any_of(types.children.begin(), types.children.end(), [&](int one) { return isOf(m_rules.at(one).text, value); });
}

/// Whether the value is at least of the type an alternative is about.
bool SchemaChecker::admits(int schema, int value, int depth) const
{
    if (m_schema.isFalse(schema))
        return false;
    if (const int type = m_schema.find(schema, "type"); type >= 0)
        return typed(type, value);
    const int reference = m_schema.find(schema, "$ref");
    const int target = reference >= 0 ? m_schema.references.value(reference, -1) : -1;
    return target < 0 || depth > 8 || admits(target, value, depth + 1);
}

bool SchemaChecker::alternatives(Keyword keyword, int rule, int value, Out *out, int depth)
{
    const auto &all = m_rules.at(rule).children;
    int matching = 0, possible = 0;
    for (const int one : all) {
        const Fit found = fit(one, value, depth + 1);
        possible += found == Fit::Maybe;
        if (found == Fit::Yes && ++matching >= (keyword == Keyword::AnyOf ? 1 : 2))
            break;
    }
    const bool settled = matching > (keyword == Keyword::AnyOf ? 0 : 1);
    m_unsure = m_unsure || (possible > 0 && !settled);
    if (matching == 1 || stopped() || all.empty() || (matching == 0 && possible > 0))
        return true;
    const qsizetype place = m_tree.at(value).place();
    if (matching > 1)
        return say(out, place, u"matches more than one of %1 alternatives"_s.arg(all.size()));
    if (!out)
        return false;
    std::vector<int> near;
    std::copy_if(all.begin(), all.end(), std::back_inserter(near), [&](int one) { return admits(one, value, 0); });
    // What is wrong with the only one it can be about says more.
    if (near.size() == 1)
        return eval(near.front(), value, out, depth + 1);
    return say(out, place, u"matches none of %1 alternatives"_s.arg(all.size()));
}

bool SchemaChecker::listed(int rule, int value)
{
    const QByteArray spelled = m_tree.canonical(value, MaxCanonical);
    const auto values = m_schema.values.constFind(rule);
    spend(1 + spelled.size() / 32);
    if (values == m_schema.values.cend())
        return true;
    spend(values->size() / 8);
    // Of something longer only the beginning is compared.
    return values->contains(spelled);
}

QString SchemaChecker::wordsOf(int rule) const
{
    const TreeNode &node = m_rules.at(rule);
    QStringList words;
    const auto add = [&](int one) {
        const TreeNode &value = m_rules.at(one);
        words.append(value.isCollection() ? u"…"_s : value.kind == Kind::String && value.text.isEmpty() ? u"\"\""_s : shownKey(value.text));
    };
    if (node.kind != Kind::List) {
        add(rule);
    } else {
        for (const int one : node.children) {
            if (words.size() == 12) {
                words.append(u"…"_s);
                break;
            }
            add(one);
        }
    }
    return words.join(u", "_s);
}

bool SchemaChecker::matchesKey(const QByteArray &pattern, const QByteArray &text)
{
    const auto found = m_schema.patterns.constFind(pattern);
    spend(20 + text.size() / 16);
    if (found == m_schema.patterns.cend() || m_slow.contains(pattern) || stopped() || text.size() > MaxPatternText)
        return true;
    const auto match = hasMatch(*found, text);
    if (m_deadline.hasExpired())
        giveUp(u"the check was given up: it takes too long"_s);
    if (!match)
        m_slow.insert(pattern);
    return match.value_or(true);
}

bool SchemaChecker::applyToMap(Keyword keyword, int schema, int rule, int value, Out *out, int depth)
{
    const TreeNode &node = m_tree.at(value);
    bool good = true;
    const auto eachMember = [&](auto &&judge) {
        for (const int member : node.children) {
            if (!good && !out)
                break;
            if (!spend(1))
                break;
            if (!isMergeKey(member) && !judge(member))
                good = false;
        }
        return good;
    };
    switch (keyword) {
    case Keyword::Properties:
        return eachMember([&](int member) {
            const int known = m_rules.member(rule, m_tree.at(member).key);
            return known < 0 || eval(known, member, out, depth + 1);
        });
    case Keyword::PatternProperties:
        return eachMember([&](int member) {
            bool fine = true;
            for (const int one : m_rules.at(rule).children) {
                const QByteArray &pattern = m_rules.at(one).key;
                // One that cannot be asked says nothing of any key.
                if (m_schema.patterns.contains(pattern) && matchesKey(pattern, m_tree.at(member).key) && !m_slow.contains(pattern))
                    fine = eval(one, member, out, depth + 1) && fine;
            }
            return fine;
        });
    case Keyword::AdditionalProperties: {
        const int properties = m_schema.find(schema, "properties"), patterns = m_schema.find(schema, "patternProperties");
        return eachMember([&](int member) {
            const QByteArray &key = m_tree.at(member).key;
            if (properties >= 0 && m_rules.member(properties, key) >= 0)
                return true;
            const QList<QByteArray> known = patterns >= 0 ? m_schema.patternKeys.value(patterns) : QList<QByteArray>();
            if (std::any_of(known.begin(), known.end(), [&](const QByteArray &pattern) { return matchesKey(pattern, key); }))
                return true;
            if (!m_schema.isFalse(rule))
                return eval(rule, member, out, depth + 1);
            return say(out, m_tree.at(member).keyBegin, u"the schema knows no key \"%1\" here"_s.arg(shownKey(key)));
        });
    }
    case Keyword::PropertyNames:
        return eachMember([&](int member) {
            const QByteArray &key = m_tree.at(member).key;
            return fitsName(rule, key, 0) ||
                say(out, m_tree.at(member).keyBegin, u"a key may not be called \"%1\" here"_s.arg(shownKey(key)));
        });
    case Keyword::Required:
        if (node.merged)
            return true;
        for (const int one : m_rules.at(rule).children) {
            if (!spend(1))
                return true;
            if (m_tree.member(value, m_rules.at(one).text) >= 0)
                continue;
            good = say(out, node.place(), u"the key \"%1\" is missing"_s.arg(shownKey(m_rules.at(one).text)));
            if (!out)
                break;
        }
        return good;
    case Keyword::Dependencies:
    case Keyword::DependentRequired:
    case Keyword::DependentSchemas:
        return dependencies(rule, value, out, depth);
    case Keyword::MinProperties:
        return node.merged || double(node.children.size()) >= size(rule) ||
            say(out, node.place(), u"has fewer than %1 keys"_s.arg(number(rule)));
    case Keyword::MaxProperties:
        return double(node.children.size()) <= size(rule) || say(out, node.place(), u"has more than %1 keys"_s.arg(number(rule)));
    default:
        return true;
    }
}

/// A name is a text by itself.
bool SchemaChecker::fitsName(int schema, const QByteArray &name, int depth)
{
    constexpr int deepest = 20;
    if (m_schema.isFalse(schema))
        return false;
    const qint64 length = std::count_if(name.begin(), name.end(), [](char c) { return (uchar(c) & 0xC0) != 0x80; });
    const auto isName = [&](int word) { return m_rules.at(word).kind == Kind::String && m_rules.at(word).text == name; };
    for (const int rule : m_rules.at(schema).children) {
        const TreeNode &wanted = m_rules.at(rule);
        const auto &parts = wanted.children;
        const auto fitsPart = [&](int part) { return fitsName(part, name, depth + 1); };
        if (!spend(1 + qint64(parts.size()) / 8) || depth > deepest)
            return true;
        bool fine = true;
        switch (m_schema.keywords[std::size_t(rule)]) {
        case Keyword::Pattern:
            fine = matchesKey(wanted.text, name);
            break;
        case Keyword::MinLength:
            fine = double(length) >= size(rule);
            break;
        case Keyword::MaxLength:
            fine = double(length) <= size(rule);
            break;
        case Keyword::Enum:
            fine = std::any_of(parts.begin(), parts.end(), isName);
            break;
        case Keyword::Const:
            fine = isName(rule);
            break;
        case Keyword::AllOf:
            fine = std::all_of(parts.begin(), parts.end(), fitsPart);
            break;
        case Keyword::AnyOf:
            fine = parts.empty() || std::any_of(parts.begin(), parts.end(), fitsPart);
            break;
        case Keyword::Ref: {
            const int target = m_schema.references.value(rule, -1);
            fine = target < 0 || fitsPart(target);
            break;
        }
        default:
            break;
        }
        if (!fine)
            return false;
    }
    return true;
}

bool SchemaChecker::dependencies(int rule, int value, Out *out, int depth)
{
    bool good = true;
    for (const int one : m_rules.at(rule).children) {
        const QByteArray &key = m_rules.at(one).key;
        const int there = m_tree.member(value, key);
        if (!spend(1))
            return true;
        if (there < 0)
            continue;
        if (m_rules.at(one).kind != Kind::List) {
            good = eval(one, value, out, depth + 1) && good;
            continue;
        }
        for (const int needed : m_rules.at(one).children) {
            const QByteArray &name = m_rules.at(needed).text;
            if (spend(1) && m_tree.member(value, name) < 0 && !m_tree.at(value).merged)
                good = say(out, m_tree.at(there).keyBegin,
                           u"the key \"%1\" needs the key \"%2\" beside it"_s.arg(shownKey(key), shownKey(name)));
        }
    }
    return good;
}

QList<Problem> JsonSchema::check(Format format, const QByteArray &content) const
{
    if (format != Format::Json && format != Format::Yaml && format != Format::Toml)
        return {};
    const Source source(content);
    const ValueTree::Read read = ValueTree::read(format, source, ValueTree::Mistakes::Pass);
    if (read.tooLarge)
        return {{Problem::Severity::Hint, 1, 1, u"schema: the content is too large to be checked"_s}};
    if (!read.tree)
        return {};
    return SchemaChecker(*m_data, *read.tree, source).run();
}

} // namespace core::text
