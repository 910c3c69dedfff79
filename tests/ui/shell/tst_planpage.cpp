// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/support/console.h"
#include "tests/support/testmain.h"
#include "ui/common/messagebar.h"
#include "ui/common/widgets.h"
#include "ui/models/tableview.h"
#include "ui/shell/planpage.h"
#include "ui/shell/tabarea.h"

#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QProgressBar>
#include <QPushButton>
#include <tuple>

using namespace Qt::StringLiterals;
using tests::NoteExecutor;
using ui::TableView;

namespace {

core::guard::Plan planOf(const QString &title, std::vector<core::guard::Change> changes)
{
    core::guard::Plan plan;
    plan.title = title;
    plan.changes = std::move(changes);
    return plan;
}

void review(tests::Console &console, const core::guard::Plan &plan)
{
    ui::workbench::PlanRequest request;
    request.plan = plan;
    request.title = plan.title;
    request.applyText = u"Apply"_s;
    console.workbench().reviewPlan(std::move(request));
}

/// Reviews the plan and presses Add to plan.
bool collect(tests::Console &console, const core::guard::Plan &plan)
{
    review(console, plan);
    auto *add = console.find<QPushButton>(u"planCollect"_s);
    if (!add || !add->isEnabled())
        return false;
    QTest::mouseClick(add, Qt::LeftButton);
    return QTest::qWaitFor([&console] { return !console.widget(u"planDialog"_s); });
}

/// A plan of `a` and `b`, both on the wire. Answers the connection.
QString applyTwoThatWait(tests::Console &console, NoteExecutor::Notes &notes)
{
    const QString slug = console.addProfile(u"Shop"_s);
    notes.wire = NoteExecutor::Notes::Wire::Holds;
    console.services().guard.add(std::make_unique<NoteExecutor>(notes));
    console.start();
    const auto both = planOf(u"Both"_s, {NoteExecutor::change(slug, u"a"_s, {}, "1"), NoteExecutor::change(slug, u"b"_s, {}, "2")});
    if (!collect(console, both))
        return slug;
    console.workbench().openPage({.kind = u"plan"_s});
    const QPushButton *apply = nullptr;
    if (QTest::qWaitFor([&] { return (apply = console.find<QPushButton>(u"planApply"_s)) && apply->isEnabled(); }))
        QTest::mouseClick(console.widget(u"planApply"_s), Qt::LeftButton);
    std::ignore = QTest::qWaitFor([&notes] { return notes.held.size() == 2; });
    return slug;
}

QString button(tests::Console &console)
{
    const auto *plan = console.find<QAbstractButton>(u"planButton"_s);
    return plan ? plan->text() : QString();
}

/// An action of the page's message bar.
QAbstractButton *action(tests::Console &console, const QString &text)
{
    const QWidget *page = console.widget(u"planPage"_s);
    const auto buttons = page ? page->findChildren<QAbstractButton *>() : QList<QAbstractButton *>();
    for (QAbstractButton *each : buttons)
        if (each->isVisible() && each->text() == text)
            return each;
    return nullptr;
}

QString cell(const TableView *table, int row, const QString &column)
{
    const auto *records = table->records();
    return records->cellText(records->rowOf(QString::number(row)), records->columnIndex(column));
}

} // namespace

