// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/reply.h"
#include "core/nacos/session/capabilities.h"
#include "core/nacos/session/servers.h"
#include "core/net/httpclient.h"

#include <chrono>

namespace core::nacos {

/// What a probe found on the main HTTP port.
struct MainPlane {
    Capabilities capabilities; ///< generation, version, plane Admin or Legacy
    qsizetype server = 0;      ///< which of the servers answered
    ServerAddress address;     ///< with the context path that works
};

/// What a probe found on the console port.
struct ConsolePlane {
    PlaneState state;
    QString version;
    std::optional<bool> needsFirstAdmin;
};

/// What a server is asked to find out which it is and what it offers, one function a step so that the session and the doctor can use them
/// apart. Reads only, sends no token. Everything is owned by `parent` and lives in the GUI thread.
class Probe final : public QObject {
    Q_OBJECT
public:
    struct Settings {
        QList<ServerAddress> servers;
        QList<QUrl> consoles;
        enum class Consoles { Named, Guessed } consolesAre = Consoles::Guessed;
        net::HttpHeaders headers; ///< the profile's own; never sent to a guessed address
        std::chrono::milliseconds deadline = std::chrono::seconds(5);
    };
    Probe(net::HttpClient &client, const Settings &settings, QObject *parent = nullptr);

    /// Main HTTP port: the first server that answers, in order from `first`. Errors: what the last of them said; Unsupported: something
    /// answers, but it is not Nacos.
    Reply<MainPlane> *main(qsizetype first = 0);
    /// Console port: the one that the connection names, or that the main port's tip page names and that says the same version. What only
    /// answers at the usual port is reported and not reachable: it could be anybody, and calls carry token and contents there.
    /// Never an error: `state.problem` says why not.
    Reply<ConsolePlane> *console(const std::optional<MainPlane> &main);
    /// Whether a read of the admin plane (of the configurations in 2.x) without a token is refused.
    Reply<bool> *loginNeeded(const MainPlane &main);

private:
    struct Walk; ///< where main() stands
    Reply<net::HttpResponse> *get(const QUrl &url, const net::HttpHeaders &headers);
    void askState(const std::shared_ptr<Walk> &walk);
    void askLegacy(const std::shared_ptr<Walk> &walk);
    void askHealth(const std::shared_ptr<Walk> &walk, const PlaneState &plane);
    void askRnacos(const std::shared_ptr<Walk> &walk);
    void nextContext(const std::shared_ptr<Walk> &walk, const Error &why);
    void nextServer(const std::shared_ptr<Walk> &walk, const Error &why);
    /// Whose word it is that a console belongs to the server: the person's, the server's own, nobody's.
    enum class Trust { Named, NamedByServer, Guessed };
    struct Consoles {
        QList<QUrl> urls; ///< in the order to try
        Trust trust;
        QString version; ///< of the server that named it
    };
    void askTip(const QPointer<Reply<ConsolePlane>> &reply, const MainPlane &main, const ConsolePlane &before);
    void askConsole(const QPointer<Reply<ConsolePlane>> &reply, const Consoles &consoles, const ConsolePlane &before);

    net::HttpClient &m_client;
    Settings m_settings;
};

/// Reads the map of what a server says of itself (`/state`), as every generation spells it.
void readServerState(const QJsonObject &state, Capabilities &capabilities);
/// 3.1.0-bugfix → V3_1.
Generation generationOf(const QString &version);
/// The console port out of the main port's tip page; 0: none named.
int consolePortOf(const QByteArray &tip);

} // namespace core::nacos
