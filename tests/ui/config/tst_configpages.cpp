// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/registry.h"
#include "core/profiles/profilestore.h"
#include "core/store/drafts.h"
#include "tests/support/testmain.h"
#include "tests/ui/config/scene.h"
#include "ui/common/codeeditor.h"
#include "ui/common/diffview.h"
#include "ui/common/messagebar.h"
#include "ui/common/statepage.h"
#include "ui/common/widgets.h"
#include "ui/config/configdocument.h"
#include "ui/config/searchresults.h"

#include <QAbstractButton>
#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScopeGuard>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using core::nacos::ConfigKey;
using ui::config::ConfigDocument;
using ui::config::EditorPage;

namespace {

const ConfigKey Payments{u"public"_s, u"PAYMENTS"_s, u"payments.yaml"_s};
const ConfigKey Banner{u"public"_s, u"SHOP"_s, u"banner.txt"_s};
const ConfigKey Fresh{u"public"_s, u"SHOP"_s, u"fresh.yaml"_s};

void put(const QString &file, const QByteArray &content)
{
    QDir().mkpath(QFileInfo(file).path());
    QFile out(file);
    QVERIFY(out.open(QIODevice::WriteOnly));
    QCOMPARE(out.write(content), content.size());
}

} // namespace

/// The pages beside list and editor.
class TstConfigPages : public tests::SceneTest {
    Q_OBJECT
private Q_SLOTS:
    void history_comparesAnyTwo();
    void history_restoreReplaces();
    void history_restoreSaysWhenItDeletes();
    void history_restoreSaysWhenItCreatesAgain();
    void compare_acrossConnections();
    void compare_placesAreChosenFromAMenu();
    void switchedToDark_nothingStaysLight();
    void search_findsLinesAndOpensThem();
    void search_isLiteralAndBounded();
    void namespaces_createEditDelete();
    void namespaces_deletedWithWhatIsInside();
    void namespaces_typedId();
    void namespaceDeletedUnderOpenTabs();
    void listened_byAddress();
    void drafts_areDiscardedAfterAsking();
    void sdkFolders_areComparedWithTheServer();
    void sdkFolders_nothingThere();

private:
    QString button(const QString &name) const
    {
        const auto *found = m_scene->console.find<QAbstractButton>(name);
        return found ? found->text() : QString();
    }
    ui::TableView *history(EditorPage *page)
    {
        page->showPanel(EditorPage::Panel::History);
        const bool there = QTest::qWaitFor(
            [&] {
                const auto *table = m_scene->table(u"historyTable"_s);
                return table && table->records()->rowCount() > 0;
            },
            tests::Patience);
        return there ? m_scene->table(u"historyTable"_s) : nullptr;
    }
};

void TstConfigPages::history_comparesAnyTwo()
{
    EditorPage *page = m_scene->open(Payments);
    QVERIFY(page);
    ui::TableView *table = history(page);
    QVERIFY(table);
    WAIT(table->records()->rowCount() >= 3);
    m_scene->select(u"historyTable"_s, {table->records()->idAt(0), table->records()->idAt(2)});
    WAIT(button(u"historyCompareButton"_s).contains("two"_L1));
    QTest::mouseClick(m_scene->console.find<QAbstractButton>(u"historyCompareButton"_s), Qt::LeftButton);
    WAIT(m_scene->console.currentKind() == "compare"_L1);
    auto *diff = m_scene->console.find<ui::DiffView>(u"compareDiff"_s);
    WAIT(diff && diff->isReady() && diff->changeCount() > 0);
}

