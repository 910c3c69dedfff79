// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/common/httpserver.h"

#include "core/sandbox/common/httpconnection.h"

#include <mutex>
#include <QHash>
#include <QTcpServer>
#include <QTcpSocket>
#include <QThread>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace core::sandbox {

// Where answers are posted to; outlives the server, so that a late answer from another thread finds nobody instead of a dead object.
struct HttpServer::Private {
    struct Mailbox {
        std::mutex mutex;
        HttpServer *server = nullptr;
    };
    Handler handler;
    HttpLimits limits;
    std::shared_ptr<Mailbox> mailbox = std::make_shared<Mailbox>();
    std::unique_ptr<QTcpServer> ipv4, ipv6;
    QHash<quint64, HttpConnection *> connections;
    quint64 nextId = 0;
    QTimer sweep;

    void adopt(HttpServer *self, QTcpServer *listener)
    {
        while (QTcpSocket *socket = listener->nextPendingConnection()) {
            if (connections.size() >= limits.connections) {
                socket->abort();
                socket->deleteLater();
                continue;
            }
            const quint64 id = ++nextId;
            auto *connection = new HttpConnection(id, socket, limits, self);
            connections.insert(id, connection);
            QObject::connect(connection, &HttpConnection::requestReady, self, [this, connection] { dispatch(connection); });
            QObject::connect(connection, &HttpConnection::closed, self, [this, connection, id] {
                connections.remove(id);
                connection->deleteLater();
            });
            connection->start();
        }
    }
    void dispatch(HttpConnection *connection);
};

struct HttpResponder::Ticket {
    enum class How { Whole, Truncated, Dropped };
    std::shared_ptr<HttpServer::Private::Mailbox> mailbox;
    quint64 connection = 0;
    std::mutex mutex;
    bool answered = false;

    void answer(How how, HttpResponse response)
    {
        {
            const std::lock_guard lock(mutex);
            if (std::exchange(answered, true))
                return;
        }
        std::unique_lock lock(mailbox->mutex);
        HttpServer *server = mailbox->server;
        if (!server)
            return;
        auto deliver = [server, id = connection, how, response = std::move(response)] {
            if (HttpConnection *target = server->m_d->connections.value(id)) {
                if (how == How::Dropped)
                    target->drop();
                else
                    target->answer(response,
                                   how == How::Truncated ? HttpConnection::Completeness::Truncated : HttpConnection::Completeness::Whole);
            }
        };
        if (QThread::currentThread() != server->thread()) {
            QMetaObject::invokeMethod(server, std::move(deliver), Qt::QueuedConnection);
            return;
        }
        // The server cannot go in its own thread meanwhile, and the next pipelined request is answered from inside.
        lock.unlock();
        deliver();
    }
    ~Ticket() { answer(How::Whole, HttpResponse::text(u"no answer"_s, 500)); }
};

void HttpResponder::send(HttpResponse response) const
{
    m_ticket->answer(Ticket::How::Whole, std::move(response));
}

void HttpResponder::sendTruncated(HttpResponse response) const
{
    m_ticket->answer(Ticket::How::Truncated, std::move(response));
}

void HttpResponder::drop() const
{
    m_ticket->answer(Ticket::How::Dropped, {});
}

void HttpServer::Private::dispatch(HttpConnection *connection)
{
    auto ticket = std::make_shared<HttpResponder::Ticket>();
    ticket->mailbox = mailbox;
    ticket->connection = connection->id();
    handler(connection->request(), HttpResponder(std::move(ticket)));
}

HttpServer::HttpServer(Handler handler, const HttpLimits &limits, QObject *parent)
    : QObject(parent)
    , m_d(std::make_unique<Private>())
{
    m_d->handler = std::move(handler);
    m_d->limits = limits;
    m_d->mailbox->server = this;
    m_d->sweep.setInterval(1000);
    connect(&m_d->sweep, &QTimer::timeout, this, [this] {
        const QList<HttpConnection *> all = m_d->connections.values();
        for (HttpConnection *connection : all)
            connection->checkTime();
    });
}

HttpServer::~HttpServer()
{
    {
        const std::lock_guard lock(m_d->mailbox->mutex);
        m_d->mailbox->server = nullptr;
    }
    close();
}

Result<Done> HttpServer::listenOnLoopback(quint16 port)
{
    auto ipv4 = std::make_unique<QTcpServer>();
    ipv4->setListenBacklogSize(512);
    if (!ipv4->listen(QHostAddress(QHostAddress::LocalHost), port))
        return fail(Error::Kind::Network, u"cannot listen on 127.0.0.1:%1: %2"_s.arg(port).arg(ipv4->errorString()));
    auto ipv6 = std::make_unique<QTcpServer>();
    ipv6->setListenBacklogSize(512);
    if (!ipv6->listen(QHostAddress(QHostAddress::LocalHostIPv6), ipv4->serverPort())) {
        if (ipv6->serverError() == QAbstractSocket::AddressInUseError)
            return fail(Error::Kind::Network, u"cannot listen on [::1]:%1: %2"_s.arg(ipv4->serverPort()).arg(ipv6->errorString()));
        ipv6.reset(); // a machine without IPv6
    }
    for (QTcpServer *listener : {ipv4.get(), ipv6.get()}) {
        if (!listener)
            continue;
        listener->setMaxPendingConnections(512);
        connect(listener, &QTcpServer::newConnection, this, [this, listener] { m_d->adopt(this, listener); });
    }
    m_d->ipv4 = std::move(ipv4);
    m_d->ipv6 = std::move(ipv6);
    m_d->sweep.start();
    return Done{};
}

quint16 HttpServer::port() const
{
    return m_d->ipv4 ? m_d->ipv4->serverPort() : 0;
}

bool HttpServer::listensOnIpv6() const
{
    return m_d->ipv6 != nullptr;
}

void HttpServer::close()
{
    m_d->sweep.stop();
    m_d->ipv4.reset();
    m_d->ipv6.reset();
    const QList<HttpConnection *> all = m_d->connections.values();
    m_d->connections.clear();
    qDeleteAll(all);
}

qsizetype HttpServer::connectionCount() const
{
    return m_d->connections.size();
}

} // namespace core::sandbox
