// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/common/uitest.h"
#include "ui/common/relativetime.h"
#include "ui/common/sizetext.h"
#include "ui/common/widgets.h"

using namespace Qt::StringLiterals;
using namespace ui;

class TstTexts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void cleanupTestCase() { QLocale::setDefault(QLocale::c()); }
    void init() { tests::strict(); }

    void relative_data()
    {
        QTest::addColumn<qint64>("ago");
        QTest::addColumn<QString>("text");
        QTest::newRow("now") << qint64(1) << u"just now"_s;
        QTest::newRow("seconds") << qint64(12) << u"12 s ago"_s;
        QTest::newRow("minutes") << qint64(60 * 5 + 3) << u"5 min ago"_s;
        QTest::newRow("hours") << qint64(3600 * 2) << u"2 h ago"_s;
        QTest::newRow("ahead") << qint64(-600) << u"in 10 min"_s;
        QTest::newRow("days") << qint64(86400 * 3) << u"3 day(s) ago"_s; // the plural comes from the translation
        QTest::newRow("months") << qint64(86400 * 40) << u"4 Oct"_s;
        QTest::newRow("years") << qint64(86400LL * 400) << u"9 Oct 2024"_s;
    }
    void relative()
    {
        QFETCH(qint64, ago);
        QFETCH(QString, text);
        const QDateTime now(QDate(2025, 11, 13), QTime(15, 0), Qt::LocalTime);
        QCOMPARE(relativeTime(now.addSecs(-ago), now), text);
    }

    void yesterdayIsACalendarDay()
    {
        const QDateTime now(QDate(2025, 11, 13), QTime(15, 0), Qt::LocalTime);
        QCOMPARE(relativeTime(QDateTime(QDate(2025, 11, 12), QTime(1, 0), Qt::LocalTime), now), u"yesterday"_s);
        QCOMPARE(relativeTime(QDateTime(QDate(2025, 11, 13), QTime(1, 0), Qt::LocalTime), now), u"14 h ago"_s);
    }

    void unknownIsADash()
    {
        QCOMPARE(relativeTime({}), u"–"_s);
        QVERIFY(exactTime({}).isEmpty());
        QCOMPARE(sizeText(-1), u"–"_s);
        QCOMPARE(countText(-1), u"–"_s);
    }

    void exactHasSecondsAndZone()
    {
        const QDateTime time(QDate(2025, 11, 13), QTime(15, 4, 5), Qt::LocalTime);
        QVERIFY(exactTime(time).startsWith(u"2025-11-13 15:04:05 "_s));
        QVERIFY(exactTime(time).size() > 20);
    }

    void nextChangeIsSoonWhenItIsFresh()
    {
        const QDateTime now = QDateTime::currentDateTimeUtc();
        QCOMPARE(nextChange(now.addSecs(-5), now).count(), 1);
        QCOMPARE(nextChange(now.addSecs(-70), now).count(), 50);
        QVERIFY(nextChange(now.addSecs(-90000), now).count() <= 600);
    }

    void sizes_data()
    {
        QTest::addColumn<qint64>("bytes");
        QTest::addColumn<QString>("text");
        QTest::newRow("bytes") << qint64(940) << u"940 B"_s;
        QTest::newRow("kibi") << qint64(3174) << u"3.1 KiB"_s;
        QTest::newRow("large kibi") << qint64(120 * 1024) << u"120 KiB"_s;
        QTest::newRow("not 1024 KiB") << qint64(1024 * 1024 - 1) << u"1.0 MiB"_s;
        QTest::newRow("mebi") << qint64(10) * 1024 * 1024 << u"10.0 MiB"_s;
        QTest::newRow("tebi") << (qint64(3) << 40) << u"3.0 TiB"_s;
    }
    void sizes()
    {
        QFETCH(qint64, bytes);
        QFETCH(QString, text);
        QCOMPARE(sizeText(bytes), text);
    }

    void counts()
    {
        QCOMPARE(countText(1204), u"1,204"_s);
        QCOMPARE(countOfText(21, 1204), u"21 of 1,204"_s);
        QCOMPARE(countOfText(5, 5), u"5"_s);
    }

    void durations()
    {
        using namespace std::chrono_literals;
        QCOMPARE(durationText(0ms), u"< 1 ms"_s);
        QCOMPARE(durationText(340ms), u"340 ms"_s);
        QCOMPARE(durationText(4200ms), u"4.2 s"_s);
        QCOMPARE(durationText(192s), u"3 min 12 s"_s);
        QCOMPARE(durationText(2h + 5min), u"2 h 5 min"_s);
    }

    void timeLabelShowsBoth()
    {
        TimeLabel label;
        label.setPattern(u"changed %1"_s);
        label.setTime(QDateTime::currentDateTimeUtc().addSecs(-7300));
        QCOMPARE(label.text(), u"changed 2 h ago"_s);
        QVERIFY(label.toolTip().contains(u':'));
        label.setTime({});
        QCOMPARE(label.text(), u"changed –"_s);
    }
};

SIGNALBOX_TEST(TstTexts)
#include "tst_texts.moc"
