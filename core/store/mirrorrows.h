// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/database.h"
#include "core/store/mirror.h"

namespace core::store {

/// The SQL side of the mirror's contents: what the worker threads do. Every function that writes runs inside a transaction.
namespace mirrorsql {

DatabaseSpec spec();

/// `space/kind/` as addresses begin that are of that kind.
QString prefix(const QString &space, const QString &kind);
/// SQL for "begins with": `local >= ? AND local < ?`.
QVariantList range(const QString &prefix);

Result<qint64> scopeId(Connection &connection, const MirrorScope &scope); ///< 0: unknown yet
Result<qint64> makeScope(Connection &connection, const MirrorScope &scope);

Result<Done> upsert(Connection &connection, const MirrorScope &scope, const QList<MirrorItem> &items);
struct Content {
    MirrorState state;
    QByteArray sha, frame; ///< SHA-256 and compressed bytes of the content
    static Content of(const MirrorState &state);
};
Result<Done> putContent(Connection &connection, const MirrorScope &scope, const QString &local, const Content &content);
Result<Done> markDeleted(Connection &connection, const MirrorScope &scope, const QString &local, const QDateTime &seenAt,
                         const QString &by);
Result<QStringList> markMissing(Connection &connection, const MirrorScope &scope, const QString &prefix, const QDateTime &listBegan);

/// Columns of an item, with its id first; `i` is the table's name in the statement.
extern const QString ItemColumns;
MirrorItem itemFrom(const Rows &rows, int first = 1);
Result<QList<MirrorItem>> items(Connection &connection, const MirrorScope &scope, const QString &prefix, Mirror::Include include,
                                const QString &after, int limit);
Result<qint64> count(Connection &connection, const MirrorScope &scope, const QString &prefix);
Result<std::optional<MirrorItem>> item(Connection &connection, const MirrorScope &scope, const QString &local);
Result<std::optional<MirrorState>> content(Connection &connection, const MirrorScope &scope, const QString &local);
Result<QByteArray> blob(Connection &connection, const QByteArray &sha);

Result<QList<MirrorRevision>> revisions(Connection &connection, const MirrorScope &scope, const QString &local);
Result<std::optional<MirrorRevision>> asOf(Connection &connection, const MirrorScope &scope, const QString &local, const QDateTime &moment);
Result<std::optional<MirrorState>> revisionContent(Connection &connection, qint64 id);
Result<QList<std::pair<QString, qint64>>> spaces(Connection &connection, const MirrorScope &scope);

Result<Done> setKeep(Connection &connection, const MirrorScope &scope, Mirror::Keep keep);
Result<Done> clear(Connection &connection);
Result<Done> clear(Connection &connection, const MirrorScope &scope);
/// Bytes in use (not: of the file, which may have free pages).
Result<qint64> bytesInUse(Connection &connection);
/// Drops some of the oldest revisions that are not the newest of their item; false: there are none.
Result<bool> dropOldRevisions(Connection &connection, int howMany);

} // namespace mirrorsql

} // namespace core::store
