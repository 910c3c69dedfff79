// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/convergence.h"
#include "core/nacos/config/deletionflow.h"
#include "core/nacos/session/sessionprivate.h"
#include "core/nacos/wire/configmessages.h"
#include "tests/core/nacos/flowplace.h"
#include "tests/support/testmain.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace core;
using namespace core::nacos;
using tests::await;
using tests::detailOf;
using tests::errorOf;
using tests::HttpAnswer;
using tests::HttpSeen;
using tests::NacosFixture;
using tests::Place;
using tests::RpcAnswer;

namespace {

const ConfigKey Key{u"public"_s, u"G"_s, u"d"_s};
const QString ListenersPath = u"/nacos/v3/admin/cs/config/listener"_s;
const QString Connections = u"/nacos/v3/admin/core/loader/current"_s;

HttpAnswer listening(const QMap<QString, QByteArray> &clients)
{
    QJsonObject status;
    for (auto it = clients.cbegin(); it != clients.cend(); ++it)
        status.insert(it.key(), QString::fromLatin1(*it));
    return NacosFixture::result(QJsonObject{{u"queryType"_s, u"config"_s}, {u"listenersStatus"_s, status}});
}

/// An answer of `/core/loader/current`: address and version of each connection; no version: a console.
HttpAnswer connected(const QList<std::pair<QString, QString>> &clients)
{
    QJsonObject connections;
    for (const auto &[ip, version] : clients) {
        QJsonObject meta{{u"clientIp"_s, ip}, {u"version"_s, version.isEmpty() ? u"Nacos-Signalbox-Client:v1"_s : version}};
        if (version.isEmpty())
            meta.insert(u"appName"_s, u"signalbox"_s);
        connections.insert(QString::number(connections.size()), QJsonObject{{u"metaInfo"_s, meta}});
    }
    return NacosFixture::result(connections);
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
        p.f.http.on("GET", ListenersPath, listening({{u"10.0.0.1"_s, md5Of("x")}, {u"10.0.0.2"_s, md5Of("x")}}));
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
        p.f.http.on("GET", ListenersPath, listening({}));
        QVERIFY(p.open());
        QObject parent;
        const auto told = await(watchConvergence(p.configs(), Key, {}, &parent));
        QVERIFY(told.end && *told.end && told.items.isEmpty());
    }

    /// They hear of it as well; it has arrived when the applications have it.
    void consolesAreNoApplications()
    {
        Place p;
        p.f.grpc.put({}, u"G"_s, u"d"_s, "new");
        const QString here = QString::fromLatin1(ownAddress());
        p.f.http.on("GET", ListenersPath, listening({{u"10.0.0.1"_s, md5Of("new")}, {u"10.0.0.2"_s, md5Of("old")}, {here, md5Of("old")}}));
        p.f.http.on("GET", Connections, connected({{u"10.0.0.2"_s, {}}}));
        QVERIFY(p.open());
        // Not listening, what is at our address is another program.
        QCOMPARE(applicationsOf(**await(p.configs().listeners(Key))).all, 2);
        p.f.http.on("GET", Connections, connected({{u"10.0.0.2"_s, {}}, {here, {}}}));
        auto *watch = p.configs().watch({Key}, ConfigClient::Deliver::KeysOnly);
        QHash<QString, ConfigListener::Who> who;
        const auto listeners = await(p.configs().listeners(Key));
        QVERIFY(listeners && *listeners);
        for (const ConfigListener &listener : **listeners)
            who.insert(listener.ip, listener.who);
        QCOMPARE(who.value(u"10.0.0.1"_s), ConfigListener::Who::Application);
        QCOMPARE(who.value(u"10.0.0.2"_s), ConfigListener::Who::Console);
        QCOMPARE(who.value(here), ConfigListener::Who::ThisConsole);
        QObject parent;
        auto *stream = watchConvergence(p.configs(), Key, {}, &parent);
        std::pair<qint64, qint64> step;
        connect(stream, &Operation::progress, &parent, [&step](qint64 done, qint64 total) { step = {done, total}; });
        const auto told = await(stream);
        QVERIFY2(told.end && *told.end, qPrintable(errorOf(told.end)));
        QCOMPARE(told.items.size(), 3);
        QCOMPARE(step, (std::pair<qint64, qint64>{1, 1}));
        watch->cancel();
    }

