// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/wire/configmessages.h"
#include "core/nacos/wire/fuzzymessages.h"
#include "core/nacos/wire/groupkey.h"
#include "core/nacos/wire/internalmessages.h"
#include "core/nacos/wire/message.h"
#include "tests/support/testmain.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace core::nacos::wire;

class TstWireCodec : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void payloadsComeBack();
    void payloadBytesAreTheProtocols();
    void refusesWhatIsNoPayload();
    void stringsAreJson_data();
    void stringsAreJson();
    void nullsAreNeverWritten();
    void toleratesNullsAndStrangers();
    void refusesWrongTypes();
    void configMessagesComeBack();
    void internalMessagesComeBack();
    void fuzzyMessagesComeBack();
    void groupKeys();
    void fuzzyPatterns();
};

namespace {

QJsonObject json(const QByteArray &body)
{
    return QJsonDocument::fromJson(body).object();
}

} // namespace

void TstWireCodec::payloadsComeBack()
{
    const Message message{"ConfigQueryRequest", {{"accessToken", "t"}, {"a", ""}}, "10.0.0.1", QByteArray("{\"a\":\"\xe4\xb8\xad\"}")};
    const auto back = decodeMessage(encodeMessage(message));
    QVERIFY(back);
    QVERIFY(*back == message);
}

void TstWireCodec::payloadBytesAreTheProtocols()
{
    // metadata(2){ type(3)="T", clientIp(8)="1" } body(3){ value(2)="{}" }, written by hand.
    const QByteArray expected = QByteArray::fromHex("1206"
                                                    "1a0154"
                                                    "420131"
                                                    "1a04"
                                                    "12027b7d");
    QCOMPARE(encodeMessage({"T", {}, "1", "{}"}).toHex(), expected.toHex());
    QVERIFY(decodeMessage(expected));
}

void TstWireCodec::refusesWhatIsNoPayload()
{
    QVERIFY(!decodeMessage({}));
    QVERIFY(!decodeMessage("\xff\xff\xff"));
    QVERIFY(!decodeMessage(encodeMessage({{}, {}, {}, "{}"})));
    const QByteArray good = encodeMessage({"T", {{"k", "v"}}, "1", QByteArray(300, 'x')});
    for (qsizetype cut = 0; cut < good.size(); ++cut)
        decodeMessage(good.first(cut)); // no crash, whatever the answer
    QRandomGenerator random(7);
    for (int i = 0; i < 2000; ++i) {
        QByteArray damaged = good;
        for (int k = 0; k < 3; ++k)
            damaged[random.bounded(int(damaged.size()))] = char(random.bounded(256));
        decodeMessage(damaged);
    }
}

void TstWireCodec::stringsAreJson_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("plain") << "abc"_ba;
    QTest::newRow("empty") << ""_ba;
    QTest::newRow("quotes") << "\"\\/"_ba;
    QTest::newRow("control") << QByteArray("\0\x01\n\r\t\x1f\x7f", 7);
    QTest::newRow("chinese") << "你好 𠮷 ﻿"_ba;
    QTest::newRow("CRLF and BOM") << "\xef\xbb\xbf"
                                     "a\r\nb"_ba;
    QTest::newRow("large") << QByteArray(3 * 1024 * 1024, '"');
}

void TstWireCodec::stringsAreJson()
{
    QFETCH(const QByteArray, bytes);
    ConfigPublishRequest request;
    request.key = {{}, u"g"_s, u"d"_s};
    request.content = bytes;
    const auto back = ConfigPublishRequest::fromBody(request.toBody());
    QVERIFY(back);
    QCOMPARE(back->content, bytes);
    QVERIFY(QJsonDocument::fromJson(request.toBody()).isObject());
    // What is not UTF-8 cannot travel; it becomes replacement characters, never malformed JSON.
    request.content = bytes + "\xff\xfe";
    const auto repaired = ConfigPublishRequest::fromBody(request.toBody());
    QVERIFY(repaired);
    QVERIFY(repaired->content.endsWith("\xef\xbf\xbd"));
}

