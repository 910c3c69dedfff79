// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/windowlock.h"
#include "tests/core/store/storefixture.h"
#include "tests/support/testmain.h"

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
        auto first = std::make_unique<WindowLock>(fixture.open());
        const auto home = Home::open(fixture.path());
        WindowLock second(**home);
        const auto done = await(second.handOver({}, {})); // nobody listens
        QVERIFY(done && !*done);
        QCOMPARE(done->error().kind, core::Error::Kind::Timeout);
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
