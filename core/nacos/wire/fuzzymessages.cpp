// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/wire/fuzzymessages.h"

#include "core/nacos/wire/bodyreading.h"

using namespace Qt::StringLiterals;

namespace core::nacos::wire {

QByteArray ConfigFuzzyWatchRequest::toBody() const
{
    QByteArray keys = "["_ba;
    for (const QString &key : receivedGroupKeys) {
        if (!keys.endsWith('['))
            keys.append(',');
        appendJsonString(keys, key.toUtf8());
    }
    keys.append(']');
    JsonBody body;
    body.map("headers", QMap<QString, QString>()).text("groupKeyPattern", groupKeyPattern).raw("receivedGroupKeys", keys);
    body.text("watchType", mode == Mode::Watch ? u"WATCH"_s : u"CANCEL_WATCH"_s).boolean("initializing", phase == Phase::Initializing);
    return body.text("module", u"config"_s).finish();
}

Result<ConfigFuzzyWatchRequest> ConfigFuzzyWatchRequest::fromBody(const QByteArray &json)
{
    Result<JsonReader> in = readBody(json);
    if (!in)
        return fail(in.error());
    ConfigFuzzyWatchRequest value;
    value.groupKeyPattern = in->string("groupKeyPattern"_L1, {});
    const QJsonArray keys = in->array("receivedGroupKeys"_L1, {});
    for (const auto &key : keys)
        value.receivedGroupKeys.append(key.toString());
    value.mode = in->string("watchType"_L1, u"WATCH"_s) == u"CANCEL_WATCH" ? Mode::Cancel : Mode::Watch;
    value.phase = in->boolean("initializing"_L1, false) ? Phase::Initializing : Phase::Again;
    return checked(*in, value);
}

QByteArray ConfigFuzzyWatchResponse::toBody() const
{
    JsonBody body;
    head.write(body);
    return body.finish();
}

Result<ConfigFuzzyWatchResponse> ConfigFuzzyWatchResponse::fromBody(const QByteArray &json)
{
    Result<JsonReader> in = readBody(json);
    if (!in)
        return fail(in.error());
    return checked(*in, ConfigFuzzyWatchResponse{ResponseHead::read(*in)});
}

QByteArray ConfigFuzzyWatchSyncRequest::toBody() const
{
    JsonBody body;
    body.map("headers", QMap<QString, QString>()).optionalText("requestId", requestId);
    body.text("syncType", syncType).text("groupKeyPattern", groupKeyPattern);
    if (syncType != QLatin1String(InitFinished)) {
        QByteArray contexts = "["_ba;
        for (const Item &item : items) {
            if (!contexts.endsWith('['))
                contexts.append(',');
            contexts.append(JsonBody().text("groupKey", item.groupKey).text("changedType", item.changedType).finish());
        }
        body.raw("contexts", contexts.append(']'));
    }
    body.integer("totalBatch", totalBatch).integer("currentBatch", currentBatch);
    return body.text("module", u"config"_s).finish();
}

Result<ConfigFuzzyWatchSyncRequest> ConfigFuzzyWatchSyncRequest::fromBody(const QByteArray &json)
{
    Result<JsonReader> in = readBody(json);
    if (!in)
        return fail(in.error());
    ConfigFuzzyWatchSyncRequest value;
    value.requestId = in->string("requestId"_L1, {});
    value.syncType = in->string("syncType"_L1);
    value.groupKeyPattern = in->string("groupKeyPattern"_L1);
    const QJsonArray contexts = in->array("contexts"_L1, {});
    for (qsizetype i = 0; i < contexts.size(); ++i) {
        JsonReader item(contexts.at(i).toObject(), u"/contexts/%1"_s.arg(i));
        value.items.append({item.string("groupKey"_L1), item.string("changedType"_L1, {})});
        if (const auto error = item.error())
            return fail(*error);
    }
    value.totalBatch = int(in->integer("totalBatch"_L1, 0));
    value.currentBatch = int(in->integer("currentBatch"_L1, 0));
    return checked(*in, value);
}

QByteArray ConfigFuzzyWatchChangeNotifyRequest::toBody() const
{
    JsonBody body;
    body.map("headers", QMap<QString, QString>()).optionalText("requestId", requestId).text("groupKey", groupKey);
    return body.text("changeType", changeType).text("module", u"config"_s).finish();
}

Result<ConfigFuzzyWatchChangeNotifyRequest> ConfigFuzzyWatchChangeNotifyRequest::fromBody(const QByteArray &json)
{
    Result<JsonReader> in = readBody(json);
    if (!in)
        return fail(in.error());
    ConfigFuzzyWatchChangeNotifyRequest value;
    value.requestId = in->string("requestId"_L1, {});
    value.groupKey = in->string("groupKey"_L1);
    value.changeType = in->string("changeType"_L1, {});
    return checked(*in, value);
}

} // namespace core::nacos::wire
