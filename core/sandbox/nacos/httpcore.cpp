// SPDX-License-Identifier: GPL-3.0-or-later
// Namespaces, server state, health, cluster: the "core" area of both planes.
#include "core/sandbox/nacos/httpvalues.h"
#include "core/sandbox/nacos/paramcheck.h"

#include <QJsonArray>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace core::sandbox::nacos {

QJsonObject nodeObject(const Services &with)
{
    const QString address = u"127.0.0.1:%1"_s.arg(with.port);
    return {{u"ip"_s, u"127.0.0.1"_s},
            {u"port"_s, with.port},
            {u"state"_s, u"UP"_s},
            {u"address"_s, address},
            {u"failAccessCnt"_s, 0},
            {u"grpcReportEnabled"_s, true},
            {u"abilities"_s,
             QJsonObject{{u"configAbility"_s, QJsonObject{{u"supportRemoteMetrics"_s, false}}},
                         {u"namingAbility"_s, QJsonObject{{u"supportJraft"_s, false}}},
                         {u"remoteAbility"_s, QJsonObject{{u"grpcReportEnabled"_s, true}, {u"supportRemoteConnection"_s, true}}}}},
            {u"extendInfo"_s,
             QJsonObject{{u"lastRefreshTime"_s, with.clock.now().toMSecsSinceEpoch()},
                         {u"version"_s, with.generation.version()},
                         {u"weight"_s, u"1"_s},
                         {u"adWeight"_s, u"0"_s},
                         {u"site"_s, u"unknow"_s}}}};
}

