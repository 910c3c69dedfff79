// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/jsontree.h"

#include "core/text/tomlscan.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace core::text {

using Kind = TreeNode::Kind;

class TreeReader final : public TreeHandler {
public:
    explicit TreeReader(ValueTree &tree)
        : m_tree(tree)
    {
    }
    bool isFull() const { return m_full; }
    const std::optional<SyntaxError> &mistake() const { return m_mistake; }
    void problem(Problem::Severity severity, qsizetype offset, const QString &message) override
    {
        if (severity == Problem::Severity::Error && !m_mistake)
            m_mistake = SyntaxError{offset, message};
    }
    bool document(int) override
    {
        m_open.clear();
        return true;
    }
    bool open(Container container, qsizetype offset) override
    {
        const int node = add(container == Container::Map ? Kind::Map : Kind::List, offset);
        m_open.push_back(node);
        return node >= 0;
    }
    bool close(Container, qsizetype) override
    {
        m_open.pop_back();
        return true;
    }
    bool key(const Scalar &scalar) override
    {
        // A collection as a key has no name.
        m_named = scalar.kind != FlatKey::Kind::Empty;
        m_key = scalar.text;
        m_keyBegin = scalar.begin;
        if (scalar.text == "<<" && !m_open.empty())
            m_tree.m_nodes[std::size_t(m_open.back())].merged = true;
        return true;
    }
    bool scalar(const Scalar &scalar) override
    {
        const int node = add(kindOf(scalar), scalar.begin);
        if (node >= 0)
            m_tree.m_nodes[std::size_t(node)].text = scalar.text;
        return node >= 0;
    }

private:
    static Kind kindOf(const Scalar &scalar)
    {
        if (scalar.reference)
            return Kind::Unknown;
        switch (scalar.kind) {
        case FlatKey::Kind::String:
            return Kind::String;
        case FlatKey::Kind::Number:
            return Kind::Number;
        case FlatKey::Kind::Bool:
            return Kind::Bool;
        case FlatKey::Kind::Null:
            return Kind::Null;
        case FlatKey::Kind::Date:
        case FlatKey::Kind::Empty:
            break;
        }
        return Kind::Unknown;
    }
    int add(Kind kind, qsizetype begin)
    {
        if (m_tree.count() >= MaxTreeNodes) {
            m_full = true;
            return -1;
        }
        const int node = m_tree.count();
        TreeNode fresh;
        fresh.kind = kind;
        fresh.begin = begin;
        if (m_open.empty()) {
            m_tree.m_roots.push_back(node);
        } else {
            TreeNode &parent = m_tree.m_nodes[std::size_t(m_open.back())];
            fresh.parent = m_open.back();
            if (parent.kind == Kind::Map && m_named) {
                fresh.key = m_key;
                fresh.keyBegin = m_keyBegin;
                m_tree.m_members.insert({fresh.parent, m_key}, node);
            }
            if (parent.kind == Kind::List || m_named)
                parent.children.push_back(node);
        }
        m_tree.m_nodes.push_back(std::move(fresh));
        return node;
    }

    ValueTree &m_tree;
    std::vector<int> m_open;
    std::optional<SyntaxError> m_mistake;
    QByteArray m_key;
    qsizetype m_keyBegin = 0;
    bool m_named = true, m_full = false;
};

ValueTree::Read ValueTree::read(Format format, const Source &source, Mistakes mistakes)
{
    ValueTree tree;
    TreeReader reader(tree);
    auto error = unreadable(source);
    if (!error && format == Format::Toml)
        return readTomlTree(source);
    if (!error)
        error = format == Format::Json ? walkJson(source, reader) : walkYaml(source, reader);
    if (reader.isFull())
        return {{}, {0, u"more than %1 values"_s.arg(MaxTreeNodes)}, true};
    if (mistakes == Mistakes::Refuse && !error)
        error = reader.mistake();
    if (error)
        return {{}, *error, false};
    return {std::move(tree), {}, false};
}

int ValueTree::member(int map, const QByteArray &key) const
{
    return m_members.value({map, key}, -1);
}

int ValueTree::item(int list, qsizetype index) const
{
    const auto &children = at(list).children;
    return index >= 0 && std::size_t(index) < children.size() ? children[std::size_t(index)] : -1;
}

std::optional<double> ValueTree::number(int node) const
{
    const TreeNode &value = at(node);
    if (value.kind != Kind::Number)
        return {};
    QByteArrayView text = value.text;
    const bool minus = text.startsWith('-');
    if (minus || text.startsWith('+'))
        text = text.sliced(1);
    bool good = false;
    double found = 0;
    if (text.startsWith("0x") || text.startsWith("0o")) {
        found = double(text.sliced(2).toULongLong(&good, text[1] == 'x' ? 16 : 8));
    } else if (text.size() == 4 && text[0] == '.' && isLetter(text[1])) {
        good = true;
        found = (text[1] | 0x20) == 'i' ? HUGE_VAL : std::nan("");
    } else {
        found = text.toDouble(&good);
        // Beyond what a double holds, and still a number.
        if (!good)
            return minus ? -HUGE_VAL : HUGE_VAL;
    }
    if (!good)
        return {};
    return minus ? -found : found;
}

bool ValueTree::isInteger(int node) const
{
    const auto found = number(node);
    if (!found)
        return false;
    const QByteArray &text = at(node).text;
    if (!text.contains('.') && (text.startsWith("0x") || !(text.contains('e') || text.contains('E'))))
        return true;
    return std::isfinite(*found) && std::floor(*found) == *found;
}

QByteArray ValueTree::canonical(int node, qsizetype most) const
{
    QByteArray out;
    write(node, most, out);
    return out;
}

void ValueTree::write(int node, qsizetype most, QByteArray &out) const
{
    const TreeNode &value = at(node);
    if (out.size() >= most)
        return;
    const auto sized = [&out](const QByteArray &text) { out += QByteArray::number(text.size()) + ':' + text; };
    switch (value.kind) {
    case Kind::Null:
        out += '0';
        return;
    case Kind::Bool:
        out += (value.text.front() | 0x20) == 't' ? 't' : 'f';
        return;
    case Kind::Number: {
        const double found = number(node).value_or(0);
        out += '#';
        // Whole numbers no double holds exactly are what they are written as.
        if (std::abs(found) < 9007199254740992.0 || !isInteger(node))
            sized(QByteArray::number(found == 0 ? 0.0 : found, 'g', 17));
        else
            sized(value.text);
        return;
    }
    case Kind::String:
        out += '"';
        sized(value.text);
        return;
    case Kind::Unknown:
        out += '*';
        sized(QByteArray::number(node));
        return;
    case Kind::List:
        out += '[';
        for (const int child : value.children)
            write(child, most, out);
        out += ']';
        return;
    case Kind::Map: {
        QList<std::pair<QByteArray, int>> members;
        for (const int child : value.children) {
            if (member(node, at(child).key) == child)
                members.append({at(child).key, child});
        }
        std::sort(members.begin(), members.end());
        out += '{';
        for (const auto &[key, child] : std::as_const(members)) {
            sized(key);
            write(child, most, out);
        }
        out += '}';
        return;
    }
    }
}

} // namespace core::text
