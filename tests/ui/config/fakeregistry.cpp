// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/config/fakeregistry.h"

#include "core/profiles/profilestore.h"
#include "tests/e2e/support/console.h"
#include "tests/support/await.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace tests {

namespace {

const QString Space = u"public"_s, Group = u"G"_s, Detail = u"/nacos/v3/admin/cs/config"_s;

HttpAnswer result(const QJsonValue &data)
{
    return HttpAnswer::json(
        QJsonDocument(QJsonObject{{u"code"_s, 0}, {u"message"_s, u"success"_s}, {u"data"_s, data}}).toJson(QJsonDocument::Compact));
}

QString md5(const QByteArray &content)
{
    return QString::fromLatin1(QCryptographicHash::hash(content, QCryptographicHash::Md5).toHex());
}

} // namespace

FakeRegistry::FakeRegistry()
{
    const QJsonObject state{{u"version"_s, u"3.1.0"_s},
                            {u"startup_mode"_s, u"standalone"_s},
                            {u"maxContent"_s, u"10485760"_s},
                            {u"config_retention_days"_s, u"30"_s}};
    http.on("GET", u"/nacos/v3/admin/core/state"_s, result(state));
    http.on("GET", u"/nacos/v3/admin/core/namespace/list"_s,
            result(QJsonArray{QJsonObject{{u"namespace"_s, Space}, {u"namespaceShowName"_s, Space}, {u"configCount"_s, 1}}}));
    http.on("GET", Detail, [this](const HttpSeen &seen) { return reading ? *reading : detail(seen); });
    http.on("GET", Detail + u"/list"_s, [this](const HttpSeen &) { return listing ? *listing : list(); });
    http.on("GET", Detail + u"/listener"_s, [this](const HttpSeen &) {
        QJsonObject status;
        for (auto it = listeners.cbegin(); it != listeners.cend(); ++it)
            status.insert(it.key(), QString::fromLatin1(it.value()));
        return result(QJsonObject{{u"queryType"_s, u"config"_s}, {u"listenersStatus"_s, status}});
    });
    QJsonObject flat = state;
    flat.insert(u"auth_admin_request"_s, u"false"_s);
    console.on("GET", u"/v3/console/server/state"_s, HttpAnswer::json(QJsonDocument(flat).toJson()));
}

FakeRegistry::~FakeRegistry() = default;

void FakeRegistry::put(const QString &dataId, const QByteArray &content)
{
    if (!m_names.contains(dataId))
        m_names.append(dataId);
    grpc.put(Space, Group, dataId, content);
}

void FakeRegistry::remove(const QString &dataId)
{
    m_names.removeOne(dataId);
    grpc.remove(Space, Group, dataId);
}

QByteArray FakeRegistry::content(const QString &dataId) const
{
    return grpc.content(Space, Group, dataId);
}

core::nacos::ConfigKey FakeRegistry::key(const QString &dataId) const
{
    return {Space, Group, dataId};
}

qsizetype FakeRegistry::reads() const
{
    return http.seen(Detail).size();
}

QString FakeRegistry::connectTo(Console &window)
{
    core::profiles::Profile profile;
    profile.name = u"Fake"_s;
    profile.servers = QStringList{http.url().toString()};
    profile.consoleUrl = console.url().toString();
    profile.grpcPort = grpc.port();
    profile.proxy.kind = core::profiles::Proxy::Kind::None;
    const auto saved = await(window.services().profiles.add(profile));
    return saved && *saved ? (*saved)->slug : QString();
}

HttpAnswer FakeRegistry::refused()
{
    return HttpAnswer::json(R"({"code":403,"message":"authorization failed","data":null})", 403);
}

HttpAnswer FakeRegistry::broken()
{
    return HttpAnswer::json(R"({"code":30000,"message":"out of order","data":null})", 500);
}

HttpAnswer FakeRegistry::detail(const HttpSeen &seen) const
{
    const QString dataId = seen.query(u"dataId"_s);
    const QByteArray content = lagging.value(dataId, this->content(dataId));
    if (content.isNull())
        return HttpAnswer::json(R"({"code":20004,"message":"config not found","data":null})", 404);
    const auto has = attributes.value(dataId);
    return result(QJsonObject{{u"id"_s, u"1"_s},
                              {u"dataId"_s, dataId},
                              {u"groupName"_s, Group},
                              {u"namespaceId"_s, Space},
                              {u"content"_s, QString::fromUtf8(content)},
                              {u"md5"_s, md5(content)},
                              {u"type"_s, has.type.isEmpty() ? u"text"_s : has.type},
                              {u"appName"_s, has.app},
                              {u"desc"_s, has.description},
                              {u"configTags"_s, has.tags.join(u',')},
                              {u"createTime"_s, qint64(1'700'000'000'000)},
                              {u"modifyTime"_s, qint64(1'700'000'000'000)}});
}

HttpAnswer FakeRegistry::list() const
{
    QJsonArray items;
    for (const QString &name : m_names) {
        const QByteArray there = content(name);
        if (!there.isNull())
            items.append(QJsonObject{{u"id"_s, name},
                                     {u"dataId"_s, name},
                                     {u"groupName"_s, Group},
                                     {u"namespaceId"_s, Space},
                                     {u"md5"_s, md5(there)},
                                     {u"type"_s, u"text"_s}});
    }
    return result(QJsonObject{{u"totalCount"_s, items.size()}, {u"pageNumber"_s, 1}, {u"pagesAvailable"_s, 1}, {u"pageItems"_s, items}});
}

} // namespace tests