void TstConfigPages::history_restoreReplaces()
{
    const auto before = m_scene->read(Banner);
    QVERIFY(m_scene->write(Banner, "something new", u"text"_s));
    EditorPage *page = m_scene->open(Banner);
    QVERIFY(page);
    ui::TableView *table = history(page);
    QVERIFY(table);
    WAIT(table->records()->rowCount() >= 2);
    m_scene->select(u"historyTable"_s, {table->records()->idAt(1)});
    auto *restore = m_scene->console.find<QAbstractButton>(u"historyRestoreButton"_s);
    WAIT(restore->isEnabled());
    QTest::mouseClick(restore, Qt::LeftButton);
    WAIT(m_scene->planIsReady());
    QCOMPARE(button(u"planApply"_s), u"Restore this version"_s);
    QVERIFY(m_scene->apply());
    QCOMPARE(m_scene->read(Banner), before);
}

void TstConfigPages::history_restoreSaysWhenItDeletes()
{
    QVERIFY(m_scene->write(Fresh, "a: 1\n"));
    QVERIFY(m_scene->remove(Fresh));
    QVERIFY(m_scene->write(Fresh, "a: 2\n"));
    EditorPage *page = m_scene->open(Fresh);
    QVERIFY(page);
    ui::TableView *table = history(page);
    QVERIFY(table);
    WAIT(table->records()->rowCount() >= 3);
    int deleted = -1;
    for (int row = 0; row < table->records()->rowCount(); ++row) {
        if (table->records()->cellText(row, table->records()->columnIndex(u"what"_s)).startsWith("deleted"_L1))
            deleted = row;
    }
    QVERIFY(deleted >= 0);
    m_scene->select(u"historyTable"_s, {table->records()->idAt(deleted)});
    auto *restore = m_scene->console.find<QAbstractButton>(u"historyRestoreButton"_s);
    WAIT(restore->isEnabled());
    QTest::mouseClick(restore, Qt::LeftButton);
    WAIT(m_scene->console.widget(u"planDialog"_s) && !button(u"planApply"_s).isEmpty());
    QVERIFY2(button(u"planApply"_s).contains("Delete"_L1), qPrintable(button(u"planApply"_s)));
    QVERIFY(m_scene->apply());
    QVERIFY(!m_scene->read(Fresh));
}

void TstConfigPages::history_restoreSaysWhenItCreatesAgain()
{
    QVERIFY(m_scene->write(Fresh, "a: 1\n"));
    EditorPage *page = m_scene->open(Fresh);
    QVERIFY(page);
    QVERIFY(m_scene->remove(Fresh));
    WAIT(page->document()->newer().has_value() || !page->document()->base());
    page->refresh();
    ui::TableView *table = history(page);
    QVERIFY(table);
    int created = -1;
    WAIT([&] {
        created = -1;
        for (int row = 0; row < table->records()->rowCount(); ++row) {
            if (table->records()->cellText(row, table->records()->columnIndex(u"what"_s)).startsWith("created"_L1))
                created = row;
        }
        return created >= 1;
    }());
    m_scene->select(u"historyTable"_s, {table->records()->idAt(created)});
    auto *restore = m_scene->console.find<QAbstractButton>(u"historyRestoreButton"_s);
    WAIT(restore->isEnabled());
    QTest::mouseClick(restore, Qt::LeftButton);
    WAIT(m_scene->planIsReady());
    QCOMPARE(button(u"planApply"_s), u"Create it again"_s);
    QVERIFY(m_scene->apply());
    QCOMPARE(m_scene->read(Fresh), std::optional("a: 1\n"_ba));
}

void TstConfigPages::compare_acrossConnections()
{
    core::profiles::Profile profile;
    profile.name = u"Second"_s;
    profile.servers = QStringList{m_scene->server()};
    const auto saved = tests::await(m_scene->console.services().profiles.add(profile));
    QVERIFY(saved && *saved);
    const ConfigKey there{u"production"_s, Payments.group, Payments.dataId};
    m_scene->page(u"compare"_s,
                  {{u"left"_s, m_scene->address(Payments).toString()}, {u"right"_s, there.address((*saved)->slug)->toString()}});
    auto *page = m_scene->console.workbench().currentPage();
    QCOMPARE(page->kind(), u"compare"_s);
    auto *diff = page->findChild<ui::DiffView *>(u"compareDiff"_s);
    QVERIFY(diff);
    auto *states = page->findChild<ui::StatePage *>();
    // The second connection is opened by being asked for, and read as soon as it stands.
    WAIT(states->state() == ui::StatePage::State::Content && diff->isReady() && diff->changeCount() > 0);
    QVERIFY(page->longTitle().contains("Second/production"_L1));
}

