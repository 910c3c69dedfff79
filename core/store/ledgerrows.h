// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/database.h"
#include "core/store/ledger.h"

namespace core::store {

/// The SQL side of the ledger: what the worker threads do. Schema: design of the write path, `intent`, `outcome`, `blob`; beside them
/// `head` (last hash and number of rows) and `open` (intents without outcome), which can be made anew from the others.
namespace ledgersql {

QList<QStringList> migrations();
Salvage salvage(Connection &damaged, Connection &fresh);

struct Stamp {
    QString at, owner, program;
};
/// Inside a transaction.
Result<QList<qint64>> appendIntents(Connection &connection, const QList<LedgerIntent> &intents, const Stamp &stamp);
Result<QList<bool>> appendOutcomes(Connection &connection, const QList<LedgerOutcome> &outcomes, const QString &at);

Result<QList<LedgerEntry>> planEntries(Connection &connection, const QUuid &plan);
Result<std::optional<LedgerEntry>> entry(Connection &connection, qint64 id);
Result<QList<LedgerEntry>> openEntries(Connection &connection);
enum class Order { NewestFirst, OldestFirst };
/// Behind `after` (0: from the end where the order begins).
Result<QList<LedgerEntry>> entries(Connection &connection, const LedgerQuery &query, Order order, qint64 after, int limit);
Result<std::optional<QByteArray>> value(Connection &connection, const QByteArray &sha256);
Result<QList<LedgerState>> newestStates(Connection &connection, const QStringList &addresses,
                                        const std::function<QByteArray(const QByteArray &)> &extract);
Result<qint64> purgeValues(Connection &connection, const QString &olderThan);

struct Head {
    QByteArray hash;
    qint64 rows = 0;
    /// The line in ledger.head.
    QByteArray toLine() const;
    static std::optional<Head> fromLine(const QByteArray &line);
    friend bool operator==(const Head &, const Head &) = default;
};
QByteArray genesis();
Result<Head> head(Connection &connection);

/// hash = SHA-256(previous ‖ canonical row); the canonical row is the JSON array of the table's name and its columns as stored, in the
/// order of the schema and without `previous` and `hash`: integers as numbers, texts as strings, blobs as [hex], NULL as null.
QByteArray rowHash(const QByteArray &previous, const QString &table, const QVariantList &columns);
/// Columns as selected by IntentColumns, beginning at `first`.
extern const QString IntentColumns;  ///< 14 of the canonical row, then hash
extern const QString OutcomeColumns; ///< 5 of the canonical row, then hash
LedgerEntry intentFrom(const Rows &rows, int first);

} // namespace ledgersql

/// The whole chain, all values, and the head kept outside (nullopt: there is no such file). Inside a read transaction.
LedgerReport verifyLedger(Connection &connection, const std::optional<QByteArray> &headFile);

} // namespace core::store
