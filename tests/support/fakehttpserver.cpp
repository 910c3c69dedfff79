// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakehttpserver.h"

#include <QFile>
#include <QPointer>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslSocket>
#include <QTcpServer>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace tests {

namespace {

QByteArray find(const QList<std::pair<QByteArray, QByteArray>> &headers, QByteArrayView name)
{
    for (const auto &[key, value] : headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

/// Takes whole requests off the front of a buffer; nullopt: more bytes are needed.
std::optional<HttpSeen> takeRequest(QByteArray &buffer)
{
    const qsizetype end = buffer.indexOf("\r\n\r\n");
    if (end < 0)
        return std::nullopt;
    const QList<QByteArray> lines = buffer.left(end).split('\n');
    HttpSeen seen;
    const QList<QByteArray> first = lines.constFirst().trimmed().split(' ');
    seen.method = first.value(0);
    seen.target = first.value(1);
    for (qsizetype i = 1; i < lines.size(); ++i) {
        const QByteArray line = lines.at(i).trimmed();
        const qsizetype colon = line.indexOf(':');
        seen.headers.append({line.left(colon), line.mid(colon + 1).trimmed()});
    }
    qsizetype at = end + 4;
    if (seen.header("Transfer-Encoding").toLower() == "chunked") {
        for (;;) {
            const qsizetype lineEnd = buffer.indexOf("\r\n", at);
            if (lineEnd < 0)
                return std::nullopt;
            const qsizetype size = buffer.mid(at, lineEnd - at).toLongLong(nullptr, 16);
            if (buffer.size() < lineEnd + 2 + size + 2)
                return std::nullopt;
            seen.body += buffer.mid(lineEnd + 2, size);
            at = lineEnd + 2 + size + 2;
            if (size == 0)
                break;
        }
    } else {
        const qsizetype length = seen.header("Content-Length").toLongLong();
        if (buffer.size() < at + length)
            return std::nullopt;
        seen.body = buffer.mid(at, length);
        at += length;
    }
    buffer.remove(0, at);
    return seen;
}

class Listener final : public QTcpServer {
public:
    std::function<void(qintptr)> onIncoming;

protected:
    void incomingConnection(qintptr descriptor) override { onIncoming(descriptor); }
};

} // namespace

QByteArray HttpSeen::header(QByteArrayView name) const
{
    return find(headers, name);
}

QString HttpSeen::path() const
{
    return QUrl::fromPercentEncoding(target.left(target.indexOf('?') < 0 ? target.size() : target.indexOf('?')));
}

QString HttpSeen::query(const QString &name) const
{
    const qsizetype mark = target.indexOf('?');
    QByteArray text = mark < 0 ? QByteArray() : target.mid(mark + 1);
    text.replace('+', "%20");
    return QUrlQuery(QString::fromLatin1(text)).queryItemValue(name, QUrl::FullyDecoded);
}

QString HttpSeen::form(const QString &name) const
{
    for (const QByteArray &field : body.split('&')) {
        const qsizetype equals = field.indexOf('=');
        QByteArray key = field.left(equals), value = field.mid(equals + 1);
        key.replace('+', ' ');
        value.replace('+', ' ');
        if (QUrl::fromPercentEncoding(key) == name)
            return QUrl::fromPercentEncoding(value);
    }
    return {};
}

HttpAnswer HttpAnswer::redirect(const QByteArray &location, int status)
{
    HttpAnswer answer;
    answer.status = status;
    answer.headers.append({"Location", location});
    return answer;
}

HttpAnswer HttpAnswer::json(const QByteArray &body, int status)
{
    HttpAnswer answer;
    answer.status = status;
    answer.body = body;
    return answer;
}

struct FakeHttpServer::Private {
    struct Route {
        QByteArray method;
        QString path;
        Handler handler;
    };
    struct Connection {
        QPointer<QTcpSocket> socket;
        QByteArray buffer;
        int number = 0;
        bool busy = false, streaming = false;
    };

    FakeHttpServer &q;
    Listener listener;
    std::optional<Tls> tls;
    QList<Route> routes;
    Handler fallback;
    QList<HttpSeen> seen;
    QList<std::shared_ptr<Connection>> connections;
    int count = 0;
    quint16 port = 0;

    explicit Private(FakeHttpServer &server)
        : q(server)
    {
        listener.onIncoming = [this](qintptr descriptor) { accept(descriptor); };
        listen();
    }
    void listen()
    {
        if (!listener.listen(QHostAddress::LocalHost, port))
            qFatal("no port on loopback");
        port = listener.serverPort();
    }
    void accept(qintptr descriptor)
    {
        auto connection = std::make_shared<Connection>();
        connection->number = ++count;
        if (tls) {
            auto *socket = new QSslSocket(&q);
            connection->socket = socket;
            socket->setSocketDescriptor(descriptor);
            QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
            configuration.setLocalCertificate(QSslCertificate(tls->certificate.certPem));
            configuration.setPrivateKey(QSslKey(tls->certificate.keyPem, QSsl::Ec));
            configuration.setPeerVerifyMode(tls->clientCaFile.isEmpty() ? QSslSocket::VerifyNone : QSslSocket::VerifyPeer);
            if (!tls->clientCaFile.isEmpty())
                configuration.setCaCertificates(QSslCertificate::fromPath(tls->clientCaFile));
            socket->setSslConfiguration(configuration);
            socket->startServerEncryption();
        } else {
            connection->socket = new QTcpSocket(&q);
            connection->socket->setSocketDescriptor(descriptor);
        }
        connections.append(connection);
        QObject::connect(connection->socket, &QTcpSocket::disconnected, connection->socket, &QObject::deleteLater);
        QObject::connect(connection->socket, &QTcpSocket::readyRead, &q, [this, connection] {
            connection->buffer += connection->socket->readAll();
            work(connection);
        });
    }
    void work(const std::shared_ptr<Connection> &connection)
    {
        if (connection->busy)
            return;
        auto request = takeRequest(connection->buffer);
        if (!request)
            return;
        request->connection = connection->number;
        seen.append(*request);
        connection->busy = true;
        const HttpAnswer answer = answerTo(*request);
        const bool head = request->method == "HEAD";
        if (answer.delay.count() > 0)
            QTimer::singleShot(answer.delay, &q, [this, connection, answer, head] { say(connection, answer, head); });
        else
            say(connection, answer, head);
    }
    HttpAnswer answerTo(const HttpSeen &request)
    {
        const QString path = request.path();
        for (auto it = routes.crbegin(); it != routes.crend(); ++it) {
            if ((it->method.isEmpty() || it->method == request.method) && it->path == path)
                return it->handler(request);
        }
        return fallback ? fallback(request) : HttpAnswer::json(R"({"message":"no such route"})", 404);
    }
    void say(const std::shared_ptr<Connection> &connection, const HttpAnswer &answer, bool head)
    {
        using Fault = HttpAnswer::Fault;
        using Framing = HttpAnswer::Framing;
        QTcpSocket *socket = connection->socket;
        if (!socket || answer.fault == Fault::Hang)
            return;
        if (answer.fault == Fault::Drop)
            return socket->disconnectFromHost();
        if (answer.fault == Fault::Garbage) {
            socket->write("\x15\x03\x01\x00\x02\x02 this is not HTTP\r\n\r\n");
            return socket->disconnectFromHost();
        }
        QByteArray text = "HTTP/1.1 " + QByteArray::number(answer.status) + " Whatever\r\n";
        if (!answer.contentType.isEmpty())
            text += "Content-Type: " + answer.contentType + "\r\n";
        for (const auto &[name, value] : answer.headers)
            text += name + ": " + value + "\r\n";
        if (answer.framing == Framing::Length)
            text += "Content-Length: " + QByteArray::number(answer.body.size()) + "\r\n";
        else if (answer.framing == Framing::Chunked)
            text += "Transfer-Encoding: chunked\r\n";
        else
            text += "Connection: close\r\n";
        text += "\r\n";
        if (answer.fault == Fault::CutHead) {
            socket->write(text.left(text.size() / 2));
            return socket->disconnectFromHost();
        }
        QByteArray body = head ? QByteArray() : answer.body;
        const bool half = answer.fault == Fault::Truncate || answer.fault == Fault::Stall;
        if (half)
            body = body.left(body.size() / 2);
        if (answer.framing == Framing::Chunked && !head) {
            for (qsizetype at = 0; at < body.size(); at += 1000) {
                const QByteArray part = body.mid(at, 1000);
                text += QByteArray::number(part.size(), 16) + "\r\n" + part + "\r\n";
            }
            if (!half)
                text += "0\r\n\r\n";
        } else {
            text += body;
        }
        socket->write(text);
        if (answer.fault == Fault::Truncate)
            return socket->disconnectFromHost();
        if (answer.fault == Fault::Stall)
            return;
        if (answer.framing == Framing::UntilClose) {
            connection->streaming = true;
            if (!answer.contentType.startsWith("text/event-stream"))
                socket->disconnectFromHost();
            return;
        }
        connection->busy = false;
        work(connection);
    }
};

FakeHttpServer::FakeHttpServer(QObject *parent)
    : QObject(parent)
    , m_d(std::make_unique<Private>(*this))
{
}

FakeHttpServer::FakeHttpServer(const Tls &tls, QObject *parent)
    : FakeHttpServer(parent)
{
    m_d->tls = tls;
}

FakeHttpServer::~FakeHttpServer()
{
    closeAll();
}

quint16 FakeHttpServer::port() const
{
    return m_d->port;
}

QUrl FakeHttpServer::url(const QString &pathAndQuery) const
{
    return QUrl(u"%1://127.0.0.1:%2%3"_s.arg(m_d->tls ? u"https"_s : u"http"_s).arg(m_d->port).arg(pathAndQuery));
}

void FakeHttpServer::on(const QByteArray &method, const QString &path, const HttpAnswer &answer)
{
    on(method, path, [answer](const HttpSeen &) { return answer; });
}

void FakeHttpServer::on(const QByteArray &method, const QString &path, Handler handler)
{
    m_d->routes.append({method, path, std::move(handler)});
}

void FakeHttpServer::otherwise(Handler handler)
{
    m_d->fallback = std::move(handler);
}

void FakeHttpServer::push(const QByteArray &bytes)
{
    for (const auto &connection : std::as_const(m_d->connections)) {
        if (connection->streaming && connection->socket)
            connection->socket->write(bytes);
    }
}

const QList<HttpSeen> &FakeHttpServer::seen() const
{
    return m_d->seen;
}

QList<HttpSeen> FakeHttpServer::seen(const QString &path) const
{
    QList<HttpSeen> found;
    for (const HttpSeen &request : std::as_const(m_d->seen)) {
        if (request.path() == path)
            found.append(request);
    }
    return found;
}

void FakeHttpServer::forget()
{
    m_d->seen.clear();
}

int FakeHttpServer::connections() const
{
    return m_d->count;
}

void FakeHttpServer::closeAll()
{
    for (const auto &connection : std::exchange(m_d->connections, {})) {
        if (connection->socket)
            connection->socket->abort();
    }
}

void FakeHttpServer::stop()
{
    m_d->listener.close();
    closeAll();
}

void FakeHttpServer::resume()
{
    m_d->listen();
}

} // namespace tests
