// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/configdecode.h"
#include "core/nacos/config/convergence.h"
#include "core/nacos/config/mirrorfill.h"
#include "core/nacos/session/sessionprivate.h"
#include "core/nacos/wire/configmessages.h"
#include "tests/core/nacos/fixture.h"
#include "tests/support/testmain.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace core;
using namespace core::nacos;
using tests::await;
using tests::errorOf;
using tests::HttpAnswer;
using tests::HttpSeen;
using tests::NacosFixture;
using tests::RpcAnswer;

namespace {

const ConfigKey Key{u"public"_s, u"G"_s, u"d"_s};
const QString Listeners = u"/nacos/v3/admin/cs/config/listener"_s;

/// A registry with a home of its own, as programs have it.
struct Place {
    tests::TempHome folder;
    NacosFixture f;
    std::unique_ptr<store::Home> home;
    std::unique_ptr<store::Mirror> mirror;
    std::unique_ptr<store::Overrides> overrides;
    std::unique_ptr<Registry> registry;

    bool open(Session::Use use = Session::Use::Interactive)
    {
        home = std::move(*store::Home::open(folder.path()));
        mirror = std::make_unique<store::Mirror>(*home);
        overrides = std::make_unique<store::Overrides>(*home);
        registry = std::make_unique<Registry>(f.profile, Registry::Collaborators{f.collaborators(), {mirror.get(), overrides.get()}}, use);
        const auto opened = await(registry->session().open());
        return opened && *opened;
    }
    ConfigClient &configs() { return registry->configs(); }
    store::MirrorScope scope() const { return {registry->mirrorScope()}; }
    std::optional<store::MirrorItem> remembered(const ConfigKey &key)
    {
        const auto item = await(mirror->item(scope(), key.address(u"test"_s)->local()));
        return item && *item ? **item : std::nullopt;
    }
    std::optional<store::MirrorState> content(const ConfigKey &key)
    {
        const auto state = await(mirror->content(scope(), key.address(u"test"_s)->local()));
        return state && *state ? **state : std::nullopt;
    }
};

HttpAnswer listening(const QMap<QString, QByteArray> &clients)
{
    QJsonObject status;
    for (auto it = clients.cbegin(); it != clients.cend(); ++it)
        status.insert(it.key(), QString::fromLatin1(*it));
    return NacosFixture::result(QJsonObject{{u"queryType"_s, u"config"_s}, {u"listenersStatus"_s, status}});
}

QJsonObject detailOf(const QString &dataId, const QString &content)
{
    return {{u"dataId"_s, dataId},  {u"groupName"_s, u"G"_s}, {u"content"_s, content},
            {u"type"_s, u"text"_s}, {u"desc"_s, u"text"_s},   {u"configTags"_s, u"a,b"_s}};
}

/// Serves configurations `c0` … with their own names as contents.
void serveConfigs(NacosFixture &f, int count)
{
    f.http.on("GET", u"/nacos/v3/admin/cs/config/list"_s, [count](const HttpSeen &seen) {
        const int page = seen.query(u"pageNo"_s).toInt(), size = seen.query(u"pageSize"_s).toInt();
        QJsonArray items;
        for (int i = (page - 1) * size; i < std::min(count, page * size); ++i) {
            const QString name = u"c%1"_s.arg(i);
            items.append(QJsonObject{{u"dataId"_s, name},
                                     {u"groupName"_s, u"G"_s},
                                     {u"md5"_s, QString::fromLatin1(md5Of(name.toUtf8()))},
                                     {u"type"_s, u"text"_s}});
        }
        return NacosFixture::result(QJsonObject{{u"totalCount"_s, count}, {u"pageItems"_s, items}});
    });
    f.http.on("GET", u"/nacos/v3/admin/cs/config"_s, [](const HttpSeen &seen) {
        const QString name = seen.query(u"dataId"_s);
        return NacosFixture::result(detailOf(name, name));
    });
}

struct Filled {
    QList<FillProgress> told;
    std::optional<Result<Done>> end;
    FillProgress last(const QString &space) const
    {
        FillProgress found;
        for (const FillProgress &one : told) {
            if (one.namespaceId == space)
                found = one;
        }
        return found;
    }
};

Filled fill(Place &place, const QStringList &spaces)
{
    QObject parent;
    const auto got = await(fillMirror(*place.registry, *place.mirror, spaces, &parent), 30s);
    return {got.items, got.end};
}

} // namespace

