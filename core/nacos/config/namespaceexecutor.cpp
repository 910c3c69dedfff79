// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/namespaceexecutor.h"

#include "core/nacos/config/configplans.h"
#include "core/nacos/registry.h"
#include "core/nacos/session/envelope.h"
#include "core/nacos/session/sessionprivate.h"

using namespace Qt::StringLiterals;

namespace core::nacos {

namespace {

const QString Inside = u"configs"_s;

Result<QString> idOf(const Address &target)
{
    if (target.kind() != "namespace"_L1 || target.path().size() != 1)
        return fail(Error::Kind::Usage, u"not the address of a namespace: "_s + target.toString());
    return target.path().first();
}

Error notOpen(const Address &target)
{
    return {Error::Kind::Network, u"the connection %1 is not open"_s.arg(target.profile()), 0, true};
}

HttpCall write(Plane plane, const guard::Change &change, const QString &id)
{
    const bool v1 = plane == Plane::Legacy;
    HttpCall call;
    call.path = v1 ? u"/console/namespaces"_s : u"/core/namespace"_s;
    call.envelope = v1 ? Envelope::Flat : Envelope::Result;
    if (!change.after) {
        call.method = "DELETE";
        call.query = {{u"namespaceId"_s, id}};
        return call;
    }
    const QString name = change.after->attributes.value("name"_L1).toString();
    const QString description = change.after->attributes.value("description"_L1).toString();
    net::FormFields fields;
    if (change.verb == guard::Verb::Create) {
        call.method = "POST";
        fields = {{plane == Plane::Admin ? u"namespaceId"_s : u"customNamespaceId"_s, id}, {u"namespaceName"_s, name}};
    } else {
        call.method = "PUT";
        fields = {{v1 ? u"namespace"_s : u"namespaceId"_s, id}, {v1 ? u"namespaceShowName"_s : u"namespaceName"_s, name}};
    }
    fields.append({u"namespaceDesc"_s, description});
    // Servers read forms of POST only.
    if (call.method == "POST")
        call.form = fields;
    else
        call.query = fields;
    return call;
}

} // namespace

NamespaceExecutor::NamespaceExecutor(Registries &registries)
    : m_registries(registries)
{
}

bool NamespaceExecutor::handles(QStringView kind) const
{
    return kind == "namespace"_L1;
}

Reply<std::optional<guard::Value>> *NamespaceExecutor::read(const Address &target)
{
    using Answer = std::optional<guard::Value>;
    const Result<QString> id = idOf(target);
    Registry *registry = m_registries.find(target.profile());
    if (!id || !registry)
        return Reply<Answer>::settled(fail(id ? notOpen(target) : id.error()));
    auto *reply = registry->session().d().operations.track(new Reply<Answer>(&registry->session()));
    follow(reply, registry->namespaces().get(*id), [](const Result<std::optional<NamespaceInfo>> &info) -> Result<Answer> {
        if (!info)
            return fail(info.error());
        return *info ? Answer(valueOf(**info)) : Answer();
    });
    return reply;
}

Reply<Done> *NamespaceExecutor::apply(const guard::Change &change)
{
    const Result<QString> id = idOf(change.target);
    Registry *registry = m_registries.find(change.target.profile());
    if (!id || !registry)
        return Reply<Done>::settled(fail(id ? notOpen(change.target) : id.error()));
    Session::Private &session = registry->session().d();
    const auto send = [&session, change, id = *id] {
        return session.routed<Done>(
            requestkind::NamespaceWrite, [change, id](Plane plane) -> std::optional<HttpCall> { return write(plane, change, id); },
            [](Plane, HttpData &&data) { return wasDone(data.data); }, session.q);
    };
    const QJsonValue inside = change.before && !change.after ? change.before->attributes.value(Inside) : QJsonValue();
    if (!inside.isDouble())
        return send();
    auto *reply = session.operations.track(new Reply<Done>(session.q));
    registry->namespaces().get(*id)->then(
        reply, [reply, send, id = *id, planned = inside.toInt()](const Result<std::optional<NamespaceInfo>> &info) {
            if (!info)
                return reply->settle(fail(info.error()));
            if (*info && (*info)->configCount > planned)
                return reply->settle(
                    fail(Error::Kind::Conflict,
                         u"%1 has got configurations meanwhile: there are %2, and %3 were to stay in it; no list would show them any more"_s
                             .arg(id)
                             .arg((*info)->configCount)
                             .arg(planned)));
            follow(reply, send(), [](const Result<Done> &done) { return done; });
        });
    return reply;
}

bool NamespaceExecutor::isSame(const std::optional<guard::Value> &expected, const std::optional<guard::Value> &live) const
{
    const auto itself = [](std::optional<guard::Value> value) {
        if (value)
            value->attributes.remove(Inside);
        return value;
    };
    return itself(expected) == itself(live);
}

QString NamespaceExecutor::typedText(const guard::Change &change) const
{
    return change.verb == guard::Verb::Delete ? change.target.path().value(0) : QString();
}

} // namespace core::nacos
