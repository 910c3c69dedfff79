// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/credentials/secretvault.h"
#include "core/nacos/config/config.h"
#include "core/profiles/profilestore.h"
#include "tests/support/await.h"
#include "tests/support/testmain.h"
#include "tests/ui/config/fakeregistry.h"
#include "tests/ui/config/scene.h"
#include "ui/common/codeeditor.h"
#include "ui/common/messagebar.h"
#include "ui/common/statepage.h"
#include "ui/config/configdocument.h"
#include "ui/shell/connections.h"
#include "ui/shell/tabarea.h"

#include <QAbstractButton>

using namespace Qt::StringLiterals;
using core::profiles::Auth;
using core::profiles::Profile;
using core::profiles::Secret;
using tests::FakeRegistry;
using ui::config::ConfigDocument;

namespace {

const QString Name = u"app.yaml"_s, Login = u"/v3/auth/user/login"_s;

} // namespace

/// A password that was kept for one session only, in the next.
class TstPassword : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        tests::strictWindows();
        m_scene = std::make_unique<tests::Scene>();
        m_server = std::make_unique<FakeRegistry>();
        m_server->put(Name, "a: 1\n");
        const auto in = tests::HttpAnswer::json(R"({"accessToken":"t","tokenTtl":18000,"globalAdmin":true,"username":"nacos"})");
        m_server->http.on("POST", u"/nacos"_s + Login, in);
        m_server->console.on("POST", Login, in);
        m_slug = m_server->connectTo(m_scene->console);
        Profile profile = *profiles().find(m_slug);
        profile.auth.kind = Auth::Kind::Password;
        profile.auth.user = u"nacos"_s;
        QVERIFY(*tests::await(profiles().update(profile)));
        m_key = core::profiles::secretKey(m_slug, Secret::Password);
        QVERIFY(*tests::await(vault().write(m_key, u"pw"_s)));
        m_scene->console.start();
        // Seen once, so remembered.
        QVERIFY(list());
        QVERIFY(open());
    }
    void cleanup()
    {
        m_scene.reset();
        m_server.reset();
    }

    void missing_isSaidAndEnteredFromTheBar();
    void missing_isEnteredFromTheStatusLine();
    void missing_isEnteredFromACompare();

private:
    core::profiles::ProfileStore &profiles() { return m_scene->console.services().profiles; }
    core::credentials::SecretVault &vault() { return m_scene->console.services().secrets; }
    ui::config::ConfigsPage *list()
    {
        return qobject_cast<ui::config::ConfigsPage *>(
            m_scene->console.workbench().openPage({.kind = u"configs"_s, .subject = {m_slug, u"public"_s}}));
    }
    ui::config::EditorPage *open()
    {
        m_scene->console.workbench().openAddress(*m_server->key(Name).address(m_slug));
        const bool there = QTest::qWaitFor(
            [&] { return m_scene->editor() && m_scene->editor()->document()->state() == ConfigDocument::State::Ready; }, tests::Patience);
        return there ? m_scene->editor() : nullptr;
    }
    /// As after a restart: nothing is kept.
    void forget()
    {
        while (m_scene->console.window().tabs().count() > 0)
            m_scene->console.window().tabs().close(0);
        QVERIFY(*tests::await(vault().remove(m_key)));
        m_scene->console.shell().connections().reconnect(m_slug);
        QTRY_VERIFY2_WITH_TIMEOUT(status()->text().startsWith("password needed"_L1), qPrintable(status()->text()), 20000);
    }
    /// A connection that opens anew has its pages made anew.
    template <class Page>
    Page *front()
    {
        return qobject_cast<Page *>(m_scene->console.workbench().currentPage());
    }
    QAbstractButton *status() { return m_scene->console.find<QAbstractButton>(u"statusConnection"_s); }
    std::unique_ptr<tests::Scene> m_scene;
    std::unique_ptr<FakeRegistry> m_server;
    QString m_slug, m_key;
};

