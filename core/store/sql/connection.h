// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/utf16.h"

#include <memory>
#include <QHash>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>

namespace core::store {

/// Error codes of SQLite this module looks at (primary codes).
enum class SqlCode {
    Generic = 1,
    Busy = 5,
    ReadOnly = 8,
    IoError = 10,
    Corrupt = 11,
    Full = 13,
    CantOpen = 14,
    Constraint = 19,
    NotADatabase = 26
};
/// Of an Error made by Connection.
bool isSql(const Error &error, SqlCode code);
/// The file is not what SQLite wrote.
bool isDamage(const Error &error);
/// No room, or the disk refuses to write.
bool isNoSpace(const Error &error);

/// A statement being read; gives its snapshot back when it goes out of scope.
class Rows {
    Q_DISABLE_COPY(Rows)
public:
    explicit Rows(QSqlQuery *query)
        : m_query(query)
    {
    }
    Rows(Rows &&other) noexcept
        : m_query(std::exchange(other.m_query, nullptr))
    {
    }
    Rows &operator=(Rows &&) = delete;
    ~Rows()
    {
        if (m_query)
            m_query->finish();
    }
    /// False at the end or when an error came up: see error().
    bool next() { return m_query->next(); }
    std::optional<Error> error() const;
    qint64 integer(int column) const { return m_query->value(column).toLongLong(); }
    QString text(int column) const { return m_query->value(column).toString(); }
    QByteArray bytes(int column) const { return m_query->value(column).toByteArray(); }
    bool isNull(int column) const { return m_query->isNull(column); }
    QVariant value(int column) const { return m_query->value(column); }

private:
    QSqlQuery *m_query;
};

/// One connection to one file, used by one thread at a time. Statements are prepared once and kept.
class Connection {
    Q_DISABLE_COPY_MOVE(Connection)
public:
    enum class Access {
        ReadWrite,
        ReadOnly,
        Immutable, ///< nobody can be writing: without WAL and locks
        Memory
    };
    static Result<std::unique_ptr<Connection>> open(const QString &path, Access access);
    ~Connection();

    /// A statement without rows; values are bound in order. Errors: Internal with SQLite's code.
    Result<Done> run(const QString &sql, const QVariantList &values = {});
    Result<Rows> rows(const QString &sql, const QVariantList &values = {});
    /// First column of the first row; an invalid variant: no row.
    Result<QVariant> single(const QString &sql, const QVariantList &values = {});
    /// Rows changed by the last run() of a statement.
    int changes() const { return m_changes; }
    qint64 lastId() const { return m_lastId; }
    /// Statements are kept by their text: forget them before the schema changes.
    void forgetStatements();

private:
    explicit Connection(QString name);
    Result<QSqlQuery *> execute(const QString &sql, const QVariantList &values);
    QString m_name;
    QSqlDatabase m_database;
    QHash<QString, std::shared_ptr<QSqlQuery>> m_statements;
    int m_changes = 0;
    qint64 m_lastId = 0;
};

/// For NOT NULL columns: a null string is an empty one. Text as it will be read back, whatever it holds.
inline QVariant sqlText(const QString &text)
{
    return text.isNull() ? QVariant(QStringLiteral("")) : QVariant(validText(text));
}
inline QVariant sqlBytes(const QByteArray &bytes)
{
    return bytes.isNull() ? QVariant(QByteArray("")) : QVariant(bytes);
}
/// Milliseconds since 1970 UTC, NULL when invalid.
QVariant sqlTime(const QDateTime &time);
QDateTime timeFromSql(const QVariant &value);

} // namespace core::store
