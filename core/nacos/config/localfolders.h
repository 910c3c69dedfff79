// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/reply.h"
#include "core/base/stream.h"
#include "core/base/workers.h"
#include "core/nacos/config/config.h"

namespace core::nacos {

class ConfigClient;

/// A configuration as an SDK keeps it on this machine.
struct LocalConfig {
    enum class Sdk { Java, Python };
    enum class Kind {
        Snapshot, ///< what the SDK last got from the server
        Failover  ///< written by a person; the SDK uses it instead of the server's
    };
    Sdk sdk = Sdk::Java;
    Kind kind = Kind::Snapshot;
    ConfigKey key;
    QString file;
    QString server; ///< the SDK's name for the registry (Java); empty: not told
    qint64 size = 0;
    QDateTime changedAt;
    QByteArray md5;
    QString encryptedDataKey; ///< kept beside it; the content is opaque then, as that of a `cipher-` data ID
    bool encrypted() const { return key.dataId.startsWith(QStringLiteral("cipher-")) || !encryptedDataKey.isEmpty(); }
};

struct LocalScan {
    QList<LocalConfig> items; ///< by file name
    QStringList notes;        ///< what was left out and why, English
};

/// Looks for SDK folders in `folder` and the usual places below it (`nacos/config/<server>_nacos` of Java, `config` of Python). Reads on
/// another thread, follows no symbolic links. Usage: no such folder; NotFound: nothing of an SDK in it.
Reply<LocalScan> *scanLocalFolder(const QString &folder, Workers &workers, QObject *parent);

/// The content of one item, read on another thread. NotFound: the file is gone; Internal: it cannot be read, is a symbolic
/// link by now, or is larger than 64 MiB.
Reply<QByteArray> *readLocalConfig(const LocalConfig &item, Workers &workers, QObject *parent);

struct LocalComparison {
    enum class State {
        Same,
        Differs,
        OnlyLocal, ///< the server has none
        Unknown    ///< could not be asked
    };
    LocalConfig item;
    State state = State::Unknown;
    QByteArray serverMd5;
    QString problem; ///< of Unknown
};

/// Compares each with what the server has now, in the order of the answers.
Stream<LocalComparison> *compareLocal(ConfigClient &configs, const QList<LocalConfig> &items, QObject *parent);

} // namespace core::nacos
