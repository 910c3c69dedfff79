// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/sshdoor.h"

#include <fcntl.h>
#include <QRegularExpression>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace core::net {

namespace {

constexpr qsizetype MostRequest = 8 * 1024;
constexpr auto RequestPatience = 10s;

/// "host:port" of nothing but a host and a port; empty: it is not.
QString targetOf(const QByteArray &requestLine)
{
    static const QRegularExpression form(
        u"^CONNECT ([A-Za-z0-9_][A-Za-z0-9._%-]*|\\[[0-9A-Fa-f:.%a-z]+\\]):([0-9]{1,5}) HTTP/1\\.[01]\\z"_s);
    const auto match = form.match(QString::fromLatin1(requestLine));
    const int port = match.captured(2).toInt();
    return match.hasMatch() && port > 0 && port < 65536 ? match.captured(1) + u':' + match.captured(2) : QString();
}

QByteArray headerIn(const QList<QByteArray> &lines, QByteArrayView name)
{
    for (const QByteArray &line : lines) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.left(colon).compare(name, Qt::CaseInsensitive) == 0)
            return line.mid(colon + 1).trimmed();
    }
    return {};
}

} // namespace

SshDoor::SshDoor(QTcpSocket *socket, const QByteArray &authorization, QObject *parent)
    : QObject(parent)
    , m_socket(socket)
    , m_authorization(authorization)
{
    m_socket->setParent(this);
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, [this] { turnAway("408 Request Timeout"); });
}

void SshDoor::begin()
{
    connect(m_socket, &QTcpSocket::readyRead, this, [this] { read(); });
    connect(m_socket, &QTcpSocket::disconnected, this, [this] { Q_EMIT gone(); });
    m_patience.start(RequestPatience);
    read();
}

SshDoor::~SshDoor()
{
    m_socket->disconnect(this);
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

void SshDoor::read()
{
    m_request += m_socket->read(MostRequest - m_request.size() + 1);
    const qsizetype end = m_request.indexOf("\r\n\r\n");
    // Whoever asks waits for the answer; what comes unasked is not for the target.
    const bool talksOn = end >= 0 && end + 4 < m_request.size();
    if (m_request.size() > MostRequest || talksOn || !m_target.isEmpty())
        return turnAway("400 Bad Request");
    if (end < 0)
        return;
    QList<QByteArray> lines = m_request.left(end).split('\n');
    for (QByteArray &line : lines)
        line = line.trimmed();
    if (headerIn(lines, "Proxy-Authorization") != m_authorization)
        return turnAway("407 Proxy Authentication Required", "Proxy-Authenticate: Basic realm=\"signalbox\"\r\n");
    const QString target = targetOf(lines.constFirst());
    if (target.isEmpty())
        return turnAway("400 Bad Request");
    m_target = target;
    m_patience.stop();
    Q_EMIT asked();
}

void SshDoor::refuse()
{
    // Clients take it for "connection refused", and ask the tunnel why.
    turnAway("503 Service Unavailable");
}

void SshDoor::turnAway(const QByteArray &status, const QByteArray &headers)
{
    m_patience.stop();
    m_socket->disconnect(this);
    m_socket->write("HTTP/1.1 " + status + "\r\n" + headers + "Connection: close\r\nContent-Length: 0\r\n\r\n");
    m_socket->flush();
    m_socket->disconnectFromHost();
    Q_EMIT gone();
}

int SshDoor::handOver()
{
    m_socket->disconnect(this);
    m_socket->write("HTTP/1.1 200 Connection established\r\n\r\n");
    // A few bytes on an empty loopback connection: they are on their way, or nobody is there.
    if (m_socket->flush() && m_socket->bytesToWrite() == 0)
        m_descriptor = ::fcntl(int(m_socket->socketDescriptor()), F_DUPFD_CLOEXEC, 3);
    // Closes our first descriptor of it only.
    m_socket->abort();
    return m_descriptor;
}

} // namespace core::net
