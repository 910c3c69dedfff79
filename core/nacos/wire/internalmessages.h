// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nacos/wire/responsehead.h"

#include <optional>

/// Requests and answers of the connection itself. Each struct encodes with toBody() and decodes with fromBody(),
/// whose error is BadReply with a JSON pointer. Plain values, thread-safe.
namespace core::nacos::wire {

struct ServerCheckRequest {
    static constexpr char typeName[] = "ServerCheckRequest";
    QByteArray toBody() const;
};

struct ServerCheckResponse {
    static constexpr char typeName[] = "ServerCheckResponse";
    ResponseHead head;
    QString connectionId;
    bool supportAbilityNegotiation = false; ///< absent in Nacos up to 2.2 and r-nacos
    QByteArray toBody() const;
    static Result<ServerCheckResponse> fromBody(const QByteArray &json);
};

struct ConnectionSetupRequest {
    static constexpr char typeName[] = "ConnectionSetupRequest";
    QString clientVersion; ///< "Nacos-Java-Client:v3.1.0"
    QString tenant;
    QMap<QString, QString> labels;                   ///< source, module, AppName, taskId, …
    std::optional<QMap<QString, bool>> abilityTable; ///< absent: no negotiation, no SetupAckRequest
    QByteArray toBody() const;
    static Result<ConnectionSetupRequest> fromBody(const QByteArray &json);
};

/// Push; clients do not answer it.
struct SetupAckRequest {
    static constexpr char typeName[] = "SetupAckRequest";
    QString requestId;
    QMap<QString, bool> abilityTable;
    QByteArray toBody() const;
    static Result<SetupAckRequest> fromBody(const QByteArray &json);
};

struct HealthCheckRequest {
    static constexpr char typeName[] = "HealthCheckRequest";
    QByteArray toBody() const;
};

/// Push; the client answers with ClientDetectionResponse on the stream.
struct ClientDetectionRequest {
    static constexpr char typeName[] = "ClientDetectionRequest";
    QString requestId;
    QByteArray toBody() const;
    static Result<ClientDetectionRequest> fromBody(const QByteArray &json);
};

/// Push: go to another server. All members may be absent.
struct ConnectResetRequest {
    static constexpr char typeName[] = "ConnectResetRequest";
    QString requestId, serverIp, serverPort, connectionId;
    QByteArray toBody() const;
    static Result<ConnectResetRequest> fromBody(const QByteArray &json);
};

/// Any answer that has nothing but the head; `typeName` is that of the failure form, others are given by the caller.
struct PlainResponse {
    static constexpr char typeName[] = "ErrorResponse";
    ResponseHead head;
    QByteArray toBody() const;
    static Result<PlainResponse> fromBody(const QByteArray &json);
};

/// The requestId of any body, empty when there is none; what a receiver needs to answer a push it does not know.
QString requestIdOf(const QByteArray &json);

} // namespace core::nacos::wire
