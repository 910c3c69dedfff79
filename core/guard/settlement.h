// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/guard/planrun.h"

namespace core::guard {

/// Finds out what became of one intent without outcome: reads, compares, closes it in the ledger. Deletes itself after the answer:
/// Unknown when the target cannot be reached.
class EntrySettlement final : public QObject {
    Q_OBJECT
public:
    EntrySettlement(Workshop &workshop, const store::LedgerEntry &entry, QObject *parent);
    ~EntrySettlement() override;
    void start(std::function<void(const ChangeOutcome &)> answer);

private:
    /// One of the entry's values, from the ledger; what was purged is known by its hash only.
    struct Known {
        std::optional<Value> value;
        QByteArray sha256; ///< empty: absent
    };
    void load(const QByteArray &sha256, Known &into, std::function<void()> then);
    void readBack();
    bool isSame(const Known &expected, const std::optional<Value> &live) const;
    void look(const ReadBack::Seen &seen);
    void conclude(Outcome outcome, const QString &error);
    void leave(const Error &error);
    void tell();
    Workshop &m_workshop;
    const store::LedgerEntry m_entry;
    std::function<void(const ChangeOutcome &)> m_answer;
    ChangeOutcome m_outcome;
    Executor *m_executor = nullptr;
    Known m_before, m_after;
    bool m_mine = false;
};

/// All of them, of dead processes and our own.
class Settlement final : public QObject {
    Q_OBJECT
public:
    Settlement(Workshop &workshop, const QString &profile, Stream<ChangeOutcome> *stream, QObject *parent);
    void start();

Q_SIGNALS:
    void settled(qint64 ledgerId, core::guard::Outcome outcome);
    void finished();

private:
    bool isTaken(const store::LedgerEntry &entry) const;
    void collect(const QList<store::LedgerEntry> &entries);
    void next();
    void end();
    Workshop &m_workshop;
    const QString m_profile;
    QPointer<Stream<ChangeOutcome>> m_stream;
    QList<store::LedgerEntry> m_waiting;
    int m_active = 0, m_index = 0;
    std::optional<Error> m_error;
};

} // namespace core::guard
