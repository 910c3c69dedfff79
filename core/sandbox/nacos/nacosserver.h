// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"

#include <memory>
#include <optional>
#include <QJsonObject>
#include <QObject>
#include <QStringList>

namespace core::sandbox {
class Faults;
}

namespace core::sandbox::nacos {

/// A Nacos-compatible registry on loopback: HTTP on P, gRPC on P+1000, console on its own port. Make it, start it,
/// destroy it in one thread; nothing blocks that thread but start and stop.
class NacosServer final : public QObject {
    Q_OBJECT
public:
    enum class Seed { Empty, Demo };
    struct Options {
        quint16 port = 8848;                       ///< 0: any P whose P+1000 is free too
        std::optional<quint16> consolePort = 8080; ///< 0: any; none: off
        QString dataFolder;                        ///< empty: in memory
        Seed seed = Seed::Empty;
        QString admin; ///< login is required when not empty
        QString password;
        QString version = QStringLiteral("3.1");
        qint64 tokenSeconds = 18000;
        bool logRequests = false; ///< method and path of every HTTP request, as Qt messages
        /// Shorter in tests; 0: the protocol's own.
        qint64 idleUntilDetection = 0, detectionAnswer = 0;
    };

    NacosServer(const Options &options, Faults &faults, const Clock &clock, QObject *parent = nullptr);
    ~NacosServer() override;

    /// Usage: unknown version, ports that cannot be. Network: a port is taken. Internal: the data folder cannot be used.
    Result<Done> start();
    /// The password made up because none was given and none was known; to be shown once.
    QString generatedPassword() const;
    /// The member `nacos` of the ready line.
    QJsonObject readyMember() const;
    quint16 port() const;
    quint16 grpcPort() const;
    quint16 consolePort() const; ///< 0: off

private:
    struct Private;
    std::unique_ptr<Private> m_d;
};

} // namespace core::sandbox::nacos