class TstPlanPage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { tests::strictWindows(); }

    void collectsReviewsAppliesAndTakesBack()
    {
        tests::Console console;
        const QString slug = console.addProfile(u"Shop"_s);
        NoteExecutor::Notes notes;
        notes.values.insert(NoteExecutor::change(slug, u"a"_s, "old", "new").target.toString(), core::guard::Value{"old", {}});
        console.services().guard.add(std::make_unique<NoteExecutor>(notes));
        console.start();
        QVERIFY(button(console).isEmpty());

        QVERIFY(collect(console, planOf(u"Publish a"_s, {NoteExecutor::change(slug, u"a"_s, "old", "new")})));
        QCOMPARE(notes.applied, 0);
        QTRY_COMPARE(button(console), u"Plan 1"_s);
        QVERIFY(collect(console, planOf(u"Create b"_s, {NoteExecutor::change(slug, u"b"_s, {}, "fresh")})));
        QTRY_COMPARE(button(console), u"Plan 2"_s);

        QTest::mouseClick(console.widget(u"planButton"_s), Qt::LeftButton);
        QTRY_COMPARE(console.currentKind(), u"plan"_s);
        QTRY_VERIFY(console.find<TableView>(u"planChanges"_s));
        auto *table = console.find<TableView>(u"planChanges"_s);
        QCOMPARE(table->records()->rowCount(), 2);
        QVERIFY(table->isColumnShown(u"undo"_s) && table->isColumnShown(u"check"_s));
        QVERIFY(!table->isColumnShown(u"place"_s)); // all of one place, which the headline names
        QCOMPARE(cell(table, 1, u"verb"_s), u"create"_s);
        QVERIFY(console.widget(u"planDiff"_s));
        QVERIFY(!console.widget(u"planCollect"_s)); // it is in the plan already
        // The needs stand above the changes.
        QVERIFY(console.widget(u"planReason"_s)->mapToGlobal(QPoint()).y() < table->mapToGlobal(QPoint()).y());

        console.find<QLineEdit>(u"planReason"_s)->setText(u"OPS-1"_s);
        QTest::mouseClick(console.widget(u"planApply"_s), Qt::LeftButton);
        QTRY_COMPARE(notes.applied, 2);
        QTRY_COMPARE(cell(table, 0, u"state"_s), u"applied"_s);
        QCOMPARE(cell(table, 1, u"state"_s), u"applied"_s);
        // What came of it takes the place of how it is checked; what was asked for leaves no room behind.
        QTRY_VERIFY(table->isColumnShown(u"state"_s) && !table->isColumnShown(u"check"_s));
        QTRY_VERIFY(!console.widget(u"planReason"_s));
        const auto *bar = console.widget(u"planTitle"_s)->parentWidget()->findChild<ui::MessageBar *>();
        QVERIFY(bar && bar->isVisible());
        const auto top = [](const QWidget *widget) { return widget->mapToGlobal(QPoint()).y(); };
        QTRY_VERIFY(top(table) - top(bar) - bar->height() <= 2);
        QTRY_VERIFY(button(console).isEmpty());    // nothing waits any more
        QVERIFY(console.widget(u"planChanges"_s)); // its outcomes are still on show

        QTest::mouseClick(console.widget(u"planUndo"_s), Qt::LeftButton);
        QTRY_VERIFY(console.widget(u"planDialog"_s));
        QTest::mouseClick(console.widget(u"planDialog"_s)->findChild<QPushButton *>(u"planApply"_s), Qt::LeftButton);
        QTRY_COMPARE(notes.values.size(), 1);
        QCOMPARE(notes.values.first().content, QByteArray("old"));
    }

    // The plan goes on without its page; what it applied is in the plan no more.
    void aTabClosedWhileItRuns_stopsNothing()
    {
        tests::Console console;
        NoteExecutor::Notes notes;
        applyTwoThatWait(console, notes);
        QCOMPARE(notes.held.size(), 2);
        QPointer<QWidget> page(console.widget(u"planPage"_s));
        console.window().tabs().close(console.window().tabs().currentIndex());
        QTRY_VERIFY(!page);
        QCOMPARE(button(console), u"Plan 2"_s);
        notes.letGo(2);
        QTRY_COMPARE(notes.applied, 2);
        QTRY_VERIFY(button(console).isEmpty());
    }

    // Another change of the same object, collected while the former one is on its way.
    void whatIsCollectedMeanwhile_stays()
    {
        tests::Console console;
        NoteExecutor::Notes notes;
        const QString slug = applyTwoThatWait(console, notes);
        QCOMPARE(notes.held.size(), 2);
        const auto later = NoteExecutor::change(slug, u"a"_s, "1", "later");
        QVERIFY(console.shell().basket().add(planOf(u"Later"_s, {later})));
        notes.letGo(2);
        QTRY_COMPARE(notes.applied, 2);
        QTRY_COMPARE(button(console), u"Plan 1"_s);
        QCOMPARE(console.shell().basket().plan().changes.front(), later);
    }

    void whatFailsStaysInThePlan()
    {
        tests::Console console;
        const QString slug = console.addProfile(u"Shop"_s);
        NoteExecutor::Notes notes;
        const auto changed = NoteExecutor::change(slug, u"a"_s, "old", "new");
        notes.values.insert(changed.target.toString(), core::guard::Value{"somebody else's", {}});
        console.services().guard.add(std::make_unique<NoteExecutor>(notes));
        console.start();
        QVERIFY(collect(console, planOf(u"Both"_s, {changed, NoteExecutor::change(slug, u"b"_s, {}, "fresh")})));
        const QUuid id = console.shell().basket().plan().id;
        console.workbench().openPage({.kind = u"plan"_s});
        QTRY_VERIFY(console.find<QPushButton>(u"planApply"_s) && console.find<QPushButton>(u"planApply"_s)->isEnabled());
        QTest::mouseClick(console.widget(u"planApply"_s), Qt::LeftButton);
        auto *table = console.find<TableView>(u"planChanges"_s);
        QTRY_COMPARE(cell(table, 0, u"state"_s), u"conflict"_s);
        QTRY_COMPARE(cell(table, 1, u"state"_s), u"applied"_s);
        QTRY_COMPARE(button(console), u"Plan 1"_s);
        QVERIFY(console.shell().basket().plan().id != id);
        QCOMPARE(notes.values.value(changed.target.toString()).content, QByteArray("somebody else's"));
        // Go on: what is left is reviewed anew.
        QTRY_VERIFY(console.widget(u"planCancel"_s));
        QTest::mouseClick(console.widget(u"planCancel"_s), Qt::LeftButton);
        QTRY_VERIFY(console.find<TableView>(u"planChanges"_s) && console.find<TableView>(u"planChanges"_s)->records()->rowCount() == 1);
        QVERIFY(console.find<QPushButton>(u"planApply"_s)->isEnabled());
    }

    void comparedAgain_showsWhereEachChangeStands_andIsTheWayOut()
    {
        tests::Console console;
        const QString slug = console.addProfile(u"Shop"_s);
        NoteExecutor::Notes notes;
        const auto possible = NoteExecutor::change(slug, u"a"_s, "old", "new");
        const auto done = NoteExecutor::change(slug, u"b"_s, "old", "new");
        const auto theirs = NoteExecutor::change(slug, u"c"_s, "old", "new");
        notes.values.insert(possible.target.toString(), core::guard::Value{"old", {}});
        notes.values.insert(done.target.toString(), core::guard::Value{"new", {}});
        notes.values.insert(theirs.target.toString(), core::guard::Value{"somebody else's", {}});
        console.services().guard.add(std::make_unique<NoteExecutor>(notes));
        console.start();
        QVERIFY(collect(console, planOf(u"All"_s, {possible, done, theirs})));
        console.workbench().openPage({.kind = u"plan"_s});
        QTRY_VERIFY(console.find<QPushButton>(u"planApply"_s) && console.find<QPushButton>(u"planApply"_s)->isEnabled());
        const QByteArray before = console.shell().basket().plan().hash();

        QTest::mouseClick(console.widget(u"planCompare"_s), Qt::LeftButton);
        QTRY_COMPARE(cell(console.find<TableView>(u"planChanges"_s), 0, u"state"_s), u"possible"_s);
        QCOMPARE(cell(console.find<TableView>(u"planChanges"_s), 1, u"state"_s), u"done already"_s);
        QCOMPARE(cell(console.find<TableView>(u"planChanges"_s), 2, u"state"_s), u"in conflict"_s);
        QVERIFY(console.find<TableView>(u"planChanges"_s)->isColumnShown(u"state"_s));
        // Refused as a whole, and it says what to do; nothing was written, nothing of the plan is lost.
        const auto *apply = console.find<QPushButton>(u"planApply"_s);
        QVERIFY(!apply->isEnabled() && !apply->toolTip().isEmpty());
        QCOMPARE(notes.applied, 0);
        QCOMPARE(console.shell().basket().plan().hash(), before);

        auto *begin = action(console, u"Begin from what is there now"_s);
        QVERIFY(begin);
        QTest::mouseClick(begin, Qt::LeftButton);
        QTRY_COMPARE(button(console), u"Plan 2"_s);
        QCOMPARE(console.shell().basket().plan().changes.at(1).before->content, QByteArray("somebody else's"));
        QTRY_VERIFY(console.find<QPushButton>(u"planApply"_s) && console.find<QPushButton>(u"planApply"_s)->isEnabled());
        QTest::mouseClick(console.widget(u"planApply"_s), Qt::LeftButton);
        QTRY_COMPARE(notes.applied, 2);
        QCOMPARE(notes.values.value(theirs.target.toString()).content, QByteArray("new"));
    }

    void comparedAgain_takesOutWhatStandsInTheWay_evenAfterAConflict()
    {
        tests::Console console;
        const QString slug = console.addProfile(u"Shop"_s);
        NoteExecutor::Notes notes;
        const auto theirs = NoteExecutor::change(slug, u"a"_s, "old", "new");
        const auto fresh = NoteExecutor::change(slug, u"b"_s, {}, "fresh");
        notes.values.insert(theirs.target.toString(), core::guard::Value{"somebody else's", {}});
        notes.failure = core::Error{core::Error::Kind::Rejected, u"not now"_s, 0, false};
        console.services().guard.add(std::make_unique<NoteExecutor>(notes));
        console.start();
        QVERIFY(collect(console, planOf(u"Both"_s, {theirs, fresh})));
        console.workbench().openPage({.kind = u"plan"_s});
        QTRY_VERIFY(console.find<QPushButton>(u"planApply"_s) && console.find<QPushButton>(u"planApply"_s)->isEnabled());
        QTest::mouseClick(console.widget(u"planApply"_s), Qt::LeftButton);
        QTRY_COMPARE(cell(console.find<TableView>(u"planChanges"_s), 0, u"state"_s), u"conflict"_s);
        QTRY_COMPARE(cell(console.find<TableView>(u"planChanges"_s), 1, u"state"_s), u"failed"_s);
        notes.failure.reset();
        QTRY_VERIFY(console.widget(u"planCompare"_s)->isEnabled());
        QTest::mouseClick(console.widget(u"planCompare"_s), Qt::LeftButton);
        QTRY_VERIFY(action(console, u"Take these out"_s));
        QTest::mouseClick(action(console, u"Take these out"_s), Qt::LeftButton);
        QTRY_COMPARE(button(console), u"Plan 1"_s);
        QCOMPARE(console.shell().basket().plan().changes.front().target, fresh.target);
        QTRY_VERIFY(console.find<QPushButton>(u"planApply"_s) && console.find<QPushButton>(u"planApply"_s)->isEnabled());
        QTest::mouseClick(console.widget(u"planApply"_s), Qt::LeftButton);
        QTRY_COMPARE(notes.applied, 1);
        QCOMPARE(notes.values.value(theirs.target.toString()).content, QByteArray("somebody else's"));
    }

    void survivesARestart()
    {
        tests::Console console;
        const QString slug = console.addProfile(u"Shop"_s);
        console.start();
        QVERIFY(collect(console, planOf(u"Create a"_s, {NoteExecutor::change(slug, u"a"_s, {}, "1")})));
        console.restart();
        console.workbench().openPage({.kind = u"plan"_s});
        QTRY_COMPARE(button(console), u"Plan 1"_s);
        QTRY_VERIFY(console.find<TableView>(u"planChanges"_s));
        QCOMPARE(console.shell().basket().plan().changes.front().after->content, QByteArray("1"));
    }

    void connectionsAreNotMixedInSilence()
    {
        tests::Console console;
        const QString one = console.addProfile(u"Shop"_s);
        const QString other = console.addProfile(u"Bank"_s);
        console.start();
        QVERIFY(collect(console, planOf(u"Create a"_s, {NoteExecutor::change(one, u"a"_s, {}, "1")})));
        // Refused: the review stays open, nothing was collected.
        console.answers().cancel();
        review(console, planOf(u"Create b"_s, {NoteExecutor::change(other, u"b"_s, {}, "1")}));
        QTest::mouseClick(console.widget(u"planCollect"_s), Qt::LeftButton);
        QTRY_COMPARE(console.answers().asked().size(), 1);
        QVERIFY2(console.answers().asked().first().contains(u"Shop"_s) && console.answers().asked().first().contains(u"Bank"_s),
                 qPrintable(console.answers().asked().first()));
        QTRY_VERIFY(console.find<QPushButton>(u"planCollect"_s)->isEnabled());
        QCOMPARE(console.shell().basket().count(), 1);
        console.answers().confirm();
        QTest::mouseClick(console.widget(u"planCollect"_s), Qt::LeftButton);
        QTRY_COMPARE(console.shell().basket().count(), 2);
        const auto *plan = console.find<QAbstractButton>(u"planButton"_s);
        QVERIFY2(plan->toolTip().contains(u"Shop"_s) && plan->toolTip().contains(u"Bank"_s), qPrintable(plan->toolTip()));
    }

    void takesOutDiscardsSavesAndOpens()
    {
        tests::Console console;
        const QString slug = console.addProfile(u"Shop"_s);
        console.start();
        QVERIFY(collect(console,
                        planOf(u"Both"_s, {NoteExecutor::change(slug, u"a"_s, {}, "1"), NoteExecutor::change(slug, u"b"_s, {}, "2")})));
        console.workbench().openPage({.kind = u"plan"_s});
        const QString file = console.home().filePath(u"kept.json"_s);
        console.answers().file(file);
        QTRY_VERIFY(console.find<QAbstractButton>(u"planSave"_s) && console.find<QAbstractButton>(u"planSave"_s)->isEnabled());
        QTest::mouseClick(console.widget(u"planSave"_s), Qt::LeftButton);
        QTRY_VERIFY(QFile::exists(file));

        auto *table = console.find<TableView>(u"planChanges"_s);
        table->select({u"0"_s}, u"0"_s);
        QTRY_VERIFY(console.find<QAbstractButton>(u"planTakeOut"_s)->isEnabled());
        QTest::mouseClick(console.widget(u"planTakeOut"_s), Qt::LeftButton);
        QTRY_COMPARE(button(console), u"Plan 1"_s);
        QCOMPARE(console.shell().basket().plan().changes.front().target.path(), QStringList{u"b"_s});

        console.answers().confirm();
        QTRY_VERIFY(console.find<QAbstractButton>(u"planDiscard"_s)->isEnabled());
        QTest::mouseClick(console.widget(u"planDiscard"_s), Qt::LeftButton);
        QTRY_COMPARE(console.shell().basket().count(), 0);

        // The file is there a moment before it is said to be saved.
        QTRY_VERIFY(console.find<QAbstractButton>(u"planOpen"_s)->isEnabled());
        console.answers().file(file);
        QTest::mouseClick(console.widget(u"planOpen"_s), Qt::LeftButton);
        QTRY_COMPARE(console.shell().basket().count(), 2);

        // Edited by hand: said, and the plan stays.
        QFile edited(file);
        QVERIFY(edited.open(QIODevice::ReadWrite));
        QByteArray bytes = edited.readAll();
        bytes.replace("/a\"", "/z\"");
        edited.resize(0);
        edited.seek(0);
        edited.write(bytes);
        edited.close();
        console.answers().file(file);
        QTest::mouseClick(console.widget(u"planOpen"_s), Qt::LeftButton);
        QTRY_COMPARE(console.answers().left(), 0);
        const auto *bar = console.workbench().currentPage()->findChild<ui::MessageBar *>();
        QVERIFY(bar);
        QTRY_VERIFY(bar->current().text.startsWith("Cannot open the plan"_L1));
        QCOMPARE(console.shell().basket().count(), 2);
        // A folder is none, and a device would be waited for.
        console.answers().file(console.home().path());
        QTRY_VERIFY(console.find<QAbstractButton>(u"planOpen"_s)->isEnabled());
        QTest::mouseClick(console.widget(u"planOpen"_s), Qt::LeftButton);
        QTRY_VERIFY(bar->current().details.contains("not a file"_L1));
    }

    void aProtectedConnectionIsUnlockedFromThePlan()
    {
        tests::Console console;
        const QString slug = console.addProfile(u"Live shop"_s, core::profiles::Environment::Production);
        QVERIFY(slug != u"Live shop"_s);
        NoteExecutor::Notes notes;
        console.services().guard.add(std::make_unique<NoteExecutor>(notes));
        console.start();
        QVERIFY(collect(console, planOf(u"Create a"_s, {NoteExecutor::change(slug, u"a"_s, {}, "1")}))); // writes nothing: needs no unlock
        console.workbench().openPage({.kind = u"plan"_s});
        QTRY_VERIFY(console.find<QPushButton>(u"planApply"_s));
        auto *apply = console.find<QPushButton>(u"planApply"_s);
        QVERIFY(!apply->isEnabled());
        QVERIFY(!apply->toolTip().isEmpty());
        // Named as the person named it, not as its address does.
        QStringList texts;
        const auto labels = console.widget(u"planUnlock"_s)->parentWidget()->findChildren<QLabel *>();
        for (const QLabel *label : labels)
            texts.append(label->text());
        QVERIFY2(texts.join(u' ').contains(u"Live shop is read-only"_s), qPrintable(texts.join(u' ')));
        console.find<QLineEdit>(u"planReason"_s)->setText(u"OPS-2"_s);
        QTRY_VERIFY(console.find<QPushButton>(u"planUnlock"_s) && console.find<QPushButton>(u"planUnlock"_s)->isEnabled());
        QTest::mouseClick(console.widget(u"planUnlock"_s), Qt::LeftButton);
        if (auto *typed = console.find<QLineEdit>(u"planTyped"_s)) // production wants a word
            QTest::keyClicks(typed, console.services().guard.review(console.shell().basket().plan()).typedText);
        QTRY_VERIFY(apply->isEnabled());
        QTest::mouseClick(apply, Qt::LeftButton);
        QTRY_COMPARE(notes.applied, 1);
    }
};

SIGNALBOX_TEST(TstPlanPage)
#include "tst_planpage.moc"
