// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sandbox/common/httpparser.h"

#include <QElapsedTimer>
#include <QObject>

QT_BEGIN_NAMESPACE
class QTcpSocket;
QT_END_NAMESPACE

namespace core::sandbox {

/// One client's connection of an HttpServer: one request at a time; while it is being answered nothing more is read, so that a client
/// cannot make the server hold more than its limits. Private to HttpServer.
class HttpConnection final : public QObject {
    Q_OBJECT
public:
    enum class Completeness { Whole, Truncated };

    /// Takes the socket over.
    HttpConnection(quint64 id, QTcpSocket *socket, const HttpLimits &limits, QObject *parent);
    void start();
    quint64 id() const { return m_id; }
    const HttpRequest &request() const { return m_request; }
    void answer(const HttpResponse &response, Completeness completeness);
    void drop();
    /// Closes the connection when one of the time limits is over.
    void checkTime();

Q_SIGNALS:
    void requestReady();
    void closed();

private:
    void read();
    void proceed();
    void write(const HttpResponse &response, Completeness completeness);
    void refuse();

    const quint64 m_id;
    QTcpSocket *m_socket;
    HttpLimits m_limits;
    HttpParser m_parser;
    HttpRequest m_request;
    QElapsedTimer m_sinceByte, m_sinceStart;
    bool m_answering = false, m_closing = false, m_proceeding = false;
};

} // namespace core::sandbox
