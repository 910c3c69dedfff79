// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/configdecode.h"
#include "core/nacos/config/configplans.h"
#include "core/nacos/wire/configmessages.h"
#include "tests/core/nacos/executorplace.h"
#include "tests/core/nacos/flows/fakestore.h"
#include "tests/support/testmain.h"

using namespace Qt::StringLiterals;
using namespace core;
using namespace core::nacos;
using core::guard::Outcome;
using tests::await;
using tests::HttpAnswer;
using tests::HttpSeen;
using tests::NacosFixture;

namespace {

const ConfigKey Key{u"public"_s, u"G"_s, u"d"_s};

ConfigDetail detail(const QByteArray &content)
{
    ConfigDetail detail;
    detail.key = Key;
    detail.content = content;
    detail.md5 = md5Of(content);
    detail.attributes.type = u"text"_s;
    return detail;
}

guard::Change update(const QByteArray &before, const QByteArray &after)
{
    return *configChange({u"test"_s, Key, detail(before), after, detail(after).attributes});
}

NamespaceInfo space()
{
    NamespaceInfo info;
    info.id = u"dev"_s;
    info.name = u"Dev"_s;
    return info;
}

/// A server with one configuration and one namespace, which from some request on answers nothing any more.
struct Server : tests::FakeStore {
    QByteArray mute; ///< the method that is not answered
    int answers = 0; ///< so many of that method are, before
    int held = 0;
    bool hasSpace = false;

    Server()
    {
        put(u"public"_s, u"d"_s, "one");
        f.profile.callTimeout = std::chrono::seconds(60); // what ends here is not ended by that
        for (const QString &path : {u"/nacos/v3/admin/cs/config"_s, u"/nacos/v3/admin/core/namespace"_s}) {
            for (const QByteArray &method : {"GET"_ba, "POST"_ba, "DELETE"_ba}) {
                f.http.on(method, path, [this, path, method](const HttpSeen &seen) {
                    if (method == mute && --answers < 0) {
                        ++held;
                        HttpAnswer nothing;
                        nothing.fault = HttpAnswer::Fault::Hang;
                        return nothing;
                    }
                    return path.endsWith("config"_L1) ? config(method, seen) : spaceAnswer(method);
                });
            }
        }
    }
    HttpAnswer config(const QByteArray &method, const HttpSeen &seen)
    {
        QByteArray &content = items[{u"public"_s, u"G"_s, u"d"_s}].content;
        if (method == "GET")
            return NacosFixture::result(QJsonObject{{u"dataId"_s, u"d"_s},
                                                    {u"groupName"_s, u"G"_s},
                                                    {u"content"_s, QString::fromUtf8(content)},
                                                    {u"md5"_s, QString::fromLatin1(md5Of(content))},
                                                    {u"type"_s, u"text"_s}});
        content = seen.form(u"content"_s).toUtf8();
        return NacosFixture::result(true);
    }
    HttpAnswer spaceAnswer(const QByteArray &method)
    {
        if (method != "GET") {
            hasSpace = method == "POST";
            return NacosFixture::result(true);
        }
        if (!hasSpace)
            return NacosFixture::result(QJsonValue::Null, 22001, 404);
        return NacosFixture::result(QJsonObject{
            {u"namespace"_s, u"dev"_s}, {u"namespaceShowName"_s, u"Dev"_s}, {u"namespaceDesc"_s, QString()}, {u"configCount"_s, 0}});
    }
    Stream<guard::ChangeOutcome> *begin(const guard::Change &change)
    {
        guard::Plan plan;
        plan.changes.push_back(change);
        return guard->submit(plan, {plan.hash(), guard->review(plan).typedText, {}});
    }
    bool openAgain()
    {
        mute.clear();
        const auto opened = await(registries->open(f.profile, Session::Use::OneShot)->session().open());
        return opened && *opened;
    }
};

guard::Change changeOf(const QString &kind)
{
    if (kind == "config"_L1)
        return update("one", "two");
    if (kind == "space"_L1)
        return *namespaceChange(u"test"_s, std::nullopt, space());
    guard::Change away = *namespaceChange(u"test"_s, space(), std::nullopt);
    away.before->attributes.insert(u"configs"_s, 0); // as NamespaceDeletion counts them
    return away;
}

} // namespace

