// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/home.h"
#include "tests/support/await.h"

#include <csignal>
#include <QDir>
#include <QRegularExpression>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>
#include <sys/resource.h>

namespace tests {

/// A home folder that can be opened, closed and opened again.
class StoreFixture {
public:
    core::store::Home &open()
    {
        home.reset();
        auto opened = core::store::Home::open(path());
        if (!opened)
            qFatal("the home cannot be opened");
        home = std::move(*opened);
        return *home;
    }
    QString path() const { return folder.path() + QStringLiteral("/home"); }
    QString file(const QString &name) const { return path() + QLatin1Char('/') + name; }

    /// Changes a database file behind the back of the store, as a foreign program would.
    QVariant sql(const QString &database, const QString &statement)
    {
        QVariant first;
        {
            QSqlDatabase db = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("foreign"));
            db.setDatabaseName(file(database));
            if (!db.open())
                qFatal("cannot open a test database");
            QSqlQuery query(db);
            if (!query.exec(statement))
                qFatal("%s", qPrintable(statement + QLatin1Char(' ') + query.lastError().text()));
            if (query.next())
                first = query.value(0);
            query.finish();
            db.close();
        }
        QSqlDatabase::removeDatabase(QStringLiteral("foreign"));
        return first;
    }
    /// Overwrites bytes in a file.
    void damage(const QString &name, qint64 offset, const QByteArray &bytes)
    {
        QFile target(file(name));
        if (!target.open(QIODevice::ReadWrite) || !target.seek(offset) || target.write(bytes) != bytes.size())
            qFatal("cannot damage a test file");
    }
    QByteArray read(const QString &name) const
    {
        QFile source(file(name));
        return source.open(QIODevice::ReadOnly) ? source.readAll() : QByteArray();
    }

    QTemporaryDir folder;
    std::unique_ptr<core::store::Home> home;
};

/// No file of this process can grow beyond the limit while it lives.
class FullDisk {
public:
    explicit FullDisk(rlim_t bytes)
    {
        std::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limit{bytes, m_before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FullDisk() { ::setrlimit(RLIMIT_FSIZE, &m_before); }

private:
    rlimit m_before{};
};

inline void failOnAnyWarning()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
}

} // namespace tests
