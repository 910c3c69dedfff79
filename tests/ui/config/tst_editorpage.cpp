// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/registry.h"
#include "core/profiles/profilestore.h"
#include "core/profiles/settings.h"
#include "core/store/drafts.h"
#include "core/store/home.h"
#include "core/store/ledger.h"
#include "tests/support/testmain.h"
#include "tests/ui/config/scene.h"
#include "ui/common/actionregistry.h"
#include "ui/common/codeeditor.h"
#include "ui/common/diffview.h"
#include "ui/common/mergeview.h"
#include "ui/common/messagebar.h"
#include "ui/config/configdocument.h"

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QClipboard>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QProcess>
#include <QPushButton>
#include <QScrollBar>
#include <QTabBar>
#include <QToolButton>

using namespace Qt::StringLiterals;
using core::nacos::ConfigKey;
using ui::config::ConfigDocument;
using ui::config::EditorPage;

namespace {

const ConfigKey Payments{u"public"_s, u"PAYMENTS"_s, u"payments.yaml"_s};
const ConfigKey Cipher{u"public"_s, u"PAYMENTS"_s, u"cipher-signing-key"_s};
const ConfigKey Fresh{u"public"_s, u"SHOP"_s, u"fresh.yaml"_s};

} // namespace

class TstEditorPage : public tests::SceneTest {
    Q_OBJECT
private Q_SLOTS:
    void publishing_byKeyboard();
    void untouched_followsTheServer();
    void typing_meetsAPush_data();
    void typing_meetsAPush();
    void conflictWhilePublishing_opensTheMerge();
    void deletedByAnother_nothingTypedIsLost();
    void draft_isOnDiskAndSurvivesARestart();
    void encrypted_isOpaque();
    void lineEndsAndMark_stayAsTheyWere();
    void tenMebibytes_openAndType();
    void secrets_oneByOne();
    void revealedSecret_leavesTheClipboardMarked();
    void compareMenu_namesTheOtherPlaces();
    void arrival_isShownAfterPublishing();
    void opening_saysNothingBeforeTheTextIsThere();
    void ownWatch_isNoListener();
    void wrapSetting_wrapsOpenEditors();
    void keys_meanOneThing();
    void twoConsoles_oneItem();
    void windowAndCommandLine_atOnce();

private:
    QByteArray live(const ConfigKey &key) { return m_scene->read(key).value_or(QByteArray()); }
    ui::Message message(EditorPage *page) const { return page->findChild<ui::MessageBar *>()->current(); }
    void act(EditorPage *page, const QString &text)
    {
        for (const ui::MessageAction &action : message(page).actions) {
            if (action.text == text)
                return action.run();
        }
        QFAIL(qPrintable(u"no action %1 in: %2"_s.arg(text, message(page).text)));
    }
};

