// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/schemadata.h"

#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

// A JSON Schema as it stands in a text: its shape, its references and patterns.

namespace core::text {

using Kind = TreeNode::Kind;

namespace {

enum class Shape {
    Any,
    Bool,
    Bound,
    Dependencies,
    Items,
    List,
    Number,
    Pattern,
    Reference,
    Schema,
    SchemaList,
    SchemaMap,
    Size,
    Types,
    Words
};

struct Known {
    Keyword keyword;
    Shape shape;
};

const QHash<QByteArray, Known> &knownKeywords()
{
    using enum Keyword;
    static const QHash<QByteArray, Known> table{
        {"$defs", {None, Shape::SchemaMap}},
        {"$ref", {Ref, Shape::Reference}},
        {"additionalItems", {AdditionalItems, Shape::Schema}},
        {"additionalProperties", {AdditionalProperties, Shape::Schema}},
        {"allOf", {AllOf, Shape::SchemaList}},
        {"anyOf", {AnyOf, Shape::SchemaList}},
        {"const", {Const, Shape::Any}},
        {"contains", {Contains, Shape::Schema}},
        {"definitions", {None, Shape::SchemaMap}},
        {"dependencies", {Dependencies, Shape::Dependencies}},
        {"dependentRequired", {DependentRequired, Shape::Dependencies}},
        {"dependentSchemas", {DependentSchemas, Shape::SchemaMap}},
        {"deprecated", {Deprecated, Shape::Bool}},
        {"else", {None, Shape::Schema}},
        {"enum", {Enum, Shape::List}},
        {"exclusiveMaximum", {ExclusiveMaximum, Shape::Bound}},
        {"exclusiveMinimum", {ExclusiveMinimum, Shape::Bound}},
        {"if", {If, Shape::Schema}},
        {"items", {Items, Shape::Items}},
        {"maxContains", {None, Shape::Size}},
        {"maxItems", {MaxItems, Shape::Size}},
        {"maxLength", {MaxLength, Shape::Size}},
        {"maxProperties", {MaxProperties, Shape::Size}},
        {"maximum", {Maximum, Shape::Number}},
        {"minContains", {None, Shape::Size}},
        {"minItems", {MinItems, Shape::Size}},
        {"minLength", {MinLength, Shape::Size}},
        {"minProperties", {MinProperties, Shape::Size}},
        {"minimum", {Minimum, Shape::Number}},
        {"multipleOf", {MultipleOf, Shape::Number}},
        {"not", {Not, Shape::Schema}},
        {"oneOf", {OneOf, Shape::SchemaList}},
        {"pattern", {Pattern, Shape::Pattern}},
        {"patternProperties", {PatternProperties, Shape::SchemaMap}},
        {"prefixItems", {PrefixItems, Shape::SchemaList}},
        {"properties", {Properties, Shape::SchemaMap}},
        {"propertyNames", {PropertyNames, Shape::Schema}},
        {"required", {Required, Shape::Words}},
        {"then", {None, Shape::Schema}},
        {"type", {Type, Shape::Types}},
        {"uniqueItems", {UniqueItems, Shape::Bool}},
    };
    return table;
}

constexpr qsizetype MaxPattern = 2000;
constexpr qsizetype MaxRemarks = 20;
/// A match takes at most milliseconds; several such limits in one pattern: the lowest counts.
constexpr QLatin1StringView PatternLimits("(*LIMIT_MATCH=50000)(*LIMIT_DEPTH=1000)(*LIMIT_HEAP=4096)");

/// JavaScript's \u0041 is \x{0041} here.
QString translatedPattern(const QByteArray &pattern)
{
    const QString text = QString::fromUtf8(pattern);
    QString out;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] != u'\\' || i + 1 >= text.size()) {
            out += text[i];
        } else if (text[i + 1] == u'u' && i + 5 < text.size()) {
            out += u"\\x{"_s + text.sliced(i + 2, 4) + u'}';
            i += 5;
        } else {
            out += text.sliced(i++, 2);
        }
    }
    return out;
}

} // namespace

