// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/registry.h"
#include "core/profiles/practice.h"
#include "tests/support/testmain.h"
#include "tests/ui/config/scene.h"
#include "ui/common/codeeditor.h"
#include "ui/common/messagebar.h"
#include "ui/common/statepage.h"
#include "ui/common/widgets.h"
#include "ui/config/configdocument.h"
#include "ui/shell/connections.h"
#include "ui/shell/tabarea.h"

#include <csignal>
#include <QAbstractButton>
#include <QLabel>
#include <QPlainTextEdit>
#include <QScopeGuard>
#include <QTimer>
#include <sys/types.h>

using namespace Qt::StringLiterals;
using core::nacos::ConfigKey;
using tests::rowOf;
using tests::Scene;
using ui::config::ConfigDocument;

namespace {

const ConfigKey Payments{u"public"_s, u"PAYMENTS"_s, u"payments.yaml"_s};
const QString Table = u"configsTable"_s;

} // namespace

/// The pages of configurations while the server is not there.
class TstConfigLoss : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        tests::strictWindows();
        m_scene = std::make_unique<Scene>();
    }
    void cleanup() { m_scene.reset(); }

    void nothingThere_saysSoWithRetry();
    void lost_showsWhatWasSeenWithItsAge();
    void lost_whoListensIsOfThen();
    void lost_editorKeepsWhatIsTyped();
    void typedWithoutAPause_isADraft();
    void connectionClosed_takesNoKeyWithIt_data();
    void connectionClosed_takesNoKeyWithIt();
    void destroyedWhileKept_holdsNothingUp();
    void silentServer_isOutOfReachUntilItAnswersAgain();

private:
    ui::StatePage::State state() { return m_scene->console.workbench().currentPage()->findChild<ui::StatePage *>()->state(); }
    bool stop()
    {
        const auto stopped = tests::await(m_scene->console.services().practice.stop(), std::chrono::seconds(20));
        return stopped && *stopped;
    }
    std::unique_ptr<Scene> m_scene;
};

void TstConfigLoss::nothingThere_saysSoWithRetry()
{
    const QString slug = m_scene->console.addProfile(u"Gone"_s);
    m_scene->console.start();
    m_scene->console.window().setCurrent({slug, u"public"_s});
    m_scene->console.workbench().openPage({.kind = u"configs"_s, .subject = {slug, u"public"_s}});
    WAIT(m_scene->console.currentKind() == "configs"_L1);
    WAIT(state() == ui::StatePage::State::Error);
}

void TstConfigLoss::lost_showsWhatWasSeenWithItsAge()
{
    QVERIFY(m_scene->begin());
    auto *page = m_scene->list();
    QVERIFY(page);
    // Its content was read once and is remembered.
    QVERIFY(m_scene->open(Payments));
    QVERIFY(m_scene->list());
    QVERIFY(stop());
    auto *bar = page->findChild<ui::MessageBar *>();
    WAIT(!bar->isEmpty() && bar->current().id == "feed"_L1);
    QVERIFY(bar->current().text.contains("out of reach"_L1));
    QCOMPARE(state(), ui::StatePage::State::Content);
    QCOMPARE(m_scene->table(Table)->records()->rowCount(), 21);
    m_scene->select(Table, {rowOf(Payments)});
    auto *preview = page->detail()->findChild<QPlainTextEdit *>(u"configPreview"_s);
    WAIT(preview->toPlainText().contains("payments:"_L1));
    QVERIFY(!preview->toPlainText().contains("whsec"_L1));
}

void TstConfigLoss::lost_whoListensIsOfThen()
{
    QVERIFY(m_scene->begin());
    auto *page = m_scene->open(Payments);
    QVERIFY(page);
    QVERIFY(m_scene->listen(u"storefront"_s, "10.0.3.17", {Payments}));
    page->refresh();
    const auto *link = page->findChild<QAbstractButton *>(u"listenersLink"_s);
    WAIT(link->text() == "1 listener"_L1);
    page->editor()->insertText(u"# typed\n"_s);
    WAIT(page->publishBlocker().isEmpty());
    QVERIFY(stop());
    WAIT(link->text().startsWith("1 listener, as of "_L1));
    page->showPanel(ui::config::EditorPage::Panel::Listeners);
    const auto *line = page->findChild<QLabel *>(u"listenersLine"_s);
    WAIT(line->text().contains("nobody can be asked now"_L1));
    // The sheet promises nobody anything, and does not call it the present.
    m_scene->trigger(u"editor.publish"_s);
    WAIT(m_scene->planIsReady());
    const auto *dialog = m_scene->console.widget(u"planDialog"_s);
    QStringList said;
    for (const QLabel *label : dialog->findChildren<QLabel *>())
        said.append(label->text());
    for (const auto *label : dialog->findChildren<ui::ElidedLabel *>())
        said.append(label->text());
    const QString all = said.join(u'\n');
    QVERIFY2(!all.contains("will receive it"_L1) && !all.contains(u"now · "_s), qPrintable(all));
    QVERIFY2(all.contains("who listens now is not known"_L1) && all.contains("is out of reach"_L1) && all.contains(u"seen last · "_s),
             qPrintable(all));
}

