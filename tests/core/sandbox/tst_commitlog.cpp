// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/common/commitlog.h"
#include "tests/support/testmain.h"

#include <atomic>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace core::sandbox;

class TstCommitLog : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void withoutADatabaseTheCallerFinishes();
    void writesInOrderAndTells();
    void takesEverythingBackWhenTheDiskRefuses();
    void writesWhatWaitsAtTheEnd();
    void databasesArePrivate();
    void refusesWhatIsNoDatabase();
};

namespace {

std::unique_ptr<Database> makeDatabase(const QTemporaryDir &folder)
{
    auto database = Database::open(folder.filePath(u"t.db"_s), Database::Access::ReadWrite);
    if (!database || !(*database)->execute("CREATE TABLE IF NOT EXISTS t(n INTEGER PRIMARY KEY)"))
        return nullptr;
    return std::move(*database);
}

int rows(const QTemporaryDir &folder)
{
    auto database = Database::open(folder.filePath(u"t.db"_s), Database::Access::ReadOnly);
    Statement count(**database, "SELECT count(*) FROM t");
    return count.next() ? int(count.integer(0)) : -1;
}

Write insert(int n, std::atomic<int> &good, std::atomic<int> &bad)
{
    Write write;
    write.persist = [n](Database &database) { return Statement(database, "INSERT INTO t VALUES(?)").bind(qint64(n)).run(); };
    write.undo = [] {};
    write.done = [&good, &bad](bool durable) { ++(durable ? good : bad); };
    return write;
}

} // namespace

void TstCommitLog::withoutADatabaseTheCallerFinishes()
{
    CommitLog log(nullptr);
    log.start();
    Write write;
    QCOMPARE(log.submit(write), CommitLog::Accepted::InMemory);
}

void TstCommitLog::writesInOrderAndTells()
{
    QTemporaryDir folder;
    std::atomic<int> good = 0, bad = 0;
    CommitLog log(makeDatabase(folder));
    log.start();
    for (int i = 0; i < 500; ++i) {
        Write write = insert(i, good, bad);
        QCOMPARE(log.submit(write), CommitLog::Accepted::Queued);
    }
    QTRY_COMPARE(good.load(), 500);
    QCOMPARE(bad.load(), 0);
    QCOMPARE(rows(folder), 500);
}

void TstCommitLog::takesEverythingBackWhenTheDiskRefuses()
{
    QTemporaryDir folder;
    std::atomic<int> good = 0, bad = 0;
    QList<int> undone;
    CommitLog log(makeDatabase(folder));
    // Submitted before the start, so all of them are one transaction; the third one hits a row that is there.
    for (int n : {1, 2, 2, 3}) {
        Write write = insert(n, good, bad);
        write.undo = [&undone, n] { undone.append(n); };
        QCOMPARE(log.submit(write), CommitLog::Accepted::Queued);
    }
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"cannot write: .*UNIQUE"_s));
    log.start();
    QTRY_COMPARE(bad.load(), 4);
    QCOMPARE(undone, (QList<int>{3, 2, 2, 1}));
    QCOMPARE(rows(folder), 0);
    Write write = insert(9, good, bad);
    QCOMPARE(log.submit(write), CommitLog::Accepted::Queued);
    QTRY_COMPARE(good.load(), 1);
    QCOMPARE(rows(folder), 1);
}

void TstCommitLog::writesWhatWaitsAtTheEnd()
{
    QTemporaryDir folder;
    std::atomic<int> good = 0, bad = 0;
    {
        CommitLog log(makeDatabase(folder));
        log.start();
        for (int i = 0; i < 50; ++i) {
            Write write = insert(i, good, bad);
            QCOMPARE(log.submit(write), CommitLog::Accepted::Queued);
        }
        log.stop();
        Write late = insert(99, good, bad);
        QCOMPARE(log.submit(late), CommitLog::Accepted::Refused);
    }
    QCOMPARE(good.load(), 50);
    QCOMPARE(rows(folder), 50);
}

void TstCommitLog::databasesArePrivate()
{
    QTemporaryDir folder;
    const auto database = makeDatabase(folder);
    QVERIFY(database);
    QVERIFY(database->execute("INSERT INTO t VALUES(1)"));
    for (const QString &name : {u"t.db"_s, u"t.db-wal"_s, u"t.db-shm"_s}) {
        const auto permissions = QFile::permissions(folder.filePath(name));
        QVERIFY2(!(permissions & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther)), qPrintable(name));
    }
}

void TstCommitLog::refusesWhatIsNoDatabase()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(u"t.db"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(5000, 'x'));
    file.close();
    const auto opened = Database::open(file.fileName(), Database::Access::ReadWrite);
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, core::Error::Kind::Internal);
    QVERIFY(!Database::open(folder.filePath(u"no/such/folder.db"_s), Database::Access::ReadWrite));
}

SIGNALBOX_TEST(TstCommitLog)
#include "tst_commitlog.moc"
