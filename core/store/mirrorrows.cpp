// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/mirrorrows.h"

#include "core/base/address.h"
#include "core/store/compression.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace core::store::mirrorsql {

namespace {

constexpr auto PushedOnly = "pushedOnly"_L1; // among an item's attributes: a push was the last, which tells content and type alone
constexpr qint64 SameMoment = 1000;          // ms: servers tell the time of one change differently in lists, details and histories

QVariant unknownText(const QString &text)
{
    return text.isNull() ? QVariant() : QVariant(text);
}
QVariant unknownBytes(const QByteArray &bytes)
{
    return bytes.isEmpty() ? QVariant() : QVariant(bytes);
}
QVariant json(const QJsonObject &object)
{
    return object.isEmpty() ? QVariant() : QVariant(QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact)));
}
QJsonObject fromJson(const QString &text)
{
    return text.isEmpty() ? QJsonObject() : QJsonDocument::fromJson(text.toUtf8()).object();
}
QVariant joined(const QStringList &tags)
{
    return tags.isEmpty() ? QVariant() : QVariant(tags.join(u'\n'));
}

QStringList tagsFrom(const QJsonValue &value)
{
    if (value.isArray()) {
        QStringList tags;
        for (const QJsonValue tag : value.toArray())
            tags.append(tag.toString());
        return tags;
    }
    QStringList tags = value.toString().split(u',', Qt::SkipEmptyParts);
    for (QString &tag : tags)
        tag = tag.trimmed();
    return tags;
}

/// The first two parts of an address without profile.
std::pair<QString, QString> spaceAndKind(const QString &local)
{
    const auto address = Address::parse(u"signalbox://x/"_s + local);
    return address ? std::pair(address->space(), address->kind()) : std::pair<QString, QString>();
}

struct Known {
    qint64 id = 0, seenAt = 0;
};
Result<Known> find(Connection &connection, qint64 scope, const QString &local)
{
    auto rows = connection.rows(u"SELECT id, seen_at FROM item WHERE scope = ? AND local = ?"_s, {scope, local});
    if (!rows)
        return fail(rows.error());
    if (!rows->next())
        return Known{};
    return Known{rows->integer(0), rows->integer(1)};
}

Result<Done> keepBlob(Connection &connection, const Content &content)
{
    const auto known = connection.single(u"SELECT 1 FROM blob WHERE sha = ?"_s, {content.sha});
    if (!known)
        return fail(known.error());
    if (known->isValid())
        return Done{};
    return connection.run(u"INSERT INTO blob(sha, zstd, size) VALUES(?, ?, ?)"_s,
                          {content.sha, content.frame, content.state.content.size()});
}

struct RevisionRow {
    qint64 item = 0;
    QByteArray sha, md5;
    QString type, attributes, by, verb, source;
    QDateTime changedAt, seenAt;
    qint64 size = -1;
    qint64 order() const { return (changedAt.isValid() ? changedAt : seenAt).toMSecsSinceEpoch(); }
};

Result<Done> insertRevision(Connection &connection, const RevisionRow &row)
{
    return connection.run(u"INSERT INTO revision(item, sha, md5, type, attributes, author, verb, source, changed_at, seen_at, size, ord) "
                          "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
                          {row.item, unknownBytes(row.sha), unknownBytes(row.md5), unknownText(row.type), unknownText(row.attributes),
                           unknownText(row.by), unknownText(row.verb), unknownText(row.source), sqlTime(row.changedAt), sqlTime(row.seenAt),
                           row.size, row.order()});
}

/// A state from the server's history: in its place by time, once.
Result<Done> rememberPast(Connection &connection, const RevisionRow &row)
{
    const auto same = connection.single(u"SELECT id FROM revision WHERE item = ? AND sha IS ? AND ord BETWEEN ? AND ?"_s,
                                        {row.item, unknownBytes(row.sha), row.order() - SameMoment, row.order() + SameMoment});
    if (!same)
        return fail(same.error());
    if (!same->isValid())
        return insertRevision(connection, row);
    return connection.run(u"UPDATE revision SET author = coalesce(author, ?), verb = coalesce(verb, ?) WHERE id = ?"_s,
                          {unknownText(row.by), unknownText(row.verb), *same});
}

