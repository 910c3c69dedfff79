// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/nacos/httpvalues.h"

#include "core/base/utf8.h"
#include "core/sandbox/nacos/paramcheck.h"

using namespace Qt::StringLiterals;

namespace core::sandbox::nacos {

namespace {

constexpr qint64 HistoryCreateTime = 1273017600000; // the real server's lists show one constant here, too
constexpr qsizetype OperationWidth = 10;            // a CHAR(10) column, padded with blanks

QJsonValue orNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(text);
}

HttpResponse checkFailed(const QString &message)
{
    HttpResponse response = HttpResponse::text(message + u"\r\n"_s, 400);
    response.contentType.clear();
    response.headers.append({"Cache-Control"_ba, "no-cache,no-store"_ba});
    return response;
}

} // namespace

QJsonObject basicObject(const Services &with, const Config &config, Md5 md5)
{
    return {{u"id"_s, QString::number(config.id)},
            {u"namespaceId"_s, with.generation.spelledSpace(config.key.space)},
            {u"groupName"_s, config.key.group},
            {u"dataId"_s, config.key.dataId},
            {u"md5"_s, md5 == Md5::Shown ? QJsonValue(QString::fromLatin1(config.md5)) : QJsonValue(QJsonValue::Null)},
            {u"type"_s, config.type},
            {u"appName"_s, config.appName},
            {u"createTime"_s, 0},
            {u"modifyTime"_s, 0}};
}

QJsonObject detailObject(const Services &with, const Config &config)
{
    QJsonObject object = basicObject(with, config, Md5::Shown);
    object.insert(u"createTime"_s, config.created);
    object.insert(u"modifyTime"_s, config.modified);
    object.insert(u"content"_s, fromUtf8Exactly(config.content));
    object.insert(u"desc"_s, orNull(config.description));
    object.insert(u"encryptedDataKey"_s, config.encryptedDataKey);
    object.insert(u"createUser"_s, orNull(config.createUser));
    object.insert(u"createIp"_s, config.createAddress);
    object.insert(u"configTags"_s, orNull(config.tags));
    return object;
}

QJsonObject grayObject(const Services &with, const Config &config, const Gray &gray, Plane who)
{
    QJsonObject object = detailObject(with, config);
    object.insert(u"md5"_s, QString::fromLatin1(gray.md5));
    // Of a gray version the real server's administration tells neither type nor key; its console asks elsewhere for the type.
    object.insert(u"type"_s, who == Plane::Console ? QJsonValue(gray.type) : QJsonValue(QJsonValue::Null));
    object.insert(u"appName"_s, gray.appName);
    object.insert(u"createTime"_s, 0);
    object.insert(u"modifyTime"_s, gray.modified);
    object.insert(u"content"_s, fromUtf8Exactly(gray.content));
    object.insert(u"desc"_s, QJsonValue::Null);
    object.insert(u"configTags"_s, QJsonValue::Null);
    object.insert(u"encryptedDataKey"_s, QJsonValue::Null);
    object.insert(u"createUser"_s, orNull(gray.user));
    object.insert(u"createIp"_s, QJsonValue::Null);
    object.insert(u"grayName"_s, gray.name);
    object.insert(u"grayRule"_s, gray.rule());
    return object;
}

QJsonObject historyObject(const Services &with, const HistoryRow &row)
{
    return {{u"id"_s, QString::number(row.nid)},
            {u"namespaceId"_s, with.generation.spelledSpace(row.key.space)},
            {u"groupName"_s, row.key.group},
            {u"dataId"_s, row.key.dataId},
            {u"md5"_s, QJsonValue::Null},
            {u"type"_s, QJsonValue::Null},
            {u"appName"_s, row.appName},
            {u"createTime"_s, HistoryCreateTime},
            {u"modifyTime"_s, row.modified},
            {u"srcIp"_s, row.address},
            {u"srcUser"_s, orNull(row.user)},
            {u"opType"_s, QString(QLatin1Char(row.operation)).leftJustified(OperationWidth)},
            {u"publishType"_s, row.grayName.isEmpty() ? u"formal"_s : u"gray"_s}};
}

QJsonObject historyDetailObject(const Services &with, const HistoryRow &row)
{
    QJsonObject object = historyObject(with, row);
    object.insert(u"content"_s, fromUtf8Exactly(row.content));
    object.insert(u"encryptedDataKey"_s, row.encryptedDataKey);
    object.insert(u"md5"_s, QString::fromLatin1(row.md5));
    object.insert(u"grayName"_s, row.grayName);
    object.insert(u"extInfo"_s, row.extra);
    return object;
}

