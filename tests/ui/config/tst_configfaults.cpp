// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/mirrorfiller.h"
#include "core/nacos/registry.h"
#include "core/nacos/wire/configmessages.h"
#include "core/nacos/wire/fuzzymessages.h"
#include "tests/support/testmain.h"
#include "tests/ui/config/fakeregistry.h"
#include "tests/ui/config/scene.h"
#include "ui/common/codeeditor.h"
#include "ui/common/messagebar.h"
#include "ui/common/statepage.h"
#include "ui/config/configdocument.h"
#include "ui/config/configwriting.h"
#include "ui/config/searchresults.h"

#include <QAbstractButton>
#include <QAbstractItemModelTester>
#include <QCryptographicHash>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using tests::FakeRegistry;
using tests::rowOf;
using ui::StatePage;

namespace {

const QString Table = u"configsTable"_s;

} // namespace

/// List, comparing, deleting over a server that fails at the wire.
class TstConfigFaults : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        tests::strictWindows();
        m_scene = std::make_unique<tests::Scene>();
        m_server = std::make_unique<FakeRegistry>();
        for (const QString &name : {u"a"_s, u"b"_s, u"c"_s})
            m_server->put(name, "content of it");
        m_slug = m_server->connectTo(m_scene->console);
        QVERIFY(!m_slug.isEmpty());
        m_scene->console.start();
    }
    void cleanup()
    {
        m_scene.reset();
        m_server.reset();
    }

    void list_loadsUntilTheAnswerComes();
    void refusedList_isAnError_withRetry();
    void changedRow_showsWhatThePushBrought();
    void changedRow_isNotSetBackByAReadThatLags();
    void changedRow_thatCannotBeRead_forgetsWhatIsNotTrueAnyMore();
    void connectionClosed_listStaysAndComesBack();
    void reconnected_detailsAreReadAgain();
    void madeBetweenListAndWatch_isListed();
    void deletedBetweenListAndWatch_isGone();
    void tooManyToWatch_everyRowIsFollowed();
    void listThatDoesNotFit_saysSo_andRemovesNothing();
    void compare_thatCannotRead_saysSo();
    void search_thatCannotBeAsked_isAnErrorWithRetry();
    void search_whatCannotBeRead_isNotNowhere();
    void search_fillingCanBePaused();
    void deleting_whatCannotBeRead_isSaid();
    void deleting_noticeGoesWhenTheReadingEnds();
    void deleting_overAClosedConnection_opensIt();
    void rowThatCouldNotBeRead_isReadLater();
    void nul_isShownButNotEdited();
    void models_keepTheirRules();

private:
    ui::config::ConfigsPage *show()
    {
        ui::workbench::PageRequest request;
        request.kind = u"configs"_s;
        request.subject = {m_slug, u"public"_s};
        return qobject_cast<ui::config::ConfigsPage *>(m_scene->console.workbench().openPage(request));
    }
    ui::config::ConfigsPage *list()
    {
        auto *page = show();
        return page && QTest::qWaitFor([page] { return page->isComplete(); }, tests::Patience) ? page : nullptr;
    }
    StatePage::State state() { return m_scene->console.workbench().currentPage()->findChild<StatePage *>()->state(); }
    QString row(const QString &name) const { return rowOf(m_server->key(name)); }
    bool windowSays(const QString &text) const
    {
        const auto bars = m_scene->console.window().findChildren<ui::MessageBar *>();
        return std::any_of(bars.begin(), bars.end(), [&](const ui::MessageBar *bar) { return bar->current().text.contains(text); });
    }
    std::unique_ptr<tests::Scene> m_scene;
    std::unique_ptr<FakeRegistry> m_server;
    QString m_slug;
};

void TstConfigFaults::list_loadsUntilTheAnswerComes()
{
    m_server->listing = tests::HttpAnswer();
    m_server->listing->fault = tests::HttpAnswer::Fault::Hang;
    QVERIFY(show());
    WAIT(!m_server->http.seen(u"/nacos/v3/admin/cs/config/list"_s).isEmpty());
    QCOMPARE(state(), StatePage::State::Loading);
    m_server->listing.reset();
    m_server->http.closeAll();
    // Lost on the way is asked again, by itself: nobody has to press Retry.
    WAIT(state() == StatePage::State::Content);
    WAIT(m_scene->table(Table)->records()->rowCount() == 3);
}

