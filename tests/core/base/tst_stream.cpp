// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/reply.h"
#include "core/base/stream.h"
#include "tests/support/testmain.h"

#include <QRegularExpression>
#include <QTest>
#include <QTimer>

using namespace Qt::StringLiterals;
using core::Done;
using core::Error;
using core::Reply;
using core::Result;
using core::Stream;

namespace {

/// Something that holds much, and says so.
struct Body {
    QByteArray bytes;
    int number = 0;
    qsizetype weight() const { return bytes.size(); }
};

Body body(int number)
{
    return {QByteArray(1024 * 1024, 'x'), number};
}

/// Everything that was posted has come.
void turnOver()
{
    QObject context;
    bool over = false;
    for (int i = 0; i < 3; ++i) {
        over = false;
        QTimer::singleShot(0, &context, [&over] { over = true; });
        QTRY_VERIFY(over);
    }
}

} // namespace

/// The promises of Stream<T>, one by one (core/base/stream.h).
class TstStream final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void pushesOfOneTurn_becomeOneBatch_andNothingComesInsideTheCall()
    {
        QList<QList<int>> batches;
        auto *stream = new Stream<int>;
        stream->each(this, [&](const QList<int> &batch) { batches << batch; });
        stream->push({1, 2});
        stream->push({3});
        QVERIFY(batches.isEmpty());
        QTRY_COMPARE(batches, (QList<QList<int>>{{1, 2, 3}}));
        stream->push({4});
        QTRY_COMPARE(batches, (QList<QList<int>>{{1, 2, 3}, {4}}));
        stream->settle(Done{});
    }

    void everythingPushed_comesBeforeASuccessfulEnd()
    {
        QStringList order;
        auto *stream = new Stream<int>;
        stream->each(this, [&](const QList<int> &batch) { order << u"batch of %1"_s.arg(batch.size()); });
        stream->then(this, [&](const Result<Done> &result) { order << (result ? u"end"_s : u"error"_s); });
        stream->push({1, 2, 3});
        stream->settle(Done{});
        stream->push({4}); // too late
        QTRY_COMPARE(order, (QStringList{u"batch of 3"_s, u"end"_s}));
    }

    void afterCancel_nothingMoreIsDelivered()
    {
        QStringList order;
        auto *stream = new Stream<int>;
        stream->each(this, [&](const QList<int> &) { order << u"batch"_s; });
        stream->then(this, [&](const Result<Done> &result) { order << result.error().kindName(); });
        stream->push({1});
        stream->cancel();
        stream->push({2});
        QTRY_COMPARE(order, (QStringList{u"Cancelled"_s}));
    }

    void cancelInsideAHandler_endsIt()
    {
        int batches = 0;
        std::optional<Error> error;
        auto *stream = new Stream<int>;
        stream->each(this, [&](const QList<int> &) {
            ++batches;
            stream->push({2});
            stream->cancel();
        });
        stream->then(this, [&](const Result<Done> &result) { error = result.error(); });
        stream->push({1});
        QTRY_VERIFY(error);
        QCOMPARE(batches, 1);
        QCOMPARE(error->kind, Error::Kind::Cancelled);
    }

    void aboveHighWater_theProducerIsPausedAndResumed()
    {
        int resumed = 0, items = 0;
        auto *stream = new Stream<int>;
        stream->setHighWater({.items = 3});
        stream->onResume = [&] { ++resumed; };
        stream->each(this, [&](const QList<int> &batch) { items += int(batch.size()); });
        QCOMPARE(stream->push({1, 2}), Stream<int>::Flow::GoOn);
        QCOMPARE(stream->push({3}), Stream<int>::Flow::Pause);
        QCOMPARE(resumed, 0);
        QTRY_COMPARE(resumed, 1);
        QCOMPARE(items, 3);
        QCOMPARE(stream->push({4}), Stream<int>::Flow::GoOn);
        QTRY_COMPARE(items, 4);
        QCOMPARE(resumed, 1);
        stream->settle(Done{});
    }

    void aMillionItemsThroughBackPressure_arriveOnceAndInOrder()
    {
        constexpr int Total = 1'000'000;
        int produced = 0, expected = 0;
        qsizetype most = 0;
        bool ended = false;
        auto *stream = new Stream<int>;
        const auto produce = [&] {
            while (produced < Total) {
                QList<int> items;
                for (int i = 0; i < 500 && produced < Total; ++i)
                    items << produced++;
                if (stream->push(items) == Stream<int>::Flow::Pause)
                    return;
            }
            stream->settle(Done{});
        };
        stream->onResume = produce;
        stream->each(this, [&](const QList<int> &batch) {
            most = std::max(most, batch.size());
            for (const int item : batch)
                QCOMPARE(item, expected++);
        });
        stream->then(this, [&](const Result<Done> &) { ended = true; });
        produce();
        QTRY_VERIFY_WITH_TIMEOUT(ended, 20000);
        QCOMPARE(expected, Total);
        QVERIFY2(most <= 4096 + 500, "nothing piles up beyond the high-water mark");
    }

    void itemsWeighWhatTheyHold()
    {
        QCOMPARE(core::weightOf(7), qsizetype(sizeof(int)));
        QCOMPARE(core::weightOf(QByteArray(1000, 'x')), qsizetype(sizeof(QByteArray)) + 1000);
        QCOMPARE(core::weightOf(QString(1000, u'x')), qsizetype(sizeof(QString)) + 2000);
        QCOMPARE(core::weightOf(Body{QByteArray(1000, 'x'), 0}), qsizetype(sizeof(Body)) + 1000);
    }

    void heavyItems_pauseByTheirBytes()
    {
        int resumed = 0;
        auto *stream = new Stream<Body>;
        stream->onResume = [&] { ++resumed; };
        for (int i = 0; i < 7; ++i)
            QCOMPARE(stream->push({body(i)}), Stream<Body>::Flow::GoOn);
        QCOMPARE(stream->push({body(7)}), Stream<Body>::Flow::Pause);
        QTRY_COMPARE(resumed, 1);
        // What was delivered weighs nothing any more.
        QCOMPARE(stream->push({body(8)}), Stream<Body>::Flow::GoOn);
        stream->cancel();
    }

    /// Each batch is worked on elsewhere before the next is wanted.
    void aSlowReceiverOfLargeBodies_keepsMemoryBounded_andLosesNothing()
    {
        constexpr int Total = 200;
        int produced = 0, taken = 0, most = 0;
        bool ended = false;
        auto *stream = new Stream<Body>;
        const auto produce = [&] {
            while (produced < Total) {
                const auto flow = stream->push({body(produced++)});
                most = std::max(most, produced - taken);
                if (flow == Stream<Body>::Flow::Pause)
                    return;
            }
            stream->settle(Done{});
        };
        stream->onResume = produce;
        stream->each(this, [&](const QList<Body> &batch) {
            if (produced < Total)
                stream->hold();
            // It has a batch, and after a while it has done with it.
            QTimer::singleShot(1, this, [&, batch, alive = QPointer(stream)] {
                for (const Body &one : batch)
                    QCOMPARE(one.number, taken++);
                if (alive)
                    alive->release();
            });
        });
        stream->then(this, [&](const Result<Done> &) { ended = true; });
        produce();
        QTRY_VERIFY_WITH_TIMEOUT(ended, 20000);
        QTRY_COMPARE_WITH_TIMEOUT(taken, Total, 20000);
        QVERIFY2(most <= 16, qPrintable(u"%1 MiB were under way"_s.arg(most))); // a batch it works on, and one that waits
    }

    void held_nothingIsDelivered_untilReleased()
    {
        QList<int> got;
        int resumed = 0;
        auto *stream = new Stream<int>;
        stream->setHighWater({.items = 2});
        stream->onResume = [&] { ++resumed; };
        stream->each(this, [&](const QList<int> &batch) { got += batch; });
        stream->push({1});
        stream->hold(); // after it was posted, too
        stream->hold();
        QCOMPARE(stream->push({2}), Stream<int>::Flow::Pause);
        turnOver();
        QVERIFY(got.isEmpty());
        QCOMPARE(resumed, 0);
        stream->release();
        QVERIFY(got.isEmpty()); // not inside the call
        QTRY_COMPARE(got, (QList<int>{1, 2}));
        QCOMPARE(resumed, 1);
        stream->cancel();
    }

    void held_whatIsPendingComesBeforeAGoodEnd()
    {
        QStringList order;
        auto *stream = new Stream<int>;
        stream->each(this, [&](const QList<int> &batch) { order << u"batch of %1"_s.arg(batch.size()); });
        stream->then(this, [&](const Result<Done> &result) { order << (result ? u"end"_s : u"error"_s); });
        stream->hold();
        stream->push({1, 2});
        stream->settle(Done{});
        QTRY_COMPARE(order, (QStringList{u"batch of 2"_s, u"end"_s}));
    }

    void held_cancelEndsIt()
    {
        QStringList order;
        int told = 0;
        auto *stream = new Stream<Body>;
        QPointer<core::Operation> alive = stream;
        stream->onCancel = [&] { ++told; };
        stream->onResume = [] { QFAIL("resumed"); };
        stream->each(this, [&](const QList<Body> &) { order << u"batch"_s; });
        stream->then(this, [&](const Result<Done> &result) { order << result.error().kindName(); });
        stream->hold();
        while (stream->push({body(0)}) == Stream<Body>::Flow::GoOn) {
        }
        stream->cancel();
        stream->release();
        QTRY_VERIFY(alive.isNull());
        QCOMPARE(order, QStringList{u"Cancelled"_s});
        QCOMPARE(told, 1);
    }

    void held_lastReceiverGone_endsIt()
    {
        int told = 0;
        auto *receiver = new QObject;
        auto *stream = new Stream<Body>;
        QPointer<core::Operation> alive = stream;
        stream->onCancel = [&] { ++told; };
        stream->onResume = [] { QFAIL("resumed"); };
        stream->each(receiver, [](const QList<Body> &) { QFAIL("delivered"); });
        stream->hold();
        while (stream->push({body(0)}) == Stream<Body>::Flow::GoOn) {
        }
        delete receiver;
        QCOMPARE(told, 1);
        QTRY_VERIFY(alive.isNull());
    }

    void resumeIsNotCalledAfterTheEnd()
    {
        auto *stream = new Stream<int>;
        QPointer<core::Operation> alive = stream;
        stream->setHighWater({.items = 1});
        stream->onResume = [] { QFAIL("resumed"); };
        stream->push({1});
        stream->settle(Done{});
        QTRY_VERIFY(alive.isNull());
    }

    void lastReceiverGone_unsubscribes()
    {
        int told = 0;
        auto *receiver = new QObject;
        auto *stream = new Stream<int>;
        stream->onCancel = [&] { ++told; };
        stream->each(receiver, [](const QList<int> &) {});
        stream->then(receiver, [](const Result<Done> &) { QFAIL("called"); });
        const QPointer<Stream<int>> left(stream);
        delete receiver;
        QCOMPARE(told, 1);
        QTRY_VERIFY(!left);
    }

    void anOperationThatHasEnded_isNoReceiver()
    {
        const QPointer<Stream<int>> source(new Stream<int>);
        auto *target = new Reply<int>;
        int batches = 0, ends = 0;
        source->each(target, [&](const QList<int> &) { ++batches; });
        source->then(target, [&](const Result<Done> &) { ++ends; });
        source->push({1});
        source->settle(Done{});
        target->abort({Error::Kind::Cancelled, u"gone"_s, 0, false});
        QTRY_VERIFY(!source);
        QCOMPARE(batches, 0);
        QCOMPARE(ends, 0);
    }

    void handlerMayDestroyTheParent()
    {
        auto *service = new QObject;
        QPointer<core::Operation> alive;
        auto *stream = new Stream<int>(service);
        alive = stream;
        int batches = 0;
        stream->each(this, [&](const QList<int> &) {
            ++batches;
            delete service;
        });
        stream->push({1});
        stream->settle(Done{});
        QTRY_COMPARE(batches, 1);
        QVERIFY(alive.isNull());
    }

    void endWithAnError_saysSo_once()
    {
        int ends = 0;
        auto *stream = new Stream<int>;
        stream->then(this, [&](const Result<Done> &result) {
            ++ends;
            QCOMPARE(result.error().kind, Error::Kind::Network);
        });
        stream->abort({Error::Kind::Network, u"lost"_s});
        stream->settle(Done{});
        QTRY_COMPARE(ends, 1);
    }
};

SIGNALBOX_TEST(TstStream)
#include "tst_stream.moc"