void TstConfigLoss::lost_editorKeepsWhatIsTyped()
{
    QVERIFY(m_scene->begin());
    auto *page = m_scene->open(Payments);
    QVERIFY(page);
    QVERIFY(stop());
    page->editor()->insertText(u"# typed\n"_s);
    WAIT(page->document()->draftSavedAt().isValid());
    // Opened anew without a server: what was seen last, the draft on top.
    m_scene->console.restart();
    m_scene->console.workbench().openAddress(m_scene->address(Payments));
    // The practice registry is started again by being asked for; either way nothing typed is lost.
    WAIT(m_scene->editor() && m_scene->editor()->document()->state() == ConfigDocument::State::Ready);
    QVERIFY(m_scene->editor()->editor()->content().startsWith("# typed\n"));
}

void TstConfigLoss::typedWithoutAPause_isADraft()
{
    QVERIFY(m_scene->begin());
    auto *page = m_scene->open(Payments);
    QVERIFY(page);
    QTimer typist;
    connect(&typist, &QTimer::timeout, page, [page] { page->editor()->insertText(u"x"_s); });
    typist.start(30);
    WAIT(page->document()->draftSavedAt().isValid());
    const QDateTime first = page->document()->draftSavedAt();
    WAIT(page->document()->draftSavedAt() > first);
    typist.stop();
    const auto draft = tests::await(m_scene->console.services().drafts.load(m_scene->address(Payments)));
    QVERIFY(draft && *draft && **draft);
    QVERIFY((**draft)->content.startsWith("xx"));
}

void TstConfigLoss::connectionClosed_takesNoKeyWithIt_data()
{
    QTest::addColumn<bool>("keeping");
    QTest::newRow("while nobody asks") << false;
    QTest::newRow("while the page is kept") << true;
}

void TstConfigLoss::connectionClosed_takesNoKeyWithIt()
{
    QFETCH(bool, keeping);
    QVERIFY(m_scene->begin());
    const QPointer<ui::config::EditorPage> page = m_scene->open(Payments);
    QVERIFY(page);
    page->editor()->setFocus();
    page->editor()->insertText(u"# typed\n"_s);
    int kept = 0;
    if (keeping)
        m_scene->console.window().tabs().keepAll([&kept] { ++kept; });
    m_scene->console.shell().connections().disconnectFrom(u"practice"_s);
    QVERIFY(!page);
    // It is written by another thread than the one that reads here.
    const auto isKept = [this] {
        const auto draft = tests::await(m_scene->console.services().drafts.load(m_scene->address(Payments)));
        return draft && *draft && **draft && (**draft)->content.startsWith("# typed\n");
    };
    WAIT(isKept());
    WAIT(kept == int(keeping));
}

void TstConfigLoss::destroyedWhileKept_holdsNothingUp()
{
    QVERIFY(m_scene->begin());
    const QPointer<ui::config::EditorPage> page = m_scene->open(Payments);
    QVERIFY(page);
    page->editor()->insertText(u"# typed\n"_s);
    int kept = 0;
    auto &tabs = m_scene->console.window().tabs();
    tabs.keepAll([&kept] { ++kept; });
    QCoreApplication::sendPostedEvents(&tabs, QEvent::MetaCall);
    delete page;
    WAIT(kept == 1);
    // Its tab makes another one.
    m_scene->console.shell().connections().reconnect(u"practice"_s);
    WAIT(m_scene->editor() && m_scene->editor()->document()->state() == ConfigDocument::State::Ready);
    QVERIFY(m_scene->editor()->editor()->content().startsWith("# typed\n"));
}

void TstConfigLoss::silentServer_isOutOfReachUntilItAnswersAgain()
{
    QVERIFY(m_scene->begin());
    auto *page = m_scene->list();
    QVERIFY(page);
    const auto pid = pid_t(m_scene->console.services().practice.running()->pid);
    // It takes everything and answers nothing.
    QCOMPARE(::kill(pid, SIGSTOP), 0);
    const auto go = qScopeGuard([pid] { ::kill(pid, SIGCONT); });
    auto *bar = page->findChild<ui::MessageBar *>();
    QTRY_VERIFY_WITH_TIMEOUT(bar->current().id == "feed"_L1, 3 * tests::Patience);
    QCOMPARE(m_scene->table(Table)->records()->rowCount(), 21);
    ::kill(pid, SIGCONT);
    QTRY_VERIFY_WITH_TIMEOUT(page->isComplete(), 3 * tests::Patience);
    QVERIFY(bar->isEmpty());
    // Pushes come again.
    QVERIFY(m_scene->write({u"public"_s, u"SHOP"_s, u"banner.txt"_s}, "short", u"text"_s));
    WAIT(m_scene->cell(Table, u"SHOP\nbanner.txt"_s, u"size"_s) == "5 B"_L1);
}

SIGNALBOX_TEST(TstConfigLoss)
#include "tst_configloss.moc"
