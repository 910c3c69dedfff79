// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/common/httpparser.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace core::sandbox;

class TstHttpParser : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void parsesARequestAtEverySplit();
    void readsChunks();
    void keepsWhatFollows();
    void takesTheAbsoluteForm();
    void refuses_data();
    void refuses();
    void limitsHeadersAndBodies();
    void wantsContinueOnce();
    void decodesParameters();
    void decodesMultipart();
    void writesScalarsAsJson();
};

void TstHttpParser::parsesARequestAtEverySplit()
{
    const QByteArray raw =
        "POST /nacos/v3/a%20b/%E4%B8%AD?x=1&y=%2B HTTP/1.1\r\nHost: h\r\nContent-Type: Application/X-WWW-Form-Urlencoded; "
        "charset=utf-8\r\nContent-Length: 9\r\nX-Twice: 1\r\nx-twice: 2\r\n\r\na=b+c&d=e"_ba;
    for (qsizetype split = 0; split <= raw.size(); ++split) {
        HttpParser parser;
        parser.feed(QByteArrayView(raw).first(split));
        QCOMPARE(parser.state(), split == raw.size() ? HttpParser::State::Complete : HttpParser::State::NeedMore);
        parser.feed(QByteArrayView(raw).sliced(split));
        QCOMPARE(parser.state(), HttpParser::State::Complete);
        const HttpRequest request = parser.take();
        QCOMPARE(request.method, "POST"_ba);
        QCOMPARE(request.path, "/nacos/v3/a b/\xe4\xb8\xad"_ba);
        QCOMPARE(request.query, "x=1&y=%2B"_ba);
        QCOMPARE(request.body, "a=b+c&d=e"_ba);
        QCOMPARE(request.header("x-twice"), "1"_ba);
        QCOMPARE(request.contentType(), "application/x-www-form-urlencoded"_ba);
        const HttpParameters parameters = request.parameters();
        QCOMPARE(parameters.value(u"y"_s), u"+"_s);
        QCOMPARE(parameters.value(u"a"_s), u"b c"_s);
        QCOMPARE(parameters.value(u"d"_s), u"e"_s);
        QVERIFY(request.keepsAlive());
    }
}

void TstHttpParser::readsChunks()
{
    const QByteArray raw =
        "PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n4;name=value\r\nWiki\r\n5\r\npedia\r\n0\r\nTrailer: x\r\n\r\n"_ba;
    for (qsizetype split = 0; split <= raw.size(); ++split) {
        HttpParser parser;
        parser.feed(QByteArrayView(raw).first(split));
        parser.feed(QByteArrayView(raw).sliced(split));
        QCOMPARE(parser.state(), HttpParser::State::Complete);
        QCOMPARE(parser.take().body, "Wikipedia"_ba);
    }
}

void TstHttpParser::keepsWhatFollows()
{
    HttpParser parser;
    parser.feed("GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.0\r\n\r\n\r\nGET /3 HTTP/1.1\r\nConnection: close\r\n\r\n");
    QCOMPARE(parser.take().path, "/1"_ba);
    QCOMPARE(parser.feed({}), HttpParser::State::Complete);
    const HttpRequest second = parser.take();
    QCOMPARE(second.path, "/2"_ba);
    QVERIFY(!second.keepsAlive());
    QCOMPARE(parser.feed({}), HttpParser::State::Complete);
    QVERIFY(!parser.take().keepsAlive());
    QCOMPARE(parser.feed({}), HttpParser::State::NeedMore);
    QVERIFY(!parser.isInHeader());
}

void TstHttpParser::takesTheAbsoluteForm()
{
    HttpParser parser;
    parser.feed("GET http://127.0.0.1:8848/nacos/?a=b HTTP/1.1\r\n\r\n");
    const HttpRequest request = parser.take();
    QCOMPARE(request.path, "/nacos/"_ba);
    QCOMPARE(request.query, "a=b"_ba);
}

void TstHttpParser::refuses_data()
{
    QTest::addColumn<QByteArray>("raw");
    QTest::addColumn<int>("status");
    QTest::newRow("no version") << "GET /\r\n\r\n"_ba << 400;
    QTest::newRow("HTTP/2") << "GET / HTTP/2.0\r\n\r\n"_ba << 505;
    QTest::newRow("method") << "G(T / HTTP/1.1\r\n\r\n"_ba << 400;
    QTest::newRow("target with blank") << "GET /a b HTTP/1.1\r\n\r\n"_ba << 400;
    QTest::newRow("relative target") << "GET a HTTP/1.1\r\n\r\n"_ba << 400;
    QTest::newRow("control character") << "GET /\x01 HTTP/1.1\r\n\r\n"_ba << 400;
    QTest::newRow("header without colon") << "GET / HTTP/1.1\r\nnothing\r\n\r\n"_ba << 400;
    QTest::newRow("folded header") << "GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n"_ba << 400;
    QTest::newRow("blank before colon") << "GET / HTTP/1.1\r\nA : b\r\n\r\n"_ba << 400;
    QTest::newRow("NUL in header") << "GET / HTTP/1.1\r\nA: b\0c\r\n\r\n"_ba << 400;
    QTest::newRow("negative length") << "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n"_ba << 400;
    QTest::newRow("signed length") << "POST / HTTP/1.1\r\nContent-Length: +1\r\n\r\n"_ba << 400;
    QTest::newRow("huge length") << "POST / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n"_ba << 400;
    QTest::newRow("large length") << "POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n"_ba << 413;
    QTest::newRow("two lengths") << "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"_ba << 400;
    QTest::newRow("length and chunks") << "POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n"_ba << 400;
    QTest::newRow("gzip coding") << "POST / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n"_ba << 501;
    QTest::newRow("chunk size") << "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"_ba << 400;
    QTest::newRow("chunk end") << "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n"_ba << 400;
    QTest::newRow("chunk overflow") << "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffff\r\n"_ba << 413;
    QTest::newRow("endless chunk line") << "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"_ba + QByteArray(2000, '0') << 400;
}

