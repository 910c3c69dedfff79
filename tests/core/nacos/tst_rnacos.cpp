// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/capacity.h"
#include "core/nacos/config/configclient.h"
#include "core/nacos/config/configdecode.h"
#include "core/nacos/config/configplans.h"
#include "core/nacos/wire/configmessages.h"
#include "tests/core/nacos/executorplace.h"
#include "tests/support/testmain.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;
using namespace core;
using namespace core::nacos;
using tests::await;
using tests::errorOf;
using tests::HttpAnswer;
using tests::HttpSeen;
using tests::NacosFixture;

Q_DECLARE_METATYPE(tests::HttpAnswer)

namespace {

const ConfigKey Key{u"public"_s, u"G"_s, u"d"_s};
const QString Configs = u"/nacos/v1/cs/configs"_s;

HttpAnswer bare(const QByteArray &content, const QByteArray &mediaType = "text/plain;charset=UTF-8")
{
    HttpAnswer answer = HttpAnswer::json(content);
    answer.contentType = mediaType;
    answer.headers.append({"content-md5"_ba, md5Of(content)});
    return answer;
}

struct Place : tests::ExecutorPlace {
    bool open(Session::Use use = Session::Use::OneShot)
    {
        f.http.on("GET", u"/nacos/v3/admin/core/state"_s, NacosFixture::servlet(404, "Not Found"));
        f.http.on("GET", u"/nacos/v1/ns/operator/switches"_s, HttpAnswer::json(R"({"name":"R-NACOS"})"));
        return ExecutorPlace::open(use) && registry->session().capabilities().version == "r-nacos"_L1;
    }
    auto read() { return await(registry->configs().getLive(Key)); }
};

} // namespace

