// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/text/tree.h"

#include <QHash>

namespace core::text {

/// One value of a JSON, YAML or TOML content. Private to core/text.
struct TreeNode {
    /// Unknown: a YAML alias, or what a format takes for a date or time.
    enum class Kind { Null, Bool, Number, String, Map, List, Unknown };
    Kind kind = Kind::Null;
    qsizetype begin = 0;
    qsizetype keyBegin = -1; ///< of a member of a map
    QByteArray key;
    QByteArray text; ///< of a scalar, decoded
    int parent = -1;
    bool merged = false;       ///< a map with a YAML merge key: it has more members than those that stand in it
    std::vector<int> children; ///< in order; of members of one name all
    bool isCollection() const { return kind == Kind::Map || kind == Kind::List; }
    /// Where to point at when there is something wrong with all of it.
    qsizetype place() const { return isCollection() && keyBegin >= 0 ? keyBegin : begin; }
};

/// The values of a content in one array, so that nothing about it recurses but the walker's own bounded nesting.
class ValueTree {
public:
    /// What a walker can get over (a comment in JSON, a missing comma) is passed over, or refused like the rest.
    enum class Mistakes { Pass, Refuse };
    struct Read;
    static Read read(Format format, const Source &source, Mistakes mistakes);

    const TreeNode &at(int node) const { return m_nodes[std::size_t(node)]; }
    int count() const { return int(m_nodes.size()); }
    const std::vector<int> &roots() const { return m_roots; } ///< one a document
    /// -1: there is none. The last one of a name.
    int member(int map, const QByteArray &key) const;
    int item(int list, qsizetype index) const;

    std::optional<double> number(int node) const;
    bool isInteger(int node) const;
    /// One spelling for equal values; stops growing at `most` bytes.
    QByteArray canonical(int node, qsizetype most) const;

private:
    friend class TomlTree;
    friend class TreeReader;
    void write(int node, qsizetype most, QByteArray &out) const;
    std::vector<TreeNode> m_nodes;
    std::vector<int> m_roots;
    QHash<std::pair<int, QByteArray>, int> m_members;
};

/// A tree, or why there is none.
struct ValueTree::Read {
    std::optional<ValueTree> tree;
    SyntaxError error;
    bool tooLarge = false;
};

inline constexpr int MaxTreeNodes = 300'000;

} // namespace core::text
