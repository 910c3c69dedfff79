// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/reply.h"
#include "tests/e2e/support/console.h"
#include "tests/support/testmain.h"
#include "ui/workbench/activity.h"

#include <QAbstractButton>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using ui::workbench::Activity;

class TstActivity : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { tests::strictWindows(); }

    void showsHowAnOperationEnds_data()
    {
        QTest::addColumn<int>("end"); // 0 done, 1 failed, 2 cancelled
        QTest::addColumn<int>("state");
        QTest::newRow("done") << 0 << int(Activity::State::Done);
        QTest::newRow("failed") << 1 << int(Activity::State::Failed);
        QTest::newRow("cancelled") << 2 << int(Activity::State::Cancelled);
    }
    void showsHowAnOperationEnds()
    {
        QFETCH(int, end);
        QFETCH(int, state);
        Activity activity;
        auto *reply = new core::Reply<core::Done>(this);
        const int id = activity.track(reply, u"Verify"_s, u"here"_s);
        QCOMPARE(activity.running(), 1);
        Q_EMIT reply->progress(3, 10);
        QCOMPARE(activity.find(id)->done, 3);
        QCOMPARE(activity.find(id)->total, 10);
        if (end == 0)
            reply->settle(core::Done{});
        else if (end == 1)
            reply->settle(core::fail(core::Error::Kind::Network, u"gone"_s));
        else
            activity.cancel(id);
        QTRY_COMPARE(int(activity.find(id)->state), state);
        QCOMPARE(activity.running(), 0);
        QVERIFY(activity.find(id)->endedAt.isValid());
        QCOMPARE(activity.find(id)->result.isEmpty(), end == 0);
    }

    void keepsABoundedNumberOfFinishedOnes()
    {
        Activity activity;
        QSignalSpy removed(&activity, &Activity::removed);
        auto *running = new core::Reply<core::Done>(this);
        const int kept = activity.track(running, u"still running"_s);
        for (int i = 0; i < 230; ++i)
            activity.track(core::Reply<core::Done>::settled(core::Done{}, this), QString::number(i));
        QTRY_COMPARE(activity.running(), 1);
        activity.track(core::Reply<core::Done>::settled(core::Done{}, this), u"last"_s);
        QTRY_COMPARE(activity.running(), 1);
        QVERIFY(activity.items().size() <= 203);
        QVERIFY(activity.find(kept));
        QVERIFY(removed.count() > 0);
        activity.clearFinished();
        QCOMPARE(activity.items().size(), 1);
        running->cancel();
    }

    void paneShowsPlansWithUndo()
    {
        tests::Console console;
        const QString slug = console.addProfile(u"Shop"_s);
        tests::NoteExecutor::Notes notes;
        console.services().guard.add(std::make_unique<tests::NoteExecutor>(notes));
        console.start();
        console.window().toggleActivity();
        QVERIFY(console.widget(u"activityPane"_s));
        core::guard::Plan plan;
        plan.title = u"Write a note"_s;
        plan.changes.push_back(tests::NoteExecutor::change(slug, u"a"_s, {}, QByteArray("one")));
        console.services().guard.submit(plan, {plan.hash(), {}, {}});
        const Activity &activity = console.workbench().activity();
        QTRY_VERIFY(!activity.items().isEmpty() && activity.items().first().state == Activity::State::Done);
        QCOMPARE(activity.items().first().title, u"Write a note"_s);
        QCOMPARE(activity.items().first().undoable, 1);
        QCOMPARE(activity.items().first().plan, plan.id);
        // Title and time stand on the first line, where and what came of it on the second, all from one edge to the other.
        QWidget *title = console.widget(u"activityTitle"_s), *when = console.widget(u"activityWhen"_s),
                *result = console.widget(u"activityResult"_s);
        QVERIFY(title && when && result);
        QTRY_VERIFY(result->y() >= title->y() + title->height());
        QVERIFY(when->y() < title->y() + title->height() && when->x() > title->x());
        QCOMPARE(result->x(), title->x());
        QVERIFY(result->height() < 2 * result->fontMetrics().height()); // one line
        // Undo opens the plan that takes it back.
        QAbstractButton *undo = nullptr;
        const QList<QAbstractButton *> buttons = console.widget(u"activityPane"_s)->findChildren<QAbstractButton *>();
        for (QAbstractButton *button : buttons)
            if (button->isVisible() && button->text().startsWith(u"Undo"_s))
                undo = button;
        QVERIFY(undo);
        undo->click();
        QTRY_VERIFY(console.widget(u"planApply"_s));
        console.find<QAbstractButton>(u"planApply"_s)->click();
        QTRY_VERIFY(notes.values.isEmpty());
        QCOMPARE(notes.applied, 2);
        QTRY_VERIFY(!console.widget(u"planDialog"_s)); // its button is none of the next sheet's
        // What is taken back is not offered again; the undo itself is.
        const auto offered = [&console] {
            QStringList names;
            const auto all = console.widget(u"activityPane"_s)->findChildren<QAbstractButton *>();
            for (const QAbstractButton *button : all)
                if (button->isVisible() && button->text().startsWith(u"Undo"_s))
                    names.append(button->accessibleName());
            return names;
        };
        QTRY_COMPARE(offered(), QStringList{u"Undo: Undo: a"_s});
        QCOMPARE(activity.items().last().undone, 1);
        // Taking the undo back puts the first change in force again.
        console.workbench().undoPlan(activity.items().first().plan);
        QTRY_VERIFY(console.widget(u"planApply"_s));
        console.find<QAbstractButton>(u"planApply"_s)->click();
        QTRY_COMPARE(notes.applied, 3);
        QTRY_COMPARE(activity.items().last().undoable, 1);
        QCOMPARE(activity.items().last().undone, 0);
    }
};

SIGNALBOX_TEST(TstActivity)
#include "tst_activity.moc"
