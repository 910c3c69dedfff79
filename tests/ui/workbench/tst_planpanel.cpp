// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/support/console.h"
#include "tests/support/testmain.h"
#include "ui/common/messagebar.h"
#include "ui/models/tableview.h"
#include "ui/workbench/planpanel.h"

#include <QDialog>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using core::guard::ChangeOutcome;
using core::profiles::Environment;
using tests::NoteExecutor;
using ui::workbench::PlanPanel;
using ui::workbench::PlanRequest;

namespace {

struct Given {
    tests::Console console;
    NoteExecutor::Notes notes;
    QString slug;

    explicit Given(Environment environment = Environment::Development)
        : slug(console.addProfile(u"Shop"_s, environment))
    {
        console.services().guard.add(std::make_unique<NoteExecutor>(notes));
        console.start();
    }
    PlanRequest request(std::vector<core::guard::Change> changes)
    {
        PlanRequest wanted;
        wanted.title = u"Write notes"_s;
        wanted.applyText = u"Write"_s;
        wanted.plan.changes = std::move(changes);
        return wanted;
    }
    std::unique_ptr<PlanPanel> show(PlanRequest wanted)
    {
        auto panel = std::make_unique<PlanPanel>(console.workbench(), std::move(wanted));
        panel->resize(900, 600);
        panel->show();
        return panel;
    }
};

template <class W>
W *part(PlanPanel &panel, const QString &name)
{
    return panel.findChild<W *>(name);
}

QAbstractButton *mergeOffer(PlanPanel &panel)
{
    const auto buttons = panel.findChildren<QAbstractButton *>();
    for (QAbstractButton *each : buttons)
        if (each->isVisible() && each->text().remove(u'&').startsWith(u"Merge"_s))
            return each;
    return nullptr;
}

} // namespace