namespace {

constexpr int Quota = 200;
constexpr qsizetype MaximumIdLength = 128;

QJsonObject spaceObject(const Namespace &space, int configs)
{
    return {{u"namespace"_s, space.id},
            {u"namespaceShowName"_s, space.name},
            {u"namespaceDesc"_s, space.description.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(space.description)},
            {u"quota"_s, Quota},
            {u"configCount"_s, configs},
            {u"type"_s, space.builtIn ? 0 : 1}};
}

QJsonArray spaceList(const Services &with)
{
    const QHash<QString, int> counts = with.configs.countBySpace();
    QJsonArray list;
    const QList<Namespace> spaces = with.spaces.all();
    for (const Namespace &space : spaces)
        list.append(spaceObject(space, counts.value(space.id)));
    return list;
}

HttpResponse illegalNamespace(const QString &detail)
{
    return failure({400, 22000, u"illegal namespace"_s, detail});
}

bool isNamespaceId(const QString &id)
{
    return std::all_of(id.begin(), id.end(), [](QChar c) {
        return c == u'_' || c == u'-' || (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z');
    });
}

void getNamespace(const Services &with, const ApiCall &call)
{
    const auto id = call.parameters.find(u"namespaceId"_s);
    if (!id)
        return call.send(requestParameterMissing(u"namespaceId"_s));
    auto space = with.spaces.find(id->isEmpty() ? u"public"_s : *id);
    if (!space)
        return call.send(failure({404, 22001, u"namespace not exist"_s, u"namespaceId [ %1 ] not exist"_s.arg(*id)}));
    const int configs = with.configs.countBySpace().value(space->id);
    space->id = *id; // spelled as it was asked for
    call.send(success(spaceObject(*space, configs)));
}

/// The console checks its parameters before anything else, more strictly than the administration does.
std::optional<HttpResponse> refuseOnConsole(const HttpParameters &parameters, const QString &id)
{
    auto wrong = checkIdentity({id, {}, {}});
    if (!wrong)
        wrong = checkNamespaceName(parameters.value(u"namespaceName"_s));
    return wrong ? std::optional(parameterCheckFailed(*wrong)) : std::nullopt;
}

void createNamespace(const Services &with, const ApiCall &call)
{
    const bool console = call.plane == Plane::Console;
    const auto given = call.parameters.find(console ? u"customNamespaceId"_s : u"namespaceId"_s);
    if (console) {
        if (const auto refused = refuseOnConsole(call.parameters, given.value_or(QString())))
            return call.send(*refused);
    }
    if (!given && !console)
        return call.send(formParameterMissing(u"namespaceId"_s));
    if (!call.parameters.contains(u"namespaceName"_s))
        return call.send(formParameterMissing(u"namespaceName"_s));
    const QString name = call.parameters.value(u"namespaceName"_s);
    QString id = given.value_or(QString()).trimmed();
    if (id.isEmpty())
        id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    if (!isNamespaceId(id))
        return call.send(illegalNamespace(u"namespaceId [%1] mismatch the pattern"_s.arg(id)));
    if (id.size() > MaximumIdLength)
        return call.send(illegalNamespace(u"too long namespaceId, over %1"_s.arg(MaximumIdLength)));
    if (checkNamespaceName(name) || (name.trimmed().isEmpty() && !console)) // the console lets a blank name through
        return call.send(illegalNamespace(u"namespaceName [%1] contains illegal char"_s.arg(name)));
    const Namespace space{id, name, call.parameters.value(u"namespaceDesc"_s), false, with.clock.now().toMSecsSinceEpoch()};
    with.spaces.create(space, [call, id](NamespaceStore::Outcome outcome) {
        if (outcome == NamespaceStore::Outcome::Exists)
            return call.send(failure({400, 22002, u"namespace already exist"_s, u"namespaceId [%1] already exist."_s.arg(id)}));
        call.send(outcome == NamespaceStore::Outcome::Done ? success(true) : notWritten());
    });
}

void updateNamespace(const Services &with, const ApiCall &call)
{
    const QString id = call.parameters.value(u"namespaceId"_s), name = call.parameters.value(u"namespaceName"_s);
    if (call.plane == Plane::Console) {
        if (const auto refused = refuseOnConsole(call.parameters, id))
            return call.send(*refused);
    }
    if (id.isEmpty() || name.trimmed().isEmpty())
        return call.send(formParameterMissing(id.isEmpty() ? u"namespaceId"_s : u"namespaceName"_s));
    if (checkNamespaceName(name))
        return call.send(illegalNamespace(u"namespaceName [%1] contains illegal char"_s.arg(name)));
    with.spaces.update({id, name, call.parameters.value(u"namespaceDesc"_s)}, [call](NamespaceStore::Outcome outcome) {
        call.send(outcome == NamespaceStore::Outcome::Done ? success(true) : notWritten());
    });
}

void deleteNamespace(const Services &with, const ApiCall &call)
{
    const auto id = call.parameters.find(u"namespaceId"_s);
    if (!id)
        return call.send(requestParameterMissing(u"namespaceId"_s));
    // Its configurations stay and remain readable by id; the real server leaves them too.
    with.spaces.remove(*id, [call](NamespaceStore::Outcome outcome) {
        call.send(outcome == NamespaceStore::Outcome::Done ? success(true) : notWritten());
    });
}

QJsonObject state(const Services &with)
{
    const QString no = u"false"_s, yes = u"true"_s;
    QJsonObject state{
        {u"version"_s, with.generation.version()},
        {u"function_mode"_s, QJsonValue::Null},
        {u"server_port"_s, QString::number(with.port)},
        {u"auth_enabled"_s, with.users.isLoginRequired() ? yes : no},
        {u"auth_system_type"_s, u"nacos"_s},
        {u"auth_admin_request"_s, no},
        {u"datasource_platform"_s, u"derby"_s},
        {u"plugin_datasource_log_enabled"_s, no},
        {u"config_retention_days"_s, u"30"_s},
        {u"maxContent"_s, QString::number(MaximumContent)},
        {u"isManageCapacity"_s, yes},
        {u"isCapacityLimitCheck"_s, no},
        {u"isHealthCheck"_s, yes},
        {u"defaultClusterQuota"_s, u"100000"_s},
        {u"defaultGroupQuota"_s, u"200"_s},
        {u"defaultMaxSize"_s, u"102400"_s},
        {u"defaultMaxAggrCount"_s, u"10000"_s},
        {u"defaultMaxAggrSize"_s, u"1024"_s},
        {u"startup_mode"_s, u"standalone"_s},
        {u"maxHealthCheckFailCount"_s, u"12"_s},
        {u"notifyConnectTimeout"_s, u"100"_s},
        {u"notifySocketTimeout"_s, u"200"_s},
        {u"login_page_enabled"_s, with.users.isLoginRequired() ? yes : no},
        {u"console_ui_enabled"_s, yes},
        {u"sandbox"_s, u"signalbox "_s + QStringLiteral(SIGNALBOX_VERSION)},
    };
    return state;
}

QJsonArray nodesIn(const Services &with, const QString &state)
{
    return state.isEmpty() || state.toUpper() == u"UP" ? QJsonArray{nodeObject(with)} : QJsonArray();
}

QJsonObject connectionMap(const Services &with)
{
    QJsonObject map;
    const QList<ConnectionPtr> connections = with.hub.connections();
    for (const ConnectionPtr &connection : connections) {
        QJsonObject labels, abilities;
        for (auto it = connection->setup.labels.cbegin(); it != connection->setup.labels.cend(); ++it)
            labels.insert(it.key(), it.value());
        const auto table = connection->setup.abilityTable.value_or(QMap<QString, bool>());
        for (auto it = table.cbegin(); it != table.cend(); ++it)
            abilities.insert(it.key(), it.value());
        const QString id = QString::fromLatin1(connection->id);
        const QJsonObject meta{{u"connectType"_s, u"GRPC"_s},
                               {u"clientIp"_s, connection->clientIp},
                               {u"remoteIp"_s, connection->remoteIp},
                               {u"remotePort"_s, connection->remotePort},
                               {u"localPort"_s, with.port + 1000},
                               {u"version"_s, connection->setup.clientVersion},
                               {u"connectionId"_s, id},
                               {u"createTime"_s, connection->created},
                               {u"lastActiveTime"_s, connection->active.load()},
                               {u"appName"_s, connection->label(u"AppName"_s).isEmpty() ? u"-"_s : connection->label(u"AppName"_s)},
                               {u"namespaceId"_s, connection->setup.tenant},
                               {u"labels"_s, labels},
                               {u"tlsProtected"_s, false},
                               {u"clusterSource"_s, false},
                               {u"sdkSource"_s, connection->label(u"source"_s) == u"sdk"}};
        map.insert(id,
                   QJsonObject{{u"traced"_s, false},
                               {u"connected"_s, true},
                               {u"labels"_s, labels},
                               {u"abilityTable"_s, abilities},
                               {u"metaInfo"_s, meta}});
    }
    return map;
}

QJsonObject loaderCluster(const Services &with)
{
    const qsizetype count = with.hub.connections().size();
    const QJsonObject self{{u"address"_s, u"127.0.0.1:%1"_s.arg(with.port)},
                           {u"sdkConCount"_s, count},
                           {u"conCount"_s, count},
                           {u"load"_s, u"0.0"_s},
                           {u"cpu"_s, u"0.0"_s}};
    return {{u"detail"_s, QJsonArray{self}},
            {u"memberCount"_s, 1},
            {u"metricsCount"_s, 1},
            {u"completed"_s, true},
            {u"max"_s, count},
            {u"min"_s, count},
            {u"avg"_s, count},
            {u"threshold"_s, QString::number(double(count) * 1.1, 'f', 1)},
            {u"total"_s, count}};
}

/// Asks a client to go, to the address given or to any other of its servers.
void reset(const Services &with, const ConnectionPtr &connection, const QString &redirect)
{
    wire::ConnectResetRequest request;
    request.serverIp = redirect.section(u':', 0, 0);
    request.serverPort = redirect.section(u':', 1);
    with.hub.push(
        connection,
        [&request](const QString &id) {
            request.requestId = id;
            return wire::makeMessage(request);
        },
        [](bool) {});
}

void reloadCurrent(const Services &with, const ApiCall &call)
{
    const auto count = call.parameters.find(u"count"_s);
    if (!count)
        return call.send(requestParameterMissing(u"count"_s, "Integer"_L1));
    const QList<ConnectionPtr> connections = with.hub.connections();
    for (qsizetype i = std::max(0, count->toInt()); i < connections.size(); ++i)
        reset(with, connections.at(i), call.parameters.value(u"redirectAddress"_s));
    call.send(success(QJsonValue::Null));
}

void reloadClient(const Services &with, const ApiCall &call)
{
    const auto id = call.parameters.find(u"connectionId"_s);
    if (!id)
        return call.send(requestParameterMissing(u"connectionId"_s));
    const QList<ConnectionPtr> connections = with.hub.connections();
    for (const ConnectionPtr &connection : connections) {
        if (QString::fromLatin1(connection->id) == *id)
            reset(with, connection, call.parameters.value(u"redirectAddress"_s));
    }
    call.send(success(QJsonValue::Null));
}

void addMain(HttpApi &api)
{
    const Services &with = api.services();
    using Right = HttpApi::Right;
    const auto tip = [&with](const ApiCall &call) {
        if (with.generation.hasConsolePort()) {
            const int port = with.consolePort != 0 ? with.consolePort : 8080;
            return call.send(HttpResponse::text(u"Nacos Console default port is %1, and the path is /."_s.arg(port)));
        }
        call.send(HttpResponse::text(u"This practice registry has no web page."_s));
    };
    api.add("GET", "/", Right::Open, tip);
    api.add("GET", "/index.html", Right::Open, tip);
    if (!with.generation.hasV3())
        return;
    api.add("GET", "/v3/admin/core/namespace/list", Right::LoggedIn, [&with](const ApiCall &call) { call.send(success(spaceList(with))); });
    api.add("GET", "/v3/admin/core/namespace", Right::LoggedIn, [&with](const ApiCall &call) { getNamespace(with, call); });
    api.add("POST", "/v3/admin/core/namespace", Right::LoggedIn, [&with](const ApiCall &call) { createNamespace(with, call); });
    api.add("PUT", "/v3/admin/core/namespace", Right::LoggedIn, [&with](const ApiCall &call) { updateNamespace(with, call); });
    api.add("DELETE", "/v3/admin/core/namespace", Right::LoggedIn, [&with](const ApiCall &call) { deleteNamespace(with, call); });
    api.add("GET", "/v3/admin/core/namespace/check", Right::LoggedIn, [&with](const ApiCall &call) {
        const auto id = call.parameters.find(u"namespaceId"_s);
        if (!id)
            return call.send(requestParameterMissing(u"namespaceId"_s));
        const auto space = with.spaces.find(*id);
        call.send(success(space && !space->builtIn ? 1 : 0));
    });
    api.add("GET", "/v3/admin/core/state", Right::Open, [&with](const ApiCall &call) { call.send(success(state(with))); });
    const auto alive = [](const ApiCall &call) { call.send(success(u"ok"_s)); };
    api.add("GET", "/v3/admin/core/state/liveness", Right::Open, alive);
    api.add("GET", "/v3/admin/core/state/readiness", Right::Open, alive);
    api.add("GET", "/v3/admin/core/cluster/node/self", Right::LoggedIn,
            [&with](const ApiCall &call) { call.send(success(nodeObject(with))); });
    api.add("GET", "/v3/admin/core/cluster/node/list", Right::LoggedIn,
            [&with](const ApiCall &call) { call.send(success(nodesIn(with, call.parameters.value(u"state"_s)))); });
    api.add("GET", "/v3/admin/core/loader/current", Right::LoggedIn,
            [&with](const ApiCall &call) { call.send(success(connectionMap(with))); });
    api.add("GET", "/v3/admin/core/loader/cluster", Right::LoggedIn,
            [&with](const ApiCall &call) { call.send(success(loaderCluster(with))); });
    api.add("POST", "/v3/admin/core/loader/reloadCurrent", Right::LoggedIn, [&with](const ApiCall &call) { reloadCurrent(with, call); });
    api.add("POST", "/v3/admin/core/loader/reloadClient", Right::LoggedIn, [&with](const ApiCall &call) { reloadClient(with, call); });
    api.add("POST", "/v3/admin/core/loader/smartReloadCluster", Right::LoggedIn,
            [](const ApiCall &call) { call.send(success(QJsonValue::Null)); }); // one node is in balance
}

void addConsole(HttpApi &api)
{
    const Services &with = api.services();
    using Right = HttpApi::Right;
    api.add("GET", "/v3/console/server/state", Right::Open, [&with](const ApiCall &call) { call.send(HttpResponse::json(state(with))); });
    api.add("GET", "/v3/console/server/announcement", Right::Open, [](const ApiCall &call) { call.send(success(QJsonValue::Null)); });
    api.add("GET", "/v3/console/server/guide", Right::Open, [](const ApiCall &call) { call.send(success(QJsonValue::Null)); });
    const auto alive = [](const ApiCall &call) { call.send(success(u"ok"_s)); };
    api.add("GET", "/v3/console/health/liveness", Right::Open, alive);
    api.add("GET", "/v3/console/health/readiness", Right::Open, alive);
    api.add("GET", "/v3/console/core/cluster/nodes", Right::LoggedIn,
            [&with](const ApiCall &call) { call.send(success(QJsonArray{nodeObject(with)})); });
    api.add("GET", "/v3/console/core/namespace/list", Right::LoggedIn,
            [&with](const ApiCall &call) { call.send(success(spaceList(with))); });
    api.add("GET", "/v3/console/core/namespace", Right::LoggedIn, [&with](const ApiCall &call) { getNamespace(with, call); });
    api.add("POST", "/v3/console/core/namespace", Right::LoggedIn, [&with](const ApiCall &call) { createNamespace(with, call); });
    api.add("PUT", "/v3/console/core/namespace", Right::LoggedIn, [&with](const ApiCall &call) { updateNamespace(with, call); });
    api.add("DELETE", "/v3/console/core/namespace", Right::LoggedIn, [&with](const ApiCall &call) { deleteNamespace(with, call); });
    api.add("GET", "/v3/console/core/namespace/exist", Right::LoggedIn, [&with](const ApiCall &call) {
        const auto id = call.parameters.find(u"customNamespaceId"_s);
        if (!id)
            return call.send(requestParameterMissing(u"customNamespaceId"_s));
        call.send(success(with.spaces.find(*id).has_value()));
    });
}

} // namespace

void addCoreRoutes(HttpApi &api)
{
    if (api.plane() == Plane::Main)
        addMain(api);
    else
        addConsole(api);
}

} // namespace core::sandbox::nacos