void TstConfigFaults::refusedList_isAnError_withRetry()
{
    m_server->listing = FakeRegistry::refused();
    QVERIFY(show());
    WAIT(state() == StatePage::State::Error);
    m_server->listing.reset();
    m_scene->console.workbench().currentPage()->refresh();
    WAIT(state() == StatePage::State::Content);
}

/// Reads that lag behind the push neither take its news away nor stay.
void TstConfigFaults::changedRow_isNotSetBackByAReadThatLags()
{
    QVERIFY(list());
    WAIT(m_scene->cell(Table, row(u"a"_s), u"size"_s) == "13 B"_L1);
    m_server->lagging.insert(u"a"_s, m_server->content(u"a"_s));
    auto reads = m_server->reads();
    m_server->put(u"a"_s, "x");
    WAIT(m_scene->cell(Table, row(u"a"_s), u"size"_s) == "1 B"_L1);
    WAIT(m_server->reads() > reads + 1); // the first brought what was there before
    QCOMPARE(m_scene->cell(Table, row(u"a"_s), u"size"_s), u"1 B"_s);
    m_server->lagging.clear();
    reads = m_server->reads();
    WAIT(m_server->reads() > reads);
    QCOMPARE(m_scene->cell(Table, row(u"a"_s), u"size"_s), u"1 B"_s);
}

void TstConfigFaults::changedRow_showsWhatThePushBrought()
{
    QVERIFY(list());
    WAIT(m_scene->cell(Table, row(u"a"_s), u"size"_s) == "13 B"_L1);
    // Nothing but the push tells of it.
    m_server->reading = FakeRegistry::broken();
    m_server->put(u"a"_s, "x");
    WAIT(m_scene->cell(Table, row(u"a"_s), u"size"_s) == "1 B"_L1);
    // That the rest cannot be read takes nothing of it away.
    const auto reads = m_server->reads();
    WAIT(m_server->reads() > reads);
    QCOMPARE(m_scene->cell(Table, row(u"a"_s), u"size"_s), u"1 B"_s);
}

void TstConfigFaults::changedRow_thatCannotBeRead_forgetsWhatIsNotTrueAnyMore()
{
    QVERIFY(list());
    WAIT(m_scene->cell(Table, row(u"a"_s), u"size"_s) == "13 B"_L1);
    m_server->reading = FakeRegistry::broken();
    m_server->grpc.on(core::nacos::wire::ConfigQueryRequest::typeName,
                      [](const auto &) { return tests::RpcAnswer(tests::RpcAnswer::Fault::Garbage); });
    m_server->put(u"a"_s, "x");
    WAIT(m_scene->cell(Table, row(u"a"_s), u"size"_s) != "13 B"_L1);
    QVERIFY(m_scene->cell(Table, row(u"a"_s), u"size"_s) != "1 B"_L1);
    m_server->reading.reset();
    m_server->grpc.builtIn(core::nacos::wire::ConfigQueryRequest::typeName);
    // It is tried again without anybody doing anything.
    WAIT(m_scene->cell(Table, row(u"a"_s), u"size"_s) == "1 B"_L1);
}

void TstConfigFaults::connectionClosed_listStaysAndComesBack()
{
    auto *page = list();
    QVERIFY(page);
    auto &registries = m_scene->console.services().registries;
    registries.close(m_slug);
    WAIT(!page->isComplete());
    QCOMPARE(m_scene->table(Table)->records()->rowCount(), 3);
    m_server->put(u"d"_s, "new");
    QVERIFY(m_scene->console.workbench().registry(m_slug));
    WAIT(page->isComplete() && m_scene->table(Table)->records()->rowCount() == 4);
}

