// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/text/tree.h"

#include <string_view>

namespace core::text {

/// One event of a YAML stream with the bytes it stands for. Private to core/text.
struct YamlEvent {
    enum class Kind { Document, OpenMap, OpenList, Close, Scalar, Null, Alias };
    Kind kind = Kind::Null;
    qsizetype node = 0;           ///< where the node begins, tag and anchor included
    qsizetype begin = 0, end = 0; ///< of the node itself; Open: of its first character; Close: behind the bracket of a flow collection
    int column = 0;               ///< Open: bytes in front of it in its line
    bool flow = false;            ///< Open, Close: written with brackets
    bool inFlow = false;          ///< somewhere inside brackets
    bool isKey = false;
    char style = '\0';      ///< Scalar: '"', '\'', '|', '>' or NUL for plain
    int parentColumn = -1;  ///< of the innermost block collection around it; -1: none
    std::string_view tag;   ///< as yaml-cpp resolves it: "?" plain, "!" quoted
    std::size_t anchor = 0; ///< 0: none; Alias: the anchor meant
    std::string_view value; ///< Scalar: decoded
};

class YamlSink {
    Q_DISABLE_COPY_MOVE(YamlSink)
public:
    YamlSink() = default;
    virtual ~YamlSink() = default;
    /// Returns false to stop.
    virtual bool event(const YamlEvent &event) = 0;
    virtual void problem(Problem::Severity, qsizetype, const QString &) {}
};

/// yaml-cpp with its gaps closed: unterminated quotes, text after a document, empty flow entries, endless loops, unbounded memory.
/// Aliases are never expanded.
std::optional<SyntaxError> walkYamlEvents(const Source &source, YamlSink &sink);

} // namespace core::text
