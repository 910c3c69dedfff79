// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/filelock.h"
#include "core/store/windowlock.h"
#include "tests/core/store/storefixture.h"
#include "tests/support/testmain.h"

#include <QFile>
#include <QLocalServer>
#include <QLocalSocket>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace core::store;
using tests::await;
using tests::errorOf;

class TstWindowLock final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { tests::failOnAnyWarning(); }

    void second_handsItsArgumentsOver()
    {
        tests::StoreFixture fixture;
        WindowLock first(fixture.open());
        QVERIFY(first.acquire());
        QVERIFY(first.acquire());
        QSignalSpy received(&first, &WindowLock::argumentsReceived);
        const auto home = Home::open(fixture.path());
        WindowLock second(**home);
        QVERIFY(!second.acquire());
        const QStringList arguments{u"--open"_s, u"signalbox://shop/public/config/g/配置"_s};
        const auto done = await(second.handOver(arguments, u"/tmp"_s));
        QVERIFY2(done && *done, qPrintable(errorOf(done)));
        QCOMPARE(**done, WindowLock::HandOver::Taken);
        QTRY_COMPARE(received.count(), 1);
        QCOMPARE(received.first().at(0).toStringList(), arguments);
        QCOMPARE(received.first().at(1).toString(), u"/tmp"_s);
    }

    void lock_isFreeWhenTheFirstIsGone()
    {
        tests::StoreFixture fixture;
        const auto home = Home::open(fixture.path());
        {
            WindowLock first(fixture.open());
            QVERIFY(first.acquire());
        }
        WindowLock second(**home);
        QVERIFY(second.acquire());
        QSignalSpy received(&second, &WindowLock::argumentsReceived);
        WindowLock third(*fixture.home);
        QVERIFY(!third.acquire());
        QVERIFY(*await(third.handOver({u"x"_s}, {})));
        QTRY_COMPARE(received.count(), 1);
    }

    void longPaths_workAsWell()
    {
        QTemporaryDir folder;
        const auto home = Home::open(folder.path() + u'/' + QString(150, u'x'));
        QVERIFY(home);
        WindowLock first(**home);
        QVERIFY(first.acquire());
        const auto otherHome = Home::open((*home)->path());
        WindowLock second(**otherHome);
        QVERIFY(!second.acquire());
        QVERIFY(*await(second.handOver({}, {})));
    }

    void windowThatDoesNotAnswer_isATimeout()
    {
        tests::StoreFixture fixture;
        FileLock first;
        const auto home = Home::open(fixture.path());
        QVERIFY(first.open(fixture.file(u"run/window.lock"_s)) && first.tryLock(FileLock::Mode::Exclusive));
        WindowLock second(**home);
        const auto done = await(second.handOver({}, {})); // nobody listens
        QVERIFY(done && !*done);
        QCOMPARE(done->error().kind, core::Error::Kind::Timeout);
    }

    /// Killed: the operating system frees the lock some time after the last answer. This process stands in for it.
    void ownerThatEndsMeanwhile_isFollowed_data()
    {
        QTest::addColumn<bool>("listens");
        QTest::newRow("takes the connection, answers nothing") << true;
        QTest::newRow("left a socket nobody listens on") << false;
    }
    void ownerThatEndsMeanwhile_isFollowed()
    {
        QFETCH(bool, listens);
        tests::StoreFixture fixture;
        WindowLock mine(fixture.open());
        const QString path = fixture.file(u"run/window.socket"_s);
        FileLock dying;
        QVERIFY(dying.open(fixture.file(u"run/window.lock"_s)) && dying.tryLock(FileLock::Mode::Exclusive));
        QLocalServer server;
        QFile stale(path);
        QVERIFY(listens ? server.listen(path) : stale.open(QIODevice::WriteOnly));
        QVERIFY(!mine.acquire());
        auto *reply = mine.handOver({u"x"_s}, {});
        if (listens)
            QTRY_VERIFY(server.hasPendingConnections());
        QVERIFY(!reply->isSettled());
        dying.close();
        const auto handed = await(reply);
        QVERIFY2(handed && *handed, qPrintable(errorOf(handed)));
        QCOMPARE(**handed, WindowLock::HandOver::OwnerGone);
        // It is the window as any other.
        const auto home = Home::open(fixture.path());
        WindowLock next(**home);
        QVERIFY(!next.acquire());
        const auto taken = await(next.handOver({u"y"_s}, {}));
        QVERIFY(taken && *taken);
        QCOMPARE(**taken, WindowLock::HandOver::Taken);
    }

    void nonsenseOnTheSocket_isHarmless()
    {
        tests::StoreFixture fixture;
        WindowLock lock(fixture.open());
        QVERIFY(lock.acquire());
        QSignalSpy received(&lock, &WindowLock::argumentsReceived);
        QLocalSocket socket;
        socket.connectToServer(fixture.file(u"run/window.socket"_s));
        QTRY_COMPARE(socket.state(), QLocalSocket::ConnectedState);
        QSignalSpy gone(&socket, &QLocalSocket::disconnected);
        socket.write(QByteArray(2 << 20, 'x'));
        QTRY_COMPARE(gone.count(), 1);
        QCOMPARE(received.count(), 0);
    }
};

SIGNALBOX_TEST(TstWindowLock)
#include "tst_windowlock.moc"