void TstPassword::missing_isSaidAndEnteredFromTheBar()
{
    using ui::config::ConfigsPage;
    using ui::config::EditorPage;
    auto *page = list();
    QVERIFY(page);
    WAIT(page->isComplete());
    forget();
    QVERIFY(list());
    const auto said = [this] { return m_scene->console.workbench().currentPage()->findChild<ui::MessageBar *>(); };
    WAIT(front<ConfigsPage>() && said()->current().id == "feed"_L1);
    QVERIFY2(said()->current().text.startsWith("No password is known"_L1), qPrintable(said()->current().text));
    QVERIFY2(!said()->current().text.contains("out of reach"_L1), qPrintable(said()->current().text));
    WAIT(m_scene->table(u"configsTable"_s)->records()->rowCount() == 1);
    WAIT(status()->text().startsWith("password needed"_L1));
    // The content is there, too, with its age.
    QVERIFY(open());
    QCOMPARE(front<EditorPage>()->editor()->content(), "a: 1\n"_ba);
    QVERIFY(front<EditorPage>()->document()->mirrorTime().isValid());
    WAIT(said()->current().text.startsWith("No password is known"_L1));
    QVERIFY2(said()->current().text.contains("You see what was there"_L1), qPrintable(said()->current().text));
    QCOMPARE(said()->messages().size(), 1);
    const auto actions = said()->current().actions;
    QVERIFY(actions.size() == 2 && actions.first().text.contains("password"_L1));
    m_scene->console.answers().input(u"pw"_s);
    actions.first().run();
    WAIT(front<EditorPage>() && front<EditorPage>()->document()->state() == ConfigDocument::State::Ready &&
         !front<EditorPage>()->document()->mirrorTime().isValid());
    WAIT(said()->isEmpty());
    WAIT(status()->text().startsWith("live"_L1));
    QCOMPARE(tests::await(vault().read(m_key))->value_or(QString()), u"pw"_s);
}

void TstPassword::missing_isEnteredFromTheStatusLine()
{
    using ui::config::ConfigsPage;
    auto *page = list();
    QVERIFY(page);
    WAIT(page->isComplete());
    forget();
    QVERIFY(list());
    WAIT(status()->text().startsWith("password needed"_L1));
    m_scene->console.answers().input(u"pw"_s);
    QTest::mouseClick(status(), Qt::LeftButton);
    WAIT(front<ConfigsPage>() && front<ConfigsPage>()->isComplete());
    WAIT(!front<ConfigsPage>()->findChild<ui::MessageBar *>()->current().text.startsWith("No password"_L1));
    WAIT(status()->text().startsWith("live"_L1));
    QCOMPARE(m_scene->console.currentKind(), u"configs"_s);
}

/// With another connection in front it is this side's password that is asked for, and the page is filled then.
void TstPassword::missing_isEnteredFromACompare()
{
    forget();
    auto &workbench = m_scene->console.workbench();
    const auto addressOf = [](const core::nacos::ConfigKey &key, const QString &profile) { return key.address(profile)->toString(); };
    workbench.openPage({.kind = u"compare"_s,
                        .subject = {u"practice"_s, u"public"_s},
                        .parameters = {{u"left"_s, addressOf({u"public"_s, u"SHOP"_s, u"banner.txt"_s}, u"practice"_s)},
                                       {u"right"_s, addressOf(m_server->key(Name), m_slug)}}});
    WAIT(m_scene->console.currentKind() == "compare"_L1);
    QCOMPARE(workbench.current().profile, u"practice"_s);
    auto *page = workbench.currentPage();
    QVERIFY(page);
    const auto offered = [page] {
        const auto buttons = page->findChildren<QAbstractButton *>(u"statePageAction"_s);
        const auto shown = std::find_if(buttons.begin(), buttons.end(), [](const QAbstractButton *each) { return each->isVisible(); });
        return shown == buttons.end() ? nullptr : *shown;
    };
    WAIT(offered());
    QCOMPARE(offered()->text(), u"Enter the password of Fake…"_s);
    m_scene->console.answers().input(u"pw"_s);
    offered()->click();
    WAIT(!offered());
    auto *states = page->findChild<ui::StatePage *>();
    WAIT(states->state() == ui::StatePage::State::Content);
    QCOMPARE(tests::await(vault().read(m_key))->value_or(QString()), u"pw"_s);
}

SIGNALBOX_TEST(TstPassword)
#include "tst_password.moc"
