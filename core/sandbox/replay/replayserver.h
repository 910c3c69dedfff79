// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/wirerecording.h"
#include "core/sandbox/common/faults.h"

#include <memory>
#include <optional>
#include <QJsonObject>
#include <QObject>

namespace core::sandbox::replay {

/// A registry that only knows one recorded conversation (core/net/wirerecording.h) and answers as it was answered then, on the ports a
/// registry has. What is not in the recording is answered with an error that says so: HTTP 501, gRPC ErrorResponse 501. Make, start and
/// destroy it in the main thread.
class ReplayServer final : public QObject {
    Q_OBJECT
public:
    struct Options {
        quint16 port = 8848;                ///< 0: free ones
        std::optional<quint16> consolePort; ///< none: off
        bool logRequests = false;
    };
    ReplayServer(const Options &options, const net::Recording &recording, Faults &faults, QObject *parent = nullptr);
    ~ReplayServer() override;

    /// Usage: ports that cannot be. Network: a port is taken.
    Result<Done> start();
    /// The member `nacos` of the ready line.
    QJsonObject readyMember() const;

private:
    struct Private;
    std::unique_ptr<Private> m_d;
};

} // namespace core::sandbox::replay