HttpResponse parameterCheckFailed(const QString &message)
{
    return checkFailed(message);
}

std::optional<HttpResponse> refuseBadIdentity(const HttpParameters &parameters)
{
    const auto wrong = checkIdentity({parameters.value(u"namespaceId"_s), parameters.value(u"groupName"_s), parameters.value(u"dataId"_s)});
    return wrong ? std::optional(checkFailed(*wrong)) : std::nullopt;
}

tl::expected<ConfigKey, HttpResponse> configKey(const Services &with, const HttpParameters &parameters)
{
    if (auto refused = refuseBadIdentity(parameters))
        return tl::unexpected(*refused);
    const QString group = parameters.value(u"groupName"_s), dataId = parameters.value(u"dataId"_s);
    if (group.trimmed().isEmpty())
        return tl::unexpected(parameterMissing(u"groupName"_s));
    if (dataId.trimmed().isEmpty())
        return tl::unexpected(parameterMissing(u"dataId"_s));
    return ConfigKey{with.generation.canonicalSpace(parameters.value(u"namespaceId"_s)), group, dataId};
}

ConfigFilter configFilter(const Services &with, const HttpParameters &parameters)
{
    ConfigFilter filter;
    filter.search = parameters.value(u"search"_s) == u"accurate" ? ConfigFilter::Search::Accurate : ConfigFilter::Search::Blur;
    filter.space = with.generation.canonicalSpace(parameters.value(u"namespaceId"_s));
    filter.dataId = parameters.value(u"dataId"_s);
    filter.group = parameters.value(u"groupName"_s);
    filter.content = parameters.value(u"configDetail"_s);
    filter.appName = parameters.value(u"appName"_s);
    filter.tags = parameters.value(u"configTags"_s).split(u',', Qt::SkipEmptyParts);
    filter.types = parameters.value(u"type"_s).split(u',', Qt::SkipEmptyParts);
    return filter;
}

Origin originOf(const ApiCall &call)
{
    return {call.identity.user, call.request.peer.toString()};
}

tl::expected<Publish, HttpResponse> publishOf(const Services &with, const ApiCall &call)
{
    const HttpParameters &form = call.parameters;
    const auto key = configKey(with, form);
    if (!key)
        return tl::unexpected(key.error());
    const QString content = form.value(u"content"_s);
    if (content.trimmed().isEmpty())
        return tl::unexpected(parameterMissing(u"content"_s));
    const CheckedPublish toCheck{{key->space, key->group, key->dataId},
                                 content,
                                 form.value(u"tag"_s),
                                 form.value(u"configTags"_s),
                                 form.value(u"desc"_s),
                                 form.value(u"use"_s),
                                 form.value(u"effect"_s),
                                 form.value(u"type"_s),
                                 form.value(u"schema"_s)};
    if (const auto wrong = checkPublish(toCheck))
        return tl::unexpected(badParameter(*wrong));
    const auto given = [&form](const QString &name) {
        const auto value = form.find(name);
        return value && value->isEmpty() ? std::nullopt : value;
    };
    Publish publish;
    publish.key = *key;
    publish.content = content.toUtf8();
    publish.type = validType(form.value(u"type"_s));
    publish.appName = form.find(u"appName"_s); // an empty one clears
    publish.tags = form.find(u"configTags"_s);
    publish.description = with.generation.keepsAbsentDescription() ? form.find(u"desc"_s) : form.value(u"desc"_s);
    publish.use = form.value(u"use"_s);
    publish.effect = form.value(u"effect"_s);
    publish.schema = form.value(u"schema"_s);
    publish.encryptedDataKey = form.value(u"encryptedDataKey"_s);
    publish.casMd5 = QString::fromUtf8(call.request.header("casmd5"));
    publish.betaAddresses = QString::fromUtf8(call.request.header("betaips"));
    publish.tag = form.value(u"tag"_s);
    publish.origin = originOf(call);
    publish.origin.user = given(u"srcUser"_s).value_or(publish.origin.user);
    return publish;
}

HttpResponse publishAnswer(ConfigStore::Outcome outcome)
{
    switch (outcome) {
    case ConfigStore::Outcome::Done:
        return success(true);
    case ConfigStore::Outcome::CasMismatch:
        return failure({500, 20005, u"resource conflict"_s, u"Cas publish fail, server md5 may have changed."_s});
    case ConfigStore::Outcome::TooManyGrays:
        return failure({400, 20010, u"config gray version version over max count"_s, u"gray config version is over max count"_s});
    case ConfigStore::Outcome::NotWritten:
        return notWritten();
    }
    return notWritten();
}

} // namespace core::sandbox::nacos