void TstWireCodec::nullsAreNeverWritten()
{
    const QList<QByteArray> bodies{ConfigQueryRequest().toBody(),
                                   ConfigQueryResponse().toBody(),
                                   ConfigPublishRequest().toBody(),
                                   ConfigRemoveRequest().toBody(),
                                   ConfigBatchListenRequest().toBody(),
                                   ConfigChangeBatchListenResponse().toBody(),
                                   ConfigChangeNotifyRequest().toBody(),
                                   ServerCheckResponse().toBody(),
                                   ConnectionSetupRequest().toBody(),
                                   SetupAckRequest().toBody(),
                                   ConfigFuzzyWatchRequest().toBody(),
                                   ConfigFuzzyWatchSyncRequest().toBody(),
                                   PlainResponse().toBody()};
    for (const QByteArray &body : bodies) {
        QVERIFY2(QJsonDocument::fromJson(body).isObject(), body.constData());
        QVERIFY2(!body.contains("null"), body.constData());
    }
    QVERIFY(json(ConfigChangeBatchListenResponse().toBody()).value("changedConfigs"_L1).isArray());
    QVERIFY(json(ConfigBatchListenRequest().toBody()).value("configListenContexts"_L1).isArray());
    QVERIFY(json(ConfigFuzzyWatchRequest().toBody()).value("receivedGroupKeys"_L1).isArray());
    QVERIFY(json(SetupAckRequest().toBody()).value("abilityTable"_L1).isObject());
    QVERIFY(!json(ConfigQueryResponse().toBody()).contains("tag"_L1)); // the Python SDK reads a bool
    QVERIFY(!json(ConnectionSetupRequest().toBody()).contains("abilityTable"_L1));
    // Members a strict server asks for are there even when empty.
    const QJsonObject query = json(ConfigQueryRequest().toBody());
    QVERIFY(query.contains("tenant"_L1) && query.contains("group"_L1) && query.contains("dataId"_L1));
}

void TstWireCodec::toleratesNullsAndStrangers()
{
    const auto response = ConfigQueryResponse::fromBody(R"({"resultCode":200,"errorCode":0,"message":null,"requestId":null,"content":"x",
        "encryptedDataKey":null,"contentType":null,"md5":"m","lastModified":1700000000123,"tag":"false","beta":false,"success":true,"isBeta":1})");
    QVERIFY(response);
    QVERIFY(response->head.isSuccess());
    QCOMPARE(response->lastModified, 1700000000123);
    const auto listen = ConfigBatchListenRequest::fromBody(
        R"({"listen":true,"configListenContexts":[{"group":"g","md5":null,"dataId":"d","tenant":null}],"dataId":null})");
    QVERIFY(listen);
    QCOMPARE(listen->items.size(), 1);
    QVERIFY(ConfigBatchListenRequest::fromBody("{}")->items.isEmpty());
    const auto setup = ConnectionSetupRequest::fromBody(R"({"clientVersion":"v","labels":null,"abilityTable":null})");
    QVERIFY(setup && !setup->abilityTable);
    QVERIFY(ConnectionSetupRequest::fromBody(R"({"abilityTable":{}})")->abilityTable);
    const auto absent = ConfigQueryResponse::fromBody(R"({"resultCode":500,"errorCode":300,"message":"config data not exist"})");
    QVERIFY(absent->isAbsent() && !absent->isBeingModified());
}

