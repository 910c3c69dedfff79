// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/clock.h"
#include "core/base/result.h"
#include "tests/support/manualclock.h"
#include "tests/support/testmain.h"

#include <QMetaEnum>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using core::Error;

class TstError final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void everyKindHasItsName()
    {
        const QMetaEnum kinds = QMetaEnum::fromType<Error::Kind>();
        QCOMPARE(kinds.keyCount(), 15);
        QCOMPARE((Error{Error::Kind::NotFound, {}}).kindName(), u"NotFound"_s);
        QCOMPARE((Error{Error::Kind::Internal, {}}).kindName(), u"Internal"_s);
    }

    void retryable_isWhatMayPassByItself()
    {
        for (const auto kind : {Error::Kind::Network, Error::Kind::Timeout, Error::Kind::RateLimited})
            QVERIFY(core::fail(kind, {}).value().retryable);
        for (const auto kind : {Error::Kind::Auth, Error::Kind::Tls, Error::Kind::Rejected, Error::Kind::Conflict, Error::Kind::Cancelled})
            QVERIFY(!core::fail(kind, {}).value().retryable);
        QCOMPARE(core::fail(Error::Kind::Rejected, u"no"_s, 409).value().code, 409);
    }

    void times()
    {
        QCOMPARE(core::toRfc3339(QDateTime::fromMSecsSinceEpoch(1'700'000'000'123, Qt::UTC)), u"2023-11-14T22:13:20.123Z"_s);
        QCOMPARE(core::toRfc3339(QDateTime::fromString(u"2024-01-01T01:00:00+02:00"_s, Qt::ISODate)), u"2023-12-31T23:00:00.000Z"_s);
        QCOMPARE(core::toRfc3339({}), QString());
        tests::ManualClock clock;
        const QDateTime before = clock.now();
        clock.advance(std::chrono::seconds(2));
        QCOMPARE(before.msecsTo(clock.now()), 2000);
        QCOMPARE(core::Clock::system().now().timeSpec(), Qt::UTC);
    }
};

SIGNALBOX_TEST(TstError)
#include "tst_error.moc"