std::optional<bool> hasMatch(const QRegularExpression &pattern, const QByteArray &text)
{
    const QRegularExpressionMatch match = pattern.match(QString::fromUtf8(text));
    if (!match.isValid())
        return {};
    return match.hasMatch();
}

class SchemaReader {
public:
    explicit SchemaReader(JsonSchema::Data &data)
        : m_data(data)
        , m_tree(data.tree)
    {
    }
    std::optional<SyntaxError> run()
    {
        m_data.keywords.assign(std::size_t(m_tree.count()), Keyword::None);
        m_seen.assign(std::size_t(m_tree.count()), false);
        findAnchors();
        want(m_data.root);
        while (!m_wanted.empty() && !m_error) {
            const int node = m_wanted.back();
            m_wanted.pop_back();
            read(node);
        }
        std::stable_sort(m_data.remarks.begin(), m_data.remarks.end(),
                         [](const Problem &a, const Problem &b) { return std::pair(a.line, a.column) < std::pair(b.line, b.column); });
        return m_error;
    }

private:
    const TreeNode &at(int node) const { return m_tree.at(node); }
    void refuse(int node, const QString &message)
    {
        if (!m_error)
            m_error = SyntaxError{at(node).begin, message};
    }
    void remark(int node, const QString &message)
    {
        if (m_data.remarks.size() >= MaxRemarks)
            return;
        const Source::Position place = m_data.source.position(at(node).begin);
        m_data.remarks.append({Problem::Severity::Warning, place.line, place.column, message});
    }
    void want(int node)
    {
        if (m_seen[std::size_t(node)])
            return;
        m_seen[std::size_t(node)] = true;
        m_wanted.push_back(node);
    }
    void findAnchors();
    void read(int node);
    void readMember(int child, const Known &known);
    void readSchemas(int list);
    void readReference(int child);
    void readPattern(const QByteArray &pattern, int node);
    void readDependencies(int map);
    void expectWords(int list);
    void expectTypes(int node);
    bool isWordList(int node) const;
    int target(const QByteArray &reference, bool &elsewhere) const;
    int byPointer(const QByteArray &pointer) const;

    JsonSchema::Data &m_data;
    const ValueTree &m_tree;
    std::vector<bool> m_seen;
    std::vector<int> m_wanted;
    QHash<QByteArray, int> m_anchors;
    QByteArray m_id;
    std::optional<SyntaxError> m_error;
};

void SchemaReader::findAnchors()
{
    for (int node = 0; node < m_tree.count(); ++node) {
        const TreeNode &value = at(node);
        if (value.kind != Kind::String || value.parent < 0)
            continue;
        if (value.key == "$anchor" || value.key == "$dynamicAnchor")
            m_anchors.insert(value.text, value.parent);
        else if ((value.key == "$id" || value.key == "id") && value.text.startsWith('#'))
            m_anchors.insert(value.text.mid(1), value.parent);
        else if ((value.key == "$id" || value.key == "id") && value.parent == m_data.root)
            m_id = value.text.split('#').first();
    }
}

void SchemaReader::read(int node)
{
    const TreeNode &schema = at(node);
    if (schema.kind == Kind::Bool)
        return;
    if (schema.kind != Kind::Map)
        return refuse(node, u"a schema is a map, or true or false"_s);
    for (const int child : schema.children) {
        const QByteArray &key = at(child).key;
        const auto known = knownKeywords().constFind(key);
        if (known != knownKeywords().cend()) {
            m_data.keywords[std::size_t(child)] = known->keyword;
            readMember(child, *known);
        } else if (key == "$dynamicRef" || key == "$recursiveRef") {
            m_data.keywords[std::size_t(child)] = Keyword::Ref;
            readReference(child);
        } else if (key == "unevaluatedProperties" || key == "unevaluatedItems") {
            remark(child, u"“%1” is not checked"_s.arg(QString::fromLatin1(key)));
        }
        if (m_error)
            return;
    }
}

