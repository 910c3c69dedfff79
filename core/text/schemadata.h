// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/text/jsonschema.h"
#include "core/text/jsontree.h"

#include <QRegularExpression>

namespace core::text {

/// What a member of a schema means. Private to core/text.
enum class Keyword : quint8 {
    None, // an annotation, or nothing known
    AdditionalItems,
    AdditionalProperties,
    AllOf,
    AnyOf,
    Const,
    Contains,
    Dependencies,
    DependentRequired,
    DependentSchemas,
    Deprecated,
    Enum,
    ExclusiveMaximum,
    ExclusiveMinimum,
    If,
    Items,
    MaxContains,
    MaxItems,
    MaxLength,
    MaxProperties,
    Maximum,
    MinContains,
    MinItems,
    MinLength,
    MinProperties,
    Minimum,
    MultipleOf,
    Not,
    OneOf,
    Pattern,
    PatternProperties,
    PrefixItems,
    Properties,
    PropertyNames,
    Ref,
    Required,
    Type,
    UniqueItems,
};

/// The schema as it was read: its tree, and for each node of it what it means.
struct JsonSchema::Data {
    explicit Data(const QByteArray &schema)
        : source(schema)
    {
    }
    Source source;
    ValueTree tree;
    std::vector<Keyword> keywords;                  ///< of each node that is a member of a schema
    QHash<int, int> references;                     ///< of a `$ref`: the schema meant
    QHash<QByteArray, QRegularExpression> patterns; ///< those that can be read
    QHash<int, QList<QByteArray>> values;           ///< of an `enum` or `const`: canonical
    QHash<int, QList<QByteArray>> patternKeys;
    QList<Problem> remarks;
    int root = 0;

    /// The member of a schema with that keyword, or -1.
    int find(int schema, const char *keyword) const
    {
        return tree.at(schema).kind == TreeNode::Kind::Map ? tree.member(schema, keyword) : -1;
    }
    bool isFalse(int schema) const { return tree.at(schema).kind == TreeNode::Kind::Bool && tree.at(schema).text == "false"; }
};

/// Text of a content longer than this is not held against a pattern.
inline constexpr qsizetype MaxPatternText = 16 * 1024;
/// Whether a text has a match; nullopt: it took too long to find out.
std::optional<bool> hasMatch(const QRegularExpression &pattern, const QByteArray &text);

} // namespace core::text
