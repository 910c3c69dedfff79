// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/peers/nacos-client/cuttableproxy.h"

namespace tests {

CuttableProxy::CuttableProxy(const QString &host, quint16 port, QObject *parent)
    : QObject(parent)
    , m_host(host)
    , m_target(port)
{
    connect(&m_server, &QTcpServer::newConnection, this, [this] { accept(); });
    resume();
}

CuttableProxy::~CuttableProxy()
{
    cut();
}

void CuttableProxy::resume()
{
    if (!m_server.isListening() && m_server.listen(QHostAddress::LocalHost, m_port))
        m_port = m_server.serverPort();
}

void CuttableProxy::cut()
{
    m_server.close();
    for (const auto &socket : std::exchange(m_sockets, {})) {
        if (!socket)
            continue;
        socket->disconnect();
        socket->abort();
        socket->deleteLater();
    }
}

void CuttableProxy::accept()
{
    while (QTcpSocket *near = m_server.nextPendingConnection()) {
        ++m_accepted;
        auto *far = new QTcpSocket(this);
        near->setParent(this);
        near->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        m_sockets += {near, far};
        const auto pump = [](QTcpSocket *from, QTcpSocket *to) {
            connect(from, &QTcpSocket::readyRead, to, [from, to] {
                if (to->state() == QAbstractSocket::ConnectedState)
                    to->write(from->readAll());
            });
            connect(from, &QTcpSocket::disconnected, to, [to] { to->disconnectFromHost(); });
        };
        pump(near, far);
        pump(far, near);
        connect(far, &QTcpSocket::connected, near, [near, far] {
            far->setSocketOption(QAbstractSocket::LowDelayOption, 1);
            far->write(near->readAll());
        });
        connect(far, &QTcpSocket::errorOccurred, near, [near] { near->abort(); });
        far->connectToHost(m_host, m_target);
    }
}

} // namespace tests
