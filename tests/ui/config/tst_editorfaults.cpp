// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/registry.h"
#include "core/nacos/wire/configmessages.h"
#include "core/profiles/profilestore.h"
#include "tests/support/testmain.h"
#include "tests/ui/config/editortest.h"
#include "ui/common/actionregistry.h"
#include "ui/common/codeeditor.h"
#include "ui/common/mergeview.h"
#include "ui/common/messagebar.h"
#include "ui/config/attributespanel.h"
#include "ui/config/configdocument.h"

#include <QCryptographicHash>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using tests::FakeRegistry;
using ui::config::ConfigDocument;
using ui::config::EditorPage;

/// The editor over a server that fails, lags, refuses: nothing typed is lost, nothing stale is taken for live.
class TstEditorFaults : public tests::EditorTest {
    Q_OBJECT
private Q_SLOTS:
    void changeThatCannotBeRead_isSaid_andTriedAgain();
    void conflictThatCannotBeRead_doesNotOpenTheMergeMuchLater();
    void connectionRemoved_underASheetInConflict();
    void changeUnderAnOpenSheet_leadsToTheMerge();
    void refusedWatch_isNotLive();
    void publishedButUnreadable_isNotSwallowed();
    void typedWhilePublishing_staysModified();
    void serverThatLags_isNotTakenForSomebodyElse();
    void partialRead_isNotTakenForRemoved();
    void partialRead_ofAnUntouchedEditor_keepsWhatIsKnown();
    void connectionClosedAndOpened_isPickedUp();
    void openedWhileTheServerIsAway_catchesUp();
    void justTypedErrors_areOnThePublishSheet();
    void oneChange_isReadOnce();
    void readThatLags_isReadAgain();
    void thirdChange_underAnOpenMerge_isNotOverwritten();
    void learnedWhileTyping_attributesStay();

private:
    /// The right to read details is taken away: content and type, nothing else.
    void tellOnlyWhatSdksRead(const QByteArray &content)
    {
        m_server->reading = FakeRegistry::refused();
        m_server->grpc.on(core::nacos::wire::ConfigQueryRequest::typeName, [content](const core::nacos::wire::Message &) {
            core::nacos::wire::ConfigQueryResponse response;
            response.content = content;
            response.contentType = u"yaml"_s;
            response.md5 = QCryptographicHash::hash(content, QCryptographicHash::Md5).toHex();
            return tests::RpcAnswer(core::nacos::wire::makeMessage(response));
        });
    }
};

void TstEditorFaults::changeThatCannotBeRead_isSaid_andTriedAgain()
{
    EditorPage *page = openLive();
    QVERIFY(page);
    m_server->reading = FakeRegistry::broken();
    m_server->put(Name, "a: 2\n");
    WAIT(says(page, u"unread"_s));
    QVERIFY(page->document()->liveError());
    QCOMPARE(page->editor()->content(), "a: 1\n"_ba);
    m_server->reading.reset();
    act(page, u"unread"_s, u"Try again"_s);
    WAIT(page->editor()->content() == "a: 2\n");
    QVERIFY(!says(page, u"unread"_s));
    QVERIFY(!page->isModified());
}

void TstEditorFaults::conflictThatCannotBeRead_doesNotOpenTheMergeMuchLater()
{
    EditorPage *page = openLive();
    QVERIFY(page);
    type(page, u"# mine\n"_s);
    m_scene->trigger(u"editor.publish"_s);
    WAIT(m_scene->planIsReady());
    // Somebody is faster; the push is still on its way when the button is pressed, and then nothing can be read.
    m_server->reading = FakeRegistry::broken();
    m_server->put(Name, "theirs: 1\n");
    QTest::mouseClick(m_scene->console.find<QPushButton>(u"planApply"_s), Qt::LeftButton);
    WAIT(says(page, u"unread"_s));
    WAIT(planIsClosed());
    m_server->reading.reset();
    act(page, u"unread"_s, u"Try again"_s);
    WAIT(page->document()->newer().has_value());
    QVERIFY(says(page, u"server"_s));
    QVERIFY(!m_scene->console.widget(u"configMerge"_s));
    QVERIFY(page->editor()->content().startsWith("# mine\n"));
}

