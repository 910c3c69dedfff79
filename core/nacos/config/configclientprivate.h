// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nacos/config/configclient.h"
#include "core/nacos/config/configdecode.h"
#include "core/nacos/config/configmemory.h"
#include "core/nacos/config/fuzzywatches.h"
#include "core/nacos/config/watchhub.h"
#include "core/net/backoff.h"

namespace core::nacos {

/// What the parts of ConfigClient (reading, history, list, watch) share; private to core/nacos/config. Lives and dies with its client.
struct ConfigClient::Private {
    Private(ConfigClient *client, Session &opened, const Collaborators &collaborators);

    /// Reads until it is not of before what the server has told of, or `pace` has been gone through.
    void readLive(Reply<std::optional<ConfigDetail>> *reply, const ConfigKey &key, net::Backoff pace);
    void saw(const ConfigKey &key, const std::optional<ConfigDetail> &detail);
    void fetchByRpc(Reply<std::optional<ConfigContent>> *reply, const ConfigKey &key, int triesLeft);
    void revisionLive(Reply<ConfigRevisionDetail> *reply, const ConfigKey &key, const QByteArray &md5);
    void revisionFromMirror(Reply<ConfigRevisionDetail> *reply, const ConfigKey &key, qint64 id);
    void compareListeners(Reply<QList<ConfigListener>> *reply, const ConfigKey &key, const QList<std::pair<QString, QByteArray>> &clients);
    /// What is connected, by address, where that may be read.
    struct Programs {
        QMap<QString, ProgramsAt> at;
        int own = 0; ///< connections of this session among them
    };
    void readPrograms(Operation *reply, const std::function<void(const Programs &)> &then);
    enum class Watched { No, Yes };
    ConfigListener listenerAt(const QString &ip, const QByteArray &md5, const Programs &programs, Watched watched) const;

    ConfigClient *q;
    Session::Private &session;
    Collaborators deps;
    ConfigMemory memory;
    WatchHub hub;
    FuzzyWatches spaces;
    OperationTracker operations;
};

} // namespace core::nacos
