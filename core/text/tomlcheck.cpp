// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/tomlscan.h"

#include <QRegularExpression>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <toml++/toml.h>

using namespace Qt::StringLiterals;

namespace core::text {

namespace {

/// toml++ destroys nested tables recursively and searches lists of tables linearly: what would hurt is refused before it sees it.
std::optional<SyntaxError> tooMuch(const Source &source)
{
    constexpr int mostDotted = 100'000;
    int dotted = 0;
    for (qsizetype at = 0; at < source.size();) {
        const TomlStatement statement = scanToml(source, at);
        at = statement.next;
        const auto dots = std::count(source.data() + statement.keyBegin, source.data() + statement.keyEnd, '.');
        if (dots > MaxDepth)
            return SyntaxError{statement.keyBegin, u"nested deeper than %1 levels"_s.arg(MaxDepth)};
        if (dots > 0 || statement.kind == TomlStatement::Kind::ArrayTable)
            ++dotted;
        // Dotted keys inside inline tables nest as well.
        int run = 0;
        for (qsizetype i = statement.valueBegin; i < statement.valueEnd; ++i) {
            const char c = source.at(i);
            if (c == '"' || c == '\'') {
                i = tomlStringEnd(source, i) - 1;
            } else if (c == '.') {
                if (++run > MaxDepth)
                    return SyntaxError{i, u"nested deeper than %1 levels"_s.arg(MaxDepth)};
            } else if (c == '=' || c == ',' || isLineEnd(c)) {
                dotted += c == '=' && run > 0;
                run = 0;
            }
        }
        if (dotted > mostDotted)
            return SyntaxError{statement.begin, u"more than %1 tables and dotted keys: not checked"_s.arg(mostDotted)};
    }
    return {};
}

/// Where the key of the given statement was set before; 0: it was not.
int firstLine(const Source &source, qsizetype errorLineBegin, QByteArray &key)
{
    QHash<QByteArray, qsizetype> seen;
    QByteArray table;
    const auto joined = [&](const QByteArray &prefix, const TomlStatement &statement) {
        QByteArray path = prefix;
        const QList<QByteArray> parts = tomlKeyParts(source.slice(statement.keyBegin, statement.keyEnd));
        for (const QByteArray &part : parts)
            path += '\0' + part;
        return path;
    };
    int lists = 0;
    for (qsizetype at = 0; at < source.size();) {
        const TomlStatement statement = scanToml(source, at);
        at = statement.next;
        using Kind = TomlStatement::Kind;
        if (statement.kind != Kind::Pair && statement.kind != Kind::Table && statement.kind != Kind::ArrayTable)
            continue;
        const bool pair = statement.kind == Kind::Pair;
        QByteArray path = joined(pair ? table : QByteArray(), statement);
        if (statement.kind == Kind::ArrayTable)
            table = path + '\1' + QByteArray::number(++lists);
        else if (!pair)
            table = path;
        // The error may stand anywhere in a value of several lines.
        if (statement.next > errorLineBegin) {
            key = source.slice(statement.keyBegin, statement.keyEnd).toByteArray();
            const auto it = seen.constFind(path);
            return it == seen.constEnd() ? 0 : source.line(*it);
        }
        if (!seen.contains(path))
            seen.insert(path, statement.textBegin);
    }
    return 0;
}

SyntaxError reworded(const Source &source, const toml::parse_error &error)
{
    const auto line = std::clamp<int>(int(error.source().begin.line), 1, source.lineCount());
    const qsizetype lineBegin = source.lineStart(line);
    qsizetype offset = lineBegin;
    for (auto column = error.source().begin.column; column > 1 && offset < source.size() && !isLineEnd(source.at(offset)); --column) {
        do
            ++offset;
        while (offset < source.size() && (uchar(source.at(offset)) & 0xC0) == 0x80);
    }
    const std::string_view words = error.description();
    QString message = QString::fromUtf8(words.data(), qsizetype(words.size()));
    if (message.contains("redefine"_L1)) {
        QByteArray key;
        const int first = firstLine(source, lineBegin, key);
        if (first > 0)
            return {lineBegin, u"duplicated key \"%1\" (first in line %2)"_s.arg(shownKey(key)).arg(first)};
        return {lineBegin, u"key \"%1\" is defined already"_s.arg(shownKey(key))};
    }
    static const QRegularExpression prefix(u"^Error while parsing ([^:]+): "_s);
    static const QRegularExpression quoted(u"'([^']*)'"_s);
    const QRegularExpressionMatch match = prefix.match(message);
    if (match.hasMatch())
        message = match.captured(1) + u": "_s + message.mid(match.capturedEnd());
    // What stands in quotes may be a value: only signs and single characters are shown. Quotes are paired from the left.
    QString shown;
    qsizetype behind = 0;
    for (auto it = quoted.globalMatch(message); it.hasNext();) {
        const QRegularExpressionMatch found = it.next();
        shown += QStringView(message).mid(behind, found.capturedStart() - behind);
        shown += found.capturedLength(1) > 3 ? u"this"_s : found.captured();
        behind = found.capturedEnd();
    }
    message = shown + message.mid(behind);
    if (message.startsWith("root table: expected keys"_L1))
        message = u"expected a key, a table or a comment, found %1 (keys with other than Latin letters stand in quotes)"_s.arg(
            shownByte(source, offset));
    message.replace("encountered end-of-file"_L1, "the end comes too early"_L1);
    const bool atLineEnd = offset >= source.size() || isLineEnd(source.at(offset));
    if (atLineEnd && (message.startsWith("string: "_L1) || message.startsWith("literal string: "_L1)) &&
        (message.contains("control characters"_L1) || message.contains("too early"_L1)))
        message = u"the string is not closed"_s;
    message.truncate(200);
    return {offset, message};
}

std::optional<SyntaxError> parse(const Source &source, toml::table &table)
{
    if (auto error = tooMuch(source))
        return error;
    try {
        table = toml::parse(std::string_view(source.data(), std::size_t(source.size())));
    } catch (const toml::parse_error &error) {
        return reworded(source, error);
    } catch (const std::exception &) {
        return SyntaxError{0, u"the TOML parser gave up"_s};
    }
    return {};
}

} // namespace

std::optional<SyntaxError> checkToml(const Source &source)
{
    toml::table table;
    return parse(source, table);
}

/// From toml++'s values, which stand in the order of their names: where each stands is looked up for all at once.
class TomlTree {
public:
    explicit TomlTree(const Source &source)
        : m_source(source)
    {
    }
    ValueTree::Read read();

private:
    using Kind = TreeNode::Kind;
    struct Place {
        toml::source_position position;
        int node = 0;
        bool ofKey = false;
    };
    bool add(const toml::node &value, const toml::key *key, int parent);
    void scalar(const toml::node &value, TreeNode &node) const;
    void locate();

