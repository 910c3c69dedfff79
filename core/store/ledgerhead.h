// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/store/database.h"
#include "core/store/filelock.h"
#include "core/store/ledger.h"
#include "core/store/ledgerrows.h"

namespace core::store {

/// Keeps ledger.head in step with ledger.db: held from before a transaction until the head is written, by whichever program appends.
/// What does not fit when a row is going to be appended would be written over then; it is kept in ledger.lost, a JSON document a line, so
/// that a ledger that was cut, replaced or taken away does not verify as intact afterwards.
class HeadKeeper {
public:
    HeadKeeper(const Home &home, const QString &program, const Clock &clock);

    /// Worker threads. Bounded: a program that was stopped in the middle must not stop all others.
    Result<Done> lock(FileLock &lock) const;
    /// Writer thread, around a transaction.
    Result<Done> begin(Connection &connection);
    void end(Connection &connection, DatabaseSpec::Ended ended);

    /// The content of ledger.head; nullopt: there is none, or it cannot be read.
    std::optional<QByteArray> read() const;

    struct Losses {
        QList<LedgerProblem> open;
        qint64 acknowledged = 0;
    };
    /// What ledger.lost tells, while the lock is held.
    Losses losses() const;
    /// Between begin() and end(): these losses are known and accepted, for that reason. Conflict: others are open.
    Result<Done> acknowledge(const QList<LedgerProblem> &shown, const QString &reason) const;

private:
    Result<Done> compare(Connection &connection) const;
    Result<Done> appendToLost(QJsonObject line) const;
    void write(const ledgersql::Head &head) const;

    QString m_headFile, m_lockFile, m_lostFile, m_program;
    const Clock &m_clock;
    FileLock m_lock; // writer thread
};

} // namespace core::store
