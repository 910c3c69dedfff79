// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/common/uitest.h"
#include "ui/common/codeeditor.h"
#include "ui/common/diffcanvas.h"
#include "ui/common/diffmodel.h"
#include "ui/common/mergeview.h"

#include <QSignalSpy>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace ui;
using Choice = core::text::MergeChunk::Choice;

class TstMergeView : public QObject {
    Q_OBJECT

    core::Workers m_workers;
    std::unique_ptr<MergeView> m_view;
    void merge(const QByteArray &base, const QByteArray &mine, const QByteArray &theirs)
    {
        MergeInput input;
        input.base = base;
        input.mine = mine;
        input.theirs = theirs;
        input.mineLabel = u"my draft"_s;
        input.theirsLabel = u"server"_s;
        input.format = core::text::Format::Yaml;
        m_view->merge(input);
    }
    QToolButton *button(const QString &name) const { return m_view->findChild<QToolButton *>(name); }

private Q_SLOTS:
    void initTestCase() { tests::ensureTheme(); }
    void init()
    {
        tests::strict();
        m_view = std::make_unique<MergeView>(m_workers);
        m_view->resize(800, 600);
        m_view->show();
        QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
    }
    void cleanup() { m_view.reset(); }

    void withoutConflictsItIsDone()
    {
        merge("a: 1\nb: 2\nc: 3\n", "a: 9\nb: 2\nc: 3\n", "a: 1\nb: 2\nc: 8\n");
        QCOMPARE(m_view->conflictCount(), 0);
        QCOMPARE(m_view->openCount(), 0);
        QCOMPARE(m_view->result(), "a: 9\nb: 2\nc: 8\n");
        QVERIFY(!button(u"mergeMine"_s)->isEnabled());
    }

    void conflictsAreChosenOneByOne()
    {
        merge("a: 1\nb: 2\nc: 3\nd: 4\ne: 5\n", "a: 10\nb: 2\nc: 3\nd: 4\ne: 50\n", "a: 11\nb: 2\nc: 3\nd: 4\ne: 51\n");
        QCOMPARE(m_view->conflictCount(), 2);
        QCOMPARE(m_view->openCount(), 2);
        QCOMPARE(m_view->result(), "a: 10\nb: 2\nc: 3\nd: 4\ne: 50\n"); // open ones stand as mine
        QSignalSpy open(m_view.get(), &MergeView::openCountChanged), changed(m_view.get(), &MergeView::resultChanged);
        button(u"mergeTheirs"_s)->click();
        QCOMPARE(m_view->openCount(), 1);
        QCOMPARE(m_view->result(), "a: 11\nb: 2\nc: 3\nd: 4\ne: 50\n");
        QVERIFY(button(u"mergeTheirs"_s)->isChecked());
        QTest::keyClick(m_view->findChild<DiffCanvas *>(), Qt::Key_F8);
        QVERIFY(!button(u"mergeTheirs"_s)->isChecked());
        button(u"mergeBoth"_s)->click();
        QCOMPARE(m_view->result(), "a: 11\nb: 2\nc: 3\nd: 4\ne: 50\ne: 51\n");
        QCOMPARE(m_view->openCount(), 0);
        button(u"mergeBase"_s)->click(); // another mind
        QCOMPARE(m_view->result(), "a: 11\nb: 2\nc: 3\nd: 4\ne: 5\n");
        m_view->choose(0, Choice::Mine);
        QCOMPARE(m_view->result(), "a: 10\nb: 2\nc: 3\nd: 4\ne: 5\n");
        QCOMPARE(open.count(), 2);
        QCOMPARE(changed.count(), 4);
    }

