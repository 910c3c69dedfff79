// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/filelock.h"
#include "core/store/overrides.h"
#include "tests/core/store/storefixture.h"
#include "tests/support/testmain.h"

#include <algorithm>
#include <pwd.h>
#include <QFileInfo>
#include <QSignalSpy>
#include <QUuid>
#include <unistd.h>

using namespace Qt::StringLiterals;
using core::store::FileLock;
using core::store::Home;
using core::store::Overrides;
using tests::await;

class TstHome final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { tests::failOnAnyWarning(); }

    void resolve_takesWhatIsGivenThenTheVariableThenTheDataFolder()
    {
        qunsetenv("SIGNALBOX_HOME");
        QVERIFY(Home::resolve().endsWith(u"/signalbox"_s));
        qputenv("SIGNALBOX_HOME", "/somewhere/else");
        QCOMPARE(Home::resolve(), u"/somewhere/else"_s);
        QCOMPARE(Home::resolve(u"/given"_s), u"/given"_s);
        qunsetenv("SIGNALBOX_HOME");
    }

    /// Not below the root of the file system.
    void withoutHome_thePersonsFolderIsTaken()
    {
        const QByteArray before = qgetenv("HOME"), data = qgetenv("XDG_DATA_HOME");
        for (const char *name : {"SIGNALBOX_HOME", "XDG_DATA_HOME"})
            qunsetenv(name);
        const passwd *person = getpwuid(getuid());
        const QString expected = person ? QFile::decodeName(person->pw_dir) + u"/.local/share/signalbox"_s : QString();
        QStringList resolved;
        qunsetenv("HOME");
        resolved.append(Home::resolve());
        qputenv("HOME", "");
        resolved.append(Home::resolve());
        qputenv("HOME", "/elsewhere");
        resolved.append(Home::resolve().left(10)); // the rest is where tests keep theirs
        qputenv("HOME", before);
        if (!data.isNull())
            qputenv("XDG_DATA_HOME", data);
        QVERIFY(person);
        QCOMPARE(resolved, (QStringList{expected, expected, u"/elsewhere"_s}));
    }

    void open_makesAPrivateFolder()
    {
        tests::StoreFixture fixture;
        const Home &home = fixture.open();
        QCOMPARE(home.state(), Home::State::Ready);
        QVERIFY(home.writable());
        QCOMPARE(QFileInfo(home.path()).permissions() & (QFile::ReadGroup | QFile::ReadOther | QFile::ExeOther | QFile::WriteOther),
                 QFile::Permissions());
        QVERIFY(QFileInfo::exists(home.filePath(u"run/"_s + home.owner() + u".lock"_s)));
    }

    void open_refusesAPathThatIsAFile()
    {
        QTemporaryDir folder;
        QFile file(folder.filePath(u"file"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const auto home = Home::open(file.fileName());
        QVERIFY(!home);
        QCOMPARE(home.error().kind, core::Error::Kind::Usage);
    }

    void open_inAPlaceThatCannotBeMade_goesOnWithoutMemory()
    {
        const auto home = Home::open(u"/proc/signalbox-home"_s);
        QVERIFY(home);
        QCOMPARE((*home)->state(), Home::State::Unusable);
        const auto writable = (*home)->writable();
        QVERIFY(!writable);
        QVERIFY2(writable.error().message.contains(u"/proc/signalbox-home"_s), qPrintable(writable.error().message));
        QCOMPARE((*home)->health().size(), 1);
    }

    void owner_isAliveWhileItsLockIsHeld()
    {
        tests::StoreFixture fixture;
        const Home &home = fixture.open();
        QVERIFY(home.isAlive(home.owner()));
        QVERIFY(!home.isAlive(u"nobody"_s));
        const QString other = QUuid::createUuid().toString(QUuid::WithoutBraces);
        FileLock lock;
        QVERIFY(lock.open(home.filePath(u"run/"_s + other + u".lock"_s)));
        QVERIFY(!home.isAlive(other));
        QCOMPARE(home.deadOwners(), QStringList{other});
        QVERIFY(lock.tryLock(FileLock::Mode::Exclusive));
        QVERIFY(home.isAlive(other));
        QVERIFY(home.deadOwners().isEmpty());
        lock.close();
        QVERIFY(!home.isAlive(other));
    }

    void close_removesTheOwnersLock()
    {
        tests::StoreFixture fixture;
        const QString name = u"run/"_s + fixture.open().owner() + u".lock"_s;
        QVERIFY(QFileInfo::exists(fixture.file(name)));
        fixture.home.reset();
        QVERIFY(!QFileInfo::exists(fixture.file(name)));
    }

    void lockFileOfAKilledProcess_isACrash()
    {
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"ended unexpectedly"_s));
        tests::StoreFixture fixture;
        QVERIFY(!fixture.open().crashedBefore());
        fixture.home.reset();
        const QString dead = QUuid::createUuid().toString(QUuid::WithoutBraces);
        QFile left(fixture.file(u"run/"_s + dead + u".lock"_s));
        QVERIFY(left.open(QIODevice::WriteOnly));
        const Home &home = fixture.open();
        QVERIFY(home.crashedBefore());
        QVERIFY(home.deadOwners().contains(dead));
        QVERIFY(!left.exists());
    }

    void twoHomes_onOneFolder_knowEachOther()
    {
        tests::StoreFixture fixture;
        const Home &first = fixture.open();
        const auto second = Home::open(fixture.path());
        QVERIFY(second);
        QVERIFY(first.isAlive((*second)->owner()));
        QVERIFY((*second)->isAlive(first.owner()));
        QVERIFY(!(*second)->crashedBefore());
    }

    void homeThatAnotherProgramHasForItself_isAskedWithoutWaiting()
    {
        tests::StoreFixture fixture;
        Home &home = fixture.open();
        FileLock other = alone(fixture);
        Overrides overrides(home);
        auto *finding = overrides.find(someAddress());
        QTRY_VERIFY(isWaiting(home)); // asked in this thread, while the writer waits for the lock
        QVERIFY(!finding->isSettled());
        other.close();
        QVERIFY(*await(finding));
        QTRY_VERIFY(home.health().isEmpty());
    }

    void whoHasNoPatience_isToldAndTriesAgain()
    {
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"cannot be opened: another program is bringing"_s));
        tests::StoreFixture fixture;
        Home &home = fixture.open();
        home.setPatience(std::chrono::milliseconds(50));
        FileLock other = alone(fixture);
        {
            Overrides overrides(home);
            const auto found = await(overrides.find(someAddress()));
            QVERIFY(found && !*found);
            QCOMPARE(found->error().kind, core::Error::Kind::Timeout);
            QVERIFY2(found->error().message.contains(u"try again when it is done"), qPrintable(found->error().message));
        }
        other.close();
        const auto again = [&] {
            Overrides overrides(home);
            const auto found = await(overrides.find(someAddress()));
            return found && *found;
        };
        QTRY_VERIFY(again());
    }

    void theEnd_doesNotWaitForAnotherProgram()
    {
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"cannot be opened: another program is bringing"_s));
        tests::StoreFixture fixture;
        fixture.open();
        FileLock other = alone(fixture);
        {
            Overrides overrides(*fixture.home);
            overrides.find(someAddress());
            QTRY_VERIFY(isWaiting(*fixture.home));
        }
        fixture.home.reset(); // while the other one still has it
        QVERIFY(other.isOpen());
    }

private:
    static core::Address someAddress() { return *core::Address::build(u"shop"_s, u"public"_s, u"config"_s, {u"g"_s, u"d"_s}); }
    static FileLock alone(const tests::StoreFixture &fixture)
    {
        FileLock lock;
        if (!lock.open(fixture.file(u"home.lock"_s)) || !lock.tryLock(FileLock::Mode::Exclusive))
            qFatal("the home is not free");
        return lock;
    }
    static bool isWaiting(const Home &home)
    {
        const auto health = home.health();
        return std::ranges::any_of(health, [](const auto &one) { return one.kind == core::store::Health::Kind::Waiting; });
    }
};

SIGNALBOX_TEST(TstHome)
#include "tst_home.moc"
