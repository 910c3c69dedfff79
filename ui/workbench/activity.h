// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/reply.h"
#include "core/base/stream.h"

#include <QDateTime>
#include <QObject>
#include <QPointer>

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
        QList<qint64> undoable; ///< ledger entries Undo would take back
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
    void setResult(int id, const QString &sentence, const QList<qint64> &undoable = {});
    void setState(int id, State state);
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
    Item *item(int id);
    QList<Item> m_items;
    int m_next = 1;
};

} // namespace ui::workbench