/// What is there now: a revision of its own only when it differs from the newest one.
Result<Done> rememberNow(Connection &connection, const RevisionRow &row)
{
    qint64 newest = 0;
    bool same = false;
    {
        auto rows =
            connection.rows(u"SELECT id, sha, attributes FROM revision WHERE item = ? ORDER BY ord DESC, id DESC LIMIT 1"_s, {row.item});
        if (!rows)
            return fail(rows.error());
        if (rows->next()) {
            newest = rows->integer(0);
            same = rows->bytes(1) == row.sha && (row.sha.isEmpty() || row.attributes.isEmpty() || rows->text(2) == row.attributes);
        }
    }
    if (!same)
        return insertRevision(connection, row);
    // That it still is not there says nothing of when it went: the first look that found it gone is the closest to it.
    if (row.sha.isEmpty())
        return connection.run(u"UPDATE revision SET author = coalesce(author, ?) WHERE id = ?"_s, {unknownText(row.by), newest});
    return connection.run(u"UPDATE revision SET seen_at = ?, author = coalesce(?, author), changed_at = coalesce(?, changed_at), ord = "
                          "coalesce(?, ord) WHERE id = ?"_s,
                          {sqlTime(row.seenAt), unknownText(row.by), sqlTime(row.changedAt), sqlTime(row.changedAt), newest});
}

MirrorRevision revisionFrom(const Rows &rows)
{
    MirrorRevision revision;
    revision.id = rows.integer(0);
    revision.sha = rows.bytes(1);
    revision.exists = !revision.sha.isEmpty();
    revision.md5 = rows.bytes(2);
    revision.type = rows.text(3);
    revision.attributes = fromJson(rows.text(4));
    revision.by = rows.text(5);
    revision.verb = rows.text(6);
    revision.source = rows.text(7);
    revision.changedAt = timeFromSql(rows.value(8));
    revision.seenAt = timeFromSql(rows.value(9));
    revision.size = rows.integer(10);
    return revision;
}
const QString RevisionColumns = u"r.id, r.sha, r.md5, r.type, r.attributes, r.author, r.verb, r.source, r.changed_at, r.seen_at, r.size"_s;

} // namespace

const QString ItemColumns =
    u"i.id, i.local, i.md5, i.type, i.app, i.tags, i.description, i.changed_by, i.changed_at, i.seen_at, i.size, i.sha, "
    "i.content_md5, i.deleted, i.facts"_s;

QString prefix(const QString &space, const QString &kind)
{
    const auto address = Address::build(u"x"_s, space, kind, {u"x"_s});
    return address ? address->local().chopped(1) : u"\uffff"_s; // nothing has such a name
}

QVariantList range(const QString &prefix)
{
    QString end = prefix;
    if (!end.isEmpty())
        end.back() = QChar(end.back().unicode() + 1);
    return {prefix, end};
}

Result<qint64> scopeId(Connection &connection, const MirrorScope &scope)
{
    const auto id = connection.single(u"SELECT id FROM scope WHERE key = ?"_s, {sqlBytes(scope.key)});
    if (!id)
        return fail(id.error());
    return id->toLongLong();
}

Result<qint64> makeScope(Connection &connection, const MirrorScope &scope)
{
    const auto known = scopeId(connection, scope);
    if (!known || *known != 0)
        return known;
    if (const auto made = connection.run(u"INSERT INTO scope(key) VALUES(?)"_s, {sqlBytes(scope.key)}); !made)
        return fail(made.error());
    return connection.lastId();
}

Result<Done> upsert(Connection &connection, const MirrorScope &scope, const QList<MirrorItem> &items)
{
    const auto id = makeScope(connection, scope);
    if (!id)
        return fail(id.error());
    static const QString Same = u"(excluded.md5 IS NULL OR excluded.md5 IS md5)"_s;
    const auto keep = [](const QString &column) {
        return column + u" = coalesce(excluded."_s + column + u", CASE WHEN "_s + Same + u" THEN "_s + column + u" END)"_s;
    };
    static const QString Statement = u"INSERT INTO item(scope, local, space, kind, md5, type, app, tags, description, changed_by, "
                                     u"changed_at, seen_at, size, facts, deleted) "
                                     "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(scope, local) DO UPDATE SET "_s +
        QStringList{keep(u"type"_s),
                    keep(u"app"_s),
                    keep(u"tags"_s),
                    keep(u"description"_s),
                    keep(u"changed_by"_s),
                    keep(u"changed_at"_s),
                    keep(u"size"_s),
                    keep(u"facts"_s),
                    u"md5 = coalesce(excluded.md5, md5)"_s,
                    u"seen_at = excluded.seen_at"_s,
                    u"deleted = excluded.deleted"_s}
            .join(u", "_s) +
        u" WHERE excluded.seen_at >= seen_at"_s;
    for (const MirrorItem &item : items) {
        const auto [space, kind] = spaceAndKind(item.local);
        if (kind.isEmpty())
            continue;
        const auto done =
            connection.run(Statement,
                           {*id, item.local, space, kind, unknownBytes(item.md5), unknownText(item.type), unknownText(item.app),
                            joined(item.tags), unknownText(item.description), unknownText(item.changedBy), sqlTime(item.changedAt),
                            item.seenAt.isValid() ? item.seenAt.toMSecsSinceEpoch() : 0, item.size < 0 ? QVariant() : QVariant(item.size),
                            json(item.facts), item.deleted ? 1 : 0});
        if (!done)
            return done;
    }
    return Done{};
}

