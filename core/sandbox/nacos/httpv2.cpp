// SPDX-License-Identifier: GPL-3.0-or-later
// The v2 API of Nacos 2.2 to 2.5: v1's objects in v3's envelope.
#include "core/base/utf8.h"
#include "core/sandbox/nacos/httplegacy.h"
#include "core/sandbox/nacos/httpvalues.h"
#include "core/sandbox/nacos/paramcheck.h"

#include <QJsonArray>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace core::sandbox::nacos {

namespace {

HttpResponse configAbsent()
{
    return failure({404, 20004, u"resource not found"_s, u"config data not exist"_s});
}

void getConfig(const Services &with, const ApiCall &call)
{
    const HttpParameters parameters = renamed(call.parameters);
    const auto key = configKey(with, parameters);
    if (!key)
        return call.send(key.error());
    const ConfigPtr config = with.configs.find(*key);
    const QString tag = parameters.value(u"tag"_s);
    const auto chosen = config ? choose(*config, {call.request.peer.toString(), tag}) : std::nullopt;
    if (!chosen || (!tag.isEmpty() && !chosen->beta && chosen->tag != tag))
        return call.send(configAbsent());
    call.send(success(fromUtf8Exactly(chosen->content)));
}

void publishConfig(const Services &with, const ApiCall &call)
{
    ApiCall v3 = call;
    v3.parameters = renamed(call.parameters);
    const auto publish = publishOf(with, v3);
    if (!publish)
        return call.send(publish.error());
    with.configs.publish(*publish, [call](ConfigStore::Outcome outcome) { call.send(publishAnswer(outcome)); });
}

void deleteConfig(const Services &with, const ApiCall &call)
{
    const auto key = configKey(with, renamed(call.parameters));
    if (!key)
        return call.send(key.error());
    const QString tag = call.parameters.value(u"tag"_s);
    const auto answer = [call](ConfigStore::Outcome outcome) { call.send(publishAnswer(outcome)); };
    if (tag.isEmpty())
        with.configs.remove(*key, originOf(call), answer);
    else
        with.configs.removeGray(*key, u"tag_"_s + tag, originOf(call), answer);
}

void listHistory(const Services &with, const ApiCall &call)
{
    const auto key = configKey(with, renamed(call.parameters));
    if (!key)
        return call.send(key.error());
    const auto page = pageRequest(call.parameters);
    if (!page)
        return call.send(page.error());
    const HistoryPage found = with.configs.history().page(*key, page->offset(), std::min(page->size, 500));
    QJsonArray items;
    for (const HistoryRow &row : found.rows)
        items.append(legacyHistory(with, row));
    call.send(success(pageOf(items, found.total, page->number, page->size)));
}

/// By `nid`, or the newest of a configuration by its `id`.
enum class RowBy { Nid, ConfigId };

template <RowBy by>
void getHistory(const Services &with, const ApiCall &call)
{
    const QString name = by == RowBy::Nid ? u"nid"_s : u"id"_s;
    const auto key = configKey(with, renamed(call.parameters));
    if (!key)
        return call.send(key.error());
    const auto text = call.parameters.find(name);
    if (!text)
        return call.send(requestParameterMissing(name, "Long"_L1));
    const qint64 id = text->toLongLong();
    const auto row = by == RowBy::Nid ? with.configs.history().find(id) : with.configs.history().newestOf(id);
    if (!row)
        return call.send(
            failure({404, 20004, u"resource not found"_s, u"certain config history for %1 = %2 not exist"_s.arg(name, *text)}));
    if (row->key != *key)
        return call.send(failure({403, 10001, u"access denied"_s, u"Please check dataId, group or namespaceId."_s}));
    call.send(success(legacyHistoryDetail(with, *row)));
}

void configsOfSpace(const Services &with, const ApiCall &call)
{
    const auto space = call.parameters.find(u"namespaceId"_s);
    if (!space)
        return call.send(requestParameterMissing(u"namespaceId"_s));
    QJsonArray items;
    const QList<ConfigPtr> configs = with.configs.all(with.generation.canonicalSpace(*space));
    for (const ConfigPtr &config : configs) {
        items.append(QJsonObject{{u"id"_s, QString::number(config->id)},
                                 {u"dataId"_s, config->key.dataId},
                                 {u"group"_s, config->key.group},
                                 {u"tenant"_s, with.generation.spelledSpace(config->key.space)},
                                 {u"appName"_s, config->appName},
                                 {u"type"_s, config->type}});
    }
    call.send(success(items));
}

void listSpaces(const Services &with, const ApiCall &call)
{
    QJsonArray list;
    const QList<Namespace> spaces = with.spaces.all();
    for (const Namespace &space : spaces)
        list.append(legacySpace(with, space));
    call.send(success(list));
}

void getSpace(const Services &with, const ApiCall &call)
{
    const auto id = call.parameters.find(u"namespaceId"_s);
    if (!id)
        return call.send(requestParameterMissing(u"namespaceId"_s));
    const auto space = with.spaces.find(id->isEmpty() ? u"public"_s : *id);
    if (!space)
        return call.send(failure({404, 22001, u"namespace not exist"_s, u"namespaceId [ %1 ] not exist"_s.arg(*id)}));
    call.send(success(legacySpace(with, *space)));
}

enum class SpaceVerb { Create, Update, Delete };

template <SpaceVerb verb>
void changeSpace(const Services &with, const ApiCall &call)
{
    QString id = call.parameters.value(u"namespaceId"_s).trimmed();
    const auto answer = [call, id](NamespaceStore::Outcome outcome) {
        if (outcome == NamespaceStore::Outcome::Exists)
            return call.send(failure({400, 22002, u"namespace already exist"_s, u"namespaceId [%1] already exist"_s.arg(id)}));
        call.send(outcome == NamespaceStore::Outcome::Done ? success(true) : notWritten());
    };
    if constexpr (verb == SpaceVerb::Delete)
        return with.spaces.remove(id, answer);
    const QString name = call.parameters.value(u"namespaceName"_s), description = call.parameters.value(u"namespaceDesc"_s);
    if (name.trimmed().isEmpty())
        return call.send(formParameterMissing(u"namespaceName"_s));
    if (checkNamespaceName(name))
        return call.send(failure({400, 22000, u"illegal namespace"_s, u"namespaceName [%1] contains illegal char"_s.arg(name)}));
    if (checkIdentity({id, {}, {}}))
        return call.send(failure({400, 22000, u"illegal namespace"_s, u"namespaceId [%1] mismatch the pattern"_s.arg(id)}));
    if constexpr (verb == SpaceVerb::Update)
        return with.spaces.update({id, name, description}, answer);
    if (id.isEmpty())
        id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    with.spaces.create({id, name, description, false, with.clock.now().toMSecsSinceEpoch()}, answer);
}

} // namespace

