// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/cloneflow.h"

#include "core/nacos/config/configplans.h"
#include "core/nacos/registry.h"

#include <algorithm>
#include <QHash>
#include <tuple>

using namespace Qt::StringLiterals;

namespace core::nacos {

namespace {

class Cloning final : public QObject {
public:
    Cloning(Registry &registry, const CloneRequest &request, Reply<ClonePlan> *reply)
        : QObject(reply)
        , m_registry(&registry)
        , m_request(request)
        , m_reply(reply)
    {
        connect(&registry, &QObject::destroyed, this,
                [this] { m_reply->settle(fail(Error::Kind::Cancelled, u"the connection was closed"_s)); });
    }
    void start()
    {
        lookUp(m_request.from, [this](const std::optional<NamespaceInfo> &from) {
            if (!from)
                return m_reply->settle(fail(Error::Kind::NotFound, u"there is no namespace "_s + m_request.from));
            lookUp(m_request.to, [this, from = *from](const std::optional<NamespaceInfo> &to) {
                if (to)
                    return read({m_request.to}, m_there, [this] { readSource(); });
                createNamespace(from);
            });
        });
    }

private:
    using Details = QHash<ConfigKey, ConfigDetail>;

    void lookUp(const QString &id, std::function<void(const std::optional<NamespaceInfo> &)> then)
    {
        m_registry->namespaces().get(id)->then(this, [this, id, then](const Result<std::optional<NamespaceInfo>> &info) {
            if (m_reply->isSettled())
                return;
            if (info)
                return then(*info);
            if (info.error().kind != Error::Kind::Forbidden)
                return m_reply->settle(fail(info.error()));
            // Who may not look namespaces up may still read what is in them; that it is there is taken for granted.
            m_plan.plan.notes.append(u"the account may not look up namespace %1: it is taken to exist"_s.arg(id));
            NamespaceInfo assumed;
            assumed.id = id;
            then(assumed);
        });
    }
    void createNamespace(const NamespaceInfo &from)
    {
        NamespaceInfo wanted;
        wanted.id = m_request.to;
        wanted.name = m_request.name.isEmpty() ? m_request.to : m_request.name;
        wanted.description = from.description;
        auto change = namespaceChange(m_registry->slug(), std::nullopt, wanted);
        if (!change)
            return m_reply->settle(fail(change.error()));
        m_plan.plan.changes.push_back(std::move(*change));
        m_plan.createsNamespace = true;
        readSource();
    }
    void read(const QString &id, Details &into, std::function<void()> then)
    {
        ConfigQuery query;
        query.namespaceId = id;
        auto *reading = readConfigs(*m_registry, {query}, this);
        connect(reading, &Operation::progress, m_reply, &Operation::progress);
        reading->each(this, [this, &into](const QList<ConfigRead> &batch) {
            if (m_reply->isSettled())
                return;
            for (const ConfigRead &one : batch) {
                if (one.detail)
                    into.insert(one.key, *one.detail);
                else
                    m_plan.leftOut.append({one.key, one.detail.error()});
            }
        });
        reading->then(this, [this, then](const Result<Done> &end) {
            if (m_reply->isSettled())
                return;
            end ? then() : m_reply->settle(fail(end.error()));
        });
    }
    void readSource()
    {
        read(m_request.from, m_source, [this] { build(); });
    }
    void build()
    {
        m_plan.looked = m_source.size();
        QList<ConfigKey> keys = m_source.keys();
        std::sort(keys.begin(), keys.end(),
                  [](const ConfigKey &a, const ConfigKey &b) { return std::tie(a.group, a.dataId) < std::tie(b.group, b.dataId); });
        QList<ConfigDetail> live;
        for (const ConfigKey &key : std::as_const(keys))
            live.append(m_source.value(key));
        if (!m_registry)
            return;
        m_registry->configs().untold(live, Look::LedgerAndHistory)->then(this, [this, live](const Result<QList<Untold>> &known) {
            if (m_reply->isSettled())
                return;
            if (!known)
                return m_reply->settle(fail(known.error()));
            for (qsizetype i = 0; i < live.size(); ++i)
                add(live.at(i), known->at(i));
            end();
        });
    }
    void end()
    {
        if (m_unsure > 0)
            m_plan.plan.notes.append(u"%1 of the copies begin without use, effect and schema: the server does not tell them, and the "
                                     "originals had some before somebody else changed them"_s.arg(m_unsure));
        m_plan.plan.title = u"Clone namespace %1 to %2"_s.arg(m_request.from, m_request.to);
        m_reply->settle(m_plan);
    }
    void add(const ConfigDetail &detail, const Untold &known)
    {
        const ConfigKey key{m_request.to, detail.key.group, detail.key.dataId};
        if (!detail.complete) {
            const QString why = u"the account may not read its description and tags, so a copy would lose them"_s;
            return m_plan.leftOut.append({detail.key, {Error::Kind::Forbidden, why, 0, false}});
        }
        if (const auto there = m_there.constFind(key); there != m_there.constEnd()) {
            // As far as the server tells: of what is there already nothing else is asked for.
            if (there->complete && valueOf(*there) == valueOf(detail)) {
                ++m_plan.alike;
                return;
            }
            const QString why = u"it exists in %1 already, in another state"_s.arg(m_request.to);
            return m_plan.leftOut.append({detail.key, {Error::Kind::Conflict, why, 0, false}});
        }
        auto change = configChange({m_registry->slug(), key, std::nullopt, detail.content, known.into(detail).attributes});
        if (!change)
            return m_plan.leftOut.append({detail.key, change.error()});
        m_plan.plan.changes.push_back(std::move(*change));
        m_unsure += known.loss().isEmpty() ? 0 : 1;
    }

    QPointer<Registry> m_registry;
    const CloneRequest m_request;
    Reply<ClonePlan> *m_reply;
    ClonePlan m_plan;
    Details m_source, m_there;
    int m_unsure = 0; ///< copies that may lack something
};

} // namespace

Reply<ClonePlan> *planClone(Registry &registry, const CloneRequest &request, QObject *parent)
{
    CloneRequest canonical = request;
    canonical.from = ConfigKey::canonicalNamespace(request.from);
    canonical.to = ConfigKey::canonicalNamespace(request.to);
    if (canonical.from == canonical.to)
        return Reply<ClonePlan>::settled(fail(Error::Kind::Usage, u"a namespace cannot be cloned into itself"_s), parent);
    for (const QString &id : {canonical.from, canonical.to}) {
        if (const auto valid = checkKey({id, u"group"_s, u"id"_s}); !valid)
            return Reply<ClonePlan>::settled(fail(valid.error()), parent);
    }
    auto *reply = new Reply<ClonePlan>(parent);
    auto *flow = new Cloning(registry, canonical, reply);
    reply->onCancel = [flow = QPointer<QObject>(flow)] { delete flow.data(); };
    flow->start();
    return reply;
}

} // namespace core::nacos
