// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nacos/config/configclient.h"
#include "core/nacos/config/namespaceclient.h"
#include "core/nacos/session/session.h"

#include <map>
#include <memory>
#include <QObject>

namespace core::guard {
class Guard;
}
namespace core::store {
class Mirror;
class Overrides;
} // namespace core::store

namespace core::nacos {

/// One open connection and everything that can be asked of it. Owned by Registries.
class Registry final : public QObject {
    Q_OBJECT
public:
    struct Collaborators {
        Session::Collaborators session;
        ConfigClient::Collaborators config;
    };
    Registry(const profiles::Profile &profile, const Collaborators &collaborators, Session::Use use, QObject *parent = nullptr);
    ~Registry() override;

    const profiles::Profile &profile() const { return *m_profile; }
    QString slug() const;
    Session &session() { return *m_session; }
    ConfigClient &configs() { return *m_configs; }
    NamespaceClient &namespaces() { return *m_namespaces; }
    /// The mirror's key for what this account sees on this server.
    QByteArray mirrorScope() const;

private:
    std::unique_ptr<profiles::Profile> m_profile;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<ConfigClient> m_configs;
    std::unique_ptr<NamespaceClient> m_namespaces;
};

/// The connections of this process, by profile slug; several may be open at once. Also tells the Guard's executors which connection a
/// change goes to.
class Registries final : public QObject {
    Q_OBJECT
public:
    explicit Registries(const Registry::Collaborators &collaborators, QObject *parent = nullptr);
    ~Registries() override;

    /// Makes the connection object (does not connect: call session().open()); the one that exists when the slug is open already.
    Registry *open(const profiles::Profile &profile, Session::Use use);
    Registry *find(const QString &slug) const;
    QList<Registry *> all() const;
    void close(const QString &slug);
    /// Adds the executors for kinds `config` and `namespace`.
    void registerExecutors(guard::Guard &guard);

Q_SIGNALS:
    void opened(core::nacos::Registry *registry);
    void aboutToClose(core::nacos::Registry *registry);

private:
    Registry::Collaborators m_collaborators;
    std::map<QString, std::unique_ptr<Registry>> m_open;
};

} // namespace core::nacos