void SchemaReader::readMember(int child, const Known &known)
{
    const TreeNode &value = at(child);
    const QString key = QString::fromUtf8(value.key);
    switch (known.shape) {
    case Shape::Any:
        m_data.values.insert(child, {m_tree.canonical(child, MaxPatternText)});
        break;
    case Shape::Bool:
        if (value.kind != Kind::Bool)
            refuse(child, u"“%1” is true or false"_s.arg(key));
        break;
    case Shape::Bound:
        if (value.kind != Kind::Bool && value.kind != Kind::Number)
            refuse(child, u"“%1” is a number"_s.arg(key));
        break;
    case Shape::Number:
        if (value.kind != Kind::Number || (known.keyword == Keyword::MultipleOf && m_tree.number(child).value_or(0) <= 0))
            refuse(child, u"“%1” is a number"_s.arg(key));
        break;
    case Shape::Size:
        if (value.kind != Kind::Number || !m_tree.isInteger(child) || m_tree.number(child).value_or(-1) < 0)
            refuse(child, u"“%1” is a number of things"_s.arg(key));
        break;
    case Shape::List: {
        if (value.kind != Kind::List)
            return refuse(child, u"“%1” is a list"_s.arg(key));
        QList<QByteArray> values;
        for (const int one : value.children)
            values.append(m_tree.canonical(one, MaxPatternText));
        m_data.values.insert(child, values);
        break;
    }
    case Shape::Words:
        // Draft 3 had a word of its own here.
        if (value.kind == Kind::Bool)
            m_data.keywords[std::size_t(child)] = Keyword::None;
        else
            expectWords(child);
        break;
    case Shape::Types:
        expectTypes(child);
        break;
    case Shape::Pattern:
        if (value.kind != Kind::String)
            return refuse(child, u"“%1” is a text"_s.arg(key));
        readPattern(value.text, child);
        break;
    case Shape::Reference:
        readReference(child);
        break;
    case Shape::Schema:
        want(child);
        break;
    case Shape::Items:
        if (value.kind == Kind::List)
            readSchemas(child);
        else
            want(child);
        break;
    case Shape::SchemaList:
        if (value.kind != Kind::List)
            return refuse(child, u"“%1” is a list of schemas"_s.arg(key));
        readSchemas(child);
        break;
    case Shape::SchemaMap:
        if (value.kind != Kind::Map)
            return refuse(child, u"“%1” is a map of schemas"_s.arg(key));
        readSchemas(child);
        if (known.keyword == Keyword::PatternProperties) {
            QList<QByteArray> patterns;
            for (const int one : value.children) {
                readPattern(at(one).key, one);
                patterns.append(at(one).key);
            }
            m_data.patternKeys.insert(child, patterns);
        }
        break;
    case Shape::Dependencies:
        readDependencies(child);
        break;
    }
}

void SchemaReader::readSchemas(int list)
{
    for (const int one : at(list).children)
        want(one);
}

bool SchemaReader::isWordList(int node) const
{
    const auto &children = at(node).children;
    return at(node).kind == Kind::List &&
        std::all_of(children.begin(), children.end(), [this](int one) { return at(one).kind == Kind::String; });
}

void SchemaReader::expectWords(int list)
{
    if (!isWordList(list))
        refuse(list, u"“%1” is a list of keys"_s.arg(QString::fromUtf8(at(list).key)));
}

void SchemaReader::readDependencies(int map)
{
    if (at(map).kind != Kind::Map)
        return refuse(map, u"“%1” is a map"_s.arg(QString::fromUtf8(at(map).key)));
    for (const int one : at(map).children) {
        if (isWordList(one))
            continue;
        if (m_data.keywords[std::size_t(map)] == Keyword::DependentRequired)
            return expectWords(one);
        want(one);
    }
}