void TstWireCodec::refusesWrongTypes()
{
    for (const QByteArray &body :
         {""_ba, "[]"_ba, "nothing"_ba, R"({"content":{}})"_ba, R"({"dataId":[]})"_ba, R"({"additionMap":7})"_ba}) {
        const auto result = ConfigPublishRequest::fromBody(body);
        QVERIFY2(!result, body.constData());
        QCOMPARE(result.error().kind, core::Error::Kind::BadReply);
    }
    // A number for a text is taken as written, as the real server's reader does.
    QCOMPARE(ConfigPublishRequest::fromBody(R"({"content":5})")->content, "5"_ba);
    QVERIFY(!ConfigBatchListenRequest::fromBody(R"({"configListenContexts":[5]})"));
    QVERIFY(!ConfigBatchListenRequest::fromBody(R"({"configListenContexts":[{"dataId":5}]})"));
    QVERIFY(!ConfigChangeNotifyRequest::fromBody(R"({"group":"g"})"));
}

void TstWireCodec::configMessagesComeBack()
{
    ConfigPublishRequest publish;
    publish.key = {u"dev"_s, u"g"_s, u"d"_s};
    publish.content = "c";
    publish.casMd5 = u"m"_s;
    publish.additions = {{u"type"_s, u"yaml"_s}, {u"desc"_s, u"\"q\""_s}};
    const auto publishBack = ConfigPublishRequest::fromBody(publish.toBody());
    QVERIFY(publishBack->key == publish.key && publishBack->casMd5 == publish.casMd5 && publishBack->additions == publish.additions);

    ConfigBatchListenRequest listen;
    listen.mode = ConfigBatchListenRequest::Mode::StopListening;
    listen.items = {{{u""_s, u"g"_s, u"d"_s}, "m"}, {{u"public"_s, u"g"_s, u"d"_s}, ""}};
    const auto listenBack = ConfigBatchListenRequest::fromBody(listen.toBody());
    QVERIFY(listenBack->mode == listen.mode && listenBack->items == listen.items);

    ConfigChangeBatchListenResponse changed;
    changed.changed = {{u""_s, u"g"_s, u"d"_s}};
    QVERIFY(ConfigChangeBatchListenResponse::fromBody(changed.toBody())->changed == changed.changed);

    ConfigQueryResponse response;
    response.content = "c";
    response.contentType = u"yaml"_s;
    response.md5 = "m";
    response.lastModified = 5;
    response.beta = true;
    response.tag = u"t"_s;
    const auto responseBack = ConfigQueryResponse::fromBody(response.toBody());
    QVERIFY(responseBack->beta && responseBack->tag == u"t" && responseBack->content == "c");
    QCOMPARE(json(makeMessage(response).body).value("success"_L1).toBool(), true);

    const ConfigRemoveRequest remove{{u"t"_s, u"g"_s, u"d"_s}, u"blue"_s};
    QCOMPARE(ConfigRemoveRequest::fromBody(remove.toBody())->tag, u"blue"_s);
    const ConfigChangeNotifyRequest notify{u"7"_s, {u""_s, u"g"_s, u"d"_s}};
    QVERIFY(!json(notify.toBody()).contains("tenant"_L1));
    QCOMPARE(ConfigChangeNotifyRequest::fromBody(notify.toBody())->requestId, u"7"_s);
    QCOMPARE(requestIdOf(notify.toBody()), u"7"_s);
    QCOMPARE(requestIdOf("x"), QString());
}

void TstWireCodec::internalMessagesComeBack()
{
    ConnectionSetupRequest setup{u"v"_s, u"t"_s, {{u"module"_s, u"config"_s}}, QMap<QString, bool>{{u"fuzzyWatch"_s, true}}};
    const auto back = ConnectionSetupRequest::fromBody(setup.toBody());
    QVERIFY(back->labels == setup.labels && back->abilityTable == setup.abilityTable && back->tenant == setup.tenant);
    ServerCheckResponse check;
    check.connectionId = u"c"_s;
    check.supportAbilityNegotiation = true;
    QVERIFY(ServerCheckResponse::fromBody(check.toBody())->supportAbilityNegotiation);
    QVERIFY(!ServerCheckResponse::fromBody(R"({"resultCode":200,"errorCode":0,"connectionId":"x"})")->supportAbilityNegotiation);
    const ConnectResetRequest reset{u"1"_s, u"10.0.0.1"_s, u"8848"_s, u"id"_s};
    QCOMPARE(ConnectResetRequest::fromBody(reset.toBody())->serverPort, u"8848"_s);
    QCOMPARE(makeMessage(ServerCheckRequest{}).type, "ServerCheckRequest"_ba);
    QCOMPARE(ClientDetectionRequest::fromBody(ClientDetectionRequest{u"3"_s}.toBody())->requestId, u"3"_s);
    const PlainResponse failed{ResponseHead::failure(301, u"m"_s)};
    QVERIFY(PlainResponse::fromBody(failed.toBody())->head == failed.head);
}

