// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/schemacaret.h"
#include "core/text/schemadata.h"

#include <algorithm>

using namespace Qt::StringLiterals;

// What a JSON Schema says of a place in a content.

namespace core::text {

using Kind = TreeNode::Kind;
using At = SchemaCaret::At;

/// The schemas that are about one place. Which of several alternatives it will be is not asked: all of them may be meant.
class SchemaView {
public:
    explicit SchemaView(const JsonSchema::Data &schema)
        : m_schema(schema)
        , m_tree(schema.tree)
    {
    }
    QList<int> at(const QList<SchemaCaret::Step> &path) const
    {
        QList<int> found = expanded({m_schema.root});
        for (const SchemaCaret::Step &step : path)
            found = next(found, step);
        return found;
    }
    QList<int> next(const QList<int> &schemas, const SchemaCaret::Step &step) const
    {
        QList<int> found;
        for (const int schema : schemas)
            step.index >= 0 ? entry(schema, step.index, found) : member(schema, step.key, found);
        return expanded(found);
    }
    JsonSchema::Hint hint(const QList<int> &schemas) const;
    QList<int> values(const QList<int> &schemas) const;
    /// What is said of the names of keys there.
    QList<int> names(const QList<int> &schemas) const;
    QStringList types(const QList<int> &schemas) const;
    bool wants(const QList<int> &schemas, const QByteArray &key) const;
    QString text(int schema, const char *keyword) const
    {
        const int node = m_schema.find(schema, keyword);
        return node >= 0 && m_tree.at(node).kind == Kind::String ? QString::fromUtf8(m_tree.at(node).text).left(MostText) : QString();
    }

    static constexpr qsizetype MostText = 2000;

private:
    static constexpr qsizetype MostSchemas = 200;

    QList<int> expanded(const QList<int> &from) const;
    void member(int schema, const QByteArray &key, QList<int> &found) const;
    void entry(int schema, qsizetype index, QList<int> &found) const;

