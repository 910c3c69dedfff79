// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/peers/nacos-client/scenarios.h"

#include "core/nacos/config/configexecutor.h"
#include "core/nacos/config/configplans.h"
#include "core/nacos/session/sessionprivate.h"
#include "tests/support/await.h"

#include <QCryptographicHash>
#include <QSignalSpy>
#include <QUrl>
#include <QUuid>

using namespace Qt::StringLiterals;
using namespace core;
using namespace core::nacos;

namespace tests {

namespace {

QByteArray md5(const QByteArray &content)
{
    return QCryptographicHash::hash(content, QCryptographicHash::Md5).toHex();
}

/// QCOMPARE would take the enum's own toString() for Qt's.
QString said(guard::Outcome outcome)
{
    return guard::toString(outcome);
}

/// What a watch has told so far.
struct Told {
    QObject context;
    QList<ConfigEvent> events;
    std::optional<Result<Done>> end;
    QPointer<Stream<ConfigEvent>> stream;

    explicit Told(Stream<ConfigEvent> *watch)
        : stream(watch)
    {
        watch->each(&context, [this](const QList<ConfigEvent> &batch) { events += batch; });
        watch->then(&context, [this](const Result<Done> &result) { end = result; });
    }
    int count(ConfigEvent::Kind kind) const
    {
        return int(std::count_if(events.begin(), events.end(), [kind](const ConfigEvent &event) { return event.kind == kind; }));
    }
    bool isReady() const { return count(ConfigEvent::Kind::Ready) > 0; }
    bool has(ConfigEvent::Kind kind, const ConfigKey &key, const QByteArray &hash = {}) const
    {
        return std::any_of(events.begin(), events.end(), [&](const ConfigEvent &event) {
            return event.kind == kind && event.key == key && (hash.isEmpty() || event.md5 == hash);
        });
    }
};

} // namespace

void RegistryScenarios::initTestCase()
{
    QTest::failOnWarning(QRegularExpression(u".?"_s));
    m_run = QUuid::createUuid().toString(QUuid::Id128).left(8);
    m_work = std::make_unique<Workplace>(target());
    QVERIFY(m_work->open());
}

void RegistryScenarios::cleanupTestCase()
{
    m_work.reset();
}

bool RegistryScenarios::isV2()
{
    return m_work->open()->session().capabilities().generation == Generation::V2;
}

void RegistryScenarios::connects()
{
    Registry *registry = m_work->open();
    QVERIFY(registry);
    const Capabilities &caps = registry->session().capabilities();
    QVERIFY(caps.has(Plane::Grpc));
    QVERIFY(!caps.version.isEmpty());
    if (isV2()) {
        QCOMPARE(int(caps.generation), int(Generation::V2));
        QVERIFY(caps.has(Plane::Legacy));
        QVERIFY(!caps.has(Plane::Admin));
    } else {
        QVERIFY(caps.has(Plane::Admin));
        QTRY_VERIFY(caps.has(Plane::Console));
        QVERIFY(caps.generation >= Generation::V3_0);
    }
    QCOMPARE(registry->session().state(), SessionState::Live);
    if (!m_work->target.user.isEmpty())
        QCOMPARE(caps.globalAdmin, std::optional(true));
}

void RegistryScenarios::wrongPassword()
{
    if (m_work->target.user.isEmpty())
        return;
    m_work->keepPassword(u"wrong"_s, u"not-the-password"_s);
    Registry *registry = m_work->registries->open(m_work->profile(u"wrong"_s), Session::Use::Interactive);
    const auto opened = await(registry->session().open(), std::chrono::seconds(30));
    QVERIFY(opened && !*opened);
    QCOMPARE(opened->error().kind, Error::Kind::Auth);
    QCOMPARE(registry->session().state(), SessionState::Refused);
    m_work->registries->close(u"wrong"_s);
}

void RegistryScenarios::createsReadsUpdatesDeletes()
{
    const ConfigKey key{u"public"_s, u"G"_s, m_run + u".crud"_s};
    QVERIFY(m_work->publish(key, "one: 1\n", {u"yaml"_s}).verified);
    auto detail = m_work->live(key);
    QVERIFY(detail);
    QCOMPARE(detail->content, "one: 1\n"_ba);
    QCOMPARE(detail->md5, md5("one: 1\n"));
    QCOMPARE(detail->attributes.type, u"yaml"_s);
    QVERIFY(detail->changedAt.isValid());
    const auto updated = m_work->publish(key, "one: 2\n", detail->attributes);
    QVERIFY(updated.verified);
    // Undo is the same write, the other way round.
    const auto undo = await(m_work->guard->undoOf(updated.ledgerId));
    QVERIFY2(undo && *undo, qPrintable(errorOf(undo)));
    const auto undone = m_work->submit((*undo)->changes);
    QCOMPARE(undone.size(), std::size_t(1));
    QCOMPARE(said(undone.front().outcome), said(guard::Outcome::Applied));
    QCOMPARE(m_work->live(key)->content, "one: 1\n"_ba);
    QCOMPARE(said(m_work->remove(key).outcome), said(guard::Outcome::Applied));
    QVERIFY(!m_work->live(key));
}

void RegistryScenarios::keepsEveryAttribute()
{
    const ConfigKey key{u"public"_s, u"G"_s, m_run + u".attributes"_s};
    ConfigAttributes attributes;
    attributes.type = u"json"_s;
    attributes.app = u"shop"_s;
    attributes.description = u"Zahlen & 数字"_s;
    attributes.tags = {u"a"_s, u"b"_s};
    QVERIFY(m_work->publish(key, "{}", attributes).verified);
    const auto detail = m_work->live(key);
    QVERIFY(detail);
    QCOMPARE(detail->attributes, attributes);
    if (!m_work->target.user.isEmpty())
        QCOMPARE(detail->changedBy, m_work->target.user);
}

void RegistryScenarios::clearsAttributes()
{
    const ConfigKey key{u"public"_s, u"G"_s, m_run + u".cleared"_s};
    ConfigAttributes attributes;
    attributes.type = u"text"_s;
    attributes.app = u"shop"_s;
    attributes.description = u"something"_s;
    attributes.tags = {u"a"_s, u"b"_s};
    QVERIFY(m_work->publish(key, "x", attributes).verified);
    const ConfigAttributes plain{u"text"_s};
    const auto outcome = m_work->publish(key, "y", plain);
    QCOMPARE(said(outcome.outcome), said(guard::Outcome::Applied));
    QVERIFY(outcome.verified);
    QCOMPARE(m_work->live(key)->attributes, plain);
}

void RegistryScenarios::contentsSurvive_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("one character") << "x"_ba;
    QTest::newRow("CRLF") << "a=1\r\nb=2\r\n\r\n"_ba;
    QTest::newRow("BOM") << "\xef\xbb\xbf{}"_ba;
    QTest::newRow("Chinese only") << u"配置中心「中文」"_s.toUtf8();
    QTest::newRow("beyond the first plane") << u"𠮷 😀"_s.toUtf8();
    QTest::newRow("quotes, escapes, control characters") << "\"\\\b\f\n\r\t\x01\x1f\x7f</script>&+%20"_ba;
    QTest::newRow("blanks around") << "  x  \n\n"_ba;
    QTest::newRow("1 MiB") << QByteArray(1024 * 1024, 'a');
}

