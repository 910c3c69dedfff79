// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/replaceflow.h"

#include "core/nacos/session/sessionprivate.h"
#include "tests/core/nacos/flows/fakestore.h"
#include "tests/support/testmain.h"

#include <QSemaphore>
#include <QThread>

using namespace Qt::StringLiterals;
using namespace core;
using namespace core::nacos;
using core::guard::Outcome;
using tests::await;
using tests::errorOf;
using tests::FakeStore;
using tests::HttpAnswer;

namespace {

ReplaceRequest literal(const QString &find, const QString &with)
{
    return {{Replacement::Kind::Literal, find, with}, {}, {}, {u"public"_s}};
}

QStringList targets(const guard::Plan &plan)
{
    QStringList names;
    for (const guard::Change &change : plan.changes)
        names.append(change.target.path().last());
    return names;
}

/// Every thread has something else to do until it is let go, at the end of this at the latest.
class BusyThreads {
    Q_DISABLE_COPY_MOVE(BusyThreads)
public:
    BusyThreads(Workers &workers, QObject *context)
    {
        for (int i = 0; i < QThread::idealThreadCount(); ++i)
            workers.run(
                context, [gate = m_gate] { return gate->tryAcquire(1, 60000); }, [](bool) {});
    }
    ~BusyThreads() { letGo(); }
    void letGo() { m_gate->release(QThread::idealThreadCount()); }

private:
    std::shared_ptr<QSemaphore> m_gate = std::make_shared<QSemaphore>();
};

} // namespace

