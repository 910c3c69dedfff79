// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/database.h"
#include "core/store/drafts.h"
#include "core/store/ledger.h"
#include "core/store/mirror.h"
#include "core/store/viewstate.h"
#include "tests/core/store/storefixture.h"
#include "tests/support/testmain.h"

#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace core::store;
using tests::await;
using tests::errorOf;
using tests::StoreFixture;

namespace {

const QStringList Files{u"ledger.db"_s, u"drafts.db"_s, u"mirror.db"_s, u"state.db"_s};

/// Everything that uses a file of the home, opened and asked once.
struct Everything {
    explicit Everything(Home &home)
        : ledger(home, u"test"_s)
        , drafts(home)
        , mirror(home)
        , view(home)
    {
    }
    /// What went wrong with that file; empty: nothing.
    QString ask(const QString &file)
    {
        if (file == u"ledger.db")
            return errorOf(await(ledger.verify()));
        if (file == u"drafts.db")
            return errorOf(await(drafts.list()));
        if (file == u"mirror.db")
            return errorOf(await(mirror.coverage({})));
        view.setValue(u"test"_s, ++m_asked);
        return errorOf(await(view.flush()));
    }
    Ledger ledger;
    Drafts drafts;
    Mirror mirror;
    ViewState view;

private:
    int m_asked = 0;
};

QString schemaOf(StoreFixture &fixture, const QString &file)
{
    // Not the tables full-text search makes for itself.
    return fixture
        .sql(file,
             u"SELECT group_concat(sql, char(10)) FROM (SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT GLOB 'part_*' AND "
             "name NOT GLOB 'word_*' ORDER BY name)"_s)
        .toString();
}

QString golden(const QString &file, int version)
{
    return QStringLiteral(SIGNALBOX_TEST_DATA) + u"/store/%1-%2.sql"_s.arg(QString(file).chopped(3)).arg(version);
}

DatabaseSpec growing(int versions)
{
    DatabaseSpec spec;
    spec.file = u"grow.db"_s;
    const QList<QStringList> all{
        {u"CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT NOT NULL)"_s},
        {u"ALTER TABLE thing ADD COLUMN size INTEGER NOT NULL DEFAULT 7"_s, u"CREATE INDEX thing_name ON thing(name)"_s},
        {u"CREATE TABLE other (id INTEGER PRIMARY KEY)"_s, u"INSERT INTO other SELECT id FROM thing"_s}};
    spec.migrations = all.first(versions);
    return spec;
}

core::Result<core::Done> runIn(Database &database, const QString &sql)
{
    const auto done = await(database.write<core::Done>([sql](Connection &connection) { return connection.run(sql); }));
    return done ? *done : core::fail(core::Error::Kind::Timeout, u"no answer"_s);
}

core::Result<QVariant> valueIn(Database &database, const QString &sql)
{
    const auto value = await(database.read<QVariant>([sql](Connection &connection) { return connection.single(sql); }));
    return value ? *value : core::fail(core::Error::Kind::Timeout, u"no answer"_s);
}

} // namespace