Content Content::of(const MirrorState &state)
{
    return {state, QCryptographicHash::hash(state.content, QCryptographicHash::Sha256), compressed(state.content)};
}

Result<Done> putContent(Connection &connection, const MirrorScope &scope, const QString &local, const Content &content)
{
    const MirrorState &state = content.state;
    const bool past = state.source == "history"_L1;
    const auto scopeKey = makeScope(connection, scope);
    if (!scopeKey)
        return fail(scopeKey.error());
    auto known = find(connection, *scopeKey, local);
    if (!known)
        return fail(known.error());
    const bool older = known->id != 0 && known->seenAt > state.seenAt.toMSecsSinceEpoch();
    if (!past && !older) {
        MirrorItem item{.local = local, .md5 = state.md5, .type = state.type, .seenAt = state.seenAt, .size = state.content.size()};
        item.changedAt = state.changedAt;
        item.changedBy = state.by;
        // An attribute that is not there is empty, not unknown: this is the whole state. A push carries the content alone.
        const bool whole = state.source != "push"_L1;
        if (whole) {
            item.app = sqlText(state.attributes.value("app"_L1).toString()).toString();
            item.description = sqlText(state.attributes.value("description"_L1).toString()).toString();
            item.tags = tagsFrom(state.attributes.value("tags"_L1));
        }
        if (const auto done = upsert(connection, scope, {item}); !done)
            return done;
        if (whole && item.tags.isEmpty()) {
            if (const auto done = connection.run(u"UPDATE item SET tags = NULL WHERE scope = ? AND local = ?"_s, {*scopeKey, local}); !done)
                return done;
        }
    } else if (known->id == 0) {
        MirrorItem item{.local = local, .deleted = true}; // known only from the past
        if (const auto done = upsert(connection, scope, {item}); !done)
            return done;
    }
    known = find(connection, *scopeKey, local);
    if (!known)
        return fail(known.error());
    const auto keep = connection.single(u"SELECT keep FROM scope WHERE id = ?"_s, {*scopeKey});
    if (!keep || keep->toInt() == int(Mirror::Keep::FactsOnly) || known->id == 0)
        return keep ? Result<Done>(Done{}) : fail(keep.error());
    if (const auto kept = keepBlob(connection, content); !kept)
        return kept;
    RevisionRow row{.item = known->id, .sha = content.sha, .md5 = state.md5, .type = state.type};
    row.attributes = json(state.attributes).toString();
    row.by = state.by;
    row.verb = state.verb;
    row.source = state.source;
    row.changedAt = state.changedAt;
    row.seenAt = state.seenAt;
    row.size = state.content.size();
    if (past || older)
        return rememberPast(connection, row);
    if (const auto done = rememberNow(connection, row); !done)
        return done;
    QJsonObject attributes = state.attributes;
    if (state.source == "push"_L1)
        attributes.insert(QString(PushedOnly), true);
    // Indexed anew only when the bytes are others.
    return connection.run(
        u"UPDATE item SET doc = CASE WHEN sha IS ? AND opaque = ? THEN doc END, sha = ?, content_md5 = ?, attributes = ?, "
        "opaque = ? WHERE id = ?"_s,
        {content.sha, state.opaque ? 1 : 0, content.sha, unknownBytes(state.md5), json(attributes), state.opaque ? 1 : 0, known->id});
}

Result<Done> markDeleted(Connection &connection, const MirrorScope &scope, const QString &local, const QDateTime &seenAt, const QString &by)
{
    const auto id = scopeId(connection, scope);
    if (!id)
        return fail(id.error());
    const auto known = find(connection, *id, local);
    if (!known)
        return fail(known.error());
    if (known->id == 0 || known->seenAt > seenAt.toMSecsSinceEpoch())
        return Done{};
    if (const auto done = connection.run(u"UPDATE item SET deleted = 1, seen_at = ? WHERE id = ?"_s, {sqlTime(seenAt), known->id}); !done)
        return done;
    RevisionRow row{.item = known->id, .verb = u"deleted"_s, .source = u"live"_s, .seenAt = seenAt};
    row.by = by;
    return rememberNow(connection, row);
}

