// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/registry.h"
#include "core/nacos/session/rpcconnection.h"
#include "tests/support/testmain.h"
#include "tests/ui/config/editortest.h"
#include "ui/common/codeeditor.h"
#include "ui/common/mergeview.h"
#include "ui/common/messagebar.h"
#include "ui/config/configdocument.h"

#include <QAbstractButton>
#include <QCryptographicHash>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>

using namespace Qt::StringLiterals;
using ui::config::ConfigDocument;
using ui::config::EditorPage;

namespace {

QByteArray md5(const QByteArray &content)
{
    return QCryptographicHash::hash(content, QCryptographicHash::Md5).toHex();
}

} // namespace

/// Who listens, as the editor says it while clients come and go; and what all editors share.
class TstEditorClients : public tests::EditorTest {
    Q_OBJECT
private Q_SLOTS:
    void reconnected_listenersAreReadAgain();
    void publishSheet_countsListenersAnew();
    void publishSheet_showsErrorsOfTheText();
    void applicationAtOurAddress_isNotCountedByOurWatch();
    void headOfADraft_saysWhichTextTheMd5IsOf();
    void arrivalOfAFormerVersion_isNotFollowed();
    void textSize_isThatOfAllEditorsAndKept();
};

void TstEditorClients::reconnected_listenersAreReadAgain()
{
    QVERIFY(open());
    const QString listener = u"/nacos/v3/admin/cs/config/listener"_s;
    WAIT(m_scene->console.find<QAbstractButton>(u"listenersLink"_s));
    WAIT(m_scene->console.find<QAbstractButton>(u"listenersLink"_s)->text() == "nobody listens"_L1);
    auto *session = &m_scene->console.services().registries.find(m_slug)->session();
    QSignalSpy back(session, &core::nacos::Session::resynced);
    m_server->grpc.stop();
    WAIT(session->state() != core::nacos::SessionState::Live);
    m_server->http.forget();
    m_server->grpc.resume();
    WAIT(back.count() == 1);
    WAIT(!m_server->http.seen(listener).isEmpty());
    m_server->listeners = {{u"10.0.0.7"_s, "0"}};
    WAIT(m_scene->console.find<QAbstractButton>(u"listenersLink"_s)->text() == "1 listener"_L1);
}

void TstEditorClients::publishSheet_countsListenersAnew()
{
    EditorPage *page = open();
    QVERIFY(page);
    WAIT(m_scene->console.find<QAbstractButton>(u"listenersLink"_s));
    WAIT(m_scene->console.find<QAbstractButton>(u"listenersLink"_s)->text() == "nobody listens"_L1);
    m_server->listeners = {{u"10.0.0.7"_s, "0"}, {u"10.0.0.8"_s, "0"}};
    page->editor()->insertText(u"# typed\n"_s);
    page->publish();
    WAIT(m_scene->planIsReady());
    const auto labels = m_scene->console.widget(u"planDialog"_s)->findChildren<QLabel *>();
    const auto says = [&labels](const QString &text) {
        return std::any_of(labels.begin(), labels.end(), [&](const QLabel *label) { return label->text().contains(text); });
    };
    QVERIFY(says(u"2 listeners"_s));
    QVERIFY(!says(u"Nobody"_s));
    m_scene->console.find<QPushButton>(u"planCancel"_s)->click();
    WAIT(!m_scene->console.widget(u"planDialog"_s));
    // A server that does not answer that question keeps nobody from publishing.
    m_server->http.on("GET", u"/nacos/v3/admin/cs/config/listener"_s, tests::HttpAnswer{.fault = tests::HttpAnswer::Fault::Hang});
    page->publish();
    WAIT(m_scene->planIsReady());
    m_scene->console.find<QPushButton>(u"planCancel"_s)->click();
}

/// Servers tell addresses: what this console has taken over is no news of an application beside it.
void TstEditorClients::applicationAtOurAddress_isNotCountedByOurWatch()
{
    const QString here = QString::fromLatin1(core::nacos::ownAddress());
    const auto connection = [&here](const QString &version, const QString &app) {
        return QJsonObject{{u"metaInfo"_s, QJsonObject{{u"clientIp"_s, here}, {u"version"_s, version}, {u"appName"_s, app}}}};
    };
    m_server->http.on(
        "GET", u"/nacos/v3/admin/core/loader/current"_s,
        tests::HttpAnswer::json(QJsonDocument(QJsonObject{{u"code"_s, 0},
                                                          {u"message"_s, u"success"_s},
                                                          {u"data"_s,
                                                           QJsonObject{{u"1"_s, connection(u"Nacos-Signalbox-Client:v1"_s, u"signalbox"_s)},
                                                                       {u"2"_s, connection(u"Nacos-Python-Client:v3.2.0"_s, u"shop"_s)}}}})
                                    .toJson()));
    m_server->listeners = {{here, md5("a: 1\n")}};
    EditorPage *page = open();
    QVERIFY(page);
    WAIT(m_scene->console.find<QAbstractButton>(u"listenersLink"_s));
    WAIT([&] {
        page->showPanel(EditorPage::Panel::Listeners);
        page->refresh();
        return m_scene->console.find<QAbstractButton>(u"listenersLink"_s)->text() == "listeners: cannot be told"_L1;
    }());
    const auto *table = m_scene->table(u"listenersTable"_s);
    QVERIFY(table && table->records()->rowCount() == 1);
    const auto cell = [table](const QString &column) { return table->records()->cellText(0, table->records()->columnIndex(column)); };
    QCOMPARE(cell(u"client"_s), u"this console, perhaps shop · Python 3.2.0"_s);
    QCOMPARE(cell(u"state"_s), u"cannot be told"_s);
    QVERIFY(m_scene->console.find<QLabel>(u"listenersLine"_s)->text().startsWith("Whether an application listens cannot be told"_L1));
    QCOMPARE(m_scene->console.find<QTabBar>(u"configPanels"_s)->tabText(int(EditorPage::Panel::Listeners)), u"Listeners"_s);
    page->editor()->replaceContent("a: 2\n");
    page->publish();
    WAIT(m_scene->planIsReady());
    const auto labels = m_scene->console.widget(u"planDialog"_s)->findChildren<QLabel *>();
    QVERIFY(std::none_of(labels.begin(), labels.end(), [](const QLabel *label) {
        return label->text().contains("will receive it"_L1) || label->text().contains("No application"_L1);
    }));
    QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel *label) { return label->text().contains("cannot be told"_L1); }));
    m_server->listeners = {{here, md5("a: 2\n")}};
    QVERIFY(m_scene->apply());
    WAIT(cell(u"md5"_s) == QString::fromLatin1(md5("a: 2\n").left(8)));
    QCOMPARE(m_scene->console.find<QLabel>(u"arrivalLabel"_s)->text(), QString());
    QCOMPARE(cell(u"state"_s), u"cannot be told"_s);
}

