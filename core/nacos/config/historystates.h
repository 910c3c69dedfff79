// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nacos/config/configdecode.h"
#include "core/store/mirror.h"

namespace core::nacos {

/// What is known of the present state.
struct LiveFacts {
    QByteArray md5;
    qint64 size = 0;
    QDateTime createdAt, changedAt;
    QString by, from;
};

/// Turns the server's rows (newest first) into states, newest first. A row tells who made a change and when; the content it carries is
/// the one before that change (of an insert: after it), so what a change made is found in the next newer row, or live. A state whose
/// content nobody has any more is left out. Pure.
QList<ConfigRevision> statesOf(const QList<HistoryRow> &rows, const std::optional<LiveFacts> &live);

/// Puts what the mirror saw besides in its place by time; what the server's states tell already is not repeated. Pure.
QList<ConfigRevision> withMirror(const QList<ConfigRevision> &states, const QList<store::MirrorRevision> &seen);

/// What the mirror has of a configuration. After a push its other attributes are unknown: not `complete`.
ConfigDetail rememberedDetail(const ConfigKey &key, const store::MirrorState &state);

/// What an id of those functions names. Ids stay good while the server keeps the row, or the mirror the revision.
struct RevisionId {
    enum class Kind {
        Live, ///< the present state, as long as it has that MD5
        Row,  ///< the content in a row of the server's history
        Gone, ///< "does not exist", made by that row
        Mirror
    };
    Kind kind = Kind::Live;
    QString value; ///< MD5, row id or mirror id
    QString toString() const;
    /// Usage: not one of ours.
    static Result<RevisionId> parse(const QString &text);
};

} // namespace core::nacos