    const Source &m_source;
    ValueTree m_tree;
    std::vector<Place> m_places;
};

void TomlTree::scalar(const toml::node &value, TreeNode &node) const
{
    node.kind = Kind::Unknown; // a date or time
    if (const auto *text = value.as_string()) {
        node.kind = Kind::String;
        node.text = QByteArray(text->get().data(), qsizetype(text->get().size()));
    } else if (const auto *whole = value.as_integer()) {
        node.kind = Kind::Number;
        node.text = QByteArray::number(qlonglong(whole->get()));
    } else if (const auto *number = value.as_floating_point()) {
        node.kind = Kind::Number;
        const double found = number->get();
        node.text = std::isnan(found) ? ".nan" : std::isinf(found) ? found > 0 ? ".inf" : "-.inf" : QByteArray::number(found, 'g', 17);
    } else if (const auto *truth = value.as_boolean()) {
        node.kind = Kind::Bool;
        node.text = truth->get() ? "true" : "false";
    }
}

/// Nested as deep as the parser goes. False: there are too many.
bool TomlTree::add(const toml::node &value, const toml::key *key, int parent)
{
    if (m_tree.count() >= MaxTreeNodes)
        return false;
    const int index = m_tree.count();
    TreeNode node;
    node.parent = parent;
    node.kind = value.is_table() ? Kind::Map : Kind::List;
    if (!value.is_table() && !value.is_array())
        scalar(value, node);
    m_places.push_back({value.source().begin, index, false});
    if (key) {
        node.key = QByteArray(key->str().data(), qsizetype(key->str().size()));
        m_places.push_back({key->source().begin, index, true});
        m_tree.m_members.insert({parent, node.key}, index);
    }
    m_tree.m_nodes.push_back(std::move(node));
    if (parent < 0)
        m_tree.m_roots.push_back(index);
    else
        m_tree.m_nodes[std::size_t(parent)].children.push_back(index);
    if (const toml::table *table = value.as_table())
        return std::all_of(table->begin(), table->end(), [&](const auto &member) { return add(member.second, &member.first, index); });
    if (const toml::array *list = value.as_array())
        return std::all_of(list->begin(), list->end(), [&](const toml::node &entry) { return add(entry, nullptr, index); });
    return true;
}

void TomlTree::locate()
{
    std::sort(m_places.begin(), m_places.end(), [](const Place &a, const Place &b) { return a.position < b.position; });
    int line = 0;
    toml::source_index column = 1;
    qsizetype at = 0;
    for (const Place &place : m_places) {
        // A table that is nowhere opened stands where its first key does.
        const int wanted = std::clamp(int(place.position.line), 1, m_source.lineCount());
        if (wanted != line) {
            line = wanted;
            column = 1;
            at = m_source.lineStart(line);
        }
        for (; column < place.position.column && at < m_source.size() && !isLineEnd(m_source.at(at)); ++column) {
            do
                ++at;
            while (at < m_source.size() && (uchar(m_source.at(at)) & 0xC0) == 0x80);
        }
        TreeNode &node = m_tree.m_nodes[std::size_t(place.node)];
        (place.ofKey ? node.keyBegin : node.begin) = at;
    }
    m_tree.m_nodes.front().begin = 0;
}

ValueTree::Read TomlTree::read()
{
    toml::table table;
    if (const auto error = parse(m_source, table))
        return {{}, *error, false};
    if (!add(table, nullptr, -1))
        return {{}, {0, u"more than %1 values"_s.arg(MaxTreeNodes)}, true};
    if (table.empty())
        m_tree.m_nodes.front().kind = Kind::Null;
    locate();
    return {std::move(m_tree), {}, false};
}

ValueTree::Read readTomlTree(const Source &source)
{
    return TomlTree(source).read();
}

} // namespace core::text
