// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/sharedfile.h"
#include "tests/support/await.h"
#include "tests/support/temphome.h"
#include "tests/support/testmain.h"

#include <csignal>
#include <QDir>
#include <QFileInfo>
#include <QLockFile>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <sys/resource.h>
#include <thread>

using namespace Qt::StringLiterals;
using core::Done;
using core::Error;
using core::Result;
using core::SharedFile;

class TstSharedFile final : public QObject {
    Q_OBJECT

    static SharedFile::Change append(const QByteArray &text)
    {
        return [text](const QByteArray &current) -> Result<QByteArray> { return current + text; };
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void makesFolderAndFile_forTheOwnerAlone()
    {
        const tests::TempHome home;
        SharedFile file(home.filePath(u"new/deep/file.json"_s));
        QVERIFY(file.read()->isNull());
        const auto done = tests::await(
            file.edit([](const QByteArray &current) -> Result<QByteArray> { return current.isNull() ? "fresh"_ba : "was there"_ba; }));
        QVERIFY2(done && *done, qPrintable(tests::errorOf(done)));
        QCOMPARE(*file.read(), "fresh"_ba);
        QCOMPARE(QFileInfo(file.path()).permissions() & 0x0077, QFile::Permissions());
        QCOMPARE(QFileInfo(home.filePath(u"new/deep"_s)).permissions() & 0x0077, QFile::Permissions());
    }

    void editsHappenInOrder_neverInsideTheCall()
    {
        const tests::TempHome home;
        SharedFile file(home.filePath(u"f"_s));
        file.edit(append("a"));
        file.edit(append("b"));
        auto *last = file.edit(append("c"));
        QVERIFY(!home.exists(u"f"_s));
        QVERIFY(*tests::await(last));
        QCOMPARE(home.read(u"f"_s), "abc"_ba);
    }

    void aFailingChange_changesNothing()
    {
        const tests::TempHome home;
        home.write(u"f"_s, "old");
        SharedFile file(home.filePath(u"f"_s));
        const auto done =
            tests::await(file.edit([](const QByteArray &) -> Result<QByteArray> { return core::fail(Error::Kind::Conflict, u"no"_s); }));
        QCOMPARE(done->error().kind, Error::Kind::Conflict);
        QCOMPARE(home.read(u"f"_s), "old"_ba);
    }

    void lockHeldByAnother_waitsThenGivesUp()
    {
        const tests::TempHome home;
        SharedFile file(home.filePath(u"f"_s));
        QLockFile lock(home.filePath(u"f.lock"_s));
        QVERIFY(lock.lock());
        file.setPatience(std::chrono::milliseconds(100));
        const auto late = tests::await(file.edit(append("x")));
        QCOMPARE(late->error().kind, Error::Kind::Timeout);
        QVERIFY(late->error().retryable);
        file.setPatience(std::chrono::seconds(10));
        auto *waiting = file.edit(append("y"));
        QTimer::singleShot(50, this, [&lock] { lock.unlock(); });
        QVERIFY(*tests::await(waiting));
        QCOMPARE(home.read(u"f"_s), "y"_ba);
    }

    void cancelledBeforeItsTurn_isNotDone()
    {
        const tests::TempHome home;
        SharedFile file(home.filePath(u"f"_s));
        auto *given = file.edit(append("x"));
        given->cancel();
        QVERIFY(*tests::await(file.edit(append("y"))));
        QCOMPARE(home.read(u"f"_s), "y"_ba);
    }

    void whatWasAskedFor_isDoneWhenTheObjectGoes()
    {
        const tests::TempHome home;
        std::optional<Result<Done>> done;
        {
            SharedFile file(home.filePath(u"f"_s));
            file.edit(append("x"))->then(this, [&](const Result<Done> &result) { done = result; });
        }
        QCOMPARE(home.read(u"f"_s), "x"_ba);
        QTRY_VERIFY(done && *done);
    }

    void aFolderThatCannotBe_isAnError()
    {
        const tests::TempHome home;
        home.write(u"file"_s, "x");
        SharedFile file(home.filePath(u"file/below/f"_s));
        const auto done = tests::await(file.edit(append("x")));
        QCOMPARE(done->error().kind, Error::Kind::Internal);
        QVERIFY(!done->error().message.isEmpty());
    }

    void aFullDisk_isAnError_andTheOldContentStays_data()
    {
        QTest::addColumn<int>("size");
        QTest::newRow("more than is buffered") << 100'000;
        QTest::newRow("what is buffered until the end") << 6'000;
    }
    void aFullDisk_isAnError_andTheOldContentStays()
    {
        QFETCH(const int, size);
        const tests::TempHome home;
        home.write(u"f"_s, "old");
        SharedFile file(home.filePath(u"f"_s));
        // No file of this process may grow beyond 4 KiB: what a full disk looks like to a program.
        const auto before = std::signal(SIGXFSZ, SIG_IGN);
        rlimit limit{}, small{};
        QCOMPARE(getrlimit(RLIMIT_FSIZE, &limit), 0);
        small = limit;
        small.rlim_cur = 4096;
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
        const auto done = file.editNow(append(QByteArray(size, 'x')), std::chrono::milliseconds(50));
        setrlimit(RLIMIT_FSIZE, &limit);
        std::signal(SIGXFSZ, before);
        QVERIFY(!done);
        QCOMPARE(done.error().kind, Error::Kind::Internal);
        QCOMPARE(home.read(u"f"_s), "old"_ba);
        QVERIFY(file.editNow(append("!"), std::chrono::milliseconds(50)));
        QCOMPARE(home.read(u"f"_s), "old!"_ba);
    }

    void whatIsNoFile_isAnError()
    {
        const tests::TempHome home;
        QVERIFY(QDir(home.path()).mkdir(u"folder"_s));
        SharedFile file(home.filePath(u"folder"_s));
        QCOMPARE(file.read().error().kind, Error::Kind::Internal);
        QVERIFY(!file.editNow(append("x"), std::chrono::milliseconds(50)));
        QVERIFY(!SharedFile(u"/dev/full"_s).read());
    }

    void editsOfManyThreadsAndObjects_loseNothing()
    {
        const tests::TempHome home;
        const QString path = home.filePath(u"counter"_s);
        constexpr int Threads = 3, Each = 10;
        std::vector<std::thread> threads;
        std::atomic<int> failures = 0;
        for (int t = 0; t < Threads; ++t)
            threads.emplace_back([&] {
                for (int i = 0; i < Each; ++i) {
                    SharedFile file(path);
                    const auto done = file.editNow(
                        [](const QByteArray &current) -> Result<QByteArray> { return QByteArray::number(current.toInt() + 1); },
                        std::chrono::seconds(30));
                    failures += done ? 0 : 1;
                }
            });
        for (std::thread &thread : threads)
            thread.join();
        QCOMPARE(failures.load(), 0);
        QCOMPARE(home.read(u"counter"_s), QByteArray::number(Threads * Each));
    }

    void otherProgramsEdits_areNoticed()
    {
        const tests::TempHome home;
        SharedFile mine(home.filePath(u"f"_s)), theirs(home.filePath(u"f"_s));
        QSignalSpy changed(&mine, &SharedFile::changedOnDisk);
        mine.watch();
        for (const char *text : {"1", "2", "3"}) { // made, then replaced twice
            changed.clear();
            QVERIFY(*tests::await(theirs.edit([text](const QByteArray &) -> Result<QByteArray> { return QByteArray(text); })));
            QTRY_VERIFY(!changed.isEmpty());
            QCOMPARE(*mine.read(), QByteArray(text));
        }
    }
};

SIGNALBOX_TEST(TstSharedFile)
#include "tst_sharedfile.moc"
