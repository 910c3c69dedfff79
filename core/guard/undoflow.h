// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/reply.h"
#include "core/guard/plan.h"
#include "core/store/ledger.h"

#include <QHash>

namespace core::guard {

struct Workshop;

/// Makes the plan that takes entries of the ledger back; a child of the reply it settles.
class UndoFlow final : public QObject {
    Q_OBJECT
public:
    enum class Missing {
        Fails, ///< an entry that cannot be taken back is an error
        IsNoted
    };
    UndoFlow(const Workshop &workshop, Reply<Plan> *reply, Missing missing);
    /// In the order in which they are to be taken back.
    void start(const QList<store::LedgerEntry> &entries);

private:
    void lookForUndone();
    void next();
    void values(const store::LedgerEntry &entry);
    void take(const store::LedgerEntry &entry, const std::optional<Value> &before, const std::optional<Value> &after);
    void add(const store::LedgerEntry &entry, const std::optional<Value> &before, const std::optional<Value> &after);
    void cannot(const store::LedgerEntry &entry, const Error &error);
    const Workshop &m_workshop;
    Reply<Plan> *m_reply;
    const Missing m_missing;
    QList<store::LedgerEntry> m_waiting;
    QHash<QString, store::LedgerEntry> m_newest; ///< by address: what was written last from here, after all of this
    QList<Error::Kind> m_reasons;                ///< why entries are left out
    Plan m_plan;
};

} // namespace core::guard
