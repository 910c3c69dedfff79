// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/deletionflow.h"

#include "core/nacos/config/configplans.h"
#include "core/nacos/registry.h"

using namespace Qt::StringLiterals;

namespace core::nacos {

namespace {

constexpr int ReadAtOnce = 8;

class DeletionFlow final : public QObject {
public:
    DeletionFlow(Registry &registry, const QList<ConfigKey> &keys, Listeners listeners, Reply<Deletion> *reply)
        : QObject(reply)
        , m_registry(&registry)
        , m_keys(keys)
        , m_reply(reply)
        , m_found(keys.size())
        , m_listeners(keys.size())
        , m_wanted(listeners)
        , m_asking(listeners == Listeners::Count)
    {
        connect(&registry, &QObject::destroyed, this,
                [this] { m_reply->settle(fail(Error::Kind::Cancelled, u"the connection was closed"_s)); });
    }
    void start()
    {
        if (m_keys.isEmpty())
            return m_reply->settle(Deletion());
        for (int i = 0; i < ReadAtOnce; ++i)
            next();
    }

private:
    void next()
    {
        if (!m_registry || m_reply->isSettled() || m_next == m_keys.size())
            return;
        const qsizetype index = m_next++;
        m_registry->configs().getLive(m_keys.at(index))->then(this, [this, index](const Result<std::optional<ConfigDetail>> &live) {
            if (m_reply->isSettled())
                return;
            if (!live)
                return m_reply->settle(fail(live.error()));
            m_found[index] = *live;
            m_asking &&*live ? ask(index) : wasRead();
        });
    }
    void ask(qsizetype index)
    {
        if (!m_registry)
            return;
        m_registry->configs().listeners(m_keys.at(index))->then(this, [this, index](const Result<QList<ConfigListener>> &listeners) {
            if (m_reply->isSettled())
                return;
            if (listeners)
                m_listeners[index] = applicationsOf(*listeners).known();
            else
                m_asking = false; // it would say the same of every other one, or make each wait
            wasRead();
        });
    }
    void wasRead()
    {
        Q_EMIT m_reply->progress(++m_read, m_keys.size());
        m_read == m_keys.size() ? done() : next();
    }
    void done()
    {
        QList<ConfigDetail> live;
        for (const auto &found : std::as_const(m_found)) {
            if (found)
                live.append(*found);
        }
        if (!m_registry)
            return;
        m_registry->configs().untold(live, Look::Ledger)->then(this, [this](const Result<QList<Untold>> &known) {
            if (m_reply->isSettled())
                return;
            if (!known)
                return m_reply->settle(fail(known.error()));
            qsizetype next = 0;
            for (auto &found : m_found) {
                if (found)
                    found = known->at(next++).into(*found);
            }
            build();
        });
    }
    void build()
    {
        Deletion deletion;
        for (qsizetype i = 0; i < m_keys.size(); ++i) {
            const ConfigKey &key = m_keys.at(i);
            if (!m_found.at(i)) {
                deletion.missing.append(key);
                continue;
            }
            auto change = configChange({m_registry->slug(), key, m_found.at(i), std::nullopt, m_found.at(i)->attributes});
            if (!change)
                return m_reply->settle(fail(change.error()));
            deletion.plan.changes.push_back(std::move(*change));
            if (m_wanted == Listeners::Count)
                deletion.listeners.append(m_listeners.at(i));
        }
        m_reply->settle(deletion);
    }

    QPointer<Registry> m_registry;
    const QList<ConfigKey> m_keys;
    Reply<Deletion> *m_reply;
    QList<std::optional<ConfigDetail>> m_found;
    QList<std::optional<int>> m_listeners;
    const Listeners m_wanted;
    bool m_asking;
    qsizetype m_next = 0, m_read = 0;
};

} // namespace

Reply<Deletion> *planDeletion(Registry &registry, const QList<ConfigKey> &keys, QObject *parent, Listeners listeners)
{
    auto *reply = new Reply<Deletion>(parent);
    auto *flow = new DeletionFlow(registry, keys, listeners, reply);
    reply->onCancel = [flow = QPointer<QObject>(flow)] { delete flow.data(); };
    flow->start();
    return reply;
}

} // namespace core::nacos