class TstPlanPanel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { tests::strictWindows(); }

    void appliesAndReportsOnce()
    {
        Given given;
        int reports = 0;
        QList<ChangeOutcome> outcomes;
        PlanRequest wanted = given.request({NoteExecutor::change(given.slug, u"a"_s, {}, "1")});
        wanted.finished = {&given.console.workbench(), [&](const QList<ChangeOutcome> &all) {
                               ++reports;
                               outcomes = all;
                           }};
        auto panel = given.show(std::move(wanted));
        QSignalSpy done(panel.get(), &PlanPanel::done);
        QVERIFY(!part<QPushButton>(*panel, u"planCollect"_s)->isVisible()); // nobody takes it
        QTest::mouseClick(part<QPushButton>(*panel, u"planApply"_s), Qt::LeftButton);
        QTRY_COMPARE(done.count(), 1);
        QCOMPARE(reports, 1);
        QCOMPARE(outcomes.size(), 1);
        QCOMPARE(outcomes.first().outcome, core::guard::Outcome::Applied);
        panel.reset();
        QCOMPARE(reports, 1);
    }

    void givingUpReportsNothingApplied()
    {
        Given given;
        int reports = 0;
        PlanRequest wanted = given.request({NoteExecutor::change(given.slug, u"a"_s, {}, "1")});
        wanted.finished = {&given.console.workbench(), [&](const QList<ChangeOutcome> &all) {
                               ++reports;
                               QVERIFY(all.isEmpty());
                           }};
        auto panel = given.show(std::move(wanted));
        QSignalSpy done(panel.get(), &PlanPanel::done);
        QTest::mouseClick(part<QPushButton>(*panel, u"planCancel"_s), Qt::LeftButton);
        QCOMPARE(done.count(), 1);
        QCOMPARE(reports, 1);
        QCOMPARE(given.notes.applied, 0);
    }

    void aLockedConnectionSaysWhatIsMissing()
    {
        Given given(Environment::Production);
        auto panel = given.show(given.request({NoteExecutor::change(given.slug, u"a"_s, {}, "1")}));
        auto *apply = part<QPushButton>(*panel, u"planApply"_s);
        auto *unlock = part<QPushButton>(*panel, u"planUnlock"_s);
        QVERIFY(!apply->isEnabled() && !apply->toolTip().isEmpty());
        QVERIFY(unlock->isVisible() && !unlock->isEnabled());
        QTest::keyClicks(part<QLineEdit>(*panel, u"planReason"_s), u"OPS-9"_s);
        QVERIFY(unlock->isEnabled());
        QTest::mouseClick(unlock, Qt::LeftButton);
        QTRY_VERIFY(apply->isEnabled());
        QVERIFY(!unlock->isVisible());
        QTest::mouseClick(apply, Qt::LeftButton);
        QTRY_COMPARE(given.notes.applied, 1);
    }

    void aDeletionInProductionIsTyped()
    {
        Given given(Environment::Production);
        const auto change = NoteExecutor::change(given.slug, u"precious"_s, "old", {});
        given.notes.values.insert(change.target.toString(), core::guard::Value{"old", {}});
        auto panel = given.show(given.request({change}));
        QTest::keyClicks(part<QLineEdit>(*panel, u"planReason"_s), u"OPS-9"_s);
        QTest::mouseClick(part<QPushButton>(*panel, u"planUnlock"_s), Qt::LeftButton);
        auto *typed = part<QLineEdit>(*panel, u"planTyped"_s);
        auto *apply = part<QPushButton>(*panel, u"planApply"_s);
        QTRY_VERIFY(typed->isVisible());
        // In a sheet, whose default button is Cancel: Return in the field must not press it.
        QDialog sheet;
        auto *layout = new QVBoxLayout(&sheet);
        layout->addWidget(panel.get());
        const auto out = qScopeGuard([&panel] { panel->setParent(nullptr); });
        sheet.show();
        panel->show();
        QVERIFY(!apply->isEnabled());
        QTest::keyClicks(typed, u"preciou"_s);
        QTest::keyClick(typed, Qt::Key_Return);
        QVERIFY(!given.notes.values.isEmpty());
        QCOMPARE(panel->phase(), PlanPanel::Phase::Review);
        QVERIFY(!apply->isEnabled());
        QTest::keyClicks(typed, u"s"_s);
        QVERIFY(apply->isEnabled());
        QTest::keyClick(typed, Qt::Key_Return);
        QTRY_VERIFY(given.notes.values.isEmpty());
        QTRY_COMPARE(panel->phase(), PlanPanel::Phase::Finished);
        QCOMPARE(panel->outcomes().size(), 1);
    }

    void aConflictOffersToResolveIt()
    {
        Given given;
        const auto change = NoteExecutor::change(given.slug, u"a"_s, "old", "new");
        given.notes.values.insert(change.target.toString(), core::guard::Value{"theirs", {}});
        PlanRequest wanted = given.request({change});
        int resolved = 0;
        wanted.resolveConflict = {this, [&resolved](const ChangeOutcome &) { ++resolved; }};
        auto panel = given.show(std::move(wanted));
        QTest::mouseClick(part<QPushButton>(*panel, u"planApply"_s), Qt::LeftButton);
        QTRY_COMPARE(panel->phase(), PlanPanel::Phase::Finished);
        QCOMPARE(panel->outcomes().first().outcome, core::guard::Outcome::Conflict);
        QCOMPARE(given.notes.values.first().content, QByteArray("theirs"));
        QAbstractButton *found = mergeOffer(*panel);
        QVERIFY(found);
        QTest::mouseClick(found, Qt::LeftButton);
        QTRY_COMPARE(resolved, 1);
    }

    void afterAConflict_theMergeHasTheFocusAndAKey()
    {
        Given given;
        const auto change = NoteExecutor::change(given.slug, u"a"_s, "old", "new");
        given.notes.values.insert(change.target.toString(), core::guard::Value{"theirs", {}});
        const auto reason = std::make_shared<QString>();
        int resolved = 0;
        const auto ask = [&] {
            PlanRequest wanted = given.request({change});
            wanted.reason = reason;
            wanted.resolveConflict = {this, [&resolved](const ChangeOutcome &) { ++resolved; }};
            return given.show(std::move(wanted));
        };
        auto panel = ask();
        QTest::keyClicks(part<QLineEdit>(*panel, u"planReason"_s), u"INC-77"_s);
        QTest::mouseClick(part<QPushButton>(*panel, u"planApply"_s), Qt::LeftButton);
        QTRY_COMPARE(panel->phase(), PlanPanel::Phase::Finished);
        QAbstractButton *merge = mergeOffer(*panel);
        QVERIFY(merge && !merge->shortcut().isEmpty());
        QVERIFY(panel->focusWidget() == merge);
        QTest::keyClick(merge, Qt::Key_Return);
        QTRY_COMPARE(resolved, 1);
        panel.reset();
        // What was typed is there for the next attempt.
        panel = ask();
        QCOMPARE(part<QLineEdit>(*panel, u"planReason"_s)->text(), u"INC-77"_s);
    }

    void whatFailed_isTriedAgainWithEverythingKept()
    {
        Given given;
        given.notes.failure = core::Error{core::Error::Kind::Rejected, u"not now"_s, 0, true};
        PlanRequest wanted = given.request({NoteExecutor::change(given.slug, u"a"_s, {}, "1")});
        QList<ChangeOutcome> outcomes;
        wanted.finished = {this, [&outcomes](const QList<ChangeOutcome> &all) { outcomes = all; }};
        auto panel = given.show(std::move(wanted));
        QSignalSpy done(panel.get(), &PlanPanel::done);
        auto *reason = part<QLineEdit>(*panel, u"planReason"_s);
        auto *apply = part<QPushButton>(*panel, u"planApply"_s);
        QTest::keyClicks(reason, u"OPS-9"_s);
        QTest::mouseClick(apply, Qt::LeftButton);
        QTRY_COMPARE(panel->phase(), PlanPanel::Phase::Finished);
        QCOMPARE(panel->outcomes().first().outcome, core::guard::Outcome::Failed);
        QVERIFY(apply->isVisible() && apply->isEnabled());
        QVERIFY2(apply->text().contains(u"Try again"_s), qPrintable(apply->text()));
        QVERIFY(panel->focusWidget() == apply);
        QVERIFY(reason->isVisible() && reason->isEnabled());
        QCOMPARE(reason->text(), u"OPS-9"_s);
        given.notes.failure.reset();
        QTest::mouseClick(apply, Qt::LeftButton);
        QTRY_COMPARE(done.count(), 1);
        QCOMPARE(outcomes.size(), 1);
        QCOMPARE(outcomes.first().outcome, core::guard::Outcome::Applied);
        QCOMPARE(given.notes.applied, 1);
    }

    void whoWouldMergeMayBeGone()
    {
        Given given;
        const auto change = NoteExecutor::change(given.slug, u"a"_s, "old", "new");
        given.notes.values.insert(change.target.toString(), core::guard::Value{"theirs", {}});
        PlanRequest wanted = given.request({change});
        auto page = std::make_unique<QWidget>();
        int called = 0;
        wanted.resolveConflict = {page.get(), [&called](const ChangeOutcome &) { ++called; }};
        wanted.finished = {page.get(), [&called](const QList<ChangeOutcome> &) { ++called; }};
        auto panel = given.show(std::move(wanted));
        QTest::mouseClick(part<QPushButton>(*panel, u"planApply"_s), Qt::LeftButton);
        QTRY_COMPARE(panel->phase(), PlanPanel::Phase::Finished);
        QVERIFY(mergeOffer(*panel));
        page.reset();
        QTRY_VERIFY(!mergeOffer(*panel));
        QTest::mouseClick(part<QPushButton>(*panel, u"planCancel"_s), Qt::LeftButton);
        panel.reset();
        QCOMPARE(called, 0);
    }

    void whatSomebodyElseChanges_isSaidInTheSheet()
    {
        Given given;
        const auto change = NoteExecutor::change(given.slug, u"a"_s, "old", "new");
        const QString target = change.target.toString();
        const auto now = [&](const char *content) { given.notes.values.insert(target, core::guard::Value{content, {}}); };
        now("old");
        PlanRequest wanted = given.request({change});
        ui::workbench::PlanNews news;
        int resolved = 0;
        wanted.news = &news;
        wanted.resolveConflict = {this, [&resolved](const ChangeOutcome &) { ++resolved; }};
        auto panel = given.show(std::move(wanted));
        auto *apply = part<QPushButton>(*panel, u"planApply"_s);
        auto *bar = panel->findChild<ui::MessageBar *>();
        QVERIFY(apply->isEnabled());
        QTRY_COMPARE(bar->current().id, u"reach"_s); // nothing listens there; what comes after it is on top
        now("theirs");
        Q_EMIT news.changed();
        QTRY_COMPARE(bar->current().id, u"meanwhile"_s);
        QVERIFY(!apply->isEnabled() && !apply->toolTip().isEmpty());
        QTRY_VERIFY(mergeOffer(*panel));
        now("new");
        Q_EMIT news.changed();
        QTRY_VERIFY(!mergeOffer(*panel));
        QVERIFY2(bar->current().text.contains(u"already"_s), qPrintable(bar->current().text));
        QVERIFY(!apply->isEnabled());
        now("old"); // they took it back
        Q_EMIT news.changed();
        QTRY_VERIFY(apply->isEnabled());
        QCOMPARE(bar->current().id, u"reach"_s);
        now("theirs");
        Q_EMIT news.changed();
        QTRY_VERIFY(mergeOffer(*panel));
        QTest::mouseClick(mergeOffer(*panel), Qt::LeftButton);
        QTRY_COMPARE(resolved, 1);
        QCOMPARE(given.notes.applied, 0);
    }

    void whereNothingMerges_itBeginsFromWhatIsThereNow()
    {
        Given given;
        const auto change = NoteExecutor::change(given.slug, u"a"_s, "old", "new");
        given.notes.values.insert(change.target.toString(), core::guard::Value{"theirs", {}});
        PlanRequest wanted = given.request({change});
        ui::workbench::PlanNews news;
        wanted.news = &news;
        auto panel = given.show(std::move(wanted));
        const QUuid id = panel->request().plan.id;
        auto *bar = panel->findChild<ui::MessageBar *>();
        QTRY_COMPARE(bar->current().id, u"reach"_s); // nothing listens there; what comes after it is on top
        Q_EMIT news.changed();
        QTRY_COMPARE(bar->current().id, u"meanwhile"_s);
        QCOMPARE(bar->current().actions.size(), 1);
        auto *begin = bar->findChild<QAbstractButton *>(u"messageBarAction"_s);
        QVERIFY(begin);
        QTest::mouseClick(begin, Qt::LeftButton);
        QTRY_VERIFY(part<QPushButton>(*panel, u"planApply"_s)->isEnabled());
        QCOMPARE(panel->request().plan.id, id);
        QTest::mouseClick(part<QPushButton>(*panel, u"planApply"_s), Qt::LeftButton);
        QTRY_COMPARE(given.notes.values.first().content, QByteArray("new"));
    }

    // Hashing them all takes a while; the window does not wait for it, the button does.
    void aLargePlanIsReadBeside()
    {
        Given given;
        auto panel = given.show(given.request({NoteExecutor::change(given.slug, u"a"_s, {}, QByteArray(8'000'000, 'x'))}));
        auto *apply = part<QPushButton>(*panel, u"planApply"_s);
        QVERIFY(!apply->isEnabled() && !apply->toolTip().isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(apply->isEnabled(), 30'000);
        QTest::mouseClick(apply, Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(given.notes.applied, 1, 30'000);
    }

    void outcomesOfManyStandInTheirRows()
    {
        Given given;
        std::vector<core::guard::Change> changes;
        for (int i = 0; i < 60; ++i) {
            changes.push_back(NoteExecutor::change(given.slug, u"n%1"_s.arg(i), "old", "new"));
            given.notes.values.insert(changes.back().target.toString(), core::guard::Value{i == 40 ? "theirs" : "old", {}});
        }
        auto panel = given.show(given.request(changes));
        const ui::RecordModelBase *rows = part<ui::TableView>(*panel, u"planChanges"_s)->records();
        QTest::mouseClick(part<QPushButton>(*panel, u"planApply"_s), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(panel->phase(), PlanPanel::Phase::Finished, 30'000);
        QHash<int, core::guard::Outcome> outcomes;
        for (const ChangeOutcome &outcome : panel->outcomes())
            outcomes.insert(outcome.index, outcome.outcome);
        const int state = rows->columnIndex(u"state"_s);
        for (int i = 0; i < 60; ++i) {
            const QString expected = !outcomes.contains(i)           ? QString()
                : outcomes.value(i) == core::guard::Outcome::Applied ? u"applied"_s
                                                                     : u"conflict"_s;
            QCOMPARE(rows->cellText(rows->rowOf(QString::number(i)), state), expected);
        }
        QCOMPARE(outcomes.value(40), core::guard::Outcome::Conflict);
    }

    // What was sent before Cancel cannot be called back, and is told of.
    void cancelledOnTheWire_saysWhatCameOfIt_data()
    {
        QTest::addColumn<int>("all");
        QTest::addColumn<int>("sent");
        QTest::newRow("one") << 1 << 1;
        QTest::newRow("a hundred") << 100 << 64;
    }
    void cancelledOnTheWire_saysWhatCameOfIt()
    {
        QFETCH(int, all);
        QFETCH(int, sent);
        Given given;
        given.notes.wire = NoteExecutor::Notes::Wire::Holds;
        std::vector<core::guard::Change> changes;
        for (int i = 0; i < all; ++i)
            changes.push_back(NoteExecutor::change(given.slug, u"n%1"_s.arg(i), {}, "1"));
        PlanRequest wanted = given.request(changes);
        int reports = 0;
        QList<ChangeOutcome> outcomes;
        wanted.finished = {this, [&](const QList<ChangeOutcome> &told) {
                               ++reports;
                               outcomes = told;
                           }};
        auto panel = given.show(std::move(wanted));
        QSignalSpy done(panel.get(), &PlanPanel::done);
        auto *cancel = part<QPushButton>(*panel, u"planCancel"_s);
        const auto *note = part<QLabel>(*panel, u"planNote"_s);
        const auto *undo = part<QPushButton>(*panel, u"planUndo"_s);
        QTest::mouseClick(part<QPushButton>(*panel, u"planApply"_s), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(given.notes.held.size(), sent, 30'000);
        QTest::mouseClick(cancel, Qt::LeftButton);
        QTRY_VERIFY2_WITH_TIMEOUT(note->text().contains(u"Stopping… %1"_s.arg(sent)), qPrintable(note->text()), 30'000);
        QVERIFY(!cancel->isEnabled() && !undo->isVisible());
        panel->dismiss(); // Escape closes nothing
        const int first = sent / 3;
        given.notes.letGo(first);
        QTRY_VERIFY2_WITH_TIMEOUT(note->text().contains(u"Stopping… %1"_s.arg(sent - first)), qPrintable(note->text()), 30'000);
        QCOMPARE(panel->phase(), PlanPanel::Phase::Running);
        QCOMPARE(done.count() + reports, 0);
        given.notes.letGo(sent);
        QTRY_COMPARE_WITH_TIMEOUT(panel->phase(), PlanPanel::Phase::Finished, 30'000);
        QCOMPARE(given.notes.applied, sent);
        QCOMPARE(given.notes.held.size(), 0); // nothing was begun since
        QVERIFY2(note->text().startsWith(u"%1 of %2 change"_s.arg(sent).arg(all)), qPrintable(note->text()));
        QVERIFY(undo->isVisible() && cancel->isEnabled());
        const auto *bar = panel->findChild<ui::MessageBar *>();
        QCOMPARE(bar->current().id == u"outcome"_s, sent == all); // that it was too late is said where it was
        const ui::RecordModelBase *rows = part<ui::TableView>(*panel, u"planChanges"_s)->records();
        for (int i = 0; i < all; ++i)
            QCOMPARE(rows->cellText(rows->rowOf(QString::number(i)), rows->columnIndex(u"state"_s)), i < sent ? u"applied"_s : QString());
        QTest::mouseClick(cancel, Qt::LeftButton);
        QCOMPARE(done.count(), 1);
        panel.reset();
        QCOMPARE(reports, 1);
        QCOMPARE(outcomes.size(), sent);
        QVERIFY(std::ranges::all_of(outcomes, [](const ChangeOutcome &told) { return told.outcome == core::guard::Outcome::Applied; }));
    }

    void cancelledBeforeAnythingWasSent_isTriedAgain()
    {
        Given given;
        auto panel = given.show(given.request({NoteExecutor::change(given.slug, u"a"_s, {}, "1")}));
        QSignalSpy done(panel.get(), &PlanPanel::done);
        auto *apply = part<QPushButton>(*panel, u"planApply"_s);
        QTest::mouseClick(apply, Qt::LeftButton);
        panel->dismiss();
        QTRY_COMPARE_WITH_TIMEOUT(panel->phase(), PlanPanel::Phase::Finished, 30'000);
        QCOMPARE(given.notes.applied, 0);
        QVERIFY(!part<QPushButton>(*panel, u"planUndo"_s)->isVisible());
        QVERIFY(apply->isVisible() && apply->isEnabled());
        QTest::mouseClick(apply, Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(done.count(), 1, 30'000);
        QCOMPARE(given.notes.applied, 1);
    }

    // The plan goes on; whoever asked hears of it at its end.
    void aPanelThatGoesWhileItRuns_stopsNothing_data()
    {
        QTest::addColumn<bool>("cancelled");
        QTest::newRow("running") << false;
        QTest::newRow("stopping") << true;
    }
    void aPanelThatGoesWhileItRuns_stopsNothing()
    {
        QFETCH(bool, cancelled);
        Given given;
        given.notes.wire = NoteExecutor::Notes::Wire::Holds;
        std::vector<core::guard::Change> changes;
        for (int i = 0; i < 70; ++i)
            changes.push_back(NoteExecutor::change(given.slug, u"n%1"_s.arg(i), {}, "1"));
        PlanRequest wanted = given.request(changes);
        int reports = 0;
        QList<ChangeOutcome> outcomes;
        wanted.finished = {this, [&](const QList<ChangeOutcome> &told) {
                               ++reports;
                               outcomes = told;
                           }};
        auto panel = given.show(std::move(wanted));
        QTest::mouseClick(part<QPushButton>(*panel, u"planApply"_s), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(given.notes.held.size(), 64, 30'000);
        if (cancelled) {
            panel->dismiss();
            QTRY_VERIFY_WITH_TIMEOUT(part<QLabel>(*panel, u"planNote"_s)->text().startsWith(u"Stopping"_s), 30'000);
        }
        panel.reset();
        QCOMPARE(reports, 0);
        given.notes.wire = NoteExecutor::Notes::Wire::Answers;
        given.notes.letGo(64);
        QTRY_COMPARE_WITH_TIMEOUT(reports, 1, 30'000);
        QCOMPARE(outcomes.size(), cancelled ? 64 : 70);
        QCOMPARE(given.notes.applied, int(outcomes.size()));
    }

    void outcomesStandInTheirRows()
    {
        Given given;
        const auto a = NoteExecutor::change(given.slug, u"a"_s, {}, "1");
        const auto b = NoteExecutor::change(given.slug, u"b"_s, "old", "2");
        given.notes.values.insert(b.target.toString(), core::guard::Value{"theirs", {}});
        auto panel = given.show(given.request({a, b}));
        const auto *table = part<ui::TableView>(*panel, u"planChanges"_s);
        QVERIFY(table->isVisible());
        QTest::mouseClick(part<QPushButton>(*panel, u"planApply"_s), Qt::LeftButton);
        QTRY_COMPARE(panel->phase(), PlanPanel::Phase::Finished);
        const int state = table->records()->columnIndex(u"state"_s);
        QCOMPARE(table->records()->cellText(0, state), u"applied"_s);
        QCOMPARE(table->records()->cellText(1, state), u"conflict"_s);
        QVERIFY(part<QPushButton>(*panel, u"planUndo"_s)->isVisible());
    }

    void readsInTheLanguageOfTheWindow()
    {
        Given given;
        auto panel = given.show(given.request({NoteExecutor::change(given.slug, u"a"_s, {}, "1")}));
        auto *cancel = part<QPushButton>(*panel, u"planCancel"_s);
        const QString english = cancel->text();
        given.console.set(core::profiles::Setting::Language, u"zh_CN"_s);
        QTRY_VERIFY(cancel->text() != english);
        given.console.set(core::profiles::Setting::Language, u"en"_s);
        QTRY_COMPARE(cancel->text(), english);
    }

    void attributesAreCalledInTheLanguageOfTheWindow()
    {
        Given given;
        auto change = NoteExecutor::change(given.slug, u"a"_s, "1", "2");
        change.before->attributes = {{u"type"_s, u"text"_s}, {u"description"_s, u"old"_s}, {u"colour"_s, u"red"_s}};
        change.after->attributes = {{u"type"_s, u"json"_s}, {u"tags"_s, QJsonArray{u"x"_s}}, {u"colour"_s, u"blue"_s}};
        given.notes.values.insert(change.target.toString(), *change.before);
        auto panel = given.show(given.request({change}));
        const auto *attributes = part<QLabel>(*panel, u"planAttributes"_s);
        QTRY_COMPARE(attributes->text(), u"colour: red → blue\ndescription: old is taken away\ntags: x\ntype: text → json"_s);
        given.console.set(core::profiles::Setting::Language, u"zh_CN"_s);
        QTRY_VERIFY(attributes->text().contains(u"类型"_s));
        QVERIFY(attributes->text().contains(u"标签"_s) && attributes->text().contains(u"描述"_s));
        QVERIFY(attributes->text().contains(u"colour"_s)); // nobody knows another word for it
        given.console.set(core::profiles::Setting::Language, u"en"_s);
        QTRY_VERIFY(attributes->text().contains(u"type: text"_s));
    }
};

SIGNALBOX_TEST(TstPlanPanel)
#include "tst_planpanel.moc"