void RegistryScenarios::contentsSurvive()
{
    QFETCH(QByteArray, content);
    const ConfigKey key{u"public"_s, u"G"_s, m_run + u".content"_s};
    QVERIFY(m_work->publish(key, content).verified);
    QCOMPARE(m_work->live(key)->content, content);
    // Over gRPC as well, which answers from the server's cache a moment later.
    const auto fetched = [this, key] {
        const auto answer = await(m_work->open()->configs().fetch(key));
        return answer && *answer && **answer ? ***answer : ConfigContent();
    };
    QTRY_COMPARE(fetched().md5, md5(content));
    QCOMPARE(fetched().content, content);
}

void RegistryScenarios::everyCharacterOfADataId()
{
    const ConfigKey key{u"public"_s, u"Group-_.:1"_s, m_run + u"AZaz09-_.:"_s};
    QVERIFY(m_work->publish(key, "x").verified);
    QVERIFY(m_work->live(key));
    QCOMPARE(said(m_work->remove(key).outcome), said(guard::Outcome::Applied));
}

void RegistryScenarios::aStaleWriteIsAConflict()
{
    const ConfigKey key{u"public"_s, u"G"_s, m_run + u".cas"_s};
    QVERIFY(m_work->publish(key, "one").verified);
    const auto seen = m_work->live(key);
    QVERIFY(m_work->publish(key, "two").verified);
    // Through the Guard: noticed when it reads.
    auto outcome = m_work->submit(configChange({u"peer"_s, key, seen, "three"_ba, {}}));
    QCOMPARE(said(outcome.outcome), said(guard::Outcome::Conflict));
    QCOMPARE(m_work->live(key)->content, "two"_ba);
    // The server's own comparison, for whoever comes between reading and writing.
    ConfigExecutor executor(*m_work->registries);
    const auto change = configChange({u"peer"_s, key, seen, "three"_ba, {}});
    QVERIFY(change);
    const auto applied = await(executor.apply(*change));
    QVERIFY(applied && !*applied);
    QCOMPARE(applied->error().kind, Error::Kind::Conflict);
    QCOMPARE(m_work->live(key)->content, "two"_ba);
}

