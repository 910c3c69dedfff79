// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/guard/unlocks.h"
#include "core/store/filelock.h"
#include "core/store/home.h"
#include "tests/support/manualclock.h"
#include "tests/support/testmain.h"

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using core::Error;
using core::guard::Unlocks;
using core::store::Home;

class TstUnlocks final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void unlock_holdsForItsTime()
    {
        QTemporaryDir folder;
        const auto home = Home::open(folder.path());
        tests::ManualClock clock;
        Unlocks unlocks(**home, u"test"_s, clock);
        QVERIFY(!unlocks.state(u"prod"_s));
        QSignalSpy changed(&unlocks, &Unlocks::changed);
        QVERIFY(unlocks.unlock(u"prod"_s, 15min, u"release"_s));
        QCOMPARE(changed.count(), 1);
        QVERIFY(unlocks.state(u"prod"_s));
        QCOMPARE(unlocks.state(u"prod"_s)->reason, u"release"_s);
        QCOMPARE(unlocks.state(u"prod"_s)->until, clock.now().addSecs(900));
        QVERIFY(!unlocks.state(u"other"_s));
        clock.advance(15min - 1ms);
        QVERIFY(unlocks.state(u"prod"_s));
        clock.advance(1ms);
        QVERIFY(!unlocks.state(u"prod"_s));
    }

    void runningOut_isTold()
    {
        QTemporaryDir folder;
        const auto home = Home::open(folder.path());
        Unlocks unlocks(**home, u"test"_s);
        QVERIFY(unlocks.unlock(u"prod"_s, 1s, u"release"_s));
        QSignalSpy changed(&unlocks, &Unlocks::changed);
        QTRY_COMPARE(changed.count(), 1);
        QVERIFY(!unlocks.state(u"prod"_s));
    }

    void clockSetBack_locks()
    {
        QTemporaryDir folder;
        const auto home = Home::open(folder.path());
        tests::ManualClock clock;
        Unlocks unlocks(**home, u"test"_s, clock);
        QVERIFY(unlocks.unlock(u"prod"_s, 15min, u"release"_s));
        clock.advance(-1h);
        QVERIFY(!unlocks.state(u"prod"_s));
    }

    void otherPrograms_seeItAtOnceAndAreTold()
    {
        QTemporaryDir folder;
        const auto home = Home::open(folder.path());
        const auto second = Home::open(folder.path());
        Unlocks mine(**home, u"window"_s);
        Unlocks theirs(**second, u"ctl"_s);
        QSignalSpy told(&mine, &Unlocks::changed);
        QVERIFY(theirs.unlock(u"prod"_s, 15min, u"release"_s));
        QVERIFY(mine.state(u"prod"_s));
        QCOMPARE(mine.state(u"prod"_s)->program, u"ctl"_s);
        QTRY_COMPARE(told.count(), 1);
        QVERIFY(theirs.unlock(u"stage"_s, 15min, u"release"_s));
        QVERIFY(mine.lock(u"prod"_s));
        QVERIFY(!theirs.state(u"prod"_s));
        QVERIFY(theirs.state(u"stage"_s));
    }

    void nonsense_isRefused()
    {
        QTemporaryDir folder;
        const auto home = Home::open(folder.path());
        Unlocks unlocks(**home, u"test"_s);
        QCOMPARE(unlocks.unlock(u"prod"_s, 15min, u"  "_s).error().kind, Error::Kind::Usage);
        QCOMPARE(unlocks.unlock(u"prod"_s, 0s, u"x"_s).error().kind, Error::Kind::Usage);
        QCOMPARE(unlocks.unlock(u"prod"_s, 25h, u"x"_s).error().kind, Error::Kind::Usage);
        QVERIFY(!unlocks.state(u"prod"_s));
    }

    void brokenFile_isLocked()
    {
        QTemporaryDir folder;
        const auto home = Home::open(folder.path());
        Unlocks unlocks(**home, u"test"_s);
        QVERIFY(unlocks.unlock(u"prod"_s, 15min, u"x"_s));
        for (const QByteArray &content : {QByteArray("{"), QByteArray("7"),
                                          QByteArray("{\"since\":\"2000-01-01T00:00:00.000Z\",\"until\":\"2999-01-01T00:00:00.000Z\"}")}) {
            QFile file((*home)->filePath(u"unlocks/prod.json"_s));
            QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(content) == content.size());
            file.close();
            QVERIFY2(!unlocks.state(u"prod"_s), content.constData());
        }
        QVERIFY(unlocks.unlock(u"prod"_s, 15min, u"x"_s));
        QVERIFY(unlocks.state(u"prod"_s));
    }

    /// Nothing another program holds, and for however long, keeps this one waiting.
    void locksOfOthers_areNotWaitedFor()
    {
        QTemporaryDir folder;
        const auto home = Home::open(folder.path());
        std::vector<core::store::FileLock> held(3);
        QVERIFY(held[0].open((*home)->filePath(u"run/unlocks.lock"_s)) && held[1].open((*home)->filePath(u"home.lock"_s)) &&
                held[2].open((*home)->filePath(u"run/ledger.lock"_s)));
        for (core::store::FileLock &lock : held)
            QVERIFY(lock.tryLock(core::store::FileLock::Mode::Exclusive));
        Unlocks unlocks(**home, u"test"_s);
        QVERIFY(unlocks.unlock(u"prod"_s, 15min, u"x"_s));
        QVERIFY(unlocks.state(u"prod"_s));
        QVERIFY(unlocks.lock(u"prod"_s));
        QVERIFY(!unlocks.state(u"prod"_s));
    }

    /// A connection that is not saved has a name of its own, too.
    void anyName_isAFileOfItsOwn()
    {
        QTemporaryDir folder;
        const auto home = Home::open(folder.path());
        Unlocks unlocks(**home, u"test"_s);
        const QStringList names{u"prod"_s, u"~0123456789abcdef"_s, u"../prod"_s, u"配置"_s};
        for (const QString &name : names) {
            QVERIFY(!unlocks.state(name));
            QVERIFY(unlocks.unlock(name, 15min, name));
        }
        for (const QString &name : names)
            QCOMPARE(unlocks.state(name)->reason, name);
        QCOMPARE(QDir((*home)->filePath(u"unlocks"_s)).entryList(QDir::Files).size(), names.size());
        QSignalSpy changed(&unlocks, &Unlocks::changed);
        QVERIFY(unlocks.lock(u"配置"_s));
        QCOMPARE(changed.count(), 1);
        QCOMPARE(changed.first().first().toString(), u"配置"_s);
    }

    void withoutAHome_isRefused()
    {
        const auto home = Home::open(u"/proc/signalbox-home"_s);
        Unlocks unlocks(**home, u"test"_s);
        const auto done = unlocks.unlock(u"prod"_s, 15min, u"x"_s);
        QVERIFY(!done);
        QCOMPARE(done.error().kind, Error::Kind::Internal);
        QVERIFY(!unlocks.state(u"prod"_s));
    }
};

SIGNALBOX_TEST(TstUnlocks)
#include "tst_unlocks.moc"