void TstConfigFaults::reconnected_detailsAreReadAgain()
{
    QVERIFY(list());
    m_scene->select(Table, {row(u"a"_s)});
    const QString listener = u"/nacos/v3/admin/cs/config/listener"_s;
    auto *says = m_scene->console.window().findChild<QLabel *>(u"configListenersState"_s);
    QVERIFY(says);
    WAIT(says->text() == "none"_L1);
    // The server was away; its clients come back after we do.
    auto *session = &m_scene->console.services().registries.find(m_slug)->session();
    QSignalSpy back(session, &core::nacos::Session::resynced);
    m_server->grpc.stop();
    WAIT(session->state() != core::nacos::SessionState::Live);
    m_server->http.forget();
    m_server->grpc.resume();
    WAIT(back.count() == 1);
    WAIT(!m_server->http.seen(listener).isEmpty());
    m_server->listeners = {{u"10.0.0.7"_s, QCryptographicHash::hash("content of it", QCryptographicHash::Md5).toHex()}};
    WAIT(says->text() == "1 of 1 have it"_L1);
    WAIT(m_scene->cell(Table, row(u"b"_s), u"listeners"_s) == "1"_L1);
}

void TstConfigFaults::madeBetweenListAndWatch_isListed()
{
    using namespace core::nacos::wire;
    m_server->grpc.on(ConfigFuzzyWatchRequest::typeName,
                      [](const Message &) { return tests::RpcAnswer(makeMessage(ConfigFuzzyWatchResponse())); });
    QVERIFY(list());
    WAIT(!m_server->grpc.seen(ConfigFuzzyWatchRequest::typeName).isEmpty());
    QCOMPARE(m_scene->table(Table)->records()->rowCount(), 3);
    // Listed already, watched not yet: the watch only tells that it was there when it began.
    m_server->put(u"late"_s, "content of it");
    using Sync = ConfigFuzzyWatchSyncRequest;
    m_server->grpc.push(
        makeMessage(Sync{u"1"_s, QString::fromLatin1(Sync::Init), u"public>>*>>*"_s, {{u"late+G+public"_s, u"ADD_CONFIG"_s}}, 1, 1}));
    m_server->grpc.push(makeMessage(Sync{u"2"_s, QString::fromLatin1(Sync::InitFinished), u"public>>*>>*"_s, {}, 1, 1}));
    WAIT(m_scene->table(Table)->records()->rowOf(row(u"late"_s)) >= 0);
}

/// One went and one came: as many as before, and not the same.
void TstConfigFaults::deletedBetweenListAndWatch_isGone()
{
    using namespace core::nacos::wire;
    m_server->grpc.on(ConfigFuzzyWatchRequest::typeName,
                      [](const Message &) { return tests::RpcAnswer(makeMessage(ConfigFuzzyWatchResponse())); });
    QVERIFY(list());
    WAIT(!m_server->grpc.seen(ConfigFuzzyWatchRequest::typeName).isEmpty());
    m_server->remove(u"a"_s);
    m_server->put(u"late"_s, "content of it");
    using Sync = ConfigFuzzyWatchSyncRequest;
    QList<Sync::Item> items;
    for (const QString &name : {u"b"_s, u"c"_s, u"late"_s})
        items.append({name + u"+G+public"_s, u"ADD_CONFIG"_s});
    m_server->grpc.push(makeMessage(Sync{u"1"_s, QString::fromLatin1(Sync::Init), u"public>>*>>*"_s, items, 1, 1}));
    m_server->grpc.push(makeMessage(Sync{u"2"_s, QString::fromLatin1(Sync::InitFinished), u"public>>*>>*"_s, {}, 1, 1}));
    WAIT(m_scene->table(Table)->records()->rowOf(row(u"a"_s)) < 0);
    WAIT(m_scene->table(Table)->records()->rowOf(row(u"late"_s)) >= 0);
    QCOMPARE(m_scene->table(Table)->records()->rowCount(), 3);
}

/// The server does not follow a namespace with so much in it: its rows are listened to, those out of view as well.
void TstConfigFaults::tooManyToWatch_everyRowIsFollowed()
{
    using namespace core::nacos::wire;
    ConfigFuzzyWatchResponse refused;
    refused.head = ResponseHead::failure(code::FuzzyTooManyMatches, u"too many"_s);
    m_server->grpc.on(ConfigFuzzyWatchRequest::typeName, [refused](const Message &) { return tests::RpcAnswer(makeMessage(refused)); });
    for (int i = 100; i < 400; ++i)
        m_server->put(u"z%1"_s.arg(i), "content of it");
    QVERIFY(list());
    WAIT(windowSays(u"new configurations within two minutes"_s));
    const QString last = u"z399"_s, gone = u"z398"_s;
    const auto listens = [this] {
        const auto seen = m_server->grpc.seen(ConfigBatchListenRequest::typeName);
        return std::any_of(seen.begin(), seen.end(), [](const Message &message) { return message.body.contains("z399"); });
    };
    WAIT(listens());
    m_server->put(last, "x");
    WAIT(m_scene->cell(Table, row(last), u"size"_s) == "1 B"_L1);
    m_server->remove(gone);
    WAIT(m_scene->table(Table)->records()->rowOf(row(gone)) < 0);
    QVERIFY(!windowSays(u"cannot"_s));
}