void TstConfigPages::compare_placesAreChosenFromAMenu()
{
    core::profiles::Profile profile;
    profile.name = u"Second"_s;
    profile.servers = QStringList{m_scene->server()};
    const auto saved = tests::await(m_scene->console.services().profiles.add(profile));
    QVERIFY(saved && *saved);
    const ConfigKey staging{u"staging"_s, Payments.group, Payments.dataId};
    m_scene->page(u"compare"_s, {{u"left"_s, m_scene->address(staging).toString()}});
    auto *page = m_scene->console.workbench().currentPage();
    auto *left = m_scene->console.find<QAbstractButton>(u"compareLeftPlace"_s);
    auto *right = m_scene->console.find<QAbstractButton>(u"compareRightPlace"_s);
    QVERIFY(left && right);
    // Where each side is stands there in words.
    QVERIFY(left->text().endsWith("/staging"_L1));
    QCOMPARE(m_scene->console.find<QLineEdit>(u"compareLeft"_s)->text(), u"PAYMENTS/payments.yaml"_s);
    const auto choose = [this](QAbstractButton *place, const QString &menuName, const QString &text) {
        auto *menu = place->findChild<QMenu *>(menuName);
        QVERIFY(menu);
        QTest::mouseClick(place, Qt::LeftButton);
        WAIT(menu->isVisible());
        const auto actions = menu->actions();
        const auto found = std::find_if(actions.begin(), actions.end(), [&](const QAction *action) { return action->text() == text; });
        QVERIFY2(found != actions.end(), qPrintable(text));
        (*found)->trigger();
        menu->close();
    };
    choose(right, u"compareRightMenu"_s, u"Second/public"_s);
    // The same config there.
    QCOMPARE(m_scene->console.find<QLineEdit>(u"compareRight"_s)->text(), u"PAYMENTS/payments.yaml"_s);
    auto *diff = page->findChild<ui::DiffView *>(u"compareDiff"_s);
    WAIT(page->findChild<ui::StatePage *>()->state() == ui::StatePage::State::Content && diff->changeCount() > 0);
    QVERIFY(page->longTitle().contains("/staging"_L1) && page->longTitle().contains("Second/public"_L1));
    m_scene->console.find<QAbstractButton>(u"compareSwap"_s)->click();
    QVERIFY(right->text().endsWith("/staging"_L1));
    QCOMPARE(left->text(), u"Second/public"_s);
    WAIT(page->findChild<ui::StatePage *>()->state() == ui::StatePage::State::Content);
    // Another name in the same place.
    auto *edit = m_scene->console.find<QLineEdit>(u"compareLeft"_s);
    edit->setText(u"SHOP/banner.txt"_s);
    Q_EMIT edit->editingFinished();
    WAIT(page->longTitle().startsWith("banner.txt · Second/public"_L1) || page->longTitle().startsWith(u"banner.txt · Second/public"_s));
}

