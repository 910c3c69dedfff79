// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/redactor.h"
#include "core/net/wiremask.h"
#include "core/net/wirerecorder.h"
#include "tests/support/testmain.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace core::net;

class TstWireRecorder : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void linesComeBackAsTheyWere();
    void recordsWhatWasSaid();
    void credentialsStayOut();
    void md5OfAMaskedContentIsTrue();
    void isBounded();
    void replacesNothingButRecordings();
    void isReadableByItsOwnerOnly();
    void refusesOtherFiles_data();
    void refusesOtherFiles();
    void aCutLastLineIsLeftOut();
};

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

HttpRequest form(const QString &url, const FormFields &fields)
{
    HttpRequest request;
    request.method = "POST";
    request.url = QUrl(url);
    request.contentType = "application/x-www-form-urlencoded";
    request.body = formEncode(fields);
    return request;
}

HttpResponse answer(const QByteArray &body, int status = 200)
{
    HttpResponse response;
    response.status = status;
    response.body = body;
    response.headers = {{"Content-Type"_ba, "application/json"_ba}, {"Authorization"_ba, "Bearer abcdef.ghi"_ba}};
    return response;
}

const QByteArray head = encodeRecordingHead(u"test"_s, QDateTime::fromMSecsSinceEpoch(0));

} // namespace

void TstWireRecorder::linesComeBackAsTheyWere()
{
    Recording recording;
    recording.program = u"test"_s;
    RecordedHttp http;
    http.server = 2;
    http.method = "PUT";
    http.path = u"/a b/中"_s;
    http.parameters = {{u"a"_s, u"1"_s}, {u"a"_s, u"line\nend"_s}};
    http.headers = {{"casMd5"_ba, "x"_ba}};
    http.body.bytes = "\xef\xbb\xbf{}";
    http.answer = RecordedHttp::Answer{404, {{"Content-Type"_ba, "text/plain"_ba}}, {{}, 77}, 12};
    RecordedHttp lost;
    lost.method = "GET";
    lost.path = u"/"_s;
    recording.events = {
        {1, RecordedServer{1, u"http"_s, 8848}},
        {2, http},
        {3, lost},
        {4, RecordedCall{1, {u"A"_s, {"{\"a\":\"\xef\xbb\xbfx\"}", 0}}, RecordedMessage{u"B"_s, {"{}", 0}}}},
        {5, RecordedCall{1, {u"A"_s, {}}, std::nullopt}},
        {6, RecordedStream{3, RecordedStream::Kind::Sent, {u"C"_s, {"{}", 0}}}},
        {7, RecordedStream{3, RecordedStream::Kind::Received, {u"D"_s, {{}, 5}}}},
        {8, RecordedStream{3, RecordedStream::Kind::Closed, {}}},
        {9, RecordedEnd{}},
    };
    QByteArray file = head;
    for (const RecordedEvent &event : recording.events)
        file += encodeRecordedEvent(event);
    const auto read = decodeRecording(file);
    QVERIFY2(read, read ? "" : qPrintable(read.error().message));
    QVERIFY(*read == recording);
}

void TstWireRecorder::recordsWhatWasSaid()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"r.jsonl"_s);
    {
        auto recorder = WireRecorder::open(path);
        QVERIFY(recorder);
        (*recorder)->exchange(form(u"http://registry.example:8848/nacos/p?q=%2B+x"_s, {{u"content"_s, u"a: 1\n中"_s}}), answer("true"));
        HttpRequest get;
        get.url = QUrl(u"http://registry.example:8080/v3/console"_s);
        (*recorder)->lost(get);
        const int connection = (*recorder)->connection();
        (*recorder)->call(connection, {u"Q"_s, "{\"dataId\":\"a\"}"}, WireRecorder::Message{u"R"_s, "{\"content\":\"x\"}"});
        (*recorder)->sent(connection, {u"S"_s, "{}"});
        (*recorder)->received(connection, {u"P"_s, "{}"});
        (*recorder)->closed(connection);
    }
    QVERIFY(!contentOf(path).contains("registry.example")); // hosts stay out
    const auto recording = readRecording(path);
    QVERIFY2(recording, recording ? "" : qPrintable(recording.error().message));
    QCOMPARE(recording->events.size(), 8u);
    QVERIFY(std::get<RecordedServer>(recording->events[0].what) == (RecordedServer{1, u"http"_s, 8848}));
    const auto http = std::get<RecordedHttp>(recording->events[1].what);
    QCOMPARE(http.path, u"/nacos/p"_s);
    QCOMPARE(http.parameters, (FormFields{{u"q"_s, u"+ x"_s}, {u"content"_s, u"a: 1\n中"_s}}));
    QVERIFY(http.answer && http.answer->status == 200 && http.answer->body.bytes == "true");
    QVERIFY(std::get<RecordedServer>(recording->events[2].what) == (RecordedServer{2, u"http"_s, 8080}));
    QVERIFY(!std::get<RecordedHttp>(recording->events[3].what).answer);
    QCOMPARE(std::get<RecordedCall>(recording->events[4].what).answer->type, u"R"_s);
    QVERIFY(std::get<RecordedStream>(recording->events[7].what).kind == RecordedStream::Kind::Closed);
}