void TstEditorPage::publishing_byKeyboard()
{
    EditorPage *page = m_scene->open(Payments);
    QVERIFY(page);
    const QByteArray before = live(Payments);
    page->editor()->goTo({page->editor()->lineCount(), 1});
    page->editor()->insertText(u"extra:\n  added: 7\n"_s);
    WAIT(page->publishBlocker().isEmpty());
    m_scene->console.window().actions().refreshNow();
    QTest::keyClick(page->editor()->focusWidget() ? page->editor()->focusWidget() : page->editor(), Qt::Key_Return, Qt::ControlModifier);
    WAIT(m_scene->planIsReady());
    auto *diff = m_scene->console.find<ui::DiffView>(u"planDiff"_s);
    WAIT(diff->isReady());
    // Changed keys, not only lines.
    const auto keys = diff->keyChanges();
    QCOMPARE(keys.size(), 1);
    QCOMPARE(keys.first().path, u"extra.added"_s);
    QCOMPARE(live(Payments), before);
    auto *reason = m_scene->console.find<QLineEdit>(u"planReason"_s);
    QTest::keyClicks(reason, u"INC-7"_s);
    QVERIFY(m_scene->apply());
    QCOMPARE(live(Payments), before + "extra:\n  added: 7\n");
    WAIT(!page->isModified());
    const auto entries = tests::await(m_scene->console.services().ledger.entries({.limit = 1}));
    QCOMPARE(entries.items.first().reason, u"INC-7"_s);
    WAIT([&] {
        const auto drafts = tests::await(m_scene->console.services().drafts.list());
        return drafts && *drafts && (*drafts)->isEmpty();
    }());
    // Taken back: said once, by the window; the page does not tell of it as a change by somebody.
    m_scene->console.workbench().undoEntry(entries.items.first().id);
    WAIT(m_scene->planIsReady());
    QCOMPARE(m_scene->console.find<QDialog>(u"planDialog"_s)->windowTitle(), u"Undo the change of %1"_s.arg(Payments.dataId));
    QVERIFY(m_scene->apply());
    WAIT(page->editor()->content() == before);
    QVERIFY2(!message(page).text.contains("new version"_L1), qPrintable(message(page).text));
    WAIT(m_scene->console.window().messageBar().current().text == u"The change of %1 is undone."_s.arg(Payments.dataId));
    // Of somebody else's it does.
    QVERIFY(m_scene->write(Payments, "theirs: true\n"));
    WAIT(message(page).text.contains("new version"_L1));
}

void TstEditorPage::untouched_followsTheServer()
{
    EditorPage *page = m_scene->open(Payments);
    QVERIFY(page);
    QVERIFY(m_scene->write(Payments, "theirs: true\n"));
    WAIT(page->editor()->content() == "theirs: true\n");
    QVERIFY(!page->isModified());
    WAIT(message(page).text.contains("new version"_L1));
}

void TstEditorPage::typing_meetsAPush_data()
{
    QTest::addColumn<QString>("action");
    QTest::newRow("show the difference") << u"Show difference"_s;
    QTest::newRow("merge") << u"Merge"_s;
    QTest::newRow("keep mine") << u"Keep mine"_s;
}

void TstEditorPage::typing_meetsAPush()
{
    QFETCH(QString, action);
    EditorPage *page = m_scene->open(Payments);
    QVERIFY(page);
    const QByteArray before = live(Payments);
    page->editor()->insertText(u"# mine\n"_s);
    WAIT(page->isModified());
    QVERIFY(m_scene->write(Payments, before + "theirs: true\n"));
    WAIT(page->document()->newer().has_value());
    // What was typed stays in place.
    QVERIFY(page->editor()->content().startsWith("# mine\n"));
    WAIT(message(page).id == "server"_L1);
    act(page, action);
    if (action == "Show difference"_L1) {
        WAIT(m_scene->console.currentKind() == "compare"_L1);
        auto *diff = m_scene->console.find<ui::DiffView>(u"compareDiff"_s);
        WAIT(diff && diff->isReady() && diff->changeCount() == 2);
    } else if (action == "Merge"_L1) {
        WAIT(m_scene->console.widget(u"configMerge"_s));
        auto *use = m_scene->console.find<QPushButton>(u"mergeUseButton"_s);
        QVERIFY(use->isEnabled()); // the changes do not touch
        QTest::mouseClick(use, Qt::LeftButton);
        WAIT(page->editor()->content() == "# mine\n" + before + "theirs: true\n");
        m_scene->trigger(u"editor.publish"_s);
        QVERIFY(m_scene->apply());
        QCOMPARE(live(Payments), "# mine\n" + before + "theirs: true\n");
    } else {
        m_scene->trigger(u"editor.publish"_s);
        QVERIFY(m_scene->apply());
        QCOMPARE(live(Payments), "# mine\n" + before);
    }
}