    const JsonSchema::Data &m_schema;
    const ValueTree &m_tree;
};

QList<int> SchemaView::expanded(const QList<int> &from) const
{
    QList<int> found;
    QSet<int> seen;
    QList<int> open = from;
    std::reverse(open.begin(), open.end());
    while (!open.isEmpty() && found.size() < MostSchemas) {
        const int schema = open.takeLast();
        if (seen.contains(schema) || m_tree.at(schema).kind != Kind::Map)
            continue;
        seen.insert(schema);
        found.append(schema);
        QList<int> more;
        for (const int rule : m_tree.at(schema).children) {
            const QByteArray &key = m_tree.at(rule).key;
            switch (m_schema.keywords[std::size_t(rule)]) {
            case Keyword::Ref:
                if (const int target = m_schema.references.value(rule, -1); target >= 0)
                    more.append(target);
                break;
            case Keyword::AllOf:
            case Keyword::AnyOf:
            case Keyword::OneOf:
                for (const int one : m_tree.at(rule).children)
                    more.append(one);
                break;
            default:
                if (key == "then" || key == "else")
                    more.append(rule);
                break;
            }
            if (more.size() > MostSchemas)
                break;
        }
        std::reverse(more.begin(), more.end());
        open.append(more);
    }
    return found;
}

void SchemaView::member(int schema, const QByteArray &key, QList<int> &found) const
{
    const int properties = m_schema.find(schema, "properties");
    const int known = properties >= 0 ? m_tree.member(properties, key) : -1;
    if (known >= 0)
        found.append(known);
    bool matched = known >= 0;
    const int patterns = m_schema.find(schema, "patternProperties");
    qsizetype asked = 0;
    for (const int one : patterns >= 0 && key.size() <= MaxPatternText ? m_tree.at(patterns).children : std::vector<int>()) {
        const auto pattern = m_schema.patterns.constFind(m_tree.at(one).key);
        if (pattern == m_schema.patterns.cend() || ++asked > 50 || !hasMatch(*pattern, key).value_or(false))
            continue;
        found.append(one);
        matched = true;
    }
    const int others = m_schema.find(schema, "additionalProperties");
    if (!matched && others >= 0)
        found.append(others);
}

void SchemaView::entry(int schema, qsizetype index, QList<int> &found) const
{
    const int items = m_schema.find(schema, "items"), prefix = m_schema.find(schema, "prefixItems");
    const bool tuple = items >= 0 && m_tree.at(items).kind == Kind::List;
    if (const int list = tuple ? items : prefix; list >= 0) {
        if (const int one = m_tree.item(list, index); one >= 0)
            return found.append(one);
    }
    const int rest = tuple ? m_schema.find(schema, "additionalItems") : items;
    if (rest >= 0)
        found.append(rest);
}

QList<int> SchemaView::values(const QList<int> &schemas) const
{
    QList<int> found;
    for (const int schema : schemas) {
        if (const int list = m_schema.find(schema, "enum"); list >= 0 && m_tree.at(list).kind == Kind::List) {
            for (const int one : m_tree.at(list).children) {
                if (found.size() < MostSchemas)
                    found.append(one);
            }
        }
        if (const int one = m_schema.find(schema, "const"); one >= 0)
            found.append(one);
    }
    return found;
}

QList<int> SchemaView::names(const QList<int> &schemas) const
{
    QList<int> found;
    for (const int schema : schemas)
        if (const int names = m_schema.find(schema, "propertyNames"); names >= 0)
            found.append(names);
    return expanded(found);
}

QStringList SchemaView::types(const QList<int> &schemas) const
{
    QStringList found;
    const auto add = [&](int node) {
        const QString type = QString::fromUtf8(m_tree.at(node).text);
        if (!found.contains(type))
            found.append(type);
    };
    for (const int schema : schemas) {
        const int type = m_schema.find(schema, "type");
        if (type < 0)
            continue;
        if (m_tree.at(type).kind == Kind::List)
            std::for_each(m_tree.at(type).children.begin(), m_tree.at(type).children.end(), add);
        else
            add(type);
    }
    return found;
}

bool SchemaView::wants(const QList<int> &schemas, const QByteArray &key) const
{
    return std::any_of(schemas.begin(), schemas.end(), [&](int schema) {
        const int words = m_schema.find(schema, "required");
        if (words < 0 || m_schema.keywords[std::size_t(words)] != Keyword::Required)
            return false;
        const auto &children = m_tree.at(words).children;
        return std::any_of(children.begin(), children.end(), [&](int one) { return m_tree.at(one).text == key; });
    });
}

JsonSchema::Hint SchemaView::hint(const QList<int> &schemas) const
{
    JsonSchema::Hint hint;
    for (const int schema : schemas) {
        if (hint.title.isEmpty())
            hint.title = text(schema, "title").simplified();
        if (hint.description.isEmpty())
            hint.description = text(schema, "description").trimmed();
        if (const int node = m_schema.find(schema, "default"); hint.standard.isEmpty() && node >= 0 && !m_tree.at(node).isCollection())
            hint.standard = shownKey(m_tree.at(node).text);
        if (const int node = m_schema.find(schema, "deprecated"); node >= 0)
            hint.deprecated = hint.deprecated || m_tree.at(node).text == "true";
    }
    hint.types = types(schemas);
    for (const int value : values(schemas)) {
        if (hint.values.size() < 30 && !m_tree.at(value).isCollection())
            hint.values.append(shownKey(m_tree.at(value).text));
    }
    return hint;
}

namespace {

qsizetype offsetOf(const Source &source, int line, int column)
{
    const int last = source.lineCount();
    line = std::clamp(line, 1, last);
    qsizetype at = source.lineStart(line);
    const qsizetype end = at + source.lineText(line).size();
    for (int left = column - 1; left > 0 && at < end; --left) {
        ++at;
        while (at < end && (uchar(source.at(at)) & 0xC0) == 0x80)
            ++at;
    }
    return at;
}

QByteArray quoted(const QByteArray &text)
{
    QByteArray out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            out += '\\';
        if (c == '\n')
            out += "\\n";
        else if (c == '\t')
            out += "\\t";
        else if (uchar(c) < 0x20 || c == 0x7F)
            out += "\\u00" + QByteArray::number(uchar(c), 16).rightJustified(2, '0');
        else
            out += c;
    }
    return out + '"';
}

/// A text that YAML takes for what it is without quotes.
bool isPlain(const QByteArray &text)
{
    static const QList<QByteArray> words{"true", "false", "null", "yes", "no", "on", "off", "y", "n"};
    if (text.isEmpty() || words.contains(text.toLower()) || text.endsWith(' ') || text.endsWith(':'))
        return false;
    if (!isLetter(text.front()) && uchar(text.front()) < 0x80 && text.front() != '_' && text.front() != '/')
        return false;
    return std::none_of(text.begin(), text.end(), [](char c) { return uchar(c) < 0x20 || c == 0x7F; }) && !text.contains(": ") &&
        !text.contains(" #");
}

QByteArray spelled(Format format, const QByteArray &text)
{
    return format == Format::Yaml && isPlain(text) ? text : quoted(text);
}

} // namespace

