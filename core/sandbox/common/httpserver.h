// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/sandbox/common/httpparser.h"

#include <functional>
#include <memory>
#include <QObject>

namespace core::sandbox {

class HttpServer;

/// The right to answer one request, once. Copies share it; answers from any thread; an answer after the first, or after the client
/// left, does nothing. When the last copy goes without an answer the client gets 500.
class HttpResponder {
public:
    struct Ticket;
    explicit HttpResponder(std::shared_ptr<Ticket> ticket)
        : m_ticket(std::move(ticket))
    {
    }
    void send(HttpResponse response) const;
    /// Promises the whole body and closes in the middle of it.
    void sendTruncated(HttpResponse response) const;
    /// Closes the connection without a byte.
    void drop() const;

private:
    std::shared_ptr<Ticket> m_ticket;
};

/// A small HTTP/1.1 server for loopback: keep-alive, pipelining (answered in order), chunked requests, HEAD, `Expect: 100-continue`,
/// and limits on everything a client may send or hold on to. Qt HttpServer 6.4 has none of the limits. Lives in one thread; the
/// handler is called there.
class HttpServer final : public QObject {
    Q_OBJECT
public:
    using Handler = std::function<void(const HttpRequest &request, HttpResponder responder)>;

    explicit HttpServer(Handler handler, const HttpLimits &limits = {}, QObject *parent = nullptr);
    ~HttpServer() override;

    /// Listens on 127.0.0.1 and, when this machine has it, on ::1. Port 0 takes any. Error::Kind::Network: the port is taken.
    Result<Done> listenOnLoopback(quint16 port);
    quint16 port() const;
    bool listensOnIpv6() const;
    /// Closes the sockets that listen and every connection.
    void close();
    qsizetype connectionCount() const;

private:
    friend class HttpResponder;
    friend class HttpConnection;
    struct Private;
    std::unique_ptr<Private> m_d;
};

} // namespace core::sandbox