void TstEditorPage::conflictWhilePublishing_opensTheMerge()
{
    EditorPage *page = m_scene->open(Payments);
    QVERIFY(page);
    const QByteArray before = live(Payments);
    page->editor()->insertText(u"# mine\n"_s);
    WAIT(page->publishBlocker().isEmpty());
    m_scene->trigger(u"editor.publish"_s);
    WAIT(m_scene->planIsReady());
    // Between the review and the button somebody else is faster.
    QVERIFY(m_scene->write(Payments, before + "theirs: true\n"));
    QTest::mouseClick(m_scene->console.find<QPushButton>(u"planApply"_s), Qt::LeftButton);
    WAIT(page->document()->newer().has_value());
    QCOMPARE(live(Payments), before + "theirs: true\n");
    // Never a silent overwrite: the dialog says so and leads to the merge, or the bar does.
    if (auto *dialog = m_scene->console.find<QDialog>(u"planDialog"_s)) {
        WAIT([&] {
            for (auto *bar : dialog->findChildren<ui::MessageBar *>()) {
                if (!bar->current().actions.isEmpty())
                    return true;
            }
            return !m_scene->console.widget(u"planDialog"_s);
        }());
        for (auto *bar : dialog->findChildren<ui::MessageBar *>()) {
            if (!bar->current().actions.isEmpty())
                bar->current().actions.first().run();
        }
        if (m_scene->console.widget(u"planDialog"_s))
            dialog->reject();
    }
    WAIT(!m_scene->console.widget(u"planDialog"_s));
    if (!m_scene->console.widget(u"configMerge"_s))
        page->showMerge();
    WAIT(m_scene->console.widget(u"configMerge"_s));
    QTest::mouseClick(m_scene->console.find<QPushButton>(u"mergeUseButton"_s), Qt::LeftButton);
    WAIT(page->editor()->content() == "# mine\n" + before + "theirs: true\n");
}

void TstEditorPage::deletedByAnother_nothingTypedIsLost()
{
    EditorPage *page = m_scene->open(Payments);
    QVERIFY(page);
    page->editor()->insertText(u"# mine\n"_s);
    WAIT(page->isModified());
    const QByteArray mine = page->editor()->content();
    QVERIFY(m_scene->remove(Payments));
    WAIT(page->document()->newer().has_value());
    WAIT(message(page).text.contains("Deleted"_L1));
    QCOMPARE(page->editor()->content(), mine);
    act(page, u"Keep mine"_s);
    m_scene->trigger(u"editor.publish"_s);
    WAIT(m_scene->planIsReady());
    QVERIFY(m_scene->console.find<QPushButton>(u"planApply"_s)->text().contains("Create"_L1));
    QVERIFY(m_scene->apply());
    QCOMPARE(live(Payments), mine);
}

void TstEditorPage::draft_isOnDiskAndSurvivesARestart()
{
    EditorPage *page = m_scene->open(Payments);
    QVERIFY(page);
    page->editor()->insertText(u"# typed\n"_s);
    WAIT(page->document()->draftSavedAt().isValid());
    // A reader of its own finds it: nothing is held back in this process.
    {
        auto home = core::store::Home::open(m_scene->console.home().path());
        QVERIFY(home);
        core::store::Drafts drafts(**home);
        const auto draft = tests::await(drafts.load(m_scene->address(Payments)));
        QVERIFY(draft && *draft && **draft);
        QVERIFY((**draft)->content.startsWith("# typed\n"));
    }
    m_scene->console.restart();
    WAIT(m_scene->console.currentKind() == "config"_L1);
    WAIT(m_scene->editor() && m_scene->editor()->document()->state() == ConfigDocument::State::Ready);
    QVERIFY(m_scene->editor()->editor()->content().startsWith("# typed\n"));
    QVERIFY(m_scene->editor()->isModified());
    m_scene->page(u"drafts"_s);
    WAIT(m_scene->table(u"draftsTable"_s) && m_scene->table(u"draftsTable"_s)->records()->rowCount() == 1);
}

