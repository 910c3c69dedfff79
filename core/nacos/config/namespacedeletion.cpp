// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/namespacedeletion.h"

#include "core/base/latest.h"
#include "core/nacos/config/configplans.h"
#include "core/nacos/registry.h"

#include <algorithm>
#include <tuple>

using namespace Qt::StringLiterals;

namespace core::nacos {

namespace {

class Flow final : public QObject {
public:
    Flow(Registry &registry, const NamespaceInfo &info, Contents contents, Reply<NamespaceDeletion> *reply)
        : QObject(reply)
        , m_registry(&registry)
        , m_info(info)
        , m_contents(contents)
        , m_reply(reply)
    {
        connect(&registry, &QObject::destroyed, this,
                [this] { m_reply->settle(fail(Error::Kind::Cancelled, u"the connection was closed"_s)); });
    }
    void start()
    {
        ConfigQuery query;
        query.namespaceId = m_info.id;
        m_listing = m_registry->configs().list(query);
        m_listing->each(this, [this](const QList<ConfigSummary> &batch) {
            for (const ConfigSummary &summary : batch)
                m_deletion.configs.append(summary.key);
        });
        m_listing->then(this, [this](const Result<Done> &end) { listed(end); });
    }

private:
    void listed(const Result<Done> &end)
    {
        if (m_reply->isSettled() || !m_registry)
            return;
        if (!end) {
            if (m_contents == Contents::Delete || end.error().kind == Error::Kind::Cancelled)
                return m_reply->settle(fail(end.error()));
            m_deletion.unlisted = end.error();
            m_deletion.configs.clear();
        }
        const auto name = [](const ConfigKey &key) { return std::tie(key.dataId, key.group); };
        std::sort(m_deletion.configs.begin(), m_deletion.configs.end(),
                  [&](const ConfigKey &a, const ConfigKey &b) { return name(a) < name(b); });
        if (m_contents == Contents::Keep)
            return done();
        m_reading = planDeletion(*m_registry, m_deletion.configs, this, Listeners::Count);
        connect(m_reading.get(), &Operation::progress, m_reply, &Operation::progress);
        m_reading->then(this, [this](const Result<Deletion> &deletion) {
            if (!deletion)
                return m_reply->settle(fail(deletion.error()));
            m_deletion.plan = deletion->plan;
            m_deletion.listeners = deletion->listeners;
            done();
        });
    }
    void done()
    {
        auto change = namespaceChange(m_registry->slug(), m_info, std::nullopt);
        if (!change)
            return m_reply->settle(fail(change.error()));
        // What is added after the person has seen this would go out of sight with the namespace: the executor looks again.
        if (!m_deletion.unlisted)
            change->before->attributes.insert(u"configs"_s, m_contents == Contents::Delete ? 0 : int(m_deletion.configs.size()));
        m_deletion.plan.changes.push_back(std::move(*change));
        m_reply->settle(m_deletion);
    }

    QPointer<Registry> m_registry;
    const NamespaceInfo m_info;
    const Contents m_contents;
    Reply<NamespaceDeletion> *m_reply;
    Latest<Stream<ConfigSummary>> m_listing;
    Latest<Reply<Deletion>> m_reading;
    NamespaceDeletion m_deletion;
};

} // namespace

Reply<NamespaceDeletion> *planNamespaceDeletion(Registry &registry, const NamespaceInfo &info, Contents contents, QObject *parent)
{
    auto *reply = new Reply<NamespaceDeletion>(parent);
    auto *flow = new Flow(registry, info, contents, reply);
    reply->onCancel = [flow = QPointer<QObject>(flow)] { delete flow.data(); };
    flow->start();
    return reply;
}

} // namespace core::nacos