class TstSchema final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { tests::failOnAnyWarning(); }

    void everyEarlierVersion_isBroughtForward_data()
    {
        QTest::addColumn<int>("from");
        for (int from = 0; from <= 3; ++from)
            QTest::addRow("from %d", from) << from;
    }
    void everyEarlierVersion_isBroughtForward()
    {
        QFETCH(int, from);
        StoreFixture fixture;
        if (from > 0) {
            Database old(fixture.open(), growing(from));
            QVERIFY(runIn(old, u"INSERT INTO thing(id, name) VALUES(1, 'a')"_s));
        }
        Database database(fixture.open(), growing(3));
        if (from == 0)
            QVERIFY(runIn(database, u"INSERT INTO thing(id, name) VALUES(1, 'a')"_s));
        QCOMPARE(valueIn(database, u"SELECT name || size FROM thing"_s).value_or(QVariant()).toString(), u"a7"_s);
        QCOMPARE(valueIn(database, u"PRAGMA user_version"_s).value_or(QVariant()).toInt(), 3);
        QCOMPARE(valueIn(database, u"SELECT count(*) FROM other"_s).value_or(QVariant()).toInt(), from == 0 || from == 3 ? 0 : 1);
    }

    /// A step that fails halfway leaves the version before.
    void aStepThatFails_changesNothing()
    {
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"grow.db cannot be opened"_s));
        StoreFixture fixture;
        {
            Database old(fixture.open(), growing(1));
            QVERIFY(runIn(old, u"INSERT INTO thing(id, name) VALUES(1, 'a')"_s));
        }
        {
            DatabaseSpec broken = growing(2);
            broken.migrations.last() << u"CREATE TABLE thing (id)"_s;
            Database database(fixture.open(), broken);
            QVERIFY(!valueIn(database, u"SELECT 1"_s));
        }
        Database database(fixture.open(), growing(1));
        QCOMPARE(valueIn(database, u"SELECT name FROM thing"_s).value_or(QVariant()).toString(), u"a"_s);
    }

    void whileAnotherProgramUsesTheHome_itWaits()
    {
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"grow.db cannot be opened"_s));
        StoreFixture fixture;
        auto other = Home::open(fixture.path());
        QVERIFY(other);
        auto theirs = std::make_unique<Database>(**other, growing(1));
        QVERIFY(runIn(*theirs, u"INSERT INTO thing(id, name) VALUES(1, 'a')"_s));
        Database mine(fixture.open(), growing(2));
        const auto refused = valueIn(mine, u"SELECT 1"_s);
        QVERIFY(!refused);
        QVERIFY2(refused.error().message.contains(u"end the other programs"_s), qPrintable(refused.error().message));
        QVERIFY(runIn(*theirs, u"INSERT INTO thing(id, name) VALUES(2, 'b')"_s)); // and they go on
        theirs.reset();
        other->reset();
        QTRY_VERIFY_WITH_TIMEOUT(valueIn(mine, u"SELECT sum(size) FROM thing"_s).value_or(QVariant()).toInt() == 14, 20000);
    }

    void aNewerFile_isRefused_andNotTouched_data()
    {
        QTest::addColumn<QString>("file");
        for (const QString &file : Files)
            QTest::newRow(qPrintable(file)) << file;
    }
    void aNewerFile_isRefused_andNotTouched()
    {
        QFETCH(QString, file);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(file + u" cannot be opened"_s));
        StoreFixture fixture;
        {
            Everything all(fixture.open());
            QCOMPARE(all.ask(file), QString());
        }
        fixture.home.reset();
        fixture.sql(file, u"PRAGMA user_version = 99"_s);
        const QString before = schemaOf(fixture, file);
        {
            Home &home = fixture.open();
            QSignalSpy health(&home, &Home::healthChanged);
            Everything all(home);
            QTRY_COMPARE(health.count(), 1);
            const auto what = health.first().first().value<Health>();
            QCOMPARE(what.kind, Health::Kind::Newer);
            QCOMPARE(what.file, file);
            const QString told = all.ask(file);
            QVERIFY2(told.contains(u"written by a newer version of this program"_s), qPrintable(told));
            for (const QString &another : Files)
                QVERIFY2(another == file || all.ask(another).isEmpty(), qPrintable(another)); // the rest works
        }
        QCOMPARE(fixture.sql(file, u"PRAGMA user_version"_s).toInt(), 99);
        QCOMPARE(schemaOf(fixture, file), before);
    }

    /// tests/data/store holds every schema that was ever shipped: a home of that version is opened and used. Changing a migration that
    /// was shipped, or adding one without its file, fails here.
    void everySchemaEverShipped_isOpened_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<int>("version");
        for (const QString &file : Files) {
            for (int version = 1; QFile::exists(golden(file, version)); ++version)
                QTest::addRow("%s %d", qPrintable(file), version) << file << version;
        }
    }
    void everySchemaEverShipped_isOpened()
    {
        QFETCH(QString, file);
        QFETCH(int, version);
        StoreFixture made, given;
        {
            Everything all(made.open());
            QCOMPARE(all.ask(file), QString());
        }
        made.home.reset();
        QFile sql(golden(file, version));
        QVERIFY(sql.open(QIODevice::ReadOnly));
        QVERIFY(QDir().mkpath(given.path()));
        for (const QByteArray &statement : sql.readAll().split(';')) {
            if (!statement.trimmed().isEmpty())
                given.sql(file, QString::fromUtf8(statement));
        }
        given.sql(file, u"PRAGMA user_version = %1"_s.arg(version));
        {
            Everything all(given.open());
            QCOMPARE(all.ask(file), QString());
        }
        given.home.reset();
        QCOMPARE(schemaOf(given, file), schemaOf(made, file));
        const int current = made.sql(file, u"PRAGMA user_version"_s).toInt();
        QCOMPARE(given.sql(file, u"PRAGMA user_version"_s).toInt(), current);
        QVERIFY2(QFile::exists(golden(file, current)), qPrintable(golden(file, current)));
    }
};

SIGNALBOX_TEST(TstSchema)
#include "tst_schema.moc"
