// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/session/capabilities.h"

#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace core::nacos {

namespace {

constexpr int Format = 1;

constexpr std::array Generations{
    std::pair{Generation::V2, "2"_L1},     std::pair{Generation::V3_0, "3.0"_L1}, std::pair{Generation::V3_1, "3.1"_L1},
    std::pair{Generation::V3_2, "3.2"_L1}, std::pair{Generation::V3_3, "3.3"_L1},
};
constexpr std::array Planes{
    std::pair{Plane::Admin, "admin"_L1},
    std::pair{Plane::Console, "console"_L1},
    std::pair{Plane::Grpc, "gRPC"_L1},
    std::pair{Plane::Legacy, "legacy"_L1},
};

} // namespace

QString generationName(Generation generation)
{
    for (const auto &[value, name] : Generations) {
        if (value == generation)
            return name;
    }
    return u"unknown"_s;
}

QString planeName(Plane plane)
{
    for (const auto &[value, name] : Planes) {
        if (value == plane)
            return name;
    }
    return {};
}

QString Capabilities::summary() const
{
    QStringList ways;
    for (const Plane plane : {Plane::Admin, Plane::Console, Plane::Legacy, Plane::Grpc}) {
        if (has(plane))
            ways.append(planeName(plane));
    }
    QString text = sandbox ? u"practice registry"_s : version.startsWith("r-nacos"_L1) ? QString() : u"Nacos"_s;
    if (!version.isEmpty())
        text = u"%1 %2"_s.arg(text, version).trimmed();
    return ways.isEmpty() ? text : u"%1 (%2)"_s.arg(text, ways.join(u", "_s));
}

QJsonObject encode(const Capabilities &capabilities)
{
    QJsonObject planes, detours, abilities;
    for (auto it = capabilities.planes.cbegin(); it != capabilities.planes.cend(); ++it) {
        if (it->reachable)
            planes.insert(planeName(it.key()), it->url);
    }
    for (auto it = capabilities.detours.cbegin(); it != capabilities.detours.cend(); ++it)
        detours.insert(it.key(), planeName(it.value()));
    for (auto it = capabilities.abilities.cbegin(); it != capabilities.abilities.cend(); ++it)
        abilities.insert(it.key(), it.value());
    QJsonObject object{
        {u"format"_s, Format},
        {u"generation"_s, generationName(capabilities.generation)},
        {u"version"_s, capabilities.version},
        {u"planes"_s, planes},
        {u"maxContent"_s, capabilities.maxContent},
        {u"historyDays"_s, capabilities.historyDays},
        {u"standalone"_s, capabilities.standalone},
    };
    if (capabilities.sandbox)
        object.insert(u"sandbox"_s, true);
    if (capabilities.loginNeeded)
        object.insert(u"loginNeeded"_s, *capabilities.loginNeeded);
    if (!detours.isEmpty())
        object.insert(u"detours"_s, detours);
    if (!abilities.isEmpty())
        object.insert(u"abilities"_s, abilities);
    return object;
}

std::optional<Capabilities> decodeCapabilities(const QJsonObject &object)
{
    if (object.value("format"_L1).toInt() != Format)
        return std::nullopt;
    Capabilities capabilities;
    const QString generation = object.value("generation"_L1).toString();
    for (const auto &[value, name] : Generations) {
        if (name == generation)
            capabilities.generation = value;
    }
    const QJsonObject planes = object.value("planes"_L1).toObject(), detours = object.value("detours"_L1).toObject();
    for (const auto &[plane, name] : Planes) {
        const QString url = planes.value(name).toString();
        if (!url.isEmpty())
            capabilities.planes.insert(plane, PlaneState{true, url, std::nullopt, {}, -1});
        for (auto it = detours.constBegin(); it != detours.constEnd(); ++it) {
            if (it.value().toString() == name)
                capabilities.detours.insert(it.key(), plane);
        }
    }
    if (capabilities.generation == Generation::Unknown || capabilities.planes.isEmpty())
        return std::nullopt;
    capabilities.version = object.value("version"_L1).toString();
    capabilities.sandbox = object.value("sandbox"_L1).toBool();
    capabilities.standalone = object.value("standalone"_L1).toBool(true);
    capabilities.maxContent = object.value("maxContent"_L1).toInteger(capabilities.maxContent);
    capabilities.historyDays = object.value("historyDays"_L1).toInt(capabilities.historyDays);
    if (object.contains("loginNeeded"_L1))
        capabilities.loginNeeded = object.value("loginNeeded"_L1).toBool();
    const QJsonObject abilities = object.value("abilities"_L1).toObject();
    for (auto it = abilities.constBegin(); it != abilities.constEnd(); ++it)
        capabilities.abilities.insert(it.key(), it.value().toBool());
    return capabilities;
}

} // namespace core::nacos
