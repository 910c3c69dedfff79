// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/untold.h"

#include "core/nacos/config/cloneflow.h"
#include "core/nacos/config/configplans.h"
#include "core/nacos/config/deletionflow.h"
#include "core/nacos/config/replaceflow.h"
#include "tests/core/nacos/flows/fakestore.h"
#include "tests/support/testmain.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>

using namespace Qt::StringLiterals;
using namespace core;
using namespace core::nacos;
using core::guard::Outcome;
using tests::await;
using tests::errorOf;
using tests::FakeStore;
using Source = Untold::Source;

namespace {

const FakeStore::Name Name{u"public"_s, u"G"_s, u"app"_s};

ConfigKey key(const QString &dataId = u"app"_s)
{
    return {u"public"_s, u"G"_s, dataId};
}

/// As the server of another client has it.
FakeStore::Item item(const QByteArray &content, const QString &use = u"u1"_s)
{
    FakeStore::Item one{content};
    one.use = use;
    one.effect = use.isEmpty() ? QString() : u"e1"_s;
    one.schema = use.isEmpty() ? QString() : u"{\"type\":\"object\"}"_s;
    return one;
}

} // namespace

class TstUntold final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".?"_s));
        m_server = std::make_unique<FakeStore>();
        m_registry = nullptr;
    }
    void cleanup() { m_server.reset(); }

    void published_areKnownFromTheLedger_howeverManyNeighboursThereAre()
    {
        open();
        publish(key(), "v1", u"u1"_s);
        for (int i = 0; i < 30; ++i)
            publish(key(u"app-%1"_s.arg(i)), "other", {});
        m_server->f.http.forget();
        const Untold known = untold();
        QCOMPARE(known.source, Source::Ledger);
        QCOMPARE(known.use, u"u1"_s);
        QVERIFY(known.loss().isEmpty());
        QCOMPARE(m_server->f.http.seen(u"/nacos/v3/admin/cs/history/list"_s).size(), 0);
        // Blank is known as well.
        QCOMPARE(untold(u"app-3"_s).source, Source::Ledger);
        QVERIFY(untold(u"app-3"_s).isBlank());
    }

    void changedElsewhere_isNotKnown_andSaidToBeLost()
    {
        open();
        publish(key(), "v1", u"u1"_s);
        m_server->put(Name, item("v2"));
        const Untold known = untold();
        QCOMPARE(known.source, Source::Nowhere);
        QCOMPARE(known.use, u"u1"_s); // before that
        QVERIFY2(known.loss().startsWith("use, effect and schema of this configuration are not told by the server; it had some"_L1),
                 qPrintable(known.loss()));
        const auto change = updated("v3");
        QCOMPARE(change.undo, guard::Undo::Partial);
        QCOMPARE(change.undoNote, known.loss());
    }

    void createdElsewhere_isKnownFromTheHistory()
    {
        m_server->put(Name, item("v1"));
        m_server->history.append({'U', Name, item("gray"), true}); // of a gray version
        open();
        const Untold known = untold();
        QCOMPARE(known.source, Source::History);
        QCOMPARE(known.schema, item({}).schema);
        const auto change = updated("v2");
        QCOMPARE(change.undo, guard::Undo::Full);
        QCOMPARE(change.after->attributes.value("effect"_L1).toString(), u"e1"_s);
        QVERIFY(apply(change));
        QCOMPARE(m_server->items.value(Name).schema, item({}).schema);
    }

    void attributesChangedBesideTheSameContent_areNotThoseOfTheRow()
    {
        m_server->put(Name, item("v1"));
        m_server->put(Name, item("v1", u"u2"_s)); // the newest row holds u1
        open();
        QCOMPARE(untold().source, Source::Nowhere);
        QVERIFY(!untold().loss().isEmpty());
    }

    void nobodyEverHadAny_nothingIsSaid()
    {
        m_server->put(Name, item("v1", {}));
        m_server->put(Name, item("v2", {}));
        open();
        QCOMPARE(untold().source, Source::Nowhere);
        QVERIFY(untold().loss().isEmpty());
        QCOMPARE(updated("v3").undo, guard::Undo::Full);
    }

    void whoMayNotSeeTheHistory_isNotTroubledByIt()
    {
        m_server->put(Name, item("v1"));
        m_server->f.http.on("GET", u"/nacos/v3/admin/cs/history/list"_s, tests::NacosFixture::servlet(403, "authorization failed!"));
        open();
        const Untold known = untold();
        QCOMPARE(known.source, Source::Nowhere);
        QVERIFY(!known.error);
        QVERIFY(known.loss().isEmpty());
    }

    void brokenLedgerOrHistory_isTold()
    {
        open();
        publish(key(), "v1", u"u1"_s);
        m_server->put(Name, item("v1", u"u1"_s));
        {
            QSqlDatabase file = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"breaker"_s);
            file.setDatabaseName(m_server->home->filePath(u"ledger.db"_s));
            QVERIFY(file.open());
            QSqlQuery query(file);
            QVERIFY2(query.exec(u"UPDATE blob SET zstd = x'00'"_s), qPrintable(query.lastError().text()));
        }
        QSqlDatabase::removeDatabase(u"breaker"_s);
        m_server->f.http.on("GET", u"/nacos/v3/admin/cs/history/list"_s, tests::NacosFixture::servlet(500, "no"));
        const Untold known = untold();
        QCOMPARE(known.source, Source::Nowhere);
        QVERIFY(known.error);
        QVERIFY2(known.loss().contains("cannot be read ("_L1), qPrintable(known.loss()));
    }

    void ofMany_aSampleDecidesWhetherAllAreLookedUp()
    {
        constexpr int Many = 150;
        for (int i = 0; i < Many; ++i)
            m_server->put({u"public"_s, u"G"_s, u"c%1"_s.arg(i)}, item("v", {}));
        open();
        QList<ConfigDetail> live;
        for (int i = 0; i < Many; ++i)
            live.append(read(u"c%1"_s.arg(i)));
        m_server->f.http.forget();
        QVERIFY(all(live).size() == Many);
        QCOMPARE(m_server->f.http.seen(u"/nacos/v3/admin/cs/history/list"_s).size(), 100);
        m_server->f.http.forget();
        QVERIFY(all(live.first(100)).size() == 100);
        QCOMPARE(m_server->f.http.seen(u"/nacos/v3/admin/cs/history/list"_s).size(), 100);
        // One of those looked at has some: so may the others.
        m_server->history[0].item = item("v");
        m_server->history[Many - 1].item = item("v");
        m_server->f.http.forget();
        const QList<Untold> known = all(live);
        QCOMPARE(m_server->f.http.seen(u"/nacos/v3/admin/cs/history/list"_s).size(), Many);
        QCOMPARE(known.first().use, u"u1"_s);
        QCOMPARE(known.last().use, u"u1"_s);
        QVERIFY(known.at(1).isBlank());
    }

    void takingBack_findsInTheHistoryWhatWasNotKnown()
    {
        m_server->put(Name, item("v0"));
        m_server->put(Name, item("v1"));
        open();
        const auto change = updated("v2");
        QCOMPARE(change.undo, guard::Undo::Partial);
        QVERIFY(apply(change));
        QCOMPARE(m_server->items.value(Name).use, QString()); // cleared, as was said
        const auto back = await(m_server->guard->undoOf(m_entry));
        QVERIFY2(back && *back, qPrintable(errorOf(back)));
        QCOMPARE((*back)->changes.front().undo, guard::Undo::Full);
        QVERIFY2((*back)->notes.isEmpty(), qPrintable((*back)->notes.join(u'\n')));
        QVERIFY(apply(**back));
        QCOMPARE(m_server->items.value(Name).content, "v1");
        QCOMPARE(m_server->items.value(Name).use, u"u1"_s);
        QCOMPARE(m_server->items.value(Name).schema, item({}).schema);
    }

    void takingBack_bringsWhatWasKnown_withoutTheHistory()
    {
        open();
        publish(key(), "v1", u"u1"_s);
        QVERIFY(apply(updated("v2", u"u2"_s)));
        QCOMPARE(m_server->items.value(Name).use, u"u2"_s);
        m_server->history.clear();
        const auto back = await(m_server->guard->undoOf(m_entry));
        QVERIFY2(back && *back, qPrintable(errorOf(back)));
        QVERIFY(apply(**back));
        QCOMPARE(m_server->items.value(Name).use, u"u1"_s);
    }

    void deletionTakenBack_bringsThem()
    {
        m_server->put(Name, item("v1"));
        open();
        const auto deletion = await(planDeletion(*m_registry, {key()}, this));
        QVERIFY2(deletion && *deletion, qPrintable(errorOf(deletion)));
        QVERIFY(apply((*deletion)->plan));
        QVERIFY(m_server->items.isEmpty());
        const auto back = await(m_server->guard->undoOf(m_entry));
        QVERIFY2(back && *back, qPrintable(errorOf(back)));
        QVERIFY(apply(**back));
        QCOMPARE(m_server->items.value(Name).schema, item({}).schema);
    }

    void replaceAndClone_keepThem()
    {
        m_server->put(Name, item("port: 1"));
        m_server->namespaces.insert(u"copy"_s, u"copy"_s);
        open();
        publish(key(u"ours"_s), "port: 2", u"mine"_s);
        const auto cloned = await(planClone(*m_registry, {u"public"_s, u"copy"_s, {}}, this));
        QVERIFY2(cloned && *cloned, qPrintable(errorOf(cloned)));
        QVERIFY(apply((*cloned)->plan));
        QCOMPARE(m_server->items.value({u"copy"_s, u"G"_s, u"app"_s}).use, u"u1"_s);
        QCOMPARE(m_server->items.value({u"copy"_s, u"G"_s, u"ours"_s}).use, u"mine"_s);
        const auto replaced =
            await(planReplace(*m_registry, {{Replacement::Kind::Literal, u"port"_s, u"porto"_s}, {}, {}, {u"public"_s}}, this));
        QVERIFY2(replaced && *replaced, qPrintable(errorOf(replaced)));
        QVERIFY(apply((*replaced)->plan));
        QCOMPARE(m_server->items.value(Name).content, "porto: 1");
        QCOMPARE(m_server->items.value(Name).use, u"u1"_s);
        QCOMPARE(m_server->items.value({u"public"_s, u"G"_s, u"ours"_s}).use, u"mine"_s);
    }

    void planOfAnotherHome_keepsWhatIsKnownHere()
    {
        open();
        publish(key(), "v1", u"u1"_s);
        const ConfigDetail live = read();
        auto change = configChange({m_registry->slug(), key(), live, "v2", live.attributes});
        QVERIFY(change);
        guard::Plan plan;
        plan.changes.push_back(*change);
        const auto completed = await(m_server->guard->complete(plan));
        QVERIFY2(completed && *completed, qPrintable(errorOf(completed)));
        const guard::Change &kept = (*completed)->changes.front();
        QCOMPARE(kept.before->attributes.value("use"_L1).toString(), u"u1"_s);
        QCOMPARE(kept.after->attributes.value("use"_L1).toString(), u"u1"_s);
        QVERIFY(apply(**completed));
        QCOMPARE(m_server->items.value(Name).use, u"u1"_s);
    }

    void onlyTheseChanged_withoutAnAnswer_isUnknown()
    {
        open();
        publish(key(), "v1", u"u1"_s);
        const auto change = updated("v1", u"u2"_s);
        QCOMPARE(change.before->content, change.after->content);
        m_server->f.http.on("POST", u"/nacos/v3/admin/cs/config"_s, tests::NacosFixture::servlet(500, "no"));
        guard::Plan plan;
        plan.changes.push_back(change);
        const auto done = m_server->submit(plan);
        QCOMPARE(done.items.size(), 1);
        QCOMPARE(done.items.first().outcome, Outcome::Unknown); // what is read is as before and as after
    }

    void restoring_bringsWhatTheStateHad_andKeepsWhatIsNotKnownOfIt()
    {
        ConfigDetail live;
        live.key = key();
        live.content = "now";
        live.attributes.use = u"now"_s;
        ConfigRevisionDetail state;
        state.content = "then";
        state.attributes.use = u"then"_s;
        auto change = restoreChange(u"test"_s, key(), live, state);
        QVERIFY(change);
        QCOMPARE(change->after->attributes.value("use"_L1).toString(), u"then"_s);
        state.attributes.use.clear(); // a row that tells says there was none
        change = restoreChange(u"test"_s, key(), live, state);
        QVERIFY(change && !change->after->attributes.contains("use"_L1));
        state.revision.source = ConfigRevision::Source::Mirror;
        change = restoreChange(u"test"_s, key(), live, state);
        QVERIFY(change);
        QCOMPARE(change->after->attributes.value("use"_L1).toString(), u"now"_s);
    }

    void whatTheServerTells_isAskedNowhere()
    {
        Capabilities old;
        old.generation = Generation::V2;
        QVERIFY(tellsUntold(old));
        old.generation = Generation::V3_1;
        QVERIFY(!tellsUntold(old));
        old.detours.insert(u"config-read"_s, Plane::Legacy);
        QVERIFY(tellsUntold(old));
    }

