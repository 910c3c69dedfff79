// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/reply.h"
#include "tests/support/testmain.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using core::Error;
using core::Reply;
using core::Result;

namespace {

class Service final : public QObject {
public:
    explicit Service(QStringList &log)
        : m_log(log)
    {
    }
    ~Service() override { m_log << u"destructor"_s; }
    Reply<int> *ask()
    {
        auto *reply = m_operations.track(new Reply<int>(this));
        reply->onCancel = [this] { m_log << u"cancel %1"_s.arg(m_member); };
        return reply;
    }
    void cancelAll() { m_operations.cancelAll(); }

private:
    QStringList &m_log;
    QString m_member = u"alive"_s;
    core::OperationTracker m_operations;
};

} // namespace

class TstOperationTracker final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void serviceGone_everyCallerIsAnsweredCancelled()
    {
        QStringList log;
        int answers = 0;
        auto service = std::make_unique<Service>(log);
        for (int i = 0; i < 3; ++i)
            service->ask()->then(this, [&](const Result<int> &result) {
                ++answers;
                QCOMPARE(result.error().kind, Error::Kind::Cancelled);
            });
        service.reset();
        // The members an onCancel touches are still there.
        QCOMPARE(log, (QStringList{u"destructor"_s, u"cancel alive"_s, u"cancel alive"_s, u"cancel alive"_s}));
        QCOMPARE(answers, 0);
        QTRY_COMPARE(answers, 3);
    }

    void settledButNotYetDelivered_survivesTheService()
    {
        QStringList log;
        int value = 0;
        auto service = std::make_unique<Service>(log);
        auto *reply = service->ask();
        reply->then(this, [&](const Result<int> &result) { value = *result; });
        reply->settle(9);
        service.reset();
        QTRY_COMPARE(value, 9);
    }

    void handlerDestroysTheService()
    {
        QStringList log;
        int answers = 0;
        auto service = std::make_unique<Service>(log);
        auto *first = service->ask(), *second = service->ask();
        first->then(this, [&](const Result<int> &) {
            ++answers;
            service.reset();
        });
        second->then(this, [&](const Result<int> &) { ++answers; });
        first->settle(1);
        QTRY_COMPARE(answers, 2);
    }

    void cancelAll_leavesTheServiceUsable()
    {
        QStringList log;
        Service service(log);
        int cancelled = 0, value = 0;
        service.ask()->then(this, [&](const Result<int> &result) { cancelled += result ? 0 : 1; });
        service.cancelAll();
        auto *next = service.ask();
        next->then(this, [&](const Result<int> &result) { value = result.value_or(-1); });
        next->settle(4);
        QTRY_COMPARE(value, 4);
        QCOMPARE(cancelled, 1);
    }

    void cancelledAndNotYetDelivered_survivesTheService()
    {
        QStringList log;
        int cancelled = 0;
        auto service = std::make_unique<Service>(log);
        service->ask()->then(this, [&](const Result<int> &result) { cancelled += result ? 0 : 1; });
        service->cancelAll();
        service.reset();
        QTRY_COMPARE(cancelled, 1);
    }

    void callerAsksAgainInsideTheAnswer()
    {
        QStringList log;
        auto service = std::make_unique<Service>(log);
        int answers = 0;
        auto *first = service->ask();
        first->then(this, [&](const Result<int> &) {
            service->ask()->then(this, [&](const Result<int> &result) { answers += result ? 0 : 1; });
            service.reset();
        });
        first->settle(1);
        QTRY_COMPARE(answers, 1);
    }

    void manyOperations_areForgottenWhenDone()
    {
        QStringList log;
        Service service(log);
        int answers = 0;
        for (int i = 0; i < 5000; ++i) {
            auto *reply = service.ask();
            reply->then(this, [&](const Result<int> &) { ++answers; });
            reply->settle(i);
        }
        QTRY_COMPARE_WITH_TIMEOUT(answers, 5000, 20000);
    }
};

SIGNALBOX_TEST(TstOperationTracker)
#include "tst_operationtracker.moc"
