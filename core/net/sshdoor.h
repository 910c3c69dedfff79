// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QTcpSocket>
#include <QTimer>

namespace core::net {

/// Private to core/net: one connection of this process to its tunnel, from the request on. The socket itself is handed to the `ssh` that
/// carries it on, so that nothing is copied and nothing grows here.
class SshDoor final : public QObject {
    Q_OBJECT
public:
    /// `socket` is taken over. `authorization`: what must stand in Proxy-Authorization.
    SshDoor(QTcpSocket *socket, const QByteArray &authorization, QObject *parent);
    ~SshDoor() override;
    /// Listens to what is asked; asked() or gone() may come at once.
    void begin();

    /// "host:port" as asked for; empty until asked().
    const QString &target() const { return m_target; }
    /// Says no, and is gone.
    void refuse();
    /// Says yes; answers the descriptor of the connection, which stays ours until we go, or -1.
    int handOver();

Q_SIGNALS:
    void asked();
    /// The other side went away, or was turned away, before the way was open.
    void gone();

private:
    void read();
    void turnAway(const QByteArray &status, const QByteArray &headers = {});

    QTcpSocket *m_socket;
    const QByteArray m_authorization;
    QByteArray m_request;
    QString m_target;
    QTimer m_patience;
    int m_descriptor = -1;
};

} // namespace core::net
