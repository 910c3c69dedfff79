// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/registry.h"

#include "core/guard/guard.h"
#include "core/nacos/config/configexecutor.h"
#include "core/nacos/config/namespaceexecutor.h"
#include "core/profiles/profile.h"

namespace core::nacos {

Registry::Registry(const profiles::Profile &profile, const Collaborators &collaborators, Session::Use use, QObject *parent)
    : QObject(parent)
    , m_profile(std::make_unique<profiles::Profile>(profile))
    , m_session(std::make_unique<Session>(profile, collaborators.session, use))
    , m_configs(std::make_unique<ConfigClient>(*m_session, collaborators.config))
    , m_namespaces(std::make_unique<NamespaceClient>(*m_session))
{
}

Registry::~Registry() = default;

QString Registry::slug() const
{
    return m_profile->slug;
}

QByteArray Registry::mirrorScope() const
{
    return m_session->identity();
}

Registries::Registries(const Registry::Collaborators &collaborators, QObject *parent)
    : QObject(parent)
    , m_collaborators(collaborators)
{
}

Registries::~Registries()
{
    while (!m_open.empty())
        close(m_open.begin()->first);
}

Registry *Registries::open(const profiles::Profile &profile, Session::Use use)
{
    std::unique_ptr<Registry> &entry = m_open[profile.slug];
    if (!entry) {
        entry = std::make_unique<Registry>(profile, m_collaborators, use);
        Q_EMIT opened(entry.get());
    }
    return entry.get();
}

Registry *Registries::find(const QString &slug) const
{
    const auto it = m_open.find(slug);
    return it == m_open.end() ? nullptr : it->second.get();
}

QList<Registry *> Registries::all() const
{
    QList<Registry *> list;
    for (const auto &[slug, registry] : m_open)
        list.append(registry.get());
    return list;
}

void Registries::close(const QString &slug)
{
    const auto it = m_open.find(slug);
    if (it == m_open.end())
        return;
    Q_EMIT aboutToClose(it->second.get());
    const std::unique_ptr<Registry> last = std::move(it->second);
    m_open.erase(it);
    last->session().close();
}

void Registries::registerExecutors(guard::Guard &guard)
{
    guard.add(std::make_unique<ConfigExecutor>(*this));
    guard.add(std::make_unique<NamespaceExecutor>(*this));
}

} // namespace core::nacos
