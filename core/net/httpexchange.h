// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/httpclient.h"

#include <QElapsedTimer>
#include <QNetworkReply>
#include <QSslConfiguration>
#include <QTimer>

class QNetworkAccessManager;

namespace core::net {

class HttpGate;

/// Private to core/net: one request with its redirects, from start() to the settled reply. A child of the reply; what is on the wire
/// ends when the reply settles for another reason (cancel, a dead client).
class HttpExchange final : public QObject {
    Q_OBJECT
public:
    HttpExchange(QNetworkAccessManager &manager, HttpGate &gate, const HttpSettings &settings, HttpRequest request,
                 Reply<HttpResponse> *reply);
    ~HttpExchange() override;
    /// Its time runs.
    void start();
    /// Takes its turn on the wire; with `tls` where the address is one of https. Until then the files for that are waited for.
    void proceed(const std::optional<QSslConfiguration> &tls);

private:
    void queue(const QUrl &url);
    void put(const QUrl &url);
    void takeBytes();
    void onFinished();
    void succeed();
    void giveUp(Error error);
    /// Says more of what the wire's error alone does not tell.
    Error explained(Error error) const;
    void release();
    bool isRepeatable() const { return m_request.method == "GET" || m_request.method == "HEAD"; }
    bool isSecure() const { return m_request.url.scheme() == QLatin1StringView("https"); }
    std::optional<QUrl> redirectTarget() const;

    QNetworkAccessManager &m_manager;
    HttpGate &m_gate;
    HttpSettings m_settings;
    std::optional<QSslConfiguration> m_tls;
    HttpRequest m_request;
    Reply<HttpResponse> *m_reply;
    QNetworkReply *m_wire = nullptr;
    QByteArray m_body;
    QString m_place, m_server;
    QTimer m_deadline, m_patience, m_connecting, m_idle;
    QElapsedTimer m_clock;
    int m_redirects = 0;
    enum class Turn { None, AwaitsFiles, Waits, Has } m_turn = Turn::None;
    bool m_otherCertificate = false; // than the one that was accepted
    bool m_encrypted = false, m_sent = false, m_answered = false;
};

} // namespace core::net