void RegistryScenarios::absentIsAValue()
{
    const ConfigKey key{u"public"_s, u"G"_s, m_run + u".never"_s};
    QVERIFY(!m_work->live(key));
    const auto fetched = await(m_work->open()->configs().fetch(key));
    QVERIFY2(fetched && *fetched, qPrintable(errorOf(fetched)));
    QVERIFY(!**fetched);
    const auto history = await(m_work->open()->configs().history(key));
    QVERIFY2(history.end && *history.end, qPrintable(errorOf(history.end)));
    QVERIFY(history.items.isEmpty());
}

void RegistryScenarios::listsEverythingThatMatches()
{
    std::vector<guard::Change> changes;
    const auto add = [&](const QString &dataId, const QString &group, const ConfigAttributes &attributes) {
        changes.push_back(*configChange({u"peer"_s, {u"public"_s, group, dataId}, std::nullopt, "v"_ba, attributes}));
    };
    for (int i = 0; i < 30; ++i)
        add(u"%1_list_%2"_s.arg(m_run).arg(i, 2, 10, QChar(u'0')), u"L"_s, {u"text"_s});
    add(m_run + u"xlistx00"_s, u"L"_s, {u"text"_s});
    ConfigAttributes special{u"yaml"_s};
    special.app = u"app-"_s + m_run;
    special.tags = {u"t"_s + m_run};
    add(m_run + u"_list_special"_s, u"L2"_s, special);
    for (const auto &outcome : m_work->submit(changes))
        QCOMPARE(said(outcome.outcome), said(guard::Outcome::Applied));

    ConfigClient &configs = m_work->open()->configs();
    const auto names = [&](const ConfigQuery &query) {
        const auto listed = await(configs.list(query));
        if (!listed.end || !*listed.end)
            qWarning("%s", qPrintable(errorOf(listed.end)));
        QStringList all;
        for (const ConfigSummary &item : listed.items)
            all.append(item.key.dataId);
        all.sort();
        return all;
    };
    ConfigQuery query;
    query.namespaceId = u"public"_s;
    // `_` is itself, not any character.
    query.dataId = m_run + u"_list_*"_s;
    QCOMPARE(names(query).size(), 31);
    query.dataId = m_run + u"_list_07"_s;
    QCOMPARE(names(query), QStringList{m_run + u"_list_07"_s});
    query.dataId = m_run + u"*"_s;
    query.group = u"L2"_s;
    QCOMPARE(names(query), QStringList{m_run + u"_list_special"_s});
    ConfigQuery byApp;
    byApp.namespaceId = u"public"_s;
    byApp.app = special.app;
    QCOMPARE(names(byApp), QStringList{m_run + u"_list_special"_s});
    ConfigQuery byTag;
    byTag.namespaceId = u"public"_s;
    byTag.tags = special.tags;
    QCOMPARE(names(byTag), QStringList{m_run + u"_list_special"_s});
    ConfigQuery everything;
    everything.namespaceId = u"public"_s;
    QVERIFY(names(everything).size() >= 32);
}

void RegistryScenarios::searchesContents()
{
    const ConfigKey key{u"public"_s, u"G"_s, m_run + u".search"_s}, other{u"public"_s, u"G"_s, m_run + u".search2"_s};
    QVERIFY(m_work->publish(key, "before needle_"_ba + m_run.toLatin1() + "_x after").verified);
    QVERIFY(m_work->publish(other, "before needleQ"_ba + m_run.toLatin1() + "Qx after").verified);
    ConfigQuery query;
    query.namespaceId = u"public"_s;
    query.content = u"needle_"_s + m_run + u"_x"_s;
    const auto listed = await(m_work->open()->configs().list(query));
    QVERIFY2(listed.end && *listed.end, qPrintable(errorOf(listed.end)));
    QCOMPARE(listed.items.size(), 1);
    QCOMPARE(listed.items.first().key, key);
}