void TstHttpParser::refuses()
{
    QFETCH(const QByteArray, raw);
    QFETCH(const int, status);
    HttpParser parser;
    QCOMPARE(parser.feed(raw), HttpParser::State::Failed);
    QCOMPARE(parser.status(), status);
    QVERIFY(!parser.reason().isEmpty());
    QCOMPARE(parser.feed("GET / HTTP/1.1\r\n\r\n"), HttpParser::State::Failed); // it stays so
}

void TstHttpParser::limitsHeadersAndBodies()
{
    HttpLimits limits;
    limits.headerBytes = 100;
    limits.headerCount = 3;
    limits.bodyBytes = 10;
    HttpParser line(limits);
    QCOMPARE(line.feed("GET /" + QByteArray(101, 'a')), HttpParser::State::Failed);
    QCOMPARE(line.status(), 431);
    HttpParser headers(limits);
    QCOMPARE(headers.feed("GET / HTTP/1.1\r\nA: 1\r\nB: 2\r\nC: 3\r\nD: 4\r\n\r\n"), HttpParser::State::Failed);
    QCOMPARE(headers.status(), 431);
    HttpParser chunks(limits);
    chunks.feed("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nabcdef\r\n");
    QCOMPARE(chunks.feed("6\r\n"), HttpParser::State::Failed);
    QCOMPARE(chunks.status(), 413);
}

void TstHttpParser::wantsContinueOnce()
{
    HttpParser parser;
    parser.feed("POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    QVERIFY(parser.wantsContinue());
    QVERIFY(!parser.wantsContinue());
    QCOMPARE(parser.feed("ab"), HttpParser::State::Complete);
}

void TstHttpParser::decodesParameters()
{
    HttpParameters parameters;
    parameters.addEncoded("a=1&&b&c=%E4%BD%A0%zz%4&a=2&n=12&=x");
    QCOMPARE(parameters.value(u"a"_s), u"1,2"_s);
    QCOMPARE(parameters.first(u"a"_s), u"1"_s);
    QCOMPARE(parameters.all(u"a"_s), (QList<QString>{u"1"_s, u"2"_s}));
    QVERIFY(parameters.contains(u"b"_s) && parameters.value(u"b"_s).isEmpty());
    QCOMPARE(parameters.value(u"c"_s), u"你%zz%4"_s);
    QCOMPARE(parameters.number(u"n"_s, 7), 12);
    QCOMPARE(parameters.number(u"c"_s, 7), 7);
    QCOMPARE(parameters.find(u"zz"_s), std::nullopt);
}

void TstHttpParser::decodesMultipart()
{
    HttpRequest request;
    request.query = "q=1";
    request.headers = {{"content-type", "multipart/form-data; boundary=\"x y\""}};
    request.body = "before\r\n--x y\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1+%41\r\n2\r\n"
                   "--x y\r\nContent-Type: text/plain\r\nContent-Disposition: form-data; name=\"中\"\r\n\r\n\r\n"
                   "--x y\r\nContent-Disposition: form-data; name=\"f\"; filename=\"n\"\r\n\r\nfile\r\n"
                   "--x y\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\n\xe4\xb8\xad\r\n--x y--\r\nafter";
    const HttpParameters parameters = request.parameters();
    QCOMPARE(parameters.items(),
             (QList<std::pair<QString, QString>>{{u"q"_s, u"1"_s}, {u"a"_s, u"1+%41\r\n2"_s}, {u"中"_s, QString()}, {u"b"_s, u"中"_s}}));
    // Cut off anywhere it ends, and what was whole before is there.
    const QByteArray whole = request.body;
    for (qsizetype length = 0; length < whole.size(); ++length) {
        request.body = whole.first(length);
        QVERIFY(request.parameters().items().size() <= 4);
    }
    for (const char *type : {"multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=other"}) {
        request.headers = {{"content-type", type}};
        QCOMPARE(request.parameters().items().size(), 1);
    }
}

void TstHttpParser::writesScalarsAsJson()
{
    QCOMPARE(HttpResponse::json(true).body, "true"_ba);
    QCOMPARE(HttpResponse::json(u"a\"b"_s).body, "\"a\\\"b\""_ba);
    QCOMPARE(HttpResponse::json(QJsonValue::Null).body, "null"_ba);
}

SIGNALBOX_TEST(TstHttpParser)
#include "tst_httpparser.moc"
