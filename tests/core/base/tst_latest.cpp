// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/latest.h"
#include "core/base/reply.h"
#include "core/base/stream.h"
#include "tests/support/testmain.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using core::Latest;
using core::Reply;
using core::Result;

class TstLatest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void assigningAnother_cancelsAndSilencesTheOneBefore()
    {
        int told = 0, calls = 0;
        Latest<Reply<int>> latest;
        auto *first = new Reply<int>;
        first->onCancel = [&] { ++told; };
        latest = first;
        latest->then(this, [](const Result<int> &) { QFAIL("a superseded answer"); });
        latest = new Reply<int>;
        latest->then(this, [&](const Result<int> &result) { calls += *result; });
        QCOMPARE(told, 1);
        latest->settle(5);
        QTRY_COMPARE(calls, 5);
    }

    void alreadySettledButNotFinished_isSilencedToo()
    {
        Latest<Reply<int>> latest;
        latest = Reply<int>::settled(1);
        latest->then(this, [](const Result<int> &) { QFAIL("painted for a former selection"); });
        bool done = false;
        latest = Reply<int>::settled(2);
        latest->then(this, [&](const Result<int> &) { done = true; });
        QTRY_VERIFY(done);
    }

    void destructor_silences()
    {
        QPointer<Reply<int>> reply = new Reply<int>;
        {
            Latest<Reply<int>> latest;
            latest = reply;
            latest->then(this, [](const Result<int> &) { QFAIL("called"); });
        }
        QTRY_VERIFY(reply.isNull());
    }

    void isActive_fromAssignmentToFinish()
    {
        Latest<Reply<int>> latest;
        QVERIFY(!latest.isActive());
        latest = new Reply<int>;
        QVERIFY(latest.isActive());
        latest->settle(1);
        QVERIFY(latest.isActive()); // the handler has not been called yet
        QTRY_VERIFY(!latest.isActive());
        QVERIFY(!latest.get());
        latest.reset();
    }

    void holdsStreams()
    {
        Latest<core::Stream<int>> latest;
        latest = new core::Stream<int>;
        latest->each(this, [](const QList<int> &) { QFAIL("a batch of a former subject"); });
        latest->push({1});
        bool ended = false;
        latest = new core::Stream<int>;
        latest->then(this, [&](const Result<core::Done> &) { ended = true; });
        latest->settle(core::Done{});
        QTRY_VERIFY(ended);
    }
};

SIGNALBOX_TEST(TstLatest)
#include "tst_latest.moc"