void TstConfigPages::switchedToDark_nothingStaysLight()
{
    const auto back = qScopeGuard([] { ui::Theme::setAppearance(ui::Appearance::Light); });
    // Grounds of the light palette, in a picture of the whole window.
    const auto light = [this] {
        const QImage image = m_scene->console.window().grab().toImage().convertToFormat(QImage::Format_RGB32);
        int pixels = 0;
        for (int y = 0; y < image.height(); ++y) {
            const auto *line = reinterpret_cast<const QRgb *>(image.constScanLine(y));
            for (int x = 0; x < image.width(); ++x)
                pixels += qGray(line[x]) > 0xF0 ? 1 : 0;
        }
        return double(pixels) / (double(image.width()) * image.height());
    };
    const ConfigKey staging{u"staging"_s, Payments.group, Payments.dataId};
    const QList<std::function<void()>> pages{
        [this] {
            QVERIFY(m_scene->list());
            m_scene->select(u"configsTable"_s, {tests::rowOf(Payments)});
            auto *preview = m_scene->console.window().findChild<QPlainTextEdit *>(u"configPreview"_s);
            WAIT(preview->isVisible());
        },
        [this] {
            EditorPage *page = m_scene->open(Payments);
            QVERIFY(page && history(page));
        },
        [this, staging] {
            m_scene->page(u"compare"_s,
                          {{u"left"_s, m_scene->address(staging).toString()}, {u"right"_s, m_scene->address(Payments).toString()}});
            auto *diff = m_scene->console.workbench().currentPage()->findChild<ui::DiffView *>(u"compareDiff"_s);
            WAIT(diff->changeCount() > 0);
        },
        [this] { m_scene->page(u"search"_s); },
        [this] { m_scene->page(u"drafts"_s); },
    };
    for (const auto &show : pages) {
        ui::Theme::setAppearance(ui::Appearance::Light);
        show();
        WAIT(light() > 0.3);
        ui::Theme::setAppearance(ui::Appearance::Dark);
        // Only letters are bright.
        WAIT(light() < 0.02);
        const auto labels = m_scene->console.window().findChildren<QLabel *>();
        for (const QLabel *label : labels) {
            if (label->isVisible() && !label->text().isEmpty())
                QVERIFY2(qGray(label->palette().color(label->foregroundRole()).rgb()) > 0x60, qPrintable(label->text()));
        }
        WAIT(light() < 0.02);
    }
}

