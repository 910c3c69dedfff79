// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/address.h"

#include <optional>
#include <QDateTime>
#include <QJsonObject>
#include <QStringList>

namespace core::nacos {

/// Names a configuration inside a registry. `namespaceId` is canonical: `public` is written out, never empty.
struct ConfigKey {
    QString namespaceId, group, dataId;
    static QString canonicalNamespace(const QString &id) { return id.isEmpty() ? QStringLiteral("public") : id; }
    /// signalbox://profile/namespace/config/group/dataId
    Result<Address> address(const QString &profile) const;
    static Result<ConfigKey> of(const Address &address);
    /// The same for the beta release of a configuration: signalbox://profile/namespace/beta/group/dataId
    Result<Address> betaAddress(const QString &profile) const;
    static Result<ConfigKey> ofBeta(const Address &address);
    friend bool operator==(const ConfigKey &, const ConfigKey &) = default;
    friend size_t qHash(const ConfigKey &key, size_t seed = 0) { return qHashMulti(seed, key.namespaceId, key.group, key.dataId); }
};

/// Checks dataId, group and namespace against the server's rules before anything is sent; Error::Kind::Usage.
Result<Done> checkKey(const ConfigKey &key);

/// Everything about a configuration that can be written besides its content. Absent members are left alone by no server: a publish
/// that lacks `description` clears it, so a change always starts from the attributes read.
struct ConfigAttributes {
    QString type; ///< text json xml yaml html properties toml; empty: text
    QString app, description, use, effect, schema, encryptedDataKey;
    QStringList tags;
    friend bool operator==(const ConfigAttributes &, const ConfigAttributes &) = default;
};

/// One row of a list. The servers' lists carry neither size nor times: those are known only from the mirror or the detail.
struct ConfigSummary {
    ConfigKey key;
    QString id; ///< the server's own row id; needed by batch delete
    QString type, app;
    QStringList tags;
    QByteArray md5;
    std::optional<qint64> size;
    QDateTime changedAt;
    QString changedBy;
    bool gray = false;
    bool encrypted() const { return key.dataId.startsWith(QStringLiteral("cipher-")); }
    friend bool operator==(const ConfigSummary &, const ConfigSummary &) = default;
};

/// One configuration as the server has it.
struct ConfigDetail {
    ConfigKey key;
    QString id;
    QByteArray content; ///< bytes as received
    QByteArray md5;     ///< lower-case hex over content, as the server says
    ConfigAttributes attributes;
    QDateTime createdAt, changedAt;
    QString createdBy, changedBy, changedFrom; ///< user of the first and the last change where the server tells, IP address
    bool localOverride = false;                ///< content comes from the override of this home, not from the server
    bool complete = true;                      ///< false: the account may only read what SDKs read; description, tags and so on are unknown
    bool casKept = true;                       ///< false: its server (r-nacos) overwrites, whatever a write says it comes after
    bool encrypted() const { return key.dataId.startsWith(QStringLiteral("cipher-")) || !attributes.encryptedDataKey.isEmpty(); }
};

/// What an SDK gets: content and type without the other attributes, over gRPC and fast.
struct ConfigContent {
    QByteArray content;
    QByteArray md5;
    QString type, encryptedDataKey;
    QDateTime changedAt;
    bool gray = false; ///< a gray version, chosen by the server for this machine's address
};

/// What clients at some addresses get instead of a configuration, which itself stays as it is (gray release by IP, "beta").
struct BetaRelease {
    ConfigKey key;
    QByteArray content;
    ConfigAttributes attributes;
    QStringList ips;
    friend bool operator==(const BetaRelease &, const BetaRelease &) = default;
};

struct ConfigQuery {
    QString namespaceId;   ///< canonical
    QString dataId, group; ///< patterns with `*`; empty: all
    QString app, type;
    QStringList tags;
    QString content; ///< searched by the server, literal; empty: not
};

/// A state a configuration was in. `id` is opaque and names the content shown, wherever it came from; author and time belong to the
/// change that made that state (the server's rows hold the content before the change; this is already put right).
struct ConfigRevision {
    enum class Source { Server, Mirror };
    enum class Verb { Created, Updated, Deleted, Seen };
    QString id;
    QDateTime at;
    QString by, from;
    Verb verb = Verb::Updated;
    QByteArray md5;
    std::optional<qint64> size;
    Source source = Source::Server;
    bool current = false;
    bool gray = false;
    friend bool operator==(const ConfigRevision &, const ConfigRevision &) = default;
};

struct ConfigRevisionDetail {
    ConfigRevision revision;
    std::optional<QByteArray> content; ///< nullopt: this state is "does not exist"
    ConfigAttributes attributes;
    bool complete = true; ///< false: only type and data key are known of that time
};

/// Who listens to a configuration, and which content each of them has. Servers tell addresses: what listens from one is one listener.
struct ConfigListener {
    QString ip;
    QByteArray md5; ///< where it is unclear who listens: of any of them
    bool upToDate = false;
    QString client; ///< "Java 3.1.0" where the server tells; where it is unclear who listens: of what may listen besides the console
    QString app;    ///< the application's own name, where client and server tell it
    /// Consoles are told of changes as well, but no application has them by that: see applicationsOf(). From an address that a console
    /// listens from an application may listen too; unless nothing else is connected from there, nobody can tell.
    enum class Who { Application, Console, ThisConsole, ConsolePerhapsMore, ThisConsolePerhapsMore };
    Who who = Who::Application;
    bool isUnclear() const { return who == Who::ConsolePerhapsMore || who == Who::ThisConsolePerhapsMore; }
    friend bool operator==(const ConfigListener &, const ConfigListener &) = default;
};

/// What one address listens to. `by` knows nothing of whether the MD5 is the newest.
struct ListenedConfig {
    ConfigKey key;
    ConfigListener by;
};

/// What a publish reaches: consoles are not counted.
struct ListenerCount {
    int all = 0, upToDate = 0;
    int unclear = 0; ///< addresses of consoles that applications may listen from as well; not in `all`
    /// nullopt: whether any application listens cannot be told.
    std::optional<int> known() const { return all == 0 && unclear > 0 ? std::nullopt : std::optional(all); }
};
ListenerCount applicationsOf(const QList<ConfigListener> &listeners);

struct ConfigEvent {
    enum class Kind { Ready, Changed, Deleted, Reconnected };
    Kind kind = Kind::Changed;
    ConfigKey key;
    QByteArray md5;        ///< of Changed; empty: the new content cannot be read
    QByteArray content;    ///< of Changed, when the watch asked for it
    QList<ConfigKey> keys; ///< of the Ready of a namespace's watch: all there are
    /// Of Changed, when the push's reading brought the main version: bytes, when the server changed it (invalid: it did not say), type.
    std::optional<qint64> size;
    QDateTime changedAt;
    QString type;
    qsizetype weight() const { return content.size() + keys.size() * qsizetype(sizeof(ConfigKey)); }
};

struct NamespaceInfo {
    QString id; ///< canonical
    QString name, description;
    qint64 configCount = -1; ///< -1: unknown
    qint64 quota = -1;
    bool builtIn = false;
    bool typed = false; ///< typed by the person because the account may not list namespaces
    friend bool operator==(const NamespaceInfo &, const NamespaceInfo &) = default;
};

} // namespace core::nacos

Q_DECLARE_METATYPE(core::nacos::ConfigKey)
