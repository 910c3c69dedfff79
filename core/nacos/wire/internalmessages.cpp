// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/wire/internalmessages.h"

#include "core/nacos/wire/bodyreading.h"

using namespace Qt::StringLiterals;

namespace core::nacos::wire {

namespace {

JsonBody request()
{
    JsonBody body;
    body.map("headers", QMap<QString, QString>());
    return body;
}

QMap<QString, bool> abilities(const QJsonObject &object)
{
    QMap<QString, bool> table;
    for (auto it = object.begin(); it != object.end(); ++it)
        table.insert(it.key(), it.value().toBool());
    return table;
}

} // namespace

QByteArray ServerCheckRequest::toBody() const
{
    return request().text("module", u"internal"_s).finish();
}

QByteArray ServerCheckResponse::toBody() const
{
    JsonBody body;
    head.write(body);
    body.text("connectionId", connectionId).boolean("supportAbilityNegotiation", supportAbilityNegotiation);
    return body.finish();
}

Result<ServerCheckResponse> ServerCheckResponse::fromBody(const QByteArray &json)
{
    Result<JsonReader> in = readBody(json);
    if (!in)
        return fail(in.error());
    ServerCheckResponse value;
    value.head = ResponseHead::read(*in);
    value.connectionId = in->string("connectionId"_L1, {});
    value.supportAbilityNegotiation = in->boolean("supportAbilityNegotiation"_L1, false);
    return checked(*in, value);
}

QByteArray ConnectionSetupRequest::toBody() const
{
    JsonBody body = request();
    body.text("clientVersion", clientVersion).text("tenant", tenant).map("labels", labels);
    if (abilityTable)
        body.map("abilityTable", *abilityTable);
    return body.text("module", u"internal"_s).finish();
}

Result<ConnectionSetupRequest> ConnectionSetupRequest::fromBody(const QByteArray &json)
{
    Result<JsonReader> in = readBody(json);
    if (!in)
        return fail(in.error());
    ConnectionSetupRequest value;
    value.clientVersion = in->string("clientVersion"_L1, {});
    value.tenant = in->string("tenant"_L1, {});
    const QJsonObject labels = in->object("labels"_L1);
    for (auto it = labels.begin(); it != labels.end(); ++it)
        value.labels.insert(it.key(), it.value().toString());
    if (in->has("abilityTable"_L1))
        value.abilityTable = abilities(in->object("abilityTable"_L1));
    return checked(*in, value);
}

QByteArray SetupAckRequest::toBody() const
{
    return request().optionalText("requestId", requestId).map("abilityTable", abilityTable).text("module", u"internal"_s).finish();
}

Result<SetupAckRequest> SetupAckRequest::fromBody(const QByteArray &json)
{
    Result<JsonReader> in = readBody(json);
    if (!in)
        return fail(in.error());
    SetupAckRequest value;
    value.requestId = in->string("requestId"_L1, {});
    value.abilityTable = abilities(in->object("abilityTable"_L1));
    return checked(*in, value);
}

QByteArray HealthCheckRequest::toBody() const
{
    return request().text("module", u"internal"_s).finish();
}

QByteArray ClientDetectionRequest::toBody() const
{
    return request().optionalText("requestId", requestId).text("module", u"internal"_s).finish();
}

Result<ClientDetectionRequest> ClientDetectionRequest::fromBody(const QByteArray &json)
{
    Result<JsonReader> in = readBody(json);
    if (!in)
        return fail(in.error());
    return checked(*in, ClientDetectionRequest{in->string("requestId"_L1, {})});
}

QByteArray ConnectResetRequest::toBody() const
{
    JsonBody body = request();
    body.optionalText("requestId", requestId).optionalText("serverIp", serverIp).optionalText("serverPort", serverPort);
    return body.optionalText("connectionId", connectionId).text("module", u"internal"_s).finish();
}

Result<ConnectResetRequest> ConnectResetRequest::fromBody(const QByteArray &json)
{
    Result<JsonReader> in = readBody(json);
    if (!in)
        return fail(in.error());
    ConnectResetRequest value;
    value.requestId = in->string("requestId"_L1, {});
    value.serverIp = in->string("serverIp"_L1, {});
    value.serverPort = in->string("serverPort"_L1, {});
    value.connectionId = in->string("connectionId"_L1, {});
    return checked(*in, value);
}

QByteArray PlainResponse::toBody() const
{
    JsonBody body;
    head.write(body);
    return body.finish();
}

Result<PlainResponse> PlainResponse::fromBody(const QByteArray &json)
{
    Result<JsonReader> in = readBody(json);
    if (!in)
        return fail(in.error());
    return checked(*in, PlainResponse{ResponseHead::read(*in)});
}

QString requestIdOf(const QByteArray &json)
{
    const Result<QJsonObject> object = JsonReader::parseObject(json);
    return object ? object->value("requestId"_L1).toString() : QString();
}

} // namespace core::nacos::wire
