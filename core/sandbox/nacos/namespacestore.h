// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sandbox/common/commitlog.h"

#include <QList>
#include <QMap>
#include <shared_mutex>

namespace core::sandbox::nacos {

struct Namespace {
    QString id, name, description;
    bool builtIn = false;
    qint64 created = 0; ///< ms since 1970; lists are in this order
};

/// The namespaces people made, and `public`. Configurations do not need theirs to exist. Thread-safe; completions as in ConfigStore.
class NamespaceStore {
    Q_DISABLE_COPY_MOVE(NamespaceStore)
public:
    enum class Outcome { Done, Exists, NotWritten };
    using Completion = std::function<void(Outcome)>;

    explicit NamespaceStore(CommitLog &log)
        : m_log(log)
    {
    }
    static bool createTables(Database &database);
    void load(Database &database);

    QList<Namespace> all() const; ///< `public` first
    std::optional<Namespace> find(const QString &id) const;
    void create(const Namespace &space, Completion completion);
    /// Changes name and description; an unknown one is left alone and Done.
    void update(const Namespace &space, Completion completion);
    void remove(const QString &id, Completion completion);

private:
    void commit(std::unique_lock<std::shared_mutex> lock, const QString &id, std::optional<Namespace> after, Completion completion);
    void put(const QString &id, const std::optional<Namespace> &space);
    CommitLog &m_log;
    mutable std::shared_mutex m_mutex;
    QMap<QString, Namespace> m_spaces;
};

} // namespace core::sandbox::nacos
