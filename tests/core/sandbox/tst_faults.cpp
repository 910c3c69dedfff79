// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/common/delayqueue.h"
#include "core/sandbox/common/faults.h"
#include "tests/support/testmain.h"

#include <atomic>
#include <QElapsedTimer>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace core::sandbox;

class TstFaults : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void harmlessUntilSet();
    void decides();
    void refuses_data();
    void refuses();
    void delaysAndFlushes();
};

void TstFaults::harmlessUntilSet()
{
    Faults faults;
    QVERIFY(faults.decide("/nacos/").isHarmless());
    QVERIFY(faults.set(QStringList{u"drop:100"_s}));
    QVERIFY(!faults.decide("/nacos/").isHarmless());
    QVERIFY(faults.set(QJsonArray()));
    QVERIFY(faults.decide("/nacos/").isHarmless());
}

void TstFaults::decides()
{
    Faults faults;
    QVERIFY(faults.set(QJsonArray{u"latency:30"_s, u"error:503"_s, u"deny:/nacos/v3/admin"_s, u"truncate:0"_s, u"deny:ConfigPublish"_s}));
    const Faults::Fate fate = faults.decide("/nacos/v3/admin/cs/config");
    QCOMPARE(fate.latencyMs, 30);
    QCOMPARE(fate.status, 503);
    QVERIFY(fate.deny && !fate.drop && !fate.truncate);
    QVERIFY(!faults.decide("/nacos/v3/client").deny);
    QVERIFY(faults.decide("ConfigPublishRequest").deny);
    QCOMPARE(faults.list().size(), 5);
}

void TstFaults::refuses_data()
{
    QTest::addColumn<QString>("fault");
    for (const char *fault :
         {"latency", "latency:x", "latency:-1", "drop:101", "error:200", "error:99", "truncate:", "deny:", "other:1", ":5", ""})
        QTest::newRow(fault) << QString::fromLatin1(fault);
}

void TstFaults::refuses()
{
    QFETCH(const QString, fault);
    Faults faults;
    QVERIFY(faults.set(QStringList{u"latency:1"_s}));
    const auto result = faults.set(QStringList{u"latency:2"_s, fault});
    QVERIFY(!result);
    QCOMPARE(result.error().kind, core::Error::Kind::Usage);
    QCOMPARE(faults.list(), QStringList{u"latency:1"_s}); // nothing changed
    QVERIFY(!faults.set(QJsonArray{1}));
}

void TstFaults::delaysAndFlushes()
{
    std::atomic<int> ran = 0;
    QElapsedTimer timer;
    timer.start();
    DelayQueue queue;
    queue.run(30, [&ran] { ++ran; });
    queue.run(60000, [&ran] { ran += 10; });
    QTRY_COMPARE(ran.load(), 1);
    QVERIFY(timer.elapsed() >= 30);
    queue.flush();
    QCOMPARE(ran.load(), 11);
    queue.run(60000, [&ran] { ran += 100; }); // at once
    QCOMPARE(ran.load(), 111);
}

SIGNALBOX_TEST(TstFaults)
#include "tst_faults.moc"