void RegistryScenarios::historyTellsStates()
{
    const ConfigKey key{u"public"_s, u"G"_s, m_run + u".history"_s};
    QVERIFY(m_work->publish(key, "one").verified);
    QVERIFY(m_work->publish(key, "two").verified);
    QCOMPARE(said(m_work->remove(key).outcome), said(guard::Outcome::Applied));
    QVERIFY(m_work->publish(key, "three").verified);
    ConfigClient &configs = m_work->open()->configs();
    const auto contents = [&] {
        QList<std::optional<QByteArray>> states;
        const auto history = await(configs.history(key));
        if (!history.end || !*history.end)
            return states;
        for (const ConfigRevision &revision : history.items) {
            if (revision.source == ConfigRevision::Source::Mirror)
                continue;
            const auto detail = await(configs.revision(key, revision.id));
            if (!detail || !*detail)
                qWarning("%s: %s", qPrintable(revision.id), qPrintable(errorOf(detail)));
            states.append(detail && *detail ? (*detail)->content : "?"_ba);
        }
        return states;
    };
    // Rows appear a moment after the write.
    const QList<std::optional<QByteArray>> expected{"three"_ba, std::nullopt, "two"_ba, "one"_ba};
    QTRY_COMPARE_WITH_TIMEOUT(contents(), expected, 15000);
    const auto history = await(configs.history(key));
    using Verb = ConfigRevision::Verb;
    QList<Verb> verbs;
    for (const ConfigRevision &revision : history.items) {
        if (revision.source == ConfigRevision::Source::Server)
            verbs.append(revision.verb);
        QVERIFY(revision.at.isValid());
        QVERIFY(qAbs(revision.at.secsTo(QDateTime::currentDateTimeUtc())) < 600);
        // Servers don't note who deletes over gRPC.
        if (!m_work->target.user.isEmpty() && revision.source == ConfigRevision::Source::Server && revision.verb != Verb::Deleted)
            QCOMPARE(revision.by, m_work->target.user);
    }
    QCOMPARE(verbs, (QList<Verb>{Verb::Created, Verb::Deleted, Verb::Updated, Verb::Created}));
    QVERIFY(history.items.first().current);
}

void RegistryScenarios::restores()
{
    const ConfigKey key{u"public"_s, u"G"_s, m_run + u".restore"_s};
    ConfigAttributes attributes{u"yaml"_s};
    attributes.description = u"stays"_s;
    QVERIFY(m_work->publish(key, "a: 1\n", attributes).verified);
    QVERIFY(m_work->publish(key, "a: 2\n", attributes).verified);
    ConfigClient &configs = m_work->open()->configs();
    QString id;
    QTRY_VERIFY_WITH_TIMEOUT(([&] {
                                 for (const ConfigRevision &revision : await(configs.history(key)).items) {
                                     if (revision.md5 == md5("a: 1\n") && !revision.current)
                                         id = revision.id;
                                 }
                                 return !id.isEmpty();
                             }()),
                             15000);
    const auto state = await(configs.revision(key, id));
    QVERIFY2(state && *state, qPrintable(errorOf(state)));
    const auto outcome = m_work->submit(restoreChange(u"peer"_s, key, m_work->live(key), **state));
    QCOMPARE(said(outcome.outcome), said(guard::Outcome::Applied));
    QVERIFY(outcome.verified);
    const auto now = m_work->live(key);
    QCOMPARE(now->content, "a: 1\n"_ba);
    QCOMPARE(now->attributes, attributes);
}

