// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/nacos/history.h"

#include "core/sandbox/common/database.h"

namespace core::sandbox::nacos {

namespace {

HistoryRow readRow(const Statement &row)
{
    HistoryRow value;
    value.nid = row.integer(0);
    value.configId = row.integer(1);
    value.key = {row.text(2), row.text(3), row.text(4)};
    value.md5 = row.blob(5);
    value.appName = row.text(6);
    value.address = row.text(7);
    value.user = row.text(8);
    value.encryptedDataKey = row.text(9);
    value.grayName = row.text(10);
    value.extra = row.text(11);
    const QByteArray operation = row.blob(12);
    value.operation = operation.isEmpty() ? 'U' : operation.at(0);
    value.modified = row.integer(13);
    return value;
}

#define HISTORY_COLUMNS                                                                                                                    \
    "SELECT nid, config_id, space, grp, data_id, md5, app, address, user, data_key, gray_name, extra, operation, modified"

} // namespace

MemoryHistory::MemoryHistory(qint64 maximumBytes)
    : m_maximumBytes(maximumBytes)
{
}

void MemoryHistory::append(const HistoryRow &row)
{
    const std::lock_guard lock(m_mutex);
    m_rows.push_back(row);
    m_byKey[row.key].append(row.nid);
    m_bytes += weight(row);
    while (m_bytes > m_maximumBytes && m_rows.size() > 1)
        dropOldest();
}

void MemoryHistory::dropOldest()
{
    const HistoryRow &oldest = m_rows.front();
    m_bytes -= weight(oldest);
    const auto found = m_byKey.find(oldest.key);
    found->removeFirst();
    if (found->isEmpty())
        m_byKey.erase(found);
    m_rows.pop_front();
}

void MemoryHistory::takeBack(qint64 nid)
{
    const std::lock_guard lock(m_mutex);
    if (m_rows.empty() || m_rows.back().nid != nid)
        return;
    m_bytes -= weight(m_rows.back());
    m_byKey[m_rows.back().key].removeLast();
    m_rows.pop_back();
}

HistoryPage MemoryHistory::page(const ConfigKey &key, qint64 offset, qint64 limit) const
{
    const std::lock_guard lock(m_mutex);
    const QList<qint64> all = m_byKey.value(key);
    HistoryPage page;
    page.total = all.size();
    for (qint64 i = all.size() - 1 - offset; i >= 0 && page.rows.size() < limit; --i) {
        // nids are consecutive in the deque
        HistoryRow row = m_rows[size_t(all.at(i) - m_rows.front().nid)];
        row.content.clear();
        page.rows.append(row);
    }
    return page;
}

std::optional<HistoryRow> MemoryHistory::find(qint64 nid) const
{
    const std::lock_guard lock(m_mutex);
    if (m_rows.empty() || nid < m_rows.front().nid || nid > m_rows.back().nid)
        return std::nullopt;
    return m_rows[size_t(nid - m_rows.front().nid)];
}

std::optional<HistoryRow> MemoryHistory::newestOf(qint64 configId) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = std::find_if(m_rows.rbegin(), m_rows.rend(), [configId](const HistoryRow &row) { return row.configId == configId; });
    return found == m_rows.rend() ? std::nullopt : std::optional(*found);
}

bool MemoryHistory::isEmpty() const
{
    const std::lock_guard lock(m_mutex);
    return m_rows.empty();
}

void MemoryHistory::forgetBefore(qint64 time)
{
    const std::lock_guard lock(m_mutex);
    while (!m_rows.empty() && m_rows.front().modified < time)
        dropOldest();
}

SqliteHistory::SqliteHistory(std::unique_ptr<Database> reader)
    : m_reader(std::move(reader))
{
}

SqliteHistory::~SqliteHistory() = default;

HistoryPage SqliteHistory::page(const ConfigKey &key, qint64 offset, qint64 limit) const
{
    const std::lock_guard lock(m_mutex);
    HistoryPage page;
    Statement count(*m_reader, "SELECT count(*) FROM history WHERE space=? AND grp=? AND data_id=?");
    if (count.bind(key.space).bind(key.group).bind(key.dataId).next())
        page.total = count.integer(0);
    Statement rows(*m_reader, HISTORY_COLUMNS " FROM history WHERE space=? AND grp=? AND data_id=? ORDER BY nid DESC LIMIT ? OFFSET ?");
    rows.bind(key.space).bind(key.group).bind(key.dataId).bind(limit).bind(offset);
    while (rows.next())
        page.rows.append(readRow(rows));
    return page;
}

bool SqliteHistory::isEmpty() const
{
    const std::lock_guard lock(m_mutex);
    return !Statement(*m_reader, "SELECT 1 FROM history LIMIT 1").next();
}

std::optional<HistoryRow> SqliteHistory::find(qint64 nid) const
{
    const std::lock_guard lock(m_mutex);
    Statement row(*m_reader, HISTORY_COLUMNS ", content FROM history WHERE nid=?");
    if (!row.bind(nid).next())
        return std::nullopt;
    HistoryRow value = readRow(row);
    value.content = row.blob(14);
    return value;
}

std::optional<HistoryRow> SqliteHistory::newestOf(qint64 configId) const
{
    const std::lock_guard lock(m_mutex);
    Statement row(*m_reader, HISTORY_COLUMNS ", content FROM history WHERE config_id=? ORDER BY nid DESC LIMIT 1");
    if (!row.bind(configId).next())
        return std::nullopt;
    HistoryRow value = readRow(row);
    value.content = row.blob(14);
    return value;
}

} // namespace core::sandbox::nacos
