// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/namespacedeletion.h"
#include "core/nacos/registry.h"
#include "tests/core/nacos/flows/fakestore.h"
#include "tests/support/testmain.h"

#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace core;
using namespace core::nacos;
using core::guard::Outcome;
using tests::await;
using tests::errorOf;
using tests::FakeStore;

namespace {

ConfigKey key(const QString &dataId)
{
    return {u"public"_s, u"G"_s, dataId};
}

} // namespace

class TstDeletionFlow final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void plan_isInTheOrderAskedFor_andCanBeTakenBack()
    {
        FakeStore server;
        QList<ConfigKey> keys;
        for (int i = 0; i < 20; ++i) {
            server.put(u"public"_s, u"c%1"_s.arg(i), "content " + QByteArray::number(i));
            keys.append(key(u"c%1"_s.arg(i)));
        }
        auto *reply = planDeletion(server.open(), keys, this);
        QSignalSpy progress(reply, &Operation::progress);
        const auto deletion = await(reply);
        QVERIFY2(deletion && *deletion, qPrintable(errorOf(deletion)));
        QVERIFY((*deletion)->missing.isEmpty());
        QCOMPARE((*deletion)->plan.changes.size(), size_t(20));
        for (int i = 0; i < 20; ++i) {
            const guard::Change &change = (*deletion)->plan.changes.at(size_t(i));
            QCOMPARE(change.target.path().last(), u"c%1"_s.arg(i));
            QCOMPARE(change.verb, guard::Verb::Delete);
            QCOMPARE(change.before->content, "content " + QByteArray::number(i));
        }
        QCOMPARE(progress.last(), (QVariantList{qint64(20), qint64(20)}));
    }

    void whatIsGoneAlready_isNamed()
    {
        FakeStore server;
        server.put(u"public"_s, u"a"_s, "x");
        const auto deletion = await(planDeletion(server.open(), {key(u"gone"_s), key(u"a"_s)}, this));
        QVERIFY2(deletion && *deletion, qPrintable(errorOf(deletion)));
        QCOMPARE((*deletion)->missing, QList{key(u"gone"_s)});
        QCOMPARE((*deletion)->plan.changes.size(), size_t(1));
        const auto nothing = await(planDeletion(server.open(), {}, this));
        QVERIFY(nothing && *nothing && (*nothing)->plan.changes.empty());
    }

    void whatCannotBeRead_isTold()
    {
        FakeStore server;
        server.put(u"public"_s, u"a"_s, "x");
        server.trouble.insert({u"public"_s, u"G"_s, u"a"_s}, tests::NacosFixture::result(QJsonValue::Null, 403, 403));
        server.f.grpc.stop(); // nor the way SDKs read
        const auto deletion = await(planDeletion(server.open(), {key(u"a"_s), key(u"b"_s)}, this));
        QVERIFY(deletion && !*deletion);
        QCOMPARE(deletion->error().kind, Error::Kind::Forbidden);
    }

    void whoLosesIt_isCounted_unlessTheServerDoesNotSay()
    {
        const QString path = u"/nacos/v3/admin/cs/config/listener"_s;
        FakeStore server;
        QList<ConfigKey> keys;
        for (int i = 0; i < 30; ++i) {
            server.put(u"public"_s, u"c%1"_s.arg(i), "x");
            keys.append(key(u"c%1"_s.arg(i)));
        }
        server.f.http.on("GET", path, [](const tests::HttpSeen &seen) {
            QJsonObject status;
            if (seen.query(u"dataId"_s) == "c1"_L1)
                status = {{u"10.0.0.1"_s, u"m"_s}, {u"10.0.0.2"_s, u"m"_s}};
            return tests::NacosFixture::result(QJsonObject{{u"queryType"_s, u"config"_s}, {u"listenersStatus"_s, status}});
        });
        Registry &registry = server.open();
        const auto unasked = await(planDeletion(registry, keys, this));
        QVERIFY(unasked && *unasked && (*unasked)->listeners.isEmpty());
        QVERIFY(server.f.http.seen(path).isEmpty());
        const QList<ConfigKey> three{key(u"c0"_s), key(u"gone"_s), key(u"c1"_s)};
        const auto asked = await(planDeletion(registry, three, this, Listeners::Count));
        QVERIFY2(asked && *asked, qPrintable(errorOf(asked)));
        QCOMPARE((*asked)->listeners, (QList<std::optional<int>>{0, 2}));
        // A server that does not tell is asked a few times, not thirty.
        server.f.http.on("GET", path, tests::NacosFixture::result(QJsonValue::Null, 403, 403));
        const auto before = server.f.http.seen(path).size();
        const auto refused = await(planDeletion(registry, keys, this, Listeners::Count));
        QVERIFY2(refused && *refused, qPrintable(errorOf(refused)));
        QCOMPARE((*refused)->plan.changes.size(), size_t(30));
        QCOMPARE((*refused)->listeners, QList<std::optional<int>>(30));
        QVERIFY(server.f.http.seen(path).size() - before <= 8);
    }

    void aNamespace_aloneAndWithWhatIsInIt()
    {
        FakeStore server;
        server.namespaces.insert(u"qa"_s, u"Quality"_s);
        server.put(u"qa"_s, u"b"_s, "2");
        server.put(u"qa"_s, u"a"_s, "1");
        server.put(u"public"_s, u"other"_s, "3");
        server.f.http.on("GET", u"/nacos/v3/admin/cs/config/listener"_s,
                         tests::NacosFixture::result(
                             QJsonObject{{u"queryType"_s, u"config"_s}, {u"listenersStatus"_s, QJsonObject{{u"10.0.0.1"_s, u"m"_s}}}}));
        Registry &registry = server.open();
        const auto info = await(registry.namespaces().get(u"qa"_s));
        QVERIFY(info && *info && **info);
        const auto alone = await(planNamespaceDeletion(registry, ***info, Contents::Keep, this));
        QVERIFY2(alone && *alone, qPrintable(errorOf(alone)));
        QCOMPARE((*alone)->plan.changes.size(), size_t(1));
        QCOMPARE((*alone)->configs, (QList<ConfigKey>{{u"qa"_s, u"G"_s, u"a"_s}, {u"qa"_s, u"G"_s, u"b"_s}}));
        const auto whole = await(planNamespaceDeletion(registry, ***info, Contents::Delete, this));
        QVERIFY2(whole && *whole, qPrintable(errorOf(whole)));
        const guard::Plan &plan = (*whole)->plan;
        QCOMPARE(plan.changes.size(), size_t(3));
        QCOMPARE(plan.changes.back().target.kind(), u"namespace"_s);
        QCOMPARE((*whole)->listeners, (QList<std::optional<int>>{1, 1}));
        // The ID must be typed, and Undo brings all of it back.
        QCOMPARE(server.guard->review(plan).typedText, u"qa"_s);
        const auto done = server.submit(plan);
        QVERIFY(done.end && *done.end);
        for (const guard::ChangeOutcome &outcome : done.items)
            QCOMPARE(outcome.outcome, Outcome::Applied);
        QVERIFY(!server.namespaces.contains(u"qa"_s));
        QVERIFY(server.content(u"qa"_s, u"a"_s).isNull());
        QCOMPARE(server.content(u"public"_s, u"other"_s), "3"_ba);
        const auto undo = await(server.guard->undoOf(plan.id));
        QVERIFY(undo && *undo);
        QVERIFY(*server.submit(**undo).end);
        QCOMPARE(server.namespaces.value(u"qa"_s), u"Quality"_s);
        QCOMPARE(server.content(u"qa"_s, u"a"_s), "1"_ba);
        QCOMPARE(server.content(u"qa"_s, u"b"_s), "2"_ba);
    }

    void aNamespaceThatGotMoreMeanwhile_stays()
    {
        FakeStore server;
        server.namespaces.insert(u"qa"_s, u"Quality"_s);
        server.put(u"qa"_s, u"a"_s, "1");
        Registry &registry = server.open();
        const auto info = await(registry.namespaces().get(u"qa"_s));
        QVERIFY(info && *info && **info);
        for (const Contents contents : {Contents::Keep, Contents::Delete}) {
            const auto planned = await(planNamespaceDeletion(registry, ***info, contents, this));
            QVERIFY2(planned && *planned, qPrintable(errorOf(planned)));
            server.put(u"qa"_s, contents == Contents::Keep ? u"b"_s : u"c"_s, "late");
            const auto done = server.submit((*planned)->plan);
            QCOMPARE(done.items.last().outcome, Outcome::Conflict);
            QVERIFY2(done.items.last().error && done.items.last().error->message.contains("meanwhile"_L1),
                     qPrintable(done.items.last().error ? done.items.last().error->message : QString()));
            QVERIFY(server.namespaces.contains(u"qa"_s));
        }
        QVERIFY(server.content(u"qa"_s, u"a"_s).isNull());
        QCOMPARE(server.content(u"qa"_s, u"c"_s), "late"_ba);
        // Told of it, one may go on.
        const auto again = await(planNamespaceDeletion(registry, ***info, Contents::Keep, this));
        QVERIFY(again && *again);
        QCOMPARE(server.submit((*again)->plan).items.last().outcome, Outcome::Applied);
        QVERIFY(!server.namespaces.contains(u"qa"_s));
    }

    void aNamespaceThatCannotBeListed()
    {
        FakeStore server;
        server.namespaces.insert(u"qa"_s, u"Quality"_s);
        Registry &registry = server.open();
        server.f.http.on("GET", u"/nacos/v3/admin/cs/config/list"_s, tests::NacosFixture::result(QJsonValue::Null, 403, 403));
        NamespaceInfo info;
        info.id = u"qa"_s;
        info.name = u"Quality"_s;
        const auto alone = await(planNamespaceDeletion(registry, info, Contents::Keep, this));
        QVERIFY2(alone && *alone, qPrintable(errorOf(alone)));
        QVERIFY((*alone)->unlisted && (*alone)->unlisted->kind == Error::Kind::Forbidden);
        QCOMPARE((*alone)->plan.changes.size(), size_t(1));
        const auto whole = await(planNamespaceDeletion(registry, info, Contents::Delete, this));
        QVERIFY(whole && !*whole);
        QCOMPARE(whole->error().kind, Error::Kind::Forbidden);
        auto *cancelled = planNamespaceDeletion(registry, info, Contents::Keep, this);
        cancelled->cancel();
        const auto end = await(cancelled);
        QVERIFY(end && !*end);
        QCOMPARE(end->error().kind, Error::Kind::Cancelled);
    }

    void connectionClosed_cancelled_callerGone()
    {
        FakeStore server;
        server.put(u"public"_s, u"a"_s, "x");
        auto *reply = planDeletion(server.open(), {key(u"a"_s)}, this);
        reply->cancel();
        const auto cancelled = await(reply);
        QVERIFY(cancelled && !*cancelled);
        QCOMPARE(cancelled->error().kind, Error::Kind::Cancelled);
        auto *closed = planDeletion(server.open(), {key(u"a"_s)}, this);
        server.registries->close(server.f.profile.slug);
        const auto end = await(closed);
        QVERIFY(end && !*end);
        QCOMPARE(end->error().kind, Error::Kind::Cancelled);
        {
            QObject caller;
            planDeletion(server.open(), {key(u"a"_s)}, &caller)->then(&caller, [](const Result<Deletion> &) {
                QFAIL("told somebody who is gone");
            });
        }
        QVERIFY(await(planDeletion(server.open(), {key(u"a"_s)}, this)));
    }
};

SIGNALBOX_TEST(TstDeletionFlow)
#include "tst_deletionflow.moc"
