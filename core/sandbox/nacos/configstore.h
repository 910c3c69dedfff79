// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/sandbox/common/commitlog.h"
#include "core/sandbox/nacos/history.h"

#include <functional>
#include <map>
#include <QHash>
#include <shared_mutex>

namespace core::sandbox::nacos {

class ConfigTables;

/// A publish as either plane asks for it. Optional members that are absent keep what is there.
struct Publish {
    ConfigKey key;
    QByteArray content;
    QString type;
    std::optional<QString> appName, tags, description;
    QString use, effect, schema, encryptedDataKey;
    QString casMd5;        ///< only when the stored content has this MD5; without a stored one it is created all the same
    QString betaAddresses; ///< not empty: the gray version "beta"
    QString tag;           ///< not empty: the gray version of that tag
    Origin origin;
    qint64 at = 0; ///< ms since 1970; 0: now. For the demo data, whose past is part of the story
};

struct ConfigFilter {
    enum class Search { Blur, Accurate };
    Search search = Search::Blur;
    QString space;
    QString dataId, group, content; ///< in Blur `*` is anything, and nothing is added: no star, no wildcard
    QString appName;
    QStringList tags, types;
};

struct ConfigPage {
    qint64 total = 0;
    QList<ConfigPtr> items;
};

struct ConfigChange {
    enum class Kind { Created, Changed, Deleted };
    Kind kind = Kind::Changed;
    ConfigKey key;
};

/// All configurations, their gray versions and their history. Reading takes a shared lock and never waits for the disk; a change is
/// made in memory, then written, then reported (completion, observer). Thread-safe; completions and the observer are called in the
/// thread of the CommitLog, or in the caller's when nothing is kept on disk.
class ConfigStore {
    Q_DISABLE_COPY_MOVE(ConfigStore)
public:
    enum class Outcome {
        Done,
        CasMismatch,  ///< the stored MD5 is another one
        TooManyGrays, ///< more than ten gray versions
        NotWritten    ///< the disk refused; everything is as before
    };
    using Completion = std::function<void(Outcome)>;
    using Observer = std::function<void(const ConfigChange &)>;

    /// Reads everything from `database` when there is one.
    ConfigStore(CommitLog &log, std::unique_ptr<History> history, const Clock &clock);
    ~ConfigStore();
    static bool createTables(Database &database);
    void load(Database &database);

    void setObserver(Observer observer) { m_observer = std::move(observer); }

    ConfigPtr find(const ConfigKey &key) const;
    ConfigPtr find(qint64 id) const;
    ConfigPage page(const ConfigFilter &filter, qint64 offset, qint64 limit) const;
    /// Everything in a namespace, by id.
    QList<ConfigPtr> all(const QString &space) const;
    QHash<QString, int> countBySpace() const;
    qint64 count() const;
    const History &history() const { return *m_history; }

    void publish(const Publish &publish, Completion completion);
    /// An absent one is no mistake.
    void remove(const ConfigKey &key, const Origin &origin, Completion completion, qint64 at = 0);
    void removeGray(const ConfigKey &key, const QString &grayName, const Origin &origin, Completion completion);
    struct Metadata {
        ConfigKey key;
        std::optional<QString> tags, description;
    };
    /// Changes tags and description without touching the content; Done also when there is no such configuration.
    void editMetadata(const Metadata &metadata, Completion completion);
    /// Forgets history older than 30 days.
    void trimHistory();

private:
    struct Edit;
    void commit(std::unique_lock<std::shared_mutex> lock, Edit edit, Completion completion);
    void put(const ConfigKey &key, const ConfigPtr &config);
    qint64 timeOf(qint64 wanted) const;

    CommitLog &m_log;
    std::unique_ptr<History> m_history;
    const Clock &m_clock;
    std::shared_ptr<ConfigTables> m_tables; ///< statements; used in the thread of the CommitLog
    Observer m_observer;
    mutable std::shared_mutex m_mutex;
    QHash<ConfigKey, ConfigPtr> m_byKey;
    QHash<qint64, ConfigPtr> m_byId;
    /// Lists come in the order of the real server's index: data id, group, namespace.
    using Order = std::tuple<QString, QString, QString>;
    static Order orderOf(const ConfigKey &key) { return {key.dataId, key.group, key.space}; }
    std::map<Order, ConfigPtr> m_sorted;
    qint64 m_nextId, m_nextNid = 1;
};

} // namespace core::sandbox::nacos
