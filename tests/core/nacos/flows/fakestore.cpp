// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/nacos/flows/fakestore.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace core;
using namespace core::nacos;

namespace tests {

namespace {

QString md5(const QByteArray &content)
{
    return QString::fromLatin1(QCryptographicHash::hash(content, QCryptographicHash::Md5).toHex());
}

HttpAnswer notFound()
{
    return NacosFixture::result(QJsonValue::Null, 20004, 404);
}

} // namespace

FakeStore::FakeStore()
    : home(*store::Home::open(folder.path()))
    , ledger(std::make_unique<store::Ledger>(*home, u"tests"_s))
    , unlocks(std::make_unique<guard::Unlocks>(*home, u"tests"_s))
{
    f.http.on("GET", u"/nacos/v3/admin/cs/config/list"_s, [this](const HttpSeen &seen) { return list(seen); });
    f.http.on("GET", u"/nacos/v3/admin/cs/config"_s, [this](const HttpSeen &seen) { return get(seen); });
    f.http.on("POST", u"/nacos/v3/admin/cs/config"_s, [this](const HttpSeen &seen) { return publish(seen); });
    f.http.on("DELETE", u"/nacos/v3/admin/cs/config"_s, [this](const HttpSeen &seen) {
        const Name name = nameOf(seen, &HttpSeen::query);
        history.append({'D', name, items.take(name)});
        return NacosFixture::result(true);
    });
    f.http.on("GET", u"/nacos/v3/admin/cs/history/list"_s, [this](const HttpSeen &seen) { return listHistory(seen); });
    f.http.on("GET", u"/nacos/v3/admin/cs/history"_s, [this](const HttpSeen &seen) { return getRow(seen); });
    f.http.on("GET", u"/nacos/v3/admin/core/namespace/list"_s, [this](const HttpSeen &) {
        QJsonArray all;
        for (auto it = namespaces.constBegin(); it != namespaces.constEnd(); ++it)
            all.append(QJsonObject{{u"namespace"_s, it.key()}, {u"namespaceShowName"_s, it.value()}});
        return NacosFixture::result(all);
    });
    f.http.on("GET", u"/nacos/v3/admin/core/namespace"_s, [this](const HttpSeen &seen) {
        const QString id = seen.query(u"namespaceId"_s);
        if (!namespaces.contains(id))
            return NacosFixture::result(QJsonValue::Null, 22001, 404);
        return NacosFixture::result(QJsonObject{{u"namespace"_s, id},
                                                {u"namespaceShowName"_s, namespaces.value(id)},
                                                {u"namespaceDesc"_s, u"d"_s},
                                                {u"configCount"_s, countIn(id)}});
    });
    f.http.on("POST", u"/nacos/v3/admin/core/namespace"_s, [this](const HttpSeen &seen) {
        namespaces.insert(seen.form(u"namespaceId"_s), seen.form(u"namespaceName"_s));
        return NacosFixture::result(true);
    });
    f.http.on("DELETE", u"/nacos/v3/admin/core/namespace"_s, [this](const HttpSeen &seen) {
        namespaces.remove(seen.query(u"namespaceId"_s));
        return NacosFixture::result(true);
    });
}

Registry &FakeStore::open()
{
    registries =
        std::make_unique<Registries>(Registry::Collaborators{f.collaborators(), {nullptr, nullptr, [this] { return ledger.get(); }}});
    guard = std::make_unique<guard::Guard>(guard::Guard::Collaborators{*ledger, *this, *unlocks});
    registries->registerExecutors(*guard);
    Registry *registry = registries->open(f.profile, Session::Use::OneShot);
    const auto opened = await(registry->session().open());
    if (!opened || !*opened)
        qFatal("%s", qPrintable(errorOf(opened)));
    return *registry;
}

Streamed<guard::ChangeOutcome> FakeStore::submit(const guard::Plan &plan)
{
    const guard::Review review = guard->review(plan);
    return await(guard->submit(plan, {plan.hash(), review.typedText, u"because"_s}));
}

FakeStore::Name FakeStore::nameOf(const HttpSeen &seen, QString (HttpSeen::*value)(const QString &) const)
{
    return {(seen.*value)(u"namespaceId"_s), (seen.*value)(u"groupName"_s), (seen.*value)(u"dataId"_s)};
}

QJsonObject FakeStore::row(const Name &name, const Item &item)
{
    return {{u"id"_s, u"1"_s},
            {u"namespaceId"_s, std::get<0>(name)},
            {u"groupName"_s, std::get<1>(name)},
            {u"dataId"_s, std::get<2>(name)},
            {u"md5"_s, md5(item.content)},
            {u"type"_s, item.type}};
}

int FakeStore::countIn(const QString &space) const
{
    return int(std::count_if(items.keyBegin(), items.keyEnd(), [&](const Name &name) { return std::get<0>(name) == space; }));
}

HttpAnswer FakeStore::list(const HttpSeen &seen) const
{
    // Like the real one it may answer too much; the client sorts out.
    QJsonArray page;
    for (auto it = items.constBegin(); it != items.constEnd(); ++it) {
        if (std::get<0>(it.key()) == seen.query(u"namespaceId"_s))
            page.append(row(it.key(), *it));
    }
    return NacosFixture::result(
        QJsonObject{{u"totalCount"_s, page.size()}, {u"pageNumber"_s, 1}, {u"pagesAvailable"_s, 1}, {u"pageItems"_s, page}});
}

HttpAnswer FakeStore::get(const HttpSeen &seen) const
{
    const Name name = nameOf(seen, &HttpSeen::query);
    if (trouble.contains(name))
        return trouble.value(name);
    const auto it = items.constFind(name);
    if (it == items.constEnd())
        return notFound();
    QJsonObject detail = row(name, *it);
    detail.insert(u"content"_s, QString::fromUtf8(it->content));
    detail.insert(u"desc"_s, it->description);
    detail.insert(u"configTags"_s, it->tags);
    detail.insert(u"encryptedDataKey"_s, it->dataKey);
    return NacosFixture::result(detail);
}

HttpAnswer FakeStore::listHistory(const HttpSeen &seen) const
{
    const Name name = nameOf(seen, &HttpSeen::query);
    QJsonArray rows;
    for (qsizetype i = history.size() - 1; i >= 0; --i) {
        if (history.at(i).name != name)
            continue;
        QJsonObject object = row(name, history.at(i).item);
        object.insert(u"id"_s, QString::number(i));
        object.insert(u"md5"_s, QJsonValue::Null);
        object.insert(u"opType"_s, QString(QLatin1Char(history.at(i).operation)));
        object.insert(u"publishType"_s, history.at(i).gray ? u"gray"_s : u"formal"_s);
        rows.append(object);
    }
    return NacosFixture::result(QJsonObject{{u"totalCount"_s, rows.size()}, {u"pageItems"_s, rows}});
}

HttpAnswer FakeStore::getRow(const HttpSeen &seen) const
{
    const Row &one = history.at(seen.query(u"nid"_s).toInt());
    QJsonObject object = row(one.name, one.item);
    object.insert(u"id"_s, seen.query(u"nid"_s));
    object.insert(u"opType"_s, QString(QLatin1Char(one.operation)));
    object.insert(u"publishType"_s, one.gray ? u"gray"_s : u"formal"_s);
    object.insert(u"content"_s, QString::fromUtf8(one.item.content));
    const QJsonObject extra{
        {u"type"_s, one.item.type}, {u"c_use"_s, one.item.use}, {u"effect"_s, one.item.effect}, {u"c_schema"_s, one.item.schema}};
    object.insert(u"extInfo"_s, QString::fromUtf8(QJsonDocument(extra).toJson(QJsonDocument::Compact)));
    return NacosFixture::result(object);
}

HttpAnswer FakeStore::publish(const HttpSeen &seen)
{
    if (beforePublish)
        beforePublish();
    const Name name = nameOf(seen, &HttpSeen::form);
    const QByteArray cas = seen.header("casMd5");
    if (!cas.isEmpty() && QString::fromLatin1(cas) != md5(items.value(name).content))
        return NacosFixture::result(QJsonValue::Null, 20005, 500);
    ++publishes;
    put(name,
        {seen.form(u"content"_s).toUtf8(), seen.form(u"type"_s), seen.form(u"configTags"_s), seen.form(u"desc"_s),
         seen.form(u"encryptedDataKey"_s), seen.form(u"use"_s), seen.form(u"effect"_s), seen.form(u"schema"_s)});
    return NacosFixture::result(true);
}

} // namespace tests
