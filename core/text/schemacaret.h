// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/text/format.h"
#include "core/text/source.h"

#include <QList>
#include <QSet>

namespace core::text {

/// Where in the structure of a content a caret stands, found without a parser that would refuse what is being typed. Private to core/text.
struct SchemaCaret {
    struct Step {
        QByteArray key;
        qsizetype index = -1; ///< of an entry of a list; -1: `key`
    };
    enum class At {
        Nothing,
        Key,       ///< of a map
        Value,     ///< of `key`
        Entry,     ///< of a list; its step is the last of `path`
        KeyOrEntry ///< YAML: behind a dash
    };
    At at = At::Nothing;
    QList<Step> path; ///< of the map or entry around it
    QByteArray key;
    qsizetype begin = 0, end = 0; ///< the word there, with quotes
    QByteArray typed;             ///< of it in front of the caret, without quotes
    bool colon = false;           ///< a colon follows the key
    bool blank = true;            ///< YAML: nothing need stand between the colon and what is put there
    bool simple = true;           ///< the value is a single scalar, or nothing yet
    QSet<QByteArray> siblings;    ///< other keys of the map
};

enum class CaretUse { Look, Write };
/// Json or Yaml. `offset`: in bytes of the source.
SchemaCaret findCaret(Format format, const Source &source, qsizetype offset, CaretUse use);

} // namespace core::text
