// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/sql/connection.h"

#include <atomic>
#include <QDateTime>
#include <QSqlError>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace core::store {

namespace {

Error toError(const QSqlError &error)
{
    return Error{Error::Kind::Internal, u"local database: "_s + error.databaseText(), error.nativeErrorCode().toInt() & 0xff, false};
}

constexpr int BusyTimeout = 10000;

/// SQLite takes a byte order mark at the start of a UTF-16 text for one and drops it: with one more in front the text is stored whole.
QVariant bound(const QVariant &value)
{
    if (value.typeId() != QMetaType::QString)
        return value;
    const QString text = value.toString();
    return text.startsWith(QChar(QChar::ByteOrderMark)) ? QVariant(QChar(QChar::ByteOrderMark) + text) : value;
}

} // namespace

bool isSql(const Error &error, SqlCode code)
{
    return error.kind == Error::Kind::Internal && error.code == int(code);
}

bool isDamage(const Error &error)
{
    // A schema format no version of SQLite knows is told as an ordinary error.
    return isSql(error, SqlCode::Corrupt) || isSql(error, SqlCode::NotADatabase) ||
        (isSql(error, SqlCode::Generic) && error.message.contains("unsupported file format"_L1));
}

bool isNoSpace(const Error &error)
{
    return isSql(error, SqlCode::Full) || isSql(error, SqlCode::IoError);
}

std::optional<Error> Rows::error() const
{
    const QSqlError error = m_query->lastError();
    if (error.type() == QSqlError::NoError)
        return std::nullopt;
    return toError(error);
}

Connection::Connection(QString name)
    : m_name(std::move(name))
{
}

Connection::~Connection()
{
    m_statements.clear();
    m_database.close();
    m_database = {};
    QSqlDatabase::removeDatabase(m_name);
}

Result<std::unique_ptr<Connection>> Connection::open(const QString &path, Access access)
{
    static std::atomic_int counter = 0;
    std::unique_ptr<Connection> connection(new Connection(u"signalbox-store-%1"_s.arg(++counter)));
    QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, connection->m_name);
    QString options = u"QSQLITE_BUSY_TIMEOUT=%1"_s.arg(BusyTimeout);
    QString name = path;
    switch (access) {
    case Access::ReadWrite:
        break;
    case Access::ReadOnly:
        options += u";QSQLITE_OPEN_READONLY"_s;
        break;
    case Access::Immutable:
        name = u"file:"_s + QString::fromLatin1(QUrl::toPercentEncoding(path, "/")) + u"?immutable=1"_s;
        options += u";QSQLITE_OPEN_READONLY;QSQLITE_OPEN_URI"_s;
        break;
    case Access::Memory:
        name = u":memory:"_s;
        break;
    }
    database.setConnectOptions(options);
    database.setDatabaseName(name);
    connection->m_database = database;
    if (!database.open())
        return fail(toError(database.lastError()));
    return connection;
}

Result<QSqlQuery *> Connection::execute(const QString &sql, const QVariantList &values)
{
    std::shared_ptr<QSqlQuery> &query = m_statements[sql];
    if (!query) {
        query = std::make_shared<QSqlQuery>(m_database);
        query->setForwardOnly(true);
        if (!query->prepare(sql)) {
            const Error error = toError(query->lastError());
            m_statements.remove(sql);
            return fail(error);
        }
    }
    for (qsizetype i = 0; i < values.size(); ++i)
        query->bindValue(int(i), bound(values.at(i)));
    if (!query->exec()) {
        const Error error = toError(query->lastError());
        query->finish();
        return fail(error);
    }
    return query.get();
}

Result<Done> Connection::run(const QString &sql, const QVariantList &values)
{
    const auto query = execute(sql, values);
    if (!query)
        return fail(query.error());
    m_changes = (*query)->numRowsAffected();
    m_lastId = (*query)->lastInsertId().toLongLong();
    (*query)->finish();
    return Done{};
}

Result<Rows> Connection::rows(const QString &sql, const QVariantList &values)
{
    const auto query = execute(sql, values);
    if (!query)
        return fail(query.error());
    return Rows(*query);
}

Result<QVariant> Connection::single(const QString &sql, const QVariantList &values)
{
    auto found = rows(sql, values);
    if (!found)
        return fail(found.error());
    if (found->next())
        return found->value(0);
    if (const auto error = found->error())
        return fail(*error);
    return QVariant();
}

void Connection::forgetStatements()
{
    m_statements.clear();
}

QVariant sqlTime(const QDateTime &time)
{
    return time.isValid() ? QVariant(time.toMSecsSinceEpoch()) : QVariant();
}

QDateTime timeFromSql(const QVariant &value)
{
    return value.isNull() ? QDateTime() : QDateTime::fromMSecsSinceEpoch(value.toLongLong(), Qt::UTC);
}

} // namespace core::store
