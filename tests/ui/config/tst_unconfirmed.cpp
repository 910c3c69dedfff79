// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testmain.h"
#include "tests/ui/config/editortest.h"
#include "ui/common/codeeditor.h"
#include "ui/common/messagebar.h"
#include "ui/config/configdocument.h"

#include <QPushButton>

using namespace Qt::StringLiterals;
using tests::FakeRegistry;
using ui::config::EditorPage;

namespace {

const QString HistoryList = u"/nacos/v3/admin/cs/history/list"_s;

} // namespace

/// What the server does not confirm is not told as if it had.
class TstUnconfirmed : public tests::EditorTest {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        EditorTest::init();
        QVERIFY(open());
    }

    void publishThatIsNotSeen_isNoGoodNews_data();
    void publishThatIsNotSeen_isNoGoodNews();
    void planThatIsNotSeen_isNoGoodNews();
    void history_withoutTheServer_isWhatTheMirrorKnows();

private:
    EditorPage *page() { return m_scene->editor(); }
    /// Published as it stands, or put into the plan.
    void review()
    {
        page()->editor()->insertText(u"# mine\n"_s);
        WAIT(page()->isModified());
        m_scene->trigger(u"editor.publish"_s);
        WAIT(m_scene->planIsReady());
    }
    static std::optional<ui::Message> said(const QWidget *in, const QString &id)
    {
        const auto bars = in ? in->findChildren<ui::MessageBar *>() : QList<ui::MessageBar *>();
        for (const ui::MessageBar *bar : bars)
            for (const ui::Message &message : bar->messages())
                if (message.id == id)
                    return message;
        return {};
    }
};

void TstUnconfirmed::publishThatIsNotSeen_isNoGoodNews_data()
{
    QTest::addColumn<bool>("lags");
    QTest::newRow("not seen") << true;
    QTest::newRow("seen") << false;
}

void TstUnconfirmed::publishThatIsNotSeen_isNoGoodNews()
{
    QFETCH(bool, lags);
    review();
    if (lags)
        m_server->lagging.insert(Name, "a: 1\n");
    QVERIFY(m_scene->apply());
    QCOMPARE(m_server->content(Name), "# mine\na: 1\n"_ba);
    WAIT(said(&m_scene->console.window(), u"plan"_s));
    const ui::Message message = *said(&m_scene->console.window(), u"plan"_s);
    QCOMPARE(message.state, lags ? ui::StateColor::Warning : ui::StateColor::Ok);
    QVERIFY2(message.text.contains("not yet seen"_L1) == lags, qPrintable(message.text));
    QVERIFY2(message.text.contains(Name), qPrintable(message.text));
    // It stays until it was read, and can be taken back.
    QCOMPARE(message.closeAfter.count() == 0, lags);
    QCOMPARE(message.actions.size(), 1);
}

void TstUnconfirmed::planThatIsNotSeen_isNoGoodNews()
{
    review();
    QTest::mouseClick(m_scene->console.find<QPushButton>(u"planCollect"_s), Qt::LeftButton);
    WAIT(!m_scene->console.widget(u"planDialog"_s));
    m_server->lagging.insert(Name, "a: 1\n");
    WAIT(m_scene->console.widget(u"planButton"_s));
    QTest::mouseClick(m_scene->console.widget(u"planButton"_s), Qt::LeftButton);
    WAIT(m_scene->planIsReady());
    const QWidget *plan = m_scene->console.widget(u"planPage"_s);
    QVERIFY(plan);
    m_scene->console.find<QPushButton>(u"planApply"_s)->click();
    WAIT(said(plan, u"outcome"_s));
    QCOMPARE(said(plan, u"outcome"_s)->state, ui::StateColor::Warning);
    QVERIFY2(said(plan, u"outcome"_s)->text.contains("seen"_L1), qPrintable(said(plan, u"outcome"_s)->text));
    QCOMPARE(m_server->content(Name), "# mine\na: 1\n"_ba);
}

void TstUnconfirmed::history_withoutTheServer_isWhatTheMirrorKnows()
{
    m_server->put(Name, "a: 2\n");
    WAIT(page()->editor()->content() == "a: 2\n");
    m_server->http.on("GET", HistoryList, FakeRegistry::broken());
    page()->showPanel(EditorPage::Panel::History);
    const auto *table = page()->findChild<ui::TableView *>(u"historyTable"_s);
    QVERIFY(table);
    const QWidget *panel = page()->findChild<QWidget *>(u"historyPanel"_s);
    WAIT(said(panel, u"unread"_s));
    QCOMPARE(said(panel, u"unread"_s)->state, ui::StateColor::Warning);
    WAIT(table->isVisible() && table->records()->rowCount() == 2);
    // Any of them can be compared and restored.
    m_scene->select(u"historyTable"_s, {table->records()->idAt(1)});
    WAIT(m_scene->console.find<QAbstractButton>(u"historyRestoreButton"_s)->isEnabled());
    // It is gone when the server answers.
    m_server->http.on("GET", HistoryList,
                      tests::HttpAnswer::json(
                          R"({"code":0,"message":"success","data":{"totalCount":0,"pageNumber":1,"pagesAvailable":0,"pageItems":[]}})"));
    const auto actions = said(panel, u"unread"_s)->actions;
    for (const ui::MessageAction &action : actions)
        if (action.text == u"Try again"_s)
            action.run();
    WAIT(!said(panel, u"unread"_s));
    QVERIFY(table->isVisible() && table->records()->rowCount() == 2);
}

SIGNALBOX_TEST(TstUnconfirmed)
#include "tst_unconfirmed.moc"
