// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/capacity.h"

#include "core/base/jsonreader.h"
#include "core/nacos/config/config.h"
#include "core/nacos/session/sessionprivate.h"

using namespace Qt::StringLiterals;

namespace core::nacos {

namespace {

/// Milliseconds or ISO text.
QDateTime timeOf(const QJsonValue &value)
{
    if (value.isDouble())
        return QDateTime::fromMSecsSinceEpoch(value.toInteger(), Qt::UTC);
    return QDateTime::fromString(value.toString(), Qt::ISODateWithMs);
}

Result<Capacity> decode(const QJsonValue &data, const CapacityOf &of)
{
    if (!data.isObject())
        return fail(Error::Kind::BadReply, u"expected a capacity"_s);
    const QJsonObject object = data.toObject();
    JsonReader in(object);
    Capacity capacity;
    capacity.group = of.group;
    if (of.group.isEmpty())
        capacity.namespaceId = of.namespaceId;
    capacity.quota = in.integer("quota"_L1, -1);
    capacity.usage = in.integer("usage"_L1, -1);
    capacity.maxSize = in.integer("maxSize"_L1, -1);
    capacity.maxAggregates = in.integer("maxAggrCount"_L1, -1);
    capacity.maxAggregateSize = in.integer("maxAggrSize"_L1, -1);
    capacity.createdAt = timeOf(object.value("gmtCreate"_L1));
    capacity.changedAt = timeOf(object.value("gmtModified"_L1));
    if (const auto error = in.error())
        return fail(*error);
    return capacity;
}

} // namespace

Reply<Capacity> *readCapacity(Session &session, const CapacityOf &of, QObject *parent)
{
    CapacityOf asked = of;
    asked.namespaceId = ConfigKey::canonicalNamespace(of.namespaceId);
    Session::Private &d = session.d();
    if (d.isLegacy() && asked.group.isEmpty() && asked.namespaceId == "public"_L1)
        return Reply<Capacity>::settled(
            fail(Error::Kind::Unsupported, u"a 2.x registry tells no capacity of the namespace public, only of groups and of others"_s),
            parent);
    auto *reply = new Reply<Capacity>(parent);
    auto *answer = d.routed<Capacity>(
        requestkind::ConfigCapacity,
        [asked](Plane plane) -> std::optional<HttpCall> {
            const bool v1 = plane == Plane::Legacy;
            if (plane == Plane::Console)
                return std::nullopt;
            HttpCall call;
            call.path = u"/cs/capacity"_s;
            if (!asked.group.isEmpty())
                call.query = {{v1 ? u"group"_s : u"groupName"_s, asked.group}};
            else
                call.query = {{v1 ? u"tenant"_s : u"namespaceId"_s, asked.namespaceId}};
            call.scope = {asked.group.isEmpty() ? asked.namespaceId : QString(), asked.group};
            return call;
        },
        [asked](Plane, HttpData &&data) { return decode(data.data, asked); }, reply);
    follow(reply, answer, [&d](const Result<Capacity> &capacity) -> Result<Capacity> {
        if (!capacity)
            return fail(d.inWords(capacity.error(), u"the capacity of namespaces and groups"_s));
        return capacity;
    });
    return reply;
}

} // namespace core::nacos
