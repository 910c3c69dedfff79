// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/reply.h"
#include "core/base/stream.h"
#include "ui/workbench/page.h"

#include <functional>
#include <QDateTime>
#include <QHash>
#include <QObject>
#include <QPointer>
#include <QSet>
#include <QUuid>

namespace core::guard {
class Guard;
struct ChangeOutcome;
struct PlanSummary;
} // namespace core::guard

namespace ui::workbench {

/// Running and finished operations of this process, for the activity panel. Show here whatever takes over 300 ms and is not visible on
/// its page anyway, and every write (the plan panel does that itself).
class Activity final : public QObject {
    Q_OBJECT
public:
    enum class State { Running, Done, Failed, Cancelled };
    struct Item {
        int id = 0;
        QString title;  ///< `Publish app.yaml`
        QString detail; ///< where: `staging/public`
        State state = State::Running;
        qint64 done = 0, total = -1; ///< total -1: unknown
        QString result;              ///< one sentence, of finished ones
        QDateTime startedAt, endedAt;
        QUuid plan;       ///< of a plan: its id in the ledger
        int undoable = 0; ///< changes of that plan that are in effect: what Undo would try to take back
        int undone = 0;   ///< changes of it that were taken back since
        QPointer<core::Operation> operation;
    };
    explicit Activity(QObject *parent = nullptr);

    template <class T>
    int track(core::Reply<T> *reply, const QString &title, const QString &detail = {})
    {
        const int id = begin(reply, title, detail);
        reply->then(this, [this, id](const core::Result<T> &result) { end(id, result ? nullptr : &result.error()); });
        return id;
    }
    template <class T>
    int track(core::Stream<T> *stream, const QString &title, const QString &detail = {})
    {
        const int id = begin(stream, title, detail);
        stream->then(this, [this, id](const core::Result<core::Done> &result) { end(id, result ? nullptr : &result.error()); });
        return id;
    }
    void setResult(int id, const QString &sentence);
    void setState(int id, State state);
    /// The Guard tells of plans, whoever submitted them; called once by the shell. `pathText` says a place as the tabs do.
    void follow(core::guard::Guard &guard, std::function<QString(const Subject &)> pathText);
    /// The stream of a plan, by whoever submitted it, so that Cancel works here too.
    void attach(const QUuid &plan, core::Operation *stream);
    void cancel(int id);
    /// Finished ones are kept, newest first, up to 200.
    void clearFinished();
    const QList<Item> &items() const { return m_items; }
    const Item *find(int id) const;
    int running() const;

Q_SIGNALS:
    void added(int id);
    void changed(int id);
    void removed(int id);

private:
    int begin(core::Operation *operation, const QString &title, const QString &detail);
    void end(int id, const core::Error *error);
    int insert(Item item);
    void changeDone(const QUuid &plan, const core::guard::ChangeOutcome &outcome);
    void planDone(const core::guard::PlanSummary &summary);
    /// The change of that ledger entry is in effect no more, or again.
    enum class Standing { TakenBack, InEffect };
    void stand(qint64 ledgerId, Standing standing);
    Item *item(int id);
    QList<Item> m_items;
    struct Running {
        int item = 0;
        QList<qint64> undoes; ///< by change: the ledger entry it takes back, or 0
    };
    QHash<QUuid, Running> m_plans;
    QHash<qint64, int> m_itemOf;   ///< of an applied change, by its ledger entry
    QHash<qint64, qint64> m_undid; ///< of an applied undo: what it took back
    QSet<qint64> m_takenBack;
    QHash<QUuid, QPointer<core::Operation>> m_streams;
    int m_next = 1;
};

} // namespace ui::workbench