void TstEditorPage::encrypted_isOpaque()
{
    EditorPage *page = m_scene->open(Cipher);
    QVERIFY(page);
    QVERIFY(!page->isEditable());
    QCOMPARE(page->editor()->access(), ui::CodeEditor::Access::ReadOnly);
    QVERIFY(!page->publishBlocker().isEmpty());
    const QByteArray before = page->editor()->content();
    QTest::keyClicks(page->editor()->focusWidget() ? page->editor()->focusWidget() : page->editor(), u"x"_s);
    QCOMPARE(page->editor()->content(), before);
    m_scene->console.window().actions().refreshNow();
    QVERIFY(!m_scene->console.window().actions().action(u"editor.format"_s)->isEnabled());
    WAIT(message(page).text.contains("Encrypted"_L1));
}

void TstEditorPage::lineEndsAndMark_stayAsTheyWere()
{
    const QByteArray windows("\xef\xbb\xbf"
                             "a: 1\r\nb: 2\r\n");
    QVERIFY(m_scene->write(Fresh, windows));
    EditorPage *page = m_scene->open(Fresh);
    QVERIFY(page);
    QCOMPARE(page->editor()->content(), windows);
    page->editor()->goTo({2, 5});
    page->editor()->insertText(u"2"_s);
    WAIT(page->publishBlocker().isEmpty());
    m_scene->trigger(u"editor.publish"_s);
    QVERIFY(m_scene->apply());
    QCOMPARE(live(Fresh),
             QByteArray("\xef\xbb\xbf"
                        "a: 1\r\nb: 22\r\n"));
}

void TstEditorPage::tenMebibytes_openAndType()
{
    QByteArray big;
    while (big.size() < 10 * 1024 * 1024)
        big += "key-" + QByteArray::number(big.size()) + ": value\n";
    const auto set =
        tests::await(m_scene->console.services().overrides.set({m_scene->address(Fresh), big, u"yaml"_s, {}}), std::chrono::seconds(60));
    QVERIFY(set && *set);
    EditorPage *page = m_scene->open(Fresh);
    QVERIFY(page);
    QCOMPARE(page->editor()->byteCount(), big.size());
    page->editor()->insertText(u"typed: 1\n"_s);
    WAIT(page->document()->draftSavedAt().isValid());
    QCOMPARE(page->document()->content().size(), big.size() + 9);
}

void TstEditorPage::secrets_oneByOne()
{
    QVERIFY(m_scene->write(Fresh, "db:\n  password: first-value\nmail:\n  password: second-value\n"));
    EditorPage *page = m_scene->open(Fresh);
    QVERIFY(page);
    WAIT(page->editor()->maskedCount() == 2);
    auto *link = m_scene->console.find<QAbstractButton>(u"revealLink"_s);
    QVERIFY(link && link->text().contains(u'2'));
    QTest::mouseClick(link, Qt::LeftButton);
    WAIT(page->editor()->maskedCount() == 1);
    QCOMPARE(page->editor()->caret().line, 2);
    QTest::mouseClick(link, Qt::LeftButton);
    WAIT(page->editor()->maskedCount() == 0);
    m_scene->trigger(u"editor.hide"_s);
    WAIT(page->editor()->maskedCount() == 2);
}

void TstEditorPage::revealedSecret_leavesTheClipboardMarked()
{
    QVERIFY(m_scene->write(Fresh, "db:\n  password: first-value\n"));
    EditorPage *page = m_scene->open(Fresh);
    QVERIFY(page);
    WAIT(page->editor()->maskedCount() == 1);
    // Hidden it can be copied without being shown; managers are told not to keep it.
    QVERIFY(page->editor()->copySecretAt({2, 14}));
    QCOMPARE(QGuiApplication::clipboard()->text(), u"first-value"_s);
    QVERIFY(QGuiApplication::clipboard()->mimeData()->hasFormat(u"x-kde-passwordManagerHint"_s));
    QCOMPARE(page->editor()->maskedCount(), 1);
    QGuiApplication::clipboard()->clear();
    page->editor()->revealAll();
    page->editor()->selectAll();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_C, Qt::ControlModifier);
    WAIT(QGuiApplication::clipboard()->text().contains("first-value"_L1));
    QVERIFY(QGuiApplication::clipboard()->mimeData()->hasFormat(u"x-kde-passwordManagerHint"_s));
}

