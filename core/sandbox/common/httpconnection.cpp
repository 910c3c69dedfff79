// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/common/httpconnection.h"

#include <QTcpSocket>

using namespace Qt::StringLiterals;

namespace core::sandbox {

namespace {

constexpr qint64 BufferAtMost = 256 * 1024;
// More than the buffer holds, so that a read reaches the socket, which switches its notifications on again.
constexpr qint64 ReadAtOnce = BufferAtMost + 1;
constexpr qint64 UnreadAtMost = 4 * 1024 * 1024; // answers a client has not read; then its next request waits
constexpr qint64 UnreadSeconds = 60;

} // namespace

HttpConnection::HttpConnection(quint64 id, QTcpSocket *socket, const HttpLimits &limits, QObject *parent)
    : QObject(parent)
    , m_id(id)
    , m_socket(socket)
    , m_limits(limits)
    , m_parser(limits)
{
    m_socket->setParent(this);
    m_socket->setReadBufferSize(BufferAtMost);
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
}

void HttpConnection::start()
{
    m_sinceByte.start();
    m_sinceStart.start();
    connect(m_socket, &QTcpSocket::readyRead, this, &HttpConnection::read);
    connect(m_socket, &QTcpSocket::bytesWritten, this, [this] {
        m_sinceByte.restart();
        proceed();
    });
    connect(m_socket, &QTcpSocket::disconnected, this, &HttpConnection::closed);
    read();
}

void HttpConnection::read()
{
    if (m_answering || m_closing || m_socket->bytesToWrite() >= UnreadAtMost)
        return;
    const QByteArray bytes = m_socket->read(ReadAtOnce);
    if (bytes.isEmpty())
        return;
    if (!m_parser.isInHeader() && !m_parser.isInBody())
        m_sinceStart.restart();
    m_sinceByte.restart();
    m_parser.feed(bytes);
    proceed();
}

void HttpConnection::proceed()
{
    // A handler that answers at once comes back here through answer(); the loop, not recursion, takes the next pipelined request.
    if (std::exchange(m_proceeding, true))
        return;
    while (!m_answering && !m_closing && m_socket->bytesToWrite() < UnreadAtMost) {
        // What is buffered may hold a whole pipelined request.
        if (m_parser.feed({}) == HttpParser::State::NeedMore) {
            if (m_parser.wantsContinue())
                m_socket->write("HTTP/1.1 100 Continue\r\n\r\n");
            if (m_socket->bytesAvailable() == 0)
                break;
            m_parser.feed(m_socket->read(ReadAtOnce));
            continue;
        }
        if (m_parser.state() == HttpParser::State::Failed) {
            refuse();
            break;
        }
        m_request = m_parser.take();
        m_request.peer = m_socket->peerAddress();
        m_request.peerPort = m_socket->peerPort();
        m_answering = true;
        Q_EMIT requestReady();
    }
    m_proceeding = false;
}

void HttpConnection::refuse()
{
    m_request = {};
    m_request.headers.append({"connection"_ba, "close"_ba});
    write(HttpResponse::text(m_parser.reason(), m_parser.status()), Completeness::Whole);
}

void HttpConnection::answer(const HttpResponse &response, Completeness completeness)
{
    if (!m_answering)
        return;
    m_answering = false;
    write(response, completeness);
    m_sinceByte.restart();
    m_sinceStart.restart();
    proceed();
}

void HttpConnection::write(const HttpResponse &response, Completeness completeness)
{
    const bool keep = m_request.keepsAlive() && completeness == Completeness::Whole;
    const bool hasBody = response.status != 204 && response.status != 304;
    QByteArray head = "HTTP/1.1 " + QByteArray::number(response.status) + ' ' + reasonPhrase(response.status) + "\r\n";
    if (hasBody && !response.contentType.isEmpty())
        head += "Content-Type: " + response.contentType + "\r\n";
    if (hasBody)
        head += "Content-Length: " + QByteArray::number(response.body.size()) + "\r\n";
    for (const auto &header : response.headers)
        head += header.first + ": " + header.second + "\r\n";
    head += keep ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
    if (hasBody && m_request.method != "HEAD") {
        const qsizetype size = completeness == Completeness::Whole ? response.body.size() : response.body.size() / 2;
        if (size < 64 * 1024) { // one segment for small answers
            head.append(response.body.constData(), size);
            m_socket->write(head);
        } else {
            m_socket->write(head);
            m_socket->write(response.body.constData(), size);
        }
    } else {
        m_socket->write(head);
    }
    m_request = {};
    if (!keep) {
        m_closing = true;
        m_socket->disconnectFromHost();
    }
}

void HttpConnection::drop()
{
    m_closing = true;
    m_socket->abort();
}

void HttpConnection::checkTime()
{
    if (m_answering)
        return;
    const qint64 idle = m_sinceByte.elapsed() / 1000;
    if (m_closing || m_socket->bytesToWrite() > 0) {
        if (idle > (m_closing ? 10 : UnreadSeconds)) // the client does not read its answers
            m_socket->abort();
    } else if (m_parser.isInHeader() ? m_sinceStart.elapsed() / 1000 > m_limits.headerSeconds
                                     : (m_parser.isInBody() ? idle > m_limits.bodyIdleSeconds : idle > m_limits.idleSeconds)) {
        m_socket->abort();
    }
}

} // namespace core::sandbox
