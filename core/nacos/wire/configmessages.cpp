// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/wire/configmessages.h"

#include "core/nacos/wire/bodyreading.h"
#include "core/nacos/wire/jsoncursor.h"

using namespace Qt::StringLiterals;

namespace core::nacos::wire {

namespace {

JsonBody request(const ConfigContext &key)
{
    JsonBody body;
    body.map("headers", QMap<QString, QString>()).text("dataId", key.dataId).text("group", key.group).text("tenant", key.tenant);
    return body;
}

ConfigContext readKey(JsonReader &in)
{
    // Absent identity members are not malformed: the server answers them with its parameter check, not with a parse error.
    return {in.string("tenant"_L1, {}), in.string("group"_L1, {}), in.string("dataId"_L1, {})};
}

/// Takes the value if it is the member of the identity it names.
bool takeKey(JsonCursor &in, ConfigContext &key)
{
    const QByteArray &name = in.name();
    QString *part = name == "tenant" ? &key.tenant : name == "group" ? &key.group : name == "dataId" ? &key.dataId : nullptr;
    if (part)
        *part = QString::fromUtf8(in.string());
    return part != nullptr;
}

template <class T>
Result<T> taken(JsonCursor &in, T &&value)
{
    if (!in.finished())
        return fail(Error::Kind::BadReply, u"not a JSON object, or a member of another kind"_s);
    return std::forward<T>(value);
}

template <class T>
Result<T> readHeadOnly(const QByteArray &json)
{
    Result<JsonReader> in = readBody(json);
    if (!in)
        return fail(in.error());
    T value;
    value.head = ResponseHead::read(*in);
    return checked(*in, value);
}

QByteArray writeHeadOnly(const ResponseHead &head)
{
    JsonBody body;
    head.write(body);
    return body.finish();
}

void appendContext(QByteArray &out, const ConfigContext &key, const QByteArray *md5)
{
    if (!out.endsWith('['))
        out.append(',');
    JsonBody item;
    item.text("group", key.group).text("dataId", key.dataId).text("tenant", key.tenant);
    if (md5)
        item.text("md5", QByteArrayView(*md5));
    out.append(item.finish());
}

} // namespace

QByteArray ConfigQueryRequest::toBody() const
{
    return request(key).optionalText("tag", tag).text("module", u"config"_s).finish();
}

Result<ConfigQueryRequest> ConfigQueryRequest::fromBody(const QByteArray &json)
{
    ConfigQueryRequest value;
    JsonCursor in(json);
    for (bool more = in.beginObject(); more; more = in.nextMember()) {
        if (takeKey(in, value.key))
            continue;
        if (in.name() == "tag")
            value.tag = QString::fromUtf8(in.string());
        else
            in.skip();
    }
    return taken(in, std::move(value));
}

QByteArray ConfigQueryResponse::toBody() const
{
    JsonBody body;
    head.write(body);
    if (!head.isSuccess()) {
        // Real servers send these always, and the Rust SDK does not read an answer without them.
        body.integer("lastModified", lastModified).boolean("beta", beta);
        return body.optionalText("tag", tag).finish();
    }
    body.text("content", QByteArrayView(content)).text("contentType", contentType).text("md5", QByteArrayView(md5));
    body.text("encryptedDataKey", encryptedDataKey).integer("lastModified", lastModified).boolean("beta", beta);
    return body.optionalText("tag", tag).finish();
}

Result<ConfigQueryResponse> ConfigQueryResponse::fromBody(const QByteArray &json)
{
    Result<JsonReader> in = readBody(json);
    if (!in)
        return fail(in.error());
    ConfigQueryResponse value;
    value.head = ResponseHead::read(*in);
    value.content = in->string("content"_L1, {}).toUtf8();
    value.contentType = in->string("contentType"_L1, {});
    value.encryptedDataKey = in->string("encryptedDataKey"_L1, {});
    value.md5 = in->string("md5"_L1, {}).toUtf8();
    value.lastModified = in->integer("lastModified"_L1, 0);
    value.beta = in->boolean("beta"_L1, false);
    value.tag = in->string("tag"_L1, {});
    return checked(*in, value);
}

QByteArray ConfigPublishRequest::toBody() const
{
    JsonBody body = request(key);
    body.text("content", QByteArrayView(content)).optionalText("casMd5", casMd5).map("additionMap", additions);
    return body.text("module", u"config"_s).finish();
}

Result<ConfigPublishRequest> ConfigPublishRequest::fromBody(const QByteArray &json)
{
    ConfigPublishRequest value;
    JsonCursor in(json);
    for (bool more = in.beginObject(); more; more = in.nextMember()) {
        if (takeKey(in, value.key))
            continue;
        if (in.name() == "content") {
            value.content = in.string();
        } else if (in.name() == "casMd5") {
            value.casMd5 = QString::fromUtf8(in.string());
        } else if (in.name() == "additionMap") {
            for (bool addition = in.beginObject(); addition; addition = in.nextMember()) {
                const QString name = QString::fromUtf8(in.name());
                if (in.isNull())
                    in.skip();
                else
                    value.additions.insert(name, QString::fromUtf8(in.string()));
            }
        } else {
            in.skip();
        }
    }
    return taken(in, std::move(value));
}

QByteArray ConfigPublishResponse::toBody() const
{
    return writeHeadOnly(head);
}

Result<ConfigPublishResponse> ConfigPublishResponse::fromBody(const QByteArray &json)
{
    return readHeadOnly<ConfigPublishResponse>(json);
}

QByteArray ConfigRemoveRequest::toBody() const
{
    return request(key).optionalText("tag", tag).text("module", u"config"_s).finish();
}

Result<ConfigRemoveRequest> ConfigRemoveRequest::fromBody(const QByteArray &json)
{
    Result<JsonReader> in = readBody(json);
    if (!in)
        return fail(in.error());
    ConfigRemoveRequest value;
    value.key = readKey(*in);
    value.tag = in->string("tag"_L1, {});
    return checked(*in, value);
}

QByteArray ConfigRemoveResponse::toBody() const
{
    return writeHeadOnly(head);
}

Result<ConfigRemoveResponse> ConfigRemoveResponse::fromBody(const QByteArray &json)
{
    return readHeadOnly<ConfigRemoveResponse>(json);
}

QByteArray ConfigBatchListenRequest::toBody() const
{
    QByteArray contexts = "["_ba;
    for (const Item &item : items)
        appendContext(contexts, item.key, &item.md5);
    contexts.append(']');
    JsonBody body;
    body.map("headers", QMap<QString, QString>()).boolean("listen", mode == Mode::Listen).raw("configListenContexts", contexts);
    return body.text("module", u"config"_s).finish();
}

Result<ConfigBatchListenRequest> ConfigBatchListenRequest::fromBody(const QByteArray &json)
{
    Result<JsonReader> in = readBody(json);
    if (!in)
        return fail(in.error());
    ConfigBatchListenRequest value;
    value.mode = in->boolean("listen"_L1, true) ? Mode::Listen : Mode::StopListening;
    const QJsonArray contexts = in->array("configListenContexts"_L1, {});
    value.items.reserve(contexts.size());
    for (qsizetype i = 0; i < contexts.size(); ++i) {
        const QString pointer = u"/configListenContexts/%1"_s.arg(i);
        if (!contexts.at(i).isObject())
            return fail(Error::Kind::BadReply, pointer + u": expected object"_s);
        JsonReader item(contexts.at(i).toObject(), pointer);
        value.items.append({readKey(item), item.string("md5"_L1, {}).toUtf8()});
        if (const auto error = item.error())
            return fail(*error);
    }
    return checked(*in, value);
}

QByteArray ConfigChangeBatchListenResponse::toBody() const
{
    QByteArray contexts = "["_ba;
    for (const ConfigContext &key : changed)
        appendContext(contexts, key, nullptr);
    contexts.append(']');
    JsonBody body;
    head.write(body);
    return body.raw("changedConfigs", contexts).finish();
}

Result<ConfigChangeBatchListenResponse> ConfigChangeBatchListenResponse::fromBody(const QByteArray &json)
{
    Result<JsonReader> in = readBody(json);
    if (!in)
        return fail(in.error());
    ConfigChangeBatchListenResponse value;
    value.head = ResponseHead::read(*in);
    const QJsonArray contexts = in->array("changedConfigs"_L1, {});
    for (qsizetype i = 0; i < contexts.size(); ++i) {
        JsonReader item(contexts.at(i).toObject(), u"/changedConfigs/%1"_s.arg(i));
        value.changed.append({item.string("tenant"_L1, {}), item.string("group"_L1), item.string("dataId"_L1)});
        if (const auto error = item.error())
            return fail(*error);
    }
    return checked(*in, value);
}

QByteArray ConfigChangeNotifyRequest::toBody() const
{
    JsonBody body;
    body.map("headers", QMap<QString, QString>()).optionalText("requestId", requestId);
    body.text("dataId", key.dataId).text("group", key.group).optionalText("tenant", key.tenant);
    return body.text("module", u"config"_s).finish();
}

Result<ConfigChangeNotifyRequest> ConfigChangeNotifyRequest::fromBody(const QByteArray &json)
{
    Result<JsonReader> in = readBody(json);
    if (!in)
        return fail(in.error());
    ConfigChangeNotifyRequest value;
    value.requestId = in->string("requestId"_L1, {});
    value.key = {in->string("tenant"_L1, {}), in->string("group"_L1), in->string("dataId"_L1)};
    return checked(*in, value);
}

} // namespace core::nacos::wire