class TstReplaceFlow final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void contents_data()
    {
        QTest::addColumn<bool>("regex");
        QTest::addColumn<QString>("find");
        QTest::addColumn<QString>("with");
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::addColumn<int>("count");
        const auto row = [](const char *name, bool regex, const QString &find, const QString &with, const QByteArray &before,
                            const QByteArray &after,
                            int count) { QTest::newRow(name) << regex << find << with << before << after << count; };
        row("literal", false, u"a.b"_s, u"x"_s, "a.b axb a.b", "x axb x", 2);
        row("literal with what an expression would expand", false, u"a"_s, u"\\1$0\\n"_s, "a", "\\1$0\\n", 1);
        row("literal next to itself", false, u"aa"_s, u"b"_s, "aaaaa", "bba", 2);
        row("literal that comes back", false, u"a"_s, u"aa"_s, "aba", "aabaa", 2);
        row("nothing", false, u"z"_s, u"x"_s, "abc", "abc", 0);
        row("to nothing", false, u"b"_s, QString(), "abc", "ac", 1);
        row("Chinese", false, u"配置"_s, u"設定"_s, "配置中心", "設定中心", 1);
        row("bytes around stay", false, u"b"_s, u"c"_s, QByteArray("\xff\0b\r\n\xfe", 6), QByteArray("\xff\0c\r\n\xfe", 6), 1);
        row("mark of byte order", false, u"a"_s, u"b"_s,
            "\xef\xbb\xbf"
            "a",
            "\xef\xbb\xbf"
            "b",
            1);
        row("groups", true, u"(\\w+)=(\\w+)"_s, u"\\2=$1 (\\0)"_s, "a=b", "b=a (a=b)", 1);
        row("escapes", true, u","_s, u"\\n\\t\\\\"_s, "a,b", "a\n\t\\b", 1);
        row("lines with CR and LF", true, u"^x$"_s, u"y"_s, "x\r\nx\r\nxx\r\n", "y\r\ny\r\nxx\r\n", 2);
        row("marked expression", true, u"^a"_s, u"b"_s,
            "\xef\xbb\xbf"
            "a",
            "\xef\xbb\xbf"
            "b",
            1);
        row("surrogates", true, u"[^a]"_s, u"-"_s, "a𠮷a", "a-a", 1);
        row("empty hits left out", true, u"(?=b)|x"_s, u"-"_s, "abb𠮷x", "abb𠮷-", 1);
    }

    void contents()
    {
        QFETCH(bool, regex);
        QFETCH(QString, find);
        QFETCH(QString, with);
        QFETCH(QByteArray, before);
        const auto replaced = replaceIn(before, {regex ? Replacement::Kind::Regex : Replacement::Kind::Literal, find, with});
        QVERIFY(replaced);
        QTEST(replaced->content, "after");
        QFETCH(int, count);
        QCOMPARE(replaced->count, count);
    }

    void whatCannotBeLookedFor()
    {
        QCOMPARE(check({Replacement::Kind::Literal, {}, u"x"_s}).error().kind, Error::Kind::Usage);
        QCOMPARE(check({Replacement::Kind::Regex, u"("_s, u"x"_s}).error().kind, Error::Kind::Usage);
        QCOMPARE(check({Replacement::Kind::Regex, u"z*"_s, u"x"_s}).error().kind, Error::Kind::Usage);
        QVERIFY(check({Replacement::Kind::Literal, u"("_s, {}}));
    }

    void anExpressionThatNeverEnds_isGivenUp()
    {
        const QByteArray content = QByteArray(200, 'a') + '!';
        const auto replaced = replaceIn(content, {Replacement::Kind::Regex, u"^(a+)+$"_s, u"x"_s});
        QVERIFY(!replaced);
        QCOMPARE(replaced.error().kind, Error::Kind::Policy);
    }

    void textThatIsNotUtf8_isNotTouchedByExpressions()
    {
        const auto replaced = replaceIn("a\xff", {Replacement::Kind::Regex, u"a"_s, u"b"_s});
        QVERIFY(!replaced);
        QCOMPARE(replaced.error().kind, Error::Kind::Policy);
    }

    void everyHitBecomesAnAtomicUpdateInOrder()
    {
        FakeStore server;
        server.put(u"public"_s, u"b.yaml"_s, "host: a\n");
        server.put(u"public"_s, u"a.yaml"_s, "host: a, a\n");
        server.put(u"public"_s, u"other.yaml"_s, "host: b\n");
        server.items[{u"public"_s, u"G"_s, u"a.yaml"_s}].tags = u"keep"_s;
        const auto found = await(planReplace(server.open(), literal(u"host: a"_s, u"host: c"_s), this));
        QVERIFY2(found && *found, qPrintable(errorOf(found)));
        QCOMPARE(targets((*found)->plan), (QStringList{u"a.yaml"_s, u"b.yaml"_s}));
        QCOMPARE((*found)->counts, (QList<qint64>{1, 1}));
        QCOMPARE((*found)->looked, 3);
        for (const guard::Change &change : (*found)->plan.changes)
            QCOMPARE(change.comparison, guard::Comparison::Atomic);
        QCOMPARE(server.publishes, 0);
        const auto done = server.submit((*found)->plan);
        QCOMPARE(done.items.size(), 2);
        QVERIFY(done.items.first().verified);
        QCOMPARE(server.content(u"public"_s, u"a.yaml"_s), "host: c, a\n"_ba);
        QCOMPARE((server.items[{u"public"_s, u"G"_s, u"a.yaml"_s}].tags), u"keep"_s);
    }

    void patternsAndNamespacesLimitIt()
    {
        FakeStore server;
        server.namespaces.insert(u"blue"_s, u"Blue"_s);
        server.put(u"public"_s, u"a.yaml"_s, "x");
        server.put(u"public"_s, u"a.json"_s, "x");
        server.put(u"blue"_s, u"a.yaml"_s, "x");
        Registry &registry = server.open();
        ReplaceRequest request = literal(u"x"_s, u"y"_s);
        request.dataId = u"*.yaml"_s;
        auto found = await(planReplace(registry, request, this));
        QVERIFY(found && *found);
        QCOMPARE((*found)->plan.changes.size(), size_t(1));
        request.namespaces.clear();
        found = await(planReplace(registry, request, this));
        QVERIFY(found && *found);
        QCOMPARE((*found)->plan.changes.size(), size_t(2));
        QCOMPARE((*found)->plan.changes.front().target.space(), u"blue"_s);
    }

    void whoMayNotListNamespaces_hasThoseThatWereTyped()
    {
        FakeStore server;
        server.namespaces.insert(u"blue"_s, u"Blue"_s);
        server.namespaces.insert(u"red"_s, u"Red"_s);
        for (const QString &space : {u"public"_s, u"blue"_s, u"red"_s})
            server.put(space, u"a"_s, "x");
        server.f.profile.typedNamespaces = {u"blue"_s, u"public"_s};
        Registry &registry = server.open();
        const QByteArray no = "Code: 403, Message: authorization failed!.";
        server.f.http.on("GET", u"/nacos/v3/admin/core/namespace/list"_s, tests::NacosFixture::servlet(403, no));
        server.f.console.on("GET", u"/v3/console/core/namespace/list"_s, tests::NacosFixture::servlet(403, no));
        ReplaceRequest request = literal(u"x"_s, u"y"_s);
        request.namespaces.clear();
        const auto found = await(planReplace(registry, request, this));
        QVERIFY2(found && *found, qPrintable(errorOf(found)));
        QStringList spaces;
        for (const guard::Change &change : (*found)->plan.changes)
            spaces.append(change.target.space());
        QCOMPARE(spaces, (QStringList{u"blue"_s, u"public"_s}));
    }

    void whatCannotBeChanged_isLeftOutWithTheReason()
    {
        FakeStore server;
        server.put(u"public"_s, u"cipher-a"_s, "needle");
        server.items[{u"public"_s, u"G"_s, u"cipher-a"_s}].dataKey = u"key"_s;
        server.put(u"public"_s, u"only"_s, "needle");
        server.put(u"public"_s, u"refused"_s, "needle");
        server.trouble.insert({u"public"_s, u"G"_s, u"refused"_s}, tests::NacosFixture::result(QJsonValue::Null, 30000, 500));
        server.put(u"public"_s, u"fine"_s, "a needle");
        const auto found = await(planReplace(server.open(), literal(u"needle"_s, QString()), this));
        QVERIFY2(found && *found, qPrintable(errorOf(found)));
        QCOMPARE(targets((*found)->plan), QStringList{u"fine"_s});
        QMap<QString, Error::Kind> left;
        for (const LeftOut &item : (*found)->leftOut)
            left.insert(item.key.dataId, item.why.kind);
        QCOMPARE(left.size(), 3);
        QCOMPARE(left.value(u"cipher-a"_s), Error::Kind::Policy);
        QCOMPARE(left.value(u"only"_s), Error::Kind::Usage);
        QCOMPARE(left.value(u"refused"_s), Error::Kind::Rejected);
    }

    void somebodyElseInBetween_isAConflictAndNothingIsLost()
    {
        FakeStore server;
        server.put(u"public"_s, u"a"_s, "x");
        server.put(u"public"_s, u"b"_s, "x");
        const auto found = await(planReplace(server.open(), literal(u"x"_s, u"y"_s), this));
        QVERIFY(found && *found);
        server.put(u"public"_s, u"a"_s, "x, theirs");
        const auto done = server.submit((*found)->plan);
        QCOMPARE(done.items.at(0).outcome, Outcome::Conflict);
        QCOMPARE(done.items.at(1).outcome, Outcome::Applied);
        QCOMPARE(server.content(u"public"_s, u"a"_s), "x, theirs"_ba);
    }

    void takingItBack_skipsWhatWasChangedSince()
    {
        FakeStore server;
        for (const QString &name : {u"a"_s, u"b"_s, u"c"_s})
            server.put(u"public"_s, name, "x");
        const auto found = await(planReplace(server.open(), literal(u"x"_s, u"y"_s), this));
        QVERIFY(found && *found);
        QCOMPARE(server.submit((*found)->plan).items.size(), 3);
        server.put(u"public"_s, u"b"_s, "theirs");
        const auto undo = await(server.guard->undoOf((*found)->plan.id));
        QVERIFY2(undo && *undo, qPrintable(errorOf(undo)));
        const auto done = server.submit(**undo);
        int applied = 0;
        for (const guard::ChangeOutcome &outcome : done.items)
            applied += outcome.outcome == Outcome::Applied ? 1 : 0;
        QCOMPARE(applied, 2);
        QCOMPARE(server.content(u"public"_s, u"a"_s), "x"_ba);
        QCOMPARE(server.content(u"public"_s, u"b"_s), "theirs"_ba);
        QCOMPARE(server.content(u"public"_s, u"c"_s), "x"_ba);
    }

    void aLostServer_endsItWithoutAPlan()
    {
        FakeStore server;
        for (int i = 0; i < 40; ++i)
            server.put(u"public"_s, u"n-%1"_s.arg(i), "x");
        Registry &registry = server.open();
        HttpAnswer drop;
        drop.fault = HttpAnswer::Fault::Drop;
        server.trouble.insert({u"public"_s, u"G"_s, u"n-20"_s}, drop);
        const auto found = await(planReplace(registry, literal(u"x"_s, u"y"_s), this), std::chrono::seconds(30));
        QVERIFY(found && !*found);
        QCOMPARE(found->error().kind, Error::Kind::Network);
    }

    void anAnswerThatIsNotOne_leavesThatOneOut()
    {
        FakeStore server;
        server.put(u"public"_s, u"odd"_s, "x");
        server.trouble.insert({u"public"_s, u"G"_s, u"odd"_s}, HttpAnswer::json("{\"code\":0,\"data\":7}"));
        const auto found = await(planReplace(server.open(), literal(u"x"_s, u"y"_s), this));
        QVERIFY2(found && *found, qPrintable(errorOf(found)));
        QCOMPARE((*found)->leftOut.size(), 1);
        QCOMPARE((*found)->leftOut.first().why.kind, Error::Kind::BadReply);
    }

    void cancelledAndAbandoned()
    {
        FakeStore server;
        server.put(u"public"_s, u"slow"_s, "x");
        HttpAnswer hang;
        hang.fault = HttpAnswer::Fault::Hang;
        server.trouble.insert({u"public"_s, u"G"_s, u"slow"_s}, hang);
        Registry &registry = server.open();
        auto *reply = planReplace(registry, literal(u"x"_s, u"y"_s), this);
        QTimer::singleShot(0, reply, [reply] { reply->cancel(); });
        const auto cancelled = await(reply);
        QVERIFY(cancelled && !*cancelled);
        QCOMPARE(cancelled->error().kind, Error::Kind::Cancelled);
        auto *owner = new QObject;
        auto *lost = planReplace(registry, literal(u"x"_s, u"y"_s), owner);
        bool called = false;
        lost->then(owner, [&called](const auto &) { called = true; });
        delete owner;
        QTRY_VERIFY(!server.f.http.seen(u"/nacos/v3/admin/cs/config/list"_s).isEmpty());
        QVERIFY(!called);
    }

    /// An expression that takes long: what is to be looked at waits on the server, not here.
    void aSlowExpression_isWaitedFor()
    {
        constexpr int Configs = 160, Fit = 8 * 1024 / 200; // of 200 KiB: an answer larger than 256 KiB would need the threads itself
        FakeStore server;
        for (int i = 0; i < Configs; ++i)
            server.put(u"public"_s, u"n-%1"_s.arg(i), "x" + QByteArray(200 * 1024, ' '));
        Registry &registry = server.open();
        auto workers = registry.session().d().deps.workers;
        BusyThreads busy(*workers, this);
        auto *reply = planReplace(registry, literal(u"x"_s, u"y"_s), this);
        qint64 read = 0;
        connect(reply, &Operation::progress, this, [&read](qint64 done) { read = done; });
        std::optional<Result<ReplacePlan>> end;
        reply->then(this, [&](const Result<ReplacePlan> &result) { end = result; });
        const auto asked = [&server] { return server.f.http.seen(u"/nacos/v3/admin/cs/config"_s).size(); };
        // Everything asked for has come, and no more is asked for: 8 MiB at the expression, 8 MiB before it, what was under way.
        QTRY_VERIFY_WITH_TIMEOUT(read >= 2 * Fit && read == asked(), 30000);
        QVERIFY2(asked() < Configs, "everything was read into memory");
        busy.letGo();
        QTRY_VERIFY_WITH_TIMEOUT(end, 30000);
        QVERIFY2(*end, qPrintable(errorOf(end)));
        QCOMPARE((*end)->plan.changes.size(), size_t(Configs));
    }

    /// The connection goes while contents are still being looked through; what comes of that reaches nobody.
    void closedDuringTheWork()
    {
        constexpr int Configs = 20;
        FakeStore server;
        for (int i = 0; i < Configs; ++i)
            server.put(u"public"_s, u"n-%1"_s.arg(i), "x");
        Registry &registry = server.open();
        auto workers = registry.session().d().deps.workers;
        BusyThreads busy(*workers, this);
        auto *reply = planReplace(registry, literal(u"x"_s, u"y"_s), this);
        qint64 read = 0;
        connect(reply, &Operation::progress, this, [&read](qint64 done) { read = done; });
        bool finished = false;
        Result<ReplacePlan> end = fail(Error::Kind::Internal, u"none"_s);
        reply->then(this, [&](const Result<ReplacePlan> &result) {
            finished = true;
            end = result;
        });
        QTRY_COMPARE(read, qint64(Configs));
        QCoreApplication::processEvents();
        server.registries->close(server.f.profile.slug);
        // All of them end before the flow hears of anything.
        busy.letGo();
        server.guard.reset();
        server.registries.reset();
        QCOMPARE(workers.use_count(), 1L);
        workers.reset();
        QTRY_VERIFY(finished);
        QVERIFY(!end);
        QCOMPARE(end.error().kind, Error::Kind::Cancelled);
    }
};

SIGNALBOX_TEST(TstReplaceFlow)
#include "tst_replaceflow.moc"
