// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/reply.h"
#include "core/base/stream.h"
#include "core/nacos/config/config.h"
#include "core/nacos/config/untold.h"

#include <functional>
#include <memory>
#include <QObject>

namespace core::store {
class Ledger;
class Mirror;
class Overrides;
} // namespace core::store

namespace core::nacos {

class Session;

/// Reads configurations and their history, and is told of changes. Writing goes through the Guard (configexecutor.h): there is no public
/// write here. Lives in the GUI thread; answers over 256 KiB are decoded elsewhere. Every answer is also put into the mirror.
///
/// Planes: gRPC for get and watch, admin HTTP for lists, details, history, listeners, the console plane where the probe recorded that the
/// account has only that, v1 on a 2.x server. Never silently switched.
/// Errors: see Session; NotFound only where it says so.
class ConfigClient final : public QObject {
    Q_OBJECT
public:
    struct Collaborators {
        store::Mirror *mirror = nullptr;       ///< nullptr: nothing is remembered
        store::Overrides *overrides = nullptr; ///< local failover overrides
        /// Asked for it when it is needed first; none: nothing is known of what was published from here.
        std::function<store::Ledger *()> ledger = {};
    };
    ConfigClient(Session &session, Collaborators collaborators, QObject *parent = nullptr);
    ~ConfigClient() override;

    /// All that match, streamed until complete; Conflict: what came is true but not all (partiallist.h). progress(): items so far, total.
    Stream<ConfigSummary> *list(const ConfigQuery &query);
    /// Content and all attributes; nullopt: there is none. An override of this home wins and is marked.
    Reply<std::optional<ConfigDetail>> *get(const ConfigKey &key);
    /// As get(), but never an override and always from the wire.
    Reply<std::optional<ConfigDetail>> *getLive(const ConfigKey &key);
    /// What an SDK would get, over gRPC where it is up (thousands a second), else as getLive(); nullopt: there is none. For comparing,
    /// filling the mirror, checking who is up to date; never the base of an edit.
    Reply<std::optional<ConfigContent>> *fetch(const ConfigKey &key);
    /// Use, effect and schema of what was read, in the same order. Before a change of it is built: what the change does not name is to stay
    /// what it is. Asks nothing where the server told them. Only what Look says; errors of ledger and history stand in each answer.
    Reply<QList<Untold>> *untold(const QList<ConfigDetail> &live, Look look);
    /// The same of one: what was read, completed, and why a change of it may lose something (Untold::loss()).
    Reply<std::pair<ConfigDetail, QString>> *completed(const ConfigDetail &live);
    /// As many as keys, in their order; of many not all are asked for (see Look).
    Reply<QList<NewestRow>> *newestRows(const QList<ConfigKey> &keys);
    /// The release for some addresses that stands beside the configuration; nullopt: there is none.
    Reply<std::optional<BetaRelease>> *beta(const ConfigKey &key);
    /// States, newest first: the current one, the server's history put right, and what the mirror saw besides.
    Stream<ConfigRevision> *history(const ConfigKey &key);
    /// NotFound: no such state any more.
    Reply<ConfigRevisionDetail> *revision(const ConfigKey &key, const QString &revisionId);
    Reply<QList<ConfigListener>> *listeners(const ConfigKey &key);
    /// What one client (IP address) listens to.
    Reply<QList<ListenedConfig>> *listenedBy(const QString &ip, const QString &namespaceId);

    enum class Deliver { KeysOnly, Content };
    /// Endless: first Ready, then every change until cancelled; Reconnected after a gap, followed by Changed for what changed in it.
    Stream<ConfigEvent> *watch(const QList<ConfigKey> &keys, Deliver deliver);
    /// Endless: what comes and goes in a namespace (fuzzy watch), keys only; Unsupported where the server has none. Ready has the keys of
    /// all there are by then: what is listed before has to be compared with them, or what came and went in between is never told. Servers
    /// don't tell of new contents of what is known already: watch() the keys that are shown for that (registering those of a list costs no
    /// query, their MD5 is known).
    Stream<ConfigEvent> *watchNamespace(const QString &namespaceId);

Q_SIGNALS:
    /// A change seen by any watch or read of this client.
    void configChanged(const core::nacos::ConfigKey &key);

private:
    struct Private;
    std::unique_ptr<Private> m_d;
};

} // namespace core::nacos
