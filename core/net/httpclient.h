// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/reply.h"
#include "core/net/budget.h"
#include "core/net/proxypolicy.h"
#include "core/net/tlspolicy.h"

#include <chrono>
#include <memory>
#include <QByteArray>
#include <QList>
#include <QObject>
#include <QUrl>
#include <utility>

namespace core::net {

using HttpHeaders = QList<std::pair<QByteArray, QByteArray>>;

struct HttpRequest {
    QByteArray method = "GET";
    QUrl url;            ///< http or https; user info in it is refused (Usage)
    HttpHeaders headers; ///< replace the client's default headers of the same name
    QByteArray body;
    QByteArray contentType;                ///< empty: none is sent
    qint64 bodyCap = 10 * 1024 * 1024;     ///< bytes of the (decompressed) answer; more is BadReply
    std::chrono::milliseconds deadline{0}; ///< from send() to the last byte; 0: the client's
    std::chrono::milliseconds patience{0}; ///< from its turn on the wire to the first byte of the answer; 0: as long as the deadline
};

struct HttpResponse {
    int status = 0;
    HttpHeaders headers;
    QByteArray body;
    QUrl url; ///< after same-origin redirects
    std::chrono::milliseconds elapsed{0};

    bool isSuccess() const { return status >= 200 && status < 300; }
    QByteArray header(QByteArrayView name) const; ///< first of that name, in any case; empty when absent
};

class WireRecorder;

struct HttpSettings {
    TlsPolicy tls;
    ProxyPolicy proxy;
    std::chrono::milliseconds deadline = std::chrono::seconds(15);
    std::chrono::milliseconds connectTimeout = std::chrono::seconds(5); ///< until the request's head is on the wire
    std::chrono::milliseconds idleTimeout = std::chrono::seconds(15);   ///< between two bytes of an answer that has begun
    QByteArray userAgent;                                               ///< empty: signalbox/<version>
    HttpHeaders defaultHeaders;
    std::shared_ptr<const Budget> budget;   ///< of everything this client sends; null: each request has its own deadline only
    std::shared_ptr<WireRecorder> recorder; ///< null: nothing is recorded
    std::shared_ptr<Workers> workers;       ///< where the TLS files are read; null: at once
};

/// HTTP/1.1 with one TLS policy and one proxy: keep-alive, no cookies, no HTTP/2, no cache. Six requests to one server are under way at a
/// time; what is more waits its turn, which only the deadline counts. Lives in the GUI thread; destroying it
/// cancels what is under way.
///
/// Redirects are followed only within the origin (scheme, host, port), at most five, and only for GET and HEAD; any other redirect is
/// the answer itself (status 3xx; a write answered with 307 or 308 is a Network error), so that neither credentials nor bodies go
/// elsewhere. A request with a body or a method other than GET and HEAD is put on the wire at most once: when a connection breaks, it is
/// the caller who knows whether to send again. An answer cut short is Network like one that never came.
class HttpClient final : public QObject {
    Q_OBJECT
public:
    explicit HttpClient(const HttpSettings &settings, QObject *parent = nullptr);
    ~HttpClient() override;

    /// Any HTTP status is a success. Errors: Network, Timeout, Tls, BadReply (not HTTP, over the cap), Usage (URL, header
    /// values with line breaks, unreadable TLS files), Cancelled. `progress` counts bytes of the answer.
    Reply<HttpResponse> *send(const HttpRequest &request);
    const HttpSettings &settings() const;

private:
    void start(HttpRequest request, Reply<HttpResponse> *reply);

    struct Private;
    std::unique_ptr<Private> m_d;
};

using FormFields = QList<std::pair<QString, QString>>;

/// application/x-www-form-urlencoded in UTF-8: every byte but A-Z a-z 0-9 - . _ ~ is %XX (a blank too: every server reads %20).
QByteArray formEncode(const FormFields &fields);
/// `base` (with or without a trailing slash) + `path` + `?` + fields; no query when there are none. Path is taken as encoded already.
QUrl makeUrl(const QUrl &base, const QString &path, const FormFields &query = {});
/// False when the two differ in scheme, host or port (defaults filled in).
bool isSameOrigin(const QUrl &a, const QUrl &b);

} // namespace core::net
