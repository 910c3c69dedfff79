// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <QHash>
#include <QObject>
#include <QPointer>
#include <QStringList>
#include <QTcpServer>
#include <QTcpSocket>

namespace tests {

/// A proxy on loopback that speaks CONNECT and SOCKS5 (whichever it is spoken to) and leads every name to one port of this machine. Or,
/// without a proxy's greeting, a wire that can be cut and bent: see `transparent`.
class RelayProxy final : public QObject {
    Q_OBJECT
public:
    enum class Manners {
        Proxy,
        Transparent ///< everything goes to the target as it comes
    };
    explicit RelayProxy(quint16 target, Manners manners = Manners::Proxy, QObject *parent = nullptr);
    ~RelayProxy() override;

    quint16 port() const { return m_server.serverPort(); }
    QString address() const; ///< 127.0.0.1:port
    /// "host:port" as asked for, in order.
    QStringList asked() const { return m_asked; }
    /// All that came before the relaying began.
    QByteArray greetings() const { return m_greetings; }
    /// Bytes from the client through the tunnel.
    QByteArray tunnelled() const { return m_tunnelled; }

    /// What becomes of the bytes on their way back to the client: `at` counts from the beginning of the connection. nullopt: the
    /// connection is cut there.
    std::function<std::optional<QByteArray>(qint64 at, const QByteArray &bytes)> bend;

private:
    struct Link;
    void accept();
    void greet(const std::shared_ptr<Link> &link);
    void connectOn(const std::shared_ptr<Link> &link, const QString &asked, const QByteArray &answer);

    QTcpServer m_server;
    quint16 m_target;
    Manners m_manners;
    QStringList m_asked;
    QByteArray m_greetings, m_tunnelled;
};

} // namespace tests
