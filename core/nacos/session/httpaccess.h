// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/workers.h"
#include "core/nacos/session/authenticator.h"
#include "core/nacos/session/capabilities.h"
#include "core/nacos/session/envelope.h"
#include "core/nacos/session/servers.h"

#include <functional>
#include <memory>
#include <QHash>
#include <QSet>

namespace core::nacos {

/// What AK/SK signatures cover.
struct SignScope {
    QString tenant, group;
};

/// One request on a plane; the path follows the plane's base (`…/v3/admin`, `…/v3/console`, `…/v1`).
struct HttpCall {
    QByteArray method = "GET";
    QString path;
    net::FormFields query, form;
    net::HttpHeaders headers;
    QByteArray body, contentType; ///< instead of a form
    Envelope envelope = Envelope::Result;
    SignScope scope;
    qint64 bodyCap = 64 * 1024 * 1024;
};

/// A successful answer, opened.
struct HttpData {
    QJsonValue data;
    net::HttpResponse response;
};

/// Requests to the planes of one registry: adds credentials, logs in again once when they are refused, goes on to the next server when one
/// does not answer (reads only: what a write without an answer did is unknown; a server that answers others is waited for), opens the
/// envelope. Answers over 256 KiB are opened and
/// decoded on another thread. Lives in the GUI thread.
class HttpAccess final : public QObject {
    Q_OBJECT
public:
    HttpAccess(Authenticator &authenticator, Workers &workers, QObject *parent = nullptr);
    ~HttpAccess() override;

    void setClient(net::HttpClient *client) { m_client = client; }
    void setServers(const QList<ServerAddress> &servers, qsizetype current);
    void setConsole(const QUrl &url) { m_console = url; }
    qsizetype currentServer() const { return m_server; }
    QUrl base(Plane plane) const;

    /// Makes the caller's value; pure, on any thread.
    using Decode = std::function<std::shared_ptr<void>(Result<HttpData> &&)>;
    using Handler = std::function<void(const std::shared_ptr<void> &)>;
    /// The handler is called once, never inside this call, not when `receiver` is gone. Answers a function that gives up.
    std::function<void()> send(Plane plane, const HttpCall &call, Decode decode, QObject *receiver, Handler handler);

Q_SIGNALS:
    /// A server answered after one did not, or none answers: for the session's state.
    void reached();
    void unreachable(const core::Error &why);
    /// Inside: that server answers nobody.
    void silent(qsizetype server);

private:
    class Try;
    /// Asks that server something that takes no time, unless that is being asked; silent() when it does not answer.
    void knock(Plane plane, qsizetype server);
    Authenticator &m_authenticator;
    Workers &m_workers;
    net::HttpClient *m_client = nullptr;
    QList<ServerAddress> m_servers;
    qsizetype m_server = 0;
    QUrl m_console;
    bool m_reachable = true;
    QSet<qsizetype> m_knocking;
    QHash<qsizetype, int> m_heard; ///< answers of each server: one to anybody tells that it lives
};

} // namespace core::nacos
