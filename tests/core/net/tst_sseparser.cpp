// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/sseparser.h"
#include "tests/support/testmain.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using core::Error;
using core::net::SseEvent;
using core::net::SseParser;

class TstSseParser final : public QObject {
    Q_OBJECT

    static QList<SseEvent> feedAll(const QList<QByteArray> &parts)
    {
        SseParser parser;
        QList<SseEvent> events;
        for (const QByteArray &part : parts) {
            const auto got = parser.feed(part);
            if (!got)
                return {{"failed", {}, {}}};
            events += *got;
        }
        return events;
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void streams_data()
    {
        QTest::addColumn<QByteArray>("stream");
        QTest::addColumn<QList<SseEvent>>("events");
        using L = QList<SseEvent>;
        QTest::newRow("one") << "data: hello\n\n"_ba << L{{"message", "hello", {}}};
        QTest::newRow("CR LF") << "event: add\r\ndata: 1\r\n\r\ndata: 2\r\n\r\n"_ba << L{{"add", "1", {}}, {"message", "2", {}}};
        QTest::newRow("CR") << "data: 1\r\rdata: 2\r\r"_ba << L{{"message", "1", {}}, {"message", "2", {}}};
        QTest::newRow("mixed ends") << "data: 1\r\n\ndata: 2\n\rdata: 3\r\r\n"_ba
                                    << L{{"message", "1", {}}, {"message", "2", {}}, {"message", "3", {}}};
        QTest::newRow("several lines") << "data: YHOO\ndata: +2\ndata: 10\n\n"_ba << L{{"message", "YHOO\n+2\n10", {}}};
        QTest::newRow("comment") << ": keep-alive\n\n:\ndata:x\n\n"_ba << L{{"message", "x", {}}};
        QTest::newRow("only one blank is taken") << "data:  x\n\n"_ba << L{{"message", " x", {}}};
        QTest::newRow("empty data") << "data\n\ndata:\n\n"_ba << L{{"message", {}, {}}, {"message", {}, {}}};
        QTest::newRow("two empty data lines") << "data\ndata\n\n"_ba << L{{"message", "\n", {}}};
        QTest::newRow("no data, no event") << "event: x\nid: 1\n\n"_ba << L{};
        QTest::newRow("id stays") << "id: 1\ndata: a\n\ndata: b\n\nid\ndata: c\n\n"_ba
                                  << L{{"message", "a", "1"}, {"message", "b", "1"}, {"message", "c", {}}};
        QTest::newRow("id with NUL is ignored") << QByteArray("id: a\0b\ndata: x\n\n", 17) << L{{"message", "x", {}}};
        QTest::newRow("unknown field") << "foo: bar\ndata: x\n\n"_ba << L{{"message", "x", {}}};
        QTest::newRow("cut off") << "data: x\n\ndata: lost"_ba << L{{"message", "x", {}}};
        QTest::newRow("cut off before the blank line") << "data: lost\n"_ba << L{};
        QTest::newRow("byte order mark") << "\xef\xbb\xbf"
                                            "data: x\n\n"_ba
                                         << L{{"message", "x", {}}};
        QTest::newRow("half a byte order mark") << "\xef\xbb"
                                                   "data: x\ndata: y\n\n"_ba
                                                << L{{"message", "y", {}}};
        QTest::newRow("second byte order mark") << "\xef\xbb\xbf\xef\xbb\xbf"
                                                   "data: x\ndata: y\n\n"_ba
                                                << L{{"message", "y", {}}};
        QTest::newRow("Chinese and astral") << "data: 配置🚀\n\n"_ba << L{{"message", "配置🚀"_ba, {}}};
        QTest::newRow("colon in the value") << "data: a: b\n\n"_ba << L{{"message", "a: b", {}}};
        QTest::newRow("event type is for one event") << "event: e\ndata: 1\n\ndata: 2\n\n"_ba << L{{"e", "1", {}}, {"message", "2", {}}};
    }
    void streams()
    {
        QFETCH(QByteArray, stream);
        QFETCH(QList<SseEvent>, events);
        QCOMPARE(feedAll({stream}), events);
        // Every split into two, and byte by byte.
        for (qsizetype at = 0; at <= stream.size(); ++at)
            QVERIFY2(feedAll({stream.left(at), stream.mid(at)}) == events, qPrintable(QString::number(at)));
        QList<QByteArray> bytes;
        for (qsizetype i = 0; i < stream.size(); ++i)
            bytes << stream.mid(i, 1);
        QCOMPARE(feedAll(bytes), events);
        // Every split into three.
        for (qsizetype a = 0; a <= stream.size(); ++a) {
            for (qsizetype b = a; b <= stream.size(); ++b)
                QVERIFY(feedAll({stream.left(a), stream.mid(a, b - a), stream.mid(b)}) == events);
        }
    }

    void lastIdAndRetry()
    {
        SseParser parser;
        QVERIFY(!parser.retry());
        QVERIFY(parser.feed("id: 7\nretry: 2500\ndata: x\n\n"));
        QCOMPARE(parser.lastEventId(), "7"_ba);
        QCOMPARE(parser.retry(), std::chrono::milliseconds(2500));
        QVERIFY(parser.feed("retry: -1\nretry: 1e3\nretry:\nretry: 99999999999999999999\nid: 8\n"));
        QCOMPARE(parser.retry(), std::chrono::milliseconds(2500));
        QCOMPARE(parser.lastEventId(), "7"_ba); // not before the event is complete
    }

    void limits()
    {
        SseParser line(100);
        QVERIFY(line.feed("data: " + QByteArray(94, 'x') + "\n\n"));
        const auto failed = line.feed("data: " + QByteArray(95, 'x'));
        QCOMPARE(failed.error().kind, Error::Kind::BadReply);
        QVERIFY(!line.feed("\n\n"));

        SseParser endless(100);
        bool refused = false;
        for (int i = 0; i < 50 && !refused; ++i)
            refused = !endless.feed("xxxxx");
        QVERIFY(refused);

        SseParser event(100);
        refused = false;
        for (int i = 0; i < 50 && !refused; ++i)
            refused = !event.feed("data: xxxxx\n");
        QVERIFY(refused);
    }

    void aLongStream_costsLinearTime()
    {
        SseParser parser;
        int events = 0;
        const QByteArray chunk = QByteArray("data: 0123456789\n\n").repeated(100);
        for (int i = 0; i < 2000; ++i)
            events += int(parser.feed(chunk)->size());
        QCOMPARE(events, 200'000);
    }
};

SIGNALBOX_TEST(TstSseParser)
#include "tst_sseparser.moc"
