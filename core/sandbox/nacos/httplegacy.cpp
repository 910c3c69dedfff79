// SPDX-License-Identifier: GPL-3.0-or-later
// The v1 API: what older SDKs need (3.0 and 3.1 still answer it), and what 2.x consoles need (2.4 only).
#include "core/sandbox/nacos/httplegacy.h"
#include "core/base/utf8.h"
#include "core/sandbox/nacos/httpvalues.h"
#include "core/sandbox/nacos/paramcheck.h"

#include <QJsonArray>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace core::sandbox::nacos {

/// v1's names in place of v3's, so that one reader serves both.
HttpParameters renamed(const HttpParameters &parameters)
{
    static const QHash<QString, QString> names{{u"tenant"_s, u"namespaceId"_s},
                                               {u"group"_s, u"groupName"_s},
                                               {u"config_tags"_s, u"configTags"_s},
                                               {u"config_detail"_s, u"configDetail"_s},
                                               {u"src_user"_s, u"srcUser"_s}};
    HttpParameters out;
    for (const auto &[name, value] : parameters.items())
        out.add(names.value(name, name), value);
    return out;
}

namespace {

QString isoTime(qint64 ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(u"yyyy-MM-ddTHH:mm:ss.zzz+00:00"_s);
}

} // namespace

QJsonObject legacyHistory(const Services &with, const HistoryRow &row)
{
    QJsonObject object = historyObject(with, row);
    object.insert(u"tenant"_s, object.take(u"namespaceId"_s));
    object.insert(u"group"_s, object.take(u"groupName"_s));
    object.insert(u"createdTime"_s, u"2010-05-05T00:00:00.000+08:00"_s);
    object.insert(u"lastModifiedTime"_s, isoTime(row.modified));
    object.remove(u"createTime"_s);
    object.remove(u"modifyTime"_s);
    object.remove(u"publishType"_s);
    return object;
}

QJsonObject legacyHistoryDetail(const Services &with, const HistoryRow &row)
{
    QJsonObject object = legacyHistory(with, row);
    object.insert(u"md5"_s, QString::fromLatin1(row.md5));
    object.insert(u"content"_s, fromUtf8Exactly(row.content));
    object.insert(u"encryptedDataKey"_s, row.encryptedDataKey);
    return object;
}

QJsonObject legacySpace(const Services &with, const Namespace &space)
{
    return {{u"namespace"_s, space.builtIn ? QString() : space.id},
            {u"namespaceShowName"_s, space.name},
            {u"namespaceDesc"_s, space.builtIn ? u"Default Namespace"_s : space.description},
            {u"quota"_s, 200},
            {u"configCount"_s, with.configs.countBySpace().value(space.id)},
            {u"type"_s, space.builtIn ? 0 : 2}};
}

