// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/drafts.h"
#include "tests/core/store/storefixture.h"
#include "tests/support/testmain.h"

#include <QRandomGenerator>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace core::store;
using core::Address;
using tests::await;
using tests::errorOf;
using tests::StoreFixture;

namespace {

constexpr int Many = 20;

Address at(int number)
{
    return *Address::build(u"shop"_s, u"public"_s, u"config"_s, {u"g"_s, QString::number(number)});
}

/// Does not shrink when it is compressed.
QByteArray noise(int seed)
{
    QByteArray bytes(20'000, Qt::Uninitialized);
    QRandomGenerator(quint32(seed)).generate(bytes.begin(), bytes.end());
    return bytes;
}

void fill(StoreFixture &fixture)
{
    Drafts drafts(fixture.open());
    for (int i = 0; i < Many; ++i)
        std::ignore =
            await(drafts.save({at(i), noise(i), {}, "0123", "base", QDateTime::fromMSecsSinceEpoch(1'700'000'000'000 + i, Qt::UTC)}));
}

/// Empty: every draft is there as it was saved.
QString missingIn(Drafts &drafts)
{
    const auto list = await(drafts.list());
    if (!list || !*list)
        return errorOf(list);
    if ((*list)->size() != Many)
        return u"%1 of %2"_s.arg((*list)->size()).arg(Many);
    for (int i = 0; i < Many; ++i) {
        const auto draft = await(drafts.load(at(i)));
        if (!draft || !*draft || !**draft || (**draft)->content != noise(i))
            return u"draft %1 is not as it was"_s.arg(i);
    }
    return {};
}

} // namespace

/// Whatever happens while a damaged file is put right, what it held is not lost.
class TstQuarantine final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void fullDiskMeanwhile_nothingIsLost()
    {
        tests::failOnAnyWarning();
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"drafts.db cannot be opened"_s));
        StoreFixture fixture;
        fill(fixture);
        fixture.home.reset();
        fixture.damage(u"drafts.db"_s, 0, QByteArray(60, '\0'));
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"drafts.db was damaged"_s));
        {
            const tests::FullDisk full(200'000);
            Drafts drafts(fixture.open());
            const auto list = await(drafts.list());
            QVERIFY(list && !*list);
            QCOMPARE(list->error().kind, core::Error::Kind::Internal);
            QTRY_COMPARE(fixture.home->state(), Home::State::NoSpace);
            QVERIFY2(QDir(fixture.path()).entryList({u"drafts.db.damaged*"_s, u"*.rebuilt*"_s}).isEmpty(), "as it was found");
        }
        Drafts drafts(fixture.open());
        QCOMPARE(missingIn(drafts), QString());
    }

    void crashWhileItIsMade_itIsMadeAgain()
    {
        tests::failOnAnyWarning();
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"drafts.db was damaged"_s));
        StoreFixture fixture;
        fill(fixture);
        fixture.home.reset();
        QFile half(fixture.file(u"drafts.db.rebuilt"_s)); // a whole file without rows, as at the beginning of the work
        QVERIFY(QFile::copy(fixture.file(u"drafts.db"_s), half.fileName()));
        fixture.sql(u"drafts.db.rebuilt"_s, u"DELETE FROM draft"_s);
        fixture.damage(u"drafts.db"_s, 0, QByteArray(60, '\0'));
        Drafts drafts(fixture.open());
        QCOMPARE(missingIn(drafts), QString());
        QVERIFY(!half.exists());
    }

    void crashBetweenTheRenames_theNewFileIsTaken()
    {
        tests::failOnAnyWarning();
        StoreFixture fixture;
        fill(fixture);
        fixture.home.reset();
        QVERIFY(QFile::rename(fixture.file(u"drafts.db"_s), fixture.file(u"drafts.db.rebuilt"_s)));
        QFile wal(fixture.file(u"drafts.db-wal"_s));
        QVERIFY(wal.open(QIODevice::WriteOnly) && wal.write(QByteArray(5000, 'w')) > 0); // of the file that was moved aside
        wal.close();
        // Two programs find it at once.
        auto other = Home::open(fixture.path());
        QVERIFY(other);
        Drafts theirs(**other), mine(fixture.open());
        QCOMPARE(missingIn(mine), QString());
        QCOMPARE(missingIn(theirs), QString());
        QVERIFY(!QFile::exists(fixture.file(u"drafts.db.rebuilt"_s)));
    }

    /// A damaged page that nobody happens to read.
    void afterACrash_damageIsFoundInTheBackground_data()
    {
        QTest::addColumn<bool>("crashed");
        QTest::newRow("crashed") << true;
        QTest::newRow("ended well") << false;
    }
    void afterACrash_damageIsFoundInTheBackground()
    {
        QFETCH(bool, crashed);
        StoreFixture fixture;
        fill(fixture);
        fixture.home.reset();
        const qsizetype place = fixture.read(u"drafts.db"_s).indexOf("config/g/7");
        QVERIFY(place > 4096);
        fixture.damage(u"drafts.db"_s, place / 4096 * 4096, QByteArray(4096, '\x5A'));
        if (crashed) {
            QFile left(fixture.file(u"run/%1.lock"_s.arg(QUuid::createUuid().toString(QUuid::WithoutBraces))));
            QVERIFY(left.open(QIODevice::WriteOnly));
        }
        Home &home = fixture.open();
        QCOMPARE(home.crashedBefore(), crashed);
        QCOMPARE(Home::mayBeUnsettled(fixture.path()), false); // there is no ledger
        QSignalSpy health(&home, &Home::healthChanged);
        Drafts drafts(home);
        if (crashed)
            QTRY_COMPARE_WITH_TIMEOUT(health.count(), 1, 20000);
        QCOMPARE(health.count(), crashed ? 1 : 0);
    }

    void eachByteOfTheHeader_mayBeWrong_data()
    {
        QTest::addColumn<int>("from");
        // magic, page size and format, change counter, size, free list, schema, encoding, user version, version valid for
        for (const int from : {0, 16, 20, 24, 28, 32, 36, 40, 44, 56, 60, 92})
            QTest::addRow("bytes from %d", from) << from;
    }
    void eachByteOfTheHeader_mayBeWrong()
    {
        QFETCH(int, from);
        StoreFixture fixture;
        fill(fixture);
        fixture.home.reset();
        const QByteArray before = fixture.read(u"drafts.db"_s).mid(from, 4);
        QByteArray bad(4, '\0');
        std::transform(before.begin(), before.end(), bad.begin(), [](char c) { return char(c ^ '\xA5'); });
        fixture.damage(u"drafts.db"_s, from, bad);
        QTest::failOnWarning(QRegularExpression(u"QSql|QObject"_s));
        Drafts drafts(fixture.open());
        QCOMPARE(missingIn(drafts), QString());
    }
};

SIGNALBOX_TEST(TstQuarantine)
#include "tst_quarantine.moc"
