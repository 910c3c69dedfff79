// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workbench/activity.h"

#include "core/guard/guard.h"
#include "ui/common/errortext.h"
#include "ui/workbench/subjecttext.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui::workbench {

namespace {
constexpr int FinishedKept = 200;
}

Activity::Activity(QObject *parent)
    : QObject(parent)
{
}

const Activity::Item *Activity::find(int id) const
{
    const auto it = std::find_if(m_items.begin(), m_items.end(), [id](const Item &item) { return item.id == id; });
    return it == m_items.end() ? nullptr : &*it;
}

Activity::Item *Activity::item(int id)
{
    const auto it = std::find_if(m_items.begin(), m_items.end(), [id](const Item &item) { return item.id == id; });
    return it == m_items.end() ? nullptr : &*it;
}

int Activity::running() const
{
    return static_cast<int>(std::count_if(m_items.begin(), m_items.end(), [](const Item &item) { return item.state == State::Running; }));
}

int Activity::insert(Item item)
{
    item.id = m_next++;
    item.startedAt = QDateTime::currentDateTimeUtc();
    m_items.prepend(item);
    Q_EMIT added(item.id);
    // The oldest finished ones make room.
    int finished = static_cast<int>(m_items.size()) - running();
    for (qsizetype row = m_items.size() - 1; row >= 0 && finished > FinishedKept; --row) {
        if (m_items.at(row).state == State::Running)
            continue;
        const int gone = m_items.takeAt(row).id;
        --finished;
        Q_EMIT removed(gone);
    }
    return item.id;
}

int Activity::begin(core::Operation *operation, const QString &title, const QString &detail)
{
    Item fresh;
    fresh.title = title;
    fresh.detail = detail;
    fresh.operation = operation;
    const int id = insert(fresh);
    connect(operation, &core::Operation::progress, this, [this, id](qint64 done, qint64 total) {
        if (Item *entry = item(id)) {
            entry->done = done;
            entry->total = total;
            Q_EMIT changed(id);
        }
    });
    return id;
}

void Activity::end(int id, const core::Error *error)
{
    Item *entry = item(id);
    if (!entry)
        return;
    if (entry->state == State::Running) {
        if (!error)
            entry->state = State::Done;
        else
            entry->state = error->kind == core::Error::Kind::Cancelled ? State::Cancelled : State::Failed;
        if (error && entry->result.isEmpty())
            entry->result = errorText(*error).both();
    }
    entry->endedAt = QDateTime::currentDateTimeUtc();
    Q_EMIT changed(id);
}

void Activity::follow(core::guard::Guard &guard, std::function<QString(const Subject &)> pathText)
{
    connect(&guard, &core::guard::Guard::planStarted, this, [this, pathText = std::move(pathText)](const core::guard::Plan &plan) {
        Item fresh;
        fresh.title = plan.title.isEmpty() || plan.changes.size() == 1 ? summaryText(plan.displayTitle()) : plan.title;
        fresh.detail = plan.changes.empty() ? QString() : pathText(subjectOf(plan.changes.front().target));
        fresh.total = static_cast<qint64>(plan.changes.size());
        fresh.plan = plan.id;
        fresh.operation = m_streams.take(plan.id);
        Running running{insert(fresh), {}};
        for (const core::guard::Change &change : plan.changes)
            running.undoes.append(change.undoes);
        m_plans.insert(plan.id, running);
    });
    connect(&guard, &core::guard::Guard::changeFinished, this, &Activity::changeDone);
    connect(&guard, &core::guard::Guard::planFinished, this, &Activity::planDone);
}

void Activity::changeDone(const QUuid &plan, const core::guard::ChangeOutcome &outcome)
{
    const Running running = m_plans.value(plan);
    Item *entry = item(running.item);
    if (!entry)
        return;
    ++entry->done;
    if (outcome.outcome == core::guard::Outcome::Applied) {
        ++entry->undoable;
        m_itemOf.insert(outcome.ledgerId, entry->id);
        if (const qint64 undone = running.undoes.value(outcome.index); undone != 0) {
            m_undid.insert(outcome.ledgerId, undone);
            stand(undone, Standing::TakenBack);
        }
    }
    Q_EMIT changed(running.item);
}

void Activity::stand(qint64 ledgerId, Standing standing)
{
    const bool back = standing == Standing::TakenBack;
    if (m_takenBack.contains(ledgerId) == back)
        return;
    if (back)
        m_takenBack.insert(ledgerId);
    else
        m_takenBack.remove(ledgerId);
    if (Item *entry = item(m_itemOf.value(ledgerId))) {
        entry->undoable += back ? -1 : 1;
        entry->undone += back ? 1 : -1;
        Q_EMIT changed(entry->id);
    }
    // An undo that is taken back itself brings back what it undid.
    if (const qint64 undid = m_undid.value(ledgerId); undid != 0)
        stand(undid, back ? Standing::InEffect : Standing::TakenBack);
}

void Activity::attach(const QUuid &plan, core::Operation *stream)
{
    if (Item *entry = item(m_plans.value(plan).item))
        entry->operation = stream;
    else
        m_streams.insert(plan, stream);
    // Refused, it never becomes an entry.
    connect(stream, &core::Operation::finished, this, [this, plan, stream] {
        if (m_streams.value(plan) == stream)
            m_streams.remove(plan);
    });
}

void Activity::planDone(const core::guard::PlanSummary &summary)
{
    m_streams.remove(summary.id);
    Item *entry = item(m_plans.take(summary.id).item);
    if (!entry)
        return;
    const bool cancelled = summary.error && summary.error->kind == core::Error::Kind::Cancelled;
    const bool clean = !summary.error && summary.applied == summary.changes;
    entry->state = clean ? State::Done : cancelled ? State::Cancelled : State::Failed;
    entry->endedAt = QDateTime::currentDateTimeUtc();
    QStringList parts;
    if (summary.applied > 0)
        parts.append(tr("%n applied", nullptr, summary.applied));
    if (summary.conflicts > 0)
        parts.append(tr("%n in conflict", nullptr, summary.conflicts));
    if (summary.failed > 0)
        parts.append(tr("%n failed", nullptr, summary.failed));
    if (summary.unknown > 0)
        parts.append(tr("%n without an answer", nullptr, summary.unknown));
    if (summary.notStarted > 0)
        parts.append(tr("%n not started", nullptr, summary.notStarted));
    entry->result = clean && summary.changes == 1 ? tr("Applied") : parts.join(tr(", "));
    if (summary.error && !cancelled)
        entry->result = errorText(*summary.error).both();
    Q_EMIT changed(entry->id);
}

void Activity::setResult(int id, const QString &sentence)
{
    if (Item *entry = item(id)) {
        entry->result = sentence;
        Q_EMIT changed(id);
    }
}

void Activity::setState(int id, State state)
{
    if (Item *entry = item(id)) {
        entry->state = state;
        Q_EMIT changed(id);
    }
}

void Activity::cancel(int id)
{
    if (const Item *entry = find(id); entry && entry->operation)
        entry->operation->cancel();
}

void Activity::clearFinished()
{
    for (qsizetype row = m_items.size() - 1; row >= 0; --row) {
        if (m_items.at(row).state == State::Running)
            continue;
        const int gone = m_items.takeAt(row).id;
        Q_EMIT removed(gone);
    }
}

} // namespace ui::workbench
