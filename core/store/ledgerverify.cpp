// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/compression.h"
#include "core/store/ledgerrows.h"

#include <QCryptographicHash>
#include <QSet>

using namespace Qt::StringLiterals;

namespace core::store {

namespace {

constexpr qsizetype MostProblems = 100;
/// Rows of one commit: a crash between a commit and the writing of ledger.head leaves it behind by so many.
constexpr qint64 AllowedLag = WriteTarget::GroupLimit;

class Verification {
public:
    Verification(Connection &connection, const std::optional<QByteArray> &headFile)
        : m_connection(connection)
        , m_headFile(headFile)
    {
    }

    LedgerReport run()
    {
        if (m_headFile)
            m_outside = ledgersql::Head::fromLine(*m_headFile);
        walk();
        if (m_broken)
            strays();
        heads();
        values();
        const auto open = m_connection.single(u"SELECT count(*) FROM intent WHERE id NOT IN (SELECT intent FROM outcome)"_s);
        m_report.open = open ? open->toLongLong() : 0;
        return m_report;
    }

private:
    struct Row {
        QString place;
        QByteArray previous, stored, computed;
    };

    void problem(const QString &place, const QString &what)
    {
        if (m_report.problems.size() < MostProblems)
            m_report.problems.append({place, what});
    }
    bool failed(const std::optional<Error> &error)
    {
        if (error)
            problem(u"ledger.db"_s, error->message);
        return error.has_value();
    }

    /// Columns of one table in the order of the schema, the hash, what it follows.
    static Row rowFrom(const Rows &rows, const QString &table, int columns)
    {
        QVariantList canonical;
        for (int i = 0; i < columns; ++i)
            canonical.append(rows.value(i));
        Row row{u"%1 %2"_s.arg(table).arg(rows.integer(0)), rows.bytes(columns + 1), rows.bytes(columns), {}};
        row.computed = ledgersql::rowHash(row.previous, table, canonical);
        return row;
    }
    static Row intentRow(const Rows &rows) { return rowFrom(rows, u"intent"_s, 14); }

    /// Everything in chain order. Intents come in the order of their ids; between two of them stand outcomes, found by what they follow.
    void walk()
    {
        QByteArray current = ledgersql::genesis();
        QByteArray alternative; // what the last row's hash should be, when it is not what it says
        QString last = u"the beginning"_s;
        auto intents = m_connection.rows(u"SELECT "_s + ledgersql::IntentColumns + u", previous FROM intent ORDER BY id"_s);
        if (!intents) {
            failed(intents.error());
            return;
        }
        bool more = intents->next();
        std::optional<Row> next;
        if (more)
            next = intentRow(*intents);
        const auto take = [&](const Row &row) {
            ++m_report.rows;
            if (row.computed != row.stored)
                problem(row.place, u"was altered: it does not fit its hash"_s);
            current = row.stored;
            alternative = row.computed == row.stored ? QByteArray() : row.computed;
            last = row.place;
            if (m_outside && m_report.rows == m_outside->rows && m_outside->hash != row.stored)
                problem(
                    u"ledger.db"_s,
                    u"row %1 (%2) is not the one that ledger.head was written for: the ledger was replaced, or ledger.head was altered"_s
                        .arg(m_report.rows)
                        .arg(row.place));
        };
        const auto follows = [&](const Row &row) {
            return row.previous == current || (!alternative.isEmpty() && row.previous == alternative);
        };
        while (true) {
            if (next && follows(*next)) {
                take(*next);
                more = intents->next();
                next = more ? std::optional<Row>(intentRow(*intents)) : std::nullopt;
                continue;
            }
            std::optional<Row> outcome = outcomeAfter(current);
            if (!outcome && !alternative.isEmpty())
                outcome = outcomeAfter(alternative);
            if (outcome) {
                take(*outcome);
                continue;
            }
            if (!next)
                break;
            m_broken = true;
            problem(next->place, u"does not follow %1: rows between them are missing or were altered"_s.arg(last));
            current = next->previous;
        }
        failed(intents->error());
        m_report.head = current;
        const auto total = m_connection.single(u"SELECT (SELECT count(*) FROM intent) + (SELECT count(*) FROM outcome)"_s);
        if (!total)
            failed(total.error());
        else if (total->toLongLong() != m_report.rows)
            m_broken = true;
    }

