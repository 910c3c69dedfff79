// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/httpexchange.h"

#include "core/base/redactor.h"
#include "core/base/transient.h"
#include "core/net/httperror.h"
#include "core/net/httpgate.h"
#include "core/net/sshtunnel.h"
#include "core/net/tlsconfig.h"
#include "core/net/wirelog.h"
#include "core/net/wirerecorder.h"

#include <QLocale>
#include <QNetworkAccessManager>

using namespace Qt::StringLiterals;

namespace core::net {

namespace {

constexpr int MaxRedirects = 5;
/// A body of which it is likely that its size is the reason when the connection breaks.
constexpr qsizetype LargeBody = 1024 * 1024;

/// What OpenSSL says of an answer in the clear.
bool speaksPlainly(const QString &message)
{
    return message.contains("wrong version number"_L1, Qt::CaseInsensitive) || message.contains("http request"_L1, Qt::CaseInsensitive);
}

/// What servers answer, in the clear, on a port that is for TLS: the words of Tomcat, nginx, Apache and Go.
bool wantsTls(int status, const QByteArray &body)
{
    const QByteArray text = status == 400 ? body.left(4096).toLower() : QByteArray();
    return text.contains("requires tls") || text.contains("to https port") || text.contains("to an https server") ||
        text.contains("to an ssl-enabled server port");
}

/// A body that can be read once. QNetworkAccessManager silently repeats a request when a kept-alive connection breaks; with a body it
/// cannot rewind it has to fail instead, and a write reaches the server at most once.
class OnceBody final : public QIODevice {
public:
    OnceBody(QByteArray bytes, QObject *parent)
        : QIODevice(parent)
        , m_bytes(std::move(bytes))
    {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }
    bool isSequential() const override { return true; }
    qint64 bytesAvailable() const override { return m_bytes.size() - m_read + QIODevice::bytesAvailable(); }
    bool atEnd() const override { return m_read >= m_bytes.size(); }
    bool reset() override { return false; }
    bool seek(qint64) override { return false; }

protected:
    qint64 readData(char *data, qint64 maxSize) override
    {
        const qint64 length = std::min<qint64>(maxSize, m_bytes.size() - m_read);
        if (length <= 0)
            return -1;
        std::copy_n(m_bytes.constData() + m_read, length, data);
        m_read += length;
        return length;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    QByteArray m_bytes;
    qint64 m_read = 0;
};

} // namespace

HttpExchange::HttpExchange(QNetworkAccessManager &manager, HttpGate &gate, const HttpSettings &settings, HttpRequest request,
                           Reply<HttpResponse> *reply)
    : QObject(reply)
    , m_manager(manager)
    , m_gate(gate)
    , m_settings(settings)
    , m_request(std::move(request))
    , m_reply(reply)
{
    m_place = u"%1 %2%3"_s.arg(QString::fromLatin1(m_request.method), m_request.url.authority(), m_request.url.path());
    m_deadline.setSingleShot(true);
    // A coarse one is early, and would leave a rest of the budget to the next request.
    m_deadline.setTimerType(Qt::PreciseTimer);
    m_connecting.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        giveUp({Error::Kind::Timeout, u"%1: no complete answer within %2 ms"_s.arg(m_place).arg(m_request.deadline.count()), 0, true});
    });
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        giveUp({Error::Kind::Timeout, u"%1: no answer within %2 ms"_s.arg(m_place).arg(m_request.patience.count()), 0, true});
    });
    connect(&m_connecting, &QTimer::timeout, this, [this] {
        giveUp({Error::Kind::Timeout, u"%1: no connection within %2 ms"_s.arg(m_place).arg(m_settings.connectTimeout.count()), 0, true});
    });
    m_idle.setSingleShot(true);
    connect(&m_idle, &QTimer::timeout, this, [this] {
        giveUp({Error::Kind::Timeout,
                u"%1: the answer stopped in the middle, nothing more came within %2 ms"_s.arg(m_place).arg(m_settings.idleTimeout.count()),
                0, true});
    });
}

HttpExchange::~HttpExchange()
{
    release();
}

void HttpExchange::start()
{
    m_clock.start();
    m_deadline.start(m_request.deadline);
    m_reply->onCancel = [this] { release(); };
    // Redirects stay there.
    m_server = m_request.url.scheme() + u"://"_s + m_request.url.authority();
    m_turn = Turn::AwaitsFiles;
}

void HttpExchange::proceed(const std::optional<QSslConfiguration> &tls)
{
    if (m_turn != Turn::AwaitsFiles)
        return;
    m_tls = tls;
    queue(m_request.url);
}

void HttpExchange::queue(const QUrl &url)
{
    m_turn = Turn::Waits;
    m_gate.enter(m_server, this, [this, url] {
        if (m_turn != Turn::Waits)
            return;
        m_turn = Turn::Has;
        if (m_request.patience.count() > 0 && m_redirects == 0)
            m_patience.start(m_request.patience);
        put(url);
    });
}

