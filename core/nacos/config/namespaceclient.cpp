// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/namespaceclient.h"

#include "core/base/transient.h"
#include "core/nacos/config/configdecode.h"
#include "core/nacos/session/sessionprivate.h"

#include <algorithm>

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

bool isMissing(const QList<NamespaceInfo> &all, const QString &id)
{
    const QString canonical = ConfigKey::canonicalNamespace(id);
    const auto told = [](const NamespaceInfo &info) { return !info.typed; };
    return std::any_of(all.cbegin(), all.cend(), told) &&
        std::none_of(all.cbegin(), all.cend(), [&](const NamespaceInfo &info) { return told(info) && info.id == canonical; });
}

NamespaceClient::NamespaceClient(Session &session, QObject *parent)
    : QObject(parent)
    , m_session(session)
{
}

Reply<List> *NamespaceClient::list()
{
    auto *reply = m_operations.track(new Reply<List>(this));
    auto *asked = m_session.d().routed<List>(
        requestkind::NamespaceRead,
        [](Plane plane) -> std::optional<HttpCall> {
            HttpCall call;
            call.path = plane == Plane::Legacy ? u"/console/namespaces"_s : u"/core/namespace/list"_s;
            return call;
        },
        [](Plane, HttpData &&data) { return decodeNamespaces(data.data); }, reply);
    follow(reply, asked, [this](const Result<List> &answer) -> Result<List> {
        if (!answer || !m_session.d().isRnacos())
            return answer;
        List uncounted = *answer; // it says 0 of each
        for (NamespaceInfo &info : uncounted)
            info.configCount = -1;
        return uncounted;
    });
    return reply;
}

Reply<std::optional<NamespaceInfo>> *NamespaceClient::get(const QString &namespaceId)
{
    const QString id = ConfigKey::canonicalNamespace(namespaceId);
    auto *reply = m_operations.track(new Reply<Found>(this));
    if (m_session.capabilities().has(Plane::Legacy)) {
        getFromList(reply, id);
        return reply;
    }
    follow(reply, askOne(id, reply), [](const Result<Found> &answer) -> Result<Found> {
        if (!answer && answer.error().kind == Error::Kind::NotFound)
            return Found();
        return answer;
    });
    return reply;
}

Reply<std::optional<NamespaceInfo>> *NamespaceClient::askOne(const QString &id, QObject *owner)
{
    return m_session.d().routed<Found>(
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
        [](Plane, HttpData &&data) -> Result<Found> {
            const QJsonObject object = data.data.toObject();
            if (!data.data.isObject() && !data.data.isNull() && !data.data.isUndefined())
                return fail(Error::Kind::BadReply, u"expected a namespace"_s);
            if (object.isEmpty())
                return Found();
            const Result<NamespaceInfo> info = decodeNamespace(object);
            if (!info)
                return fail(info.error());
            return Found(*info);
        },
        owner);
}

/// 2.x answers the question for one that does not exist like any failure (500 and a sentence), so its list says whether it does. Before
/// 2.2 the list has no descriptions, and r-nacos has none at all and answers every question with the list.
void NamespaceClient::getFromList(const QPointer<Reply<Found>> &reply, const QString &id)
{
    list()->then(reply, [this, reply, id](const Result<List> &all) {
        if (!all)
            return reply->settle(fail(all.error()));
        const auto listed = std::find_if(all->begin(), all->end(), [&id](const NamespaceInfo &info) { return info.id == id; });
        if (listed == all->end())
            return reply->settle(Found());
        if (!listed->description.isEmpty())
            return reply->settle(Found(*listed));
        askOne(id, reply)->then(reply, [reply, info = *listed](const Result<Found> &one) {
            if (!one && isOutOfReach(one.error()))
                return reply->settle(fail(one.error()));
            reply->settle(one && *one && (*one)->id == info.id ? *one : Found(info));
        });
    });
}

} // namespace core::nacos
