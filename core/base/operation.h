// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <functional>
#include <QList>
#include <QObject>
#include <QPointer>

namespace core {

/// Something under way. Base of Reply<T> and Stream<T>; lives in the thread that made it (the GUI thread) and deletes itself after
/// `finished`. Guarantees: nothing is emitted inside the call that made it, `finished` comes exactly once, and after cancel() it
/// comes with Error::Kind::Cancelled.
class Operation : public QObject {
    Q_OBJECT
public:
    /// What happens when every receiver (the context objects given to then/each) has been destroyed.
    enum class WhenAbandoned {
        Cancel,  ///< a read nobody waits for is given up
        Continue ///< a write goes on; its outcome is in the ledger
    };

    bool isFinished() const { return m_finished; }
    bool isSettled() const { return m_settled; }
    /// Gives up: tells the producer (onCancel) and settles with Cancelled. Does nothing once settled.
    void cancel();
    /// Settles with the given error without asking the producer; for producers that go away.
    virtual void abort(const Error &error) = 0;
    void setWhenAbandoned(WhenAbandoned what) { m_whenAbandoned = what; }
    /// Cuts off the handlers of every receiver; they will not be called any more.
    void detachReceivers();

    /// Set by the producer: called once from cancel(), before the operation settles.
    std::function<void()> onCancel;

Q_SIGNALS:
    /// In units the producer documents (items, bytes); total is -1 while unknown.
    void progress(qint64 done, qint64 total);
    /// A batch is ready (Stream only; use Stream::each).
    void advanced();
    void finished();

protected:
    explicit Operation(QObject *parent);
    /// Posts `finished`; the operation deletes itself afterwards.
    void finishLater();
    /// Called just before `finished` is emitted.
    virtual void beforeFinished() {}
    /// Registers a receiver for the WhenAbandoned policy; every handler is connected through it.
    void addReceiver(QObject *context);
    /// A receiver that is an operation itself is gone, for its handlers, as soon as it is settled: what it was made for may be.
    static bool hasEnded(const QObject *) { return false; }
    static bool hasEnded(const Operation *context) { return context->isSettled(); }
    bool m_settled = false;

private:
    void receiverGone();
    WhenAbandoned m_whenAbandoned = WhenAbandoned::Cancel;
    QList<QPointer<QObject>> m_receivers;
    bool m_finished = false;
};

/// The operations a service has under way. Declare it as the service's last member: it is destroyed first, while everything the
/// operations' onCancel may touch is still there. Each one left is cut loose and settled, so that no caller waits for ever.
class OperationTracker {
    Q_DISABLE_COPY_MOVE(OperationTracker)
public:
    OperationTracker() = default;
    ~OperationTracker();
    /// Returns the operation, for use in a return statement.
    template <class Op>
    Op *track(Op *operation)
    {
        add(operation);
        return operation;
    }
    void cancelAll();

private:
    void add(Operation *operation);
    QList<QPointer<Operation>> m_operations;
    qsizetype m_sweepAt = 64;
};

} // namespace core