void HttpExchange::put(const QUrl &url)
{
    QNetworkRequest request(url);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    if (url.scheme() == "https"_L1)
        request.setSslConfiguration(*m_tls);
    for (const auto &[name, value] : std::as_const(m_request.headers))
        request.setRawHeader(name, value);
    if (!m_request.contentType.isEmpty())
        request.setRawHeader("Content-Type"_ba, m_request.contentType);

    if (isRepeatable() && m_request.body.isEmpty()) {
        // As a custom verb, HEAD would wait for a body.
        m_wire = m_request.method == "HEAD" ? m_manager.head(request) : m_manager.get(request);
    } else {
        request.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
        request.setHeader(QNetworkRequest::ContentLengthHeader, m_request.body.size());
        auto *body = new OnceBody(m_request.body, this);
        m_wire = m_manager.sendCustomRequest(request, m_request.method, body);
    }
    // What was seen of an earlier connection says nothing about this one.
    m_otherCertificate = m_encrypted = m_sent = m_answered = false;
    wireLog("->", u"%1 %2, %3 bytes"_s.arg(QString::fromLatin1(m_request.method), url.toString()).arg(m_request.body.size()));
    m_body.clear();
    m_connecting.start(m_settings.connectTimeout);
    connect(m_wire, &QNetworkReply::requestSent, this, [this] {
        m_connecting.stop();
        m_sent = true;
    });
    connect(m_wire, &QNetworkReply::metaDataChanged, this, [this] { m_idle.start(m_settings.idleTimeout); });
    connect(m_wire, &QNetworkReply::readyRead, this, [this] { takeBytes(); });
    connect(m_wire, &QNetworkReply::finished, this, [this] { onFinished(); });
    // Both come before any of our bytes are on the connection.
    connect(m_wire, &QNetworkReply::sslErrors, this, [this, wire = m_wire](const QList<QSslError> &errors) {
        if (wire != m_wire)
            return;
        if (isAccepted(m_settings.tls, wire->sslConfiguration().peerCertificate(), errors))
            wire->ignoreSslErrors();
        else
            m_otherCertificate = m_settings.tls.trust == TlsPolicy::Trust::Fingerprint;
    });
    connect(m_wire, &QNetworkReply::encrypted, this, [this, wire = m_wire] {
        if (wire != m_wire)
            return;
        m_encrypted = true;
        if (!isAccepted(m_settings.tls, wire->sslConfiguration().peerCertificate(), {}))
            giveUp({Error::Kind::Tls, m_place + u": TLS: it is not the certificate that was accepted"_s, 0, false});
    });
}

void HttpExchange::takeBytes()
{
    m_connecting.stop();
    m_patience.stop();
    m_answered = true;
    m_idle.start(m_settings.idleTimeout);
    m_gate.setHeard(m_server);
    m_body += m_wire->readAll();
    if (m_body.size() > m_request.bodyCap) {
        return giveUp({Error::Kind::BadReply, u"%1: the answer is larger than %2 bytes"_s.arg(m_place).arg(m_request.bodyCap), 0, false});
    }
    const qint64 total = m_wire->header(QNetworkRequest::ContentLengthHeader).toLongLong();
    Q_EMIT m_reply->progress(m_body.size(), total > 0 ? total : -1);
}

void HttpExchange::onFinished()
{
    m_connecting.stop();
    m_body += m_wire->readAll();
    if (m_body.size() > m_request.bodyCap)
        return giveUp({Error::Kind::BadReply, u"%1: the answer is larger than %2 bytes"_s.arg(m_place).arg(m_request.bodyCap), 0, false});
    if (auto error = httpError(*m_wire, m_place))
        return giveUp(*std::move(error));
    if (const auto target = redirectTarget()) {
        if (++m_redirects > MaxRedirects)
            return giveUp({Error::Kind::BadReply, m_place + u": too many redirects"_s, 0, false});
        release();
        return queue(*target);
    }
    const int status = m_wire->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (!isSecure() && wantsTls(status, m_body))
        return giveUp({Error::Kind::Tls,
                       m_place + u": this port speaks https, not plain http; give the address as https://"_s + m_request.url.authority(),
                       status, false});
    succeed();
}

std::optional<QUrl> HttpExchange::redirectTarget() const
{
    const int status = m_wire->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const bool isRedirect = status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    if (!isRedirect || !isRepeatable())
        return std::nullopt;
    const QUrl target = m_wire->url().resolved(QUrl::fromEncoded(m_wire->rawHeader("Location"_ba), QUrl::StrictMode));
    if (!target.isValid() || !target.userInfo().isEmpty() || !isSameOrigin(target, m_request.url))
        return std::nullopt;
    return target;
}