    std::optional<Row> outcomeAfter(const QByteArray &hash)
    {
        auto rows = m_connection.rows(u"SELECT "_s + ledgersql::OutcomeColumns + u", previous FROM outcome WHERE previous = ?"_s, {hash});
        if (!rows) {
            failed(rows.error());
            return std::nullopt;
        }
        if (!rows->next()) {
            failed(rows->error());
            return std::nullopt;
        }
        const qint64 intent = rows->integer(0);
        if (m_seen.contains(intent))
            return std::nullopt; // a circle can only be forged
        m_seen.insert(intent);
        return rowFrom(*rows, u"outcome"_s, 5);
    }

    /// Outcomes that nothing leads to.
    void strays()
    {
        auto rows = m_connection.rows(u"SELECT intent FROM outcome ORDER BY intent"_s);
        while (rows && rows->next()) {
            if (!m_seen.contains(rows->integer(0)))
                problem(u"outcome %1"_s.arg(rows->integer(0)), u"is not part of the chain: its link was altered"_s);
        }
        if (rows)
            failed(rows->error());
    }

    void heads()
    {
        const auto inside = ledgersql::head(m_connection);
        if (!inside)
            failed(inside.error());
        else if (inside->hash != m_report.head || inside->rows != m_report.rows)
            problem(u"ledger.db"_s,
                    u"its end is not where it should be: it counts %1 rows, there are %2"_s.arg(inside->rows).arg(m_report.rows));
        if (!m_headFile) {
            if (m_report.rows > 0)
                problem(u"ledger.head"_s, u"is missing"_s);
            return;
        }
        if (!m_outside) {
            problem(u"ledger.head"_s, u"is damaged"_s);
            return;
        }
        if (m_outside->rows > m_report.rows)
            problem(u"ledger.db"_s,
                    u"%1 rows at the end are missing: it was cut off, or replaced by another"_s.arg(m_outside->rows - m_report.rows));
        else if (m_report.rows - m_outside->rows > AllowedLag)
            problem(u"ledger.head"_s, u"is %1 rows behind"_s.arg(m_report.rows - m_outside->rows));
        else if (m_outside->rows == 0 && m_outside->hash != ledgersql::genesis())
            problem(u"ledger.head"_s, u"is damaged"_s);
    }

    void values()
    {
        auto rows = m_connection.rows(u"SELECT sha256, zstd FROM blob"_s);
        if (!rows) {
            failed(rows.error());
            return;
        }
        while (rows->next()) {
            ++m_report.values;
            const auto bytes = decompressed(rows->bytes(1));
            if (!bytes || QCryptographicHash::hash(*bytes, QCryptographicHash::Sha256) != rows->bytes(0))
                problem(u"value %1"_s.arg(QString::fromLatin1(rows->bytes(0).toHex())), u"was altered or is damaged"_s);
        }
        if (failed(rows->error()))
            return;
        const auto purged =
            m_connection.single(u"SELECT count(*) FROM (SELECT before AS v FROM intent UNION SELECT after FROM intent) WHERE v "
                                "IS NOT NULL AND v NOT IN (SELECT sha256 FROM blob)"_s);
        m_report.purgedValues = purged ? purged->toLongLong() : 0;
    }

    Connection &m_connection;
    const std::optional<QByteArray> &m_headFile;
    std::optional<ledgersql::Head> m_outside;
    LedgerReport m_report;
    QSet<qint64> m_seen; // outcomes
    bool m_broken = false;
};

} // namespace

LedgerReport verifyLedger(Connection &connection, const std::optional<QByteArray> &headFile)
{
    return Verification(connection, headFile).run();
}

} // namespace core::store
