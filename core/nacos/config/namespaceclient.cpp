// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/namespaceclient.h"

#include "core/nacos/config/configdecode.h"
#include "core/nacos/session/sessionprivate.h"

using namespace Qt::StringLiterals;

namespace core::nacos {

namespace {

using List = QList<NamespaceInfo>;

/// 2.x names the public namespace with an empty ID.
QString idFor(Plane plane, const QString &canonical)
{
    return plane == Plane::Legacy && canonical == "public"_L1 ? QString() : canonical;
}

} // namespace

NamespaceClient::NamespaceClient(Session &session, QObject *parent)
    : QObject(parent)
    , m_session(session)
{
}

Reply<List> *NamespaceClient::list()
{
    return m_operations.track(m_session.d().routed<List>(
        requestkind::NamespaceRead,
        [](Plane plane) -> std::optional<HttpCall> {
            HttpCall call;
            call.path = plane == Plane::Legacy ? u"/console/namespaces"_s : u"/core/namespace/list"_s;
            return call;
        },
        [](Plane, HttpData &&data) { return decodeNamespaces(data.data); }, this));
}

Reply<std::optional<NamespaceInfo>> *NamespaceClient::get(const QString &namespaceId)
{
    using Answer = std::optional<NamespaceInfo>;
    const QString id = ConfigKey::canonicalNamespace(namespaceId);
    auto *reply = m_operations.track(new Reply<Answer>(this));
    auto *asked = m_session.d().routed<Answer>(
        requestkind::NamespaceRead,
        [id](Plane plane) -> std::optional<HttpCall> {
            HttpCall call;
            call.path = plane == Plane::Legacy ? u"/console/namespaces"_s : u"/core/namespace"_s;
            if (plane == Plane::Legacy)
                call.query.append({u"show"_s, u"all"_s});
            call.query.append({u"namespaceId"_s, idFor(plane, id)});
            if (plane == Plane::Legacy)
                call.envelope = Envelope::Flat;
            return call;
        },
        [](Plane, HttpData &&data) -> Result<Answer> {
            const QJsonObject object = data.data.toObject();
            if (!data.data.isObject() && !data.data.isNull() && !data.data.isUndefined())
                return fail(Error::Kind::BadReply, u"expected a namespace"_s);
            if (object.isEmpty())
                return Answer();
            const Result<NamespaceInfo> info = decodeNamespace(object);
            if (!info)
                return fail(info.error());
            return Answer(*info);
        },
        reply);
    follow(reply, asked, [](const Result<Answer> &answer) -> Result<Answer> {
        if (!answer && answer.error().kind == Error::Kind::NotFound)
            return Answer();
        return answer;
    });
    return reply;
}

} // namespace core::nacos
