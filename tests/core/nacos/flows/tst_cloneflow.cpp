// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/cloneflow.h"

#include "tests/core/nacos/flows/fakestore.h"
#include "tests/support/testmain.h"

using namespace Qt::StringLiterals;
using namespace core;
using namespace core::nacos;
using core::guard::Outcome;
using tests::await;
using tests::errorOf;
using tests::FakeStore;

class TstCloneFlow final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void everythingComesAlong_theNamespaceFirst()
    {
        FakeStore server;
        server.namespaces.insert(u"from"_s, u"From"_s);
        server.items.insert({u"from"_s, u"G"_s, u"a"_s}, {"content", u"yaml"_s, u"blue,red"_s, u"什么"_s, {}});
        server.items.insert({u"from"_s, u"G"_s, u"cipher-b"_s}, {"opaque", u"text"_s, {}, {}, u"data-key"_s});
        server.put(u"public"_s, u"elsewhere"_s, "x");
        const auto plan = await(planClone(server.open(), {u"from"_s, u"to"_s, {}}, this));
        QVERIFY2(plan && *plan, qPrintable(errorOf(plan)));
        QVERIFY((*plan)->createsNamespace);
        QCOMPARE((*plan)->plan.changes.size(), size_t(3));
        QCOMPARE((*plan)->plan.changes.front().target.kind(), u"namespace"_s);
        QVERIFY(!server.namespaces.contains(u"to"_s));
        const auto done = server.submit((*plan)->plan);
        QCOMPARE(done.items.size(), 3);
        for (const guard::ChangeOutcome &outcome : done.items)
            QVERIFY(outcome.outcome == Outcome::Applied && outcome.verified);
        QCOMPARE(server.namespaces.value(u"to"_s), u"to"_s);
        const auto copy = server.items.value({u"to"_s, u"G"_s, u"a"_s});
        QCOMPARE(copy.content, "content"_ba);
        QCOMPARE(copy.type, u"yaml"_s);
        QCOMPARE(copy.tags, u"blue,red"_s);
        QCOMPARE(copy.description, u"什么"_s);
        QCOMPARE((server.items.value({u"to"_s, u"G"_s, u"cipher-b"_s}).dataKey), u"data-key"_s);
        QVERIFY((!server.items.contains({u"to"_s, u"G"_s, u"elsewhere"_s})));
        // And back: what is in it goes first.
        const auto undo = await(server.guard->undoOf((*plan)->plan.id));
        QVERIFY2(undo && *undo, qPrintable(errorOf(undo)));
        QCOMPARE(server.submit(**undo).items.size(), 3);
        QVERIFY(!server.namespaces.contains(u"to"_s));
        QVERIFY((!server.items.contains({u"to"_s, u"G"_s, u"a"_s})));
    }

    void whatIsThere_isKept()
    {
        FakeStore server;
        server.namespaces = {{u"from"_s, u"From"_s}, {u"to"_s, u"To"_s}};
        server.put(u"from"_s, u"same"_s, "x");
        server.put(u"to"_s, u"same"_s, "x");
        server.put(u"from"_s, u"other"_s, "x");
        server.put(u"to"_s, u"other"_s, "y");
        server.put(u"from"_s, u"new"_s, "x");
        const auto plan = await(planClone(server.open(), {u"from"_s, u"to"_s, {}}, this));
        QVERIFY2(plan && *plan, qPrintable(errorOf(plan)));
        QVERIFY(!(*plan)->createsNamespace);
        QCOMPARE((*plan)->alike, 1);
        QCOMPARE((*plan)->plan.changes.size(), size_t(1));
        QCOMPARE((*plan)->leftOut.size(), 1);
        QCOMPARE((*plan)->leftOut.first().why.kind, Error::Kind::Conflict);
    }

    void withoutItsDataKey_anEncryptedOneIsRefused()
    {
        FakeStore server;
        server.namespaces.insert(u"from"_s, u"From"_s);
        server.put(u"from"_s, u"cipher-x"_s, "opaque");
        const auto plan = await(planClone(server.open(), {u"from"_s, u"to"_s, {}}, this));
        QVERIFY2(plan && *plan, qPrintable(errorOf(plan)));
        QCOMPARE((*plan)->leftOut.size(), 1);
        QCOMPARE((*plan)->leftOut.first().why.kind, Error::Kind::Policy);
        QCOMPARE((*plan)->plan.changes.size(), size_t(1)); // the namespace
    }

    void errors()
    {
        FakeStore server;
        Registry &registry = server.open();
        const auto kindOf = [&](const CloneRequest &request) {
            const auto plan = await(planClone(registry, request, this));
            return plan && !*plan ? plan->error().kind : Error::Kind::Internal;
        };
        QCOMPARE(kindOf({u"public"_s, {}, {}}), Error::Kind::Usage);
        QCOMPARE(kindOf({u"public"_s, u"not allowed"_s, {}}), Error::Kind::Usage);
        QCOMPARE(kindOf({u"never"_s, u"to"_s, {}}), Error::Kind::NotFound);
        server.f.http.on("GET", u"/nacos/v3/admin/cs/config/list"_s, tests::NacosFixture::result(7));
        QCOMPARE(kindOf({u"public"_s, u"to"_s, {}}), Error::Kind::BadReply);
        server.f.http.stop();
        server.f.console.stop();
        QCOMPARE(kindOf({u"public"_s, u"to"_s, {}}), Error::Kind::Network);
    }

    void whenTheNamespaceCannotBeMade_nothingIsPutIntoIt()
    {
        FakeStore server;
        server.put(u"public"_s, u"a"_s, "x");
        Registry &registry = server.open();
        const auto plan = await(planClone(registry, {u"public"_s, u"to"_s, {}}, this));
        QVERIFY2(plan && *plan, qPrintable(errorOf(plan)));
        server.f.http.on("POST", u"/nacos/v3/admin/core/namespace"_s, tests::NacosFixture::result(QJsonValue::Null, 30000, 500));
        const auto done = server.submit((*plan)->plan);
        QVERIFY(done.end && !*done.end);
        QCOMPARE(done.items.size(), 1);
        QCOMPARE(server.publishes, 0);
    }

    void cancelledAndAbandoned_data()
    {
        QTest::addColumn<QString>("where");
        QTest::newRow("looking up") << u"/nacos/v3/admin/core/namespace"_s;
        QTest::newRow("listing") << u"/nacos/v3/admin/cs/config/list"_s;
        QTest::newRow("reading") << u"/nacos/v3/admin/cs/config"_s;
    }
    void cancelledAndAbandoned()
    {
        QFETCH(QString, where);
        FakeStore server;
        server.namespaces.insert(u"from"_s, u"From"_s);
        server.put(u"from"_s, u"a"_s, "x");
        Registry &registry = server.open();
        tests::HttpAnswer hang;
        hang.fault = tests::HttpAnswer::Fault::Hang;
        server.f.http.on("GET", where, hang);
        const auto asked = [&] { return server.f.http.seen(where).size(); };
        int told = 0;
        std::optional<Error> error;
        const auto tell = [&](const Result<ClonePlan> &plan) {
            ++told;
            error = plan ? std::nullopt : std::optional(plan.error());
        };
        QPointer<Reply<ClonePlan>> reply(planClone(registry, {u"from"_s, u"to"_s, {}}, this));
        reply->then(this, tell);
        QTRY_COMPARE(asked(), 1);
        reply->cancel();
        QCOMPARE(told, 0); // never inside the call
        QTRY_VERIFY(reply.isNull());
        QCOMPARE(told, 1);
        QVERIFY(error && error->kind == Error::Kind::Cancelled);

        auto caller = std::make_unique<QObject>();
        reply = planClone(registry, {u"from"_s, u"to"_s, {}}, this);
        reply->then(caller.get(), tell);
        QTRY_COMPARE(asked(), 2);
        caller.reset();
        QTRY_VERIFY(reply.isNull());

        auto parent = std::make_unique<QObject>();
        reply = planClone(registry, {u"from"_s, u"to"_s, {}}, parent.get());
        reply->then(this, tell);
        QTRY_COMPARE(asked(), 3);
        parent.reset();
        QVERIFY(reply.isNull());
        QCOMPARE(told, 1);
        QCOMPARE(server.publishes, 0);
    }

    void closedWhenEverythingWasJustRead()
    {
        FakeStore server;
        server.namespaces.insert(u"from"_s, u"From"_s);
        server.put(u"from"_s, u"a"_s, "x");
        auto *reply = planClone(server.open(), {u"from"_s, u"to"_s, {}}, this);
        // Queued: behind what was read, before the flow hears that this was all.
        connect(
            reply, &Operation::progress, this, [&] { server.registries->close(server.f.profile.slug); }, Qt::QueuedConnection);
        const auto plan = await(reply);
        QVERIFY(plan && !*plan);
        QCOMPARE(plan->error().kind, Error::Kind::Cancelled);
    }
};

SIGNALBOX_TEST(TstCloneFlow)
#include "tst_cloneflow.moc"
