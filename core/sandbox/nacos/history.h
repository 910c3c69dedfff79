// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sandbox/nacos/config.h"

#include <deque>
#include <mutex>
#include <QHash>

namespace core::sandbox {
class Database;
}

namespace core::sandbox::nacos {

struct HistoryPage {
    qint64 total = 0;
    QList<HistoryRow> rows; ///< newest first, without content
};

/// What was changed, newest first. Thread-safe.
class History {
    Q_DISABLE_COPY_MOVE(History)
public:
    History() = default;
    virtual ~History() = default;
    /// Rows are appended in the order of their nid; a row that was not written to the disk in the end is taken back.
    virtual void append(const HistoryRow &row) = 0;
    virtual void takeBack(qint64 nid) = 0;
    virtual HistoryPage page(const ConfigKey &key, qint64 offset, qint64 limit) const = 0;
    virtual std::optional<HistoryRow> find(qint64 nid) const = 0;
    virtual std::optional<HistoryRow> newestOf(qint64 configId) const = 0;
    virtual bool isEmpty() const = 0;
    /// Forgets rows older than that (ms since 1970).
    virtual void forgetBefore(qint64 time) = 0;
};

/// In memory, bounded: beyond `maximumBytes` of content the oldest rows go first.
class MemoryHistory final : public History {
public:
    explicit MemoryHistory(qint64 maximumBytes = 32 * 1024 * 1024);
    void append(const HistoryRow &row) override;
    void takeBack(qint64 nid) override;
    HistoryPage page(const ConfigKey &key, qint64 offset, qint64 limit) const override;
    std::optional<HistoryRow> find(qint64 nid) const override;
    std::optional<HistoryRow> newestOf(qint64 configId) const override;
    bool isEmpty() const override;
    void forgetBefore(qint64 time) override;

private:
    void dropOldest();
    static qint64 weight(const HistoryRow &row) { return row.content.size() + 600; }
    const qint64 m_maximumBytes;
    mutable std::mutex m_mutex;
    std::deque<HistoryRow> m_rows; ///< by nid
    QHash<ConfigKey, QList<qint64>> m_byKey;
    qint64 m_bytes = 0;
};

/// On disk: the rows are written by the store's transaction, this reads them through a connection of its own.
class SqliteHistory final : public History {
public:
    explicit SqliteHistory(std::unique_ptr<Database> reader);
    ~SqliteHistory() override;
    void append(const HistoryRow &) override {}
    void takeBack(qint64) override {}
    HistoryPage page(const ConfigKey &key, qint64 offset, qint64 limit) const override;
    std::optional<HistoryRow> find(qint64 nid) const override;
    std::optional<HistoryRow> newestOf(qint64 configId) const override;
    bool isEmpty() const override;
    void forgetBefore(qint64) override {}

private:
    mutable std::mutex m_mutex;
    std::unique_ptr<Database> m_reader;
};

} // namespace core::sandbox::nacos