void TstWireRecorder::credentialsStayOut()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"r.jsonl"_s);
    core::Redactor::learn(u"Tr0ub4dor-learned"_s);
    {
        auto recorder = WireRecorder::open(path);
        QVERIFY(recorder);
        HttpRequest login = form(u"http://h:1/nacos/v3/auth/user/login?accessToken=eyJhbGciOiJIUzI1NiJ9.query.sig"_s,
                                 {{u"username"_s, u"nacos"_s}, {u"password"_s, u"two words-pw"_s}});
        login.headers = {{"Authorization"_ba, "Bearer header-token-1"_ba}, {"X-Own"_ba, "own-header-1"_ba}, {"casMd5"_ba, "abc"_ba}};
        (*recorder)->exchange(login, answer(R"({"accessToken":"answer-token-1","username":"nacos","note":"it is Tr0ub4dor-learned"})"));
        (*recorder)->call(1, {u"Q"_s, R"({"headers":{"accessToken":"body-token-1"},"dataId":"a"})"},
                          WireRecorder::Message{u"R"_s, R"({"content":"db:\n  password: plain-pw-1\n"})"});
        (*recorder)->exchange(form(u"http://h:1/p"_s, {{u"content"_s, u"secretKey=content-secret-1"_s}}), answer("ok"));
    }
    core::Redactor::forget(u"Tr0ub4dor-learned"_s);
    const QByteArray file = contentOf(path);
    for (const char *secret : {"two words-pw", "words-pw", "query.sig", "header-token-1", "own-header-1", "answer-token-1", "body-token-1",
                               "Tr0ub4dor", "plain-pw-1", "content-secret-1", "abcdef.ghi"})
        QVERIFY2(!file.contains(secret), secret);
    QVERIFY(file.contains("nacos") && file.contains("casMd5") && file.contains("(redacted)"));
    QVERIFY(readRecording(path));
}

void TstWireRecorder::md5OfAMaskedContentIsTrue()
{
    const auto md5 = [](const QByteArray &text) {
        return QString::fromLatin1(QCryptographicHash::hash(text, QCryptographicHash::Md5).toHex());
    };
    const QByteArray body = R"({"data":{"content":"password=abcdefgh","md5":"old"},"other":{"content":"plain","md5":"kept"}})";
    const QJsonObject masked = QJsonDocument::fromJson(*maskedBody(body)).object();
    const QJsonObject data = masked.value("data"_L1).toObject();
    QVERIFY(!data.value("content"_L1).toString().contains(u"abcdefgh"_s));
    QCOMPARE(data.value("md5"_L1).toString(), md5(data.value("content"_L1).toString().toUtf8()));
    QCOMPARE(masked.value("other"_L1).toObject().value("md5"_L1).toString(), u"kept"_s);
    const QByteArray untouched = "{ \"b\" : 1, \"a\":\"\xef\xbb\xbfx\" }";
    QCOMPARE(maskedBody(untouched), untouched); // byte for byte
    QVERIFY(!maskedBody("\xff\xfe"));
}

void TstWireRecorder::isBounded()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"r.jsonl"_s);
    QTest::ignoreMessage(QtWarningMsg, "the recording is full");
    {
        auto recorder = WireRecorder::open(path, {1000, 6000});
        QVERIFY(recorder);
        HttpRequest get;
        get.url = QUrl(u"http://h:1/p"_s);
        (*recorder)->exchange(get, answer(QByteArray(5000, 'x')));
        (*recorder)->exchange(form(u"http://h:1/p"_s, {{u"content"_s, QString(5000, u'y')}}), answer("ok"));
        for (int i = 0; i < 200; ++i)
            (*recorder)->exchange(get, answer("small"));
        QVERIFY(!(*recorder)->isRecording());
    }
    QVERIFY(contentOf(path).size() < 6200);
    const auto recording = readRecording(path);
    QVERIFY(recording);
    const auto large = std::get<RecordedHttp>(recording->events[1].what);
    QCOMPARE(large.answer->body.omitted, 5000);
    QVERIFY(std::get<RecordedHttp>(recording->events[2].what).body.omitted >= 5000);
    QVERIFY(std::holds_alternative<RecordedEnd>(recording->events.back().what));
}

