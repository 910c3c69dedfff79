// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/net/relayproxy.h"

using namespace Qt::StringLiterals;

namespace tests {

struct RelayProxy::Link {
    QPointer<QTcpSocket> client, server;
    QByteArray head;
    bool greeted = false, asked = false;
    qint64 back = 0; ///< bytes sent to the client so far
};

RelayProxy::RelayProxy(quint16 target, Manners manners, QObject *parent)
    : QObject(parent)
    , m_target(target)
    , m_manners(manners)
{
    if (!m_server.listen(QHostAddress::LocalHost))
        qFatal("no port on loopback");
    connect(&m_server, &QTcpServer::newConnection, this, [this] { accept(); });
}

RelayProxy::~RelayProxy()
{
    // A socket says that it is disconnected while it is being destroyed.
    const QList<QTcpSocket *> sockets = m_server.findChildren<QTcpSocket *>() + findChildren<QTcpSocket *>();
    for (QTcpSocket *socket : sockets)
        socket->disconnect();
}

QString RelayProxy::address() const
{
    return u"127.0.0.1:%1"_s.arg(port());
}

void RelayProxy::accept()
{
    while (QTcpSocket *client = m_server.nextPendingConnection()) {
        auto link = std::make_shared<Link>();
        link->client = client;
        connect(client, &QTcpSocket::disconnected, client, [link] {
            if (link->server)
                link->server->disconnectFromHost();
            link->client->deleteLater();
        });
        connect(client, &QTcpSocket::readyRead, this, [this, link] {
            if (!link->asked)
                return greet(link);
            const QByteArray bytes = link->client->readAll();
            m_tunnelled += bytes;
            if (link->server)
                link->server->write(bytes);
        });
        if (m_manners == Manners::Transparent)
            connectOn(link, {}, {});
    }
}

void RelayProxy::greet(const std::shared_ptr<Link> &link)
{
    const QByteArray bytes = link->client->readAll();
    m_greetings += bytes;
    link->head += bytes;
    if (link->head.startsWith("CONNECT ")) {
        if (link->head.contains("\r\n\r\n"))
            connectOn(link, QString::fromLatin1(link->head.mid(8, link->head.indexOf(" HTTP/") - 8)), "HTTP/1.1 200 Connected\r\n\r\n"_ba);
        return;
    }
    if (link->head.startsWith('\x05') && !link->greeted && link->head.size() >= 2 + link->head.at(1)) {
        link->greeted = true;
        link->head = link->head.mid(2 + link->head.at(1));
        link->client->write("\x05\0", 2); // no login
    }
    // version, CONNECT, 0, a name, its length, the name, the port
    if (link->greeted && link->head.size() >= 5 && link->head.startsWith(QByteArray("\x05\x01\0\x03", 4)) &&
        link->head.size() >= 7 + link->head.at(4)) {
        const int length = link->head.at(4);
        const int port = quint8(link->head.at(5 + length)) << 8 | quint8(link->head.at(6 + length));
        connectOn(link, u"%1:%2"_s.arg(QString::fromLatin1(link->head.mid(5, length))).arg(port),
                  QByteArray("\x05\0\0\x01\x7f\0\0\x01\0\x01", 10));
    }
}

void RelayProxy::connectOn(const std::shared_ptr<Link> &link, const QString &asked, const QByteArray &answer)
{
    link->asked = true;
    if (!asked.isEmpty())
        m_asked << asked;
    auto *server = new QTcpSocket(this);
    link->server = server;
    link->client->write(answer);
    connect(server, &QTcpSocket::readyRead, this, [this, link] {
        const QByteArray bytes = link->server->readAll();
        if (!link->client)
            return;
        const auto bent = bend ? bend(link->back, bytes) : std::optional(bytes);
        link->back += bytes.size();
        if (bent && !bent->isEmpty())
            link->client->write(*bent);
        if (!bent)
            link->client->disconnectFromHost();
    });
    connect(server, &QTcpSocket::disconnected, server, [link] {
        if (link->client)
            link->client->disconnectFromHost();
        link->server->deleteLater();
    });
    server->connectToHost(QHostAddress(QHostAddress::LocalHost), m_target);
}

} // namespace tests