void TstEditorPage::compareMenu_namesTheOtherPlaces()
{
    EditorPage *page = m_scene->open(Payments);
    QVERIFY(page);
    WAIT(m_scene->console.workbench().namespaces(u"practice"_s).size() >= 3);
    auto *menu = page->findChild<QMenu *>(u"compareMenu"_s);
    QVERIFY(menu);
    Q_EMIT menu->aboutToShow();
    QAction *staging = nullptr;
    for (QAction *action : menu->actions()) {
        if (action->text().contains("staging"_L1))
            staging = action;
    }
    QVERIFY(staging);
    staging->trigger();
    WAIT(m_scene->console.currentKind() == "compare"_L1);
    auto *diff = m_scene->console.find<ui::DiffView>(u"compareDiff"_s);
    WAIT(diff && diff->isReady() && diff->changeCount() > 0);
}

void TstEditorPage::arrival_isShownAfterPublishing()
{
    EditorPage *page = m_scene->open(Payments);
    QVERIFY(page);
    QVERIFY(m_scene->listen(u"storefront"_s, "10.0.3.17", {Payments}));
    page->refresh();
    WAIT(m_scene->console.find<QAbstractButton>(u"listenersLink"_s)->text() == "1 listener"_L1);
    page->editor()->insertText(u"# a\n"_s);
    WAIT(page->publishBlocker().isEmpty());
    m_scene->trigger(u"editor.publish"_s);
    QVERIFY(m_scene->apply());
    WAIT(m_scene->console.find<QTabBar>(u"configPanels"_s)->currentIndex() == int(EditorPage::Panel::Listeners));
    const auto *table = m_scene->table(u"listenersTable"_s);
    WAIT(table && table->records()->rowCount() == 2);
    const auto client = [table](const QString &ip) {
        const auto *records = table->records();
        return records->cellText(records->rowOf(ip), records->columnIndex(u"client"_s));
    };
    QVERIFY(client(u"10.0.3.17"_s).startsWith("storefront"_L1));
    WAIT(m_scene->console.find<QLabel>(u"listenersLine"_s)->text().startsWith("1 of 1 "_L1));
    // Where it moves nothing.
    const auto *arrival = page->findChild<QLabel *>(u"arrivalLabel"_s);
    WAIT(!arrival->text().isEmpty());
    QCOMPARE(arrival->text(), u"It has arrived at the listener."_s);
    QVERIFY(page->findChild<ui::MessageBar *>()->isEmpty());
    page->editor()->insertText(u"# b\n"_s);
    WAIT(arrival->text().isEmpty());
}

void TstEditorPage::opening_saysNothingBeforeTheTextIsThere()
{
    QVERIFY(m_scene->list());
    m_scene->console.workbench().openAddress(m_scene->address(Payments));
    EditorPage *page = m_scene->editor();
    QVERIFY(page && page->document()->state() == ui::config::ConfigDocument::State::Loading);
    const auto quiet = [page] {
        const auto labels = page->findChildren<QLabel *>();
        return std::none_of(labels.cbegin(), labels.cend(), [](const QLabel *label) { return label->text().contains("UTF-8"_L1); });
    };
    QVERIFY(quiet());
    QCOMPARE(page->findChild<QComboBox *>(u"configFormat"_s)->currentIndex(), -1);
    QVERIFY(page->editor()->isAncestorOf(QApplication::focusWidget()) || page->editor() == QApplication::focusWidget());
    QVERIFY(!page->findChild<QWidget *>(u"statePageSkeleton"_s)->isVisible());
    WAIT(page->document()->state() == ui::config::ConfigDocument::State::Ready);
    QVERIFY(!quiet());
    QCOMPARE(page->findChild<QComboBox *>(u"configFormat"_s)->currentText(), u"YAML"_s);
}