void addV2Routes(HttpApi &api)
{
    const Services &with = api.services();
    if (!with.generation.hasLegacyAdminApi())
        return;
    using Right = HttpApi::Right;
    const auto add = [&](const char *method, const char *path, void (*handler)(const Services &, const ApiCall &),
                         Right right = Right::LoggedIn) {
        api.add(method, path, right, [&with, handler](const ApiCall &call) { handler(with, call); });
    };
    add("GET", "/v2/cs/config", getConfig);
    add("POST", "/v2/cs/config", publishConfig);
    add("DELETE", "/v2/cs/config", deleteConfig);
    add("GET", "/v2/cs/history/list", listHistory);
    add("GET", "/v2/cs/history", getHistory<RowBy::Nid>);
    add("GET", "/v2/cs/history/previous", getHistory<RowBy::ConfigId>);
    add("GET", "/v2/cs/history/configs", configsOfSpace);
    add("GET", "/v2/console/namespace/list", listSpaces);
    add("GET", "/v2/console/namespace", getSpace);
    add("POST", "/v2/console/namespace", changeSpace<SpaceVerb::Create>);
    add("PUT", "/v2/console/namespace", changeSpace<SpaceVerb::Update>);
    add("DELETE", "/v2/console/namespace", changeSpace<SpaceVerb::Delete>);
    add("GET", "/v2/core/cluster/node/self",
        [](const Services &services, const ApiCall &call) { call.send(success(nodeObject(services))); });
    add("GET", "/v2/core/cluster/node/list",
        [](const Services &services, const ApiCall &call) { call.send(success(QJsonArray{nodeObject(services)})); });
    add(
        "GET", "/v2/core/cluster/node/self/health", [](const Services &, const ApiCall &call) { call.send(success(u"UP"_s)); },
        Right::Open);
    const auto alive = [](const Services &, const ApiCall &call) { call.send(success(u"ok"_s)); };
    add("GET", "/v2/console/health/liveness", alive, Right::Open);
    add("GET", "/v2/console/health/readiness", alive, Right::Open);
}

} // namespace core::sandbox::nacos