private:
    void open() { m_registry = &m_server->open(); }
    QList<Untold> all(const QList<ConfigDetail> &live)
    {
        const auto known = await(m_registry->configs().untold(live, Look::LedgerAndHistory));
        return known && *known ? **known : QList<Untold>();
    }
    ConfigDetail read(const QString &dataId = u"app"_s)
    {
        const auto live = await(m_registry->configs().getLive(key(dataId)));
        return live && *live && **live ? ***live : ConfigDetail();
    }
    Untold untold(const QString &dataId = u"app"_s) { return all({read(dataId)}).value(0); }
    /// An update as verbs build it: what is not given stays.
    guard::Change updated(const QByteArray &content, const QString &use = {})
    {
        const auto known = await(m_registry->configs().completed(read()));
        if (!known || !*known)
            return {};
        const auto &[live, loss] = **known;
        ConfigAttributes attributes = live.attributes;
        if (!use.isEmpty())
            attributes.use = use;
        return configChange({m_registry->slug(), key(), live, content, attributes, loss}).value_or(guard::Change());
    }
    bool apply(const guard::Change &change)
    {
        guard::Plan plan;
        plan.changes.push_back(change);
        return apply(plan);
    }
    bool apply(const guard::Plan &plan)
    {
        const auto done = m_server->submit(plan);
        if (done.items.isEmpty() || done.items.first().outcome != Outcome::Applied)
            return false;
        m_entry = done.items.first().ledgerId;
        return true;
    }
    void publish(const ConfigKey &target, const QByteArray &content, const QString &use)
    {
        ConfigAttributes attributes;
        attributes.type = u"text"_s;
        attributes.use = use;
        const auto change = configChange({m_registry->slug(), target, std::nullopt, content, attributes});
        QVERIFY(change && apply(*change));
    }

    std::unique_ptr<FakeStore> m_server;
    Registry *m_registry = nullptr;
    qint64 m_entry = 0; ///< of the last change
};

SIGNALBOX_TEST(TstUntold)
#include "tst_untold.moc"