void SchemaReader::expectTypes(int node)
{
    static const QList<QByteArray> known{"string", "number", "integer", "boolean", "null", "object", "array", "any"};
    const auto check = [this](int one) {
        if (at(one).kind != Kind::String || !known.contains(at(one).text))
            refuse(one, u"“type” is one of string, number, integer, boolean, null, object and array"_s);
    };
    if (at(node).kind != Kind::List)
        return check(node);
    for (const int one : at(node).children)
        check(one);
}

void SchemaReader::readPattern(const QByteArray &pattern, int node)
{
    if (m_data.patterns.contains(pattern))
        return;
    if (pattern.size() > MaxPattern || m_data.patterns.size() >= 1000)
        return remark(node, u"the pattern is too long to be checked"_s);
    QRegularExpression expression(PatternLimits + translatedPattern(pattern));
    if (!expression.isValid())
        return remark(node, u"the pattern “%1” cannot be read; it is not checked"_s.arg(shownKey(pattern)));
    m_data.patterns.insert(pattern, expression);
}

int SchemaReader::byPointer(const QByteArray &pointer) const
{
    int node = m_data.root;
    if (pointer.isEmpty())
        return node;
    const QList<QByteArray> parts = pointer.mid(1).split('/');
    for (QByteArray part : parts) {
        part.replace("~1", "/").replace("~0", "~");
        bool isNumber = false;
        const qsizetype index = part.toLongLong(&isNumber);
        node = at(node).kind == Kind::Map ? m_tree.member(node, part) : isNumber ? m_tree.item(node, index) : -1;
        if (node < 0)
            return -1;
    }
    return node;
}

int SchemaReader::target(const QByteArray &reference, bool &elsewhere) const
{
    const qsizetype mark = reference.indexOf('#');
    const QByteArray document = mark < 0 ? reference : reference.left(mark);
    elsewhere = !document.isEmpty() && document != m_id;
    if (elsewhere)
        return -1;
    const QByteArray fragment = mark < 0 ? QByteArray() : QByteArray::fromPercentEncoding(reference.mid(mark + 1));
    return fragment.isEmpty() || fragment.startsWith('/') ? byPointer(fragment) : m_anchors.value(fragment, -1);
}

void SchemaReader::readReference(int child)
{
    const TreeNode &value = at(child);
    if (value.kind != Kind::String)
        return refuse(child, u"“%1” is a text"_s.arg(QString::fromUtf8(value.key)));
    bool elsewhere = false;
    const int found = target(value.text, elsewhere);
    if (elsewhere)
        return remark(child, u"“%1” is elsewhere; it is not fetched"_s.arg(shownKey(value.text)));
    if (found < 0)
        return remark(child, u"there is no “%1” in the schema; what it is about is not checked"_s.arg(shownKey(value.text)));
    m_data.references.insert(child, found);
    want(found);
}

JsonSchema::JsonSchema(std::shared_ptr<const Data> data)
    : m_data(std::move(data))
{
}

Result<JsonSchema> JsonSchema::compile(const QByteArray &schema)
{
    if (schema.size() > MaxBytes)
        return fail(Error::Kind::Usage, u"a schema of more than 1 MiB is not read"_s);
    auto data = std::make_shared<Data>(schema);
    ValueTree::Read read = ValueTree::read(Format::Json, data->source, ValueTree::Mistakes::Refuse);
    if (!read.tree)
        return fail(syntaxError(data->source, read.error));
    data->tree = std::move(*read.tree);
    data->root = data->tree.roots().empty() ? -1 : data->tree.roots().front();
    if (data->root < 0)
        return fail(Error::Kind::Usage, u"empty: JSON needs a value"_s);
    if (const auto error = SchemaReader(*data).run())
        return fail(syntaxError(data->source, *error));
    return JsonSchema(std::move(data));
}

const QList<Problem> &JsonSchema::remarks() const
{
    return m_data->remarks;
}

QString JsonSchema::title() const
{
    const int title = m_data->find(m_data->root, "title");
    return title >= 0 ? QString::fromUtf8(m_data->tree.at(title).text).simplified().left(200) : QString();
}

} // namespace core::text
