// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/mirrorrows.h"

using namespace Qt::StringLiterals;

namespace core::store::mirrorsql {

namespace {

Result<Done> runAll(Connection &connection, const QStringList &statements, const QVariantList &values)
{
    for (const QString &statement : statements) {
        if (const auto done = connection.run(statement, values); !done)
            return done;
    }
    return Done{};
}

/// Everything that hangs on the contents of one scope.
const QStringList DropContents{
    u"DELETE FROM keyvalue WHERE item IN (SELECT id FROM item WHERE scope = ?)"_s,
    u"DELETE FROM doc WHERE item IN (SELECT id FROM item WHERE scope = ?)"_s,
    u"DELETE FROM revision WHERE item IN (SELECT id FROM item WHERE scope = ?)"_s,
    u"UPDATE item SET sha = NULL, content_md5 = NULL, attributes = NULL, doc = NULL, masked = 0 WHERE scope = ?"_s,
};
const QString DropUnusedBlobs = u"DELETE FROM blob WHERE sha NOT IN (SELECT sha FROM revision WHERE sha IS NOT NULL)"_s;

Result<Done> dropBlobUnlessUsed(Connection &connection, const QByteArray &sha)
{
    return connection.run(u"DELETE FROM blob WHERE sha = ? AND NOT EXISTS (SELECT 1 FROM revision WHERE revision.sha = blob.sha)"_s, {sha});
}

} // namespace

DatabaseSpec spec()
{
    DatabaseSpec spec;
    spec.file = u"mirror.db"_s;
    spec.sync = DatabaseSpec::Sync::Normal;
    spec.prelude = {u"PRAGMA auto_vacuum = INCREMENTAL"_s};
    // Times are milliseconds since 1970 UTC; NULL is "not known". `ord` orders the revisions of an item: when it changed, or was seen.
    // The full-text tables have no content of their own: `doc` says which of their rows still mean something;
    // item.doc is 1 when all of them are there, 0 when the item is not searched, NULL when it waits.
    spec.migrations = {{
        u"CREATE TABLE scope (id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, keep INTEGER NOT NULL DEFAULT 0)"_s,
        u"CREATE TABLE item (id INTEGER PRIMARY KEY, scope INTEGER NOT NULL, local TEXT NOT NULL, space TEXT NOT NULL, kind TEXT NOT NULL, "
        "md5 BLOB, type TEXT, app TEXT, tags TEXT, description TEXT, changed_by TEXT, changed_at INTEGER, seen_at INTEGER NOT NULL, "
        "size INTEGER, sha BLOB, content_md5 BLOB, attributes TEXT, deleted INTEGER NOT NULL DEFAULT 0, facts TEXT, "
        "opaque INTEGER NOT NULL DEFAULT 0, doc INTEGER, masked INTEGER NOT NULL DEFAULT 0, UNIQUE(scope, local))"_s,
        u"CREATE INDEX item_pending ON item(id) WHERE doc IS NULL AND sha IS NOT NULL"_s,
        u"CREATE TABLE blob (id INTEGER PRIMARY KEY, sha BLOB NOT NULL UNIQUE, zstd BLOB NOT NULL, size INTEGER NOT NULL)"_s,
        u"CREATE TABLE revision (id INTEGER PRIMARY KEY, item INTEGER NOT NULL, sha BLOB, md5 BLOB, type TEXT, attributes TEXT, author "
        u"TEXT, "
        "verb TEXT, source TEXT, changed_at INTEGER, seen_at INTEGER, size INTEGER, ord INTEGER NOT NULL)"_s,
        u"CREATE INDEX revision_item ON revision(item, ord)"_s,
        u"CREATE INDEX revision_sha ON revision(sha)"_s,
        u"CREATE INDEX revision_ord ON revision(ord)"_s,
        u"CREATE TABLE doc (id INTEGER PRIMARY KEY AUTOINCREMENT, item INTEGER NOT NULL)"_s,
        u"CREATE INDEX doc_item ON doc(item)"_s,
        u"CREATE TABLE keyvalue (item INTEGER NOT NULL, path TEXT NOT NULL COLLATE NOCASE, value TEXT NOT NULL, line INTEGER NOT NULL)"_s,
        u"CREATE INDEX keyvalue_item ON keyvalue(item, line)"_s,
        u"CREATE INDEX keyvalue_path ON keyvalue(path)"_s,
        u"CREATE VIRTUAL TABLE part USING fts5(text, content = '', tokenize = 'trigram', detail = none, columnsize = 0)"_s,
        u"CREATE VIRTUAL TABLE word USING fts5(text, content = '', tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3', detail = "
        u"none, "
        "columnsize = 0)"_s,
    }};
    return spec;
}

Result<Done> setKeep(Connection &connection, const MirrorScope &scope, Mirror::Keep keep)
{
    const auto id = makeScope(connection, scope);
    if (!id)
        return fail(id.error());
    if (const auto set = connection.run(u"UPDATE scope SET keep = ? WHERE id = ?"_s, {int(keep), *id});
        !set || keep == Mirror::Keep::Contents)
        return set;
    if (const auto dropped = runAll(connection, DropContents, {*id}); !dropped)
        return dropped;
    return connection.run(DropUnusedBlobs);
}

Result<Done> clear(Connection &connection)
{
    return runAll(connection,
                  {u"DELETE FROM keyvalue"_s, u"DELETE FROM doc"_s, u"DELETE FROM revision"_s, u"DELETE FROM item"_s, u"DELETE FROM blob"_s,
                   u"INSERT INTO part(part) VALUES('delete-all')"_s, u"INSERT INTO word(word) VALUES('delete-all')"_s},
                  {});
}

Result<Done> clear(Connection &connection, const MirrorScope &scope)
{
    const auto id = scopeId(connection, scope);
    if (!id)
        return fail(id.error());
    if (const auto dropped = runAll(connection, DropContents + QStringList{u"DELETE FROM item WHERE scope = ?"_s}, {*id}); !dropped)
        return dropped;
    return connection.run(DropUnusedBlobs);
}

Result<qint64> bytesInUse(Connection &connection)
{
    qint64 numbers[3] = {};
    const QString pragmas[3] = {u"PRAGMA page_size"_s, u"PRAGMA page_count"_s, u"PRAGMA freelist_count"_s};
    for (int i = 0; i < 3; ++i) {
        const auto value = connection.single(pragmas[i]);
        if (!value)
            return fail(value.error());
        numbers[i] = value->toLongLong();
    }
    return numbers[0] * (numbers[1] - numbers[2]);
}

Result<bool> dropOldRevisions(Connection &connection, int howMany)
{
    QList<std::pair<qint64, QByteArray>> old;
    {
        auto rows =
            connection.rows(u"SELECT r.id, r.sha FROM revision r WHERE EXISTS (SELECT 1 FROM revision n WHERE n.item = r.item AND n.ord > "
                            "r.ord) AND NOT EXISTS (SELECT 1 FROM item i WHERE i.id = r.item AND i.sha IS r.sha) ORDER BY r.ord LIMIT ?"_s,
                            {howMany});
        if (!rows)
            return fail(rows.error());
        while (rows->next())
            old.append({rows->integer(0), rows->bytes(1)});
        if (const auto error = rows->error())
            return fail(*error);
    }
    for (const auto &[id, sha] : std::as_const(old)) {
        if (const auto gone = connection.run(u"DELETE FROM revision WHERE id = ?"_s, {id}); !gone)
            return fail(gone.error());
        if (const auto gone = dropBlobUnlessUsed(connection, sha); !gone)
            return fail(gone.error());
    }
    return !old.isEmpty();
}

} // namespace core::store::mirrorsql
