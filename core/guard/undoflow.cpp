// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/guard/undoflow.h"

#include "core/base/clock.h"
#include "core/guard/planrun.h"
#include "core/guard/takenback.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace core::guard {

UndoFlow::UndoFlow(const Workshop &workshop, Reply<Plan> *reply, Missing missing)
    : QObject(reply)
    , m_workshop(workshop)
    , m_reply(reply)
    , m_missing(missing)
{
}

void UndoFlow::start(const QList<store::LedgerEntry> &entries)
{
    m_waiting = entries;
    lookForUndone();
}

/// A second undo is no change by somebody else: what was written last from here tells, when it still stands (take()).
void UndoFlow::lookForUndone()
{
    store::LedgerQuery query;
    query.outcomes = {u"Applied"_s};
    QSet<QString> addresses;
    QSet<QUuid> plans;
    qint64 newestId = 0;
    for (const store::LedgerEntry &entry : std::as_const(m_waiting)) {
        addresses.insert(entry.address);
        if (m_missing == Missing::IsNoted) // its own changes of one target follow each other
            plans.insert(entry.plan);
        newestId = std::max(newestId, entry.id);
        query.since = query.since.isValid() ? std::min(query.since, entry.at) : entry.at;
    }
    if (m_waiting.size() == 1)
        query.address = m_waiting.first().address;
    auto *later = m_workshop.ledger.entries(query);
    later->each(this, [this, addresses, plans, newestId](const QList<store::LedgerEntry> &batch) {
        for (const store::LedgerEntry &entry : batch) { // newest first
            if (entry.id > newestId && addresses.contains(entry.address) && !plans.contains(entry.plan) &&
                !m_newest.contains(entry.address))
                m_newest.insert(entry.address, entry);
        }
    });
    later->then(this, [this](const Result<Done> &end) {
        if (!end)
            return m_reply->settle(fail(end.error()));
        next();
    });
}

void UndoFlow::next()
{
    if (m_reply->isSettled())
        return;
    if (!m_waiting.isEmpty())
        return values(m_waiting.takeFirst());
    if (m_plan.changes.empty()) {
        const QString why = m_plan.notes.isEmpty() ? u"nothing of it was applied"_s : m_plan.notes.join(u"; "_s);
        const bool allUndone = !m_reasons.isEmpty() && m_reasons.count(Error::Kind::Conflict) == m_reasons.size();
        return m_reply->settle(fail(allUndone ? Error::Kind::Conflict : Error::Kind::Usage, u"nothing can be taken back: "_s + why));
    }
    completePlan(m_workshop, m_plan, this, [this](const Result<Plan> &completed) {
        if (!completed)
            return m_reply->settle(fail(completed.error()));
        Plan plan = *completed;
        for (const Change &back : plan.changes) {
            if (back.undo == Undo::Partial)
                plan.notes.append(back.target.toString() + u": "_s +
                                  (back.undoNote.isEmpty() ? u"only a part is taken back"_s : back.undoNote));
        }
        m_reply->settle(plan);
    });
}

void UndoFlow::values(const store::LedgerEntry &entry)
{
    if (!entry.result)
        return cannot(entry, {Error::Kind::Usage, u"its outcome is not known yet"_s, 0, false});
    if (entry.result->outcome != "Applied"_L1)
        return cannot(entry, {Error::Kind::Usage, u"it was not applied"_s, 0, false});
    if (entry.undo == toString(Undo::None)) // before its values are looked for: it may have none
        return cannot(
            entry,
            {Error::Kind::Usage, entry.undoNote.isEmpty() ? u"this kind of change cannot be taken back"_s : entry.undoNote, 0, false});
    using Bytes = Result<std::optional<QByteArray>>;
    const auto decode = [](const QByteArray &sha, const Bytes &bytes) -> Result<std::optional<Value>> {
        if (sha.isEmpty())
            return std::nullopt;
        if (!bytes)
            return fail(bytes.error());
        if (!*bytes)
            return fail(Error::Kind::Usage, u"the content it had was purged from the ledger"_s);
        auto value = Value::fromCanonical(**bytes);
        if (!value)
            return fail(value.error());
        return std::optional<Value>(std::move(*value));
    };
    m_workshop.ledger.value(entry.before)->then(this, [this, entry, decode](const Bytes &beforeBytes) {
        const auto before = decode(entry.before, beforeBytes);
        if (!before)
            return cannot(entry, before.error());
        m_workshop.ledger.value(entry.after)->then(this, [this, entry, decode, before](const Bytes &afterBytes) {
            const auto after = decode(entry.after, afterBytes);
            if (!after)
                return cannot(entry, after.error());
            take(entry, *before, *after);
        });
    });
}

/// Taken back already is only what is still as it was before: somebody may have made the same change once more. What cannot be read is left
/// to the comparison before the write.
void UndoFlow::take(const store::LedgerEntry &entry, const std::optional<Value> &before, const std::optional<Value> &after)
{
    const auto newest = m_newest.constFind(entry.address);
    const bool undone = newest != m_newest.cend() && entry.before != entry.after && newest->before == entry.after &&
        // An undo may have brought back more than was known when the change was made.
        (newest->after == entry.before || takenBack(newest->summary).isUndo());
    const auto target = Address::parse(entry.address);
    Executor *executor = undone && target ? m_workshop.executorFor(target->kind()) : nullptr;
    if (!executor)
        return add(entry, before, after);
    executor->read(*target)->then(this, [this, entry, before, after, executor, by = *newest](const Result<std::optional<Value>> &live) {
        if (!live || !executor->isSame(before, *live))
            return add(entry, before, after);
        cannot(entry,
               {Error::Kind::Conflict, u"it was taken back already, by entry %1 at %2"_s.arg(by.id).arg(toRfc3339(by.at)), 0, false});
    });
}

void UndoFlow::add(const store::LedgerEntry &entry, const std::optional<Value> &before, const std::optional<Value> &after)
{
    const auto target = Address::parse(entry.address);
    const auto verb = verbFrom(entry.verb);
    const auto comparison = comparisonFrom(entry.comparison);
    const auto undo = undoFrom(entry.undo);
    if (!target || !verb || !comparison || !undo)
        return cannot(entry, {Error::Kind::BadReply, u"the ledger's entry is damaged"_s, 0, false});
    Change change;
    change.target = *target;
    change.verb = *verb;
    change.before = before;
    change.after = after;
    change.comparison = *comparison;
    change.undo = *undo;
    change.undoNote = entry.undoNote;
    change.summary = entry.summary;
    auto back = inverse(change);
    if (!back)
        return cannot(entry, back.error());
    back->undoes = entry.id;
    if (m_plan.title.isEmpty() && m_missing == Missing::Fails)
        m_plan.title = back->summary;
    m_plan.changes.push_back(std::move(*back));
    next();
}

void UndoFlow::cannot(const store::LedgerEntry &entry, const Error &error)
{
    if (m_missing == Missing::Fails || error.kind == Error::Kind::Internal)
        return m_reply->settle(fail(error));
    m_plan.notes.append(entry.address + u": "_s + error.message);
    m_reasons.append(error.kind);
    next();
}

} // namespace core::guard
