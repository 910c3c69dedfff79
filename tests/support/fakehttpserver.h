// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/testcertificates.h"

#include <chrono>
#include <functional>
#include <memory>
#include <QByteArray>
#include <QList>
#include <QObject>
#include <QUrl>
#include <QUrlQuery>
#include <utility>

namespace tests {

/// A request as it came in.
struct HttpSeen {
    QByteArray method;
    QByteArray target; ///< path and query as on the wire
    QList<std::pair<QByteArray, QByteArray>> headers;
    QByteArray body;
    int connection = 0; ///< counted from 1

    QByteArray header(QByteArrayView name) const; ///< in any case; empty when absent
    QString path() const;                         ///< decoded, without query
    QString query(const QString &name) const;     ///< decoded
    QString form(const QString &name) const;      ///< of a form body, decoded as servers do it (`+` is a blank)
};

struct HttpAnswer {
    enum class Fault {
        None,
        Hang,     ///< takes the request and never answers
        Drop,     ///< closes without a byte
        CutHead,  ///< half of the head, then closes
        Truncate, ///< whole head with the whole length, half of the body, then closes
        Garbage,  ///< something that is not HTTP
        Stall     ///< whole head, half of the body, then nothing more
    };
    int status = 200;
    QByteArray body;
    QByteArray contentType = "application/json";
    QList<std::pair<QByteArray, QByteArray>> headers;
    std::chrono::milliseconds delay{0};
    Fault fault = Fault::None;
    enum class Framing { Length, Chunked, UntilClose } framing = Framing::Length;

    static HttpAnswer redirect(const QByteArray &location, int status = 302);
    static HttpAnswer json(const QByteArray &body, int status = 200);
};

/// An HTTP/1.1 server on loopback, port 0, that answers as told and remembers what it was asked. Lives in the test's thread.
class FakeHttpServer final : public QObject {
    Q_OBJECT
public:
    using Handler = std::function<HttpAnswer(const HttpSeen &)>;
    struct Tls {
        TestCertificates::Pair certificate;
        QString clientCaFile; ///< empty: no client certificate is asked for
    };

    explicit FakeHttpServer(QObject *parent = nullptr);
    explicit FakeHttpServer(const Tls &tls, QObject *parent = nullptr);
    ~FakeHttpServer() override;

    quint16 port() const;
    QUrl url(const QString &pathAndQuery = {}) const; ///< http(s)://127.0.0.1:port/…
    /// Routes by method ("" for any) and decoded path; the last one added wins. Without a route: 404.
    void on(const QByteArray &method, const QString &path, const HttpAnswer &answer);
    void on(const QByteArray &method, const QString &path, Handler handler);
    void otherwise(Handler handler);
    /// Event streams and the like: bytes for every connection whose request is being answered with UntilClose.
    void push(const QByteArray &bytes);

    const QList<HttpSeen> &seen() const;
    QList<HttpSeen> seen(const QString &path) const;
    void forget(); ///< empties seen()
    int connections() const;
    void closeAll();
    /// Connection attempts are refused from now on; resume() listens on the same port again.
    void stop();
    void resume();

private:
    struct Private;
    std::unique_ptr<Private> m_d;
};

} // namespace tests