namespace {

constexpr int DefaultPollMs = 30000;

/// The framework's own answer for a parameter that a method of v1 requires.
std::optional<HttpResponse> missingOf(const ApiCall &call, const QStringList &names)
{
    for (const QString &name : names) {
        if (call.parameters.value(name).trimmed().isEmpty())
            return servletError(400, u"Required parameter '%1' is not present."_s.arg(name), QString::fromUtf8(call.request.path));
    }
    return std::nullopt;
}

tl::expected<ConfigKey, HttpResponse> legacyKey(const Services &with, const ApiCall &call)
{
    if (auto missing = missingOf(call, {u"dataId"_s, u"group"_s}))
        return tl::unexpected(*missing);
    return configKey(with, renamed(call.parameters));
}

void answerPlain(const Services &with, const ApiCall &call, ConfigStore::Outcome outcome)
{
    if (outcome == ConfigStore::Outcome::Done)
        return call.send(HttpResponse::json(true));
    if (outcome == ConfigStore::Outcome::CasMismatch)
        return call.send(with.generation.hasV3() ? HttpResponse::json(false, 500)
                                                 : HttpResponse::text(u"caused: Cas publish fail, server md5 may have changed.;"_s, 500));
    call.send(HttpResponse::text(u"the configuration could not be stored"_s, 500));
}

QJsonObject legacyObject(const Services &with, const Config &config)
{
    return {{u"id"_s, QString::number(config.id)},
            {u"dataId"_s, config.key.dataId},
            {u"group"_s, config.key.group},
            {u"tenant"_s, with.generation.spelledSpace(config.key.space)},
            {u"content"_s, fromUtf8Exactly(config.content)},
            {u"md5"_s, QString::fromLatin1(config.md5)},
            {u"encryptedDataKey"_s, config.encryptedDataKey},
            {u"appName"_s, config.appName},
            {u"type"_s, config.type}};
}

void searchConfigs(const Services &with, const ApiCall &call, const HttpParameters &parameters)
{
    const auto page = pageRequest(parameters);
    if (!page)
        return call.send(page.error());
    const ConfigPage found = with.configs.page(configFilter(with, parameters), page->offset(), page->size);
    QJsonArray items;
    for (const ConfigPtr &config : found.items) {
        QJsonObject object = legacyObject(with, *config);
        object.insert(u"md5"_s, QJsonValue::Null); // it is not in the rows a search reads
        items.append(object);
    }
    call.send(HttpResponse::json(pageOf(items, found.total, page->number, page->size)));
}

void getBeta(const Services &with, const ApiCall &call, const ConfigKey &key)
{
    const ConfigPtr config = with.configs.find(key);
    const Gray *beta = config ? config->gray(u"beta"_s) : nullptr;
    if (!beta) {
        const QJsonObject none{{u"code"_s, 200}, {u"message"_s, u"query beta fail"_s}, {u"data"_s, QJsonValue::Null}};
        return call.send(HttpResponse::json(none));
    }
    QJsonObject object = legacyObject(with, *config);
    object.insert(u"content"_s, fromUtf8Exactly(beta->content));
    object.insert(u"md5"_s, QString::fromLatin1(beta->md5));
    object.insert(u"betaIps"_s, beta->expression);
    call.send(HttpResponse::json(QJsonObject{{u"code"_s, 200}, {u"message"_s, u"query beta ok"_s}, {u"data"_s, object}}));
}

void getConfig(const Services &with, const ApiCall &call)
{
    const HttpParameters parameters = renamed(call.parameters);
    if (parameters.contains(u"search"_s)) {
        if (with.generation.hasLegacyAdminApi())
            return searchConfigs(with, call, parameters);
        return call.send(goneAnswer(QString::fromUtf8(call.request.path)));
    }
    const bool wantsAll = parameters.value(u"show"_s) == u"all";
    if (wantsAll && !with.generation.hasLegacyAdminApi())
        return call.send(goneAnswer(QString::fromUtf8(call.request.path)));
    const auto key = legacyKey(with, call);
    if (!key)
        return call.send(key.error());
    if (parameters.value(u"beta"_s) == u"true" && with.generation.hasLegacyAdminApi())
        return getBeta(with, call, *key);
    const ConfigPtr config = with.configs.find(*key);
    if (wantsAll) {
        if (!config || config->md5.isEmpty())
            return call.send(HttpResponse::text({}));
        QJsonObject object = legacyObject(with, *config);
        object.insert(u"desc"_s, config->description);
        object.insert(u"configTags"_s, config->tags);
        object.insert(u"createTime"_s, config->created);
        object.insert(u"modifyTime"_s, config->modified);
        object.insert(u"createUser"_s, config->createUser);
        object.insert(u"createIp"_s, config->createAddress);
        object.insert(u"use"_s, config->use);
        object.insert(u"effect"_s, config->effect);
        object.insert(u"schema"_s, config->schema);
        return call.send(HttpResponse::json(object));
    }
    const QString tag = parameters.value(u"tag"_s);
    const auto chosen = config ? choose(*config, {call.request.peer.toString(), tag}) : std::nullopt;
    // Who asks for a tag gets that tag, or a beta, but never the formal content.
    if (!chosen || (!tag.isEmpty() && !chosen->beta && chosen->tag != tag)) {
        HttpResponse absent = HttpResponse::text(u"config data not exist\n"_s, 404);
        absent.contentType = "application/json;charset=UTF-8";
        return call.send(absent);
    }
    HttpResponse response;
    response.body = chosen->content;
    response.headers = {
        {"Config-Type"_ba, chosen->type.toUtf8()},
        {"Content-MD5"_ba, chosen->md5},
        {"Last-Modified"_ba,
         QLocale::c().toString(QDateTime::fromMSecsSinceEpoch(chosen->modified, Qt::UTC), u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s).toLatin1()},
        {"Pragma"_ba, "no-cache"_ba},
        {"Cache-Control"_ba, "no-cache,no-store"_ba}};
    response.headers.append({"Encrypted-Data-Key"_ba, chosen->encryptedDataKey.toUtf8()});
    if (chosen->beta)
        response.headers.append({"isBeta"_ba, "true"_ba});
    call.send(response);
}

void publishConfig(const Services &with, const ApiCall &call)
{
    if (const auto missing = missingOf(call, {u"dataId"_s, u"group"_s, u"content"_s}))
        return call.send(*missing);
    ApiCall v3 = call;
    v3.parameters = renamed(call.parameters);
    const auto publish = publishOf(with, v3);
    if (!publish) // the check of names says why, everything else does not
        return call.send(publish.error().contentType.isEmpty() ? publish.error() : HttpResponse::json(false, 400));
    with.configs.publish(*publish, [&with, call](ConfigStore::Outcome outcome) { answerPlain(with, call, outcome); });
}

void deleteConfig(const Services &with, const ApiCall &call)
{
    if (call.parameters.value(u"delType"_s) == u"ids" && with.generation.hasLegacyAdminApi())
        return deleteById(with, call,
                          HttpResponse::json(QJsonObject{{u"code"_s, 200}, {u"message"_s, QJsonValue::Null}, {u"data"_s, true}}));
    const auto key = legacyKey(with, call);
    if (!key)
        return call.send(key.error());
    const QString tag = call.parameters.value(u"tag"_s);
    const auto answer = [&with, call](ConfigStore::Outcome outcome) { answerPlain(with, call, outcome); };
    if (call.parameters.value(u"beta"_s) == u"true" && with.generation.hasLegacyAdminApi())
        return with.configs.removeGray(*key, u"beta"_s, originOf(call), [call](ConfigStore::Outcome outcome) {
            call.send(outcome == ConfigStore::Outcome::Done
                          ? HttpResponse::json(QJsonObject{{u"code"_s, 200}, {u"message"_s, u"stop beta ok"_s}, {u"data"_s, true}})
                          : notWritten());
        });
    if (tag.isEmpty())
        with.configs.remove(*key, originOf(call), answer);
    else
        with.configs.removeGray(*key, u"tag_"_s + tag, originOf(call), answer);
}

void poll(const Services &with, const ApiCall &call)
{
    const auto items = LongPolls::parse(call.parameters.value(u"Listening-Configs"_s));
    if (!items)
        return call.send(servletError(400, u"caused: invalid probeModify;"_s, QString::fromUtf8(call.request.path)));
    for (const LongPolls::Item &item : *items) {
        if (const auto wrong = checkIdentity({item.tenant, item.group, item.dataId}))
            return call.send(HttpResponse::text(*wrong, 400));
    }
    bool ok = false;
    int milliseconds = call.request.header("long-pulling-timeout").toInt(&ok);
    if (!ok) // an SDK without long polling: answered at once, in headers
        return call.send(with.polls.compare({*items, call.request.peer.toString(), 0, call.responder}));
    if (call.request.header("long-pulling-timeout-no-hangup") == "true")
        milliseconds = 0;
    with.polls.wait({*items, call.request.peer.toString(), std::min(milliseconds, 2 * DefaultPollMs), call.responder});
}

void listeners(const Services &with, const ApiCall &call)
{
    const auto key = legacyKey(with, call);
    if (!key)
        return call.send(key.error());
    QJsonObject status;
    const auto overGrpc = with.watch.listenersOf(*key);
    for (const auto &listener : overGrpc)
        status.insert(listener.address, QString::fromLatin1(listener.md5));
    const auto polling = with.polls.listenersOf(*key);
    for (const auto &listener : polling)
        status.insert(listener.address, QString::fromLatin1(listener.md5));
    call.send(HttpResponse::json(QJsonObject{{u"collectStatus"_s, 200}, {u"lisentersGroupkeyStatus"_s, status}}));
}

void listenersByAddress(const Services &with, const ApiCall &call)
{
    const QString tenant = call.parameters.value(u"tenant"_s);
    QJsonObject status;
    const auto keys = with.watch.listenedBy(call.parameters.value(u"ip"_s));
    for (const auto &listened : keys) {
        if (with.generation.canonicalSpace(tenant) != listened.key.space)
            continue;
        status.insert(
            core::nacos::wire::encodeGroupKey({with.generation.spelledSpace(listened.key.space), listened.key.group, listened.key.dataId}),
            QString::fromLatin1(listened.md5));
    }
    call.send(HttpResponse::json(QJsonObject{{u"collectStatus"_s, 200}, {u"lisentersGroupkeyStatus"_s, status}}));
}

void history(const Services &with, const ApiCall &call)
{
    const HttpParameters parameters = renamed(call.parameters);
    const auto key = legacyKey(with, call);
    if (!key)
        return call.send(key.error());
    if (parameters.contains(u"nid"_s)) {
        const auto row = with.configs.history().find(parameters.value(u"nid"_s).toLongLong());
        if (!row || row->key != *key)
            return call.send(HttpResponse::text(u"certain config history for nid = %1 not exist"_s.arg(parameters.value(u"nid"_s)), 404));
        return call.send(HttpResponse::json(legacyHistoryDetail(with, *row)));
    }
    const auto page = pageRequest(parameters);
    if (!page)
        return call.send(page.error());
    const HistoryPage found = with.configs.history().page(*key, page->offset(), page->size);
    QJsonArray items;
    for (const HistoryRow &row : found.rows)
        items.append(legacyHistory(with, row));
    call.send(HttpResponse::json(pageOf(items, found.total, page->number, page->size)));
}

void previous(const Services &with, const ApiCall &call)
{
    const auto key = legacyKey(with, call);
    if (!key)
        return call.send(key.error());
    const auto row = with.configs.history().newestOf(call.parameters.value(u"id"_s).toLongLong());
    if (!row || row->key != *key)
        return call.send(HttpResponse::text(u"previous config history for id = %1 not exist"_s.arg(call.parameters.value(u"id"_s)), 404));
    call.send(HttpResponse::json(legacyHistoryDetail(with, *row)));
}

void configsOfSpace(const Services &with, const ApiCall &call)
{
    QJsonArray items;
    const QList<ConfigPtr> configs = with.configs.all(with.generation.canonicalSpace(call.parameters.value(u"tenant"_s)));
    for (const ConfigPtr &config : configs) {
        QJsonObject object = legacyObject(with, *config);
        object.remove(u"content"_s);
        items.append(object);
    }
    call.send(HttpResponse::json(items));
}

void nodes(const Services &with, const ApiCall &call)
{
    const QJsonArray list{nodeObject(with)};
    call.send(HttpResponse::json(QJsonObject{{u"code"_s, 200}, {u"message"_s, QJsonValue::Null}, {u"data"_s, list}}));
}

void namespaces(const Services &with, const ApiCall &call)
{
    const HttpParameters &parameters = call.parameters;
    if (parameters.value(u"checkNamespaceIdExist"_s) == u"true")
        return call.send(HttpResponse::json(with.spaces.find(parameters.value(u"customNamespaceId"_s)).has_value()));
    if (parameters.value(u"show"_s) == u"all") {
        const QString id = parameters.value(u"namespaceId"_s);
        const auto space = with.spaces.find(id.isEmpty() ? u"public"_s : id);
        return call.send(space ? HttpResponse::json(legacySpace(with, *space))
                               : HttpResponse::text(u"caused: namespaceId [ %1 ] not exist;"_s.arg(id), 500));
    }
    QJsonArray list;
    const QList<Namespace> spaces = with.spaces.all();
    for (const Namespace &space : spaces)
        list.append(legacySpace(with, space));
    call.send(HttpResponse::json(QJsonObject{{u"code"_s, 200}, {u"message"_s, QJsonValue::Null}, {u"data"_s, list}}));
}

enum class SpaceVerb { Create, Update, Delete };

template <SpaceVerb verb>
void changeSpace(const Services &with, const ApiCall &call)
{
    const HttpParameters &parameters = call.parameters;
    const auto answer = [call](NamespaceStore::Outcome outcome) {
        call.send(HttpResponse::json(outcome == NamespaceStore::Outcome::Done));
    };
    if constexpr (verb == SpaceVerb::Delete)
        return with.spaces.remove(parameters.value(u"namespaceId"_s), answer);
    const QString name = parameters.value(verb == SpaceVerb::Create ? u"namespaceName"_s : u"namespaceShowName"_s);
    const QString description = parameters.value(u"namespaceDesc"_s);
    if (name.isEmpty() || checkNamespaceName(name))
        return call.send(HttpResponse::json(false));
    if constexpr (verb == SpaceVerb::Update)
        return with.spaces.update({parameters.value(u"namespace"_s), name, description}, answer);
    QString id = parameters.value(u"customNamespaceId"_s).trimmed();
    if (id.isEmpty())
        id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    if (checkIdentity({id, {}, {}}))
        return call.send(HttpResponse::json(false));
    with.spaces.create({id, name, description, false, with.clock.now().toMSecsSinceEpoch()}, answer);
}

void state(const Services &with, const ApiCall &call)
{
    call.send(HttpResponse::json(QJsonObject{{u"version"_s, with.generation.version()},
                                             {u"standalone_mode"_s, u"standalone"_s},
                                             {u"startup_mode"_s, u"standalone"_s},
                                             {u"function_mode"_s, QJsonValue::Null},
                                             {u"server_port"_s, QString::number(with.port)},
                                             {u"auth_enabled"_s, with.users.isLoginRequired() ? u"true"_s : u"false"_s},
                                             {u"config_retention_days"_s, u"30"_s},
                                             {u"sandbox"_s, u"signalbox "_s + QStringLiteral(SIGNALBOX_VERSION)}}));
}

} // namespace