namespace {

/// By the values there are: the key that stands nearest in front of the place, in its line.
SchemaCaret findTomlCaret(const Source &source, qsizetype offset)
{
    const ValueTree::Read read = ValueTree::read(Format::Toml, source, ValueTree::Mistakes::Refuse);
    if (!read.tree)
        return {};
    const ValueTree &tree = *read.tree;
    int found = -1;
    for (int node = 0; node < tree.count(); ++node) {
        const qsizetype begin = tree.at(node).keyBegin;
        if (begin >= 0 && begin <= offset && (found < 0 || begin > tree.at(found).keyBegin))
            found = node;
    }
    if (found < 0 || source.line(tree.at(found).keyBegin) != source.line(offset))
        return {};
    SchemaCaret caret;
    caret.at = At::Value;
    caret.key = tree.at(found).key;
    for (int node = tree.at(found).parent; tree.at(node).parent >= 0; node = tree.at(node).parent) {
        const TreeNode &parent = tree.at(tree.at(node).parent);
        if (parent.kind == Kind::Map)
            caret.path.prepend({tree.at(node).key, -1});
        else
            caret.path.prepend({{}, std::find(parent.children.begin(), parent.children.end(), node) - parent.children.begin()});
    }
    return caret;
}

} // namespace

std::optional<JsonSchema::Hint> JsonSchema::describe(Format format, const QByteArray &content, int line, int column) const
{
    if (format != Format::Json && format != Format::Yaml && format != Format::Toml)
        return {};
    const Source source(content);
    const qsizetype offset = offsetOf(source, line, column);
    const SchemaCaret caret = format == Format::Toml ? findTomlCaret(source, offset) : findCaret(format, source, offset, CaretUse::Look);
    if (caret.at == At::Nothing)
        return {};
    const SchemaView view(*m_data);
    QList<int> schemas = view.at(caret.path);
    const bool ofKey = caret.at == At::Key || caret.at == At::Value;
    const bool required = ofKey && view.wants(schemas, caret.key);
    const JsonSchema::Hint ofName = ofKey ? view.hint(view.names(schemas)) : Hint();
    if (ofKey)
        schemas = view.next(schemas, {caret.key, -1});
    Hint hint = view.hint(schemas);
    if (ofKey)
        hint.key = shownKey(caret.key);
    // Where keys are called what one likes, what is said of the names is all there is.
    if (hint.title.isEmpty() && hint.description.isEmpty()) {
        hint.title = ofName.title;
        hint.description = ofName.description;
    }
    hint.required = required;
    const bool names = ofKey && caret.path.isEmpty() && caret.key == "$schema";
    const bool says = !hint.title.isEmpty() || !hint.description.isEmpty() || !hint.types.isEmpty() || !hint.values.isEmpty() ||
        !hint.standard.isEmpty() || hint.required || hint.deprecated;
    return says || names ? std::optional(hint) : std::nullopt;
}