void RegistryScenarios::watchesAndIsTold()
{
    const ConfigKey key{u"public"_s, u"G"_s, m_run + u".watch"_s};
    QVERIFY(m_work->publish(key, "one").verified);
    // Another program does the watching.
    Workplace watcher(m_work->target);
    Registry *registry = watcher.open();
    QVERIFY(registry);
    Told told(registry->configs().watch({key}, ConfigClient::Deliver::Content));
    QTRY_VERIFY_WITH_TIMEOUT(told.isReady(), 10000);
    QCOMPARE(told.events.size(), 1);
    QVERIFY(m_work->publish(key, "two").verified);
    QTRY_VERIFY_WITH_TIMEOUT(told.has(ConfigEvent::Kind::Changed, key, md5("two")), 10000);
    QCOMPARE(told.events.last().content, "two"_ba);
    QVERIFY(m_work->publish(key, "three").verified);
    QTRY_VERIFY_WITH_TIMEOUT(told.has(ConfigEvent::Kind::Changed, key, md5("three")), 10000);
    QCOMPARE(said(m_work->remove(key).outcome), said(guard::Outcome::Applied));
    QTRY_VERIFY_WITH_TIMEOUT(told.has(ConfigEvent::Kind::Deleted, key), 10000);
    const auto before = told.events.size();
    told.stream->cancel();
    QVERIFY(m_work->publish(key, "four").verified);
    QCOMPARE(told.events.size(), before);
}

void RegistryScenarios::watchSurvivesACut()
{
    const ConfigKey key{u"public"_s, u"G"_s, m_run + u".cut"_s}, quiet{u"public"_s, u"G"_s, m_run + u".quiet"_s};
    QVERIFY(m_work->publish(key, "one").verified);
    QVERIFY(m_work->publish(quiet, "same").verified);
    Workplace watcher(m_work->target);
    Registry *registry = watcher.open();
    QVERIFY(registry);
    QSignalSpy resynced(&registry->session(), &Session::resynced);
    Told told(registry->configs().watch({key, quiet}, ConfigClient::Deliver::KeysOnly));
    QTRY_VERIFY_WITH_TIMEOUT(told.isReady(), 10000);
    watcher.relay.cut();
    QTRY_VERIFY_WITH_TIMEOUT(registry->session().state() != SessionState::Live, 10000);
    QVERIFY(m_work->publish(key, "changed in the gap").verified);
    watcher.relay.resume();
    QTRY_VERIFY_WITH_TIMEOUT(told.has(ConfigEvent::Kind::Changed, key, md5("changed in the gap")), 20000);
    QTRY_COMPARE_WITH_TIMEOUT(resynced.count(), 1, 10000);
    QCOMPARE(told.count(ConfigEvent::Kind::Reconnected), 1);
    QVERIFY(!told.has(ConfigEvent::Kind::Changed, quiet));
    QCOMPARE(int(registry->session().state()), int(SessionState::Live));
    // And it goes on.
    QVERIFY(m_work->publish(quiet, "after").verified);
    QTRY_VERIFY_WITH_TIMEOUT(told.has(ConfigEvent::Kind::Changed, quiet, md5("after")), 10000);
}

void RegistryScenarios::watchesANamespace()
{
    Registry *registry = m_work->open();
    if (!registry->session().capabilities().fuzzyWatch())
        return;
    const QString space = u"fuzzy-"_s + m_run;
    NamespaceInfo info{space, space, {}, -1, -1, false, false};
    QCOMPARE(said(m_work->submit(namespaceChange(u"peer"_s, std::nullopt, info)).outcome), said(guard::Outcome::Applied));
    const ConfigKey fresh{space, u"G"_s, u"fresh"_s};
    QVERIFY(m_work->publish({space, u"G"_s, u"old"_s}, "1").verified);
    Told told(registry->configs().watchNamespace(space));
    QTRY_VERIFY_WITH_TIMEOUT(told.isReady(), 15000);
    QVERIFY(m_work->publish(fresh, "1").verified);
    QTRY_VERIFY_WITH_TIMEOUT(told.has(ConfigEvent::Kind::Changed, fresh), 15000);
    // The real server tells of keys that come and go, not of new contents: those are for watch().
    QCOMPARE(said(m_work->remove(fresh).outcome), said(guard::Outcome::Applied));
    QTRY_VERIFY_WITH_TIMEOUT(told.has(ConfigEvent::Kind::Deleted, fresh), 15000);
}