void TstConfigFaults::listThatDoesNotFit_saysSo_andRemovesNothing()
{
    QVERIFY(list());
    const auto rows = [this] { return m_scene->table(Table)->records()->rowCount(); };
    QCOMPARE(rows(), 3);
    m_server->listing = tests::HttpAnswer::json(
        R"({"code":0,"message":"success","data":{"totalCount":3,"pageItems":[{"dataId":"a","groupName":"G","type":"text"}]}})");
    m_scene->console.workbench().currentPage()->refresh();
    WAIT(windowSays(u"Not complete"_s));
    QCOMPARE(rows(), 3);
    m_server->listing.reset();
    m_scene->console.workbench().currentPage()->refresh();
    WAIT(!windowSays(u"Not complete"_s));
    QCOMPARE(rows(), 3);
}

void TstConfigFaults::compare_thatCannotRead_saysSo()
{
    m_server->reading = FakeRegistry::broken();
    ui::workbench::PageRequest request;
    request.kind = u"compare"_s;
    request.subject = {m_slug, u"public"_s};
    request.parameters = {{u"left"_s, m_server->key(u"a"_s).address(m_slug)->toString()},
                          {u"right"_s, m_server->key(u"b"_s).address(m_slug)->toString()}};
    QVERIFY(m_scene->console.workbench().openPage(request, ui::workbench::Workbench::Where::NewTab));
    WAIT(m_scene->console.currentKind() == "compare"_L1 && state() == StatePage::State::Error);
    m_server->reading.reset();
    m_scene->console.workbench().currentPage()->refresh();
    WAIT(state() == StatePage::State::Content);
}

void TstConfigFaults::search_thatCannotBeAsked_isAnErrorWithRetry()
{
    QVERIFY(list());
    m_server->listing = FakeRegistry::refused();
    m_scene->page(u"search"_s);
    auto *query = m_scene->console.find<QLineEdit>(u"searchQuery"_s);
    QTest::keyClicks(query, u"nowhere before"_s);
    QTest::keyClick(query, Qt::Key_Return);
    WAIT(state() == StatePage::State::Error);
    // Nothing is said to be nowhere that was not looked for.
    const auto labels = m_scene->console.workbench().currentPage()->findChildren<QLabel *>();
    for (const QLabel *label : labels)
        QVERIFY(!label->isVisible() || !label->text().contains("stands nowhere"_L1));
    m_server->listing.reset();
    m_server->put(u"d"_s, "it was nowhere before\n");
    auto *retry = m_scene->console.find<QAbstractButton>(u"statePageAction"_s);
    QVERIFY(retry);
    retry->click();
    WAIT(state() == StatePage::State::Content);
    WAIT(m_scene->console.find<ui::config::SearchView>(u"searchResults"_s)->model()->rowCount() == 2); // the config, and one place in it
}

void TstConfigFaults::search_whatCannotBeRead_isNotNowhere()
{
    QVERIFY(list());
    m_scene->page(u"search"_s);
    m_server->reading = FakeRegistry::refused();
    m_server->grpc.on(core::nacos::wire::ConfigQueryRequest::typeName,
                      [](const core::nacos::wire::Message &) { return tests::RpcAnswer::Fault::Drop; });
    auto *query = m_scene->console.find<QLineEdit>(u"searchQuery"_s);
    QTest::keyClicks(query, u"zebra"_s);
    QTest::keyClick(query, Qt::Key_Return);
    const auto says = [this](const QString &text) {
        const auto labels = m_scene->console.workbench().currentPage()->findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(),
                           [&](const QLabel *label) { return label->isVisible() && label->text().contains(text); });
    };
    WAIT(says(u"could not be read"_s));
    QVERIFY(!says(u"stands nowhere"_s));
}

