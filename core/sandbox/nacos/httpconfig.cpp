// SPDX-License-Identifier: GPL-3.0-or-later
// Configurations: /v3/admin/cs/config, /v3/client/cs/config, /v3/console/cs/config.
#include "core/sandbox/nacos/httpvalues.h"

#include "core/base/utf8.h"
#include "core/sandbox/nacos/paramcheck.h"

#include <atomic>
#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace core::sandbox::nacos {

namespace {

void getConfig(const Services &with, const ApiCall &call)
{
    const auto key = configKey(with, call.parameters);
    if (!key)
        return call.send(key.error());
    const ConfigPtr config = with.configs.find(*key);
    if (!config || config->md5.isEmpty()) {
        // The console's answer for it is a success without data.
        if (call.plane == Plane::Console)
            return call.send(success(QJsonValue::Null));
        return call.send(failure({404, 20004, u"resource not found"_s, u"Config not exist, please publish Config first."_s}));
    }
    call.send(success(detailObject(with, *config)));
}

void publishConfig(const Services &with, const ApiCall &call)
{
    const auto publish = publishOf(with, call);
    if (!publish)
        return call.send(publish.error());
    with.configs.publish(*publish, [call](ConfigStore::Outcome outcome) { call.send(publishAnswer(outcome)); });
}

void deleteConfig(const Services &with, const ApiCall &call)
{
    const auto key = configKey(with, call.parameters);
    if (!key)
        return call.send(key.error());
    const QString tag = call.parameters.value(u"tag"_s);
    const auto answer = [call](ConfigStore::Outcome outcome) { call.send(publishAnswer(outcome)); };
    if (tag.isEmpty())
        with.configs.remove(*key, originOf(call), answer);
    else
        with.configs.removeGray(*key, u"tag_"_s + tag, originOf(call), answer);
}

/// Answers once when the last of several changes is through.
struct Batch {
    std::atomic<int> left;
    std::atomic<bool> failed = false;
    explicit Batch(int count)
        : left(count)
    {
    }
};

} // namespace

void deleteById(const Services &with, const ApiCall &call, const HttpResponse &done)
{
    if (!call.parameters.contains(u"ids"_s))
        return call.send(requestParameterMissing(u"ids"_s, "List"_L1));
    QList<ConfigPtr> configs;
    const QStringList lists = call.parameters.all(u"ids"_s);
    for (const QString &list : lists) {
        const QStringList ids = list.split(u',', Qt::SkipEmptyParts);
        for (const QString &id : ids) {
            bool ok = false;
            const qint64 number = id.trimmed().toLongLong(&ok);
            if (!ok)
                return call.send(notConvertible(u"ids"_s, "java.util.List"_L1, id));
            if (const ConfigPtr config = with.configs.find(number))
                configs.append(config);
        }
    }
    if (configs.isEmpty())
        return call.send(done);
    const auto batch = std::make_shared<Batch>(int(configs.size()));
    for (const ConfigPtr &config : std::as_const(configs)) {
        with.configs.remove(config->key, originOf(call), [call, batch, done](ConfigStore::Outcome outcome) {
            if (outcome != ConfigStore::Outcome::Done)
                batch->failed = true;
            if (--batch->left == 0)
                call.send(batch->failed ? notWritten() : done);
        });
    }
}

