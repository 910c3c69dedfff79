// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakerawserver.h"

using namespace Qt::StringLiterals;

namespace tests {

FakeRawServer::FakeRawServer(QObject *parent)
    : QObject(parent)
{
    connect(&m_server, &QTcpServer::newConnection, this, [this] { accept(); });
    if (!m_server.listen(QHostAddress::LocalHost))
        qFatal("no port on loopback");
}

FakeRawServer::~FakeRawServer()
{
    closeAll();
}

QString FakeRawServer::address() const
{
    return u"127.0.0.1:%1"_s.arg(port());
}

void FakeRawServer::accept()
{
    while (QTcpSocket *socket = m_server.nextPendingConnection()) {
        ++m_connections;
        m_sockets.append(socket);
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] {
            const QByteArray bytes = socket->readAll();
            m_received += bytes;
            if (onBytes)
                onBytes(socket, bytes);
        });
        if (onConnected)
            onConnected(socket);
    }
}

void FakeRawServer::closeAll()
{
    for (const QPointer<QTcpSocket> &socket : std::exchange(m_sockets, {})) {
        if (socket)
            socket->abort();
    }
}

void FakeRawServer::stop()
{
    m_server.close();
    closeAll();
}

} // namespace tests
