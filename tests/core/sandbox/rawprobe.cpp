// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/sandbox/rawprobe.h"

#include <QHostAddress>
#include <QTest>

namespace tests {

RawProbe::RawProbe(quint16 port)
{
    QObject::connect(&socket, &QTcpSocket::readyRead, &socket, [this] { m_received += socket.readAll(); });
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    std::ignore = QTest::qWaitFor([this] { return socket.state() == QAbstractSocket::ConnectedState; }, 5000);
}

void RawProbe::send(const QByteArray &bytes)
{
    socket.write(bytes);
}

bool RawProbe::waitFor(const QByteArray &text)
{
    return QTest::qWaitFor([this, &text] { return m_received.contains(text); }, 5000);
}

bool RawProbe::waitForClose()
{
    return QTest::qWaitFor([this] { return socket.state() == QAbstractSocket::UnconnectedState; }, 10000);
}

} // namespace tests
