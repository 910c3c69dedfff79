// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/reply.h"
#include "core/guard/plan.h"
#include "core/nacos/config/configread.h"

namespace core::nacos {

/// What to look for in contents and what to put in its place.
struct Replacement {
    enum class Kind {
        Literal, ///< both texts stand for themselves, byte for byte
        Regex    ///< Perl-compatible; `^` and `$` are the ends of lines; `\0`…`\9` (or `$0`…`$9`), `\n`, `\t`, `\\` in `with`
    };
    Kind kind = Kind::Literal;
    QString find, with;
};
/// Usage: nothing to look for, not a regular expression (with the place), or one that finds nothing at all between two characters.
Result<Done> check(const Replacement &replacement);

struct Replaced {
    QByteArray content;
    qint64 count = 0; ///< places
};
/// Pure, any thread. Policy: the content is not UTF-8 (for Regex), or the expression is too costly on it.
Result<Replaced> replaceIn(const QByteArray &content, const Replacement &replacement);

struct ReplaceRequest {
    Replacement replacement;
    QString dataId, group;  ///< patterns with `*`; empty: all
    QStringList namespaces; ///< canonical; empty: all there are; who may not list them: those the profile knows
};

/// The plan of a replacement in many contents: one update for each that has a hit, in the order of namespace, group and data ID, every one
/// compared by the server. What has hits and cannot be changed is left out with the reason: encrypted contents, contents that would be
/// blank or too long, contents that could not be read. Taking the plan back skips what was changed since, as every undo.
struct ReplacePlan {
    guard::Plan plan;     ///< without changes: nothing was found
    QList<qint64> counts; ///< places, for each change
    QList<LeftOut> leftOut;
    qint64 looked = 0; ///< configurations that were read
};
/// Errors: Usage of the request, those of the session and of the lists (partiallist.h: no plan of a part). progress(): read, listed.
Reply<ReplacePlan> *planReplace(Registry &registry, const ReplaceRequest &request, QObject *parent);

} // namespace core::nacos