void TstEditorClients::headOfADraft_saysWhichTextTheMd5IsOf()
{
    EditorPage *page = open();
    QVERIFY(page);
    const auto says = [this](const QString &text) { return m_scene->console.find<QLabel>(u"configFacts"_s)->text().contains(text); };
    const QString short8 = QString::fromLatin1(md5("a: 1\n").left(8));
    WAIT(says(u" · md5 "_s + short8));
    page->editor()->insertText(u"# typed\n"_s);
    WAIT(says(u"on top of md5 "_s + short8));
    page->editor()->replaceContent("a: 1\n");
    WAIT(says(u" · md5 "_s + short8));
}

void TstEditorClients::arrivalOfAFormerVersion_isNotFollowed()
{
    m_server->listeners = {{u"10.0.0.7"_s, "0"}};
    EditorPage *page = open();
    QVERIFY(page);
    page->editor()->replaceContent("a: 2\n");
    page->publish();
    WAIT(m_scene->planIsReady());
    QVERIFY(m_scene->apply());
    const auto *progress = page->findChild<QProgressBar *>();
    WAIT(!progress->isHidden());
    page->editor()->insertText(u"# typed\n"_s);
    m_server->put(Name, "a: 3\n");
    page->document()->checkLive();
    WAIT(page->findChild<ui::MessageBar *>()->current().text.startsWith("Changed on the server"_L1));
    QVERIFY(progress->isHidden());
    m_server->listeners = {{u"10.0.0.7"_s, md5("a: 2\n")}};
    page->refresh();
    WAIT(m_scene->console.find<QLabel>(u"listenersLine"_s)->text().startsWith("0 of 1 "_L1));
    QCOMPARE(m_scene->console.find<QLabel>(u"arrivalLabel"_s)->text(), QString());
}

/// It is the operator who decides.
void TstEditorClients::publishSheet_showsErrorsOfTheText()
{
    EditorPage *page = open();
    QVERIFY(page);
    page->editor()->goTo({page->editor()->lineCount(), 1});
    page->editor()->insertText(u"b: [\n"_s);
    page->publish();
    WAIT(m_scene->planIsReady());
    const auto *errors = m_scene->console.find<QLabel>(u"publishErrors"_s);
    QVERIFY(errors);
    QVERIFY2(errors->text().startsWith("The text has 1 error. Line "_L1) && errors->text().contains(", column "_L1),
             qPrintable(errors->text()));
    QCOMPARE(errors->palette().color(QPalette::WindowText), ui::Theme::color(ui::StateColor::Error));
    const auto *apply = m_scene->console.find<QPushButton>(u"planApply"_s);
    QVERIFY(apply->isEnabled());
    QCOMPARE(apply->text(), u"Publish"_s);
    m_scene->console.find<QPushButton>(u"planCancel"_s)->click();
    WAIT(!m_scene->console.widget(u"planDialog"_s));
    page->editor()->replaceContent("a: 2\n");
    page->publish();
    WAIT(m_scene->planIsReady());
    QVERIFY(!m_scene->console.find<QLabel>(u"publishErrors"_s));
    m_scene->console.find<QPushButton>(u"planCancel"_s)->click();
}

void TstEditorClients::textSize_isThatOfAllEditorsAndKept()
{
    EditorPage *page = open();
    QVERIFY(page);
    page->editor()->setFocus();
    QCOMPARE(page->editor()->zoom(), 0);
    m_scene->trigger(u"editor.zoomIn"_s);
    m_scene->trigger(u"editor.zoomIn"_s);
    WAIT(page->editor()->zoom() == 2);
    QCOMPARE(page->findChild<ui::MergeView *>()->editor()->zoom(), 2);
    m_server->put(u"other"_s, "b: 1\n");
    m_scene->console.workbench().openAddress(*m_server->key(u"other"_s).address(m_slug));
    WAIT(m_scene->editor() != page);
    QCOMPARE(m_scene->editor()->editor()->zoom(), 2);
    m_scene->console.restart();
    m_scene->console.workbench().openAddress(*m_server->key(Name).address(m_slug));
    WAIT(m_scene->editor() && m_scene->editor()->document()->state() == ConfigDocument::State::Ready);
    QCOMPARE(m_scene->editor()->editor()->zoom(), 2);
    m_scene->trigger(u"editor.zoomReset"_s);
    WAIT(m_scene->editor()->editor()->zoom() == 0);
    m_scene->trigger(u"editor.zoomOut"_s);
    WAIT(m_scene->editor()->editor()->zoom() == -1);
}

SIGNALBOX_TEST(TstEditorClients)
#include "tst_editorclients.moc"