void TstConfigFaults::search_fillingCanBePaused()
{
    using Filler = core::nacos::MirrorFiller;
    const QString listed = u"/nacos/v3/admin/cs/config/list"_s;
    m_server->listing = tests::HttpAnswer();
    m_server->listing->fault = tests::HttpAnswer::Fault::Hang;
    ui::workbench::PageRequest request;
    request.kind = u"search"_s;
    request.subject = {m_slug, u"public"_s};
    QVERIFY(m_scene->console.workbench().openPage(request));
    const auto status = [this] { return m_scene->console.services().filler.status(m_slug); };
    const auto button = [this] { return m_scene->console.find<QAbstractButton>(u"searchFillingButton"_s); };
    WAIT(button() && !m_server->http.seen(listed).isEmpty());
    QCOMPARE(button()->text(), u"Pause"_s);
    QTest::mouseClick(button(), Qt::LeftButton);
    QCOMPARE(button()->text(), u"Continue"_s);
    QVERIFY(m_scene->console.find<QLabel>(u"searchFilling"_s)->text().contains("paused"_L1));
    // What is listed meanwhile is not read.
    m_server->listing.reset();
    m_server->http.closeAll();
    WAIT(status().total == 3);
    QCOMPARE(status().state, Filler::State::Paused);
    QCOMPARE(status().done, 0);
    const auto reads = [this] { return m_server->reads() + m_server->grpc.seen(core::nacos::wire::ConfigQueryRequest::typeName).size(); };
    QCOMPARE(reads(), 0);
    QTest::mouseClick(button(), Qt::LeftButton);
    WAIT(status().state == Filler::State::Complete);
    QCOMPARE(reads(), 3);
    WAIT(!button());
}

void TstConfigFaults::deleting_whatCannotBeRead_isSaid()
{
    auto *page = list();
    QVERIFY(page);
    m_server->reading = FakeRegistry::broken();
    ui::config::deleteConfigs(m_scene->console.workbench(), page, m_slug, {m_server->key(u"a"_s), m_server->key(u"b"_s)});
    WAIT(windowSays(u"Cannot read what is to be deleted"_s));
    QVERIFY(!m_scene->console.widget(u"planDialog"_s));
    QCOMPARE(m_server->content(u"a"_s), "content of it"_ba);
}

void TstConfigFaults::deleting_noticeGoesWhenTheReadingEnds()
{
    auto *page = list();
    QVERIFY(page);
    // The first is read slowly enough to be told of, the second never.
    m_server->http.on("GET", u"/nacos/v3/admin/cs/config"_s, [this](const tests::HttpSeen &seen) {
        const bool first = seen.query(u"dataId"_s) == "a"_L1;
        tests::HttpAnswer answer = m_server->detail(seen);
        answer.delay = std::chrono::milliseconds(500);
        if (!first)
            answer.fault = tests::HttpAnswer::Fault::Hang;
        return answer;
    });
    auto context = std::make_unique<QObject>();
    ui::config::deleteConfigs(m_scene->console.workbench(), context.get(), m_slug, {m_server->key(u"a"_s), m_server->key(u"b"_s)});
    const auto reading = [this] {
        const auto bars = m_scene->console.window().findChildren<ui::MessageBar *>();
        return std::any_of(bars.begin(), bars.end(), [](const ui::MessageBar *bar) {
            const auto messages = bar->messages();
            return std::any_of(messages.begin(), messages.end(),
                               [](const ui::Message &message) { return message.text.contains("Reading what is to be deleted"_L1); });
        });
    };
    WAIT(reading());
    context.reset(); // as closing the tab does
    WAIT(!reading());
    QVERIFY(!m_scene->console.widget(u"planDialog"_s));
    m_server->http.closeAll();
}

void TstConfigFaults::rowThatCouldNotBeRead_isReadLater()
{
    m_server->reading = FakeRegistry::broken();
    QVERIFY(list());
    WAIT(m_server->reads() >= 3);
    QVERIFY(m_scene->cell(Table, row(u"a"_s), u"size"_s) != "13 B"_L1);
    m_server->reading.reset();
    WAIT(m_scene->cell(Table, row(u"a"_s), u"size"_s) == "13 B"_L1);
}

