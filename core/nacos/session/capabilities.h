// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <QJsonObject>
#include <QMap>
#include <QMetaType>
#include <QString>
#include <QStringList>

namespace core::nacos {

/// Which line of the server's interface speaks; read from the server, never guessed from a port.
enum class Generation { Unknown, V2, V3_0, V3_1, V3_2, V3_3 };

/// A way into the same server. Rights differ per plane.
enum class Plane { Admin, Console, Grpc, Legacy };

/// What one plane answered when it was probed.
struct PlaneState {
    bool reachable = false;
    QString url;               ///< base URL with context path; for gRPC host:port
    std::optional<int> status; ///< HTTP status of the probe, if any
    QString problem;           ///< technical, English; empty when reachable
    qint64 milliseconds = -1;
};

/// What a server offers and what this account may do there, as probed and later observed.
struct Capabilities {
    Generation generation = Generation::Unknown;
    QString version;      ///< as the server reports it, for example 3.1.0
    bool sandbox = false; ///< our practice registry says so
    bool standalone = true;
    bool needsFirstAdmin = false;    ///< no administrator exists yet
    std::optional<bool> loginNeeded; ///< an admin read without a token was refused
    std::optional<bool> globalAdmin; ///< what the login said
    QMap<Plane, PlaneState> planes;
    QMap<QString, bool> abilities; ///< gRPC ability table of SetupAck; empty: unknown
    qint64 maxContent = 10 * 1024 * 1024;
    int historyDays = 30;
    /// Kinds of request ("config-read", "config-write", "config-listeners", "namespaces", …) that go another way than usual because the
    /// account was refused on the usual one or the server lacks it there. Recorded and shown, never silent.
    QMap<QString, Plane> detours;

    bool has(Plane plane) const { return planes.value(plane).reachable; }
    bool fuzzyWatch() const { return abilities.value(QStringLiteral("fuzzyWatch")); }
    /// "Nacos 3.1.0 (admin, gRPC)"
    QString summary() const;
};

QString generationName(Generation generation);
QString planeName(Plane plane); ///< "admin", "console", "gRPC", "legacy"

/// What a probe found, for keeping in a profile (Profile::extra, member RememberedProbe) so that one-shot programs need no probe.
/// Without what may change from one moment to the next (problems, times, first administrator).
inline constexpr char RememberedProbe[] = "lastProbe";
QJsonObject encode(const Capabilities &capabilities);
/// nullopt: not one of ours, or of another version; then probe again.
std::optional<Capabilities> decodeCapabilities(const QJsonObject &object);

} // namespace core::nacos

Q_DECLARE_METATYPE(core::nacos::Capabilities)
