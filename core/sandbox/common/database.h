// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <memory>
#include <QByteArray>
#include <QString>

struct sqlite3;
struct sqlite3_stmt;

namespace core::sandbox {

class Database;

/// A prepared statement. Used in one thread; the database must outlive it. Parameters and columns count from 0.
class Statement {
    Q_DISABLE_COPY(Statement)
public:
    Statement(Database &database, const char *sql);
    Statement(Statement &&other) noexcept
        : m_statement(std::exchange(other.m_statement, nullptr))
        , m_database(other.m_database)
        , m_parameter(other.m_parameter)
    {
    }
    ~Statement();
    /// Forgets the parameters and starts again.
    Statement &reset();
    Statement &bind(qint64 value);
    Statement &bind(const QString &value);
    Statement &bind(const QByteArray &value);
    /// Runs to the end; false: failed (Database::lastError).
    bool run();
    /// Steps to the next row.
    bool next();
    qint64 integer(int column) const;
    QString text(int column) const;
    QByteArray blob(int column) const;

private:
    sqlite3_stmt *m_statement = nullptr;
    Database *m_database;
    int m_parameter = 0;
};

/// One SQLite connection over the C interface: WAL, synchronous FULL, file mode 0600, busy time-out. Used by one thread at a time.
class Database {
    Q_DISABLE_COPY(Database)
public:
    enum class Access { ReadWrite, ReadOnly };
    static Result<std::unique_ptr<Database>> open(const QString &file, Access access);
    ~Database();
    bool execute(const char *sql);
    QString lastError() const;
    /// PRAGMA user_version.
    int schemaVersion();

private:
    friend class Statement;
    Database() = default;
    sqlite3 *m_handle = nullptr;
};

} // namespace core::sandbox