namespace {

void deleteConfigs(const Services &with, const ApiCall &call)
{
    deleteById(with, call, success(true));
}

void listConfigs(const Services &with, const ApiCall &call)
{
    // Names are checked unless the caller says that they are patterns. Patterns are the default, so stars pass all the same; the real
    // server refuses even those.
    if (call.parameters.value(u"search"_s) != u"blur") {
        const QString dataId = call.parameters.value(u"dataId"_s).remove(u'*');
        if (const auto wrong = checkIdentity({call.parameters.value(u"namespaceId"_s), {}, dataId}))
            return call.send(parameterCheckFailed(*wrong));
    }
    const auto page = pageRequest(call.parameters);
    if (!page)
        return call.send(page.error());
    const ConfigFilter filter = configFilter(with, call.parameters);
    const ConfigPage found = with.configs.page(filter, page->offset(), page->size);
    QJsonArray items;
    for (const ConfigPtr &config : found.items)
        items.append(basicObject(with, *config, filter.tags.isEmpty() ? Md5::Shown : Md5::Hidden));
    call.send(success(pageOf(items, found.total, page->number, page->size)));
}

void getBeta(const Services &with, const ApiCall &call)
{
    const auto key = configKey(with, call.parameters);
    if (!key)
        return call.send(key.error());
    const ConfigPtr config = with.configs.find(*key);
    const Gray *beta = config ? config->gray(u"beta"_s) : nullptr;
    if (!beta && call.plane == Plane::Console)
        return call.send(success(QJsonValue::Null));
    if (!beta)
        return call.send(failure({404, 20004, u"resource not found"_s, u"Config is not in beta."_s}));
    call.send(success(grayObject(with, *config, *beta, call.plane)));
}

void stopBeta(const Services &with, const ApiCall &call)
{
    const auto key = configKey(with, call.parameters);
    if (!key)
        return call.send(key.error());
    if (const ConfigPtr config = with.configs.find(*key); !config || !config->gray(u"beta"_s))
        return call.send(call.plane == Plane::Console ? refusedSoftly(500, u"Internal Server Error"_s)
                                                      : refusedSoftly(30000, u"remove beta data error"_s));
    with.configs.removeGray(*key, u"beta"_s, originOf(call), [call](ConfigStore::Outcome outcome) { call.send(publishAnswer(outcome)); });
}

void editMetadata(const Services &with, const ApiCall &call)
{
    const auto key = configKey(with, call.parameters);
    if (!key)
        return call.send(key.error());
    if (const ConfigPtr config = with.configs.find(*key); !config || config->md5.isEmpty()) {
        const QString detail = u"config is not found for dataId=%1, group=%2"_s.arg(key->dataId, key->group);
        return call.send(failure({404, 30000, u"server error"_s, detail}));
    }
    with.configs.editMetadata({*key, call.parameters.find(u"configTags"_s), call.parameters.find(u"desc"_s)},
                              [call](ConfigStore::Outcome outcome) { call.send(publishAnswer(outcome)); });
}

void getCapacity(const Services &with, const ApiCall &call)
{
    const QString group = call.parameters.value(u"groupName"_s), space = call.parameters.value(u"namespaceId"_s);
    if (group.isEmpty() && space.isEmpty())
        return call.send(
            failure({400, 10000, u"parameter missing"_s, u"At least one of the parameters (groupName or namespaceId) must be provided"_s}));
    // That of a group is kept for the namespace public alone.
    int usage = 0;
    if (group.isEmpty()) {
        usage = with.configs.countBySpace().value(with.generation.canonicalSpace(space));
    } else {
        const QList<ConfigPtr> all = with.configs.all(with.generation.canonicalSpace({}));
        usage = int(std::count_if(all.begin(), all.end(), [&group](const ConfigPtr &config) { return config->key.group == group; }));
    }
    QJsonObject capacity{{u"id"_s, u"1"_s},
                         {u"quota"_s, 200},
                         {u"usage"_s, usage},
                         {u"maxSize"_s, 102400},
                         {u"maxAggrCount"_s, 10000},
                         {u"maxAggrSize"_s, 1024},
                         {u"gmtCreate"_s, QJsonValue::Null},
                         {u"gmtModified"_s, QJsonValue::Null}};
    capacity.insert(group.isEmpty() ? u"namespaceId"_s : u"groupName"_s, group.isEmpty() ? space : group);
    call.send(success(capacity));
}

/// The SDKs' HTTP read: an absent configuration is HTTP 200 with code 20004.
void clientConfig(const Services &with, const ApiCall &call)
{
    if (auto refused = refuseBadIdentity(call.parameters))
        return call.send(*refused);
    for (const QString &name : {u"dataId"_s, u"groupName"_s}) {
        if (call.parameters.value(name).trimmed().isEmpty())
            return call.send(HttpResponse::text(u"caused: Required parameter '%1' type String is not present;"_s.arg(name), 400));
    }
    const auto key = configKey(with, call.parameters);
    if (!key)
        return call.send(key.error());
    const ConfigPtr config = with.configs.find(*key);
    const auto chosen = config ? choose(*config, {call.request.peer.toString(), {}}) : std::nullopt;
    if (!chosen)
        return call.send(
            HttpResponse::json(QJsonObject{{u"code"_s, 20004}, {u"message"_s, u"resource not found"_s}, {u"data"_s, QJsonValue::Null}}));
    call.send(success(QJsonObject{{u"resultCode"_s, 200},
                                  {u"errorCode"_s, 0},
                                  {u"message"_s, QJsonValue::Null},
                                  {u"requestId"_s, QJsonValue::Null},
                                  {u"content"_s, fromUtf8Exactly(chosen->content)},
                                  {u"encryptedDataKey"_s, chosen->encryptedDataKey},
                                  {u"contentType"_s, chosen->type},
                                  {u"md5"_s, QString::fromLatin1(chosen->md5)},
                                  {u"lastModified"_s, chosen->modified},
                                  {u"tag"_s, QJsonValue::Null},
                                  {u"beta"_s, chosen->beta},
                                  {u"success"_s, true}}));
}

} // namespace

void addConfigRoutes(HttpApi &api)
{
    const Services &with = api.services();
    if (!with.generation.hasV3())
        return;
    const auto add = [&](const char *method, const char *path, void (*handler)(const Services &, const ApiCall &)) {
        api.add(method, path, HttpApi::Right::LoggedIn, [&with, handler](const ApiCall &call) { handler(with, call); });
    };
    if (api.plane() == Plane::Main) {
        add("GET", "/v3/admin/cs/config", getConfig);
        add("POST", "/v3/admin/cs/config", publishConfig);
        add("DELETE", "/v3/admin/cs/config", deleteConfig);
        add("DELETE", "/v3/admin/cs/config/batch", deleteConfigs);
        add("GET", "/v3/admin/cs/config/list", listConfigs);
        add("GET", "/v3/admin/cs/config/beta", getBeta);
        add("DELETE", "/v3/admin/cs/config/beta", stopBeta);
        add("GET", "/v3/admin/cs/capacity", getCapacity);
        if (with.generation.hasMetadataEdit())
            add("PUT", "/v3/admin/cs/config/metadata", editMetadata);
        add("GET", "/v3/client/cs/config", clientConfig);
    } else {
        add("GET", "/v3/console/cs/config", getConfig);
        add("POST", "/v3/console/cs/config", publishConfig);
        add("DELETE", "/v3/console/cs/config", deleteConfig);
        add("DELETE", "/v3/console/cs/config/batchDelete", deleteConfigs);
        add("GET", "/v3/console/cs/config/list", listConfigs);
        add("GET", "/v3/console/cs/config/searchDetail", listConfigs);
        add("GET", "/v3/console/cs/config/beta", getBeta);
        add("DELETE", "/v3/console/cs/config/beta", stopBeta);
    }
}

} // namespace core::sandbox::nacos
