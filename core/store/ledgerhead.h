// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/store/database.h"
#include "core/store/filelock.h"
#include "core/store/ledger.h"
#include "core/store/ledgerrows.h"

#include <atomic>
#include <chrono>

namespace core::store {

/// Keeps ledger.head in step with ledger.db: held from before a transaction until the head is written, by whichever program appends.
/// What does not fit when a row is going to be appended would be written over then; it is kept in ledger.lost, a JSON document a line, so
/// that a ledger that was cut, replaced or taken away does not verify as intact afterwards.
class HeadKeeper {
public:
    /// How long the lock is waited for; `again`: when it was not to be had the last time.
    struct Patience {
        std::chrono::milliseconds first = std::chrono::seconds(10), again = std::chrono::seconds(1);
    };
    HeadKeeper(const Home &home, const QString &program, const Clock &clock, Patience patience);
    HeadKeeper(const Home &home, const QString &program, const Clock &clock);

    /// Worker threads. Bounded: a program that was stopped in the middle must not stop all others. Many that append at once have their
    /// turns within `first`; behind one that does not go on, each further write would wait as long, one after the other, and everything
    /// else in the writer thread with it.
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
    const Patience m_patience;
    mutable std::atomic_bool m_refused = false;
    FileLock m_lock; // writer thread
};

} // namespace core::store
