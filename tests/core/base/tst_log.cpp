// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/log.h"
#include "core/base/redactor.h"
#include "tests/support/testmain.h"

#include <QSignalSpy>
#include <QTest>
#include <thread>

using namespace Qt::StringLiterals;

class TstLog final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void linesAreKeptAndRedacted()
    {
        core::LogSink sink(core::LogSink::Echo::Silent);
        QSignalSpy added(&sink, &core::LogSink::lineAdded);
        core::Redactor::learn(u"open-sesame"_s);
        qCWarning(core::logNet).noquote() << "login with open-sesame and accessToken=abc";
        core::Redactor::forget(u"open-sesame"_s);
        const auto lines = sink.lines();
        QVERIFY(!lines.isEmpty());
        QCOMPARE(lines.constLast().text, u"login with ••• and accessToken=•••"_s);
        QCOMPARE(lines.constLast().category, u"signalbox.net"_s);
        QCOMPARE(lines.constLast().type, QtWarningMsg);
        QCOMPARE(added.count(), 0); // never inside the call
        QTRY_COMPARE(added.count(), 1);
    }

    void theRingKeeps2000()
    {
        core::LogSink sink(core::LogSink::Echo::Silent);
        for (int i = 0; i < 2100; ++i)
            qCInfo(core::logApp) << i;
        QCOMPARE(sink.lines().size(), 2000);
        QVERIFY(sink.lines().constLast().text.contains(u"2099"_s));
    }

    void noiseIsLeftOut()
    {
        core::LogSink sink(core::LogSink::Echo::Silent, [](const core::LogLine &line) { return line.text == "a hum"_L1; });
        QSignalSpy added(&sink, &core::LogSink::lineAdded);
        qCInfo(core::logApp) << "before";
        qCInfo(core::logApp).noquote() << "a hum";
        qCInfo(core::logApp) << "behind";
        QTRY_COMPARE(added.count(), 2);
        const auto lines = sink.lines();
        QVERIFY(std::none_of(lines.cbegin(), lines.cend(), [](const core::LogLine &line) { return line.text == "a hum"_L1; }));
    }

    void anyThread_andTheSinkMayGoMeanwhile()
    {
        std::atomic<bool> stop = false;
        std::vector<std::thread> threads;
        {
            core::LogSink sink(core::LogSink::Echo::Silent);
            for (int t = 0; t < 3; ++t)
                threads.emplace_back([&stop] {
                    for (int i = 0; i < 2000 && !stop; ++i)
                        qCInfo(core::logStore) << "from a thread" << i;
                });
            QTRY_VERIFY(!sink.lines().isEmpty());
            for (std::thread &thread : threads)
                thread.join();
        }
        stop = true;
    }
};

SIGNALBOX_TEST(TstLog)
#include "tst_log.moc"