/// A server that answers a read with the content itself, and lacks what else Nacos has.
class TstRnacos : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theContentItselfIsRead_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QByteArray>("mediaType");
        QTest::addColumn<QString>("type");
        QTest::newRow("text") << "a: 1\n"_ba
                              << "text/plain;charset=UTF-8"_ba << QString();
        QTest::newRow("blanks around") << "  a\r\n\r\n"_ba
                                       << "text/plain"_ba << QString();
        QTest::newRow("byte order mark") << "\xef\xbb\xbf\xe4\xb8\xad"_ba
                                         << "text/plain"_ba << QString();
        QTest::newRow("JSON") << R"({"a":[1]})"_ba
                              << "application/json;charset=UTF-8"_ba << u"json"_s;
        QTest::newRow("JSON like an answer") << R"({"dataId":"other","content":"x","md5":"y"})"_ba
                                             << "application/json"_ba << u"json"_s;
        QTest::newRow("JSON like a failure") << R"({"code":403,"message":"no","data":null})"_ba
                                             << "application/json"_ba << u"json"_s;
        QTest::newRow("null") << "null"_ba
                              << "application/json"_ba << u"json"_s;
        QTest::newRow("XML") << "<a/>"_ba
                             << "application/xml;charset=UTF-8"_ba << u"xml"_s;
        QTest::newRow("HTML") << "<html>login</html>"_ba
                              << "text/html;charset=UTF-8"_ba << u"html"_s;
        QTest::newRow("empty") << ""_ba
                               << "text/plain"_ba << QString();
    }
    void theContentItselfIsRead()
    {
        QFETCH(QByteArray, content);
        QFETCH(QByteArray, mediaType);
        Place place;
        QVERIFY(place.open());
        place.f.http.on("GET", Configs, bare(content, mediaType));
        const auto detail = place.read();
        QVERIFY2(detail && *detail && **detail, qPrintable(errorOf(detail)));
        QCOMPARE((**detail)->content, content);
        QCOMPARE((**detail)->md5, md5Of(content));
        QTEST((**detail)->attributes.type, "type");
        QVERIFY(!(**detail)->complete);
    }

    void whatIsNoContent_isNotRead_data()
    {
        QTest::addColumn<HttpAnswer>("answer");
        HttpAnswer page = NacosFixture::text("<html>please log in</html>");
        page.contentType = "text/html";
        QTest::newRow("a page of somebody else") << page;
        QTest::newRow("a text without MD5") << NacosFixture::text("a: 1");
        HttpAnswer wrong = bare("a: 1");
        wrong.body = "a: 2";
        QTest::newRow("another MD5") << wrong;
        HttpAnswer proxied = NacosFixture::text("a: 1");
        proxied.headers.append({"Content-MD5"_ba, QCryptographicHash::hash("a: 1", QCryptographicHash::Md5).toBase64()});
        QTest::newRow("the MD5 of a proxy") << proxied;
    }
    void whatIsNoContent_isNotRead()
    {
        QFETCH(HttpAnswer, answer);
        Place place;
        QVERIFY(place.open());
        place.f.http.on("GET", Configs, answer);
        const auto detail = place.read();
        QVERIFY(detail && !*detail);
        QCOMPARE(detail->error().kind, Error::Kind::BadReply);
    }

    void absent_isAValue()
    {
        Place place;
        QVERIFY(place.open());
        place.f.http.on("GET", Configs, NacosFixture::text("config data not exist", 404));
        const auto detail = place.read();
        QVERIFY2(detail && *detail && !**detail, qPrintable(errorOf(detail)));
    }

    /// Nobody said what type it has: it is not made text by a new content.
    void typeThatIsNotTold_staysAsItIs()
    {
        Place place;
        QVERIFY(place.open());
        place.f.http.on("GET", Configs, bare("a: 1"));
        place.f.http.on("POST", Configs, HttpAnswer::json("true"));
        const auto detail = place.read();
        QVERIFY(detail && *detail && **detail);
        const auto change = configChange({u"test"_s, Key, **detail, "a: 2"_ba, (**detail)->attributes});
        QVERIFY(change);
        QVERIFY(!change->after->attributes.contains("type"_L1));
        const auto done = await(place.configs->apply(*change));
        QVERIFY2(done && *done, qPrintable(errorOf(done)));
        const HttpSeen sent = place.f.http.seen(Configs).last();
        QCOMPARE(sent.form(u"content"_s), u"a: 2"_s);
        QVERIFY(!sent.body.contains("type="));
        // A type that was asked for goes along, and reading back does not miss it.
        ConfigAttributes yaml;
        yaml.type = u"yaml"_s;
        const auto typed = configChange({u"test"_s, Key, **detail, "a: 3"_ba, yaml});
        QVERIFY(typed && await(place.configs->apply(*typed)));
        QCOMPARE(place.f.http.seen(Configs).last().form(u"type"_s), u"yaml"_s);
        place.f.http.on("GET", Configs, bare("a: 3"));
        const auto back = await(place.configs->read(typed->target));
        QVERIFY(back && *back && **back);
        QVERIFY(place.configs->isSame(typed->after, **back));
        place.f.http.on("GET", Configs, bare("a: 4"));
        const auto other = await(place.configs->read(typed->target));
        QVERIFY(other && *other && !place.configs->isSame(typed->after, **other));
    }

    void typeIsAskedForWherePushesStand()
    {
        Place place;
        place.f.grpc.put(u"public"_s, u"G"_s, u"d"_s, "a: 1");
        QVERIFY(place.open(Session::Use::Interactive));
        QTRY_VERIFY_WITH_TIMEOUT(place.registry->session().state() == SessionState::Live, 20000);
        place.f.http.on("GET", Configs, bare("a: 1"));
        const auto detail = place.read();
        QVERIFY2(detail && *detail && **detail, qPrintable(errorOf(detail)));
        QCOMPARE((**detail)->content, "a: 1"_ba);
        QVERIFY(!(**detail)->attributes.type.isEmpty());
        QCOMPARE(place.f.grpc.seen("ConfigQueryRequest").size(), 1);
        QVERIFY(place.registry->session().capabilities().detours.isEmpty());
    }

    void whatItLacks_isSaid()
    {
        Place place;
        QVERIFY(place.open());
        place.f.http.on("GET", Configs, bare("a: 1"));
        place.f.http.on("GET", Configs + u"/listener"_s, NacosFixture::text({}, 405));
        for (const QString &path : {u"/nacos/v1/cs/history"_s, u"/nacos/v1/cs/listener"_s, u"/nacos/v1/cs/capacity"_s})
            place.f.http.on("GET", path, NacosFixture::text({}, 404));
        const auto history = await(place.registry->configs().history(Key));
        QVERIFY(history.end && !*history.end);
        const auto listeners = await(place.registry->configs().listeners(Key));
        QVERIFY(listeners && !*listeners);
        const auto listened = await(place.registry->configs().listenedBy(u"10.0.0.1"_s, u"public"_s));
        QVERIFY(listened && !*listened);
        const auto capacity = await(readCapacity(place.registry->session(), {{}, u"G"_s}, place.registry));
        QVERIFY(capacity && !*capacity);
        for (const Error &error : {history.end->error(), listeners->error(), listened->error(), capacity->error()}) {
            QCOMPARE(error.kind, Error::Kind::Unsupported);
            QVERIFY2(error.message.startsWith("this server (r-nacos) does not offer the "_L1), qPrintable(error.message));
        }
    }

    void namespacesAreNotCounted()
    {
        Place place;
        QVERIFY(place.open());
        place.f.http.on(
            "GET", u"/nacos/v1/console/namespaces"_s,
            HttpAnswer::json(R"({"code":200,"message":null,"data":[{"namespace":"","namespaceShowName":"public","configCount":0}]})"));
        const auto all = await(place.registry->namespaces().list());
        QVERIFY2(all && *all && (*all)->size() == 1, qPrintable(errorOf(all)));
        QCOMPARE((*all)->first().configCount, -1);
    }

    /// It would be published for everybody.
    void betaReleases_areNotSent()
    {
        Place place;
        QVERIFY(place.open());
        place.f.http.on("GET", Configs, bare("a: 1"));
        place.f.http.forget();
        const auto beta = await(place.registry->configs().beta(Key));
        QVERIFY2(beta && *beta && !**beta, qPrintable(errorOf(beta)));
        const auto change = betaChange(u"test"_s, std::nullopt, BetaRelease{Key, "x", {}, {u"10.0.0.1"_s}});
        QVERIFY(change);
        const auto done = await(place.configs->apply(*change));
        QVERIFY(done && !*done);
        QCOMPARE(done->error().kind, Error::Kind::Unsupported);
        QVERIFY(place.f.http.seen(Configs).isEmpty());
        QVERIFY(place.f.grpc.seen("ConfigPublishRequest").isEmpty());
    }

    /// It takes every write, whatever it is said to come after: nobody is promised more.
    void anUpdateIsNotSaidToBeCompared()
    {
        Place place;
        QVERIFY(place.open());
        place.f.http.on("GET", Configs, bare("a: 1"));
        const auto live = place.read();
        QVERIFY2(live && *live && **live, qPrintable(errorOf(live)));
        const auto made = configChange({u"test"_s, Key, **live, "a: 2"_ba, (**live)->attributes});
        QVERIFY(made);
        QCOMPARE(made->comparison, guard::Comparison::Checked);
        // Nor one that was made for another server: from a file, or out of the ledger.
        guard::Plan plan;
        plan.changes.push_back(*made);
        plan.changes.front().comparison = guard::Comparison::Atomic;
        const auto completed = await(place.configs->complete(plan));
        QVERIFY(completed && *completed);
        QCOMPARE((*completed)->changes.front().comparison, guard::Comparison::Checked);
    }

    /// It would be dropped, and nobody could read the content any more.
    void dataKeys_areNotSent()
    {
        Place place;
        QVERIFY(place.open());
        place.f.http.forget();
        guard::Change change;
        change.target = *Key.address(u"test"_s);
        change.verb = guard::Verb::Create;
        ConfigAttributes attributes;
        attributes.encryptedDataKey = u"key"_s;
        change.after = valueOf("cipher"_ba, attributes);
        const auto done = await(place.configs->apply(change));
        QVERIFY(done && !*done);
        QCOMPARE(done->error().kind, Error::Kind::Unsupported);
        QVERIFY2(done->error().message.contains("data keys"_L1), qPrintable(errorOf(done)));
        QVERIFY(place.f.http.seen(Configs).isEmpty());
    }
};

SIGNALBOX_TEST(TstRnacos)
#include "tst_rnacos.moc"