void RegistryScenarios::tellsWhoListens()
{
    const ConfigKey key{u"public"_s, u"G"_s, m_run + u".listeners"_s};
    QVERIFY(m_work->publish(key, "one").verified);
    Workplace watcher(m_work->target);
    Registry *registry = watcher.open();
    QVERIFY(registry);
    Told told(registry->configs().watch({key}, ConfigClient::Deliver::KeysOnly));
    QTRY_VERIFY_WITH_TIMEOUT(told.isReady(), 10000);
    ConfigClient &configs = m_work->open()->configs();
    QList<ConfigListener> listeners;
    const auto ask = [&] {
        const auto answer = await(configs.listeners(key));
        if (!answer || !*answer)
            qWarning("%s", qPrintable(errorOf(answer)));
        listeners = answer && *answer ? **answer : QList<ConfigListener>();
        return !listeners.isEmpty() && listeners.first().upToDate;
    };
    QTRY_VERIFY_WITH_TIMEOUT(ask(), 15000);
    QCOMPARE(listeners.size(), 1);
    QCOMPARE(listeners.first().md5, md5("one"));
    QCOMPARE(listeners.first().client, isV2() ? QString() : u"Signalbox"_s); // only 3.x tells of connections
    const auto by = await(configs.listenedBy(listeners.first().ip, u"public"_s));
    QVERIFY2(by && *by, qPrintable(errorOf(by)));
    QVERIFY(std::any_of((*by)->cbegin(), (*by)->cend(), [&](const auto &one) { return one.key == key && one.by.md5 == md5("one"); }));
    QVERIFY(m_work->publish(key, "two").verified);
    QTRY_VERIFY_WITH_TIMEOUT(ask(), 15000);
    QCOMPARE(listeners.first().md5, md5("two"));
}

void RegistryScenarios::namespaces()
{
    NamespaceClient &client = m_work->open()->namespaces();
    const QString id = u"space-"_s + m_run;
    NamespaceInfo info{id, u"Ein Raum"_s, u"für Proben"_s, -1, -1, false, false};
    auto outcome = m_work->submit(namespaceChange(u"peer"_s, std::nullopt, info));
    QCOMPARE(said(outcome.outcome), said(guard::Outcome::Applied));
    QVERIFY(outcome.verified);
    auto list = await(client.list());
    QVERIFY2(list && *list, qPrintable(errorOf(list)));
    QCOMPARE((*list)->first().id, u"public"_s);
    const auto found = std::find_if((*list)->begin(), (*list)->end(), [&](const NamespaceInfo &entry) { return entry.id == id; });
    QVERIFY(found != (*list)->end());
    QCOMPARE(found->name, info.name);
    QCOMPARE(found->description, info.description);
    NamespaceInfo renamed = info;
    renamed.name = u"Anders"_s;
    outcome = m_work->submit(namespaceChange(u"peer"_s, info, renamed));
    QCOMPARE(said(outcome.outcome), said(guard::Outcome::Applied));
    QVERIFY(outcome.verified);
    const ConfigKey key{id, u"G"_s, u"inside"_s};
    QVERIFY(m_work->publish(key, "x").verified);
    outcome = m_work->submit(namespaceChange(u"peer"_s, renamed, std::nullopt));
    QCOMPARE(said(outcome.outcome), said(guard::Outcome::Applied));
    const auto gone = await(client.get(id));
    QVERIFY2(gone && *gone, qPrintable(errorOf(gone)));
    QVERIFY(!**gone);
    // What was inside is still there, by its ID.
    QVERIFY(m_work->live(key));
    QCOMPARE(said(m_work->remove(key).outcome), said(guard::Outcome::Applied));
}

void RegistryScenarios::publicIsEmpty()
{
    const QString dataId = m_run + u".public"_s;
    QVERIFY(m_work->publish({u"public"_s, u"G"_s, dataId}, "x").verified);
    const auto detail = await(m_work->open()->configs().getLive({{}, u"G"_s, dataId}));
    QVERIFY2(detail && *detail, qPrintable(errorOf(detail)));
    QVERIFY(**detail);
    QCOMPARE((**detail)->key.namespaceId, u"public"_s);
}

void RegistryScenarios::encryptedStaysOpaque()
{
    const ConfigKey key{u"public"_s, u"G"_s, u"cipher-"_s + m_run};
    ConfigAttributes attributes{u"text"_s};
    attributes.encryptedDataKey = u"wrapped-key"_s;
    QVERIFY(m_work->publish(key, "ciphertext", attributes).verified);
    const auto detail = m_work->live(key);
    QVERIFY(detail && detail->encrypted());
    QCOMPARE(detail->attributes.encryptedDataKey, u"wrapped-key"_s);
    const auto edited = configChange({u"peer"_s, key, detail, "plain text"_ba, detail->attributes});
    QVERIFY(!edited);
    QCOMPARE(edited.error().kind, Error::Kind::Policy);
    ConfigAttributes described = detail->attributes;
    described.description = u"may change"_s;
    QVERIFY(m_work->publish(key, "ciphertext", described).verified);
    QCOMPARE(m_work->live(key)->attributes.encryptedDataKey, u"wrapped-key"_s);
}

