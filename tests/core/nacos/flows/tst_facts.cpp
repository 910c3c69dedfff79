// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/capacity.h"
#include "core/nacos/config/historystates.h"
#include "core/nacos/config/snippet.h"
#include "core/nacos/session/probememory.h"
#include "tests/core/nacos/flows/fakestore.h"
#include "tests/support/testmain.h"

using namespace Qt::StringLiterals;
using namespace core;
using namespace core::nacos;
using tests::await;
using tests::errorOf;
using tests::FakeStore;
using tests::HttpAnswer;

/// Capacity, snippets, what is remembered of probes and contents.
class TstFacts final : public QObject {
    Q_OBJECT

    static QJsonObject recalled(const QString &home, profiles::Profile profile)
    {
        ProbeMemory(home).recall(profile);
        return profile.extra.value(QLatin1StringView(RememberedProbe)).toObject();
    }
    static Capabilities found(const profiles::Profile &profile)
    {
        Capabilities caps;
        caps.generation = Generation::V3_1;
        caps.planes.insert(Plane::Admin, {true, profile.servers.first() + u"/nacos"_s, {}, {}, -1});
        return caps;
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void rememberedFromAPush_isNotComplete()
    {
        store::MirrorState state;
        state.content = "a: 2";
        state.md5 = "d";
        state.by = u"who"_s;
        state.attributes = {{u"type"_s, u"yaml"_s}};
        for (const auto &[source, complete] : {std::pair(u"mirror"_s, true), std::pair(u"push"_s, false)}) {
            state.source = source;
            const ConfigDetail detail = rememberedDetail({u"public"_s, u"G"_s, u"a"_s}, state);
            QCOMPARE(detail.complete, complete);
            QCOMPARE(detail.content, state.content);
            QCOMPARE(detail.attributes.type, u"yaml"_s);
            QCOMPARE(detail.changedBy, u"who"_s);
        }
    }

    void capacityIsRead()
    {
        FakeStore server;
        Registry &registry = server.open();
        const QString path = u"/nacos/v3/admin/cs/capacity"_s;
        server.f.http.on(
            "GET", path,
            tests::NacosFixture::result(QJsonObject{{u"quota"_s, 200}, {u"usage"_s, 7}, {u"gmtModified"_s, qint64(1700000000000)}}));
        auto capacity = await(readCapacity(registry.session(), {{}, {}}, this));
        QVERIFY2(capacity && *capacity, qPrintable(errorOf(capacity)));
        QCOMPARE((*capacity)->namespaceId, u"public"_s);
        QCOMPARE((*capacity)->usage, 7);
        QCOMPARE((*capacity)->maxSize, -1);
        QVERIFY((*capacity)->changedAt.isValid());
        QCOMPARE(server.f.http.seen(path).last().query(u"namespaceId"_s), u"public"_s);
        capacity = await(readCapacity(registry.session(), {u"public"_s, u"G"_s}, this));
        QVERIFY(capacity && *capacity);
        QCOMPARE((*capacity)->group, u"G"_s);
        QCOMPARE(server.f.http.seen(path).last().query(u"groupName"_s), u"G"_s);
        server.f.http.on("GET", path, tests::NacosFixture::result(7));
        capacity = await(readCapacity(registry.session(), {{}, {}}, this));
        QCOMPARE(capacity->error().kind, Error::Kind::BadReply);
        server.f.http.on("GET", path, tests::NacosFixture::result(QJsonValue::Null, 30000, 500));
        QCOMPARE(await(readCapacity(registry.session(), {{}, {}}, this))->error().kind, Error::Kind::Rejected);
        HttpAnswer drop;
        drop.fault = HttpAnswer::Fault::Drop;
        server.f.http.on("GET", path, drop);
        QCOMPARE(await(readCapacity(registry.session(), {{}, {}}, this))->error().kind, Error::Kind::Network);
        drop.fault = HttpAnswer::Fault::Hang;
        server.f.http.on("GET", path, drop);
        auto *reply = readCapacity(registry.session(), {{}, {}}, this);
        QTimer::singleShot(0, reply, [reply] { reply->cancel(); });
        QCOMPARE(await(reply)->error().kind, Error::Kind::Cancelled);
    }

    void capacityThatNobodyWaitsFor_isGivenUp()
    {
        FakeStore server;
        Registry &registry = server.open();
        const QString path = u"/nacos/v3/admin/cs/capacity"_s;
        HttpAnswer hang;
        hang.fault = HttpAnswer::Fault::Hang;
        server.f.http.on("GET", path, hang);
        auto caller = std::make_unique<QObject>();
        bool called = false;
        const QPointer<Operation> asked = [&] {
            auto *reply = readCapacity(registry.session(), {{}, {}}, &registry);
            reply->then(caller.get(), [&called](const Result<Capacity> &) { called = true; });
            return reply;
        }();
        QTRY_COMPARE(server.f.http.seen(path).size(), 1);
        caller.reset();
        QTRY_VERIFY(asked.isNull());
        // The parent goes with the reply, and the session with both.
        auto parent = std::make_unique<QObject>();
        readCapacity(registry.session(), {{}, {}}, parent.get())->then(&server.f.http, [&called](const Result<Capacity> &) {
            called = true;
        });
        QTRY_COMPARE(server.f.http.seen(path).size(), 2);
        parent.reset();
        std::optional<Error> closed;
        readCapacity(registry.session(), {{}, {}}, this)->then(this, [&closed](const Result<Capacity> &result) {
            closed = result.error();
        });
        QTRY_COMPARE(server.f.http.seen(path).size(), 3);
        server.guard.reset();
        server.registries.reset();
        QTRY_VERIFY(closed);
        QCOMPARE(closed->kind, Error::Kind::Cancelled);
        QVERIFY(!called);
    }

    void anAccountThatTheMainPortRefuses_isServedByTheConsole()
    {
        FakeStore server;
        server.f.http.on("GET", u"/nacos/v3/admin/cs/config"_s, tests::NacosFixture::result(QJsonValue::Null, 10001, 403));
        server.f.console.on("GET", u"/v3/console/cs/config"_s,
                            tests::NacosFixture::result(QJsonObject{{u"namespaceId"_s, u"public"_s},
                                                                    {u"groupName"_s, u"G"_s},
                                                                    {u"dataId"_s, u"a"_s},
                                                                    {u"content"_s, u"x"_s},
                                                                    {u"md5"_s, u"9dd4e461268c8034f5c8564e155c67a6"_s}}));
        Registry &registry = server.open();
        QVERIFY(!registry.session().capabilities().has(Plane::Console));
        auto detail = await(registry.configs().getLive({u"public"_s, u"G"_s, u"a"_s}));
        QVERIFY2(detail && *detail && **detail, qPrintable(errorOf(detail)));
        QCOMPARE((**detail)->content, "x"_ba);
        // Found once, it is known, and the next program that remembers it asks there first.
        const Capabilities &found = registry.session().capabilities();
        QVERIFY(found.has(Plane::Console));
        server.f.profile.extra.insert(QLatin1StringView(RememberedProbe), encode(found));
        server.f.http.forget();
        Registry &again = server.open();
        detail = await(again.configs().getLive({u"public"_s, u"G"_s, u"a"_s}));
        QVERIFY2(detail && *detail && **detail, qPrintable(errorOf(detail)));
        QVERIFY(server.f.http.seen().isEmpty());
        // Where there is no console either, nor the way SDKs read, the refusal is what is told.
        server.f.profile.extra = {};
        server.f.grpc.stop();
        server.f.console.stop();
        detail = await(server.open().configs().getLive({u"public"_s, u"G"_s, u"a"_s}));
        QVERIFY(detail && !*detail);
        QCOMPARE(detail->error().kind, Error::Kind::Forbidden);
    }

    void snippetsAreFilledAndHoldNoSecret()
    {
        profiles::Profile profile;
        profile.servers = {u"http://one.example:8848"_s, u"https://two.example:8849/other"_s};
        profile.auth.kind = profiles::Auth::Kind::Password;
        profile.auth.user = u"qu\"ote\\"_s;
        const ConfigKey key{u"blue"_s, u"G"_s, u"shop.yaml"_s};
        for (const SnippetLanguage language : snippetLanguages()) {
            const QString text = configSnippet(language, profile, key);
            for (const QString &part :
                 {u"\"blue\""_s, u"\"G\""_s, u"\"shop.yaml\""_s, u"one.example"_s, u"\"qu\\\"ote\\\\\""_s, u"NACOS_PASSWORD"_s})
                QVERIFY2(text.contains(part), qPrintable(snippetLanguageName(language) + u": "_s + part + u'\n' + text));
            QVERIFY(!text.contains(u'%'));
            QCOMPARE(snippetLanguageFrom(snippetLanguageName(language).toLower()), std::optional(language));
        }
        profile.auth = {};
        for (const SnippetLanguage language : snippetLanguages()) {
            const QString text = configSnippet(language, profile, {u"public"_s, u"G"_s, u"shop.yaml"_s});
            QVERIFY(!text.contains("NACOS_"_L1) && !text.contains("\"public\""_L1));
        }
        QVERIFY(!snippetLanguageFrom(u"cobol"));
    }

    void aProbeIsRememberedForTheseSettingsOnly()
    {
        tests::TempHome home;
        profiles::Profile profile;
        profile.slug = u"shop"_s;
        profile.servers = {u"http://127.0.0.1:1"_s};
        QVERIFY(recalled(home.path(), profile).isEmpty());
        ProbeMemory(home.path()).remember(profile, found(profile));
        QCOMPARE(recalled(home.path(), profile), encode(found(profile)));
        profiles::Profile other = profile;
        other.callTimeout = std::chrono::milliseconds(1);
        other.name = u"another name"_s;
        QVERIFY(!recalled(home.path(), other).isEmpty());
        other = profile;
        other.auth.user = u"somebody"_s;
        other.auth.kind = profiles::Auth::Kind::Password;
        QVERIFY(recalled(home.path(), other).isEmpty());
        other = profile;
        other.httpTls.trust = profiles::Tls::Trust::CaFile;
        other.httpTls.caFile = u"/ca"_s;
        QVERIFY(recalled(home.path(), other).isEmpty());
        other = profile;
        other.servers = {u"http://127.0.0.1:2"_s};
        QVERIFY(recalled(home.path(), other).isEmpty());
    }

    void whatAFileBringsAlong_isNotBelieved()
    {
        tests::TempHome home;
        profiles::Profile profile;
        profile.slug = u"shop"_s;
        profile.servers = {u"http://127.0.0.1:1"_s};
        profile.extra.insert(QLatin1StringView(RememberedProbe), encode(found(profile)));
        QVERIFY(recalled(home.path(), profile).isEmpty());
        for (const QByteArray &rubbish : {""_ba, "[]"_ba, "{\"probes\":{\"shop\":1}}"_ba}) {
            home.write(u"probes.json"_s, rubbish);
            QVERIFY(recalled(home.path(), profile).isEmpty());
        }
        ProbeMemory(home.path()).remember(profile, Capabilities()); // a probe that found nothing
        QVERIFY(recalled(home.path(), profile).isEmpty());
    }

    void anOldProbeIsForgotten_andThereAreNeverTooMany()
    {
        tests::TempHome home;
        profiles::Profile profile;
        profile.servers = {u"http://127.0.0.1:1"_s};
        for (int i = 0; i < 70; ++i) {
            profile.slug = u"p-%1"_s.arg(i);
            ProbeMemory(home.path()).remember(profile, found(profile));
        }
        QJsonObject file = QJsonDocument::fromJson(home.read(u"probes.json"_s)).object();
        QJsonObject entries = file.value(u"probes"_s).toObject();
        QCOMPARE(entries.size(), 64);
        QJsonObject entry = entries.value(profile.slug).toObject();
        entry.insert(u"at"_s, u"2020-01-01T00:00:00.000Z"_s);
        entries.insert(profile.slug, entry);
        file.insert(u"probes"_s, entries);
        home.write(u"probes.json"_s, QJsonDocument(file).toJson());
        QVERIFY(recalled(home.path(), profile).isEmpty());
    }
};

SIGNALBOX_TEST(TstFacts)
#include "tst_facts.moc"