JsonSchema::Proposals JsonSchema::proposals(Format format, const QByteArray &content, int line, int column) const
{
    if (format != Format::Json && format != Format::Yaml)
        return {};
    const Source source(content);
    const SchemaCaret caret = findCaret(format, source, offsetOf(source, line, column), CaretUse::Write);
    if (caret.at == At::Nothing || (caret.at == At::Value && !caret.simple))
        return {};
    // JSON in a YAML content is spelled as JSON.
    const qsizetype first = source.body().trimmed().isEmpty() ? 0 : source.body().indexOf(source.body().trimmed().front());
    const Format spelling = source.peek(first) == '{' || source.peek(first) == '[' ? Format::Json : format;
    Proposals result{caret.begin, caret.end, caret.typed, {}};
    const SchemaView view(*m_data);
    const ValueTree &tree = m_data->tree;
    const QList<int> around = view.at(caret.path);
    const QString typed = QString::fromUtf8(caret.typed);
    constexpr qsizetype most = 500;
    QSet<QByteArray> taken;
    const auto add = [&](Proposal &&proposal, const QByteArray &name) {
        if (taken.contains(name) || result.list.size() >= most || !proposal.name.startsWith(typed, Qt::CaseInsensitive))
            return;
        taken.insert(name);
        result.list.append(std::move(proposal));
    };
    if (caret.at == At::Key || caret.at == At::KeyOrEntry) {
        const auto addKey = [&](const QByteArray &key, const QList<int> &schemas) {
            if (caret.siblings.contains(key) || taken.size() >= most)
                return;
            const Hint hint = view.hint(view.next(schemas, {key, -1}));
            Proposal proposal{Proposal::Kind::Key, QString::fromUtf8(key), spelled(spelling, key),
                              hint.title.isEmpty() ? hint.description.section(u'\n', 0, 0).left(200) : hint.title.left(200),
                              view.wants(around, key)};
            const bool collection = !hint.types.isEmpty() && std::all_of(hint.types.begin(), hint.types.end(), [](const QString &type) {
                return type == "object"_L1 || type == "array"_L1;
            });
            // What YAML nests begins in the next line.
            if (!caret.colon)
                proposal.insert += spelling == Format::Yaml && collection ? ":" : ": ";
            add(std::move(proposal), key);
        };
        for (const int schema : around) {
            if (const int properties = m_data->find(schema, "properties"); properties >= 0) {
                for (const int one : tree.at(properties).children)
                    if (!m_data->isFalse(one))
                        addKey(tree.at(one).key, {schema});
            }
            for (const int name : view.values(view.names({schema})))
                if (tree.at(name).kind == Kind::String)
                    addKey(tree.at(name).text, {schema});
        }
    }
    if (caret.at != At::Key) {
        const QList<int> about = caret.at == At::Value ? view.next(around, {caret.key, -1}) : around;
        const QByteArray before = caret.at == At::Value && spelling == Format::Yaml && !caret.blank ? " " : "";
        for (const int value : view.values(about)) {
            const TreeNode &node = tree.at(value);
            if (node.isCollection())
                continue;
            add({Proposal::Kind::Value,
                 QString::fromUtf8(node.text),
                 before + (node.kind == Kind::String ? spelled(spelling, node.text) : node.text),
                 {},
                 false},
                node.text);
        }
        const QStringList types = view.types(about);
        if (types.contains(u"boolean"_s)) {
            for (const char *word : {"true", "false"})
                add({Proposal::Kind::Value, QString::fromLatin1(word), before + word, {}, false}, word);
        }
        for (const int schema : about) {
            const int node = m_data->find(schema, "default");
            if (node >= 0 && !tree.at(node).isCollection())
                add({Proposal::Kind::Value,
                     QString::fromUtf8(tree.at(node).text),
                     before + (tree.at(node).kind == Kind::String ? spelled(spelling, tree.at(node).text) : tree.at(node).text),
                     {},
                     false},
                    tree.at(node).text);
        }
    }
    // What must be there comes first.
    std::stable_sort(result.list.begin(), result.list.end(), [](const Proposal &a, const Proposal &b) { return a.required > b.required; });
    return result;
}

} // namespace core::text
