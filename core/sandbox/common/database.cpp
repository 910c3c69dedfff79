// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/common/database.h"

#include <fcntl.h>
#include <QFile>
#include <sqlite3.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace core::sandbox {

Statement::Statement(Database &database, const char *sql)
    : m_database(&database)
{
    sqlite3_prepare_v3(database.m_handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &m_statement, nullptr);
}

Statement::~Statement()
{
    sqlite3_finalize(m_statement);
}

Statement &Statement::reset()
{
    sqlite3_reset(m_statement);
    sqlite3_clear_bindings(m_statement);
    m_parameter = 0;
    return *this;
}

Statement &Statement::bind(qint64 value)
{
    sqlite3_bind_int64(m_statement, ++m_parameter, value);
    return *this;
}

Statement &Statement::bind(const QString &value)
{
    const QByteArray utf8 = value.toUtf8();
    sqlite3_bind_text64(m_statement, ++m_parameter, utf8.constData(), sqlite3_uint64(utf8.size()), SQLITE_TRANSIENT, SQLITE_UTF8);
    return *this;
}

Statement &Statement::bind(const QByteArray &value)
{
    sqlite3_bind_blob64(m_statement, ++m_parameter, value.constData(), sqlite3_uint64(value.size()), SQLITE_TRANSIENT);
    return *this;
}

bool Statement::run()
{
    int code = SQLITE_ERROR;
    while ((code = sqlite3_step(m_statement)) == SQLITE_ROW) {
    }
    return code == SQLITE_DONE;
}

bool Statement::next()
{
    return sqlite3_step(m_statement) == SQLITE_ROW;
}

qint64 Statement::integer(int column) const
{
    return sqlite3_column_int64(m_statement, column);
}

QString Statement::text(int column) const
{
    return QString::fromUtf8(blob(column));
}

QByteArray Statement::blob(int column) const
{
    const auto *bytes = static_cast<const char *>(sqlite3_column_blob(m_statement, column));
    return bytes ? QByteArray(bytes, sqlite3_column_bytes(m_statement, column)) : QByteArray();
}

Result<std::unique_ptr<Database>> Database::open(const QString &file, Access access)
{
    const QByteArray path = QFile::encodeName(file);
    if (access == Access::ReadWrite) {
        // Made here and not by SQLite, so that it is private from its first byte; the -wal and -shm files take over the mode.
        const int descriptor = ::open(path.constData(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
        if (descriptor < 0)
            return fail(Error::Kind::Internal, u"cannot open %1: %2"_s.arg(file, qt_error_string(errno)));
        ::close(descriptor);
    }
    std::unique_ptr<Database> database(new Database);
    const int flags = (access == Access::ReadWrite ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY) | SQLITE_OPEN_NOMUTEX;
    if (sqlite3_open_v2(path.constData(), &database->m_handle, flags, nullptr) != SQLITE_OK)
        return fail(Error::Kind::Internal, u"cannot open %1: %2"_s.arg(file, database->lastError()));
    sqlite3_busy_timeout(database->m_handle, 5000);
    const bool ready = access == Access::ReadOnly ||
        database->execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=4000; PRAGMA temp_store=MEMORY");
    if (!ready)
        return fail(Error::Kind::Internal, u"cannot use %1: %2"_s.arg(file, database->lastError()));
    return database;
}

Database::~Database()
{
    sqlite3_close_v2(m_handle);
}

bool Database::execute(const char *sql)
{
    return sqlite3_exec(m_handle, sql, nullptr, nullptr, nullptr) == SQLITE_OK;
}

QString Database::lastError() const
{
    return m_handle ? QString::fromUtf8(sqlite3_errmsg(m_handle)) : u"out of memory"_s;
}

int Database::schemaVersion()
{
    Statement statement(*this, "PRAGMA user_version");
    return statement.next() ? int(statement.integer(0)) : 0;
}

} // namespace core::sandbox
