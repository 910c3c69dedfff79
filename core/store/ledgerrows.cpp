// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/ledgerrows.h"

#include "core/base/canonicaljson.h"
#include "core/store/compression.h"
#include "core/store/salvage.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QSet>

using namespace Qt::StringLiterals;

namespace core::store {

namespace {

QByteArray sha256(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
}

QJsonValue hex(const QByteArray &hash)
{
    return hash.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(QString::fromLatin1(hash.toHex()));
}

QString undoColumn(const QString &undo, const QString &note)
{
    return note.isEmpty() ? undo : undo + u": "_s + note;
}

QVariant optionalHash(const QByteArray &hash)
{
    return hash.isEmpty() ? QVariant() : QVariant(hash);
}

QDateTime timeFrom(const QString &text)
{
    return QDateTime::fromString(text, Qt::ISODateWithMs);
}

Result<QByteArray> keepValue(Connection &connection, const std::optional<QByteArray> &value)
{
    if (!value)
        return QByteArray();
    QByteArray hash = sha256(*value);
    const auto known = connection.single(u"SELECT 1 FROM blob WHERE sha256 = ?"_s, {hash});
    if (!known)
        return fail(known.error());
    if (!known->isValid()) {
        if (const auto kept = connection.run(u"INSERT INTO blob(sha256, zstd) VALUES(?, ?)"_s, {hash, compressed(*value)}); !kept)
            return fail(kept.error());
    }
    return hash;
}

Result<Done> setHead(Connection &connection, const ledgersql::Head &head)
{
    return connection.run(u"UPDATE head SET hash = ?, rows = ?"_s, {head.hash, head.rows});
}

const QString EntryColumns = u"i.id, i.at, i.owner, i.program, i.plan, i.idx, i.address, i.verb, i.comparison, i.undo, i.before, i.after, "
                             "i.reason, i.summary, i.hash, o.at, o.outcome, o.verified, o.error, o.hash"_s;
const QString EntryTables = u" FROM intent i LEFT JOIN outcome o ON o.intent = i.id "_s;

LedgerEntry entryFrom(const Rows &rows)
{
    LedgerEntry entry = ledgersql::intentFrom(rows, 0);
    if (!rows.isNull(15))
        entry.result = LedgerEntry::Result{timeFrom(rows.text(15)), rows.text(16), rows.integer(17) != 0, rows.text(18), rows.bytes(19)};
    return entry;
}

Result<QList<LedgerEntry>> entriesFrom(Result<Rows> rows)
{
    if (!rows)
        return fail(rows.error());
    QList<LedgerEntry> entries;
    while (rows->next())
        entries.append(entryFrom(*rows));
    if (const auto error = rows->error())
        return fail(*error);
    return entries;
}

} // namespace

QJsonObject LedgerEntry::toJson() const
{
    QJsonObject json{{u"id"_s, id},
                     {u"at"_s, toRfc3339(at)},
                     {u"program"_s, program},
                     {u"owner"_s, owner},
                     {u"planId"_s, plan.toString(QUuid::WithoutBraces)},
                     {u"index"_s, index},
                     {u"address"_s, address},
                     {u"verb"_s, verb},
                     {u"atomic"_s, comparison == "atomic"_L1},
                     {u"undo"_s, undo},
                     {u"before"_s, hex(before)},
                     {u"after"_s, hex(after)},
                     {u"reason"_s, reason},
                     {u"summary"_s, summary},
                     {u"hash"_s, hex(hash)},
                     {u"outcome"_s, QJsonValue::Null},
                     {u"outcomeAt"_s, QJsonValue::Null},
                     {u"verified"_s, false},
                     {u"error"_s, QJsonValue::Null},
                     {u"outcomeHash"_s, QJsonValue::Null}};
    if (!undoNote.isEmpty())
        json.insert(u"undoNote"_s, undoNote);
    if (result) {
        json.insert(u"outcome"_s, result->outcome);
        json.insert(u"outcomeAt"_s, toRfc3339(result->at));
        json.insert(u"verified"_s, result->verified);
        if (!result->error.isEmpty())
            json.insert(u"error"_s, result->error);
        json.insert(u"outcomeHash"_s, hex(result->hash));
    }
    return json;
}

namespace ledgersql {

const QString IntentColumns = u"id, at, owner, program, plan, idx, address, verb, comparison, undo, before, after, reason, summary, hash"_s;
const QString OutcomeColumns = u"intent, at, outcome, verified, error, hash"_s;

QList<QStringList> migrations()
{
    return {{
        u"CREATE TABLE blob (sha256 BLOB PRIMARY KEY, zstd BLOB NOT NULL) WITHOUT ROWID"_s,
        u"CREATE TABLE intent (id INTEGER PRIMARY KEY, at TEXT NOT NULL, owner TEXT NOT NULL, program TEXT NOT NULL, plan TEXT NOT NULL, "
        "idx INTEGER NOT NULL, address TEXT NOT NULL, verb TEXT NOT NULL, comparison TEXT NOT NULL, undo TEXT NOT NULL, before BLOB, "
        "after BLOB, reason TEXT NOT NULL, summary TEXT NOT NULL, previous BLOB NOT NULL, hash BLOB NOT NULL)"_s,
        u"CREATE TABLE outcome (intent INTEGER PRIMARY KEY REFERENCES intent(id), at TEXT NOT NULL, outcome TEXT NOT NULL, "
        "verified INTEGER NOT NULL, error TEXT, previous BLOB NOT NULL, hash BLOB NOT NULL)"_s,
        u"CREATE INDEX intent_plan ON intent(plan, idx)"_s,
        u"CREATE UNIQUE INDEX intent_previous ON intent(previous)"_s,
        u"CREATE UNIQUE INDEX outcome_previous ON outcome(previous)"_s,
        u"CREATE TABLE head (one INTEGER PRIMARY KEY CHECK (one = 1), hash BLOB NOT NULL, rows INTEGER NOT NULL)"_s,
        u"INSERT INTO head VALUES(1, zeroblob(32), 0)"_s,
        u"CREATE TABLE open (intent INTEGER PRIMARY KEY)"_s,
    }};
}

LedgerEntry intentFrom(const Rows &rows, int first)
{
    LedgerEntry entry;
    entry.id = rows.integer(first);
    entry.at = timeFrom(rows.text(first + 1));
    entry.owner = rows.text(first + 2);
    entry.program = rows.text(first + 3);
    entry.plan = QUuid::fromString(rows.text(first + 4));
    entry.index = int(rows.integer(first + 5));
    entry.address = rows.text(first + 6);
    entry.verb = rows.text(first + 7);
    entry.comparison = rows.text(first + 8);
    const QString undo = rows.text(first + 9);
    const qsizetype colon = undo.indexOf(u": "_s);
    entry.undo = colon < 0 ? undo : undo.left(colon);
    entry.undoNote = colon < 0 ? QString() : undo.mid(colon + 2);
    entry.before = rows.bytes(first + 10);
    entry.after = rows.bytes(first + 11);
    entry.reason = rows.text(first + 12);
    entry.summary = rows.text(first + 13);
    entry.hash = rows.bytes(first + 14);
    return entry;
}

QByteArray genesis()
{
    return QByteArray(32, '\0');
}

QByteArray Head::toLine() const
{
    return hash.toHex() + ' ' + QByteArray::number(rows) + '\n';
}

std::optional<Head> Head::fromLine(const QByteArray &line)
{
    const QList<QByteArray> parts = line.trimmed().split(' ');
    if (parts.size() != 2)
        return std::nullopt;
    bool ok = false;
    Head head{QByteArray::fromHex(parts.at(0)), parts.at(1).toLongLong(&ok)};
    if (!ok || head.rows < 0 || head.hash.size() != 32 || head.toLine().trimmed() != line.trimmed())
        return std::nullopt;
    return head;
}

Result<Head> head(Connection &connection)
{
    auto rows = connection.rows(u"SELECT hash, rows FROM head"_s);
    if (!rows)
        return fail(rows.error());
    if (!rows->next())
        return fail(Error::Kind::Internal, u"the ledger has lost its head"_s, int(SqlCode::Corrupt));
    return Head{rows->bytes(0), rows->integer(1)};
}

QByteArray rowHash(const QByteArray &previous, const QString &table, const QVariantList &columns)
{
    QJsonArray row{table};
    for (const QVariant &column : columns) {
        if (column.isNull())
            row.append(QJsonValue::Null);
        else if (column.typeId() == QMetaType::QByteArray)
            row.append(QJsonArray{QString::fromLatin1(column.toByteArray().toHex())});
        else if (column.typeId() == QMetaType::QString)
            row.append(column.toString());
        else
            row.append(column.toLongLong());
    }
    return sha256(previous + canonicalJson(row));
}

Result<QList<qint64>> appendIntents(Connection &connection, const QList<LedgerIntent> &intents, const Stamp &stamp)
{
    auto chain = head(connection);
    if (!chain)
        return fail(chain.error());
    const auto last = connection.single(u"SELECT max(id) FROM intent"_s);
    if (!last)
        return fail(last.error());
    qint64 id = last->toLongLong();
    QList<qint64> ids;
    for (const LedgerIntent &intent : intents) {
        const auto before = keepValue(connection, intent.before);
        if (!before)
            return fail(before.error());
        const auto after = keepValue(connection, intent.after);
        if (!after)
            return fail(after.error());
        const QVariantList row{++id,
                               stamp.at,
                               sqlText(stamp.owner),
                               sqlText(stamp.program),
                               intent.plan.toString(QUuid::WithoutBraces),
                               intent.index,
                               sqlText(intent.address),
                               sqlText(intent.verb),
                               sqlText(intent.comparison),
                               sqlText(undoColumn(intent.undo, intent.undoNote)),
                               optionalHash(*before),
                               optionalHash(*after),
                               sqlText(intent.reason),
                               sqlText(intent.summary)};
        const QByteArray hash = rowHash(chain->hash, u"intent"_s, row);
        const auto inserted = connection.run(u"INSERT INTO intent("_s + IntentColumns +
                                                 u", previous) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
                                             row + QVariantList{hash, chain->hash});
        if (!inserted)
            return fail(inserted.error());
        if (const auto opened = connection.run(u"INSERT INTO open(intent) VALUES(?)"_s, {id}); !opened)
            return fail(opened.error());
        chain->hash = hash;
        ++chain->rows;
        ids.append(id);
    }
    if (const auto set = setHead(connection, *chain); !set)
        return fail(set.error());
    return ids;
}

Result<QList<bool>> appendOutcomes(Connection &connection, const QList<LedgerOutcome> &outcomes, const QString &at)
{
    auto chain = head(connection);
    if (!chain)
        return fail(chain.error());
    QList<bool> written;
    for (const LedgerOutcome &outcome : outcomes) {
        if (const auto closed = connection.run(u"DELETE FROM open WHERE intent = ?"_s, {outcome.intent}); !closed)
            return fail(closed.error());
        // Not open: somebody else has closed it, or there is no such intent.
        written.append(connection.changes() == 1);
        if (!written.last())
            continue;
        const QVariantList row{outcome.intent, at, sqlText(outcome.outcome), outcome.verified ? 1 : 0,
                               outcome.error.isEmpty() ? QVariant() : sqlText(outcome.error)};
        const QByteArray hash = rowHash(chain->hash, u"outcome"_s, row);
        const auto inserted = connection.run(u"INSERT INTO outcome("_s + OutcomeColumns + u", previous) VALUES(?, ?, ?, ?, ?, ?, ?)"_s,
                                             row + QVariantList{hash, chain->hash});
        if (!inserted)
            return fail(inserted.error());
        chain->hash = hash;
        ++chain->rows;
    }
    if (const auto set = setHead(connection, *chain); !set)
        return fail(set.error());
    return written;
}

Result<QList<LedgerEntry>> planEntries(Connection &connection, const QUuid &plan)
{
    return entriesFrom(connection.rows(u"SELECT "_s + EntryColumns + EntryTables + u"WHERE i.plan = ? ORDER BY i.idx, i.id"_s,
                                       {plan.toString(QUuid::WithoutBraces)}));
}

Result<std::optional<LedgerEntry>> entry(Connection &connection, qint64 id)
{
    const auto found = entriesFrom(connection.rows(u"SELECT "_s + EntryColumns + EntryTables + u"WHERE i.id = ?"_s, {id}));
    if (!found)
        return fail(found.error());
    return found->isEmpty() ? std::optional<LedgerEntry>() : found->first();
}

Result<QList<LedgerEntry>> openEntries(Connection &connection)
{
    return entriesFrom(connection.rows(u"SELECT "_s + EntryColumns +
                                       u" FROM open JOIN intent i ON i.id = open.intent LEFT JOIN outcome o ON o.intent = i.id "
                                       "ORDER BY i.id"_s));
}

Result<QList<LedgerEntry>> entries(Connection &connection, const LedgerQuery &query, Order order, qint64 after, int limit)
{
    QStringList where;
    QVariantList values;
    const bool newest = order == Order::NewestFirst;
    if (after != 0) {
        where << (newest ? u"i.id < ?"_s : u"i.id > ?"_s);
        values << after;
    }
    if (query.since.isValid()) {
        where << u"i.at >= ?"_s;
        values << toRfc3339(query.since);
    }
    if (query.until.isValid()) {
        where << u"i.at <= ?"_s;
        values << toRfc3339(query.until);
    }
    if (!query.addressPrefix.isEmpty()) {
        where << u"substr(i.address, 1, ?) = ?"_s;
        values << query.addressPrefix.size() << query.addressPrefix;
    }
    if (!query.address.isEmpty()) {
        where << u"i.address = ?"_s;
        values << query.address;
    }
    if (!query.plan.isNull()) {
        where << u"i.plan = ?"_s;
        values << query.plan.toString(QUuid::WithoutBraces);
    }
    if (!query.outcomes.isEmpty()) {
        QStringList any;
        for (const QString &outcome : query.outcomes) {
            if (outcome == "open"_L1) {
                any << u"o.intent IS NULL"_s;
                continue;
            }
            any << u"o.outcome = ?"_s;
            values << outcome;
        }
        where << u'(' + any.join(u" OR "_s) + u')';
    }
    QString sql = u"SELECT "_s + EntryColumns + EntryTables;
    if (!where.isEmpty())
        sql += u"WHERE "_s + where.join(u" AND "_s);
    sql += newest ? u" ORDER BY i.id DESC LIMIT ?"_s : u" ORDER BY i.id LIMIT ?"_s;
    values << limit;
    return entriesFrom(connection.rows(sql, values));
}

Result<std::optional<QByteArray>> value(Connection &connection, const QByteArray &sha)
{
    const auto frame = connection.single(u"SELECT zstd FROM blob WHERE sha256 = ?"_s, {sha});
    if (!frame)
        return fail(frame.error());
    if (!frame->isValid())
        return std::nullopt;
    auto bytes = decompressed(frame->toByteArray());
    if (!bytes || sha256(*bytes) != sha)
        return fail(Error::Kind::Internal, u"the value %1 in the ledger is damaged"_s.arg(QString::fromLatin1(sha.toHex().left(12))));
    return std::move(*bytes);
}

Result<QList<LedgerState>> newestStates(Connection &connection, const QStringList &addresses,
                                        const std::function<QByteArray(const QByteArray &)> &extract)
{
    // Fewer than a statement takes parameters.
    constexpr qsizetype AtOnce = 10000;
    QList<LedgerState> states;
    QList<QByteArray> hashes;
    for (qsizetype first = 0; first < addresses.size(); first += AtOnce) {
        const QStringList some = addresses.mid(first, AtOnce);
        QVariantList values;
        for (const QString &address : some)
            values << address;
        // Beside a maximum, columns are those of its row.
        auto rows = connection.rows(
            u"SELECT max(i.id), i.address, i.after FROM intent i JOIN outcome o ON o.intent = i.id "
            "WHERE o.outcome = 'Applied' AND i.address IN (%1) GROUP BY i.address"_s.arg(QStringList(some.size(), u"?"_s).join(u',')),
            values);
        if (!rows)
            return fail(rows.error());
        while (rows->next()) {
            states.append({rows->text(1), rows->integer(0), !rows->isNull(2), {}});
            hashes.append(rows->bytes(2));
        }
        if (const auto error = rows->error())
            return fail(*error);
    }
    for (qsizetype i = 0; i < states.size(); ++i) {
        if (!states.at(i).exists)
            continue;
        const auto bytes = value(connection, hashes.at(i));
        if (!bytes)
            return fail(bytes.error());
        if (*bytes)
            states[i].extract = extract(**bytes);
    }
    return states;
}

Result<qint64> purgeValues(Connection &connection, const QString &olderThan)
{
    // Values of newer entries and of those that may still have to be settled stay.
    const QString needed = u"SELECT %1 FROM intent WHERE %1 IS NOT NULL AND (at >= ? OR id IN (SELECT intent FROM open))"_s;
    const auto purged =
        connection.run(u"DELETE FROM blob WHERE sha256 NOT IN (%1 UNION %2)"_s.arg(needed.arg(u"before"_s), needed.arg(u"after"_s)),
                       {olderThan, olderThan});
    if (!purged)
        return fail(purged.error());
    return connection.changes();
}

namespace {

/// `head` and `open` are made from what was saved. The head is the last row of the longest piece of chain at the end.
Result<Done> rebuildHead(Connection &fresh)
{
    const auto last =
        fresh.single(u"SELECT hash FROM (SELECT hash, at, id, 0 AS kind FROM intent UNION ALL SELECT hash, at, intent, 1 FROM "
                     "outcome) WHERE hash NOT IN (SELECT previous FROM intent) AND hash NOT IN (SELECT previous FROM outcome) "
                     "ORDER BY at DESC, kind DESC, id DESC LIMIT 1"_s);
    if (!last)
        return fail(last.error());
    const auto rows = fresh.single(u"SELECT (SELECT count(*) FROM intent) + (SELECT count(*) FROM outcome)"_s);
    if (!rows)
        return fail(rows.error());
    if (const auto set = setHead(fresh, {last->isValid() ? last->toByteArray() : genesis(), rows->toLongLong()}); !set)
        return set;
    return fresh.run(u"INSERT OR IGNORE INTO open SELECT id FROM intent WHERE id NOT IN (SELECT intent FROM outcome)"_s);
}

/// `blob` has no row ids: in order from both ends, then each value the intents name.
void salvageBlobs(Connection &damaged, Connection &fresh, Salvage &sum)
{
    const auto keep = [&](const Rows &rows) {
        const auto kept = fresh.run(u"INSERT OR IGNORE INTO blob VALUES(?, ?)"_s, {rows.value(0), rows.value(1)});
        if (kept)
            sum.saved += fresh.changes();
        else if (isNoSpace(kept.error()))
            sum.error = kept.error();
    };
    for (const QString &order : {u"ASC"_s, u"DESC"_s}) {
        auto rows = damaged.rows(u"SELECT sha256, zstd FROM blob ORDER BY sha256 "_s + order);
        while (rows && rows->next())
            keep(*rows);
        if (rows && !rows->error())
            return;
    }
    QSet<QByteArray> wanted;
    {
        auto rows = fresh.rows(u"SELECT before, after FROM intent"_s);
        while (rows && rows->next())
            wanted << rows->bytes(0) << rows->bytes(1);
    }
    wanted.remove({});
    for (const QByteArray &hash : std::as_const(wanted)) {
        auto rows = damaged.rows(u"SELECT sha256, zstd FROM blob WHERE sha256 = ?"_s, {hash});
        if (rows && rows->next())
            keep(*rows);
        else if (!rows || rows->error())
            ++sum.lost;
    }
}

} // namespace

Salvage salvage(Connection &damaged, Connection &fresh)
{
    Salvage sum;
    for (const QString &table : {u"intent"_s, u"outcome"_s})
        sum += salvageTable(damaged, fresh, table);
    salvageBlobs(damaged, fresh, sum);
    if (const auto head = rebuildHead(fresh); !head && !sum.error)
        sum.error = head.error();
    return sum;
}

} // namespace ledgersql

} // namespace core::store
