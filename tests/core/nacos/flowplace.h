// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nacos/config/configdecode.h"
#include "tests/core/nacos/fixture.h"

namespace tests {

/// A registry with a home of its own, as programs have it.
struct Place {
    TempHome folder;
    NacosFixture f;
    std::unique_ptr<core::store::Home> home;
    std::unique_ptr<core::store::Mirror> mirror;
    std::unique_ptr<core::store::Overrides> overrides;
    std::unique_ptr<core::nacos::Registry> registry;

    bool open(core::nacos::Session::Use use = core::nacos::Session::Use::Interactive)
    {
        home = std::move(*core::store::Home::open(folder.path()));
        mirror = std::make_unique<core::store::Mirror>(*home);
        overrides = std::make_unique<core::store::Overrides>(*home);
        registry = std::make_unique<core::nacos::Registry>(
            f.profile, core::nacos::Registry::Collaborators{f.collaborators(), {mirror.get(), overrides.get()}}, use);
        const auto opened = await(registry->session().open());
        return opened && *opened;
    }
    core::nacos::ConfigClient &configs() { return registry->configs(); }
    core::store::MirrorScope scope() const { return {registry->mirrorScope()}; }
    std::optional<core::store::MirrorItem> remembered(const core::nacos::ConfigKey &key)
    {
        const auto item = await(mirror->item(scope(), key.address(QStringLiteral("test"))->local()));
        return item && *item ? **item : std::nullopt;
    }
    std::optional<core::store::MirrorState> content(const core::nacos::ConfigKey &key)
    {
        const auto state = await(mirror->content(scope(), key.address(QStringLiteral("test"))->local()));
        return state && *state ? **state : std::nullopt;
    }
};

inline QJsonObject detailOf(const QString &dataId, const QString &content)
{
    return {{QStringLiteral("dataId"), dataId},
            {QStringLiteral("groupName"), QStringLiteral("G")},
            {QStringLiteral("content"), content},
            {QStringLiteral("type"), QStringLiteral("text")},
            {QStringLiteral("desc"), QStringLiteral("text")},
            {QStringLiteral("configTags"), QStringLiteral("a,b")}};
}

/// Serves configurations `c0` … with their own names as contents.
inline void serveConfigs(NacosFixture &f, int count)
{
    f.http.on("GET", QStringLiteral("/nacos/v3/admin/cs/config/list"), [count](const HttpSeen &seen) {
        const int page = seen.query(QStringLiteral("pageNo")).toInt(), size = seen.query(QStringLiteral("pageSize")).toInt();
        QJsonArray items;
        for (int i = (page - 1) * size; i < std::min(count, page * size); ++i) {
            const QString name = QStringLiteral("c%1").arg(i);
            items.append(QJsonObject{{QStringLiteral("dataId"), name},
                                     {QStringLiteral("groupName"), QStringLiteral("G")},
                                     {QStringLiteral("md5"), QString::fromLatin1(core::nacos::md5Of(name.toUtf8()))},
                                     {QStringLiteral("type"), QStringLiteral("text")}});
        }
        return NacosFixture::result(QJsonObject{{QStringLiteral("totalCount"), count}, {QStringLiteral("pageItems"), items}});
    });
    f.http.on("GET", QStringLiteral("/nacos/v3/admin/cs/config"), [](const HttpSeen &seen) {
        const QString name = seen.query(QStringLiteral("dataId"));
        return NacosFixture::result(detailOf(name, name));
    });
}

} // namespace tests
