// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <QByteArray>
#include <QHashFunctions>
#include <QList>
#include <QString>

namespace core::sandbox::nacos {

/// Names a configuration inside the registry; `space` is canonical (see Generation::canonicalSpace).
struct ConfigKey {
    QString space, group, dataId;
    friend bool operator==(const ConfigKey &, const ConfigKey &) = default;
    friend size_t qHash(const ConfigKey &key, size_t seed = 0) { return qHashMulti(seed, key.space, key.group, key.dataId); }
};

/// A gray version: another content for some clients.
struct Gray {
    QString name;       ///< "beta" or "tag_<tag>"
    QString expression; ///< addresses separated by commas, or the tag
    QByteArray content, md5;
    QString type, appName, encryptedDataKey, user, address;
    qint64 created = 0, modified = 0; ///< ms since 1970
    bool isBeta() const { return name == QLatin1String("beta"); }
    QString ruleType() const { return isBeta() ? QStringLiteral("beta") : QStringLiteral("tag"); }
    qint32 priority() const { return isBeta() ? 2147483647 : 2147483646; }
    /// {"type","version","expr","priority"} as Nacos stores it.
    QString rule() const;
};

/// One configuration. Immutable once it is in the store; a change makes a new one.
struct Config {
    qint64 id = 0; ///< beyond 2^53 on purpose, as real ones are
    ConfigKey key;
    QByteArray content; ///< UTF-8 as received; empty only with grays and no formal content
    QByteArray md5;
    QString type, appName, description, use, effect, schema, encryptedDataKey;
    QString tags; ///< separated by commas
    QString createUser, createAddress, user;
    qint64 created = 0, modified = 0; ///< ms since 1970
    QList<Gray> grays;
    const Gray *gray(const QString &name) const;
};
using ConfigPtr = std::shared_ptr<const Config>;

/// Who asks, for the history and for choosing a gray version.
struct Origin {
    QString user, address;
};

/// One row of the history. An update's and a delete's row holds the content before it, an insert's the inserted content.
struct HistoryRow {
    qint64 nid = 0;
    qint64 configId = 0;
    ConfigKey key;
    QByteArray content, md5;
    QString appName, address, user, encryptedDataKey, grayName, extra;
    char operation = 'U'; ///< I, U, D
    qint64 modified = 0;  ///< ms since 1970
};

/// lower-case MD5 as hex; of nothing: empty, as the protocol spells an absent configuration.
QByteArray md5Of(const QByteArray &content);

/// What a client with this address, tag and labels is to be given: the gray version that fits best, or the formal one.
struct Chosen {
    QByteArray content, md5;
    QString type, encryptedDataKey, tag;
    qint64 modified = 0;
    bool beta = false;
};
struct Chooser {
    QString address;
    QString tag; ///< asked for or labelled
};
std::optional<Chosen> choose(const Config &config, const Chooser &chooser);

} // namespace core::sandbox::nacos