/// A connection that is closed while a plan is under way on it: the plan ends, and the next one for the same target is not kept waiting.
class TstClosing final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void aPlanEnds_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QByteArray>("mute");
        QTest::addColumn<int>("answers");
        QTest::addColumn<Outcome>("outcome");
        QTest::newRow("compared") << u"config"_s << "GET"_ba << 0 << Outcome::Failed;
        QTest::newRow("written") << u"config"_s << "POST"_ba << 0 << Outcome::Unknown;
        QTest::newRow("read back") << u"config"_s << "GET"_ba << 1 << Outcome::Applied;
        QTest::newRow("namespace compared") << u"space"_s << "GET"_ba << 0 << Outcome::Failed;
        QTest::newRow("namespace written") << u"space"_s << "POST"_ba << 0 << Outcome::Unknown;
        QTest::newRow("namespace counted before it goes") << u"space away"_s << "GET"_ba << 1 << Outcome::Unknown;
        QTest::newRow("namespace deleted") << u"space away"_s << "DELETE"_ba << 0 << Outcome::Unknown;
    }
    void aPlanEnds()
    {
        QFETCH(QString, kind);
        QFETCH(QByteArray, mute);
        QFETCH(int, answers);
        QFETCH(Outcome, outcome);
        Server server;
        server.hasSpace = kind == "space away"_L1;
        server.open();
        server.mute = mute;
        server.answers = answers;
        auto *stream = server.begin(changeOf(kind));
        QTRY_COMPARE(server.held, 1);
        server.registries->close(u"test"_s);
        const auto ended = await(stream);
        QVERIFY(ended.end);
        QCOMPARE(ended.items.size(), 1);
        QCOMPARE(ended.items.first().outcome, outcome);
        QVERIFY(!ended.items.first().verified);
        QTRY_COMPARE(server.guard->running(), 0);
        // What became of it is asked when it is open again, and the target is free.
        QVERIFY(server.openAgain());
        const auto settled = await(server.guard->settle(u"test"_s));
        QVERIFY(settled.end && *settled.end);
        QCOMPARE(settled.items.size(), outcome == Outcome::Unknown ? 1 : 0);
        const bool isThere = outcome == Outcome::Applied;
        const auto next = await(server.begin(isThere ? update("two", "three") : changeOf(kind)));
        QVERIFY(next.end && *next.end);
        QCOMPARE(next.items.size(), 1);
        QCOMPARE(next.items.first().outcome, Outcome::Applied);
    }

    void aSettlementEnds()
    {
        Server server;
        server.open();
        server.mute = "POST";
        auto *stream = server.begin(update("one", "two"));
        QTRY_COMPARE(server.held, 1);
        server.registries->close(u"test"_s);
        QCOMPARE(await(stream).items.value(0).outcome, Outcome::Unknown);
        QVERIFY(server.openAgain());
        server.mute = "GET";
        server.answers = 0;
        auto *settling = server.guard->settle(u"test"_s);
        QTRY_COMPARE(server.held, 2);
        server.registries->close(u"test"_s);
        const auto ended = await(settling);
        QVERIFY(ended.end);
        QCOMPARE(ended.items.value(0).outcome, Outcome::Unknown);
        // The entry is not taken: the next settlement finds out.
        QVERIFY(server.openAgain());
        const auto settled = await(server.guard->settle(u"test"_s));
        QCOMPARE(settled.items.size(), 1);
        QCOMPARE(settled.items.first().outcome, Outcome::Failed);
    }

    void aWriteByRpcIsAnswered()
    {
        tests::ExecutorPlace place;
        place.f.grpc.on(wire::ConfigPublishRequest::typeName, [](const wire::Message &) { return tests::RpcAnswer::Fault::Hang; });
        QVERIFY(place.open(Session::Use::Interactive));
        auto *applying = place.configs->apply(update("one", "two"));
        QTRY_COMPARE(place.f.grpc.seen(wire::ConfigPublishRequest::typeName).size(), 1);
        place.registries->close(u"test"_s);
        const auto applied = await(applying);
        QVERIFY(applied && !*applied);
        QCOMPARE(applied->error().kind, Error::Kind::Cancelled);
    }
};

SIGNALBOX_TEST(TstClosing)
#include "tst_closing.moc"
