// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/secrets.h"
#include "core/text/tree.h"

using namespace Qt::StringLiterals;

namespace core::text {

namespace {

/// Builds the path of each leaf while the structure goes by.
class PathBuilder final : public TreeHandler {
public:
    explicit PathBuilder(const LeafSink &sink)
        : m_sink(sink)
    {
    }
    const std::optional<SyntaxError> &error() const { return m_error; }

    bool document(int number) override
    {
        m_path = number == 1 ? QString() : u"(%1)"_s.arg(number);
        m_stack.clear();
        return true;
    }
    bool open(Container container, qsizetype offset) override
    {
        beginValue();
        m_stack.push_back({.container = container, .length = m_path.size(), .offset = offset, .members = 0});
        return true;
    }
    bool close(Container, qsizetype offset) override
    {
        const Level level = m_stack.back();
        m_stack.pop_back();
        m_path.truncate(level.length);
        bool goOn = true;
        if (level.members == 0) {
            const qsizetype end = std::max(offset, level.offset);
            const Scalar scalar{FlatKey::Kind::Empty, level.offset, end,
                                level.offset,         end,          level.container == Container::Map ? "{}" : "[]"};
            goOn = give(scalar);
        }
        endValue();
        return goOn;
    }
    bool key(const Scalar &scalar) override
    {
        Level &level = m_stack.back();
        ++level.members;
        m_path.truncate(level.length);
        if (!m_path.isEmpty())
            m_path += u'.';
        m_path += scalar.kind == FlatKey::Kind::Null && scalar.text.isEmpty() ? u"null"_s : QString::fromUtf8(scalar.text);
        level.member = scalar.text == "name" || scalar.text == "key" ? Member::Name
            : scalar.text == "value"                                 ? Member::Value
                                                                     : Member::Other;
        return true;
    }
    bool scalar(const Scalar &scalar) override
    {
        beginValue();
        const bool root = m_stack.empty() && scalar.kind == FlatKey::Kind::Null && scalar.begin == scalar.end;
        const bool goOn = root || give(scalar);
        endValue();
        return goOn;
    }
    void problem(Problem::Severity severity, qsizetype offset, const QString &message) override
    {
        if (severity == Problem::Severity::Error && !m_error)
            m_error = SyntaxError{offset, message};
    }

private:
    enum class Member { Name, Value, Other };
    struct Level {
        Container container;
        qsizetype length; // of the path of the container
        qsizetype offset;
        qsizetype members;
        Member member = Member::Other;
        bool named = false; // Map: its `name` or `key` is that of a secret, as in a container's environment; List: the member before
    };
    void beginValue()
    {
        if (m_stack.empty() || m_stack.back().container == Container::Map)
            return;
        Level &level = m_stack.back();
        m_path.truncate(level.length);
        m_path += u'[' + QString::number(level.members++) + u']';
    }
    void endValue()
    {
        if (!m_stack.empty())
            m_path.truncate(m_stack.back().length);
    }
    bool give(const Scalar &scalar)
    {
        if (m_error)
            return false;
        m_chars += m_path.size();
        if (m_chars > MaxPathChars) {
            m_error = SyntaxError{scalar.begin, u"the names of all keys together are too long"_s};
            return false;
        }
        bool secret = false;
        if (!m_stack.empty() && m_stack.back().container == Container::Map) {
            Level &level = m_stack.back();
            if (level.member == Member::Name)
                level.named = isSecretKey(QString::fromUtf8(scalar.text));
            secret = level.named && level.member == Member::Value;
        } else if (!m_stack.empty()) {
            // Arguments of a command: ["--password", "…"]
            Level &level = m_stack.back();
            secret = level.named && !scalar.text.startsWith('-');
            level.named = scalar.text.startsWith('-') && !scalar.text.contains('=') && isSecretKey(QString::fromUtf8(scalar.text));
        }
        return m_sink({m_path, scalar, secret});
    }

    const LeafSink &m_sink;
    QString m_path;
    std::vector<Level> m_stack;
    qsizetype m_chars = 0;
    std::optional<SyntaxError> m_error;
};

} // namespace

std::optional<SyntaxError> walkLeaves(Format format, const Source &source, const LeafSink &sink)
{
    if (auto error = unreadable(source))
        return error;
    switch (format) {
    case Format::Json:
    case Format::Yaml: {
        PathBuilder builder(sink);
        const auto error = format == Format::Json ? walkJson(source, builder) : walkYaml(source, builder);
        return builder.error() ? builder.error() : error;
    }
    case Format::Toml:
        return tomlLeaves(source, sink);
    case Format::Properties:
        return propertiesLeaves(source, sink);
    case Format::Xml:
        return xmlLeaves(source, sink);
    case Format::Text:
    case Format::Html:
        break;
    }
    return {};
}

} // namespace core::text
