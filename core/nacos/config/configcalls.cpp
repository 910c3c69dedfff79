// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/configcalls.h"

using namespace Qt::StringLiterals;

namespace core::nacos::calls {

namespace {

bool isV1(Plane plane)
{
    return plane == Plane::Legacy;
}

HttpCall get(const QString &path, const net::FormFields &query, Envelope envelope, const SignScope &scope)
{
    HttpCall call;
    call.path = path;
    call.query = query;
    call.envelope = envelope;
    call.scope = scope;
    return call;
}

net::FormFields paging(Page page)
{
    return {{u"pageNo"_s, QString::number(page.number)}, {u"pageSize"_s, QString::number(page.size)}};
}

} // namespace

net::FormFields identity(Plane plane, const Target &target)
{
    if (isV1(plane))
        return {{u"dataId"_s, target.key.dataId}, {u"group"_s, target.key.group}, {u"tenant"_s, target.tenant}};
    return {{u"namespaceId"_s, target.tenant}, {u"groupName"_s, target.key.group}, {u"dataId"_s, target.key.dataId}};
}

HttpCall list(Plane plane, const ConfigQuery &query, const QString &tenant, Page page)
{
    const bool v1 = isV1(plane);
    net::FormFields fields{{u"search"_s, u"blur"_s}};
    fields += identity(plane, {{{}, query.group, query.dataId}, tenant});
    fields.append({u"appName"_s, query.app});
    fields.append({v1 ? u"config_tags"_s : u"configTags"_s, query.tags.join(u',')});
    if (!query.type.isEmpty())
        fields.append({v1 ? u"types"_s : u"type"_s, query.type});
    if (!query.content.isEmpty()) {
        // The server takes it as a pattern; without stars it would have to be the whole content.
        fields.append({v1 ? u"config_detail"_s : u"configDetail"_s, u'*' + query.content + u'*'});
    }
    fields += paging(page);
    QString path = u"/cs/config/list"_s;
    if (v1)
        path = u"/cs/configs"_s;
    else if (plane == Plane::Console && !query.content.isEmpty())
        path = u"/cs/config/searchDetail"_s;
    return get(path, fields, v1 ? Envelope::Flat : Envelope::Result, {tenant, query.group});
}

HttpCall detail(Plane plane, const Target &target)
{
    net::FormFields fields = identity(plane, target);
    if (!isV1(plane))
        return get(u"/cs/config"_s, fields, Envelope::Result, {target.tenant, target.key.group});
    fields.append({u"show"_s, u"all"_s});
    // An absent one is an empty answer.
    return get(u"/cs/configs"_s, fields, Envelope::Raw, {target.tenant, target.key.group});
}

HttpCall beta(Plane plane, const Target &target)
{
    net::FormFields fields = identity(plane, target);
    if (isV1(plane))
        fields.append({u"beta"_s, u"true"_s});
    return get(isV1(plane) ? u"/cs/configs"_s : u"/cs/config/beta"_s, fields, Envelope::Result, {target.tenant, target.key.group});
}

HttpCall historyList(Plane plane, const Target &target, Page page)
{
    net::FormFields fields = identity(plane, target) + paging(page);
    if (!isV1(plane))
        return get(u"/cs/history/list"_s, fields, Envelope::Result, {target.tenant, target.key.group});
    fields.prepend({u"search"_s, u"accurate"_s});
    return get(u"/cs/history"_s, fields, Envelope::Flat, {target.tenant, target.key.group});
}

HttpCall historyRow(Plane plane, const Target &target, const QString &nid)
{
    net::FormFields fields = identity(plane, target);
    fields.append({u"nid"_s, nid});
    return get(u"/cs/history"_s, fields, isV1(plane) ? Envelope::Flat : Envelope::Result, {target.tenant, target.key.group});
}

HttpCall listeners(Plane plane, const Target &target)
{
    net::FormFields fields = identity(plane, target);
    if (isV1(plane))
        return get(u"/cs/configs/listener"_s, fields, Envelope::Flat, {target.tenant, target.key.group});
    fields.append({u"aggregation"_s, u"true"_s});
    return get(u"/cs/config/listener"_s, fields, Envelope::Result, {target.tenant, target.key.group});
}

HttpCall listenedBy(Plane plane, const QString &ip, const QString &tenant)
{
    net::FormFields fields{{u"ip"_s, ip}, {u"all"_s, u"true"_s}, {isV1(plane) ? u"tenant"_s : u"namespaceId"_s, tenant}};
    if (isV1(plane))
        return get(u"/cs/listener"_s, fields, Envelope::Flat, {tenant, {}});
    fields.append({u"aggregation"_s, u"true"_s});
    return get(plane == Plane::Console ? u"/cs/config/listener/ip"_s : u"/cs/listener"_s, fields, Envelope::Result, {tenant, {}});
}

} // namespace core::nacos::calls