void TstWireRecorder::replacesNothingButRecordings()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"notes.txt"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("dear diary") > 0);
    file.close();
    const auto refused = WireRecorder::open(path);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, core::Error::Kind::Usage);
    QCOMPARE(contentOf(path), "dear diary"_ba);
    const QString other = folder.filePath(u"r.jsonl"_s);
    for (int i = 0; i < 2; ++i)
        QVERIFY(WireRecorder::open(other));
    QCOMPARE(WireRecorder::open(folder.filePath(u"no/such/folder"_s)).error().kind, core::Error::Kind::Internal);
}

void TstWireRecorder::isReadableByItsOwnerOnly()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"r.jsonl"_s);
    QVERIFY(WireRecorder::open(path));
    const auto others = QFileDevice::ReadGroup | QFileDevice::ReadOther | QFileDevice::WriteGroup | QFileDevice::WriteOther;
    QVERIFY(!(QFile::permissions(path) & others));
}

void TstWireRecorder::refusesOtherFiles_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QString>("says");
    QTest::newRow("empty") << QByteArray() << u"no recording"_s;
    QTest::newRow("binary") << QByteArray("\0\1\2", 3) << u"no recording"_s;
    QTest::newRow("other json") << "{\"a\":1}\n"_ba << u"no recording"_s;
    QTest::newRow("version") << "{\"signalboxRecording\":2}\n"_ba << u"version 2"_s;
    QTest::newRow("head broken") << "{\"signalboxRecording\":"_ba << u"line 1"_s;
    QTest::newRow("not json") << head + "nonsense\n" << u"line 2"_s;
    QTest::newRow("array") << head + "[]\n" << u"line 2"_s;
    QTest::newRow("no kind") << head + "{}\n" << u"/kind"_s;
    QTest::newRow("unknown kind") << head + "{\"kind\":\"dance\"}\n" << u"/kind"_s;
    QTest::newRow("http without path") << head + "{\"kind\":\"http\",\"server\":1,\"method\":\"GET\"}\n" << u"/path"_s;
    QTest::newRow("status") << head +
            R"({"kind":"http","server":1,"method":"G","path":"/","answer":{"status":9000}})"
            "\n" << u"/answer/status"_s;
    QTest::newRow("split answer") << head +
            R"({"kind":"http","server":1,"method":"G","path":"/","answer":{"status":200,"headers":[["a","b\r\nc"]]}})"
            "\n" << u"line breaks"_s;
    QTest::newRow("pairs") << head +
            R"({"kind":"http","server":1,"method":"G","path":"/","parameters":[["a"]]})"
            "\n" << u"pairs"_s;
    QTest::newRow("connection") << head + "{\"kind\":\"closed\",\"connection\":0}\n" << u"/connection"_s;
    QTest::newRow("call without request") << head + "{\"kind\":\"call\",\"connection\":1}\n" << u"/request"_s;
    QTest::newRow("message is text") << head +
            R"({"kind":"sent","connection":1,"message":"x"})"
            "\n" << u"/message"_s;
    QTest::newRow("deep") << head + QByteArray(200000, '[') + "\n" << u"line 2"_s;
}

void TstWireRecorder::refusesOtherFiles()
{
    QFETCH(const QByteArray, file);
    QFETCH(const QString, says);
    const auto recording = decodeRecording(file);
    QVERIFY(!recording);
    QCOMPARE(recording.error().kind, core::Error::Kind::BadReply);
    QVERIFY2(recording.error().message.contains(says), qPrintable(recording.error().message));
}

void TstWireRecorder::aCutLastLineIsLeftOut()
{
    const QByteArray whole = encodeRecordedEvent({1, RecordedStream{1, RecordedStream::Kind::Closed, {}}});
    const auto recording = decodeRecording(head + whole + whole.first(10));
    QVERIFY(recording);
    QCOMPARE(recording->events.size(), 1u);
    QVERIFY(!decodeRecording(head + whole.first(10) + '\n' + whole));
}

SIGNALBOX_TEST(TstWireRecorder)
#include "tst_wirerecorder.moc"
