// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/configdecode.h"
#include "core/nacos/config/configplans.h"
#include "core/nacos/session/sessionprivate.h"
#include "core/nacos/wire/internalmessages.h"
#include "tests/core/nacos/executorplace.h"
#include "tests/support/testmain.h"

using namespace Qt::StringLiterals;
using namespace core;
using namespace core::nacos;
using tests::await;
using tests::errorOf;
using tests::HttpAnswer;
using tests::HttpSeen;
using tests::NacosFixture;
using tests::RpcAnswer;
using Place = tests::ExecutorPlace;
using Fault = tests::HttpAnswer::Fault;
using Use = Session::Use;
using Kinds = QList<Error::Kind>;

namespace {

const ConfigKey Key{u"public"_s, u"G"_s, u"d"_s};

ConfigAttributes everything()
{
    ConfigAttributes attributes;
    attributes.type = u"yaml"_s;
    attributes.app = u"shop"_s;
    attributes.description = u"Zahlen & 数字"_s;
    attributes.use = u"u"_s;
    attributes.effect = u"e"_s;
    attributes.schema = u"s"_s;
    attributes.tags = {u"a"_s, u"b"_s};
    return attributes;
}

guard::Change creation(const QByteArray &content = "one"_ba, const ConfigAttributes &attributes = {})
{
    return *configChange({u"test"_s, Key, std::nullopt, content, attributes});
}

guard::Change update(const QByteArray &before, const QByteArray &after)
{
    ConfigDetail detail;
    detail.key = Key;
    detail.content = before;
    detail.md5 = md5Of(before);
    return *configChange({u"test"_s, Key, detail, after, {}});
}

guard::Change removal()
{
    ConfigDetail detail;
    detail.key = Key;
    detail.content = "one";
    return *configChange({u"test"_s, Key, detail, std::nullopt, {}});
}

NamespaceInfo space(const QString &name)
{
    return {u"dev"_s, name, u"for tests"_s, -1, -1, false, false};
}

wire::Message failure(const char *type, int code, const QString &why)
{
    wire::PlainResponse response;
    response.head = wire::ResponseHead::failure(code, why);
    return {type, {}, {}, response.toBody()};
}

} // namespace

