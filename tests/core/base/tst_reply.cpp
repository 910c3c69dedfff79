// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/reply.h"
#include "tests/support/testmain.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using core::Done;
using core::Error;
using core::Reply;
using core::Result;

/// The promises of Reply<T>, one by one (core/base/reply.h, operation.h).
class TstReply final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void settledInsideTheCall_isAnsweredLater()
    {
        int calls = 0;
        auto *reply = Reply<int>::settled(7);
        reply->then(this, [&](const Result<int> &result) {
            ++calls;
            QCOMPARE(*result, 7);
        });
        QCOMPARE(calls, 0);
        QVERIFY(reply->isSettled());
        QVERIFY(!reply->isFinished());
        QTRY_COMPARE(calls, 1);
    }

    void handler_isCalledExactlyOnce()
    {
        int calls = 0;
        QPointer<Reply<int>> reply = new Reply<int>;
        reply->then(this, [&](const Result<int> &) { ++calls; });
        reply->settle(1);
        reply->settle(2);
        reply->abort({Error::Kind::Network, u"late"_s});
        reply->cancel();
        QTRY_VERIFY(reply.isNull());
        QCOMPARE(calls, 1);
    }

    void firstSettle_wins()
    {
        int value = 0;
        auto *reply = new Reply<int>;
        reply->settle(1);
        reply->settle(2);
        reply->then(this, [&](const Result<int> &result) { value = *result; });
        QTRY_COMPARE(value, 1);
    }

    void everyHandler_getsTheAnswer_inOrder()
    {
        QStringList order;
        auto *reply = Reply<int>::settled(1);
        for (const QString &name : {u"a"_s, u"b"_s, u"c"_s})
            reply->then(this, [&order, name](const Result<int> &) { order << name; });
        QTRY_COMPARE(order, (QStringList{u"a"_s, u"b"_s, u"c"_s}));
    }

    void deadReceiver_isNotCalled()
    {
        int calls = 0;
        auto *receiver = new QObject;
        QPointer<Reply<int>> reply = Reply<int>::settled(1);
        reply->then(receiver, [&](const Result<int> &) { ++calls; });
        delete receiver;
        QTRY_VERIFY(reply.isNull());
        QCOMPARE(calls, 0);
    }

    void oneReceiverDies_theOtherIsCalled()
    {
        int calls = 0;
        auto *receiver = new QObject;
        auto *reply = new Reply<int>;
        reply->then(receiver, [&](const Result<int> &) { calls += 100; });
        reply->then(this, [&](const Result<int> &) { ++calls; });
        delete receiver;
        QVERIFY(!reply->isSettled());
        reply->settle(1);
        QTRY_COMPARE(calls, 1);
    }

    void receiverDiesInAHandler_laterHandlersOfItAreNotCalled()
    {
        int calls = 0;
        auto *receiver = new QObject;
        QPointer<Reply<int>> reply = Reply<int>::settled(1);
        reply->then(this, [&](const Result<int> &) { delete receiver; });
        reply->then(receiver, [&](const Result<int> &) { ++calls; });
        QTRY_VERIFY(reply.isNull());
        QCOMPARE(calls, 0);
    }

    void lastReceiverGone_cancelsARead()
    {
        int told = 0;
        auto *receiver = new QObject;
        QPointer<Reply<int>> reply = new Reply<int>;
        reply->onCancel = [&] { ++told; };
        reply->then(receiver, [](const Result<int> &) { QFAIL("called"); });
        delete receiver;
        QCOMPARE(told, 1);
        QVERIFY(reply->isSettled());
        QCOMPARE(reply->result().error().kind, Error::Kind::Cancelled);
        QTRY_VERIFY(reply.isNull());
    }

    void lastReceiverGone_doesNotCancelAWrite()
    {
        auto *receiver = new QObject;
        QPointer<Reply<int>> reply = new Reply<int>;
        reply->setWhenAbandoned(core::Operation::WhenAbandoned::Continue);
        reply->onCancel = [] { QFAIL("cancelled"); };
        reply->then(receiver, [](const Result<int> &) { QFAIL("called"); });
        delete receiver;
        QVERIFY(!reply->isSettled());
        reply->settle(1);
        QTRY_VERIFY(reply.isNull());
    }

    void cancel_tellsTheProducerOnce_andAnswersCancelled()
    {
        int told = 0;
        std::optional<Error> error;
        auto *reply = new Reply<int>;
        reply->onCancel = [&] { ++told; };
        reply->then(this, [&](const Result<int> &result) { error = result.error(); });
        reply->cancel();
        reply->cancel();
        QCOMPARE(told, 1);
        QVERIFY(!error);
        QTRY_VERIFY(error);
        QCOMPARE(error->kind, Error::Kind::Cancelled);
        QVERIFY(!error->retryable);
    }

    void producerSettlesInsideItsOnCancel_itsAnswerCounts()
    {
        std::optional<Result<int>> got;
        auto *reply = new Reply<int>;
        reply->onCancel = [reply] { reply->settle(5); };
        reply->then(this, [&](const Result<int> &result) { got = result; });
        reply->cancel();
        QTRY_VERIFY(got);
        QCOMPARE(got->value_or(0), 5);
    }

    void cancelAfterSettle_changesNothing()
    {
        std::optional<Result<int>> got;
        auto *reply = new Reply<int>;
        reply->onCancel = [] { QFAIL("told"); };
        reply->then(this, [&](const Result<int> &result) { got = result; });
        reply->settle(3);
        reply->cancel();
        QTRY_VERIFY(got);
        QCOMPARE(got->value_or(0), 3);
    }

    void anOperationThatHasEnded_isNoReceiver()
    {
        const QPointer<Reply<int>> source(new Reply<int>);
        auto *target = new Reply<int>;
        std::optional<Error::Kind> end;
        int called = 0;
        target->then(this, [&](const Result<int> &result) { end = result ? Error::Kind::Internal : result.error().kind; });
        source->then(target, [&](const Result<int> &) { ++called; });
        // The answer is on its way when the service of the target goes.
        source->settle(1);
        target->abort({Error::Kind::Cancelled, u"gone"_s, 0, false});
        QTRY_VERIFY(!source);
        QTRY_VERIFY(end);
        QCOMPARE(*end, Error::Kind::Cancelled);
        QCOMPARE(called, 0);
    }

    void onCancel_isLetGoWhenSettled()
    {
        const auto resource = std::make_shared<int>(1);
        auto *reply = new Reply<int>;
        reply->onCancel = [resource] {};
        QCOMPARE(resource.use_count(), 2);
        reply->settle(1);
        QCOMPARE(resource.use_count(), 1);
    }

    void abort_settlesWithoutAskingTheProducer()
    {
        std::optional<Error> error;
        auto *reply = new Reply<int>;
        reply->onCancel = [] { QFAIL("asked"); };
        reply->then(this, [&](const Result<int> &result) { error = result.error(); });
        reply->abort({Error::Kind::Network, u"gone"_s, 0, true});
        QTRY_VERIFY(error);
        QCOMPARE(*error, (Error{Error::Kind::Network, u"gone"_s, 0, true}));
    }

    void detachReceivers_cutsEveryHandlerOff()
    {
        QPointer<Reply<int>> reply = new Reply<int>;
        reply->then(this, [](const Result<int> &) { QFAIL("called"); });
        reply->detachReceivers();
        reply->settle(1);
        QTRY_VERIFY(reply.isNull());
    }

    void handlerMayDestroyTheParent()
    {
        auto *service = new QObject;
        QPointer<Reply<int>> reply = new Reply<int>(service);
        int calls = 0;
        reply->then(this, [&](const Result<int> &) {
            ++calls;
            delete service;
        });
        reply->settle(1);
        QTRY_COMPARE(calls, 1);
        QVERIFY(reply.isNull());
    }

    void deletesItselfAfterwards_andFinishedComesOnce()
    {
        QPointer<Reply<int>> reply = new Reply<int>;
        QSignalSpy finished(reply, &core::Operation::finished);
        reply->settle(1);
        QTRY_VERIFY(reply.isNull());
        QCOMPARE(finished.count(), 1);
    }

    void follow_convertsAnswersAndErrors()
    {
        for (const bool good : {true, false}) {
            auto *source = new Reply<int>;
            auto *target = new Reply<QString>;
            std::optional<Result<QString>> got;
            core::follow(target, source, [](const Result<int> &result) -> Result<QString> {
                if (!result)
                    return core::fail(result.error());
                return QString::number(*result);
            });
            target->then(this, [&](const Result<QString> &result) { got = result; });
            source->settle(good ? Result<int>(4) : Result<int>(core::fail(Error::Kind::NotFound, u"no"_s)));
            QTRY_VERIFY(got);
            QCOMPARE(got->has_value(), good);
        }
    }

    void follow_cancelOfTheTargetReachesTheSource()
    {
        int told = 0;
        auto *source = new Reply<int>;
        QPointer<Reply<int>> target = new Reply<int>;
        source->onCancel = [&] { ++told; };
        core::follow(target.data(), source, [](const Result<int> &result) { return result; });
        target->cancel();
        QCOMPARE(told, 1);
        QTRY_VERIFY(target.isNull());
    }

    void follow_targetDestroyed_cancelsTheSource()
    {
        int told = 0;
        auto *source = new Reply<int>;
        auto *target = new Reply<int>;
        source->onCancel = [&] { ++told; };
        core::follow(target, source, [](const Result<int> &result) { return result; });
        delete target;
        QCOMPARE(told, 1);
    }

    void moveOnlyHandlersAndResults()
    {
        auto resource = std::make_unique<int>(3);
        int got = 0;
        auto *reply = Reply<std::shared_ptr<int>>::settled(std::make_shared<int>(4));
        reply->then(this,
                    [&got, resource = std::move(resource)](const Result<std::shared_ptr<int>> &result) { got = *resource + **result; });
        QTRY_COMPARE(got, 7);
    }
};

SIGNALBOX_TEST(TstReply)
#include "tst_reply.moc"