void HttpExchange::succeed()
{
    m_gate.setHeard(m_server);
    HttpResponse response;
    response.status = m_wire->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    response.headers = m_wire->rawHeaderPairs();
    response.body = std::move(m_body);
    response.url = m_wire->url();
    response.elapsed = std::chrono::milliseconds(m_clock.elapsed());
    if (isWireLogOn()) {
        QString line =
            u"%1 %2, %3 bytes, %4 ms"_s.arg(response.status).arg(m_place).arg(response.body.size()).arg(response.elapsed.count());
        // Of what a server complains about the beginning helps; contents never belong into a log.
        if (response.status >= 400)
            line += u": "_s + QString::fromUtf8(response.body.left(300)).simplified();
        wireLog("<-", line);
    }
    if (m_settings.recorder)
        m_settings.recorder->exchange(m_request, response);
    m_deadline.stop();
    m_patience.stop();
    release();
    m_reply->settle(std::move(response));
}

Error HttpExchange::explained(Error error) const
{
    using Code = QNetworkReply::NetworkError;
    const Code code = m_wire ? m_wire->error() : Code::NoError;
    const bool closed = code == Code::RemoteHostClosedError || code == Code::ContentReSendError;
    if (error.kind == Error::Kind::Tls && m_otherCertificate)
        error.message = m_place + u": TLS: it is not the certificate that was accepted"_s;
    else if (error.kind == Error::Kind::Tls && !m_encrypted && speaksPlainly(error.message))
        error.message = m_place + u": this port speaks plain http, not https; give the address as http://"_s + m_request.url.authority();
    else if (error.kind == Error::Kind::Network && isSecure() && !m_encrypted && closed)
        error.message += u" (before the TLS handshake came to an end; perhaps this port speaks plain http)"_s;
    else if (!isSecure() && !m_answered && isRepeatable() && !m_gate.hasHeard(m_server) &&
             (code == Code::ProtocolFailure || code == Code::RemoteHostClosedError))
        error.message += u" (perhaps this port speaks https)"_s;
    // The server asks for ours after it has shown its own, and only hangs up when there is none.
    if (error.kind == Error::Kind::Network && m_encrypted && !m_answered && m_settings.tls.certFile.isEmpty())
        error.message += u" (its certificate is accepted; perhaps the server wants a client certificate)"_s;
    // Nothing can be sent before the handshake: a server that speaks in the clear waits for more, for ever. Whether TCP stood is not told.
    if (m_turn == Turn::AwaitsFiles)
        error.message += u" (the files of the TLS settings were still being read)"_s;
    else if (m_turn == Turn::Waits)
        error.message += u" (it waited behind other requests to this server)"_s;
    else if (error.kind == Error::Kind::Timeout && !m_sent && isSecure())
        error.message += u" (no connection came about, or the TLS handshake did not come to an end; is this an https port?)"_s;
    // Whoever takes no body of that size answers before it has read it, and what is on its way then cuts the answer off.
    if (error.kind == Error::Kind::Network && closed && !m_answered && m_request.body.size() >= LargeBody) {
        error.message += u"; %1 (%2 bytes) were to be sent: perhaps the server, or something before it, takes no request of that size"_s
                             .arg(QLocale::c().formattedDataSize(m_request.body.size(), 1))
                             .arg(m_request.body.size());
        error.retryable = false;
    }
    return error;
}

void HttpExchange::giveUp(Error error)
{
    m_deadline.stop();
    m_patience.stop();
    error = explained(std::move(error));
    const bool onItsWay = m_turn != Turn::AwaitsFiles;
    release();
    // "Connection refused" may be the proxy's door.
    const ProxyPolicy &proxy = m_settings.proxy;
    if (onItsWay && isOutOfReach(error) && (proxy.kind == ProxyPolicy::Kind::Http || proxy.kind == ProxyPolicy::Kind::Socks5))
        error.message += u" (through the proxy %1:%2)"_s.arg(proxy.host).arg(proxy.port);
    if (onItsWay && isOutOfReach(error) && proxy.tunnel)
        error = throughTunnel(std::move(error), *proxy.tunnel,
                              tunnelTarget(m_request.url.host(), m_request.url.port(m_request.url.scheme() == "https"_L1 ? 443 : 80)));
    error.message = Redactor::redact(error.message);
    wireLog("<-", error.message);
    if (m_settings.recorder)
        m_settings.recorder->lost(m_request);
    m_reply->settle(fail(std::move(error)));
}

void HttpExchange::release()
{
    m_connecting.stop();
    m_idle.stop();
    if (const Turn turn = std::exchange(m_turn, Turn::None); turn == Turn::Waits || turn == Turn::Has)
        m_gate.leave(m_server, this);
    if (!m_wire)
        return;
    QNetworkReply *wire = std::exchange(m_wire, nullptr);
    wire->disconnect(this);
    wire->disconnect(&m_connecting);
    // One that has failed is not aborted any more: Qt tells the end a moment after the error, and warns of a second one.
    if (wire->isRunning() && wire->error() == QNetworkReply::NoError)
        wire->abort();
    wire->deleteLater();
}

} // namespace core::net
