// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/salvage.h"

using namespace Qt::StringLiterals;

namespace core::store {

namespace {

/// How far single rows are looked for behind the place where reading in order stops, and how many misses in a row end it.
constexpr qint64 ProbeLimit = 200000;
constexpr qint64 MissLimit = 20000;

class TableSalvage {
public:
    TableSalvage(Connection &damaged, Connection &fresh, const QString &table)
        : m_damaged(damaged)
        , m_fresh(fresh)
        , m_table(table)
    {
        auto rows = fresh.rows(u"PRAGMA table_info(%1)"_s.arg(table));
        while (rows && rows->next())
            m_columns.append(u'"' + rows->text(1) + u'"');
        const QStringList marks(m_columns.size(), u"?"_s);
        m_insert = u"INSERT OR IGNORE INTO %1(%2) VALUES(%3)"_s.arg(table, m_columns.join(u','), marks.join(u','));
        m_select = u"SELECT rowid, %1 FROM %2 "_s.arg(m_columns.join(u','), table);
    }

    Salvage run()
    {
        qint64 low = 0, high = 0;
        const bool whole = read(m_select + u"ORDER BY rowid"_s, {}, low);
        if (whole || m_sum.error)
            return m_sum;
        // From the other end, then what lies between one by one.
        high = low;
        const bool fromEnd = read(m_select + u"WHERE rowid > ? ORDER BY rowid DESC"_s, {low}, high);
        if (fromEnd || m_sum.error)
            return m_sum;
        const bool endKnown = high > low;
        qint64 misses = 0;
        for (qint64 id = low + 1; !m_sum.error && (endKnown ? id < high : misses < MissLimit) && id - low < ProbeLimit; ++id) {
            const qint64 before = m_sum.saved;
            qint64 last = 0;
            const bool readable = read(m_select + u"WHERE rowid = ?"_s, {id}, last);
            misses = m_sum.saved > before ? 0 : misses + 1;
            if (!readable)
                ++m_sum.lost;
        }
        return m_sum;
    }

private:
    /// False: stopped by an error.
    bool read(const QString &sql, const QVariantList &values, qint64 &last)
    {
        auto rows = m_damaged.rows(sql, values);
        if (!rows)
            return false;
        while (rows->next()) {
            last = rows->integer(0);
            QVariantList row;
            for (qsizetype i = 0; i < m_columns.size(); ++i)
                row.append(rows->value(int(i) + 1));
            const auto kept = m_fresh.run(m_insert, row);
            if (kept)
                m_sum.saved += m_fresh.changes();
            else
                ++m_sum.lost;
            if (!kept && isNoSpace(kept.error())) {
                m_sum.error = kept.error();
                return false;
            }
        }
        return !rows->error();
    }

    Connection &m_damaged, &m_fresh;
    QString m_table, m_insert, m_select;
    QStringList m_columns;
    Salvage m_sum;
};

} // namespace

Salvage salvageTable(Connection &damaged, Connection &fresh, const QString &table)
{
    return TableSalvage(damaged, fresh, table).run();
}

} // namespace core::store
