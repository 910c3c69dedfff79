// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <QHash>
#include <QList>
#include <QObject>
#include <QSet>

namespace core::net {

/// Private to core/net: at most six requests of one client are with QNetworkAccessManager for one server. It has six connections to each,
/// and holds what is more back without saying when its turn comes: the time for connecting would run while nobody connects.
class HttpGate final {
    Q_DISABLE_COPY_MOVE(HttpGate)
public:
    static constexpr qsizetype AtOnce = 6;
    HttpGate() = default;

    /// `go` is called when it is the turn of `who`: inside this call when a place is free, else later; not after leave().
    void enter(const QString &server, QObject *who, std::function<void()> go);
    /// Gives its place back, or does not want one any more.
    void leave(const QString &server, QObject *who);

    /// A server that has answered once speaks what it was spoken to in.
    void setHeard(const QString &server) { m_heard.insert(server); }
    bool hasHeard(const QString &server) const { return m_heard.contains(server); }

private:
    struct Waiting {
        QObject *who;
        std::function<void()> go;
    };
    struct Server {
        QSet<QObject *> inside;
        QList<Waiting> waiting;
    };
    QHash<QString, Server> m_servers;
    QSet<QString> m_heard;
};

} // namespace core::net
