// SPDX-License-Identifier: GPL-3.0-or-later
// History and listeners: /v3/admin/cs/history, /v3/admin/cs/listener, /v3/admin/cs/config/listener and the console's counterparts.
#include "core/nacos/wire/groupkey.h"
#include "core/sandbox/nacos/httpvalues.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace core::sandbox::nacos {

namespace {

constexpr int MaximumPage = 500;

void listHistory(const Services &with, const ApiCall &call)
{
    const auto key = configKey(with, call.parameters);
    if (!key)
        return call.send(key.error());
    auto page = pageRequest(call.parameters);
    if (!page)
        return call.send(page.error());
    page->size = std::min(page->size, MaximumPage); // larger ones are cut, not refused
    const HistoryPage found = with.configs.history().page(*key, page->offset(), page->size);
    QJsonArray items;
    for (const HistoryRow &row : found.rows)
        items.append(historyObject(with, row));
    call.send(success(pageOf(items, found.total, page->number, page->size)));
}

tl::expected<qint64, HttpResponse> number(const HttpParameters &parameters, const QString &name)
{
    const auto text = parameters.find(name);
    if (!text)
        return tl::unexpected(requestParameterMissing(name, "Long"_L1));
    bool ok = false;
    const qint64 value = text->toLongLong(&ok);
    if (!ok)
        return tl::unexpected(notConvertible(name, "java.lang.Long"_L1, *text));
    return value;
}

std::optional<HttpResponse> rowRefused(const std::optional<HistoryRow> &row, const ConfigKey &key)
{
    if (!row)
        return badParameter(u"Source must not be null"_s);
    if (row->key != key)
        return failure({403, 10001, u"access denied"_s, u"Please check dataId, group or namespaceId."_s});
    return std::nullopt;
}

void getHistory(const Services &with, const ApiCall &call)
{
    const auto key = configKey(with, call.parameters);
    if (!key)
        return call.send(key.error());
    const auto nid = number(call.parameters, u"nid"_s);
    if (!nid)
        return call.send(nid.error());
    const auto row = with.configs.history().find(*nid);
    if (const auto refused = rowRefused(row, *key))
        return call.send(*refused);
    call.send(success(historyDetailObject(with, *row)));
}

void getPrevious(const Services &with, const ApiCall &call)
{
    const auto key = configKey(with, call.parameters);
    if (!key)
        return call.send(key.error());
    // The id of the configuration, not of a history row.
    const auto id = number(call.parameters, u"id"_s);
    if (!id)
        return call.send(id.error());
    const auto row = with.configs.history().newestOf(*id);
    if (const auto refused = rowRefused(row, *key))
        return call.send(*refused);
    call.send(success(historyDetailObject(with, *row)));
}

void configsOfSpace(const Services &with, const ApiCall &call)
{
    const auto space = call.parameters.find(u"namespaceId"_s);
    if (!space)
        return call.send(requestParameterMissing(u"namespaceId"_s));
    if (auto refused = refuseBadIdentity(call.parameters))
        return call.send(*refused);
    QJsonArray items;
    const QList<ConfigPtr> configs = with.configs.all(with.generation.canonicalSpace(*space));
    for (const ConfigPtr &config : configs) {
        QJsonObject item = basicObject(with, *config, Md5::Hidden);
        item.insert(u"modifyTime"_s, config->modified);
        items.append(item);
    }
    call.send(success(items));
}

QJsonObject listenerInfo(const QString &type, const QJsonObject &status)
{
    return {{u"queryType"_s, type}, {u"listenersStatus"_s, status}};
}

void listenersOfConfig(const Services &with, const ApiCall &call)
{
    const auto key = configKey(with, call.parameters);
    if (!key)
        return call.send(key.error());
    QJsonObject status;
    const auto overGrpc = with.watch.listenersOf(*key);
    for (const auto &listener : overGrpc)
        status.insert(listener.address, QString::fromLatin1(listener.md5));
    const auto polling = with.polls.listenersOf(*key);
    for (const auto &listener : polling)
        status.insert(listener.address, QString::fromLatin1(listener.md5));
    call.send(success(listenerInfo(u"config"_s, status)));
}

void listenersOfAddress(const Services &with, const ApiCall &call)
{
    const auto address = call.parameters.find(u"ip"_s);
    if (!address || address->isEmpty())
        return call.send(requestParameterMissing(u"ip"_s));
    QJsonObject status;
    // Without a namespace the real server finds nothing.
    const auto space = call.parameters.find(u"namespaceId"_s);
    const auto keys = with.watch.listenedBy(*address);
    for (const auto &listened : keys) {
        if (!space || space->isEmpty() || with.generation.canonicalSpace(*space) != listened.key.space)
            continue;
        status.insert(core::nacos::wire::encodeGroupKey({listened.key.space, listened.key.group, listened.key.dataId}),
                      QString::fromLatin1(listened.md5));
    }
    call.send(success(listenerInfo(u"ip"_s, status)));
}

} // namespace

void addHistoryRoutes(HttpApi &api)
{
    const Services &with = api.services();
    if (!with.generation.hasV3())
        return;
    const auto add = [&](const char *path, void (*handler)(const Services &, const ApiCall &)) {
        api.add("GET", path, HttpApi::Right::LoggedIn, [&with, handler](const ApiCall &call) { handler(with, call); });
    };
    if (api.plane() == Plane::Main) {
        add("/v3/admin/cs/history/list", listHistory);
        add("/v3/admin/cs/history", getHistory);
        add("/v3/admin/cs/history/previous", getPrevious);
        add("/v3/admin/cs/history/configs", configsOfSpace);
        add("/v3/admin/cs/config/listener", listenersOfConfig);
        add("/v3/admin/cs/listener", listenersOfAddress);
    } else {
        add("/v3/console/cs/history/list", listHistory);
        add("/v3/console/cs/history", getHistory);
        add("/v3/console/cs/history/previous", getPrevious);
        add("/v3/console/cs/history/configs", configsOfSpace);
        add("/v3/console/cs/config/listener", listenersOfConfig);
        add("/v3/console/cs/config/listener/ip", listenersOfAddress);
    }
}

} // namespace core::sandbox::nacos