void TstEditorFaults::connectionRemoved_underASheetInConflict()
{
    QPointer<EditorPage> page = openLive();
    QVERIFY(page);
    type(page, u"# mine\n"_s);
    m_scene->trigger(u"editor.publish"_s);
    WAIT(m_scene->planIsReady());
    // Somebody was faster, and the sheet does not learn of it before the button is pressed.
    m_server->grpc.on(core::nacos::wire::ConfigPublishRequest::typeName, [](const core::nacos::wire::Message &) {
        core::nacos::wire::ConfigPublishResponse refused;
        refused.head = core::nacos::wire::ResponseHead::failure(500, u"Cas publish fail,server md5 may have changed."_s);
        return tests::RpcAnswer(core::nacos::wire::makeMessage(refused));
    });
    QTest::mouseClick(m_scene->console.find<QPushButton>(u"planApply"_s), Qt::LeftButton);
    auto *bar = m_scene->console.widget(u"planDialog"_s)->findChild<ui::MessageBar *>();
    WAIT(bar->current().id == u"outcome"_s && !bar->current().actions.isEmpty());
    const ui::Message conflict = bar->current();
    QCOMPARE(conflict.actions.size(), 1);
    QVERIFY(tests::await(m_scene->console.services().profiles.remove(m_slug), std::chrono::milliseconds(tests::Patience)).has_value());
    WAIT(!page);
    // The sheet stays and says what happened; what was clicked a moment too late is nothing.
    WAIT(bar->current().actions.isEmpty());
    QCOMPARE(bar->current().text, conflict.text);
    conflict.actions.first().run();
    WAIT(!m_scene->console.widget(u"planDialog"_s));
}

void TstEditorFaults::changeUnderAnOpenSheet_leadsToTheMerge()
{
    EditorPage *page = openLive();
    QVERIFY(page);
    type(page, u"# mine\n"_s);
    m_scene->trigger(u"editor.publish"_s);
    WAIT(m_scene->planIsReady());
    m_server->put(Name, "a: 1\ntheirs: 1\n");
    auto *bar = m_scene->console.widget(u"planDialog"_s)->findChild<ui::MessageBar *>();
    WAIT(bar->current().id == u"meanwhile"_s);
    QVERIFY(!m_scene->console.find<QPushButton>(u"planApply"_s)->isEnabled());
    QCOMPARE(bar->current().actions.size(), 1);
    bar->current().actions.first().run();
    WAIT(m_scene->console.widget(u"configMerge"_s));
    WAIT(!m_scene->console.widget(u"planDialog"_s));
    QCOMPARE(m_server->content(Name), "a: 1\ntheirs: 1\n"_ba);
}

void TstEditorFaults::refusedWatch_isNotLive()
{
    using namespace core::nacos;
    m_server->grpc.on(wire::ConfigBatchListenRequest::typeName, [](const wire::Message &) {
        wire::ConfigChangeBatchListenResponse refused;
        refused.head = wire::ResponseHead::failure(403, u"authorization failed"_s);
        return tests::RpcAnswer(wire::makeMessage(refused));
    });
    EditorPage *page = open();
    QVERIFY(page);
    WAIT(says(page, u"live"_s));
    QVERIFY(page->document()->watchError());
    // What changed in between is seen as soon as it is tried again.
    m_server->put(Name, "a: 2\n");
    m_server->grpc.builtIn(wire::ConfigBatchListenRequest::typeName);
    act(page, u"live"_s, u"Try again"_s);
    WAIT(page->editor()->content() == "a: 2\n");
    WAIT(!says(page, u"live"_s));
    m_server->put(Name, "a: 3\n");
    WAIT(page->editor()->content() == "a: 3\n");
}

void TstEditorFaults::publishedButUnreadable_isNotSwallowed()
{
    EditorPage *page = openLive();
    QVERIFY(page);
    type(page, u"# mine\n"_s);
    m_scene->trigger(u"editor.publish"_s);
    WAIT(m_scene->planIsReady());
    // From the moment it is written nothing can be read.
    bool written = false;
    m_server->http.on("GET", u"/nacos/v3/admin/cs/config"_s, [this, &written](const tests::HttpSeen &seen) {
        written = written || m_server->content(Name) == "# mine\na: 1\n";
        return written ? FakeRegistry::broken() : m_server->detail(seen);
    });
    QTest::mouseClick(m_scene->console.find<QPushButton>(u"planApply"_s), Qt::LeftButton);
    WAIT(m_server->content(Name) == "# mine\na: 1\n");
    WAIT(says(page, u"unread"_s));
    WAIT(planIsClosed());
    written = false;
    m_server->http.on("GET", u"/nacos/v3/admin/cs/config"_s, [this](const tests::HttpSeen &seen) { return m_server->detail(seen); });
    act(page, u"unread"_s, u"Try again"_s);
    WAIT(!page->isModified());
    QVERIFY(!page->document()->newer());
    QCOMPARE(page->editor()->content(), "# mine\na: 1\n"_ba);
}