Result<QStringList> markMissing(Connection &connection, const MirrorScope &scope, const QString &prefix, const QDateTime &listBegan)
{
    const auto id = scopeId(connection, scope);
    if (!id)
        return fail(id.error());
    QStringList missing;
    {
        auto rows =
            connection.rows(u"SELECT local FROM item WHERE scope = ? AND local >= ? AND local < ? AND deleted = 0 AND seen_at < ?"_s,
                            QVariantList{*id} + range(prefix) + QVariantList{sqlTime(listBegan)});
        if (!rows)
            return fail(rows.error());
        while (rows->next())
            missing.append(rows->text(0));
        if (const auto error = rows->error())
            return fail(*error);
    }
    for (const QString &local : std::as_const(missing)) {
        if (const auto done = markDeleted(connection, scope, local, listBegan, {}); !done)
            return fail(done.error());
    }
    return missing;
}

MirrorItem itemFrom(const Rows &rows, int first)
{
    MirrorItem item;
    item.local = rows.text(first);
    item.md5 = rows.bytes(first + 1);
    item.type = rows.text(first + 2);
    item.app = rows.text(first + 3);
    if (!rows.isNull(first + 4))
        item.tags = rows.text(first + 4).split(u'\n');
    item.description = rows.text(first + 5);
    item.changedBy = rows.text(first + 6);
    item.changedAt = timeFromSql(rows.value(first + 7));
    item.seenAt = timeFromSql(rows.value(first + 8));
    item.size = rows.isNull(first + 9) ? -1 : rows.integer(first + 9);
    item.contentSha = rows.bytes(first + 10);
    item.stale = !item.contentSha.isEmpty() && rows.bytes(first + 11) != item.md5;
    item.deleted = rows.integer(first + 12) != 0;
    item.facts = fromJson(rows.text(first + 13));
    return item;
}

Result<QList<MirrorItem>> items(Connection &connection, const MirrorScope &scope, const QString &prefix, Mirror::Include include,
                                const QString &after, int limit)
{
    const auto id = scopeId(connection, scope);
    if (!id)
        return fail(id.error());
    const QVariantList ends = range(prefix);
    const QString begin = after.isNull() ? u"local >= ?"_s : u"local > ?"_s;
    const QString present = include == Mirror::Include::Present ? u" AND deleted = 0"_s : QString();
    auto rows = connection.rows(
        u"SELECT %1 FROM item i WHERE scope = ? AND %2 AND local < ?%3 ORDER BY local LIMIT ?"_s.arg(ItemColumns, begin, present),
        {*id, after.isNull() ? ends.at(0) : QVariant(after), ends.at(1), limit});
    if (!rows)
        return fail(rows.error());
    QList<MirrorItem> found;
    while (rows->next())
        found.append(itemFrom(*rows));
    if (const auto error = rows->error())
        return fail(*error);
    return found;
}

Result<qint64> count(Connection &connection, const MirrorScope &scope, const QString &prefix)
{
    const auto id = scopeId(connection, scope);
    if (!id)
        return fail(id.error());
    const auto number = connection.single(u"SELECT count(*) FROM item WHERE scope = ? AND local >= ? AND local < ? AND deleted = 0"_s,
                                          QVariantList{*id} + range(prefix));
    if (!number)
        return fail(number.error());
    return number->toLongLong();
}

Result<std::optional<MirrorItem>> item(Connection &connection, const MirrorScope &scope, const QString &local)
{
    auto rows = connection.rows(u"SELECT %1 FROM item i JOIN scope s ON s.id = i.scope WHERE s.key = ? AND i.local = ?"_s.arg(ItemColumns),
                                {sqlBytes(scope.key), local});
    if (!rows)
        return fail(rows.error());
    if (!rows->next())
        return std::optional<MirrorItem>();
    return std::optional<MirrorItem>(itemFrom(*rows));
}

Result<QByteArray> blob(Connection &connection, const QByteArray &sha)
{
    const auto frame = connection.single(u"SELECT zstd FROM blob WHERE sha = ?"_s, {sha});
    if (!frame)
        return fail(frame.error());
    auto bytes = decompressed(frame->toByteArray());
    if (!bytes)
        return fail(Error::Kind::Internal, u"a remembered content is damaged"_s, int(SqlCode::Corrupt));
    return bytes;
}

