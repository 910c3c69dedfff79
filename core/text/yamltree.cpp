// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/yamlevents.h"
#include "core/text/yamlwords.h"

#include <algorithm>

namespace core::text {

namespace {

/// The YAML 1.2 core schema.
FlatKey::Kind plainKind(std::string_view text)
{
    using Kind = FlatKey::Kind;
    if (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL")
        return Kind::Null;
    if (text == "true" || text == "True" || text == "TRUE" || text == "false" || text == "False" || text == "FALSE")
        return Kind::Bool;
    std::size_t i = text[0] == '-' || text[0] == '+' ? 1 : 0;
    if (text.substr(i) == ".inf" || text.substr(i) == ".Inf" || text.substr(i) == ".INF" || text == ".nan" || text == ".NaN" ||
        text == ".NAN")
        return Kind::Number;
    const auto all = [&](std::size_t from, auto &&isOne) {
        return from < text.size() && std::all_of(text.begin() + std::ptrdiff_t(from), text.end(), isOne);
    };
    if (text.starts_with("0x"))
        return all(2, isHexDigit) ? Kind::Number : Kind::String;
    if (text.starts_with("0o"))
        return all(2, [](char c) { return c >= '0' && c <= '7'; }) ? Kind::Number : Kind::String;
    bool digits = false, exponent = false, point = false;
    for (; i < text.size(); ++i) {
        const char c = text[i];
        if (isDigit(c)) {
            digits = true;
        } else if (c == '.' && !point && !exponent) {
            point = true;
        } else if ((c == 'e' || c == 'E') && digits && !exponent && i + 1 < text.size()) {
            exponent = true;
            if ((text[i + 1] == '-' || text[i + 1] == '+') && i + 2 < text.size())
                ++i;
        } else {
            return Kind::String;
        }
    }
    return digits ? Kind::Number : Kind::String;
}

class Tree final : public YamlSink {
public:
    Tree(const Source &source, TreeHandler &handler)
        : m_source(source)
        , m_handler(handler)
    {
    }
    bool event(const YamlEvent &event) override;
    void problem(Problem::Severity severity, qsizetype offset, const QString &message) override
    {
        m_handler.problem(severity, offset, message);
    }

private:
    Scalar scalar(const YamlEvent &event) const;

    const Source &m_source;
    TreeHandler &m_handler;
    std::vector<TreeHandler::Container> m_open;
    int m_documents = 0;
    int m_hidden = 0; // inside a collection that is a key
};

Scalar Tree::scalar(const YamlEvent &event) const
{
    Scalar scalar{FlatKey::Kind::String, event.begin, event.end, event.begin, event.end, {}, false};
    switch (event.kind) {
    case YamlEvent::Kind::Alias:
        scalar.text = m_source.slice(event.begin, event.end).toByteArray();
        scalar.reference = true;
        return scalar;
    case YamlEvent::Kind::Null:
        scalar.kind = FlatKey::Kind::Null;
        scalar.text = QByteArray(event.value.data(), qsizetype(event.value.size()));
        return scalar;
    default:
        break;
    }
    scalar.text = QByteArray(event.value.data(), qsizetype(event.value.size()));
    if (event.style == '"' || event.style == '\'') {
        ++scalar.innerBegin;
        if (scalar.innerEnd > scalar.innerBegin && m_source.at(scalar.innerEnd - 1) == event.style)
            --scalar.innerEnd;
    } else if (event.style == '|' || event.style == '>') {
        while (scalar.innerBegin < scalar.innerEnd && !isLineEnd(m_source.at(scalar.innerBegin)))
            ++scalar.innerBegin;
        while (scalar.innerBegin < scalar.innerEnd && isSpace(m_source.at(scalar.innerBegin)))
            ++scalar.innerBegin;
    } else if (event.tag == "?" || event.tag.empty()) {
        scalar.kind = plainKind(event.value);
    }
    return scalar;
}

bool Tree::event(const YamlEvent &event)
{
    using Kind = YamlEvent::Kind;
    const bool opens = event.kind == Kind::OpenMap || event.kind == Kind::OpenList;
    if (m_hidden > 0) {
        m_hidden += opens ? 1 : event.kind == Kind::Close ? -1 : 0;
        return true;
    }
    if (event.kind == Kind::Document)
        return m_handler.document(++m_documents);
    if (event.kind == Kind::Close) {
        const TreeHandler::Container container = m_open.back();
        m_open.pop_back();
        return m_handler.close(container, event.begin);
    }
    if (opens && event.isKey) {
        m_hidden = 1;
        return m_handler.key({FlatKey::Kind::Empty, event.begin, event.begin, event.begin, event.begin, "?"});
    }
    if (opens) {
        m_open.push_back(event.kind == Kind::OpenMap ? TreeHandler::Container::Map : TreeHandler::Container::List);
        return m_handler.open(m_open.back(), event.begin);
    }
    return event.isKey ? m_handler.key(scalar(event)) : m_handler.scalar(scalar(event));
}

/// Only asks whether there is anything wrong.
class Strict final : public TreeHandler {
public:
    void problem(Problem::Severity severity, qsizetype, const QString &) override
    {
        m_clean = m_clean && severity != Problem::Severity::Error;
    }
    bool isClean() const { return m_clean; }

private:
    bool m_clean = true;
};

} // namespace

std::optional<SyntaxError> walkYaml(const Source &source, TreeHandler &handler)
{
    // JSON is YAML, and the JSON walker is quicker and needs no memory for it.
    qsizetype first = 0;
    while (first < source.size() && isSpace(source.at(first)))
        ++first;
    if (source.peek(first) == '{' || source.peek(first) == '[') {
        Strict strict;
        if (!walkJson(source, strict) && strict.isClean()) {
            handler.document(1);
            // No string of valid JSON has a tab in it.
            if (const qsizetype tab = source.body().indexOf('\t'); tab >= 0)
                handler.problem(Problem::Severity::Warning, tab, separatingTab());
            return walkJson(source, handler);
        }
    }
    Tree tree(source, handler);
    return walkYamlEvents(source, tree);
}

} // namespace core::text