void TstEditorFaults::typedWhilePublishing_staysModified()
{
    EditorPage *page = openLive();
    QVERIFY(page);
    type(page, u"# mine\n"_s);
    m_scene->trigger(u"editor.publish"_s);
    WAIT(m_scene->planIsReady());
    page->editor()->insertText(u"# later\n"_s);
    QVERIFY(m_scene->apply());
    QCOMPARE(m_server->content(Name), "# mine\na: 1\n"_ba);
    WAIT(page->document()->base() && page->document()->base()->content == "# mine\na: 1\n");
    QVERIFY(page->isModified());
    QVERIFY(page->editor()->isModified());
    QCOMPARE(page->editor()->content(), "# mine\n# later\na: 1\n"_ba);
    WAIT(page->document()->draftSavedAt().isValid());
}

void TstEditorFaults::serverThatLags_isNotTakenForSomebodyElse()
{
    EditorPage *page = openLive();
    QVERIFY(page);
    type(page, u"# mine\n"_s);
    // Reads answer what was there before.
    m_server->lagging.insert(Name, "a: 1\n");
    m_scene->trigger(u"editor.publish"_s);
    QVERIFY(m_scene->apply());
    QCOMPARE(m_server->content(Name), "# mine\na: 1\n"_ba);
    WAIT(!page->isModified());
    const auto before = m_server->reads();
    WAIT(m_server->reads() > before); // it is asked again
    QVERIFY(!page->document()->newer());
    QCOMPARE(page->editor()->content(), "# mine\na: 1\n"_ba);
    m_server->lagging.clear();
    const auto caughtUp = m_server->reads();
    WAIT(m_server->reads() > caughtUp);
    QCOMPARE(page->editor()->content(), "# mine\na: 1\n"_ba);
    QVERIFY(!page->isModified());
    QVERIFY(!says(page, u"server"_s));
}

/// The right to read details is taken away: what SDKs read says nothing of app and description.
void TstEditorFaults::partialRead_isNotTakenForRemoved()
{
    EditorPage *page = openLive();
    QVERIFY(page);
    type(page, u"# mine\n"_s);
    tellOnlyWhatSdksRead("a: 1\n");
    const auto before = m_server->reads();
    page->document()->checkLive();
    WAIT(m_server->reads() > before);
    WAIT(page->document()->base() && !page->document()->base()->complete);
    QVERIFY(!page->document()->newer());
    QCOMPARE(page->document()->attributes().description, u"what it is"_s);
    QVERIFY(page->editor()->content().startsWith("# mine\n"));
}

void TstEditorFaults::partialRead_ofAnUntouchedEditor_keepsWhatIsKnown()
{
    EditorPage *page = openLive();
    QVERIFY(page);
    tellOnlyWhatSdksRead("a: 2\n");
    page->document()->checkLive();
    // What the server has now is followed; what it did not tell is not gone.
    WAIT(page->editor()->content() == "a: 2\n");
    WAIT(page->document()->base() && !page->document()->base()->complete);
    QCOMPARE(page->document()->attributes().description, u"what it is"_s);
    QCOMPARE(page->document()->attributes().app, u"shop"_s);
    QVERIFY(!page->isModified());
    QVERIFY(!page->document()->newer());
    QVERIFY(!page->publishBlocker().isEmpty());
}

void TstEditorFaults::connectionClosedAndOpened_isPickedUp()
{
    EditorPage *page = openLive();
    QVERIFY(page);
    auto &registries = m_scene->console.services().registries;
    registries.close(m_slug);
    WAIT(says(page, u"live"_s));
    QVERIFY(!page->document()->registry());
    // Nobody is there to be asked; typing goes on.
    page->refresh();
    WAIT(page->document()->registry());
    registries.close(m_slug);
    type(page, u"# mine\n"_s);
    m_server->put(Name, "theirs: 1\n");
    // Somebody opens it again, elsewhere in the window.
    QVERIFY(m_scene->console.workbench().registry(m_slug));
    WAIT(page->document()->newer().has_value());
    QVERIFY(page->editor()->content().startsWith("# mine\n"));
    WAIT(!says(page, u"live"_s));
    // And it is watched.
    page->discardDraft();
    QCOMPARE(page->editor()->content(), "theirs: 1\n"_ba);
    m_server->put(Name, "theirs: 2\n");
    WAIT(page->editor()->content() == "theirs: 2\n");
}

void TstEditorFaults::openedWhileTheServerIsAway_catchesUp()
{
    QVERIFY(openLive());
    m_scene->console.window().close();
    m_server->http.stop();
    m_server->console.stop();
    m_server->grpc.stop();
    m_scene->console.restart();
    EditorPage *page = open();
    QVERIFY(page);
    QVERIFY(page->document()->mirrorTime().isValid());
    WAIT(says(page, u"mirror"_s));
    m_server->put(Name, "a: 2\n");
    m_server->http.resume();
    m_server->console.resume();
    m_server->grpc.resume();
    QTRY_VERIFY_WITH_TIMEOUT(page->editor()->content() == "a: 2\n", 3 * tests::Patience);
    QVERIFY(!says(page, u"mirror"_s));
}