void TstConfigPages::search_findsLinesAndOpensThem()
{
    QVERIFY(m_scene->list());
    m_scene->page(u"search"_s);
    auto *query = m_scene->console.find<QLineEdit>(u"searchQuery"_s);
    QTest::keyClicks(query, u"backoff-ms"_s);
    QTest::keyClick(query, Qt::Key_Return);
    WAIT(m_scene->console.find<ui::config::SearchView>(u"searchResults"_s));
    auto *view = m_scene->console.find<ui::config::SearchView>(u"searchResults"_s);
    auto *model = qobject_cast<ui::config::SearchModel *>(view->model());
    QVERIFY(model);
    const QAbstractItemModelTester tester(model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    // The config by name, below it the place with the line that stands above.
    WAIT(model->places() == 1);
    QCOMPARE(model->rowCount(), 2);
    QCOMPARE(model->foundAt(0).key, Payments);
    QVERIFY(!model->placeAt(0));
    const ui::config::SearchPlace *place = model->placeAt(1);
    QVERIFY(place && place->text.contains("backoff-ms"_L1));
    QVERIFY(place->contextLine > 0 && place->contextLine < place->line && !place->context.trimmed().isEmpty());
    const auto *summary = m_scene->console.find<QLabel>(u"searchSummary"_s);
    WAIT(!summary->text().contains(u'…'));
    QVERIFY2(summary->text().startsWith("1 place"_L1) && summary->text().contains("in 1 config"_L1), qPrintable(summary->text()));
    WAIT(m_scene->console.find<ui::ElidedLabel>(u"searchCoverage"_s)->text().contains(" of "_L1));
    // Down, from the field: on the place, over the config's own row.
    QTest::keyClick(query, Qt::Key_Down);
    QVERIFY(view->hasFocus());
    QCOMPARE(view->currentIndex().row(), 1);
    QTest::keyClick(view, Qt::Key_Up);
    QCOMPARE(view->currentIndex().row(), 1);
    const int line = place->line;
    QTest::keyClick(view, Qt::Key_Return);
    WAIT(m_scene->editor() && m_scene->editor()->document()->state() == ConfigDocument::State::Ready);
    QCOMPARE(m_scene->editor()->document()->key(), Payments);
    WAIT(m_scene->editor()->editor()->caret().line == line);
}

void TstConfigPages::search_isLiteralAndBounded()
{
    const ConfigKey odd{u"public"_s, u"SHOP"_s, u"odd.txt"_s};
    QVERIFY(m_scene->write(odd, "first\n\nrate is 100% of a.b*\nrate is 1000 of aXb\n", u"text"_s));
    m_scene->page(u"search"_s);
    auto *query = m_scene->console.find<QLineEdit>(u"searchQuery"_s);
    const auto *model = qobject_cast<ui::config::SearchModel *>(m_scene->console.window().findChild<ui::config::SearchView *>()->model());
    const auto *summary = m_scene->console.window().findChild<QLabel *>(u"searchSummary"_s);
    for (const QString &text : {u"100% of"_s, u"a.b*"_s, u"IS 100%"_s}) {
        query->setText(text);
        QTest::keyClick(query, Qt::Key_Return);
        WAIT(model->places() > 0 && !summary->text().contains(u'…'));
        QCOMPARE(model->places(), 1);
        QCOMPARE(model->placeAt(1)->line, 3);
        QCOMPARE(model->placeAt(1)->context, u"first"_s);
    }
    // More than the window takes.
    ui::config::SearchModel many;
    const QAbstractItemModelTester tester(&many, QAbstractItemModelTester::FailureReportingMode::QtTest);
    many.begin(u"x"_s);
    QList<ui::config::SearchFound> all;
    for (int i = 0; i < 2000; ++i)
        all.append({{u"public"_s, u"G"_s, u"c%1"_s.arg(1999 - i, 4, 10, QChar(u'0'))},
                    {{1, 1, u"x"_s, {}, 0}},
                    ui::config::SearchFound::Source::Server,
                    {}});
    many.add(all);
    QVERIFY(many.isFull());
    QCOMPARE(many.configs(), ui::config::SearchModel::MostConfigs);
    QCOMPARE(many.rowCount(), 2 * ui::config::SearchModel::MostConfigs);
    QVERIFY(many.foundAt(0).key.dataId < many.foundAt(2).key.dataId);
}

void TstConfigPages::namespaces_deletedWithWhatIsInside()
{
    const ConfigKey first{u"qa"_s, u"G"_s, u"first.yaml"_s}, second{u"qa"_s, u"G"_s, u"second.yaml"_s};
    m_scene->page(u"namespaces"_s);
    WAIT(m_scene->table(u"namespacesTable"_s) && m_scene->table(u"namespacesTable"_s)->records()->rowCount() >= 3);
    QTest::mouseClick(m_scene->console.find<QAbstractButton>(u"newNamespaceButton"_s), Qt::LeftButton);
    WAIT(m_scene->console.widget(u"namespaceDialog"_s));
    m_scene->console.find<QLineEdit>(u"namespaceId"_s)->setText(u"qa"_s);
    m_scene->console.find<QLineEdit>(u"namespaceName"_s)->setText(u"Quality"_s);
    QTest::mouseClick(m_scene->console.find<QAbstractButton>(u"namespaceReview"_s), Qt::LeftButton);
    QVERIFY(m_scene->apply());
    QVERIFY(m_scene->write(first, "a: 1\n") && m_scene->write(second, "b: 1\n"));
    QVERIFY(m_scene->listen(u"app"_s, "127.0.0.1"_ba, {second}));
    WAIT(m_scene->table(u"namespacesTable"_s)->records()->rowOf(u"qa"_s) >= 0);

    m_scene->select(u"namespacesTable"_s, {u"qa"_s});
    QTest::mouseClick(m_scene->console.find<QAbstractButton>(u"deleteNamespaceButton"_s), Qt::LeftButton);
    // What is inside stands there by name, and stays unless the person says otherwise.
    WAIT(m_scene->console.widget(u"namespaceContents"_s));
    auto *names = m_scene->console.find<QListWidget>(u"namespaceContents"_s);
    QCOMPARE(names->count(), 2);
    QVERIFY(names->item(0)->text().startsWith("first.yaml"_L1));
    QCOMPARE(button(u"planApply"_s), u"Delete this namespace"_s);
    auto *all = m_scene->console.find<QCheckBox>(u"namespaceWithConfigs"_s);
    auto *typed = m_scene->console.find<QLineEdit>(u"planTyped"_s);
    typed->setFocus();
    WAIT(typed->hasFocus());
    QTest::keyClicks(typed, u"q"_s);
    QTest::mouseClick(all, Qt::LeftButton, {}, QPoint(8, all->height() / 2));
    WAIT(button(u"planApply"_s).contains("2 config"_L1));
    // Who is typing goes on.
    QCOMPARE(m_scene->console.find<QLineEdit>(u"planTyped"_s), typed);
    QVERIFY(typed->hasFocus());
    QCOMPARE(typed->text(), u"q"_s);
    QTest::keyClicks(QApplication::focusWidget(), u"a"_s);
    WAIT(m_scene->planIsReady());
    QVERIFY(!names->isVisible()); // the changes name them
    auto *changes = m_scene->table(u"planChanges"_s);
    QVERIFY(changes && changes->isVisible());
    QCOMPARE(changes->records()->rowCount(), 3);
    QCOMPARE(changes->records()->cellText(0, changes->records()->columnIndex(u"aside"_s)), u"0"_s);
    QCOMPARE(changes->records()->cellText(1, changes->records()->columnIndex(u"aside"_s)), u"1"_s);
    // And back.
    all->click();
    WAIT(button(u"planApply"_s) == "Delete this namespace"_L1);
    QVERIFY(names->isVisible());
    all->click();
    WAIT(button(u"planApply"_s).contains("2 config"_L1));
    QVERIFY(m_scene->apply());
    // Of what was applied it is told, and that can be taken back.
    const auto &bar = m_scene->console.window().messageBar();
    WAIT(bar.current().text.contains("with 2 config"_L1));
    QCOMPARE(bar.current().actions.size(), 1);
    WAIT(m_scene->table(u"namespacesTable"_s)->records()->rowOf(u"qa"_s) < 0);
    QVERIFY(!m_scene->read(first) && !m_scene->read(second));
}

void TstConfigPages::namespaces_createEditDelete()
{
    m_scene->page(u"namespaces"_s);
    WAIT(m_scene->table(u"namespacesTable"_s) && m_scene->table(u"namespacesTable"_s)->records()->rowCount() >= 3);
    QTest::mouseClick(m_scene->console.find<QAbstractButton>(u"newNamespaceButton"_s), Qt::LeftButton);
    WAIT(m_scene->console.widget(u"namespaceDialog"_s));
    QTest::keyClicks(m_scene->console.find<QLineEdit>(u"namespaceId"_s), u"qa"_s);
    QTest::keyClicks(m_scene->console.find<QLineEdit>(u"namespaceName"_s), u"Quality"_s);
    QTest::mouseClick(m_scene->console.find<QAbstractButton>(u"namespaceReview"_s), Qt::LeftButton);
    QVERIFY(m_scene->apply());
    WAIT(m_scene->cell(u"namespacesTable"_s, u"qa"_s, u"name"_s) == "Quality"_L1);

    m_scene->select(u"namespacesTable"_s, {u"qa"_s});
    QTest::mouseClick(m_scene->console.find<QAbstractButton>(u"editNamespaceButton"_s), Qt::LeftButton);
    WAIT(m_scene->console.widget(u"namespaceDialog"_s));
    m_scene->console.find<QLineEdit>(u"namespaceDescription"_s)->setText(u"For tests"_s);
    QTest::mouseClick(m_scene->console.find<QAbstractButton>(u"namespaceReview"_s), Qt::LeftButton);
    QVERIFY(m_scene->apply());
    WAIT(m_scene->cell(u"namespacesTable"_s, u"qa"_s, u"description"_s) == "For tests"_L1);

    m_scene->select(u"namespacesTable"_s, {u"qa"_s});
    QTest::mouseClick(m_scene->console.find<QAbstractButton>(u"deleteNamespaceButton"_s), Qt::LeftButton);
    WAIT(m_scene->console.widget(u"planTyped"_s));
    // Its name must be typed.
    QVERIFY(!m_scene->planIsReady());
    QTest::keyClicks(m_scene->console.find<QLineEdit>(u"planTyped"_s), u"qa"_s);
    QVERIFY(m_scene->apply());
    WAIT(m_scene->table(u"namespacesTable"_s)->records()->rowOf(u"qa"_s) < 0);
}

void TstConfigPages::namespaces_typedId()
{
    m_scene->page(u"namespaces"_s);
    WAIT(m_scene->console.find<QAbstractButton>(u"typeNamespaceButton"_s));
    m_scene->console.answers().input(u"staging"_s);
    QTest::mouseClick(m_scene->console.find<QAbstractButton>(u"typeNamespaceButton"_s), Qt::LeftButton);
    WAIT(m_scene->console.currentKind() == "configs"_L1);
    QCOMPARE(m_scene->console.workbench().current().namespaceId, u"staging"_s);
}

void TstConfigPages::namespaceDeletedUnderOpenTabs()
{
    const ConfigKey key{u"staging"_s, Payments.group, Payments.dataId};
    QVERIFY(m_scene->list(u"staging"_s));
    EditorPage *page = m_scene->open(key);
    QVERIFY(page);
    page->editor()->insertText(u"# typed\n"_s);
    WAIT(page->isModified());
    m_scene->page(u"namespaces"_s);
    WAIT(m_scene->table(u"namespacesTable"_s) && m_scene->table(u"namespacesTable"_s)->records()->rowOf(u"staging"_s) >= 0);
    m_scene->select(u"namespacesTable"_s, {u"staging"_s});
    QTest::mouseClick(m_scene->console.find<QAbstractButton>(u"deleteNamespaceButton"_s), Qt::LeftButton);
    WAIT(m_scene->console.widget(u"planTyped"_s));
    QTest::keyClicks(m_scene->console.find<QLineEdit>(u"planTyped"_s), u"staging"_s);
    QVERIFY(m_scene->apply());
    // The tab stands, what was typed is there, and going on says what happens.
    m_scene->console.workbench().openAddress(m_scene->address(key));
    WAIT(m_scene->editor() == page);
    page->refresh();
    QVERIFY(page->editor()->content().startsWith("# typed\n"));
    WAIT(page->document()->draftSavedAt().isValid());
    m_scene->console.workbench().openPage({.kind = u"configs"_s, .subject = {u"practice"_s, u"staging"_s}});
    WAIT(m_scene->console.currentKind() == "configs"_L1);
    m_scene->console.workbench().currentPage()->refresh();
    WAIT(qobject_cast<ui::config::ConfigsPage *>(m_scene->console.workbench().currentPage())->isComplete());
}

void TstConfigPages::listened_byAddress()
{
    QVERIFY(m_scene->open(Payments));
    auto *registry = m_scene->console.workbench().registry(u"practice"_s);
    QString ip;
    WAIT([&] {
        const auto listeners = tests::await(registry->configs().listeners(Payments));
        if (listeners && *listeners && !(*listeners)->isEmpty())
            ip = (*listeners)->first().ip;
        return !ip.isEmpty();
    }());
    m_scene->page(u"listened"_s);
    auto *edit = m_scene->console.find<QLineEdit>(u"listenedIp"_s);
    QTest::keyClicks(edit, ip);
    QTest::keyClick(edit, Qt::Key_Return);
    WAIT(m_scene->table(u"listenedTable"_s) && m_scene->table(u"listenedTable"_s)->records()->rowOf(tests::rowOf(Payments)) >= 0);
}

void TstConfigPages::drafts_areDiscardedAfterAsking()
{
    EditorPage *page = m_scene->open(Payments);
    QVERIFY(page);
    page->editor()->insertText(u"# typed\n"_s);
    WAIT(page->document()->draftSavedAt().isValid());
    m_scene->page(u"drafts"_s);
    WAIT(m_scene->table(u"draftsTable"_s) && m_scene->table(u"draftsTable"_s)->records()->rowCount() == 1);
    m_scene->select(u"draftsTable"_s, {m_scene->table(u"draftsTable"_s)->records()->idAt(0)});
    m_scene->console.answers().confirm();
    QTest::mouseClick(m_scene->console.find<QAbstractButton>(u"discardDraftButton"_s), Qt::LeftButton);
    auto *states = m_scene->console.workbench().currentPage()->findChild<ui::StatePage *>();
    WAIT(states->state() == ui::StatePage::State::Empty);
    QCOMPARE(m_scene->console.answers().asked().size(), 1);
}

void TstConfigPages::sdkFolders_areComparedWithTheServer()
{
    QTemporaryDir folder;
    const QByteArray live = *m_scene->read(Payments);
    const QString java = folder.filePath(u"nacos/config/Config-fixed-dev_nacos"_s);
    put(java + u"/snapshot/PAYMENTS/payments.yaml"_s, live);
    put(java + u"/data/config-data/SHOP/banner.txt"_s, "from a person");
    put(folder.filePath(u"nacos/cache/config/gone.yaml@@SHOP@@"_s), "a: 1\n");
    m_scene->page(u"localfolders"_s);
    auto *edit = m_scene->console.find<QLineEdit>(u"localFolder"_s);
    QVERIFY(edit);
    edit->setText(folder.path());
    QTest::keyClick(edit, Qt::Key_Return);
    const QString table = u"localTable"_s;
    WAIT(m_scene->table(table) && m_scene->table(table)->records()->rowCount() == 3);
    const auto state = [&](const QString &dataId) {
        const auto *records = m_scene->table(table)->records();
        for (int row = 0; row < records->rowCount(); ++row) {
            if (records->cellText(row, records->columnIndex(u"dataid"_s)) == dataId)
                return records->cellText(row, records->columnIndex(u"state"_s));
        }
        return QString();
    };
    WAIT(state(Payments.dataId) == "same"_L1);
    WAIT(state(Banner.dataId) == "differs"_L1);
    WAIT(state(u"gone.yaml"_s) == "only here"_L1);
    const auto *records = m_scene->table(table)->records();
    for (int row = 0; row < records->rowCount(); ++row) {
        if (records->cellText(row, 0) == Banner.dataId)
            m_scene->select(table, {records->idAt(row)});
    }
    auto *diff = m_scene->console.workbench().currentPage()->findChild<ui::DiffView *>(u"localDiff"_s);
    WAIT(diff->isVisible() && diff->isReady() && diff->changeCount() > 0);
    QTest::mouseClick(m_scene->console.find<QAbstractButton>(u"localOpen"_s), Qt::LeftButton);
    WAIT(m_scene->editor() && m_scene->editor()->document()->key() == Banner);
}

void TstConfigPages::sdkFolders_nothingThere()
{
    QTemporaryDir folder;
    m_scene->page(u"localfolders"_s);
    auto *edit = m_scene->console.find<QLineEdit>(u"localFolder"_s);
    edit->setText(folder.path());
    QTest::keyClick(edit, Qt::Key_Return);
    auto *states = m_scene->console.workbench().currentPage()->findChild<ui::StatePage *>();
    WAIT(states->state() == ui::StatePage::State::Empty);
    edit->setText(folder.filePath(u"missing"_s));
    QTest::keyClick(edit, Qt::Key_Return);
    WAIT(states->state() == ui::StatePage::State::Error);
}

SIGNALBOX_TEST(TstConfigPages)
#include "tst_configpages.moc"