class TstFlows : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    // ---- Who has taken a publish over --------------------------------------------------------------------------------------------

    void allHaveItAlready()
    {
        Place p;
        p.f.grpc.put({}, u"G"_s, u"d"_s, "x");
        p.f.http.on("GET", Listeners, listening({{u"10.0.0.1"_s, md5Of("x")}, {u"10.0.0.2"_s, md5Of("x")}}));
        QVERIFY(p.open());
        QObject parent;
        const auto told = await(watchConvergence(p.configs(), Key, {}, &parent));
        QVERIFY2(told.end && *told.end, qPrintable(errorOf(told.end)));
        QCOMPARE(told.items.size(), 2);
        QVERIFY(told.items.first().upToDate && told.items.last().upToDate);
    }

    void nobodyListens()
    {
        Place p;
        p.f.grpc.put({}, u"G"_s, u"d"_s, "x");
        p.f.http.on("GET", Listeners, listening({}));
        QVERIFY(p.open());
        QObject parent;
        const auto told = await(watchConvergence(p.configs(), Key, {}, &parent));
        QVERIFY(told.end && *told.end && told.items.isEmpty());
    }

    void oneAfterTheOther()
    {
        Place p;
        p.f.grpc.put({}, u"G"_s, u"d"_s, "new");
        const auto asked = std::make_shared<int>(0);
        p.f.http.on("GET", Listeners, [asked](const HttpSeen &) {
            const int round = ++*asked;
            return listening({{u"10.0.0.1"_s, md5Of(round < 2 ? "old" : "new")}, {u"10.0.0.2"_s, md5Of(round < 4 ? "old" : "new")}});
        });
        QVERIFY(p.open());
        QObject parent;
        ConvergenceOptions options;
        options.firstPause = 5ms;
        auto *stream = watchConvergence(p.configs(), Key, options, &parent);
        QList<std::pair<qint64, qint64>> steps;
        connect(stream, &Operation::progress, &parent, [&steps](qint64 done, qint64 total) { steps.append({done, total}); });
        const auto told = await(stream);
        QVERIFY2(told.end && *told.end, qPrintable(errorOf(told.end)));
        QStringList lines;
        for (const ConfigListener &listener : told.items)
            lines.append(listener.ip + (listener.upToDate ? u" yes"_s : u" no"_s));
        QCOMPARE(lines, (QStringList{u"10.0.0.1 no"_s, u"10.0.0.2 no"_s, u"10.0.0.1 yes"_s, u"10.0.0.2 yes"_s}));
        QCOMPARE(steps.first(), (std::pair<qint64, qint64>{0, 2}));
        QCOMPARE(steps.last(), (std::pair<qint64, qint64>{2, 2}));
    }

    void oneNeverTakesIt()
    {
        Place p;
        p.f.grpc.put({}, u"G"_s, u"d"_s, "new");
        p.f.http.on("GET", Listeners, listening({{u"10.0.0.1"_s, md5Of("old")}}));
        QVERIFY(p.open());
        QObject parent;
        ConvergenceOptions options;
        options.limit = 300ms;
        options.firstPause = 10ms;
        options.longestPause = 50ms;
        const auto told = await(watchConvergence(p.configs(), Key, options, &parent));
        QVERIFY(told.end && !*told.end);
        QCOMPARE(told.end->error().kind, Error::Kind::Timeout);
        QVERIFY(told.end->error().message.contains(u"1 of 1"_s));
        QCOMPARE(told.items.size(), 1); // told before the end
    }

    /// Servers answer reads with the old content for a moment: then everybody with the old one would look up to date.
    void aReadThatLagsBehindDeceivesNobody()
    {
        Place p;
        p.f.grpc.put({}, u"G"_s, u"d"_s, "old");
        const auto asked = std::make_shared<int>(0);
        p.f.http.on("GET", Listeners, [asked](const HttpSeen &) {
            return listening({{u"10.0.0.1"_s, md5Of(++*asked < 3 ? "old" : "new")}});
        });
        QVERIFY(p.open());
        QObject parent;
        ConvergenceOptions options;
        options.md5 = md5Of("new");
        options.firstPause = 5ms;
        const auto told = await(watchConvergence(p.configs(), Key, options, &parent));
        QVERIFY2(told.end && *told.end, qPrintable(errorOf(told.end)));
        QCOMPARE(*asked, 3);
        QCOMPARE(told.items.size(), 2);
        QVERIFY(!told.items.first().upToDate && told.items.last().upToDate);
    }

    void failuresThatMayPassAreBorne()
    {
        Place p;
        p.f.grpc.put({}, u"G"_s, u"d"_s, "x");
        const auto asked = std::make_shared<int>(0);
        p.f.http.on("GET", Listeners, [asked](const HttpSeen &) {
            return ++*asked < 3 ? HttpAnswer::json("busy", 503) : listening({{u"10.0.0.1"_s, md5Of("x")}});
        });
        QVERIFY(p.open());
        QObject parent;
        ConvergenceOptions options;
        options.firstPause = 5ms;
        const auto told = await(watchConvergence(p.configs(), Key, options, &parent));
        QVERIFY2(told.end && *told.end, qPrintable(errorOf(told.end)));
        p.f.http.on("GET", Listeners, NacosFixture::servlet(403, "Code: 403, Message: authorization failed!."));
        const auto refused = await(watchConvergence(p.configs(), Key, options, &parent));
        QVERIFY(refused.end && !*refused.end);
        QCOMPARE(refused.end->error().kind, Error::Kind::Forbidden);
    }

    void convergenceIsCancelled()
    {
        Place p;
        p.f.grpc.put({}, u"G"_s, u"d"_s, "new");
        p.f.http.on("GET", Listeners, listening({{u"10.0.0.1"_s, md5Of("old")}}));
        QVERIFY(p.open());
        QObject parent;
        QList<ConfigListener> items;
        std::optional<Result<Done>> end;
        auto *stream = watchConvergence(p.configs(), Key, {}, &parent);
        stream->each(&parent, [&items](const QList<ConfigListener> &batch) { items += batch; });
        stream->then(&parent, [&end](const Result<Done> &result) { end = result; });
        QTRY_VERIFY(!items.isEmpty());
        stream->cancel();
        QTRY_VERIFY(end);
        QCOMPARE(end->error().kind, Error::Kind::Cancelled);
        const auto gone = watchConvergence(p.configs(), Key, {}, &parent);
        QTimer::singleShot(0, &parent, [&p] { p.registry.reset(); });
        const auto told = await(gone);
        QVERIFY(told.end && !*told.end);
        QCOMPARE(told.end->error().kind, Error::Kind::Cancelled);
    }

    // ---- Filling the mirror ------------------------------------------------------------------------------------------------------

    void everythingIsReadOnce()
    {
        Place p;
        serveConfigs(p.f, 60);
        QVERIFY(p.open());
        Filled filled = fill(p, {{}}); // the empty namespace is public
        QVERIFY2(filled.end && *filled.end, qPrintable(errorOf(filled.end)));
        FillProgress last = filled.last(u"public"_s);
        QVERIFY(last.complete && last.problem.isEmpty());
        QCOMPARE(last.listed, 60);
        QCOMPARE(last.read, 60);
        QCOMPARE(last.known, 0);
        QVERIFY(filled.told.size() >= 2); // told on the way as well
        const ConfigKey some{u"public"_s, u"G"_s, u"c37"_s};
        QTRY_VERIFY(p.content(some));
        QCOMPARE(p.content(some)->content, "c37"_ba);
        QCOMPARE(p.remembered(some)->tags, (QStringList{u"a"_s, u"b"_s}));
        // The mirror writes behind.
        const auto kept = [&p] {
            int count = 0;
            for (const store::MirrorItem &item : await(p.mirror->list(p.scope(), u"public"_s, u"config"_s)).items)
                count += !item.contentSha.isEmpty() && !item.stale;
            return count;
        };
        QTRY_COMPARE_WITH_TIMEOUT(kept(), 60, 20000);
        // The second time nothing is asked for.
        p.f.http.forget();
        filled = fill(p, {u"public"_s});
        last = filled.last(u"public"_s);
        QCOMPARE(last.known, 60);
        QCOMPARE(last.read, 0);
        QVERIFY(last.complete);
        QVERIFY(p.f.http.seen(u"/nacos/v3/admin/cs/config"_s).isEmpty());
    }

    void aFailureStopsNothingElse()
    {
        Place p;
        serveConfigs(p.f, 20);
        p.f.http.on("GET", u"/nacos/v3/admin/cs/config"_s, [](const HttpSeen &seen) {
            const QString name = seen.query(u"dataId"_s);
            return name == "c7"_L1 ? NacosFixture::result(u"broken"_s, 30000, 500) : NacosFixture::result(detailOf(name, name));
        });
        QVERIFY(p.open());
        const Filled filled = fill(p, {u"public"_s});
        QVERIFY2(filled.end && *filled.end, qPrintable(errorOf(filled.end)));
        const FillProgress last = filled.last(u"public"_s);
        QCOMPARE(last.read, 19);
        QCOMPARE(last.failed, 1);
        QVERIFY(!last.complete && last.problem.contains(u"broken"_s));
    }

    void namespacesAreListedOrTyped()
    {
        Place p;
        serveConfigs(p.f, 1);
        p.f.http.on("GET", u"/nacos/v3/admin/core/namespace/list"_s,
                    NacosFixture::result(QJsonArray{QJsonObject{{u"namespace"_s, u""_s}, {u"type"_s, 0}},
                                                    QJsonObject{{u"namespace"_s, u"dev"_s}, {u"type"_s, 2}}}));
        p.f.profile.typedNamespaces = {u"typed"_s, u"public"_s};
        QVERIFY(p.open());
        Filled filled = fill(p, {});
        QVERIFY(filled.last(u"public"_s).complete && filled.last(u"dev"_s).complete);
        // Who may not list them has those that were typed.
        const QByteArray no = "Code: 403, Message: authorization failed!.";
        p.f.http.on("GET", u"/nacos/v3/admin/core/namespace/list"_s, NacosFixture::servlet(403, no));
        p.f.console.on("GET", u"/v3/console/core/namespace/list"_s, NacosFixture::servlet(403, no));
        filled = fill(p, {});
        QVERIFY2(filled.end && *filled.end, qPrintable(errorOf(filled.end)));
        QSet<QString> spaces;
        for (const FillProgress &one : filled.told)
            spaces.insert(one.namespaceId);
        QCOMPARE(spaces, (QSet<QString>{u"public"_s, u"typed"_s}));
        p.f.http.on("GET", u"/nacos/v3/admin/core/namespace/list"_s, NacosFixture::result(u"broken"_s, 30000, 500));
        filled = fill(p, {});
        QVERIFY(filled.end && !*filled.end);
        QCOMPARE(filled.end->error().kind, Error::Kind::Rejected);
    }

    void aNamespaceThatCannotBeListedIsTold()
    {
        Place p;
        p.f.http.on("GET", u"/nacos/v3/admin/cs/config/list"_s, NacosFixture::result(u"broken"_s, 30000, 500));
        QVERIFY(p.open());
        const Filled filled = fill(p, {u"public"_s});
        QVERIFY(filled.end && *filled.end);
        QVERIFY(!filled.last(u"public"_s).complete);
        QVERIFY(filled.last(u"public"_s).problem.contains(u"broken"_s));
    }

    void fillingIsCancelled()
    {
        Place p;
        serveConfigs(p.f, 200);
        QVERIFY(p.open());
        QObject parent;
        auto *stream = fillMirror(*p.registry, *p.mirror, {u"public"_s}, &parent);
        QTRY_VERIFY(!p.f.http.seen(u"/nacos/v3/admin/cs/config"_s).isEmpty());
        QTimer::singleShot(0, &parent, [stream = QPointer<Operation>(stream)] { stream->cancel(); });
        auto told = await(stream);
        QVERIFY(told.end && !*told.end);
        QCOMPARE(told.end->error().kind, Error::Kind::Cancelled);
        stream = fillMirror(*p.registry, *p.mirror, {u"public"_s}, &parent);
        QTimer::singleShot(0, &parent, [&p] { p.registry.reset(); });
        told = await(stream);
        QVERIFY(told.end && !*told.end);
    }

    // ---- Local overrides ---------------------------------------------------------------------------------------------------------

    void anOverrideIsReadUntilItIsTakenOff()
    {
        Place p;
        p.f.http.on("GET", u"/nacos/v3/admin/cs/config"_s, NacosFixture::result(detailOf(u"d"_s, u"server's"_s)));
        QVERIFY(p.open());
        const Address address = *Key.address(u"test"_s);
        const auto get = [&p](const ConfigKey &key) {
            const auto detail = await(p.configs().get(key));
            return detail && *detail && **detail ? ***detail : ConfigDetail();
        };
        QCOMPARE(get(Key).content, "server's"_ba);
        QVERIFY(!get(Key).localOverride);
        const auto set = await(p.overrides->set({address, "mine", u"yaml"_s, {}}));
        QVERIFY2(set && *set, qPrintable(errorOf(set)));
        const ConfigDetail mine = get(Key);
        QCOMPARE(mine.content, "mine"_ba);
        QCOMPARE(mine.md5, md5Of("mine"));
        QCOMPARE(mine.attributes.type, u"yaml"_s);
        QVERIFY(mine.localOverride);
        QVERIFY(get({{}, u"G"_s, u"d"_s}).localOverride); // the same namespace, spelled otherwise
        QVERIFY(!get({u"dev"_s, u"G"_s, u"d"_s}).localOverride);
        // Whoever wants the truth gets it, and the mirror never takes the override for it.
        const auto live = await(p.configs().getLive(Key));
        QVERIFY(live && *live && **live);
        QCOMPARE((**live)->content, "server's"_ba);
        QTRY_VERIFY(p.content(Key));
        QCOMPARE(p.content(Key)->content, "server's"_ba);
        const auto removed = await(p.overrides->remove(address));
        QVERIFY2(removed && *removed, qPrintable(errorOf(removed)));
        QCOMPARE(get(Key).content, "server's"_ba);
    }

    /// Also before the overrides of the home were looked at for the first time, and without any server.
    void anOverrideWorksFromTheFirstMoment()
    {
        Place p;
        QVERIFY(p.open());
        const auto set = await(p.overrides->set({*Key.address(u"test"_s), "mine", u"text"_s, {}}));
        QVERIFY(set && *set);
        p.f.http.stop();
        p.f.grpc.stop();
        store::Overrides fresh(*p.home);
        QVERIFY(!fresh.isLoaded());
        ConfigClient configs(p.registry->session(), {nullptr, &fresh});
        const auto detail = await(configs.get(Key));
        QVERIFY2(detail && *detail && **detail, qPrintable(errorOf(detail)));
        QCOMPARE((**detail)->content, "mine"_ba);
    }

    // ---- What the mirror remembers -----------------------------------------------------------------------------------------------

    void aPushKeepsWhatItDoesNotTell()
    {
        Place p;
        p.f.http.on("GET", u"/nacos/v3/admin/cs/config"_s, NacosFixture::result(detailOf(u"d"_s, u"one"_s)));
        p.f.grpc.put({}, u"G"_s, u"d"_s, "one");
        QVERIFY(p.open());
        QVERIFY(await(p.configs().getLive(Key)));
        QTRY_VERIFY(p.content(Key));
        QCOMPARE(p.remembered(Key)->tags, (QStringList{u"a"_s, u"b"_s}));
        QObject context;
        bool ready = false;
        p.configs().watch({Key}, ConfigClient::Deliver::KeysOnly)->each(&context, [&ready](const QList<ConfigEvent> &) { ready = true; });
        QTRY_VERIFY(ready);
        p.f.grpc.put({}, u"G"_s, u"d"_s, "two");
        QTRY_VERIFY(p.content(Key)->content == "two");
        p.f.grpc.remove({}, u"G"_s, u"d"_s);
        QTRY_VERIFY(p.remembered(Key)->deleted);
    }

    void encryptedContentsAreKeptButNotIndexed()
    {
        Place p;
        const ConfigKey cipher{u"public"_s, u"G"_s, u"cipher-x"_s};
        QJsonObject detail = detailOf(cipher.dataId, u"needle: 1"_s);
        detail.insert(u"type"_s, u"yaml"_s);
        detail.insert(u"encryptedDataKey"_s, u"wrapped"_s);
        p.f.http.on("GET", u"/nacos/v3/admin/cs/config"_s, NacosFixture::result(detail));
        QVERIFY(p.open());
        QVERIFY(await(p.configs().getLive(cipher)));
        QTRY_VERIFY(p.content(cipher));
        const auto state = p.content(cipher);
        QCOMPARE(state->content, "needle: 1"_ba);
        QVERIFY(state->opaque);
        QCOMPARE(state->attributes.value(u"encryptedDataKey"_s).toString(), u"wrapped"_s);
        store::MirrorQuery query;
        query.text = u"needle"_s;
        query.scopes = {p.scope()};
        const auto hits = await(p.mirror->search(query));
        QVERIFY(hits.end && *hits.end);
        QVERIFY(hits.items.isEmpty());
    }

    /// An account that may only read what SDKs read browses offline, too.
    void aPartialReadIsRemembered()
    {
        Place p;
        const auto no = NacosFixture::servlet(403, "Code: 403, Message: authorization failed!.");
        p.f.http.on("GET", u"/nacos/v3/admin/cs/config"_s, no);
        p.f.console.on("GET", u"/v3/console/cs/config"_s, no);
        p.f.grpc.put({}, u"G"_s, u"d"_s, "x");
        QVERIFY(p.open());
        const auto detail = await(p.configs().getLive(Key));
        QVERIFY2(detail && *detail && **detail, qPrintable(errorOf(detail)));
        QVERIFY(!(**detail)->complete);
        QCOMPARE(p.registry->session().capabilities().detours.value(requestkind::ConfigRead), Plane::Grpc);
        QTRY_VERIFY(p.content(Key));
        QCOMPARE(p.content(Key)->content, "x"_ba);
    }
};

SIGNALBOX_TEST(TstFlows)
#include "tst_flows.moc"
