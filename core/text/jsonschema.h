// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/text/validate.h"

#include <memory>
#include <QStringList>

namespace core::text {

/// A JSON Schema (drafts 4 to 2020-12, their common keywords), and what it has to say of a content in JSON, YAML or TOML. Only `$ref`s into
/// the schema itself are followed: nothing is fetched and no file is read. Bounded in time, memory and recursion for any schema and
/// content: what would take longer is given up, and that is said. Immutable, cheap to copy, thread-safe.
class JsonSchema final {
public:
    static constexpr qsizetype MaxBytes = 1024 * 1024;

    /// Usage: not JSON, or not a schema; with line and column.
    static Result<JsonSchema> compile(const QByteArray &schema);

    /// What of the schema itself is not made use of and why: `$ref`s elsewhere or to nowhere (what they are about may be anything),
    /// patterns that cannot be read, unknown keywords that check.
    const QList<Problem> &remarks() const;
    QString title() const;

    /// Everything the content does that the schema does not want, as warnings that begin with `schema: `, in order of appearance, at most
    /// MaxProblems. Nothing for content that does not parse and for other formats.
    QList<Problem> check(Format format, const QByteArray &content) const;

    struct Hint {
        QString key, title, description;
        QStringList types;  ///< as in the schema: string, integer, …
        QStringList values; ///< those allowed, when they are listed
        QString standard;   ///< the default
        bool required = false, deprecated = false;
    };
    /// What is known of the key at a place (or of the value next to it), also in a content that does not parse at the moment.
    /// `line`, `column`: from 1, in characters.
    std::optional<Hint> describe(Format format, const QByteArray &content, int line, int column) const;

    struct Proposal {
        enum class Kind { Key, Value };
        Kind kind = Kind::Key;
        QString name;      ///< to be shown
        QByteArray insert; ///< spelled as the format wants it
        QString about;     ///< title, or the first line of the description
        bool required = false;
    };
    struct Proposals {
        qsizetype begin = 0, end = 0; ///< what of the content (bytes, byte order mark aside) one of them replaces
        QByteArray typed;             ///< the part of it in front of the caret, without quotes
        QList<Proposal> list;         ///< that begin so, whatever the case
    };
    /// The keys and values that may stand at a place; none in TOML.
    Proposals proposals(Format format, const QByteArray &content, int line, int column) const;

private:
    struct Data;
    explicit JsonSchema(std::shared_ptr<const Data> data);
    std::shared_ptr<const Data> m_data;
    friend class SchemaChecker;
    friend class SchemaReader;
    friend class SchemaView;
};

} // namespace core::text
