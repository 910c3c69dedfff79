// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <QByteArray>
#include <QObject>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>

namespace tests {

/// A TCP server on loopback, port 0, that says exactly the bytes it is told to: for clients that must survive anything.
class FakeRawServer final : public QObject {
    Q_OBJECT
public:
    explicit FakeRawServer(QObject *parent = nullptr);
    ~FakeRawServer() override;

    quint16 port() const { return m_server.serverPort(); }
    QString address() const; ///< 127.0.0.1:port
    /// Everything received so far, on all connections.
    QByteArray received() const { return m_received; }
    int connections() const { return m_connections; }
    void closeAll();
    /// Answers no more connection attempts (they are refused).
    void stop();

    std::function<void(QTcpSocket *)> onConnected;                      ///< may write and close
    std::function<void(QTcpSocket *, const QByteArray &bytes)> onBytes; ///< what just came

private:
    void accept();
    QTcpServer m_server;
    QList<QPointer<QTcpSocket>> m_sockets;
    QByteArray m_received;
    int m_connections = 0;
};

} // namespace tests
