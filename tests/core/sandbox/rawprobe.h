// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTcpSocket>

namespace tests {

/// A bare TCP client: sends bytes as they are and collects what comes back.
class RawProbe {
public:
    explicit RawProbe(quint16 port);
    void send(const QByteArray &bytes);
    /// Runs the event loop until that text has come; false: not in time or closed.
    bool waitFor(const QByteArray &text);
    bool waitForClose();
    QByteArray received() const { return m_received; }
    int count(const QByteArray &text) const { return int(m_received.count(text)); }
    QTcpSocket socket;

private:
    QByteArray m_received;
};

} // namespace tests