    void largeOnesAreMergedBeside_theLastOneCounts()
    {
        QByteArray filler;
        while (filler.size() < 400 * 1024)
            filler += "line" + QByteArray::number(filler.size()) + ": 1\n";
        const QByteArray base = filler + "b: 1\n" + filler + "password: open-sesame-1\n";
        merge(base, filler + "b: 2\n" + filler + "password: open-sesame-2\n", filler + "b: 3\n" + filler + "password: open-sesame-3\n");
        QVERIFY(!m_view->isReady()); // and the window goes on
        QVERIFY(!button(u"mergeMine"_s)->isEnabled());
        QVERIFY(m_view->result().isEmpty());
        const QByteArray theirs = filler + "b: 4\n" + filler + "password: open-sesame-4\n";
        QSignalSpy open(m_view.get(), &MergeView::openCountChanged);
        merge(base, filler + "b: 2\n" + filler + "password: open-sesame-2\n", theirs);
        QTRY_VERIFY_WITH_TIMEOUT(m_view->isReady(), 30'000);
        QCOMPARE(m_view->openCount(), 2);
        QCOMPARE(open.last().first().toInt(), 2);
        QCOMPARE(m_view->editor()->maskedCount(), 1);
        m_view->chooseAll(Choice::Theirs);
        // A secret that has just come is never uncovered.
        QCOMPARE(m_view->editor()->maskedCount(), 1);
        QCOMPARE(m_view->result(), theirs);
        merge("a: 1\n", "a: 2\n", "a: 1\n"); // a small one does not wait, and nothing late paints over it
        QVERIFY(m_view->isReady());
        QCOMPARE(m_view->result(), "a: 2\n");
    }

    void whatOneSideChangedIsNoNewLine()
    {
        MergeInput input;
        input.base = "a: 1\nb: 2\n";
        input.mine = "a: 500\nb: 2\n";
        input.theirs = "a: 1\nb: 2\nc: 3\n";
        const DiffModel model = makeMergeModel(input, core::text::merge(input.base, input.mine, input.theirs));
        QCOMPARE(model.side.size(), 3);
        QVERIFY(model.side.at(0).leftTone == DiffModel::Tone::Edited && model.side.at(0).rightTone == DiffModel::Tone::None);
        QVERIFY(model.side.at(2).leftTone == DiffModel::Tone::Gap && model.side.at(2).rightTone == DiffModel::Tone::Added);
    }

    void allOfOneSideIsTakenAtOnce_butForWhatWasTyped()
    {
        merge("a: 1\nb: 2\nc: 3\nd: 4\ne: 5\n", "a: 10\nb: 2\nc: 30\nd: 4\ne: 50\n", "a: 11\nb: 2\nc: 31\nd: 4\ne: 51\n");
        QCOMPARE(m_view->openCount(), 3);
        auto *theirs = button(u"mergeAllTheirs"_s), *mine = button(u"mergeAllMine"_s);
        QVERIFY(theirs && mine && theirs->isVisible() && mine->isVisible());
        QVERIFY((theirs->focusPolicy() & Qt::TabFocus) != 0);
        theirs->setFocus();
        QTest::keyClick(theirs, Qt::Key_Space);
        QCOMPARE(m_view->openCount(), 0);
        QCOMPARE(m_view->result(), "a: 11\nb: 2\nc: 31\nd: 4\ne: 51\n");
        mine->click(); // another mind
        QCOMPARE(m_view->result(), "a: 10\nb: 2\nc: 30\nd: 4\ne: 50\n");
        m_view->editor()->goTo({3, 4});
        m_view->editor()->insertText(u"99"_s);
        theirs->click();
        QCOMPARE(m_view->result(), "a: 11\nb: 2\nc: 9930\nd: 4\ne: 51\n");
        QCOMPARE(m_view->openCount(), 0);
        merge("a: 1\n", "a: 1\n", "a: 2\n");
        QVERIFY(!theirs->isVisible());
    }

    void editingMovesAndSettlesConflicts()
    {
        merge("a: 1\nb: 2\nc: 3\n", "a: 1\nb: 20\nc: 3\n", "a: 1\nb: 21\nc: 3\n");
        QCOMPARE(m_view->openCount(), 1);
        m_view->editor()->goTo({1, 1});
        m_view->editor()->insertText(u"first: 0\n"_s); // before the conflict
        QCOMPARE(m_view->openCount(), 1);
        m_view->choose(0, Choice::Theirs);
        QCOMPARE(m_view->result(), "first: 0\na: 1\nb: 21\nc: 3\n");
        merge("a: 1\nb: 2\nc: 3\n", "a: 1\nb: 20\nc: 3\n", "a: 1\nb: 21\nc: 3\n");
        m_view->editor()->goTo({2, 4});
        m_view->editor()->insertText(u"99"_s); // inside of it
        QCOMPARE(m_view->openCount(), 0);
        QCOMPARE(m_view->result(), "a: 1\nb: 9920\nc: 3\n");
        m_view->choose(0, Choice::Theirs);
        QCOMPARE(m_view->result(), "a: 1\nb: 21\nc: 3\n");
    }

    void conflictOfAChangeAndADeletion()
    {
        merge("a: 1\nb: 2\nc: 3\n", "a: 1\nc: 3\n", "a: 1\nb: 21\nc: 3\n");
        QCOMPARE(m_view->conflictCount(), 1);
        QCOMPARE(m_view->result(), "a: 1\nc: 3\n");
        m_view->choose(0, Choice::Theirs);
        QCOMPARE(m_view->result(), "a: 1\nb: 21\nc: 3\n");
        m_view->choose(0, Choice::Mine);
        QCOMPARE(m_view->result(), "a: 1\nc: 3\n");
    }

    void bytesAreKept()
    {
        merge("\xEF\xBB\xBF"
              "a: 1\r\nb: 2",
              "\xEF\xBB\xBF"
              "a: 10\r\nb: 2",
              "\xEF\xBB\xBF"
              "a: 11\r\nb: 2");
        QCOMPARE(m_view->result(),
                 "\xEF\xBB\xBF"
                 "a: 10\r\nb: 2");
        m_view->choose(0, Choice::Theirs);
        QCOMPARE(m_view->result(),
                 "\xEF\xBB\xBF"
                 "a: 11\r\nb: 2");
        m_view->chooseAll(Choice::Base);
        QCOMPARE(m_view->result(),
                 "\xEF\xBB\xBF"
                 "a: 1\r\nb: 2");
    }

    void secretsAreMasked()
    {
        merge("password: hunter11\n", "password: hunter22\n", "password: hunter33\n");
        QVERIFY(m_view->editor()->maskedCount() >= 1);
        QCOMPARE(m_view->findChild<DiffCanvas *>()->maskedCount(), 2);
        m_view->choose(0, Choice::Theirs);
        QCOMPARE(m_view->result(), "password: hunter33\n");
        QVERIFY(m_view->editor()->maskedCount() >= 1); // what was chosen as well
        button(u"mergeReveal"_s)->click();
        QCOMPARE(m_view->editor()->maskedCount(), 0);
    }
};

SIGNALBOX_TEST(TstMergeView)
#include "tst_mergeview.moc"