void RegistryScenarios::oneShot()
{
    const ConfigKey key{u"public"_s, u"G"_s, m_run + u".oneshot"_s};
    QVERIFY(m_work->publish(key, "one").verified);
    Workplace program(m_work->target);
    Registry *registry = program.open(program.profile(u"peer"_s), Session::Use::OneShot);
    QVERIFY(registry);
    QVERIFY(!registry->session().d().rpcUp());
    // Reads and writes go by HTTP then.
    const auto outcome = program.publish(key, "two", {u"json"_s});
    QCOMPARE(said(outcome.outcome), said(guard::Outcome::Applied));
    QVERIFY(outcome.verified);
    const auto stale = program.submit(configChange({u"peer"_s, key, ConfigDetail{key, {}, "one"_ba, md5("one")}, "three"_ba, {}}));
    QCOMPARE(said(stale.outcome), said(guard::Outcome::Conflict));
    // The server's own comparison.
    ConfigExecutor executor(*program.registries);
    const auto applied =
        await(executor.apply(*configChange({u"peer"_s, key, ConfigDetail{key, {}, "one"_ba, md5("one")}, "three"_ba, {}})));
    QVERIFY(applied && !*applied);
    QCOMPARE(applied->error().kind, Error::Kind::Conflict);
    QCOMPARE(said(program.remove(key).outcome), said(guard::Outcome::Applied));
    // A watch brings gRPC up.
    Told told(registry->configs().watch({key}, ConfigClient::Deliver::KeysOnly));
    QTRY_VERIFY_WITH_TIMEOUT(told.isReady(), 10000);
    QVERIFY(m_work->publish(key, "four").verified);
    QTRY_VERIFY_WITH_TIMEOUT(told.has(ConfigEvent::Kind::Changed, key), 10000);
}

void RegistryScenarios::withoutGrpc()
{
    Workplace program(m_work->target);
    program.relay.cut();
    Registry *registry = program.open();
    QVERIFY(registry);
    QCOMPARE(int(registry->session().state()), int(SessionState::Degraded));
    const ConfigKey key{u"public"_s, u"G"_s, m_run + u".http"_s};
    ConfigAttributes attributes{u"properties"_s};
    attributes.tags = {u"x"_s};
    attributes.description = u"über HTTP"_s;
    QVERIFY(program.publish(key, "a=+ %\n", attributes).verified);
    QCOMPARE(program.live(key)->content, "a=+ %\n"_ba);
    QCOMPARE(program.live(key)->attributes, attributes);
    QCOMPARE(said(program.remove(key).outcome), said(guard::Outcome::Applied));
}

void RegistryScenarios::manyAtOnce()
{
    std::vector<guard::Change> changes;
    for (int i = 0; i < 300; ++i)
        changes.push_back(
            *configChange({u"peer"_s, {u"public"_s, u"M"_s, u"%1.many.%2"_s.arg(m_run).arg(i)}, std::nullopt, QByteArray::number(i), {}}));
    const auto outcomes = m_work->submit(changes);
    QCOMPARE(outcomes.size(), changes.size());
    for (const auto &outcome : outcomes)
        QCOMPARE(said(outcome.outcome), said(guard::Outcome::Applied));
    ConfigClient &configs = m_work->open()->configs();
    const auto readAll = [&] {
        int right = 0, answered = 0;
        QObject context;
        for (int i = 0; i < 300; ++i) {
            configs.fetch({u"public"_s, u"M"_s, u"%1.many.%2"_s.arg(m_run).arg(i)})
                ->then(&context, [&right, &answered, i](const Result<std::optional<ConfigContent>> &content) {
                    ++answered;
                    right += content && *content && (*content)->content == QByteArray::number(i);
                });
        }
        std::ignore = QTest::qWaitFor([&answered] { return answered == 300; }, 30000);
        return right;
    };
    QTRY_COMPARE_WITH_TIMEOUT(readAll(), 300, 30000);
}

} // namespace tests