Result<std::optional<MirrorState>> content(Connection &connection, const MirrorScope &scope, const QString &local)
{
    MirrorState state;
    QByteArray sha;
    {
        auto rows = connection.rows(
            u"SELECT i.sha, i.attributes, i.content_md5, i.type, i.changed_by, i.changed_at, i.seen_at, i.opaque FROM item i "
            "JOIN scope s ON s.id = i.scope WHERE s.key = ? AND i.local = ?"_s,
            {sqlBytes(scope.key), local});
        if (!rows)
            return fail(rows.error());
        if (!rows->next() || rows->isNull(0))
            return std::optional<MirrorState>();
        sha = rows->bytes(0);
        state.attributes = fromJson(rows->text(1));
        state.md5 = rows->bytes(2);
        state.type = rows->text(3);
        state.by = rows->text(4);
        state.changedAt = timeFromSql(rows->value(5));
        state.seenAt = timeFromSql(rows->value(6));
        state.opaque = rows->integer(7) != 0;
        state.source = state.attributes.take(QString(PushedOnly)).toBool() ? u"push"_s : u"mirror"_s;
    }
    auto bytes = blob(connection, sha);
    if (!bytes)
        return fail(bytes.error());
    state.content = std::move(*bytes);
    return std::optional<MirrorState>(std::move(state));
}

Result<QList<MirrorRevision>> revisions(Connection &connection, const MirrorScope &scope, const QString &local)
{
    auto rows = connection.rows(
        u"SELECT %1 FROM revision r JOIN item i ON i.id = r.item JOIN scope s ON s.id = i.scope WHERE s.key = ? AND i.local = "
        "? ORDER BY r.ord DESC, r.id DESC"_s.arg(RevisionColumns),
        {sqlBytes(scope.key), local});
    if (!rows)
        return fail(rows.error());
    QList<MirrorRevision> found;
    while (rows->next())
        found.append(revisionFrom(*rows));
    if (const auto error = rows->error())
        return fail(*error);
    return found;
}

Result<std::optional<MirrorRevision>> asOf(Connection &connection, const MirrorScope &scope, const QString &local, const QDateTime &moment)
{
    auto rows = connection.rows(
        u"SELECT %1 FROM revision r JOIN item i ON i.id = r.item JOIN scope s ON s.id = i.scope WHERE s.key = ? AND i.local = "
        "? AND r.ord <= ? ORDER BY r.ord DESC, r.id DESC LIMIT 1"_s.arg(RevisionColumns),
        {sqlBytes(scope.key), local, sqlTime(moment)});
    if (!rows)
        return fail(rows.error());
    if (!rows->next())
        return std::optional<MirrorRevision>();
    return std::optional<MirrorRevision>(revisionFrom(*rows));
}

Result<std::optional<MirrorState>> revisionContent(Connection &connection, qint64 id)
{
    MirrorRevision revision;
    {
        auto rows = connection.rows(u"SELECT %1 FROM revision r WHERE r.id = ?"_s.arg(RevisionColumns), {id});
        if (!rows)
            return fail(rows.error());
        if (!rows->next())
            return std::optional<MirrorState>();
        revision = revisionFrom(*rows);
    }
    if (!revision.exists)
        return std::optional<MirrorState>();
    auto bytes = blob(connection, revision.sha);
    if (!bytes)
        return fail(bytes.error());
    MirrorState state{.content = std::move(*bytes), .attributes = revision.attributes, .md5 = revision.md5, .type = revision.type};
    state.by = revision.by;
    state.verb = revision.verb;
    state.source = revision.source;
    state.changedAt = revision.changedAt;
    state.seenAt = revision.seenAt;
    return std::optional<MirrorState>(std::move(state));
}

Result<QList<std::pair<QString, qint64>>> spaces(Connection &connection, const MirrorScope &scope)
{
    auto rows =
        connection.rows(u"SELECT i.space, count(*) FROM item i JOIN scope s ON s.id = i.scope WHERE s.key = ? AND i.deleted = 0 GROUP BY "
                        "i.space ORDER BY i.space"_s,
                        {sqlBytes(scope.key)});
    if (!rows)
        return fail(rows.error());
    QList<std::pair<QString, qint64>> found;
    while (rows->next())
        found.append({rows->text(0), rows->integer(1)});
    if (const auto error = rows->error())
        return fail(*error);
    return found;
}

} // namespace core::store::mirrorsql