void TstEditorFaults::justTypedErrors_areOnThePublishSheet()
{
    EditorPage *page = openLive();
    QVERIFY(page);
    page->editor()->insertText(u"b: [1\n"_s);
    page->publish(); // before the idle check
    WAIT(m_scene->planIsReady());
    const auto labels = m_scene->console.find<QDialog>(u"planDialog"_s)->findChildren<QLabel *>();
    QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel *label) { return label->text().startsWith("The text has "_L1); }));
}

void TstEditorFaults::readThatLags_isReadAgain()
{
    EditorPage *page = openLive();
    m_server->lagging.insert(Name, m_server->content(Name));
    m_server->put(Name, "a: 2\n");
    WAIT(page->document()->liveError() && says(page, u"unread"_s)); // it does not catch up: that is said
    m_server->lagging.clear();
    WAIT(page->editor()->content() == "a: 2\n" && !page->document()->liveError());
}

void TstEditorFaults::oneChange_isReadOnce()
{
    EditorPage *page = openLive();
    QVERIFY(page);
    const auto before = m_server->reads();
    m_server->put(Name, "a: 2\n");
    WAIT(page->editor()->content() == "a: 2\n");
    m_server->put(Name, "a: 3\n");
    WAIT(page->editor()->content() == "a: 3\n");
    QCOMPARE(m_server->reads(), before + 2);
}

void TstEditorFaults::thirdChange_underAnOpenMerge_isNotOverwritten()
{
    m_server->put(Name, "a: 1\nb: 1\nc: 1\nd: 1\n");
    EditorPage *page = openLive();
    QVERIFY(page);
    type(page, u"# mine\n"_s);
    const QByteArray second = "a: 1\nb: 1\nc: 1\nd: 2\n", third = "a: 1\nb: 1\nc: 1\nd: 3\n";
    m_server->put(Name, second);
    WAIT(page->document()->newer().has_value());
    page->publish(); // meets it in the merge
    auto *use = m_scene->console.find<QPushButton>(u"mergeUseButton"_s);
    QVERIFY(use && use->isEnabled());
    m_server->put(Name, third);
    WAIT(page->document()->newer().has_value() && (*page->document()->newer())->content == third);
    QTest::mouseClick(use, Qt::LeftButton);
    QCOMPARE(page->document()->base()->content, second);
    QCOMPARE(page->editor()->content(), "# mine\n" + second);
    // It is news again, and nothing goes out before it is settled.
    WAIT(page->document()->newer().has_value());
    QCOMPARE((*page->document()->newer())->content, third);
    QVERIFY(says(page, u"server"_s));
    page->publish();
    QVERIFY(!m_scene->console.widget(u"planDialog"_s));
    QCOMPARE(m_server->content(Name), third);
}

/// What was read completes what was not told before, while somebody types.
void TstEditorFaults::learnedWhileTyping_attributesStay()
{
    m_server->reading = FakeRegistry::refused();
    m_server->grpc.on(core::nacos::wire::ConfigQueryRequest::typeName, [](const core::nacos::wire::Message &) {
        core::nacos::wire::ConfigQueryResponse response;
        response.content = "a: 1\n";
        response.contentType = u"yaml"_s;
        response.md5 = QCryptographicHash::hash("a: 1\n", QCryptographicHash::Md5).toHex();
        return tests::RpcAnswer(core::nacos::wire::makeMessage(response));
    });
    EditorPage *page = openLive();
    QVERIFY(page);
    QVERIFY(!page->document()->base()->complete);
    bool typed = false;
    m_server->http.on("GET", u"/nacos/v3/admin/cs/config"_s, [&](const tests::HttpSeen &seen) {
        if (!std::exchange(typed, true))
            page->editor()->insertText(u"# mine\n"_s); // the answer is there before the pause that ends an edit
        return m_server->detail(seen);
    });
    QSignalSpy caughtUp(page->document(), &ConfigDocument::caughtUp);
    page->document()->checkLive();
    WAIT(caughtUp.count() > 0 && page->isModified());
    QVERIFY(typed && page->document()->base()->complete);
    QCOMPARE(page->document()->attributes().description, u"what it is"_s);
    QCOMPARE(page->document()->attributes().app, u"shop"_s);
    QCOMPARE(page->findChild<QLineEdit *>(u"configDescription"_s)->text(), u"what it is"_s);
    QCOMPARE(page->editor()->content(), "# mine\na: 1\n"_ba);
    m_server->http.on("GET", u"/nacos/v3/admin/cs/config"_s, [this](const tests::HttpSeen &seen) { return m_server->detail(seen); });
}

SIGNALBOX_TEST(TstEditorFaults)
#include "tst_editorfaults.moc"
