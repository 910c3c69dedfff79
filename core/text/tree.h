// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/text/flatten.h"
#include "core/text/source.h"
#include "core/text/validate.h"

#include <functional>

namespace core::text {

/// Nesting deeper than this is refused by every parser of this module.
inline constexpr int MaxDepth = 400;
/// Sum of the lengths of all paths of one content, in characters.
inline constexpr qsizetype MaxPathChars = 32 * 1024 * 1024;

/// A scalar as it stands in the content. Private to core/text.
struct Scalar {
    FlatKey::Kind kind = FlatKey::Kind::String;
    qsizetype begin = 0, end = 0;           ///< with quotes
    qsizetype innerBegin = 0, innerEnd = 0; ///< without
    QByteArray text;                        ///< decoded
    bool reference = false;                 ///< a YAML alias: the value stands elsewhere
};

/// Receives the structure of a JSON or YAML content in order. A function that returns false stops the walk.
class TreeHandler {
    Q_DISABLE_COPY_MOVE(TreeHandler)
public:
    enum class Container { Map, List };
    TreeHandler() = default;
    virtual ~TreeHandler() = default;
    virtual bool document(int) { return true; } ///< from 1
    virtual bool open(Container, qsizetype) { return true; }
    virtual bool close(Container, qsizetype) { return true; }
    virtual bool key(const Scalar &) { return true; }
    virtual bool scalar(const Scalar &) { return true; }
    /// Something wrong that the walker can get over; Errors make the content invalid all the same.
    virtual void problem(Problem::Severity, qsizetype, const QString &) {}
};

std::optional<SyntaxError> walkJson(const Source &source, TreeHandler &handler);
std::optional<SyntaxError> walkYaml(const Source &source, TreeHandler &handler);

/// A value with its path, whatever the format.
struct Leaf {
    const QString &path;
    const Scalar &scalar;
    bool secret = false; ///< known from around it, not from its path (XML: `<property name="password" value="…"/>`)
};
/// Returns false to stop.
using LeafSink = std::function<bool(const Leaf &)>;
/// All leaves in order. Text and Html have none. Content with errors, warnings aside, is a SyntaxError; so is a passed limit.
std::optional<SyntaxError> walkLeaves(Format format, const Source &source, const LeafSink &sink);

// One for each format with its own scanner.
std::optional<SyntaxError> tomlLeaves(const Source &source, const LeafSink &sink);
std::optional<SyntaxError> propertiesLeaves(const Source &source, const LeafSink &sink);
std::optional<SyntaxError> xmlLeaves(const Source &source, const LeafSink &sink);

} // namespace core::text