void TstConfigFaults::deleting_overAClosedConnection_opensIt()
{
    auto *page = list();
    QVERIFY(page);
    m_scene->console.services().registries.close(m_slug);
    ui::config::deleteConfigs(m_scene->console.workbench(), page, m_slug, {m_server->key(u"a"_s), m_server->key(u"gone"_s)});
    QVERIFY(m_scene->apply());
    QVERIFY(m_server->content(u"a"_s).isNull());
    QVERIFY(!m_server->content(u"b"_s).isNull());
    // A connection nobody knows is said, too.
    ui::config::deleteConfigs(m_scene->console.workbench(), page, u"nobody"_s, {m_server->key(u"b"_s)});
    WAIT(windowSays(u"Cannot read what is to be deleted"_s));
}

void TstConfigFaults::nul_isShownButNotEdited()
{
    const QByteArray content("a\0b", 3);
    m_server->put(u"a"_s, content);
    m_scene->console.workbench().openAddress(*m_server->key(u"a"_s).address(m_slug));
    WAIT(m_scene->editor() && m_scene->editor()->document()->state() == ui::config::ConfigDocument::State::Ready);
    QCOMPARE(m_scene->editor()->editor()->content(), content);
    QVERIFY(!m_scene->editor()->isEditable());
    QVERIFY(!m_scene->editor()->publishBlocker().isEmpty());
    QCOMPARE(m_scene->editor()->editor()->access(), ui::CodeEditor::Access::ReadOnly);
}

void TstConfigFaults::models_keepTheirRules()
{
    QVERIFY(list());
    std::vector<std::unique_ptr<QAbstractItemModelTester>> testers;
    const auto watch = [&](const QString &table) {
        auto *view = m_scene->table(table);
        QVERIFY2(view, qPrintable(table));
        testers.push_back(
            std::make_unique<QAbstractItemModelTester>(view->model(), QAbstractItemModelTester::FailureReportingMode::QtTest));
        testers.push_back(std::make_unique<QAbstractItemModelTester>(const_cast<ui::RecordModelBase *>(view->records()),
                                                                     QAbstractItemModelTester::FailureReportingMode::QtTest));
    };
    watch(Table);
    m_server->put(u"a"_s, "changed");
    WAIT(m_scene->cell(Table, row(u"a"_s), u"size"_s) == "7 B"_L1);
    m_server->put(u"d"_s, "new");
    m_server->grpc.remove(u"public"_s, u"G"_s, u"b"_s);
    m_scene->console.workbench().currentPage()->refresh();
    WAIT(m_scene->table(Table)->records()->rowOf(row(u"d"_s)) >= 0 && m_scene->table(Table)->records()->rowOf(row(u"b"_s)) < 0);
    for (const QString &kind : {u"namespaces"_s, u"drafts"_s, u"search"_s, u"listened"_s}) {
        m_scene->page(kind);
        WAIT(m_scene->console.currentKind() == kind);
        const QString table = kind == "search"_L1 ? u"searchResults"_s : kind + u"Table"_s;
        auto *view = m_scene->console.workbench().currentPage()->findChild<QAbstractItemView *>(table);
        QVERIFY2(view, qPrintable(table));
        testers.push_back(
            std::make_unique<QAbstractItemModelTester>(view->model(), QAbstractItemModelTester::FailureReportingMode::QtTest));
        m_scene->console.workbench().currentPage()->refresh();
        QCoreApplication::processEvents();
    }
    m_scene->console.workbench().openAddress(*m_server->key(u"a"_s).address(m_slug));
    WAIT(m_scene->editor() && m_scene->editor()->document()->state() == ui::config::ConfigDocument::State::Ready);
    for (const QString &table : {u"historyTable"_s, u"listenersTable"_s}) {
        auto *view = m_scene->editor()->findChild<ui::TableView *>(table);
        QVERIFY2(view, qPrintable(table));
        testers.push_back(
            std::make_unique<QAbstractItemModelTester>(view->model(), QAbstractItemModelTester::FailureReportingMode::QtTest));
    }
    m_scene->editor()->refresh();
    const auto reads = m_server->reads();
    m_server->put(u"a"_s, "again");
    WAIT(m_server->reads() > reads);
    testers.clear();
}

SIGNALBOX_TEST(TstConfigFaults)
#include "tst_configfaults.moc"