/// The console watches what it shows; nothing depends on that.
void TstEditorPage::ownWatch_isNoListener()
{
    EditorPage *page = m_scene->open(Payments);
    QVERIFY(page);
    const auto *link = page->findChild<QAbstractButton *>(u"listenersLink"_s);
    page->showPanel(EditorPage::Panel::Listeners);
    // Registered it is listed.
    auto *registry = m_scene->console.workbench().registry(u"practice"_s);
    const auto listed = [registry] {
        const auto listeners = tests::await(registry->configs().listeners(Payments));
        return listeners && *listeners && !(*listeners)->isEmpty();
    };
    WAIT(listed());
    page->refresh();
    const auto *table = page->findChild<ui::TableView *>(u"listenersTable"_s);
    WAIT(table->records()->rowCount() == 1);
    QCOMPARE(table->records()->cellText(0, table->records()->columnIndex(u"client"_s)), u"this console"_s);
    QCOMPARE(m_scene->console.find<QLabel>(u"listenersLine"_s)->text(), u"No application is listening."_s);
    QCOMPARE(link->text(), u"nobody listens"_s);
    page->editor()->insertText(u"# a\n"_s);
    WAIT(page->publishBlocker().isEmpty());
    m_scene->trigger(u"editor.publish"_s);
    WAIT(m_scene->planIsReady());
    const auto labels = m_scene->console.widget(u"planDialog"_s)->findChildren<QLabel *>();
    QVERIFY(std::any_of(labels.begin(), labels.end(),
                        [](const QLabel *label) { return label->text().startsWith("No application is listening."_L1); }));
    page->showPanel(EditorPage::Panel::Problems);
    QVERIFY(m_scene->apply());
    WAIT(m_scene->console.window().findChild<ui::MessageBar *>(u"windowMessages"_s)->current().state == ui::StateColor::Ok);
    QCOMPARE(m_scene->console.find<QTabBar>(u"configPanels"_s)->currentIndex(), int(EditorPage::Panel::Problems));
}

void TstEditorPage::wrapSetting_wrapsOpenEditors()
{
    QVERIFY(m_scene->write(Fresh, "long: " + QByteArray(5000, 'x') + '\n'));
    EditorPage *page = m_scene->open(Fresh);
    QVERIFY(page);
    const auto widest = [page] {
        int most = 0;
        for (const auto *area : page->editor()->findChildren<QAbstractScrollArea *>())
            most = std::max(most, area->horizontalScrollBar()->isVisible() ? area->horizontalScrollBar()->maximum() : 0);
        return most;
    };
    WAIT(widest() > 0);
    auto &settings = m_scene->console.services().settings;
    settings.set(core::profiles::Setting::WrapLines, true);
    WAIT(widest() == 0);
    settings.set(core::profiles::Setting::WrapLines, false);
    WAIT(widest() > 0);
}

void TstEditorPage::keys_meanOneThing()
{
    QVERIFY(m_scene->open(Payments));
    QStringList shared;
    auto &actions = m_scene->console.window().actions();
    actions.refreshNow();
    for (const ui::KeyConflict &conflict : actions.conflicts()) {
        QStringList live;
        for (const QString &id : conflict.ids) {
            if (actions.action(id)->isEnabled())
                live << id;
        }
        if (live.size() > 1)
            shared << conflict.key.toString() + u": "_s + live.join(u' ');
    }
    QCOMPARE(shared, QStringList());
}

