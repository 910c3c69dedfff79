// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>

namespace tests {

/// A TCP relay on loopback that can be cut: how a server's restart looks from the client's side, whatever the server.
class CuttableProxy final : public QObject {
    Q_OBJECT
public:
    CuttableProxy(const QString &host, quint16 port, QObject *parent = nullptr);
    ~CuttableProxy() override;

    quint16 port() const { return m_port; }
    int connections() const { return m_accepted; }
    /// Drops every connection and refuses new ones until resume().
    void cut();
    void resume();

private:
    void accept();
    const QString m_host;
    const quint16 m_target;
    quint16 m_port = 0;
    int m_accepted = 0;
    QTcpServer m_server;
    QList<QPointer<QTcpSocket>> m_sockets;
};

} // namespace tests