class TstExecutors : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void aClosedConnectionIsToldAtOnce()
    {
        NacosFixture f;
        Registries registries(Registry::Collaborators{f.collaborators(), {}});
        ConfigExecutor configs(registries);
        NamespaceExecutor namespaces(registries);
        QCOMPARE(await(configs.apply(creation()))->error().kind, Error::Kind::Network);
        QCOMPARE(await(configs.read(creation().target))->error().kind, Error::Kind::Network);
        const auto change = *namespaceChange(u"test"_s, std::nullopt, space(u"Dev"_s));
        QCOMPARE(await(namespaces.apply(change))->error().kind, Error::Kind::Network);
        QCOMPARE(await(namespaces.read(change.target))->error().kind, Error::Kind::Network);
        QVERIFY(configs.handles(u"config"_s) && !configs.handles(u"namespace"_s));
        QVERIFY(namespaces.handles(u"namespace"_s) && !namespaces.handles(u"config"_s));
    }

    void otherAddressesAreRefused()
    {
        Place place;
        QVERIFY(place.open(Use::OneShot));
        guard::Change change = creation();
        change.target = *Address::build(u"test"_s, u"public"_s, u"config"_s, {u"only-one"_s});
        QCOMPARE(await(place.configs->apply(change))->error().kind, Error::Kind::Usage);
        QCOMPARE(await(place.configs->read(change.target))->error().kind, Error::Kind::Usage);
        change.target = *Address::build(u"test"_s, u"-"_s, u"namespace"_s, {u"a"_s, u"b"_s});
        QCOMPARE(await(place.namespaces->apply(change))->error().kind, Error::Kind::Usage);
    }

    void publishesByRpcWithEveryAttribute()
    {
        Place place;
        place.f.usePassword();
        place.f.serveLogin();
        QVERIFY(place.open(Use::Interactive));
        const auto applied = await(place.configs->apply(creation("a: 1\n", everything())));
        QVERIFY2(applied && *applied, qPrintable(errorOf(applied)));
        const auto seen = place.f.grpc.seen(wire::ConfigPublishRequest::typeName);
        QCOMPARE(seen.size(), 1);
        QCOMPARE(seen.first().headers.value("accessToken"), "token-one"_ba);
        const auto request = wire::ConfigPublishRequest::fromBody(seen.first().body);
        QVERIFY(request);
        QCOMPARE(request->content, "a: 1\n"_ba);
        QCOMPARE(request->key.tenant, u"public"_s);
        QVERIFY(request->casMd5.isEmpty()); // there is nothing to compare with
        const QMap<QString, QString> expected{{u"type"_s, u"yaml"_s},       {u"appName"_s, u"shop"_s},   {u"desc"_s, u"Zahlen & 数字"_s},
                                              {u"use"_s, u"u"_s},           {u"effect"_s, u"e"_s},       {u"schema"_s, u"s"_s},
                                              {u"config_tags"_s, u"a,b"_s}, {u"encryptedDataKey"_s, {}}, {u"src_user"_s, u"nacos"_s}};
        QCOMPARE(request->additions, expected);
    }

    void anUpdateIsComparedByTheServer()
    {
        Place place;
        place.f.grpc.put({}, u"G"_s, u"d"_s, "one");
        QVERIFY(place.open(Use::Interactive));
        auto applied = await(place.configs->apply(update("one", "two")));
        QVERIFY2(applied && *applied, qPrintable(errorOf(applied)));
        QCOMPARE(place.f.grpc.content({}, u"G"_s, u"d"_s), "two"_ba);
        applied = await(place.configs->apply(update("one", "three")));
        QVERIFY(applied && !*applied);
        QCOMPARE(applied->error().kind, Error::Kind::Conflict);
        QCOMPARE(place.f.grpc.content({}, u"G"_s, u"d"_s), "two"_ba);
    }

    void removesByRpc()
    {
        Place place;
        place.f.grpc.put({}, u"G"_s, u"d"_s, "one");
        QVERIFY(place.open(Use::Interactive));
        const auto applied = await(place.configs->apply(removal()));
        QVERIFY2(applied && *applied, qPrintable(errorOf(applied)));
        QVERIFY(place.f.grpc.content({}, u"G"_s, u"d"_s).isNull());
    }

    void contentsArriveByteForByte_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("NUL") << QByteArray("a\0b", 3);
        QTest::newRow("CRLF") << "a\r\nb\r\n"_ba;
        QTest::newRow("byte order mark") << "\xef\xbb\xbf{}"_ba;
        QTest::newRow("Chinese only") << u"配置中心"_s.toUtf8();
        QTest::newRow("outside the first plane") << u"𠮷😀"_s.toUtf8();
        QTest::newRow("form characters") << "a=1&b=%20+c;d"_ba;
        QTest::newRow("separators of JSON") << u"\"\\/\u2028\u2029\u0085\x7f"_s.toUtf8();
        QTest::newRow("10 MiB") << QByteArray(10 * 1024 * 1024, 'x');
    }
    void contentsArriveByteForByte()
    {
        QFETCH(QByteArray, content);
        Place rpc;
        rpc.f.profile.callTimeout = std::chrono::seconds(30);
        QVERIFY(rpc.open(Use::Interactive));
        auto applied = await(rpc.configs->apply(creation(content)), std::chrono::seconds(40));
        QVERIFY2(applied && *applied, qPrintable(errorOf(applied)));
        QVERIFY(rpc.f.grpc.content({}, u"G"_s, u"d"_s) == content);
        // And comes back so.
        const auto fetched = await(rpc.registry->configs().fetch(Key), std::chrono::seconds(40));
        QVERIFY2(fetched && *fetched && **fetched, qPrintable(errorOf(fetched)));
        QVERIFY((**fetched)->content == content);

        Place http;
        http.f.profile.callTimeout = std::chrono::seconds(30);
        http.f.http.on("POST", u"/nacos/v3/admin/cs/config"_s, NacosFixture::result(true));
        QVERIFY(http.open(Use::OneShot));
        applied = await(http.configs->apply(creation(content)), std::chrono::seconds(40));
        QVERIFY2(applied && *applied, qPrintable(errorOf(applied)));
        const HttpSeen posted = http.f.http.seen(u"/nacos/v3/admin/cs/config"_s).first();
        QByteArray value;
        for (QByteArray field : posted.body.split('&')) {
            if (field.startsWith("content="))
                value = QByteArray::fromPercentEncoding(field.mid(8).replace('+', ' '));
        }
        QVERIFY(value == content);
    }

    void publishesByHttp()
    {
        Place place;
        place.f.http.on("POST", u"/nacos/v3/admin/cs/config"_s, NacosFixture::result(true));
        QVERIFY(place.open(Use::OneShot));
        guard::Change change = update("one", "two");
        change.after = valueOf("two", everything());
        const auto applied = await(place.configs->apply(change));
        QVERIFY2(applied && *applied, qPrintable(errorOf(applied)));
        const HttpSeen seen = place.f.http.seen(u"/nacos/v3/admin/cs/config"_s).first();
        QCOMPARE(seen.header("casMd5"), md5Of("one"));
        QVERIFY(!seen.target.contains('?')); // contents stay out of access logs
        QCOMPARE(seen.form(u"namespaceId"_s), u"public"_s);
        QCOMPARE(seen.form(u"groupName"_s), u"G"_s);
        QCOMPARE(seen.form(u"dataId"_s), u"d"_s);
        QCOMPARE(seen.form(u"content"_s), u"two"_s);
        QCOMPARE(seen.form(u"configTags"_s), u"a,b"_s);
        QCOMPARE(seen.form(u"appName"_s), u"shop"_s);
        QCOMPARE(seen.form(u"desc"_s), u"Zahlen & 数字"_s);
        QCOMPARE(seen.form(u"use"_s) + seen.form(u"effect"_s) + seen.form(u"schema"_s), u"ues"_s);
    }

    void generationTwoHasItsOwnSpelling()
    {
        Place place;
        place.f.http.on("GET", u"/nacos/v3/admin/core/state"_s, NacosFixture::servlet(404, "Not Found"));
        place.f.http.on("GET", u"/nacos/v1/console/server/state"_s,
                        HttpAnswer::json(R"({"version":"2.4.3","standalone_mode":"standalone"})"));
        place.f.http.on("POST", u"/nacos/v1/cs/configs"_s, HttpAnswer::json("true"));
        place.f.http.on("DELETE", u"/nacos/v1/cs/configs"_s, HttpAnswer::json("true"));
        place.f.http.on("GET", u"/nacos/v1/cs/configs"_s,
                        HttpAnswer::json(R"({"id":"3","dataId":"d","group":"G","tenant":"","content":"one","md5":"m","use":"u"})"));
        QVERIFY(place.open(Use::OneShot));
        auto applied = await(place.configs->apply(creation("one", everything())));
        QVERIFY2(applied && *applied, qPrintable(errorOf(applied)));
        const HttpSeen seen = place.f.http.seen(u"/nacos/v1/cs/configs"_s).first();
        QCOMPARE(seen.form(u"group"_s), u"G"_s);
        QVERIFY(seen.body.contains("tenant=&")); // public has no name there
        QCOMPARE(seen.form(u"config_tags"_s), u"a,b"_s);
        applied = await(place.configs->apply(removal()));
        QVERIFY2(applied && *applied, qPrintable(errorOf(applied)));
        const auto read = await(place.configs->read(removal().target));
        QVERIFY2(read && *read && **read, qPrintable(errorOf(read)));
        QCOMPARE((**read)->attributes.value(u"use"_s).toString(), u"u"_s);
        // It wraps what it says about beta releases.
        place.f.http.on("DELETE", u"/nacos/v1/cs/configs"_s, NacosFixture::result(true, 200));
        const BetaRelease release{Key, "new", {}, {u"10.0.0.1"_s}};
        applied = await(place.configs->apply(*betaChange(u"test"_s, release, std::nullopt)));
        QVERIFY2(applied && *applied, qPrintable(errorOf(applied)));
        place.f.http.on("POST", u"/nacos/v1/cs/configs"_s, HttpAnswer::json("false"));
        QCOMPARE(await(place.configs->apply(creation()))->error().kind, Error::Kind::Rejected);
    }

    void writesThatFailByHttp_data()
    {
        QTest::addColumn<QString>("object");
        QTest::addColumn<HttpAnswer>("answer");
        QTest::addColumn<Kinds>("kinds");
        const auto faulty = [](Fault fault) {
            HttpAnswer answer = NacosFixture::result(true);
            answer.fault = fault;
            return answer;
        };
        using Kind = Error::Kind;
        for (const char *object : {"config", "beta", "namespace"}) {
            const auto row = [object](const char *name, const HttpAnswer &answer, const Kinds &kinds) {
                QTest::addRow("%s, %s", object, name) << QString::fromLatin1(object) << answer << kinds;
            };
            row("comparison", NacosFixture::result(u"Cas publish fail, server md5 may have changed."_s, 20005, 500), {Kind::Conflict});
            row("refused", NacosFixture::result(u"no"_s, 30000, 500), {Kind::Rejected});
            row("did not do it", NacosFixture::result(false), {Kind::Rejected});
            row("quota", NacosFixture::result(u"full"_s, 5031, 500), {Kind::Rejected});
            row("no right", NacosFixture::servlet(403, "Code: 403, Message: authorization failed!."), {Kind::Forbidden});
            row("parameter", NacosFixture::text("Param check invalid: x", 400), {Kind::Rejected});
            row("not JSON", HttpAnswer::json("ok?"), {Kind::BadReply});
            row("nothing", HttpAnswer::json({}), {Kind::BadReply});
            row("null", NacosFixture::result(QJsonValue::Null), {Kind::BadReply});
            row("a text", NacosFixture::result(u"true"_s), {Kind::BadReply});
            row("an object", NacosFixture::result(QJsonObject{{u"done"_s, true}}), {Kind::BadReply});
            row("cut off", faulty(Fault::Truncate), {Kind::BadReply, Kind::Network});
            row("closed", faulty(Fault::Drop), {Kind::Network});
            row("gateway", HttpAnswer::json({}, 504), {Kind::Network});
            row("gateway, late", HttpAnswer::json("upstream connect error or disconnect/reset before headers", 503), {Kind::Network});
        }
    }
    /// Whatever happens, a write is sent once: what a lost one did is for the Guard to find out.
    void writesThatFailByHttp()
    {
        QFETCH(QString, object);
        QFETCH(HttpAnswer, answer);
        QFETCH(Kinds, kinds);
        Place place;
        tests::FakeHttpServer second;
        second.on("GET", u"/nacos/v3/admin/core/state"_s, NacosFixture::result(QJsonObject{{u"version"_s, u"3.1.0"_s}}));
        place.f.profile.servers.append(second.url().toString());
        place.f.console.stop();
        const QStringList paths{u"/nacos/v3/admin/cs/config"_s, u"/nacos/v3/admin/cs/config/beta"_s, u"/nacos/v3/admin/core/namespace"_s};
        for (const QString &path : paths) {
            for (const char *method : {"POST", "PUT", "DELETE"}) {
                place.f.http.on(method, path, answer);
                second.on(method, path, answer);
            }
        }
        QVERIFY(place.open(Use::OneShot));
        const BetaRelease release{Key, "new", {}, {u"10.0.0.1"_s}};
        QList<guard::Change> changes{update("one", "two"), removal()};
        if (object == "beta"_L1)
            changes = {*betaChange(u"test"_s, std::nullopt, release), *betaChange(u"test"_s, release, std::nullopt)};
        if (object == "namespace"_L1)
            changes = {*namespaceChange(u"test"_s, std::nullopt, space(u"Dev"_s)),
                       *namespaceChange(u"test"_s, space(u"Dev"_s), space(u"Other"_s)),
                       *namespaceChange(u"test"_s, space(u"Dev"_s), std::nullopt)};
        guard::Executor &executor = object == "namespace"_L1 ? static_cast<guard::Executor &>(*place.namespaces) : *place.configs;
        for (const guard::Change &change : std::as_const(changes)) {
            place.f.http.forget();
            second.forget();
            place.registry->session().d().http.setServers(place.registry->session().d().servers, 0);
            const auto applied = await(executor.apply(change));
            QVERIFY(applied && !*applied);
            QVERIFY2(kinds.contains(applied->error().kind), qPrintable(errorOf(applied)));
            qsizetype sent = 0;
            for (const QString &path : paths)
                sent += place.f.http.seen(path).size() + second.seen(path).size();
            QCOMPARE(sent, 1);
        }
    }

    void writesThatFailByRpc_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("why");
        QTest::addColumn<int>("fault");
        QTest::addColumn<Error::Kind>("kind");
        using Kind = Error::Kind;
        using RpcFault = RpcAnswer::Fault;
        const auto said = [](const char *name, int code, const QString &why, Kind kind) {
            QTest::newRow(name) << code << why << int(RpcFault::None) << kind;
        };
        said("refused", 500, u"no"_s, Kind::Rejected);
        said("comparison", 500, u"Cas publish fail,server md5 may have changed."_s, Kind::Conflict);
        said("comparison, by number", 20005, u"x"_s, Kind::Conflict);
        said("no right", 403, u"Code: 403, Message: authorization failed!."_s, Kind::Forbidden);
        said("parameter", 400, u"Param check invalid: x"_s, Kind::Rejected);
        said("too fast", 503, u"over limit"_s, Kind::RateLimited);
        said("no handler", 302, u"no handler"_s, Kind::Unsupported);
        said("starting", 300, u"server is starting"_s, Kind::Network);
        const auto faulty = [](const char *name, RpcFault fault, Kind kind) {
            QTest::newRow(name) << 0 << QString() << int(fault) << kind;
        };
        faulty("dropped", RpcFault::Drop, Kind::Network);
        faulty("not JSON", RpcFault::Garbage, Kind::BadReply);
        faulty("no type", RpcFault::NoType, Kind::BadReply);
        faulty("never answered", RpcFault::Hang, Kind::Timeout);
    }
    void writesThatFailByRpc()
    {
        QFETCH(int, code);
        QFETCH(QString, why);
        QFETCH(int, fault);
        QFETCH(Error::Kind, kind);
        Place place;
        if (fault == int(RpcAnswer::Fault::Hang))
            place.f.profile.callTimeout = std::chrono::milliseconds(1500);
        const auto answer = [=](const char *type) {
            return
                [=](const wire::Message &) { return code == 0 ? RpcAnswer(RpcAnswer::Fault(fault)) : RpcAnswer(failure(type, code, why)); };
        };
        place.f.grpc.on(wire::ConfigPublishRequest::typeName, answer(wire::ConfigPublishResponse::typeName));
        place.f.grpc.on(wire::ConfigRemoveRequest::typeName, answer(wire::ConfigRemoveResponse::typeName));
        QVERIFY(place.open(Use::Interactive));
        auto applied = await(place.configs->apply(update("one", "two")));
        QVERIFY(applied && !*applied);
        QVERIFY2(applied->error().kind == kind, qPrintable(errorOf(applied)));
        QCOMPARE(place.f.grpc.seen(wire::ConfigPublishRequest::typeName).size(), 1);
        if (kind == Error::Kind::Conflict)
            return;
        applied = await(place.configs->apply(removal()));
        QVERIFY(applied && !*applied);
        QVERIFY2(applied->error().kind == kind, qPrintable(errorOf(applied)));
        QCOMPARE(place.f.grpc.seen(wire::ConfigRemoveRequest::typeName).size(), 1);
    }

    /// The connection breaks with the request on it: not cancelled by anybody, so nobody knows what it did.
    void aWriteOnALostConnectionIsUnknown()
    {
        Place place;
        place.f.grpc.on(wire::ConfigPublishRequest::typeName, [](const wire::Message &) { return RpcAnswer::Fault::Hang; });
        QVERIFY(place.open(Use::Interactive));
        auto *applying = place.configs->apply(creation());
        QTRY_COMPARE(place.f.grpc.seen(wire::ConfigPublishRequest::typeName).size(), 1);
        place.f.grpc.endStreams(tests::FakeNacosGrpc::End::Clean);
        const auto applied = await(applying);
        QVERIFY(applied && !*applied);
        QVERIFY2(applied->error().kind == Error::Kind::Network, qPrintable(errorOf(applied)));
        QCOMPARE(place.f.grpc.seen(wire::ConfigPublishRequest::typeName).size(), 1);
    }

    void namespacesAreWritten_data()
    {
        QTest::addColumn<bool>("console");
        QTest::newRow("admin") << false;
        QTest::newRow("console") << true;
    }
    void namespacesAreWritten()
    {
        QFETCH(bool, console);
        Place place;
        const QString path = console ? u"/v3/console/core/namespace"_s : u"/nacos/v3/admin/core/namespace"_s;
        tests::FakeHttpServer &server = console ? place.f.console : place.f.http;
        if (console)
            for (const char *method : {"POST", "PUT", "DELETE"})
                place.f.http.on(method, u"/nacos/v3/admin/core/namespace"_s, NacosFixture::servlet(403, "Code: 403, Message: no"));
        for (const char *method : {"POST", "PUT", "DELETE"})
            server.on(method, path, NacosFixture::result(true));
        QVERIFY(place.open(Use::Interactive));
        QTRY_VERIFY(place.registry->session().capabilities().has(Plane::Console));
        const auto apply = [&](const Result<guard::Change> &change) { return await(place.namespaces->apply(*change)); };
        auto applied = apply(namespaceChange(u"test"_s, std::nullopt, space(u"Dev"_s)));
        QVERIFY2(applied && *applied, qPrintable(errorOf(applied)));
        HttpSeen seen = server.seen(path).last();
        QCOMPARE(seen.method, "POST"_ba);
        QCOMPARE(seen.form(console ? u"customNamespaceId"_s : u"namespaceId"_s), u"dev"_s);
        QCOMPARE(seen.form(u"namespaceName"_s), u"Dev"_s);
        QCOMPARE(seen.form(u"namespaceDesc"_s), u"for tests"_s);
        applied = apply(namespaceChange(u"test"_s, space(u"Dev"_s), space(u"Other"_s)));
        QVERIFY2(applied && *applied, qPrintable(errorOf(applied)));
        seen = server.seen(path).last();
        QCOMPARE(seen.method, "PUT"_ba);
        QCOMPARE(seen.query(u"namespaceName"_s), u"Other"_s);
        applied = apply(namespaceChange(u"test"_s, space(u"Dev"_s), std::nullopt));
        QVERIFY2(applied && *applied, qPrintable(errorOf(applied)));
        seen = server.seen(path).last();
        QCOMPARE(seen.method, "DELETE"_ba);
        QCOMPARE(seen.query(u"namespaceId"_s), u"dev"_s);
        QCOMPARE(place.namespaces->typedText(*namespaceChange(u"test"_s, space(u"Dev"_s), std::nullopt)), u"dev"_s);
        server.on("POST", path, NacosFixture::result(u"exists"_s, 22002, 400));
        QCOMPARE(apply(namespaceChange(u"test"_s, std::nullopt, space(u"Dev"_s)))->error().kind, Error::Kind::Conflict);
        server.on("POST", path, NacosFixture::result(false));
        QCOMPARE(apply(namespaceChange(u"test"_s, std::nullopt, space(u"Dev"_s)))->error().kind, Error::Kind::Rejected);
    }

    void namespacesAreRead()
    {
        Place place;
        QVERIFY(place.open(Use::OneShot));
        const Address target = namespaceChange(u"test"_s, std::nullopt, space(u"Dev"_s))->target;
        place.f.http.on("GET", u"/nacos/v3/admin/core/namespace"_s,
                        NacosFixture::result(QJsonObject{{u"namespace"_s, u"dev"_s}, {u"namespaceShowName"_s, u"Dev"_s}, {u"type"_s, 2}}));
        auto read = await(place.namespaces->read(target));
        QVERIFY2(read && *read && **read, qPrintable(errorOf(read)));
        QCOMPARE((**read)->attributes.value(u"name"_s).toString(), u"Dev"_s);
        place.f.http.on("GET", u"/nacos/v3/admin/core/namespace"_s, NacosFixture::result(u"not exist"_s, 22001, 404));
        read = await(place.namespaces->read(target));
        QVERIFY2(read && *read && !**read, qPrintable(errorOf(read)));
    }

    void aBetaReleaseStandsBesideTheConfiguration_data()
    {
        QTest::addColumn<bool>("rpc");
        QTest::newRow("gRPC") << true;
        QTest::newRow("HTTP") << false;
    }
    void aBetaReleaseStandsBesideTheConfiguration()
    {
        QFETCH(bool, rpc);
        Place place;
        const QString path = u"/nacos/v3/admin/cs/config/beta"_s;
        place.f.http.on("GET", path, NacosFixture::result(u"gray not found"_s, 20004, 404));
        place.f.http.on("POST", u"/nacos/v3/admin/cs/config"_s, NacosFixture::result(true));
        place.f.http.on("DELETE", path, NacosFixture::result(true));
        QVERIFY(place.open(rpc ? Use::Interactive : Use::OneShot));
        BetaRelease release{Key, "new", {}, {u"10.0.0.2"_s, u"10.0.0.1"_s}};
        const auto made = betaChange(u"test"_s, std::nullopt, release);
        QVERIFY(made);
        QVERIFY(made->verb == guard::Verb::Create && made->comparison == guard::Comparison::Checked);
        QVERIFY(place.configs->handles(made->target.kind()));
        auto read = await(place.configs->read(made->target));
        QVERIFY2(read && *read && !**read, qPrintable(errorOf(read)));
        auto applied = await(place.configs->apply(*made));
        QVERIFY2(applied && *applied, qPrintable(errorOf(applied)));
        if (rpc) {
            const auto request = wire::ConfigPublishRequest::fromBody(place.f.grpc.seen(wire::ConfigPublishRequest::typeName).first().body);
            QCOMPARE(request->additions.value(u"betaIps"_s), u"10.0.0.1,10.0.0.2"_s);
        } else {
            QCOMPARE(place.f.http.seen(u"/nacos/v3/admin/cs/config"_s).last().header("betaIps"), "10.0.0.1,10.0.0.2"_ba);
        }
        place.f.http.on("GET", path,
                        NacosFixture::result(QJsonObject{
                            {u"dataId"_s, u"d"_s},
                            {u"groupName"_s, u"G"_s},
                            {u"content"_s, u"new"_s},
                            {u"grayName"_s, u"beta"_s},
                            {u"grayRule"_s, uR"({"type":"beta","version":"1.0.0","expr":"10.0.0.2,10.0.0.1","priority":2147483647})"_s}}));
        read = await(place.configs->read(made->target));
        QVERIFY2(read && *read && **read, qPrintable(errorOf(read)));
        QVERIFY(place.configs->isSame(made->after, **read));
        const auto stop = betaChange(u"test"_s, release, std::nullopt);
        QVERIFY(stop && stop->verb == guard::Verb::Delete);
        applied = await(place.configs->apply(*stop));
        QVERIFY2(applied && *applied, qPrintable(errorOf(applied)));
        QCOMPARE(place.f.http.seen(path).last().method, "DELETE"_ba);
        QVERIFY(place.f.grpc.seen(wire::ConfigRemoveRequest::typeName).isEmpty()); // the configuration itself stays
        // Nothing must ever go out to everybody.
        release.ips.clear();
        QVERIFY(!betaChange(u"test"_s, std::nullopt, release));
        release.ips = {u"10.0.0.1,*"_s};
        QVERIFY(!betaChange(u"test"_s, std::nullopt, release));
        guard::Change forged = *made;
        forged.after->attributes.remove(u"ips"_s);
        QCOMPARE(await(place.configs->apply(forged))->error().kind, Error::Kind::Usage);
    }

    /// What a server never tells again is no difference; everything else is.
    void whatTheServerKeepsToItselfIsNotCompared()
    {
        NacosFixture f;
        Registries registries(Registry::Collaborators{f.collaborators(), {}});
        const ConfigExecutor executor(registries);
        ConfigAttributes told = everything();
        told.use = told.effect = told.schema = QString();
        const guard::Value written = valueOf("x", everything()), live = valueOf("x", told);
        QVERIFY(executor.isSame(written, live));
        QVERIFY(executor.isSame(live, written));
        QVERIFY(executor.isSame(std::nullopt, std::nullopt));
        QVERIFY(!executor.isSame(written, std::nullopt));
        QVERIFY(!executor.isSame(written, valueOf("y", told)));
        ConfigAttributes other = everything();
        other.use = u"another"_s;
        QVERIFY(!executor.isSame(written, valueOf("x", other)));
        told.description = u"another"_s;
        QVERIFY(!executor.isSame(written, valueOf("x", told)));
    }

    /// What could not be read goes out only when it was typed.
    void aPartialValueSendsWhatItHas_data()
    {
        QTest::addColumn<ConfigAttributes>("attributes");
        QTest::addColumn<QStringList>("sent");
        ConfigAttributes some;
        some.description = u"typed"_s;
        some.app = u"shop"_s;
        QTest::newRow("nothing typed") << ConfigAttributes() << QStringList{};
        QTest::newRow("description and application") << some << QStringList{u"appName"_s, u"desc"_s};
        QTest::newRow("everything") << everything() << QStringList{u"appName"_s, u"config_tags"_s, u"desc"_s};
    }
    void aPartialValueSendsWhatItHas()
    {
        QFETCH(ConfigAttributes, attributes);
        QFETCH(QStringList, sent);
        Place place;
        place.f.grpc.put({}, u"G"_s, u"d"_s, "one");
        QVERIFY(place.open(Use::Interactive));
        ConfigDetail read;
        read.key = Key;
        read.content = "one";
        read.complete = false;
        const auto applied = await(place.configs->apply(*configChange({u"test"_s, Key, read, "two"_ba, attributes})));
        QVERIFY2(applied && *applied, qPrintable(errorOf(applied)));
        const auto request = wire::ConfigPublishRequest::fromBody(place.f.grpc.seen(wire::ConfigPublishRequest::typeName).first().body);
        QVERIFY(request);
        QStringList names;
        for (const QString &name : {u"appName"_s, u"config_tags"_s, u"desc"_s}) {
            if (request->additions.contains(name))
                names.append(name);
        }
        QCOMPARE(names, sent);
        QCOMPARE(request->additions.contains(u"type"_s), !attributes.type.isEmpty());
    }

    /// The same state, seen by an account that may read everything and by one that may not.
    void whatAnAccountMayNotReadIsNotCompared()
    {
        NacosFixture f;
        Registries registries(Registry::Collaborators{f.collaborators(), {}});
        const ConfigExecutor executor(registries);
        ConfigDetail partial;
        partial.content = "x";
        partial.attributes.type = u"yaml"_s;
        partial.attributes.encryptedDataKey = u"key"_s;
        partial.complete = false;
        ConfigAttributes all = everything();
        all.encryptedDataKey = u"key"_s;
        const guard::Value seen = valueOf(partial);
        QVERIFY(executor.isSame(valueOf("x", all), seen));
        QVERIFY(executor.isSame(seen, valueOf("x", all)));
        ConfigDetail typed = partial;
        typed.attributes.description = u"typed"_s;
        QVERIFY(executor.isSame(valueOf(typed), seen));
        QVERIFY(!executor.isSame(seen, valueOf("y", all)));
        QVERIFY(!executor.isSame(seen, std::nullopt));
        ConfigAttributes other = all;
        other.type = u"json"_s;
        QVERIFY(!executor.isSame(seen, valueOf("x", other)));
        other = all;
        other.encryptedDataKey = u"another"_s;
        QVERIFY(!executor.isSame(seen, valueOf("x", other)));
        QVERIFY(!executor.isSame(valueOf("x", all), valueOf("x", everything())));
    }
};

SIGNALBOX_TEST(TstExecutors)
#include "tst_executors.moc"