void TstWireCodec::fuzzyMessagesComeBack()
{
    ConfigFuzzyWatchRequest watch{
        u"public>>*>>*"_s, {u"d+g+public"_s}, ConfigFuzzyWatchRequest::Mode::Cancel, ConfigFuzzyWatchRequest::Phase::Again};
    const auto back = ConfigFuzzyWatchRequest::fromBody(watch.toBody());
    QVERIFY(back->mode == watch.mode && back->phase == watch.phase && back->receivedGroupKeys == watch.receivedGroupKeys);
    ConfigFuzzyWatchSyncRequest sync{u"1"_s, QLatin1String(ConfigFuzzyWatchSyncRequest::Init), u"p"_s, {{u"k"_s, u"ADD_CONFIG"_s}}, 3, 1};
    const auto syncBack = ConfigFuzzyWatchSyncRequest::fromBody(sync.toBody());
    QVERIFY(syncBack->items == sync.items && syncBack->totalBatch == 3);
    sync.syncType = QLatin1String(ConfigFuzzyWatchSyncRequest::InitFinished);
    QVERIFY(!json(sync.toBody()).contains("contexts"_L1));
    QVERIFY(ConfigFuzzyWatchSyncRequest::fromBody(sync.toBody())->items.isEmpty());
}

void TstWireCodec::groupKeys()
{
    const ConfigContext key{u"dev"_s, u"a+b"_s, u"c%d"_s};
    QCOMPARE(encodeGroupKey(key), u"c%25d+a%2Bb+dev"_s);
    QVERIFY(*decodeGroupKey(encodeGroupKey(key)) == key);
    QVERIFY(*decodeGroupKey(u"d+g"_s) == (ConfigContext{{}, u"g"_s, u"d"_s}));
    for (const QString &bad : {u""_s, u"d"_s, u"a+b+c+d"_s, u"a%zz+b"_s, u"a%2+b"_s, u"+g"_s})
        QVERIFY2(!decodeGroupKey(bad), qPrintable(bad));
}

void TstWireCodec::fuzzyPatterns()
{
    const auto pattern = FuzzyPattern::parse(u">>SHOP*>>*.yaml"_s);
    QVERIFY(pattern);
    QCOMPARE(pattern->tenant, u"public"_s);
    QVERIFY(pattern->matches({u"public"_s, u"SHOP_A"_s, u"a.yaml"_s}));
    QVERIFY(!pattern->matches({u"dev"_s, u"SHOP"_s, u"a.yaml"_s}));
    QVERIFY(!pattern->matches({u"public"_s, u"SHOP"_s, u"a.json"_s}));
    QVERIFY(FuzzyPattern::partMatches(u"*b*"_s, u"abc"_s));
    QVERIFY(!FuzzyPattern::partMatches(u"a*c"_s, u"abc"_s)); // a star in the middle is a star
    QVERIFY(FuzzyPattern::partMatches(u"**"_s, u""_s));
    for (const QString &bad : {u""_s, u"a>>b"_s, u"a>>>>c"_s, u"a>>b>>c>>d"_s})
        QVERIFY2(!FuzzyPattern::parse(bad), qPrintable(bad));
}

SIGNALBOX_TEST(TstWireCodec)
#include "tst_wirecodec.moc"