void addLegacyRoutes(HttpApi &api)
{
    const Services &with = api.services();
    using Right = HttpApi::Right;
    const auto add = [&](const char *method, const char *path, void (*handler)(const Services &, const ApiCall &),
                         Right right = Right::LoggedIn) {
        api.add(method, path, right, [&with, handler](const ApiCall &call) { handler(with, call); });
    };
    // It outlives v1: old SDKs ask it whether the server is well.
    add(
        "GET", "/v1/ns/operator/metrics",
        [](const Services &, const ApiCall &call) {
            call.send(HttpResponse::json(QJsonObject{{u"status"_s, u"UP"_s}}));
        },
        Right::Open);
    if (with.generation.hasLegacyClientApi()) {
        add("GET", "/v1/cs/configs", getConfig);
        add("POST", "/v1/cs/configs", publishConfig);
        add("DELETE", "/v1/cs/configs", deleteConfig);
        add("POST", "/v1/cs/configs/listener", poll);
    }
    if (!with.generation.hasLegacyAdminApi())
        return;
    add("GET", "/v1/console/server/state", state, Right::Open);
    const auto alive = [](const Services &, const ApiCall &call) { call.send(HttpResponse::text(u"OK"_s)); };
    add("GET", "/v1/console/health/liveness", alive, Right::Open);
    add("GET", "/v1/console/health/readiness", alive, Right::Open);
    add("GET", "/v1/core/cluster/nodes", nodes);
    add("GET", "/v1/cs/history/previous", previous);
    add("GET", "/v1/cs/history/configs", configsOfSpace);
    add("GET", "/v1/console/namespaces", namespaces);
    add("POST", "/v1/console/namespaces", changeSpace<SpaceVerb::Create>);
    add("PUT", "/v1/console/namespaces", changeSpace<SpaceVerb::Update>);
    add("DELETE", "/v1/console/namespaces", changeSpace<SpaceVerb::Delete>);
    add("GET", "/v1/cs/configs/listener", listeners);
    add("GET", "/v1/cs/listener", listenersByAddress);
    add("GET", "/v1/cs/history", history);
}

} // namespace core::sandbox::nacos