void TstEditorPage::twoConsoles_oneItem()
{
    // The same server over a second connection, as another person's console would be.
    core::profiles::Profile profile;
    profile.name = u"Second"_s;
    profile.servers = QStringList{m_scene->server()};
    const auto saved = tests::await(m_scene->console.services().profiles.add(profile));
    QVERIFY(saved && *saved);
    const QString slug = (*saved)->slug;
    EditorPage *first = m_scene->open(Payments);
    QVERIFY(first);
    m_scene->console.workbench().openAddress(*Payments.address(slug), ui::workbench::Workbench::Where::NewTab);
    WAIT(m_scene->editor() && m_scene->editor() != first && m_scene->editor()->document()->state() == ConfigDocument::State::Ready);
    EditorPage *second = m_scene->editor();
    const QByteArray before = live(Payments);
    first->editor()->insertText(u"# first\n"_s);
    WAIT(first->isModified());
    second->editor()->goTo({second->editor()->lineCount(), 1});
    second->editor()->insertText(u"second: true\n"_s);
    WAIT(second->publishBlocker().isEmpty());
    m_scene->trigger(u"editor.publish"_s);
    QVERIFY(m_scene->apply());
    WAIT(first->document()->newer().has_value());
    QVERIFY(first->editor()->content().startsWith("# first\n"));
    m_scene->console.workbench().openAddress(m_scene->address(Payments));
    WAIT(m_scene->editor() == first);
    first->showMerge();
    WAIT(m_scene->console.widget(u"configMerge"_s));
    QTest::mouseClick(m_scene->console.find<QPushButton>(u"mergeUseButton"_s), Qt::LeftButton);
    m_scene->trigger(u"editor.publish"_s);
    QVERIFY(m_scene->apply());
    QCOMPARE(live(Payments), "# first\n" + before + "second: true\n");
    // The other one had nothing of its own left and follows.
    WAIT(second->editor()->content() == "# first\n" + before + "second: true\n");
}

void TstEditorPage::windowAndCommandLine_atOnce()
{
    EditorPage *page = m_scene->open(Payments);
    QVERIFY(page);
    const QByteArray before = live(Payments);
    page->editor()->insertText(u"# window\n"_s);
    WAIT(page->publishBlocker().isEmpty());
    m_scene->trigger(u"editor.publish"_s);
    WAIT(m_scene->planIsReady());
    m_scene->console.home().write(u"theirs.yaml"_s, before + "ctl: true\n");
    QProcess ctl;
    ctl.setProgram(QString::fromLatin1(SIGNALBOX_BIN_DIR "/signalboxctl"));
    ctl.setArguments({u"--home"_s, m_scene->console.home().path(), u"--server"_s, m_scene->server(), u"config"_s, u"publish"_s,
                      Payments.dataId, u"--group"_s, Payments.group, u"--file"_s, m_scene->console.home().filePath(u"theirs.yaml"_s),
                      u"--yes"_s});
    ctl.start();
    QTest::mouseClick(m_scene->console.find<QPushButton>(u"planApply"_s), Qt::LeftButton);
    WAIT(ctl.state() == QProcess::NotRunning);
    // The command may also come whole after the window: then it replaces what it has seen, and the window follows.
    WAIT(page->document()->newer().has_value() || live(Payments) == "# window\n" + before ||
         page->editor()->content() == before + "ctl: true\n");
    // One of them won, whole; the other was told.
    const QByteArray now = live(Payments);
    const bool window = now == "# window\n" + before, command = now == before + "ctl: true\n";
    QVERIFY2(window || command, now.constData());
    if (window)
        QVERIFY2(ctl.exitCode() != 0, ctl.readAllStandardError().constData());
    else
        QCOMPARE(ctl.exitCode(), 0);
    if (auto *dialog = m_scene->console.find<QDialog>(u"planDialog"_s))
        dialog->reject();
    const auto check = tests::await(m_scene->console.services().ledger.verify(), std::chrono::seconds(30));
    QVERIFY(check && *check && (*check)->isIntact());
}

SIGNALBOX_TEST(TstEditorPage)
#include "tst_editorpage.moc"
