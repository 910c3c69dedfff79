// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/log.h"
#include "core/net/backoff.h"
#include "core/net/wirelog.h"
#include "tests/support/testmain.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using core::net::Backoff;
using std::chrono::milliseconds;

class TstBackoff final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void doublesUpToTheCap()
    {
        Backoff backoff({.first = milliseconds(100), .cap = milliseconds(1000), .jitter = 0, .random = {}});
        for (const int expected : {100, 200, 400, 800, 1000, 1000})
            QCOMPARE(backoff.next(), milliseconds(expected));
        QCOMPARE(backoff.attempts(), 6);
        backoff.reset();
        QCOMPARE(backoff.next(), milliseconds(100));
    }

    void jitterOnlyShortens()
    {
        double random = 0;
        Backoff backoff({.first = milliseconds(1000), .cap = milliseconds(1000), .jitter = 0.3, .random = [&] { return random; }});
        QCOMPARE(backoff.next(), milliseconds(1000));
        random = 0.5;
        QCOMPARE(backoff.next(), milliseconds(850));
        random = 0.999999;
        QCOMPARE(backoff.next(), milliseconds(700));
    }

    void neverOverflows_andSpreads()
    {
        Backoff backoff;
        milliseconds least = milliseconds::max(), most{0};
        for (int i = 0; i < 2000; ++i) {
            const milliseconds wait = backoff.next();
            QVERIFY(wait.count() > 0 && wait <= std::chrono::seconds(10));
            if (i > 20) {
                least = std::min(least, wait);
                most = std::max(most, wait);
            }
        }
        QVERIFY(most - least > std::chrono::seconds(1));
    }

    void wireLog_isOffUntilAsked_andRedacted()
    {
        core::LogSink sink(core::LogSink::Echo::Silent);
        core::net::wireLog("->", u"GET /silent"_s);
        core::net::setWireLog(core::net::WireLog::On);
        QVERIFY(core::net::isWireLogOn());
        core::net::wireLog("->", u"GET /x?accessToken=abcdef"_s);
        core::net::setWireLog(core::net::WireLog::Off);
        core::net::wireLog("->", u"GET /silent"_s);
        QStringList texts;
        for (const core::LogLine &line : sink.lines()) {
            if (line.category == u"signalbox.net.wire"_s)
                texts << line.text;
        }
        QCOMPARE(texts, QStringList{u"-> GET /x?accessToken=•••"_s});
    }
};

SIGNALBOX_TEST(TstBackoff)
#include "tst_backoff.moc"
