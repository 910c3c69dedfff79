// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/workers.h"

#include "tests/support/await.h"
#include "tests/support/testmain.h"

#include <atomic>
#include <QSemaphore>
#include <QTest>
#include <QThread>

using namespace Qt::StringLiterals;
using namespace core;

class TstWorkers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void worksElsewhereAndAnswersHere()
    {
        Workers workers;
        QObject context;
        QThread *here = QThread::currentThread(), *there = nullptr, *told = nullptr;
        workers.run(
            &context, [] { return QThread::currentThread(); },
            [&](QThread *thread) {
                there = thread;
                told = QThread::currentThread();
            });
        QVERIFY(!told); // never inside the call
        QTRY_VERIFY(told);
        QCOMPARE(told, here);
        QVERIFY(there != here);
    }

    void aReply()
    {
        Workers workers;
        QObject parent;
        const auto good = tests::await(workers.reply<int>([] { return Result<int>(7); }, &parent));
        QVERIFY(good && *good);
        QCOMPARE(**good, 7);
        const auto bad = tests::await(workers.reply<int>([]() -> Result<int> { return fail(Error::Kind::NotFound, u"no"_s); }, &parent));
        QVERIFY(bad && !*bad);
    }

    void whoIsGoneHearsNothing()
    {
        QSemaphore go;
        std::atomic<int> done = 0;
        bool told = false;
        {
            Workers workers;
            auto context = std::make_unique<QObject>();
            workers.run(
                context.get(),
                [&] {
                    go.acquire();
                    return ++done;
                },
                [&](int) { told = true; });
            context.reset();
            go.release();
        }
        // The work was ended before its threads were.
        QCOMPARE(done, 1);
        QCoreApplication::sendPostedEvents();
        QVERIFY(!told);
    }

    /// Whoever waits for Qt's own threads (the window's painting) does not wait for ours.
    void theGlobalPoolStaysFree()
    {
        Workers workers;
        QObject context;
        QSemaphore go;
        const int many = 2 * QThread::idealThreadCount() + 2;
        int ended = 0;
        for (int i = 0; i < many; ++i) {
            workers.run(
                &context,
                [&go] {
                    go.acquire();
                    return 0;
                },
                [&](int) { ++ended; });
        }
        QCOMPARE(QThreadPool::globalInstance()->activeThreadCount(), 0);
        go.release(many);
        QTRY_COMPARE(ended, many);
    }
};

SIGNALBOX_TEST(TstWorkers)
#include "tst_workers.moc"
