// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/stream.h"

#include <QObject>
#include <QStringList>

namespace core::store {
class Mirror;
}

namespace core::nacos {

class Registry;

/// How far filling has come in one namespace.
struct FillProgress {
    QString namespaceId;
    qint64 listed = 0; ///< configurations there
    qint64 known = 0;  ///< of these, contents the mirror had already
    qint64 read = 0;   ///< of these, read now
    qint64 failed = 0; ///< of these, could not be read
    bool complete = false;
    QString problem;      ///< why the namespace could not be listed, or the first failure
    bool mayPass = false; ///< one of its problems: another try may go better
};

/// Keeps a filling from asking for more; what is on the wire arrives.
class FillBrake final : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    enum class Position { Free, Held };
    void set(Position position);
    bool isHeld() const { return m_position == Position::Held; }

Q_SIGNALS:
    void released();

private:
    Position m_position = Position::Free;
};

/// Reads every configuration of the namespaces (all the account may list when empty) whose content the mirror does not have yet, so that
/// search and offline work see all of it. Told per namespace, several times; progress() counts configurations over all. A failure of one
/// does not stop the others; the stream ends with an error when not even the namespaces can be listed, and when the server is gone.
///
/// Polite: a few reads at a time, which leaves connections for whoever is waiting; after "too many requests" none for a while, longer each
/// time; none while `brake` (may be null) is held.
Stream<FillProgress> *fillMirror(Registry &registry, store::Mirror &mirror, const QStringList &namespaces, QObject *parent,
                                 FillBrake *brake = nullptr);

} // namespace core::nacos