    /// Servers tell addresses: the console's own watch must not be said to be the application beside it, nor that it has anything.
    void whoSharesTheAddressOfAConsole_cannotBeTold()
    {
        using Who = ConfigListener::Who;
        Place p;
        p.f.grpc.put({}, u"G"_s, u"d"_s, "new");
        const QString here = QString::fromLatin1(ownAddress());
        const QString python = u"Nacos-Python-Client:v3.2.0"_s;
        p.f.http.on("GET", ListenersPath, listening({{here, md5Of("new")}}));
        p.f.http.on("GET", u"/nacos/v3/admin/cs/listener"_s, listening({{u"d+G+public"_s, md5Of("new")}, {u"e+G+public"_s, "m"}}));
        p.f.http.on("GET", u"/nacos/v3/admin/cs/config"_s, NacosFixture::result(detailOf(u"d"_s, u"new"_s)));
        p.f.http.on("GET", Connections, connected({{here, {}}, {here, python}}));
        QVERIFY(p.open());
        const auto only = [&p] {
            const auto listeners = await(p.configs().listeners(Key));
            return listeners && *listeners && (*listeners)->size() == 1 ? (*listeners)->first() : ConfigListener();
        };
        // Not listening to it, this console is not who does.
        QTRY_COMPARE_WITH_TIMEOUT(only().who, Who::Application, 20000);
        QCOMPARE(only().client, u"Python 3.2.0"_s);
        // Another console is there besides.
        p.f.http.on("GET", Connections, connected({{here, {}}, {here, python}, {here, {}}}));
        QCOMPARE(only().who, Who::ConsolePerhapsMore);
        p.f.http.on("GET", Connections, connected({{here, {}}, {here, python}}));
        auto *watch = p.configs().watch({Key}, ConfigClient::Deliver::KeysOnly);
        QCOMPARE(only().who, Who::ThisConsolePerhapsMore);
        QCOMPARE(only().client, u"Python 3.2.0"_s);
        const ListenerCount count = applicationsOf({only()});
        QCOMPARE(count.all, 0);
        QCOMPARE(count.unclear, 1);
        QVERIFY(!count.known());
        QCOMPARE(applicationsOf({only(), ConfigListener{.ip = u"10.0.0.1"_s}}).known(), std::optional(1));
        // Nothing is said to have arrived, and nobody is said to lose it.
        QObject parent;
        auto *stream = watchConvergence(p.configs(), Key, {}, &parent);
        std::pair<qint64, qint64> step{-1, -1};
        connect(stream, &Operation::progress, &parent, [&step](qint64 done, qint64 total) { step = {done, total}; });
        const auto told = await(stream);
        QVERIFY2(told.end && *told.end, qPrintable(errorOf(told.end)));
        QCOMPARE(step, (std::pair<qint64, qint64>{0, 0}));
        const auto deletion = await(planDeletion(*p.registry, {Key}, this, Listeners::Count));
        QVERIFY2(deletion && *deletion, qPrintable(errorOf(deletion)));
        QCOMPARE((*deletion)->listeners, QList<std::optional<int>>{std::nullopt});
        // What the address listens to: the watched one perhaps, the other is the application's.
        const auto listened = await(p.configs().listenedBy(here, {}));
        QVERIFY2(listened && *listened, qPrintable(errorOf(listened)));
        QHash<QString, Who> who;
        for (const auto &[key, by] : **listened)
            who.insert(key.dataId, by.who);
        QCOMPARE(who.value(u"d"_s), Who::ThisConsolePerhapsMore);
        QCOMPARE(who.value(u"e"_s), Who::Application);
        // Where the server does not tell what is connected, nothing is known of others, either way.
        p.f.http.on("GET", Connections, NacosFixture::servlet(403, "Code: 403, Message: no"));
        QCOMPARE(only().who, Who::ThisConsolePerhapsMore);
        QVERIFY(only().client.isEmpty());
        watch->cancel();
    }

    void oneAfterTheOther()
    {
        Place p;
        p.f.grpc.put({}, u"G"_s, u"d"_s, "new");
        const auto asked = std::make_shared<int>(0);
        p.f.http.on("GET", ListenersPath, [asked](const HttpSeen &) {
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
        p.f.http.on("GET", ListenersPath, listening({{u"10.0.0.1"_s, md5Of("old")}}));
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
        p.f.http.on("GET", ListenersPath, [asked](const HttpSeen &) {
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
        p.f.http.on("GET", ListenersPath, [asked](const HttpSeen &) {
            return ++*asked < 3 ? HttpAnswer::json("busy", 503) : listening({{u"10.0.0.1"_s, md5Of("x")}});
        });
        QVERIFY(p.open());
        QObject parent;
        ConvergenceOptions options;
        options.firstPause = 5ms;
        const auto told = await(watchConvergence(p.configs(), Key, options, &parent));
        QVERIFY2(told.end && *told.end, qPrintable(errorOf(told.end)));
        p.f.http.on("GET", ListenersPath, NacosFixture::servlet(403, "Code: 403, Message: authorization failed!."));
        const auto refused = await(watchConvergence(p.configs(), Key, options, &parent));
        QVERIFY(refused.end && !*refused.end);
        QCOMPARE(refused.end->error().kind, Error::Kind::Forbidden);
    }

    void convergenceIsCancelled()
    {
        Place p;
        p.f.grpc.put({}, u"G"_s, u"d"_s, "new");
        p.f.http.on("GET", ListenersPath, listening({{u"10.0.0.1"_s, md5Of("old")}}));
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

    void convergenceThatNobodyWaitsFor_isGivenUp()
    {
        Place p;
        p.f.grpc.put({}, u"G"_s, u"d"_s, "new");
        p.f.http.on("GET", ListenersPath, listening({{u"10.0.0.1"_s, md5Of("old")}}));
        QVERIFY(p.open());
        auto caller = std::make_unique<QObject>();
        int told = 0;
        ConvergenceOptions options;
        options.firstPause = std::chrono::milliseconds(50);
        options.longestPause = std::chrono::milliseconds(50);
        const QPointer<Stream<ConfigListener>> stream(watchConvergence(p.configs(), Key, options, this));
        stream->each(caller.get(), [&told](const QList<ConfigListener> &) { ++told; });
        stream->then(caller.get(), [](const Result<Done> &) { QFAIL("told"); });
        QTRY_VERIFY(told == 1 && p.f.http.seen(ListenersPath).size() >= 3);
        caller.reset();
        QTRY_VERIFY(stream.isNull());
        // Nor is the server asked any more: another one's questions are all there are.
        p.f.http.forget();
        QObject other;
        const QPointer<Stream<ConfigListener>> second(watchConvergence(p.configs(), Key, {}, &other));
        QTRY_COMPARE(p.f.http.seen(ListenersPath).size(), 1);
        auto parent = std::make_unique<QObject>();
        const QPointer<Stream<ConfigListener>> third(watchConvergence(p.configs(), Key, {}, parent.get()));
        parent.reset();
        QVERIFY(third.isNull());
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
