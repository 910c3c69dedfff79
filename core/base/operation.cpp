// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/operation.h"

#include <algorithm>
#include <QTimer>
#include <utility>

using namespace Qt::StringLiterals;

namespace core {

Operation::Operation(QObject *parent)
    : QObject(parent)
{
}

void Operation::cancel()
{
    if (m_settled)
        return;
    // Moved out first: the producer may drop the last reference to itself from here.
    if (const auto tell = std::exchange(onCancel, {}))
        tell();
    abort(Error{Error::Kind::Cancelled, u"cancelled"_s, 0, false});
}

void Operation::detachReceivers()
{
    for (const QPointer<QObject> &receiver : std::as_const(m_receivers)) {
        if (receiver)
            QObject::disconnect(this, nullptr, receiver, nullptr);
    }
    m_receivers.clear();
}

void Operation::finishLater()
{
    onCancel = {};
    QTimer::singleShot(0, this, [this] {
        // A handler may destroy the service whose child we are.
        const QPointer<Operation> alive(this);
        beforeFinished();
        if (!alive)
            return;
        m_finished = true;
        Q_EMIT finished();
        if (alive)
            deleteLater();
    });
}

void Operation::addReceiver(QObject *context)
{
    if (m_receivers.contains(context))
        return;
    m_receivers.append(context);
    QObject::connect(context, &QObject::destroyed, this, [this] { receiverGone(); });
}

void Operation::receiverGone()
{
    m_receivers.removeIf([](const QPointer<QObject> &receiver) { return receiver.isNull(); });
    if (m_receivers.isEmpty() && m_whenAbandoned == WhenAbandoned::Cancel)
        cancel();
}

OperationTracker::~OperationTracker()
{
    for (const QPointer<Operation> &operation : std::exchange(m_operations, {})) {
        if (!operation)
            continue;
        operation->setParent(nullptr);
        operation->cancel();
    }
}

void OperationTracker::cancelAll()
{
    // They stay known until `finished` was emitted: their service may go before that, and must then cut them loose.
    const QList<QPointer<Operation>> all = m_operations;
    for (const QPointer<Operation> &operation : all) {
        if (operation)
            operation->cancel();
    }
}

void OperationTracker::add(Operation *operation)
{
    // Swept when it has doubled: thousands may be under way at once.
    if (m_operations.size() >= m_sweepAt) {
        m_operations.removeIf([](const QPointer<Operation> &entry) { return !entry || entry->isFinished(); });
        m_sweepAt = std::max<qsizetype>(64, 2 * m_operations.size());
    }
    m_operations.append(operation);
}

} // namespace core
