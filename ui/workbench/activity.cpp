// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workbench/activity.h"

#include <algorithm>

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

int Activity::begin(core::Operation *operation, const QString &title, const QString &detail)
{
    Item item;
    item.id = m_next++;
    item.title = title;
    item.detail = detail;
    item.startedAt = QDateTime::currentDateTimeUtc();
    item.operation = operation;
    m_items.prepend(item);
    connect(operation, &core::Operation::progress, this, [this, id = item.id](qint64 done, qint64 total) {
        if (Item *entry = this->item(id)) {
            entry->done = done;
            entry->total = total;
            Q_EMIT changed(id);
        }
    });
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

void Activity::end(int id, const core::Error *error)
{
    Item *entry = item(id);
    if (!entry)
        return;
    if (entry->state == State::Running) {
        entry->state = !error ? State::Done : error->kind == core::Error::Kind::Cancelled ? State::Cancelled : State::Failed;
        if (error && entry->result.isEmpty())
            entry->result = error->message;
    }
    entry->endedAt = QDateTime::currentDateTimeUtc();
    Q_EMIT changed(id);
}

void Activity::setResult(int id, const QString &sentence, const QList<qint64> &undoable)
{
    if (Item *entry = item(id)) {
        entry->result = sentence;
        entry->undoable = undoable;
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
